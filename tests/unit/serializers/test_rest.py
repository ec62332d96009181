"""REST requests: where members go, the styles of OpenAPI, bodies, and values that cannot be sent."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from email import message_from_bytes
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest

from boto.core.errors import ParameterError
from boto.models.description import Operation
from boto.serializers.rest import RestSerializer

if TYPE_CHECKING:
    from boto.core.http import HTTPRequest

WHEN = datetime(2026, 11, 21, 9, 30, tzinfo=timezone(timedelta(hours=1)))


class _Service:
    id = "fog"


def operation(
    members: dict[str, Any], uri: str = "/a", method: str = "POST", rows: Any = (), **traits: Any
) -> Operation:
    about = {"needed": True} if traits.pop("needed", False) else {}
    record = {"n": "Do", "m": method, "u": uri, "i": 0, "t": traits, "s": [["S", "", members, about], *rows]}
    return Operation(_Service(), record)  # type: ignore[arg-type] - only its id is used


def send(op: Operation, endpoint: str = "https://fog.example/v1", /, **params: Any) -> HTTPRequest:
    return RestSerializer().serialize(op, params, endpoint)


class TestPath:
    def test_labels_are_escaped(self) -> None:
        op = operation({"id": ["s", 1, "p"], "key": ["s", 1, "p"]}, "/things/{id}/{key+}")
        assert send(op, id="a/b c", key="x/y z").url == "https://fog.example/v1/things/a%2Fb%20c/x/y%20z"

    def test_labels_may_be_part_of_a_segment_and_have_another_wire_name(self) -> None:
        op = operation({"n": ["i", 1, "p", "no"]}, "/a-{no}.json?fixed=1")
        assert send(op, "https://fog.example/", n=3).url == "https://fog.example/a-3.json?fixed=1"

    @pytest.mark.parametrize("value", ["", ".", ".."])
    def test_a_label_never_changes_which_resource_is_meant(self, value: str) -> None:
        op = operation({"id": ["s", 1, "p"]}, "/a/{id}/b")
        with pytest.raises(ParameterError) as caught:
            send(op, id=value)
        assert caught.value.problems == [("id", f"{value!r} cannot be part of a path")]

    def test_a_missing_label_is_named(self) -> None:
        with pytest.raises(ParameterError, match="id: required"):
            send(operation({"id": ["s", 1, "p"]}, "/a/{id}"))

    @pytest.mark.parametrize(
        ("extras", "value", "path"),
        [
            ({}, ["a", "b/"], "a,b%2F"),
            ({}, {"k": "v", "w": 1}, "k,v,w,1"),
            ({"explode": True}, {"k": "v", "w": 1}, "k=v,w=1"),
            ({"style": "label"}, ["a", "b"], ".a,b"),
            ({"style": "label", "explode": True}, ["a", "b"], ".a.b"),
            ({"style": "matrix"}, ["a", "b"], ";p=a,b"),
            ({"style": "matrix", "explode": True}, ["a", "b"], ";p=a;p=b"),
            ({"style": "matrix"}, 5, ";p=5"),
            ({"style": "json"}, {"k": [1]}, "%7B%22k%22%3A%5B1%5D%7D"),
        ],
    )
    def test_styles(self, extras: Any, value: Any, path: str) -> None:
        assert send(operation({"p": ["D", 1, "p", None, extras]}, "/{p}"), p=value).url.endswith(
            f"/v1/{path}"
        )


class TestQuery:
    @pytest.mark.parametrize(
        ("extras", "value", "query"),
        [
            ({}, "a b&c", "q=a%20b%26c"),
            ({}, True, "q=true"),
            ({}, 1.5, "q=1.5"),
            ({}, ["a", "b,c"], "q=a&q=b%2Cc"),
            ({}, {"k": "v", "l": [1, 2]}, "k=v&l=1&l=2"),
            ({"style": "comma"}, ["a", "b,c"], "q=a,b%2Cc"),
            ({"style": "comma"}, {"k": "v"}, "q=k,v"),
            ({"style": "space"}, ["a", "b"], "q=a%20b"),
            ({"style": "pipe"}, ["a", "b"], "q=a|b"),
            ({"style": "deep"}, {"k": "v", "l": [1, 2]}, "q%5Bk%5D=v&q%5Bl%5D=1&q%5Bl%5D=2"),
            ({"style": "json"}, {"k": True}, "q=%7B%22k%22%3Atrue%7D"),
        ],
    )
    def test_styles(self, extras: Any, value: Any, query: str) -> None:
        assert send(operation({"q": ["D", 0, "q", None, extras]}), q=value).url.endswith(f"/v1/a?{query}")

    def test_wire_names_timestamps_and_maps(self) -> None:
        op = operation(
            {"when": ["ti", 0, "q", "created[gt]"], "more": [1, 0, "Q"]}, rows=[["M", "", "s", "s"]]
        )
        url = send(op, when=WHEN, more={"x": "1", "y": ["2", "3"]}).url
        assert url.endswith("?created%5Bgt%5D=2026-11-21T08%3A30%3A00Z&x=1&y=2&y=3")

    def test_none_and_empty_lists_are_not_sent(self) -> None:
        op = operation({"a": ["s", 0, "q"], "b": [1, 0, "q"]}, rows=[["L", "", "s"]])
        assert send(op, a=None, b=[]).url == "https://fog.example/v1/a"


class TestHeaders:
    def test_values(self) -> None:
        op = operation(
            {
                "Fields": [1, 0, "h", "X-Fields"],
                "Dry": ["b", 0, "h", "X-Dry"],
                "Meta": [2, 0, "H", "X-Meta-"],
                "When": ["th", 0, "h", "If-Modified-Since"],
            },
            rows=[["L", "", "s"], ["M", "", "s", "s"]],
        )
        headers = send(op, Fields=["a", "b"], Dry=False, Meta={"k": "v"}, When=WHEN).headers
        assert headers == {
            "X-Fields": "a,b",
            "X-Dry": "false",
            "X-Meta-k": "v",
            "If-Modified-Since": "Sat, 21 Nov 2026 08:30:00 GMT",
            "Accept": "application/json",
        }

    @pytest.mark.parametrize("value", ["a\r\nX-Other: b", "a\nb", "a\0", "\u4e2d"])
    def test_what_would_begin_another_header_is_refused(self, value: str) -> None:
        with pytest.raises(ParameterError, match="cannot hold") as caught:
            send(operation({"Name": ["s", 0, "h", "X-Name"]}), Name=value)
        assert value not in str(caught.value)

    def test_cookies(self) -> None:
        op = operation({"a": ["s", 0, "c"], "b": ["s", 0, "c", "B"]})
        assert send(op, a="1;2", b="x").headers["Cookie"] == "a=1%3B2; B=x"

    def test_accept_is_what_the_answer_will_be(self) -> None:
        assert send(operation({}, accept="image/png")).headers["Accept"] == "image/png"


class TestJSON:
    def body(self, op: Operation, /, **params: Any) -> Any:
        request = send(op, **params)
        assert request.headers["Content-Type"] == "application/json"
        assert isinstance(request.body, bytes)
        return json.loads(request.body)

    def test_members_are_the_body(self) -> None:
        op = operation(
            {
                "name": "s",
                "at": "ti",
                "raw": "B",
                "big": "sl",
                "one": ["s", 0, "", "wireName"],
                "deep": 1,
                "free": "D",
            },
            rows=[["S", "", {"list": 2, "self": 1}], ["L", "", 3], ["M", "", "s", "tu"]],
        )
        given = {
            "name": "é",
            "at": WHEN,
            "raw": b"\0\xff",
            "big": 2**60,
            "one": None,
            "deep": {"list": [{"aB": WHEN}], "self": {"list": []}},
            "free": {"aB": [None, 1.5, {"c_d": True}]},
        }
        assert self.body(op, **given) == {
            "name": "é",
            "at": "2026-11-21T08:30:00Z",
            "raw": "AP8=",
            "big": str(2**60),
            "wireName": None,
            "deep": {"list": [{"aB": 1795249800}], "self": {"list": []}},
            "free": {"aB": [None, 1.5, {"c_d": True}]},
        }

    def test_the_whole_body_and_members_beside_it(self) -> None:
        op = operation({"a": "s", "b": "s", "body": [1, 0, "B"]}, rows=[["S", "", {"a": "s", "b": "s"}]])
        assert self.body(op, body={"a": "1"}) == {"a": "1"}
        assert self.body(op, body={"a": "1"}, b="2") == {"a": "1", "b": "2"}

    def test_a_body_that_is_a_list_or_a_string(self) -> None:
        traits = {"content": "application/json"}
        op = operation({"body": [1, 0, "B"]}, rows=[["L", "", "ti"]], **traits)
        assert self.body(op, body=[WHEN]) == ["2026-11-21T08:30:00Z"]
        assert self.body(operation({"body": ["s", 0, "B"]}, **traits), body="x") == "x"

    def test_nothing_given_is_no_body_unless_one_is_needed(self) -> None:
        assert send(operation({"a": "s"})).body is None
        assert "Content-Type" not in send(operation({"a": "s"})).headers
        assert send(operation({"a": "s"}, content="application/json", needed=True)).body == b"{}"

    def test_members_of_open_bodies_are_sent_as_they_are(self) -> None:
        assert self.body(operation({"a": "s"}), a="1", other={"x": 1}) == {"a": "1", "other": {"x": 1}}

    def test_documents_may_hold_decimals_dates_and_bytes(self) -> None:
        op = operation({"d": "D"})
        value = [Decimal("10"), Decimal("1.25"), WHEN, WHEN.date(), b"hi"]
        assert self.body(op, d=value) == {"d": [10, 1.25, "2026-11-21T08:30:00Z", "2026-11-21", "aGk="]}

    @pytest.mark.parametrize("value", [float("nan"), float("inf"), object(), {1: {2}}])
    def test_what_json_cannot_hold_is_an_error(self, value: Any) -> None:
        with pytest.raises(ParameterError, match="JSON cannot hold it"):
            send(operation({"d": "D"}), d=value)

    def test_circles_and_depth_are_errors(self) -> None:
        circle: list[Any] = []
        circle.append(circle)
        deep: Any = []
        for _ in range(100_000):
            deep = [deep]
        for value in (circle, deep):
            with pytest.raises(ParameterError):
                send(operation({"d": "D"}), d=value)

    def test_a_list_of_edits_is_a_json_patch(self) -> None:
        merge, patch = "application/merge-patch+json", "application/json-patch+json"
        op = operation({"body": ["D", 0, "B"]}, content=merge, contents=[patch, merge])
        assert send(op, body={"a": 1}).headers["Content-Type"] == merge
        assert send(op, body=[{"op": "remove", "path": "/a"}]).headers["Content-Type"] == patch


class TestOtherBodies:
    def test_streams_and_bytes_pass_through(self) -> None:
        op = operation({"body": ["B", 64, "B"]}, content="application/octet-stream")
        stream = object()
        assert send(op, body=stream).body is stream
        assert send(op, body=b"x").body == b"x"
        assert send(op, body=b"x").headers["Content-Type"] == "application/octet-stream"

    def test_text(self) -> None:
        op = operation({"body": ["s", 0, "B"]}, content="text/plain")
        assert send(op, body="é").body == "é".encode()

    def test_urlencoded_forms(self) -> None:
        op = operation(
            {"a": ["s", 0, "f"], "b": [1, 0, "f"], "c": ["b", 0, "f"]},
            rows=[["L", "", "i"]],
            content="application/x-www-form-urlencoded",
        )
        request = send(op, a="x&y z", b=[1, 2], c=True)
        assert request.body == b"a=x%26y%20z&b=1&b=2&c=true"
        assert request.headers["Content-Type"] == "application/x-www-form-urlencoded"

    def test_multipart_forms(self) -> None:
        op = operation(
            {"file": ["B", 64, "f"], "name": ["s", 0, "f", 'n"m'], "tags": [1, 0, "f"], "meta": [2, 0, "f"]},
            rows=[["L", "", "s"], ["M", "", "s", "s"]],
            content="multipart/form-data",
        )
        request = send(op, file=b"\0data", name="x", tags=["a", "b"], meta={"k": "v"})
        assert isinstance(request.body, bytes)
        head = f"Content-Type: {request.headers['Content-Type']}\r\n\r\n".encode()
        parts = message_from_bytes(head + request.body).get_payload()
        assert [(part["Content-Disposition"], part.get_payload(decode=True)) for part in parts] == [
            ('form-data; name="file"; filename="file"', b"\0data"),
            ('form-data; name="n%22m"', b"x"),
            ('form-data; name="tags"', b"a"),
            ('form-data; name="tags"', b"b"),
            ('form-data; name="meta"', b'{"k":"v"}'),
        ]
        assert send(op, file=b"\0data", name="x", tags=["a", "b"], meta={"k": "v"}).body == request.body

    def test_files_in_forms_are_refused_not_read(self) -> None:
        op = operation({"file": ["B", 64, "f"]}, content="multipart/form-data")
        with pytest.raises(ParameterError, match="not a file"):
            send(op, file=BytesIO(b"data"))

    def test_an_empty_form_that_is_needed_is_sent(self) -> None:
        op = operation({"a": ["s", 0, "f"]}, content="multipart/form-data", needed=True)
        body = send(op).body
        assert isinstance(body, bytes) and body.endswith(b"--\r\n")
