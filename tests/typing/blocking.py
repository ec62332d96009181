"""On a Connection a call is a value. Read by type checkers; nothing here runs."""

from collections.abc import Callable
from typing import Any, assert_type

import boto
from boto.calls.flow import Blocking
from boto.services.aws.ec2 import EC2

c = boto.connect_ec2("AKID", "secret", region="eu-west-1", retries=2, verify=False)
assert_type(c, EC2[Blocking])
assert_type(c.get_all_key_pairs(keynames=["a"]), dict[str, Any])
assert_type(c.get_all_key_pairs()["describe_key_pairs_response"], Any)
assert_type(c.describe_key_pairs, Callable[..., Any])
assert_type(c.region, str | None)
assert_type(c.name, str)

assert_type(boto.connect("ec2"), EC2[Blocking])
assert_type(boto.connect("aws:ec2", region="eu-west-1"), EC2[Blocking])
assert_type(boto.connect("sns", s3={"addressing_style": "path"}), boto.Service[Blocking])
assert_type(boto.connect_lambda(), boto.Service[Blocking])
assert_type(boto.connect_awslambda(), boto.Service[Blocking])
assert_type(boto.connect_sdb(sdb={}, timeout=5), boto.Service[Blocking])
assert_type(boto.connect(description={"openapi": "3.0.0"}), boto.Service[Blocking])
assert_type(boto.list_services("aws"), list[str])

# What is wrong with these lines is said by the checker: an `ignore` that nothing needs is an error itself.
boto.connect_ec2(regon="eu-west-1")  # type: ignore[call-arg]
boto.connect_ec2(region=1)  # type: ignore[arg-type]
boto.connect_ec2(form="json")  # type: ignore[arg-type]
boto.connect_nowhere()  # type: ignore[attr-defined]


async def waits() -> None:
    await boto.connect_ec2().get_all_key_pairs()  # type: ignore[misc]


try:
    c.describe_instances()
except boto.NotFound as error:
    assert_type(error.code, str)
    assert_type(error.request_id, str | None)
