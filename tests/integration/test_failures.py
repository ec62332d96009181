"""Bad networks, seen through the public API on both drivers: one clear error each, and nothing left over."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import socket
import threading
import traceback
from base64 import b64encode
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

import boto
from tests.unit.calls.answers import REQUEST_ID, error, instances, key_pairs
from tests.unit.transport.conftest import authority, serve, sockets, tls

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["authority", "serve", "tls"]  # fixtures

SECRET = "wJalr/hunter2"
OPTIONS = {
    "region": "us-east-1", "aws_access_key_id": "AKIDEXAMPLE", "aws_secret_access_key": SECRET, "retries": 0,
}  # fmt: skip


@pytest.fixture(autouse=True)
def nothing_left_over() -> Iterator[None]:
    """First in, last out: when all is closed there are no more threads and sockets than before."""
    if not os.path.isdir("/proc/self/fd"):
        pytest.skip("sockets are counted in /proc")
    threads, before = set(threading.enumerate()), sockets()
    yield
    assert set(threading.enumerate()) <= threads
    if sockets() > before:
        gc.collect()
        assert sockets() <= before


@pytest.fixture
def c(connect: Any) -> Callable[..., Any]:
    """`c(url, **options)`: EC2 at this place, on either driver; no retries unless asked for."""
    return lambda url, **options: connect("ec2", endpoint_url=url, **{**OPTIONS, **options})


class Quick:
    """A policy of one's own: so many attempts, a moment apart."""

    def __init__(self, attempts: int) -> None:
        self.attempts = attempts
        self.asked: list[tuple[int, str, int]] = []

    def delay(self, attempt: int, failure: str, status: int, random: Callable[[], float]) -> float | None:
        self.asked.append((attempt, failure, status))
        again = failure in ("connect", "timeout") or status >= 500 or failure == "Throttling"
        return 0.005 if again and attempt < self.attempts else None


def failing(service: Any, kind: type[boto.BotoError], where: str | None = None) -> Any:
    """The error of a call, of exactly this kind; it names the place, and no secret anywhere in what is printed."""
    with pytest.raises(kind) as caught:
        service.describe_key_pairs()
    found = caught.value
    assert type(found) is kind
    if where is not None:
        assert found.endpoint == where and where in str(found)  # type: ignore[attr-defined] - a TransportError
    printed = "".join(traceback.format_exception(found)) + repr(found) + str(vars(found))
    assert SECRET not in printed and "Signature" not in printed
    assert len(str(found).splitlines()) == 1 and len(str(found)) < 300
    return found


def http(body: str | bytes, status: str = "200 OK", kind: str = "text/xml") -> bytes:
    data = body.encode() if isinstance(body, str) else body
    return f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(data)}\r\n\r\n".encode() + data


OK = http(key_pairs("key1"))
BUSY = http(error("Unavailable", "later"), "503 Service Unavailable")
THROTTLED = http(error("Throttling", "slower"), "400 Bad Request")


def reset(conn: socket.socket) -> None:
    """What follows is an RST, not a FIN."""
    conn.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")


def in_turn(*answers: Any) -> Callable[[Any, socket.socket], None]:
    """A script that gives one answer after the other over all connections: bytes, or `None` for a reset."""
    left = list(answers)

    def script(server: Any, conn: socket.socket) -> None:
        while server.read(conn) is not None:
            answer = left.pop(0) if len(left) > 1 else left[0]
            if answer is None:
                return reset(conn)
            conn.sendall(answer)

    return script


def silence(server: Any, conn: socket.socket) -> None:
    if server.read(conn) is not None:
        server.wait_gone(conn)


# --- no connection -------------------------------------------------------------------------------------


