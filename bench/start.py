"""Start: CPU of a whole process that connects, and of one that gets as far as a signed request.

This is what a command-line tool, a cron job or a cold serverless function pays each time. A bare interpreter
with the same flags is measured in every round and taken off. The signed request is everything before the
network: neither side opens a socket, boto3 is stopped by its own hook `before-send`.
"""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from bench.child import cpu
from bench.row import Row

if TYPE_CHECKING:
    from collections.abc import Iterator

# Each child gets a key's name as its argument, and no two the same.
_BARE = "import sys; sys.argv[1]"
_KEYS = "'AKID' + sys.argv[1].upper(), 'secret' + sys.argv[1]"

_OUR_CONNECT = f"""
import sys, boto
c = boto.connect_ec2({_KEYS}, region='eu-west-1')
"""
_OUR_SIGNED = f"""{_OUR_CONNECT}
request = c.prepare(c.request('describe_key_pairs', key_names=[sys.argv[1]]))
assert request.headers['Authorization'] and 'requests' not in sys.modules
"""

_THEIR_CONNECT = f"""
import sys, boto3
key, secret = {_KEYS}
c = boto3.client('ec2', region_name='eu-west-1', aws_access_key_id=key, aws_secret_access_key=secret)
"""
_THEIR_SIGNED = f"""{_THEIR_CONNECT}
class Ready(BaseException):
    pass
def stop(request, **_):
    assert request.headers['Authorization']
    raise Ready
c.meta.events.register('before-send', stop)
try:
    c.describe_key_pairs(KeyNames=[sys.argv[1]])
except Ready:
    pass
else:
    raise SystemExit('the request was sent')
"""


def rows(rounds: int = 14, often: int = 4) -> Iterator[Row]:
    """Both rows from the same rounds. What is short is run more often in a round, and its median taken."""
    connect: tuple[list[float], list[float]] = ([], [])
    signed: tuple[list[float], list[float]] = ([], [])
    for number in range(rounds + 1):
        short = [
            [cpu(code, f"key{number}x{again}") for code in (_BARE, _OUR_CONNECT, _OUR_SIGNED)]
            for again in range(often)
        ]
        bare, our_connect, our_signed = map(median, zip(*short, strict=True))
        their_connect, their_signed = (cpu(code, f"key{number}") for code in (_THEIR_CONNECT, _THEIR_SIGNED))
        if number:  # round 0 writes byte code and fills the page cache
            connect[0].append(their_connect - bare)
            connect[1].append(our_connect - bare)
            signed[0].append(their_signed - bare)
            signed[1].append(our_signed - bare)
    yield Row("import and connect_ec2(), CPU above bare Python", "ms", *connect, goal=60)
    yield Row("the same until a signed request is ready", "ms", *signed, goal=18)
