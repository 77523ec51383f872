"""The article on a web page; the only module that knows trafilatura.

Runs in a worker process (monitors.workers): hostile pages can stop the extraction for half a minute.
"""

from __future__ import annotations

import logging
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import trafilatura

from monitors.addresses import canonical
from monitors.charset import decode
from monitors.found import Page
from monitors.text import line, tidy

TEXT_LIMIT = 100_000  # characters
TITLE_LIMIT = 300
SHORTEST = 40  # characters; less is a menu or a notice, not an article
FUTURE = timedelta(days=1)

_ISO = re.compile(
    r"""(?:article:published_time|datePublished|dc\.date(?:\.issued)?|pubdate)["'][^>]{0,60}?["'\s:=]+"""
    r"(\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?\s?(?:Z|[+-]\d\d:?\d\d)?)",
    re.IGNORECASE,
)
_WALL = re.compile(
    r"réservée?s? (?:aux|à nos) abonné|déjà abonné|abonnez-vous (?:pour|afin)|"
    r"vous reste [\d,.]+\s?% de cet article|"
    r"subscribe to (?:continue|read|keep reading)|already a subscriber|(?:for )?subscribers only|"
    r"только (?:для|по) подпис|доступ\w* по подписке|оформите подписку",
    re.IGNORECASE,
)
_ROW = re.compile(r"^\|(.*)$", re.MULTILINE)  # as trafilatura writes it: | one | two |
_LONGEST_WALL = 300  # characters
_LANG = re.compile(r"""<html[^>]{0,500}?\slang\s*=\s*["']?([a-zA-Z]{2})\b""", re.IGNORECASE)
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
logging.getLogger("htmldate").setLevel(logging.CRITICAL)


def extract(html: bytes, url: str, content_type: str, now: datetime) -> Page | None:
    """The article of a page as plain text; None when there is no article on it. Never raises.

    The page's own date is taken from its metadata; one more than a day after `now` is None, one
    within that day is `now`.
    """
    try:
        markup = decode(html, content_type)
        found = _article(markup, url)
        if found is None:
            return None
        text = _without_wall(tidy(_without_frames(found.text), TEXT_LIMIT))
        if len(text) < SHORTEST:
            return None
        stated, exact = _stated(markup)
        return Page(
            text=text,
            title=line(found.title or "", TITLE_LIMIT),
            published=_published(stated, found.date or "", now),
            exact=exact,
            lang=_lang(markup),
            canonical=_own_address(found.url or "", url),
        )
    except Exception:  # a hostile document must not cost more than itself
        return None


def _article(markup: str, url: str) -> Any | None:
    document = trafilatura.bare_extraction(
        markup, url=url, include_comments=False, include_tables=True, with_metadata=True
    )
    return document if document and (getattr(document, "text", "") or "").strip() else None


def _published(stated: str, day: str, now: datetime) -> datetime | None:
    """The moment in the page's metadata, else the day that was found, at noon UTC."""
    for text in (stated, f"{day}T12:00:00+00:00" if day else ""):
        try:
            moment = datetime.fromisoformat(text.strip())
        except ValueError:
            continue
        moment = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
        if moment <= now + FUTURE:
            return min(moment, now)
    return None


def _stated(markup: str) -> tuple[str, bool]:
    """What the metadata call the moment of publication, and whether it is surely that of this article.

    Other days are those of articles beside it, unless Open Graph says which one is its own.
    """
    found = list(_ISO.finditer(markup[:500_000]))
    own = next((match for match in found if match[0][:7].lower() == "article"), None)
    if own is not None or not found:
        return (own[1], True) if own else ("", False)
    return found[0][1], len({match[1][:10] for match in found}) == 1


def _without_frames(text: str) -> str:
    """A text with the rows of its tables as lines of cells: old pages put whole articles into one."""
    return _ROW.sub(lambda row: " | ".join(filter(_has_letters, map(str.strip, row[1].split("|")))), text)


def _has_letters(cell: str) -> bool:
    return any(map(str.isalnum, cell))


def _without_wall(text: str) -> str:
    """A text without the lines that ask for a subscription: they are not the article."""
    lines = text.split("\n\n")
    return "\n\n".join(line for line in lines if len(line) > _LONGEST_WALL or not _WALL.search(line))


def _lang(markup: str) -> str | None:
    match = _LANG.search(markup[:20_000])
    return match[1].lower() if match else None


def _own_address(declared: str, url: str) -> str:
    """The page's canonical address, believed only within its own site and when it is not the front page."""
    own, asked = canonical(declared, url), canonical(url)
    same_site = own.split("/")[2:3] == asked.split("/")[2:3]
    return (
        own if own and same_site and own.count("/") >= 3 and not own.endswith(own.split("/")[2] + "/") else ""
    )
