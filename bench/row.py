"""A row of the table: one kind of work, measured on both sides."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median, quantiles


@dataclass(frozen=True)
class Row:
    """Samples of both sides for one kind of work, in pairs: those of one round stand at the same place.

    `goal` is how many times less ours must be. `limit` is what ours may cost at most, in `unit`, where the
    goal is no ratio. `digits` are those shown after the point.
    """

    name: str
    unit: str
    theirs: list[float]
    ours: list[float]
    goal: float | None = None
    limit: float | None = None
    digits: int = 1

    @property
    def their_median(self) -> float:
        return median(self.theirs)

    @property
    def our_median(self) -> float:
        return median(self.ours)

    @property
    def ratios(self) -> list[float]:
        """Round by round: a machine that changes its speed changes it for both sides of a round."""
        return [one / other for one, other in zip(self.theirs, self.ours, strict=True)]

    @property
    def ratio(self) -> float:
        return median(self.ratios)

    @property
    def spread(self) -> tuple[float, float]:
        """The middle half of the ratios."""
        first, _, third = quantiles(self.ratios, n=4, method="inclusive")
        return first, third

    @property
    def met(self) -> bool:
        by_ratio = self.goal is None or self.ratio >= self.goal
        return by_ratio and (self.limit is None or self.our_median < self.limit)
