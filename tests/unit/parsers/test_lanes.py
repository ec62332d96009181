"""Two lanes, one result: what the scan reads it reads as lxml does, and both read as botocore does."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from typing import Any

import botocore.parsers
from hypothesis import given, settings
from xml_documents import answers, both, broken

from boto.core.errors import BadAnswer
from boto.core.http import HTTPResponse
from boto.parsers.base import MODEL, SOURCE, WIRE
from boto.parsers.scan import Scanner
from boto.parsers.walk import Unreadable, local, record, tree
from boto.parsers.xml import EC2Parser, QueryParser

PARSERS: dict[str, Any] = {"ec2": EC2Parser(), "query": QueryParser()}


def exact(value: Any) -> Any:
    """Comparable with types and all: 1, 1.0 and True differ, NaN is NaN, the order of keys does not count."""
    if isinstance(value, dict):
        return {key: exact(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [exact(inner) for inner in value]
    return repr(value)


def scanned(envelope: Any, body: bytes) -> Any:
    found = Scanner(envelope).scan(body)
    return None if found is None else exact(found)


def walked(envelope: Any, body: bytes) -> Any:
    try:
        root = tree(body)
        return exact((local(root.tag), record(envelope, root)))
    except Unreadable as error:
        return f"unreadable: {error}"


def envelopes(model: dict[str, Any]) -> list[Any]:
    operation, _ = both(model)
    parser = PARSERS[operation.description.protocol]
    return [parser._compile(operation, form).record for form in (MODEL, WIRE, SOURCE)]


@settings(max_examples=100, deadline=None)
@given(answers(odd=False))
def test_a_plain_answer_is_scanned_as_lxml_reads_it(case: tuple[dict[str, Any], bytes]) -> None:
    model, body = case
    for envelope in envelopes(model):
        found = scanned(envelope, body)
        if found is not None:
            assert found == walked(envelope, body)


@settings(max_examples=100, deadline=None)
@given(answers())
def test_an_odd_answer_is_left_to_lxml_or_read_as_lxml_does(case: tuple[dict[str, Any], bytes]) -> None:
    model, body = case
    for envelope in envelopes(model):
        found = scanned(envelope, body)
        if found is not None:
            assert found == walked(envelope, body)


@settings(max_examples=100, deadline=None)
@given(broken())
def test_a_broken_answer_is_never_scanned_to_something_else(case: tuple[dict[str, Any], bytes]) -> None:
    model, body = case
    for envelope in envelopes(model):
        found = scanned(envelope, body)
        if found is not None:
            assert found == walked(envelope, body)


def plain(value: Any) -> Any:
    """Comparable: NaN equals itself, instants are compared in UTC."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items() if key != "ResponseMetadata"}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    if isinstance(value, float) and math.isnan(value):
        return "NaN"
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC)
    return value


def theirs(protocol: str, shape: Any, body: bytes) -> Any:
    """botocore's answer; None where it breaks (it does on empty numbers)."""
    try:
        return plain(
            botocore.parsers.create_parser(protocol).parse(
                {"status_code": 200, "headers": {}, "body": body}, shape
            )
        )
    except Exception:  # it raises whatever comes
        return None


@settings(max_examples=100, deadline=None)
@given(answers(repeats=False))
def test_the_source_form_is_what_botocore_gives(case: tuple[dict[str, Any], bytes]) -> None:
    model, body = case
    operation, shape = both(model)
    protocol = operation.description.protocol
    expected = theirs(protocol, shape, body)
    if expected is None:
        return
    value, _ = PARSERS[protocol].parse(HTTPResponse(200, {}, body), operation, SOURCE)
    assert plain(value) == expected


@settings(max_examples=100, deadline=None)
@given(broken())
def test_whatever_arrives_there_is_a_value_or_one_clear_error(case: tuple[dict[str, Any], bytes]) -> None:
    model, body = case
    operation, _ = both(model)
    parser = PARSERS[operation.description.protocol]
    response = HTTPResponse(200, {}, body)
    for form in (MODEL, WIRE, SOURCE):
        try:
            value, _ = parser.parse(response, operation, form)
        except BadAnswer as error:
            assert error.status == 200
        else:
            assert isinstance(value, dict)
    parser.parse_error(response, operation)
