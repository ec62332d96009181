"""The factory: from a declared service and its description to a class with a method for each operation.

Factories, and not `__getattr__`, metaclasses or generated code, because `dir()`, completion, `help()` and
signatures must work, nothing may happen at import, and users must be able to replace the base class.
"""

from __future__ import annotations

from boto.services.base import Service
from boto.services.operations import Described

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


def make(base: type[Service[Any]], name: str, description: Any) -> type[Service[Any]]:
    """A class of this name whose methods are the described operations. What `base` defines itself stays."""
    namespace: dict[str, Any] = {"__module__": base.__module__, "__doc__": base.__doc__, "name": name}
    namespace["description"] = description
    written = set(dir(base))
    for operation in description.names:
        if operation not in RESERVED and operation not in written:
            namespace[operation] = Described(operation)
    title = base.__name__ if base is not Service else "".join(part.capitalize() for part in name.split("-"))
    return type(title, (base,), namespace)
