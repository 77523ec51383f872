"""The weekly picture: for `/chart`, and sent at each chat's weekday and hour."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot import chart, drawing
from bot.cards import Card
from bot.words import Voice
from djeli.app.durations import day_begins
from djeli.app.hours import last_chart_hour, wakes_at
from djeli.core.errors import JobFailed
from djeli.core.model import Alert, Chat
from djeli.core.ports import Kept, Store

log = logging.getLogger("djeli.charts")

MOST_WEEKS = 26
Draw = Callable[[chart.Picture], bytes]


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture with its caption; without a picture where nothing was told."""

    caption: Card
    png: bytes | None


class Charts:
    """Makes pictures of what was told; `draw` takes seconds and memory of its own process."""

    def __init__(
        self, store: Store, voices: Mapping[str, Voice], zone: ZoneInfo, draw: Draw = drawing.draw
    ) -> None:
        self._store, self._voices, self.zone, self._draw = store, voices, zone, draw

    def chart(self, weeks: int, watches: Sequence[str], language: str, now: datetime) -> Chart:
        """The last weeks, today included, for these watches; JobFailed when it cannot be drawn.

        Call it in a thread: drawing takes some seconds. `weeks` is brought between 1 and 26.
        """
        return self._made(weeks, watches, language, now, self._draw)

    def without_picture(self, weeks: int, watches: Sequence[str], language: str, now: datetime) -> Chart:
        """The same in words alone."""
        return self._made(weeks, watches, language, now, None)

    def _made(
        self, weeks: int, watches: Sequence[str], language: str, now: datetime, draw: Draw | None
    ) -> Chart:
        voice = self._voices[language]
        end = now.astimezone(self.zone).date()
        start = end - timedelta(days=7 * min(max(weeks, 1), MOST_WEEKS) - 1)
        lines = self._store.told_lines(watches, day_begins(start, self.zone), now)
        words = chart.caption(lines, start, end, voice)
        png = draw(chart.picture(lines, start, end, voice)) if draw and lines else None
        return Chart(words, png)


class ChartRound:
    """Owes each chat its weekly picture once for each of its hours, also when the hour passed in sleep."""

    def __init__(self, chats: Collection[Chat], charts: Charts, store: Store) -> None:
        self._chats, self._charts, self._store = chats, charts, store

    def owe(self, now: datetime) -> int:
        """Owe what is due at `now`; returns how many chats were owed a picture."""
        return sum(self._owe(chat, now) for chat in self._chats if chat.chart)

    def _owe(self, chat: Chat, now: datetime) -> bool:
        mark = f"chat:{chat.id}:chart"  # moves with the chat when a group becomes a supergroup
        hour = last_chart_hour(chat, self._charts.zone, now)
        told = self._store.setting(mark)
        if told is None or hour is None or datetime.fromisoformat(told) > now + timedelta(days=7):
            self._store.set_setting(mark, now.isoformat())  # the first one comes at the next hour
            return False
        if hour <= datetime.fromisoformat(told):
            return False
        alert = self._picture(chat, hour, now)
        self._store.keep(Kept(alerts=(alert,), settings=((mark, hour.isoformat()),)), now)
        return True

    def _picture(self, chat: Chat, hour: datetime, now: datetime) -> Alert:
        try:
            made = self._charts.chart(1, chat.watches, chat.language, now)
        except JobFailed as error:  # the counts are told without it
            log.warning("%s", error)
            made = self._charts.without_picture(1, chat.watches, chat.language, now)
        return Alert(
            chat=chat.id,
            kind="picture",
            html=made.caption.html,
            plain=made.caption.plain,
            story=f"picture:{hour:%Y-%m-%dT%H:%M}",
            thread=chat.thread,
            not_before=wakes_at(chat, self._charts.zone, now),
            photo=made.png,
        )
