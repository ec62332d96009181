"""Services of the JSON and REST protocols in the sandbox: a thing made on either driver, and boto3 sees the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from boto.testing import Sandbox

TABLE = {
    "table_name": "t", "billing_mode": "PAY_PER_REQUEST",
    "key_schema": [{"attribute_name": "k", "key_type": "HASH"}],
    "attribute_definitions": [{"attribute_name": "k", "attribute_type": "S"}],
}  # fmt: skip

# Service, what makes a thing, what asks for it (with members that differ from call to call).
STORIES: list[tuple[str, str, dict[str, Any], str, dict[str, Any], tuple[str, ...]]] = [
    ("sqs", "create_queue", {"queue_name": "q1", "attributes": {"DelaySeconds": "3"}}, "list_queues", {}, ()),
    ("dynamodb", "create_table", TABLE, "describe_table", {"TableName": "t"}, ()),
    ("ssm", "put_parameter", {"name": "p", "value": "v é", "type": "String"}, "get_parameter", {"Name": "p"}, ()),
    ("secretsmanager", "create_secret", {"name": "s", "secret_string": "x"}, "get_secret_value",
     {"SecretId": "s"}, ()),
    ("kms", "create_key", {"description": "a & b"}, "list_keys", {}, ()),
    ("logs", "create_log_group", {"log_group_name": "g"}, "describe_log_groups", {}, ()),
    ("events", "put_rule", {"name": "r", "schedule_expression": "rate(1 hour)"}, "list_rules", {}, ()),
    ("kinesis", "create_stream", {"stream_name": "k", "shard_count": 1}, "describe_stream", {"StreamName": "k"}, ()),
    ("ecs", "create_cluster", {"cluster_name": "c"}, "describe_clusters", {"clusters": ["c"]}, ()),
    ("efs", "create_file_system", {"creation_token": "a"}, "describe_file_systems", {}, ("Timestamp",)),
    ("apigateway", "create_rest_api", {"name": "a", "description": "é"}, "get_rest_apis", {}, ()),
    ("s3", "create_bucket", {"bucket": "bucket1"}, "list_buckets", {}, ()),
    ("route53", "create_hosted_zone", {"name": "a.example.", "caller_reference": "x"}, "list_hosted_zones", {}, ()),
]  # fmt: skip


@pytest.mark.parametrize(
    ("service", "make", "params", "ask", "about", "apart"), STORIES, ids=[one[0] for one in STORIES]
)
def test_what_is_made_is_seen_by_boto3(
    connect: Any, box: Sandbox, agree: Callable[..., Any], service: str, make: str,
    params: dict[str, Any], ask: str, about: dict[str, Any], apart: tuple[str, ...],
) -> None:  # fmt: skip
    c = connect(service, retries=0, **box.options)
    made = c.call(make, **params)
    assert made.metadata.status in (200, 201) and made.metadata.attempts == 1
    assert agree(c, ask, apart=apart, **about)
