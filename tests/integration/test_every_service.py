"""Every service of AWS connects, says where it goes, and is ready to be called or says why it is not."""

from __future__ import annotations

import pytest

import boto
from boto.registry import _PROTOCOLS, identifier

# What the hosts of a partition end in; the sign-in service has names of its own.
SUFFIXES = {
    "us-east-1": (".amazonaws.com", ".api.aws", ".signin.aws"),
    "eu-west-1": (".amazonaws.com", ".api.aws", ".signin.aws"),
    "cn-north-1": (".amazonaws.com.cn", ".amazonwebservices.com.cn", ".api.aws", ".signin.amazonaws.cn"),
    "us-gov-west-1": (".amazonaws.com", ".api.aws", ".signin.amazonaws-us-gov.com"),
}

# Their hosts are an account's or a store's own: the parameters of a call decide.
PER_CALL = {"s3control", "cloudfront-keyvaluestore"}


@pytest.fixture(autouse=True)
def credentials(keys: None) -> None:
    """What is signed is not sent."""


def test_there_are_439() -> None:
    names = boto.list_services("aws")
    assert len(names) == len(set(names)) == 439


@pytest.mark.parametrize("region", SUFFIXES)
def test_each_says_where_it_goes(region: str) -> None:
    nowhere = []
    for name in boto.list_services("aws"):
        c = boto.connect(name, region=region)
        shown = repr(c)
        assert shown.startswith(f"<{name} service, region {region}, ") and "wJalr" not in shown
        if shown.endswith(", no endpoint>"):
            nowhere.append(name)
            continue
        scheme, _, host = shown.rpartition(" ")[2].rstrip(">").partition("://")
        assert scheme == "https" and host.partition("/")[0].endswith(SUFFIXES[region]), shown
    assert set(nowhere) == PER_CALL


def test_each_has_a_plan_or_says_that_its_protocol_is_not_there() -> None:
    planned, missing = 0, 0
    for name in boto.list_services("aws"):
        c = getattr(boto, f"connect_{identifier(name)}")(region="eu-west-1")
        assert c.name == name
        operation = c.operation(next(iter(c.operations)))
        described = operation.description.header.get("protocols") or [operation.description.protocol]
        if set(described) & set(_PROTOCOLS):
            plan = c.connection.run(c.plan(operation))
            assert plan.operation is operation
            assert plan.signing is not None or operation.traits["auth"] == ["none"]
            planned += 1
            continue
        with pytest.raises(boto.BotoError) as caught:
            c.connection.run(c.plan(operation))
        assert str(caught.value).startswith(f"{name} speaks {' or '.join(described)}, which is not there yet")
        missing += 1
    assert planned >= 19 and planned + missing == 439
