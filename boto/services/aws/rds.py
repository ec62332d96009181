"""RDS, Neptune and DocumentDB, which share one API: snapshots and replicas from another region.

c.copy_db_snapshot(source_region="eu-west-1", source_db_snapshot_identifier="arn:aws:rds:eu-west-1:...", ...)
"""

from __future__ import annotations

from boto.services.aws.crossregion import presigning
from boto.services.base import Service

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeVar

    M = TypeVar("M")
else:
    M = None


class RDS(Service[M]):
    """Amazon Relational Database Service."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.stack = presigning(self)


class Neptune(RDS[M]):
    """Amazon Neptune."""


class DocDB(RDS[M]):
    """Amazon DocumentDB."""
