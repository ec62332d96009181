"""Signing: signature version 4 of one request, ready to be signed on both sides.

Names and bodies differ from request to request, and several accounts take turns. boto3 derives the signing
key each time; ours keeps the keys of a day, a region and a service, never anything of a request.
"""

from __future__ import annotations

from time import time
from typing import TYPE_CHECKING

from botocore.auth import SigV4Auth  # type: ignore[import-untyped]
from botocore.awsrequest import AWSRequest  # type: ignore[import-untyped]
from botocore.credentials import Credentials as TheirCredentials  # type: ignore[import-untyped]

from bench.blocks import alternate
from bench.row import Row
from boto.auth.base import Credentials, Scope
from boto.auth.sigv4 import SigV4
from boto.core.http import Headers, HTTPRequest

if TYPE_CHECKING:
    from collections.abc import Iterator

_URL = "https://ec2.eu-west-1.amazonaws.com/"
_HEADERS = {
    "Content-Type": "application/x-www-form-urlencoded; charset=utf-8",
    "User-Agent": "bench/1.0",
}
_ACCOUNTS = [(f"AKIDBENCH{number}", f"secret{number}") for number in range(4)]
_SIGNER = SigV4()

# The request, and who signs it.
Item = tuple[object, object]


def _theirs(item: Item) -> object:
    request, auth = item
    auth.add_auth(request)  # type: ignore[attr-defined]  # botocore is untyped
    return request


def _ours(item: Item) -> object:
    request, credentials = item
    return _SIGNER.sign(request, credentials, Scope("ec2", "eu-west-1", time()))  # type: ignore[arg-type]  # sides share one signature


def _items(round: int) -> tuple[list[Item], list[Item]]:
    theirs = [SigV4Auth(TheirCredentials(*account), "ec2", "eu-west-1") for account in _ACCOUNTS]
    ours = [Credentials(*account) for account in _ACCOUNTS]
    counts = (100, 800)
    for_theirs: list[Item] = [
        (AWSRequest("POST", _URL, dict(_HEADERS), _body(round, number)), theirs[number % 4])
        for number in range(counts[0])
    ]
    for_ours: list[Item] = [
        (HTTPRequest("POST", _URL, Headers(_HEADERS), _body(round, number)), ours[number % 4])
        for number in range(counts[1])
    ]
    return for_theirs, for_ours


def _body(round: int, number: int) -> bytes:
    return f"Action=DescribeKeyPairs&Version=2016-11-15&KeyName.1=key-{round}-{number}".encode()


def rows(rounds: int = 45) -> Iterator[Row]:
    _agree()
    yield Row("signature version 4 of one request", "us", *alternate(_theirs, _ours, _items, rounds), goal=12)


def _agree() -> None:
    """Both sides sign the same headers for the same scope."""
    for_theirs, for_ours = _items(0)
    theirs, ours = _theirs(for_theirs[0]), _ours(for_ours[0])
    found = [one.headers["Authorization"].partition(" Signature")[0] for one in (theirs, ours)]  # type: ignore[attr-defined]  # as above
    if found[0] != found[1]:
        raise AssertionError(f"the two sides sign different things: {found}")
