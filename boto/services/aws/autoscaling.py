"""Auto Scaling: user data of launch configurations."""

from __future__ import annotations

from boto.services.aws.userdata import encoding
from boto.services.base import Service

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeVar

    M = TypeVar("M")
else:
    M = None


class AutoScaling(Service[M]):
    """Auto Scaling."""

    stack = encoding()
