"""Waiters and `until`."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
import responses

import boto
from tests.unit.calls.answers import EC2, error, instances

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def net() -> Iterator[responses.RequestsMock]:
    with responses.RequestsMock() as mock:
        yield mock


@pytest.fixture
def c(keys: None) -> Any:
    return boto.connect_ec2(retries=0)


@pytest.fixture
def slept(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Sleeps are noted, and take no time."""
    found: list[float] = []
    monkeypatch.setattr("boto.transport.driver.sleep", found.append)
    return found


def test_waits_until_the_description_is_content(
    net: responses.RequestsMock, c: Any, slept: list[float]
) -> None:
    for state in ("pending", "pending", "running"):
        net.post(EC2, body=instances("i-1", state=state))
    answer = c.waiter("instance_running").wait(instance_ids=["i-1"])
    assert answer["reservations"][0]["instances"][0]["state"]["name"] == "running"
    assert slept == [15, 15] and answer.metadata.status == 200


def test_waits_through_errors_that_are_expected(
    net: responses.RequestsMock, c: Any, slept: list[float]
) -> None:
    net.post(EC2, status=400, body=error("InvalidInstanceID.NotFound", "not yet"))
    net.post(EC2, body=instances("i-1", state="running"))
    c.waiter("InstanceRunning", delay=2).wait(InstanceIds=["i-1"])
    assert slept == [2]


def test_fails_with_the_last_state(net: responses.RequestsMock, c: Any, slept: list[float]) -> None:
    net.post(EC2, body=instances("i-1", state="pending"))
    net.post(EC2, body=instances("i-1", state="terminated"))
    with pytest.raises(boto.WaiterError, match="instance_running: failed.*terminated") as caught:
        c.waiter("instance_running").wait(instance_ids=["i-1"])
    assert caught.value.history == [["pending"], ["terminated"]]
    assert caught.value.last["reservations"][0]["reservation_id"] == "r-i-1"


def test_gives_up_after_max_attempts_or_time(net: responses.RequestsMock, c: Any, slept: list[float]) -> None:
    net.post(EC2, body=instances("i-1", state="pending"))
    with pytest.raises(boto.WaiterError, match="not reached after 3 answers.*pending"):
        c.waiter("instance_running", max_attempts=3).wait(instance_ids=["i-1"])
    assert slept == [15, 15]
    slept.clear()
    with pytest.raises(boto.WaiterError, match="not reached after 2 answers"):
        c.waiter("instance_running", timeout=10).wait(instance_ids=["i-1"])
    assert len(slept) == 1 and 9 < slept[0] <= 10


def test_the_last_question_is_asked_when_the_time_is_over(
    net: responses.RequestsMock, c: Any, slept: list[float]
) -> None:
    for state in ("pending", "running"):
        net.post(EC2, body=instances("i-1", state=state))
    assert c.waiter("instance_running", timeout=3).wait(instance_ids=["i-1"])["reservations"]
    assert 2 < slept[0] <= 3


@pytest.mark.parametrize("limits", [{"delay": -1}, {"max_attempts": 0}, {"timeout": -1}, {"delay": "15"}])
def test_limits_that_cannot_be(c: Any, limits: dict[str, Any]) -> None:
    with pytest.raises(boto.ConfigError, match=f"{next(iter(limits))} of a waiter must be a number"):
        c.waiter("instance_running", **limits)


def test_an_error_nobody_expects_is_raised(net: responses.RequestsMock, c: Any) -> None:
    net.post(EC2, status=403, body=error("UnauthorizedOperation", "no"))
    with pytest.raises(boto.AccessDenied):
        c.waiter("instance_running").wait(instance_ids=["i-1"])


def test_a_waiter_content_with_an_error(net: responses.RequestsMock, keys: None) -> None:
    net.post(
        "https://iam.amazonaws.com/",
        body="<GetUserResponse><GetUserResult><User><UserName>bob</UserName></User></GetUserResult></GetUserResponse>",
    )
    iam = boto.connect_iam()
    assert iam.waiter("user_exists").wait(user_name="bob")["user"] == {"user_name": "bob"}
    assert "user_exists" in iam.description.waiters


def test_until(net: responses.RequestsMock, c: Any, slept: list[float]) -> None:
    for state in ("pending", "running", "stopped"):
        net.post(EC2, body=instances("i-1", state=state))
    path = "Reservations[0].Instances[0].State.Name"
    answer = c.until("describe_instances", {"instance_ids": ["i-1"]}, path, "running", every=1)
    assert answer["reservations"][0]["instances"][0]["state"]["name"] == "running" and slept == [1]
    with pytest.raises(boto.WaiterError, match="stopped"):
        c.until("describe_instances", {"instance_ids": ["i-1"]}, path.lower(), "running", fail=("stopped",))
    with pytest.raises(boto.WaiterError, match="not reached"):
        c.until("describe_instances", {}, path, "running", timeout=0.5, every=1)
    with pytest.raises(boto.WaiterError, match="failed, the last state is 'stopped'"):
        c.until("describe_instances", {}, path, "running", fail="stopped")


def test_on_asyncio(net: responses.RequestsMock, keys: None) -> None:
    net.post(EC2, body=instances("i-1", state="pending"))
    net.post(EC2, body=instances("i-1", state="running"))

    async def run() -> Any:
        async with boto.aio.connect_ec2() as c:
            await c.waiter("instance_running", delay=0.01).wait(instance_ids=["i-1"])
            return await c.until("describe_instances", {}, "reservations[0].reservation_id", "r-i-1")

    assert asyncio.run(run())["reservations"]


def test_a_path_that_does_not_fit_yet_is_not_reached_yet(
    net: responses.RequestsMock, c: Any, slept: list[float]
) -> None:
    net.post(EC2, body=instances())
    net.post(EC2, body=instances("i-1"))
    path = "length(reservations[0].instances)"
    assert c.until("describe_instances", {}, path, 1, every=1)["reservations"] and slept == [1]
    with pytest.raises(boto.ConfigError, match="not a JMESPath"):
        c.until("describe_instances", {}, "length(", 1)
