"""What a look says about the health of a feed: its rhythm, its speed, the address it should have. Pure.

What follows from it (slow, silent, quarantined) is read off the cursor: djeli.core.model.FeedCursor.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from djeli.core.model import Check, Entry, FeedCursor

MOST_GAPS = 20
SLOW = 5.0  # seconds of a whole answer, smoothed: a quarter of the deadline
PATIENT = 0.3  # weight of the last answer: one bad evening does not make a slow feed


def noted(cursor: FeedCursor, check: Check, fresh: int) -> FeedCursor:
    """The cursor after a look, with what the look says of the feed's health; `fresh` entries were new."""
    failure = check.failure
    if failure is not None:
        # A 410 or a page once served instead of the feed may be followed by a mere time-out.
        proposed = failure.proposed or cursor.proposed
        return replace(cursor, status=failure.status, proposed=proposed)
    timed = _timed(replace(cursor, status=None, proposed=check.moved_to), check)
    if not fresh:
        return timed
    if cursor.new_at is None:  # the first look: its own dates tell how it used to be
        return replace(timed, new_at=check.at, gaps=rhythm(check.entries))
    gap = int((check.at - cursor.new_at).total_seconds())
    gaps = (*cursor.gaps, gap)[-MOST_GAPS:] if gap > 0 else cursor.gaps
    return replace(timed, new_at=check.at, gaps=gaps)


def rhythm(entries: Iterable[Entry]) -> tuple[int, ...]:
    """Seconds between the publications that a feed shows, the latest last."""
    dates = sorted({entry.published for entry in entries if entry.published})
    return tuple(int((later - earlier).total_seconds()) for earlier, later in pairwise(dates))[-MOST_GAPS:]


def _timed(cursor: FeedCursor, check: Check) -> FeedCursor:
    if check.seconds is None:
        return cursor
    before = check.seconds if cursor.seconds is None else cursor.seconds
    seconds = round(before + PATIENT * (check.seconds - before), 2)
    return replace(
        cursor, seconds=seconds, slow_since=(cursor.slow_since or check.at) if seconds > SLOW else None
    )
