"""Senders that are killed: the real sender on a real database against a strict server, again and again.

    python -m tests.delivery_kills DATABASE API random KILLS SEED
    python -m tests.delivery_kills DATABASE API points STEP

`random`: each sender is owed some more messages and is killed at a moment by chance. `points`: for each
STEP-th statement that one sender says to its database, another one with chats of its own is killed just
before it, and once more while the statement before has just been committed. After each kill somebody
takes over; at the end a sender is left alone until nothing is owed. Every sender is a fork of this
process, which has no threads. Prints what each chat was owed, as JSON.

A message carries `⟦number⟧`, so that it is known again wherever it is told.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count

from bot.sender import Sender
from bot.telegram import Telegram
from djeli.app.lease import SenderLease
from djeli.app.machine import Process
from djeli.core.model import Alert
from storage.store import SqlStore, open_store
from tests.telegram_server import TOKEN

SPEED = 20  # so many seconds of the senders pass in one of ours
CHATS = (*range(1, 10), -100, -200, -300)
_ALL = ("alert", "update", "digest", "answer")
STORMY = (8, 9, -300)  # chats that get few cards in an hour, and the rest together
_BORN = time.time()
_LIFE = 0.2  # seconds that a sender without work lives on an idle machine


@dataclass
class Newsroom:
    """Makes up what chats are owed; remembers it by the number in each message."""

    chance: random.Random
    chats: tuple[int, ...] = CHATS
    owed: dict[int, tuple[int, str]] = field(default_factory=dict)  # number: chat and kind
    stories: dict[int, list[int]] = field(default_factory=dict)  # of each chat
    numbers: count[int] = field(default_factory=lambda: count(1))

    def some(self, most: int = 6) -> list[Alert]:
        """A few messages of all kinds."""
        return [alert for _ in range(self.chance.randint(1, most)) for alert in self.one()]

    def one(self, kind: str = "", chat: int = 0) -> list[Alert]:
        """One message: a card, an update of a card, a digest of two parts, or the answer to a question."""
        chat = chat or self.chance.choice(self.chats)
        kind = kind or self.chance.choices(_ALL, (65, 20, 10, 5))[0]
        told = self.stories.setdefault(chat, [])
        if kind == "update" and told:
            return [self._update(chat, self.chance.choice(told[-20:]))]
        if kind == "digest":
            return [self._part(chat, part) for part in range(2)]
        if kind == "answer":
            number = self._number(chat, "answer")
            return [self._alert(chat, "answer", number, f"answer:{number}")]
        number = self._number(chat, "alert")
        told.append(number)
        critical = self.chance.random() < 0.05
        return [self._alert(chat, "alert", number, f"S{number}", critical=critical)]

    def _number(self, chat: int, kind: str) -> int:
        number = next(self.numbers)
        self.owed[number] = (chat, kind)
        return number

    def _update(self, chat: int, story: int) -> Alert:
        number = self._number(chat, "update")
        return self._alert(
            chat,
            "update",
            number,
            f"S{story}",
            revision=number,
            reply_to_story=True,
            edit_html=f"<b>⟦{story}⟧ changed</b>\nby {number}",
        )

    def _part(self, chat: int, part: int) -> Alert:
        number = self._number(chat, "digest")
        return self._alert(chat, "digest", number, f"digest:{number - part}", part=part)

    @staticmethod
    def _alert(chat: int, kind: str, number: int, story: str, **more: object) -> Alert:
        text = f"⟦{number}⟧ news"
        return Alert(chat, kind, f"<b>{text}</b>\nof {chat}", f"{text}\nof {chat}", story=story, **more)


def hurried() -> datetime:
    """A clock that runs fast, and on over the death of a sender."""
    return datetime.fromtimestamp(_BORN + (time.time() - _BORN) * SPEED, UTC)


async def short_sleep(seconds: float) -> None:
    await asyncio.sleep(seconds / SPEED)


def hourly(chat: int) -> int:
    """Chats that differ by thousands are alike."""
    return 3 if chat % 1_000 in {stormy % 1_000 for stormy in STORMY} else 10_000


def work(
    database: str,
    api: str,
    feed: Sequence[Alert],
    until: Callable[[SqlStore], bool] | None,
    on_statement: Callable[[str], None] | None = None,
    clock: Callable[[], datetime] = hurried,
) -> None:
    """What a sender does all its life: take the lease, find out what is in doubt, send."""
    store = open_store(database, migrate=False, on_statement=on_statement)

    async def main() -> None:
        lease = SenderLease(store, clock, Process.this(), short_sleep)
        await lease.take()
        store.recover(clock())
        store.owe(feed, clock())
        telegram = Telegram(TOKEN, api, clock=clock, sleep=short_sleep, read_timeout=0.4)
        sender = Sender(store, telegram.messenger, clock, short_sleep, holder=lease.holder, hourly=hourly)
        stop = asyncio.Event()
        running = asyncio.create_task(sender.run(stop))
        while until is None or not until(store):
            await asyncio.sleep(0.05)
            if running.done():
                running.result()
        stop.set()
        sender.wake()
        await running
        await telegram.close()

    asyncio.run(main())
    store.close()


def empty(store: SqlStore) -> bool:
    """Nothing is owed any more; what is held back by a storm still is."""
    return not any(chat.pending or chat.uncertain for chat in store.outbox_health())


def forked(job: Callable[[], None]) -> int:
    """Do it in a process of its own; its number."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        job()
        code = 0
    except BaseException as error:
        print(f"a sender failed: {error!r}", file=sys.stderr, flush=True)
    finally:
        os._exit(code)


