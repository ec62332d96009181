"""The query protocol and its EC2 dialect: parameters as a form, `Filter.1.Name=key-name&Filter.1.Value.1=a`.

Rules (AWS Query and EC2 Query, as their Smithy specifications state them):
- a nested name is joined with dots, list items are numbered from 1, maps become numbered entries;
- query wraps lists in `.member.N` (or the list member's own name) and maps in `.entry.N.key` / `.value`, unless
  they are flattened; an empty list is sent as an empty value, for it may mean "remove all";
- ec2 flattens every list, sends nothing for an empty one, and names a member by its query name or else by
  its wire name with a capital.

A space is sent as `%20`: `+` is right in a form, but Ceph's gateway was seen not to decode it.
"""

from __future__ import annotations

from boto.core.http import Headers, HTTPRequest
from boto.core.url import quote
from boto.models.shapes import FLATTENED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeAlias

    from boto.models.description import Operation
    from boto.models.shapes import Member, Shape

    Write: TypeAlias = Callable[[list[str], str, Any], None]

_HEADERS = Headers({"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"})


class QuerySerializer:
    """Requests of the `query` protocol."""

    def serialize(self, operation: Operation, params: dict[str, Any], endpoint: str) -> HTTPRequest:
        compiled = operation.cache.get(type(self))
        if compiled is None:
            compiled = operation.cache[type(self)] = self._compile(operation)
        start, writers = compiled
        fields = [start]
        for name, value in params.items():
            prefix, write = writers[name]
            write(fields, prefix, value)
        url = endpoint if endpoint.endswith("/") else endpoint + "/"
        return HTTPRequest(operation.method, url, _HEADERS, "&".join(fields).encode("ascii"))

    def _compile(self, operation: Operation) -> tuple[str, dict[str, tuple[str, Write]]]:
        start = f"Action={quote(operation.name)}&Version={quote(operation.description.version)}"
        if operation.input is None:
            return start, {}
        return start, _Compiler(self).members(operation.input)

    def member_name(self, member: Member) -> str:
        return member.wire

    def list_writer(self, item: Member, write: Write, flattened: bool) -> Write:
        if flattened:
            return _flat_list(write)
        infix = f".{quote(item.wire)}."

        def wrapped(fields: list[str], prefix: str, value: Any) -> None:
            if not value:
                fields.append(f"{prefix}=")
            for number, one in enumerate(value, 1):
                write(fields, f"{prefix}{infix}{number}", one)

        return wrapped


class EC2Serializer(QuerySerializer):
    """Requests of the `ec2` protocol."""

    def member_name(self, member: Member) -> str:
        named = member.extras.get("q")
        return str(named) if named else member.wire[:1].upper() + member.wire[1:]

    def list_writer(self, item: Member, write: Write, flattened: bool) -> Write:
        def numbered(fields: list[str], prefix: str, value: Any) -> None:
            for number, one in enumerate(value, 1):
                write(fields, f"{prefix}.{number}", one)

        return numbered


def _flat_list(write: Write) -> Write:
    def flat(fields: list[str], prefix: str, value: Any) -> None:
        if not value:
            fields.append(f"{prefix}=")
        for number, one in enumerate(value, 1):
            write(fields, f"{prefix}.{number}", one)

    return flat


def _string(fields: list[str], prefix: str, value: Any) -> None:
    fields.append(f"{prefix}={quote(value)}")


def _boolean(fields: list[str], prefix: str, value: Any) -> None:
    fields.append(f"{prefix}=true" if value else f"{prefix}=false")


def _integer(fields: list[str], prefix: str, value: Any) -> None:
    fields.append(f"{prefix}={value}")


def _number(fields: list[str], prefix: str, value: Any) -> None:
    if value != value:  # noqa: PLR0124 - only NaN differs from itself
        text = "NaN"
    elif value in (float("inf"), float("-inf")):
        text = "Infinity" if value > 0 else "-Infinity"
    else:
        text = str(value)
    fields.append(f"{prefix}={quote(text)}")


def _blob(fields: list[str], prefix: str, value: Any) -> None:
    from binascii import b2a_base64

    fields.append(f"{prefix}={quote(b2a_base64(value, newline=False).decode('ascii'))}")


def _timestamp(format: str) -> Write:
    from boto.core import times

    text = {"iso8601": times.iso8601, "unix": times.unix, "http": times.http_date}[format]

    def timestamp(fields: list[str], prefix: str, value: Any) -> None:
        fields.append(f"{prefix}={quote(str(text(value)))}")

    return timestamp


_SCALARS: dict[str, Write] = {
    "string": _string,
    "boolean": _boolean,
    "integer": _integer,
    "long": _integer,
    "float": _number,
    "double": _number,
    "decimal": _number,
    "blob": _blob,
}


class _Compiler:
    """Compiles the shapes of one operation into writers `write(fields, prefix, value)`."""

    def __init__(self, rules: QuerySerializer) -> None:
        self.rules = rules
        self.made: dict[tuple[int, bool], Write] = {}

    def members(self, shape: Shape) -> dict[str, tuple[str, Write]]:
        return {
            member.name: (quote(self.rules.member_name(member)), self.member(member))
            for member in shape.members.values()
        }

    def member(self, member: Member) -> Write:
        shape = member.shape
        if shape.kind == "timestamp":
            return _timestamp(shape.format or "iso8601")
        scalar = _SCALARS.get(shape.kind)
        if scalar is not None:
            return scalar
        key = (id(shape), bool(member.flags & FLATTENED))
        made = self.made.get(key)
        if made is None:
            # A shape reached again while it is being compiled is looked up when it is first used.
            self.made[key] = lambda fields, prefix, value: self.made[key](fields, prefix, value)  # noqa: PLW0108
            made = self.made[key] = self.aggregate(shape, key[1])
        return made

    def aggregate(self, shape: Shape, flattened: bool) -> Write:
        if shape.member is not None:
            return self.rules.list_writer(shape.member, self.member(shape.member), flattened)
        if shape.key is not None and shape.value is not None:
            return self.map(shape.key, shape.value, flattened)
        return self.structure(shape)

    def structure(self, shape: Shape) -> Write:
        writers: dict[str, tuple[str, Write]] = {}

        def structure(fields: list[str], prefix: str, value: Any) -> None:
            if not writers:
                writers.update(self.members(shape))
            for name, item in value.items():
                suffix, write = writers[name]
                write(fields, f"{prefix}.{suffix}", item)

        return structure

    def map(self, key: Member, value: Member, flattened: bool) -> Write:
        infix = "" if flattened else ".entry"
        key_name, value_name = quote(key.wire), quote(value.wire)
        write_key, write_value = self.member(key), self.member(value)

        def entries(fields: list[str], prefix: str, mapping: Any) -> None:
            for number, (name, item) in enumerate(mapping.items(), 1):
                write_key(fields, f"{prefix}{infix}.{number}.{key_name}", name)
                write_value(fields, f"{prefix}{infix}.{number}.{value_name}", item)

        return entries
