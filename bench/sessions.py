"""Sessions: CPU of a new session with an EC2 service, in a process that has made one before.

Programs that work for many accounts, and tests, make sessions all day. boto3 reads its models again for each;
ours share what is known of an API with the whole process.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import boto3  # type: ignore[import-untyped]

import boto
from bench.blocks import alternate
from bench.row import Row

if TYPE_CHECKING:
    from collections.abc import Iterator


def _theirs(number: int) -> object:
    return boto3.Session(
        region_name="eu-west-1", aws_access_key_id=f"AKID{number}", aws_secret_access_key=f"secret{number}"
    ).client("ec2")


def _ours(number: int) -> object:
    return boto.Session(
        region="eu-west-1", aws_access_key_id=f"AKID{number}", aws_secret_access_key=f"secret{number}"
    ).connect_to("ec2")


def rows(rounds: int = 12) -> Iterator[Row]:
    def numbers(round: int) -> tuple[range, range]:
        return range(round * 1000, round * 1000 + 1), range(round * 1000, round * 1000 + 400)

    theirs, ours = alternate(_theirs, _ours, numbers, rounds)
    yield Row("new session and ec2 service in a warm process, CPU", "us", theirs, ours, goal=500)
