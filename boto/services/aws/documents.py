"""Texts in answers that hold something else: a JSON document, a text in base64.

Some services hand out as a string what is a document of its own, and say so nowhere in their description. A
service's class names the shapes of such strings. In the forms MODEL and SOURCE their values are read (boto3's
users know them so), in WIRE they stay as they were sent. The way there, a dict stands for its JSON text.
"""

from __future__ import annotations

from boto.parsers.base import WIRE
from boto.parsers.heads import key_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from boto.core.http import HTTPResponse
    from boto.core.steps import Flow
    from boto.middleware.stack import Call, Middleware, Plan, Proceed, Protocol
    from boto.models.description import Operation
    from boto.models.shapes import Member, Shape
    from boto.parsers.base import Form

    Wanted = Callable[[Member], bool]
    Change = Callable[[Any], Any]


def reading(protocol: Protocol, operation: Operation, wanted: Wanted, change: Change) -> Protocol:
    """The protocol, with members that are `wanted` changed in answers; itself when an operation has none."""
    output = operation.output
    if output is None or not _reaches(output, wanted, set()):
        return protocol
    from boto.services.aws.dialect import finished

    compiled: dict[Form, Change] = {}

    def finish(value: Any, response: HTTPResponse, form: Form) -> Any:
        if form == WIRE:
            return value
        if form not in compiled:
            compiled[form] = _changer(output, wanted, change, form)
        return compiled[form](value)

    return finished(protocol, finish)


def _reaches(shape: Shape, wanted: Wanted, seen: set[int]) -> bool:
    if id(shape) in seen:
        return False
    seen.add(id(shape))
    members = [*shape.members.values(), *([] if shape.member is None else [shape.member])]
    return any(wanted(member) or _reaches(member.shape, wanted, seen) for member in members)


def _changer(shape: Shape, wanted: Wanted, change: Change, form: Form) -> Change:
    """Changes what is wanted below a shape, in place."""
    if shape.member is not None:
        below = _changer(shape.member.shape, wanted, change, form)
        return lambda value: [below(item) for item in value]
    rows: list[tuple[str, Change]] = []
    for member in shape.members.values():
        if wanted(member):
            rows.append((key_of(member, form), change))
        elif _reaches(member.shape, wanted, set()):
            rows.append((key_of(member, form), _changer(member.shape, wanted, change, form)))

    def members(value: Any) -> Any:
        for key, changed in rows:
            if key in value:
                value[key] = changed(value[key])
        return value

    return members


def json(text: Any) -> Any:
    """A JSON document; a text that is none stays as it is."""
    from json import loads

    try:
        return loads(text)
    except (ValueError, TypeError, RecursionError):
        return text


def quoted_json(text: Any) -> Any:
    """A JSON document that was quoted as for a URL."""
    from boto.core.url import unquote

    try:
        found = json(unquote(text))
    except (ValueError, TypeError, AttributeError):
        return text
    return text if isinstance(found, str) else found


def base64_text(text: Any) -> Any:
    """A text in base64. What is no text is shown with replacement characters, as terminals do."""
    from binascii import a2b_base64

    try:
        return a2b_base64(text).decode("utf-8", "replace")
    except (ValueError, TypeError):
        return text


class Documents:
    """Writes dicts that are given for strings of some shape as JSON."""

    def __init__(self, *shapes: str) -> None:
        self.shapes = frozenset(shapes)

    def bind(self, plan: Plan) -> Middleware | None:
        members = plan.operation.input.members.values() if plan.operation.input is not None else ()
        named = [member for member in members if member.shape.name in self.shapes]
        names = {name for member in named for name in (member.name, member.snake)}
        if not names:
            return None

        def written(call: Call, proceed: Proceed) -> Flow[HTTPResponse]:
            from json import dumps

            changed = {
                name: dumps(call.params[name])
                for name in names
                if isinstance(call.params.get(name), (dict, list))
            }
            return proceed(call.asking({**call.params, **changed}) if changed else call)

        return written
