"""Compile the AWS service facts from the pinned botocore: `python -m tools.facts`, and `--check` to compare.

What is compiled is what `boto.models.rows` reads. For every service botocore ships, the newest API version is
taken, its own additions are merged in, and the model goes through `boto.models.c2j`, the one reader of that
format. `lay` then writes any source as fact lines: each shape once, operations pointing at what they reach.

The output depends on nothing but the source files: their version is pinned, their digest is recorded in
`tools/sources.lock`, names are sorted, and no time is written.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import importlib
import json
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from boto.models.c2j import ServiceModel
from boto.models.rows import BLOCK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from boto.models.description import Source

VERSION = "1.44.5"
ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "boto" / "services" / "aws" / "data"
LOCK = ROOT / "tools" / "sources.lock"
SUFFIX = ".lines"


def encode(value: Any) -> str:
    """A value on one line, as short as JSON can be."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


class Layout:
    """The shapes of one service, each laid once; records are rewritten to refer to them by number."""

    def __init__(self) -> None:
        self.rows: list[Any] = []
        self._numbers: dict[str, int] = {}

    def place(self, record: dict[str, Any]) -> tuple[list[int], list[int]]:
        """The new number of each row of a record, and the runs [first, count, ...] that it reaches."""
        rows = record.get("s", [])
        numbers = []
        fresh = []
        for row in rows:
            name = row[1]  # what tells shapes apart: a source whose shapes have no names cannot be laid
            assert name, row
            number = self._numbers.get(name)
            if number is None:
                number = self._numbers[name] = len(self.rows)
                self.rows.append(None)
                fresh.append((number, row))
            numbers.append(number)
        for number, row in fresh:
            self.rows[number] = _renumbered(row, numbers)
        return numbers, _runs(sorted(set(numbers)))


def _renumbered(row: list[Any], numbers: list[int]) -> list[Any]:
    def member(fields: Any) -> Any:
        if isinstance(fields, list):
            return [member(fields[0]), *fields[1:]]
        return numbers[fields] if isinstance(fields, int) else fields

    code = row[0]
    if code == "V":
        return row
    if code in "SU":
        return [code, row[1], {name: member(fields) for name, fields in row[2].items()}, *row[3:]]
    last = 3 if code == "L" else 4
    return [code, row[1], *map(member, row[2:last]), *row[last:]]


def _runs(numbers: list[int]) -> list[int]:
    runs: list[int] = []
    for number in numbers:
        if runs and runs[-2] + runs[-1] == number:
            runs[-1] += 1
        else:
            runs += (number, 1)
    return runs


def lay(source: Source) -> bytes:
    """A source as fact lines (the form is described in `boto.models.rows`)."""
    layout = Layout()
    records = []
    for name in source.names.values():
        record = dict(source.record(name))
        numbers, runs = layout.place(record)
        for side in ("i", "o"):
            if side in record and isinstance(record[side], int):
                record[side] = numbers[record[side]]
        if runs:
            record["s"] = runs
        records.append(record)
    errors = _laid_errors(source.errors(), layout)
    lines = [encode(line) for line in (*records, errors, source.waiters(), *layout.rows)]
    sizes = [len(line.encode()) + 1 for line in lines]
    lengths = [sum(sizes[first : first + BLOCK]) for first in range(0, len(sizes), BLOCK)]
    head = [source.header, list(source.names), list(source.names.values()), lengths]
    return "".join(f"{line}\n" for line in (*map(encode, head), *lines)).encode()


def _laid_errors(record: dict[str, Any], layout: Layout) -> dict[str, Any]:
    if not record:
        return record
    numbers, runs = layout.place(record)
    errors = {}
    for name, facts in record["errors"].items():
        shape = facts["shape"]
        errors[name] = {**facts, "shape": numbers[shape] if isinstance(shape, int) else shape}
    return {"errors": errors, "s": runs}


def source_root() -> Path:
    """Where the pinned botocore keeps its data."""
    botocore = importlib.import_module("botocore")
    if botocore.__version__ != VERSION:
        sys.exit(f"the facts come from botocore {VERSION}; installed is {botocore.__version__}")
    return Path(str(botocore.__file__)).parent / "data"


def services(root: Path) -> Iterator[tuple[str, Path]]:
    """Every service's folder name with the folder of its newest API version, sorted."""
    for folder in sorted(path for path in root.iterdir() if path.is_dir()):
        versions = sorted(path.parent for path in folder.glob("*/service-2.json.gz"))
        if versions:
            yield folder.name, versions[-1]


def document(folder: Path, name: str) -> dict[str, Any] | None:
    """One JSON document of a service, with the additions botocore keeps beside it."""
    found = _read(folder, name)
    extras = _read(folder, f"{name}.sdk-extras")
    if found and extras:
        _merge(found, extras.get("merge", {}))
    return found


def _read(folder: Path, name: str) -> dict[str, Any] | None:
    for path, load in ((folder / f"{name}.json", Path.read_bytes), (folder / f"{name}.json.gz", _gunzip)):
        if path.exists():
            found: dict[str, Any] = json.loads(load(path))
            return found
    return None


def _gunzip(path: Path) -> bytes:
    return gzip.decompress(path.read_bytes())


def _merge(target: dict[str, Any], additions: dict[str, Any]) -> None:
    for key, value in additions.items():
        if isinstance(value, dict) and isinstance(target.get(key), dict):
            _merge(target[key], value)
        else:
            target[key] = value


def model(name: str, folder: Path) -> ServiceModel:
    """The model of one service folder."""
    service = document(folder, "service-2")
    assert service is not None
    return ServiceModel(service, document(folder, "paginators-1"), document(folder, "waiters-2"), name)


def digest(root: Path) -> str:
    """A SHA-256 over the names and contents of all files of the source."""
    total = hashlib.sha256()
    for path in sorted(path for path in root.rglob("*.json*") if path.is_file()):
        total.update(f"{path.relative_to(root).as_posix()}\0".encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def compile_all(root: Path, out: Path) -> int:
    """Write the facts of all services, and the endpoint rules when their compiler is there."""
    out.mkdir(parents=True, exist_ok=True)
    count = 0
    for name, folder in services(root):
        (out / f"{name}{SUFFIX}").write_bytes(lay(model(name, folder)))
        count += 1
    try:
        endpoints = importlib.import_module("tools.endpoints")
    except ModuleNotFoundError:
        return count
    endpoints.compile(root, out)
    return count


def differences(fresh: Path, committed: Path) -> list[str]:
    """The files that are not the same in both folders."""
    names = {path.name for folder in (fresh, committed) for path in folder.iterdir() if path.is_file()}
    return [name for name in sorted(names) if not _same(fresh / name, committed / name)]


def _same(one: Path, other: Path) -> bool:
    return one.exists() and other.exists() and one.read_bytes() == other.read_bytes()


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.facts", description=__doc__.partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="compare a fresh compile with what is here")
    options = parser.parse_args(arguments)
    root = source_root()
    lock = f"botocore {VERSION} sha256:{digest(root)}\n"
    if not options.check:
        for stale in DATA.glob(f"*{SUFFIX}"):
            stale.unlink()
        print(f"{compile_all(root, DATA)} services written")
        LOCK.write_text(lock)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        count = compile_all(root, Path(folder))
        wrong = differences(Path(folder), DATA)
    if not LOCK.exists() or LOCK.read_text() != lock:
        wrong.append(LOCK.name)
    print(f"{count} services compiled, {len(wrong)} files differ from what is committed")
    for name in wrong:
        print(f"  {name}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
