"""Under plain `moto.mock_aws()`, as the tests of any project use it: no endpoint, no server, no options of ours."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

import boto

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def mocked(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    from moto import mock_aws

    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    with mock_aws():
        yield


def test_key_pairs() -> None:
    c = boto.connect_ec2()
    assert c.get_all_key_pairs()["describe_key_pairs_response"]["key_set"] == []
    made = c.create_key_pair(key_name="key1")
    answer = c.get_all_key_pairs()["describe_key_pairs_response"]
    assert [(one["key_name"], one["key_fingerprint"]) for one in answer["key_set"]] == [
        ("key1", made["key_fingerprint"])
    ]
    assert (
        c.get_all_key_pairs(keynames=["key1"])["describe_key_pairs_response"]["key_set"] == answer["key_set"]
    )
    assert c.describe_key_pairs(key_names=["key1"])["key_pairs"][0]["key_name"] == "key1"
    with pytest.raises(boto.NotFound, match="nothing"):
        c.get_all_key_pairs(["nothing"])


def test_key_pairs_on_asyncio() -> None:
    async def main() -> Any:
        async with boto.aio.connect_ec2() as c:
            await asyncio.gather(*(c.create_key_pair(key_name=f"key{number}") for number in range(5)))
            with pytest.raises(boto.Conflict):
                await c.create_key_pair(key_name="key0")
            return await c.get_all_key_pairs()

    answer = asyncio.run(main())["describe_key_pairs_response"]
    assert {one["key_name"] for one in answer["key_set"]} == {f"key{number}" for number in range(5)}


def test_several_services_and_regions() -> None:
    iam, sts, sns = boto.connect_iam(), boto.connect_sts(), boto.connect("sns", region="eu-central-1")
    assert iam.create_user(user_name="ann")["user"]["arn"] == "arn:aws:iam::123456789012:user/ann"
    assert [one["user_name"] for one in iam.pages("list_users").items()] == ["ann"]
    assert sts.get_caller_identity()["account"] == "123456789012"
    arn = sns.create_topic(name="news")["topic_arn"]
    assert arn == "arn:aws:sns:eu-central-1:123456789012:news"
    assert boto.connect_sns().list_topics()["topics"] == []
    # These regions go to hosts of other partitions; moto stands before them all the same.
    china = boto.connect_ec2(region="cn-north-1")
    zones = china.get_all_zones()["describe_availability_zones_response"]["availability_zone_info"]
    assert {one["region_name"] for one in zones} == {"cn-north-1"}


def test_boto3_beside_it() -> None:
    import boto3

    boto.connect_ec2().create_key_pair(key_name="key1")
    theirs = boto3.client("ec2").describe_key_pairs()
    theirs.pop("ResponseMetadata")
    assert boto.connect_ec2(form="source").describe_key_pairs() == theirs


def test_a_connection_older_than_the_mock() -> None:
    """Code under test often connects at import, long before a test starts its mock."""
    from moto import mock_aws

    c = boto.connect_ec2()
    c.create_key_pair(key_name="outer")
    with mock_aws():
        c.create_key_pair(key_name="inner")
        assert "inner" in {one["key_name"] for one in c.describe_key_pairs()["key_pairs"]}


def test_pages_and_a_waiter() -> None:
    c = boto.connect_ec2()
    made = [
        c.run_instances(image_id="ami-12c6146b", min_count=1, max_count=1)["instances"][0]["instance_id"]
        for _ in range(6)
    ]
    assert [len(page["reservations"]) for page in c.pages("describe_instances", max_results=5)] == [5, 1]
    answer = c.waiter("instance_running").wait(instance_ids=made)
    assert len(answer["reservations"]) == 6
