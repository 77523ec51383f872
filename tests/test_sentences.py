"""Sentences, paragraphs and clauses of press texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baseline.fold import clean
from baseline.sentences import clauses, split


def texts(text: str) -> list[str]:
    return [sentence.text for sentence in split(text)]


def test_full_stops_end_sentences() -> None:
    assert texts("The convoy arrived. The army said nothing! Why? Nobody knows.") == [
        "The convoy arrived.",
        "The army said nothing!",
        "Why?",
        "Nobody knows.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Le gén. Maïga a reçu M. Diop et Mme Sy à Bamako.",
        "Mr. Smith met Gen. Camara near St. Louis on Feb. 3 and paid 2.5 million.",
        "Министр С.В. Лавров принял А. Диопа.",
        "Поставлено 25 тыс. тонн, т.е. больше, чем в 2021 г. Россия обещала.",
        "An official of the U.S. Treasury spoke.",
        "L'an 20 av. J.-C. Rome régnait.",
        "Environ 3.5 km plus loin... puis rien.",
        "« C'est fini ! » a-t-il dit.",
        "It cost 1.5 billion.",
    ],
)
def test_abbreviations_initials_and_decimals_do_not_end_a_sentence(text: str) -> None:
    assert len(split(text)) == 1


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Они прибыли 8 февраля 2027 г. Об этом сообщил министр.", "Они прибыли 8 февраля 2027 г."),
        ("He left the U.S. The army stayed.", "He left the U.S."),
        ("Передано 25 тыс. Это много.", "Передано 25 тыс."),
    ],
)
def test_an_abbreviation_may_close_a_sentence_before_a_word_that_opens_one(text: str, first: str) -> None:
    assert texts(text)[0] == first
    assert len(texts(text)) == 2


def test_a_closing_quote_belongs_to_its_sentence() -> None:
    assert texts('"We left." The army stayed. « Oui. » Il part.') == [
        '"We left."',
        "The army stayed.",
        "« Oui. »",
        "Il part.",
    ]


def test_a_lost_blank_after_the_stop_still_ends_the_sentence() -> None:
    assert texts("Le convoi est arrivé.Selon la source, il repart.") == [
        "Le convoi est arrivé.",
        "Selon la source, il repart.",
    ]


def test_a_press_review_falls_into_paragraphs() -> None:
    review = (
        "Revue de presse\n\n- Premier titre. Suite\n- Second titre\n***\nEn bref : un mot\n\nDernier point"
    )
    found = [(sentence.paragraph, sentence.text) for sentence in split(review)]
    assert found == [
        (0, "Revue de presse"),
        (1, "Premier titre."),
        (1, "Suite"),
        (2, "Second titre"),
        (3, "En bref : un mot"),
        (4, "Dernier point"),
    ]


def test_bullets_inside_a_line_are_paragraphs_too() -> None:
    assert [sentence.paragraph for sentence in split("Un convoi arrive • Un accord est signé")] == [0, 1]


def test_a_line_that_was_only_wrapped_goes_on() -> None:
    assert texts("The convoy arrived in\nthe capital on Monday.") == [
        "The convoy arrived in\nthe capital on Monday."
    ]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        (
            "The army repelled the attack, but the rebels claim the base.",
            ["The army repelled the attack", "but the rebels claim the base."],
        ),
        ("Bamako nie, tandis que Kiev se tait.", ["Bamako nie", "tandis que Kiev se tait."]),
        ("Мали отрицает, а Алжир молчит; Россия ждёт.", ["Мали отрицает", "а Алжир молчит", "Россия ждёт."]),
        ("Прибыли танки, а также грузовики.", ["Прибыли танки, а также грузовики."]),
        ("Mali : un accord est signé", ["Mali : un accord est signé"]),
        ("The minister, who was in Moscow, left.", ["The minister, who was in Moscow, left."]),
        (
            "The tanks — eleven in all — arrived on Monday.",
            ["The tanks — eleven in all — arrived on Monday."],
        ),
    ],
)
def test_clauses_are_cut_only_where_a_new_assertion_begins(text: str, pieces: list[str]) -> None:
    sentence = split(text)[0]
    assert [text[start:end] for start, end in clauses(sentence)] == pieces


@given(st.text(alphabet=st.sampled_from("AaБбéÉ1 .!?…\n-—:;,»«\"'*•"), max_size=120))
def test_every_place_is_true_to_the_text_whatever_the_text(raw: str) -> None:
    text = clean(raw)
    end = 0
    for sentence in split(text):
        assert text[sentence.start : sentence.end] == sentence.text
        assert sentence.start >= end
        assert all(text[a:b].strip() for a, b in clauses(sentence))
        end = sentence.end
