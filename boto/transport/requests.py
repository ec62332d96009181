"""The default transport: `requests`, without its session.

A session prepares, merges and copies for longer than the network takes; what it would do is done here once
per transport or not at all. A request travels as a `PreparedRequest` whose fields are set as they are, and
goes through `HTTPAdapter.send`. That method is the seam at which `responses` and `moto.mock_aws()` stand: it
is looked up on the class at every call, and never overridden. What it gives back may therefore be our own
light answer or a true `requests.Response`, with a body still to be read or read already.

Bodies: read whole and decoded as their Content-Encoding says, unless the caller streams. A streamed body
is handed out as it is stored, so that lengths and checksums agree with its headers.
"""

from __future__ import annotations

import os
from _thread import allocate_lock
from time import monotonic
from weakref import WeakSet

from requests.adapters import HTTPAdapter
from requests.models import PreparedRequest, Response
from requests.structures import CaseInsensitiveDict
from urllib3 import HTTPHeaderDict
from urllib3.response import BaseHTTPResponse

from boto.core.errors import ConfigError, ConnectFailed
from boto.core.http import Headers, HTTPResponse
from boto.transport.base import CancelScope, place
from boto.transport.deadlines import Deadlines
from boto.transport.failures import NETWORK, expired, failure
from boto.transport.proxies import Proxies, basic
from boto.transport.tls import tls_context
from boto.transport.wire import POOLS, pools

TYPE_CHECKING = False
if TYPE_CHECKING:
    from socket import socket
    from ssl import SSLContext
    from typing import Any

    from urllib3.poolmanager import PoolManager

    from boto.core.http import HTTPRequest
    from boto.transport.base import NetworkOptions
    from boto.transport.deadlines import Deadline


class Exchange:
    """What is known of a request while it travels; errors are explained from it.

    `phase` is connect or read, and empty until a pool reports. `sent` turns true just before the first byte
    is written: from then on the service may have seen the request, even if writing fails.
    """

    __slots__ = ("expired", "phase", "proxy", "scope", "sent", "started", "timeout", "url")

    def __init__(self, url: str, scope: CancelScope | None, timeout: float | None) -> None:
        self.url = url
        self.timeout = timeout
        # Time-outs of the whole exchange cut the socket, so that they need a scope even if nobody gave one.
        self.scope = scope if scope is not None or timeout is None else CancelScope()
        self.started = monotonic()
        self.phase = ""
        self.sent = False
        self.expired = False
        self.proxy: str | None = None

    @property
    def elapsed(self) -> float:
        return monotonic() - self.started

    def begin(self, sock: socket) -> None:
        """The pool has handed out a connected socket; the request is written next."""
        scope = self.scope
        if scope is not None:
            scope.learn(sock)
            if self.expired:
                scope.cut()
        self.sent = True
        self.phase = "read"

    def end(self, deadline: Deadline | None = None) -> None:
        """The socket goes back to the pool."""
        if deadline is not None:
            deadline.drop()
        if self.scope is not None:
            self.scope.forget()

    def expire(self) -> None:
        """The time for the whole exchange is over."""
        self.expired = True
        if self.scope is not None:
            self.scope.cut()

    @property
    def endpoint(self) -> str:
        """Scheme, host and port; never a path, a query or a user."""
        return place(self.url)


