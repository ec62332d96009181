"""REST answers: a JSON body, and members that come in headers, in the status or as the body itself.

Errors have as many envelopes as there are providers, and RFC 9457. What they share is a word for programs
(`code`, `id`, `reason`, `type`) and a sentence for people (`message`, `detail`, `title`), at the top of the
body, below `error`, or in the first of `errors`. `parse_error` looks in these places and never raises: what
answers may be a proxy that speaks HTML.
"""

from __future__ import annotations

from boto.core.errors import BadAnswer
from boto.models.shapes import BODY, HEADER, HEADERS, NULLABLE, PAYLOAD, STATUS, STREAM
from boto.parsers.base import MODEL, ErrorInfo
from boto.parsers.json import Plans, key_of, loads, snippet

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, Final, TypeAlias

    from boto.core.http import HTTPResponse
    from boto.models.description import Operation
    from boto.models.shapes import Member, Shape
    from boto.parsers.base import Form

    Read: TypeAlias = Callable[[Any], Any]
    Take: TypeAlias = Callable[[dict[str, Any], HTTPResponse], None]

_REQUEST_IDS = (
    "x-request-id", "x-amzn-requestid", "x-amz-request-id", "request-id", "x-correlation-id",
    "x-ms-request-id", "x-openstack-request-id", "x-github-request-id", "x-goog-request-id", "cf-ray",
    "audit-id",
)  # fmt: skip
_CODES = ("code", "Code", "id", "error_code", "errorCode", "reason", "__type", "type", "status")
_MESSAGES = ("message", "Message", "detail", "error_description", "description", "title", "reason", "error")


class _Plan:
    """How answers of one shape become values of one form."""

    __slots__ = ("lists", "payload", "read", "shape", "takes")

    def __init__(self, shape: Shape, form: Form) -> None:
        plans = Plans(form)
        self.shape: Final = shape
        self.takes: Final[list[Take]] = []
        self.payload: tuple[Member, str, Read | None] | None = None
        for member in shape.members.values():
            if member.location == PAYLOAD:
                self.payload = (member, key_of(member, form), plans.of(member.shape))
            elif member.location != BODY:
                self.takes.append(_take(member, key_of(member, form), plans.of(member.shape)))
        self.read: Final = plans.of(shape)
        # Lists that MODEL shows as empty when an answer leaves them out.
        self.lists: Final = [
            (key_of(member, form), bool(member.flags & NULLABLE))
            for member in shape.members.values()
            if form == MODEL and shape.kind == "structure" and not shape.traits.get("any")
            if member.location == BODY and member.shape.kind == "list"
        ]


class RestParser:
    """Answers of the neutral `rest` protocol."""

    def parse(self, response: HTTPResponse, operation: Operation, form: Form) -> tuple[Any, str | None]:
        """The answer's value, and the request id as far as it is told."""
        shape = _shape(operation, response.status)
        request_id = self.request_id(response)
        if shape is None:
            return self._undescribed(response), request_id
        key = (RestParser, form, id(shape))
        plan = operation.cache.get(key)
        if plan is None:
            plan = operation.cache[key] = _Plan(shape, form)
        try:
            return self._value(plan, response), request_id
        except RecursionError:
            raise BadAnswer(
                f"the answer (HTTP {response.status}) is nested too deeply",
                response.status,
                snippet(response.body),
            ) from None

    def request_id(self, response: HTTPResponse) -> str | None:
        headers = response.headers
        for name in _REQUEST_IDS:
            found = headers.get(name)
            if found:
                return str(found)
        return None

    def _value(self, plan: _Plan, response: HTTPResponse) -> Any:
        if plan.payload is not None:
            value: Any = _payload(plan.payload, response)
        else:
            value = self._body(plan, response)
        if type(value) is dict:
            for take in plan.takes:
                take(value, response)
            for key, nullable in plan.lists:
                if value.get(key) is None and not (nullable and key in value):
                    value[key] = []
        return value

    def _body(self, plan: _Plan, response: HTTPResponse) -> Any:
        body = response.body
        if not body or (response.status == 204 and not body.strip()):
            return [] if plan.shape.kind == "list" else {}
        value = loads(body, response.status)
        return value if plan.read is None else plan.read(value)

    def _undescribed(self, response: HTTPResponse) -> Any:
        """An answer whose body nobody described: JSON if it says so, else nothing that can be read."""
        content = str(response.headers.get("content-type", ""))
        if response.body.strip() and "json" in content:
            return loads(response.body, response.status)
        return {}

    def parse_error(self, response: HTTPResponse, operation: Operation) -> ErrorInfo:
        """What an answer of failure says. Never raises."""
        request_id = self.request_id(response)
        try:
            value = loads(response.body, response.status)
        except BadAnswer:
            return ErrorInfo(_status_code(response), _plain(response), request_id)
        if isinstance(value, str):
            return ErrorInfo(_status_code(response), value[:500], request_id)
        if not isinstance(value, dict):
            value = {"errors": value} if isinstance(value, list) else {}
        code, message = _told(value)
        told = value.get("request_id", value.get("requestId"))
        if request_id is None and isinstance(told, str):
            request_id = told
        return ErrorInfo(
            code or _status_code(response), message, request_id, self._fields(value, response, operation)
        )

    def _fields(self, value: dict[str, Any], response: HTTPResponse, operation: Operation) -> dict[str, Any]:
        """The body of an error with the names of the MODEL form, where its status has a described shape."""
        references = operation.traits.get("failures")
        reference = _by_status(references, response.status) if references else None
        if reference is None:
            return value
        shape = operation.shape(reference)
        plan = Plans(MODEL).of(shape)
        try:
            read = value if plan is None else plan(value)
        except RecursionError:
            return value
        return read if isinstance(read, dict) else value


