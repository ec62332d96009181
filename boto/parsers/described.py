"""Decoded answers of AWS, JSON and CBOR alike, to the three forms, by a plan compiled from a shape.

Here a description is the law: MODEL and SOURCE have the members it names and nothing else. Null means absent,
in a structure always, in a map unless it is `sparse`. A union has exactly one member beside nulls and the
`__type` that some services add; one that the description does not know is named under `SDK_UNKNOWN_MEMBER`.
WIRE keeps what nobody described.

A value of another type than its shape promises is left as it came; a shape with nothing to do below it has no
plan and is passed through. What was just decoded belongs to nobody else, so dicts are changed in place where
keys stay.
"""

from __future__ import annotations

from boto.core.naming import snake
from boto.models.shapes import BODY
from boto.parsers.base import MODEL, WIRE
from boto.parsers.heads import key_of
from boto.parsers.plan import UNKNOWN_MEMBER

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, Final, TypeAlias

    from boto.models.shapes import Shape
    from boto.parsers.base import Form

    Read: TypeAlias = Callable[[Any], Any]
    Leaf: TypeAlias = Callable[[Shape], "Read | None"]
    Row: TypeAlias = "tuple[str, Read | None]"


class Unreadable(Exception):
    """Why an answer cannot be read, in words that fit after "the answer"."""


class Plans:
    """The reading plans of one operation in one form. `leaf` gives the reader of a scalar, None for as it is."""

    __slots__ = ("_form", "_known", "_leaf")

    def __init__(self, form: Form, leaf: Leaf) -> None:
        self._form: Final = form
        self._leaf: Final = leaf
        self._known: Final[dict[int, Read | None]] = {}

    def of(self, shape: Shape) -> Read | None:
        """The function that turns a decoded value into one of this form; None when it is one already."""
        key = id(shape)
        if key not in self._known:
            # A shape reached again while it is being compiled is looked up when it is first used.
            self._known[key] = _later(self._known, key)
            self._known[key] = self._make(shape)
        return self._known[key]

    def members(self, shape: Shape, rest: bool = False) -> dict[str, Row]:
        """Wire name -> key and reader of a structure's members; with `rest` those that travel in the body alone."""
        return {
            member.wire: (key_of(member, self._form), self.of(member.shape))
            for member in shape.members.values()
            if not rest or member.location == BODY
        }

    def _make(self, shape: Shape) -> Read | None:
        if shape.member is not None:
            read = self.of(shape.member.shape)
            return None if read is None else _list(read, _plain(shape.member.shape.kind))
        if shape.value is not None:
            return _map(self.of(shape.value.shape), bool(shape.traits.get("sparse")))
        if shape.kind == "union" and self._form != WIRE:
            name = UNKNOWN_MEMBER.lower() if self._form == MODEL else UNKNOWN_MEMBER
            return _union(shape.name, self.members(shape), name)
        if shape.kind in ("structure", "union"):
            return structure(self.members(shape), self._form == WIRE)
        return self._leaf(shape)


def _plain(kind: str) -> type | None:
    """The type that scalars have when there is nothing to do for them."""
    if kind == "timestamp":
        from datetime import datetime

        return datetime
    return {"float": float, "double": float, "integer": int, "long": int, "boolean": bool}.get(kind)


def _later(known: dict[int, Read | None], key: int) -> Read:
    def later(value: Any) -> Any:
        read = known[key]
        return value if read is None else read(value)

    return later


def _list(read: Read, plain: type | None) -> Read:
    # Long lists of numbers and times (metrics) are looked at by their types first, which C does.
    only = {plain}

    def many(value: Any) -> Any:
        if type(value) is not list or (plain is not None and only.issuperset(map(type, value))):
            return value
        return [None if item is None else read(item) for item in value]

    return _moments(many) if plain is not None and plain.__name__ == "datetime" else many


