"""The path of the articles of one round, as it is told: this module decides nothing.

    look → unseen → read → judge → keep → owe

Feeds go this way beside each other, each at its own speed (djeli.app.turns): a slow host delays only
its own. Everything that touches the store or the judge runs in one worker thread: what was found is
compared in portions, and articles are judged one after another in order of publication, as far as
they came together. Each article is kept with its messages in one transaction; the feed's cursor moves
with the feed's last article, so whatever kills the process, the next look finds what is missing.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from typing import ParamSpec, Protocol, TypeVar

from djeli.app.judging import Judging, explained, judged, unjudged
from djeli.app.outlets import Offer, Outlets
from djeli.app.turns import Manners, Tray, Turns, host_of
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
from monitors.web import article_id

log = logging.getLogger("djeli.cycle")

STORM = 50  # more new items at once from a known feed become one notice (a feed that lost its ids)
_PAGES_AT_ONCE = 10  # of one feed, waiting for a connection: there are ten in all (safety rule)

P = ParamSpec("P")
T = TypeVar("T")
Advance = Callable[[FeedCursor, Check, Feed], FeedCursor]
Ended = Callable[[str], None]


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

    def light(self) -> _Look:
        """The look without the texts of its entries: they are let go one by one, the look stays."""
        bare = {id(entry): _bare_entry(entry) for entry in (*self.check.entries, *self.fresh)}
        entries, fresh = (tuple(bare[id(one)] for one in some) for some in (self.check.entries, self.fresh))
        return replace(
            self, check=replace(self.check, entries=entries), offer=replace(self.offer, fresh=fresh)
        )


@dataclass(frozen=True, slots=True)
class _Found:
    """What one look gave, before it is known what is new of it; with the round it belongs to."""

    feed: Feed
    cursor: FeedCursor
    check: Check
    held: Held
    done: Round


@dataclass(frozen=True, slots=True)
class _News:
    """One feed whose pages are read, or a part of them; with the round it belongs to."""

    look: _Look
    items: Sequence[_Item]
    held: Held
    done: Round
    last: bool = True  # the feed has no more
    whole: bool = True  # every new entry of the feed was read, now or before


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

    def take_whole(self) -> Held:
        """The feeds whose articles are all kept, with what belongs to them; the others stay."""
        urls = {look.feed.url for look in self.looks}
        whole = Held(self.looks, Counter({url: self.articles.pop(url, 0) for url in urls}))
        whole.judged = [pair for pair in self.judged if pair[0] in urls]
        self.judged = [pair for pair in self.judged if pair[0] not in urls]
        self.looks = []
        return whole

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
        manners: Manners | None = None,
    ) -> None:
        self._web, self._store, self._judge, self._tell = web, store, judge, tell
        self._clock, self._advance = clock, advance
        self._tell_first_look, self._at_home = tell_first_look, at_home
        self._left_out_words = left_out_words
        self._outlets = Outlets(store, judge)
        self._manners = manners or Manners()
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="judge")
        self._rounds = 0

    async def refurnish(self, other: Cycle) -> None:
        """Judge and tell from now on as this other cycle would, which is never run.

        Between two articles: each is judged and told under one configuration.
        """
        await self._work(self._take_over, other)

    def _take_over(self, other: Cycle) -> None:
        self._judge, self._tell, self._outlets = other._judge, other._tell, other._outlets
        self._tell_first_look, self._at_home = other._tell_first_look, other._at_home
        self._left_out_words = other._left_out_words

    async def round(self, feeds: Sequence[Feed], ended: Ended | None = None) -> Round:
        """Look at these feeds, judge what is new, keep it with what is owed.

        Rounds may overlap, each with feeds of its own: they share places, portions and the worker.
        `ended` is called with the address of each feed that is done before the round is.
        """
        done, held = Round(), Held()
        async with self._open():
            cursors = await self._work(self._store.cursors, [feed.url for feed in feeds])
            installing = await self._work(self._nothing_seen_yet, cursors.values())
            patience = self._manners.installing if installing else self._manners.notice
            paths = self._turns.follow(
                (
                    host := host_of(url),
                    _doubtful(cursors[url]),
                    partial(self._path, host, feed, cursors.pop(url), held, done, ended),
                )
                for url, feed in {feed.url: feed for feed in feeds}.items()
            )
            following = asyncio.create_task(paths)
            try:
                while not following.done():
                    await asyncio.wait({following}, timeout=patience)
                    if not following.done():  # a slow host: what the others brought is told without it
                        await self._tell_held(held, ended)
            finally:
                following.cancel()
                await asyncio.gather(following, return_exceptions=True)
            following.result()
            await self._tell_held(held, ended)
        return done

    def _nothing_seen_yet(self, cursors: Iterable[FeedCursor]) -> bool:
        """Whether no feed was ever seen, neither of this round nor of the others (worker)."""
        if any(cursor.first_look_done for cursor in cursors):
            return False
        return not any(status.cursor.first_look_done for status in self._store.feed_statuses())

    async def _tell_held(self, held: Held, ended: Ended | None) -> None:
        for url in await self._work(self._close_held, held):
            if ended:
                ended(url)

    def close(self) -> None:
        """Wait for the article in work, then let the thread go."""
        self._worker.shutdown(wait=True)

    @asynccontextmanager
    async def _open(self) -> AsyncIterator[None]:
        """What rounds that overlap share; made by the first of them, let go by the last."""
        if not self._rounds:
            limits = self._manners
            self._found = Tray(self._compare, limits.portion, limits.gather, self._none_looking)
            self._news = Tray(
                self._judge_all, limits.articles, limits.order, self._none_reading, lambda one: len(one.items)
            )
            self._turns = Turns(limits, on_end=self._news.stir)
        self._rounds += 1
        try:
            yield
        finally:
            self._rounds -= 1
            if not self._rounds:
                self._found.close()
                self._news.close()

    def _none_looking(self) -> bool:
        return not self._turns.looking

    def _none_reading(self) -> bool:
        return self._turns.on_the_way <= len(self._news)

    # ------------------------------------------------------------------------- look and read

    async def _path(
        self, host: str, feed: Feed, cursor: FeedCursor, held: Held, done: Round, ended: Ended | None
    ) -> None:
        """One feed from the look at it to the last of its new articles."""
        look = await self._look(host, feed, cursor, held, done)
        if look.fresh:
            left, look = _by_age(look.fresh), look.light()
            await self._bring(host, look, left, held, done)
        if ended and not look.held:  # what is held back is done when the round is
            ended(feed.url)

    async def _look(self, host: str, feed: Feed, cursor: FeedCursor, held: Held, done: Round) -> _Look:
        await self._turns.breath(host)
        check = await self._check(feed, cursor)
        self._turns.carries(sum(map(_length, check.entries)))
        self._turns.looked()
        return await self._found.add(_Found(feed, cursor, check, held, done))

    async def _bring(self, host: str, look: _Look, left: list[Entry], held: Held, done: Round) -> None:
        """Read and judge what is new of a feed, a part at a time.

        Five hundred articles at once would be in memory together, and judged before those of all others.
        """
        whole = True
        while left:
            part = left[: self._manners.part]
            in_hand = sum(map(_length, left))
            self._turns.carries(in_hand)
            with self._turns.staying(host):
                items = await self._read(look, part)
            self._turns.carries(in_hand + sum(map(_page_length, items)))
            del left[: len(part)]  # nobody else has them now
            whole = whole and len(items) == len(part)
            await self._news.add(_News(look, items, held, done, not left, whole))

    async def _compare(self, portion: list[_Found]) -> list[_Look]:
        return await self._work(self._compared, portion)

    def _compared(self, portion: Sequence[_Found]) -> list[_Look]:
        """What is new of what feeds show; those with nothing new are done (worker)."""
        looks: list[_Look] = []
        kept: list[Kept] = []
        unseen = self._store.unseen_of_each([found.check.entries for found in portion])
        shown = [(found.feed.outlet, new) for found, new in zip(portion, unseen, strict=True)]
        offers = self._outlets.offers(shown, self._clock())
        for found, offer in zip(portion, offers, strict=True):
            held = self._held(found.feed, found.cursor, len(offer.fresh)) if found.check.entries else ""
            look = _Look(found.feed, found.cursor, found.check, offer, held)
            looks.append(look)
            kept.extend(Kept(entry=entry) for entry in offer.again)
            found.done.feeds += 1
            found.done.failed += look.check.failure is not None
            if not look.fresh and look.held:
                found.held.looks.append(look.light())
            elif not look.fresh:
                kept.append(Kept(cursor=self._moved(look)))
        if kept:
            self._store.keep_all(kept, self._clock())
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

    async def _read(self, look: _Look, part: Sequence[Entry]) -> list[_Item]:
        """The articles of new entries of a feed; a page that broke us is left out."""
        gate = asyncio.Semaphore(_PAGES_AT_ONCE)
        wanted = await self._work(self._wanted, look, part)
        read = await asyncio.gather(
            *(self._read_one(look, entry, page, gate) for entry, page in zip(part, wanted, strict=True))
        )
        return await self._work(self._bare, [item for item in read if item])

    def _bare(self, items: Sequence[_Item]) -> list[_Item]:
        """The articles without what stands on every item of their outlets (worker)."""
        bare = self._outlets.bare([(item.entry, item.article) for item in items])
        return [
            replace(item, article=one.article, left_out=one.left_out)
            for item, one in zip(items, bare, strict=True)
        ]

    async def _read_one(self, look: _Look, entry: Entry, page: bool, gate: asyncio.Semaphore) -> _Item | None:
        try:
            async with gate:
                if page:
                    await self._turns.breath(host_of(entry.url))
                return _Item(await self._web.read(entry, look.feed, self._clock(), page), entry, look)
        except Exception:  # the entry stays unseen, and its feed's cursor where it was
            log.exception("page failed: %s", entry.url)
        # But one page must not hold its feed up for ever: the next time the feed's own words are enough.
        return await self._read_one(look, entry, False, gate) if page and look.cursor.failures else None

    def _wanted(self, look: _Look, part: Sequence[Entry]) -> list[bool]:
        """Whose pages are read (worker: the beat is looked for in every entry)."""
        return [self._wants_page(look.feed, entry, look.offer.usual) for entry in part]

    def _wants_page(self, feed: Feed, entry: Entry, usual: frozenset[str]) -> bool:
        if feed.read in (ReadPages.ALL, ReadPages.NEVER):
            return feed.read is ReadPages.ALL
        if feed.read is ReadPages.AUTO and feed.outlet in self._at_home:
            return True
        try:
            return self._outlets.touches(entry, usual)
        except Exception:  # it will be judged, and what breaks then stays visible in the ledger
            log.exception("cannot tell whether it touches the beat: %s", entry.url)
            return True

    # ---------------------------------------------------------------- judge, keep, owe (worker)

    async def _judge_all(self, portion: list[_News]) -> Sequence[None]:
        """Judge the articles of several feeds in order of publication."""
        news = {item.look.feed.url: one for one in portion for item in one.items}
        items = sorted((item for one in portion for item in one.items), key=_published)
        last = _last_of_each_feed(portion, items)
        for item in items:
            url = item.look.feed.url
            await self._work(self._keep, item, item is last.get(url), news[url].held, news[url].done)
        await self._work(self._close_looks, portion, last)
        return [None] * len(portion)

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
            held.judged.extend([(item.look.feed.url, _headline_of(judgement))] if alerts else [])
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

    def _close_looks(self, portion: Sequence[_News], last: Mapping[str, _Item]) -> None:
        """Move the cursors that did not move with an article, because a page broke us."""
        kept = []
        for look, held in ((one.look, one.held) for one in portion if one.last):
            if look.feed.url not in last:
                check = self._failed(look.feed, "one of its pages could not be read")
                kept.append(Kept(cursor=self._advance(look.cursor, check, look.feed)))
            elif look.held:
                held.looks.append(look)
        if kept:
            self._store.keep_all(kept, self._clock())

    def _close_held(self, held: Held) -> list[str]:
        """Owe one notice about all that was held back, then move those feeds' cursors (worker)."""
        whole, now = held.take_whole(), self._clock()
        for look in whole.looks:
            whole.kept_before.extend((look.feed.url, line) for line in self._kept_before(look))
        notices = self._tell.notices(whole, now) if whole.looks else ()
        for look in whole.looks:
            self._store.keep(Kept(alerts=notices, cursor=self._moved(look)), now)
            notices = ()
            if look.held == "storm":
                self._store.set_setting(_storm_mark(look.feed), "")
        return [look.feed.url for look in whole.looks]

    def _kept_before(self, look: _Look) -> Iterator[LedgerLine]:
        """What was held back before the process was killed, so that the notice is whole."""
        fresh = {entry.guid for entry in look.fresh}
        since = self._store.setting(_storm_mark(look.feed)) or ""
        for entry in look.check.entries:
            if entry.guid not in fresh:
                for line in self._store.ledger(entry.url or article_id("", entry.feed, entry.guid)):
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


