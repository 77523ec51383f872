"""What looks like a development and is none: figures of speech, articles off the beat, opinion."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from baseline.fold import Token
from baseline.patterns import Hit, PatternBook, Shelf, expand, word_lists

_ANY = "any"
_OPINION = "opinion"
MORE, MOST = 2, 4  # signs more of a body whose headline asserts something, and whose words are sure besides


class Vetoes:
    """The masks, off-beat topics and opinion cues of knowledge/vetoes.yaml."""

    def __init__(
        self, masks: PatternBook, articles: PatternBook, opinion: PatternBook, no_opinion: PatternBook
    ) -> None:
        self._masks = masks
        self._articles = articles
        self._opinion, self._no_opinion = opinion, no_opinion

    @classmethod
    def from_data(cls, data: Mapping[str, Any], shelf: Shelf | None = None) -> Vetoes:
        """The vetoes of knowledge/vetoes.yaml. Raises ValueError naming a pattern that cannot compile."""
        lists = word_lists(data.get("lists", {}))
        return cls(
            masks=PatternBook(_of_types(data["masks"], lists), shelf),
            articles=PatternBook(_of_topics(data["articles"], lists)),
            opinion=PatternBook(_numbered(_OPINION, data["opinion"], lists)),
            no_opinion=PatternBook(_numbered(_OPINION, data["no_opinion"], lists)),
        )

    def masked(self, tokens: Sequence[Token], lang: str, type: str) -> set[int]:
        """Indexes of the tokens of a sentence that must not count as triggers of this type."""
        masks = self.masks(tokens, lang)
        return masks.get(_ANY, set()) | masks.get(type, set())

    def masks(self, tokens: Sequence[Token], lang: str) -> dict[str, set[int]]:
        """The masked tokens of a sentence by type, and under `any` those masked for every type."""
        masks: dict[str, set[int]] = {}
        for hit in self._masks.find(tokens, lang):
            masks.setdefault(hit.label, set()).update(range(hit.first, hit.last + 1))
        return masks

    def off_beat(
        self, title_tokens: Sequence[Token], body_tokens: Sequence[Token], lang: str, *, more: int = 0
    ) -> str | None:
        """The topic that takes the article off the beat, or None: by the headline, else by the body, too.

        One sure sign in the headline, one sure sign with any second one, or three signs; `more`: how many
        signs more than that the body must have.
        """
        in_title = {hit.label for hit in self.topics(title_tokens, lang)}
        titled = _topic(in_title, in_title, 0)
        if titled is not None:
            return titled
        signs = in_title | {hit.label for hit in self.topics(body_tokens, lang)}
        return _topic(in_title, signs, more)

    def topics(self, tokens: Sequence[Token], lang: str) -> list[Hit]:
        """Signs of topics off the beat, labelled topic/sure or weak/number."""
        return self._articles.find(tokens, lang)

    def opinion(self, tokens: Sequence[Token], lang: str) -> list[Hit]:
        """Cues that a headline or sentence announces analysis, an interview, a feature or a history piece."""
        hits = self._opinion.find(tokens, lang)
        if not hits:
            return []
        other = self._no_opinion.find(tokens, lang)  # "informs public opinion" announces nothing of the kind
        meant = (hit for hit in hits if not any(o.first <= hit.last and hit.first <= o.last for o in other))
        return [Hit(_OPINION, hit.first, hit.last) for hit in meant]


def _topic(in_title: set[str], signs: set[str], more: int) -> str | None:
    """The first topic that enough of these signs speak for."""
    for topic in sorted({sign.split("/")[0] for sign in signs}):
        seen = {sign for sign in signs if sign.startswith(f"{topic}/")}
        sure = {sign for sign in seen if sign.startswith(f"{topic}/sure/")}
        if sure & in_title or (sure and len(seen) >= 2 + more) or len(seen) >= 3 + more:
            return topic
    return None


_Lists = Mapping[str, Mapping[str, str]]


def _numbered(
    label: str, by_lang: Mapping[str, Sequence[str]], lists: _Lists
) -> Iterator[tuple[str, str, str]]:
    """Each pattern with a number of its own, so that two different ones can be told apart."""
    for lang, patterns in by_lang.items():
        for number, pattern in enumerate(patterns):
            yield f"{label}/{number}", lang, expand(pattern, lists.get(lang, {}))


def _of_types(
    masks: Mapping[str, Mapping[str, Sequence[str]]], lists: _Lists
) -> Iterator[tuple[str, str, str]]:
    for kind, by_lang in masks.items():
        for label, lang, pattern in _numbered(kind, by_lang, lists):
            yield label.split("/")[0], lang, pattern


def _of_topics(articles: Mapping[str, Any], lists: _Lists) -> Iterator[tuple[str, str, str]]:
    for topic, strengths in articles.items():
        for strength, by_lang in strengths.items():
            yield from _numbered(f"{topic}/{strength}", by_lang, lists)
