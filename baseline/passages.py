"""One article is usually one passage; a press review is one passage for each of its items."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from baseline.lines import Line
from baseline.patterns import PatternBook


def passages(lines: Sequence[Line], lang: str, review: PatternBook) -> list[tuple[Line, ...]]:
    """The passages of an article, each with its headline first.

    In a press review, which `review` knows by its headline, each paragraph is a passage of its own,
    told under its first sentence.
    """
    paragraphs = sorted({line.paragraph for line in lines[1:]})
    if len(paragraphs) < 2 or not review.find(lines[0].tokens, lang):
        return [tuple(lines)]
    items = []
    for number in paragraphs:
        inside = [line for line in lines[1:] if line.paragraph == number]
        if inside:
            items.append((replace(inside[0]), *inside[1:]))
    return items
