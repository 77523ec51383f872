"""Answers of the commands, as blocks of Telegram HTML; the command line prints them as plain text.

Every function returns one block per item, to be joined by `bot.html.split` (chat) or
`as_text` (terminal).
"""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from bot import health, html, ledger
from bot.asked import NotUnderstood, Recent
from bot.command_words import ALIASES, COMMANDS, EXAMPLES, FACT_KINDS, FACT_STATES, say
from bot.digests import feeds_line
from bot.health import causes
from bot.statements import statement
from bot.words import EMOJI, OTHER_EMOJI, Voice, fold
from djeli.core.model import (
    Asked,
    Delivery,
    Fact,
    FactSource,
    LedgerLine,
    Member,
    Mute,
    MutedAlert,
    MuteKind,
    OutboxRow,
    Realis,
    Story,
)
from djeli.core.ports import FeedStatus, OutboxHealth

_OUTLETS = 12
_MUTES = 3  # named in a digest
_GIVEN_UP = 10  # messages named in a notice


@dataclass(frozen=True, slots=True)
class StatusView:
    """Everything /status shows; what is unknown stays None and is left out."""

    version: str
    started: datetime | None = None
    last_poll: datetime | None = None  # last good getUpdates
    polls: bool = True  # False: no token, or --once
    outbox: tuple[OutboxHealth, ...] = ()
    feeds: tuple[FeedStatus, ...] = ()
    unreachable: tuple[tuple[int, str], ...] = ()  # chat, what Telegram said
    next_run: datetime | None = None
    database_bytes: int | None = None
    free_bytes: int | None = None
    backup: datetime | None = None
    strangers: int = 0
    missed: int = 0
    dead: tuple[OutboxRow, ...] = ()  # messages that were given up, latest first


def as_text(blocks: Sequence[str]) -> str:
    """Blocks as the terminal shows them."""
    return "\n".join(html.plain(block) for block in blocks)


def start(voice: Voice, chat: int) -> list[str]:
    """Answer of /start: that it listens, and the id of the chat."""
    return [voice.say("start"), f"<code>{voice.say('chat_id', id=chat)}</code>"]


def help_(voice: Voice, name: str | None = None) -> list[str]:
    """Answer of /help: one line per command, or one command with examples."""
    if name is not None:
        lines = [html.escape(line) for line in voice.pick(EXAMPLES[name]).splitlines()]
        return [f"<b>/{name}</b> — {html.escape(voice.pick(COMMANDS[name]))}", *lines]
    lines = [f"/{name} — {html.escape(voice.pick(words))}" for name, words in COMMANDS.items()]
    return [*lines, html.escape(say(voice, "help_more"))]


def no_command(name: str, voice: Voice) -> list[str]:
    """Answer to a command that is none, with the one that is spelt nearly so."""
    names = {**dict.fromkeys(COMMANDS), **ALIASES}
    close = difflib.get_close_matches(fold(name), names, n=1, cutoff=0.7)
    near = [html.escape(say(voice, "did_you_mean", near=f"/{names[close[0]] or close[0]}"))] if close else []
    return [html.escape(say(voice, "no_command", name=html.shorten(name, 40))), *near]


def not_understood(error: NotUnderstood, voice: Voice) -> list[str]:
    """A word that names nothing, with the nearest name, or else with the types there are."""
    said = say(voice, "not_understood", words=html.shorten(error.words, 60))
    if error.near:
        return [html.escape(said), html.escape(say(voice, "did_you_mean", near=error.near))]
    types = " · ".join(voice.type(type_id).lower() for type_id in voice.type_label)
    return [html.escape(said), html.escape(say(voice, "types_are", types=types))]


