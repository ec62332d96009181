"""Paths into answers and parameters: JMESPath, in either spelling over the MODEL form, or as it stands."""

from __future__ import annotations

from boto.core.naming import snake

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

# Expressions of descriptions are few; those that programs make up (`instances[?id=='i-1']`) are not.
_REMEMBERED = 1_000
_compiled: dict[tuple[str, bool], Callable[[Any], Any]] = {}


def path(expression: str, verbatim: bool = False) -> Callable[[Any], Any]:
    """A function from an answer in the MODEL form to what the expression finds in it.

    Identifiers may be spelled as the source does or in snake_case; with `verbatim` they are what they are, for
    values in other forms. Raises ConfigError for what is no JMESPath; so does the function, for an expression
    that does not fit the value.
    """
    search = _compiled.get((expression, verbatim))
    if search is None:
        if len(_compiled) >= _REMEMBERED:
            _compiled.clear()
        search = _compiled[expression, verbatim] = _compile(expression, verbatim)
    return search


def _compile(expression: str, verbatim: bool) -> Callable[[Any], Any]:
    names = expression.split(".")
    if all(name.isascii() and name.isidentifier() for name in names):
        return _walk(names if verbatim else [snake(name) for name in names])
    import jmespath
    from jmespath.exceptions import JMESPathError

    from boto.core.errors import ConfigError

    try:
        wanted = expression if verbatim else _snaked(expression)
        search: Callable[[Any], Any] = jmespath.compile(wanted).search
    except JMESPathError as error:
        raise ConfigError(f"{expression!r} is not a JMESPath expression: {error}") from error

    def find(value: Any) -> Any:
        # What functions are given is known only here: `length(@)` of a number, or a function that is none.
        try:
            return search(value)
        except JMESPathError as error:
            raise ConfigError(f"{expression!r} does not fit the answer: {error}") from error

    return find


def _walk(names: list[str]) -> Callable[[Any], Any]:
    def walk(value: Any) -> Any:
        for name in names:
            if not isinstance(value, dict):
                return None
            value = value.get(name)
        return value

    return walk


def _snaked(expression: str) -> str:
    """The expression with every identifier in snake_case; functions and literals stay as they are."""
    from jmespath.lexer import Lexer

    out = expression
    tokens = list(Lexer().tokenize(expression))
    for index in range(len(tokens) - 1, -1, -1):
        token = tokens[index]
        if token["type"] == "unquoted_identifier" and tokens[index + 1]["type"] != "lparen":
            out = out[: token["start"]] + snake(token["value"]) + out[token["end"] :]
    return out
