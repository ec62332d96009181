"""JSON bodies: parameters to what JSON can hold, by a plan compiled from their shape.

Most of a body needs nothing done to it: dicts, lists, strings and numbers are written as they are. A plan
names what does: members with another name on the wire, timestamps, bytes (base64, RFC 4648), and 64-bit
integers that travel as strings. A shape that reaches none of these has the plan None and is never walked.
"""

from __future__ import annotations

from boto.core.errors import ParameterError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, Final, TypeAlias

    from boto.models.shapes import Member, Shape

    Write: TypeAlias = Callable[[Any], Any]

_INFINITY = float("inf")
_encode: Callable[[Any], str] | None = None


def dumps(value: Any, operation: str) -> bytes:
    """The value as JSON text. ParameterError when JSON has no way to write it."""
    global _encode  # noqa: PLW0603 - one encoder for the process; json is imported when first needed
    if _encode is None:
        from json import JSONEncoder

        _encode = JSONEncoder(separators=(",", ":"), allow_nan=False, default=_unusual).encode
    try:
        return _encode(value).encode("ascii")
    except (TypeError, ValueError) as error:
        raise ParameterError(operation, [("body", f"JSON cannot hold it: {error}")]) from None
    except RecursionError:
        raise ParameterError(operation, [("body", "nested too deeply")]) from None


def _unusual(value: Any) -> Any:
    """What documents may hold besides JSON's own types."""
    if hasattr(value, "isoformat"):
        from boto.core.times import iso8601

        return iso8601(value) if hasattr(value, "hour") else value.isoformat()
    if isinstance(value, (bytes, bytearray, memoryview)):
        return base64(value)
    if hasattr(value, "as_integer_ratio"):  # Decimal and its kin
        whole = int(value)
        return whole if whole == value else float(value)
    if hasattr(value, "items"):
        return dict(value)
    raise TypeError(f"a value of type {type(value).__name__}")


def base64(value: Any) -> str:
    from binascii import b2a_base64

    data = value.encode() if isinstance(value, str) else value
    return b2a_base64(data, newline=False).decode("ascii")


def special(value: Any) -> str | None:
    """The name of a number that has no digits: `NaN`, `Infinity`, `-Infinity`; None for any other value."""
    if value != value:  # noqa: PLR0124 - only NaN differs from itself
        return "NaN"
    if value in (_INFINITY, -_INFINITY):
        return "Infinity" if value > 0 else "-Infinity"
    return None


def timestamp(format: str) -> Write:
    """The writer of timestamps in one format: `iso8601`, `http` (both text) or `unix` (a number)."""
    from boto.core import times

    if format == "unix":
        return times.unix
    return times.http_date if format == "http" else times.iso8601


class Plans:
    """The writing plans of one operation. `format` is how the protocol writes timestamps in a body.

    A dialect says in `leaf` which scalars it writes in its own way.
    """

    __slots__ = ("_format", "_known")

    def __init__(self, format: str = "iso8601") -> None:
        self._format: Final = format
        self._known: Final[dict[int, Write]] = {}

    def leaf(self, shape: Shape) -> Write | None:
        """The function that writes a scalar; None when it is written as it is."""
        if shape.kind == "timestamp":
            return timestamp(shape.format or self._format)
        if shape.kind == "blob":
            return base64
        if shape.kind == "long" and shape.format == "string":
            return str
        return None

    def of(self, shape: Shape) -> Write | None:
        """The function that makes a value ready for JSON; None when it is ready as it is."""
        write = self.leaf(shape)
        if write is not None:
            return write
        if not self._changes(shape, set()):
            return None
        known = self._known.get(id(shape))
        if known is None:
            # A shape reached again while it is being compiled is looked up when it is first used.
            self._known[id(shape)] = _later(self._known, id(shape))
            known = self._known[id(shape)] = self._aggregate(shape)
        return known

    def _changes(self, shape: Shape, seen: set[int]) -> bool:
        """Whether anything below this shape is written differently from how it is given."""
        if self.leaf(shape) is not None:
            return True
        if id(shape) in seen:
            return False
        seen.add(id(shape))
        inner = [member for member in (shape.member, shape.value) if member is not None]
        if any(self._changes(member.shape, seen) for member in inner):
            return True
        return any(
            member.wire != member.name or self._changes(member.shape, seen)
            for member in shape.members.values()
        )

    def _aggregate(self, shape: Shape) -> Write:
        if shape.member is not None:
            return _list(self._nullable(shape.member))
        if shape.value is not None:
            return _map(self._nullable(shape.value))
        members = {member.name: (member.wire, self._nullable(member)) for member in shape.members.values()}
        return _structure(members)

    def _nullable(self, member: Member) -> Write | None:
        write = self.of(member.shape)
        if write is None:
            return None
        return lambda value: None if value is None else write(value)


def _later(known: dict[int, Write], key: int) -> Write:
    def later(value: Any) -> Any:
        return known[key](value)

    return later


def _list(write: Write | None) -> Write:
    def many(value: Any) -> Any:
        return [write(item) for item in value] if write and isinstance(value, (list, tuple)) else value

    return many


def _map(write: Write | None) -> Write:
    def mapping(value: Any) -> Any:
        if not write or not hasattr(value, "items"):
            return value
        return {key: write(item) for key, item in value.items()}

    return mapping


def _structure(members: dict[str, tuple[str, Write | None]]) -> Write:
    def structure(value: Any) -> Any:
        if not hasattr(value, "items"):
            return value
        written = {}
        for name, item in value.items():
            wire, write = members.get(name, (name, None))
            written[wire] = item if write is None else write(item)
        return written

    return structure