def recent(stories: Sequence[Story], wanted: Recent, voice: Voice, page: int = 0) -> list[str]:
    """Answer of /recent: stories, latest first, under what was asked for."""
    kind = [voice.type(wanted.type)] if wanted.type else []
    since = [say(voice, "since", at=_since(wanted.since, voice))] if wanted.since else []
    names = [html.shorten(voice.names(name), 40) for name in wanted.entities[:4]]
    asked = [*kind, *names, *since]
    if not stories:
        if page:
            return [html.escape(say(voice, "no_more"))]
        if not asked:
            return [html.escape(voice.say("nothing_recent"))]
        return [html.escape(say(voice, "nothing_recent", asked=", ".join(asked)))]
    head = " · ".join([f"<b>{voice.say('recent')}</b>", *map(html.escape, asked), *_page_mark(page, voice)])
    return [head, *(_story_line(story, voice) for story in stories)]


def _since(at: datetime, voice: Voice) -> str:
    local = at.astimezone(voice.zone)
    return voice.day(local.date()) if (local.hour, local.minute) == (0, 0) else voice.moment(at)


def _page_mark(page: int, voice: Voice) -> list[str]:
    return [say(voice, "page", n=page + 1)] if page else []


def search(lines: Sequence[LedgerLine], words: str, voice: Voice, page: int = 0) -> list[str]:
    """Answer of /search: one line per article, whatever was decided about it."""
    shown = html.shorten(words, 80)
    seen: dict[str, LedgerLine] = {}
    for line in lines:
        seen.setdefault(line.article.id, line)
    if not seen:
        return [html.escape(say(voice, "no_more") if page else voice.say("nothing_found", words=shown))]
    head = [f"<b>{html.escape(voice.say('found', words=shown))}</b>", *_page_mark(page, voice)]
    return [" · ".join(head), *(ledger.article_line(line, voice) for line in seen.values())]


def story(
    found: Story | None,
    deliveries: Sequence[Delivery],
    story_id: str,
    voice: Voice,
    chat: int | None = None,
    held: Sequence[MutedAlert] = (),
) -> list[str]:
    """Answer of /story: what happened, day by day, who told it, and where it was sent.

    `chat` is the one that asks: of others it hears only how many. The terminal, None, sees their ids.
    """
    if found is None:
        return [html.escape(voice.say("no_story", id=html.shorten(story_id, 20)))]
    outlets = list(dict.fromkeys(voice.names(member.outlet) for member in found.members))
    names = ", ".join(outlets[:_OUTLETS])
    if len(outlets) > _OUTLETS:
        names += f", {voice.say('more', n=len(outlets) - _OUTLETS)}"
    return [
        _story_line(found, voice, titled=False),
        f"<b>{voice.head('sources')}</b> {html.escape(names)}",
        *_steps(found.members, voice),
        _told(deliveries, voice, chat),
        *_held_back(held, voice, chat),
    ]


def _steps(members: Sequence[Member], voice: Voice) -> list[str]:
    """The members in order of publication under their days; what did not change is not said again."""
    blocks = []
    day, told = None, ""
    for member in sorted(members, key=lambda one: one.published):
        local = member.published.astimezone(voice.zone)
        if local.date() != day:
            day = local.date()
            blocks.append(f"\n<b>{voice.day(day)}</b>")
        said = _said(member, voice)
        shown = f" <b>{html.others(html.shorten(said, 100))}</b>" if said and said != told else ""
        told = said or told
        title = html.link(html.shorten(member.title, 120) or html.host(member.url), member.url)
        outlet = html.others(html.shorten(voice.names(member.outlet), 40))
        blocks.append(f"{local:%H:%M}{shown} {title} — {outlet}")
    return blocks


def _said(member: Member, voice: Voice) -> str:
    """Stage, figures and label of one report: "arrived · 11 tanks"."""
    figures = "; ".join(voice.figure(figure) for figure in member.mention.figures[:3])
    label = f"[{voice.label(member.label)}]" if member.label else ""
    stage = voice.stage(member.mention.stage, member.mention.type)
    return " · ".join(part for part in (label, stage, figures) if part)


