"""Operations written by hand, for services that nobody described.

    class Fog(boto.Service):
        name, endpoint, signer = "fog", "https://api.fog.example", FogSigner()
        list_machines = boto.Operation("ListMachines", "GET", "/machines")
        get_machine = boto.Operation("GetMachine", "GET", "/machines/{id}")

Names in braces are filled from the parameters; the rest becomes the query of GET, HEAD and DELETE, and the JSON
body of other methods. Nothing is validated but the path, and answers are read by what they look like.
"""

from __future__ import annotations

from boto.core.naming import snake

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Final

    from boto.models.description import Description
    from boto.models.description import Operation as DescribedOperation


class Operation:
    """An operation stated by its name, HTTP method and URI template. Works as a method of a service class."""

    def __init__(self, name: str, method: str, uri: str) -> None:
        self.name: Final = name
        self.snake: Final = snake(name)
        self.method: Final = method
        self.uri: Final = uri
        self._made: DescribedOperation | None = None

    def operation(self, service: Any) -> DescribedOperation:
        """The operation as the rest of the library knows it, among those of this service."""
        made = self._made
        if made is None or made.description is not service.description:  # services may inherit from one class
            from boto.models.description import Operation as DescribedOperation

            made = self._made = DescribedOperation(service.description, self.record())
        return made

    def record(self) -> dict[str, Any]:
        """The same as a description's source has it."""
        return {"n": self.name, "m": self.method, "u": self.uri, "t": {"open": True}}

    def __get__(self, service: Any, owner: type) -> Any:
        if service is None:
            return self
        from boto.services.operations import BoundOperation

        return BoundOperation(self, service)

    def __repr__(self) -> str:
        return f"<Operation {self.name}: {self.method} {self.uri}>"


class WrittenOperations:
    """The hand-written operations of a service class, inherited ones too, as the source of a description."""

    def __init__(self, declared: type) -> None:
        self.header: dict[str, Any] = {"id": getattr(declared, "name", ""), "protocol": "open"}
        found: dict[str, Any] = {}
        for kind in reversed(declared.__mro__):
            found |= vars(kind)
        self._written = {value.name: value for value in found.values() if isinstance(value, Operation)}
        self.names = {snake(name): name for name in self._written}

    def record(self, name: str) -> dict[str, Any]:
        return self._written[name].record()

    def errors(self) -> dict[str, Any]:
        return {}

    def waiters(self) -> dict[str, Any]:
        return {}


def describe(declared: type) -> Description:
    """The description of a registered service class: what it names, or its hand-written operations."""
    from boto.models.description import Description
    from boto.models.documents import read

    source = getattr(declared, "description", None)
    if source is None:
        return Description(WrittenOperations(declared))
    return read(source, getattr(declared, "name", None))
