"""What is the same: requests and values in the form in which two of them are compared."""

from __future__ import annotations

import json
from base64 import b64encode
from datetime import UTC, datetime
from hashlib import md5, sha256
from math import isnan
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote, urlsplit
from zlib import crc32

import cbor2
from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.differential.sides import Sent

# Headers that say who asks and when, or how the body travels; all others count.
IGNORED = frozenset((
    "accept-encoding", "amz-sdk-invocation-id", "amz-sdk-request", "authorization", "connection", "content-length",
    "date", "host", "user-agent", "x-amz-date", "x-amz-user-agent", "x-amzn-trace-id",
))  # fmt: skip

# The same in a form that Signature Version 2 signs.
SIGNED = frozenset(("Signature", "Timestamp"))


class Difference:
    """One thing that is not the same on both sides; `part` says which (`method`, `header x-amz-acl`, `answer`...)."""

    def __init__(
        self,
        service: str,
        operation: Any,
        kind: str,
        part: str,
        theirs: Any,
        ours: Any,
        sent: Sent | None = None,
    ) -> None:
        self.service, self.operation, self.kind, self.part = service, operation, kind, part
        self.theirs, self.ours = theirs, ours
        self.sent = sent  # what they sent, if they did
        self.host = place(sent.url)[0] if sent is not None else ""

    def __str__(self) -> str:
        where = f"{self.service}.{self.operation.name} ({self.kind}), {self.part}"
        one, other = shortest(self.theirs, self.ours)
        return f"{where}\n    theirs {one}\n    ours   {other}"


def requests(theirs: Sent, ours: Sent, protocol: str) -> Iterator[tuple[str, Any, Any]]:
    """The parts of two requests that are compared: name, theirs, ours."""
    yield "method", theirs.method, ours.method
    one, other = place(theirs.url), place(ours.url)
    yield from zip(("host", "path", "query"), one, other, strict=True)
    yield "signed for", scope(theirs), scope(ours)
    names = (theirs.headers.keys() | ours.headers.keys()) - IGNORED
    for name in sorted(names):
        yield f"header {name}", header(theirs, name), header(ours, name)
    yield "body", body(theirs, protocol), body(ours, protocol)


def place(url: str) -> tuple[str, list[str], list[tuple[str, str]]]:
    """Scheme and host, segments of the path, and the query; values of one name keep their order."""
    parts = urlsplit(url)
    query = sorted(
        parse_qsl(parts.query.replace("+", "%2B"), keep_blank_values=True), key=lambda pair: pair[0]
    )
    return f"{parts.scheme}://{parts.netloc}", [unquote(one) for one in (parts.path or "/").split("/")], query


def header(sent: Sent, name: str) -> str | None:
    """A header; where it is a sum of the message's own body, that it is: equal documents differ in bytes."""
    value = sent.headers.get(name)
    sums = {
        "x-amz-content-sha256": sha256(sent.body).hexdigest(),
        "x-amz-checksum-crc32": b64encode(crc32(sent.body).to_bytes(4, "big")).decode(),
        "content-md5": b64encode(md5(sent.body).digest()).decode(),
    }
    return "its body's" if value is not None and value == sums.get(name) else value


def scope(sent: Sent) -> str:
    """Algorithm, region and service of the signature; the day and the key are left out."""
    text = sent.headers.get("authorization", "")
    algorithm, _, rest = text.partition(" Credential=")
    return "/".join([algorithm, *rest.partition(",")[0].split("/")[2:4]]) if rest else text.partition(" ")[0]


def body(sent: Sent, protocol: str) -> Any:
    if not sent.body:
        return b""
    try:
        if protocol == "smithy-rpc-v2-cbor":
            return cbor2.loads(sent.body)
        if protocol in ("query", "ec2"):
            return sorted(
                pair
                for pair in parse_qsl(sent.body.decode(), keep_blank_values=True)
                if pair[0] not in SIGNED
            )
        if protocol in ("json", "rest-json"):
            return json.loads(sent.body)
        if protocol == "rest-xml" and sent.body.startswith(b"<"):
            return tree(etree.fromstring(sent.body))
    except (ValueError, etree.XMLSyntaxError):
        pass
    return sent.body


def tree(node: Any) -> Any:
    """An element as plain values. Members have no order; those of one name do."""
    children = sorted((tree(child) for child in node), key=lambda child: child[0])
    return [node.tag, dict(node.attrib), (node.text or "") if not children else "", children]


def same(one: Any, other: Any) -> bool:
    """Equal, of one type, and NaN equal to itself."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, (list, tuple)) and isinstance(other, (list, tuple)):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, datetime) and isinstance(other, datetime):
        return one.astimezone(UTC) == other.astimezone(UTC)
    if isinstance(one, float) and isinstance(other, float) and isnan(one):
        return isnan(other)
    return type(one) is type(other) and bool(one == other)


def shortest(one: Any, other: Any, path: str = "") -> tuple[str, str]:
    """Where two values first differ, to be shown."""
    if isinstance(one, dict) and isinstance(other, dict):
        for key in [*one, *(key for key in other if key not in one)]:
            if key not in one or key not in other:
                absent = f"{path}.{key} absent"
                return (
                    (shown(path, key, one[key]), absent)
                    if key in one
                    else (absent, shown(path, key, other[key]))
                )
            if not same(one[key], other[key]):
                return shortest(one[key], other[key], f"{path}.{key}")
    if isinstance(one, (list, tuple)) and isinstance(other, (list, tuple)) and len(one) == len(other):
        for index, (left, right) in enumerate(zip(one, other, strict=True)):
            if not same(left, right):
                return shortest(left, right, f"{path}[{index}]")
    return f"{path} {one!r:.300}", f"{path} {other!r:.300}"


def shown(path: str, key: Any, value: Any) -> str:
    return f"{path}.{key} {value!r:.200}"
