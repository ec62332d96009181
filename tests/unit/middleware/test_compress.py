"""Compression of requests: from a size on, in the gzip format, and not where it is switched off."""

from __future__ import annotations

import gzip
from typing import Any

import pytest

import boto


class Net:
    def __init__(self) -> None:
        self.sent: list[Any] = []

    def send(self, request: Any, *_: Any) -> boto.HTTPResponse:
        self.sent.append(request)
        return boto.HTTPResponse(200, {}, b"{}")

    def close(self) -> None:
        pass


def put(metrics: int, **options: Any) -> Any:
    net = Net()
    c = boto.connect_cloudwatch(
        "AKIDEXAMPLE", "secret", region="eu-west-1", connection=boto.Connection(transport=net), **options
    )
    c.prepare(
        c.request("put_metric_data", namespace="n", metric_data=[{"metric_name": "m", "value": 1}] * metrics)
    )
    return c.prepare(
        c.request("put_metric_data", namespace="n", metric_data=[{"metric_name": "m"}] * metrics)
    )


def test_what_is_long_is_compressed() -> None:
    request = put(1000)
    assert request.headers["Content-Encoding"] == "gzip"
    assert len(gzip.decompress(request.body)) > 10_240 > len(request.body)
    assert "content-encoding" in request.headers["Authorization"]


@pytest.mark.parametrize(
    "options", [{"disable_request_compression": True}, {"request_min_compression_size_bytes": 999_999}]
)
def test_what_is_short_or_not_wanted_is_not(options: dict[str, Any]) -> None:
    assert "Content-Encoding" not in put(1000, **options).headers
    assert "Content-Encoding" not in put(1).headers


def test_the_environment_has_a_say(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES", "1")
    assert put(1).headers["Content-Encoding"] == "gzip"
    monkeypatch.setenv("AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES", "10485761")
    with pytest.raises(boto.ConfigError, match="a number of bytes from 0 to 10485760"):
        put(1)


def test_equal_bodies_give_equal_bytes() -> None:
    assert put(1000).body == put(1000).body
