"""Bodies of requests that are files or other streams: where they stand, going back there, reading them twice.

All of these block and belong into a `Block` step.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

_CHUNK = 1 << 20


def position(body: Any) -> int | None:
    """Where a stream stands; None when it cannot be brought back there, as a pipe cannot."""
    try:
        where: int = body.tell()
        body.seek(where)
    except (AttributeError, OSError, ValueError):
        return None
    return where


def read_through(body: Any, use: Callable[[bytes], object]) -> bool:
    """Hands what is left of a stream to `use`, chunk by chunk, and goes back. False when that cannot be done."""
    start = position(body)
    if start is None:
        return False
    while chunk := body.read(_CHUNK):
        use(chunk)
    body.seek(start)
    return True
