"""Calls: CPU of whole calls, from the method to the values, with the network stubbed.

Every call asks for another key or page and gets another body, made before the clock runs; both sides get the
same ones. Results are checked once before anything is timed: a fast wrong answer is not measured.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import boto3  # type: ignore[import-untyped]

import boto
from bench import bodies
from bench.blocks import alternate
from bench.row import Row
from bench.stubs import Network, headers, stubbed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from urllib3 import HTTPHeaderDict

# What a call asks for, and the headers and body it is answered with.
Item = tuple[str, "HTTPHeaderDict", bytes]


class Callers:
    """Both libraries on one network."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self.theirs = boto3.client(
            "ec2", region_name="eu-west-1", aws_access_key_id="AKIDBENCH", aws_secret_access_key="secret"
        )
        self.ours = boto.connect_ec2("AKIDBENCH", "secret", region="eu-west-1")

    def their_keys(self, item: Item) -> object:
        name, self.network.headers, self.network.body = item
        return self.theirs.describe_key_pairs(KeyNames=[name])["KeyPairs"]

    def our_keys(self, item: Item) -> object:
        name, self.network.headers, self.network.body = item
        return self.ours.describe_key_pairs(key_names=[name])["key_pairs"]

    def their_instances(self, item: Item) -> object:
        token, self.network.headers, self.network.body = item
        return self.theirs.describe_instances(NextToken=token)["Reservations"]

    def our_instances(self, item: Item) -> object:
        token, self.network.headers, self.network.body = item
        return self.ours.describe_instances(next_token=token)["reservations"]


def rows() -> Iterator[Row]:
    network = Network()
    with stubbed(network):
        callers = Callers(network)
        _agree(callers)
        yield Row(
            "describe_key_pairs, CPU of a call on a stubbed network",
            "us",
            *alternate(callers.their_keys, callers.our_keys, _items(bodies.key_pairs, 3, (40, 200)), 35),
            goal=8,
        )
        for count, rounds, calls in ((100, 11, (2, 8)), (1000, 7, (1, 2))):
            yield Row(
                f"DescribeInstances, {count:,} instances",
                "us",
                *alternate(
                    callers.their_instances,
                    callers.our_instances,
                    _items(bodies.instances, count, calls),
                    rounds,
                ),
                goal=5,
                digits=0,
            )


def _items(
    make: Callable[[int, int], bytes], size: int, counts: tuple[int, int]
) -> Callable[[int], tuple[Sequence[Item], Sequence[Item]]]:
    """Bodies of one size for a round: so many for theirs and so many for ours, none seen before."""

    def items(round: int) -> tuple[Sequence[Item], Sequence[Item]]:
        seeds = range(round * 10_000, round * 10_000 + max(counts))
        made = [_item(f"item-{seed:x}", make(size, seed), seed) for seed in seeds]
        return made[: counts[0]], made[: counts[1]]

    return items


def _item(name: str, body: bytes, number: int) -> Item:
    return name, headers(number, len(body)), body


def _agree(callers: Callers) -> None:
    """Both sides read the same things from the same answer."""
    keys, page = _item("web", bodies.key_pairs(5, 1), 1), _item("token", bodies.instances(5, 1), 2)
    for theirs, ours, names in (
        (callers.their_keys(keys), callers.our_keys(keys), ("KeyName", "key_name")),
        (callers.their_instances(page), callers.our_instances(page), ("OwnerId", "owner_id")),
    ):
        found = [[one[name] for one in side] for side, name in zip((theirs, ours), names, strict=True)]  # type: ignore[attr-defined]  # boto3 is untyped
        if found[0] != found[1] or len(found[0]) != 5:
            raise AssertionError(f"the two sides read different answers: {found}")
