"""Signing, for the suites `sigv4.*`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from conformance.adapter import Adapter, Request, Signed, Unsupported

import boto
from boto.auth.sigv4 import SigV4

if TYPE_CHECKING:
    from datetime import datetime


class Signing(Adapter):  # type: ignore[misc] - the suites are not typed
    def sign(
        self,
        request: Any,
        *,
        algorithm: str,
        credentials: Any,
        service: str,
        region: str,
        timestamp: datetime,
        location: str = "header",
        expires: int = 0,
        normalize_path: bool = True,
        sign_body: bool = False,
        omit_session_token: bool = False,
        unsigned_payload: bool = False,
    ) -> Any:
        if algorithm != "sigv4":
            raise Unsupported(algorithm)
        options = {
            "unsigned_payload": unsigned_payload,
            "omit_token": omit_session_token,
            "content_sha256": sign_body and location == "header",
            "normalize_path": normalize_path,
            "double_encode": normalize_path,
        }
        keys = boto.Credentials(credentials.access_key, credentials.secret_key, credentials.token)
        scope = boto.Scope(service, region, timestamp.timestamp(), options)
        signer = SigV4()
        message = boto.HTTPRequest(request.method, request.url, headers_of(request), request.body)
        if location == "query":
            signed = signer.presign(message, keys, scope, expires)
            canonical, to_sign = signer.explain(message, keys, scope, expires)
        else:
            signed = signer.sign(message, keys, scope)
            canonical, to_sign = signer.explain(message, keys, scope)
        sent = Request(signed.method, signed.url, list(signed.headers.items()), signed.body or b"")
        return Signed(sent, canonical, to_sign)


def headers_of(request: Any) -> dict[str, str]:
    """The headers as one value each: folded lines are unfolded, repeated names joined (RFC 9112, 5.2)."""
    pairs = request.headers.items() if hasattr(request.headers, "items") else request.headers
    headers: dict[str, str] = {}
    for name, value in pairs:
        unfolded = " ".join(line.strip() for line in value.split("\n"))
        spelled = next((known for known in headers if known.lower() == name.lower()), name)
        headers[spelled] = f"{headers[spelled]},{unfolded}" if spelled in headers else unfolded
    return headers
