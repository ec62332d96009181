"""Events of a request: what each becomes, in which protocol, and when it is drawn, signed, checked and refused."""

from __future__ import annotations

import datetime
import json
from typing import TYPE_CHECKING, Any

import cbor2
import pytest

import boto
from boto.auth.eventstream import FrameSigner
from boto.core.frames import Decoder, Frame
from boto.models.c2j import ServiceModel
from boto.models.description import Description
from boto.parsers.eventstream import FrameReader

if TYPE_CHECKING:
    from collections.abc import Iterator

SHAPES: dict[str, Any] = {
    "Input": {"type": "structure", "members": {"Name": {"shape": "String"}, "Events": {"shape": "Events"}}},
    "Events": {
        "type": "structure",
        "eventstream": True,
        "members": {name: {"shape": name} for name in ("Doc", "Bytes", "Words", "Part", "Heads", "Empty")},
    },
    "Doc": {
        "type": "structure",
        "event": True,
        "members": {"SomeText": {"shape": "String"}, "Data": {"shape": "Blob"},
                    "Count": {"shape": "Integer", "eventheader": True}},
    },
    "Bytes": {"type": "structure", "event": True, "members": {"Data": {"shape": "Blob", "eventpayload": True}}},
    "Words": {"type": "structure", "event": True, "members": {"Text": {"shape": "String", "eventpayload": True}}},
    "Part": {"type": "structure", "event": True, "members": {"Inner": {"shape": "Inner", "eventpayload": True}}},
    "Inner": {"type": "structure", "members": {"SomeText": {"shape": "String"}}},
    "Heads": {
        "type": "structure",
        "event": True,
        "members": {name: {"shape": name, "eventheader": True}
                    for name in ("Boolean", "Integer", "Long", "Blob", "String", "Timestamp")},
    },
    "Empty": {"type": "structure", "event": True, "members": {}},
    **{name: {"type": name.lower()} for name in ("Boolean", "Integer", "Long", "Blob", "String", "Timestamp")},
}  # fmt: skip
PROTOCOLS = ("rest-json", "json", "rest-xml", "smithy-rpc-v2-cbor")
MEDIA = {
    "rest-json": "application/json", "json": "application/json", "rest-xml": "application/xml",
    "smithy-rpc-v2-cbor": "application/cbor",
}  # fmt: skip


class Net:
    """A transport that reads what is sent, frame by frame."""

    def __init__(self) -> None:
        self.requests: list[Any] = []
        self.pieces: list[bytes] = []

    def send(self, request: Any, stream: bool, timeout: float | None, scope: Any) -> Any:
        self.requests.append(request)
        self.pieces += iter(lambda: request.body.read(1 << 20), b"")
        return boto.HTTPResponse(200, {}, b"")

    def close(self) -> None:
        pass


def service(protocol: str, net: Any = None, **options: Any) -> Any:
    rest = protocol.startswith("rest")
    given = {**SHAPES, "Input": {**SHAPES["Input"], **({"payload": "Events"} if rest else {})}}
    if rest:
        given["Input"]["members"] = {
            "Name": {"shape": "String", "location": "header", "locationName": "x-name"},
            "Events": {"shape": "Events"},
        }
    model = {
        "metadata": {"protocol": protocol, "serviceId": "Fog", "endpointPrefix": "fog", "targetPrefix": "Fog"},
        "operations": {
            "Tell": {"name": "Tell", "http": {"method": "POST", "requestUri": "/"}, "input": {"shape": "Input"}},
            "Talk": {"name": "Talk", "http": {"method": "POST", "requestUri": "/"}, "input": {"shape": "Input"},
                     "output": {"shape": "Input"}},
        },
        "shapes": given,
    }  # fmt: skip
    settings: dict[str, Any] = {
        "region": "us-east-1",
        "endpoint_url": "https://example.com",
        "signer": "none",
    }
    settings["description"] = Description(ServiceModel(model, name="fog"))
    if net is not None:
        settings["connection"] = boto.Connection(transport=net)
    return boto.connect(**{**settings, **options})


