"""What operations tell of themselves, and what is said to who calls them in a way they cannot be called."""

from __future__ import annotations

import inspect
import pickle
import pydoc
from typing import Any

import pytest

import boto


class Mist(boto.Service):  # type: ignore[type-arg]
    name, endpoint = "mist", "https://{region}.mist.example"
    start = boto.Operation("StartMachine", "POST", "/machines/{id}/start")


def test_signatures_show_types_as_python_writes_them() -> None:
    method = boto.connect_ec2().create_key_pair
    shown = str(inspect.signature(method))
    assert shown.startswith("(*, key_name: str, key_type: str = None, tag_specifications: list[dict] = None")
    assert shown.endswith("-> dict")
    assert "key_name: string, required" in pydoc.render_doc(method)


def test_written_operations_tell_their_path() -> None:
    registry = type(boto.session.default().registry)()
    registry.register(Mist)
    c: Any = boto.Session(registry=registry).connect_to("mist")
    assert str(inspect.signature(c.start)) == "(*, id, **params)"
    shown = pydoc.plain(pydoc.render_doc(c.start))
    assert "start_machine(*, id, **params)" in shown
    assert "POST /machines/{id}/start; further parameters go into the JSON body." in shown
    assert repr(c.start).startswith("<operation start_machine of <mist service")
    with pytest.raises(boto.NoRegion) as caught:
        c.start(id="m1")
    assert str(caught.value) == "no region for mist: pass region='...'"


def test_parameters_go_by_name() -> None:
    with pytest.raises(TypeError, match=r"describe_key_pairs\(\) takes its parameters by name"):
        boto.connect_ec2().describe_key_pairs(["web"])


def test_attempts_as_the_tools_of_aws_count_them(monkeypatch: pytest.MonkeyPatch, keys: None) -> None:
    def attempts(**options: Any) -> int:
        c: Any = boto.connect_ec2(**options)
        c.prepare(c.request("describe_key_pairs"))
        policy: Any = c._plans["DescribeKeyPairs"].retries
        return int(policy.attempts)

    assert attempts() == 3
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "5")
    assert (attempts(), attempts(retries=1), attempts(retries="off")) == (5, 2, 1)


def test_what_is_pickled_has_a_way_back() -> None:
    session = boto.Session(region="eu-west-1", aws_access_key_id="AKIDEXAMPLE", aws_secret_access_key="hush")
    text = pickle.dumps(session)
    assert repr(pickle.loads(text)) == "<Session region='eu-west-1'>"
    assert b"hush" not in text and b"AKIDEXAMPLE" not in text
    assert pickle.loads(pickle.dumps(session.connect_to("ec2"))).region == "eu-west-1"
    document = {"openapi": "3.0.0", "info": {"title": "ec2", "version": "1"}, "paths": {}}
    with pytest.raises(TypeError, match="no way back"):
        pickle.dumps(boto.connect(description=document))


def test_an_unknown_connector_is_one_class() -> None:
    with pytest.raises(AttributeError) as caught:
        boto.connect_ecc  # noqa: B018 - looking is what is tested
    assert isinstance(caught.value, boto.UnknownService)
    assert type(pickle.loads(pickle.dumps(caught.value))) is type(caught.value)
