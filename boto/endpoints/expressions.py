"""Expressions of endpoint rules, compiled to closures over a scope.

An expression is a literal, a string with `{holes}`, a reference `{"ref": name}` or a call `{"fn": name,
"argv": [...]}`, perhaps with `"assign": name`. Each becomes a function from the scope (a dict of parameters
and of what conditions assigned so far) to a value.

Names are resolved while compiling: whoever reads a name must stand below the condition that assigned it,
and no name is assigned twice on one path. So one dict serves a whole evaluation: a branch that failed may
leave values behind, but nothing that could be reached later reads them before writing them.

Few forms make up nearly all of the conditions in the rules AWS publishes (`booleanEquals` of a name and a
literal, `stringEquals` with a literal, `isSet` and its negation). They get closures without any inner call.
"""

from __future__ import annotations

from boto.core.errors import ConfigError, NoEndpoint
from boto.endpoints import functions

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any, Final, TypeAlias

    from boto.endpoints.partitions import Partitions

    Scope: TypeAlias = dict[str, Any]
    Evaluate: TypeAlias = Callable[[Scope], Any]
    Kinds: TypeAlias = Mapping[str, str]

# Kinds of values. "any" is what cannot be told before evaluating.
ANY, STRING, BOOLEAN, INTEGER, ARRAY = "any", "string", "boolean", "integer", "array"
PARTITION, ARN, URL = "partition", "arn", "url"

_ATTRIBUTES: dict[str, dict[str, str]] = {
    ARN: {
        "partition": STRING, "service": STRING, "region": STRING, "accountId": STRING, "resourceId": ARRAY,
    },
    URL: {
        "scheme": STRING, "authority": STRING, "path": STRING, "normalizedPath": STRING, "isIp": BOOLEAN,
    },
    PARTITION: {
        "name": STRING, "dnsSuffix": STRING, "dualStackDnsSuffix": STRING, "implicitGlobalRegion": STRING,
        "supportsFIPS": BOOLEAN, "supportsDualStack": BOOLEAN,
    },
}  # fmt: skip

# What a rule may call: (function, kinds of its arguments, kind of its result).
_FUNCTIONS: dict[str, tuple[Callable[..., Any], tuple[str, ...], str]] = {
    "isSet": (lambda value: value is not None, (ANY,), BOOLEAN),
    "not": (lambda value: not value, (ANY,), BOOLEAN),
    "booleanEquals": (lambda one, other: one is other, (BOOLEAN, BOOLEAN), BOOLEAN),
    "stringEquals": (lambda one, other: one == other, (STRING, STRING), BOOLEAN),
    "isValidHostLabel": (functions.valid_host_label, (STRING, BOOLEAN), BOOLEAN),
    "uriEncode": (functions.uri_encode, (STRING,), STRING),
    "parseURL": (functions.parse_url, (STRING,), URL),
    "substring": (functions.substring, (STRING, INTEGER, INTEGER, BOOLEAN), STRING),
    "split": (functions.split, (STRING, STRING, INTEGER), ARRAY),
    "aws.parseArn": (functions.parse_arn, (STRING,), ARN),
    "aws.isVirtualHostableS3Bucket": (functions.virtual_hostable_bucket, (STRING, BOOLEAN), BOOLEAN),
    "ite": (lambda test, then, otherwise: then if test else otherwise, (BOOLEAN, ANY, ANY), ANY),
}


class Compiled:
    """A compiled expression. `name` and `attribute` are set for a plain reference or one attribute of one,
    `literal` for a constant: what the special closures look for."""

    __slots__ = ("attribute", "evaluate", "kind", "literal", "name")

    def __init__(
        self,
        evaluate: Evaluate,
        kind: str,
        name: str | None = None,
        attribute: str | None = None,
        literal: Any = None,
    ) -> None:
        self.evaluate: Final = evaluate
        self.kind: Final = kind
        self.name: Final = name
        self.attribute: Final = attribute
        self.literal: Final = literal


