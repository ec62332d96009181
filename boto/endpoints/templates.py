"""Endpoints of services whose author just wrote a URL: `https://api.{region}.fog.example`."""

from __future__ import annotations

from boto.core.errors import ConfigError, NoEndpoint, NoRegion
from boto.endpoints.base import Endpoint, Parameter
from boto.endpoints.functions import is_host_label

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any, Final


class TemplateResolver:
    """A URL with holes. `{region}` comes from the settings, other holes by their own names.

    What fills a hole before the path becomes part of a host name and must be a host label (or several with
    dots between them); in a path it must not begin a new segment, query or fragment.
    """

    __slots__ = ("_pieces", "parameters", "service", "template")

    def __init__(self, service: str, template: str) -> None:
        self.service: Final = service
        self.template: Final = template
        scheme, mark, rest = template.partition("://")
        if not mark or scheme.lower() not in ("http", "https") or not rest:
            raise ConfigError(f"{service}: {template!r} is no http or https URL")
        self._pieces = _pieces(service, template)
        names = dict.fromkeys(name for _, name, _ in self._pieces if name)
        self.parameters: Final[dict[str, Parameter]] = {
            name: Parameter(name, "string", name, required=True) for name in names
        }

    def resolve(self, inputs: Mapping[str, Any]) -> Endpoint:
        """NoRegion if the template has `{region}` and none is given, NoEndpoint for any other hole."""
        parts = []
        for literal, name, in_host in self._pieces:
            parts.append(literal)
            if name:
                parts.append(self._value(name, inputs.get(name), in_host))
        return Endpoint("".join(parts))

    def _value(self, name: str, value: Any, in_host: bool) -> str:
        if value is None or value == "":
            if name == "region":
                raise NoRegion(self.service, "")
            raise NoEndpoint(f"the endpoint {self.template} needs a value for {name}")
        text = str(value)
        fits = all(map(is_host_label, text.split("."))) if in_host else not set(text) & set("/?#\\ ")
        if not fits:
            place = "a host name" if in_host else "a path"
            raise ConfigError(f"{self.service}: {name} {text!r} cannot be part of {place}")
        return text

    def __repr__(self) -> str:
        return f"<TemplateResolver {self.service} {self.template}>"


def _pieces(service: str, template: str) -> list[tuple[str, str, bool]]:
    """Literals, each with the name of the hole after it, and whether that hole is in the host."""
    found: list[tuple[str, str, bool]] = []
    rest, in_host, seen = template, True, ""
    while "{" in rest:
        literal, _, after = rest.partition("{")
        name, brace, rest = after.partition("}")
        if not brace or not name.isidentifier():
            raise ConfigError(f"{service}: {{{name} in {template!r} is no hole; holes are like {{region}}")
        seen += literal
        in_host = "/" not in seen.partition("://")[2]
        found.append((literal, name, in_host))
    if "}" in rest:
        raise ConfigError(f"{service}: a brace without its partner in {template!r}")
    found.append((rest, "", False))
    return found
