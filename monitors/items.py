"""Items as a feed's own words, to Entries: shared by the two parsers, so that both give the same."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple
from urllib.parse import urljoin

from djeli.core.model import Entry
from monitors.addresses import canonical
from monitors.portals import is_portal, unwrapped
from monitors.text import line, plain, shortened

MOST_ENTRIES = 500
TITLE_LIMIT = 300  # characters
SUMMARY_LIMIT = 2_000
CONTENT_LIMIT = 100_000
ALL_LIMIT = 1_000_000  # characters of all contents of a feed; of the rest the summaries are kept
GUID_LIMIT = 500
FUTURE = timedelta(days=1)  # a date further ahead is a mistake, not news
FIRST_YEAR = 1990  # an older date is a clock that was never set


@dataclass(slots=True)
class Item:
    """What stands in one item, with its markup; dates in the order in which they are believed."""

    link: str = ""
    guid: str = ""
    title: str = ""
    summary: str = ""
    contents: Sequence[str] = ()
    dates: Iterable[datetime | None] = ()
    source: str = ""


def entries_of(items: Iterable[Item], feed: str, language: str | None, now: datetime) -> tuple[Entry, ...]:
    """Clean, dated Entries, each with a guid of its own; what says nothing is left out."""
    read, room = [], ALL_LIMIT
    for item in items:
        if words := _words(item, feed):
            room -= len(words.content)
            read.append(words if room >= 0 else words._replace(content=""))
    titles = {(words.url, words.title) for words in read}
    # An address that three items share is the publication's, not the items'.
    shared = {url for url, count in Counter(url for url, _ in titles).items() if count > 2}
    read = [words._replace(url="") if words.url in shared else words for words in read]
    owners = Counter(guid for guid, _ in {(words.item.guid, words.url or words.title) for words in read})
    entries: dict[str, Entry] = {}
    for item, url, title, summary, content in read:
        guid = _guid(item.guid if owners[item.guid] == 1 else "", url, title)
        if guid not in entries:
            published, source = _published(item, now), line(item.source, 100) or None
            entries[guid] = Entry(feed, guid, url, title, summary, content, published, language, source)
    return tuple(entries.values())


def language_of(declared: str) -> str | None:
    """The two letters of a declared language."""
    letters = declared.strip().lower()[:2]
    return letters if len(letters) == 2 and letters.isascii() and letters.isalpha() else None


def ttl_of(minutes: str) -> timedelta | None:
    """The time for which a feed says it may be kept."""
    text = minutes.strip()
    return timedelta(minutes=int(text)) if re.fullmatch(r"[0-9]{1,6}", text) and int(text) else None


def hub_of(addresses: Iterable[str], url: str) -> str | None:
    """The first usable address of a WebSub hub."""
    return next((hub for href in addresses if (hub := canonical(urljoin(url, href)))), None)


class _Words(NamedTuple):
    """An item in plain text."""

    item: Item
    url: str
    title: str
    summary: str
    content: str


def _words(item: Item, feed: str) -> _Words | None:
    """None when there is no text at all."""
    title = line(item.title, TITLE_LIMIT)
    summary = plain(item.summary, SUMMARY_LIMIT)
    content = plain(max(item.contents, key=len, default=""), CONTENT_LIMIT)
    if not (title or summary or content):
        return None
    title = title or shortened(" ".join((summary or content).split()), 100)
    link = unwrapped(item.link)
    url = canonical(link, feed)
    if link is not item.link or is_portal(url):  # “Headline - Outlet”, and once more as summary
        title = title.removesuffix(f" - {line(item.source, 100)}") or title
        summary = "" if summary.startswith(title) and len(summary) < 2 * len(title) + 100 else summary
    return _Words(item, url, title, summary, content)


def _guid(own: str, url: str, title: str) -> str:
    """The feed's own where it names one item only, else address or title."""
    guid = own or url or _digest(title)
    return guid if len(guid) <= GUID_LIMIT else _digest(guid)


def _published(item: Item, now: datetime) -> datetime | None:
    latest = now + FUTURE
    return next((at for at in item.dates if at and at.year >= FIRST_YEAR and at <= latest), None)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
