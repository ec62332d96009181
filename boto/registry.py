"""The registry: which providers, services, signers and protocols there are. One per process.

What ships with the library, and what installed packages announce by the entry point group `boto.services`, is
known by name and imported when it is used.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any, TypeVar

    from boto.auth.base import Signer
    from boto.calls.errors import ServiceErrors
    from boto.models.description import Description
    from boto.parsers.base import Parser
    from boto.serializers.base import Serializer
    from boto.services.base import Service
    from boto.services.provider import Provider

    Registered = TypeVar("Registered")

_PROVIDERS = {"aws": "boto.services.aws.provider:AWS"}

_SIGNERS = {
    "sigv4": "boto.auth.sigv4:SigV4",
    "sigv2": "boto.auth.sigv2:SigV2",
    "bearer": "boto.auth.bearer:Bearer",
    "basic": "boto.auth.basic:Basic",
}

_PROTOCOLS = {
    "query": ("boto.serializers.query:QuerySerializer", "boto.parsers.xml:QueryParser"),
    "ec2": ("boto.serializers.query:EC2Serializer", "boto.parsers.xml:EC2Parser"),
    "s3": ("boto.services.aws.s3xml:S3Serializer", "boto.services.aws.s3xml:S3Parser"),
    "rest-xml": ("boto.serializers.restxml:RestXmlSerializer", "boto.parsers.restxml:RestXmlParser"),
    "json": ("boto.serializers.awsjson:JsonSerializer", "boto.parsers.awsjson:JsonParser"),
    "rest-json": ("boto.serializers.restjson:RestJsonSerializer", "boto.parsers.restjson:RestJsonParser"),
    "smithy-rpc-v2-cbor": ("boto.serializers.cbor:CborSerializer", "boto.parsers.cbor:CborParser"),
    "rest": ("boto.serializers.rest:RestSerializer", "boto.parsers.rest:RestParser"),
    "open": ("boto.serializers.open:OpenSerializer", "boto.parsers.open:OpenParser"),
}


def load(path: str) -> Any:
    """What a dotted path `package.module:Name` or `package.module` names."""
    module, _, name = path.partition(":")
    __import__(module)  # what `importlib` does, without importing that: it would cost a tenth of a start
    found: Any = sys.modules[module]
    for part in name.split(".") if name else ():
        found = getattr(found, part)
    return found


def identifier(name: str) -> str:
    """A service's name as it stands in `connect_<service>`."""
    return name.replace("-", "_").replace(":", "_").replace(".", "_")


class Protocol:
    """How params become HTTP and answers become values, by one set of rules. The parser loads when one comes."""

    __slots__ = ("_parser", "serializer")

    def __init__(self, serializer: Serializer, parser: Any) -> None:
        self.serializer = serializer
        self._parser = parser

    @property
    def parser(self) -> Parser:
        if isinstance(self._parser, str):
            self._parser = load(self._parser)()
        parser: Parser = self._parser
        return parser


