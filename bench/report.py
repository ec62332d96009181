"""Report: the rows as a table, as JSON, as a plot, and in the README."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bench.row import Row

OUT = Path(__file__).parent / "out"
BEGIN, END = "<!-- bench -->", "<!-- /bench -->"

Machine = dict[str, Any]


def table(rows: list[Row], machine: Machine) -> str:
    """The table in Markdown, which is also what the terminal shows."""
    head = ["work", "boto3", "boto", "times less", "middle half", "goal", "met"]
    lines = [_cells(row) for row in rows]
    widths = [max(map(len, column)) for column in zip(head, *lines, strict=True)]
    rule = ["-" * widths[0], *(f"{'-' * (width - 1)}:" for width in widths[1:])]
    text = "\n".join(f"| {' | '.join(_aligned(line, widths))} |" for line in (head, rule, *lines))
    return f"{text}\n\n{_machine(machine)}"


def _aligned(line: list[str], widths: list[int]) -> list[str]:
    first, *others = zip(line, widths, strict=True)
    return [first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in others)]


def _cells(row: Row) -> list[str]:
    sides = [f"{cost:,.{row.digits}f} {row.unit}" for cost in (row.their_median, row.our_median)]
    goals = [f"{row.goal:g}"] if row.goal is not None else []
    if row.limit is not None:
        goals.append(f"< {row.limit:g} {row.unit}")
    spread = "-".join(map(_times, row.spread))
    return [row.name, *sides, _times(row.ratio), spread, ", ".join(goals), "yes" if row.met else "**no**"]


def _times(ratio: float) -> str:
    return f"{ratio:,.0f}" if ratio >= 100 else f"{ratio:.1f}"


def _machine(machine: Machine) -> str:
    names = ("boto", "boto3", "botocore", "requests", "urllib3", "lxml")
    return (
        "Medians over rounds in which the sides take turns; ratios are taken round by round. "
        f"{machine['python']} on {machine['system']}, {machine['processor']}, {machine['cores']} cores; "
        f"{', '.join(f'{name} {machine[name]}' for name in names)}."
    )


def write_json(rows: list[Row], machine: Machine, path: Path) -> None:
    """Everything measured, for those who compare two runs."""
    found = [
        {
            "work": row.name,
            "unit": row.unit,
            "boto3": {"median": row.their_median, "samples": row.theirs},
            "boto": {"median": row.our_median, "samples": row.ours},
            "ratio": row.ratio,
            "middle half": row.spread,
            "goal": row.goal,
            "limit": row.limit,
            "met": row.met,
        }
        for row in rows
    ]
    path.write_text(json.dumps({"machine": machine, "rows": found}, indent=1) + "\n")


def write_plot(rows: list[Row], path: Path) -> bool:
    """The ratios as bars, goals as marks. False when matplotlib is not there (`pip install boto[bench]`)."""
    try:
        import matplotlib as mpl
    except ImportError:
        return False
    mpl.use("Agg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(10, 0.5 * len(rows) + 1.5), layout="constrained")
    names = [row.name for row in rows]
    ratios = [row.ratio for row in rows]
    bars = axes.barh(names, ratios, color=["#3b6ea5" if row.met else "#c44e52" for row in rows], height=0.6)
    axes.bar_label(bars, [_times(ratio) for ratio in ratios], padding=4)
    for place, row in enumerate(rows):
        if row.goal is not None:
            axes.plot([row.goal, row.goal], [place - 0.4, place + 0.4], color="black", linewidth=2)
    axes.set_xscale("log")
    axes.set_xlim(1, max(ratios) * 4)
    axes.invert_yaxis()
    axes.set_xlabel("times less than boto3 (a black mark is the goal, red a miss)")
    axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(path, dpi=120)
    pyplot.close(figure)
    return True


def put_into(readme: Path, block: str) -> None:
    """Replaces what stands between the markers."""
    text = readme.read_text()
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise SystemExit(f"{readme} has no place for the table: a line {BEGIN} and, below it, a line {END}")
    readme.write_text(f"{before}{BEGIN}\n{block}\n{END}{after}")
