"""Headers that a service wants with every request, and its description does not have."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from boto.core.http import HTTPResponse
    from boto.core.steps import Flow
    from boto.middleware.stack import Call, Middleware, Plan, Proceed


class Sent:
    """Adds headers that are not there. Comes after the request is prepared."""

    def __init__(self, **headers: str) -> None:
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}

    def bind(self, plan: Plan) -> Middleware | None:
        return self

    def __call__(self, call: Call, proceed: Proceed) -> Flow[HTTPResponse]:
        request = call.request
        missing = {name: value for name, value in self.headers.items() if name not in request.headers}
        return proceed(call.sending(request.replace(headers=request.headers.merged(missing))))


class AskedForEndpoints:
    """The version of the API, which an operation wants that tells endpoints. Comes after the request is prepared."""

    @staticmethod
    def bind(plan: Plan) -> Middleware | None:
        version = plan.operation.description.version
        return Sent(x_amz_api_version=version) if plan.operation.traits.get("discovers") else None
