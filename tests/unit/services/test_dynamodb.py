"""DynamoDB: values are Python's own, both ways; beside boto3, which knows them too."""

from __future__ import annotations

import json
import zlib
from decimal import Decimal
from typing import Any

import pytest
from boto3.dynamodb.types import Binary, TypeDeserializer, TypeSerializer
from hypothesis import given
from hypothesis import strategies as st

import boto
from boto.core.errors import BadAnswer, ConfigError
from boto.services.aws import attributes

ITEM = {
    "id": "a", "n": 3, "price": Decimal("1.50"), "none": None, "yes": True, "no": False, "empty": "", "b": b"\0\xff",
    "tags": {"x", "y"}, "sizes": {1, Decimal("2.5")}, "blobs": {b"q"}, "list": [1, "a", [None], {"k": {"z"}}],
    "map": {"S": "not a type", "snakeNot": {"N": 1}},
}  # fmt: skip


class Net:
    """Answers in turn, and keeps what was sent."""

    def __init__(self, *answers: Any) -> None:
        self.answers = [
            one
            if isinstance(one, boto.HTTPResponse)
            else boto.HTTPResponse(200, {}, json.dumps(one).encode())
            for one in answers
        ]
        self.sent: list[Any] = []

    def send(self, request: Any, stream: bool, timeout: Any, scope: Any) -> boto.HTTPResponse:
        self.sent.append(json.loads(request.body))
        return self.answers.pop(0) if self.answers else boto.HTTPResponse(200, {}, b"{}")

    def close(self) -> None:
        pass


def connect(net: Net, service: str = "dynamodb", **options: Any) -> Any:
    keys = {"aws_access_key_id": "AKIDEXAMPLE", "aws_secret_access_key": "secret"}
    given = {"region": "eu-west-1", "connection": boto.Connection(transport=net), **keys, **options}
    return boto.connect(service, **given)


def wire(value: Any) -> Any:
    """boto3's attribute value, as JSON has it."""

    def plain(found: Any) -> Any:
        if isinstance(found, dict):
            return {name: plain(one) for name, one in found.items()}
        if isinstance(found, list):
            return sorted(map(plain, found), key=str)
        return json.loads(json.dumps(found, default=lambda data: attributes_base64(bytes(data))))

    return plain(TypeSerializer().serialize(value))


def attributes_base64(data: bytes) -> str:
    from base64 import b64encode

    return b64encode(data).decode()


def ordered(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: ordered(one) for name, one in value.items()}
    return sorted(map(ordered, value), key=str) if isinstance(value, list) else value


# -- the way there


def test_values_are_sent_as_boto3_sends_them() -> None:
    net = Net()
    connect(net).put_item(table_name="t", item=ITEM)
    assert ordered(net.sent[0]["Item"]) == {name: wire(value) for name, value in ITEM.items()}


@pytest.mark.parametrize(
    ("value", "sent"),
    [
        (0.1, {"N": "0.1"}),
        (-1e100, {"N": "-1E+100"}),
        (10**40, {"N": str(10**40)}),
        (-0.0, {"N": "-0.0"}),
        (Decimal("1E-130"), {"N": "1E-130"}),
        (Binary(b"x"), {"B": "eA=="}),
        (bytearray(b"x"), {"B": "eA=="}),
        ((1, 2), {"L": [{"N": "1"}, {"N": "2"}]}),
        (frozenset("a"), {"SS": ["a"]}),
    ],
)
def test_other_values(value: Any, sent: Any) -> None:
    net = Net()
    connect(net).put_item(table_name="t", item={"v": value})
    assert net.sent[0]["Item"]["v"] == sent


def test_problems_have_their_paths() -> None:
    bad = {
        "nan": float("nan"), "inf": Decimal("Infinity"), "long": Decimal("1." + "1" * 38), "small": 1e-200,
        "large": 10**126, "none": set(), "mixed": {1, "a"}, "bools": {True}, "deep": [{"x": [object()]}], "m": {1: 2},
    }  # fmt: skip
    net = Net()
    with pytest.raises(boto.ParameterError) as raised:
        connect(net).put_item(table_name="t", item=bad, colour="red")
    assert [path for path, _ in raised.value.problems] == [
        "item.nan", "item.inf", "item.long", "item.small", "item.large", "item.none", "item.mixed", "item.bools",
        "item.deep[0].x[0]", "item.m", "colour",
    ]  # fmt: skip
    assert net.sent == []


def test_a_value_that_contains_itself() -> None:
    loop: list[Any] = []
    loop.append(loop)
    with pytest.raises(boto.ParameterError, match="containing themselves"):
        connect(Net()).put_item(table_name="t", item={"v": loop})


