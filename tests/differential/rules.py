"""The differences that are meant, each with the source that decides.

A rule takes a difference and gives both sides as they would be if it were not for what the rule explains. What
is then the same is explained by the rules that changed something; whatever is left is a failure. No rule names a
service or a protocol as a whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.differential.compare import same
from tests.differential.sides import REGION

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.differential.compare import Difference

    Sides = tuple[Any, Any]

RULES: dict[str, Callable[[Difference, Any, Any], Sides]] = {}


def rule(function: Callable[[Difference, Any, Any], Sides]) -> Callable[[Difference, Any, Any], Sides]:
    RULES[function.__name__] = function
    return function


def explained(difference: Difference) -> list[str]:
    """The rules that explain a difference together; none if it is not explained."""
    theirs, ours, used = difference.theirs, difference.ours, []
    for name, apply in RULES.items():
        changed = apply(difference, theirs, ours)
        if not (same(changed[0], theirs) and same(changed[1], ours)):
            used.append(name)
            theirs, ours = changed
    return used if same(theirs, ours) else []


@rule
def media_type(difference: Difference, theirs: Any, ours: Any) -> Sides:
    """A body has a media type: XML `application/xml`, text `text/plain`, bytes `application/octet-stream`.

    Smithy, AWS restXml protocol, "Content-Type", and "httpPayload trait", serialization rules; vectors
    `RestJsonHttpPayloadTraitsWithBlob`, `RestJsonStringPayloadRequest`. botocore sends none.
    """
    described = ours in ("application/xml", "text/plain", "application/octet-stream")
    return (
        (ours, ours)
        if difference.part == "header content-type" and theirs is None and described
        else (theirs, ours)
    )


@rule
def empty_list_in_a_header(difference: Difference, theirs: Any, ours: Any) -> Sides:
    """An empty list in a header is an empty header: vector `RestJsonNullAndEmptyHeaders`. botocore leaves it out."""
    header = difference.part.startswith("header ")
    return (theirs, None) if header and theirs is None and ours == "" else (theirs, ours)


@rule
def empty_payload(difference: Difference, theirs: Any, ours: Any) -> Sides:
    """No body, no payload: Smithy vector `HttpPayloadTraitsWithNoBlobBody`. botocore makes up an empty value."""
    shape = difference.operation.output_shape
    name = shape.serialization.get("payload") if shape is not None else None
    if difference.part != "answer" or not name:
        return theirs, ours
    return _each(
        theirs,
        ours,
        lambda one, other: _without(one, name) if name not in other and not one.get(name) else one,
    )


@rule
def md5_where_a_sum_is_required(difference: Difference, theirs: Any, ours: Any) -> Sides:
    """`httpChecksumRequired` asks for Content-MD5 (Smithy, of that name; vector `HttpChecksumRequired`).

    botocore sends its default of the other trait, CRC32, which S3 Control takes as well.
    """
    if not difference.operation.http_checksum_required or difference.operation.http_checksum:
        return theirs, ours
    if difference.part == "header content-md5" and theirs is None and ours == "its body's":
        return None, None
    if difference.part == "header x-amz-checksum-crc32" and theirs == "its body's" and ours is None:
        return None, None
    return theirs, ours


@rule
def sums_in_headers(difference: Difference, theirs: Any, ours: Any) -> Sides:
    """A body that is there as bytes has its sum in a header, not in a trailer of `aws-chunked`.

    S3 user guide, "Checking object integrity": either will do. Stores that are not AWS refuse the trailer
    (Ceph was seen to).
    """
    shape = difference.operation.input_shape
    name = shape.serialization.get("payload") if shape is not None else None
    if (
        not difference.operation.http_checksum
        or not name
        or not shape.members[name].serialization.get("streaming")
    ):
        return theirs, ours
    part = difference.part.removeprefix("header ")
    if part in ("content-encoding", "transfer-encoding", "x-amz-decoded-content-length", "x-amz-trailer"):
        return (_unchunked(theirs) if part == "content-encoding" else None), ours
    if part == "x-amz-checksum-crc32" and theirs is None and ours == "its body's":
        return None, None
    if part == "x-amz-content-sha256" and theirs == "STREAMING-UNSIGNED-PAYLOAD-TRAILER":
        return None, None if ours in ("UNSIGNED-PAYLOAD", "its body's") else ours
    if part == "body" and isinstance(theirs, bytes) and b"x-amz-checksum-crc32:" in theirs:
        return _chunks(theirs), ours
    return theirs, ours


@rule
def expect_of_large_bodies(difference: Difference, theirs: Any, ours: Any) -> Sides:
    """`Expect: 100-continue` is for bodies worth waiting for.

    RFC 9110, 10.1.1, "useful when the request message contains a large body". botocore sends it with every body
    that it has wrapped as a stream.
    """
    small = difference.part == "header expect" and theirs == "100-continue" and ours is None
    return (None, None) if small else (theirs, ours)


@rule
def region_of_the_host(difference: Difference, theirs: Any, ours: Any) -> Sides:
    """Without `authSchemes` in an endpoint's rule the region signed for is the one asked for, as in the host.

    Smithy, "Endpoint authSchemes property". botocore looks the region up in its older table of endpoints, which
    says us-east-1 for services that had one endpoint, and then goes to another.
    """
    if difference.part != "signed for" or f".{REGION}." not in difference.host:
        return theirs, ours
    return str(theirs).replace("/us-east-1/", f"/{REGION}/"), ours


@rule
def two_members_of_one_element(difference: Difference, theirs: Any, ours: Any) -> Sides:
    """Two members that share one element name are one on the wire, and the list has all of it.

    The S3 model's deprecated `Event` beside `Events`, "Bucket event for which to send notifications". botocore
    fills both, the single one with what it could not read.
    """

    def single(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
        return {
            name: _without(value, "Event")
            if isinstance(value, dict) and "Event" in value and "Event" not in (other.get(name) or {})
            else value
            for name, value in one.items()
        }

    return _each(theirs, ours, single) if difference.part == "answer" else (theirs, ours)


@rule
def input_streams(difference: Difference, theirs: Any, ours: Any) -> Sides:
    """Operations that are sent streams of events are there. botocore's clients leave them out (`client.py`)."""
    absent = (
        isinstance(theirs, str) and theirs.startswith("AttributeError: ") and "has no attribute" in theirs
    )
    return (
        (ours, ours)
        if difference.operation.has_event_stream_input and (absent or not difference.sent)
        else (theirs, ours)
    )


