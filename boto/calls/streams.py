"""Streams of events: answers that go on while they are read.

    answer = c.select_object_content(...)
    with answer["payload"] as stream:
        for event in stream:
            if "records" in event:
                use(event["records"]["payload"])

Each event is a dict with one key. An error in the stream is raised like that of any call, and ends it. Iterating
again goes on where it stopped, so that `break` loses nothing. A stream holds its connection until it has been
read to its end or closed. On asyncio it is `async with` and `async for`, and `close()` is awaited.
"""

from __future__ import annotations

from boto.core.errors import BadAnswer
from boto.core.frames import Decoder
from boto.core.steps import Block, Emit, Read
from boto.models.shapes import PAYLOAD
from boto.parsers.base import ErrorInfo
from boto.parsers.eventstream import INITIAL, FrameReader
from boto.parsers.heads import key_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from typing import Any, Final, Self

    from boto.calls.response import Response
    from boto.core.frames import Frame
    from boto.core.steps import Flow, Readable
    from boto.parsers.base import Form

MEDIA_TYPE = "application/vnd.amazon.eventstream"


def begin(response: Response) -> Flow[None]:
    """Gets an answer that is a stream ready to be parsed.

    Its members beside the stream come in the headers of HTTP, or else as the first frame, which is waited for.
    """
    http = response.http
    frames = response.frames = Frames(response)
    member = response.plan.events
    if member is None or member.location == PAYLOAD:
        return
    first = yield from frames.next()
    if first is None:
        return
    if first.text(":event-type") == INITIAL:
        from boto.core.http import HTTPResponse

        response.http = HTTPResponse(http.status, http.headers, first.payload, http.stream)
    else:
        frames.first = first


class Frames:
    """The frames of one answer as they come off the wire, for whoever asks next."""

    __slots__ = ("_decoder", "_ended", "_response", "_stream", "failure", "first")

    def __init__(self, response: Response) -> None:
        http = response.http
        self._response = response
        self._decoder = Decoder()
        self._stream: Readable | None = http.stream
        self._ended = http.stream is None  # then the body is here already
        if http.stream is None:
            self._decoder.feed(http.body)
        self.first: Frame | None = None  # read before anybody asked
        self.failure: Exception | None = None

    def next(self) -> Flow[Frame | None]:
        """The next frame; None at the end of the stream."""
        if self.failure is not None:
            raise self.failure
        if self.first is not None:
            first, self.first = self.first, None
            return first
        try:
            return (yield from self._next())
        except BadAnswer as error:
            self.failure = self._explained(error)
            self.drop()
            raise self.failure from None
        except Exception as error:
            self.failure = error
            self.drop()
            raise

    def _next(self) -> Flow[Frame | None]:
        decoder = self._decoder
        while (frame := decoder.next()) is None:
            data = b""
            if not self._ended and self._stream is not None:
                # No more than is needed: a read waits for all that it asks for.
                data = yield from Read(self._stream, decoder.needs)
            if not data:
                self._ended = True
                decoder.end()
                return None
            decoder.feed(data)
        return frame

    def _explained(self, error: BadAnswer) -> BadAnswer:
        """The error with the operation, and with what the answer says it is where that is no stream of events."""
        response = self._response
        content = str(response.http.headers.get("Content-Type", MEDIA_TYPE))
        other = "" if content.startswith(MEDIA_TYPE) else f"; the answer says it is {content[:60]}"
        return BadAnswer(f"{response.plan.operation.name}: {error}{other}", response.http.status)

    def drop(self) -> None:
        """Lets go of the connection."""
        stream, self._stream = self._stream, None
        close = getattr(stream, "close", None)
        if close is not None:
            close()

    def close(self) -> None:
        """Lets go of the connection; nobody can read on from here."""
        self.drop()
        if self.failure is None:
            self.failure = ValueError("this stream has been closed")


class Eventstream:
    """The events of an answer, in one form; see above."""

    __slots__ = ("_connection", "_frames", "_reader", "_response")

    def __init__(self, response: Response, reader: FrameReader) -> None:
        assert response.frames is not None
        self._response = response
        self._reader: Final = reader
        self._frames: Final = response.frames
        self._connection: Final = response.request.service.connection

    def read(self) -> Flow[dict[str, Any] | None]:
        """The next event, for use inside flows; None at the end. Raises the error that the stream tells."""
        frames = self._frames
        while (frame := (yield from frames.next())) is not None:
            try:
                event = self._reader.read(frame)
                if isinstance(event, ErrorInfo):
                    raise self._response.failure(event)
            except Exception as error:
                frames.failure = error
                frames.drop()
                raise
            if event is not None:
                return event
        return None

    def steps(self) -> Flow[None]:
        """The flow that emits each event."""
        while (event := (yield from self.read())) is not None:
            yield from Emit(event)

    def close(self) -> Any:
        """Ends the stream, however much of it is left; awaitable on asyncio."""
        return self._connection.run(self._closing())

    def _closing(self) -> Flow[None]:
        yield from Block(self._frames.close)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self._connection.iterate(self.steps()))

    def __aiter__(self) -> AsyncIterator[dict[str, Any]]:
        return aiter(self._connection.iterate(self.steps()))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    def __repr__(self) -> str:
        request = self._response.request
        return f"<Eventstream of {request.service.name}.{request.operation.snake}>"


def add_stream(response: Response, value: dict[str, Any], form: Form) -> None:
    """Puts the stream into an answer that has been parsed in a form."""
    plan = response.plan
    member = plan.events
    assert member is not None
    key = (FrameReader, type(plan.parser), form)
    reader = plan.operation.cache.get(key)
    if reader is None:
        body_reader: Any = plan.parser  # every protocol that streams can read a body
        reader = plan.operation.cache[key] = FrameReader(plan.operation, member, body_reader, form)
    value[key_of(member, form)] = Eventstream(response, reader)
