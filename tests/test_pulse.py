"""Signs of life: for systemd, for an address of the user's own, in `djeli health`; and polling that died."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import socket
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.telegram import Telegram
from djeli.app import jobs, logs, systemd
from djeli.app.pulse import PING_EVERY, Pulse
from djeli.core.clock import utc_now
from djeli.core.errors import UserError
from djeli.core.model import Failure
from storage.store import SqlStore
from tests.store_parts import NOW, at, opened
from tests.telegram_server import TOKEN, TelegramServer

PING = "https://ping.example/secret-word"


class Ward:
    """A pulse whose surroundings can be changed."""

    def __init__(self) -> None:
        self.now, self.wrong, self.address = NOW, "", PING
        self.reached: datetime | None = NOW
        self.answer: Failure | None = None
        self.asked: list[str] = []
        self.said: list[str] = []
        self.pulse = Pulse(
            lambda now: self.wrong or None,
            lambda: self.reached,
            lambda: self.address,
            self.ping,
            lambda: self.now,
            notify=self.notify,
        )

    async def ping(self, address: str) -> Failure | None:
        self.asked.append(address)
        return self.answer

    def notify(self, state: str) -> bool:
        self.said.append(state)
        return True

    def beat(self, **later: float) -> None:
        self.now += timedelta(**later)
        self.reached = self.now if self.reached else None
        asyncio.run(self.pulse.beat())


def test_the_address_is_asked_every_five_minutes_while_all_is_well() -> None:
    ward = Ward()
    for _ in range(60):
        ward.beat(seconds=10)
    assert ward.asked == [PING] * 2
    ward.beat(days=-1)  # the clock was set back
    assert len(ward.asked) == 3
    assert timedelta(minutes=5) == PING_EVERY


def test_no_sign_is_given_while_something_is_wrong_or_nobody_can_be_told() -> None:
    ward = Ward()
    ward.wrong = "messages wait"
    ward.beat()
    assert (ward.asked, ward.said) == ([], ["STATUS=messages wait"])
    ward.wrong, ward.reached = "", None  # Telegram was never reached
    ward.beat(seconds=10)
    assert (ward.asked, ward.said[-1]) == ([], "WATCHDOG=1")
    ward.address = ""
    ward.reached = ward.now
    ward.beat(seconds=10)
    assert ward.asked == []


def test_an_address_that_does_not_answer_is_logged_once_without_its_secret(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    ward = Ward()
    ward.answer = Failure("timeout", "no answer")
    for _ in range(3):
        ward.beat(minutes=5)
    ward.answer = None
    ward.beat(minutes=5)
    assert [record.getMessage() for record in caplog.records] == [
        "the sign of life to ping.example did not arrive: timeout",
        "the sign of life to ping.example arrives again",
    ]


def test_systemd_hears_that_we_are_ready_live_and_stop(tmp_path: Path) -> None:
    path = str(tmp_path / "notify")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as hears:
        hears.bind(path)
        hears.settimeout(5)
        ward = Ward()
        ward.pulse = Pulse(
            lambda now: None,
            lambda: NOW,
            lambda: "",
            ward.ping,
            lambda: NOW,
            notify=lambda state: systemd.notify(state, {"NOTIFY_SOCKET": path}),
            look=0.05,
        )

        async def main() -> None:
            running = asyncio.create_task(ward.pulse.run())
            await asyncio.sleep(0.1)
            running.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await running

        asyncio.run(main())
        heard = [hears.recv(100).decode() for _ in range(3)]
        assert heard == ["READY=1", "STATUS=well", "WATCHDOG=1"]
        hears.setblocking(False)
        with contextlib.suppress(BlockingIOError):
            while True:
                heard.append(hears.recv(100).decode())
        assert heard[-1] == "STOPPING=1"


def test_without_systemd_nothing_is_said(tmp_path: Path) -> None:
    assert not systemd.notify("READY=1", {})
    assert not systemd.notify("READY=1", {"NOTIFY_SOCKET": str(tmp_path / "nobody")})
    assert systemd.watched_every({"WATCHDOG_USEC": "30000000"}) == 30
    assert systemd.watched_every({"WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "1"}) is None
    assert systemd.watched_every({}) is None


@pytest.fixture
def store() -> Iterator[SqlStore]:
    with opened("sqlite://") as opened_store:
        yield opened_store


def test_a_bot_that_is_deaf_though_telegram_answers_is_unhealthy(store: SqlStore) -> None:
    store.set_setting(jobs.HEARTBEAT, NOW.isoformat())
    store.set_setting(jobs.POLLED, at(seconds=-91).isoformat())
    assert jobs.unhealthy(store, store, NOW) is None  # Telegram is away: a restart would not help
    store.set_setting(jobs.REACHED, at(seconds=-5).isoformat())
    assert "heard no command since 2027-02-09 11:58" in (jobs.unhealthy(store, store, NOW) or "")
    store.set_setting(jobs.POLLED, at(seconds=-80).isoformat())
    assert jobs.unhealthy(store, store, NOW) is None


def test_a_disk_that_is_nearly_full_is_unhealthy(store: SqlStore) -> None:
    store.set_setting(jobs.HEARTBEAT, NOW.isoformat())
    assert "only 150 MB" in (jobs.unhealthy(store, store, NOW, 150_000_000) or "")
    assert jobs.unhealthy(store, store, NOW, 250_000_000) is None


@pytest.mark.parametrize("death", ["hangs", "was cancelled"])
def test_polling_that_died_begins_anew(death: str) -> None:
    """python-telegram-bot goes on saying that it runs."""
    with TelegramServer() as server:
        heard = asyncio.Event()

        async def main() -> None:
            telegram = Telegram(TOKEN, server.base_url, clock=utc_now, poll_seconds=1)
            telegram.on_greeted = None
            await telegram.start()
            await asyncio.to_thread(server.wait_for, lambda: _polls(server) > 0)
            if death == "hangs":
                server.plan("getUpdates", ["hang"])
                await asyncio.to_thread(server.wait_for, lambda: True)
            else:
                for task in asyncio.all_tasks():
                    if "polling" in task.get_name():
                        task.cancel()
            await asyncio.sleep(0.1)
            before = _polls(server)
            watching = asyncio.create_task(telegram.watch(patience=1.5, pause=0.1))
            await asyncio.to_thread(server.wait_for, lambda: _polls(server) > before + 1, 20)
            watching.cancel()
            heard.set()
            await telegram.stop()

        asyncio.run(main())
        assert heard.is_set()


def _polls(server: TelegramServer) -> int:
    return sum(method == "getupdates" for method, _ in server.requests)


def test_the_log_for_programs_is_one_object_a_line_without_the_token() -> None:
    record = logging.LogRecord("djeli", logging.ERROR, "x.py", 1, "a %s\nb", ("word",), None)
    record.feed = "https://a.example"
    line = logs.JsonLines().format(record)
    assert "\n" not in line
    said = json.loads(line)
    assert (said["level"], said["logger"], said["message"]) == ("error", "djeli", "a word\nb")
    assert said["feed"] == "https://a.example"
    assert set(said) == {"at", "level", "logger", "message", "feed"}


def test_a_kind_of_log_that_is_none_is_refused_in_one_sentence() -> None:
    with pytest.raises(UserError, match="DJELI_LOG is 'xml'; write text or json"):
        logs.begin({"DJELI_LOG": "xml"})
