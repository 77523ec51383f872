"""A bot with its commands and buttons on a store of its own, and readers who write to it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count

from bot.answering import Answers
from bot.asked import Names
from bot.asking import Asking, Digests, Sources
from bot.callbacks import Callbacks
from bot.commands import Chart, Commands
from bot.replies import SourceView, StatusView
from bot.rights import Rights
from bot.sender import Sender
from bot.telegram import Telegram
from bot.words import Voice, fold
from djeli.core.model import Alert, Fact, Mention, Verdict
from djeli.core.ports import Kept
from storage.store import SqlStore, open_store
from tests.bot_samples import NOW, article, fact, mention, verdict, voice
from tests.store_parts import judgement
from tests.telegram_server import TOKEN, TelegramServer

DESK, ADMIN, READER, STRANGER = -1001, 42, 43, 666
_NAMES = {"russie": "cty.russia", "россия": "cty.russia", "russia": "cty.russia", "mali": "cty.mali"}


class Parting:
    """Takes a report out of a story; notes which."""

    def __init__(self) -> None:
        self.parted: list[tuple[str, str]] = []

    def split(self, story: str, article: str) -> str | None:
        self.parted.append((story, article))
        return "S99"


class Room:
    """`language` is that of every chat, until /language changes it."""

    def __init__(
        self,
        server: TelegramServer,
        chats: Collection[int] = (DESK, READER),
        admins: Collection[int] = (ADMIN,),
        language: str = "en",
        digests: Digests | None = None,
        chart: Chart | None = None,
        store: SqlStore | None = None,
    ) -> None:
        self.server, self.now = server, NOW
        self.languages: dict[int, str] = {}
        self.language = language
        self.returned: list[int] = []
        self.asked_for: list[str] = []
        self.splitting = Parting()
        self.outlets: list[SourceView] = []
        self.store = store or open_store("sqlite://")
        rights = Rights(chats, admins)
        sources = Sources(
            facts=self._facts,
            status=lambda: StatusView("0.1.0", last_poll=NOW),
            outlets=lambda: self.outlets,
            names=Names(
                lambda name: _NAMES.get(fold(name)),
                lambda name: "tass" if fold(name) in ("tass", "тасс") else None,
                lambda: ["Russia", "Mali"],
            ),
            digests=digests,
        )
        asking = Asking(self.store, self.store, self.store, sources, self.clock)
        self.commands = Commands(
            asking,
            self.store,
            rights,
            Answers(self.store, self.clock),
            voice=self.voice,
            set_language=self._set_language,
            chart=chart,
            on_return=self._back,
        )
        self.callbacks = Callbacks(
            asking,
            self.store,
            self.store,
            self.store,
            rights,
            Answers(self.store, self.clock),
            voice=self.voice,
            clock=self.clock,
            set_language=self._set_language,
            split=self.splitting,
        )

    def clock(self) -> datetime:
        return self.now

    def voice(self, chat: int) -> Voice:
        return voice(self.languages.get(chat, self.language))

    def _set_language(self, chat: int, language: str) -> None:
        self.languages[chat] = language

    def _facts(self, words: str) -> list[Fact]:
        if words == "boom":
            raise RuntimeError("no facts")
        if words == "many":
            return [fact(id=f"F{number}", summary="A convoy. " * 20) for number in range(1, 41)]
        return [fact()] if "t-72" in words.lower() else []

    async def _back(self, chat: int) -> None:
        self.returned.append(chat)

    # ------------------------------------------------------------------------- what has happened

    def tell(
        self,
        story: str = "S17",
        *,
        chat: int = DESK,
        name: str = "a1",
        message_id: int | None = None,
        kind: str = "alert",
        **changes: object,
    ) -> int:
        """A story told by a card in a chat; the number of its outbox row."""
        said = verdict(story=story, **changes)
        one = article(id=name, url=article().url if name == "a1" else f"https://press.example/{name}")
        alert = Alert(chat, kind, f"<b>card {story}</b>", f"card {story}", story)
        self.store.keep(Kept(judgement(one, said), alerts=(alert,)), self.now)
        row = self.store.owe([alert], self.now)[0]
        self.store.mark_sending(row, self.now)
        self.store.mark_sent(row, message_id, self.now)
        return row

    def hear(self, story: str, name: str, outlet: str = "tass", mentioned: Mention | None = None) -> None:
        """One more report of a story."""
        said = Verdict(
            decision=verdict().decision.__class__("merge"),
            mention=mentioned or mention(),
            because="The same convoy.",
            rule="merge",
            story=story,
        )
        one = article(
            id=name,
            url=f"https://press.example/{name}",
            title=f"Report {name}",
            outlet=outlet,
            published=NOW + timedelta(hours=1),
        )
        self.store.keep(Kept(judgement(one, said)), self.now)

    def tell_many(self, count: int) -> None:
        """Stories S1 … of as many days."""
        for number in range(1, count + 1):
            one = replace(
                article(id=f"m{number}", url=f"https://press.example/m{number}", title=f"Convoy {number}"),
                published=NOW - timedelta(days=count - number),
            )
            self.store.keep(Kept(judgement(one, verdict(story=f"S{number}"))), self.now)

    # ------------------------------------------------------------------------------ what is asked

    def run(self, job: Callable[[Telegram], Awaitable[None]]) -> None:
        """Do it while the bot hears and sends; what is owed at the end is sent."""

        async def main() -> None:
            telegram = Telegram(TOKEN, self.server.base_url, clock=self.clock, poll_seconds=5)
            self.commands.install(telegram.application)
            self.callbacks.install(telegram.application)
            await telegram.start()
            try:
                async with self._sending(telegram):
                    await job(telegram)
            finally:
                await telegram.stop()

        asyncio.run(main())

    @asynccontextmanager
    async def _sending(self, telegram: Telegram) -> AsyncIterator[None]:
        """A sender that waits for no clock."""
        looks = count(1)
        sender = Sender(
            self.store,
            telegram.messenger,
            lambda: NOW + timedelta(days=1, seconds=5 * next(looks)),
            voice=self.voice,
        )
        loop, stop = asyncio.get_running_loop(), asyncio.Event()
        self.store.on_owed = lambda: loop.call_soon_threadsafe(sender.wake)
        sending = asyncio.create_task(sender.run(stop))
        try:
            yield
            await self._all_sent()
        finally:
            stop.set()
            sender.wake()
            self.store.on_owed = lambda: None
            await sending

    async def _all_sent(self) -> None:
        while any(  # noqa: ASYNC110 - nothing tells that a row was marked
            health.oldest_pending and health.chat not in self.store.refusing()
            for health in self.store.outbox_health()
        ):
            await asyncio.sleep(0.005)

    def ask(self, text: str, chat: int = DESK, user: int = READER, reply_to: int | None = None) -> str:
        """The whole answer to one command."""
        return self.ask_all([text], chat, user, reply_to)[0]

    def ask_all(
        self, texts: Sequence[str], chat: int = DESK, user: int = READER, reply_to: int | None = None
    ) -> list[str]:
        """The answers to several commands, one after the other."""
        answers: list[str] = []

        async def job(telegram: Telegram) -> None:
            for text in texts:
                before = len(self.server.messages)
                self.server.push_command(chat, user, text, reply_to)
                await asyncio.to_thread(self.server.wait_for, lambda n=before: len(self.server.messages) > n)
                await self._all_sent()
                answers.append("\n".join(message["text"] for message in self.server.messages[before:]))

        self.run(job)
        return answers

    def press(self, *presses: tuple[int, int, int, str]) -> list[str]:
        """What those who press (chat, user, message, data) are shown, one after the other."""
        shown: list[str] = []

        async def job(telegram: Telegram) -> None:
            for chat, user, message, data in presses:
                query = self.server.push_press(chat, user, message, data)
                await asyncio.to_thread(self.server.wait_for, lambda q=query: self._toasts(q))
                shown.extend(self._toasts(query))
            # What follows a toast is done before the next update is looked at.
            self.server.push_command(presses[-1][0], ADMIN, "/status")
            await asyncio.to_thread(self.server.wait_for, lambda: self._status_shown())
            self.server.messages.pop()

        self.run(job)
        return [text.replace("\u202f", " ") for text in shown]

    def _toasts(self, query: str) -> list[str]:
        return [toast["text"] for toast in self.server.toasts if toast["query"] == query]

    def _status_shown(self) -> bool:
        return bool(self.server.messages) and self.server.messages[-1]["text"].startswith("Djeli 0.1.0")

    def told_card(self, story: str = "S17", chat: int = DESK, **how: object) -> tuple[int, int]:
        """A story told by a card that stands in the chat: its outbox row and its message."""
        alert = Alert(chat, str(how.pop("kind", "alert")), f"<b>card {story}</b>", f"card {story}", story)
        name = str(how.pop("name", "a1"))
        one = article(id=name, url=article().url if name == "a1" else f"https://press.example/{name}")
        self.store.keep(Kept(judgement(one, verdict(story=story, **how)), alerts=(alert,)), self.now)
        row = self.store.owe([alert], self.now)[0]

        async def job(telegram: Telegram) -> None:
            """The sender does it."""

        self.run(job)
        return row, self.server.messages[-1]["message_id"]
