"""AWS's `rest-json`: members in the URL and the headers, the others in a JSON body.

An input with members for the body always has one, if only `{}`; one without sends none. A payload member is
the body itself: text and bytes as they are, a structure as JSON (again `{}` when it is left out, which a union
cannot be).
"""

from __future__ import annotations

from boto.models.media import JSON
from boto.models.shapes import BODY, PAYLOAD, STREAM
from boto.serializers.awsjson import Plans as BodyPlans
from boto.serializers.awsjson import document
from boto.serializers.awsrest import AwsRestSerializer
from boto.serializers.json import dumps
from boto.serializers.rest import MISSING, Plan

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from boto.core.http import Body
    from boto.models.description import Operation
    from boto.models.shapes import Member, Shape
    from boto.serializers.json import Plans
    from boto.serializers.rest import Message, Place


class RestJsonSerializer(AwsRestSerializer):
    """Requests of the `rest-json` protocol."""

    def _compile(self, operation: Operation) -> Plan:
        plan, plans = Plan(operation), BodyPlans()
        members = operation.input.members.values() if operation.input is not None else ()
        for member in members:
            plan.places[member.name] = self._place(member, plan, plans, operation.snake)
            if member.location == BODY or (member.location == PAYLOAD and member.shape.kind == "structure"):
                plan.needed = True
        return plan

    def _payload(self, member: Member, plan: Plan, plans: Plans) -> Place:
        kind = member.shape.kind
        plan.raw = bool(member.flags & STREAM) or kind in ("blob", "string")
        if plan.raw:
            plan.content = "text/plain" if kind == "string" else "application/octet-stream"
        write = None if plan.raw else plans.of(member.shape)

        def whole(message: Message, value: Any) -> None:
            message.payload = value if write is None else write(value)

        return whole

    def document(self, operation: Operation, shape: Shape) -> tuple[str, Callable[[Any], bytes]]:
        """The media type of a document that is not the whole body, and its writer."""
        return document(operation, shape)

    def body(self, plan: Plan, message: Message, operation: Operation) -> tuple[Body, str]:
        payload = message.payload
        if payload is MISSING:
            if not plan.needed:
                return None, ""
            return (dumps(message.fields, operation.snake) if message.fields else b"{}"), JSON
        if plan.raw:
            return payload.encode() if isinstance(payload, str) else payload, plan.content
        return dumps(payload, operation.snake), JSON
