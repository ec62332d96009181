"""Every operation of the rest-xml services: an answer made of botocore's shapes is read as botocore reads it.

Heads, payloads and bodies are seeded by the operation's name. Every body goes through the lane for plain XML and
through the one for any XML.
"""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

import botocore.awsrequest
import botocore.model
import botocore.parsers
import pytest
from test_every_xml_operation import LEAVES, LOADER, Writer
from test_lanes import plain

from boto.core.http import HTTPResponse
from boto.models import loader
from boto.parsers.base import MODEL, SOURCE, WIRE
from boto.parsers.restxml import RestXmlParser
from boto.parsers.scan import Scanner

DATA = Path(loader.__file__).parent.parent / "services" / "aws" / "data"
TEXTS = {**LEAVES, "string": ("a", "a b", "x=1; y"), "timestamp": ("Sat, 21 Nov 2026 08:30:01 GMT",)}
PARSER = RestXmlParser()


class Attributed(Writer):
    """Writes attributes, too."""

    def element(self, tag: str, shape: Any, depth: int) -> str:
        written = super().element(tag, shape, depth)
        if shape.type_name != "structure":
            return written
        texts = "".join(
            f' xmlns:xsi="http://x.example/xsi" {member.serialization["name"]}="a &amp; b"'
            for member in shape.members.values()
            if member.serialization.get("xmlAttribute")
        )
        return f"<{tag}{texts}{written[len(tag) + 1 :]}"

    def members(self, shape: Any, depth: int) -> str:
        inside = {
            name: one for name, one in shape.members.items() if not one.serialization.get("xmlAttribute")
        }
        return super().members(Only(inside, shape.is_tagged_union), depth)


class Only:
    """Some members of a shape."""

    def __init__(self, members: dict[str, Any], is_tagged_union: bool = False) -> None:
        self.members = members
        self.is_tagged_union = is_tagged_union


def answer(name: str, shape: Any) -> tuple[dict[str, str], bytes]:
    """Headers and a body for an output shape."""
    random, writer = Random(name), Attributed(name)
    headers = {"x-amz-request-id": "id-1"}
    inside = {}
    for member_name, member in (shape.members if shape is not None else {}).items():
        location, wire = member.serialization.get("location"), member.serialization.get("name", member_name)
        if location == "header":
            kind = member.member.type_name if member.type_name == "list" else member.type_name
            headers[wire] = random.choice(TEXTS[kind])
        elif location == "headers":
            headers[wire + "one"] = "1"
        elif location is None:
            inside[member_name] = member
    payload = shape.serialization.get("payload") if shape is not None else None
    if payload is not None:
        member = shape.members[payload]
        if member.type_name == "structure":
            return headers, f'<Any xmlns="http://x.example/">{writer.members(member, 0)}</Any>'.encode()
        return headers, b"raw <bytes>"
    if not inside:
        return headers, b""
    return headers, f'<Any xmlns="http://x.example/">{writer.members(Only(inside), 0)}</Any>'.encode()


def read(value: dict[str, Any], shape: Any) -> dict[str, Any]:
    """An answer with its streams read. botocore decodes a blob that is the body, which its model says is bytes."""
    blobs = (
        {name for name, one in shape.members.items() if one.type_name == "blob"} if shape is not None else ()
    )
    found = {name: one.read() if hasattr(one, "read") else one for name, one in value.items()}
    return {
        name: one.encode() if name in blobs and isinstance(one, str) else one for name, one in found.items()
    }


@pytest.mark.parametrize("service", ["s3", "s3control", "route53", "cloudfront"])
def test_every_operation_is_read_as_botocore_reads_it(service: str) -> None:
    theirs = botocore.model.ServiceModel(LOADER.load_service_model(service, "service-2"))
    ours = loader.load(str(DATA / f"{service}.lines"))
    reader = botocore.parsers.create_parser("rest-xml")
    compared = 0
    for name in theirs.operation_names:
        model, operation = theirs.operation_model(name), ours.find(name)
        assert operation is not None
        # Of two members for one element the one that holds many is told, where botocore tells both and elements.
        if model.has_event_stream_output or name == "GetBucketNotification":
            continue
        headers, body = answer(name, model.output_shape)
        sent = {
            "status_code": 200,
            "headers": botocore.awsrequest.HeadersDict(headers),
            "body": body,
            "context": {},
        }
        expected = reader.parse(sent, model.output_shape)
        del expected["ResponseMetadata"]
        response = HTTPResponse(200, headers, body)
        value, request_id = PARSER.parse(response, operation, SOURCE)
        assert plain(read(value, model.output_shape)) == plain(read(expected, model.output_shape)), name
        assert request_id == "id-1"
        with patch.object(Scanner, "scan", lambda self, body: None):
            assert plain(PARSER.parse(response, operation, SOURCE)[0]) == plain(value), name
        for form in (MODEL, WIRE):
            assert PARSER.parse(response, operation, form)[1] == "id-1"
        compared += 1
    assert compared >= len(theirs.operation_names) - 2
