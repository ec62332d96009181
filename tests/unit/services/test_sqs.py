"""SQS: digests of messages, and queues of other regions."""

from __future__ import annotations

import json
from hashlib import md5
from typing import Any

import pytest

import boto
from boto.core.errors import BadAnswer
from boto.services.aws.sqsdigests import attributes_digest

QUEUE = "https://sqs.eu-west-1.amazonaws.com/123456789012/q"
ATTRIBUTES = {
    "text": {"DataType": "String", "StringValue": "xé"},
    "data": {"DataType": "Binary", "BinaryValue": b"\0\1"},
    "count": {"DataType": "Number.int", "StringValue": "3"},
}


class Net:
    def __init__(self, *answers: Any) -> None:
        self.answers = list(answers)
        self.sent: list[Any] = []

    def send(self, request: Any, stream: bool, timeout: Any, scope: Any) -> boto.HTTPResponse:
        self.sent.append(request)
        return boto.HTTPResponse(200, {}, json.dumps(self.answers.pop(0) if self.answers else {}).encode())

    def close(self) -> None:
        pass


def connect(net: Net, **options: Any) -> Any:
    keys = {"aws_access_key_id": "AKIDEXAMPLE", "aws_secret_access_key": "secret"}
    return boto.connect(
        "sqs", **{"region": "eu-west-1", "connection": boto.Connection(transport=net), **keys, **options}
    )


def digest(text: str) -> str:
    return md5(text.encode()).hexdigest()


def test_the_digest_of_attributes_by_hand() -> None:
    def part(data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + data

    parts = [part(b"count"), part(b"Number.int"), b"\1", part(b"3")]
    parts += [part(b"data"), part(b"Binary"), b"\2", part(b"\0\1")]
    parts += [part(b"text"), part(b"String"), b"\1", part("xé".encode())]
    assert attributes_digest(ATTRIBUTES, str) == md5(b"".join(parts)).hexdigest()


@pytest.mark.parametrize("form", ["model", "source"])
def test_a_message_that_was_sent(form: str) -> None:
    good = {"MessageId": "m", "MD5OfMessageBody": digest("hé")}
    net = Net(good, {**good, "MD5OfMessageAttributes": attributes_digest(ATTRIBUTES, str)})
    c = connect(net, form=form)
    assert c.send_message(queue_url=QUEUE, message_body="hé").metadata.status == 200
    c.send_message(queue_url=QUEUE, message_body="hé", message_attributes=ATTRIBUTES)
    c = connect(Net(good, {**good, "MD5OfMessageAttributes": digest("")}, {"MessageId": "m"}), form=form)
    with pytest.raises(BadAnswer, match="not that of its body"):
        c.send_message(queue_url=QUEUE, message_body="he")
    with pytest.raises(BadAnswer, match="not that of its attributes"):
        c.send_message(queue_url=QUEUE, message_body="hé", message_attributes=ATTRIBUTES)
    c.send_message(queue_url=QUEUE, message_body="no digest is told")


def test_messages_in_a_batch() -> None:
    def answer(second: str) -> dict[str, Any]:
        told = [{"Id": "a", "MD5OfMessageBody": digest("x")}, {"Id": "b", "MD5OfMessageBody": digest(second)}]
        return {"Successful": told, "Failed": [{"Id": "c", "Code": "no"}]}

    entries = [{"id": name, "message_body": text} for name, text in (("a", "x"), ("b", "y"), ("c", "z"))]
    c = connect(Net(answer("y"), answer("z")))
    assert len(c.send_message_batch(queue_url=QUEUE, entries=entries)["successful"]) == 2
    with pytest.raises(BadAnswer, match="body"):
        c.send_message_batch(queue_url=QUEUE, entries=entries)


@pytest.mark.parametrize("form", ["model", "source", "wire"])
def test_messages_that_arrive(form: str) -> None:
    wired = {**ATTRIBUTES, "data": {"DataType": "Binary", "BinaryValue": "AAE="}}
    whole = {"Body": "hé", "MD5OfBody": digest("hé"), "MessageAttributes": wired}
    whole["MD5OfMessageAttributes"] = attributes_digest(ATTRIBUTES, str)
    answers = [{"Messages": [whole, whole]}, {"Messages": [whole, {**whole, "Body": "he"}]}, {}]
    answers.append({"Messages": [{**whole, "MD5OfMessageAttributes": digest("")}]})
    c = connect(Net(*answers), form=form)
    response = [c.send(c.request("ReceiveMessage", queue_url=QUEUE)) for _ in range(4)]
    assert len(next(iter(response[0].parse(form).values()))) == 2
    with pytest.raises(BadAnswer, match="not that of its body"):
        response[1].parse(form)
    response[2].parse(form)
    with pytest.raises(BadAnswer, match="attributes"):
        response[3].parse(form)


def test_digests_need_not_be_looked_at() -> None:
    c = connect(Net({"Messages": [{"Body": "x", "MD5OfBody": "y"}]}), sqs={"verify_digests": False})
    assert c.receive_message(queue_url=QUEUE)["messages"][0]["body"] == "x"


@pytest.mark.parametrize(
    ("queue", "host", "region"),
    [
        (QUEUE, "sqs.eu-west-1.amazonaws.com", "eu-west-1"),
        ("https://sqs.us-east-2.amazonaws.com/1/q", "sqs.us-east-2.amazonaws.com", "us-east-2"),
        ("https://sqs.cn-north-1.amazonaws.com.cn/1/q", "sqs.cn-north-1.amazonaws.com.cn", "cn-north-1"),
        ("https://sqs.us-east-2.amazonaws.com.evil.example/1/q", "sqs.eu-west-1.amazonaws.com", "eu-west-1"),
        ("https://sqs.us-east-2.evil.example/1/q", "sqs.eu-west-1.amazonaws.com", "eu-west-1"),
        ("https://queue.amazonaws.com/1/q", "sqs.eu-west-1.amazonaws.com", "eu-west-1"),
        ("q", "sqs.eu-west-1.amazonaws.com", "eu-west-1"),
    ],
)
def test_a_queue_is_asked_where_it_lives(queue: str, host: str, region: str) -> None:
    net = Net()
    c = connect(net)
    for _ in range(2):
        c.purge_queue(queue_url=queue)
    for request in net.sent:
        assert request.url == f"https://{host}/"
        assert f"/{region}/sqs/aws4_request" in request.headers["Authorization"]
        assert json.loads(request.body) == {"QueueUrl": queue}


def test_an_endpoint_that_was_given_is_where_all_queues_are() -> None:
    net = Net()
    connect(net, endpoint_url="http://127.0.0.1:9324").purge_queue(
        queue_url="https://sqs.us-east-2.amazonaws.com/1/q"
    )
    assert net.sent[0].url == "http://127.0.0.1:9324/"
