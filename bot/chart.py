"""The weekly picture: which developments were told, by type and day. What is on it, not how it is drawn."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot import html
from bot.cards import Card
from bot.words import Voice
from djeli.core.model import Decision, DigestLine

_ROWS = 10  # types; the rest share one row
_TICKS = 7
_LABEL = 19  # letters in a line of a label, of which there are two


@dataclass(frozen=True, slots=True)
class Dot:
    """What was told of one type on one day: places from the first day on, new ones and updates."""

    day: int
    new: int
    updates: int


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything the drawing needs, in words of the chat: rows from the top, days from the left."""

    title: str
    rows: tuple[tuple[str, tuple[Dot, ...]], ...]
    days: int
    ticks: tuple[tuple[int, str], ...]
    legend: tuple[str, str]  # of new ones and of updates


def picture(lines: Sequence[DigestLine], start: date, end: date, voice: Voice) -> Picture:
    """A timeline of what was told from one day to another, both included; a row for each type."""
    days = (end - start).days + 1
    found: dict[str, Counter[tuple[int, bool]]] = {}
    for line in lines:
        day = (line.published.astimezone(voice.zone).date() - start).days
        place = min(max(day, 0), days - 1)  # told in this time, published a little before
        new = line.decision is Decision.ALERT
        found.setdefault(line.type, Counter())[place, new] += 1
    order = sorted(found, key=lambda kind: (-found[kind].total(), kind))
    rows = [(voice.type(kind), found[kind]) for kind in order[: _ROWS if len(order) <= _ROWS else _ROWS - 1]]
    rest = order[len(rows) :]
    if rest:
        rows.append((voice.say("other_types"), sum((found[kind] for kind in rest), Counter())))
    return Picture(
        title=f"{voice.say('picture')}\n{between(start, end, voice)}",
        rows=tuple((_label(name, dots.total()), _dots(dots)) for name, dots in rows),
        days=days,
        ticks=_ticks(start, days, voice),
        legend=(voice.say("picture_new"), voice.say("picture_updates")),
    )


def caption(lines: Sequence[DigestLine], start: date, end: date, voice: Voice) -> Card:
    """What stands under the picture, or instead of it when nothing was told: the counts, in words."""
    head = f"<b>{voice.say('picture')}</b> · {between(start, end, voice)}"
    counts = Counter(line.type for line in lines)
    new = sum(line.decision is Decision.ALERT for line in lines)
    blocks = [head]
    if counts:
        named = [f"{html.others(voice.type(kind))} {number}" for kind, number in counts.most_common(_ROWS)]
        blocks.append(voice.say("picture_counts", new=new, updates=len(lines) - new))
        blocks.append(" · ".join(named))
    else:
        blocks.append(voice.say("picture_empty"))
    text = html.cut("\n".join(blocks), 1_000)
    return Card(text, html.plain(text))


def _label(name: str, count: int) -> str:
    """The name of a row in at most two lines, and its number."""
    lines = textwrap.wrap(html.clean(name), _LABEL) or [""]
    kept = [*lines[:1], html.shorten(lines[1], _LABEL - 1)] if len(lines) > 1 else lines
    more = "…" if len(lines) > 2 and not kept[-1].endswith("…") else ""
    return "\n".join(kept).rstrip(" ,(") + f"{more} · {count}"


def between(start: date, end: date, voice: Voice) -> str:
    """The first and the last day in words."""
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{voice.day(end)}"
    return f"{voice.short_day(start)} – {voice.day(end)}"


def _dots(counted: Mapping[tuple[int, bool], int]) -> tuple[Dot, ...]:
    days = sorted({day for day, _ in counted})
    return tuple(Dot(day, counted.get((day, True), 0), counted.get((day, False), 0)) for day in days)


def _ticks(start: date, days: int, voice: Voice) -> tuple[tuple[int, str], ...]:
    step = max(1, -(-days // _TICKS))
    return tuple((place, voice.short_day(start + timedelta(days=place))) for place in range(0, days, step))