def why(found: Asked, voice: Voice, chat: int | None = None, held: Sequence[MutedAlert] = ()) -> list[str]:
    """Answer of /why: all that the ledger has on what is asked for, or the nearest headlines.

    `chat` and `held` as in `story`.
    """
    return [*ledger.why(found, voice, chat), *_held_back(held, voice, chat)]


def known(facts: Sequence[Fact], query: str, voice: Voice) -> list[str]:
    """Answer of /known: facts with day, summary and where they stand."""
    if not facts:
        return [html.escape(voice.say("nothing_found", words=html.shorten(query, 80)))]
    return [_fact(fact, voice) for fact in facts]


# ------------------------------------------------------------------------------------ mutes


def mutes(found: Sequence[tuple[Mute, int]], voice: Voice) -> list[str]:
    """Answer of /mutes: what is muted, until when and why, and how much each held back."""
    if not found:
        return [html.escape(say(voice, "nothing_muted"))]
    blocks = [f"<b>{html.escape(say(voice, 'mutes'))}</b>"]
    for mute, held in found:
        until = say(voice, "until", until=voice.moment(mute.until))
        line = f"{mute.id}. <b>{html.escape(_upper(muted_thing(mute, voice)))}</b> {html.escape(until)}"
        why = html.escape(say(voice, "because", why=_reason(mute, voice)))
        count = html.escape(say(voice, "held_back", n=held)) if held else ""
        blocks.append("\n".join(part for part in (line, " · ".join(filter(None, (why, count)))) if part))
    return blocks


def muted(mute: Mute, voice: Voice) -> list[str]:
    """The receipt of a mute: what, until when, why, what passes all the same, and how to end it."""
    until = voice.moment(mute.until)
    blocks = [
        html.escape(say(voice, "muted", until=until, what=muted_thing(mute, voice))),
        html.escape(say(voice, "because", why=_reason(mute, voice))),
    ]
    if mute.kind not in (MuteKind.STORY, MuteKind.TYPE):
        blocks.append(html.escape(say(voice, "critical_pass")))
    return [*blocks, html.escape(say(voice, "how_to_lift", n=mute.id))]


def lifted(mute: Mute, voice: Voice) -> list[str]:
    """The receipt of the end of a mute."""
    return [html.escape(say(voice, "lifted", what=muted_thing(mute, voice)))]


def muted_count(held: Sequence[MutedAlert], voice: Voice) -> str:
    """The line of a digest about what mutes held back, as HTML; "" when they held back nothing."""
    if not held:
        return ""
    counts = Counter(one.mute.id for one in held)
    mutes = {one.mute.id: one.mute for one in held}
    listed = [f"{muted_thing(mutes[id_], voice)} ({n})" for id_, n in counts.most_common(_MUTES)]
    if len(counts) > _MUTES:
        listed.append(voice.say("more", n=len(counts) - _MUTES))
    return html.escape(say(voice, "muted_count", n=len(held), list=", ".join(listed)))


def muted_thing(mute: Mute, voice: Voice) -> str:
    """What a mute is about, in words; plain text."""
    name = voice.type(mute.value) if mute.kind is MuteKind.TYPE else mute.value
    if mute.kind in (MuteKind.ACTOR, MuteKind.COUNTRY, MuteKind.OUTLET):
        name = voice.names(mute.value)
    return say(voice, f"mute_{mute.kind.value}", name=html.shorten(name, 80))


def _reason(mute: Mute, voice: Voice) -> str:
    return html.shorten(mute.because, 200) or say(voice, "no_reason")


