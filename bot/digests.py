"""Digests: what was new but not urgent, what was held back as known, and how the feeds are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import groupby

from bot import html
from bot.cards import Card
from bot.words import EMOJI, OTHER_EMOJI, Voice
from djeli.core.model import Decision, DigestLine
from djeli.core.ports import FeedStatus

LINES = 15
_KNOWN = 3
_FEEDS = 5


def digest(
    lines: Sequence[DigestLine],
    counts: Mapping[str, int],
    feeds: Sequence[FeedStatus],
    until: datetime,
    voice: Voice,
) -> list[Card]:
    """The messages of one digest: at most fifteen lines by type, then known, then the feeds.

    `counts` are those of `Store.counts` for the time of the digest. A quiet time is said to be one,
    with its counts, so that silence is never mistaken for death.
    """
    new = [line for line in lines if line.decision is not Decision.KNOWN]
    known = [line for line in lines if line.decision is Decision.KNOWN]
    blocks = [f"<b>{voice.say('digest')}</b> · {voice.moment(until)}", *_new_blocks(new, voice)]
    if not new:
        blocks.append(voice.say("quiet"))
    blocks += [_counts(counts, len(feeds), voice), *_known_blocks(known, voice), feeds_line(feeds, voice)]
    return [Card(part, html.plain(part)) for part in html.split([block for block in blocks if block])]


def _new_blocks(lines: Sequence[DigestLine], voice: Voice) -> list[str]:
    order: dict[str, int] = {}
    for line in lines:  # types in the order in which they first appear
        order.setdefault(voice.kind(line.type, line.stage), len(order))
    shown = sorted(lines, key=lambda line: order[voice.kind(line.type, line.stage)])[:LINES]
    blocks = []
    for kind, group in groupby(shown, key=lambda line: voice.kind(line.type, line.stage)):
        members = list(group)
        blocks.append(f"\n{EMOJI.get(members[0].type, OTHER_EMOJI)} <b>{html.escape(kind)}</b>")
        blocks += [_line(line, voice) for line in members]
    if len(lines) > LINES:
        blocks.append(voice.say("more", n=len(lines) - LINES))
    return blocks


def _line(line: DigestLine, voice: Voice) -> str:
    title = html.link(html.shorten(line.title, 140) or html.host(line.url), line.url)
    outlet = html.escape(html.shorten(voice.names(line.outlet), 40))
    day = f" · {voice.span(line.span)}" if line.span else ""
    stage = f"{html.escape(voice.stage(line.stage))} · " if line.stage and _adds(line, voice) else ""
    story = f" · {html.escape(line.story)}" if line.story else ""
    return f"• {stage}{title} — {outlet}{day}{story}"


def _adds(line: DigestLine, voice: Voice) -> bool:
    """Whether the stage says more than the heading over the line."""
    return voice.kind(line.type, line.stage) == voice.type(line.type)


def _known_blocks(lines: Sequence[DigestLine], voice: Voice) -> list[str]:
    if not lines:
        return []
    blocks = ["\n" + voice.say("known", n=len(lines))]
    for line in lines[:_KNOWN]:
        refs = ", ".join(line.facts[:3]) or line.story or "—"
        title = html.link(html.shorten(line.title, 100) or html.host(line.url), line.url)
        blocks.append(f"• {title} ({html.escape(refs)})")
    return blocks


def _counts(counts: Mapping[str, int], feeds: int, voice: Voice) -> str:
    named = {name: counts.get(name, 0) for name in ("articles", "alert", "update", "known")}
    return "\n" + voice.say("counts", feeds=counts.get("feeds", feeds), **named)


def feeds_line(feeds: Sequence[FeedStatus], voice: Voice) -> str:
    """How the feeds are: fine, not looked at yet, or failing, why and since when; "" without feeds."""
    new = sum(feed.cursor.state == "new" for feed in feeds)
    bad = [feed for feed in feeds if feed.cursor.state == "failing"]
    if not feeds:
        return ""
    if not bad:
        return voice.say("feeds_new", n=len(feeds), new=new) if new else voice.say("feeds_fine", n=len(feeds))
    named = [failing(feed, voice) for feed in bad[:_FEEDS]]
    if len(bad) > _FEEDS:
        named.append(voice.say("more", n=len(bad) - _FEEDS))
    return voice.say("feeds_failing", bad=len(bad), n=len(feeds), list="; ".join(named))


def failing(feed: FeedStatus, voice: Voice) -> str:
    """One failing feed: its outlet, the cause and since when."""
    since = feed.cursor.failing_since
    started = ", " + voice.say("since", day=voice.day(since.astimezone(voice.zone).date())) if since else ""
    name = html.escape(html.shorten(voice.names(feed.outlet), 40))
    return f"{name} ({html.escape(feed.cursor.cause or '?')}{started})"
