"""What the chats hear of the health of feeds: one message a day at most, and each thing once.

A feed is told when it has failed for a day, when it is quarantined, when it is silent against its own
rhythm, when it has moved for good, and when it is well again. Never a single failure: a feed that
comes and goes is what feeds do.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from djeli.app.telling import Teller
from djeli.core.ports import FeedStatus, Outbox, Store

TOLD = "feeds_told"  # setting: a JSON object, feed → what was told of it last
DAY_TOLD = "feeds_told_on"  # setting: the day of the last message
_WORTH_A_NOTICE = timedelta(hours=24)
_ALONG = timedelta(hours=12)  # feeds that failed together are told together: once one is told, these are, too
_PAUSE = timedelta(minutes=15)  # between two looks at the state of all feeds, which counts their entries

News = dict[str, list[FeedStatus]]


class FeedNews:
    """Owes the daily message about feeds, where there is something to say."""

    def __init__(self, teller: Teller, store: Store, outbox: Outbox) -> None:
        self._teller, self._store, self._outbox = teller, store, outbox
        self._asked: datetime | None = None

    def owe(self, now: datetime) -> None:
        """Say what changed since the last message, unless there was one today."""
        day = now.astimezone(self._teller.zone).date().isoformat()
        if self._asked and timedelta() <= now - self._asked < _PAUSE:
            return
        if self._store.setting(DAY_TOLD) == day:
            return
        self._asked = now
        told: dict[str, str] = json.loads(self._store.setting(TOLD) or "{}")
        news, after = changes(self._store.feed_statuses(), told, now)
        if any(news.values()):
            # First owed, then noted: the outbox owes the message of a day once.
            self._outbox.owe(self._teller.feeds_news(news, day, now), now)
            self._store.set_setting(TOLD, json.dumps(after, sort_keys=True))
            self._store.set_setting(DAY_TOLD, day)


def changes(
    feeds: Iterable[FeedStatus], told: Mapping[str, str], now: datetime
) -> tuple[News, dict[str, str]]:
    """What is to be told of which feeds, by kind, and what will have been told then."""
    known = list(feeds)
    news, after = _changes(known, told, now, _WORTH_A_NOTICE)
    return _changes(known, told, now, _ALONG) if any(news.values()) else (news, after)


def _changes(
    feeds: Iterable[FeedStatus], told: Mapping[str, str], now: datetime, worth: timedelta
) -> tuple[News, dict[str, str]]:
    news: News = {}
    after: dict[str, str] = {}
    for feed in feeds:
        before = told.get(feed.feed, "")
        kind, mark = _condition(feed, now, worth)
        if kind == "" and before and not before.startswith("moved"):
            kind, mark = "back", ""
        elif kind is None:  # fails, but not for long: nothing to say yet
            kind, mark = "", before
        if mark:
            after[feed.feed] = mark
        if kind and mark != before:
            news.setdefault(kind, []).append(feed)
    return news, after


def _condition(feed: FeedStatus, now: datetime, worth: timedelta) -> tuple[str | None, str]:
    """The kind of news a feed is by itself, with the mark by which it is known to have been told."""
    cursor, state = feed.cursor, feed.cursor.state
    if state == "failing" and (cursor.failing_since is None or now - cursor.failing_since < worth):
        return None, ""
    if state in ("failing", "quarantined", "silent"):
        return state, f"{state} {cursor.since.isoformat() if cursor.since else ''}"
    return ("moved", f"moved {cursor.proposed}") if cursor.proposed else ("", "")
