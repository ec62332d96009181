"""The same names, for asyncio: `await boto.aio.connect_ec2().describe_key_pairs()`."""

from __future__ import annotations

from boto.session import Session as _Session
from boto.session import connector, connectors, default

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from boto.calls.flow import Async
    from boto.services.base import Service


class Session(_Session):
    """A session whose services give awaitables."""

    _connection_kind = "boto.transport.aiodriver:AsyncConnection"
    _is_async = True
    _wanted = "boto.aio.Connection"

    async def close(self) -> None:
        """Closes all connections of this session; later calls open them again."""
        for connection in self.connections():
            await connection.close()


def connect(name: str | None = None, /, **options: Any) -> Service[Async]:
    """A service by name, or by `description=`, whose calls are awaitable."""
    try:
        return default(Session).connect_to(name, **options)
    finally:
        options.clear()  # what was said is not for the local variables of a traceback


def __getattr__(name: str) -> Any:
    if name == "session":  # the default one, made when it is first needed
        return default(Session)
    if name == "Connection":
        from boto.transport.aiodriver import AsyncConnection

        return AsyncConnection
    return connector(name, connect, __name__)


def __dir__() -> list[str]:
    return sorted([*globals(), "Connection", "session", *connectors()])
