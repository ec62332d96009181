"""Shapes and members: the types of an API, decoded from a record's rows when they are reached.

A *reference* is a code for a plain scalar, or the index of a row in the record's own table:

    "s" string    "b" boolean   "i" integer    "l" long      "sl" long sent as a JSON string
    "f" float     "d" double    "n" decimal    "B" blob      "D" document (any JSON value)
    "t" timestamp in the protocol's own format; "ti" ISO 8601, "tu" unix seconds, "th" HTTP date

    ["S", name, {member name: member}, traits]     structure ("U": union, exactly one member is set)
    ["L", name, member, traits]                    list
    ["M", name, key member, value member, traits]  map
    ["V", name, code, traits]                      scalar with {"enum": [...], "min": 1, "max": 9}

A *member* is a bare reference when it is optional, in the body and not renamed; else a list, cut after its
last telling field: `[reference, flags, location, wire name, extras]`. A wire name of null means "as the
member is called"; the empty string is a real value. Traits are left out when empty. Locations count at the
top of an input or output only. The elements of a FLATTENED list or map bear the wire name of the member that
holds it; those of any other list that of the list's own member.
"""

from __future__ import annotations

from boto.core.naming import snake

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Final

    Row = list[Any]

REQUIRED = 1
IDEMPOTENCY = 2
DEPRECATED = 4
SENSITIVE = 8
FLATTENED = 16
ATTRIBUTE = 32
STREAM = 64
HOST_LABEL = 128
EVENT_PAYLOAD = 256
EVENT_HEADER = 512
JSON_VALUE = 1024
READ_ONLY = 2048
NULLABLE = 4096

# Where a member travels. The empty string is the body.
BODY, PATH, QUERY, HEADER, HEADERS, STATUS, PAYLOAD, FORM, COOKIE, QUERY_MAP = (
    "", "p", "q", "h", "H", "S", "B", "f", "c", "Q",
)  # fmt: skip

_SCALARS = {
    "s": ("string", None), "b": ("boolean", None), "i": ("integer", None), "l": ("long", None),
    "sl": ("long", "string"), "f": ("float", None), "d": ("double", None), "n": ("decimal", None),
    "B": ("blob", None), "D": ("document", None), "t": ("timestamp", None), "ti": ("timestamp", "iso8601"),
    "tu": ("timestamp", "unix"), "th": ("timestamp", "http"),
}  # fmt: skip
_AGGREGATES = {"S": "structure", "U": "union", "L": "list", "M": "map"}


class Member:
    """A named use of a shape: where it travels and under which name."""

    __slots__ = ("_ref", "_table", "extras", "flags", "location", "name", "wire")

    def __init__(self, name: str, row: Row | str | int, table: Table) -> None:
        fields: Row = row if isinstance(row, list) else [row]
        count = len(fields)
        self.name: Final = name
        self._ref: Final = fields[0]
        self._table: Final = table
        self.flags: Final[int] = fields[1] if count > 1 else 0
        self.location: Final[str] = fields[2] if count > 2 else BODY
        wire = fields[3] if count > 3 else None
        self.wire: Final[str] = name if wire is None else wire
        self.extras: Final[dict[str, Any]] = fields[4] if count > 4 else {}

    @property
    def shape(self) -> Shape:
        return self._table.shape(self._ref)

    @property
    def snake(self) -> str:
        return snake(self.name)

    @property
    def eventstream(self) -> bool:
        """Whether its value is a stream of events; the shape is not decoded to tell."""
        row = self._ref if isinstance(self._ref, str) else self._table._rows[self._ref]
        return len(row) > 3 and row[0] in "SU" and "events" in row[3]

    @property
    def required(self) -> bool:
        return bool(self.flags & REQUIRED)

    @property
    def sensitive(self) -> bool:
        return bool(self.flags & SENSITIVE)

    def __repr__(self) -> str:
        return f"<Member {self.name}: {self.shape.label}{' (required)' if self.required else ''}>"


class Shape:
    """A type. `kind` is structure, union, list, map or a scalar's name; `format` refines a scalar."""

    __slots__ = (
        "_snakes", "_table", "format", "key", "kind", "member", "members", "name", "traits", "value",
    )  # fmt: skip

    def __init__(self, row: Row | str, table: Table) -> None:
        self._snakes: dict[str, Member] | None = None
        self._table: Final = table
        self.format: str | None = None
        self.members: dict[str, Member] = {}
        self.member: Member | None = None
        self.key: Member | None = None
        self.value: Member | None = None
        self.traits: dict[str, Any] = {}
        self.name = ""
        if isinstance(row, str):
            self.kind, self.format = _SCALARS[row]
            return
        code, self.name = row[0], row[1]
        last = 4 if code == "M" else 3
        if len(row) > last:
            self.traits = row[last]
        if code == "V":
            self.kind, self.format = _SCALARS[row[2]]
            return
        self.kind = _AGGREGATES[code]
        if code == "L":
            self.member = Member("member", row[2], table)
        elif code == "M":
            self.key, self.value = Member("key", row[2], table), Member("value", row[3], table)
        else:
            self.members = {name: Member(name, field, table) for name, field in row[2].items()}

    def find(self, name: str) -> Member | None:
        """The member of this name, in the source's spelling or in snake_case."""
        found = self.members.get(name)
        if found is not None:
            return found
        if self._snakes is None:
            self._snakes = {member.snake: member for member in self.members.values()}
        return self._snakes.get(name)

    @property
    def enum(self) -> list[str] | None:
        """The values the source lists. Servers may send others: an enum is an open set."""
        return self.traits.get("enum")

    @property
    def alternatives(self) -> list[Shape]:
        """The shapes of which a value has one, when this shape was folded from several; else empty."""
        return [self._table.shape(reference) for reference in self.traits.get("any", ())]

    @property
    def label(self) -> str:
        """How a person would write the type: `list of string`, `map of string to Tag`."""
        if self.member is not None:
            return f"list of {self.member.shape.label}"
        if self.key is not None and self.value is not None:
            return f"map of {self.key.shape.label} to {self.value.shape.label}"
        if self.kind in ("structure", "union"):
            return self.name or self.kind
        return self.kind

    def __repr__(self) -> str:
        return f"<Shape {self.label}>"


class Table:
    """The rows of one record; shapes are made when they are reached, each once (they may be recursive)."""

    __slots__ = ("_rows", "_shapes")

    def __init__(self, rows: list[Row] | dict[int, Row]) -> None:
        self._rows = rows
        self._shapes: dict[int | str, Shape] = {}

    def shape(self, ref: int | str) -> Shape:
        shape = self._shapes.get(ref)
        if shape is None:
            row = ref if isinstance(ref, str) else self._rows[ref]
            shape = self._shapes.setdefault(ref, Shape(row, self))
        return shape
