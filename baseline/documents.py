"""From the paragraphs of a document to candidate facts, for people to accept.

A document tells most of its developments as the past, and dates them in its own words. So each
paragraph is read by itself, as of the day the document speaks; the past is kept, and what is only
possible, wished or denied is left out. A candidate holds slots and ids, no wording of the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import fsum

from baseline import slots
from baseline.assertions import Assertion
from baseline.catalogue import Knowledge
from baseline.compare import Comparer, FactView
from baseline.dates import DateHit
from baseline.document_dates import as_of, own_day
from baseline.document_furniture import Paragraph, body
from baseline.figure_words import UNIT_OF
from baseline.language import detect
from baseline.lines import Annotator, Line
from baseline.realis import realis_of
from baseline.rules import Rules
from baseline.triggers import TriggerHit
from djeli.core.model import Figure, Mention, Realis, Span

LANGUAGES = ("en", "fr", "ru")

_EXPLICIT = ("day", "range", "month", "year", "weekday", "relative")
_LEFT_OUT = (Realis.HYPOTHETICAL, Realis.NEGATED)
_NOUN_REACH = 5  # words between a noun like "summit" and the date that makes an event of it
_UNDATED_DAYS = 365  # an undated event is taken to lie in the year before the document
_ENOUGH = 0.9  # weight of names shared with a fact of another type or without a day in common
_MONTH = 31
_UNITS = {unit for table in UNIT_OF.values() for unit in table.values()}
_UNITS -= {"years", "months", "weeks", "days", "states"}
_GLUED = re.compile(r"([.!?][\"”»])(?=[A-ZÀ-ÞА-ЯЁ])")  # the blank after a quotation is often lost
_SINCE = re.compile(r"(?i)\b(?:since|ever since|depuis|начиная с|с момента|со времен)\b[^,;.:()]{0,50}$")
_AND = ("and", "and in", "and on", "et", "et en", "et le", "и", "и в")  # joins two dates of one word
_CONTEXT = 6  # sentences further up in which a country may have been named


@dataclass(frozen=True, slots=True)
class Candidate:
    """One development that one paragraph asserts, in slots; `span` is None where it is undated."""

    document: str
    paragraph: int
    mention: Mention
    status: str
    span: Span | None
    precision: str  # day, month, year, range
    objects: tuple[str, ...]  # ids: obj.*, eqp.*, doc.*
    confidence: str  # high, medium, low
    covered_by: str | None  # id of an accepted fact
    as_of: date


@dataclass(frozen=True, slots=True)
class _Telling:
    """One trigger in one sentence, taken for an event, with the days it may lie on."""

    assertion: Assertion
    noun: bool  # only a noun with a date beside it

    @property
    def type(self) -> str:
        return self.assertion.trigger.type

    @property
    def span(self) -> Span | None:
        return self.assertion.when.span if self.assertion.when else None


class DocumentReader:
    """Reads documents with what the judge reads articles with."""

    def __init__(
        self,
        knowledge: Knowledge,
        rules: Rules,
        annotator: Annotator,
        comparer: Comparer,
        views: Sequence[FactView],
    ) -> None:
        """`views` are the accepted facts that may cover a candidate."""
        self._knowledge = knowledge
        self._rules = rules
        self._annotator = annotator
        self._comparer = comparer
        self._views = views

    def read(
        self, document: str, paragraphs: Sequence[Paragraph], speaks: date | None, today: date
    ) -> list[Candidate]:
        """The candidate facts of one document, in its order.

        `speaks` is the day the document speaks as of, where that is known; else it is found in the
        text, and `today` is the last resort. A document in another language has none.
        """
        kept = body(paragraphs)
        lang = detect("", "\n".join(p.text for p in kept[:10]))
        if lang not in LANGUAGES:
            return []
        day = speaks or as_of(paragraphs, kept, lang) or today
        found: list[Candidate] = []
        before: list[Line] = []
        for paragraph in kept:
            added, text = own_day(paragraph.text, lang)
            own = added or day
            lines = self._annotator.lines("", _GLUED.sub(r"\1 ", text), lang, own)[1:]
            found += self._paragraph(document, paragraph.number, lines, before, own)
            before = [*before, *lines][-_CONTEXT:]
        return found

    def kin(self, a: str, b: str) -> bool:
        """Whether two types are told for one another."""
        return self._rules.kin(a, b)

    # ------------------------------------------------------------------ one paragraph

    def _paragraph(
        self, document: str, number: int, lines: Sequence[Line], before: Sequence[Line], day: date
    ) -> list[Candidate]:
        clusters: list[list[_Telling]] = []
        for line in lines:
            for telling in self._tellings(line, day):
                self._place(telling, clusters)
        found = []
        for cluster in clusters:
            mention = self._mention(cluster, lines, before, day)
            if self._on_beat(mention, [*before, *lines]):
                found.append(self._candidate(document, number, mention, cluster, day))
        return found

    def _tellings(self, line: Line, day: date) -> list[_Telling]:
        """What one sentence tells: its predicates, and event nouns with a date beside them."""
        predicates = self._separate([t for t in line.triggers if t.stage])
        types = {t.type for t in predicates}
        nouns = [
            t for t in line.triggers if not t.stage and not any(self._rules.kin(t.type, one) for one in types)
        ]
        told = [_Telling(a, False) for t in predicates for a in _asserted(line, t, day)]
        for noun in nouns:
            told += [_Telling(a, True) for a in _asserted(line, noun, day) if _beside(a)]
        return [
            t
            for t in told
            if t.assertion.realis not in _LEFT_OUT
            and t.type not in self._rules.residual
            and (t.span is None or t.span.start <= day or t.assertion.realis is Realis.ANNOUNCED)
        ]

    def _separate(self, triggers: Sequence[TriggerHit]) -> list[TriggerHit]:
        """Of kindred predicates over the same words the one that the others give way to."""

        def gives_way(hit: TriggerHit, other: TriggerHit) -> bool:
            if hit.type == other.type or hit.last < other.first or other.last < hit.first:
                return False
            if not self._rules.kin(hit.type, other.type):
                return False
            if (other.type, hit.type) in self._rules.outranks:
                return True
            return (hit.type, other.type) not in self._rules.outranks and (
                other.last - other.first,
                -self._knowledge.priority_order.index(other.type),
            ) > (hit.last - hit.first, -self._knowledge.priority_order.index(hit.type))

        return [hit for hit in triggers if not any(gives_way(hit, other) for other in triggers)]

    def _place(self, telling: _Telling, clusters: list[list[_Telling]]) -> None:
        """Into the cluster of the same event, else into one of its own."""
        for cluster in reversed(clusters):
            if self._same_event(telling, cluster):
                cluster.append(telling)
                return
        clusters.append([telling])

    def _same_event(self, telling: _Telling, cluster: Sequence[_Telling]) -> bool:
        """Of the same type, at stages that can be told of one event, and on the same days."""
        first = cluster[0]
        if telling.type != first.type:
            return False
        spans = {t.span for t in cluster if t.span is not None}
        if telling.span is not None and spans:
            return telling.span in spans
        if not self._towns(telling) <= {place for t in cluster for place in self._towns(t)}:
            return False
        stages = [t.assertion.trigger.stage for t in (telling, *cluster) if t.assertion.trigger.stage]
        tiers = {self._rules.tier(telling.type, stage) for stage in stages}
        return telling.assertion.line.index - cluster[-1].assertion.line.index <= 1 or len(tiers) <= 1

    def _towns(self, telling: _Telling) -> set[str]:
        """The places that its sentence names."""
        return {hit.entity for hit in telling.assertion.line.entities if hit.entity.startswith("plc.")}

    # ------------------------------------------------------------------ its slots

    def _mention(
        self, cluster: Sequence[_Telling], lines: Sequence[Line], before: Sequence[Line], day: date
    ) -> Mention:
        told = [t.assertion for t in cluster]
        kind = cluster[0].type
        own = [line for line in lines if any(a.line.index == line.index for a in told)]
        own = [*self._named_before(own, lines, before), *own]
        span = next((t.span for t in cluster if t.span is not None), None)
        agents, others = slots.actors(own, told)
        home = slots.country(own, told, self._knowledge, self._rules)
        realis = told[0].realis
        return Mention(
            type=kind,
            types=(kind,),
            stage=self._stage(kind, told),
            realis=realis,
            actors=agents,
            counterparts=others,
            places=slots.places(own, self._knowledge),
            entities=slots.signature(own, self._knowledge) | frozenset({home} if home else ()),
            span=span,
            dated=span is not None,
            figures=_figures(told),
            quote="",
            country=home,
            lead=False,
        )

    def _named_before(self, own: Sequence[Line], lines: Sequence[Line], before: Sequence[Line]) -> list[Line]:
        """The last sentence further up that names an actor, where the event's own names none."""
        if any(self._says_who(line) for line in own):
            return []
        earlier = [*before, *(line for line in lines if line.index < own[0].index)]
        named = [line for line in earlier if self._says_who(line)]
        return [replace(named[-1], index=-1, objects=(), dates=())] if named else []

    def _says_who(self, line: Line) -> bool:
        """Whether a sentence names a state, a person or a force: no mere outlet, no equipment."""
        return any(
            hit.strong
            and (
                hit.entity.startswith(("cty.", "per."))
                or self._rules.on_beat(self._knowledge.entities[hit.entity])
            )
            for hit in line.entities
        )

    def _stage(self, kind: str, told: Sequence[Assertion]) -> str | None:
        """The furthest stage that its predicates name; that of an announcement while it is one."""
        ladder = self._knowledge.types[kind].stages
        named = [a.trigger.stage for a in told if a.trigger.stage in ladder]
        if all(a.realis is Realis.ANNOUNCED for a in told):
            early = [stage for stage in named if stage in self._rules.announcing]
            return early[0] if early else self._rules.announced_stage.get(kind)
        return max(named, key=lambda stage: ladder.index(stage or ""), default=None)

    def _on_beat(self, mention: Mention, lines: Sequence[Line]) -> bool:
        """Whether it happens on the beat: by its own names, else by those of these lines around it."""
        entities = self._knowledge.entities
        own = [e for e in mention.entities if e in entities]
        if any(self._rules.on_beat(entities[e]) for e in own):
            return True
        here = {entities[e].country for e in own} - {None} - self._rules.powers
        beat = any(self._rules.on_beat(entities[e]) for e in slots.entity_ids(lines))
        return beat and (not here or bool(here & (self._rules.neighbours | self._rules.wider)))

    # ------------------------------------------------------------------ the candidate

    def _candidate(
        self, document: str, number: int, mention: Mention, cluster: Sequence[_Telling], day: date
    ) -> Candidate:
        objects = sorted(e for e in mention.entities if e.startswith(("obj.", "eqp.", "doc.")))
        span = mention.span or Span(day - timedelta(days=_UNDATED_DAYS), day)
        return Candidate(
            document=document,
            paragraph=number,
            mention=mention,
            status=_status(mention),
            span=mention.span,
            precision=precision(span),
            objects=tuple(objects),
            confidence=_confidence(mention, cluster),
            covered_by=self._covering(mention, day),
            as_of=day,
        )

    def _covering(self, mention: Mention, day: date) -> str | None:
        """The accepted fact that tells the same event, if one does: of the same type before a kindred one."""
        near = [
            (mention.type == view.fact.type, self._comparer.fact(mention, view), view)
            for view in self._views
            if self._rules.kin(mention.type, view.fact.type) and _possible(mention, view, day)
        ]
        good = [
            (same, self._at_stage(mention, view), nearest.score, nearest.ref)
            for same, nearest, view in near
            if nearest.score >= self._rules.same_fact and self._covers(mention, view, same)
        ]
        return max(good)[3] if good else None

    def _at_stage(self, mention: Mention, view: FactView) -> bool:
        """Whether the fact has got as far as the candidate: imposed is not lifted."""
        stage = self._rules.fact_stage(view.fact.type, view.fact.status)
        return self._rules.tier(view.fact.type, stage) == self._rules.tier(mention.type, mention.stage)

    def _covers(self, mention: Mention, view: FactView, same_type: bool) -> bool:
        """Whether a near fact is near for more than two states and a wide stretch of time."""
        shared = fsum(self._rules.weight(e) for e in view.core & mention.entities)
        if mention.span is None or _days(view.fact.span) > _UNDATED_DAYS:
            return same_type and shared >= _ENOUGH
        if not same_type:
            return shared >= _ENOUGH and _days(mention.span) <= _MONTH
        return shared > 0


