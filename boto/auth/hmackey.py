"""A key for HMAC-SHA256 with the work that depends on the key alone done once.

HMAC(K, m) is H(K^opad, H(K^ipad, m)) (RFC 2104, 2 and 4): the states after the two padded keys are kept and
copied for each message.
"""

from __future__ import annotations

from boto.auth.canonical import sha256

_INNER = bytes(byte ^ 0x36 for byte in range(256))
_OUTER = bytes(byte ^ 0x5C for byte in range(256))


class HMACKey:
    """A key with both of its hash states ready; shows nothing of itself."""

    __slots__ = ("_inner", "_outer")

    def __init__(self, key: bytes) -> None:
        block = (sha256(key).digest() if len(key) > 64 else key).ljust(64, b"\0")
        self._inner = sha256(block.translate(_INNER))
        self._outer = sha256(block.translate(_OUTER))

    def digest(self, message: bytes) -> bytes:
        inner, outer = self._inner.copy(), self._outer.copy()
        inner.update(message)
        outer.update(inner.digest())
        return outer.digest()

    def hexdigest(self, message: bytes) -> str:
        inner, outer = self._inner.copy(), self._outer.copy()
        inner.update(message)
        outer.update(inner.digest())
        return outer.hexdigest()
