"""One story is one card: what other outlets add, what changes and what is split off happens in its place."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.outcomes import Became, Outcome
from bot.sender import Sender
from bot.telegram import Telegram
from bot.words import Voice
from djeli.app.judging import judged
from djeli.app.telling import Teller
from djeli.core.errors import JobFailed
from djeli.core.model import Alert, Article, Chat, Decision, OutboxRow, OutboxState, Priority
from djeli.core.ports import Kept
from djeli.core.words import LANGUAGES
from storage.store import SqlStore
from tests.house_fakes import NOW, TitleJudge
from tests.store_parts import KINDS, opened, ready_address
from tests.telegram_server import TOKEN, TelegramServer

DESK, OTHER = 42, 43
WAITS = {Priority.HIGH: timedelta(seconds=20)}


class Room:
    """A store and a teller that hear of articles one by one, at a clock set by hand."""

    def __init__(self, store: SqlStore, *chats: Chat, waits: bool = False) -> None:
        self.store, self.now, self.judge, self.number = store, NOW, TitleJudge(), 0
        self.teller = Teller(
            chats or (Chat(DESK, ("mali-russia",)),),
            {language: Voice(language) for language in LANGUAGES},
            ZoneInfo("UTC"),
            store,
            chain=lambda outlet: outlet,
            priority=lambda kind: Priority.CRITICAL if kind == "coup" else Priority.HIGH,
            waits=WAITS if waits else None,
        )

    def hear(self, title: str, outlet: str = "one") -> str:
        self.number += 1
        url = f"https://{outlet}.example/{self.number}"
        article = Article(url, url, title, title, "en", outlet, self.now, self.now)
        judgement = judged(article, self.judge, self.store, self.now)
        alerts = self.teller.owed(judgement, self.now)
        self.store.keep(Kept(judgement, alerts=alerts), self.now)
        return url

    def later(self, **time: float) -> None:
        self.now += timedelta(**time)

    def due(self, chat: int = DESK) -> list[OutboxRow]:
        return [row for row in self.store.next_rows(self.now) if row.alert.chat == chat]

    def send(self) -> list[Alert]:
        """Everything that is due, in order, as if Telegram took it."""
        sent = []
        while rows := self.store.next_rows(self.now):
            for row in rows:
                self.store.mark_sending(row.id, self.now)
                self.store.mark_sent(row.id, 1_000 + row.id, self.now)
                sent.append(row.alert)
        return sent


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SqlStore]:
    with opened(ready_address(request.param, tmp_path)) as ready:
        yield ready


@pytest.fixture
def room(store: SqlStore) -> Room:
    return Room(store)


def test_a_second_outlet_comes_into_a_card_that_is_not_sent_yet(room: Room) -> None:
    room.hear("new tanks", "one")
    room.hear("same tanks", "two")
    (alert,) = room.send()
    assert "Trust: 2 outlets, 2 independent chains (one, two)" in alert.plain
    assert alert.html.count("<a href=") == 2
    assert "same tanks" in alert.plain


def test_a_second_outlet_edits_a_card_that_is_sent_without_a_word(room: Room) -> None:
    room.hear("new tanks", "one")
    room.send()
    room.hear("same tanks", "two")
    (edit,) = room.send()
    assert (edit.kind, edit.html, edit.plain, edit.reply_to_story) == ("edit", "", "", False)
    assert "2 outlets" in (edit.edit_html or "")
    assert [told.kind for told in room.store.deliveries("S1")] == ["alert"]  # an edit is no message
    room.hear("same tanks again", "three")
    (edit,) = room.send()
    assert "3 outlets" in (edit.edit_html or "")


def test_one_more_report_after_an_update_keeps_what_changed(room: Room) -> None:
    room.hear("new tanks", "one")
    room.send()
    room.hear("more tanks", "two")
    room.send()
    room.hear("same tanks", "three")
    (edit,) = room.send()
    assert "according to" in (edit.edit_html or "")
    assert "3 outlets" in (edit.edit_html or "")


def test_where_nobody_was_told_nothing_is_edited(room: Room) -> None:
    room.hear("quiet tanks")
    room.hear("same tanks", "two")
    assert room.send() == []


def test_a_chat_that_follows_other_things_is_neither_told_nor_edited(store: SqlStore) -> None:
    room = Room(store, Chat(DESK, ("mali-russia",)), Chat(OTHER, ("gold",)))
    room.hear("new tanks")
    room.hear("more tanks", "two")
    assert {alert.chat for alert in room.send()} == {DESK}


def test_a_chat_told_the_first_card_sees_what_changed_though_its_watch_did_not_catch_it(
    store: SqlStore,
) -> None:
    room = Room(store)
    room.hear("new tanks")
    room.send()
    following = Chat(DESK, ("other",))
    room.teller = Room(store, following).teller
    room.hear("more tanks", "two")
    (edit,) = room.send()
    assert edit.kind == "edit"
    assert "according to" in (edit.edit_html or "")


def test_a_first_card_waits_for_other_outlets_as_long_as_was_set(store: SqlStore) -> None:
    room = Room(store, waits=True)
    room.hear("new tanks", "one")
    assert room.send() == []
    room.later(seconds=10)
    room.hear("same tanks", "two")
    assert room.send() == []
    room.later(seconds=10)
    (alert,) = room.send()
    assert "2 outlets" in alert.plain


def test_what_is_critical_waits_for_nobody(store: SqlStore) -> None:
    room = Room(store, waits=True)
    room.hear("new coup")
    assert len(room.send()) == 1


def test_an_update_never_overtakes_the_card_it_answers(store: SqlStore) -> None:
    room = Room(store, waits=True)
    room.hear("new tanks", "one")
    room.later(seconds=5)
    room.hear("more tanks", "two")
    assert room.send() == []
    room.later(seconds=15)
    assert [alert.kind for alert in room.send()] == ["alert", "update"]


def test_in_quiet_hours_a_card_takes_up_reports_until_the_morning(store: SqlStore) -> None:
    room = Room(store, Chat(DESK, ("mali-russia",), quiet=("11:00", "13:00")), waits=True)
    room.hear("new tanks", "one")
    room.later(minutes=30)
    room.hear("same tanks", "two")
    assert room.send() == []
    room.later(minutes=31)
    (alert,) = room.send()
    assert "2 outlets" in alert.plain


def test_a_card_that_may_have_arrived_is_edited_and_not_rewritten(room: Room) -> None:
    room.hear("new tanks", "one")
    (row,) = room.due()
    room.store.mark_sending(row.id, room.now)
    room.store.mark_uncertain(row.id, room.now, "lost")
    room.hear("same tanks", "two")
    card, edit = room.send()
    assert (card.kind, edit.kind) == ("alert", "edit")
    assert "1 outlet," in card.plain


# ------------------------------------------------------------------------------- the sender


class Wire:
    """A messenger that notes what it is asked, and does something before each message."""

    def __init__(self, before: Callable[[], None] = lambda: None) -> None:
        self.before, self.sent, self.edits = before, [], []  # type: ignore[var-annotated]  # lists of whatever comes
        self.fails: list[Became] = []

    async def send(self, chat: int, text: str, **rest: object) -> Outcome:
        self.before()
        self.sent.append(text)
        return Outcome(Became.SENT, message_id=len(self.sent))

    async def edit(self, chat: int, message_id: int, text: str, *rest: object) -> Outcome:
        became = self.fails.pop(0) if self.fails else Became.SENT
        self.edits.append((message_id, text, became))
        return Outcome(became, message_id=message_id)

    async def check(self) -> Outcome:
        return Outcome(Became.SENT)


async def _no_time(seconds: float) -> None:
    await asyncio.sleep(0)


def drain(room: Room, wire: Wire) -> None:
    async def clockwork(seconds: float) -> None:
        room.later(seconds=seconds)
        await asyncio.sleep(0)

    sender = Sender(room.store, wire, lambda: room.now, clockwork)  # type: ignore[arg-type]  # our own wire
    asyncio.run(sender.drain())


def test_a_report_that_comes_while_the_card_is_taken_up_is_not_lost(room: Room) -> None:
    """Between reading a row and sending it another outlet's report may change its text."""
    room.hear("new tanks", "one")
    marked = room.store.mark_sending
    heard: list[str] = []

    class Late(SqlStore):
        """The store in which the second report arrives just before the row is marked."""

        def mark_sending(self, row_id: int, now: datetime, holder: str | None = None) -> OutboxRow:
            if not heard:
                heard.append(room.hear("same tanks", "two"))
            return marked(row_id, now, holder)

    room.store = Late(room.store.database)
    wire = Wire()
    drain(room, wire)
    assert len(wire.sent) == 1
    assert "2 outlets" in wire.sent[0]


