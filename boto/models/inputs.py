"""The input of an OpenAPI operation: parameters and body as the members of one structure.

Names must be unique there, while OpenAPI lets a path, a query, a header and a body each have an `id`. The
path's keeps the name, then the query's, the header's, the cookie's, the body's; a later one is called
`id_query`, `id_header`, `id_body`.

The properties of a body that is an object are members themselves. The whole body is a member too, so that
`body={...}` works always; its name is in the structure's trait `body` (`body`, unless something else is
called so). A body that is no object is only that. The trait `needed` tells that a body must be sent,
`open` that it takes other members too.
"""

from __future__ import annotations

from boto.models.media import FORM_DATA, URLENCODED, bare, is_json, preferred
from boto.models.shapes import (
    COOKIE,
    DEPRECATED,
    FORM,
    HEADER,
    PATH,
    PAYLOAD,
    QUERY,
    READ_ONLY,
    REQUIRED,
    STREAM,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Final

    from boto.models.references import References
    from boto.models.schemarows import Rows

    Node = dict[str, Any]

_PLACES = {"path": PATH, "query": QUERY, "header": HEADER, "cookie": COOKIE}
# OpenAPI 3.0, "Parameter Object": these three headers are described elsewhere and ignored here.
_IGNORED = frozenset(("accept", "content-type", "authorization"))
_STYLES = {
    "spaceDelimited": "space", "pipeDelimited": "pipe", "tabDelimited": "tab", "deepObject": "deep",
    "matrix": "matrix", "label": "label",
}  # fmt: skip


class Inputs:
    """The members of one operation's input, as they are found."""

    __slots__ = ("_references", "_rows", "members", "traits")

    def __init__(self, rows: Rows, references: References) -> None:
        self._rows: Final = rows
        self._references: Final = references
        self.members: Final[Node] = {}
        self.traits: Final[Node] = {}
        rows.writing = True

    def parameters(self, parameters: list[Node]) -> None:
        for place in _PLACES:
            for parameter in parameters:
                if parameter["in"] == place and not (
                    place == "header" and parameter["name"].lower() in _IGNORED
                ):
                    self._parameter(parameter, place)

    def _parameter(self, parameter: Node, place: str) -> None:
        schema = parameter.get("schema")
        content = parameter.get("content")
        extras = _style(parameter, place)
        if isinstance(content, dict) and content:
            media = preferred(content)
            schema = self._references.soft(content[media]).get("schema") if media else None
            extras = {"style": "json"} if media and is_json(media) else {}
        row = self._rows.member(schema)
        reference, flags = row if type(row) is list else (row, 0)
        flags &= ~READ_ONLY  # schemas of properties are used for parameters too, where that means nothing
        if parameter.get("required") is True or place == "path":
            flags |= REQUIRED
        if parameter.get("deprecated") is True:
            flags |= DEPRECATED
        self._add(parameter["name"], place, [reference, flags, _PLACES[place]], extras)

    def labels(self, path: str) -> None:
        """Labels of the path that no parameter describes are strings."""
        known = {
            name if len(row) < 4 or row[3] is None else row[3]
            for name, row in self.members.items()
            if row[2] == PATH
        }
        for part in path.split("{")[1:]:
            name, closed, _ = part.partition("}")
            if closed and name and name not in known:
                self._add(name, "path", ["s", REQUIRED, PATH], {})

    def _add(self, name: str, place: str, row: list[Any], extras: Node) -> str:
        """Add a member under its own name, or under the next free one."""
        unique = name
        if unique in self.members:
            unique = f"{name}_{place}"
        while unique in self.members:
            unique += "_"
        wire = None if unique == name else name
        if extras:
            self.members[unique] = [*row, wire, extras]
        else:
            self.members[unique] = row if wire is None else [*row, wire]
        return unique

    def body(self, body: Node) -> Node:
        """Add the body's members; the operation's traits that tell of it."""
        content = body.get("content")
        if not isinstance(content, dict):
            return {}
        offered = [media for media in content if isinstance(media, str)]
        media = preferred(offered)
        if media is None:
            return {}
        schema = self._references.soft(content[media]).get("schema")
        required = REQUIRED if body.get("required") is True else 0
        if is_json(media):
            self._json(schema, required)
        elif bare(media) in (FORM_DATA, URLENCODED):
            self._form(schema, required, bare(media) == FORM_DATA)
        else:
            self._raw(media, schema, required)
        return {"content": media, "contents": offered} if len(offered) > 1 else {"content": media}

    def _json(self, schema: Any, required: int) -> None:
        reference = self._rows.reference(schema)
        row = self._row(reference)
        flat = row[0] == "S"
        if flat:
            for name, member in row[2].items():
                self._property(name, member, "", required)
            if len(row) > 3 and row[3].get("open"):
                self.traits["open"] = True
            if required:
                self.traits["needed"] = True  # even when no member is given: then it is `{}`
            required = 0  # its members are asked for instead
        whole = self._add("body", "payload", [reference, required, PAYLOAD], {})
        self.traits["body"] = whole

    def _property(self, name: str, member: Any, location: str, required: int) -> None:
        reference, flags = member[:2] if type(member) is list else (member, 0)
        if not required:
            flags &= ~REQUIRED  # of a body that may be left out
        self._add(name, "body", [reference, flags, location], {})

    def _form(self, schema: Any, required: int, files: bool) -> None:
        reference = self._rows.reference(schema)
        row = self._row(reference)
        if row[0] != "S":
            self.traits["body"] = self._add("body", "payload", [reference, required, PAYLOAD], {})
            return
        if required:
            self.traits["needed"] = True
        for name, member in row[2].items():
            inner = member[0] if type(member) is list else member
            if files and self._is_file(inner):
                member = ["B", (member[1] if type(member) is list else 0) | STREAM]  # noqa: PLW2901
            self._property(name, member, FORM, required)

    def _row(self, reference: Any) -> list[Any]:
        return self._rows.rows[reference] if type(reference) is int else [""]

    def _is_file(self, reference: Any) -> bool:
        row = self._row(reference)
        return row[0] == "V" and len(row) > 3 and row[3].get("format") == "binary"

    def _raw(self, media: str, schema: Any, required: int) -> None:
        reference = self._rows.reference(schema)
        text = bare(media).startswith("text/") or reference == "s"
        row: list[Any] = ["s", required, PAYLOAD] if text else ["B", required | STREAM, PAYLOAD]
        self.traits["body"] = self._add("body", "payload", row, {})


def _style(parameter: Node, place: str) -> Node:
    """What is not the default of the place: `form` with repeated keys in a query, `simple` elsewhere."""
    said = parameter.get("style")
    style = said if isinstance(said, str) else "form" if place in ("query", "cookie") else "simple"
    explode = parameter.get("explode")
    exploded = explode if isinstance(explode, bool) else style == "form"
    if style == "form":
        return {} if exploded else {"style": "comma"}
    extras: Node = {"style": _STYLES[style]} if style in _STYLES else {}
    if exploded and style not in ("deepObject", "form"):
        extras["explode"] = True
    return extras
