"""Paging: an operation's answers as a sequence of pages, or of the items in them.

    for page in c.pages("describe_instances"): ...
    for reservation in c.pages("describe_instances").items(limit=50): ...

`token` is a resume token: a plain string that says where the next page (or item) begins, to be kept and handed
to `start=` another day. It holds the parameters that change from page to page, never credentials.
"""

from __future__ import annotations

from boto.calls.paths import path
from boto.core.errors import BadAnswer, ConfigError
from boto.core.steps import Emit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from typing import Any

    from boto.calls.request import Request
    from boto.core.http import HTTPResponse
    from boto.core.steps import Flow
    from boto.models.description import Paging


def following(request: Request, answer: Any, http: HTTPResponse) -> Request | None:
    """The request for the page after this answer; None when this was the last."""
    paging: Paging = request.operation.paging
    if paging.more and not path(paging.more)(answer):
        return None
    if paging.kind in ("link", "link-header"):
        link = _link(http) if paging.kind == "link-header" else path(paging.output[0])(answer)
        if not link:
            return None
        if str(link) == request.url:
            raise BadAnswer(f"{request.operation.snake}: the service gave the same link twice")
        again = _again(request, {})
        again.url = str(link)
        return again
    changes = _PAGES[paging.kind](request, paging, answer)
    return _again(request, changes) if changes else None


def _again(request: Request, changes: dict[str, Any]) -> Request:
    again = type(request)(request.service, request.operation)
    again.params = {**request.params, **changes}
    return again


def _given(request: Request, name: str) -> tuple[str, Any]:
    """The parameter as the user spelled it, with its value."""
    member = request.operation.input.find(name)
    for spelling in (member.snake, member.name):
        if spelling in request.params:
            return spelling, request.params[spelling]
    return member.snake, None


def _by_token(request: Request, paging: Paging, answer: Any) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    repeated = True
    for name, output in zip(paging.input, paging.output, strict=True):
        spelling, before = _given(request, name)
        token = path(output)(answer)
        if token in (None, "", []):
            token = None
        changes[spelling] = token
        repeated = repeated and token == before
    if all(token is None for token in changes.values()):
        return {}
    if repeated:
        raise BadAnswer(f"{request.operation.snake}: the service gave the same page token twice")
    return changes


def _by_page(request: Request, paging: Paging, answer: Any) -> dict[str, Any]:
    """Page numbers. `output` tells this page and the last; without the latter an empty page is the last."""
    spelling, before = _given(request, paging.input[0])
    told = [path(output)(answer) for output in paging.output]
    current = int(told[0] if told and told[0] is not None else before or 1)
    if len(told) > 1 and told[1] is not None:
        return {spelling: current + 1} if current < int(told[1]) else {}
    return {spelling: current + 1} if _count(paging, answer) else {}


def _by_offset(request: Request, paging: Paging, answer: Any) -> dict[str, Any]:
    """Offsets count items: `output` tells how many there are; without it an empty page is the last."""
    spelling, before = _given(request, paging.input[0])
    count = _count(paging, answer)
    reached = int(before or 0) + count
    total = path(paging.output[0])(answer) if paging.output else None
    if not count or (total is not None and reached >= int(total)):
        return {}
    return {spelling: reached}


def _count(paging: Paging, answer: Any) -> int:
    return sum(1 for _ in _items(paging, answer))


_PAGES = {"token": _by_token, "marker": _by_token, "page": _by_page, "offset": _by_offset}


def _link(http: HTTPResponse) -> str | None:
    """The target of the link whose relations include `next`, in the Link header (RFC 8288, 3).

    A link runs from its `<` to the `<` of the next: commas may stand in a target, and in a quoted value.
    """
    for part in str(http.headers.get("Link") or "").split("<")[1:]:
        target, _, params = part.partition(">")
        for param in params.split(";"):
            name, _, value = param.partition("=")
            if name.strip().lower() == "rel" and "next" in value.strip(' \t,"').lower().split():
                return target
    return None


def _items(paging: Paging, answer: Any) -> Iterator[Any]:
    if isinstance(answer, list):
        yield from answer
        return
    for expression in paging.items:
        found = path(expression)(answer)
        if isinstance(found, dict):
            yield from found.items()
        elif isinstance(found, list):
            yield from found
        elif found is not None and not isinstance(found, (int, float)):  # a count of what is in the page
            yield found


