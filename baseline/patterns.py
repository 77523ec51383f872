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
from dataclasses import dataclass
from functools import lru_cache
from operator import contains
from typing import NamedTuple, TypeVar

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
_UNBOUND = {"number": 0.1, "capital": 1.0}  # how common they are; a word of one letter is 0.125
_T = TypeVar("_T")


class _Phrase(NamedTuple):
    """An alternative of several words: the element it belongs to, and the numbers of its words."""

    element: int
    needs: frozenset[int]
    words: tuple[int, ...]


class _Pattern(NamedTuple):
    """A compiled pattern: its elements, and each of them with the words allowed before it."""

    label: str
    needs: frozenset[int]
    steps: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A pattern was found: its label, and its first and last token (both inclusive)."""

    label: str
    first: int
    last: int


class PatternBook:
    """Patterns of several languages, compiled once and found in sentences.

    Entries are (label, language, pattern). Raises ValueError naming a pattern that cannot compile.
    """

    def __init__(self, entries: Iterable[tuple[str, str, str]]) -> None:
        compilers: dict[str, _Compiler] = {}
        for label, lang, pattern in entries:
            if lang not in compilers:
                compilers[lang] = _Compiler(lang)
            compilers[lang].add(label, pattern)
        self._chapters = {lang: compiler.chapter() for lang, compiler in compilers.items()}

    def find(self, tokens: Sequence[Token], lang: str) -> list[Hit]:
        """All matches in one sentence, in order; of matches that end together, the shortest."""
        chapter = self._chapters.get(lang)
        if chapter is None:
            return []
        return sorted(chapter.find(tokens), key=lambda hit: (hit.first, hit.last, hit.label))


class _Vocabulary(dict[str, frozenset[int]]):
    """Which elements a word of an article is: worked out when the word is first met."""

    def __init__(self, lang: str, meant: Mapping[_Word, Sequence[int]]) -> None:
        super().__init__()
        self._lang = lang
        self._meant = meant  # a reading of a word: elements that accept it
        self._lengths = sorted({len(key) for kind, key in meant if kind == "prefix"})

    def __missing__(self, raw: str) -> frozenset[int]:
        if len(self) >= _MOST_WORDS_KEPT:
            self.clear()
        readings = _readings(raw, self._lang, self._lengths)
        known = self[raw] = frozenset(n for reading in readings for n in self._meant.get(reading, ()))
        return known


class _Chapter:
    """The patterns of one language.

    A pattern is tried only in sentences where its rarest element stands and no other one is missing:
    that is decided by sets, for a sentence has few of the thousands of elements.
    """

    def __init__(
        self,
        vocabulary: _Vocabulary,
        patterns: Mapping[int, Sequence[_Pattern]],
        phrases: Mapping[int, Sequence[_Phrase]],
    ) -> None:
        self._vocabulary = vocabulary
        self._patterns = patterns  # by rarest element
        self._rarest = frozenset(patterns)
        self._phrases = phrases  # by rarest word
        self._rarest_words = frozenset(phrases)
        self._runs: dict[int, list[tuple[int, ...]]] = {}  # the phrases of an element
        for phrase in (phrase for some in phrases.values() for phrase in some):
            self._runs.setdefault(phrase.element, []).append(phrase.words)

    def find(self, tokens: Sequence[Token]) -> set[Hit]:
        """All matches in one sentence; of one pattern's matches that end together, the shortest."""
        vocabulary = self._vocabulary
        seen = [vocabulary[token.raw] for token in tokens]
        present = frozenset().union(*seen)
        present |= self._whole_phrases(present)
        found: set[Hit] = set()
        for element in self._rarest & present:
            for pattern in self._patterns[element]:
                if pattern.needs <= present:
                    steps = [(gap, self._places(one, seen)) for gap, one in pattern.steps]
                    for last, first in _matches(steps).items():
                        found.add(Hit(pattern.label, first, last))
        return found

    def _whole_phrases(self, present: frozenset[int]) -> set[int]:
        """Elements of which an alternative has all its words in the sentence, wherever they stand."""
        return {
            phrase.element
            for word in self._rarest_words & present
            for phrase in self._phrases[word]
            if phrase.needs <= present
        }

    def _places(self, element: int, seen: Sequence[frozenset[int]]) -> list[_Place]:
        """Where an element stands in a sentence."""
        places = [(at, at + 1) for at, elements in enumerate(seen) if element in elements]
        for words in self._runs.get(element, ()):
            for start in range(len(seen) - len(words) + 1):
                end = start + len(words)
                if words[0] in seen[start] and all(map(contains, seen[start:end], words)):
                    places.append((start, end))
        return places


