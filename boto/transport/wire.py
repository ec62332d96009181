"""Sockets: the HTTP library's pools, told to report what they do.

A pool hands out connections and takes them back; both moments matter to whoever may cut a call, and the
moment the first byte is written matters to whoever may repeat it. So pools carry the `Exchange` to the
connection they chose, and take it off again. The request line is written as it was signed: the library's
own idea of a tidy URL (no `..`, upper-case escapes) would break the signature.
"""

from __future__ import annotations

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.poolmanager import PoolManager, ProxyManager
from urllib3.util import SKIP_HEADER

from boto.core.errors import MissingExtra

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ssl import SSLContext
    from typing import Any
    from weakref import WeakSet

    from boto.transport.base import NetworkOptions
    from boto.transport.proxies import Proxy
    from boto.transport.requests import Exchange

    _Connection = HTTPConnection
    _Pool = HTTPConnectionPool
else:
    _Connection = _Pool = object

# More hosts than this at a time, and the sockets of those not used for longest are closed.
POOLS = 512


class Reporting(_Connection):
    """A connection that tells its exchange when it begins to write."""

    exchange: Exchange | None = None
    target = ""

    def request(self, method: str, url: str, body: Any = None, headers: Any = None, **how: Any) -> None:
        exchange = self.exchange
        if exchange is not None and self.sock is not None:
            url = self.target
            exchange.begin(self.sock)
        if "user-agent" not in headers:
            headers["User-Agent"] = SKIP_HEADER
        super().request(method, url, body=body, headers=headers, **how)


class ReportingPool(_Pool):
    """A pool that gives the exchange to the connection it hands out."""

    wires: WeakSet[Any] | None = None

    def _new_conn(self) -> Any:
        conn = super()._new_conn()
        if self.wires is not None:
            self.wires.add(conn)
        return conn

    def _validate_conn(self, conn: Any) -> None:
        # Connect now, on plain HTTP as well: a failure here is one before anything was sent.
        if conn.is_closed:
            conn.connect()

    def _make_request(  # type: ignore[override]  # takes what `urlopen` was given besides
        self, conn: Any, method: str, url: str, *, exchange: Exchange, target: str, headers: Any, **how: Any
    ) -> Any:
        conn.exchange, conn.target = exchange, target
        # A copy: what is added for the wire does not belong to the request.
        return super()._make_request(conn, method, url, headers=headers.copy(), **how)

    def _put_conn(self, conn: Any) -> None:
        if conn is not None and conn.exchange is not None:
            conn.exchange.end()
            conn.exchange = None
        super()._put_conn(conn)


class PlainWire(Reporting, HTTPConnection):
    """HTTP."""


class TLSWire(Reporting, HTTPSConnection):
    """HTTPS."""


class PlainPool(ReportingPool, HTTPConnectionPool):
    """HTTP to one host."""

    ConnectionCls = PlainWire


class TLSPool(ReportingPool, HTTPSConnectionPool):
    """HTTPS to one host."""

    ConnectionCls = TLSWire


def pools(options: NetworkOptions, proxy: Proxy | None, context: SSLContext | None) -> PoolManager:
    """A set of pools, straight to the hosts or through a proxy."""
    how: dict[str, Any] = {
        "num_pools": POOLS,
        "maxsize": options.pool_size,
        "block": options.pool_block,
        "blocksize": 65536,  # a streamed body is written in pieces of this size
    }
    if context is not None:
        how["ssl_context"] = context
    if options.keepalive:
        from socket import SO_KEEPALIVE, SOL_SOCKET

        how["socket_options"] = [*HTTPConnection.default_socket_options, (SOL_SOCKET, SO_KEEPALIVE, 1)]
    manager: Any
    if proxy is None:
        manager = PoolManager(**how)
    elif proxy.url.startswith("socks"):
        return _socks(proxy, how)
    else:
        manager = ProxyManager(proxy.url, proxy_headers=proxy.headers, proxy_ssl_context=context, **how)
    manager.pool_classes_by_scheme = {"http": PlainPool, "https": TLSPool}
    made: PoolManager = manager
    return made


def _socks(proxy: Proxy, how: dict[str, Any]) -> PoolManager:
    try:
        from urllib3.contrib import socks
    except ImportError:
        raise MissingExtra("a SOCKS proxy", "socks") from None

    # Made here because the extra may be missing.
    plain: Any = type("SOCKSWire", (Reporting, socks.SOCKSConnection), {})
    tls: Any = type("SOCKSTLSWire", (Reporting, socks.SOCKSHTTPSConnection), {})
    manager: Any = socks.SOCKSProxyManager(proxy.url, *(proxy.auth or (None, None)), **how)
    manager.pool_classes_by_scheme = {
        "http": type("SOCKSPool", (ReportingPool, socks.SOCKSHTTPConnectionPool), {"ConnectionCls": plain}),
        "https": type(
            "SOCKSTLSPool", (ReportingPool, socks.SOCKSHTTPSConnectionPool), {"ConnectionCls": tls}
        ),
    }
    made: PoolManager = manager
    return made
