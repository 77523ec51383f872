"""How fast we may write: never faster than Telegram's guidance, so that 429 stays the exception.

Guidance of core.telegram.org/bots/faq: one message per second in a chat, 20 per minute in a group
(negative id), 30 per second altogether.
"""

from __future__ import annotations

from collections import deque
from datetime import datetime, timedelta

_SECOND = timedelta(seconds=1)
_ALMOST = timedelta(seconds=1.1)  # of all chats: their messages overtake each other on the way
_MINUTE = timedelta(minutes=1)
_ALL = 0  # no chat has this id


class Pace:
    """Remembers when something was sent, and until when a chat is held."""

    def __init__(self) -> None:
        self._sent: dict[tuple[int, timedelta], deque[datetime]] = {}
        self._held: dict[int, tuple[datetime, datetime]] = {}

    def ready_at(self, chat: int, now: datetime) -> datetime:
        """The earliest moment for the next message to this chat; never before `now`."""
        moments = [now, now + timedelta(seconds=self.held(chat, now))]
        for key, count, window in self._rules(chat):
            times = self._sent.get((key, window), deque())
            if len(times) == count and times[0] <= now:
                moments.append(times[0] + window)
        return max(moments)

    def held(self, chat: int, now: datetime) -> float:
        """Seconds for which this chat is still held, whatever was sent before."""
        since, until = self._held.get(chat, (now, now))
        if since > now:  # the clock went back, and a hold must not last longer for it
            return 0.0
        return max(0.0, (until - now).total_seconds())

    def took(self, chat: int, now: datetime) -> None:
        """A message to this chat goes out now."""
        for key, count, window in self._rules(chat):
            self._sent.setdefault((key, window), deque(maxlen=count)).append(now)

    def arrived(self, chat: int, now: datetime) -> None:
        """The last message to this chat was answered: on its way it may have lost the time it was given."""
        for key, _, window in self._rules(chat):
            times = self._sent.get((key, window))
            if key != _ALL and times and times[-1] < now:
                times[-1] = now

    def hold(self, chat: int, seconds: float, now: datetime) -> None:
        """Nothing to this chat for so long."""
        self._held[chat] = (now, now + timedelta(seconds=seconds))

    def release(self, chat: int) -> None:
        """The chat need not be held any longer."""
        self._held.pop(chat, None)

    @staticmethod
    def _rules(chat: int) -> list[tuple[int, int, timedelta]]:
        rules = [(chat, 1, _SECOND), (_ALL, 30, _ALMOST)]
        if chat < 0:
            rules.append((chat, 20, _MINUTE))
        return rules
