"""The words of a watch: how each is written, and whether an article has it.

    Mali               a known name: in every spelling, case form and language, with what belongs to it
    per.goita          the same by its id; obj.grain: a concept, by its words in three languages
    orpaillage         any other word: whole, folded for case and accents, in any form with its stem
    accord minier      a phrase: these words one after the other, each in any form
    mobilis*           an ending left open; also in a phrase: livr* armes
    "CSP"              exactly so: with its case and accents, in no other form, and no name
    /T-?72B?/, re:…    a regular expression (RE2, which takes time by the length of the text alone)

Everything is compiled once; an article's words are folded and stemmed once, when the first word asks.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import re2

from baseline.catalogue import Knowledge
from baseline.fold import Token, clean, fold, raw_words, stem, tokens
from baseline.gazetteer import Gazetteer, spellings
from baseline.russian import case_forms

LONGEST = 200  # characters of a word or phrase
LONGEST_PATTERN = 500
MOST = 1000  # words of one list
# Instructions of one compiled pattern, and of all patterns of a configuration. The worst patterns found take
# 50 ms for 20,000 characters at 1,000 instructions, and as many times longer as they have more (RE2 1.1.2025,
# one of two slow cores); what people write has 10 to 200.
LARGEST_PATTERN = 1000
LARGEST_SUM = 5000
PATTERN_TEXT = 20_000  # characters of an article that patterns are looked for in
_MEMORY = 1 << 20  # bytes that one pattern may take
_FEWEST_LETTERS = 3  # before an open ending
_SHORT = 3  # letters: such a name stands for itself only as it is written
_QUOTES = {'"': '"', "“": "”", "«": "»", "„": "“"}
_OPEN = re.compile(r"(?<=\w)\*(?=\s|$)")
_CYRILLIC = re.compile(r"[а-яё]{3,}", re.IGNORECASE)
_SCRIPTS = (re.compile("[a-z]", re.IGNORECASE), re.compile("[а-яё]", re.IGNORECASE))
ID = re.compile(r"(?:cty|doc|eqp|grp|med|noise|obj|org|per|plc)\.\w+")


@dataclass(frozen=True, slots=True)
class WatchWord:
    """A word of a watch as it is written, before names are looked up."""

    said: str
    parts: tuple[tuple[str, bool], ...] = ()  # each word, and whether its ending is open
    exact: tuple[str, ...] = ()
    pattern: str = ""

    @property
    def size(self) -> int:
        """Instructions of its compiled pattern; 0 for what is no pattern."""
        return int(_compiled(self.pattern).programsize) if self.pattern else 0


def read_word(said: str) -> WatchWord:
    """Read one word of a list; ValueError says what is wrong with it and what to write instead."""
    text = said.strip()
    if text.startswith("re:"):
        return WatchWord(said, pattern=_checked(text.removeprefix("re:").strip()))
    if text.startswith("/"):
        if len(text) < 3 or not text.endswith("/"):
            raise ValueError("a regular expression stands between two slashes, with nothing behind them: /…/")
        return WatchWord(said, pattern=_checked(text[1:-1]))
    if len(text) > LONGEST:
        raise ValueError(f"it has {len(text)} characters; a word or phrase has at most {LONGEST}")
    text = clean(text)
    if text[:1] in _QUOTES:
        closing = _QUOTES[text[0]]
        words = tuple(token.raw for token in tokens(text[1:-1]))
        if len(text) < 3 or text[-1] != closing or not words:
            raise ValueError(f"what is meant exactly stands between two quotation marks: {text[0]}…{closing}")
        return WatchWord(said, exact=words)
    found = tokens(text)
    if not found:
        raise ValueError("it holds no letter and no digit; write a word")
    stars = {star.start() for star in _OPEN.finditer(text)}
    if text.count("*") != len(stars):
        raise ValueError("'*' may only stand right behind a word, for an open ending: mobilis*")
    parts = tuple((token.raw, token.end in stars) for token in found)
    for raw, is_open in parts:
        if is_open and len(fold(raw)) < _FEWEST_LETTERS:
            raise ValueError(f"'{raw}*' is too short; at least {_FEWEST_LETTERS} letters stand before '*'")
    return WatchWord(said, parts=parts)


def mixed_alphabets(said: str) -> str | None:
    """A word that mixes Latin and Cyrillic letters, so that it never matches; None if there is none."""
    if said.startswith(("re:", "/")):
        return None
    return next((t.raw for t in tokens(clean(said)) if all(one.search(t.raw) for one in _SCRIPTS)), None)


def _checked(pattern: str) -> str:
    """The pattern, if it is one that can be looked for; ValueError otherwise."""
    if not pattern:
        raise ValueError("the regular expression is empty")
    if len(pattern) > LONGEST_PATTERN:
        raise ValueError(
            f"the regular expression has {len(pattern)} characters; it may have {LONGEST_PATTERN}"
        )
    try:
        compiled = _compiled(pattern)
    except re2.error as error:
        why = error.args[0] if error.args else error
        why = why.decode("utf-8", "replace") if isinstance(why, bytes) else str(why)
        raise ValueError(
            f"the regular expression is not one that RE2 takes: {why}; write it without look-around and "
            "back-references, and close its brackets"
        ) from None
    if compiled.programsize > LARGEST_PATTERN:
        raise ValueError(
            f"the regular expression is too large: {compiled.programsize} instructions, {LARGEST_PATTERN} at "
            "most; count less with {…}"
        )
    if compiled.search(""):
        raise ValueError("the regular expression is found in every text, for it may match nothing at all")
    return pattern


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> Any:
    options = re2.Options()
    options.max_mem = _MEMORY
    options.log_errors = False
    options.case_sensitive = False
    return re2.compile(pattern.encode("utf-8", "replace").decode("utf-8"), options)


class Words:
    """The words of an article, folded and stemmed once, when the first word of a watch asks for them."""

    def __init__(self, texts: Iterable[str], lang: str) -> None:
        self._texts = tuple(texts)
        self.lang = lang

    @cached_property
    def text(self) -> str:
        """The cleaned text."""
        return clean("\n".join(self._texts))

    @cached_property
    def searched(self) -> str:
        """As much of the text as patterns are looked for in, free of half characters."""
        return self.text[:PATTERN_TEXT].encode("utf-8", "replace").decode("utf-8")

    @cached_property
    def tokens(self) -> list[Token]:
        """The words in order, with their places in the text."""
        return tokens(self.text)

    @cached_property
    def folded(self) -> dict[str, list[int]]:
        """Where each folded word stands."""
        return _places(map(fold, self._raws))

    @cached_property
    def stems(self) -> dict[str, list[int]]:
        """Where each stem stands."""
        return _places(stem(self.lang, raw) for raw in self._raws)

    @cached_property
    def raw(self) -> dict[str, list[int]]:
        """Where each word stands as it is written."""
        return _places(self._raws)

    @cached_property
    def _raws(self) -> list[str]:
        return raw_words(self.text)

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self.folded)

    def beginning(self, letters: str) -> Iterator[str]:
        """The folded words that begin with these letters."""
        words = self._sorted
        at = bisect_left(words, letters)
        while at < len(words) and words[at].startswith(letters):
            yield words[at]
            at += 1


def _places(words: Iterable[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for place, word in enumerate(words):
        found.setdefault(word, []).append(place)
    return found


class _Part:
    """One word of a plain word or phrase, in all its forms."""

    def __init__(self, raw: str, is_open: bool) -> None:
        self._raw, self._folded, self.open = raw, fold(raw), is_open
        self.forms = frozenset({self._folded} if is_open else {self._folded, *_russian_forms(raw)})
        self._stems: dict[str, frozenset[str]] = {}

    def stems(self, lang: str) -> frozenset[str]:
        """What the word and its forms are cut to in one language: written with accents, or without."""
        if lang not in self._stems:
            self._stems[lang] = frozenset({stem(lang, self._raw), stem(lang, self._folded)})
        return self._stems[lang]

    def places(self, words: Words) -> set[int]:
        """Where the word stands in an article."""
        if self.open:
            return {at for word in words.beginning(self._folded) for at in words.folded[word]}
        found = {at for form in self.forms for at in words.folded.get(form, ())}
        return found | {at for one in self.stems(words.lang) for at in words.stems.get(one, ())}


def _russian_forms(raw: str) -> Iterator[str]:
    """The case forms of a Russian word, which stemmers miss for names: Лихачев, Лихачева."""
    if _CYRILLIC.fullmatch(raw):
        yield from map(fold, case_forms(raw))
        if raw[0].isupper():
            yield from map(fold, case_forms(raw, person=True))


class Word:
    """One word of a watch, ready to be looked for."""

    def __init__(self, said: str, own: frozenset[str]) -> None:
        """`own`: the ids of what it names."""
        self.said, self.own, self.ids = said, own, own
        try:
            self.read = read_word(said)
        except ValueError:  # asked in a chat, not written in a file: the words as they are
            self.read = WatchWord(said, parts=tuple((token.raw, False) for token in tokens(clean(said))))
        self.parts = [_Part(raw, is_open) for raw, is_open in self.read.parts]

    @property
    def single(self) -> _Part | None:
        """The word itself where it is plain, single and names nothing."""
        return self.parts[0] if not self.own and len(self.parts) == 1 and not self.parts[0].open else None

    def found(self, entities: frozenset[str], words: Words, *, wide: bool = True) -> bool:
        """Whether an article has it; `wide` counts what belongs to a name, too."""
        if self.own:
            return not (self.ids if wide else self.own).isdisjoint(entities)
        return bool(self.place(words))

    def place(self, words: Words) -> tuple[int, int] | None:
        """From where to where it first stands in the article's text; None where it does not, or is a name."""
        if self.read.pattern:
            match = _compiled(self.read.pattern).search(words.searched)
            return match.span() if match else None
        at = self._first(words)
        if at is None:
            return None
        last = at + max(len(self.parts), len(self.read.exact)) - 1
        return words.tokens[at].start, words.tokens[last].end

    def _first(self, words: Words) -> int | None:
        if self.read.exact:
            rows = [set(words.raw.get(raw, ())) for raw in self.read.exact]
        else:
            rows = []
            for part in self.parts:
                rows.append(part.places(words))
                if not rows[-1]:
                    return None
        if not rows:
            return None
        starts = set.intersection(*({at - n for at in row} for n, row in enumerate(rows)))
        return min(starts, default=None)


