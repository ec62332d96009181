"""Stubs: the network of both libraries, replaced at the same depth by answers made on the spot.

boto3 sends through `URLLib3Session.send` of botocore, ours through `HTTPAdapter.send` of requests. Each stub
does what the true method does around its socket: it wraps a fresh urllib3 answer, headers parsed and body
unread, into what that library hands on, and like the true one botocore's reads the body. Nothing can be kept
between two answers.
"""

from __future__ import annotations

from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from botocore.awsrequest import AWSResponse  # type: ignore[import-untyped]
from urllib3 import HTTPHeaderDict, HTTPResponse

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEADERS = (
    ("Cache-Control", "no-cache, no-store"),
    ("Strict-Transport-Security", "max-age=31536000; includeSubDomains"),
    ("vary", "accept-encoding"),
    ("Content-Type", "text/xml;charset=UTF-8"),
    ("Date", "Sat, 21 Nov 2026 09:00:00 GMT"),
    ("Server", "AmazonEC2"),
)


class Network:
    """What answers: the body and the parsed headers that were put there last."""

    def __init__(self) -> None:
        self.body = b""
        self.headers = HTTPHeaderDict()

    def answer(self) -> HTTPResponse:
        return HTTPResponse(BytesIO(self.body), self.headers, 200, reason="OK", preload_content=False)


def headers(number: int, length: int) -> HTTPHeaderDict:
    """The headers of one answer. They are parsed below the stubs, so they are made before the clock runs."""
    made = HTTPHeaderDict(_HEADERS)
    made["x-amzn-RequestId"] = f"6d885004-f107-489e-b4a0-{number:012x}"
    made["Content-Length"] = str(length)
    return made


@contextmanager
def stubbed(network: Network) -> Iterator[None]:
    """Both libraries answered by `network`."""

    def their_send(session: Any, request: Any) -> AWSResponse:
        raw = network.answer()
        answer = AWSResponse(request.url, raw.status, raw.headers, raw)
        if not request.stream_output:
            answer.content  # noqa: B018 - reads the body, as the true method does here
        return answer

    def our_send(adapter: Any, request: Any, **_: Any) -> Any:
        return adapter.build_response(request, network.answer())

    with (
        patch("botocore.httpsession.URLLib3Session.send", their_send),
        patch("requests.adapters.HTTPAdapter.send", our_send),
    ):
        yield
