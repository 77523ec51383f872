"""The way to the database: one writer at a time, readers beside it, and the migrations.

SQLite: WAL, synchronous=FULL (NORMAL may lose the last commits at power loss, and a lost `sent` is
a repeated message), one writer connection whose transactions begin IMMEDIATE (a deferred one that
writes later fails at once with BUSY_SNAPSHOT, whatever the timeout). SQLite 3.7.0 to 3.51.2 can
damage a WAL file when two connections write or checkpoint at the same instant
(https://sqlite.org/wal.html#walresetbug); the readers' connections are query-only for that reason.
PostgreSQL: a pool; a transaction that writes takes an advisory lock, so that outbox rows of several
workers are committed in the order of their numbers.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, Executable, Table, create_engine, event, inspect, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.pool import QueuePool, StaticPool

from djeli.core.errors import JobFailed, UserError
from storage import fulltext
from storage.tables import NEWEST, metadata

if TYPE_CHECKING:  # seldom needed, and loading it is a fifth of a cold start
    from alembic.config import Config
    from sqlalchemy.dialects import postgresql

log = logging.getLogger("djeli.storage")

OnStatement = Callable[[str], None]

_PATIENCE = 10  # seconds to wait for a database that is busy or far away
_WRONG_FILE = ("SQLITE_CANTOPEN", "SQLITE_NOTADB", "SQLITE_READONLY")
_ONE_WRITER = 0x646A656C69  # "djeli": the name of PostgreSQL's advisory lock


class Database:
    """Connections to one database: `write` one at a time, `read` beside it."""

    def __init__(self, url: URL, on_statement: OnStatement | None = None) -> None:
        self.url = url
        self._lock = threading.RLock()
        # Memory is one connection, so readers have to wait for the writer there.
        self._turn: AbstractContextManager[Any] = self._lock if in_memory(url) else nullcontext()
        self._writer, self._reader = _engines(url)
        if on_statement:
            _tell(self._writer, on_statement)

    @property
    def is_sqlite(self) -> bool:
        """SQLite, not PostgreSQL."""
        return self.url.get_backend_name() == "sqlite"

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction that may write: all of it or nothing; raises JobFailed if it cannot."""
        with self._lock, _in_clear_words(), self._writer.begin() as connection:
            if not self.is_sqlite:
                connection.execute(text("SELECT pg_advisory_xact_lock(:name)"), {"name": _ONE_WRITER})
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One consistent view, which cannot write; raises JobFailed if it cannot be had."""
        with self._turn, _in_clear_words(), self._reader.begin() as connection:
            yield connection

    @contextmanager
    def raw(self) -> Iterator[Any]:
        """The driver's own connection, in no transaction: SQLite copies nothing from within one."""
        with self._turn, _in_clear_words(), self._reader.connect() as connection:
            yield connection.connection.driver_connection

    def close(self) -> None:
        """Close every connection."""
        self._reader.dispose()
        self._writer.dispose()


def connect(address: str, on_statement: OnStatement | None = None) -> Database:
    """The database at an address that answers.

    Raises UserError when the address is wrong and JobFailed when nobody answers there; neither
    shows the password. `on_statement` is called before each statement of a writer and before its
    COMMIT: crash tests stop the process there.
    """
    url = parse(address)
    database = Database(url, on_statement)
    try:
        with database._writer.connect():
            return database
    except SQLAlchemyError as error:
        database.close()
        wrong = getattr(getattr(error, "orig", None), "sqlite_errorname", "") in _WRONG_FILE
        sentence = f"The database {shown(url)} cannot be opened: {_first_line(error, url)}"
    raise (UserError if wrong else JobFailed)(sentence)


def parse(address: str) -> URL:
    """The parts of a database address; raises UserError when Djeli cannot use it."""
    example = "Write sqlite:///djeli.db or postgresql+psycopg://user:password@host/name."
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):  # its text holds the whole address, so the password too
        raise UserError(f"The database address cannot be read. {example}") from None
    if url.drivername in ("postgres", "postgresql"):
        return url.set(drivername="postgresql+psycopg")
    if url.drivername not in ("sqlite", "sqlite+pysqlite", "postgresql+psycopg"):
        raise UserError(f"Djeli cannot use a database of the kind {url.drivername!r}. {example}")
    return url


def shown(url: URL) -> str:
    """An address as it may be shown: without user, password and options."""
    if url.get_backend_name() == "sqlite":
        return url.database or "in memory"
    host = url.host or url.query.get("host") or "local"
    port = f":{url.port}" if url.port else ""
    return f"{url.database or 'postgres'} at {host}{port}"


def in_memory(url: URL) -> bool:
    """A SQLite database that is gone when closed."""
    return url.get_backend_name() == "sqlite" and url.database in (None, "", ":memory:")


