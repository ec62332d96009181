"""The canonical request: one text both sides derive from a request, so that both can compute a proof over it.

Seven parts joined by newlines: method, path, query, header lines (which end in a newline of their own), the
names of those headers, and the hash of the body. What varies between clouds and versions that copied the
form is a handful of words, the `Labels`; the rules are here once, as is the `HMACKey` of the proof.

Two rules surprise people. Most services encode the path *again* as it stands on the wire (`%20` becomes
`%2520`) after taking out `.`, `..` and empty segments; S3 does neither, because `a//b` and `a/../b` are
keys there. And query parameters are ordered by their encoded names, not by the encoded `name=value` text:
`a=1` comes before `a-b=1` although `-` sorts before `=`.
"""

from __future__ import annotations

from boto.core.errors import ConfigError
from boto.core.url import quote, requote, segments

try:  # hashlib imports every algorithm there is; this is the one we need
    from _hashlib import openssl_sha256
except ImportError:  # a Python built without OpenSSL
    from hashlib import sha256 as openssl_sha256

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Final

    from boto.core.http import HTTPRequest

    HeaderItems = dict[str, tuple[str, str]]

sha256 = openssl_sha256
EMPTY_SHA256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
UNSIGNED_PAYLOAD = "UNSIGNED-PAYLOAD"

# Not signed: what proxies and HTTP libraries add or change on the way (RFC 9110, 7.6.1: hop-by-hop), and the
# proof itself.
UNSIGNED_HEADERS = frozenset(
    ("authorization", "connection", "expect", "keep-alive", "proxy-authenticate", "proxy-authorization",
     "proxy-connection", "te", "transfer-encoding", "upgrade", "user-agent", "x-amzn-trace-id")
)  # fmt: skip


class Labels:
    """The words of one dialect. `AWS4-HMAC-SHA256`, `X-Amz-`, `aws4_request`, `AWS4` are Amazon's."""

    __slots__ = (
        "algorithm", "content", "content_key", "date", "date_key", "header", "secret", "terminator", "token",
        "token_key",
    )  # fmt: skip

    def __init__(self, algorithm: str, header: str, terminator: str, secret: str) -> None:
        self.algorithm: Final = algorithm
        self.header: Final = header
        self.terminator: Final = terminator
        self.secret: Final = secret
        self.date: Final = f"{header}Date"
        self.token: Final = f"{header}Security-Token"
        self.content: Final = f"{header}Content-Sha256"
        self.date_key: Final = self.date.lower()
        self.token_key: Final = self.token.lower()
        self.content_key: Final = self.content.lower()


AMZ = Labels("AWS4-HMAC-SHA256", "X-Amz-", "aws4_request", "AWS4")


def canonical_path(path: str, normalize: bool = True, double_encode: bool = True) -> str:
    """The path as signed, from the path as sent."""
    if path in ("", "/"):
        return "/"
    if normalize and ("//" in path or "/." in path):
        kept = segments(path)
        path = f"/{'/'.join(kept)}{'/' if kept and path.endswith('/') else ''}"
    return quote(path, "/") if double_encode else requote(path, "/")


def canonical_query(query: str) -> str:
    """The query string as signed: each name and value encoded in the one way, ordered by both."""
    if not query:
        return ""
    pairs = []
    for field in query.split("&"):
        if field:
            name, _, value = field.replace("+", "%20").partition("=")
            pairs.append((requote(name), requote(value)))
    pairs.sort()
    return "&".join([f"{name}={value}" for name, value in pairs])


class HeaderOrders(dict["tuple[str, ...]", "tuple[list[str], str]"]):
    """Which headers of a header set are signed, in which order: `names, joined = orders[tuple(items)]`.

    `items` has lower-case names. The sets are few, so each is worked out once.
    """

    __slots__ = ()
    LIMIT = 512

    def __missing__(self, header_set: tuple[str, ...]) -> tuple[list[str], str]:
        names = sorted(name for name in header_set if name not in UNSIGNED_HEADERS)
        if len(self) >= self.LIMIT:
            self.clear()
        self[header_set] = order = (names, ";".join(names))
        return order


def canonical_headers(items: HeaderItems, names: list[str]) -> str:
    """One line for each header; white space in values becomes single spaces, and none around them."""
    # No value has a line break: senders must not fold lines (RFC 9112, 5.2), and transports refuse to.
    lines = "".join([f"{name}:{items[name][1]}\n" for name in names])
    # Few values have white space at all; of those that do nearly all are this parameter of a Content-Type.
    if "\t" in lines or (" " in lines and " " in lines.replace("; charset=utf-8\n", "\n")):
        lines = "".join([f"{name}:{_trimmed(items[name][1])}\n" for name in names])
    return lines


def _trimmed(value: str) -> str:
    """White space of a header is space and tab (RFC 9110, 5.6.3), and nothing else that Unicode calls so."""
    return " ".join([word for word in value.replace("\t", " ").split(" ") if word])


def payload_hash(request: HTTPRequest, options: dict[str, Any]) -> str:
    """What the signature says of the body: its SHA-256, one computed before, or that it is not signed."""
    if options:
        if options.get("unsigned_payload"):
            return UNSIGNED_PAYLOAD
        known = options.get("payload_hash")
        if known:
            return str(known)
    body = request.body
    if type(body) is bytes:
        return sha256(body).hexdigest() if body else EMPTY_SHA256
    if body is None:
        return EMPTY_SHA256
    if isinstance(body, (bytearray, memoryview)):
        return sha256(body).hexdigest()
    raise ConfigError(
        f"the body of this {request.method} request is a stream, and signers do not read: give its SHA-256 "
        "as option 'payload_hash' of the scope, or leave it unsigned with 'unsigned_payload'"
    )


_INNER = bytes(byte ^ 0x36 for byte in range(256))
_OUTER = bytes(byte ^ 0x5C for byte in range(256))


class HMACKey:
    """A key for HMAC-SHA256 with the work that depends on the key alone done once; shows nothing of itself.

    HMAC(K, m) is H(K^opad, H(K^ipad, m)) (RFC 2104, 2 and 4): the states after the two padded keys are kept
    and copied for each message.
    """

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
