"""How a feed is and what to do about it, in words; for messages and for the terminal."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterable
from urllib.parse import urlsplit

from bot import html
from bot.words import CAUSES, FIXES, Voice
from djeli.core.model import FeedCursor
from djeli.core.ports import FeedStatus

_OF_STATUS = {401: "refused", 403: "refused", 404: "find", 410: "gone", 429: "often"}
_OF_CAUSE = {
    "dns": "dns",
    "connect": "away",
    "timeout": "away",
    "too_big": "broken",
    "bad_encoding": "broken",
    "not_a_feed": "find",
    "parse": "broken",
    "unreadable": "broken",
    "blocked_address": "private",
    "bad_address": "address",
    "redirects": "find",
}


def fix(cursor: FeedCursor, voice: Voice) -> str:
    """What to do about a feed in its present state; "" when there is nothing to do."""
    name = _fix(cursor)
    if not name:
        return ""
    parts = urlsplit(cursor.url)
    # In commands only the operator's own address: the proposed one is a stranger's word, and may be copied.
    site, feed = f"{parts.scheme}://{parts.netloc}/", shlex.quote(cursor.url)
    return voice.pick(FIXES[name]).format(url=cursor.proposed or "", site=site, feed=feed)


def _fix(cursor: FeedCursor) -> str:
    state = cursor.state
    if cursor.proposed:
        return "instead" if cursor.failures else "moved"
    if state in ("failing", "quarantined"):
        status = cursor.status or 0
        return _OF_STATUS.get(status) or _OF_CAUSE.get(cursor.cause or "", "theirs")
    return {"silent": "silent", "slow": "often"}.get(state, "")


def named(feed: FeedStatus, voice: Voice) -> str:
    """One feed that is not well: its outlet, the cause and since when; as HTML."""
    cursor = feed.cursor
    day = (
        voice.say("since", day=voice.day(cursor.since.astimezone(voice.zone).date())) if cursor.since else ""
    )
    words = CAUSES.get(cursor.cause or "")
    cause = html.escape(voice.pick(words) if words else cursor.cause or "?") if cursor.failures else ""
    about = ", ".join(part for part in (cause, day) if part)
    name = html.others(html.shorten(voice.names(feed.outlet), 40))
    return f"{name} ({about})" if about else name


def causes(feeds: Iterable[FeedStatus], voice: Voice) -> str:
    """Why feeds fail and how many for each reason, most first; "" while none does."""
    counted = Counter(feed.cursor.cause for feed in feeds if feed.cursor.failures and feed.cursor.cause)
    # By name where equal, so that the same feeds give the same words.
    ordered = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    named = [f"{_cause(code, voice)} {count}" for code, count in ordered]
    return f"{voice.head('causes')} {' · '.join(named)}" if named else ""


def _cause(code: str, voice: Voice) -> str:
    """The cause in words, with the code under which `feeds list` has it."""
    known = CAUSES.get(code)
    return html.escape(f"{voice.pick(known)} ({code})" if known else code)
