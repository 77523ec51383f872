"""Hand-written fakes for the cycle: a web of canned feeds and a judge that reads orders in titles."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from djeli.core.model import (
    Article,
    Check,
    Decision,
    Entry,
    Fact,
    Failure,
    Feed,
    FeedCursor,
    Judgement,
    Mention,
    Reading,
    Realis,
    Span,
    Story,
    Verdict,
)
from monitors.web import article_id

NOW = datetime(2027, 2, 9, 12, tzinfo=UTC)


def entry(feed: str, number: int, title: str, hours_ago: float = 1) -> Entry:
    url = f"{feed}/{number}"
    return Entry(feed, f"guid-{number}", url, title, published=NOW - timedelta(hours=hours_ago), lang="en")


@dataclass
class CannedWeb:
    """Feeds by address: entries, a Failure, or an exception; notes which pages were asked for."""

    feeds: dict[str, list[Entry] | Failure | Exception] = field(default_factory=dict)
    pages: list[str] = field(default_factory=list)
    looked: list[str] = field(default_factory=list)
    broken_pages: set[str] = field(default_factory=set)
    broken_texts: bool = True  # such a page breaks us also when only the feed's text is asked for
    read_so_far: int = 0
    on_read: Callable[[int], None] = lambda read: None  # told how many entries were read so far

    async def look(self, feed: Feed, cursor: FeedCursor, now: datetime) -> Check:
        self.looked.append(feed.url)
        found = self.feeds.get(feed.url, [])
        if isinstance(found, Exception):
            raise found
        if isinstance(found, Failure):
            return Check(feed.url, now, failure=found)
        return Check(feed.url, now, entries=tuple(found), etag=f"etag-{len(found)}")

    async def read(self, entry: Entry, feed: Feed, now: datetime, fetch_page: bool = True) -> Article:
        if entry.url in self.broken_pages and (fetch_page or self.broken_texts):
            raise RuntimeError("page")
        if fetch_page:
            self.pages.append(entry.url)
        self.read_so_far += 1
        self.on_read(self.read_so_far)
        return Article(
            id=article_id(entry.url, entry.feed, entry.guid),
            url=entry.url,
            title=entry.title,
            text=entry.title,
            lang=entry.lang or "en",
            outlet=feed.outlet,
            published=entry.published or now,
            first_seen=now,
            feed=feed.url,
        )


class TitleJudge:
    """Decides by the first word of the title: `new`, `more` (update), `same` (merge), `quiet` (digest)."""

    def __init__(self) -> None:
        self.order: list[str] = []
        self.dies_at = ""  # a title at which the process is killed

    def touches(self, title: str, summary: str, lang: str) -> bool:
        return "Mali" in title

    def known(self, words: Sequence[str]) -> list[Fact]:
        return []

    def windows(self, reading: Reading) -> list[tuple[frozenset[str], date, date]]:
        return [(reading.entities, date(2020, 1, 1), date(2100, 1, 1))]

    def read(self, article: Article) -> Reading:
        kind = "coup" if "coup" in article.title else "delivery"
        day = article.published.date()
        mention = Mention(
            type=kind,
            types=(kind,),
            stage=None,
            realis=Realis.DONE,
            actors=("cty.russia",),
            counterparts=(),
            places=("plc.bamako",),
            entities=frozenset({"cty.russia", "plc.bamako"}),
            span=Span(day, day),
            dated=True,
            figures=(),
            quote=article.title,
        )
        return Reading(article, (mention,), mention.entities)

    def judge(self, reading: Reading, stories: Sequence[Story], now: datetime) -> Judgement:
        article, mention = reading.article, reading.mentions[0]
        if article.title == self.dies_at:
            raise KeyboardInterrupt
        self.order.append(article.title)
        word = article.title.split()[0]
        if word == "break":
            raise ValueError("the judge stumbled")
        decision = {
            "new": Decision.ALERT,
            "more": Decision.UPDATE,
            "same": Decision.MERGE,
            "quiet": Decision.DIGEST,
        }.get(word)
        if decision is None:
            return Judgement(article, Decision.IGNORE, (), (), "off the beat", reading)
        update = decision in (Decision.UPDATE, Decision.MERGE)
        verdict = Verdict(
            decision,
            mention,
            because=f"because {article.title}",
            rule="test",
            story=stories[0].id if update else None,
            opens=not update,
        )
        return Judgement(article, decision, ("mali-russia",), (verdict,), verdict.because, reading)
