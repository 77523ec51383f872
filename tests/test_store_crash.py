"""A process that dies anywhere loses nothing it had kept, and keeps nothing by halves."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from djeli.core.errors import JobFailed
from djeli.core.model import Decision, FeedCursor, OutboxState
from djeli.core.ports import Search
from storage.store import SqlStore, open_store
from tests.store_parts import (
    CHAT,
    FEED,
    LASTING,
    NOW,
    address,
    alert,
    article,
    at,
    cursor,
    days,
    die_at,
    entry,
    in_child,
    kept,
    mention,
    merged,
    opened,
    verdict,
)

RUSSIA = frozenset({"cty.russia"})
DAY = days(NOW.date()).start
BEFORE = kept("first", verdict("S1"), cursor=cursor(etag="before", looked_at=at(hours=-1)))
SECOND = kept(
    "second",
    merged("S1"),
    verdict("S2", mention=mention(span=None, dated=False)),
    alerts=(alert("S2"), alert("S2", part=1), alert(None, kind="notice")),
)
LONG = replace(SECOND, alerts=tuple(replace(owed, html=owed.html + "x" * 9_000) for owed in SECOND.alerts))


def is_kept_whole(store: SqlStore) -> bool:
    """All of SECOND or nothing of it; fails on anything between."""
    merged_into = store.story("S1")
    assert merged_into is not None
    parts = [
        store.article(article("second").id) is not None,
        len(store.ledger(article("second").id)) == 2,
        len(merged_into.members) == 2,
        store.story("S2") is not None,
        "S2" in [story.id for story in store.candidates([Search(RUSSIA, DAY, DAY)])],
        store.unseen([entry("second")]) == [],
        store.outbox_health()[0].pending == 4,
        store.cursor(FEED) == SECOND.cursor,
        store.counts(NOW)["checks"] == 2,
    ]
    assert len(set(parts)) == 1, parts
    return parts[0]


@pytest.mark.parametrize("kind", LASTING)
def test_killed_between_any_two_statements_all_is_kept_or_nothing(kind: str, tmp_path: Path) -> None:
    url = address(kind, tmp_path)
    with opened(url) as store:
        store.keep(BEFORE, at(hours=-1))
    for number in range(1, 100):

        def work(number: int = number) -> None:
            store = open_store(url, migrate=False)
            dying = open_store(url, migrate=False, on_statement=die_at(number))
            store.close()
            dying.keep(SECOND, NOW)

        lived = in_child(work)
        with opened(url) as store:
            assert is_kept_whole(store) == lived
            assert store.story("S1") is not None
        if lived:
            break
    assert 12 < number < 99  # every statement had its turn


@pytest.mark.parametrize("kind", LASTING)
def test_killed_while_marking_as_sent_the_message_is_uncertain_or_delivered(
    kind: str, tmp_path: Path
) -> None:
    url = address(kind, tmp_path)
    with opened(url) as store:
        store.keep(BEFORE, NOW)
        [row] = store.next_rows(NOW)
        store.mark_sending(row.id, NOW)
    lived = False
    for number in range(1, 20):

        def work(number: int = number) -> None:
            open_store(url, migrate=False, on_statement=die_at(number)).mark_sent(row.id, 7, NOW)

        lived = in_child(work)
        with opened(url) as store:
            found = store.outbox_row(row.id)
            assert found is not None
            assert found.state == (OutboxState.SENT if lived else OutboxState.SENDING)
            assert (store.told(CHAT, "S1") is not None) == lived
        if lived:
            break
    assert lived


def test_a_torn_journal_costs_only_the_last_articles_and_those_wholly(tmp_path: Path) -> None:
    url = address("sqlite file", tmp_path)
    with opened(url) as store:
        assert store.cursor(FEED) == FeedCursor(FEED)

    def work() -> None:
        store = open_store(url)
        for number in range(12):
            store.keep(kept(f"n{number}", verdict(f"S{number}"), cursor=cursor(etag=str(number))), NOW)
        os.kill(os.getpid(), signal.SIGKILL)

    assert not in_child(work)
    database, journal = tmp_path / "djeli.db", tmp_path / "djeli.db-wal"
    size = journal.stat().st_size
    dice = random.Random(20270208)
    survivors = set()
    for number, cut in enumerate([size, *(dice.randrange(size) for _ in range(20))]):
        folder = tmp_path / str(number)
        folder.mkdir()
        shutil.copy(database, folder / "djeli.db")
        (folder / "djeli.db-wal").write_bytes(journal.read_bytes()[:cut])
        survivors.add(whole_articles(folder / "djeli.db"))
    assert max(survivors) == 12
    assert len(survivors) > 5  # the cuts did fall in different places


def whole_articles(database: Path) -> int:
    """How many articles there are, after making sure that they are the first ones, and whole."""
    with opened(f"sqlite:///{database}") as store:
        count = store.counts(NOW)["articles"]
        for number in range(12):
            story = store.story(f"S{number}")
            assert (story is not None) == (number < count)
            assert len(store.ledger(article(f"n{number}").id)) == (number < count)
            assert (store.unseen([entry(f"n{number}")]) == []) == (number < count)
        assert sum(health.pending for health in store.outbox_health()) == count
        assert len(store.candidates([Search(RUSSIA, DAY.replace(day=8), DAY)])) == count
        assert store.cursor(FEED).etag == (str(count - 1) if count else None)
        assert store.counts(NOW)[Decision.ALERT] == count
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("PRAGMA quick_check").fetchall() == [("ok",)]
    return count


def test_a_full_disk_costs_nothing_that_was_kept_and_work_goes_on_when_there_is_room(tmp_path: Path) -> None:
    with opened(address("sqlite file", tmp_path)) as store:
        store.keep(BEFORE, at(hours=-1))
        refusals = []
        for room in range(1, 60):  # each write of the transaction in turn finds no room
            with store.database.write() as connection:
                pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
                connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + room}")
            try:
                store.keep(LONG, NOW)
                break
            except JobFailed as refusal:
                refusals.append(str(refusal))
            assert not is_kept_whole(store)
            assert store.article(article("first").id) is not None
        assert len(refusals) > 3
        assert set(refusals) == {"The database refused: database or disk is full."}
        assert is_kept_whole(store)
