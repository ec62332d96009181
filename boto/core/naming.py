"""From the names of sources to Python names, the same for operations, members, waiters and wire names.

A word starts at a capital that follows a small letter or a digit, and at the last capital of an acronym when
a small letter follows: `DescribeDBInstances` is `describe_db_instances`. Two things break that rule in
practice. Acronyms have plurals (`ListARNs`, `VPCsPerRegion`): a small `s` that ends the name or stands before
the next capital belongs to the acronym. And some words have capitals inside (`IPv6`, `WhatsApp`): those are
listed. Whatever an identifier cannot hold (`$filter`, `If-Match`, `pods/exec`, `tag[]`) separates words.

Digits stay with the word they follow. Python's keywords are left alone: a parameter may be called `from`.
"""

from __future__ import annotations

# Words whose capitals do not follow the rule. Small letters and digits after them belong to them (`OAuth2`).
WORDS = (
    "BBox", "DBv", "DDoS", "FSx", "GiB", "IaC", "IPv4", "IPv6", "IoT", "KiB", "MBps", "MLflow", "MiB", "NaN",
    "OAuth", "OTel", "QnA", "RStudio", "SaaS", "TiB", "TtL", "VCpu", "WhatsApp", "iSCSI",
)  # fmt: skip

# Names of descriptions are finite; those a server may put into an answer are not.
_REMEMBERED = 100_000
_names: dict[str, str] = {}
_starts: dict[str, list[str]] = {}
for _word in WORDS:  # none is the beginning of another, so their order does not matter
    _starts.setdefault(_word[0], []).append(_word)


def snake(name: str) -> str:
    """`DescribeDBInstances` -> `describe_db_instances`; a name already in snake_case is returned as it is."""
    known = _names.get(name)
    if known is None:
        if len(_names) >= _REMEMBERED:
            _names.clear()
        known = _names[name] = name if name.islower() and name.isidentifier() else _snake(name)
    return known


def _snake(name: str) -> str:
    if len(name) > 2:  # camelCase follows the same rule: vCPUHour, oAuthScopes, aWSManaged
        name = name[0].upper() + name[1:]
    words: list[str] = []
    start = index = 0
    listed = -1  # where a listed word ended: a capital there begins the next word
    while index < len(name):
        char = name[index]
        special = _special(name, index) if char in _starts else 0
        if special or (char.isupper() and (index == listed or _begins(name, index))):
            words.append(name[start:index])
            start = index
        elif not char.isalnum():
            words.append(name[start:index])
            start = index + 1
        index += special or 1
        if special:
            listed = index
    words.append(name[start:])
    joined = "_".join(word for word in words if word).lower()
    return joined if joined.isidentifier() else f"_{joined}"


def _special(name: str, index: int) -> int:
    """The length of the listed word that starts here, 0 for none."""
    for word in _starts[name[index]]:
        if name.startswith(word, index):
            return len(word)
    return 0


def _begins(name: str, index: int) -> bool:
    """Whether the capital at `index` begins a word by the rule."""
    if not name[index - 1].isupper():
        return True
    after = name[index + 1 : index + 3]
    if not after[:1].islower():
        return False
    return not (after[0] == "s" and not after[1:].islower())