def upsert(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that knows ON CONFLICT: each of the two dialects has its own, in the same words.

    Give the values to `execute`, not to the statement: that takes a third of the time.
    """
    return _insert(connection.dialect.name, table)


@cache
def put(dialect: str, table: Table) -> Executable:
    """An INSERT that does nothing where the row is there, and tells the key of a row that is new.

    Built once: building it for every row costs as much as running it.
    """
    return _insert(dialect, table).on_conflict_do_nothing().returning(*table.primary_key)


def _insert(dialect: str, table: Table) -> sqlite.Insert | postgresql.Insert:
    if dialect == "sqlite":
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql

    return postgresql.insert(table)


# ---------------------------------------------------------------------------------- migrations


def migrate(address: str) -> tuple[str | None, str]:
    """Bring the tables up to this version; returns the revisions before and after.

    Raises UserError when the database was written by a newer version.
    """
    database = connect(address)
    try:
        return migrate_database(database)
    finally:
        database.close()


def migrate_database(database: Database) -> tuple[str | None, str]:
    """The same for an open database; nothing is written when it is up to date."""
    before = revision(database)
    if before == NEWEST:
        return before, NEWEST
    with database.write() as connection:  # other processes wait here and then find nothing to do
        before = _revision(connection)
        _refuse_newer(before)
        if database.is_sqlite and not inspect(connection).get_table_names():
            _create(connection)
        else:
            upgrade(connection)
    if before is not None:
        log.info("the tables of the database were brought from version %s to %s", before, NEWEST)
    return before, NEWEST


def upgrade(connection: Connection, to: str = "head") -> None:
    """Take the tables through every migration that they have not seen, or through those up to one."""
    from alembic import command

    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, to)


def _create(connection: Connection) -> None:
    """The tables of today in an empty database; they are to the letter what the migrations would make.

    Loading what reads migrations takes 13 MB and a tenth of a second.
    """
    metadata.create_all(connection)
    fulltext.create(connection)
    connection.execute(
        text(
            "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
            "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
        )
    )
    connection.execute(text("INSERT INTO alembic_version VALUES (:newest)"), {"newest": NEWEST})


def require_current(database: Database) -> None:
    """Raises UserError unless the tables are those of this version."""
    found = revision(database)
    _refuse_newer(found)
    if found != NEWEST:
        raise UserError(f"The database {shown(database.url)} is of an older version: run `djeli migrate`.")


def revision(database: Database) -> str | None:
    """The revision of the tables; None in an empty database."""
    with database.read() as connection:
        return _revision(connection)


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _refuse_newer(found: str | None) -> None:
    if found in (None, NEWEST):
        return
    from alembic.script import ScriptDirectory

    known = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
    if found not in known:
        raise UserError(
            f"The database was written by a newer version of Djeli (revision {found}): "
            "install that version, or restore a backup made before it."
        )


def _config() -> Config:
    from alembic.config import Config

    config = Config()
    place = Path(__file__).with_name("migrations")
    config.set_main_option("script_location", str(place).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


# ------------------------------------------------------------------------------------- engines


def _engines(url: URL) -> tuple[Engine, Engine]:
    """One to write with, one to read with; parameters never appear in errors (they are articles)."""
    if url.get_backend_name() != "sqlite":
        return _postgres_engines(url)
    writer = _sqlite_engine(url, StaticPool, "BEGIN IMMEDIATE")
    if in_memory(url):
        return writer, writer
    reader = _sqlite_engine(url, QueuePool, "BEGIN")
    event.listen(reader, "connect", lambda raw, _: raw.execute("PRAGMA query_only=ON"))
    return writer, reader


def _postgres_engines(url: URL) -> tuple[Engine, Engine]:
    writer = create_engine(
        url,
        hide_parameters=True,
        pool_pre_ping=True,  # a server that was restarted costs nothing
        connect_args={"connect_timeout": _PATIENCE},
    )
    return writer, writer.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def _sqlite_engine(url: URL, pool: type[StaticPool] | type[QueuePool], begin: str) -> Engine:
    engine = create_engine(
        url,
        hide_parameters=True,
        poolclass=pool,
        connect_args={"check_same_thread": False, "timeout": _PATIENCE},
    )

    @event.listens_for(engine, "connect")
    def prepare(raw: Any, _: object) -> None:
        raw.isolation_level = None  # BEGIN is ours: sqlite3 would begin late, and deferred
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            raw.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin_now(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _tell(engine: Engine, on_statement: OnStatement) -> None:
    @event.listens_for(engine, "before_cursor_execute")
    def before(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        on_statement(statement)

    @event.listens_for(engine, "commit")
    def commit(connection: Connection) -> None:
        on_statement("COMMIT")


@contextmanager
def _in_clear_words() -> Iterator[None]:
    try:
        yield
    except (SQLAlchemyError, OverflowError) as error:
        raise JobFailed(f"The database refused: {_first_line(error)}") from error


def _first_line(error: Exception, url: URL | None = None) -> str:
    """What the database itself says, in one line, without the password."""
    lines = str(getattr(error, "orig", None) or error).strip().splitlines() or [type(error).__name__]
    secrets = [url.password, *url.query.values()] if url else []
    line = lines[0].strip()
    for secret in secrets:
        if isinstance(secret, str) and secret:
            line = line.replace(secret, "…")
    return line.rstrip(".") + "."
