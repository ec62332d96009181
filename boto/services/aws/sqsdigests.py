"""The MD5 digests of SQS's messages: of bodies, and of attributes.

Attributes are digested in the order of their names, each as three texts with their lengths before them (four bytes,
the highest first): name, data type, and value, which a byte precedes that tells its kind.
"""

from __future__ import annotations

from boto.core.checksums import checksum, digest
from boto.core.errors import BadAnswer
from boto.core.naming import snake
from boto.parsers.base import SOURCE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from boto.core.http import HTTPResponse
    from boto.parsers.base import Form

    Key = Callable[[str], str]

_STRING, _BINARY = b"\1", b"\2"


def attributes_digest(attributes: dict[str, Any], key: Key) -> str:
    """The digest of message attributes, whose members are called as `key` says."""
    made = checksum("MD5")
    for name in sorted(attributes):
        attribute = attributes[name]
        text, data = attribute.get(key("StringValue")), attribute.get(key("BinaryValue"))
        kind, value = (_BINARY, data) if text is None else (_STRING, text.encode())
        for part in (name.encode(), attribute[key("DataType")].encode()):
            made.update(len(part).to_bytes(4, "big") + part)
        made.update(kind + len(value).to_bytes(4, "big") + value)
    return made.digest().hex()


def verified(value: Any, response: HTTPResponse, form: Form) -> Any:
    """The answer's value. Raises BadAnswer when a digest in it is not that of its message."""
    key: Key = str if form == SOURCE else snake
    params = getattr(response, "params", None)
    wrong = set(_sent(value, params, key) if params is not None else _received(value, key))
    if wrong:
        what = " and ".join(sorted(wrong))
        raise BadAnswer(
            f"a message was damaged on its way: its MD5 is not that of its {what}", response.status
        )
    return value


def _received(value: Any, key: Key) -> Iterator[str]:
    for message in value.get(key("Messages")) or ():
        body, told = message.get(key("Body")), message.get(key("MD5OfBody"))
        if body is not None and told is not None and told != _body(body):
            yield "body"
        attributes, told = message.get(key("MessageAttributes")), message.get(key("MD5OfMessageAttributes"))
        if attributes and told is not None and told != attributes_digest(attributes, key):
            yield "attributes"


def _sent(value: Any, params: dict[str, Any], key: Key) -> Iterator[str]:
    if "Entries" not in params:
        yield from _one(value, params, key)
        return
    entries = {entry["Id"]: entry for entry in params["Entries"]}
    for answer in value.get(key("Successful")) or ():
        entry = entries.get(answer.get(key("Id")))
        if entry is not None:
            yield from _one(answer, entry, key)


_ATTRIBUTES = {
    "MessageAttributes": "MD5OfMessageAttributes",
    "MessageSystemAttributes": "MD5OfMessageSystemAttributes",
}


def _one(answer: Any, message: dict[str, Any], key: Key) -> Iterator[str]:
    told = answer.get(key("MD5OfMessageBody"))
    if told is not None and told != _body(message["MessageBody"]):
        yield "body"
    for name, digested in _ATTRIBUTES.items():
        told = answer.get(key(digested))
        if message.get(name) and told is not None and told != attributes_digest(message[name], str):
            yield "attributes"


def _body(text: str) -> str:
    return digest("MD5", text.encode()).hex()
