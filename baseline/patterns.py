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

from baseline.fold import Token, fold, stem
from baseline.fold import tokens as tokenise

_GAPS = {"..": 4, "...": 8}
_EITHER_ORDER = {"<..>": "..", "<...>": "..."}
_KINDS = {"=": "exact", "!": "accented"}
_LIST = re.compile(r"\$([a-z_]+)")
_MOST_WORDS_KEPT = 50_000  # about 10 MB; a vocabulary of one language in the press is smaller

_Word = tuple[str, str]  # kind and key: ("plain", "livrer"), ("exact", "accord"), …
_Run = tuple[_Word, ...]
_NUMBER: _Word = ("number", "")
_CAPITAL: _Word = ("capital", "")


@dataclass(frozen=True, slots=True)
class Hit:
    """A pattern was found: its label, and its first and last token (both inclusive)."""

    label: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _Step:
    """One element: words allowed before it, and its alternatives (runs of words) by first word."""

    gap: int
    runs: Mapping[_Word, tuple[_Run, ...]]
    heads: frozenset[_Word]


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A compiled pattern; `order` keeps the answers in the order of the data."""

    label: str
    steps: tuple[_Step, ...]
    order: int


class PatternBook:
    """Patterns of several languages, compiled once and found in sentences.

    Entries are (label, language, pattern). Raises ValueError naming a pattern that cannot compile.
    """

    def __init__(self, entries: Iterable[tuple[str, str, str]]) -> None:
        self._by_head: dict[str, dict[_Word, list[_Pattern]]] = {}
        self._prefix_lengths: dict[str, tuple[int, ...]] = {}
        self._meant: dict[str, dict[_Word, set[_Word]]] = {}  # a reading of a token: words of patterns
        self._kept: dict[tuple[str, str], frozenset[_Word]] = {}
        order = 0
        for label, lang, pattern in entries:
            for steps in _compile(pattern):
                self._add(lang, _Pattern(label, steps, order))
                order += 1
        for lang, meant in self._meant.items():
            lengths = {len(key) for kind, key in meant if kind == "prefix"}
            self._prefix_lengths[lang] = tuple(sorted(lengths))

    def _add(self, lang: str, pattern: _Pattern) -> None:
        heads = self._by_head.setdefault(lang, {})
        for head in pattern.steps[0].heads:
            heads.setdefault(head, []).append(pattern)
        meant = self._meant.setdefault(lang, {})
        runs = [run for step in pattern.steps for runs in step.runs.values() for run in runs]
        for word in {word for run in runs for word in run}:
            for reading in _read_as(lang, word):
                meant.setdefault(reading, set()).add(word)

    def find(self, tokens: Sequence[Token], lang: str) -> list[Hit]:
        """All matches in one sentence, in order; of matches that end together, the shortest."""
        by_head = self._by_head.get(lang)
        if not by_head:
            return []
        seen = [self._read(token, lang) for token in tokens]
        present = frozenset().union(*seen)
        shortest: dict[tuple[int, int], tuple[int, str]] = {}
        for first, words in enumerate(seen):
            for word in words:
                for pattern in by_head.get(word, ()):
                    last = _last(pattern, first, seen, present)
                    if last is not None:  # a later start is a shorter span
                        shortest[pattern.order, last] = (first, pattern.label)
        found = {Hit(label, first, last) for (_, last), (first, label) in shortest.items()}
        return sorted(found, key=lambda hit: (hit.first, hit.last, hit.label))

    def _read(self, token: Token, lang: str) -> frozenset[_Word]:
        """Which words of the patterns this token is."""
        key = (lang, token.raw)
        known = self._kept.get(key)
        if known is None:
            if len(self._kept) >= _MOST_WORDS_KEPT:
                self._kept.clear()
            meant = self._meant[lang]
            readings = _readings(token, lang, self._prefix_lengths[lang])
            known = frozenset(word for reading in readings for word in meant.get(reading, ()))
            self._kept[key] = known
        return known


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


def _readings(token: Token, lang: str, prefix_lengths: Sequence[int]) -> Iterator[_Word]:
    """Every way a pattern could name this token."""
    folded = token.folded
    yield ("exact", folded)
    yield ("stem", stem(lang, token.raw))
    yield ("accented", _accented(token.raw))
    for length in prefix_lengths:
        if length > len(folded):
            break
        yield ("prefix", folded[:length])
    if folded.isdigit():
        yield _NUMBER
    if token.capitalised:
        yield _CAPITAL


def _last(
    pattern: _Pattern, first: int, seen: Sequence[frozenset[_Word]], present: frozenset[_Word]
) -> int | None:
    """The nearest token at which the pattern begun at `first` can end."""
    steps = pattern.steps
    if any(step.heads.isdisjoint(present) for step in steps[1:]):
        return None
    after = {first}  # where the next element may start
    for step in steps:
        starts = {start for place in after for start in range(place, place + step.gap + 1)}
        after = {end for start in starts if start < len(seen) for end in _ends(step, start, seen)}
        if not after:
            return None
    return min(after) - 1


def _ends(step: _Step, start: int, seen: Sequence[frozenset[_Word]]) -> Iterator[int]:
    """The places behind the element's alternatives that stand at `start`."""
    for head in step.heads & seen[start]:
        for run in step.runs[head]:
            if _runs(run, start, seen):
                yield start + len(run)


