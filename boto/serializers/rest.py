"""REST protocols: members go into the path, the query, headers, cookies and a body.

What a member does to a request is a function `place(message, value)`, compiled from its location once; to
serialize is to let each given member take its place, and to put the pieces together. `rest` is the neutral
protocol, with JSON and form bodies, that OpenAPI documents describe; a provider's dialect overrides the
formats of timestamps and what a body looks like.

Styles of lists and objects in a URL (OpenAPI 3, "Style Values"; member extras `style` and `explode`):

    path, header     a,b   k,v          explode: a,b   k=v
    query, cookie    n=a&n=b   k=v      comma: n=a,b   space: n=a%20b   pipe: n=a|b   deep: n[k]=v
    path only        label: .a.b        matrix: ;n=a,b   (explode: ;n=a;n=b)
    anywhere         json: the value as JSON text
"""

from __future__ import annotations

from boto.core.errors import ParameterError
from boto.core.http import HTTPRequest
from boto.core.url import quote
from boto.models.media import FORM_DATA, JSON, JSON_PATCH, MERGE_PATCH, URLENCODED, bare, is_json
from boto.models.shapes import COOKIE, FORM, HEADER, HEADERS, PATH, PAYLOAD, QUERY, QUERY_MAP, STREAM
from boto.serializers.json import Plans, base64, dumps, special, timestamp

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, Final, TypeAlias

    from boto.core.http import Body
    from boto.models.description import Operation
    from boto.models.shapes import Member, Shape

    Place: TypeAlias = Callable[["Message", Any], None]
    Text: TypeAlias = Callable[[Any], str]

MISSING: Any = object()


class Message:
    """The pieces of one request."""

    __slots__ = ("cookies", "fields", "form", "headers", "labels", "payload", "query")

    def __init__(self) -> None:
        self.labels: dict[str, str] = {}
        self.query: list[str] = []
        self.headers: dict[str, str] = {}
        self.cookies: list[str] = []
        self.fields: dict[str, Any] = {}
        self.form: list[tuple[str, Any, Text | None]] = []
        self.payload: Any = MISSING


class Plan:
    """How the requests of one operation are made."""

    __slots__ = ("content", "contents", "needed", "parts", "places", "query", "raw")

    def __init__(self, operation: Operation) -> None:
        path, _, query = operation.uri.partition("?")
        self.parts: Final = _template(path)
        self.query: Final = [query] if query else []
        self.places: Final[dict[str, Place]] = {}
        # The media type of the body, as far as the description tells.
        content: str = operation.traits.get("content", "")
        self.content: str = JSON if "*" in content else content  # Kubernetes takes any type, and means JSON
        self.contents: Final[list[str]] = operation.traits.get("contents", [])
        self.needed: bool = operation.input is not None and bool(operation.input.traits.get("needed"))
        self.raw = False


