"""Members under the names that boto3 has for them: some are words of Python, one lacks its plural."""

from __future__ import annotations

from boto.services.binding import DEFAULT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from boto.core.http import HTTPResponse
    from boto.core.steps import Flow
    from boto.middleware.stack import Call, KnowingLayer, Layer, Middleware, Plan, Proceed


class Renamed:
    """Takes a member under another name as well: `Renamed("from", "fromTime", "from_time")`."""

    def __init__(self, member: str, *others: str) -> None:
        self.member = member
        self.others = others

    def bind(self, plan: Plan) -> Middleware | None:
        members = plan.operation.input.members if plan.operation.input is not None else {}
        return self if self.member in members else None

    def __call__(self, call: Call, proceed: Proceed) -> Flow[HTTPResponse]:
        given = [name for name in self.others if name in call.params]
        if not given:
            return proceed(call)
        params = {self.member if name == given[0] else name: value for name, value in call.params.items()}
        return proceed(call.asking(params))


def filters() -> Sequence[type[Layer] | KnowingLayer]:
    """The usual stack, for operations whose filters are called `Filter`; those of all others are `Filters`."""
    return (Renamed("Filter", "filters", "Filters"), *DEFAULT)
