"""Steps: what a flow asks of the world.

All logic of this library is written as *flows*, generators that never touch the network, a clock or a
thread. A flow yields a step, whoever drives the flow performs the step and sends the outcome back in:

    def fetch(url: str) -> Flow[bytes]:
        response = yield from Send(HTTPRequest("GET", url))
        if response.status == 503:
            yield from Sleep(1.0)
            response = yield from Send(HTTPRequest("GET", url))
        return response.body

A blocking `Connection` performs `Send` with a socket and returns; an `AsyncConnection` awaits it. The flow
is the same object code in both. A test can drive it by hand, with no network and no loop:

    flow = fetch("https://example.com")
    step = next(flow)                       # Send(...)
    flow.send(HTTPResponse(503, ...))       # -> Sleep(1.0)

Always write `yield from step`, never `yield step`: a step iterates by yielding itself, which is what gives
`outcome = yield from Sleep(1)` a type that checkers see. Never take a step inside `finally`, a bare
`except` or `except GeneratorExit`: a flow that is cut cannot perform anything any more ("generator ignored
GeneratorExit"). What must be undone over the network is announced beforehand with `Undo`.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Hashable, Iterable
    from typing import Any, Generic, Protocol, TypeAlias, TypeVar

    from boto.core.http import HTTPRequest, HTTPResponse  # noqa: F401 - what Send gives, named in a string

    T = TypeVar("T")

    class Readable(Protocol):
        """A streamed body, as the transport hands it out."""

        def read(self, size: int = -1, /) -> bytes: ...

    class Step(Generic[T]):
        """One thing a flow asks for; its outcome has type T."""

        __slots__ = ()

        def __iter__(self) -> Generator[Step[Any], Any, T]: ...

    Flow: TypeAlias = Generator[Step[Any], Any, T]
else:

    class Step:
        """One thing a flow asks for; `outcome = yield from step`."""

        __slots__ = ()

        def __class_getitem__(cls, item):
            return cls

        def __iter__(self):
            return (yield self)

        def __repr__(self):
            fields = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__slots__)
            return f"{type(self).__name__}({fields})"


class Send(Step["HTTPResponse"]):
    """Send one HTTP request. With `stream`, the response's body is left on the wire for `Read`."""

    __slots__ = ("request", "stream", "timeout")

    def __init__(self, request: HTTPRequest, stream: bool = False, timeout: float | None = None) -> None:
        self.request = request
        self.stream = stream
        self.timeout = timeout


class Read(Step[bytes]):
    """Read from a streamed body: at most `size` bytes, all that is left for -1; `b""` at the end."""

    __slots__ = ("size", "stream")

    def __init__(self, stream: Readable, size: int = -1) -> None:
        self.stream = stream
        self.size = size


class Sleep(Step[None]):
    """Wait, in seconds."""

    __slots__ = ("seconds",)

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds


class Block(Step["T"]):
    """Call a function that blocks (a file, a subprocess, hashing a large body); its result is the outcome."""

    __slots__ = ("function",)

    def __init__(self, function: Callable[[], T]) -> None:
        self.function = function


class Once(Step["T"]):
    """Single flight: of all flows that ask for one key at a time one runs `flow()`, the rest share its outcome."""

    __slots__ = ("flow", "key")

    def __init__(self, key: Hashable, flow: Callable[[], Flow[T]]) -> None:
        self.key = key
        self.flow = flow


class Gather(Step["list[T]"]):
    """Run flows side by side, drawn lazily from an iterable, at most `limit` at a time.

    Outcomes come in the order of the flows. The first error wins: drawing stops, the others are cut and
    waited for, and that one error is raised.
    """

    __slots__ = ("flows", "limit")

    def __init__(self, flows: Iterable[Flow[T]], limit: int) -> None:
        self.flows = flows
        self.limit = limit


class Emit(Step[None]):
    """Hand an item to whoever iterates over this flow (`Connection.iterate`)."""

    __slots__ = ("item",)

    def __init__(self, item: Any) -> None:
        self.item = item


class Undo(Step[None]):
    """Remember a flow to be run if this one ends in any way but a return (an error, a cut, Ctrl-C).

    Undo flows run in reverse order of their announcement; their own errors are dropped.
    """

    __slots__ = ("flow",)

    def __init__(self, flow: Callable[[], Flow[Any]]) -> None:
        self.flow = flow
