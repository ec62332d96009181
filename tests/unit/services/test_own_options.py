"""Options that are for one service, connections of the wrong kind, and names of services in other spellings."""

from __future__ import annotations

from typing import Any

import pytest

import boto


@pytest.mark.parametrize(
    ("service", "options", "said"),
    [
        ("s3", {"s3": {"adressing_style": "path"}}, "did you mean .*addressing_style"),
        ("s3", {"s3": {"addressing_style": "paht"}}, "must be one of auto, path, virtual"),
        ("s3", {"s3": "path"}, "must be a dict"),
        ("ec2", {"ec2": {"x": 1}}, "unknown option"),
        ("dynamodb", {"dynamodb": {"numbers": "float"}}, "decimal, int_float"),
        ("ec2", {"connection": 5}, "must be a boto.Connection"),
    ],
)
def test_what_a_service_cannot_be_told(service: str, options: dict[str, Any], said: str) -> None:
    with pytest.raises((boto.UnknownOption, boto.ConfigError), match=said):
        boto.connect(service, **options)


def test_what_it_can() -> None:
    assert boto.connect("s3", s3={"addressing_style": "path"}, dynamodb={"native": False}).name == "s3"


def test_connections_are_of_the_sessions_kind() -> None:
    connection, awaitable = boto.Connection(), boto.aio.Connection()
    assert boto.connect_ec2(connection=connection).connection is connection
    assert boto.aio.connect_ec2(connection=awaitable).connection is awaitable
    with pytest.raises(boto.ConfigError, match="must be a boto.aio.Connection"):
        boto.aio.connect_ec2(connection=connection)
    with pytest.raises(boto.ConfigError, match="must be a boto.Connection"):
        boto.connect_ec2(connection=awaitable)


def test_names_as_aws_and_as_python_spell_them() -> None:
    assert boto.connect("EC2").name == "ec2" and boto.connect("lambda_").name == "lambda"
    assert boto.aio.session.connect_to("ec2").name == "ec2"
    with pytest.raises(boto.ConfigError, match="named by text"):
        boto.connect(5)  # type: ignore[call-overload] - that is what is tested
