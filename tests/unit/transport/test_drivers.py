"""Flows written by hand, performed by both drivers against a transport of this file: no network."""

from __future__ import annotations

import asyncio
import inspect
import os
import signal
import subprocess
import sys
import threading
import time
import traceback

import pytest

from boto.core.errors import BotoError, ConfigError, ConnectFailed
from boto.core.http import HTTPRequest, HTTPResponse
from boto.core.steps import Block, Emit, Gather, Once, Read, Send, Sleep, Undo
from boto.transport import base
from boto.transport.aiodriver import AsyncConnection
from boto.transport.base import CancelScope, Cut
from boto.transport.driver import Connection


class Script:
    """A transport that answers from a function."""

    def __init__(self, answer=lambda request: HTTPResponse(200, body=request.url.encode())):
        self.answer = answer
        self.seen = []
        self.timeouts = []
        self.closed = 0

    def send(self, request, stream, timeout, scope):
        self.seen.append(request.url)
        self.timeouts.append(timeout)
        return self.answer(request)

    def close(self):
        self.closed += 1


class Hanging(Script):
    """Answers nothing until its scope is cut; then fails as a socket would."""

    def __init__(self):
        super().__init__()
        self.waiting = threading.Semaphore(0)
        self.cut = 0

    def send(self, request, stream, timeout, scope):
        if request.url != "hang":
            return super().send(request, stream, timeout, scope)
        woken = threading.Event()
        scope.arm(woken.set)
        self.waiting.release()
        assert woken.wait(20), "nobody cut this call"
        self.cut += 1
        raise ConnectFailed("the socket was shut down", sent=True)


class Blocking:
    """The blocking driver, seen through the words both share."""

    def __init__(self, transport=None, **options):
        self.connection = Connection(transport=transport or Script(), **options)

    def run(self, flow):
        return self.connection.run(flow)

    def items(self, flow, stop=None):
        got = []
        flow = self.connection.iterate(flow)
        for item in flow:
            got.append(item)
            if item == stop:
                break
        flow.close()
        return got

    def close(self):
        self.connection.close()


class Looping:
    """The asyncio driver, seen through the words both share."""

    def __init__(self, transport=None, **options):
        self.connection = AsyncConnection(transport=transport or Script(), **options)
        self.loop = asyncio.new_event_loop()

    def run(self, flow):
        return self.loop.run_until_complete(self.connection.run(flow))

    def items(self, flow, stop=None):
        async def collect():
            got = []
            items = self.connection.iterate(flow)
            async for item in items:
                got.append(item)
                if item == stop:
                    break
            await items.aclose()
            return got

        return self.loop.run_until_complete(collect())

    def close(self):
        self.loop.run_until_complete(self.connection.close())
        self.loop.run_until_complete(self.loop.shutdown_default_executor())
        self.loop.close()


@pytest.fixture(params=[Blocking, Looping], ids=["blocking", "asyncio"])
def drive(request):
    made = []
    before = set(threading.enumerate())

    def make(transport=None, **options):
        made.append(request.param(transport, **options))
        return made[-1]

    yield make
    for driver in made:
        driver.close()
    assert set(threading.enumerate()) <= before, "a thread was left over"


def get(url):
    response = yield from Send(HTTPRequest("GET", url))
    return response.body.decode()


def value(x):
    return x
    yield


def failing(error):
    raise error
    yield


# --- one step each -------------------------------------------------------------------------------


def test_send_gives_the_answer_and_the_flow_its_result(drive):
    assert drive().run(get("http://a/")) == "http://a/"


def test_the_timeout_of_a_step_goes_before_that_of_the_connection(drive):
    transport = Script()
    driver = drive(transport, timeout=9)

    def flow():
        yield from Send(HTTPRequest("GET", "a"))
        yield from Send(HTTPRequest("GET", "b"), timeout=2)

    driver.run(flow())
    assert transport.timeouts == [9, 2]


def test_read_takes_from_a_stream(drive):
    import io

    def flow():
        stream = io.BytesIO(b"abcdef")
        first = yield from Read(stream, 2)
        rest = yield from Read(stream)
        end = yield from Read(stream)
        return first, rest, end

    assert drive().run(flow()) == (b"ab", b"cdef", b"")


