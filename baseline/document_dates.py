"""As of which day a document speaks, so that «last year» and «on 21 August» find their year.

The day that its metadata or its byline gives; else the newest day that the text names with its year.
The date of the file says when it was copied and is never used.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from baseline import dates
from baseline.dates import DateHit
from baseline.document_furniture import Paragraph
from baseline.fold import clean

_HEAD = 15  # a byline stands among the first lines
_BYLINE_WORDS = 14
_POSTSCRIPT_WORDS = 4
_KINDS = ("day", "month", "range", "year", "dateline")
_EARLIEST = date(1900, 1, 1)
_ANY_DAY = date(2000, 1, 1)  # for dates that name their own year
_LABEL = re.compile(r"\W*[A-ZÀ-ÞА-ЯЁ][\w -]*[\s,.(\[:]*\Z")
_LABEL_END = re.compile(r"[\])]?\s?[:—–-]\s")


def as_of(paragraphs: Sequence[Paragraph], kept: Sequence[Paragraph], lang: str) -> date | None:
    """The day a document speaks as of; None when it names no date. `kept` is it without furniture."""
    return _byline(paragraphs, kept, lang) or _newest(kept, lang)


def own_day(text: str, lang: str) -> tuple[date | None, str]:
    """The day under which a paragraph was added («Postscript, 2 June 2021: …»), and the rest of it."""
    for hit in _explicit(text[:80], lang)[:1]:
        before, after = text[: hit.start], text[hit.end :]
        label = not before or (_LABEL.match(before) and len(before.split()) <= _POSTSCRIPT_WORDS)
        if hit.kind in ("day", "dateline") and label and _LABEL_END.match(after):
            return hit.span.start, _LABEL_END.sub("", after, count=1)
    return None, text


def _byline(paragraphs: Sequence[Paragraph], kept: Sequence[Paragraph], lang: str) -> date | None:
    """The day in a short line above the text: «Bamako, 3 May 2024», «Global Times, May 3, 2024»."""
    inside = {p.number for p in kept}
    for place, paragraph in enumerate(paragraphs[:_HEAD]):
        text = clean(paragraph.text)
        short = len(text.split()) <= _BYLINE_WORDS and not text.rstrip().endswith((".", "”", "»", '"', ":"))
        if not short or (paragraph.number in inside and place > 3):
            continue
        for hit in _explicit(text, lang):
            rest = len(text.split()) - len(hit.text.split())
            if hit.kind in ("day", "dateline") and rest <= _BYLINE_WORDS - 4:
                return hit.span.start
    return None


def _newest(kept: Sequence[Paragraph], lang: str) -> date | None:
    """The newest date named with its year; a day or month tells it better than a bare year."""
    hits = [hit for p in kept if own_day(p.text, lang)[0] is None for hit in _explicit(clean(p.text), lang)]
    fine = [hit for hit in hits if hit.kind != "year"]
    newest = max(fine or hits, key=lambda hit: hit.span.start, default=None)
    years = max((hit.span.start.year for hit in hits), default=0)
    if newest is None:
        return None
    # a text of 2025 whose last exact day lies in 2023 speaks from the end of 2024 or later
    return newest.span.end if years - newest.span.start.year <= 1 else date(years - 1, 12, 31)


def _explicit(text: str, lang: str) -> list[DateHit]:
    """The dates of a text that name their year."""
    return [
        hit
        for hit in dates.find(text, lang, _ANY_DAY)
        if hit.year_given
        and hit.kind in ("day", "month", "range", "year", "dateline")
        and hit.span.start > _EARLIEST
    ]
