"""Too many cards for a chat: the rest comes in one message, said so, in order, and nothing is lost."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import html, storms
from bot.sender import Sender
from bot.telegram import Telegram
from djeli.core.model import Alert, OutboxRow, OutboxState
from djeli.core.ports import Backlog
from storage.store import SqlStore
from tests.bot_samples import owed, voice
from tests.store_parts import KINDS, NOW, at, opened, ready_address
from tests.telegram_html import accept
from tests.telegram_server import TOKEN, TelegramServer

MOST = 5
GROUP = -100


class Desk:
    """A sender on a real store, with its own time: sleeping moves the clock once nothing is on its way."""

    def __init__(self, store: SqlStore, server: TelegramServer) -> None:
        self.store, self.server = store, server
        self.now = NOW
        self.sender: Sender | None = None

    def clock(self) -> datetime:
        return self.now

    async def sleep(self, seconds: float) -> None:
        if self.sender and self.sender.in_flight:
            await asyncio.Event().wait()
        self.now += timedelta(seconds=seconds)

    def drain(self, hourly: int = MOST) -> dict[str, int]:
        async def main() -> dict[str, int]:
            telegram = Telegram(TOKEN, self.server.base_url, clock=self.clock, read_timeout=5)
            self.sender = Sender(
                self.store, telegram.messenger, self.clock, self.sleep, hourly=lambda chat: hourly
            )
            try:
                return await self.sender.drain()
            finally:
                await telegram.close()

        return asyncio.run(main())

    def owe(self, *numbers: int, chat: int = GROUP, **changes: Any) -> None:
        cards = [
            owed(chat, f"news {n}", story=f"S{n}", html=f"<b>news {n}</b>\nmore of {n}\nmuch", **changes)
            for n in numbers
        ]
        self.store.owe(cards, self.now)


@pytest.fixture
def server() -> Iterator[TelegramServer]:
    with TelegramServer(limits=False) as running:
        yield running


@pytest.fixture(params=KINDS[:2])
def desk(request: pytest.FixtureRequest, server: TelegramServer, tmp_path: Path) -> Iterator[Desk]:
    with opened(ready_address(request.param, tmp_path)) as store:
        desk = Desk(store, server)
        server.clock = lambda: desk.now.timestamp()
        yield desk


def first_lines(server: TelegramServer, chat: int = GROUP) -> list[str]:
    return [text.splitlines()[0] for text in server.texts(chat)]


def test_the_first_cards_of_an_hour_come_alone_and_the_rest_in_one_message_said_so(
    desk: Desk, server: TelegramServer
) -> None:
    desk.owe(*range(1, 13))
    desk.drain()
    *alone, said = first_lines(server)
    assert alone == [f"news {n}" for n in range(1, MOST + 1)]
    assert said.startswith(
        "More than 5 cards in an hour. The rest comes in one message after 9 February 2027, 13:00"
    )
    desk.now = at(minutes=30)
    desk.owe(13)
    desk.drain()
    assert len(server.texts(GROUP)) == MOST + 1  # it waits with the others, and nothing is said again
    desk.now = at(hours=1, seconds=10)
    desk.drain()
    (packed,) = server.texts(GROUP)[MOST + 1 :]
    assert packed.startswith("8 developments in one message, so as not to send more than 5 in an hour")
    assert [line for line in packed.splitlines() if line.startswith("•")] == [
        f"• news {n} — more of {n}" for n in range(6, 14)
    ]
    assert packed.splitlines()[3] == "S6"


def test_what_is_critical_overtakes_a_storm(desk: Desk, server: TelegramServer) -> None:
    desk.owe(*range(1, 10))
    desk.drain()
    desk.owe(99, critical=True)
    desk.drain()
    assert first_lines(server)[-1] == "news 99"


def test_what_waited_long_and_is_too_much_comes_in_one_message_at_once(
    desk: Desk, server: TelegramServer
) -> None:
    desk.owe(*range(1, 11))
    desk.owe(11, critical=True)
    desk.now = at(hours=6)
    desk.drain()
    packed, critical = server.texts(GROUP)
    assert packed.startswith("10 developments in one message")
    assert critical.startswith("news 11")


def test_a_message_that_told_several_stories_is_answered_but_never_edited(
    desk: Desk, server: TelegramServer
) -> None:
    desk.owe(*range(1, 11))
    desk.now = at(hours=6)
    desk.drain()
    [packed] = server.messages
    assert {desk.store.deliveries(f"S{n}")[0].message_id for n in range(1, 11)} == {packed["message_id"]}
    desk.owe(7, kind="update", revision=1, reply_to_story=True, edit_html="changed")
    desk.drain()
    assert server.messages[-1]["reply_to"] == packed["message_id"]
    assert server.edits == []


def test_an_update_that_is_told_with_others_still_edits_the_first_card(
    desk: Desk, server: TelegramServer
) -> None:
    desk.owe(1)
    desk.drain()
    for revision in (1, 2):
        desk.owe(1, kind="update", revision=revision, reply_to_story=True, edit_html=f"changed {revision}")
    desk.owe(*range(2, 8))
    desk.now = at(hours=6)
    desk.drain()
    first, packed = server.messages
    assert first["text"] == "changed 2"
    assert packed["text"].count("•") == 8


def test_a_copy_that_must_say_so_is_not_told_with_others(desk: Desk, server: TelegramServer) -> None:
    desk.owe(*range(1, 11))
    [head] = desk.store.next_rows(NOW)
    desk.store.mark_sending(head.id, NOW)
    desk.store.recover(NOW)
    desk.now = at(hours=6)
    desk.drain()
    copy, packed = server.texts(GROUP)
    assert copy.startswith("↻ may repeat\nnews 1")
    assert packed.startswith("9 developments")


def test_a_packed_message_that_is_given_up_gives_up_what_it_tells(desk: Desk) -> None:
    desk.owe(*range(1, 4))
    rows = desk.store.backlog(GROUP, NOW, NOW).waiting
    desk.store.pack(storms.packs(rows, MOST, voice()), NOW)
    [head] = desk.store.next_rows(NOW)
    desk.store.mark_dead(head.id, NOW, "refused")
    states = [desk.store.outbox_row(row.id) for row in rows]
    assert [row.state if row else None for row in states] == [OutboxState.DEAD] * 3


class Late:
    """A store that once shows what waited a while ago, as a busy machine may."""

    def __init__(self, store: SqlStore, old: list[OutboxRow]) -> None:
        self._store, self._old = store, old

    def next_rows(self, now: datetime) -> list[OutboxRow]:
        rows, self._old = self._old or self._store.next_rows(now), []
        return rows

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)


def test_what_leaves_is_what_is_owed_now_whatever_was_read_before(desk: Desk, server: TelegramServer) -> None:
    desk.owe(*range(1, 4))
    old = desk.store.next_rows(NOW)
    desk.store.pack(storms.packs(desk.store.backlog(GROUP, NOW, NOW).waiting, MOST, voice()), NOW)
    desk.store = Late(desk.store, old)  # type: ignore[assignment]
    desk.drain()
    (packed,) = server.texts(GROUP)
    assert packed.count("•") == 3


def test_thirty_chats_are_not_slowed_by_the_storm_of_one(desk: Desk, server: TelegramServer) -> None:
    desk.owe(*range(1, 31))
    for chat in range(1, 31):
        desk.owe(1, chat=chat)
    desk.drain()
    assert len({message["chat_id"] for message in server.messages}) == 31


TEXT = st.text(max_size=400)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=60))
def test_any_cards_together_are_messages_that_telegram_takes(cards: list[tuple[str, str]]) -> None:
    rows = [
        OutboxRow(
            number,
            Alert(1, "alert", f"<b>{html.escape(a)}</b>\n{html.escape(b)}", b),
            OutboxState.PENDING,
            0,
            NOW,
            NOW,
        )
        for number, (a, b) in enumerate(cards, 1)
    ]
    packs = storms.packs(rows, MOST, voice())
    assert [row for pack in packs for row in pack.rows] == [row.id for row in rows]
    for pack in packs:
        shown, _ = accept(pack.html)
        assert len(shown) <= 4096
        assert shown.count("•") >= len(pack.rows)


def test_the_plan_by_itself() -> None:
    def row(number: int, minutes: float = 0, critical: bool = False) -> OutboxRow:
        alert = Alert(1, "alert", "x", "x", critical=critical)
        return OutboxRow(number, alert, OutboxState.PENDING, 0, NOW, NOW - timedelta(minutes=minutes))

    def planned(rows: list[OutboxRow], sent: list[float], head: int = 0) -> object:
        moments = tuple(NOW - timedelta(minutes=minutes) for minutes in sorted(sent, reverse=True))
        return storms.plan(rows[head], Backlog(tuple(rows), moments), 3, NOW)

    assert planned([row(1), row(2), row(3)], []) is None
    assert planned([row(1), row(2), row(3), row(4)], []) is None  # a burst: the first three come alone
    assert isinstance(planned([row(n, 11) for n in range(4)], []), storms.Together)
    assert planned([row(n, 11) for n in range(3)], [70, 65]) is None
    held = planned([row(1)], [50, 30, 20, 10])
    assert isinstance(held, storms.Hold)
    assert held.until == NOW + timedelta(minutes=30)
    many = [row(n, 11, critical=True) for n in range(1, 5)]
    assert isinstance(planned(many, []), storms.Together)
    assert planned(many[:3], []) is None
    assert planned([row(1, -600), *(row(n) for n in range(2, 9))], []) is None  # the clock was set back


def test_a_card_whose_markup_spans_lines_is_told_by_its_plain_text() -> None:
    card = Alert(1, "alert", '<b>a\nb</b> <a href="https://e.org/1">t</a>', "a\nb t", story="S4")
    assert storms.line(card) == '• a — b t\n<a href="https://e.org/1">t</a> · S4'


def test_pace_counts_at_the_server_in_a_storm(tmp_path: Path) -> None:
    with opened(ready_address("sqlite memory", tmp_path)) as store:
        desk = Desk(store, TelegramServer())
        with TelegramServer(clock=lambda: desk.now.timestamp(), limits=True) as strict:
            desk.server = strict
            for chat in (GROUP, 7, 8):
                desk.owe(*range(1, 31), chat=chat)
            desk.drain()
            assert Counter(method for method, _ in strict.requests)["sendmessage"] == 3 * (MOST + 1)
