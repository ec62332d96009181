"""Answers as a service would write them, from a value and botocore's shape: every protocol, from its own rules.

Nothing here is shared with what reads them, on either side.
"""

from __future__ import annotations

import hashlib
import json
import struct
from base64 import b64encode
from email.utils import format_datetime
from math import isfinite
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr
from zlib import crc32

import cbor2

from tests.differential.values import is_stream

if TYPE_CHECKING:
    from datetime import datetime

Answer = tuple[int, dict[str, str], bytes]
REQUEST_ID = "6d885004-f107-489e-b4a0-0e0d8f0c2d4e"


def answer(operation: Any, value: dict[str, Any], protocol: str) -> Answer:
    """The answer of an operation that gives this value."""
    shape = operation.output_shape
    if operation.has_event_stream_output:
        return streamed(operation, shape, dict(value), protocol)
    if protocol.startswith("rest-"):
        return rest(operation, shape, value, protocol)
    if protocol == "json":
        body = json.dumps(plain(shape, value)).encode() if shape is not None else b"{}"
        return 200, {"x-amzn-RequestId": REQUEST_ID, "Content-Type": "application/x-amz-json-1.1"}, body
    if protocol == "smithy-rpc-v2-cbor":
        headers = {
            "x-amzn-RequestId": REQUEST_ID,
            "smithy-protocol": "rpc-v2-cbor",
            "Content-Type": "application/cbor",
        }
        return 200, headers, cbor2.dumps(decoded(shape, value) if shape is not None else {})
    return (
        200,
        {"x-amzn-RequestId": REQUEST_ID, "Content-Type": "text/xml"},
        form_answer(operation.name, shape, value, protocol),
    )


def failure(operation: Any, code: str, status: int, protocol: str) -> Answer:
    """An error, as each protocol tells it."""
    headers, message = {"x-amzn-RequestId": REQUEST_ID}, "what went wrong"
    if operation.http["method"] == "HEAD":
        return status, {**headers, "x-amz-bucket-region": "us-west-2"}, b""
    if protocol in ("json", "rest-json"):
        return (
            status,
            {**headers, "x-amzn-ErrorType": code},
            json.dumps({"__type": code, "message": message}).encode(),
        )
    if protocol == "smithy-rpc-v2-cbor":
        headers["smithy-protocol"] = "rpc-v2-cbor"
        return status, headers, cbor2.dumps({"__type": code, "message": message})
    inside = f"<Code>{escape(code)}</Code><Message>{escape(message)}</Message>"
    if protocol == "ec2":
        body = f"<Response><Errors><Error>{inside}</Error></Errors><RequestID>{REQUEST_ID}</RequestID></Response>"
    else:
        inside = f"<Error><Type>Sender</Type>{inside}</Error><RequestId>{REQUEST_ID}</RequestId>"
        body = f"<ErrorResponse>{inside}</ErrorResponse>"
    return status, headers, body.encode()


# -- times and numbers ------------------------------------------------------------------------------------


def written(when: datetime, form: str) -> str:
    if form == "unixTimestamp":
        return f"{when.timestamp():.0f}"
    if form == "rfc822":
        return format_datetime(when, usegmt=True)
    return when.strftime("%Y-%m-%dT%H:%M:%SZ")


def text(shape: Any, value: Any, default: str) -> str:
    """A scalar as text, for XML and headers."""
    kind = shape.type_name
    if kind == "boolean":
        return "true" if value else "false"
    if kind == "timestamp":
        return written(value, shape.serialization.get("timestampFormat", default))
    if kind == "blob":
        return b64encode(value).decode()
    return str(value)


# -- event streams: `application/vnd.amazon.eventstream`, prelude, headers, payload, both with their CRC -------


def streamed(operation: Any, shape: Any, value: dict[str, Any], protocol: str) -> Answer:
    name, stream = next((name, one) for name, one in shape.members.items() if is_stream(one))
    events = value.pop(name, [])
    if protocol.startswith("rest-"):
        _, headers, _ = rest(operation, shape, value, protocol)
        frames = b""
    else:
        headers = {"x-amzn-RequestId": REQUEST_ID}
        first = (
            cbor2.dumps(decoded(shape, value))
            if "cbor" in protocol
            else json.dumps(plain(shape, value)).encode()
        )
        frames = frame({":message-type": "event", ":event-type": "initial-response"}, first)
    headers["Content-Type"] = "application/vnd.amazon.eventstream"
    for event in events:
        for kind, content in event.items():
            frames += event_frame(kind, stream.members[kind], content, protocol)
    return 200, headers, frames


