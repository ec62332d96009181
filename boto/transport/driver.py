"""The blocking driver: performs the steps of flows with sockets, threads and `time.sleep`.

`Connection.run` is a loop: take a step from the flow, perform it, send the outcome back in. Failures
(`Exception`) are thrown into the flow, which may recover from them. A cut or Ctrl-C is not: the flow is
closed, so that its `finally` blocks run, and then what it announced with `Undo` is done.

Flows of one `Gather` run in threads, each with a scope of its own. The first error cancels the scopes of
the others: a socket is shut down, a sleep ends, a nested gather cancels its own.
"""

from __future__ import annotations

from _thread import allocate_lock, get_ident
from time import sleep

from boto.core.errors import BotoError
from boto.core.steps import Block, Emit, Gather, Once, Read, Send, Sleep, Undo
from boto.transport.base import CancelScope, Cut, Networked
from boto.transport.faults import inside_itself, no_flow, no_iteration, no_step, shortened

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Hashable, Iterable
    from threading import Thread
    from types import TracebackType
    from typing import Any, Self, TypeVar

    from boto.core.http import HTTPResponse
    from boto.core.steps import Flow, Step

    T = TypeVar("T")


class Course:
    """A flow being performed: what a driver must remember of it, whichever driver it is.

    `undo` has the flows to run should this one be cut; it is empty again once the flow has returned.
    """

    __slots__ = ("emits", "flow", "item", "scope", "undo", "value")

    def __init__(self, flow: Flow[Any], scope: CancelScope | None = None, emits: bool = False) -> None:
        # A generator that has ended has no frame; running it again would quietly return None.
        if getattr(flow, "gi_frame", flow) is None or not hasattr(flow, "send"):
            raise no_flow(flow)
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


class Connection(Networked):
    """The network, as blocking code sees it: proxies, TLS, time-outs and a pool of sockets.

    Safe to share between threads. `transport` is a name ("requests") or an object with a `send()` method,
    which then has its own network settings.
    """

    __slots__ = ()
    _flights: dict[Hashable, Flight]

    def run(self, flow: Flow[T]) -> T:
        """Perform a flow to its end; what it returns."""
        course = Course(flow)
        try:
            self._advance(course)
        except BotoError as error:
            if self.full_tracebacks:
                raise
            raise shortened(error)  # noqa: B904 - the same error, not a new one
        finally:
            flow.close()
            if course.undo:
                self._undo(course)
        value: T = course.value
        return value

    def iterate(self, flow: Flow[T]) -> Generator[Any, None, T]:
        """The items a flow emits, as it emits them. Leaving early cuts the flow."""
        course = Course(flow, emits=True)
        try:
            while self._advance(course):
                yield course.item
        except BotoError as error:
            if self.full_tracebacks:
                raise
            raise shortened(error)  # noqa: B904 - the same error, not a new one
        finally:
            flow.close()
            if course.undo:
                self._undo(course)
        value: T = course.value
        return value

    def close(self) -> None:
        """Close pooled sockets. A later call opens new ones."""
        self._shut()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: object, traceback: TracebackType | None
    ) -> None:
        self.close()

    def _advance(self, course: Course) -> bool:
        """Perform steps until the flow emits an item (True) or returns (False)."""
        flow = course.flow
        try:
            step = flow.send(None)
            while True:
                kind = type(step)
                if kind is Emit and course.emits:
                    course.item = step.item  # type: ignore[attr-defined]  # an Emit has one
                    return True
                try:
                    perform = STEPS.get(kind) or _inherited(step)
                    outcome = perform(self, step, course)
                except Exception as error:
                    step = flow.throw(error)
                else:
                    step = flow.send(outcome)
        except StopIteration as stop:
            course.value, course.undo = stop.value, None
            return False

    def _finish(self, flow: Flow[Any], scope: CancelScope | None) -> Any:
        """Perform a flow that is part of another: the outer one deals with its traceback."""
        course = Course(flow, scope)
        try:
            self._advance(course)
        finally:
            flow.close()
            if course.undo:
                self._undo(course)
        return course.value

    def _undo(self, course: Course) -> None:
        from contextlib import suppress

        undo, course.undo = course.undo, None
        for make in reversed(undo or ()):
            with suppress(Exception):  # the error that cut the flow is the one to see
                self._finish(make(), None)

    # One method a step. Each gets the course for its scope: None for a flow that nobody can cut.

    def _send(self, step: Send, course: Course) -> HTTPResponse:
        timeout = step.timeout if step.timeout is not None else self.options.timeout
        scope = course.scope
        transport = self._transport or self._open()
        if scope is None:
            return transport.send(step.request, step.stream, timeout, None)
        scope.check()
        try:
            response = transport.send(step.request, step.stream, timeout, scope)
        except Exception:
            scope.check()
            raise
        finally:
            scope.forget()
        if scope.cancelled:  # it came too late, or what came was cut short
            close_stream(response)
            raise Cut
        return response

    def _read(self, step: Read, course: Course) -> bytes:
        scope = course.scope
        if scope is None:
            return step.stream.read(step.size)
        return read_within(scope, step)

    def _sleep(self, step: Sleep, course: Course) -> None:
        if course.scope is not None:
            course.scope.sleep(step.seconds)
        elif step.seconds > 0:
            sleep(step.seconds)

    def _block(self, step: Block[Any], course: Course) -> Any:
        if course.scope is not None:
            course.scope.check()
        return step.function()

    def _announce(self, step: Undo, course: Course) -> None:
        course.on_cut(step.flow)

    def _emit(self, step: Emit, course: Course) -> None:
        raise no_iteration()

    def _once(self, step: Once[Any], course: Course) -> Any:
        while True:
            with self._lock:
                flight = self._flights.get(step.key)
                leads = flight is None
                if flight is None:
                    flight = self._flights[step.key] = Flight()
            if leads:
                return self._lead(flight, step, course)
            if flight.thread == get_ident():
                raise inside_itself(step.key)
            flight.wait(course.scope)
            if flight.error is not None:
                raise flight.error
            if flight.ended:
                return flight.value
            # Whoever ran it was cut: the next one takes over.

    def _lead(self, flight: Flight, step: Once[Any], course: Course) -> Any:
        try:
            flight.value = self._finish(step.flow(), course.scope)
            flight.ended = True
        except Exception as error:
            flight.error = error
            raise
        finally:
            with self._lock:
                del self._flights[step.key]
            flight.land()
        return flight.value

    def _gather(self, step: Gather[Any], course: Course) -> list[Any]:
        return _Crowd(self, step.flows, step.limit).run(course.scope)


