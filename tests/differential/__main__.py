"""`python -m tests.differential [service ...]`: all that there is, or these services."""

from __future__ import annotations

import sys
from time import process_time

from tests.differential.rules import RULES
from tests.differential.run import Tally, run, services

SHOWN = 400


def main(names: list[str]) -> int:
    tally, start = Tally(), process_time()
    for name in names or services():
        before, at = len(tally.unexplained), process_time()
        run(name, tally)
        print(
            f"{name}: {len(tally.unexplained) - before} unexplained, {process_time() - at:.1f} s",
            file=sys.stderr,
            flush=True,
        )
    for difference in tally.unexplained[:SHOWN]:
        print(difference)
    for what, count in tally.counts.items():
        print(f"{count:>8,} {what}")
    for name in RULES:
        print(f"{tally.rules[name]:>8,} differences by rule {name}")
    print(f"{len(tally.unexplained):>8,} differences unexplained; {process_time() - start:.0f} s of CPU")
    return 1 if tally.unexplained else 0


sys.exit(main(sys.argv[1:]))
