"""Timestamps: what services write, and what they want to read. Always aware, always UTC on the way in.

Three forms are met: ISO 8601, unix seconds, and the HTTP date of RFC 9110 5.6.7. Services do not keep to the
form their description names, so reading goes by the text alone: a number is unix seconds (`20200101` too),
`-` in fifth place starts ISO 8601, and whatever begins with a letter is a date in words.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime, timedelta
    from typing import TypeAlias

    Moment: TypeAlias = datetime | int | float | str

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def reader() -> Callable[[str], datetime]:
    """The function that reads one timestamp; it raises ValueError when the text is none."""
    from datetime import UTC, datetime

    from_iso = datetime.fromisoformat

    def read(text: str) -> datetime:
        if text[4:5] != "-":
            return _unusual(text)
        try:
            moment = from_iso(text)
        except ValueError:
            return _unusual(text)
        zone = moment.tzinfo
        if zone is UTC:
            return moment
        # Services that leave the zone out mean UTC.
        return moment.replace(tzinfo=UTC) if zone is None else moment.astimezone(UTC)

    return read


def parse(text: str) -> datetime:
    """One timestamp in any form; ValueError when the text is none."""
    return reader()(text)


def _unusual(text: str) -> datetime:
    from datetime import UTC, datetime

    text = text.strip()
    try:
        # From the epoch by addition: the C library's gmtime ends at year 9999 or, on some platforms, 2038.
        return datetime(1970, 1, 1, tzinfo=UTC) + _seconds(text)
    except OverflowError:
        raise ValueError("a timestamp out of range") from None
    except ValueError:
        pass
    if text[:1].isalpha():
        return _in_words(text)
    # ISO 8601 in spellings that datetime refuses: a space around the parts, "UTC" for the zone.
    text = text.removesuffix("UTC").removesuffix("GMT").strip()
    moment = datetime.fromisoformat(text.replace(" +", "+").replace(" -", "-"))
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _seconds(text: str) -> timedelta:
    """A number of seconds; a float could not tell the microseconds of year 9999."""
    from datetime import timedelta

    whole, dot, fraction = text.partition(".")
    if not dot or not fraction.isdigit():
        return timedelta(seconds=float(text))
    micros = int(fraction[:6].ljust(6, "0"))
    return timedelta(seconds=int(whole or "0"), microseconds=-micros if whole.startswith("-") else micros)


def _in_words(text: str) -> datetime:
    """`Sun, 06 Nov 1994 08:49:37 GMT`, also with a fraction, and the two older spellings of RFC 9110."""
    from datetime import UTC, datetime
    from email.utils import parsedate_to_datetime

    parts = text.replace(",", " ").split()
    try:
        if len(parts) == 6 and len(parts[3]) == 4 and parts[5] in ("GMT", "UTC") and parts[2] in _MONTHS:
            clock = datetime.fromisoformat(f"{parts[3]}-01-01T{parts[4]}")
            return clock.replace(month=_MONTHS.index(parts[2]) + 1, day=int(parts[1]), tzinfo=UTC)
        moment = parsedate_to_datetime(text)
    except (TypeError, IndexError):
        raise ValueError("not a date") from None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def moment(value: Moment) -> datetime:
    """What a user may pass as a time: a datetime (a naive one is UTC, as in boto3), unix seconds, a text."""
    from datetime import UTC, datetime, timedelta

    if isinstance(value, datetime):
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    if isinstance(value, str):
        return parse(value)
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=value)


def iso8601(value: Moment) -> str:
    """`2015-01-25T08:00:00Z`; a fraction of a second only when there is one, and no longer than it is."""
    when = moment(value)
    fraction = f".{when.microsecond:06d}".rstrip("0") if when.microsecond else ""
    return (
        f"{when.year:04d}-{when.month:02d}-{when.day:02d}"
        f"T{when.hour:02d}:{when.minute:02d}:{when.second:02d}{fraction}Z"
    )


def unix(value: Moment) -> int | float:
    """Seconds since 1970; a whole number when they are whole."""
    from calendar import timegm

    when = moment(value)
    whole = timegm(when.timetuple())
    return whole + when.microsecond / 1_000_000 if when.microsecond else whole


def http_date(value: Moment) -> str:
    """`Sun, 06 Nov 1994 08:49:37 GMT`. Never by strftime, which spells months in the user's language."""
    when = moment(value)
    return (
        f"{_DAYS[when.weekday()]}, {when.day:02d} {_MONTHS[when.month - 1]} {when.year:04d} "
        f"{when.hour:02d}:{when.minute:02d}:{when.second:02d} GMT"
    )
