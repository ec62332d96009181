"""The method names of boto 1.x and 2.x, as a table over today's operations.

A row names the operation and the old parameters, in their old order, with the members they became:

    get_all_key_pairs = Classic("DescribeKeyPairs", "keynames=KeyNames filters dry_run")

Old habits are kept: a single value where a list is wanted, filters as a dict (`{"tag:Name": "web", "key_name":
["a", "b"]}`, where an underscore means a dash), `dry_run=False` meaning nothing. Results are in the WIRE form.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from boto.calls.flow import flow
    from boto.core.steps import Flow

    # To a checker it is a flow of any parameters.
    _Flow = flow[..., dict[str, Any]]
else:
    _Flow = object


class Classic(_Flow):
    """A method of the old library; a flow, like every other method of a service."""

    __slots__ = ("_rows", "fixed", "name", "operation", "params")

    def __init__(self, operation: str, params: str, fixed: Mapping[str, str] | None = None) -> None:
        self.operation = operation
        self.params = params
        self.fixed = fixed
        self.name = ""
        self._rows: dict[str, str] | None = None

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    if not TYPE_CHECKING:

        def __get__(self, service, owner=None):
            if service is None:
                return self
            from boto.calls.flow import Method

            return Method(self, service)

    def __call__(self, service: Any, *args: Any, **kwargs: Any) -> Flow[Any]:
        from boto.calls.request import Request

        given = self._given(args, kwargs) if args or kwargs else kwargs
        request = Request(service, self.operation)
        filters = dict(self.fixed or {})
        for old, value in given.items():
            member = self.rows()[old]
            if old == "filters":
                filters |= self._filters(value or {})
            elif value is None or (old == "dry_run" and not value):
                continue
            elif request.operation.input.members[member].shape.kind == "list" and isinstance(value, str):
                request.add_list(member, [value])
            else:
                request.params[member] = value
        if filters:
            request.add_list("Filters", [_filter(name, value) for name, value in filters.items()])
        response = yield from request.send()
        return response.parse("wire")

    def _filters(self, value: Any) -> dict[str, Any]:
        """Filters by their names: a dict, or pairs."""
        pairs = list(value.items() if hasattr(value, "items") else value)
        if isinstance(value, str) or not all(isinstance(pair, tuple) and len(pair) == 2 for pair in pairs):
            from boto.core.errors import ParameterError

            raise ParameterError(self.name, [("filters", "must be a dict such as {'key-name': ['web']}")])
        return dict(pairs)

    def rows(self) -> dict[str, str]:
        """The old parameters, in their old order, with the members they became."""
        if self._rows is None:
            entries = (entry.partition("=") for entry in self.params.split())
            self._rows = {
                old: member or "".join(part.capitalize() for part in old.split("_"))
                for old, _, member in entries
            }
        return self._rows

    def _given(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> dict[str, Any]:
        """The arguments by their old names. Raises what a call of a Python function would."""
        names = list(self.rows())
        if len(args) > len(names):
            raise TypeError(f"{self.name}() takes at most {len(names)} arguments ({len(args)} given)")
        given = dict(zip(names, args, strict=False))
        for name, value in kwargs.items():
            if name not in names:
                from boto.core.errors import ParameterError, nearest

                raise ParameterError(
                    self.name, [(name, f"not a parameter of {self.name}{nearest(name, names)}")]
                )
            if name in given:
                raise TypeError(f"{self.name}() got two values for {name!r}")
            given[name] = value
        return given

    @property
    def __name__(self) -> str:
        return self.name

    def __getattr__(self, name: str) -> str:
        # A class body may not define __qualname__ as a property.
        if name == "__qualname__":
            return self.name
        raise AttributeError(f"{type(self).__name__} has no attribute {name!r}")

    @property
    def __signature__(self) -> Any:
        from inspect import Parameter, Signature

        kind = Parameter.POSITIONAL_OR_KEYWORD
        defaults = [
            Parameter(name, kind, default=False if name == "dry_run" else None) for name in self.rows()
        ]
        return Signature([Parameter("self", kind), *defaults])

    if not TYPE_CHECKING:

        @property
        def __doc__(self):
            rows = "\n".join(f"  {old} -> {member}" for old, member in self.rows().items())
            return f"Calls {self.operation} as boto 1.x did; the result is in the WIRE form.\n\nParameters:\n{rows}"


def _filter(name: str, value: Any) -> dict[str, Any]:
    if not name.startswith("tag:"):
        name = name.replace("_", "-")
    values = list(value) if isinstance(value, (list, tuple, set)) else [value]
    return {"Name": name, "Values": [_text(one) for one in values]}


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
