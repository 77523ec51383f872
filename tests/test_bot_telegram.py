"""What python-telegram-bot raises for every way a request can fail, and whether polling is alive."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from bot import secrets
from bot.outcomes import Became, Outcome
from bot.telegram import Polling, Telegram
from djeli.core.errors import JobFailed
from tests.telegram_server import TOKEN, TelegramServer

NOW = datetime(2027, 2, 9, 12, 0, tzinfo=UTC)


def talk(server: TelegramServer, job: Callable[[Telegram], Awaitable[Any]], **options: Any) -> Any:
    async def main() -> Any:
        telegram = Telegram(TOKEN, server.base_url, clock=lambda: NOW, poll_seconds=1, **options)
        try:
            return await job(telegram)
        finally:
            await telegram.stop()

    return asyncio.run(main())


def send(
    server: TelegramServer, text: str = "hi", chat: int = 42, patience: float = 5.0, **options: Any
) -> Outcome:
    async def job(telegram: Telegram) -> Outcome:
        return await telegram.messenger.send(chat, text, html=True, **options)

    outcome: Outcome = talk(server, job, read_timeout=patience)
    return outcome


@pytest.mark.parametrize(
    ("fault", "became", "delivered"),
    [
        (None, Became.SENT, 1),
        ("strange", Became.SENT, 1),
        ("close_before", Became.UNKNOWN, 0),
        ("close_after", Became.UNKNOWN, 1),
        ("hang_before", Became.UNKNOWN, 0),
        ("hang_after", Became.UNKNOWN, 1),
        ("truncated", Became.UNKNOWN, 1),
        ("502", Became.UNKNOWN, 0),
        ("restart", Became.UNKNOWN, 0),
    ],
)
def test_a_broken_connection_is_unknown_and_an_odd_answer_is_sent(
    fault: str | None, became: Became, delivered: int
) -> None:
    with TelegramServer() as server:
        server.plan("sendMessage", [fault])
        hangs = fault is not None and fault.startswith("hang")
        assert send(server, patience=0.3 if hangs else 5.0).became is became
        assert len(server.messages) == delivered


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<p>x</p>", 'unsupported start tag "p" at byte offset 0'),
        ("<b>x", "can't find end tag"),
        ("x" * 4_097, "message is too long"),
        ("x" * 33_000, "text is too long"),
        ("<b> </b>", "text must be non-empty"),
    ],
)
def test_a_text_that_is_refused_will_always_be_refused(text: str, said: str) -> None:
    with TelegramServer() as server:
        outcome = send(server, text)
        assert outcome.became is Became.REJECTED
        assert said in outcome.detail.lower()


@pytest.mark.parametrize(
    "state", ["blocked", "deactivated", "stranger", "kicked", "outside", "deleted", "missing"]
)
def test_a_chat_that_cannot_be_reached_is_forbidden(state: str) -> None:
    with TelegramServer() as server:
        server.set_state(42, state)
        assert send(server).became is Became.FORBIDDEN


def test_flood_migration_and_lost_topic_carry_what_is_needed_next() -> None:
    with TelegramServer(clock=lambda: 0.0) as server:
        server.flood(1, 17)
        server.migrate(-5, -1005)
        server.drop_thread(3, 7)
        assert send(server, chat=1).seconds == 17.0
        assert send(server, chat=-5).chat == -1005
        assert send(server, chat=3, thread=7).became is Became.NO_THREAD


def test_nothing_was_sent_when_the_connection_was_refused() -> None:
    with TelegramServer() as gone:
        pass
    assert send(gone).became is Became.NOT_SENT


def test_a_revoked_token_is_told_without_the_token() -> None:
    with TelegramServer() as server:
        server.revoked = True
        outcome = send(server)
        assert outcome.became is Became.BAD_TOKEN
        assert TOKEN.split(":")[1] not in outcome.detail


def test_an_edit_is_done_when_nothing_changed_and_refused_when_the_card_is_gone() -> None:
    async def job(telegram: Telegram) -> list[Became]:
        sent = await telegram.messenger.send(42, "<b>x</b>", html=True)
        assert sent.message_id
        outcomes = [
            await telegram.messenger.edit(42, sent.message_id, "<b>x</b>"),
            await telegram.messenger.edit(42, sent.message_id, "<i>y</i>"),
            await telegram.messenger.edit(42, 999, "z"),
        ]
        return [outcome.became for outcome in outcomes]

    with TelegramServer() as server:
        assert talk(server, job) == [Became.SENT, Became.SENT, Became.REJECTED]
        assert server.texts() == ["y"]


def test_a_reply_to_a_deleted_message_is_sent_without() -> None:
    with TelegramServer() as server:
        assert send(server, reply_to=999).became is Became.SENT
        assert server.messages[0]["reply_to"] is None


def test_polling_is_alive_only_while_updates_are_answered() -> None:
    async def job(telegram: Telegram) -> None:
        assert telegram.polling.last_ok is None
        await telegram.start()
        await asyncio.to_thread(server.wait_for, lambda: asked(server, "getupdates"))
        server.push_update({})  # ends the long poll
        await asyncio.to_thread(server.wait_for, lambda: asked(server, "getupdates") > 1)
        assert telegram.polling.last_ok == NOW

    with TelegramServer() as server:
        talk(server, job)


def test_a_second_poller_ends_the_program_with_a_clear_sentence() -> None:
    polling = Polling(lambda: NOW)
    for status in (409, 409, 200, 409, 409):
        polling.heard(status)
    assert polling.failure is None
    polling.heard(409)
    assert "Another program asks Telegram" in str(polling.failure)

    async def job(telegram: Telegram) -> None:
        server.conflict = True
        await telegram.start()
        telegram.polling.heard(409)
        telegram.polling.heard(409)
        with pytest.raises(JobFailed, match="Another program"):
            await asyncio.wait_for(telegram.polling.until_failed(), 10)

    with TelegramServer() as server:
        talk(server, job)


def test_two_programs_with_one_token_hear_of_each_other() -> None:
    async def job(first: Telegram) -> None:
        second = Telegram(TOKEN, server.base_url, clock=lambda: NOW, poll_seconds=1)
        await first.start()
        await asyncio.to_thread(server.wait_for, lambda: asked(server, "getme"))
        await second.start()
        await asyncio.to_thread(server.wait_for, lambda: server.conflicts, 10)
        await second.stop()

    with TelegramServer() as server:
        talk(server, job)


def test_a_token_revoked_while_polling_is_noticed() -> None:
    async def job(telegram: Telegram) -> None:
        await telegram.start()
        server.revoked = True
        server.push_update({})
        with pytest.raises(JobFailed, match="refuses the bot's token"):
            await asyncio.wait_for(telegram.polling.until_failed(), 10)
        assert telegram.application.running  # python-telegram-bot itself has not noticed

    with TelegramServer() as server:
        talk(server, job)


def test_a_token_refused_at_the_start_is_noticed() -> None:
    async def job(telegram: Telegram) -> None:
        await telegram.start()
        assert telegram.polling.failure

    with TelegramServer() as server:
        server.revoked = True
        talk(server, job)


def test_it_starts_as_soon_as_telegram_answers() -> None:
    pauses: list[float] = []

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)

    async def job(telegram: Telegram) -> None:
        await telegram.start()
        assert telegram.application.running

    with TelegramServer() as server:
        server.plan("getMe", ["502", "close_before", "502"])
        talk(server, job, sleep=sleep)
    assert pauses == [1.0, 2.0, 4.0]


def test_the_token_is_in_no_log_line_and_no_error(caplog: pytest.LogCaptureFixture) -> None:
    undo = secrets.install(logging.getLogger())
    caplog.set_level(logging.DEBUG)
    for name in ("httpx", "httpcore", "telegram"):
        logging.getLogger(name).setLevel(logging.DEBUG)
    details: list[str] = []

    async def job(telegram: Telegram) -> None:
        for fault in (None, "close_before", "strange", "502"):
            server.plan("sendMessage", [fault])
            details.append((await telegram.messenger.send(42, "hi", html=True)).detail)
        await telegram.start()
        server.revoked = True
        server.push_update({})
        with pytest.raises(JobFailed) as failed:
            await asyncio.wait_for(telegram.polling.until_failed(), 10)
        details.append(str(failed.value))
        details.append((await telegram.messenger.check()).detail)

    try:
        with TelegramServer() as server:
            talk(server, job)
    finally:
        undo()
        for name in ("httpx", "httpcore", "telegram"):
            logging.getLogger(name).setLevel(logging.WARNING)
    secret = TOKEN.split(":")[1]
    assert "sendMessage" in caplog.text  # the libraries did log their requests
    assert secret not in caplog.text
    assert secret not in " ".join(details)


def asked(server: TelegramServer, method: str) -> int:
    return sum(name == method for name, _ in server.requests)
