"""AWS models as neutral facts: each habit of the format, on small models of our own."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from boto.models import shapes
from boto.models.c2j import ServiceModel
from boto.models.description import Description


def model(shapes: dict[str, Any], operation: dict[str, Any] | None = None, **metadata: Any) -> dict[str, Any]:
    """A model with one operation, Act, whose input is the shape In."""
    act = {"name": "Act", "http": {"method": "POST", "requestUri": "/"}, "input": {"shape": "In"}}
    return {
        "metadata": {
            "apiVersion": "2020-02-02", "endpointPrefix": "zoo", "protocol": "rest-xml",
            "serviceId": "Zoo Keeper", "serviceFullName": "The Zoo", "signatureVersion": "v4", **metadata,
        },
        "operations": {"Act": {**act, **(operation or {})}},
        "shapes": {"Text": {"type": "string"}, "Number": {"type": "integer"}, **shapes},
    }  # fmt: skip


def structure(**members: Any) -> dict[str, Any]:
    return {"type": "structure", "members": members}


def member(ref: dict[str, Any], shape: dict[str, Any] | None = None, **owner: Any) -> shapes.Member:
    """The member x of a structure, described by `ref`, pointing at `shape` (or at plain text)."""
    ref = {"shape": "X" if shape else "Text", **ref}
    made = model({"In": {**structure(x=ref), **owner}, **({"X": shape} if shape else {})})
    operation = Description(ServiceModel(made)).find("act")
    assert operation is not None and operation.input is not None
    return operation.input.members["x"]


@pytest.mark.parametrize(
    ("ref", "shape", "flag"),
    [
        ({"idempotencyToken": True}, None, shapes.IDEMPOTENCY),
        ({"deprecated": True}, None, shapes.DEPRECATED),
        ({}, {"type": "string", "sensitive": True}, shapes.SENSITIVE),
        ({}, {"type": "structure", "members": {}, "sensitive": True}, shapes.SENSITIVE),
        ({"flattened": True}, {"type": "list", "member": {"shape": "Text"}}, shapes.FLATTENED),
        ({}, {"type": "list", "member": {"shape": "Text"}, "flattened": True}, shapes.FLATTENED),
        ({"xmlAttribute": True}, None, shapes.ATTRIBUTE),
        ({"streaming": True}, {"type": "blob"}, shapes.STREAM),
        ({}, {"type": "blob", "streaming": True}, shapes.STREAM),
        ({"hostLabel": True}, None, shapes.HOST_LABEL),
        ({"eventpayload": True}, None, shapes.EVENT_PAYLOAD),
        ({"eventheader": True}, None, shapes.EVENT_HEADER),
        ({"jsonvalue": True}, None, shapes.JSON_VALUE),
        ({"flattened": False}, {"type": "list", "member": {"shape": "Text"}, "flattened": True}, 0),
    ],
)
def test_flags_come_from_the_use_or_from_the_shape(ref: Any, shape: Any, flag: int) -> None:
    assert member(ref, shape).flags == flag


def test_a_structure_names_required_and_payload() -> None:
    assert member({}, required=["x"]).required
    assert member({"location": "header"}, payload="x").location == shapes.PAYLOAD


@pytest.mark.parametrize(
    ("said", "location"),
    [
        ("uri", shapes.PATH), ("querystring", shapes.QUERY), ("header", shapes.HEADER),
        ("headers", shapes.HEADERS), ("statusCode", shapes.STATUS), (None, shapes.BODY),
    ],
)  # fmt: skip
def test_locations(said: str | None, location: str) -> None:
    assert member({"location": said} if said else {}).location == location


def test_a_map_in_the_query_is_a_location_of_its_own() -> None:
    kind = {"type": "map", "key": {"shape": "Text"}, "value": {"shape": "Text"}}
    assert member({"location": "querystring"}, kind).location == shapes.QUERY_MAP


def test_wire_names() -> None:
    items = {"type": "list", "member": {"shape": "Text", "locationName": "Item"}}
    assert member({}).wire == "x"
    assert member({"locationName": "X"}).wire == "X"
    assert member({"locationName": "", "location": "headers"}).wire == ""
    assert member({}, {"type": "string", "locationName": "FromShape"}).wire == "FromShape"
    assert member({"locationName": "Items"}, items).wire == "Items"
    # The elements name a flattened list; where they have no name, the member does.
    assert member({"locationName": "Items"}, {**items, "flattened": True}).wire == "Item"
    plain = {"type": "list", "member": {"shape": "Text"}, "flattened": True}
    assert member({"locationName": "Items"}, plain).wire == "Items"


def test_wire_names_within_lists_and_maps() -> None:
    items = member({}, {"type": "list", "member": {"shape": "Text", "locationName": "Item"}}).shape
    assert items.member is not None and items.member.wire == "Item"
    kind = {"type": "map", "key": {"shape": "Text", "locationName": "K"}, "value": {"shape": "Number"}}
    pairs = member({}, kind).shape
    assert pairs.key is not None and pairs.value is not None
    assert (pairs.key.wire, pairs.value.wire, pairs.value.shape.kind) == ("K", "value", "integer")


def test_extras() -> None:
    assert member({"xmlNamespace": {"uri": "urn:a"}}).extras == {"ns": "urn:a"}
    prefixed = {"type": "structure", "members": {}, "xmlNamespace": {"uri": "urn:a", "prefix": "p"}}
    assert member({}, prefixed).extras == {"ns": ["urn:a", "p"]}
    assert member({"queryName": "Q"}).extras == {"q": "Q"}
    assert member({"contextParam": {"name": "Bucket"}}).extras == {"context": "Bucket"}
    assert member({}, {"type": "blob", "streaming": True, "requiresLength": True}).extras == {"length": True}


@pytest.mark.parametrize(
    ("ref", "shape", "kind", "form"),
    [
        ({}, {"type": "timestamp"}, "timestamp", None),
        ({}, {"type": "timestamp", "timestampFormat": "unixTimestamp"}, "timestamp", "unix"),
        ({"timestampFormat": "rfc822"}, {"type": "timestamp"}, "timestamp", "http"),
        (
            {"timestampFormat": "iso8601"},
            {"type": "timestamp", "timestampFormat": "rfc822"},
            "timestamp",
            "iso8601",
        ),
        ({}, {"type": "structure", "members": {}, "document": True}, "document", None),
        ({}, {"type": "structure", "members": {}, "union": True}, "union", None),
        ({}, {"type": "long", "box": True}, "long", None),
        ({}, {"type": "double"}, "double", None),
        ({}, {"type": "float"}, "float", None),
        ({}, {"type": "boolean"}, "boolean", None),
        ({}, {"type": "blob"}, "blob", None),
    ],
)
def test_kinds(ref: Any, shape: Any, kind: str, form: str | None) -> None:
    found = member(ref, shape).shape
    assert (found.kind, found.format) == (kind, form)


def test_limits_and_enums_are_traits_and_patterns_are_left_out() -> None:
    limited = member({}, {"type": "string", "min": 0, "max": 9, "enum": ["a", "b"], "pattern": "[ab]"}).shape
    assert (limited.kind, limited.name, limited.enum) == ("string", "X", ["a", "b"])
    assert limited.traits == {"enum": ["a", "b"], "min": 0, "max": 9}
    assert member({}, {"type": "string", "pattern": "[ab]"}).shape.traits == {}


def test_shapes_may_contain_themselves() -> None:
    made = model({"In": structure(again={"shape": "In"}, many={"shape": "Many"}),
                  "Many": {"type": "list", "member": {"shape": "In"}}})  # fmt: skip
    operation = Description(ServiceModel(made)).find("Act")
    assert operation is not None and operation.input is not None
    many = operation.input.members["many"].shape
    assert many.member is not None and many.member.shape is operation.input
    assert operation.input.members["again"].shape is operation.input


@pytest.mark.parametrize(
    ("said", "traits"),
    [
        ({"output": {"shape": "In", "resultWrapper": "ActResult"}}, {"wrapper": "ActResult"}),
        (
            {"input": {"shape": "In", "locationName": "Root", "xmlNamespace": {"uri": "u"}}},
            {"root": ["Root", "u"]},
        ),
        ({"endpoint": {"hostPrefix": "{x}."}}, {"host": "{x}."}),
        ({"http": {"method": "POST", "requestUri": "/", "responseCode": 202}}, {"status": 202}),
        ({"http": {"method": "POST", "requestUri": "/", "responseCode": 200}}, {}),
        ({"authtype": "none"}, {"auth": ["none"]}),
        ({"authtype": "none", "auth": ["smithy.api#noAuth"]}, {"auth": ["none"]}),
        ({"auth": ["aws.auth#sigv4a", "aws.auth#sigv4"]}, {"auth": ["sigv4a", "sigv4"]}),
        ({"authtype": "v4-unsigned-body"}, {"unsigned": True}),
        ({"unsignedPayload": True}, {"unsigned": True}),
        ({"httpChecksumRequired": True}, {"checksum_required": True}),
        (
            {"httpChecksum": {"requestAlgorithmMember": "A", "requestChecksumRequired": False}},
            {"checksum": {"request": "A"}},
        ),
        (
            {"httpChecksum": {"requestValidationModeMember": "M", "responseAlgorithms": ["CRC32"]}},
            {"checksum": {"validate": "M", "response": ["CRC32"]}},
        ),
        ({"requestcompression": {"encodings": ["gzip"]}}, {"compress": ["gzip"]}),
        ({"staticContextParams": {"Control": {"value": True}}}, {"static": {"Control": True}}),
        ({"operationContextParams": {"Names": {"path": "keys(x)"}}}, {"paths": {"Names": "keys(x)"}}),
        ({"endpointdiscovery": {"required": True}}, {"discovery": "required"}),
        ({"endpointdiscovery": {}}, {"discovery": "optional"}),
        ({"endpointoperation": True}, {"discovers": True}),
        (
            {"idempotent": True, "readonly": True, "deprecated": True, "deprecatedMessage": "gone"},
            {"idempotent": True, "readonly": True, "deprecated": True},
        ),
    ],
)
def test_traits_of_operations(said: dict[str, Any], traits: dict[str, Any]) -> None:
    record = ServiceModel(model({"In": structure()}, said)).record("Act")
    assert record.get("t", {}) == traits


def test_method_and_path() -> None:
    http = {"method": "PUT", "requestUri": "/{Bucket}/{Key+}?tagging"}
    operation = Description(ServiceModel(model({"In": structure()}, {"http": http}))).find("act")
    assert operation is not None
    assert (operation.method, operation.uri) == ("PUT", "/{Bucket}/{Key+}?tagging")


def test_the_header() -> None:
    source = ServiceModel(
        model({"In": structure()}, xmlNamespace="urn:z", targetPrefix="Zoo_1", awsQueryCompatible={})
    )
    assert source.header == {
        "id": "zoo-keeper", "version": "2020-02-02", "protocol": "rest-xml", "protocols": ["rest-xml"],
        "title": "The Zoo", "auth": ["sigv4"], "namespace": "urn:z",
        "traits": {
            "endpoint_prefix": "zoo", "service_id": "Zoo Keeper", "signature_version": "v4",
            "target_prefix": "Zoo_1",
            "query_compatible": True,
        },
    }  # fmt: skip
    assert ServiceModel(model({"In": structure()}), name="zoo").header["id"] == "zoo"


@pytest.mark.parametrize(
    ("metadata", "auth"),
    [
        ({"signatureVersion": "v2"}, ["sigv2"]),
        ({"signatureVersion": "s3"}, ["sigv4"]),
        ({"signatureVersion": "bearer"}, ["bearer"]),
        ({"signatureVersion": "zoo-hmac"}, ["zoo-hmac"]),
        (
            {"signatureVersion": "v4", "auth": ["aws.auth#sigv4a", "smithy.api#httpBearerAuth"]},
            ["sigv4a", "bearer"],
        ),
    ],
)
def test_signers_have_neutral_names(metadata: dict[str, Any], auth: list[str]) -> None:
    assert ServiceModel(model({"In": structure()}, **metadata)).header["auth"] == auth


def test_protocols_are_the_models_own_order() -> None:
    header = ServiceModel(
        model({"In": structure()}, protocol="json", protocols=["smithy-rpc-v2-cbor", "json"])
    ).header
    assert (header["protocol"], header["protocols"]) == ("smithy-rpc-v2-cbor", ["smithy-rpc-v2-cbor", "json"])


def test_errors() -> None:
    made = model(
        {
            "In": structure(),
            "Gone": {
                **structure(at={"shape": "Number"}), "exception": True,
                "error": {"code": "Zoo.Gone", "httpStatusCode": 404, "senderFault": True},
            },
            "Slow": {**structure(), "exception": True, "fault": True, "retryable": {"throttling": True}},
        },
        {"errors": [{"shape": "Gone"}, {"shape": "Slow"}]},
    )  # fmt: skip
    description = Description(ServiceModel(made))
    operation = description.find("act")
    assert operation is not None and operation.errors == ["Gone", "Slow"]
    gone, slow = description.errors["Gone"], description.errors["Slow"]
    assert gone["shape"].members["at"].shape.kind == "integer"
    assert {k: v for k, v in gone.items() if k != "shape"} == {
        "code": "Zoo.Gone",
        "status": 404,
        "sender": True,
    }
    assert {k: v for k, v in slow.items() if k != "shape"} == {
        "code": "Slow",
        "fault": True,
        "retry": True,
        "throttle": True,
    }
    assert Description(ServiceModel(model({"In": structure()}))).errors == {}


def test_paging_and_waiters() -> None:
    pagination = {"Act": {"input_token": "Marker", "output_token": ["A", "B"], "result_key": "Items",
                          "limit_key": "Max", "more_results": "More",
                          "non_aggregate_keys": ["Owner"]}}  # fmt: skip
    acceptor = {"state": "success", "matcher": "path", "argument": "x", "expected": "up"}
    status = {"state": "retry", "matcher": "status", "expected": 404}
    waiters = {"ZooOpen": {"operation": "Act", "delay": 5, "maxAttempts": 3, "acceptors": [acceptor, status]}}
    source = ServiceModel(
        model({"In": structure()}), {"pagination": pagination}, {"version": 2, "waiters": waiters}
    )
    description = Description(source)
    operation = description.find("act")
    assert operation is not None and operation.paging is not None
    paging = operation.paging
    assert (paging.kind, paging.input, paging.output, paging.items) == (
        "token",
        ["Marker"],
        ["A", "B"],
        ["Items"],
    )
    assert (paging.size, paging.more, paging.other) == ("Max", "More", ["Owner"])
    assert description.waiters == {
        "zoo_open": {
            "o": "Act",
            "d": 5,
            "n": 3,
            "a": [["success", "path", "up", "x"], ["retry", "status", 404]],
        }
    }


def test_waiters_of_the_first_version_are_not_read() -> None:
    old = {"waiters": {"ZooOpen": {"operation": "Act", "success_value": "up"}}}
    assert ServiceModel(model({"In": structure()}), None, old).waiters() == {}


def test_a_name_that_boto3_fixed_is_kept() -> None:
    made = model({"In": structure()})
    made["operations"] = {"ListOAuthClientApplications": made["operations"]["Act"]}
    description = Description(ServiceModel(made))
    assert list(description.names) == ["list_o_auth_client_applications"]
    operation = description.find("list_o_auth_client_applications")
    assert operation is not None and operation.snake == "list_o_auth_client_applications"


def test_the_model_is_left_as_it_was() -> None:
    made = model({"In": structure(x={"shape": "Text", "locationName": "y"})})
    before = copy.deepcopy(made)
    source = ServiceModel(made)
    source.record("Act")["s"].clear()
    source.errors()
    assert made == before
    assert source.record("Act")["s"]
