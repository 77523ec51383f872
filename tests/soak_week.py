"""A week of the service with a clock that is set, changed and stopped: `make soak-week`.

The clockwork, the cycle, the digests and the store (a SQLite file) are the real ones; the press is
invented and the time is ours: every tick of the clockwork is played, as fast as it goes. On the way
the clock is set forward and back by a day, the machine sleeps for ten minutes, the network is away
for eight hours, and summer time begins. tests/test_clock_jumps.py plays two days of it.
"""

from __future__ import annotations

import asyncio
import gc
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from bot.words import Voice
from djeli.app import jobs
from djeli.app.cycle import Cycle
from djeli.app.jobs import Clockwork, DigestRound
from djeli.app.telling import Teller
from djeli.app.turns import Manners
from djeli.core.model import (
    Alert,
    Article,
    Chat,
    Check,
    DigestLine,
    Entry,
    Failure,
    Feed,
    FeedCursor,
    Judgement,
    Priority,
    Reading,
    Story,
)
from djeli.core.ports import FeedStatus
from djeli.core.words import LANGUAGES
from monitors import due
from storage.store import SqlStore, open_store
from tests.house_fakes import TitleJudge

PARIS = ZoneInfo("Europe/Paris")
CHAT = Chat(-100, ("mali-russia",), digest=("02:30", "07:00", "18:00"))
EVERY = timedelta(minutes=15)
TICK = timedelta(seconds=30)
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
KINDS = ("new", "quiet", "football", "football", "football")


@dataclass(frozen=True)
class Plan:
    """What happens when, counted from the beginning (true time)."""

    days: float
    feeds: int
    start: datetime
    jumps: tuple[tuple[timedelta, timedelta], ...] = ()  # when, and by how much the clock is set
    sleeps: tuple[tuple[timedelta, timedelta], ...] = ()  # when, and for how long nothing runs
    outages: tuple[tuple[timedelta, timedelta], ...] = ()  # when, and for how long no name is known
    tick: timedelta = TICK
    every: timedelta = 3 * HOUR  # between two items of a feed


@dataclass
class World:
    """True time, and what the machine's clock shows."""

    plan: Plan
    true: datetime
    ahead: timedelta = timedelta()

    def clock(self) -> datetime:
        return self.true + self.ahead


class Press:
    """Feeds that bring an item every few hours; every tenth feed is gone for good."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.looked: dict[str, datetime] = {}
        self.looks = 0
        self.longest = timedelta()  # between two looks at a feed that answers, in true time
        self.latest = timedelta()  # between the end of an outage and the next look
        self.most_gone = 0

    def feeds(self) -> list[Feed]:
        return [Feed(f"https://h{number}.example/feed", "a") for number in range(self.world.plan.feeds)]

    def gone(self, number: int) -> bool:
        return number % 10 == 9

    async def look(self, feed: Feed, cursor: FeedCursor, now: datetime) -> Check:
        number, true = number_of(feed.url), self.world.true
        before = self.looked.get(feed.url)
        self.looks += 1
        self.looked[feed.url] = true
        if self.gone(number):
            return Check(feed.url, now, failure=Failure("http", "It has nothing at this address.", 404))
        since = true - self.world.plan.start
        if any(start <= since < start + long for start, long in self.world.plan.outages):
            return Check(feed.url, now, failure=Failure("dns", "The name is not known."))
        if before is not None and cursor.failures == 0:
            self.longest = max(self.longest, true - before)
        elif before is not None:
            ends = [
                self.world.plan.start + start + long
                for start, long in self.world.plan.outages
                if start + long <= since
            ]
            self.latest = max(self.latest, true - max(ends))
        return Check(feed.url, now, entries=self.entries(feed, number), etag="x", body_hash="x")

    def entries(self, feed: Feed, number: int) -> tuple[Entry, ...]:
        """The last five items; their dates are the press's, which keeps true time."""
        age = (self.world.true - self.world.plan.start + (number % 20) * 9 * MINUTE) // self.world.plan.every
        return tuple(
            Entry(
                feed.url,
                f"g{item}",
                f"https://h{number}.example/{item}",
                f"{KINDS[(number + item) % len(KINDS)]} {number}-{item}",
                published=self.world.plan.start + item * self.world.plan.every,
                lang="en",
            )
            for item in range(max(0, age - 4), age + 1)
        )

    async def read(self, entry: Entry, feed: Feed, now: datetime, fetch_page: bool = True) -> Article:
        return Article(
            id=entry.url,
            url=entry.url,
            title=entry.title,
            text=entry.title,
            lang="en",
            outlet=feed.outlet,
            published=entry.published or now,
            first_seen=now,
            feed=feed.url,
        )