class Pages:
    """The pages of an operation; iterate with `for`, or with `async for` on asyncio."""

    def __init__(self, service: Any, operation: Any, params: dict[str, Any]) -> None:
        self._service = service
        self._operation = service.operation(operation)
        self._params = params
        self._next: tuple[Request | None, int] = (None, 0)  # the request that goes on, and the items to skip

    @property
    def token(self) -> str | None:
        """The resume token of what has not been handed out yet; None before the first page and after the last."""
        request, skip = self._next
        return None if request is None else _encode(request, self._params, skip)

    def _first(self, start: str | None = None) -> tuple[Request, int]:
        from boto.calls.request import Request

        request = Request(self._service, self._operation, **self._params)
        skip = 0
        if start is not None:
            changes, url, skip = _decode(start)
            request.params = {**request.params, **changes}
            request.url = url
        return request, skip

    def steps(self) -> Flow[None]:
        """The flow that emits each page."""
        request: Request | None = self._first()[0]
        while request is not None:
            response = yield from request.send()
            page = response.parse(self._service.form)
            request = response.next_request()
            self._next = request, 0
            yield from Emit(page)

    def _item_steps(self, limit: int | None, start: str | None) -> Flow[None]:
        """The flow that emits each item; `token` follows item by item."""
        paging = self._operation.paging
        output = self._operation.output
        listed = output is not None and output.kind == "list"
        if not listed and (paging is None or not paging.items):
            raise ConfigError(
                f"{self._operation.snake} has no items the description knows of; iterate its pages, or use search()"
            )
        request: Request | None
        request, skip = self._first(start)
        self._next = (None if start is None else request), skip
        left = limit
        while request is not None and left != 0:
            response = yield from request.send()
            current, answer = request, response.parse("model")
            request = response.next_request()
            items = list(_items(paging, answer))
            for index in range(skip, len(items)):
                last = index + 1 == len(items)
                self._next = (request, 0) if last else (current, index + 1)
                yield from Emit(items[index])
                if left is not None:
                    left -= 1
                    if left == 0:
                        return
            skip = 0
            self._next = request, 0

    def _found_steps(self, expression: str) -> Flow[None]:
        search = path(expression)
        request: Request | None = self._first()[0]
        while request is not None:
            response = yield from request.send()
            found = search(response.parse("model"))
            request = response.next_request()
            self._next = request, 0
            for item in found if isinstance(found, list) else [found]:
                yield from Emit(item)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._iterate(self.steps()))

    def __aiter__(self) -> AsyncIterator[Any]:
        return aiter(self._iterate(self.steps()))

    def items(self, limit: int | None = None, start: str | None = None) -> Any:
        """Iterates the items of all pages, at most `limit`, from the resume token `start`."""
        if limit is not None and limit < 0:
            raise ConfigError(f"limit={limit}: must be a number of items, 0 or more")
        return self._iterate(self._item_steps(limit, start))

    def search(self, expression: str) -> Any:
        """Iterates what a JMESPath expression finds in each page; lists are flattened by one level."""
        return self._iterate(self._found_steps(expression))

    def first(self) -> Any:
        """The first page; awaitable on asyncio."""
        return self._service.connection.run(self._first_steps())

    def _first_steps(self) -> Flow[Any]:
        response = yield from self._first()[0].send()
        page = response.parse(self._service.form)
        self._next = response.next_request(), 0
        return page

    def _iterate(self, steps: Flow[None]) -> Any:
        return self._service.connection.iterate(steps)

    def __repr__(self) -> str:
        return f"<Pages of {self._service.name}.{self._operation.snake}>"


def _encode(request: Request, asked: dict[str, Any], skip: int) -> str:
    """A resume token: what differs from the parameters the user gave, the link, and the items to skip."""
    from base64 import urlsafe_b64encode
    from json import dumps

    changes = {name: value for name, value in request.params.items() if asked.get(name) != value}
    return urlsafe_b64encode(dumps([changes, request.url, skip], default=_kept).encode()).decode()


# Where pages begin may be told by more than JSON has: a key of DynamoDB has numbers and bytes. Such a value is kept
# under a name that no member and no attribute can have.
_KEPT = ""


def _kept(value: Any) -> Any:
    if isinstance(value, (bytes, bytearray)):
        return {_KEPT: bytes(value).hex(), "kind": "bytes"}
    if hasattr(value, "as_tuple"):
        return {_KEPT: str(value), "kind": "decimal"}
    raise TypeError(f"a page that begins at a {type(value).__name__} has no token")


def _restored(value: dict[str, Any]) -> Any:
    if _KEPT not in value:
        return value
    if value["kind"] == "bytes":
        return bytes.fromhex(value[_KEPT])
    from decimal import Decimal

    return Decimal(value[_KEPT])


def _decode(token: str) -> tuple[dict[str, Any], str | None, int]:
    from base64 import urlsafe_b64decode
    from json import loads

    try:
        changes, url, skip = loads(urlsafe_b64decode(token), object_hook=_restored)
        if isinstance(changes, dict) and isinstance(skip, int) and skip >= 0:
            return changes, url, skip
    except (ValueError, TypeError, LookupError, ArithmeticError):
        pass
    raise ConfigError("start= is not a resume token; use the .token of Pages")
