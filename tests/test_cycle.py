"""The cycle: what one round keeps, owes and moves, whatever breaks."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.words import Voice
from djeli.app.cycle import STORM, Cycle, Round
from djeli.app.jobs import DigestRound
from djeli.app.telling import Teller
from djeli.app.turns import Manners
from djeli.core.model import Chat, Decision, Entry, Failure, Feed, OutboxRow, Priority, ReadPages
from djeli.core.words import LANGUAGES
from monitors import due
from storage.store import SqlStore, open_store
from tests.house_fakes import NOW, CannedWeb, TitleJudge, entry

A, B = "https://a.example", "https://b.example"
FEEDS = (Feed(A, "a"), Feed(B, "b"))
CHAT = Chat(-100, ("mali-russia",), digest=("07:00",), quiet=("22:00", "06:00"))
UTC_ZONE = ZoneInfo("UTC")


class House:
    """A cycle with its store, its canned web and a clock that is set by hand."""

    def __init__(self, store: SqlStore, *chats: Chat, tell: bool = True) -> None:
        self.store, self.web, self.judge, self.now = store, CannedWeb(), TitleJudge(), NOW
        voices = {language: Voice(language) for language in LANGUAGES}
        self.teller = Teller(
            chats or (CHAT,),
            voices,
            UTC_ZONE,
            store,
            chain=lambda outlet: outlet,
            priority=lambda kind: Priority.CRITICAL if kind == "coup" else Priority.HIGH,
        )
        self.cycle = Cycle(
            self.web,
            store,
            self.judge,
            self.teller,
            lambda: self.now,
            lambda cursor, check, feed: due.advance(cursor, check, feed, check.at, 0.5),
            tell_first_look=tell,
            at_home=frozenset({"home"}),
            manners=Manners(pause=0),
        )
        store.configure_feeds(FEEDS)

    def round(self, *feeds: Feed) -> Round:
        return asyncio.run(self.cycle.round(feeds or FEEDS))

    def owed(self) -> list[OutboxRow]:
        """Everything in the outbox that is not sent, in order; sent afterwards."""
        rows = []
        later = self.now + timedelta(days=2)
        while found := self.store.next_rows(later):
            for row in found:
                rows.append(row)
                self.store.mark_sending(row.id, later)
                self.store.mark_sent(row.id, row.id, later)
        return rows


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


@pytest.fixture
def quiet_house(store: SqlStore) -> Iterator[House]:
    made = House(store, tell=False)
    yield made
    made.cycle.close()


def test_a_new_development_is_owed_once_however_often_it_is_looked_at(house: House) -> None:
    house.web.feeds[A] = [entry(A, 1, "new tanks in Mali")]
    assert house.round().decisions == {Decision.ALERT: 1}
    (row,) = house.owed()
    assert (row.alert.chat, row.alert.kind, row.alert.story) == (-100, "alert", "S1")
    assert "new tanks in Mali" in row.alert.plain
    assert house.round().articles == 0
    assert house.owed() == []


def test_an_update_is_a_message_of_its_own_that_replies_to_the_first(house: House) -> None:
    house.web.feeds[A] = [
        entry(A, 1, "new tanks", 3),
        entry(A, 2, "more tanks", 2),
        entry(A, 3, "more again", 1),
    ]
    house.round()
    alert, first, second = house.owed()
    assert not alert.alert.reply_to_story
    assert [row.alert.kind for row in (first, second)] == ["update", "update"]
    assert all(row.alert.reply_to_story and row.alert.edit_html for row in (first, second))
    assert alert.alert.story == first.alert.story == second.alert.story == "S1"


def test_articles_of_one_round_are_judged_in_order_of_publication(house: House) -> None:
    house.web.feeds[A] = [entry(A, 1, "new third", 1), entry(A, 2, "new first", 9)]
    house.web.feeds[B] = [entry(B, 1, "new second", 5)]
    house.round()
    assert house.judge.order == ["new first", "new second", "new third"]


def test_a_feed_that_fails_is_a_state_and_stops_nobody(house: House) -> None:
    house.web.feeds[A] = Failure("timeout", "a.example gave no answer.")
    house.web.feeds[B] = [entry(B, 1, "new tanks")]
    done = house.round()
    assert (done.feeds, done.failed, done.articles) == (2, 1, 1)
    assert house.store.cursor(A).state == "failing"
    assert house.store.cursor(A).cause == "timeout"
    assert house.store.cursor(B).state == "ok"


def test_our_own_fault_in_one_feed_stops_nobody(house: House, caplog: pytest.LogCaptureFixture) -> None:
    house.web.feeds[A] = RuntimeError("bug")
    house.web.feeds[B] = [entry(B, 1, "new tanks")]
    assert house.round().articles == 1
    assert house.store.cursor(A).state == "failing"
    assert "look failed" in caplog.text


def test_an_article_the_judge_stumbles_over_is_kept_visible(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    house.web.feeds[A] = [entry(A, 1, "break it", 2), entry(A, 2, "new tanks", 1)]
    assert house.round().articles == 2
    (line,) = house.store.ledger(f"{A}/1")
    assert line.decision is Decision.IGNORE
    assert "the judge stumbled" in line.because
    assert len(house.owed()) == 1
    assert "judge failed" in caplog.text


def test_a_page_that_breaks_us_is_tried_again(house: House, caplog: pytest.LogCaptureFixture) -> None:
    house.web.feeds[A] = [entry(A, 1, "new tanks in Mali"), entry(A, 2, "new guns in Mali")]
    house.web.broken_pages = {f"{A}/2"}
    assert house.round().articles == 1
    assert house.store.cursor(A).etag is None
    house.web.broken_pages = set()
    assert house.round().articles == 1
    assert house.store.cursor(A).etag == "etag-2"
    assert len(house.owed()) == 2
    assert "page failed" in caplog.text


def test_a_page_that_breaks_us_again_and_again_is_told_by_its_feed(house: House) -> None:
    house.web.feeds[A] = [entry(A, 1, "new tanks in Mali"), entry(A, 2, "new guns in Mali")]
    house.web.broken_pages = {f"{A}/2"}
    house.web.broken_texts = False
    house.round()
    assert house.store.cursor(A).state == "failing"
    assert house.round().articles == 1
    assert (house.store.cursor(A).state, house.store.cursor(A).etag) == ("ok", "etag-2")
    assert len(house.owed()) == 2


def test_a_first_look_cut_short_tells_of_articles_without_an_address_too(quiet_house: House) -> None:
    house = quiet_house
    both = [entry(A, 1, "new tanks", 2), entry(A, 2, "new grain", 1)]
    house.web.feeds[A] = [replace(one, url="") for one in both]
    house.judge.dies_at = "new grain"
    with pytest.raises(KeyboardInterrupt):
        house.round()
    house.judge.dies_at = ""
    house.round()
    (row,) = house.owed()
    assert "new tanks" in row.alert.plain
    assert "new grain" in row.alert.plain


def test_the_same_article_in_two_feeds_is_judged_once(house: House) -> None:
    shared = entry(A, 1, "new tanks")
    house.web.feeds[A] = [shared]
    house.web.feeds[B] = [replace(shared, feed=B, guid="other")]
    assert house.round().articles == 1
    assert house.judge.order == ["new tanks"]
    assert house.store.cursor(A).state == house.store.cursor(B).state == "ok"


def test_pages_are_read_as_the_feed_wishes(house: House) -> None:
    both = [entry(A, 1, "new tanks in Mali"), entry(A, 2, "football")]
    for read, outlet, pages in (
        (ReadPages.ALL, "a", 2),
        (ReadPages.NEVER, "a", 0),
        (ReadPages.MATCHING, "home", 1),
        (ReadPages.AUTO, "a", 1),
        (ReadPages.AUTO, "home", 2),
    ):
        feed = Feed(f"https://{read}-{outlet}.example", outlet, read=read)
        house.web.pages.clear()
        house.web.feeds[feed.url] = [
            replace(one, feed=feed.url, url=f"{feed.url}/{number}") for number, one in enumerate(both)
        ]
        house.round(feed)
        assert len(house.web.pages) == pages, (read, outlet)


def test_a_first_look_is_kept_quietly_with_one_summary(quiet_house: House) -> None:
    house = quiet_house
    house.web.feeds[A] = [entry(A, 1, "new tanks"), entry(A, 2, "football")]
    house.web.feeds[B] = [entry(B, 1, "new grain")]
    house.round()
    (row,) = house.owed()
    assert row.alert.kind == "notice"
    assert "feeds 2" in row.alert.plain
    assert "kept 3" in row.alert.plain
    assert "new tanks" in row.alert.plain
    assert "new grain" in row.alert.plain
    assert house.store.cursor(A).first_look_done
    house.web.feeds[A] = [entry(A, 3, "new guns")]
    house.round()
    assert [row.alert.kind for row in house.owed()] == ["alert"]


def test_what_a_feed_shows_that_was_empty_when_first_seen_is_news(quiet_house: House) -> None:
    house = quiet_house
    house.web.feeds[A] = []
    house.round()
    assert house.owed() == []
    house.web.feeds[A] = [entry(A, 1, "new tanks")]
    house.round()
    assert [row.alert.kind for row in house.owed()] == ["alert"]


def test_a_first_look_cut_short_by_a_kill_still_tells_everything(quiet_house: House) -> None:
    house = quiet_house
    house.web.feeds[A] = [entry(A, 1, "new tanks", 2), entry(A, 2, "new grain", 1)]
    house.judge.dies_at = "new grain"
    with pytest.raises(KeyboardInterrupt):
        house.round()
    house.judge.dies_at = ""
    assert not house.store.cursor(A).first_look_done
    house.round()
    (row,) = house.owed()
    assert "new tanks" in row.alert.plain
    assert "new grain" in row.alert.plain


def test_a_storm_from_a_known_feed_is_one_notice(house: House) -> None:
    house.web.feeds[A] = [entry(A, 0, "football")]
    house.round()
    house.web.feeds[A] = [entry(A, number, f"new tanks {number}") for number in range(1, STORM + 2)]
    house.round()
    rows = house.owed()
    assert {row.alert.kind for row in rows} == {"notice"}
    assert "51 articles at once" in rows[0].alert.plain
    house.web.feeds[A] = [entry(A, 99, "new guns")]
    house.round()
    assert [row.alert.kind for row in house.owed()] == ["alert"]


HEADLINES = [f"new tanks of the garrison number {number}" for number in range(60)]


def shown(house: House, titles: list[str] = HEADLINES) -> list[Entry]:
    """What the feed shows: known items told in the way that the test changes."""
    return [entry(A, number, title, number / 10) for number, title in enumerate(titles)]


Changed = Callable[[list[Entry]], list[Entry]]


def guids_reset(feed: list[Entry]) -> list[Entry]:
    return [replace(one, guid=f"tag:new,{place}") for place, one in enumerate(feed)]


def numbered_by_place(feed: list[Entry]) -> list[Entry]:
    return [replace(one, guid=f"guid-{len(feed) - place}") for place, one in enumerate(feed)]


def dated_now(feed: list[Entry]) -> list[Entry]:
    return [replace(one, published=NOW + timedelta(hours=1)) for one in feed]


def turned_round(feed: list[Entry]) -> list[Entry]:
    return feed[::-1]


def titles_edited(feed: list[Entry]) -> list[Entry]:
    return [replace(one, title=f"new: {one.title}, witnesses say") for one in feed]


def moved_to_https(feed: list[Entry]) -> list[Entry]:
    return [replace(one, url=one.url.replace("https", "http")) for one in feed]


def all_addresses_new(feed: list[Entry]) -> list[Entry]:
    return [replace(one, url=f"{A}/2027/{one.guid}.html", guid=f"{A}/?p={one.guid}") for one in feed]


@pytest.mark.parametrize(
    "changed",
    [
        guids_reset,
        numbered_by_place,
        dated_now,
        turned_round,
        titles_edited,
        moved_to_https,
        all_addresses_new,
    ],
)
def test_a_feed_that_tells_its_items_anew_brings_neither_storm_nor_repeat(
    house: House, changed: Changed
) -> None:
    house.web.feeds[A] = shown(house)
    house.round()
    assert len(house.owed()) == 60
    new = entry(A, 99, "new guns of another garrison")
    for _ in range(2):
        house.web.feeds[A] = [new, *changed(shown(house))]
        house.round()
    (row,) = house.owed()
    assert "new guns" in row.alert.plain
    assert len(house.judge.order) == 61


def test_two_hundred_items_at_once_are_one_summary_line_and_none_is_lost(house: House) -> None:
    house.web.feeds[A] = [entry(A, 0, "football")]
    house.round()
    house.web.feeds[A] = [entry(A, number, f"new tanks {number}") for number in range(1, 201)]
    assert house.round().articles == 200
    (row,) = house.owed()
    assert "200 articles at once" in row.alert.plain
    assert "alerts (200)" in row.alert.plain


def test_a_flood_is_read_a_part_at_a_time_and_lets_others_through(house: House) -> None:
    part = Manners().part
    waiting = []
    house.web.on_read = lambda read: waiting.append(read - len(house.judge.order))
    house.web.feeds[A] = [entry(A, number, f"tanks {number}", number / 10) for number in range(300)]
    house.web.feeds[B] = [entry(B, 1, "tanks of b")]
    assert house.round().articles == 301
    order = house.judge.order
    assert order.index("tanks of b") < 200
    assert [title for title in order if title != "tanks of b"] == [f"tanks {n}" for n in range(299, -1, -1)]
    assert max(waiting) <= part + 1  # read and not yet judged
    assert house.store.cursor(A).etag == "etag-300"


def test_a_page_missing_early_in_a_flood_is_tried_again(house: House) -> None:
    house.web.feeds[A] = [entry(A, number, f"tanks {number}", number / 10) for number in range(120)]
    house.web.broken_pages = {f"{A}/119"}  # the oldest comes first
    assert house.round().articles == 119
    assert house.store.cursor(A).etag is None
    assert house.store.cursor(A).state == "failing"
    house.web.broken_pages = set()
    assert house.round().articles == 1
    assert house.store.cursor(A).etag == "etag-120"


def test_what_is_held_back_waits_without_its_texts(quiet_house: House) -> None:
    house, held = quiet_house, []
    told = house.teller.notices
    house.teller.notices = lambda one, now: (held.append(one), told(one, now))[1]
    long = replace(entry(A, 1, "new tanks"), summary="s" * 500, content="c" * 500)
    house.web.feeds[A] = [long]
    house.round()
    (one,) = held
    entries = [entry for look in one.looks for entry in (*look.check.entries, *look.fresh)]
    assert [(entry.guid, entry.summary, entry.content) for entry in entries] == [("guid-1", "", "")] * 2
    assert [judgement.article.text for _, judgement in one.judged] == [""]
    assert "new tanks" in house.owed()[0].alert.plain


def test_an_alert_waits_for_the_end_of_the_quiet_hours_unless_it_is_critical(house: House) -> None:
    house.now = datetime(2027, 2, 9, 23, tzinfo=UTC)
    house.web.feeds[A] = [entry(A, 1, "new tanks"), entry(A, 2, "new coup")]
    house.round()
    waits = {row.alert.story: row.alert.not_before for row in house.owed()}
    assert set(waits.values()) == {None, datetime(2027, 2, 10, 6, tzinfo=UTC)}


def test_a_watch_nobody_follows_owes_nothing(store: SqlStore) -> None:
    house = House(store, Chat(-100, ("another",)))
    house.web.feeds[A] = [entry(A, 1, "new tanks")]
    assert house.round().articles == 1
    assert house.owed() == []
    house.cycle.close()


def test_a_digest_is_owed_once_for_its_hour(house: House) -> None:
    digests = DigestRound((CHAT,), house.teller, house.store, house.store)
    assert digests.owe(NOW) == 0
    house.web.feeds[A] = [entry(A, 1, "quiet talks")]
    house.round()
    morning = datetime(2027, 2, 10, 7, 30, tzinfo=UTC)  # the hour passed while the machine slept
    assert digests.owe(morning - timedelta(hours=1)) == 0
    assert digests.owe(morning) == 1
    assert digests.owe(morning) == 0
    (row,) = house.owed()
    assert row.alert.kind == "digest"
    assert "quiet talks" in row.alert.plain


def test_a_feed_that_fails_for_a_day_is_told_once_and_once_that_it_is_back(house: House) -> None:
    jobs = DigestRound((CHAT,), house.teller, house.store, house.store)
    house.web.feeds[A] = Failure("timeout", "a.example gave no answer.")
    for hours in (0, 23, 25, 30):
        house.now = NOW + timedelta(hours=hours)
        house.round()
        jobs.owe_feed_news(house.now)
    (failing,) = house.owed()
    assert "no answer in time" in failing.alert.plain
    house.web.feeds[A] = []
    for hours in (31, 40, 70):  # not twice on one day
        house.now = NOW + timedelta(hours=hours)
        house.round()
        jobs.owe_feed_news(house.now)
    (back,) = house.owed()
    assert back.alert.kind == "notice"
    assert "Well again: 1\n• a" in back.alert.plain


def test_what_happens_to_many_feeds_is_one_message_a_day(house: House) -> None:
    jobs = DigestRound((CHAT,), house.teller, house.store, house.store)
    feeds = [Feed(f"https://{number}.example", f"outlet{number}") for number in range(30)]
    house.store.configure_feeds(feeds)
    for number, feed in enumerate(feeds):
        house.web.feeds[feed.url] = Failure("dns" if number % 2 else "http", "It failed.", None)
        house.now = NOW + timedelta(minutes=number)
        house.round(feed)
    for hours in range(8 * 24):
        house.now = NOW + timedelta(hours=hours)
        for feed in feeds:
            if (house.store.cursor(feed.url).next_due or NOW) <= house.now:
                house.round(feed)
        jobs.owe_feed_news(house.now)
    texts = [row.alert.plain for row in house.owed()]
    assert len(texts) in (2, 3)  # the day, and the quarantine, which comes with the look that sees it
    assert "No answer for a day: 30" in texts[0]
    assert "In quarantine, asked once a day" in texts[-1]
