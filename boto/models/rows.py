"""Fact lines: how descriptions are shipped, and reading no more of them than a call needs.

One text file holds one service, one JSON value on each line:

    0    the header
    1    the operations' names in snake_case        a service is connected with these three lines
    2    the same as their source spells them
    3    the length in bytes of every sixteen lines that follow, line breaks included
    4..  one record for each operation, then one for the errors, then the waiters, then the rows

A record is what `description` says, but its shapes lie once in the file for all operations: references are
row numbers, and `"s": [first, count, first, count, ...]` says which rows the operation reaches. They stand in
the order of their first use, so most operations are one line and one to four short stretches of lines.
Reaching an operation decodes those and nothing else. (Lengths by the line would take longer to decode than a
large operation does; of sixteen lines that were read the others are dropped unseen.) No file is kept open, so
a source may be used from any thread and after a fork.

The decoder is the C scanner that the standard library's `json` uses itself, without the rest of `json`, which
takes longer to import than a service takes to connect.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, BinaryIO, Final


BLOCK = 16


class _Plain:
    """What the scanner asks of a decoder."""

    strict = True
    object_hook = None
    object_pairs_hook = None
    parse_float = float
    parse_int = int
    parse_constant = float
    memo: dict[str, str] = {}


def _decoder() -> Callable[[str], Any]:
    try:
        from _json import make_scanner

        scan = make_scanner(_Plain)  # type: ignore[arg-type]  # any object with these attributes will do
    except (ImportError, AttributeError):  # another interpreter, or a scanner that asks for more
        from json import loads

        return loads

    def decode(text: str) -> Any:
        try:
            return scan(text, 0)[0]
        except StopIteration as error:  # would end the generator that a caller may be
            raise ValueError(f"no JSON value at character {error.value}") from None

    return decode


decode: Final = _decoder()


class FactLines:
    """A `Source` over one file of fact lines."""

    __slots__ = ("_offsets", "_table", "header", "names", "path")

    def __init__(self, path: str) -> None:
        self.path: Final = path
        with open(path, "rb") as file:
            self.header: Final[dict[str, Any]] = decode(file.readline().decode())
            snakes = decode(file.readline().decode())
            sources = decode(file.readline().decode())
            self._table = file.tell()
        self.names: Final[dict[str, str]] = dict(zip(snakes, sources, strict=True))
        self._offsets: list[int] = []

    def record(self, name: str) -> dict[str, Any]:
        """The record of the operation the source calls `name`; its rows by their number."""
        with open(self.path, "rb") as file:
            return self._with_rows(file, list(self.names.values()).index(name))

    def errors(self) -> dict[str, Any]:
        """The modelled errors and their shapes."""
        with open(self.path, "rb") as file:
            return self._with_rows(file, len(self.names))

    def waiters(self) -> dict[str, Any]:
        """The waiters."""
        with open(self.path, "rb") as file:
            waiters: dict[str, Any] = decode(self._lines(file, len(self.names) + 1, 1)[0])
            return waiters

    def _lines(self, file: BinaryIO, first: int, count: int) -> list[str]:
        """Some of the lines that follow the head."""
        offsets = self._offsets
        if not offsets:  # two threads may both find out; they come to the same
            file.seek(self._table)
            lengths = file.readline()
            offsets = [self._table + len(lengths)]
            for length in decode(lengths.decode()):
                offsets.append(offsets[-1] + length)
            self._offsets = offsets
        block, skip = divmod(first, BLOCK)
        start = offsets[block]
        file.seek(start)
        text = file.read(offsets[(first + count - 1) // BLOCK + 1] - start)
        return text.decode().split("\n")[skip : skip + count]

    def _with_rows(self, file: BinaryIO, line: int) -> dict[str, Any]:
        record: dict[str, Any] = decode(self._lines(file, line, 1)[0])
        runs = record.get("s", ())
        base = len(self.names) + 2
        rows: dict[int, Any] = {}
        for first, count in zip(runs[::2], runs[1::2], strict=True):
            text = ",".join(self._lines(file, base + first, count))
            rows.update(zip(range(first, first + count), decode(f"[{text}]"), strict=True))
        record["s"] = rows
        return record

    def __repr__(self) -> str:
        return f"<FactLines {self.path}>"
