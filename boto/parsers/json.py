"""JSON answers: from decoded JSON to the three forms, by a plan compiled from a shape.

Decoding gives dicts, lists and scalars that are nearly right already. A plan names only what is left to do:
members that have another key in the form, timestamps, bytes, 64-bit integers sent as strings. A shape that
reaches none of these has no plan and is passed through; one without renamed members is changed in place, for
what was just decoded belongs to nobody else.

Servers send what descriptions do not know, and other types than they promise. Members nobody described are
kept as they came; a value of another type than its shape is left alone. Keys of maps and whatever is inside
documents are data and never renamed.
"""

from __future__ import annotations

from boto.core.errors import BadAnswer
from boto.core.naming import snake
from boto.parsers.base import MODEL, SOURCE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, Final, TypeAlias

    from boto.models.shapes import Member, Shape
    from boto.parsers.base import Form

    Read: TypeAlias = Callable[[Any], Any]

_decode: Callable[[str | bytes], Any] | None = None


def loads(body: bytes, status: int) -> Any:
    """Decoded JSON; BadAnswer with the beginning of the body when it is none."""
    global _decode  # noqa: PLW0603 - json is imported when the first answer comes
    if _decode is None:
        from json import loads as decode

        _decode = decode
    try:
        return _decode(body)
    except ValueError as error:  # also of bytes that are no text, and of integers beyond all measure
        what = "an empty body" if not body.strip() else f"no JSON ({type(error).__name__})"
        raise BadAnswer(f"the answer (HTTP {status}) is {what}", status, snippet(body)) from None
    except RecursionError:
        raise BadAnswer(f"the answer (HTTP {status}) is nested too deeply", status, snippet(body)) from None


def snippet(body: bytes) -> str:
    """The first 200 characters of a body."""
    return body[:800].decode("utf-8", "replace")[:200]


def key_of(member: Member, form: Form) -> str:
    """The key of a member: in MODEL by its name, in WIRE by its wire name, in SOURCE its name as it is."""
    if form == SOURCE:
        return member.name
    return snake(member.name if form == MODEL else member.wire)


class Plans:
    """The reading plans of one operation in one form."""

    __slots__ = ("_form", "_known")

    def __init__(self, form: Form) -> None:
        self._form: Final = form
        self._known: Final[dict[int, Read]] = {}

    def of(self, shape: Shape) -> Read | None:
        """The function that turns decoded JSON into a value of this form; None when it is one already."""
        kind = shape.kind
        if kind == "timestamp":
            return _timestamp()
        if kind == "blob":
            return _blob
        if kind == "long" and shape.format == "string":
            return _integer
        if not self._changes(shape, set()):
            return None
        known = self._known.get(id(shape))
        if known is None:
            # A shape reached again while it is being compiled is looked up when it is first used.
            self._known[id(shape)] = _later(self._known, id(shape))
            known = self._known[id(shape)] = self._aggregate(shape)
        return known

    def _changes(self, shape: Shape, seen: set[int]) -> bool:
        """Whether anything below this shape differs from decoded JSON."""
        if shape.kind in ("timestamp", "blob") or shape.format == "string":
            return True
        if id(shape) in seen:
            return False
        seen.add(id(shape))
        inner = [member for member in (shape.member, shape.value) if member is not None]
        if any(self._changes(member.shape, seen) for member in inner):
            return True
        return any(
            key_of(member, self._form) != member.wire or self._changes(member.shape, seen)
            for member in shape.members.values()
        )

    def _aggregate(self, shape: Shape) -> Read:
        if shape.member is not None:
            return _list(self.of(shape.member.shape))
        if shape.value is not None:
            return _map(self.of(shape.value.shape))
        rows = {
            member.wire: (key_of(member, self._form), self.of(member.shape))
            for member in shape.members.values()
        }
        if all(wire == key for wire, (key, _) in rows.items()):
            return _in_place([(wire, read) for wire, (_, read) in rows.items() if read is not None])
        return _renaming(rows)


def _later(known: dict[int, Read], key: int) -> Read:
    def later(value: Any) -> Any:
        return known[key](value)

    return later


# The readers. Each leaves alone what is not of the type its shape promises.


def _list(read: Read | None) -> Read:
    def many(value: Any) -> Any:
        return [read(item) for item in value] if read and type(value) is list else value

    return many


def _map(read: Read | None) -> Read:
    def mapping(value: Any) -> Any:
        if not read or type(value) is not dict:
            return value
        return {key: read(item) for key, item in value.items()}

    return mapping


def _in_place(rows: list[tuple[str, Read]]) -> Read:
    def structure(value: Any) -> Any:
        if type(value) is dict:
            for key, read in rows:
                item = value.get(key)
                if item is not None:
                    value[key] = read(item)
        return value

    return structure


def _renaming(rows: dict[str, tuple[str, Read | None]]) -> Read:
    def structure(value: Any) -> Any:
        if type(value) is not dict:
            return value
        renamed = {}
        for wire, item in value.items():
            row = rows.get(wire)
            if row is None:
                renamed[wire] = item
            else:
                renamed[row[0]] = item if row[1] is None or item is None else row[1](item)
        return renamed

    return structure


def _timestamp() -> Read:
    from boto.core.times import moment, reader

    from_text = reader()

    def read(value: Any) -> Any:
        kind = type(value)
        try:
            if kind is str:
                return from_text(value)
            return moment(value) if kind is int or kind is float else value
        except (ValueError, OverflowError):
            return value  # "" and "never" are met where a date-time is promised

    return read


def _blob(value: Any) -> Any:
    if type(value) is not str:
        return value
    from binascii import Error, a2b_base64

    try:
        return a2b_base64(value, strict_mode=True)
    except (Error, ValueError):
        return value


def _integer(value: Any) -> Any:
    if type(value) is not str:
        return value
    try:
        return int(value)
    except ValueError:
        return value
