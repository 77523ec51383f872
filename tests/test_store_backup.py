"""A backup made while the service runs can be opened and is whole."""

from __future__ import annotations

import os
import subprocess
import threading
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from djeli.core.errors import JobFailed, UserError
from storage.store import open_store
from tests.postgres import binaries, fresh_database
from tests.store_parts import KINDS, NOW, address, article, kept, opened, verdict

SQLITE = KINDS[:2]


@pytest.mark.parametrize("kind", SQLITE)
def test_a_backup_is_one_file_that_holds_everything(kind: str, tmp_path: Path) -> None:
    copies = tmp_path / "copies"
    copies.mkdir()
    with opened(address(kind, tmp_path)) as store:
        store.keep(kept("convoy", verdict()), NOW)
        store.backup(str(copies / "copy.db"))
        store.keep(kept("later", verdict("S2")), NOW)
    assert [path.name for path in copies.iterdir()] == ["copy.db"]
    with opened(f"sqlite:///{copies / 'copy.db'}") as copy:
        assert copy.article(article("convoy").id) is not None
        assert copy.article(article("later").id) is None
        assert [row.alert.story for row in copy.next_rows(NOW)] == ["S1"]


def test_a_backup_during_full_load_is_whole(tmp_path: Path) -> None:
    with opened(address("sqlite file", tmp_path)) as store:
        started, stop = threading.Event(), threading.Event()

        def work() -> None:
            number = 0
            while not stop.is_set() and number < 5_000:
                store.keep(kept(f"n{number}", verdict(f"S{number}")), NOW)
                started.set()
                number += 1

        writer = threading.Thread(target=work)
        writer.start()
        started.wait(30)
        store.backup(str(tmp_path / "copy.db"))
        stop.set()
        writer.join()
    with opened(f"sqlite:///{tmp_path / 'copy.db'}") as copy:
        articles = copy.counts(NOW)["articles"]
        assert articles > 0
        assert copy.outbox_health()[0].pending == articles


@pytest.mark.parametrize("kind", KINDS)
def test_a_backup_overwrites_nothing(kind: str, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("precious")
    with opened(address(kind, tmp_path)) as store:
        with pytest.raises(UserError, match="exists already"):
            store.backup(str(letter))
        with pytest.raises(UserError, match=r"folder .* does not exist"):
            store.backup(str(tmp_path / "nowhere" / "copy.db"))
    assert letter.read_text() == "precious"


def test_a_damaged_database_gives_no_backup(tmp_path: Path) -> None:
    url = address("sqlite file", tmp_path)
    with opened(url) as store:
        for number in range(40):
            store.keep(kept(f"n{number}", verdict(f"S{number}")), NOW)
        with store.database.read() as connection:
            query = "SELECT rootpage FROM sqlite_master WHERE name = 'ix_ledger_story_id'"
            page = connection.exec_driver_sql(query).scalar_one()
    with (tmp_path / "djeli.db").open("rb+") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\xff" * 4096)
    with opened(url) as store, pytest.raises(JobFailed, match=r"damaged|malformed"):
        store.backup(str(tmp_path / "copy.db"))
    assert [path.name for path in tmp_path.iterdir()] == ["djeli.db"]


def test_a_name_the_disk_refuses_is_a_failed_job(tmp_path: Path) -> None:
    with opened("sqlite://") as store, pytest.raises(JobFailed, match="failed"):
        store.backup(str(tmp_path / ("x" * 300)))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.postgres
def test_a_postgresql_backup_can_be_restored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", f"{binaries()}{os.pathsep}{os.environ['PATH']}")
    with opened(fresh_database()) as store:
        store.keep(kept("convoy", verdict()), NOW)
        store.backup(str(tmp_path / "copy.dump"))
    empty = fresh_database()
    url = make_url(empty)
    target = ["-h", url.query["host"], "-U", "djeli", "-d", url.database]
    subprocess.run(["pg_restore", *target, str(tmp_path / "copy.dump")], check=True)
    with opened(empty) as copy:
        assert copy.article(article("convoy").id) == article("convoy")
        assert copy.story("S1") is not None


@pytest.mark.postgres
def test_without_pg_dump_the_command_is_told_without_the_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = fresh_database().replace("djeli@", "djeli:hunter2@")
    store = open_store(url)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(
        UserError, match=r"run this .*: pg_dump .*dbname=test_.* --file .*/copy\.dump$"
    ) as caught:
        store.backup(str(tmp_path / "copy.dump"))
    store.close()
    assert "hunter2" not in str(caught.value)


@pytest.mark.postgres
def test_a_dump_that_fails_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", f"{binaries()}{os.pathsep}{os.environ['PATH']}")
    with opened(fresh_database()) as store:
        store.database.url = store.database.url.set(database="gone")
        with pytest.raises(JobFailed, match=r"pg_dump failed: .*gone"):
            store.backup(str(tmp_path / "copy.dump"))
    assert list(tmp_path.iterdir()) == []
