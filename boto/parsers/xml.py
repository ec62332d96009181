"""Answers in XML: the protocols `query` and `ec2`.

They differ in what surrounds the members (`envelope`). Reading a plain body is the work of `scan`, any other
that of `walk`; lxml is imported only for the latter. Everything but this class is imported when the first
answer is there, because a request must be on its way before.
"""

from __future__ import annotations

from boto.core.naming import snake
from boto.parsers.base import MODEL, WIRE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from boto.core.errors import BadAnswer
    from boto.core.http import HTTPResponse
    from boto.models.description import Operation
    from boto.parsers.base import ErrorInfo, Form
    from boto.parsers.envelope import Answer

# Root elements of answers that report a failure, whatever their status says.
_FAILURES = ("error", "errorresponse", "errors")


class XMLParser:
    """What the XML protocols have in common."""

    __slots__ = ()

    def parse(self, response: HTTPResponse, operation: Operation, form: Form) -> tuple[Any, str | None]:
        """The answer's value and its request id. Raises BadAnswer when the body cannot be read.

        An empty body is fine for an operation without output (its value is empty too), and for no other.
        """
        answer = operation.cache.get((type(self), form)) or self._learn(operation, form)
        found = answer.scanner.scan(response.body)
        if found is None:
            if not response.body.strip() and not answer.expects:
                return {}, self.request_id(response)
            found = _walk(answer, response, operation)
        root, content = found
        value, request_id = answer.unwrap(content)
        if value is None:
            raise _bad(response, operation, f"has no <{answer.wrapper}>")
        for key in answer.lists:
            if key not in value:
                value[key] = []
        if form == WIRE:
            value = {answer.envelope if root == answer.root else snake(root): value}
        return value, request_id or self.request_id(response)

    def parse_error(self, response: HTTPResponse, operation: Operation, form: Form = MODEL) -> ErrorInfo:
        """What an answer of failure says. Never raises."""
        from boto.parsers.errors import xml_error

        return xml_error(response, operation, self.request_id(response), form)

    def request_id(self, response: HTTPResponse) -> str | None:
        """The request id as far as the headers tell it."""
        from boto.parsers.errors import header_id

        return header_id(response)

    def _learn(self, operation: Operation, form: Form) -> Answer:
        answer: Answer = operation.cache.setdefault((type(self), form), self._compile(operation, form))
        return answer

    if TYPE_CHECKING:  # what each protocol has of its own

        def _compile(self, operation: Operation, form: Form) -> Answer: ...


class EC2Parser(XMLParser):
    """The protocol `ec2`."""

    __slots__ = ()

    def _compile(self, operation: Operation, form: Form) -> Answer:
        from boto.parsers.envelope import Inline

        return Inline(operation, form)


class QueryParser(XMLParser):
    """The protocol `query`."""

    __slots__ = ()

    def _compile(self, operation: Operation, form: Form) -> Answer:
        from boto.parsers.envelope import Wrapped

        return Wrapped(operation, form)


def _walk(answer: Answer, response: HTTPResponse, operation: Operation) -> tuple[str, dict[str, Any]]:
    """The lane for any XML. All that cannot be read ends here, in one error."""
    from boto.parsers.walk import Unreadable, local, record, tree

    body = response.body
    if not body.strip():
        raise _bad(response, operation, "is empty")
    try:
        root = tree(body)
        name = local(root.tag)
        if name.lower() == "html":
            raise Unreadable("is an HTML page; is there a proxy in the way?")
        if name.lower() in _FAILURES or (name == "Response" and len(root) and local(root[0].tag) == "Errors"):
            raise Unreadable("reports a failure under a status of success")
        return name, record(answer.record, root)
    except Unreadable as error:
        why = str(error)
    except RecursionError:
        why = "is nested too deeply"
    start = body[:256].lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html")):
        why = "is an HTML page; is there a proxy in the way?"
    raise _bad(response, operation, why)


def _bad(response: HTTPResponse, operation: Operation, why: str) -> BadAnswer:
    from boto.parsers.errors import bad_answer

    return bad_answer(response, operation, why)
