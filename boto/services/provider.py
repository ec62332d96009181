"""Provider: a cloud, and the rules that its services share.

The base class is what a service gets that declares no provider of its own: an endpoint from a URL template, a
signer it names, credentials as the user hands them in. A cloud with more rules overrides what differs.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping, Sequence
    from typing import Any

    from boto.auth.cache import CredentialCache
    from boto.config.sources import Sources
    from boto.core.errors import ServiceError
    from boto.core.steps import Flow
    from boto.endpoints.base import Endpoint
    from boto.middleware.stack import Signing
    from boto.models.description import Description, Operation
    from boto.services.base import Service


class Provider:
    """What the services of one cloud have in common."""

    name: str = ""
    # Whether a request that may have been carried out can be repeated even if its HTTP method does not promise so.
    repeats_posts: bool = False
    # Protocols that only this provider's APIs speak: a description that a user brings is known by its protocol.
    speaks: frozenset[str] = frozenset()
    # Whether the environment and the shared files of AWS's tools speak for these services.
    ambient: bool = False
    # Older names of services, and the names they have today.
    aliases: Mapping[str, str] = {}
    # Error codes whose words mislead, with the category that is meant.
    error_codes: Mapping[str, type[ServiceError]] = {}

    def services(self) -> Sequence[str]:
        """The names of the services this provider ships."""
        return ()

    def resolve(self, name: str) -> str | None:
        """The shipped service a user means by a name or an older name; None if there is none."""
        return name if name in self.services() else None

    def service(self, name: str) -> type[Service[Any]] | None:
        """The hand-written class of a service, where it has one."""
        return None

    def describe(self, name: str) -> Description:
        """The description of a shipped service."""
        raise LookupError(name)

    def identity(self, settings: Sources) -> Hashable | None:
        """What decides which credentials are meant: services that agree in it share them. None shares nothing."""
        return None

    def credential_cache(self, settings: Sources, service: str) -> CredentialCache:
        """Where the credentials of calls come from, for these settings; errors name the service."""
        from boto.auth.cache import CredentialCache
        from boto.auth.chain import Chain
        from boto.auth.providers.static import given

        asked = given(settings.get("credentials"))
        return CredentialCache(asked or Chain([Absent()], service))

    def protocols(self, service: Service[Any], operation: Operation) -> Sequence[str]:
        """The protocols the service may be spoken to in, best first."""
        described = operation.description
        return described.header.get("protocols") or [described.protocol]

    def endpoint(
        self, service: Service[Any], operation: Operation
    ) -> Endpoint | Callable[[dict[str, Any]], Endpoint]:
        """The endpoint calls go to, or a function from a call's parameters to it where they decide."""
        from boto.endpoints.templates import TemplateResolver

        template = service._settings.get("endpoint_url") or service.endpoint or _first_server(service)
        if template is None:
            from boto.core.errors import NoEndpoint

            raise NoEndpoint(f"no endpoint for {service.name}: pass endpoint_url='https://...'")
        return TemplateResolver(service.name, str(template)).resolve({"region": service.region})

    def signing(self, service: Service[Any], operation: Operation) -> Callable[[Endpoint], Signing] | None:
        """A function from an endpoint to how calls to it are signed; None where nobody signs."""
        from boto.middleware.stack import Signing

        signer = service._settings.get("signer") or service.signer or _described_signer(service, operation)
        if signer is None or signer == "none":
            return None
        found = service.session.registry.signer(signer)
        signing = Signing(found, service.name, service.region or "", {})
        return lambda endpoint: signing

    def where(self, service: Service[Any]) -> str | None:
        """The endpoint's URL as far as it can be told without a call."""
        from boto.core.errors import BotoError, ConfigError

        try:
            for name in service.operations:  # one will do; to read them all would take a while
                endpoint = self.endpoint(service, service.operations[name])
                return (endpoint({}) if callable(endpoint) else endpoint).url
        except ConfigError:
            return None  # a setting is wrong, and the call will say which
        except BotoError:
            pass
        return service._settings.get("endpoint_url") or service.endpoint


class Absent:
    """The source of credentials that were not given."""

    name = "arguments"
    why = "credentials= was not given"

    def resolve(self) -> Flow[None]:
        yield from ()


def _first_server(service: Service[Any]) -> str | None:
    """The first server of the description; where it has a variable `region`, with the region asked for."""
    servers = service.description.header.get("servers")
    if not servers:
        return None
    written = (service.description.traits.get("servers") or [{}])[0]
    template = str(written.get("url") or "")
    if service.region is None or "{region}" not in template:
        return str(servers[0])
    for name, variable in (written.get("variables") or {}).items():
        if name != "region":
            template = template.replace(f"{{{name}}}", str(variable.get("default", "")))
    return template


def _described_signer(service: Service[Any], operation: Operation) -> str | None:
    auth = operation.traits.get("auth", operation.description.header.get("auth"))
    known = service.session.registry
    return next((name for name in auth or () if known.has_signer(name)), None)
