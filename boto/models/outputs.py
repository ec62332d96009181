"""The answers of an OpenAPI operation: one shape for success, others by status.

A status is a number, a class of them (`4XX`) or `default`. The output is the shape of the first status of
success that has one. Where another status of success has another shape, both are kept by status: answers of
different statuses are never mixed into one.
"""

from __future__ import annotations

from boto.models.media import bare, is_json, preferred
from boto.models.shapes import PAYLOAD, STREAM

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Final

    from boto.models.references import References
    from boto.models.schemarows import Rows

    Node = dict[str, Any]
    Ref = int | str


class Outputs:
    """The answers of one operation, as they are found."""

    __slots__ = ("_accept", "_failures", "_references", "_rows", "_statuses", "_successes")

    def __init__(self, rows: Rows, references: References) -> None:
        self._rows: Final = rows
        self._references: Final = references
        self._accept: dict[str, str] = {}
        self._statuses: list[str] = []
        self._successes: dict[str, Ref] = {}
        self._failures: dict[str, Ref] = {}

    def answer(self, status: str, response: Node) -> None:
        status = status.upper()
        self._statuses.append(status)
        reference = self.reference(response, status)
        if reference is None:
            return
        if status.startswith("2"):
            self._successes[status] = reference
        elif not status.startswith(("1", "3")):
            self._failures[status] = reference

    def reference(self, response: Node, status: str = "") -> Ref | None:
        """The shape of a response's body; None when it has no body."""
        content = response.get("content")
        if not isinstance(content, dict):
            return None
        media = preferred(content)
        if media is None:
            return None
        self._accept[status] = media
        schema = self._references.soft(content[media]).get("schema")
        if not is_json(media):
            return self._raw(media)
        reference = self._rows.reference(schema)
        row = self._rows.rows[reference] if type(reference) is int else [reference]
        code = row[2] if row[0] == "V" else row[0]
        if code in ("S", "U", "L", "M", "D"):
            return reference
        return self._rows.add(["S", "", {"body": [reference, 0, PAYLOAD]}])

    def _raw(self, media: str) -> int:
        text = bare(media).startswith("text/") and bare(media) != "text/event-stream"
        row: list[Any] = ["s", 0, PAYLOAD] if text else ["B", STREAM, PAYLOAD]
        return self._rows.add(["S", "", {"body": row}])

    @property
    def success(self) -> Ref | None:
        best = self._best
        return None if best is None else self._successes.get(best, self._failures.get(best))

    @property
    def _best(self) -> str | None:
        if self._successes:
            return min(self._successes)  # "200" before "201" before "2XX"
        # `default` is the success of an operation that names no status of success at all.
        if "DEFAULT" in self._failures and not any(status.startswith("2") for status in self._statuses):
            return "DEFAULT"
        return None

    def traits(self) -> Node:
        traits: Node = {}
        numbers = [int(status) for status in self._statuses if status.isdigit() and status.startswith("2")]
        if numbers:
            traits["status"] = min(numbers)
        best = self._best
        if best is not None and self._accept.get(best, "application/json") != "application/json":
            traits["accept"] = self._accept[best]
        if len(set(map(str, self._successes.values()))) > 1:
            traits["outputs"] = dict(self._successes)
        failures = {status: reference for status, reference in self._failures.items() if status != best}
        if failures:
            traits["failures"] = failures
        return traits
