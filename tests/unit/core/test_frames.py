"""The codec of event streams: against frames made by hand and botocore's reader, and against any bytes at all."""

from __future__ import annotations

import struct
import zlib
from typing import Any

import pytest
from botocore.eventstream import EventStreamBuffer
from hypothesis import given
from hypothesis import strategies as st

import boto
from boto.core.frames import MAX_HEADERS, MAX_PAYLOAD, Decoder, Frame, encode, encode_headers


def assembled(
    headers: bytes, payload: bytes = b"", total: int | None = None, length: int | None = None
) -> bytes:
    """A frame put together by the rules, with lengths that may be wrong and checksums that are right."""
    prelude = struct.pack(
        ">II",
        16 + len(headers) + len(payload) if total is None else total,
        len(headers) if length is None else length,
    )
    message = prelude + struct.pack(">I", zlib.crc32(prelude)) + headers + payload
    return message + struct.pack(">I", zlib.crc32(message))


def decoded(data: bytes) -> list[Frame]:
    decoder = Decoder()
    decoder.feed(data)
    frames = []
    while (frame := decoder.next()) is not None:
        frames.append(frame)
    decoder.end()
    return frames


EVERY_TYPE: dict[str, tuple[bytes, tuple[str, Any]]] = {
    "yes": (b"\0", ("boolean", True)),
    "no": (b"\1", ("boolean", False)),
    "byte": (b"\2\xff", ("byte", -1)),
    "short": (b"\3\x7f\xff", ("short", 32767)),
    "integer": (b"\4\x80\0\0\0", ("integer", -(2**31))),
    "long": (b"\5" + b"\xff" * 7 + b"\xfe", ("long", -2)),
    "blob": (b"\6\0\2\0\xff", ("blob", b"\0\xff")),
    "string": (b"\7\0\3\xe2\x82\xac", ("string", "€")),
    "timestamp": (b"\x08\0\0\0\0\0\x00\x03\xe8", ("timestamp", 1000)),
    "uuid": (b"\x09" + bytes(range(16)), ("uuid", bytes(range(16)))),
}


@pytest.mark.parametrize("name", EVERY_TYPE)
def test_a_header_of_every_type(name: str) -> None:
    value, header = EVERY_TYPE[name]
    data = assembled(bytes((len(name),)) + name.encode() + value, b"payload")
    assert decoded(data) == [Frame({name: header}, b"payload")]
    assert encode({name: header}, b"payload") == data


def test_all_types_in_one_frame() -> None:
    headers = {name: header for name, (_, header) in EVERY_TYPE.items()}
    frame = Frame(headers, b"\0" * 1000)
    assert decoded(frame.encode()) == [frame]
    assert encode_headers(headers) in frame.encode()


def test_a_decoder_asks_for_what_it_needs_and_no_more() -> None:
    data = encode({"a": ("string", "b")}, b"12345")
    decoder, at, asked = Decoder(), 0, []
    while at < len(data) * 2:
        asked.append(decoder.needs)
        decoder.feed((data * 2)[at : at + decoder.needs])
        at += asked[-1]
        frame = decoder.next()
        assert (frame is not None) == (at % len(data) == 0)
    assert asked == [12, len(data) - 12] * 2
    assert decoder.needs == 12
    decoder.end()


def test_needs_is_never_less_than_nothing() -> None:
    decoder = Decoder()
    decoder.feed(encode({}) * 3)
    assert decoder.needs == 0


def test_texts_of_headers() -> None:
    frame = Frame({"a": ("string", "b"), "n": ("integer", 1)})
    assert (frame.text("a"), frame.text("n"), frame.text("missing")) == ("b", "", "")


def test_repr_shows_no_values() -> None:
    shown = repr(Frame({":message-type": ("string", "secret")}, b"secret"))
    assert shown == "<Frame :message-type, 6 bytes>"


# -- what is wrong, and where ---------------------------------------------------------------------------

GOOD = encode({"a": ("string", "b")}, b"payload")
BAD = [
    (bytes((GOOD[0] ^ 1,)) + GOOD[1:], "the checksum of its lengths"),
    (GOOD[:11] + bytes((GOOD[11] ^ 1,)) + GOOD[12:], "the checksum of its lengths"),
    (GOOD[:-5] + bytes((GOOD[-5] ^ 1,)) + GOOD[-4:], "its checksum"),
    (GOOD[:-1] + bytes((GOOD[-1] ^ 1,)), "its checksum"),
    (assembled(b"", b"", total=15), "15 bytes cannot hold 0 bytes of headers"),
    (assembled(b"", b"", length=1), "16 bytes cannot hold 1 bytes of headers"),
    (assembled(b"", b"", length=MAX_HEADERS + 1), f"{MAX_HEADERS + 1} bytes of headers"),
    (assembled(b"", b"", total=MAX_PAYLOAD + 17), f"payload of {MAX_PAYLOAD + 1} bytes"),
    (assembled(b"\0\0"), "no whole name"),
    (assembled(b"\5ab"), "no whole name"),
    (assembled(b"\2ab"), "no whole name"),
    (assembled(b"\1\xff\0"), "no UTF-8"),
    (assembled(b"\1a\7\0\1\xff"), "no UTF-8"),
    (assembled(b"\1a\x0a"), "type 10, which does not exist"),
    (assembled(b"\1a\0\1a\1"), "'a' twice"),
    (assembled(b"\1a\4\0\0\0"), "longer than what there is"),
    (assembled(b"\1a\7\0"), "longer than what there is"),
    (assembled(b"\1a\6\0\2x"), "longer than what there is"),
    (assembled(b"\1a\x09" + b"x" * 15), "longer than what there is"),
]


