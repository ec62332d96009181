"""Answers to operations that were written by hand."""

from __future__ import annotations

from typing import Any

import pytest
import responses

import boto
from boto.registry import Registry


class Mist(boto.Service):  # type: ignore[type-arg]
    name, endpoint = "mist", "https://mist.example"
    look = boto.Operation("Look", "GET", "/look")


@pytest.fixture
def c() -> Any:
    registry = Registry()
    registry.register(Mist)
    return boto.Session(registry=registry, retries=0).connect_to("mist")


@pytest.mark.parametrize(
    ("kind", "body", "value"),
    [
        ("application/json", b'{"things": [{"Name": 1}]}', {"things": [{"Name": 1}]}),
        (
            "text/xml",
            b"<R><Things><item><Name>1</Name></item></Things></R>",
            {"r": {"things": [{"name": "1"}]}},
        ),
        ("text/plain", b"all is well", "all is well"),
        ("application/json", b"", {}),
    ],
)
def test_an_answer_is_read_by_what_it_looks_like(c: Any, kind: str, body: bytes, value: Any) -> None:
    with responses.RequestsMock() as net:
        net.add("GET", "https://mist.example/look", body=body, content_type=kind)
        assert c.look() == value


def test_what_cannot_be_read_is_one_error(c: Any) -> None:
    with responses.RequestsMock() as net:
        net.add("GET", "https://mist.example/look", body=b"<R>", content_type="text/xml")
        with pytest.raises(boto.BadAnswer, match="Look: the answer is not well-formed XML"):
            c.look()


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("text/xml", b"<Error><Code>NoSuchThing</Code><Message>none there</Message></Error>"),
        ("application/json", b'{"error": {"code": "NoSuchThing", "message": "none there"}}'),
    ],
)
def test_an_error_in_either_form(c: Any, kind: str, body: bytes) -> None:
    with responses.RequestsMock() as net:
        url, headers = "https://mist.example/look", {"X-Request-Id": "id-1"}
        net.add("GET", url, body=body, status=404, content_type=kind, headers=headers)
        with pytest.raises(boto.NotFound) as failure:
            c.look()
    error = failure.value
    assert (error.code, error.message, error.request_id) == ("NoSuchThing", "none there", "id-1")
