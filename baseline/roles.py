"""Who is meant by an office or by «the army»: the words are the same everywhere, the country tells.

«Le Premier ministre malien» is whoever held the office on the day of the event; «the army» with Mali
beside it is org.fama.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from baseline.catalogue import Knowledge, Office
from baseline.entities import Entity, Hit
from baseline.fold import Token, tokens
from baseline.gazetteer import Gazetteer

_BESIDE = 3  # tokens between the words of a role and its country: «président de la transition du Mali»


class Roles:
    """Offices and implicit forces, compiled from the knowledge; build once, share freely."""

    def __init__(self, knowledge: Knowledge) -> None:
        entities: dict[tuple[tuple[str, ...], ...], Entity] = {}
        self._offices: dict[str, list[Office]] = {}
        self._forces: dict[str, Mapping[str, str]] = {}
        for office in knowledge.offices:
            self._offices.setdefault(_role(entities, office.names), []).append(office)
        for force in knowledge.implicit:
            self._forces[_role(entities, force.names)] = force.by_country
        self._gazetteer = Gazetteer(entities.values())

    def find(
        self,
        text: str,
        hits: Sequence[Hit],
        day: date,
        context: str | None = None,
        words: Sequence[Token] | None = None,
    ) -> list[Hit]:
        """Persons and forces meant by roles in a text, as weak hits.

        `hits` are the names found in the same text. A country beside the role decides; without one,
        `context` (a country id) does for forces and for offices named in more than one word.
        """
        taken = {token for hit in hits for token in range(hit.first_token, hit.last_token + 1)}
        found = []
        for role in self._gazetteer.find(text, tokens(text) if words is None else words):
            if not taken.intersection(range(role.first_token, role.last_token + 1)):
                entity = self._meant(role, _beside(text, role, hits), context, day)
                if entity:
                    found.append(replace(role, entity=entity, strong=False))
        return found

    def _meant(self, role: Hit, beside: str | None, context: str | None, day: date) -> str | None:
        if role.entity in self._forces:
            return self._forces[role.entity].get(beside or context or "")
        country = beside or (context if role.last_token > role.first_token else None)
        for office in self._offices[role.entity]:
            if office.country == country:
                return office.holder(day)
        return None


def _role(entities: dict[tuple[tuple[str, ...], ...], Entity], names: Mapping[str, tuple[str, ...]]) -> str:
    """Offices with the same words share one entry, whatever their country."""
    key = tuple(names.values())
    if key not in entities:
        entities[key] = Entity(id=f"role.{len(entities)}", kind="role", role="", names=names)
    return entities[key].id


def _beside(text: str, role: Hit, hits: Sequence[Hit]) -> str | None:
    """The nearest country within a few tokens of the same sentence."""
    near = []
    for hit in hits:
        gap = max(hit.first_token - role.last_token, role.first_token - hit.last_token) - 1
        between = text[min(role.end, hit.end) : max(role.start, hit.start)]
        if hit.entity.startswith("cty.") and 0 <= gap <= _BESIDE and not set(".!?\n") & set(between):
            near.append((gap, hit.entity))
    return min(near)[1] if near else None
