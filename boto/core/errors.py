"""The errors of this library: one tree, each with what a program needs as attributes.

    BotoError
      UnknownService, UnknownOperation (AttributeError), UnknownOption (TypeError)   a name is wrong
      ParameterError (ValueError)                                                   values are wrong
      NoCredentials, NoRegion, NoEndpoint, ConfigError                              settings are missing or wrong
      MissingExtra (ImportError)                                                    an optional package is missing
      ConnectFailed, TLSFailed, Timeout (TimeoutError)                              the network
      BadAnswer                                                                     an answer nobody can read
      WaiterError                                                                   it did not come to be
      ServiceError                                                                  the service said no
        NotFound, Conflict, AccessDenied, Expired, Throttled, InvalidRequest, Unavailable

Messages say what is wrong, where, and what would be right. None carries a credential.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any


class BotoError(Exception):
    """Everything this library raises on purpose."""

    def __reduce__(self) -> Any:
        # Attributes are set by keyword, so that rebuilding by position (Exception's way) would not work.
        state = dict(self.__dict__)
        if isinstance(self, AttributeError):
            state["name"] = self.name  # which the base class keeps elsewhere
        return _rebuild, (type(self), self.args, state)


def _rebuild(kind: type[BotoError], args: tuple[Any, ...], state: dict[str, Any]) -> BotoError:
    error = kind.__new__(kind, *args)
    error.args = args
    for name, value in state.items():
        setattr(error, name, value)
    return error


def nearest(name: str, names: Iterable[str]) -> str:
    """`; did you mean 'x'?` for the closest of the names, or nothing when none is close."""
    from difflib import get_close_matches

    close = get_close_matches(name, list(names), n=1, cutoff=0.6)
    return f"; did you mean {close[0]!r}?" if close else ""


class UnknownService(BotoError):
    """No registered provider has a service of this name."""

    def __init__(self, name: str, names: Iterable[str] = ()) -> None:
        super().__init__(f"no service is called {name!r}{nearest(name, names)}")
        self.name = name


class UnknownConnector(UnknownService, AttributeError):  # type: ignore[misc]  # each has its `name`
    """The same for `boto.connect_<service>`; an AttributeError, for `hasattr` and its kin ask modules too."""


class UnknownOperation(BotoError, AttributeError):
    """The service has no operation, or no waiter, of this name."""

    def __init__(self, service: str, name: str, names: Iterable[str] = (), kind: str = "operation") -> None:
        super().__init__(f"{service} has no {kind} {name!r}{nearest(name, names)}")
        self.service = service
        self.name = name


class UnknownOption(BotoError, TypeError):
    """No setting has this name."""

    def __init__(self, name: str, names: Iterable[str] = ()) -> None:
        names = list(names)
        hint = nearest(name, names) or f"; options are {', '.join(sorted(names))}"
        super().__init__(f"unknown option {name!r}{hint}")
        self.name = name


class ParameterError(BotoError, ValueError):
    """Parameters that the description does not allow. `problems` has every one: `[(path, what), ...]`."""

    def __init__(self, operation: str, problems: Sequence[tuple[str, str]]) -> None:
        lines = "".join(f"\n  {path}: {what}" for path, what in problems)
        count = "a problem" if len(problems) == 1 else f"{len(problems)} problems"
        super().__init__(f"{operation}: {count} with the parameters{lines}")
        self.operation = operation
        self.problems = list(problems)


class ConfigError(BotoError):
    """A setting, file or description that cannot be used as it is."""


class NoCredentials(BotoError):
    """No source had credentials. `sources` has each one asked, with why it had none: `[(name, why), ...]`."""

    def __init__(self, service: str, sources: Sequence[tuple[str, str]]) -> None:
        lines = "".join(f"\n  {name}: {why}" for name, why in sources)
        super().__init__(f"no credentials for {service}; looked at{lines or ' nothing'}")
        self.service = service
        self.sources = list(sources)


class NoRegion(BotoError):
    """The service is regional and no region is known."""

    def __init__(
        self, service: str, elsewhere: str = ", set AWS_REGION, or set `region` in the profile"
    ) -> None:
        super().__init__(f"no region for {service}: pass region='...'{elsewhere}")
        self.service = service


class NoEndpoint(BotoError):
    """The endpoint rules of the service have no answer for these settings; the text is the rules' own."""


class MissingExtra(BotoError, ImportError):
    """An optional package is needed; the message names the command that installs it."""

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(f"{what} needs an optional package: pip install 'boto[{extra}]'")
        self.extra = extra


class TransportError(BotoError):
    """The network failed; `endpoint` is the scheme and host that was tried."""

    def __init__(self, message: str, endpoint: str = "") -> None:
        super().__init__(message)
        self.endpoint = endpoint


class ConnectFailed(TransportError):
    """No connection, or it broke. `sent` tells whether the request may have reached the service."""

    def __init__(self, message: str, endpoint: str = "", sent: bool = False) -> None:
        super().__init__(message, endpoint)
        self.sent = sent


class TLSFailed(TransportError):
    """TLS was not agreed on: a certificate, a name or a version."""


class Timeout(TransportError, TimeoutError):
    """Time ran out. `phase` is one of connect, pool, read, total; `elapsed` is in seconds."""

    def __init__(self, message: str, endpoint: str = "", phase: str = "read", elapsed: float = 0.0) -> None:
        super().__init__(message, endpoint)
        self.phase = phase
        self.elapsed = elapsed


class BadAnswer(BotoError):
    """An answer that is not what the description says: HTML, truncated or hostile XML, broken JSON.

    `snippet` is the beginning of the body, at most 200 characters.
    """

    def __init__(self, message: str, status: int = 0, snippet: str = "") -> None:
        super().__init__(message)
        self.status = status
        self.snippet = snippet


class WaiterError(BotoError):
    """What was waited for failed or did not come. `last` is the last answer, `history` each state seen."""

    def __init__(self, message: str, last: Any = None, history: Sequence[Any] = ()) -> None:
        super().__init__(message)
        self.last = last
        self.history = list(history)


class ServiceError(BotoError):
    """The service answered with an error.

    `code` and `message` are the service's own; `fields` has the modelled members of the error, if any.
    """

    def __init__(
        self,
        message: str = "",
        *,
        code: str = "",
        status: int = 0,
        request_id: str | None = None,
        operation: str = "",
        metadata: Any = None,
        fields: dict[str, Any] | None = None,
    ) -> None:
        said = f"{code}: {message}" if message else code or f"HTTP {status}"
        trail = f" (request id {request_id})" if request_id else ""
        super().__init__(f"{operation}: {said} [HTTP {status}]{trail}" if operation else said + trail)
        self.code = code
        self.message = message
        self.status = status
        self.request_id = request_id
        self.operation = operation
        self.metadata = metadata
        self.fields = fields or {}


class NotFound(ServiceError):
    """The thing does not exist."""


class Conflict(ServiceError):
    """The thing exists already, is in use, or is in a state that forbids this."""


class AccessDenied(ServiceError):
    """The caller is not known or not allowed."""


class Expired(AccessDenied):
    """The credentials or the signature are too old."""


class Throttled(ServiceError):
    """Too many requests, or a quota is reached."""


class InvalidRequest(ServiceError):
    """The service does not accept the request as it is."""


class Unavailable(ServiceError):
    """The service failed or is busy; a later try may succeed."""
