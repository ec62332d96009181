"""Memory: what services keep, in processes that do nothing else.

Resident memory of a fresh interpreter, read by itself at the end, so that neither side profits from memory
the other has freed. Sessions are counted after one was made: what a process needs once is in the row of fifty
services.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.child import output
from bench.row import Row

if TYPE_CHECKING:
    from collections.abc import Iterator

# Services that both libraries know under one name, of all protocols and sizes.
SERVICES = (
    "acm", "apigateway", "athena", "autoscaling", "backup", "batch", "cloudformation", "cloudfront",
    "cloudtrail", "cloudwatch", "codebuild", "cognito-idp", "config", "dynamodb", "ec2", "ecr", "ecs",
    "efs", "eks", "elasticache", "elasticbeanstalk", "elb", "elbv2", "emr", "events", "firehose",
    "glacier", "glue", "guardduty", "iam", "inspector", "iot", "kafka", "kinesis", "kms", "lambda",
    "logs", "opensearch", "organizations", "rds", "redshift", "route53", "s3", "sagemaker",
    "secretsmanager", "ses", "sns", "sqs", "ssm", "sts",
)  # fmt: skip

_RESIDENT = """
import sys
def resident():
    try:
        with open('/proc/self/status') as status:
            return int(next(line for line in status if line.startswith('VmRSS')).split()[1]) / 1024
    except OSError:  # no Linux: the peak, in bytes on macOS and in kilobytes elsewhere
        from resource import RUSAGE_SELF, getrusage
        return getrusage(RUSAGE_SELF).ru_maxrss / (1 << 20 if sys.platform == 'darwin' else 1024)
"""
_BARE = _RESIDENT + "print(resident())"
_OURS = """
import boto
def made(name, number):
    return boto.Session(
        region='eu-west-1', aws_access_key_id=f'AKID{number}', aws_secret_access_key=f'secret{number}'
    ).connect_to(name)
"""
_THEIRS = """
import boto3
def made(name, number):
    return boto3.Session(
        region_name='eu-west-1', aws_access_key_id=f'AKID{number}', aws_secret_access_key=f'secret{number}'
    ).client(name)
"""
_MANY_SESSIONS = """
first = made('ec2', 0)
before = resident()
kept = [made('ec2', number) for number in range(1, int(sys.argv[1]) + 1)]
print((resident() - before) / len(kept))
"""
_THEIR_SERVICES = """
import boto3
session = boto3.Session(region_name='eu-west-1', aws_access_key_id='AKID', aws_secret_access_key='secret')
kept = [session.client(name) for name in sys.argv[1:]]
print(resident())
"""
_OUR_SERVICES = """
import boto
session = boto.Session(region='eu-west-1', aws_access_key_id='AKID', aws_secret_access_key='secret')
kept = [session.connect_to(name) for name in sys.argv[1:]]
print(resident())
"""


def sessions(rounds: int = 3) -> Row:
    """Megabytes for each further session with its EC2 service, kept alive."""
    theirs, ours = [], []
    for _ in range(rounds):
        theirs.append(float(output(_RESIDENT + _THEIRS + _MANY_SESSIONS, "8")))
        ours.append(float(output(_RESIDENT + _OURS + _MANY_SESSIONS, "1000")))
    return Row("new session and ec2 service, memory each", "MB", theirs, ours, limit=0.05, digits=4)


def services(rounds: int = 3) -> Row:
    """Megabytes above a bare interpreter for fifty services of one session."""
    assert len(SERVICES) == 50
    theirs, ours = [], []
    for _ in range(rounds):
        bare = float(output(_BARE))
        theirs.append(float(output(_RESIDENT + _THEIR_SERVICES, *SERVICES)) - bare)
        ours.append(float(output(_RESIDENT + _OUR_SERVICES, *SERVICES)) - bare)
    return Row("50 services in one process, memory above bare Python", "MB", theirs, ours, goal=5)


def rows() -> Iterator[Row]:
    yield sessions()
    yield services()
