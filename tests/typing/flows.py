"""Inside a flow nobody knows how it will be performed: flows are taken with `.steps`, a bare call is an error."""

from collections.abc import Awaitable
from typing import Any, Generic, TypeVar, assert_type

import boto
from boto.calls.flow import Async, Blocking
from boto.core.steps import Flow

M = TypeVar("M")


class Fog(boto.Service[M], Generic[M]):
    """A service of a third party that is typed for both."""

    name, endpoint, signer = "fog", "https://api.{region}.fog.example", "bearer"

    @boto.flow
    def count(self, state: str = "on") -> Flow[int]:
        response = yield from boto.Request(self, "ListMachines", state=state).send()
        assert_type(response, boto.Response)
        return len(response.parse())

    @boto.flow
    def double(self) -> Flow[int]:
        self.count()  # type: ignore[operator]
        yield from boto.steps.Sleep(1)
        once = yield from self.count.steps(state="off")
        assert_type(once, int)
        many = yield from boto.steps.Gather([self.count.steps(), self.count.steps("off")], limit=2)
        assert_type(many, list[int])
        return once * 2


class Mist(boto.Service):
    """The short way: a service that says nothing of its calls is a blocking one to checkers."""

    name = "mist"

    @boto.flow
    def level(self) -> Flow[float]:
        yield from boto.steps.Sleep(0.5)
        return 1.0


def blocking(fog: Fog[Blocking], mist: Mist) -> None:
    assert_type(fog.count("on"), int)
    assert_type(fog.count.steps(), Flow[int])
    assert_type(mist.level(), float)
    fog.count(1)  # type: ignore[arg-type]
    fog.count(stat="on")  # type: ignore[call-arg]


async def asynchronous(fog: Fog[Async]) -> None:
    assert_type(fog.count(), Awaitable[int])
    assert_type(await fog.double(), int)


def either(fog: Fog[M]) -> Flow[int]:
    fog.count()  # type: ignore[operator]
    return (yield from fog.count.steps())


def registered() -> Any:
    assert_type(boto.register(Mist), type[Mist])
    return boto.register_signer("none-at-all", boto.Credentials("a", "b"))  # type: ignore[arg-type]
