"""What is announced for a day and still to come: one row for each story, gone once it happened."""

from __future__ import annotations

from datetime import UTC, date, timedelta

from sqlalchemy import Connection, bindparam, delete, select, update

from djeli.core.model import Article, Decision, Realis, Verdict
from storage.engine import upsert
from storage.tables import ledger, promises

LATE = timedelta(days=14)  # so long after its day a promise is still named, as overdue
_NEWS = (Decision.ALERT, Decision.UPDATE, Decision.DIGEST)


_KEPT = delete(promises).where(promises.c.story_id == bindparam("story"))  # or broken: it waits no more


def note(connection: Connection, line: int, article: Article, verdict: Verdict) -> None:
    """Remember the day that a report announces, or forget it once the thing is told as done or denied."""
    mention = verdict.mention
    published = article.published.astimezone(UTC).date()
    span = mention.span
    if mention.realis is Realis.ANNOUNCED and mention.dated and span and span.end >= published:
        put = upsert(connection, promises).values(story_id=verdict.story, due=span.end, line=line)
        changed = {"due": span.end, "line": line}
        connection.execute(put.on_conflict_do_update(index_elements=["story_id"], set_=changed))
    elif mention.realis in (Realis.DONE, Realis.NEGATED) and verdict.decision in _NEWS:
        connection.execute(_KEPT, {"story": verdict.story})


def move(connection: Connection, lines: list[int], story: str) -> None:
    """The promise that stood on one of these lines belongs to another story now."""
    connection.execute(update(promises).where(promises.c.line.in_(lines)).values(story_id=story))


def lines(connection: Connection, today: date) -> list[int]:
    """Lines of the ledger that announce what is pending, or overdue for no more than two weeks; by day."""
    query = (
        select(promises.c.line)
        .join(ledger, ledger.c.id == promises.c.line)
        .where(promises.c.due >= today - LATE)
        .order_by(promises.c.due, promises.c.line)
    )
    return list(connection.execute(query).scalars())
