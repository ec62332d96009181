"""Requests whose body is a stream of events: how they are written, signed and sent.

The request is signed by its head; each frame of the body is signed when it is drawn, and names the signature
before it.

Where the answer is a stream as well the two run side by side, for hours: the service answers to what was said
before all has been said. That takes HTTP/2, which no transport of this library speaks, and over HTTP/1.1 such a
call would wait for ever for an answer that waits for the end of the question. So it is refused before anything
is sent. (`service.prepare` gives the signed request, for those who send it themselves.)
"""

from __future__ import annotations

from time import time

from boto.auth.base import Scope
from boto.auth.eventstream import FrameSigner, signature_of
from boto.core.errors import ConfigError
from boto.middleware.stack import exchange
from boto.serializers.eventstream import FrameBody, FrameSerializer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Final

    from boto.core.http import HTTPResponse
    from boto.core.steps import Flow
    from boto.middleware.stack import Call, Proceed, Protocol
    from boto.models.shapes import Member
    from boto.parsers.base import Parser


class Framed:
    """A protocol, for an operation whose input has a stream of events."""

    __slots__ = ("_inner", "serializer")

    def __init__(self, inner: Protocol, member: Member) -> None:
        writer: Any = inner.serializer  # every protocol that streams can write a document
        self._inner: Final = inner
        self.serializer: Final = FrameSerializer(writer, member)

    @property
    def parser(self) -> Parser:
        return self._inner.parser


def sending(events: Member | None) -> Proceed:
    """The innermost flow for such an operation; `events` is the stream in its output, if there is one."""
    return _sealed if events is None else _refused


def _sealed(call: Call) -> Flow[HTTPResponse]:
    """The exchange, with the frames signed as they are drawn."""
    plan, body, prior = call.plan, call.request.body, signature_of(call.request)
    if isinstance(body, FrameBody) and prior and plan.signing is not None and plan.credentials is not None:
        signing, credentials = plan.signing(call.endpoint), plan.credentials.current(time())
        scope = Scope(signing.service, signing.region, time())
        signer = FrameSigner(credentials, scope, prior)
        body.seal = lambda frame: signer.sign(frame, time())
    return (yield from exchange(call))


def _refused(call: Call) -> Flow[HTTPResponse]:
    raise ConfigError(
        f"{call.plan.operation.snake} streams events both ways at once, which takes HTTP/2, and transports here "
        "speak HTTP/1.1; nothing was sent"
    )
    yield
