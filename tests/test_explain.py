"""`djeli explain` as an analyst reads it: every step, in words, with what was needed and what was missing."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from baseline.grounds import Compared
from djeli import cli
from djeli.app import explaining, wiring
from djeli.app.steps import steps
from djeli.core.model import Span, Term
from djeli.core.words import moved_to
from storage.store import open_store

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
OLD_CONVOY = (
    "Mali: Russian convoy reaches Bamako\n\n"
    "On 17 January 2025 a convoy of Russian military equipment arrived in Bamako, Mali."
)
RUMOUR = (
    "Mali : selon des rumeurs, un convoi russe serait arrivé à Bamako\n\n"
    "Selon des rumeurs, un convoi de matériel militaire russe serait arrivé à Bamako jeudi."
)
AID = (
    "EU sends food aid to Mali\n\nThe European Union said on Thursday it sent aid of 5 million euros to Mali."
)
CALL = (
    "Мали: посол России встретился с министром культуры\n\n"
    "Посол России в Мали встретился в среду с министром культуры, передала пресс-служба."
)
PENSIONS = "Paris: the government of France raises pensions\n\nThe French parliament voted on Tuesday."


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


CONVOY_TOLD = {
    **dict(zip(("title", "text"), CONVOY.split("\n\n"), strict=True)),
    "published": "2027-01-08",
    "outlet": "studio_tamani",
}


def _stored(*articles: Mapping[str, str], folder: Path) -> None:
    """The store of the folder holds what was made of these articles."""
    (folder / "in.jsonl").write_text("\n".join(map(json.dumps, articles)), encoding="utf-8")
    with pytest.raises(SystemExit):
        cli.run(["backtest", "in.jsonl", "--database", f"sqlite:///{folder / 'djeli.db'}"])


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
    assert "nearest, but not the same: F143, 17 January 2025: " in row(told, "compared with facts")
    assert "days apart: 720; the text calls it a further one" in told
    assert "further of its kind: F144 (17 January 2025), F142 (17 January 2025)" in told
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
    assert told.splitlines()[2] == "IGNORE (nothing sent)"
    assert "on the beat: Mali (cty.mali)" in row(told, "names found")
    assert ": sign of sport" in row(told, "because of")
    assert row(told, "answer").endswith("no: another subject")
    assert "not asked, for there is nothing to judge" in told
    assert "mali-russia: its words found: Mali" in told
    assert "looks at it" not in told
    assert "neighbours: none of its countries takes part: Benin (BJ)" in told


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
    attack = {
        "title": "Mali : des djihadistes attaquent Sévaré",
        "text": "L'attaque de mai.",
        "published": "2027-05-08",
    }
    _stored(CONVOY_TOLD, attack, folder=tmp_path)
    capsys.readouterr()
    told = told_on(explain, CONVOY.replace("soixantaine", "cinquantaine"), "2027-01-09")
    assert "stories out of 2 articles" in row(told, "store")
    assert "the same: S1, 7 January 2027: “Bamako : un nouveau convoi" in told
    assert " 0.00 " not in row(told, "compared with stories")
    assert "S2" not in told


def test_an_article_from_before_what_the_store_tells_of_may_be_misdated(
    explain: Explain, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _stored(CONVOY_TOLD, folder=tmp_path)
    capsys.readouterr()
    told = told_on(explain, FOOTBALL, "2026-11-22")
    assert "the store already tells of 8 January 2027, 00:00: --published sets another day" in told
    assert "already tells" not in told_on(explain, FOOTBALL, "2027-01-07")
    told = json.loads(told_on(explain, FOOTBALL, "2026-11-22", "--json"))
    assert told["judged_against"]["newest"] == "2027-01-08T00:00:00+00:00"


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


# ------------------------------------------------------------------------------------ what a new user asks


def test_an_empty_store_is_said_first(explain: Explain) -> None:
    told = told_on(explain, CONVOY, "2027-01-08").splitlines()
    assert told[2] == "ALERT (pushed at once)"
    assert (
        "judged without earlier reports: new means only that none of the 92 known facts covers it" in told[:6]
    )
    assert "earlier reports" not in told_on(explain, FOOTBALL, "2027-01-16")


@pytest.mark.parametrize(
    ("text", "watch", "decision", "said"),
    [
        (CONVOY, "", "ALERT", "a fact (KNOWN) or a story (MERGE) of this kind, place and day were there"),
        (CONVOY, 'types = ["coup"]', "DIGEST", "“delivery” stood in the `types` of w (ALERT)"),
        (ANALYST, "", "DIGEST", "it were told as done or announced (ALERT)"),
        (AID, "", "DIGEST", "a watch named “aid” in its `types` (ALERT)"),
        (AID, 'countries = ["NE"]', "IGNORE", "a watch had its words, country or actor in it"),
        (CALL, "", "DIGEST", "a head of state, minister or commander announced it, put it off"),
        (FOOTBALL, "", "IGNORE", "headline and text were not those of another subject"),
        (PENSIONS, "", "IGNORE", "a state, force or place of the beat took part in it"),
        (OLD_CONVOY, "", "KNOWN", "another figure of F142, or as news a later stage (UPDATE)"),
        (RUMOUR, "", "ALERT", "a fact (KNOWN) or a story (MERGE)"),
    ],
)
def test_every_decision_says_what_would_have_made_it_another(
    explain: Explain, tmp_path: Path, text: str, watch: str, decision: str, said: str
) -> None:
    keywords = "" if watch.startswith("countries") else 'keywords = ["Mali", "France"]'
    toml = f'[[watch]]\nname = "w"\n{keywords}\n{watch}\n'
    (tmp_path / "djeli.toml").write_text(toml, encoding="utf-8")
    told = explain(text, "--published", "2027-01-18")
    assert told.splitlines()[2].split()[0] == decision
    assert said in row(told, "would be otherwise if")


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        (AID, "", 'types = ["aid"]'),
        (CALL, "", 'types = ["visit_talks"]'),
        (CONVOY, 'types = ["coup"]', 'types = ["coup", "delivery"]'),
        (RUMOUR, "rumours = false", "rumours = true"),
    ],
)
def test_what_would_push_it_does(
    explain: Explain, tmp_path: Path, text: str, before: str, after: str
) -> None:
    for settings, decision in ((before, "DIGEST"), (after, "ALERT")):
        toml = f'[[watch]]\nname = "w"\nkeywords = ["Mali"]\n{settings}\n'
        (tmp_path / "djeli.toml").write_text(toml, encoding="utf-8")
        told = explain(text, "--published", "2027-01-18")
        assert told.splitlines()[2].startswith(decision)
        assert ("(ALERT)" in row(told, "would be otherwise if")) is (decision == "DIGEST")


def test_what_goes_on_from_a_fact_of_years_ago_names_it_once(explain: Explain) -> None:
    text = (
        "Mali: Goita opens a gold refinery in Bamako\n\nGoita opened the gold refinery near Bamako on Monday."
    )
    told = explain(text, "--published", "2026-01-12")
    assert "F102, June 2025" in row(told, "goes on from")
    assert "compared with facts" not in told
    assert "F102 were not known: then it is new (ALERT)" in row(told, "would be otherwise if")


def test_a_story_says_what_would_move_it_on(
    explain: Explain, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _stored(CONVOY_TOLD, folder=tmp_path)
    capsys.readouterr()
    text = (
        "Mali: Russian military convoy enters Bamako\n\n"
        "A convoy of Russian military vehicles crossed Bamako on Thursday 7 January, coming from Conakry."
    )
    told = explain(text, "--published", "2027-01-11")
    assert told.splitlines()[2] == "MERGE (source added, not pushed)"
    assert "earlier reports" not in told
    assert "same stage; no new figure was found in it" in row(told, "rule")
    assert "a later stage, another figure or a denial of S1 (UPDATE)" in row(told, "would be otherwise if")


def test_a_rumour_is_one_in_the_heading_and_says_what_pushes_it(explain: Explain, tmp_path: Path) -> None:
    told = told_on(explain, RUMOUR, "2027-01-18")
    assert "Development 1 of 1: Delivery (arrived), unconfirmed → ALERT" in told
    assert "its kind did not allow rumours, or the watch had rumours = false (DIGEST)" in told
    watch = '[[watch]]\nname = "w"\nkeywords = ["Mali"]\nrumours = false\n'
    (tmp_path / "djeli.toml").write_text(watch, encoding="utf-8")
    told = told_on(explain, RUMOUR, "2027-01-18")
    assert "or the watch had rumours = true (ALERT)" in row(told, "would be otherwise if")


def test_of_several_facts_near_enough_one_is_shown_in_full(explain: Explain) -> None:
    told = told_on(explain, OLD_CONVOY, "2027-01-18")
    assert told.replace("not the same", "").count(" the same: ") == 1
    assert "also near: F143" in told
    assert "same stage; no new figure was found in it" in row(told, "rule")


def test_what_is_nearest_but_not_the_same_says_what_separates_it(explain: Explain) -> None:
    text = "Mali and Russia sign agreement on training of officers\n\nMali and Russia signed it in Moscow."
    told = told_on(explain, text, "2027-01-18")
    shown = row(told, "compared with facts")
    named = told.splitlines()[3].partition("the nearest known is ")[2].split()[0]
    assert f"nearest, but not the same: {named}" in shown
    assert "about 3 years apart; another kind (Visit or talks)" in told
    assert "none is of its kind" not in told


def test_a_month_is_near_in_periods_and_months_not_in_days(explain: Explain) -> None:
    text = "Russian grain for Mali\n\nIn November 2023 Russia delivered 25,000 tonnes of grain to Mali."
    told = told_on(explain, text, "2027-01-18")
    assert "(periods overlap)" in told
    assert "the same day" not in told


def test_function_words_are_no_reasons(explain: Explain) -> None:
    text = (
        "Some say from the kitchen: the best recipes and a walk from Mali\n\n"
        "Take some onions and cut them from the top. From there, some rice and a sauce."
    )
    told = told_on(explain, text, "2027-01-18")
    assert "another subject" in told
    for word in ("from", "From", "and", "Some", "some"):
        assert f"“{word}”" not in told


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", ("jugé sans articles antérieurs", "serait autrement si", "le plus proche, mais différent")),
        ("ru", ("без прежних сообщений", "было бы иначе, если бы", "ближайшее, но не то же")),
    ],
)
def test_all_that_is_said_in_the_language_of_the_messages(
    explain: Explain, tmp_path: Path, language: str, said: tuple[str, ...]
) -> None:
    (tmp_path / "djeli.toml").write_text(f'language = "{language}"\n', encoding="utf-8")
    told = told_on(explain, RUMOUR, "2027-01-18")
    for words in said:
        assert words in told
    assert "non confirmé →" in told or "не подтверждено →" in told


# ------------------------------------------------------------------------------ in the reader's language

EXCLUDED = """language = "{language}"
[[watch]]
name = "w"
keywords = ["Mali"]
exclude = ["convoi", "Conakry"]
"""


@pytest.mark.parametrize(
    ("language", "decision", "because", "otherwise"),
    [
        (
            "en",
            "IGNORE (nothing sent)",
            "Excluded from w by “convoi”.",
            "would be otherwise if “convoi”, “Conakry” were not in `exclude`",
        ),
        (
            "fr",
            "IGNORE (rien n'est envoyé)",
            "Exclu de w par « convoi ».",
            "serait autrement si `exclude` ne contenait pas « convoi », « Conakry »",
        ),
        (
            "ru",
            "IGNORE (ничего не отправляется)",
            "Исключено из w словом «convoi».",
            "было бы иначе, если бы в `exclude` не было «convoi», «Conakry»",
        ),
    ],
)
def test_an_article_that_only_an_excluded_word_keeps_out_says_which(
    explain: Explain, tmp_path: Path, language: str, decision: str, because: str, otherwise: str
) -> None:
    (tmp_path / "djeli.toml").write_text(EXCLUDED.format(language=language), encoding="utf-8")
    told = told_on(explain, CONVOY, "2027-01-08").splitlines()
    assert told[2:4] == [decision, because]
    assert " ".join(told[-1].split()) == otherwise


def test_a_watch_that_lacks_more_than_the_absence_of_a_word_did_not_ask(
    explain: Explain, tmp_path: Path
) -> None:
    toml = '[[watch]]\nname = "w"\nkeywords = ["Niger"]\nexclude = ["convoi"]\n'
    (tmp_path / "djeli.toml").write_text(toml, encoding="utf-8")
    told = told_on(explain, CONVOY, "2027-01-08")
    assert told.splitlines()[3] == "No watch asks for it."
    assert "a watch had its words, country or actor in it" in row(told, "would be otherwise if")


@pytest.mark.parametrize(
    ("language", "label", "said"),
    [("fr", "à cause de", "signe de sport"), ("ru", "из-за", "признак: спорт")],
)
def test_the_topic_of_a_sign_is_said_in_words(
    explain: Explain, tmp_path: Path, language: str, label: str, said: str
) -> None:
    (tmp_path / "djeli.toml").write_text(f'language = "{language}"\n', encoding="utf-8")
    assert said in row(told_on(explain, FOOTBALL, "2027-01-16"), label)


def test_french_has_a_space_that_does_not_break_before_its_colons(explain: Explain, tmp_path: Path) -> None:
    (tmp_path / "djeli.toml").write_text('language = "fr"\n', encoding="utf-8")
    told = told_on(explain, CONVOY, "2027-01-08")
    assert "mali-russia\u202f: le regarde\u202f; mots trouvés\u202f: Mali" in told
    assert "8 janvier 2027, 00:00\u202f: donné par --published" in row(told, "publié")
    assert "reconnu aux mots" in told
    assert "F143 (Livraison\u202f: Russie – FAMa)" in told


def test_a_fact_dated_by_month_stands_in_the_nominative_in_russian(explain: Explain, tmp_path: Path) -> None:
    (tmp_path / "djeli.toml").write_text('language = "ru"\n', encoding="utf-8")
    text = (
        "Mali: Goita opens a gold refinery in Bamako\n\nGoita opened the gold refinery near Bamako on Monday."
    )
    told = explain(text, "--published", "2026-01-12")
    assert "F102, июнь 2025" in row(told, "продолжает")
    assert "июня 2025" not in told


def scored(language: str, score: float, *terms: Term) -> str:
    """The steps of an article whose nearest fact has this score under 0.50, with these terms added."""
    house = wiring.open_house(None)
    house = wiring.furnish(replace(house.config, language=language, wording=False), house.knowledge)
    store = open_store("sqlite://")
    now = datetime(2027, 1, 18, tzinfo=UTC)
    found = explaining.explained(explaining.from_text(OLD_CONVOY, "x", now), house, store, now)
    store.close()
    own = (Term("entities", 1.0, ""), Term("date", 1.0, ""), Term("type", 1.0, ""))
    one = Compared("F142", score, 0.5, (*own, *terms), 0, None)
    developments = (replace(found.grounds.developments[0], facts=(one,)),)
    found = replace(found, grounds=replace(found.grounds, developments=developments))
    return "\n".join(steps(found, house.voice, house.knowledge))


def test_a_score_is_never_told_as_above_one_nor_as_enough_where_it_is_not() -> None:
    assert "1.00 the same: F142" in scored("en", 1.0132)
    assert "0.49 not the same: F142" in scored("en", 0.4969)
    assert "0,49 différent\u202f: F142" in scored("fr", 0.4969)
    assert "0.50 the same: F142" in scored("en", 0.5)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "wording 0.71 (0.33 around)"),
        ("fr", "formulation 0,71 (0,33 pour les autres dossiers)"),
        ("ru", "формулировки 0,71 (у других сюжетов 0,33)"),
    ],
)
def test_how_alike_the_other_stories_are_is_told_in_the_language(language: str, said: str) -> None:
    assert said in scored(language, 0.7, Term("wording", 0.71, "0.33 around"))


def test_a_figure_that_moved_names_its_unit_once() -> None:
    assert moved_to("погибшие: 17", "погибшие: 25") == "25"
    assert moved_to("погибшие: 17", "раненые: 25") == "раненые: 25"
    assert moved_to("17 dead", "25 dead") == "25 dead"


@pytest.mark.parametrize(
    ("language", "said", "long"),
    [
        ("en", "9–10 February 2027", "28 February 2027 – 1 March 2027"),
        ("fr", "9–10 février 2027", "28 février 2027 – 1er mars 2027"),
        ("ru", "9–10 февраля 2027", "28 февраля 2027 – 1 марта 2027"),
    ],
)
def test_a_stretch_inside_one_month_names_it_once(language: str, said: str, long: str) -> None:
    voice = wiring.open_house(None).voices[language]
    assert voice.span(Span(date(2027, 2, 9), date(2027, 2, 10))) == said
    assert voice.span(Span(date(2027, 2, 28), date(2027, 3, 1))) == long


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "1 story out of 1 article; 1 of them shares a name"),
        ("fr", "1 dossier, 1 article\u202f; 1 partage un nom"),
        ("ru", "сюжетов 1, статей 1; из них 1 с общим именем"),
    ],
)
def test_one_story_is_told_in_the_singular(
    explain: Explain, tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str, said: str
) -> None:
    (tmp_path / "djeli.toml").write_text(f'language = "{language}"\n', encoding="utf-8")
    _stored(CONVOY_TOLD, folder=tmp_path)
    capsys.readouterr()
    assert said in told_on(explain, CONVOY, "2027-01-09")
