"""A usable copy of the database, made while the service runs."""

from __future__ import annotations

import os
import shlex
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

from djeli.core.errors import JobFailed, UserError
from storage.engine import Database


def backup(database: Database, path: str) -> None:
    """Copy the database to a new file: a SQLite database, or a dump for `pg_restore`.

    Raises UserError when the file exists, its folder does not, or `pg_dump` is missing; JobFailed
    when the copy fails. The file appears under its name only when it is whole.
    """
    target = Path(path)
    unfinished = target.with_name(f".djeli-backup-{os.getpid()}.part")
    try:
        _require_free(target)
        if database.is_sqlite:
            _copy(database, unfinished)
        else:
            _dump(database, unfinished, target)
        _to_disk(unfinished)
        unfinished.rename(target)
    except (OSError, sqlite3.Error) as error:
        raise JobFailed(f"The backup to {path} failed: {error}.") from error
    finally:
        unfinished.unlink(missing_ok=True)


def _require_free(target: Path) -> None:
    if target.exists():
        raise UserError(f"{target} exists already: name a new file for the backup.")
    if not target.parent.is_dir():
        raise UserError(f"The folder {target.parent} does not exist.")


def _copy(database: Database, target: Path) -> None:
    with database.raw() as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, without companions
        answer = copy.execute("PRAGMA quick_check").fetchone()[0]
    if answer != "ok":
        raise JobFailed(f"The copy is damaged, and so perhaps is the database: {answer}.")


def _dump(database: Database, unfinished: Path, target: Path) -> None:
    """The password goes by the environment: arguments can be seen by every user of the machine."""
    from psycopg.conninfo import make_conninfo  # a tenth of a second that SQLite need not pay at start

    url = database.url
    server: dict[str, Any] = {**url.query, **url.translate_connect_args(username="user", database="dbname")}
    password = server.pop("password", None)
    command = ["pg_dump", "--format=custom", f"--dbname={make_conninfo(**server)}", "--file"]
    if shutil.which("pg_dump") is None:
        typed = shlex.join([*command, str(target)])
        raise UserError(f"pg_dump is not installed; run this where it is: {typed}")
    environment = {**os.environ, "PGPASSWORD": str(password)} if password else None
    done = subprocess.run(
        [*command, str(unfinished)], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["no reason given"])[0]
        raise JobFailed(f"pg_dump failed: {reason}.")


def _to_disk(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
