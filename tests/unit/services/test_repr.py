"""What a service says of itself, and what that costs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import boto

if TYPE_CHECKING:
    import pytest


def test_it_names_service_region_and_endpoint_and_no_secret(keys: None) -> None:
    c = boto.connect_ec2()
    assert repr(c) == "<ec2 service, region eu-west-1, endpoint https://ec2.eu-west-1.amazonaws.com>"


def test_without_a_region() -> None:
    assert repr(boto.connect_ec2()) == "<ec2 service, no region, no endpoint>"
    assert "no region, endpoint https://iam.amazonaws.com>" in repr(boto.connect_iam())


def test_it_reads_one_operation_of_many(keys: None, monkeypatch: pytest.MonkeyPatch) -> None:
    c = boto.connect_ec2()
    kind = type(c.description)
    looked: list[str] = []
    find = kind.find

    def counted(description: Any, name: str) -> Any:
        looked.append(name)
        return find(description, name)

    monkeypatch.setattr(kind, "find", counted)
    assert "ec2.eu-west-1" in repr(c)
    assert len(looked) == 1


def test_settings_that_are_wrong_are_told_by_the_call(keys: None, monkeypatch: pytest.MonkeyPatch) -> None:
    assert repr(boto.connect_ec2(profile="nobody")) == "<ec2 service, region eu-west-1, no endpoint>"
    with monkeypatch.context() as nowhere:
        nowhere.delenv("AWS_REGION")
        assert repr(boto.connect_ec2(profile="nobody")) == "<ec2 service, settings that cannot be used>"
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://localhost:1")
    monkeypatch.setenv("AWS_ENDPOINT_URL_EC2", "localhost:2")
    assert repr(boto.connect_ec2()) == "<ec2 service, region eu-west-1, no endpoint>"
    assert "endpoint http://localhost:1" in repr(boto.connect_iam())
