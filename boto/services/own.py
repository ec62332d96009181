"""Options that only one service has: a dict under the service's name, `s3={"addressing_style": "path"}`."""

from __future__ import annotations

from boto.core.errors import ConfigError, UnknownOption
from boto.core.naming import snake

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from boto.services.base import Service


def known(kind: type[Service[Any]]) -> dict[str, Sequence[str]]:
    """The names a service knows, each with its values if they are few.

    They are what its class declares in `own_options`, and what its endpoint rules ask for by name.
    """
    named: dict[str, Sequence[str]] = {
        snake(name): () for name in kind.description.traits.get("context") or {}
    }
    return named | dict(kind.own_options)


def check(kind: type[Service[Any]], option: str, given: Any) -> None:
    """Raises UnknownOption for a name the service does not know, ConfigError for a value it does not take."""
    if not isinstance(given, dict):
        raise ConfigError(f"option {option} must be a dict of what only {kind.name} can be told")
    names = known(kind)
    for name, value in given.items():
        if name not in names:
            raise UnknownOption(f"{option}[{name!r}]", [f"{option}[{each!r}]" for each in names])
        allowed = names[name]
        if allowed and value is not None and value not in allowed:
            raise ConfigError(f"option {option}[{name!r}] must be one of {', '.join(allowed)}")
