"""Cards: one message about one development, short enough for a lock screen.

A card says what happened and how sure that is in its first two lines, then who, where, when, the
figures, why it is new, and whom to trust for it; the rest is folded. It never exceeds 900 visible
characters: what matters least is left out first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from bot import html
from bot.statements import claimant, counted, sides, statement
from bot.words import EMOJI, OTHER_EMOJI, Voice
from djeli.core.model import Article, Label, Mention, Realis, Verdict

LIMIT = 900
_QUOTE_WORDS = 25
_NAMES = 4  # names in one line of a card
_HEADLINES = 3  # in sight; as many again are folded
_FOLDED = 3
_SIDES = 3
_FULL_STOP = re.compile(r"[.!?…][\"'»”’)\]]*$")


@dataclass(frozen=True, slots=True)
class Report:
    """One report of a story as a card names it; `by` is the party that denies in a denial."""

    outlet: str
    title: str
    url: str
    denies: bool = False
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Trust:
    """Who tells it: outlets (ids or names, first teller first) and how many independent chains.

    A side is `state:<country id>`, `independent` or `other`. `said` names the sides that tell it with
    their outlets, `silent` those concerned that have not told it so far.
    """

    outlets: tuple[str, ...]
    origins: int
    label: Label | None = None
    said: tuple[tuple[str, tuple[str, ...]], ...] = ()
    silent: tuple[str, ...] = ()


class Card(NamedTuple):
    """One message: as Telegram HTML and as plain text."""

    html: str
    plain: str


@dataclass(frozen=True, slots=True)
class _Block:
    """A line of a card; the one with the highest `rank` is left out first, rank 0 never."""

    rank: int
    html: str
    folded: bool = False


def alert_card(
    verdict: Verdict, article: Article, trust: Trust, voice: Voice, reports: Sequence[Report] = ()
) -> Card:
    """The message about something new; `reports` are all those of its story so far, oldest first."""
    return _card(_whole(verdict, article, trust, voice, reports))


def update_card(
    verdict: Verdict, article: Article, trust: Trust, voice: Voice, reports: Sequence[Report] = ()
) -> Card:
    """The message about a known thing that moved on: was, now, according to whom."""
    change = _change(verdict, _short(voice.names(article.outlet), 40), voice)
    first, *rest = _whole(verdict, article, trust, voice, reports)
    first = replace(first, html=f"🔄 <b>{voice.say('update')}</b> · {first.html}")
    return _card([first, _Block(0, change), *rest])


def revised_card(
    told: Verdict,
    told_in: Article,
    verdict: Verdict,
    article: Article,
    trust: Trust,
    voice: Voice,
    reports: Sequence[Report] = (),
) -> Card:
    """The first card of a story after an update: what was told then, and above it what changed since.

    A denial closes a rumour: its statement is denied from then on.
    """
    source = html.link(html.shorten(voice.names(article.outlet), 40), article.url)
    now = replace(told, mention=_as_it_stands(told, verdict), label=label_of(verdict, trust))
    closed = now.label is Label.DENIED and told.mention.realis is Realis.RUMOUR
    mark = f"🔒 <b>{voice.say('closed')}</b> · " if closed else "🔄 "
    first, *rest = _whole(now, told_in, trust, voice, reports)
    return _card([first, _Block(0, mark + _change(verdict, source, voice)), *rest])


def _as_it_stands(told: Verdict, verdict: Verdict) -> Mention:
    """The mention first told, with what the update changed of it."""
    before, after = told.mention, verdict.mention
    if verdict.label is Label.DISPUTED:  # two words against each other: neither replaces the other
        return before
    changed = replace(before, stage=after.stage or before.stage, realis=after.realis)
    if verdict.label is Label.DENIED:
        return replace(changed, stage=before.stage, claimed_by=after.claimed_by)
    if verdict.rule == "other-figure":
        figures = after.figures or before.figures
        return replace(changed, stage=before.stage, figures=figures, claimed_by=after.claimed_by)
    return changed


def _change(verdict: Verdict, source: str, voice: Voice) -> str:
    """was · now · according to whom."""
    change, kind = [], verdict.mention.type
    if verdict.was:
        change.append(f"<i>{voice.say('was')}</i> <s>{_short(voice.stage(verdict.was, kind), 80)}</s>")
    if verdict.now:
        change.append(f"<i>{voice.say('now')}</i> <b>{_short(voice.stage(verdict.now, kind), 80)}</b>")
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


def _whole(
    verdict: Verdict, article: Article, trust: Trust, voice: Voice, reports: Sequence[Report]
) -> list[_Block]:
    mention = verdict.mention
    in_sight, folded = _headlines(Report(article.outlet, article.title, article.url), reports, voice)
    blocks = [
        _Block(0, _first_line(voice, mention, label_of(verdict, trust))),
        _Block(0, _short(statement(mention, voice, _told_only_by(mention, article, trust, voice)), 200)),
        _Block(4, _who_where_when(mention, voice)),
        _Block(3, _figures(mention, voice)),
        _Block(0, f"<b>{voice.head('why_new')}</b> {_short(verdict.because, 240)}"),
        _Block(1, _trust(trust, reports, voice)),
        _Block(5, _silence(trust, reports, voice)),
        _Block(6, _quote(mention.quote)),
        *in_sight,
        *_detail(verdict, article, voice),
        *folded,
    ]
    return [block for block in blocks if block.html]


def _told_only_by(mention: Mention, article: Article, trust: Trust, voice: Voice) -> str:
    """The words before what only one state's media tell, or what is claimed by nobody knows whom; else ""."""
    said = _only_state(trust, voice)
    if not said and mention.label is Label.CLAIMED and mention.realis is Realis.DONE:
        said = f"{_upper(voice.say('according_to'))} {voice.names(article.outlet)}"
    return said


