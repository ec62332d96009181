"""Services of `json` and `rest-json` in the sandbox: a thing made, listed, changed and removed in each.

Each story runs on both drivers, and boto3 is asked about the same things in between: what it returns and our
SOURCE form must be equal.
"""

from __future__ import annotations

import io
import json
import zipfile
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

import boto

if TYPE_CHECKING:
    from collections.abc import Callable

    from boto.testing import Sandbox

    Agree = Callable[..., Any]
    Connect = Callable[[str], Any]

TRUST = json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole"}]})


@pytest.fixture
def service(connect: Any, box: Sandbox) -> Connect:
    return lambda name: connect(name, retries=0, **box.options)


@pytest.fixture
def role(service: Connect) -> str:
    made = service("iam").create_role(role_name="r", assume_role_policy_document=TRUST)
    arn: str = made["role"]["arn"]
    return arn


def test_dynamodb(service: Connect, connect: Any, agree: Agree) -> None:
    c = service("dynamodb")
    c.create_table(
        table_name="t",
        billing_mode="PAY_PER_REQUEST",
        key_schema=[
            {"attribute_name": "id", "key_type": "HASH"},
            {"attribute_name": "at", "key_type": "RANGE"},
        ],
        attribute_definitions=[
            {"attribute_name": "id", "attribute_type": "S"},
            {"attribute_name": "at", "attribute_type": "N"},
        ],
    )
    c.waiter("table_exists", delay=0.01).wait(table_name="t")
    raw = c.with_options(form="source")  # values as DynamoDB has them
    for at in range(5):
        item = {"id": {"S": "a"}, "at": {"N": str(at)}, "bytes": {"B": b"\0\xff"}, "flag": {"BOOL": False}}
        item |= {"tree": {"M": {"someKey": {"L": [{"NULL": True}, {"NS": ["1", "2.5"]}, {"BS": [b"x"]}]}}}}
        raw.call("PutItem", TableName="t", Item=item)
    found = agree(c, "get_item", TableName="t", Key={"id": {"S": "a"}, "at": {"N": "3"}})
    assert found["Item"]["bytes"] == {"B": b"\0\xff"} and found["Item"]["tree"]["M"]["someKey"]["L"][2][
        "BS"
    ] == [b"x"]
    query = {
        "TableName": "t",
        "KeyConditionExpression": "id = :id",
        "ExpressionAttributeValues": {":id": {"S": "a"}},
    }
    assert agree(c, "query", **query, Limit=2)["LastEvaluatedKey"] == {"id": {"S": "a"}, "at": {"N": "1"}}
    assert len(connect.list(raw.pages("query", **query, Limit=2).items())) == 5
    assert agree(c, "describe_table", TableName="t")["Table"]["CreationDateTime"].tzinfo is not None
    with pytest.raises(c.errors.ConditionalCheckFailedException) as failed:
        raw.put_item(table_name="t", item={"id": {"S": "a"}, "at": {"N": "1"}},
                   condition_expression="attribute_not_exists(id)")  # fmt: skip
    assert failed.value.status == 400 and failed.value.request_id
    c.delete_table(table_name="t")
    with pytest.raises(c.errors.ResourceNotFoundException) as missing:
        c.describe_table(table_name="t")
    assert isinstance(missing.value, boto.NotFound)


def test_kms(service: Connect, agree: Agree) -> None:
    c = service("kms")
    key = c.create_key(description="mine", tags=[{"tag_key": "a", "tag_value": "b"}])["key_metadata"]
    assert abs(key["creation_date"] - datetime.now(UTC)) < timedelta(minutes=5) and key["enabled"] is True
    sealed = c.encrypt(key_id=key["key_id"], plaintext=b"\0secret\xff", encryption_context={"for": "é"})
    opened = c.decrypt(ciphertext_blob=sealed["ciphertext_blob"], encryption_context={"for": "é"})
    assert opened["plaintext"] == b"\0secret\xff"
    assert agree(c, "describe_key", KeyId=key["key_id"])
    assert agree(c, "list_keys")
    c.schedule_key_deletion(key_id=key["key_id"], pending_window_in_days=7)
    assert c.describe_key(key_id=key["key_id"])["key_metadata"]["key_state"] == "PendingDeletion"


def test_secretsmanager(service: Connect, agree: Agree) -> None:
    c = service("secretsmanager")
    made = c.create_secret(name="db/one", secret_string='{"user": "é"}')
    assert made["version_id"]  # from the idempotency token, which nobody gave
    assert agree(c, "get_secret_value", SecretId="db/one")["SecretString"] == '{"user": "é"}'
    c.put_secret_value(secret_id="db/one", secret_binary=b"\1\2")
    assert c.get_secret_value(secret_id="db/one")["secret_binary"] == b"\1\2"
    agree(c, "describe_secret", SecretId="db/one")
    c.delete_secret(secret_id="db/one", force_delete_without_recovery=True)
    assert c.list_secrets()["secret_list"] == []


