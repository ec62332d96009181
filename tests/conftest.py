"""What every test starts from: no settings of the machine, and nothing left of the test before."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def nobodys_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """An empty home, and an environment that says nothing about clouds or proxies."""
    from boto import session

    for name in os.environ:
        if name.startswith(("AWS_", "BOTO_CONFIG", "BOTO_PATH")) or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    session._defaults.clear()
    yield
    session._defaults.clear()


@pytest.fixture
def home() -> Path:
    from pathlib import Path

    return Path(os.environ["HOME"])


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Credentials and a region in the environment."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/EXAMPLE")
    monkeypatch.setenv("AWS_REGION", "eu-west-1")
