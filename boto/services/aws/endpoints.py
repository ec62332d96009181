"""Endpoints of AWS services: the inputs of their rules, filled in from settings and from parameters."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    from boto.endpoints.base import Endpoint, EndpointResolver, Parameter
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
    region = service.region
    if region is None:
        return "aws-global" if service.description.traits.get("global_endpoint") else None
    return plain(region)[0]


def plain(region: str) -> tuple[str, bool]:
    """A region, and whether its name asks for FIPS endpoints, as `fips-us-gov-west-1` once did."""
    if "fips" not in region:
        return region, False
    return region.removeprefix("fips-").removesuffix("-fips").replace("-fips-", "-"), True


def inputs_of(service: Service[Any]) -> dict[str, Any]:
    """The built-in inputs, by the names that rule sets use for them.

    A service's class adds those of its own in `rule_inputs(self)`.
    """
    settings = service._settings
    inputs = {
        "AWS::Region": region_of(service),
        "AWS::UseFIPS": settings.get("use_fips_endpoint") or plain(service.region or "")[1],
        "AWS::UseDualStack": settings.get("use_dualstack_endpoint"),
        "SDK::Endpoint": settings.endpoint_url(service.description.traits.get("service_id") or service.name),
        "AWS::Auth::AccountIdEndpointMode": settings.get("account_id_endpoint_mode"),
    }
    added = getattr(type(service), "rule_inputs", None)
    return inputs if added is None else inputs | added(service, inputs)


def endpoint(service: Service[Any], operation: Operation) -> Endpoint | Callable[[dict[str, Any]], Endpoint]:
    """The endpoint of an operation, or a function from the parameters of a call to it.

    Most services' rules look at settings alone: those are asked once, here.
    """
    known = tables()
    if service.name not in known:
        return _unlisted(service)
    resolver: EndpointResolver = known.resolver(service.name)
    inputs = _inputs(service, operation, resolver)
    members = operation.input.members.values() if operation.input is not None else ()
    context = [(member.name, member.extras["context"]) for member in members if "context" in member.extras]
    paths = _paths(operation.traits.get("paths") or {}, resolver)
    # Asked of the class: a service object takes a name it does not know for a misspelt operation.
    changed = service.rule_inputs_of_call if hasattr(type(service), "rule_inputs_of_call") else None
    account = [one.name for one in resolver.parameters.values() if one.builtin == "AWS::Auth::AccountId"]
    if account and inputs.get("AccountIdEndpointMode") == "disabled":
        account = []
    resolve = resolver.resolve if service._settings.get("use_ssl") else _without_tls(resolver)
    if not context and not paths and not account and changed is None:
        return resolve(inputs)
    parameters = resolver.parameters.values()
    return CallEndpoint(
        resolve, parameters, inputs, context, paths, changed, service if account else None, operation
    )


def _paths(told: dict[str, str], resolver: EndpointResolver) -> list[tuple[str, Callable[[Any], Any]]]:
    """Inputs that are found in a call's parameters by a JMESPath, each with how to find it."""
    wanted = [(name, expression) for name, expression in told.items() if name in resolver.parameters]
    if not wanted:
        return []
    from boto.calls.paths import path

    return [(name, path(expression, verbatim=True)) for name, expression in wanted]


def _without_tls(resolver: EndpointResolver) -> Callable[[dict[str, Any]], Endpoint]:
    """The same endpoints by http, for who asked for that with `use_ssl=False`."""
    from boto.endpoints.base import Endpoint as Made

    def resolve(inputs: dict[str, Any]) -> Endpoint:
        found = resolver.resolve(inputs)
        if not found.url.startswith("https:") or inputs.get("Endpoint"):
            return found
        return Made("http:" + found.url[6:], found.headers, found.auth, found.properties)

    return resolve


def _inputs(service: Service[Any], operation: Operation, resolver: EndpointResolver) -> dict[str, Any]:
    """The inputs that are the same for every call of an operation, by the names of the rules' parameters."""
    builtins = inputs_of(service)
    inputs = {}
    settable = service.description.traits.get("context") or {}
    for parameter in resolver.parameters.values():
        # What rules call by a name of their own is taken by that name, and then exactly.
        value = _by_name(service, parameter.name) if parameter.name in settable else None
        if value is None:
            value = builtins.get(parameter.builtin or "")
        if value is not None:
            inputs[parameter.name] = value
    return inputs | (operation.traits.get("static") or {})


def _by_name(service: Service[Any], name: str) -> Any:
    from boto.core.naming import snake
    from boto.services.aws.options import own

    return own(service, snake(name))


class CallEndpoint:
    """The endpoint of a call where its parameters have a say, or the account of whoever calls."""

    __slots__ = (
        "_account",
        "_changed",
        "_context",
        "_inputs",
        "_operation",
        "_parameters",
        "_paths",
        "_resolve",
    )

    def __init__(
        self,
        resolve: Callable[[dict[str, Any]], Endpoint],
        parameters: Iterable[Parameter],
        inputs: dict[str, Any],
        context: list[tuple[str, str]],
        paths: list[tuple[str, Callable[[Any], Any]]],
        changed: Callable[[Operation, dict[str, Any]], dict[str, Any]] | None,
        account: Service[Any] | None,
        operation: Operation,
    ) -> None:
        self._resolve = resolve
        self._parameters = parameters
        self._inputs = inputs
        self._context = context
        self._paths = paths
        self._changed = changed
        self._account = account
        self._operation = operation

    @property
    def asks_who(self) -> bool:
        """Whether the credentials must be there before the endpoint is asked for."""
        return self._account is not None

    def __call__(self, params: dict[str, Any]) -> Endpoint:
        inputs = self._inputs.copy()
        for member, name in self._context:
            if member in params:
                inputs[name] = params[member]
        for name, search in self._paths:
            found = search(params)
            if found is not None:
                inputs[name] = found
        if self._account is not None:
            self._ask(self._account, inputs)
        if self._changed is not None:
            inputs.update(self._changed(self._operation, params))
        return self._resolve(inputs)

    def _ask(self, service: Service[Any], inputs: dict[str, Any]) -> None:
        """Adds the account that the credentials in use belong to, if they say it."""
        from time import time

        cache = service.credentials
        found = cache.current(time()) if cache is not None else None
        account = getattr(found, "account_id", None)
        if account is None:
            return
        for parameter in self._parameters:
            if parameter.builtin == "AWS::Auth::AccountId":
                inputs[parameter.name] = account


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
