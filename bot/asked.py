"""What a command asks for, out of the words that came with it: in any order, case, accent and language.

Pure: names are resolved by functions that the caller gives, moments by `bot.when`.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.command_words import BECAUSE, KINDS, NOISE, TYPE_WORDS
from bot.when import moment, spotted
from bot.words import Voice, fold, story_key
from djeli.core.model import MuteKind

MOST = 100  # stories that one /recent may be asked for
LONGEST_MUTE = timedelta(days=366)  # what nobody ends is forgotten
_WIDEST = 5  # words of one name
_FEWEST_LETTERS = 3  # of a muted word: "or" is gold in French and nothing in English
_STORY = re.compile(r"S\d+")


@dataclass(frozen=True, slots=True)
class Names:
    """How names become ids; each gives None for what it does not know.

    `entity`: an actor or place by any spelling of its name, or the code of a country; `outlet`: an
    outlet by id or name; `all` is everything that could have been meant, for a suggestion.
    """

    entity: Callable[[str], str | None] = lambda name: None
    outlet: Callable[[str], str | None] = lambda name: None
    all: Callable[[], Iterable[str]] = lambda: ()


class NotUnderstood(Exception):
    """Words of a command that name nothing, and what is spelt nearly like them."""

    def __init__(self, words: str, near: str | None = None) -> None:
        super().__init__(words)
        self.words, self.near = words, near


class Unclear(Exception):
    """A command that lacks something or says it wrongly; `key` names the sentence that tells so."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key, self.values = key, values


# ------------------------------------------------------------------------------------ names


def kind_of_event(words: str, voice: Voice) -> str | None:
    """The type that is meant, by its id, its label or a usual word for it, in any of the languages."""
    wanted = _bare(words)
    for type_id, labels in voice.type_label.items():
        names = (type_id, type_id.replace("_", " "), *labels.values(), *TYPE_WORDS.get(type_id, ()))
        if wanted in map(_bare, names):
            return type_id
    return None


def _bare(words: str) -> str:
    """Folded, without commas and brackets, with one kind of apostrophe."""
    return " ".join(fold(re.sub(r"[,()]", " ", words)).replace("'", "’").split())


def near(words: str, names: Names, voice: Voice) -> str | None:
    """A name or type that is spelt nearly so."""
    types = [word for type_id, labels in voice.type_label.items() for word in (type_id, *labels.values())]
    known = {fold(name): name for name in (*names.all(), *types)}
    close = difflib.get_close_matches(fold(words), list(known), n=1, cutoff=0.75)
    return known[close[0]] if close else None


# ----------------------------------------------------------------------------------- recent


@dataclass(frozen=True, slots=True)
class Recent:
    """Which of the latest developments are asked for."""

    limit: int | None = None
    type: str | None = None
    entities: tuple[str, ...] = ()
    since: datetime | None = None


def recent(words: str, names: Names, voice: Voice, now: datetime) -> Recent:
    """The question of /recent; NotUnderstood for a word that is neither number, type, name nor date."""
    tokens = re.sub(r"[,()]", " ", words).split()
    since = None
    if found := spotted(tokens, now, voice.zone):
        start, end, since = found
        tokens = tokens[:start] + tokens[end:]
    limit, type_id, entities = None, None, list[str]()
    while tokens:
        if tokens[0].isdecimal() and len(tokens[0]) < 7:
            limit = max(1, min(int(tokens.pop(0)), MOST))
            continue
        for width in range(min(_WIDEST, len(tokens)), 0, -1):
            phrase = " ".join(tokens[:width])
            noise = phrase in NOISE  # "au" says nothing, "AU" is the African Union
            if not noise and (kind := kind_of_event(phrase, voice)):
                type_id = kind
            elif not noise and (name := names.entity(phrase)):
                entities.append(name)
            elif fold(phrase) not in NOISE:
                continue
            del tokens[:width]
            break
        else:
            raise NotUnderstood(tokens[0], near(tokens[0], names, voice))
    return Recent(limit, type_id, tuple(dict.fromkeys(entities)), since)


