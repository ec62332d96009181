"""Answers of failure, and answers nobody can read.

An error arrives in one of these, with a namespace or without:

    <Response><Errors><Error><Code/><Message/></Error></Errors><RequestID/></Response>          ec2, sdb
    <ErrorResponse><Error><Type/><Code/><Message/></Error><RequestId/></ErrorResponse>          query
    <Error><Code/><Message/><RequestId/><HostId/></Error>                                       S3 and its kin

or in something else, because what answered was a load balancer, a proxy or another service: then the status
is the code (`HTTP 503`) and the beginning of the text is the message. Reading an error never raises.
"""

from __future__ import annotations

from boto.core.errors import BadAnswer
from boto.parsers.base import MODEL, ErrorInfo

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from lxml.etree import _Element

    from boto.core.http import HTTPResponse
    from boto.models.description import Operation
    from boto.models.shapes import Shape
    from boto.parsers.base import Form

_SNIPPET = 200
_HEADERS = ("x-amzn-requestid", "x-amz-request-id", "x-request-id")
_REQUEST_ID = ("RequestId", "RequestID", "requestId")


def bad_answer(response: HTTPResponse, operation: Operation, why: str) -> BadAnswer:
    """The error for an answer that cannot be read. Nothing of the body is shown when it may hold secrets."""
    shown = "" if _secret(operation.output, set()) else snippet(response.body)
    where = f"{operation.name}: the answer {why} [HTTP {response.status}]"
    return BadAnswer(where, response.status, shown)


def header_id(response: HTTPResponse) -> str | None:
    """The request id that the headers tell."""
    return next((str(response.headers[name]) for name in _HEADERS if name in response.headers), None)


def snippet(body: bytes) -> str:
    """The beginning of a body as text, on one line."""
    return " ".join(body[: 4 * _SNIPPET].decode("utf-8", "replace").split())[:_SNIPPET]


def _secret(shape: Shape | None, seen: set[int]) -> bool:
    """Whether a shape reaches a member that is marked sensitive."""
    if shape is None or id(shape) in seen:
        return False
    seen.add(id(shape))
    members = [*shape.members.values(), *(m for m in (shape.member, shape.key, shape.value) if m is not None)]
    return any(member.sensitive or _secret(member.shape, seen) for member in members)


def xml_error(
    response: HTTPResponse, operation: Operation, request_id: str | None, form: Form = MODEL
) -> ErrorInfo:
    """What an answer of failure says, read as XML first."""
    from boto.parsers.walk import Unreadable, tree

    try:
        root = tree(response.body)
        error = _error(root)
        if error is not None:
            request_id = _first(root, _REQUEST_ID) or _first(error, _REQUEST_ID) or request_id
            return _described(error, response, operation, request_id, form)
    except (Unreadable, RecursionError):
        pass
    return plain_error(response, request_id)


def plain_error(response: HTTPResponse, request_id: str | None) -> ErrorInfo:
    """What can be said of an error in no known form: JSON's usual members, a page's title, the text."""
    body = response.body
    code = f"HTTP {response.status}"
    start = body[:256].strip()
    if start[:1] == b"{":
        found = _json(body)
        if found is not None:
            return ErrorInfo(found[0] or code, found[1], request_id)
    low = body[:4096].lower()
    if b"<html" in low or start[:14].lower() == b"<!doctype html":
        title = low.find(b"<title>")
        end = low.find(b"</title>", title)
        page = snippet(body[title + 7 : end]) if 0 <= title < end else ""
        return ErrorInfo(code, f"an HTML page: {page}" if page else "an HTML page", request_id)
    return ErrorInfo(code, snippet(body) or _phrase(response.status), request_id)


def _phrase(status: int) -> str:
    from http import HTTPStatus

    known = status in HTTPStatus.__members__.values()
    return f"{HTTPStatus(status).phrase if known else 'an unknown status'}, and no body"


def _json(body: bytes) -> tuple[str, str] | None:
    from json import loads

    try:
        found = loads(body)
    except (ValueError, RecursionError):
        return None
    if isinstance(found.get("error"), dict):
        found = found["error"]
    code = _text(found, ("__type", "code", "Code", "error")).rpartition("#")[2]
    return code, _text(found, ("message", "Message", "error_description", "detail"))


def _text(found: dict[str, Any], names: tuple[str, ...]) -> str:
    return next((str(found[name])[:2000] for name in names if isinstance(found.get(name), str | int)), "")


def _error(root: _Element) -> _Element | None:
    """The element that holds the code: the root, a child of it, or one level deeper."""
    from boto.parsers.walk import local

    candidates: list[_Element] = [root, *root, *(inner for child in root for inner in child)]
    named = [element for element in candidates if local(element.tag) in ("Error", "error")]
    for element in [*named, root]:
        if _first(element, ("Code", "code")) is not None:
            return element
    return named[0] if named else None


def _first(element: _Element, names: tuple[str, ...]) -> str | None:
    """The text of the first child that has one of these names."""
    from boto.parsers.walk import local

    for child in element:
        if local(child.tag) in names:
            return (child.text or "").strip()
    return None


def _described(
    error: _Element, response: HTTPResponse, operation: Operation, request_id: str | None, form: Form
) -> ErrorInfo:
    code = _first(error, ("Code", "code")) or f"HTTP {response.status}"
    message = _first(error, ("Message", "message")) or ""
    return ErrorInfo(code, message, request_id, _fields(error, code, operation, form))


def _fields(error: _Element, code: str, operation: Operation, form: Form) -> dict[str, Any]:
    """The members of a modelled error."""
    shape = _shape(code, operation)
    if shape is None:
        return {}
    from boto.parsers.plan import Plans
    from boto.parsers.walk import Unreadable, record

    try:
        return record(Plans(form).record(shape), error)
    except Unreadable:
        return {}


def _shape(code: str, operation: Operation) -> Shape | None:
    """The shape of a modelled error: one of the operation's own before any other of the service."""
    errors = operation.description.errors
    for name in [*operation.errors, *errors]:
        facts = errors.get(name)
        if facts is not None and "shape" in facts and code in (name, facts.get("code")):
            found: Shape = facts["shape"]
            return found
    return None
