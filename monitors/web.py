"""The press as seen from here: a look at a feed, the reading of an article (djeli.core.ports.Web)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from djeli.core.model import Article, Check, Entry, Failure, Feed, FeedCursor
from monitors.fetch import FEED_LIMIT, PAGE_LIMIT, Dial, Fetched, Fetcher, Resolver, Room
from monitors.found import Page, ParsedFeed
from monitors.portals import is_portal
from monitors.robots import Robots
from monitors.wellformed import read_plain
from monitors.workers import MOST_SECONDS, Workers

Detect = Callable[[str, str, str | None], str]  # title, text, declared language → language


class HttpWeb:
    """Looks and reads over HTTP; whatever feeds and networks do comes back as a value.

    `detect` names the language of a title and text; `heed_robots`: pages that their site's robots.txt
    forbids are not read. Use it within one event loop and close it.
    """

    def __init__(
        self,
        detect: Detect,
        allow_private: Sequence[str] = (),
        user_agent: str = "Djeli",
        deadline: float = 20.0,
        resolver: Resolver | None = None,
        parse_seconds: float = MOST_SECONDS,
        dial: Dial | None = None,
        heed_robots: bool = True,
    ) -> None:
        self._detect = detect
        self.fetcher = Fetcher(allow_private, user_agent, deadline, resolver, dial)
        self._robots, self._heed_robots = Robots(self.fetcher), heed_robots
        self._workers = Workers(parse_seconds)
        self._public: set[str] = set()  # feeds that came from the public web; theirs are no private pages

    async def look(self, feed: Feed, cursor: FeedCursor, now: datetime) -> Check:
        """Look at one feed: fetch what is new since `cursor`, and read its entries."""
        async with self.fetcher.room() as room:
            return await self._look(feed, cursor, now, room)

    async def _look(self, feed: Feed, cursor: FeedCursor, now: datetime, room: Room) -> Check:
        known = cursor.etag, cursor.last_modified
        fetched = await self.fetcher.get(feed.url, FEED_LIMIT, *known, room=room)
        if isinstance(fetched, Failure):
            return Check(feed.url, now, failure=fetched)
        (self._public.discard if fetched.inside else self._public.add)(feed.url)
        same = Check(
            feed.url,
            now,
            unchanged=True,
            etag=fetched.etag or cursor.etag,
            last_modified=fetched.last_modified or cursor.last_modified,
            body_hash=cursor.body_hash,
            moved_to=fetched.moved_to,
            wait=fetched.max_age,
            seconds=fetched.seconds,
        )
        body_hash = hashlib.sha256(fetched.body).hexdigest()
        if fetched.status == 304 or body_hash == cursor.body_hash:
            return same
        document = fetched.body, fetched.content_type, feed.url, now
        found = read_plain(*document) or await self._workers.parse("feed", *document)
        if not isinstance(found, ParsedFeed):
            return Check(feed.url, now, failure=found if isinstance(found, Failure) else _NOTHING)
        return _seen(same, fetched, found, body_hash)

    async def read(self, entry: Entry, feed: Feed, now: datetime, fetch_page: bool = True) -> Article:
        """Read an entry's page; falls back to the feed's own text, then to the title."""
        public = feed.url in self._public
        worth = fetch_page and entry.url and not is_portal(entry.url)
        if worth and public and self._heed_robots:  # the operator's own machines are not asked
            worth = await self._robots.allow(entry.url, now)
        found = await self.page(entry.url, now, public) if worth else None
        page = found if isinstance(found, Page) else None
        text, text_from = _best_text(entry, page)
        dated = _own_date(entry, page)
        declared = entry.lang or (page.lang if page else None)
        return Article(
            id=article_id(entry.url, entry.feed, entry.guid),
            url=entry.url,
            title=entry.title,
            text=text,
            lang=self._detect(entry.title, text, declared),
            outlet=feed.outlet,
            published=dated or now,
            first_seen=now,
            feed=feed.url,
            dated=dated is not None,
            text_from=text_from,
        )

    async def page(self, url: str, now: datetime, public_only: bool = False) -> Page | Failure:
        """The article at an address, for those who ask about one address: `djeli explain`.

        `public_only` as in Fetcher.get.
        """
        async with self.fetcher.room() as room:
            fetched = await self.fetcher.get(url, PAGE_LIMIT, public_only=public_only, room=room)
            if isinstance(fetched, Failure):
                return fetched
            if not looks_like_page(fetched.body):
                return Failure("parse", "There is no page at the address, but something else.")
            found = await self._workers.parse("page", fetched.body, fetched.content_type, fetched.url, now)
        if isinstance(found, Page | Failure):
            return found
        return Failure("parse", "There is no article on the page.")

    def refurnish(self, allow_private: Sequence[str], user_agent: str, heed_robots: bool = True) -> None:
        """Visit these private networks, name ourselves so and heed robots.txt, from the next request on."""
        self.fetcher.refurnish(allow_private, user_agent)
        self._heed_robots = heed_robots

    async def aclose(self) -> None:
        """End the parsing children."""
        self.fetcher.close()
        self._workers.close()


def article_id(url: str, feed: str = "", guid: str = "") -> str:
    """Sixteen hex digits for an article: of its canonical address, else of its feed and guid."""
    name = url or f"{feed}\n{guid}"
    return hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:16]


_ZONES = timedelta(hours=14)


def looks_like_page(body: bytes) -> bool:
    """Whether the first bytes may be a page's: markup, and no entities of its own."""
    head = body[:_HEAD].replace(b"\0", b"")  # UTF-16 seen as ASCII
    return bool(_MARKUP.search(head)) and not _ENTITIES.search(head)


_HEAD = 4096  # bytes
_MARKUP = re.compile(
    rb"\A[\xef\xbb\xbf\xff\xfe\s]*<|<(?:html|head|body|title|article|div|p)[\s>]", re.IGNORECASE
)
_ENTITIES = re.compile(rb"<!doctype[^>]*<!entity", re.IGNORECASE)
_NOTHING = Failure("parse", "The feed cannot be read.")


def _seen(same: Check, fetched: Fetched, found: ParsedFeed, body_hash: str) -> Check:
    """A look that gave entries. A feed read only in part is not remembered as seen, and read again."""
    whole = fetched.whole and found.whole
    waits = [wait for wait in (found.ttl, fetched.max_age) if wait]
    return replace(
        same,
        entries=found.entries,
        unchanged=False,
        etag=fetched.etag if whole else None,
        last_modified=fetched.last_modified if whole else None,
        body_hash=body_hash if whole else None,
        wait=max(waits, default=timedelta()) or None,
    )


def _own_date(entry: Entry, page: Page | None) -> datetime | None:
    """When the article itself appeared: portals date it anew, and Atom tells the last change.

    What the page says of its own publication counts where it is earlier by more than a zone left out.
    """
    said = page.published if page else None
    if entry.published is None or said is None or page is None:
        return entry.published or said
    return said if page.exact and entry.published - said > _ZONES else entry.published


def _best_text(entry: Entry, page: Page | None) -> tuple[str, str]:
    """The longest text there is and where it comes from; the page wins a draw."""
    own = max(entry.content, entry.summary, key=len)
    read = _without_headline(page.text, entry.title, page.title) if page else ""
    if read and len(read) >= len(own):
        return read, "page"
    return (own, "feed") if own else ("", "title")


def _without_headline(text: str, *titles: str) -> str:
    """The text of a page without its headline, which is told apart from it."""
    first, _, rest = text.partition("\n\n")
    return rest if first.casefold() in {title.casefold() for title in titles} else text
