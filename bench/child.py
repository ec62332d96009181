"""Child: a fresh interpreter that does one thing, and what it cost.

What a start costs shows only in a process that has imported nothing yet. All children get the same flags and
the same small environment: no settings of this machine, an empty home, byte code that an earlier child wrote.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

_ROOT = str(Path(__file__).resolve().parent.parent)
_KEPT = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT")
_HOME = TemporaryDirectory(prefix="bench-home-")


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return {**kept, "PYTHONPATH": _ROOT, "HOME": _HOME.name}


def cpu(code: str, *arguments: str) -> float:
    """Milliseconds of CPU, user and system, from the first instruction of the process to its end."""
    command = [sys.executable, "-c", code, *arguments]
    child = os.posix_spawn(sys.executable, command, _environment())
    _, status, usage = os.wait4(child, 0)
    if status:
        raise RuntimeError(f"a child failed: {code}")
    return (usage.ru_utime + usage.ru_stime) * 1000


def output(code: str, *arguments: str) -> str:
    """What a child printed."""
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, env=_environment(), check=True, capture_output=True, text=True).stdout
