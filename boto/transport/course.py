"""One flow on its way: what a driver must remember of it, whichever driver it is.

The drivers differ in how they wait and in nothing else, so everything that does not wait is here: which
flows to run should this one be cut, the item it hands out, and how the traceback of its error looks.
"""

from __future__ import annotations

from boto.core.errors import BotoError, TransportError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType
    from typing import Any

    from boto.core.steps import Flow
    from boto.transport.base import CancelScope

_HOME = __file__.rpartition("transport")[0]


class Course:
    """A flow being performed. `undo` is empty again once the flow has returned."""

    __slots__ = ("emits", "flow", "item", "scope", "undo", "value")

    def __init__(self, flow: Flow[Any], scope: CancelScope | None = None, emits: bool = False) -> None:
        # A generator that has ended has no frame; running it again would quietly return None.
        if getattr(flow, "gi_frame", flow) is None or not hasattr(flow, "send"):
            raise _no_flow(flow)
        self.flow = flow
        self.scope = scope
        self.emits = emits
        self.undo: list[Callable[[], Flow[Any]]] | None = None
        self.item: Any = None
        self.value: Any = None

    def on_cut(self, undo: Callable[[], Flow[Any]]) -> None:
        """Remember a flow to run should this one not return."""
        if self.undo is None:
            self.undo = []
        self.undo.append(undo)

    def returned(self, value: Any) -> None:
        self.value = value
        self.undo = None


def _no_flow(flow: object) -> TypeError:
    if hasattr(flow, "send"):
        return TypeError("this flow has run already; call the function that makes it again")
    hint = "; call it to get the flow" if callable(flow) else ""
    return TypeError(f"a flow is a generator of steps, this is {type(flow).__name__}{hint}")


def no_step(step: object) -> TypeError:
    """The error for a flow that yields something else, nearly always `yield x` for `yield from x`."""
    if hasattr(step, "send"):
        return TypeError("a flow yielded another flow; write `yield from` before it")
    return TypeError(f"a flow yielded {type(step).__name__}, which is no step; write `yield from` a step")


def no_iteration() -> TypeError:
    return TypeError("this flow hands out items: iterate over it (`connection.iterate(flow)`), do not run it")


def inside_itself(key: object) -> RuntimeError:
    return RuntimeError(
        f"Once({key!r}) was asked for by the very flow that runs for it; it would wait for ever"
    )


def shortened(error: BotoError) -> BotoError:
    """The error with the frames of this library's machinery dropped from its traceback and its causes'.

    Frames of flows that users wrote stay. What lies below a failure of the network is the same forty lines
    of the HTTP library every time: the cause is kept, its frames are not.
    """
    error.__traceback__ = _outside(error.__traceback__)
    bare = isinstance(error, TransportError)
    cause = error.__cause__
    while cause is not None:
        cause.__traceback__ = None if bare else _outside(cause.__traceback__)
        cause = cause.__cause__
    return error


def _outside(traceback: TracebackType | None) -> TracebackType | None:
    kept: list[TracebackType] = []
    while traceback is not None:
        if not traceback.tb_frame.f_code.co_filename.startswith(_HOME):
            kept.append(traceback)
        traceback = traceback.tb_next
    chain: TracebackType | None = None
    for entry in reversed(kept):
        chain = type(entry)(chain, entry.tb_frame, entry.tb_lasti, entry.tb_lineno)
    return chain
