"""Answers in XML: the protocols `query` and `ec2`.

    query   <NameResponse><NameResult>members</NameResult>
              <ResponseMetadata><RequestId/></ResponseMetadata></NameResponse>
    ec2     <NameResponse>members<requestId/></NameResponse>

What surrounds the members is described by an *envelope*, a record like any other, so the request id costs no
second look at the body. A protocol says how its envelope is made and how it comes off again; reading a plain
body is the work of `scan`, any other that of `walk`.
"""

from __future__ import annotations

from boto.core.naming import snake
from boto.models.shapes import BODY
from boto.parsers.base import MODEL, WIRE
from boto.parsers.errors import bad_answer, header_id, xml_error
from boto.parsers.plan import Field, Plans, Record
from boto.parsers.scan import Scanner, Unusual

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Final

    from boto.core.http import HTTPResponse
    from boto.models.description import Operation
    from boto.models.shapes import Shape
    from boto.parsers.base import ErrorInfo, Form

# Keys of an envelope that hold no members. No member is called so.
_ID = "<id>"
_RESULT = "<result>"
_METADATA = "<metadata>"
# Root elements of answers that report a failure, whatever their status says.
_FAILURES = ("error", "errorresponse", "errors")


class Answer:
    """What is compiled of one operation in one form."""

    __slots__ = ("envelope", "lists", "scanner", "wrapper")

    def __init__(self, envelope: Record, wrapper: str, lists: tuple[str, ...]) -> None:
        self.envelope: Final = envelope
        self.wrapper: Final = wrapper
        self.lists: Final = lists
        self.scanner: Final = Scanner(envelope)


class XMLParser:
    """What the XML protocols have in common."""

    __slots__ = ()

    def parse(self, response: HTTPResponse, operation: Operation, form: Form) -> tuple[Any, str | None]:
        """The answer's value and its request id. Raises BadAnswer when the body cannot be read.

        An empty body is fine for an operation without output (its value is empty too), and for no other.
        """
        cache = operation.cache
        answer = cache.get((XMLParser, form))
        if answer is None:
            answer = cache.setdefault((XMLParser, form), self._compile(operation, form))
        body = response.body
        try:
            root, value = answer.scanner.scan(body)
        except Unusual:
            if not body.strip() and not _expects(operation):
                return {}, self.request_id(response)
            root, value = _walk(answer.envelope, response, operation)
        value, request_id = self._unwrap(answer, value, form, operation, response)
        for key in answer.lists:
            if key not in value:
                value[key] = []
        if form == WIRE:
            value = {snake(root): value}
        return value, request_id or self.request_id(response)

    def parse_error(self, response: HTTPResponse, operation: Operation) -> ErrorInfo:
        """What an answer of failure says. Never raises."""
        return xml_error(response, operation, self.request_id(response))

    def request_id(self, response: HTTPResponse) -> str | None:
        """The request id as far as the headers tell it."""
        return header_id(response)

    def _compile(self, operation: Operation, form: Form) -> Answer:
        plans = Plans(form)
        output = operation.output
        record = Record({}, form == WIRE) if output is None else plans.record(output)
        wrapper: str = operation.traits.get("wrapper", "")
        envelope = self._envelope(record, wrapper, plans)
        return Answer(envelope, wrapper, _lists(output) if form == MODEL else ())

    def _envelope(self, record: Record, wrapper: str, plans: Plans) -> Record:
        raise NotImplementedError

    def _unwrap(
        self, answer: Answer, value: dict[str, Any], form: Form, operation: Operation, response: HTTPResponse
    ) -> tuple[dict[str, Any], str | None]:
        raise NotImplementedError


class EC2Parser(XMLParser):
    """Members stand in the root element, and the request id among them."""

    __slots__ = ()

    def _envelope(self, record: Record, wrapper: str, plans: Plans) -> Record:
        key = "request_id" if plans.form == WIRE else _ID
        fields = {"requestId": Field("requestId", key, plans.scalar("string")), **record.fields}
        return Record(fields, record.keeps, record.union)

    def _unwrap(
        self, answer: Answer, value: dict[str, Any], form: Form, operation: Operation, response: HTTPResponse
    ) -> tuple[dict[str, Any], str | None]:
        return value, value.get("request_id") if form == WIRE else value.pop(_ID, None)


class QueryParser(XMLParser):
    """Members stand in a wrapper, the request id in metadata beside it."""

    __slots__ = ()

    def _envelope(self, record: Record, wrapper: str, plans: Plans) -> Record:
        wire = plans.form == WIRE
        text = plans.scalar("string")
        inner = {"RequestId": Field("RequestId", "request_id", text)}
        metadata = Field("ResponseMetadata", "response_metadata" if wire else _METADATA, Record(inner, wire))
        fields = {"ResponseMetadata": metadata}
        if wrapper:
            fields[wrapper] = Field(wrapper, snake(wrapper) if wire else _RESULT, record)
        else:
            fields.update(record.fields)
        return Record(fields, wire)

    def _unwrap(
        self, answer: Answer, value: dict[str, Any], form: Form, operation: Operation, response: HTTPResponse
    ) -> tuple[dict[str, Any], str | None]:
        metadata = value.get("response_metadata", {}) if form == WIRE else value.pop(_METADATA, {})
        request_id = metadata.get("request_id")
        if not answer.wrapper:
            return value, request_id
        key = snake(answer.wrapper) if form == WIRE else _RESULT
        if key not in value and _expects(operation):
            raise bad_answer(response, operation, f"has no <{answer.wrapper}>")
        return value if form == WIRE else value.get(key, {}), request_id


def _lists(output: Shape | None) -> tuple[str, ...]:
    """The keys of lists that MODEL adds when an answer leaves them out; a union has exactly what it has."""
    if output is None or output.kind == "union":
        return ()
    return tuple(
        member.snake
        for member in output.members.values()
        if member.location == BODY and member.shape.kind == "list"
    )


def _expects(operation: Operation) -> bool:
    """Whether an answer without a body would leave something out."""
    return operation.output is not None and bool(operation.output.members)


def _walk(envelope: Record, response: HTTPResponse, operation: Operation) -> tuple[str, dict[str, Any]]:
    """The lane for any XML. All that cannot be read ends here, in one error."""
    from boto.parsers.walk import Unreadable, local, record, tree

    body = response.body
    if not body.strip():
        raise bad_answer(response, operation, "is empty")
    try:
        root = tree(body)
        name = local(root.tag)
        if name.lower() == "html":
            raise Unreadable("is an HTML page; is there a proxy in the way?")
        if name.lower() in _FAILURES or (name == "Response" and len(root) and local(root[0].tag) == "Errors"):
            raise Unreadable("reports a failure under a status of success")
        return name, record(envelope, root)
    except Unreadable as error:
        why = str(error)
    except RecursionError:
        why = "is nested too deeply"
    start = body[:256].lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html")):
        why = "is an HTML page; is there a proxy in the way?"
    raise bad_answer(response, operation, why)
