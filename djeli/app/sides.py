"""Whose press an outlet is, and which sides of a story have spoken: the ground of a card's trust."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from baseline.catalogue import Knowledge
from bot.cards import Report, Trust
from bot.statements import claimant
from djeli.core.model import Article, Label, Member, Mention, Realis

INDEPENDENT, OTHER = "independent", "other"
# Kinds of knowledge/sources.yaml that speak for their state; a public broadcaster has its own newsroom.
_STATE = frozenset({"state media", "state agency", "state-linked agency", "state broadcaster", "government"})
# These repeat others or take part: no confirmation by themselves.
_OTHER = frozenset({"aggregator", "milblogger"})


@dataclass(frozen=True)
class Sides:
    """Which side each outlet is on; an outlet that is not in knowledge/sources.yaml is on none."""

    knowledge: Knowledge

    def of(self, outlet: str) -> str | None:
        """`state:<country>`, `independent`, `other`, or None for an outlet that is not known."""
        known = self.knowledge.outlets.get(outlet)
        if known is None:
            return None
        country = self._countries.get(known.country)
        if known.kind in _STATE and country:
            return f"state:{country}"
        return OTHER if known.kind in _OTHER else INDEPENDENT

    def trust(self, outlets: Iterable[str], mention: Mention, label: Label | None = None) -> Trust:
        """Who tells a development, on how many chains, on which sides, and which sides are silent."""
        told = tuple(dict.fromkeys(outlets))
        chains = len({self.knowledge.chain_of(outlet) for outlet in told})
        by_side: dict[str, list[str]] = {}
        for outlet in told:
            by_side.setdefault(self.of(outlet) or OTHER, []).append(outlet)
        if all(self.of(outlet) is None for outlet in told):
            return Trust(told, chains, label)
        unknown = any(self.of(outlet) is None for outlet in told)
        silent = [side for side in self._concerned(mention) if side not in by_side]
        if INDEPENDENT not in by_side and not unknown:
            silent.append(INDEPENDENT)
        said = tuple((side, tuple(tellers)) for side, tellers in by_side.items())
        return Trust(told, chains, label, said, tuple(silent))

    def _concerned(self, mention: Mention) -> list[str]:
        """The states that take part, as far as some outlet speaks for them."""
        named = (*mention.actors, *mention.counterparts, mention.country or "")
        homes = [self.knowledge.country_of(name) for name in named if name in self.knowledge.entities]
        return [f"state:{home}" for home in dict.fromkeys(homes) if home in self._voiced]

    @cached_property
    def _countries(self) -> dict[str, str]:
        """Country ids by ISO code."""
        return {one.iso: one.id for one in self.knowledge.entities.values() if one.iso}

    @cached_property
    def _voiced(self) -> frozenset[str]:
        """Countries with an outlet that speaks for the state."""
        states = {one.country for one in self.knowledge.outlets.values() if one.kind in _STATE}
        return frozenset(self._countries[iso] for iso in states if iso in self._countries)


def reports(
    members: Sequence[Member], article: Article | None = None, mention: Mention | None = None
) -> list[Report]:
    """The reports of a story as a card names them: its members, then the article at hand."""
    listed = [_report(one.outlet, one.title, one.url, one.mention) for one in members]
    if article is not None and mention is not None:
        listed.append(_report(article.outlet, article.title, article.url, mention))
    return listed


def _report(outlet: str, title: str, url: str, mention: Mention) -> Report:
    denies = mention.realis is Realis.NEGATED
    return Report(outlet, title, url, denies, claimant(mention) if denies else None)