def test_where_values_are() -> None:
    net = Net()
    c = connect(net)
    c.update_item(
        table_name="t", key={"id": "a"}, update_expression="SET x = :x", expression_attribute_values={":x": 1}
    )
    c.batch_write_item(request_items={"t": [{"put_request": {"item": {"S": 1}}}]})
    c.transact_write_items(transact_items=[{"put": {"table_name": "t", "item": {"id": "a"}}}])
    c.execute_statement(statement="SELECT", parameters=["a", 1, None])
    assert net.sent[0]["Key"] == {"id": {"S": "a"}}
    assert net.sent[0]["ExpressionAttributeValues"] == {":x": {"N": "1"}}
    assert net.sent[1]["RequestItems"] == {"t": [{"PutRequest": {"Item": {"S": {"N": "1"}}}}]}
    assert net.sent[2]["TransactItems"] == [{"Put": {"TableName": "t", "Item": {"id": {"S": "a"}}}}]
    assert net.sent[2]["ClientRequestToken"]
    assert net.sent[3]["Parameters"] == [{"S": "a"}, {"N": "1"}, {"NULL": True}]


# -- and back


def test_answers_have_pythons_values() -> None:
    answer = {"Item": {name: wire(value) for name, value in ITEM.items()}}
    c = connect(Net(answer, answer))
    found = c.get_item(table_name="t", key={"id": "a"})["item"]
    assert found == {**ITEM, "list": found["list"]}
    assert type(found["n"]) is Decimal and type(found["b"]) is bytes
    raw = TypeDeserializer()
    theirs = {
        name: raw.deserialize(value)
        for name, value in connect(Net(answer), form="source").get_item(TableName="t", Key={})["Item"].items()
    }
    assert {**theirs, "b": theirs["b"].value, "blobs": {one.value for one in theirs["blobs"]}} == found


def test_numbers_as_ints_and_floats() -> None:
    answer = {"Item": {"i": {"N": "3"}, "f": {"N": "1.5"}, "e": {"N": "1E+3"}, "s": {"NS": ["1", "2.5"]}}}
    c = connect(Net(answer), dynamodb={"numbers": "int_float"})
    found = c.get_item(table_name="t", key={"id": "a"})["item"]
    assert found == {"i": 3, "f": 1.5, "e": 1000.0, "s": {1, 2.5}}
    assert [type(found[name]) for name in "ife"] == [int, float, float]
    assert {type(one) for one in found["s"]} == {int, float}


def test_both_number_policies_in_one_process() -> None:
    answer = {"Item": {"i": {"N": "3"}}}
    c = connect(Net(answer, answer, answer))
    first = c.get_item(table_name="t", key={"id": "a"})["item"]["i"]
    other = c.with_options(dynamodb={"numbers": "int_float"}).get_item(table_name="t", key={})["item"]["i"]
    assert (type(first), type(other)) == (Decimal, int)
    with pytest.raises(ConfigError, match="numbers must be one of"):
        c.with_options(dynamodb={"numbers": "fraction"}).get_item(table_name="t", key={})


RAW = {"Item": {"id": {"S": "a"}, "m": {"M": {"b": {"B": "eA=="}}}}}
RAW_READ = {"id": {"S": "a"}, "m": {"M": {"b": {"B": b"x"}}}}


def test_raw_values_by_call_by_option_and_by_form() -> None:
    net = Net(RAW, RAW, RAW, RAW)
    c = connect(net)
    key = {"id": {"S": "a"}, "at": {"n": "1"}}
    assert c.get_item(table_name="t", key=key, native=False)["item"] == RAW_READ
    raw = c.with_options(dynamodb={"native": False})
    assert raw.get_item(table_name="t", key=key)["item"] == RAW_READ
    source = c.with_options(form="source")
    assert source.get_item(TableName="t", Key=key)["Item"] == RAW_READ
    assert [one["Key"] for one in net.sent] == [{"id": {"S": "a"}, "at": {"N": "1"}}] * 3
    assert raw.get_item(table_name="t", key={"id": "a"}, native=True)["item"] == {"id": "a", "m": {"b": b"x"}}
    with pytest.raises(boto.ParameterError, match="native: must be True or False"):
        c.get_item(table_name="t", key={}, native="no")
    with pytest.raises(boto.ParameterError, match="exactly one of|must be a dict|not a member"):
        c.get_item(table_name="t", key={"id": "a"}, native=False)


def test_the_source_form_of_a_native_call_is_what_was_sent() -> None:
    c = connect(Net(RAW))
    response = c.send(c.request("GetItem", table_name="t", key={"id": "a"}))
    assert response.parse("source")["Item"] == RAW_READ
    assert response.parse("wire")["item"] == response.parse("model")["item"] == {"id": "a", "m": {"b": b"x"}}


def test_operations_without_values_take_native_too() -> None:
    net = Net({"TableNames": ["t"]})
    assert connect(net).list_tables(limit=1, native=False)["table_names"] == ["t"]
    assert net.sent == [{"Limit": 1}]


def test_prepared_requests() -> None:
    c = connect(Net())
    for native, key in ((True, "a"), (False, {"S": "a"})):
        request = c.prepare(c.request("GetItem", table_name="t", key={"id": key}, native=native))
        assert json.loads(request.body)["Key"] == {"id": {"S": "a"}}


