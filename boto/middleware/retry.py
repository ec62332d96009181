"""Retries: a policy decides, the middleware acts.

What may be tried again: connections that failed, answers of 429, 500, 502, 503 and 504, and error codes that
say "later" or "slower". A body that is a stream is never sent twice, and a request that may already have been
carried out is sent again only if repeating it does no harm (`Plan.repeatable`).
"""

from __future__ import annotations

from time import monotonic

from boto.core.errors import BotoError, ConnectFailed, Timeout
from boto.core.steps import Sleep

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, Protocol

    from boto.core.http import HTTPResponse
    from boto.core.steps import Flow
    from boto.middleware.stack import Call, Middleware, Plan, Proceed

    class RetryPolicy(Protocol):
        """Decides; pure but for the random number it is handed."""

        def delay(self, attempt: int, failure: str, status: int, random: Callable[[], float]) -> float | None:
            """Seconds to wait after attempt number `attempt` (from 1) failed, or None to give up.

            `failure` is an error code of the service, or `connect`, `timeout`; `status` is 0 without an answer.
            """
            ...


TRANSIENT = frozenset((429, 500, 502, 503, 504))

# Codes that AWS's query-like services answer with status 400, and that mean "later" all the same.
THROTTLES = frozenset(
    (
        "Throttling", "ThrottlingException", "ThrottledException", "RequestThrottledException", "RequestThrottled",
        "TooManyRequestsException", "ProvisionedThroughputExceededException", "TransactionInProgressException",
        "RequestLimitExceeded", "BandwidthLimitExceeded", "LimitExceededException", "SlowDown",
        "PriorRequestNotComplete", "EC2ThrottledException",
    )
)  # fmt: skip
TRANSIENT_CODES = frozenset(("RequestTimeout", "RequestTimeoutException", "InternalError"))
_PASSING = THROTTLES | TRANSIENT_CODES | {"connect", "timeout"}


class Standard:
    """Up to `attempts` tries; before each further one a random share of 1, 2, 4 ... seconds, at most `cap`."""

    __slots__ = ("attempts", "base", "cap")

    def __init__(self, attempts: int = 3, base: float = 1.0, cap: float = 20.0) -> None:
        self.attempts = attempts
        self.base = base
        self.cap = cap

    def delay(self, attempt: int, failure: str, status: int, random: Callable[[], float]) -> float | None:
        """Nothing for what a later try would not change."""
        if attempt >= self.attempts or not (status in TRANSIENT or failure in _PASSING):
            return None
        return random() * min(self.base * 2.0 ** (attempt - 1), self.cap)

    def __repr__(self) -> str:
        return f"Standard(attempts={self.attempts}, base={self.base}, cap={self.cap})"


def policy(retries: Any) -> RetryPolicy:
    """The policy for what a user may set: a number of retries, `standard`, `off`, or a policy itself."""
    if hasattr(retries, "delay"):
        chosen: RetryPolicy = retries
        return chosen
    if retries is None or retries == "standard":
        return Standard()
    if retries == "off":
        return Standard(attempts=1)
    if isinstance(retries, str) and retries.isdigit():
        retries = int(retries)
    if isinstance(retries, int) and not isinstance(retries, bool) and retries >= 0:
        return Standard(attempts=retries + 1)
    from boto.core.errors import ConfigError

    raise ConfigError(
        f"retries={retries!r}: must be a number of retries (0 for none), 'standard', 'off' or a policy with delay()"
    )


class Retry:
    """Tries again as long as the policy says so and time is left."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.policy = plan.retries

    @staticmethod
    def bind(plan: Plan) -> Middleware | None:
        return Retry(plan)

    def __call__(self, call: Call, proceed: Proceed) -> Flow[HTTPResponse]:
        metadata = call.metadata
        while True:
            metadata.attempts += 1
            metadata.timeline.append((f"attempt {metadata.attempts}", monotonic() - metadata.started))
            failed: BotoError | None = None
            response: HTTPResponse | None = None
            try:
                response = yield from proceed(call)
            except (ConnectFailed, Timeout) as error:
                failed = error
            else:
                metadata.timeline.append((f"answer {response.status}", monotonic() - metadata.started))
                if response.status < 400:
                    return response
            delay = self.delay(call, response, failed)
            if delay is None or not self.in_time(call, delay):
                if failed is not None:
                    raise self.in_all(call, failed)
                assert response is not None
                return response
            metadata.delays.append(delay)
            yield from Sleep(delay)

    def delay(self, call: Call, response: HTTPResponse | None, failed: BotoError | None) -> float | None:
        from random import random

        if not isinstance(call.request.body, (bytes, type(None))):
            return None
        attempt = call.metadata.attempts
        if response is not None:
            info = self.plan.parser.parse_error(response, self.plan.operation)
            modelled = self.plan.operation.description.errors.get(info.code) or {}
            code = "Throttling" if modelled.get("retryable") else info.code
            return self.policy.delay(attempt, code, response.status, random)
        if isinstance(failed, ConnectFailed):
            return self.policy.delay(attempt, "connect", 0, random) if self.harmless(failed.sent) else None
        assert isinstance(failed, Timeout)
        if failed.phase == "total" or not self.harmless(failed.phase == "read"):
            return None
        return self.policy.delay(attempt, "timeout", 0, random)

    def harmless(self, sent: bool) -> bool:
        return not sent or self.plan.repeatable

    def in_all(self, call: Call, failed: BotoError) -> BotoError:
        """The error, with the time of all attempts where the last one knew only of what was left to it."""
        attempts = call.metadata.attempts
        if not isinstance(failed, Timeout) or failed.phase != "total" or attempts == 1:
            return failed
        elapsed = monotonic() - call.metadata.started
        limit, where = self.plan.timeout or elapsed, failed.endpoint
        said = f"no complete answer from {where} within the {limit:g} s given for all of {attempts} attempts"
        whole = Timeout(said, where, "total", elapsed)
        whole.__cause__ = failed.__cause__
        return whole

    def in_time(self, call: Call, delay: float) -> bool:
        timeout = self.plan.timeout
        return timeout is None or monotonic() + delay < call.metadata.started + timeout
