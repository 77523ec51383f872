"""When a feed is looked at next, and what is remembered of a look."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from djeli.core.model import Check, Failure, Feed, FeedCursor
from monitors.due import advance, due, next_due

NOW = datetime(2027, 2, 10, 12, tzinfo=UTC)
FEED = Feed("https://a.example/feed", "a", timedelta(minutes=15))
MINUTE = timedelta(minutes=1)
MIDDLE = 0.5  # of the jitter: none


def failed(code: str = "connect", status: int | None = None, retry_after: timedelta | None = None) -> Check:
    return Check(FEED.url, NOW, failure=Failure(code, "It failed.", status, retry_after))


def test_a_good_look_is_repeated_after_the_interval_spread_by_a_fifth() -> None:
    good = Check(FEED.url, NOW)
    assert next_due(FEED, good, 0, NOW, MIDDLE) - NOW == 15 * MINUTE
    assert next_due(FEED, good, 0, NOW, 0.0) - NOW == 12 * MINUTE
    assert 17 * MINUTE < next_due(FEED, good, 0, NOW, 0.999) - NOW < 18 * MINUTE


@pytest.mark.parametrize(
    ("failures", "minutes"), [(1, 30), (2, 60), (3, 120), (6, 960), (7, 1440), (9999, 1440)]
)
def test_each_failure_doubles_the_wait_up_to_a_day(failures: int, minutes: int) -> None:
    assert next_due(FEED, failed("not_a_feed"), failures, NOW, MIDDLE) - NOW == minutes * MINUTE
    assert next_due(FEED, failed("http", status=503), failures, NOW, 0.999) - NOW <= timedelta(1)


@pytest.mark.parametrize(("code", "hours"), [("dns", 1), ("connect", 1), ("timeout", 6), ("http", 24)])
def test_after_an_outage_a_feed_is_back_as_soon_as_its_kind_of_error_allows(code: str, hours: int) -> None:
    waits = [next_due(FEED, failed(code), 9999, NOW, chance) - NOW for chance in (0.0, MIDDLE, 0.999)]
    assert waits[1] == timedelta(hours=hours)
    assert waits[0] == waits[1] * 0.8  # spread here, too
    slow = Feed("https://b.example/", "b", timedelta(days=3))
    assert next_due(slow, failed(code), 9999, NOW, MIDDLE) - NOW == timedelta(days=3)


@pytest.mark.parametrize(
    ("asked", "minutes"), [(timedelta(seconds=1), 30), (90 * MINUTE, 90), (timedelta(9), 1440)]
)
def test_retry_after_lengthens_the_wait_within_bounds(asked: timedelta, minutes: int) -> None:
    check = failed("http", status=429, retry_after=asked)
    assert next_due(FEED, check, 1, NOW, MIDDLE) - NOW == minutes * MINUTE


def test_a_feed_that_asks_for_longer_waits_gets_them_up_to_six_hours() -> None:
    assert next_due(FEED, Check(FEED.url, NOW, wait=60 * MINUTE), 0, NOW, MIDDLE) - NOW == 60 * MINUTE
    assert next_due(FEED, Check(FEED.url, NOW, wait=MINUTE), 0, NOW, MIDDLE) - NOW == 15 * MINUTE
    assert next_due(FEED, Check(FEED.url, NOW, wait=timedelta(9)), 0, NOW, MIDDLE) - NOW == timedelta(hours=6)


def test_a_gone_feed_and_one_that_stops_its_parser_twice_wait_a_day() -> None:
    assert next_due(FEED, failed("unreadable"), 1, NOW, MIDDLE) - NOW == 30 * MINUTE
    assert next_due(FEED, failed("unreadable"), 2, NOW, MIDDLE) - NOW == timedelta(1)
    assert next_due(FEED, failed("http", status=410), 1, NOW, MIDDLE) - NOW == timedelta(1)


def test_new_feeds_come_first_then_the_longest_waiting() -> None:
    feeds = [Feed(f"https://{name}.example/", name) for name in "abcd"]
    cursors = {
        feeds[0].url: FeedCursor(feeds[0].url, next_due=NOW - MINUTE),
        feeds[1].url: FeedCursor(feeds[1].url, next_due=NOW - 2 * MINUTE),
        feeds[2].url: FeedCursor(feeds[2].url, next_due=NOW + MINUTE),
    }
    assert [feed.outlet for feed in due(feeds, cursors, NOW)] == ["d", "b", "a"]


@pytest.mark.parametrize("back", [timedelta(minutes=16), timedelta(hours=3), timedelta(1), timedelta(3000)])
def test_a_clock_that_is_set_back_does_not_silence_a_feed(back: timedelta) -> None:
    cursor = advance(FeedCursor(FEED.url), Check(FEED.url, NOW), FEED, NOW, MIDDLE)
    assert due([FEED], {FEED.url: cursor}, NOW - back) == [FEED]
    after = advance(cursor, Check(FEED.url, NOW - back), FEED, NOW - back, MIDDLE)
    assert due([FEED], {FEED.url: after}, NOW - back) == []  # once is enough


def test_a_clock_that_is_corrected_by_seconds_changes_nothing() -> None:
    cursor = advance(FeedCursor(FEED.url), Check(FEED.url, NOW), FEED, NOW, MIDDLE)
    assert due([FEED], {FEED.url: cursor}, NOW - timedelta(seconds=50)) == []


def test_a_failed_look_keeps_the_etag_and_counts() -> None:
    before = FeedCursor(FEED.url, etag='"1"', body_hash="h", last_ok=NOW - MINUTE, first_look_done=True)
    once = advance(before, failed("timeout"), FEED, NOW, MIDDLE)
    twice = advance(once, failed("http", status=503), FEED, NOW + MINUTE, MIDDLE)
    assert (once.etag, once.body_hash, once.last_ok) == ('"1"', "h", NOW - MINUTE)
    assert (once.failures, once.cause, once.state) == (1, "timeout", "failing")
    assert (twice.failures, twice.cause, twice.failing_since) == (2, "http", NOW)


def test_a_good_look_ends_a_row_of_failures() -> None:
    failing = FeedCursor(
        FEED.url, failures=4, cause="dns", detail="…", failing_since=NOW - MINUTE, first_look_done=True
    )
    after = advance(failing, Check(FEED.url, NOW, etag='"2"', body_hash="h2"), FEED, NOW, MIDDLE)
    assert after == FeedCursor(
        FEED.url,
        etag='"2"',
        body_hash="h2",
        looked_at=NOW,
        last_ok=NOW,
        next_due=NOW + 15 * MINUTE,
        first_look_done=True,
    )
