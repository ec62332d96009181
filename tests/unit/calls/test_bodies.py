"""Bodies left on the wire, from a server on the loopback interface, on both drivers."""

from __future__ import annotations

import asyncio
import io
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest

import boto

if TYPE_CHECKING:
    from collections.abc import Iterator

CONTENT = bytes(range(256)) * 1000
ASKED = {"text": "hi", "output_format": "mp3", "voice_id": "Amy"}


class Polly(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        refused = self.path.startswith("/refuse")
        self.send_response(400 if refused else 200)
        if refused:
            self.send_header("x-amzn-errortype", "InvalidSampleRateException")
        self.send_header("x-amzn-requestcharacters", "2")
        body = b'{"message": "no such rate"}' if refused else CONTENT
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture(scope="module")
def options() -> Iterator[dict[str, Any]]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Polly)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield {
        "region": "us-east-1", "aws_access_key_id": "a", "aws_secret_access_key": "b", "retries": 0,
        "endpoint_url": f"http://127.0.0.1:{server.server_port}",
    }  # fmt: skip
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_file_to_read_once(options: dict[str, Any]) -> None:
    with boto.connect_polly(**options) as c:
        answer = c.synthesize_speech(**ASKED)
        body = answer["audio_stream"]
        assert answer["request_characters"] == 2 and body.readable() and not body.closed
        buffer = bytearray(100)
        assert body.read(10) == CONTENT[:10] and body.read(0) == b""
        assert body.readinto(buffer) == 100 and bytes(buffer) == CONTENT[10:110]
        assert body.read() == CONTENT[110:] and body.read() == b"" and body.readinto(buffer) == 0


def test_chunks(options: dict[str, Any]) -> None:
    with boto.connect_polly(**options) as c:
        sizes = [len(chunk) for chunk in c.synthesize_speech(**ASKED)["audio_stream"].iter(100_000)]
        assert sizes == [100_000, 100_000, 56_000]
        assert b"".join(c.synthesize_speech(**ASKED)["audio_stream"]) == CONTENT
        text = io.TextIOWrapper(c.synthesize_speech(**ASKED)["audio_stream"], "latin-1", newline="")
        assert text.read().encode("latin-1") == CONTENT


def test_closing_early(options: dict[str, Any]) -> None:
    with boto.connect_polly(**options) as c:
        with c.synthesize_speech(**ASKED)["audio_stream"] as body:
            assert body.read(1) == b"\0"
        assert body.closed
        with pytest.raises(ValueError, match="closed"):
            body.read()
        assert len(c.synthesize_speech(**ASKED)["audio_stream"].read()) == len(CONTENT)


def test_on_asyncio_every_read_is_awaited(options: dict[str, Any]) -> None:
    async def story() -> None:
        async with boto.aio.connect_polly(**options) as c:
            body = (await c.synthesize_speech(**ASKED))["audio_stream"]
            buffer = bytearray(5)
            assert await body.read(10) == CONTENT[:10] and await body.readinto(buffer) == 5
            assert b"".join([chunk async for chunk in body]) == CONTENT[15:]
            async with (await c.synthesize_speech(**ASKED))["audio_stream"] as body:
                assert [len(chunk) async for chunk in body.iter(200_000)] == [200_000, 56_000]
            assert body.closed

    asyncio.run(story())


def test_a_failure_is_read_whole(options: dict[str, Any]) -> None:
    options = {**options, "endpoint_url": options["endpoint_url"] + "/refuse"}
    with (
        boto.connect_polly(**options) as c,
        pytest.raises(c.errors.InvalidSampleRateException, match="no such rate"),
    ):
        c.synthesize_speech(**ASKED)
