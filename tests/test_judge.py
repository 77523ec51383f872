"""What the judge decides and why: the sample scenarios, and the behaviour behind each rule."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

import pytest

from baseline.language import detect
from djeli.app.backtest import read_articles
from djeli.app.config import default_config
from djeli.app.judging import judged
from djeli.app.wiring import furnish, load_knowledge, open_house
from djeli.core.model import Article, Decision, Judgement, Label, Realis, Watch
from djeli.core.ports import Kept, Store
from storage.store import open_store
from tests import corpus
from tests.gate import judge_stream


@lru_cache(maxsize=1)
def _house():
    return open_house(None)


@lru_cache(maxsize=1)
def _scenarios() -> Mapping[str, Judgement]:
    return judge_stream(corpus.scenarios(), _house())


def article(title: str, text: str = "", day: str = "2027-03-10", **more: str) -> Article:
    url = f"https://example.org/{abs(hash((title, text, day)))}"
    line = {"url": url, "title": title, "text": text, "published": day, **more}
    return replace(read_articles("test", json.dumps(line), detect)[0].article, id=url)


def tell(store: Store, *articles: Article, house=None) -> list[Judgement]:
    """The judgements on articles that come one after another."""
    found = []
    for one in articles:
        judgement = judged(one, (house or _house()).judge, store, one.published)
        store.keep(Kept(judgement=judgement), one.published)
        found.append(judgement)
    return found


@pytest.fixture
def store():
    opened = open_store("sqlite://")
    yield opened
    opened.close()


CONVOY = article(
    "Russian armour reaches Bamako",
    "A convoy of Russian armoured vehicles reached Bamako on Monday, the general staff said. "
    "Eleven T-72 tanks were counted.",
    "2027-03-09",
)


@pytest.mark.parametrize("item", corpus.scenarios(), ids=lambda item: item.id)
def test_a_sample_scenario_is_decided_as_expected(item: corpus.Item) -> None:
    assert _scenarios()[item.id].decision.value in item.decisions


@pytest.mark.parametrize("number", ["12", "17", "39"])
def test_an_anniversary_a_match_and_a_figure_of_speech_are_no_coup(number: str) -> None:
    kinds = {v.mention.type for v in _scenarios()[number].verdicts if v.decision is Decision.ALERT}
    assert "coup" not in kinds


def test_the_same_article_is_always_judged_the_same(store: Store) -> None:
    other = open_store("sqlite://")
    assert tell(store, CONVOY) == tell(other, CONVOY)
    other.close()


def test_an_alert_names_the_nearest_known_fact_and_what_differs(store: Store) -> None:
    verdict = tell(store, CONVOY)[0].verdicts[0]
    assert verdict.decision is Decision.ALERT
    assert {"F142", "F143"} & set(verdict.facts)
    assert "17 January 2025" in verdict.because
    assert "years lie between" in verdict.because


@pytest.mark.parametrize(("language", "word"), [("fr", "connu"), ("ru", "известное"), ("en", "known")])
def test_the_reason_is_in_the_language_of_the_messages(language: str, word: str, store: Store) -> None:
    config = replace(default_config(env={}), language=language)
    house = furnish(config, load_knowledge())
    assert word in tell(store, CONVOY, house=house)[0].because


def test_a_report_in_another_language_adds_a_source_and_no_push(store: Store) -> None:
    again = article(
        "Des blindés russes arrivent à Bamako",
        "Un convoi de blindés russes, dont des chars T-72, est arrivé lundi dans la capitale malienne.",
        "2027-03-09",
        outlet="studio_tamani",
    )
    first, second = tell(store, CONVOY, again)
    assert second.decision is Decision.MERGE
    assert second.verdicts[0].story == first.verdicts[0].story


def test_another_figure_for_the_same_convoy_is_an_update_with_both_figures(store: Store) -> None:
    other = article(
        "Fourteen T-72 tanks in Bamako convoy",
        "The Russian convoy that reached Bamako on Monday had fourteen T-72 tanks, the army said.",
    )
    verdict = tell(store, CONVOY, other)[1].verdicts[0]
    assert verdict.decision is Decision.UPDATE
    assert (verdict.was, verdict.now) == ("11 tanks (T-72)", "14 tanks (T-72)")


def test_other_goods_on_the_same_day_in_the_same_town_are_another_event(store: Store) -> None:
    wheat = article(
        "Russian wheat arrives in Bamako",
        "Thirty thousand tonnes of Russian wheat arrived in Bamako on Monday, the trade ministry said.",
    )
    assert tell(store, CONVOY, wheat)[1].decision is Decision.ALERT


def test_what_will_be_delivered_is_announced_and_not_arrived(store: Store) -> None:
    plan = article(
        "Russia to deliver helicopters to Mali", "Moscow will deliver four helicopters to Mali in June."
    )
    mention = tell(store, plan)[0].verdicts[0].mention
    assert (mention.stage, mention.realis) == ("announced", Realis.ANNOUNCED)


def test_a_coup_rumour_is_marked_and_its_denial_closes_it(store: Store) -> None:
    rumour = article(
        "Mali: unconfirmed reports of a coup attempt in Bamako",
        "Rumours of a coup attempt spread in Bamako on Wednesday after shots were heard.",
    )
    denial = article(
        "Le gouvernement malien dément toute tentative de coup d'État",
        "Le gouvernement malien a démenti mercredi toute tentative de coup d'État à Bamako.",
    )
    first, second = tell(store, rumour, denial)
    assert first.verdicts[0].label is Label.UNCONFIRMED
    assert first.verdicts[0].mention.stage == "rumoured"
    assert second.decision is Decision.UPDATE
    assert second.verdicts[0].label is Label.DENIED
    assert second.verdicts[0].story == first.verdicts[0].story


def test_a_wrong_fact_never_suppresses_a_contrary_report(store: Store) -> None:
    """F064, the readmission of 2024, is listed under errors."""
    told = article(
        "ECOWAS readmits Mali",
        "West African leaders readmitted Mali to ECOWAS on Wednesday.",
    )
    judgement = tell(store, told)[0]
    assert judgement.decision in (Decision.ALERT, Decision.UPDATE)
    assert all("F064" not in v.facts for v in judgement.verdicts)


def test_a_later_stage_of_a_known_text_is_told_once(store: Store) -> None:
    title = "Mali's transition council ratifies nuclear agreement with Russia"
    text = "The transition council ratified on Wednesday the civil nuclear agreement signed on 23 June 2025."
    first, second = tell(store, article(title, text), article(title + " again", text, outlet="rfi_en"))
    assert first.decision is Decision.UPDATE
    assert "F092" in first.verdicts[0].facts
    assert second.decision is Decision.MERGE


def test_a_reprint_with_a_new_date_is_no_second_event(store: Store) -> None:
    body = (
        "Un convoi de matériel militaire russe est arrivé lundi à Bamako en provenance de Conakry. "
        "Des habitants de Kati ont filmé une cinquantaine de véhicules blindés sur la route nationale. "
        "L'état-major a indiqué que ce matériel renforcera les unités engagées dans le nord du pays. "
        "Aucun chiffre officiel n'a été communiqué par les autorités de la transition à ce stade."
    )
    first = article("Convoi russe à Bamako", body, "2027-03-10")
    reprint = article("Bamako : un convoi russe", body, "2027-06-23", outlet="malijet")
    assert tell(store, first, reprint)[1].decision in (Decision.MERGE, Decision.KNOWN)


def test_an_article_that_no_watch_asks_for_is_ignored_with_its_reason(store: Store) -> None:
    config = replace(default_config(env={}), watches=(Watch("niger", ("Niamey",)),))
    judgement = tell(store, CONVOY, house=furnish(config, load_knowledge()))[0]
    assert judgement.decision is Decision.IGNORE
    assert "watch" in judgement.because


def test_types_of_a_watch_are_pushed_and_others_wait_for_the_digest(store: Store) -> None:
    config = replace(default_config(env={}), watches=(Watch("arms", ("Mali",), types=("agreement",)),))
    assert tell(store, CONVOY, house=furnish(config, load_knowledge()))[0].decision is Decision.DIGEST


def test_a_language_that_is_not_read_is_said(store: Store) -> None:
    spanish = article(
        "Un convoy ruso llega a Bamako",
        "Un convoy de vehículos rusos llegó el lunes a la capital.",
        lang="es",
    )
    judgement = tell(store, spanish)[0]
    assert judgement.decision is Decision.IGNORE
    assert "es" in judgement.because


def test_small_news_of_a_town_never_swallows_what_happens_there_that_day(store: Store) -> None:
    park = article(
        "Bamako opens a new park",
        "The mayor of Bamako opened a park on Monday and praised the gardeners of the city.",
        "2027-03-09",
    )
    assert tell(store, park, CONVOY)[1].decision is Decision.ALERT


def test_a_story_that_was_only_kept_is_pushed_when_it_becomes_worth_it(store: Store) -> None:
    call = article(
        "Lavrov and Diop speak by phone",
        "Sergei Lavrov and Abdoulaye Diop held a phone call on Tuesday on the situation in Mali.",
        "2027-03-09",
    )
    visit = article(
        "Diop to visit Moscow",
        "Abdoulaye Diop will travel to Moscow next week for talks with Sergei Lavrov, the ministry said.",
        "2027-03-09",
    )
    first, second = tell(store, call, visit)
    assert first.decision is Decision.DIGEST
    assert second.decision in (Decision.ALERT, Decision.UPDATE)


def test_a_passing_word_on_football_takes_nothing_off_the_beat(store: Store) -> None:
    told = article(
        "Mali receives 40 armoured vehicles from Russia in Gao",
        "Mali received forty armoured vehicles from Russia in Gao on Tuesday. In the markets the talk is of "
        "exams, of the football league and of the coming rains.",
    )
    assert tell(store, told)[0].decision is Decision.ALERT


def test_shots_near_a_palace_are_told_once(store: Store) -> None:
    shots = article(
        "Gunfire heard near presidential palace in Niamey",
        "NIAMEY (AFP) - Sustained gunfire was heard on Wednesday near the presidential palace in the capital "
        "of Niger, residents and an AFP journalist said. Soldiers blocked the streets around it.",
    )
    (judgement,) = tell(store, shots)
    (verdict,) = judgement.verdicts
    assert verdict.decision is Decision.ALERT
    assert "org.afp" not in verdict.mention.actors


def test_an_agency_is_an_actor_only_where_the_headline_says_so(store: Store) -> None:
    text = "BAMAKO (Reuters) - Mali's regulator suspended the {} for a report on a convoy, TASS said."
    (about,) = tell(store, article("Mali suspends Reuters over convoy report", text.format("agency")))
    (by,) = tell(store, article("Mali suspends broadcaster over convoy report", text.format("broadcaster")))
    assert "org.reuters" in {*about.verdicts[0].mention.actors, *about.verdicts[0].mention.counterparts}
    assert not {"org.reuters", "org.tass"} & by.verdicts[0].mention.entities


def test_niger_state_in_nigeria_is_not_niger(store: Store) -> None:
    raid = article(
        "Troops repel bandits in Niger, free 23 captives",
        "Soldiers and vigilantes beat back gunmen who stormed two villages of Niger State on Tuesday, the "
        "commissioner said in Minna. Twenty-three farmers were freed.",
        outlet="punch_ng",
    )
    (judgement,) = tell(store, raid)
    assert judgement.decision is Decision.IGNORE
    at_home = replace(raid, id="home", title="Niger troops repel gunmen near Niamey, free 23 captives")
    (judgement,) = tell(store, at_home)
    assert judgement.decision is not Decision.IGNORE


def test_a_person_called_mali_is_no_state(store: Store) -> None:
    actress = article(
        "Mali Harries signs up for a second series",
        "Mali Harries is to return to the drama. Her agreement was signed last week. Harries is ready.",
    )
    (judgement,) = tell(store, actress)
    assert judgement.decision is Decision.IGNORE
    minister = article(
        "Mali Minister signs mining agreement with Russia",
        "The agreement was signed in Moscow on Tuesday. The Minister said Malian gold would stay at home.",
    )
    (judgement,) = tell(store, minister)
    assert judgement.decision is Decision.ALERT


def test_a_dateline_in_three_pieces_is_not_the_lead(store: Store) -> None:
    text = "Москва. 9 марта. ИНТЕРФАКС — Мали и Россия подписали соглашение о поставках топлива."
    (judgement,) = tell(store, article("Топливо для Мали", text, lang="ru"))
    assert judgement.decision is Decision.ALERT
    assert judgement.verdicts[0].mention.stage == "signed"


def test_an_old_dateline_under_a_new_date_is_a_reprint(store: Store) -> None:
    text = "Bamako, 17 janvier 2025. Un convoi de chars russes est entré ce vendredi dans la capitale."
    (judgement,) = tell(store, article("Un convoi russe arrive à Bamako", text, lang="fr"))
    assert judgement.decision is Decision.KNOWN
    assert "F142" in judgement.verdicts[0].facts


@pytest.mark.parametrize("word", ["Malibu", "Maliweb", "Chadwick", "Malians", "Mali", "Chad"])
def test_a_name_that_only_begins_like_a_given_name_is_no_fault(word: str, store: Store) -> None:
    tell(store, article(word, f"{word}, {word}. {word}"))


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "The day the column came down the Conakry road",
            "It is two years since residents of Bamako watched a line of Russian vehicles roll past. "
            "On 17 January 2025 T-72s and trucks entered the Malian capital after a long way from Guinea.",
        ),
        (
            "10 mars : le jour où le dernier soldat français a franchi la frontière du Mali",
            "Il y a cinq ans, l'armée française quittait la base de Gao. Que reste-t-il de cette présence ?",
        ),
    ],
)
def test_what_an_anniversary_recalls_is_no_news_on_its_day(title: str, text: str, store: Store) -> None:
    assert tell(store, article(title, text))[0].decision not in (Decision.ALERT, Decision.UPDATE)


def test_a_deal_under_negotiation_waits_for_the_digest_whatever_it_is_about(store: Store) -> None:
    visas, base = tell(
        store,
        article(
            "Россия и Буркина-Фасо согласовывают безвизовый режим по служебным паспортам",
            "Проект соглашения о взаимной отмене виз находится на согласовании сторон, сообщил посол.",
        ),
        article(
            "Россия и Нигер ведут переговоры о базе",
            "Проект соглашения о российской военной базе в Агадесе находится на согласовании сторон, "
            "сообщил посол.",
        ),
    )
    assert visas.decision is Decision.DIGEST
    assert base.decision is Decision.DIGEST


def test_an_unnamed_general_is_somebody_and_a_pedlar_nobody(store: Store) -> None:
    general, pedlar = tell(
        store,
        article(
            "Malian air force general arrested",
            "A serving air force general was arrested by state security in Bamako on Tuesday, the military "
            "prosecutor said.",
        ),
        article(
            "Malian pedlar arrested",
            "A pedlar was arrested by state security in Bamako on Tuesday, the military prosecutor said.",
        ),
    )
    assert general.decision is Decision.ALERT
    assert pedlar.decision not in (Decision.ALERT, Decision.UPDATE)


def test_goods_named_in_passing_do_not_part_two_reports_of_one_text(store: Store) -> None:
    first, second = tell(
        store,
        article(
            "ECOWAS and Sahel confederation sign free-movement treaty in Accra",
            "ECOWAS and the AES on Tuesday signed in Accra a treaty on free movement. The chapter on "
            "extradition was left out.",
            "2027-03-10",
        ),
        article(
            "В Аккре ЭКОВАС и АГС подписали договор о свободе передвижения",
            "ЭКОВАС и Альянс государств Сахеля подписали во вторник в Аккре договор: "
            "до трёх месяцев без визы.",
            "2027-03-10",
        ),
    )
    assert second.verdicts[0].story == first.verdicts[0].story
    assert second.decision is Decision.MERGE


def test_a_government_that_sweeps_rumours_aside_denies_them(store: Store) -> None:
    rumour, denial = tell(
        store,
        article(
            "Shots near Ouagadougou camp feed talk of a putsch",
            "Gunfire near a camp in Ouagadougou on Tuesday fed rumours of a coup in Burkina Faso. "
            "Nothing could be confirmed.",
            "2027-03-09",
            outlet="reuters",
        ),
        article(
            "« Simple exercice » : Ouagadougou balaie les rumeurs de putsch",
            "Le porte-parole du gouvernement burkinabè a récusé mercredi toute tentative de coup d'État.",
            "2027-03-10",
            outlet="lefaso",
        ),
    )
    assert rumour.verdicts[0].mention.realis is Realis.RUMOUR
    assert denial.verdicts[0].mention.realis is Realis.NEGATED
    assert denial.verdicts[0].story == rumour.verdicts[0].story


def test_the_composer_is_not_the_army(store: Store) -> None:
    opera = article(
        "Wagner returns to the capital after a decade away",
        "Berlin's Staatsoper has brought Wagner back in force, directed by a Russian exile. The brass "
        "attacked, and half the stalls rose in protest.",
    )
    assert tell(store, opera)[0].decision is Decision.IGNORE


def test_who_informs_public_opinion_gives_no_opinion(store: Store) -> None:
    told = article(
        "Le Gouvernement informe l'opinion d'une entreprise de subversion mise en échec",
        "Dans la nuit du 12 au 13 novembre, une entreprise visant à décapiter les institutions du "
        "Burkina Faso a été "
        "mise en échec, indique le ministre de la Sécurité. Quatorze personnes, dont neuf militaires, "
        "ont été "
        "appréhendées à Ouagadougou.",
        "2027-11-13T09:00:00Z",
    )
    verdict = tell(store, told)[0].verdicts[0]
    assert (verdict.decision, verdict.mention.stage) == (Decision.ALERT, "conspiracy_alleged")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Белоусов обсудил по телефону с министром обороны Нигера обстановку в Сахеле",
            "Глава Минобороны РФ Андрей Белоусов побеседовал по телефону с нигерским коллегой.",
        ),
        (
            "Lavrov et son homologue malien ont échangé au téléphone",
            "Sergueï Lavrov et le ministre malien des Affaires étrangères ont parlé mardi de la région "
            "au téléphone.",
        ),
        (
            "Lavrov discusses Sahel with Malian minister",
            "Russian foreign minister Sergei Lavrov and his Malian counterpart spoke on Tuesday over the "
            "phone.",
        ),
    ],
)
def test_a_call_of_ministers_waits_for_the_digest(title: str, text: str, store: Store) -> None:
    assert tell(store, article(title, text, "2027-05-12"))[0].decision is Decision.DIGEST