def _moments(many: Read) -> Read:
    """The reader of a list of times; `many` reads all but unix seconds."""
    from datetime import UTC, datetime

    at, seconds = datetime.fromtimestamp, {int, float}

    def moments(value: Any) -> Any:
        if type(value) is list and seconds.issuperset(map(type, value)):
            try:
                return [at(item, UTC) for item in value]
            except (ValueError, OverflowError, OSError):
                pass
        return many(value)

    return moments


def _map(read: Read | None, sparse: bool) -> Read:
    def mapping(value: Any) -> Any:
        if type(value) is not dict:
            return value
        if read is None:
            if sparse or None not in value.values():
                return value
            return {key: item for key, item in value.items() if item is not None}
        if sparse:
            return {key: None if item is None else read(item) for key, item in value.items()}
        return {key: read(item) for key, item in value.items() if item is not None}

    return mapping


def structure(rows: dict[str, Row], keeps: bool = False) -> Read:
    """The reader of a structure; one that `keeps` has members nobody described as they came."""
    names = frozenset(rows)
    reads = [(wire, read) for wire, (_, read) in rows.items() if read is not None]
    in_place = all(wire == key for wire, (key, _) in rows.items())
    find = rows.get

    def members(value: Any) -> Any:
        if type(value) is not dict:
            return value
        if in_place and value.keys() <= names and None not in value.values():
            for key, read in reads:
                if key in value:
                    value[key] = read(value[key])
            return value
        found = {}
        for wire, item in value.items():
            if item is None:
                continue
            row = find(wire)
            if row is not None:
                key, reader = row
                found[key] = item if reader is None else reader(item)
            elif keeps:
                found[snake(wire) if type(wire) is str else wire] = item
        return found

    return members


def _union(name: str, rows: dict[str, Row], unknown: str) -> Read:
    def union(value: Any) -> Any:
        if type(value) is not dict:
            return value
        if len(value) == 1:  # nearly always
            [(wire, item)] = value.items()
            row = rows.get(wire)
            if row is not None and item is not None:
                return {row[0]: item if row[1] is None else row[1](item)}
        given = [(wire, item) for wire, item in value.items() if item is not None and wire != "__type"]
        if len(given) != 1:
            raise Unreadable(f"has a {name} with {len(given)} members, where exactly one is set")
        wire, item = given[0]
        row = rows.get(wire)
        if row is None:
            return {unknown: {"name": wire}}
        return {row[0]: item if row[1] is None else row[1](item)}

    return union


# Leaves that JSON and CBOR have in common.


def timestamp() -> Read:
    """The reader of timestamps in any form that services write; what is none is left as it came."""
    from datetime import UTC, datetime, timedelta

    from boto.core.times import reader

    epoch, at, words = datetime(1970, 1, 1, tzinfo=UTC), datetime.fromtimestamp, reader()

    def read(value: Any) -> Any:
        kind = type(value)
        try:
            if kind is int or kind is float:
                return at(value, UTC)
            return words(value) if kind is str else value
        except (ValueError, OverflowError, OSError):
            pass
        try:  # the C library of some platforms knows no time before 1970
            return epoch + timedelta(seconds=value) if kind is not str else value
        except (ValueError, OverflowError):
            return value

    return read


def number(value: Any) -> Any:
    """A float: of a whole number, and of `NaN` and its kin spelled out."""
    kind = type(value)
    if kind is float:
        return value
    try:
        return float(value) if kind is int or kind is str else value
    except (ValueError, OverflowError):
        return value


def integer(value: Any) -> Any:
    """An integer, from the text or the float that some services send instead."""
    if type(value) is int:
        return value
    try:
        whole = int(value) if type(value) in (str, float) else value
    except (ValueError, OverflowError):
        return value
    return whole if type(value) is str or whole == value else value


def boolean(value: Any) -> Any:
    """True or False, from the text that some services send instead."""
    return {"true": True, "false": False}.get(value.lower(), value) if type(value) is str else value
