"""Machine Learning: predictions are asked for at the endpoint of their model."""

from __future__ import annotations

from boto.middleware.before import Prepare
from boto.services.base import Service
from boto.services.binding import behind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeVar

    from boto.core.http import HTTPResponse
    from boto.core.steps import Flow
    from boto.middleware.stack import Call, Middleware, Plan, Proceed

    M = TypeVar("M")
else:
    M = None


class PredictEndpoint:
    """Sends a call to the host that its parameters name. Comes after the request is prepared."""

    @staticmethod
    def bind(plan: Plan) -> Middleware | None:
        members = plan.operation.input.members if plan.operation.input is not None else {}
        return PredictEndpoint.sent if "PredictEndpoint" in members else None

    @staticmethod
    def sent(call: Call, proceed: Proceed) -> Flow[HTTPResponse]:
        endpoint = call.params["PredictEndpoint"]
        scheme, mark, host = endpoint.rpartition("://")
        path = call.request.url.partition("://")[2].partition("/")[2]
        url = f"{scheme or 'https'}{mark or '://'}{host.partition('/')[0]}/{path}"
        return proceed(call.sending(call.request.replace(url=url)))


class MachineLearning(Service[M]):
    """Amazon Machine Learning."""

    stack = behind(Prepare, PredictEndpoint)
