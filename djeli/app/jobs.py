"""The clockwork of the service; the only module that knows APScheduler.

Jobs live in memory and ask the store what is due: a process that slept, was killed or lived through
a change of the clock finds the same answers as one that did not.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta

from apscheduler.events import EVENT_JOB_MISSED
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from djeli.app.cycle import Cycle
from djeli.app.feednews import FeedNews
from djeli.app.hours import last_digest_hour
from djeli.app.telling import Teller
from djeli.core.clock import Clock
from djeli.core.model import Chat, Feed, FeedCursor
from djeli.core.ports import Outbox, Store

log = logging.getLogger("djeli.jobs")

HEARTBEAT = "heartbeat"  # setting: when the jobs last ran
POLLED = "telegram_ok"  # setting: when Telegram last answered
UNREACHABLE = "unreachable"  # setting: chats that refuse us, as a JSON object: what Telegram said
_TICK = 30  # seconds between two looks at what is due
_BEAT = 20

Due = Callable[[list[Feed], Mapping[str, FeedCursor], datetime], list[Feed]]


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
    ) -> None:
        self._feeds, self._cycle, self._digests, self._store = feeds, cycle, digests, store
        self._clock, self._due, self._deliver, self._beat = clock, due, deliver, beat
        self._cursors: dict[str, FeedCursor] = {}
        self.missed = 0
        self._scheduler = AsyncIOScheduler(
            timezone=UTC,
            # Without these a loop that was busy for a second loses the job (safety rule 8).
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )
        self._scheduler.add_listener(self._note_missed, EVENT_JOB_MISSED)

    def start(self) -> None:
        """Begin at once, in the running event loop."""
        self._cursors = self._store.cursors([feed.url for feed in self._feeds])
        for job, seconds in ((self.look, _TICK), (self.tell_digests, _TICK), (self.beat, _BEAT)):
            self._scheduler.add_job(job, "interval", seconds=seconds, next_run_time=datetime.now(UTC))
        self._scheduler.start()

    def stop(self) -> None:
        """No more jobs; what runs is cancelled between two articles."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    @property
    def next_run(self) -> datetime | None:
        """When the next feed is due."""
        moments = [cursor.next_due for cursor in self._cursors.values() if cursor.next_due]
        return min(moments, default=None)

    async def look(self) -> None:
        """One round over the feeds that are due; broken off between two articles when the service stops."""
        try:
            await self._round()
        except asyncio.CancelledError:
            log.info("stopped in the middle of a round; the next start looks again")

    async def _round(self) -> None:
        due = self._due(self._feeds, self._cursors, self._clock())
        if due:
            log.info("%s", await self._cycle.round(due))
            self._cursors.update(self._store.cursors([feed.url for feed in due]))
            self._digests.owe_feed_news(self._clock())
            await self._deliver()

    async def tell_digests(self) -> None:
        """Owe the digests whose hour has come."""
        if self._digests.owe(self._clock()):
            await self._deliver()

    async def beat(self) -> None:
        """Leave a sign of life for `djeli health`."""
        for key, value in {**self._beat(), HEARTBEAT: self._clock().isoformat()}.items():
            self._store.set_setting(key, value)

    def _note_missed(self, event: object) -> None:
        self.missed += 1


class DigestRound:
    """Owes each chat its digest once for each of its hours, also when the hour passed in sleep."""

    def __init__(self, chats: tuple[Chat, ...], teller: Teller, store: Store, outbox: Outbox) -> None:
        self._chats, self._teller, self._store, self._outbox = chats, teller, store, outbox
        self._feed_news = FeedNews(teller, store, outbox)

    def owe(self, now: datetime) -> int:
        """Owe what is due at `now`; returns how many chats were owed a digest."""
        return sum(self._owe(chat, now) for chat in self._chats)

    def _owe(self, chat: Chat, now: datetime) -> bool:
        mark = f"chat:{chat.id}:digest"  # moves with the chat when a group becomes a supergroup
        hour = last_digest_hour(chat, self._teller.zone, now)
        told = self._store.setting(mark)
        if told is None:  # the first digest tells what comes from now on
            self._store.set_setting(mark, now.isoformat())
            return False
        since = datetime.fromisoformat(told)
        if hour is None or hour <= since:
            return False
        lines = self._store.digest_lines(chat.watches, since, hour)
        counts = self._store.counts(since)
        parts = self._teller.digest(chat, lines, counts, self._store.feed_statuses(), hour)
        self._outbox.owe(parts, now)  # first owed, then noted: owing the same hour twice is harmless
        self._store.set_setting(mark, hour.isoformat())
        return True

    def owe_feed_news(self, now: datetime) -> None:
        """Say what changed with the health of feeds, once a day at most."""
        self._feed_news.owe(now)


def unhealthy(store: Store, outbox: Outbox, now: datetime) -> str | None:
    """Why the service is not well, or None: jobs stand still, or messages wait though Telegram answers."""
    beat = _moment(store.setting(HEARTBEAT))
    if beat is None:
        return "the service has not run yet with this database"
    if now - beat > timedelta(minutes=2):
        return f"no sign of life since {beat:%Y-%m-%d %H:%M} UTC"
    polled = _moment(store.setting(POLLED))
    if polled is None or now - polled > timedelta(seconds=90):
        return None  # Telegram is away: a restart would not help
    refused = refusing(store)
    for chat in outbox.outbox_health():
        oldest = chat.oldest_pending
        if oldest and now - oldest > timedelta(minutes=15) and chat.chat not in refused:
            return f"messages to chat {chat.chat} wait since {oldest:%Y-%m-%d %H:%M} UTC"
    return None


def refusing(store: Store) -> dict[int, str]:
    """The chats that refused us when last tried, and what Telegram said of each."""
    return {int(chat): said for chat, said in json.loads(store.setting(UNREACHABLE) or "{}").items()}


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
