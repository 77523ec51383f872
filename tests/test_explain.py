"""`djeli explain` as an analyst reads it: every step, in words, with what was needed and what was missing."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from djeli import cli

Explain = Callable[..., str]

CONVOY = (
    "Bamako : un nouveau convoi de matériel militaire russe est entré dans la capitale\n\n"
    "Un convoi d'une soixantaine de véhicules militaires a traversé Bamako jeudi 7 janvier, en provenance de "
    "Conakry. Onze chars de type T-72 ont été comptés."
)
ANALYST = (
    "Mali could receive Su-30 fighters this year, analyst suggests\n\n"
    "Mali might be the next African operator of the Su-30, according to a Moscow-based analyst."
)
FOOTBALL = "Football : les Aigles du Mali battent la Tunisie\n\nLe match amical s'est joué à Rabat."


@pytest.fixture
def explain(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Explain:
    """Explains a text in an empty folder, without anything in the environment."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("DJELI_")]:
        monkeypatch.delenv(name)

    def told(text: str, *options: str) -> str:
        (tmp_path / "article.txt").write_text(text, encoding="utf-8")
        with pytest.raises(SystemExit) as ended:
            cli.run(["explain", "article.txt", *options])
        assert ended.value.code == 0
        return capsys.readouterr().out

    return told


def row(told: str, label: str) -> str:
    """The first line with this label."""
    return next(line for line in told.splitlines() if line.strip().startswith(label))


def told_on(explain: Explain, text: str, day: str, *options: str) -> str:
    return explain(text, "--published", day, "--outlet", "studio_tamani", *options)


def test_it_says_what_the_article_was_judged_against(explain: Explain, tmp_path: Path) -> None:
    told = told_on(explain, CONVOY, "2027-01-08")
    assert "no djeli.toml found: the beat as it comes" in row(told, "configuration")
    assert "134 from 5 documents" in row(told, "known facts")
    assert "djeli.db is not there yet: no stories" in row(told, "store")
    (tmp_path / "djeli.toml").write_text('[[watch]]\nname = "sahel"\nkeywords = ["Mali"]\n', encoding="utf-8")
    assert "djeli.toml; watches: sahel" in row(told_on(explain, CONVOY, "2027-01-08"), "configuration")


def test_every_default_that_was_taken_is_said(explain: Explain) -> None:
    told = explain(CONVOY)
    assert "the first line of the text" in row(told, "title")
    assert "not given, so now" in row(told, "published")
    assert "not given: a source of its own" in row(told, "outlet")
    told = told_on(explain, CONVOY, "2027-01-08", "--title", "Un convoi à Bamako")
    assert "as given with --title" in row(told, "title")
    assert "as given with --published" in row(told, "published")
    assert "Studio Tamani (studio_tamani): Mali (ML)" in row(told, "outlet")


def test_an_alert_shows_names_words_date_and_nearest_facts(explain: Explain) -> None:
    told = told_on(explain, CONVOY, "2027-01-08")
    assert "ALERT" in told
    assert "Russia (cty.russia)" in row(told, "who")
    assert "“matériel militaire russe est entré dans” (headline)" in told
    assert "“jeudi 7 janvier” (sentence 1), the year is that of the publication" in row(told, "when")
    assert "whatever their date" in row(told, "nearest facts")
    assert "F142, 17 January 2025: A large convoy of Russian materiel reached Bamako." in told
    assert "mali-russia: push at once: priority of the kind is high" in row(told, "watches want")


def test_a_known_fact_is_shown_with_its_terms_and_the_score_that_is_needed(explain: Explain) -> None:
    text = (
        "17 janvier 2025 : un convoi de matériel militaire russe arrivait à Bamako\n\n"
        "Le 17 janvier 2025, un important convoi de matériel militaire russe est arrivé à Bamako."
    )
    told = told_on(explain, text, "2027-01-17")
    assert told.splitlines()[2].startswith("KNOWN")
    assert "the same from 0.45 on; score = 0.60 × names + 0.25 × date + 0.15 × kind" in told
    assert " the same: F142, 17 January 2025" in told
    assert "date 1.00 (the same day)" in told
    assert "opens a new story" not in told


def test_a_reason_is_said_once(explain: Explain) -> None:
    told = told_on(explain, ANALYST, "2027-02-09")
    assert told.count("is only a possibility here") == 1
    assert told_on(explain, FOOTBALL, "2027-01-16").count("Off the beat: sport") == 1


def test_the_words_that_make_it_only_possible_are_quoted_in_their_sentence(explain: Explain) -> None:
    told = told_on(explain, ANALYST, "2027-02-09")
    assert "only possible, by “could” (headline): “Mali could receive" in row(told, "told as")
    assert "no date in the text: the day of publication" in row(told, "when")


