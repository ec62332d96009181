"""CloudWatch Logs: the member `from` has a name that Python can say."""

from __future__ import annotations

from boto.services.aws.renamed import Renamed
from boto.services.base import Service
from boto.services.binding import DEFAULT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeVar

    M = TypeVar("M")
else:
    M = None


class Logs(Service[M]):
    """Amazon CloudWatch Logs."""

    stack = (Renamed("from", "from_time", "fromTime"), *DEFAULT)
