"""Descriptions on disk: the one place that reads package data, each file once in a process."""

from __future__ import annotations

import os

from boto.models.description import Description
from boto.models.rows import FactLines

SUFFIX = ".lines"

_descriptions: dict[str, Description] = {}


def text(path: str) -> str:
    """The text of any other file of package data; whoever reads it keeps what it makes of it."""
    with open(path, "rb") as file:
        return file.read().decode()


def load(path: str) -> Description:
    """The description in a file of fact lines. The same object for everybody: descriptions never change."""
    found = _descriptions.get(path)
    if found is None:
        found = _descriptions.setdefault(path, Description(FactLines(path)))
    return found


def find(folder: str, name: str) -> Description | None:
    """The description of one service in a provider's data folder; None when there is none of this name."""
    path = f"{folder}{os.sep}{name}{SUFFIX}"
    if path in _descriptions or os.path.exists(path):
        return load(path)
    return None


def names(folder: str) -> list[str]:
    """The names of the services a provider's data folder describes, sorted. Opens none of them."""
    return sorted(name[: -len(SUFFIX)] for name in os.listdir(folder) if name.endswith(SUFFIX))
