"""Paths into answers."""

from __future__ import annotations

import pytest

from boto.calls import paths
from boto.core.errors import ConfigError


@pytest.mark.parametrize(
    "expression", ["Reservations[0].Instances[0].InstanceId", "reservations[0].instances[0].instance_id"]
)
def test_either_spelling(expression: str) -> None:
    assert paths.path(expression)({"reservations": [{"instances": [{"instance_id": "i-1"}]}]}) == "i-1"


def test_functions_and_literals_stay() -> None:
    assert paths.path("length(Things[?Name=='ABC'])")({"things": [{"name": "ABC"}, {"name": "abc"}]}) == 1


def test_what_is_no_path() -> None:
    with pytest.raises(ConfigError, match="is not a JMESPath expression"):
        paths.path("a[")


def test_expressions_that_programs_make_up_are_forgotten() -> None:
    for number in range(paths._REMEMBERED + 10):
        paths.path(f"a_{number}.b")
    assert len(paths._compiled) <= paths._REMEMBERED
