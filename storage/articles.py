"""Articles and the ledger: what was read, what was decided about it, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Column, Connection, Row, Select, func, insert, select, tuple_, update

from djeli.core.model import Article, Decision, Delivery, DigestLine, Entry, Judgement, LedgerLine, Verdict
from storage import fulltext, promises
from storage.engine import put
from storage.feeds import among, count_looks, keys_of
from storage.folding import searchable, short_key
from storage.outbox import deliveries_of
from storage.records import (
    cues_from_text,
    dumps,
    reading_from_text,
    reading_text,
    strings,
    tried_from_text,
    verdict_from_text,
    verdict_text,
)
from storage.stories import join, joins
from storage.tables import articles, feeds, ledger

_SAME_MOMENT = timedelta(minutes=1)
_SAME_HEADLINE = timedelta(days=3)
_BEGINNING = 80  # letters of a summary that must stand in the text, for the rest may be cut or edited
_FEWEST_LETTERS = 30

# Stored under the name of the field; the rest of the table is made for searching.
_ARTICLE = (
    "id",
    "url",
    "title",
    "text",
    "lang",
    "outlet",
    "published",
    "first_seen",
    "feed",
    "dated",
    "text_from",
)


def keep(connection: Connection, judgement: Judgement, now: datetime) -> bool:
    """Remember an article with everything decided about it; False if it was kept before."""
    folded = _folded(judgement.article)
    if not _keep_article(connection, judgement, folded):
        return False
    main = _main(judgement)
    for place, verdict in enumerate(judgement.verdicts or (None,)):
        line = connection.execute(
            _NEW_LINE,
            {**_line(judgement, verdict, now), "place": place, "main": place == main},
        ).scalar_one()
        if place == main:
            fulltext.put(connection, line, judgement.article.published, folded)
        if verdict is not None and joins(verdict):
            join(connection, line, judgement.article, verdict, now)
    return True


_NEW_LINE = insert(ledger).returning(ledger.c.id)


def rejudge(connection: Connection, lines: Sequence[int], verdict: Verdict) -> None:
    """Put a verdict in the place of those of an article's lines, each with its own mention."""
    for number, line in enumerate(lines):
        kept = connection.execute(select(ledger.c.verdict).where(ledger.c.id == line)).scalar_one()
        told = replace(verdict, mention=verdict_from_text(kept).mention) if number else verdict
        values = {
            "decision": told.decision,
            "because": told.because,
            "rule": told.rule,
            "label": told.label,
            "story_id": told.story,
            "verdict": verdict_text(told),
        }
        connection.execute(update(ledger).where(ledger.c.id == line).values(values))


def find(connection: Connection, article_id: str) -> Article | None:
    """An article by its id."""
    row = connection.execute(select(articles).where(articles.c.id == article_id)).one_or_none()
    return article_of(row) if row else None


def look_up(connection: Connection, key: str) -> list[LedgerLine]:
    """What was decided, by article id, address, story id or exact title (case and accents apart)."""
    if not key.strip():
        return []
    ways: tuple[tuple[Column[Any], str], ...] = (
        (articles.c.id, key),
        (articles.c.url_key, short_key(key)),
        (ledger.c.story_id, key),
        (articles.c.title_key, _title_key(key)),
    )
    for column, value in ways:
        query = _lines().where(column == value).order_by(articles.c.published, ledger.c.id)
        if lines := _ledger_lines(connection, query):
            return lines
    return []


def again(
    connection: Connection, offers: Sequence[tuple[str, Sequence[Entry]]], now: datetime
) -> list[list[Entry]]:
    """Of what each outlet offers that which it has published before under another address.

    The same long headline, and the same moment or the same beginning; where the feed gives no text,
    the same headline within three days. A weekly column has its headline again, but not its text.
    """
    keys = {_title_key(entry.title) for _, offer in offers for entry in offer if _telling(entry.title)}
    if not keys:
        return [[] for _ in offers]
    dialect = connection.dialect.name
    query = select(articles).where(among(dialect, articles.c.title_key))
    rows = connection.execute(query, keys_of(dialect, keys))
    known: dict[tuple[str, str], list[Row[Any]]] = {}
    for row in rows:
        known.setdefault((row.outlet, row.title_key), []).append(row)
    return [
        [
            entry
            for entry in offer
            if any(_same(entry, row, now) for row in known.get((outlet, _title_key(entry.title)), ()))
        ]
        for outlet, offer in offers
    ]


