"""Event streams of AWS, frame by frame: what each frame means, in the three forms.

The headers of a frame say what it is. Their names begin with a colon:

    :message-type event       :event-type name        one of the members of the described stream
    :message-type exception   :exception-type name    one of them too, of a shape that is an error
    :message-type error       :error-code             an error that nobody described, and `:error-message`

RPC protocols have no place in HTTP for the members of an output that is a stream: these come first of all, in
an event called `initial-response`.

A member of an event travels in a header of its own name (EVENT_HEADER), or is the payload (EVENT_PAYLOAD: bytes
and text as they are, a structure as the protocol writes one). The other members together are a document in the
payload. What is read is `{name: members}`, a dict with one key; an event that came to the service later than
this description is shown as unions show it.
"""

from __future__ import annotations

from boto.core.errors import BadAnswer
from boto.models.shapes import EVENT_HEADER, EVENT_PAYLOAD
from boto.parsers.base import SOURCE, ErrorInfo
from boto.parsers.heads import key_of
from boto.parsers.plan import UNKNOWN_MEMBER

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, Final, Protocol, TypeAlias

    from boto.core.frames import Frame, Header
    from boto.models.description import Operation
    from boto.models.shapes import Member, Shape
    from boto.parsers.base import Form

    Read: TypeAlias = Callable[[bytes], Any]
    Row: TypeAlias = tuple[str, str, Read]  # key, name of the header ("" for the payload), reader

    class BodyReader(Protocol):
        """What a protocol's parser must offer so that streams may be read with it."""

        def body(self, shape: Shape, form: Form) -> Read:
            """The reader of a document that holds the members of a structure. May raise Unreadable."""
            ...


INITIAL = "initial-response"


class FrameReader:
    """Reads the frames of one operation's output in one form."""

    __slots__ = ("_form", "_known", "_members", "_operation", "_parser", "_unknown")

    def __init__(self, operation: Operation, member: Member, parser: BodyReader, form: Form) -> None:
        self._operation: Final = operation
        self._parser: Final = parser
        self._form: Final = form
        self._members: Final = member.shape.members
        self._unknown: Final = UNKNOWN_MEMBER if form == SOURCE else UNKNOWN_MEMBER.lower()
        # Compiled when the first event of a kind comes.
        self._known: Final[dict[str, Callable[[Frame], dict[str, Any]]]] = {}

    def read(self, frame: Frame) -> dict[str, Any] | ErrorInfo | None:
        """An event as a dict of one key, an error as a value, or None for what is neither.

        Raises BadAnswer when the frame is whole, but what it holds cannot be read.
        """
        kind = frame.text(":message-type")
        if kind == "error":
            return ErrorInfo(frame.text(":error-code"), frame.text(":error-message"))
        if kind == "exception":
            return self._error(frame)
        name = frame.text(":event-type")
        if kind not in ("event", "") or not name:
            raise self._bad(name, "is of no known kind")
        if name == INITIAL and name not in self._members:
            return None
        member = self._members.get(name)
        if member is None:
            return {self._unknown: {"name": name}}
        return {key_of(member, self._form): self._content(name, member, frame)}

    def _error(self, frame: Frame) -> ErrorInfo:
        name = frame.text(":exception-type")
        member = self._members.get(name)
        if member is None:
            return ErrorInfo(name, frame.payload[:800].decode("utf-8", "replace")[:200])
        fields = self._content(name, member, frame)
        shape = member.shape
        said = shape.members.get("message") or shape.members.get("Message")
        message = fields.get(key_of(said, self._form)) if said is not None else ""
        facts = self._operation.description.errors.get(shape.name, {})
        return ErrorInfo(facts.get("code") or shape.name or name, str(message or ""), None, fields)

    def _content(self, name: str, member: Member, frame: Frame) -> dict[str, Any]:
        from boto.parsers import described, walk

        read = self._known.get(name)
        if read is None:
            read = self._known[name] = self._compile(member.shape)
        try:
            return read(frame)
        except (described.Unreadable, walk.Unreadable) as error:
            why = str(error)
        except RecursionError:
            why = "is nested too deeply"
        raise self._bad(name, why)

    def _bad(self, name: str, why: str) -> BadAnswer:
        return BadAnswer(f"{self._operation.name}: the event {name!r} of the stream {why}")

    def _compile(self, shape: Shape) -> Callable[[Frame], dict[str, Any]]:
        """The reader of one kind of event."""
        members = shape.members.values()
        headers = [
            (member.name, key_of(member, self._form), member.shape.kind)
            for member in members
            if member.flags & EVENT_HEADER
        ]
        payload = next((member for member in members if member.flags & EVENT_PAYLOAD), None)
        read = self._document(shape) if payload is None else self._payload(payload)

        def content(frame: Frame) -> dict[str, Any]:
            value: dict[str, Any] = read(frame.payload)
            for name, key, kind in headers:
                header = frame.headers.get(name)
                if header is not None:
                    value[key] = _header(kind, header)
            return value

        return content

    def _document(self, shape: Shape) -> Read:
        """The reader of the members that are together the payload; there may be none."""
        if all(member.flags & EVENT_HEADER for member in shape.members.values()):
            return lambda payload: {}
        return self._parser.body(shape, self._form)

    def _payload(self, member: Member) -> Read:
        """The reader of the member that is the payload."""
        key, kind = key_of(member, self._form), member.shape.kind
        if kind == "blob":
            return lambda payload: {key: payload}
        if kind == "string":
            return lambda payload: {key: payload.decode("utf-8", "replace")}
        read = self._parser.body(member.shape, self._form)
        return lambda payload: {key: read(payload)} if payload else {}


def _header(kind: str, header: Header) -> Any:
    """A header's value as its member has it."""
    told, value = header
    if told == "timestamp" and kind == "timestamp":
        from datetime import UTC, datetime, timedelta

        try:
            return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=value)
        except OverflowError:
            return value  # of a year that has five digits
    return value
