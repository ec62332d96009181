"""From an error code to a class."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from boto.calls.errors import ServiceErrors
from boto.parsers.base import ErrorInfo

if TYPE_CHECKING:
    from collections.abc import Iterator

FACTS: dict[str, Any] = {"First": {"code": "one"}, "NoSuchSecond": {"code": "two"}}


def test_a_thread_that_comes_while_codes_are_learned_finds_them_all() -> None:
    seen = []

    class Interrupted(dict[str, Any]):
        """Facts that another thread asks about when the first has been read."""

        def items(self) -> Iterator[tuple[str, Any]]:  # type: ignore[override] - a view is not needed
            for pair in FACTS.items():
                yield pair
                if pair[0] == "First" and not seen:
                    seen.append("")
                    seen[0] = errors.of(ErrorInfo("two"), 404).__name__

    description: Any = SimpleNamespace(errors=Interrupted(FACTS))
    errors = ServiceErrors("fog", description)
    assert errors.of(ErrorInfo("one"), 400).__name__ == "First"
    assert seen == ["NoSuchSecond"]