class RestSerializer:
    """Requests of the neutral `rest` protocol."""

    # How timestamps are written where a shape does not say it itself.
    body_time = "iso8601"
    query_time = "iso8601"
    header_time = "iso8601"
    accept = JSON
    # The last character that a header may hold: what is written is Latin-1.
    highest = 255

    def serialize(self, operation: Operation, params: dict[str, Any], endpoint: str) -> HTTPRequest:
        plan = operation.cache.get(type(self))
        if plan is None:
            plan = operation.cache[type(self)] = self._compile(operation)
        message = Message()
        places = plan.places
        for name, value in params.items():
            place = places.get(name)
            if place is None:
                message.fields[name] = value  # of a body that is open to other members
            else:
                place(message, value)
        headers = message.headers
        accept = operation.traits.get("accept", self.accept)
        if accept:
            headers.setdefault("Accept", accept)
        if message.cookies:
            headers["Cookie"] = "; ".join(message.cookies)
        body, content = self.body(plan, message, operation)
        if content and not any(name.lower() == "content-type" for name in headers):
            headers["Content-Type"] = content
        url = endpoint.removesuffix("/") + _path(plan.parts, message.labels, operation)
        query = "&".join(plan.query + message.query)
        return HTTPRequest(operation.method, f"{url}?{query}" if query else url, headers, body)

    def body(self, plan: Plan, message: Message, operation: Operation) -> tuple[Body, str]:
        """The body and its media type."""
        payload = message.payload
        if message.form or (
            plan.needed and payload is MISSING and bare(plan.content) in (FORM_DATA, URLENCODED)
        ):
            return _form(plan, message.form, operation.snake)
        if payload is MISSING and not message.fields:
            return (b"{}", plan.content or JSON) if plan.needed else (None, "")
        if plan.raw:
            return payload if not isinstance(payload, str) else payload.encode(), plan.content
        if message.fields:
            payload = {**payload, **message.fields} if isinstance(payload, dict) else message.fields
        content = plan.content or JSON
        if isinstance(payload, list) and bare(content) == MERGE_PATCH and JSON_PATCH in plan.contents:
            content = JSON_PATCH
        return dumps(payload, operation.snake), content

    def _compile(self, operation: Operation) -> Plan:
        plan = Plan(operation)
        plans = Plans(self.body_time)
        if operation.input is not None:
            for member in operation.input.members.values():
                plan.places[member.name] = self._place(member, plan, plans, operation.snake)
        return plan

    def _place(self, member: Member, plan: Plan, plans: Plans, operation: str) -> Place:
        location = member.location
        if location == PATH:
            return _label(member, texts(member.shape, self.query_time), operation)
        if location in (QUERY, COOKIE):
            return _pairs(member, texts(member.shape, self.query_time), operation)
        if location == QUERY_MAP:
            return _query_map
        if location in (HEADER, HEADERS):
            return header(member, self._header_text(member, operation), operation, self.highest)
        if location == FORM:
            return _field(member, texts(member.shape, self.query_time))
        if location == PAYLOAD:
            return self._payload(member, plan, plans)
        return _body_field(member, plans)

    def _header_text(self, member: Member, operation: str) -> Text:
        """The function that writes the value of a header."""
        if member.extras.get("style") == "json":
            return _json_text(member, operation)
        return _simple(member, texts(member.shape, self.header_time), _unescaped)

    def _payload(self, member: Member, plan: Plan, plans: Plans) -> Place:
        form = bare(plan.content) in (FORM_DATA, URLENCODED)
        scalar = member.shape.kind in ("blob", "string")
        if form and not scalar:
            write_field = texts(member.shape, self.query_time)

            def whole_form(message: Message, value: Any) -> None:
                message.form.extend((name, item, write_field) for name, item in value.items())

            return whole_form
        # Raw: bytes and text as they are, unless the media type says that it is a JSON string.
        plan.raw = bool(member.flags & STREAM) or (scalar and not is_json(plan.content))
        write = None if plan.raw else plans.of(member.shape)

        def whole(message: Message, value: Any) -> None:
            message.payload = value if write is None or value is None else write(value)

        return whole


def _body_field(member: Member, plans: Plans) -> Place:
    wire = member.wire
    write = plans.of(member.shape)

    def field(message: Message, value: Any) -> None:
        message.fields[wire] = value if write is None or value is None else write(value)

    return field


def _template(path: str) -> list[tuple[str, str, bool]]:
    """A URI template as (text before, label, whether slashes stay); the text after the last has no label.

    `{name}` is one segment; `{name+}` and `{+name}` are many.
    """
    parts = []
    first, *rest = path.split("{")
    before = first
    for piece in rest:
        label, _, after = piece.partition("}")
        parts.append((before, label.strip("+"), "+" in label))
        before = after
    parts.append((before, "", False))
    return parts


