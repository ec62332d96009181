"""Certificates and proxies, against local servers that insist on them."""

from __future__ import annotations

import contextlib
import os
import ssl
import sys
import threading
import warnings

import pytest

from boto.core.errors import ConfigError, ConnectFailed, MissingExtra, Timeout, TLSFailed
from boto.core.http import HTTPRequest
from boto.transport.base import NetworkOptions
from boto.transport.proxies import Proxies, Proxy

from .conftest import OK, send


def get(url):
    return send(HTTPRequest("GET", f"{url}/a//b?X-Amz-Signature=sig-hunter2"))


# --- certificates --------------------------------------------------------------------------------


def test_a_certificate_of_an_unknown_authority_is_refused(serve, connect, tls):
    server = serve(OK, tls)
    with pytest.raises(TLSFailed) as caught:
        connect().run(get(server.url))
    assert caught.value.endpoint == server.url
    assert "certificate not accepted" in str(caught.value)
    assert isinstance(caught.value.__cause__, ssl.SSLError)
    assert "hunter2" not in str(caught.value)
    assert server.requests == []


def test_verify_takes_a_bundle_and_so_do_the_usual_variables(serve, connect, tls, authority, monkeypatch):
    server = serve(OK, tls)
    connection = connect(verify=authority)
    for _ in range(2):
        assert connection.run(get(server.url)).body == b"hello"
    assert server.connections == 1
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", authority)
    assert connect().run(get(server.url)).body == b"hello"


def test_verify_takes_a_directory_of_hashes(serve, connect, tls, authority, tmp_path):
    from shutil import copy
    from subprocess import run

    copy(authority, tmp_path / "ca.pem")
    if run(["openssl", "rehash", str(tmp_path)], check=False, capture_output=True).returncode:
        pytest.skip("no `openssl rehash` on this machine")
    assert connect(verify=str(tmp_path)).run(get(serve(OK, tls).url)).body == b"hello"


def test_a_certificate_for_another_name_is_refused(serve, connect, tls, authority, monkeypatch):
    import socket

    server = serve(OK, tls)
    lookup = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, *rest: lookup("127.0.0.1", *rest))
    connection = connect(verify=authority)
    assert connection.run(get(f"https://localhost:{server.port}")).body == b"hello"
    with pytest.raises(TLSFailed, match=r"other\.example"):
        connection.run(get(f"https://other.example:{server.port}"))


def test_verify_false_accepts_and_warns_once(serve, connect, tls):
    first, second = serve(OK, tls), serve(OK, tls)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        connection = connect(verify=False)
        for server in (first, second, first):
            assert connection.run(get(server.url)).body == b"hello"
    assert [str(warning.message) for warning in caught] == ["TLS certificates are not checked (verify=False)"]


def test_a_server_that_speaks_no_tls(serve, connect):
    def plain(server, conn):
        conn.recv(65536)
        conn.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    server = serve(plain)
    with pytest.raises(TLSFailed):
        connect().run(get(f"https://127.0.0.1:{server.port}"))


def test_a_server_that_never_answers_the_handshake(serve, connect):
    server = serve(lambda server, conn: server.wait_gone(conn))
    with pytest.raises(Timeout) as caught:
        connect(connect_timeout=0.1).run(get(f"https://127.0.0.1:{server.port}"))
    assert caught.value.phase == "connect"
    assert server.gone.wait(10)


def test_a_certificate_of_ones_own_is_shown(serve, connect, authority):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(authority)
    context.load_verify_locations(authority)
    context.verify_mode = ssl.CERT_REQUIRED
    server = serve(OK, context)
    for cert in (authority, (authority, authority)):
        assert connect(verify=authority, cert=cert).run(get(server.url)).body == b"hello"
    with pytest.raises((TLSFailed, ConnectFailed)):
        connect(verify=authority).run(get(server.url))


@pytest.mark.parametrize("options", [{"verify": "/nowhere/ca.pem"}, {"cert": "/nowhere/me.pem"}])
def test_files_that_are_not_there(connect, options):
    with pytest.raises(ConfigError, match="/nowhere/"):
        connect(**options).run(get("https://127.0.0.1:1"))


# --- proxies -------------------------------------------------------------------------------------


