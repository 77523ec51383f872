"""The words of a watch: names in every spelling and case, forms, phrases, open endings, patterns."""

from __future__ import annotations

import contextlib
import time
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baseline.gazetteer import Gazetteer
from baseline.rules import load_rules
from baseline.slots import signature
from baseline.watch_words import (
    LARGEST_PATTERN,
    MOST,
    Word,
    WordList,
    Words,
    mixed_alphabets,
    named,
    read_word,
)
from baseline.watching import Want, Watcher
from djeli.app import wiring
from djeli.core.model import Mention, Priority, Realis, Span, Watch
from tests.hostile_words import HOSTILE

DAY = date(2027, 2, 8)


@pytest.fixture(scope="module")
def knowledge() -> wiring.Knowledge:
    return wiring.load_knowledge()


@pytest.fixture(scope="module")
def gazetteer(knowledge: wiring.Knowledge) -> Gazetteer:
    return knowledge.gazetteer


@pytest.fixture(scope="module")
def judge(knowledge: wiring.Knowledge) -> wiring.Judge:
    return wiring.Judge(knowledge, wiring.rules(), (), "en")


class Reader:
    """Whether a watch with these words looks at an article, its names found by the real annotator."""

    def __init__(self, judge: wiring.Judge) -> None:
        self.judge = judge

    def __call__(self, text: str, lang: str = "fr", **lists: tuple[str, ...]) -> bool:
        watcher = Watcher(Watch("w", **lists), self.judge.knowledge, self.judge.gazetteer)  # type: ignore[arg-type]
        lines = self.judge._annotator.lines("", text, lang, DAY)
        return watcher.concerns(signature(lines, self.judge.knowledge), Words([text], lang))


@pytest.fixture(scope="module")
def looks(judge: wiring.Judge) -> Reader:
    return Reader(judge)


GOITA = (
    "Le général Goïta a reçu",
    "General Goita received",
    "Генерал Гойта принял",
    "встреча с Гойтой",
    "GOÏTA",
)
CORPS = (
    "Africa Corps said", "l'Africa Corps", "le Corps africain russe", "Африканский корпус заявил",
    "бойцы Африканского корпуса", "Африканским корпусом", "об Африканском корпусе", "Африканскому корпусу",
)  # fmt: skip


@pytest.mark.parametrize("word", ["Goïta", "Goita", "goïta", "Гойта", "Гойтой", "per.goita"])
@pytest.mark.parametrize("text", GOITA)
def test_a_name_in_any_spelling_matches_it_in_every_other(looks: Reader, word: str, text: str) -> None:
    assert looks(text, keywords=(word,))


@pytest.mark.parametrize(
    "word", ["Africa Corps", "africa corps", "Corps africain", "Африканский корпус", "Африканского корпуса"]
)
@pytest.mark.parametrize("text", CORPS)
def test_so_does_a_name_of_several_words_in_all_cases(looks: Reader, word: str, text: str) -> None:
    assert looks(text, keywords=(word,))


@pytest.mark.parametrize(
    ("word", "lang", "text", "found"),
    [
        ("orpaillage", "fr", "Les orpaillages illégaux", True),
        ("réunion", "fr", "Des RÉUNIONS", True),
        ("reunion", "fr", "une réunion", True),
        ("соглашение", "ru", "стороны обменялись соглашениями", True),
        ("Лихачев", "ru", "встретился с Лихачёвым", True),
        ("Лихачёв", "ru", "визит Лихачева", True),
        ("пшеница", "ru", "поставки пшеницы", True),
        ("mine", "fr", "une minute", False),
        ("Niger", "en", "in Nigeria", False),
        ("accord minier", "fr", "deux accords miniers", True),
        ("accord minier", "fr", "un accord sur le code minier", False),
        ("атомная станция", "ru", "строительство атомной станции", True),
        ("mobilis*", "fr", "la mobilisation générale", True),
        ("mobilis*", "fr", "immobilisation", False),
        ("livr* armes", "fr", "ils livrent des armes", False),
        ("livr* armes", "fr", "livraisons armes", True),
        ("пшениц*", "ru", "экспорт пшеничной муки", False),
        ("пшени*", "ru", "экспорт пшеничной муки", True),
        ('"CSP"', "fr", "le CSP affirme", True),
        ('"CSP"', "fr", "le csp affirme", False),
        ('"Maliens de l\'extérieur"', "fr", "Les Maliens de l’extérieur votent", True),
        ('"marché"', "fr", "il marche", False),
        ("«Вагнер»", "ru", "группа «Вагнер»", True),
        ("«Вагнер»", "ru", "бойцы Вагнера", False),
        ("/T-?72B?3/", "fr", "onze chars t-72b3", True),
        ("/T-?72B?3/", "fr", "onze chars T-72", False),
        ("re:(livraison|cession) d'armes", "fr", "une cession d’armes", True),
        ("obj.grain", "ru", "Россия поставит 25 тысяч тонн пшеницы", True),
        ("obj.grain", "fr", "25 000 tonnes de blé", True),
        ("Mali", "fr", "à Tombouctou", True),  # what belongs to it
        ("car", "fr", "un car de la République centrafricaine", True),
        ("car", "fr", "la République centrafricaine", False),  # no state: “car” is a word of its own
    ],
)
def test_what_a_word_matches(looks: Reader, word: str, lang: str, text: str, found: bool) -> None:
    assert looks(text, lang, keywords=(word,)) is found