def _path(parts: list[tuple[str, str, bool]], labels: dict[str, str], operation: Operation) -> str:
    path = []
    for before, label, many in parts:
        path.append(before)
        if not label:
            continue
        text = labels.get(label)
        if text is None:
            raise ParameterError(operation.snake, [(label, "required, and not given")])
        if many:
            path.append(text.replace("%2F", "/"))
            continue
        # An empty segment or one of dots would make the URL that of another resource (RFC 3986, 5.2.4).
        if text in ("", ".", ".."):
            raise ParameterError(operation.snake, [(label, f"{text!r} cannot be part of a path")])
        path.append(text)
    return "".join(path)


# Values as text. A list or an object in a URL is a list of texts, or of pairs of them.


def texts(shape: Shape, format: str) -> Text:
    """The function that writes a scalar as text."""
    if shape.kind == "timestamp":
        write = timestamp(shape.format or format)
        return lambda value: str(write(value))
    if shape.kind == "blob":
        return base64
    if shape.member is not None:
        return texts(shape.member.shape, format)
    return _text


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if value is True or value is False:
        return "true" if value else "false"
    if value is None:
        return "null"
    if isinstance(value, (dict, list, tuple)):
        return dumps(value, "parameter").decode("ascii")
    if hasattr(value, "isoformat"):
        from boto.core.times import iso8601

        return iso8601(value)
    return special(value) or str(value)


def _entries(shape: Shape, value: Any, text: Text) -> list[tuple[str, str]]:
    """The members of an object as pairs of texts."""
    pairs: list[tuple[str, str]] = []
    for name, item in value.items():
        member = shape.members.get(name)
        write = text if member is None else texts(member.shape, "iso8601")
        wire = name if member is None else member.wire
        items = item if isinstance(item, (list, tuple)) else [item]
        pairs.extend((wire, write(each)) for each in items)
    return pairs


def _is_object(value: Any) -> bool:
    return hasattr(value, "items")


def _simple(member: Member, text: Text, escape: Text) -> Text:
    """A value in the `simple` style of paths and headers: `a,b`."""
    exploded = member.extras.get("explode")

    def simple(value: Any) -> str:
        if isinstance(value, (list, tuple)):
            return ",".join([escape(text(item)) for item in value])
        if _is_object(value):
            between = "=" if exploded else ","
            return ",".join(
                [
                    f"{escape(name)}{between}{escape(item)}"
                    for name, item in _entries(member.shape, value, text)
                ]
            )
        return escape(text(value))

    return simple


def _json_text(member: Member, operation: str) -> Text:
    plan = Plans().of(member.shape)
    return lambda value: dumps(value if plan is None else plan(value), operation).decode("ascii")


def _label(member: Member, text: Text, operation: str) -> Place:
    wire = member.wire
    style = member.extras.get("style")
    if style == "json":
        as_json = _json_text(member, operation)
        return lambda message, value: message.labels.__setitem__(wire, quote(as_json(value)))
    simple = _simple(member, text, quote)
    exploded = member.extras.get("explode")

    def label(message: Message, value: Any) -> None:
        if value is None:
            return  # then the path misses it, and says so
        written = simple(value)
        if style == "label":
            written = "." + (written.replace(",", ".") if exploded else written)
        elif style == "matrix":
            if exploded and isinstance(value, (list, tuple)):
                written = "".join([f";{wire}={quote(text(item))}" for item in value])
            elif exploded and _is_object(value):
                written = ";" + written.replace(",", ";")
            else:
                written = f";{wire}={written}"
        message.labels[wire] = written

    return label


_BETWEEN = {"comma": ",", "space": "%20", "pipe": "|", "tab": "%09"}


