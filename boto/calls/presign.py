"""Presigned URLs: a request that is proven beforehand, for whoever has no credentials to send.

The proof is in the URL, so the URL is a secret as long as it holds. It goes through the layers that a call of the
operation goes through, up to where it would be signed, but for those that speak of an exchange: nobody knows who will
send it, with which body, or who will read the answer.

A request of the query protocol is a form, `Action=...&Version=...`; its services take the same form as the query of
a GET, which is what a link can be. Other requests keep their method, and a body where their parameters are in one:
`method`, `headers` and `body` of the URL say what goes with it.

    url = c.presign("get_object", {"bucket": "b", "key": "k"}, expires_in=600)
    requests.request(url.method, url, headers=url.headers, data=url.body)
"""

from __future__ import annotations

from time import monotonic, time

from boto.auth.base import Scope
from boto.core.errors import ConfigError, NoCredentials, ParameterError
from boto.core.http import redact_url
from boto.middleware.before import Checksum, Compress, UserAgent
from boto.middleware.log import Log
from boto.middleware.retry import Retry
from boto.middleware.sign import Sign
from boto.middleware.stack import Call, Prepared, compose
from boto.models.shapes import HEADER
from boto.parsers.base import Metadata

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from boto.core.http import HTTPRequest
    from boto.core.steps import Flow
    from boto.endpoints.base import Endpoint
    from boto.middleware.stack import KnowingLayer, Layer, Middleware, Plan, Proceed
    from boto.models.description import Operation

WEEK = 604800  # seconds; signature version 4 knows no longer time
_FORM = "application/x-www-form-urlencoded"


class PresignedURL(str):
    """A URL that holds until `expires_at`, in unix seconds, as credentials have it.

    It is for one `method`; `headers` and `body` must be sent as they are here. The body of an object in S3 is not
    signed: whoever sends it brings it. Its repr shows no proof; as a text it is whole.
    """

    method: str
    headers: dict[str, str]
    body: Any
    expires_at: float

    def __repr__(self) -> str:
        return f"<PresignedURL {self.method} {redact_url(self)}>"


class RequiredChecksum:
    """A checksum where the operation cannot do without; the user's own choice needs the body that is sent later."""

    @staticmethod
    def bind(plan: Plan) -> Middleware | None:
        traits = plan.operation.traits
        required = "checksum_required" in traits or (traits.get("checksum") or {}).get("required")
        return Checksum.bind(plan) if required else None


# What takes the place of a layer of the usual stack. A layer of a service's own says `presigned = False`.
_INSTEAD: dict[Any, type[Layer] | None] = {
    UserAgent: None, Compress: None, Retry: None, Sign: None, Log: None, Checksum: RequiredChecksum,
}  # fmt: skip


class Unsigned(Prepared):
    """Ends the flow of a request that is to be presigned, with the endpoint that says how."""

    def __init__(self, request: HTTPRequest, endpoint: Endpoint) -> None:
        super().__init__(request)
        self.endpoint = endpoint


def _unsigned(call: Call) -> Flow[Any]:
    raise Unsigned(call.request, call.endpoint)
    yield


def presign(
    service: Any, operation: Any, params: dict[str, Any] | None, expires_in: int
) -> Flow[PresignedURL]:
    """A URL that performs the operation for whoever has it, for so many seconds."""
    found: Operation = service.operation(operation)
    if type(expires_in) is not int or not 0 < expires_in <= WEEK:
        problem = f"{expires_in!r} is not a whole number of seconds from 1 to {WEEK}"
        raise ParameterError(found.snake, [("expires_in", problem)])
    plan: Plan = yield from service.plan(found)
    if plan.signing is None or plan.credentials is None:
        raise ConfigError(f"{found.snake} of {service.name} is not signed: there is nothing to presign")
    request, endpoint = yield from _request(plan, dict(params or {}))
    signing = plan.signing(endpoint)
    sign = getattr(signing.signer, "presign", None)
    if sign is None:
        kind = type(signing.signer).__name__
        raise ConfigError(f"{kind}, the signer of {service.name}, cannot presign: it has no method presign")
    now = time()
    credentials = plan.credentials.current(now)
    if credentials is None:
        credentials = yield from plan.credentials.resolve(now)
    expires_in = _held(service, credentials, now, expires_in)
    request, options = _payload(request, signing.options)
    scope = Scope(signing.service, signing.region, now, options)
    signed = sign(request, credentials, scope, expires_in)
    url = PresignedURL(signed.url)
    url.method, url.headers, url.body = signed.method, dict(signed.headers.items()), signed.body
    url.expires_at = int(now) + expires_in
    return url


