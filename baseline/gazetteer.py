"""Finds the names of the beat in a text: a dictionary of folded words, longest name first.

All languages share one table. Whole words only, so Niger never fires inside Nigeria; what looks like
a name and is not (a river, a composer) is an entry of its own marked `noise`, which takes its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from baseline.entities import Entity, Hit
from baseline.fold import Token, folded_words, tokens
from baseline.russian import names_with_forms

# What may stand between two words of one name; stops, commas and dashes only where the name has them.
_JOINS = frozenset(" \t\u00a0\n-'’‑«»“”„\"*()/&")
_MARKS = {".": ".", ",": ",", "–": "–—", "—": "–—"}
_SENTENCE_START = re.compile(r"(?:^|[.!?…:\n]|[–—]\s)[\s«»“”„\"'()*–—-]*$")
# «Того же мнения …», «Того, кто …», «Того и гляди …»; a state is followed by a verb.
_PRONOUN_GOES_ON = re.compile(
    r",| (?:же|и|самого|что|кто|ради|не|года|дня|времени|стоит|стоила?|требу\w+|хоте\w+|жд\w+)\b"
)
_SHORT = 3  # letters; such a name must stand exactly as written
# A surname that many bear counts only where no unknown first name stands before it.
_TITLES = frozenset(
    folded_words(
        """général gen colonel col capitaine captain capt commandant major lieutenant president présidente
        ministre minister chancelier chef imam docteur dr monsieur m mr mme ms premier prime leader
        junta ambassadeur ambassador генерал полковник капитан майор президент министр посол премьер лидер г
        господин selon pour avec mais chez par après depuis contre que quand si et à a de d l le la les en sur
        sous vers entre after with as since when for but by from and the to on at in under meanwhile says
        against between while по для но как с в от о об и к у на за при после перед против"""
    )
)


# What is written behind the number of a model: of the plural, or of a version of it.
_VERSIONS = {
    "en": ("s", "A", "B", "E", "K", "M", "Sh", "SM"),
    "fr": ("A", "B", "Ch", "E", "K", "M", "SM"),
    "ru": ("А", "Б", "К", "М", "П", "СМ", "Ш", "Э"),
}


@lru_cache(32)
def _joins(marks: frozenset[str]) -> frozenset[str]:
    """Shared: ten thousand names would have twelve megabytes of the same few characters."""
    return _JOINS.union(*(_MARKS[mark] for mark in marks))


@dataclass(frozen=True, slots=True)
class _Name:
    """One spelling of one entity, with how strictly it is compared."""

    entity: Entity
    words: tuple[str, ...]  # as written
    exact: bool  # must stand exactly as written
    capital: bool  # one word, written with a capital: so must the text
    joins: frozenset[str]  # characters that may stand between its words
    weak: bool

    def fits(self, found: Sequence[Token]) -> bool:
        if self.exact:
            return tuple(token.raw for token in found) == self.words
        return not self.capital or found[0].capitalised


class Gazetteer:
    """The compiled names of all entities; build once, share freely (it holds no state)."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self._names: dict[tuple[str, ...], list[_Name]] = {}
        self._longest: dict[str, int] = {}
        known = tuple(entities)
        for entity in known:
            for text, alias in spellings(entity):
                self._add(entity, text, alias)
        for entity in known:
            for text in entity.metonyms:
                if tuple(token.folded for token in tokens(text)) not in self._names:
                    self._add(entity, text, text)

    def _add(self, entity: Entity, text: str, alias: str) -> None:
        words = tokens(text)
        key = tuple(token.folded for token in words)
        if not key:
            return
        letters = sum(len(word) for word in key)
        exact = alias in entity.case_sensitive or letters <= _SHORT
        name = _Name(
            entity=entity,
            words=tuple(token.raw for token in words),
            exact=exact,
            capital=len(key) == 1 and words[0].raw[0].isupper(),
            joins=_joins(frozenset(_MARKS) & frozenset(text)),
            weak=_is_weak(entity, alias, len(key), letters),
        )
        self._names.setdefault(key, []).append(name)
        self._longest[key[0]] = max(len(key), self._longest.get(key[0], 0))

    def find(self, text: str, words: Sequence[Token] | None = None) -> list[Hit]:
        """The names in a text, left to right, none overlapping; `words` are its tokens if at hand."""
        words = tokens(text) if words is None else words
        hits: list[Hit] = []
        longest = self._longest
        free = 0  # behind the last name
        for at in [at for at, word in enumerate(words) if word.folded in longest]:
            if at < free:
                continue
            name, length = self._longest_at(text, words, at)
            if name is None:
                continue
            if not name.entity.noise and not _is_another_person(name, text, words, at, hits):
                hits.append(_hit(name, text, words, at, length))
            free = at + length
        return hits

    def _longest_at(self, text: str, words: Sequence[Token], at: int) -> tuple[_Name | None, int]:
        key = tuple(word.folded for word in words[at : at + self._longest[words[at].folded]])
        for length in range(len(key), 0, -1):
            found = words[at : at + length]
            for name in self._names.get(key[:length], ()):
                if name.fits(found) and _joined(name, text, found) and not _is_pronoun(name, text, found):
                    return name, length
        return None, 0

    def lookup(self, phrase: str) -> frozenset[str]:
        """Entities one of whose names is exactly this phrase, in any case: for watch keywords."""
        key = tuple(token.folded for token in tokens(phrase))
        return frozenset(name.entity.id for name in self._names.get(key, ()) if not name.entity.noise)

    def collisions(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Spellings that two entities share although nothing tells them apart."""
        for key, names in self._names.items():
            for position, name in enumerate(names):
                others = {
                    other.entity.id
                    for other in names[:position]
                    if other.entity.id != name.entity.id and _alike(name, other)
                }
                if others:
                    yield " ".join(key), (*sorted(others), name.entity.id)


def spellings(entity: Entity) -> Iterator[tuple[str, str]]:
    """Every spelling to look for with the name it comes from: names and Russian case forms."""
    for lang, names in entity.names.items():
        if lang != "ru":
            yield from ((name, name) for name in names if name not in entity.unmatched)
        if entity.id.startswith("eqp."):  # eleven T-72s, quatre Mi-171Ch, два Су-30СМ
            models = [name for name in names if name[-1].isdigit()]
            yield from ((f"{name}{version}", name) for name in models for version in _VERSIONS.get(lang, ()))
    for name, forms in names_with_forms(entity):
        if name not in entity.unmatched:
            yield name, name
            yield from ((form, name) for form in forms)


def by_entity(hits: Iterable[Hit]) -> Mapping[str, list[Hit]]:
    """Hits grouped by entity, in order of first appearance."""
    grouped: dict[str, list[Hit]] = {}
    for hit in hits:
        grouped.setdefault(hit.entity, []).append(hit)
    return grouped


def _is_weak(entity: Entity, alias: str, words: int, letters: int) -> bool:
    if entity.weak is not None:
        return alias in entity.weak
    return words == 1 and (entity.ambiguous or (letters <= _SHORT and entity.kind != "country"))


def _alike(one: _Name, other: _Name) -> bool:
    return not (one.exact and other.exact) or one.words == other.words


def _joined(name: _Name, text: str, found: Sequence[Token]) -> bool:
    return all(name.joins.issuperset(text[left.end : right.start]) for left, right in pairwise(found))


def _is_pronoun(name: _Name, text: str, found: Sequence[Token]) -> bool:
    """«Того» at the start of a sentence may be the pronoun; what follows tells."""
    if name.words != ("Того",) or not _SENTENCE_START.search(text, 0, found[0].start):
        return False
    return _PRONOUN_GOES_ON.match(text, found[0].end) is not None


def _is_another_person(name: _Name, text: str, words: Sequence[Token], at: int, hits: list[Hit]) -> bool:
    """A surname that many bear, after an unknown first name: Bertrand Traoré is not the captain."""
    if not (name.weak and len(name.words) == 1 and name.entity.id.startswith("per.")) or at == 0:
        return False
    before = words[at - 1]
    if text[before.end : words[at].start] != " " or not before.capitalised or len(before.raw) == 1:
        return False
    known = bool(hits) and hits[-1].last_token == at - 1
    return not known and before.folded not in _TITLES


def _hit(name: _Name, text: str, words: Sequence[Token], at: int, length: int) -> Hit:
    start, end = words[at].start, words[at + length - 1].end
    return Hit(name.entity.id, start, end, at, at + length - 1, text[start:end], not name.weak)
