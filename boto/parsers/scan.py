"""The scan: a lane beside lxml for the XML that services really send.

A text such as

    <item><keyName>a</keyName></item>

becomes, when `>` is replaced by `<` and the text is split at `<`, a row of tags and the texts behind them:

    item  ""   keyName  "a"   /keyName  ""   /item  ""

Two C calls do the work of an XML parser, and one iterator over the pairs runs through functions compiled from
the plans. Not an element is created but the values that are asked for.

That is right only for a plain document, so the lane proves that it has one. Before: what remains of the body
when all plain characters are taken out must be `<><><>...`, which says that brackets alternate and that no
control character is there; and it must be UTF-8 with a usual XML declaration or none. On the way: every tag
must be a name the plan knows, or a simple unknown leaf, and every end tag must match. So a comment, CDATA, an
attribute, a prefix, a processing instruction or a document type is a tag nobody knows. Whatever is not proven
is `Unusual`, and lxml reads the body. That both lanes give the same is a property test.
"""

from __future__ import annotations

from boto.core.naming import snake
from boto.parsers.plan import Mapping, Record, Scalar, Sequence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any, Final, TypeAlias

    from boto.parsers.plan import Field, Plan

    Pairs: TypeAlias = Iterator[tuple[str, str]]
    Scan: TypeAlias = Callable[[Pairs, str], Any]
    # What to do at a tag: end tag, key, how to scan what is inside (None: a leaf), how to read a leaf.
    # With an `inside` of True the last is a function that does it all.
    Entry: TypeAlias = tuple[str, str, Scan | bool | None, Callable[..., Any] | None]

# What a plain document may hold between its brackets: all but the brackets and XML's forbidden controls, and
# no carriage return, which XML parsers turn into a line feed.
_PLAIN = bytes(byte for byte in range(256) if byte not in b"<>" and (byte >= 32 or byte in b"\t\n"))
_DECLARATIONS = frozenset(
    f"?xml version={q}1.0{q}{encoding}{space}?"
    for q in "\"'"
    for encoding in ("", f" encoding={q}UTF-8{q}", f" encoding={q}utf-8{q}")
    for space in ("", " ")
)
_URI = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789:/.-_")
_BLANK = " \t\n"
_CHUNK = 16_384
_WHOLE = 65_536
_ENTITIES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}


class Unusual(Exception):
    """This body is for lxml."""


