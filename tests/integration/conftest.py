"""One sandbox for all of these tests, emptied before each; every test is written once for both drivers."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

import boto
import boto.testing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from boto.testing import Sandbox


@pytest.fixture(scope="package")
def _server() -> Iterator[Sandbox]:
    with boto.testing.sandbox() as box:
        yield box


@pytest.fixture
def box(_server: Sandbox) -> Sandbox:
    """A sandbox with nothing in it. The environment does not point there: tests pass `**box.options`."""
    _server.reset()
    return _server


class Blocking:
    """Connects services whose calls are values already."""

    name = "blocking"

    def __init__(self) -> None:
        self.session = boto.Session()

    def __call__(self, service: str, **options: Any) -> Any:
        return self.session.connect_to(service, **options)

    def list(self, iterable: Any) -> list[Any]:
        return list(iterable)

    def close(self) -> None:
        self.session.close()


class Asyncio:
    """Connects services of `boto.aio`, each of whose calls is awaited at once on a loop of its own."""

    name = "asyncio"

    def __init__(self) -> None:
        self.runner = asyncio.Runner()
        self.session = boto.aio.Session()

    def __call__(self, service: str, **options: Any) -> Any:
        return Awaited(self.session.connect_to(service, **options), self.awaited)

    def list(self, iterable: Any) -> list[Any]:
        async def listed() -> list[Any]:
            return [item async for item in iterable]

        return self.runner.run(listed())

    def awaited(self, awaitable: Any) -> Any:
        async def result() -> Any:
            return await awaitable

        return self.runner.run(result())

    def close(self) -> None:
        self.awaited(self.session.close())
        self.runner.close()


class Awaited:
    """A thing with awaitable methods, seen as a blocking one."""

    def __init__(self, thing: Any, awaited: Callable[[Any], Any]) -> None:
        self._thing = thing
        self._awaited = awaited

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._thing, name)
        if not callable(found):
            return found

        def call(*args: Any, **params: Any) -> Any:
            result = found(*args, **params)
            if name in ("waiter", "with_options"):
                return Awaited(result, self._awaited)
            return self._awaited(result) if hasattr(result, "__await__") else result

        return call


@pytest.fixture(params=[Blocking, Asyncio], ids=["blocking", "asyncio"])
def connect(request: pytest.FixtureRequest) -> Iterator[Any]:
    """`connect(service, **options)` on either driver; `connect.list(pages)` iterates on it."""
    made = request.param()
    yield made
    made.close()


@pytest.fixture(scope="package")
def boto3_client(_server: Sandbox) -> Callable[[str], Any]:
    """`boto3_client(service)`: the same sandbox as boto3 sees it."""
    from functools import cache

    import boto3

    session = boto3.session.Session()

    @cache
    def make(service: str) -> Any:
        return session.client(
            service,
            endpoint_url=_server.options["endpoint_url"],
            region_name=_server.options["region"],
            aws_access_key_id=_server.options["aws_access_key_id"],
            aws_secret_access_key=_server.options["aws_secret_access_key"],
        )

    return make


@pytest.fixture
def agree(boto3_client: Callable[[str], Any]) -> Callable[..., Any]:
    """`agree(c, 'list_users', Path='/')`: boto3 and the SOURCE form give the same answer; gives that answer.

    `apart` names members that differ from one call to the next, and are not looked at.
    """

    def same(c: Any, operation: str, apart: tuple[str, ...] = (), **params: Any) -> Any:
        from botocore import xform_name

        theirs = getattr(boto3_client(c.name), xform_name(c.operation(operation).name))(**params)
        theirs.pop("ResponseMetadata")
        ours = c.with_options(form="source").call(operation, **params)
        assert without(ours, apart) == without(theirs, apart)
        return ours

    return same


def without(value: Any, names: tuple[str, ...]) -> Any:
    if isinstance(value, dict):
        return {name: without(one, names) for name, one in value.items() if name not in names}
    return [without(one, names) for one in value] if isinstance(value, list) else value
