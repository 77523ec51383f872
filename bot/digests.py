"""Digests: what was new but not urgent, what was held back as known, and how the feeds are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import groupby

from bot import health, html
from bot.cards import Card
from bot.words import EMOJI, OTHER_EMOJI, Voice
from djeli.core.model import Decision, DigestLine, Fact, Realis
from djeli.core.ports import FeedStatus

LINES = 15
_KNOWN = 3
_FEEDS = 5
_PENDING = 7
# States of feeds that are named, in this order, with their words.
_UNWELL = {"failing": "not_answering", "quarantined": "quarantined", "silent": "silent", "slow": "slow"}
_DOUBT = {Realis.HYPOTHETICAL: "possible", Realis.RUMOUR: "not_confirmed"}


def digest(
    lines: Sequence[DigestLine],
    counts: Mapping[str, int],
    feeds: Sequence[FeedStatus],
    until: datetime,
    voice: Voice,
    muted: str = "",
    pending: Sequence[DigestLine] = (),
    facts: Mapping[str, Fact] | None = None,
) -> list[Card]:
    """The messages of one digest: at most fifteen lines by type, pending, known, then the feeds.

    `pending` is what was announced for a day, the next first; `facts` name what is known by id; `muted`
    is the line about what mutes held back, as HTML.
    `counts` are those of `Store.counts` for the time of the digest. A quiet time is said to be one,
    with its counts, so that silence is never mistaken for death.
    """
    new = [line for line in lines if line.decision is not Decision.KNOWN]
    known = _each_article(line for line in lines if line.decision is Decision.KNOWN)
    blocks = [f"<b>{voice.say('digest')}</b> · {voice.moment(until)}", *_new_blocks(new, voice)]
    if not new:
        blocks.append(voice.say("quiet"))
    blocks += _pending_blocks(pending, until.astimezone(voice.zone).date(), voice)
    blocks += [_counts(counts, voice), muted]
    held_back, health_of_feeds = _known_blocks(known, facts or {}, voice), feeds_line(feeds, voice)
    blocks += [*held_back, f"\n{health_of_feeds}" if held_back and health_of_feeds else health_of_feeds]
    return [Card(part, html.plain(part)) for part in html.split([block for block in blocks if block])]


def _each_article(lines: Iterable[DigestLine]) -> list[DigestLine]:
    """One line for each article, with the facts of all its developments."""
    found: dict[str, DigestLine] = {}
    for line in lines:
        key = line.url or f"{line.outlet}: {line.title}"
        first = found.get(key, line)
        found[key] = replace(first, facts=tuple(dict.fromkeys((*first.facts, *line.facts))))
    return list(found.values())


def _new_blocks(lines: Sequence[DigestLine], voice: Voice) -> list[str]:
    order: dict[str, int] = {}
    for line in lines:  # types in the order in which they first appear
        order.setdefault(_kind(line, voice), len(order))
    shown = sorted(lines, key=lambda line: order[_kind(line, voice)])[:LINES]
    blocks = []
    for kind, group in groupby(shown, key=lambda line: _kind(line, voice)):
        members = list(group)
        blocks.append(f"\n{EMOJI.get(members[0].type, OTHER_EMOJI)} <b>{html.others(kind)}</b>")
        blocks += [_line(line, voice) for line in members]
    if len(lines) > LINES:
        blocks.append(voice.say("more", n=len(lines) - LINES))
    return blocks


def _line(line: DigestLine, voice: Voice) -> str:
    title = html.link(html.shorten(line.title, 140) or html.host(line.url), line.url)
    outlet = html.others(html.shorten(voice.names(line.outlet), 40))
    day = f" · {voice.span(line.span)}" if line.span else ""
    stage = _stage(line, voice)
    stage = f"{html.others(stage)} · " if stage else ""
    story = f" · {html.others(line.story)}" if line.story else ""
    return f"• {stage}{title} — {outlet}{day}{story}"


def _kind(line: DigestLine, voice: Voice) -> str:
    """The heading a line stands under; what may be yet to come has no stage."""
    return voice.kind(line.type, None if line.realis is Realis.HYPOTHETICAL else line.stage)


def _stage(line: DigestLine, voice: Voice) -> str:
    """How far it is, or that it is only possible, denied or unconfirmed; "" if the heading says it."""
    if _kind(line, voice) != voice.type(line.type):
        return ""
    if line.realis is Realis.NEGATED:
        return voice.stage("denied", line.type)
    if line.realis in _DOUBT:
        return voice.say(_DOUBT[line.realis])
    return voice.stage(line.stage, line.type)


def _pending_blocks(lines: Sequence[DigestLine], today: date, voice: Voice) -> list[str]:
    dated = [(line, line.span) for line in lines if line.span]
    if not dated:
        return []
    blocks = [f"\n⏳ <b>{voice.say('pending_until', n=len(dated))}</b>"]
    for line, span in dated[:_PENDING]:
        kind = html.others(voice.kind(line.type, line.stage))
        title = html.link(html.shorten(line.title, 100) or html.host(line.url), line.url)
        story = f" · {html.others(line.story)}" if line.story else ""
        left = _days_left((span.end - today).days, voice)
        blocks.append(f"• <b>{left}</b> · {kind}{voice.colon} {title} · {voice.span(span)}{story}")
    if len(dated) > _PENDING:
        blocks.append(voice.say("more", n=len(dated) - _PENDING))
    return blocks


def _days_left(days: int, voice: Voice) -> str:
    if not days:
        return voice.say("today")
    return voice.say("days_left", n=days) if days > 0 else voice.say("overdue", n=-days)


def _known_blocks(lines: Sequence[DigestLine], facts: Mapping[str, Fact], voice: Voice) -> list[str]:
    if not lines:
        return []
    blocks = ["\n" + voice.say("known", n=len(lines))]
    for line in lines[:_KNOWN]:
        refs = ", ".join(line.facts[:3]) or line.story or "—"
        first = facts.get(line.facts[0]) if line.facts else None
        refs += f": {_named(first, voice)}" if first else ""
        title = html.link(html.shorten(line.title, 100) or html.host(line.url), line.url)
        blocks.append(f"• {title} ({html.others(html.shorten(refs, 140))})")
    return blocks


def _named(fact: Fact, voice: Voice) -> str:
    """A fact in a few words: what, between whom, when."""
    sides = " – ".join(voice.names(name) for name in (*fact.actors[:2], *fact.counterparts[:1]))
    day = _when(fact, voice)
    return ", ".join(part for part in (voice.headline(fact.type, fact.status), sides, day) if part)


def _when(fact: Fact, voice: Voice) -> str:
    if fact.span is None:
        return ""
    return str(fact.span.start.year) if fact.precision in ("year", "month") else voice.span(fact.span)


def _counts(counts: Mapping[str, int], voice: Voice) -> str:
    named = {name: counts.get(name, 0) for name in ("articles", "alert", "update", "known")}
    return f"\n{_upper(voice.say('counts', **named))}"


def feeds_line(feeds: Sequence[FeedStatus], voice: Voice) -> str:
    """How many feeds are well or never looked at, which are not, why and since when; "" without feeds."""
    if not feeds:
        return ""
    states = Counter(feed.cursor.state for feed in feeds)
    parts = [voice.say("feeds", n=len(feeds))]
    parts += [voice.say("answering", n=states["ok"])] if states["ok"] else []
    parts += [voice.say("not_looked_at", n=states["new"])] if states["new"] else []
    for state, words in _UNWELL.items():
        bad = [health.named(feed, voice) for feed in feeds if feed.cursor.state == state]
        if bad:
            more = [voice.say("more", n=len(bad) - _FEEDS)] if len(bad) > _FEEDS else []
            parts.append(voice.say(words, n=len(bad), list="; ".join(bad[:_FEEDS] + more)))
    return _upper(" · ".join(parts))


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
