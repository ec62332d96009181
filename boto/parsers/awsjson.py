"""AWS's JSON answers: the protocol `json`, and what `rest-json` reads bodies with.

An error is named by the header `x-amzn-errortype`, or in the body by `__type` or `code`, in one of

    FooError      aws.service#FooError      FooError:http://internal.example/     and both together

A service that once spoke `query` tells in `x-amzn-query-error` which code (`Code;Sender`) it had then.
"""

from __future__ import annotations

from boto.models.shapes import BODY
from boto.parsers.base import MODEL, WIRE, ErrorInfo

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from boto.core.http import HTTPResponse
    from boto.models.description import Operation
    from boto.models.shapes import Shape
    from boto.parsers.base import Form
    from boto.parsers.described import Plans, Read


class JsonParser:
    """Answers of the `json` protocol."""

    # Whether members may travel elsewhere than in the body. What else a description says of it is not of here.
    rest = False
    # Members of an error's body that tell its code, in their order.
    codes = ("__type", "code", "Code")
    # What parsers of one class read in different ways; readers are kept apart by it.
    variety: Any = None

    def parse(self, response: HTTPResponse, operation: Operation, form: Form) -> tuple[Any, str | None]:
        """The answer's value and its request id. Raises BadAnswer when the body cannot be read."""
        output = operation.output
        if output is None:
            return {}, self.request_id(response)
        key = (type(self), self.variety, form)
        read = operation.cache.get(key)
        if read is None:
            read = operation.cache[key] = self.compile(output, form)
        from boto.parsers.described import Unreadable
        from boto.parsers.errors import bad_answer

        try:
            return read(response), self.request_id(response)
        except Unreadable as error:
            why = str(error)
        except RecursionError:
            why = "is nested too deeply"
        raise bad_answer(response, operation, why)

    def request_id(self, response: HTTPResponse) -> str | None:
        """The request id as far as the headers tell it."""
        from boto.parsers.errors import header_id

        return header_id(response)

    def parse_error(self, response: HTTPResponse, operation: Operation, form: Form = MODEL) -> ErrorInfo:
        """What an answer of failure says; its modelled members in a form. Never raises."""
        from boto.parsers.described import Unreadable
        from boto.parsers.errors import plain_error

        request_id = self.request_id(response)
        try:
            body = self.decode(response.body) or {}
        except (Unreadable, RecursionError):
            body = None
        if type(body) is not dict:
            plain = plain_error(response, request_id)
            body, message = {}, plain.message
        else:
            message = _text(body, ("message", "Message", "errorMessage"))
        code = _code(str(response.headers.get("x-amzn-errortype", "")) or _text(body, self.codes))
        fields = self._fields(response, operation, code, form)
        query = str(response.headers.get("x-amzn-query-error", "")).partition(";")[0]
        return ErrorInfo(query or code or str(response.status), message, request_id, fields, name=code)

    def _fields(self, response: HTTPResponse, operation: Operation, code: str, form: Form) -> dict[str, Any]:
        from boto.parsers.described import Unreadable
        from boto.parsers.errors import _shape

        shape = _shape(code, operation)
        if shape is None:
            return {}
        try:
            found: dict[str, Any] = self.compile(shape, form, ())(response)
        except (Unreadable, RecursionError):
            return {}
        return found

    def compile(self, shape: Shape, form: Form, lists: tuple[str, ...] | None = None) -> Read:
        """The reader of an answer of this shape. `lists` are the keys that it adds when they are missing."""
        body = self.body(shape, form)
        added = self._expected(shape, form) if lists is None else lists

        def answer(response: HTTPResponse) -> Any:
            value = body(response.body)
            for key in added:
                if key not in value:
                    value[key] = []
            return value

        return answer

    def body(self, shape: Shape, form: Form) -> Read:
        """The reader of a body that holds the members of a structure."""
        from boto.parsers.described import Unreadable, structure

        plans = self.plans(form)
        rows = plans.members(shape, self.rest)
        if not rows and form != WIRE:
            return lambda content: {}
        read, decode = structure(rows, form == WIRE), self.decode

        def body(content: bytes) -> Any:
            value = decode(content)
            if value is None:
                return {}
            if type(value) is not dict:
                raise Unreadable("is no object")
            return read(value)

        return body

    def plans(self, form: Form) -> Plans:
        """The reading plans of one operation in a form."""
        from boto.parsers.described import Plans

        return Plans(form, self.leaf)

    def _expected(self, shape: Shape, form: Form) -> tuple[str, ...]:
        """The keys of lists that MODEL adds when an answer leaves them out; a union has exactly what it has."""
        if form != MODEL or shape.kind == "union":
            return ()
        return tuple(
            member.snake
            for member in shape.members.values()
            if member.shape.kind == "list" and (not self.rest or member.location == BODY)
        )

    def leaf(self, shape: Shape) -> Read | None:
        """The reader of a scalar; None when it is read as it is."""
        from boto.parsers import described

        kind = shape.kind
        if kind == "timestamp":
            return described.timestamp()
        if kind == "blob":
            return _blob
        return {
            "float": described.number, "double": described.number, "integer": described.integer,
            "long": described.integer, "boolean": described.boolean,
        }.get(kind)  # fmt: skip

    def decode(self, body: bytes) -> Any:
        """Decoded JSON, None for an empty body. Raises Unreadable."""
        from boto.parsers.described import Unreadable

        if not body or body.isspace():
            return None
        from json import loads

        try:
            return loads(body)
        except ValueError as error:  # also of bytes that are no text
            why = f"is no JSON ({type(error).__name__})"
            start = body[:256].lstrip().lower()
            if start.startswith((b"<!doctype html", b"<html")):
                why = "is an HTML page; is there a proxy in the way?"
        raise Unreadable(why)


def _blob(value: Any) -> Any:
    if type(value) is not str:
        return value
    from binascii import a2b_base64

    try:
        return a2b_base64(value)
    except ValueError:
        return value


def _text(body: dict[str, Any], names: tuple[str, ...]) -> str:
    """The first of these members that is a text, or a number of an API that numbers its errors."""
    return next((str(body[name])[:2000] for name in names if isinstance(body.get(name), str | int)), "")


def _code(text: str) -> str:
    """The code alone: what stands after a namespace and before a URI."""
    return text.partition(":")[0].rpartition("#")[2].strip()
