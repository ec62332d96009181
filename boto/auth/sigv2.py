"""Signature version 2: an HMAC over the sorted parameters, which are then sent with it.

Parameters are in the query string, or in the form body of a POST; the proof goes where they are. Old, and
still what some of the services and appliances that speak the query protocol understand.
"""

from __future__ import annotations

from time import gmtime, strftime

from boto.auth.canonical import HMACKey
from boto.core.errors import ConfigError
from boto.core.http import HTTPRequest
from boto.core.url import decode_query, encode_query, quote, split

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from boto.auth.base import Scope

_FORM = "application/x-www-form-urlencoded"
_OWN = frozenset(
    ("AWSAccessKeyId", "SignatureVersion", "SignatureMethod", "Timestamp", "Expires", "SecurityToken",
     "Signature")
)  # fmt: skip


def _iso(time: float) -> str:
    return strftime("%Y-%m-%dT%H:%M:%SZ", gmtime(time))


class SigV2:
    """Signs the parameters of a query-protocol request."""

    __slots__ = ()

    def sign(self, request: HTTPRequest, credentials: Any, scope: Scope) -> HTTPRequest:
        """A copy of the request with its proof among its parameters; one that was there is replaced."""
        return self._signed(request, credentials, ("Timestamp", _iso(scope.time)))

    def presign(self, request: HTTPRequest, credentials: Any, scope: Scope, expires_in: int) -> HTTPRequest:
        """A copy whose parameters hold for so many seconds, instead of a quarter of an hour."""
        return self._signed(request, credentials, ("Expires", _iso(scope.time + expires_in)))

    def _signed(self, request: HTTPRequest, credentials: Any, when: tuple[str, str]) -> HTTPRequest:
        try:
            access_key, secret = credentials.access_key, credentials.secret_key
        except AttributeError:
            kind = type(credentials).__name__
            raise ConfigError(
                f"signature version 2 needs credentials with access_key and secret_key, not {kind}"
            ) from None
        _, host, path, query = split(request.url)
        in_body = request.method == "POST" and bool(request.body)
        if in_body:
            query = self._form(request)
        pairs = [pair for pair in decode_query(query) if pair[0] not in _OWN]
        pairs += [
            ("AWSAccessKeyId", access_key),
            ("SignatureVersion", "2"),
            ("SignatureMethod", "HmacSHA256"),
            when,
        ]
        if credentials.token:
            pairs.append(("SecurityToken", credentials.token))
        pairs.sort()
        query = encode_query(pairs)
        to_sign = f"{request.method}\n{host}\n{path or '/'}\n{query}"
        query = f"{query}&Signature={quote(self._proof(secret, to_sign))}"
        headers = request.headers.merged({"Authorization": None})
        if in_body:
            if "content-length" in headers:
                headers = headers.merged({"Content-Length": str(len(query))})
            return HTTPRequest(request.method, request.url, headers, query.encode())
        base = request.url.partition("#")[0].partition("?")[0]
        if not path:
            base += "/"
        return HTTPRequest(request.method, f"{base}?{query}", headers, request.body)

    @staticmethod
    def _form(request: HTTPRequest) -> str:
        kind = request.headers.get("content-type", _FORM).partition(";")[0].strip().lower()
        if not isinstance(request.body, bytes) or kind != _FORM:
            raise ConfigError(f"signature version 2 signs form bodies only ({_FORM}), in bytes")
        return request.body.decode()

    @staticmethod
    def _proof(secret: str, to_sign: str) -> str:
        from binascii import b2a_base64

        return b2a_base64(HMACKey(secret.encode()).digest(to_sign.encode()), newline=False).decode()
