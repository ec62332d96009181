"""Streams of events from a server that sends them whole, slowly, broken or not to their end, on both drivers."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest

import boto
from boto.core.frames import encode
from tests.unit.transport.conftest import serve

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Iterable

__all__ = ["serve"]  # a fixture

OPTIONS = {
    "region": "us-east-1", "aws_access_key_id": "AKIDEXAMPLE", "aws_secret_access_key": "wJalr", "retries": 0,
}  # fmt: skip
HEAD = (
    b"HTTP/1.1 200 OK\r\nContent-Type: application/vnd.amazon.eventstream\r\nx-amz-request-id: R1\r\n"
    b"x-amzn-RequestId: R1\r\n"
)
SELECT: dict[str, Any] = {
    "bucket": "b", "key": "k", "expression": "select * from s3object", "expression_type": "SQL",
    "input_serialization": {"csv": {}}, "output_serialization": {"csv": {}},
}  # fmt: skip


def frame(name: str, payload: bytes = b"", kind: str = "event") -> bytes:
    return encode({":message-type": ("string", kind), f":{kind}-type": ("string", name)}, payload)


RECORDS = [frame("Records", f"{number},x\n".encode() * 100) for number in range(3)]
STATS = frame("Stats", b'<?xml version="1.0"?><Stats xmlns=""><BytesScanned>512</BytesScanned></Stats>')
WHOLE = [*RECORDS, frame("Cont"), STATS, frame("End")]
EVENTS = [
    *({"records": {"payload": f"{number},x\n".encode() * 100}} for number in range(3)),
    {"cont": {}},
    {"stats": {"details": {"bytes_scanned": 512}}},
    {"end": {}},
]


def chunk(data: bytes) -> bytes:
    return f"{len(data):x}\r\n".encode() + data + b"\r\n"


def chunked(pieces: Iterable[bytes], last: bytes = b"0\r\n\r\n") -> Callable[[Any, socket.socket], None]:
    """A script that answers in HTTP chunks; without `last` the connection ends in the middle of the answer."""

    def script(server: Any, conn: socket.socket) -> None:
        while server.read(conn) is not None:
            conn.sendall(HEAD + b"Transfer-Encoding: chunked\r\n\r\n")
            for piece in pieces:
                conn.sendall(chunk(piece))
            conn.sendall(last)
            if not last:
                return

    return script


def until_closed(data: bytes) -> Callable[[Any, socket.socket], None]:
    """A script whose answer ends where the connection does, so that HTTP does not know what is missing."""

    def script(server: Any, conn: socket.socket) -> None:
        if server.read(conn) is not None:
            conn.sendall(HEAD + b"Connection: close\r\n\r\n" + data)

    return script


@pytest.fixture
def select(connect: Any, serve: Any) -> Callable[[Any], Any]:
    """`select(script)`: the stream of S3's answer."""

    def selected(script: Any) -> Any:
        s3 = connect("s3", endpoint_url=serve(script).url, **OPTIONS)
        return s3.select_object_content(**SELECT)["payload"]

    return selected


@pytest.mark.parametrize("size", [1, 7, 100000], ids=["by the byte", "by seven", "at once"])
def test_a_whole_stream(connect: Any, select: Any, size: int) -> None:
    data = b"".join(WHOLE)
    stream = select(chunked([data[at : at + size] for at in range(0, len(data), size)]))
    assert connect.list(stream) == EVENTS
    assert connect.list(stream) == []


def test_the_connection_is_used_again_after_the_end(connect: Any, serve: Any) -> None:
    server = serve(chunked(WHOLE))
    s3 = connect("s3", endpoint_url=server.url, **OPTIONS)
    for _ in range(3):
        assert connect.list(s3.select_object_content(**SELECT)["payload"]) == EVENTS
    assert server.connections == 1


