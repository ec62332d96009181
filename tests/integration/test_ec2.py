"""EC2 in the sandbox: real things made, listed, waited for and removed, on both drivers."""

from __future__ import annotations

import inspect
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

import boto

if TYPE_CHECKING:
    from collections.abc import Callable

    from boto.testing import Sandbox

# moto's data has no images but these; a filter keeps it from listing all of them.
IMAGES = {"name": "amzn2-ami-hvm-2.0.20230*"}

# Old names whose operation moto has not written: it answers 500 and a page of HTML.
NOT_IN_MOTO = {
    "get_all_bundle_tasks", "get_all_classic_link_instances", "get_all_placement_groups",
    "get_all_reserved_instances", "get_all_volume_status",
}  # fmt: skip
# A megabyte that takes moto seconds; the shape of the answer is tested on recorded bytes elsewhere.
SLOW_IN_MOTO = {"get_all_instance_types"}


@pytest.fixture
def c(connect: Any, box: Sandbox) -> Any:
    return connect("ec2", retries=0, **box.options)


@pytest.fixture
def image() -> str:
    return "ami-12c6146b"  # one that moto knows


def launch(c: Any, image: str, count: int = 1) -> list[str]:
    """So many reservations of one instance each; their instances."""
    made = [c.run_instances(image_id=image, min_count=1, max_count=1) for _ in range(count)]
    return [one["instances"][0]["instance_id"] for one in made]


def test_key_pairs_in_both_forms(c: Any) -> None:
    created = {name: c.create_key_pair(key_name=name) for name in ("key1", "key2")}
    assert created["key1"]["key_material"].startswith("-----BEGIN")
    prints = {name: one["key_fingerprint"] for name, one in created.items()}

    wire = c.get_all_key_pairs()
    assert set(wire) == {"describe_key_pairs_response"}
    answer = wire["describe_key_pairs_response"]
    assert set(answer) == {"key_set", "request_id"}
    assert {one["key_name"]: one["key_fingerprint"] for one in answer["key_set"]} == prints
    assert wire.metadata.request_id == answer["request_id"]

    model = c.describe_key_pairs()
    assert set(model) == {"key_pairs"}
    assert {one["key_name"]: one["key_fingerprint"] for one in model["key_pairs"]} == prints
    assert datetime.now(UTC) - model["key_pairs"][0]["create_time"] < timedelta(minutes=5)

    one = c.get_all_key_pairs(keynames=["key2"])["describe_key_pairs_response"]["key_set"]
    assert [pair["key_name"] for pair in one] == ["key2"]
    filtered = c.get_all_key_pairs(filters={"key-name": "key1"})["describe_key_pairs_response"]["key_set"]
    assert [pair["key_name"] for pair in filtered] == ["key1"]

    c.delete_key_pair(key_name="key1")
    assert [pair["key_name"] for pair in c.describe_key_pairs()["key_pairs"]] == ["key2"]
    c.delete_key_pair(key_name="key2")
    assert c.get_all_key_pairs()["describe_key_pairs_response"]["key_set"] == []


def test_errors_of_the_service(c: Any) -> None:
    c.create_key_pair(key_name="key1")
    with pytest.raises(boto.Conflict) as taken:
        c.create_key_pair(key_name="key1")
    assert taken.value.code == "InvalidKeyPair.Duplicate" and taken.value.status == 400
    assert taken.value.operation == "ec2.create_key_pair" and taken.value.request_id
    assert taken.value.metadata.attempts == 1
    with pytest.raises(boto.NotFound) as missing:
        c.get_all_key_pairs(["nothing"])
    assert missing.value.code == "InvalidKeyPair.NotFound" and "nothing" in missing.value.message
    with pytest.raises(boto.NotFound, match="i-0123456789abcdef0"):
        c.describe_instances(instance_ids=["i-0123456789abcdef0"])


def test_an_instance_from_launch_to_termination(c: Any, image: str) -> None:
    (instance,) = launch(c, image)
    running = c.waiter("instance_running", timeout=10).wait(instance_ids=[instance])
    found = running["reservations"][0]["instances"][0]
    assert found["instance_id"] == instance and found["image_id"] == image
    assert found["state"] == {"code": 16, "name": "running"}
    assert found["launch_time"].tzinfo is not None
    assert found["monitoring"]["state"] == "disabled" and found["ebs_optimized"] is False

    stopped = c.stop_instances(instance_ids=[instance])["stopping_instances"][0]
    assert (stopped["instance_id"], stopped["previous_state"]["name"]) == (instance, "running")
    c.waiter("InstanceStopped", delay=0.1).wait(InstanceIds=[instance])

    with pytest.raises(boto.WaiterError) as failed:
        c.terminate_instances(instance_ids=[instance])
        c.waiter("instance_running", delay=0.1).wait(instance_ids=[instance])
    assert failed.value.history == [["terminated"]]
    assert failed.value.last["reservations"][0]["instances"][0]["instance_id"] == instance
    gone = c.waiter("instance_terminated", delay=0.1).wait(instance_ids=[instance])
    assert gone["reservations"][0]["instances"][0]["state"]["name"] == "terminated"