class WordList:
    """A list of words of a watch: whether an article has one of them costs little however long it is."""

    def __init__(self, said: Sequence[str], knowledge: Knowledge, gazetteer: Gazetteer) -> None:
        self.words = [Word(one, named(one, knowledge, gazetteer)) for one in said]
        _join_belonging(self.words, knowledge)
        self._own = frozenset[str]().union(*(word.own for word in self.words))
        self._ids = frozenset[str]().union(*(word.ids for word in self.words))
        self._singles = [word.single for word in self.words if word.single]
        self._forms = frozenset[str]().union(*(part.forms for part in self._singles))
        self._stems: dict[str, frozenset[str]] = {}
        self._others = [word for word in self.words if not word.own and not word.single]

    def __bool__(self) -> bool:
        return bool(self.words)

    def any(self, entities: frozenset[str], words: Words, *, wide: bool = True) -> bool:
        """Whether an article has one of them."""
        if not (self._ids if wide else self._own).isdisjoint(entities):
            return True
        if self._singles and not (
            self._forms.isdisjoint(words.folded) and self._of(words.lang).isdisjoint(words.stems)
        ):
            return True
        return any(word.found(entities, words, wide=wide) for word in self._others)

    def found(self, entities: frozenset[str], words: Words, *, wide: bool = True) -> list[Word]:
        """Those that an article has."""
        if not self.any(entities, words, wide=wide):
            return []
        return [word for word in self.words if word.found(entities, words, wide=wide)]

    def _of(self, lang: str) -> frozenset[str]:
        if lang not in self._stems:
            self._stems[lang] = frozenset[str]().union(*(part.stems(lang) for part in self._singles))
        return self._stems[lang]