def _only_state(trust: Trust, voice: Voice) -> str:
    if len(trust.said) != 1 or not trust.said[0][0].startswith("state:"):
        return ""
    return voice.say("only_state_press", name=voice.names(trust.said[0][0].partition(":")[2]))


def _headlines(own: Report, reports: Sequence[Report], voice: Voice) -> tuple[list[_Block], list[_Block]]:
    """The headlines in their own language with outlet and link: some in sight, some folded."""
    listed: dict[str, Report] = {}
    for one in (own, *reports):
        listed.setdefault(one.url or f"{one.outlet}: {one.title}", one)
    shown = [_headline(one, voice, 160 if place == 0 else 90) for place, one in enumerate(listed.values())]
    ranks = (0, 7, 9)
    in_sight = [_Block(rank, line) for rank, line in zip(ranks, shown, strict=False)]
    folded = [_Block(10, line, folded=True) for line in shown[_HEADLINES : _HEADLINES + _FOLDED]]
    rest = len(shown) - _HEADLINES - _FOLDED
    if rest > 0:
        folded.append(_Block(10, voice.say("more", n=rest), folded=True))
    return in_sight, folded


def _headline(report: Report, voice: Voice, limit: int) -> str:
    title = html.link(html.shorten(report.title, limit) or html.host(report.url), report.url)
    outlet = _short(voice.names(report.outlet), 40)
    return f"📰 {title} — {outlet}" if title else f"📰 {outlet}"


def _who_where_when(mention: Mention, voice: Voice) -> str:
    parts = []
    if mention.span:
        parts.append(f"🗓 {voice.span(mention.span)}")
    if len(mention.places) > 1:
        parts.append(f"📍 {_short(_names(mention.places, voice), 80)}")
    who, whom = (_names(ids, voice) for ids in sides(mention))
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
    figures = counted(mention.figures)[:_NAMES]
    if not figures:
        return ""
    how, by = voice.say(basis(mention)), claimant(mention)
    if by:
        how = voice.say("claimed_by", who=voice.names(by))
    listed = "; ".join(voice.figure(figure) for figure in figures)
    return f"🔢 {_short(listed, 140)} <i>({_short(how, 60)})</i>"


