"""S3 Control: accounts are named by the host, ARNs of Outposts by the rules of its endpoints."""

from __future__ import annotations

from boto.middleware.before import Prepare
from boto.services.aws.options import own, switch
from boto.services.base import Service
from boto.services.binding import DEFAULT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeVar

    from boto.middleware.stack import Middleware, Plan

    M = TypeVar("M")
else:
    M = None


class Prepared(Prepare):
    """The account goes into the host by the endpoint's rules; the description's prefix would put it there twice."""

    @staticmethod
    def bind(plan: Plan) -> Middleware | None:
        made = Prepare(plan)
        made.prefix = None
        return made


class S3Control(Service[M]):
    """Amazon S3 Control."""

    stack = tuple(Prepared if layer is Prepare else layer for layer in DEFAULT)

    signing_options = {"content_sha256": True, "double_encode": False, "normalize_path": False}

    def rule_inputs(self, inputs: dict[str, Any]) -> dict[str, Any]:
        """Whether an ARN's region counts where it is another than the one set."""
        dual = switch(self, "use_dualstack_endpoint")
        return {
            "AWS::UseDualStack": inputs["AWS::UseDualStack"] if dual is None else dual,
            "AWS::S3Control::UseArnRegion": own(self, "use_arn_region", "s3_use_arn_region") or False,
        }
