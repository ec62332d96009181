"""Event streams, for the suites `eventstream.*`."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from conformance.adapter import Adapter, DecodeError, Parsed

import boto
from boto.calls.response import Response
from boto.calls.streams import Eventstream, begin
from boto.core.frames import Decoder, encode
from boto.models.c2j import ServiceModel
from boto.models.description import Description
from boto.parsers.base import SOURCE, Metadata


class Frames(Adapter):  # type: ignore[misc] - the suites are not typed
    def parse(self, model: dict[str, Any], operation: str, response: Any) -> Any:
        service = _service(model)
        request = service.request(operation)
        plan = service.connection.run(service.plan(request.operation))
        if plan.events is None or response.status >= 300:
            return super().parse(model, operation, response)
        http = boto.HTTPResponse(response.status, response.headers, b"", BytesIO(response.body))
        answer = Response(request, http, Metadata(), plan)
        try:
            service.connection.run(begin(answer))
            found = answer.parse(SOURCE)
            return Parsed({name: _listed(value) for name, value in found.items()})
        except boto.ServiceError as error:
            return Parsed(error.fields, error.code, error.message)

    def encode_events(
        self, model: dict[str, Any], operation: str, params: dict[str, Any], events: list[Any]
    ) -> bytes:
        service = _service(model)
        members = service.operation(operation).input.members.values()
        stream = next(member.name for member in members if member.eventstream)
        body = service.prepare(service.request(operation, **{**params, stream: events})).body
        return bytes(body.read())

    def eventstream_decode(self, data: bytes) -> list[tuple[dict[str, Any], bytes]]:
        decoder = Decoder()
        decoder.feed(data)
        found = []
        try:
            while (frame := decoder.next()) is not None:
                found.append((frame.headers, frame.payload))
            decoder.end()
        except boto.BadAnswer as error:
            raise DecodeError(str(error)) from None
        return found

    def eventstream_encode(self, headers: dict[str, Any], payload: bytes) -> bytes:
        return encode(headers, payload)


def _service(model: dict[str, Any]) -> Any:
    return boto.connect(
        description=Description(ServiceModel(model, name="vectors")),
        endpoint_url="https://example.com",
        region="us-east-1",
        signer="none",
    )


def _listed(value: Any) -> Any:
    return list(value) if isinstance(value, Eventstream) else value
