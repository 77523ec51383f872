"""Commands through real long polling: readers get answers, strangers get silence."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import datetime
from typing import Any

import pytest

from bot.commands import Commands
from bot.replies import StatusView
from bot.telegram import Telegram
from bot.words import fold, story_key, type_of
from djeli.core.model import Asked, Delivery, Fact, LedgerLine, Story
from tests.bot_samples import NOW, URL, fact, ledger_line, story, voice
from tests.memory_outbox import MemoryOutbox
from tests.telegram_server import TOKEN, TelegramServer

DESK, ADMIN, READER, STRANGER = -1001, 42, 43, 666


class Shelf:
    """The few questions that commands ask a Store, answered from lists; notes what was asked."""

    def __init__(self) -> None:
        self.stories = [story()]
        self.lines = [ledger_line()]
        self.asked: list[tuple[Any, ...]] = []

    def recent(
        self,
        limit: int,
        offset: int = 0,
        type: str | None = None,
        entity: str | None = None,
        since: datetime | None = None,
    ) -> list[Story]:
        self.asked.append(("recent", limit, type, entity))
        return self.stories

    def search(self, words: Sequence[str], limit: int, offset: int = 0) -> list[LedgerLine]:
        self.asked.append(("search", *words))
        return self.lines

    def story(self, story_id: str) -> Story | None:
        return next((one for one in self.stories if one.id == story_id), None)

    def ledger(self, key: str) -> list[LedgerLine]:
        self.asked.append(("ledger", key))
        return self.lines if key in (URL, "S17") else []

    def why(self, *keys: str) -> Asked:
        return Asked(keys[0], tuple(self.ledger(keys[0])))


class Room:
    """A bot with its commands, and readers who write to it."""

    def __init__(
        self,
        server: TelegramServer,
        chats: Sequence[int] = (DESK, READER),
        admins: Sequence[int] = (ADMIN,),
        language: str = "en",
    ) -> None:
        self.server = server
        self.shelf = Shelf()
        self.returned: list[int] = []
        outbox = MemoryOutbox()
        outbox.told_at.append(Delivery(DESK, 5, NOW, "S17", "alert", 1))
        store: Any = self.shelf
        self.commands = Commands(
            store,
            outbox,
            facts=self._facts,
            status=lambda: StatusView("0.1.0", last_poll=NOW),
            voice=lambda chat: voice("ru" if chat == READER else language),
            chats=chats,
            admins=admins,
            clock=lambda: NOW,
            entity=lambda name: "cty.russia" if fold(name) in ("russie", "россия") else None,
            on_return=self._back,
        )

    def _facts(self, words: str) -> list[Fact]:
        if words == "boom":
            raise RuntimeError("no facts")
        return [fact()] if "t-72" in words.lower() else []

    async def _back(self, chat: int) -> None:
        self.returned.append(chat)

    def run(self, job: Callable[[Telegram], Awaitable[None]]) -> None:
        async def main() -> None:
            telegram = Telegram(TOKEN, self.server.base_url, clock=lambda: NOW, poll_seconds=5)
            self.commands.install(telegram.application)
            await telegram.start()
            try:
                await job(telegram)
            finally:
                await telegram.stop()

        asyncio.run(main())

    def ask(self, text: str, chat: int = DESK, user: int = READER, reply_to: int | None = None) -> str:
        """The whole answer to one command."""

        async def job(telegram: Telegram) -> None:
            self.server.push_command(chat, user, text, reply_to)
            await asyncio.to_thread(self.server.wait_for, lambda: len(self.server.messages) > before)

        before = len(self.server.messages)
        self.run(job)
        return "\n".join(message["text"] for message in self.server.messages[before:])


@pytest.fixture
def server() -> Iterator[TelegramServer]:
    with TelegramServer() as strict:
        yield strict


@pytest.fixture
def room(server: TelegramServer) -> Room:
    return Room(server)


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("/start", "This chat: -1001"),
        ("/help", "/why — why something was told or not"),
        ("/recent", "📦 S17 Delivery · arrived"),
        ("/search Kidal", "Found for “Kidal”"),
        ("/search", "Say what to look for"),
        ("/story s17", "Told: -1001"),
        ("/story S99", "There is no story S99."),
        ("/story", "Say which story"),
        (f"/why {URL}", "Why new: Arrival on 8 February 2027"),
        ("/why С17", "Why new:"),
        ("/why https://example.org/x", "Never seen: https://example.org/x."),
        ("/why", "Give an address"),
        ("/known T-72", "F142 Delivery"),
        ("/known <b>", "Nothing found for “<b>”."),
        ("/known", "Say what to look up"),
        ("/known boom", "This did not work"),
        ("/status", "last heard from Telegram: 0 s ago"),
        ("/RECENT@djeli_bot", "S17"),
    ],
)
def test_a_command_is_answered(room: Room, command: str, answer: str) -> None:
    assert answer in room.ask(command)


def test_an_admin_is_answered_anywhere_and_in_the_language_of_the_chat(room: Room) -> None:
    assert "/why" in room.ask("/help", chat=ADMIN, user=ADMIN)
    assert "почему отправлено" in room.ask("/help", chat=READER, user=READER)


def test_why_may_be_asked_by_answering_a_card(room: Room) -> None:
    async def job(telegram: Telegram) -> None:
        await telegram.messenger.send(DESK, f'<a href="{URL}">card</a>', html=True)
        server.push_command(DESK, READER, "/why", reply_to=server.messages[0]["message_id"])
        await asyncio.to_thread(server.wait_for, lambda: len(server.messages) == 2)

    server = room.server
    room.run(job)
    assert room.shelf.asked == [("ledger", URL)]


def test_strangers_get_silence_and_are_counted(room: Room) -> None:
    async def job(telegram: Telegram) -> None:
        for command in ("/start", "/status", "/why x", "hello", "/recent"):
            room.server.push_command(STRANGER, STRANGER, command)
        room.server.push_command(-777, STRANGER, "/status")
        room.server.push_member(-777, STRANGER, "member")
        room.server.push_command(DESK, READER, "/help")  # answered after all of theirs
        await asyncio.to_thread(room.server.wait_for, lambda: room.server.messages)

    room.run(job)
    assert {message["chat_id"] for message in room.server.messages} == {DESK}
    assert room.commands.strangers == 5
    assert room.returned == []
    assert room.shelf.asked == []


def test_in_a_group_the_answer_is_a_reply_and_comes_without_when_the_question_is_gone(room: Room) -> None:
    server = room.server

    async def job(telegram: Telegram) -> None:
        server.push_command(DESK, READER, "/help")
        await asyncio.to_thread(server.wait_for, lambda: len(server.messages) == 1)
        server.push_command(DESK, READER, "/help", gone=True)
        await asyncio.to_thread(server.wait_for, lambda: len(server.messages) == 2)

    room.run(job)
    assert [message["reply_to"] is None for message in server.messages] == [False, True]


def test_a_chat_that_takes_the_bot_back_is_noticed(room: Room) -> None:
    async def job(telegram: Telegram) -> None:
        room.server.push_member(DESK, READER, "kicked")
        room.server.push_member(DESK, READER, "member")
        room.server.push_command(READER, READER, "/start")
        await asyncio.to_thread(room.server.wait_for, lambda: room.server.messages)

    room.run(job)
    assert room.returned == [DESK, READER]


def test_recent_takes_number_type_and_name_in_any_order_case_and_language(room: Room) -> None:
    for words in ("ПЕРЕВОРОТ 5", "5 coup", "Russie", "россия livraison 99", "changement de pouvoir"):
        room.ask(f"/recent {words}")
    assert room.shelf.asked == [
        ("recent", 5, "coup", None),
        ("recent", 5, "coup", None),
        ("recent", 10, None, "cty.russia"),
        ("recent", 30, "delivery", "cty.russia"),
        ("recent", 10, "government_change", None),
    ]
    assert room.ask("/recent zzz") == "Nothing told yet."


def test_search_words_are_folded(room: Room) -> None:
    room.ask("/search ОБОРОНЫ Ёлка Gao É")
    assert room.shelf.asked == [("search", "обороны", "елка", "gao", "e")]


def test_a_long_answer_comes_in_numbered_parts(room: Room) -> None:
    room.shelf.stories = [story()] * 50

    async def job(telegram: Telegram) -> None:
        room.server.push_command(DESK, READER, "/recent 30")
        await asyncio.to_thread(room.server.wait_for, lambda: len(room.server.messages) == 2)

    room.run(job)
    assert [message["text"].splitlines()[-1] for message in room.server.messages] == ["1/2", "2/2"]


def test_the_menu_has_the_commands_in_three_languages_and_its_failure_is_harmless(room: Room) -> None:
    async def job(telegram: Telegram) -> None:
        await room.commands.set_menu(telegram.application)
        room.server.plan("setMyCommands", ["502"])
        await room.commands.set_menu(telegram.application)

    room.run(job)
    assert [menu["language"] for menu in room.server.menus] == ["", "en", "fr", "ru"]
    assert room.server.menus[2]["commands"][0]["command"] == "recent"


def test_a_reply_to_a_chat_that_is_gone_stops_nothing(room: Room) -> None:
    async def job(telegram: Telegram) -> None:
        room.server.block(READER)
        room.server.push_command(READER, READER, "/help")
        room.server.push_command(DESK, READER, "/help")
        await asyncio.to_thread(room.server.wait_for, lambda: room.server.messages)

    room.run(job)
    assert {message["chat_id"] for message in room.server.messages} == {DESK}


def test_names_typed_carelessly_are_understood() -> None:
    assert type_of("COUP D'ETAT", voice()) == "coup"
    assert type_of("поставка", voice()) == "delivery"
    assert type_of("government change", voice()) == "government_change"
    assert type_of("nothing", voice()) is None
    assert [story_key(word) for word in ("s17", "С 17", " S17 ", "https://s17.org")] == [
        "S17",
        "S17",
        "S17",
        "https://s17.org",
    ]
