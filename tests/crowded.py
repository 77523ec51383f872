"""A crowded day: articles of which all news happens on one day.

Dates then tell no stories apart: only names do, and wording where it is compared.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from djeli.app.judging import Judging, candidates, with_story_ids
from djeli.core.model import Article, Judgement, Reading, Realis, Span
from djeli.core.ports import Kept
from storage.store import open_store

NOON = datetime(2027, 3, 10, 12, tzinfo=UTC)
DAY = Span(NOON.date(), NOON.date())


def judge_crowded(articles: Mapping[str, Article], judge: Judging) -> dict[str, Judgement]:
    """The articles in order of publication, a second apart, each judged as if it told of that day."""
    store = open_store("sqlite://")
    found = {}
    for second, name in enumerate(sorted(articles, key=lambda name: articles[name].published)):
        now = NOON + timedelta(seconds=second)
        reading = on_that_day(judge.read(articles[name]), now)
        judgement = with_story_ids(judge.judge(reading, candidates(judge, reading, store), now), store)
        store.keep(Kept(judgement=judgement), now)
        found[name] = judgement
    store.close()
    return found


def on_that_day(reading: Reading, now: datetime) -> Reading:
    """The reading with all that is told as news dated by that day."""
    mentions = tuple(
        mention if mention.realis is Realis.HISTORICAL else replace(mention, span=DAY, dated=True)
        for mention in reading.mentions
    )
    return replace(
        reading, article=replace(reading.article, published=now, first_seen=now), mentions=mentions
    )
