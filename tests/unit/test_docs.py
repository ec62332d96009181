"""The documentation is true: its examples run, its links lead somewhere, its tables are what the code says.

Every block with `>>>` is run in the sandbox, page by page, one namespace a page; other Python is compiled. The
tables between `<!-- name -->` and `<!-- /name -->` are made from the code:

    python -m tests.unit.test_docs        # writes them anew
"""

from __future__ import annotations

import doctest
import os
import re
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import boto
from boto.config.settings import SETTINGS
from boto.registry import registry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
NAMES = [str(page.relative_to(ROOT)) for page in PAGES]

_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\[[^\]]+\]\(([^)\s]+)\)")
_FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def blocks(text: str) -> list[tuple[int, str, str]]:
    """The fenced blocks: line of the first, language, text."""
    return [(text.count("\n", 0, match.start(2)), match[1], match[2]) for match in _BLOCK.finditer(text)]


# -- examples --------------------------------------------------------------------------------------------------


def run_examples(text: str, name: str, names: dict[str, Any]) -> list[str]:
    """Runs every block with `>>>`; gives a report for each example that fails."""
    parser = doctest.DocTestParser()
    reports: list[str] = []
    for line, language, code in blocks(text):
        if language != "python" or ">>>" not in code:
            continue
        test = parser.get_doctest(code, names, name, name, line)
        test.globs = names  # one namespace a page, which a DocTest would copy
        doctest.DocTestRunner(verbose=False, optionflags=_FLAGS).run(
            test, out=reports.append, clear_globs=False
        )
    return reports


def uncompiled(text: str, name: str) -> list[str]:
    """What is wrong with the Python that is not run."""
    wrong = []
    for line, language, code in blocks(text):
        if language == "python" and ">>>" not in code:
            try:
                compile("\n" * line + code, name, "exec")
            except SyntaxError as error:
                wrong.append(str(error))
    return wrong


@pytest.fixture(scope="module")
def box() -> Iterator[dict[str, str]]:
    """The environment of an open sandbox."""
    import boto.testing

    with boto.testing.sandbox() as opened:
        opened.reset()
        yield {
            name: value
            for name, value in os.environ.items()
            if name.startswith("AWS_") or "proxy" in name.lower()
        }