def _last_of_each_feed(portion: Sequence[_News], items: Sequence[_Item]) -> dict[str, _Item]:
    """The item each feed's cursor moves with; none where a page is missing, or more is to come."""
    whole = {one.look.feed.url for one in portion if one.last and one.whole}
    return {item.look.feed.url: item for item in items if item.look.feed.url in whole}


def _by_age(entries: Sequence[Entry]) -> list[Entry]:
    """The oldest first; those without a date come as they are shown, at the end."""
    return sorted(entries, key=lambda entry: entry.published or _LATEST)


_LATEST = datetime.max.replace(tzinfo=UTC)


def _length(entry: Entry) -> int:
    return len(entry.title) + len(entry.summary) + len(entry.content)


def _page_length(item: _Item) -> int:
    """What the page of an article adds: the feed's own words are in hand already."""
    return len(item.article.text) if item.article.text_from == "page" else 0


def _bare_entry(entry: Entry) -> Entry:
    return replace(entry, summary="", content="")


def _headline_of(judgement: Judgement) -> Judgement:
    """What a notice tells of a judgement: without the text of the article."""
    article = replace(judgement.article, text="")
    return replace(judgement, article=article, reading=replace(judgement.reading, article=article))


def _doubtful(cursor: FeedCursor) -> bool:
    """A feed that is new or failed: it may answer nothing for as long as we wait."""
    return cursor.failures > 0 or not cursor.first_look_done


def _published(item: _Item) -> datetime:
    return item.article.published


def _storm_mark(feed: Feed) -> str:
    return f"storm:{feed.url}"
