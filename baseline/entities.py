"""Who and what the beat knows by name: the words shared by the catalogue and the gazetteer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

LANGUAGES = ("en", "fr", "ru")


@dataclass(frozen=True, slots=True)
class Entity:
    """One entry of actors.yaml, with its country resolved."""

    id: str
    kind: str
    role: str
    names: Mapping[str, tuple[str, ...]]  # by language, hints in brackets removed; the first is for show
    of: str | None = None  # what it belongs to: country, organisation, place
    country: str | None = None  # the country at the end of that chain; itself for a country
    related: frozenset[str] = frozenset()  # predecessors and successors: related, not identical
    ambiguous: bool = False  # its bare single-word names need another anchor
    noise: bool = False  # only blocks what it overlaps
    family: str | None = None  # of equipment
    iso: str | None = None  # ISO 3166 code of a country
    beat: str | None = None  # core, partner, neighbour; None elsewhere
    case_sensitive: frozenset[str] = frozenset()
    weak: frozenset[str] | None = None  # names that need another anchor, when listed one by one
    indeclinable: frozenset[str] = frozenset()  # Russian names without case forms
    unmatched: frozenset[str] = field(default=frozenset())  # names carrying a hint: shown, never looked for
    metonyms: tuple[str, ...] = ()  # capitals standing for a state: looked for where no place has the name

    def label(self, lang: str) -> str:
        """The name to show in one language, in English where it has none."""
        for names in (self.names.get(lang), self.names.get("en"), *self.names.values()):
            if names:
                return names[0]
        return self.id

    @property
    def is_place(self) -> bool:
        """Somewhere on the map (a state counts as an actor, not as a place)."""
        return self.id.startswith("plc.")


@dataclass(frozen=True, slots=True)
class Hit:
    """One name found in a text; offsets are in characters, token numbers are inclusive."""

    entity: str
    start: int
    end: int
    first_token: int
    last_token: int
    text: str
    strong: bool  # False: needs another anchor of the beat beside it; the caller decides
