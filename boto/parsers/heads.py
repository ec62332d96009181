"""Members of an answer that travel in its head: in a header, in all headers of a prefix, in the status.

Headers are often not what they should be (proxies add and change them), so one that cannot be read as its type
is left out.
"""

from __future__ import annotations

from boto.core.naming import snake
from boto.models.shapes import HEADER, HEADERS, JSON_VALUE, STATUS
from boto.parsers.base import MODEL, WIRE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any, Final, TypeAlias

    from boto.core.http import HTTPResponse
    from boto.models.shapes import Member
    from boto.parsers.base import Form

    Take: TypeAlias = Callable[[dict[str, Any], HTTPResponse], None]

HEADS = (HEADER, HEADERS, STATUS)


def key_of(member: Member, form: Form) -> str:
    """The key of a member: in MODEL by its name, in WIRE by its wire name, in SOURCE its name as it is."""
    if form == MODEL:
        return member.snake
    return snake(member.wire) if form == WIRE else member.name


def take(member: Member, form: Form) -> Take:
    """The function that takes one member out of an answer's head and puts it into a value."""
    key, wire = key_of(member, form), member.wire.lower()
    if member.location == STATUS:

        def status(value: dict[str, Any], response: HTTPResponse) -> None:
            value[key] = response.status

        return status
    if member.location == HEADERS:

        def headers(value: dict[str, Any], response: HTTPResponse) -> None:
            value[key] = {
                name[len(wire) :]: text
                for name, text in response.headers.items()
                if name.lower().startswith(wire)
            }

        return headers
    read = _reader(member)

    def header(value: dict[str, Any], response: HTTPResponse) -> None:
        text = response.headers.get(wire)
        if text is not None:
            found = read(text)
            if found is not None:
                value[key] = found

    return header


class Heads:
    """All such members of an answer. An answer has few headers, S3 describes dozens: the few are looked up."""

    __slots__ = ("_named", "_others")

    def __init__(self, members: Iterable[Member], form: Form) -> None:
        self._named: Final[dict[str, tuple[str, Callable[[str], Any]]]] = {}
        self._others: Final[list[Take]] = []
        for member in members:
            if member.location == HEADER:
                self._named[member.wire.lower()] = (key_of(member, form), _reader(member))
            elif member.location in HEADS:
                self._others.append(take(member, form))

    def into(self, value: dict[str, Any], response: HTTPResponse) -> None:
        """Puts what the head tells into a value."""
        named = self._named
        for name, (_, text) in response.headers._items.items():
            known = named.get(name)
            if known is not None:
                found = known[1](text)
                if found is not None:
                    value[known[0]] = found
        for other in self._others:
            other(value, response)


def _reader(member: Member) -> Callable[[str], Any]:
    if member.flags & JSON_VALUE:
        return _json
    item = member.shape.member
    if item is None:
        return _scalar(member.shape.kind)
    read = _scalar(item.shape.kind)
    split = _dates if item.shape.kind == "timestamp" else _items
    return lambda text: [read(one) for one in split(text)]


def _scalar(kind: str) -> Callable[[str], Any]:
    if kind in ("integer", "long"):
        return _lenient(int)
    if kind in ("float", "double"):
        return _lenient(float)
    if kind == "boolean":
        return lambda text: text.lower() == "true"
    if kind == "timestamp":
        from boto.core.times import reader

        return _lenient(reader())
    if kind == "blob":
        from binascii import a2b_base64

        return _lenient(a2b_base64)
    return str


def _lenient(read: Callable[[str], Any]) -> Callable[[str], Any]:
    def lenient(text: str) -> Any:
        try:
            return read(text)
        except (ValueError, ArithmeticError):
            return None

    return lenient


def _json(text: str) -> Any:
    """JSON in base64. An object or a list is decoded; any other value is told by its text already."""
    from binascii import a2b_base64
    from json import loads

    try:
        decoded = a2b_base64(text).decode()
        value = loads(decoded)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, (dict, list)) else decoded


def _dates(text: str) -> list[str]:
    """The items of a list of timestamps. HTTP dates have a comma of their own, after the day."""
    parts = [part.strip() for part in text.split(",")]
    if not any(part[:3].isalpha() for part in parts):
        return parts
    return [f"{day}, {rest}" for day, rest in zip(parts[::2], parts[1::2], strict=False)]


def _items(text: str) -> list[str]:
    """The items of a list; one in quotation marks may hold commas (RFC 9110, 5.6.1 and 5.6.4)."""
    if '"' not in text:
        return [part.strip() for part in text.split(",")] if text else []
    items: list[str] = []
    item, quoted, escaped = "", False, False
    for char in text:
        if escaped:
            item, escaped = item + char, False
        elif quoted and char == "\\":
            escaped = True
        elif char == '"':
            quoted = not quoted
        elif char == "," and not quoted:
            items.append(item.strip())
            item = ""
        else:
            item += char
    return [*items, item.strip()]
