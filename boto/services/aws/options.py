"""What only one service can be told: its own dict of options, its settings, its block in the profile."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from boto.services.base import Service


def own(service: Service[Any], name: str, setting: str | None = None, block: str = "") -> Any:
    """An option such as `s3={"addressing_style": "path"}`; None if nobody said anything.

    After the dict under the service's name come the setting that says the same for all, and the lines below
    `s3 =` in the profile, whose values are texts.
    """
    settings = service._settings
    given = settings.options.get(service.name.replace("-", "_"))
    if isinstance(given, dict) and given.get(name) is not None:
        return given[name]
    if setting is not None:
        said = settings.get(setting)
        if said is not None:
            return said
    return settings.block(block).get(name) if block else None


def switch(service: Service[Any], name: str, setting: str | None = None, block: str = "") -> bool | None:
    """The same, of an option that is on or off."""
    found = own(service, name, setting, block)
    if isinstance(found, str):
        if found.strip().lower() not in ("true", "false"):
            from boto.core.errors import ConfigError

            raise ConfigError(f"{service.name}: {name} must be true or false")
        return found.strip().lower() == "true"
    return None if found is None else bool(found)