class Expressions:
    """Compiles expressions; `partitions` answer `aws.partition`."""

    __slots__ = ("_partition",)

    def __init__(self, partitions: Partitions) -> None:
        self._partition = partitions.of

    def compile(self, node: Any, kinds: Kinds, where: str) -> Compiled:
        """`kinds` has every name that may be read here; `where` is the place for error messages."""
        if isinstance(node, str):
            return self._template(node, kinds, where)
        if not isinstance(node, dict):
            kind = {bool: BOOLEAN, int: INTEGER, list: ARRAY, tuple: ARRAY}.get(type(node), ANY)
            return Compiled(lambda _: node, kind, literal=node)
        if "ref" in node:
            name = node["ref"]
            return Compiled(lambda s: s[name], self._kind(name, kinds, where), name)
        if "fn" not in node:
            raise ConfigError(f"{where}: neither a value, nor a `ref`, nor an `fn`: {_shown(node)}")
        compiled = self._call(node, kinds, where)
        return self._assigning(node, compiled, kinds, where) if "assign" in node else compiled

    def _kind(self, name: Any, kinds: Kinds, where: str) -> str:
        if name not in kinds:
            known = ", ".join(sorted(kinds)) or "nothing"
            raise ConfigError(f"{where}: {name!r} is no parameter and not assigned above; what is: {known}")
        return kinds[name]

    def _assigning(self, node: dict[str, Any], compiled: Compiled, kinds: Kinds, where: str) -> Compiled:
        name, evaluate = node["assign"], compiled.evaluate
        if not isinstance(name, str):
            raise ConfigError(f"{where}: `assign` must be a name, not {_shown(name)}")
        if name in kinds:
            raise ConfigError(f"{where}: {name!r} has a value already and cannot be assigned again")

        def assigning(s: Scope) -> Any:
            value = s[name] = evaluate(s)
            return value

        return Compiled(assigning, compiled.kind)

    # Calls

    def _call(self, node: dict[str, Any], kinds: Kinds, where: str) -> Compiled:
        name, argv = node["fn"], node.get("argv")
        if not isinstance(argv, list):
            raise ConfigError(f"{where}: {name} has no `argv` list")
        args = [self.compile(arg, kinds, f"{where}.argv[{i}]") for i, arg in enumerate(argv)]
        if name == "getAttr":
            return self._attribute(args, where)
        if name == "coalesce":
            return _coalesce(args, where)
        if name == "aws.partition":
            _check(name, args, (STRING,), where)
            partition, (region,) = self._partition, [arg.evaluate for arg in args]
            return Compiled(lambda s: partition(region(s)), PARTITION)
        if name not in _FUNCTIONS:
            known = ", ".join(sorted((*_FUNCTIONS, "getAttr", "coalesce", "aws.partition")))
            raise ConfigError(f"{where}: no function is called {name!r} (there are: {known})")
        function, wanted, kind = _FUNCTIONS[name]
        _check(name, args, wanted, where)
        evaluate = _special(name, args) or _plain(function, [arg.evaluate for arg in args])
        if name == "ite" and args[1].kind == args[2].kind:
            kind = args[1].kind
        return Compiled(evaluate, kind, name=None)

    def _attribute(self, args: list[Compiled], where: str) -> Compiled:
        """`getAttr(value, "name.other[2]")`: names separated by dots, each perhaps with an index."""
        if len(args) != 2 or not isinstance(args[1].literal, str) or not args[1].literal:
            raise ConfigError(f"{where}: getAttr needs a value and the path of an attribute")
        compiled = args[0]
        for part in args[1].literal.split("."):
            name, bracket, index = part.partition("[")
            if name:
                compiled = _member(compiled, name, where)
            if bracket:
                compiled = _element(compiled, index, where)
        return compiled

    # Strings with holes

    def _template(self, text: str, kinds: Kinds, where: str) -> Compiled:
        """`{name}` and `{name#attribute}` are holes; doubled braces stand for single ones."""
        if "{" not in text and "}" not in text:
            return Compiled(lambda _: text, STRING, literal=text)
        parts: list[str | Compiled] = []
        for literal, hole in _holes(text, where):
            if literal:
                parts.append(literal)
            if hole is not None:
                parts.append(self._hole(hole, kinds, f"{where}: in {text!r}"))
        if all(isinstance(part, str) for part in parts):
            plain = "".join(str(part) for part in parts)
            return Compiled(lambda _: plain, STRING, literal=plain)
        return Compiled(_joining(parts, text), STRING)

    def _hole(self, hole: str, kinds: Kinds, where: str) -> Compiled:
        name, *attributes = hole.split("#")
        compiled = Compiled(lambda s: s[name], self._kind(name, kinds, where), name)
        for attribute in attributes:
            compiled = _member(compiled, attribute, where)
        if compiled.kind not in (STRING, ANY):
            raise ConfigError(f"{where}: {{{hole}}} is no string but of kind {compiled.kind}")
        return compiled


def _holes(text: str, where: str) -> list[tuple[str, str | None]]:
    """Pairs of a literal and the hole after it; None at the end and after a doubled brace."""
    found: list[tuple[str, str | None]] = []
    start = at = 0
    while at < len(text):
        char = text[at]
        if char not in "{}":
            at += 1
        elif text[at : at + 2] == char * 2:
            found.append((text[start : at + 1], None))
            start = at = at + 2
        else:
            end = text.find("}", at)
            if char == "}" or end < 0:
                raise ConfigError(f"{where}: a brace without its partner in {text!r}")
            found.append((text[start:at], text[at + 1 : end]))
            start = at = end + 1
    found.append((text[start:], None))
    return found


