"""Answers of the protocol `rest-xml`: members in headers, in the status, and in a body of XML, text or bytes.

The root element has no meaning of its own and says nothing of the request; ids come in headers. Three habits of
services are provided for. White space may stand before the declaration (S3 sends it to keep a slow answer
alive), which XML forbids. The root may be the answer's only member itself (`<LocationConstraint>eu-west-1
</LocationConstraint>`). And a status of success may come with a document that reports a failure.
"""

from __future__ import annotations

from boto.core.naming import snake
from boto.models.shapes import BODY, PAYLOAD, STREAM
from boto.parsers.base import MODEL, WIRE, ErrorInfo
from boto.parsers.heads import Heads, key_of
from boto.parsers.xml import XMLParser, _bad, _walk

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, Final

    from boto.core.http import HTTPResponse
    from boto.models.description import Operation
    from boto.models.shapes import Member, Shape
    from boto.parsers.base import Form
    from boto.parsers.plan import Record
    from boto.parsers.scan import Scanner

_IDS = ("x-amz-request-id", "x-amzn-requestid", "x-amzn-request-id", "x-request-id", "x-amz-cf-id")


class _Answer:
    """What is compiled of one operation in one form.

    `record` reads the members in the body, or those of a structure that is the payload; None where there are
    none. `payload` is the member that the body is, with its key.
    """

    __slots__ = ("expects", "form", "heads", "lists", "lone", "payload", "record", "scanner")

    def __init__(self, shape: Shape | None, form: Form) -> None:
        from boto.parsers.plan import Plans
        from boto.parsers.plan import Record as Made
        from boto.parsers.scan import Scanner as Lane

        plans = Plans(form)
        members = list(shape.members.values()) if shape is not None else []
        inside = [member for member in members if member.location == BODY]
        body = [member for member in members if member.location == PAYLOAD]
        self.form: Final = form
        self.heads: Final = Heads(members, form)
        self.payload: Final = (body[0], key_of(body[0], form)) if body else None
        self.lists: Final = tuple(
            member.snake for member in inside if form == MODEL and member.shape.kind == "list"
        )
        # The element and the key of a member that may be the root itself.
        lone = len(inside) == 1 and inside[0].shape.kind == "string"
        self.lone: Final = (inside[0].wire, key_of(inside[0], form)) if lone else None
        self.expects: Final = bool(inside) and not body
        self.record: Record | None = None
        if body:
            if body[0].shape.kind in ("structure", "union"):
                self.record = plans.record(body[0].shape)
        elif inside and shape is not None:
            self.record = plans.record(shape)
        elif form == WIRE:
            self.record = Made({}, True)
        self.scanner: Scanner | None = None if self.record is None else Lane(self.record)


class RestXmlParser(XMLParser):
    """The protocol `rest-xml`."""

    __slots__ = ()

    # Statuses from here on are failures: of a redirect only the service's own rules know what to do.
    failure = 300

    def parse(self, response: HTTPResponse, operation: Operation, form: Form) -> tuple[Any, str | None]:
        """The answer's value and its request id. Raises BadAnswer when the body cannot be read."""
        key = (type(self), form)
        answer = operation.cache.get(key)
        if answer is None:
            answer = operation.cache[key] = _Answer(operation.output, form)
        value = self._value(answer, response, operation)
        answer.heads.into(value, response)
        for name in answer.lists:
            if name not in value:
                value[name] = []
        return value, self.request_id(response)

    def request_id(self, response: HTTPResponse) -> str | None:
        """The request id as far as the headers tell it."""
        headers = response.headers
        for name in _IDS:
            found = headers.get(name)
            if found:
                return str(found)
        return None

    def parse_error(self, response: HTTPResponse, operation: Operation, form: Form = MODEL) -> ErrorInfo:
        """What an answer of failure says. Never raises. One to HEAD has no body: there the status is the code."""
        from boto.parsers.errors import _shape, xml_error

        request_id = self.request_id(response)
        if not response.body.strip():
            from http import HTTPStatus

            known = response.status in HTTPStatus.__members__.values()
            phrase = HTTPStatus(response.status).phrase if known else ""
            return ErrorInfo(str(response.status), phrase, request_id)
        info = xml_error(response, operation, request_id, form)
        shape = _shape(info.code, operation)
        if shape is not None:
            Heads(shape.members.values(), form).into(info.fields, response)
        return info

    def body(self, shape: Shape, form: Form) -> Callable[[bytes], dict[str, Any]]:
        """The reader of a document that holds the members of a structure. It may raise Unreadable."""
        from boto.parsers import walk
        from boto.parsers.plan import Plans
        from boto.parsers.scan import Scanner as Lane

        record = Plans(form).record(shape)
        scanner = Lane(record)

        def read(content: bytes) -> dict[str, Any]:
            if not content or content.isspace():
                return {}
            found = scanner.scan(content)
            return walk.record(record, walk.tree(content.lstrip())) if found is None else found[1]

        return read

    def _value(self, answer: _Answer, response: HTTPResponse, operation: Operation) -> dict[str, Any]:
        """The value without the members that travel in the head."""
        payload = answer.payload
        if payload is not None and answer.record is None:
            return _raw(*payload, response)
        body = response.body
        scanner = answer.scanner
        if scanner is None or not body or not body.strip():
            if answer.expects and response.status != 204 and operation.method != "HEAD" and body:
                raise _bad(response, operation, "is empty")
            return {}
        found = scanner.scan(body)
        if found is None:
            found = self._unusual(answer, response, operation)
        root, value = found
        if not value and answer.lone is not None and root == answer.lone[0]:
            from boto.parsers.walk import tree

            value[answer.lone[1]] = tree(body.lstrip()).text
        if answer.form == WIRE:
            return {snake(root): value}
        return value if payload is None else {payload[1]: value}

    def _unusual(
        self, answer: _Answer, response: HTTPResponse, operation: Operation
    ) -> tuple[str, dict[str, Any]]:
        """The lane for any XML."""
        if response.body[:1].isspace():
            from boto.core.http import HTTPResponse as Answered

            response = Answered(response.status, response.headers, response.body.lstrip())
        return _walk(answer, response, operation)  # type: ignore[arg-type]  # only the record is used


def _raw(member: Member, key: str, response: HTTPResponse) -> dict[str, Any]:
    """A body that is a text, bytes or a stream."""
    if member.flags & STREAM:
        return {key: response.body if response.stream is None else response.stream}
    if member.shape.kind == "blob":
        return {key: response.body} if response.body else {}
    return {key: response.body.decode("utf-8", "replace")} if response.body else {}
