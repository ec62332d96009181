"""Frames: the messages of a binary event stream, decoded from bytes as they arrive, and encoded.

    total length  headers length  CRC   headers   payload   CRC
    4 bytes       4 bytes         4     0..n      0..n      4          all numbers big-endian, both CRCs CRC-32

The first CRC covers the eight bytes before it, so that no length is believed (and no memory taken) before it is
proven; the second covers all that stands before it. A header is the length of its name (one byte), the name, a
type (one byte) and a value:

    0 true   1 false   2 byte   3 short   4 integer   5 long      numbers are signed
    6 blob   7 string                                             two bytes of length before the value
    8 timestamp                                                   milliseconds since 1970, eight bytes
    9 uuid                                                        sixteen bytes

Nothing here reads or waits. Whoever has bytes feeds them to a `Decoder` and takes out the frames they made:

    decoder = Decoder()
    while data := source.read(decoder.needs):
        decoder.feed(data)
        while (frame := decoder.next()) is not None:
            use(frame)
    decoder.end()

`needs` is how many bytes are missing until something can be said. Who reads no more than that never waits for a
frame that has not been sent, however long the pause before it.

A stream that is broken stays broken: after one wrong bit nobody knows where the next frame begins, so that
every later question has the same answer, a BadAnswer that names the frame and where in the stream it began.
"""

from __future__ import annotations

from zlib import crc32

from boto.core.errors import BadAnswer, ParameterError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any, Final, TypeAlias

    Header: TypeAlias = tuple[str, Any]  # the name of its type, and the value

PRELUDE = 12
AROUND = PRELUDE + 4  # what surrounds headers and payload
MAX_HEADERS = 128 << 10
MAX_PAYLOAD = 24 << 20
MAX_VALUE = (1 << 15) - 1

_NUMBERS = {2: ("byte", 1), 3: ("short", 2), 4: ("integer", 4), 5: ("long", 8), 8: ("timestamp", 8)}
_NUMBER_CODES = {kind: (code, size) for code, (kind, size) in _NUMBERS.items()}


class Frame:
    """One message: headers `{name: (type, value)}` and a payload."""

    __slots__ = ("headers", "payload")

    def __init__(self, headers: dict[str, Header], payload: bytes = b"") -> None:
        self.headers: Final = headers
        self.payload: Final = payload

    def text(self, name: str) -> str:
        """The value of a header that is a string; empty when there is none."""
        kind, value = self.headers.get(name, ("string", ""))
        return str(value) if kind == "string" else ""

    def encode(self) -> bytes:
        """The frame as bytes."""
        return encode(self.headers, self.payload)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Frame):
            return NotImplemented
        return self.headers == other.headers and self.payload == other.payload

    __hash__ = None  # type: ignore[assignment]  # it has a dict inside

    def __repr__(self) -> str:
        # Values may be anybody's data: only the names of headers are shown.
        return f"<Frame {', '.join(self.headers) or 'without headers'}, {len(self.payload)} bytes>"


class _Broken(Exception):
    """Why a frame cannot be read, in words that fit after its place."""


class Decoder:
    """Bytes in, frames out; see above."""

    __slots__ = ("_buffer", "_failure", "_headers_length", "_number", "_start", "_total")

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._failure = ""
        self._number = 1  # of the frame that is being read, and where in the stream it began
        self._start = 0
        self._total = 0  # its length, once its prelude is proven
        self._headers_length = 0

    @property
    def needs(self) -> int:
        """How many more bytes it takes until the next frame, or its length, is known."""
        return max((self._total or PRELUDE) - len(self._buffer), 0)

    def feed(self, data: bytes) -> None:
        """Takes what has arrived, in pieces of any size."""
        self._buffer += data

    def next(self) -> Frame | None:
        """The next frame; None when more bytes are needed. Raises BadAnswer when it cannot be read."""
        if self._failure:
            raise BadAnswer(self._failure)
        try:
            return self._next()
        except _Broken as broken:
            raise self._bad(str(broken)) from None

    def end(self) -> None:
        """There will be no more bytes. Raises BadAnswer when that is in the middle of a frame."""
        if self._failure:
            raise BadAnswer(self._failure)
        if self._buffer:
            there = len(self._buffer)
            of = f"of {self._total} " if self._total else ""
            raise self._bad(f"is cut off: {there} {of}bytes came, and then the stream ended")

    def _next(self) -> Frame | None:
        buffer = self._buffer
        if not self._total:
            if len(buffer) < PRELUDE:
                return None
            self._total, self._headers_length = _prelude(buffer)
        total = self._total
        if len(buffer) < total:
            return None
        data = bytes(buffer[:total])
        if crc32(data[:-4]) != int.from_bytes(data[-4:], "big"):
            raise _Broken("is corrupt: its checksum does not match")
        payload_start = PRELUDE + self._headers_length
        frame = Frame(_headers(data[PRELUDE:payload_start]), data[payload_start:-4])
        del buffer[:total]
        self._start += total
        self._number += 1
        self._total = 0
        return frame

    def _bad(self, why: str) -> BadAnswer:
        self._failure = f"frame {self._number} of the stream, at byte {self._start}, {why}"
        self._buffer.clear()
        self._total = 0
        return BadAnswer(self._failure)