def _joining(parts: list[str | Compiled], text: str) -> Evaluate:
    getters = [_constant(part) if isinstance(part, str) else part.evaluate for part in parts]

    def join(s: Scope) -> str:
        values = [get(s) for get in getters]
        if None in values:
            # Some published rules reach for Region without having asked whether it is set.
            unset = [hole for _, hole in _holes(text, "") if hole and s.get(hole.partition("#")[0]) is None]
            raise NoEndpoint(f"the endpoint rules need a value for {', '.join(unset) or text}")
        return "".join(values)

    return join


def _constant(value: Any) -> Evaluate:
    return lambda _: value


def _member(compiled: Compiled, attribute: str, where: str) -> Compiled:
    """One named attribute of a value that is a partition, an ARN or a URL."""
    evaluate, known = compiled.evaluate, _ATTRIBUTES.get(compiled.kind)
    if known is None and compiled.kind != ANY:
        raise ConfigError(f"{where}: a value of kind {compiled.kind} has no attribute {attribute!r}")
    kind = (known or {}).get(attribute, ANY)
    if known is not None and kind == ANY and compiled.kind != PARTITION:
        raise ConfigError(f"{where}: no attribute {attribute!r} (there are: {', '.join(known)})")
    name = compiled.name
    if name is not None and compiled.attribute is None and known is not None:
        return Compiled(lambda s: s[name][attribute], kind, name, attribute)

    def member(s: Scope) -> Any:
        value = evaluate(s)
        return None if value is None else value.get(attribute)

    return Compiled(member, kind)


def _element(compiled: Compiled, index: str, where: str) -> Compiled:
    try:
        number = int(index.removesuffix("]"))
    except ValueError:
        raise ConfigError(f"{where}: [{index} is no index") from None
    if compiled.kind not in (ARRAY, ANY):
        raise ConfigError(f"{where}: a value of kind {compiled.kind} has no elements")
    array, item = compiled.evaluate, functions.item
    # Arrays in rules hold strings; those that a user's parameter holds are checked when they come in.
    return Compiled(lambda s: item(array(s), number), STRING)


def _check(name: str, args: list[Compiled], wanted: tuple[str, ...], where: str) -> None:
    if len(args) != len(wanted):
        raise ConfigError(f"{where}: {name} takes {len(wanted)} arguments, not {len(args)}")
    for index, (arg, kind) in enumerate(zip(args, wanted, strict=True)):
        if ANY not in (kind, arg.kind) and arg.kind != kind:
            raise ConfigError(f"{where}.argv[{index}]: {name} wants a value of kind {kind}, not {arg.kind}")


def _coalesce(args: list[Compiled], where: str) -> Compiled:
    if not args:
        raise ConfigError(f"{where}: coalesce takes at least one argument")
    getters = [arg.evaluate for arg in args]

    def coalesce(s: Scope) -> Any:
        for get in getters:
            value = get(s)
            if value is not None:
                return value
        return None

    kinds = {arg.kind for arg in args}
    return Compiled(coalesce, kinds.pop() if len(kinds) == 1 else ANY)


def _plain(function: Callable[..., Any], args: list[Evaluate]) -> Evaluate:
    if len(args) == 1:
        (only,) = args
        return lambda s: function(only(s))
    if len(args) == 2:
        one, other = args
        return lambda s: function(one(s), other(s))
    return lambda s: function(*[arg(s) for arg in args])


def _special(name: str, args: list[Compiled]) -> Evaluate | None:
    """The closure of a form that is so frequent that it pays to have one without inner calls."""
    if name in ("booleanEquals", "stringEquals"):
        one, other = args if args[1].literal is not None else reversed(args)
        return _equals(one, other.literal) if other.literal is not None else None
    if name == "isSet" and args[0].name is not None and args[0].attribute is None:
        known = args[0].name
        return lambda s: s[known] is not None
    return None


def _equals(value: Compiled, literal: Any) -> Evaluate:
    evaluate, name, attribute = value.evaluate, value.name, value.attribute
    if name is None:
        return lambda s: evaluate(s) == literal
    if attribute is None:
        return lambda s: s[name] == literal
    return lambda s: s[name][attribute] == literal


def _shown(node: Any) -> str:
    text = repr(node)
    return text if len(text) <= 80 else text[:77] + "..."