def number_of(url: str) -> int:
    return int(url.split("//h")[1].split(".")[0])


class ForgetfulJudge(TitleJudge):
    """Knows no stories and notes nothing, for a week is long."""

    def windows(self, reading: Reading) -> list[tuple[frozenset[str], date, date]]:
        return []

    def judge(self, reading: Reading, stories: Sequence[Story], now: datetime) -> Judgement:
        self.order.clear()
        return super().judge(reading, stories, now)


class NotingTeller(Teller):
    """Notes what it was asked to tell; the messages are short, for a week is long."""

    def __init__(self, store: SqlStore) -> None:
        voices = {language: Voice(language) for language in LANGUAGES}
        super().__init__((CHAT,), voices, PARIS, store, lambda outlet: outlet, lambda kind: Priority.HIGH)
        self.digests: list[datetime] = []
        self.in_digests: Counter[str] = Counter()

    def digest(
        self,
        chat: Chat,
        lines: Sequence[DigestLine],
        counts: Mapping[str, int],
        feeds: Sequence[FeedStatus],
        until: datetime,
        again: int = 0,
        since: datetime | None = None,
        pending: Sequence[DigestLine] = (),
    ) -> tuple[Alert, ...]:
        self.digests.append(until)
        self.in_digests.update(line.title for line in lines)
        return super().digest(chat, lines, counts, feeds, until, again, since, pending)

    def feed_news(self, status: FeedStatus, failing: bool, since: str, now: datetime) -> tuple[Alert, ...]:
        return ()


@dataclass
class Soak:
    """What was seen on the way."""

    digests: list[datetime] = field(default_factory=list)
    in_digests: Counter[str] = field(default_factory=Counter)
    alerts: Counter[str] = field(default_factory=Counter)  # by title: delivered
    kept: int = 0
    looks: int = 0
    longest: timedelta = timedelta()
    latest: timedelta = timedelta()
    furthest: timedelta = timedelta()  # a healthy feed's next look, seen from the clock, after a tick
    waiting: int = 0
    blocks: list[int] = field(default_factory=list)  # of memory in use, at the end of each day
    resident: list[float] = field(default_factory=list)  # MB at the end of each day
    unhealthy: list[str] = field(default_factory=list)
    slots: list[datetime] = field(default_factory=list)  # digest hours of true time

    @property
    def untold(self) -> list[datetime]:
        """Hours that had no digest of their own: their lines went into the next."""
        return [slot for slot in self.slots if slot not in self.digests]


def soak(plan: Plan, folder: Path, progress: bool = False) -> Soak:
    store = open_store(f"sqlite:///{folder}/soak.db")
    try:
        return asyncio.run(_play(plan, store, progress))
    finally:
        store.close()


async def _play(plan: Plan, store: SqlStore, progress: bool) -> Soak:
    world, chance, seen = World(plan, plan.start), Random(7), Soak()
    press, teller = Press(world), NotingTeller(store)
    feeds = press.feeds()
    store.configure_feeds(feeds)
    cycle = Cycle(
        press,
        store,
        ForgetfulJudge(),
        teller,
        world.clock,
        lambda cursor, check, feed: due.advance(cursor, check, feed, check.at, chance.random()),
        tell_first_look=True,
        manners=Manners(pause=0),
    )

    async def deliver() -> None:
        while rows := store.next_rows(world.clock()):
            for row in rows:
                store.mark_sending(row.id, world.clock())
                store.mark_sent(row.id, row.id, world.clock())
                if row.alert.kind == "alert":
                    seen.alerts[title_of(row.alert)] += 1

    clockwork = Clockwork(
        feeds,
        cycle,
        DigestRound((CHAT,), teller, store, store),
        store,
        world.clock,
        due.due,
        deliver=deliver,
        beat=dict,
    )
    clockwork.remember()
    ends, days = plan.start + timedelta(days=plan.days), 0
    todo = {kind: dict(getattr(plan, kind)) for kind in ("jumps", "sleeps")}
    while world.true < ends:
        since = world.true - plan.start
        for at in [at for at in todo["jumps"] if at <= since]:
            world.ahead += todo["jumps"].pop(at)
        for at in [at for at in todo["sleeps"] if at <= since]:
            world.true += todo["sleeps"].pop(at)
        await clockwork.beat()
        seen.unhealthy += [why for why in [jobs.unhealthy(store, store, world.clock())] if why]
        await clockwork.look()
        await clockwork.tell_digests()
        seen.furthest = max(seen.furthest, _furthest(clockwork, press, feeds, world.clock()))
        world.true += plan.tick
        if (world.true - plan.start) // DAY > days:
            days += 1
            _weigh(seen, progress, days)
    await asyncio.to_thread(cycle.close)
    seen.digests, seen.in_digests = teller.digests, teller.in_digests
    seen.kept = store.counts(plan.start - 2 * DAY)["articles"]
    seen.looks, seen.longest, seen.latest = press.looks, press.longest, press.latest
    seen.waiting = sum(chat.pending + chat.uncertain for chat in store.outbox_health())
    seen.slots = slots_of(plan)
    return seen


