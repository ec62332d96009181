"""Every operation of AWS's query and ec2 services: an answer written from botocore's shapes is read alike.

The documents are seeded by the operation's name. Both lanes read each of them, and SOURCE is compared with
what botocore makes of the same bytes.
"""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import botocore.model
import botocore.parsers
import botocore.session
import pytest
from test_lanes import PARSERS, plain, scanned, walked

from boto.core.http import HTTPResponse
from boto.models import loader
from boto.parsers.base import MODEL, SOURCE, WIRE

DATA = Path(loader.__file__).parent.parent / "services" / "aws" / "data"
LOADER = botocore.session.get_session().get_component("data_loader")
QUERY = (
    "autoscaling", "cloudformation", "cloudsearch", "cloudwatch", "docdb", "elasticache", "elasticbeanstalk",
    "elb", "elbv2", "iam", "importexport", "neptune", "rds", "redshift", "sdb", "ses", "sns", "sts",
)  # fmt: skip
LEAVES = {
    "string": ("", "a", "x &lt; y &amp;&#x41;", "é"), "character": ("c",), "integer": ("-9", "7"),
    "long": ("1099511627776",), "float": ("1.5", "NaN"), "double": ("-Infinity", "0.25"),
    "boolean": ("true", "false"), "blob": ("aGVsbG8=",),
    "timestamp": ("2020-01-01T00:00:00Z", "2020-01-01T00:00:00.5Z", "1577836800"),
}  # fmt: skip


class Writer:
    """Writes documents of botocore's shapes."""

    def __init__(self, seed: str) -> None:
        self.random = Random(seed)

    def element(self, tag: str, shape: Any, depth: int) -> str:
        kind = shape.type_name
        flat = shape.serialization.get("flattened")
        if kind == "list":
            name = shape.member.serialization.get("name")
            own = (name or tag) if flat else (name or "member")
            count = self.random.randrange(1, 3) if depth < 5 else 0
            items = "".join(self.element(own, shape.member, depth + 1) for _ in range(count))
            return items if flat else f"<{tag}>{items}</{tag}>"
        if kind == "map":
            own = tag if flat else "entry"
            entries = "".join(self.entry(own, shape, f"k{number}", depth) for number in range(2))
            return entries if flat else f"<{tag}>{entries}</{tag}>"
        if kind == "structure":
            return f"<{tag}>{self.members(shape, depth + 1)}</{tag}>"
        text = self.random.choice(LEAVES[kind])
        return f"<{tag}>{text}</{tag}>" if text else f"<{tag}/>"

    def entry(self, tag: str, shape: Any, key: str, depth: int) -> str:
        name = shape.key.serialization.get("name", "key")
        value = self.element(shape.value.serialization.get("name", "value"), shape.value, depth + 1)
        return f"<{tag}><{name}>{key}</{name}>{value}</{tag}>"

    def members(self, shape: Any, depth: int) -> str:
        members = list(shape.members.items())
        if shape.is_tagged_union:
            members = [self.random.choice(members)]
        elif depth > 1:
            members = [member for member in members if self.random.random() < (0.8 if depth < 4 else 0.3)]
        parts = []
        for name, member in members:
            tag = member.serialization.get("name", name)
            if member.type_name == "list" and member.serialization.get("flattened"):
                tag = member.member.serialization.get("name", tag)
            if depth < 7 or member.type_name in LEAVES:
                parts.append(self.element(tag, member, depth) + "\n")
        return "".join(parts)

    def answer(self, name: str, shape: Any, protocol: str) -> bytes:
        inner = "" if shape is None else self.members(shape, 0)
        wrapper = None if shape is None else shape.serialization.get("resultWrapper")
        if wrapper:
            inner = f"<{wrapper}>{inner}</{wrapper}>"
        if protocol == "ec2":
            inner += "<requestId>id-1</requestId>"
        else:
            inner += "<ResponseMetadata><RequestId>id-1</RequestId></ResponseMetadata>"
        return f'<{name}Response xmlns="http://x.example/doc/">{inner}</{name}Response>'.encode()


@pytest.mark.parametrize("service", ["ec2", *QUERY])
def test_every_operation_is_read_as_botocore_reads_it(service: str) -> None:
    model = LOADER.load_service_model(service, "service-2")
    protocol = "ec2" if service == "ec2" else "query"
    ours, theirs = loader.load(str(DATA / f"{service}.lines")), botocore.model.ServiceModel(model)
    reader, parser = botocore.parsers.create_parser(protocol), PARSERS[protocol]
    left_to_lxml = 0
    for name in theirs.operation_names:
        shape = theirs.operation_model(name).output_shape
        body = Writer(name).answer(name, shape, protocol)
        expected = plain(reader.parse({"status_code": 200, "headers": {}, "body": body}, shape))
        operation = ours.find(name)
        assert operation is not None
        response = HTTPResponse(200, {}, body)
        value, request_id = parser.parse(response, operation, SOURCE)
        assert plain(value) == expected, name
        assert request_id == "id-1"
        for form in (MODEL, WIRE):
            assert parser.parse(response, operation, form)[1] == "id-1"
        envelope = parser._compile(operation, WIRE).record
        found = scanned(envelope, body)
        left_to_lxml += found is None
        assert found is None or found == walked(envelope, body), name
    assert left_to_lxml <= len(theirs.operation_names) / 50
