"""The shipped endpoint facts: how a table is read, and when rules are used instead.

Nearly every rule set asks the same few questions: is there a custom endpoint, is there a region, which
partition is it in, FIPS, dual stack. Its answers therefore fit a table, and hundreds of services share a
table when their own words (`ec2`, `ec2-fips`) are taken out as arguments. Tables are derived when the facts
are built, from the rules themselves, and checked there against the rules for every region; a rule set that
asks anything else is shipped as rules.

`endpoints.tables` has a JSON value on each line, after a name and a space, and is never parsed as a whole:
a line is found by its name and decoded when it is needed.

    @4 "https://{0}.{Region}.{dnsSuffix}"                                   an outcome
    #7 [custom, none, usual, {partition: row, ...}, {region: row, ...}]     a table
    ec2 [7,"ec2","ec2-fips"]                                                a service: table, arguments
    s3 []                                                                   one with rules: `endpoints.rules`

A row has four outcomes by number: plain, FIPS, dual stack, both. Which row counts: `custom` if there is a
custom endpoint, `none` if there is no region, else the row of the region, else that of its partition, else
`usual`. An outcome is a URL with holes, `{"error": words}`, or `{"url", "headers", "properties"}`. Holes:
`{Region}`, `{Endpoint}`, a partition's outputs (`{dnsSuffix}`), the service's arguments (`{0}`).

`endpoints.partitions` has `[name, pattern, outputs, regions]` on each line.
"""

from __future__ import annotations

from boto.core.errors import ConfigError, NoEndpoint, NoRegion, UnknownService
from boto.endpoints.base import Endpoint, Parameter, auth_of
from boto.endpoints.functions import is_host_label
from boto.endpoints.partitions import Partitions
from boto.models.loader import text
from boto.models.rows import decode

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any, Final

# Answers kept by one resolver. A full cache starts anew: a program that uses more buckets than this at a time
# gains nothing from a finer rule.
_CACHED = 256

# The parameters of every table.
_PARAMETERS: dict[str, Parameter] = {
    "Region": Parameter("Region", "string", "AWS::Region"),
    "UseFIPS": Parameter("UseFIPS", "boolean", "AWS::UseFIPS", False, True),
    "UseDualStack": Parameter("UseDualStack", "boolean", "AWS::UseDualStack", False, True),
    "Endpoint": Parameter("Endpoint", "string", "SDK::Endpoint"),
}


class Resolver:
    """The endpoints of one service. Answers are cached by all inputs that the rules look at."""

    __slots__ = ("_arrays", "_cache", "_evaluate", "_names", "parameters", "service")

    def __init__(
        self,
        service: str,
        parameters: Mapping[str, Parameter],
        evaluate: Callable[[Mapping[str, Any]], Endpoint],
        unused: tuple[str, ...] = (),
    ) -> None:
        self.service: Final = service
        self.parameters: Final = parameters
        self._evaluate = evaluate
        self._names = tuple(name for name in parameters if name not in unused)
        self._arrays = any(parameters[name].kind == "stringArray" for name in self._names)
        self._cache: dict[tuple[Any, ...], Endpoint] = {}

    def resolve(self, inputs: Mapping[str, Any]) -> Endpoint:
        """The endpoint for values of `parameters`; other names are ignored, None counts as not given."""
        key = tuple(map(inputs.get, self._names))
        if self._arrays:
            key = tuple([tuple(value) if type(value) is list else value for value in key])
        found = self._cache.get(key)
        if found is None:
            found = self._resolve(inputs)
            if len(self._cache) >= _CACHED:
                self._cache.clear()
            self._cache[key] = found
        return found

    def _resolve(self, inputs: Mapping[str, Any]) -> Endpoint:
        region = inputs.get("Region")
        try:
            found = self._evaluate(inputs)
        except NoEndpoint as error:
            if region is None and "region" in str(error).lower():
                raise NoRegion(self.service) from error
            raise
        # A region comes from settings and goes into a host name: "x.example.com/" must not choose the host.
        if region is not None and inputs.get("Endpoint") is None and not is_host_label(region):
            raise ConfigError(f"region {region!r} cannot be part of a host name")
        return found

    def __repr__(self) -> str:
        return f"<Resolver {self.service}>"


