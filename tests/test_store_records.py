"""What is kept as JSON comes back as it was; and folding is the judging room's."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baseline.fold import fold as fold_of_baseline
from djeli.core.model import (
    Cue,
    Decision,
    Figure,
    Label,
    Mention,
    Nearest,
    Reading,
    Realis,
    Span,
    Term,
    Verdict,
    Wording,
)
from storage import records
from storage.folding import fold, short_key
from tests.store_parts import article, mention, verdict

text = st.text(max_size=12)
number = st.floats(allow_nan=False, allow_infinity=False)
maybe = st.none() | text
words = st.lists(text, max_size=3).map(tuple)
figures = st.builds(Figure, number, text, maybe, st.booleans(), st.none() | number, st.booleans())
cues = st.builds(Cue, text, text, text, st.integers(0, 99))
spans = st.builds(Span, st.dates(), st.dates())
labels = st.none() | st.sampled_from(Label)
mentions = st.builds(
    Mention,
    type=text,
    types=words,
    stage=maybe,
    realis=st.sampled_from(Realis),
    actors=words,
    counterparts=words,
    places=words,
    entities=st.frozensets(text, max_size=4),
    span=st.none() | spans,
    dated=st.booleans(),
    figures=st.lists(figures, max_size=2).map(tuple),
    quote=text,
    ordinal=st.booleans(),
    label=labels,
    claimed_by=maybe,
    push=st.booleans(),
    cues=st.lists(cues, max_size=2).map(tuple),
    lead=st.booleans(),
    country=maybe,
    prints=st.lists(st.integers(0, 2**32), max_size=3).map(tuple),
    comment=st.booleans(),
    refers=st.lists(spans, max_size=2).map(tuple),
    sure_type=st.booleans(),
    sure_stage=st.booleans(),
)
nearest = st.builds(
    Nearest, text, number, st.lists(st.builds(Term, text, number, text), max_size=2).map(tuple)
)
verdicts = st.builds(
    Verdict,
    decision=st.sampled_from(Decision),
    mention=mentions,
    because=text,
    rule=text,
    story=maybe,
    facts=words,
    label=labels,
    was=maybe,
    now=maybe,
    nearest=st.lists(nearest, max_size=2).map(tuple),
    opens=st.booleans(),
)


@given(verdicts)
def test_a_verdict_comes_back_as_it_was(value: Verdict) -> None:
    assert records.verdict_from_text(records.verdict_text(value)) == value


@given(st.lists(mentions, max_size=3), st.none() | st.builds(Wording, text, st.binary()))
def test_mentions_come_back_as_they_were_but_for_their_cues(
    values: list[Mention], wording: Wording | None
) -> None:
    worded = [replace(value, wording=wording) for value in values]
    back = records.mentions_from_texts(map(records.mention_text, worded))
    assert back == [replace(value, cues=()) for value in worded]


def test_cues_that_an_older_version_kept_twice_are_left_aside() -> None:
    kept = records.dumps(records.mention_record(mention(cues=(Cue("veto", "match", ""),))))
    assert '"cues"' in kept
    assert records.mentions_from_texts([kept]) == [mention()]


@given(verdicts)
def test_a_verdict_keeps_no_copy_of_the_wording(value: Verdict) -> None:
    worded = replace(value, mention=replace(value.mention, wording=Wording("model", b"vector")))
    assert records.verdict_from_text(records.verdict_text(worded)) == value


@given(st.frozensets(text), maybe, st.lists(cues).map(tuple), maybe)
def test_a_reading_comes_back_as_it_was(
    entities: frozenset[str], off_beat: str | None, found: tuple[Cue, ...], origin: str | None
) -> None:
    reading = Reading(article(), (mention(),), entities, off_beat, found, origin)
    kept = records.reading_text(reading)
    assert records.reading_from_text(kept, article(), (mention(),)) == reading


@pytest.mark.parametrize("kind", [Figure, Cue, Mention, Nearest, Term, Verdict, Span])
def test_no_field_is_forgotten_when_the_words_grow(kind: type) -> None:
    """The strategies above name every field; a new one has to be kept, too."""
    known = {
        Figure: "value unit about approximate high earlier",
        Cue: "kind text speaks_for sentence",
        Mention: "type types stage realis actors counterparts places entities span dated figures quote "
        "ordinal label claimed_by push cues lead country prints comment refers sure_type sure_stage wording",
        Nearest: "ref score terms",
        Term: "name value detail",
        Verdict: "decision mention because rule story facts label was now nearest opens also",
        Span: "start end",
    }
    assert [field.name for field in fields(kind)] == known[kind].split()


def test_keys_of_a_newer_version_are_ignored() -> None:
    record = json.loads(records.verdict_text(verdict()))
    record["mood"] = "gloomy"
    record["mention"]["weather"] = {"rain": True}
    record["mention"]["figures"][0]["colour"] = "red"
    record["mention"]["cues"] = [["veto", "match", "sport", 1, "and more"]]
    back = records.verdict_from_text(json.dumps(record))
    assert back.mention.cues == (Cue("veto", "match", "sport", 1),)
    assert back.mention.figures == mention().figures


def test_missing_keys_of_an_older_version_take_defaults() -> None:
    back = records.verdict_from_text('{"mention": {"type": "coup", "cues": [["veto", "match"]]}}')
    assert (back.mention.type, back.mention.push, back.mention.lead) == ("coup", True, True)
    assert (back.mention.span, back.mention.entities) == (None, frozenset())
    assert back.mention.cues == (Cue("veto", "match", "", 0),)


def test_unknown_words_of_closed_lists_take_the_most_careful_one() -> None:
    back = records.verdict_from_text(
        '{"decision": "shout", "label": "odd", "mention": {"realis": "dreamt", "span": "soon"}}'
    )
    assert (back.decision, back.label, back.mention.realis) == (Decision.IGNORE, None, Realis.RUMOUR)
    assert back.mention.span is None


def test_a_mention_is_small_and_readable() -> None:
    kept = records.mention_text(mention(quote="Ещё один", span=Span(date(2027, 2, 8), date(2027, 2, 9))))
    assert "Ещё один" in kept
    assert '"span":["2027-02-08","2027-02-09"]' in kept
    assert "null" not in kept
    assert "cues" not in kept


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=40))
def test_folding_is_the_same_as_where_articles_are_judged(value: str) -> None:
    assert fold(value) == fold_of_baseline(value)


@pytest.mark.parametrize(
    ("written", "folded"), [("Goïta", "goita"), ("Ещё ЙОД", "еще йод"), ("ＡＥＳ", "aes"), ("ǅ", "dz")]
)
def test_folding_takes_case_and_accents_away(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_long_keys_are_short_and_different() -> None:
    one, two = short_key("я" * 5_000), short_key("я" * 5_001)
    assert one != two
    assert len(one.encode()) < 1_000
    assert short_key("short") == "short"
