"""AWS's REST protocols, as far as they agree: what goes into the path, the query and the headers.

They differ from the neutral rules in a few points. Header times are HTTP dates. An item of a header's list is
quoted when it has a comma or a quotation mark in it, for the receiver splits there. A map in the query names
its parameters itself, and what another member or the URI template names already has precedence over it. And
nothing is said about what is accepted in return: there is one answer.
"""

from __future__ import annotations

from boto.core.url import quote
from boto.models.shapes import JSON_VALUE, QUERY_MAP
from boto.serializers.json import base64, dumps
from boto.serializers.rest import RestSerializer, texts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from boto.core.http import HTTPRequest
    from boto.models.description import Operation
    from boto.models.shapes import Member
    from boto.serializers.json import Plans
    from boto.serializers.rest import Message, Place, Plan, Text


class AwsRestSerializer(RestSerializer):
    """What `rest-json` and `rest-xml` have in common; the body is theirs."""

    query_time = "iso8601"
    header_time = "http"
    accept = ""
    # Signatures are over UTF-8, and transports write Latin-1: only in ASCII both are one.
    highest = 127

    def serialize(self, operation: Operation, params: dict[str, Any], endpoint: str) -> HTTPRequest:
        shape = operation.input
        if shape is not None and len(params) > 1:
            maps = {
                name: value for name, value in params.items() if shape.members[name].location == QUERY_MAP
            }
            if maps:  # last, when it is known what has precedence
                params = {name: value for name, value in params.items() if name not in maps} | maps
        return super().serialize(operation, params, endpoint)

    def _place(self, member: Member, plan: Plan, plans: Plans, operation: str) -> Place:
        if member.location == QUERY_MAP:
            return _query_map(plan)
        return super()._place(member, plan, plans, operation)

    def _header_text(self, member: Member, operation: str) -> Text:
        if member.flags & JSON_VALUE:
            return lambda value: base64(value if isinstance(value, str) else dumps(value, operation))
        text = texts(member.shape, self.header_time)
        item = member.shape.member
        if item is None:
            return text
        written = _quoted if item.shape.kind == "string" else text
        return lambda value: ",".join([written(one) for one in value])


def _quoted(text: str) -> str:
    """An item of a list in a header."""
    if '"' in text or "," in text:
        escaped = text.replace('"', '\\"')
        return f'"{escaped}"'
    return text


def _query_map(plan: Plan) -> Place:
    def place(message: Message, value: Any) -> None:
        named = {
            field.partition("=")[0] for given in (*plan.query, *message.query) for field in given.split("&")
        }
        for name, item in value.items():
            key = quote(name)
            if key not in named:
                items = item if isinstance(item, (list, tuple)) else [item]
                message.query.extend([f"{key}={quote(one)}" for one in items])

    return place