def test_a_port_where_nobody_listens(c: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        url = f"http://127.0.0.1:{closed.getsockname()[1]}"
    found = failing(c(url), boto.ConnectFailed, url)
    assert found.sent is False and "refused" in str(found)
    assert isinstance(found.__cause__, ConnectionRefusedError)


def test_a_host_that_does_not_exist(c: Any) -> None:
    found = failing(c("https://nowhere.invalid"), boto.ConnectFailed, "https://nowhere.invalid:443")
    assert found.sent is False


@contextmanager
def full_queue() -> Iterator[str]:
    """A listener whose queue is full does not answer."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        port = listener.getsockname()[1]
        fillers = [socket.socket() for _ in range(3)]
        try:
            for filler in fillers:
                filler.setblocking(False)
                filler.connect_ex(("127.0.0.1", port))
            yield f"http://127.0.0.1:{port}"
        finally:
            for filler in fillers:
                filler.close()


def test_a_host_that_does_not_answer(c: Any) -> None:
    with full_queue() as url:
        found = failing(c(url, connect_timeout=0.1), boto.Timeout, url)
        assert found.phase == "connect" and 0.05 < found.elapsed < 20
        assert isinstance(found, TimeoutError)
        assert failing(c(url, timeout=0.1), boto.Timeout, url).phase == "total"


def test_tls_with_a_certificate_of_nobody(c: Any, serve: Any, tls: Any, authority: str) -> None:
    server = serve(OK, tls)
    found = failing(c(server.url), boto.TLSFailed, server.url)
    assert "certificate" in str(found) and server.requests == []
    assert c(server.url, verify=authority).describe_key_pairs()["key_pairs"][0]["key_name"] == "key1"


def test_tls_by_the_environment(c: Any, serve: Any, tls: Any, authority: str, monkeypatch: Any) -> None:
    monkeypatch.setenv("AWS_CA_BUNDLE", authority)
    assert c(serve(OK, tls).url).describe_key_pairs()["key_pairs"][0]["key_name"] == "key1"


def test_tls_where_there_is_none(c: Any, serve: Any) -> None:
    def plain(server: Any, conn: socket.socket) -> None:
        if conn.recv(65536):
            conn.sendall(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")

    server = serve(plain)
    url = server.url.replace("http:", "https:")
    failing(c(url), boto.TLSFailed, url)


def test_a_bundle_that_is_not_there(c: Any) -> None:
    assert "/nowhere/ca.pem" in str(
        failing(c("https://127.0.0.1:9", verify="/nowhere/ca.pem"), boto.ConfigError)
    )


# --- connections that break, and time that runs out ---------------------------------------------------


def sending(*pieces: bytes, then: Callable[[socket.socket], None] = lambda conn: None) -> Any:
    def script(server: Any, conn: socket.socket) -> None:
        if server.read(conn) is not None:
            for piece in pieces:
                conn.sendall(piece)
            then(conn)

    return script


BROKEN = {
    "hung up": sending(),
    "reset": sending(then=reset),
    "truncated head": sending(OK[:20]),
    "truncated body": sending(OK[:-30]),
    "reset in mid-body": sending(OK[:-30], then=reset),
    "truncated chunks": sending(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfff\r\n<Describe"),
    "no chunk at all": sending(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"),
    "not HTTP": sending(b"SSH-2.0-OpenSSH_9.6\r\n\r\n"),
}


@pytest.mark.parametrize("script", BROKEN.values(), ids=BROKEN)
def test_a_connection_that_breaks(c: Any, serve: Any, script: Any) -> None:
    server = serve(script)
    found = failing(c(server.url), boto.ConnectFailed, server.url)
    assert found.sent is True and len(server.requests) == 1


def test_broken_connections_are_closed_at_once(c: Any, serve: Any) -> None:
    server = serve(BROKEN["truncated body"])
    service = c(server.url)
    failing(service, boto.ConnectFailed, server.url)
    server.threads[-1].join(10)
    before = sockets()
    for _ in range(10):
        failing(service, boto.ConnectFailed, server.url)
    for thread in server.threads:
        thread.join(10)
    assert sockets() <= before and server.connections == 11


def test_a_read_that_takes_too_long(c: Any, serve: Any) -> None:
    for script in (silence, sending(OK[:-30], then=lambda conn: conn.recv(1))):
        server = serve(script)
        found = failing(c(server.url, read_timeout=0.1), boto.Timeout, server.url)
        assert found.phase == "read" and 0.05 < found.elapsed < 20


def trickle(server: Any, conn: socket.socket) -> None:
    """A byte now and then; each one on its own is in time."""
    if server.read(conn) is None:
        return
    conn.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n<")
    while not server.gone.wait(0.01):
        try:
            conn.sendall(b"a")
        except OSError:
            server.gone.set()


def test_a_server_that_trickles(c: Any, serve: Any) -> None:
    server = serve(trickle)
    found = failing(c(server.url, timeout=0.3, read_timeout=5), boto.Timeout, server.url)
    assert found.phase == "total" and 0.2 < found.elapsed < 20
    assert server.gone.wait(10)


def test_a_slow_answer_in_time_is_an_answer(c: Any, serve: Any) -> None:
    def slowly(server: Any, conn: socket.socket) -> None:
        while server.read(conn) is not None:
            for start in range(0, len(OK), 40):
                conn.sendall(OK[start : start + 40])
                server.gone.wait(0.002)

    service = c(serve(slowly).url, timeout=20, read_timeout=5)
    assert service.describe_key_pairs()["key_pairs"][0]["key_name"] == "key1"


def test_the_time_for_all_attempts(c: Any, serve: Any) -> None:
    server = serve(in_turn(BUSY))
    policy = Quick(10_000)
    found = failing(c(server.url, timeout=0.3, retries=policy), boto.Unavailable)
    assert found.metadata.attempts == len(server.requests) > 2 and found.metadata.status == 503

    left = [None, None]

    def two_resets(server: Any, conn: socket.socket) -> None:
        if server.read(conn) is not None:
            if not left:
                return server.wait_gone(conn)
            left.pop()
            reset(conn)

    server = serve(two_resets)
    found = failing(c(server.url, timeout=0.3, retries=policy), boto.Timeout, server.url)
    assert found.phase == "total" and 0.25 < found.elapsed < 20 and "0.3 s" in str(found)
    assert len(server.requests) == 3


# --- answers nobody can use ----------------------------------------------------------------------------

HTML = "<!DOCTYPE html><html><head><title>Sign in to the hotel</title></head><body>hello</body></html>"


@pytest.mark.parametrize(
    "answer",
    [
        http(HTML, kind="text/html"),
        http(""),
        http(key_pairs("key1")[:-40]),
        http("\x00\x01\xff"),
        http('{"keySet": []}', kind="application/json"),
        http(b"\x1f\x8b not really").replace(b"\r\n\r\n", b"\r\nContent-Encoding: gzip\r\n\r\n", 1),
    ],
    ids=["html", "empty", "truncated", "binary", "json", "false gzip"],
)
def test_an_answer_that_is_none(c: Any, serve: Any, answer: bytes) -> None:
    server = serve(answer)
    found = failing(c(server.url, retries=Quick(3)), boto.BadAnswer)
    assert len(found.snippet) <= 200 and len(server.requests) == 1


def test_an_error_page_of_a_balancer(c: Any, serve: Any) -> None:
    server = serve(http(HTML, "502 Bad Gateway", "text/html"))
    found = failing(c(server.url), boto.Unavailable)
    assert (found.status, found.metadata.attempts) == (502, 1) and "Sign in to the hotel" in str(found)
    failing(c(serve(http(HTML, "403 Forbidden", "text/html")).url), boto.AccessDenied)
    failing(c(serve(http("", "404 Not Found")).url), boto.NotFound)


# --- retries -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("bad", [BUSY, None, THROTTLED, http(HTML, "504 Gateway Timeout", "text/html")])
def test_what_passes_is_tried_again(c: Any, serve: Any, bad: bytes | None) -> None:
    server = serve(in_turn(bad, bad, OK))
    policy = Quick(5)
    result = c(server.url, retries=policy).describe_key_pairs()
    metadata = result.metadata
    assert result["key_pairs"][0]["key_name"] == "key1"
    assert (metadata.attempts, metadata.status, metadata.request_id) == (3, 200, REQUEST_ID)
    assert metadata.delays == [0.005, 0.005]
    assert [attempt for attempt, _, _ in policy.asked] == [1, 2]
    assert [what for what, _ in metadata.timeline if what.startswith("attempt")] == [
        "attempt 1", "attempt 2", "attempt 3",
    ]  # fmt: skip
    assert len(server.requests) == 3
    heads = [
        dict(line.split(": ", 1) for line in head.split("\r\n")[1:] if line) for head, _ in server.requests
    ]
    assert all("Signature=" in head["Authorization"] for head in heads)
    assert len({body for _, body in server.requests}) == 1


def test_what_does_not_pass_is_an_error_that_counts(c: Any, serve: Any) -> None:
    server = serve(BUSY)
    found = failing(c(server.url, retries=Quick(3)), boto.Unavailable)
    assert (found.metadata.attempts, found.code, found.request_id) == (3, "Unavailable", REQUEST_ID)
    assert len(found.metadata.delays) == 2 and len(server.requests) == 3
    assert found.operation == "ec2.describe_key_pairs"


def test_what_is_wrong_is_not_tried_again(c: Any, serve: Any) -> None:
    server = serve(http(error("InvalidKeyPair.NotFound", "no"), "400 Bad Request"))
    assert failing(c(server.url, retries=Quick(3)), boto.NotFound).metadata.attempts == 1
    assert len(server.requests) == 1


def test_by_default_there_are_three_attempts(c: Any, serve: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("random.random", lambda: 0.01)
    server = serve(in_turn(BUSY, BUSY, OK))
    metadata = c(server.url, retries=None).describe_key_pairs().metadata
    assert metadata.attempts == 3 and metadata.delays == [0.01, 0.02]


def test_pages_that_break_in_the_middle(c: Any, connect: Any, serve: Any) -> None:
    first = http(instances("i-1", "i-2", token="t1"))
    server = serve(in_turn(first, None, http(instances("i-3"))))
    pages = c(server.url).pages("describe_instances")
    seen: list[Any] = []
    with pytest.raises(boto.ConnectFailed):
        collect(connect, pages.items(), seen)
    assert [one["reservation_id"] for one in seen] == ["r-i-1", "r-i-2"]
    rest = connect.list(c(server.url).pages("describe_instances").items(start=pages.token))
    assert [one["reservation_id"] for one in rest] == ["r-i-3"]
    assert b"NextToken=t1" in server.requests[-1][1]


def collect(connect: Any, iterable: Any, into: list[Any]) -> None:
    if connect.name == "blocking":
        for item in iterable:
            into.append(item)
        return

    async def collected() -> None:
        async for item in iterable:
            into.append(item)

    connect.awaited(collected())


# --- proxies -------------------------------------------------------------------------------------------


def proxy(user: str = "") -> Callable[[Any, socket.socket], None]:
    """A proxy that forwards, tunnels, and asks for a user and password if it was given them."""
    wanted = f"Proxy-Authorization: Basic {b64encode(user.encode()).decode()}"

    def script(server: Any, conn: socket.socket) -> None:
        head = server.read(conn)
        if head is None:
            return
        lines = head.decode().split("\r\n")
        method, target, _ = lines[0].split()
        if user and wanted not in lines:
            conn.sendall(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
            return
        place = target if method == "CONNECT" else target.split("/")[2]
        host, _, port = place.partition(":")
        with socket.create_connection((host, int(port))) as there:
            if method == "CONNECT":
                conn.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
                back = threading.Thread(target=pump, args=(conn, there))
                back.start()
                pump(there, conn)
                back.join()
                return
            kept = [line for line in lines[1:] if not line.startswith("Proxy-")]
            path = "/" + target.split("/", 3)[3]
            body = server.requests[-1][1]
            there.sendall("\r\n".join([f"{method} {path} HTTP/1.1", *kept, "", ""]).encode() + body)
            conn.sendall(there.recv(65536))

    return script


def pump(source: socket.socket, target: socket.socket) -> None:
    try:
        while data := source.recv(65536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        pass


def test_a_proxy_with_a_password(c: Any, serve: Any) -> None:
    server, between = serve(OK), serve(proxy("me:pass:word"))
    options = {"proxies": {"http": between.url}, "proxy_auth": ("me", "pass:word")}
    assert c(server.url, **options).describe_key_pairs()["key_pairs"][0]["key_name"] == "key1"
    head, body = server.requests[0]
    assert head.startswith("POST / HTTP/1.1\r\n") and "Proxy-Authorization" not in head
    assert body == b"Action=DescribeKeyPairs&Version=2016-11-15"
    assert between.requests[0][0].startswith(f"POST {server.url}/ HTTP/1.1")

    in_url = between.url.replace("//", "//me:pass%3Aword@")
    assert c(server.url, proxies=in_url).describe_key_pairs().metadata.status == 200

    found = failing(c(server.url, **{**options, "proxy_auth": "me:wrong"}), boto.ConnectFailed, server.url)
    assert between.url in str(found) and found.sent is False and "wrong" not in str(found)


def test_a_tunnel_through_a_proxy(c: Any, serve: Any, tls: Any, authority: str) -> None:
    server, between = serve(OK, tls), serve(proxy("me:pw"))
    options = {"proxies": {"https": between.url}, "proxy_auth": "me:pw", "verify": authority}
    assert c(server.url, **options).describe_key_pairs()["key_pairs"][0]["key_name"] == "key1"
    assert between.requests[0][0].startswith(f"CONNECT 127.0.0.1:{server.port} ")
    assert "Authorization: AWS4" not in between.requests[0][0]
    failing(c(server.url, **{**options, "proxy_auth": "me:wrong"}), boto.ConnectFailed, server.url)
    failing(c(server.url, **{**options, "verify": True}), boto.TLSFailed, server.url)


def test_proxies_of_the_environment(c: Any, serve: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    server, between = serve(OK), serve(proxy())
    monkeypatch.setenv("http_proxy", between.url)
    c(server.url).describe_key_pairs()
    assert len(between.requests) == 1
    c(server.url, proxies={}).describe_key_pairs()
    assert len(between.requests) == 1 and len(server.requests) == 2


def test_a_proxy_that_is_not_there(c: Any, serve: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        gone = f"http://127.0.0.1:{closed.getsockname()[1]}"
    server = serve(OK)
    found = failing(c(server.url, proxies=gone), boto.ConnectFailed, server.url)
    assert gone in str(found) and found.sent is False and server.requests == []


# --- calls that are no longer wanted --------------------------------------------------------------------


def interrupting(server: Any, conn: socket.socket) -> None:
    """Ctrl-C, while the answer is waited for."""
    if server.read(conn) is not None:
        ident = threading.main_thread().ident
        assert ident is not None
        signal.pthread_kill(ident, signal.SIGINT)
        server.wait_gone(conn)


def test_ctrl_c_during_a_call(serve: Any) -> None:
    server = serve(interrupting)
    with boto.connect_ec2(endpoint_url=server.url, **OPTIONS) as c:
        with pytest.raises(KeyboardInterrupt):
            c.describe_key_pairs()
        assert server.gone.wait(10)
        server.serve = in_turn(OK)
        assert c.describe_key_pairs()["key_pairs"][0]["key_name"] == "key1"


def test_ctrl_c_during_a_call_on_asyncio(serve: Any) -> None:
    server = serve(interrupting)

    async def main() -> None:
        async with boto.aio.Session(**OPTIONS) as session:
            await session.connect_to("ec2", endpoint_url=server.url).describe_key_pairs()

    with pytest.raises(KeyboardInterrupt):
        asyncio.run(main())
    assert server.gone.wait(10)


@pytest.mark.parametrize("script", [silence, trickle], ids=["silence", "trickle"])
def test_a_cancelled_task_closes_its_socket(serve: Any, script: Any) -> None:
    server = serve(script)

    async def main() -> None:
        async with boto.aio.Session(**OPTIONS) as session:
            c = session.connect_to("ec2", endpoint_url=server.url)
            task = asyncio.ensure_future(c.describe_key_pairs())
            while not server.requests:
                await asyncio.sleep(0.005)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            # The read time-out is a minute away; the server sees the end of the connection now.
            assert await asyncio.to_thread(server.gone.wait, 10)
            server.serve = in_turn(OK)
            assert (await c.describe_key_pairs())["key_pairs"][0]["key_name"] == "key1"

    asyncio.run(main())


def test_a_time_out_of_asyncio_cuts_pages_and_retries(serve: Any) -> None:
    first = http(instances("i-1", token="t1"))
    turns = [first]

    def one_page(server: Any, conn: socket.socket) -> None:
        while server.read(conn) is not None:
            if not turns:
                return server.wait_gone(conn)
            conn.sendall(turns.pop())

    server, busy = serve(one_page), serve(BUSY)

    class Patient:
        def delay(self, *what: Any) -> float:
            return 60.0

    async def main() -> list[Any]:
        seen: list[Any] = []
        async with boto.aio.Session(**OPTIONS) as session:
            c = session.connect_to("ec2", endpoint_url=server.url)
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.3):
                    async for page in c.pages("describe_instances"):
                        seen.append(page)
            assert await asyncio.to_thread(server.gone.wait, 10)
            c = session.connect_to("ec2", endpoint_url=busy.url, retries=Patient())
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.2):
                    await c.describe_key_pairs()
        return seen

    assert len(asyncio.run(main())) == 1
    assert len(busy.requests) == 1


def test_leaving_pages_early_leaves_nothing(c: Any, connect: Any, serve: Any) -> None:
    server = serve(in_turn(http(instances("i-1", "i-2", token="t1")), http(instances("i-3"))))
    service = c(server.url)
    if connect.name == "blocking":
        for _ in service.pages("describe_instances").items():
            break
    else:

        async def some() -> None:
            pages = service.pages("describe_instances").items()
            async for _ in pages:
                break
            await pages.aclose()

        connect.awaited(some())
    assert len(server.requests) == 1


def test_the_same_errors_from_the_same_words_on_both_drivers(serve: Any) -> None:
    server = serve(http(error("InvalidKeyPair.NotFound", "no"), "400 Bad Request"))

    async def there() -> BaseException:
        async with boto.aio.Session(**OPTIONS) as session:
            with pytest.raises(boto.NotFound) as caught:
                await session.connect_to("ec2", endpoint_url=server.url).describe_key_pairs()
        return caught.value

    with boto.connect_ec2(endpoint_url=server.url, **OPTIONS) as c, pytest.raises(boto.NotFound) as here:
        c.describe_key_pairs()
    other = asyncio.run(there())
    assert type(other) is type(here.value) and str(other) == str(here.value)
