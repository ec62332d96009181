"""Answers that nobody described: their own shape decides.

XML: the root element stays as an envelope; keys are the snake_case of element and attribute names without
prefixes; leaves are `str`; an element whose children are all called `item` or `member` is a list of them,
one whose children are all `entry` with a `key` and a `value` is a dict, and repeated elements become a list.
Of an element with attributes and text the text is under `text`. JSON is taken as it is, the rest as text.
"""

from __future__ import annotations

from boto.core.naming import snake

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_WRAPPED = ("item", "member")
_DEPTH = 256


class NotInferred(ValueError):
    """Why a body that says it is XML or JSON cannot be read."""


def infer(body: bytes, content_type: str = "") -> Any:
    """The value of a body that nobody described. NotInferred when it is broken, or hostile."""
    start = body[:64].lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    kind = content_type.partition(";")[0].strip().lower()
    if not start:
        return {}
    if kind.endswith(("html", "plain")):
        return _text(body, content_type)
    if kind.endswith("json") or (start in b"{[" and not kind.endswith("xml")):
        return _json(body, kind)
    if kind.endswith("xml") or start == b"<":
        return _xml(body)
    return _text(body, content_type)


def members(parts: bytes) -> dict[str, Any]:
    """Elements that stand side by side, as the members they are of what surrounds them."""
    found: dict[str, Any] = _xml(b"<x>" + parts + b"</x>", below=1)
    return found


def _text(body: bytes, content_type: str) -> str:
    charset = content_type.lower().partition("charset=")[2].partition(";")[0].strip(" \"'")
    try:
        return body.decode(charset or "utf-8")
    except (LookupError, UnicodeDecodeError):
        return body.decode("latin-1")


def _json(body: bytes, kind: str) -> Any:
    from json import loads

    try:
        return loads(body)
    except ValueError as error:
        if kind.endswith("json"):
            raise NotInferred(f"is not JSON: {error}") from None
        return _text(body, "")
    except RecursionError:
        raise NotInferred("is nested too deeply") from None


def _xml(body: bytes, below: int = 0) -> Any:
    """The members of the document, or of its root element."""
    from xml.parsers.expat import ExpatError

    from xmltodict import parse

    try:
        found = parse(body, strip_whitespace=False, disable_entities=True)
    except (ExpatError, ValueError, LookupError) as error:
        raise NotInferred(f"is not well-formed XML: {error}") from None
    for _ in range(below):
        (found,) = found.values()
    return {snake(_bare(name)): _value(inner, 1) for name, inner in found.items()}


def _bare(name: str) -> str:
    return name.rpartition(":")[2]


def _value(found: Any, depth: int) -> Any:
    """What xmltodict made of an element, by the rules above."""
    if depth > _DEPTH:
        raise NotInferred("is nested too deeply")
    if found is None:
        return ""
    if type(found) is str:
        return found
    if type(found) is list:
        return [_value(item, depth) for item in found]
    return _members(found, depth)


def _members(found: dict[str, Any], depth: int) -> Any:
    elements = {}
    attributes = {}
    for name, inner in found.items():
        if name[0] not in "@#":
            elements[name] = inner
        elif name[0] == "@" and name.partition(":")[0] != "@xmlns":
            attributes[snake(_bare(name[1:]))] = inner
    if len(elements) == 1 and not attributes:
        name, inner = next(iter(elements.items()))
        items = inner if type(inner) is list else [inner]
        if _bare(name) in _WRAPPED:
            return [_value(item, depth + 1) for item in items]
        if _bare(name) == "entry" and all(type(i) is dict and i.keys() == {"key", "value"} for i in items):
            return {item["key"] or "": _value(item["value"], depth + 1) for item in items}
    if not elements:
        text = found.get("#text") or ""
        return {**attributes, "text": text} if attributes and text.strip() else attributes or text
    value = {snake(_bare(name)): _value(inner, depth + 1) for name, inner in elements.items()}
    for name, text in attributes.items():
        value.setdefault(name, text)
    return value