@rule
def absent_lists_in_waiters(difference: Difference, theirs: Any, ours: Any) -> Sides:
    """A list that is absent has no items: a waiter goes on. botocore breaks off with JMESPath's type error.

    JMESPath, "length": null is an invalid type. Of an absent list our answers in the MODEL form have an empty
    one; where a text or something deeper is absent both break off, each with an error of its own name.
    """
    broken = difference.kind.startswith("waiter ") and str(theirs).startswith(
        "JMESPathTypeError: In function length"
    )
    goes_on = ours in ("retry", "success", "failure")
    breaks = str(ours).startswith("ConfigError: ") and str(theirs).partition(": ")[2] in str(ours)
    return (ours, ours) if broken and (goes_on or breaks) else (theirs, ours)


@rule
def name_of_an_empty_flattened_list(difference: Difference, theirs: Any, ours: Any) -> Sides:
    """An empty list that is flattened goes by the name that its items have.

    Smithy, AWS query protocol, "Collections": a flattened list has one name. botocore names the empty one by the
    member, though its items by themselves.
    """
    if difference.part != "body" or not (isinstance(theirs, list) and isinstance(theirs[0], tuple)):
        return theirs, ours
    names = _item_names(difference.operation.input_shape)
    renamed = [(_renamed(key, names) if value == "" else key, value) for key, value in theirs]
    return sorted(renamed), ours


@rule
def expires_as_text(difference: Difference, theirs: Any, ours: Any) -> Sides:
    """`ExpiresString` beside `Expires` is botocore's own (`handle_expires_header`): no model has it."""
    if difference.part != "answer" or not isinstance(ours, dict) or "Expires" not in ours:
        return theirs, ours
    return _each(theirs, ours, lambda one, _: _without(one, "ExpiresString"))


