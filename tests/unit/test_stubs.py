"""The type stubs: what the generator writes, what is there at run time, and what a checker makes of them."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import boto
import boto.aio
from tools import stubs

HERE = Path(boto.__file__).parent
TYPED = Path(__file__).parent.parent / "typing"


def test_the_stubs_are_what_the_generator_writes(capsys):
    assert stubs.main(["--check"]) == 0, capsys.readouterr().err


def test_a_stale_stub_is_seen(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(stubs, "ROOT", tmp_path)
    assert stubs.main([]) == 0
    assert stubs.main(["--check"]) == 0
    path = tmp_path / "aio.pyi"
    path.write_text(path.read_text("utf-8").replace("def connect_sqs(", "def connect_qsq("), "utf-8")
    assert stubs.main(["--check"]) == 1
    assert capsys.readouterr().err == "aio.pyi is not what the generator writes\n"


def declared(stub):
    """Public names of a stub."""
    names = set()
    for node in ast.parse((HERE / stub).read_text("utf-8")).body:
        if isinstance(node, ast.ImportFrom):
            names |= {alias.asname for alias in node.names if alias.asname}
        elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            names.add(node.name)
        elif isinstance(node, ast.AnnAssign):
            names.add(ast.unparse(node.target))
    return {name for name in names if not name.startswith("_")}


@pytest.mark.parametrize(("module", "stub"), [(boto, "__init__.pyi"), (boto.aio, "aio.pyi")])
def test_what_is_declared_is_there_and_nothing_is_missing(module, stub):
    names = declared(stub)
    shipped = {f"connect_{stubs.identifier(name)}" for name in boto.list_services("aws")}
    assert shipped | {"connect_awslambda", "connect_vpc"} <= names
    assert names <= set(dir(module)) | {"Session", "session"}
    if module is boto:
        assert set(boto.__all__) <= names | {"__version__"}


def mypy(*paths):
    return subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", *map(str, paths)],
        cwd=HERE.parent, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_a_strict_checker_agrees_and_sees_what_is_wrong(tmp_path):
    """Once as it is; once without the marks on wrong lines, where each must be found."""
    pytest.importorskip("mypy")
    files = sorted(TYPED.glob("*.py"))
    assert len(files) >= 3
    wrong = 0
    bare = []
    for path in files:
        text = path.read_text("utf-8")
        wrong += text.count("# type: ignore[")
        lines = [line.partition("  # type: ignore[")[0] for line in text.splitlines()]
        bare.append(tmp_path / f"bare_{path.name}")
        bare[-1].write_text("\n".join(lines) + "\n", "utf-8")
    done = mypy(*files, *bare)
    errors = [line for line in done.stdout.splitlines() if ": error:" in line]
    planted = {line.partition(": error:")[0] for line in errors if "bare_" in line}
    assert [line for line in errors if "bare_" not in line] == []
    assert len(planted) == wrong >= 10