def test_any_all_and_exclude_go_together(looks: Reader) -> None:
    lists: dict[str, tuple[str, ...]] = {
        "keywords": ("Goïta", "orpail*"), "all": ("Moscou",), "exclude": ("football", "Niger")
    }  # fmt: skip
    assert looks("Goïta à Moscou", **lists)
    assert looks("L'orpaillage discuté à Moscou", **lists)
    assert not looks("Goïta à Paris", **lists)
    assert not looks("Moscou accueille", **lists)
    assert not looks("Goïta à Moscou pour le football", **lists)
    assert not looks("Goïta à Moscou avec le Niger", **lists)
    assert looks("Goïta à Moscou avec Niamey Football Club", **(lists | {"exclude": ("rugby",)}))


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("", "no letter and no digit"),
        ("🙂 \u200b", "no letter and no digit"),
        ("*", "no letter and no digit"),
        ("ab*", "'ab*' is too short"),
        ("mob*lis", "'*' may only stand right behind a word"),
        ("*ation", "'*' may only stand right behind a word"),
        ('"abc', "between two quotation marks"),
        ('""', "between two quotation marks"),
        ("/abc", "between two slashes"),
        ("/abc/i", "between two slashes"),
        ("//", "between two slashes"),
        ("re:", "is empty"),
        ("/(a|b/", "missing )"),
        (r"/(?<!x)y/", "RE2"),
        (r"/(a)\1/", "RE2"),
        ("/a*/", "found in every text"),
        ("/|x/", "found in every text"),
        ("/.{500}z/", "too large"),
        ("x" * 201, "201 characters"),
        ("/" + "ab" * 251 + "/", "502 characters"),
    ],
)
def test_a_word_that_cannot_be_read_says_why(word: str, said: str) -> None:
    with pytest.raises(ValueError, match=said.replace("(", r"\(").replace(")", r"\)").replace("*", r"\*")):
        read_word(word)


def test_letters_that_only_look_alike_are_noticed() -> None:
    assert mixed_alphabets("аu Маli") == "аu"
    assert mixed_alphabets("Т-72 and Mali") is None
    assert mixed_alphabets("/[a-zа-я]+x/") is None


@pytest.mark.parametrize("word", HOSTILE, ids=range(len(HOSTILE)))
def test_no_word_stalls_or_breaks_the_judge(word: str) -> None:
    articles = ["a" * 60_000, "ab " * 20_000, "Колонна прибыла в Бамако. " * 2000, "x\n" * 30_000, "á" * 9000]
    began = time.process_time()
    with contextlib.suppress(ValueError):
        read_word(word)
        ready = Word(word, frozenset())
        for text in articles:
            ready.found(frozenset(), Words([text, text], "fr"))
    assert time.process_time() - began < 2.0  # for five articles of 60,000 characters
    assert len(HOSTILE) == 30


def test_many_patterns_and_huge_lists_cost_an_article_little(judge: wiring.Judge) -> None:
    words = tuple(f"parole{number}" for number in range(MOST - 300))
    words += tuple(f"commenc{chr(97 + number % 26)}{number}*" for number in range(150))
    words += tuple(f"phrase numéro{number}" for number in range(150))
    listed = WordList(words, judge.knowledge, judge.gazetteer)
    text = (
        "Les colonnes de véhicules blindés commencent à livrer des armes à Bamako, phrase par phrase. " * 40
    )
    began = time.process_time()
    for number in range(20):
        assert not listed.any(frozenset(), Words([f"{text}{number}"], "fr"))
    assert (time.process_time() - began) / 20 < 0.02
    assert [one.said for one in listed.found(frozenset(), Words(["la phrase numéro7 de parole3"], "fr"))] == [
        "parole3", "phrase numéro7",
    ]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60), st.text(max_size=200), st.sampled_from(["en", "fr", "ru", "ar"]))
