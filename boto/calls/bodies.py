"""A body that is left on the wire, as users hold it: `c.get_object(...)["body"]`.

Every read is a flow that the service's connection performs: it gives bytes on a Connection, an awaitable of bytes
on an AsyncConnection. Read it to the end or close it; until then it keeps its socket to itself.
"""

from __future__ import annotations

from boto.core.steps import Block, Emit, Read

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Self

    from boto.core.steps import Flow

CHUNK = 65536


class Body:
    """A streamed body: a file to read once, in blocking code or on asyncio."""

    __slots__ = ("_connection", "_stream")

    def __init__(self, stream: Any, connection: Any) -> None:
        self._stream = stream
        self._connection = connection

    def read(self, size: int | None = -1) -> Any:
        """At most `size` bytes, all that is left without one; `b""` at the end."""
        return self._connection.run(_read(self._stream, -1 if size is None else size))

    def readinto(self, buffer: Any) -> Any:
        """Fills a buffer from its beginning; the number of bytes, 0 at the end."""
        return self._connection.run(_readinto(self._stream, memoryview(buffer).cast("B")))

    def iter(self, chunk_size: int = CHUNK) -> Any:
        """What is left in chunks, each of this size but the last: an iterator, async on asyncio."""
        return self._connection.iterate(_chunks(self._stream, chunk_size))

    def __iter__(self) -> Any:
        return iter(self.iter())

    def __aiter__(self) -> Any:
        return self.iter().__aiter__()

    def close(self) -> Any:
        """Lets go of the socket, whatever is left to read."""
        return self._connection.run(_close(self._stream))

    @property
    def closed(self) -> bool:
        return bool(getattr(self._stream, "closed", False))

    def readable(self) -> bool:
        return True

    def writable(self) -> bool:
        return False

    def seekable(self) -> bool:
        return False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    def __repr__(self) -> str:
        return f"<Body, {'closed' if self.closed else 'open'}>"


def hold(value: Any, stream: Any, connection: Any) -> None:
    """Puts a Body in the place of the stream that is a member of an answer."""
    for key, item in value.items():
        if item is stream:
            value[key] = Body(stream, connection)


def _read(stream: Any, size: int) -> Flow[bytes]:
    """At most `size` bytes, and less only at the end: transports give what has come so far."""
    if size < 0:
        return (yield from Read(stream))
    data = b""
    while len(data) < size:
        more = yield from Read(stream, size - len(data))
        if not more:
            break
        data = data + more if data else more
    return data


def _readinto(stream: Any, view: memoryview) -> Flow[int]:
    data = yield from _read(stream, len(view))
    view[: len(data)] = data
    return len(data)


def _chunks(stream: Any, size: int) -> Flow[None]:
    while chunk := (yield from _read(stream, size)):
        yield from Emit(chunk)


def _close(stream: Any) -> Flow[None]:
    yield from Block(stream.close)
