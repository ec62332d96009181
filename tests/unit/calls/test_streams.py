"""Every operation of AWS whose answer is a stream of events: each event and each error it may send."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

import boto
from boto.calls.response import Response
from boto.calls.streams import begin
from boto.core.frames import encode
from boto.parsers.base import Metadata

DATA = Path(boto.__path__[0]) / "services" / "aws" / "data"
SERVICES = [path.stem for path in sorted(DATA.glob("*.lines")) if '"events":true' in path.read_text("utf-8")]


def streaming(service: str) -> list[tuple[Any, Any, Any]]:
    """(service, operation, the member that streams) of each such operation."""
    c = boto.connect(service, region="us-east-1", credentials=boto.Credentials("AKIDEXAMPLE", "secret"))
    return [
        (c, operation, member)
        for operation in c.operations.values()
        if operation.output is not None
        for member in operation.output.members.values()
        if member.eventstream
    ]


def opened(c: Any, operation: Any, data: bytes) -> Any:
    """What a call gives for an answer of these bytes."""
    request = c.request(operation.name)
    plan = c.connection.run(c.plan(request.operation))
    assert plan.stream
    http = boto.HTTPResponse(200, {}, b"", BytesIO(data))
    response = Response(request, http, Metadata(), plan)
    c.connection.run(begin(response))
    return response.parse("model")[plan.events.snake]


def frame(kind: str, name: str, payload: bytes) -> bytes:
    return encode({":message-type": ("string", kind), f":{kind}-type": ("string", name)}, payload)


@pytest.mark.parametrize("service", SERVICES)
def test_every_event_and_every_error(service: str) -> None:
    for c, operation, member in streaming(service):
        kinds = member.shape.members.values()
        events = [one for one in kinds if not one.shape.traits.get("error")]
        empty = b"" if service == "s3" else b"{}"
        stream = opened(c, operation, b"".join(frame("event", one.name, empty) for one in events))
        assert [next(iter(event)) for event in stream] == [one.snake for one in events]
        for one in kinds:
            if one not in events:
                told = frame("exception", one.name, b'{"message":"why"}')
                with pytest.raises(getattr(c.errors, one.shape.name)) as caught:
                    list(opened(c, operation, told))
                assert caught.value.operation == f"{service}.{operation.snake}"


def test_there_are_as_many_as_the_descriptions_say() -> None:
    assert len([found for service in SERVICES for found in streaming(service)]) == 25
