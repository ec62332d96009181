"""API Gateway: it is asked for JSON, or it would answer in HAL, with its links among the members."""

from __future__ import annotations

from boto.middleware.before import Prepare
from boto.services.aws.sent import Sent
from boto.services.base import Service
from boto.services.binding import behind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeVar

    M = TypeVar("M")
else:
    M = None


class APIGateway(Service[M]):
    """Amazon API Gateway."""

    stack = behind(Prepare, Sent(Accept="application/json"))
