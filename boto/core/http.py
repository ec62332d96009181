"""HTTP messages as immutable values. Nothing here knows how they travel."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any, Final, TypeAlias

    from boto.core.steps import Readable

    Body: TypeAlias = bytes | Readable | None

# Words in the names of headers and query parameters whose values nobody else should read: those are shown as
# `***` in every repr. Clouds put their own prefixes before the same few words.
_SECRET_WORDS = (
    "authorization", "cookie", "token", "secret", "password", "signature", "credential", "api-key", "api_key",
    "apikey", "access-key", "accesskey", "customer-key",
)  # fmt: skip
_SECRET_NAMES = frozenset(("key", "sig"))


def _secret(name: str) -> bool:
    name = name.lower()
    return name in _SECRET_NAMES or any(word in name for word in _SECRET_WORDS)


def redact_url(url: str) -> str:
    """The URL with the values of secret query parameters and any user:password replaced by `***`."""
    head, mark, query = url.partition("?")
    scheme, sep, rest = head.partition("://")
    if sep and "@" in rest.partition("/")[0]:
        head = f"{scheme}://***@{rest.partition('@')[2]}"
    if not mark:
        return head
    fields = []
    for field in query.split("&"):
        name, equals, _ = field.partition("=")
        fields.append(f"{name}=***" if equals and _secret(name) else field)
    return f"{head}?{'&'.join(fields)}"


def redact_text(text: str) -> str:
    """The text with the values of secret headers and parameters that are named in it replaced by `***`.

    A service that refuses a signature may repeat the request as it expected it, session token and all.
    """
    low = text.lower()
    if not any(word in low for word in _SECRET_WORDS):
        return text
    from re import IGNORECASE, sub

    text = sub(r"\b((?:proxy-)?authorization\s*[:=])[^\n]*", r"\1***", text, flags=IGNORECASE)
    return sub(
        r"(?<![\w.-])([\w.-]+)(\s*[:=]\s*)([^\s&;,'\"<>]+)",
        lambda found: f"{found[1]}{found[2]}***" if "-" in found[1] and _secret(found[1]) else found[0],
        text,
    )


class Headers:
    """A case-insensitive, immutable mapping of header names to values; it remembers spelling and order.

    Values of a repeated name are joined with a comma (RFC 9110, 5.3). Built from a mapping or from pairs.
    """

    __slots__ = ("_items",)
    _items: dict[str, tuple[str, str]]

    def __init__(self, source: Headers | Mapping[str, str] | Iterable[tuple[str, str]] = ()) -> None:
        if isinstance(source, Headers):
            self._items = source._items
            return
        pairs: Any = source.items() if hasattr(source, "items") else source
        items: dict[str, tuple[str, str]] = {}
        for name, value in pairs:
            key = name.lower()
            if key in items:
                value = f"{items[key][1]}, {value}"  # noqa: PLW2901 - the joined value takes its place
            items[key] = (name, value)
        self._items = items

    def __getitem__(self, name: str) -> str:
        return self._items[name.lower()][1]

    def get(self, name: str, default: Any = None) -> Any:
        item = self._items.get(name.lower())
        return default if item is None else item[1]

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name.lower() in self._items

    def __iter__(self) -> Iterator[str]:
        return (name for name, _ in self._items.values())

    def __len__(self) -> int:
        return len(self._items)

    def keys(self) -> Iterable[str]:
        return [name for name, _ in self._items.values()]

    def values(self) -> Iterable[str]:
        return [value for _, value in self._items.values()]

    def items(self) -> Iterable[tuple[str, str]]:
        return self._items.values()

    def merged(self, changes: Mapping[str, str | None]) -> Headers:
        """A copy with these headers set; None takes a header away."""
        items = dict(self._items)
        for name, value in changes.items():
            if value is None:
                items.pop(name.lower(), None)
            else:
                items[name.lower()] = (name, value)
        copy = Headers.__new__(Headers)
        copy._items = items
        return copy

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Headers):
            theirs = other
        elif hasattr(other, "items"):
            theirs = Headers(other.items())
        else:
            return NotImplemented
        return {k: v[1] for k, v in self._items.items()} == {k: v[1] for k, v in theirs._items.items()}

    __hash__ = None  # type: ignore[assignment]  # equal to plain dicts, which have no hash either

    def __repr__(self) -> str:
        shown = {name: "***" if _secret(key) else value for key, (name, value) in self._items.items()}
        return f"Headers({shown!r})"


class HTTPRequest:
    """One HTTP request: an absolute, percent-encoded URL with its query; a body of bytes, a stream or None."""

    __slots__ = ("body", "headers", "method", "url")

    def __init__(
        self,
        method: str,
        url: str,
        headers: Headers | Mapping[str, str] | Iterable[tuple[str, str]] = (),
        body: Body = None,
    ) -> None:
        self.method: Final = method
        self.url: Final = url
        self.headers: Final = headers if type(headers) is Headers else Headers(headers)
        self.body: Final = body

    def replace(self, **changes: Any) -> HTTPRequest:
        """A copy with some fields changed: `method`, `url`, `headers`, `body`."""
        fields = {name: getattr(self, name) for name in self.__slots__}
        unknown = changes.keys() - fields.keys()
        if unknown:
            raise TypeError(
                f"HTTPRequest has no field {sorted(unknown)[0]!r}; it has {', '.join(self.__slots__)}"
            )
        return HTTPRequest(**{**fields, **changes})

    def __repr__(self) -> str:
        return f"<HTTPRequest {self.method} {redact_url(self.url)}>"


class HTTPResponse:
    """One HTTP response. `body` holds the bytes; a streamed answer has `stream` and an empty body until read."""

    __slots__ = ("body", "headers", "status", "stream")

    def __init__(
        self,
        status: int,
        headers: Headers | Mapping[str, str] | Iterable[tuple[str, str]] = (),
        body: bytes = b"",
        stream: Readable | None = None,
    ) -> None:
        self.status: Final = status
        self.headers: Final = headers if type(headers) is Headers else Headers(headers)
        self.body: Final = body
        self.stream: Final = stream

    def __repr__(self) -> str:
        size = "streamed" if self.stream is not None else f"{len(self.body)} bytes"
        return f"<HTTPResponse {self.status}, {size}>"
