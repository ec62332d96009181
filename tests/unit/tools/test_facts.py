"""The compiler of facts: what it writes is what the source said, and the same bytes each time."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

import pytest

from boto.models.description import Description
from boto.models.rows import BLOCK, FactLines
from tools import facts

if TYPE_CHECKING:
    from pathlib import Path

# A service with a shape that contains itself, one that two operations share, and more lines than one block.
ZOO: dict[str, Any] = {
    "metadata": {
        "apiVersion": "2020-02-02", "endpointPrefix": "zoo", "protocol": "json",
        "serviceFullName": "Der Zoo (Köln)", "serviceId": "Zoo", "signatureVersion": "v4",
    },
    "operations": {
        f"Feed{number}": {
            "name": f"Feed{number}", "http": {"method": "POST", "requestUri": "/"},
            "input": {"shape": f"In{number}"}, "output": {"shape": "Animal"}, "errors": [{"shape": "Asleep"}],
        }
        for number in range(2 * BLOCK)
    },
    "shapes": {
        **{f"In{n}": {"type": "structure", "members": {"a": {"shape": "Animals"}}} for n in range(2 * BLOCK)},
        "Animal": {"type": "structure", "required": ["kind"],
                   "members": {"kind": {"shape": "Kind"}, "young": {"shape": "Animals"}}},
        "Animals": {"type": "list", "member": {"shape": "Animal"}},
        "Kind": {"type": "string", "enum": ["Bär", "Löwe"]},
        "Asleep": {"type": "structure", "exception": True, "members": {"animal": {"shape": "Animal"}}},
    },
}  # fmt: skip


def folder(root: Path, name: str, version: str, **documents: Any) -> Path:
    path = root / name / version
    path.mkdir(parents=True)
    for kind, document in documents.items():
        (path / f"{kind.replace('_', '-')}.json.gz").write_bytes(gzip.compress(json.dumps(document).encode()))
    return path


def by_name(record: dict[str, Any]) -> set[str]:
    rows = record["s"].values() if isinstance(record["s"], dict) else record["s"]
    return {row[1] for row in rows}


def test_what_is_laid_is_what_the_source_said(tmp_path: Path) -> None:
    source = facts.model("zoo", folder(tmp_path, "zoo", "2020-02-02", service_2=ZOO))
    path = tmp_path / "zoo.lines"
    path.write_bytes(facts.lay(source))
    laid = FactLines(str(path))
    assert laid.header == source.header
    assert laid.names == source.names
    said, read = Description(source), Description(laid)
    for name in source.names.values():
        assert by_name(laid.record(name)) == by_name(source.record(name))
        ours, theirs = read.find(name), said.find(name)
        assert ours is not None and theirs is not None and ours.input is not None and ours.output is not None
        assert ours.errors == theirs.errors == ["Asleep"]
        animals = ours.input.members["a"].shape
        assert animals.member is not None
        assert animals.member.shape is ours.output
        assert ours.output.members["young"].shape is animals
        assert ours.output.members["kind"].required
        assert ours.output.members["kind"].shape.enum == ["Bär", "Löwe"]
    assert read.errors["Asleep"]["shape"].members["animal"].shape.name == "Animal"


def test_each_shape_lies_once(tmp_path: Path) -> None:
    source = facts.model("zoo", folder(tmp_path, "zoo", "2020-02-02", service_2=ZOO))
    lines = facts.lay(source).decode().splitlines()
    rows = [line for line in map(json.loads, lines[4:]) if isinstance(line, list)]
    assert sorted(row[1] for row in rows) == sorted(ZOO["shapes"])


def test_the_newest_version_is_taken_and_additions_are_merged(tmp_path: Path) -> None:
    folder(tmp_path, "zoo", "2019-01-01", service_2=ZOO)
    newest = folder(tmp_path, "zoo", "2020-02-02", service_2=ZOO)
    (tmp_path / "zoo" / "no-version").mkdir()
    (tmp_path / "endpoints.json").write_text("{}")
    addition = {
        "version": 1.0,
        "merge": {"metadata": {"serviceId": "Zoo Two"}, "shapes": {"Kind": {"max": 9}}},
    }
    (newest / "service-2.sdk-extras.json").write_text(json.dumps(addition))
    assert list(facts.services(tmp_path)) == [("zoo", newest)]
    source = facts.model("zoo", newest)
    assert source.header["traits"]["service_id"] == "Zoo Two"
    kind = next(row for row in source.record("Feed0")["s"] if row[1] == "Kind")
    assert kind[3] == {"enum": ["Bär", "Löwe"], "max": 9}


def test_the_digest_covers_names_and_contents(tmp_path: Path) -> None:
    path = folder(tmp_path, "zoo", "2020-02-02", service_2=ZOO)
    first = facts.digest(tmp_path)
    assert facts.digest(tmp_path) == first
    document = path / "service-2.json.gz"
    document.write_bytes(document.read_bytes() + b"\0")
    second = facts.digest(tmp_path)
    document.rename(path / "service-3.json.gz")
    assert len({first, second, facts.digest(tmp_path)}) == 3


def test_differences_are_named(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    for place in (one, other):
        place.mkdir()
        for name in ("same", "changed", "only"):
            (place / name).write_text(name)
    assert facts.differences(one, other) == []
    (other / "changed").write_text("else")
    (one / "only").unlink()
    assert facts.differences(one, other) == ["changed", "only"]


def test_the_source_is_the_one_recorded() -> None:
    assert facts.LOCK.read_text() == f"botocore {facts.VERSION} sha256:{facts.digest(facts.source_root())}\n"


@pytest.mark.parametrize("name", ["ec2", "s3", "sqs", "iam", "cloudwatch", "sdb"])
def test_what_is_committed_is_what_the_compiler_writes(name: str) -> None:
    newest = dict(facts.services(facts.source_root()))[name]
    assert facts.lay(facts.model(name, newest)) == (facts.DATA / f"{name}.lines").read_bytes()
