"""Services of the `query` protocol in the sandbox: a real thing made, listed, changed and removed in each.

Each story runs on both drivers, and boto3 is asked about the same things in between: what it returns and our
SOURCE form must be equal.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pytest

import boto

if TYPE_CHECKING:
    from collections.abc import Callable

    from boto.testing import Sandbox

    Agree = Callable[..., Any]

POLICY = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Action": "s3:Get*", "Resource": "arn:aws:s3:::a b+c/é&<x>/*"}],
    }
)
TEMPLATE = json.dumps(
    {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Description": "one topic",
        "Parameters": {"Name": {"Type": "String", "Default": "news"}},
        "Resources": {"Topic": {"Type": "AWS::SNS::Topic", "Properties": {"TopicName": {"Ref": "Name"}}}},
        "Outputs": {"Arn": {"Value": {"Ref": "Topic"}, "Description": "its name"}},
    }
)


@pytest.fixture
def service(connect: Any, box: Sandbox) -> Callable[[str], Any]:
    return lambda name: connect(name, retries=0, **box.options)


def test_iam(service: Callable[[str], Any], connect: Any, agree: Agree) -> None:
    c = service("iam")
    for name in ("ann", "bob", "eve"):
        user = c.create_user(user_name=name, path="/staff/", tags=[{"key": "team", "value": "a+b c"}])["user"]
        assert user["arn"] == f"arn:aws:iam::123456789012:user/staff/{name}"
    with pytest.raises(c.errors.EntityAlreadyExistsException) as taken:
        c.create_user(user_name="bob")
    assert isinstance(taken.value, boto.Conflict) and taken.value.code == "EntityAlreadyExists"
    c.put_user_policy(user_name="ann", policy_name="read", policy_document=POLICY)
    found = agree(c, "get_user_policy", UserName="ann", PolicyName="read")
    assert found["PolicyDocument"] == json.loads(POLICY)
    wire = c.send(c.request("get_user_policy", user_name="ann", policy_name="read")).parse("wire")
    quoted = wire["get_user_policy_response"]["get_user_policy_result"]["policy_document"]
    assert json.loads(unquote(quoted)) == json.loads(POLICY)
    key = c.create_access_key(user_name="ann")["access_key"]
    assert key["status"] == "Active" and key["secret_access_key"]
    pages = c.pages("list_users", path_prefix="/staff/", max_items=2)
    assert [one["user_name"] for one in connect.list(pages.items())] == ["ann", "bob", "eve"]
    for operation, params in (
        ("list_users", {"PathPrefix": "/staff/"}),
        ("list_users", {"MaxItems": 1}),
        ("get_user", {"UserName": "bob"}),
        ("list_access_keys", {"UserName": "ann"}),
        ("list_user_tags", {"UserName": "eve"}),
        ("list_user_policies", {"UserName": "ann"}),
        ("list_groups", {}),
        ("get_account_summary", {}),
    ):
        assert agree(c, operation, **params)
    c.delete_user(user_name="bob")
    with pytest.raises(c.errors.NoSuchEntityException):
        c.get_user(user_name="bob")
    assert connect.list(c.pages("list_users").search("users[].user_name")) == ["ann", "eve"]


def test_iam_roles_and_policies(service: Callable[[str], Any], agree: Agree) -> None:
    c = service("iam")
    role = c.create_role(role_name="r1", assume_role_policy_document=POLICY, max_session_duration=7200)[
        "role"
    ]
    assert role["max_session_duration"] == 7200
    policy = c.create_policy(policy_name="p1", policy_document=POLICY, description="")["policy"]["arn"]
    c.attach_role_policy(role_name="r1", policy_arn=policy)
    assert c.list_attached_role_policies(role_name="r1")["attached_policies"] == [
        {"policy_name": "p1", "policy_arn": policy}
    ]
    for operation, params in (
        ("get_role", {"RoleName": "r1"}),
        ("list_roles", {}),
        ("list_attached_role_policies", {"RoleName": "r1"}),
        ("get_policy", {"PolicyArn": policy}),
        ("get_policy_version", {"PolicyArn": policy, "VersionId": "v1"}),
        ("list_policies", {"Scope": "Local"}),
    ):
        assert agree(c, operation, **params)
    c.detach_role_policy(role_name="r1", policy_arn=policy)
    c.delete_role(role_name="r1")
    with pytest.raises(boto.NotFound):
        c.get_role(role_name="r1")


def test_sts(service: Callable[[str], Any], agree: Agree) -> None:
    c = service("sts")
    identity = c.get_caller_identity()
    assert identity["account"] == "123456789012" and identity["arn"].startswith("arn:aws:")
    agree(c, "get_caller_identity")
    given = c.assume_role(
        role_arn="arn:aws:iam::123456789012:role/r1", role_session_name="me", duration_seconds=900
    )
    left = given["credentials"]["expiration"] - datetime.now(UTC)
    assert timedelta(minutes=13) < left < timedelta(minutes=16)
    assert given["assumed_role_user"]["arn"].endswith("assumed-role/r1/me")
    token = c.get_session_token()["credentials"]
    assert token["session_token"] and token["access_key_id"]


def test_sns(service: Callable[[str], Any], connect: Any, agree: Agree) -> None:
    c = service("sns")
    arn = c.create_topic(name="news", attributes={"DisplayName": "Näws & more"})["topic_arn"]
    for number in range(3):
        c.create_topic(name=f"other{number}")
    assert c.get_topic_attributes(topic_arn=arn)["attributes"]["DisplayName"] == "Näws & more"
    subscription = c.subscribe(
        topic_arn=arn, protocol="email", endpoint="a+b&c@example.com", return_subscription_arn=True
    )["subscription_arn"]
    message = c.publish(
        topic_arn=arn,
        message="hello\n\tworld + ünïcode",
        message_attributes={"kind": {"data_type": "String", "string_value": "x"},
                            "raw": {"data_type": "Binary", "binary_value": b"\x00\xff"}},
    )  # fmt: skip
    assert message["message_id"]
    batch = c.publish_batch(
        topic_arn=arn,
        publish_batch_request_entries=[{"id": str(one), "message": f"m{one}"} for one in range(3)],
    )
    assert [one["id"] for one in batch["successful"]] == ["0", "1", "2"] and batch["failed"] == []
    assert len(connect.list(c.pages("list_topics").items())) == 4
    for operation, params in (
        ("list_topics", {}),
        ("get_topic_attributes", {"TopicArn": arn}),
        ("list_subscriptions_by_topic", {"TopicArn": arn}),
        ("get_subscription_attributes", {"SubscriptionArn": subscription}),
        ("list_tags_for_resource", {"ResourceArn": arn}),
    ):
        agree(c, operation, **params)
    c.unsubscribe(subscription_arn=subscription)
    assert c.list_subscriptions()["subscriptions"] == []
    c.delete_topic(topic_arn=arn)
    with pytest.raises(c.errors.NotFoundException) as gone:
        c.get_topic_attributes(topic_arn=arn)
    assert isinstance(gone.value, boto.NotFound) and gone.value.code == "NotFound"


def test_cloudformation(service: Callable[[str], Any], connect: Any, agree: Agree) -> None:
    c = service("cloudformation")
    stack = c.create_stack(
        stack_name="s1",
        template_body=TEMPLATE,
        parameters=[{"parameter_key": "Name", "parameter_value": "papers"}],
        tags=[{"key": "a", "value": "b"}],
    )["stack_id"]
    done = c.waiter("stack_create_complete", delay=0.1).wait(stack_name="s1")["stacks"][0]
    assert done["stack_id"] == stack and done["description"] == "one topic"
    assert done["outputs"][0]["output_value"].endswith(":papers")
    (topic,) = service("sns").list_topics()["topics"]
    assert topic["topic_arn"] == done["outputs"][0]["output_value"]
    for operation, params in (
        ("describe_stacks", {"StackName": "s1"}),
        ("list_stacks", {}),
        ("describe_stack_resources", {"StackName": "s1"}),
        ("list_stack_resources", {"StackName": "s1"}),
        ("describe_stack_events", {"StackName": "s1"}),
        ("validate_template", {"TemplateBody": TEMPLATE}),
        ("get_template_summary", {"TemplateBody": TEMPLATE}),
    ):
        assert agree(c, operation, **params)
    assert connect.list(c.pages("describe_stack_events", stack_name="s1").items())
    c.delete_stack(stack_name="s1")
    assert service("sns").list_topics()["topics"] == []
    with pytest.raises(boto.BotoError):
        c.describe_stacks(stack_name="s1")


def test_autoscaling(service: Callable[[str], Any], agree: Agree) -> None:
    c = service("autoscaling")
    c.create_launch_configuration(
        launch_configuration_name="lc", image_id="ami-12c6146b", instance_type="t2.micro"
    )
    c.create_auto_scaling_group(
        auto_scaling_group_name="g",
        launch_configuration_name="lc",
        min_size=0,
        max_size=2,
        desired_capacity=0,
        availability_zones=["us-east-1a"],
        tags=[{"key": "k", "value": "v", "propagate_at_launch": True}],
    )
    group = c.describe_auto_scaling_groups(auto_scaling_group_names=["g"])["auto_scaling_groups"][0]
    assert (group["min_size"], group["max_size"]) == (0, 2)
    assert group["tags"][0]["propagate_at_launch"] is True
    c.put_scaling_policy(
        auto_scaling_group_name="g",
        policy_name="up",
        adjustment_type="ChangeInCapacity",
        scaling_adjustment=1,
    )
    c.update_auto_scaling_group(auto_scaling_group_name="g", max_size=5)
    for operation in (
        "describe_auto_scaling_groups", "describe_launch_configurations", "describe_policies", "describe_tags",
    ):  # fmt: skip
        assert agree(c, operation)
    c.delete_auto_scaling_group(auto_scaling_group_name="g", force_delete=True)
    assert c.describe_auto_scaling_groups()["auto_scaling_groups"] == []


def test_elb(service: Callable[[str], Any], agree: Agree) -> None:
    c = service("elb")
    made = c.create_load_balancer(
        load_balancer_name="old",
        listeners=[{"protocol": "tcp", "load_balancer_port": 80, "instance_port": 8080}],
        availability_zones=["us-east-1a"],
    )
    assert made["dns_name"].startswith("old.")
    health = {
        "target": "HTTP:8080/",
        "interval": 5,
        "timeout": 3,
        "unhealthy_threshold": 2,
        "healthy_threshold": 2,
    }
    assert c.configure_health_check(load_balancer_name="old", health_check=health)["health_check"] == health
    for operation, params in (
        ("describe_load_balancers", {}),
        ("describe_load_balancer_attributes", {"LoadBalancerName": "old"}),
        ("describe_instance_health", {"LoadBalancerName": "old"}),
    ):
        assert agree(c, operation, **params)
    c.delete_load_balancer(load_balancer_name="old")
    with pytest.raises(boto.NotFound):
        c.describe_load_balancers(load_balancer_names=["old"])


def test_elbv2(service: Callable[[str], Any], connect: Any, agree: Agree) -> None:
    ec2 = service("ec2")
    subnets = [one["subnet_id"] for one in ec2.describe_subnets()["subnets"][:2]]
    vpc = ec2.describe_vpcs()["vpcs"][0]["vpc_id"]
    c = service("elbv2")
    balancer = c.create_load_balancer(name="new", subnets=subnets)["load_balancers"][0]["load_balancer_arn"]
    c.waiter("load_balancer_available", delay=0.1, max_attempts=3).wait(load_balancer_arns=[balancer])
    target = c.create_target_group(name="tg", protocol="HTTP", port=80, vpc_id=vpc)["target_groups"][0]
    assert target["port"] == 80
    listener = c.create_listener(
        load_balancer_arn=balancer,
        protocol="HTTP",
        port=80,
        default_actions=[{"type": "forward", "target_group_arn": target["target_group_arn"]}],
    )["listeners"][0]["listener_arn"]
    for operation, params in (
        ("describe_load_balancers", {}),
        ("describe_target_groups", {}),
        ("describe_listeners", {"LoadBalancerArn": balancer}),
        ("describe_rules", {"ListenerArn": listener}),
        ("describe_load_balancer_attributes", {"LoadBalancerArn": balancer}),
        ("describe_tags", {"ResourceArns": [balancer]}),
    ):
        assert agree(c, operation, **params)
    assert len(connect.list(c.pages("describe_load_balancers").items())) == 1
    c.delete_listener(listener_arn=listener)
    c.delete_load_balancer(load_balancer_arn=balancer)
    c.waiter("load_balancers_deleted", delay=0.1).wait(load_balancer_arns=[balancer])
    with pytest.raises(boto.NotFound):
        c.describe_load_balancers(load_balancer_arns=[balancer])


def test_rds(service: Callable[[str], Any], agree: Agree) -> None:
    c = service("rds")
    made = c.create_db_instance(
        db_instance_identifier="db1",
        db_instance_class="db.t3.micro",
        engine="postgres",
        allocated_storage=20,
        master_username="root",
        master_user_password="hunter22",
        tags=[{"key": "a", "value": "b"}],
    )["db_instance"]
    assert made["allocated_storage"] == 20 and made["multi_az"] is False
    up = c.waiter("db_instance_available", delay=0.1).wait(db_instance_identifier="db1")
    assert up["db_instances"][0]["db_instance_arn"].endswith(":db:db1")
    c.create_db_snapshot(db_snapshot_identifier="snap", db_instance_identifier="db1")
    for operation, params in (
        ("describe_db_instances", {}),
        ("describe_db_snapshots", {}),
        ("list_tags_for_resource", {"ResourceName": made["db_instance_arn"]}),
    ):
        assert agree(c, operation, apart=("LatestRestorableTime",), **params)
    c.delete_db_instance(db_instance_identifier="db1", skip_final_snapshot=True)
    with pytest.raises(c.errors.DBInstanceNotFoundFault) as gone:
        c.describe_db_instances(db_instance_identifier="db1")
    assert isinstance(gone.value, boto.NotFound)
    c.waiter("db_instance_deleted", delay=0.1).wait(db_instance_identifier="db1")


# moto knows no engine of DocumentDB's own; what is tested is how the API is spoken.
@pytest.mark.parametrize(("name", "engine"), [("neptune", "neptune"), ("docdb", "aurora-postgresql")])
def test_clusters_in_the_manner_of_rds(
    service: Callable[[str], Any], agree: Agree, name: str, engine: str
) -> None:
    c = service(name)
    owner = {"master_username": "root", "master_user_password": "hunter22"} if name == "docdb" else {}
    c.create_db_cluster(db_cluster_identifier="c1", engine=engine, **owner)
    found = c.describe_db_clusters(db_cluster_identifier="c1")["db_clusters"]
    assert [(one["db_cluster_identifier"], one["engine"]) for one in found] == [("c1", engine)]
    assert agree(c, "describe_db_clusters", apart=("LatestRestorableTime",), DBClusterIdentifier="c1")
    c.delete_db_cluster(db_cluster_identifier="c1", skip_final_snapshot=True)
    with pytest.raises(boto.NotFound):
        c.describe_db_clusters(db_cluster_identifier="c1")


def test_redshift(service: Callable[[str], Any], agree: Agree) -> None:
    c = service("redshift")
    c.create_cluster(
        cluster_identifier="c1",
        node_type="ra3.large",
        master_username="root",
        master_user_password="Hunter22",
    )
    up = c.waiter("cluster_available", delay=0.1).wait(cluster_identifier="c1")
    assert up["clusters"][0]["cluster_create_time"].tzinfo is not None
    c.create_cluster_snapshot(snapshot_identifier="s1", cluster_identifier="c1")
    for operation in ("describe_clusters", "describe_cluster_snapshots", "describe_cluster_parameter_groups"):
        assert agree(c, operation)
    c.delete_cluster(cluster_identifier="c1", skip_final_cluster_snapshot=True)
    with pytest.raises(c.errors.ClusterNotFoundFault) as gone:
        c.describe_clusters(cluster_identifier="c1")
    assert gone.value.code == "ClusterNotFound" and isinstance(gone.value, boto.NotFound)


def test_elasticache(service: Callable[[str], Any], agree: Agree) -> None:
    c = service("elasticache")
    c.create_cache_cluster(
        cache_cluster_id="c1", cache_node_type="cache.t3.micro", engine="redis", num_cache_nodes=1
    )
    assert c.describe_cache_clusters()["cache_clusters"][0]["cache_cluster_id"] == "c1"
    c.create_user(
        user_id="u1", user_name="u1", engine="redis", access_string="on ~* +@all", passwords=["a" * 16]
    )
    for operation in ("describe_cache_clusters", "describe_users"):
        assert agree(c, operation)
    assert c.delete_cache_cluster(cache_cluster_id="c1")["cache_cluster"]["cache_cluster_id"] == "c1"
    with pytest.raises(c.errors.CacheClusterNotFoundFault) as missing:
        c.describe_cache_clusters(cache_cluster_id="c2")
    assert missing.value.code == "CacheClusterNotFound" and isinstance(missing.value, boto.NotFound)


def test_cloudwatch(connect: Any, box: Sandbox, agree: Agree) -> None:
    c = connect("cloudwatch", retries=0, **box.options)
    now = datetime.now(UTC).replace(microsecond=0)
    c.put_metric_data(
        namespace="mine",
        metric_data=[
            {"metric_name": "m", "value": value, "timestamp": now, "unit": "Count",
             "dimensions": [{"name": "host", "value": "a b"}]}
            for value in (1.5, 2.5)
        ],
    )  # fmt: skip
    found = c.get_metric_statistics(
        namespace="mine",
        metric_name="m",
        dimensions=[{"name": "host", "value": "a b"}],
        start_time=now - timedelta(minutes=5),
        end_time=now + timedelta(minutes=5),
        period=60,
        statistics=["Sum", "Maximum"],
    )
    assert [(one["sum"], one["maximum"]) for one in found["datapoints"]] == [(4.0, 2.5)]
    c.put_metric_alarm(
        alarm_name="high", metric_name="m", namespace="mine", statistic="Sum", period=60, threshold=0.5,
        comparison_operator="GreaterThanThreshold", evaluation_periods=1,
    )  # fmt: skip
    (alarm,) = c.describe_alarms(alarm_names=["high"])["metric_alarms"]
    assert alarm["threshold"] == 0.5 and alarm["actions_enabled"] is True
    # boto3 speaks CBOR to this service, in which moto cuts times off.
    times = ("AlarmConfigurationUpdatedTimestamp", "StateUpdatedTimestamp")
    for operation, params in (("describe_alarms", {}), ("list_metrics", {"Namespace": "mine"})):
        assert agree(c, operation, apart=times, **params)
    c.delete_alarms(alarm_names=["high"])
    assert c.describe_alarms()["metric_alarms"] == []


def test_ses(service: Callable[[str], Any], agree: Agree) -> None:
    c = service("ses")
    c.verify_email_identity(email_address="me@example.com")
    sent = c.send_email(
        source="me@example.com",
        destination={"to_addresses": ["you@example.com", "she@example.com"]},
        message={"subject": {"data": "Grüße"}, "body": {"text": {"data": "line 1\r\nline 2 & more"}}},
    )
    assert sent["message_id"]
    raw = c.send_raw_email(
        source="me@example.com",
        destinations=["you@example.com"],
        raw_message={"data": b"From: me@example.com\r\nTo: you@example.com\r\nSubject: hi\r\n\r\n\xc3\xa9"},
    )
    assert raw["message_id"]
    assert c.get_send_quota()["sent_last24_hours"] == 4.0  # by recipients
    for operation, params in (
        ("get_send_quota", {}),
        ("list_identities", {}),
        ("get_identity_verification_attributes", {"Identities": ["me@example.com"]}),
        ("get_send_statistics", {}),
    ):
        assert agree(c, operation, apart=("Timestamp",), **params)
    with pytest.raises(boto.ServiceError) as refused:
        c.send_email(
            source="nobody@example.com",
            destination={"to_addresses": ["you@example.com"]},
            message={"subject": {"data": "s"}, "body": {"text": {"data": "b"}}},
        )
    assert isinstance(refused.value, c.errors.MessageRejected)
    c.delete_identity(identity="me@example.com")
    assert c.list_identities()["identities"] == []


def test_sdb(service: Callable[[str], Any], agree: Agree) -> None:
    c = service("sdb")
    c.create_domain(domain_name="dom")
    c.put_attributes(
        domain_name="dom",
        item_name="i 1",
        attributes=[{"name": "a", "value": "x & <y>"}, {"name": "b", "value": ""}],
    )
    found = c.get_attributes(domain_name="dom", item_name="i 1")["attributes"]
    assert {one["name"]: one["value"] for one in found} == {"a": "x & <y>", "b": ""}
    agree(c, "get_attributes", DomainName="dom", ItemName="i 1")
    assert agree(c, "list_domains")["DomainNames"] == ["dom"]
    c.delete_domain(domain_name="dom")
    assert c.list_domains()["domain_names"] == []


def test_elasticbeanstalk(service: Callable[[str], Any], agree: Agree) -> None:
    c = service("elasticbeanstalk")
    c.create_application(application_name="app")
    made = c.create_environment(application_name="app", environment_name="env1")
    assert made["environment_name"] == "env1"
    c.update_tags_for_resource(
        resource_arn=made["environment_arn"], tags_to_add=[{"key": "k", "value": "v"}], tags_to_remove=[]
    )
    for operation, params in (
        ("describe_applications", {}),
        ("describe_environments", {}),
        ("list_tags_for_resource", {"ResourceArn": made["environment_arn"]}),
    ):
        assert agree(c, operation, **params)
    c.delete_application(application_name="app")
    assert c.describe_applications()["applications"] == []
