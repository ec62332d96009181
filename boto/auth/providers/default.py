"""The chain that AWS tools share, as far as it needs no network."""

from __future__ import annotations

from boto.auth.chain import Chain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from boto.auth.base import CredentialProvider
    from boto.config.sources import Sources


def default_chain(sources: Sources, purpose: str = "this call") -> Chain:
    """Environment, profile, ~/.boto. A profile asked for by option excludes the others."""
    from boto.auth.providers.boto_config import BotoConfig
    from boto.auth.providers.environment import Environment
    from boto.auth.providers.profile import Profile

    asked: list[CredentialProvider] = [Profile(sources)]
    if sources.options.get("profile") is None:
        asked = [Environment(sources.env), *asked, BotoConfig(sources)]
    return Chain(asked, purpose, "default")
