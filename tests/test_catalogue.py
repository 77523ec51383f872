"""Knowledge files become typed objects, and every fault is named."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from importlib import resources

import pytest
import yaml

from baseline import catalogue
from djeli.app import wiring
from djeli.core.errors import ConfigError, UserError
from djeli.core.model import Figure, Span
from tests.knowledge_files import FILES, KNOWLEDGE

FACTS = {fact.id: fact for fact in KNOWLEDGE.facts}

# A small world for the tests of faults: the types are those of the repository.
SMALL = {
    "types.yaml": FILES["types.yaml"],
    "facts.yaml": "records: [{id: F001, type: background, status: standing, date: 2020, "
    "date_precision: year, object: x, summary: y, sources: [{file: a.txt, para: 1}]}]",
    "sources.yaml": "sources: []",
    "actors.yaml": """
entries:
- {id: cty.russia, kind: country, role: r, aliases: {en: [Russia], fr: [Russie], ru: [Россия]}}
- {id: org.fama, kind: force, role: r, aliases: {en: [FAMa], fr: [FAMa], ru: [ФАМа]}}
- {id: plc.bamako, kind: city, role: r, aliases: {en: [Bamako], fr: [Bamako], ru: [Бамако]}}
""",
}

MINE = """
records:
- id: F900
  type: delivery
  status: arrived
  date: '2026-02-03'
  date_precision: day
  actors: [cty.russia]
  counterpart: [org.fama]
  place: [plc.bamako]
  object: helicopters
  figures: [{value: 4, unit: helicopters (approx.)}]
  summary: Four helicopters reached Bamako.
  sources: [{file: mine.txt, para: 2}]