def test_sleep_waits(drive):
    def flow():
        before = time.monotonic()
        outcome = yield from Sleep(0.02)
        return outcome, time.monotonic() - before

    outcome, waited = drive().run(flow())
    assert outcome is None
    assert waited >= 0.015


def test_block_calls_a_function(drive):
    def flow():
        return (yield from Block(lambda: 6 * 7))

    assert drive().run(flow()) == 42


def test_a_subclass_of_a_step_is_performed_as_its_base(drive):
    class Fetch(Send):
        __slots__ = ()

    def flow():
        return (yield from Fetch(HTTPRequest("GET", "x"))).body

    assert drive().run(flow()) == b"x"


# --- errors --------------------------------------------------------------------------------------


def test_an_error_of_a_step_is_thrown_into_the_flow(drive):
    answers = [ConnectFailed("no"), HTTPResponse(200, body=b"yes")]

    def answer(request):
        got = answers.pop(0)
        if isinstance(got, Exception):
            raise got
        return got

    def flow():
        try:
            yield from get("a")
        except ConnectFailed as error:
            return str(error), (yield from get("b"))

    assert drive(Script(answer)).run(flow()) == ("no", "yes")


def test_an_error_nobody_catches_comes_out_and_finally_has_run(drive):
    ran = []

    def flow():
        try:
            yield from Block(lambda: 1 / 0)
        finally:
            ran.append("finally")

    with pytest.raises(ZeroDivisionError):
        drive().run(flow())
    assert ran == ["finally"]


def test_stop_iteration_from_a_function_is_an_error_and_no_return(drive):
    def flow():
        yield from Block(lambda: next(iter([])))

    with pytest.raises(RuntimeError):
        drive().run(flow())


@pytest.mark.parametrize(
    ("wrong", "word"), [(1, "int"), ("x", "str"), (get("x"), "another flow"), (None, "NoneType")]
)
def test_what_is_no_step_is_a_type_error_in_the_flow(drive, wrong, word):
    def flow():
        try:
            yield wrong
        except TypeError as error:
            return str(error)

    said = drive().run(flow())
    assert word in said
    assert "yield from" in said


def test_what_is_no_flow_is_a_type_error(drive):
    driver = drive()
    with pytest.raises(TypeError, match="call it"):
        driver.run(get)
    with pytest.raises(TypeError, match="NoneType"):
        driver.run(None)
    used = value(1)
    assert driver.run(used) == 1
    with pytest.raises(TypeError, match="run already"):
        driver.run(used)


def test_emit_is_refused_by_run(drive):
    def flow():
        yield from Emit(1)

    with pytest.raises(TypeError, match="iterate"):
        drive().run(flow())


def test_emit_is_refused_inside_a_gather(drive):
    def emitting():
        yield from Emit(1)

    def flow():
        yield from Gather([emitting()], 1)

    with pytest.raises(TypeError, match="iterate"):
        drive().items(flow())


def chain(error):
    """The lines of a traceback as a user sees them."""
    return "".join(traceback.format_exception(error))


def refused(request):
    raise ConnectFailed("no luck") from OSError("refused")


def test_machinery_is_dropped_from_the_traceback_and_the_cause_is_kept(drive):
    def users_own_flow():
        return (yield from get("a"))

    with pytest.raises(BotoError) as caught:
        drive(Script(refused)).run(users_own_flow())
    assert isinstance(caught.value.__cause__, OSError)
    text = chain(caught.value)
    assert "users_own_flow" in text
    assert "refused" in text
    assert "_advance" not in text
    assert "core/steps" not in text

    with pytest.raises(BotoError) as caught:
        drive(Script(refused), full_tracebacks=True).run(get("a"))
    assert "_advance" in chain(caught.value)
    assert "core/steps" in chain(caught.value)


def test_an_error_that_is_not_ours_keeps_its_whole_traceback(drive):
    def flow():
        yield from Block(lambda: {}["x"])

    with pytest.raises(KeyError) as caught:
        drive().run(flow())
    assert "_advance" in chain(caught.value)


# --- undo ----------------------------------------------------------------------------------------