def ended(child: int) -> int:
    """How a process ended, waited for: its exit code, or minus the signal."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def kill_at_random(database: str, api: str, kills: int, seed: int) -> dict[int, tuple[int, str]]:
    """Kill senders at moments by chance, then let the last one end its work."""
    chance = random.Random(seed)
    room = Newsroom(chance)
    begun = time.monotonic()
    assert ended(forked(lambda: work(database, api, [], empty))) == 0  # it has nothing to do
    life = time.monotonic() - begun
    for _ in range(kills):
        feed = room.some()
        child = forked(lambda feed=feed: work(database, api, feed, None))
        # Any moment of its work, which no event marks; on a busy machine it comes later.
        time.sleep(chance.uniform(0.05, 0.55) * max(1.0, life / _LIFE))
        os.kill(child, signal.SIGKILL)
        assert ended(child) == -signal.SIGKILL
    # What the killed senders had not taken on yet is owed now: to owe it twice is harmless.
    later = timedelta(hours=2)  # no storm holds anything back any more
    assert ended(forked(lambda: work(database, api, [], empty, clock=lambda: hurried() + later))) == 0
    return room.owed


# ------------------------------------------------------------------------- at every fail point


def die_at(number: int, after: bool = False) -> Callable[[str], None]:
    """Kill this very process before its n-th statement, COMMIT included."""
    left = iter(range(number - 1))

    def statement_comes(statement: str) -> None:
        if next(left, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)

    return statement_comes


def scene(point: int) -> tuple[Newsroom, list[Alert]]:
    """What the chats of one fail point are owed: every kind of message, and a storm."""
    base = 10_000 * (point + 1)
    room = Newsroom(random.Random(1), numbers=count(base + 1))
    plain, stormy = base + 1, base + 8
    feed = [alert for kind in _ALL for alert in room.one(kind, plain)]
    feed += [alert for _ in range(6) for alert in room.one("alert", stormy)]
    return room, feed


class Leaps:
    """A clock of which five minutes pass at each look: no pause is waited for."""

    def __init__(self, start: datetime) -> None:
        self.now = start

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=5)
        return self.now


def kill_at_points(database: str, api: str, step: int) -> dict[int, tuple[int, str]]:
    """Kill a sender before each statement, and let another one take over."""
    owed: dict[int, tuple[int, str]] = {}
    said: deque[str] = deque()
    log = f"{database.removeprefix('sqlite:///')}.said"
    room, feed = scene(0)
    start = datetime.now(UTC)

    def noted(statement: str) -> None:
        with open(log, "a") as file:
            file.write(" ".join(statement.split())[:60] + "\n")

    assert ended(forked(lambda: work(database, api, feed, empty, noted, Leaps(start)))) == 0
    with open(log) as file:
        said.extend(file.read().splitlines())
    owed |= room.owed
    for point in range(1, len(said) + 1, step):
        room, feed = scene(point)
        start += timedelta(days=2)

        def dies(feed: list[Alert] = feed, point: int = point, start: datetime = start) -> None:
            work(database, api, feed, empty, die_at(point), Leaps(start))

        def goes_on(feed: list[Alert] = feed, start: datetime = start) -> None:
            work(database, api, feed, empty, None, Leaps(start + timedelta(days=1)))

        assert ended(forked(dies)) == -signal.SIGKILL, said[point - 1]
        assert ended(forked(goes_on)) == 0
        owed |= room.owed
    print(f"fail points: {len(range(1, len(said) + 1, step))} of {len(said)}", file=sys.stderr)
    return owed


def main(database: str, api: str, how: str, *numbers: str) -> None:
    """Kill, then tell what was owed."""
    open_store(database).close()
    kill = {"random": kill_at_random, "points": kill_at_points}[how]
    print(json.dumps(kill(database, api, *map(int, numbers))))


if __name__ == "__main__":
    main(*sys.argv[1:])