def test_until_a_path_has_a_value(c: Any, image: str) -> None:
    (instance,) = launch(c, image)
    path = "reservations[0].instances[0].state.name"
    answer = c.until(
        "describe_instances", {"instance_ids": [instance]}, path=path, value="running", every=0.1
    )
    assert answer["reservations"][0]["instances"][0]["instance_id"] == instance
    with pytest.raises(boto.WaiterError, match="'running'"):
        c.until(
            "describe_instances",
            {"instance_ids": [instance]},
            path="Reservations[0].Instances[0].State.Name",
            value="stopped",
            timeout=0.3,
            every=0.1,
        )


def test_pages_of_reservations(c: Any, connect: Any, image: str) -> None:
    launched = set(launch(c, image, 7))
    pages = c.pages("describe_instances", max_results=5)
    assert [len(page["reservations"]) for page in connect.list(pages)] == [5, 2]
    assert pages.token is None
    items = connect.list(c.pages("describe_instances", max_results=5).items())
    assert {item["instances"][0]["instance_id"] for item in items} == launched
    found = connect.list(
        c.pages("describe_instances", max_results=5).search("reservations[].instances[].instance_id")
    )
    assert len(found) == 7 and set(found) == launched


def test_items_go_on_from_a_token(c: Any, connect: Any, image: str) -> None:
    launch(c, image, 7)
    every = connect.list(c.pages("describe_instances", max_results=5).items())
    for taken in (1, 4, 5, 6):
        pages = c.pages("describe_instances", max_results=5)
        assert connect.list(pages.items(limit=taken)) == every[:taken]
        rest = c.pages("describe_instances", max_results=5)
        assert connect.list(rest.items(start=pages.token)) == every[taken:]
        assert rest.token is None
    pages = c.pages("describe_instances", max_results=5)
    assert connect.list(pages.items(limit=7)) == every and pages.token is None
    with pytest.raises(boto.BotoError, match="resume token"):
        connect.list(pages.items(start="not one"))


def test_pages_by_hand(c: Any, image: str) -> None:
    launch(c, image, 7)
    response = c.send(c.request("describe_instances", max_results=5))
    assert len(response.parse()["describe_instances_response"]["reservation_set"]) == 5
    request = response.next_request()
    assert request.params["max_results"] == 5 and request.params["next_token"]
    response = c.send(request)
    assert len(response.parse("model")["reservations"]) == 2
    assert response.next_request() is None


def test_security_groups(c: Any) -> None:
    vpc = c.create_vpc(cidr_block="10.1.0.0/16")["vpc"]["vpc_id"]
    group = c.create_security_group(group_name="web", description="the web", vpc_id=vpc)["group_id"]
    allowed = c.authorize_security_group_ingress(
        group_id=group,
        ip_permissions=[
            {
                "ip_protocol": "tcp",
                "from_port": 443,
                "to_port": 443,
                "ip_ranges": [
                    {"cidr_ip": "0.0.0.0/0", "description": "every one & <all>"},
                    {"cidr_ip": "10.0.0.0/8"},
                ],
            },
            {"IpProtocol": "udp", "FromPort": 53, "ToPort": 53, "IpRanges": [{"CidrIp": "10.0.0.0/8"}]},
        ],
    )
    assert allowed["return"] is True
    found = c.describe_security_groups(group_ids=[group])["security_groups"][0]
    assert (found["group_name"], found["description"], found["vpc_id"]) == ("web", "the web", vpc)
    rules = {rule["from_port"]: rule for rule in found["ip_permissions"]}
    assert set(rules) == {443, 53}
    assert rules[443]["ip_ranges"][0]["description"] == "every one & <all>"
    assert [one["cidr_ip"] for one in rules[443]["ip_ranges"]] == ["0.0.0.0/0", "10.0.0.0/8"]
    wire = c.get_all_security_groups(group_ids=[group], filters={"vpc_id": vpc})
    (info,) = wire["describe_security_groups_response"]["security_group_info"]
    assert info["group_name"] == "web" and info["ip_permissions"][0]["groups"] == []
    c.delete_security_group(group_id=group)
    with pytest.raises(boto.NotFound):
        c.describe_security_groups(group_ids=[group])


def test_a_network_with_tags(c: Any) -> None:
    vpc = c.create_vpc(cidr_block="10.2.0.0/16")["vpc"]["vpc_id"]
    subnet = c.create_subnet(
        vpc_id=vpc,
        cidr_block="10.2.1.0/24",
        tag_specifications=[{"resource_type": "subnet", "tags": [{"key": "tier", "value": "a b+c/d=é"}]}],
    )["subnet"]
    assert subnet["available_ip_address_count"] == 251
    c.create_tags(resources=[vpc, subnet["subnet_id"]], tags=[{"key": "Name", "value": "net"}])
    tags = c.get_all_tags(filters={"resource-id": [vpc, subnet["subnet_id"]]})["describe_tags_response"][
        "tag_set"
    ]
    assert sorted((one["resource_type"], one["key"], one["value"]) for one in tags) == [
        ("subnet", "Name", "net"), ("subnet", "tier", "a b+c/d=é"), ("vpc", "Name", "net"),
    ]  # fmt: skip
    found = c.describe_vpcs(filters=[{"name": "tag:Name", "values": ["net"]}])["vpcs"]
    assert [one["vpc_id"] for one in found] == [vpc]
    c.modify_vpc_attribute(vpc_id=vpc, enable_dns_hostnames={"value": True})
    attribute = c.describe_vpc_attribute(vpc_id=vpc, attribute="enableDnsHostnames")
    assert attribute["enable_dns_hostnames"] == {"value": True}
    c.delete_tags(resources=[vpc], tags=[{"key": "Name"}])
    c.delete_subnet(subnet_id=subnet["subnet_id"])
    c.delete_vpc(vpc_id=vpc)
    with pytest.raises(boto.NotFound):
        c.describe_vpcs(vpc_ids=[vpc])


