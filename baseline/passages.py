"""One article is usually one passage; a press review is one passage for each of its items."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from baseline.lines import Line
from baseline.patterns import PatternBook

# A headline that promises several items, in the pattern language.
_REVIEW = PatternBook(
    ("review", lang, pattern)
    for lang, patterns in {
        "en": ["press|media review", "review of =the press|papers", "in brief", "news|weekly round-up|roundup", "week|day in review",
               "roundup|round-up", "=headlines", "digest", "newspapers|papers =today", "what .. papers say"],
        "fr": ["revue de =presse|=la", "revue .. presse", "en bref", "l'essentiel de", "=brèves", "journaux|presse .. =matin|=jour|=semaine",
               "à la une", "tour d'horizon", "fil de l'actualité", "actualités de =la =semaine"],
        "ru": ["обзор =прессы|=сми|=печати|=новостей", "коротко", "дайджест", "главное за", "главные новости", "итоги =дня|=недели", "новости =дня|=недели", "сводка .. новостей"],
    }.items()
    for pattern in patterns
)  # fmt: skip


def passages(lines: Sequence[Line], lang: str) -> list[tuple[Line, ...]]:
    """The passages of an article, each with its headline first.

    In a press review each paragraph is a passage of its own, told under its first sentence.
    """
    paragraphs = sorted({line.paragraph for line in lines[1:]})
    if len(paragraphs) < 2 or not _REVIEW.find(lines[0].tokens, lang):
        return [tuple(lines)]
    items = []
    for number in paragraphs:
        inside = [line for line in lines[1:] if line.paragraph == number]
        if inside:
            items.append((replace(inside[0]), *inside[1:]))
    return items