def proxy(auth=None):
    """A proxy for HTTP and CONNECT; with `auth` it asks for that header."""
    import socket

    def script(server, conn):
        while (head := server.read(conn)) is not None:
            lines = head.decode().split("\r\n")
            method, target, _ = lines[0].split()
            if auth is not None and f"Proxy-Authorization: {auth}" not in lines:
                conn.sendall(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
                continue
            if method != "CONNECT":
                conn.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nforwarded")
                continue
            host, _, port = target.rpartition(":")
            with socket.create_connection((host, int(port))) as upstream:
                conn.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
                there = threading.Thread(target=pump, args=(conn, upstream))
                there.start()
                pump(upstream, conn)
                there.join()
            return

    return script


def pump(source, sink):
    import socket

    try:
        while data := source.recv(65536):
            sink.sendall(data)
    except OSError:
        pass
    for end in (source, sink):
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)


MINE = "Basic bWU6aHVudGVyMg=="  # me:hunter2


@pytest.mark.parametrize("how", ["proxy_auth", "pair", "url"])
def test_plain_http_is_forwarded_with_the_url_as_it_is(serve, connect, how):
    server = serve(proxy(MINE))
    url = f"http://me:hunter2@127.0.0.1:{server.port}" if how == "url" else server.url
    auth = {"proxy_auth": "me:hunter2", "pair": ("me", "hunter2"), "url": None}[how]
    connection = connect(proxies={"http": url}, proxy_auth=auth)
    for _ in range(2):
        assert connection.run(get("http://Fog.example:8080")).body == b"forwarded"
    head = server.requests[0][0].split("\r\n")
    assert head[0] == "GET http://Fog.example:8080/a//b?X-Amz-Signature=sig-hunter2 HTTP/1.1"
    assert "Host: Fog.example:8080" in head
    assert server.connections == 1


@pytest.mark.parametrize("verified", [True, False])
def test_https_goes_through_a_tunnel(serve, connect, tls, authority, verified):
    target, between = serve(OK, tls), serve(proxy(MINE))
    connection = connect(
        proxies={"https": between.url}, proxy_auth=("me", "hunter2"), verify=authority if verified else True
    )
    if not verified:
        with pytest.raises(TLSFailed) as caught:
            connection.run(get(target.url))
        assert between.url in str(caught.value)
        return
    for _ in range(2):
        assert connection.run(get(target.url)).body == b"hello"
    assert [head.split("\r\n")[0] for head, _ in between.requests] == [
        f"CONNECT 127.0.0.1:{target.port} HTTP/1.0"
    ]
    head = target.requests[0][0].split("\r\n")
    assert head[0] == "GET /a//b?X-Amz-Signature=sig-hunter2 HTTP/1.1"
    assert not [line for line in head if line.lower().startswith("proxy-")]


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_proxy_that_refuses_the_credentials(serve, connect, scheme):
    server = serve(proxy(MINE))
    connection = connect(proxies=f"http://me:wrong-hunter2@127.0.0.1:{server.port}")
    with pytest.raises(ConnectFailed) as caught:
        connection.run(get(f"{scheme}://127.0.0.1:9"))
    assert server.url in str(caught.value)
    assert "hunter2" not in f"{caught.value}{caught.value.__cause__!r}"


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_proxy_that_is_not_there(connect, scheme):
    connection = connect(proxies={"all": "http://me:hunter2@127.0.0.1:1"})
    with pytest.raises(ConnectFailed) as caught:
        connection.run(get(f"{scheme}://fog.example:9"))
    assert f"{scheme}://fog.example:9 through the proxy http://127.0.0.1:1" in str(caught.value)
    assert "hunter2" not in str(caught.value)
    assert caught.value.sent is False


def test_the_environment_names_proxies_and_is_read_once(serve, connect, monkeypatch):
    between, direct = serve(proxy()), serve()
    monkeypatch.setenv("HTTP_PROXY", between.url)
    monkeypatch.setenv("http_proxy", between.url)
    connection = connect()
    assert connection.run(get("http://fog.example")).body == b"forwarded"
    monkeypatch.delenv("HTTP_PROXY")
    monkeypatch.delenv("http_proxy")
    assert connection.run(get("http://other.example")).body == b"forwarded"
    monkeypatch.setenv("http_proxy", between.url)
    assert connect(proxies={}).run(get(direct.url)).body == b"hello"
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    assert connect().run(get(direct.url)).body == b"hello"