def _telling(title: str) -> bool:
    """Long enough to stand for one article: “Communiqué” and “Le journal de 20 h” are not."""
    return len(title) >= 25 and len(title.split()) >= 4


def _same(entry: Entry, row: Row[Any], now: datetime) -> bool:
    if entry.published and row.dated and abs(entry.published - row.published) <= _SAME_MOMENT:
        return True
    words = searchable(max(entry.content, entry.summary, key=len))
    told = words.removesuffix("[…]").rstrip(" .…[]")[:_BEGINNING]
    if len(told) >= _FEWEST_LETTERS and told != row.title_key:
        return told in str(row.folded)
    return bool(now - row.first_seen <= _SAME_HEADLINE)


def search(connection: Connection, words: Sequence[str], limit: int, offset: int) -> list[LedgerLine]:
    """Articles that hold all the words, latest first, each by its strongest development."""
    found = fulltext.find(connection, words, limit, offset)
    latest = (articles.c.published.desc(), ledger.c.id.desc())
    return (
        _ledger_lines(connection, _lines().where(ledger.c.id.in_(found)).order_by(*latest)) if found else []
    )


def last_line(connection: Connection, before: datetime | None) -> int:
    """The number of the ledger's last line, or of the last judged before then; 0 without any."""
    query = select(func.max(ledger.c.id))
    if before is not None:
        query = query.where(ledger.c.judged_at < before)
    return int(connection.execute(query).scalar() or 0)


def digest_lines(connection: Connection, watches: Sequence[str], after: int, until: int) -> list[DigestLine]:
    """Developments of these lines decided as digest or known for one of the watches, oldest first.

    By number and not by time: a clock that was set back would tell lines twice, one set forward never.
    """
    query = _lines().where(
        ledger.c.id > after,
        ledger.c.id <= until,
        ledger.c.decision.in_([Decision.DIGEST, Decision.KNOWN]),
        ledger.c.verdict.is_not(None),
    )
    rows = connection.execute(query.order_by(articles.c.published, ledger.c.id))
    return [_digest_line(row) for row in rows if set(watches) & set(strings(row.watches))]


def pending_lines(connection: Connection, watches: Sequence[str], today: date) -> list[DigestLine]:
    """What is announced for a day and still to come, for one of the watches, by day."""
    numbers = promises.lines(connection, today)
    rows = {row.line: row for row in connection.execute(_lines_of(numbers))} if numbers else {}
    listed = (rows[number] for number in numbers if number in rows)
    return [_digest_line(row) for row in listed if set(watches) & set(strings(row.watches))]


def told_lines(
    connection: Connection, watches: Sequence[str], since: datetime, until: datetime
) -> list[DigestLine]:
    """Developments pushed for one of the watches between two moments, oldest first."""
    query = _lines().where(
        ledger.c.judged_at >= since,
        ledger.c.judged_at < until,
        ledger.c.decision.in_([Decision.ALERT, Decision.UPDATE]),
        ledger.c.verdict.is_not(None),
    )
    rows = connection.execute(query.order_by(ledger.c.id))
    return [_digest_line(row) for row in rows if set(watches) & set(strings(row.watches))]


def _lines_of(numbers: Sequence[int]) -> Select[Any]:
    return _lines().add_columns(ledger.c.id.label("line")).where(ledger.c.id.in_(numbers))


def counts(connection: Connection, since: datetime) -> dict[str, int]:
    """Configured feeds, and since then: looks (whole days), articles, articles of each decision."""
    rows = connection.execute(
        select(ledger.c.article_decision, func.count())
        .where(ledger.c.main, ledger.c.judged_at >= since)
        .group_by(ledger.c.article_decision)
    )
    decided: dict[str, int] = {row[0]: row[1] for row in rows}
    configured = select(func.count()).select_from(feeds).where(feeds.c.configured)
    return {
        "feeds": connection.execute(configured).scalar_one(),
        "checks": count_looks(connection, since),
        "articles": sum(decided.values()),
        **{decision.value: decided.get(decision.value, 0) for decision in Decision},
    }


