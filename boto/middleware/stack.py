"""The stack: what surrounds every exchange, outermost first, and what travels through it.

A *plan* is everything about an operation on one service that does not depend on its arguments; it is bound
once. A *call* is one use of it, frozen: a middleware that changes something passes a changed copy on, so
nothing leaks from one attempt into the next. A middleware is a function of the call and of what comes next:

    def shout(call: Call, proceed: Proceed) -> Flow[HTTPResponse]:
        response = yield from proceed(call.sending(louder(call.request)))
        return response

and its class decides with `bind(plan)` whether it has anything to do for an operation: None leaves it out.
"""

from __future__ import annotations

from time import monotonic

from boto.core.steps import Read, Send

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import Any, Final, TypeAlias
    from typing import Protocol as Seam

    from boto.auth.base import Signer
    from boto.auth.cache import CredentialCache
    from boto.core.http import HTTPRequest, HTTPResponse
    from boto.core.steps import Flow
    from boto.endpoints.base import Endpoint
    from boto.middleware.retry import RetryPolicy
    from boto.models.description import Operation
    from boto.models.shapes import Member
    from boto.parsers.base import Metadata, Parser
    from boto.serializers.base import Serializer

    Proceed: TypeAlias = Callable[["Call"], Flow[HTTPResponse]]

    class Protocol(Seam):
        """The rules of one protocol: how params become HTTP, and how answers become values."""

        @property
        def serializer(self) -> Serializer: ...
        @property
        def parser(self) -> Parser: ...

    class Middleware(Seam):
        def __call__(self, call: Call, proceed: Proceed) -> Flow[HTTPResponse]: ...

    class Layer(Seam):
        """What a stack is made of."""

        @staticmethod
        def bind(plan: Plan) -> Middleware | None: ...

    class KnowingLayer(Seam):
        """A layer that was made for one service, and knows it."""

        def bind(self, plan: Plan, /) -> Middleware | None: ...


class Signing:
    """How a plan proves its identity: a signer, and the service and region as signing spells them."""

    __slots__ = ("options", "region", "service", "signer")

    def __init__(self, signer: Signer, service: str, region: str, options: dict[str, Any]) -> None:
        self.signer: Final = signer
        self.service: Final = service
        self.region: Final = region
        self.options: Final = options


class Plan:
    """One operation of one service, bound: what a call needs besides its arguments.

    `endpoint` is an Endpoint, or a function from a call's parameters to one where they decide.
    """

    __slots__ = (
        "credentials", "endpoint", "events", "operation", "parser", "prepare", "presign", "proceed", "protocol",
        "repeatable", "retries", "settings", "signing", "stack", "stream", "timeout", "user_agent",
    )  # fmt: skip
    stack: Sequence[type[Layer] | KnowingLayer]
    proceed: Proceed
    prepare: Proceed
    presign: Proceed  # composed when the first URL is asked for
    parser: Parser

    def __init__(
        self,
        operation: Operation,
        *,
        protocol: Protocol,
        endpoint: Endpoint | Callable[[dict[str, Any]], Endpoint],
        signing: Callable[[Endpoint], Signing] | None,
        credentials: CredentialCache | None,
        retries: RetryPolicy,
        repeatable: bool,
        timeout: float | None,
        user_agent: str,
        stream: bool,
        settings: Callable[[str], Any] | None = None,
        events: Member | None = None,
    ) -> None:
        self.operation: Final = operation
        self.protocol: Final = protocol
        self.endpoint: Final = endpoint
        self.signing: Final = signing
        self.credentials: Final = credentials
        self.retries: Final = retries
        self.repeatable: Final = repeatable
        self.timeout: Final = timeout
        self.user_agent: Final = user_agent
        self.stream: Final = stream
        self.settings: Final = settings  # the value of a setting by its name
        self.events: Final = events  # the member of the output that is a stream of events

    def __getattr__(self, name: str) -> Any:
        """The protocol's parser, loaded when the first answer is there to be read, and kept."""
        if name != "parser":
            raise AttributeError(name)
        self.parser = self.protocol.parser
        return self.parser


class Call:
    """A request on its way. `request` and `endpoint` are there from Prepare on."""

    __slots__ = ("endpoint", "metadata", "params", "plan", "request", "url")
    request: HTTPRequest
    endpoint: Endpoint

    def __init__(
        self,
        plan: Plan,
        params: dict[str, Any],
        metadata: Metadata,
        url: str | None = None,
    ) -> None:
        self.plan: Final = plan
        self.params: Final = params
        self.metadata: Final = metadata
        self.url: Final = url  # a link to follow instead of what the endpoint and the URI template give

    def asking(self, params: dict[str, Any]) -> Call:
        """This call with other parameters, before it is prepared."""
        return Call(self.plan, params, self.metadata, self.url)

    def sending(self, request: HTTPRequest, endpoint: Endpoint | None = None) -> Call:
        """This call with another HTTP request."""
        copy = Call(self.plan, self.params, self.metadata, self.url)
        copy.request = request
        copy.endpoint = self.endpoint if endpoint is None else endpoint
        return copy


class Prepared(BaseException):
    """Ends the flow of a request that is only prepared: there is no answer for the stack to look at."""

    def __init__(self, request: HTTPRequest) -> None:
        self.request = request


def exchange(call: Call) -> Flow[HTTPResponse]:
    """The innermost flow: one HTTP exchange."""
    timeout = call.plan.timeout
    if timeout is None:
        response = yield from Send(call.request, call.plan.stream)
    else:
        left = max(call.metadata.started + timeout - monotonic(), 0.001)
        response = yield from Send(call.request, call.plan.stream, left)
    if response.stream is not None and response.status >= 300:
        return (yield from _whole(response))
    return response


def _whole(response: HTTPResponse) -> Flow[HTTPResponse]:
    """An answer of failure with its body: what is streamed is the body of a success, an error is read at once."""
    from boto.core.http import HTTPResponse as Read_

    assert response.stream is not None
    body = yield from Read(response.stream)
    return Read_(response.status, response.headers, body)


def compose(stack: Iterable[type[Layer] | KnowingLayer], plan: Plan, innermost: Proceed) -> Proceed:
    """One function that runs a call through the stack."""
    proceed = innermost
    for layer in reversed(list(stack)):
        middleware = layer.bind(plan)
        if middleware is not None:
            proceed = _around(middleware, proceed)
    return proceed


def _around(middleware: Middleware, proceed: Proceed) -> Proceed:
    def layered(call: Call) -> Flow[HTTPResponse]:
        return middleware(call, proceed)

    return layered
