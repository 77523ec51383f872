"""The bot's commands in the running service: for the configured chat and the admins, and for nobody else."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.telegram import Telegram
from djeli.app import service, wiring
from storage.store import SqlStore, open_store
from tests.acceptance_desk import ADMIN, CHAT, Desk, convoy, convoy_in_french, football, now
from tests.telegram_server import TOKEN, TelegramServer
from tests.web_server import WebServer

STRANGER = 666


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with WebServer() as web, TelegramServer() as telegram:
        desk = Desk(tmp_path, web, telegram)
        desk.configure(("[fetch]", '[wait]\nhigh = "0s"\nnormal = "0s"\n\n[fetch]'))
        desk.publish("/wire", convoy(), football())
        desk.publish("/paper", convoy_in_french(), language="fr")
        yield desk


async def asked(desk: Desk, store: SqlStore, *questions: tuple[int, int, str]) -> list[str]:
    """The first card, then the answer to each question (chat, user, text), asked of the running service."""
    house = wiring.open_house(desk.folder / "djeli.toml")
    stop, server = asyncio.Event(), desk.telegram
    bot = Telegram(TOKEN, server.base_url, clock=now, poll_seconds=1)
    running = asyncio.create_task(service.serve(house, store, bot, now, stop))
    await asyncio.to_thread(server.wait_for, lambda: server.messages, 30)
    day = now() - timedelta(days=1)  # both feeds have to be read; each poll of the bot looks again
    await asyncio.to_thread(server.wait_for, lambda: store.counts(day)["articles"] == 3, 30)
    for number, (chat, user, text) in enumerate(questions, 2):
        server.push_command(chat, user, text)
        await asyncio.to_thread(server.wait_for, lambda number=number: len(server.messages) >= number, 30)
    stop.set()
    await running
    return server.texts()


def test_the_chat_and_an_admin_are_answered_and_a_stranger_is_not(desk: Desk) -> None:
    questions = (
        (CHAT, 7, "/recent"),
        (CHAT, 7, "/search convoi"),
        (CHAT, 7, "/story S1"),
        (CHAT, 7, f"/why {desk.web.url('/match')}"),
        (CHAT, 7, "/known wheat"),
        (ADMIN, ADMIN, "/status"),
        (ADMIN, ADMIN, "/help"),
    )
    desk.telegram.push_command(STRANGER, STRANGER, "/recent")
    desk.telegram.push_command(STRANGER, STRANGER, "/status")
    with closing(open_store(desk.database)) as store:
        card, recent, search, story, why, known, status, usage = asyncio.run(asked(desk, store, *questions))
    assert "Russian military convoy" in card
    assert "S1" in recent
    assert "un convoi militaire russe" in search
    assert "Studio Tamani" in story
    assert "the_river_paper" in story
    assert "off the beat" in why.lower() or "ignored" in why.lower()
    assert "25,000 tonnes" in known or "wheat" in known
    assert "Feeds 2 · answering 2" in status
    assert "/search" in usage
    assert desk.telegram.texts(STRANGER) == []


def test_an_admin_mutes_what_a_card_told_draws_a_chart_and_has_the_digest_at_once(desk: Desk) -> None:
    questions = (
        (CHAT, ADMIN, "/mute Studio Tamani 7d repeats"),
        (CHAT, 7, "/mutes"),
        (CHAT, 7, "/unmute 1"),
        (CHAT, ADMIN, "/language русский"),
        (CHAT, 7, "/recent поставки Мали"),
        (CHAT, 7, "/digest сейчас"),
        (CHAT, 7, "/chart 2"),
        (CHAT, 7, "/sources"),
    )
    with closing(open_store(desk.database)) as store:
        answers = asyncio.run(asked(desk, store, *questions))
        presses = store.presses()
    _, muted, mutes, unmute, language, recent, digest, chart, sources = answers
    assert "Muted in this chat until" in muted
    assert "The outlet Studio Tamani" in mutes
    assert unmute == "Only admins may change this."
    assert language == "В этом чате говорят по-русски."
    assert recent.startswith("Последние события · Поставка · Мали")
    assert digest.startswith("Сводка")
    assert len(desk.telegram.photos) == 1
    assert chart
    assert "Studio Tamani" in sources
    assert presses == []


def test_the_buttons_of_a_card_work_in_the_running_service(desk: Desk) -> None:
    server = desk.telegram

    async def press(store: SqlStore) -> None:
        house = wiring.open_house(desk.folder / "djeli.toml")
        stop = asyncio.Event()
        bot = Telegram(TOKEN, server.base_url, clock=now, poll_seconds=1)
        running = asyncio.create_task(service.serve(house, store, bot, now, stop))
        await asyncio.to_thread(server.wait_for, lambda: server.messages, 30)
        card = server.messages[0]
        why, story, mute = card["keyboard"][0]
        useful = card["keyboard"][1][0]
        for count, (user, button) in enumerate(
            ((7, useful), (7, why), (7, story), (7, mute), (666, useful)), 1
        ):
            where = CHAT if user == 7 else STRANGER
            server.push_press(where, user, card["message_id"], button["callback_data"])
            if user == 7:
                await asyncio.to_thread(server.wait_for, lambda n=count: len(server.toasts) >= n, 30)
        await asyncio.to_thread(server.wait_for, lambda: len(server.messages) >= 3, 30)
        stop.set()
        await running

    with closing(open_store(desk.database)) as store:
        asyncio.run(press(store))
        pressed = [(one.user, one.button) for one in store.presses()]
    assert [toast["text"] for toast in server.toasts] == [
        "Noted: useful.",
        "The answer is below.",
        "The answer is below.",
        "Only admins may change this.",
    ]
    assert pressed == [(7, "useful"), (7, "why"), (7, "story")]
    assert any("Why new" in text for text in server.texts(CHAT)[1:])
    assert server.texts(STRANGER) == []
