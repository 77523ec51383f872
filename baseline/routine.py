"""Whether a development of normal priority is worth a push, by the rules of types.yaml, `push`."""

from __future__ import annotations

import re

from baseline.catalogue import Knowledge
from baseline.rules import Rules
from djeli.core.model import Mention, Priority

# Roles in actors.yaml whose holders are principals, and words of office when nobody is named.
_PRINCIPAL = re.compile(
    r"\b(president|leader|prime minister|minister|commander|chief of staff|head of|general)\b"
)
_NOT_NOW = re.compile(r"\b(former|spokes|first president|overthrown|died)\b")
_OFFICES = frozenset(
    [
        "obj.president",
        "obj.prime_minister",
        "obj.minister",
        "obj.chief_of_staff",
        "obj.general_rank",
        "obj.ambassador",
        "obj.summit",
    ]
)
_CALL = "obj.phone_call"
_OF_NEGOTIATIONS = frozenset(["started", "postponed", "cancelled"])  # steps of talks with an organisation
_CAPTIVES = frozenset(["obj.hostage", "obj.foreign_workers"])
_OF_NOTE = frozenset(["obj.general", "obj.colonel", "obj.head_of_service", "obj.opposition_leader"])
_SPYING = frozenset(["obj.espionage", "obj.intelligence_service"])
_PRESSMEN = frozenset(["obj.journalist"])
_REVERSED, _LETTERS = "reversed", "obj.credentials"
_MINE = "obj.mine"
_BOSSES = frozenset(["obj.executive"])


def worth_a_push(mention: Mention, knowledge: Knowledge, rules: Rules) -> bool:
    """False for the routine of a type of normal priority, and for a deal of nobody; else True."""
    if mention.type in rules.between and not (mention.country or mention.actors or mention.counterparts):
        return False
    if mention.stage in rules.quiet.get(mention.type, ()):
        return False
    if knowledge.types[mention.type].priority is not Priority.NORMAL:
        return True
    stages = rules.push.get(mention.type, {}).get("stages", ())
    if mention.type == "visit_talks":
        return _visit(mention, knowledge, rules)
    if mention.stage not in stages:
        return False
    if mention.type == "arrest":
        return _arrest(mention, knowledge, rules)
    routine = set(rules.push.get(mention.type, {}).get("routine", ()))
    if mention.stage == _REVERSED:
        routine.discard(_LETTERS)  # an ambassador who is back after a quarrel hands in his letters, too
    return not routine & mention.entities


def _visit(mention: Mention, knowledge: Knowledge, rules: Rules) -> bool:
    """Principals that announce, cancel or get somewhere; or an organisation that opens negotiations."""
    push = rules.push["visit_talks"]
    if set(push["routine"]) & mention.entities:
        return False
    bodies = [e for e in (*mention.actors, *mention.counterparts) if e.startswith("org.")]
    if (
        mention.stage in _OF_NEGOTIATIONS
        and mention.sure_stage
        and any(knowledge.country_of(e) not in rules.core for e in bodies)
    ):
        return True
    if _CALL in mention.entities or not _names_a_principal(mention, knowledge):
        return False
    results = set(push["results"]) & mention.entities or "agreement" in mention.types
    return mention.stage in push["stages"] or (mention.stage == "held" and bool(results))


def _arrest(mention: Mention, knowledge: Knowledge, rules: Rules) -> bool:
    """A person of note, people of a foreign state or firm, hostages, the men of a coup; no local pressman."""
    if _names_a_principal(mention, knowledge, anyone=True) or (rules.plots | _OF_NOTE) & mention.entities:
        return True
    inside = rules.core | rules.neighbours
    from_abroad = any(e.startswith("cty.") and e not in inside for e in mention.entities)
    if _PRESSMEN & mention.entities:
        return from_abroad
    if _BOSSES & mention.entities and (from_abroad or _MINE in mention.entities):
        return True
    known = [knowledge.entities[e] for e in (*mention.actors, *mention.counterparts)]
    foreign = any(e.id.startswith("cty.") and e.id not in inside for e in known)
    firm = any("company" in e.kind or "compan" in e.role for e in known)
    grave = mention.stage == "released" or bool(_SPYING & mention.entities)
    return firm or bool(_CAPTIVES & mention.entities) or (foreign and grave)


def _names_a_principal(mention: Mention, knowledge: Knowledge, anyone: bool = False) -> bool:
    """A head of state or government, minister or commander; with `anyone`, every known person."""
    persons = [e for e in mention.entities if e.startswith("per.")]
    if persons and anyone:
        return True
    roles = [knowledge.entities[e].role.lower() for e in persons]
    if any(_PRINCIPAL.search(role) and not _NOT_NOW.search(role) for role in roles):
        return True
    return bool(_OFFICES & mention.entities)
