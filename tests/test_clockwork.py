"""The clockwork ticks: rounds overlap, a job that fails is tried again, a stop is a stop."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from djeli.app import jobs
from djeli.app.cycle import Cycle
from djeli.app.jobs import Clockwork, DigestRound
from djeli.app.turns import Manners
from djeli.core.clock import Clock, utc_now
from djeli.core.model import Check, Feed, FeedCursor
from djeli.core.ports import Kept
from monitors import due
from storage.store import SqlStore, open_store
from tests.house_fakes import NOW, CannedWeb, TitleJudge, entry
from tests.test_cycle import FEEDS, A, B, House
from tests.test_slow_host import until


class SlowWeb(CannedWeb):
    """Feed A answers only when told; time goes by while it is waited for."""

    def __init__(self) -> None:
        super().__init__()
        self.answer = asyncio.Event()

    async def look(self, feed: Feed, cursor: FeedCursor, now: datetime) -> Check:
        if feed.url == A:
            self.looked.append(A)
            await self.answer.wait()
            return Check(A, now)
        return await super().look(feed, cursor, now)


@pytest.fixture
def store() -> Iterator[SqlStore]:
    opened = open_store("sqlite://")
    yield opened
    opened.close()


async def nothing() -> None:
    return


def made(
    store: SqlStore, web: CannedWeb, times: Iterator[datetime], broken: list[str], wall: Clock = utc_now
) -> Clockwork:
    house = House(store)

    def beat() -> Mapping[str, str]:
        if broken:
            raise OSError(broken.pop())
        return {}

    cycle = Cycle(
        web,
        store,
        TitleJudge(),
        house.teller,
        lambda: next(times),
        lambda cursor, check, feed: due.advance(cursor, check, feed, check.at, 0.5),
        manners=Manners(pause=0, gather=0.01, order=0.01, notice=0.05, installing=0.05),
    )
    digests = DigestRound((), house.teller, store, store)
    return Clockwork(
        list(FEEDS),
        cycle,
        digests,
        store,
        lambda: next(times),
        due.due,
        deliver=nothing,
        beat=beat,
        tick=0.01,
        wall=wall,
    )


def hours() -> Iterator[datetime]:
    """Every question for the time comes an hour after the last."""
    now = NOW
    while True:
        now += timedelta(hours=1)
        yield now


def test_a_feed_that_does_not_answer_keeps_only_itself_waiting(store: SqlStore) -> None:
    async def main() -> None:
        web = SlowWeb()
        web.feeds[B] = [entry(B, 1, "football")]
        clockwork = made(store, web, hours(), [])
        clockwork.start()
        async with asyncio.timeout(20):
            await until(lambda: web.looked.count(B) > 3)
            assert web.looked.count(A) == 1  # in one round at a time
            web.answer.set()
            await until(lambda: web.looked.count(A) > 2)
            await clockwork.stop()
        looked = len(web.looked)
        await asyncio.sleep(0.05)
        assert len(web.looked) == looked
        assert store.cursor(A).state == "ok"

    asyncio.run(main())


def test_a_feed_that_falls_silent_or_moves_is_told_though_nothing_fails(store: SqlStore) -> None:
    old = NOW - timedelta(days=40)
    known = FeedCursor(A, looked_at=old, last_ok=old, next_due=old, new_at=old, gaps=(7200,) * 5)
    store.configure_feeds(FEEDS)
    store.keep_all([Kept(cursor=replace(known, url=url, first_look_done=True)) for url in (A, B)], NOW)

    class Moved(CannedWeb):
        async def look(self, feed: Feed, cursor: FeedCursor, now: datetime) -> Check:
            moved = "https://b.example/new" if feed.url == B else None
            return replace(await super().look(feed, cursor, now), moved_to=moved)

    async def main() -> None:
        clockwork = made(store, Moved(), iter([NOW] * 100), [])
        clockwork.remember()
        await clockwork.look()
        await clockwork.look()

    asyncio.run(main())
    (row,) = store.next_rows(NOW + timedelta(days=1))
    assert "nothing new for unusually long: 2" in row.alert.plain


def test_a_job_that_fails_is_told_and_tried_again(store: SqlStore, caplog: pytest.LogCaptureFixture) -> None:
    async def main() -> None:
        clockwork = made(store, CannedWeb(), hours(), ["the disk is full"])
        clockwork.start()
        await asyncio.sleep(0.05)
        assert store.setting(jobs.HEARTBEAT) is None
        await clockwork.beat()
        assert store.setting(jobs.HEARTBEAT)
        await clockwork.stop()

    asyncio.run(main())
    assert "a job failed" in caplog.text


def test_a_clock_set_back_by_a_day_stops_no_job(store: SqlStore) -> None:
    async def main() -> None:
        set_back, web = timedelta(), CannedWeb()
        clockwork = made(store, web, hours(), [], wall=lambda: utc_now() - set_back)
        clockwork.start()
        async with asyncio.timeout(20):
            await until(lambda: web.looked.count(B) > 1)
        for job in clockwork._scheduler.get_jobs():  # as they stand after the clock was set back
            job.modify(next_run_time=utc_now() + timedelta(days=1))
        await asyncio.sleep(0.1)  # what was on its way comes to its end
        looked = web.looked.count(B)
        await asyncio.sleep(0.1)
        assert web.looked.count(B) == looked
        set_back = timedelta(days=1)
        async with asyncio.timeout(20):
            await until(lambda: web.looked.count(B) > looked)
        await clockwork.stop()

    asyncio.run(main())
