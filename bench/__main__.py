"""`python -m bench`: what this library costs beside boto3, in one run of a few minutes.

    python -m bench [--readme README.md] [--only start,memory,sessions,calls,signing]

Prints the table; writes `bench/out/results.json` and `bench/out/ratios.png`, and with `--readme` the table
between the markers of that file. A goal that is missed is printed as missed: nothing here fails because of a
figure.
"""

from __future__ import annotations

import argparse
import sys
from importlib import import_module
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from bench import report

if TYPE_CHECKING:
    from bench.row import Row

# Fresh interpreters first, while this one is small and has imported neither side.
PARTS = ("start", "memory", "sessions", "calls", "signing")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Costs, side by side with boto3.")
    parser.add_argument("--readme", type=Path, help="a file to put the table into")
    parser.add_argument("--only", default=",".join(PARTS), help=f"some of {','.join(PARTS)}")
    chosen = parser.parse_args()
    rows = _measured(chosen.only.split(","))

    from bench.machine import described

    machine = described()
    table = report.table(rows, machine)
    print(table)
    report.OUT.mkdir(exist_ok=True)
    report.write_json(rows, machine, report.OUT / "results.json")
    if not report.write_plot(rows, report.OUT / "ratios.png"):
        print("no plot: matplotlib is not installed (it is in the extra `bench`)", file=sys.stderr)
    if chosen.readme is not None:
        report.put_into(chosen.readme, table)


def _measured(parts: list[str]) -> list[Row]:
    rows: list[Row] = []
    for part in parts:
        began = monotonic()
        rows += import_module(f"bench.{part}").rows()
        print(f"{part}: {monotonic() - began:.0f} s", file=sys.stderr)
    return rows


if __name__ == "__main__":
    main()
