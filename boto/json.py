"""JSON of any result: what the standard library's module leaves out is written as services write it."""

from __future__ import annotations

import json
from base64 import b64encode
from datetime import date, datetime
from decimal import Decimal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def dumps(value: Any, **options: Any) -> str:
    """The value as JSON text; times in ISO 8601, bytes in base64, decimals as numbers, sets as sorted lists.

    Options are those of `json.dumps`.
    """
    return json.dumps(value, **{"default": _plain, **options})


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        from boto.core.times import iso8601

        return iso8601(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (bytes, bytearray, memoryview)):
        return b64encode(value).decode("ascii")
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON")
