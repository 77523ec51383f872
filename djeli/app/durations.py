"""Times as people write them in the configuration: `15m`, `22:00-06:00`, `Africa/Bamako`."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_INTERVAL = re.compile(r"(\d{1,6})\s*([mhd])")
_HOUR = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_BACK = re.compile(r"(\d{1,5})\s*([mhdw])")
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
LONGEST = timedelta(days=31)


def interval(text: str) -> timedelta:
    """`15m`, `2h` or `1d` as a duration between one minute and 31 days; ValueError otherwise."""
    found = _INTERVAL.fullmatch(text.strip())
    if not found:
        raise ValueError(f'\'{text}\' is not an interval; write minutes, hours or days: "15m", "2h", "1d"')
    length = int(found.group(1)) * _UNITS[found.group(2)]
    if not timedelta(minutes=1) <= length <= LONGEST:
        raise ValueError(f'\'{text}\' is out of range; an interval is at least "1m" and at most "31d"')
    return length


WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def weekly(text: str) -> tuple[int, str]:
    """`monday 08:00` or `mon 08:00` as a weekday (Monday 0) and an hour; ValueError otherwise."""
    day, _, at = text.strip().lower().partition(" ")
    number = next((place for place, name in enumerate(WEEKDAYS) if day in (name, name[:3])), None)
    if number is None or not _HOUR.fullmatch(at.strip()):
        raise ValueError(f"'{text}' is no hour of the week; write a day and an hour: \"monday 08:00\"")
    return number, at.strip()


def wait(text: str) -> timedelta:
    """`0s`, `20s` or `2m` as a short duration, at most 30 minutes; ValueError otherwise."""
    found = re.fullmatch(r"(\d{1,4})\s*([sm])", text.strip())
    length = (
        timedelta(**{"seconds" if found.group(2) == "s" else "minutes": int(found.group(1))})
        if found
        else None
    )
    if length is None or length > timedelta(minutes=30):
        raise ValueError(
            f'\'{text}\' is no short wait; write seconds or minutes, at most 30 minutes: "20s", "2m"'
        )
    return length


def moment_back(text: str, now: datetime, zone: tzinfo) -> datetime:
    """The moment `90d`, `12h` or `3w` ago, or the beginning of a day (2027-03-01); ValueError otherwise."""
    found = _BACK.fullmatch(text.strip())
    try:
        if found:
            return now - int(found.group(1)) * _UNITS[found.group(2)]
        return day_begins(date.fromisoformat(text.strip()), zone)
    except (ValueError, OverflowError):
        raise ValueError(
            f"'{text}' says no moment; write how long ago (90d, 12h, 3w) or a day (2027-03-01)"
        ) from None


def day_begins(day: date, zone: tzinfo) -> datetime:
    """The first moment of a day in a zone, in UTC."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


def horizon(text: str) -> timedelta:
    """`90d` as a duration between one day and ten years; ValueError otherwise."""
    found = re.fullmatch(r"(\d{1,4})\s*d", text.strip())
    if not found or not 1 <= int(found.group(1)) <= 3660:
        raise ValueError(f'\'{text}\' is not a number of days; write it as "90d", from "1d" to "3660d"')
    return timedelta(days=int(found.group(1)))


def written(length: timedelta) -> str:
    """A duration of whole minutes as `interval` reads it: `90m`, `6h`, `1d`."""
    minutes = int(length.total_seconds() // 60)
    for size, letter in ((1440, "d"), (60, "h")):
        if minutes % size == 0:
            return f"{minutes // size}{letter}"
    return f"{minutes}m"


def hour(text: str) -> str:
    """`07:00`, checked; ValueError otherwise."""
    if not _HOUR.fullmatch(text):
        raise ValueError(f"'{text}' is not an hour of the day; write it as \"07:00\"")
    return text


def hours_between(text: str) -> tuple[str, str]:
    """`22:00-06:00` as its two ends; ValueError otherwise."""
    start, dash, end = text.partition("-")
    if not dash:
        raise ValueError(f"'{text}' is not a stretch of hours; write it as \"22:00-06:00\"")
    pair = hour(start.strip()), hour(end.strip())
    if pair[0] == pair[1]:
        raise ValueError(f"'{text}' begins and ends at the same hour; leave `quiet` out instead")
    return pair


def zone(name: str) -> ZoneInfo:
    """A time zone by its name; ValueError when there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f'\'{name}\' is not a time zone; write one like "Africa/Bamako" or "UTC"') from None
