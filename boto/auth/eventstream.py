"""Signatures of frames: each frame of a stream is wrapped into one that proves it and all that came before it.

The wrapping frame has the time (`:date`) and the signature (`:chunk-signature`) as headers, the frame as its
payload. What is signed names the signature before it; the first of all is that of the HTTP request. An empty
payload, signed too, ends the stream: nobody but the signer can cut it short unnoticed.
"""

from __future__ import annotations

from time import gmtime, strftime

from boto.auth.canonical import AMZ, sha256
from boto.auth.sigv4 import SigningKey
from boto.core.frames import encode, encode_headers

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Final

    from boto.auth.base import Scope
    from boto.core.http import HTTPRequest

ALGORITHM = "AWS4-HMAC-SHA256-PAYLOAD"


class FrameSigner:
    """Signs the frames of one stream, one after the other. `prior` is the signature before the next, in hex."""

    __slots__ = ("_credentials", "_key", "_scope", "prior")

    def __init__(self, credentials: Any, scope: Scope, prior: str) -> None:
        self._credentials: Final = credentials
        self._scope: Final = scope
        self._key: SigningKey | None = None
        self.prior = prior

    def sign(self, frame: bytes, time: float) -> bytes:
        """The frame that wraps this one, as bytes; the time is in unix seconds."""
        date = ":date", ("timestamp", int(time) * 1000)
        signature = self._key_for(time).hmac.hexdigest(self.to_sign(frame, time).encode())
        self.prior = signature
        return encode(dict([(":chunk-signature", ("blob", bytes.fromhex(signature))), date]), frame)

    def to_sign(self, frame: bytes, time: float) -> str:
        """The text that is signed: what to compare when a service says that signatures differ."""
        stamp = strftime("%Y%m%dT%H%M%SZ", gmtime(int(time)))
        headers = encode_headers({":date": ("timestamp", int(time) * 1000)})
        parts = (ALGORITHM, stamp, self._key_for(time).scope, self.prior)
        return "\n".join((*parts, sha256(headers).hexdigest(), sha256(frame).hexdigest()))

    def _key_for(self, time: float) -> SigningKey:
        """The key of the day, which a long stream may outlive."""
        day = strftime("%Y%m%d", gmtime(int(time)))
        key = self._key
        if key is None or not key.scope.startswith(day):
            known, scope = self._credentials, self._scope
            key = self._key = SigningKey(
                AMZ, known.access_key, known.secret_key, day, scope.region, scope.service
            )
        return key


def signature_of(request: HTTPRequest) -> str:
    """The signature in the Authorization header of a request; empty when it has none."""
    return str(request.headers.get("Authorization", "")).rpartition("Signature=")[2]
