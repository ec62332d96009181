"""The walk: along a plan through a tree of XML elements, as lxml reads it.

This lane reads everything that is XML: attributes, prefixes, comments, CDATA. What it meets beyond the plan
it takes as the field's libraries do: namespaces do not count, any child of a list is an element of it, text
between elements is nothing, of a repeated member the first counts. An empty number or timestamp is absent.

Trees come from strangers. A document type is refused (entities are not resolved, nothing is fetched), and
depth is bounded by libxml2 at 256 elements.
"""

from __future__ import annotations

from boto.parsers.plan import Mapping, Record, Scalar, Sequence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from lxml.etree import _Element

    from boto.parsers.plan import Field, Plan

_ABSENT: Any = object()


class Unreadable(Exception):
    """Why a body cannot be read, in words that fit after "the answer"."""


def tree(body: bytes) -> _Element:
    """The root element of a body. Unreadable when it is no XML, or XML with a document type."""
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(f"is not well-formed XML: {getattr(error, 'msg', error)}") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise Unreadable("has a document type, which no service sends")
    return root


def local(tag: str) -> str:
    """A tag without its namespace."""
    return tag.rpartition("}")[2] if tag[0] == "{" else tag


def value(plan: Plan, node: _Element) -> Any:
    """What an element holds, by its plan."""
    kind = type(plan)
    if kind is Scalar:
        return _scalar(plan, node)  # type: ignore[arg-type]  # as tested
    if kind is Record:
        return record(plan, node)  # type: ignore[arg-type]  # as above
    if kind is Sequence:
        item = plan.item  # type: ignore[union-attr]  # as above
        return [read for child in node if (read := value(item, child)) is not _ABSENT]
    return _mapping(plan, list(node))  # type: ignore[arg-type]  # what is left


def record(plan: Record, node: _Element) -> dict[str, Any]:
    """The members of a structure or union, in the order they stand."""
    found: dict[str, Any] = {}
    strangers: list[_Element] = []
    tags = plan.tags
    for child in node:
        field = tags.get(child.tag) or _meet(plan, child.tag)
        if field is None:
            strangers.append(child)
        elif field.flat:
            _flat(found, field, child)
        elif field.key not in found:
            inner = field.plan
            if type(inner) is Scalar and inner.read is None:  # most leaves
                found[field.key] = child.text or ""
            elif (read := value(inner, child)) is not _ABSENT:
                found[field.key] = read
    if plan.union:
        return _union(plan, node, found, strangers)
    if plan.keeps:
        _keep(found, strangers)
    if node.attrib:
        _attributes(found, plan, node)
    return found


def _meet(plan: Record, tag: str) -> Field | None:
    """The field of a tag met for the first time. What strangers send is remembered up to a limit."""
    field = plan.fields.get(local(tag))
    if field is not None and len(plan.tags) < 4 * len(plan.fields):
        plan.tags[tag] = field
    return field


def _scalar(plan: Scalar, node: _Element) -> Any:
    text = node.text or ""
    if plan.read is None:
        return text
    try:
        return plan.read(text)
    except (ValueError, ArithmeticError):
        if not text.strip():
            return _ABSENT
        raise Unreadable(f"has a <{local(node.tag)}> that is no {plan.kind}") from None


def _flat(found: dict[str, Any], field: Field, child: _Element) -> None:
    plan = field.plan
    if type(plan) is Sequence:
        read = value(plan.item, child)
        items = found.setdefault(field.key, [])
        if read is not _ABSENT:
            items.append(read)
    elif type(plan) is Mapping:
        found.setdefault(field.key, {}).update(_mapping(plan, [child]))
    else:
        found.setdefault(field.key, value(plan, child))


def _mapping(plan: Mapping, entries: list[_Element]) -> dict[Any, Any]:
    found = {}
    for entry in entries:
        pair = record(plan.entry, entry)
        if "key" in pair:
            found[pair["key"]] = pair.get("value")
    return found


def _union(plan: Record, node: _Element, found: dict[str, Any], strangers: list[_Element]) -> dict[str, Any]:
    names = {local(child.tag) for child in node}
    if len(names) != 1:
        raise Unreadable(f"has a <{local(node.tag)}> with {len(names)} members, where exactly one is set")
    return {plan.unknown: {"name": local(strangers[0].tag)}} if strangers else found


def _keep(found: dict[str, Any], strangers: list[_Element]) -> None:
    if not strangers:
        return
    from lxml import etree

    from boto.parsers.infer import members

    parts = b"".join(etree.tostring(child, with_tail=False) for child in strangers)
    for key, read in members(parts).items():
        found.setdefault(key, read)


def _attributes(found: dict[str, Any], plan: Record, node: _Element) -> None:
    """Members that travel as attributes; `xsi:type` is any attribute `type` of a namespace."""
    from boto.core.naming import snake

    for tag, text in node.attrib.items():
        name = local(str(tag))
        if plan.keeps:
            found.setdefault(snake(name), text)
            continue
        for wire, key in plan.attributes.items():
            prefix, _, rest = wire.rpartition(":")
            if rest == name and bool(prefix) == (tag != name):
                found.setdefault(key, text)
