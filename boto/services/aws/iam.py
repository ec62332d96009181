"""IAM: policies are documents, and come as texts that are quoted as for a URL."""

from __future__ import annotations

from boto.services.aws.documents import Documents, quoted_json, reading
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

# The shape of every policy in IAM's description.
POLICY = "policyDocumentType"


class IAM(Service[M]):
    """AWS Identity and Access Management."""

    stack = (Documents(POLICY), *DEFAULT)

    def dialect(self, protocol: Protocol, operation: Operation) -> Protocol:
        return reading(protocol, operation, lambda member: member.shape.name == POLICY, quoted_json)
