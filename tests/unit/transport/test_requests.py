"""The default transport against real sockets, and under the mocks that users know."""

from __future__ import annotations

import asyncio
import gzip
import io
import os
import socket
import threading

import pytest
import requests
import requests.adapters
import responses

from boto.core.errors import BadAnswer, ConfigError, ConnectFailed, Timeout, TransportError
from boto.core.http import HTTPRequest
from boto.core.steps import Block, Gather, Read, Send
from boto.transport.aiodriver import AsyncConnection
from boto.transport.deadlines import Deadlines

from .conftest import OK, read_all, send


def get(url, headers=()):
    return send(HTTPRequest("GET", url, headers))


def head_lines(server, which=0):
    return server.requests[which][0].split("\r\n")


# --- what goes out -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "target",
    [
        "/",
        "//two/slashes",
        "/a/../b/./c",
        "/a%2fb%2Fc%7e~",
        "/a?x=%7e&y=a+b&z=%2f&&q",
        "/a?q=a:b@c",
        "/%E2%82%AC/sp%20ace",
        "/a?b=../c//d",
    ],
)
def test_the_request_line_is_sent_as_it_was_signed(serve, connect, target):
    server = serve()
    connect().run(get(server.url + target))
    assert head_lines(server)[0] == f"GET {target} HTTP/1.1"


def test_a_url_without_a_path_gets_one(serve, connect):
    server = serve()
    connection = connect()
    connection.run(get(server.url))
    connection.run(get(f"{server.url}?Action=List"))
    assert [head_lines(server, i)[0] for i in (0, 1)] == ["GET / HTTP/1.1", "GET /?Action=List HTTP/1.1"]


def test_only_what_http_needs_is_added_to_the_headers(serve, connect):
    server = serve()
    connect().run(get(server.url, {"X-Amz-Date": "now", "accept": "*/*"}))
    assert sorted(head_lines(server)[1:]) == [
        "Accept-Encoding: identity",
        f"Host: 127.0.0.1:{server.port}",
        "X-Amz-Date: now",
        "accept: */*",
    ]


def test_headers_that_are_given_are_not_added_again(serve, connect):
    server = serve()
    given = {"host": "signed.example", "User-Agent": "me", "accept-encoding": "gzip", "content-length": "3"}
    connect().run(send(HTTPRequest("PUT", server.url + "/", given, b"abc")))
    assert sorted(head_lines(server)[1:]) == sorted(f"{name}: {value}" for name, value in given.items())
    assert server.requests[0][1] == b"abc"


class Unsized:
    def __init__(self, data):
        self.file = io.BytesIO(data)

    def read(self, size=-1):
        return self.file.read(size)


@pytest.mark.parametrize(
    ("method", "body", "framing", "received"),
    [
        ("GET", None, None, b""),
        ("GET", b"", None, b""),
        ("DELETE", None, None, b""),
        ("POST", None, "Content-Length: 0", b""),
        ("PUT", b"", "Content-Length: 0", b""),
        ("POST", b"a=b", "Content-Length: 3", b"a=b"),
        ("PUT", io.BytesIO(b"x" * 200_000), "Content-Length: 200000", b"x" * 200_000),
        ("PUT", Unsized(b"abc"), "Transfer-Encoding: chunked", b"3\r\nabc\r\n0\r\n\r\n"),
    ],
)
def test_bodies_and_their_framing(serve, connect, *, method, body, framing, received):
    server = serve()
    connect().run(send(HTTPRequest(method, server.url + "/", (), body)))
    framed = [
        line for line in head_lines(server) if line.lower().startswith(("content-length", "transfer-enc"))
    ]
    assert framed == ([framing] if framing else [])
    assert server.requests[0][1] == received


def test_a_stream_is_sent_from_where_it_stands(serve, connect):
    server = serve()
    body = io.BytesIO(b"skipped, sent")
    body.seek(9)
    connect().run(send(HTTPRequest("PUT", server.url + "/", (), body)))
    assert server.requests[0][1] == b"sent"