# ------------------------------------------------------------------------------------ mutes


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be muted, until when and why."""

    kind: MuteKind
    value: str
    until: datetime
    because: str


def mute(words: str, names: Names, voice: Voice, now: datetime) -> Wanted:
    """The wish of /mute; Unclear when something is missing or cannot be."""
    tokens = words.split()
    if not tokens:
        raise Unclear("usage_mute")
    found = spotted(tokens, now, voice.zone, ahead=True)
    if found is None:
        raise Unclear("mute_until_when", what=" ".join(tokens))
    start, end, until = found
    what, why = tokens[:start], _reason(tokens[end:])
    if not what:
        raise Unclear("usage_mute")
    if until <= now:
        raise Unclear("mute_is_over", until=voice.moment(until))
    if until - now > LONGEST_MUTE:
        raise Unclear("mute_too_long")
    kind, value = muted_thing(what, names, voice)
    return Wanted(kind, value, until, why)


def muted_thing(tokens: Sequence[str], names: Names, voice: Voice) -> tuple[MuteKind, str]:
    """What the words name: a story, a type, an outlet, a country, an actor; else they are words."""
    said = KINDS.get(fold(tokens[0]).rstrip(":")) if len(tokens) > 1 else None
    phrase = " ".join(tokens[1:] if said else tokens).strip("«»“”\"' ")
    kinds = [said] if said else list(MuteKind)
    for kind in kinds:
        if value := _as(kind, phrase, names, voice, named=said is not None):
            return kind, value
    if said in (None, MuteKind.WORD):
        raise Unclear("mute_word_too_short", word=phrase)
    raise Unclear("mute_names_nothing", words=phrase)


def _as(kind: MuteKind, phrase: str, names: Names, voice: Voice, named: bool) -> str | None:
    match kind:
        case MuteKind.STORY:
            key = story_key(phrase)
            return key if _STORY.fullmatch(key) else None
        case MuteKind.TYPE:
            return kind_of_event(phrase, voice)
        case MuteKind.OUTLET:
            return names.outlet(phrase) or (phrase if named else None)
        case MuteKind.WORD:
            return phrase if sum(map(str.isalnum, phrase)) >= _FEWEST_LETTERS else None
    entity = names.entity(phrase)
    if entity is None or named:
        return entity
    is_place = entity.startswith(("cty.", "plc."))
    return entity if is_place == (kind is MuteKind.COUNTRY) else None


def _reason(tokens: Sequence[str]) -> str:
    """What was said after the moment, without the word that leads to it."""
    text = " ".join(tokens)
    for lead in BECAUSE:
        if fold(text).startswith(f"{lead} "):
            return " ".join(text.split()[len(lead.split()) :])
    return text.lstrip(":;,—–- ")


# -------------------------------------------------------------------------------- the others


def weeks(words: str) -> int:
    """How many weeks /chart is to show: four unless a number is given; at most a year."""
    number = re.search(r"\d{1,3}", words)
    return max(1, min(int(number[0]), 52)) if number else 4


_LANGUAGES = {
    "en": ("en", "english", "anglais", "английский", "англ"),
    "fr": ("fr", "french", "francais", "французский", "фр"),
    "ru": ("ru", "russian", "russe", "русский", "рус"),
}


def language(words: str) -> str | None:
    """The language that is meant, by its code or its name in any of the three."""
    wanted = fold(words)
    return next((code for code, names in _LANGUAGES.items() if wanted in names), None)


def is_now(words: str) -> bool:
    """Whether /digest is to come at once."""
    return fold(words) in ("now", "maintenant", "tout de suite", "сейчас", "сеичас")


def day_of(words: str, now: datetime, voice: Voice) -> datetime | None:
    """A moment in the past, for the terminal's --since."""
    return moment(words, now, voice.zone)
