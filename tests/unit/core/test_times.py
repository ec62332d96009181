"""Timestamps as services write them, side by side with what botocore makes of them."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone

import pytest
from botocore.utils import parse_timestamp
from hypothesis import given
from hypothesis import strategies as st

from boto.core import times

NOON = datetime(2020, 2, 29, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2020-02-29T12:00:00Z", NOON),
        ("2020-02-29T12:00:00.000Z", NOON),
        ("2020-02-29T12:00:00", NOON),
        ("2020-02-29 12:00:00", NOON),
        ("2020-02-29T14:00:00+02:00", NOON),
        ("2020-02-29T14:00:00+0200", NOON),
        ("2020-02-29T04:00:00 -08:00", NOON),
        ("2020-02-29 12:00:00 UTC", NOON),
        ("2020-02-29T12:00:00.25Z", NOON + timedelta(seconds=0.25)),
        ("2020-02-29T12:00:00.123456789Z", NOON + timedelta(microseconds=123456)),
        ("2020-02-29", NOON - timedelta(hours=12)),
        ("1582977600", NOON),
        ("1582977600.5", NOON + timedelta(seconds=0.5)),
        ("1.5829776E9", NOON),
        ("-1", datetime(1969, 12, 31, 23, 59, 59, tzinfo=UTC)),
        ("Sat, 29 Feb 2020 12:00:00 GMT", NOON),
        ("Sat, 29 Feb 2020 12:00:00 +0000", NOON),
        ("Saturday, 29-Feb-20 12:00:00 GMT", NOON),
        ("Sat Feb 29 12:00:00 2020", NOON),
        ("20200101", datetime(1970, 8, 22, 19, 8, 21, tzinfo=UTC)),
        ("253402300799", datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)),
    ],
)
def test_every_form_is_an_aware_moment_in_utc(text: str, expected: datetime) -> None:
    found = times.parse(text)
    assert found == expected
    assert found.tzinfo is UTC
    # dateutil cannot read two of these: an offset behind a space, and year 9999 in a zone east of UTC.
    if text not in ("2020-02-29T04:00:00 -08:00", "253402300799"):
        theirs = parse_timestamp(text)
        assert (theirs if theirs.tzinfo else theirs.replace(tzinfo=UTC)) == expected


@pytest.mark.parametrize(
    "text", ["", " ", "soon", "2020-13-01T00:00:00Z", "1e400", "nan", "99999999999999", "2020-", "-"]
)
def test_no_time_is_a_value_error(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        times.parse(text)


@given(st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=-8))])))
def test_what_is_written_is_read_again(when: datetime) -> None:
    try:
        expected = when.astimezone(UTC)
    except OverflowError:
        return
    assert times.parse(times.iso8601(when)) == expected
    whole = expected.replace(microsecond=0)
    assert times.parse(str(times.unix(whole))) == whole
    if when.year >= 1000:
        assert times.parse(times.http_date(whole)) == whole


def test_what_users_may_pass() -> None:
    for value in (
        NOON,
        NOON.replace(tzinfo=None),
        NOON.timestamp(),
        int(NOON.timestamp()),
        "2020-02-29T12:00:00Z",
    ):
        assert times.iso8601(value) == "2020-02-29T12:00:00Z"
        assert times.unix(value) == 1582977600
        assert times.http_date(value) == "Sat, 29 Feb 2020 12:00:00 GMT"
    assert times.iso8601(NOON + timedelta(microseconds=1500)) == "2020-02-29T12:00:00.0015Z"
    assert times.unix(NOON + timedelta(seconds=0.5)) == 1582977600.5


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("253381793967.000234", datetime(9999, 5, 8, 15, 39, 27, 234, tzinfo=UTC)),
        ("-1.5", datetime(1969, 12, 31, 23, 59, 58, 500_000, tzinfo=UTC)),
        ("-0.25", datetime(1969, 12, 31, 23, 59, 59, 750_000, tzinfo=UTC)),
        (".5", datetime(1970, 1, 1, 0, 0, 0, 500_000, tzinfo=UTC)),
        ("1e3", datetime(1970, 1, 1, 0, 16, 40, tzinfo=UTC)),
        ("Fri, 03 Apr 1970 02:02:46.01 GMT", datetime(1970, 4, 3, 2, 2, 46, 10_000, tzinfo=UTC)),
        ("Wed, 01 Aug 0001 18:30:30 GMT", datetime(1, 8, 1, 18, 30, 30, tzinfo=UTC)),
    ],
)
def test_fractions_and_early_years(text: str, when: datetime) -> None:
    assert times.parse(text) == when


@pytest.mark.parametrize(
    "text", ["Fri, 31 Apr 1970 02:02:46 GMT", "Fri, 03 Apr 1970 2:x GMT", "1.2.3", "-", "1.-5"]
)
def test_what_is_no_time(text: str) -> None:
    with pytest.raises(ValueError):
        times.parse(text)


def test_importing_it_imports_no_datetime() -> None:
    program = "import sys; import boto.core.times; print('datetime' in sys.modules, 'email' in sys.modules)"
    done = subprocess.run([sys.executable, "-I", "-c", f"import sys; sys.path[:0] = {sys.path!r}; {program}"],
                          capture_output=True, text=True, check=True)  # fmt: skip
    assert done.stdout.split() == ["False", "False"]
