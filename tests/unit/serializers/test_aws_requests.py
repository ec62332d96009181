"""AWS's JSON, REST and CBOR requests: what the vectors of others leave open, one test each."""

from __future__ import annotations

import json
import sys
from base64 import b64decode
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import cbor2
import pytest

import boto
from boto.core.errors import ConfigError, MissingExtra, ParameterError
from boto.middleware.before import expand
from boto.models.c2j import ServiceModel
from boto.models.description import Description
from boto.models.validate import validate
from boto.registry import Registry, registry
from boto.serializers.awsjson import JsonSerializer

if TYPE_CHECKING:
    from boto.core.http import HTTPRequest

WHEN = datetime(2026, 11, 21, 8, 30, 0, 250_000, tzinfo=UTC)
SHAPES: dict[str, Any] = {
    "S": {"type": "string"}, "F": {"type": "float"}, "D": {"type": "double"}, "T": {"type": "timestamp"},
    "Bl": {"type": "blob"}, "Doc": {"type": "structure", "members": {}, "document": True},
    "Strings": {"type": "list", "member": {"shape": "S"}},
    "Sparse": {"type": "list", "member": {"shape": "S"}, "sparse": True},
    "Map": {"type": "map", "key": {"shape": "S"}, "value": {"shape": "S"}},
    "Node": {"type": "structure", "members": {"node": {"shape": "Node"}, "at": {"shape": "T", "locationName": "When"}}},
    "In": {"type": "structure", "members": {
        "single": {"shape": "F"}, "number": {"shape": "D"}, "time": {"shape": "T"}, "blob": {"shape": "Bl"},
        "document": {"shape": "Doc"}, "node": {"shape": "Node"}, "sparse": {"shape": "Sparse"}, "map": {"shape": "Map"},
        "strings": {"shape": "Strings"},
    }},
    "Rest": {"type": "structure", "required": ["label"], "members": {
        "label": {"shape": "S", "location": "uri", "locationName": "label"},
        "named": {"shape": "S", "location": "querystring", "locationName": "a"},
        "others": {"shape": "Map", "location": "querystring"},
        "state": {"shape": "S", "location": "header", "locationName": "x-state", "jsonvalue": True},
        "words": {"shape": "Strings", "location": "header", "locationName": "x-words"},
        "type": {"shape": "S", "location": "header", "locationName": "content-type"},
        "inside": {"shape": "D"},
    }},
    "Raw": {"type": "structure", "payload": "body", "members": {"body": {"shape": "Bl", "streaming": True}}},
}  # fmt: skip


def sent(
    protocol: str, shape: str | None, uri: str = "/", traits: Any = None, /, **params: Any
) -> HTTPRequest:
    """The request for an operation `Do` of a service `fog`."""
    does: dict[str, Any] = {"name": "Do", "http": {"method": "POST", "requestUri": uri}}
    if shape is not None:
        does["input"] = {"shape": shape}
    metadata = {"protocol": protocol, "apiVersion": "1", "targetPrefix": "Fog_2026", **(traits or {})}
    model = {"metadata": metadata, "operations": {"Do": does}, "shapes": SHAPES}
    operation = Description(ServiceModel(model, name="fog")).find("Do")
    assert operation is not None
    serializer = registry.protocol([protocol], "fog").serializer
    return serializer.serialize(operation, validate(operation, params), "https://fog.example")


def test_json_names_the_operation_in_a_header() -> None:
    request = sent("json", None, "/", {"jsonVersion": "1.1"})
    assert (request.method, request.url, request.body) == ("POST", "https://fog.example/", b"{}")
    assert request.headers == {"X-Amz-Target": "Fog_2026.Do", "Content-Type": "application/x-amz-json-1.1"}
    assert sent("json", None).headers["content-type"] == "application/x-amz-json-1.0"
    assert sent("json", None, "/", {"awsQueryCompatible": {}}).headers["x-amzn-query-mode"] == "true"


def test_json_bodies() -> None:
    request = sent(
        "json", "In", time=WHEN, blob="é", number=float("nan"), single=3, document={"x": [1.5, None]},
        node={"node": {"at": 0}, "at": None}, sparse=["a", None], map={"aB": "c"}, strings=(),
    )  # fmt: skip
    assert json.loads(request.body) == {  # type: ignore[arg-type] - bytes
        "time": 1795249800.25, "blob": "w6k=", "number": "NaN", "single": 3, "document": {"x": [1.5, None]},
        "node": {"node": {"When": 0}}, "sparse": ["a", None], "map": {"aB": "c"}, "strings": [],
    }  # fmt: skip


def test_what_no_body_can_hold() -> None:
    deep: dict[str, Any] = {}
    for _ in range(5000):
        deep = {"a": deep}
    for protocol in ("json", "smithy-rpc-v2-cbor"):
        with pytest.raises(ParameterError):
            sent(protocol, "In", document=deep)
    with pytest.raises(ParameterError, match="JSON cannot hold it"):
        sent("json", "In", document={"a": float("inf")})
    with pytest.raises(ParameterError, match="must be a string, not None"):
        sent("json", "In", strings=["a", None])


