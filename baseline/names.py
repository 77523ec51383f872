"""Names nobody put into the gazetteer: found by their capitals, compared by how they sound.

`key` writes a name of any of the three languages in one rough Latin spelling, so that Boulkessi,
Bulkessi and Булкесси, or Evkourov, Yevkurov and Евкурова, come out alike. Rough on purpose: two
different names may meet, so a key is only a light witness for "the same event".
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from baseline.fold import Token, fold

_CYRILLIC = str.maketrans(
    dict(zip("абвгдезийклмнопрстуфхыэіїєґж", "abvgdeziiklmnoprstufhieiiegj", strict=True))
    | {"ц": "ts", "ч": "C", "ш": "C", "щ": "C", "ъ": "", "ь": "", "ю": "iu", "я": "ia"}
)
# Spelling to sound, applied in this order to folded Latin letters; C stands for tch, ch, sh, ч, ш.
_SOUNDS = [
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"[^a-zC]", ""),
        (r"tsch|tch|sch|ch|sh", "C"),
        (r"dzh|dj|zh", "j"),
        (r"kh", "h"),
        (r"ph", "f"),
        (r"gh|gu(?=[eiy])", "g"),
        (r"(?<=[tdbr])h", ""),
        (r"ou|oo", "u"),
        (r"qu|q|ck", "k"),
        (r"c(?=[eiy])", "s"),
        (r"c", "k"),
        (r"x", "ks"),
        (r"w", "v"),
        (r"y", "i"),
        (r"^ie", "e"),
        (r"ier$", "ie"),
        (r"(.)\1+", r"\1"),
        (r"(?<=.{4})s$", ""),
        (r"(?<=.{3})[aeiou]{1,3}$", ""),
    )
]
_CASE_ENDINGS = ("ами", "ями", "ом", "ем", "ым", "им", "ам", "ям", "ах", "ях", "ых", "их", "ою", "ею")


@lru_cache(maxsize=16_384)  # words, 200 to 500 bytes each; the press uses hundreds of thousands
def key(word: str) -> str:
    """How a name sounds, in rough Latin letters: `Tinzaouatène` and `Тинзауатен` → `tinzauaten`."""
    sound = fold(word).replace("дж", "j").translate(_CYRILLIC)
    for pattern, replacement in _SOUNDS:
        sound = pattern.sub(replacement, sound)
    return sound.lower()


@lru_cache(maxsize=16_384)  # words, 200 to 500 bytes each; the press uses hundreds of thousands
def keys(word: str, lang: str) -> frozenset[str]:
    """The keys a name may be known by: one, or in Russian also those without a case ending."""
    found = {key(word)}
    if lang == "ru":
        low = word.lower()
        found |= {
            key(low[: -len(ending)])
            for ending in _CASE_ENDINGS
            if low.endswith(ending) and len(low) - len(ending) >= 4
        }
    return frozenset(one for one in found if len(one) >= 3)


@dataclass(frozen=True, slots=True)
class NameHit:
    """A run of capitalised words that the gazetteer does not know, with the keys of its words."""

    keys: frozenset[str]
    text: str
    start: int
    end: int


def _words(text: str) -> frozenset[str]:
    """The words of a text, as a set."""
    return frozenset(text.split())


# Words with a capital that name nobody in particular (folded).
_PLAIN = _words(
    "fcfa sept octo janv fevr juil monday tuesday wednesday thursday friday saturday sunday january"
    " february march april june july"
    " august september october november december lundi mardi mercredi jeudi vendredi samedi dimanche"
    " janvier fevrier mars avril juin juillet aout septembre octobre novembre decembre понедельник вторник"
    " среда четверг пятница суббота воскресенье января февраля марта апреля июня июля августа сентября"
    " октября ноября декабря president prime minister ministry foreign defence defense general colonel"
    " captain major lieutenant commander chief ambassador secretary governor mayor king prince emir sheikh"
    " imam doctor professor mister madame monsieur maitre ministre ministere premier capitaine commandant"
    " ambassadeur gouverneur etat etats conseil assemblee nationale national republique republic union"
    " state states army armed forces council government parliament court supreme security international"
    " united nations group party movement front alliance north south east west northern southern eastern"
    " western central nord ouest centre region street avenue place route hotel airport embassy africa"
    " african africain africaine europe european western afrique президент министр министерство генерал"
    " полковник посол премьер республика правительство совет союз партия армия государство африка европа"
    " северный южный западный восточный"
)
_GLUE = re.compile(r"[ '-]")
_AFTER_INITIAL = re.compile(r"\. ?")
# Before a word inside a sentence: a word, or an initial («С.В.Лавров»).
_INSIDE = re.compile(r"[^\W_],?;? ?[\"«“„(]?\Z|(?<![^\W\d_])[^\W\d_]\. ?\Z")
_LONGEST_RUN = 5  # more capitals in a row than this: a headline in title case, not a name


def unknown(text: str, tokens: Sequence[Token], taken: Sequence[tuple[int, int]], lang: str) -> list[NameHit]:
    """Names in a cleaned text outside the `taken` places (start, end), in order.

    A word that opens a sentence counts only if it also stands, with its capital, inside one.
    """
    capitals = [token for token in tokens if token.raw[0].isupper()]  # a digit does not do
    inside = {token.folded for token in capitals if _stands_inside(text, token)}
    if not inside:
        return []
    spans = sorted(taken)
    starts = [start for start, _ in spans]
    lower = {token.folded for token in tokens if token.raw[0].islower()}
    found: list[NameHit] = []
    run: list[Token] = []
    for token in capitals:
        fits = (
            token.folded in inside
            and token.folded not in lower
            and token.folded not in _PLAIN
            and not _is_taken(token, spans, starts)
        )
        if run and not (fits and _joined(text, run[-1], token)):
            _close(run, text, lang, found)
        if fits:
            run.append(token)
    _close(run, text, lang, found)
    return found


def _close(run: list[Token], text: str, lang: str, found: list[NameHit]) -> None:
    """Keep a finished run if it looks like a name, and empty it."""
    if 0 < len(run) <= _LONGEST_RUN:
        sounds = frozenset[str]().union(*(keys(one.raw, lang) for one in run if len(one.raw) >= 4))
        if sounds:
            start, end = run[0].start, run[-1].end
            found.append(NameHit(sounds, text[start:end], start, end))
    run.clear()


def _joined(text: str, one: Token, other: Token) -> bool:
    """Whether two capitalised words belong to one name: a blank, a hyphen, or initials between."""
    glue = _AFTER_INITIAL if len(one.raw) == 1 else _GLUE
    return glue.fullmatch(text, one.end, other.start) is not None


def _stands_inside(text: str, token: Token) -> bool:
    """Whether a word comes before it in the same sentence."""
    return _INSIDE.search(text, max(0, token.start - 5), token.start) is not None


def _is_taken(token: Token, spans: list[tuple[int, int]], starts: list[int]) -> bool:
    """Whether a known entity covers the word."""
    at = bisect_right(starts, token.start) - 1
    return at >= 0 and spans[at][1] > token.start
