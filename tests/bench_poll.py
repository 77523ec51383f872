"""Djeli's side of the polling benchmark: `python -m tests.bench_poll HOW DATABASE PORT COUNT`.

One look at every feed, on the path of the service: which feeds are due, HttpWeb.look, unseen, keep,
advance; prints one line of JSON. HOW is `entries` (seen entries and cursors are remembered, nothing
is judged) or `judged` (the whole cycle, every entry judged by the feed's own text).
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from multiprocessing import forkserver

from djeli.app.turns import Manners, Tray, Turns, host_of
from djeli.core.model import Check, Feed, ReadPages
from djeli.core.ports import Kept
from monitors import due
from monitors.web import HttpWeb
from storage.store import SqlStore, open_store

LOOPBACK = ["127.0.0.0/8"]
SOON = timedelta(seconds=1)  # every run finds every feed due


def main() -> None:
    how, database, port, count = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    feeds = [feed(f"http://127.0.0.1:{port}/feed/{number}") for number in range(count)]
    store = open_store(f"sqlite:///{database}")
    try:
        store.configure_feeds(feeds)
        asyncio.run(poll(store, feeds) if how == "entries" else judge(store, feeds))
        statuses = store.feed_statuses()
    finally:
        store.close()
    failed = sum(status.cursor.failures > 0 for status in statuses)
    print(json.dumps({"entries": sum(status.entries for status in statuses), "failed": failed}))


def feed(url: str) -> Feed:
    return Feed(url, "invented", every=SOON, read=ReadPages.NEVER)


async def poll(store: SqlStore, feeds: Sequence[Feed]) -> None:
    """Look at every due feed and remember what it showed, on the way that the cycle takes."""
    now = datetime.now(UTC)
    web = HttpWeb(_no_language, LOOPBACK)
    cursors = store.cursors([feed.url for feed in feeds])
    waiting = due.due(feeds, cursors, now + timedelta(days=1))
    assert len(waiting) == len(feeds)

    async def look(feed: Feed) -> None:
        host = host_of(feed.url)
        await turns.breath(host)
        check = await web.look(feed, cursors[feed.url], now)
        turns.looked(host)
        await found.add((feed, check))

    async def keep(portion: list[tuple[Feed, Check]]) -> list[None]:
        fresh = store.unseen_of_each([check.entries for _, check in portion])
        kept = [Kept(entry=entry) for new in fresh for entry in new]
        for feed, check in portion:
            kept.append(Kept(cursor=due.advance(cursors[feed.url], check, feed, now, 0.5)))
        store.keep_all(kept, now)
        return [None] * len(portion)

    limits = Manners()
    turns = Turns(limits, on_end=lambda: None)
    found = Tray(keep, limits.portion, limits.gather, lambda: not turns.looking)
    try:
        await turns.follow((host_of(feed.url), False, partial(look, feed)) for feed in waiting)
    finally:
        await web.aclose()
        end_of_children()


def _no_language(title: str, text: str, declared: str | None) -> str:
    """Languages are asked for when an article is read; here none is."""
    return declared or "und"


async def judge(store: SqlStore, feeds: Sequence[Feed]) -> None:
    """One whole round of the service over these feeds."""
    from baseline.language import detect
    from djeli.app import wiring  # here: the other way would pay for imports that it has no use for

    web = HttpWeb(detect, LOOPBACK)
    house = wiring.open_house(None)
    house = wiring.furnish(replace(house.config, wording=False), house.knowledge)
    cycle = house.cycle(web, store)
    try:
        await cycle.round(feeds)
    finally:
        cycle.close()
        await web.aclose()
        end_of_children()


def end_of_children() -> None:
    """Wait for the fork server, or the CPU of the parsing children would not be counted as ours."""
    forkserver._forkserver._stop()


if __name__ == "__main__":
    main()