class Scanner:
    """The functions of one envelope, compiled as data reaches them."""

    __slots__ = ("_made", "_root", "_scan")

    def __init__(self, root: Record) -> None:
        self._made: dict[int, Scan] = {}
        self._root: Final = root
        self._scan: Final = self._record(root)

    def scan(self, body: bytes) -> tuple[str, dict[str, Any]] | None:
        """The name of the root element and what it holds; None when there is the slightest doubt."""
        try:
            pairs = _pairs(body)
            tag, blank = next(pairs)
            if tag[:1] == "?":
                if tag not in _DECLARATIONS or blank.strip(_BLANK):
                    raise Unusual
                tag, _ = next(pairs)
            name = _root_name(tag)
            value = self._scan(pairs, "/" + name)
            for _ in pairs:
                raise Unusual
        except (Unusual, StopIteration, KeyError, ValueError, ArithmeticError, RecursionError):
            return None
        return name, value

    def _of(self, plan: Plan) -> Scan:
        scan = self._made.get(id(plan))
        if scan is None:
            if type(plan) is Record:
                scan = self._record(plan)
            elif type(plan) is Sequence:
                scan = self._sequence(plan)
            else:
                assert type(plan) is Mapping
                scan = self._mapping(plan)
            self._made[id(plan)] = scan
        return scan

    def _record(self, plan: Record) -> Scan:
        entries: dict[str, Entry] = {}
        known = entries.get
        limit = 4 * len(plan.fields) + 16

        def learn(tag: str) -> Entry:
            entry = self._entry(plan, tag)
            if len(entries) < limit:
                entries[tag] = entry
            return entry

        def scan(pairs: Pairs, end: str) -> dict[str, Any]:
            found: dict[str, Any] = {}
            for tag, text in pairs:
                if tag == end:
                    return found
                close, key, inside, read = known(tag) or learn(tag)
                if key in found and inside is not True:
                    raise Unusual
                if inside is None:
                    if next(pairs)[0] != close:
                        raise Unusual
                    found[key] = text if read is None else read(text)
                elif read is None:
                    found[key] = inside(pairs, close)  # type: ignore[operator]  # True comes with a reader
                else:
                    read(found, text, pairs)
            raise Unusual

        return _exactly_one(scan) if plan.union else scan

    def _entry(self, plan: Record, tag: str) -> Entry:
        """What a structure does at a tag it meets for the first time."""
        field = plan.fields.get(tag)
        if field is None:
            field = plan.fields.get(tag[:-1]) if tag[-1:] == "/" else None
            if field is None:
                return _stranger(plan, tag)
            return _empty(field)
        close = "/" + tag
        inner = field.plan
        if field.flat:
            return close, field.key, True, self._flat(field, close)
        if type(inner) is Scalar:
            return close, field.key, None, inner.strict
        return close, field.key, self._of(inner), None

    def _flat(self, field: Field, close: str) -> Callable[[dict[str, Any], str, Pairs], None]:
        """Elements of a list, or entries of a map, that stand in the structure itself."""
        key = field.key
        plan = field.plan
        if type(plan) is Mapping:
            entry = self._of(plan.entry)

            def flat_entry(found: dict[str, Any], text: str, pairs: Pairs) -> None:
                pair = entry(pairs, close)
                found.setdefault(key, {})[pair["key"]] = pair["value"]

            return flat_entry
        if type(plan) is not Sequence:
            raise Unusual
        item = plan.item
        if type(item) is not Scalar:
            inside = self._of(item)

            def flat_item(found: dict[str, Any], text: str, pairs: Pairs) -> None:
                found.setdefault(key, []).append(inside(pairs, close))

            return flat_item
        read = item.strict

        def flat_leaf(found: dict[str, Any], text: str, pairs: Pairs) -> None:
            if next(pairs)[0] != close:
                raise Unusual
            found.setdefault(key, []).append(text if read is None else read(text))

        return flat_leaf

    def _sequence(self, plan: Sequence) -> Scan:
        item = plan.item
        if type(item) is Scalar:
            return _leaves(plan.wire, item.strict)
        start, close = plan.wire, "/" + plan.wire
        inside = self._of(item)

        def items(pairs: Pairs, end: str) -> list[Any]:
            found = []
            for tag, _ in pairs:
                if tag == start:
                    found.append(inside(pairs, close))
                elif tag == end:
                    return found
                else:
                    raise Unusual
            raise Unusual

        return items

    def _mapping(self, plan: Mapping) -> Scan:
        entry = self._of(plan.entry)

        def entries(pairs: Pairs, end: str) -> dict[Any, Any]:
            found: dict[Any, Any] = {}
            for tag, _ in pairs:
                if tag == end:
                    return found
                if tag != "entry":
                    raise Unusual
                pair = entry(pairs, "/entry")
                found[pair["key"]] = pair["value"]
            raise Unusual

        return entries


def _leaves(start: str, read: Callable[[str], Any] | None) -> Scan:
    """A list of leaves."""
    close = "/" + start
    lone = start + "/"

    def leaves(pairs: Pairs, end: str) -> list[Any]:
        found = []
        for tag, text in pairs:
            if tag == start and next(pairs)[0] == close:
                found.append(text if read is None else read(text))
            elif tag == end:
                return found
            elif tag == lone and read is None:
                found.append("")
            else:
                raise Unusual
        raise Unusual

    return leaves


def _exactly_one(scan: Scan) -> Scan:
    """A union: a structure of which one member is set."""

    def union(pairs: Pairs, end: str) -> dict[str, Any]:
        found: dict[str, Any] = scan(pairs, end)
        if len(found) != 1:
            raise Unusual
        return found

    return union


