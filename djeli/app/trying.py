"""Feeds that are tried before they are trusted: the address itself, then what its page offers."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from djeli.core.model import Check, Failure, Feed, FeedCursor
from djeli.core.ports import Store
from monitors import discover, due, health
from monitors.addresses import web_address
from monitors.web import HttpWeb

_OFFERS = 3  # feeds of one page that are tried
_AT_ONCE = 20  # more would only wait for their turn
# What another address of the same site may mend.
_MENDED = ("not_a_feed", "parse", "redirects")
_GONE = (404, 410)
_NOBODY = ("connect", "timeout")


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of one feed."""

    feed: Feed  # with the address that was found
    check: Check  # the look at that
    first: Check  # the look at the address that was asked for
    others: tuple[str, ...] = ()

    @property
    def works(self) -> bool:
        """It answers with a feed, be it an empty one."""
        return self.check.failure is None

    @property
    def better(self) -> str | None:
        """Another address that works."""
        return self.feed.url if self.works and self.feed.url != self.first.feed else None

    @property
    def why(self) -> str:
        """What is wrong with the address that was asked for."""
        failure = self.first.failure
        return failure.detail if failure else "It has moved for good." if self.better else ""


async def tried(web: HttpWeb, feed: Feed, now: datetime) -> Tried:
    """Look at a feed; where a page or nothing is, look for the feed behind it.

    Where it has moved for good, the new address is the one that was found.
    """
    feed, check = await _looked(web, feed, now)
    if check.failure is None:
        return Tried(replace(feed, url=check.moved_to or feed.url), check, check)
    if not may_be_mended(check.failure):
        return Tried(feed, check, check)
    offers = await discover.discover(web.fetcher, feed.url)
    urls = [] if isinstance(offers, Failure) else [url for url, _ in offers]
    for url in urls[:_OFFERS]:
        found = replace(feed, url=url)
        again = await web.look(found, FeedCursor(url), now)
        if again.failure is None:
            return Tried(found, again, check, tuple(other for other in urls if other != url))
    return Tried(feed, check, check, tuple(urls))


async def _looked(web: HttpWeb, feed: Feed, now: datetime) -> tuple[Feed, Check]:
    """The look at an address; where its scheme is left out, at https and, if nobody is there, at http."""
    schemes = ("",) if "://" in feed.url or feed.url.startswith("feed:") else ("https://", "http://")
    looks = []
    for scheme in schemes:
        asked = replace(feed, url=web_address(f"{scheme}{feed.url}"))
        check = await web.look(asked, FeedCursor(asked.url), now)
        looks.append((asked, check))
        if check.failure is None or check.failure.code not in _NOBODY:
            return asked, check
    return looks[0]


async def each_tried(web: HttpWeb, feeds: Sequence[Feed], now: datetime) -> AsyncIterator[tuple[Feed, Tried]]:
    """Each feed with what became of it, as they answer: what was found stands whatever comes later."""
    gate = asyncio.Semaphore(_AT_ONCE)

    async def one(feed: Feed) -> tuple[Feed, Tried]:
        async with gate:
            return feed, await tried(web, feed, now)

    tasks = [asyncio.ensure_future(one(feed)) for feed in feeds]
    try:
        for task in asyncio.as_completed(tasks):
            yield await task
    finally:
        for left in tasks:
            left.cancel()


def may_be_mended(failure: Failure) -> bool:
    """Whether the site may have the feed at another address."""
    return failure.code in _MENDED or failure.status in _GONE


def as_remembered(check: Check, store: Store | None = None) -> FeedCursor:
    """What would be remembered of a feed after this look, with what is remembered of it already."""
    before = store.cursor(check.feed) if store else FeedCursor(check.feed)
    fresh = len(store.unseen(check.entries)) if store else len(check.entries)
    cursor = due.advance(before, check, Feed(check.feed, ""), check.at, 0.5)
    return health.noted(cursor, check, fresh)


def flaws(check: Check) -> list[str]:
    """What a feed that answers does not give, or gives too rarely."""
    entries = check.entries
    if not entries:
        return []
    texts = Counter(
        "the full text" if len(entry.content) > len(entry.summary) else "a summary" if entry.summary else ""
        for entry in entries
    )
    found = [f"{what} in {n}" for what, n in texts.items() if what]
    found += [f"only a headline in {texts['']}"] if texts[""] else []
    undated = sum(entry.published is None for entry in entries)
    found += [f"no date in {undated}"] if undated else []
    homeless = sum(not entry.url for entry in entries)
    found += [f"no address in {homeless}"] if homeless else []
    dates = [entry.published for entry in entries if entry.published]
    quiet = (check.at - max(dates)).days if dates else 0
    return found + ([f"nothing new for {quiet} days"] if quiet >= 30 else [])
