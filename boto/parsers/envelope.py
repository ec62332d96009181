"""Envelopes: what stands around the members of an XML answer, described as a record like any other.

    inline  (ec2)    <Root>members<requestId/></Root>
    wrapped (query)  <Root><Wrapper>members</Wrapper><ResponseMetadata><RequestId/></ResponseMetadata></Root>

So a request id costs no second look at the body. WIRE shows the envelope; for the other forms what is not a
member goes under keys that no member has, and comes off again.
"""

from __future__ import annotations

from boto.core.naming import snake
from boto.models.shapes import BODY
from boto.parsers.base import MODEL, WIRE
from boto.parsers.plan import Field, Plans, Record
from boto.parsers.scan import Scanner

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Final

    from boto.models.description import Operation
    from boto.models.shapes import Shape
    from boto.parsers.base import Form

_ID = "<id>"
_RESULT = "<result>"
_METADATA = "<metadata>"


class Answer:
    """What is compiled of one operation in one form. `wrapper` is the element around the members, if any.

    `root` is how the root element is called as a rule, `envelope` how WIRE calls it.
    """

    __slots__ = ("envelope", "expects", "form", "lists", "record", "root", "scanner", "wrapper")

    def __init__(self, operation: Operation, form: Form) -> None:
        plans = Plans(form)
        output = operation.output
        members = Record({}, form == WIRE) if output is None else plans.record(output)
        self.form: Final = form
        self.root: Final = f"{operation.name}Response"
        self.envelope: Final = snake(self.root)
        self.wrapper: Final[str] = operation.traits.get("wrapper", "")
        self.lists: Final = _lists(output) if form == MODEL else ()
        # Whether an answer without a body, or without its wrapper, leaves something out.
        self.expects: Final = output is not None and bool(output.members)
        self.record: Final = self._around(members, plans)
        self.scanner: Final = Scanner(self.record)

    if TYPE_CHECKING:  # what each envelope has of its own

        def _around(self, members: Record, plans: Plans) -> Record: ...

        def unwrap(self, value: dict[str, Any]) -> tuple[dict[str, Any] | None, str | None]:
            """The value without its envelope, and the request id. The value is None if the wrapper is missing."""


class Inline(Answer):
    """Members stand in the root element, and the request id among them."""

    __slots__ = ()

    def _around(self, members: Record, plans: Plans) -> Record:
        key = "request_id" if self.form == WIRE else _ID
        fields = {"requestId": Field("requestId", key, plans.scalar("string")), **members.fields}
        return Record(fields, members.keeps, members.union)

    def unwrap(self, value: dict[str, Any]) -> tuple[dict[str, Any] | None, str | None]:
        return value, value.get("request_id") if self.form == WIRE else value.pop(_ID, None)


class Wrapped(Answer):
    """Members stand in a wrapper, the request id in metadata beside it."""

    __slots__ = ()

    def _around(self, members: Record, plans: Plans) -> Record:
        wire = self.form == WIRE
        inner = {"RequestId": Field("RequestId", "request_id", plans.scalar("string"))}
        metadata = Field("ResponseMetadata", "response_metadata" if wire else _METADATA, Record(inner, wire))
        fields = {"ResponseMetadata": metadata}
        if self.wrapper:
            fields[self.wrapper] = Field(self.wrapper, snake(self.wrapper) if wire else _RESULT, members)
        else:
            fields.update(members.fields)
        return Record(fields, wire)

    def unwrap(self, value: dict[str, Any]) -> tuple[dict[str, Any] | None, str | None]:
        wire = self.form == WIRE
        metadata = value.get("response_metadata", {}) if wire else value.pop(_METADATA, {})
        request_id = metadata.get("request_id")
        if not self.wrapper:
            return value, request_id
        result = value.get(snake(self.wrapper) if wire else _RESULT)
        if result is None:
            return None if self.expects else value, request_id
        return value if wire else result, request_id


def _lists(output: Shape | None) -> tuple[str, ...]:
    """The keys of lists that MODEL adds when an answer leaves them out; a union has exactly what it has."""
    if output is None or output.kind == "union":
        return ()
    return tuple(
        member.snake
        for member in output.members.values()
        if member.location == BODY and member.shape.kind == "list"
    )
