"""An endpoint: where a call goes and how it must be signed there."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any, Final, Protocol

    class EndpointResolver(Protocol):
        """From a service's settings and a call's parameters to an endpoint; pure."""

        def resolve(self, inputs: Mapping[str, Any]) -> Endpoint:
            """Raises NoRegion when a region is needed and none is given, NoEndpoint with the rules' words."""
            ...


class Endpoint:
    """A base URL, and what its rules say of headers and signing.

    `auth` lists signing alternatives, best first, as plain dicts of `{"name": signer, "service": signing name,
    "region": signing region, "regions": [...], "encode_path": bool}`; empty when the rules say nothing.
    """

    __slots__ = ("auth", "headers", "url")

    def __init__(
        self, url: str, headers: Mapping[str, str] | None = None, auth: list[dict[str, Any]] | None = None
    ) -> None:
        self.url: Final = url
        self.headers: Final[Mapping[str, str]] = headers or {}
        self.auth: Final[list[dict[str, Any]]] = auth or []

    def __repr__(self) -> str:
        return f"<Endpoint {self.url}>"
