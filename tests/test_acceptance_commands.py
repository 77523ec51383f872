"""The bot's commands in the running service: for the configured chat and the admins, and for nobody else."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import closing
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
        desk.configure()
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