def _held_back(held: Sequence[MutedAlert], voice: Voice, chat: int | None) -> list[str]:
    """One line for each mute that held something back: of the chat that asks, or of all."""
    blocks: dict[int, str] = {}
    for one in held:
        mute = one.mute
        if chat not in (None, mute.chat):
            continue
        said = say(
            voice,
            "muted_line" if chat is None else "muted_here",
            chat=mute.chat,
            what=muted_thing(mute, voice),
            until=voice.moment(mute.lifted or mute.until),
            why=say(voice, "because", why=_reason(mute, voice)),
        )
        blocks.setdefault(mute.id, f"<i>{html.escape(said)}</i>")
    return list(blocks.values())


# ---------------------------------------------------------------------------------- sources


@dataclass(frozen=True, slots=True)
class SourceView:
    """One outlet with its feeds; `chain` names the others that count as one source with it."""

    outlet: str
    feeds: tuple[FeedStatus, ...]
    chain: tuple[str, ...] = ()


def sources(views: Sequence[SourceView], words: str, voice: Voice, now: datetime) -> list[str]:
    """Answer of /sources: every outlet, those in trouble first, or those whose names hold the words."""
    wanted = fold(words)
    shown = [
        view
        for view in views
        if not wanted or wanted in fold(voice.names(view.outlet)) or wanted in fold(view.outlet)
    ]
    if wanted and not shown:
        return [html.escape(say(voice, "no_source", words=html.shorten(words, 60)))]
    names = Counter(voice.names(view.outlet) for view in views)
    shown.sort(key=lambda view: (not _unwell(view), voice.names(view.outlet).casefold()))
    feeds = sum(len(view.feeds) for view in shown)
    bad = sum(map(_unwell, shown))
    head = html.escape(say(voice, "sources_head", n=len(shown), feeds=feeds, bad=bad))
    twice = {view.outlet for view in shown if names[voice.names(view.outlet)] > 1}
    return [
        f"<b>{head}</b>",
        *(_source(view, voice, now, detailed=bool(wanted), by_id=view.outlet in twice) for view in shown),
    ]


def _unwell(view: SourceView) -> bool:
    return any(feed.cursor.state not in ("ok", "new") for feed in view.feeds)


def _source(view: SourceView, voice: Voice, now: datetime, detailed: bool, by_id: bool) -> str:
    """One outlet; `by_id` where another one has its name, as its edition in another language."""
    known = f" ({view.outlet})" if by_id else ""
    name = html.escape(html.shorten(voice.names(view.outlet) + known, 60))
    sick = [feed for feed in view.feeds if feed.cursor.state not in ("ok", "new")]
    newest = max((feed.cursor.new_at for feed in view.feeds if feed.cursor.new_at), default=None)
    told = say(voice, "last_new", ago=voice.ago(newest, now)) if newest else say(voice, "nothing_yet")
    count = say(voice, "articles_of", n=voice.number(sum(feed.articles for feed in view.feeds)))
    lines = [f"{'⚠' if sick else '•'} <b>{name}</b> · {html.escape(told)} · {html.escape(count)}"]
    lines += [_sick(feed, voice, detailed) for feed in sick[: 5 if detailed else 1]]
    if detailed:
        lines += [html.escape(html.shorten(feed.feed, 200)) for feed in view.feeds[:5]]
    if view.chain and detailed:
        names = ", ".join(map(voice.names, view.chain))
        lines.append(html.escape(say(voice, "same_chain", names=html.shorten(names, 160))))
    return "\n".join(lines)


def _sick(feed: FeedStatus, voice: Voice, detailed: bool) -> str:
    """How a feed is not well and since when; asked for by name also why and what to do."""
    cursor = feed.cursor
    said = say(voice, f"state_{cursor.state}")
    if cursor.since:
        said += " " + voice.say("since", day=voice.day(cursor.since.astimezone(voice.zone).date()))
    if detailed and cursor.failures and cursor.detail:
        said += f" ({html.shorten(cursor.detail, 160)})"
    fix = health.fix(cursor, voice) if detailed else ""
    return f"<i>{html.escape(said)}</i>" + (f"\n{html.escape(fix)}" if fix else "")


