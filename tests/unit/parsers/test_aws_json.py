"""AWS's JSON and CBOR answers: forms, odd values, errors in each spelling, bad and hostile bodies."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime
from math import isnan
from typing import TYPE_CHECKING, Any

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from boto.core.errors import BadAnswer
from boto.core.http import HTTPResponse
from boto.models.c2j import ServiceModel
from boto.models.description import Description
from boto.parsers import cbor
from boto.parsers.awsjson import JsonParser
from boto.parsers.base import MODEL, SOURCE, WIRE, ErrorInfo
from boto.parsers.cbor import CborParser
from boto.parsers.restjson import RestJsonParser

if TYPE_CHECKING:
    from boto.models.description import Operation
    from boto.parsers.base import Form

WHEN = datetime(2026, 11, 21, 8, 30, tzinfo=UTC)
SHAPES: dict[str, Any] = {
    "S": {"type": "string"}, "I": {"type": "integer"}, "F": {"type": "double"}, "T": {"type": "timestamp"},
    "Bl": {"type": "blob"}, "Bo": {"type": "boolean"}, "Doc": {"type": "structure", "members": {}, "document": True},
    "Strings": {"type": "list", "member": {"shape": "S"}},
    "Sparse": {"type": "list", "member": {"shape": "T"}, "sparse": True},
    "Floats": {"type": "list", "member": {"shape": "F"}},
    "Dense": {"type": "map", "key": {"shape": "S"}, "value": {"shape": "S"}},
    "Thin": {"type": "map", "key": {"shape": "S"}, "value": {"shape": "T"}, "sparse": True},
    "Choice": {"type": "structure", "union": True, "members": {"someText": {"shape": "S"}, "someTime": {"shape": "T"}}},
    "Node": {"type": "structure", "members": {"innerNode": {"shape": "Node"}, "atTime": {"shape": "T"}}},
    "Out": {"type": "structure", "members": {
        "someStrings": {"shape": "Strings"}, "aTime": {"shape": "T"}, "aBlob": {"shape": "Bl"},
        "aNumber": {"shape": "F"}, "anInt": {"shape": "I"}, "aFlag": {"shape": "Bo"}, "aDocument": {"shape": "Doc"},
        "sparse": {"shape": "Sparse"}, "floats": {"shape": "Floats"}, "dense": {"shape": "Dense"},
        "thin": {"shape": "Thin"}, "choice": {"shape": "Choice"}, "node": {"shape": "Node"},
        "renamed": {"shape": "S", "locationName": "WireName"},
    }},
    "NoSuch": {"type": "structure", "exception": True, "error": {"code": "Old.NoSuch"},
               "members": {"message": {"shape": "S"}, "atTime": {"shape": "T"}}},
    "Head": {"type": "structure", "payload": "body", "members": {
        "body": {"shape": "Node"}, "status": {"shape": "I", "location": "statusCode"},
        "tags": {"shape": "Dense", "location": "headers", "locationName": "x-tag-"},
        "words": {"shape": "Strings", "location": "header", "locationName": "x-words"},
        "times": {"shape": "Sparse", "location": "header", "locationName": "x-times"},
        "state": {"shape": "S", "location": "header", "locationName": "x-state", "jsonvalue": True},
        "count": {"shape": "I", "location": "header", "locationName": "x-count"},
    }},
    "Raw": {"type": "structure", "payload": "body", "members": {"body": {"shape": "Bl"}}},
}  # fmt: skip

NAMES = list(SHAPES["Out"]["members"])


def operation(protocol: str, output: str = "Out", **metadata: Any) -> Operation:
    errors = [{"shape": "NoSuch"}]
    model = {
        "metadata": {"protocol": protocol, "apiVersion": "1", **metadata},
        "operations": {"Do": {"name": "Do", "output": {"shape": output}, "errors": errors}},
        "shapes": SHAPES,
    }
    found = Description(ServiceModel(model, name="fog")).find("Do")
    assert found is not None
    return found


def answer(body: Any, status: int = 200, **headers: str) -> HTTPResponse:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return HTTPResponse(status, {name.replace("_", "-"): text for name, text in headers.items()}, content)


def read(body: Any, form: Form = SOURCE, parser: Any = None, output: str = "Out", **headers: str) -> Any:
    parser = parser or JsonParser()
    protocol = {CborParser: "smithy-rpc-v2-cbor", RestJsonParser: "rest-json"}.get(type(parser), "json")
    content = cbor2.dumps(body, datetime_as_timestamp=True) if type(parser) is CborParser else body
    return parser.parse(answer(content, **headers), operation(protocol, output), form)[0]


class TestForms:
    def test_each_names_members_in_its_way(self) -> None:
        body = {
            "someStrings": ["a"],
            "aTime": 1795249800,
            "WireName": "x",
            "newMember": {"aB": 1},
            "aNumber": None,
        }
        assert read(body, SOURCE) == {"someStrings": ["a"], "aTime": WHEN, "renamed": "x"}
        model = read(body, MODEL)
        assert model["some_strings"] == ["a"] and model["renamed"] == "x" and "new_member" not in model
        assert read(body, WIRE) == {
            "some_strings": ["a"],
            "a_time": WHEN,
            "wire_name": "x",
            "new_member": {"aB": 1},
        }

    def test_model_adds_the_lists_that_an_answer_leaves_out(self) -> None:
        assert read({}, MODEL) == {"some_strings": [], "sparse": [], "floats": []}
        assert read(b"", MODEL) == read({}, MODEL) and read({}, SOURCE) == {} == read(b" \n", SOURCE)

    def test_documents_and_keys_of_maps_stay_as_they_are(self) -> None:
        body = {"aDocument": {"aB": [{"cD": None}]}, "dense": {"someKey": "v"}, "thin": {"aK": 0}}
        found = read(body, MODEL)
        assert found["a_document"] == {"aB": [{"cD": None}]} and found["dense"] == {"someKey": "v"}
        assert list(found["thin"]) == ["aK"]

    @pytest.mark.parametrize("parser", [JsonParser(), CborParser()])
    def test_a_recursive_shape(self, parser: Any) -> None:
        body = {"node": {"innerNode": {"innerNode": {"atTime": 1795249800, "strange": 1}}}}
        assert read(body, MODEL, parser)["node"] == {"inner_node": {"inner_node": {"at_time": WHEN}}}


class TestValues:
    def test_times_in_every_spelling(self) -> None:
        for text in (
            1795249800,
            1795249800.0,
            "2026-11-21T08:30:00Z",
            "Sat, 21 Nov 2026 08:30:00 GMT",
            "1795249800",
        ):
            assert read({"aTime": text}) == {"aTime": WHEN}
        assert read({"aTime": "never"}) == {"aTime": "never"} and read({"aTime": 1e40}) == {"aTime": 1e40}

    def test_numbers_without_digits(self) -> None:
        assert read({"aNumber": "-Infinity", "floats": [1, "Infinity"]}) == {
            "aNumber": float("-inf"), "floats": [1.0, float("inf")],
        }  # fmt: skip
        assert isnan(read({"aNumber": "NaN"})["aNumber"])

    def test_scalars_that_some_services_send_as_text(self) -> None:
        found = read({"anInt": "7", "aFlag": "true", "aNumber": 2})
        assert found == {"anInt": 7, "aFlag": True, "aNumber": 2.0} and type(found["aNumber"]) is float
        assert read({"anInt": 7.5, "aFlag": "maybe"}) == {"anInt": 7.5, "aFlag": "maybe"}

    def test_nulls(self) -> None:
        body = {"sparse": [None, 1795249800], "dense": {"a": None, "b": "x"}, "thin": {"a": None}}
        assert read(body) == {"sparse": [None, WHEN], "dense": {"b": "x"}, "thin": {"a": None}}

    def test_values_of_another_type_are_left_alone(self) -> None:
        body = {"someStrings": "a", "dense": [1], "node": 3, "aBlob": 4, "choice": "x"}
        assert read(body) == body

    def test_unions(self) -> None:
        assert read({"choice": {"__type": "Choice", "someTime": 1795249800, "someText": None}}) == {
            "choice": {"someTime": WHEN}
        }
        assert read({"choice": {"newKind": 1}}) == {"choice": {"SDK_UNKNOWN_MEMBER": {"name": "newKind"}}}
        assert read({"choice": {"newKind": 1}}, MODEL)["choice"] == {
            "sdk_unknown_member": {"name": "newKind"}
        }
        with pytest.raises(BadAnswer, match="Choice with 2 members"):
            read({"choice": {"someText": "a", "someTime": 1}})


class TestHeads:
    def test_members_of_headers_and_status(self) -> None:
        found = read(
            {"atTime": 1795249800}, MODEL, RestJsonParser(), "Head", X_Tag_One="1", x_words='a, "b, \\"c\\"", d',
            x_times="Sat, 21 Nov 2026 08:30:00 GMT, Sat, 21 Nov 2026 08:30:00 GMT", x_state="eyJhQiI6WzFdfQ==",
            x_count="many",
        )  # fmt: skip
        assert found == {
            "body": {"at_time": WHEN}, "status": 200, "tags": {"One": "1"}, "words": ["a", 'b, "c"', "d"],
            "times": [WHEN, WHEN], "state": {"aB": [1]},
        }  # fmt: skip

    def test_a_body_of_bytes(self) -> None:
        assert read(b"\0\xff", MODEL, RestJsonParser(), "Raw") == {"body": b"\0\xff"}
        assert read(b"", MODEL, RestJsonParser(), "Raw") == {"body": b""}


class TestErrors:
    @pytest.mark.parametrize(
        ("body", "headers"),
        [
            ({"__type": "NoSuch"}, {}),
            ({"__type": "aws.fog#NoSuch"}, {}),
            ({"code": "aws.fog#NoSuch:http://internal.example/a/"}, {}),
            ({"Code": "NoSuch"}, {}),
            (b"", {"x_amzn_errortype": "NoSuch:http://internal.example/"}),
            ({"__type": "Other"}, {"x_amzn_errortype": "NoSuch"}),
        ],
    )
    @pytest.mark.parametrize("parser", [JsonParser(), RestJsonParser()])
    def test_the_code_in_every_spelling(self, parser: Any, body: Any, headers: dict[str, str]) -> None:
        info = parser.parse_error(answer(body, 400, x_amzn_requestid="r", **headers), operation("json"))
        assert (info.code, info.request_id) == ("NoSuch", "r")

    def test_members_of_a_modelled_error(self) -> None:
        body = {"__type": "NoSuch", "Message": "gone", "message": "is gone", "atTime": 1795249800, "more": 1}
        info = JsonParser().parse_error(answer(body, 400), operation("json"))
        assert info.message == "is gone" and info.fields == {"message": "is gone", "at_time": WHEN}
        assert JsonParser().parse_error(answer(body, 400), operation("json"), SOURCE).fields["atTime"] == WHEN

    def test_a_service_that_spoke_query_keeps_its_codes(self) -> None:
        headers = {"x_amzn_query_error": "AWS.Old.NoSuch;Sender"}
        for parser, body in (
            (JsonParser(), {"__type": "NoSuch", "message": "m"}),
            (CborParser(), cbor2.dumps({"__type": "fog#NoSuch", "message": "m"})),
        ):
            info = parser.parse_error(answer(body, 400, **headers), operation("json"))
            assert (info.code, info.message, info.fields) == ("AWS.Old.NoSuch", "m", {"message": "m"})

    def test_what_is_no_error_of_the_service(self) -> None:
        page = b"<html><head><title>502 Bad Gateway</title></head></html>"
        for parser in (JsonParser(), RestJsonParser(), CborParser()):
            info = parser.parse_error(answer(page, 502), operation("json"))
            assert info.code == "502" and "502 Bad Gateway" in info.message and info.fields == {}
        assert (
            JsonParser().parse_error(answer({"message": 5, "code": {"a": 1}}, 400), operation("json")).code
            == "400"
        )


class TestBadAnswers:
    @pytest.mark.parametrize(
        ("body", "why"),
        [
            (b"{", "is no JSON"), (b"[1]", "is no object"), (b'"x"', "is no object"), (b"\xff\xfe{}", "is no JSON"),
            (b"<html>", "is an HTML page"), (b'{"aDocument":' * 60_000, "is nested too deeply"),
            (b'{"node":' + b'{"innerNode":' * 600 + b"{}" + b"}" * 601, "is nested too deeply"),
        ],
    )  # fmt: skip
    def test_json_that_cannot_be_read(self, body: bytes, why: str) -> None:
        with pytest.raises(BadAnswer, match=why) as bad:
            read(body)
        assert bad.value.status == 200

    @pytest.mark.parametrize(
        "body",
        [
            b"\xa1", b"\x9f", b"\xa0\xa0", b"\x81" * 500, b"\x9b\x7f\xff\xff\xff\xff\xff\xff\xff", b"\x01",
            b"\xa1\xa0\x01", b"\xa1aa\xf8\xff", b"\xa1aa\xe1", b"{}", b"\xa1eaTime\xc1\xfb\x7f\xf8\0\0\0\0\0\0",
        ],
    )  # fmt: skip
    def test_cbor_that_cannot_be_read(self, body: bytes) -> None:
        with pytest.raises(BadAnswer):
            CborParser().parse(answer(body), operation("smithy-rpc-v2-cbor"), SOURCE)

    @given(st.binary(max_size=200), st.sampled_from([JsonParser(), RestJsonParser(), CborParser()]))
    def test_no_bytes_do_more_than_that(self, body: bytes, parser: Any) -> None:
        for form in (MODEL, WIRE, SOURCE):
            try:
                value, _ = parser.parse(answer(body), operation("json"), form)
            except BadAnswer:
                continue
            assert type(value) is dict
        assert type(parser.parse_error(answer(body, 400), operation("json"))) is ErrorInfo

    @given(st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(NAMES), inner),
        max_leaves=20,
    ))  # fmt: skip
    def test_no_value_does_more_than_that(self, value: Any) -> None:
        for parser, body in ((JsonParser(), json.dumps(value).encode()), (CborParser(), cbor2.dumps(value))):
            for form in (MODEL, WIRE, SOURCE):
                with suppress(BadAnswer):
                    parser.parse(answer(body), operation("json"), form)


class TestCbor:
    def test_what_json_cannot_say(self) -> None:
        body = {"aBlob": b"\0\xff", "aTime": WHEN, "aNumber": 2, "floats": [1.5, float("inf")]}
        assert read(body, SOURCE, CborParser()) == {**body, "aNumber": 2.0}

    def test_undefined_is_null(self) -> None:
        assert cbor.loads(b"\x82\xf7\xa1aa\xf7") == [None, {"a": None}]

    def test_tags_of_strangers_mean_nothing(self) -> None:
        # A pattern that does not compile, a value within itself, a huge exponent, an address, one nobody knows.
        for tagged, plain in (
            ("d82362285b", "(["), ("d81c81d81d00", [0]), ("c4821a7fffffff01", [2147483647, 1]),
            ("d9010443010203", b"\1\2\3"), ("d97b0001", 1),
        ):  # fmt: skip
            assert cbor.loads(bytes.fromhex(tagged)) == plain
        assert cbor.loads(bytes.fromhex("c249010000000000000000")) == 1 << 64
