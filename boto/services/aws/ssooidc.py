"""SSO OIDC: its errors are those of OAuth 2 (RFC 6749, 5.2), with the words in `error_description`."""

from __future__ import annotations

from boto.services.base import Service

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeVar

    from boto.core.http import HTTPResponse
    from boto.middleware.stack import Protocol
    from boto.models.description import Operation
    from boto.parsers.base import ErrorInfo, Form, Parser

    M = TypeVar("M")
else:
    M = None


class SSOOIDC(Service[M]):
    """AWS SSO OIDC."""

    def dialect(self, protocol: Protocol, operation: Operation) -> Protocol:
        from boto.services.aws.dialect import Dialect

        return Dialect(protocol, OAuthParser)


class OAuthParser:
    """The usual parser, with the words of OAuth's errors."""

    def __init__(self, usual: Parser) -> None:
        self._usual = usual

    def parse(self, response: HTTPResponse, operation: Operation, form: Form) -> tuple[Any, str | None]:
        return self._usual.parse(response, operation, form)

    def request_id(self, response: HTTPResponse) -> str | None:
        return self._usual.request_id(response)

    def parse_error(self, response: HTTPResponse, operation: Operation) -> ErrorInfo:
        found = self._usual.parse_error(response, operation)
        words = found.fields.get("error_description")
        if found.message or not isinstance(words, str):
            return found
        from boto.parsers.base import ErrorInfo as Told

        return Told(found.code, words, found.request_id, found.fields)
