"""Answers of failure: every envelope, and everything else that comes back when something goes wrong."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from xml_documents import both, service

from boto.core.http import HTTPResponse
from boto.models.description import Operation
from boto.parsers.base import ErrorInfo
from boto.parsers.xml import EC2Parser, QueryParser

EC2_ERROR = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<Response><Errors><Error><Code>InvalidKeyPair.NotFound</Code>'
    "<Message>The key 'x' does not exist</Message></Error></Errors><RequestID>id-1</RequestID></Response>"
)
QUERY_ERROR = (
    '<ErrorResponse xmlns="https://iam.x.example/doc/2010-05-08/"><Error><Type>Sender</Type>'
    "<Code>NoUser</Code><Message>no &lt;u&gt;</Message></Error><RequestId>id-2</RequestId></ErrorResponse>"
)
BARE_ERROR = (
    "<Error><Code>NoSuchKey</Code><Message>gone</Message><RequestId>id-3</RequestId><HostId/></Error>"
)


@pytest.fixture(scope="module")
def operation() -> Operation:
    model = service({
        "Output": {"type": "structure", "members": {}},
        "String": {"type": "string"},
        "Integer": {"type": "integer"},
        "LimitExceeded": {
            "type": "structure", "exception": True, "error": {"code": "LimitExceededFault"},
            "members": {"Message": {"shape": "String"}, "Max": {"shape": "Integer", "locationName": "max"}},
        },
    })  # fmt: skip
    ours, _ = both(model)
    assert isinstance(ours, Operation)
    return ours


def read(
    operation: Operation, body: str | bytes, status: int = 400, headers: Any = (), parser: Any = None
) -> ErrorInfo:
    raw = body.encode() if isinstance(body, str) else body
    found = (parser or QueryParser()).parse_error(HTTPResponse(status, headers, raw), operation)
    assert isinstance(found, ErrorInfo)
    return found


@pytest.mark.parametrize("parser", [EC2Parser(), QueryParser()])
@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (EC2_ERROR, ("InvalidKeyPair.NotFound", "The key 'x' does not exist", "id-1")),
        (QUERY_ERROR, ("NoUser", "no <u>", "id-2")),
        (BARE_ERROR, ("NoSuchKey", "gone", "id-3")),
        (BARE_ERROR.replace("<Error>", '<Error xmlns="http://s3.amazonaws.com/doc/2006-03-01/">'),
         ("NoSuchKey", "gone", "id-3")),
        ("<x:Error xmlns:x='http://x/'><x:Code>A</x:Code><x:Message/></x:Error>", ("A", "", None)),
        ("<!-- hello -->" + QUERY_ERROR, ("NoUser", "no <u>", "id-2")),
        ("<ErrorResponse><Errors><Error><Code>B</Code></Error></Errors></ErrorResponse>", ("B", "", None)),
        ("<Error><Message>no code</Message></Error>", ("HTTP 400", "no code", None)),
        ("<InvalidThing><Code>C</Code><Message>m</Message></InvalidThing>", ("C", "m", None)),
    ],
)  # fmt: skip
def test_known_envelopes(
    operation: Operation, parser: Any, body: str, expected: tuple[str, str, str | None]
) -> None:
    found = read(operation, body, parser=parser)
    assert (found.code, found.message, found.request_id) == expected


@pytest.mark.parametrize(
    ("body", "status", "code", "message"),
    [
        ("", 503, "HTTP 503", "Service Unavailable, and no body"),
        ("", 599, "HTTP 599", "an unknown status, and no body"),
        ("<html><head><title>502 Bad\n Gateway</title></head><body><hr></html>", 502, "HTTP 502",
         "an HTML page: 502 Bad Gateway"),
        ("<!DOCTYPE html><p>sorry", 500, "HTTP 500", "an HTML page"),
        ("<html><body><b>Http/1.1 Service Unavailable</b></body></html>", 503, "HTTP 503", "an HTML page"),
        (EC2_ERROR[:64], 400, "HTTP 400", '<?xml version="1.0" encoding="UTF-8"?> <Response><Errors><Error>'),
        ("upstream  connect\nerror", 503, "HTTP 503", "upstream connect error"),
        ('{"message": "Forbidden"}', 403, "HTTP 403", "Forbidden"),
        ('{"__type": "com.x#Denied", "Message": "no"}', 403, "Denied", "no"),
        ('{"error": {"code": 7, "message": "no"}}', 403, "7", "no"),
        ('{"broken', 500, "HTTP 500", '{"broken'),
        ("<Other><x/></Other>", 500, "HTTP 500", "<Other><x/></Other>"),
        (b"\xff\xfe\x00", 500, "HTTP 500", "\ufffd\ufffd\0"),
        ('<!DOCTYPE r [<!ENTITY a "b">]><Error><Code>&a;</Code></Error>', 500, "HTTP 500",
         '<!DOCTYPE r [<!ENTITY a "b">]><Error><Code>&a;</Code></Error>'),
        ("x" * 5000, 500, "HTTP 500", "x" * 200),
    ],
)  # fmt: skip
def test_whatever_else_answers(operation: Operation, body: Any, status: int, code: str, message: str) -> None:
    found = read(operation, body, status, {"x-amzn-requestid": "id-9"})
    assert (found.code, found.message, found.request_id) == (code, message, "id-9")


def test_members_of_a_modelled_error_are_fields(operation: Operation) -> None:
    body = (
        "<ErrorResponse><Error><Code>LimitExceededFault</Code><Message>too many</Message>"
        "<max>9</max></Error></ErrorResponse>"
    )
    found = read(operation, body)
    assert found.fields == {"message": "too many", "max": 9}
    assert read(operation, body.replace(">9<", ">many<")).fields == {}
    assert read(operation, QUERY_ERROR).fields == {}


@given(
    st.one_of(st.binary(max_size=60), st.text("<>/ErrorCodMsag &;!\"'{}[]:0\n", max_size=60).map(str.encode))
)
def test_it_never_raises(body: bytes) -> None:
    operation, _ = both(service({"Output": {"type": "structure", "members": {}}}))
    assert read(operation, body, 500).code
