"""Copies from another region: the request carries, presigned, the same request to the region of the source.

The region asked does the copying, and shows the other that it may. An operation is of this kind when it has the
members `SourceRegion` and `PresignedUrl` (or `PreSignedUrl`). RDS and its kin know `SourceRegion` in SDKs only, so it
is not sent; EC2 wants it, and the destination as well.
"""

from __future__ import annotations

from time import time

from boto.auth.base import Scope
from boto.core.http import HTTPRequest
from boto.core.url import quote
from boto.middleware.before import Validate
from boto.services.binding import behind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from boto.core.http import HTTPResponse
    from boto.core.steps import Flow
    from boto.middleware.stack import Call, KnowingLayer, Layer, Middleware, Plan, Proceed
    from boto.services.base import Service

_EXPIRES = 3600  # seconds; as other SDKs have it


class SourceRegion:
    """Presigns the request to the region of the source. Comes after validation."""

    def __init__(self, service: Service[Any]) -> None:
        self.service = service

    def bind(self, plan: Plan) -> Middleware | None:
        members = plan.operation.input.members if plan.operation.input is not None else {}
        url = next((name for name in ("PresignedUrl", "PreSignedUrl") if name in members), None)
        if url is None or "SourceRegion" not in members:
            return None
        modelled = "DestinationRegion" in members

        def presigned(call: Call, proceed: Proceed) -> Flow[HTTPResponse]:
            params = dict(call.params)
            source = params.get("SourceRegion")
            if source is not None and url not in params:
                changes = yield from self.changes(plan, params, source, url, modelled)
                params.update(changes)
            if not modelled:
                params.pop("SourceRegion", None)
            return (yield from proceed(call.asking(params)))

        return presigned

    def changes(
        self, plan: Plan, params: dict[str, Any], source: str, url: str, modelled: bool
    ) -> Flow[dict[str, str]]:
        """The presigned URL, and where copies go to if the description has a place for it."""
        from boto.services.aws.endpoints import region_of

        here = region_of(self.service) or ""
        told = {"DestinationRegion": here} if modelled else {}
        there = self.service.with_options(region=source)
        endpoint: Any = there.provider.endpoint(there, plan.operation)
        if callable(endpoint):
            endpoint = endpoint(params)
        signing_for = there.provider.signing(there, plan.operation)
        if signing_for is None or plan.credentials is None:
            return told
        asked = {name: value for name, value in params.items() if modelled or name != "SourceRegion"}
        usual = plan.protocol.serializer.serialize(plan.operation, {**asked, **told}, endpoint.url)
        query = (usual.body or b"").decode("ascii")  # type: ignore[union-attr] # a form, never a stream
        if not modelled:
            query += f"&DestinationRegion={quote(here)}"
        credentials = yield from plan.credentials.resolve(time())
        signing = signing_for(endpoint)
        signer: Any = signing.signer
        scope = Scope(signing.service, signing.region, time(), signing.options)
        asking = HTTPRequest("GET", f"{usual.url}?{query}")
        return {url: signer.presign(asking, credentials, scope, _EXPIRES).url, **told}


def presigning(service: Service[Any]) -> Sequence[type[Layer] | KnowingLayer]:
    """The usual stack, with copies from other regions presigned."""
    return behind(Validate, SourceRegion(service))
