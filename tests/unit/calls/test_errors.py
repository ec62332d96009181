"""From an error code to a class."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
import responses

import boto
from boto.calls.errors import ServiceErrors, category
from boto.core.http import redact_text
from boto.parsers.base import ErrorInfo
from tests.unit.calls.answers import EC2, error

if TYPE_CHECKING:
    from collections.abc import Iterator

FACTS: dict[str, Any] = {"First": {"code": "one"}, "NoSuchSecond": {"code": "two"}}


def test_a_thread_that_comes_while_codes_are_learned_finds_them_all() -> None:
    seen = []

    class Interrupted(dict[str, Any]):
        """Facts that another thread asks about when the first has been read."""

        def items(self) -> Iterator[tuple[str, Any]]:  # type: ignore[override] - a view is not needed
            for pair in FACTS.items():
                yield pair
                if pair[0] == "First" and not seen:
                    seen.append("")
                    seen[0] = errors.of(ErrorInfo("two"), 404).__name__

    description: Any = SimpleNamespace(errors=Interrupted(FACTS))
    errors = ServiceErrors("fog", description)
    assert errors.of(ErrorInfo("one"), 400).__name__ == "First"
    assert seen == ["NoSuchSecond"]


def test_a_token_that_a_service_repeats_is_not_shown(keys: None) -> None:
    expected = "GET\n/\nhost:ec2\nx-amz-security-token:TOKEN123\n\nhost;x-amz-security-token"
    with responses.RequestsMock() as net:
        net.post(EC2, status=403, body=error("SignatureDoesNotMatch", f"It should have been '{expected}'"))
        with pytest.raises(boto.AccessDenied) as caught:
            boto.connect_ec2("AK", "SK", aws_session_token="TOKEN123").describe_key_pairs()
    assert "x-amz-security-token:***" in caught.value.message
    assert "TOKEN123" not in f"{caught.value!r} {vars(caught.value)}"


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Authorization: AWS4-HMAC-SHA256 Credential=AK/1\nHost: x", "Authorization:***\nHost: x"),
        ("/?X-Amz-Signature=ab12&Action=Foo", "/?X-Amz-Signature=***&Action=Foo"),
        ("The token is too long: 2048", "The token is too long: 2048"),
        ("NextToken: no such page", "NextToken: no such page"),
    ],
)
def test_only_values_of_secret_headers_and_parameters_are_taken_out(said: str, shown: str) -> None:
    assert redact_text(said) == shown


def test_what_is_in_use_is_a_conflict() -> None:
    assert category("DependencyViolation", 400) is boto.Conflict
