"""Credentials from environment variables."""

from __future__ import annotations

from boto.auth.providers.static import KeyPair
from boto.config.settings import SETTINGS
from boto.core.errors import ConfigError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Final

    from boto.auth.base import Credentials
    from boto.core.steps import Flow


class Environment:
    """A key pair, a session token, an account and an expiry, each a variable."""

    __slots__ = ("_env", "name", "why")

    def __init__(self, env: Mapping[str, str]) -> None:
        self.name = "environment"
        self.why = ""
        self._env: Final = env

    def resolve(self) -> Flow[Credentials | None]:
        yield from ()
        access_name, access = self._value("aws_access_key_id")
        secret_name, secret = self._value("aws_secret_access_key")
        pair = KeyPair("environment", (access_name, access), (secret_name, secret))
        found = pair.credentials(
            self._value("aws_session_token")[1], self._expiry(), self._value("account_id")[1]
        )
        if found is None:
            self.why = f"{access_name} is not set"
        return found

    def _value(self, setting: str) -> tuple[str, str | None]:
        """The first variable that is set, or the first name without a value."""
        names = SETTINGS[setting].env
        name = next((name for name in names if self._env.get(name)), names[0])
        return name, self._env.get(name) or None

    def _expiry(self) -> float | None:
        name, text = self._value("credential_expiration")
        if text is None:
            return None
        from datetime import UTC, datetime

        try:
            time = datetime.fromisoformat(text)
        except ValueError:
            raise ConfigError(f"{name} must be an ISO 8601 time such as 2030-01-31T12:00:00Z") from None
        return (time if time.tzinfo else time.replace(tzinfo=UTC)).timestamp()