def _request(plan: Plan, params: dict[str, Any]) -> Flow[tuple[HTTPRequest, Endpoint]]:
    """The request as it is before it is signed, and the endpoint it goes to."""
    operation = plan.operation
    if operation.input is not None and any(member.eventstream for member in operation.input.members.values()):
        raise ConfigError(f"{operation.snake} sends a stream of events, which a URL cannot")
    try:
        yield from _chain(plan)(Call(plan, params, Metadata(monotonic())))
    except Unsigned as found:
        return _linked(found.request, operation, params), found.endpoint
    raise AssertionError("the stack for presigning ended in an answer")


def _chain(plan: Plan) -> Proceed:
    """The stack of an operation for this purpose, composed at its first use and kept with the plan."""
    chain: Proceed | None = getattr(plan, "presign", None)
    if chain is None:
        layers: list[type[Layer] | KnowingLayer] = []
        for layer in plan.stack:
            kept = _INSTEAD.get(layer, layer) if getattr(layer, "presigned", True) else None
            if kept is not None:
                layers.append(kept)
        chain = plan.presign = compose(layers, plan, _unsigned)
    return chain


def _linked(request: HTTPRequest, operation: Operation, params: dict[str, Any]) -> HTTPRequest:
    """A form of the query protocol as a GET; any other request without a type of content that nobody chose."""
    body = request.body
    kind = request.headers.get("content-type", "")
    plain = request.headers.merged({"Content-Type": None})
    if isinstance(body, bytes) and body.startswith(b"Action=") and kind.startswith(_FORM):
        mark = "&" if "?" in request.url else "?"
        return request.replace(
            method="GET", url=f"{request.url}{mark}{body.decode('ascii')}", headers=plain, body=None
        )
    return request if body or _chosen(operation, params) else request.replace(headers=plain)


def _chosen(operation: Operation, params: dict[str, Any]) -> bool:
    """Whether the user said which type the content has."""
    members = operation.input.members.values() if operation.input is not None else ()
    return any(
        member.location == HEADER
        and member.wire.lower() == "content-type"
        and (member.name in params or member.snake in params)
        for member in members
    )


def _payload(request: HTTPRequest, options: dict[str, Any]) -> tuple[HTTPRequest, dict[str, Any]]:
    """What is signed of the body.

    S3 takes the body of a presigned request as unsigned without being told; others that can do without the hash
    of a body want to hear it.
    """
    told = "UNSIGNED-PAYLOAD" if options.get("unsigned_payload") else None
    request = request.replace(headers=request.headers.merged({"X-Amz-Content-SHA256": told}))
    if options.get("content_sha256"):
        options = {**options, "unsigned_payload": True}
    return request, options


def _held(service: Any, credentials: Any, now: float, expires_in: int) -> int:
    """For how many seconds the URL holds: no longer than the credentials do that prove it."""
    ends = getattr(credentials, "expires_at", None)
    if ends is None:
        return expires_in
    left = int(ends - int(now))
    if left >= expires_in:
        return expires_in
    if left < 1:
        raise NoCredentials(
            service.name, [(str(getattr(credentials, "source", "credentials")), "they have expired")]
        )
    from warnings import warn

    warn(
        f"the URL holds for {left} seconds, not {expires_in}: the credentials that sign it expire then",
        stacklevel=_outside(),
    )
    return left


def _outside() -> int:
    """How far up the caller of this library is, as `warn` counts from the function that calls it."""
    import sys

    level, frame = 1, sys._getframe(1)
    while frame.f_back is not None and frame.f_globals.get("__name__", "").partition(".")[0] == "boto":
        level, frame = level + 1, frame.f_back
    return level
