"""URLs as text: percent-encoding, taking apart, query strings.

RFC 3986 leaves open which characters a sender encodes. Signatures do not: they are computed over a form in
which everything but the *unreserved* characters (2.3: letters, digits, `-._~`) is encoded, in upper-case
hex of the UTF-8 bytes. So this library writes that form from the start, and what it signs is what it sends.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
_DEFAULT_PORTS = {"https": ":443", "http": ":80"}


class _Table(dict[int, str]):
    """What each character becomes; also the safe characters as bytes, to see at once that nothing changes."""

    __slots__ = ("safe",)
    safe: bytes

    def __init__(self, safe: str) -> None:
        self.safe = (UNRESERVED + safe).encode()
        super().__init__({code: chr(code) if code in self.safe else f"%{code:02X}" for code in range(128)})

    def __missing__(self, code: int) -> str:
        return "".join([f"%{byte:02X}" for byte in chr(code).encode()])


_SEGMENT = _Table("")
_PATH = _Table("/")
_TABLES = {"": _SEGMENT, "/": _PATH}


def quote(text: str, safe: str = "") -> str:
    """The text with everything percent-encoded but unreserved characters and those of `safe` (ASCII)."""
    table = _TABLES.get(safe)
    if table is None:
        table = _Table(safe)
    if text.isascii() and not text.encode().translate(None, table.safe):
        return text
    return text.translate(table)


def requote(text: str, safe: str = "") -> str:
    """The text, percent-encoded already in whatever way, encoded in the one way of `quote`.

    `%7e` becomes `~`, `%2f` becomes `%2F`, a space becomes `%20`, and a `%` that begins no escape `%25`.
    """
    if "%" not in text:
        return quote(text, safe)
    first, *rest = text.split("%")
    parts = [quote(first, safe)]
    for piece in rest:
        byte = _escaped(piece)
        if byte < 0:
            parts.append("%25" + quote(piece, safe))
        else:
            parts.append(chr(byte) if chr(byte) in UNRESERVED else f"%{byte:02X}")
            parts.append(quote(piece[2:], safe))
    return "".join(parts)


def _escaped(text: str) -> int:
    """The byte that two hex digits at the beginning stand for, or -1."""
    code = text[:2]
    if len(code) < 2 or not (code.isascii() and code.isalnum()):
        return -1
    try:
        return int(code, 16)
    except ValueError:
        return -1


def unquote(text: str) -> str:
    """The text with percent-escapes decoded as UTF-8; what is no UTF-8 becomes U+FFFD."""
    if "%" not in text:
        return text
    first, *rest = text.split("%")
    parts = [first.encode()]
    for piece in rest:
        byte = _escaped(piece)
        parts.append(b"%" + piece.encode() if byte < 0 else bytes((byte,)) + piece[2:].encode())
    return b"".join(parts).decode("utf-8", "replace")


def split(url: str) -> tuple[str, str, str, str]:
    """Scheme, host, path and query of an absolute URL, path and query as written, the fragment dropped.

    The host is as a Host header has it (RFC 9110, 7.2): with its port unless that is the scheme's own,
    without user and password; in lower case.
    """
    scheme, _, rest = url.partition("://")
    if "#" in rest:
        rest = rest.partition("#")[0]
    query = ""
    if "?" in rest:
        rest, _, query = rest.partition("?")
    host, slash, path = rest.partition("/")
    scheme = scheme.lower()
    if "@" in host:
        host = host.rpartition("@")[2]
    if ":" in host:
        host = host.removesuffix(_DEFAULT_PORTS.get(scheme, ":"))
    return scheme, host.lower(), slash + path, query


def segments(path: str) -> list[str]:
    """What is left of a path's segments without dots (RFC 3986, 5.2.4) and without empty ones."""
    kept: list[str] = []
    for segment in path.split("/"):
        if segment == "..":
            del kept[-1:]
        elif segment not in ("", "."):
            kept.append(segment)
    return kept


def encode_query(pairs: Iterable[tuple[str, str]]) -> str:
    """A query string (or form body) of these pairs, in their order; a space is `%20`, never `+`."""
    return "&".join([f"{quote(name)}={quote(value)}" for name, value in pairs])


def decode_query(query: str) -> list[tuple[str, str]]:
    """The pairs of a query string or form body, in their order; `+` is a space."""
    pairs = []
    for field in query.split("&"):
        if field:
            name, _, value = field.replace("+", " ").partition("=")
            pairs.append((unquote(name), unquote(value)))
    return pairs
