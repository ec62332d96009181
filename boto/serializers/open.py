"""Requests of operations written by hand: the URI template says what is in the path, the method says the rest."""

from __future__ import annotations

from boto.core.errors import ParameterError
from boto.core.http import HTTPRequest
from boto.core.url import encode_query, quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from boto.models.description import Operation

_BODILESS = frozenset(("GET", "HEAD", "DELETE", "OPTIONS"))


class OpenSerializer:
    """Path from the template, query or JSON body from what is left."""

    def serialize(self, operation: Operation, params: dict[str, Any], endpoint: str) -> HTTPRequest:
        left = {name: value for name, value in params.items() if value is not None}
        url = endpoint.rstrip("/") + _path(operation, left)
        headers = {"Accept": "application/json"}
        if operation.method in _BODILESS:
            query = encode_query(_pairs(left))
            return HTTPRequest(operation.method, f"{url}?{query}" if query else url, headers)
        from json import dumps

        headers["Content-Type"] = "application/json"
        return HTTPRequest(operation.method, url, headers, dumps(left).encode())


def _path(operation: Operation, params: dict[str, Any]) -> str:
    """The template filled in; what it uses is taken out of the parameters."""
    head, *parts = operation.uri.split("{")
    missing = []
    for part in parts:
        name, _, rest = part.partition("}")
        greedy = name.endswith("+")
        value = params.pop(name.rstrip("+"), None)
        if value in (None, ""):
            missing.append((name, "required by the path, and not given"))
        head += quote(str(value), "/" if greedy else "") + rest
    if missing:
        raise ParameterError(operation.snake, missing)
    return head


def _pairs(params: dict[str, Any]) -> list[tuple[str, str]]:
    return [
        (name, _text(one))
        for name, value in params.items()
        for one in (value if isinstance(value, (list, tuple)) else [value])
    ]


def _text(value: Any) -> str:
    return ("true" if value else "false") if isinstance(value, bool) else str(value)
