"""What is owed arrives: in order, at least once, every possible repeat marked.

The real python-telegram-bot talks to a strict server over TCP; time is the test's own.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import time
from collections import Counter
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.outcomes import Became, Outcome
from bot.pace import Pace
from bot.sender import COPIES, MOST_DOUBTS, Sender, minimal
from bot.telegram import Telegram
from djeli.core.errors import JobFailed
from djeli.core.model import Alert, Button, OutboxRow, OutboxState
from tests.bot_samples import owed, voice
from tests.memory_outbox import MemoryOutbox
from tests.telegram_server import TOKEN, TelegramServer

START = datetime(2027, 2, 9, 12, 0, tzinfo=UTC)
MARK = "↻ may repeat"


class Desk:
    """A sender with its outbox and its own time: sleeping moves the clock, once nothing is on its way."""

    def __init__(self) -> None:
        self.now = START
        self.outbox = MemoryOutbox()
        self.sender: Sender | None = None

    def clock(self) -> datetime:
        return self.now

    def seconds(self) -> float:
        return self.now.timestamp()

    async def sleep(self, seconds: float) -> None:
        if self.sender and self.sender.in_flight:
            await asyncio.Event().wait()  # the sender cancels its sleep when the message has arrived
        self.now += timedelta(seconds=seconds)

    def telegram(self, server: TelegramServer, read_timeout: float = 5.0) -> Telegram:
        return Telegram(TOKEN, server.base_url, clock=self.clock, read_timeout=read_timeout)

    def run(
        self, server: TelegramServer, job: Callable[[Sender], Coroutine[Any, Any, Any]], **options: Any
    ) -> Any:
        async def main() -> Any:
            telegram = self.telegram(server, **options)
            self.sender = Sender(self.outbox, telegram.messenger, self.clock, self.sleep)
            try:
                return await job(self.sender)
            finally:
                await telegram.close()

        return asyncio.run(main())

    def drain(
        self, server: TelegramServer, times: int = 1, later: float = 0, **options: Any
    ) -> dict[str, int]:
        async def job(sender: Sender) -> dict[str, int]:
            total: Counter[str] = Counter()
            for _ in range(times):
                total.update(await sender.drain())
                self.now += timedelta(seconds=later)
            return dict(total)

        counts: dict[str, int] = self.run(server, job, **options)
        return counts

    def owe(self, *alerts: Any) -> list[int]:
        return self.outbox.owe(alerts, self.now)

    def state(self, row: int = 1) -> OutboxState:
        return self.outbox.rows[row].state


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def server(desk: Desk) -> Iterator[TelegramServer]:
    with TelegramServer(clock=desk.seconds) as running:
        yield running


def test_messages_of_a_chat_arrive_in_order_without_preview(desk: Desk, server: TelegramServer) -> None:
    desk.owe(*(owed(42, f"news {number}") for number in range(5)))
    assert desk.drain(server) == {"sent": 5}
    assert server.texts(42) == [f"news {number}" for number in range(5)]
    assert server.messages[0]["preview"] == '{"is_disabled": true}'
    assert desk.outbox.rows[1].message_id == server.messages[0]["message_id"]
    assert desk.drain(server) == {}


def test_an_answer_overtakes_the_news_but_no_limit_of_telegram(desk: Desk, server: TelegramServer) -> None:
    def answer(number: int) -> Alert:
        return owed(42, f"answer {number}", kind="answer", story=f"answer:{number}")

    desk.owe(*(owed(42, f"news {number}") for number in range(3)), answer(1))
    assert desk.drain(server) == {"sent": 4}
    server.flood(42, 30)
    desk.owe(owed(42, "more"))

    async def job(sender: Sender) -> None:
        await sender.drain()
        desk.owe(answer(2))  # asked while the chat has to wait
        await sender.drain()
        assert server.refused == 1
        desk.now += timedelta(seconds=30)
        await sender.drain()

    desk.run(server, job)
    assert server.refused == 1
    assert server.texts(42) == ["answer 1", "news 0", "news 1", "news 2", "answer 2", "more"]


def test_an_answer_has_its_buttons_and_stands_below_its_question(desk: Desk, server: TelegramServer) -> None:
    server.push_command(-42, 7, "/recent")
    below = ((Button("2 ›", "p.1"),),)
    asked = Alert(
        -42,
        "answer",
        "<b>page</b>",
        "page",
        story="answer:1",
        reply_to=1,
        keyboard=below,
    )
    desk.owe(asked)
    assert desk.drain(server) == {"sent": 1}
    [shown] = server.messages
    assert (shown["reply_to"], shown["keyboard"]) == (1, [[{"text": "2 ›", "callback_data": "p.1"}]])


def test_we_are_never_faster_than_telegram_allows(desk: Desk) -> None:
    with TelegramServer(clock=desk.seconds, limits=True) as strict:
        desk.owe(*(owed(-100, f"group {number}") for number in range(45)))
        desk.owe(*(owed(7, f"reader {number}") for number in range(20)))
        assert desk.drain(strict) == {"sent": 65}
    group = [message["at"] for message in strict.messages if message["chat_id"] == -100]
    assert group[44] - group[0] >= 120
    assert Counter(method for method, _ in strict.requests)["sendmessage"] == 65


def test_a_flooded_chat_waits_300_seconds_and_delays_nobody(desk: Desk, server: TelegramServer) -> None:
    server.flood(-100, 300)
    desk.owe(owed(-100, "flooded"), *(owed(42, f"calm {number}") for number in range(4)))
    desk.owe(owed(-100, "flooded too"))
    assert desk.drain(server) == {"sent": 4, "waiting": 1}
    assert server.messages[-1]["at"] - START.timestamp() <= 4
    assert desk.outbox.rows[1].attempts == 0
    desk.now = START + timedelta(seconds=301)
    assert desk.drain(server) == {"sent": 2}
    assert server.texts(-100) == ["flooded", "flooded too"]


def test_a_chat_that_hangs_delays_nobody(desk: Desk, server: TelegramServer) -> None:
    server.faults = lambda method, params: "hang" if params.get("chat_id") == "13" else None
    desk.owe(owed(13, "stuck"), *(owed(42, f"free {number}") for number in range(3)))

    async def job(sender: Sender) -> None:
        stop = asyncio.Event()
        running = asyncio.ensure_future(sender.run(stop))
        sender_sleep = asyncio.to_thread(server.wait_for, lambda: len(server.texts(42)) == 3)
        await sender_sleep
        stop.set()
        sender.wake()
        await running

    # Here the clock moves although a message hangs.
    async def sleep(seconds: float) -> None:
        await asyncio.sleep(0.001)
        desk.now += timedelta(seconds=seconds)

    desk.sleep = sleep  # type: ignore[method-assign]  # this desk has a time of its own
    desk.run(server, job, read_timeout=1.0)
    assert desk.state(1) is OutboxState.UNCERTAIN


@pytest.mark.parametrize("fault", ["close_after", "hang_after", "truncated"])
def test_a_message_that_may_have_arrived_is_repeated_once_and_marked(
    desk: Desk, server: TelegramServer, fault: str
) -> None:
    server.plan("sendMessage", [fault])
    desk.owe(owed(42, "news"), owed(42, "more"))
    patience = 0.5 if fault == "hang_after" else 5.0
    assert desk.drain(server, read_timeout=patience) == {"uncertain": 1, "repeated": 1, "sent": 1}
    assert server.texts() == ["news", f"{MARK}\nnews", "more"]
    assert desk.outbox.rows[1].maybe_repeated


@pytest.mark.parametrize("fault", ["close_before", "hang_before", "502", "restart"])
def test_a_message_whose_fate_is_unknown_is_marked_even_if_it_was_lost(
    desk: Desk, server: TelegramServer, fault: str
) -> None:
    server.plan("sendMessage", [fault])
    desk.owe(owed(42, "news"))
    desk.drain(server, read_timeout=0.5 if fault == "hang_before" else 5.0)
    assert server.texts() == [f"{MARK}\nnews"]


def test_the_mark_is_in_the_language_of_the_chat(desk: Desk, server: TelegramServer) -> None:
    desk.owe(owed(42, "новость"))
    desk.outbox.mark_sending(1, desk.now)
    assert desk.outbox.recover(desk.now) == 1

    async def main() -> None:
        telegram = desk.telegram(server)
        await Sender(desk.outbox, telegram.messenger, desk.clock, desk.sleep, lambda chat: "ru").drain()
        await telegram.close()

    asyncio.run(main())
    assert server.texts() == ["↻ возможно, повтор\nновость"]


def test_an_accepted_message_with_a_strange_answer_is_never_repeated(
    desk: Desk, server: TelegramServer
) -> None:
    server.plan("sendMessage", ["strange"])
    desk.owe(owed(42, "news"))
    assert desk.drain(server) == {"sent": 1}
    assert desk.outbox.rows[1].message_id in (None, "?")
    assert server.texts() == ["news"]


def test_after_three_marked_copies_it_is_given_up_and_the_queue_moves_on(
    desk: Desk, server: TelegramServer
) -> None:
    server.plan("sendMessage", ["close_after"] * (COPIES + 1))
    desk.owe(owed(42, "cursed"), owed(42, "next"))
    desk.drain(server, times=4, later=301)
    assert server.texts() == ["cursed", *[f"{MARK}\ncursed"] * COPIES, "next"]
    assert desk.state(1) is OutboxState.DEAD


def test_copies_are_not_wasted_while_telegram_is_down(desk: Desk, server: TelegramServer) -> None:
    server.plan("sendMessage", ["502"])
    server.plan("getMe", ["502"] * 12)
    desk.owe(owed(42, "news"))
    desk.drain(server, times=14, later=301)
    assert server.texts() == [f"{MARK}\nnews"]


def test_when_nothing_is_reached_it_waits_longer_each_time_and_loses_nothing(desk: Desk) -> None:
    with TelegramServer() as gone:
        pass
    desk.owe(owed(42, "news"))
    waits = []

    async def job(sender: Sender) -> None:
        for _ in range(11):
            await sender.drain()
            row = desk.outbox.rows[1]
            waits.append(round((row.next_at - desk.now).total_seconds()))
            desk.now = row.next_at

    desk.run(gone, job)
    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]
    assert desk.state() is OutboxState.PENDING
    assert not desk.outbox.rows[1].maybe_repeated


def test_refused_markup_is_sent_as_plain_text(desk: Desk, server: TelegramServer) -> None:
    desk.owe(owed(42, "x", html="<p>news</p>", plain="news"))
    assert desk.drain(server) == {"sent": 1}
    assert server.texts() == ["news"]
    assert server.messages[0]["html"] is None


def test_refused_twice_it_is_at_least_a_notice_with_the_link(desk: Desk, server: TelegramServer) -> None:
    plain = "Headline (https://e.org/1)\n" + "\u2029" * 3
    desk.owe(owed(42, "x", html="<p>news</p>", plain=plain))
    server.faults = None
    notice = minimal(desk.outbox.rows[1].alert, voice())
    assert notice.endswith("Headline (https://e.org/1)\nhttps://e.org/1")
    desk.owe(owed(42, "x", html="<p></p>", plain="\u202e \u202d"), owed(42, "next"))
    desk.drain(server)
    assert server.texts() == [plain.strip(), "A message could not be shown in full.", "next"]


def test_what_is_always_refused_is_given_up_and_the_queue_moves_on(desk: Desk) -> None:
    class Refuser:
        """Refuses every text but one."""

        def __init__(self) -> None:
            self.seen: list[str] = []

        async def send(self, chat: int, text: str, **how: object) -> Outcome:
            self.seen.append(text)
            return Outcome(Became.SENT if text == "<b>next</b>" else Became.REJECTED, 5, detail="Bad Request")

        async def edit(self, chat: int, message_id: int, text: str, keyboard: object = ()) -> Outcome:
            return Outcome(Became.REJECTED)

        async def check(self) -> Outcome:
            return Outcome(Became.SENT)

    desk.owe(owed(42, "poison"), owed(42, "next"))
    messenger = Refuser()
    assert asyncio.run(Sender(desk.outbox, messenger, desk.clock, desk.sleep).drain()) == {
        "dead": 1,
        "sent": 1,
    }
    assert len(messenger.seen) == 4
    assert desk.outbox.rows[1].error == "Bad Request"


@pytest.mark.parametrize(
    "state", ["blocked", "deactivated", "stranger", "kicked", "outside", "deleted", "missing"]
)
def test_rows_of_an_unreachable_chat_stay_until_it_is_back(
    desk: Desk, server: TelegramServer, state: str
) -> None:
    server.set_state(42, state)
    desk.owe(owed(42, "first"), owed(42, "second"), owed(7, "other"))

    async def job(sender: Sender) -> None:
        await sender.drain()
        assert list(sender.unreachable) == [42]
        assert server.texts() == ["other"]
        server.unblock(42)
        await sender.drain()
        assert server.texts(42) == []  # it waits for an hour, or for a sign of life
        await sender.revive(42)
        await sender.drain()
        assert sender.unreachable == {}

    desk.run(server, job)
    assert server.texts(42) == ["first", "second"]


def test_a_group_that_became_a_supergroup_gets_everything_there(desk: Desk, server: TelegramServer) -> None:
    server.migrate(-5, -1005)
    desk.owe(owed(-5, "first"), owed(-5, "second"))
    assert desk.drain(server) == {"sent": 2}
    assert server.texts(-1005) == ["first", "second"]


def test_a_lost_topic_falls_back_to_the_chat(desk: Desk, server: TelegramServer) -> None:
    server.drop_thread(-100, 7)
    desk.owe(owed(-100, "gone", thread=7), owed(-100, "there", thread=8))
    assert desk.drain(server) == {"sent": 2}
    assert [message["thread"] for message in server.messages] == [None, 8]


def test_a_refused_token_stops_the_sender_with_an_error_that_does_not_show_it(
    desk: Desk, server: TelegramServer
) -> None:
    server.revoked = True
    desk.owe(owed(42, "news"))
    with pytest.raises(JobFailed, match="refuses the bot's token") as stopped:
        desk.drain(server)
    assert TOKEN.split(":")[1] not in str(stopped.value)
    assert desk.state() is OutboxState.PENDING
    server.revoked = False
    assert desk.drain(server) == {"sent": 1}


def test_an_update_answers_the_first_card_and_edits_it(desk: Desk, server: TelegramServer) -> None:
    desk.owe(owed(42, "signed", story="S1"))
    update = owed(
        42,
        "ratified",
        kind="update",
        story="S1",
        revision=1,
        reply_to_story=True,
        edit_html="<b>signed</b> → ratified",
    )
    desk.owe(update)
    assert desk.drain(server) == {"sent": 2}
    first, second = server.messages
    assert second["reply_to"] == first["message_id"]
    assert server.edits[0]["message_id"] == first["message_id"]
    assert first["text"] == "signed → ratified"
    desk.owe(replace(update, revision=2))  # the same edit again: "message is not modified"
    assert desk.drain(server) == {"sent": 1}


def test_an_update_of_a_deleted_card_is_sent_alone(desk: Desk, server: TelegramServer) -> None:
    desk.owe(owed(42, "signed", story="S1"))
    desk.drain(server)
    server.forget_message(server.messages[0]["message_id"])
    desk.owe(owed(42, "more", kind="update", story="S1", reply_to_story=True, edit_html="x"))
    desk.owe(owed(42, "never told", kind="update", story="S2", reply_to_story=True, edit_html="x"))
    assert desk.drain(server) == {"sent": 2}
    assert [message["reply_to"] for message in server.messages] == [None, None, None]


def test_a_silent_merge_only_edits(desk: Desk, server: TelegramServer) -> None:
    desk.owe(owed(42, "one outlet", story="S1"))
    desk.drain(server)
    desk.owe(owed(42, "", html="", plain="", kind="merge", story="S1", edit_html="two outlets"))
    desk.drain(server)
    assert server.texts() == ["two outlets"]
    assert desk.state(2) is OutboxState.SENT


def test_a_disk_that_is_full_after_sending_does_not_repeat_the_message(
    desk: Desk, server: TelegramServer
) -> None:
    full = ["sent", "sent"]

    def crash(deed: str) -> None:
        if deed in full:
            full.remove(deed)
            raise OSError("database or disk is full")

    desk.outbox.crash = crash
    desk.owe(owed(42, "news"), owed(42, "more"))
    desk.drain(server, times=3, later=6)
    assert server.texts() == ["news", "more"]
    assert desk.state(1) is OutboxState.SENT


def test_an_edit_that_must_wait_makes_its_update_wait(desk: Desk, server: TelegramServer) -> None:
    desk.owe(owed(42, "signed", story="S1"))
    desk.drain(server)
    desk.owe(owed(42, "more", kind="update", story="S1", reply_to_story=True, edit_html="new"))
    server.plan("editMessageText", ["flood"])
    assert desk.drain(server) == {"waiting": 1}
    assert server.texts() == ["signed"]
    desk.now += timedelta(seconds=10)
    assert desk.drain(server) == {"sent": 1}
    assert server.texts() == ["new", "more"]


def test_a_token_revoked_before_a_copy_stops_the_sender(desk: Desk, server: TelegramServer) -> None:
    server.plan("sendMessage", ["close_after"])
    desk.owe(owed(42, "news"))

    async def job(sender: Sender) -> None:
        await sender.drain(until_empty=False)
        assert desk.state() is OutboxState.UNCERTAIN
        server.revoked = True
        await sender.drain()

    with pytest.raises(JobFailed):
        desk.run(server, job)
    assert server.texts() == ["news"]


def test_an_outbox_that_cannot_be_read_for_a_moment_stops_nothing(desk: Desk, server: TelegramServer) -> None:
    locked = ["looking"] * 3

    def crash(deed: str) -> None:
        if deed in locked:
            locked.remove(deed)
            raise OSError("database is locked")

    async def job(sender: Sender) -> None:
        stop = asyncio.Event()
        running = asyncio.ensure_future(sender.run(stop))
        await asyncio.to_thread(server.wait_for, lambda: server.messages)
        stop.set()
        await running

    desk.outbox.crash = crash
    desk.owe(owed(42, "news"))
    desk.run(server, job)
    assert server.texts() == ["news"]
    assert locked == []


def test_the_service_ends_when_told_and_lets_the_last_message_arrive(
    desk: Desk, server: TelegramServer
) -> None:
    async def job(sender: Sender) -> None:
        stop = asyncio.Event()
        running = asyncio.ensure_future(sender.run(stop))
        desk.owe(owed(42, "news"))
        sender.wake()
        await asyncio.to_thread(server.wait_for, lambda: server.messages)
        stop.set()
        await running

    desk.run(server, job)
    assert desk.state() is OutboxState.SENT


def test_pace_survives_a_clock_that_goes_back() -> None:
    pace = Pace()
    pace.took(1, START)
    pace.hold(1, 300, START)
    earlier = START - timedelta(days=1)
    assert pace.ready_at(1, earlier) == earlier
    assert pace.ready_at(1, START) == START + timedelta(seconds=300)
    pace.release(1)
    assert pace.ready_at(1, START) == START + timedelta(seconds=1)


class Killed(BaseException):
    """The process ends here."""


@pytest.mark.parametrize("seed", range(4))
def test_killed_at_random_with_faults_nothing_is_lost_and_every_repeat_is_marked(
    desk: Desk, seed: int
) -> None:
    chance = random.Random(seed)
    chats = (42, -100, 7)
    desk.owe(*(owed(chats[number % 3], f"news {number}") for number in range(30)))

    def fault(method: str, params: dict[str, str]) -> str | None:
        kinds = [None, "close_after", "close_before", "502", "truncated", "strange"]
        return chance.choices(kinds, [80, 6, 4, 4, 3, 3])[0] if method == "sendmessage" else None

    alive = True

    def crash(deed: str) -> None:
        nonlocal alive
        alive = alive and chance.random() > 0.05
        if not alive:  # a dead process writes nothing more
            raise Killed(deed)

    with TelegramServer(clock=desk.seconds) as server:
        server.faults = fault
        for _ in range(300):
            alive, desk.outbox.crash = True, crash
            with contextlib.suppress(Killed):
                desk.drain(server)
            desk.outbox.crash = lambda deed: None
            desk.outbox.recover(desk.now)
            desk.now += timedelta(seconds=301)
            if all(row.state in ("sent", "dead") for row in desk.outbox.rows.values()):
                break
    seen = Counter(text.removeprefix(f"{MARK}\n") for text in server.texts())
    unmarked = Counter(text for text in server.texts() if not text.startswith(MARK))
    dead = {row.alert.plain for row in desk.outbox.rows.values() if row.state is OutboxState.DEAD}
    assert {f"news {number}" for number in range(30)} - dead <= set(seen)
    assert max(unmarked.values()) == 1
    assert max(seen.values()) <= 1 + MOST_DOUBTS
    for chat in chats:
        first = list(dict.fromkeys(text.removeprefix(f"{MARK}\n") for text in server.texts(chat)))
        assert first == sorted(first, key=lambda text: int(text.split()[1]))


class SlowlyRead(MemoryOutbox):
    """Leaves out chats with a message on its way, as the tables do, and is read until it has arrived."""

    def next_rows(self, now: datetime) -> list[OutboxRow]:
        busy = {row.alert.chat for row in self.rows.values() if row.state is OutboxState.SENDING}
        found = [row for row in super().next_rows(now) if row.alert.chat not in busy]
        while any(row.state is OutboxState.SENDING for row in self.rows.values()):
            time.sleep(0.002)
        return found

    def mark_sent(self, row_id: int, message_id: int | None, now: datetime) -> None:
        if self.rows[row_id].alert.chat == 5:
            time.sleep(0.2)  # the other chat's message arrives first, and the outbox is read for it
        super().mark_sent(row_id, message_id, now)


def test_what_waits_behind_a_message_that_arrived_during_a_look_goes_out_too() -> None:
    desk = Desk()
    desk.outbox = SlowlyRead()
    desk.outbox.owe([owed(5, "first"), owed(6, "of another chat"), owed(5, "second")], START)
    with TelegramServer() as server:
        assert desk.drain(server) == {"sent": 3}
