"""Commands through real long polling: readers get answers, strangers get silence."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from telegram import Update

from bot.command_words import COMMANDS
from bot.commands import Drawn
from bot.telegram import Telegram
from bot.words import story_key
from djeli.core.model import Mute, MuteKind
from tests.bot_room import ADMIN, DESK, READER, STRANGER, Room
from tests.bot_samples import NOW, URL
from tests.telegram_server import TelegramServer

PNG = b"\x89PNG\r\n\x1a\n and so on"


@pytest.fixture
def server() -> Iterator[TelegramServer]:
    with TelegramServer() as strict:
        yield strict


@pytest.fixture
def room(server: TelegramServer) -> Room:
    return Room(server)


@pytest.fixture
def told(room: Room) -> Room:
    """A room whose desk was told one story."""
    room.tell(message_id=5)
    return room


CASES = [
    ("/start", "This chat: -1001"),
    ("/help", "/why — why something was told or not"),
    ("/help recent", "/recent delivery Russia 7d"),
    ("/help /MUTE", "/mute TASS 2 weeks repeats"),
    ("/recent", "📦 S17 Arrived (Bamako): a delivery"),
    ("/recent delivery", "Latest developments · Delivery"),
    ("/recent coup", "No development fits: Coup."),
    ("/search tanks", "Found for “tanks”"),
    ("/search", "Say what to look for"),
    ("/story s17", "Sent here on 9 February 2027, 12:00."),
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
    ("/mutes", "Nothing is muted in this chat."),
    ("/mute TASS 7d", "Only admins may change this."),
    ("/unmute 1", "Only admins may change this."),
    ("/language ru", "Only admins may change this."),
    ("/language", "This chat is spoken to in English."),
    ("/digest", "This chat follows no watch"),
    ("/chart", "No development in this time"),
    ("/sources", "Outlets: 0"),
    ("/sources zzz", "No configured outlet is called “zzz”."),
    ("/RECENT@djeli_bot", "S17"),
]


def test_every_command_is_answered(told: Room) -> None:
    answers = told.ask_all([command for command, _ in CASES])
    wrong = [
        (command, answer)
        for (command, wanted), answer in zip(CASES, answers, strict=True)
        if wanted not in answer
    ]
    assert wrong == []
    assert {command.split()[0][1:].partition("@")[0].lower() for command, _ in CASES} == {*COMMANDS, "start"}


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["how many, a type", "I do not know “zzz”", "neither", "Say what, until when"]),
        ("fr", ["combien, un type", "Je ne connais pas « zzz »", "ni type", "Dites quoi, jusqu'à quand"]),
        ("ru", ["сколько, тип", "Не знаю, что такое «zzz»", "это не тип", "Укажите, что, до какого"]),
    ],
)
def test_a_new_user_is_helped_in_three_languages(
    server: TelegramServer, language: str, said: list[str]
) -> None:
    room = Room(server, language=language)
    help_, wrong, mute = room.ask_all(["/help recent", "/recent zzz", "/mute"], user=ADMIN)
    answers = [text.replace("\u202f", " ") for text in (help_, wrong, wrong, mute)]
    assert [words in text for words, text in zip(said, answers, strict=True)] == [True] * 4


def test_an_admin_is_answered_anywhere_and_in_the_language_of_the_chat(room: Room) -> None:
    room.languages[READER] = "ru"
    assert "/why" in room.ask("/help", chat=ADMIN, user=ADMIN)
    assert "почему сообщено" in room.ask("/help", chat=READER, user=READER)


def test_why_and_story_may_be_asked_by_answering_a_card(room: Room) -> None:
    _, message = room.told_card()
    why, story = room.ask_all(["/why", "/story"], reply_to=message)
    assert "Why new: Arrival on 8 February 2027" in why
    assert story.startswith("📦 S17 Arrived (Bamako)")


def test_strangers_get_silence_and_are_counted(told: Room) -> None:
    before = told.store.mutes(None)

    async def job(telegram: Telegram) -> None:
        for command in ("/start", "/status", "/why x", "hello", "/поиск x", "/mute TASS 7d", "/language ru"):
            told.server.push_command(STRANGER, STRANGER, command)
        told.server.push_command(-777, STRANGER, "/status")
        told.server.push_member(-777, STRANGER, "member")
        told.server.push_command(DESK, READER, "/help")  # answered after all of theirs
        await asyncio.to_thread(told.server.wait_for, lambda: told.server.messages)

    told.run(job)
    assert {message["chat_id"] for message in told.server.messages} == {DESK}
    assert told.commands.strangers == 7
    assert told.returned == []
    assert (told.store.mutes(None), told.languages) == (before, {})


def test_in_a_group_the_answer_is_a_reply_and_comes_without_when_the_question_is_gone(room: Room) -> None:
    server = room.server

    async def job(telegram: Telegram) -> None:
        server.push_command(DESK, READER, "/help")
        await asyncio.to_thread(server.wait_for, lambda: len(server.messages) == 1)
        server.push_command(DESK, READER, "/help", gone=True)
        await asyncio.to_thread(server.wait_for, lambda: len(server.messages) == 2)

    room.run(job)
    assert [message["reply_to"] is None for message in server.messages] == [False, True]


@pytest.mark.parametrize(
    ("fault", "marked"),
    [("flood", False), ("close_before", True), ("close_after", True), ("502", True), ("restart", True)],
)
def test_no_answer_is_lost_to_a_limit_or_a_dead_line(room: Room, fault: str, marked: bool) -> None:
    room.tell_many(20)
    room.server.plan("sendMessage", [fault])

    async def job(telegram: Telegram) -> None:
        room.server.push_command(DESK, READER, "/recent")
        await asyncio.to_thread(room.server.wait_for, lambda: _answers(room.server, marked))

    room.run(job)
    said = _answers(room.server, marked)[-1]
    assert said["text"].startswith("↻ may repeat\nLatest" if marked else "Latest")
    assert keys(said) == ["2 ›"]
    assert said["reply_to"] is not None


def _answers(server: TelegramServer, marked: bool) -> list[dict[str, Any]]:
    return [one for one in server.messages if "↻ may repeat" in one["text"] or not marked]


def test_a_question_that_telegram_brings_twice_is_answered_once(room: Room) -> None:
    asked: list[dict[str, Any]] = []
    push = room.server.push_update

    def push_twice(update: dict[str, Any]) -> None:
        asked.append(update)
        push(update)

    room.server.push_update = push_twice

    async def job(telegram: Telegram) -> None:
        room.server.push_command(DESK, READER, "/help")
        await asyncio.to_thread(room.server.wait_for, lambda: room.server.messages)
        update = Update.de_json({"update_id": 1_001, **asked[0]}, telegram.bot)
        await telegram.application.process_update(update)

    room.run(job)
    assert len(room.server.messages) == 1


def test_a_chat_that_takes_the_bot_back_is_noticed(room: Room) -> None:
    async def job(telegram: Telegram) -> None:
        room.server.push_member(DESK, READER, "kicked")
        room.server.push_member(DESK, READER, "member")
        room.server.push_command(READER, READER, "/start")
        await asyncio.to_thread(room.server.wait_for, lambda: room.server.messages)

    room.run(job)
    assert room.returned == [DESK, READER]


def test_recent_shows_as_many_as_asked_for_on_pages(room: Room) -> None:
    room.tell_many(20)
    nine, all_ = room.ask_all(["/recent 9", "/recent"])
    assert nine.count("Convoy ") == 8
    assert all_.splitlines()[2].startswith("Convoy 20")
    assert [keys(message) for message in room.server.messages] == [["2 ›"], ["2 ›"]]
    token = room.server.messages[0]["keyboard"][0][0]["callback_data"]
    room.press((DESK, READER, room.server.messages[0]["message_id"], token))
    page = room.server.messages[0]
    assert page["text"].startswith("Latest developments · page 2\n")
    assert page["text"].count("Convoy ") == 1
    assert keys(page) == ["‹ 1"]


def test_recent_takes_a_moment_in_any_language(room: Room) -> None:
    room.tell_many(20)
    answers = room.ask_all(
        [f"/recent {since} 30" for since in ("3d", "depuis hier", "с понедельника", "2027-02-08")]
    )
    assert [text.count("Convoy ") for text in answers] == [4, 2, 2, 2]
    assert "since 8 February 2027" in answers[1]


def test_a_story_that_was_not_told_here_names_no_other_chat(room: Room) -> None:
    room.tell(chat=-500)
    here = room.ask("/story S17")
    assert "Not sent here; other chats: 1." in here
    assert "-500" not in here


def test_the_steps_of_a_story_stand_under_their_days(told: Room) -> None:
    told.hear("S17", "b2")
    later = replace(told.store.ledger("S17")[0].verdict.mention, stage="handed_over", figures=())
    told.hear("S17", "b3", "rfi", later)
    lines = told.ask("/story S17").splitlines()
    assert lines[1] == "Sources: Studio Tamani, TASS, rfi"
    assert lines[3] == "9 February 2027"
    assert lines[4].startswith("12:00 arrived · 11 tanks (T-72) Eleven T-72 tanks reach Bamako")
    assert lines[5].startswith("13:00 Report b2")
    assert lines[6].startswith("13:00 handed over Report b3")


def test_known_turns_its_pages(room: Room) -> None:
    assert keys_after(room, "/known many") == ["2 ›"]


def test_an_admin_mutes_and_ends_it_and_everybody_sees_it(room: Room) -> None:
    muted = room.ask("/mute Russie 7j car trop de bruit", user=ADMIN)
    assert "🔇 Muted in this chat until 16 February 2027, 12:00: what happens here: Russia." in muted
    assert "Reason: trop de bruit" in muted
    assert "Coups and atrocities still come" in muted
    (mute,) = room.store.mutes(NOW)
    assert (mute.chat, mute.user, mute.until) == (DESK, ADMIN, NOW + timedelta(days=7))
    listed = room.ask("/mutes")
    assert listed.splitlines()[1].startswith("1. ")
    assert room.ask("/unmute 7", user=ADMIN) == "There is no mute 7 in this chat; /mutes lists them."
    assert room.ask("/unmute 1", user=ADMIN).startswith("🔔 No longer muted")
    assert room.store.mutes(NOW) == []


def test_a_mute_said_again_takes_the_place_of_the_one_before(room: Room) -> None:
    room.ask_all(["/mute TASS 7d repeats", "/mute ТАСС 9d"], user=ADMIN)
    (mute,) = room.store.mutes(NOW)
    assert (mute.id, mute.value, mute.until) == (2, "tass", NOW + timedelta(days=9))


def test_the_owner_of_a_private_chat_may_change_it_and_only_it(room: Room) -> None:
    assert "🔇" in room.ask("/mute S17 7d", chat=READER, user=READER)
    assert room.ask("/mute S17 7d", chat=DESK, user=READER) == "Only admins may change this."
    assert [mute.chat for mute in room.store.mutes(NOW)] == [READER]


def test_a_mute_of_another_chat_cannot_be_ended_from_here(room: Room) -> None:
    room.store.mute(Mute(-500, MuteKind.OUTLET, "tass", NOW + timedelta(days=1), "", ADMIN, NOW))
    assert room.ask("/mutes") == "Nothing is muted in this chat."
    assert "There is no mute 1" in room.ask("/unmute 1", user=ADMIN)
    assert len(room.store.mutes(NOW)) == 1


def test_the_language_of_a_chat_is_chosen_by_word_or_button(room: Room) -> None:
    assert room.ask("/language Français", user=ADMIN).replace("\u202f", " ") == "Ce chat est en français."
    assert room.ask("/language klingon", user=ADMIN).startswith("Je ne parle pas")
    buttons = room.server.messages[-1]
    assert keys(buttons) == ["English", "Français", "Русский"]
    assert room.press((DESK, READER, buttons["message_id"], "gru")) == ["Réservé aux administrateurs."]
    assert room.press((DESK, ADMIN, buttons["message_id"], "gru")) == ["В этом чате говорят по-русски."]
    assert room.languages == {DESK: "ru"}


def test_a_chart_is_a_picture_with_its_caption_and_keeps_nobody_waiting(server: TelegramServer) -> None:
    asked_for: list[tuple[int, int]] = []
    answered = threading.Event()

    def chart(chat: int, weeks: int) -> Drawn:
        asked_for.append((chat, weeks))
        assert answered.wait(10)  # drawn while the next question is answered
        return Drawn("<b>four weeks</b>", PNG)

    room = Room(server, chart=chart)

    async def job(telegram: Telegram) -> None:
        server.push_command(DESK, READER, "/chart 12 weeks")
        server.push_command(DESK, READER, "/help")
        await asyncio.to_thread(server.wait_for, lambda: len(server.messages) == 1)
        answered.set()
        await asyncio.to_thread(server.wait_for, lambda: len(server.messages) == 2)

    room.run(job)
    assert asked_for == [(DESK, 12)]
    assert server.messages[1]["text"] == "four weeks"
    assert server.photos == [PNG]
    assert "sendchataction" in [method for method, _ in server.requests]  # something is on its way


def test_a_chart_of_nothing_is_told_in_words(server: TelegramServer) -> None:
    room = Room(server, chart=lambda chat, weeks: Drawn("Nothing was told."))
    assert room.ask("/chart") == "Nothing was told."
    assert server.photos == []


def test_the_menu_has_the_commands_in_three_languages_and_its_failure_is_harmless(room: Room) -> None:
    async def job(telegram: Telegram) -> None:
        await room.commands.set_menu(telegram.application)
        room.server.plan("setMyCommands", ["502"])
        await room.commands.set_menu(telegram.application)

    room.run(job)
    assert [menu["language"] for menu in room.server.menus] == ["", "en", "fr", "ru"]
    assert [one["command"] for one in room.server.menus[2]["commands"]] == list(COMMANDS)


def test_a_reply_to_a_chat_that_is_gone_stops_nothing(room: Room) -> None:
    async def job(telegram: Telegram) -> None:
        room.server.block(READER)
        room.server.push_command(READER, READER, "/help")
        room.server.push_command(DESK, READER, "/help")
        await asyncio.to_thread(room.server.wait_for, lambda: room.server.messages)

    room.run(job)
    assert {message["chat_id"] for message in room.server.messages} == {DESK}


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("/последние поставки", "Latest developments · Delivery"),
        ("/récent livraison", "Latest developments · Delivery"),
        ("/ПОИСК tanks", "Found for “tanks”"),
        ("/pourquoi S17", "Why new:"),
        ("/Сюжет с17", "📦 S17"),
        ("/recnt", "I do not know /recnt; /help lists what I answer.\nDid you mean “/recent”?"),
        ("/поис", "Did you mean “/search”?"),
        ("/zzzzz", "I do not know /zzzzz; /help lists what I answer."),
    ],
)
def test_a_command_by_another_name_is_understood_and_another_one_is_named(
    told: Room, typed: str, answer: str
) -> None:
    assert answer in told.ask(typed, chat=READER, user=READER)


def test_in_a_group_the_commands_of_other_bots_get_no_answer(told: Room) -> None:
    async def job(telegram: Telegram) -> None:
        told.server.push_command(DESK, READER, "/zzzzz")
        told.server.push_command(DESK, READER, "/help")
        await asyncio.to_thread(told.server.wait_for, lambda: told.server.messages)

    told.run(job)
    (answer,) = told.server.messages
    assert answer["text"].startswith("/recent — ")


def test_a_story_is_named_carelessly() -> None:
    assert [story_key(word) for word in ("s17", "С 17", " S17 ", "https://s17.org")] == [
        "S17",
        "S17",
        "S17",
        "https://s17.org",
    ]


def keys(message: dict[str, Any]) -> list[str]:
    """The words on the buttons under a message."""
    return [button["text"] for row in message["keyboard"] for button in row]


def keys_after(room: Room, command: str) -> list[str]:
    room.ask(command)
    return keys(room.server.messages[-1])
