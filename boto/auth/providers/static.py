"""Credentials that were handed over, and the one rule for a key and its secret that come from one place."""

from __future__ import annotations

from boto.auth.base import Credentials
from boto.core.errors import ConfigError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Final

    from boto.core.steps import Flow


class Static:
    """A provider of one value, whatever it is: nobody but the signer looks into it."""

    __slots__ = ("_value", "name", "why")

    def __init__(self, value: Any, name: str = "arguments") -> None:
        self.name = name
        self.why = ""
        self._value: Final = value

    def resolve(self) -> Flow[Any]:
        yield from ()
        return self._value

    def __reduce__(self) -> Any:
        raise TypeError("credentials are not pickled; pickle the settings that lead to them")

    def __repr__(self) -> str:
        return f"<Static {self.name}>"


class KeyPair:
    """An access key and its secret as one place has them, under the names that place uses."""

    __slots__ = ("access", "secret", "source")

    def __init__(self, source: str, access: tuple[str, str | None], secret: tuple[str, str | None]) -> None:
        self.source: Final = source
        self.access: Final = access
        self.secret: Final = secret

    def credentials(
        self, token: str | None = None, expires_at: float | None = None, account_id: str | None = None
    ) -> Credentials | None:
        """The credentials, or None when there are none. Half a pair is an error."""
        (access_name, access), (secret_name, secret) = self.access, self.secret
        if access and secret:
            return Credentials(access, secret, token or None, expires_at, account_id or None, self.source)
        if access or secret:
            given, missing = (access_name, secret_name) if access else (secret_name, access_name)
            raise ConfigError(f"incomplete credentials in {self.source}: {given} is set and {missing} is not")
        return None


def given(credentials: Any = None, access_key: str | None = None, secret_key: str | None = None,
          token: str | None = None) -> Any | None:  # fmt: skip
    """The provider of what a program passed, or None if it passed nothing.

    `credentials` is a provider (it has `resolve`) or any value that the signer understands.
    """
    pair = KeyPair("arguments", ("aws_access_key_id", access_key), ("aws_secret_access_key", secret_key))
    keys = pair.credentials(token)
    if credentials is None:
        if keys is None and token:
            raise ConfigError("incomplete credentials in arguments: aws_session_token is set without a key")
        return None if keys is None else Static(keys)
    if keys is not None or token:
        raise ConfigError("credentials were given twice: as `credentials` and as a key pair")
    return credentials if callable(getattr(credentials, "resolve", None)) else Static(credentials)
