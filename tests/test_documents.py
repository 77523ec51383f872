"""Documents into candidate facts: what is furniture, of which day it speaks, what it asserts."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import yaml

from baseline import catalogue
from baseline.document_dates import as_of, own_day
from baseline.document_furniture import Paragraph, body
from baseline.documents import Candidate, DocumentReader, precision
from djeli.app import building
from djeli.core.errors import ConfigError
from djeli.core.model import Span
from tests.document_gate import document_gate
from tests.knowledge_files import FILES, KNOWLEDGE

TODAY = date(2027, 1, 1)
TEXT = "Mali and Togo looked for partners at sea for years, and the port of Lomé was first to answer."


@pytest.fixture(scope="module")
def reader() -> DocumentReader:
    return building.document_reader(KNOWLEDGE)


@pytest.fixture(scope="module")
def records() -> building.Records:
    return building.Records(KNOWLEDGE)


def numbered(*texts: str) -> list[Paragraph]:
    return [Paragraph(number, text) for number, text in enumerate(texts, start=1)]


def kept(*texts: str) -> list[str]:
    return [paragraph.text for paragraph in body(numbered(*texts))]


def read(reader: DocumentReader, *texts: str, speaks: date | None = None) -> list[Candidate]:
    return reader.read("brief.txt", numbered(*texts), speaks, TODAY)


def slots(candidates: list[Candidate]) -> list[tuple[str, str, str]]:
    return [(c.mention.type, c.status, str(c.span)) for c in candidates]


# ------------------------------------------------------------------------------------ furniture


def test_menus_above_the_text_are_cut() -> None:
    assert kept("Home", "About us", "Our experts", "Events | Media", TEXT, TEXT[::-1] + ".") == [
        TEXT,
        TEXT[::-1] + ".",
    ]


def test_a_list_of_other_titles_with_dates_is_cut() -> None:
    titles = ["May 2024 | Brief 12", "J. Doe", "A coup in Niger", "April 2024 | Brief 9", "Mali after Wagner"]
    assert kept(TEXT, TEXT + " More.", *titles) == [TEXT, TEXT + " More."]


def test_comments_are_cut_with_all_that_stands_below() -> None:
    comment = "I think that Russia delivered forty tanks to Mali on 3 May 2024, whatever the author says."
    assert kept(TEXT, TEXT, "3 Responses to Ports of the Sahel", "reader says:", comment) == [TEXT, TEXT]
    assert kept(TEXT, TEXT, "Комментарии (2)", comment) == [TEXT, TEXT]


def test_share_lines_rights_and_notes_about_the_author_are_cut() -> None:
    assert kept(
        TEXT,
        "Subscribe to our newsletter and never miss a brief.",
        TEXT,
        "Awa Diarra is an independent researcher on West African ports. She lives in Dakar.",
        "Copyright 2024 Institute of Ports. All rights reserved.",
        "editor@example.org",
    ) == [TEXT, TEXT]


def test_captions_in_the_text_are_kept() -> None:
    captions = ["A march in Gao on 4 May:", "“Bread for Gao” (agency photo)", "“Water now”", "“No more cuts”"]
    assert kept(TEXT, *captions, TEXT) == [TEXT, *captions, TEXT]


def test_running_heads_are_cut() -> None:
    pages = [line for n in range(1, 4) for line in (f"Sahel review, page {n}", f"{TEXT} {n}.")]
    assert kept(*pages) == [f"{TEXT} {n}." for n in range(1, 4)]


# --------------------------------------------------------------------------------- of which day


def test_the_byline_says_as_of_which_day_a_document_speaks() -> None:
    lines = numbered("Ports of the Sahel", "Sahel Review, March 4, 2024", TEXT)
    assert as_of(lines, body(lines), "en") == date(2024, 3, 4)


def test_else_the_newest_date_of_the_text_does() -> None:
    lines = numbered(
        TEXT, "They signed in 2019. A second text followed in June 2022, after that of May 2020."
    )
    assert as_of(lines, body(lines), "en") == date(2022, 6, 30)
    assert as_of(numbered(TEXT), numbered(TEXT), "en") is None


def test_a_postscript_speaks_as_of_its_own_day() -> None:
    assert own_day("Postscript, 2 June 2021: talks resumed.", "en") == (date(2021, 6, 2), "talks resumed.")
    assert own_day("On 2 June 2021, talks resumed: in Gao.", "en")[0] is None


def test_a_day_without_a_year_is_of_the_year_of_the_document(reader: DocumentReader) -> None:
    told = "On 21 August, Russia delivered two helicopters to Mali in Bamako."
    assert slots(read(reader, told, speaks=date(2022, 9, 1))) == [("delivery", "handed_over", "2022-08-21")]
    assert slots(read(reader, told, speaks=date(2025, 9, 1))) == [("delivery", "handed_over", "2025-08-21")]


# ---------------------------------------------------------------------------------- candidates


def test_the_past_is_kept_with_its_own_dates(reader: DocumentReader) -> None:
    found = read(
        reader,
        "In 1999 Mali and Togo signed a port agreement. Ten years ago soldiers had seized power in Bamako.",
        speaks=date(2022, 6, 1),
    )
    assert ("agreement", "signed", "1999-01-01/1999-12-31") in slots(found)
    assert "coup" in {c.mention.type for c in found}


def test_two_dates_of_one_word_are_two_candidates(reader: DocumentReader) -> None:
    found = read(reader, "Mali lived through military coups in August 2020 and May 2021.", speaks=TODAY)
    assert [str(c.span) for c in found] == ["2020-08-01/2020-08-31", "2021-05-01/2021-05-31"]
    assert [c.covered_by for c in found] == ["F003", "F020"]


def test_what_is_possible_or_denied_is_left_out(reader: DocumentReader) -> None:
    assert not read(
        reader,
        "Russia could deliver tanks to Mali. If Mali signed an agreement with Togo, trade might grow.",
        "Moscow did not deliver any tanks to Mali in 2024.",
        speaks=TODAY,
    )


def test_an_event_elsewhere_is_left_out(reader: DocumentReader) -> None:
    assert not read(reader, "In 2023 Chile and Peru signed a fishing agreement in Lima.", speaks=TODAY)


def test_french_and_russian_documents_are_read(reader: DocumentReader) -> None:
    french = (
        "Le 4 mars 2024, le Mali et le Togo ont signé un accord portuaire à Lomé, "
        "après des mois de discussions entre les deux capitales."
    )
    russian = "4 марта 2024 года Мали и Того подписали соглашение о порте в Ломе, сообщили в министерстве."
    for text in (french, russian):
        assert ("agreement", "signed", "2024-03-04") in slots(read(reader, text))


def test_a_document_in_another_language_has_no_candidates(reader: DocumentReader) -> None:
    assert not read(reader, "Am 4. März 2024 haben Mali und Togo ein Abkommen über den Hafen unterzeichnet.")


def test_a_known_event_is_marked_with_its_fact(reader: DocumentReader) -> None:
    text = "A convoy of Russian tanks for the Malian army arrived in Bamako on 17 January 2025."
    (known,) = read(reader, text, speaks=date(2025, 6, 1))
    assert known.covered_by in {"F142", "F143", "F144"}
    (new,) = read(reader, text.replace("17 January", "9 April"), speaks=date(2025, 6, 1))
    assert new.covered_by is None


def test_names_just_above_count_where_a_sentence_names_nobody(reader: DocumentReader) -> None:
    found = read(
        reader,
        "President Goita flew to Moscow for the parade.",
        "On 9 May, two agreements were signed.",
        speaks=date(2026, 5, 20),
    )
    signed = next(c for c in found if c.mention.type == "agreement")
    assert {"per.goita", "cty.mali"} <= signed.mention.entities
    assert str(signed.span) == "2026-05-09"
    assert signed.paragraph == 2


@pytest.mark.parametrize(
    ("first", "last", "kind"),
    [
        (date(2024, 3, 4), date(2024, 3, 4), "day"),
        (date(2024, 2, 1), date(2024, 2, 29), "month"),
        (date(2024, 1, 1), date(2024, 12, 31), "year"),
        (date(2024, 2, 3), date(2024, 2, 29), "range"),
        (date(2024, 1, 1), date(2024, 3, 31), "range"),
    ],
)
def test_a_date_is_told_as_finely_as_it_is_known(first: date, last: date, kind: str) -> None:
    assert precision(Span(first, last)) == kind


# ------------------------------------------------------------------------------------- records

SENTENCE = "In June 2026 Mali and Togo at last overcame their quarrel: they signed a grain agreement in Lomé."


def test_a_record_repeats_no_wording_of_the_document(
    reader: DocumentReader, records: building.Records
) -> None:
    (record,) = yaml.safe_load(records.as_yaml(read(reader, SENTENCE)))["candidates"]
    assert record["summary"] == "Agreement (signed): Mali, Togo, Lome, June 2026, grain"
    assert record["sources"] == [{"document": "brief.txt", "paragraph": 1}]
    assert record["object"] == "obj.grain"
    assert (record["date"], record["date_precision"]) == ("2026-06", "month")
    assert "quarrel" not in str(record)


def test_accepted_candidates_are_facts_that_cover_the_same_document(
    reader: DocumentReader, records: building.Records
) -> None:
    told = (
        SENTENCE,
        "Niger and Togo opened talks in Niamey. Russia handed 300 tonnes of rice to Mali in 2026.",
    )
    candidates = yaml.safe_load(records.as_yaml(read(reader, *told)))["candidates"]
    assert len(candidates) >= 2
    assert not any("covered_by" in one for one in candidates)
    accepted = accept(candidates)
    knowledge = catalogue.load(FILES, {"mine.yaml": accepted})
    mine = [fact for fact in knowledge.facts if fact.id.startswith("M")]
    assert [fact.type for fact in mine] == [one["type"] for one in candidates]
    assert [(s.document, s.paragraph) for s in mine[0].sources] == [("brief.txt", 1)]
    again = building.document_reader(knowledge).read("brief.txt", numbered(*told), None, TODAY)
    assert again[0].covered_by == "M1"


def test_candidates_count_only_once_they_are_accepted(
    reader: DocumentReader, records: building.Records
) -> None:
    unread = records.as_yaml(read(reader, SENTENCE))
    assert len(catalogue.load(FILES, {"mine.yaml": unread}).facts) == len(KNOWLEDGE.facts)
    with pytest.raises(ConfigError, match="has no id"):
        catalogue.load(FILES, {"mine.yaml": unread.replace("candidates:", "records:")})


def accept(candidates: list[dict[str, Any]]) -> str:
    """The candidates as a reviewer accepts them: under `records`, each with an id."""
    return yaml.safe_dump({"records": [{"id": f"M{n}", **one} for n, one in enumerate(candidates, start=1)]})


# ------------------------------------------------------------------- the documents of the facts


def test_most_curated_facts_are_found_and_nothing_in_the_furniture() -> None:
    figures = document_gate()
    if figures is None:  # the documents are not part of the repository
        return
    assert figures.found_share >= 0.6
    assert figures.in_furniture <= 3
