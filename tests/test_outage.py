"""After an outage everything arrives, in order, without a flood; one chat that must wait delays no other."""

from __future__ import annotations

import asyncio
import random
import re
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from bot.sender import Sender
from bot.telegram import Telegram
from djeli.core.clock import utc_now
from djeli.core.model import OutboxState
from storage.store import SqlStore
from tests.bot_samples import owed
from tests.store_parts import NOW, opened, ready_address
from tests.telegram_server import TOKEN, Params, TelegramServer

GROUP, READER = -100, 7
CHATS = (GROUP, READER)
HOURS, DEVELOPMENTS = 6, 400
CRITICAL = range(0, DEVELOPMENTS, 25)


class Night:
    """A sender over simulated hours; sleeping moves the clock, by minutes while `fast`."""

    def __init__(self, store: SqlStore, server: TelegramServer) -> None:
        self.store, self.server = store, server
        self.now, self.fast = NOW, False
        self.sender: Sender | None = None
        self.due = lambda: None  # what happens as time passes

    def clock(self) -> datetime:
        return self.now

    async def sleep(self, seconds: float) -> None:
        if self.sender and self.sender.in_flight:
            await asyncio.Event().wait()
        self.now += timedelta(seconds=max(seconds, 150.0) if self.fast else seconds)
        self.due()

    async def until(self, done: Callable[[], bool]) -> None:
        """Run the sender until something is so."""
        telegram = Telegram(TOKEN, self.server.base_url, clock=self.clock, read_timeout=5)
        stop = asyncio.Event()
        self.sender = Sender(self.store, telegram.messenger, self.clock, self.sleep, hourly=lambda chat: 20)
        running = asyncio.create_task(self.sender.run(stop))
        while not done():  # noqa: ASYNC110 - of what happens at the server nobody tells us
            await asyncio.sleep(0.002)
        stop.set()
        self.sender.wake()
        await running
        await telegram.close()


def numbers(texts: Sequence[str]) -> list[int]:
    """The developments a chat was told, in order, each when it was first told."""
    found = [int(n) for text in texts for n in re.findall(r"news (\d+)", text)]
    return list(dict.fromkeys(found))


def test_after_six_hours_without_telegram_everything_comes_within_ten_minutes(tmp_path: Path) -> None:
    with opened(ready_address("sqlite file", tmp_path)) as store:
        night = Night(store, TelegramServer())
        with TelegramServer(clock=lambda: night.now.timestamp(), limits=True) as server:
            night.server, night.fast = server, True
            chance = random.Random(5)

            def fault(method: str, params: Params) -> str | None:
                down = night.now < NOW + timedelta(hours=HOURS)
                return chance.choice(["502", "close_before", "restart"]) if down else None

            server.faults = fault
            told = 0

            def news() -> None:
                nonlocal told
                while told < DEVELOPMENTS and NOW + told * timedelta(hours=HOURS) / DEVELOPMENTS <= night.now:
                    critical = told in CRITICAL
                    text = f"news {told}"
                    store.owe([owed(c, text, story=f"S{told}", critical=critical) for c in CHATS], night.now)
                    told += 1
                night.fast = night.now < NOW + timedelta(hours=HOURS, minutes=-5)

            def empty() -> bool:
                owing = [chat for chat in store.outbox_health() if chat.pending or chat.uncertain]
                return told == DEVELOPMENTS and not owing

            night.due = news
            asyncio.run(night.until(empty))
            took = max(m["at"] for m in server.messages) - (NOW + timedelta(hours=HOURS)).timestamp()
            assert took <= 600, took
            for chat in CHATS:
                arrived = numbers(server.texts(chat))
                assert sorted(arrived) == list(range(DEVELOPMENTS))
                ordinary = [n for n in arrived if n not in CRITICAL]
                assert ordinary == sorted(ordinary)
                assert [n for n in arrived if n in CRITICAL] == list(CRITICAL)
                assert len(server.texts(chat)) < 60
            assert server.refused == 0, "a 429 was provoked"
            assert all(row.state is not OutboxState.DEAD for row in store.dead_letters(10))


def test_a_chat_that_must_wait_300_seconds_delays_twenty_others_by_less_than_two(tmp_path: Path) -> None:
    with opened(ready_address("sqlite memory", tmp_path)) as store:
        night = Night(store, TelegramServer())
        with TelegramServer(clock=lambda: night.now.timestamp()) as server:
            night.server = server
            server.flood(GROUP, 300)
            others = range(1, 21)
            owed_at: dict[str, float] = {}
            rounds = 0

            def news() -> None:
                nonlocal rounds
                if rounds < 10 and night.now >= NOW + rounds * timedelta(seconds=5):
                    rounds += 1
                    for chat in (GROUP, *others):
                        text = f"news {rounds}"
                        owed_at[f"{chat} {text}"] = night.now.timestamp()
                        store.owe([owed(chat, text, story=f"S{rounds}")], night.now)

            def done() -> bool:
                return len(server.messages) >= 200 and night.now > NOW + timedelta(seconds=60)

            night.due = news
            asyncio.run(night.until(done))
            delays = [m["at"] - owed_at[f"{m['chat_id']} {m['text']}"] for m in server.messages]
            assert {m["chat_id"] for m in server.messages} == set(others)
            assert max(delays) <= 2.0, max(delays)


def windows(times: list[float], length: float) -> int:
    """The most messages in any stretch of time."""
    times = sorted(times)
    return max(sum(begin <= at < begin + length for at in times) for begin in times)


def test_a_hundred_pushes_keep_the_pace_of_each_chat_of_groups_and_of_all(tmp_path: Path) -> None:
    with opened(ready_address("sqlite memory", tmp_path)) as store:
        night = Night(store, TelegramServer())
        with TelegramServer(clock=lambda: night.now.timestamp(), limits=True) as server:
            night.server = server
            where = [GROUP] * 45 + [READER] * 15 + list(range(100, 140))
            for n, chat in enumerate(where):
                store.owe([owed(chat, f"news {n}", kind="notice", story=f"notice:{n}")], NOW)
            asyncio.run(night.until(lambda: len(server.messages) == 100))
            assert server.refused == 0
            _check_pace(server)


def _check_pace(server: TelegramServer) -> None:
    by_chat: dict[int, list[float]] = defaultdict(list)
    for message in server.messages:
        by_chat[message["chat_id"]].append(message["at"])
    assert windows([m["at"] for m in server.messages], 1.0) <= 30
    for chat, times in by_chat.items():
        assert windows(times, 1.0) == 1
        assert chat > 0 or windows(times, 60.0) <= 20


def test_the_pace_holds_by_the_clock_on_the_wall_too(tmp_path: Path) -> None:
    """Real time, seen from the server: what is late on its way does not come closer to what follows."""
    with opened(ready_address("sqlite memory", tmp_path)) as store, TelegramServer(limits=True) as server:
        where = [READER] * 3 + [GROUP] * 3 + list(range(100, 145))
        for n, chat in enumerate(where):
            store.owe([owed(chat, f"news {n}", kind="notice", story=f"notice:{n}")], NOW)

        async def main() -> None:
            telegram = Telegram(TOKEN, server.base_url, clock=utc_now)
            await Sender(store, telegram.messenger, utc_now).drain()
            await telegram.close()

        begun = time.monotonic()
        asyncio.run(main())
        assert time.monotonic() - begun < 20
        assert len(server.messages) == len(where)
        assert server.refused == 0
        _check_pace(server)