def test_pages_go_on_where_values_say_and_tokens_keep_them() -> None:
    key = {"id": {"S": "a"}, "at": {"N": "1.5"}, "b": {"B": "eA=="}}
    page = {"Items": [{"at": {"N": "1"}}, {"at": {"N": "1.5"}}], "Count": 2, "LastEvaluatedKey": key}
    last = {"Items": [{"at": {"N": "2"}}], "Count": 1}
    net = Net(page, last, last)
    pages = connect(net).pages("scan", table_name="t")
    assert [item["at"] for item in pages.items(limit=2)] == [1, Decimal("1.5")]
    again = connect(net).pages("scan", table_name="t")
    assert [item["at"] for item in again.items(start=pages.token)] == [2]
    assert net.sent[1]["ExclusiveStartKey"] == key
    raw = connect(Net(page, last)).pages("scan", table_name="t", native=False)
    assert [one["items"][-1]["at"] for one in raw] == [{"N": "1.5"}, {"N": "2"}]


def test_items_in_errors() -> None:
    body = {"__type": "x#ConditionalCheckFailedException", "message": "no", "Item": {"id": {"S": "a"}}}
    answers = [boto.HTTPResponse(400, {}, json.dumps(body).encode()) for _ in range(2)]
    c = connect(Net(*answers), retries=0)
    with pytest.raises(c.errors.ConditionalCheckFailedException) as raised:
        c.put_item(table_name="t", item={"id": "a"})
    assert raised.value.fields["item"] == {"id": "a"}
    with pytest.raises(c.errors.ConditionalCheckFailedException) as raised:
        c.put_item(table_name="t", item={"id": {"S": "a"}}, native=False)
    assert raised.value.fields["item"] == {"id": {"S": "a"}}


def test_streams_have_the_same_values() -> None:
    answer = {"Records": [{"dynamodb": {"Keys": {"id": {"N": "1"}}, "NewImage": {"s": {"SS": ["a"]}}}}]}
    found = connect(Net(answer), "dynamodbstreams").get_records(shard_iterator="x")["records"]
    assert found == [{"dynamodb": {"keys": {"id": 1}, "new_image": {"s": {"a"}}}}]


@pytest.mark.parametrize(
    "value",
    [{"X": 1}, {}, {"S": "a", "N": "1"}, {"N": "one"}, {"M": [1]}, {"L": {"a": 1}}, {"B": "A"}, 3, {"SS": 3}],
)
def test_values_of_no_known_type_are_bad_answers(value: Any) -> None:
    with pytest.raises(BadAnswer):
        connect(Net({"Item": {"v": {"L": [value]}}})).get_item(table_name="t", key={"id": "a"})


def test_a_damaged_answer_is_asked_for_again() -> None:
    body = json.dumps(RAW).encode()
    damaged = boto.HTTPResponse(200, {"x-amz-crc32": str(zlib.crc32(body))}, body.replace(b"a", b"b"))
    whole = boto.HTTPResponse(200, {"x-amz-crc32": str(zlib.crc32(body))}, body)
    packed = boto.HTTPResponse(200, {"x-amz-crc32": "1", "Content-Encoding": "gzip"}, body)

    class Now:
        def delay(self, attempt: int, failure: str, status: int, random: Any) -> float | None:
            return 0.0 if attempt < 2 else None

    net = Net(damaged, whole, packed, damaged, damaged)
    c = connect(net, retries=Now())
    found = c.get_item(table_name="t", key={"id": "a"})
    assert found["item"]["id"] == "a" and found.metadata.attempts == 2
    assert c.get_item(table_name="t", key={"id": "a"}).metadata.attempts == 1
    with pytest.raises(boto.ConnectFailed, match="damaged"):
        c.get_item(table_name="t", key={"id": "a"})


# -- properties

NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20, places=6)
LEAVES = (
    st.none() | st.booleans() | st.text() | st.binary() | NUMBERS | st.integers(-(10**38) + 1, 10**38 - 1)
)
SETS = st.sets(st.text(), min_size=1) | st.sets(NUMBERS, min_size=1) | st.sets(st.binary(), min_size=1)
VALUES = st.recursive(
    LEAVES | SETS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=10
)


@given(VALUES)
def test_a_value_goes_there_and_back(value: Any) -> None:
    problems: list[Any] = []
    sent = json.loads(
        json.dumps(
            attributes.written(value, "v", problems), default=lambda data: attributes_base64(bytes(data))
        )
    )
    assert problems == []
    assert attributes.readers("decimal")[0](sent) == value


@given(st.floats(min_value=1e-130, max_value=1e125) | st.floats(min_value=-1e125, max_value=-1e-130))
def test_a_float_stands_for_the_digits_it_shows(value: float) -> None:
    sent = attributes.written(value, "v", [])
    assert sent == {"N": str(Decimal(repr(value)))}
    assert float(attributes.readers("decimal")[0](sent)) == value
