"""The protocol `rest-xml`: the head of a request as in `awsrest`, and a body in XML.

A shape is compiled into a writer `write(out, value)` that appends pieces of text, with its tags, namespaces
and escapes made beforehand. Rules of the body (Smithy, "restXml"):
- the members of the input that have no other place make one document, whose root the operation names; without
  any such member given there is no body;
- a structure that is the payload is the whole body, under the name of its member or its own `xmlName`; a blob
  or a text is sent as it is;
- lists have a wrapper and `<member>` elements, maps `<entry>` elements with `<key>` and `<value>`, unless they
  are flattened: then their elements stand under the member's own name; empty ones leave an empty wrapper;
- attributes stand in the start tag of their structure, and some structures say the order of their elements.

Line breaks are written as `&#10;`, `&#13;` and tabs in attributes as `&#9;`: a parser would turn them into
something else (XML 1.0, 2.11 and 3.3.3), and object keys may hold them.
"""

from __future__ import annotations

from boto.models.shapes import ATTRIBUTE, BODY, FLATTENED, STREAM
from boto.serializers.awsrest import AwsRestSerializer
from boto.serializers.rest import MISSING, Plan, texts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeAlias

    from boto.core.http import Body
    from boto.models.description import Operation
    from boto.models.shapes import Member, Shape
    from boto.serializers.json import Plans
    from boto.serializers.rest import Message, Place

    Write: TypeAlias = Callable[[list[str], Any], None]

XML = "application/xml"
_TEXT = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;", 13: "&#13;", 10: "&#10;", 0x85: "&#x85;",
         0x2028: "&#x2028;"}  # fmt: skip
_ATTRIBUTE = {**_TEXT, ord('"'): "&quot;", 9: "&#9;"}


class RestXmlSerializer(AwsRestSerializer):
    """Requests of the protocol `rest-xml`."""

    def _compile(self, operation: Operation) -> Plan:
        plan = _XMLPlan(operation)
        shape = operation.input
        if shape is None:
            return plan
        for member in shape.members.values():
            plan.places[member.name] = self._place(member, plan, plan.writers, operation.snake)  # type: ignore[arg-type]  # no JSON here
        root = operation.traits.get("root") or [shape.name]
        inside = frozenset(member.name for member in shape.members.values() if member.location == BODY)
        plan.write = plan.writers.structure(shape, root[0], _namespace(root[1:]), inside)
        return plan

    def _place(self, member: Member, plan: Plan, plans: Plans, operation: str) -> Place:
        if member.location != BODY:
            return super()._place(member, plan, plans, operation)
        name = member.name

        def field(message: Message, value: Any) -> None:
            message.fields[name] = value

        return field

    def _payload(self, member: Member, plan: Plan, plans: Plans) -> Place:
        """The member that is the whole body."""
        if member.flags & STREAM or member.shape.kind in ("blob", "string"):
            # Bytes go without a type: what they are only the user knows, and S3 keeps the type it is told.
            plan.content = "text/plain" if member.shape.kind == "string" and not member.flags & STREAM else ""

            def raw(message: Message, value: Any) -> None:
                message.payload = value.encode() if isinstance(value, str) else value

            return raw
        plan.content = XML
        # A root is named by the member or by its shape. A member's own name that is meant for a root comes with
        # a namespace (S3's LifecycleConfiguration, of the shape BucketLifecycleConfiguration).
        own = member.wire != member.name or "ns" in member.extras
        write = plan.writers.member(member, member.wire if own else member.shape.name)  # type: ignore[attr-defined]  # an _XMLPlan

        def whole(message: Message, value: Any) -> None:
            out: list[str] = []
            write(out, value)
            message.payload = "".join(out).encode()

        return whole

    def document(self, operation: Operation, shape: Shape) -> tuple[str, Callable[[Any], bytes]]:
        """The media type of a document that is not the whole body, and its writer."""
        write = _Writers().structure(shape, shape.name, "")

        def written(value: Any) -> bytes:
            out: list[str] = []
            write(out, value)
            return "".join(out).encode()

        return XML, written

    def body(self, plan: Plan, message: Message, operation: Operation) -> tuple[Body, str]:
        """The body and its media type."""
        if message.fields:
            out: list[str] = []
            plan.write(out, message.fields)  # type: ignore[attr-defined]  # an _XMLPlan
            return "".join(out).encode(), XML
        return (None, "") if message.payload is MISSING else (message.payload, plan.content)


