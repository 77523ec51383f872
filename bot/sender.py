"""The sender: what is owed goes out in order, at least once, and every possible repeat is marked.

One row is in flight per chat. `sending` is committed before the request and `sent` right after it,
with nothing in between; a row that dies in between is uncertain and goes out once more with
"↻ may repeat" in front. A chat that must wait never delays another one.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial

from bot import buttons, html, storms
from bot.outcomes import Became, Messenger, Outcome
from bot.pace import Pace
from bot.words import Voice
from djeli.core.clock import Clock
from djeli.core.errors import JobFailed, LeaseLost
from djeli.core.model import Alert, OutboxRow, OutboxState
from djeli.core.ports import Outbox

log = logging.getLogger(__name__)

_CAPTION = 1_024  # units that Telegram takes under a picture
COPIES = 3  # marked copies of one row by one process; one more unknown outcome and it is given up
# The same over restarts: a process that is killed while a message is on its way leaves a doubt, too, and must
# not bring a message that never left to its end.
MOST_DOUBTS = 12
_COPY_PAUSES = (5.0, 30.0, 300.0)  # seconds before each copy
_LONGEST_BACKOFF = 300.0
_UNREACHABLE = timedelta(hours=1)  # between two tries of a chat that refuses us
_LOOK = 0.25  # seconds between two looks into the outbox: for what waited for its time, nobody wakes us
_PATIENCE = 10.0  # seconds that `drain` waits for a held chat
_AFTER_ERROR = 5.0  # seconds before a chat is tried again when our own disk or code failed

Sleep = Callable[[float], Awaitable[None]]


def _english(chat: int) -> str:
    return "en"


def _nothing(old: int, new: int) -> None:
    return None


class Sender:
    """Sends what the outbox owes.

    `language`, or `voice` with the zone, is that of a chat for the few words the sender adds. `clock` and
    `sleep` are the only ways in which it knows of time. `holder` is the name under which this process
    has the sender's lease: once somebody else has it, nothing leaves, and the sender ends with LeaseLost.
    `on_move` is told when a group became a supergroup (old id, new id). `hourly` says how many cards a
    chat gets in an hour; without it there is no limit.
    """

    def __init__(
        self,
        outbox: Outbox,
        messenger: Messenger,
        clock: Clock,
        sleep: Sleep = asyncio.sleep,
        language: Callable[[int], str] = _english,
        holder: str | None = None,
        on_move: Callable[[int, int], None] = _nothing,
        hourly: Callable[[int], int] | None = None,
        voice: Callable[[int], Voice] | None = None,
    ) -> None:
        self._outbox = outbox
        self._messenger = messenger
        self._clock = clock
        self._sleep = sleep
        self._voice = voice or (lambda chat: Voice(language(chat)))
        self._holder = holder
        self._on_move = on_move
        self._hourly = hourly
        self._pace = Pace()
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._failures: Counter[int] = Counter()  # in a row, per chat: never reached Telegram
        self._doubts: dict[int, int] = {}  # per row: outcomes that stayed unknown
        self._unrecorded: dict[int, tuple[int, int | None]] = {}  # sent, but not yet marked so
        self._refused: dict[int, int] = {}  # chat → its row that waits for the chat to come back
        self._wake = asyncio.Event()
        self._fatal: JobFailed | None = None
        self.unreachable: dict[int, str] = {}
        self.counts: Counter[str] = Counter()

    # ----------------------------------------------------------------------------- from outside

    @property
    def in_flight(self) -> int:
        """Messages on their way at this moment."""
        return len(self._tasks)

    def wake(self) -> None:
        """Something new is owed: look at once (call it in the event loop)."""
        self._wake.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Send until told to stop, then let what is in flight arrive.

        Raises JobFailed when Telegram refuses the token.
        """
        while not stop.is_set():
            try:
                _, pause = await self._look()
            except JobFailed:
                raise
            except Exception:  # a locked or full database: it may be back in a moment
                log.exception("the outbox could not be read")
                pause = _AFTER_ERROR
            await self._idle(pause, stop)
        await self._finish()

    async def drain(self, until_empty: bool = True) -> dict[str, int]:
        """Send everything that is due now; returns how many were sent, repeated, waiting, uncertain, dead.

        Does not wait for chats that must pause longer than ten seconds. Raises JobFailed when
        Telegram refuses the token.
        """
        before = Counter(self.counts)
        while True:
            due, pause = await self._look()
            if not self._tasks and not due:
                break
            await self._idle(pause)
            if not until_empty:
                await self._finish()
                break
        self._raise_fatal()
        return dict(self.counts - before)

    async def revive(self, chat: int) -> None:
        """The chat can be reached again (the bot was added or started): try its row at once."""
        self.unreachable.pop(chat, None)
        self._refused.pop(chat, None)
        await asyncio.to_thread(self._outbox.chat_back, chat, self._clock())
        self.wake()

    async def let_go(self) -> None:
        """This process ends: the next one tries the chats that refused us at once, not in an hour."""
        for chat, row_id in self._refused.items():
            row = await asyncio.to_thread(self._outbox.outbox_row, row_id)
            if row and row.state is OutboxState.PENDING:  # one on its way stays in doubt
                said = self.unreachable[chat]
                await asyncio.to_thread(self._outbox.mark_waiting, row_id, self._clock(), said, True)

    # ---------------------------------------------------------------------------------- one look

    async def _look(self) -> tuple[int, float]:
        """Start what can start now; returns rows due soon and the seconds until the next can start."""
        self._raise_fatal()
        self._wake.clear()
        for chat in [chat for chat in self._unrecorded if chat not in self._tasks]:
            self._start(chat, self._record(chat))
        now = self._clock()
        busy = set(self._tasks)  # what is read of them may be old when they are done, so they come next time
        rows = await asyncio.to_thread(self._outbox.next_rows, now)
        # Of chats whose message arrived meanwhile nothing was read, or something old: look again.
        due, pause = len(busy.difference(self._tasks)), _LOOK
        for row in rows:
            chat = row.alert.chat
            if chat in busy or chat in self._tasks:
                continue
            wait = (self._pace.ready_at(chat, now) - now).total_seconds()
            due += self._pace.held(chat, now) <= _PATIENCE
            if wait > 0:
                pause = min(pause, wait)
                continue
            self._pace.took(chat, now)
            self._start(chat, self._paced(row))
        return due, pause

    def _start(self, chat: int, work: Awaitable[None]) -> None:
        self._tasks[chat] = asyncio.ensure_future(self._guarded(chat, work))

    async def _guarded(self, chat: int, work: Awaitable[None]) -> None:
        """One chat's trouble stays its own: a full disk or a bug pauses it and is logged."""
        try:
            await work
        except LeaseLost as error:
            self._fatal = error
        except Exception:
            log.exception("sending to chat %s failed on our side", chat)
            self._pace.hold(chat, _AFTER_ERROR, self._clock())
        finally:
            self._tasks.pop(chat, None)
            self._wake.set()

    async def _idle(self, pause: float, stop: asyncio.Event | None = None) -> None:
        """Until a message arrived, something new is owed, the stop, or so many seconds passed."""
        waits = [asyncio.ensure_future(self._sleep(pause)), asyncio.ensure_future(self._wake.wait())]
        if stop:
            waits.append(asyncio.ensure_future(stop.wait()))
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for waiting in waits:
                waiting.cancel()
            await asyncio.gather(*waits, return_exceptions=True)

    async def _finish(self) -> None:
        await asyncio.gather(*self._tasks.values())
        self._raise_fatal()

    def _raise_fatal(self) -> None:
        if self._fatal:
            raise self._fatal

    # -------------------------------------------------------------------------------- one message

    async def _paced(self, row: OutboxRow) -> None:
        try:
            await self._deliver(row)
        finally:
            self._pace.arrived(row.alert.chat, self._clock())

    async def _deliver(self, row: OutboxRow) -> None:
        if row.state is OutboxState.UNCERTAIN:
            if not await self._may_copy(row):
                return
        elif await self._too_many(row):
            return
        reply_to, edited = await self._edit_first_card(row.alert)
        if edited and edited.became in (Became.WAIT, Became.NOT_SENT, Became.MIGRATED, Became.BAD_TOKEN):
            await self._settle(row, edited)
            return
        silent = not (row.alert.html or row.alert.plain)
        if silent and edited and edited.became is Became.UNKNOWN:  # editing again does no harm
            await self._settle(row, replace(edited, became=Became.NOT_SENT))
            return
        # Its text may have been replaced since it was read: what is sent is what the database holds now.
        row = await asyncio.to_thread(self._outbox.mark_sending, row.id, self._clock(), self._holder)
        outcome = Outcome(Became.SENT, message_id=reply_to)  # of a silent edit, which has no text
        if not silent:
            outcome = await self._send(row, reply_to)
        await self._settle(row, outcome)

    async def _may_copy(self, row: OutboxRow) -> bool:
        """A copy is made only while Telegram answers, and only so many times."""
        doubts = self._doubts.setdefault(row.id, 0)
        if doubts > COPIES or row.doubts > MOST_DOUBTS:
            await self._bury(row, "its outcome stayed unknown")
            return False
        answer = await self._messenger.check()
        if answer.became is Became.SENT:
            return True
        if answer.became is Became.BAD_TOKEN:
            self._stop_for(answer)
        self._pace.hold(row.alert.chat, self._backoff(row.alert.chat), self._clock())
        return False

    async def _too_many(self, row: OutboxRow) -> bool:
        """Have the cards of a chat wait, or told together, where they are more than it gets in an hour."""
        chat, now = row.alert.chat, self._clock()
        if self._hourly is None or row.alert.kind not in buttons.CARDS or row.maybe_repeated or row.pack:
            return False
        most, voice = self._hourly(chat), self._voice(chat)
        backlog = await asyncio.to_thread(self._outbox.backlog, chat, now - storms.HOUR, now)
        plan = storms.plan(row, backlog, most, now)
        if isinstance(plan, storms.Hold):
            rows = [held.id for held in plan.rows]
            said = storms.notice(row.alert, plan.until, most, voice)
            await asyncio.to_thread(self._outbox.hold, rows, plan.until, [said], now)
        elif plan is not None:
            await asyncio.to_thread(self._outbox.pack, storms.packs(plan.rows, most, voice), now)
        return plan is not None

    async def _edit_first_card(self, alert: Alert) -> tuple[int | None, Outcome | None]:
        """The message to reply to, and how its edit ended. Editing twice is harmless, so it comes first."""
        if not alert.story or not (alert.reply_to_story or alert.edit_html):
            return None, None
        first = await asyncio.to_thread(self._outbox.told, alert.chat, alert.story)
        if first is None or first.message_id is None:
            return None, None
        edited = None
        if alert.edit_html and first.kind != storms.PACK:  # its message tells other stories, too
            mark = f"{self._repeat_mark(alert.chat)}\n" if first.maybe_repeated else ""
            below = buttons.card(first.outbox_id, first.kind, self._voice(alert.chat), merged=True)
            edited = await self._messenger.edit(alert.chat, first.message_id, mark + alert.edit_html, below)
        return first.message_id, edited

    async def _send(self, row: OutboxRow, reply_to: int | None) -> Outcome:
        """Try the message as HTML, then plain, then only its link; a lost topic falls back to the chat."""
        alert, thread = row.alert, row.alert.thread
        reply_to = reply_to if alert.reply_to_story else alert.reply_to
        kind = storms.PACK if row.pack else alert.kind
        below = alert.keyboard or buttons.card(row.id, kind, self._voice(alert.chat))
        outcome = Outcome(Became.REJECTED, detail="the message is empty")
        for text, as_html in self._wordings(row):
            if alert.photo and html.length(text) <= _CAPTION:
                outcome, thread = await self._send_photo(alert, text, as_html, thread)
                if outcome.became is not Became.REJECTED:
                    break
                log.warning("picture %s was refused: %s", row.id, outcome.detail)
            send = partial(
                self._messenger.send, alert.chat, text, html=as_html, reply_to=reply_to, keyboard=below
            )
            outcome = await send(thread=thread)
            if outcome.became is Became.NO_THREAD and thread is not None:
                thread = None
                outcome = await send()
            if outcome.became is not Became.REJECTED:
                break
            log.warning("message %s was refused: %s", row.id, outcome.detail)
        return outcome

    async def _send_photo(
        self, alert: Alert, caption: str, as_html: bool, thread: int | None
    ) -> tuple[Outcome, int | None]:
        """Try the picture; where it is refused, its caption goes alone. With the topic that is left."""
        send = partial(self._messenger.send_photo, alert.chat, alert.photo or b"", caption, html=as_html)
        outcome = await send(thread=thread)
        if outcome.became is Became.NO_THREAD and thread is not None:
            return await send(), None
        return outcome, thread

    def _wordings(self, row: OutboxRow) -> Iterator[tuple[str, bool]]:
        voice = self._voice(row.alert.chat)
        marked = row.state is OutboxState.UNCERTAIN or row.maybe_repeated or row.id in self._doubts
        mark = f"{self._repeat_mark(row.alert.chat)}\n" if marked else ""
        if row.alert.html:
            yield mark + row.alert.html, True
        plain = row.alert.plain or html.plain(row.alert.html)
        yield mark + _cut(plain, html.LIMIT_UNITS), False
        if not row.pack:  # its first line says nothing of the developments
            yield mark + minimal(row.alert, voice), False

    def _repeat_mark(self, chat: int) -> str:
        return self._voice(chat).say("repeat")

    # ------------------------------------------------------------------------------- its outcome

    async def _settle(self, row: OutboxRow, outcome: Outcome) -> None:
        chat, now = row.alert.chat, self._clock()
        match outcome.became:
            case Became.SENT:
                await self._sent(row, outcome.message_id)
            case Became.NOT_SENT:
                await self._wait(row, self._backoff(chat), outcome.detail, counts=True)
            case Became.WAIT:
                self._pace.hold(chat, outcome.seconds, now)  # nothing overtakes it, an answer neither
                await self._wait(row, outcome.seconds, outcome.detail, counts=False)
            case Became.UNKNOWN:
                await self._doubt(row, outcome.detail)
            case Became.REJECTED | Became.NO_THREAD:
                await self._bury(row, outcome.detail)
            case Became.FORBIDDEN:
                self.counts["waiting"] += 1
                self.unreachable[chat] = outcome.detail
                self._refused[chat] = row.id
                until = now + _UNREACHABLE
                await asyncio.to_thread(self._outbox.mark_refused, row.id, now, until, outcome.detail)
            case Became.MIGRATED:
                await asyncio.to_thread(self._outbox.migrate_chat, chat, outcome.chat or chat, row.id)
                self._on_move(chat, outcome.chat or chat)
            case Became.BAD_TOKEN:
                await asyncio.to_thread(self._outbox.mark_waiting, row.id, now, outcome.detail, False)
                self._stop_for(outcome)

    async def _sent(self, row: OutboxRow, message_id: int | None) -> None:
        chat = row.alert.chat
        self._unrecorded[chat] = (row.id, message_id)  # stays when our disk refuses, see `_look`
        await self._record(chat)
        self.counts["repeated" if row.id in self._doubts or row.maybe_repeated else "sent"] += 1
        self._doubts.pop(row.id, None)
        self._failures.pop(chat, None)
        self._refused.pop(chat, None)
        self.unreachable.pop(chat, None)

    async def _record(self, chat: int) -> None:
        row_id, message_id = self._unrecorded[chat]
        await asyncio.to_thread(self._outbox.mark_sent, row_id, message_id, self._clock())
        del self._unrecorded[chat]

    async def _wait(self, row: OutboxRow, seconds: float, why: str, *, counts: bool) -> None:
        self.counts["waiting"] += 1
        until = self._clock() + timedelta(seconds=seconds)
        await asyncio.to_thread(self._outbox.mark_waiting, row.id, until, why, counts)

    async def _doubt(self, row: OutboxRow, why: str) -> None:
        self.counts["uncertain"] += 1
        doubts = self._doubts.get(row.id, 0) + 1
        self._doubts[row.id] = doubts
        now = self._clock()
        self._pace.hold(row.alert.chat, _COPY_PAUSES[min(doubts, len(_COPY_PAUSES)) - 1], now)
        await asyncio.to_thread(self._outbox.mark_uncertain, row.id, now, why)

    async def _bury(self, row: OutboxRow, why: str) -> None:
        log.error("message %s to chat %s is given up: %s", row.id, row.alert.chat, why)
        self.counts["dead"] += 1
        self._doubts.pop(row.id, None)
        await asyncio.to_thread(self._outbox.mark_dead, row.id, self._clock(), why)

    def _stop_for(self, outcome: Outcome) -> None:
        self._fatal = JobFailed(f"Telegram refuses the bot's token: {outcome.detail}")

    def _backoff(self, chat: int) -> float:
        """1, 2, 4 … 300 seconds, longer with each failure in a row."""
        seconds = min(2.0 ** min(self._failures[chat], 16), _LONGEST_BACKOFF)
        self._failures[chat] += 1
        return seconds


def _cut(text: str, units: int) -> str:
    """As much of a text as so many UTF-16 units hold, without half a character."""
    return text.encode("utf-16-le", "replace")[: 2 * units].decode("utf-16-le", "ignore")


def minimal(alert: Alert, voice: Voice) -> str:
    """The least that can be said of a message that was refused twice: its beginning and its link."""
    text = alert.plain or html.plain(alert.html)
    first = next((line for line in text.splitlines() if line.strip()), "")
    urls = [word.strip("()<>,;") for word in text.split() if word.strip("()<>,;").startswith("http")]
    links = [url for url in urls if html.safe_url(url)]
    return "\n".join([voice.say("unshown"), html.shorten(first, 200), *links[:1]]).strip()
