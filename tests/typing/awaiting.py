"""On an AsyncConnection the same call is an awaitable. Read by type checkers; nothing here runs."""

from collections.abc import Awaitable
from typing import Any, assert_type

import boto
import boto.aio
from boto.calls.flow import Async
from boto.services.aws.ec2 import EC2

c = boto.aio.connect_ec2(region="eu-west-1")
assert_type(c, EC2[Async])
assert_type(c.get_all_key_pairs(), Awaitable[dict[str, Any]])
assert_type(boto.aio.connect("ec2"), EC2[Async])
assert_type(boto.aio.connect_sns(), boto.Service[Async])
assert_type(boto.aio.Session(region="eu-west-1").connect_to("sns"), boto.Service[Async])


async def main() -> None:
    assert_type(await c.get_all_key_pairs(), dict[str, Any])
    c.get_all_key_pairs()["describe_key_pairs_response"]  # type: ignore[index]
    async with boto.aio.connect_ec2() as inside:
        assert_type(inside, EC2[Async])
