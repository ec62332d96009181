"""The seam between parameters and HTTP."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Protocol

    from boto.core.http import HTTPRequest
    from boto.models.description import Operation

    class Serializer(Protocol):
        """Rules to write requests of one protocol. What it compiles lives in `operation.cache`."""

        def serialize(self, operation: Operation, params: dict[str, Any], endpoint: str) -> HTTPRequest:
            """The unsigned request.

            `params` are validated and keyed by the source's member names at every depth; `endpoint` is an
            absolute URL without a query, with or without a final slash.
            """
            ...
