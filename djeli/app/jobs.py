"""The clockwork of the service; the only module that knows APScheduler.

Jobs live in memory and ask the store what is due: a process that slept, was killed or lived through
a change of the clock finds the same answers as one that did not.
"""

from __future__ import annotations

import asyncio
import json
import logging
import threading
from collections.abc import Awaitable, Callable, Collection, Coroutine, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

from apscheduler.events import EVENT_JOB_MAX_INSTANCES, EVENT_JOB_MISSED
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from djeli.app.charts import ChartRound, Charts
from djeli.app.cycle import Cycle
from djeli.app.feednews import FeedNews
from djeli.app.hours import last_digest_hour
from djeli.app.telling import Teller
from djeli.core.clock import Clock, utc_now
from djeli.core.model import Chat, Decision, Feed, FeedCursor
from djeli.core.ports import Kept, Outbox, Store

log = logging.getLogger("djeli.jobs")

HEARTBEAT = "heartbeat"  # setting: when the jobs last ran
POLLED = "telegram_ok"  # setting: when Telegram last answered getUpdates
REACHED = "telegram_reached"  # setting: when Telegram last answered anything
TICK = 30.0  # seconds between two looks at what is due
_BEAT = 20.0
# A digest told by a clock that ran ahead by no more than this stays told: its hour is left out and the next
# one has everything. With more than that nobody would hear a digest for days.
_AHEAD = timedelta(hours=36)

_DEAF = timedelta(seconds=90)  # without a good getUpdates, which takes 25 seconds at most
ENOUGH_DISK = 200_000_000  # bytes

Due = Callable[[list[Feed], Mapping[str, FeedCursor], datetime], list[Feed]]
Job = Callable[[], Awaitable[None]]


class Clockwork:
    """Runs the feeds that are due, the digests whose hour has come, and the heartbeat."""

    def __init__(
        self,
        feeds: list[Feed],
        cycle: Cycle,
        digests: DigestRound,
        store: Store,
        clock: Clock,
        due: Due,
        *,
        deliver: Callable[[], Awaitable[None]],
        beat: Callable[[], Mapping[str, str]],
        tidy: Callable[[], None] = lambda: None,
        tick: float = TICK,
        wall: Clock = utc_now,
    ) -> None:
        """`clock` is the time of day handed on as `now`; `wall` the one the scheduler itself goes by.

        `tidy` is done in a thread with every heartbeat.
        """
        self._feeds, self._cycle, self._digests, self._store = feeds, cycle, digests, store
        self._clock, self._due, self._deliver, self._beat = clock, due, deliver, beat
        self._tidy, self._tick, self._wall = tidy, tick, wall
        self._cursors: dict[str, FeedCursor] = {}
        self._on_the_way: set[str] = set()  # feeds of the rounds that run now
        self._ended: set[str] = set()  # those of them that are done
        self._tasks: set[asyncio.Task[None]] = set()
        self._stopping = False
        self.missed = 0  # ticks left out because the one before still ran
        self._scheduler = AsyncIOScheduler(
            timezone=UTC,
            # Without these a loop that was busy for a second loses the job (safety rule 8).
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )
        self._scheduler.add_listener(self._note_missed, EVENT_JOB_MISSED | EVENT_JOB_MAX_INSTANCES)

    def start(self) -> None:
        """Begin at once, in the running event loop."""
        self.remember()
        for job, seconds in (
            (self._begin_look, self._tick),
            (self.tell_digests, self._tick),
            (self.beat, _BEAT),
        ):
            self._scheduler.add_job(
                self._guarded, "interval", args=[job], seconds=seconds, next_run_time=utc_now()
            )
        self._scheduler.start()
        self._spawn(self._watch_the_clock())

    def remember(self) -> None:
        """Read from the store when each feed is due."""
        self._cursors = self._store.cursors([feed.url for feed in self._feeds])

    async def refurnish(self, feeds: list[Feed], digests: DigestRound) -> None:
        """Ask these feeds and owe these digests from now on; what is on its way comes to its end.

        A feed that is to be asked more often is asked within its new interval.
        """
        new = [feed.url for feed in feeds if feed.url not in self._cursors]
        found = await asyncio.to_thread(self._store.cursors, new)
        before = {feed.url: feed.every for feed in self._feeds}
        now = self._clock()
        cursors = {feed.url: self._cursors.get(feed.url) or found[feed.url] for feed in feeds}
        for feed in feeds:
            cursor = cursors[feed.url]
            sooner = feed.every < before.get(feed.url, feed.every) and not cursor.failures
            if sooner and cursor.next_due and cursor.next_due > now + feed.every:
                cursors[feed.url] = replace(cursor, next_due=now + feed.every)
        await asyncio.to_thread(digests.note_watches)
        self._feeds, self._digests, self._cursors = feeds, digests, cursors
        await self._begin_look()  # new feeds need not wait for the next tick

    async def stop(self) -> None:
        """No more jobs; what runs is broken off between two articles."""
        self._stopping = True  # the scheduler shuts down only when the loop comes round
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.sleep(0)

    @property
    def next_run(self) -> datetime | None:
        """When the next feed is due."""
        moments = [cursor.next_due for cursor in self._cursors.values() if cursor.next_due]
        return min(moments, default=None)

    def cursor(self, url: str) -> FeedCursor | None:
        """What was remembered of a feed at the end of its last round."""
        return self._cursors.get(url)

    async def look(self) -> None:
        """One round over the feeds that are due and not on their way; broken off when the service stops."""
        await self._collect()
        free = [feed for feed in self._feeds if feed.url not in self._on_the_way]
        due = self._due(free, self._cursors, self._clock())
        if not due:
            return
        left = {feed.url for feed in due}

        def ended(url: str) -> None:
            left.discard(url)
            self._ended.add(url)

        self._on_the_way.update(left)
        try:
            log.info("%s", await self._cycle.round(due, ended))
        except asyncio.CancelledError:
            log.info("stopped in the middle of a round; the next start looks again")
            raise
        finally:
            self._ended.update(left)
        await self._collect()

    async def _collect(self) -> None:
        """Take note of the feeds that came to their end, whether their round did or not."""
        ended, self._ended = self._ended, set()
        if not ended:
            return
        before = [self._cursors.get(url) for url in ended]
        after = await asyncio.to_thread(self._store.cursors, list(ended))
        self._cursors.update(after)
        self._on_the_way -= ended
        if any(map(_noteworthy, (*before, *after.values()))):
            await asyncio.to_thread(self._digests.owe_feed_news, self._clock())
        await self._deliver()

    async def tell_digests(self) -> None:
        """Owe the digests whose hour has come."""
        if await asyncio.to_thread(self._digests.owe, self._clock()):
            await self._deliver()

    async def beat(self) -> None:
        """Leave a sign of life for `djeli health`."""
        signs = {**self._beat(), HEARTBEAT: self._clock().isoformat()}
        kept = Kept(settings=tuple(signs.items()))
        await asyncio.to_thread(self._store.keep, kept, self._clock())
        await asyncio.to_thread(self._tidy)

    async def _begin_look(self) -> None:
        """A round of its own: one that waits for a slow host must not keep the next waiting."""
        if not self._stopping:
            self._spawn(self._guarded(self.look))

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _watch_the_clock(self) -> None:
        """Wake the jobs when the clock was set back.

        The scheduler keeps the time of day of each next run: set back by a day, it would wait for a day.
        """
        loop = asyncio.get_running_loop()
        before, then = loop.time(), self._wall()
        while True:
            await asyncio.sleep(self._tick)
            gone = timedelta(seconds=loop.time() - before)
            before, now = loop.time(), self._wall()
            if then + gone - now > timedelta(seconds=self._tick):
                log.warning("the clock was set back; every job runs now")
                for job in self._scheduler.get_jobs():
                    job.modify(next_run_time=utc_now())  # by the clock that the scheduler asks
            then = now

    def _note_missed(self, event: object) -> None:
        self.missed += 1

    async def _guarded(self, job: Job) -> None:
        try:
            await job()
        except asyncio.CancelledError:
            if not self._stopping:  # broken off by the stop: nothing has gone wrong
                raise
        except Exception:  # a full disk, a bug: the next tick tries again
            log.exception("a job failed")


