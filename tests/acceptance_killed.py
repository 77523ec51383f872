"""`djeli run --once` that dies: the same run again and again, killed each time before another statement.

    python -m tests.acceptance_killed CONFIG FOLDER STEP

The feeds and pages are fetched and read once. A first run counts its statements. Then, for each
statement from the first sending on and for each STEP-th before: a run with a database of its own and a
chat whose id is the statement's number, killed before that statement; and, hours later, a run that
is left alone. Prints a JSON line with how each of the two ended. Every run is a fork of this process,
which has no threads.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

from baseline.language import detect
from bot.telegram import Telegram
from djeli.app import service, wiring
from djeli.app.wiring import House
from djeli.core.clock import utc_now
from djeli.core.model import Article, Chat, Check, Entry, Feed, FeedCursor
from djeli.core.ports import Web
from monitors.web import HttpWeb
from storage.store import open_store


@dataclass
class Recorded(Web):
    """What the press said when it was asked once."""

    checks: dict[str, Check] = field(default_factory=dict)
    articles: dict[str, Article] = field(default_factory=dict)

    async def record(self, house: House) -> None:
        web, now = HttpWeb(detect, house.config.allow_private), utc_now()
        for feed in house.config.feeds:
            check = self.checks[feed.url] = await web.look(feed, FeedCursor(feed.url), now)
            assert check.failure is None, check.failure
            for entry in check.entries:
                self.articles[entry.guid] = await web.read(entry, feed, now)
        await web.aclose()

    async def look(self, feed: Feed, cursor: FeedCursor, now: datetime) -> Check:
        return replace(self.checks[feed.url], at=now)

    async def read(self, entry: Entry, feed: Feed, now: datetime, fetch_page: bool = True) -> Article:
        return replace(self.articles[entry.guid], first_seen=now)


def hurried(start: datetime) -> Callable[[], datetime]:
    """A clock of which ten seconds pass at each look: nobody waits for the pace of a chat."""
    times = (start + timedelta(seconds=10 * look) for look in count())
    return lambda: next(times)


def die_at(number: int) -> Callable[[str], None]:
    """Kill this very process before its n-th statement, COMMIT included."""
    left = iter(range(number - 1))

    def statement_comes(statement: str) -> None:
        if next(left, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)

    return statement_comes


def run(house: House, web: Web, start: datetime, on_statement: Callable[[str], None] | None) -> int:
    """One `run --once` in a process of its own; its exit code, or -9."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    code = 1
    try:
        store = open_store(house.config.database, migrate=False, on_statement=on_statement)
        bot = Telegram(os.environ["DJELI_TELEGRAM_TOKEN"], os.environ["DJELI_TELEGRAM_API"], clock=utc_now)
        asyncio.run(service.run_once(house, store, bot, hurried(start), web))
        code = 0
    finally:
        os._exit(code)


@dataclass(frozen=True)
class Trial:
    """The same news for ever new chats, each with a database of its own."""

    house: House
    web: Web
    folder: Path

    def house_of(self, chat: int) -> House:
        """The same house for another chat, with an empty database."""
        database = self.folder / f"{chat}.db"
        empty = self.folder / "empty.db"
        if not empty.exists():
            open_store(f"sqlite:///{empty}").close()
        database.write_bytes(empty.read_bytes())
        chats = (Chat(chat, self.house.config.chats[0].watches),)
        config = replace(self.house.config, chats=chats, database=f"sqlite:///{database}")
        return wiring.furnish(config, self.house.knowledge, lambda: self.house.judge)

    def statements(self) -> list[str]:
        """What a run that nobody kills says to its database."""
        said = self.folder / "statements"

        def write(statement: str) -> None:
            with said.open("a") as file:
                file.write(" ".join(statement.split()) + "\n")

        assert run(self.house_of(999_999), self.web, utc_now(), write) == 0
        return said.read_text().splitlines()

    def kill(self, number: int) -> tuple[int, int]:
        """How the killed run and the next one ended."""
        house, start = self.house_of(number), utc_now()
        killed = run(house, self.web, start, die_at(number))
        return killed, run(house, self.web, start + timedelta(hours=3), None)


def main(config: Path, folder: Path, step: int) -> None:
    """Kill at every point that is to be tried."""
    house, web = wiring.open_house(config), Recorded()
    asyncio.run(web.record(house))
    assert house.judge  # made before the first fork: it takes a second
    trial = Trial(house, web, folder)
    said = trial.statements()
    sending = next(
        n for n, text in enumerate(said, 1) if text.startswith("UPDATE outbox SET state=?, attempts")
    )
    for number in (*range(1, sending, step), *range(sending, len(said) + 1)):
        killed, restarted = trial.kill(number)
        told = {"point": number, "statement": said[number - 1], "killed": killed, "restarted": restarted}
        print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
