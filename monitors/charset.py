"""Bytes to text, when the web is silent or wrong about the alphabet: declared first, then guessed."""

from __future__ import annotations

import codecs
import re

# Byte order marks, the longer first, and without one the beginning of markup (XML, appendix F). The order of
# bytes is named: feedparser takes the mark away before it reads "utf-16".
_BEGINNINGS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_DECLARED = re.compile(
    rb"""(?:<\?xml[^>]{0,200}?encoding\s*=\s*|<meta[^>]{0,300}?charset\s*=\s*)["']?\s*([\w.:-]{2,40})""",
    re.IGNORECASE,
)
_HEADER = re.compile(r"""charset\s*=\s*["']?([\w.:-]{2,40})""", re.IGNORECASE)
_NOT_OF_THE_WEB = ("utf-7", "punycode", "idna", "unicode_escape", "raw_unicode_escape", "undefined")
_EIGHT_BIT = ["cp1251", "koi8-r", "cp1252", "iso8859_5", "cp866", "mac_cyrillic"]
_SAMPLE = 60_000  # bytes that are looked at to guess; the whole of 3 MB takes seconds


def encoding_of(body: bytes, content_type: str = "") -> str:
    """The name of a codec that reads `body`: its first bytes, HTTP header, the document, UTF-8, a guess.

    A declaration is believed only when it can decode the bytes; `cp1252` is what is left in the end.
    """
    for beginning, name in _BEGINNINGS:
        if body.startswith(beginning):
            return name
    header = _HEADER.search(content_type)
    inside = _DECLARED.match(body[:300]) or _DECLARED.search(body[:4096])  # mostly at the very start
    declared = [header[1] if header else "", inside[1].decode("ascii") if inside else "", "utf-8"]
    for name in declared:
        if name and _reads(name, body):
            return _wider(name)
    return _guess(body)


def says_utf8(body: bytes, content_type: str = "") -> bool:
    """Whether `encoding_of` gives UTF-8 for this if it is valid UTF-8, which is not looked at."""
    header = _HEADER.search(content_type)
    inside = _DECLARED.match(body[:300]) or _DECLARED.search(body[:4096])
    declared = [header[1].encode() if header else b"", inside[1] if inside else b""]
    return all(name.lower() in (b"", b"utf-8", b"utf8") for name in declared)


def decode(body: bytes, content_type: str = "") -> str:
    """The text of a document, whatever its bytes; unreadable ones become U+FFFD."""
    text = body.decode(encoding_of(body, content_type), errors="replace")
    return text.removeprefix("\ufeff").replace("\0", "")


def _reads(name: str, body: bytes) -> bool:
    """Whether a declared alphabet decodes the bytes; only what a publication would write in counts."""
    try:
        codec = codecs.lookup(name).name
        if codec in _NOT_OF_THE_WEB:
            return False
        if codec.startswith(("utf-16", "utf-32")) and b"\0" not in body[:1000]:
            return False  # they read nearly anything, as Chinese; markup in them is half NUL
        body.decode(name)  # refuses codecs that are no alphabets, such as zlib
    except (LookupError, ValueError):
        return False
    return True


def _wider(name: str) -> str:
    """Latin-1 is declared where Windows-1252 is meant (the WHATWG encoding standard reads it so)."""
    return "cp1252" if codecs.lookup(name).name in ("iso8859-1", "ascii") else codecs.lookup(name).name


def _guess(body: bytes) -> str:
    from charset_normalizer import from_bytes  # seldom needed, and 3 MB

    # Tags and scripts are ASCII and only dilute what there is to guess from.
    prose = re.sub(rb"<[^>]*>", b" ", body[: 4 * _SAMPLE])[:_SAMPLE]
    best = from_bytes(prose, cp_isolation=_EIGHT_BIT).best()
    return best.encoding if best is not None else "cp1252"