def test_basic_auth_is_added_unless_the_request_is_signed(serve, connect):
    server = serve()
    connection = connect(basic_auth=("me", "pä:ss"))
    connection.run(get(server.url))
    connection.run(get(server.url, {"authorization": "AWS4 ..."}))
    assert "Authorization: Basic bWU6cMOkOnNz" in head_lines(server)
    assert [line for line in head_lines(server, 1) if "uthorization" in line] == ["authorization: AWS4 ..."]


@pytest.mark.parametrize(
    ("url", "headers"),
    [
        ("http://127.0.0.1:1/", {"X-A": "hunter2\r\nX-B: 1"}),
        ("http://127.0.0.1:1/a b?sig=hunter2", {}),
        ("http://127.0.0.1:1/", {"X-A": "hunter2€"}),
        ("ftp://127.0.0.1/?hunter2", {}),
        ("http:///hunter2", {}),
        ("hunter2", {}),
        ("http://127.0.0.1:port/hunter2", {}),
        ("http://x.:1/hunter2\n", {}),
    ],
)
def test_what_http_cannot_carry_is_refused_without_quoting_it(serve, connect, url, headers):
    server = serve()
    with pytest.raises((ConfigError, ConnectFailed)) as caught:
        connect().run(get(url.replace("127.0.0.1:1/", f"127.0.0.1:{server.port}/"), headers))
    if url != "hunter2":
        assert "hunter2" not in str(caught.value)
    assert server.requests == []


# --- what comes back -----------------------------------------------------------------------------


def test_status_headers_body_and_one_connection_for_many_calls(serve, connect):
    server = serve()
    connection = connect()
    for _ in range(3):
        response = connection.run(get(server.url))
    assert (response.status, response.body, response.stream) == (200, b"hello", None)
    assert response.headers["x-two"] == "a, b"
    assert dict(response.headers.items()) == {"Content-Length": "5", "X-Two": "a, b"}
    assert server.connections == 1


def test_redirects_and_errors_are_answers(serve, connect):
    server = serve(b"HTTP/1.1 301 Moved\r\nLocation: http://elsewhere/\r\nContent-Length: 0\r\n\r\n")
    assert connect().run(get(server.url)).status == 301
    server = serve(b"HTTP/1.1 503 Slow Down\r\nRetry-After: 1\r\nContent-Length: 2\r\n\r\nno")
    response = connect().run(get(server.url))
    assert (response.status, response.body) == (503, b"no")
    assert len(server.requests) == 1


