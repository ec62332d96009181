"""From the names of sources to Python names, the same for operations, members, waiters and wire names."""

from __future__ import annotations

# Words whose capitals do not follow the rule below. Matched longest first, at a capital letter.
WORDS = ("IPv4", "IPv6", "OTel", "WhatsApp", "IoT")

_names: dict[str, str] = {}


def snake(name: str) -> str:
    """`DescribeDBInstances` -> `describe_db_instances`; a name already in snake_case is returned as it is."""
    known = _names.get(name)
    if known is None:
        known = _names[name] = _snake(name)
    return known


def _snake(name: str) -> str:
    raise NotImplementedError  # being written: core/naming belongs to the facts work
