"""Feeds: their cursors, their entries seen, and how often they were looked at."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import (
    ARRAY,
    Column,
    ColumnElement,
    Connection,
    Executable,
    Row,
    Text,
    any_,
    bindparam,
    func,
    insert,
    select,
    true,
    update,
)
from sqlalchemy.dialects import sqlite

from djeli.core.model import Entry, Feed, FeedCursor, Furniture
from djeli.core.ports import FeedStatus
from storage.engine import upsert
from storage.folding import short_key
from storage.tables import articles, entries, feeds, furniture, looks

T = TypeVar("T")
_Keyed = tuple[Entry, str, str]  # with the keys of its guid and its address
_Guids = dict[tuple[str, str], str]  # feed and key of a guid → key of the address it stood for
_FEWEST_RENUMBERED = 3

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
    "status",
    "proposed",
    "new_at",
    "gaps",
    "seconds",
    "slow_since",
)
# Built once: building a statement costs as much as running it.
_SOME_FEEDS = select(feeds).where(feeds.c.url.in_(bindparam("urls", expanding=True)))
_SOME_LOOKS = select(feeds.c.url, feeds.c.looked_at).where(feeds.c.url.in_(bindparam("urls", expanding=True)))
_SOME_FURNITURE = select(furniture).where(furniture.c.outlet.in_(bindparam("outlets", expanding=True)))
_MOVE = update(feeds).where(feeds.c.url == bindparam("this")).values({n: bindparam(n) for n in _CURSOR})
_UNCONFIGURED = {"outlet": "", "every": 0, "read": "", "configured": False, "position": 0}


def cursor(connection: Connection, url: str) -> FeedCursor:
    """What is remembered of a feed; a fresh cursor if nothing is."""
    return cursors(connection, [url])[url]


def cursors(connection: Connection, urls: Sequence[str]) -> dict[str, FeedCursor]:
    """The same of several, by address."""
    found = {url: FeedCursor(url) for url in urls}
    for part in _portions(urls):
        rows = connection.execute(_SOME_FEEDS, {"urls": part})
        found.update({row.url: _cursor(row) for row in rows})
    return found


def move_cursors(connection: Connection, moved: Sequence[FeedCursor]) -> None:
    """Remember cursors; a new time of looking counts as one more look."""
    before: dict[str, datetime | None] = {}
    for part in _portions([cursor.url for cursor in moved]):
        before.update((row.url, row.looked_at) for row in connection.execute(_SOME_LOOKS, {"urls": part}))
    rows = {cursor.url: {name: getattr(cursor, name) for name in _CURSOR} for cursor in moved}
    old = [{"this": url, **values} for url, values in rows.items() if url in before]
    if old:
        connection.execute(_MOVE, old)
    new = [{"url": url, **_UNCONFIGURED, **values} for url, values in rows.items() if url not in before]
    if new:
        connection.execute(insert(feeds), new)
    looked = [cursor.looked_at for cursor in moved if cursor.looked_at not in (None, before.get(cursor.url))]
    for day, count in Counter(at.astimezone(UTC).date() for at in looked if at).items():
        _count_looks(connection, day, count)


def rename(connection: Connection, old: str, new: str) -> None:
    """Give what is remembered of a feed to another address.

    What belongs to the old address alone is forgotten: what its server said of the document, its failures.
    Where the new address has a history of its own, that goes on, joined by the entries of the old one.
    """
    theirs = select(entries.c.guid_key).where(entries.c.feed == new)
    mine = entries.c.feed == old
    connection.execute(update(entries).where(mine, entries.c.guid_key.not_in(theirs)).values(feed=new))
    connection.execute(update(articles).where(articles.c.feed == old).values(feed=new))
    before, after = (cursors(connection, [url])[url] for url in (old, new))
    if after.looked_at is None and before.looked_at is not None:
        moved = FeedCursor(
            new,
            body_hash=before.body_hash,
            last_ok=before.last_ok,
            first_look_done=before.first_look_done,
            new_at=before.new_at,
            gaps=before.gaps,
        )
        move_cursors(connection, [moved])
    connection.execute(update(feeds).where(feeds.c.url == old).values(configured=False))


def configure(connection: Connection, configured: Iterable[Feed]) -> None:
    """Make these the configured feeds; the others keep their history."""
    connection.execute(update(feeds).values(configured=False))
    rows = [
        {
            "url": feed.url,
            "outlet": feed.outlet,
            "every": int(feed.every.total_seconds()),
            "read": feed.read.value,
            "configured": True,
            "position": position,
            "failures": 0,
            "first_look_done": False,
        }
        for position, feed in enumerate(configured)
    ]
    if rows:
        put = upsert(connection, feeds)
        again = {name: put.excluded[name] for name in _UNCONFIGURED}
        connection.execute(put.on_conflict_do_update(index_elements=["url"], set_=again), rows)


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


def unseen_of_each(connection: Connection, offers: Sequence[Sequence[Entry]]) -> list[list[Entry]]:
    """Of each offer those never seen, in order, each once.

    An address counts whichever feed brought it: a feed that gives new numbers to its items, or a
    second feed of the same outlet, brings nothing new. A feed that gives the numbers of old items to
    new ones is believed in its addresses alone, which are the guids of what it brings from then on.
    """
    keyed = [[(entry, short_key(entry.guid), short_key(entry.url)) for entry in offer] for offer in offers]
    guids, urls = _known(connection, keyed)
    return [list(_fresh(offer, guids, urls)) for offer in keyed]


def _fresh(offer: Sequence[_Keyed], guids: _Guids, urls: set[str]) -> Iterator[Entry]:
    told_guids: set[str] = set()
    told_urls: set[str] = set()
    renumbered = _renumbered(offer, guids)
    for entry, guid, url in offer:
        if url in urls or guid in told_guids or url in told_urls:
            continue
        if (entry.feed, guid) in guids:
            if not (renumbered and url):
                continue
            entry, guid = replace(entry, guid=entry.url), url
        told_guids.add(guid)
        if url:
            told_urls.add(url)
        yield entry


def _renumbered(offer: Sequence[_Keyed], guids: _Guids) -> bool:
    """The guids of most items stand for other items than before: places in the list, or begun anew.

    One or two are articles whose address was changed with their headline.
    """
    before = [(guids.get((entry.feed, guid)), url) for entry, guid, url in offer]
    known = [_bare(old) == _bare(url) for old, url in before if old and url]
    return known.count(False) >= _FEWEST_RENUMBERED and known.count(False) > known.count(True)


def _bare(url: str) -> str:
    """An address without what changes when a whole site moves to https or drops its www."""
    return url.partition("://")[2].removeprefix("www.").rstrip("/")


def see(connection: Connection, seen: Sequence[Entry], now: datetime) -> None:
    """Remember that entries were seen."""
    if not seen:
        return
    keys = [(entry.feed, short_key(entry.guid), short_key(entry.url)) for entry in seen]
    if connection.dialect.name == "sqlite":
        connection.execute(_see_packed(), {"rows": json.dumps(keys), "at": now})
    else:
        rows = [{"feed": feed, "guid_key": guid, "url_key": url, "seen_at": now} for feed, guid, url in keys]
        connection.execute(upsert(connection, entries).on_conflict_do_nothing(), rows)


def furniture_of(connection: Connection, outlets: Iterable[str]) -> dict[str, Furniture]:
    """What is known to stand on the items of each outlet; empty where nothing is."""
    found = dict.fromkeys(outlets, Furniture())
    for part in _portions(list(found)):
        for row in connection.execute(_SOME_FURNITURE, {"outlets": part}):
            found[row.outlet] = Furniture(row.items, json.loads(row.phrases))
    return found


def keep_furniture(connection: Connection, found: Mapping[str, Furniture]) -> None:
    """Remember it in place of what was known."""
    if found:
        rows = [
            {"outlet": outlet, "items": one.items, "phrases": json.dumps(dict(one.phrases))}
            for outlet, one in found.items()
        ]
        put = upsert(connection, furniture)
        again = {name: put.excluded[name] for name in ("items", "phrases")}
        connection.execute(put.on_conflict_do_update(index_elements=["outlet"], set_=again), rows)


def count_looks(connection: Connection, since: datetime) -> int:
    """Looks at feeds since the start of that day (UTC)."""
    total = select(func.sum(looks.c.count)).where(looks.c.day >= since.astimezone(UTC).date())
    return int(connection.execute(total).scalar_one() or 0)


def _count_looks(connection: Connection, day: date, count: int) -> None:
    connection.execute(
        upsert(connection, looks).on_conflict_do_update(
            index_elements=["day"], set_={"count": looks.c.count + count}
        ),
        {"day": day, "count": count},
    )


@cache
def _see_packed() -> Executable:
    """SQLite takes all rows as one parameter: binding them one by one takes twice as long as writing them."""
    row = func.json_each(bindparam("rows", type_=Text)).table_valued("value").c.value
    parts = [func.json_extract(row, f"$[{place}]") for place in range(3)]
    # Without a WHERE, SQLite would read ON CONFLICT as part of a join.
    rows = select(*parts, bindparam("at", type_=entries.c.seen_at.type)).where(true())
    names = ["feed", "guid_key", "url_key", "seen_at"]
    return sqlite.insert(entries).from_select(names, rows).on_conflict_do_nothing()


def _cursor(row: Row[Any]) -> FeedCursor:
    known = row._mapping  # by name: an attribute of a row is looked up twice
    return FeedCursor(url=known["url"], **{name: known[name] for name in _CURSOR})


def _known(connection: Connection, offers: Sequence[Sequence[_Keyed]]) -> tuple[_Guids, set[str]]:
    """The guids that were seen, and the addresses that were."""
    of_feed, of_any = _seen(connection.dialect.name)
    pack = json.dumps if connection.dialect.name == "sqlite" else list
    guids: _Guids = {}
    for offer in offers:  # feed by feed: all feeds with all keys would be a look-up for each pair
        for feed in {entry.feed for entry, _, _ in offer}:
            keys = pack([guid for entry, guid, _ in offer if entry.feed == feed])
            rows = connection.execute(of_feed, {"feed": feed, "keys": keys})
            guids.update(((feed, key), url) for key, url in rows)
    urls = pack(list({url for offer in offers for _, _, url in offer if url}))
    return guids, set(connection.execute(of_any, {"keys": urls}).scalars())


@cache
def _seen(dialect: str) -> tuple[Executable, Executable]:
    """Which of many guids a feed has shown, and which of many addresses any feed has."""
    guids = select(entries.c.guid_key, entries.c.url_key).where(
        entries.c.feed == bindparam("feed"), among(dialect, entries.c.guid_key)
    )
    return guids, select(entries.c.url_key).where(among(dialect, entries.c.url_key))


def among(dialect: str, column: Column[str]) -> ColumnElement[bool]:
    """The column is one of `keys`: one parameter, for a hundred of them cost more than the look-up."""
    if dialect == "sqlite":
        values = func.json_each(bindparam("keys", type_=Text)).table_valued("value")
        return column.in_(select(values.c.value))
    return column == any_(bindparam("keys", type_=ARRAY(Text)))


def keys_of(dialect: str, keys: Iterable[str]) -> dict[str, Any]:
    """The parameter that `among` looks in."""
    return {"keys": json.dumps(list(keys)) if dialect == "sqlite" else list(keys)}


def _portions(offered: Sequence[T]) -> Iterator[Sequence[T]]:
    """A few hundred at a time: databases limit the parameters of one statement."""
    return (offered[i : i + 300] for i in range(0, len(offered), 300))
