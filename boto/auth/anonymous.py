"""No proof: for operations anybody may call."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from boto.auth.base import Scope
    from boto.core.http import HTTPRequest


class Anonymous:
    """Sends the request as it is, credentials or not."""

    __slots__ = ()

    def sign(self, request: HTTPRequest, credentials: Any, scope: Scope) -> HTTPRequest:
        return request

    def presign(self, request: HTTPRequest, credentials: Any, scope: Scope, expires_in: int) -> HTTPRequest:
        return request
