"""`djeli watch`: what words mean, what they caught of a stored past, what could be added."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance_desk import Desk, Ran, day
from tests.acceptance_desk import now as moment
from tests.telegram_server import TelegramServer
from tests.web_server import WebServer

PAST = [
    ("en", "Russian convoy with 11 tanks arrives in Bamako", "Eleven T-72 tanks were unloaded on {day}."),
    ("fr", "Le Mali reçoit 25 000 tonnes de blé russe", "Le blé est arrivé à Bamako le {day}."),
    ("ru", "Россия поставила Мали 25 тысяч тонн пшеницы", "Пшеница прибыла в Бамако {day}."),
    ("fr", "Mali : mobilisation des producteurs de coton", "Les cotonniers mobilisés demandent un prix."),
    ("ru", "Лихачёв встретился с Гойтой в Бамако", "С Лихачёвым прибыла делегация, Мали ждёт АЭС."),
    ("en", "Mali: Captain Zoumanigui speaks on television", "Captain Zoumanigui spoke in Bamako."),
    ("fr", "Mali : le capitaine Zoumanigui à la télévision", "Le capitaine Zoumanigui a parlé à Bamako."),
    ("ru", "Мали: капитан Зуманиги выступил", "С речью капитана Зуманиги ознакомились в Бамако."),
    ("fr", "Football : le Mali gagne", "Match de football à Bamako, mais sans blé."),
]  # fmt: skip


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("desk")
    with WebServer() as web, TelegramServer() as telegram:
        desk = Desk(folder, web, telegram)
        desk.configure(('"Wagner"]', '"mobilis*", "obj.grain"]'))
        lines = [
            json.dumps({
                "title": title, "text": text.format(day=day(lang)), "lang": lang,
                "published": f"{moment():%Y-%m-%dT%H}:0{number}:00Z", "url": f"https://a.example/{number}",
            })
            for number, (lang, title, text) in enumerate(PAST)
        ]  # fmt: skip
        (folder / "past.jsonl").write_text("\n".join(lines), encoding="utf-8")
        ran = desk.here("backtest", "past.jsonl", "--database", desk.database)
        assert ran.code == 0, ran.err
        yield desk


def watch(desk: Desk, *arguments: str) -> Ran:
    ran = desk.here("watch", *arguments)
    assert ran.code == 0, ran.err
    return ran


def variants(desk: Desk, word: str) -> dict[str, Any]:
    return {one["word"]: one for one in watch(desk, "suggest", word, "--json").json["variants"]}


def test_a_name_is_shown_with_its_spellings_and_the_articles_that_have_any_of_them(desk: Desk) -> None:
    ran = watch(desk, "test", "goïta")
    assert "“goïta” is a known name" in ran.out
    assert "per.goita" in ran.out
    assert "Гойта" in ran.out
    assert "Articles that have it: 1. Led to a message at once: 0. Led to nothing: 1 (100 %)." in ran.out
    assert "Лихачёв встретился с Гойтой" in ran.out


@pytest.mark.parametrize(
    ("word", "kind", "articles"),
    [
        ("blé", "word", 2), ("mobilis*", "open", 1), ("obj.grain", "concept", 3), ('"football"', "exact", 1),
        ("/t-?72/", "pattern", 1), ("capitaine zoumanigui", "phrase", 1), ("Mali", "name", 9),
        ("zzz", "word", 0),
    ],
)  # fmt: skip
def test_a_word_is_counted_in_the_stored_past(desk: Desk, word: str, kind: str, articles: int) -> None:
    told = watch(desk, "test", word, "--json").json
    assert (told["kind"], told["articles"]) == (kind, articles)
    assert sum(told["decisions"].values()) == articles
    assert len(told["latest"]) == min(articles, 5)


def test_what_was_found_is_shown_in_its_sentence(desk: Desk) -> None:
    assert "… Match de football à Bamako, mais sans blé. …" not in watch(desk, "test", "mali").out
    assert "sans blé" in watch(desk, "test", "blé").out


def test_a_watch_is_tried_by_its_name(desk: Desk) -> None:
    told = watch(desk, "test", "mali-russia", "--json").json
    assert told["articles"] == 8
    assert told["left"] == {"exclude football": 1}
    assert {one["word"]: one["articles"] for one in told["words"]} == {
        "Mali": 9, "Africa Corps": 0, "mobilis*": 1, "obj.grain": 3
    }  # fmt: skip
    assert "It leaves out: exclude football: 1." in watch(desk, "test", "mali-russia").out


def test_the_list_says_what_each_watch_pushes_and_caught(desk: Desk) -> None:
    (listed,) = watch(desk, "list", "--json").json
    assert listed["pushes"] == "agreement, delivery, coup"
    assert (listed["watch"], listed["chats"]) == ("mali-russia", 1)
    assert listed["pushed"] >= 1
    assert 0 < listed["nothing"] < 1
    assert watch(desk, "list").out.startswith("mali-russia\t5\tagreement, delivery, coup\t1\t")


def test_a_known_name_needs_no_variants_and_shows_how_often_each_stands(desk: Desk) -> None:
    found = variants(desk, "Goita")
    assert found["Goita"]["articles"] == 1
    assert found["Гойта"]["articles"] == 1  # in any case
    assert found["Assimi Goita"]["articles"] == 0
    out = watch(desk, "suggest", "Goita").out
    assert 'keywords = ["Goita"]' in out
    assert "That one word has all the spellings above." in out


def test_a_word_of_a_concept_gets_its_words_in_the_other_languages(desk: Desk) -> None:
    found = variants(desk, "wheat")
    assert found["blé"]["articles"] == 2
    assert found["пшениц*"]["articles"] == 1
    assert found["пшениц*"]["nothing"] in (0, 1)
    assert found['"maïs"']["articles"] == 0  # not “mais”
    line = next(line for line in watch(desk, "suggest", "wheat").out.splitlines() if "keywords = " in line)
    assert line.strip() == 'keywords = ["wheat", "blé", "пшениц*"]'


def test_an_unknown_name_is_found_by_its_sound_in_other_alphabets(desk: Desk) -> None:
    found = variants(desk, "Zoumanigui")
    assert found["Зуманиги"] | {"articles": 1} == found["Зуманиги"]
    assert found["Зуманиги"]["from"] == "sound"
    out = watch(desk, "suggest", "Zoumanigui").out
    assert "Зуманиги" in out.split("keywords = ")[1]


def test_words_that_go_on_from_the_same_beginning_are_named(desk: Desk) -> None:
    assert variants(desk, "cotonnade")["cotonn*"]["articles"] == 1


def test_a_word_that_cannot_be_read_is_one_sentence_and_another_language_speaks_its_own(desk: Desk) -> None:
    for command in ("test", "suggest"):
        ran = desk.here("watch", command, "/(a/")
        assert (ran.code, ran.out) == (2, "")
        assert "missing )" in ran.err
        assert len(ran.err.splitlines()) == 1
    path = desk.folder / "djeli.toml"
    before = path.read_text(encoding="utf-8")
    try:
        for language, said in (("fr", "est un nom connu"), ("ru", "известное имя")):
            path.write_text(before.replace('language = "en"', f'language = "{language}"'), encoding="utf-8")
            assert said in watch(desk, "test", "Goita").out
            watch(desk, "suggest", "wheat")
            watch(desk, "list")
    finally:
        path.write_text(before, encoding="utf-8")


def test_without_a_past_it_says_so(tmp_path: Path) -> None:
    with WebServer() as web, TelegramServer() as telegram:
        desk = Desk(tmp_path, web, telegram)
        desk.configure()
        assert "There are no stored articles since" in watch(desk, "test", "Mali").out
        assert "keywords = " in watch(desk, "suggest", "blé").out
        assert not (tmp_path / "djeli.db").exists()
