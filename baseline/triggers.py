"""Which type of development a sentence names, and at which stage: the table of triggers as a book."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from baseline.fold import Token
from baseline.patterns import PatternBook, Shelf, expand, word_lists

_TOPIC = "topic"


class TriggerHit(NamedTuple):
    """Words that name a type; `stage` is None where they only support it (a topic word).

    `shown` are the tokens to quote, where what tells it is the whole clause and no pattern names it.
    """

    type: str
    stage: str | None
    first: int
    last: int
    shown: tuple[int, int] | None = None


class TriggerBook:
    """All triggers of the types, found in one sentence at a time."""

    def __init__(self, patterns: PatternBook) -> None:
        self._patterns = patterns

    @classmethod
    def from_data(cls, data: Mapping[str, Any], shelf: Shelf | None = None) -> TriggerBook:
        """The book of knowledge/triggers.yaml. Raises ValueError naming a pattern that cannot compile."""
        return cls(PatternBook(_entries(data), shelf))

    def find(self, tokens: Sequence[Token], lang: str) -> list[TriggerHit]:
        """Every trigger in the sentence, in order, as (type, stage or None, first token, last token)."""
        return [_hit(hit.label, hit.first, hit.last) for hit in self._patterns.find(tokens, lang)]


def _hit(label: str, first: int, last: int) -> TriggerHit:
    kind, _, stage = label.partition("/")
    return TriggerHit(kind, None if stage == _TOPIC else stage, first, last)


def _entries(data: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Each pattern of the table as (type/stage, language, pattern), its lists written out."""
    lists = word_lists(data.get("lists", {}))
    for kind, table in data["types"].items():
        stages = {**table.get("stages", {}), _TOPIC: table.get("topic", {})}
        for stage, by_lang in stages.items():
            for lang, patterns in by_lang.items():
                for pattern in patterns:
                    yield f"{kind}/{stage}", lang, expand(pattern, lists.get(lang, {}))