def event_frame(kind: str, shape: Any, value: dict[str, Any], protocol: str) -> bytes:
    headers: dict[str, Any] = {":message-type": "event", ":event-type": kind}
    body, payload = dict(value), b""
    for name, member in shape.members.items():
        if name not in value:
            continue
        if member.serialization.get("eventheader"):
            headers[name] = body.pop(name)
        elif member.serialization.get("eventpayload"):
            one = body.pop(name)
            if member.type_name in ("blob", "string"):
                payload = one if isinstance(one, bytes) else one.encode()
            else:
                payload = written_event(name, member, one, protocol)
    if body:
        payload = written_event(kind, shape, body, protocol)
    return frame(headers, payload)


def written_event(tag: str, shape: Any, value: Any, protocol: str) -> bytes:
    if protocol == "rest-xml":
        return element(tag, shape, value).encode()
    return (
        cbor2.dumps(decoded(shape, value)) if "cbor" in protocol else json.dumps(plain(shape, value)).encode()
    )


def frame(headers: dict[str, Any], payload: bytes) -> bytes:
    head = b"".join(bytes([len(name)]) + name.encode() + typed(value) for name, value in headers.items())
    prelude = struct.pack(">II", len(head) + len(payload) + 16, len(head))
    message = prelude + struct.pack(">I", crc32(prelude)) + head + payload
    return message + struct.pack(">I", crc32(message))


def typed(value: Any) -> bytes:
    if isinstance(value, bool):
        return b"\0" if value else b"\1"
    if isinstance(value, int):
        return b"\4" + struct.pack(">i", value) if abs(value) < 2**31 else b"\5" + struct.pack(">q", value)
    if isinstance(value, (bytes, str)):
        data = value if isinstance(value, bytes) else value.encode()
        return (b"\6" if isinstance(value, bytes) else b"\7") + struct.pack(">H", len(data)) + data
    return b"\10" + struct.pack(">q", int(value.timestamp() * 1000))


# -- JSON and CBOR ----------------------------------------------------------------------------------------


def plain(shape: Any, value: Any) -> Any:
    """A value as JSON has it."""
    kind = shape.type_name
    if kind == "structure":
        if getattr(shape, "is_document_type", False):
            return value
        members = shape.members
        return {
            members[name].serialization.get("name", name): plain(members[name], one)
            for name, one in value.items()
        }
    if kind == "list":
        return [plain(shape.member, one) for one in value]
    if kind == "map":
        return {key: plain(shape.value, one) for key, one in value.items()}
    if kind == "timestamp":
        form = shape.serialization.get("timestampFormat", "unixTimestamp")
        return int(value.timestamp()) if form == "unixTimestamp" else written(value, form)
    if kind == "blob":
        return b64encode(value).decode()
    if kind in ("float", "double") and not isfinite(value):
        return str(value)
    return value


def decoded(shape: Any, value: Any) -> Any:
    """A value as CBOR has it; names are those of the members."""
    kind = shape.type_name
    if kind == "structure":
        if getattr(shape, "is_document_type", False):
            return value
        return {name: decoded(shape.members[name], one) for name, one in value.items()}
    if kind == "list":
        return [decoded(shape.member, one) for one in value]
    if kind == "map":
        return {key: decoded(shape.value, one) for key, one in value.items()}
    return cbor2.CBORTag(1, value.timestamp()) if kind == "timestamp" else value


# -- XML --------------------------------------------------------------------------------------------------


def element(tag: str, shape: Any, value: Any) -> str:
    kind = shape.type_name
    flat = shape.serialization.get("flattened")
    if kind == "list":
        name = shape.member.serialization.get("name")
        own = (name or tag) if flat else (name or "member")
        items = "".join(element(own, shape.member, one) for one in value)
        return items if flat else wrapped(tag, shape, items)
    if kind == "map":
        own = tag if flat else "entry"
        key, item = shape.key.serialization.get("name", "key"), shape.value.serialization.get("name", "value")
        entries = "".join(
            f"<{own}><{key}>{escape(name)}</{key}>{element(item, shape.value, one)}</{own}>"
            for name, one in value.items()
        )
        return entries if flat else wrapped(tag, shape, entries)
    if kind == "structure":
        return wrapped(tag, shape, members(shape, value), attributes(shape, value))
    return wrapped(tag, shape, escape(text(shape, value, "iso8601")))


def wrapped(tag: str, shape: Any, inside: str, more: str = "") -> str:
    space = shape.serialization.get("xmlNamespace")
    if space:
        prefix = f":{space['prefix']}" if space.get("prefix") else ""
        more = f" xmlns{prefix}={quoteattr(space['uri'])}{more}"
    return f"<{tag}{more}>{inside}</{tag}>" if inside else f"<{tag}{more}/>"


