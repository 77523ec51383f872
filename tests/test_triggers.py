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
