"""Text as it is searched: without case and accents, the same on both databases.

The rules are those of the judging room (NFKC, case folding, no accents, ё→е, й kept); they are
written again here because rooms do not import each other, and a test holds the two together.
"""

from __future__ import annotations

import hashlib
import unicodedata

_LONGEST_KEY = 1000  # bytes; PostgreSQL refuses index entries above about 2,700


def fold(text: str) -> str:
    """Text without case and accents: `Goïta` → `goita`, `Ещё` → `еще`, й stays."""
    text = unicodedata.normalize("NFKC", text).casefold()
    if text.isascii():
        return text
    text = "й".join(unicodedata.normalize("NFKD", part) for part in text.split("й"))
    for mark in filter(unicodedata.combining, set(text)):  # few, so faster than letter by letter
        text = text.replace(mark, "")
    return text


def searchable(text: str) -> str:
    """Folded text with plain apostrophes and single spaces: what is searched, and searched for."""
    return " ".join(fold(text.replace("’", "'").replace("ʼ", "'")).split())


def short_key(text: str) -> str:
    """A text that can be indexed whatever its length: itself, or its start and its hash.

    Without what no database keeps (tables.Words), so that what comes back is what was asked for.
    """
    if text.isascii() and len(text) <= _LONGEST_KEY and "\0" not in text:
        return text
    text = text.replace("\0", "").encode("utf-8", "replace").decode()
    raw = text.encode()
    if len(raw) <= _LONGEST_KEY:
        return text
    return f"{text[:60]}…{hashlib.sha256(raw).hexdigest()}"
