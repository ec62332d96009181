"""How calls to AWS are signed: what the user wants, else the endpoint's rules, else the description."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from boto.endpoints.base import Endpoint
    from boto.middleware.stack import Signing
    from boto.models.description import Operation
    from boto.services.base import Service


def signing(service: Service[Any], operation: Operation) -> Callable[[Endpoint], Signing] | None:
    """A function from an endpoint to how calls to it are signed; None for operations nobody signs."""
    from boto.middleware.stack import Signing
    from boto.services.aws.endpoints import region_of

    wanted = service._settings.get("signer") or service.signer
    described = operation.traits.get("auth") or service.description.header.get("auth") or ["sigv4"]
    if wanted == "none" or (wanted is None and described[0] == "none"):
        return None
    traits = service.description.traits
    name = traits.get("signing_name") or traits.get("endpoint_prefix") or service.name
    registry = service.session.registry
    usual: dict[str, Any] = getattr(type(service), "signing_options", {})
    unsigned = bool(operation.traits.get("unsigned"))
    last: tuple[Endpoint, Signing] | None = None

    def signing_for(endpoint: Endpoint) -> Signing:
        nonlocal last
        known = last  # looked at once: another thread may be calling elsewhere
        if known is not None and known[0] is endpoint:
            return known[1]
        scheme = _chosen(endpoint.auth, registry)
        signer = registry.signer(wanted or scheme.get("name") or _first(described, registry))
        options = usual.copy()
        if not scheme.get("encode_path", True):
            options |= {"double_encode": False, "normalize_path": False}
        if unsigned and endpoint.url.startswith("https:"):
            # Said in a header, or the service takes the hash of the body for what was signed.
            options |= {"unsigned_payload": True, "content_sha256": True}
        region = scheme.get("region") or region_of(service) or "us-east-1"
        found = Signing(signer, scheme.get("service") or name, region, options)
        last = (endpoint, found)
        return found

    return signing_for


def _chosen(auth: Sequence[dict[str, Any]], registry: Any) -> dict[str, Any]:
    """The first signing alternative of the endpoint that there is a signer for."""
    for scheme in auth:
        if registry.has_signer(scheme["name"]):
            return scheme
    return {}


def _first(names: Sequence[str], registry: Any) -> str:
    return next((name for name in names if registry.has_signer(name)), names[0])
