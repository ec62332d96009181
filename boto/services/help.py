"""What an operation tells of itself: its signature, and the text `help()` shows."""

from __future__ import annotations

from boto.models.shapes import DEPRECATED

TYPE_CHECKING = False
if TYPE_CHECKING:
    import inspect

    from boto.models.description import Operation
    from boto.models.shapes import Member, Shape

_TYPES = {
    "string": "str", "boolean": "bool", "integer": "int", "long": "int", "float": "float", "double": "float",
    "decimal": "Decimal", "blob": "bytes", "timestamp": "datetime", "document": "Any", "list": "list",
    "map": "dict", "structure": "dict", "union": "dict",
}  # fmt: skip
_DEPTH = 3


class _Type(str):
    """The text of a type, which signatures show without quotes."""

    __slots__ = ()
    __repr__ = str.__str__


def annotation(shape: Shape) -> str:
    """The type as Python writes it: `list[str]`."""
    return _Type(_annotation(shape))


def _annotation(shape: Shape) -> str:
    if shape.member is not None:
        return (
            f"list[{_annotation(shape.member.shape)}]" if shape.member.shape.kind != "list" else "list[list]"
        )
    if shape.value is not None:
        return "dict[str, Any]"
    return _TYPES[shape.kind]


def parameters(operation: Operation) -> list[Member]:
    """The members a caller may give, required ones first."""
    members = operation.input.members.values() if operation.input is not None else ()
    return sorted(members, key=lambda member: not member.required)


def signature(operation: Operation, bound: bool) -> inspect.Signature:
    """Keyword-only parameters with types; those without a default are required."""
    from inspect import Parameter, Signature
    from keyword import iskeyword

    found = [] if bound else [Parameter("self", Parameter.POSITIONAL_ONLY)]
    if operation.traits.get("open"):
        found += [Parameter(name, Parameter.KEYWORD_ONLY) for name in _labels(operation.uri)]
        return Signature([*found, Parameter("params", Parameter.VAR_KEYWORD)])
    for member in parameters(operation):
        name = member.snake if member.snake.isidentifier() and not iskeyword(member.snake) else None
        if name is None:
            continue  # a member no Python signature can name; it is passed by `**{"$filter": ...}`
        default = Parameter.empty if member.required else None
        kind = Parameter.KEYWORD_ONLY
        found.append(Parameter(name, kind, default=default, annotation=annotation(member.shape)))
    output = operation.output
    return Signature(
        found, return_annotation=_Type("list" if output is not None and output.kind == "list" else "dict")
    )


def _labels(uri: str) -> list[str]:
    """The names in braces of a URI template."""
    return [part.partition("}")[0].rstrip("+") for part in uri.split("{")[1:]]


def text(operation: Operation) -> str:
    """Parameters with types and required marks, and the shape of the result."""
    lines = [
        f"Calls {operation.name} of {operation.description.id} {operation.description.version}.".rstrip(" .")
        + "."
    ]
    if operation.traits.get("open"):
        rest = "query" if operation.method in ("GET", "HEAD", "DELETE", "OPTIONS") else "JSON body"
        lines += ["", f"{operation.method} {operation.uri}; further parameters go into the {rest}."]
    members = parameters(operation)
    if members:
        lines += ["", "Parameters:"]
        lines += [line for member in members for line in _member(member, 1, ())]
    if operation.output is not None and (operation.output.members or operation.output.member):
        lines += ["", "Result:"]
        lines += _inside(operation.output, 1, ())
    if operation.paging is not None:
        lines += ["", f'Pages: c.pages("{operation.snake}", ...), and .items() for the items in them.']
    if operation.errors:
        lines += ["", f"Errors: {', '.join(operation.errors)}."]
    return "\n".join(lines)


def _member(member: Member, depth: int, above: tuple[int, ...]) -> list[str]:
    marks = ", required" if member.required else ""
    marks += ", deprecated" if member.flags & DEPRECATED else ""
    enum = member.shape.enum
    if enum:
        shown = ", ".join(enum[:6]) + (", ..." if len(enum) > 6 else "")
        marks += f"; one of {shown}"
    head = f"{'  ' * depth}{member.snake}: {member.shape.label}{marks}"
    return [head, *_inside(member.shape, depth + 1, above)]


def _inside(shape: Shape, depth: int, above: tuple[int, ...]) -> list[str]:
    while shape.member is not None or shape.value is not None:
        inner = shape.member or shape.value
        assert inner is not None
        shape = inner.shape
    if depth > _DEPTH or id(shape) in above:
        return []
    return [line for member in shape.members.values() for line in _member(member, depth, (*above, id(shape)))]
