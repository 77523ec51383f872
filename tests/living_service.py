"""The real service in this process, on an analyst's desk, for as long as a script of a test."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta

from bot.telegram import Telegram
from djeli.app import service, wiring
from storage.store import open_store
from tests.acceptance_desk import CHAT, Desk
from tests.telegram_server import TOKEN


def configure(desk: Desk, *changes: tuple[str, str]) -> None:
    """The desk's configuration without digests, for the clock of the tests runs through the hours."""
    desk.configure(('digest = ["07:00", "18:00"]', "digest = []"), *changes)


class Service:
    """The real service in this process, its feeds asked all the time."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.moment = desk, datetime.now(UTC)

    def clock(self) -> datetime:
        """Each question is a minute after the one before, so that every feed is always due."""
        self.moment += timedelta(minutes=1)
        return self.moment

    def live(self, script: Callable[[Service], Awaitable[None]]) -> None:
        """Run the service for as long as the script."""

        async def main() -> None:
            house = wiring.open_house(self.desk.folder / "djeli.toml")
            stop = asyncio.Event()
            bot = Telegram(TOKEN, self.desk.telegram.base_url, clock=self.clock, poll_seconds=1)
            with closing(open_store(self.desk.database)) as store:
                self.store = store
                serving = asyncio.create_task(service.serve(house, store, bot, self.clock, stop, tick=0.2))
                try:
                    await script(self)
                finally:
                    stop.set()
                    await serving

        asyncio.run(main())

    async def until(self, happened: Callable[[], object], within: float = 120.0) -> float:
        """Wait for something and say how long it took."""
        begun = time.monotonic()
        while not await asyncio.to_thread(happened):
            assert time.monotonic() - begun < within, "it did not happen"
            await asyncio.sleep(0.05)
        return time.monotonic() - begun

    def seen(self, path: str) -> bool:
        """Whether an article was judged."""
        return bool(self.store.ledger(self.desk.web.url(path)))

    def told(self, words: str, chat: int = CHAT) -> int:
        """How many messages of a chat hold these words."""
        return sum(words in text for text in self.desk.texts(chat))