class RequestsTransport:
    """Sends requests through an `HTTPAdapter` of its own; safe to share between threads."""

    def __init__(self, options: NetworkOptions) -> None:
        self._options = options
        self._timeouts: Any = (options.connect_timeout, options.read_timeout)
        self._proxies: dict[str, str] = {}  # chosen below the seam, by host
        self._authorization = basic(options.basic_auth) if options.basic_auth else None
        self._open()
        if options.verify is False:
            from warnings import warn

            from urllib3.exceptions import InsecureRequestWarning

            warn("TLS certificates are not checked (verify=False)", InsecureRequestWarning, stacklevel=2)
        _transports.add(self)

    def _open(self) -> None:
        self._making = allocate_lock()
        self._deadlines: Deadlines | None = None  # has a thread, so it is made when the first time-out is set
        self._adapter = Adapter(self._options)

    def send(
        self, request: HTTPRequest, stream: bool, timeout: float | None, scope: CancelScope | None
    ) -> HTTPResponse:
        exchange = Exchange(request.url, scope, timeout)
        deadline = None if timeout is None else self._deadline(timeout, exchange)
        raw: Any = None
        failed: Exception | None
        try:
            prepared = Prepared(request, exchange, self._authorization)
            answer: Any = self._adapter.send(
                prepared,
                stream=True,
                timeout=self._timeouts if timeout is None else self._within(timeout),
                verify=self._options.verify,
                cert=self._options.cert,
                proxies=self._proxies,
            )
            raw = answer.raw
            response = self._receive(answer, prepared, stream)
            failed = None if timeout is None else expired(exchange)
            if failed is None:
                return response
            _drop(raw)
        except NETWORK as error:
            _drop(raw)
            failed = failure(error, exchange)
        finally:
            exchange.end(deadline)
        # Raised here and not above: the library's error would be its context, and that one knows the request.
        raise failed

    def _deadline(self, timeout: float, exchange: Exchange) -> Deadline:
        deadlines = self._deadlines
        if deadlines is None:
            with self._making:
                deadlines = self._deadlines = self._deadlines or Deadlines()
        return deadlines.after(timeout, exchange.expire)

    def _within(self, timeout: float) -> Any:
        connect, read = self._timeouts
        return (timeout if connect is None else min(connect, timeout)), read

    def _receive(self, answer: Any, prepared: Prepared, stream: bool) -> HTTPResponse:
        status, raw, exchange = answer.status_code, answer.raw, prepared.exchange
        headers = _headers(answer.headers)
        if status == 407 and exchange.proxy is not None:
            # RFC 9110, 15.5.8: said by the proxy, not the service.
            _drop(raw)
            raise ConnectFailed(
                f"cannot connect to {exchange.endpoint}: the proxy {exchange.proxy} asks for other credentials",
                exchange.endpoint,
            )
        if answer._content is not False or raw is None:  # read already, or made up
            body = b"" if prepared.method == "HEAD" else answer.content or b""
            return HTTPResponse(status, headers, b"" if stream else body, _Stored(body) if stream else None)
        if prepared.method == "HEAD":
            _release(raw)
            return HTTPResponse(status, headers, b"", _Stored(b"") if stream else None)
        if stream:
            return HTTPResponse(status, headers, b"", Stream(raw, exchange))
        body = _whole(raw, "content-encoding" in headers._items)
        if not body and _is_cut(raw):
            raise ConnectFailed(
                f"the connection to {exchange.endpoint} broke: the answer ended within its headers",
                exchange.endpoint,
                sent=True,
            )
        return HTTPResponse(status, headers, body)

    def close(self) -> None:
        self._adapter.close()
        if self._deadlines is not None:
            self._deadlines.close()

    def _after_fork(self) -> None:
        """In a child process: the parent's sockets are the parent's, and its threads do not exist here."""
        self._adapter.abandon()
        _abandoned.append((self._adapter, self._deadlines))
        self._open()


class Prepared(PreparedRequest):
    """A request as it is; nothing is quoted, merged or guessed."""

    hooks: Any = {}
    _cookies = None
    _body_position = None

    def __init__(self, request: HTTPRequest, exchange: Exchange, authorization: str | None) -> None:
        items = dict(request.headers._items)
        body: Any = request.body
        if authorization is not None and "authorization" not in items:
            items["authorization"] = ("Authorization", authorization)
        if not body and type(body) is bytes:
            body = None  # POST, PUT and PATCH get `Content-Length: 0` below, the others no length at all
        if body is not None and "content-length" not in items and "transfer-encoding" not in items:
            length = _length(body)
            if length is not None:
                items["content-length"] = ("Content-Length", str(length))
        self.method = request.method
        self.url = request.url
        fields: Any = Fields(items)
        self.headers = fields
        self.body = body
        self.exchange = exchange


def _length(body: Any) -> int | None:
    """The length of a body from where it stands; None when it cannot be known, and goes in chunks."""
    if isinstance(body, bytes | bytearray | memoryview):
        return len(body)
    try:
        start = body.tell()
        length: int = body.seek(0, os.SEEK_END) - start
        body.seek(start)
    except (AttributeError, OSError):
        return None
    return length


class Fields(CaseInsensitiveDict[str]):
    """Headers in the shape that requests wants, which is the one ours have inside."""

    def __init__(self, items: dict[str, tuple[str, str]]) -> None:
        self._store: Any = items

    def copy(self) -> Fields:
        return Fields(dict(self._store))