def test_cbor_has_a_path_for_each_operation() -> None:
    request = sent("smithy-rpc-v2-cbor", None)
    assert request.url == "https://fog.example/service/Fog_2026/operation/Do" and request.body is None
    assert request.headers == {"smithy-protocol": "rpc-v2-cbor", "Accept": "application/cbor"}
    request = sent("smithy-rpc-v2-cbor", "In")
    assert request.body == b"\xa0" and request.headers["content-type"] == "application/cbor"


def test_cbor_bodies() -> None:
    request = sent("smithy-rpc-v2-cbor", "In", time=WHEN, blob=b"\0", number=2, single=0.1, sparse=[None],
                   node={"at": WHEN.replace(microsecond=0)})  # fmt: skip
    body = request.body
    assert isinstance(body, bytes)
    assert b"dtime\xc1\xfb" in body and b"dWhen\xc1\x1a" in body  # tag 1, with a float and with an integer
    assert b"fnumber\xfb@\0\0\0\0\0\0\0" in body  # a double, though 2 was given
    found = cbor2.loads(body)
    assert found["single"] == 0.10000000149011612 and found["blob"] == b"\0" and found["sparse"] == [None]


def test_rest_queries_headers_and_bodies() -> None:
    request = sent(
        "rest-json", "Rest", "/things/{label}?a=1&c", label="x/y z", others={"a": "no", "b": "é", "c": "no"},
        words=["a,b", 'say "x"', "plain"], state={"aB": "é"}, inside=float("-inf"),
    )  # fmt: skip
    assert request.url == "https://fog.example/things/x%2Fy%20z?a=1&c&b=%C3%A9"
    assert request.headers["x-words"] == '"a,b","say \\"x\\"",plain'
    assert json.loads(b64decode(request.headers["x-state"])) == {"aB": "é"}
    assert request.body == b'{"inside":"-Infinity"}' and request.headers["content-type"] == "application/json"
    request = sent("rest-json", "Rest", "/{label}", label="x", others={"a": "no", "b": "1"}, named="yes")
    assert request.url == "https://fog.example/x?a=yes&b=1" and request.body == b"{}"


def test_json_given_as_text_is_sent_as_it_is() -> None:
    request = sent("rest-json", "Rest", "/{label}", label="x", state='{"a": 1}')
    assert b64decode(request.headers["x-state"]) == b'{"a": 1}'


def test_the_users_media_type_stays() -> None:
    request = sent("rest-json", "Rest", "/{label}", label="x", type="text/yaml")
    assert request.headers["Content-Type"] == "text/yaml"


def test_streams_pass_through() -> None:
    from io import BytesIO

    body = BytesIO(b"x")
    request = sent("rest-json", "Raw", body=body)
    assert request.body is body and request.headers["content-type"] == "application/octet-stream"
    request = sent("rest-json", "Raw")
    assert request.body is None and "content-type" not in request.headers


@pytest.mark.parametrize("label", ["evil.example/", "a b", "", "é", "a@b", "x\n"])
def test_labels_of_a_host_cannot_end_it(label: str) -> None:
    with pytest.raises(ParameterError, match="part of the host|not given"):
        expand("{AccountId}.", {"AccountId": label}, "do")
    with pytest.raises(ParameterError, match="not given"):
        expand("{AccountId}.", {}, "do")
    assert expand("{AccountId}.x-", {"AccountId": "12.a-B"}, "do") == "12.a-B.x-"


class TestWithoutCbor:
    @pytest.fixture(autouse=True)
    def _without(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "cbor2", None)

    def test_the_next_protocol_is_spoken(self) -> None:
        chosen = Registry().protocol(["smithy-rpc-v2-cbor", "json"], "fog")
        assert type(chosen.serializer) is JsonSerializer

    def test_with_no_other_the_extra_is_named(self) -> None:
        with pytest.raises(MissingExtra, match=r"pip install 'boto\[cbor\]'"):
            Registry().protocol(["smithy-rpc-v2-cbor"], "fog")
        with pytest.raises(ConfigError, match="smoke"):
            Registry().protocol(["smoke"], "fog")


@pytest.mark.parametrize(
    ("options", "spoken"), [({}, "/service/"), ({"endpoint_url": "http://localhost:5000"}, "")]
)
def test_stand_ins_for_aws_are_not_asked_in_cbor(options: dict[str, Any], spoken: str) -> None:
    c = boto.connect_cloudwatch(
        region="us-east-1", aws_access_key_id="a", aws_secret_access_key="b", **options
    )
    request = c.prepare(c.request("ListMetrics"))
    assert ("/service/GraniteServiceVersion20100801/operation/ListMetrics" in request.url) == bool(spoken)
    assert ("x-amz-target" in request.headers) != bool(spoken)