def test_each_event_is_there_when_it_was_sent(connect: Any, serve: Any) -> None:
    """The server sends the next event only after the one before has been seen."""
    seen = [threading.Event() for _ in WHOLE]

    def script(server: Any, conn: socket.socket) -> None:
        server.read(conn)
        conn.sendall(HEAD + b"Transfer-Encoding: chunked\r\n\r\n")
        for data, event in zip(WHOLE, seen, strict=True):
            conn.sendall(chunk(data))
            assert event.wait(20)
        conn.sendall(b"0\r\n\r\n")

    s3 = connect("s3", endpoint_url=serve(script).url, **OPTIONS)
    stream = s3.select_object_content(**SELECT)["payload"]
    found = []

    def see(event: dict[str, Any]) -> None:
        seen[len(found)].set()
        found.append(event)

    if connect.name == "blocking":
        for event in stream:
            see(event)
    else:

        async def watch() -> None:
            async for event in stream:
                see(event)

        connect.awaited(watch())
    assert found == EVENTS


def test_what_http_knows_to_be_cut_is_a_broken_connection(connect: Any, select: Any) -> None:
    stream = select(chunked([RECORDS[0], RECORDS[1][:50]], last=b""))
    found = collected(connect, stream)
    assert found[:-1] == EVENTS[:1] and type(found[-1]) is boto.ConnectFailed


@pytest.mark.parametrize("length", [1, 11, 12, 13, len(RECORDS[1]) - 1])
def test_what_http_takes_for_whole_is_cut_within_a_frame(connect: Any, select: Any, length: int) -> None:
    stream = select(until_closed(RECORDS[0] + RECORDS[1][:length]))
    found = collected(connect, stream)
    assert found[:-1] == EVENTS[:1] and type(found[-1]) is boto.BadAnswer
    assert f"SelectObjectContent: frame 2 of the stream, at byte {len(RECORDS[0])}, is cut off" in str(
        found[-1]
    )


@pytest.mark.parametrize("at", [0, 5, 9, 20, 100, -1])
def test_a_corrupt_frame(connect: Any, select: Any, at: int) -> None:
    broken = bytearray(RECORDS[1])
    broken[at] ^= 0x10
    stream = select(chunked([RECORDS[0], bytes(broken), RECORDS[2]]))
    found = collected(connect, stream)
    assert found[:-1] == EVENTS[:1] and type(found[-1]) is boto.BadAnswer
    assert "frame 2 of the stream" in str(found[-1]) and "corrupt" in str(found[-1])
    again = collected(connect, stream)
    assert [str(one) for one in again] == [str(found[-1])]


def test_a_page_in_place_of_a_stream(connect: Any, serve: Any) -> None:
    page = (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 26\r\n\r\n<html>please log in</html>"
    )
    s3 = connect("s3", endpoint_url=serve(page).url, **OPTIONS)
    (error,) = collected(connect, s3.select_object_content(**SELECT)["payload"])
    assert type(error) is boto.BadAnswer and "the answer says it is text/html" in str(error)


def test_an_error_in_the_stream(connect: Any, select: Any) -> None:
    told = encode({
        ":message-type": ("string", "error"), ":error-code": ("string", "InternalError"),
        ":error-message": ("string", "We are sorry."),
    })  # fmt: skip
    *events, error = collected(connect, select(chunked([RECORDS[0], told])))
    assert events == EVENTS[:1]
    assert type(error) is boto.Unavailable
    assert (error.code, error.message, error.status, error.request_id) == (
        "InternalError", "We are sorry.", 200, "R1",
    )  # fmt: skip


def test_an_error_in_place_of_the_stream(connect: Any, serve: Any) -> None:
    body = b"<Error><Code>NoSuchKey</Code><Message>none</Message></Error>"
    head = f"HTTP/1.1 404 Not Found\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    s3 = connect("s3", endpoint_url=serve(head + body).url, **OPTIONS)
    with pytest.raises(boto.NotFound, match="NoSuchKey"):
        s3.select_object_content(**SELECT)


