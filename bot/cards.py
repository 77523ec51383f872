"""Cards: one message about one development, short enough for a lock screen.

A card says what happened and how sure that is in its first line, then who, where, when, the
figures, why it is new, and whom to trust for it; the rest is folded. It never exceeds 900 visible
characters: what matters least is left out first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from bot import html
from bot.words import EMOJI, OTHER_EMOJI, Voice
from djeli.core.model import Article, Label, Mention, Realis, Verdict

LIMIT = 900
_QUOTE_WORDS = 25
_NAMES = 4  # names in one line of a card
_FULL_STOP = re.compile(r"[.!?…][\"'»”’)\]]*$")


@dataclass(frozen=True, slots=True)
class Trust:
    """Who tells it: outlets (ids or names, first teller first) and how many independent chains."""

    outlets: tuple[str, ...]
    origins: int
    label: Label | None = None


class Card(NamedTuple):
    """One message: as Telegram HTML and as plain text."""

    html: str
    plain: str


@dataclass(frozen=True, slots=True)
class _Block:
    """A line of a card; the one with the highest `rank` is left out first, rank 0 never."""

    rank: int
    html: str


def alert_card(verdict: Verdict, article: Article, trust: Trust, voice: Voice) -> Card:
    """The message about something new."""
    mention = verdict.mention
    first = _first_line(voice, mention, label_of(verdict, trust))
    return _card([_Block(0, first), *_body(verdict, article, trust, voice)])


def update_card(verdict: Verdict, article: Article, trust: Trust, voice: Voice) -> Card:
    """The message about a known thing that moved on: was, now, according to whom."""
    mention = verdict.mention
    first = f"🔄 <b>{voice.say('update')}</b> · " + _first_line(voice, mention, label_of(verdict, trust))
    change = _change(verdict, _short(voice.names(article.outlet), 40), voice)
    return _card([_Block(0, first), _Block(0, change), *_body(verdict, article, trust, voice)])


def revised_card(
    told: Verdict, told_in: Article, verdict: Verdict, article: Article, trust: Trust, voice: Voice
) -> Card:
    """The first card of a story after an update: what was told then, and above it what changed since."""
    source = html.link(_short(voice.names(article.outlet), 40), article.url)
    mention = replace(told.mention, stage=verdict.mention.stage or told.mention.stage)
    first = _first_line(voice, mention, label_of(verdict, trust))
    change = f"🔄 {_change(verdict, source, voice)}"
    return _card([_Block(0, first), _Block(0, change), *_body(told, told_in, trust, voice)])


def _change(verdict: Verdict, source: str, voice: Voice) -> str:
    """was · now · according to whom."""
    change = []
    if verdict.was:
        change.append(f"<i>{voice.say('was')}</i> <s>{_short(voice.stage(verdict.was), 80)}</s>")
    if verdict.now:
        change.append(f"<i>{voice.say('now')}</i> <b>{_short(voice.stage(verdict.now), 80)}</b>")
    change.append(f"<i>{voice.say('according_to')}</i> {source}")
    return " · ".join(change)


def label_of(verdict: Verdict, trust: Trust) -> Label | None:
    """The label a reader must see: the verdict's, else the mention's; a rumour is never without."""
    label = verdict.label or verdict.mention.label or trust.label
    if label is None and verdict.mention.realis is Realis.RUMOUR:
        return Label.UNCONFIRMED
    return label


def _first_line(voice: Voice, mention: Mention, label: Label | None) -> str:
    where = f" · {_short(voice.names(mention.places[0]), 40)}" if mention.places else ""
    sure = f"<b>[{voice.label(label)}]</b> " if label else ""
    emoji = EMOJI.get(mention.type, OTHER_EMOJI)
    return f"{emoji} {sure}<b>{_short(voice.headline(mention.type, mention.stage), 90)}</b>{where}"


def _body(verdict: Verdict, article: Article, trust: Trust, voice: Voice) -> list[_Block]:
    mention = verdict.mention
    headline = html.link(html.shorten(article.title, 160) or html.host(article.url), article.url)
    blocks = [
        _Block(0, f"{headline} — {_short(voice.names(article.outlet), 40)}"),
        _Block(3, _who_where_when(mention, voice)),
        _Block(2, _figures(mention, voice)),
        _Block(0, f"<b>{voice.head('why_new')}</b> {_short(verdict.because, 240)}"),
        _Block(1, _trust(trust, voice)),
        _Block(4, _quote(mention.quote)),
        _Block(5, _detail(verdict, article, voice)),
    ]
    return [block for block in blocks if block.html]


def _who_where_when(mention: Mention, voice: Voice) -> str:
    parts = []
    if mention.span:
        parts.append(f"🗓 {voice.span(mention.span)}")
    if len(mention.places) > 1:
        parts.append(f"📍 {_short(_names(mention.places, voice), 80)}")
    who = _names(mention.actors, voice)
    whom = _names(mention.counterparts, voice)
    if who or whom:
        parts.append("👤 " + _short(" → ".join(name for name in (who, whom) if name), 120))
    return " · ".join(parts)


def _names(ids: Sequence[str], voice: Voice) -> str:
    return ", ".join(voice.names(name) for name in ids[:_NAMES])


def basis(mention: Mention) -> str:
    """How figures are known: `claimed` by a party, `seen` by a reporter, else only `stated`.

    Seen is said by a cue of kind `figure` that speaks for `seen`.
    """
    if mention.claimed_by or mention.label is Label.CLAIMED:
        return "claimed"
    if any(cue.kind == "figure" and cue.speaks_for == "seen" for cue in mention.cues):
        return "seen"
    return "stated"


def _figures(mention: Mention, voice: Voice) -> str:
    if not mention.figures:
        return ""
    how = voice.say(basis(mention))
    if mention.claimed_by:
        how = voice.say("claimed_by", who=voice.names(mention.claimed_by))
    listed = "; ".join(voice.figure(figure) for figure in mention.figures[:_NAMES])
    return f"🔢 {_short(listed, 140)} <i>({_short(how, 60)})</i>"


def _trust(trust: Trust, voice: Voice) -> str:
    outlets = list(dict.fromkeys(trust.outlets))
    names = ", ".join(voice.names(outlet) for outlet in outlets[:3])
    count = voice.outlets(len(outlets), trust.origins)
    return f"<b>{voice.head('trust')}</b> {count} ({_short(names, 80)})" if outlets else ""


def _quote(quote: str) -> str:
    words = html.clean(quote).split()
    if not words:
        return ""
    text = " ".join(words[:_QUOTE_WORDS])
    # A quote of all the words allowed that ends in no full stop was cut out of a longer sentence.
    if len(words) > _QUOTE_WORDS or (len(words) == _QUOTE_WORDS and not _FULL_STOP.search(text)):
        text = text.rstrip(" ,;:–—-") + "…"
    return f"<blockquote>{_short(text, 260)}</blockquote>"


def _detail(verdict: Verdict, article: Article, voice: Voice) -> str:
    lines = []
    if article.dated:
        lines.append(f"{voice.head('published')} {voice.moment(article.published)}")
    if verdict.story:
        lines.append(f"{voice.head('story')} {_short(verdict.story, 20)} · /why {_short(verdict.story, 20)}")
    if verdict.nearest:
        refs = ", ".join(f"{near.ref} ({near.score:.2f})" for near in verdict.nearest[:3])
        lines.append(f"{voice.head('compared')} {_short(refs, 80)}")
    host = html.host(article.url)
    if host:
        lines.append(_short(host, 60))
    return f"<blockquote expandable>{chr(10).join(lines)}</blockquote>" if lines else ""


def _short(text: str, limit: int) -> str:
    return html.escape(html.shorten(text, limit))


def _card(blocks: list[_Block]) -> Card:
    """Leave out the least important blocks until the card is short enough."""
    while True:
        text = "\n".join(block.html for block in blocks)
        if html.length(text) < LIMIT:
            return Card(text, html.plain(text))
        droppable = max(blocks, key=lambda block: block.rank)
        if not droppable.rank:
            text = html.cut(text, LIMIT - 1)
            return Card(text, html.plain(text))
        blocks = [block for block in blocks if block is not droppable]