def title_of(alert: Alert) -> str:
    return next(line for line in alert.plain.splitlines() if "-" in line and line.startswith("new "))


def _furthest(clockwork: Clockwork, press: Press, feeds: Sequence[Feed], now: datetime) -> timedelta:
    """The longest wait of a feed that answers and is not due."""
    waits = [timedelta()]
    for feed in feeds:
        cursor = clockwork.cursor(feed.url)
        if cursor and cursor.next_due and not cursor.failures and not press.gone(number_of(feed.url)):
            waits.append(cursor.next_due - now)
    return max(waits)


def _weigh(seen: Soak, progress: bool, day: int) -> None:
    gc.collect()
    seen.blocks.append(sys.getallocatedblocks())
    status = Path("/proc/self/status").read_text() if Path("/proc/self/status").exists() else ""
    seen.resident += [int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS")]
    if progress:
        resident = f", resident {seen.resident[-1]:.0f} MB" if seen.resident else ""
        print(f"day {day}: blocks of memory {seen.blocks[-1]}{resident}", flush=True)


def slots_of(plan: Plan) -> list[datetime]:
    """The digest hours between the beginning and the end, said once more in other words than the service's:
    the first minute of each local day that shows the hour, or the first after it where it is left out."""
    slots, told, ends = [], set(), plan.start + timedelta(days=plan.days)
    moment = plan.start
    while moment < ends - plan.tick:
        moment += MINUTE
        local, before = moment.astimezone(PARIS), (moment - MINUTE).astimezone(PARIS)
        for hour in CHAT.digest:
            come = before.strftime("%H:%M") < hour <= local.strftime("%H:%M")
            if come and before.date() == local.date() and (local.date(), hour) not in told:
                told.add((local.date(), hour))
                slots.append(moment if local.strftime("%H:%M") == hour else moment + 30 * MINUTE)
    return slots


WEEK = Plan(
    days=7.5,
    feeds=200,
    start=datetime(2027, 3, 26, 8, tzinfo=UTC),  # summer time begins in Paris on the 28th
    jumps=(
        (10 * HOUR, DAY),
        (12 * HOUR, -DAY),
        (2 * DAY + 14 * HOUR, -DAY),
        (2 * DAY + 20 * HOUR, DAY),
        (5 * DAY, 3 * MINUTE),
        (5 * DAY + HOUR, -3 * MINUTE),
    ),
    sleeps=((4 * DAY + 9 * HOUR - 5 * MINUTE, 10 * MINUTE),),
    outages=((3 * DAY + 12 * HOUR, 8 * HOUR),),
)


def main() -> None:
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        seen = soak(WEEK, Path(folder), progress=True)
    twice = [title for told in (seen.in_digests, seen.alerts) for title, count in told.items() if count > 1]
    print(f"{seen.looks} looks, {seen.kept} articles, {len(seen.alerts)} alerts, {len(seen.digests)} digests")
    print(f"longest between two looks {seen.longest}, furthest next look {seen.furthest}")
    print(f"after the network's return at most {seen.latest}")
    print(f"digest hours {len(seen.slots)}, of these in the next digest: {len(seen.untold)}")
    print(f"told twice: {len(twice)}; still waiting: {seen.waiting}; unhealthy: {len(seen.unhealthy)}")
    print(f"blocks of memory from the first day to the last: {seen.blocks[-1] / seen.blocks[0]:.3f} times")
    print(f"Took {time.monotonic() - began:.0f} s.")
    sys.exit(bool(twice or seen.waiting or seen.unhealthy))


if __name__ == "__main__":
    main()