def frames(data: bytes) -> list[Frame]:
    decoder = Decoder()
    decoder.feed(data)
    found = list(iter(decoder.next, None))
    decoder.end()
    return found


def written(protocol: str, *events: Any) -> list[Frame]:
    c = service(protocol)
    found = frames(c.prepare(c.request("Tell", name="me", events=iter(events))).body.read())
    return found if protocol.startswith("rest") else found[1:]


def kind(name: str, content: str = "") -> dict[str, Any]:
    headers = {":message-type": ("string", "event"), ":event-type": ("string", name)}
    return {**headers, ":content-type": ("string", content)} if content else headers


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_payloads_and_headers(protocol: str) -> None:
    when = datetime.datetime(2020, 1, 2, 3, 4, 5, 678000, datetime.UTC)
    heads = {"boolean": True, "integer": 1, "long": 2**40, "blob": b"\0", "string": "s", "timestamp": when}
    found = written(
        protocol, {"bytes": {"data": b"\0\xff"}}, {"Words": {"Text": "€"}}, {"heads": heads}, {"heads": {}}
    )
    assert found == [
        Frame(kind("Bytes", "application/octet-stream"), b"\0\xff"),
        Frame(kind("Words", "text/plain"), "€".encode()),
        Frame({**kind("Heads"), "Boolean": ("boolean", True), "Integer": ("integer", 1), "Long": ("long", 2**40),
               "Blob": ("blob", b"\0"), "String": ("string", "s"), "Timestamp": ("timestamp", 1577934245678)}),
        Frame(kind("Heads")),
    ]  # fmt: skip


def test_documents_are_what_the_protocol_writes() -> None:
    events = [
        {"doc": {"some_text": "a", "data": b"b", "count": 3}},
        {"part": {"inner": {"some_text": "c"}}},
        {"empty": {}},
    ]
    payloads = {protocol: [frame.payload for frame in written(protocol, *events)] for protocol in PROTOCOLS}
    as_json = [b'{"SomeText":"a","Data":"Yg=="}', b'{"SomeText":"c"}', b"{}"]
    assert payloads["rest-json"] == payloads["json"] == as_json
    assert payloads["rest-xml"] == [
        b"<Doc><SomeText>a</SomeText><Data>Yg==</Data></Doc>", b"<Inner><SomeText>c</SomeText></Inner>",
        b"<Empty></Empty>",
    ]  # fmt: skip
    as_cbor = [cbor2.loads(payload) for payload in payloads["smithy-rpc-v2-cbor"]]
    assert as_cbor == [{"SomeText": "a", "Data": b"b"}, {"SomeText": "c"}, {}]
    for protocol in PROTOCOLS:
        doc, part, empty = written(protocol, *events)
        assert doc.headers == {**kind("Doc", MEDIA[protocol]), "Count": ("integer", 3)}
        assert (part.headers, empty.headers) == (
            kind("Part", MEDIA[protocol]),
            kind("Empty", MEDIA[protocol]),
        )


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_what_is_written_is_what_is_read(protocol: str) -> None:
    events: list[Any] = [
        {"doc": {"some_text": "a", "data": b"b", "count": 3}},
        {"part": {"inner": {"some_text": "c"}}},
        {"words": {"text": "d"}},
        {"empty": {}},
    ]
    c = service(protocol)
    operation = c.operation("Talk")
    plan = c.connection.run(c.plan(operation))
    reader = FrameReader(operation, operation.input.members["Events"], plan.parser, "model")
    assert [reader.read(frame) for frame in written(protocol, *events)] == events


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_the_head_and_the_first_frame(protocol: str) -> None:
    c = service(protocol)
    request = c.prepare(c.request("Tell", name="me", events=[]))
    assert request.headers["Content-Type"] == "application/vnd.amazon.eventstream"
    found = frames(request.body.read())
    if protocol.startswith("rest"):
        assert request.headers["x-name"] == "me" and found == []
    else:
        (first,) = found
        assert first.headers == kind("initial-request", MEDIA[protocol])
        read = cbor2.loads(first.payload) if "cbor" in protocol else json.loads(first.payload)
        assert read == {"Name": "me"}


