"""One article against what is known: reading, candidates from the store, judgement, story ids."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Protocol

from baseline.grounds import Grounds
from djeli.core.model import Article, Cue, Decision, Fact, Furniture, Judgement, Reading, Story
from djeli.core.ports import Search, Store
from monitors import furniture

# Stories of the near search, of that for earlier stages, of the far one; on the labelled articles 65 did.
_MOST = (72, 24, 12)
_NAMED = 3  # phrases in a reason


class Judging(Protocol):
    """What the cycle and `explain` need from the judge (baseline.judge.Judge)."""

    def read(self, article: Article) -> Reading:
        """What one article asserts, before anything is compared."""
        ...

    def windows(self, reading: Reading) -> list[tuple[frozenset[str], date, date]]:
        """Which stories could matter: searches by entities and days."""
        ...

    def judge(self, reading: Reading, stories: Sequence[Story], now: datetime) -> Judgement:
        """The decision on every mention, with its reason."""
        ...

    def grounds(self, judgement: Judgement, stories: Sequence[Story]) -> Grounds:
        """What stands behind a judgement, for `explain`."""
        ...

    def touches(self, title: str, summary: str, lang: str) -> bool:
        """Whether a title or summary names the beat or a watch."""
        ...

    def known(self, words: Sequence[str]) -> list[Fact]:
        """Facts that name all these words, latest first."""
        ...

    def reason_in(self, language: str, said: str, lang: str) -> str:
        """The reason of an article in language `lang` that has no development, said in another language."""
        ...

    def knowing(self, facts: Sequence[Fact]) -> Judging:
        """The same judge with these facts instead of its own."""
        ...


def judged(article: Article, judge: Judging, store: Store, now: datetime) -> Judgement:
    """The judgement on one article; developments that open a story have their new id."""
    reading = judge.read(article)
    stories = candidates(judge, reading, store)
    return with_story_ids(judge.judge(reading, stories, now), store)


def candidates(judge: Judging, reading: Reading, store: Store) -> list[Story]:
    """The stories to compare a reading with, each once."""
    if not reading.mentions:
        return []
    searches = zip(judge.windows(reading), _MOST, strict=False)
    return store.candidates([Search(*window, most) for window, most in searches])


def misleading(found: Furniture, judge: Judging) -> frozenset[str]:
    """What stands on every item of an outlet and would by itself be taken for the beat."""
    return furniture.filtered(furniture.usual(found), lambda words: judge.touches(words, "", ""))


def explained(judgement: Judgement, left_out: Sequence[str], words: str) -> Judgement:
    """The judgement that says what of the article was left aside: what every item of its outlet carries.

    `words` say it, with a blank for the list; they go into the reason of what holds no development.
    """
    cues = tuple(Cue("furniture", phrase, "") for phrase in left_out)
    reading = replace(judgement.reading, cues=(*judgement.reading.cues, *cues))
    told = words.format(list=", ".join(f"“{phrase}”" for phrase in left_out[:_NAMED]))
    because = judgement.because if judgement.verdicts else f"{judgement.because} ({told})"
    return replace(judgement, reading=reading, because=because)


def unjudged(article: Article, error: Exception) -> Judgement:
    """The judgement kept for an article on which the judge itself failed: nothing, but visible."""
    because = f"It could not be judged: {type(error).__name__}: {error}"
    reading = Reading(article, (), frozenset(), off_beat=because)
    return Judgement(article, Decision.IGNORE, (), (), because, reading)


def with_story_ids(judgement: Judgement, store: Store) -> Judgement:
    """The judgement whose new stories have their ids."""
    count = sum(verdict.opens and verdict.story is None for verdict in judgement.verdicts)
    if not count:
        return judgement
    ids = iter(store.reserve_story_ids(count))
    verdicts = tuple(
        replace(verdict, story=next(ids)) if verdict.opens and verdict.story is None else verdict
        for verdict in judgement.verdicts
    )
    return replace(judgement, verdicts=verdicts)
