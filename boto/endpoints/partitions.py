"""Partitions: groups of regions that share DNS suffixes and have nothing to do with one another.

A region that is listed tells its partition by one look into a dict. A region nobody listed (a new one) is
matched against each partition's pattern, and only then is `re` imported. What matches nothing belongs to
the first partition: that is what endpoint rules expect of `aws.partition`.
"""

from __future__ import annotations

from boto.core.errors import ConfigError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any


if TYPE_CHECKING:
    Outputs = dict[str, Any]
else:

    class Outputs(dict):
        """What rules may ask of a partition; what it does not have is None."""

        def __missing__(self, name):
            return None


class Partitions:
    """A provider's partitions. `rows` are `(name, pattern, outputs, regions)`; the first is the default."""

    __slots__ = ("_names", "_outputs", "_patterns", "_regions")

    def __init__(self, rows: Iterable[tuple[str, str, Mapping[str, Any], Iterable[str]]]) -> None:
        self._outputs: dict[str, Outputs] = {}
        self._patterns: list[tuple[str, str]] = []
        self._regions: dict[str, str] = {}
        for name, pattern, outputs, regions in rows:
            self._outputs[name] = Outputs({**outputs, "name": name})
            self._patterns.append((name, pattern))
            for region in regions:
                self._regions.setdefault(region, name)
        if not self._outputs:
            raise ConfigError("partitions: there are none")
        # Regions that were asked for, listed or not: bounded, as the name may come from anywhere.
        self._names: dict[str, str] = {}

    @classmethod
    def from_source(cls, source: Mapping[str, Any]) -> Partitions:
        """From the published form: `{"partitions": [{"id", "regionRegex", "regions", "outputs"}]}`."""
        try:
            return cls(
                [(p["id"], p["regionRegex"], p["outputs"], list(p["regions"])) for p in source["partitions"]]
            )
        except (KeyError, TypeError) as error:
            raise ConfigError(f"partitions: malformed or missing {error}") from None

    @property
    def names(self) -> list[str]:
        return list(self._outputs)

    def regions(self, name: str) -> list[str]:
        """The regions listed for a partition; pseudo regions such as aws-global are among them."""
        return [region for region, owner in self._regions.items() if owner == name]

    def outputs(self, name: str) -> Outputs:
        """What rules may ask of a partition: `name`, `dnsSuffix`, `supportsFIPS`, ..."""
        return self._outputs[name]

    def of(self, region: str | None) -> Outputs:
        """The outputs of the partition a region belongs to."""
        if region is None:
            return self._outputs[self._patterns[0][0]]
        name = self._regions.get(region) or self._names.get(region)
        if name is None:
            if len(self._names) >= 256:
                self._names.clear()
            name = self._names[region] = self._match(region)
        return self._outputs[name]

    def _match(self, region: str) -> str:
        import re

        for name, pattern in self._patterns:
            if re.match(pattern, region):
                return name
        return self._patterns[0][0]