def _runs(run: Sequence[_Word], start: int, seen: Sequence[frozenset[_Word]]) -> bool:
    """Whether these words stand one after the other from `start`."""
    if start + len(run) > len(seen):
        return False
    return all(word in seen[start + offset] for offset, word in enumerate(run))


def _compile(pattern: str) -> list[tuple[_Step, ...]]:
    """The pattern as steps; twice where its two sides may come in either order."""
    elements = pattern.split()
    turns = [i for i, element in enumerate(elements) if element in _EITHER_ORDER]
    if not turns:
        return [_steps(pattern, elements)]
    if len(turns) > 1:
        raise ValueError(f"pattern {pattern!r}: only one either-order gap")
    turn = turns[0]
    gap, left, right = _EITHER_ORDER[elements[turn]], elements[:turn], elements[turn + 1 :]
    return [_steps(pattern, [*a, gap, *b]) for a, b in ((left, right), (right, left))]


def _steps(pattern: str, elements: Sequence[str]) -> tuple[_Step, ...]:
    steps: list[_Step] = []
    gap: int | None = None
    for element in elements:
        if element in _GAPS:
            if gap is not None or not steps:
                raise ValueError(f"pattern {pattern!r}: a gap stands between two words")
            gap = _GAPS[element]
            continue
        steps.append(_step(gap or 0, [_run(pattern, part) for part in element.split("|")]))
        gap = None
    if gap is not None or not steps:
        raise ValueError(f"pattern {pattern!r}: nothing to find, or a gap at the end")
    return tuple(steps)


def _step(gap: int, alternatives: Iterable[_Run]) -> _Step:
    runs: dict[_Word, tuple[_Run, ...]] = {}
    for run in dict.fromkeys(alternatives):
        runs[run[0]] = (*runs.get(run[0], ()), run)
    return _Step(gap, runs, frozenset(runs))


def _run(pattern: str, part: str) -> _Run:
    """One alternative as words; the sign before it holds for each word."""
    if part == "<n>":
        return (_NUMBER,)
    if part == "<A>":
        return (_CAPITAL,)
    kind, text = _KINDS.get(part[:1], "plain"), part.lstrip("=!")
    run: list[_Word] = []
    for piece in text.split("_"):
        starts = piece.endswith("*")
        words = tokenise(piece)
        if not re.fullmatch(r"[\w'-]+\*?", piece) or not words or (starts and kind != "plain"):
            raise ValueError(f"pattern {pattern!r}: cannot read {part!r}")
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
