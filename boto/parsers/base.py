"""What parsing gives: the three result forms, results with metadata, and errors as values."""

from __future__ import annotations

from boto.core.http import Headers

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Final, Literal, Protocol, TypeAlias

    from boto.core.http import HTTPResponse
    from boto.models.description import Operation

    Form: TypeAlias = Literal["model", "wire", "source"]

    class Parser(Protocol):
        """Rules to read answers of one protocol. What it compiles lives in `operation.cache`."""

        def parse(self, response: HTTPResponse, operation: Operation, form: Form) -> tuple[Any, str | None]:
            """The answer's value, a plain dict or list, and its request id, which the body or a header tells.

            Raises BadAnswer when the answer cannot be read.
            """
            ...

        def parse_error(self, response: HTTPResponse, operation: Operation) -> ErrorInfo:
            """What an answer of failure says. Never raises: a proxy may have answered with HTML."""
            ...

        def request_id(self, response: HTTPResponse) -> str | None:
            """The request id as far as the headers tell it."""
            ...


MODEL: Form = "model"
WIRE: Form = "wire"
SOURCE: Form = "source"
FORMS = (MODEL, WIRE, SOURCE)


def form_of(name: Any) -> Form:
    """The form of this name, in capitals or not. Raises ConfigError."""
    for form in FORMS:
        if isinstance(name, str) and name.lower() == form:
            return form
    from boto.core.errors import ConfigError

    raise ConfigError(f"form must be one of {', '.join(FORMS)}, not {name!r}")


class Metadata:
    """What surrounded an answer. The same object hangs on results, pages, Response and ServiceError.

    `delays` has the seconds slept before each further attempt; `timeline` pairs of (what, seconds since the
    call began); `started` is when that was, on the monotonic clock.
    """

    __slots__ = ("attempts", "delays", "headers", "request_id", "started", "status", "timeline")

    def __init__(self, started: float = 0.0) -> None:
        self.started: Final = started
        self.request_id: str | None = None
        self.status: int = 0
        self.headers: Headers = Headers()
        self.attempts: int = 0
        self.delays: list[float] = []
        self.timeline: list[tuple[str, float]] = []

    def __repr__(self) -> str:
        return f"<Metadata request_id={self.request_id!r} status={self.status} attempts={self.attempts}>"


class Result(dict):  # type: ignore[type-arg]  # a value of any keys, equal to its plain form
    """A dict that also has `.metadata`."""

    __slots__ = ("metadata",)
    metadata: Metadata


class ResultList(list):  # type: ignore[type-arg]  # as above
    """A list that also has `.metadata`."""

    __slots__ = ("metadata",)
    metadata: Metadata


class ErrorInfo:
    """An answer of failure as a value: the service's code and words, and what the body says besides.

    `name` is that of the modelled error, where the code is another one that the service had in the past.
    """

    __slots__ = ("code", "fields", "message", "name", "request_id")

    def __init__(
        self,
        code: str = "",
        message: str = "",
        request_id: str | None = None,
        fields: dict[str, Any] | None = None,
        name: str = "",
    ) -> None:
        self.code: Final = code
        self.name: Final = name
        self.message: Final = message
        self.request_id: Final = request_id
        self.fields: Final = fields or {}

    def __repr__(self) -> str:
        return f"<ErrorInfo {self.code}: {self.message}>"
