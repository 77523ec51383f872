"""Databases and configurations of every earlier version go on as if nothing had happened.

The files of tests/earlier were written by the code of their time (tests/earlier_database.py); databases of
the versions between them are made from these by the migrations.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Boolean, Connection, Date, DateTime, MetaData, create_engine, insert, select, text

from djeli.app import config, wiring
from djeli.app.judging import Judging, judged
from djeli.core.model import Article, Decision, Entry, ReadPages
from storage.engine import connect, upgrade
from storage.store import SqlStore, open_store
from storage.tables import NEWEST
from tests.acceptance_desk import (
    CHAT,
    SECOND_CHAT,
    Desk,
    convoy,
    convoy_counted_again,
    convoy_in_french,
    day,
    football,
    reactor_in_russian,
)
from tests.acceptance_desk import News as Report
from tests.earlier_database import PRESS, two_chats, write
from tests.store_parts import address
from tests.telegram_server import TelegramServer
from tests.web_server import WebServer

EARLIER = Path(__file__).parent / "earlier"
REVISIONS = [one.revision for one in reversed(list(ScriptDirectory("storage/migrations").walk_revisions()))]
VERY_FIRST = "0001 without doubts"  # before messages had them: the number of the tables stayed
VERSIONS = [VERY_FIRST, *(revision for revision in REVISIONS if revision != NEWEST)]


def dumped(version: str) -> Path:
    """The newest dump that is not newer than a version."""
    fit = [path for path in sorted(EARLIER.glob("*.sql")) if path.stem <= version[:4]]
    return fit[-1]


def restore(path: Path, version: str, at: str = PRESS) -> None:
    """Write a SQLite database of a version, its press at another address."""
    source = dumped(version)
    sql = source.read_text(encoding="utf-8").replace(PRESS, at).replace("press.example", at.split("//")[1])
    with closing(sqlite3.connect(path)) as raw:
        raw.executescript(sql)
        if version == VERY_FIRST:
            raw.execute("ALTER TABLE outbox DROP COLUMN doubts")
        raw.commit()
    if source.stem != version[:4]:
        database = connect(f"sqlite:///{path}")
        with database.write() as connection:
            upgrade(connection, version)
        database.close()


def copy(source: Connection, target: Connection) -> None:
    """Every row into the same tables of another kind of database."""
    old, new = MetaData(), MetaData()
    old.reflect(source)
    new.reflect(target)
    for table in new.sorted_tables:
        if table.name == "alembic_version":
            continue
        rows = [dict(row) for row in source.execute(select(old.tables[table.name])).mappings()]
        for row in rows:
            for column in table.columns:
                row[column.name] = _fitting(row[column.name], column.type)
        if rows:
            target.execute(insert(table), rows)


def _fitting(value: Any, kind: object) -> Any:
    if value is None:
        return None
    if isinstance(kind, Boolean):
        return bool(value)
    if isinstance(kind, DateTime) and isinstance(value, datetime):
        return value.replace(tzinfo=UTC)
    return (
        value if not isinstance(kind, Date) or not isinstance(value, str) else datetime.fromisoformat(value)
    )


@pytest.fixture(params=[*VERSIONS, pytest.param("postgresql", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    version = request.param
    path = tmp_path / "djeli.db"
    if version != "postgresql":
        restore(path, version)
        return f"sqlite:///{path}"
    restore(path, "0001")
    there = address("postgresql", tmp_path)
    database = connect(there)
    engine = create_engine(f"sqlite:///{path}")
    with database.write() as target, engine.connect() as source:
        upgrade(target, "0001")
        copy(source, target)
        for table, column in (("ledger", "id"), ("outbox", "id")):
            sequence = f"pg_get_serial_sequence('{table}', '{column}')"
            target.execute(text(f"SELECT setval({sequence}, max({column})) FROM {table}"))
    engine.dispose()
    database.close()
    return there


@pytest.fixture(scope="module")
def judge() -> Judging:
    return wiring.open_house(None).judge


@pytest.fixture
def store(url: str) -> Iterator[SqlStore]:
    with closing(open_store(url)) as opened:
        yield opened


def page(report: Report) -> str:
    return f"{PRESS}{report.path}"


def test_a_database_of_an_earlier_version_is_as_good_as_a_new_one(store: SqlStore, judge: Judging) -> None:
    everything_that_was_remembered_is_known(store)
    what_was_seen_is_not_new_and_what_is_owed_goes_out(store)
    a_further_report_belongs_to_its_story(store, judge)


def everything_that_was_remembered_is_known(store: SqlStore) -> None:
    kept = list(store.judgements(datetime(2100, 1, 1, tzinfo=UTC)))
    assert [one.decision.value for one in kept] == ["alert", "ignore", "merge", "update", "alert"]
    story = store.story("S1")
    assert story is not None
    assert [member.outlet for member in story.members] == [
        "studio_tamani",
        "the_river_paper",
        "studio_tamani",
    ]
    assert {figure.value for member in story.members for figure in member.mention.figures} >= {14, 21}
    (line,) = store.ledger(page(convoy()))
    assert line.verdict is not None
    assert line.verdict.nearest
    assert line.verdict.because.startswith("Delivery (arrived)")
    assert [told.kind for told in line.deliveries] == ["alert", "update"]
    assert [one.article.lang for one in store.search(["бамако"], 5)] == []
    assert len(store.search(["convoi"], 5)) == 1
    assert [one.type for one in store.digest_lines(["mali-russia"], 0, store.last_line())] == []
    assert store.cursor(f"{PRESS}/wire").first_look_done
    assert {one.feed.rpartition("/")[2]: one.articles for one in store.feed_statuses()} == {
        "wire": 3,
        "paper": 2,
    }
    assert store.setting("heartbeat")


def what_was_seen_is_not_new_and_what_is_owed_goes_out(store: SqlStore) -> None:
    now = datetime.now(UTC)
    for report in (convoy(), football(), convoy_counted_again()):
        again = Entry(f"{PRESS}/wire", page(report), page(report), report.title)
        assert store.unseen([again]) == []
    waiting = {health.chat: health.pending + health.uncertain for health in store.outbox_health()}
    assert waiting[SECOND_CHAT] == 3
    assert waiting.get(CHAT, 0) == 0
    (row,) = store.next_rows(now + timedelta(days=40_000))
    assert (row.alert.chat, row.alert.kind) == (SECOND_CHAT, "alert")
    assert row.doubts == 0
    first = store.told(CHAT, "S1")
    assert first is not None
    assert first.message_id == 1


def a_further_report_belongs_to_its_story(store: SqlStore, judge: Judging) -> None:
    told_on = store.ledger(page(convoy()))[0].article.published
    report = convoy_in_french()
    article = Article(
        "x", f"{PRESS}/x", report.title, report.text.replace(day("fr"), "hier"), "fr", "a new paper",
        told_on, told_on, dated=True,
    )  # fmt: skip
    judgement = judged(article, judge, store, told_on)
    assert judgement.decision is Decision.MERGE
    assert judgement.verdicts[0].story == "S1"
    assert store.reserve_story_ids(1) == ["S3"]


@pytest.mark.parametrize("version", [VERY_FIRST, "0002"])
def test_the_service_goes_on_with_the_database_of_an_earlier_version(
    tmp_path: Path, version: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "djeli.storage")
    with WebServer() as web, TelegramServer() as telegram:
        desk = Desk(tmp_path, web, telegram)
        two_chats(desk)
        restore(tmp_path / "djeli.db", version, web.url("").rstrip("/"))
        flour = Report(
            "/flour",
            "Türkiye delivers 300 tonnes of flour to Mali in Gao",
            f"Türkiye delivered 300 tonnes of flour in Gao on {day('en')}, the government of Mali said.",
            ago=timedelta(minutes=5),
        )
        desk.publish("/wire", flour, convoy_counted_again(), convoy(), football())
        desk.publish("/paper", reactor_in_russian(), convoy_in_french(), language="ru")
        assert "new articles 1 · alert 1" in desk.run_once()
        assert (
            f"the tables of the database were brought from version {version[:4]} to {NEWEST}" in caplog.text
        )
        (card,) = desk.texts(CHAT)  # what was told is not told again
        assert "tonnes of flour" in card
        late = "\n".join(desk.texts(SECOND_CHAT))  # and what was owed is told
        for words in ("14 tanks", "21 tanks", "атомной", "tonnes of flour"):
            assert words in late
        assert "new articles 0" in desk.run_once()
        assert len(desk.texts(CHAT)) == 1
        assert desk.here("migrate").out == f"already at {NEWEST}\n"


def test_migrating_says_from_where_to_where(tmp_path: Path) -> None:
    with WebServer() as web, TelegramServer() as telegram:
        desk = Desk(tmp_path, web, telegram)
        desk.configure()
        restore(tmp_path / "djeli.db", "0001")
        assert desk.here("migrate").out == f"from 0001 to {NEWEST}\n"


def test_the_database_of_this_version_can_be_kept_for_later_ones(tmp_path: Path) -> None:
    write(tmp_path / "now.sql")
    sql = (tmp_path / "now.sql").read_text(encoding="utf-8")
    assert f"VALUES('{NEWEST}')" in sql
    assert PRESS in sql
    assert "127.0.0.1" not in sql


# ----------------------------------------------------------------------------------- configurations


@pytest.mark.parametrize("name", ["example-1", "example-2", "example-3", "init"])
def test_a_configuration_of_an_earlier_version_is_read_as_it_was(name: str) -> None:
    words = wiring.vocabulary(wiring.load_knowledge())
    read = config.load(EARLIER / f"{name}.toml", words, {})
    assert read.notes == ()
    (chat,) = read.chats
    assert (chat.id, chat.digest, chat.quiet) == (-1001000000001, ("07:00", "18:00"), ("22:00", "06:00"))
    watch = read.watches[0]
    assert watch.name == "mali-russia"
    assert {"Mali", "Africa Corps", "Wagner"} <= set(watch.keywords)
    assert (watch.priority, watch.horizon) == (None, None)  # as it was: by type, however long ago
    assert all(feed.read is ReadPages.AUTO for feed in read.feeds)
    assert len(read.feeds) == (75 if name == "init" else 1)
    assert read.admins == (42,)
