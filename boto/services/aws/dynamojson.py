"""DynamoDB's dialect of `json`: where its description reaches an AttributeValue, calls have Python's values.

Nothing else of a body is touched: plans of what reaches none are the usual ones.
"""

from __future__ import annotations

from boto.core.errors import ConnectFailed
from boto.core.http import HTTPResponse
from boto.middleware.before import Prepare, Validate
from boto.middleware.retry import Retry
from boto.models.validate import Compiler, validate
from boto.parsers.awsjson import JsonParser
from boto.parsers.base import MODEL, SOURCE
from boto.services.aws import attributes
from boto.services.aws.sent import AskedForEndpoints
from boto.services.binding import behind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from boto.core.steps import Flow
    from boto.middleware.stack import Call, KnowingLayer, Layer, Middleware, Plan, Proceed
    from boto.models.description import Operation
    from boto.models.shapes import Shape
    from boto.models.validate import Check, Problems
    from boto.parsers.base import ErrorInfo, Form, Parser
    from boto.parsers.described import Plans, Read
    from boto.services.aws.dynamodb import DynamoDB

VALUE = "AttributeValue"


class RawAnswer(HTTPResponse):
    """The answer to a call that wants values as DynamoDB has them."""

    __slots__ = ()


class NativeCompiler(Compiler):
    """Validation that takes a Python value where the description has an AttributeValue."""

    def shape(self, shape: Shape) -> Check:
        return attributes.written if shape.name == VALUE else super().shape(shape)


def native_params(operation: Operation, params: dict[str, Any]) -> dict[str, Any]:
    """The parameters with attribute values, keyed by the source's names. Raises ParameterError."""
    check = operation.cache.get(NativeCompiler)
    if check is None:
        assert operation.input is not None
        check = operation.cache[NativeCompiler] = NativeCompiler(operation.snake).structure(operation.input)
    problems: Problems = []
    try:
        checked: dict[str, Any] = check(params, "", problems)
    except RecursionError:
        problems.append(("(parameters)", "nested too deeply, or containing themselves"))
        checked = {}
    if problems:
        from boto.core.errors import ParameterError

        raise ParameterError(operation.snake, problems)
    return checked


class Natives:
    """Checks parameters, and writes Python's values as attribute values unless the call says `native=False`."""

    def __init__(self, service: DynamoDB[Any]) -> None:
        self.service = service

    def bind(self, plan: Plan) -> Middleware | None:
        operation, usual = plan.operation, self.service.native

        def checked(call: Call, proceed: Proceed) -> Flow[HTTPResponse]:
            params, native = call.params, usual
            if "native" in params:
                params = params.copy()
                native = _switch(params.pop("native"), operation, usual)
            if not native:
                return _raw(proceed(call.asking(validate(operation, params))))
            if operation.input is None:
                return proceed(call.asking(validate(operation, params)))
            return proceed(call.asking(native_params(operation, params)))

        return checked


def _switch(value: Any, operation: Operation, usual: bool) -> bool:
    if value is None:
        return usual
    if not isinstance(value, bool):
        from boto.core.errors import ParameterError

        raise ParameterError(operation.snake, [("native", "must be True or False")])
    return value


def _raw(flow: Flow[HTTPResponse]) -> Flow[HTTPResponse]:
    response = yield from flow
    return RawAnswer(response.status, response.headers, response.body)


class Undamaged:
    """Asks again when an answer's CRC-32 is not the one that DynamoDB tells of it.

    It is that of the bytes on the way: of a compressed answer nothing can be said once it is unpacked.
    """

    @staticmethod
    def bind(plan: Plan) -> Middleware | None:
        return Undamaged.checked

    @staticmethod
    def checked(call: Call, proceed: Proceed) -> Flow[HTTPResponse]:
        response = yield from proceed(call)
        told = response.headers.get("x-amz-crc32")
        if told is not None and "content-encoding" not in response.headers:
            from zlib import crc32

            if str(crc32(response.body)) != told:
                raise ConnectFailed("the answer was damaged on its way", call.endpoint.url, sent=True)
        return response


def stack(service: DynamoDB[Any]) -> Sequence[type[Layer] | KnowingLayer]:
    """The usual stack, but for parameters with Python's values and answers with a checksum."""
    changed: dict[Any, list[Any]] = {Validate: [Natives(service)], Prepare: [Prepare, AskedForEndpoints]}
    return [one for layer in behind(Retry, Undamaged) for one in changed.get(layer, [layer])]


class NativeParser(JsonParser):
    """Answers with Python's values; in the form SOURCE, and where the call asked for it, with DynamoDB's."""

    def __init__(self, usual: Parser, numbers: str) -> None:
        self._raw = RawParser()
        self.usual = usual
        self.variety = self.numbers = numbers

    def parse(self, response: HTTPResponse, operation: Operation, form: Form) -> tuple[Any, str | None]:
        if form == SOURCE:
            return self.usual.parse(response, operation, form)
        if type(response) is RawAnswer:
            return self._raw.parse(response, operation, form)
        return super().parse(response, operation, form)

    def parse_error(self, response: HTTPResponse, operation: Operation, form: Form = MODEL) -> ErrorInfo:
        if type(response) is RawAnswer:
            return self._raw.parse_error(response, operation, form)
        return super().parse_error(response, operation, form)

    def plans(self, form: Form) -> Plans:
        one, many = attributes.readers(self.numbers)
        return _plans(form, self, lambda shape: many if shape.value is not None else one)


class RawParser(JsonParser):
    """Answers in which attribute values are spelled as the source has them, `{"S": "a"}`, in every form."""

    def plans(self, form: Form) -> Plans:
        from boto.parsers.described import Plans as Usual

        return _plans(form, self, Usual(SOURCE, self.leaf).of)


def _plans(form: Form, parser: JsonParser, value: Any) -> Plans:
    """The plans of a form, but for attribute values and maps of them."""
    from boto.parsers.described import Plans as Usual

    class Values(Usual):
        __slots__ = ()

        def _make(self, shape: Shape) -> Read | None:
            held = shape if shape.value is None else shape.value.shape
            found: Read | None = value(shape) if held.name == VALUE else super()._make(shape)
            return found

    return Values(form, parser.leaf)
