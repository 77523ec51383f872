"""Every database can be brought to the tables of today, and none is touched that is of tomorrow."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, text

from djeli.core.errors import UserError
from storage.engine import connect, migrate
from storage.store import open_store
from storage.tables import NEWEST, metadata
from tests.store_parts import KINDS, LASTING, NOW, address, kept, opened, verdict


@pytest.mark.parametrize("kind", KINDS)
def test_migrated_tables_are_the_tables_of_the_code(kind: str, tmp_path: Path) -> None:
    with opened(address(kind, tmp_path)) as store, store.database.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_migrated_tables_are_the_tables_of_the_code_to_the_letter(tmp_path: Path) -> None:
    """Autogenerate does not look at everything (options, names of constraints): SQLite tells all."""
    created = create_engine("sqlite://")
    metadata.create_all(created)
    with opened(address("sqlite file", tmp_path)) as store, store.database.read() as connection:
        migrated = _schema(connection)
    with created.connect() as connection:
        assert migrated == _schema(connection)
    created.dispose()


def _schema(connection: Connection) -> dict[str, Any]:
    rows = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"))
    return {
        name: sorted(line.strip(" \t,") for line in sql.splitlines())  # in any order
        for name, sql in rows
        if name != "alembic_version"
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
