"""Answers as JSON: the shapes of `--json` (docs/commands.md shows each)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from djeli.core.model import (
    Article,
    Asked,
    Change,
    Check,
    Delivery,
    Fact,
    FactSource,
    FeedCursor,
    Figure,
    Judgement,
    LedgerLine,
    Mention,
    Message,
    Mute,
    MutedAlert,
    Story,
    Tried,
    Verdict,
)
from djeli.core.ports import FeedStatus, OutboxHealth

Json = dict[str, Any]
Chain = Callable[[str], str | None]  # the chain an outlet belongs to, if any


def judged_json(judgement: Judgement, name: str | None = None) -> Json:
    """One judged article; `name` is the id it was handed in with."""
    return {
        "id": judgement.article.id if name is None else name,
        "lang": judgement.article.lang,
        "decision": judgement.decision.value,
        "watches": list(judgement.watches),
        "because": judgement.because,
        "developments": [development_json(verdict) for verdict in judgement.verdicts],
    }


def development_json(verdict: Verdict) -> Json:
    """One development of an article with the decision on it and its reason."""
    return {
        "decision": verdict.decision.value,
        "story": verdict.story,
        **mention_json(verdict.mention),
        "label": verdict.label.value if verdict.label else None,
        "quote": verdict.mention.quote,
        "facts": list(verdict.facts),
        "because": verdict.because,
        "rule": verdict.rule,
    }


def mention_json(mention: Mention) -> Json:
    """What one article asserts; `actors` are those who act, then those it is done to."""
    return {
        "type": mention.type,
        "types": list(mention.types),
        "stage": mention.stage,
        "realis": mention.realis.value,
        "actors": list(dict.fromkeys((*mention.actors, *mention.counterparts))),
        "places": list(mention.places),
        "date": str(mention.span) if mention.span else None,
        "figures": [figure_json(figure) for figure in mention.figures],
    }


def figure_json(figure: Figure) -> Json:
    """A figure; `high` only for a range."""
    shown: Json = {
        "value": _number(figure.value),
        "unit": figure.unit,
        "about": figure.about,
        "approximate": figure.approximate,
    }
    return shown | ({"high": _number(figure.high)} if figure.high is not None else {})


def feed_json(status: FeedStatus, fix: str = "") -> Json:
    """One line of `feeds list`; `fix`: what to do about it."""
    cursor = status.cursor
    return {
        "url": status.feed,
        "outlet": status.outlet,
        "state": cursor.state,
        "cause": cursor.cause,
        "detail": cursor.detail,
        "entries": status.entries,
        "articles": status.articles,
        "last_ok": _moment(cursor.last_ok),
        "next_due": _moment(cursor.next_due),
        "since": _moment(cursor.since),
        "fix": fix or None,
        "proposed": cursor.proposed,
        "last_new": _moment(cursor.new_at),
        "seconds": cursor.seconds,
    }


def story_json(
    story: Story,
    ledger: Sequence[LedgerLine],
    messages: Iterable[Delivery],
    chain: Chain,
    held: Iterable[MutedAlert] = (),
) -> Json:
    """The whole history of a story: developments, outlets with chain, headlines, figures, messages."""
    first = story.members[0].mention
    return {
        "id": story.id,
        "type": first.type,
        "opened": _moment(story.opened),
        "pushed": story.pushed,
        "label": story.label.value if story.label else None,
        "split_from": story.split_from,
        "developments": _developments(story, ledger),
        "outlets": _outlets(story, chain),
        "headlines": [
            {
                "title": member.title,
                "lang": member.lang,
                "outlet": member.outlet,
                "url": member.url,
                "published": _moment(member.published),
            }
            for member in story.members
        ],
        "figures": [
            {**figure_json(figure), "outlet": member.outlet, "published": _moment(member.published)}
            for member in story.members
            for figure in member.mention.figures
        ],
        "messages": [delivery_json(message) for message in messages],
        "muted": [muted_json(one) for one in held],
    }


def _developments(story: Story, ledger: Sequence[LedgerLine]) -> list[Json]:
    return [
        {**development_json(line.verdict), "article": line.article.url, "outlet": line.article.outlet}
        for line in ledger
        if line.verdict is not None and line.verdict.story == story.id
    ]


def _outlets(story: Story, chain: Chain) -> list[Json]:
    """Each outlet once, with its chain: outlets of one chain count as one source."""
    outlets = dict.fromkeys(member.outlet for member in story.members)
    return [
        {
            "outlet": outlet,
            "chain": chain(outlet),
            "articles": sum(member.outlet == outlet for member in story.members),
        }
        for outlet in outlets
    ]


def story_line_json(story: Story) -> Json:
    """One story in a list."""
    latest = story.members[-1]
    return {
        "story": story.id,
        "type": latest.mention.type,
        "stage": latest.mention.stage,
        "date": str(latest.mention.span) if latest.mention.span else None,
        "title": latest.title,
        "url": latest.url,
        "outlets": list(dict.fromkeys(member.outlet for member in story.members)),
        "label": story.label.value if story.label else None,
        "opened": _moment(story.opened),
        "published": _moment(latest.published),
        "pushed": story.pushed,
    }


def ledger_json(line: LedgerLine, held: Sequence[MutedAlert] = ()) -> Json:
    """What was decided about one development of one article; `held`: what mutes held back."""
    story = line.verdict.story if line.verdict else None
    return {
        "article": article_json(line.article),
        "decision": line.decision.value,
        "article_decision": line.article_decision.value,
        "watches": list(line.watches),
        "because": line.because,
        "judged_at": _moment(line.judged_at),
        "development": development_json(line.verdict) if line.verdict else None,
        "messages": [delivery_json(message) for message in line.deliveries],
        "muted": [muted_json(one) for one in held if story is not None and one.story == story],
    }


def muted_json(held: MutedAlert) -> Json:
    """One message that a mute held back."""
    return {"at": _moment(held.at), "kind": held.kind, "mute": mute_json(held.mute, held.at)}


def mute_json(mute: Mute, now: datetime) -> Json:
    """A mute; `in_force` at the moment given."""
    return {
        "number": mute.id,
        "chat": mute.chat,
        "kind": mute.kind.value,
        "value": mute.value,
        "until": _moment(mute.until),
        "because": mute.because,
        "user": mute.user,
        "at": _moment(mute.at),
        "lifted": _moment(mute.lifted),
        "in_force": mute.holds(now),
    }


def asked_json(found: Asked, held: Sequence[MutedAlert] = ()) -> list[Json]:
    """What the ledger has on each development that was asked for; [] where nothing was ever seen."""
    seen = [{"feed": one.feed, "at": _moment(one.at)} for one in found.sightings]
    messages = [message_json(one) for one in found.messages]
    return [
        ledger_json(line, held)
        | {
            "first_seen": _moment(line.article.first_seen),
            "seen": seen or [{"feed": line.article.feed, "at": _moment(line.article.first_seen)}],
            "said": line.said,
            "story": line.story,
            "watches_tried": [tried_json(one) for one in line.tried],
            "left_out": list(line.left_out),
            "development": _grounds_json(line.verdict) if line.verdict else None,
            "outbox": messages,
        }
        for line in found.lines
    ]


def _grounds_json(verdict: Verdict) -> Json:
    """A development with the words that told it and what it was compared with."""
    return development_json(verdict) | {
        "cues": [
            {"kind": cue.kind, "text": cue.text, "speaks_for": cue.speaks_for, "sentence": cue.sentence}
            for cue in verdict.mention.cues
        ],
        "was": verdict.was,
        "now": verdict.now,
        "opens": verdict.opens,
        "comparisons": [
            {
                "ref": near.ref,
                "score": round(near.score, 4),
                "terms": {term.name: round(term.value, 4) for term in near.terms},
            }
            for near in verdict.nearest
        ],
    }


def tried_json(tried: Tried) -> Json:
    """What a watch found in an article, and what it lacked."""
    lack = {"setting": tried.lacks, "values": list(tried.values)} if tried.lacks else None
    return {"watch": tried.watch, "found": list(tried.found), "lack": lack, "concerned": lack is None}


def message_json(message: Message) -> Json:
    """What became of one message."""
    return {
        "chat": message.chat,
        "kind": message.kind,
        "state": message.state.value,
        "owed": _moment(message.owed),
        "sent": _moment(message.sent),
        "message_id": message.message_id,
        "not_before": _moment(message.not_before),
        "error": message.error,
        "story": message.story,
    }


def article_json(article: Article) -> Json:
    """Where an article stands; not its text."""
    return {
        "id": article.id,
        "title": article.title,
        "url": article.url,
        "outlet": article.outlet,
        "lang": article.lang,
        "published": _moment(article.published),
    }


def fact_json(fact: Fact) -> Json:
    """A known fact with where it stands."""
    return {
        "id": fact.id,
        "type": fact.type,
        "status": fact.status,
        "date": str(fact.span) if fact.span else None,
        "actors": list(fact.actors),
        "counterparts": list(fact.counterparts),
        "places": list(fact.places),
        "object": fact.object,
        "figures": [figure_json(figure) for figure in fact.figures],
        "summary": fact.summary,
        "suppresses": fact.suppresses,
        "sources": [_source_json(source) for source in fact.sources],
        "note": fact.note,
        "origin": "accepted" if fact.accepted else "document",
        "since": fact.since.isoformat() if fact.since else None,
        "until": fact.until.isoformat() if fact.until else None,
        "version": fact.version,
    }


def _source_json(source: FactSource) -> Json:
    told: Json = {"document": source.document, "paragraph": source.paragraph}
    if source.url or source.title:
        told |= {"title": source.title, "url": source.url}
        told["published"] = source.published.isoformat() if source.published else None
    return told


def change_json(change: Change) -> Json:
    """A change with its history."""
    return {
        "id": change.id,
        "kind": change.kind.value,
        "state": change.state.value,
        "because": change.because,
        "content": dict(change.content),
        "story": change.story,
        "article": change.article,
        "press": change.press,
        "effect": dict(change.effect) if change.effect else None,
        "steps": [
            {"at": _moment(step.at), "state": step.state.value, "who": step.who} for step in change.steps
        ],
    }


def delivery_json(message: Delivery) -> Json:
    """One message that was sent."""
    return {
        "chat": message.chat,
        "message_id": message.message_id,
        "at": _moment(message.at),
        "kind": message.kind,
        "story": message.story,
        "maybe_repeated": message.maybe_repeated,
    }


def check_json(check: Check, cursor: FeedCursor, fix: str, left_out: Sequence[str]) -> Json:
    """One look at one feed, and what would be remembered after it.

    `left_out`: what is known to stand on every item of its outlet.
    """
    return {
        "url": check.feed,
        "state": cursor.state,
        "since": _moment(cursor.since),
        "entries": len(check.entries),
        "cause": check.failure.code if check.failure else None,
        "detail": check.failure.detail if check.failure else None,
        "moved_to": check.moved_to,
        "fix": fix or None,
        "proposed": cursor.proposed,
        "seconds": round(check.seconds, 2) if check.seconds is not None else None,
        "newest": _moment(max((e.published for e in check.entries if e.published), default=None)),
        "undated": sum(entry.published is None for entry in check.entries),
        "left_out": list(left_out),
    }


def status_json(
    version: str,
    feeds: Sequence[FeedStatus],
    outbox: Sequence[OutboxHealth],
    counts: Mapping[str, int],
    heartbeat: str | None,
    wrong: str | None,
    refusing: Mapping[int, str],
) -> Json:
    """How everything is; `counts` are those of the last 24 hours, `refusing` what Telegram said of chats."""
    states = Counter(feed.cursor.state for feed in feeds)
    return {
        "version": version,
        "healthy": wrong is None,
        "cause": wrong,
        "heartbeat": heartbeat,
        "feeds": {"ok": 0, "failing": 0, "new": 0, **states},
        "causes": dict(Counter(feed.cursor.cause for feed in feeds if feed.cursor.cause)),
        "outbox": [outbox_json(health, refusing.get(health.chat)) for health in outbox],
        "last_24_hours": dict(counts),
    }


def outbox_json(health: OutboxHealth, refused: str | None = None) -> Json:
    """What one chat is owed; `refused`: why Telegram did not let us write there, when last tried."""
    return {
        "chat": health.chat,
        "pending": health.pending,
        "uncertain": health.uncertain,
        "dead": health.dead,
        "oldest_pending": _moment(health.oldest_pending),
        "last_sent": _moment(health.last_sent),
        "refused": refused,
    }


def _number(value: float) -> int | float:
    return int(value) if float(value).is_integer() else value


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