def test_an_edit_whose_outcome_is_unknown_is_made_again(room: Room) -> None:
    room.hear("new tanks", "one")
    wire = Wire()
    drain(room, wire)
    room.hear("same tanks", "two")
    wire.fails = [Became.UNKNOWN]
    drain(room, wire)
    room.later(seconds=10)
    drain(room, wire)
    assert [became for _, _, became in wire.edits] == [Became.UNKNOWN, Became.SENT]
    assert len(wire.sent) == 1


def test_the_reader_sees_one_message_that_grows(room: Room) -> None:
    room.hear("new tanks", "one")
    with TelegramServer() as server:

        async def main() -> None:
            telegram = Telegram(TOKEN, server.base_url, clock=lambda: room.now)
            sender = Sender(room.store, telegram.messenger, lambda: room.now, _wait)
            await sender.drain()
            room.hear("same tanks", "two")
            await sender.drain()
            room.hear("more tanks", "three")
            await sender.drain()
            await telegram.close()

        async def _wait(seconds: float) -> None:
            room.later(seconds=seconds)
            await asyncio.sleep(0.01)

        asyncio.run(main())
        first, reply = server.messages
        assert reply["reply_to"] == first["message_id"]
        assert "3 outlets" in first["text"]
        assert first["text"].splitlines()[1].startswith("🔄")