def _trust(trust: Trust, reports: Sequence[Report], voice: Voice) -> str:
    outlets = list(dict.fromkeys(trust.outlets))
    if not outlets:
        return ""
    said = f"<b>{voice.head('trust')}</b> {voice.outlets(len(outlets), trust.origins)}"
    if not trust.said:
        said += f" ({_listed(outlets, voice)})"
    for side, tellers in trust.said[:_SIDES]:
        said += f" · {_short(voice.side(side), 50)}{voice.colon} {_listed(tellers, voice)}"
    denials = [one for one in reports if one.denies]
    by = list(dict.fromkeys(one.by for one in denials if one.by))
    if by:
        said += f" · <b>{voice.head('denied_by')}</b> {_listed(by, voice)}"
    elif denials:
        said += f" · <b>{voice.head('denial_in')}</b> {_listed([one.outlet for one in denials], voice)}"
    return said


def _silence(trust: Trust, reports: Sequence[Report], voice: Voice) -> str:
    """Which sides have not confirmed it, and that nobody denies it."""
    parts = []
    if trust.silent:
        silent = ", ".join(voice.side(side) for side in trust.silent[:_SIDES])
        parts.append(f"{_upper(voice.head('no_word_from'))} {_short(silent, 120)}")
    if trust.said and not any(one.denies for one in reports):
        none = voice.say("denied_by_none")
        parts.append(none if parts else _upper(none))
    return " · ".join(parts)


def _listed(ids: Sequence[str], voice: Voice) -> str:
    named = ", ".join(voice.names(one) for one in dict.fromkeys(ids[:3]))
    more = len(dict.fromkeys(ids)) - 3
    return _short(named, 80) + (f" +{more}" if more > 0 else "")


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _quote(quote: str) -> str:
    words = html.clean(quote).split()
    if not words:
        return ""
    text = " ".join(words[:_QUOTE_WORDS])
    # A quote of all the words allowed that ends in no full stop was cut out of a longer sentence.
    if len(words) > _QUOTE_WORDS or (len(words) == _QUOTE_WORDS and not _FULL_STOP.search(text)):
        text = text.rstrip(" ,;:–—-") + "…"
    return f"<blockquote>{_short(text, 260)}</blockquote>"


def _detail(verdict: Verdict, article: Article, voice: Voice) -> list[_Block]:
    lines = []
    if article.dated:
        lines.append((8, f"{voice.head('published')} {voice.moment(article.published)}"))
    if verdict.story:
        story = _short(verdict.story, 20)
        lines.append((8, f"{voice.head('story')} {story} · /why {story}"))
    if verdict.nearest:
        refs = ", ".join(f"{near.ref} ({near.score:.2f})" for near in verdict.nearest[:3])
        lines.append((11, f"{voice.head('compared')} {_short(refs, 80)}"))
    host = html.host(article.url)
    if host:
        lines.append((12, f"<code>{html.escape(html.shorten(host, 60))}</code>"))
    return [_Block(rank, line, folded=True) for rank, line in lines]


def _short(text: str, limit: int) -> str:
    return html.others(html.shorten(text, limit))


def _joined(blocks: Iterable[_Block]) -> str:
    """The lines of a card, the folded ones in one quotation at its end."""
    kept = list(blocks)
    lines = [block.html for block in kept if not block.folded]
    folded = "\n".join(block.html for block in kept if block.folded)
    return "\n".join([*lines, *([f"<blockquote expandable>{folded}</blockquote>"] if folded else [])])


def _card(blocks: list[_Block]) -> Card:
    """Leave out the least important blocks until the card is short enough."""
    while True:
        text = _joined(blocks)
        if html.length(text) < LIMIT and len(text.encode()) <= html.LIMIT_BYTES:
            return Card(text, html.plain(text))
        droppable = max(reversed(blocks), key=lambda block: block.rank)
        if not droppable.rank:
            text = html.cut(text, LIMIT - 1)
            return Card(text, html.plain(text))
        blocks = [block for block in blocks if block is not droppable]
