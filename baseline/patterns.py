"""The little pattern language of the knowledge files, and the book that finds its patterns in a sentence.

    word        any form with the same stem in that language, or the same folded form
    word*       starts with these folded letters
    =word       exactly this folded word
    !word       exactly this word with its accents (French «marche» is not «marché»)
    a|b|c       one of these; an alternative of several words is joined by `_`: prime_minister
    <n>         a number in digits
    <A>         a capitalised word
    ..  ...     up to four, up to eight words in between
    <..> <...>  the same gaps, and the two sides may come in either order

Elements without a gap follow each other. Words come apart as in articles (fold.py), so that
«prise d'otage» and «prise d otage» are one pattern. Gaps never cross a sentence end, because
callers pass one sentence at a time.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from operator import contains
from typing import NamedTuple

from baseline.fold import Token, fold, stem
from baseline.fold import tokens as tokenise

_GAPS = {"..": 4, "...": 8}
_EITHER_ORDER = {"<..>": "..", "<...>": "..."}
_KINDS = {"=": "exact", "!": "accented"}
_LIST = re.compile(r"\$([a-z_]+)")
_PIECE = re.compile(r"[\w'-]+\*?")
_MOST_WORDS_KEPT = 50_000  # about 10 MB; a vocabulary of one language in the press is smaller

_Word = tuple[str, str]  # kind and key: ("plain", "livrer"), ("exact", "accord"), …
_Run = tuple[_Word, ...]
_Place = tuple[int, int]  # the token an element begins at, and the token behind it
_NUMBER: _Word = ("number", "")
_CAPITAL: _Word = ("capital", "")
_COMMON = 0.04  # an element this common rules out few sentences: a word of one letter, several of two
_UNBOUND = {"number": 0.1, "capital": 1.0}  # how common they are; a word of one letter is 0.125


class _Phrase(NamedTuple):
    """An alternative of several words: its element, the numbers of all its words and of other rare ones."""

    element: int
    words: tuple[int, ...]
    needs: frozenset[int]
    rarest: int  # the place of its rarest word among its words


class _Pattern(NamedTuple):
    """A compiled pattern: its elements, and each of them with the words allowed before it."""

    label: str
    needs: frozenset[int]
    steps: tuple[tuple[int, int], ...]


class Hit(NamedTuple):
    """A pattern was found: its label, and its first and last token (both inclusive)."""

    label: str
    first: int
    last: int


class PatternBook:
    """Patterns of several languages, compiled once and found in sentences.

    Entries are (label, language, pattern). Raises ValueError naming a pattern that cannot compile.
    A pattern is tried only in sentences where its rarest element stands and no other rare one is missing.
    Books on one shelf share their elements.
    """

    def __init__(self, entries: Iterable[tuple[str, str, str]], shelf: Shelf | None = None) -> None:
        self._shelf = shelf or Shelf()
        self._patterns: dict[str, dict[int, list[_Pattern]]] = {}  # by language, by rarest element
        for label, lang, pattern in entries:
            self._add(label, lang, pattern)
        self._rarest = {lang: frozenset(patterns) for lang, patterns in self._patterns.items()}
        if shelf is None:
            self._shelf.settle()

    def _add(self, label: str, lang: str, pattern: str) -> None:
        """Compile a pattern, or the two of one whose sides may come in either order."""
        elements = self._shelf.elements(lang)
        patterns = self._patterns.setdefault(lang, {})
        for order in _orders(pattern):
            steps = tuple((gap, elements.number(pattern, written)) for gap, written in _gaps(pattern, order))
            rarest, needs = elements.telling([element for _, element in steps])
            patterns.setdefault(rarest, []).append(_Pattern(label, needs, steps))

    def find(self, tokens: Sequence[Token], lang: str) -> list[Hit]:
        """All matches in one sentence, in order; of matches that end together, the shortest."""
        patterns = self._patterns.get(lang)
        if patterns is None:
            return []
        sentence = self._shelf.read(tokens, lang)
        present = sentence.present
        found: set[Hit] = set()
        for element in self._rarest[lang] & present:
            for label, needs, steps in patterns[element]:
                if needs <= present:
                    for first, last in _matches(steps, sentence):
                        found.add(Hit(label, first, last))
        if len(found) < 2:
            return list(found)
        return sorted(found, key=_in_order)


def _in_order(hit: Hit) -> tuple[int, int, str]:
    return hit.first, hit.last, hit.label


class Shelf:
    """What books have in common that are asked about the same sentences: each is read once for all."""

    def __init__(self) -> None:
        self._elements: dict[str, _Elements] = {}
        self._last: tuple[Sequence[Token], str, _Sentence] | None = None

    def elements(self, lang: str) -> _Elements:
        """The elements of the patterns of a language, to which a new book may add."""
        self._last = None
        if lang not in self._elements:
            self._elements[lang] = _Elements(lang)
        return self._elements[lang]

    def settle(self) -> None:
        """Let go of what only further books could share: some megabytes."""
        for elements in self._elements.values():
            elements.settle()

    def read(self, tokens: Sequence[Token], lang: str) -> _Sentence:
        """Which elements stand in a sentence; the last answer is kept, for the next book that asks."""
        last = self._last
        if last is not None and last[0] is tokens and last[1] == lang:
            return last[2]
        sentence = self._elements[lang].read(tokens)
        self._last = (tokens, lang, sentence)
        return sentence


class _Sentence(NamedTuple):
    """A sentence as elements: those of each word that is any, and which phrases stand where."""

    seen: Sequence[tuple[int, frozenset[int]]]
    present: frozenset[int]  # telling elements
    phrases: Mapping[int, Sequence[_Place]]
    known: dict[int, list[_Place]]  # places asked for before

    def places(self, element: int) -> list[_Place]:
        """Where an element stands, from left to right."""
        known = self.known.get(element)
        if known is None:
            known = [(at, at + 1) for at, elements in self.seen if element in elements]
            if element in self.phrases:
                known = sorted({*known, *self.phrases[element]})
            self.known[element] = known
        return known


class _Elements:
    """The elements of all patterns of one language, by number.

    Many patterns share their elements, mostly lists of words, so each is compiled once. The words of
    phrases have numbers too, as if they were elements.
    """

    def __init__(self, lang: str) -> None:
        self._lang = lang
        self._numbers: dict[str, int] = {}  # as written
        self._words: dict[_Word, int] = {}  # of phrases
        self._common: list[float] = []  # how common each number is
        self._meant: dict[_Word, tuple[int, ...]] = {}  # a reading of a word: elements that accept it
        self._sets: dict[frozenset[int], frozenset[int]] = {}  # each once: many patterns need the same
        self._lengths: set[int] = set()  # of beginnings of words that are asked for
        self._by_word: dict[int, list[_Phrase]] = {}  # phrases by their rarest word
        self._telling: set[int] = set()  # elements by which sentences are sorted out
        # A word as written: the elements that it is, and the telling ones of them.
        self._kept: dict[str, tuple[frozenset[int], tuple[int, ...]]] = {}

    # ------------------------------------------------------------------ compiling

    def number(self, pattern: str, written: str) -> int:
        """The number of an element; it is compiled when it is new."""
        known = self._numbers.get(written)
        if known is not None:
            return known
        runs = dict.fromkeys(_run(pattern, part) for part in written.split("|"))
        number = self._numbers[written] = self._next(sum(min(map(_common, run)) for run in runs))
        alone = (number,)
        for run in runs:
            if len(run) == 1:
                self._mean(run[0], alone)
            else:
                words = tuple(map(self._word, run))
                rarest, needs = self.telling(words)
                phrase = _Phrase(number, words, needs, words.index(rarest))
                self._by_word.setdefault(rarest, []).append(phrase)
        return number

    def telling(self, numbers: Sequence[int]) -> tuple[int, frozenset[int]]:
        """The one of these elements that is least likely to stand in a sentence, and all other rare ones.

        Half of all that stands in a sentence are little words, which rule out nothing.
        """
        rarest = min(numbers, key=lambda number: (self._common[number], number))
        needs = frozenset([n for n in numbers if n != rarest and self._common[n] < _COMMON])
        self._telling |= needs | {rarest}
        return rarest, self._sets.setdefault(needs, needs)

    def _word(self, word: _Word) -> int:
        """The number of a word of a phrase."""
        if word not in self._words:
            self._words[word] = self._next(_common(word))
            self._mean(word, (self._words[word],))
        return self._words[word]

    def _next(self, common: float) -> int:
        self._common.append(common)
        return len(self._common) - 1

    def _mean(self, word: _Word, number: tuple[int]) -> None:
        for reading in _read_as(self._lang, word):
            before = self._meant.get(reading)
            self._meant[reading] = before + number if before else number
        if word[0] == "prefix":
            self._lengths.add(len(word[1]))
        self._kept.clear()

    def settle(self) -> None:
        """Forget how elements and words were written: what comes later gets numbers of its own."""
        self._numbers = {}
        self._words = {}
        self._sets = {}

    # ------------------------------------------------------------------ reading

    def read(self, tokens: Sequence[Token]) -> _Sentence:
        """Which elements stand in a sentence, and where."""
        kept = self._kept
        words = [kept.get(token.raw) or self._read(token.raw) for token in tokens]
        seen = [elements for elements, _ in words]
        present = frozenset().union(*[telling for _, telling in words if telling])
        phrases: dict[int, list[_Place]] = {}
        for word in self._by_word.keys() & present:
            places = None
            for element, run, needs, rarest in self._by_word[word]:
                if needs <= present:
                    if places is None:
                        places = [at for at, elements in enumerate(seen) if word in elements]
                    for place in places:
                        start, end = place - rarest, place - rarest + len(run)
                        if start >= 0 and end <= len(seen) and all(map(contains, seen[start:end], run)):
                            phrases.setdefault(element, []).append((start, end))
        some = [(at, elements) for at, elements in enumerate(seen) if elements]
        return _Sentence(some, present.union(phrases) if phrases else present, phrases, {})

    def _read(self, raw: str) -> tuple[frozenset[int], tuple[int, ...]]:
        """Which elements a word of an article is."""
        if len(self._kept) >= _MOST_WORDS_KEPT:
            self._kept.clear()
        readings = _readings(raw, self._lang, self._lengths)
        elements = frozenset(number for reading in readings for number in self._meant.get(reading, ()))
        known = self._kept[raw] = (elements, tuple(elements & self._telling))
        return known


def _matches(steps: Sequence[tuple[int, int]], sentence: _Sentence) -> Iterable[tuple[int, int]]:
    """First and last token of each match: of those that end together the nearest, with its nearest end."""
    where = []
    for gap, element in steps:
        places = sentence.places(element)
        if not places:
            return ()
        where.append((gap, places))
    if all(len(places) == 1 for _, places in where):  # nearly always
        return _only_match(where)
    return _all_matches(where)


def _only_match(where: Sequence[tuple[int, list[_Place]]]) -> Iterable[tuple[int, int]]:
    """The match of elements each of which stands at one place."""
    first, end = where[0][1][0]
    for gap, ((start, behind),) in where[1:]:
        if not end <= start <= end + gap:
            return ()
        end = behind
    return ((first, end - 1),)


def _all_matches(where: Sequence[tuple[int, list[_Place]]]) -> Iterable[tuple[int, int]]:
    (_, firsts), *others = where
    nearest: dict[int, int] = {}  # of each first token the nearest end
    for first, end in firsts:
        after = {end}  # where the next element may start
        for gap, places in others:
            after = {behind for start, behind in places for at in after if at <= start <= at + gap}
        if after and (first not in nearest or min(after) < nearest[first]):
            nearest[first] = min(after)
    ends = {end - 1: first for first, end in nearest.items()}
    return [(first, last) for last, first in ends.items()]


def expand(pattern: str, lists: Mapping[str, str]) -> str:
    """The pattern with each `$name` replaced by the alternatives of that list.

    Raises ValueError for a list nobody wrote.
    """

    def alternatives(match: re.Match[str]) -> str:
        if match.group(1) not in lists:
            raise ValueError(f"pattern {pattern!r}: no list called ${match.group(1)}")
        return lists[match.group(1)]

    return _LIST.sub(alternatives, pattern)


def word_lists(data: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """Lists of words (name, language, words between spaces) as alternatives: by language, by name.

    A list may use the ones before it.
    """
    lists: dict[str, dict[str, str]] = {}
    for name, by_lang in data.items():
        for lang, words in by_lang.items():
            of_lang = lists.setdefault(lang, {})
            of_lang[name] = expand("|".join(words.split()), of_lang)
    return lists


def labelled_book(data: Mapping[str, Mapping[str, Sequence[str]]], shelf: Shelf | None = None) -> PatternBook:
    """The book of a table of labels, each with its patterns by language (knowledge/objects.yaml).

    Raises ValueError naming a pattern that cannot compile.
    """
    entries = (
        (label, lang, pattern)
        for label, by_lang in data.items()
        for lang, patterns in by_lang.items()
        for pattern in patterns
    )
    return PatternBook(entries, shelf)


def _readings(raw: str, lang: str, lengths: Iterable[int]) -> Iterator[_Word]:
    """Every way a pattern could name this word of an article."""
    folded = fold(raw)
    yield ("exact", folded)
    yield ("stem", stem(lang, raw))
    yield ("accented", _accented(raw))
    for length in lengths:
        if length <= len(folded):
            yield ("prefix", folded[:length])
    if folded.isdigit():
        yield _NUMBER
    if raw[0].isupper() or raw[0].isdigit():
        yield _CAPITAL


def _orders(pattern: str) -> list[list[str]]:
    """The elements and gaps of a pattern; twice where its two sides may come in either order."""
    elements = pattern.split()
    turns = [i for i, element in enumerate(elements) if element in _EITHER_ORDER]
    if not turns:
        return [elements]
    if len(turns) > 1:
        raise ValueError(f"pattern {pattern!r}: only one either-order gap")
    turn = turns[0]
    gap, left, right = _EITHER_ORDER[elements[turn]], elements[:turn], elements[turn + 1 :]
    return [[*left, gap, *right], [*right, gap, *left]]


def _gaps(pattern: str, elements: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Each element with the number of words that may stand before it."""
    gap: int | None = None
    for place, element in enumerate(elements):
        if element in _GAPS:
            if gap is not None or not place:
                raise ValueError(f"pattern {pattern!r}: a gap stands between two words")
            gap = _GAPS[element]
            continue
        yield gap or 0, element
        gap = None
    if gap is not None or not elements:
        raise ValueError(f"pattern {pattern!r}: nothing to find, or a gap at the end")


