"""One request on its way through a pool of sockets: how far it got, and who may cut it."""

from __future__ import annotations

from time import monotonic

from boto.transport.base import CancelScope

TYPE_CHECKING = False
if TYPE_CHECKING:
    from socket import socket


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

    def end(self) -> None:
        """The socket goes back to the pool."""
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


def place(url: str) -> str:
    """`scheme://host:port` of a URL, without user and password."""
    scheme, _, rest = url.partition("://")
    host = rest.partition("/")[0].partition("?")[0].rpartition("@")[2]
    if not host.rpartition(":")[2].isdigit():
        host += ":443" if scheme.lower() == "https" else ":80"
    return f"{scheme.lower()}://{host}"
