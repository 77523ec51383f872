"""Everything that answers in the chat, joined: commands, buttons, digests on demand."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.answering import Answers
from bot.asked import Names
from bot.asking import Asking, Sources
from bot.callbacks import Callbacks
from bot.commands import Chart, Commands, Drawn
from bot.replies import StatusView
from bot.rights import Rights
from bot.telegram import AnyApplication
from djeli.app.charts import Charts
from djeli.app.feedback import Decisions, Splits
from djeli.app.jobs import DigestRound
from djeli.app.lookup import named, names_of, outlets_of
from djeli.app.reloading import Current
from djeli.core.clock import Clock
from djeli.core.errors import JobFailed
from monitors.addresses import canonical
from storage.store import SqlStore

log = logging.getLogger("djeli.talking")


class ChatDigests:
    """Digests at any hour: how many lines wait, and the digest itself."""

    def __init__(self, current: Current, store: SqlStore) -> None:
        self._current, self._store = current, store

    def _round(self) -> DigestRound:
        house, roster = self._current.house, self._current.roster
        teller = house.teller(self._store, roster, reactions=self._store)
        return DigestRound(roster, teller, self._store, self._store)

    def waiting(self, chat: int, now: datetime) -> tuple[Sequence[str], int] | None:
        """The hours of a chat's digests and how many lines wait; None where it follows no watch."""
        found = next((one for one in self._current.roster if one.id == chat), None)
        return (found.digest, self._round().waiting(found, now)) if found else None

    def at_once(self, chat: int, now: datetime) -> bool:
        """Owe the digest now; False where the chat follows no watch."""
        found = next((one for one in self._current.roster if one.id == chat), None)
        if found is None:
            return False
        self._round().owe_at_once(found, now)
        return True


def charts_of(current: Current, store: SqlStore, clock: Clock) -> Chart:
    """Draws what a chat was told, or what every watch caught where a chat follows none."""

    def chart(chat: int, weeks: int) -> Drawn:
        house, now = current.house, clock()
        charts = Charts(store, house.voices, house.config.zone)
        found = next((one for one in current.roster if one.id == chat), None)
        watches = found.watches if found else tuple(watch.name for watch in house.config.watches)
        language = current.language(chat)
        try:
            made = charts.chart(weeks, watches, language, now)
        except JobFailed as error:  # the counts are told without it
            log.warning("%s", error)
            made = charts.without_picture(weeks, watches, language, now)
        return Drawn(made.caption.html, made.png)

    return chart


@dataclass(frozen=True)
class Talk:
    """Everything that answers in the chat."""

    commands: Commands
    callbacks: Callbacks

    def install(self, application: AnyApplication) -> None:
        """Add the handlers to the application."""
        self.commands.install(application)
        self.callbacks.install(application)

    @property
    def strangers(self) -> int:
        """Messages and presses of strangers since the start."""
        return self.commands.strangers + self.callbacks.strangers


def talk(
    current: Current,
    store: SqlStore,
    *,
    status: Callable[[], StatusView],
    clock: Clock,
    on_return: Callable[[int], Awaitable[None]],
    on_owed: Callable[[], None],
) -> Talk:
    """The commands and the buttons of the configuration in force."""
    sources = Sources(
        facts=lambda words: current.house.judge.known(words.split()),
        status=status,
        outlets=lambda: outlets_of(current.house, store),
        names=Names(
            lambda phrase: named(current.house, phrase),
            lambda phrase: names_of(current.house).outlet(phrase),
            lambda: names_of(current.house).all(),
        ),
        digests=ChatDigests(current, store),
        canonical=canonical,
        reason_in=lambda language, said, lang: current.house.judge.reason_in(language, said, lang),
    )
    asking, answers = Asking(store, store, store, sources, clock), Answers(store, clock)
    rights = Rights(current.chats, current.admins, current.users)

    def set_language(chat: int, language: str) -> None:
        current.roster.set_language(chat, language)

    commands = Commands(
        asking,
        store,
        rights,
        answers,
        voice=current.voice,
        set_language=set_language,
        chart=charts_of(current, store, clock),
        on_return=on_return,
        on_owed=on_owed,
    )
    callbacks = Callbacks(
        asking,
        store,
        store,
        store,
        rights,
        answers,
        voice=current.voice,
        clock=clock,
        set_language=set_language,
        split=Splits(current, store, clock),
        changing=Decisions(current, store, clock),
        on_owed=on_owed,
    )
    return Talk(commands, callbacks)
