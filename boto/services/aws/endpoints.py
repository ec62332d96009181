"""Endpoints of AWS services: the inputs of their rules, filled in from settings and from parameters."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from boto.endpoints.base import Endpoint, EndpointResolver
    from boto.endpoints.tables import Tables
    from boto.models.description import Operation
    from boto.services.base import Service

_tables: list[Tables] = []


def tables() -> Tables:
    """The shipped endpoint facts, opened once in a process."""
    if not _tables:
        from boto.endpoints.tables import Tables as Opened

        _tables.append(Opened(__file__.rpartition("endpoints")[0] + "data/endpoints"))
    return _tables[0]


def region_of(service: Service[Any]) -> str | None:
    """The region rules are asked for; services with one endpoint for a whole partition need none."""
    if service.region is None and service.description.traits.get("global_endpoint"):
        return "aws-global"
    return service.region


def inputs_of(service: Service[Any]) -> dict[str, Any]:
    """The built-in inputs, by the names that rule sets use for them."""
    settings = service._settings
    return {
        "AWS::Region": region_of(service),
        "AWS::UseFIPS": settings.get("use_fips_endpoint"),
        "AWS::UseDualStack": settings.get("use_dualstack_endpoint"),
        "SDK::Endpoint": settings.endpoint_url(service.description.traits.get("service_id") or service.name),
    }


def endpoint(service: Service[Any], operation: Operation) -> Endpoint | Callable[[dict[str, Any]], Endpoint]:
    """The endpoint of an operation, or a function from the parameters of a call to it.

    Most services' rules look at settings alone: those are asked once, here.
    """
    known = tables()
    if service.name not in known.services:
        return _unlisted(service)
    resolver: EndpointResolver = known.resolver(service.name)
    builtins = inputs_of(service)
    inputs = {}
    for parameter in resolver.parameters.values():
        value = builtins.get(parameter.builtin or "")
        if value is not None:
            inputs[parameter.name] = value
    inputs |= operation.traits.get("static") or {}
    members = operation.input.members.values() if operation.input is not None else ()
    context = [(member.name, member.extras["context"]) for member in members if "context" in member.extras]
    if not context:
        return resolver.resolve(inputs)

    def resolve(params: dict[str, Any]) -> Endpoint:
        called = {name: params[member] for member, name in context if member in params}
        return resolver.resolve({**inputs, **called})

    return resolve


def _unlisted(service: Service[Any]) -> Callable[[dict[str, Any]], Endpoint]:
    """The endpoint of a service whose model a user brought: its own prefix, under the partition of the region."""
    from boto.endpoints.templates import TemplateResolver

    inputs = inputs_of(service)
    region = inputs["AWS::Region"]
    prefix = service.description.traits.get("endpoint_prefix") or service.name
    suffix = tables().partitions.of(region)["dnsSuffix"] if region else ""
    template = inputs["SDK::Endpoint"] or f"https://{prefix}.{{region}}.{suffix}"
    found = TemplateResolver(service.name, template).resolve({"region": region})
    return lambda params: found
