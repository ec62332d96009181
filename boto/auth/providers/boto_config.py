"""Credentials from the files of boto 1.x: `[Credentials]` in ~/.boto and its kin."""

from __future__ import annotations

from boto.auth.providers.static import KeyPair
from boto.config.settings import SETTINGS
from boto.core.steps import Block

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final

    from boto.auth.base import Credentials
    from boto.config.sources import Sources
    from boto.core.steps import Flow


class BotoConfig:
    """The key pair of boto 1.x."""

    __slots__ = ("_sources", "name", "why")

    def __init__(self, sources: Sources) -> None:
        self.name = "~/.boto"
        self.why = ""
        self._sources: Final = sources

    def resolve(self) -> Flow[Credentials | None]:
        if not self._sources.loaded:
            yield from Block(self._sources.load)
        pair = KeyPair(self.name, self._value("aws_access_key_id"), self._value("aws_secret_access_key"))
        found = pair.credentials(self._value("aws_session_token")[1])
        if found is None:
            self.why = "no file of boto 1.x has aws_access_key_id in [Credentials]"
        return found

    def _value(self, setting: str) -> tuple[str, str | None]:
        place = SETTINGS[setting].boto
        assert place is not None
        return place[1], self._sources.boto(*place)
