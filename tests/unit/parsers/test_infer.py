"""Answers that nobody described."""

from __future__ import annotations

from typing import Any

import pytest

from boto.parsers.infer import NotInferred, infer


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('<R xmlns="http://x/"><keySet><item><keyName>a</keyName></item></keySet></R>',
         {"r": {"key_set": [{"key_name": "a"}]}}),
        ("<R><Names><member>a</member><member/></Names></R>", {"r": {"names": ["a", ""]}}),
        ("<R><Tag>1</Tag><Tag>2</Tag><Other> x </Other><Empty/></R>",
         {"r": {"tag": ["1", "2"], "other": " x ", "empty": ""}}),
        ("<R>\n  <A>\n  <entry><key>K</key><value>v</value></entry>\n  </A>\n</R>", {"r": {"a": {"K": "v"}}}),
        ("<R><A><entry><key>K</key><value>v</value></entry><entry><key>L</key><value/></entry></A></R>",
         {"r": {"a": {"K": "v", "L": ""}}}),
        ('<R xmlns:x="http://x/" x:kind="k"><x:A id="1">t</x:A><B id="2"/></R>',
         {"r": {"kind": "k", "a": {"id": "1", "text": "t"}, "b": {"id": "2"}}}),
        ("<R><A><item>1</item><note>n</note></A></R>", {"r": {"a": {"item": "1", "note": "n"}}}),
        ("<R><![CDATA[<x>]]>&amp;</R>", {"r": "<x>&"}),
        ("<item>1</item>", {"item": "1"}),
        ("\ufeff<R/>", {"r": ""}),
    ],
)  # fmt: skip
def test_xml_by_the_names_of_its_elements(body: str, expected: Any) -> None:
    assert infer(body.encode(), "text/xml") == expected


def test_json_is_taken_as_it_is() -> None:
    assert infer(b'{"keyName": [1, null]}', "application/json; charset=utf-8") == {"keyName": [1, None]}
    assert infer(b' [{"a": 1.5}]') == [{"a": 1.5}]
    assert infer(b'"x"', "application/problem+json") == "x"


def test_anything_else_is_text() -> None:
    assert infer(b"") == {}
    assert infer(b"hello") == "hello"
    assert infer("é".encode("latin-1"), "text/plain; charset=ISO-8859-1") == "é"
    assert infer(b"\xff") == "\xff"
    assert infer(b"<p>hello", "text/html") == "<p>hello"
    assert infer(b"[draft] notes") == "[draft] notes"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"<R><A></R>", "text/xml"),
        (b"<R", ""),
        (b"<R/>trailing", "application/xml"),
        (b'<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><r>&b;</r>', ""),
        (b'<!DOCTYPE r [<!ENTITY f SYSTEM "file:///etc/passwd">]><r>&f;</r>', ""),
        (b"<a>" * 3000 + b"</a>" * 3000, ""),
        (b'{"a": ', "application/json"),
        (b"[" * 200_000, "application/json"),
    ],
)
def test_what_is_broken_or_hostile_is_one_error(body: bytes, kind: str) -> None:
    with pytest.raises(NotInferred):
        infer(body, kind)