def undoing(log, ending):
    def note(word):
        def flow():
            log.append((yield from get(word)))

        return flow

    def broken():
        yield from Block(lambda: 1 / 0)

    try:
        yield from Undo(note("first"))
        yield from Undo(broken)
        yield from Undo(note("second"))
        return (yield from ending())
    finally:
        log.append("finally")


def test_undo_runs_backwards_after_the_flow_is_closed_and_its_errors_are_dropped(drive):
    log = []
    with pytest.raises(ValueError, match="mine"):
        drive().run(undoing(log, lambda: failing(ValueError("mine"))))
    assert log == ["finally", "second", "first"]


def test_undo_does_not_run_after_a_return(drive):
    log = []
    assert drive().run(undoing(log, lambda: value(5))) == 5
    assert log == ["finally"]


def test_undo_runs_when_iteration_is_left_early(drive):
    log = []

    def ending():
        for i in range(5):
            yield from Emit(i)

    assert drive().items(undoing(log, ending), stop=1) == [0, 1]
    assert log == ["finally", "second", "first"]


def test_keyboard_interrupt_closes_the_flow_and_undoes():
    log = []

    def interrupt(request):
        if request.url == "stop":
            raise KeyboardInterrupt
        return HTTPResponse(200, body=request.url.encode())

    def ending():
        try:
            yield from get("stop")
        except BaseException:  # a flow may try, and must not be asked
            log.append(inspect.currentframe().f_code.co_name)
            raise

    with pytest.raises(KeyboardInterrupt):
        Connection(transport=Script(interrupt)).run(undoing(log, ending))
    assert log == ["ending", "finally", "second", "first"]


# --- iterate -------------------------------------------------------------------------------------


def test_iterate_hands_out_items_lazily(drive):
    transport = Script()

    def flow():
        for url in "abc":
            body = yield from get(url)
            yield from Emit(body)

    assert drive(transport).items(flow(), stop="b") == ["a", "b"]
    assert transport.seen == ["a", "b"]


def test_iterate_raises_what_the_flow_raises_after_its_items(drive):
    def flow():
        yield from Emit(1)
        raise ConnectFailed("late")

    driver = drive()
    with pytest.raises(ConnectFailed) as caught:
        driver.items(flow())
    assert "_advance" not in chain(caught.value)


def test_blocking_iterate_returns_what_the_flow_returns():
    def flow():
        yield from Emit(1)
        return "end"

    items = Connection(transport=Script()).iterate(flow())
    assert next(items) == 1
    with pytest.raises(StopIteration) as stop:
        next(items)
    assert stop.value.value == "end"


# --- gather --------------------------------------------------------------------------------------


def test_gather_keeps_order_and_its_limit(drive):
    now = most = 0
    lock = threading.Lock()

    def busy(i):
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
        time.sleep(0.002 * (i % 3))
        with lock:
            now -= 1
        return i

    def part(i):
        return (yield from Block(lambda: busy(i)))

    def flow():
        return (yield from Gather((part(i) for i in range(30)), 4))

    assert drive().run(flow()) == list(range(30))
    assert 1 < most <= 4


def test_gather_draws_no_flow_before_it_can_run(drive):
    drawn = ended = 0
    worst = 0

    def part():
        nonlocal ended
        yield from Sleep(0.001)
        ended += 1

    def source():
        nonlocal drawn, worst
        for _ in range(20):
            worst = max(worst, drawn - ended)
            drawn += 1
            yield part()

    def flow():
        yield from Gather(source(), 3)

    drive().run(flow())
    assert drawn == ended == 20
    assert worst <= 2


def test_gather_of_nothing_and_a_wrong_limit(drive):
    def flow(flows, limit):
        return (yield from Gather(flows, limit))

    driver = drive()
    assert driver.run(flow([], 3)) == []
    with pytest.raises(ValueError, match="at least 1"):
        driver.run(flow([value(1)], 0))


def gathered(flows, limit):
    return (yield from Gather(flows, limit))


def caught_with(log, step):
    """The text of the error of a step, and what the log held when it came."""
    try:
        yield from step
    except ValueError as error:
        return str(error), list(log)


