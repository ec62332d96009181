"""Route 53: ids as its answers spell them, `/hostedzone/Z123`, are taken as they are."""

from __future__ import annotations

from boto.services.base import Service
from boto.services.binding import DEFAULT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeVar

    from boto.core.http import HTTPResponse
    from boto.core.steps import Flow
    from boto.middleware.stack import Call, Middleware, Plan, Proceed

    M = TypeVar("M")
else:
    M = None

_NAMES = ("HostedZoneId", "DelegationSetId", "HostedZoneIdMarker")
_PATHS = ("/hostedzone/{Id}", "/change/{Id}", "/delegationset/{Id}")


class PlainIds:
    """Takes the kind off ids, which the URI template states already."""

    @staticmethod
    def bind(plan: Plan) -> Middleware | None:
        shape = plan.operation.input
        members = shape.members.values() if shape is not None else ()
        named = any(path in plan.operation.uri for path in _PATHS)
        names = [
            name
            for member in members
            if member.name in _NAMES or (named and member.name == "Id")
            for name in (member.name, member.snake)
        ]
        if not names:
            return None

        def plain(call: Call, proceed: Proceed) -> Flow[HTTPResponse]:
            changed = {
                name: value.rpartition("/")[2]
                for name in names
                if isinstance(value := call.params.get(name), str) and "/" in value
            }
            return proceed(call.asking({**call.params, **changed}) if changed else call)

        return plain


class Route53(Service[M]):
    """Amazon Route 53."""

    stack = (PlainIds, *DEFAULT)