def _pairs(member: Member, text: Text, operation: str) -> Place:
    """A query parameter or a cookie: `n=a&n=b`."""
    wire = quote(member.wire)
    style = member.extras.get("style")
    between = _BETWEEN.get(style, "") if style else ""
    as_json = _json_text(member, operation) if style == "json" else None
    in_cookie = member.location == COOKIE

    def pairs(value: Any) -> list[str]:
        if as_json is not None:
            return [f"{wire}={quote(as_json(value))}"]
        if isinstance(value, (list, tuple)):
            many = [quote(text(item)) for item in value]
            return [f"{wire}={between.join(many)}"] if between else [f"{wire}={one}" for one in many]
        if _is_object(value):
            entries = [(quote(name), quote(item)) for name, item in _entries(member.shape, value, text)]
            if style == "deep":
                return [f"{wire}%5B{name}%5D={item}" for name, item in entries]
            if between:
                return [f"{wire}={between.join([part for entry in entries for part in entry])}"]
            return [f"{name}={item}" for name, item in entries]
        return [f"{wire}={quote(text(value))}"]

    def place(message: Message, value: Any) -> None:
        if value is not None:
            (message.cookies if in_cookie else message.query).extend(pairs(value))

    return place


def _query_map(message: Message, value: Any) -> None:
    for name, item in value.items():
        items = item if isinstance(item, (list, tuple)) else [item]
        message.query.extend([f"{quote(name)}={quote(_text(one))}" for one in items])


def header(member: Member, text: Text, operation: str, highest: int) -> Place:
    """A header, or headers that share the beginning of their name; `highest` is the last character allowed."""
    wire = member.wire
    prefixed = member.location == HEADERS

    def checked(written: str) -> str:
        # A line break would begin another header (RFC 9110, 5.5); beyond Latin-1 nothing can be written.
        if not written.isprintable() or (not written.isascii() and ord(max(written)) > highest):
            raise ParameterError(operation, [(member.snake, "has characters that a header cannot hold")])
        return written

    def place(message: Message, value: Any) -> None:
        if prefixed:
            for name, item in value.items():
                if not (name.isascii() and name.isprintable()) or ":" in name:
                    raise ParameterError(
                        operation, [(member.snake, f"{name!r} cannot be part of a header's name")]
                    )
                message.headers[wire + name] = checked(_text(item))
        elif value is not None:
            message.headers[wire] = checked(text(value))

    return place


def _unescaped(text: str) -> str:
    return text


# Forms.


def _field(member: Member, text: Text) -> Place:
    wire = member.wire
    file = bool(member.flags & STREAM)

    def field(message: Message, value: Any) -> None:
        if value is not None:
            message.form.append((wire, value, None if file else text))

    return field


def _form(plan: Plan, form: list[tuple[str, Any, Text | None]], operation: str) -> tuple[bytes, str]:
    if bare(plan.content) == URLENCODED:
        fields = [
            f"{quote(name)}={quote((text or _text)(item))}"
            for name, value, text in form
            for item in (value if isinstance(value, (list, tuple)) else [value])
        ]
        return "&".join(fields).encode("ascii"), plan.content
    from boto.serializers.multipart import encode

    for name, value, _ in form:
        if hasattr(value, "read"):
            # Reading is not a serializer's business, and nobody has done it yet.
            raise ParameterError(operation, [(name, "must be bytes or a string in a form, not a file")])
    content, body = encode(_part(*field) for field in _spread(form))
    return body, content


def _spread(form: list[tuple[str, Any, Text | None]]) -> list[tuple[str, Any, Text | None]]:
    """A field for each item of a list (RFC 7578, 4.3)."""
    return [
        (name, item, text)
        for name, value, text in form
        for item in (value if isinstance(value, (list, tuple)) else [value])
    ]


def _part(name: str, value: Any, text: Text | None) -> Any:
    from boto.serializers.multipart import Part

    if text is None or isinstance(value, (bytes, bytearray)):
        content = value.encode() if isinstance(value, str) else bytes(value)
        return Part(name, content, filename=name)
    if isinstance(value, dict):
        return Part(name, dumps(value, name), content_type=JSON)
    return Part(name, text(value).encode())
