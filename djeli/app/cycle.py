"""The path of the articles of one round, as it is told: this module decides nothing.

    look → unseen → read → judge → keep → owe

Feeds are asked at the same time; everything that touches the store or the judge runs in one worker
thread, one article after another in order of publication. Each article is kept with its messages in
one transaction; the feed's cursor moves with the feed's last article, so whatever kills the process,
the next look finds what is missing.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import ParamSpec, Protocol, TypeVar

from djeli.app.judging import Judging, explained, judged, unjudged
from djeli.app.outlets import Offer, Outlets
from djeli.core.clock import Clock
from djeli.core.model import (
    Alert,
    Article,
    Check,
    Decision,
    Entry,
    Failure,
    Feed,
    FeedCursor,
    Judgement,
    LedgerLine,
    ReadPages,
)
from djeli.core.ports import Kept, Store, Web
from monitors import health

log = logging.getLogger("djeli.cycle")

STORM = 50  # more new items at once from a known feed become one notice (a feed that lost its ids)
_FEEDS_AT_ONCE = 50  # feeds whose articles are in memory together
_PAGES_AT_ONCE = 10  # safety rule: ten connections in all

P = ParamSpec("P")
T = TypeVar("T")
Advance = Callable[[FeedCursor, Check, Feed], FeedCursor]


@dataclass(slots=True)
class Round:
    """What one round did."""

    feeds: int = 0
    failed: int = 0
    articles: int = 0
    decisions: dict[Decision, int] = field(default_factory=dict)

    def __str__(self) -> str:
        decided = "".join(f" · {decision} {count}" for decision, count in sorted(self.decisions.items()))
        return f"feeds {self.feeds} (failed {self.failed}), new articles {self.articles}{decided}"


@dataclass(frozen=True, slots=True)
class _Look:
    """One feed in one round: what was found and what is new of it."""

    feed: Feed
    cursor: FeedCursor  # as it was
    check: Check
    offer: Offer
    held: str = ""  # why its pushes are held back: "", "first" or "storm"

    @property
    def fresh(self) -> tuple[Entry, ...]:
        """The entries that are new."""
        return self.offer.fresh


@dataclass(frozen=True, slots=True)
class _Item:
    """One new article with where it came from."""

    article: Article
    entry: Entry
    look: _Look
    left_out: tuple[str, ...] = ()  # of the article: what stands on every item of its outlet


@dataclass(slots=True)
class Held:
    """Articles whose pushes were held back: of feeds seen first, and of storms."""

    looks: list[_Look] = field(default_factory=list)
    articles: Counter[str] = field(default_factory=Counter)  # by the feed's address, as is what follows
    judged: list[tuple[str, Judgement]] = field(default_factory=list)  # those that would have been pushed
    kept_before: list[tuple[str, LedgerLine]] = field(default_factory=list)  # the same, kept before a kill

    @property
    def firsts(self) -> list[Feed]:
        """The feeds that were seen for the first time."""
        return [look.feed for look in self.looks if look.held == "first"]

    @property
    def storms(self) -> list[Feed]:
        """The known feeds that brought too much at once."""
        return [look.feed for look in self.looks if look.held == "storm"]


class Telling(Protocol):
    """Turns judgements into messages for the chats (djeli.app.telling.Teller)."""

    def owed(self, judgement: Judgement, now: datetime) -> tuple[Alert, ...]:
        """What the chats are owed about one article."""
        ...

    def notices(self, held: Held, now: datetime) -> tuple[Alert, ...]:
        """One message for each chat about articles whose pushes were held back."""
        ...


class Cycle:
    """Takes feeds through the whole path.

    `at_home` are outlets whose every page is read; `left_out_words` say what was left out of an article.
    """

    def __init__(
        self,
        web: Web,
        store: Store,
        judge: Judging,
        tell: Telling,
        clock: Clock,
        advance: Advance,
        *,
        tell_first_look: bool = False,
        at_home: frozenset[str] = frozenset(),
        left_out_words: str = "{list}",
    ) -> None:
        self._web, self._store, self._judge, self._tell = web, store, judge, tell
        self._clock, self._advance = clock, advance
        self._tell_first_look, self._at_home = tell_first_look, at_home
        self._left_out_words = left_out_words
        self._outlets = Outlets(store, judge)
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="judge")

    async def round(self, feeds: Sequence[Feed]) -> Round:
        """Look at these feeds, judge what is new, keep it with what is owed."""
        done, held = Round(), Held()
        for start in range(0, len(feeds), _FEEDS_AT_ONCE):
            looks = await self._look(feeds[start : start + _FEEDS_AT_ONCE])
            items = await self._read(looks)
            last = _last_of_each_feed(looks, items)
            for item in items:
                await self._work(self._keep, item, item is last.get(item.look.feed.url), held, done)
            await self._work(self._close_looks, looks, last, held, done)
        await self._work(self._close_held, held)
        return done

    def close(self) -> None:
        """Wait for the article in work, then let the thread go."""
        self._worker.shutdown(wait=True)

    # ------------------------------------------------------------------------- look and read

    async def _look(self, feeds: Sequence[Feed]) -> list[_Look]:
        cursors = await self._work(self._store.cursors, [feed.url for feed in feeds])
        checks = await asyncio.gather(*(self._check(feed, cursors[feed.url]) for feed in feeds))
        return await self._work(self._compare, feeds, cursors, checks)

    def _compare(
        self, feeds: Sequence[Feed], cursors: Mapping[str, FeedCursor], checks: Sequence[Check]
    ) -> list[_Look]:
        """What is new of what the feeds show (worker)."""
        looks = []
        unseen = self._store.unseen_of_each([check.entries for check in checks])
        shown = [(feed.outlet, new) for feed, new in zip(feeds, unseen, strict=True)]
        offers = self._outlets.offers(shown, self._clock())
        for feed, check, offer in zip(feeds, checks, offers, strict=True):
            held = self._held(feed, cursors[feed.url], len(offer.fresh)) if check.entries else ""
            looks.append(_Look(feed, cursors[feed.url], check, offer, held))
        return looks

    async def _check(self, feed: Feed, cursor: FeedCursor) -> Check:
        try:
            return await self._web.look(feed, cursor, self._clock())
        except Exception as error:  # one feed that breaks our own code must not stop the others
            log.exception("look failed: %s", feed.url)
            return self._failed(feed, f"{type(error).__name__} while looking at it")

    def _failed(self, feed: Feed, detail: str) -> Check:
        return Check(feed.url, self._clock(), failure=Failure("parse", detail))

    def _held(self, feed: Feed, cursor: FeedCursor, fresh: int) -> str:
        """Why this feed's pushes are held back: seen first, or a storm (also one cut short by a kill)."""
        if not cursor.first_look_done:
            return "" if self._tell_first_look else "first"
        if fresh > STORM:
            self._store.set_setting(_storm_mark(feed), self._clock().isoformat())
            return "storm"
        return "storm" if self._store.setting(_storm_mark(feed)) else ""

    async def _read(self, looks: Sequence[_Look]) -> list[_Item]:
        """The articles of all new entries, in order of publication; a page that broke us is left out."""
        gate = asyncio.Semaphore(_PAGES_AT_ONCE)
        read = await asyncio.gather(
            *(self._read_one(look, entry, gate) for look in looks for entry in look.fresh)
        )
        items = await self._work(self._bare, [item for item in read if item])
        return sorted(items, key=lambda item: item.article.published)

    def _bare(self, items: Sequence[_Item]) -> list[_Item]:
        """The articles without what stands on every item of their outlets (worker)."""
        bare = self._outlets.bare([(item.entry, item.article) for item in items])
        return [
            replace(item, article=one.article, left_out=one.left_out)
            for item, one in zip(items, bare, strict=True)
        ]

    async def _read_one(self, look: _Look, entry: Entry, gate: asyncio.Semaphore) -> _Item | None:
        try:
            page = self._wants_page(look.feed, entry, look.offer.usual)
            async with gate:
                return _Item(await self._web.read(entry, look.feed, self._clock(), page), entry, look)
        except Exception:  # the entry stays unseen, and its feed's cursor where it was
            log.exception("page failed: %s", entry.url)
            return None

    def _wants_page(self, feed: Feed, entry: Entry, usual: frozenset[str]) -> bool:
        if feed.read in (ReadPages.ALL, ReadPages.NEVER):
            return feed.read is ReadPages.ALL
        if feed.read is ReadPages.AUTO and feed.outlet in self._at_home:
            return True
        return self._outlets.touches(entry, usual)

    # ---------------------------------------------------------------- judge, keep, owe (worker)

    def _keep(self, item: _Item, last: bool, held: Held, done: Round) -> None:
        """Judge one article and keep it with its messages and, as the feed's last, the cursor."""
        now = self._clock()
        cursor = self._moved(item.look) if last and not item.look.held else None
        if self._store.article(item.article.id) is not None:  # another feed brought it before
            self._store.keep(Kept(entry=item.entry, cursor=cursor), now)
            return
        judgement = self._judged(item, now)
        alerts = self._tell.owed(judgement, now)
        if item.look.held:
            held.articles[item.look.feed.url] += 1
            held.judged.extend([(item.look.feed.url, judgement)] if alerts else [])
            alerts = ()
        self._store.keep(Kept(judgement, item.entry, alerts, cursor), now)
        done.articles += 1
        done.decisions[judgement.decision] = done.decisions.get(judgement.decision, 0) + 1

    def _judged(self, item: _Item, now: datetime) -> Judgement:
        article = item.article
        try:
            judgement = judged(article, self._judge, self._store, now)
            return explained(judgement, item.left_out, self._left_out_words) if item.left_out else judgement
        except Exception as error:  # one article must not stop the others; it stays visible in the ledger
            log.exception("judge failed: %s", article.url or article.title)
            return unjudged(article, error)

    def _close_looks(
        self, looks: Sequence[_Look], last: Mapping[str, _Item], held: Held, done: Round
    ) -> None:
        """Move the cursors that did not move with an article: there was none, or a page broke us."""
        kept: list[Kept] = []
        for look in looks:
            kept.extend(Kept(entry=entry) for entry in look.offer.again)
            done.feeds += 1
            done.failed += look.check.failure is not None
            if look.fresh and look.feed.url not in last:
                check = self._failed(look.feed, "one of its pages could not be read")
                kept.append(Kept(cursor=self._advance(look.cursor, check, look.feed)))
            elif look.held:
                held.looks.append(look)
            elif not look.fresh:
                kept.append(Kept(cursor=self._moved(look)))
        if kept:
            self._store.keep_all(kept, self._clock())

    def _close_held(self, held: Held) -> None:
        """Owe one notice about all that was held back, then move those feeds' cursors."""
        now = self._clock()
        for look in held.looks:
            held.kept_before.extend((look.feed.url, line) for line in self._kept_before(look))
        notices = self._tell.notices(held, now) if held.looks else ()
        for look in held.looks:
            self._store.keep(Kept(alerts=notices, cursor=self._moved(look)), now)
            notices = ()
            if look.held == "storm":
                self._store.set_setting(_storm_mark(look.feed), "")

    def _kept_before(self, look: _Look) -> Iterator[LedgerLine]:
        """What was held back before the process was killed, so that the notice is whole."""
        fresh = {entry.guid for entry in look.fresh}
        since = self._store.setting(_storm_mark(look.feed)) or ""
        for entry in look.check.entries:
            if entry.guid not in fresh and entry.url:
                for line in self._store.ledger(entry.url):
                    pushed = line.decision in (Decision.ALERT, Decision.UPDATE)
                    if pushed and not line.deliveries and line.judged_at.isoformat() >= since:
                        yield line

    def _moved(self, look: _Look) -> FeedCursor:
        moved = self._advance(look.cursor, look.check, look.feed)
        return health.noted(moved, look.check, len(look.fresh))

    async def _work(self, deed: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do something with the store or the judge in the one worker thread."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._worker, partial(deed, *args, **kwargs))


def _last_of_each_feed(looks: Sequence[_Look], items: Sequence[_Item]) -> dict[str, _Item]:
    """The item each feed's cursor moves with; none where a page is missing."""
    read = Counter(item.look.feed.url for item in items)
    whole = {look.feed.url for look in looks if read[look.feed.url] == len(look.fresh)}
    return {item.look.feed.url: item for item in items if item.look.feed.url in whole}


def _storm_mark(feed: Feed) -> str:
    return f"storm:{feed.url}"