class Flight:
    """One run of the flow of a `Once`, and those who wait for it."""

    __slots__ = ("_done", "_waiting", "ended", "error", "thread", "value")

    def __init__(self) -> None:
        self._done = False
        self._waiting: list[Any] = []
        self.thread = get_ident()
        self.ended = False
        self.error: Exception | None = None
        self.value: Any = None

    def wait(self, scope: CancelScope | None) -> None:
        """Until the flow has ended, or the one who waits is cut."""
        from threading import Event

        woken = Event()
        self._waiting.append(woken)
        if scope is not None:
            scope.arm(woken.set)
        if not self._done:  # asked after joining: landing sets this before it wakes those who wait
            woken.wait()
        if scope is not None:
            scope.forget()
            scope.check()

    def land(self) -> None:
        self._done = True
        for woken in self._waiting:
            woken.set()


class _Crowd:
    """The flows of one `Gather`: each thread draws its next flow when it has ended one."""

    def __init__(self, connection: Connection, flows: Iterable[Flow[Any]], limit: int) -> None:
        if limit < 1:
            raise ValueError(f"the limit of a Gather must be at least 1, not {limit}")
        self.connection = connection
        self.source = iter(flows)
        self.limit = limit
        self.lock = allocate_lock()
        self.outcomes: list[Any] = []
        self.scopes: set[CancelScope] = set()
        self.error: BaseException | None = None
        self.stopped = False

    def run(self, outer: CancelScope | None) -> list[Any]:
        threads: list[Thread] = []
        if outer is not None:
            outer.arm(self.stop)
        try:
            while len(threads) < self.limit and (drawn := self.draw()) is not None:
                threads.append(self.start(drawn))
            for thread in threads:
                thread.join()
        finally:
            self.stop()
            for thread in threads:
                thread.join()
            if hasattr(self.source, "close"):
                self.source.close()
            if outer is not None:
                outer.forget()
        if outer is not None:
            outer.check()
        if self.error is not None:
            raise self.error
        return self.outcomes

    def draw(self) -> tuple[int, Flow[Any], CancelScope] | None:
        with self.lock:
            if self.stopped:
                return None
            try:
                flow = next(self.source, None)
            except Exception as error:  # what makes the flows failed
                self.error = error
                flow = None
            if flow is None:
                if self.error is not None:
                    self.halt()
                return None
            scope = CancelScope()
            self.scopes.add(scope)
            self.outcomes.append(None)
            return len(self.outcomes) - 1, flow, scope

    def start(self, drawn: tuple[int, Flow[Any], CancelScope]) -> Thread:
        from contextvars import copy_context
        from threading import Thread

        thread = Thread(target=copy_context().run, args=(self.work, drawn), name="boto-gather", daemon=True)
        thread.start()
        return thread

    def work(self, drawn: tuple[int, Flow[Any], CancelScope] | None) -> None:
        while drawn is not None:
            place, flow, scope = drawn
            try:
                self.outcomes[place] = self.connection._finish(flow, scope)
            except BaseException as error:
                self.fail(error)
                return
            finally:
                with self.lock:
                    self.scopes.discard(scope)
            drawn = self.draw()

    def fail(self, error: BaseException) -> None:
        with self.lock:
            if self.error is None and not self.stopped:
                self.error = error
            self.halt()

    def stop(self) -> None:
        with self.lock:
            self.halt()

    def halt(self) -> None:
        self.stopped = True
        for scope in self.scopes:
            scope.cancel()


def read_within(scope: CancelScope, step: Read) -> bytes:
    """Read from a stream so that the scope can cut it. Streams of a transport have `watch(scope)`."""
    scope.check()
    watch = getattr(step.stream, "watch", None)
    if watch is not None:
        watch(scope)
    try:
        return step.stream.read(step.size)
    except Exception:
        scope.check()
        raise
    finally:
        scope.forget()


def close_stream(response: object) -> None:
    """Close an answer that nobody waits for any more."""
    close = getattr(getattr(response, "stream", None), "close", None)
    if close is not None:
        close()


# By type, for the loop. A subclass of a step is found through its bases.
STEPS: dict[type, Callable[[Connection, Any, Course], Any]] = {
    Send: Connection._send,
    Read: Connection._read,
    Sleep: Connection._sleep,
    Block: Connection._block,
    Once: Connection._once,
    Gather: Connection._gather,
    Emit: Connection._emit,
    Undo: Connection._announce,
}


def _inherited(step: Step[Any]) -> Callable[[Connection, Any, Course], Any]:
    for base in type(step).__mro__[1:]:
        if base in STEPS:
            return STEPS[base]
    raise no_step(step)
