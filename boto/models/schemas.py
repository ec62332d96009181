"""JSON Schema without its algebra: every schema as a short list of plain alternatives.

A schema of an OpenAPI document may say what it means through `$ref` (with siblings), `allOf`, `oneOf`,
`anyOf` and lists of types, nested in any order. Here each is multiplied out, like a formula into its
disjunctive normal form: `alternatives(schema)` gives the plain schemas of which a value satisfies one. A
plain schema has at most one `type` and none of the words above; its properties are left as they stand and
are multiplied out when somebody asks for them, since schemas are recursive.

    {"allOf": [{"$ref": "#/A"}, {"oneOf": [X, Y]}]}    ->    [A and X, A and Y]

Documents are made by hand and by programs, and both make mistakes: whatever is not of the type the
specification asks for is passed over, as is what contradicts the rest.
"""

from __future__ import annotations

from boto.models.references import last_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Final

    from boto.models.references import References

    Node = dict[str, Any]

# More alternatives than this tell a reader nothing: then the object is open to any member.
LIMIT = 64

_NUMBERS = (int, float)
# What is kept of a schema, and the type that each word's value must have.
_WORDS: dict[str, Any] = {
    "type": str, "format": str, "properties": dict, "items": dict, "additionalProperties": (bool, dict),
    "patternProperties": dict, "enum": list, "pattern": str, "required": list, "nullable": bool,
    "readOnly": bool, "writeOnly": bool, "deprecated": bool, "uniqueItems": bool, "contentEncoding": str,
    "minLength": int, "maxLength": int, "minItems": int, "maxItems": int, "minProperties": int,
    "minimum": _NUMBERS, "maximum": _NUMBERS, "exclusiveMinimum": (*_NUMBERS, bool),
    "exclusiveMaximum": (*_NUMBERS, bool), "multipleOf": _NUMBERS,
}  # fmt: skip
_LARGER = ("minLength", "minItems", "minProperties", "minimum")
_SMALLER = ("maxLength", "maxItems", "maximum")
_EITHER = ("nullable", "readOnly", "writeOnly", "deprecated", "uniqueItems")
_SAYING = frozenset(("oneOf", "anyOf", "const", *_WORDS)).difference(_EITHER)
_HOPS = 32
_TYPES = frozenset(("object", "array", "string", "integer", "number", "boolean", "null"))


class Schemas:
    """The schemas of one document, multiplied out when they are asked for."""

    __slots__ = ("_known", "_pairs", "_references")

    def __init__(self, references: References) -> None:
        self._references: Final = references
        # By identity: schemas are parts of a document that stays as it is. Each entry keeps its schema
        # alive, so that no other one can come to its address.
        self._known: dict[int, tuple[Any, list[Node]]] = {}
        self._pairs: dict[tuple[str, int, int], Node] = {}

    def core(self, schema: Any) -> tuple[str, Any]:
        """What a mere wrapper is about (a lone `$ref`, or an `allOf` of one, flags aside), and its name."""
        name = ""
        for _ in range(_HOPS):
            if not isinstance(schema, dict) or not _SAYING.isdisjoint(schema):
                break
            parts = _list(schema.get("allOf"))
            target = schema.get("$ref")
            if isinstance(target, str):
                parts = [self._references.find(target), *parts]
                name = last_name(target)
            if len(parts) != 1:
                break
            schema = parts[0]
        return name, schema

    def alternatives(self, schema: Any) -> list[Node]:
        """Plain schemas of which a value satisfies one; `[{}]` allows anything."""
        known = self._known.get(id(schema))
        if known is None:
            known = self._known[id(schema)] = (schema, self._expand(schema, ()))
        return known[1]

    def joined(self, word: str, first: Any, second: Any) -> Any:
        """One schema for two of the same property: both at once (`allOf`) or either (`anyOf`)."""
        if first is second or first == second:
            return first
        key = (word, id(first), id(second))
        node = self._pairs.get(key)
        if node is None:
            node = self._pairs[key] = {word: [first, second]}
        return node

    def _expand(self, schema: Any, above: tuple[int, ...]) -> list[Node]:
        if not isinstance(schema, dict) or id(schema) in above or len(above) > 40:
            return [{}]  # `true`, a mistake, or a schema that is made of itself
        above = (*above, id(schema))
        found = _own(schema)
        target = schema.get("$ref")
        parts = [self._references.find(target)] if isinstance(target, str) else []
        for part in (*parts, *_list(schema.get("allOf"))):
            found = self._product(found, self._expand(part, above))
        for word in ("oneOf", "anyOf"):
            branches = [
                plain
                for branch in _list(schema.get(word))
                for plain in self._product(self._expand(branch, above), self._mark(schema, branch))
            ]
            if branches:
                found = self._product(found, branches)
        return found

    def _mark(self, schema: Node, branch: Any) -> list[Node]:
        """What a discriminator says of one branch: the values by which it is told from the others."""
        said = schema.get("discriminator")
        target = branch.get("$ref") if isinstance(branch, dict) else None
        if not isinstance(said, dict) or not isinstance(target, str):
            return [{}]
        name, mapping = said.get("propertyName"), said.get("mapping")
        if not isinstance(name, str) or not isinstance(mapping, dict):
            return [{}]
        key = ("discriminator", id(said), id(branch))
        mark = self._pairs.get(key)
        if mark is None:
            values = [value for value, place in mapping.items() if place == target]
            mark = self._pairs[key] = {"properties": {name: {"enum": values}}} if values else {}
        return [mark]

    def _product(self, left: list[Node], right: list[Node]) -> list[Node]:
        if right == [{}]:
            return left
        if len(left) * len(right) > LIMIT:
            # What the right side adds is not told; that something may be added is.
            return [{**one, "additionalProperties": True} if one else one for one in left]
        pairs = [self._both(one, other) for one in left for other in right]
        return [both for both in pairs if both is not None] or left

    def _both(self, one: Node, other: Node) -> Node | None:
        """A plain schema that says what both say; None when no value can satisfy it."""
        if not one or not other:
            return one or other
        kinds = {one.get("type"), other.get("type")} - {None}
        if len(kinds) > 1 and kinds != {"integer", "number"}:
            return None
        both = {**one, **other}
        if len(kinds) > 1:
            both["type"] = "integer"
        for word in one.keys() & other.keys():
            both[word] = self._agreed(word, one[word], other[word])
        return None if both.get("enum") == [] else both

    def _agreed(self, word: str, one: Any, other: Any) -> Any:
        if word == "properties":
            merged = dict(one)
            for name, schema in other.items():
                merged[name] = self.joined("allOf", one[name], schema) if name in one else schema
            return merged
        if word == "items":
            return self.joined("allOf", one, other)
        if word == "required":
            return one + [name for name in other if name not in one]
        if word == "enum":
            return [value for value in one if value in other]
        if word in _LARGER:
            return max(one, other)
        if word in _SMALLER:
            return min(one, other)
        if word in _EITHER:
            return one or other
        return other


def _own(schema: Node) -> list[Node]:
    """What a schema says by itself, once for each of its types."""
    plain = {
        word: value for word, value in schema.items() if word in _WORDS and isinstance(value, _WORDS[word])
    }
    if "required" in plain:
        plain["required"] = [name for name in plain["required"] if isinstance(name, str)]
    if "const" in schema:
        plain["enum"] = [schema["const"]]
    kinds = schema.get("type")
    if isinstance(kinds, list):  # OpenAPI 3.1
        return [{**plain, "type": kind} for kind in kinds if kind in _TYPES] or [plain]
    if "type" in plain and plain["type"] not in _TYPES:
        del plain["type"]
    return [plain]


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
