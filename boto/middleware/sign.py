"""Signing: innermost, so that each attempt is signed anew with the current time and credentials."""

from __future__ import annotations

from time import time

from boto.auth.base import Scope

TYPE_CHECKING = False
if TYPE_CHECKING:
    from boto.core.http import HTTPResponse
    from boto.core.steps import Flow
    from boto.middleware.stack import Call, Middleware, Plan, Proceed


class Sign:
    """Has the request signed. Left out where nobody signs."""

    @staticmethod
    def bind(plan: Plan) -> Middleware | None:
        if plan.signing is None or plan.credentials is None:
            return None
        signing_for, cache, usual = plan.signing, plan.credentials, plan.endpoint
        usually = None if callable(usual) else signing_for(usual)

        def signed(call: Call, proceed: Proceed) -> Flow[HTTPResponse]:
            signing = (
                usually if usually is not None and call.endpoint is usual else signing_for(call.endpoint)
            )
            now = time()
            credentials = cache.current(now)
            if credentials is None:
                credentials = yield from cache.resolve(now)
            scope = Scope(signing.service, signing.region, now, signing.options)
            return (yield from proceed(call.sending(signing.signer.sign(call.request, credentials, scope))))

        return signed
