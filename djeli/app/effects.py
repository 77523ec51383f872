"""What a change would have done: the past judged again with it and without."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from baseline.catalogue import accepted_fact
from djeli.app import replay
from djeli.app.changes import Known, known
from djeli.app.replay import Replayed, Row
from djeli.app.wiring import House
from djeli.core.model import Change, ChangeKind
from djeli.core.ports import Past
from storage.store import SqlStore

_NAMED = 10


def effect(house: House, store: SqlStore, change: Change, since: datetime) -> dict[str, Any]:
    """What since then a change would have lost, gained and left; of a split what becomes of the story.

    A fact counts from the beginning of that time, so that the reports it covers are seen to be covered.
    """
    if change.kind is ChangeKind.SPLIT:
        return _parts(store, change)
    accepted = known(store, house.knowledge)
    before = replay.side(house, accepted)
    if change.kind is ChangeKind.EXCLUDE:
        word = (str(change.content["watch"]), str(change.content["word"]))
        after = replay.side(house, replace(accepted, excluded=(*accepted.excluded, word)))
    else:
        name = str(change.content.get("fact") or f"A{change.id}")
        fact = accepted_fact({**change.content["record"], "id": name}, house.knowledge)
        after = replay.side(house, _without(accepted, name), further=(fact,))
    found = replay.replay(store, since, after, before, before.hearers, _unseen)
    return _told(found)


def _without(accepted: Known, name: str) -> Known:
    versions = tuple(tuple(fact for fact in facts if fact.id != name) for facts in accepted.versions)
    return replace(accepted, versions=versions)


def _unseen(steps: Iterable[Past], total: int) -> Iterable[Past]:
    return steps


def _told(found: Replayed) -> dict[str, Any]:
    return {
        "since": found.since.isoformat(),
        "articles": found.articles,
        "lost": len(found.lost),
        "gained": len(found.gained),
        "unchanged": len(found.unchanged),
        "lost_titles": [_named(row) for row in found.lost[:_NAMED]],
        "gained_titles": [_named(row) for row in found.gained[:_NAMED]],
        "must_catch_lost": list(found.must_catch.lost),
    }


def _named(row: Row) -> dict[str, Any]:
    return {
        "title": row.article.title,
        "url": row.article.url,
        "outlet": row.article.outlet,
        "published": row.article.published.isoformat(),
        "story": row.before.story or row.after.story,
        "after": row.after.decision.value,
    }


def _parts(store: SqlStore, change: Change) -> dict[str, Any]:
    story = store.story(str(change.content["story"]))
    members = story.members if story else ()
    leaves = [member for member in members if member.article == change.content["article"]]
    return {
        "story": change.content["story"],
        "reports": len(members),
        "leave": [{"title": one.title, "url": one.url, "outlet": one.outlet} for one in leaves],
    }
