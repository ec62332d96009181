"""From schemas to the rows of `shapes`: what one operation of an OpenAPI document reaches.

A schema with one alternative becomes the row one expects. Of several, alternatives of one kind are folded:
objects into one structure that has the members of all (required is what all require), scalars of one code
into one scalar. Everything else that varies is a document. What was folded keeps its alternatives in the
trait `any`, a list of references, for whoever needs them one by one (`Shape.alternatives`).

Traits beside those of `shapes`: `pattern` and `format` of a string, `step` of a number, `above` and `below`
for limits that are not reached, `unique` for lists, `open` for a structure that takes other members too.
"""

from __future__ import annotations

from boto.models.shapes import DEPRECATED, NULLABLE, READ_ONLY, REQUIRED, SENSITIVE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Final

    from boto.models.schemas import Schemas

    Node = dict[str, Any]
    Ref = int | str

_DEEPEST = 60
_LIMITS = {
    "minLength": "min", "maxLength": "max", "minItems": "min", "maxItems": "max", "minimum": "min",
    "maximum": "max", "pattern": "pattern", "multipleOf": "step", "uniqueItems": "unique",
    "exclusiveMinimum": "above", "exclusiveMaximum": "below", "minProperties": "min",
}  # fmt: skip
_LIMITED = {
    "string": ("minLength", "maxLength", "pattern"),
    "number": ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
    "array": ("minItems", "maxItems", "uniqueItems"),
    "object": ("minProperties",),
}


class Rows:
    """The rows of one record, made from schemas. `writing`: the shapes are those of a request."""

    __slots__ = ("_depth", "_known", "_schemas", "rows", "writing")

    def __init__(self, schemas: Schemas) -> None:
        self._schemas: Final = schemas
        # By the identity of a schema, which `Schemas` keeps alive, and the direction it is used in.
        self._known: dict[tuple[int, bool], Ref] = {}
        self._depth = 0
        self.rows: Final[list[list[Any]]] = []
        self.writing = False

    def member(self, schema: Any) -> Any:
        """A member for a use of this schema: a reference, or `[reference, flags]`."""
        flags = self.flags(schema)
        reference = self.reference(schema)
        return [reference, flags] if flags else reference

    def flags(self, schema: Any) -> int:
        plains = self._schemas.alternatives(schema)
        flags = 0
        for plain in plains:
            if plain.get("nullable") or plain.get("type") == "null" or None in plain.get("enum", ()):
                flags |= NULLABLE
            if plain.get("format") == "password":
                flags |= SENSITIVE
        if all(plain.get("readOnly") for plain in plains):
            flags |= READ_ONLY
        if all(plain.get("deprecated") for plain in plains):
            flags |= DEPRECATED
        return flags

    def reference(self, schema: Any) -> Ref:
        """The scalar code or the row of a schema."""
        name, schema = self._schemas.core(schema)
        known = self._known.get((id(schema), self.writing))
        if known is not None:
            return known
        if self._depth > _DEEPEST:
            return "D"
        plains = [plain for plain in self._schemas.alternatives(schema) if plain.get("type") != "null"]
        if len(plains) == 1:
            return self._plain(plains[0], (id(schema), self.writing), name)
        return self._several(plains, (id(schema), self.writing), name)

    def add(self, row: list[Any]) -> int:
        self.rows.append(row)
        return len(self.rows) - 1

    def _reserve(self, key: tuple[int, bool]) -> int:
        """A row that is filled later, so that what refers back to it finds it."""
        index = self._known[key] = self.add([])
        return index

    def _plain(self, plain: Node, key: tuple[int, bool], name: str) -> Ref:
        known = self._known.get(key)
        if known is not None:
            return known
        self._depth += 1
        kind = kind_of(plain)
        if kind == "object":
            reference: Ref = self._object(plain, key, name)
        elif kind == "array":
            reference = self._reserve(key)
            limits = _limits(plain, "array")
            self._fill(reference, ["L", name, self.member(plain.get("items"))], limits)
        else:
            reference = self._scalar(plain, kind, name)
            self._known[key] = reference
        self._depth -= 1
        return reference

    def _fill(self, index: int, row: list[Any], traits: Node) -> None:
        self.rows[index] = [*row, traits] if traits else row

    def _object(self, plain: Node, key: tuple[int, bool], name: str) -> Ref:
        properties = plain.get("properties")
        others = plain.get("additionalProperties")
        patterns = plain.get("patternProperties")
        index = self._reserve(key)
        if properties or (others is False and not patterns):
            members = self._members(self._asked(plain), plain.get("required", ()))
            self._fill(index, ["S", name, members], {"open": True} if others else {})
        else:
            if patterns and not others:
                others = next(iter(patterns.values()))
            self._fill(index, ["M", name, "s", self.member(others or None)], _limits(plain, "object"))
        return index

    def _members(self, properties: Node, required: Any) -> Node:
        members: Node = {}
        for name, schema in properties.items():
            if not isinstance(name, str):
                continue
            row = self.member(schema)
            if name in required:
                flags = row[1] if type(row) is list else 0
                # A read-only property is required of answers alone (OpenAPI 3.0, "readOnly").
                if not (self.writing and flags & READ_ONLY):
                    row = [row[0] if type(row) is list else row, flags | REQUIRED]
            members[name] = row
        return members

    def _asked(self, plain: Node) -> Node:
        """The properties of an object, and those it requires without describing them."""
        properties: Node = plain.get("properties") or {}
        if plain.get("additionalProperties") is False:
            return properties
        missing = [name for name in plain.get("required", ()) if name not in properties]
        return {**properties, **dict.fromkeys(missing)} if missing else properties

    def _scalar(self, plain: Node, kind: str, name: str) -> Ref:
        code = _code(plain, kind)
        traits = _limits(plain, "number" if kind == "integer" else kind)
        values = [value for value in plain.get("enum", ()) if value is not None]
        if values:
            traits["enum"] = values
        said = plain.get("format")
        if code == "s" and said:
            traits["format"] = said
        return self.add(["V", name, code, traits]) if traits else code

    def _several(self, plains: list[Node], key: tuple[int, bool], name: str) -> Ref:
        if not plains:
            return "D"
        kinds = {kind_of(plain) for plain in plains}
        index = self._reserve(key)
        self._depth += 1
        found = [self._plain(plain, (id(plain), self.writing), "") for plain in plains]
        references = list(dict.fromkeys(found))
        if _foldable(plains):
            loose = any(not plain.get("properties") or plain.get("additionalProperties") for plain in plains)
            traits: Node = {"any": references, "open": True} if loose else {"any": references}
            self._fill(index, ["S", name, self._folded(plains)], traits)
        elif kinds == {"array"}:
            items = plains[0].get("items")
            for plain in plains[1:]:
                items = self._schemas.joined("anyOf", items, plain.get("items"))
            self._fill(index, ["L", name, self.member(items)], {"any": references})
        else:
            codes = {_code(plain, kind) for plain, kind in zip(plains, map(kind_of, plains), strict=True)}
            code = codes.pop() if len(codes) == 1 else "D"
            self._fill(index, ["V", name, code], self._values(plains, references))
        self._depth -= 1
        return index

    def _values(self, plains: list[Node], references: list[Ref]) -> Node:
        """Traits of folded scalars: the values of all of them when each lists some."""
        traits: Node = {"any": references}
        if all("enum" in plain for plain in plains):
            values = [value for plain in plains for value in plain["enum"] if value is not None]
            if all(isinstance(value, str) for value in values):
                traits["enum"] = list(dict.fromkeys(values))
        return traits

    def _folded(self, plains: list[Node]) -> Node:
        properties: Node = {}
        for plain in plains:
            for name, schema in plain.get("properties", {}).items():
                if name in properties:
                    schema = self._schemas.joined("anyOf", properties[name], schema)  # noqa: PLW2901
                properties[name] = schema
        required = [
            name
            for name in plains[0].get("required", ())
            if all(
                name in plain.get("required", ()) and name in plain.get("properties", ()) for plain in plains
            )
        ]
        return self._members(properties, required)


