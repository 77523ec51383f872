"""A host that does not answer delays its own feeds and nobody else's: real servers on loopback."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.words import Voice
from djeli.app.cycle import Cycle
from djeli.app.telling import Teller
from djeli.app.turns import Manners
from djeli.core.model import Chat, Feed, Priority
from djeli.core.words import LANGUAGES
from monitors import due
from monitors.web import HttpWeb
from storage.store import SqlStore, open_store
from tests.house_fakes import TitleJudge
from tests.web_server import WebServer, rss

SLOW, QUICK = 50, 30


@pytest.fixture
def store() -> Iterator[SqlStore]:
    opened = open_store("sqlite://")
    yield opened
    opened.close()


@pytest.fixture
def slow() -> Iterator[WebServer]:
    with WebServer("127.0.0.2") as server:
        yield server


@pytest.fixture
def quick() -> Iterator[WebServer]:
    with WebServer() as server:
        yield server


def cycle_of(store: SqlStore, web: HttpWeb) -> Cycle:
    teller = Teller(
        (Chat(-100, ("mali-russia",)),),
        {language: Voice(language) for language in LANGUAGES},
        ZoneInfo("UTC"),
        store,
        chain=lambda outlet: outlet,
        priority=lambda kind: Priority.HIGH,
    )
    return Cycle(
        web,
        store,
        TitleJudge(),
        teller,
        lambda: datetime.now(UTC),
        lambda cursor, check, feed: due.advance(cursor, check, feed, check.at, 0.5),
        tell_first_look=True,
        manners=Manners(gather=0.02, order=0.05),
    )


async def until(true: Callable[[], bool]) -> None:
    for _ in range(2000):
        if true():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it did not happen")


def test_fifty_feeds_of_a_host_that_does_not_answer_delay_no_other_host(
    store: SqlStore, slow: WebServer, quick: WebServer
) -> None:
    body = rss({"title": "football", "link": "https://slow.example/1"})
    doors = [slow.hold(f"/feed/{number}", body) for number in range(SLOW)]
    feeds = [Feed(slow.url(f"/feed/{number}", "127.0.0.2"), "slow") for number in range(SLOW)]
    quicks = [Feed(quick.url(f"/feed/{number}"), "quick") for number in range(QUICK)]
    for number in range(QUICK):
        item = {"title": f"new tanks {number}", "link": quick.url(f"/page/{number}"), "description": "…"}
        quick.serve(f"/feed/{number}", rss(item, language="en"), etag=f'"{number}"')

    async def main() -> None:
        web = HttpWeb(lambda title, text, declared: declared or "en", ["127.0.0.0/8"])
        cycle = cycle_of(store, web)
        async with asyncio.timeout(20):
            everybody = asyncio.create_task(cycle.round([*feeds, *quicks]))
            # All the quick ones are judged, kept and owed while the slow host has answered nothing.
            await until(lambda: store.counts(datetime(2020, 1, 1, tzinfo=UTC))["alert"] == QUICK)
            assert {store.cursor(feed.url).state for feed in quicks} == {"ok"}
            assert {store.cursor(feed.url).state for feed in feeds} == {"new"}
            again = await cycle.round(quicks)  # and the next round is not kept waiting, either
            assert (again.feeds, again.failed, again.articles) == (QUICK, 0, 0)
            assert not everybody.done()
            assert slow.most_at_once == 2
            for door in doors:
                door.set()
            done = await everybody
            assert (done.feeds, done.failed, done.articles) == (SLOW + QUICK, 0, QUICK + 1)
        await asyncio.to_thread(cycle.close)
        await web.aclose()

    store.configure_feeds([*feeds, *quicks])
    asyncio.run(main())


def test_many_hosts_that_do_not_answer_leave_connections_for_those_that_did(
    store: SqlStore, quick: WebServer
) -> None:
    quicks = [Feed(quick.url(f"/feed/{number}"), "quick") for number in range(QUICK)]
    for number in range(QUICK):
        quick.serve(f"/feed/{number}", rss({"title": "football", "link": quick.url("/page")}), etag='"1"')

    async def main() -> None:
        web = HttpWeb(lambda title, text, declared: declared or "en", ["127.0.0.0/8"])
        cycle = cycle_of(store, web)
        with WebServer("0.0.0.0") as stuck:
            stuck.hold("/feed", "held back")
            feeds = [Feed(stuck.url("/feed", f"127.0.1.{number}"), "stuck") for number in range(1, 41)]
            store.configure_feeds([*feeds, *quicks])
            async with asyncio.timeout(20):
                await cycle.round(quicks)
                everybody = asyncio.create_task(cycle.round(feeds))
                await until(lambda: len(stuck.requests) == 6)
                again = await cycle.round(quicks)
                assert (again.feeds, again.failed) == (QUICK, 0)
                assert len(stuck.requests) == 6
                everybody.cancel()
                await asyncio.gather(everybody, return_exceptions=True)
        await asyncio.to_thread(cycle.close)
        await web.aclose()

    asyncio.run(main())


def test_pages_that_do_not_answer_delay_no_other_host(
    store: SqlStore, slow: WebServer, quick: WebServer
) -> None:
    feeds = []
    for server, host in ((slow, "127.0.0.2"), (quick, "127.0.0.1")):
        item = {
            "title": f"new tanks in Mali by {host}",
            "link": server.url("/page", host),
            "description": "…",
        }
        server.serve("/feed", rss(item, language="en"))
        feeds.append(Feed(server.url("/feed", host), host))
    door = slow.hold("/page", "<p>late</p>")
    quick.serve("/page", "<p>soon</p>")

    async def main() -> None:
        web = HttpWeb(lambda title, text, declared: declared or "en", ["127.0.0.0/8"])
        cycle = cycle_of(store, web)
        async with asyncio.timeout(60):
            everybody = asyncio.create_task(cycle.round(feeds))
            await until(lambda: store.cursor(feeds[1].url).state == "ok")
            assert store.cursor(feeds[0].url).state == "new"
            door.set()
            assert (await everybody).articles == 2
        await asyncio.to_thread(cycle.close)
        await web.aclose()

    store.configure_feeds(feeds)
    asyncio.run(main())
