from pathlib import Path

import pytest
import yaml

import baseline
from baseline.fold import tokens
from baseline.triggers import TriggerBook, TriggerHit
from baseline.vetoes import Vetoes
from tests.trigger_sentences import asserted, figurative

KNOWLEDGE = Path(baseline.__file__).parent / "knowledge"
LANGUAGES = ("en", "fr", "ru")
HARD = {"coup", "delivery", "agreement", "attack", "withdrawal"}


def knowledge(name: str) -> dict:
    return yaml.safe_load((KNOWLEDGE / name).read_text(encoding="utf-8"))


TABLE = knowledge("triggers.yaml")
TYPES = {entry["id"]: entry["stages"] for entry in knowledge("types.yaml")["types"]}
TRIGGERS = TriggerBook.from_data(TABLE)
VETOES = Vetoes.from_data(knowledge("vetoes.yaml"))


def read(lang: str, sentence: str) -> list[TriggerHit]:
    """The triggers of a sentence that no mask takes away."""
    words = tokens(sentence)
    return [
        hit
        for hit in TRIGGERS.find(words, lang)
        if not VETOES.masked(words, lang, hit.type) & set(range(hit.first, hit.last + 1))
    ]


def test_every_stage_of_every_type_has_patterns_in_three_languages():
    assert set(TABLE["types"]) == set(TYPES)
    for kind, stages in TYPES.items():
        table = TABLE["types"][kind]["stages"]
        assert list(table) == stages, kind
        assert all(table[stage].get(lang) for stage in stages for lang in LANGUAGES), kind
        assert all(TABLE["types"][kind]["topic"].get(lang) for lang in LANGUAGES), kind


def test_masks_name_only_types_of_the_scheme():
    assert set(knowledge("vetoes.yaml")["masks"]) - {"any"} <= set(TYPES)


def test_the_table_of_sentences_covers_every_stage():
    assert {label for label, _, _ in asserted()} == {
        f"{k}/{s}" for k, stages in TYPES.items() for s in stages
    }


@pytest.mark.parametrize(("label", "lang", "sentence"), asserted())
def test_a_sentence_names_its_type_and_stage(label: str, lang: str, sentence: str):
    assert label in {f"{hit.type}/{hit.stage}" for hit in read(lang, sentence)}


@pytest.mark.parametrize(("lang", "sentence"), figurative())
def test_a_figure_of_speech_is_no_development(lang: str, sentence: str):
    assert {hit.type for hit in read(lang, sentence)} & HARD == set()


@pytest.mark.parametrize(
    ("lang", "kind", "other", "sentence"),
    [
        ("en", "deployment", "delivery", "Russian instructors arrive in Niamey"),
        ("fr", "delivery", "deployment", "Arrivée d'un lot de blé russe à Bamako"),
        ("en", "attack", "delivery", "Fuel convoy attacked near Bougouni"),
        ("fr", "attack", "delivery", "Un convoi de carburant attaqué près de Kayes"),
        ("ru", "attack", "delivery", "Боевики напали на колонну с топливом"),
        ("en", "membership", "withdrawal", "Mali announces withdrawal from ECOWAS"),
        ("fr", "membership", "withdrawal", "Le Niger annonce son retrait de la Cédéao"),
        ("ru", "membership", "withdrawal", "Нигер объявил о выходе из ЭКОВАС"),
        ("en", "withdrawal", "membership", "Wagner leaves Mali after three years"),
        ("fr", "protest", "attack", "Marche pacifique à Bamako contre la vie chère"),
        ("ru", "visit_talks", "delivery", "Министр прибыл с визитом в Бамако"),
        ("fr", "arrest", "attack", "Un journaliste arrêté à Bamako par la gendarmerie"),
        ("en", "attack", "arrest", "Gunmen abduct two Chinese nationals near Kayes"),
    ],
)
def test_neighbouring_types_are_told_apart(lang: str, kind: str, other: str, sentence: str):
    staged = {hit.type for hit in read(lang, sentence) if hit.stage}
    assert kind in staged
    assert other not in staged


@pytest.mark.parametrize(
    ("lang", "title", "body", "topic"),
    [
        (
            "fr",
            "Russie-Mali : les Aigles accrochés",
            "Un coup franc et le score est ouvert en fin de match.",
            "sport",
        ),
        (
            "en",
            "Mali coach names squad",
            "The striker scored in the Africa Cup of Nations qualifiers.",
            "sport",
        ),
        ("ru", "Сборная Мали обыграла Того", "Нападающий забил гол на последней минуте матча.", "sport"),
        ("fr", "Le FESPACO ouvre ses portes", "Trois films en compétition.", "culture"),
        ("ru", "Певица выступила в Бамако", "Концерт собрал полный зал зрителей.", "culture"),
        ("en", "Recipe of the week", "Two tablespoons of oil and other ingredients.", "lifestyle"),
        ("fr", "Avis de recrutement", "Envoyez un curriculum vitae et une lettre de motivation.", "jobs"),
        ("ru", "Прогноз погоды на выходные", "Осадки и гроза, температура до 40 градусов.", "weather"),
        ("en", "Stock market closes higher", "Investors welcomed the dividend.", "markets"),
        ("fr", "Sortie du jeu vidéo de l'année", "La console manque en magasin.", "games"),
    ],
)
def test_an_article_off_the_beat_is_named(lang: str, title: str, body: str, topic: str):
    assert VETOES.off_beat(tokens(title), tokens(body), lang) == topic


@pytest.mark.parametrize(
    ("lang", "title", "body"),
    [
        ("en", "Gunmen attack football pitch in Mopti", "Nine people were killed, the army said."),
        ("fr", "Des hommes armés attaquent un festival près de Ménaka", "Le bilan est de six morts."),
        ("fr", "Signature d'un accord à Moscou", "Le but est de renforcer la coopération."),
        ("ru", "Мали получила партию вертолётов", "Матчасть передали на базе в Бамако."),
        ("en", "Russian armour reaches Bamako", "It was a match for no one. The goal is security."),
        ("fr", "Le ministre meurt dans un accident de la route", "Un successeur sera nommé."),
    ],
)
def test_one_word_of_another_topic_does_not_take_an_article_away(lang: str, title: str, body: str):
    assert VETOES.off_beat(tokens(title), tokens(body), lang) is None


@pytest.mark.parametrize(
    ("lang", "title", "is_opinion"),
    [
        ("en", "What does the convoy mean for Mali?", True),
        ("en", "Opinion: the junta's gamble", True),
        ("fr", "Blindés russes : que va en faire l'armée ?", True),
        ("fr", "Décryptage : les dessous d'un accord", True),
        ("ru", "Почему Вагнер ушёл из Мали", True),
        ("ru", "Мнение: уроки Сахеля", True),
        ("en", "Russia delivers grain to Mali", False),
        ("fr", "Le Mali reçoit du blé russe", False),
        ("ru", "Россия передала Мали пшеницу", False),
    ],
)
def test_opinion_is_told_from_news(lang: str, title: str, is_opinion: bool):
    assert bool(VETOES.opinion(tokens(title), lang)) is is_opinion