def test_a_denial_a_memory_and_a_comment_say_which_words_decided(explain: Explain) -> None:
    denial = (
        "Mali : l'état-major dément toute tentative de putsch\n\nL'armée malienne dément tout coup d'État."
    )
    assert "denied, by “dément” (headline)" in row(told_on(explain, denial, "2027-02-11"), "told as")
    memory = "Mali : six ans après le putsch\n\nLe 18 août 2020, l'armée malienne a pris le pouvoir à Bamako."
    told = told_on(explain, memory, "2026-08-18")
    assert "past, " in row(told, "told as")
    comment = (
        "Explainer: what the Mali-Russia agreement means\n\nMali and Russia signed an agreement on Monday."
    )
    assert "comment or analysis, by “Explainer” (headline)" in told_on(explain, comment, "2027-02-11")


def test_what_is_off_the_beat_shows_names_signs_and_watches(explain: Explain) -> None:
    told = told_on(explain, FOOTBALL, "2027-01-16")
    assert told.splitlines()[2] == "IGNORE"
    assert "on the beat: Mali (cty.mali)" in row(told, "names found")
    assert ": sign of sport" in row(told, "because of")
    assert "mali-russia: looks at it; its words found: Mali" in told
    assert "neighbours: passes it by; none of its countries takes part: Benin (BJ)" in told


@pytest.mark.parametrize(
    ("watch", "said"),
    [
        ('keywords = ["Niger"]', "w: passes it by; none of its words: Niger"),
        ('keywords = ["Mali"]\nall = ["uranium"]', "w: passes it by; missing, and asked for: uranium"),
        ('keywords = ["Mali"]\nexclude = ["convoi"]', "w: passes it by; excluded by: convoi"),
        ('keywords = ["Mali"]\ntypes = ["coup"]', "w: digest: the kind is not in its list (Coup)"),
        (
            'keywords = ["Mali"]\nactors = ["cty.france"]',
            "none of its actors takes part: France (cty.france)",
        ),
    ],
)
def test_a_watch_says_what_it_lacked(explain: Explain, tmp_path: Path, watch: str, said: str) -> None:
    (tmp_path / "djeli.toml").write_text(f'[[watch]]\nname = "w"\n{watch}\n', encoding="utf-8")
    assert said in told_on(explain, CONVOY, "2027-01-08")


def test_a_unit_of_no_table_stands_as_the_article_writes_it(explain: Explain) -> None:
    text = "Mali : quatre appareils livrés par la Russie\n\nLa Russie a livré quatre aurochs à Bamako jeudi."
    figures = row(told_on(explain, text, "2027-01-08"), "figures")
    assert "quatre aurochs" in figures


def test_stories_are_shown_with_title_date_and_score_and_those_of_no_score_are_not(
    explain: Explain, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    title, body = CONVOY.split("\n\n")
    lines = [
        {"title": title, "text": body, "published": "2027-01-08", "outlet": "studio_tamani"},
        {
            "title": "Mali : des djihadistes attaquent Sévaré",
            "text": "L'attaque de mai.",
            "published": "2027-05-08",
        },
    ]
    (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    with pytest.raises(SystemExit):
        cli.run(["backtest", "in.jsonl", "--database", f"sqlite:///{tmp_path / 'djeli.db'}"])
    capsys.readouterr()
    told = told_on(explain, CONVOY.replace("soixantaine", "cinquantaine"), "2027-01-09")
    assert "stories out of 2 articles" in row(told, "store")
    assert "the same: S1, 7 January 2027: “Bamako : un nouveau convoi" in told
    assert " 0.00 " not in row(told, "compared with stories")
    assert "S2" not in told


@pytest.mark.parametrize(("language", "said"), [("fr", "1. L'article"), ("ru", "1. Статья")])
def test_it_speaks_the_language_of_the_messages(
    explain: Explain, tmp_path: Path, language: str, said: str
) -> None:
    (tmp_path / "djeli.toml").write_text(f'language = "{language}"\n', encoding="utf-8")
    told = told_on(explain, CONVOY, "2027-01-08")
    assert said in told
    assert "the first line" not in told


def test_json_has_what_stands_behind_the_judgement_beside_the_fields_of_the_contract(
    explain: Explain,
) -> None:
    shown: dict[str, Any] = json.loads(told_on(explain, CONVOY, "2027-01-08", "--json"))
    assert {"id", "lang", "decision", "watches", "developments"} <= shown.keys()
    assert shown["judged_against"]["facts"] == 134
    assert shown["judged_against"]["config"] is None
    assert shown["article"]["published_from"] == "given"
    assert shown["watches_tried"][0] == {
        "watch": "mali-russia", "found": ["Mali"], "lack": None, "concerned": True
    }  # fmt: skip
    development = shown["developments"][0]
    assert development["type"] == "delivery"
    assert development["cues"][0]["kind"] == "trigger"
    assert development["dated"] == {"text": "jeudi 7 janvier", "sentence": 1, "how": "year"}
    assert development["wants"][0]["want"] == "push"


def test_json_of_a_comparison_has_terms_and_what_is_needed(explain: Explain) -> None:
    text = "Le convoi russe du 17 janvier 2025\n\nLe 17 janvier 2025, un convoi russe arrive à Bamako."
    shown = json.loads(told_on(explain, text, "2027-01-17", "--json"))
    first = shown["developments"][0]["comparisons"][0]
    assert first["needed"] == 0.45
    assert first["same"] == (first["score"] >= 0.45)
    assert set(first["terms"]) == {"entities", "date", "type"}