def _noteworthy(cursor: FeedCursor | None) -> bool:
    """Whether there may be news of the feed's health: for most looks the store need not be asked.

    A feed that answers may be silent, or have moved.
    """
    return cursor is not None and bool(cursor.failing_since or cursor.proposed or cursor.state == "silent")


@dataclass(frozen=True, slots=True)
class _Told:
    """How far a chat has its digests: their last hour, and the last line of the ledger that was looked at."""

    hour: datetime
    line: int
    again: int = 0  # how often the clock was set back so far that hours are told a second time

    def __str__(self) -> str:
        return f"{self.hour.isoformat()} {self.line} {self.again}"


class DigestRound:
    """Owes each chat its digest once for each of its hours, also when the hour passed in sleep."""

    _turn: ClassVar[threading.Lock] = threading.Lock()  # one at its hour and one asked for tell no line twice

    def __init__(self, chats: Collection[Chat], teller: Teller, store: Store, outbox: Outbox) -> None:
        self._chats, self._teller, self._store, self._outbox = chats, teller, store, outbox
        self._feed_news = FeedNews(teller, store, outbox)
        self._charts = ChartRound(chats, Charts(store, teller.voices, teller.zone), store)

    def note_watches(self) -> None:
        """Remember what each chat follows: what a watch caught before it was renamed is still told."""
        for chat in self._chats:
            names = self._followed(chat)
            if not set(chat.watches) <= set(names):
                self._store.set_setting(_followed_mark(chat), json.dumps(sorted({*names, *chat.watches})))

    def _followed(self, chat: Chat) -> list[str]:
        """The watches that the chat has followed since its last digest, as far as they were noted."""
        return list(json.loads(self._store.setting(_followed_mark(chat)) or "[]"))

    def owe(self, now: datetime) -> int:
        """Owe what is due at `now`, digests and weekly pictures; returns how many are owed."""
        self.note_watches()
        return sum(self._in_turn(self._owe, chat, now) for chat in self._chats) + self._charts.owe(now)

    def _in_turn(self, deed: Callable[[Chat, datetime], bool], chat: Chat, now: datetime) -> bool:
        with self._turn:
            return deed(chat, now)

    def _owe(self, chat: Chat, now: datetime) -> bool:
        mark = _mark(chat)
        hour = last_digest_hour(chat, self._teller.zone, now)
        told = self._told(mark)
        if told is None:  # the first digest tells what comes from now on
            self._store.set_setting(mark, str(_Told(now, self._store.last_line())))
            return False
        if told.hour - now > _AHEAD:
            told = replace(told, hour=now, again=told.again + 1)
            self._store.set_setting(mark, str(told))
        if hour is None or hour <= told.hour:
            return False
        until = self._store.last_line()
        lines = self._store.digest_lines(self._followed(chat), told.line, until)
        counts = self._store.counts(told.hour)
        feeds = self._store.feed_statuses()
        pending = self._store.pending_lines(chat.watches, hour.astimezone(self._teller.zone).date())
        parts = self._teller.digest(chat, lines, counts, feeds, hour, told.again, told.hour, pending)
        done = replace(told, hour=hour, line=until)
        followed = json.dumps(sorted(chat.watches))
        settings = ((mark, str(done)), (_followed_mark(chat), followed))
        self._store.keep(Kept(alerts=parts, settings=settings), now)
        return True

    def waiting(self, chat: Chat, now: datetime) -> int:
        """How many developments the next digest of a chat will have, as far as it is known now."""
        told = self._told(_mark(chat)) or _Told(now, self._store.last_line())
        watches = sorted({*self._followed(chat), *chat.watches})
        lines = self._store.digest_lines(watches, told.line, self._store.last_line())
        return sum(line.decision is Decision.DIGEST for line in lines)

    def owe_at_once(self, chat: Chat, now: datetime) -> bool:
        """Owe a chat its digest now, of the last day if it is the first; the next one goes on from here."""
        return self._in_turn(self._owe_now, chat, now)

    def _owe_now(self, chat: Chat, now: datetime) -> bool:
        day = now - timedelta(days=1)
        told = self._told(_mark(chat)) or _Told(day, self._store.last_line(before=day))
        until = self._store.last_line()
        lines = self._store.digest_lines(sorted({*self._followed(chat), *chat.watches}), told.line, until)
        counts, feeds = self._store.counts(told.hour), self._store.feed_statuses()
        parts = self._teller.digest(chat, lines, counts, feeds, now, told.again, told.hour)
        # Asked for twice in a minute, it is two digests: the second has what the first has not.
        parts = tuple(replace(part, story=f"digest:now {now.isoformat()}") for part in parts)
        done = replace(told, hour=now, line=until)
        followed = (_followed_mark(chat), json.dumps(sorted(chat.watches)))
        self._store.keep(Kept(alerts=parts, settings=((_mark(chat), str(done)), followed)), now)
        return True

    def _told(self, mark: str) -> _Told | None:
        hour, *numbers = (self._store.setting(mark) or "").split()[:3] or [""]
        if not hour:
            return None
        if not numbers:  # written before lines were counted
            numbers = [str(self._store.last_line(before=datetime.fromisoformat(hour)))]
        return _Told(datetime.fromisoformat(hour), *map(int, numbers))

    def owe_feed_news(self, now: datetime) -> None:
        """Say what changed with the health of feeds, once a day at most."""
        self._feed_news.owe(now)