@pytest.mark.parametrize(
    ("exempt", "host", "port", "direct"),
    [
        ("", "fog.example", 80, False),
        ("*", "fog.example", 80, True),
        ("fog.example", "fog.example", 80, True),
        ("fog.example", "FOG.example", 80, True),
        ("example", "fog.example", 80, True),
        (".example", "fog.example", 80, True),
        ("*.example", "fog.example", 80, True),
        ("og.example", "fog.example", 80, False),
        ("a, fog.example", "fog.example", 80, True),
        ("fog.example:81", "fog.example", 80, False),
        ("fog.example:80", "fog.example", 80, True),
        ("10.0.0.0/8", "10.1.2.3", 80, True),
        ("10.0.0.0/8", "11.1.2.3", 80, False),
        ("10.0.0.0/8", "fog.example", 80, False),
        ("169.254.169.254", "169.254.169.254", 80, True),
        ("::1", "::1", 80, True),
    ],
)
def test_hosts_that_need_no_proxy(exempt, host, port, direct):
    chosen = Proxies(NetworkOptions(proxies={"http": "p:1", "no": exempt})).choose("http", host, port)
    assert (chosen is None) == direct


def test_the_most_special_proxy_is_chosen():
    proxies = {"http": "a:1", "https://x": "b:2", "https": "c:3", "all": "socks5://d:4"}
    choose = Proxies(NetworkOptions(proxies=proxies)).choose
    assert choose("http", "x", 80).url == "http://a:1"
    assert choose("https", "x", 443).url == "http://b:2"
    assert choose("https", "y", 443).url == "http://c:3"
    del proxies["https"]
    assert choose("https", "y", 443).url == "socks5://d:4"


@pytest.mark.parametrize(
    "url", ["ftp://hunter2:1", "http://hunter2:port", "http://", "http://me:hunter2@:80"]
)
def test_what_is_no_proxy(url):
    with pytest.raises(ConfigError) as caught:
        Proxy(url, None)
    assert "hunter2" not in str(caught.value)


def test_what_are_no_proxies():
    with pytest.raises(ConfigError, match="proxies must be a URL, or a dict"):
        Proxies(NetworkOptions(proxies=5))


def test_a_proxy_shows_no_password():
    found = Proxy("http://m%40e:hunter2@[::1]:8", None)
    assert repr(found) == "<Proxy http://[::1]:8>"
    assert found.auth == ("m@e", "hunter2")


@pytest.mark.filterwarnings("ignore:SOCKS support in urllib3")
def test_socks_without_its_package_names_the_command(connect, monkeypatch):
    import urllib3.contrib

    monkeypatch.setitem(sys.modules, "socks", None)
    monkeypatch.delattr(urllib3.contrib, "socks", raising=False)
    monkeypatch.delitem(sys.modules, "urllib3.contrib.socks", raising=False)
    with pytest.raises(MissingExtra, match=r"boto\[socks\]"):
        connect(proxies="socks5://127.0.0.1:1").run(get("http://fog.example"))


def test_socks(serve, connect):
    """A SOCKS5 server that connects everybody to one place (RFC 1928)."""
    pytest.importorskip("socks")
    import socket

    target = serve()

    def script(server, conn):
        conn.recv(256)  # version and methods
        conn.sendall(b"\x05\x00")
        conn.recv(256)  # where to
        conn.sendall(b"\x05\x00\x00\x01\x7f\x00\x00\x01\x00\x01")
        with socket.create_connection(("127.0.0.1", target.port)) as upstream:
            there = threading.Thread(target=pump, args=(conn, upstream))
            there.start()
            pump(upstream, conn)
            there.join()

    between = serve(script)
    connection = connect(proxies=f"socks5h://127.0.0.1:{between.port}")
    for _ in range(2):
        assert connection.run(get("http://fog.example")).body == b"hello"
    assert target.requests[0][0].startswith("GET /a//b?")
    assert between.connections == 1


def test_environment_of_these_tests_has_no_proxy():
    assert not [name for name in os.environ if name.lower().endswith("_proxy")]
