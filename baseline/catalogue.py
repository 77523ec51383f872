"""Knowledge files turned into typed objects, every fault named with file, line and entry.

Takes texts and returns values; who reads the files is not its business.
"""

from __future__ import annotations

import calendar
import difflib
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import yaml

from baseline.entities import LANGUAGES, Entity, Hit
from baseline.gazetteer import Gazetteer
from baseline.russian import forms_text
from djeli.core.errors import ConfigError, UserError
from djeli.core.model import Fact, FactSource, Figure, Priority, Span

__all__ = ["Entity", "Hit", "Holder", "Knowledge", "Office", "Outlet", "TypeRule", "forms_file", "load"]

MAX_EXTRA_BYTES = 512 * 1024
PREFIXES = ("per.", "org.", "grp.", "cty.", "plc.", "eqp.", "doc.", "noise.")
BEATS = ("core", "partner", "neighbour")
# Beside the stages of a type; `left` is how a fact tells an exit that took effect.
STATUSES = ("done", "announced", "planned", "claimed", "ongoing", "standing", "left")
NEVER_SUPPRESS = frozenset({"indicator", "assessment", "background"})
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_KIND_NAMES: dict[type, str] = {str: "text", dict: "mapping like {value: 4, unit: tanks}"}
_MAX_DEPTH = 30
_HINT = re.compile(r"\s*\(([^)]*)\)\s*$")
_ISO = re.compile(r"\d{4}(?:-\d\d){0,2}")
_APPROXIMATE = re.compile(r"approx|about|nearly|almost|more than|less than|over|under")


@dataclass(frozen=True, slots=True)
class TypeRule:
    """One type of development: its names, its stages in order, how urgent it is."""

    id: str
    label: Mapping[str, str]
    stages: tuple[str, ...]
    priority: Priority
    rumour_alert: bool
    push: str  # the rule of types.yaml for this priority, as written there

    def rank(self, stage: str | None) -> int:
        """Place of a stage in the order of the type; -1 for none or an unknown one."""
        return self.stages.index(stage) if stage in self.stages else -1


@dataclass(frozen=True, slots=True)
class Outlet:
    """One outlet of sources.yaml; outlets of one chain count as one source."""

    id: str
    name: str
    url: str
    lang: str
    country: str
    kind: str
    credibility: str
    chain: str
    template: bool = False


@dataclass(frozen=True, slots=True)
class Holder:
    """Who held an office from one day to another, both included; None is an open end."""

    entity: str
    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True)
class Office:
    """An office of a state, named in three languages, with those who held it."""

    id: str
    country: str
    names: Mapping[str, tuple[str, ...]]
    holders: tuple[Holder, ...]

    def holder(self, day: date) -> str | None:
        """Who holds the office on a day, if known."""
        for one in self.holders:
            if (one.start is None or one.start <= day) and (one.end is None or day <= one.end):
                return one.entity
        return None