class Tables:
    """All endpoint facts of a provider. `path` is that of the three files without their suffixes."""

    __slots__ = ("_partitions", "_resolvers", "_rules", "_tables", "_text", "path")

    def __init__(self, path: str) -> None:
        self.path: Final = path
        self._text: Final = self._read("tables")
        self._rules: str | None = None
        self._partitions: Partitions | None = None
        self._tables: dict[int, list[Any]] = {}
        self._resolvers: dict[str, Resolver] = {}

    def _read(self, suffix: str) -> str:
        """A file's text, with a line break before the first line as before any other."""
        return "\n" + text(f"{self.path}.{suffix}")

    @property
    def partitions(self) -> Partitions:
        """The partitions of the provider, read when first asked for."""
        if self._partitions is None:
            lines = self._read("partitions").strip().replace("\n", ",")
            self._partitions = Partitions(decode(f"[{lines}]"))
        return self._partitions

    def __contains__(self, service: str) -> bool:
        return service in self._resolvers or self._facts(service) is not None

    def _facts(self, service: str) -> list[Any] | None:
        """The line of a service; the other lines have a sign before their name."""
        facts: list[Any] | None = None if service[:1] in ("", "@", "#") else _line(self._text, service)
        return facts

    @property
    def services(self) -> list[str]:
        """The names of all services."""
        names = [line.partition(" ")[0] for line in self._text.splitlines()]
        return [name for name in names if name and name[0] not in "@#"]

    def resolver(self, service: str) -> Resolver:
        """The resolver of a service, by its name in the facts. Made once."""
        found = self._resolvers.get(service)
        if found is None:
            facts = self._facts(service)
            if facts is None:
                raise UnknownService(service, self.services)
            found = self._table(service, facts) if facts else self._rule_set(service)
            self._resolvers[service] = found
        return found

    def _table(self, service: str, facts: list[Any]) -> Resolver:
        number, *arguments = facts
        table = self._tables.get(number)
        if table is None:
            table = self._tables[number] = _line(self._text, f"#{number}")
        return Resolver(service, _PARAMETERS, _Table(self, table, arguments).evaluate)

    def outcome(self, number: int) -> Any:
        """One outcome of the tables."""
        return _line(self._text, f"@{number}")

    def _rule_set(self, service: str) -> Resolver:
        from boto.endpoints.rules import RuleSet

        if self._rules is None:
            self._rules = self._read("rules")
        source = _line(self._rules, service)
        rules = RuleSet(source, self.partitions, trusted=True)
        return Resolver(service, rules.parameters, rules.evaluate, tuple(source.get("unused", ())))


class _Table:
    """A table with the arguments of one service."""

    __slots__ = ("_arguments", "_rows", "_tables")

    def __init__(self, tables: Tables, rows: list[Any], arguments: list[str]) -> None:
        self._tables = tables
        self._rows = rows
        self._arguments = {str(index): word for index, word in enumerate(arguments)}

    def evaluate(self, inputs: Mapping[str, Any]) -> Endpoint:
        region, custom = _string(inputs, "Region"), _string(inputs, "Endpoint")
        variant = _flag(inputs, "UseFIPS") + 2 * _flag(inputs, "UseDualStack")
        on_custom, on_none, usual, by_partition, by_region = self._rows
        partition = self._tables.partitions.of(region)
        if custom is not None:
            row = on_custom
        elif region is None:
            row = on_none
        else:
            row = by_region.get(region) or by_partition.get(partition["name"], usual)
        values = {**partition, **self._arguments, "Region": region, "Endpoint": custom}
        return _answer(self._tables.outcome(row[variant]), values)


def _answer(outcome: Any, values: Mapping[str, Any]) -> Endpoint:
    if isinstance(outcome, str):
        return Endpoint(_fill(outcome, values))
    if "error" in outcome:
        raise NoEndpoint(_fill(outcome["error"], values))
    properties = _filled(outcome.get("properties", {}), values)
    headers = _filled(outcome.get("headers", {}), values)
    return Endpoint(_fill(outcome["url"], values), headers, auth_of(properties), properties)


def _filled(node: Any, values: Mapping[str, Any]) -> Any:
    if isinstance(node, str):
        return _fill(node, values)
    if isinstance(node, dict):
        return {name: _filled(value, values) for name, value in node.items()}
    return [_filled(value, values) for value in node] if isinstance(node, list) else node


def _fill(text: str, values: Mapping[str, Any]) -> str:
    """Holes are filled in one pass, so that a value with braces in it stays a value."""
    first, *rest = text.split("{")
    parts = [first]
    for piece in rest:
        name, _, after = piece.partition("}")
        value = values.get(name)
        if value is None:
            raise NoEndpoint(f"the endpoint rules need a value for {name}")
        parts += (value, after)
    return "".join(parts)


def _string(inputs: Mapping[str, Any], name: str) -> str | None:
    value = inputs.get(name)
    if value is None or isinstance(value, str):
        return value
    raise ConfigError(f"endpoint parameter {name}: str expected, not {value!r}")


def _flag(inputs: Mapping[str, Any], name: str) -> bool:
    value = inputs.get(name)
    if value is None or isinstance(value, bool):
        return bool(value)
    raise ConfigError(f"endpoint parameter {name}: bool expected, not {value!r}")


def _line(text: str, name: str) -> Any:
    """The value on the line of a name; None when there is no such line."""
    at = text.find(f"\n{name} ")
    if at < 0:
        return None
    start = at + len(name) + 2
    return decode(text[start : text.index("\n", start)])
