"""Blocks: two kinds of work in one process, turn by turn.

Absolute figures on a shared machine move by a third within minutes; two figures taken next to each other move
together. So the sides take turns in short blocks, the one that begins changes from round to round, and each
block starts with a collected heap: whose turn it is to collect would otherwise be decided by chance. What a
block works on is made before its clock runs. The clock is the CPU time of this process.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from gc import collect
from time import process_time_ns
from typing import TypeVar

Item = TypeVar("Item")
Work = Callable[[Item], object]


def block(work: Work[Item], items: Sequence[Item]) -> float:
    """CPU microseconds an item, over one block."""
    collect()
    begin = process_time_ns()
    for item in items:
        work(item)
    return (process_time_ns() - begin) / len(items) / 1000


def alternate(
    theirs: Work[Item],
    ours: Work[Item],
    items: Callable[[int], tuple[Sequence[Item], Sequence[Item]]],
    rounds: int,
) -> tuple[list[float], list[float]]:
    """Samples of both sides. `items(round)` gives what each side's block of that round works on.

    Round 0 warms up and is not counted.
    """
    samples: tuple[list[float], list[float]] = ([], [])
    for number in range(rounds + 1):
        for_theirs, for_ours = items(number)
        turns = [(0, theirs, for_theirs), (1, ours, for_ours)]
        for side, work, material in turns if number % 2 else reversed(turns):
            sample = block(work, material)
            if number:
                samples[side].append(sample)
    return samples
