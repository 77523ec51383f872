"""Feeds: their cursors, their entries seen, and how often they were looked at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, select, update

from djeli.core.model import Entry, Feed, FeedCursor
from djeli.core.ports import FeedStatus
from storage.engine import upsert
from storage.folding import short_key
from storage.tables import articles, entries, feeds, looks

_CURSOR = (
    "etag",
    "last_modified",
    "body_hash",
    "looked_at",
    "last_ok",
    "next_due",
    "failures",
    "cause",
    "detail",
    "failing_since",
    "first_look_done",
)
_UNCONFIGURED = {"outlet": "", "every": 0, "read": "", "configured": False, "position": 0}


def cursor(connection: Connection, url: str) -> FeedCursor:
    """What is remembered of a feed; a fresh cursor if nothing is."""
    return _found(connection, url) or FeedCursor(url)


def move_cursor(connection: Connection, moved: FeedCursor) -> None:
    """Remember a cursor; a new time of looking counts as one more look."""
    before = _found(connection, moved.url)
    values = {name: getattr(moved, name) for name in _CURSOR}
    if before:
        this = feeds.c.url == bindparam("this")
        connection.execute(update(feeds).where(this), {"this": moved.url, **values})
    else:
        connection.execute(insert(feeds), {"url": moved.url, **_UNCONFIGURED, **values})
    if moved.looked_at is not None and (before is None or moved.looked_at != before.looked_at):
        _count_look(connection, moved.looked_at.astimezone(UTC).date())


def configure(connection: Connection, configured: Iterable[Feed]) -> None:
    """Make these the configured feeds; the others keep their history."""
    connection.execute(update(feeds).values(configured=False))
    for position, feed in enumerate(configured):
        values = {
            "outlet": feed.outlet,
            "every": int(feed.every.total_seconds()),
            "read": feed.read.value,
            "configured": True,
            "position": position,
        }
        connection.execute(
            upsert(connection, feeds)
            .values(url=feed.url, failures=0, first_look_done=False, **values)
            .on_conflict_do_update(index_elements=["url"], set_=values)
        )


def statuses(connection: Connection) -> list[FeedStatus]:
    """The configured feeds, in the order of the configuration."""
    entry_counts = select(entries.c.feed, func.count().label("n")).group_by(entries.c.feed).subquery()
    article_counts = select(articles.c.feed, func.count().label("n")).group_by(articles.c.feed).subquery()
    rows = connection.execute(
        select(
            feeds,
            func.coalesce(entry_counts.c.n, 0).label("entry_count"),
            func.coalesce(article_counts.c.n, 0).label("article_count"),
        )
        .outerjoin(entry_counts, entry_counts.c.feed == feeds.c.url)
        .outerjoin(article_counts, article_counts.c.feed == feeds.c.url)
        .where(feeds.c.configured)
        .order_by(feeds.c.position)
    )
    return [FeedStatus(row.url, row.outlet, _cursor(row), row.entry_count, row.article_count) for row in rows]


def unseen(connection: Connection, offered: Sequence[Entry]) -> list[Entry]:
    """Those never seen, in order, each once.

    An address counts whichever feed brought it: a feed that renumbers its items, or a second feed
    of the same outlet, brings nothing new.
    """
    guids, urls = _known(connection, offered)
    fresh = []
    for entry in offered:
        guid, url = (entry.feed, short_key(entry.guid)), short_key(entry.url)
        if guid in guids or url in urls:
            continue
        fresh.append(entry)
        guids.add(guid)
        if url:
            urls.add(url)
    return fresh


def see(connection: Connection, entry: Entry, now: datetime) -> None:
    """Remember that an entry was seen."""
    guid, url = short_key(entry.guid), short_key(entry.url)
    connection.execute(
        upsert(connection, entries).on_conflict_do_nothing(),
        {"feed": entry.feed, "guid_key": guid, "url_key": url, "seen_at": now},
    )


def count_looks(connection: Connection, since: datetime) -> int:
    """Looks at feeds since the start of that day (UTC)."""
    total = select(func.sum(looks.c.count)).where(looks.c.day >= since.astimezone(UTC).date())
    return int(connection.execute(total).scalar_one() or 0)


def _count_look(connection: Connection, day: date) -> None:
    connection.execute(
        upsert(connection, looks).on_conflict_do_update(
            index_elements=["day"], set_={"count": looks.c.count + 1}
        ),
        {"day": day, "count": 1},
    )


def _found(connection: Connection, url: str) -> FeedCursor | None:
    row = connection.execute(select(feeds).where(feeds.c.url == url)).one_or_none()
    return _cursor(row) if row else None


def _cursor(row: Row[Any]) -> FeedCursor:
    return FeedCursor(url=row.url, **{name: getattr(row, name) for name in _CURSOR})


def _known(connection: Connection, offered: Sequence[Entry]) -> tuple[set[tuple[str, str]], set[str]]:
    guids: set[tuple[str, str]] = set()
    urls: set[str] = set()
    for part in _portions(offered):
        of_feed = select(entries.c.feed, entries.c.guid_key).where(
            entries.c.feed.in_({entry.feed for entry in part}),
            entries.c.guid_key.in_({short_key(entry.guid) for entry in part}),
        )
        guids.update((row.feed, row.guid_key) for row in connection.execute(of_feed))
        addresses = {short_key(entry.url) for entry in part if entry.url}
        of_any = select(entries.c.url_key).where(entries.c.url_key.in_(addresses))
        urls.update(connection.execute(of_any).scalars())
    return guids, urls


def _portions(offered: Sequence[Entry]) -> Iterator[Sequence[Entry]]:
    """A few hundred at a time: databases limit the parameters of one statement."""
    return (offered[i : i + 300] for i in range(0, len(offered), 300))
