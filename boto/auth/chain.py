"""A chain asks one source of credentials after the other; the first that has some wins."""

from __future__ import annotations

from boto.core.errors import ConfigError, NoCredentials, nearest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any, Final

    from boto.auth.base import CredentialProvider
    from boto.core.steps import Flow


class Chain:
    """Sources in order; a CredentialProvider itself. Immutable: `with_provider` gives a longer chain.

    `purpose` says in errors what the credentials are for.
    """

    __slots__ = ("name", "providers", "purpose")

    def __init__(
        self, providers: Iterable[CredentialProvider] = (), purpose: str = "this call", name: str = "chain"
    ) -> None:
        self.name = name
        self.providers: Final = tuple(providers)
        self.purpose: Final = purpose

    def with_provider(
        self, provider: CredentialProvider, *, before: str | None = None, after: str | None = None
    ) -> Chain:
        """This chain with one more source, placed by the name of another; at the end if nothing is said."""
        names = [known.name for known in self.providers]
        if provider.name in names:
            raise ConfigError(f"the chain has a source named {provider.name!r} already")
        place = len(names)
        anchor = before if before is not None else after
        if anchor is not None:
            if anchor not in names:
                raise ConfigError(f"the chain has no source named {anchor!r}{nearest(anchor, names)}")
            place = names.index(anchor) + (before is None)
        return Chain((*self.providers[:place], provider, *self.providers[place:]), self.purpose, self.name)

    def without(self, name: str) -> Chain:
        """This chain with one source less."""
        return Chain([known for known in self.providers if known.name != name], self.purpose, self.name)

    def resolve(self) -> Flow[Any]:
        """Credentials of the first source that has some. Raises NoCredentials with every source's reason."""
        passed = []
        for provider in self.providers:
            found = yield from provider.resolve()
            if found is not None:
                return found
            passed.append((provider.name, str(getattr(provider, "why", "") or "had none")))
        raise NoCredentials(self.purpose, passed)

    def __repr__(self) -> str:
        return f"<Chain {' > '.join(provider.name for provider in self.providers)}>"
