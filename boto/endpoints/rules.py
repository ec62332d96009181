"""Endpoint rule sets: decision trees that end in an endpoint or in an error.

A rule set has parameters and rules. A rule has conditions, all of which must hold (a condition fails when its
value is None or False), and is one of
    tree       more rules, tried in order;
    endpoint   a URL, headers and properties, with holes for what was assigned on the way;
    error      the words of an error.
The first endpoint or error that is reached is the answer; when a tree has none, its next sibling is tried.

Rules are compiled to closures. A rule set from elsewhere is compiled as a whole, so that a mistake in it is
a ConfigError with the place (`rules[2].conditions[0].argv[1]`) before the first call. The rule sets that
come with this library were compiled once when they were built: of these each subtree and each endpoint is
compiled when it is first entered, as most programs see a few branches only (S3's rules have hundreds).

The shipped form differs from the published one in one thing: repeated nodes stand once in a list `shared`
and are pointed at with `{"$": index}`, so that they are also compiled once.
"""

from __future__ import annotations

from boto.core.errors import ConfigError, NoEndpoint
from boto.endpoints.base import Endpoint, Parameter, auth_of
from boto.endpoints.expressions import ANY, ARRAY, BOOLEAN, STRING, Expressions

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any, TypeAlias

    from boto.endpoints.expressions import Evaluate, Kinds, Scope
    from boto.endpoints.partitions import Partitions

    Rule: TypeAlias = Callable[[Scope], Endpoint | None]

_TYPES: dict[str, tuple[str, str, tuple[type, ...]]] = {
    "string": ("string", STRING, (str,)),
    "boolean": ("boolean", BOOLEAN, (bool,)),
    "stringarray": ("stringArray", ARRAY, (list, tuple)),
}


class RuleSet:
    """One rule set, ready to be evaluated. `trusted` ones are compiled as they are entered."""

    __slots__ = ("_compiler", "_inputs", "_root", "parameters")

    def __init__(self, source: Mapping[str, Any], partitions: Partitions, trusted: bool = False) -> None:
        self.parameters = _parameters(source.get("parameters"))
        self._inputs = [
            (p.name, _TYPES[p.kind.lower()][2], p.default, p.required) for p in self.parameters.values()
        ]
        self._compiler = _Compiler(partitions, source.get("shared", []), trusted)
        kinds = {p.name: _TYPES[p.kind.lower()][1] for p in self.parameters.values()}
        self._root = self._compiler.rules(source.get("rules"), kinds, "rules")

    def evaluate(self, inputs: Mapping[str, Any]) -> Endpoint:
        """The endpoint for these values of parameters; NoEndpoint with the rules' words if there is none."""
        scope: Scope = {}
        for name, types, default, required in self._inputs:
            value = inputs.get(name)
            if value is None:
                value = default
                if value is None and required:
                    raise NoEndpoint(f"the endpoint rules need a value for {name}")
            elif not isinstance(value, types):
                raise ConfigError(f"endpoint parameter {name}: {types[0].__name__} expected, not {value!r}")
            scope[name] = value
        found = self._root(scope)
        if found is None:
            given = ", ".join(f"{name}={value!r}" for name, value in inputs.items())
            raise NoEndpoint(f"no endpoint rule applies to {given or 'no parameters'}")
        return found


def _parameters(source: Any) -> dict[str, Parameter]:
    if not isinstance(source, dict):
        raise ConfigError("parameters: an object is needed")
    found = {}
    for name, spec in source.items():
        known = _TYPES.get(str(spec.get("type")).lower()) if isinstance(spec, dict) else None
        if known is None:
            raise ConfigError(f"parameters.{name}: `type` must be string, boolean or stringArray")
        default = spec.get("default")
        if default is not None and not isinstance(default, known[2]):
            raise ConfigError(f"parameters.{name}: the default {default!r} is no {known[0]}")
        found[name] = Parameter(name, known[0], spec.get("builtIn"), default, bool(spec.get("required")))
    return found


