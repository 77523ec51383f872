"""The health of feeds: their rhythm, their speed, what is proposed, and what the chats hear of it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from djeli.app.cycle import Cycle
from djeli.app.feednews import FeedNews
from djeli.core.model import Check, Entry, Failure, Feed, FeedCursor
from djeli.core.ports import Kept
from monitors import due
from monitors.health import MOST_GAPS, noted, rhythm
from monitors.web import HttpWeb
from storage.store import SqlStore
from tests.house_fakes import TitleJudge, entry
from tests.store_parts import KINDS, opened, ready_address
from tests.test_cycle import House
from tests.web_server import WebServer, article_page, rss

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


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SqlStore]:
    with opened(ready_address(request.param, tmp_path)) as ready:
        yield ready


def test_what_is_known_of_a_feeds_health_is_remembered(store: SqlStore) -> None:
    known = replace(
        FeedCursor(FEED.url, looked_at=NOW, failures=2, cause="http", failing_since=NOW - HOUR),
        status=503,
        proposed="https://a.example/ленты",
        new_at=NOW - 5 * HOUR,
        gaps=(3600, 7, 86_400),
        seconds=1.25,
        slow_since=NOW - 2 * HOUR,
    )
    store.keep(Kept(cursor=known), NOW)
    assert store.cursor(FEED.url) == known
    store.keep(Kept(cursor=FeedCursor(FEED.url)), NOW)
    assert store.cursor(FEED.url) == FeedCursor(FEED.url)


class Life:
    """A feed on a real server, looked at by the real cycle, hour by hour."""

    def __init__(self, store: SqlStore, server: WebServer) -> None:
        self.house = House(store)
        self.server, self.store, self.now = server, store, NOW
        self.feed = Feed(server.url("/feed"), "a")
        store.configure_feeds([self.feed])
        self.news = FeedNews(self.house.teller, store, store)

    def after(self, **later: float) -> FeedCursor:
        """Look again so much later."""
        self.now = self.house.now = self.now + timedelta(**later)
        asyncio.run(self._look())
        self.news.owe(self.now)
        return self.store.cursor(self.feed.url)

    async def _look(self) -> None:
        web = HttpWeb(lambda title, text, declared: declared or "fr", ["127.0.0.0/8"])
        cycle = Cycle(
            web,
            self.store,
            TitleJudge(),
            self.house.teller,
            lambda: self.now,
            lambda cursor, check, feed: due.advance(cursor, check, feed, check.at, 0.5),
        )
        try:
            await cycle.round([self.feed])
        finally:
            cycle.close()
            await web.aclose()

    def told(self) -> list[str]:
        """What the chat heard of feeds meanwhile."""
        return [row.alert.plain for row in self.house.owed() if "Feeds: what changed" in row.alert.plain]


def test_the_life_of_a_feed_from_its_first_day_to_its_end(store: SqlStore) -> None:
    with WebServer() as server:
        life = Life(store, server)
        new = server.url("/rss/new.xml")
        server.serve("/feed", rss({"title": "Un", "guid": "1"}))
        server.serve("/rss/new.xml", rss({"title": "Un", "guid": "1"}))
        assert life.after(hours=0).state == "ok"

        server.redirect("/feed", new, status=301)  # goes on being read, and is said to have moved
        moved = life.after(hours=1)
        assert (moved.state, moved.proposed) == ("ok", new)
        assert life.after(hours=1).proposed == new
        (told,) = life.told()
        assert f"it is at {new} now: `djeli feeds move " in told
        assert server.asked("/feed")  # the configured address goes on being asked

        link = '<link rel="alternate" type="application/rss+xml" href="/rss/new.xml">'
        server.serve("/feed", article_page("Accueil", ["Les nouvelles du jour."], head=link))
        page = life.after(hours=1)
        assert (page.state, page.cause, page.proposed) == ("failing", "not_a_feed", new)
        assert new in (page.detail or "")
        assert life.told() == []

        server.serve("/feed", b"", status=503, headers={"Retry-After": "7200"})
        busy = life.after(hours=1)
        assert busy.next_due is not None
        assert (busy.status, busy.next_due - life.now >= 2 * HOUR) == (503, True)
        server.serve("/feed", b"", status=503, headers={"Retry-After": "99999999"})
        busy = life.after(hours=3)
        assert (busy.next_due or NOW) - life.now == 24 * HOUR  # a server may not silence itself for ever
        assert life.told() == []
        assert life.after(hours=24).state == "failing"
        (told,) = life.told()
        assert "No answer for a day: 1" in told

        server.serve("/feed", b"", status=410)
        gone = life.after(hours=24)
        assert (gone.state, gone.status) == ("quarantined", 410)
        assert ["In quarantine, asked once a day: 1" in text for text in life.told()] == [True]
        assert life.after(days=30).state == "quarantined"
        assert life.told() == []

        server.serve("/feed", rss({"title": "Deux", "guid": "2"}))
        back = life.after(days=1)
        assert (back.state, back.proposed, back.since) == ("ok", None, None)
        assert ["Well again: 1" in text for text in life.told()] == [True]
        life.house.cycle.close()
