"""Names of actors, places and outlets as a voice needs them: plain, after "in", before "says"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from baseline.catalogue import Knowledge
from baseline.entities import Entity
from baseline.russian import Paradigm, paradigm
from bot import grammar

# Who speaks for a state is named by its capital: "Moscow says".
_CAPITALS = {
    "cty.russia": "plc.moscow",
    "cty.mali": "plc.bamako",
    "cty.burkina": "plc.ouagadougou",
    "cty.niger": "plc.niamey",
    "cty.france": "plc.paris",
    "cty.usa": "plc.washington",
    "cty.ukraine": "plc.kyiv",
    "cty.china": "plc.beijing",
    "cty.turkey": "plc.ankara",
    "cty.senegal": "plc.dakar",
    "cty.togo": "plc.lome",
    "cty.guinea": "plc.conakry",
    "cty.chad": "plc.ndjamena",
    "cty.mauritania": "plc.nouakchott",
    "cty.germany": "plc.berlin",
    "cty.italy": "plc.rome",
    "cty.spain": "plc.madrid",
    "cty.uk": "plc.london",
}
_GENITIVE, _LOCATIVE = 0, 4
_NOTE = re.compile(r"(?<=\S) \([^()]*\)(?=$|:)")


@dataclass(frozen=True, slots=True)
class Names:
    """Display names in one language; an unknown id is shown as it is."""

    knowledge: Knowledge
    language: str

    def __call__(self, id_: str) -> str:
        """The plain name; of an outlet without what is noted behind it: "TASS (English)" is TASS."""
        if id_ in self.knowledge.outlets:
            return _NOTE.sub("", self.knowledge.outlets[id_].name)
        entity = self.knowledge.entities.get(id_)
        return self._label(entity) if entity else id_

    def place(self, id_: str) -> str:
        """The name with the word for "in" before it."""
        entity = self.knowledge.entities.get(id_)
        if entity is None:
            return f"({id_})"
        name = self._label(entity)
        cases = self._cases(entity, name)
        return grammar.in_place(self.language, name, entity.kind, cases[_LOCATIVE] if cases else None)

    def speaker(self, id_: str) -> str:
        """The name of who says something, in the form that the word for "says" asks for."""
        entity = self.knowledge.entities.get(_CAPITALS.get(id_, id_))
        if entity is None:
            return self(id_)
        name = self._label(entity)
        if self.language == "fr":
            return grammar.with_article(name, entity.kind)
        if self.language == "en":
            return grammar.speaker(name, entity.kind)
        cases = self._cases(entity, name)
        return cases[_GENITIVE] if cases else name

    def _label(self, entity: Entity) -> str:
        names = entity.names.get(self.language) or entity.names.get("en") or next(iter(entity.names.values()))
        return names[0] if names else entity.id

    def _cases(self, entity: Entity, name: str) -> Paradigm | None:
        if self.language != "ru" or name in entity.indeclinable:
            return None
        return paradigm(name, person=entity.kind == "person")
