"""`djeli run` with real feeds on loopback, a real store, the real bot library and a strict Bot API server."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from importlib.metadata import version
from pathlib import Path

import pytest

from bot.telegram import Telegram
from djeli.app import jobs, pairing, service, wiring
from djeli.app.config import Config
from djeli.app.wiring import House
from djeli.core.errors import JobFailed
from djeli.core.model import Alert, Chat, Feed, Watch
from storage.store import SqlStore, open_store
from tests.house_fakes import TitleJudge
from tests.telegram_server import TOKEN, TelegramServer
from tests.web_server import WebServer, rss

CHAT = 42
ALERT = Alert(CHAT, "notice", "<b>hello</b>", "hello")


NOON = datetime.now(UTC).replace(hour=12) - datetime.now(UTC)


def now() -> datetime:
    """The present, but at noon: in its quiet hours a chat is not told what is not critical."""
    return datetime.now(UTC) + NOON


@pytest.fixture
def web() -> Iterator[WebServer]:
    with WebServer() as server:
        yield server


@pytest.fixture
def telegram() -> Iterator[TelegramServer]:
    with TelegramServer() as server:
        yield server


@pytest.fixture(scope="module")
def knowledge() -> wiring.Knowledge:
    return wiring.load_knowledge()


@pytest.fixture
def house(web: WebServer, tmp_path: Path, knowledge: wiring.Knowledge) -> House:
    config = Config(
        path=None,
        database=f"sqlite:///{tmp_path}/djeli.db",
        chats=(Chat(CHAT, ("mali-russia",)),),
        watches=(Watch("mali-russia"),),
        feeds=(Feed(web.url("/feed"), "studio_tamani"), Feed(web.url("/gone"), "gone")),
        tell_first_look=True,
        allow_private=("127.0.0.0/8",),
        contact="mailto:desk@example.org",
    )
    return wiring.furnish(config, knowledge, TitleJudge)


@pytest.fixture
def store(house: House) -> Iterator[SqlStore]:
    opened = open_store(house.config.database)
    yield opened
    opened.close()


def publish(web: WebServer, *titles: str) -> None:
    day = format_datetime(now() - timedelta(hours=1))
    items = [
        {
            "title": title,
            "link": web.url(f"/{title.replace(' ', '-')}"),
            "description": f"{title}.",
            "pubDate": day,
        }
        for title in titles
    ]
    web.serve("/feed", rss(*items, language="en"))


def run_once(house: House, store: SqlStore, server: TelegramServer) -> service.Round:
    async def main() -> service.Round:
        return await service.run_once(house, store, Telegram(TOKEN, server.base_url, clock=now), now)

    return asyncio.run(main())


def test_a_new_development_reaches_the_chat_once(
    house: House, store: SqlStore, web: WebServer, telegram: TelegramServer
) -> None:
    publish(web, "new tanks in Mali", "football")
    done = run_once(house, store, telegram)
    assert (done.feeds, done.failed, done.articles) == (2, 1, 2)
    named = web.asked("/feed")[0].headers["user-agent"]
    assert named == f"Djeli/{version('djeli')} (news monitor; +mailto:desk@example.org)"
    (text,) = telegram.texts(CHAT)
    assert "new tanks in Mali" in text
    assert run_once(house, store, telegram).articles == 0
    assert len(telegram.texts(CHAT)) == 1
    publish(web, "new tanks in Mali", "more tanks in Mali")
    run_once(house, store, telegram)
    assert len(telegram.texts(CHAT)) == 2


def test_when_telegram_is_away_the_job_fails_and_the_next_run_delivers(
    house: House, store: SqlStore, web: WebServer
) -> None:
    publish(web, "new tanks in Mali")
    with TelegramServer() as gone:
        address = gone
    with pytest.raises(JobFailed, match="did not take: 1, for chat"):
        run_once(house, store, address)
    with TelegramServer() as back:
        later = now() + timedelta(minutes=10)

        async def main() -> None:
            await service.run_once(house, store, Telegram(TOKEN, back.base_url, clock=now), lambda: later)

        asyncio.run(main())
        assert len(back.texts(CHAT)) == 1


def test_a_dry_run_prints_the_messages_and_remembers_nothing(
    house: House, store: SqlStore, web: WebServer
) -> None:
    publish(web, "new tanks in Mali")
    for _ in range(2):
        printed: list[str] = []
        with service.practice_store(house.config.database) as copy:
            asyncio.run(service.practise_once(house, copy, now, printed.append))
        (message,) = printed
        assert f"chat {CHAT}" in message
        assert "new tanks in Mali" in message
        assert "<b>" not in message
    assert store.recent(5) == []


def test_the_service_watches_sends_answers_and_stops_when_told(
    house: House, store: SqlStore, web: WebServer, telegram: TelegramServer
) -> None:
    publish(web, "new tanks in Mali")

    async def main() -> None:
        stop = asyncio.Event()
        bot = Telegram(TOKEN, telegram.base_url, clock=now, poll_seconds=1)
        running = asyncio.create_task(service.serve(house, store, bot, now, stop))
        await asyncio.to_thread(telegram.wait_for, lambda: len(telegram.texts(CHAT)) == 1)
        telegram.push_command(CHAT, 7, "/recent")
        await asyncio.to_thread(telegram.wait_for, lambda: len(telegram.texts(CHAT)) == 2)
        stop.set()
        await running

    asyncio.run(main())
    assert "S1" in telegram.texts(CHAT)[1]
    assert store.setting(jobs.HEARTBEAT)
    assert jobs.unhealthy(store, store, now()) is None


def test_while_nobody_is_told_no_feed_is_asked_and_a_code_lets_the_first_chat_in(
    house: House, store: SqlStore, web: WebServer, telegram: TelegramServer
) -> None:
    publish(web, "new tanks in Mali")
    nobody = wiring.furnish(replace(house.config, chats=()), house.knowledge, TitleJudge)
    code = pairing.new_code(now(), makes_admin=True)
    store.open_pairing(code.pairing)

    async def main() -> None:
        stop = asyncio.Event()
        bot = Telegram(TOKEN, telegram.base_url, clock=now, poll_seconds=1)
        running = asyncio.create_task(service.serve(nobody, store, bot, now, stop))
        telegram.push_command(CHAT, CHAT, "/start")
        telegram.push_command(CHAT, CHAT, f"/pair {code.text.lower()}")
        await asyncio.to_thread(telegram.wait_for, lambda: len(telegram.texts(CHAT)) == 2)
        telegram.push_command(CHAT, CHAT, "/status")
        await asyncio.to_thread(telegram.wait_for, lambda: len(telegram.texts(CHAT)) == 3)
        stop.set()
        await running

    asyncio.run(main())
    welcome, card, status = telegram.texts(CHAT)
    assert welcome.startswith("This chat is paired. It follows: mali-russia.")
    assert f"You may change things: your user id is {CHAT}." in welcome
    assert "new tanks in Mali" in card
    assert status.startswith("Djeli")
    assert store.paired_admins() == {CHAT}


def test_a_stop_in_the_middle_of_a_round_is_quiet_and_loses_nothing(
    house: House, store: SqlStore, web: WebServer, telegram: TelegramServer, caplog: pytest.LogCaptureFixture
) -> None:
    web.hold("/feed", b"<rss>" * 20)

    async def main() -> None:
        stop = asyncio.Event()
        bot = Telegram(TOKEN, telegram.base_url, clock=now, poll_seconds=1)
        running = asyncio.create_task(service.serve(house, store, bot, now, stop))
        await asyncio.to_thread(web.wait_for, 2)
        stop.set()
        await running

    asyncio.run(main())
    assert not [record for record in caplog.records if record.levelname in ("ERROR", "CRITICAL")]
    assert store.cursor(web.url("/feed")).state == "new"
    publish(web, "new tanks in Mali")
    run_once(house, store, telegram)
    assert len(telegram.texts(CHAT)) == 1


def test_the_service_ends_with_one_sentence_when_the_token_is_refused(
    house: House, store: SqlStore, telegram: TelegramServer
) -> None:
    async def main() -> None:
        bot = Telegram("1:wrong", telegram.base_url, clock=now, poll_seconds=1)
        await service.serve(house, store, bot, now, asyncio.Event())

    with pytest.raises(JobFailed, match="token"):
        asyncio.run(main())


def test_health_names_what_is_wrong(store: SqlStore) -> None:
    at = datetime(2027, 2, 9, 12, tzinfo=UTC)
    assert "has not run" in (jobs.unhealthy(store, store, at) or "")
    store.set_setting(jobs.HEARTBEAT, at.isoformat())
    assert jobs.unhealthy(store, store, at + timedelta(minutes=1)) is None
    assert "no sign of life since 2027-02-09 12:00" in (
        jobs.unhealthy(store, store, at + timedelta(minutes=3)) or ""
    )


def test_messages_that_wait_though_telegram_answers_are_unhealthy(store: SqlStore, house: House) -> None:
    at = datetime(2027, 2, 9, 12, tzinfo=UTC)
    later = at + timedelta(minutes=20)
    store.owe([ALERT], at)
    store.set_setting(jobs.HEARTBEAT, later.isoformat())
    assert jobs.unhealthy(store, store, later) is None  # Telegram is away: a restart would not help
    store.set_setting(jobs.POLLED, later.isoformat())
    assert f"chat {CHAT}" in (jobs.unhealthy(store, store, later) or "")
    store.mark_refused(1, later, later + timedelta(hours=1), "Forbidden")
    assert jobs.unhealthy(store, store, later) is None
