"""Service: an API of a provider. Bound to a session and a connection it is what users hold.

A subclass declares; the factory adds one method for each described operation:

    class Fog(boto.Service):
        name = "fog"
        endpoint = "https://api.{region}.fog.example"
        signer = FogSigner()
        description = "boto_fog:openapi.json"
"""

from __future__ import annotations

from boto.services.provider import Provider

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any, Generic, Self

    from typing_extensions import TypeVar  # with defaults, PEP 696

    from boto.auth.base import Signer
    from boto.auth.cache import CredentialCache
    from boto.calls.errors import ServiceErrors
    from boto.calls.flow import Blocking, Performs
    from boto.calls.paging import Pages
    from boto.calls.request import Request
    from boto.calls.waiting import Waiter
    from boto.config.sources import Sources
    from boto.core.steps import Flow
    from boto.middleware.stack import KnowingLayer, Layer, Plan, Protocol
    from boto.models.description import Operation
    from boto.parsers.base import Form
    from boto.services.operations import Operations

    M = TypeVar("M", default=Blocking)

    class _Base(Performs[M], Generic[M]):
        def __getattr__(self, name: str) -> Callable[..., Any]:
            """Every described operation is a method."""
            ...

    # To a checker a kept value is a property; at run time it must not be one, see below.
    kept = property
else:
    M = None

    class _Base:
        """What its calls give (a value, an awaitable) is a parameter of a service to checkers alone."""

        def __class_getitem__(cls, item):
            return cls

    class kept:  # noqa: N801 - a decorator, spelled as one
        """Worked out when it is first asked for, and an attribute from then on. A property would stay in its way."""

        def __init__(self, function):
            self.function = function
            self.__doc__ = function.__doc__

        def __get__(self, service, owner=None):
            if service is None:
                return self
            made = self.function(service)
            service.__dict__[self.function.__name__] = made
            return made


