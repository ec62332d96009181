"""Answers of AWS's `rest-json`: members in headers, in the status, and in a body of JSON, text or bytes."""

from __future__ import annotations

from boto.models.shapes import PAYLOAD, STREAM
from boto.parsers.awsjson import JsonParser

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from boto.core.http import HTTPResponse
    from boto.models.shapes import Member, Shape
    from boto.parsers.base import Form
    from boto.parsers.described import Read


class RestJsonParser(JsonParser):
    """Answers of the `rest-json` protocol."""

    rest = True
    codes = ("code", "Code", "__type")

    def compile(self, shape: Shape, form: Form, lists: tuple[str, ...] | None = None) -> Read:
        from boto.parsers.heads import HEADS, take

        members = shape.members.values()
        takes = [take(member, form) for member in members if member.location in HEADS]
        payload = next((member for member in members if member.location == PAYLOAD), None)
        read = super().compile(shape, form, lists) if payload is None else self._payload(payload, form)

        def answer(response: HTTPResponse) -> Any:
            value = read(response)
            for one in takes:
                one(value, response)
            return value

        return answer

    def _payload(self, member: Member, form: Form) -> Read:
        """The reader of a body that is one member."""
        from boto.parsers.described import Plans
        from boto.parsers.heads import key_of

        key, kind = key_of(member, form), member.shape.kind
        if member.flags & STREAM or kind in ("blob", "string"):
            return lambda response: _raw(key, kind, response)
        read, decode = Plans(form, self.leaf).of(member.shape), self.decode

        def whole(response: HTTPResponse) -> dict[str, Any]:
            value = decode(response.body)
            if value is None:
                return {}
            return {key: value if read is None else read(value)}

        return whole


def _raw(key: str, kind: str, response: HTTPResponse) -> dict[str, Any]:
    """A body that is a text, bytes or a stream."""
    if response.stream is not None:
        return {key: response.stream}
    return {key: response.body.decode("utf-8", "replace") if kind == "string" else response.body}