def _prelude(data: bytearray) -> tuple[int, int]:
    """The lengths of a frame and of its headers."""
    if crc32(data[:8]) != int.from_bytes(data[8:12], "big"):
        raise _Broken("is corrupt: the checksum of its lengths does not match")
    total, headers = int.from_bytes(data[:4], "big"), int.from_bytes(data[4:8], "big")
    if headers > MAX_HEADERS:
        raise _Broken(f"has {headers} bytes of headers, more than the {MAX_HEADERS} there may be")
    if total < AROUND + headers:
        raise _Broken(f"contradicts itself: {total} bytes cannot hold {headers} bytes of headers")
    payload = total - AROUND - headers
    if payload > MAX_PAYLOAD:
        raise _Broken(f"has a payload of {payload} bytes, more than the {MAX_PAYLOAD} there may be")
    return total, headers


def _headers(data: bytes) -> dict[str, Header]:
    headers: dict[str, Header] = {}
    at = 0
    while at < len(data):
        start = at + 1
        at = start + data[at]
        name_bytes = data[start:at]
        if not name_bytes or at >= len(data):
            raise _Broken(f"has a header at byte {start - 1} of its headers that has no whole name")
        name = _text(name_bytes, "the name of a header")
        if name in headers:
            raise _Broken(f"has the header {name!r} twice")
        headers[name], at = _value(name, data, at)
    return headers


def _value(name: str, data: bytes, at: int) -> tuple[Header, int]:
    """A header's value, from the byte that tells its type, and where the next header begins."""
    code = data[at]
    at += 1
    if code < 2:
        return ("boolean", code == 0), at
    if code in _NUMBERS:
        kind, size = _NUMBERS[code]
        number = int.from_bytes(_piece(name, data, at, size), "big", signed=True)
        return (kind, number), at + size
    if code in (6, 7):
        size = int.from_bytes(_piece(name, data, at, 2), "big")
        piece = _piece(name, data, at + 2, size)
        value: Header = ("blob", piece) if code == 6 else ("string", _text(piece, f"the header {name!r}"))
        return value, at + 2 + size
    if code == 9:
        return ("uuid", _piece(name, data, at, 16)), at + 16
    raise _Broken(f"has the header {name!r} with a value of type {code}, which does not exist")


def _piece(name: str, data: bytes, at: int, size: int) -> bytes:
    piece = data[at : at + size]
    if len(piece) < size:
        raise _Broken(f"has the header {name!r}, whose value is longer than what there is")
    return piece


def _text(data: bytes, what: str) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        raise _Broken(f"has {what} in bytes that are no UTF-8") from None


def encode(headers: Mapping[str, Header], payload: bytes = b"") -> bytes:
    """A frame as bytes. Raises ParameterError for what does not fit into one."""
    fields = encode_headers(headers)
    if len(fields) > MAX_HEADERS:
        raise ParameterError("frame", [("headers", f"{len(fields)} bytes, and {MAX_HEADERS} are the most")])
    if len(payload) > MAX_PAYLOAD:
        raise ParameterError("frame", [("payload", f"{len(payload)} bytes, and {MAX_PAYLOAD} are the most")])
    total = AROUND + len(fields) + len(payload)
    lengths = total.to_bytes(4, "big") + len(fields).to_bytes(4, "big")
    message = b"".join((lengths, crc32(lengths).to_bytes(4, "big"), fields, payload))
    return message + crc32(message).to_bytes(4, "big")


def encode_headers(headers: Mapping[str, Header]) -> bytes:
    """Headers alone, as they stand in a frame: what a signature of a frame covers."""
    return b"".join([_encoded(name, *header) for name, header in headers.items()])


def _encoded(name: str, kind: str, value: Any) -> bytes:
    wire = name.encode()
    if not 0 < len(wire) < 256:
        raise ParameterError("frame", [(name, "names of headers have 1 to 255 bytes")])
    return bytes((len(wire),)) + wire + _encoded_value(name, kind, value)


def _encoded_value(name: str, kind: str, value: Any) -> bytes:
    if kind == "boolean":
        return b"\0" if value else b"\1"
    if kind in _NUMBER_CODES:
        code, size = _NUMBER_CODES[kind]
        try:
            return bytes((code,)) + int(value).to_bytes(size, "big", signed=True)
        except OverflowError:
            raise ParameterError("frame", [(name, f"{value} does not fit into a {kind}")]) from None
    if kind == "uuid" and len(value) == 16:
        return b"\x09" + bytes(value)
    if kind in ("blob", "string"):
        data = value.encode() if kind == "string" else bytes(value)
        if len(data) <= MAX_VALUE:
            return (b"\x07" if kind == "string" else b"\x06") + len(data).to_bytes(2, "big") + data
        raise ParameterError("frame", [(name, f"{len(data)} bytes, and {MAX_VALUE} are the most")])
    raise ParameterError("frame", [(name, f"no header has such a value of type {kind}")])
