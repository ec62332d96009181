"""What is special about services, in the sandbox and on both drivers; boto3 looks at the same things."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from boto.testing import Sandbox

    Connect = Callable[[str], Any]

POLICY = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": "s3:Get*", "Resource": "a b+c/é&<x>"}],
}
TEMPLATE = {"Resources": {"Topic": {"Type": "AWS::SNS::Topic", "Properties": {"TopicName": "news"}}}}
ITEM = {
    "none": None, "yes": True, "price": Decimal("1.50"), "huge": Decimal("1E+100"), "blob": b"\0\xff", "empty": "",
    "tags": {"x", "y"}, "sizes": {Decimal(1), Decimal("2.5")}, "blobs": {b"p", b"q"},
    "tree": {"S": "no type", "list": [Decimal(1), "a", {"deep": {"z"}}, [None, False]]},
}  # fmt: skip


@pytest.fixture
def service(connect: Any, box: Sandbox) -> Connect:
    return lambda name: connect(name, retries=0, **box.options)


@pytest.fixture
def table(box: Sandbox) -> Any:
    """The table `t` as boto3's resource layer sees it, with a dozen items that it put there."""
    import boto3

    options = {
        name: box.options[name] for name in ("endpoint_url", "aws_access_key_id", "aws_secret_access_key")
    }
    made = boto3.resource("dynamodb", region_name=box.options["region"], **options).create_table(
        TableName="t",
        BillingMode="PAY_PER_REQUEST",
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}, {"AttributeName": "at", "KeyType": "RANGE"}],
        AttributeDefinitions=[
            {"AttributeName": "id", "AttributeType": "S"}, {"AttributeName": "at", "AttributeType": "N"},
        ],
    )  # fmt: skip
    for at in range(12):
        made.put_item(Item={"id": "theirs", "at": at, **ITEM})
    return made


def seen(value: Any) -> Any:
    """boto3's values with bytes where it has a type of its own."""
    if isinstance(value, dict):
        return {name: seen(one) for name, one in value.items()}
    if isinstance(value, (list, set)):
        return type(value)(map(seen, value))
    return value.value if type(value).__name__ == "Binary" else value


def test_values_are_those_of_boto3s_resources(service: Connect, connect: Any, table: Any) -> None:
    c = service("dynamodb")
    c.put_item(table_name="t", item={"id": "ours", "at": 0.5, **ITEM})
    theirs = seen(table.get_item(Key={"id": "ours", "at": Decimal("0.5")})["Item"])
    ours = c.get_item(table_name="t", key={"id": "ours", "at": Decimal("0.5")})["item"]
    assert ours == theirs == {"id": "ours", "at": Decimal("0.5"), **ITEM}
    query = {
        "table_name": "t",
        "key_condition_expression": "id = :id AND #at >= :from",
        "expression_attribute_names": {"#at": "at"},
        "expression_attribute_values": {":id": "theirs", ":from": 3},
    }
    pages = connect.list(c.pages("query", **query, limit=4))
    assert [page["count"] for page in pages][:2] == [4, 4]
    assert pages[0]["last_evaluated_key"] == {"id": "theirs", "at": 6}
    everything = seen(table.scan()["Items"])
    assert [one for page in pages for one in page["items"]] == [
        one for one in everything if one["id"] == "theirs" and one["at"] >= 3
    ]
    assert connect.list(c.pages("scan", table_name="t", limit=5).items()) == everything
    first = c.pages("scan", table_name="t", limit=5)
    begun = connect.list(first.items(limit=7))
    assert begun + connect.list(c.pages("scan", table_name="t").items(start=first.token)) == everything