@rule
def unsigned_where_described(difference: Difference, theirs: Any, ours: Any) -> Sides:
    """A payload that the model leaves unsigned is left unsigned: Smithy, "aws.auth#unsignedPayload trait".

    botocore lets S3's own rule win, by which it signs what has no sum.
    """
    described = difference.operation.auth_type == "v4-unsigned-body" and ours == "UNSIGNED-PAYLOAD"
    return (ours, ours) if difference.part == "header x-amz-content-sha256" and described else (theirs, ours)


@rule
def nobody_signs(difference: Difference, theirs: Any, ours: Any) -> Sides:
    """What the model says nobody signs is not signed: Smithy, "smithy.api#noAuth", over the service's `auth`.

    botocore lets the signer that an endpoint's rule names win over the operation's `auth` (`client.py`).
    """
    unsigned = difference.operation.auth == ["smithy.api#noAuth"] or difference.operation.auth_type == "none"
    return (ours, ours) if difference.part == "signed for" and unsigned and ours == "" else (theirs, ours)


@rule
def member_called_error(difference: Difference, theirs: Any, ours: Any) -> Sides:
    """A member called `Error` in an answer of success is no failure of the call: the status is what tells.

    RFC 9110, 15.3. botocore's waiters look for that key in what was parsed (`is_valid_waiter_error`).
    """
    shape = difference.operation.output_shape
    named = shape is not None and "Error" in shape.members and difference.kind.startswith("waiter ")
    return (
        (ours, ours)
        if named and theirs == "error" and ours in ("retry", "success", "failure")
        else (theirs, ours)
    )


@rule
def bucket_where_it_was_asked(difference: Difference, theirs: Any, ours: Any) -> Sides:
    """An answer that a bucket lives where it was asked for is not asked again: it was, the region is remembered.

    RFC 9110, 15.4, "detect and intervene in cyclical redirections". botocore asks once more.
    """
    again = difference.part == "number of requests" and difference.kind.startswith(
        ("waiter Bucket", "waiter Object")
    )
    return (ours, ours) if again and (theirs, ours) == (2, 1) else (theirs, ours)


def _item_names(shape: Any, seen: tuple[str, ...] = ()) -> dict[str, str]:
    """Names of flattened lists, by the member and by the items."""
    found: dict[str, str] = {}
    if shape is None or shape.name in seen:
        return found
    within = (*seen, shape.name)
    if shape.type_name == "structure":
        for name, member in shape.members.items():
            if member.type_name == "list" and member.serialization.get("flattened"):
                found[member.serialization.get("name", name)] = member.member.serialization.get("name", name)
            found |= _item_names(member, within)
    return found | _item_names(shape.member, within) if shape.type_name == "list" else found


def _renamed(key: str, names: dict[str, str]) -> str:
    head, dot, last = key.rpartition(".")
    return f"{head}{dot}{names.get(last, last)}"


def _each(theirs: Any, ours: Any, change: Callable[[dict[str, Any], dict[str, Any]], Any]) -> Sides:
    """Both sides, with theirs changed where it is an answer, or each of a list of pages."""
    if isinstance(theirs, list) and isinstance(ours, list) and len(theirs) == len(ours):
        return [change(one, other) for one, other in zip(theirs, ours, strict=True)], ours
    return (
        (change(theirs, ours), ours)
        if isinstance(theirs, dict) and isinstance(ours, dict)
        else (theirs, ours)
    )


def _without(value: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: one for key, one in value.items() if key != name}


def _unchunked(encoding: str | None) -> str | None:
    kept = [one.strip() for one in (encoding or "").split(",") if one.strip() != "aws-chunked"]
    return ",".join(kept) or None


def _chunks(body: bytes) -> bytes:
    """What `aws-chunked` wraps."""
    found = b""
    while body:
        size, _, body = body.partition(b"\r\n")
        length = int(size.partition(b";")[0], 16)
        if not length:
            break
        found, body = found + body[:length], body[length + 2 :]
    return found
