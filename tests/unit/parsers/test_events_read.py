"""Frames of the described streams of AWS, read: the three forms, errors, and anything at all in a payload."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import boto
from boto.core.frames import Frame
from boto.models.c2j import ServiceModel
from boto.models.description import Description
from boto.parsers.base import ErrorInfo
from boto.parsers.eventstream import FrameReader
from boto.registry import registry

if TYPE_CHECKING:
    from boto.parsers.base import Form


def reader(service: str, operation: str, form: Form = "model") -> FrameReader:
    found = boto.connect(service, region="us-east-1").operation(operation)
    member = next(member for member in found.output.members.values() if member.eventstream)
    parser: Any = registry.protocol(found.description.header["protocols"], service).parser
    return FrameReader(found, member, parser, form)


def frame(name: str, payload: bytes = b"", kind: str = "event") -> Frame:
    return Frame({":message-type": ("string", kind), f":{kind}-type": ("string", name)}, payload)


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("model", {"stats": {"details": {"bytes_scanned": 1}}}),
        ("source", {"Stats": {"Details": {"BytesScanned": 1}}}),
        ("wire", {"stats": {"details": {"bytes_scanned": 1}}}),
    ],
)
def test_forms(form: Form, expected: Any) -> None:
    read = reader("s3", "select_object_content", form).read
    # The second is no plain XML: it goes the slow way, to the same end.
    for body in (
        b"<Stats><BytesScanned>1</BytesScanned></Stats>",
        b"\n<Stats><BytesScanned>1<!-- x --></BytesScanned></Stats>",
    ):
        assert read(frame("Stats", body)) == expected
    unknown = "SDK_UNKNOWN_MEMBER" if form == "source" else "sdk_unknown_member"
    assert read(frame("Later", b"?")) == {unknown: {"name": "Later"}}


def test_what_is_no_event() -> None:
    read = reader("kinesis", "subscribe_to_shard").read
    assert read(frame("initial-response", b"{}")) is None
    for bad in (
        Frame({}),
        frame("", b""),
        Frame({":message-type": ("string", "news"), ":event-type": ("string", "a")}),
    ):
        with pytest.raises(boto.BadAnswer, match="is of no known kind"):
            read(bad)


def test_errors() -> None:
    read = reader("bedrock-runtime", "converse_stream").read
    body = b'{"message":"too long","originalStatusCode":424,"originalMessage":"x"}'
    told = read(frame("modelStreamErrorException", body, "exception"))
    assert isinstance(told, ErrorInfo)
    assert (told.code, told.message) == ("ModelStreamErrorException", "too long")
    assert told.fields == {"message": "too long", "original_status_code": 424, "original_message": "x"}
    later = read(frame("laterException", b"new words", "exception"))
    assert isinstance(later, ErrorInfo) and (later.code, later.message) == ("laterException", "new words")
    bare = read(Frame({":message-type": ("string", "error"), ":error-code": ("string", "X")}))
    assert isinstance(bare, ErrorInfo) and (bare.code, bare.message, bare.fields) == ("X", "", {})


@pytest.mark.parametrize(
    ("service", "operation", "name"),
    [
        ("kinesis", "subscribe_to_shard", "SubscribeToShardEvent"),
        ("bedrock-runtime", "converse_stream", "metadata"),
        ("s3", "select_object_content", "Stats"),
    ],
)
@given(payload=st.binary(max_size=60) | st.text(alphabet='{}[]":,<>/Statsn1', max_size=60).map(str.encode))
def test_no_payload_ends_in_anything_but_a_dict_or_our_error(
    service: str, operation: str, name: str, payload: bytes
) -> None:
    read = READERS.setdefault((service, operation), reader(service, operation)).read
    try:
        found = read(frame(name, payload))
    except boto.BadAnswer as error:
        assert name in str(error)
    else:
        assert isinstance(found, dict) and len(found) == 1


READERS: dict[tuple[str, str], FrameReader] = {}


@pytest.mark.parametrize(
    ("service", "operation", "name", "payload"),
    [
        ("kinesis", "subscribe_to_shard", "SubscribeToShardEvent", b"[" * 100_000),
        ("kinesis", "subscribe_to_shard", "SubscribeToShardEvent", b"[]"),
        ("s3", "select_object_content", "Stats", b"<a>" * 1000),
        ("s3", "select_object_content", "Stats", b'<!DOCTYPE x [<!ENTITY y "z">]><Stats/>'),
    ],
)
def test_hostile_payloads(service: str, operation: str, name: str, payload: bytes) -> None:
    with pytest.raises(boto.BadAnswer, match=f"the event '{name}' of the stream"):
        reader(service, operation).read(frame(name, payload))


def test_headers_become_members() -> None:
    kinds = {"When": "timestamp", "Flag": "boolean", "Size": "long", "Raw": "blob"}
    shapes: dict[str, Any] = {kind: {"type": kind} for kind in kinds.values()}
    shapes |= {
        "Heads": {"type": "structure", "event": True,
                  "members": {name: {"shape": kind, "eventheader": True} for name, kind in kinds.items()}},
        "Stream": {"type": "structure", "eventstream": True, "members": {"Heads": {"shape": "Heads"}}},
        "Out": {"type": "structure", "members": {"Stream": {"shape": "Stream"}}},
    }  # fmt: skip
    model = {
        "metadata": {"protocol": "json", "serviceId": "x"},
        "operations": {"Op": {"name": "Op", "output": {"shape": "Out"}}},
        "shapes": shapes,
    }
    found = Description(ServiceModel(model, name="x")).find("Op")
    assert found is not None and found.output is not None
    parser: Any = registry.protocol(["json"], "x").parser
    read = FrameReader(found, found.output.members["Stream"], parser, "model").read
    headers = {
        "When": ("timestamp", 1500),
        "Flag": ("boolean", False),
        "Size": ("integer", 7),
        "Raw": ("blob", b"r"),
    }
    when = datetime(1970, 1, 1, 0, 0, 1, 500000, UTC)
    event = read(Frame({**frame("Heads").headers, **headers}))
    assert event == {"heads": {"when": when, "flag": False, "size": 7, "raw": b"r"}}
    far = read(Frame({**frame("Heads").headers, "When": ("timestamp", 2**62)}))
    assert far == {"heads": {"when": 2**62}}
