"""Event streams of AWS, written: events to frames, and frames to the body of a request.

What `parsers.eventstream` says of frames that are read holds for those that are written. The headers of a frame
are its kind and the media type of its payload, then the members that travel in headers, by their own names.
An event whose members are all headers has no payload, and none has a type then.

In RPC protocols the parameters beside the stream are the first event, `initial-request`; what the protocol
would have made the body is its payload. In REST protocols they are where they always are.

Events are drawn from what the user gave one by one, when the transport asks for more, and each is checked then.
"""

from __future__ import annotations

from boto.core.errors import ParameterError
from boto.core.frames import encode
from boto.core.http import HTTPRequest
from boto.models.shapes import EVENT_HEADER, EVENT_PAYLOAD, PAYLOAD
from boto.models.validate import validate_as

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Any, Final, Protocol, TypeAlias

    from boto.core.frames import Header
    from boto.models.description import Operation
    from boto.models.shapes import Member, Shape

    Write: TypeAlias = Callable[[Any], bytes]

    class DocumentWriter(Protocol):
        """What a protocol's serializer must offer so that streams may be written with it."""

        def serialize(self, operation: Operation, params: dict[str, Any], endpoint: str) -> HTTPRequest: ...
        def document(self, operation: Operation, shape: Shape) -> tuple[str, Write]:
            """The media type of a document that is not the whole body, and its writer."""
            ...


MEDIA_TYPE = "application/vnd.amazon.eventstream"
# What the signature of a request says of a body whose frames are signed one by one.
SIGNED_FRAMES = "STREAMING-AWS4-HMAC-SHA256-EVENTS"

_HEADERS = {
    "boolean": "boolean", "integer": "integer", "long": "long", "blob": "blob", "timestamp": "timestamp",
    "string": "string",
}  # fmt: skip
_PAYLOADS = {"blob": "application/octet-stream", "string": "text/plain"}


class FrameSerializer:
    """Requests of an operation whose input has a stream of events; the rest is written by the protocol's own."""

    __slots__ = ("_inner", "_member")

    def __init__(self, inner: DocumentWriter, member: Member) -> None:
        self._inner: Final = inner
        self._member: Final = member

    def serialize(self, operation: Operation, params: dict[str, Any], endpoint: str) -> HTTPRequest:
        """The unsigned request; its body draws the events."""
        name = self._member.name
        rest = {key: value for key, value in params.items() if key != name}
        request = self._inner.serialize(operation, rest, endpoint)
        frames = self.frames(operation, request, params.get(name, ()))
        changes = {"Content-Type": MEDIA_TYPE, "X-Amz-Content-Sha256": SIGNED_FRAMES}
        return HTTPRequest(request.method, request.url, request.headers.merged(changes), FrameBody(frames))

    def frames(self, operation: Operation, request: HTTPRequest, events: Iterable[Any]) -> Iterator[bytes]:
        """The frames of a request, each as bytes."""
        member = self._member
        if member.location != PAYLOAD:
            assert operation.input is not None
            content, _ = self._inner.document(operation, operation.input)
            body = request.body
            yield encode(_kind("initial-request", content), body if isinstance(body, bytes) else b"")
        writers: dict[str, Callable[[dict[str, Any]], bytes]] = {}
        for number, event in enumerate(events):
            where = f"{member.snake}[{number}]"
            checked = validate_as(operation, member.shape, event, where)
            if len(checked) != 1:
                problem = f"an event is a dict with one key; this has {len(checked)}"
                raise ParameterError(operation.snake, [(where, problem)])
            ((name, value),) = checked.items()
            if name not in writers:
                writers[name] = self._compile(operation, member.shape.members[name])
            yield writers[name](value)

    def _compile(self, operation: Operation, member: Member) -> Callable[[dict[str, Any]], bytes]:
        """The writer of one kind of event."""
        members = member.shape.members.values()
        headers = [(one.name, one.shape.kind) for one in members if one.flags & EVENT_HEADER]
        payload = next((one for one in members if one.flags & EVENT_PAYLOAD), None)
        in_payload = [one.name for one in members if not one.flags & EVENT_HEADER]
        content = ""
        write: Write = _nothing
        if payload is not None:
            content, write = self._payload(operation, payload)
        elif in_payload or not headers:
            content, document = self._inner.document(operation, member.shape)

            def write(value: dict[str, Any]) -> bytes:
                return document({name: value[name] for name in in_payload if name in value})

        def event(value: dict[str, Any]) -> bytes:
            fields = _kind(member.name, content)
            for name, kind in headers:
                if name in value:
                    fields[name] = _header(kind, value[name])
            return encode(fields, write(value))

        return event

    def _payload(self, operation: Operation, member: Member) -> tuple[str, Write]:
        name, kind = member.name, member.shape.kind
        if kind in _PAYLOADS:
            return _PAYLOADS[kind], lambda value: _bytes(value.get(name, b""))
        content, document = self._inner.document(operation, member.shape)
        return content, lambda value: document(value.get(name, {}))


class FrameBody:
    """A body made of frames that are drawn when it is read. It can be read once.

    `seal` signs: it makes of a frame the one that is sent; after the last it is given nothing, which tells the
    other side that this was the end.
    """

    __slots__ = ("_buffer", "_frames", "seal")

    def __init__(self, frames: Iterator[bytes]) -> None:
        self._frames = self._sealed(frames)
        self._buffer = bytearray()
        self.seal: Callable[[bytes], bytes] | None = None

    def read(self, size: int = -1, /) -> bytes:
        """At most `size` bytes; never more than one frame is drawn to have some, so that none waits for the next."""
        buffer = self._buffer
        if size < 0:
            buffer += b"".join(self._frames)
            size = len(buffer)
        elif not buffer:
            buffer += next(self._frames, b"")
        data = bytes(buffer[:size])
        del buffer[:size]
        return data

    def _sealed(self, frames: Iterator[bytes]) -> Iterator[bytes]:
        for frame in frames:
            yield frame if self.seal is None else self.seal(frame)
        if self.seal is not None:
            yield self.seal(b"")


def _kind(name: str, content: str) -> dict[str, Header]:
    headers: dict[str, Header] = {":message-type": ("string", "event"), ":event-type": ("string", name)}
    if content:
        headers[":content-type"] = ("string", content)
    return headers


def _header(kind: str, value: Any) -> Header:
    """A member as the value of a header. Kinds that headers do not have travel as text."""
    if kind == "timestamp":
        return "timestamp", round(value.timestamp() * 1000)
    return (_HEADERS[kind], value) if kind in _HEADERS else ("string", str(value))


def _nothing(value: Any) -> bytes:
    return b""


def _bytes(value: Any) -> bytes:
    return value.encode() if isinstance(value, str) else bytes(value)