def _root_name(tag: str) -> str:
    """The name in the root's tag, which may declare a namespace: `Name xmlns="..."`."""
    name, space, rest = tag.partition(" ")
    if space:
        uri = rest[7:-1]
        if rest != f'xmlns="{uri}"' or uri[:4] != "http" or "w3.org" in uri or not _URI.issuperset(uri):
            raise Unusual
    if not (name.isascii() and name.isidentifier()) or name.lower() == "html":
        raise Unusual
    return name


def _empty(field: Field) -> Entry:
    """A member as `<name/>`: an empty text, list, map or structure; not so of an empty number."""
    plan = field.plan
    if field.flat or (type(plan) is Record and (plan.union or plan.attributes)):
        raise Unusual
    if type(plan) is Scalar:
        if plan.kind not in ("string", "blob"):
            raise Unusual
        empty: Callable[[], Any] = str if plan.kind == "string" else bytes
    else:
        empty = list if type(plan) is Sequence else dict
    key = field.key

    def take(found: dict[str, Any], text: str, pairs: Pairs) -> None:
        if key in found:
            raise Unusual
        found[key] = empty()

    return "", key, True, take


def _stranger(plan: Record, tag: str) -> Entry:
    """An element that nobody described, if it is a leaf: kept as text or passed over."""
    if plan.union or not (tag.isascii() and tag.isidentifier()):
        raise Unusual
    keeps = plan.keeps
    key = snake(tag)
    close = "/" + tag

    def take(found: dict[str, Any], text: str, pairs: Pairs) -> None:
        if next(pairs)[0] != close or (keeps and key in found):
            raise Unusual
        if keeps:
            found[key] = text

    return close, key, True, take


def _pairs(body: bytes) -> Pairs:
    """Tags and the texts behind them, proven to come from brackets that alternate."""
    brackets = body.translate(None, _PLAIN)
    if brackets != b"<>" * (len(brackets) >> 1):
        raise Unusual
    text = body.decode()
    if not text.isascii() and ("\ufffe" in text or "\uffff" in text):
        raise Unusual
    if text[:1] != "<" or (text[-1] != ">" and text.rstrip(_BLANK)[-1:] != ">"):
        raise Unusual
    split = _split_decoding if "&" in text else _split
    if len(text) <= _WHOLE:
        parts = iter(split(text))
        return zip(parts, parts, strict=True)
    return _chunked(text, split)


def _chunked(text: str, split: Callable[[str], list[str]]) -> Pairs:
    """The same in pieces that stay in the processor's cache, each from one tag's beginning to another's."""
    from itertools import chain

    def pieces() -> Iterator[list[str]]:
        start = 0
        while start >= 0:
            end = text.find("<", start + _CHUNK)
            yield split(text[start:end] if end > 0 else text[start:])
            start = end

    parts = chain.from_iterable(pieces())
    return zip(parts, parts, strict=True)


def _split(text: str) -> list[str]:
    parts = text.replace(">", "<").split("<")
    del parts[0]
    return parts


def _split_decoding(text: str) -> list[str]:
    parts = _split(text)
    parts[1::2] = [_decode(part) if "&" in part else part for part in parts[1::2]]
    return parts


def _decode(text: str) -> str:
    """A text with its entities decoded: the five that XML has, and numbers."""
    first, *rest = text.split("&")
    decoded = [first]
    for part in rest:
        name, semicolon, tail = part.partition(";")
        if not semicolon:
            raise Unusual
        char = _ENTITIES.get(name)
        decoded.append(_number(name) if char is None else char)
        decoded.append(tail)
    return "".join(decoded)


def _number(name: str) -> str:
    """The character of `#38` or `#x26`, if XML allows it."""
    digits = name[2:] if name[:2] == "#x" else name[1:]
    if name[:1] != "#" or not (digits.isascii() and digits.isalnum()) or len(digits) > 8:
        raise Unusual
    code = int(digits, 16 if name[:2] == "#x" else 10)
    if code in (9, 10, 13) or 32 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or 0x10000 <= code < 0x110000:
        return chr(code)
    raise Unusual
