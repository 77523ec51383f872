"""The clockwork ticks: rounds overlap, a job that fails is tried again, a stop is a stop."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

import pytest

from djeli.app import jobs
from djeli.app.cycle import Cycle
from djeli.app.jobs import Clockwork, DigestRound
from djeli.app.turns import Manners
from djeli.core.model import Check, Feed, FeedCursor
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


def made(store: SqlStore, web: CannedWeb, times: Iterator[datetime], broken: list[str]) -> Clockwork:
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
        manners=Manners(pause=0, gather=0.01, order=0.01, notice=0.05),
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


def test_ticks_that_a_busy_loop_missed_are_counted_and_made_up_for_once(store: SqlStore) -> None:
    async def main() -> None:
        times = 0

        async def job() -> None:
            nonlocal times
            times += 1
            if times == 1:
                await asyncio.sleep(0.25)

        clockwork = made(store, CannedWeb(), hours(), [])
        ticking = asyncio.create_task(clockwork._every(0.1, job))
        await asyncio.sleep(0.27)
        assert (times, clockwork.missed) == (1, 2)
        await asyncio.sleep(0.08)
        assert times == 2
        ticking.cancel()
        await asyncio.gather(ticking, return_exceptions=True)

    asyncio.run(main())
