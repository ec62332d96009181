"""An endpoint: where a call goes and how it must be signed there; and what one has to know to find it."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any, Final, Protocol

    class EndpointResolver(Protocol):
        """From a service's settings and a call's parameters to an endpoint; pure."""

        @property
        def parameters(self) -> Mapping[str, Parameter]:
            """What `resolve` takes into account, by name."""
            ...

        def resolve(self, inputs: Mapping[str, Any]) -> Endpoint:
            """Raises NoRegion when a region is needed and none is given, NoEndpoint with the rules' words."""
            ...


class Endpoint:
    """A base URL, and what its rules say of headers and signing.

    `auth` lists signing alternatives, best first, as plain dicts of `{"name": signer, "service": signing
    name, "region": signing region, "regions": [...], "encode_path": bool}`; empty when the rules say nothing,
    and a key is absent when they do not say. `properties` are the rules' own words, `authSchemes` among them.

    Resolvers hand out one Endpoint many times: read it, never write to it.
    """

    __slots__ = ("auth", "headers", "properties", "url")

    def __init__(
        self,
        url: str,
        headers: Mapping[str, str] | None = None,
        auth: list[dict[str, Any]] | None = None,
        properties: Mapping[str, Any] | None = None,
    ) -> None:
        self.url: Final = url
        self.headers: Final[Mapping[str, str]] = headers or {}
        self.auth: Final[list[dict[str, Any]]] = auth or []
        self.properties: Final[Mapping[str, Any]] = properties or {}

    def __repr__(self) -> str:
        return f"<Endpoint {self.url}>"


class Parameter:
    """One thing an endpoint depends on.

    `builtin` names the setting it is filled from ("AWS::Region"); None when it comes with the call.
    `kind` is string, boolean or stringArray.
    """

    __slots__ = ("builtin", "default", "kind", "name", "required")

    def __init__(
        self, name: str, kind: str, builtin: str | None = None, default: Any = None, required: bool = False
    ) -> None:
        self.name: Final = name
        self.kind: Final = kind
        self.builtin: Final = builtin
        self.default: Final = default
        self.required: Final = required

    def __repr__(self) -> str:
        return f"<Parameter {self.name} {self.kind}>"


# How the members of an entry of `authSchemes` are called here.
_AUTH = {
    "name": "name",
    "signingName": "service",
    "signingRegion": "region",
    "signingRegionSet": "regions",
}


def auth_of(properties: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The signing alternatives that `authSchemes` lists, in this library's words."""
    found = []
    for scheme in properties.get("authSchemes", ()):
        entry = {word: scheme[key] for key, word in _AUTH.items() if key in scheme}
        entry["encode_path"] = not scheme.get("disableDoubleEncoding", False)
        found.append(entry)
    return found
