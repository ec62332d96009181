"""Answers of ec2 and query in the three forms, and what happens to those that are none."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from decimal import Decimal
from math import isnan
from typing import Any

import pytest
from xml_documents import both, service

from boto.core.errors import BadAnswer
from boto.core.http import HTTPResponse
from boto.models.description import Description, Operation
from boto.parsers.base import MODEL, SOURCE, WIRE
from boto.parsers.xml import EC2Parser, QueryParser

KEY_PAIRS = {
    "Output": {"type": "structure", "members": {
        "KeyPairs": {"shape": "KeyPairList", "locationName": "keySet"},
        "Others": {"shape": "KeyPairList"},
    }},
    "KeyPairList": {"type": "list", "member": {"shape": "KeyPairInfo", "locationName": "item"}},
    "KeyPairInfo": {"type": "structure", "members": {
        "KeyName": {"shape": "String", "locationName": "keyName"},
        "Tags": {"shape": "KeyPairList", "locationName": "tagSet"},
    }},
    "String": {"type": "string"},
}  # fmt: skip
ANSWER = (
    '<AskResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>id-1</requestId><keySet>'
    "<item><keyName>a &amp; b</keyName></item><item><keyName/><tagSet/></item></keySet></AskResponse>"
)


class Rows:
    """A source of one operation, `Ask`, over rows given by hand."""

    header = {"id": "x", "protocol": "query"}
    names = {"ask": "Ask"}

    def __init__(self, *rows: Any, traits: dict[str, Any] | None = None, **record: Any) -> None:
        self._record = {"n": "Ask", "s": list(rows), "t": traits or {}, **record}

    def record(self, name: str) -> dict[str, Any]:
        return self._record

    def errors(self) -> dict[str, Any]:
        return {}

    def waiters(self) -> dict[str, Any]:
        return {}


def operation(*rows: Any, **record: Any) -> Operation:
    found = Description(Rows(*rows, **record)).find("ask")
    assert found is not None
    return found


def parse(operation: Operation, body: str | bytes, form: Any = MODEL, parser: Any = None) -> Any:
    raw = body.encode() if isinstance(body, str) else body
    return (parser or EC2Parser()).parse(HTTPResponse(200, {}, raw), operation, form)


def ec2(output: dict[str, Any], **shapes: Any) -> Operation:
    """An ec2 operation with these output members."""
    ours, _ = both(service({"Output": {"type": "structure", "members": output}, **shapes}, "ec2"))
    assert isinstance(ours, Operation)
    return ours


# A comment sends a body to lxml, so each case goes through both lanes.
@pytest.fixture(params=["scan", "walk"])
def lane(request: pytest.FixtureRequest) -> Any:
    return (lambda body: body) if request.param == "scan" else (lambda body: body + "<!-- -->")


class TestForms:
    def test_model_has_member_names_and_the_lists_that_were_not_sent(self, lane: Any) -> None:
        ours, _ = both(service(KEY_PAIRS, "ec2"))
        value, request_id = parse(ours, lane(ANSWER), MODEL)
        assert value == {"key_pairs": [{"key_name": "a & b"}, {"key_name": "", "tags": []}], "others": []}
        assert request_id == "id-1"

    def test_wire_has_the_root_and_the_names_that_were_sent(self, lane: Any) -> None:
        ours, _ = both(service(KEY_PAIRS, "ec2"))
        value, request_id = parse(ours, lane(ANSWER), WIRE)
        assert value == {
            "ask_response": {
                "request_id": "id-1",
                "key_set": [{"key_name": "a & b"}, {"key_name": "", "tag_set": []}],
            }
        }
        assert request_id == "id-1"

    def test_source_has_exactly_what_was_sent(self, lane: Any) -> None:
        ours, _ = both(service(KEY_PAIRS, "ec2"))
        value, _ = parse(ours, lane(ANSWER), SOURCE)
        assert value == {"KeyPairs": [{"KeyName": "a & b"}, {"KeyName": "", "Tags": []}]}

    def test_query_takes_the_wrapper_off_and_wire_keeps_it(self, lane: Any) -> None:
        ours, _ = both(service({
            "Output": {"type": "structure", "members": {"User": {"shape": "User"}}},
            "User": {"type": "structure", "members": {"UserName": {"shape": "String"}}},
            "String": {"type": "string"},
        }))  # fmt: skip
        body = lane(
            "<AskResponse><AskResult><User><UserName>eve</UserName></User></AskResult>"
            "<ResponseMetadata><RequestId>id-2</RequestId></ResponseMetadata></AskResponse>"
        )
        assert parse(ours, body, MODEL, QueryParser()) == ({"user": {"user_name": "eve"}}, "id-2")
        assert parse(ours, body, SOURCE, QueryParser()) == ({"User": {"UserName": "eve"}}, "id-2")
        assert parse(ours, body, WIRE, QueryParser())[0] == {
            "ask_response": {
                "ask_result": {"user": {"user_name": "eve"}},
                "response_metadata": {"request_id": "id-2"},
            }
        }

    def test_only_wire_keeps_what_nobody_described(self, lane: Any) -> None:
        ours = ec2({"Name": {"shape": "String"}}, String={"type": "string"})
        body = lane("<R><Name>a</Name><newField>1</newField></R>")
        assert parse(ours, body, MODEL)[0] == {"name": "a"}
        assert parse(ours, body, SOURCE)[0] == {"Name": "a"}
        assert parse(ours, body, WIRE)[0] == {"r": {"name": "a", "new_field": "1"}}

    def test_wire_infers_whole_trees_and_attributes_that_nobody_described(self) -> None:
        ours = ec2({"Name": {"shape": "String"}}, String={"type": "string"})
        body = (
            '<R xmlns:x="http://x/" x:kind="k"><Name>a</Name><newSet><item>1</item><item>2</item></newSet>'
            "<item>3</item><x:rep>4</x:rep><x:rep>5</x:rep></R>"
        )
        assert parse(ours, body, WIRE)[0] == {
            "r": {"name": "a", "new_set": ["1", "2"], "item": "3", "rep": ["4", "5"], "kind": "k"}
        }
        assert parse(ours, body, SOURCE)[0] == {"Name": "a"}

    def test_an_operation_without_output_gives_an_empty_dict(self, lane: Any) -> None:
        ours = operation()
        body = lane("<AskResponse><requestId>id-3</requestId><return>true</return></AskResponse>")
        assert parse(ours, body, MODEL) == ({}, "id-3")
        assert parse(ours, body, WIRE)[0] == {"ask_response": {"request_id": "id-3", "return": "true"}}
        assert parse(ours, "", MODEL) == ({}, None)

    def test_model_adds_no_lists_below_the_top_nor_to_unions(self, lane: Any) -> None:
        inner = ["S", "Inner", {"Deep": 2}]
        assert parse(
            operation(["S", "Out", {"Inner": 1}], inner, ["L", "", "s"], o=0), lane("<R><Inner/></R>")
        )[0] == {"inner": {}}
        union = operation(["U", "Out", {"A": 1, "B": 2}], ["L", "", "s"], ["L", "", "s"], o=0)
        assert parse(union, lane("<R><A><member>1</member></A></R>"))[0] == {"a": ["1"]}

    def test_the_request_id_may_come_in_a_header(self) -> None:
        ours = ec2({"Name": {"shape": "String"}}, String={"type": "string"})
        response = HTTPResponse(200, {"X-Amzn-RequestId": "id-4"}, b"<R/>")
        assert EC2Parser().parse(response, ours, MODEL) == ({}, "id-4")


class TestLeaves:
    def test_each_kind_is_a_native_value_in_every_form(self, lane: Any) -> None:
        kinds = {
            "A": "i",
            "B": "l",
            "C": "d",
            "D": "b",
            "E": "t",
            "F": "B",
            "G": "n",
            "H": "s",
            "I": "sl",
            "J": "f",
        }
        ours = operation(["S", "Out", kinds], o=0)
        body = lane(
            "<R><A>-3</A><B>9223372036854775807</B><C>-Infinity</C><D>true</D><E>2020-01-01T01:00:00+01:00</E>"
            "<F>aGVsbG8=</F><G>0.10</G><H> x </H><I>7</I><J>1e3</J></R>"
        )
        expected = [
            -3, 9223372036854775807, float("-inf"), True, datetime(2020, 1, 1, tzinfo=UTC),
            b"hello", Decimal("0.10"), " x ", 7, 1000.0,
        ]  # fmt: skip
        for form in (MODEL, SOURCE):
            value, _ = parse(ours, body, form)
            assert [value[key] for key in sorted(value)] == expected
        assert list(parse(ours, body, WIRE)[0]["r"].values()) == expected
        assert str(parse(ours, body)[0]["g"]) == "0.10"

    def test_only_the_word_true_is_true(self, lane: Any) -> None:
        ours = operation(["S", "Out", {"A": "b"}], o=0)
        for text, expected in (("true", True), ("false", False), ("True", False), ("1", False), ("", False)):
            assert parse(ours, lane(f"<R><A>{text}</A></R>"))[0] == {"a": expected}

    def test_nan_is_a_float(self, lane: Any) -> None:
        value = parse(operation(["S", "Out", {"A": "d"}], o=0), lane("<R><A>NaN</A></R>"))[0]["a"]
        assert isnan(value)

    @pytest.mark.parametrize("body", ["<R><A/></R>", "<R><A></A></R>", "<R><A> </A></R>"])
    def test_an_empty_number_or_time_is_absent(self, body: str, lane: Any) -> None:
        for kind in "idtn":
            assert parse(operation(["S", "Out", {"A": kind}], o=0), lane(body))[0] == {}

    def test_an_empty_text_is_a_text_and_an_empty_structure_a_dict(self, lane: Any) -> None:
        rows = ["S", "Out", {"A": "s", "B": 1, "C": 2, "D": 3, "E": "s", "F": "B"}]
        ours = operation(rows, ["S", "In", {"X": "s"}], ["L", "", "s"], ["M", "", "s", "s"], o=0)
        body = lane("<R><A/><B/><C/><D/><F/></R>")
        assert parse(ours, body)[0] == {"a": "", "b": {}, "c": [], "d": {}, "f": b""}

    def test_a_leaf_of_the_wrong_kind_is_one_clear_error(self, lane: Any) -> None:
        ours = operation(["S", "Out", {"Size": "i"}], o=0)
        with pytest.raises(BadAnswer, match="Ask: the answer has a <Size> that is no integer"):
            parse(ours, lane("<R><Size>many</Size></R>"))


class TestCollections:
    def test_flattened_lists_and_maps(self, lane: Any) -> None:
        rows = [
            "S",
            "Out",
            {"Ids": [1, 16, "", "Id"], "Tags": [2, 16, "", "Tag"], "Sets": [3, 16, "", "Set"]},
        ]
        item = ["S", "Item", {"N": "i"}]
        ours = operation(
            rows,
            ["L", "", "i"],
            ["M", "", ["s", 0, "", "Name"], ["s", 0, "", "Value"]],
            ["L", "", 4],
            item,
            o=0,
        )
        body = lane(
            "<R><Id>1</Id><Tag><Name>a</Name><Value>x</Value></Tag><Id>2</Id><Set><N>5</N></Set>"
            "<Tag><Name>b</Name><Value/></Tag><Set/></R>"
        )
        assert parse(ours, body)[0] == {"ids": [1, 2], "tags": {"a": "x", "b": ""}, "sets": [{"n": 5}, {}]}
        assert parse(ours, body, WIRE)[0]["r"] == {
            "id": [1, 2],
            "tag": {"a": "x", "b": ""},
            "set": [{"n": 5}, {}],
        }

    def test_map_keys_stay_as_they_are(self, lane: Any) -> None:
        ours = operation(["S", "Out", {"Attributes": 1}], ["M", "", "s", "i"], o=0)
        body = lane("<R><Attributes><entry><key>MaxSize</key><value>4</value></entry></Attributes></R>")
        for form in (MODEL, WIRE, SOURCE):
            value = parse(ours, body, form)[0]
            assert {"MaxSize": 4} in (*value.values(), *next(iter(value.values())).values())

    def test_any_child_of_a_list_is_an_element_of_it(self) -> None:
        ours = operation(["S", "Out", {"Ids": 1}], ["L", "", "s"], o=0)
        assert parse(ours, "<R><Ids><member>1</member><other>2</other></Ids></R>")[0] == {"ids": ["1", "2"]}

    def test_recursive_shapes(self, lane: Any) -> None:
        ours = operation(["S", "Node", {"Name": "s", "Next": 0, "All": 1}], ["L", "", 0], o=0)
        body = lane(
            "<R><Name>a</Name><Next><Next><Name>c</Name></Next></Next><All><member><All/></member></All></R>"
        )
        assert parse(ours, body)[0] == {"name": "a", "next": {"next": {"name": "c"}}, "all": [{"all": []}]}

    def test_of_a_repeated_member_the_first_counts(self) -> None:
        ours = operation(["S", "Out", {"A": "s", "B": 1}], ["S", "In", {"X": "s"}], o=0)
        body = "<R><A>1</A><A>2</A><B><X>1</X></B><B><X>2</X></B></R>"
        assert parse(ours, body)[0] == {"a": "1", "b": {"x": "1"}}

    def test_a_union_with_an_alternative_nobody_described(self, lane: Any) -> None:
        ours = operation(["S", "Out", {"U": 1}], ["U", "", {"A": "s", "B": "s"}], o=0)
        assert parse(ours, lane("<R><U><B>1</B></U></R>"))[0] == {"u": {"b": "1"}}
        new = lane("<R><U><C><D/></C></U></R>")
        assert parse(ours, new, SOURCE)[0] == {"U": {"SDK_UNKNOWN_MEMBER": {"name": "C"}}}
        assert parse(ours, new, MODEL)[0] == {"u": {"sdk_unknown_member": {"name": "C"}}}
        for two in ("<A/><B/>", "<A>1</A><C>2</C>"):
            with pytest.raises(BadAnswer, match="<U> with 2 members, where exactly one is set"):
                parse(ours, lane(f"<R><U>{two}</U></R>"))

    def test_members_that_travel_as_attributes(self) -> None:
        ours = operation(
            ["S", "Out", {"G": 1}], ["S", "", {"Type": ["s", 32, "", "xsi:type"], "Id": "s"}], o=0
        )
        body = '<R xmlns:i="http://i/"><G i:type="Group" type="no"><Id>1</Id></G></R>'
        assert parse(ours, body)[0] == {"g": {"id": "1", "type": "Group"}}
        assert parse(ours, body, SOURCE)[0] == {"G": {"Id": "1", "Type": "Group"}}


BOMB = (
    '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]><AskResponse><keySet><item><keyName>&j;</keyName></item></keySet></AskResponse>"
)
FILE = '<!DOCTYPE r [<!ENTITY f SYSTEM "file:///etc/passwd">]><R><keySet><item><keyName>&f;</keyName></item></keySet></R>'
BAD = {
    "empty": (b"", "is empty"),
    "blank": (b" \n", "is empty"),
    "HTML": (b"<html><body><h1>Sign in</h1></body></html>", "is an HTML page"),
    "HTML that is no XML": (b"<!DOCTYPE html><html><body><p>Hello<br></html>", "is an HTML page"),
    "text": (b"Service busy", "is not well-formed XML"),
    "JSON": (b'{"message": "no"}', "is not well-formed XML"),
    "truncated": (ANSWER.encode()[:150], "is not well-formed XML"),
    "truncated after a bracket": (ANSWER.encode()[:-15], "is not well-formed XML"),
    "a NUL": (ANSWER.replace("a &amp; b", "a\0b").encode(), "is not well-formed XML"),
    "a control character": (ANSWER.replace("a &amp; b", "a\x01b").encode(), "is not well-formed XML"),
    "not UTF-8": (ANSWER.replace("a &amp; b", "é").encode("latin-1"), "is not well-formed XML"),
    "an unknown encoding": (b'<?xml version="1.0" encoding="x-none"?><R/>', "is not well-formed XML"),
    "an undefined entity": (ANSWER.replace("&amp;", "&nbsp;").encode(), "is not well-formed XML"),
    "two roots": (b"<R/><R/>", "is not well-formed XML"),
    "an entity bomb": (BOMB.encode(), "has a document type|is not well-formed XML"),
    "a bomb in an attribute": (BOMB.replace("<item>", '<item a="&j;">').encode(), "is not well-formed XML"),
    "an external entity": (FILE.encode(), "has a document type|is not well-formed XML"),
    "an outer document type": (b'<!DOCTYPE r SYSTEM "http://127.0.0.1:1/x.dtd"><R/>', "has a document type"),
    "an error": (b"<ErrorResponse><Error><Code>X</Code></Error></ErrorResponse>", "reports a failure"),
    "an ec2 error": (b"<Response><Errors><Error><Code/></Error></Errors></Response>", "reports a failure"),
    "deep": (b"<R>" + b"<x>" * 5000 + b"</x>" * 5000 + b"</R>", "is not well-formed XML: Excessive depth"),
    "brackets that do not alternate": (b"<R<Name>x<</Name></R>", "is not well-formed XML"),
}  # fmt: skip


class TestBadAnswers:
    @pytest.mark.parametrize("form", [MODEL, WIRE, SOURCE])
    @pytest.mark.parametrize("name", BAD)
    def test_one_clear_error(self, name: str, form: Any) -> None:
        ours, _ = both(service(KEY_PAIRS, "ec2"))
        body, words = BAD[name]
        with pytest.raises(BadAnswer, match=f"^Ask: the answer ({words})") as caught:
            parse(ours, body, form)
        assert caught.value.status == 200
        assert len(caught.value.snippet) <= 200
        assert "root:" not in str(caught.value)

    def test_deep_nesting_of_a_recursive_shape(self) -> None:
        ours = operation(["S", "Node", {"Next": 0}], o=0)
        body = b"<R>" + b"<Next>" * 100_000 + b"</Next>" * 100_000 + b"</R>"
        with pytest.raises(BadAnswer, match=r"depth|deeply"):
            parse(ours, body)
        shallow = b"<R>" + b"<Next>" * 100 + b"</Next>" * 100 + b"</R>"
        assert parse(ours, shallow)[0]

    def test_a_query_answer_without_its_wrapper(self) -> None:
        ours, _ = both(service(KEY_PAIRS))
        with pytest.raises(BadAnswer, match="has no <AskResult>"):
            parse(ours, "<AskResponse><ResponseMetadata/></AskResponse>", MODEL, QueryParser())

    def test_nothing_is_shown_of_a_body_that_may_hold_secrets(self) -> None:
        ours = operation(["S", "Out", {"Keys": 1}], ["L", "", 2], ["S", "", {"Secret": ["s", 8]}], o=0)
        with pytest.raises(BadAnswer) as caught:
            parse(ours, "<R><Keys><member><Secret>hunter2</Secret></member></Keys>")
        assert caught.value.snippet == ""
        assert "hunter2" not in str(caught.value)

    def test_a_big_text_is_read(self) -> None:
        ours = operation(["S", "Out", {"Output": "s"}], o=0)
        assert len(parse(ours, "<R><Output>" + "x" * 12_000_000 + "</Output></R>")[0]["output"]) == 12_000_000


def test_other_encodings_are_read_when_they_are_declared() -> None:
    ours = operation(["S", "Out", {"Name": "s"}], o=0)
    body = '<?xml version="1.0" encoding="{}"?><R><Name>é</Name></R>'
    for encoding in ("iso-8859-1", "utf-16", "UTF-8"):
        assert parse(ours, body.format(encoding).encode(encoding))[0] == {"name": "é"}
    assert parse(ours, b"\xef\xbb\xbf" + body.format("utf-8").encode())[0] == {"name": "é"}


def test_a_plain_answer_needs_no_xml_library() -> None:
    program = (
        f"import sys; sys.path[:0] = {sys.path!r}; import test_xml_answers as t; "
        "[sys.modules.pop(n) for n in list(sys.modules) if n.startswith(('lxml', 'xmltodict'))]; "
        "print(t.parse(t.operation(['S', '', {'A': 'i'}], o=0), '<R><A>1</A></R>')[0]); "
        "print(any(n.startswith(('lxml', 'xmltodict')) for n in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[:2] == ["{'a': 1}", "False"]
