"""Generated service models and the XML that such a service might send: plain, odd, and broken."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape

import botocore.model
from hypothesis import strategies as st

from boto.models.c2j import ServiceModel
from boto.models.description import Description

SCALARS = ("string", "integer", "long", "float", "double", "boolean", "timestamp", "blob")
NAMES = (
    "Name",
    "keyName",
    "Size",
    "Ids",
    "Tags",
    "Key",
    "value",
    "item",
    "State",
    "nested",
    "IPv6Set",
    "A",
    "b",
)
TIMES = (
    "2020-02-29T12:00:00Z",
    "2020-02-29T12:00:00.123Z",
    "2020-02-29T12:00:00.123456+02:00",
    "2020-02-29T12:00:00",
    "1582977600",
    "1582977600.25",
    "Sat, 29 Feb 2020 12:00:00 GMT",
)
NUMBERS = {"integer": ("0", "-7", "123456789012"), "long": ("9223372036854775807", " 5 ")}
FLOATS = ("0.5", "-1e3", "NaN", "Infinity", "-Infinity", "7")
# Texts that XML must escape, that look like markup, that are blank, that are not ASCII.
TEXTS = st.one_of(
    st.sampled_from(
        ["", " ", "a", "i-0123456789abcdef0", "a < b & c > d", "]]", "\n x \t", "é ∑ 🚀", "&amp;", "true"]
    ),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=12),
)


def service(shapes: dict[str, Any], protocol: str = "query") -> dict[str, Any]:
    """A model of one operation, `Ask`, that answers with the shape `Output`."""
    output = {"shape": "Output", **({"resultWrapper": "AskResult"} if protocol == "query" else {})}
    return {
        "metadata": {
            "apiVersion": "2020-01-01", "endpointPrefix": "x", "protocol": protocol, "serviceId": "X",
            "signatureVersion": "v4", "uid": "x-2020-01-01", "serviceFullName": "X",
        },
        "operations": {
            "Ask": {"name": "Ask", "http": {"method": "POST", "requestUri": "/"}, "output": output}
        },
        "shapes": shapes,
    }  # fmt: skip


def both(model: dict[str, Any]) -> tuple[Any, Any]:
    """The operation as we know it, and the output shape as botocore does."""
    ours = Description(ServiceModel(model)).find("Ask")
    return ours, botocore.model.ServiceModel(model).operation_model("Ask").output_shape


def on_the_wire(shapes: dict[str, Any], name: str, facts: dict[str, Any]) -> str:
    """How the elements of a member are called: a flattened list goes by the name of its elements."""
    shape = shapes.get(facts["shape"], {})
    if shape.get("type") == "list" and (facts.get("flattened") or shape.get("flattened")):
        return shape["member"].get("locationName") or facts.get("locationName", name)
    return facts.get("locationName", name)


@st.composite
def models(draw: st.DrawFn) -> dict[str, Any]:
    """A service with a few shapes that refer to each other, themselves included."""
    shapes: dict[str, Any] = {kind: {"type": kind} for kind in SCALARS}
    structures = ["Output", "One", "Two"]
    lists = ["ListA", "ListB"]
    maps = ["MapA"]
    every = st.sampled_from([*SCALARS, *structures[1:], *lists, *maps])
    for name in lists:
        member = {"shape": draw(st.sampled_from([*SCALARS, *structures[1:]]))}
        wire = draw(st.sampled_from([None, "item", "Entry", "Name"]))
        if wire:
            member["locationName"] = wire
        shapes[name] = {
            "type": "list",
            "member": member,
            **({"flattened": True} if draw(st.booleans()) else {}),
        }
    key, value = draw(st.sampled_from([("key", "value"), ("Name", "Value"), (None, None)]))
    shapes["MapA"] = {
        "type": "map",
        "key": {"shape": "string", **({"locationName": key} if key else {})},
        "value": {
            "shape": draw(st.sampled_from([*SCALARS, "One"])),
            **({"locationName": value} if value else {}),
        },
    }
    for name in structures:
        members: dict[str, Any] = {}
        taken: set[str] = set()
        for member in draw(st.lists(st.sampled_from(NAMES), max_size=5, unique=True)):
            facts = {"shape": draw(every)}
            wire = draw(st.sampled_from([None, None, member + "Set", "x" + member]))
            if wire:
                facts["locationName"] = wire
            # A list that a member flattens goes by the member's name, say Smithy's tests ("QueryXmlLists"), while
            # botocore takes the name of its elements: only those without one are the same to both.
            named = "locationName" in shapes.get(facts["shape"], {}).get("member", {})
            if facts["shape"] in (*lists, *maps) and not named and draw(st.integers(0, 3)) == 0:
                facts["flattened"] = True
            if facts["shape"] == "string" and draw(st.integers(0, 5)) == 0:
                facts |= {"xmlAttribute": True, "locationName": "xsi:" + member}
            if on_the_wire(shapes, member, facts) not in taken:
                taken.add(on_the_wire(shapes, member, facts))
                members[member] = facts
        shapes[name] = {"type": "structure", "members": members}
    return service(shapes, draw(st.sampled_from(["query", "ec2"])))


class Writer:
    """Writes an answer of a model. With `odd` it takes liberties that XML allows and services take."""

    def __init__(self, draw: st.DrawFn, model: dict[str, Any], odd: bool, repeats: bool = True) -> None:
        self.repeats = repeats
        self.draw = draw
        self.shapes = model["shapes"]
        self.protocol = model["metadata"]["protocol"]
        self.odd = odd

    def chance(self, one_in: int) -> bool:
        return self.draw(st.integers(1, one_in)) == 1

    def noise(self) -> str:
        if self.odd and self.chance(12):
            return self.draw(st.sampled_from(
                ["<!-- x -->", "<?pi x?>", "junk", "<![CDATA[<x>]]>", "<new>1</new>", "<new><a>1</a></new>",
                 "<new x='1'/>", "\r\n", "<item>1</item>"]
            ))  # fmt: skip
        return self.draw(st.sampled_from(["", "", "\n    ", " "]))

    def text(self, text: str) -> str:
        if self.odd and "]]>" not in text and self.chance(8):
            return f"<![CDATA[{text}]]>"
        if self.odd and text and self.chance(8):
            return f"&#{ord(text[0])};" + escape(text[1:])
        if self.odd and self.chance(15):
            return escape(text) + "<!-- c -->" + self.draw(st.sampled_from(["", "more"]))
        return escape(text)

    def element(self, tag: str, inner: str) -> str:
        attributes = ""
        if self.odd and self.chance(12):
            attributes = self.draw(st.sampled_from(
                [" ", ' a="1"', " xsi:Name='t' xmlns:xsi='http://x/i'", ' xmlns="http://other"', ' A=">"']
            ))  # fmt: skip
        if self.odd and self.chance(25):
            return f'<p:{tag} xmlns:p="http://p/"{attributes}>{inner}</p:{tag}>'
        if not inner and self.chance(2):
            return f"<{tag}{attributes}/>"
        close = " " if self.odd and self.chance(25) else ""
        return f"<{tag}{attributes}>{inner}</{tag}{close}>"

    def scalar(self, kind: str) -> str:
        if kind == "string":
            return self.text(self.draw(TEXTS))
        if self.odd and self.chance(20):
            return self.draw(st.sampled_from(["", " ", "?"]))
        choices = {
            **NUMBERS, "float": FLOATS, "double": FLOATS, "timestamp": TIMES,
            "boolean": ("true", "false"), "blob": ("", "aGVsbG8=", "AA=="),
        }  # fmt: skip
        return self.draw(st.sampled_from(choices[kind]))

    def member(self, ref: dict[str, Any], tag: str, depth: int) -> str:
        """The element or elements of one member."""
        shape = self.shapes[ref["shape"]]
        kind = shape["type"]
        flat = ref.get("flattened") or shape.get("flattened")
        if kind == "list":
            wire = shape["member"].get("locationName")
            own = (wire or tag) if flat else (wire or "member")
            items = [
                self.member(shape["member"], own, depth + 1) + self.noise()
                for _ in range(self.draw(st.integers(0 if not flat else 1, 3)))
            ]
            return "".join(items) if flat else self.element(tag, "".join(items))
        if kind == "map":
            entries = [
                self.entry(shape, tag if flat else "entry", depth)
                for _ in range(self.draw(st.integers(1, 2)))
            ]
            return "".join(entries) if flat else self.element(tag, "".join(entries))
        if kind == "structure":
            return self.element(tag, self.structure(shape, depth + 1))
        return self.element(tag, self.scalar(kind))

    def entry(self, shape: dict[str, Any], tag: str, depth: int) -> str:
        key = self.element(shape["key"].get("locationName", "key"), self.text(self.draw(TEXTS)))
        value = self.member(shape["value"], shape["value"].get("locationName", "value"), depth + 1)
        return f"<{tag}>{key}{value}</{tag}>"

    def structure(self, shape: dict[str, Any], depth: int) -> str:
        parts = [self.noise()]
        for name, ref in shape["members"].items():
            if ref.get("xmlAttribute") or depth > 4 or self.chance(4):
                continue
            tag = ref.get("locationName", name)
            parts += [self.member(ref, tag, depth), self.noise()]
            if (
                self.odd
                and self.chance(25)
                and (self.repeats or self.shapes[ref["shape"]]["type"] == "structure")
            ):
                parts.append(self.member(ref, tag, depth))
        return "".join(parts)

    def answer(self) -> bytes:
        inner = self.structure(self.shapes["Output"], 0)
        identity = self.draw(st.sampled_from(["", "<requestId>id-1</requestId>", "<requestId/>"]))
        if self.protocol == "query":
            identity = identity.replace("requestId", "RequestId")
            inner = f"<AskResult>{inner}</AskResult><ResponseMetadata>{identity}</ResponseMetadata>"
        else:
            inner += identity
        start = self.draw(
            st.sampled_from(["", '<?xml version="1.0" encoding="UTF-8"?>\n', "<?xml version='1.0'?>"])
        )
        space = self.draw(st.sampled_from(["", ' xmlns="http://x.example/doc/2020-01-01/"']))
        return f"{start}<AskResponse{space}>{inner}</AskResponse>{self.noise()}".encode()


@st.composite
def answers(draw: st.DrawFn, odd: bool = True, repeats: bool = True) -> tuple[dict[str, Any], bytes]:
    """A model and an answer of it; with `repeats` members may come twice that should not."""
    model = draw(models())
    return model, Writer(draw, model, odd, repeats).answer()


@st.composite
def broken(draw: st.DrawFn) -> tuple[dict[str, Any], bytes]:
    """A model and an answer that something happened to on its way."""
    model, body = draw(answers(odd=False))
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(body)))
        kind = draw(st.sampled_from(["cut", "drop", "insert", "swap"]))
        if kind == "cut":
            body = body[:at]
        elif kind == "drop":
            body = body[:at] + body[at + draw(st.integers(1, 3)) :]
        elif kind == "insert":
            junk = [
                b"<",
                b">",
                b"/",
                b"&",
                b"\0",
                b"\r",
                b"\xff",
                b"&#0;",
                b"&lt;",
                b"<!--",
                b"]]>",
                b"\xef\xbf\xbe",
                b" ",
            ]
            body = body[:at] + draw(st.sampled_from(junk)) + body[at:]
        else:
            other = draw(st.integers(0, len(body)))
            a, b = sorted((at, other))
            body = body[:a] + body[b : b + 1] + body[a + 1 : b] + body[a : a + 1] + body[b + 1 :]
    return model, body