def test_logs(service: Connect, connect: Any, agree: Agree) -> None:
    c = service("logs")
    c.create_log_group(log_group_name="/app/one")
    c.create_log_stream(log_group_name="/app/one", log_stream_name="s")
    now = int(datetime.now(UTC).timestamp() * 1000)
    lines = [{"timestamp": now + number, "message": f"line {number} é"} for number in range(3)]
    c.put_log_events(log_group_name="/app/one", log_stream_name="s", log_events=lines)
    read = agree(c, "get_log_events", apart=("ingestionTime",), logGroupName="/app/one", logStreamName="s")
    assert [one["message"] for one in read["events"]] == ["line 0 é", "line 1 é", "line 2 é"]
    assert [one["log_group_name"] for one in connect.list(c.pages("describe_log_groups").items())] == [
        "/app/one"
    ]
    c.delete_log_group(log_group_name="/app/one")
    with pytest.raises(boto.NotFound):
        c.delete_log_group(log_group_name="/app/one")


def test_events(service: Connect, agree: Agree) -> None:
    c = service("events")
    c.put_rule(name="r", event_pattern=json.dumps({"source": ["my.app"]}), state="ENABLED")
    sent = c.put_events(
        entries=[{"source": "my.app", "detail_type": "x", "detail": "{}", "time": datetime.now(UTC)}]
    )
    assert sent["failed_entry_count"] == 0
    target = {"id": "1", "arn": "arn:aws:sqs:us-east-1:123456789012:q"}
    assert c.put_targets(rule="r", targets=[target])["failed_entry_count"] == 0
    assert agree(c, "list_targets_by_rule", Rule="r")["Targets"] == [{"Id": "1", "Arn": target["arn"]}]
    agree(c, "list_rules")
    c.remove_targets(rule="r", ids=["1"])
    c.delete_rule(name="r")
    assert c.list_rules()["rules"] == []


def test_kinesis(service: Connect, agree: Agree) -> None:
    c = service("kinesis")
    c.create_stream(stream_name="k", shard_count=1)
    c.waiter("stream_exists", delay=0.01).wait(stream_name="k")
    put = c.put_record(stream_name="k", data=b"\0\1\xff", partition_key="p")
    iterator = c.get_shard_iterator(
        stream_name="k", shard_id=put["shard_id"], shard_iterator_type="TRIM_HORIZON"
    )["shard_iterator"]
    found = c.get_records(shard_iterator=iterator)["records"]
    assert [one["data"] for one in found] == [b"\0\1\xff"]
    assert found[0]["approximate_arrival_timestamp"].tzinfo is not None
    agree(c, "describe_stream", StreamName="k")
    c.delete_stream(stream_name="k")


def test_ssm(service: Connect, connect: Any, agree: Agree) -> None:
    c = service("ssm")
    for name in ("/a/one", "/a/two", "/b/three"):
        c.put_parameter(name=name, value="v é", type="String")
    query = {"Path": "/a", "Recursive": True}
    assert len(agree(c, "get_parameters_by_path", **query)["Parameters"]) == 2
    assert agree(c, "get_parameters", Names=["/a/one", "/nope"])["InvalidParameters"] == ["/nope"]
    pages = c.pages("describe_parameters", max_results=1)
    assert [one["name"] for one in connect.list(pages.items())] == ["/a/one", "/a/two", "/b/three"]
    c.delete_parameter(name="/a/one")
    with pytest.raises(c.errors.ParameterNotFound):
        c.get_parameter(name="/a/one")


def test_stepfunctions(service: Connect, role: str, agree: Agree) -> None:
    c = service("stepfunctions")
    definition = json.dumps({"StartAt": "A", "States": {"A": {"Type": "Pass", "End": True}}})
    machine = c.create_state_machine(name="m", definition=definition, role_arn=role)["state_machine_arn"]
    run = c.start_execution(state_machine_arn=machine, input='{"x": 1}')
    assert run["start_date"].tzinfo is not None
    assert agree(c, "describe_state_machine", stateMachineArn=machine)["definition"] == definition
    assert len(agree(c, "list_state_machines")["stateMachines"]) == 1
    c.delete_state_machine(state_machine_arn=machine)
    assert c.list_state_machines()["state_machines"] == []


def test_ecs(service: Connect, agree: Agree) -> None:
    c = service("ecs")
    c.create_cluster(cluster_name="one", tags=[{"key": "team", "value": "a"}])
    task = {
        "name": "web",
        "image": "nginx",
        "cpu": 10,
        "memory": 64,
        "environment": [{"name": "A", "value": "b"}],
    }
    made = c.register_task_definition(family="f", container_definitions=[task])["task_definition"]
    assert made["container_definitions"][0]["environment"] == [{"name": "A", "value": "b"}]
    assert agree(c, "describe_task_definition", taskDefinition="f")
    assert agree(c, "describe_clusters", clusters=["one", "nope"])["failures"][0]["reason"] == "MISSING"
    c.delete_cluster(cluster="one")


