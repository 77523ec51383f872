"""What was judged, to be judged again: articles in their order, and the state before one of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Table, and_, delete, insert, select, true

from djeli.core.errors import UserError
from djeli.core.ports import Past
from storage.articles import judgement_of
from storage.engine import upsert
from storage.stories import states
from storage.tables import articles, counters, ledger, mention_entities, mentions, must_catch, stories

_AT_ONCE = 2_000  # rows carried over in one statement
# What only people read of an article, and what only `why` reads of the ledger, stays behind.
_LEFT_EMPTY: dict[str, dict[str, str | None]] = {
    "articles": {"text": "", "folded": "", "because": "", "reading": "{}"},
    "ledger": {"because": "", "verdict": None},
}


def judged_after(connection: Connection, line: int, limit: int) -> list[Past]:
    """The next articles judged after a line of the ledger, in the order in which they were judged."""
    first = (
        select(articles, ledger.c.id.label("line"), ledger.c.judged_at.label("at"))
        .join_from(ledger, articles, articles.c.id == ledger.c.article_id)
        .where(ledger.c.place == 0, ledger.c.id > line)
        .order_by(ledger.c.id)
        .limit(limit)
    )
    rows = connection.execute(first).all()
    lines: dict[str, list[Row[Any]]] = {row.id: [] for row in rows}
    of_them = select(ledger).where(ledger.c.article_id.in_(lines)).order_by(ledger.c.place)
    for one in connection.execute(of_them):
        lines[one.article_id].append(one)
    return [Past(row.line, row.at, judgement_of(row, lines[row.id])) for row in rows]


def count_after(connection: Connection, line: int) -> tuple[int, datetime | None]:
    """How many articles were judged after a line, and when the oldest of them was published."""
    rows = connection.execute(
        select(articles.c.published)
        .join_from(ledger, articles, articles.c.id == ledger.c.article_id)
        .where(ledger.c.place == 0, ledger.c.id > line)
    )
    published = [row.published for row in rows]
    return len(published), min(published, default=None)


def mark_must_catch(connection: Connection, story: str, marked: bool, now: datetime) -> None:
    """Mark a story, or take its mark away; UserError when there is no such story."""
    if connection.execute(select(stories.c.id).where(stories.c.id == story)).first() is None:
        raise UserError(f"there is no story '{story}'; `djeli recent` names the latest")
    if marked:
        put = upsert(connection, must_catch).on_conflict_do_nothing()
        connection.execute(put, {"story_id": story, "since": now})
    else:
        connection.execute(delete(must_catch).where(must_catch.c.story_id == story))


def marked(connection: Connection) -> dict[str, datetime]:
    """The marked stories, the one marked first first."""
    rows = connection.execute(select(must_catch).order_by(must_catch.c.since, must_catch.c.story_id))
    return {row.story_id: row.since for row in rows}


def recall(source: Connection, target: Connection, line: int, earliest: date) -> None:
    """Put into an empty database the stories as they were after a line of the ledger.

    Only those with a day from `earliest` on: the others no search for that day or later finds.
    """
    found = select(mention_entities.c.story_id).where(
        mention_entities.c.end_day >= earliest, mention_entities.c.mention_id <= line
    )
    theirs = and_(mentions.c.story_id.in_(found), mentions.c.id <= line)
    index = and_(mention_entities.c.story_id.in_(found), mention_entities.c.mention_id <= line)
    _carry(source, target, articles, articles.c.id.in_(select(mentions.c.article_id).where(theirs)))
    _carry(source, target, ledger, ledger.c.id.in_(select(mentions.c.id).where(theirs)))
    _put(target, stories, states(source, theirs))
    _carry(source, target, mentions, theirs)
    _carry(source, target, mention_entities, index)
    _carry(source, target, counters, true())


def _carry(source: Connection, target: Connection, table: Table, which: ColumnElement[bool]) -> None:
    empty = _LEFT_EMPTY.get(table.name, {})
    rows = select(*(column for column in table.c if column.name not in empty)).where(which)
    _put(target, table, ({**row._mapping, **empty} for row in source.execute(rows)))


def _put(target: Connection, table: Table, rows: Iterable[dict[str, Any]]) -> None:
    put, portion = insert(table), []
    for row in rows:
        portion.append(row)
        if len(portion) == _AT_ONCE:
            target.execute(put, portion)
            portion = []
    if portion:
        target.execute(put, portion)