class Service(_Base[M]):
    """An API of a provider, ready to be called.

    Every described operation is a method that takes the operation's members as keywords, in snake_case or as
    the description spells them, and gives a dict (an awaitable of it on asyncio). Made by a Session.
    """

    name: str = ""
    provider: Provider = Provider()
    protocol: str = ""
    endpoint: str | None = None
    signer: str | Signer | None = None
    description: Any = None  # declared as a dict, a path or `package:file`; on a service a Description
    stack: Sequence[type[Layer] | KnowingLayer] | None = None
    form: Form = "model"
    # What only this service can be told, `s3={"addressing_style": "path"}`: names, and the values if they are few.
    own_options: Mapping[str, Sequence[str]] = {}

    def __init__(self, session: Any, settings: Sources, connection: Callable[[], Any]) -> None:
        self.session = session
        self._settings = settings
        self._connect = connection
        self._operations: dict[Any, Operation] = {}
        self._plans: dict[str, Plan] = {}
        form = settings.get("form")
        if form is not None:
            self.form = form

    @kept
    def connection(self) -> Any:
        """The connection that performs this service's flows; made when it is first needed."""
        return self._connect()

    @kept
    def credentials(self) -> CredentialCache | None:
        """Where the credentials of calls come from."""
        made: CredentialCache | None = self.session.credentials(self)
        return made

    @property
    def region(self) -> str | None:
        """The region calls go to; None when nothing says which."""
        region: str | None = self._settings.get("region")
        return region

    @property
    def api(self) -> Api:
        """Every operation by its full name, also one whose name a service object needs for itself."""
        return Api(self)

    @property
    def errors(self) -> ServiceErrors:
        """The modelled errors of this service: `except c.errors.NoSuchKey`."""
        return self.modelled_errors()

    @classmethod
    def modelled_errors(cls) -> ServiceErrors:
        """One object for a class, so that each error is one class in a process."""
        made: ServiceErrors | None = cls.__dict__.get("_errors")
        if made is None:
            from boto.calls.errors import ServiceErrors as Errors

            made = Errors(cls.name, cls.description, cls.provider.error_codes)
            setattr(cls, "_errors", made)  # noqa: B010 - private to each class, so that none is declared
        return made

    @property
    def operations(self) -> Operations:
        """The described operations by their snake_case names."""
        from boto.services.operations import Operations as Found

        return Found(self.description)

    def operation(self, name: Any) -> Operation:
        """The operation of this name in either spelling. Raises UnknownOperation with the nearest name."""
        found = self._operations.get(name)
        if found is None:
            found = self.description.find(name) if isinstance(name, str) else None
            if found is None:
                from boto.services.operations import operation_of

                found = operation_of(self, name)
            self._operations[name] = found
        return found

    def request(self, operation: Any, /, **params: Any) -> Request:
        """A request for an operation, to be changed before `send` or `prepare`."""
        from boto.calls.request import Request

        return Request(self, operation, **params)

    def prepare(self, request: Request) -> Any:
        """The signed HTTPRequest for a request, without sending it."""
        return self.connection.run(request.prepare())

    def send(self, request: Request) -> Any:
        """Sends a request; gives the Response."""
        return self.connection.run(request.send())

    def call(self, operation: Any, /, **params: Any) -> Any:
        """Calls an operation by name, in either spelling."""
        return self.connection.run(call(self, operation, params))

    def presign(self, operation: Any, params: dict[str, Any] | None = None, expires_in: int = 3600) -> Any:
        """A URL that calls the operation for whoever has it, for so many seconds (a week at most).

        A str with `method`, `headers` and `body`, which go with it, and `expires_at` in unix seconds. It holds no
        longer than the credentials that sign it; when that is sooner, a warning says so.
        """
        from boto.calls.presign import presign

        return self.connection.run(presign(self, operation, params, expires_in))

    def pages(self, operation: Any, /, **params: Any) -> Pages:
        """The operation's answers page by page; `.items()` for the items in them."""
        from boto.calls.paging import Pages

        return Pages(self, operation, params)

    def waiter(
        self,
        name: str,
        /,
        delay: float | None = None,
        max_attempts: int | None = None,
        timeout: float | None = None,
    ) -> Waiter:
        """A waiter of the description: `c.waiter("instance_running").wait(instance_ids=[...])`."""
        from boto.calls.waiting import Waiter
        from boto.services.operations import waiter_of

        return Waiter(self, name, waiter_of(self, name), delay, max_attempts, timeout)

    def until(
        self,
        operation: Any,
        params: dict[str, Any],
        path: str,
        value: Any,
        fail: Sequence[Any] = (),
        timeout: float | None = None,
        every: float | None = None,
    ) -> Any:
        """Asks every `every` seconds (5) until what `path` finds in the answer is `value`; gives that answer.

        Raises WaiterError when it is one of `fail`, or after `timeout` seconds (300).
        """
        from boto.calls.waiting import until

        return self.connection.run(until(self, operation, params, path, value, fail, timeout, every))

    def with_options(self, **options: Any) -> Self:
        """A copy with other options, which shares everything that they do not change."""
        try:
            copy: Self = self.session.varied(self, options)
        finally:
            options.clear()  # what was said is not for the local variables of a traceback
        return copy

    def dialect(self, protocol: Protocol, operation: Operation) -> Protocol:
        """For subclasses: the protocol an operation is spoken in, where it is not just as its rules say."""
        return protocol

    def stack_for(self, operation: Operation) -> Sequence[type[Layer] | KnowingLayer] | None:
        """For subclasses: what surrounds the exchanges of an operation; None for the usual."""
        return self.stack

    def plan(self, operation: Operation) -> Flow[Plan]:
        """What a call of this operation needs besides its arguments, bound once."""
        plan = self._plans.get(operation.name)
        if plan is None:
            from boto.services.binding import bind

            plan = self._plans[operation.name] = yield from bind(self, operation)
        return plan

    def close(self) -> Any:
        """Closes the connections of the session, unless one was given; awaitable on asyncio.

        Services of one session share them. A later call opens them again.
        """
        return self.session.release(self)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    def __reduce__(self) -> Any:
        return self.session.restoring(self)

    def __repr__(self) -> str:
        from boto.core.errors import ConfigError

        try:
            region, where = self.region, self.provider.where(self)
        except ConfigError:  # whoever looks at a service in a debugger wants no error for it; the call has it
            return f"<{self.name} service, settings that cannot be used>"
        place = f"region {region}" if region else "no region"
        return f"<{self.name} service, {place}, {f'endpoint {where}' if where else 'no endpoint'}>"

    if not TYPE_CHECKING:

        def __getattr__(self, name):
            if name.startswith("__"):
                raise AttributeError(name)
            from boto.services.operations import BoundOperation

            return BoundOperation(self.operation(name).snake, self)


class Api:
    """All operations of a service as attributes, whatever their names."""

    __slots__ = ("_service",)

    def __init__(self, service: Service[Any]) -> None:
        self._service = service

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        from boto.services.operations import BoundOperation

        return BoundOperation(self._service.operation(name).snake, self._service)

    def __dir__(self) -> list[str]:
        return sorted(self._service.operations)


def call(service: Service[Any], operation: Any, params: dict[str, Any]) -> Flow[Any]:
    """One call of an operation as a flow: its answer in the service's form."""
    from boto.calls.request import Request

    request = Request(service, operation)
    request.params = params
    response = yield from request.send()
    return response.parse(service.form)