class Answer(Response):
    """What our adapter makes of the library's response; cookies and timing are left out."""

    _content: Any = False
    _content_consumed = False
    _next = None
    encoding = None

    def __init__(self, request: Any, raw: Any) -> None:
        self.request = request
        self.url = request.url
        self.raw = raw
        self.status_code = raw.status
        self.headers = getattr(raw, "headers", None) or Fields({})
        self.reason = getattr(raw, "reason", "")
        self.history = []

    @property
    def cookies(self) -> Any:  # type: ignore[override]  # an attribute there, made when asked for here
        from requests.cookies import RequestsCookieJar

        return RequestsCookieJar()

    @property
    def elapsed(self) -> Any:  # type: ignore[override]  # as above
        from datetime import timedelta

        return timedelta(0)


class Adapter(HTTPAdapter):
    """An adapter that resolves host, proxy and TLS settings to a pool once per host."""

    def __init__(self, options: NetworkOptions) -> None:
        self._options = options
        self._choice: Proxies | None = None  # made, and the environment read, when the first host is met
        self._context: SSLContext | None = None
        self._managers: dict[str, PoolManager] = {}
        self._pools: dict[str, tuple[Any, str | None, bool]] = {}
        self.wires: WeakSet[Any] = WeakSet()
        super().__init__()

    def init_poolmanager(self, *settings: Any, **more: Any) -> None:
        """Pools are made by host, on first use."""

    def get_connection_with_tls_context(  # type: ignore[override]  # our requests alone come here
        self, request: Prepared, verify: Any, proxies: Any = None, cert: Any = None
    ) -> Line:
        exchange, url = request.exchange, request.url
        assert url is not None
        end = url.find("/", url.find("://") + 3)
        origin = url[:end] if end > 0 else url.partition("?")[0]
        known = self._pools.get(origin) or self._find(origin)
        pool, exchange.proxy, forwarded = known
        exchange.phase = "connect"
        # A proxy that forwards is given the whole URL, one that tunnels never sees it.
        target = url if forwarded else url[len(origin) :] or "/"
        return Line(pool, exchange, target if target[0] != "?" else f"/{target}", self._options)

    def _find(self, origin: str) -> tuple[Any, str | None, bool]:
        from urllib.parse import urlsplit

        where = place(origin)
        parts = urlsplit(where)
        scheme, host, port = parts.scheme, parts.hostname, parts.port
        if scheme not in ("http", "https") or not host or port is None:
            raise ConfigError(f"an endpoint must be an http:// or https:// URL with a host; it is {where!r}")
        if self._choice is None:
            self._choice = Proxies(self._options)
        proxy = self._choice.choose(scheme, host, port)
        key = f"{scheme} {proxy.url}" if proxy else scheme
        manager = self._managers.get(key)
        if manager is None:
            secure = scheme == "https" or (proxy is not None and proxy.url.startswith("https:"))
            manager = self._managers[key] = pools(self._options, proxy, self._tls() if secure else None)
        pool: Any = manager.connection_from_host(host, port, scheme)
        pool.wires = self.wires
        if len(self._pools) >= POOLS // 2:  # so that no pool kept here is one the manager has closed
            self._pools.clear()
        forwarded = proxy is not None and scheme == "http" and not proxy.url.startswith("socks")
        self._pools[origin] = found = (pool, proxy.url if proxy else None, forwarded)
        return found

    def _tls(self) -> SSLContext:
        if self._context is None:
            self._context = tls_context(self._options.verify, self._options.cert)
        return self._context

    def cert_verify(self, *settings: Any) -> None:
        """Decided by the TLS context of the pools."""

    def request_url(self, request: Any, proxies: Any) -> str:
        """Only what the library must know to choose between forwarding and a tunnel; see `Line`."""
        return f"{request.exchange.endpoint}/" if self._forwards(request) else "/"

    def _forwards(self, request: Any) -> bool:
        return request.exchange.proxy is not None and request.url.lower().startswith("http:")

    def build_response(self, req: Any, resp: Any) -> Response:
        return Answer(req, resp)

    def close(self) -> None:
        managers, self._managers = self._managers, {}
        self._pools.clear()
        for manager in managers.values():
            manager.clear()

    def abandon(self) -> None:
        """Close the descriptors of all sockets without a word to the other side."""
        for wire in list(self.wires):
            if wire.sock is not None:
                wire.sock.close()