def test_glue(service: Connect, agree: Agree) -> None:
    c = service("glue")
    c.create_database(database_input={"name": "d", "parameters": {"someKey": "v"}})
    columns = [{"name": "id", "type": "int"}]
    c.create_table(database_name="d", table_input={"name": "t", "storage_descriptor": {"columns": columns}})
    table = agree(c, "get_table", DatabaseName="d", Name="t")["Table"]
    assert table["StorageDescriptor"]["Columns"] == [{"Name": "id", "Type": "int"}]
    assert agree(c, "get_databases")["DatabaseList"][0]["Parameters"] == {"someKey": "v"}
    c.delete_table(database_name="d", name="t")
    with pytest.raises(c.errors.EntityNotFoundException):
        c.get_table(database_name="d", name="t")


def test_sqs(service: Connect, agree: Agree) -> None:
    c = service("sqs")
    url = c.create_queue(queue_name="q", attributes={"VisibilityTimeout": "5"})["queue_url"]
    blob = {"data_type": "Binary", "binary_value": b"\0\xff"}
    c.send_message(queue_url=url, message_body="é & <b>", message_attributes={"Some.Key": blob})
    got = c.receive_message(queue_url=url, message_attribute_names=["All"])["messages"][0]
    assert got["body"] == "é & <b>" and got["message_attributes"]["Some.Key"]["binary_value"] == b"\0\xff"
    assert agree(c, "get_queue_attributes", QueueUrl=url, AttributeNames=["All"])
    c.delete_queue(queue_url=url)
    # Once a service of `query`, it is asked for the codes it had then, and boto3's exceptions bear both names.
    with pytest.raises(c.errors.QueueDoesNotExist) as gone:
        c.get_queue_url(queue_name="q")
    assert gone.value.code == "AWS.SimpleQueueService.NonExistentQueue" and isinstance(
        gone.value, boto.NotFound
    )


def test_lambda(service: Connect, role: str, agree: Agree) -> None:
    c = service("lambda")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("f.py", "def go(event, context): return event")
    made = c.create_function(
        function_name="f", runtime="python3.12", role=role, handler="f.go",
        code={"zip_file": packed.getvalue()}, environment={"variables": {"someName": "v"}},
    )  # fmt: skip
    assert made["environment"]["variables"] == {"someName": "v"} and made.metadata.status == 201
    assert agree(c, "get_function_configuration", FunctionName="f")["Timeout"] == 3
    assert len(agree(c, "list_functions", MaxItems=10)["Functions"]) == 1
    c.tag_resource(resource=made["function_arn"], tags={"a b/c": "é"})
    assert c.list_tags(resource=made["function_arn"])["tags"] == {"a b/c": "é"}
    c.delete_function(function_name="f")
    with pytest.raises(c.errors.ResourceNotFoundException) as missing:
        c.get_function(function_name="f")
    assert missing.value.status == 404


def test_apigateway(service: Connect, agree: Agree) -> None:
    c = service("apigateway")
    api = c.create_rest_api(name="one", description="é")["id"]
    root = c.get_resources(rest_api_id=api)["items"][0]["id"]
    made = c.create_resource(rest_api_id=api, parent_id=root, path_part="things")
    assert made["path"] == "/things"
    assert len(agree(c, "get_resources", restApiId=api)["items"]) == 2
    change = [{"op": "replace", "path": "/name", "value": "two"}]
    assert c.update_rest_api(rest_api_id=api, patch_operations=change)["name"] == "two"
    c.delete_rest_api(rest_api_id=api)
    assert c.get_rest_apis()["items"] == []


def test_eks(service: Connect, role: str, agree: Agree) -> None:
    c = service("eks")
    c.create_cluster(name="k", role_arn=role, resources_vpc_config={"subnet_ids": ["subnet-1"]})
    cluster = agree(c, "describe_cluster", name="k")["cluster"]
    assert cluster["name"] == "k" and isinstance(cluster["createdAt"], datetime)
    assert agree(c, "list_clusters")["clusters"] == ["k"]
    c.delete_cluster(name="k")
    with pytest.raises(boto.NotFound):
        c.describe_cluster(name="k")


def test_efs(service: Connect, agree: Agree) -> None:
    c = service("efs")
    made = c.create_file_system(creation_token="a b", encrypted=True, tags=[{"key": "Name", "value": "x"}])
    assert made["size_in_bytes"]["value"] == 0
    found = agree(c, "describe_file_systems", apart=("Timestamp",), FileSystemId=made["file_system_id"])
    assert found["FileSystems"][0]["Name"] == "x"
    c.delete_file_system(file_system_id=made["file_system_id"])
    assert c.describe_file_systems()["file_systems"] == []


def test_iot(service: Connect, agree: Agree) -> None:
    c = service("iot")
    c.create_thing(thing_name="t", attribute_payload={"attributes": {"someKey": "v"}})
    assert agree(c, "describe_thing", thingName="t")["attributes"] == {"someKey": "v"}
    assert [one["thing_name"] for one in c.list_things()["things"]] == ["t"]
    data = service("iot-data")
    shadow = {"state": {"desired": {"led": "on"}}}
    data.update_thing_shadow(thing_name="t", payload=json.dumps(shadow))
    c.delete_thing(thing_name="t")