class _XMLPlan(Plan):
    """`write` writes the document of all members in the body."""

    __slots__ = ("write", "writers")
    write: Write

    def __init__(self, operation: Operation) -> None:
        super().__init__(operation)
        self.writers = _Writers()


def _namespace(facts: Any) -> str:
    """The declaration of a namespace: `uri`, `[uri]` or `[uri, prefix]`."""
    if not facts:
        return ""
    uri, prefix = (facts, "") if isinstance(facts, str) else (facts[0], facts[1] if len(facts) > 1 else "")
    return f' xmlns{":" if prefix else ""}{prefix}="{uri.translate(_ATTRIBUTE)}"'


class _Writers:
    """The writers of one operation. Structures compile when they are first met, for they may be recursive."""

    def member(self, member: Member, name: str) -> Write:
        """The writer of a member's value in an element of this name."""
        shape, space = member.shape, _namespace(member.extras.get("ns"))
        if shape.member is not None:
            return self._list(shape.member, name, space, bool(member.flags & FLATTENED))
        if shape.key is not None and shape.value is not None:
            return self._map(shape.key, shape.value, name, space, bool(member.flags & FLATTENED))
        if shape.kind in ("structure", "union"):
            return self.structure(shape, name, space)
        return _leaf(shape, name, space)

    def structure(self, shape: Shape, name: str, space: str, only: frozenset[str] | None = None) -> Write:
        """The writer of a structure, or of some members of it."""
        close = f"</{name}>"
        attributes: list[tuple[str, str]] = []
        elements: dict[str, Write] = {}

        def learn() -> None:
            chosen = [member for member in shape.members.values() if only is None or member.name in only]
            first = shape.traits.get("order")
            if first:
                chosen.sort(
                    key=lambda member: first.index(member.name) if member.name in first else len(first)
                )
            for member in chosen:
                if member.flags & ATTRIBUTE:
                    attributes.append((member.name, member.wire))
                else:
                    elements[member.name] = self.member(member, member.wire)

        ordered = bool(shape.traits.get("order"))

        def structure(out: list[str], value: Any) -> None:
            if not elements and not attributes:
                learn()
            texts = [
                f' {wire}="{str(value[name]).translate(_ATTRIBUTE)}"'
                for name, wire in attributes
                if name in value
            ]
            out.append(f"<{name}{space}{''.join(texts)}>")
            for key in elements if ordered else value:
                write = elements.get(key)
                if write is not None and key in value:
                    write(out, value[key])
            out.append(close)

        return structure

    def _list(self, item: Member, name: str, space: str, flattened: bool) -> Write:
        if flattened:
            return _each(self._item(item, name))
        write = self._item(item, item.wire)
        start, close = f"<{name}{space}>", f"</{name}>"

        def wrapped(out: list[str], value: Any) -> None:
            out.append(start)
            for one in value:
                write(out, one)
            out.append(close)

        return wrapped

    def _item(self, item: Member, name: str) -> Write:
        made: list[Write] = []

        def write(out: list[str], value: Any) -> None:
            if not made:
                made.append(self.member(item, name))
            made[0](out, value)

        recursive = item.shape.kind in ("list", "map")
        return write if recursive else self.member(item, name)

    def _map(self, key: Member, value: Member, name: str, space: str, flattened: bool) -> Write:
        write_key, write_value = self.member(key, key.wire), self._item(value, value.wire)
        entry, end = (f"<{name}{space}>", f"</{name}>") if flattened else ("<entry>", "</entry>")
        start, close = ("", "") if flattened else (f"<{name}{space}>", f"</{name}>")

        def entries(out: list[str], mapping: Any) -> None:
            out.append(start)
            for text, item in mapping.items():
                out.append(entry)
                write_key(out, text)
                write_value(out, item)
                out.append(end)
            out.append(close)

        return entries


def _each(write: Write) -> Write:
    def each(out: list[str], value: Any) -> None:
        for one in value:
            write(out, one)

    return each


def _leaf(shape: Shape, name: str, space: str) -> Write:
    start, close = f"<{name}{space}>", f"</{name}>"
    if shape.kind == "string":

        def string(out: list[str], value: Any) -> None:
            out.append(f"{start}{value.translate(_TEXT)}{close}")

        return string
    text = texts(shape, "iso8601")

    def leaf(out: list[str], value: Any) -> None:
        out.append(f"{start}{text(value)}{close}")

    return leaf
