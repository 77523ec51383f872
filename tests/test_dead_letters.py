"""What nobody got is told to the admins: once, and many together."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from djeli.app.config import Config
from djeli.app.dead_letters import DeadLetters
from djeli.app.reloading import Current
from djeli.app.wiring import furnish, load_knowledge
from djeli.core.model import Chat, Watch
from storage.store import SqlStore
from tests.bot_samples import owed
from tests.house_fakes import TitleJudge
from tests.store_parts import NOW, opened

ADMIN, OTHER, DESK, STRANGE = 42, 43, -1001, -7
KNOWLEDGE = load_knowledge()


@pytest.fixture
def store() -> Iterator[SqlStore]:
    with opened("sqlite://") as one:
        yield one


def letters(store: SqlStore, *admins: int, language: str = "en") -> DeadLetters:
    config = Config(
        path=None,
        database="sqlite://",
        language=language,
        admins=admins,
        chats=(Chat(DESK, ("beat",), language=language, thread=5),),
        watches=(Watch("beat"),),
    )
    house = furnish(config, KNOWLEDGE, TitleJudge)

    async def nothing() -> None:
        pass

    return DeadLetters(Current(house, house.roster(store)), store, lambda: NOW, nothing)


def give_up(store: SqlStore, text: str, chat: int = DESK, now: datetime = NOW) -> int:
    [row] = store.owe([owed(chat, text, story=text)], now)
    store.mark_sending(row, now)
    store.mark_dead(row, now, "Bad Request: no")
    return row


def notices(store: SqlStore, now: datetime = NOW) -> list[tuple[int, str, int | None]]:
    """What is owed, marked as sent: chat, text and topic."""
    told = []
    while rows := store.next_rows(now):
        for row in rows:
            told.append((row.alert.chat, row.alert.plain, row.alert.thread))
            store.mark_sending(row.id, now)
            store.mark_sent(row.id, row.id, now)
    return told


def test_all_that_was_given_up_comes_in_one_message_to_each_admin(store: SqlStore) -> None:
    for number in range(12):
        give_up(store, f"news {number}")
    dead = letters(store, ADMIN, OTHER)
    assert dead.owe(NOW) == 12
    (first, text, _), (second, _, _) = notices(store)
    assert {first, second} == {ADMIN, OTHER}
    assert text.startswith("⚠️ Messages that nobody got: 12")
    assert "→ -1001: news 11 (Bad Request: no)" in text
    assert "and 2 more" in text
    assert dead.owe(NOW + timedelta(days=1)) == 0


def test_what_is_given_up_within_an_hour_is_told_together(store: SqlStore) -> None:
    dead = letters(store, ADMIN)
    give_up(store, "one")
    assert dead.owe(NOW) == 1
    give_up(store, "two")
    give_up(store, "three")
    assert dead.owe(NOW + timedelta(minutes=59)) == 0
    assert letters(store, ADMIN).owe(NOW + timedelta(minutes=61)) == 2  # after a restart, too
    texts = [text for _, text, _ in notices(store)]
    assert ["one" in text for text in texts] == [True, False]
    assert ["three" in text for text in texts] == [False, True]


def test_a_notice_that_is_given_up_itself_is_not_told_of(store: SqlStore) -> None:
    dead = letters(store, ADMIN)
    give_up(store, "one")
    dead.owe(NOW)
    [row] = store.next_rows(NOW)
    store.mark_sending(row.id, NOW)
    store.mark_dead(row.id, NOW, "no")
    assert dead.owe(NOW + timedelta(hours=2)) == 0


def test_a_chat_that_is_told_nothing_any_more_misses_nothing(store: SqlStore) -> None:
    give_up(store, "old", chat=STRANGE)
    assert letters(store, ADMIN).owe(NOW) == 0


def test_without_an_admin_the_first_chat_hears_of_it(store: SqlStore) -> None:
    give_up(store, "one")
    assert letters(store, language="ru").owe(NOW) == 1
    [(chat, text, thread)] = notices(store)
    assert (chat, thread) == (DESK, 5)
    assert text.startswith("⚠️ Сообщений, которых никто не получил: 1")
