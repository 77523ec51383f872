"""Whether the ledger says of an article what `explain` said of it; many articles to ask about."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from baseline.language import detect
from djeli.app import backtest
from djeli.app.explaining import Explained, Handed, explained
from djeli.app.wiring import House
from djeli.core.model import Article, Asked, LedgerLine, Verdict
from storage.store import SqlStore
from tests import corpus

_BEGIN = datetime(2027, 1, 3, 6, tzinfo=UTC)


def composed(count: int) -> list[backtest.Given]:
    """Labelled articles, events told in three languages and openings, mixed: at most so many."""
    lines = []
    for path in sorted(corpus.HERE.glob("population_*.jsonl")):
        lines += path.read_text(encoding="utf-8").splitlines()
    for name in ("events.jsonl", "events_second.jsonl"):
        lines += (corpus.HERE / name).read_text(encoding="utf-8").splitlines()
    openings = (corpus.HERE / "openings.jsonl").read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(openings[:: max(1, len(openings) * 2 // max(count, 1))]):
        one = json.loads(line)
        at = _BEGIN + timedelta(hours=3 * number)
        lines.append(
            json.dumps(
                {
                    "id": f"opening-{number}",
                    "url": f"https://example.org/opening-{number}",
                    "title": one["title"],
                    "text": one["lead"],
                    "published": at.isoformat(),
                    "lang": one["lang"],
                }
            )
        )
    step = max(1, len(lines) // count)
    return backtest.read_articles("composed", "\n".join(lines[::step][:count]), detect)


def told_apart(given: list[backtest.Given], house: House, store: SqlStore) -> Iterator[str]:
    """Every difference between what `why` says of an article in the end and what `explain` said then."""
    said: dict[str, Explained] = {}

    def owed(judgement: object, now: object) -> tuple[()]:
        return ()

    ordered = sorted(range(len(given)), key=lambda place: given[place].article.published)
    steps = backtest.run(given, house.judge, store, owed)
    for place in ordered:
        article = given[place].article
        said[article.id] = explained(Handed(article, "given", "given"), house, store, article.published)
        next(steps)
    for one in given:
        article = one.article
        found = store.why(article.id)
        for key in filter(None, (article.url, article.title)):
            other = store.why(key)
            if article.id not in {line.article.id for line in other.lines}:
                yield f"{one.name}: not found by {key!r}"
        yield from (f"{one.name}: {what}" for what in differences(found, said[article.id], article))


def differences(found: Asked, said: Explained, article: Article) -> Iterator[str]:
    """What the ledger says otherwise than `explain`, of one article."""
    judgement, lines = said.judgement, found.lines
    if not lines:
        yield "never seen"
        return
    first = lines[0]
    if (first.article, first.article_decision, first.watches, first.said) != (
        article,
        judgement.decision,
        judgement.watches,
        judgement.because,
    ):
        yield f"another decision: {first.article_decision} {first.said!r}, not {judgement.because!r}"
    told = [line.verdict for line in lines if line.verdict]
    if len(told) != len(judgement.verdicts):
        yield f"{len(told)} developments, not {len(judgement.verdicts)}"
    for line, verdict in zip(lines, judgement.verdicts, strict=False):
        yield from _otherwise(line, verdict)
    if judgement.reading.off_beat is None:
        tried = [(one.watch, one.found, one.lacks, one.values) for one in first.tried]
        asked = [
            (t.watch, t.found, t.lack.setting if t.lack else None, t.lack.values if t.lack else ())
            for t in said.grounds.tried
        ]
        if tried != asked:
            yield f"watches: {tried}, not {asked}"
    elif first.tried:
        yield "watches of an article that is off the beat"


def _otherwise(line: LedgerLine, verdict: Verdict) -> Iterator[str]:
    mine = line.verdict
    if mine is None:
        yield "no development"
        return
    if (line.decision, line.because) != (verdict.decision, verdict.because):
        yield f"{line.decision} {line.because!r}, not {verdict.decision} {verdict.because!r}"
    for name in ("rule", "facts", "label", "was", "now", "nearest", "opens", "decision", "because"):
        if getattr(mine, name) != getattr(verdict, name):
            yield f"{name}: {getattr(mine, name)}, not {getattr(verdict, name)}"
    if verdict.story and mine.story != verdict.story:  # explain opens no story
        yield f"story: {mine.story}, not {verdict.story}"
    for name in ("type", "stage", "realis", "span", "actors", "places", "figures", "quote", "cues"):
        if getattr(mine.mention, name) != getattr(verdict.mention, name):
            yield f"{name} of the mention: {getattr(mine.mention, name)}"
