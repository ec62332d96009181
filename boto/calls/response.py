"""A Response: what came back, read into native values, and the way to the next page."""

from __future__ import annotations

from boto.parsers.base import FORMS, MODEL, WIRE, Result, ResultList, form_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from boto.calls.request import Request
    from boto.calls.streams import Frames
    from boto.core.errors import ServiceError
    from boto.core.http import HTTPResponse
    from boto.middleware.stack import Plan
    from boto.parsers.base import ErrorInfo, Form, Metadata


class Response:
    """The answer to a request. `http` is the message, `metadata` what surrounded it."""

    __slots__ = ("_error", "_metadata", "_values", "frames", "http", "plan", "request")

    def __init__(self, request: Request, http: HTTPResponse, metadata: Metadata, plan: Plan) -> None:
        self.request = request
        self.http = http
        self._metadata = metadata
        self.plan = plan
        self._values: dict[Form, Any] = {}
        self._error: ServiceError | None = None
        self.frames: Frames | None = None  # of an answer that is a stream of events

    @property
    def metadata(self) -> Metadata:
        """Request id, status, headers, attempts. The body has the last word on the request id."""
        if self._metadata.request_id is None:
            self._metadata.request_id = self.plan.parser.request_id(self.http)
        return self._metadata

    def parse(self, form: Form = WIRE) -> Any:
        """The answer as native values, a dict or a list with `.metadata`.

        `form` is `wire` (the service's own element names in snake_case, with the envelope), `model` (the
        description's member names in snake_case) or `source` (as the description spells them). Raises the
        ServiceError if the answer is one, BadAnswer if it cannot be read.
        """
        value = self._values.get(form)
        if value is not None:
            return value
        if form not in FORMS:
            return self.parse(form_of(form))
        if self.http.status >= 300:
            error = self.error()
            if error is not None:
                raise error
        parsed, request_id = self.plan.parser.parse(self.http, self.plan.operation, form)
        if request_id is not None:
            self._metadata.request_id = request_id
        if isinstance(parsed, dict):
            if self.http.stream is not None:
                from boto.calls.bodies import hold

                hold(parsed, self.http.stream, self.request.service.connection)
            value = Result(parsed)
        elif isinstance(parsed, list):
            value = ResultList(parsed)
        else:
            return parsed  # a text or a number, from a service that nobody described
        value.metadata = self._metadata
        if self.frames is not None and isinstance(value, dict):
            from boto.calls.streams import add_stream

            add_stream(self, value, form)
        self._values[form] = value
        return value

    def error(self) -> ServiceError | None:
        """What the service says went wrong, as an error to raise; None for a success."""
        if self.http.status < getattr(self.plan.parser, "failure", 400):
            return None
        if self._error is None:
            self._error = self.failure(self.plan.parser.parse_error(self.http, self.plan.operation))
        return self._error

    def failure(self, info: ErrorInfo) -> ServiceError:
        """The error to raise for what an answer, or a part of it, says went wrong."""
        if info.request_id:
            self._metadata.request_id = info.request_id
        from boto.core.http import redact_text

        error: type[ServiceError] = self.request.service.errors.of(info, self.http.status)
        return error(
            redact_text(info.message),
            code=info.code,
            status=self.http.status,
            request_id=self.metadata.request_id,
            operation=f"{self.request.service.name}.{self.plan.operation.snake}",
            metadata=self.metadata,
            fields={
                name: redact_text(value) if isinstance(value, str) else value
                for name, value in info.fields.items()
            },
        )

    def next_request(self) -> Request | None:
        """The request for the next page; None after the last, and for operations that do not page."""
        if self.plan.operation.paging is None:
            return None
        from boto.calls.paging import following

        return following(self.request, self.parse(MODEL), self.http)

    def __repr__(self) -> str:
        return f"<Response {self.http.status} to {self.request.operation.name}>"
