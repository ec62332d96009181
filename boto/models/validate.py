"""Parameters against a description, before anything is sent.

One walk over what the user gave does two things: it finds every problem (not just the first), each with its
path, and it returns the same values keyed by the source's member names, whichever spelling was used:

    filters[0].nmae: not a member of Filter; did you mean 'name'?

A check is a closure compiled from a shape: `check(value, path, problems) -> value`. None for a member means
"not given", so that optional arguments can be passed on; a member that may be null keeps its None.
"""

from __future__ import annotations

from boto.models.shapes import BODY, FORM, JSON_VALUE, NULLABLE, READ_ONLY, REQUIRED, STREAM

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any, TypeAlias

    from boto.models.description import Operation
    from boto.models.shapes import Member, Shape

    Problems: TypeAlias = list[tuple[str, str]]
    Check: TypeAlias = Callable[[Any, str, Problems], Any]


def validate(operation: Operation, params: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters keyed by the source's names at every depth. Raises ParameterError with all problems."""
    check = operation.cache.get(validate)
    if check is None:
        check = operation.cache[validate] = _compile(operation)
    problems: Problems = []
    try:
        checked: dict[str, Any] = check(params, "", problems)
    except RecursionError:
        problems.append(("(parameters)", "nested too deeply, or containing themselves"))
        checked = {}
    if problems:
        from boto.core.errors import ParameterError

        raise ParameterError(operation.snake, problems)
    return checked


def validate_as(operation: Operation, shape: Shape, value: Any, path: str) -> Any:
    """A value that did not come with the parameters, checked like one of this shape. Raises ParameterError."""
    key = (validate_as, id(shape))
    check = operation.cache.get(key)
    if check is None:
        check = operation.cache[key] = Compiler(operation.snake).shape(shape)
    problems: Problems = []
    checked = check(value, path, problems)
    if problems:
        from boto.core.errors import ParameterError

        raise ParameterError(operation.snake, problems)
    return checked


def _compile(operation: Operation) -> Check:
    if operation.traits.get("open"):
        return lambda value, path, problems: value
    if operation.input is None:
        return _nothing
    return Compiler(operation.snake).structure(operation.input)


def _nothing(value: Any, path: str, problems: Problems) -> dict[str, Any]:
    problems.extend(
        (name, "this operation takes no parameters") for name, given in value.items() if given is not None
    )
    return {}


def _said(value: Any) -> str:
    """The kind of a value. Never the value: it may be a secret."""
    return "None" if value is None else type(value).__name__


def _string(value: Any, path: str, problems: Problems) -> Any:
    if not isinstance(value, str):
        problems.append((path, f"must be a string, not {_said(value)}"))
    return value


def _boolean(value: Any, path: str, problems: Problems) -> Any:
    if value is not True and value is not False:
        problems.append((path, f"must be True or False, not {_said(value)}"))
    return value


def _integer(value: Any, path: str, problems: Problems) -> Any:
    if type(value) is int:
        return value
    if isinstance(value, bool) or not hasattr(value, "__index__"):
        problems.append((path, f"must be an integer, not {_said(value)}"))
        return value
    return value.__index__()


def _number(value: Any, path: str, problems: Problems) -> Any:
    if type(value) is float or type(value) is int:
        return value
    if isinstance(value, bool) or not (hasattr(value, "__float__") and hasattr(value, "__abs__")):
        problems.append((path, f"must be a number, not {_said(value)}"))
    return value


def _blob(value: Any, path: str, problems: Problems) -> Any:
    if isinstance(value, str):
        return value.encode()
    if not isinstance(value, (bytes, bytearray, memoryview)):
        problems.append((path, f"must be bytes or a string, not {_said(value)}"))
        return value
    return bytes(value)


def _stream(value: Any, path: str, problems: Problems) -> Any:
    if hasattr(value, "read") or hasattr(value, "__next__"):
        return value
    if isinstance(value, (bytes, bytearray, memoryview, str)):
        return _blob(value, path, problems)
    problems.append((path, f"must be bytes, a string or a file opened for reading, not {_said(value)}"))
    return value


def _events(value: Any, path: str, problems: Problems) -> Any:
    """Each event is checked when it is drawn."""
    if not hasattr(value, "__iter__") or hasattr(value, "items") or isinstance(value, (str, bytes)):
        problems.append((path, f"must be a list or an iterator of events, not {_said(value)}"))
    return value


def _timestamp(value: Any, path: str, problems: Problems) -> Any:
    from boto.core.times import moment

    try:
        return moment(value)
    except (TypeError, ValueError, OverflowError):
        problems.append(
            (path, f"must be a datetime, seconds since 1970, or an ISO 8601 string, not {_said(value)}")
        )
        return value


def _document(value: Any, path: str, problems: Problems) -> Any:
    if value is None or isinstance(value, (str, bool)) or hasattr(value, "__float__"):
        return value
    if isinstance(value, (list, tuple)):
        return [_document(item, f"{path}[{index}]", problems) for index, item in enumerate(value)]
    if hasattr(value, "items"):
        return {
            _key(key, path, problems): _document(item, f"{path}.{key}", problems)
            for key, item in value.items()
        }
    problems.append((path, f"must be a JSON value, not {_said(value)}"))
    return value


def _key(key: Any, path: str, problems: Problems) -> Any:
    if not isinstance(key, str):
        problems.append((path, f"keys must be strings, not {_said(key)}"))
    return key


_SCALARS: dict[str, Check] = {
    "string": _string,
    "boolean": _boolean,
    "integer": _integer,
    "long": _integer,
    "float": _number,
    "double": _number,
    "decimal": _number,
    "blob": _blob,
    "timestamp": _timestamp,
    "document": _document,
}


def _least(check: Check, least: Any, measure: Callable[[Any], Any], what: str) -> Check:
    """A check that also wants `measure(value) >= least`."""

    def bounded(value: Any, path: str, problems: Problems) -> Any:
        before = len(problems)
        value = check(value, path, problems)
        if len(problems) == before and measure(value) < least:
            problems.append((path, f"must {what} at least {least}"))
        return value

    return bounded


def _nullable(check: Check) -> Check:
    def nullable(value: Any, path: str, problems: Problems) -> Any:
        return None if value is None else check(value, path, problems)

    return nullable


class Compiler:
    """Compiles the shapes of one operation; each once, for shapes may contain themselves."""

    def __init__(self, operation: str) -> None:
        self.operation = operation
        self.made: dict[int, Check] = {}

    def member(self, member: Member) -> Check:
        if member.flags & STREAM and member.shape.kind in ("blob", "string"):
            return _stream
        if member.eventstream:
            return _events
        check = _document if member.flags & JSON_VALUE else self.shape(member.shape)
        return _nullable(check) if member.flags & NULLABLE else check

    def items(self, shape: Shape, member: Member) -> Check:
        """The check of what a list or map holds; null where that is sparse."""
        check = self.member(member)
        return _nullable(check) if shape.traits.get("sparse") else check

    def shape(self, shape: Shape) -> Check:
        scalar = _SCALARS.get(shape.kind)
        if scalar is not None:
            return self.bounded(scalar, shape)
        made = self.made.get(id(shape))
        if made is None:
            # A shape reached again while it is being compiled is looked up when it is first used.
            self.made[id(shape)] = lambda value, path, problems: self.made[id(shape)](value, path, problems)  # noqa: PLW0108
            made = self.made[id(shape)] = getattr(self, shape.kind)(shape)
        return made

    def bounded(self, check: Check, shape: Shape) -> Check:
        least = shape.traits.get("min")
        if least is None:
            return check
        if shape.kind in ("string", "blob", "list", "map"):
            return _least(check, least, len, "have a length of") if least > 0 else check
        return _least(check, least, lambda value: value, "be")

    def list(self, shape: Shape) -> Check:
        assert shape.member is not None
        check = self.items(shape, shape.member)
        plain = check is _string

        def many(value: Any, path: str, problems: Problems) -> Any:
            if not isinstance(value, (list, tuple)):
                problems.append((path, f"must be a list, not {_said(value)}"))
                return value
            if plain and all(type(item) is str for item in value):
                return value
            return [check(item, f"{path}[{index}]", problems) for index, item in enumerate(value)]

        return self.bounded(many, shape)

    def map(self, shape: Shape) -> Check:
        assert shape.key is not None and shape.value is not None
        key_check, check = self.shape(shape.key.shape), self.items(shape, shape.value)

        def mapping(value: Any, path: str, problems: Problems) -> Any:
            if not hasattr(value, "items"):
                problems.append((path, f"must be a dict, not {_said(value)}"))
                return value
            return {
                key_check(key, f"{path} (key)", problems): check(item, f"{path}.{key}", problems)
                for key, item in value.items()
            }

        return self.bounded(mapping, shape)

    def union(self, shape: Shape) -> Check:
        check = self.structure(shape)

        def one(value: Any, path: str, problems: Problems) -> Any:
            before = len(problems)
            value = check(value, path, problems)
            if len(problems) == before and len(value) != 1:
                names = ", ".join(member.snake for member in shape.members.values())
                problems.append((path, f"must have exactly one of {names}; {len(value)} are given"))
            return value

        return one

    def structure(self, shape: Shape) -> Check:
        rows = {
            member.name: (member.name, self.member(member), bool(member.flags & NULLABLE))
            for member in shape.members.values()
        }
        spelled = {member.snake: rows[member.name] for member in shape.members.values()} | rows
        # What only the service sets need not be given, but may: answers are changed and sent back.
        required = [
            (member.name, member.snake, member.location in (BODY, FORM))
            for member in shape.members.values()
            if member.flags & REQUIRED and not member.flags & READ_ONLY
        ]
        # The member that stands for all of the body, and whether members nobody described are taken as they are.
        whole, unknown_kept = shape.traits.get("body"), shape.traits.get("open")
        owner = shape.name or self.operation

        def structure(value: Any, path: str, problems: Problems) -> Any:
            if not hasattr(value, "items"):
                problems.append((path, f"must be a dict, not {_said(value)}"))
                return value
            checked: dict[str, Any] = {}
            for key, item in value.items():
                row = spelled.get(key)
                where = f"{path}.{key}" if path else str(key)
                if row is None and unknown_kept:
                    checked[key] = _document(item, where, problems)
                elif row is None:
                    problems.append((where, _unknown(key, owner, spelled)))
                elif item is not None or row[2]:
                    if row[0] in checked:
                        problems.append((where, f"given twice, for {row[0]} is the same member"))
                    checked[row[0]] = row[1](item, where, problems)
            for name, snake, in_body in required:
                if name not in checked and not (in_body and whole in checked):
                    problems.append((f"{path}.{snake}" if path else snake, "required, and not given"))
            return checked

        return structure


def _unknown(key: Any, owner: str, spelled: Mapping[str, Any]) -> str:
    from boto.core.errors import nearest

    if not isinstance(key, str):
        return f"names of members are strings, not {_said(key)}"
    alike = [
        name for name in spelled if name.islower() == key.islower()
    ]  # answer in the spelling that was used
    return f"not a member of {owner}{nearest(key, alike)}"
