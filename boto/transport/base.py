"""What every transport shares: its one method, its settings, and the way a call in progress is cut.

A transport sends one HTTP request and hands back one answer. It knows nothing of retries, redirects or
signatures: those are flows. Sockets block, so a call that is no longer wanted must be cut from outside, by
another thread. That is what a `CancelScope` is for: the transport tells it the socket in use (`learn`), and
takes it back before the socket returns to a pool (`forget`). Cutting shuts the socket down, whoever was
waiting on it wakes with an error, and the driver that finds its scope cancelled turns that error into `Cut`.
Nothing can be cut while a name is looked up or a connection is made: no socket is known then. Such a thread
ends by itself within `connect_timeout`.
"""

from __future__ import annotations

from _thread import allocate_lock

from boto.core.errors import ConfigError, nearest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from socket import socket
    from typing import Any, Final, Protocol, TypeAlias

    from boto.core.http import HTTPRequest, HTTPResponse

    Proxies: TypeAlias = Mapping[str, str] | str | None
    Pair: TypeAlias = tuple[str, str]

    class Transport(Protocol):
        """Sends one HTTP request and waits for the answer."""

        def send(
            self, request: HTTPRequest, stream: bool, timeout: float | None, scope: CancelScope | None
        ) -> HTTPResponse:
            """`timeout` bounds the whole exchange up to the last byte of a body that is not streamed.

            Raises ConnectFailed, TLSFailed or Timeout, and nothing else for what a network can do.
            """
            ...

        def close(self) -> None: ...


# Names that `transport=` takes, and where each one lives; imported at the first request, not before.
TRANSPORTS = {"requests": "boto.transport.requests:RequestsTransport"}


class Cut(BaseException):
    """This work is no longer wanted. No Exception: nothing that retries or recovers may catch it."""


class CancelScope:
    """Knows what a piece of work waits on, so that another thread can stop it.

    `cut` interrupts what goes on now; `cancel` does so for good: whatever comes next is cut as well.
    """

    __slots__ = ("_cut", "_lock", "cancelled")

    def __init__(self) -> None:
        self.cancelled = False
        self._lock = allocate_lock()
        self._cut: Callable[[], object] | None = None

    def arm(self, cut: Callable[[], object]) -> None:
        """From now on `cut()` is what interrupts the work; called at once if that was asked for already."""
        with self._lock:
            self._cut = cut
            if self.cancelled:
                cut()

    def learn(self, sock: socket) -> None:
        """From now on this socket is what the work waits on."""
        self.arm(lambda: shut_down(sock))

    def forget(self) -> None:
        """What was armed or learned must no longer be touched; it may belong to somebody else next."""
        with self._lock:
            self._cut = None

    def cut(self) -> None:
        with self._lock:
            if self._cut is not None:
                self._cut()

    def cancel(self) -> None:
        with self._lock:
            self.cancelled = True
            if self._cut is not None:
                self._cut()

    def check(self) -> None:
        """Raise Cut if the work is no longer wanted."""
        if self.cancelled:
            raise Cut

    def sleep(self, seconds: float) -> None:
        """Sleep, unless the work is cut."""
        from threading import Event

        woken = Event()
        self.arm(woken.set)
        woken.wait(seconds)
        self.forget()
        self.check()


def shut_down(sock: socket) -> None:
    """Wake whoever reads from or writes to this socket; the socket stays open until its owner closes it."""
    from contextlib import suppress
    from socket import SHUT_RDWR, socket

    with suppress(OSError):  # closed already, or never connected
        # SSLSocket.shutdown() drops its TLS layer first: a write going on in another thread would then
        # continue in the clear. The plain method leaves the layer in place.
        socket.shutdown(sock, SHUT_RDWR)


class NetworkOptions:
    """The settings of a connection to the network, which no transport may change.

    `proxies`: a URL for everything, a dict by scheme (`{"https": url}`), `{}` for none at all; None asks the
    environment. `verify`: True, False, or a CA bundle or a directory of CAs. `cert`: the path of a PEM file
    with certificate and key, or a pair of paths. `proxy_auth`, `basic_auth`: a pair, or "user:password".
    """

    __slots__ = ("basic_auth", "cert", "connect_timeout", "keepalive", "pool_block", "pool_size", "proxies",
                 "proxy_auth", "read_timeout", "timeout", "verify")  # fmt: skip

    def __init__(
        self,
        *,
        proxies: Proxies = None,
        proxy_auth: Pair | str | None = None,
        basic_auth: Pair | str | None = None,
        verify: bool | str = True,
        cert: str | Pair | None = None,
        connect_timeout: float | None = 10,
        read_timeout: float | None = 60,
        timeout: float | None = None,
        pool_size: int = 10,
        pool_block: bool = False,
        keepalive: bool = False,
    ) -> None:
        self.proxies: Final = proxies
        self.proxy_auth: Final = _pair("proxy_auth", proxy_auth)
        self.basic_auth: Final = _pair("basic_auth", basic_auth)
        self.verify: Final = verify
        self.cert: Final = cert
        self.connect_timeout: Final = _seconds("connect_timeout", connect_timeout)
        self.read_timeout: Final = _seconds("read_timeout", read_timeout)
        self.timeout: Final = _seconds("timeout", timeout)
        self.pool_size: Final = pool_size
        self.pool_block: Final = pool_block
        self.keepalive: Final = keepalive

    def __reduce__(self) -> Any:
        raise TypeError("a connection may hold secrets and is not pickled")

    def __repr__(self) -> str:
        shown = (
            "verify",
            "connect_timeout",
            "read_timeout",
            "timeout",
            "pool_size",
        )  # the rest may hold secrets
        return f"NetworkOptions({', '.join(f'{name}={getattr(self, name, None)!r}' for name in shown)})"