def _shape(operation: Operation, status: int) -> Shape | None:
    """The shape of a success; it may depend on the status (`outputs`)."""
    references = operation.traits.get("outputs")
    if references:
        reference = _by_status(references, status)
        if reference is not None:
            return operation.shape(reference)
    return operation.output


def _by_status(references: dict[str, Any], status: int) -> Any:
    """What is kept for a status, for its class (`4XX`), or for all that have nothing of their own."""
    for key in (str(status), f"{status // 100}XX", "DEFAULT"):
        if key in references:
            return references[key]
    return None


def _take(member: Member, key: str, read: Read | None) -> Take:
    """The function that takes one member out of an answer's head."""
    wire, location = member.wire, member.location
    kind = member.shape.kind

    def status(value: dict[str, Any], response: HTTPResponse) -> None:
        value[key] = response.status

    def headers(value: dict[str, Any], response: HTTPResponse) -> None:
        prefix = wire.lower()
        value[key] = {
            name[len(prefix) :]: text
            for name, text in response.headers.items()
            if name.lower().startswith(prefix)
        }

    def header(value: dict[str, Any], response: HTTPResponse) -> None:
        text = response.headers.get(wire)
        if text is not None:
            value[key] = _from_text(kind, text) if read is None else read(text)

    return {STATUS: status, HEADERS: headers, HEADER: header}.get(location, header)


def _from_text(kind: str, text: str) -> Any:
    try:
        if kind in ("integer", "long"):
            return int(text)
        if kind in ("float", "double"):
            return float(text)
    except ValueError:
        return text
    if kind == "boolean":
        return text.lower() == "true"
    return [item.strip() for item in text.split(",")] if kind == "list" else text


def _payload(payload: tuple[Member, str, Read | None], response: HTTPResponse) -> dict[str, Any]:
    """An answer whose whole body is one member."""
    member, key, read = payload
    if member.flags & STREAM and response.stream is not None:
        return {key: response.stream}
    kind = member.shape.kind
    if not response.body and kind not in ("blob", "string"):
        return {}
    if kind == "blob":
        return {key: response.body}
    if "json" not in str(response.headers.get("content-type", "json")) and kind == "string":
        return {key: response.body.decode("utf-8", "replace")}
    if kind == "string":
        # A JSON string, unless the server forgot its quotation marks.
        try:
            value = loads(response.body, response.status)
        except BadAnswer:
            return {key: response.body.decode("utf-8", "replace")}
        return {key: value}
    value = loads(response.body, response.status)
    return {key: value if read is None or value is None else read(value)}


# Errors.


def _status_code(response: HTTPResponse) -> str:
    return str(response.status)


def _plain(response: HTTPResponse) -> str:
    """The words of an error that is no JSON: text as it is, of HTML its title."""
    text = snippet(response.body).strip()
    if not text.startswith("<"):
        return text
    head = response.body[:4096].decode("utf-8", "replace")
    low = head.lower()
    start = low.find("<title>")
    end = low.find("</title>", start)
    return " ".join(head[start + 7 : end].split())[:200] if 0 <= start < end else "an answer in HTML or XML"


def _told(value: dict[str, Any]) -> tuple[str, str]:
    """Code and message, wherever this body keeps them."""
    inner = value.get("error", value.get("Error"))
    if isinstance(inner, dict):
        value = inner
    elif isinstance(inner, str):
        # {"error": "invalid_grant", "error_description": "..."} (RFC 6749, 5.2), or a mere sentence.
        message = _first(value, ("error_description", "message", "detail"))
        if message:
            return inner, message
        return ("", inner) if " " in inner else (inner, _first(value, _MESSAGES))
    listed = value.get("errors")
    if isinstance(listed, list) and listed and not _first(value, ("message", "detail")):
        first = listed[0]
        if isinstance(first, dict):
            # Linode tells the sentence in `reason` and the parameter at fault in `field`.
            message = _first(first, _MESSAGES)
            return _first(first, ("code", "id", "type", "error_code", "title")), message
        if isinstance(first, str):
            return "", first
    return _coded(value)


def _coded(value: dict[str, Any]) -> tuple[str, str]:
    message = _first(value, _MESSAGES)
    # Kubernetes and Google repeat the HTTP status as `code`; the word is the `reason` or the `status`.
    if type(value.get("code")) is int:
        for name in ("reason", "status"):
            word = value.get(name)
            if isinstance(word, str) and word.isidentifier() and (name == "reason" or word.isupper()):
                return word, message
    reason = value.get("reason")
    found = _first(value, [name for name in _CODES if name != "reason" or reason != message])
    if found.startswith(("http://", "https://", "urn:")) or found == "about:blank":
        # RFC 9457 names kinds of problems by URI; its last part is the word.
        title = _first(value, ("title",))
        tail = found.rstrip("/").rpartition("/")[2] if "/" in found else found.rpartition(":")[2]
        return (title or str(value.get("status", "")) if found == "about:blank" else tail), message
    return found.rpartition("#")[2], message


def _first(value: dict[str, Any], names: Any) -> str:
    """The first of these members that is a text or a number."""
    for name in names:
        found = value.get(name)
        if isinstance(found, str) and found:
            return found[:2000]
        if type(found) is int:
            return str(found)
    return ""
