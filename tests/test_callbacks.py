"""Buttons pressed through real long polling: acknowledged, done once, and only for those who may."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from bot.telegram import Telegram
from djeli.core.model import Mute, MuteKind
from djeli.core.words import LANGUAGES
from tests.bot_room import ADMIN, DESK, READER, STRANGER, Room
from tests.bot_samples import NOW
from tests.telegram_server import TelegramServer


@pytest.fixture
def server() -> Iterator[TelegramServer]:
    with TelegramServer() as strict:
        yield strict


@pytest.fixture
def room(server: TelegramServer) -> Room:
    return Room(server)


def keys(message: dict[str, Any]) -> list[str]:
    return [button["text"] for row in message["keyboard"] for button in row]


def pressed(room: Room) -> list[tuple[int, str, str | None]]:
    return [(press.user, press.button, press.story) for press in room.store.presses()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_judgement_of_a_reader_is_acknowledged_and_remembered_with_who_and_when(
    server: TelegramServer, language: str
) -> None:
    room = Room(server, language=language)
    row, card = room.told_card()
    shown = room.press(*((DESK, READER, card, f"c{row}.{letter}") for letter in "ukn"))
    assert (
        shown
        == {
            "en": ["Noted: useful.", "Noted: you knew it already.", "Noted: this is not an event."],
            "fr": ["Noté : utile.", "Noté : vous le saviez déjà.", "Noté : ce n'est pas un événement."],
            "ru": ["Отмечено: полезно.", "Отмечено: вы это уже знали.", "Отмечено: это не событие."],
        }[language]
    )
    presses = room.store.presses()
    assert [press.button for press in presses] == ["useful", "known", "no_event"]
    assert {(p.chat, p.user, p.message_id, p.story, p.outbox_id, p.at) for p in presses} == {
        (DESK, READER, card, "S17", row, NOW)
    }


def test_a_button_pressed_twice_counts_once(room: Room) -> None:
    row, card = room.told_card()
    again = (DESK, READER, card, f"c{row}.u")
    assert room.press(again, again, (DESK, ADMIN, card, f"c{row}.u")) == [
        "Noted: useful.",
        "You have said so already.",
        "Noted: useful.",
    ]
    assert pressed(room) == [(READER, "useful", "S17"), (ADMIN, "useful", "S17")]


def test_why_and_story_answer_below_the_card_and_not_again_at_once(room: Room) -> None:
    row, card = room.told_card()
    shown = room.press(
        (DESK, READER, card, f"c{row}.w"), (DESK, ADMIN, card, f"c{row}.w"), (DESK, READER, card, f"c{row}.s")
    )
    assert shown == ["The answer is below.", "Answered a moment ago: see below.", "The answer is below."]
    _, why, story = room.server.messages
    assert "Why new: Arrival on 8 February 2027" in why["text"]
    assert story["text"].startswith("📦 S17 Arrived")
    assert (why["reply_to"], story["reply_to"]) == (card, card)
    room.now += timedelta(minutes=11)
    assert room.press((DESK, READER, card, f"c{row}.w")) == ["The answer is below."]


def test_mute_offers_story_type_and_outlet_and_goes_back(room: Room) -> None:
    row, card = room.told_card()
    room.press((DESK, ADMIN, card, f"c{row}.m"))
    assert keys(room.server.messages[0]) == [
        "the story S17 · 30 days",
        "the type “Delivery” · 7 days",
        "the outlet Studio Tamani · 7 days",
        "‹ Back",
    ]
    room.press((DESK, ADMIN, card, f"c{row}.b"))
    assert keys(room.server.messages[0])[:3] == ["Why?", "Story", "Mute"]
    assert room.store.mutes(NOW) == []


@pytest.mark.parametrize(
    ("choice", "kind", "value", "days"),
    [
        ("story", MuteKind.STORY, "S17", 30),
        ("type", MuteKind.TYPE, "delivery", 7),
        ("outlet", MuteKind.OUTLET, "studio_tamani", 7),
    ],
)
def test_a_mute_chosen_under_a_card_is_kept_once_and_everybody_reads_of_it(
    room: Room, choice: str, kind: MuteKind, value: str, days: int
) -> None:
    row, card = room.told_card()
    chosen = (DESK, ADMIN, card, f"c{row}.m.{choice}")
    first, second = room.press(chosen, chosen)
    assert first == second
    assert first.startswith("🔇 Muted in this chat until")
    (mute,) = room.store.mutes(NOW)
    assert (mute.kind, mute.value, mute.user, mute.until) == (kind, value, ADMIN, NOW + timedelta(days=days))
    _, receipt = room.server.messages
    assert "/unmute 1" in receipt["text"]
    assert receipt["reply_to"] == card


def test_readers_who_are_no_admins_change_nothing(room: Room) -> None:
    row, card = room.told_card()
    room.store.mute(mute_of_tass())
    shown = room.press(
        *((DESK, READER, card, data) for data in (f"c{row}.m", f"c{row}.m.type", f"c{row}.x", "l1", "gru"))
    )
    assert shown == ["Only admins may change this."] * 5
    assert len(room.store.mutes(NOW)) == 1
    assert room.splitting.parted == []
    assert room.languages == {}


def test_a_mute_is_ended_by_its_button_once(room: Room) -> None:
    room.store.mute(mute_of_tass())
    room.ask("/mutes", user=ADMIN)
    listed = room.server.messages[-1]
    assert keys(listed) == ["Lift 1"]
    lift = (DESK, ADMIN, listed["message_id"], "l1")
    assert room.press(lift, lift) == [
        "🔔 No longer muted: the outlet TASS.",
        "There is no mute 1 in this chat; /mutes lists them.",
    ]
    assert room.store.mutes(NOW) == []
    assert listed["text"] == "Nothing is muted in this chat."
    assert keys(listed) == []


def test_a_report_is_taken_out_of_a_story_it_does_not_belong_to(room: Room) -> None:
    row, card = room.told_card(kind="update")
    room.hear("S17", "b2")
    room.hear("S17", "b3", "rfi")
    assert room.press((DESK, ADMIN, card, f"c{row}.x")) == ["Which report is about another event?"]
    assert keys(room.server.messages[0]) == ["TASS: Report b2", "rfi: Report b3", "‹ Back"]
    assert room.press((DESK, ADMIN, card, f"c{row}.x.a2")) == ["✂ Split: “Report b3” is now story S99."]
    assert room.splitting.parted == [("S17", "b3")]
    assert keys(room.server.messages[0])[:3] == ["Why?", "Story", "Mute"]
    assert room.server.messages[1]["text"] == "✂ Split: “Report b3” is now story S99."


def test_a_story_of_one_report_cannot_be_split(room: Room) -> None:
    row, card = room.told_card()
    assert (
        room.press((DESK, ADMIN, card, f"c{row}.x"), (DESK, ADMIN, card, f"c{row}.x.a1"))
        == ["This story has only one report; there is nothing to split."] * 2
    )


def test_pages_are_turned_in_place_after_a_restart_too(server: TelegramServer) -> None:
    room = Room(server)
    room.tell_many(20)
    room.ask("/recent")
    listed = server.messages[-1]
    later = Room(server, store=room.store)
    on = listed["keyboard"][0][-1]["callback_data"]
    assert later.press((DESK, READER, listed["message_id"], on)) == [""]
    assert "page 2" in listed["text"]
    assert keys(listed) == ["‹ 1", "3 ›"]
    token = on.partition(".")[0]
    later.press((DESK, READER, listed["message_id"], f"{token}.999"))
    assert listed["text"] == "Nothing more."


def test_a_press_of_a_message_that_telegram_no_longer_shows_is_understood(room: Room) -> None:
    row, card = room.told_card()

    async def job(telegram: Telegram) -> None:
        room.server.push_press(DESK, READER, card, f"c{row}.u", gone=True)
        await asyncio.to_thread(room.server.wait_for, lambda: room.server.toasts)

    room.run(job)
    assert room.server.toasts[0]["text"] == "Noted: useful."


def test_a_page_that_cannot_be_turned_in_place_comes_below(room: Room) -> None:
    room.tell_many(20)
    room.ask("/recent")
    first = room.server.messages[-1]
    room.server.plan("editMessageText", ["flood"])
    room.press((DESK, READER, first["message_id"], first["keyboard"][0][0]["callback_data"]))
    page = room.server.messages[-1]
    assert page["text"].startswith("Latest developments · page 2")
    assert page["reply_to"] == first["message_id"]
    assert keys(page) == ["‹ 1", "3 ›"]


def test_a_forged_press_does_nothing(room: Room) -> None:
    row, card = room.told_card()
    other, other_card = room.told_card("S18", chat=READER, name="b1")
    room.ask("/recent")
    room.tell_many(20)
    room.ask("/recent")
    token = room.server.messages[-1]["keyboard"][0][0]["callback_data"]
    gone = "This button no longer works."
    assert room.press(
        (DESK, READER, card, f"c{other}.u"),  # the row of another chat
        (DESK, READER, card + 1, f"c{row}.u"),  # another message
        (DESK, READER, card, "c999.u"),
        (DESK, READER, card, "c1.u; drop table presses"),
        (DESK, ADMIN, card, f"c{row}.m.word"),
        (DESK, READER, card, token),  # pages of another message
        (READER, READER, other_card, token),
    ) == [gone, gone, gone, gone, gone, *["This list is too old; ask again."] * 2]
    assert room.store.presses() == []
    assert room.store.mutes(None) == []


def test_a_copy_that_may_be_a_repeat_has_working_buttons_too(room: Room) -> None:
    row, card = room.told_card()
    with room.store.database.write() as connection:
        connection.exec_driver_sql("UPDATE outbox SET maybe_repeated = 1")
    assert room.press((DESK, READER, card + 50, f"c{row}.u")) == ["Noted: useful."]


def test_five_thousand_presses_of_strangers_change_nothing_and_get_no_answer(room: Room) -> None:
    row, card = room.told_card()
    room.store.mute(mute_of_tass())
    rnd = random.Random(5)
    data = [f"c{row}.u", f"c{row}.m.type", f"c{row}.x.a1", "l1", "gru", "pAbCdEfGh12.1", "", "\x00", "c" * 64]
    chats = [STRANGER, -777, -1002]

    async def job(telegram: Telegram) -> None:
        for _ in range(5_000):
            at = rnd.choice((card, 1, 2**40))
            room.server.push_press(rnd.choice(chats), STRANGER, at, rnd.choice(data))
        room.server.push_command(DESK, READER, "/help")  # answered after all of theirs
        await asyncio.to_thread(room.server.wait_for, lambda: len(room.server.messages) == 2, 60)

    room.run(job)
    assert room.callbacks.strangers == 5_000
    assert room.server.toasts == []
    assert room.server.edits == []
    assert room.store.presses() == []
    assert len(room.store.mutes(NOW)) == 1
    assert room.languages == {}


def test_a_press_that_breaks_is_acknowledged_and_the_next_works(room: Room) -> None:
    row, card = room.told_card()
    with room.store.database.write() as connection:
        connection.exec_driver_sql("ALTER TABLE presses RENAME TO lost")
    assert room.press((DESK, READER, card, f"c{row}.u")) == ["This did not work; the log says why."]


def mute_of_tass() -> Mute:
    return Mute(DESK, MuteKind.OUTLET, "tass", NOW + timedelta(days=1), "repeats", ADMIN, NOW)
