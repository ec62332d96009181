"""Machine: where the figures were taken, and with what."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version

from boto.core.version import VERSION


def described() -> dict[str, str | int]:
    """What decides absolute figures; nothing that names this machine."""
    return {
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "system": f"{platform.system()} {platform.machine()}",
        "processor": _processor(),
        "cores": os.cpu_count() or 0,
        "boto": VERSION,
        **{name: version(name) for name in ("boto3", "botocore", "requests", "urllib3", "lxml")},
    }


def _processor() -> str:
    try:
        with open("/proc/cpuinfo") as info:
            return next(line.partition(":")[2].strip() for line in info if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or "unknown"