def _possible(mention: Mention, view: FactView, day: date) -> bool:
    """Whether a fact can be meant: of the same country, and not later than the document."""
    home = mention.country
    elsewhere = home and view.country and home != view.country and home not in view.all
    later = view.fact.span is not None and (view.fact.span.start - day).days > _MONTH
    return not elsewhere and not later


def _days(span: Span | None) -> int:
    """Length of a stretch of days; 0 for a single day or none."""
    return (span.end - span.start).days if span else 0


def precision(span: Span) -> str:
    """How finely a stretch of days is told: day, month, year, else range."""
    first, last = span.start, span.end
    if first == last:
        return "day"
    if first.day == 1 and (last + timedelta(days=1)).day == 1:
        if (first.year, first.month) == (last.year, last.month):
            return "month"
        if (first.month, last.month) == (1, 12) and first.year == last.year:
            return "year"
    return "range"


def _asserted(line: Line, trigger: TriggerHit, day: date) -> list[Assertion]:
    """The trigger with its date; twice where two dates are joined: "coups in 2020 and 2021"."""
    realis, cue = realis_of(trigger.first, trigger.last, line.cues, line.clause_of(trigger.first))
    when = _dates_of(line, trigger, day)
    if not when:
        return [Assertion(line, trigger, realis, cue, None, 1.0)]
    return [Assertion(line, trigger, realis, cue, hit, 1.0) for hit in when]


