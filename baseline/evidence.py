"""What the words of headline and lead speak for: a linear reading, learnt from labelled articles.

Patterns (triggers.yaml) say for certain what their words mean, but nobody can list every way in which
a journalist tells of a delivery. So every clue of an opening (stems and pairs of stems, what stands
for a name, objects, units, the patterns themselves, cues of realis) carries a weight for each type, and
for each stage of a type. The weights are data (knowledge/evidence.json), learnt by `make train` from
tests/scenarios and never from the closed articles of the gate (docs/decisions/0011).
"""

from __future__ import annotations

import json
import math
import re
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, NamedTuple
from zlib import crc32

from baseline.fold import stem
from baseline.lines import Line
from djeli.core.model import Realis

TALK = "talk"  # the class of openings on the beat that tell no development: analyses, memories, figures
OFF = "off"  # and of those that only use its words: sport, culture, other countries
WORDED = 0.4  # probability from which on words alone tell a type
OPENING = 3  # lines that are read: the headline and two sentences
_SECOND = 0.5  # what only the second sentence says counts half
_LENGTH = 6.0  # clues of an opening of middling length: longer ones are not surer for saying more
_PREFIX = 5  # letters that words of one family share («бензин», «бензовоз»)
_ENOUGH_OFF = 0.8  # probability from which on an opening is of another subject,
_SURELY_OFF = 0.97  # and where the headline asserts something of the beat
_MIDDLE = 64  # weights are kept as bytes: this one is nought
_STEP = 0.05  # and this is the step of one


class Clue(NamedTuple):
    """One clue of a line and the tokens it stands on (both inclusive)."""

    name: str
    first: int
    last: int


class Share(NamedTuple):
    """A type or a stage with its probability, 0 to 1."""

    name: str
    value: float


@dataclass(frozen=True, slots=True)
class Opening:
    """The clues of an opening, and the types they may tell of, the likeliest first."""

    clues: Mapping[str, float]
    types: tuple[Share, ...]

    @property
    def told(self) -> str | None:
        """The type that its words tell; None where they leave it open."""
        likeliest = self.types[0]
        return likeliest.name if likeliest.value >= WORDED else None

    def tells(self, least: float) -> bool:
        """Whether its words surely tell a development."""
        likeliest = self.types[0]
        return likeliest.name not in (OFF, TALK) and likeliest.value >= least

    def is_off(self, told: bool) -> bool:
        """Whether its words are surely those of another subject; `told`: the headline tells of the beat."""
        likeliest = self.types[0]
        return likeliest.name == OFF and likeliest.value >= (_SURELY_OFF if told else _ENOUGH_OFF)


def scale(full: int, half: int) -> float:
    """What weights are multiplied with for an opening of so many known clues, told fully or by half."""
    return _LENGTH / math.sqrt(max(1.0, full + _SECOND * _SECOND * half))


class _Rows:
    """Rows of one length by clue, in four blocks of memory: a dict of them takes 15 MB, this takes five.

    Open addressing: a clue stands at the place that its checksum names, or at the next free one.
    """

    def __init__(self, rows: Mapping[str, str], length: int) -> None:
        if any(len(row) != length for row in rows.values()):
            raise ValueError(f"every clue must have {length} weights")
        clues = [clue.encode() for clue in rows]
        self._clues = b"".join(clues)
        self._ends = array("I", accumulate(map(len, clues), initial=0))
        self._rows = "".join(rows.values()).encode("ascii")
        self._length = length
        self._last = (1 << (2 * len(clues)).bit_length()) - 1  # more than half of all places are free
        self._places = places = array("I", bytes(array("I").itemsize * (self._last + 1)))
        for number, clue in enumerate(clues, 1):
            place = crc32(clue) & self._last
            while places[place]:
                place = (place + 1) & self._last
            places[place] = number

    def get(self, clue: str) -> bytes | None:
        """The row of a clue; None for one that was not learnt."""
        written, ends = clue.encode(), self._ends
        place = crc32(written) & self._last
        while number := self._places[place]:
            if self._clues[ends[number - 1] : ends[number]] == written:
                return self._rows[(number - 1) * self._length : number * self._length]
            place = (place + 1) & self._last
        return None


