"""A private PostgreSQL server for tests: one for the session, one fresh database for each test.

It listens on a Unix socket in a folder of its own only. PostgreSQL refuses to run as root, so root
starts it as another user.
"""

from __future__ import annotations

import atexit
import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

import psycopg
import pytest

_NUMBERS = itertools.count(1)


def fresh_database(template: str = "template1") -> str:
    """The address of a new database; skips the test where PostgreSQL is not installed.

    With CI=true in the environment a missing server is a failure, not a skip.
    """
    folder = _server()
    name = f"test_{next(_NUMBERS)}"
    with psycopg.connect(host=str(folder), user="djeli", dbname="postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}".encode())
    return f"postgresql+psycopg://djeli@/{name}?host={folder}"


@cache
def binaries() -> Path | None:
    """The folder of PostgreSQL's server programs, or None."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    if config := shutil.which("pg_config"):
        answer = subprocess.run([config, "--bindir"], capture_output=True, text=True, check=True)
        folders.insert(0, Path(answer.stdout.strip()))
    folders += [Path(folder) for folder in os.get_exec_path()]
    needed = ("initdb", "pg_ctl", "postgres")
    return next((folder for folder in folders if all((folder / name).exists() for name in needed)), None)


@cache
def _server() -> Path:
    """Start the server; returns the folder of its socket. It is stopped when Python ends."""
    programs = binaries()
    if programs is None:
        missing = "PostgreSQL's server programs are not installed (package postgresql)"
        pytest.fail(missing) if os.environ.get("CI") == "true" else pytest.skip(missing)
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    owner = _owner()
    if owner:
        shutil.chown(folder, owner)
    data = folder / "data"
    _run(owner, folder, programs / "initdb", "-D", data, "-U", "djeli", "-A", "trust", "-E", "UTF8", "-N")
    options = f"-k {folder} -c listen_addresses= -c fsync=off"
    atexit.register(_stop, owner, programs, folder)
    _run(owner, folder, programs / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start")
    return folder


def _stop(owner: str | None, programs: Path, folder: Path) -> None:
    _run(owner, folder, programs / "pg_ctl", "-D", folder / "data", "-w", "-m", "immediate", "stop")
    shutil.rmtree(folder, ignore_errors=True)


def _run(owner: str | None, folder: Path, *command: str | Path) -> None:
    words = [str(word) for word in command]
    group = pwd.getpwnam(owner).pw_gid if owner else None
    extra = [] if owner else None
    subprocess.run(
        words,
        check=True,
        cwd=folder,
        user=owner,
        group=group,
        extra_groups=extra,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        timeout=60,
    )


def _owner() -> str | None:
    """Who runs the server: ourselves, or for root `postgres` or `nobody`."""
    if os.geteuid() != 0:
        return None
    users = {user.pw_name for user in pwd.getpwall()}
    return "postgres" if "postgres" in users else "nobody"