def _dates_of(line: Line, trigger: TriggerHit, day: date) -> list[DateHit]:
    """The date of a trigger with those joined to it: of its own clause, else of one without predicate."""
    hits = [hit for hit in line.dates if _tells_when(line, hit, day)]
    own = line.clause_of(trigger.first)
    near = [hit for hit in hits if _clause_at(line, hit) == own]
    taken = {line.clause_of(t.first) for t in line.triggers if t.stage and t.type != "statement"}
    near = near or [hit for hit in hits if _clause_at(line, hit) not in taken]
    if not near:
        return []
    joined = [min(near, key=lambda hit: _gap(line, trigger, hit))]
    for hit in hits:
        between = line.text[joined[-1].end : hit.start].strip(" ,").casefold()
        if hit.start > joined[-1].end and between in _AND:
            joined.append(hit)
    return joined


def _tells_when(line: Line, hit: DateHit, day: date) -> bool:
    """Whether a date says when: not «today» or «this year», which are the document's, nor «since 1960»."""
    around = hit.kind == "relative" and hit.span.start <= day <= hit.span.end
    return hit.kind in _EXPLICIT and not around and not _SINCE.search(line.text[: hit.start])


def _clause_at(line: Line, hit: DateHit) -> tuple[int, int]:
    """The clause in which a date stands."""
    token = next((i for i, token in enumerate(line.tokens) if token.end > hit.start), 0)
    return line.clause_of(token)


