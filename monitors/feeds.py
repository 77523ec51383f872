"""RSS and Atom to Entries; the only module that knows feedparser.

feedparser is given bytes and nothing to fetch, clean or resolve; titles, links and dates are checked
here, because it lets `<script>` in titles and `javascript:` in links through. Its regular
expressions can be kept busy for minutes by 200 kB (a long word in `<author>`), so this runs in a
worker process (monitors.workers), never on the event loop.
"""

from __future__ import annotations

import re
from calendar import timegm
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any
from xml.sax import SAXException

import feedparser
import feedparser.api

from djeli.core.model import Failure
from monitors.addresses import canonical
from monitors.charset import encoding_of
from monitors.found import ParsedFeed
from monitors.html_links import feed_links
from monitors.items import MOST_ENTRIES, TITLE_LIMIT, Item, entries_of, hub_of, language_of, ttl_of
from monitors.text import line

# Else every document asks the whole import path for a parser of libxml2 that nobody has.
feedparser.api.PREFERRED_XML_PARSERS = []
_ROOT = re.compile(rb"<(?:[\w-]+:)?(?:rss|feed|rdf|channel)[\s>]", re.IGNORECASE)
_END = re.compile(rb"</(?:[\w-]+:)?(?:rss|feed|rdf)\s*>", re.IGNORECASE)
_ENTITY = re.compile("<!entity", re.IGNORECASE)
_TRAP = Failure("parse", "The feed defines XML entities, which are refused because they can be a trap.")
_ITEM = re.compile(rb"<(/?)(?:[\w-]+:)?(?:item|entry)(?=[\s>])", re.IGNORECASE)


_ZONE = re.compile(r"\d:\d\d\s+([A-Za-z]+(?:/[A-Za-z]+)?)\s*$")
# Of the beat's press and its neighbours; hours ahead of UTC.
_ZONES = {"msk": 3, "europe/moscow": 3, "wet": 0, "west": 1, "wat": 1, "cat": 2, "sast": 2, "eat": 3}
_ZONES |= {"cet": 1, "cest": 2, "met": 1, "mest": 2, "eet": 2, "eest": 3, "bst": 1}


def parse_feed(body: bytes, content_type: str, url: str, now: datetime) -> ParsedFeed | Failure:
    """What a feed's bytes say; for any bytes a value, never an exception.

    Broken XML gives the entries that could be read, with `whole` False. Dates more than a day after
    `now` are None. Failures: not_a_feed (with the page's real feed in the detail, when it names
    one), parse.
    """
    refused = _refused(body, content_type, url)
    if refused is not None:
        return refused
    alphabet = encoding_of(body, content_type)
    # Some alphabets, such as iso-2022-jp, can write the word in other bytes.
    if _ENTITY.search(body.decode(alphabet, errors="ignore")):
        return _TRAP
    headers = {"content-type": f"application/xml; charset={alphabet}"}
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
        return _TRAP
    if _ROOT.search(narrow[:4096]):
        return None
    if b"<html" in head or b"<!doctype html" in head or b"<body" in head:
        links = feed_links(body, content_type, url)
        # A page that names the very address it is served at knows no better.
        better = links[0][0] if links and links[0][0] != canonical(url) else None
        advice = f": try {better}" if better else ""
        detail = f"The address answers with an HTML page instead of a feed{advice}."
        return Failure("not_a_feed", detail, proposed=better)
    if head.startswith((b"{", b"[")):
        return Failure("not_a_feed", "The address answers with JSON instead of RSS or Atom.")
    return None if head.startswith(b"<") else Failure("not_a_feed", "The answer is neither RSS nor Atom.")


def _parsed(found: Any, body: bytes, url: str, now: datetime) -> ParsedFeed:
    broken = bool(found.get("bozo")) and isinstance(found.get("bozo_exception"), SAXException)
    items = found.entries[:MOST_ENTRIES]
    if broken and items and _cut_inside_item(body):
        items = items[:-1]
    head = found.feed
    language = language_of(_string(head.get("language")))
    hubs = [_string(link.get("href")) for link in head.get("links") or [] if link.get("rel") == "hub"]
    return ParsedFeed(
        entries=entries_of(map(_item, items), url, language, now),
        title=line(_string(head.get("title")), TITLE_LIMIT),
        language=language,
        ttl=ttl_of(_string(head.get("ttl"))),
        hub=hub_of(hubs, url),
        whole=not broken or bool(_END.search(body[-1024:])),
    )


def _item(item: Any) -> Item:
    return Item(
        link=_string(item.get("feedburner_origlink") or item.get("link")),
        guid=_string(item.get("id")).strip(),
        title=_string(item.get("title")),
        summary=_string(item.get("summary")),
        contents=[_string(part.get("value")) for part in item.get("content") or []],
        dates=_dates(item),
        source=_string((item.get("source") or {}).get("title")),
    )


def _dates(item: Any) -> Iterator[datetime]:
    for key in ("published", "updated", "created"):
        parts = dict.get(item, f"{key}_parsed")  # its own `get` takes one date for another, and warns
        if parts is not None:
            with suppress(ValueError, OverflowError, OSError, TypeError):
                yield datetime.fromtimestamp(timegm(parts), UTC) - _ahead(_string(dict.get(item, key)))


def _ahead(written: str) -> timedelta:
    """How far a zone is ahead of UTC that a date names and feedparser does not know: it takes it for UTC."""
    named = _ZONE.search(written[-40:])
    return timedelta(hours=_ZONES.get(named[1].lower(), 0)) if named else timedelta()


def _cut_inside_item(body: bytes) -> bool:
    """The document ends within an item, whose title may be half a title."""
    if _END.search(body[-1024:]):
        return False
    marks = [match[1] for match in _ITEM.finditer(body)]
    return bool(marks) and marks[-1] != b"/"


def _string(value: Any) -> str:
    return value if isinstance(value, str) else ""
