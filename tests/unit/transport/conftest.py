"""Servers made of plain sockets, which record what was really sent and answer as badly as a test wants."""

from __future__ import annotations

import contextlib
import gc
import os
import socket
import ssl
import threading

import pytest

from boto.core.steps import Read, Send
from boto.transport.driver import Connection


class Server:
    """Listens on a loopback port; each connection is served by `serve(conn)` in a thread."""

    def __init__(self, serve, context=None):
        self.serve = serve
        self.context = context
        self.requests = []
        self.connections = 0
        self.gone = threading.Event()  # somebody hung up while the server waited for more
        self.sock = socket.create_server(("127.0.0.1", 0))
        self.port = self.sock.getsockname()[1]
        self.threads = []
        self.open = []
        self.accepting = threading.Thread(target=self.accept)
        self.accepting.start()

    def accept(self):
        while True:
            try:
                conn, _ = self.sock.accept()
            except OSError:
                return
            self.connections += 1
            self.open.append(conn)
            thread = threading.Thread(target=self.talk, args=(conn,))
            self.threads.append(thread)
            thread.start()

    def talk(self, conn):
        try:
            if self.context is not None:
                conn = self.context.wrap_socket(conn, server_side=True)
                self.open.append(conn)
            with conn:
                self.serve(self, conn)
        except OSError:
            pass  # clients of these tests hang up

    def read(self, conn):
        """One request: its head as sent, its body by Content-Length. None when the client has gone."""
        data = b""
        while b"\r\n\r\n" not in data:
            try:
                piece = conn.recv(65536)
            except OSError:
                piece = b""
            if not piece:
                self.gone.set()
                return None
            data += piece
        head, _, body = data.partition(b"\r\n\r\n")
        length = 0
        for line in head.split(b"\r\n")[1:]:
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
            if name.lower() == b"transfer-encoding":
                while not body.endswith(b"0\r\n\r\n"):
                    body += conn.recv(65536)
                length = len(body)
        while len(body) < length:
            body += conn.recv(65536)
        self.requests.append((head.decode("latin-1"), body))
        return head

    def wait_gone(self, conn):
        """Wait until the client hangs up."""
        conn.settimeout(20)
        try:
            while conn.recv(65536):
                pass
        except TimeoutError:
            return
        except OSError:
            pass
        self.gone.set()

    @property
    def url(self):
        return f"{'https' if self.context else 'http'}://127.0.0.1:{self.port}"

    def close(self):
        self.sock.shutdown(socket.SHUT_RDWR)
        self.sock.close()
        self.accepting.join(20)  # from here on there are no new connections, nor threads to serve them
        assert not self.accepting.is_alive()
        for conn in self.open:
            with contextlib.suppress(OSError):
                socket.socket.shutdown(conn, socket.SHUT_RDWR)
            conn.close()
        for thread in self.threads:
            thread.join(20)
            assert not thread.is_alive()


def answering(answer):
    """Serve every request of a connection with the same bytes."""

    def serve(server, conn):
        while server.read(conn) is not None:
            conn.sendall(answer)

    return serve


OK = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-Two: a\r\nX-Two: b\r\n\r\nhello"


@pytest.fixture
def serve():
    """`serve(script or bytes)` starts a server that ends with the test."""
    servers = []

    def start(script=OK, context=None):
        servers.append(Server(answering(script) if isinstance(script, bytes) else script, context))
        return servers[-1]

    yield start
    for server in servers:
        server.close()


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch):
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def connect():
    """`connect(**options)` gives a Connection that ends with the test."""
    made = []

    def make(**options):
        made.append(Connection(**options))
        return made[-1]

    yield make
    for connection in made:
        connection.close()


def sockets():
    """How many sockets this process has open."""
    found = 0
    for name in os.listdir("/proc/self/fd"):
        with contextlib.suppress(OSError):
            found += os.readlink(f"/proc/self/fd/{name}").startswith("socket:")
    return found


@pytest.fixture(autouse=True)
def nothing_left_over(clean_environment):
    """After each test there are no more threads and sockets than before. First in, so last out."""
    threads, before = set(threading.enumerate()), sockets() if os.path.isdir("/proc/self/fd") else None
    yield
    assert set(threading.enumerate()) <= threads
    if before is not None and sockets() > before:
        gc.collect()
        assert sockets() <= before


@pytest.fixture(scope="session")
def authority(tmp_path_factory):
    """A certificate for localhost and 127.0.0.1 that signs itself: `.pem` with its key, a server context."""
    import datetime
    import ipaddress

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "authority.pem"
    path.write_bytes(
        certificate.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return str(path)


@pytest.fixture
def tls(authority):
    """What a TLS server needs."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(authority)
    return context


def send(request, stream=False, timeout=None):
    return (yield from Send(request, stream, timeout))


def read_all(request, size=-1):
    """Stream an answer in pieces of `size`."""
    response = yield from Send(request, stream=True)
    pieces = []
    while piece := (yield from Read(response.stream, size)):
        pieces.append(piece)
    response.stream.close()
    return pieces
