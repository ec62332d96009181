"""Options that only one service has: a dict under the service's name, `s3={"addressing_style": "path"}`."""

from __future__ import annotations

from boto.core.errors import ConfigError, UnknownOption
from boto.core.naming import snake

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from boto.services.base import Service


def check(kind: type[Service[Any]], option: str, given: Any) -> None:
    """Raises UnknownOption for a name the service does not know, ConfigError for a value it does not take.

    A service knows what its class declares in `own_options`, and what its endpoint rules ask for by name.
    """
    if not isinstance(given, dict):
        raise ConfigError(f"option {option} must be a dict of what only {kind.name} can be told")
    known = {snake(name): () for name in kind.description.traits.get("context") or {}} | dict(
        kind.own_options
    )
    for name, value in given.items():
        if name not in known:
            raise UnknownOption(f"{option}[{name!r}]", [f"{option}[{each!r}]" for each in known])
        allowed = known[name]
        if allowed and value is not None and value not in allowed:
            raise ConfigError(f"option {option}[{name!r}] must be one of {', '.join(allowed)}")
