"""Every database can be brought to the tables of today, and none is touched that is of tomorrow."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from djeli.core.errors import UserError
from storage.engine import connect, migrate, upgrade
from storage.store import open_store
from storage.tables import NEWEST, metadata
from tests.store_parts import LASTING, NOW, address, kept, opened, verdict


@pytest.mark.parametrize("kind", LASTING)
def test_migrated_tables_are_the_tables_of_the_code(kind: str, tmp_path: Path) -> None:
    with migrated(address(kind, tmp_path)) as connection:
        opts = {"compare_type": True, "include_name": _of_the_code}
        context = MigrationContext.configure(connection, opts=opts)
        assert compare_metadata(context, metadata) == []


def _of_the_code(name: str | None, kind: str, parents: object) -> bool:
    """The full-text index is written by hand, for each kind of database (storage/fulltext.py)."""
    return kind != "table" or not str(name).startswith("article_words")


def test_a_new_database_has_the_tables_of_the_migrations_to_the_letter(tmp_path: Path) -> None:
    """Autogenerate does not look at everything (options, names of constraints): SQLite tells all."""
    with migrated(address("sqlite file", tmp_path)) as connection:
        schema, version = _schema(connection), _version(connection)
    for url in ("sqlite://", f"sqlite:///{tmp_path / 'new.db'}"):
        with opened(url) as store, store.database.read() as connection:
            assert (_schema(connection), _version(connection)) == (schema, version)


@contextmanager
def migrated(url: str) -> Iterator[Connection]:
    """An empty database that went through every migration."""
    database = connect(url)
    with database.write() as connection:
        upgrade(connection)
    with database.read() as connection:
        yield connection
    database.close()


def _version(connection: Connection) -> str:
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one())


def _schema(connection: Connection) -> dict[str, Any]:
    rows = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"))
    return {
        # In any order; the name of a table that was written anew stands in quotation marks.
        name: sorted(line.strip(" \t,").replace(f'"{name}"', name) for line in sql.splitlines())
        for name, sql in rows
        if name != "alembic_version"  # written on one line
    }


def test_the_code_knows_the_last_migration_without_reading_them() -> None:
    assert ScriptDirectory("storage/migrations").get_current_head() == NEWEST


@pytest.mark.parametrize("kind", LASTING)
def test_migrating_tells_from_where_to_where_and_twice_does_nothing(kind: str, tmp_path: Path) -> None:
    url = address(kind, tmp_path)
    before, after = migrate(url)
    assert before is None
    assert migrate(url) == (after, after)


@pytest.mark.parametrize("kind", LASTING)
def test_a_database_of_a_newer_version_is_refused_and_not_touched(kind: str, tmp_path: Path) -> None:
    url = address(kind, tmp_path)
    with opened(url) as store:
        store.keep(kept("convoy", verdict()), NOW)
        with store.database.write() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for again in (lambda: open_store(url), lambda: open_store(url, migrate=False), lambda: migrate(url)):
        with pytest.raises(UserError, match=r"newer version of Djeli \(revision 9999\)"):
            again()
    database = connect(url)
    with database.read() as connection:
        assert connection.execute(text("SELECT count(*) FROM ledger")).scalar_one() == 1
    database.close()


@pytest.mark.parametrize("kind", LASTING)
def test_an_old_database_is_left_alone_when_migrating_is_not_wanted(kind: str, tmp_path: Path) -> None:
    url = address(kind, tmp_path)
    with pytest.raises(UserError, match="run `djeli migrate`"):
        open_store(url, migrate=False)
    migrate(url)
    open_store(url, migrate=False).close()


@pytest.mark.parametrize("kind", LASTING)
def test_a_database_of_the_first_version_keeps_what_it_knows_of_its_feeds(kind: str, tmp_path: Path) -> None:
    url = address(kind, tmp_path)
    database = connect(url)
    with database.write() as connection:
        upgrade(connection, "0001")
        connection.execute(
            text(
                "INSERT INTO feeds (url, outlet, every, read, configured, position, etag, failures, cause, "
                "first_look_done) VALUES ('https://a.example/feed', 'a', 900, 'auto', :yes, 0, '\"7\"', 2, "
                "'dns', :yes)"
            ),
            {"yes": True},
        )
        connection.execute(text("INSERT INTO settings VALUES ('failing:https://a.example/feed', 'x')"))
    database.close()
    with opened(url) as store:
        cursor = store.cursor("https://a.example/feed")
        assert (cursor.etag, cursor.failures, cursor.cause, cursor.first_look_done) == ('"7"', 2, "dns", True)
        assert (cursor.gaps, cursor.new_at, cursor.proposed, cursor.patience) == ((), None, None, None)
        assert store.setting("failing:https://a.example/feed") is None


@pytest.mark.parametrize("kind", LASTING)
def test_a_migration_that_fails_leaves_nothing(kind: str, tmp_path: Path) -> None:
    url = address(kind, tmp_path)

    def stop(statement: str) -> None:
        if "CREATE TABLE deliveries" in statement:
            raise RuntimeError("the lights went out")

    with pytest.raises(RuntimeError, match="lights"):
        open_store(url, on_statement=stop)
    database = connect(url)
    with database.read() as connection:
        assert MigrationContext.configure(connection).get_current_revision() is None
        names = "pg_tables WHERE schemaname = 'public'" if kind == "postgresql" else "sqlite_master"
        assert connection.execute(text(f"SELECT count(*) FROM {names}")).scalar_one() == 0
    database.close()
    migrate(url)