def judgements_after(
    connection: Connection, after: tuple[datetime, str] | None, until: datetime, limit: int
) -> list[Judgement]:
    """The next articles in the order they were first seen, each as it was judged."""
    query = select(articles).where(articles.c.first_seen < until)
    if after is not None:
        query = query.where(tuple_(articles.c.first_seen, articles.c.id) > after)
    rows = connection.execute(query.order_by(articles.c.first_seen, articles.c.id).limit(limit)).all()
    lines: dict[str, list[Row[Any]]] = {row.id: [] for row in rows}
    of_them = select(ledger).where(ledger.c.article_id.in_(lines)).order_by(ledger.c.place)
    for line in connection.execute(of_them):
        lines[line.article_id].append(line)
    return [judgement_of(row, lines[row.id]) for row in rows]


def _folded(article: Article) -> str:
    return searchable(f"{article.title} {article.text}")


def _keep_article(connection: Connection, judgement: Judgement, folded: str) -> bool:
    article = judgement.article
    values = {
        **{name: getattr(article, name) for name in _ARTICLE},
        "url_key": short_key(article.url),
        "title_key": _title_key(article.title),
        "folded": folded,
        "because": judgement.because,
        "reading": reading_text(judgement.reading, judgement.tried),
    }
    return connection.execute(put(connection.dialect.name, articles), values).first() is not None


def _line(judgement: Judgement, verdict: Verdict | None, now: datetime) -> dict[str, Any]:
    return {
        "article_id": judgement.article.id,
        "judged_at": now,
        "decision": verdict.decision if verdict else judgement.decision,
        "article_decision": judgement.decision,
        "watches": dumps(judgement.watches),
        "because": verdict.because if verdict else judgement.because,
        "rule": verdict.rule if verdict else None,
        "label": verdict.label if verdict else None,
        "type": verdict.mention.type if verdict else None,
        "stage": verdict.mention.stage if verdict else None,
        "story_id": verdict.story if verdict else None,
        "facts": dumps(verdict.facts if verdict else ()),
        "verdict": verdict_text(verdict) if verdict else None,
    }


def _main(judgement: Judgement) -> int:
    """The place of the first of the strongest developments."""
    strengths = [verdict.decision.strength for verdict in judgement.verdicts]
    return strengths.index(max(strengths)) if strengths else 0


def _title_key(title: str) -> str:
    return short_key(searchable(title))


def _lines() -> Select[Any]:
    """Ledger lines with their articles."""
    return select(
        *(articles.c[name] for name in _ARTICLE),
        ledger.c.judged_at,
        ledger.c.decision,
        ledger.c.article_decision,
        ledger.c.watches,
        ledger.c.because,
        ledger.c.story_id,
        ledger.c.verdict,
        articles.c.because.label("said"),
        articles.c.reading,
    ).join_from(ledger, articles, articles.c.id == ledger.c.article_id)


def _ledger_lines(connection: Connection, query: Select[Any]) -> list[LedgerLine]:
    rows = connection.execute(query).all()
    told = deliveries_of(connection, {row.story_id for row in rows if row.story_id})
    return [_ledger_line(row, told.get(row.story_id, [])) for row in rows]


def _ledger_line(row: Row[Any], told: list[Delivery]) -> LedgerLine:
    return LedgerLine(
        article=article_of(row),
        decision=Decision(row.decision),
        article_decision=Decision(row.article_decision),
        watches=strings(row.watches),
        because=row.because,
        verdict=verdict_from_text(row.verdict) if row.verdict else None,
        judged_at=row.judged_at,
        deliveries=tuple(told),
        story=row.story_id,
        tried=tried_from_text(row.reading),
        said=row.said,
        left_out=tuple(cue.text for cue in cues_from_text(row.reading) if cue.kind == "furniture"),
    )


def _digest_line(row: Row[Any]) -> DigestLine:
    verdict = verdict_from_text(row.verdict)
    return DigestLine.of(verdict, row.title, row.url, row.outlet, row.published)


def judgement_of(row: Row[Any], lines: Sequence[Row[Any]]) -> Judgement:
    """The judgement kept in the row of an article and its lines of the ledger."""
    verdicts = tuple(verdict_from_text(line.verdict) for line in lines if line.verdict)
    article = article_of(row)
    return Judgement(
        article=article,
        decision=Decision(lines[0].article_decision),
        watches=strings(lines[0].watches),
        verdicts=verdicts,
        because=row.because,
        reading=reading_from_text(row.reading, article, tuple(verdict.mention for verdict in verdicts)),
        tried=tried_from_text(row.reading),
    )


def article_of(row: Row[Any]) -> Article:
    """The article of a row."""
    return Article(**{name: getattr(row, name) for name in _ARTICLE})
