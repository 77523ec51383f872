"""The first message after installation: what the last seven days would have brought, marked as past."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from djeli.app import wiring
from djeli.app.cycle import Cycle
from djeli.app.turns import Manners
from djeli.app.wiring import House
from djeli.core.model import Chat, Entry, Feed, Watch
from storage.store import SqlStore, open_store
from tests.house_fakes import NOW, CannedWeb, TitleJudge, entry

A, B = "https://a.example/feed", "https://b.example/feed"


@pytest.fixture
def store() -> Iterator[SqlStore]:
    opened = open_store("sqlite://")
    yield opened
    opened.close()


def house(language: str = "en") -> House:
    given = wiring.open_house(None)
    config = replace(
        given.config,
        watches=(Watch("mali-russia"),),
        chats=(Chat(1, ("mali-russia",), language=language),),
        language=language,
    )
    return wiring.furnish(config, given.knowledge, TitleJudge)


def cycle(given: House, web: CannedWeb, store: SqlStore, **manners: float) -> Cycle:
    return given.cycle(web, store, lambda: NOW, Manners(pause=0, **manners))


def told(store: SqlStore) -> list[str]:
    texts = []
    while rows := store.next_rows(NOW):
        for row in rows:
            store.mark_sending(row.id, NOW)
            store.mark_sent(row.id, row.id, NOW)
            texts.append(row.alert.plain)
    return texts


def feeds() -> dict[str, list[Entry]]:
    return {
        A: [
            entry(A, 1, "new Mali tanks of yesterday", 26),
            entry(A, 2, "new Mali tanks of last week", 24 * 6),
            entry(A, 3, "new Mali tanks of long ago", 24 * 40),
            entry(A, 4, "quiet Mali talks", 3),
        ],
        B: [entry(B, 5, "more Mali tanks today", 2)],
    }


def test_one_message_tells_the_past_week_story_by_story_and_pushes_nothing(store: SqlStore) -> None:
    web, given = CannedWeb(dict(feeds())), house()
    ready = cycle(given, web, store)
    asyncio.run(ready.round([Feed(A, "a"), Feed(B, "b")]))
    (message,) = told(store)
    assert message.startswith("First look: feeds 2, articles read and kept 5.")
    assert "What the last seven days would have brought (3); all of it is past" in message
    assert message.index("of last week") < message.index("of yesterday")
    assert "3 February 2027" in message
    assert "long ago" not in message
    assert message.index("of yesterday") < message.index("more Mali tanks today")
    assert "Older than seven days, kept without being listed: 1." in message
    web.feeds[A] = [*feeds()[A], entry(A, 9, "new Mali tanks at last", 0)]
    asyncio.run(ready.round([Feed(A, "a"), Feed(B, "b")]))
    assert len(told(store)) == 1
    ready.close()


def test_after_the_installation_slow_hosts_are_waited_for_and_later_they_are_not(store: SqlStore) -> None:
    class SlowWeb(CannedWeb):
        async def look(self, feed: Feed, cursor, now):
            if feed.url == B:
                await asyncio.sleep(0.4)
            return await super().look(feed, cursor, now)

    web, given = SlowWeb(dict(feeds())), house()
    ready = cycle(given, web, store, notice=0.05, installing=30, gather=0.01, order=0.01)
    asyncio.run(ready.round([Feed(A, "a"), Feed(B, "b")]))
    assert len(told(store)) == 1
    c, web.feeds["https://c.example/feed"] = "https://c.example/feed", [entry(A, 8, "new Mali boats", 1)]
    ready.close()
    ready = given.cycle(web, store, lambda: NOW + timedelta(hours=1), Manners(pause=0))
    asyncio.run(ready.round([Feed(A, "a"), Feed(c, "c")]))
    (later,) = told(store)
    assert later.startswith("First look: feeds 1, articles read and kept 1.")
    ready.close()


def test_feeds_that_join_others_do_not_wait_for_slow_hosts_as_an_installation_does(store: SqlStore) -> None:
    answers = asyncio.Event()

    class SlowWeb(CannedWeb):
        async def look(self, feed: Feed, cursor, now):
            if feed.url == B:
                await answers.wait()
            return await super().look(feed, cursor, now)

    async def join(ready: Cycle) -> list[str]:
        """The round of two new feeds, one of them slow; what was told before that one answered."""
        owed, loop = asyncio.Event(), asyncio.get_running_loop()
        store.on_owed = lambda: loop.call_soon_threadsafe(owed.set)
        joining = asyncio.create_task(ready.round([Feed(c, "c"), Feed(B, "b")]))
        await asyncio.wait(
            {joining, asyncio.create_task(owed.wait())}, timeout=10, return_when="FIRST_COMPLETED"
        )
        early = told(store)
        answers.set()
        await joining
        return early

    c, given = "https://c.example/feed", house()
    store.configure_feeds([Feed(A, "a"), Feed(B, "b"), Feed(c, "c")])
    web = SlowWeb({**feeds(), c: [entry(A, 8, "new Mali boats", 1)]})
    ready = cycle(given, web, store)
    asyncio.run(ready.round([Feed(A, "a")]))
    assert len(told(store)) == 1
    ready.close()
    limits = Manners(pause=0, notice=0.05, installing=30, gather=0.01, order=0.01)
    ready = given.cycle(web, store, lambda: NOW + timedelta(hours=1), limits)
    (early,) = asyncio.run(join(ready))
    assert early.startswith("First look: feeds 1, articles read and kept 1.")
    ready.close()


def test_a_feed_without_dates_is_not_taken_for_the_news_of_today(store: SqlStore) -> None:
    class UndatedWeb(CannedWeb):
        async def read(self, entry, feed, now, fetch_page=True):
            article = await super().read(entry, feed, now, fetch_page)
            return replace(article, dated=False)

    web = UndatedWeb({A: [entry(A, 1, "new Mali tanks", 24 * 30)]})
    ready = cycle(house(), web, store)
    asyncio.run(ready.round([Feed(A, "a")]))
    assert "would have brought no alert" in told(store)[0]
    ready.close()


@pytest.mark.parametrize(
    ("language", "words"),
    [("fr", "Ce que les sept derniers jours"), ("ru", "Что принесли бы последние семь")],
)
def test_it_is_told_in_the_language_of_the_chat(store: SqlStore, language: str, words: str) -> None:
    ready = cycle(house(language), CannedWeb(dict(feeds())), store)
    asyncio.run(ready.round([Feed(A, "a"), Feed(B, "b")]))
    assert words in told(store)[0]
    ready.close()