def test_closing_early_hangs_up(connect: Any, serve: Any) -> None:
    def script(server: Any, conn: socket.socket) -> None:
        server.read(conn)
        conn.sendall(HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + chunk(RECORDS[0]))
        server.wait_gone(conn)

    server = serve(script)
    s3 = connect("s3", endpoint_url=server.url, **OPTIONS)
    stream = s3.select_object_content(**SELECT)["payload"]
    if connect.name == "blocking":
        with stream as same:
            assert next(iter(same)) == EVENTS[0]
    else:

        async def peek() -> None:
            async with stream as same:
                assert await anext(aiter(same)) == EVENTS[0]

        connect.awaited(peek())
    assert server.gone.wait(20)
    (error,) = collected(connect, stream)
    assert type(error) is ValueError and "closed" in str(error)


def test_going_on_after_a_break(connect: Any, select: Any) -> None:
    stream = select(chunked(WHOLE))
    if connect.name == "blocking":
        assert [next(iter(stream)) for _ in EVENTS] == EVENTS
    else:

        async def one_by_one() -> list[Any]:
            return [await anext(aiter(stream)) for _ in EVENTS]

        assert connect.awaited(one_by_one()) == EVENTS


# -- other protocols -------------------------------------------------------------------------------------

SHARD: dict[str, Any] = {
    "consumer_arn": "arn:aws:kinesis:us-east-1:123456789012:stream/a/consumer/b:1", "shard_id": "s",
    "starting_position": {"type": "LATEST"},
}  # fmt: skip
READ = frame(
    "SubscribeToShardEvent",
    b'{"Records":[{"Data":"aGk=","PartitionKey":"p","SequenceNumber":"1"}],"MillisBehindLatest":0}',
)
SEEN = {
    "subscribe_to_shard_event": {
        "records": [{"data": b"hi", "partition_key": "p", "sequence_number": "1"}],
        "millis_behind_latest": 0,
    }
}


@pytest.mark.parametrize("first", [[frame("initial-response", b"{}")], []], ids=["initial", "none"])
def test_a_modelled_error_of_json(connect: Any, serve: Any, first: list[bytes]) -> None:
    gone = frame("ResourceInUseException", b'{"message":"somebody else reads"}', "exception")
    kinesis = connect("kinesis", endpoint_url=serve(chunked([*first, READ, READ, gone])).url, **OPTIONS)
    answer = kinesis.subscribe_to_shard(**SHARD)
    assert answer.metadata.request_id == "R1"
    *events, error = collected(connect, answer["event_stream"])
    assert events == [SEEN, SEEN]
    assert type(error) is kinesis.errors.ResourceInUseException
    assert error.message == "somebody else reads" and error.operation == "kinesis.subscribe_to_shard"


def test_rest_json_with_members_in_the_headers(connect: Any, serve: Any) -> None:
    done = b'{"ErrorCode":"Unhandled","LogResult":"bG9n"}'
    frames = [frame("PayloadChunk", b"\0raw"), frame("InvokeComplete", done)]
    server = serve(chunked(frames))
    answer = connect("lambda", endpoint_url=server.url, **OPTIONS).invoke_with_response_stream(
        function_name="f"
    )
    assert answer["status_code"] == 200
    assert connect.list(answer["event_stream"]) == [
        {"payload_chunk": {"payload": b"\0raw"}},
        {"invoke_complete": {"error_code": "Unhandled", "log_result": "bG9n"}},
    ]


def collected(connect: Any, stream: Any) -> list[Any]:
    """The events of a stream, and last the error it ended with."""
    found: list[Any] = []
    try:
        if connect.name == "blocking":
            found.extend(stream)  # keeps what came before the error
        else:

            async def drain() -> None:
                async for event in stream:
                    found.append(event)

            connect.awaited(drain())
    except Exception as error:
        found.append(error)
    return found