def digest_when(hours: Sequence[str], waiting: int, voice: Voice) -> list[str]:
    """Answer of /digest: its hours, and how many lines wait for the next one."""
    key = "digest_when" if hours else "digest_no_hours"
    said = say(voice, key, hours=", ".join(hours), zone=str(voice.zone), n=waiting)
    return [html.escape(said)]


# ----------------------------------------------------------------------------------- status


def status(view: StatusView, now: datetime, voice: Voice) -> list[str]:
    """Answer of /status, at most about 1,500 characters."""
    head = f"<b>Djeli {html.escape(view.version)}</b>"
    if view.started:
        head += f" · {voice.say('running_since')} {voice.moment(view.started)}"
    blocks = [head]
    if view.polls:
        blocks.append(f"{voice.head('last_poll')} {voice.ago(view.last_poll, now)}")
    blocks += [_owed(health, now, voice) for health in view.outbox[:10]]
    blocks += [
        f"⚠ {chat}: {voice.say('unreachable')} ({html.escape(html.shorten(reason, 80))})"
        for chat, reason in view.unreachable[:5]
    ]
    blocks += [_given_up(row, voice) for row in view.dead[:5]]
    return [*blocks, *_machine(view, now, voice)]


def given_up(rows: Sequence[OutboxRow], voice: Voice) -> list[str]:
    """The notice about messages that nobody got, latest first."""
    head = f"⚠️ <b>{html.escape(say(voice, 'given_up_head', n=len(rows)))}</b>"
    listed = [_given_up(row, voice) for row in rows[:_GIVEN_UP]]
    more = [voice.say("more", n=len(rows) - _GIVEN_UP)] if len(rows) > _GIVEN_UP else []
    return [head, *listed, *more, html.escape(say(voice, "given_up_why"))]


def _given_up(row: OutboxRow, voice: Voice) -> str:
    """A message that nobody got: number, chat, its first line, what Telegram said."""
    plain = row.alert.plain or html.plain(row.alert.html)
    first = next((line for line in plain.splitlines() if line.strip()), row.alert.kind)
    said = html.escape(html.shorten(row.error or "?", 80))
    told = html.others(html.shorten(first, 60))
    return f"✗ {voice.say('given_up')} {row.id} → {row.alert.chat}: {told} ({said})"


def _machine(view: StatusView, now: datetime, voice: Voice) -> list[str]:
    facts = [feeds_line(view.feeds, voice), causes(view.feeds, voice)]
    if view.next_run:
        facts.append(f"{voice.head('next_run')} {voice.moment(view.next_run)}")
    for name, count in (("database", view.database_bytes), ("free", view.free_bytes)):
        if count is not None:
            facts.append(f"{voice.head(name)} {voice.size(count)}")
    if view.backup:
        facts.append(f"{voice.head('backup')} {voice.ago(view.backup, now)}")
    for name, count in (("strangers", view.strangers), ("missed", view.missed)):
        if count:
            facts.append(f"{voice.head(name)} {count}")
    return [fact for fact in facts if fact]


def _owed(health: OutboxHealth, now: datetime, voice: Voice) -> str:
    parts = [f"{voice.say('pending')} {health.pending}"]
    if health.oldest_pending:
        parts[0] += f" ({voice.lasting(now - health.oldest_pending)})"
    for name, count in (("uncertain", health.uncertain), ("dead", health.dead)):
        if count:
            parts.append(f"{voice.say(name)} {count}")
    parts.append(f"{voice.say('last_sent')} {voice.ago(health.last_sent, now)}")
    return f"{voice.say('owed')} {health.chat}{voice.colon} " + ", ".join(parts)