def _mark(chat: Chat) -> str:
    return f"chat:{chat.id}:digest"  # moves with the chat when a group becomes a supergroup


def _followed_mark(chat: Chat) -> str:
    return f"chat:{chat.id}:watches"  # moves with the chat, too


def unhealthy(store: Store, outbox: Outbox, now: datetime, free: int | None = None) -> str | None:
    """Why the service is not well, or None: jobs stand still, or messages wait though Telegram answers.

    `free`: bytes that are left on the disk of the database.
    """
    beat = _moment(store.setting(HEARTBEAT))
    if beat is None:
        return "the service has not run yet with this database"
    if abs(now - beat) > timedelta(
        minutes=2
    ):  # also one of the future: nobody beat since the clock went back
        return f"no sign of life since {beat:%Y-%m-%d %H:%M} UTC"
    if free is not None and free < ENOUGH_DISK:
        return f"only {free // 1_000_000} MB are left on the disk of the database"
    polled, reached = _moment(store.setting(POLLED)), _moment(store.setting(REACHED))
    if polled is None or now - polled > _DEAF:
        if polled is not None and reached is not None and now - reached <= _DEAF:
            return f"the bot has heard no command since {polled:%Y-%m-%d %H:%M} UTC, though Telegram answers"
        return None  # Telegram is away: a restart would not help
    refused = outbox.refusing()
    for chat in outbox.outbox_health():
        oldest = chat.oldest_pending
        if oldest and now - oldest > timedelta(minutes=15) and chat.chat not in refused:
            return f"messages to chat {chat.chat} wait since {oldest:%Y-%m-%d %H:%M} UTC"
    return None


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
