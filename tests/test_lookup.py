"""The look-up of candidate stories in stores with many mentions of few names."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import lru_cache
from pathlib import Path

import pytest

from djeli.app.judging import Judging, candidates
from djeli.core.model import Story
from storage.store import SqlStore
from tests.bench_lookup import LAST, TOP, Press, fill, in_turn, reading
from tests.gate import without_wording
from tests.store_parts import KINDS, opened, ready_address

COUNT = 3_000


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SqlStore]:
    with opened(ready_address(request.param, tmp_path)) as store:
        fill(store, Press(COUNT))
        yield store


@lru_cache(maxsize=1)
def _judge() -> Judging:
    return without_wording().judge


def found(store: SqlStore, *names: str) -> list[Story]:
    return candidates(_judge(), reading(Press(COUNT).mention([*names, ""], LAST)), store)


def test_a_further_report_finds_its_story_first_in_a_full_store(store: SqlStore) -> None:
    *_, (story, mention) = Press(COUNT).mentions()
    stories = candidates(_judge(), reading(mention), store)
    assert stories[0].id == f"S{story}"


def test_common_names_bring_at_most_a_hundred_stories_and_the_latest_of_them(store: SqlStore) -> None:
    stories = found(store, *TOP)
    assert 50 < len(stories) <= 100
    assert max(int(one.id[1:]) for one in stories) > COUNT // 3 - 10


def test_a_rare_name_is_found_among_common_ones_of_which_only_the_latest_mentions_are_asked(
    store: SqlStore,
) -> None:
    weeks_ago = [
        (f"S{story}", mention)
        for story, mention in Press(COUNT).mentions()
        if mention.span and timedelta(35) < LAST - mention.span.start < timedelta(55)
    ]
    story, mention = next((s, m) for s, m in weeks_ago if any(e.startswith("name:") for e in m.entities))
    [rare, *_] = [entity for entity in mention.entities if entity.startswith("name:")]
    assert story in [one.id for one in found(store, *TOP, rare)][:20]


def test_stores_of_any_size_are_measured_in_turn(store: SqlStore) -> None:
    with opened("sqlite://") as small:
        fill(small, Press(300))
        few, many = in_turn(_judge(), [small, store], [Press(300), Press(COUNT)], 5)
    assert 0 < few["p50"] <= few["p95"]
    assert few["most"] <= many["most"] <= 100