"""


def faults(change: dict[str, str], extra: dict[str, str] | None = None) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        catalogue.load({**FILES, **change}, extra or {})
    return caught.value.faults


def test_the_repository_files_are_without_fault():
    assert len(KNOWLEDGE.facts) >= 134
    assert len(KNOWLEDGE.entities) > 500
    assert set(KNOWLEDGE.types) == set(KNOWLEDGE.priority_order)
    assert KNOWLEDGE.types["agreement"].rank("signed") < KNOWLEDGE.types["agreement"].rank("ratified")
    assert KNOWLEDGE.types["delivery"].rumour_alert


def test_dates_become_stretches_of_days():
    assert FACTS["F142"].span == Span(date(2025, 1, 17), date(2025, 1, 17))
    assert FACTS["F016"].span == Span(date(2019, 6, 1), date(2019, 6, 30))
    assert FACTS["F013"].span == Span(date(2013, 1, 1), date(2013, 12, 31))
    assert FACTS["F075"].span == Span(date(2023, 11, 1), date(2024, 2, 29))
    assert FACTS["F006"].span == Span(date(1962, 1, 1), date(1993, 12, 31))


def test_figures_have_normal_units():
    assert FACTS["F006"].figures == (Figure(2500, "degrees", approximate=True),)
    assert FACTS["F045"].figures[0].unit == "graduates"
    assert FACTS["F045"].figures[0].approximate
    assert FACTS["F017"].figures == (Figure(2, "helicopters", about="eqp.mi35"),)
    assert [figure.unit for figure in FACTS["F004"].figures] == ["respondents", "percent"]
    assert FACTS["F076"].figures[0].unit == "usd"
    assert FACTS["F144"].figures == (Figure(2, "boats", about="eqp.river_boat"),)


def test_context_and_errors_never_suppress():
    assert not FACTS["F064"].suppresses  # the alleged re-admission: error E01
    assert not FACTS["F104"].suppresses
    assert all(
        not fact.suppresses
        for fact in KNOWLEDGE.facts
        if fact.type in ("indicator", "assessment", "background")
    )
    assert FACTS["F110"].suppresses
    assert FACTS["F142"].suppresses


def test_a_fact_knows_everything_it_names():
    assert {"cty.russia", "org.fama", "plc.bamako", "eqp.t72", "eqp.bmp3"} <= FACTS["F143"].entities
    assert "org.ti_ds" in FACTS["F133"].entities


def test_countries_follow_the_chain_of_parents():
    assert KNOWLEDGE.country_of("plc.place_independance") == "cty.mali"
    assert KNOWLEDGE.country_of("per.yevkurov") == "cty.russia"
    assert KNOWLEDGE.country_of("org.africa_corps") == "cty.russia"
    assert KNOWLEDGE.country_of("grp.jnim") is None
    assert KNOWLEDGE.country_of("cty.niger") == "cty.niger"
    assert KNOWLEDGE.country_of("nobody") is None


def test_succession_goes_both_ways():
    assert "org.africa_corps" in KNOWLEDGE.entities["org.wagner"].related
    assert "org.wagner" in KNOWLEDGE.entities["org.africa_corps"].related
    assert "grp.csp" in KNOWLEDGE.entities["grp.fla"].related


def test_the_beat_has_a_core_a_partner_and_neighbours():
    assert KNOWLEDGE.countries("core") == {"cty.mali", "cty.burkina", "cty.niger"}
    assert KNOWLEDGE.countries("partner") == {"cty.russia"}
    assert {"cty.algeria", "cty.benin", "cty.nigeria", "cty.guinea"} <= KNOWLEDGE.countries("neighbour")
    assert KNOWLEDGE.entities["cty.mali"].iso == "ML"


def test_names_to_show_fall_back_to_english():
    assert KNOWLEDGE.entities["per.putin"].label("fr") == "Vladimir Poutine"
    assert KNOWLEDGE.entities["plc.mali"].label("en") == "Mali"
    assert KNOWLEDGE.entities["cty.mali"].label("de") == "Mali"


def test_outlets_of_one_chain_are_one_source():
    chains = {
        KNOWLEDGE.chain_of(id_)
        for id_ in ("tass_ru", "ria", "sputnik_fr", "rt_fr", "african_initiative", "mid")
    }
    assert chains == {"ru-state"}
    assert KNOWLEDGE.chain_of("lessor") == "ml-state"
    assert KNOWLEDGE.chain_of("studio_tamani") == "studio_tamani"
    assert KNOWLEDGE.chain_of("my_own_feed") == "my_own_feed"


def test_the_operators_own_facts_join_the_known_ones():
    knowledge = catalogue.load(FILES, {"mine.yaml": MINE})
    mine = {fact.id: fact for fact in knowledge.facts}["F900"]
    assert mine.suppresses
    figures = [(figure.value, figure.unit, figure.approximate) for figure in mine.figures]
    assert figures == [(4, "helicopters", True)]


def test_an_unknown_id_is_named_with_file_line_entry_and_a_suggestion():
    broken = MINE.replace("cty.russia", "cty.rusia")
    assert faults(SMALL, {"mine.yaml": broken}) == [
        "mine.yaml:3, F900: unknown actor 'cty.rusia'; did you mean 'cty.russia'?"
    ]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("type: delivery", "type: delivry", "F900: unknown type 'delivry'; did you mean 'delivery'?"),
        (
            "status: arrived",
            "status: arived",
            "F900: status 'arived' is no stage of delivery; did you mean 'arrived'?",
        ),
        ("'2026-02-03'", "'2026-02-30'", "F900: date '2026-02-30' is not a date"),
        ("'2026-02-03'", "'2026-02'", "F900: date '2026-02' is coarser than date_precision 'day'"),
        ("date_precision: day", "date_precision: week", "F900: date_precision 'week' is not one of"),
        ("value: 4", "value: four", "F900: figure"),
        ("  summary: Four helicopters reached Bamako.\n", "", "F900: 'summary' is missing"),
        ("plc.bamako", "plc.bamaco", "F900: unknown place 'plc.bamaco'; did you mean 'plc.bamako'?"),
        ("id: F900", "id: F001", "F001: is already the id of another fact"),
        ("id: F900", "ident: F900", "records: an entry has no id"),
        ("[cty.russia]", "cty.russia", "F900: 'actors' must be a list"),
        ("[cty.russia]", "[{a: b}]", "F900: 'actors' holds something that is not a text"),
        (
            "[{value: 4, unit: helicopters (approx.)}]",
            "[4]",
            "F900: 'figures' holds something that is not a mapping",
        ),
        ("value: 4", "value: .inf", "F900: figure"),
        ("para: 2", "para: two", "F900: para 'two' is not a number"),
    ],
)
def test_every_fault_of_a_fact_is_told(old: str, new: str, told: str):
    found = faults(SMALL, {"mine.yaml": MINE.replace(old, new)})
    assert len(found) == 1
    assert told in found[0]
    assert found[0].startswith("mine.yaml")


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        (
            "actors.yaml",
            "    of: [org.mfa_russia]",
            "    of: [org.mfa_rusia]",
            "names unknown 'org.mfa_rusia'",
        ),
        ("actors.yaml", "  beat: partner", "  beat: friend", "cty.russia: beat 'friend' is not one of"),
        ("actors.yaml", "[Gao]", "[Gao, Bamako]", "'bamako' names plc.bamako and plc.gao"),
        ("actors.yaml", "per.goita, 2021-05-24", "per.goyta, 2021-05-24", "unknown holder 'per.goyta'"),
        (
            "actors.yaml",
            "case_sensitive: [РФ]",
            "case_sensitive: [РФФ]",
            "lists 'РФФ', which is not among its aliases",
        ),
        ("types.yaml", "priority: critical", "priority: urgent", "priority 'urgent' is not one of"),
        ("types.yaml", "priority_order: [coup,", "priority_order: [cup, coup,", "unknown type 'cup'"),
        ("facts.yaml", "records: [F064]", "records: [F664]", "E01: unknown record 'F664'"),
        (
            "facts.yaml",
            "- file: 000_4a05fe8fb9df459f.txt",
            "- file: 000.txt",
            "unknown source document '000.txt'",
        ),
        (
            "sources.yaml",
            "https://www.studiotamani.org/feed/",
            "www.studiotamani.org",
            "is not an http or https",
        ),
    ],
)
def test_every_fault_of_the_files_is_told(name: str, old: str, new: str, told: str):
    assert old in FILES[name]
    found = faults({name: FILES[name].replace(old, new, 1)})
    assert any(told in fault and fault.startswith(name) for fault in found), found


def test_an_id_used_twice_is_a_fault():
    doubled = FILES["sources.yaml"].replace("- id: malijet\n", "- id: maliweb\n")
    assert any("maliweb: the id is used twice" in fault for fault in faults({"sources.yaml": doubled}))


def test_broken_yaml_is_told_with_its_line():
    (fault,) = faults({"types.yaml": "types:\n- id: [coup\n"})
    assert fault.startswith("types.yaml:")
    assert "not valid YAML" in fault


def test_a_missing_file_is_told():
    with pytest.raises(ConfigError, match=r"sources\.yaml: the file is missing"):
        catalogue.load({name: text for name, text in FILES.items() if name != "sources.yaml"})


def test_yaml_tricks_in_foreign_facts_are_refused():
    with pytest.raises(UserError, match=r"mine\.yaml:1: YAML anchors"):
        catalogue.load(SMALL, {"mine.yaml": "a: &a [x, x]\nb: [*a, *a]\n"})
    with pytest.raises(UserError, match="larger than 512 KB"):
        catalogue.load(SMALL, {"mine.yaml": "#" * 600_000})
    with pytest.raises(UserError, match="nested more than 30 deep"):
        catalogue.load(SMALL, {"mine.yaml": "a: " + "[" * 900 + "]" * 900})
    with pytest.raises(ConfigError, match="records: must be a list"):
        catalogue.load(SMALL, {"mine.yaml": "records: 5\n"})
    with pytest.raises(ConfigError, match="must be a mapping"):
        catalogue.load(SMALL, {"mine.yaml": "- just\n- a list\n"})


def test_python_objects_in_yaml_are_not_built():
    with pytest.raises(ConfigError, match="not valid YAML"):
        catalogue.load(SMALL, {"mine.yaml": "records: !!python/object/apply:os.getcwd []\n"})


@pytest.mark.parametrize("name", [*wiring.KNOWLEDGE, *(f"{name}.yaml" for name in wiring.RULES)])
def test_no_key_of_a_knowledge_file_is_written_twice(name: str) -> None:
    """YAML silently keeps the last of two equal keys, and with it half of the patterns."""
    text = (resources.files("baseline") / "knowledge" / name).read_text(encoding="utf-8")
    assert list(_twice(yaml.compose(text, Loader=yaml.SafeLoader))) == []


def _twice(node: yaml.Node | None) -> Iterator[str]:
    """Keys that stand twice in one mapping, with their line."""
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                yield f"{key.value} in line {key.start_mark.line + 1}"
            seen.add(key.value)
            yield from _twice(value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _twice(value)