def _gap(line: Line, trigger: TriggerHit, hit: DateHit) -> int:
    """Characters between a trigger and a date."""
    start, end = line.tokens[trigger.first].start, line.tokens[trigger.last].end
    return max(hit.start - end, start - hit.end, 0)


def _beside(assertion: Assertion) -> bool:
    """Whether a date stands so near to a noun, with no other trigger nearer, that it dates the noun."""
    line, trigger, when = assertion.line, assertion.trigger, assertion.when
    if when is None or when.kind == "relative":
        return False
    start, end = line.tokens[trigger.first].start, line.tokens[trigger.last].end
    between = line.text[end : when.start] if when.start >= end else line.text[when.end : start]
    nearest = min(_gap(line, other, when) for other in line.triggers if other.type != "statement")
    return len(between.split()) <= _NOUN_REACH and _gap(line, trigger, when) <= nearest


def _figures(told: Iterable[Assertion]) -> tuple[Figure, ...]:
    """The quantities of the sentences that tell it, in units that are known; no ages and durations."""
    found: dict[Figure, None] = {}
    for assertion in told:
        for hit in assertion.line.figures:
            if not hit.earlier and hit.figure.unit in _UNITS:
                found.setdefault(hit.figure)
    return tuple(found)[:8]


def _status(mention: Mention) -> str:
    """The stage as facts have it; a rumour is a claim."""
    if mention.realis is Realis.RUMOUR:
        return "claimed"
    return mention.stage or ("announced" if mention.realis is Realis.ANNOUNCED else "done")


def _confidence(mention: Mention, cluster: Sequence[_Telling]) -> str:
    """High for a dated predicate with names; low for hearsay and what is neither dated nor named."""
    if mention.realis is Realis.RUMOUR:
        return "low"
    predicate = any(not t.noun for t in cluster)
    named = bool(mention.actors or mention.counterparts)
    good = predicate + mention.dated + named
    return ("low", "low", "medium", "high")[good]


def record_order(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Candidates as people review them: by document and paragraph, those not yet known first."""
    return sorted(candidates, key=lambda c: (c.document, c.paragraph, c.covered_by is not None))
