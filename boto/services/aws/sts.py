"""STS: tokens from one endpoint for the whole world, or from one in each region."""

from __future__ import annotations

from boto.services.aws.options import own
from boto.services.base import Service

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeVar

    M = TypeVar("M")
else:
    M = None


class STS(Service[M]):
    """AWS Security Token Service."""

    own_options = {"regional_endpoints": ("legacy", "regional")}

    def rule_inputs(self, inputs: dict[str, Any]) -> dict[str, Any]:
        """Regions of old go to sts.amazonaws.com where `sts_regional_endpoints` is `legacy`."""
        mode = own(self, "regional_endpoints", "sts_regional_endpoints")
        return {"AWS::STS::UseGlobalEndpoint": mode == "legacy" and inputs["SDK::Endpoint"] is None}
