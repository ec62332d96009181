"""Answers in CBOR (RFC 8949), of the protocol `smithy-rpc-v2-cbor`.

Decoding is the work of `cbor2`, held to what the protocol has: of tags the times (0 and 1) and the big integers
(2 and 3) mean something, any other is its plain content, so that nothing is compiled, shared or resolved that
a stranger names; depth is bounded, keys are texts. Undefined is null. The map's readers are those of JSON.
"""

from __future__ import annotations

from boto.parsers.awsjson import JsonParser

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from boto.models.shapes import Shape
    from boto.parsers.described import Read

DEPTH = 300
# Tags that cbor2 would make something of: decimals, references, rationals, patterns, addresses, sets.
_TAGS = (4, 5, 25, 28, 29, 30, 35, 36, 37, 52, 54, 100, 256, 258, 260, 261, 1004, 43000, 55799)
# First bytes of undefined and of simple values that mean nothing.
_UNUSUAL = bytes((*range(0xE0, 0xF4), 0xF7, 0xF8))

_decoder: Callable[[bytes], Any] | None = None


class CborParser(JsonParser):
    """Answers of the `smithy-rpc-v2-cbor` protocol."""

    def leaf(self, shape: Shape) -> Read | None:
        """The reader of a scalar; bytes are bytes already."""
        return None if shape.kind == "blob" else super().leaf(shape)

    def decode(self, body: bytes) -> Any:
        """Decoded CBOR, None for an empty body. Raises Unreadable."""
        return loads(body) if body else None


def loads(body: bytes) -> Any:
    """The value of one CBOR item. Raises Unreadable for anything that is not exactly that."""
    global _decoder  # noqa: PLW0603 - cbor2 is imported when the first answer comes
    if _decoder is None:
        _decoder = _make()
    return _decoder(body)


def _make() -> Callable[[bytes], Any]:
    from datetime import datetime
    from io import BytesIO

    from cbor2 import CBORDecodeError, CBORDecoder

    from boto.parsers.described import Unreadable

    def content(value: Any, immutable: bool) -> Any:
        return value

    def tagged(tag: Any, immutable: bool) -> Any:
        return tag.value

    tags = dict.fromkeys(_TAGS, content)
    usual: frozenset[type] = frozenset((str, int, float, bool, bytes, type(None), datetime))

    def decode(body: bytes) -> Any:
        source = BytesIO(body)
        try:
            value = CBORDecoder(
                source,
                tag_hook=tagged,
                semantic_decoders=tags,
                max_depth=DEPTH,
                strict_hashable_types=True,
            ).decode()
        except (CBORDecodeError, ValueError, TypeError, OverflowError, MemoryError) as error:
            raise Unreadable(f"is no CBOR ({type(error).__name__})") from None
        if source.tell() != len(body):
            raise Unreadable("has more after its end")
        return _plain(value, usual) if len(body.translate(None, _UNUSUAL)) != len(body) else value

    return decode


def _plain(value: Any, usual: frozenset[type]) -> Any:
    """The value with null for undefined, changed in place. What is `usual` needs no second look."""
    kind = type(value)
    if kind is dict:
        inner, places = value.values(), value.items()
    elif kind is list:
        inner, places = value, enumerate(value)
    else:
        return _scalar(value)
    if not usual.issuperset(map(type, inner)):
        for place, item in places:
            if type(item) not in usual:
                value[place] = _plain(item, usual)
    return value


def _scalar(value: Any) -> Any:
    from cbor2 import CBORSimpleValue, undefined

    from boto.parsers.described import Unreadable

    if type(value) is CBORSimpleValue:
        raise Unreadable("has a simple value that means nothing")
    return None if value is undefined else value
