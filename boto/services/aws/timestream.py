"""Timestream: calls go to a cell of the service, which DescribeEndpoints names for as long as it says.

The answer is shared by all calls of a service object, and asked for by one of them at a time. Where an endpoint
was given by hand, that is where calls go.
"""

from __future__ import annotations

from time import monotonic

from boto.core.steps import Once
from boto.middleware.before import Prepare
from boto.services.aws.sent import AskedForEndpoints
from boto.services.base import Service
from boto.services.binding import DEFAULT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeVar

    from boto.core.http import HTTPResponse
    from boto.core.steps import Flow
    from boto.middleware.stack import Call, Middleware, Plan, Proceed

    M = TypeVar("M")
else:
    M = None


class Cells:
    """Sends calls to the cell that the service names."""

    def __init__(self, service: Timestream[Any]) -> None:
        self.service = service
        self._address = ""
        self._until = 0.0

    def bind(self, plan: Plan) -> Middleware | None:
        settings, traits = self.service._settings, self.service.description.traits
        given = settings.endpoint_url(traits.get("service_id") or self.service.name)
        return self if plan.operation.traits.get("discovery") == "required" and given is None else None

    def __call__(self, call: Call, proceed: Proceed) -> Flow[HTTPResponse]:
        if monotonic() >= self._until:
            yield from Once((id(self), "cell"), self._asked)
        scheme, mark, rest = call.request.url.partition("://")
        path = rest[len(rest.partition("/")[0]) :]
        return (
            yield from proceed(call.sending(call.request.replace(url=f"{scheme}{mark}{self._address}{path}")))
        )

    def _asked(self) -> Flow[None]:
        from boto.calls.request import Request

        response = yield from Request(self.service, "DescribeEndpoints").send()
        told = response.parse("model")["endpoints"]
        if not told:
            from boto.core.errors import BadAnswer

            raise BadAnswer("describe_endpoints: the service names no endpoint")
        self._address = told[0]["address"]
        self._until = monotonic() + 60 * told[0]["cache_period_in_minutes"]


class Timestream(Service[M]):
    """Amazon Timestream, to write and to query."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        at = DEFAULT.index(Prepare) + 1
        self.stack = (*DEFAULT[:at], AskedForEndpoints, Cells(self), *DEFAULT[at:])
