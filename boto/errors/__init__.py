"""The errors, those of all clouds and those of each service.

    from boto.errors import NotFound
    from boto.errors.s3 import NoSuchKey        # is c.errors.NoSuchKey, and a NotFound

The modules of services are made when they are imported, from the services' descriptions.
"""

from __future__ import annotations

import sys

from boto.core.errors import (
    AccessDenied,
    BadAnswer,
    BotoError,
    ConfigError,
    Conflict,
    ConnectFailed,
    Expired,
    InvalidRequest,
    MissingExtra,
    NoCredentials,
    NoEndpoint,
    NoRegion,
    NotFound,
    ParameterError,
    ServiceError,
    Throttled,
    Timeout,
    TLSFailed,
    TransportError,
    Unavailable,
    UnknownOperation,
    UnknownOption,
    UnknownService,
    WaiterError,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from importlib.machinery import ModuleSpec
    from types import ModuleType
    from typing import Any

__all__ = [
    "AccessDenied", "BadAnswer", "BotoError", "ConfigError", "Conflict", "ConnectFailed", "Expired",
    "InvalidRequest", "MissingExtra", "NoCredentials", "NoEndpoint", "NoRegion", "NotFound", "ParameterError",
    "ServiceError", "TLSFailed", "Throttled", "Timeout", "TransportError", "Unavailable", "UnknownOperation",
    "UnknownOption", "UnknownService", "WaiterError",
]  # fmt: skip


class _Errors:
    """Finds and makes the modules of services: `boto.errors.<service>`."""

    @staticmethod
    def find_spec(name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        package, _, service = name.rpartition(".")
        if package != __name__ or _errors_of(service) is None:
            return None
        from importlib.machinery import ModuleSpec

        return ModuleSpec(name, _Errors)  # type: ignore[arg-type]  # a loader by its two methods

    @staticmethod
    def create_module(spec: ModuleSpec) -> ModuleType | None:
        return None

    @staticmethod
    def exec_module(module: ModuleType) -> None:
        errors = _errors_of(module.__name__.rpartition(".")[2])
        module.__doc__ = f"The modelled errors of {module.__name__.rpartition('.')[2]}."
        module.__getattr__ = errors.__getattr__  # type: ignore[method-assign]  # PEP 562
        module.__dir__ = errors.__dir__  # type: ignore[method-assign]  # PEP 562


def _errors_of(service: str) -> Any:
    from boto.registry import registry

    try:
        return registry.errors(service.removesuffix("_"))
    except UnknownService:
        return None


sys.meta_path.append(_Errors)  # a finder by its one method


def __getattr__(name: str) -> Any:
    """`boto.errors.s3` without an import of its own."""
    if not name.startswith("_"):
        from importlib import import_module

        try:
            return import_module(f"{__name__}.{name}")
        except ModuleNotFoundError:
            pass
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}: neither an error nor a service")