@pytest.mark.parametrize(("data", "why"), BAD, ids=[f"{number} {why}" for number, (_, why) in enumerate(BAD)])
def test_a_bad_frame_says_what_and_where(data: bytes, why: str) -> None:
    with pytest.raises(boto.BadAnswer, match=why) as caught:
        decoded(GOOD + data)
    assert str(caught.value).startswith(f"frame 2 of the stream, at byte {len(GOOD)}, ")


@pytest.mark.parametrize("length", range(1, len(GOOD)))
def test_a_stream_that_ends_within_a_frame(length: int) -> None:
    with pytest.raises(boto.BadAnswer, match=f"is cut off: {length} ") as caught:
        decoded(GOOD + GOOD[:length])
    assert ("of" in str(caught.value).partition("cut off:")[2]) == (length >= 12)


def test_a_stream_that_ends_between_frames_is_whole() -> None:
    assert decoded(b"") == []
    assert len(decoded(GOOD * 3)) == 3


def test_what_is_broken_stays_broken() -> None:
    decoder = Decoder()
    decoder.feed(b"x" * 12)
    messages = []
    for ask in (decoder.next, decoder.next, decoder.end):
        with pytest.raises(boto.BadAnswer) as caught:
            ask()
        messages.append(str(caught.value))
        decoder.feed(GOOD)
    assert len(set(messages)) == 1


def test_a_length_is_not_believed_before_it_is_proven() -> None:
    decoder = Decoder()
    decoder.feed(struct.pack(">III", 2**32 - 1, 0, 0))
    with pytest.raises(boto.BadAnswer):
        decoder.next()


@pytest.mark.parametrize(
    ("header", "why"),
    [
        ({"": ("boolean", True)}, "1 to 255 bytes"),
        ({"a" * 256: ("boolean", True)}, "1 to 255 bytes"),
        ({"a": ("byte", 128)}, "does not fit into a byte"),
        ({"a": ("integer", 2**31)}, "does not fit into a integer"),
        ({"a": ("string", "x" * 32768)}, "32768 bytes, and 32767 are the most"),
        ({"a": ("uuid", b"short")}, "no header has such a value"),
        ({"a": ("decimal", 1)}, "no header has such a value"),
        ({str(number): ("blob", b"x" * 32767) for number in range(5)}, "are the most"),
    ],
)
def test_what_does_not_fit_is_refused(header: dict[str, tuple[str, Any]], why: str) -> None:
    with pytest.raises(boto.ParameterError, match=why):
        encode(header)


def test_a_payload_that_is_too_long_is_refused() -> None:
    with pytest.raises(boto.ParameterError, match="payload"):
        encode({}, bytes(MAX_PAYLOAD + 1))


# -- any frames, any bytes ------------------------------------------------------------------------------


def numbers(size: int) -> st.SearchStrategy[int]:
    return st.integers(-(2 ** (8 * size - 1)), 2 ** (8 * size - 1) - 1)


HEADERS = st.dictionaries(
    st.text(min_size=1, max_size=60).filter(lambda text: len(text.encode("utf-8", "ignore")) < 256),
    st.one_of(
        st.tuples(st.just("boolean"), st.booleans()),
        st.tuples(st.just("byte"), numbers(1)),
        st.tuples(st.just("short"), numbers(2)),
        st.tuples(st.just("integer"), numbers(4)),
        st.tuples(st.just("long"), numbers(8)),
        st.tuples(st.just("blob"), st.binary(max_size=300)),
        st.tuples(st.just("string"), st.text(max_size=100)),
        st.tuples(st.just("timestamp"), numbers(8)),
        st.tuples(st.just("uuid"), st.binary(min_size=16, max_size=16)),
    ),
    max_size=6,
)
FRAMES = st.lists(st.builds(Frame, HEADERS, st.binary(max_size=500)), max_size=5)


@given(FRAMES, st.data())
def test_frames_come_back_however_they_are_cut(frames: list[Frame], data: st.DataObject) -> None:
    stream = b"".join(frame.encode() for frame in frames)
    decoder, found = Decoder(), []
    while stream:
        size = data.draw(st.integers(1, len(stream)))
        decoder.feed(stream[:size])
        stream = stream[size:]
        while (frame := decoder.next()) is not None:
            found.append(frame)
    decoder.end()
    assert found == frames


@given(FRAMES)
def test_botocore_reads_what_is_written(frames: list[Frame]) -> None:
    buffer = EventStreamBuffer()
    buffer.add_data(b"".join(frame.encode() for frame in frames))
    theirs = [(message.headers, message.payload) for message in buffer]
    ours = [({name: value for name, (_, value) in frame.headers.items()}, frame.payload) for frame in frames]
    assert theirs == ours


@given(st.binary(max_size=200))
def test_no_bytes_end_in_anything_but_frames_or_our_error(data: bytes) -> None:
    try:
        decoded(data)
    except boto.BadAnswer:
        return
    assert data == b""  # two checksums that fit by chance take 2**64 tries


@given(st.binary(max_size=100), st.binary(max_size=20))
def test_no_headers_end_in_anything_but_frames_or_our_error(headers: bytes, payload: bytes) -> None:
    """Checksums are right here, so that what is behind them is reached."""
    try:
        (frame,) = decoded(assembled(headers, payload))
    except boto.BadAnswer:
        return
    assert frame.payload == payload
    assert decoded(frame.encode()) == [frame]


@given(FRAMES.filter(bool), st.data())
def test_one_wrong_bit_is_found(frames: list[Frame], data: st.DataObject) -> None:
    stream = bytearray(b"".join(frame.encode() for frame in frames))
    stream[data.draw(st.integers(0, len(stream) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(boto.BadAnswer, match="is corrupt"):
        decoded(bytes(stream))
