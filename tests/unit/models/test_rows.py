"""Fact lines: read as they were laid, lazily, by any number of threads, without the library's `json`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import boto.services.aws
from boto.models import loader, rows
from boto.models.description import Description
from boto.models.rows import FactLines, decode

DATA = Path(boto.services.aws.__file__).parent / "data"

_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(_values)
def test_the_decoder_agrees_with_json(value: Any) -> None:
    for text in (json.dumps(value), json.dumps(value, ensure_ascii=False, separators=(",", ":"))):
        assert decode(text) == value


@pytest.mark.parametrize("text", ["{", "[1,", '"open', "nil"])
def test_the_decoder_refuses_what_is_not_json(text: str) -> None:
    with pytest.raises(ValueError):
        decode(text)


def test_another_interpreter_decodes_with_json(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "_json", None)
    assert rows._decoder() is json.loads


def _by_hand(service: str, operation: str) -> dict[str, Any]:
    """The same record, read without any of the offsets."""
    lines = (DATA / f"{service}.lines").read_text(encoding="utf-8").splitlines()
    operations = len(json.loads(lines[1]))
    record: dict[str, Any] = next(
        found for found in map(json.loads, lines[4 : 4 + operations]) if found["n"] == operation
    )
    runs = record.get("s", [])
    first_row = 4 + operations + 2
    reached = [
        n for start, count in zip(runs[::2], runs[1::2], strict=True) for n in range(start, start + count)
    ]
    return {**record, "s": {n: json.loads(lines[first_row + n]) for n in reached}}


@pytest.mark.parametrize(
    ("service", "operation"),
    [
        ("ec2", "RunInstances"),
        ("ec2", "AcceptAddressTransfer"),
        ("s3", "WriteGetObjectResponse"),
        ("sqs", "AddPermission"),
    ],
)
def test_a_record_is_its_line_and_the_rows_it_names(service: str, operation: str) -> None:
    assert FactLines(str(DATA / f"{service}.lines")).record(operation) == _by_hand(service, operation)


def test_offsets_count_bytes_and_not_characters(tmp_path: Path) -> None:
    header = {"id": "umlaut", "title": "Größe"}
    lines = [{"n": "A", "t": {"x": "ä" * 50}, "i": 0, "s": [0, 1]}, {"n": "B", "i": 1, "s": [1, 1]}, {}]
    lines += [{"W": {"o": "B"}}, ["S", "Ä", {}], ["S", "Ö", {"ß": "s"}]]  # type: ignore[list-item]
    texts = [json.dumps(line, ensure_ascii=False) for line in lines]
    size = sum(len(text.encode()) + 1 for text in texts)
    head = [json.dumps(line, ensure_ascii=False) for line in (header, ["a", "b"], ["A", "B"], [size])]
    path = tmp_path / "umlaut.lines"
    path.write_text("".join(f"{line}\n" for line in (*head, *texts)), encoding="utf-8")
    source = FactLines(str(path))
    assert source.header == header
    assert source.record("B") == {"n": "B", "i": 1, "s": {1: ["S", "Ö", {"ß": "s"}]}}
    assert source.record("A")["s"] == {0: ["S", "Ä", {}]}
    assert source.errors() == {"s": {}}
    assert source.waiters() == {"W": {"o": "B"}}


def test_every_record_of_a_service_can_be_reached_by_both_names() -> None:
    description = Description(FactLines(str(DATA / "ec2.lines")))
    for name, source_name in description.names.items():
        operation = description.find(name)
        assert operation is not None
        assert (operation.name, operation.snake) == (source_name, name)
        assert description.find(source_name) is operation
    assert description.find("DescribeNothing") is None


def test_threads_share_a_source() -> None:
    alone = FactLines(str(DATA / "iam.lines"))
    expected = {name: alone.record(name) for name in alone.names.values()}
    shared = FactLines(str(DATA / "iam.lines"))
    with ThreadPoolExecutor(8) as pool:
        found = dict(zip(expected, pool.map(shared.record, expected), strict=True))
    assert found == expected


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
def test_a_fork_goes_on_reading() -> None:
    source = FactLines(str(DATA / "iam.lines"))
    expected = source.record("GetUser")
    child = os.fork()
    if child == 0:
        os._exit(0 if source.record("GetUser") == expected else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert source.record("GetUser") == expected


def test_opening_reads_the_head_only_and_keeps_no_file_open() -> None:
    opened = []

    def note(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open" and str(arguments[0]).endswith("ec2.lines"):
            opened.append(arguments[0])

    sys.addaudithook(note)
    source = FactLines(str(DATA / "ec2.lines"))
    assert len(opened) == 1
    source.record("RunInstances")
    assert len(opened) == 2
    if os.path.isdir("/proc/self/fd"):
        links = [os.path.realpath(f"/proc/self/fd/{number}") for number in os.listdir("/proc/self/fd")]
        assert not [link for link in links if link.endswith("ec2.lines")]


def test_reaching_an_operation_imports_nothing_dear() -> None:
    code = f"""
import sys
before = set(sys.modules)
from boto.models.loader import load, names
operation = load({str(DATA / "ec2.lines")!r}).find("run_instances")
assert operation.input.find("image_id").shape.kind == "string"
print(*sorted(set(sys.modules) - before))
"""
    found = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    new = set(found.stdout.split())
    assert "boto.models.rows" in new
    assert not new & {
        "json",
        "re",
        "typing",
        "dataclasses",
        "enum",
        "functools",
        "logging",
        "gzip",
        "datetime",
    }


def test_the_loader_gives_one_description_to_everybody() -> None:
    path = str(DATA / "sqs.lines")
    assert loader.load(path) is loader.load(path)
    assert loader.find(str(DATA), "sqs") is loader.load(path)
    assert loader.find(str(DATA), "no-such-service") is None
    assert len(loader.names(str(DATA))) == 439


def test_a_file_that_is_not_there_is_not_remembered(tmp_path: Path) -> None:
    path = tmp_path / "late.lines"
    with pytest.raises(FileNotFoundError):
        loader.load(str(path))
    path.write_bytes((DATA / "sqs.lines").read_bytes())
    assert loader.load(str(path)).id == "sqs"
