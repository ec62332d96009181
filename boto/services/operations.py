"""Operations as methods: what `c.describe_key_pairs` is, and how names are found.

What a method can tell of itself (`help`, `inspect.signature`) is worked out from the description when it is
asked.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from boto.core.steps import Flow
    from boto.models.description import Description, Operation


def _called(name: Any) -> str:
    """The method's name: of a described operation, or as one written by hand says it."""
    return str(getattr(name, "snake", name))


class BoundOperation:
    """An operation of one service: called it is performed, `.steps(...)` is the flow itself."""

    __slots__ = ("__self__", "_name")

    def __init__(self, name: Any, service: Any) -> None:
        self._name = name  # of a described operation, or one written by hand
        self.__self__ = service

    def __call__(self, /, *args: Any, **params: Any) -> Any:
        from boto.services.base import call

        if args:
            name = _called(self._name)
            raise TypeError(f"{name}() takes its parameters by name: {name}(name=value)")
        service = self.__self__
        flow = call(service, self._name, params)
        del params  # a password among them is not for the local variables of a traceback
        return service.connection.run(flow)

    def steps(self, /, **params: Any) -> Flow[Any]:
        from boto.services.base import call

        return call(self.__self__, self._name, params)

    if not TYPE_CHECKING:
        # `help()` and `inspect` know the methods of a class by this, and pass over what is none.
        __class__ = property(lambda self: type(self.__repr__))
        __func__ = property(lambda self: Unbound(self._name, type(self.__self__)))
        __name__ = property(lambda self: _called(self._name))
        __module__ = property(lambda self: type(self.__self__).__module__)
        __doc__ = property(lambda self: self.__func__.__doc__)
        __signature__ = property(lambda self: self.__func__.signature(bound=True))

        def __getattr__(self, name):
            # A class body may not define __qualname__ as a property.
            if name == "__qualname__":
                return self.__func__.__qualname__
            raise AttributeError(f"an operation has no attribute {name!r}")

    def __repr__(self) -> str:
        return f"<operation {_called(self._name)} of {self.__self__!r}>"

    def __eq__(self, other: object) -> bool:
        return type(other) is BoundOperation and (other._name, other.__self__) == (self._name, self.__self__)

    def __hash__(self) -> int:
        return hash((self._name, id(self.__self__)))


class Unbound:
    """An operation seen on the class: it tells what it is."""

    __slots__ = ("_name", "_owner")

    def __init__(self, name: str, owner: Any) -> None:
        self._name = name
        self._owner = owner  # a service class

    def __call__(self, service: Any, /, **params: Any) -> Any:
        return BoundOperation(self._name, service)(**params)

    def operation(self) -> Operation:
        if isinstance(self._name, str):
            return self._owner.description.find(self._name)  # type: ignore[no-any-return]
        return operation_of(self._owner, self._name)

    def signature(self, bound: bool) -> Any:
        from boto.services.help import signature

        return signature(self.operation(), bound)

    if not TYPE_CHECKING:
        __name__ = property(lambda self: _called(self._name))
        __module__ = property(lambda self: self._owner.__module__)
        __signature__ = property(lambda self: self.signature(bound=False))

        def __getattr__(self, name):
            if name == "__qualname__":
                return f"{self._owner.__name__}.{self.__name__}"
            raise AttributeError(f"an operation has no attribute {name!r}")

        @property
        def __doc__(self):
            from boto.services.help import text

            return text(self.operation())

    def __repr__(self) -> str:
        return f"<operation {_called(self._name)} of {self._owner.__name__}>"


class Operations:
    """The operations of a description by snake_case name; read-only. `in` and `[]` take either spelling."""

    __slots__ = ("_description",)

    def __init__(self, description: Any) -> None:
        self._description: Description = description

    def __getitem__(self, name: str) -> Operation:
        found = self._description.find(name)
        if found is None:
            raise KeyError(name)
        return found

    def get(self, name: str, default: Any = None) -> Any:
        found = self._description.find(name)
        return default if found is None else found

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self._description.find(name) is not None

    def __iter__(self) -> Iterator[str]:
        return iter(self._description.names)

    def __len__(self) -> int:
        return len(self._description.names)

    def keys(self) -> list[str]:
        return list(self)

    def values(self) -> list[Operation]:
        return [self[name] for name in self]

    def items(self) -> list[tuple[str, Operation]]:
        return [(name, self[name]) for name in self]

    def __repr__(self) -> str:
        return f"<{len(self)} operations of {self._description.id}>"


def operation_of(service: Any, name: Any) -> Operation:
    """The operation a user means by what is no described name: an operation itself, or a hand-written one."""
    if isinstance(name, str):
        from boto.core.errors import UnknownOperation

        raise UnknownOperation(service.name, name, [*service.description.names, *dir(type(service))])
    written = getattr(name, "operation", None)
    operation: Operation = name if written is None else written(service)
    return operation


def waiter_of(service: Any, name: str) -> dict[str, Any]:
    """The facts of a waiter, by its name in either spelling."""
    from boto.core.naming import snake

    waiters: dict[str, dict[str, Any]] = service.description.waiters
    facts = waiters.get(name) or waiters.get(snake(name))
    if facts is None:
        from boto.core.errors import UnknownOperation

        raise UnknownOperation(service.name, name, waiters, "waiter")
    return facts
