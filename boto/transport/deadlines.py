"""Time-outs of whole exchanges, kept by one thread.

A socket's own time-out starts anew with each byte, so that a server which trickles its answer can hold a
call for ever. Here a thread sleeps until the next deadline and cuts the call whose time is over. The thread
starts with the first deadline and ends when there is none left; without a `timeout` there is no thread.
"""

from __future__ import annotations

from heapq import heapify, heappop, heappush
from itertools import count
from threading import Condition, Thread
from time import monotonic

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable


class Deadline:
    """A function to be called at a time, unless it is dropped before."""

    __slots__ = ("call", "when")

    def __init__(self, when: float, call: Callable[[], object]) -> None:
        self.when = when
        self.call: Callable[[], object] | None = call

    def drop(self) -> None:
        self.call = None


class Deadlines:
    """Deadlines in order of time. Dropped ones stay in the heap until their time, or until they are many."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._heap: list[tuple[float, int, Deadline]] = []
        self._number = count()
        self._thread: Thread | None = None

    def after(self, seconds: float, call: Callable[[], object]) -> Deadline:
        deadline = Deadline(monotonic() + seconds, call)
        with self._changed:
            if len(self._heap) > 512:
                self._heap = [entry for entry in self._heap if entry[2].call is not None]
                heapify(self._heap)
            heappush(self._heap, (deadline.when, next(self._number), deadline))
            if self._thread is None:
                self._thread = Thread(target=self._watch, name="boto-deadlines", daemon=True)
                self._thread.start()
            elif self._heap[0][2] is deadline:
                self._changed.notify()
        return deadline

    def close(self) -> None:
        """Forget all deadlines; returns when the thread has ended."""
        with self._changed:
            thread = self._thread
            self._heap.clear()
            self._changed.notify()
        if thread is not None:
            thread.join()

    def _watch(self) -> None:
        while (deadline := self._next()) is not None:
            call = deadline.call
            if call is not None:
                call()

    def _next(self) -> Deadline | None:
        """Wait for the next deadline that is due; None when there are no more."""
        with self._changed:
            while self._heap:
                when, _, deadline = self._heap[0]
                wait = when - monotonic()
                if deadline.call is None or wait <= 0:
                    heappop(self._heap)
                    if deadline.call is not None:
                        return deadline
                else:
                    self._changed.wait(wait)
            self._thread = None
            return None
