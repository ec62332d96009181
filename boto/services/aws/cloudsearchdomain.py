"""CloudSearch domains: each has an endpoint of its own, and searches may be longer than a URL.

c = boto.connect_cloudsearchdomain(endpoint_url="https://search-movies-abc.us-east-1.cloudsearch.amazonaws.com")
"""

from __future__ import annotations

from boto.middleware.before import Prepare
from boto.services.aws.renamed import Renamed
from boto.services.base import Service
from boto.services.binding import behind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeVar

    from boto.core.http import HTTPResponse
    from boto.core.steps import Flow
    from boto.middleware.stack import Call, Middleware, Plan, Proceed

    M = TypeVar("M")
else:
    M = None


class Posted:
    """Sends the query of a search as a form. Comes after the request is prepared."""

    @staticmethod
    def bind(plan: Plan) -> Middleware | None:
        return Posted.sent if plan.operation.name == "Search" else None

    @staticmethod
    def sent(call: Call, proceed: Proceed) -> Flow[HTTPResponse]:
        request = call.request
        url, mark, query = request.url.partition("?")
        if not mark:
            return proceed(call)
        headers = request.headers.merged({"Content-Type": "application/x-www-form-urlencoded"})
        body = query.encode("ascii")
        return proceed(call.sending(request.replace(method="POST", url=url, headers=headers, body=body)))


class CloudSearchDomain(Service[M]):
    """Amazon CloudSearch Domain."""

    stack = (Renamed("return", "return_fields", "returnFields"), *behind(Prepare, Posted))
