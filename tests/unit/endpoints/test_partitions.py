"""Which partition a region belongs to."""

from __future__ import annotations

import pytest

from boto.core.errors import ConfigError
from boto.endpoints.partitions import Partitions

ROWS = [
    ("one", r"^(us|eu)-\w+-\d+$", {"dnsSuffix": "one.example"}, ["us-a-1", "one-global"]),
    ("two", r"^zz-\w+-\d+$", {"dnsSuffix": "two.example"}, ["zz-a-1", "us-odd-9"]),
]


@pytest.mark.parametrize(
    ("region", "name"),
    [
        ("us-a-1", "one"), ("one-global", "one"), ("zz-a-1", "two"), ("eu-new-1", "one"), ("zz-new-1", "two"),
        ("us-odd-9", "two"), ("nowhere", "one"), ("", "one"), (None, "one"),
    ],
)  # fmt: skip
def test_of(region: str | None, name: str) -> None:
    partitions = Partitions(ROWS)
    for _ in range(2):
        assert partitions.of(region)["name"] == name
        assert partitions.of(region)["dnsSuffix"] == f"{name}.example"


def test_what_a_partition_lacks_is_none() -> None:
    assert Partitions(ROWS).of("us-a-1")["supportsFIPS"] is None


def test_unknown_regions_do_not_pile_up() -> None:
    partitions = Partitions(ROWS)
    for number in range(2000):
        partitions.of(f"zz-x-{number}")
    assert len(partitions._names) <= 256
    assert partitions.of("zz-x-1")["name"] == "two"


def test_listing() -> None:
    partitions = Partitions(ROWS)
    assert partitions.names == ["one", "two"]
    assert partitions.regions("two") == ["zz-a-1", "us-odd-9"]


def test_bad_sources() -> None:
    with pytest.raises(ConfigError, match="none"):
        Partitions([])
    with pytest.raises(ConfigError, match="regionRegex"):
        Partitions.from_source({"partitions": [{"id": "x", "regions": {}, "outputs": {}}]})
