"""All signs together: what they weigh, what they join and part, and how that is told."""

from __future__ import annotations

import pytest

from baseline.judge import Judge
from baseline.linking import Linking
from djeli.app.config import default_config
from djeli.app.wiring import load_knowledge, rules
from djeli.core.model import Article, Decision
from storage.store import open_store
from tests import train
from tests.test_judge import article, tell


@pytest.fixture
def store():
    opened = open_store("sqlite://")
    yield opened
    opened.close()


def test_the_weights_belong_to_the_labelled_articles_of_today() -> None:
    assert rules()["linking"]["corpus"] == train.digest(), "the labelled articles changed: run `make train`"


def test_a_chance_grows_with_what_speaks_for_it_and_unknown_signs_say_nothing() -> None:
    linking = Linking({"bias": -1.0, "weights": {"names": 2.0, "other_town": -3.0}})
    chances = [linking.chance([("names", value), ("mood", 9.0)]) for value in (0.0, 0.5, 1.0)]
    assert chances == sorted(chances)
    assert chances[1] == 0.5
    assert linking.chance([("names", 1.0), ("other_town", 1.0)]) < chances[0]


DISMISSED = article(
    "Mali : le Premier ministre remercié",
    "Le chef de la transition a mis fin lundi soir aux fonctions du Premier ministre du Mali et de son "
    "équipe, "
    "selon un décret lu à l'ORTM.",
    "2027-05-24T21:00:00Z",
)
TURNED = article(
    "Bamako turns a page",
    "A terse order read out on Malian state television late on Monday sent the cabinet and its leader home, "
    "residents woke up to learn.",
    "2027-05-25T08:00:00Z",
)


def test_one_event_told_in_wholly_other_words_is_told_once(store) -> None:
    first, second = tell(store, DISMISSED, TURNED)
    assert (first.decision, second.decision) == (Decision.ALERT, Decision.MERGE)
    assert second.verdicts[0].story == first.verdicts[0].story


def test_explain_says_that_all_signs_together_raised_a_score(store) -> None:
    willing = {**rules(), "linking": {"bias": 1.0, "weights": {}}}
    judge = Judge(load_knowledge(), willing, default_config(()).watches)
    (first,) = tell(
        store,
        article(
            "Burkina Faso : un convoi attaqué à Djibo",
            "Des jihadistes ont attaqué lundi un convoi à l'entrée de Djibo, au Burkina Faso.",
            "2027-05-24T21:00:00Z",
        ),
    )
    other = article(
        "Supplies go up in smoke in the north",
        "Gunmen on Monday burned the lorries that were to feed a besieged town of northern Burkina Faso.",
        "2027-05-25T08:00:00Z",
    )
    told = [store.story(first.verdicts[0].story)]
    second = judge.judge(judge.read(other), told, other.published)
    assert second.verdicts[0].story == first.verdicts[0].story
    (development,) = judge.grounds(second, told).developments
    (compared,) = development.stories
    assert (compared.raised, compared.terms[-1].name) == ("together", "together")
    assert 0.5 <= compared.terms[-1].value <= 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            article(
                "Russian wheat reaches Niger",
                "A first lot of 20,000 tonnes of Russian wheat given by Moscow reached Niamey on "
                "Tuesday, the food "
                "agency of Niger said.",
                "2027-05-26",
            ),
            article(
                "Le Burkina reçoit à son tour du blé russe",
                "Après le Niger, le Burkina Faso a réceptionné jeudi à Ouagadougou 20 000 tonnes de blé "
                "offertes par "
                "la Russie, a annoncé le ministère.",
                "2027-05-27T18:00:00Z",
            ),
        ),
        (
            article(
                "Russia and Niger sign extradition treaty",
                "The justice ministers of Russia and Niger signed a treaty on extradition in Saint "
                "Petersburg on "
                "Thursday.",
                "2027-06-17T12:00:00Z",
            ),
            article(
                "Russia, Niger agree on direct flights",
                "Transport officials of Russia and Niger signed an air services agreement in Saint "
                "Petersburg on "
                "Thursday evening.",
                "2027-06-18",
            ),
        ),
        (
            article(
                "Mali: gunmen attack cattle market in Gao",
                "JNIM gunmen attacked the cattle market of Gao on Monday, residents said. Traders fled.",
                "2027-03-09",
            ),
            article(
                "Mali: gunmen attack cattle market in Sévaré",
                "JNIM gunmen attacked the cattle market of Sévaré on Monday, residents said. The army "
                "came later.",
                "2027-03-09T12:00:00Z",
            ),
        ),
    ],
    ids=["another country", "another text", "another town"],
)
def test_no_signs_join_what_place_or_subject_part(one: Article, other: Article, store) -> None:
    assert [found.decision for found in tell(store, one, other)] == [Decision.ALERT, Decision.ALERT]