def _story_line(found: Story, voice: Voice, titled: bool = True) -> str:
    """What happened in our words; with the latest headline and who else told it."""
    latest = found.members[-1]
    mention = _told_last(found).mention
    day = f" · {voice.span(mention.span)}" if mention.span else ""
    sure = f"[{voice.label(found.label)}] " if found.label else ""
    emoji = EMOJI.get(mention.type, OTHER_EMOJI)
    said = html.others(html.shorten(statement(mention, voice), 180))
    line = f"{emoji} <b>{html.escape(found.id)}</b> {sure}{said}{day}"
    if not titled:
        return line
    title = html.link(html.shorten(latest.title, 120) or html.host(latest.url), latest.url)
    others = len({member.outlet for member in found.members}) - 1
    more = f" (+{others})" if others else ""
    return f"{line}\n{title} — {html.others(html.shorten(voice.names(latest.outlet), 40))}{more}"


def _told(deliveries: Sequence[Delivery], voice: Voice, chat: int | None = None) -> str:
    """Where it was sent and when; a chat that asks hears of the others only how many they are."""
    if deliveries and chat is not None:
        return f"<i>{html.escape(_told_here(deliveries, voice, chat))}</i>"
    return ledger.sent(deliveries, voice)


def _told_here(deliveries: Sequence[Delivery], voice: Voice, chat: int) -> str:
    here = [delivery for delivery in deliveries if delivery.chat == chat]
    others = len({delivery.chat for delivery in deliveries} - {chat})
    if not here:
        return say(voice, "told_others", n=others)
    at = voice.moment(here[0].at)
    said = [say(voice, "told_here", at=at)]
    said += [say(voice, "told_updates", n=len(here) - 1)] if len(here) > 1 else []
    said += [say(voice, "told_also", n=others)] if others else []
    return "; ".join(said) + "."


def _told_last(found: Story) -> Member:
    """The last report that tells it as done, announced, claimed or denied; the first where none does."""
    idle = (Realis.HYPOTHETICAL, Realis.HISTORICAL)
    telling = [one for one in found.members if one.mention.realis not in idle and not one.mention.comment]
    return telling[-1] if telling else found.members[0]


def _fact(fact: Fact, voice: Voice) -> str:
    day = f" · {voice.span(fact.span)}" if fact.span else ""
    where = "; ".join(_stands(source, voice) for source in fact.sources[:4])
    silent = "" if fact.suppresses else f" · <i>{voice.say('not_suppressing')}</i>"
    kind = html.escape(_fact_kind(fact, voice))
    return (
        f"<b>{html.escape(fact.id)}</b> {kind}{day}{silent}\n{html.others(html.shorten(fact.summary, 400))}"
        + (f"\n<i>{where}</i>" if where else "")
        + (f"\n<i>{html.escape(_accepted(fact, voice))}</i>" if fact.accepted else "")
    )


def _stands(source: FactSource, voice: Voice) -> str:
    """Where a fact stands: document and paragraph, or the report that told it."""
    if not source.title:
        return html.escape(html.shorten(f"{PurePath(source.document).name} § {source.paragraph}", 80))
    title = html.link(html.shorten(source.title, 80), source.url)
    return f"{title} ({html.others(html.shorten(voice.names(source.document), 40))})"


def _accepted(fact: Fact, voice: Voice) -> str:
    """That it was accepted, which version it is, and how far it reaches."""
    said = voice.say("accepted_fact", since=voice.day(fact.since) if fact.since else "?")
    version = f", {voice.say('fact_version', n=fact.version)}" if fact.version > 1 else ""
    until = voice.say("fact_until", day=voice.day(fact.until)) if fact.until else voice.say("fact_for_good")
    return f"{said}{version}, {until}"


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _fact_kind(fact: Fact, voice: Voice) -> str:
    """Type and status of a fact; what is no event has a name of its own and no stage."""
    if fact.type in FACT_KINDS:
        return voice.pick(FACT_KINDS[fact.type])
    if fact.status in FACT_STATES:
        return f"{voice.type(fact.type)} · {voice.pick(FACT_STATES[fact.status])}"
    return voice.headline(fact.type, fact.status)
