"""The bench's own arithmetic, and what it writes; no figure is measured here."""

from __future__ import annotations

import json

import pytest

from bench import report
from bench.row import Row

MACHINE = {
    "python": "CPython 3.11", "system": "Linux", "processor": "a processor", "cores": 2, "boto": "3", "boto3": "1",
    "botocore": "1", "requests": "2", "urllib3": "2", "lxml": "6",
}  # fmt: skip


def test_ratios_are_taken_round_by_round():
    # The machine was half as fast in the second round: the medians' ratio would be 12.
    row = Row("work", "us", [100.0, 200.0, 100.0], [10.0, 20.0, 8.0], goal=10)
    assert row.ratios == [10.0, 10.0, 12.5]
    assert row.ratio == 10.0
    assert row.met


@pytest.mark.parametrize(
    ("goal", "limit", "met"), [(10, None, True), (11, None, False), (10, 0.5, False), (None, 2, True)]
)
def test_a_goal_is_a_ratio_or_a_limit_or_both(goal, limit, met):
    assert Row("work", "MB", [10.0, 10.0], [1.0, 1.0], goal, limit).met is met


def test_a_miss_is_shown_as_a_miss():
    text = report.table([Row("work", "us", [50.0, 60.0], [10.0, 10.0], goal=8)], MACHINE)
    line = text.splitlines()[2]
    assert [cell.strip() for cell in line.strip("|").split("|")] == [
        "work", "55.0 us", "10.0 us", "5.5", "5.2-5.8", "8", "**no**",
    ]  # fmt: skip


def test_the_table_replaces_what_stands_between_the_markers(tmp_path):
    readme = tmp_path / "README.md"
    readme.write_text("above\n<!-- bench -->\nold\n<!-- /bench -->\nbelow\n")
    report.put_into(readme, "new")
    report.put_into(readme, "newer")
    assert readme.read_text() == "above\n<!-- bench -->\nnewer\n<!-- /bench -->\nbelow\n"


def test_a_readme_without_markers_is_left_alone(tmp_path):
    readme = tmp_path / "README.md"
    readme.write_text("nothing here\n")
    with pytest.raises(SystemExit, match="no place for the table"):
        report.put_into(readme, "new")
    assert readme.read_text() == "nothing here\n"


def test_results_are_written_with_every_sample(tmp_path):
    path = tmp_path / "results.json"
    report.write_json([Row("work", "us", [50.0, 60.0], [10.0, 10.0], goal=8)], MACHINE, path)
    written = json.loads(path.read_text())
    assert written["machine"] == MACHINE
    (row,) = written["rows"]
    assert row["boto3"]["samples"] == [50.0, 60.0]
    assert (row["ratio"], row["goal"], row["met"]) == (5.5, 8, False)
