"""Plans: a shape compiled for reading, once for each operation and form.

A shape says what an API means; a plan says what to do with the text that arrives: under which key a member
goes, how a leaf becomes a value, which elements repeat. Only the keys differ between the three forms, so one
set of plans serves MODEL (`key_pairs`), WIRE (`key_set`) and SOURCE (`KeyPairs`):

    Record      named members; a structure, a union, or the envelope around an answer
    Sequence    a list
    Mapping     a map; its keys are data and stay as they are in every form
    Scalar      a leaf, with the function that reads it

Plans are made when data first reaches them: DescribeInstances knows 80 structures, an answer uses 20. They
may be recursive, as shapes are. How bytes are walked along a plan is not decided here.
"""

from __future__ import annotations

from boto.core.naming import snake
from boto.models.shapes import ATTRIBUTE, FLATTENED, HEADER, HEADERS, STATUS
from boto.parsers.base import MODEL, WIRE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, Final, TypeAlias

    from boto.models.shapes import Member, Shape
    from boto.parsers.base import Form

    Reader: TypeAlias = Callable[[str], Any]
    Plan: TypeAlias = "Scalar | Record | Sequence | Mapping"

# What a union holds when the service knows more alternatives than the description.
UNKNOWN_MEMBER = "SDK_UNKNOWN_MEMBER"


# Members that do not travel in a body.
_ELSEWHERE = (HEADER, HEADERS, STATUS)


class Scalar:
    """A leaf. `read` is None when the text is the value; `strict` may refuse what `read` accepts."""

    __slots__ = ("kind", "read", "strict")

    def __init__(self, kind: str, read: Reader | None, strict: Reader | None) -> None:
        self.kind: Final = kind
        self.read: Final = read
        self.strict: Final = strict


class Field:
    """One member on the wire: the key its value goes to, and whether its elements stand without a wrapper."""

    __slots__ = ("_plan", "_source", "flat", "key", "wire")

    def __init__(
        self,
        wire: str,
        key: str,
        plan: Plan | None = None,
        source: tuple[Plans, Member] | None = None,
        flat: bool = False,
    ) -> None:
        self.wire: Final = wire
        self.key: Final = key
        self.flat: Final = flat
        self._plan = plan
        self._source: Final = source

    @property
    def plan(self) -> Plan:
        if self._plan is None:
            assert self._source is not None
            plans, member = self._source
            self._plan = plans.of(member.shape)
        return self._plan


class Record:
    """Named members. With `keeps`, members that nobody described are kept, as `infer` reads them."""

    __slots__ = ("attributes", "fields", "keeps", "tags", "union", "unknown")

    def __init__(self, fields: dict[str, Field], keeps: bool = False, union: bool = False) -> None:
        self.fields: Final = fields
        self.keeps: Final = keeps
        self.union: Final = union
        self.attributes: dict[str, str] = {}
        self.unknown = UNKNOWN_MEMBER
        # Qualified tags, `{namespace}name`, as they were met.
        self.tags: Final[dict[str, Field]] = {}


class Sequence:
    """A list. `wire` is how its elements are called when they have a wrapper."""

    __slots__ = ("field", "wire")

    def __init__(self, field: Field) -> None:
        self.field: Final = field
        self.wire: Final = field.wire

    @property
    def item(self) -> Plan:
        return self.field.plan


class Mapping:
    """A map. Each entry is a record of `key` and `value`."""

    __slots__ = ("entry",)

    def __init__(self, entry: Record) -> None:
        self.entry: Final = entry


def _is_true(text: str) -> bool:
    return text == "true"


# Scalar kind -> (reader, strict reader). The kinds that need an import are found by `_reader`.
_READERS: dict[str, tuple[Reader | None, Reader | None]] = {
    "string": (None, None),
    "document": (None, None),
    "integer": (int, int),
    "long": (int, int),
    "float": (float, float),
    "double": (float, float),
    "boolean": (_is_true, {"true": True, "false": False}.__getitem__),
}


def _reader(kind: str) -> Reader:
    if kind == "timestamp":
        from boto.core.times import reader

        return reader()
    if kind == "blob":
        from binascii import a2b_base64

        return a2b_base64
    from decimal import Decimal

    return Decimal


class Plans:
    """The plans of one operation in one form."""

    __slots__ = ("_made", "_scalars", "form")

    def __init__(self, form: Form) -> None:
        self.form: Final = form
        self._made: dict[int, Plan] = {}
        self._scalars: dict[str, Scalar] = {}

    def of(self, shape: Shape) -> Plan:
        """The plan of a shape. Shapes live as long as their description, so their identity is a key."""
        plan = self._made.get(id(shape))
        if plan is None:
            plan = self._made[id(shape)] = self._make(shape)
        return plan

    def record(self, shape: Shape) -> Record:
        """The plan of a shape that is a structure or a union."""
        plan = self.of(shape)
        assert type(plan) is Record
        return plan

    def scalar(self, kind: str) -> Scalar:
        scalar = self._scalars.get(kind)
        if scalar is None:
            readers = _READERS.get(kind)
            if readers is None:
                read = _reader(kind)
                readers = (read, read)
            scalar = self._scalars[kind] = Scalar(kind, *readers)
        return scalar

    def _make(self, shape: Shape) -> Plan:
        kind = shape.kind
        if kind in ("structure", "union"):
            return self._structure(shape)
        if kind == "list":
            assert shape.member is not None
            return Sequence(self._field(shape.member))
        if kind == "map":
            assert shape.key is not None
            assert shape.value is not None
            key = Field(shape.key.wire, "key", source=(self, shape.key))
            value = Field(shape.value.wire, "value", source=(self, shape.value))
            return Mapping(Record({key.wire: key, value.wire: value}))
        return self.scalar(kind)

    def _structure(self, shape: Shape) -> Record:
        fields: dict[str, Field] = {}
        attributes = {}
        for member in shape.members.values():
            if member.location not in _ELSEWHERE:
                field = self._field(member)
                # S3's oldest notifications have two members for one element, of which one may hold many.
                if member.wire not in fields or not fields[member.wire].flat:
                    fields[member.wire] = field
                if member.flags & ATTRIBUTE:
                    attributes[member.wire] = field.key
        record = Record(fields, self.form == WIRE, shape.kind == "union" and self.form != WIRE)
        record.attributes = attributes
        if self.form == MODEL:
            record.unknown = UNKNOWN_MEMBER.lower()
        return record

    def _field(self, member: Member) -> Field:
        if self.form == MODEL:
            key = member.snake
        elif self.form == WIRE:
            key = snake(member.wire.rpartition(":")[2])
        else:
            key = member.name
        return Field(member.wire, key, source=(self, member), flat=bool(member.flags & FLATTENED))