def test_the_first_error_of_a_gather_cuts_the_others_and_waits_for_them(drive):
    transport = Hanging()
    log = []
    drawn = []

    def noting(i):
        log.append((yield from get(f"undo {i}")))

    def hanging(i):
        try:
            yield from Undo(lambda: noting(i))
            yield from get("hang")
        finally:
            log.append(f"closed {i}")

    def sleeping():
        try:
            yield from Sleep(60)
        finally:
            log.append("woken")

    def bad():
        def wait():
            assert transport.waiting.acquire(timeout=10)
            assert transport.waiting.acquire(timeout=10)
            raise ValueError("first")

        yield from Block(wait)

    def source():
        for flow in (hanging(0), hanging(1), sleeping(), bad(), value(0), value(1)):
            drawn.append(flow)
            yield flow

    def flow():
        return (yield from caught_with(log, Gather([gathered(source(), 4)], 2)))

    said, seen = drive(transport).run(flow())
    assert said == "first"
    assert sorted(seen) == ["closed 0", "closed 1", "undo 0", "undo 1", "woken"]
    assert len(drawn) == 4


def test_an_outer_cut_reaches_a_nested_gather(drive):
    transport = Hanging()
    log = []

    def hanging():
        try:
            yield from get("hang")
        finally:
            log.append("closed")

    def nested():
        yield from Gather([hanging(), hanging()], 2)

    def bad():
        yield from Block(
            lambda: transport.waiting.acquire(timeout=10) and transport.waiting.acquire(timeout=10)
        )
        raise ValueError("outer")

    def flow():
        yield from Gather([nested(), bad()], 2)

    with pytest.raises(ValueError, match="outer"):
        drive(transport).run(flow())
    assert log == ["closed", "closed"]


def test_an_error_in_drawing_flows_ends_the_gather(drive):
    def source():
        yield value(1)
        raise LookupError("no more")

    def flow():
        yield from Gather(source(), 4)

    with pytest.raises(LookupError):
        drive().run(flow())


def test_the_source_of_a_gather_is_closed_on_an_error(drive):
    closed = []

    def source():
        try:
            while True:
                yield failing(ValueError("part"))
        finally:
            closed.append(True)

    def flow():
        yield from Gather(source(), 1)

    with pytest.raises(ValueError, match="part"):
        drive().run(flow())
    assert closed == [True]


def test_interrupting_a_gather_cuts_its_threads(monkeypatch):
    transport = Hanging()

    def hanging():
        yield from get("hang")

    def flow():
        yield from Gather([hanging(), hanging()], 2)

    join, interrupted = threading.Thread.join, []

    def interrupting(self, timeout=None):
        if not interrupted:
            assert transport.waiting.acquire(timeout=10)
            assert transport.waiting.acquire(timeout=10)
            interrupted.append(True)
            raise KeyboardInterrupt
        return join(self, timeout)

    monkeypatch.setattr(threading.Thread, "join", interrupting)
    with pytest.raises(KeyboardInterrupt):
        Connection(transport=transport).run(flow())
    assert transport.cut == 2


# --- once ----------------------------------------------------------------------------------------


def sharing(work):
    def flow():
        return (yield from Once("key", work))

    return flow


