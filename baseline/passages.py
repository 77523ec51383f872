"""One article is usually one passage; a review of the press or of a week is one for each of its items."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from baseline.assertions import names_a_day
from baseline.lines import Line
from baseline.rules import Rules

_REVIEWED = 14  # days
_OF_SERIES = 2  # sentences with a day of their own that make a part of a series a review


def passages(lines: Sequence[Line], lang: str, rules: Rules, published: date) -> list[tuple[Line, ...]]:
    """The passages of an article, each with its headline first.

    In a review, which is known by its headline, each paragraph is a passage of its own, told under its first
    sentence; of one in one paragraph, under a headline that tells nothing itself, each sentence that gives
    what it tells a day of its own, not long gone, begins one.
    """
    review = bool(rules.review.find(lines[0].tokens, lang))
    if not review and not rules.series.find(lines[0].tokens, lang):
        return [tuple(lines)]
    paragraphs = sorted({line.paragraph for line in lines[1:]})
    if len(paragraphs) < 2:
        titled = any(trigger.stage for trigger in lines[0].triggers)
        return [tuple(lines)] if titled else _by_days(lines, published, 1 if review else _OF_SERIES)
    items = []
    for number in paragraphs if review else ():
        inside = [line for line in lines[1:] if line.paragraph == number]
        if inside:
            items.append((replace(inside[0]), *inside[1:]))
    return items or [tuple(lines)]


def _by_days(lines: Sequence[Line], published: date, least: int) -> list[tuple[Line, ...]]:
    """The items of one paragraph; the whole of it, with its headline, where fewer sentences name a day."""
    items: list[list[Line]] = []
    dated = 0
    for line in lines[1:]:
        told = any(trigger.stage for trigger in line.triggers)
        days = [(published - hit.span.end).days for hit in line.dates if names_a_day(hit)]
        own = told and any(0 <= day <= _REVIEWED for day in days)
        dated += own
        if own or not items:
            items.append([])
        items[-1].append(line)
    return [tuple(lines)] if dated < least else [tuple(item) for item in items]
