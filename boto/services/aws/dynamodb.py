"""DynamoDB and its streams: values are Python's own.

    c.put_item(table_name="t", item={"id": "a", "size": 3, "tags": {"x", "y"}})
    c.get_item(table_name="t", key={"id": "a"})["item"]     # {"id": "a", "size": Decimal("3"), "tags": {...}}

Options of its own, `dynamodb={...}` (`dynamodbstreams={...}`): `numbers` (decimal, int_float) and `native`. With
`native=False`, which is also taken by each call, values are DynamoDB's, `{"S": "a"}`, both ways. So they are by
default where answers are wanted as the source spells them (`form="source"`).
"""

from __future__ import annotations

from boto.services.aws.options import own, switch
from boto.services.base import Service

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TypeVar

    from boto.middleware.stack import KnowingLayer, Layer, Protocol
    from boto.models.description import Operation
    from boto.parsers.base import Parser

    M = TypeVar("M")
else:
    M = None

NUMBERS = ("decimal", "int_float")


class DynamoDB(Service[M]):
    """Amazon DynamoDB."""

    own_options = {"native": (), "numbers": NUMBERS}

    @property
    def native(self) -> bool:
        """Whether calls that do not say it themselves take and give Python's values."""
        said = switch(self, "native")
        return self.form != "source" if said is None else said

    def stack_for(self, operation: Operation) -> Sequence[type[Layer] | KnowingLayer]:
        """The usual one, but for parameters with Python's values and answers with a checksum."""
        from boto.services.aws.dynamojson import stack

        return stack(self)

    def dialect(self, protocol: Protocol, operation: Operation) -> Protocol:
        """The protocol `json` with attribute values as Python's; numbers as the options say."""
        from boto.services.aws.dialect import Dialect

        numbers = own(self, "numbers") or NUMBERS[0]
        if numbers not in NUMBERS:
            from boto.core.errors import ConfigError

            raise ConfigError(f"{self.name}: numbers must be one of {', '.join(NUMBERS)}")
        return Dialect(protocol, lambda usual: _parser(usual, numbers))


def _parser(usual: Parser, numbers: str) -> Parser:
    from boto.services.aws.dynamojson import NativeParser

    return NativeParser(usual, numbers)


class DynamoDBStreams(DynamoDB[M]):
    """Amazon DynamoDB Streams."""