@dataclass(frozen=True, slots=True)
class Implicit:
    """Words for a force that need a country beside them: «the army», «l'état-major», «генштаб»."""

    names: Mapping[str, tuple[str, ...]]
    by_country: Mapping[str, str]  # country id → force id


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All that is known before the first article, validated, with its gazetteer compiled."""

    entities: Mapping[str, Entity]
    types: Mapping[str, TypeRule]
    priority_order: tuple[str, ...]
    conflict_rules: tuple[str, ...]
    facts: tuple[Fact, ...]
    outlets: Mapping[str, Outlet]
    offices: tuple[Office, ...]
    implicit: tuple[Implicit, ...]
    gazetteer: Gazetteer

    def country_of(self, entity: str) -> str | None:
        """Id of the country an entity belongs to; itself for a country."""
        known = self.entities.get(entity)
        return known.country if known else None

    def with_countries(self, ids: Iterable[str]) -> frozenset[str]:
        """Entities together with the countries they belong to: «МИД Мали» also speaks of Mali."""
        known = set(ids)
        return frozenset(known | {country for id_ in known if (country := self.country_of(id_))})

    def countries(self, beat: str) -> frozenset[str]:
        """Ids of the countries with a role on the beat: core, partner or neighbour."""
        return frozenset(e.id for e in self.entities.values() if e.beat == beat)

    def chain_of(self, outlet: str) -> str:
        """The chain of an outlet; an unknown outlet is a chain of its own."""
        known = self.outlets.get(outlet)
        return known.chain if known else outlet


@dataclass
class _File:
    """A parsed file, the line of each entry in it, and the faults found so far."""

    name: str
    data: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def fault(self, entry: str, what: str) -> None:
        line = self.lines.get(entry)
        place = f"{self.name}:{line}" if line else self.name
        self.faults.append(f"{place}, {entry}: {what}")

    def listed(self, section: str) -> Iterator[dict[str, Any]]:
        """The mappings of a section that carry an id; others are faults."""
        entries = self.data.get(section) or ()
        if not isinstance(entries, list | tuple):
            self.fault(section, "must be a list of entries, each with an id")
            return
        for one in entries:
            if isinstance(one, dict) and isinstance(one.get("id"), str):
                yield one
            else:
                self.fault(section, "an entry has no id; give it one, e.g. 'id: F200'")

    def items(self, one: dict[str, Any], key: str, kind: type) -> list[Any]:
        """A list inside an entry with all its items of one kind; anything else is a fault."""
        told = one.get(key) or []
        if not isinstance(told, list):
            self.fault(one["id"], f"'{key}' must be a list")
            return []
        right = [item for item in told if isinstance(item, kind)]
        if len(right) < len(told):
            self.fault(one["id"], f"'{key}' holds something that is not a {_KIND_NAMES[kind]}")
        return right


def load(files: Mapping[str, str], extra_facts: Mapping[str, str] | None = None) -> Knowledge:
    """Knowledge from the texts of actors, facts, types and sources.yaml and of the operator's own facts.

    Raises ConfigError with one sentence for each fault, UserError for a file of facts that is too big
    or uses YAML anchors.
    """
    for name, text in (extra_facts or {}).items():
        _refuse_risky(name, text)
    opened = {name: _open(name, text) for name, text in {**files, **(extra_facts or {})}.items()}
    actors, types, facts, sources = (
        opened.get(f"{name}.yaml") or _missing(f"{name}.yaml")
        for name in ("actors", "types", "facts", "sources")
    )
    entities = _entities(actors)
    rules = _types(types)
    gazetteer = Gazetteer(entities.values())
    _check_collisions(actors, gazetteer)
    known = _Known(entities, rules, frozenset(types.data.get("baseline_only") or ()), gazetteer)
    books = [facts, *(opened[name] for name in extra_facts or {})]
    knowledge = Knowledge(
        entities=entities,
        types=rules,
        priority_order=tuple(types.data.get("priority_order") or ()),
        conflict_rules=tuple(types.data.get("conflict_rules") or ()),
        facts=_facts(books, known),
        outlets=_outlets(sources),
        offices=_offices(actors, entities),
        implicit=_implicit(actors, entities),
        gazetteer=gazetteer,
    )
    faults = [fault for file in (actors, types, *books, sources) for fault in file.faults]
    if faults:
        raise ConfigError(faults)
    return knowledge


def forms_file(knowledge: Knowledge) -> str:
    """The text of knowledge/forms_ru.txt: every Russian case form, to be read by people."""
    return forms_text(knowledge.entities.values())


# ------------------------------------------------------------------------------------------- files


def _refuse_risky(name: str, text: str) -> None:
    if len(text.encode()) > MAX_EXTRA_BYTES:
        raise UserError(f"{name}: larger than {MAX_EXTRA_BYTES // 1024} KB; split it into several files")
    try:
        depth = 0
        for event in yaml.parse(text, Loader=_LOADER):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > _MAX_DEPTH:
                raise UserError(f"{name}: lists and mappings are nested more than {_MAX_DEPTH} deep")
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                mark = event.start_mark
                line = mark.line + 1 if mark else 1
                raise UserError(
                    f"{name}:{line}: YAML anchors and aliases are not allowed; write the value out"
                )
    except yaml.YAMLError as error:
        raise ConfigError([_yaml_fault(name, error)]) from None


def _open(name: str, text: str) -> _File:
    try:
        loader = _LOADER(text)
        try:
            root = loader.get_single_node()
            data = loader.construct_document(root) if root is not None else {}
        finally:
            loader.dispose()
    except yaml.YAMLError as error:
        raise ConfigError([_yaml_fault(name, error)]) from None
    if not isinstance(data, dict):
        raise ConfigError([f"{name}: the file must be a mapping of sections, e.g. 'records:'"])
    file = _File(name, data)
    for section, items in root.value if root is not None else ():
        if isinstance(items, yaml.SequenceNode):
            _note_lines(file, section.value, items)
    return file


def _note_lines(file: _File, section: str, items: yaml.SequenceNode) -> None:
    for item in items.value:
        for key, value in item.value if isinstance(item, yaml.MappingNode) else ():
            if key.value == "id":
                line = item.start_mark.line + 1
                if value.value in file.lines:
                    file.fault(value.value, f"the id is used twice in {section}; ids must be unique")
                file.lines[value.value] = line


def _yaml_fault(name: str, error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    place = f"{name}:{mark.line + 1}" if mark else name
    return f"{place}: not valid YAML ({getattr(error, 'problem', None) or error})"


def _missing(name: str) -> _File:
    raise ConfigError([f"{name}: the file is missing"])


def _near(word: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"; did you mean '{close[0]}'?" if close else ""


# ---------------------------------------------------------------------------------------- entities


def _entities(file: _File) -> dict[str, Entity]:
    raw = {one["id"]: one for one in file.listed("entries")}
    related = _succession(file, raw)
    countries = {id_: _country(id_, raw) for id_ in raw}
    return {
        id_: _entity(file, one, countries[id_], related.get(id_, frozenset())) for id_, one in raw.items()
    }


def _entity(file: _File, one: dict[str, Any], country: str | None, related: frozenset[str]) -> Entity:
    id_, relations = one["id"], one.get("relations") or {}
    names, unmatched, metonyms = _names(file, one)
    _check_entity(file, one, {name for group in names.values() for name in group})
    weak = one.get("weak")
    return Entity(
        id=id_,
        kind=str(one.get("kind", "")),
        role=str(one.get("role", "")),
        names=names,
        of=_parent(relations),
        country=country,
        related=related,
        ambiguous=bool(one.get("ambiguous")),
        noise=bool(one.get("noise")),
        family=one.get("family"),
        iso=one.get("iso"),
        beat=one.get("beat"),
        case_sensitive=frozenset(one.get("case_sensitive") or ()),
        weak=frozenset(weak) if weak is not None else None,
        indeclinable=_indeclinable(one, names),
        unmatched=unmatched,
        metonyms=metonyms,
    )


def _names(
    file: _File, one: dict[str, Any]
) -> tuple[dict[str, tuple[str, ...]], frozenset[str], tuple[str, ...]]:
    """Names by language without hints, those that carried a hint, and the metonyms of a country."""
    names: dict[str, tuple[str, ...]] = {}
    hinted: set[str] = set()
    plain: set[str] = set()
    metonyms: list[str] = []
    for lang, aliases in (one.get("aliases") or {}).items():
        kept: list[str] = []
        for alias in map(str, aliases):
            hint = _HINT.search(alias)
            name = _HINT.sub("", alias)
            if hint and hint[1].startswith(("metonym", "métonym", "метоним")):
                metonyms.append(name)
                continue
            (hinted if hint else plain).add(name)
            kept.append(name)
        names[lang] = tuple(dict.fromkeys(kept))
    if not names:
        file.fault(one["id"], "has no aliases; name it in en, fr and ru")
    return names, frozenset(hinted - plain), tuple(metonyms)


def _check_entity(file: _File, one: dict[str, Any], names: set[str]) -> None:
    id_ = one["id"]
    if not id_.startswith(PREFIXES):
        file.fault(id_, f"unknown kind of id; use one of {' '.join(PREFIXES)}")
    for key in ("kind", "role"):
        if not one.get(key):
            file.fault(id_, f"'{key}' is missing")
    if not one.get("noise"):
        for lang in LANGUAGES:
            if not (one.get("aliases") or {}).get(lang):
                file.fault(id_, f"has no alias in '{lang}'")
    for key in ("case_sensitive", "weak"):
        for name in one.get(key) or ():
            if name not in names:
                file.fault(
                    id_, f"{key} lists '{name}', which is not among its aliases{_near(str(name), names)}"
                )
    if one.get("beat") not in (None, *BEATS):
        file.fault(id_, f"beat '{one['beat']}' is not one of {', '.join(BEATS)}")
    ids = file.lines
    for relation, targets in (one.get("relations") or {}).items():
        for target in targets:
            if "." in str(target) and target not in ids:
                file.fault(id_, f"relation '{relation}' names unknown '{target}'{_near(target, ids)}")


def _indeclinable(one: dict[str, Any], names: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    told = one.get("indeclinable")
    return frozenset(names.get("ru", ()) if told is True else told or ())


def _parent(relations: Mapping[str, Any]) -> str | None:
    for relation in ("of", "parent", "leads", "led", "member_of"):
        if relations.get(relation):
            return str(relations[relation][0])
    return None


def _country(id_: str, raw: Mapping[str, dict[str, Any]]) -> str | None:
    """The country at the end of the chain of parents."""
    seen: set[str] = set()
    at: str | None = id_
    while at is not None and at in raw and at not in seen:
        if at.startswith("cty."):
            return at
        seen.add(at)
        at = _parent(raw[at].get("relations") or {})
    return None


def _succession(file: _File, raw: Mapping[str, dict[str, Any]]) -> dict[str, frozenset[str]]:
    pairs = [
        (id_, str(other))
        for id_, one in raw.items()
        for relation in ("predecessor", "successor")
        for other in (one.get("relations") or {}).get(relation, ())
    ]
    for line in (file.data.get("meta") or {}).get("succession", ()):
        pairs.append((str(line[0]), str(line[1])))
    related: dict[str, set[str]] = {}
    for one, other in pairs:
        if one in raw and other in raw:
            related.setdefault(one, set()).add(other)
            related.setdefault(other, set()).add(one)
    return {id_: frozenset(others) for id_, others in related.items()}


def _check_collisions(file: _File, gazetteer: Gazetteer) -> None:
    marked = (file.data.get("meta") or {}).get("alias_collisions") or {}
    for name, ids in gazetteer.collisions():
        if not set(ids) <= set(marked.get(name, ())):
            shared = " and ".join(ids)
            file.fault(ids[-1], f"'{name}' names {shared}; drop one or list it under meta.alias_collisions")


# ----------------------------------------------------------------------------------- types, outlets


def _types(file: _File) -> dict[str, TypeRule]:
    push = (file.data.get("meta") or {}).get("push") or {}
    rules: dict[str, TypeRule] = {}
    for one in file.listed("types"):
        id_, priority = one["id"], str(one.get("priority"))
        if priority not in list(Priority):
            file.fault(id_, f"priority '{priority}' is not one of {', '.join(Priority)}")
            priority = Priority.LOW
        if not one.get("stages"):
            file.fault(id_, "has no stages")
        for lang in LANGUAGES:
            if not (one.get("label") or {}).get(lang):
                file.fault(id_, f"has no label in '{lang}'")
        rules[id_] = TypeRule(
            id=id_,
            label=dict(one.get("label") or {}),
            stages=tuple(one.get("stages") or ()),
            priority=Priority(priority),
            rumour_alert=bool(one.get("rumour_alert")),
            push=next((str(text) for key, text in push.items() if priority in key.split("_")), ""),
        )
    order = file.data.get("priority_order") or []
    for id_ in order:
        if id_ not in rules:
            file.fault("priority_order", f"unknown type '{id_}'{_near(str(id_), rules)}")
    for id_ in rules:
        if id_ not in order:
            file.fault(id_, "is missing from priority_order")
    return rules


def _outlets(file: _File) -> dict[str, Outlet]:
    outlets: dict[str, Outlet] = {}
    for one in file.listed("sources"):
        id_ = one["id"]
        for key in ("name", "url", "lang", "country", "kind", "credibility"):
            if not one.get(key):
                file.fault(id_, f"'{key}' is missing")
        if not re.match(r"https?://[^/\s]+", str(one.get("url", ""))):
            file.fault(id_, f"url '{one.get('url')}' is not an http or https address")
        texts = {
            key: str(one.get(key, "")) for key in ("name", "url", "lang", "country", "kind", "credibility")
        }
        outlets[id_] = Outlet(
            id=id_, chain=str(one.get("chain") or id_), template=bool(one.get("template")), **texts
        )
    return outlets


# ------------------------------------------------------------------------------- offices and forces


def _offices(file: _File, entities: Mapping[str, Entity]) -> tuple[Office, ...]:
    offices = []
    for one in file.listed("offices"):
        id_ = one["id"]
        holders = []
        for entity, start, end in one.get("holders") or ():
            if entity not in entities:
                file.fault(id_, f"unknown holder '{entity}'{_near(str(entity), entities)}")
            first, last = _day(file, id_, start), _day(file, id_, end)
            if first and last and last < first:
                file.fault(id_, f"{entity} left on {last} before coming on {first}")
            holders.append(Holder(str(entity), first, last))
        if one.get("country") not in entities:
            file.fault(
                id_, f"unknown country '{one.get('country')}'{_near(str(one.get('country')), entities)}"
            )
        offices.append(Office(id_, str(one.get("country")), _by_language(one.get("names")), tuple(holders)))
    return tuple(offices)


def _implicit(file: _File, entities: Mapping[str, Entity]) -> tuple[Implicit, ...]:
    forces = []
    for one in file.listed("implicit"):
        by_country = dict(one.get("by_country") or {})
        for id_ in (*by_country, *by_country.values()):
            if id_ not in entities:
                file.fault(one["id"], f"unknown entity '{id_}'{_near(str(id_), entities)}")
        forces.append(Implicit(_by_language(one.get("names")), by_country))
    return tuple(forces)


def _by_language(names: Mapping[str, list[str]] | None) -> dict[str, tuple[str, ...]]:
    return {lang: tuple(listed) for lang, listed in (names or {}).items()}


def _day(file: _File, id_: str, told: object) -> date | None:
    if told is None or isinstance(told, date):
        return told
    try:
        return date.fromisoformat(str(told))
    except ValueError:
        file.fault(id_, f"'{told}' is not a day like 2024-11-20")
        return None


# ------------------------------------------------------------------------------------------- facts


@dataclass(frozen=True)
class _Known:
    """What a fact may refer to."""

    entities: Mapping[str, Entity]
    types: Mapping[str, TypeRule]
    other_types: frozenset[str]
    gazetteer: Gazetteer


def _facts(books: list[_File], known: _Known) -> tuple[Fact, ...]:
    facts: dict[str, Fact] = {}
    for file in books:
        for one in file.listed("records"):
            if one["id"] in facts and file is not books[0]:
                file.fault(one["id"], "is already the id of another fact; choose a new one")
            facts[one["id"]] = _fact(file, one, known)
    for file in books:
        for error in file.listed("errors"):
            for id_ in error.get("records") or ():
                if id_ in facts:
                    facts[id_] = replace(facts[id_], suppresses=False)
                else:
                    file.fault(error["id"], f"unknown record '{id_}'{_near(str(id_), facts)}")
    return tuple(facts.values())


def accepted_fact(record: Mapping[str, Any], knowledge: Knowledge) -> Fact:
    """The fact of a record like those of facts.yaml, made of what was told instead of out of a document.

    Beside their keys it may have `since` (the day it is known from), `until` (its horizon) and `version`; a
    source names the outlet as `document`, and `title`, `url` and `published`. ConfigError names each fault.
    """
    one = dict(record)
    file = _File("accepted facts", {"records": [one]})
    known = _Known(knowledge.entities, knowledge.types, NEVER_SUPPRESS, knowledge.gazetteer)
    if not isinstance(one.get("id"), str):
        raise ConfigError(["accepted facts: a record has no id"])
    fact = replace(
        _fact(file, one, known),
        since=_day(file, one["id"], one.get("since")),
        until=_day(file, one["id"], one.get("until")),
        version=int(one.get("version") or 1),
        accepted=True,
    )
    if file.faults:
        raise ConfigError(file.faults)
    return fact


def _fact(file: _File, one: dict[str, Any], known: _Known) -> Fact:
    id_, type_ = one["id"], str(one.get("type"))
    _check_fact(file, one, known)
    roles = [
        tuple(_resolved(file, id_, what, file.items(one, key, str), known.entities))
        for key, what in (("actors", "actor"), ("counterpart", "counterpart"), ("place", "place"))
    ]
    told = f"{one.get('object', '')}\n{one.get('summary', '')}"
    found = {hit.entity for hit in known.gazetteer.find(told) if hit.strong}
    precision = str(one.get("date_precision"))
    return Fact(
        id=id_,
        type=type_,
        status=str(one.get("status")),
        span=_span(file, id_, str(one.get("date")), precision),
        precision=precision,
        actors=roles[0],
        counterparts=roles[1],
        places=roles[2],
        object=str(one.get("object", "")),
        figures=_figures(file, one, known),
        summary=str(one.get("summary", "")),
        sources=_sources(file, one),
        entities=frozenset(found.union(*roles)),
        suppresses=type_ not in NEVER_SUPPRESS,
        note=str(one.get("note", "")),
        since=_known_since(file, one),
    )


def _known_since(file: _File, one: dict[str, Any]) -> date | None:
    """The day of the earliest document that tells a fact; without one the fact is known at all times."""
    told = {
        str(d.get("file")): str(d.get("as_of") or d.get("published") or "")
        for d in file.data.get("source_documents") or ()
        if isinstance(d, dict)
    }
    days = []
    for source in file.items(one, "sources", dict):
        stands = _ISO.match(told.get(str(source.get("file") or source.get("document")), ""))
        with suppress(ValueError):  # a day that is none: the documents are described for people
            days += [_expand(stands[0]).end] if stands else []
    return min(days, default=None)


def _check_fact(file: _File, one: dict[str, Any], known: _Known) -> None:
    id_, type_, status = one["id"], str(one.get("type")), str(one.get("status"))
    for key in ("object", "summary", "sources"):
        if not one.get(key):
            file.fault(id_, f"'{key}' is missing")
    if type_ not in known.types and type_ not in known.other_types:
        file.fault(id_, f"unknown type '{type_}'{_near(type_, {*known.types, *known.other_types})}")
        return
    stages = known.types[type_].stages if type_ in known.types else ()
    if status not in (*STATUSES, *stages):
        legal = {*STATUSES, *stages}
        file.fault(id_, f"status '{status}' is no stage of {type_}{_near(status, legal)}")


def _resolved(
    file: _File, id_: str, what: str, ids: Iterable[str], entities: Mapping[str, Entity]
) -> Iterator[str]:
    for one in ids:
        if one not in entities:
            file.fault(id_, f"unknown {what} '{one}'{_near(one, entities)}")
        yield one


def _span(file: _File, id_: str, told: str, precision: str) -> Span | None:
    """Days of a date as written: a day, a month, a year, or two of them with a slash."""
    if precision not in ("day", "month", "year", "range"):
        file.fault(id_, f"date_precision '{precision}' is not one of day, month, year, range")
        return None
    ends = told.split("/") if precision == "range" else [told]
    try:
        spans = [_expand(end) for end in ends]
    except ValueError:
        file.fault(id_, f"date '{told}' is not a date like 2025-01-17, 2025-01, 2025 or two with a slash")
        return None
    if len(spans) > 2 or spans[-1].end < spans[0].start:
        file.fault(id_, f"date '{told}' ends before it begins")
        return None
    widest = {"day": 0, "month": 30, "year": 365}.get(precision)
    if widest is not None and (spans[0].end - spans[0].start).days > widest:
        file.fault(id_, f"date '{told}' is coarser than date_precision '{precision}'")
    return Span(spans[0].start, spans[-1].end)


def _expand(told: str) -> Span:
    parts = [int(part) for part in told.split("-")]
    if len(parts) == 3:
        return Span(date(*parts), date(*parts))
    if len(parts) == 2:
        year, month = parts
        return Span(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))
    (year,) = parts
    return Span(date(year, 1, 1), date(year, 12, 31))


def _figures(file: _File, one: dict[str, Any], known: _Known) -> tuple[Figure, ...]:
    figures = []
    for figure in file.items(one, "figures", dict):
        value, unit = figure.get("value"), str(figure.get("unit", ""))
        if not isinstance(value, int | float) or not math.isfinite(value) or not unit.strip():
            file.fault(one["id"], f"figure {figure} needs a number as value and a unit")
            continue
        about = _equipment(f"{unit}\n{one.get('object', '')}", known)
        high = figure.get("high")
        figures.append(Figure(float(value), normal_unit(unit), about, bool(_APPROXIMATE.search(unit)), high))
    return tuple(figures)


def _equipment(text: str, known: _Known) -> str | None:
    """The one piece of equipment a text names; a model goes before a generic word for it."""
    named = {hit.entity for hit in known.gazetteer.find(text) if hit.entity.startswith("eqp.")}
    models = {id_ for id_ in named if not known.entities[id_].kind.startswith("generic")} or named
    return models.pop() if len(models) == 1 else None


def normal_unit(told: str) -> str:
    """The counted noun of a unit: «river patrol boats» → boats, «percent (nearly)» → percent."""
    core = re.split(r"\s*\(|\s(?:per|by|since|in|favourable|of|to)\s", told.lower().strip())[0]
    return core.split()[-1] if core.split() else told


def _sources(file: _File, one: dict[str, Any]) -> tuple[FactSource, ...]:
    known = {str(d.get("file")) for d in file.data.get("source_documents") or () if isinstance(d, dict)}
    sources = []
    for source in file.items(one, "sources", dict):
        document = str(source.get("file") or source.get("document") or "")
        paragraph = source.get("para") or source.get("paragraph") or 0
        if not isinstance(paragraph, int):
            file.fault(one["id"], f"para '{paragraph}' is not a number")
            paragraph = 0
        if known and document not in known:
            file.fault(one["id"], f"unknown source document '{document}'{_near(document, known)}")
        title, url = str(source.get("title") or ""), str(source.get("url") or "")
        published = _day(file, one["id"], source.get("published"))
        sources.append(FactSource(document, paragraph, title, url, published))
    return tuple(sources)