def named(said: str, knowledge: Knowledge, gazetteer: Gazetteer) -> frozenset[str]:
    """The ids of what a word names: the id itself, or everything that bears the name."""
    word = said.strip()
    if word in knowledge.entities or word.startswith("obj."):
        return frozenset({word})
    if word[:1] in (*_QUOTES, "/") or word.startswith("re:") or "*" in word:
        return frozenset()
    word = clean(word)
    found = {hit.entity for hit in gazetteer.find(word) if hit.start == 0 and hit.end == len(word)}
    return frozenset(found or _named_in_any_case(word, knowledge, gazetteer))


def _named_in_any_case(word: str, knowledge: Knowledge, gazetteer: Gazetteer) -> Iterator[str]:
    """What bears the name written in another case, unless that is a word of its own: “car” is no state."""
    key = tuple(token.folded for token in tokens(word))
    for id_ in sorted(gazetteer.lookup(word)):
        entity = knowledge.entities[id_]
        for spelling, name in spellings(entity):
            same = tuple(token.folded for token in tokens(spelling)) == key
            if same and name not in entity.case_sensitive and sum(map(len, key)) > _SHORT:
                yield id_
                break


def _join_belonging(words: Sequence[Word], knowledge: Knowledge) -> None:
    """Give each word what belongs to the names it stands for: “Mali” is Bamako and Goïta, too."""
    asked: dict[str, set[str]] = {id_: set() for word in words for id_ in word.own}
    if not asked:
        return
    for entity in knowledge.entities.values():
        for owner in (entity.of, entity.country, *entity.related):
            if owner in asked:
                asked[owner].add(entity.id)
    for word in words:
        word.ids = word.own.union(*(asked[id_] for id_ in word.own))
