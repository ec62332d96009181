"""DynamoDB's attribute values, and Python's.

    DynamoDB              Python
    {"S": "a"}            "a"
    {"N": "1.5"}          Decimal("1.5"); an int or a float where `numbers` is `int_float`
    {"B": ...}            bytes
    {"SS"|"NS"|"BS": []}  a set of the same
    {"M": {}} {"L": []}   dict, list
    {"BOOL": true}        True
    {"NULL": true}        None

The way there, a number is any int, Decimal or float. A float stands for the digits that Python shows of it: 0.1 is
stored as 0.1, and read again it is Decimal("0.1"). What DynamoDB cannot hold (NaN, infinities, more than 38
digits, beyond 1E-130 and 9.9E+125) is a problem with its path, and never rounded.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from boto.models.validate import Problems
    from boto.parsers.described import Read

# Limits of a number, from the developer guide's page on data types: digits, and the magnitude of the first.
_DIGITS = 38
_SMALLEST, _LARGEST = -130, 125
_PLAIN, _BEYOND = 10**_DIGITS, 10 ** (_LARGEST + 1)
_RANGE = f"DynamoDB's numbers have at most {_DIGITS} digits, from 1E{_SMALLEST} to 9.9E+{_LARGEST}"


# -- from Python ------------------------------------------------------------------------------------------------


def written(value: Any, path: str, problems: Problems) -> Any:
    """The attribute value of a Python value."""
    return _WRITERS.get(type(value), _unusual)(value, path, problems)


def _string(value: str, path: str, problems: Problems) -> Any:
    return {"S": value if type(value) is str else str.__str__(value)}


def _bytes(value: Any, path: str, problems: Problems) -> Any:
    return {"B": bytes(value)}


def _boolean(value: bool, path: str, problems: Problems) -> Any:
    return {"BOOL": value}


def _null(value: None, path: str, problems: Problems) -> Any:
    return {"NULL": True}


def _integer(value: int, path: str, problems: Problems) -> Any:
    if -_PLAIN < value < _PLAIN:
        return {"N": str(int(value))}
    if not -_BEYOND < value < _BEYOND:
        problems.append((path, _RANGE))
        return value
    return _decimal(value, path, problems)


def _float(value: float, path: str, problems: Problems) -> Any:
    return _decimal(float.__repr__(value), path, problems)


def _decimal(value: Any, path: str, problems: Problems) -> Any:
    from decimal import Decimal

    number = Decimal(value)
    if not number.is_finite():
        problems.append((path, "DynamoDB has no NaN and no infinity"))
        return value
    digits = "".join(map(str, number.as_tuple().digits)).strip("0")
    if digits and (len(digits) > _DIGITS or not _SMALLEST <= number.adjusted() <= _LARGEST):
        problems.append((path, _RANGE))
    return {"N": str(number)}


def _list(value: Any, path: str, problems: Problems) -> Any:
    return {"L": [written(item, f"{path}[{index}]", problems) for index, item in enumerate(value)]}


def _map(value: Any, path: str, problems: Problems) -> Any:
    found = {}
    for key, item in value.items():
        if not isinstance(key, str):
            problems.append((path, f"keys must be strings, not {type(key).__name__}"))
            continue
        found[key] = written(item, f"{path}.{key}", problems)
    return {"M": found}


def _set(value: Any, path: str, problems: Problems) -> Any:
    values = [written(item, path, problems) for item in value]
    kinds = {kind for one in values if isinstance(one, dict) for kind in one}
    if len(kinds) == 1 and kinds <= {"S", "N", "B"}:
        kind = kinds.pop()
        return {f"{kind}S": [one[kind] for one in values if isinstance(one, dict)]}
    if not values:
        problems.append((path, "must not be empty: DynamoDB has no empty sets"))
    elif kinds:
        problems.append((path, "a set holds strings, numbers or bytes, all of one kind"))
    return value


def _unusual(value: Any, path: str, problems: Problems) -> Any:
    if hasattr(value, "as_tuple"):  # Decimal, which is imported by who uses it
        return _decimal(value, path, problems)
    for kind, write in _WRITERS.items():
        if isinstance(value, kind):
            return write(value, path, problems)
    if hasattr(value, "items"):
        return _map(value, path, problems)
    if hasattr(value, "__index__"):
        return _integer(value.__index__(), path, problems)
    if hasattr(value, "__bytes__"):
        return _bytes(value, path, problems)
    problems.append((path, f"DynamoDB has no type for {type(value).__name__}"))
    return value


_WRITERS: dict[type, Callable[[Any, str, Problems], Any]] = {
    str: _string, bool: _boolean, int: _integer, type(None): _null, dict: _map, list: _list, tuple: _list,
    float: _float, bytes: _bytes, bytearray: _bytes, memoryview: _bytes, set: _set, frozenset: _set,
}  # fmt: skip


# -- to Python --------------------------------------------------------------------------------------------------


def whole_or_float(text: str) -> int | float:
    """A number as an int if it has neither point nor exponent, else the nearest float."""
    try:
        return int(text)
    except ValueError:
        return float(text)


def number_reader(numbers: str) -> Callable[[str], Any]:
    if numbers == "int_float":
        return whole_or_float
    from decimal import Decimal

    return Decimal


def readers(numbers: str) -> tuple[Read, Read]:
    """The functions from a decoded attribute value, and from a map of them, to Python values. Raise Unreadable."""
    from binascii import a2b_base64

    from boto.parsers.described import Unreadable

    number = number_reader(numbers)
    others: dict[str, Callable[[Any], Any]] = {
        "B": a2b_base64, "BOOL": bool, "NULL": lambda held: None, "SS": set,
        "NS": lambda held: set(map(number, held)), "BS": lambda held: set(map(a2b_base64, held)),
    }  # fmt: skip

    def read(value: Any) -> Any:
        ((kind, held),) = value.items()
        if kind == "S":
            return held
        if kind == "N":
            return number(held)
        if kind == "M":
            return {key: read(item) for key, item in held.items()}
        if kind == "L":
            return [read(item) for item in held]
        return others[kind](held)

    def attributes(value: Any) -> Any:
        return {key: read(item) for key, item in value.items() if item is not None}

    def safely(read: Read) -> Read:
        def reading(value: Any) -> Any:
            try:
                return read(value)
            except (ValueError, TypeError, AttributeError, LookupError, ArithmeticError):
                raise Unreadable("has an attribute value of no type that is known of DynamoDB") from None

        return reading

    return safely(read), safely(attributes)