class _ByMember:
    """A JSON text read value by value: all its tables at once take 40 MB for a moment, one a half of that."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    def members(self) -> Iterator[str]:
        """The names of the object that begins here; the value of each must be read before the next one."""
        self._pass(self._at + 1)
        while self._text[self._at] != "}":
            yield self.value()
        self._pass(self._at + 1)

    def value(self) -> Any:
        """The value that begins here. Raises ValueError where none does."""
        value, end = _DECODER.raw_decode(self._text, self._at)
        self._pass(end)
        return value

    def _pass(self, at: int) -> None:
        between = _BETWEEN.match(self._text, at)
        self._at = between.end() if between else at


_DECODER = json.JSONDecoder()
_BETWEEN = re.compile(r"[\s,:]*")


class Linear:
    """A table of weights: for each clue one byte for each class."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        """`data`: classes, bias (a number each), and clues (a string of one character a class)."""
        self.classes: tuple[str, ...] = tuple(data["classes"])
        self._bias: tuple[float, ...] = tuple(data["bias"])
        self._rows = _Rows(data["clues"], len(self.classes))

    def shares(self, clues: Mapping[str, float]) -> tuple[Share, ...]:
        """Every class with its probability, the likeliest first."""
        rows = [(value, row) for clue, value in clues.items() if (row := self._rows.get(clue)) is not None]
        full = [row for value, row in rows if value == 1.0]
        half = [row for value, row in rows if value != 1.0]
        step = _STEP * scale(len(full), len(half))
        totals = [
            bias + step * (a - _MIDDLE * len(full)) + _SECOND * step * (b - _MIDDLE * len(half))
            for bias, a, b in zip(self._bias, self._sums(full), self._sums(half), strict=True)
        ]
        top = max(totals)
        raised = [math.exp(total - top) for total in totals]
        whole = math.fsum(raised)
        found = (Share(name, value / whole) for name, value in zip(self.classes, raised, strict=True))
        return tuple(sorted(found, key=lambda share: (-share.value, share.name)))

    def _sums(self, rows: Sequence[bytes]) -> list[int]:
        return [sum(column) for column in zip(*rows, strict=True)] if rows else [0] * len(self.classes)

    def weight(self, clue: str, name: str) -> float:
        """What a clue speaks for a class: against it when negative."""
        row = self._rows.get(clue)
        return _STEP * (row[self.classes.index(name)] - _MIDDLE) if row else 0.0


class Evidence:
    """The tables of types and stages, asked about one opening at a time."""

    def __init__(self, text: str) -> None:
        """`text` is knowledge/evidence.json."""
        told = _ByMember(text)
        for name in told.members():
            if name == "corpus":
                self.corpus: str = told.value()
            elif name == "types":
                self._types = Linear(told.value())
            elif name == "stages":
                self._stages = {kind: Linear(told.value()) for kind in told.members()}
            elif name == "realis":
                self._realis = Linear(told.value())
        self._last: tuple[tuple[str | Line, ...], Opening] | None = None

    def opening(self, lines: Sequence[Line], lang: str) -> Opening:
        """What an opening speaks for; the last answer is kept, for article and passage ask alike."""
        asked: tuple[str | Line, ...] = (lang, *lines[:OPENING])
        if self._last is not None and self._last[0] == asked:
            return self._last[1]
        clues = opening_clues(lines, lang)
        opening = Opening(clues, self.types(clues))
        self._last = asked, opening
        return opening

    def types(self, clues: Mapping[str, float]) -> tuple[Share, ...]:
        """The types an opening may tell of, and `TALK` and `OFF`, the likeliest first."""
        return self._types.shares(clues)

    def stages(self, kind: str, clues: Mapping[str, float]) -> tuple[Share, ...]:
        """The stages of a type, the likeliest first; none for a type nobody wrote examples of."""
        table = self._stages.get(kind)
        return table.shares(clues) if table is not None else ()

    def realis(self, clues: Mapping[str, float]) -> dict[Realis, float]:
        """How likely an opening presents what it tells as done, announced, rumoured, denied or possible."""
        return {Realis(share.name): share.value for share in self._realis.shares(clues)}

    def strongest(self, kind: str, line: Line, lang: str) -> tuple[Clue, float] | None:
        """The clue of a line that speaks most for a type, and its weight; None if none does."""
        return _strongest(self._types, kind, line, lang)

    def showing(self, realis: Realis, line: Line, lang: str) -> tuple[Clue, float] | None:
        """The clue of a line that speaks most for a realis, and its weight; None if none does."""
        return _strongest(self._realis, realis.value, line, lang)

    def speaking(self, kind: str, line: Line, lang: str, least: float) -> list[Clue]:
        """The clues of a line that speak for a type with this weight at least, the strongest first."""
        told = [(clue, self._types.weight(clue.name, kind)) for clue in clues(line, lang)]
        told.sort(key=lambda pair: -pair[1])
        return [clue for clue, weight in told if weight >= least]


def _strongest(table: Linear, name: str, line: Line, lang: str) -> tuple[Clue, float] | None:
    told = ((clue, table.weight(clue.name, name)) for clue in clues(line, lang))
    best = max(told, key=lambda pair: pair[1], default=None)
    return best if best is not None and best[1] > 0 else None


def opening_clues(lines: Sequence[Line], lang: str) -> dict[str, float]:
    """The clues of headline and first two sentences, each with 1, or less if only the second says it."""
    found: dict[str, float] = {}
    for place, line in enumerate(lines[:OPENING]):
        value = 1.0 if place < OPENING - 1 else _SECOND
        for clue in clues(line, lang):
            found.setdefault(clue.name, value)
    return found


def clues(line: Line, lang: str) -> Iterator[Clue]:
    """Every clue of a line, in order."""
    words = [(word, first, last) for word, first, last in _words(line, lang)]
    for n, (word, first, last) in enumerate(words):
        yield Clue(f"{lang}:{word}", first, last)
        if len(word) > _PREFIX and word[0] != "<":
            yield Clue(f"{lang}~{word[:_PREFIX]}", first, last)
        if n + 1 < len(words):
            yield Clue(f"{lang}:{word} {words[n + 1][0]}", first, words[n + 1][2])
    for hit in line.objects:
        yield Clue(hit.label, hit.first, hit.last)
    for trigger in line.triggers:
        yield Clue(f"type:{trigger.type}", trigger.first, trigger.last)
        if trigger.stage:
            yield Clue(f"type:{trigger.type}/{trigger.stage}", trigger.first, trigger.last)
    for cue in line.cues:
        if cue.realis is not None:
            yield Clue(f"realis:{cue.realis.value}", cue.first, cue.last)
    for figure in line.figures:
        yield Clue(f"unit:{figure.figure.unit}", 0, 0)
    if line.text.rstrip().endswith("?"):
        yield Clue("question", 0, 0)


def _words(line: Line, lang: str) -> Iterable[tuple[str, int, int]]:
    """The stems of a line; a known name by its kind alone, a number as a number."""
    names = {hit.first_token: hit for hit in line.entities}
    at = 0
    while at < len(line.tokens):
        hit = names.get(at)
        if hit is not None and hit.last_token >= at:
            yield f"<{hit.entity.split('.')[0]}>", at, hit.last_token
            at = hit.last_token + 1
            continue
        token = line.tokens[at]
        yield ("<n>" if token.folded.isdigit() else stem(lang, token.raw)), at, at
        at += 1