@pytest.mark.parametrize("stream", [False, True])
def test_head_has_no_body_and_leaves_its_connection_usable(serve, connect, stream):
    server = serve(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
    connection = connect()
    for _ in range(2):
        response = connection.run(send(HTTPRequest("HEAD", server.url + "/"), stream))
        assert response.body == b""
        assert response.headers["content-length"] == "1000"
        if stream:
            assert response.stream.read() == b""
    assert server.connections == 1


@pytest.mark.parametrize("status", [b"204 No Content", b"304 Not Modified"])
def test_an_answer_without_a_body(serve, connect, status):
    server = serve(b"HTTP/1.1 " + status + b"\r\n\r\n")
    connection = connect()
    assert [connection.run(get(server.url)).body for _ in range(2)] == [b"", b""]
    assert server.connections == 1


def test_chunks_and_a_body_that_ends_with_the_connection(serve, connect):
    server = serve(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")
    connection = connect()
    assert [connection.run(get(server.url)).body for _ in range(2)] == [b"abcde"] * 2
    assert server.connections == 1

    def until_closed(server, conn):
        server.read(conn)
        conn.sendall(b"HTTP/1.0 200 OK\r\n\r\nall of it")

    assert connect().run(get(serve(until_closed).url)).body == b"all of it"


def encoded(body, encoding=b"gzip"):
    return b"HTTP/1.1 200 OK\r\nContent-Encoding: %s\r\nContent-Length: %d\r\n\r\n%s" % (
        encoding,
        len(body),
        body,
    )


def test_a_whole_body_is_decoded_and_a_streamed_one_is_as_stored(serve, connect):
    packed = gzip.compress(b"<xml/>" * 100)
    connection = connect()
    server = serve(encoded(packed))
    assert connection.run(get(server.url)).body == b"<xml/>" * 100
    assert b"".join(connection.run(read_all(HTTPRequest("GET", server.url), 7))) == packed
    with pytest.raises(BadAnswer, match="Content-Encoding"):
        connection.run(get(serve(encoded(b"no gzip at all")).url))


def test_a_streamed_body_is_read_in_pieces(serve, connect):
    server = serve(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n0123456789")
    connection = connect()
    request = HTTPRequest("GET", server.url)
    assert connection.run(read_all(request, 4)) == [b"0123", b"4567", b"89"]
    assert connection.run(read_all(request)) == [b"0123456789"]
    assert server.connections == 1  # a body read to its end gives its connection back


def test_closing_a_stream_early_closes_its_connection(serve, connect):
    server = serve(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n0123456789")
    connection = connect(pool_size=1, pool_block=True)
    for _ in range(2):  # the place in the pool is given back, or the second would wait for it
        response = connection.run(send(HTTPRequest("GET", server.url), stream=True))
        assert response.body == b""
        with response.stream as stream:
            assert stream.read(3) == b"012"
        assert stream.closed
        with pytest.raises(ValueError, match="closed"):
            stream.read()
    assert server.connections == 2


# --- failures ------------------------------------------------------------------------------------


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as sock:
        return sock.getsockname()[1]


def failing(connection, url, kind=ConnectFailed, **how):
    with pytest.raises(kind) as caught:
        connection.run(
            send(HTTPRequest("GET", f"{url}/path?X-Amz-Signature=hunter2", {"a": "hunter2"}), **how)
        )
    error = caught.value
    assert "hunter2" not in f"{error} {error!r} {error.__cause__!r} {vars(error)}"
    assert error.__context__ is None
    if isinstance(error, TransportError):
        assert error.endpoint == url
        assert url in str(error)
    return error


def test_connection_refused(connect):
    error = failing(connect(), f"http://127.0.0.1:{free_port()}")
    assert error.sent is False
    assert isinstance(error.__cause__, ConnectionRefusedError)
    assert "refused" in str(error)


def test_unknown_host(connect, monkeypatch):
    def lookup(*args, **more):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    error = failing(connect(), "http://nowhere.invalid:80")
    assert error.sent is False
    assert isinstance(error.__cause__, socket.gaierror)
    assert "not known" in str(error)


def test_the_exception_a_caller_is_handling_is_not_taken_for_the_cause(connect):
    try:
        raise FileNotFoundError("the caller's own")
    except FileNotFoundError:
        with pytest.raises(ConnectFailed) as caught:
            connect().run(get(f"http://127.0.0.1:{free_port()}"))
    assert isinstance(caught.value.__cause__, ConnectionRefusedError)


def hang_up(server, conn):
    server.read(conn)


def reset(server, conn):
    server.read(conn)
    conn.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")


def garbage(server, conn):
    server.read(conn)
    conn.sendall(b"SSH-2.0-OpenSSH_9.6\r\n\r\n")


def saying(data):
    def script(server, conn):
        server.read(conn)
        conn.sendall(data)

    return script


CUT = [
    b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n01234",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n01234",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
]


@pytest.mark.parametrize("script", [hang_up, reset, garbage, *map(saying, CUT)])
def test_a_connection_that_breaks_after_the_request_was_sent(serve, connect, script):
    error = failing(connect(), serve(script).url)
    assert error.sent is True
    assert error.__cause__ is not None


def test_headers_that_break_off(serve, connect):
    server = serve(saying(b"HTTP/1.1 200 OK\r\nContent-Le"))
    error = failing(connect(), server.url)
    assert error.sent is True and "within its headers" in str(error) and server.url in str(error)


@pytest.mark.parametrize("answer", CUT)
@pytest.mark.parametrize("size", [-1, 3])
def test_a_streamed_body_that_breaks(serve, connect, answer, size):
    with pytest.raises(ConnectFailed) as caught:
        connect().run(read_all(HTTPRequest("GET", serve(saying(answer)).url), size))
    assert caught.value.sent is True


def test_read_timeout(serve, connect):
    server = serve(lambda server, conn: server.read(conn) and server.wait_gone(conn))
    error = failing(connect(read_timeout=0.05), server.url, Timeout)
    assert error.phase == "read"
    assert isinstance(error, TimeoutError)
    assert 0.04 < error.elapsed < 20
    assert server.gone.wait(10)  # the socket is closed, not put back


def half_then_silence(server, conn):
    server.read(conn)
    conn.sendall(CUT[0])
    server.wait_gone(conn)


def test_read_timeout_within_a_body(serve, connect):
    server = serve(half_then_silence)
    assert failing(connect(read_timeout=0.05), server.url, Timeout).phase == "read"
    assert server.gone.wait(10)
    server = serve(half_then_silence)
    with pytest.raises(Timeout) as caught:
        connect(read_timeout=0.05).run(read_all(HTTPRequest("GET", server.url)))
    assert caught.value.phase == "read"
    assert server.gone.wait(10)


def trickle(start, server, conn):
    server.read(conn)
    conn.sendall(start)
    while not server.gone.wait(0.01):
        try:
            conn.sendall(b"a")
        except OSError:
            server.gone.set()


@pytest.mark.parametrize(
    "start", [b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n"]
)
@pytest.mark.parametrize("where", ["step", "connection"])
def test_a_server_that_trickles_meets_the_timeout_of_the_whole(serve, connect, start, where):
    server = serve(lambda server, conn: trickle(start, server, conn))
    connection = connect(timeout=0.2 if where == "connection" else None, read_timeout=5)
    error = failing(connection, server.url, Timeout, timeout=0.2 if where == "step" else None)
    assert error.phase == "total"
    assert server.gone.wait(10)


def test_a_timeout_that_was_not_needed_leaves_nothing_behind(serve, connect):
    connection = connect(timeout=30)
    server = serve()
    for _ in range(3):
        assert connection.run(get(server.url)).body == b"hello"
    assert server.connections == 1


def test_connect_timeout(connect):
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
            url = f"http://127.0.0.1:{port}"
            assert failing(connect(connect_timeout=0.1), url, Timeout).phase == "connect"
            assert failing(connect(timeout=0.1), url, Timeout).phase == "total"
        finally:
            for filler in fillers:
                filler.close()


def test_pool_timeout(serve, connect):
    server = serve(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n0123456789")
    connection = connect(pool_size=1, pool_block=True, connect_timeout=0.05)
    held = connection.run(send(HTTPRequest("GET", server.url), stream=True)).stream
    assert failing(connection, server.url, Timeout).phase == "pool"
    held.close()
    assert connection.run(get(server.url)).status == 200


def test_deadlines_come_in_order_and_dropped_ones_never():
    called, last = [], threading.Event()
    deadlines = Deadlines()
    deadlines.after(0.06, lambda: (called.append(3), last.set()))
    deadlines.after(0.01, lambda: called.append(1))
    deadlines.after(0.03, lambda: called.append(2))
    deadlines.after(0.02, lambda: called.append("dropped")).drop()
    for _ in range(2000):
        deadlines.after(60, lambda: called.append("never")).drop()
    assert last.wait(10)
    assert called == [1, 2, 3]
    assert len(deadlines._heap) < 600
    deadlines.close()
    assert deadlines._thread is None


# --- cutting -------------------------------------------------------------------------------------


def silence(server, conn):
    server.read(conn)
    server.wait_gone(conn)


def cancel_once_sent(server, flow, **options):
    async def main():
        async with AsyncConnection(read_timeout=30, **options) as connection:
            task = asyncio.create_task(connection.run(flow))
            while not server.requests:
                await asyncio.sleep(0.005)
            await asyncio.sleep(0.05)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            assert await asyncio.to_thread(server.gone.wait, 10), "the server never saw the connection close"

    asyncio.run(main())


def test_cancelling_a_task_closes_its_socket(serve):
    server = serve(silence)
    cancel_once_sent(server, get(server.url))


def test_cancelling_a_task_closes_its_socket_under_tls(serve, tls, authority):
    server = serve(silence, tls)
    cancel_once_sent(server, get(server.url), verify=authority)


def test_cancelling_a_task_closes_the_socket_of_a_body(serve):
    server = serve(half_then_silence)
    cancel_once_sent(server, read_all(HTTPRequest("GET", server.url)))


def test_a_failing_gather_closes_the_sockets_of_the_others(serve, connect):
    server = serve(silence)

    def bad():
        def wait():
            for _ in range(2000):
                if len(server.requests) == 2:
                    raise ValueError("enough")
                threading.Event().wait(0.005)

        yield from Block(wait)

    def flow():
        yield from Gather([get(server.url), read_all(HTTPRequest("GET", server.url)), bad()], 3)

    with pytest.raises(ValueError, match="enough"):
        connect(read_timeout=30).run(flow())
    assert server.gone.wait(10)


def test_many_calls_at_once_on_asyncio(serve):
    server = serve()

    async def main():
        async with AsyncConnection(workers=8) as connection:
            answers = await asyncio.gather(*(connection.run(get(server.url)) for _ in range(40)))
        return [answer.body for answer in answers]

    assert asyncio.run(main()) == [b"hello"] * 40
    assert server.connections <= 8


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
def test_a_forked_child_opens_its_own_connection(serve, connect):
    server = serve()
    connection = connect(timeout=30)
    connection.run(get(server.url))
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            code = 0 if connection.run(get(server.url)).body == b"hello" else 2
        finally:
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    assert connection.run(get(server.url)).body == b"hello"
    assert server.connections == 2


# --- mocks ---------------------------------------------------------------------------------------


@responses.activate
def test_responses_mocks_a_connection(connect):
    responses.get("https://fog.example/a", json={"a": 1}, headers={"X-Id": "7"})
    responses.post("https://fog.example/a", status=500, body=b"oops")
    responses.head("https://fog.example/a", body=b"", headers={"Content-Length": "77"})
    connection = connect()
    response = connection.run(get("https://fog.example/a", {"X-Mine": "1"}))
    assert (response.status, response.body, response.headers["x-id"]) == (200, b'{"a": 1}', "7")
    assert responses.calls[0].request.headers["x-mine"] == "1"
    response = connection.run(send(HTTPRequest("POST", "https://fog.example/a", (), b"body")))
    assert (response.status, response.body) == (500, b"oops")
    assert responses.calls[1].request.body == b"body"
    assert connection.run(send(HTTPRequest("HEAD", "https://fog.example/a"))).body == b""
    assert connection.run(read_all(HTTPRequest("GET", "https://fog.example/a"), 3)) == [b'{"a', b'": ', b"1}"]
    with pytest.raises(ConnectFailed, match="doesn't match any registered mock"):
        connection.run(get("https://fog.example/other"))


@responses.activate
@pytest.mark.parametrize(
    ("raised", "kind", "phase"),
    [
        (requests.ReadTimeout("slow"), Timeout, "read"),
        (requests.ConnectTimeout("slow"), Timeout, "connect"),
        (requests.ConnectionError("gone"), ConnectFailed, None),
        (ConnectionResetError(104, "Connection reset by peer"), ConnectFailed, None),
    ],
)
def test_errors_raised_by_a_mock(connect, raised, kind, phase):
    responses.get("https://fog.example/a", body=raised)
    with pytest.raises(kind) as caught:
        connect().run(get("https://fog.example/a"))
    assert getattr(caught.value, "phase", None) == phase


@responses.activate
def test_responses_lets_pass_what_it_is_told_to(serve, connect):
    server = serve()
    responses.add_passthru(server.url)
    assert connect().run(get(server.url + "/a//b")).body == b"hello"
    assert head_lines(server)[0] == "GET /a//b HTTP/1.1"


def test_moto_mocks_a_connection(connect):
    moto = pytest.importorskip("moto")
    headers = {
        "Content-Type": "application/x-www-form-urlencoded; charset=utf-8",
        "Authorization": "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260101/eu-west-1/ec2/aws4_request, "
        "SignedHeaders=host;x-amz-date, Signature=0",
    }
    connection = connect()

    def query(text):
        url = "https://ec2.eu-west-1.amazonaws.com/"
        return connection.run(send(HTTPRequest("POST", url, headers, f"{text}&Version=2016-11-15".encode())))

    with moto.mock_aws():
        assert query("Action=CreateKeyPair&KeyName=key1").status == 200
        assert b"<keyName>key1</keyName>" in query("Action=DescribeKeyPairs").body
        assert query("Action=DescribeKeyPairs&KeyName.1=none").status == 400


class Raw:
    """Not urllib3's: what a stub may put there."""

    def __init__(self, data):
        self.read = io.BytesIO(data).read


def answer(content=None, raw=None, status=200, headers=None):
    response = requests.Response()
    response.status_code, response.raw = status, raw
    response.headers.update(headers or {"X-Id": "1", "x-Two": "b"})
    if content is not None:
        response._content = content
    return response


def urllib3_raw(body, preload, headers=None):
    from urllib3 import HTTPResponse

    return HTTPResponse(
        body=body, headers=headers or {}, status=200, preload_content=preload, decode_content=False
    )


@pytest.mark.parametrize(
    "make",
    [
        lambda: answer(b"data"),
        lambda: answer(raw=Raw(b"data")),
        lambda: answer(raw=urllib3_raw(io.BytesIO(b"data"), preload=False)),
        lambda: answer(raw=urllib3_raw(io.BytesIO(b"data"), preload=True)),
        lambda: answer(raw=urllib3_raw(b"data", preload=False)),
        lambda: answer(
            raw=urllib3_raw(io.BytesIO(gzip.compress(b"data")), False, {"Content-Encoding": "gzip"}),
            headers={"Content-Encoding": "gzip"},
        ),
    ],
)
def test_a_patched_send_may_return_a_true_response(connect, monkeypatch, make):
    seen = []

    def patched(self, request, *, stream, timeout, verify, cert, proxies):
        seen.append((request.method, request.url, dict(request.headers), stream, timeout, verify))
        return make()

    connection = connect(connect_timeout=3, read_timeout=4)
    connection.transport  # noqa: B018 - made before the patch: `send` must not be bound early
    monkeypatch.setattr(requests.adapters.HTTPAdapter, "send", patched)
    response = connection.run(get("https://fog.example/", {"A": "1"}))
    assert (response.status, response.body) == (200, b"data")
    if "content-encoding" not in response.headers:
        assert dict(response.headers.items()) == {"X-Id": "1", "x-Two": "b"}
    assert connection.run(send(HTTPRequest("HEAD", "https://fog.example/"))).body == b""
    assert seen[0] == ("GET", "https://fog.example/", {"A": "1"}, True, (3, 4), True)


def test_the_seam_is_the_class_of_requests_and_is_not_overridden():
    from boto.transport.requests import Adapter

    assert Adapter.send is requests.adapters.HTTPAdapter.send


def test_our_light_answer_serves_those_who_look_at_it(serve, connect):
    server, connection, seen = serve(), connect(), []
    adapter = connection.transport._adapter
    original = adapter.send

    def looking(*args, **more):
        seen.append(original(*args, **more))
        return seen[-1]

    adapter.send = looking
    assert connection.run(get(server.url)).body == b"hello"
    [light] = seen
    assert light.ok
    assert light.reason == "OK"
    assert list(light.cookies) == []
    assert light.elapsed.total_seconds() == 0
    assert light.url == server.url


def test_read_takes_a_stream_of_the_transport_in_a_flow(serve, connect):
    server = serve(OK)

    def flow():
        response = yield from Send(HTTPRequest("GET", server.url), stream=True)
        return (yield from Read(response.stream, 2)), (yield from Read(response.stream))

    assert connect().run(flow()) == (b"he", b"llo")
