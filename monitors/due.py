"""When a feed is looked at next, and what is remembered of the look. Pure: `now` and chance are arguments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from djeli.core.model import Check, Feed, FeedCursor

LONGEST_WAIT = timedelta(hours=24)
JITTER = 0.2  # a fifth to either side, so that feeds that failed together do not return together
MOST_DOUBLINGS = 20  # beyond any interval's 24 hours; keeps the power small


def next_due(feed: Feed, check: Check, failures: int, now: datetime, chance: float) -> datetime:
    """When to look again after `check`, which was the `failures`-th failure in a row (0: it went well).

    `chance` in [0, 1) spreads the moment by ±20 %. A feed's own wish (TTL, Cache-Control,
    Retry-After) lengthens the wait, up to 24 hours; a feed that stopped its parser twice, or is gone
    for good (410), waits 24 hours.
    """
    spread = 1 - JITTER + 2 * JITTER * chance
    longest = max(LONGEST_WAIT, feed.every)
    doubled: timedelta = feed.every * 2 ** min(failures, MOST_DOUBLINGS)
    wait: timedelta = max(min(doubled, longest) * spread, _wished(check, failures))
    return now + min(wait, longest)


def due(feeds: Sequence[Feed], cursors: Mapping[str, FeedCursor], now: datetime) -> list[Feed]:
    """The feeds whose time has come, longest waiting first; a feed never seen comes first of all."""

    def moment(feed: Feed) -> datetime | None:
        cursor = cursors.get(feed.url)
        return cursor.next_due if cursor else None

    fresh = [feed for feed in feeds if moment(feed) is None]
    waiting = [(at, feed) for feed in feeds if (at := moment(feed)) is not None and _come(at, feed, now)]
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
        first_look_done=True,
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


def _come(at: datetime, feed: Feed, now: datetime) -> bool:
    """Due; also when the clock was set back so far that the moment lies beyond any wait."""
    return at <= now or at - now > LONGEST_WAIT + feed.every
