"""Credentials, scopes, and the seams for signers and for credential providers."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Final, Protocol, runtime_checkable

    from boto.core.http import HTTPRequest
    from boto.core.steps import Flow

    class Signer(Protocol):
        """Proves who sends a request. Pure: no I/O, no clock of its own."""

        def sign(self, request: HTTPRequest, credentials: Any, scope: Scope) -> HTTPRequest:
            """A copy of the request that carries the proof. `credentials` are the provider's own value."""
            ...

    @runtime_checkable
    class CredentialProvider(Protocol):
        """One place credentials may come from."""

        name: str

        def resolve(self) -> Flow[Credentials | None]:
            """Credentials, or None to pass: the reason is then in `self.why`."""
            ...


class Scope:
    """What a signature is for: the service and region as signing spells them, and the time (unix seconds).

    `options` has what only some signers ask for: `unsigned_payload`, `double_encode`, `normalize_path`, ...
    """

    __slots__ = ("options", "region", "service", "time")

    def __init__(self, service: str, region: str, time: float, options: dict[str, Any] | None = None) -> None:
        self.service: Final = service
        self.region: Final = region
        self.time: Final = time
        self.options: Final[dict[str, Any]] = options or {}

    def __repr__(self) -> str:
        return f"<Scope {self.service} {self.region} {self.time}>"


class Credentials:
    """An access key, as AWS and its kin know it. `expires_at` is in unix seconds; None never expires.

    Neither repr nor pickle shows a secret: pickling one is an error.
    """

    __slots__ = ("access_key", "account_id", "expires_at", "secret_key", "source", "token")

    def __init__(
        self,
        access_key: str,
        secret_key: str,
        token: str | None = None,
        expires_at: float | None = None,
        account_id: str | None = None,
        source: str = "arguments",
    ) -> None:
        self.access_key: Final = access_key
        self.secret_key: Final = secret_key
        self.token: Final = token
        self.expires_at: Final = expires_at
        self.account_id: Final = account_id
        self.source: Final = source

    def __repr__(self) -> str:
        shown = self.access_key[:4] + "***" if len(self.access_key) > 8 else "***"
        return f"<Credentials {shown} from {self.source}>"

    def __reduce__(self) -> Any:
        raise TypeError("credentials are not pickled; pickle the settings that lead to them")


class Token:
    """A bearer token."""

    __slots__ = ("expires_at", "source", "token")

    def __init__(self, token: str, expires_at: float | None = None, source: str = "arguments") -> None:
        self.token: Final = token
        self.expires_at: Final = expires_at
        self.source: Final = source

    def __repr__(self) -> str:
        return f"<Token *** from {self.source}>"

    def __reduce__(self) -> Any:
        raise TypeError("credentials are not pickled; pickle the settings that lead to them")
