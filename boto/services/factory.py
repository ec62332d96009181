"""The factory: from a declared service and its description to a class with a method for each operation.

Factories, and not `__getattr__`, metaclasses or generated code, because `dir()`, completion, `help()` and
signatures must work, nothing may happen at import, and users must be able to replace the base class.
"""

from __future__ import annotations

from boto.services.base import Service

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


# What a service object needs for itself. A source's operation of such a name is under `c.api` and `c.call`.
RESERVED = frozenset(
    (
        "name", "provider", "protocol", "endpoint", "signer", "description", "stack", "region", "session",
        "connection", "credentials", "form", "request", "prepare", "send", "call", "pages", "waiter", "until",
        "presign", "operations", "operation", "resources", "api", "errors", "with_options", "close", "plan",
    )
)  # fmt: skip


class Described:
    """An operation on a service class; a bound method on a service.

    One slot, so that a class of hundreds of operations costs next to nothing.
    """

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def __get__(self, service: Any, owner: type) -> Any:
        from boto.services.operations import BoundOperation, Unbound

        return Unbound(self.name, owner) if service is None else BoundOperation(self.name, service)


def make(base: type[Service[Any]], name: str, description: Any) -> type[Service[Any]]:
    """A class of this name whose methods are the described operations. What `base` defines itself stays."""
    names = description.names
    namespace: dict[str, Any] = dict(zip(names, map(Described, names), strict=True))
    for taken in RESERVED.union(dir(base)).intersection(names):
        del namespace[taken]
    namespace |= {
        "__module__": base.__module__,
        "__doc__": base.__doc__,
        "name": name,
        "description": description,
    }
    title = base.__name__ if base is not Service else "".join(part.capitalize() for part in name.split("-"))
    return type(title, (base,), namespace)
