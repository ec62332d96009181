"""A Request: some action to be performed by a service."""

from __future__ import annotations

from time import monotonic

from boto.calls.response import Response
from boto.middleware.stack import Call, Prepared
from boto.parsers.base import Metadata

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from boto.core.http import HTTPRequest
    from boto.core.steps import Flow
    from boto.middleware.stack import Plan


class Request:
    """An operation of a service with its parameters, in either spelling.

    `send()` and `prepare()` are flows, for use inside flows; outside, hand the request to `service.send` or
    `service.prepare`.
    """

    __slots__ = ("operation", "params", "service", "url")

    def __init__(self, service: Any, operation: Any, /, **params: Any) -> None:
        self.service = service
        self.operation: Any = service._operations.get(operation) or service.operation(operation)
        self.params = params
        self.url: str | None = None  # a link to follow, for services that page by links

    def add_list(self, name: str, items: Iterable[Any]) -> Request:
        """Sets a list parameter; gives the request itself."""
        self.params[name] = list(items)
        return self

    def send(self) -> Flow[Response]:
        """Sends the request through all the middleware; the response may still be an error."""
        service, operation = self.service, self.operation
        plan: Plan | None = service._plans.get(operation.name)
        if plan is None:
            plan = yield from service.plan(operation)
        metadata = Metadata(monotonic())
        http = yield from plan.proceed(Call(plan, self.params, metadata, self.url))
        metadata.status = http.status
        metadata.headers = http.headers
        response = Response(self, http, metadata, plan)
        if plan.events is not None and http.status < 300:
            from boto.calls.streams import begin

            yield from begin(response)
        return response

    def prepare(self) -> Flow[HTTPRequest]:
        """The HTTP request as it would be sent now, signed."""
        plan: Plan = yield from self.service.plan(self.operation)
        try:
            yield from plan.prepare(Call(plan, self.params, Metadata(monotonic()), self.url))
        except Prepared as found:
            return found.request
        raise AssertionError("the stack for preparing ended in an answer")

    def __repr__(self) -> str:
        return f"<Request {self.operation.name} on {self.service.name}>"