def test_batches_transactions_and_statements(service: Connect, table: Any) -> None:
    c = service("dynamodb")
    put = [{"put_request": {"item": {"id": "batch", "at": at, **ITEM}}} for at in range(3)]
    delete = [{"delete_request": {"key": {"id": "theirs", "at": 11}}}]
    assert c.batch_write_item(request_items={"t": put + delete})["unprocessed_items"] == {}
    keys = [{"id": "batch", "at": at} for at in range(3)]
    found = c.batch_get_item(request_items={"t": {"keys": keys}})["responses"]["t"]
    assert sorted(found, key=lambda item: int(item["at"])) == [{**key, **ITEM} for key in keys]
    update = {
        "table_name": "t", "key": keys[0], "update_expression": "SET price = price + :one ADD tags :more",
        "expression_attribute_values": {":one": 1, ":more": {"z"}},
    }  # fmt: skip
    c.transact_write_items(
        transact_items=[{"update": update}, {"delete": {"table_name": "t", "key": keys[1]}}]
    )
    got = c.transact_get_items(transact_items=[{"get": {"table_name": "t", "key": keys[0]}}])["responses"][0][
        "item"
    ]
    assert got == seen(table.get_item(Key=keys[0])["Item"])
    assert (got["price"], got["tags"]) == (Decimal("2.50"), {"x", "y", "z"})
    changed = c.update_item(
        table_name="t", key=keys[2], update_expression="SET yes = :no", expression_attribute_values={":no": False},
        return_values="UPDATED_NEW",
    )  # fmt: skip
    assert changed["attributes"] == {"yes": False}
    whole = {"id": "theirs", "at": 2, **ITEM}
    with pytest.raises(c.errors.TransactionCanceledException):
        condition = {"table_name": "t", "item": whole, "condition_expression": "attribute_not_exists(id)"}
        c.transact_write_items(transact_items=[{"put": condition}])
    with pytest.raises(c.errors.ConditionalCheckFailedException) as failed:
        c.put_item(
            table_name="t", item=whole, condition_expression="attribute_not_exists(id)",
            return_values_on_condition_check_failure="ALL_OLD",
        )  # fmt: skip
    assert failed.value.fields["item"] == whole
    raw = c.get_item(table_name="t", key={"id": {"S": "theirs"}, "at": {"N": "2"}}, native=False)["item"]
    assert raw["price"] == {"N": "1.50"} and raw["blob"] == {"B": b"\0\xff"} and raw["none"] == {"NULL": True}


def test_messages_are_digested(service: Connect) -> None:
    c = service("sqs")
    queue = c.create_queue(queue_name="q")["queue_url"]
    attributes = {
        "text": {"data_type": "String", "string_value": "é"},
        "count": {"data_type": "Number.int", "string_value": "3"},
        "data": {"data_type": "Binary", "binary_value": b"\0\1"},
    }
    sent = c.send_message(queue_url=queue, message_body="hé", message_attributes=attributes)
    assert sent["md5_of_message_attributes"]
    entries = [{"id": str(at), "message_body": f"{at}", "message_attributes": attributes} for at in range(4)]
    assert len(c.send_message_batch(queue_url=queue, entries=entries)["successful"]) == 4
    found = c.receive_message(queue_url=queue, max_number_of_messages=10, message_attribute_names=["All"])[
        "messages"
    ]
    assert sorted(message["body"] for message in found) == ["0", "1", "2", "3", "hé"]
    assert all(message["message_attributes"] == attributes for message in found)


def test_documents_there_and_back(service: Connect, boto3_client: Callable[[str], Any]) -> None:
    c = service("iam")
    c.create_role(role_name="r", assume_role_policy_document=POLICY)
    assert c.get_role(role_name="r")["role"]["assume_role_policy_document"] == POLICY
    assert boto3_client("iam").get_role(RoleName="r")["Role"]["AssumeRolePolicyDocument"] == POLICY
    c = service("cloudformation")
    c.create_stack(stack_name="s", template_body=TEMPLATE)
    assert c.get_template(stack_name="s")["template_body"] == TEMPLATE
    assert boto3_client("cloudformation").get_template(StackName="s")["TemplateBody"] == TEMPLATE
    c.create_stack(stack_name="y", template_body=(yaml := "Resources:\n  T:\n    Type: AWS::SNS::Topic\n"))
    assert c.get_template(stack_name="y")["template_body"] == yaml


def test_user_data_and_the_console(service: Connect, boto3_client: Callable[[str], Any]) -> None:
    c = service("ec2")
    image = c.describe_images(owners=["amazon"])["images"][0]["image_id"]
    made = c.run_instances(image_id=image, min_count=1, max_count=1, user_data="#!/bin/sh\necho é\n")
    instance = made["instances"][0]["instance_id"]
    theirs = boto3_client("ec2")
    told = theirs.describe_instance_attribute(InstanceId=instance, Attribute="userData")["UserData"]["Value"]
    from base64 import b64decode

    assert b64decode(told).decode() == "#!/bin/sh\necho é\n"
    assert (
        c.get_console_output(instance_id=instance)["output"]
        == (theirs.get_console_output(InstanceId=instance)["Output"])
    )


def test_vaults_of_nobody_named(service: Connect) -> None:
    c = service("glacier")
    c.create_vault(vault_name="v")
    assert [vault["vault_name"] for vault in c.list_vaults()["vault_list"]] == ["v"]
    body = json.dumps(TEMPLATE).encode() * 40000
    made = c.upload_archive(vault_name="v", archive_description="a", body=body)
    assert made["archive_id"]
