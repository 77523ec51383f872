"""Buttons: what they carry is short, means one thing, and stays under its card whatever happens to it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import buttons
from bot.buttons import CardPress, LanguagePress, LiftPress, ListPress
from bot.sender import Sender
from bot.telegram import Telegram
from djeli.core.words import LANGUAGES
from tests.bot_samples import NOW, owed, voice
from tests.memory_outbox import MemoryOutbox
from tests.telegram_server import TOKEN, TelegramServer

CHAT = -1001
LAST_ROW = 2**63 - 1  # as far as a database counts, in 64 bytes with its button


@pytest.fixture
def server() -> Iterator[TelegramServer]:
    with TelegramServer() as strict:
        yield strict


def deliver(server: TelegramServer, outbox: MemoryOutbox) -> None:
    async def main() -> None:
        telegram = Telegram(TOKEN, server.base_url, clock=lambda: NOW)
        await Sender(outbox, telegram.messenger, lambda: NOW, language=lambda chat: "fr").drain()
        await telegram.close()

    asyncio.run(main())


def shown(message: dict[str, Any]) -> list[str]:
    return [button["text"].replace("\u202f", " ") for row in message["keyboard"] for button in row]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_button_carries_is_read_again_and_fits_into_telegrams_64_bytes(language: str) -> None:
    rows = buttons.card(LAST_ROW // 10, "update", voice(language))
    read = [buttons.pressed(button.data) for row in rows for button in row]
    names = ["why", "story", "mute", "useful", "known", "no_event", "split"]
    assert read == [CardPress(LAST_ROW // 10, name) for name in names]
    for keyboard in (
        rows,
        buttons.choices(12, "mute", [("story", "a")], voice(language)),
        buttons.pages("AbC-_123", 998, True),
        buttons.lifts([1, 2, 3, 4, 5], voice(language)),
        buttons.languages(),
    ):
        for button in (button for row in keyboard for button in row):
            assert button.text
            assert len(button.data.encode()) <= 64
            assert buttons.pressed(button.data) is not None


def test_choices_pages_mutes_and_languages_are_told_apart() -> None:
    assert buttons.pressed("c12.m.story") == CardPress(12, "mute", "story")
    assert buttons.pressed("pAbCdEf12.3") == ListPress("AbCdEf12", 3)
    assert buttons.pressed("l7") == LiftPress(7)
    assert buttons.pressed("gru") == LanguagePress("ru")


@pytest.mark.parametrize(
    "data", ["", "c", "c0.w", "c1.q", "c1.w.", "c-1.w", "c١.w", "c1.w\n", "p.1", "l0", "gde", "c" + "9" * 40]
)
def test_what_is_none_of_ours_is_nothing(data: str) -> None:
    assert buttons.pressed(data) is None


@given(st.text(max_size=70))
def test_no_press_however_forged_breaks_the_reader(data: str) -> None:
    buttons.pressed(data)


def test_an_answer_of_one_page_has_no_buttons() -> None:
    assert buttons.pages("AbCdEf12", 0, False) == ()
    assert [button.text for row in buttons.pages("AbCdEf12", 1, True) for button in row] == ["‹ 1", "3 ›"]


def test_a_card_carries_its_buttons_in_the_language_of_the_chat(server: TelegramServer) -> None:
    outbox = MemoryOutbox()
    outbox.owe([owed(CHAT, "card", story="S1"), owed(-1002, "digest", kind="digest", story="d")], NOW)
    deliver(server, outbox)
    card, digest = sorted(server.messages, key=lambda message: message["text"])
    assert shown(card) == ["Pourquoi ?", "Dossier", "Silence", "Utile", "Déjà su", "Non-événement"]
    assert card["keyboard"][0][0]["callback_data"] == "c1.w"
    assert digest["keyboard"] == []


def test_an_edited_card_keeps_its_buttons_and_can_be_split_from_then_on(server: TelegramServer) -> None:
    outbox = MemoryOutbox()
    outbox.owe([owed(CHAT, "card", story="S1")], NOW)
    deliver(server, outbox)
    update = owed(CHAT, "update", kind="update", story="S1", reply_to_story=True, edit_html="<i>edited</i>")
    outbox.owe([update], NOW)
    deliver(server, outbox)
    card, reply = server.messages
    assert card["text"] == "edited"
    assert shown(card)[-1] == shown(reply)[-1] == "Séparer : autre événement"
    assert card["keyboard"][0][0]["callback_data"] == "c1.w"  # still of the card's own row
    assert reply["keyboard"][0][0]["callback_data"] == "c2.w"
