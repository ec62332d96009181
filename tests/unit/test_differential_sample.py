"""A sample of the differential test: every so many operations, pagers and waiters, and those that were once wrong."""

from __future__ import annotations

import pytest

from tests.differential.compare import Difference
from tests.differential.rules import RULES, explained
from tests.differential.run import Comparison, Tally, run, services

# Every fifteenth service, and one of each protocol with what is special about it.
SAMPLE = sorted({*services()[::15], "route53", "s3", "sqs", "sts", "timestream-query"})
EVERY = 7


@pytest.mark.parametrize("name", SAMPLE)
def test_requests_and_answers_are_those_of_boto3(name: str) -> None:
    tally = Tally()
    run(name, tally, EVERY, SAMPLE.index(name))
    assert not tally.unexplained, "\n".join(map(str, tally.unexplained[:5]))


@pytest.mark.parametrize(
    ("service", "protocol", "operation"),
    [("ebs", "rest-json", "PutSnapshotBlock"), ("s3", "rest-xml", "WriteGetObjectResponse")],
)
def test_what_was_once_wrong(service: str, protocol: str, operation: str) -> None:
    tally = Tally()
    Comparison(service, protocol, tally, False).operation(operation)
    assert tally.counts == {"operations": 1, "requests": 3, "answers": 3}
    assert not tally.unexplained, "\n".join(map(str, tally.unexplained))


def test_a_difference_is_found() -> None:
    """Were the comparison blind, everything would be the same."""
    tally = Tally()
    comparison = Comparison("sts", "query", tally, False)
    call = comparison.ours.call
    comparison.ours.call = lambda name, params: {**call(name, params), "Account": "another"}  # type: ignore[method-assign]
    comparison.operation("GetCallerIdentity")
    assert {found.part for found in tally.unexplained} == {"answer"}
    comparison.ours.call = lambda name, params: {}  # type: ignore[method-assign]
    comparison.operation("GetCallerIdentity")
    assert {found.part for found in tally.unexplained} == {"answer", "number of requests"}


def test_the_rules_are_few_and_each_names_its_source() -> None:
    assert len(RULES) <= 20
    for rule in RULES.values():
        assert rule.__doc__ and len(rule.__doc__) > 60
    operation = Comparison("sts", "query", Tally(), False).theirs.model.operation_model("GetCallerIdentity")
    for part in ("method", "host", "path", "query", "body", "answer", "header x-amz-target"):
        assert explained(Difference("sts", operation, "full", part, "one", "other")) == []
