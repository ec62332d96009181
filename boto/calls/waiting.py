"""Waiting: an operation asked again and again until its answer says so."""

from __future__ import annotations

from boto.calls.paths import path
from boto.calls.request import Request
from boto.core.errors import ConfigError, WaiterError
from boto.core.steps import Sleep

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from boto.calls.response import Response
    from boto.core.steps import Flow

SUCCESS, FAILURE, RETRY = "success", "failure", "retry"
INFINITY = float("inf")


class Waiter:
    """Waits for one state of one thing, as the description's waiter of this name says.

    `delay` is in seconds between questions, `max_attempts` how often to ask, `timeout` in seconds over all.
    """

    def __init__(
        self,
        service: Any,
        name: str,
        facts: dict[str, Any],
        delay: float | None = None,
        max_attempts: int | None = None,
        timeout: float | None = None,
    ) -> None:
        self.service = service
        self.name = name
        self.operation = service.operation(facts["o"])
        self.delay = facts["d"] if delay is None else delay
        self.max_attempts = facts["n"] if max_attempts is None else max_attempts
        self.timeout = timeout
        self.acceptors = facts["a"]
        _check(self.delay, self.max_attempts, timeout)

    def wait(self, **params: Any) -> Any:
        """Waits, and gives the last answer. Raises WaiterError with `.last` and `.history` if it fails."""
        return self.service.connection.run(self.steps(**params))

    def steps(self, **params: Any) -> Flow[Any]:
        """The flow of `wait`."""
        history: list[Any] = []
        start = _now()
        attempts, final = 0, False
        while True:
            response = yield from Request(self.service, self.operation, **params).send()
            attempts += 1
            state, seen = self._judge(response)
            history.append(seen)
            error = response.error()
            last = response.parse("model") if error is None else None
            if state == SUCCESS:
                return last
            if state is None and error is not None:
                raise error
            if state == FAILURE:
                raise WaiterError(f"{self.name}: failed, the last state is {seen!r}", last, history)
            spent = _now() - start
            left = INFINITY if self.timeout is None else self.timeout - spent
            if attempts >= self.max_attempts or final or left <= 0:
                asked = f"{attempts} answer{'' if attempts == 1 else 's'} in {spent:.1f} s"
                raise WaiterError(
                    f"{self.name}: not reached after {asked}, the last state is {seen!r}", last, history
                )
            # The time-out may come sooner than the next question: then the last one is asked when it comes.
            final = left <= self.delay
            yield from Sleep(min(self.delay, left))

    def _judge(self, response: Response) -> tuple[str | None, Any]:
        """What the first acceptor that matches says, and the state that was seen."""
        error = response.error()
        answer = response.parse("model") if error is None else None
        seen: Any = error.code if error is not None else None
        for state, matcher, expected, *where in self.acceptors:
            if matcher == "error":
                matched = error is not None if expected is True else error is None
                if isinstance(expected, str):
                    matched = error is not None and error.code == expected
            elif matcher == "status":
                matched, seen = response.http.status == expected, response.http.status
            elif error is not None:
                continue
            else:
                found = _found(where[0], answer)
                matched, seen = _matches(matcher, found, expected), found
            if matched:
                return state, seen
        return None, seen

    def __repr__(self) -> str:
        return f"<Waiter {self.name}: every {self.delay} s, at most {self.max_attempts} times>"


def _check(delay: float, max_attempts: float, timeout: float | None) -> None:
    for name, value, least in (
        ("delay", delay, 0),
        ("max_attempts", max_attempts, 1),
        ("timeout", timeout, 0),
    ):
        if value is not None and not (isinstance(value, (int, float)) and value >= least):
            raise ConfigError(f"{name} of a waiter must be a number, {least} or more; it is {value!r}")


def _found(expression: str, answer: Any) -> Any:
    """What a path finds; nothing where it does not fit, such as the length of what is not there yet."""
    find = path(expression)
    try:
        return find(answer)
    except ConfigError:
        return None


def _matches(matcher: str, found: Any, expected: Any) -> bool:
    if matcher == "path":
        return bool(found == expected)
    if not isinstance(found, list) or not found:
        return False
    return all(one == expected for one in found) if matcher == "pathAll" else expected in found


def until(
    service: Any,
    operation: Any,
    params: dict[str, Any],
    where: str,
    value: Any,
    fail: Sequence[Any] = (),
    timeout: float | None = None,
    every: float | None = None,
) -> Flow[Any]:
    """Asks until what `where` (JMESPath) finds is `value`; gives the answer, raises WaiterError for one of `fail`."""
    acceptors: list[list[Any]] = [[SUCCESS, "path", value, where]]
    failures = (fail,) if isinstance(fail, str) else fail
    acceptors += [[FAILURE, "path", one, where] for one in failures]
    facts = {"o": operation, "d": 5 if every is None else every, "n": INFINITY, "a": acceptors}
    name = f"{service.operation(operation).snake} until {where} is {value!r}"
    return (
        yield from Waiter(service, name, facts, timeout=300 if timeout is None else timeout).steps(**params)
    )


def _now() -> float:
    from time import monotonic

    return monotonic()
