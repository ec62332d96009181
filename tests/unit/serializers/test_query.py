"""Requests of the query protocols, against the form that botocore sends for the same parameters.

For every operation of every service that speaks `ec2` or `query`, parameters are made from its shapes: only
what is required, everything there is, and everything with its lists and maps empty.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import botocore.loaders
import botocore.model
import botocore.serialize
import pytest

from boto.core.url import decode_query
from boto.models.loader import load
from boto.models.validate import validate
from boto.registry import registry
from boto.serializers.query import EC2Serializer, QuerySerializer
from tests.differential.values import KINDS, Values

DATA = "boto/services/aws/data"
PROTOCOLS = {"ec2": EC2Serializer(), "query": QuerySerializer()}
NAMES = [name for name in registry.services("aws") if load(f"{DATA}/{name}.lines").protocol in PROTOCOLS]


@cache
def source(name: str) -> botocore.model.ServiceModel:
    loader = botocore.loaders.Loader(include_default_search_paths=True)
    return botocore.model.ServiceModel(loader.load_service_model(name, "service-2"), name)


def made(service: str, operation: str, kind: str) -> Any:
    """Parameters of an operation."""
    shape = source(service).operation_model(operation).input_shape
    return Values(kind, service=service).of(shape) if shape is not None else {}


@pytest.mark.parametrize("name", NAMES)
def test_every_operation_is_sent_as_botocore_sends_it(name: str) -> None:
    description = load(f"{DATA}/{name}.lines")
    ours = PROTOCOLS[description.protocol]
    theirs = botocore.serialize.create_serializer(description.protocol, include_validation=False)
    compared = 0
    for operation in description:
        for kind in KINDS:
            params = made(name, operation.name, kind)
            expected = theirs.serialize_to_request(params, source(name).operation_model(operation.name))
            request = ours.serialize(operation, validate(operation, params), "https://example.com")
            assert (request.method, request.url) == (expected["method"], "https://example.com/")
            assert isinstance(request.body, bytes)
            sent = request.body.decode()
            names = item_names(source(name).operation_model(operation.name).input_shape)
            wanted = [
                (key if one != "" else named(key, names), text(one)) for key, one in expected["body"].items()
            ]
            assert decode_query(sent) == wanted, operation.name
            compared += 1
    assert compared == 3 * len(description.names)


def item_names(shape: Any, seen: tuple[str, ...] = ()) -> dict[str, str]:
    """Members that are flattened lists -> the name of their items.

    botocore names an empty one by the member (`Items=`), though it names its items by themselves (`Item.1=`).
    Smithy's form of these services has one name for both, the items': that is what is sent here.
    """
    found: dict[str, str] = {}
    if shape is None or shape.name in seen:
        return found
    if shape.type_name == "structure":
        for name, member in shape.members.items():
            if member.type_name == "list" and member.serialization.get("flattened"):
                item = member.member.serialization.get("name")
                if item:
                    found[member.serialization.get("name", name)] = item
            found |= item_names(member, (*seen, shape.name))
    elif shape.type_name == "list":
        found |= item_names(shape.member, (*seen, shape.name))
    return found


def named(key: str, names: dict[str, str]) -> str:
    head, dot, last = key.rpartition(".")
    return f"{head}{dot}{names.get(last, last)}"


def text(value: Any) -> str:
    return value if isinstance(value, str) else str(value)


def test_all_services_of_these_protocols_are_compared() -> None:
    assert len(NAMES) == 18
    assert sum(len(load(f"{DATA}/{name}.lines").names) for name in NAMES) > 1_500


def test_a_space_is_sent_as_percent_20() -> None:
    operation = load(f"{DATA}/iam.lines").find("create_user")
    assert operation is not None
    request = PROTOCOLS["query"].serialize(operation, {"UserName": "a b+c"}, "https://iam.amazonaws.com/")
    assert request.body == b"Action=CreateUser&Version=2010-05-08&UserName=a%20b%2Bc"
    assert request.url == "https://iam.amazonaws.com/"


@pytest.mark.parametrize(
    ("number", "sent"),
    [(float("nan"), "NaN"), (float("inf"), "Infinity"), (float("-inf"), "-Infinity"), (3, "3")],
)
def test_numbers_that_json_does_not_know(number: float, sent: str) -> None:
    operation = load(f"{DATA}/autoscaling.lines").find("set_desired_capacity")
    put = load(f"{DATA}/autoscaling.lines").find("put_scaling_policy")
    assert operation is not None and put is not None
    params = {
        "AutoScalingGroupName": "g",
        "PolicyName": "p",
        "TargetTrackingConfiguration": {"TargetValue": number},
    }
    body = PROTOCOLS["query"].serialize(put, validate(put, params), "https://x").body
    assert isinstance(body, bytes)
    assert dict(decode_query(body.decode()))["TargetTrackingConfiguration.TargetValue"] == sent