def attributes(shape: Any, value: dict[str, Any]) -> str:
    found = [
        (name, shape.members[name]) for name in value if shape.members[name].serialization.get("xmlAttribute")
    ]
    return "".join(
        f" {one.serialization.get('name', name)}={quoteattr(text(one, value[name], 'iso8601'))}"
        for name, one in found
    )


def members(shape: Any, value: dict[str, Any]) -> str:
    parts = []
    for name, one in value.items():
        member = shape.members[name]
        if member.serialization.get("xmlAttribute"):
            continue
        tag = member.serialization.get("name", name)
        if member.type_name == "list" and member.serialization.get("flattened"):
            tag = member.member.serialization.get("name", tag)
        parts.append(element(tag, member, one) + "\n")
    return "".join(parts)


def form_answer(name: str, shape: Any, value: dict[str, Any], protocol: str) -> bytes:
    """The answer of `query` and `ec2`."""
    inner = "" if shape is None else members(shape, value)
    wrapper = None if shape is None else shape.serialization.get("resultWrapper")
    if wrapper:
        inner = f"<{wrapper}>{inner}</{wrapper}>"
    if protocol == "ec2":
        inner += f"<requestId>{REQUEST_ID}</requestId>"
    else:
        inner += f"<ResponseMetadata><RequestId>{REQUEST_ID}</RequestId></ResponseMetadata>"
    return f'<{name}Response xmlns="http://x.example/doc/">{inner}</{name}Response>'.encode()


# -- REST -------------------------------------------------------------------------------------------------


def rest(operation: Any, shape: Any, value: dict[str, Any], protocol: str) -> Answer:
    status, headers, body = operation.http.get("responseCode", 200), {"x-amzn-RequestId": REQUEST_ID}, {}
    if shape is None:
        return status, headers, b""
    for name, one in value.items():
        member = shape.members[name]
        location, wire = member.serialization.get("location"), member.serialization.get("name", name)
        if location == "statusCode":
            continue  # whatever it is that the operation succeeds with
        if location == "header":
            headers[wire] = header(member, one)
        elif location == "headers":
            headers |= {f"{wire}{key}": text(member.value, item, "rfc822") for key, item in one.items()}
        else:
            body[name] = one
    sent = b"" if operation.http["method"] == "HEAD" else content(operation, shape, body, protocol)
    if sent and status == 204:
        status = 200  # 204 has no content (RFC 9110, 15.3.5), though some models describe one
    if "Content-Length" in headers:
        headers["Content-Length"] = str(len(sent))
    return status, true_sums(headers, sent), sent


def true_sums(headers: dict[str, str], body: bytes) -> dict[str, str]:
    """The headers with sums that are those of the body; without the ones that are not worked out here."""
    kept = {name: value for name, value in headers.items() if not name.lower().startswith("x-amz-checksum-")}
    for name in headers.keys() - kept.keys():
        kind = name.lower().removeprefix("x-amz-checksum-")
        if kind == "crc32":
            kept[name] = b64encode(crc32(body).to_bytes(4, "big")).decode()
        elif kind in ("sha1", "sha256"):
            kept[name] = b64encode(hashlib.new(kind, body).digest()).decode()
        elif kind == "type":
            kept[name] = "FULL_OBJECT"
    return kept


def header(member: Any, value: Any) -> str:
    if member.serialization.get("jsonvalue"):
        return b64encode(json.dumps(value).encode()).decode()
    if member.type_name == "list":
        return ", ".join(text(member.member, one, "rfc822") for one in value)
    return text(member, value, "rfc822")


def content(operation: Any, shape: Any, body: dict[str, Any], protocol: str) -> bytes:
    payload = shape.serialization.get("payload")
    if payload:
        if payload not in body:
            return b""
        member, one = shape.members[payload], body[payload]
        if member.type_name in ("blob", "string"):
            return one if isinstance(one, bytes) else str(one).encode()
        if protocol == "rest-xml":
            return element(member.serialization.get("name", member.name), member, one).encode()
        return json.dumps(plain(member, one)).encode()
    if operation.name == "GetBucketLocation":  # its one member is the root (Smithy, `s3UnwrappedXmlOutput`)
        return element(
            "LocationConstraint", shape.members["LocationConstraint"], body.get("LocationConstraint", "")
        ).encode()
    inside = [member for member in shape.members.values() if "location" not in member.serialization]
    if not inside:
        return b""
    if protocol == "rest-json":
        return json.dumps(plain(shape, body)).encode()
    root = shape.serialization.get("name") or f"{operation.name}Result"
    return wrapped(root, shape, members(shape, body), attributes(shape, body)).encode()
