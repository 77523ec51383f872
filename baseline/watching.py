"""Which watches an article concerns, and what each of them wants of a development."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from baseline.catalogue import Knowledge
from baseline.fold import folded_words, stem
from baseline.gazetteer import Gazetteer
from baseline.rules import Rules
from djeli.core.model import Mention, Priority, Reading, Realis, Watch


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
    """One watch, with its words resolved to entities once.

    A word that names an entity matches it in every spelling, case form and language, and with it
    whatever belongs to it: "Mali" matches Bamako and Goïta. Other words match as whole words, folded
    for case and accents, in any form with the same stem.
    """

    def __init__(self, watch: Watch, knowledge: Knowledge, gazetteer: Gazetteer) -> None:
        self.watch = watch
        self._knowledge = knowledge
        self._any = [_Word(word, knowledge, gazetteer) for word in watch.keywords]
        self._all = [_Word(word, knowledge, gazetteer) for word in watch.all]
        self._none = [_Word(word, knowledge, gazetteer) for word in watch.exclude]

    def concerns(self, entities: frozenset[str], words: Words) -> bool:
        """Whether an article with these entities and words is one the watch looks at."""
        return self.lack(entities, words) is None

    def lack(self, entities: frozenset[str], words: Words) -> Lack | None:
        """The first thing that an article lacks, or has too much, to be one the watch looks at."""
        for word in self._none:
            if word.found(entities, words, wide=False):
                return Lack("exclude", (word.said,))
        for word in self._all:
            if not word.found(entities, words):
                return Lack("all", (word.said,))
        if self._any and not any(word.found(entities, words) for word in self._any):
            return Lack("keywords", self.watch.keywords)
        if not self._right_country(entities):
            return Lack("countries", self.watch.countries)
        return None if self._right_actor(entities) else Lack("actors", self.watch.actors)

    def found(self, entities: frozenset[str], words: Words) -> list[tuple[str, frozenset[str]]]:
        """The words of the watch that an article names, each with the entities it names them by."""
        asked = (*self._all, *self._any)
        return [(word.said, word.ids & entities) for word in asked if word.found(entities, words)]

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
        """The same, and what decides it: country, types, priority, routine, rumour or edge (of the beat)."""
        rule = self._knowledge.types[mention.type]
        if not self._here(mention, rules):
            return Want.NOTHING, "country"
        by = "priority"
        if self.watch.types is not None:
            push, by = mention.type in self.watch.types, "types"
        else:
            push = rule.priority in (Priority.CRITICAL, Priority.HIGH)
            if rule.priority is Priority.NORMAL:
                push = mention.push
                if not push:
                    return Want.ROUTINE, "routine"
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

    def _names(self, mention: Mention) -> bool:
        return any(word.ids & mention.entities for word in self._any)


def _anchored(mention: Mention, rules: Rules) -> bool:
    """Whether a state or a force of the beat takes part."""
    return bool(mention.entities & (rules.core | rules.anchors))


def named_for_watches(reading: Reading) -> frozenset[str]:
    """What an article names, and where it happens: the press of a state need not name it."""
    return reading.entities | {m.country for m in reading.mentions if m.country}


class Words:
    """The words of an article, folded and stemmed once if a plain keyword asks for them."""

    def __init__(self, texts: Iterable[str], lang: str) -> None:
        self._texts = tuple(texts)
        self._lang = lang

    @cached_property
    def folded(self) -> list[str]:
        """The folded words in order."""
        return [word for text in self._texts for word in folded_words(text)]

    @cached_property
    def _present(self) -> set[str]:
        return set(self.folded)

    @cached_property
    def _stems(self) -> set[str]:
        return {stem(self._lang, word) for word in self._present}

    def has(self, phrase: Sequence[str]) -> bool:
        """Whether the folded words stand in the article, one after the other."""
        if len(phrase) == 1:
            return phrase[0] in self._present or stem(self._lang, phrase[0]) in self._stems
        if not set(phrase) <= self._present:
            return False
        width = len(phrase)
        return any(tuple(self.folded[i : i + width]) == tuple(phrase) for i in range(len(self.folded)))


class _Word:
    """One keyword: the entities it names with all that belongs to them, and its folded words."""

    def __init__(self, word: str, knowledge: Knowledge, gazetteer: Gazetteer) -> None:
        self.said = word
        self._words = folded_words(word)
        if word in knowledge.entities:
            own = {word}
        else:
            own = {
                hit.entity for hit in gazetteer.find(word) if hit.start == 0 and hit.end == len(word.strip())
            }
        self._own = frozenset(own)
        self.ids = self._own | frozenset(
            e.id for e in knowledge.entities.values() if own & {e.of, e.country, *e.related}
        )

    def found(self, entities: frozenset[str], words: Words, *, wide: bool = True) -> bool:
        """Whether the article names it; `wide` counts what belongs to it too."""
        if (self.ids if wide else self._own) & entities:
            return True
        return not self._own and words.has(self._words)
