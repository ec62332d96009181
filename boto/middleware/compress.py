"""Compression of request bodies, for operations whose description says that their service takes it.

AWS's SDKs compress bodies of 10,240 bytes and more; the settings `request_min_compression_size_bytes` and
`disable_request_compression` change that. A coding the caller applied already stays, with ours behind it
(RFC 9110, 8.4: codings are listed in the order in which they were applied).
"""

from __future__ import annotations

from boto.core.http import HTTPRequest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from boto.core.http import HTTPResponse
    from boto.core.steps import Flow
    from boto.middleware.stack import Call, Proceed


class Gzip:
    """Compresses bodies in memory that are long enough. A stream goes as it is: its length must be known."""

    def __init__(self, least: int) -> None:
        self.least = least

    def __call__(self, call: Call, proceed: Proceed) -> Flow[HTTPResponse]:
        request = call.request
        body = request.body
        if not isinstance(body, bytes) or len(body) < self.least:
            return proceed(call)
        from gzip import compress

        before = request.headers.get("Content-Encoding")
        coding = {"Content-Encoding": f"{before}, gzip" if before else "gzip"}
        # Without a time in it the same body is the same bytes, and so is its checksum, at every attempt.
        smaller = compress(body, mtime=0)
        headers = request.headers.merged(coding)
        return proceed(call.sending(HTTPRequest(request.method, request.url, headers, smaller)))
