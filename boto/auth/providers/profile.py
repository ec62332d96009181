"""Credentials from a profile of the shared config and credentials files."""

from __future__ import annotations

from boto.auth.providers.static import KeyPair
from boto.config.sources import INDIRECT
from boto.core.steps import Block

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final

    from boto.auth.base import Credentials
    from boto.config.files import Section
    from boto.config.sources import Sources
    from boto.core.steps import Flow


class Profile:
    """The key pair of the profile that the settings name.

    A profile that says to assume a role means that role, even if there are keys beside it; only a command
    stands behind keys.
    """

    __slots__ = ("_sources", "name", "why")

    def __init__(self, sources: Sources) -> None:
        self.name = "profile"
        self.why = ""
        self._sources: Final = sources

    def resolve(self) -> Flow[Credentials | None]:
        if not self._sources.loaded:
            yield from Block(self._sources.load)
        name, section = self._sources.profile, self._sources.section
        for key in INDIRECT[:-1]:
            if section.get(key):
                self.why = f"profile {name} has {key}, which this source cannot do yet"
                return None
        found = self._keys(name, section)
        if found is None:
            command = INDIRECT[-1]
            self.why = (
                f"profile {name} has {command}, which this source cannot do yet"
                if section.get(command)
                else f"profile {name} has no aws_access_key_id"
                if section
                else f"the shared files have no profile {name}"
            )
        return found

    def _keys(self, name: str, section: Section) -> Credentials | None:
        def value(key: str) -> tuple[str, str | None]:
            found = section.get(key)
            return key, found if isinstance(found, str) and found else None

        pair = KeyPair(f"profile {name}", value("aws_access_key_id"), value("aws_secret_access_key"))
        token = value("aws_session_token")[1] or value("aws_security_token")[1]
        return pair.credentials(token, account_id=value("aws_account_id")[1])