class Line:
    """A pool, and the exchange it is about to carry."""

    __slots__ = ("_exchange", "_pool", "_target", "_wait")

    def __init__(self, pool: Any, exchange: Exchange, target: str, options: NetworkOptions) -> None:
        self._pool = pool
        self._exchange = exchange
        self._target = target.partition("#")[0]
        self._wait = options.connect_timeout

    def urlopen(self, **how: Any) -> Any:
        return self._pool.urlopen(
            **how, pool_timeout=self._wait, exchange=self._exchange, target=self._target
        )


class Stream:
    """A body still on the wire. Read it to the end, or close it: until then it holds its connection."""

    def __init__(self, raw: Any, exchange: Exchange) -> None:
        self._raw = raw
        self._exchange = exchange

    def read(self, size: int = -1, /) -> bytes:
        raw = self._raw
        if raw is None:
            raise ValueError("this body has been closed")
        try:
            if isinstance(raw, BaseHTTPResponse):
                data: bytes = raw.read(None if size < 0 else size, False)
            else:
                data = raw.read() if size < 0 else raw.read(size)
        except NETWORK as error:
            _drop(raw)
            failed = failure(error, self._exchange)
        else:
            return data
        raise failed

    def watch(self, scope: CancelScope) -> None:
        """Let the scope cut the connection, while there is one."""
        wire = getattr(self._raw, "connection", None)
        if wire is not None and wire.sock is not None:
            self._exchange.scope = scope
            wire.exchange = self._exchange
            scope.learn(wire.sock)

    def close(self) -> None:
        raw, self._raw = self._raw, None
        _drop(raw)

    @property
    def closed(self) -> bool:
        return self._raw is None

    def __enter__(self) -> Stream:
        return self

    def __exit__(self, *failure: object) -> None:
        self.close()


class _Stored(Stream):
    """A body that was read before anybody asked for a stream."""

    def __init__(self, body: bytes) -> None:
        from io import BytesIO

        super().__init__(BytesIO(body), Exchange("", None, None))


def _headers(source: Any) -> Headers:
    """Ours from theirs. Both libraries keep headers by lower-case name, next to spelling and value."""
    headers = Headers.__new__(Headers)
    if type(source) is HTTPHeaderDict:  # {lower: [name, value, value...]}
        headers._items = {
            key: (one[0], one[1] if len(one) == 2 else ", ".join(one[1:]))
            for key, one in source._container.items()
        }
    elif isinstance(source, CaseInsensitiveDict):
        store: Any = vars(source)["_store"]  # {lower: (name, value)}
        headers._items = dict(store)
    else:
        return Headers(source or ())
    return headers


def _whole(raw: Any, encoded: bool) -> bytes:
    """The whole body; the connection goes back to its pool."""
    source = getattr(raw, "_fp", None)
    if encoded or source is None:
        body: bytes = raw.read(None, True) if isinstance(raw, BaseHTTPResponse) else raw.read()
        return body or getattr(raw, "data", b"") or b""
    # Straight from `http.client`, which checks lengths and takes chunks apart; the layer above only decodes.
    body = source.read()
    raw.release_conn()
    return body or raw.data or b""  # read before, if there was nothing left


def _is_cut(raw: Any) -> bool:
    """Whether the headers broke off in the middle of a line: `http.client` takes that for their end."""
    message = getattr(getattr(raw, "_original_response", None), "msg", None)
    return bool(getattr(message, "defects", None))


def _release(raw: Any) -> None:
    """Give the connection back; the answer has no body to read, whatever its headers say."""
    if isinstance(raw, BaseHTTPResponse):
        raw.drain_conn()
        raw.release_conn()


def _drop(raw: Any) -> None:
    """Close a response that will not be read to its end, and its connection with it."""
    if raw is not None and hasattr(raw, "close"):
        raw.close()
        if hasattr(raw, "release_conn"):
            raw.release_conn()


_transports: WeakSet[RequestsTransport] = WeakSet()
# What a forked child inherited. Locks in there may be held by threads that do not exist in the child, so that
# even freeing it could wait for ever: it is kept.
_abandoned: list[Any] = []


def _forked() -> None:
    for transport in list(_transports):
        transport._after_fork()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forked)
