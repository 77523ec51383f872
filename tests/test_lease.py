"""Of several instances at one database one sends; whoever is dead is no obstacle."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.outcomes import Became, Outcome
from bot.sender import Sender
from djeli.app.lease import NAME, SenderLease
from djeli.app.machine import Process
from djeli.core.errors import LeaseLost
from djeli.core.model import OutboxState
from storage.outbox import SENDER
from storage.store import SqlStore
from tests.store_parts import KINDS, NOW, alert, opened, ready_address

HERE = Process.this()
AWAY = Process("elsewhere", "another boot/1", 7, "100")


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SqlStore]:
    with opened(ready_address(request.param, tmp_path)) as opened_store:
        yield opened_store


class Time:
    """A clock that sleeping moves; `also` is done at each sleep."""

    def __init__(self) -> None:
        self.now = NOW
        self.also = lambda: None

    def clock(self) -> datetime:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)
        self.also()
        await asyncio.sleep(0)


def lease(store: SqlStore, me: Process, time: Time) -> SenderLease:
    return SenderLease(store, time.clock, me, time.sleep)


def test_the_lease_has_one_name() -> None:
    assert NAME == SENDER


def test_a_second_instance_on_the_machine_ends_at_once_while_the_first_lives(store: SqlStore) -> None:
    time = Time()
    asyncio.run(lease(store, HERE, time).take())
    with pytest.raises(LeaseLost, match=rf"runs already with this database \(process {os.getpid()}\)"):
        asyncio.run(lease(store, replace(HERE, pid=os.getppid()), time).take())
    assert time.now == NOW


def test_the_lease_of_a_dead_process_is_free_at_once(store: SqlStore) -> None:
    time = Time()
    gone = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True)
    dead = replace(HERE, pid=int(gone.stdout))
    same_number = replace(HERE, started="1")  # a process that had our number before us
    for before in (dead, same_number):
        asyncio.run(lease(store, before, time).take())
        asyncio.run(lease(store, HERE, time).take())
        assert time.now == NOW
        asyncio.run(lease(store, HERE, time).give_back())


def test_an_instance_elsewhere_is_watched_until_it_renews(store: SqlStore) -> None:
    time = Time()
    asyncio.run(lease(store, AWAY, time).take())

    def renew() -> None:
        if time.now >= NOW + timedelta(seconds=9):
            store.take_lease(NAME, str(AWAY), time.now, time.now + timedelta(seconds=30))

    time.also = renew
    with pytest.raises(LeaseLost, match="on elsewhere"):
        asyncio.run(lease(store, HERE, time).take())
    assert time.now < NOW + timedelta(seconds=11)


@pytest.mark.parametrize("ahead", [timedelta(), timedelta(days=1)])
def test_an_instance_elsewhere_that_is_dead_is_waited_for_as_long_as_a_lease_lasts(
    store: SqlStore, ahead: timedelta
) -> None:
    """Even where its clock was a day ahead of ours."""
    time = Time()
    store.take_lease(NAME, str(AWAY), NOW + ahead, NOW + ahead + timedelta(seconds=30))
    asyncio.run(lease(store, HERE, time).take())
    assert time.now == NOW + timedelta(seconds=30)


def test_a_lease_that_was_given_back_is_free(store: SqlStore) -> None:
    time = Time()
    other = lease(store, AWAY, time)
    asyncio.run(other.take())
    asyncio.run(other.give_back())
    asyncio.run(lease(store, HERE, time).take())
    assert time.now == NOW


def test_whoever_was_robbed_in_its_sleep_ends(store: SqlStore) -> None:
    time = Time()
    sleeper = lease(store, AWAY, time)
    asyncio.run(sleeper.take())
    time.now += timedelta(minutes=10)  # it was stopped; meanwhile:
    asyncio.run(lease(store, HERE, time).take())
    with pytest.raises(LeaseLost, match="Another instance"):
        asyncio.run(sleeper.keep())


def test_without_the_lease_nothing_leaves(store: SqlStore) -> None:
    sent: list[str] = []

    class Noting:
        async def send(self, chat: int, text: str, **how: object) -> Outcome:
            sent.append(text)
            return Outcome(Became.SENT, 5)

    time = Time()
    [number] = store.owe([alert()], NOW)
    asyncio.run(lease(store, HERE, time).take())
    robbed = Sender(store, Noting(), time.clock, time.sleep, holder=str(AWAY))
    with pytest.raises(LeaseLost):
        asyncio.run(robbed.drain())
    row = store.outbox_row(number)
    assert row is not None
    assert (sent, row.state, row.attempts) == ([], OutboxState.PENDING, 0)
    ours = Sender(store, Noting(), time.clock, time.sleep, holder=str(HERE))
    asyncio.run(ours.drain())
    assert sent == ["<b>Convoi</b>"]


def test_a_process_is_known_again_from_what_was_written_down() -> None:
    assert Process.read(str(HERE)) == HERE
    assert HERE.lives()
    assert Process.read("nonsense").machine != HERE.machine
