"""Paths into answers: JMESPath in either spelling, over the MODEL form."""

from __future__ import annotations

from boto.core.naming import snake

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

# Expressions of descriptions are few; those that programs make up (`instances[?id=='i-1']`) are not.
_REMEMBERED = 1_000
_compiled: dict[str, Callable[[Any], Any]] = {}


def path(expression: str) -> Callable[[Any], Any]:
    """A function from an answer to what the expression finds in it.

    Identifiers may be spelled as the source does or in snake_case. Raises ConfigError for what is no JMESPath.
    """
    search = _compiled.get(expression)
    if search is None:
        if len(_compiled) >= _REMEMBERED:
            _compiled.clear()
        search = _compiled[expression] = _compile(expression)
    return search


def _compile(expression: str) -> Callable[[Any], Any]:
    names = expression.split(".")
    if all(name.isidentifier() for name in names):
        return _walk([snake(name) for name in names])
    import jmespath
    from jmespath.exceptions import JMESPathError

    try:
        search: Callable[[Any], Any] = jmespath.compile(_snaked(expression)).search
    except JMESPathError as error:
        from boto.core.errors import ConfigError

        raise ConfigError(f"{expression!r} is not a JMESPath expression: {error}") from error
    return search


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