class Registry:
    """Names, and what they stand for."""

    def __init__(self) -> None:
        self._providers: dict[str, Any] = dict(_PROVIDERS)
        self._signers: dict[str, Any] = dict(_SIGNERS)
        self._protocols: dict[str, Protocol] = {}
        self._registered: dict[str, Any] = {}
        self._classes: dict[str, type[Service[Any]]] = {}  # by full name: `aws:ec2`, `fog`
        self._spellings: dict[str, str] = {}  # names as they were asked for, and the full ones

    # -- services ------------------------------------------------------------------------------------------

    def register(self, thing: Registered, replace: bool = False) -> Registered:
        """Registers a Service class, or a Provider. Usable as a decorator; gives back what it was given."""
        from boto.services.provider import Provider

        name = getattr(thing, "name", None)
        if not isinstance(name, str) or not name:
            from boto.core.errors import ConfigError

            raise ConfigError(f"{thing!r} cannot be registered: it has no name")
        if isinstance(thing, Provider) or (isinstance(thing, type) and issubclass(thing, Provider)):
            provider = thing() if isinstance(thing, type) else thing
            self._take(self._providers, name, provider, replace, "provider")
            self._classes = {
                full: kind for full, kind in self._classes.items() if not full.startswith(f"{name}:")
            }
        else:
            if not replace and self._other(name, thing):
                self._taken("service", name)
            self._registered[name] = thing
            self._classes.pop(name, None)
        self._spellings.clear()
        return thing

    def service(self, name: str) -> type[Service[Any]]:
        """The class of a service, with a method for each operation. Raises UnknownService."""
        made = self._classes.get(self._spellings.get(name, ""))
        if made is None:
            found = self._find(name)
            if found is None:
                from boto.core.errors import UnknownService

                raise UnknownService(name, self.services())
            full, *declaration = found
            made = self._classes.get(full) or self._classes.setdefault(full, self._make(*declaration))
            self._spellings[name] = full
        return made

    def _other(self, name: str, thing: Any) -> bool:
        """Whether a service of this name is known that is not this one, announced by its package."""
        found = self._find(name)
        here = f"{getattr(thing, '__module__', '')}:{getattr(thing, '__qualname__', '')}"
        return found is not None and getattr(found[2], "value", None) != here

    def _find(self, name: str) -> tuple[str, str, Any] | None:
        """Full name, name and declaration (a class, a provider or an entry point) of a service.

        Two providers may have services of one name, and a registered service may have it too.
        """
        for known, declared in self._registered.items():
            if name in (known, identifier(known)):
                return known, known, declared
        prefix, _, rest = name.partition(":")
        for provider_name in self._providers:
            provider = self._provider(provider_name)
            wanted = rest if rest and prefix == provider_name else name
            found = provider.resolve(wanted)
            if found is not None:
                return f"{provider_name}:{found}", found, provider
        for point in _entry_points():
            if name in (point.name, identifier(point.name)):
                return point.name, point.name, point
        return None

    def _make(self, name: str, declared: Any) -> type[Service[Any]]:
        from boto.services.factory import make
        from boto.services.provider import Provider

        if isinstance(declared, Provider):
            from boto.services.base import Service

            made = make(declared.service(name) or Service, name, declared.describe(name))
            made.provider = declared
            return made
        if not isinstance(declared, type):
            declared = declared.load()
        from boto.services.written import describe

        return make(declared, name, describe(declared))

    def _provider(self, name: str) -> Provider:
        provider = self._providers[name]
        if isinstance(provider, str):
            provider = self._providers[name] = load(provider)()
        return provider  # type: ignore[no-any-return]

    def services(self, provider: str | None = None) -> list[str]:
        """The names of all services, or of one provider's."""
        if provider is not None and provider not in self._providers:
            from boto.core.errors import UnknownService

            raise UnknownService(f"{provider}:...", [f"{known}:..." for known in self._providers])
        names = {
            service
            for known in self._providers
            if provider in (None, known)
            for service in self._provider(known).services()
        }
        if provider is None:
            names |= set(self._registered) | {point.name for point in _entry_points()}
        return sorted(names)

    def aliases(self) -> dict[str, str]:
        """Older names of services, and the names they have today."""
        found: dict[str, str] = {}
        for provider in self._providers:
            found |= self._provider(provider).aliases
        return found

    def errors(self, name: str) -> ServiceErrors:
        """The modelled errors of a service."""
        return self.service(name).modelled_errors()

    def provider_of(self, description: Description) -> Provider | None:
        """The provider whose rules a description that a user brings goes by; None if it is nobody's."""
        for name in self._providers:
            provider = self._provider(name)
            if description.protocol in provider.speaks:
                return provider
        return None

    # -- signers and protocols -----------------------------------------------------------------------------

    def register_signer(self, name: str, signer: Signer, replace: bool = False) -> None:
        """Gives a signer a name that services may declare."""
        self._take(self._signers, name, _able(signer), replace, "signer")

    def signer(self, signer: Any) -> Signer:
        """A signer by its name, or the one that was handed in."""
        if not isinstance(signer, str):
            return _able(signer)
        if signer not in self._signers:
            from boto.core.errors import ConfigError, nearest

            raise ConfigError(f"no signer is called {signer!r}{nearest(signer, self._signers)}")
        found = self._signers[signer]
        if isinstance(found, str):
            found = self._signers[signer] = load(found)()
        return found  # type: ignore[no-any-return]

    def has_signer(self, name: str) -> bool:
        return name in self._signers

    def protocol(self, names: Sequence[str], service: str) -> Protocol:
        """The rules of the first of these protocols that is there.

        One whose optional package is missing is passed over for the next. Raises MissingExtra when no other
        is offered, ConfigError when none is known.
        """
        from boto.core.errors import ConfigError, MissingExtra

        missing: MissingExtra | None = None
        for name in names:
            found = self._protocols.get(name)
            if found is None and name in _PROTOCOLS:
                serializer, parser = _PROTOCOLS[name]
                try:
                    found = self._protocols[name] = Protocol(load(serializer)(), parser)
                except MissingExtra as error:
                    missing = missing or error
            if found is not None:
                return found
        if missing is not None:
            raise missing

        known = ", ".join(sorted(_PROTOCOLS))
        raise ConfigError(f"{service} speaks {' or '.join(names)}, which is not there yet; there are {known}")

    def _take(self, table: dict[str, Any], name: str, value: Any, replace: bool, what: str) -> None:
        if name in table and not replace:
            self._taken(what, name)
        table[name] = value

    def _taken(self, what: str, name: str) -> None:
        from boto.core.errors import ConfigError

        raise ConfigError(f"a {what} called {name!r} is there already; pass replace=True to take its place")


def _able(signer: Any) -> Signer:
    """The signer, which can sign. Raises ConfigError."""
    if not callable(getattr(signer, "sign", None)):
        from boto.core.errors import ConfigError

        raise ConfigError(
            f"a signer must have sign(request, credentials, scope); {type(signer).__name__} has none"
        )
    return signer  # type: ignore[no-any-return]


def _entry_points() -> list[Any]:
    """What installed packages announce; nothing is imported."""
    from importlib.metadata import entry_points

    return list(entry_points(group="boto.services"))


registry = Registry()
