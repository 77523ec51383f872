"""Answers of the commands, as blocks of Telegram HTML; the command line prints them as plain text.

Every function returns one block per item, to be joined by `bot.html.split` (chat) or
`as_text` (terminal).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from bot import html, ledger
from bot.digests import feeds_line
from bot.health import causes
from bot.words import COMMANDS, EMOJI, OTHER_EMOJI, Voice
from djeli.core.model import Asked, Delivery, Fact, LedgerLine, Member, OutboxRow, Story
from djeli.core.ports import FeedStatus, OutboxHealth

_MEMBERS = 12


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


def help_(voice: Voice) -> list[str]:
    """Answer of /help: one line per command."""
    return [f"/{name} — {html.escape(voice.pick(words))}" for name, words in COMMANDS.items()]


def recent(stories: Sequence[Story], voice: Voice) -> list[str]:
    """Answer of /recent: stories, latest first."""
    if not stories:
        return [voice.say("nothing_recent")]
    return [f"<b>{voice.say('recent')}</b>", *(_story_line(story, voice) for story in stories)]


def search(lines: Sequence[LedgerLine], words: str, voice: Voice) -> list[str]:
    """Answer of /search: one line per article, whatever was decided about it."""
    shown = html.shorten(words, 80)
    seen: dict[str, LedgerLine] = {}
    for line in lines:
        seen.setdefault(line.article.id, line)
    if not seen:
        return [html.escape(voice.say("nothing_found", words=shown))]
    return [
        f"<b>{html.escape(voice.say('found', words=shown))}</b>",
        *(ledger.article_line(line, voice) for line in seen.values()),
    ]


def story(found: Story | None, deliveries: Sequence[Delivery], story_id: str, voice: Voice) -> list[str]:
    """Answer of /story: what happened, stage by stage, who told it, and where it was sent."""
    if found is None:
        return [html.escape(voice.say("no_story", id=html.shorten(story_id, 20)))]
    outlets = list(dict.fromkeys(member.outlet for member in found.members))
    blocks = [
        _story_line(found, voice),
        f"<b>{voice.head('sources')}</b> "
        + html.escape(", ".join(voice.names(name) for name in outlets[:12])),
        *(_member_line(member, voice) for member in found.members[:_MEMBERS]),
    ]
    if len(found.members) > _MEMBERS:
        blocks.append(voice.say("more", n=len(found.members) - _MEMBERS))
    return [*blocks, ledger.sent(deliveries, voice)]


def why(lines: Sequence[LedgerLine], key: str, voice: Voice, found: Asked | None = None) -> list[str]:
    """Answer of /why: all that the ledger has on what is asked for, or the nearest headlines."""
    return ledger.why(found or Asked(key, tuple(lines)), voice)


def known(facts: Sequence[Fact], query: str, voice: Voice) -> list[str]:
    """Answer of /known: facts with day, summary and where they stand."""
    if not facts:
        return [html.escape(voice.say("nothing_found", words=html.shorten(query, 80)))]
    return [_fact(fact, voice) for fact in facts]


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


def _given_up(row: OutboxRow, voice: Voice) -> str:
    """A message that nobody got: number, chat, its first line, what Telegram said."""
    plain = row.alert.plain or html.plain(row.alert.html)
    first = next((line for line in plain.splitlines() if line.strip()), row.alert.kind)
    said = html.escape(html.shorten(row.error or "?", 80))
    told = html.escape(html.shorten(first, 60))
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
    return f"{voice.say('owed')} {health.chat}: " + ", ".join(parts)


def _story_line(found: Story, voice: Voice) -> str:
    latest = found.members[-1]
    mention = latest.mention
    where = f" · {html.escape(voice.names(mention.places[0]))}" if mention.places else ""
    day = f" · {voice.span(mention.span)}" if mention.span else ""
    sure = f"[{voice.label(found.label)}] " if found.label else ""
    title = html.link(html.shorten(latest.title, 140) or html.host(latest.url), latest.url)
    emoji = EMOJI.get(mention.type, OTHER_EMOJI)
    kind = html.escape(voice.headline(mention.type, mention.stage))
    return f"{emoji} <b>{html.escape(found.id)}</b> {sure}{kind}{where}{day}\n{title}"


def _member_line(member: Member, voice: Voice) -> str:
    stage = voice.stage(member.mention.stage)
    figures = "; ".join(voice.figure(figure) for figure in member.mention.figures[:3])
    said = " · ".join(part for part in (stage, figures) if part)
    said = f" ({html.escape(html.shorten(said, 100))})" if said else ""
    title = html.link(html.shorten(member.title, 120) or html.host(member.url), member.url)
    outlet = html.escape(html.shorten(voice.names(member.outlet), 40))
    return f"• {voice.moment(member.published)} — {title} — {outlet}{said}"


def _fact(fact: Fact, voice: Voice) -> str:
    day = f" · {voice.span(fact.span)}" if fact.span else ""
    where = "; ".join(f"{PurePath(source.document).name} § {source.paragraph}" for source in fact.sources[:4])
    silent = "" if fact.suppresses else f" · <i>{voice.say('not_suppressing')}</i>"
    kind = html.escape(voice.headline(fact.type, fact.status))
    return (
        f"<b>{html.escape(fact.id)}</b> {kind}{day}{silent}\n{html.escape(html.shorten(fact.summary, 400))}"
        + (f"\n<i>{html.escape(html.shorten(where, 160))}</i>" if where else "")
    )
