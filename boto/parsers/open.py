"""Answers to operations written by hand: nobody described them, so they are read by what they look like."""

from __future__ import annotations

from boto.parsers.errors import bad_answer, xml_error
from boto.parsers.infer import NotInferred, infer
from boto.parsers.rest import RestParser

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from boto.core.http import HTTPResponse
    from boto.models.description import Operation
    from boto.parsers.base import ErrorInfo, Form


class OpenParser(RestParser):
    """Answers in JSON, XML or text. Their values are the same in every form."""

    def parse(self, response: HTTPResponse, operation: Operation, form: Form) -> tuple[Any, str | None]:
        """The answer's value and its request id. Raises BadAnswer for XML and JSON that cannot be read."""
        try:
            value = infer(response.body, response.headers.get("content-type", ""))
        except NotInferred as error:
            raise bad_answer(response, operation, str(error)) from None
        return value, self.request_id(response)

    def parse_error(self, response: HTTPResponse, operation: Operation) -> ErrorInfo:
        """What an answer of failure says. Never raises."""
        if response.body.lstrip()[:1] == b"<":
            return xml_error(response, operation, self.request_id(response))
        return super().parse_error(response, operation)
