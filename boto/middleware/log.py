"""One line in the log for each attempt, at DEBUG, without secrets.

`logging` is not imported: where nobody imported it, nobody set a level, and nobody would read the line.
"""

from __future__ import annotations

import sys

from boto.core.http import redact_url

TYPE_CHECKING = False
if TYPE_CHECKING:
    from logging import Logger

    from boto.core.http import HTTPResponse
    from boto.core.steps import Flow
    from boto.middleware.stack import Call, Middleware, Plan, Proceed


class Log:
    """Logs attempts to the logger `boto`."""

    @staticmethod
    def bind(plan: Plan) -> Middleware | None:
        name = f"{plan.operation.description.id}.{plan.operation.name}"

        def logged(call: Call, proceed: Proceed) -> Flow[HTTPResponse]:
            logger = _loggers[0] if _loggers else _found()
            if logger is None or not logger.isEnabledFor(10):  # DEBUG
                return proceed(call)
            return _logged(logger, name, call, proceed)

        return logged


# The logger `boto`, once there is one. Asking `logging` for it takes a lock, at every attempt.
_loggers: list[Logger] = []


def _found() -> Logger | None:
    logging = sys.modules.get("logging")
    if logging is None:
        return None
    _loggers.append(logging.getLogger("boto"))
    return _loggers[0]


def _logged(logger: Logger, name: str, call: Call, proceed: Proceed) -> Flow[HTTPResponse]:
    debug = logger.debug
    where = f"{call.request.method} {redact_url(call.request.url)}"
    attempt = call.metadata.attempts
    try:
        response = yield from proceed(call)
    except Exception as error:
        debug("%s attempt %d: %s failed: %s", name, attempt, where, type(error).__name__)
        raise
    debug("%s attempt %d: %s -> %d", name, attempt, where, response.status)
    return response
