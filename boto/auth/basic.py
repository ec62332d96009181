"""User and password in a header (RFC 7617)."""

from __future__ import annotations

from boto.core.errors import ConfigError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from boto.auth.base import Scope
    from boto.core.http import HTTPRequest


class Basic:
    """Sends credentials that are a pair (user, password), or an access key and its secret."""

    __slots__ = ()

    def sign(self, request: HTTPRequest, credentials: Any, scope: Scope) -> HTTPRequest:
        """A copy of the request with an Authorization header; one that was there is replaced."""
        from binascii import b2a_base64

        user, password = _login(credentials)
        if ":" in user:
            raise ConfigError("basic authentication: a user name cannot have a colon")
        proof = b2a_base64(f"{user}:{password}".encode(), newline=False).decode()
        return request.replace(headers=request.headers.merged({"Authorization": f"Basic {proof}"}))


def _login(credentials: Any) -> tuple[str, str]:
    if isinstance(credentials, tuple) and len(credentials) == 2:
        return str(credentials[0]), str(credentials[1])
    try:
        return str(credentials.access_key), str(credentials.secret_key)
    except AttributeError:
        raise ConfigError(
            f"basic authentication needs a pair (user, password), not {type(credentials).__name__}"
        ) from None