LEAVING = article(
    "Mali: Russian forces withdrawing from Aguelhok",
    "Russia's Africa Corps began pulling out of Aguelhok on Friday, residents said.",
    "2027-06-12T06:50:00Z",
)


def test_what_has_begun_is_not_over(store) -> None:
    assert tell(store, LEAVING)[0].verdicts[0].mention.stage == "under_way"


def test_two_outlets_of_one_morning_do_not_differ_by_a_stage(store) -> None:
    again = article(
        "Africa Corps quits base in Mali's far north",
        "Russian paramilitaries vacated their camp at Aguelhok on Friday, community leaders said.",
        "2027-06-12T11:30:00Z",
    )
    first, second = tell(store, LEAVING, again)
    assert first.verdicts[0].mention.stage != second.verdicts[0].mention.stage
    assert (first.decision, second.decision) == (Decision.ALERT, Decision.MERGE)


def test_what_is_completed_days_later_is_a_later_stage(store) -> None:
    again = article(
        "Africa Corps completes pullout from Aguelhok",
        "The last Russian paramilitaries left their camp at Aguelhok on Tuesday, completing the "
        "withdrawal, community "
        "leaders said.",
        "2027-06-15T20:00:00Z",
    )
    first, second = tell(store, LEAVING, again)
    assert (first.decision, second.decision) == (Decision.ALERT, Decision.UPDATE)
    assert second.verdicts[0].story == first.verdicts[0].story


def test_a_coup_that_fails_within_hours_is_an_update(store) -> None:
    begun = article(
        "Mutinous soldiers attempt coup in Burkina Faso",
        "Soldiers attempted a coup in Burkina Faso early on Thursday and surrounded the presidential "
        "palace in "
        "Ouagadougou, officials said.",
        "2027-09-09T07:00:00Z",
    )
    failed = article(
        "Burkina Faso : la tentative de coup d'État a échoué",
        "La tentative de coup d'État a échoué jeudi à Ouagadougou, a annoncé l'état-major. Les mutins se "
        "sont rendus.",
        "2027-09-09T16:00:00Z",
    )
    assert [found.decision for found in tell(store, begun, failed)] == [Decision.ALERT, Decision.UPDATE]


def test_two_rumours_of_a_coup_in_one_state_and_night_are_one(store) -> None:
    shots = article(
        "Ouagadougou : nuit agitée autour de la présidence, que se passe-t-il ?",
        "Des rafales ont réveillé jeudi les riverains de la présidence à Ouagadougou. Sur les "
        "messageries, l'on prête "
        "à une unité d'élite l'intention de renverser le capitaine Ibrahim Traoré, qui aurait été "
        "conduit hors de la "
        "ville. Rien ne vient étayer cette version.",
        "2027-03-11T05:00:00Z",
    )
    rumour = article(
        "Rumours of coup in Burkina Faso as ruler stays out of sight",
        "Rumours that Burkina Faso's military ruler had been removed in a coup spread on Thursday; he "
        "was later shown "
        "inspecting a tractor plant.",
        "2027-03-11T13:00:00Z",
    )
    first, second = tell(store, shots, rumour)
    assert first.decision is Decision.ALERT
    assert second.verdicts[0].story == first.verdicts[0].story
