"""The names of boto 1.x and 2.x on EC2: all of them, with their old parameters, in their old order."""

from __future__ import annotations

import inspect
from typing import Any

import pytest

import boto
from boto.core.url import decode_query
from boto.services.aws.classic import Classic
from boto.services.aws.ec2 import EC2

# Signatures of the read-only `get_all_*` methods of boto 2.49.0's EC2Connection.
OLD = {
    "get_all_addresses": "addresses filters allocation_ids dry_run",
    "get_all_bundle_tasks": "bundle_ids filters dry_run",
    "get_all_classic_link_instances": "instance_ids filters dry_run max_results next_token",
    "get_all_images": "image_ids owners executable_by filters dry_run",
    "get_all_instance_status": "instance_ids max_results next_token filters dry_run include_all_instances",
    "get_all_instance_types": "",
    "get_all_instances": "instance_ids filters dry_run max_results",
    "get_all_kernels": "kernel_ids owners dry_run",
    "get_all_key_pairs": "keynames filters dry_run",
    "get_all_network_interfaces": "network_interface_ids filters dry_run",
    "get_all_placement_groups": "groupnames filters dry_run",
    "get_all_ramdisks": "ramdisk_ids owners dry_run",
    "get_all_regions": "region_names filters dry_run",
    "get_all_reservations": "instance_ids filters dry_run max_results next_token",
    "get_all_reserved_instances": "reserved_instances_id filters dry_run",
    "get_all_reserved_instances_offerings": (
        "reserved_instances_offering_ids instance_type availability_zone product_description filters "
        "instance_tenancy offering_type include_marketplace min_duration max_duration max_instance_count "
        "next_token max_results dry_run"
    ),
    "get_all_security_groups": "groupnames group_ids filters dry_run",
    "get_all_snapshots": "snapshot_ids owner restorable_by filters dry_run",
    "get_all_spot_instance_requests": "request_ids filters dry_run",
    "get_all_tags": "filters dry_run max_results",
    "get_all_volume_status": "volume_ids max_results next_token filters dry_run",
    "get_all_volumes": "volume_ids filters dry_run",
    "get_all_zones": "zones filters dry_run",
}


class Sent(Exception):
    """Stops a call where it would be sent, and has what would be."""


class Catcher:
    """A transport that sends nothing."""

    def send(self, request: Any, *_: Any) -> Any:
        raise Sent(dict(decode_query(request.body.decode())))

    def close(self) -> None: ...


@pytest.fixture
def c(keys: None) -> Any:
    return boto.connect_ec2(transport=Catcher(), retries=0)


def sent(method: Any, *args: Any, **kwargs: Any) -> dict[str, str]:
    with pytest.raises(Sent) as caught:
        method(*args, **kwargs)
    fields: dict[str, str] = caught.value.args[0]
    del fields["Version"]
    return fields


def test_all_23_are_there() -> None:
    written = {name for name, value in vars(EC2).items() if isinstance(value, Classic)}
    assert written == set(OLD) and len(OLD) == 23


@pytest.mark.parametrize("name", OLD)
def test_every_old_parameter_is_sent_as_todays_member(c: Any, name: str) -> None:
    method = getattr(c, name)
    assert list(inspect.signature(method).parameters) == OLD[name].split()
    operation = c.operation(vars(EC2)[name].operation)
    members = vars(EC2)[name].rows()
    for parameter in OLD[name].split():
        if parameter == "filters":
            assert sent(method, filters={"a_b": ["x"]})["Filter.1.Name"] in ("a-b", "image-type")
            continue
        member = operation.input.members[members[parameter]]
        value: Any = {"list": ["v-1", "v-2"], "integer": 7, "long": 7, "boolean": True}.get(
            member.shape.kind, "v-1"
        )
        fields = sent(method, **{parameter: value})
        assert fields.pop("Action") == operation.name
        given = {key: one for key, one in fields.items() if not key.startswith("Filter.")}
        key = member.extras.get("q") or member.wire[0].upper() + member.wire[1:]
        if isinstance(value, list):
            assert given == {f"{key}.1": "v-1", f"{key}.2": "v-2"}
            assert sent(method, **{parameter: "v-1"})[f"{key}.1"] == "v-1"
        else:
            assert given == {key: {7: "7", True: "true"}.get(value, value)}
        assert sent(method, **{parameter: None}).keys() <= {"Action", "Filter.1.Name", "Filter.1.Value.1"}


def test_parameters_by_position(c: Any) -> None:
    assert sent(c.get_all_security_groups, ["g"], ["sg-1"], {"vpc-id": "vpc-1"}, True) == {
        "Action": "DescribeSecurityGroups", "GroupName.1": "g", "GroupId.1": "sg-1", "DryRun": "true",
        "Filter.1.Name": "vpc-id", "Filter.1.Value.1": "vpc-1",
    }  # fmt: skip
    with pytest.raises(TypeError, match="at most 3"):
        c.get_all_key_pairs(1, 2, 3, 4)
    with pytest.raises(TypeError, match="two values for 'keynames'"):
        c.get_all_key_pairs(["a"], keynames=["b"])


def test_kernels_and_ramdisks_are_images(c: Any) -> None:
    for method, kind in ((c.get_all_kernels, "kernel"), (c.get_all_ramdisks, "ramdisk")):
        assert sent(method) == {
            "Action": "DescribeImages", "Filter.1.Name": "image-type", "Filter.1.Value.1": kind,
        }  # fmt: skip


def test_false_is_sent_where_it_means_something(c: Any) -> None:
    assert "DryRun" not in sent(c.get_all_key_pairs, dry_run=False)
    assert (
        sent(c.get_all_reserved_instances_offerings, include_marketplace=False)["IncludeMarketplace"]
        == "false"
    )


def test_filters_of_all_kinds(c: Any) -> None:
    fields = sent(
        c.get_all_volumes, filters={"attachment.delete_on_termination": True, "size": 8, "status": ("a", "b")}
    )
    assert (
        fields["Filter.1.Name"] == "attachment.delete-on-termination" and fields["Filter.1.Value.1"] == "true"
    )
    assert fields["Filter.2.Value.1"] == "8"
    assert (fields["Filter.3.Value.1"], fields["Filter.3.Value.2"]) == ("a", "b")


@pytest.mark.parametrize("filters", ["key-name", [{"Name": "key-name", "Values": ["a"]}], ["ab"]])
def test_filters_that_are_none(c: Any, filters: Any) -> None:
    with pytest.raises(boto.ParameterError, match="filters: must be a dict such as"):
        c.get_all_key_pairs(filters=filters)


def test_it_tells_what_it_is(c: Any) -> None:
    assert (
        "DescribeKeyPairs" in c.get_all_key_pairs.__doc__
        and "keynames -> KeyNames" in c.get_all_key_pairs.__doc__
    )
    assert c.get_all_key_pairs.__name__ == "get_all_key_pairs"


def test_old_names_of_services(keys: None) -> None:
    for old, new in (("vpc", "ec2"), ("awslambda", "lambda"), ("beanstalk", "elasticbeanstalk"),
                     ("autoscale", "autoscaling"), ("configservice", "config"), ("ec2containerservice", "ecs"),
                     ("cloudsearch2", "cloudsearch"), ("rds2", "rds")):  # fmt: skip
        assert boto.connect(old).name == getattr(boto, f"connect_{old}")().name == new
