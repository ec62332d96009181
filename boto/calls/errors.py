"""From an error code to a class: the categories, and the classes of modelled errors.

A modelled error of a service is one class per process, made when it is first asked for or raised, and derives
from its category: `boto.errors.s3.NoSuchKey` is a `boto.NotFound`.
"""

from __future__ import annotations

from boto.core import errors

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from boto.models.description import Description
    from boto.parsers.base import ErrorInfo

# Parts of error codes, in the order they are looked for. Services coin thousands of codes, but from few words:
# InvalidKeyPair.NotFound, NoSuchBucket, ResourceNotFoundException, DBInstanceNotFound, unknown-host ...
_WORDS: tuple[tuple[str, type[errors.ServiceError]], ...] = (
    ("expired", errors.Expired),
    ("throttl", errors.Throttled),
    ("toomanyrequests", errors.Throttled),
    ("requestlimitexceeded", errors.Throttled),
    ("slowdown", errors.Throttled),
    ("provisionedthroughputexceeded", errors.Throttled),
    ("notfound", errors.NotFound),
    ("nosuch", errors.NotFound),
    ("doesnotexist", errors.NotFound),
    ("nonexistent", errors.NotFound),
    ("accessdenied", errors.AccessDenied),
    ("authfailure", errors.AccessDenied),
    ("unauthorized", errors.AccessDenied),
    ("forbidden", errors.AccessDenied),
    ("notauthorized", errors.AccessDenied),
    ("signaturedoesnotmatch", errors.AccessDenied),
    ("invalidclienttokenid", errors.AccessDenied),
    ("unrecognizedclient", errors.AccessDenied),
    ("invalidaccesskeyid", errors.AccessDenied),
    ("alreadyexist", errors.Conflict),
    ("duplicate", errors.Conflict),
    ("conflict", errors.Conflict),
    ("inuse", errors.Conflict),
    ("dependencyviolation", errors.Conflict),
    ("serviceunavailable", errors.Unavailable),
    ("internalerror", errors.Unavailable),
    ("internalfailure", errors.Unavailable),
)

_STATUSES: dict[int, type[errors.ServiceError]] = {
    401: errors.AccessDenied,
    403: errors.AccessDenied,
    404: errors.NotFound,
    409: errors.Conflict,
    410: errors.NotFound,
    412: errors.Conflict,
    429: errors.Throttled,
}


def category(code: str, status: int) -> type[errors.ServiceError]:
    """The category of an error: by the words of its code, else by the status."""
    squashed = code.replace(".", "").replace("_", "").replace("-", "").replace(" ", "").lower()
    for word, kind in _WORDS:
        if word in squashed:
            return kind
    known = _STATUSES.get(status)
    if known is not None:
        return known
    if status >= 500:
        return errors.Unavailable
    return errors.InvalidRequest if status >= 400 else errors.ServiceError


class ServiceErrors:
    """The errors of one service: `c.errors.NoSuchKey`."""

    def __init__(self, name: str, description: Description, codes: Mapping[str, Any] | None = None) -> None:
        self._name = name
        self._module = name.replace("-", "_").replace(".", "_")
        self._description = description
        self._codes = codes or {}
        self._classes: dict[str, type[errors.ServiceError]] = {}
        self._named: dict[str, str] | None = None

    def of(self, info: ErrorInfo, status: int) -> type[errors.ServiceError]:
        """The class to raise for an answer of failure."""
        names = self._names()
        name = names.get(info.name) or names.get(info.code)
        if name is not None:
            return self._class(name)
        return self._codes.get(info.code) or category(info.code, status)

    def _names(self) -> dict[str, str]:
        """Error code -> name of the modelled error. A code often differs from the name in the description."""
        if self._named is None:
            named: dict[str, str] = {}
            for name, facts in self._description.errors.items():
                named.setdefault(name, name)
                named[facts.get("code") or name] = name
            self._named = named  # whole: other threads raise errors too
        return self._named

    def _class(self, name: str) -> type[errors.ServiceError]:
        known = self._classes.get(name)
        if known is None:
            facts = self._description.errors[name]
            code = facts.get("code") or name
            base = self._codes.get(code) or category(code, facts.get("status") or 0)
            made = type(name, (base,), {"__module__": f"boto.errors.{self._module}"})
            known = self._classes.setdefault(name, made)
        return known

    def __getattr__(self, name: str) -> type[errors.ServiceError]:
        if not name.startswith("_") and name in self._description.errors:
            return self._class(name)
        from boto.core.errors import nearest

        hint = nearest(name, self._description.errors)
        raise AttributeError(f"{self._name} has no error {name!r} in its description{hint}")

    def __dir__(self) -> list[str]:
        return sorted(self._description.errors)
