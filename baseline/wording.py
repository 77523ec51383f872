"""How alike two texts are worded, in any of the languages: a further witness on crowded days only.

Names and dates cannot tell the stories of one day in one town apart. Where several stories come near,
the wording may push one of them away; it never brings one near. docs/decisions/0010 has the figures.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from math import fsum

from baseline.lines import Line
from djeli.core.model import Mention, Nearest, Story, Term, Wording
from djeli.core.ports import Encoder

_WORDS = 80  # the encoder is slow on long texts, and background comes further down
_CHARACTERS = 800  # and a word may be a page long
# Tried in November 2026 on the labelled events and articles, each as dated and all on one day.
_NEAR = 0.2  # score from which on a story stands near enough to confuse
_USUAL = 0.15  # how much nearer in wording the right story is than its neighbours, at least


def opening(lines: Sequence[Line]) -> str:
    """The headline and the first words of a passage."""
    words = " ".join(line.text for line in lines).split()
    return " ".join(words[:_WORDS])[:_CHARACTERS]


def reworded(
    mention: Mention, told: Sequence[Nearest], stories: Iterable[Story], floor: float, encoder: Encoder
) -> list[Nearest]:
    """The scores of a crowded day, with the wording as a further term of those above the floor.

    What counts is how much nearer a story's wording is than that of the other stories around: a
    similarity by itself means something else in each pair of languages.
    """
    near = {n.ref: n for n in told if n.score >= _NEAR}
    if mention.wording is None or len(near) < 2 or all(n.score < floor for n in near.values()):
        return list(told)
    alike = {s.id: _alike(mention.wording, s, encoder) for s in stories if s.id in near}
    known = {ref: value for ref, value in alike.items() if value is not None}
    return [_reworded(n, known) if n.score >= floor else n for n in told]


def _reworded(near: Nearest, alike: Mapping[str, float]) -> Nearest:
    others = [value for ref, value in alike.items() if ref != near.ref]
    if near.ref not in alike or not others:
        return near
    own, around = alike[near.ref], fsum(others) / len(others)
    score = min(1.0, max(0.0, near.score + own - around - _USUAL))
    return replace(near, score=score, terms=(*near.terms, Term("wording", own, f"{around:.2f} around")))


def _alike(wording: Wording, story: Story, encoder: Encoder) -> float | None:
    """Between the average over the story's members and the best; None without vectors of this model."""
    own = [other for m in story.members if (other := m.mention.wording) and other.model == wording.model]
    alike = encoder.cosines(wording, own) if own else None
    return (fsum(alike) / len(alike) + max(alike)) / 2 if alike else None