def _foldable(plains: list[Node]) -> bool:
    """All are objects of known properties, but for some that allow anything: `anyOf: [Links, {}]`."""
    told = [plain for plain in plains if plain.get("properties")]
    free = [plain for plain in plains if not plain.get("properties")]
    return (
        bool(told)
        and all(kind_of(plain) == "object" for plain in told)
        and all(not plain or (kind_of(plain) == "object" and not _typed_map(plain)) for plain in free)
    )


def _typed_map(plain: Node) -> bool:
    return bool(plain.get("patternProperties")) or isinstance(plain.get("additionalProperties"), dict)


def kind_of(plain: Node) -> str:
    """The type of a plain schema, also of one that forgot to say it; empty for anything."""
    said = plain.get("type")
    if said:
        return str(said)
    if "properties" in plain or "additionalProperties" in plain or "patternProperties" in plain:
        return "object"
    if "items" in plain:
        return "array"
    kinds = {type(value) for value in plain.get("enum", ()) if value is not None}
    known = {str: "string", int: "integer", bool: "boolean", float: "number"}
    if len(kinds) == 1:
        return known.get(kinds.pop(), "")
    if "pattern" in plain or plain.get("format") in ("date-time", "date", "uuid", "byte"):
        return "string"
    return ""


def _code(plain: Node, kind: str) -> str:
    said = plain.get("format", "")
    if kind == "string":
        if said == "date-time":
            return "ti"
        return "B" if said == "byte" or plain.get("contentEncoding") == "base64" else "s"
    if kind == "integer":
        return "i" if said == "int32" else "l"
    if kind == "number":
        return "f" if said == "float" else "d"
    return "b" if kind == "boolean" else "D"


def _limits(plain: Node, kind: str) -> Node:
    traits: Node = {}
    for word in _LIMITED.get(kind, ()):
        value = plain.get(word)
        if value is not None and type(value) is not bool:
            traits[_LIMITS[word]] = value
        elif value is True and word == "uniqueItems":
            traits["unique"] = True
    # OpenAPI 3.0 says "exclusiveMinimum": true beside "minimum"; 3.1 gives the number itself.
    if plain.get("exclusiveMinimum") is True and "min" in traits:
        traits["above"] = traits.pop("min")
    if plain.get("exclusiveMaximum") is True and "max" in traits:
        traits["below"] = traits.pop("max")
    return traits