def test_volumes_and_snapshots(c: Any) -> None:
    volume = c.create_volume(availability_zone="us-east-1a", size=3, volume_type="gp3", encrypted=False)
    assert (volume["size"], volume["volume_type"], volume["encrypted"]) == (3, "gp3", False)
    c.waiter("volume_available", delay=0.1).wait(volume_ids=[volume["volume_id"]])
    snapshot = c.create_snapshot(volume_id=volume["volume_id"], description="before")
    done = c.waiter("snapshot_completed", delay=0.1).wait(snapshot_ids=[snapshot["snapshot_id"]])
    assert done["snapshots"][0]["volume_id"] == volume["volume_id"]
    wire = c.get_all_volumes(volume["volume_id"])["describe_volumes_response"]["volume_set"]
    assert [one["volume_id"] for one in wire] == [volume["volume_id"]]
    wire = c.get_all_snapshots(owner="self", filters={"volume_id": volume["volume_id"]})
    (found,) = wire["describe_snapshots_response"]["snapshot_set"]
    assert found["description"] == "before" and found["volume_size"] == 3
    c.delete_snapshot(snapshot_id=snapshot["snapshot_id"])
    c.delete_volume(volume_id=volume["volume_id"])
    c.waiter("volume_deleted", delay=0.1).wait(volume_ids=[volume["volume_id"]])


def old_names() -> list[str]:
    return sorted(name for name in dir(boto.connect_ec2()) if name.startswith("get_all_"))


def test_each_old_name_gives_the_wire_form(c: Any) -> None:
    for name in sorted(set(old_names()) - NOT_IN_MOTO - SLOW_IN_MOTO):
        few = {"filters": IMAGES} if name == "get_all_images" else {}
        result = getattr(c, name)(**few)
        operation = getattr(type(boto.connect_ec2()), name).operation
        (envelope,) = result
        assert envelope == f"{c.operation(operation).snake}_response"
        assert {type(value) for key, value in result[envelope].items() if key != "request_id"} == {list}
        assert result.metadata.request_id == result[envelope]["request_id"]


def test_what_the_sandbox_has_not_written_is_one_clear_error(c: Any) -> None:
    for name in sorted(NOT_IN_MOTO):
        with pytest.raises(boto.Unavailable) as caught:
            getattr(c, name)()
        operation = c.operation(getattr(type(boto.connect_ec2()), name).operation).snake
        assert caught.value.status == 500 and str(caught.value).startswith(f"ec2.{operation}: ")


def test_all_23_old_names_are_looked_at() -> None:
    assert len(old_names()) == 23 and set(old_names()) > NOT_IN_MOTO | SLOW_IN_MOTO


def test_boto3_sees_the_same(
    c: Any, connect: Any, agree: Callable[..., Any], image: str, box: Sandbox
) -> None:
    launch(c, image, 2)
    c.create_key_pair(key_name="key1")
    volume = c.create_volume(availability_zone="us-east-1b", size=1)["volume_id"]
    c.create_tags(resources=[volume], tags=[{"key": "a", "value": ""}])
    for operation, params in (
        ("describe_instances", {}),
        ("describe_instances", {"Filters": [{"Name": "instance-state-name", "Values": ["running"]}]}),
        ("describe_key_pairs", {"KeyNames": ["key1"]}),
        ("describe_volumes", {"VolumeIds": [volume]}),
        ("describe_tags", {}),
        ("describe_vpcs", {}),
        ("describe_subnets", {}),
        ("describe_route_tables", {}),
        ("describe_security_groups", {}),
        ("describe_network_interfaces", {}),
        ("describe_addresses", {}),
        ("describe_network_acls", {}),
        ("describe_internet_gateways", {}),
        ("describe_availability_zones", {}),
        ("describe_regions", {}),
        ("describe_reserved_instances_offerings", {"MaxResults": 5}),
    ):
        assert agree(c, operation, **params), operation


def test_methods_are_methods(c: Any) -> None:
    c.create_key_pair(key_name="key1")
    thing = getattr(c, "_thing", c)
    assert "describe_key_pairs" in dir(thing) and "get_all_key_pairs" in dir(thing)
    assert inspect.ismethod(thing.describe_key_pairs)
    assert "key_names" in inspect.signature(thing.describe_key_pairs).parameters
