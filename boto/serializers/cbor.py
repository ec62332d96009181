"""Smithy's RPC v2 with CBOR: every operation is a POST to a path of its own, its parameters one CBOR map.

`cbor2` writes strings, numbers, bytes, and timestamps as tag 1 by itself. Left to do are floats: a whole number
given for one is written as a float, and one of 32 bits is rounded to what the service will hold. An operation
without input has no body at all.
"""

from __future__ import annotations

from boto.core.errors import MissingExtra, ParameterError
from boto.core.http import HTTPRequest
from boto.serializers import json
from boto.serializers.awsjson import marks

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from boto.models.description import Operation
    from boto.models.shapes import Shape
    from boto.serializers.json import Write

CBOR = "application/cbor"
EVENTS = "application/vnd.amazon.eventstream"


class Plans(json.Plans):
    """The plans of CBOR bodies."""

    __slots__ = ()

    def leaf(self, shape: Shape) -> Write | None:
        if shape.kind == "float":
            return _single
        return float if shape.kind in ("double", "decimal") else None


def _single(value: Any) -> float:
    from struct import pack, unpack

    number = float(value)
    try:
        rounded: float = unpack(">f", pack(">f", number))[0]
    except OverflowError:
        return number  # beyond 32 bits; the service will say so
    return rounded


class CborSerializer:
    """Requests of the `smithy-rpc-v2-cbor` protocol. Needs the extra `cbor`."""

    def __init__(self) -> None:
        try:
            from cbor2 import dumps, frozendict  # noqa: F401 - the latter came with the version that is needed
        except ImportError as error:
            raise MissingExtra("CBOR", "cbor") from error
        self._dumps = dumps

    def serialize(self, operation: Operation, params: dict[str, Any], endpoint: str) -> HTTPRequest:
        compiled = operation.cache.get(CborSerializer)
        if compiled is None:
            compiled = operation.cache[CborSerializer] = _compile(operation)
        path, headers, write = compiled
        body = None
        if operation.input is not None:
            body = self._written(operation, params if write is None else write(params))
        return HTTPRequest(operation.method, endpoint.removesuffix("/") + path, headers, body)

    def document(self, operation: Operation, shape: Shape) -> tuple[str, Callable[[Any], bytes]]:
        """The media type of a document that is not the whole body, and its writer."""
        write = Plans().of(shape)
        return CBOR, lambda value: self._written(operation, value if write is None else write(value))

    def _written(self, operation: Operation, value: Any) -> bytes:
        try:
            written: bytes = self._dumps(value, datetime_as_timestamp=True)
        except (TypeError, ValueError, OverflowError, RecursionError) as error:
            problem = f"CBOR cannot hold it: {type(error).__name__}"
            raise ParameterError(operation.snake, [("body", problem)]) from None
        return written


def _compile(operation: Operation) -> tuple[str, dict[str, str], Write | None]:
    service = operation.description.traits.get("target_prefix", "")
    headers = {
        "smithy-protocol": "rpc-v2-cbor",
        "Accept": EVENTS if _streams_events(operation.output) else CBOR,
        **marks(operation),
    }
    if operation.input is not None:
        headers["Content-Type"] = EVENTS if _streams_events(operation.input) else CBOR
    write = None if operation.input is None else Plans().of(operation.input)
    return f"/service/{service}/operation/{operation.name}", headers, write


def _streams_events(shape: Shape | None) -> bool:
    members = shape.members.values() if shape is not None else ()
    return any(member.shape.traits.get("events") for member in members)