class _Compiler:
    """Compiles the patterns of one language.

    Many patterns share their elements, mostly lists of words, so each element is compiled once and
    goes by a number. The words of phrases have numbers too, as if they were elements.
    """

    def __init__(self, lang: str) -> None:
        self._lang = lang
        self._elements: dict[str, int] = {}  # as written
        self._words: dict[_Word, int] = {}  # of phrases
        self._common: list[float] = []  # how common each number is
        self._meant: dict[_Word, list[int]] = {}
        self._patterns: dict[int, list[_Pattern]] = {}
        self._phrases: dict[int, list[_Phrase]] = {}

    def add(self, label: str, pattern: str) -> None:
        """Compile a pattern, or the two of one whose sides may come in either order."""
        for elements in _orders(pattern):
            steps = tuple((gap, self._element(pattern, written)) for gap, written in _gaps(pattern, elements))
            needs = frozenset(element for _, element in steps)
            self._patterns.setdefault(self._rarest(needs), []).append(_Pattern(label, needs, steps))

    def chapter(self) -> _Chapter:
        """All that was added, ready to be found."""
        return _Chapter(_Vocabulary(self._lang, self._meant), self._patterns, self._phrases)

    def _element(self, pattern: str, written: str) -> int:
        """The number of an element; it is compiled when it is new."""
        known = self._elements.get(written)
        if known is not None:
            return known
        runs = dict.fromkeys(_run(pattern, part) for part in written.split("|"))
        number = self._elements[written] = self._next(sum(min(map(_common, run)) for run in runs))
        for run in runs:
            if len(run) == 1:
                self._mean(run[0], number)
            else:
                words = tuple(map(self._word, run))
                needs = frozenset(words)
                self._phrases.setdefault(self._rarest(needs), []).append(_Phrase(number, needs, words))
        return number

    def _word(self, word: _Word) -> int:
        """The number of a word of a phrase."""
        if word not in self._words:
            self._words[word] = self._next(_common(word))
            self._mean(word, self._words[word])
        return self._words[word]

    def _next(self, common: float) -> int:
        self._common.append(common)
        return len(self._common) - 1

    def _mean(self, word: _Word, number: int) -> None:
        for reading in _read_as(self._lang, word):
            self._meant.setdefault(reading, []).append(number)

    def _rarest(self, numbers: Iterable[int]) -> int:
        return min(numbers, key=lambda number: (self._common[number], number))


def _matches(steps: Sequence[tuple[int, Sequence[_Place]]]) -> dict[int, int]:
    """Of each last token of a match, the nearest first one; a beginning goes with its nearest end."""
    found: dict[int, int] = {}
    for first in sorted({start for start, _ in steps[0][1]}):
        after = {first}  # where the next element may start
        for gap, places in steps:
            after = {end for start, end in places for place in after if place <= start <= place + gap}
        if after:
            found[min(after) - 1] = first
    return found


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


def labelled_book(data: Mapping[str, Mapping[str, Sequence[str]]]) -> PatternBook:
    """The book of a table of labels, each with its patterns by language (knowledge/objects.yaml).

    Raises ValueError naming a pattern that cannot compile.
    """
    return PatternBook(
        (label, lang, pattern)
        for label, by_lang in data.items()
        for lang, patterns in by_lang.items()
        for pattern in patterns
    )


def _readings(raw: str, lang: str, prefix_lengths: Sequence[int]) -> Iterator[_Word]:
    """Every way a pattern could name this word of an article."""
    folded = fold(raw)
    yield ("exact", folded)
    yield ("stem", stem(lang, raw))
    yield ("accented", _accented(raw))
    for length in prefix_lengths:
        if length > len(folded):
            break
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


@lru_cache(maxsize=65_536)
def _accented(raw: str) -> str:
    return unicodedata.normalize("NFC", raw.casefold())
