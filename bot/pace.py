"""How fast we may write: never faster than Telegram's guidance, so that 429 stays the exception.

Guidance of core.telegram.org/bots/faq: one message per second in a chat, 20 per minute in a group
(negative id), 30 per second altogether. A message counts from when it was answered, and as now while it
is on its way: however long that takes, messages are as far apart where they arrive.
"""

from __future__ import annotations

from collections import deque
from datetime import datetime, timedelta

_SECOND = timedelta(seconds=1)
_MINUTE = timedelta(minutes=1)
_SOON = timedelta(seconds=0.05)
_AT_ONCE = 30  # messages of all chats in a second


class Pace:
    """Remembers when something was sent, and until when a chat is held."""

    def __init__(self) -> None:
        self._sent: dict[tuple[int, timedelta], deque[datetime]] = {}
        self._held: dict[int, tuple[datetime, datetime]] = {}
        self._flying = 0  # on their way, to all chats
        self._arrived: deque[datetime] = deque(maxlen=_AT_ONCE)

    def ready_at(self, chat: int, now: datetime) -> datetime:
        """The earliest moment for the next message to this chat; never before `now`."""
        moments = [now + timedelta(seconds=self.held(chat, now)), self._all_ready_at(now)]
        for key, count, window in self._rules(chat):
            times = self._sent.get((key, window), deque())
            if len(times) == count and times[0] <= now:
                moments.append(times[0] + window)
        return max(moments)

    def _all_ready_at(self, now: datetime) -> datetime:
        # `now` is of the beginning of a look; what arrived since counts. Later still: the clock was set back.
        lately = sorted(at for at in self._arrived if now - _SECOND < at < now + _MINUTE)
        too_many = self._flying + len(lately) - _AT_ONCE + 1
        if too_many <= 0:
            return now
        return lately[too_many - 1] + _SECOND if too_many <= len(lately) else now + _SOON

    def held(self, chat: int, now: datetime) -> float:
        """Seconds for which this chat is still held, whatever was sent before."""
        since, until = self._held.get(chat, (now, now))
        if since > now:  # the clock went back, and a hold must not last longer for it
            return 0.0
        return max(0.0, (until - now).total_seconds())

    def took(self, chat: int, now: datetime) -> None:
        """A message to this chat goes out now."""
        self._flying += 1
        for key, count, window in self._rules(chat):
            self._sent.setdefault((key, window), deque(maxlen=count)).append(now)

    def arrived(self, chat: int, now: datetime) -> None:
        """The last message to this chat is no longer on its way, whatever became of it."""
        self._flying = max(0, self._flying - 1)
        self._arrived.append(now)
        for key, _, window in self._rules(chat):
            times = self._sent.get((key, window))
            if times:
                times[-1] = max(times[-1], now)

    def hold(self, chat: int, seconds: float, now: datetime) -> None:
        """Nothing to this chat for so long."""
        self._held[chat] = (now, now + timedelta(seconds=seconds))

    def release(self, chat: int) -> None:
        """The chat need not be held any longer."""
        self._held.pop(chat, None)

    @staticmethod
    def _rules(chat: int) -> list[tuple[int, int, timedelta]]:
        rules = [(chat, 1, _SECOND)]
        if chat < 0:
            rules.append((chat, 20, _MINUTE))
        return rules
