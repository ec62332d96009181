"""Tokens that prove by being shown (RFC 6750), under whatever header a cloud reads them from."""

from __future__ import annotations

from boto.core.errors import ConfigError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Final

    from boto.auth.base import Scope
    from boto.core.http import HTTPRequest


class Bearer:
    """Sends a Token, or a plain str, in a header: `Authorization: Bearer ...` unless told otherwise."""

    __slots__ = ("_header", "_prefix")

    def __init__(self, header: str = "Authorization", prefix: str = "Bearer ") -> None:
        self._header: Final = header
        self._prefix: Final = prefix

    def sign(self, request: HTTPRequest, credentials: Any, scope: Scope) -> HTTPRequest:
        """A copy of the request with the token; one that was there is replaced."""
        # An access key has a `token` too, but that one is worth nothing without a signature.
        token = credentials if isinstance(credentials, str) else getattr(credentials, "token", None)
        if not isinstance(token, str) or hasattr(credentials, "secret_key"):
            kind = type(credentials).__name__
            raise ConfigError(f"a bearer token is needed, boto.Token('...'), not {kind}")
        if not token or not token.isprintable():
            raise ConfigError("the bearer token is empty or has line breaks or other control characters")
        return request.replace(headers=request.headers.merged({self._header: self._prefix + token}))
