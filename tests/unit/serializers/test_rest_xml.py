"""Requests of `rest-xml`, beside those that botocore makes of the same parameters.

For every operation of the four services that speak it parameters are made from its shapes: only what is required,
everything there is, and everything with its lists and maps empty.
"""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import botocore.awsrequest
import botocore.serialize
import pytest
from test_query import made, source

from boto.core.url import decode_query, split, unquote
from boto.models.c2j import ServiceModel
from boto.models.description import Description
from boto.models.loader import load
from boto.models.validate import validate
from boto.serializers.restxml import RestXmlSerializer
from tests.differential.values import KINDS

DATA = "boto/services/aws/data"
NAMES = {"s3": 110, "s3control": 95, "route53": 70, "cloudfront": 165}
OURS = RestXmlSerializer()
THEIRS = botocore.serialize.create_serializer("rest-xml", include_validation=False)


def tree(body: Any) -> str:
    """A document in one form: attributes ordered, namespaces resolved, text as it is."""
    return ElementTree.canonicalize(body.decode() if isinstance(body, bytes) else body)


@pytest.mark.parametrize("name", NAMES)
def test_every_operation_is_sent_as_botocore_sends_it(name: str) -> None:
    compared = 0
    for operation in load(f"{DATA}/{name}.lines"):
        model = source(name).operation_model(operation.name)
        for kind in KINDS:
            given = made(name, operation.name, kind)
            expected = THEIRS.serialize_to_request(given, model)
            expected["host_prefix"] = None  # the endpoint's business, which is not written here
            botocore.awsrequest.prepare_request_dict(expected, "https://example.com")
            request = OURS.serialize(operation, validate(operation, given), "https://example.com")
            assert request.method == expected["method"]
            same_place(request.url, expected["url"])
            assert headers(request.headers) == headers(expected["headers"]), operation.name
            same_body(request, expected["body"], operation.name)
            compared += 1
    assert compared >= 3 * NAMES[name]


def same_place(ours: str, theirs: str) -> None:
    """One path and the same parameters, whatever the order."""
    one, other = split(ours), split(theirs)
    assert (one[:2], unquote(one[2])) == (other[:2], unquote(other[2]))
    assert sorted(decode_query(one[3])) == sorted(decode_query(other[3]))


def headers(given: Any) -> dict[str, str]:
    """Headers by lower-case name. White space between the items of a list says nothing; our body tells its type.

    An empty list is sent as an empty header, as Smithy's tests want it ("NullAndEmptyHeaders"), and not left out.
    """
    found = {name.lower(): str(text).replace(", ", ",") for name, text in given.items() if text != ""}
    if found.get("content-type") in ("application/xml", "text/plain"):
        del found["content-type"]
    return found


def same_body(request: Any, expected: Any, name: str) -> None:
    if not expected:
        assert not request.body, name
    elif expected[:1] == b"<":
        assert tree(request.body) == tree(expected), name
        assert request.headers["Content-Type"] == "application/xml"
    else:
        assert request.body == expected, name


def write(shapes: dict[str, Any], params: dict[str, Any], **ref: Any) -> Any:
    """A request of a model made up here."""
    model = {
        "metadata": {"apiVersion": "1", "endpointPrefix": "x", "protocol": "rest-xml", "serviceId": "X"},
        "operations": {
            "Put": {
                "name": "Put",
                "http": {"method": "PUT", "requestUri": "/"},
                "input": {"shape": "Input", "locationName": "Root", **ref},
            }
        },
        "shapes": {"Text": {"type": "string"}, **shapes},
    }
    operation = Description(ServiceModel(model)).find("Put")
    assert operation is not None
    return OURS.serialize(operation, validate(operation, params), "https://x.example")


def test_what_a_parser_would_change_is_escaped() -> None:
    shapes = {
        "Input": {
            "type": "structure",
            "members": {
                "A": {"shape": "Text", "xmlAttribute": True, "locationName": "xsi:a"},
                "T": {"shape": "Text"},
            },
        }
    }
    text = " a\r\n\t<b>&\"'\x85\u2028 ü "
    body = write(shapes, {"A": text, "T": text}, xmlNamespace={"uri": "http://x/?a&b"}).body
    assert b"\r" not in body and b"\n" not in body
    root = ElementTree.fromstring(body.replace(b"xsi:a", b"a"))
    assert root.tag == "{http://x/?a&b}Root"
    assert root.attrib == {"a": text}
    assert root[0].text == text


def test_elements_in_the_order_that_a_shape_prescribes() -> None:
    shapes = {
        "Input": {
            "type": "structure",
            "xmlOrder": ["B", "A"],
            "members": {"A": {"shape": "Text"}, "B": {"shape": "Text"}},
        }
    }
    assert write(shapes, {"A": "1", "B": "2"}).body == b"<Root><B>2</B><A>1</A></Root>"


def test_a_shape_that_contains_itself() -> None:
    shapes = {
        "Node": {"type": "structure", "members": {"Next": {"shape": "Nodes"}, "By": {"shape": "ByName"}}},
        "Nodes": {"type": "list", "member": {"shape": "Node"}},
        "ByName": {"type": "map", "key": {"shape": "Text"}, "value": {"shape": "Node"}},
        "Input": {"type": "structure", "members": {"N": {"shape": "Node"}}},
    }
    body = write(shapes, {"N": {"Next": [{"Next": [{}]}], "By": {"k": {}}}}).body
    assert body == (
        b"<Root><N><Next><member><Next><member></member></Next></member></Next>"
        b"<By><entry><key>k</key><value></value></entry></By></N></Root>"
    )


def test_nothing_given_is_no_body() -> None:
    request = write({"Input": {"type": "structure", "members": {"A": {"shape": "Text"}}}}, {})
    assert request.body is None
    assert "Content-Type" not in request.headers


def test_a_users_media_type_stays() -> None:
    operation = load(f"{DATA}/s3.lines").find("put_object")
    assert operation is not None
    given = {"Bucket": "b", "Key": "a//../b c", "Body": b"x", "ContentType": "text/css"}
    request = OURS.serialize(operation, validate(operation, given), "https://x.example")
    assert request.headers["content-type"] == "text/css"
    assert request.url == "https://x.example/b/a//../b%20c"


@pytest.mark.parametrize("text", ["line\nbreak", "bell\x07", "snow ☃", "über"])
def test_headers_that_cannot_be_sent_are_refused(text: str) -> None:
    from boto.core.errors import ParameterError

    operation = load(f"{DATA}/s3.lines").find("put_object")
    assert operation is not None
    for given in ({"CacheControl": text}, {"Metadata": {"a": text}}, {"Metadata": {text: "a"}}):
        with pytest.raises(ParameterError):
            OURS.serialize(operation, {"Bucket": "b", "Key": "k", **given}, "https://x.example")
