"""The asyncio driver: the same flows, performed without blocking the event loop.

A transport that blocks runs in a bounded pool of threads. When a task is cancelled while its thread waits on
a socket, the scope shuts that socket down: the thread comes free within moments, instead of at the end of
its read time-out, and whatever it still brings back is closed.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from contextvars import copy_context
from os import getpid

from boto.core.errors import BotoError
from boto.core.steps import Block, Emit, Gather, Once, Read, Send, Sleep, Undo
from boto.transport.base import CancelScope, Networked
from boto.transport.driver import Course, close_stream, read_within
from boto.transport.faults import inside_itself, no_iteration, no_step, shortened

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable
    from concurrent.futures import Future
    from types import TracebackType
    from typing import Any, Self, TypeVar

    from boto.core.http import HTTPResponse
    from boto.core.steps import Flow, Step

    T = TypeVar("T")


class AsyncConnection(Networked):
    """The network, as asyncio code sees it. Options are those of Connection, and `workers`.

    `workers` bounds the threads that wait on sockets and files, and so the requests in flight.
    """

    __slots__ = ("_process", "_threads", "workers")
    _flights: dict[tuple[Any, Any], _Flight]

    def __init__(self, *, workers: int = 32, **options: Any) -> None:
        options.setdefault("pool_size", workers)
        super().__init__(**options)
        self.workers = workers
        self._threads: ThreadPoolExecutor | None = None
        self._process = 0

    async def run(self, flow: Flow[T]) -> T:
        """Perform a flow to its end; what it returns."""
        course = Course(flow)
        try:
            await self._advance(course)
        except BotoError as error:
            if self.full_tracebacks:
                raise
            raise shortened(error)  # noqa: B904 - the same error, not a new one
        finally:
            flow.close()
            if course.undo:
                await self._undo(course)
        value: T = course.value
        return value

    async def iterate(self, flow: Flow[Any]) -> AsyncGenerator[Any, None]:
        """The items a flow emits, as it emits them. Leaving early (`aclose`) cuts the flow."""
        course = Course(flow, emits=True)
        try:
            while await self._advance(course):
                yield course.item
        except BotoError as error:
            if self.full_tracebacks:
                raise
            raise shortened(error)  # noqa: B904 - the same error, not a new one
        finally:
            flow.close()
            if course.undo:
                await self._undo(course)

    async def close(self) -> None:
        """Close pooled sockets and end the threads. A later call opens new ones."""
        threads, self._threads = self._threads, None
        self._shut()
        if threads is not None:
            # Threads that run are cut or about to end; the loop must not stand still for them.
            await asyncio.get_running_loop().run_in_executor(None, threads.shutdown)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: object, traceback: TracebackType | None
    ) -> None:
        await self.close()

    async def _advance(self, course: Course) -> bool:
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
                    outcome = await perform(self, step, course)
                except Exception as error:
                    step = flow.throw(error)
                else:
                    step = flow.send(outcome)
        except StopIteration as stop:
            course.value, course.undo = stop.value, None
            return False

    async def _finish(self, flow: Flow[Any]) -> Any:
        """Perform a flow that is part of another: the outer one deals with its traceback."""
        course = Course(flow)
        try:
            await self._advance(course)
        finally:
            flow.close()
            if course.undo:
                await self._undo(course)
        return course.value

    async def _undo(self, course: Course) -> None:
        undo, course.undo = course.undo, None
        for make in reversed(undo or ()):
            with suppress(Exception):  # the error that cut the flow is the one to see
                await self._finish(make())

    async def _in_thread(self, work: Callable[[CancelScope], T]) -> T:
        """Call `work` in a thread; cancelling the task that waits cuts what the thread waits on."""
        scope = CancelScope()
        if self._threads is None or self._process != getpid():  # a forked child has none of the threads
            self._process = getpid()
            self._threads = ThreadPoolExecutor(self.workers, thread_name_prefix="boto")
        job = self._threads.submit(copy_context().run, work, scope)
        try:
            return await asyncio.wrap_future(job)
        except asyncio.CancelledError:
            scope.cancel()
            job.add_done_callback(_discard)
            raise

    # One coroutine a step.

    async def _send(self, step: Send, course: Course) -> HTTPResponse:
        timeout = step.timeout if step.timeout is not None else self.options.timeout

        def send(scope: CancelScope) -> HTTPResponse:
            transport = self._transport or self._open()
            try:
                return transport.send(step.request, step.stream, timeout, scope)
            finally:
                scope.forget()

        return await self._in_thread(send)

    async def _read(self, step: Read, course: Course) -> bytes:
        return await self._in_thread(lambda scope: read_within(scope, step))

    async def _sleep(self, step: Sleep, course: Course) -> None:
        await asyncio.sleep(step.seconds)

    async def _block(self, step: Block[Any], course: Course) -> Any:
        def call(scope: CancelScope) -> Any:
            try:
                return step.function()
            except StopIteration as stop:  # a future refuses to hold one, and would never end
                raise RuntimeError("the function of a Block raised StopIteration") from stop

        return await self._in_thread(call)

    async def _announce(self, step: Undo, course: Course) -> None:
        course.on_cut(step.flow)

    async def _emit(self, step: Emit, course: Course) -> None:
        raise no_iteration()

    async def _once(self, step: Once[Any], course: Course) -> Any:
        key = (asyncio.get_running_loop(), step.key)
        flight = self._flights.get(key)
        if flight is None:
            flight = self._flights[key] = _Flight(asyncio.create_task(self._finish(step.flow())))
            flight.task.add_done_callback(lambda task: self._land(key, task))
        elif flight.task is asyncio.current_task():
            raise inside_itself(step.key)
        flight.waiting += 1
        try:
            return await asyncio.shield(flight.task)
        finally:
            flight.waiting -= 1
            if not flight.waiting and not flight.task.done():
                self._land(key, flight.task)
                flight.task.cancel()
                await asyncio.wait([flight.task])

    def _land(self, key: tuple[Any, Any], task: asyncio.Task[Any]) -> None:
        flight = self._flights.get(key)
        if flight is not None and flight.task is task:
            del self._flights[key]

    async def _gather(self, step: Gather[Any], course: Course) -> list[Any]:
        if step.limit < 1:
            raise ValueError(f"the limit of a Gather must be at least 1, not {step.limit}")
        source = iter(step.flows)
        outcomes: dict[int, Any] = {}
        running: dict[asyncio.Task[Any], int] = {}
        try:
            while True:
                while len(running) < step.limit and (flow := next(source, None)) is not None:
                    task = asyncio.create_task(self._finish(flow))
                    running[task] = len(outcomes) + len(running)
                if not running:
                    return [outcomes[place] for place in range(len(outcomes))]
                done, _ = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    outcomes[running[task]] = await task
                    del running[task]
        finally:
            await _cut(running)
            if hasattr(source, "close"):
                source.close()


class _Flight:
    """One run of the flow of a `Once`, in a task of its own: it outlives any asker but the last."""

    __slots__ = ("task", "waiting")

    def __init__(self, task: asyncio.Task[Any]) -> None:
        self.task = task
        self.waiting = 0


async def _cut(running: dict[asyncio.Task[Any], int]) -> None:
    """Cancel tasks and wait for their end; a first error has been chosen already."""
    for task in running:
        task.cancel()
    if running:
        await asyncio.wait(running)
    for task in running:
        if not task.cancelled():
            task.exception()  # asked for, so that asyncio does not complain that nobody did


def _discard(job: Future[Any]) -> None:
    """Close the answer of a call that nobody waits for any more."""
    if not job.cancelled() and job.exception() is None:
        close_stream(job.result())


# By type, for the loop. A subclass of a step is found through its bases.
STEPS: dict[type, Callable[[AsyncConnection, Any, Course], Awaitable[Any]]] = {
    Send: AsyncConnection._send,
    Read: AsyncConnection._read,
    Sleep: AsyncConnection._sleep,
    Block: AsyncConnection._block,
    Once: AsyncConnection._once,
    Gather: AsyncConnection._gather,
    Emit: AsyncConnection._emit,
    Undo: AsyncConnection._announce,
}


def _inherited(step: Step[Any]) -> Callable[[AsyncConnection, Any, Course], Awaitable[Any]]:
    for base in type(step).__mro__[1:]:
        if base in STEPS:
            return STEPS[base]
    raise no_step(step)
