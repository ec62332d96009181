"""Parameters: every problem in one error, each with its path; both spellings, at every depth."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

import boto
from boto.models.description import Description, Operation
from boto.models.loader import load
from boto.models.validate import validate

if TYPE_CHECKING:
    from collections.abc import Mapping

DATA = "boto/services/aws/data"


class OneOperation:
    """A source with one operation whose input is the first of the rows."""

    header: dict[str, Any] = {"id": "test"}
    names: Mapping[str, str] = {"do_it": "DoIt"}

    def __init__(self, *rows: list[Any]) -> None:
        self.rows = list(rows)

    def record(self, name: str) -> dict[str, Any]:
        return {"n": name, "i": 0, "s": self.rows}

    def errors(self) -> dict[str, Any]:
        return {}

    def waiters(self) -> dict[str, Any]:
        return {}


def operation(*rows: list[Any]) -> Operation:
    found = Description(OneOperation(*rows)).find("do_it")
    assert found is not None
    return found


def problems(checked: Operation, params: Any) -> list[tuple[str, str]]:
    with pytest.raises(boto.ParameterError) as caught:
        validate(checked, params)
    assert isinstance(caught.value, ValueError)
    for path, what in caught.value.problems:
        assert path in str(caught.value) and what in str(caught.value)
    found: list[tuple[str, str]] = caught.value.problems
    return found


def described(service: str, name: str) -> Operation:
    found = load(f"{DATA}/{service}.lines").find(name)
    assert found is not None
    return found


def test_both_spellings_at_every_depth() -> None:
    run = described("ec2", "run_instances")
    snake = {
        "min_count": 1, "max_count": 2,
        "network_interfaces": [{"device_index": 0, "private_ip_addresses": [{"private_ip_address": "10.0.0.1"}]}],
        "tag_specifications": [{"resource_type": "instance", "tags": [{"key": "a", "value": "b"}]}],
    }  # fmt: skip
    source = {
        "MinCount": 1, "MaxCount": 2,
        "NetworkInterfaces": [{"DeviceIndex": 0, "PrivateIpAddresses": [{"PrivateIpAddress": "10.0.0.1"}]}],
        "TagSpecifications": [{"ResourceType": "instance", "Tags": [{"Key": "a", "Value": "b"}]}],
    }  # fmt: skip
    assert validate(run, snake) == validate(run, source) == source


def test_every_problem_at_once_each_with_its_path() -> None:
    run = described("ec2", "run_instances")
    found = dict(
        problems(
            run,
            {
                "min_count": "1",
                "image_ids": "ami-1",
                "security_group_ids": "sg-1",
                "placement": {"tenancy": 5},
                "tag_specifications": [{"tags": [{"kee": "a"}, "b"]}],
                "ebs_optimized": 1,
            },
        )
    )
    assert found == {
        "min_count": "must be an integer, not str",
        "image_ids": "not a member of RunInstancesRequest; did you mean 'image_id'?",
        "security_group_ids": "must be a list, not str",
        "placement.tenancy": "must be a string, not int",
        "tag_specifications[0].tags[0].kee": "not a member of Tag; did you mean 'key'?",
        "tag_specifications[0].tags[1]": "must be a dict, not str",
        "ebs_optimized": "must be True or False, not int",
        "max_count": "required, and not given",
    }


def test_values_are_never_repeated_in_an_error() -> None:
    found = described("iam", "create_login_profile")
    with pytest.raises(boto.ParameterError) as caught:
        validate(found, {"user_name": ["hunter2"], "password": [b"hunter2"]})
    assert "hunter2" not in str(caught.value)


def test_none_means_not_given() -> None:
    keys = described("ec2", "describe_key_pairs")
    assert validate(keys, {"key_names": None, "filters": [{"name": "x", "values": None}]}) == {
        "Filters": [{"Name": "x"}]
    }
    assert problems(described("iam", "create_group"), {"group_name": None}) == [
        ("group_name", "required, and not given")
    ]


def test_both_spellings_of_one_member_is_a_problem() -> None:
    keys = described("ec2", "describe_key_pairs")
    found = problems(keys, {"key_names": ["a"], "KeyNames": ["b"]})
    assert found == [("KeyNames", "given twice, for KeyNames is the same member")]


def test_an_operation_without_input_takes_nothing() -> None:
    found = described("sts", "get_caller_identity")
    assert validate(found, {}) == {}
    assert [path for path, _ in problems(found, {"user": "x"})] == ["user"]


@pytest.mark.parametrize(
    ("code", "good", "bad"),
    [
        ("s", ["", "a"], [b"a", 1, ["a"]]),
        ("b", [True, False], [0, 1, "true"]),
        ("i", [0, -5], [True, 1.0, "1"]),
        ("l", [2**60], [False, "x"]),
        ("d", [1, 1.5, Decimal("0.1"), float("nan")], ["1.5", True, [1.0]]),
        ("n", [Decimal("1.10"), 3], ["1"]),
        ("t", [datetime(2026, 1, 2, tzinfo=UTC), 0, 1.5, "2026-01-02T03:04:05Z"], ["yesterday", [], {}]),
        ("D", [None, {"a": [1, {"b": None}]}, "x", 1.5], [{1: 2}, object(), {"a": {1}}]),
    ],
)
def test_kinds_of_values(code: str, good: list[Any], bad: list[Any]) -> None:
    checked = operation(["S", "In", {"Value": [code, 4096]}])
    for value in good:
        assert "Value" in validate(checked, {"value": value})
    for value in bad:
        assert problems(checked, {"value": value})


def test_bytes_are_made_of_what_is_like_bytes() -> None:
    checked = operation(["S", "In", {"Value": "B"}])
    for value in (b"ab", bytearray(b"ab"), memoryview(b"ab"), "ab"):
        assert validate(checked, {"value": value}) == {"Value": b"ab"}
    assert problems(checked, {"value": 5})


def test_least_lengths_and_values() -> None:
    rows = (
        ["S", "In", {"Name": 1, "Count": 2, "Items": 3}],
        ["V", "Name", "s", {"min": 2}],
        ["V", "Count", "i", {"min": 5}],
        ["L", "Items", "s", {"min": 1}],
    )
    checked = operation(*rows)
    assert problems(checked, {"name": "a", "count": 4, "items": []}) == [
        ("name", "must have a length of at least 2"),
        ("count", "must be at least 5"),
        ("items", "must have a length of at least 1"),
    ]
    assert validate(checked, {"name": "ab", "count": 5, "items": ["x"]})


def test_a_union_has_exactly_one_member() -> None:
    checked = operation(["S", "In", {"Choice": 1}], ["U", "Choice", {"Left": "s", "Right": "i"}])
    assert validate(checked, {"choice": {"left": "x"}}) == {"Choice": {"Left": "x"}}
    for given in ({}, {"left": "x", "right": 1}):
        assert problems(checked, {"choice": given})[0][1].startswith("must have exactly one of left, right")


def test_maps_keep_their_keys() -> None:
    checked = operation(["S", "In", {"Tags": 1}], ["M", "Tags", "s", 2], ["S", "Tag", {"SomeName": "s"}])
    assert validate(checked, {"tags": {"someName": {"some_name": "x"}}}) == {
        "Tags": {"someName": {"SomeName": "x"}}
    }
    assert problems(checked, {"tags": {1: {}}}) == [("tags (key)", "must be a string, not int")]


def test_recursive_shapes_and_values_that_contain_themselves() -> None:
    checked = operation(
        ["S", "In", {"Node": 1}], ["S", "Node", {"Name": "s", "Children": 2}], ["L", "Nodes", 1]
    )
    tree = {"node": {"name": "a", "children": [{"name": "b", "children": []}]}}
    assert validate(checked, tree)["Node"]["Children"][0] == {"Name": "b", "Children": []}
    loop: dict[str, Any] = {"name": "a"}
    loop["children"] = [loop]
    assert problems(checked, {"node": loop}) == [
        ("(parameters)", "nested too deeply, or containing themselves")
    ]


def test_what_only_the_service_sets_may_be_sent_back_and_need_not() -> None:
    checked = operation(["S", "In", {"Id": ["s", 2048 | 1], "Name": "s"}])
    assert validate(checked, {"name": "x"}) == {"Name": "x"}
    assert validate(checked, {"id": "1", "name": "x"}) == {"Id": "1", "Name": "x"}
