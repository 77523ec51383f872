"""What an outlet puts on every item: “ - Mali Actu” after headlines, “Mali” at the end, a line. Pure.

A phrase says nothing of an article when most articles of its outlet have it. It is learnt from the
outlet's own recent items: lines, the last part of headlines, the last words of texts. Each phrase is counted
once an item, whichever of the item's texts has it. The “Mali: ” before a headline stays: that is how
agencies say what an item is about.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from djeli.core.model import Article, Entry, Furniture

FEWEST_ITEMS = 10  # before these nothing is called usual
SHARE = 0.75  # of the recent items
WINDOW = 100  # items after which old ones count half
MOST_PHRASES = 200  # remembered for each outlet
_LONGEST_LINE = 120  # characters; what is longer is an article's own
_MOST_LINES = 8  # from the beginning and from the end of a text
_MOST_WORDS = 8  # at the end of a text
_LONGEST_PART = 60  # of a headline

_PARTS = re.compile(r"\s+[-–—|•»]+\s+|\s*(?:::|\|)\s*")
_CLOSING = " \n\t\u00a0.…[]()|•-"
_TAIL = 400  # characters in which the last words stand


def learnt(before: Furniture, items: Iterable[frozenset[str]]) -> Furniture:
    """What is known of an outlet's items after some more of them, given as their `phrases`."""
    counts, total = dict(before.phrases), before.items
    for phrases in items:
        total += 1
        for phrase in sorted(phrases):
            # Taken out and put back: where counts are equal, the latest are kept.
            counts[phrase] = counts.pop(phrase, 0.0) + 1
        if total > WINDOW:
            total, counts = total / 2, {phrase: count / 2 for phrase, count in counts.items()}
    if len(counts) > MOST_PHRASES:
        latest_first = list(counts.items())[::-1]
        kept = sorted(latest_first, key=lambda pair: -pair[1])[:MOST_PHRASES]
        counts = dict(kept[::-1])
    return Furniture(total, counts)


def usual(furniture: Furniture) -> frozenset[str]:
    """The phrases that most recent items of the outlet have."""
    if furniture.items < FEWEST_ITEMS:
        return frozenset()
    return frozenset(phrase for phrase, n in furniture.phrases.items() if n >= SHARE * furniture.items)


def phrases(entry: Entry, article: Article | None = None) -> frozenset[str]:
    """What might be furniture in one item: of its headline, of the feed's text, of its page."""
    texts = {entry.summary, entry.content, article.text if article else ""}
    return frozenset({*_of_title(entry.title), *(one for text in texts for one in _of_text(text))})


def words(phrase: str) -> str:
    """A phrase as it is read, without the mark that says where it stands."""
    return phrase.partition(" ")[2]


def without(title: str, text: str, unwanted: frozenset[str]) -> tuple[str, str, tuple[str, ...]]:
    """Headline and text without these phrases, and what was left out, as it stood there."""
    if not unwanted:
        return title, text, ()
    out: list[str] = []
    lines = []
    for line in text.split("\n\n"):
        if f"line {_key(line)}" in unwanted:
            out.append(line.strip())
        else:
            lines.append(line)
    rest, last = _without_end("\n\n".join(lines), unwanted)
    head, parts = _without_parts(title, unwanted)
    return head, rest, tuple(dict.fromkeys((*parts, *out, *last)))


def filtered(usual_ones: Iterable[str], matters: Callable[[str], bool]) -> frozenset[str]:
    """Those that would make an item look like what it is not; the others do no harm, and may be of use.

    “(AFP)” under every item says whom a text is from.
    """
    return frozenset(phrase for phrase in usual_ones if matters(words(phrase)))


def _of_text(text: str) -> Iterator[str]:
    lines = text.split("\n\n")
    some = lines if len(lines) <= 2 * _MOST_LINES else lines[:_MOST_LINES] + lines[-_MOST_LINES:]
    if len(lines) > 1:  # a text of one line is no line under something
        yield from (f"line {_key(line)}" for line in some if 2 < len(line) <= _LONGEST_LINE)
    yield from (f"end {_key(text[at:])}" for at in _last_words(text) if at)  # 0: there is nothing before it


def _of_title(title: str) -> Iterator[str]:
    at = _last_part(title)
    if at:
        yield f"to {_key(title[at:])}"


def _last_part(title: str) -> int:
    """Where the last part of a headline begins, with the sign before it; 0 when there is none."""
    cuts = list(_PARTS.finditer(title))
    return cuts[-1].start() if cuts and len(title) - cuts[-1].start() <= _LONGEST_PART else 0


def _without_parts(title: str, unwanted: frozenset[str]) -> tuple[str, list[str]]:
    out: list[str] = []
    while (at := _last_part(title)) and f"to {_key(title[at:])}" in unwanted:
        out.append(title[at:].strip())
        title = title[:at].rstrip()
    return title, out


def _without_end(text: str, unwanted: frozenset[str]) -> tuple[str, list[str]]:
    for at in reversed(list(_last_words(text))):  # the longest first
        if f"end {_key(text[at:])}" in unwanted:
            return text[:at].rstrip(), [text[at:].strip()]
    return text, []


def _last_words(text: str) -> Iterator[int]:
    """Where the last word begins, the last two, and so on."""
    before = max(len(text) - _TAIL, 0)
    tail = text[before:].rstrip(_CLOSING)
    for _ in range(_MOST_WORDS):
        at = max(tail.rfind(" "), tail.rfind("\n"), tail.rfind("\u00a0")) + 1
        if tail:
            yield before + at
        if not at:
            return
        tail = tail[:at].rstrip()


def _key(text: str) -> str:
    """In its own capitals: by them a name is told from a word."""
    return " ".join(text.rstrip(_CLOSING).split())
