"""Values of botocore's shapes: parameters that are valid, and what an answer may hold.

A *kind* says how much is there: `minimal` only what is required, `full` every member of every shape that can be
reached, `empty` the same with lists and maps empty. A structure is written out in full where it is met first;
met again it has what it requires, so that values stay linear in the size of a model and end for shapes that
contain themselves. A list of unions has an item for each member of the union.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import Any

KINDS = ("minimal", "full", "empty")
WHEN = datetime(2026, 11, 21, 8, 30, 1, tzinfo=UTC)
DOCUMENT = {"a": [1, "b", None, True, 0.5], "b": {}}
DEEP = 12

# Texts in turn: what URLs, forms, JSON and XML must escape. Headers are ASCII and have no blanks at their ends.
SENT = ("a b&c=/+%", "ü <x> 'y' \"z\"", "plain", "one,two;three~*")
ANSWERED = ("x < y & z", "é", "flat", 'a "b" \\ c', "i-0123456789abcdef0")
PLAIN = ("a b;c", "plain")

# Members that rules of endpoints read must be what they are called; by the name the rules know them under.
_ACCOUNT = "123456789012"
RULED = {
    "AccessPointName": "point", "AccountId": _ACCOUNT, "Bucket": "some-bucket", "EndpointId": "abcde.veo",
    "ConsumerARN": f"arn:aws:kinesis:us-west-2:{_ACCOUNT}:stream/one/consumer/two:1",
    "KvsARN": f"arn:aws:cloudfront::{_ACCOUNT}:key-value-store/one", "OutpostId": "op-01234567890123456",
    "ResourceARN": f"arn:aws:kinesis:us-west-2:{_ACCOUNT}:stream/one",
    "StreamARN": f"arn:aws:kinesis:us-west-2:{_ACCOUNT}:stream/one",
    "ResourceArn": f"arn:aws:dynamodb:us-west-2:{_ACCOUNT}:table/one", "TableName": "one", "SpaceId": "one",
    "QueueARN": f"arn:aws:kinesis:us-west-2:{_ACCOUNT}:queue/one", "StreamId": "abcdefghij0123456789-abc",
    "s3control.ResourceArn": f"arn:aws:s3:us-west-2:{_ACCOUNT}:storage-lens/one",
}  # fmt: skip

_TYPES: dict[str, type] = {
    "string": str,
    "boolean": bool,
    "integer": int,
    "long": int,
    "float": float,
    "double": float,
}

# Items of listings have these, said to be required or not.
EVER = frozenset(("Key", "Prefix"))


def is_stream(shape: Any) -> bool:
    return bool(getattr(shape, "is_eventstream", False) or shape.serialization.get("eventstream"))


def height(shape: Any, above: tuple[str, ...] = ()) -> float:
    """How deep the smallest value of a shape is; without end for one that cannot but contain itself."""
    if shape.type_name in ("list", "map"):
        held = shape.member if shape.type_name == "list" else shape.value
        return 1 + (height(held, above) if shape.metadata.get("min") else 0)
    if shape.type_name != "structure":
        return 0
    if shape.name in above:
        return float("inf")
    within = (*above, shape.name)
    if shape.is_tagged_union:
        return 1 + min(height(member, within) for member in shape.members.values())
    return 1 + max((height(shape.members[name], within) for name in shape.required_members), default=0)


# Members whose values a service's code on either side takes apart: places, and numbers as text.
READ = {
    "SourceRegion": "us-east-1", "PredictEndpoint": "https://realtime.machinelearning.us-west-2.amazonaws.com",
}  # fmt: skip


class Values:
    """Makes values for one message; the same ones every time."""

    def __init__(
        self, kind: str, texts: tuple[str, ...] = SENT, service: str = "", truth: bool = True
    ) -> None:
        self.kind = kind
        self.service = service
        self.texts = texts
        self.truth = truth
        self.seen: Counter[str] = Counter()
        self.count = 0
        self.told: dict[str, tuple[Any, ...]] = {}  # scalars of these names have these values in turn

    def of(self, shape: Any, depth: int = 0) -> Any:
        kind = shape.type_name
        if shape.serialization.get("jsonvalue") and shape.serialization.get("location") == "header":
            return {"a": ["ü", 1]}
        if kind == "structure":
            return DOCUMENT if getattr(shape, "is_document_type", False) else self.structure(shape, depth)
        if kind in ("list", "map"):
            least = shape.metadata.get("min", 0)
            count = max(least, 0 if self.kind == "empty" or depth > DEEP else self.wanted(shape))
            return self.list(shape, count, depth) if kind == "list" else self.map(shape, count, depth)
        return self.scalar(shape)

    def wanted(self, shape: Any) -> int:
        item = getattr(shape, "member", None)
        if getattr(item, "is_tagged_union", False):
            return 0 if self.seen[item.name] else len(item.members)
        return 2

    def list(self, shape: Any, count: int, depth: int) -> list[Any]:
        item = shape.member
        if getattr(item, "is_tagged_union", False) and item.members:
            self.seen[item.name] += 1
            if self.seen[item.name] > 1 or not count:
                return [self.of(item, depth + 1) for _ in range(count)]
            members = list(item.members.items())
            chosen = [members[number % len(members)] for number in range(count)]
            return [{name: self.of(member, depth + 1)} for name, member in chosen]
        return [self.of(item, depth + 1) for _ in range(count)]

    def map(self, shape: Any, count: int, depth: int) -> dict[str, Any]:
        enum = getattr(shape.key, "enum", None) or []
        least = "k" * (shape.key.metadata.get("min") or 0)
        if shape.serialization.get("location") == "headers":
            return {f"key-{number}": PLAIN[number % 2] for number in range(count)}
        named = "name" if self.texts is ANSWERED else "key"
        keys = [*enum, *(f"{named} {number}{least}" for number in range(count))][:count]
        return {key: self.of(shape.value, depth + 1) for key in keys}

    def structure(self, shape: Any, depth: int) -> dict[str, Any]:
        members = [(name, one) for name, one in shape.members.items() if self.can_tell(name, one)]
        first = self.seen[shape.name] < (2 if self.told else 1)
        self.seen[shape.name] += 1
        if shape.is_tagged_union:
            members = members[:1] if first else [min(members, key=lambda one: height(one[1]))]
        elif self.kind == "minimal" or not first or depth > DEEP:
            members = [(name, one) for name, one in members if name in shape.required_members or name in EVER]
        return {
            name: told if (told := self.telling(name, one)) is not None else self.within(one, depth + 1)
            for name, one in members
        }

    def can_tell(self, name: str, shape: Any) -> bool:
        """Streams of events are answers here; sums of what was sent are no answers one can make up."""
        return not name.startswith("MD5Of") if self.texts is ANSWERED else not is_stream(shape)

    def within(self, shape: Any, depth: int) -> Any:
        if not is_stream(shape):
            return self.of(shape, depth)
        events = [one for one in shape.members.items() if not one[1].metadata.get("exception")]
        return [{name: self.of(event, depth)} for name, event in events]

    def telling(self, name: str, shape: Any) -> Any:
        """The value that scalars of this name have, if that was said and is of their type."""
        if name in READ and shape.type_name == "string":
            return READ[name]
        if name not in self.told:
            return None
        self.count += 1
        value = self.told[name][self.count % len(self.told[name])]
        return value if isinstance(value, _TYPES.get(shape.type_name, ())) else None

    def scalar(self, shape: Any) -> Any:
        kind = shape.type_name
        least = shape.metadata.get("min") or 0
        if kind in ("string", "character"):
            return self.text(shape, least)
        if kind == "blob":
            return b"\x00\xff bytes" * max(1, least)
        if kind == "timestamp":
            return WHEN
        if kind == "boolean":
            return self.truth
        more = 2 if self.texts is ANSWERED else 0  # an answer tells no token that was sent
        sample = {"integer": 7 + more, "long": 7_000_000_000 + more, "float": 1.5, "double": 2.25}[kind]
        return type(sample)(max(sample, least))

    def text(self, shape: Any, least: int) -> str:
        name = shape.metadata.get("contextParam", {}).get("name", "")
        ruled = RULED.get(f"{self.service}.{name}") or RULED.get(name)
        if ruled is not None:
            return ruled
        if name.lower().endswith("arn"):
            return f"arn:aws:{self.service}:us-west-2:{_ACCOUNT}:{name[:-3].lower()}/one"
        if shape.enum:
            return str(shape.enum[0])
        where = shape.serialization
        if where.get("hostLabel"):
            return "label" * max(1, least)
        self.count += 1
        texts = PLAIN if where.get("location") in ("header", "headers") else self.texts
        text = texts[self.count % len(texts)]
        return text if len(text) >= least else text + "x" * (least - len(text))
