"""Every operation of `json`, `rest-json` and `smithy-rpc-v2-cbor`: an answer of botocore's shapes is read alike.

Answers are seeded by the operation's name: what members they have, in which spelling a time stands, nulls,
members nobody described. SOURCE is compared with what botocore makes of the same bytes. A run takes every
eighth service; with BOTO_EVERY=1 in the environment it takes all of them.
"""

from __future__ import annotations

import json
import os
from base64 import b64encode
from datetime import UTC, datetime
from functools import cache
from random import Random
from typing import Any

import botocore.loaders
import botocore.model
import botocore.parsers
import cbor2
import pytest
from urllib3 import HTTPHeaderDict

from boto.core.http import HTTPResponse
from boto.models.loader import load
from boto.parsers.base import MODEL, SOURCE, WIRE
from boto.registry import registry

DATA = "boto/services/aws/data"
FAMILY = ("json", "rest-json", "smithy-rpc-v2-cbor")
EVERY = int(os.environ.get("BOTO_EVERY", "8"))
LOADER = botocore.loaders.Loader(include_default_search_paths=True)
WHEN = datetime(2026, 11, 21, 8, 30, 1, tzinfo=UTC)
TIMES = {
    "unixTimestamp": (1795249801, 1795249801.25), "iso8601": ("2026-11-21T08:30:01Z", "2026-11-21T08:30:01.5Z"),
    "rfc822": ("Sat, 21 Nov 2026 08:30:01 GMT",),
}  # fmt: skip
LEAVES = {
    "string": ("", "a", 'x "y" é \U0001f600'), "character": ("c",), "integer": (-9, 0, 7), "long": (1 << 40, -1),
    "float": (1.5, -0.25), "double": (2.5, 1e300), "boolean": (True, False),
}  # fmt: skip


@cache
def family() -> list[tuple[str, str]]:
    """Services and the protocols of this family they offer."""
    found = []
    for name in registry.services("aws"):
        description = load(f"{DATA}/{name}.lines")
        found += [(name, protocol) for protocol in description.header["protocols"] if protocol in FAMILY]
    return found


class Writer:
    """Writes answers of botocore's shapes."""

    def __init__(self, seed: str, protocol: str) -> None:
        self.random = Random(seed)
        self.protocol = protocol
        self.cbor = protocol == "smithy-rpc-v2-cbor"
        self.strange = 1

    def value(self, shape: Any, depth: int) -> Any:
        kind = shape.type_name
        if kind == "structure":
            if shape.is_document_type:
                return {"a": [1, None, {"b": True}], "c": "d"}
            return self.members(shape, depth + 1)
        count = self.random.randrange(1, 3) if depth < 5 else 0
        if kind == "list":
            return [self.value(shape.member, depth + 1) for _ in range(count)]
        if kind == "map":
            # botocore hands out what stands in a map of CBOR as it came, undescribed members and all.
            self.strange -= self.cbor
            written = {f"k{number}": self.value(shape.value, depth + 1) for number in range(count)}
            self.strange += self.cbor
            return written
        return self.leaf(shape)

    def leaf(self, shape: Any) -> Any:
        if shape.type_name == "timestamp":
            return WHEN if self.cbor else self.random.choice(TIMES[form(shape, "unixTimestamp")])
        if shape.type_name == "blob":
            return b"\0\xffhello" if self.cbor else b64encode(b"\0\xffhello").decode()
        return self.random.choice(LEAVES[shape.type_name])

    def members(self, shape: Any, depth: int, top: bool = False) -> dict[str, Any]:
        members = list(shape.members.items())
        if shape.is_tagged_union:
            ends = [one for one in members if one[1].type_name not in ("structure", "list", "map")]
            members = [self.random.choice(ends if depth > 4 and ends else members)]
        elif depth > 1:
            members = [one for one in members if self.random.random() < (0.8 if depth < 4 else 0.3)]
        written: dict[str, Any] = {}
        for name, member in members:
            if top and self.protocol == "rest-json" and "location" in member.serialization:
                continue
            wire = name if self.cbor else member.serialization.get("name", name)
            if depth < 7 or member.type_name in LEAVES or shape.is_tagged_union:
                written[wire] = self.value(member, depth)
        if not shape.is_tagged_union and self.strange == 1 and self.random.random() < 0.2:
            written["zzUndescribed"] = {"a": 1}
            written |= {wire: None for wire in list(written)[:1] if self.random.random() < 0.5}
        return written

    def headers(self, shape: Any) -> dict[str, str]:
        found = {}
        for name, member in shape.members.items():
            where, wire = member.serialization.get("location"), member.serialization.get("name", name)
            if where == "headers":
                found |= {f"{wire}One": "1", f"{wire}two": "b"}
            elif where == "header":
                found[wire] = self.text(member)
        return found

    def text(self, shape: Any) -> str:
        kind = shape.type_name
        if kind == "timestamp":
            return str(self.random.choice(TIMES[form(shape, "rfc822")]))
        if shape.serialization.get("jsonvalue"):
            return b64encode(b'{"a": [1, "b"]}').decode()
        if kind == "list":
            return "a, b" if shape.member.type_name == "string" else "1,2"
        if kind == "string":
            return "a b"
        return json.dumps(self.leaf(shape))

    def answer(self, shape: Any) -> tuple[dict[str, str], bytes]:
        headers = {"x-amzn-RequestId": "id-1"}
        if shape is None:
            return headers, b""
        payload = shape.serialization.get("payload") if self.protocol == "rest-json" else None
        if self.protocol == "rest-json":
            headers |= self.headers(shape)
        if payload:
            member = shape.members[payload]
            if member.type_name in ("string", "blob"):
                return headers, b"plain \xc3\xa9"
            value = self.value(member, 0)
        else:
            value = self.members(shape, 0, top=True)
        return headers, cbor2.dumps(value, datetime_as_timestamp=True) if self.cbor else json.dumps(
            value
        ).encode()


def form(shape: Any, usual: str) -> str:
    named: str = shape.serialization.get("timestampFormat", usual)
    return named


def plain(value: Any) -> Any:
    """A value to compare: times as numbers, texts of whole bodies as bytes."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value.timestamp() if isinstance(value, datetime) else value


@pytest.mark.parametrize(("service", "protocol"), family()[::EVERY])
def test_every_operation_is_read_as_botocore_reads_it(service: str, protocol: str) -> None:
    model = botocore.model.ServiceModel(LOADER.load_service_model(service, "service-2"), service)
    description = load(f"{DATA}/{service}.lines")
    ours, theirs = registry.protocol([protocol], service).parser, botocore.parsers.create_parser(protocol)
    for operation in description:
        shape = model.operation_model(operation.name).output_shape
        if shape is not None and shape.event_stream_name:
            continue  # compared as event streams
        headers, body = Writer(operation.name, protocol).answer(shape)
        given = {"status_code": 200, "headers": HTTPHeaderDict(headers), "body": body}
        expected = theirs.parse(given, shape)
        expected.pop("ResponseMetadata", None)
        response = HTTPResponse(200, headers, body)
        found, request_id = ours.parse(response, operation, SOURCE)
        # Rule: a body that is bytes by its description is bytes; botocore gives the text of one that is no stream.
        for name, member in (shape.members if shape is not None else {}).items():
            if (
                member.type_name == "blob"
                and isinstance(found.get(name), bytes)
                and isinstance(expected.get(name), str)
            ):
                found[name] = found[name].decode()
        assert plain(found) == plain(expected), operation.name
        assert request_id == "id-1"
        for other in (MODEL, WIRE):
            assert ours.parse(response, operation, other)[1] == "id-1"
