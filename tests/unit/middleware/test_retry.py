"""The retry middleware driven by hand: no network, no waiting."""

from __future__ import annotations

from time import monotonic
from types import SimpleNamespace
from typing import Any

import pytest

import boto
from boto.core.steps import Send, Sleep
from boto.middleware.retry import Retry, Standard, policy
from boto.parsers.base import Metadata


def call(timeout: float | None = None, ago: float = 0.0, body: Any = b"") -> Any:
    plan = SimpleNamespace(retries=Standard(5, base=0.0), repeatable=True, timeout=timeout)
    return SimpleNamespace(
        plan=plan, metadata=Metadata(monotonic() - ago), request=SimpleNamespace(body=body)
    )


def run(one: Any, *failures: BaseException) -> tuple[list[Any], BaseException | None]:
    """The steps the middleware takes when attempts fail so, and the error it ends with."""
    left = list(failures)

    def proceed(_: Any) -> Any:
        yield from Send(None)  # type: ignore[arg-type] - nobody sends it

    flow = Retry(one.plan)(one, proceed)
    steps = [next(flow)]
    try:
        while True:
            step = flow.throw(left.pop(0)) if isinstance(steps[-1], Send) else flow.send(None)
            steps.append(step)
    except (boto.BotoError, StopIteration) as error:
        return steps, error


def total(seconds: float) -> boto.Timeout:
    failed = boto.Timeout(f"within {seconds} s", "http://there:80", "total", seconds)
    failed.__cause__ = OSError("cut")
    return failed


def test_time_that_runs_out_in_a_later_attempt_is_that_of_all() -> None:
    one = call(timeout=30, ago=29)
    last = total(0.9)
    steps, found = run(one, boto.ConnectFailed("no", "http://there:80"), last)
    assert [type(step) for step in steps] == [Send, Sleep, Send]
    assert isinstance(found, boto.Timeout) and found is not last
    assert (found.phase, found.endpoint) == ("total", "http://there:80")
    assert found.elapsed >= 29 and "30 s" in str(found) and "2 attempts" in str(found)
    assert found.__cause__ is last.__cause__


def test_time_that_runs_out_in_the_only_attempt_is_told_as_it_was() -> None:
    last = total(30)
    steps, found = run(call(timeout=30), last)
    assert len(steps) == 1 and found is last


def test_a_body_that_streams_is_sent_once() -> None:
    steps, found = run(call(body=object()), boto.ConnectFailed("no", "http://there:80"))
    assert len(steps) == 1 and isinstance(found, boto.ConnectFailed)


def test_no_sleep_past_the_end_of_time() -> None:
    one = call(timeout=5, ago=4)
    one.plan.retries = SimpleNamespace(delay=lambda *_: 2.0)
    steps, found = run(one, boto.ConnectFailed("no", "http://there:80"))
    assert len(steps) == 1 and isinstance(found, boto.ConnectFailed) and one.metadata.delays == []


def test_what_a_user_may_set() -> None:
    assert policy(0).attempts == 1 and policy("4").attempts == 5 and policy("off").attempts == 1  # type: ignore[attr-defined]
    mine = SimpleNamespace(delay=lambda *_: None)
    assert policy(mine) is mine
    for wrong in (-1, True, "often", 1.5):
        with pytest.raises(boto.BotoError, match="retries="):
            policy(wrong)
