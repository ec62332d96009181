"""Pages, items and resume tokens."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import pytest
import responses

import boto
from boto.core.url import decode_query
from tests.unit.calls.answers import EC2, answer, instances

if TYPE_CHECKING:
    from collections.abc import Iterator

    from requests import PreparedRequest

PAGES = {None: (("i-1", "i-2"), "t1"), "t1": (("i-3",), "t2"), "t2": ((), "t3"), "t3": (("i-4", "i-5"), "")}
ALL = [f"r-i-{number}" for number in range(1, 6)]


def describe(request: PreparedRequest) -> tuple[int, dict[str, str], str]:
    assert isinstance(request.body, bytes)
    asked = dict(decode_query(request.body.decode()))
    assert asked["MaxResults"] == "5"
    ids, token = PAGES[asked.get("NextToken")]
    return 200, {}, instances(*ids, token=token)


@pytest.fixture
def net() -> Iterator[responses.RequestsMock]:
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        mock.add_callback("POST", EC2, describe)
        yield mock


@pytest.fixture
def c(keys: None, net: responses.RequestsMock) -> Any:
    return boto.connect_ec2(retries=0)


def names(items: Any) -> list[str]:
    return [item["reservation_id"] for item in items]


def test_pages(c: Any) -> None:
    pages = c.pages("describe_instances", max_results=5)
    assert [names(page["reservations"]) for page in pages] == [ALL[:2], ALL[2:3], [], ALL[3:]]
    assert pages.token is None


def test_one_request_a_page_and_only_when_asked(c: Any, net: responses.RequestsMock) -> None:
    iterator = iter(c.pages("DescribeInstances", MaxResults=5))
    assert not net.calls
    next(iterator)
    assert len(net.calls) == 1
    iterator.close()
    assert len(net.calls) == 1


def test_items(c: Any) -> None:
    pages = c.pages("describe_instances", max_results=5)
    assert names(pages.items()) == ALL
    assert pages.token is None


@pytest.mark.parametrize("limit", range(1, 6))
def test_tokens_resume_after_any_item(c: Any, limit: int) -> None:
    pages = c.pages("describe_instances", max_results=5)
    first = names(pages.items(limit=limit))
    assert first == ALL[:limit]
    rest = c.pages("describe_instances", max_results=5)
    if limit == len(ALL):
        assert pages.token is None
    else:
        assert isinstance(pages.token, str)
        assert names(rest.items(start=pages.token)) == ALL[limit:]


def test_tokens_resume_after_any_page(c: Any) -> None:
    pages = c.pages("describe_instances", max_results=5)
    iterator = iter(pages)
    next(iterator)
    token = pages.token
    assert names(c.pages("describe_instances", max_results=5).items(start=token)) == ALL[2:]
    assert names(c.pages("describe_instances", max_results=5).items(limit=2, start=token)) == ALL[2:4]


def test_tokens_are_made_when_they_are_asked_for(c: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from boto.calls import paging

    made = []
    encode = paging._encode
    monkeypatch.setattr(paging, "_encode", lambda *parts: made.append(parts) or encode(*parts))
    pages = c.pages("describe_instances", max_results=5)
    assert names(pages.items(limit=3)) == ALL[:3]
    assert made == []
    assert isinstance(pages.token, str) and len(made) == 1


def test_what_is_no_resume_token(c: Any) -> None:
    for wrong in ("t1", "", "W10=", "eA==", "W3t9LCBudWxsLCAtNV0="):
        with pytest.raises(boto.ConfigError, match="not a resume token"):
            list(c.pages("describe_instances", max_results=5).items(start=wrong))


def test_first_and_search(c: Any, net: responses.RequestsMock) -> None:
    pages = c.pages("describe_instances", max_results=5)
    assert names(pages.first()["reservations"]) == ALL[:2] and len(net.calls) == 1
    assert pages.token is not None
    found = c.pages("describe_instances", max_results=5).search("Reservations[].Instances[].InstanceId")
    assert list(found) == ["i-1", "i-2", "i-3", "i-4", "i-5"]
    found = c.pages("describe_instances", max_results=5).search("length(reservations)")
    assert list(found) == [2, 1, 0, 2]
    with pytest.raises(boto.ConfigError, match="not a JMESPath"):
        list(c.pages("describe_instances", max_results=5).search("reservations["))


def test_next_request(c: Any) -> None:
    request = c.request("DescribeInstances", max_results=5)
    seen = []
    while request is not None:
        response = c.send(request)
        seen += names(response.parse("model")["reservations"])
        request = response.next_request()
    assert seen == ALL


def test_the_same_token_twice_is_an_error(keys: None) -> None:
    with responses.RequestsMock() as net:
        net.post(EC2, body=instances("i-1", token="again"))
        with pytest.raises(boto.BadAnswer, match="same page token twice"):
            list(boto.connect_ec2().pages("describe_instances"))
        assert len(net.calls) == 2


def test_an_operation_without_pages_has_one(keys: None) -> None:
    with responses.RequestsMock() as net:
        net.post(EC2, body=answer("DescribeKeyPairs", "<keySet/>"))
        assert list(boto.connect_ec2().pages("describe_key_pairs")) == [{"key_pairs": []}]
        with pytest.raises(boto.ConfigError, match="no items"):
            list(boto.connect_ec2().pages("describe_key_pairs").items())


def test_errors_pass_through(keys: None) -> None:
    with responses.RequestsMock() as net:
        net.post(EC2, status=403, body="no")
        with pytest.raises(boto.AccessDenied):
            list(boto.connect_ec2().pages("describe_instances").items())


def test_on_asyncio(keys: None, net: responses.RequestsMock) -> None:
    async def run() -> None:
        async with boto.aio.connect_ec2(retries=0) as c:
            pages = c.pages("describe_instances", max_results=5)
            assert [len(page["reservations"]) async for page in pages] == [2, 1, 0, 2]
            assert names([item async for item in pages.items(limit=3)]) == ALL[:3]
            rest = c.pages("describe_instances", max_results=5).items(start=pages.token)
            assert names([item async for item in rest]) == ALL[3:]
            assert names((await pages.first())["reservations"]) == ALL[:2]
            with pytest.raises(TypeError):
                iter(c.pages("describe_instances"))

    asyncio.run(run())


# Other ways of paging, as OpenAPI documents have them.


class Answers:
    """A transport that answers by the page asked for, and notes the URLs."""

    def __init__(self, answer: Any) -> None:
        self.answer = answer
        self.urls: list[str] = []

    def send(self, request: Any, *_: Any) -> boto.HTTPResponse:
        self.urls.append(request.url)
        query = dict(decode_query(request.url.partition("?")[2]))
        body, headers = self.answer(query)
        return boto.HTTPResponse(
            200, {"Content-Type": "application/json", **headers}, json.dumps(body).encode()
        )

    def close(self) -> None: ...


def listing(answer: dict[str, Any], headers: dict[str, Any], *queries: str) -> dict[str, Any]:
    """A document with one operation that lists things."""
    parameters = [{"name": name, "in": "query", "schema": {"type": "integer"}} for name in queries]
    schema = {"type": "object", "properties": answer}
    content = {"application/json": {"schema": schema}}
    return {
        "openapi": "3.0.3", "info": {"title": "things", "version": "1"}, "servers": [{"url": "https://things.example"}],
        "paths": {"/things": {"get": {"operationId": "list", "parameters": parameters, "responses": {
            "200": {"description": "", "headers": headers, "content": content}}}}},
    }  # fmt: skip


THINGS = {"type": "array", "items": {"type": "string"}}
NUMBER = {"type": "integer"}


def connected(document: dict[str, Any], answer: Any) -> tuple[Any, Answers]:
    transport = Answers(answer)
    return boto.connect(description=document, transport=transport), transport


def test_numbered_pages_up_to_the_last() -> None:
    document = listing({"things": THINGS, "page": NUMBER, "pages": NUMBER}, {}, "page", "page_size")
    c, transport = connected(document, lambda query: (
        {"things": [f"t{query.get('page', 1)}"], "page": int(query.get("page", 1)), "pages": 3}, {}))  # fmt: skip
    assert list(c.pages("list").items()) == ["t1", "t2", "t3"]
    assert transport.urls[-1] == "https://things.example/things?page=3" and len(transport.urls) == 3
    assert list(c.pages("list", page=2).items()) == ["t2", "t3"]
    pages = c.pages("list")
    assert list(pages.items(limit=2)) == ["t1", "t2"]
    assert list(c.pages("list").items(start=pages.token)) == ["t3"]


def test_numbered_pages_up_to_an_empty_one() -> None:
    document = listing({"things": THINGS}, {}, "page", "per_page")
    c, transport = connected(document, lambda query: (
        {"things": ["t"] if int(query.get("page", 1)) < 3 else []}, {}))  # fmt: skip
    assert list(c.pages("list").items()) == ["t", "t"] and len(transport.urls) == 3


def test_links_in_a_header() -> None:
    document = listing({"things": THINGS}, {"Link": {"schema": {"type": "string"}}}, "page", "per_page")

    def answer(query: dict[str, str]) -> Any:
        page = int(query.get("page", 1))
        last = '<https://things.example/things?page=3&per_page=1>; rel="last"'
        link = f'<https://things.example/things?page={page + 1}&per_page=1>; rel="next", {last}'
        return {"things": [f"t{page}"]}, {"Link": link if page < 3 else last}

    c, transport = connected(document, answer)
    assert list(c.pages("list").items()) == ["t1", "t2", "t3"]
    assert transport.urls[1] == "https://things.example/things?page=2&per_page=1"


def test_an_expression_that_does_not_fit_the_answer(c: Any) -> None:
    with pytest.raises(boto.ConfigError, match="does not fit"):
        list(
            c.pages("describe_instances", max_results=5).search("length(reservations[0].reservation_id.x.y)")
        )
