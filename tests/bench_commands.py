"""How long the bot takes to answer while it polls: `python -m tests.bench_commands [FEEDS] [SECONDS]`.

The service is a process of its own, with the real bot library; the feeds and a strict Bot API server
are in others. First every feed is new and every entry of it is judged; then, with a store that has
seen them, every feed has one new entry. Commands are asked one after another, as fast as they are answered.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from statistics import median, quantiles

from bot.telegram import Telegram
from djeli.app import service, wiring
from djeli.app.config import Config
from djeli.core.clock import utc_now
from djeli.core.model import Chat, Feed, ReadPages, Watch
from storage.store import open_store
from tests.bench import HERE, feed_server, measure, ours
from tests.telegram_server import TOKEN, TelegramServer

CHAT, ADMIN = 42, 7
LIMIT = 1.0  # seconds
COMMANDS = (
    "/recent",
    "/search Mali",
    "/status",
    "/known Wagner",
    "/recent 30",
    "/why S1",
    "/help",
    "/story S2",
)


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 30.0
    print(f"Answers of the bot while it polls {count} feeds; seconds from the question to the answer.")
    with tempfile.TemporaryDirectory() as folder, feed_server() as port:
        show("every entry is new", answers(f"{folder}/new.db", port, count, seconds))
        measure(ours("bench_poll", "entries", f"{folder}/seen.db", str(port), str(count)))
        for mode, words in (("news", "one new entry each"), ("plain", "nothing new")):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/mode/{mode}", timeout=10).close()
            show(words, answers(f"{folder}/seen.db", port, count, seconds / 2))


def show(words: str, times: dict[str, list[float]]) -> None:
    every = sorted(moment for found in times.values() for moment in found)
    p95 = quantiles(every, n=20)[-1] if len(every) > 1 else every[0]
    slowest = max(times, key=lambda name: max(times[name]))
    print(
        f"{words:<20} {len(every):>4} answers   median {median(every):.3f}   p95 {p95:.3f}   "
        f"longest {every[-1]:.3f} ({slowest})   limit {LIMIT}   ratio {every[-1] / LIMIT:.2f}",
        flush=True,
    )


def answers(database: str, port: int, count: int, seconds: float) -> dict[str, list[float]]:
    """Ask while the service runs; the times by command."""
    times: dict[str, list[float]] = {}
    with TelegramServer() as telegram, serving(database, port, count, telegram.base_url):
        ask(telegram, "/start", 60)
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            for command in COMMANDS:
                times.setdefault(command, []).append(ask(telegram, command, 20))
    return times


def ask(telegram: TelegramServer, command: str, patience: float) -> float:
    before, asked = len(telegram.texts(ADMIN)), time.perf_counter()
    telegram.push_command(ADMIN, ADMIN, command)
    telegram.wait_for(lambda: len(telegram.texts(ADMIN)) > before, patience)
    took = time.perf_counter() - asked
    time.sleep(0.05)  # further parts of a long answer, of which nothing says how many
    return took


@contextmanager
def serving(database: str, port: int, count: int, base_url: str) -> Iterator[None]:
    words = [database, str(port), str(count), base_url]
    command = [sys.executable, "-c", "from tests.bench_commands import serve; serve()", *words]
    with subprocess.Popen(command, stdin=subprocess.PIPE, cwd=HERE.parent) as process:
        try:
            yield
        finally:
            process.communicate(timeout=60)


def serve() -> None:
    """The service, until its standard input is closed."""
    database, port, count, base_url = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]
    feeds = tuple(
        Feed(f"http://127.0.0.1:{port}/feed/{number}", "invented", read=ReadPages.NEVER)
        for number in range(count)
    )
    config = Config(
        path=None,
        database=f"sqlite:///{database}",
        chats=(Chat(CHAT, ("mali-russia",)),),
        admins=(ADMIN,),
        watches=(Watch("mali-russia"),),
        feeds=feeds,
        allow_private=("127.0.0.0/8",),
    )
    house = wiring.furnish(replace(config, wording=False), wiring.load_knowledge())
    store = open_store(config.database)

    async def run() -> None:
        stop = asyncio.Event()
        telegram = Telegram(TOKEN, base_url, clock=utc_now, poll_seconds=5)
        running = asyncio.create_task(service.serve(house, store, telegram, utc_now, stop))
        await asyncio.to_thread(sys.stdin.read)
        stop.set()
        await running

    try:
        asyncio.run(run())
    finally:
        store.close()


if __name__ == "__main__":
    main()
