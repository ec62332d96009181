"""One client library for every cloud, blocking and async.

    >>> import boto
    >>> c = boto.connect_ec2()
    >>> c.describe_key_pairs(key_names=["web"])
    {'key_pairs': [{'key_name': 'web', ...}]}

`connect_<service>` and `connect(name)` give a Service: every operation of its API is a method. `boto.aio` has
the same names for asyncio. Nothing is imported before it is used.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    __version__: str

# Public names, and where each one lives.
_NAMES = {
    "__version__": "boto.core.version:VERSION",
    "Session": "boto.session:Session",
    "Connection": "boto.transport.driver:Connection",
    "Service": "boto.services.base:Service",
    "Provider": "boto.services.provider:Provider",
    "Request": "boto.calls.request:Request",
    "Response": "boto.calls.response:Response",
    "Operation": "boto.services.written:Operation",
    "HTTPRequest": "boto.core.http:HTTPRequest",
    "HTTPResponse": "boto.core.http:HTTPResponse",
    "Credentials": "boto.auth.base:Credentials",
    "Token": "boto.auth.base:Token",
    "Scope": "boto.auth.base:Scope",
    "flow": "boto.calls.flow:flow",
}
_MODULES = {
    "session": "boto.session",
    "aio": "boto.aio",
    "errors": "boto.errors",
    "json": "boto.json",
    "testing": "boto.testing",
    "steps": "boto.core.steps",
}
_ERRORS = frozenset(
    (
        "BotoError", "UnknownService", "UnknownOperation", "UnknownOption", "ParameterError", "ConfigError",
        "NoCredentials", "NoRegion", "NoEndpoint", "MissingExtra", "ConnectFailed", "TLSFailed", "Timeout",
        "BadAnswer", "WaiterError", "ServiceError", "NotFound", "Conflict", "AccessDenied", "Expired",
        "Throttled", "InvalidRequest", "Unavailable",
    )
)  # fmt: skip

__all__ = ["connect", "list_services", "register", "register_signer", *_NAMES, *_MODULES, *sorted(_ERRORS)]  # noqa: PLE0604 - names, all of them


def connect(name: str | None = None, /, **options: Any) -> Any:
    """A service by name, or by `description=` (an API description as path or dict), ready to be called.

    Options are those of `boto.Session`. Raises UnknownService and UnknownOption with the nearest name; a
    missing region or missing credentials show at the first call that needs them.
    """
    from boto.session import default

    try:
        return default().connect_to(name, **options)
    finally:
        options.clear()  # what was said is not for the local variables of a traceback


def list_services(provider: str | None = None) -> list[str]:
    """The names of all services that can be connected, or of one provider's."""
    from boto.registry import registry

    return registry.services(provider)


def register(thing: Any, replace: bool = False) -> Any:
    """Registers a Service class or a Provider; usable as a decorator. A taken name needs `replace=True`."""
    from boto.registry import registry

    return registry.register(thing, replace)


def register_signer(name: str, signer: Any, replace: bool = False) -> None:
    """Gives a signer a name, for services and the `signer` option to use."""
    from boto.registry import registry

    registry.register_signer(name, signer, replace)


def __getattr__(name: str) -> Any:
    if name in _NAMES or name in _ERRORS or name in _MODULES:
        from boto.registry import load

        found = load(_NAMES.get(name) or _MODULES.get(name) or f"boto.core.errors:{name}")
    else:
        from boto.session import connector

        return connector(name, connect, __name__)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    from boto.session import connectors

    return sorted([*globals(), *_NAMES, *_MODULES, *_ERRORS, *connectors()])