def test_whatever_is_written_is_read_or_refused_and_found_where_it_says(
    word: str, text: str, lang: str
) -> None:
    with contextlib.suppress(ValueError):
        read_word(word)
    ready, words = Word(word, frozenset()), Words([text, f"x {word} x"], lang)
    place = ready.place(words)
    assert ready.found(frozenset(), words) == (place is not None)
    if place and not ready.read.pattern:
        assert words.text[place[0] : place[1]].strip()


def test_a_list_finds_what_its_words_find(judge: wiring.Judge) -> None:
    said = ("Mali", "or", "accord minier", "mobilis*", '"CSP"', "/t-?72/", "соглашение", "obj.grain")
    listed = WordList(said, judge.knowledge, judge.gazetteer)
    texts = ["le Mali", "de l'or", "accords miniers", "mobilisation", "CSP", "T72", "Соглашения", "rien"]
    for lang in ("fr", "ru"):
        for text in texts:
            entities = frozenset(hit.entity for hit in judge.gazetteer.find(text))
            words = Words([text], lang)
            each = [word for word in listed.words if word.found(entities, words)]
            assert listed.found(entities, words) == each
            assert listed.any(entities, words) == bool(each)


def test_names_are_looked_up_once_and_in_any_case(knowledge: wiring.Knowledge, gazetteer: Gazetteer) -> None:
    def ids(word: str) -> set[str]:
        return set(named(word, knowledge, gazetteer))

    assert ids("mali") == ids("МАЛИ") == ids("cty.mali") == {"cty.mali"}
    assert ids("AES") == {"org.aes"}
    assert ids('"Mali"') == ids("/Mali/") == ids("Mal*") == ids("того") == set()


# ----------------------------------------------------------------- what is pushed of what was caught


def mention(kind: str, days_ago: int = 0, realis: Realis = Realis.DONE) -> Mention:
    day = DAY - timedelta(days=days_ago)
    return Mention(
        type=kind, types=(kind,), stage=None, realis=realis, actors=("cty.mali",), counterparts=(),
        places=(), entities=frozenset({"cty.mali"}), span=Span(day, day), dated=True, figures=(), quote="",
        country="cty.mali",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("watch", "told", "want", "by"),
    [
        (Watch("w"), mention("coup"), Want.PUSH, "priority"),
        (Watch("w", priority=Priority.CRITICAL), mention("delivery"), Want.DIGEST, "priority"),
        (Watch("w", priority=Priority.CRITICAL), mention("coup"), Want.PUSH, "priority"),
        (
            Watch("w", types=("delivery",), priority=Priority.CRITICAL),
            mention("delivery"),
            Want.DIGEST,
            "priority",
        ),
        (Watch("w", types=("delivery",), priority=Priority.HIGH), mention("delivery"), Want.PUSH, "types"),
        (Watch("w", types=("delivery",), priority=Priority.LOW), mention("coup"), Want.DIGEST, "types"),
        (Watch("w"), mention("statement"), Want.DIGEST, "priority"),
        (Watch("w", priority=Priority.LOW), mention("statement"), Want.PUSH, "priority"),
        (Watch("w", rumours=False), mention("coup", 0, Realis.RUMOUR), Want.RUMOUR, "rumour"),
        (Watch("w", horizon=timedelta(days=30)), mention("coup", 31), Want.DIGEST, "horizon"),
        (Watch("w", horizon=timedelta(days=30)), mention("coup", -31), Want.DIGEST, "horizon"),
        (Watch("w", horizon=timedelta(days=30)), mention("coup", 30), Want.PUSH, "priority"),
        (Watch("w"), mention("coup", 300), Want.PUSH, "priority"),
    ],
)
def test_priority_types_rumours_and_horizon_decide_what_is_pushed(
    judge: wiring.Judge, watch: Watch, told: Mention, want: Want, by: str
) -> None:
    data = wiring.rules()
    rules = load_rules(data["comparison"], data["phrases"], judge.knowledge)
    watcher = Watcher(watch, judge.knowledge, judge.gazetteer).on(DAY)
    assert watcher.wants_for(told, rules) == (want, by)


def test_the_limits_stand_where_they_are_written() -> None:
    assert read_word("/[a-z]{40}x/").size < LARGEST_PATTERN
    assert read_word("Mali").size == 0