@pytest.fixture
def page(box: dict[str, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[dict[str, Any]]:
    """The names a page starts with, and the places it speaks of."""
    from moto.moto_api._internal import moto_api_backend

    from boto.registry import Registry
    from tests.fog.server import fog_server

    moto_api_backend.reset()
    for name, value in box.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    shutil.copy(ROOT / "tests" / "fog" / "openapi.json", tmp_path)
    monkeypatch.syspath_prepend(str(ROOT / "examples" / "fog"))
    from server import fog_cloud  # type: ignore[import-not-found] - on the path that was just added

    before = Registry()
    before.__dict__.update({name: dict(value) for name, value in registry.__dict__.items()})
    connectors = {name for name in vars(boto) if name.startswith("connect_")}
    try:
        with fog_cloud() as fog_url, fog_server("fog-token") as api:
            yield {"__name__": "__main__", "fog_url": fog_url, "api_url": api.url}
    finally:
        registry.__dict__.update(before.__dict__)
        for module in (boto, sys.modules.get("boto.aio")):
            for name in [name for name in vars(module or boto) if name.startswith("connect_")]:
                if name not in connectors:
                    delattr(module, name)


@pytest.mark.parametrize("name", NAMES)
def test_examples(name: str, page: dict[str, Any]) -> None:
    text = (ROOT / name).read_text()
    reports = run_examples(text, name, page)
    assert not reports, "".join(reports)
    assert not uncompiled(text, name)


def test_examples_that_are_wrong_are_seen() -> None:
    """What the test above stands on: one planted failure of each kind."""
    right = "```python\n>>> x = 1\n\n```\ntext\n```python\n>>> x + 1\n2\n\n```\n"
    assert run_examples(right, "page", {}) == []
    (report,) = run_examples(right.replace("2\n\n", "3\n\n"), "page", {})
    assert "Expected:\n    3\nGot:\n    2" in report and "line 7" in report
    (report,) = run_examples("```python\n>>> boto.connect_nothing()\n\n```\n", "page", {"boto": boto})
    assert "UnknownConnector" in report
    assert uncompiled("```python\ndef f(:\n```\n", "page") and not uncompiled(
        "```python\ndef f(): ...\n```\n", "page"
    )


# -- links and commands ----------------------------------------------------------------------------------------


def anchors(text: str) -> set[str]:
    """The fragments of a page's headings, as forges make them."""
    titles = re.findall(r"^#+ (.+)$", _BLOCK.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def broken(text: str, place: Path) -> list[str]:
    """The links of a page that lead nowhere in this repository."""
    wrong = []
    for link in _LINK.findall(_BLOCK.sub("", text)):
        if "://" in link:
            continue
        path, _, fragment = link.partition("#")
        target = (place.parent / path) if path else place
        there = target.read_text() if path and target.suffix == ".md" and target.exists() else text
        if not target.exists() or (fragment and fragment not in anchors(there)):
            wrong.append(link)
    return wrong


def unknown_commands(text: str) -> list[str]:
    """Targets of make and extras of the package that a page speaks of and nobody has."""
    code = "\n".join([*re.findall(r"`([^`\n]+)`", text), *re.findall(r"^ {4}.+$", text, re.MULTILINE),
                      *(block for _, language, block in blocks(text) if language != "python")])  # fmt: skip
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    import tomllib

    extras = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    wrong = [f"make {name}" for name in re.findall(r"\bmake ([a-z][\w-]*)", code) if name not in targets]
    return wrong + [f"boto[{name}]" for name in re.findall(r"boto\[(\w+)\]", code) if name not in extras]


@pytest.mark.parametrize("name", NAMES)
def test_links_and_commands(name: str) -> None:
    text = (ROOT / name).read_text()
    assert not broken(text, ROOT / name)
    assert not unknown_commands(text)


def test_what_leads_nowhere_is_seen() -> None:
    place = ROOT / "docs" / "index.md"
    assert broken(
        "[a](quickstart.md#errors) [b](https://example.com) [c](nothing.md) [d](quickstart.md#no)", place
    ) == [
        "nothing.md",
        "quickstart.md#no",
    ]
    assert unknown_commands("`make test`, `make nothing`, `pip install 'boto[nothing]'`") == [
        "make nothing",
        "boto[nothing]",
    ]


# -- tables ----------------------------------------------------------------------------------------------------


def _table(head: str, rows: Sequence[tuple[str, ...]]) -> str:
    columns = head.split(", ")
    lines = [columns, ["---"] * len(columns), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _code(*names: str) -> str:
    return ", ".join(f"`{name}`" for name in names if name)


def settings_table() -> str:
    rows = []
    for row in SETTINGS.values():
        boto1 = f"[{row.boto[0].title()}] {row.boto[1]}" if row.boto else ""
        default = (
            ""
            if row.default is None
            else str(row.default).lower()
            if row.kind != "seconds"
            else f"{row.default:g}"
        )
        option = "option" if row.option else ""
        rows.append(
            (_code(row.name), row.kind, option, _code(*row.env), _code(row.key), _code(boto1), default)
        )
    return _table("setting, kind, option, environment, key of a profile, ~/.boto, default", rows)


def classic_table() -> str:
    from boto.services.aws.classic import Classic
    from boto.services.aws.ec2 import EC2

    rows = []
    for name, method in vars(EC2).items():
        if isinstance(method, Classic):
            old = ", ".join(method.rows())
            fixed = "".join(f", `{key}` = `{value}`" for key, value in (method.fixed or {}).items())
            today = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", method.operation).lower()
            rows.append((f"`{name}({old})`", f"`{today}`{fixed}"))
    return _table("boto 2.49, today", rows)


def aliases_table() -> str:
    from boto.services.aws.provider import _OLD_NAMES

    return _table(
        "boto 1.x and 2.x, today",
        [(f"`connect_{old}`", f"`connect_{new.replace('-', '_')}`") for old, new in _OLD_NAMES.items()],
    )


TABLES: dict[str, tuple[str, Callable[[], str]]] = {
    "settings": ("docs/settings.md", settings_table),
    "classic": ("docs/migrating.md", classic_table),
    "aliases": ("docs/migrating.md", aliases_table),
}


def _place(name: str) -> re.Pattern[str]:
    return re.compile(rf"(<!-- {name} -->\n)(.*?)(<!-- /{name} -->)", re.DOTALL)


@pytest.mark.parametrize("name", TABLES)
def test_tables_say_what_the_code_says(name: str) -> None:
    page, table = TABLES[name]
    found = _place(name).search((ROOT / page).read_text())
    assert found is not None
    assert found[2] == table(), "run: python -m tests.unit.test_docs"


def test_all_kinds_are_told() -> None:
    page = (ROOT / "docs/settings.md").read_text()
    assert {row.kind for row in SETTINGS.values()} <= set(
        re.findall(r"^\| (\w+) \| [^|]* \|$", page, re.MULTILINE)
    )


def test_all_old_names_are_told() -> None:
    assert classic_table().count("\n") == 23 + 2


def test_every_service_of_aws_can_be_called() -> None:
    """README says so: there are rules for a protocol that each service speaks, and each of them loads."""
    from boto.registry import _PROTOCOLS, load

    aws = registry._provider("aws")
    headers = {name: aws.describe(name).header for name in boto.list_services("aws")}
    assert len(headers) == 439
    spoken = {name: header.get("protocols") or [header["protocol"]] for name, header in headers.items()}
    assert [name for name, protocols in spoken.items() if _PROTOCOLS.keys().isdisjoint(protocols)] == []
    for serializer, parser in _PROTOCOLS.values():
        assert load(serializer)() and load(parser)()


def test_every_extra_an_error_names_is_there() -> None:
    extras = set(re.findall(r"^(\w+) = \[", (ROOT / "pyproject.toml").read_text(), re.MULTILINE))
    named = {
        name
        for path in (ROOT / "boto").rglob("*.py")
        for name in re.findall(r'MissingExtra\([^)]*"(\w+)"\)', path.read_text())
    }
    assert named and named <= extras


def write() -> None:
    """Puts the tables into the pages."""
    for name, (page, table) in TABLES.items():
        path = ROOT / page
        made = table()
        path.write_text(
            _place(name).sub(lambda found, made=made: found[1] + made + found[3], path.read_text())
        )


if __name__ == "__main__":
    write()
