"""Quiet hours and digest hours, also over midnight and the change of the clocks."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from djeli.app.hours import last_digest_hour, wakes_at
from djeli.core.model import Chat

BAMAKO, PARIS = ZoneInfo("Africa/Bamako"), ZoneInfo("Europe/Paris")


def at(day: int, hour: int, minute: int = 0, month: int = 2) -> datetime:
    return datetime(2027, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("quiet", "now", "wakes"),
    [
        (("22:00", "06:00"), at(9, 21, 59), None),
        (("22:00", "06:00"), at(9, 22), at(10, 6)),
        (("22:00", "06:00"), at(10, 5, 59), at(10, 6)),
        (("22:00", "06:00"), at(10, 6), None),
        (("12:00", "14:00"), at(9, 13), at(9, 14)),
        (("12:00", "14:00"), at(9, 11), None),
        (None, at(9, 23), None),
    ],
)
def test_quiet_hours_end_when_they_say(
    quiet: tuple[str, str] | None, now: datetime, wakes: datetime | None
) -> None:
    assert wakes_at(Chat(1, (), quiet=quiet), BAMAKO, now) == wakes


def test_quiet_hours_follow_the_change_of_the_clocks() -> None:
    chat = Chat(1, (), quiet=("22:00", "06:00"))  # 28 March 2027: summer time begins in Paris
    assert wakes_at(chat, PARIS, at(27, 23, month=3)) == at(28, 4, month=3)


@pytest.mark.parametrize(
    ("now", "hour"),
    [
        (at(9, 6, 59), at(8, 18)),
        (at(9, 7), at(9, 7)),
        (at(9, 17), at(9, 7)),
        (at(9, 23), at(9, 18)),
    ],
)
def test_the_last_digest_hour_may_be_yesterdays(now: datetime, hour: datetime) -> None:
    assert last_digest_hour(Chat(1, (), digest=("07:00", "18:00")), BAMAKO, now) == hour


def test_a_chat_without_digest_hours_has_none() -> None:
    assert last_digest_hour(Chat(1, ()), BAMAKO, at(9, 12)) is None
