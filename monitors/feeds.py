"""RSS and Atom to Entries; the only module that knows feedparser.

feedparser is given bytes and nothing to fetch, clean or resolve; titles, links and dates are checked
here, because it lets `<script>` in titles and `javascript:` in links through. Its regular
expressions can be kept busy for minutes by 200 kB (a long word in `<author>`), so this runs in a
worker process (monitors.workers), never on the event loop.
"""

from __future__ import annotations

import hashlib
import re
from calendar import timegm
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any
from urllib.parse import urljoin
from xml.sax import SAXException

import feedparser

from djeli.core.model import Entry, Failure
from monitors.addresses import canonical
from monitors.charset import encoding_of
from monitors.found import ParsedFeed
from monitors.html_links import feed_links
from monitors.text import line, plain, shortened

MOST_ENTRIES = 500
TITLE_LIMIT = 300  # characters
SUMMARY_LIMIT = 2_000
CONTENT_LIMIT = 100_000
GUID_LIMIT = 500
FUTURE = timedelta(days=1)  # a date further ahead is a mistake, not news
FIRST_YEAR = 1990  # an older date is a clock that was never set

_ROOT = re.compile(rb"<(?:[\w-]+:)?(?:rss|feed|rdf|channel)[\s>]", re.IGNORECASE)
_END = re.compile(rb"</(?:[\w-]+:)?(?:rss|feed|rdf)\s*>", re.IGNORECASE)
_ITEM = re.compile(rb"<(/?)(?:[\w-]+:)?(?:item|entry)(?=[\s>])", re.IGNORECASE)


def parse_feed(body: bytes, content_type: str, url: str, now: datetime) -> ParsedFeed | Failure:
    """What a feed's bytes say; for any bytes a value, never an exception.

    Broken XML gives the entries that could be read, with `whole` False. Dates more than a day after
    `now` are None. Failures: not_a_feed (with the page's real feed in the detail, when it names
    one), parse.
    """
    refused = _refused(body, content_type, url)
    if refused is not None:
        return refused
    headers = {"content-type": f"application/xml; charset={encoding_of(body, content_type)}"}
    try:
        found = feedparser.parse(
            BytesIO(body), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
        parsed = _parsed(found, body, url, now)
    except Exception as error:  # a hostile document must not cost more than itself
        return Failure("parse", f"The feed cannot be read ({type(error).__name__}).")
    if not parsed.entries and not (found.get("version") and parsed.whole):
        return Failure("parse", "The feed is broken: no entry of it can be read.")
    return parsed


def _refused(body: bytes, content_type: str, url: str) -> Failure | None:
    """Why a document is not even given to the parser: empty, a page, JSON, or one that defines entities."""
    narrow = body.replace(b"\0", b"")  # UTF-16 seen as ASCII
    head = narrow[:4096].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if not head:
        return Failure("parse", "The feed is empty.")
    if re.search(rb"<!entity", narrow, re.IGNORECASE):
        return Failure(
            "parse", "The feed defines XML entities, which are refused because they can be a trap."
        )
    if _ROOT.search(narrow[:4096]):
        return None
    if b"<html" in head or b"<!doctype html" in head or b"<body" in head:
        links = feed_links(body, content_type, url)
        advice = f": try {links[0][0]}" if links else ""
        return Failure("not_a_feed", f"The address answers with an HTML page instead of a feed{advice}.")
    if head.startswith((b"{", b"[")):
        return Failure("not_a_feed", "The address answers with JSON instead of RSS or Atom.")
    return None if head.startswith(b"<") else Failure("not_a_feed", "The answer is neither RSS nor Atom.")


def _parsed(found: Any, body: bytes, url: str, now: datetime) -> ParsedFeed:
    broken = bool(found.get("bozo")) and isinstance(found.get("bozo_exception"), SAXException)
    items = found.entries[:MOST_ENTRIES]
    if broken and items and _cut_inside_item(body):
        items = items[:-1]
    head = found.feed
    language = _language(head.get("language"))
    read = (_entry(item, url, language, now) for item in items)
    return ParsedFeed(
        entries=tuple(_told_apart([entry for entry in read if entry is not None])),
        title=line(_string(head.get("title")), TITLE_LIMIT),
        language=language,
        ttl=_ttl(head.get("ttl")),
        hub=_hub(head.get("links") or [], url),
        whole=not broken or bool(_END.search(body[-1024:])),
    )


def _entry(item: Any, feed: str, language: str | None, now: datetime) -> Entry | None:
    """One item; None when it says nothing at all."""
    url = canonical(_string(item.get("feedburner_origlink") or item.get("link")), feed)
    title = line(_string(item.get("title")), TITLE_LIMIT)
    summary = plain(_string(item.get("summary")), SUMMARY_LIMIT)
    bodies = [_string(part.get("value")) for part in item.get("content") or []]
    content = plain(max(bodies, key=len, default=""), CONTENT_LIMIT)
    if not (title or summary or content):
        return None
    source = item.get("source") or {}
    return Entry(
        feed=feed,
        guid=_string(item.get("id")).strip(),
        url=url,
        title=title or shortened(" ".join((summary or content).split()), 100),
        summary=summary,
        content=content,
        published=_published(item, now),
        lang=language,
        source=line(_string(source.get("title")), 100) or None,
    )


def _told_apart(entries: Sequence[Entry]) -> Iterator[Entry]:
    """Entries with a guid each: the feed's own where it names one item only, else address or title.

    An address that three items share is the publication's, not the items', and is dropped.
    """
    titles = {(entry.url, entry.title) for entry in entries}
    shared = {url for url, items in Counter(url for url, _ in titles).items() if items > 2}
    entries = [replace(entry, url="") if entry.url in shared else entry for entry in entries]
    owners = Counter(guid for guid, _ in {(entry.guid, entry.url or entry.title) for entry in entries})
    seen: set[str] = set()
    for entry in entries:
        own = entry.guid if owners[entry.guid] == 1 else ""
        guid = own or entry.url or _digest(entry.title)
        guid = guid if len(guid) <= GUID_LIMIT else _digest(guid)
        if guid not in seen:
            seen.add(guid)
            yield replace(entry, guid=guid)


def _published(item: Any, now: datetime) -> datetime | None:
    for key in ("published_parsed", "updated_parsed", "created_parsed"):
        parts = dict.get(item, key)  # its own `get` takes one date for another, and warns
        if parts is None:
            continue
        try:
            moment = datetime.fromtimestamp(timegm(parts), UTC)
        except (ValueError, OverflowError, OSError, TypeError):
            continue
        if moment.year >= FIRST_YEAR and moment <= now + FUTURE:
            return moment
    return None


def _cut_inside_item(body: bytes) -> bool:
    """The document ends within an item, whose title may be half a title."""
    if _END.search(body[-1024:]):
        return False
    marks = [match[1] for match in _ITEM.finditer(body)]
    return bool(marks) and marks[-1] != b"/"


def _language(declared: Any) -> str | None:
    letters = _string(declared).strip().lower()[:2]
    return letters if len(letters) == 2 and letters.isascii() and letters.isalpha() else None


def _ttl(minutes: Any) -> timedelta | None:
    text = _string(minutes).strip()
    return timedelta(minutes=int(text)) if re.fullmatch(r"[0-9]{1,6}", text) and int(text) else None


def _hub(links: Sequence[Any], url: str) -> str | None:
    hubs = (canonical(urljoin(url, _string(link.get("href")))) for link in links if link.get("rel") == "hub")
    return next((hub for hub in hubs if hub), None)


def _string(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
