"""CloudFormation: a template in JSON is read as one; a template in YAML stays a text."""

from __future__ import annotations

from boto.services.aws.documents import Documents, json, reading
from boto.services.base import Service
from boto.services.binding import DEFAULT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeVar

    from boto.middleware.stack import Protocol
    from boto.models.description import Operation

    M = TypeVar("M")
else:
    M = None

TEMPLATE = "TemplateBody"


class CloudFormation(Service[M]):
    """AWS CloudFormation."""

    stack = (Documents(TEMPLATE), *DEFAULT)

    def dialect(self, protocol: Protocol, operation: Operation) -> Protocol:
        return reading(protocol, operation, lambda member: member.shape.name == TEMPLATE, json)
