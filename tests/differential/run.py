"""The comparison of one service: every operation, pager and waiter of it, and what was counted."""

from __future__ import annotations

import copy
import re
from collections import Counter
from typing import TYPE_CHECKING, Any
from unittest.mock import patch
from uuid import UUID

import boto
from tests.differential import compare
from tests.differential.answers import answer, failure
from tests.differential.compare import Difference
from tests.differential.rules import explained
from tests.differential.sides import TOKEN, Ours, Theirs
from tests.differential.values import ANSWERED, KINDS, Values

if TYPE_CHECKING:
    from collections.abc import Iterator

PROTOCOLS = ("ec2", "query", "json", "rest-json", "rest-xml", "smithy-rpc-v2-cbor")


class Tally:
    """What was compared and what came of it."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.rules: Counter[str] = Counter()
        self.unexplained: list[Difference] = []

    def judge(self, difference: Difference) -> None:
        rules = explained(difference)
        if rules:
            self.rules.update(rules)
        else:
            self.unexplained.append(difference)


class Comparison:
    """One service in one protocol, on both sides."""

    def __init__(self, name: str, protocol: str, tally: Tally, bearer: bool) -> None:
        self.name, self.protocol, self.tally = name, protocol, tally
        self.theirs, self.ours = Theirs(name, protocol, bearer), Ours(name, protocol, bearer)

    def operation(self, name: str) -> None:
        """The requests of an operation and its answers, with everything, with little and with nothing in them."""
        model = self.theirs.model.operation_model(name)
        self.tally.counts["operations"] += 1
        for kind in KINDS:
            params = Values(kind, service=self.name).of(model.input_shape) if model.input_shape else {}
            value = Values(kind, ANSWERED).of(model.output_shape) if model.output_shape else {}
            answers = [answer(model, value, self.protocol)]
            sides = self.both(answers, lambda side, params=params: side.call(name, copy.deepcopy(params)))
            self.compare(model, kind, *sides)

    def pager(self, name: str) -> None:
        """What is asked next: after a page with tokens, and where the answer says that there are no more."""
        model = self.theirs.model.operation_model(name)
        self.tally.counts["pagers"] += 1
        last = answer(model, {}, self.protocol)
        for kind, truth in (("minimal", True), ("full", True), ("minimal", False)):
            params = Values(kind, service=self.name).of(model.input_shape) if model.input_shape else {}
            value = Values("full", ANSWERED, truth=truth).of(model.output_shape)
            answers = [answer(model, value, self.protocol), last, last]
            sides = self.both(answers, lambda side, params=params: side.pages(name, copy.deepcopy(params)))
            self.compare(model, f"pages, {kind}, {truth}", *sides, "pages")

    def waiter(self, name: str) -> None:
        """What a waiter makes of answers that its acceptors look for, and of others."""
        facts = self.theirs.waiters[name]
        model = self.theirs.model.operation_model(facts["operation"])
        self.tally.counts["waiters"] += 1
        params = Values("minimal", service=self.name).of(model.input_shape) if model.input_shape else {}
        for number, given in enumerate(seen(model, facts["acceptors"], self.protocol)):
            sides = self.both([given], lambda side: side.wait(name, copy.deepcopy(params)))
            self.compare(model, f"waiter {name}, {number}", *sides, "decisions")

    def both(self, answers: list[Any], act: Any) -> tuple[Any, Any]:
        """What each side gives for the same answers: a value, or the error that stopped it."""
        got = []
        for side in (self.theirs, self.ours):
            side.sent, side.answers = [], list(answers)
            try:
                got.append(act(side))
            except side.errors as error:
                got.append(error)
            except Exception as error:  # a crash is a difference like any other
                got.append(error)
        return got[0], got[1]

    def compare(self, model: Any, kind: str, theirs: Any, ours: Any, what: str = "answers") -> None:
        for one, other in zip(self.theirs.sent, self.ours.sent, strict=False):
            self.tally.counts["requests"] += 1
            for part, left, right in compare.requests(one, other, self.protocol):
                self.differ(model, kind, part, left, right)
        self.differ(model, kind, "number of requests", len(self.theirs.sent), len(self.ours.sent))
        self.tally.counts[what] += 1
        if isinstance(theirs, Exception) or isinstance(ours, Exception):
            theirs, ours = outcome(theirs), outcome(ours)
        self.differ(model, kind, "answer", theirs, ours)

    def differ(self, model: Any, kind: str, part: str, theirs: Any, ours: Any) -> None:
        sent = self.theirs.sent[0] if self.theirs.sent else None
        if not compare.same(theirs, ours):
            self.tally.judge(Difference(self.name, model, kind, part, theirs, ours, sent))


def seen(model: Any, acceptors: list[dict[str, Any]], protocol: str) -> Iterator[Any]:
    """Answers for a waiter: nothing, everything, an error, and for each acceptor what it looks for, all or in part."""
    shape = model.output_shape
    yield answer(model, {}, protocol)
    for kind in ("full", "empty"):
        yield answer(model, Values(kind, ANSWERED).of(shape) if shape else {}, protocol)
    for status in (400, 404, 500):
        yield failure(model, "SomethingElse", status, protocol)
    for acceptor in acceptors:
        expected, matcher = acceptor["expected"], acceptor["matcher"]
        if matcher == "error":
            yield failure(model, expected if isinstance(expected, str) else "Whatever", 400, protocol)
        elif matcher == "status":
            yield (
                failure(model, "Whatever", expected, protocol)
                if expected >= 300
                else answer(model, {}, protocol)
            )
        elif shape is not None:
            names = re.findall(r"[A-Za-z]\w*", acceptor["argument"])
            for told in ((expected,), (expected, different(expected)), (different(expected), expected)):
                values = Values("full", ANSWERED)
                values.told = dict.fromkeys(names, told)
                yield answer(model, values.of(shape), protocol)


def different(value: Any) -> Any:
    return not value if isinstance(value, bool) else value + type(value)("1")


def outcome(value: Any) -> Any:
    return f"{type(value).__name__}: {value}" if isinstance(value, Exception) else value


def tasks(comparison: Comparison) -> Iterator[Any]:
    for operation in comparison.theirs.model.operation_names:
        yield lambda operation=operation: comparison.operation(operation)
        if comparison.theirs.client.can_paginate(comparison.theirs.snake[operation]):
            yield lambda operation=operation: comparison.pager(operation)
    for waiter in comparison.theirs.waiters:
        yield lambda waiter=waiter: comparison.waiter(waiter)


def services() -> list[str]:
    return [name.rpartition(":")[2] for name in boto.list_services("aws")]


def run(name: str, tally: Tally, every: int = 1, first: int = 0) -> None:
    """Compares a service in each protocol that it offers; with `every` a part of what there is to compare."""
    header = boto.Session().connect_to(name).description.header
    with patch("uuid.uuid4", lambda: UUID(TOKEN)):
        for protocol in header["protocols"]:
            if protocol not in PROTOCOLS:
                continue
            comparison = Comparison(name, protocol, tally, header.get("auth") == ["bearer"])
            for number, task in enumerate(tasks(comparison)):
                if number % every == first % every:
                    task()
