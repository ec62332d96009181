"""S3 Control: accounts are named by the host, ARNs of Outposts by the rules of its endpoints."""

from __future__ import annotations

from boto.middleware.before import Prepare
from boto.services.aws.options import own, switch
from boto.services.base import Service
from boto.services.binding import DEFAULT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeVar

    from boto.core.http import HTTPResponse
    from boto.core.steps import Flow
    from boto.middleware.stack import Call, Middleware, Plan, Proceed

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


class ArnAccounts:
    """An ARN says whose account is meant; the host needs to know."""

    @staticmethod
    def bind(plan: Plan) -> Middleware | None:
        members = plan.operation.input.members if plan.operation.input is not None else {}
        creates = plan.operation.name == "CreateAccessPoint"  # by a name that is no ARN yet
        names = [name for name in ("Name", "Bucket") if name in members and not (creates and name == "Name")]
        if not names or "AccountId" not in members:
            return None
        operation = plan.operation.snake

        def accounted(call: Call, proceed: Proceed) -> Flow[HTTPResponse]:
            params = call.params
            for name in names:
                value = params.get(name, params.get(name.lower()))
                if isinstance(value, str) and value.startswith("arn:"):
                    given = params.get("AccountId", params.get("account_id"))
                    account = _account(value, name, operation, given)
                    if given is None:
                        call = call.asking({**params, "AccountId": account})
            return proceed(call)

        return accounted


def _account(arn: str, name: str, operation: str, given: str | None) -> str:
    """The account of an ARN of Outposts, the only ones that stand for a name or a bucket here."""
    parts = arn.split(":", 5)
    resource = parts[5].replace("/", ":").split(":") if len(parts) == 6 else []
    kind = "accesspoint" if name == "Name" else "bucket"
    problem = ""
    if len(resource) != 4 or resource[0] != "outpost" or resource[2] != kind or parts[2] != "s3-outposts":
        problem = f"not the ARN of an Outposts {kind}"
    elif parts[3].startswith("fips-") or parts[3].endswith("-fips"):
        problem = "names a FIPS pseudo-region, which ARNs cannot have"
    elif given is not None and given != parts[4]:
        problem = "belongs to another account than account_id says"
    if problem:
        from boto.core.errors import ParameterError

        raise ParameterError(operation, [(name.lower(), problem)])
    return parts[4]


class S3Control(Service[M]):
    """Amazon S3 Control."""

    stack = (ArnAccounts, *(Prepared if layer is Prepare else layer for layer in DEFAULT))

    own_options = {"use_arn_region": (), "use_dualstack_endpoint": ()}
    signing_options = {"content_sha256": True, "double_encode": False, "normalize_path": False}

    def rule_inputs(self, inputs: dict[str, Any]) -> dict[str, Any]:
        """Whether an ARN's region counts where it is another than the one set."""
        dual = switch(self, "use_dualstack_endpoint")
        return {
            "AWS::UseDualStack": inputs["AWS::UseDualStack"] if dual is None else dual,
            "AWS::S3Control::UseArnRegion": own(self, "use_arn_region", "s3_use_arn_region") or False,
        }
