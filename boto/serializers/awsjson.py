"""AWS's JSON protocol: every operation is a POST to `/`, named in a header, with its parameters as one object.

Versions 1.0 and 1.1 differ in their media type alone. Rules of JSON bodies that the neutral ones do not have:
times are seconds since 1970, and numbers without digits are strings (`"NaN"`, `"-Infinity"`).
"""

from __future__ import annotations

from boto.core.http import HTTPRequest
from boto.serializers import json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from boto.models.description import Operation
    from boto.models.shapes import Shape
    from boto.serializers.json import Write

VERSION = "1.0"  # where a description does not tell


class Plans(json.Plans):
    """The plans of JSON bodies that AWS reads."""

    __slots__ = ()

    def __init__(self) -> None:
        super().__init__("unix")

    def leaf(self, shape: Shape) -> Write | None:
        if shape.kind in ("float", "double"):
            return _number
        return super().leaf(shape)


def _number(value: Any) -> Any:
    return json.special(value) or value


def marks(operation: Operation) -> dict[str, str]:
    """Headers by which a service that once spoke `query` is asked for the error codes it had then."""
    return {"x-amzn-query-mode": "true"} if operation.description.traits.get("query_compatible") else {}


class JsonSerializer:
    """Requests of the `json` protocol."""

    def serialize(self, operation: Operation, params: dict[str, Any], endpoint: str) -> HTTPRequest:
        compiled = operation.cache.get(JsonSerializer)
        if compiled is None:
            compiled = operation.cache[JsonSerializer] = _compile(operation)
        headers, write = compiled
        body = json.dumps(params if write is None else write(params), operation.snake)
        url = endpoint if endpoint.endswith("/") else endpoint + "/"
        return HTTPRequest(operation.method, url, headers, body)

    def document(self, operation: Operation, shape: Shape) -> tuple[str, Callable[[Any], bytes]]:
        """The media type of a document that is not the whole body, and its writer."""
        return document(operation, shape)


def document(operation: Operation, shape: Shape) -> tuple[str, Callable[[Any], bytes]]:
    """The same for all of AWS that is JSON."""
    write, name = Plans().of(shape), operation.snake
    return "application/json", lambda value: json.dumps(value if write is None else write(value), name)


def _compile(operation: Operation) -> tuple[dict[str, str], Write | None]:
    traits = operation.description.traits
    headers = {
        "X-Amz-Target": f"{traits.get('target_prefix', '')}.{operation.name}",
        "Content-Type": f"application/x-amz-json-{traits.get('json_version', VERSION)}",
        **marks(operation),
    }
    return headers, None if operation.input is None else Plans().of(operation.input)
