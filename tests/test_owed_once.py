"""Digests and notices are about no story, and are owed once all the same, whatever kills the process."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot import replies
from bot.words import Voice
from djeli.app import feednews
from djeli.app.jobs import DigestRound
from djeli.app.telling import Teller
from djeli.core.model import Alert, Chat, Decision, Feed, FeedCursor, Priority
from djeli.core.ports import Kept
from storage.store import SqlStore, open_store
from tests.store_parts import (
    CHAT,
    FEED,
    KINDS,
    LASTING,
    NOW,
    address,
    at,
    die_at,
    in_child,
    kept,
    opened,
    ready_address,
    verdict,
)

DESK = Chat(CHAT, ("mali-russia",), digest=("18:00",))
EVENING = NOW.replace(hour=18)
BROKEN = FeedCursor(FEED, looked_at=NOW, failures=9, cause="timeout", failing_since=NOW)
Deed = Callable[[SqlStore], None]


def rounds(store: SqlStore) -> DigestRound:
    voices = {language: Voice(language) for language in ("en", "fr", "ru")}
    teller = Teller(
        (DESK,),
        voices,
        ZoneInfo("UTC"),
        store,
        chain=lambda outlet: outlet,
        priority=lambda kind: Priority.LOW,
    )
    return DigestRound((DESK,), teller, store, store)


def start(store: SqlStore) -> None:
    """A day on which something was for the digest and a feed began to fail."""
    store.configure_feeds([Feed(FEED, "a")])
    rounds(store).owe(NOW)
    store.keep(kept("one", verdict("S1", decision=Decision.DIGEST)), NOW)
    store.keep(Kept(cursor=BROKEN), NOW)


def owe_digest(store: SqlStore) -> None:
    rounds(store).owe(EVENING)


def owe_news(store: SqlStore) -> None:
    rounds(store).owe_feed_news(at(hours=25))


def owed(store: SqlStore) -> list[Alert]:
    """Everything in the outbox, in order; sent afterwards."""
    found, later = [], at(days=9)
    while rows := store.next_rows(later):
        for row in rows:
            found.append(row.alert)
            store.mark_sending(row.id, later)
            store.mark_sent(row.id, row.id, later)
    return found


def forget(store: SqlStore) -> None:
    """What a kill between owing and noting leaves behind."""
    store.set_setting(f"chat:{CHAT}:digest", NOW.isoformat())
    store.set_setting(feednews.TOLD, "{}")
    store.set_setting(feednews.DAY_TOLD, "")


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SqlStore]:
    with opened(ready_address(request.param, tmp_path)) as ready:
        start(ready)
        yield ready


@pytest.mark.parametrize(("owe", "kind"), [(owe_digest, "digest"), (owe_news, "notice")])
def test_owing_the_same_hour_or_the_same_failure_twice_is_one_message(
    store: SqlStore, owe: Deed, kind: str
) -> None:
    owe(store)
    forget(store)
    owe(store)
    assert [alert.kind for alert in owed(store)] == [kind]
    forget(store)
    owe(store)  # also when the first one has been sent meanwhile
    assert owed(store) == []


def test_the_next_hour_and_the_next_failure_are_messages_of_their_own(store: SqlStore) -> None:
    owe_digest(store)
    rounds(store).owe(EVENING + timedelta(days=1))
    owe_news(store)
    store.keep(Kept(cursor=FeedCursor(FEED, looked_at=at(hours=40), last_ok=at(hours=40))), at(hours=40))
    rounds(store).owe_feed_news(at(hours=40))
    again: datetime = at(hours=41)
    store.keep(Kept(cursor=FeedCursor(FEED, looked_at=again, failures=1, failing_since=again)), again)
    rounds(store).owe_feed_news(again + timedelta(hours=25))
    assert [alert.kind for alert in owed(store)] == ["digest", "digest", "notice", "notice", "notice"]


def test_a_digest_is_no_story_to_those_who_ask(store: SqlStore) -> None:
    owe_digest(store)
    (digest,) = owed(store)
    assert digest.story == "digest:2027-02-09T18:00"
    assert store.story(digest.story) is None
    assert store.ledger(digest.story) == []
    assert [story.id for story in store.recent(9)] == []
    assert "Never seen" in replies.as_text(replies.why(store.why(digest.story), Voice()))
    (health,) = store.outbox_health()
    assert (health.pending, health.uncertain, health.dead) == (0, 0, 0)
    assert store.refusing() == {}


@pytest.mark.parametrize("kind", LASTING)
@pytest.mark.parametrize("owe", [owe_digest, owe_news])
def test_killed_between_any_two_statements_it_is_owed_once(kind: str, owe: Deed, tmp_path: Path) -> None:
    for number in range(1, 60):
        folder = tmp_path / str(number)
        folder.mkdir()
        url = ready_address(kind, folder) if kind == "postgresql" else address(kind, folder)
        with opened(url) as ready:
            start(ready)

        def work(url: str = url, number: int = number) -> None:
            owe(open_store(url, migrate=False, on_statement=die_at(number)))

        lived = in_child(work)
        with opened(url) as ready:
            owe(ready)
            assert len(owed(ready)) == 1
        if lived:
            break
    assert 4 < number < 59  # every statement had its turn
