"""SQS: messages arrive as they were sent, and a queue's URL tells where it is.

SQS answers with MD5 digests of what it was sent, and of what it hands out (the developer guide's page "Amazon SQS
message metadata"): they are compared, unless `sqs={"verify_digests": False}`. A queue of another region than the one
set is asked where it lives, for its URL says so; a URL of any other host changes nothing.
"""

from __future__ import annotations

from boto.core.http import HTTPResponse
from boto.endpoints.base import Endpoint
from boto.middleware.before import Prepare, Validate
from boto.services.aws.options import switch
from boto.services.base import Service
from boto.services.binding import DEFAULT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeVar

    from boto.core.steps import Flow
    from boto.middleware.stack import Call, Middleware, Plan, Proceed, Protocol
    from boto.models.description import Operation

    M = TypeVar("M")
else:
    M = None

_DIGESTED = ("SendMessage", "SendMessageBatch", "ReceiveMessage")


class SQS(Service[M]):
    """Amazon Simple Queue Service."""

    own_options = {"verify_digests": ()}

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        added: dict[Any, tuple[Any, ...]] = {
            Validate: (Validate, KeptParameters),
            Prepare: (Prepare, QueueRegion(self)),
        }
        self.stack = [one for layer in DEFAULT for one in added.get(layer, (layer,))]

    def dialect(self, protocol: Protocol, operation: Operation) -> Protocol:
        if operation.name not in _DIGESTED or switch(self, "verify_digests") is False:
            return protocol
        from boto.services.aws.dialect import finished
        from boto.services.aws.sqsdigests import verified

        return finished(protocol, verified)


class AnswerToMessages(HTTPResponse):
    """An answer that knows what was sent."""

    __slots__ = ("params",)
    params: dict[str, Any]


class KeptParameters:
    """Hands on what was sent, for the digests in the answer are of that. Comes after validation."""

    @staticmethod
    def bind(plan: Plan) -> Middleware | None:
        return KeptParameters.kept if plan.operation.name.startswith("SendMessage") else None

    @staticmethod
    def kept(call: Call, proceed: Proceed) -> Flow[HTTPResponse]:
        response = yield from proceed(call)
        if response.status != 200:
            return response
        answer = AnswerToMessages(response.status, response.headers, response.body)
        answer.params = call.params
        return answer


class QueueRegion:
    """Sends a call to the region of its queue. Comes after the request is prepared."""

    def __init__(self, service: SQS[Any]) -> None:
        self.service = service
        self.known: dict[str, Endpoint] = {}

    def bind(self, plan: Plan) -> Middleware | None:
        members = plan.operation.input.members if plan.operation.input is not None else {}
        return self if "QueueUrl" in members else None

    def __call__(self, call: Call, proceed: Proceed) -> Flow[HTTPResponse]:
        queue, usual = call.params["QueueUrl"], call.endpoint.url
        if queue.startswith(usual):
            return proceed(call)
        host = queue.partition("://")[2].partition("/")[0]
        endpoint = self.known.get(host) or self.of(host, call.plan.operation)
        if endpoint is None:
            return proceed(call)
        self.known[host] = endpoint
        url = endpoint.url + call.request.url[len(usual) :]
        return proceed(call.sending(call.request.replace(url=url), endpoint))

    def of(self, host: str, operation: Operation) -> Endpoint | None:
        """The endpoint with this host, if it is one of SQS: that of a region which the host names."""
        name, _, rest = host.partition(".")
        region = rest.partition(".")[0]
        if name != "sqs" or "-" not in region or not region.replace("-", "").isalnum():
            return None
        there = self.service.with_options(region=region)
        found: Any = there.provider.endpoint(there, operation)
        if callable(found) or found.url.partition("://")[2] != host:
            return None
        return Endpoint(found.url, found.headers, [{"name": "sigv4", "region": region}], found.properties)
