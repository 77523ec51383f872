"""The health of feeds: their rhythm, their speed, what is proposed, and what the chats hear of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from djeli.core.model import Check, Entry, Failure, Feed, FeedCursor
from monitors import due
from monitors.health import MOST_GAPS, noted, rhythm
from tests.house_fakes import entry

NOW = datetime(2027, 2, 10, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
FEED = Feed("https://a.example/feed", "a")


def good(
    at: datetime, seconds: float = 0.2, entries: Sequence[Entry] = (), moved: str | None = None
) -> Check:
    return Check(FEED.url, at, entries=tuple(entries), seconds=seconds, moved_to=moved)


def bad(at: datetime, code: str = "timeout", status: int | None = None, proposed: str | None = None) -> Check:
    return Check(FEED.url, at, failure=Failure(code, "It failed.", status, proposed=proposed))


def looked(cursor: FeedCursor, check: Check, fresh: int = 0) -> FeedCursor:
    return noted(due.advance(cursor, check, FEED, check.at, 0.5), check, fresh)


def regular(gap: timedelta, times: int = 6) -> FeedCursor:
    """A feed that brought something new this often, the last time at NOW."""
    cursor = FeedCursor(FEED.url)
    for number in range(times, -1, -1):
        cursor = looked(cursor, good(NOW - number * gap), 1)
    return cursor


def test_a_rhythm_is_read_off_the_dates_of_the_first_look() -> None:
    entries = [entry(FEED.url, number, "x", hours) for number, hours in enumerate((1, 3, 9, 9))]
    cursor = looked(FeedCursor(FEED.url), good(NOW, entries=entries), 4)
    assert cursor.gaps == (6 * 3600, 2 * 3600)
    assert cursor.new_at == NOW
    assert rhythm([replace(entries[0], published=None)]) == ()


def test_a_rhythm_follows_what_is_brought_and_is_bounded() -> None:
    cursor = regular(2 * HOUR, times=30)
    assert cursor.gaps == (7200,) * MOST_GAPS
    assert looked(cursor, good(NOW + HOUR)).gaps == cursor.gaps  # nothing new, nothing learnt
    assert looked(cursor, good(NOW - HOUR), 1).gaps == cursor.gaps  # the clock went back


@pytest.mark.parametrize(
    ("gap", "quiet", "state"),
    [
        (HOUR, timedelta(days=2), "ok"),  # a weekend
        (HOUR, timedelta(days=4), "silent"),
        (timedelta(days=7), timedelta(days=14), "ok"),
        (timedelta(days=7), timedelta(days=22), "silent"),
    ],
)
def test_a_source_is_silent_against_its_own_rhythm(gap: timedelta, quiet: timedelta, state: str) -> None:
    cursor = looked(regular(gap), good(NOW + quiet))
    assert cursor.state == state
    assert cursor.since == (NOW if state == "silent" else None)
    assert looked(cursor, good(NOW + quiet + HOUR), 1).state == "ok"


def test_a_source_with_long_pauses_of_its_own_is_given_them() -> None:
    cursor = replace(regular(HOUR), gaps=(3600, 3600, 3600, 10 * 86_400, 3600))
    assert looked(cursor, good(NOW + timedelta(days=14))).state == "ok"
    assert looked(cursor, good(NOW + timedelta(days=16))).state == "silent"


def test_a_source_without_a_rhythm_is_never_called_silent() -> None:
    cursor = looked(regular(HOUR, times=2), good(NOW + timedelta(days=300)))
    assert (cursor.patience, cursor.state) == (None, "ok")


def test_a_feed_is_slow_when_it_is_so_again_and_again_and_not_after_one_bad_evening() -> None:
    cursor = looked(FeedCursor(FEED.url), good(NOW, 1.0), 1)
    once = looked(cursor, good(NOW + HOUR, 12.0))
    assert once.state == "ok"
    twice = looked(once, good(NOW + 2 * HOUR, 12.0))
    assert (twice.state, twice.since) == ("slow", NOW + 2 * HOUR)
    assert looked(twice, good(NOW + 3 * HOUR, 12.0)).since == NOW + 2 * HOUR
    for number in range(5):
        twice = looked(twice, good(NOW + (3 + number) * HOUR, 1.0))
    assert (twice.state, twice.slow_since) == ("ok", None)


def test_a_feed_that_fails_for_a_week_is_quarantined_and_still_asked_every_day() -> None:
    cursor = looked(FeedCursor(FEED.url), bad(NOW))
    assert (cursor.state, cursor.since) == ("failing", NOW)
    for day in range(1, 40):
        cursor = looked(cursor, bad(NOW + timedelta(days=day), "http", 503))
        assert cursor.state == ("failing" if day < 7 else "quarantined")
        assert cursor.next_due is not None
        assert cursor.next_due <= NOW + timedelta(days=day + 1)  # it is never given up
    assert cursor.since == NOW
    assert looked(cursor, good(NOW + timedelta(days=50)), 1).state == "ok"


def test_a_feed_that_is_gone_or_stops_its_parser_twice_is_quarantined_at_once() -> None:
    gone = looked(FeedCursor(FEED.url), bad(NOW, "http", 410))
    assert (gone.state, gone.status) == ("quarantined", 410)
    once = looked(FeedCursor(FEED.url), bad(NOW, "unreadable"))
    assert [once.state, looked(once, bad(NOW + HOUR, "unreadable")).state] == ["failing", "quarantined"]


def test_a_new_address_is_proposed_until_it_is_no_longer_true() -> None:
    page = looked(FeedCursor(FEED.url), bad(NOW, "not_a_feed", proposed="https://a.example/rss"))
    assert looked(page, bad(NOW + HOUR)).proposed == "https://a.example/rss"
    moved = looked(page, good(NOW + HOUR, moved="https://new.example/feed"))
    assert moved.proposed == "https://new.example/feed"
    assert looked(moved, good(NOW + 2 * HOUR)).proposed is None
