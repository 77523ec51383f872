"""Small values for tests of the store, and a way to open each kind of it."""

from __future__ import annotations

import hashlib
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from djeli.core.model import (
    Alert,
    Article,
    Decision,
    Entry,
    FeedCursor,
    Figure,
    Judgement,
    Mention,
    Reading,
    Realis,
    Span,
    Verdict,
)
from djeli.core.ports import Kept
from storage.engine import migrate
from storage.store import SqlStore, open_store
from tests.postgres import fresh_database

NOW = datetime(2027, 2, 9, 12, 0, tzinfo=UTC)
FEED = "https://feed.example/rss"
CHAT = -1001000000001
KINDS = ["sqlite file", "sqlite memory", pytest.param("postgresql", marks=pytest.mark.postgres)]
LASTING = ["sqlite file", pytest.param("postgresql", marks=pytest.mark.postgres)]


def address(kind: str, folder: Path) -> str:
    """The address of a new, empty database of a kind."""
    if kind == "postgresql":
        return fresh_database()
    return f"sqlite:///{folder / 'djeli.db'}" if kind == "sqlite file" else "sqlite://"


def ready_address(kind: str, folder: Path) -> str:
    """The same with its tables; PostgreSQL copies them, which is faster than making them."""
    return fresh_database(_template()) if kind == "postgresql" else address(kind, folder)


@cache
def _template() -> str:
    url = fresh_database()
    migrate(url)
    return str(make_url(url).database)


@contextmanager
def opened(url: str) -> Iterator[SqlStore]:
    """A store for the length of a block."""
    store = open_store(url)
    yield store
    store.close()


def die_at(number: int) -> Callable[[str], None]:
    """Kill this very process before its n-th statement, COMMIT included."""
    left = iter(range(number - 1))

    def count(statement: str) -> None:
        if next(left, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)

    return count


def in_child(work: Callable[[], None]) -> bool:
    """Do the work in a process of its own; whether it lived to the end."""
    child = os.fork()
    if child == 0:
        try:
            work()
            os._exit(0)
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
    assert killed or os.waitstatus_to_exitcode(status) == 0, "the child failed in another way"
    return not killed


def at(**later: float) -> datetime:
    """A moment after NOW."""
    return NOW + timedelta(**later)


def days(start: date, end: date | None = None) -> Span:
    """A stretch of days, one if no end is given."""
    return Span(start, end or start)


def article(name: str = "convoy", **changes: object) -> Article:
    """An article about a convoy, told apart by its name."""
    fields: dict[str, object] = {
        "id": hashlib.sha256(name.encode()).hexdigest()[:16],
        "url": f"https://press.example/{name}",
        "title": f"Bamako : l’arrivée d’un convoi ({name})",
        "text": "Onze chars T-72 sont arrivés à Bamako.\n\nЕщё один Фамилия-Йод.",
        "lang": "fr",
        "outlet": "studio_tamani",
        "published": NOW - timedelta(hours=2),
        "first_seen": NOW,
        "feed": FEED,
    }
    return Article(**{**fields, **changes})  # a wrong name fails at once


def mention(**changes: object) -> Mention:
    """Eleven tanks arrived in Bamako on 8 February 2027."""
    fields: dict[str, object] = {
        "type": "delivery",
        "types": ("delivery", "deployment"),
        "stage": "arrived",
        "realis": Realis.DONE,
        "actors": ("cty.russia",),
        "counterparts": ("org.fama",),
        "places": ("plc.bamako",),
        "entities": frozenset({"cty.russia", "org.fama", "plc.bamako"}),
        "span": days(date(2027, 2, 8)),
        "dated": True,
        "figures": (Figure(11, "tanks"),),
        "quote": "Onze chars T-72 sont arrivés",
    }
    return Mention(**{**fields, **changes})


def verdict(story: str | None = "S1", **changes: object) -> Verdict:
    """An alert that opens a story."""
    fields: dict[str, object] = {
        "decision": Decision.ALERT,
        "mention": mention(),
        "because": "No known convoy arrived on that day.",
        "rule": "new",
        "story": story,
        "opens": True,
    }
    return Verdict(**{**fields, **changes})


def merged(story: str = "S1", **changes: object) -> Verdict:
    """One more source of a story."""
    return verdict(story, **{"decision": Decision.MERGE, "opens": False, "rule": "same", **changes})


def judgement(of: Article, *verdicts: Verdict, **changes: object) -> Judgement:
    """What was decided about an article; ignored when it holds no development."""
    decisions = [v.decision for v in verdicts] or [Decision.IGNORE]
    mentions = tuple(v.mention for v in verdicts)
    fields: dict[str, object] = {
        "article": of,
        "decision": max(decisions, key=lambda decision: decision.strength),
        "watches": ("mali-russia",),
        "verdicts": verdicts,
        "because": "strongest development" if verdicts else "off the beat",
        "reading": Reading(of, mentions, frozenset({"cty.mali"}), None if verdicts else "no anchor"),
    }
    return Judgement(**{**fields, **changes})


def alert(story: str | None = "S1", **changes: object) -> Alert:
    """What a chat is owed about a story."""
    fields: dict[str, object] = {
        "chat": CHAT,
        "kind": "alert",
        "html": "<b>Convoi</b>",
        "plain": "Convoi",
        "story": story,
    }
    return Alert(**{**fields, **changes})


def entry(name: str = "convoy", **changes: object) -> Entry:
    """The feed's item of the article of the same name."""
    fields: dict[str, object] = {
        "feed": FEED,
        "guid": f"guid-{name}",
        "url": f"https://press.example/{name}",
        "title": name,
    }
    return Entry(**{**fields, **changes})


def cursor(**changes: object) -> FeedCursor:
    """A feed looked at just now."""
    fields: dict[str, object] = {"url": FEED, "etag": '"7"', "looked_at": NOW, "last_ok": NOW}
    return FeedCursor(**{**fields, **changes})


def kept(name: str = "convoy", *verdicts: Verdict, **changes: object) -> Kept:
    """Everything one transaction keeps about the article of that name."""
    told = [v for v in verdicts if v.decision in (Decision.ALERT, Decision.UPDATE)]
    fields: dict[str, object] = {
        "judgement": judgement(article(name), *verdicts),
        "entry": entry(name),
        "alerts": tuple(alert(v.story, kind=v.decision.value) for v in told),
        "cursor": cursor(),
    }
    return Kept(**{**fields, **changes})
