"""Comparing with stories: what is remembered of them changes no score."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random

import pytest

from baseline.catalogue import Knowledge
from baseline.compare import Comparer, same_print
from baseline.linking import Linking
from baseline.rules import Rules, Weights, load_rules
from djeli.app.wiring import load_knowledge, rules
from djeli.core.model import Article, Member, Mention, Story
from tests import corpus
from tests.gate import articles_of, without_wording


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge()


@pytest.fixture(scope="module")
def loaded(knowledge: Knowledge) -> Rules:
    data = rules()
    return load_rules(data["comparison"], data["phrases"], knowledge)


@pytest.fixture
def fresh(knowledge: Knowledge, loaded: Rules) -> Callable[[], Comparer]:
    """Makes comparers that have met nothing."""
    linking = Linking(rules()["linking"])
    return lambda: Comparer(knowledge, loaded, linking)


@pytest.fixture(scope="module")
def told() -> list[tuple[Article, Mention]]:
    judge = without_wording().judge
    items = corpus.population(corpus.HERE / "population_work.jsonl")[:60]
    read = (judge.read(article) for article in articles_of(item.line for item in items))
    return [(reading.article, mention) for reading in read for mention in reading.mentions]


def story(name: str, told: Sequence[tuple[Article, Mention]]) -> Story:
    members = tuple(
        Member(
            article.id, article.outlet, article.lang, article.title, article.url, article.published, mention
        )
        for article, mention in told
    )
    return Story(name, members, told[0][0].published)


def test_a_story_that_grew_scores_like_one_met_for_the_first_time(
    fresh: Callable[[], Comparer], told: list[tuple[Article, Mention]]
) -> None:
    long_asked = fresh()
    scores = []
    for count in range(1, len(told), 4):
        mention = told[count][1]
        stories = [story("S1", told[:count]), story("S2", told[count // 2 : count + 1])]
        found = long_asked.stories(mention, stories)
        assert found == fresh().stories(mention, stories)
        scores += [met.score for met in found]
    assert max(scores) > 0.5 > 0 == min(scores)


def test_the_nearest_report_is_that_of_a_story_alone(
    fresh: Callable[[], Comparer], told: list[tuple[Article, Mention]]
) -> None:
    comparer, mention = fresh(), told[0][1]
    nearest = comparer.closest(mention, story("S1", told[1:30]))
    alone = [comparer.stories(mention, [story("S2", [one])])[0].score for one in told[1:30]]
    assert nearest.score == max(alone)


def test_names_of_the_press_weigh_by_their_kind_and_are_forgotten() -> None:
    weights = Weights({"cty.mali": 0.1}, {"name": 0.9, "plc": 1.2}, most=50)
    assert [weights[f"name:{number}"] for number in range(100)] == [0.9] * 100
    assert (weights["plc.kidal"], weights["cty.mali"], weights["xyz.unheard"]) == (1.2, 0.1, 0.5)
    assert len(weights) <= 50


def test_a_print_of_the_same_text_is_found_by_the_beginning_of_its_sketch(
    fresh: Callable[[], Comparer], told: list[tuple[Article, Mention]]
) -> None:
    chance, comparer, (article, mention) = Random(7), fresh(), told[0]
    found = 0
    for number in range(400):
        sizes = (chance.choice((6, 12, 18, 24, 24)), chance.choice((12, 24, 24)))
        one = sorted(chance.sample(range(1_000), sizes[0]))
        kept = chance.sample(one, min(len(one), sizes[1]) * chance.randint(4, 10) // 10)
        rest = chance.sample(range(1_000, 2_000), sizes[1] - len(kept))
        first, other = (
            replace(mention, prints=tuple(one)),
            replace(mention, prints=tuple(sorted(kept + rest))),
        )
        told_of = story(f"S{number}", [(article, other)])
        same = same_print(first, other)
        found += same
        assert comparer.printed_before(first, [told_of]) == ([told_of] if same else [])
    assert 50 < found < 350
