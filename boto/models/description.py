"""Descriptions: one service's API as neutral facts, whatever source they come from.

A *source* (shipped fact lines, an AWS model folder, an OpenAPI document) offers a header, the names of its
operations, and a self-contained *record* for each operation, made when it is asked for:

    {"n": "DescribeKeyPairs",       the name as the source spells it
     "k": "describe_keys",          its Python name, where that is not snake("n")
     "m": "POST", "u": "/",         method and URI template, absent where they are these; {wire name} is one
                                    segment, {wire name+} many; it may end in a constant query
     "i": 0, "o": 4,                input and output: references into "s" (see `shapes`), absent if none
     "e": ["NoSuchKey"],            modelled errors, names in the description's `errors`
     "p": {...},                    paging (see `Paging`)
     "t": {...},                    traits: what else the protocol must know
     "s": [row, ...]}               the shapes this operation reaches (or {reference: row})

Traits of an operation that any protocol may use: `wrapper` (element around the result), `root` ([name] or
[name, namespace] of the request's body element), `host` (host prefix template), `auth` (signer names that
replace the service's), `status` (the success status where it is not 200), `deprecated`. The rest belongs to
the provider whose source it is (AWS: see `c2j`).

A header: `id`, `version`, `protocol`, `protocols`, `title`, `namespace`, `auth` (signer names, best first),
`servers` (URL templates), and `traits` for what only the provider understands.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any, Final, Protocol

    from boto.models.shapes import Shape

    class Source(Protocol):
        """Where a description's facts come from."""

        @property
        def header(self) -> dict[str, Any]: ...

        @property
        def names(self) -> Mapping[str, str]:
            """snake_case name -> the source's name, in a stable order."""
            ...

        def record(self, name: str) -> dict[str, Any]:
            """The record of the operation the source calls `name`."""
            ...

        def errors(self) -> dict[str, Any]:
            """`{"errors": {name: {"code": ..., "status": ..., "shape": ref}}, "s": [...]}`; may be empty.

            True where it holds, else absent: `sender` and `fault` (whose fault), `retry`, `throttle`,
            `deprecated`, `synthetic` (known of the service, not modelled by it).
            """
            ...

        def waiters(self) -> dict[str, Any]:
            """`{name: {"o": operation, "d": seconds, "n": attempts, "a": [acceptor, ...]}}`

            Names of waiters and operations in the source's spelling. An acceptor: `[state, matcher, expected,
            path]`. state: success, failure, retry; matcher: path, pathAll, pathAny (only these have a path),
            error (expected: a code, or true for any and false for none), status.
            """
            ...


class Paging:
    """How an operation pages. Paths are JMESPath over the answer in the source's spelling.

    kind: `token` (answer's `output` goes into `input`), `marker` (the same, told by the last item), `page`
    (`output` has the number of this page, then that of the last), `offset` (`output` has the number of items),
    `link` (a URL in the answer at `output`), `link-header` (RFC 8288).
    """

    __slots__ = ("input", "items", "kind", "more", "other", "output", "size")

    def __init__(self, facts: dict[str, Any]) -> None:
        self.kind: Final[str] = facts.get("kind", "token")
        self.input: Final[list[str]] = facts.get("in", [])
        self.output: Final[list[str]] = facts.get("out", [])
        self.items: Final[list[str]] = facts.get("items", [])
        self.size: Final[str | None] = facts.get("size")
        self.more: Final[str | None] = facts.get("more")
        self.other: Final[list[str]] = facts.get("other", [])


class Operation:
    """One thing a service can do."""

    __slots__ = (
        "_table", "cache", "description", "errors", "input", "method", "name", "output", "paging", "snake",
        "traits", "uri",
    )  # fmt: skip

    def __init__(self, description: Description, record: dict[str, Any]) -> None:
        # Here, and not above: to connect a service takes its names alone.
        from boto.core.naming import snake
        from boto.models.shapes import Table

        table = self._table = Table(record.get("s", []))
        self.description: Final = description
        self.name: Final[str] = record["n"]
        self.snake: Final[str] = record.get("k") or snake(self.name)
        self.method: Final[str] = record.get("m", "POST")
        self.uri: Final[str] = record.get("u", "/")
        self.input: Final[Shape | None] = table.shape(record["i"]) if "i" in record else None
        self.output: Final[Shape | None] = table.shape(record["o"]) if "o" in record else None
        self.errors: Final[list[str]] = record.get("e", [])
        self.paging: Final[Paging | None] = Paging(record["p"]) if "p" in record else None
        self.traits: Final[dict[str, Any]] = record.get("t", {})
        # What is compiled from this operation (validators, serializers, parsers), keyed by the compiler:
        # facts never change, so whatever is made of them is made once in a process.
        self.cache: Final[dict[Any, Any]] = {}

    def shape(self, reference: int | str) -> Shape:
        """The shape that a trait of this operation refers to."""
        return self._table.shape(reference)

    def __repr__(self) -> str:
        return f"<Operation {self.description.id}.{self.name}>"


class Description:
    """One service's API. Immutable, shared by the whole process; operations are decoded when reached."""

    __slots__ = ("_errors", "_operations", "_source", "_sources", "_waiters", "header", "names")

    def __init__(self, source: Source) -> None:
        self._source = source
        self.header: Final = source.header
        self.names: Final[Mapping[str, str]] = source.names
        self._sources: dict[str, str] | None = None
        self._operations: dict[str, Operation] = {}
        self._errors: dict[str, Any] | None = None
        self._waiters: dict[str, Any] | None = None

    @property
    def id(self) -> str:
        return str(self.header.get("id", ""))

    @property
    def protocol(self) -> str:
        return str(self.header.get("protocol", ""))

    @property
    def version(self) -> str:
        return str(self.header.get("version", ""))

    @property
    def traits(self) -> dict[str, Any]:
        """What only the provider of this description understands."""
        return self.header.get("traits") or {}

    def find(self, name: str) -> Operation | None:
        """The operation of this name, in snake_case or in the source's spelling."""
        found = self._operations.get(name)
        if found is None:
            source_name = self.names.get(name)
            if source_name is None:
                if self._sources is None:
                    self._sources = {source: key for key, source in self.names.items()}
                if name not in self._sources:
                    return None
                source_name = name
            found = self._operations.get(source_name)
            if found is None:
                made = Operation(self, self._source.record(source_name))
                found = self._operations.setdefault(source_name, made)
            self._operations[name] = found
        return found

    def __iter__(self) -> Iterator[Operation]:
        for name in self.names:
            operation = self.find(name)
            assert operation is not None
            yield operation

    @property
    def waiters(self) -> dict[str, Any]:
        """Waiters by their snake_case name."""
        if self._waiters is None:
            from boto.core.naming import snake

            self._waiters = {snake(name): facts for name, facts in self._source.waiters().items()}
        return self._waiters

    @property
    def errors(self) -> dict[str, Any]:
        """Modelled errors by name: `{"code": ..., "status": ..., "shape": Shape, ...}`."""
        if self._errors is None:
            from boto.models.shapes import Table

            record = self._source.errors()
            table = Table(record.get("s", []))
            self._errors = {
                name: {**facts, "shape": table.shape(facts["shape"])} if "shape" in facts else dict(facts)
                for name, facts in record.get("errors", {}).items()
            }
        return self._errors

    def __repr__(self) -> str:
        return f"<Description {self.id} {self.version}, {len(self.names)} operations>"