def _common(word: _Word) -> float:
    """Roughly how common a word is: short ones are."""
    kind, key = word
    return _UNBOUND.get(kind) or 1 / (1 + len(key)) ** 3


def _run(pattern: str, part: str) -> _Run:
    """One alternative as words; the sign before it holds for each word."""
    run = _words(part)
    if run is None:
        raise ValueError(f"pattern {pattern!r}: cannot read {part!r}")
    return run


@lru_cache(maxsize=65_536)
def _words(part: str) -> _Run | None:
    """The words of an alternative; None for one that cannot be read."""
    if part == "<n>":
        return (_NUMBER,)
    if part == "<A>":
        return (_CAPITAL,)
    kind, text = _KINDS.get(part[:1], "plain"), part.lstrip("=!")
    run: list[_Word] = []
    for piece in text.split("_"):
        starts = piece.endswith("*")
        words = tokenise(piece)
        if not _PIECE.fullmatch(piece) or not words or (starts and kind != "plain"):
            return None
        run += [_word(kind, token) for token in words]
        if starts:
            run[-1] = ("prefix", words[-1].folded)
    return tuple(run)


def _word(kind: str, token: Token) -> _Word:
    if kind == "exact":
        return ("exact", token.folded)
    if kind == "accented":
        return ("accented", _accented(token.raw))
    return ("plain", token.raw)


def _read_as(lang: str, word: _Word) -> Iterator[_Word]:
    """The readings of a token that this word of a pattern accepts."""
    kind, text = word
    if kind == "plain":
        yield ("stem", stem(lang, text))
        yield ("exact", fold(text))
    else:
        yield word


def forget() -> None:
    """Let go of what was read of the patterns: they are read once."""
    _words.cache_clear()


@lru_cache(maxsize=16_384)
def _accented(raw: str) -> str:
    return unicodedata.normalize("NFC", raw.casefold())
