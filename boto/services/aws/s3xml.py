"""S3's dialect of `rest-xml`: the bucket is the endpoint's, and listings may be percent-encoded.

The described URI of an operation is `/{Bucket}/{Key+}`. The rules of S3's endpoints put the bucket into the host
or the path by themselves, so here the template begins behind it.
"""

from __future__ import annotations

from boto.core.http import HTTPRequest, HTTPResponse
from boto.core.url import unquote
from boto.parsers.base import WIRE
from boto.parsers.heads import key_of
from boto.parsers.restxml import RestXmlParser
from boto.serializers.restxml import RestXmlSerializer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Final

    from boto.models.description import Operation
    from boto.parsers.base import Form
    from boto.serializers.rest import Plan


class S3Serializer(RestXmlSerializer):
    """Requests to S3."""

    def serialize(self, operation: Operation, params: dict[str, Any], endpoint: str) -> HTTPRequest:
        request = super().serialize(operation, params, endpoint)
        if "/" in endpoint[8:] or request.url[len(endpoint) :].startswith("/"):
            return request
        return request.replace(url=f"{endpoint}/{request.url[len(endpoint) :]}")

    def _compile(self, operation: Operation) -> Plan:
        plan = super()._compile(operation)
        if plan.parts[0] == ("/", "Bucket", False):
            del plan.parts[0]
        return plan


class EncodedAnswer(HTTPResponse):
    """A listing whose keys S3 was asked to encode; they are shown as they are."""

    __slots__ = ()


# What is percent-encoded in a listing: members of the answer, and of the structures in its lists.
_TOP = ("Delimiter", "Prefix", "Marker", "NextMarker", "StartAfter", "KeyMarker", "NextKeyMarker")
_INNER = {"Contents": "Key", "CommonPrefixes": "Prefix", "Versions": "Key", "DeleteMarkers": "Key"}


class S3Parser(RestXmlParser):
    """Answers of S3."""

    __slots__ = ()

    def parse(self, response: HTTPResponse, operation: Operation, form: Form) -> tuple[Any, str | None]:
        """The answer's value and its request id."""
        value, request_id = super().parse(response, operation, form)
        if type(response) is EncodedAnswer:
            decode = operation.cache.get((S3Parser, form, "decode"))
            if decode is None:
                decode = operation.cache[S3Parser, form, "decode"] = _Decoder(operation, form)
            decode(value)
        return value, request_id


class _Decoder:
    """The keys of a listing in one form, and where they are."""

    def __init__(self, operation: Operation, form: Form) -> None:
        assert operation.output is not None
        members = operation.output.members
        self.wire: Final = form == WIRE
        self.encoding: Final = key_of(members["EncodingType"], form)
        self.top: Final = [key_of(members[name], form) for name in _TOP if name in members]
        self.inner: Final[list[tuple[str, str]]] = []
        for name, member_name in _INNER.items():
            item = members[name].shape.member if name in members else None
            if item is not None:
                keys = key_of(members[name], form), key_of(item.shape.members[member_name], form)
                self.inner.append(keys)

    def __call__(self, value: dict[str, Any]) -> None:
        if self.wire:
            value = next(iter(value.values()), {})
        if value.get(self.encoding) != "url":
            return
        for name in self.top:
            if name in value:
                value[name] = _decoded(value[name])
        for name, member_name in self.inner:
            for item in value.get(name) or ():
                if member_name in item:
                    item[member_name] = _decoded(item[member_name])


def _decoded(text: str) -> str:
    """A key as it is. As in a form, `+` is a space."""
    return unquote(text.replace("+", " ")) if "%" in text or "+" in text else text
