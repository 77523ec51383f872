"""When a feed is looked at next, and what is remembered of the look. Pure: `now` and chance are arguments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from djeli.core.model import Check, Feed, FeedCursor

LONGEST_WAIT = timedelta(hours=24)
LONGEST_WISH = timedelta(hours=6)  # of a TTL or max-age: news a day old are none
# Where the fault may be on our side or is soon over: after a night without a network, feeds must not sleep
# for as long again. A name or connection that fails costs nobody anything; a time-out keeps one busy.
LONGEST = {"dns": timedelta(hours=1), "connect": timedelta(hours=1), "timeout": timedelta(hours=6)}
SET_BACK = timedelta(minutes=1)  # a clock that is corrected by less is left alone
JITTER = 0.2  # a fifth to either side, so that feeds that failed together do not return together
MOST_DOUBLINGS = 20  # beyond any interval's 24 hours; keeps the power small


def next_due(feed: Feed, check: Check, failures: int, now: datetime, chance: float) -> datetime:
    """When to look again after `check`, which was the `failures`-th failure in a row (0: it went well).

    `chance` in [0, 1) spreads the moment by ±20 %. Each failure in a row doubles the wait, up to the
    longest one of its kind; no feed is ever given up. A feed's own wish lengthens the wait: TTL and
    Cache-Control up to 6 hours, Retry-After up to 24. A feed that stopped its parser twice, or is
    gone for good (410), waits 24 hours.
    """
    spread = 1 - JITTER + 2 * JITTER * chance
    kind = LONGEST.get(check.failure.code, LONGEST_WAIT) if check.failure else LONGEST_WISH
    longest, most = max(kind, feed.every), max(LONGEST_WAIT, feed.every)
    doubled: timedelta = feed.every * 2 ** min(failures, MOST_DOUBLINGS)
    wished = min(_wished(check, failures), most if check.failure else longest)
    return now + max(min(min(doubled, longest) * spread, most), wished)


def due(feeds: Sequence[Feed], cursors: Mapping[str, FeedCursor], now: datetime) -> list[Feed]:
    """The feeds whose time has come, longest waiting first; a feed never seen comes first of all."""

    fresh, waiting = [], []
    for feed in feeds:
        cursor = cursors.get(feed.url)
        if cursor is None or cursor.next_due is None:
            fresh.append(feed)
        elif cursor.next_due <= now or _set_back(cursor, now):
            waiting.append((cursor.next_due, feed))
    return fresh + [feed for _, feed in sorted(waiting, key=lambda pair: pair[0])]


def advance(cursor: FeedCursor, check: Check, feed: Feed, now: datetime, chance: float) -> FeedCursor:
    """What is remembered after a look. A failed look keeps the etag and hash of the last good one."""
    if check.failure is not None:
        return _failed(cursor, check, feed, now, chance)
    return replace(
        cursor,
        etag=check.etag,
        last_modified=check.last_modified,
        body_hash=check.body_hash,
        looked_at=now,
        last_ok=now,
        next_due=next_due(feed, check, 0, now, chance),
        failures=0,
        cause=None,
        detail=None,
        failing_since=None,
        first_look_done=True,  # of an empty feed, too: what a search finds after nothing is its news
    )


def _failed(cursor: FeedCursor, check: Check, feed: Feed, now: datetime, chance: float) -> FeedCursor:
    failure = check.failure
    failures = cursor.failures + 1
    return replace(
        cursor,
        looked_at=now,
        next_due=next_due(feed, check, failures, now, chance),
        failures=failures,
        cause=failure.code if failure else None,
        detail=failure.detail if failure else None,
        failing_since=cursor.failing_since or now,
    )


def _wished(check: Check, failures: int) -> timedelta:
    failure = check.failure
    if failure is None:
        return check.wait or timedelta()
    # Once may be a busy machine; twice is the document.
    if failure.status == 410 or (failure.code == "unreadable" and failures > 1):
        return LONGEST_WAIT
    return failure.retry_after or timedelta()


def _set_back(cursor: FeedCursor, now: datetime) -> bool:
    """The last look lies in the future: how long ago it was, nobody knows, so it is looked at once more."""
    return cursor.looked_at is not None and cursor.looked_at - now > SET_BACK
