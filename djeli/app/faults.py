"""How the faults of a configuration are said: with file, line, what is wrong and what to write instead."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from djeli.app.toml_lines import Places

# Where it stands, the sentence, and the place whose line the sentence names as {line}, if any.
Place = tuple[str | int, ...]
Fault = tuple[Place, str] | tuple[Place, str, Place]

MOST = 100  # faults of one file that are told; the rest is a number
_LISTED = 40  # legal words that fit in a sentence
# Tables written with two brackets; any other has one.
LISTS = ("chat", "watch", "feed")
# What other programs call it, and what people try.
_SYNONYMS = {
    "any": "keywords", "words": "keywords", "terms": "keywords", "include": "keywords", "match": "keywords",
    "must": "all", "and": "all", "require": "all", "not": "exclude", "none": "exclude", "without": "exclude",
    "ignore": "exclude", "except": "exclude", "type": "types", "kinds": "types", "actor": "actors",
    "country": "countries", "rumors": "rumours", "rumour": "rumours", "threshold": "priority",
    "severity": "priority", "min_priority": "priority", "max_age": "horizon", "days": "horizon",
    "interval": "every", "frequency": "every", "address": "url", "link": "url", "source": "outlet",
    "topic": "thread", "thread_id": "thread", "chat_id": "id", "mute": "quiet", "silence": "quiet",
    "lang": "language", "tz": "timezone", "db": "database", "admin": "admins", "digests": "digest",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words a configuration may use; an empty set means: not checked.

    `concepts` gives the ids of the concepts of objects.yaml; `called` the ids that bear a name.
    """

    types: frozenset[str] = frozenset()
    actors: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    outlets: frozenset[str] = frozenset()
    concepts: Callable[[], frozenset[str]] = frozenset
    called: Callable[[str], frozenset[str]] = lambda name: frozenset()

    def knows(self, id_: str) -> bool:
        """Whether there is such a name or concept; True where names are not checked."""
        return not self.actors or id_ in self.actors or id_ in self.concepts()

    def ids(self) -> frozenset[str]:
        """Every id that may stand among words."""
        return self.actors | self.concepts()


def listed(path: object, places: Places, faults: Sequence[Fault]) -> list[str]:
    """The faults as `file:line: sentence`, in the order of the file, each once."""
    told: dict[tuple[int, str], None] = {}
    for place, sentence, *other in faults:
        text = sentence.replace("{line}", str(places.line(other[0]))) if other else sentence
        told.setdefault((places.line(place), text))
    lines = [f"{path}:{line}: {sentence}" for line, sentence in sorted(told)]
    if len(lines) > MOST:
        lines[MOST:] = [f"{path}: and {len(lines) - MOST} more faults"]
    return lines


# ------------------------------------------------------------------------------------ of shape

_KINDS = {
    "string_type": "text in quotes",
    "int_type": "a whole number",
    "bool_type": "true or false",
    "list_type": "a list in square brackets",
}


def of_shape(faults: Sequence[Mapping[str, Any]], keys: Mapping[str, Sequence[str]]) -> list[Fault]:
    """The faults that pydantic found; `keys` are the legal ones of each table.

    A key that is missing because it is misspelt is told once.
    """
    told: list[Fault] = []
    for fault in faults:
        place: Place = tuple(fault["loc"])
        table, key = _place(place, keys)
        told.append((place, _sentence(fault, table, key, keys)))
    misspelt = {(place[:-1], sentence.split("did you mean '")[-1]) for place, sentence, *_ in told}
    missing = {tuple(fault["loc"]) for fault in faults if fault["type"] == "missing"}
    return [one for one in told if one[0] not in missing or (one[0][:-1], f"{one[0][-1]}'?") not in misspelt]


def _place(loc: Place, keys: Mapping[str, Sequence[str]]) -> tuple[str, str]:
    """The table and the key of a location; "" for the top of the file, or for no key."""
    parts = list(loc)
    table = ""
    if parts and parts[0] in keys and len(parts) > 1:
        table = str(parts.pop(0))
        if table in LISTS and isinstance(parts[0], int):
            parts.pop(0)
    return table, str(parts[0]) if parts else ""


