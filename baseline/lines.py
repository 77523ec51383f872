"""An article as annotated lines: the headline first, then each sentence with all that was found in it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from baseline import dates, figures, names, sentences
from baseline.dates import DateHit
from baseline.entities import Hit as EntityHit
from baseline.figures import FigureHit
from baseline.fold import Token, clean, tokens
from baseline.gazetteer import Gazetteer
from baseline.names import NameHit
from baseline.namesakes import namesakes
from baseline.patterns import Hit, PatternBook
from baseline.realis import RealisBook, RealisCue
from baseline.roles import Roles
from baseline.sentences import Sentence
from baseline.triggers import TriggerBook, TriggerHit
from baseline.vetoes import Vetoes

MOST_LINES = 60  # what stands further down is background; keeps one article's cost bounded
_PAGE_WORDS = 5  # that may follow the day of a page: the hour, the outlet
_OPENING = 5  # words of an opening that is no sentence of its own: «Москва. 20 апреля. ИНТЕРФАКС —»


@dataclass(frozen=True)
class Line:
    """The headline (index 0) or one sentence, with what was found in it; offsets are its own."""

    index: int
    text: str
    lang: str
    paragraph: int
    tokens: tuple[Token, ...]
    entities: tuple[EntityHit, ...]
    triggers: tuple[TriggerHit, ...]
    masked: tuple[TriggerHit, ...]  # triggers inside a figure of speech
    cues: tuple[RealisCue, ...]
    dates: tuple[DateHit, ...]
    objects: tuple[Hit, ...]
    names: tuple[NameHit, ...]

    # Of most sentences nobody asks for these two.

    @cached_property
    def figures(self) -> tuple[FigureHit, ...]:
        """Its figures; those of its dates are none, nor are the bodies («corps») of a corps."""
        taken = [(hit.start, hit.end) for hit in self.dates]
        named = [(hit.start, hit.end) for hit in self.entities]
        taken += [(start, end) for start, end in named if self.text[start:end].lower().endswith("corps")]
        return tuple(figures.find(self.text, self.lang, taken, self.tokens))

    @cached_property
    def clauses(self) -> tuple[tuple[int, int], ...]:
        """Its clauses as token ranges, both ends included."""
        return _token_clauses(self.text, self.tokens)

    def clause_of(self, token: int) -> tuple[int, int]:
        """The clause in which a token stands."""
        for first, last in self.clauses:
            if first <= token <= last:
                return first, last
        return 0, len(self.tokens) - 1

    def words(self, first: int, last: int) -> str:
        """The text of a token range, as written."""
        return self.text[self.tokens[first].start : self.tokens[last].end]


@dataclass(frozen=True, slots=True)
class Annotator:
    """Finds everything in every line; built once from the knowledge."""

    gazetteer: Gazetteer
    roles: Roles
    triggers: TriggerBook
    objects: PatternBook
    realis: RealisBook
    vetoes: Vetoes
    general: Mapping[str, frozenset[str]]  # stages of a type that any words of it suggest
    media: frozenset[str]  # entities that tell the news; seldom are they the news
    armed: frozenset[str]  # armed groups
    by_force: Mapping[str, Mapping[str, Any]]  # of a trigger, as type/stage: what an armed group makes of it

    def lines(self, title: str, text: str, lang: str, published: date) -> tuple[Line, ...]:
        """The lines of an article, headline first; at most `MOST_LINES`."""
        headline, cleaned = clean(title).replace("\n", " "), clean(text)
        body = sentences.split(cleaned)[: MOST_LINES - 1]
        # some portals repeat the headline as first sentence: told twice it would count twice
        body = [s for i, s in enumerate(body) if i or s.text.strip(" .") != headline.strip(" .")]
        told = _with_openings(_without_page_lines(body, lang, published))
        texts = [(headline, -1), *((s.text, s.paragraph) for s in told)]
        words = [tuple(tokens(text)) for text, _ in texts]
        named = [self.gazetteer.find(text, own) for (text, _), own in zip(texts, words, strict=True)]
        others = namesakes(headline, cleaned, {hit.entity for hits in named for hit in hits})
        found = [
            self._line(index, text, paragraph, words[index], _without(named[index], others), lang, published)
            for index, (text, paragraph) in enumerate(texts)
        ]
        return tuple(_in_given_years(self._without_tellers(found)))

    def _without_tellers(self, lines: Sequence[Line]) -> list[Line]:
        """Without agencies and broadcasters that the headline does not name: they only tell («(Reuters)»)."""
        tellers = self.media - {hit.entity for hit in lines[0].entities}
        return [
            replace(line, entities=tuple(_without(line.entities, tellers)))
            if any(hit.entity in tellers for hit in line.entities)
            else line
            for line in lines
        ]

    def _line(
        self,
        index: int,
        text: str,
        paragraph: int,
        words: tuple[Token, ...],
        named: Sequence[EntityHit],
        lang: str,
        published: date,
    ) -> Line:
        entities = sorted(
            (*named, *self.roles.find(text, named, published, words=words)), key=lambda h: h.start
        )
        found_dates = dates.find(text, lang, published, words)
        taken = [(hit.start, hit.end) for hit in found_dates]
        triggers = self.triggers.find(words, lang)
        kept, masked = self._unmasked(words, triggers, lang)
        spans = [(hit.start, hit.end) for hit in entities]
        return Line(
            index=index,
            text=text,
            lang=lang,
            paragraph=paragraph,
            tokens=words,
            entities=tuple(entities),
            triggers=tuple(self._forced(hit, words, entities) for hit in kept),
            masked=tuple(masked),
            cues=tuple(self.realis.find(words, lang)),
            dates=tuple(found_dates),
            objects=tuple(self.objects.find(words, lang)),
            names=tuple(names.unknown(text, words, spans + taken, lang)),
        )

    def _forced(
        self, trigger: TriggerHit, words: Sequence[Token], entities: Sequence[EntityHit]
    ) -> TriggerHit:
        """What an armed group right before it "decrees": its embargo is a blockade (types.yaml, attack)."""
        forced = self.by_force.get(f"{trigger.type}/{trigger.stage}")
        if forced is None:
            return trigger
        before = [hit for hit in entities if hit.end <= words[trigger.first].start]
        if not before or before[-1].entity not in self.armed:
            return trigger
        if not any(word.folded in forced["words"] for word in words[trigger.first : trigger.last + 1]):
            return trigger
        kind, stage = forced["means"].split("/")
        return trigger._replace(type=kind, stage=stage)

    def _unmasked(
        self, words: Sequence[Token], triggers: Sequence[TriggerHit], lang: str
    ) -> tuple[list[TriggerHit], list[TriggerHit]]:
        kept: list[TriggerHit] = []
        masked: list[TriggerHit] = []
        masks = self.vetoes.masks(words, lang) if triggers else {}
        for trigger in triggers:
            hidden = masks.get(trigger.type, set()) | masks.get("any", set())
            inside = any(i in hidden for i in range(trigger.first, trigger.last + 1))
            (masked if inside else kept).append(trigger)
        return self._telling(kept), masked

    def _telling(self, triggers: Sequence[TriggerHit]) -> list[TriggerHit]:
        """Without predicates that a more telling one of their type stands upon.

        A general stage («санкции против») yields to a special one («сняли санкции») that shares its
        words; else the shorter to the longer it lies in: «попытка переворота» to «сорвана попытка
        переворота».
        """

        def general(hit: TriggerHit) -> bool:
            return hit.stage is None or hit.stage in self.general.get(hit.type, ())

        def covered(hit: TriggerHit) -> bool:
            for other in triggers:
                if other.type != hit.type or other.stage is None or other is hit:
                    continue
                if general(hit) and not general(other) and overlap(hit, other):
                    return True
                inside = other.first <= hit.first and hit.last <= other.last
                longer = other.last - other.first > hit.last - hit.first
                if inside and longer and general(hit) >= general(other):
                    return True
            return False

        return [hit for hit in triggers if not covered(hit)]


def _without(hits: Sequence[EntityHit], entities: frozenset[str]) -> Sequence[EntityHit]:
    """The hits of other entities."""
    return [hit for hit in hits if hit.entity not in entities] if entities else hits


# «Mis en ligne le 29 juin 2027.», "Updated: 12 August 2027, 10:40.", «Источник: «Звезда», 2 октября 2027 г.»
_OF_THE_PAGE = re.compile(
    r"(?i)(?:(?:mise?s? en ligne|publiée?|postée?|mise? à jour|updated|published|posted|last modified"
    r"|опубликован[оа]|обновлен[оа]|размещен[оа])(?: ?:| le| on| at| à| в)?"
    r"|(?:source|источник) ?:[^.!?:]{0,40}?)"
    r"\W{0,3}(?=(?:le )?\d)"
)


def _without_page_lines(body: Sequence[Sentence], lang: str, published: date) -> Sequence[Sentence]:
    """The sentences without a first one that only says when the page was put there: on its own day.

    Of a text that a portal prints anew that is the one day it names, and no event happened on it.
    """
    header = _OF_THE_PAGE.match(body[0].text) if len(body) > 1 else None
    if header is None:
        return body
    rest = body[0].text[header.end() :]
    first = next(iter(dates.find(rest, lang, published)), None)
    if first is None or first.start > 0 or len(rest[first.end :].split()) > _PAGE_WORDS:
        return body
    return body[1:] if abs((published - first.span.end).days) <= 1 else body


def _in_given_years(lines: Sequence[Line]) -> list[Line]:
    """The lines, their days without a year in the year that another line gives them."""
    years = dates.years_given(hit for line in lines for hit in line.dates)
    last: int | None = None
    told = []
    for line in lines:
        own = []
        for hit in line.dates:
            own.append(dates.in_that_year(line.text, dates.in_given_year(hit, years), last))
            last = own[-1].span.start.year if own[-1].year_given else last
        told.append(tuple(own))
    return [
        line if own == line.dates else replace(line, dates=own) for line, own in zip(lines, told, strict=True)
    ]


def _with_openings(body: Sequence[Sentence]) -> Sequence[Sentence]:
    """The sentences with the few words that open a dispatch joined to the first whole one.

    What stands in the first sentence weighs most, and a dateline is not what a dispatch tells.
    """
    short = 0
    while short < min(3, len(body) - 1) and len(body[short].text.split()) <= _OPENING:
        short += 1
    if not short or body[short].paragraph != body[0].paragraph:
        return body
    lead = body[short]
    text = " ".join(sentence.text for sentence in body[: short + 1])
    return [replace(lead, text=text, start=body[0].start), *body[short + 1 :]]


def overlap(one: TriggerHit, other: TriggerHit) -> bool:
    """Whether two triggers of one line share words."""
    return one.first <= other.last and other.first <= one.last


def _token_clauses(text: str, words: Sequence[Token]) -> tuple[tuple[int, int], ...]:
    """The clauses of a sentence as token ranges."""
    ranges = []
    places = sentences.clauses(Sentence(text, 0, len(text), 0))
    if len(places) == 1 and words:
        return ((0, len(words) - 1),)
    for start, end in places:
        inside = [i for i, word in enumerate(words) if start <= word.start < end]
        if inside:
            ranges.append((inside[0], inside[-1]))
    return tuple(ranges)
