"""What words speak for when no pattern knows them: the weights learnt from labelled openings."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baseline.evidence import OFF, Evidence, Linear, opening_clues
from djeli.app.wiring import rules
from djeli.core.model import Decision
from storage.store import open_store
from tests import train
from tests.test_judge import _house, article, tell

EVIDENCE = Evidence(rules()["evidence"])


@pytest.fixture
def store():
    opened = open_store("sqlite://")
    yield opened
    opened.close()


def likeliest(title: str, lead: str, lang: str) -> str:
    one = article(title, lead, lang=lang)
    return EVIDENCE.types(opening_clues(_house().judge.lines(one), lang))[0].name


def test_the_weights_belong_to_the_labelled_openings_of_today() -> None:
    assert EVIDENCE.corpus == train.digest(), "the labelled openings changed: run `make train`"


@pytest.mark.parametrize(
    ("lang", "title", "lead", "kind"),
    [
        (
            "en",
            "Grain barges tie up at Mopti",
            "Sacks of Russian wheat were stacked on the quay of Mopti on Monday, dockers said.",
            "delivery",
        ),
        (
            "fr",
            "L'ex-ministre dort en cellule",
            "Il a été écroué mardi soir à Bamako après six heures d'audition au parquet.",
            "arrest",
        ),
        (
            "ru",
            "Урны опустели до осени",
            "Малийцы пойдут голосовать не в июне: правительство сдвинуло день референдума на октябрь.",
            "election",
        ),
    ],
)
def test_words_tell_the_type(lang: str, title: str, lead: str, kind: str) -> None:
    assert likeliest(title, lead, lang) == kind


@pytest.mark.parametrize(
    ("lang", "title", "lead"),
    [
        (
            "en",
            "Coup for the Eagles",
            "Mali's striker signed a three-year deal with a club in Moscow on Monday.",
        ),
        (
            "fr",
            "Recette : le tô de ma grand-mère",
            "Un plat du Mali, une attaque de saveurs, prêt en une heure.",
        ),
        ("ru", "Переворот в таблице", "Нападающий сборной Мали забил два гола, и «Спартак» вышел в лидеры."),
    ],
)
def test_other_subjects_are_passed_over(lang: str, title: str, lead: str) -> None:
    judgement = tell_alone(article(title, lead, lang=lang))
    assert judgement.decision is Decision.IGNORE


def test_a_coup_is_never_guessed_from_a_word_like_junta(store) -> None:
    report = article(
        "Хунта вынудила миссию ООН покинуть Мали",
        "Миссия ООН закрыла последнюю базу в стране по требованию военных властей.",
        lang="ru",
    )
    judgement = tell(store, report)[0]
    assert all(verdict.mention.type != "coup" for verdict in judgement.verdicts)


@pytest.mark.parametrize(
    ("lang", "title", "lead"),
    [
        ("en", "Bazoum is home again", "The ousted president of Niger was let out of his cell on Monday."),
        ("fr", "Bazoum dort chez lui", "Le président déchu du Niger a quitté sa cellule lundi."),
        ("ru", "Базум дома", "Свергнутый президент Нигера в понедельник покинул место заключения."),
    ],
)
def test_an_ousted_president_is_no_coup(lang: str, title: str, lead: str) -> None:
    judgement = tell_alone(article(title, lead, lang=lang))
    assert all(verdict.mention.type != "coup" or not judgement.pushed for verdict in judgement.verdicts)


def test_what_the_words_told_is_quoted_as_evidence() -> None:
    judgement = tell_alone(
        article(
            "Rifles and rockets fill a hangar at Senou",
            "Crates of Russian rifles came off two cargo planes at Senou on Monday, an officer said.",
        )
    )
    told = [cue for verdict in judgement.verdicts for cue in verdict.mention.cues if cue.kind == "trigger"]
    assert any(cue.speaks_for.startswith("delivery") for cue in told)


def tell_alone(one):
    judge = _house().judge
    return judge.judge(judge.read(one), (), one.published)


@given(st.text(max_size=80), st.text(max_size=200), st.sampled_from(["en", "fr", "ru"]))
def test_any_text_has_shares_that_add_up_to_one(title: str, lead: str, lang: str) -> None:
    shares = EVIDENCE.types(opening_clues(_house().judge.lines(article(f"x {title}", lead, lang=lang)), lang))
    assert math.isclose(sum(share.value for share in shares), 1.0, abs_tol=1e-9)
    assert [s.value for s in shares] == sorted((s.value for s in shares), reverse=True)


def test_a_table_weighs_half_what_only_the_second_sentence_says() -> None:
    table = Linear({"classes": ["aid", OFF], "bias": [0.0, 0.0], "clues": {"wheat": "T,"}})
    full, half = table.shares({"wheat": 1.0}), table.shares({"wheat": 0.5})
    assert (full[0].name, half[0].name) == ("aid", "aid")
    assert full[0].value > half[0].value > 0.5
    assert table.shares({"unknown": 1.0})[0].value == 0.5


def test_the_file_of_weights_is_plain_text() -> None:
    data = json.loads(rules()["evidence"])
    width = len(data["types"]["classes"])
    assert all(len(row) == width and row.isascii() for row in data["types"]["clues"].values())


@given(st.dictionaries(st.text(max_size=6), st.text("@ABC?", min_size=3, max_size=3)), st.text(max_size=6))
def test_a_table_gives_each_clue_its_own_weights_and_no_other_clue_any(
    rows: dict[str, str], other: str
) -> None:
    table = Linear({"classes": ["a", "b", "c"], "bias": [0.0, 0.0, 0.0], "clues": rows})
    for clue, row in rows.items():
        told = [table.weight(clue, name) for name in "abc"]
        assert told == pytest.approx([0.05 * (ord(letter) - ord("@")) for letter in row])
    if other not in rows:
        assert [table.weight(other, name) for name in "abc"] == [0.0, 0.0, 0.0]


def test_a_table_with_a_short_row_is_refused() -> None:
    with pytest.raises(ValueError, match="every clue must have 2 weights"):
        Linear({"classes": ["a", "b"], "bias": [0.0, 0.0], "clues": {"one": "AB", "two": "A"}})
