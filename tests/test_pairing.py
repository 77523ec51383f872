"""A chat is let in by a code that works once, for an hour, and not for guessers; strangers hear nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.pairing import Applicant
from djeli.app import pairing, wiring
from djeli.app.config import Config
from djeli.app.pairing import Door, new_code
from djeli.app.reloading import Current
from djeli.app.roster import language_key
from djeli.core.model import Chat, KnownChat, Watch
from storage.store import SqlStore
from tests.house_fakes import TitleJudge
from tests.store_parts import KINDS, NOW, alert, opened, ready_address

DESK, ADMIN, NEW = -100, 42, -200
WHO = Applicant(
    NEW,
    "Newsroom",
    7,
    99,
    "Awa",
)


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SqlStore]:
    with opened(ready_address(request.param, tmp_path)) as opened_store:
        yield opened_store


class Hall:
    """A door with a clock of its own; notes whom it let in."""

    def __init__(self, store: SqlStore, *, admins: tuple[int, ...] = (ADMIN,)) -> None:
        self.store, self.now, self.paired = store, NOW, list[int]()
        config = Config(
            path=None,
            database="sqlite://",
            admins=admins,
            chats=(Chat(DESK, ("beat",)),),
            watches=(Watch("beat"), Watch("neighbours")),
        )
        house = wiring.furnish(config, wiring.load_knowledge(), TitleJudge)
        self.current = Current(house, house.roster(store))
        self.door = Door(self.current, store, lambda: self.now, self.note)

    async def note(self, chat: int) -> None:
        self.paired.append(chat)

    def code(self, makes_admin: bool = False) -> str:
        code = new_code(self.now, makes_admin)
        self.store.open_pairing(code.pairing)
        return code.text

    def say(self, said: str, who: Applicant = WHO) -> list[str] | None:
        answer = asyncio.run(self.door.redeem(said, who))
        return None if answer is None else list(answer)


@pytest.fixture
def hall(store: SqlStore) -> Hall:
    return Hall(store)


def test_a_code_adds_the_chat_with_the_defaults_and_the_admin_is_told(hall: Hall) -> None:
    answer = hall.say(hall.code())
    assert answer is not None
    assert "It follows: beat, neighbours. Digest: 07:00, 18:00." in answer[0]
    assert len(answer) == 1
    added = next(chat for chat in hall.current.roster if chat.id == NEW)
    assert added == Chat(NEW, ("beat", "neighbours"), ("07:00", "18:00"), ("22:00", "06:00"), 7, "en")
    assert hall.paired == [NEW]
    [row] = hall.store.next_rows(NOW)
    assert row.alert.chat == ADMIN
    assert "Chat -200 (Newsroom) was paired by Awa (99)" in row.alert.plain
    assert NEW in hall.current.chats
    assert 99 not in hall.current.admins


def test_a_code_works_once(hall: Hall) -> None:
    code = hall.code()
    assert hall.say(code)
    assert hall.say(code, replace(WHO, chat=-300)) is None
    assert -300 not in hall.current.chats


def test_a_code_ends_after_an_hour(hall: Hall) -> None:
    code = hall.code()
    hall.now = NOW + pairing.LASTS
    assert hall.say(code) is None
    hall.now -= timedelta(seconds=1)
    assert hall.say(code)


def test_after_ten_wrong_codes_the_right_one_is_none_either(hall: Hall) -> None:
    code = hall.code()
    for number in range(10):
        assert hall.say(f"ABCDE-FGHJ{'ABCDEFGHJK'[number]}") is None
    assert hall.say(code) is None
    assert len(hall.current.roster) == 1
    assert hall.store.next_rows(NOW) == []


def test_what_is_no_code_costs_no_try(hall: Hall) -> None:
    code = hall.code()
    for _ in range(20):
        assert hall.say("please let me in") is None
    assert hall.say(f" {code.lower().replace('-', ' ')} ")


def test_a_new_code_ends_the_one_before(hall: Hall) -> None:
    before, now = hall.code(), hall.code()
    assert hall.say(before) is None
    assert hall.say(now)


def test_the_code_itself_is_kept_nowhere(hall: Hall) -> None:
    code = hall.code().replace("-", "")
    [kept] = hall.store.pairings(NOW)
    assert code not in repr(kept)
    assert len(kept.hash) == 128
    assert kept.hash != pairing.new_code(NOW, False).pairing.hash


def test_the_first_code_makes_its_user_an_admin_unless_he_hides(store: SqlStore) -> None:
    hall = Hall(store, admins=())
    assert hall.say(hall.code(makes_admin=True), replace(WHO, user=None))
    assert store.paired_admins() == frozenset()
    answer = hall.say(hall.code(makes_admin=True), replace(WHO, chat=99))
    assert answer is not None
    assert answer[1] == "You may change things: your user id is 99."
    assert 99 in hall.current.admins
    assert 99 in hall.current.users


def test_a_configured_chat_stays_as_configured_and_a_removed_one_is_told_nothing(hall: Hall) -> None:
    assert hall.say(hall.code(), replace(WHO, chat=DESK))
    assert [chat.watches for chat in hall.current.roster] == [("beat",)]
    hall.say(hall.code())
    [number] = hall.store.owe([alert(chat=NEW)], NOW)
    assert hall.store.unpair(NEW, NOW)
    assert not hall.store.unpair(NEW, NOW)
    hall.current.roster.refresh()
    assert [chat.id for chat in hall.current.roster] == [DESK]
    row = hall.store.outbox_row(number)
    assert row is not None
    assert (row.state, row.error) == ("dead", "the chat was removed")


def test_a_chat_has_the_language_it_chose_and_takes_it_along(hall: Hall) -> None:
    hall.say(hall.code())
    roster = hall.current.roster
    roster.set_language(DESK, "ru")
    roster.set_language(NEW, "fr")
    assert {chat.id: chat.language for chat in roster} == {DESK: "ru", NEW: "fr"}
    assert hall.current.voice(NEW).language == "fr"
    for old in (DESK, NEW):
        hall.store.migrate_chat(old, old - 1_000_000)
    roster.refresh()
    assert {chat.id: chat.language for chat in roster} == {DESK - 1_000_000: "ru", NEW - 1_000_000: "fr"}
    assert hall.store.setting(language_key(NEW)) is None
    assert {chat.id for chat in hall.store.known_chats() if chat.paired_at} == {NEW - 1_000_000}


def test_a_chat_that_moved_twice_is_found(hall: Hall) -> None:
    hall.store.migrate_chat(DESK, -1)
    hall.store.migrate_chat(-1, -2)
    hall.current.roster.refresh()
    assert [chat.id for chat in hall.current.roster] == [-2]
    hall.store.migrate_chat(-2, DESK)
    hall.current.roster.refresh()
    assert [chat.id for chat in hall.current.roster] == [DESK]


def test_two_who_use_a_code_at_once_are_one(hall: Hall) -> None:
    code = new_code(NOW, False)
    hall.store.open_pairing(code.pairing)
    assert hall.store.pair(code.pairing, KnownChat(-1), [], NOW)
    assert not hall.store.pair(code.pairing, KnownChat(-2), [], NOW)
