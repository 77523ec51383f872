"""Two days with a clock that jumps, a sleep and a change to summer time; and single changes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from djeli.app import jobs
from djeli.app.hours import last_digest_hour
from djeli.app.jobs import DigestRound
from djeli.core.model import Alert, Chat
from storage.store import SqlStore, open_store
from tests.house_fakes import NOW, entry
from tests.soak_week import CHAT, DAY, EVERY, HOUR, MINUTE, PARIS, Plan, slots_of, soak
from tests.test_cycle import A, House

TWO_DAYS = Plan(
    days=2.5,
    feeds=20,
    start=datetime(2027, 3, 27, 6, 30, tzinfo=UTC),
    jumps=(
        (3 * HOUR + 30 * MINUTE, DAY),
        (5 * HOUR, -DAY),
        (DAY + 12 * HOUR, -DAY),
        (DAY + 14 * HOUR, DAY),
    ),
    sleeps=((DAY + 9 * HOUR + 55 * MINUTE, 10 * MINUTE),),
    tick=3 * MINUTE,
)


def test_whatever_the_clock_does_nothing_is_told_twice_or_lost(tmp_path: Path) -> None:
    seen = soak(TWO_DAYS, tmp_path)
    # The clock ran a day ahead when 07:00 of the 28th was told: what came before it has none of its own.
    ahead = [datetime(2027, 3, 27, 17, tzinfo=UTC), datetime(2027, 3, 28, 1, 30, tzinfo=UTC)]
    assert seen.untold == ahead
    assert sorted(set(seen.digests)) == seen.digests == seen.slots[2:]
    assert set(seen.alerts.values()) == set(seen.in_digests.values()) == {1}
    assert len(seen.alerts) > 60
    assert len(seen.in_digests) > 60
    assert (seen.waiting, seen.unhealthy) == (0, [])
    assert seen.furthest <= 1.2 * EVERY
    assert seen.longest <= 1.2 * EVERY + 10 * MINUTE  # it slept so long
    assert seen.blocks[-1] < 1.02 * seen.blocks[0]


@pytest.mark.parametrize(
    ("start", "hours"),
    [
        (datetime(2027, 3, 27, 20, tzinfo=UTC), [(28, 1, 30), (28, 5, 0)]),  # 02:30 is left out: 03:30
        (datetime(2027, 10, 30, 20, tzinfo=UTC), [(31, 0, 30), (31, 6, 0)]),  # 02:30 comes twice
    ],
)
def test_an_hour_that_is_left_out_or_comes_twice_has_one_digest(
    start: datetime, hours: list[tuple[int, int, int]]
) -> None:
    plan = Plan(days=0.5, feeds=0, start=start)
    told = dict.fromkeys(last_digest_hour(CHAT, PARIS, start + minute * MINUTE) for minute in range(12 * 60))
    first, *rest = told
    assert first == start.replace(hour=17 if start.month == 3 else 16)
    assert rest == slots_of(plan)
    assert [(moment.day, moment.hour, moment.minute) for moment in rest if moment] == hours


@pytest.fixture
def store() -> Iterator[SqlStore]:
    opened = open_store("sqlite://")
    yield opened
    opened.close()


@pytest.fixture
def house(store: SqlStore) -> Iterator[House]:
    made = House(store)
    yield made
    made.cycle.close()


def test_a_clock_that_was_years_ahead_does_not_end_the_digests(house: House) -> None:
    chat = Chat(-100, ("mali-russia",), digest=("07:00",))
    digests = DigestRound((chat,), house.teller, house.store, house.store)
    morning = NOW.replace(hour=7, minute=1)
    digests.owe(NOW - DAY)
    digests.owe(morning)
    digests.owe(morning + timedelta(days=3650))
    house.web.feeds[A] = [entry(A, 1, "quiet talks")]
    house.round()
    assert [digests.owe(moment) for moment in (NOW, morning + DAY, morning + DAY)] == [0, 1, 0]
    *_, last = house.owed()
    assert "quiet talks" in last.alert.plain


def test_hours_told_days_ahead_are_told_again_with_what_is_new(house: House) -> None:
    chat = Chat(-100, ("mali-russia",), digest=("07:00",))
    digests = DigestRound((chat,), house.teller, house.store, house.store)
    morning = NOW.replace(hour=7, minute=1)
    for days in range(-1, 4):
        digests.owe(morning + timedelta(days=days))
    house.owed()
    house.web.feeds[A] = [entry(A, 1, "quiet talks")]
    house.round()
    assert [digests.owe(moment) for moment in (NOW, morning + DAY)] == [0, 1]
    (row,) = house.owed()
    assert "quiet talks" in row.alert.plain


def test_a_digest_mark_without_a_line_is_understood(house: House) -> None:
    house.web.feeds[A] = [entry(A, 1, "quiet talks")]
    house.round()
    house.store.set_setting("chat:-100:digest", (NOW + HOUR).isoformat())
    house.web.feeds[A] = [entry(A, 2, "quiet markets")]
    house.now = NOW + 2 * HOUR
    house.round()
    digests = DigestRound(
        (Chat(-100, ("mali-russia",), digest=("07:00",)),), house.teller, house.store, house.store
    )
    assert digests.owe(NOW + DAY) == 1
    (row,) = house.owed()
    assert "quiet markets" in row.alert.plain
    assert "quiet talks" not in row.alert.plain


def test_a_message_made_before_the_clock_went_back_does_not_wait_for_that_day(store: SqlStore) -> None:
    (row,) = store.owe([Alert(-100, "notice", "<b>now</b>", "now")], NOW)
    store.mark_sending(row, NOW)
    store.mark_waiting(row, NOW + HOUR, "away", True)
    assert store.next_rows(NOW + MINUTE) == []
    assert [one.id for one in store.next_rows(NOW - DAY)] == [row]


def test_a_sign_of_life_from_the_future_is_none(store: SqlStore) -> None:
    store.set_setting(jobs.HEARTBEAT, (NOW + DAY).isoformat())
    assert "no sign of life" in (jobs.unhealthy(store, store, NOW) or "")


def test_bamako_knows_no_summer_time() -> None:
    chat = Chat(1, (), digest=("07:00",))
    for month in (1, 7):
        noon = datetime(2027, month, 9, 12, tzinfo=UTC)
        assert last_digest_hour(chat, ZoneInfo("Africa/Bamako"), noon) == noon.replace(hour=7)