class _Compiler:
    """From rules to functions of a scope."""

    __slots__ = ("_done", "_expressions", "_shared", "_trusted")

    def __init__(self, partitions: Partitions, shared: list[Any], trusted: bool) -> None:
        self._expressions = Expressions(partitions)
        self._shared = shared
        self._trusted = trusted
        self._done: dict[int, Any] = {}

    def rules(self, source: Any, kinds: Kinds, where: str) -> Rule:
        """The first answer of some rules."""
        if not isinstance(source, list) or not source:
            raise ConfigError(f"{where}: a list of rules is needed")
        compiled = [self._rule(rule, kinds, f"{where}[{i}]") for i, rule in enumerate(source)]
        if len(compiled) == 1:
            return compiled[0]

        def first(s: Scope) -> Endpoint | None:
            for rule in compiled:
                found = rule(s)
                if found is not None:
                    return found
            return None

        return first

    def _rule(self, source: Any, kinds: Kinds, where: str) -> Rule:
        if isinstance(source, dict) and "$" in source:
            index = source["$"]
            if index not in self._done:
                self._done[index] = self._rule(self._shared[index], kinds, where)
            shared: Rule = self._done[index]
            return shared
        if not isinstance(source, dict) or source.get("type") not in ("tree", "endpoint", "error"):
            raise ConfigError(f"{where}: a rule needs a `type` of tree, endpoint or error")
        conditions, kinds = self._conditions(source, kinds, where)
        return _guarded(conditions, self._outcome(source, kinds, where))

    def _conditions(self, source: dict[str, Any], kinds: Kinds, where: str) -> tuple[list[Evaluate], Kinds]:
        """The compiled conditions of a rule, and what may be read below them."""
        conditions = source.get("conditions", [])
        if not isinstance(conditions, list):
            raise ConfigError(f"{where}.conditions: a list is needed")
        compiled: list[Evaluate] = []
        for i, condition in enumerate(conditions):
            shared = condition.get("$") if isinstance(condition, dict) else None
            node = condition if shared is None else self._shared[shared]
            if not isinstance(node, dict) or "fn" not in node:
                raise ConfigError(f"{where}.conditions[{i}]: a condition must call a function")
            if shared is None or shared not in self._done:
                done = self._expressions.compile(node, kinds, f"{where}.conditions[{i}]")
                if shared is not None:
                    self._done[shared] = done
            else:
                done = self._done[shared]
            compiled.append(done.evaluate)
            if "assign" in node:
                kinds = {**kinds, node["assign"]: done.kind}
        return compiled, kinds

    def _outcome(self, source: dict[str, Any], kinds: Kinds, where: str) -> Rule:
        kind = source["type"]
        if kind == "error":
            return self._error(source, kinds, where)

        def compiled() -> Rule:
            if kind == "tree":
                return self.rules(source.get("rules"), kinds, f"{where}.rules")
            return self._endpoint(source, kinds, where)

        return _later(compiled) if self._trusted else compiled()

    def _error(self, source: dict[str, Any], kinds: Kinds, where: str) -> Rule:
        words = self._expressions.compile(source.get("error"), kinds, f"{where}.error").evaluate

        def error(s: Scope) -> Endpoint | None:
            raise NoEndpoint(words(s))

        return error

    def _endpoint(self, source: dict[str, Any], kinds: Kinds, where: str) -> Rule:
        parts = source.get("endpoint")
        if not isinstance(parts, dict) or "url" not in parts:
            raise ConfigError(f"{where}.endpoint: an object with a `url` is needed")
        compiled = self._expressions.compile(parts["url"], kinds, f"{where}.endpoint.url")
        if compiled.kind not in (STRING, ANY):
            raise ConfigError(f"{where}.endpoint.url: a string is needed, not a {compiled.kind}")
        url = compiled.evaluate
        headers = self._headers(parts.get("headers") or {}, kinds, f"{where}.endpoint.headers")
        properties = self._value(parts.get("properties") or {}, kinds, f"{where}.endpoint.properties")

        def endpoint(s: Scope) -> Endpoint:
            words = properties(s)
            joined = {name: ", ".join([value(s) for value in values]) for name, values in headers}
            return Endpoint(url(s), joined, auth_of(words), words)

        return endpoint

    def _headers(self, source: Any, kinds: Kinds, where: str) -> list[tuple[str, list[Evaluate]]]:
        if not isinstance(source, dict) or not all(isinstance(values, list) for values in source.values()):
            raise ConfigError(f"{where}: an object of lists is needed")
        compile = self._expressions.compile
        return [
            (name, [compile(v, kinds, f"{where}.{name}[{i}]").evaluate for i, v in enumerate(values)])
            for name, values in source.items()
        ]

    def _value(self, source: Any, kinds: Kinds, where: str) -> Evaluate:
        """A property: any JSON, with holes in its strings."""
        if isinstance(source, dict):
            members = {name: self._value(value, kinds, f"{where}.{name}") for name, value in source.items()}
            return lambda s: {name: value(s) for name, value in members.items()}
        if isinstance(source, list):
            elements = [self._value(value, kinds, f"{where}[{i}]") for i, value in enumerate(source)]
            return lambda s: [element(s) for element in elements]
        return self._expressions.compile(source, kinds, where).evaluate


def _later(compiled: Callable[[], Rule]) -> Rule:
    """A rule that is compiled when it is first entered."""
    rule: Rule | None = None

    def later(s: Scope) -> Endpoint | None:
        nonlocal rule
        if rule is None:
            rule = compiled()
        return rule(s)

    return later


def _guarded(conditions: list[Evaluate], outcome: Rule) -> Rule:
    """The outcome, if all conditions hold."""
    if not conditions:
        return outcome
    if len(conditions) == 1:
        (only,) = conditions

        def guarded(s: Scope) -> Endpoint | None:
            value = only(s)
            return None if value is None or value is False else outcome(s)

        return guarded

    def guarded_all(s: Scope) -> Endpoint | None:
        for condition in conditions:
            value = condition(s)
            if value is None or value is False:
                return None
        return outcome(s)

    return guarded_all
