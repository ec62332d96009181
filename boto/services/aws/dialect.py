"""A protocol as one service speaks it: with a serializer or a parser of its own.

A service's class says so in `dialect(self, protocol, operation)`, which is asked once for each operation and
gives the protocol, or another in its place.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, Final

    from boto.core.http import HTTPResponse
    from boto.middleware.stack import Protocol
    from boto.models.description import Operation
    from boto.parsers.base import ErrorInfo, Form, Parser
    from boto.serializers.base import Serializer

    Finish = Callable[[Any, HTTPResponse, Form], Any]


class Dialect:
    """A protocol with another parser. `parser` makes it, from the usual one, when the first answer comes."""

    __slots__ = ("_made", "_make", "_usual", "serializer")

    def __init__(self, usual: Protocol, parser: Callable[[Parser], Parser]) -> None:
        self.serializer: Final[Serializer] = usual.serializer
        self._usual = usual
        self._make = parser
        self._made: Parser | None = None

    @property
    def parser(self) -> Parser:
        if self._made is None:
            self._made = self._make(self._usual.parser)
        return self._made


class Finished:
    """A parser whose values are gone over once more, by `finish(value, response, form)`."""

    def __init__(self, usual: Parser, finish: Finish) -> None:
        self._usual = usual
        self._finish = finish

    def parse(self, response: HTTPResponse, operation: Operation, form: Form) -> tuple[Any, str | None]:
        value, request_id = self._usual.parse(response, operation, form)
        return self._finish(value, response, form), request_id

    def parse_error(self, response: HTTPResponse, operation: Operation) -> ErrorInfo:
        return self._usual.parse_error(response, operation)

    def request_id(self, response: HTTPResponse) -> str | None:
        return self._usual.request_id(response)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._usual, name)


def finished(protocol: Protocol, finish: Finish) -> Protocol:
    """The protocol with `finish` behind its parser."""
    return Dialect(protocol, lambda usual: Finished(usual, finish))