def test_once_runs_one_flow_for_sixteen_threads():
    runs = []
    barrier = threading.Barrier(16)

    def work():
        runs.append(threading.get_ident())
        yield from Sleep(0.1)
        return len(runs)

    connection = Connection(transport=Script())
    outcomes = []

    def ask():
        barrier.wait()
        outcomes.append(connection.run(sharing(work)()))

    threads = [threading.Thread(target=ask) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes == [1] * 16
    assert connection.run(sharing(work)()) == 2


def test_once_runs_one_flow_for_sixteen_tasks(drive):
    runs, here = [], []

    def work():
        runs.append(1)
        while len(here) < 16:
            yield from Sleep(0.005)
        yield from Sleep(0.05)  # for the last of them to ask
        return len(runs)

    def asking():
        here.append(1)
        return (yield from sharing(work)())

    def flow():
        first = yield from Gather((asking() for _ in range(16)), 16)
        again = yield from sharing(work)()
        return first, again

    assert drive().run(flow()) == ([1] * 16, 2)


def test_once_shares_its_error_and_forgets_it(drive):
    runs = []

    def work():
        runs.append(1)
        yield from Sleep(0.05)
        if len(runs) == 1:
            raise LookupError("shared")
        return "fine"

    def asking():
        try:
            return (yield from Once("key", work))
        except LookupError as error:
            return str(error)

    def flow():
        first = yield from Gather((asking() for _ in range(5)), 5)
        again = yield from asking()
        return first, again

    assert drive().run(flow()) == (["shared"] * 5, "fine")


def test_different_keys_do_not_wait_for_each_other(drive):
    def inner():
        return (yield from Once("b", lambda: value("b")))

    def flow():
        return (yield from Once("a", inner))

    assert drive().run(flow()) == "b"


def test_once_inside_itself_is_an_error_and_no_deadlock(drive):
    def work():
        return (yield from Once("key", work))

    with pytest.raises(RuntimeError, match="the very flow"):
        drive().run(sharing(work)())


def test_when_the_one_who_runs_is_cut_another_takes_over():
    """Blocking: the leader runs in a gather that fails."""
    connection = Connection(transport=Script())
    started, runs, outcomes = threading.Event(), [], []

    def work():
        runs.append(1)
        if len(runs) == 1:
            started.set()
            yield from Sleep(30)
        return "done"

    def other():
        outcomes.append(connection.run(sharing(work)()))

    thread = threading.Thread(target=other)

    def bad():
        def wait():
            assert started.wait(10)
            thread.start()
            time.sleep(0.05)
            raise ValueError("cut the leader")

        yield from Block(wait)

    def flow():
        yield from Gather([sharing(work)(), bad()], 2)

    with pytest.raises(ValueError, match="cut the leader"):
        connection.run(flow())
    thread.join(10)
    assert outcomes == ["done"]
    assert len(runs) == 2


def test_cancelling_the_task_that_asked_first_does_not_disturb_the_others():
    runs = []

    def work():
        runs.append(1)
        yield from Sleep(0.05)
        return "done"

    async def main():
        async with AsyncConnection(transport=Script()) as connection:
            first = asyncio.create_task(connection.run(sharing(work)()))
            await asyncio.sleep(0)
            second = asyncio.create_task(connection.run(sharing(work)()))
            await asyncio.sleep(0.01)
            first.cancel()
            return await asyncio.gather(first, second, return_exceptions=True)

    first, second = asyncio.run(main())
    assert isinstance(first, asyncio.CancelledError)
    assert second == "done"
    assert len(runs) == 1


def test_cancelling_the_last_who_asks_cuts_the_flow():
    log = []

    def work():
        try:
            yield from Sleep(30)
        finally:
            log.append("cut")

    async def main():
        async with AsyncConnection(transport=Script()) as connection:
            asked = [asyncio.create_task(connection.run(sharing(work)())) for _ in range(3)]
            await asyncio.sleep(0.02)
            for task in asked:
                task.cancel()
            await asyncio.gather(*asked, return_exceptions=True)
            assert log == ["cut"]
            return await connection.run(sharing(lambda: value("fresh"))())

    assert asyncio.run(main()) == "fresh"


# --- cancelling tasks ----------------------------------------------------------------------------


def test_cancelling_a_task_cuts_what_its_thread_waits_on_and_undoes():
    transport = Hanging()
    log = []

    async def main():
        async with AsyncConnection(transport=transport) as connection:
            task = asyncio.create_task(connection.run(undoing(log, lambda: get("hang"))))
            await asyncio.to_thread(transport.waiting.acquire, timeout=10)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
        assert transport.cut == 1

    asyncio.run(main())
    assert log == ["finally", "second", "first"]


def test_an_answer_that_nobody_waits_for_is_closed():
    """The thread is past cutting: it brings back a stream after its task was cancelled."""
    import io

    started, release = threading.Event(), threading.Event()
    stream = io.BytesIO(b"left over")

    def answer(request):
        started.set()
        assert release.wait(10)
        return HTTPResponse(200, stream=stream)

    async def main():
        async with AsyncConnection(transport=Script(answer)) as connection:
            task = asyncio.create_task(connection.run(get("a")))
            await asyncio.to_thread(started.wait, 10)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            release.set()
        assert stream.closed

    asyncio.run(main())


def test_workers_bound_the_threads():
    now = most = 0
    lock = threading.Lock()

    def busy():
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
        time.sleep(0.01)
        with lock:
            now -= 1

    def flow():
        yield from Block(busy)

    async def main():
        async with AsyncConnection(transport=Script(), workers=3) as connection:
            await asyncio.gather(*(connection.run(flow()) for _ in range(12)))

    asyncio.run(main())
    assert most == 3


# --- scope, constructor --------------------------------------------------------------------------


def test_a_cancelled_scope_cuts_whatever_comes_next():
    scope, cuts = CancelScope(), []
    scope.arm(lambda: cuts.append("now"))
    scope.cut()
    assert not scope.cancelled
    scope.forget()
    scope.cut()
    assert cuts == ["now"]
    scope.cancel()
    scope.arm(lambda: cuts.append("later"))
    assert cuts == ["now", "later"]
    with pytest.raises(Cut):
        scope.check()
    with pytest.raises(Cut):
        scope.sleep(30)
    assert not issubclass(Cut, Exception)


def test_transport_is_made_late_by_name_and_closed_by_its_maker(monkeypatch):
    made = []

    class Mine(Script):
        def __init__(self, options):
            super().__init__()
            made.append((self, options))

    monkeypatch.setitem(globals(), "Mine", Mine)
    connection = Connection(transport=f"{__name__}:Mine", read_timeout=3)
    assert made == []
    assert connection.run(get("a")) == "a"
    connection.run(get("b"))
    [(transport, options)] = made
    assert options.read_timeout == 3
    connection.close()
    assert transport.closed == 1
    connection.run(get("c"))  # a closed connection opens again
    assert len(made) == 2

    own = Script()
    with Connection(transport=own) as connection:
        connection.run(get("a"))
    assert own.closed == 0


@pytest.mark.parametrize(
    "options",
    [
        {"transport": "request"},
        {"transport": object()},
        {"connect_timeout": 0},
        {"read_timeout": -1},
        {"timeout": "soon"},
        {"proxy_auth": "nocolon"},
    ],
)
def test_wrong_options_are_said_at_once(options):
    with pytest.raises(ConfigError):
        Connection(**options)


def test_a_repr_shows_no_secret():
    connection = Connection(
        proxies={"https": "http://u:hunter2@proxy"}, proxy_auth="u:hunter2", basic_auth=("u", "hunter2")
    )
    assert "hunter2" not in repr(connection)
    assert "hunter2" not in repr(connection.options)
    assert "connect_timeout=10" in repr(connection)


def test_both_constructors_take_the_same_options():
    names = set(inspect.signature(base.NetworkOptions.__init__).parameters)
    assert names <= set(inspect.signature(Connection.__init__).parameters)
    options = {name: None for name in ("proxies", "cert", "timeout", "proxy_auth", "basic_auth")}
    AsyncConnection(workers=2, full_tracebacks=True, **options)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
def test_a_forked_child_has_threads_of_its_own():
    loop = asyncio.new_event_loop()
    connection = AsyncConnection(transport=Script())
    assert loop.run_until_complete(connection.run(get("a"))) == "a"
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            signal.alarm(20)
            code = 0 if asyncio.run(connection.run(get("b"))) == "b" else 2
        finally:
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    loop.run_until_complete(connection.close())
    loop.run_until_complete(loop.shutdown_default_executor())
    loop.close()


def test_importing_the_blocking_driver_imports_nothing_slow():
    code = (
        "import sys; before = set(sys.modules); import boto.transport.driver;"
        "heavy = {'typing', 'dataclasses', 'json', 're', 'enum', 'functools', 'logging', 'requests',"
        " 'urllib3', 'lxml', 'asyncio', 'datetime', 'urllib', 'threading', 'socket', 'ssl', 'contextlib'};"
        "print(sorted(heavy & (set(sys.modules) - before)))"
    )
    root = os.path.dirname(os.path.dirname(os.path.dirname(base.__file__)))
    done = subprocess.run(
        [sys.executable, "-S", "-c", code],
        env={**os.environ, "PYTHONPATH": root},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"