def _pair(name: str, value: Pair | str | None) -> Pair | None:
    if value is None or (isinstance(value, tuple) and len(value) == 2):
        return value
    user, colon, password = value.partition(":") if isinstance(value, str) else ("", "", "")
    if not colon:
        raise ConfigError(f"{name} must be a pair (user, password) or 'user:password'")
    return user, password


def _seconds(name: str, value: float | None) -> float | None:
    if value is None or (isinstance(value, int | float) and not isinstance(value, bool) and value > 0):
        return value
    raise ConfigError(f"{name} must be a number of seconds above zero, or None for no limit; it is {value!r}")


class Networked:
    """The constructor that Connection and AsyncConnection share, and a transport opened on first use."""

    __slots__ = ("__weakref__", "_flights", "_lock", "_owned", "_transport", "full_tracebacks", "options")

    _transport: Transport | None
    _flights: dict[Any, Any]

    def __init__(
        self,
        *,
        transport: Transport | str | None = None,
        full_tracebacks: bool = False,
        proxies: Proxies = None,
        proxy_auth: Pair | str | None = None,
        basic_auth: Pair | str | None = None,
        verify: bool | str = True,
        cert: str | Pair | None = None,
        connect_timeout: float | None = 10,
        read_timeout: float | None = 60,
        timeout: float | None = None,
        pool_size: int = 10,
        pool_block: bool = False,
        keepalive: bool = False,
    ) -> None:
        try:
            self.options = NetworkOptions(
                proxies=proxies, proxy_auth=proxy_auth, basic_auth=basic_auth, verify=verify, cert=cert,
                connect_timeout=connect_timeout, read_timeout=read_timeout, timeout=timeout,
                pool_size=pool_size, pool_block=pool_block, keepalive=keepalive,
            )  # fmt: skip
        except ConfigError as error:
            proxies = proxy_auth = basic_auth = None  # not for the local variables of a traceback
            raise error.with_traceback(None)  # noqa: B904 - the same error, not a new one
        self.full_tracebacks = full_tracebacks
        self._lock = allocate_lock()
        self._flights = {}
        self._owned: str | None = None
        self._transport = None
        if transport is None or isinstance(transport, str):
            self._owned = _known(transport or "requests")
        elif callable(getattr(transport, "send", None)):
            self._transport = transport
        else:
            raise ConfigError(f"transport must be a name or have a send() method; it is {transport!r}")

    @property
    def transport(self) -> Transport:
        """What sends the requests; made on first use."""
        return self._transport or self._open()

    def _open(self) -> Transport:
        with self._lock:
            if self._transport is None:
                assert self._owned is not None
                module, _, name = self._owned.partition(":")
                made: Any = getattr(__import__(module, fromlist=[name]), name)
                self._transport = made(self.options)
            return self._transport

    def _shut(self) -> None:
        """Close the transport made here; one that was handed in belongs to whoever made it."""
        if self._owned is not None:
            with self._lock:
                transport, self._transport = self._transport, None
            if transport is not None:
                transport.close()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {getattr(self, 'options', None)!r}>"


def _known(name: str) -> str:
    if ":" in name:
        return name
    if name not in TRANSPORTS:
        raise ConfigError(
            f"no transport is called {name!r}{nearest(name, TRANSPORTS)}; there are {', '.join(TRANSPORTS)},"
            " and 'package.module:Class' for one of your own"
        )
    return TRANSPORTS[name]


def place(url: str) -> str:
    """`scheme://host:port` of a URL, without user and password."""
    scheme, _, rest = url.partition("://")
    host = rest.partition("/")[0].partition("?")[0].rpartition("@")[2]
    if not host.rpartition(":")[2].isdigit():
        host += ":443" if scheme.lower() == "https" else ":80"
    return f"{scheme.lower()}://{host}"