# ------------------------------------------------------------------------------------ splits


def test_a_wrong_merge_becomes_a_story_of_its_own(room: Room) -> None:
    room.hear("new tanks", "one")
    wrong = room.hear("same rice", "two")
    room.hear("same tanks", "three")
    room.send()
    assert room.teller.split("S1", wrong, room.now) == "S2"
    old, new = room.store.story("S1"), room.store.story("S2")
    assert old is not None
    assert new is not None
    assert [member.outlet for member in old.members] == ["one", "three"]
    assert [member.outlet for member in new.members] == ["two"]
    assert (new.split_from, new.pushed) == ("S1", True)
    edit, card = room.send()
    assert (edit.kind, edit.story) == ("edit", "S1")
    assert "same rice" not in (edit.edit_html or "")
    assert "2 outlets" in (edit.edit_html or "")
    assert (card.kind, card.story) == ("alert", "S2")
    assert "Split off S1 by hand" in card.plain
    (line,) = room.store.ledger(wrong)
    assert line.verdict is not None
    assert (line.decision, line.verdict.story, line.verdict.rule) == (Decision.ALERT, "S2", "split")
    assert [line.article.outlet for line in room.store.ledger("S1")] == ["one", "three"]


def test_after_a_split_both_stories_go_on(room: Room) -> None:
    room.hear("new tanks", "one")
    wrong = room.hear("same rice", "two")
    room.send()
    room.teller.split("S1", wrong, room.now)
    room.send()
    for number in range(4):
        room.hear(f"same tanks {number}", f"later{number}")
        edits = [alert for alert in room.send() if alert.kind == "edit"]
        assert len(edits) == 1  # none is taken for one that was owed before
    stories = [room.store.story(name) for name in ("S1", "S2")]
    assert sum(len(story.members) for story in stories if story) == 6


def test_what_cannot_be_split_changes_nothing(room: Room) -> None:
    first = room.hear("new tanks", "one")
    assert room.teller.split("S1", first, room.now) is None  # the only one
    room.hear("same tanks", "two")
    room.send()
    assert room.teller.split("S1", first, room.now) is None  # the card tells this one
    assert room.teller.split("S1", "https://nobody.example/1", room.now) is None
    assert room.teller.split("S9", first, room.now) is None
    assert room.send() == []


def test_a_split_dies_whole_or_happens_whole(store: SqlStore) -> None:
    room = Room(store)
    room.hear("new tanks", "one")
    wrong = room.hear("same rice", "two")
    story = room.store.story("S1")
    (line,) = room.store.ledger(wrong)
    assert line.verdict is not None
    apart = replace(line.verdict, story="S7", opens=True, decision=Decision.ALERT)
    broken = Alert(DESK, "alert", "x", "x", story="S7", revision=None)  # type: ignore[arg-type]  # wrong on purpose
    with pytest.raises(JobFailed):
        store.split(wrong, "S1", apart, [broken], NOW)
    assert store.story("S1") == story
    assert store.story("S7") is None


def test_no_row_is_ever_left_in_a_strange_state(room: Room) -> None:
    room.hear("new tanks", "one")
    room.hear("more tanks", "two")
    room.hear("same tanks", "three")
    room.send()
    rows = [room.store.outbox_row(number) for number in range(1, 6)]
    assert {row.state for row in rows if row} == {OutboxState.SENT}
