"""Requests of `json`, `rest-json` and `smithy-rpc-v2-cbor`, beside those that botocore makes of the same parameters.

For every operation of a service parameters are made from its shapes: only what is required, everything there
is, and everything with its lists and maps empty. A run takes every eighth service; with BOTO_EVERY=1 in the
environment it takes all of them. Differences are explained by the rules below, and by nothing else.
"""

from __future__ import annotations

import json
import os
from functools import cache
from typing import Any
from urllib.parse import parse_qsl, unquote

import botocore.serialize
import cbor2
import pytest
from test_query import made, source

from boto.middleware.before import expand
from boto.models.loader import load
from boto.models.shapes import HEADER
from boto.models.validate import validate
from boto.registry import registry
from tests.differential.values import KINDS

DATA = "boto/services/aws/data"
FAMILY = ("json", "rest-json", "smithy-rpc-v2-cbor")
EVERY = int(os.environ.get("BOTO_EVERY", "8"))


@cache
def family() -> list[tuple[str, str]]:
    """Services and the protocols of this family they offer."""
    found = []
    for name in registry.services("aws"):
        description = load(f"{DATA}/{name}.lines")
        found += [(name, protocol) for protocol in description.header["protocols"] if protocol in FAMILY]
    return found


@pytest.mark.parametrize(("name", "protocol"), family()[::EVERY])
def test_every_operation_is_sent_as_botocore_sends_it(name: str, protocol: str) -> None:
    description = load(f"{DATA}/{name}.lines")
    ours = registry.protocol([protocol], name).serializer
    theirs = botocore.serialize.create_serializer(protocol, include_validation=False)
    compared, streams = 0, 0
    for operation in description:
        if operation.input is not None and any(
            one.shape.traits.get("events") for one in operation.input.members.values()
        ):
            streams += 1  # their bodies are compared as event streams
            continue
        model = source(name).operation_model(operation.name)
        for kind in KINDS:
            params = made(name, operation.name, kind)
            expected = theirs.serialize_to_request(params, model)
            checked = validate(operation, params)
            request = ours.serialize(operation, checked, "https://example.com")
            where = f"{operation.name}, {kind}"
            assert request.method == expected["method"], where
            assert place(request.url) == place(theirs_url(expected)), where
            assert head(request.headers.items(), operation) == head(expected["headers"].items(), operation), (
                where
            )
            assert body(request.body, protocol) == body(expected["body"], protocol), where
            prefix = operation.traits.get("host")
            assert (expand(prefix, checked, operation.snake) if prefix else None) == expected.get(
                "host_prefix"
            ), where
            compared += 1
    assert compared == len(KINDS) * (len(description.names) - streams)
    assert streams <= 2


def theirs_url(expected: dict[str, Any]) -> str:
    from botocore.utils import percent_encode_sequence

    path, query = expected["url_path"], expected["query_string"]
    encoded = query if isinstance(query, str) else percent_encode_sequence(query)
    mark = "&" if "?" in path else "?"
    return f"https://example.com{path}{mark if encoded else ''}{encoded}"


def place(url: str) -> tuple[str, list[tuple[str, str]]]:
    """Path and query; the order of parameters is free, but not that of values of one name."""
    path, _, query = url.partition("?")
    pairs = [(name, text) for name, text in parse_qsl(query.replace("+", "%2B"), keep_blank_values=True)]
    segments = [unquote(segment) for segment in path.split("/")]
    return "/".join(segment.replace("/", "%2F") for segment in segments), sorted(
        pairs, key=lambda pair: pair[0]
    )


def head(pairs: Any, operation: Any) -> dict[str, str]:
    """Headers, with what the rules explain taken out.

    Rule 1: text and bytes that are the whole body have a media type, `text/plain` or
    `application/octet-stream` (Smithy, "httpPayload"; vector RestJsonStringPayloadRequest). botocore sends none.
    Rule 2: an empty list in a header is an empty header (vector RestJsonNullAndEmptyHeaders). botocore leaves
    it out.
    """
    found = {name.lower(): text for name, text in pairs}
    if found.get("content-type") in ("text/plain", "application/octet-stream"):
        del found["content-type"]
    members = operation.input.members.values() if operation.input is not None else ()
    for one in members:
        if one.location == HEADER and one.shape.kind == "list" and found.get(one.wire.lower()) == "":
            del found[one.wire.lower()]
    return found


def body(sent: Any, protocol: str) -> Any:
    sent = sent or b""
    if protocol == "smithy-rpc-v2-cbor":
        return cbor2.loads(sent) if sent else None
    try:
        return json.loads(sent)
    except ValueError:
        return sent


def test_the_family_is_all_there() -> None:
    names = {name for name, _ in family()}
    assert len(names) == 417
    assert sum(len(load(f"{DATA}/{name}.lines").names) for name in names) > 17_000