def _sentence(fault: Mapping[str, Any], table: str, key: str, keys: Mapping[str, Sequence[str]]) -> str:
    kind, given = fault["type"], fault["input"]
    if kind == "extra_forbidden":
        return _unknown_key(table, key, keys)
    if kind == "missing":
        return f"{_named(table)} needs {_named('', key)}; {_EXAMPLES[key]}"
    if kind == "literal_error":
        legal = str(fault["ctx"]["expected"])
        hint = nearest(str(given), re.findall(r"'(.*?)'", legal))
        return f"{_named(table, key)} is {shown(given)}; it must be {legal}{hint}"
    if kind == "value_error":
        return f"{_named(table, key)}: {fault['ctx']['error']}"
    if kind in ("model_type", "model_attributes_type", "dict_type"):
        name = key or table
        return f"'{name}' must be a table; begin it with a line {_header(name)}"
    if kind == "list_type" and key in LISTS and not table:
        return f"'{key}' must be written with two brackets: [[{key}]]"
    wanted = _KINDS.get(kind, fault["msg"])
    return f"{_named(table, key)} must be {wanted}, not {shown(given)}{_instead(kind, given)}"


_EXAMPLES = {
    "id": "write /start to the bot, which tells it",
    "name": 'write one like name = "mali-russia"',
    "url": 'write the address of the feed: url = "https://…"',
    "outlet": 'write an id of knowledge/sources.yaml or a new name: outlet = "tass_ru"',
}


def _instead(kind: str, given: object) -> str:
    """`; write …`: the same value as it should stand, where that is plain."""
    if kind == "list_type" and isinstance(given, str | int) and not isinstance(given, bool):
        return f"; write [{_toml(given)}]"
    if kind == "string_type" and isinstance(given, int | float) and not isinstance(given, bool):
        return f'; write "{given}"'
    if kind == "int_type" and isinstance(given, str) and re.fullmatch(r"\s*[-+]?\d{1,18}\s*", given):
        return f"; write {int(given)}"
    if kind == "bool_type" and str(given).strip().lower() in ("true", "yes", "on", "1"):
        return "; write true"
    if kind == "bool_type" and str(given).strip().lower() in ("false", "no", "off", "0"):
        return "; write false"
    return ""


def _toml(value: str | int) -> str:
    return f'"{value[:60]}"' if isinstance(value, str) else str(value)[:60]


def _unknown_key(table: str, key: str, keys: Mapping[str, Sequence[str]]) -> str:
    if table == "telegram" and "token" in key and not nearest(key, keys[table], cutoff=0.85):
        return (
            "the token does not belong in this file: put it into a file of mode 600 named by 'token_file', "
            "or into DJELI_TELEGRAM_TOKEN"
        )
    legal = keys[table]
    hint = nearest(key, legal, cutoff=0.75)
    synonym = _SYNONYMS.get(key.lower().replace("-", "_"))
    if not hint and synonym in legal:
        hint = f"; did you mean '{synonym}'?"
    homes = [_header(other) for other, names in keys.items() if other and other != table and key in names]
    if not hint and homes:
        hint = f"; it belongs in {' or '.join(homes)}"
    hint = hint or nearest(key, legal) or f"; known here: {', '.join(legal)}"
    return f"unknown key {_named(table, key)}{hint}"


def _header(table: str) -> str:
    return f"[[{table}]]" if table in LISTS else f"[{table}]"


def _named(table: str, key: str = "") -> str:
    """`'every' in [[feed]]`, or the table alone, or the key alone at the top of the file."""
    if not table:
        return f"'{key}'"
    return f"'{key}' in {_header(table)}" if key else _header(table)


def shown(value: object) -> str:
    """A value as it may stand in a sentence."""
    if isinstance(value, bool):
        text = str(value).lower()
    else:
        text = str(value) if isinstance(value, date | time) else repr(value)  # as it stands in the file
    return text if len(text) <= 40 else f"{text[:40]}…"


# ------------------------------------------------------------------------------------ of words


def nearest(word: str, legal: Iterable[str], cutoff: float = 0.6) -> str:
    """`; did you mean '…'?` for the closest legal word, or nothing."""
    names = {name.casefold(): name for name in legal}
    close = difflib.get_close_matches(word[:60].casefold(), list(names), n=1, cutoff=cutoff)
    return f"; did you mean '{names[close[0]]}'?" if close else ""


def meant(word: str, legal: frozenset[str], vocabulary: Vocabulary) -> str:
    """The same for a word that may be a name of what is legal: Mali is ML, livraison is delivery."""
    close = nearest(word, legal, cutoff=0.85)
    called = sorted(legal & vocabulary.called(word)) if not close else []
    return close or (f"; did you mean '{called[0]}'?" if called else nearest(word, legal))


def offer(what: str, legal: Iterable[str]) -> str:
    """All legal words when they fit in a sentence, else an example."""
    names = sorted(legal)
    said = ", ".join(names) if len(names) <= _LISTED else f"{names[0]}, {names[1]} …"
    return f"; each {what} is one of: {said}"
