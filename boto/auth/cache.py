"""Keeps credentials until they must be fetched again, and fetches them once however many calls wait.

Three spans of time, for credentials that expire:

    fetched ........ fresh ........ | .... usable .... | .... due .... | expired
                                    `- `advisory` before expiry
                                                       `- `mandatory` before expiry

While fresh they are handed out as they are. While usable one call tries to renew them; the others go on
with what there is, and so does the one if renewing fails. When due, every call waits for new ones, and a
failure is an error. Credentials that live for less than these spans have spans in proportion to their life.
"""

from __future__ import annotations

from boto.core.errors import BotoError, NoCredentials
from boto.core.steps import Once

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Final

    from boto.auth.base import CredentialProvider
    from boto.core.steps import Flow

_NEVER = float("inf")
_PATIENCE = 30.0  # seconds between attempts to renew what is still usable


class CredentialCache:
    """One provider's credentials. Times are unix seconds, given by the caller."""

    __slots__ = ("_fresh_until", "_usable_until", "_value", "advisory", "mandatory", "provider")

    def __init__(
        self, provider: CredentialProvider, advisory: float = 900.0, mandatory: float = 600.0
    ) -> None:
        self.provider: Final = provider
        self.advisory: Final = advisory
        self.mandatory: Final = mandatory
        self._value: Any = None
        self._fresh_until = self._usable_until = -_NEVER

    def current(self, now: float) -> Any | None:
        """The credentials if they are fresh; else None, and `resolve` has more to do."""
        return self._value if now < self._fresh_until else None

    def resolve(self, now: float) -> Flow[Any]:
        """The credentials, fetched or renewed as the time demands."""
        if now < self._fresh_until:
            return self._value
        if now >= self._usable_until:
            return (yield from Once(self, lambda: self._fetch(now)))
        # Whoever comes while this one renews finds them fresh, for a while; never beyond the time they are due.
        usable = self._value
        self._fresh_until = min(now + _PATIENCE, self._usable_until)
        try:
            return (yield from Once(self, lambda: self._fetch(now, renew=True)))
        except (BotoError, OSError):
            return usable

    def forget(self) -> None:
        """Fetch anew at the next call: the service said that the credentials have expired."""
        self._fresh_until = self._usable_until = -_NEVER

    def _fetch(self, now: float, renew: bool = False) -> Flow[Any]:
        if now < self._fresh_until and not renew:
            return self._value  # fetched by another call since this one asked
        found = yield from self.provider.resolve()
        if found is None:
            why = str(getattr(self.provider, "why", "") or "had none")
            raise NoCredentials("this call", [(self.provider.name, why)])
        expires_at = getattr(found, "expires_at", None)
        if expires_at is None:
            self._fresh_until = self._usable_until = _NEVER
        else:
            life = max(expires_at - now, 0.0)
            self._fresh_until = expires_at - min(self.advisory, life / 2)
            self._usable_until = expires_at - min(self.mandatory, life / 4)
        self._value = found
        return found

    def __reduce__(self) -> Any:
        raise TypeError("credentials are not pickled; pickle the settings that lead to them")

    def __repr__(self) -> str:
        return f"<CredentialCache of {self.provider.name}>"