def test_events_are_drawn_when_there_is_room_for_them() -> None:
    drawn: list[int] = []

    def events() -> Iterator[dict[str, Any]]:
        for number in range(3):
            drawn.append(number)
            yield {"bytes": {"data": b"x"}}

    c = service("rest-json")
    body = c.prepare(c.request("Tell", events=events())).body
    assert drawn == []
    assert len(frames(body.read(1 << 20))) == 1 and drawn == [0]
    assert len(body.read(5)) == 5 and drawn == [0, 1]
    body.read(1 << 20)
    assert drawn == [0, 1]
    assert len(frames(body.read())) == 1 and drawn == [0, 1, 2]
    assert body.read() == body.read(1) == b""


def test_events_that_are_sent_are_signed_one_by_one() -> None:
    net, keys = Net(), boto.Credentials("AKIDEXAMPLE", "secret")
    c = service("rest-json", net, signer="sigv4", credentials=keys)
    events = [{"bytes": {"data": b"1"}}, {"bytes": {"data": b"2"}}]
    c.tell(events=events)
    (request,) = net.requests
    assert request.headers["x-amz-content-sha256"] == "STREAMING-AWS4-HMAC-SHA256-EVENTS"
    prior = request.headers["Authorization"].rpartition("=")[2]
    sent = [frame for piece in net.pieces for frame in frames(piece)]
    signer = FrameSigner(keys, boto.Scope("fog", "us-east-1", 0), prior)
    for frame in sent:
        again = frames(signer.sign(frame.payload, frame.headers[":date"][1] / 1000))
        assert again == [frame]
    assert [frames(frame.payload) for frame in sent[:2]] == [[one] for one in written("rest-json", *events)]
    assert sent[2].payload == b"" and len(sent) == 3


def test_events_that_nobody_signs_are_sent_bare() -> None:
    net = Net()
    service("json", net).tell(events=[{"bytes": {"data": b"1"}}])
    assert [frame.text(":event-type") for piece in net.pieces for frame in frames(piece)] == [
        "initial-request", "Bytes",
    ]  # fmt: skip


def test_both_ways_at_once_is_refused_before_anything_is_sent() -> None:
    net = Net()
    with pytest.raises(boto.ConfigError, match="HTTP/2"):
        service("rest-json", net).talk(events=[])
    assert net.requests == []


@pytest.mark.parametrize("wrong", ["text", b"bytes", {"doc": {}}, 5])
def test_what_is_no_iterator_of_events(wrong: Any) -> None:
    c = service("rest-json")
    with pytest.raises(boto.ParameterError, match="an iterator of events"):
        c.prepare(c.request("Tell", events=wrong))


@pytest.mark.parametrize(
    ("event", "why"),
    [
        (
            {"doc": {"some_txet": "a"}},
            r"events\[0\]\.doc\.some_txet: not a member of Doc; did you mean 'some_text'",
        ),
        ({"dco": {}}, r"events\[0\]\.dco: not a member"),
        ({"doc": {}, "empty": {}}, "one key; this has 2"),
        ({}, "one key; this has 0"),
        ([], "must be a dict"),
    ],
)
def test_a_wrong_event_is_found_when_it_is_drawn(event: Any, why: str) -> None:
    with pytest.raises(boto.ParameterError, match=why):
        written("rest-json", event)


@pytest.mark.parametrize(
    ("name", "operation"),
    [("lexv2-runtime", "start_conversation"), ("polly", "start_speech_synthesis_stream"), ("qbusiness", "chat"),
     ("bedrock-runtime", "invoke_model_with_bidirectional_stream"),
     ("connecthealth", "start_medical_scribe_listening_session")],
)  # fmt: skip
def test_all_operations_of_aws_that_take_events_also_give_some(name: str, operation: str) -> None:
    found = boto.connect(name, region="us-east-1").operation(operation)
    for shape in (found.input, found.output):
        assert [member.eventstream for member in shape.members.values()].count(True) == 1
