"""Protocols: requests as a call would send them, answers as it would read them, and their encodings."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from conformance.adapter import Adapter, DecodeError, Parsed, Request

import boto
from boto.calls.paths import path
from boto.core import times
from boto.core.http import HTTPResponse
from boto.models.c2j import ServiceModel
from boto.models.description import Description
from boto.parsers.base import SOURCE
from boto.registry import registry

if TYPE_CHECKING:
    from datetime import datetime


class Protocols(Adapter):  # type: ignore[misc] - the suites are not typed
    def serialize(
        self,
        model: dict[str, Any],
        operation: str,
        params: dict[str, Any],
        *,
        endpoint: str = "https://example.com",
        idempotency_token: str = "00000000-0000-4000-8000-000000000000",
        config: dict[str, Any] | None = None,
    ) -> Any:
        service = boto.connect(
            description=Description(ServiceModel(model, name="vectors")),
            endpoint_url=endpoint,
            region="us-east-1",
            signer="none",
            **(config or {}),
        )
        with patch("uuid.uuid4", lambda: idempotency_token):
            request = service.prepare(service.request(operation, **params))
        return Request(request.method, request.url, list(request.headers.items()), request.body or b"")

    def parse(self, model: dict[str, Any], operation: str, response: Any) -> Any:
        name = model["metadata"].get("serviceId", "vectors").lower().replace(" ", "-")
        service = boto.connect(name, description=Description(ServiceModel(model, name=name)))
        described = service.operation(operation)
        spoken = registry.protocol(service.description.header["protocols"], name)
        parser = service.dialect(spoken, described).parser
        answer = HTTPResponse(response.status, response.headers, response.body)
        if answer.status < 400:
            return Parsed(parser.parse(answer, described, SOURCE)[0])
        info = parser.parse_error(answer, described, SOURCE)  # type: ignore[call-arg] - an extra of these parsers
        return Parsed(info.fields, info.code, info.message)

    def cbor_decode(self, data: bytes) -> Any:
        from boto.parsers.cbor import loads
        from boto.parsers.described import Unreadable

        try:
            return loads(data)
        except Unreadable as error:
            raise DecodeError(str(error)) from error

    def parse_timestamp(self, fmt: str, text: str) -> datetime:
        try:
            return times.parse(text)
        except ValueError as error:
            raise DecodeError(str(error)) from error

    def format_timestamp(self, fmt: str, value: datetime) -> str:
        write = {"date-time": times.iso8601, "http-date": times.http_date, "epoch-seconds": times.unix}[fmt]
        return str(write(value.astimezone(UTC)))

    def jmespath(self, expression: str, data: Any) -> Any:
        try:
            return path(expression, verbatim=True)(data)
        except boto.ConfigError as error:
            raise DecodeError(str(error)) from error
