"""Words as they are compared: folded tokens with their place in the text.

Folding is NFKC, case folding, no accents, ё→е with й kept; apostrophes end a token, so that
French elision («l'AES») and names («N'Daw») come apart the same way in aliases and in articles.
Measured: folding is two thirds of alias matching, whichever matcher (docs/decisions/0003), hence
the cache on single words.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from functools import lru_cache
from typing import NamedTuple

import Stemmer

# Letters and digits of any script, with combining marks; everything else ends a token.
_TOKEN = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*")
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064"
    "\u2066-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e007f]"
)
_SPACES = re.compile(r"[^\S\n ][^\S\n]*| [^\S\n]+")  # all but a single blank
_BLANK_LINES = re.compile(r" ?\n[ \n]*\n ?")
_QUOTES = {"’": "'", "ʼ": "'", "‘": "'", "`": "'", "´": "'", "ʹ": "'", "‐": "-", "‑": "-"}

_ALGORITHMS = {"en": "english", "fr": "french", "ru": "russian"}
_STEMMERS = threading.local()  # a PyStemmer instance is not thread-safe: one per thread


class Token(NamedTuple):
    """One word: folded, as written, and where it stands.

    A tuple because an article has hundreds of them: it is made in a quarter of the time.
    """

    folded: str
    raw: str
    start: int
    end: int

    @property
    def capitalised(self) -> bool:
        """Starts with an upper-case letter or a digit."""
        return self.raw[0].isupper() or self.raw[0].isdigit()


def clean(text: str) -> str:
    """Text ready for reading: NFKC, no invisible or direction characters, plain apostrophes.

    Paragraphs stay separated by one blank line. Offsets and quotes refer to cleaned text.
    """
    text = unicodedata.normalize("NFKC", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _plain_quotes(_INVISIBLE.sub("", text))
    if not text.replace("\n", "").isprintable():  # seldom; letter by letter it is slow
        text = "".join(c if c == "\n" or unicodedata.category(c)[0] != "C" else " " for c in text)
    return _BLANK_LINES.sub("\n\n", _SPACES.sub(" ", text)).strip()


def _plain_quotes(text: str) -> str:
    for written, plain in _QUOTES.items():  # a hundred times as fast as translate
        text = text.replace(written, plain)
    return text


@lru_cache(maxsize=16_384)  # words, 200 to 500 bytes each; the press uses hundreds of thousands
def fold(word: str) -> str:
    """A word or phrase without case and accents: `Goïta` → `goita`, `Ещё` → `еще`, й stays."""
    folded = unicodedata.normalize("NFKC", word).casefold()
    if folded.isascii():
        return folded
    return "й".join(map(_without_marks, folded.split("й")))


def forget() -> None:
    """Let go of the words folded and stemmed so far: those of the rules are not those of the press."""
    fold.cache_clear()
    stem.cache_clear()


def _without_marks(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text)
    if plain.isalnum():  # letters and digits are no marks
        return plain
    return "".join(char for char in plain if not unicodedata.combining(char))


def tokens(text: str) -> list[Token]:
    """The words of a text, in order."""
    found: list[Token] = []
    end = 0
    for raw in _TOKEN.findall(text):
        start = text.index(raw, end)  # what stands between two words holds no letter
        end = start + len(raw)
        found.append(_made(Token, (fold(raw), raw, start, end)))
    return found


_made = tuple.__new__  # what Token(…) calls; the way there takes as long as the rest


def raw_words(text: str) -> list[str]:
    """The words of a cleaned text as they are written, in order, the same as those of `tokens`."""
    return _TOKEN.findall(text)


def folded_words(text: str) -> tuple[str, ...]:
    """The folded words of a text, in order: what an alias or a keyword is compared by."""
    return tuple(fold(m.group()) for m in _TOKEN.finditer(_plain_quotes(text)))


@lru_cache(maxsize=16_384)  # words, 200 to 500 bytes each; the press uses hundreds of thousands
def stem(lang: str, raw: str) -> str:
    """The folded stem of a word as written; the folded word itself in other languages.

    Stemmed with its accents (French participles need them) and folded afterwards.
    """
    algorithm = _ALGORITHMS.get(lang)
    if algorithm is None:
        return fold(raw)
    made: dict[str, Stemmer.Stemmer] = _STEMMERS.__dict__
    if algorithm not in made:
        made[algorithm] = Stemmer.Stemmer(algorithm)
    return fold(made[algorithm].stemWord(raw.lower().replace("ё", "е")))
