"""Which watches an article concerns, and what each of them wants of a development."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from baseline.catalogue import Knowledge
from baseline.gazetteer import Gazetteer
from baseline.rules import Rules
from baseline.watch_words import WordList, Words
from djeli.core.model import Mention, Priority, Reading, Realis, Span, Watch


class Want(StrEnum):
    """What a watch wants of a development, strongest first."""

    PUSH = "push"
    DIGEST = "digest"
    RUMOUR = "rumour"  # it would push, were it not a rumour
    ROUTINE = "routine"  # its type would be pushed, this one is routine
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Lack:
    """Why a watch does not look at an article: the setting of the watch, and its words or values."""

    setting: str  # exclude (its word is there), all, keywords, countries, actors (none of them is)
    values: tuple[str, ...]


class Watcher:
    """One watch, with its words resolved to names and compiled once (baseline.watch_words)."""

    def __init__(self, watch: Watch, knowledge: Knowledge, gazetteer: Gazetteer) -> None:
        self.watch = watch
        self._knowledge = knowledge
        self._any = WordList(watch.keywords, knowledge, gazetteer)
        self._all = WordList(watch.all, knowledge, gazetteer)
        self._none = WordList(watch.exclude, knowledge, gazetteer)
        self._day: date | None = None

    def on(self, day: date) -> Watcher:
        """The same watch on the day of a report, from which its horizon counts."""
        other = copy(self)
        other._day = day
        return other

    def concerns(self, entities: frozenset[str], words: Words) -> bool:
        """Whether an article with these entities and words is one the watch looks at."""
        return self.lack(entities, words) is None

    def lack(self, entities: frozenset[str], words: Words) -> Lack | None:
        """The first thing that an article lacks, or has too much, to be one the watch looks at."""
        if excluded := self._excluded(entities, words):
            return Lack("exclude", excluded)
        return self._missing(entities, words)

    def shut_out(self, entities: frozenset[str], words: Words) -> tuple[str, ...]:
        """The words of `exclude` that alone keep the watch from an article; none where more is lacking."""
        excluded = self._excluded(entities, words)
        return excluded if excluded and self._missing(entities, words) is None else ()

    def _excluded(self, entities: frozenset[str], words: Words) -> tuple[str, ...]:
        return tuple(word.said for word in self._none.found(entities, words, wide=False))

    def _missing(self, entities: frozenset[str], words: Words) -> Lack | None:
        for word in self._all.words:
            if not word.found(entities, words):
                return Lack("all", (word.said,))
        if self._any and not self._any.any(entities, words):
            return Lack("keywords", self.watch.keywords)
        if not self._right_country(entities):
            return Lack("countries", self.watch.countries)
        return None if self._right_actor(entities) else Lack("actors", self.watch.actors)

    def found(self, entities: frozenset[str], words: Words) -> list[tuple[str, frozenset[str]]]:
        """The words of the watch that an article names, each with the entities it names them by."""
        asked = (*self._all.found(entities, words), *self._any.found(entities, words))
        return [(word.said, word.ids & entities) for word in asked]

    def _right_country(self, entities: frozenset[str]) -> bool:
        if not self.watch.countries:
            return True
        known = self._knowledge.entities
        homes = {known[e].country for e in entities if e in known}
        return any(known[h].iso in self.watch.countries for h in homes if h)

    def _right_actor(self, entities: frozenset[str]) -> bool:
        return not self.watch.actors or bool(set(self.watch.actors) & entities)

    def wants(self, mention: Mention, rules: Rules) -> Want:
        """What is to be done with a new development of this kind."""
        return self.wants_for(mention, rules)[0]

    def wants_for(self, mention: Mention, rules: Rules) -> tuple[Want, str]:
        """The same, and what decides it.

        That is: country, types, priority, routine, rumour, edge (of the beat) or horizon.
        """
        rule = self._knowledge.types[mention.type]
        if not self._here(mention, rules):
            return Want.NOTHING, "country"
        by, push = "priority", True
        if self.watch.types is not None:
            push, by = mention.type in self.watch.types, "types"
        least = self.watch.priority or (Priority.NORMAL if self.watch.types is None else Priority.LOW)
        if push and rule.priority.rank < least.rank:
            push, by = False, "priority"
        if push and by == "priority" and least is Priority.NORMAL and not mention.push:
            return Want.ROUTINE, "routine"
        if push and self._beyond(mention):
            return Want.DIGEST, "horizon"
        if push and mention.realis is Realis.RUMOUR and not (self.watch.rumours and rule.rumour_alert):
            return Want.RUMOUR, "rumour"
        if (
            push
            and mention.country not in rules.core
            and not self.watch.countries
            and not _anchored(mention, rules)
        ):
            return Want.DIGEST, "edge"
        return (Want.PUSH if push else Want.DIGEST), by

    def _here(self, mention: Mention, rules: Rules) -> bool:
        """A watch on countries wants what happens there; others want what happens on the beat."""
        home = self._knowledge.entities.get(mention.country or "")
        if self.watch.countries:
            return home is not None and home.iso in self.watch.countries
        return mention.country not in rules.neighbours or self._names(mention)

    def _beyond(self, mention: Mention) -> bool:
        """Whether the event lies further from the report than the watch looks, back or ahead."""
        if self.watch.horizon is None or self._day is None or mention.span is None:
            return False
        return mention.span.distance(Span(self._day, self._day)) > self.watch.horizon.days

    def _names(self, mention: Mention) -> bool:
        return any(word.ids & mention.entities for word in self._any.words)


def _anchored(mention: Mention, rules: Rules) -> bool:
    """Whether a state or a force of the beat, or a partner of it, takes part."""
    return bool(mention.entities & (rules.core | rules.anchors | rules.partners))


def named_for_watches(reading: Reading) -> frozenset[str]:
    """What an article names, and where it happens: the press of a state need not name it."""
    return reading.entities | {m.country for m in reading.mentions if m.country}
