"""JSON answers in three forms, members outside the body, errors in every envelope, and bad answers."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boto.core.errors import BadAnswer
from boto.core.http import HTTPResponse
from boto.models.description import Operation
from boto.parsers.base import MODEL, SOURCE, WIRE, ErrorInfo
from boto.parsers.json import Plans
from boto.parsers.rest import RestParser

if TYPE_CHECKING:
    from boto.parsers.base import Form

WHEN = datetime(2026, 11, 21, 8, 30, tzinfo=UTC)
FORMS: tuple[Form, ...] = (MODEL, WIRE, SOURCE)


class _Service:
    id = "fog"


def operation(*rows: Any, output: Any = 0, **traits: Any) -> Operation:
    record = {"n": "Do", "o": output, "t": traits, "s": list(rows)}
    return Operation(_Service(), record)  # type: ignore[arg-type] - only its id is used


def answer(body: Any, status: int = 200, **headers: str) -> HTTPResponse:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    fields = {name.replace("_", "-"): value for name, value in headers.items()}
    return HTTPResponse(status, {"Content-Type": "application/json", **fields}, content)


def read(op: Operation, body: Any, form: Form = MODEL, status: int = 200, **headers: str) -> Any:
    return RestParser().parse(answer(body, status, **headers), op, form)[0]


THINGS = operation(
    ["S", "", {"thingList": 1, "nextPage": ["s", 0, "", "next"], "total": "l"}],
    ["L", "", 2],
    [
        "S",
        "Thing",
        {"createdAt": "ti", "rawData": "B", "bigCount": "sl", "labels": 3, "anyThing": "D", "parent": 2},
    ],
    ["M", "", "s", 2],
)
BODY = {
    "thingList": [
        {
            "createdAt": "2026-11-21T08:30:00Z",
            "rawData": "AP8=",
            "bigCount": "9007199254740993",
            "labels": {"someKey": {"createdAt": 1795249800}},
            "anyThing": {"aB": [{"cD": 1}]},
            "newField": 1,
        },
        {"createdAt": None, "parent": {"createdAt": "never"}},
    ],
    "next": "n",
    "total": 1,
}


class TestForms:
    def test_model_has_snake_names_and_typed_values(self) -> None:
        assert read(THINGS, BODY) == {
            "thing_list": [
                {
                    "created_at": WHEN,
                    "raw_data": b"\0\xff",
                    "big_count": 9007199254740993,
                    "labels": {"someKey": {"created_at": WHEN}},
                    "any_thing": {"aB": [{"cD": 1}]},
                    "newField": 1,
                },
                {"created_at": None, "parent": {"created_at": "never"}},
            ],
            "next_page": "n",
            "total": 1,
        }

    def test_wire_goes_by_wire_names(self) -> None:
        assert list(read(THINGS, BODY, WIRE)) == ["thing_list", "next", "total"]

    def test_source_keeps_the_spelling(self) -> None:
        value = read(THINGS, BODY, SOURCE)
        assert list(value) == ["thingList", "nextPage", "total"]
        assert value["thingList"][0]["createdAt"] == WHEN

    def test_absent_lists_are_empty_in_model_alone(self) -> None:
        assert read(THINGS, {"total": 1}) == {"total": 1, "thing_list": []}
        assert read(THINGS, {"thingList": None})["thing_list"] == []
        assert read(THINGS, {"total": 1}, WIRE) == {"total": 1}
        assert read(THINGS, {"total": 1}, SOURCE) == {"total": 1}

    def test_lists_stay_absent_below_the_top_in_alternatives_and_where_null_is_meant(self) -> None:
        nested = operation(["S", "", {"a": 1}], ["S", "", {"b": 2}], ["L", "", "s"])
        assert read(nested, {"a": {}}) == {"a": {}}
        rows = (["S", "", {"b": 1}, {"any": [2, 3]}], ["L", "", "s"], ["S", "", {"b": 1}], ["S", "", {}])
        folded = operation(*rows)
        assert read(folded, {}) == {}
        nullable = operation(["S", "", {"b": [1, 4096]}], ["L", "", "s"])
        assert read(nullable, {"b": None}) == {"b": None}

    def test_a_list_at_the_top(self) -> None:
        op = operation(["L", "", 1], ["S", "", {"createdAt": "ti"}])
        assert read(op, [{"createdAt": "2026-11-21T08:30:00Z"}]) == [{"created_at": WHEN}]
        assert read(op, b"") == []

    def test_untouched_subtrees_are_passed_through(self) -> None:
        op = operation(["S", "", {"plain": 1, "at": "ti"}], ["S", "", {"a": "s", "b": "D"}])
        assert op.output is not None
        assert Plans(MODEL).of(op.output.members["plain"].shape) is None
        assert read(op, {"plain": {"a": "x", "New": 1}, "at": ""}) == {
            "plain": {"a": "x", "New": 1},
            "at": "",
        }

    def test_values_of_other_types_than_promised_are_left_alone(self) -> None:
        body = {"thingList": {"a": 1}, "total": "many", "next": [1]}
        assert read(THINGS, body) == {"thing_list": {"a": 1}, "total": "many", "next_page": [1]}
        odd = {"createdAt": [], "rawData": "?", "bigCount": "x", "labels": 3, "anyThing": 1, "parent": "p"}
        (thing,) = read(THINGS, {"thingList": [odd]})["thing_list"]
        assert list(thing.values()) == list(odd.values())

    @given(
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(),
            lambda inner: (
                st.lists(inner)
                | st.dictionaries(st.sampled_from(["thingList", "createdAt", "labels", "parent", "x"]), inner)
            ),
        )
    )
    def test_no_json_upsets_the_reader(self, body: Any) -> None:
        for form in FORMS:
            read(THINGS, body, form)


class TestElsewhere:
    def test_headers_status_and_prefixes(self) -> None:
        op = operation(
            [
                "S",
                "",
                {
                    "a": "s",
                    "size": ["l", 0, "h", "X-Size"],
                    "code": ["i", 0, "S"],
                    "meta": [1, 0, "H", "X-M-"],
                    "seen": ["th", 0, "h", "Date"],
                    "no": ["b", 0, "h", "X-No"],
                },
            ],
            ["M", "", "s", "s"],
        )
        value = read(
            op, {"a": "x"}, X_Size="12", X_M_Key="v", Date="Sat, 21 Nov 2026 08:30:00 GMT", X_No="true"
        )
        assert value == {"a": "x", "size": 12, "code": 200, "meta": {"Key": "v"}, "seen": WHEN, "no": True}

    def test_the_body_as_one_member(self) -> None:
        text = operation(["S", "", {"body": ["s", 0, "B"]}])
        assert read(text, b"plain", Content_Type="text/plain") == {"body": "plain"}
        assert read(text, b'"quoted"') == {"body": "quoted"}
        assert read(text, b"not quoted") == {"body": "not quoted"}
        blob = operation(["S", "", {"body": ["B", 64, "B"]}])
        assert read(blob, b"\0\1", Content_Type="application/octet-stream") == {"body": b"\0\1"}

    def test_a_streamed_body_is_handed_on(self) -> None:
        stream: Any = object()
        response = HTTPResponse(200, {}, b"", stream)
        op = operation(["S", "", {"body": ["B", 64, "B"]}])
        assert RestParser().parse(response, op, MODEL)[0] == {"body": stream}

    def test_nothing_is_an_empty_dict(self) -> None:
        assert read(THINGS, b"", SOURCE, 204) == {}
        assert read(operation(output="D"), b"") == {}
        undescribed = Operation(_Service(), {"n": "Do"})  # type: ignore[arg-type] - only its id is used
        assert read(undescribed, b"") == {}
        assert read(undescribed, b"<p>", Content_Type="text/html") == {}
        assert read(undescribed, {"aB": 1}) == {"aB": 1}

    def test_other_statuses_have_other_shapes(self) -> None:
        rows = (["S", "", {"aB": "s"}], ["S", "", {"aB": ["s", 0, "", "xY"]}])
        op = operation(*rows, outputs={"200": 0, "202": 1})
        assert read(op, {"aB": "1"}) == {"a_b": "1"}
        assert read(op, {"xY": "1"}, status=202) == {"a_b": "1"}
        assert read(op, {"aB": "1"}, status=201) == {"a_b": "1"}

    def test_request_ids(self) -> None:
        for name in ("X-Request-Id", "x-amzn-RequestId", "X-Openstack-Request-Id"):
            response = HTTPResponse(200, {name: "r-1"}, b"{}")
            assert RestParser().parse(response, THINGS, WIRE) == ({}, "r-1")
        assert RestParser().request_id(HTTPResponse(200)) is None


class TestBadAnswers:
    @pytest.mark.parametrize(
        "body", [b"<html><h1>502</h1>", b'{"a": ', b"\xff\xfe\xfd", b'{"a": ' + b"9" * 5000 + b"}", b"   "]
    )
    def test_what_is_no_json(self, body: bytes) -> None:
        for form in FORMS:
            with pytest.raises(BadAnswer) as caught:
                read(THINGS, body, form)
            assert caught.value.status == 200
            assert caught.value.snippet == body[:200].decode("utf-8", "replace")[:200]

    def test_depth_bombs(self) -> None:
        for body in (b"[" * 200_000, b'{"thingList":[{"parent":' * 50_000):
            with pytest.raises(BadAnswer):
                read(THINGS, body)
        nested: Any = {}
        for _ in range(900):
            nested = {"parent": nested}
        text = json.dumps({"thingList": [nested]}).encode()
        try:
            read(THINGS, text)
        except BadAnswer as error:
            assert "nested too deeply" in str(error)


class TestErrors:
    def error(self, body: Any, status: int = 400, op: Operation = THINGS, **headers: str) -> ErrorInfo:
        return RestParser().parse_error(answer(body, status, **headers), op)

    @pytest.mark.parametrize(
        ("body", "code", "message"),
        [
            ({"id": "not_found", "message": "gone"}, "not_found", "gone"),
            ({"code": "quota", "message": "too many"}, "quota", "too many"),
            ({"code": 10000, "message": "no"}, "10000", "no"),
            ({"errors": [{"code": 1003, "message": "bad"}], "success": False}, "1003", "bad"),
            ({"errors": [{"reason": "Not found", "field": "id"}]}, "400", "Not found"),
            ({"errors": ["first", "second"]}, "400", "first"),
            ([{"code": "a", "message": "b"}], "a", "b"),
            ({"error": {"code": "teapot", "message": "short"}}, "teapot", "short"),
            ({"error": {"code": 404, "message": "none", "status": "NOT_FOUND"}}, "NOT_FOUND", "none"),
            ({"error": "Invalid API token."}, "400", "Invalid API token."),
            ({"error": "invalid_grant", "error_description": "expired"}, "invalid_grant", "expired"),
            (
                {"kind": "Status", "reason": "AlreadyExists", "code": 409, "message": "pods x"},
                "AlreadyExists",
                "pods x",
            ),
            (
                {
                    "type": "https://fog.example/problems/out-of-credit",
                    "title": "No credit",
                    "detail": "30 < 50",
                },
                "out-of-credit",
                "30 < 50",
            ),
            ({"type": "about:blank", "title": "Not Found", "status": 404}, "Not Found", "Not Found"),
            ({"__type": "com.fog#Throttled", "message": "slow"}, "Throttled", "slow"),
            ({"description": "words"}, "400", "words"),
            ("just text", "400", "just text"),
            ({}, "400", ""),
            (None, "400", ""),
            (b"upstream is down", "400", "upstream is down"),
            (b"", "400", ""),
            (b"<html><head><title>502 Bad\n Gateway</title>", "400", "502 Bad Gateway"),
            (b"<?xml version='1.0'?><x/>", "400", "an answer in HTML or XML"),
        ],
    )
    def test_envelopes(self, body: Any, code: str, message: str) -> None:
        info = self.error(body)
        assert (info.code, info.message) == (code, message)

    def test_request_ids_come_from_headers_or_the_body(self) -> None:
        assert self.error({}, X_Request_Id="h").request_id == "h"
        assert self.error({"request_id": "b"}).request_id == "b"
        assert self.error({"requestId": "b"}, X_Request_Id="h").request_id == "h"

    def test_fields_are_those_of_the_shape_for_the_status(self) -> None:
        op = operation(["S", "", {}], ["S", "", {"badFields": "D", "retryAt": "ti"}], failures={"4XX": 1})
        body = {"badFields": ["a"], "retryAt": "2026-11-21T08:30:00Z"}
        assert self.error(body, 422, op).fields == {"bad_fields": ["a"], "retry_at": WHEN}
        assert self.error(body, 500, op).fields == body

    @given(
        st.one_of(
            st.binary(),
            st.recursive(
                st.none() | st.booleans() | st.integers() | st.text(),
                lambda inner: (
                    st.lists(inner)
                    | st.dictionaries(
                        st.sampled_from(
                            ["error", "errors", "code", "message", "reason", "type", "id", "status"]
                        ),
                        inner,
                    )
                ),
            ),
        )
    )
    def test_never_raises(self, body: Any) -> None:
        info = self.error(body)
        assert isinstance(info.code, str) and info.code
        assert isinstance(info.message, str)

    def test_depth_bombs_are_errors_like_others(self) -> None:
        assert self.error(b'{"error":' * 100_000).code == "400"
