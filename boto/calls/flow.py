"""Methods that are flows: `@flow` turns a generator into a method that its service's connection performs.

    class EC2(Service):
        @flow
        def get_all_key_pairs(self, keynames=None):
            request = Request(self, "DescribeKeyPairs")
            if keynames:
                request.add_list("KeyNames", keynames)
            response = yield from request.send()
            return response.parse(WIRE)

On a service held by a Connection `c.get_all_key_pairs()` is a value, on an AsyncConnection it is an awaitable.
Inside another flow `yield from self.get_all_key_pairs.steps()` is the bare flow, so that flows compose.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from typing import Any, Concatenate, Generic, ParamSpec, Protocol, Self, overload

    from typing_extensions import TypeVar  # with defaults, PEP 696

    from boto.core.steps import Flow

    P = ParamSpec("P")
    T = TypeVar("T")
    T_co = TypeVar("T_co", covariant=True)

    class Blocking:
        """Marks a service whose calls give values."""

    class Async:
        """Marks a service whose calls give awaitables."""

    M = TypeVar("M", default=Blocking)

    class Performs(Generic[M]):
        """What has a connection to perform its flows."""

        connection: Any

    class Steps(Protocol[P, T_co]):
        def steps(self, *args: P.args, **kwargs: P.kwargs) -> Flow[T_co]: ...

    class BlockingMethod(Steps[P, T_co], Protocol[P, T_co]):
        def __call__(self, *args: P.args, **kwargs: P.kwargs) -> T_co: ...

    class AsyncMethod(Steps[P, T_co], Protocol[P, T_co]):
        def __call__(self, *args: P.args, **kwargs: P.kwargs) -> Awaitable[T_co]: ...

    class flow(Generic[P, T]):  # noqa: N801 - a decorator, spelled as one
        """Makes a generator method one that its service's connection performs."""

        def __init__(self, function: Callable[Concatenate[Any, P], Flow[T]]) -> None: ...
        @overload
        def __get__(self, service: None, owner: type) -> Self: ...
        @overload
        def __get__(self, service: Performs[Blocking], owner: type) -> BlockingMethod[P, T]: ...
        @overload
        def __get__(self, service: Performs[Async], owner: type) -> AsyncMethod[P, T]: ...
        @overload
        def __get__(self, service: Performs[Any], owner: type) -> Steps[P, T]: ...
        def __get__(self, service: Any, owner: type) -> Any: ...

    class Method:
        """A bound flow: called it is performed, `.steps(...)` is the flow itself."""

        def __init__(self, function: Any, service: Any) -> None: ...
        def steps(self, *args: Any, **kwargs: Any) -> Flow[Any]: ...
        def __call__(self, *args: Any, **kwargs: Any) -> Any: ...

else:

    class Method:
        """A bound flow: called it is performed, `.steps(...)` is the flow itself."""

        __slots__ = ("__func__", "__self__")

        def __init__(self, function, service):
            self.__func__ = function
            self.__self__ = service

        def steps(self, /, *args, **kwargs):
            return self.__func__(self.__self__, *args, **kwargs)

        def __call__(self, /, *args, **kwargs):
            service = self.__self__
            return service.connection.run(self.__func__(service, *args, **kwargs))

        # `help()` and `inspect` know the methods of a class by this, and pass over what is none.
        __class__ = property(lambda self: type(self.__repr__))
        __name__ = property(lambda self: self.__func__.__name__)
        __module__ = property(lambda self: self.__func__.__module__)
        __doc__ = property(lambda self: self.__func__.__doc__)
        __signature__ = property(lambda self: _signature(self.__func__))

        def __getattr__(self, name):
            # A class body may not define __qualname__ as a property.
            if name == "__qualname__":
                return self.__func__.__qualname__
            raise AttributeError(f"a method has no attribute {name!r}")

        def __repr__(self):
            return f"<method {self.__name__} of {self.__self__!r}>"

        def __eq__(self, other):
            return (
                type(other) is type(self)
                and other.__func__ is self.__func__
                and other.__self__ is self.__self__
            )

        def __hash__(self):
            return hash((id(self.__self__), self.__func__))

    class flow:  # noqa: N801 - a decorator, spelled as one
        """Makes a generator method one that its service's connection performs."""

        def __init__(self, function):
            self.function = function
            self.__doc__ = function.__doc__
            self.__name__ = function.__name__
            self.__wrapped__ = function

        def __get__(self, service, owner=None):
            return self if service is None else Method(self.function, service)


def _signature(function: Any) -> Any:
    import inspect

    signature = inspect.signature(function)
    return signature.replace(parameters=list(signature.parameters.values())[1:])
