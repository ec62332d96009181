"""What drivers say when a flow goes wrong: errors for what is no flow, tracebacks without machinery."""

from __future__ import annotations

from boto.core.errors import BotoError, TransportError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import TracebackType

_HOME = __file__.rpartition("transport")[0]


def no_flow(flow: object) -> TypeError:
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
    cause = error.__cause__ or error.__context__
    while cause is not None:
        cause.__traceback__ = None if bare else _outside(cause.__traceback__)
        cause = cause.__cause__ or cause.__context__
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
