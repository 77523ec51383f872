"""Documents on disk as numbered paragraphs: txt, md, html and pdf, for `djeli baseline build`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from html import unescape
from itertools import pairwise
from pathlib import Path
from statistics import median

from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError, PyPdfError

from baseline.document_furniture import Paragraph
from djeli.core.errors import UserError

PageText = Callable[[bytes], tuple[str, date | None]]  # readable text of a page, and the day it is from

_LONGEST = 50_000_000  # bytes; a book is a tenth of it
_LONGEST_WORD = 300  # letters; addresses are shorter
_WRAPPED = 200  # a text whose lines are all shorter is wrapped: its paragraphs end at blank lines
_EDGE = 2  # lines at the top and the foot of a page that may be running heads
_LAST_LINE = 0.75  # a line this much shorter than the usual one ends a paragraph at its full stop
_KINDS = {
    ".txt": "txt",
    ".text": "txt",
    "": "txt",
    ".md": "md",
    ".markdown": "md",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
}
_EMPHASIS = (re.compile(r"(\*\*\*|\*\*|__|\*|_|`)(?=\S)([^*_`\n]{1,500})(?<=\S)\1(?!\w)"), r"\2")
# Lengths are bounded: a line of a million brackets must not take a minute.
_INLINE = (
    (re.compile(r"<!--.{0,2000}?-->"), ""),
    (re.compile(r"!\[[^\[\]]{0,500}\]\([^()]{0,500}\)"), ""),  # images
    (re.compile(r"\[([^\[\]]{1,500})\]\([^()]{0,500}\)"), r"\1"),  # links keep their words
    _EMPHASIS,
    _EMPHASIS,  # twice: bold may hold italics
    (re.compile(r"^[ \t]{0,3}(?:#{1,6}[ \t]+|>[ \t]?)"), ""),
)
_MARKDOWN = (
    (re.compile(r"^[-*_ \t]{3,}$|^[ \t:|-]*\|[ \t:|-]*$"), ""),  # rules
    (re.compile(r"^[ \t]*(?:[-*+][ \t]+|\d+[.)][ \t]+)"), ""),
)
_FENCE = re.compile(r"^\s*(```|~~~)")
_FRONT_DATE = re.compile(r"(?im)^(?:date|published|pubdate)\s*:\s*[\"']?(\d{4}-\d\d-\d\d)")
_HYPHEN = re.compile(r"(?<=[a-zà-ÿа-яё])[-\u00ad]$")
_STOPPED = re.compile(r"[.!?…][\"”»’')\]]*$")


@dataclass(frozen=True, slots=True)
class Document:
    """One document: its paragraphs in order, and the day its metadata says it is from."""

    name: str
    paragraphs: tuple[Paragraph, ...]
    dated: date | None = None


def document(path: Path, page_text: PageText) -> Document:
    """One document on disk; `page_text` reads web pages.

    Paragraphs are numbered by the non-empty lines of a txt or md file (a wrapped paragraph has the
    number of its first line), else by their order. Raises UserError for a file that is missing,
    unreadable, too big, of another kind or encoding, protected, or empty.
    """
    kind = _KINDS.get(path.suffix.lower())
    if kind is None:
        raise UserError(f"{path}: a document is a .txt, .md, .html or .pdf file")
    data = _bytes(path)
    dated: date | None = None
    if kind == "pdf":
        texts, dated = _pdf(path)
        found = _numbered(texts)
    elif kind == "html":
        text, dated = page_text(data)
        found = _numbered(text.split("\n"))
    else:
        text = _decoded(path, data)
        dated = _front_date(text) if kind == "md" else None
        found = _cut(text, kind == "md")
    if not found:
        raise UserError(f"{path}: holds no text{' (scanned pages?)' if kind == 'pdf' else ''}")
    return Document(path.name, tuple(found), dated)


# -------------------------------------------------------------------------------------- bytes


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > _LONGEST:
            raise UserError(f"{path}: is larger than {_LONGEST // 1_000_000} MB; split it")
        return path.read_bytes()
    except FileNotFoundError:
        raise UserError(f"{path}: there is no such file") from None
    except IsADirectoryError:
        raise UserError(f"{path}: is a directory; name the documents in it") from None
    except OSError as error:
        raise UserError(f"{path}: cannot be read ({error.strerror})") from None


def _decoded(path: Path, data: bytes) -> str:
    """The text of a file; a guess at an old encoding would put wrong names into the facts."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    if b"\0" in data[:4096]:
        raise UserError(f"{path}: is not a text file")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        likely = _likely_encoding(data)
        raise UserError(
            f"{path}: is not UTF-8 text (it looks like {likely}); "
            f"save it as UTF-8, e.g. `iconv -f {likely} -t utf-8`"
        ) from None
    if sum(ord(letter) < 32 and letter not in "\t\n\r\f\v" for letter in text[:4096]) > 8:
        raise UserError(f"{path}: is not a text file")
    return text


def _likely_encoding(data: bytes) -> str:
    """In Cyrillic text the high bytes follow each other, in French they stand alone."""
    high = [byte >= 0x80 for byte in data[:100_000]]
    pairs = sum(a and b for a, b in pairwise(high))
    return "windows-1251" if pairs > 0.4 * sum(high) else "windows-1252"


# -------------------------------------------------------------------------------- txt and md


def _cut(text: str, markdown: bool) -> list[Paragraph]:
    """The paragraphs of a text: its lines, or the blocks between blank lines where it is wrapped."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    clean = list(_without_marks(lines, markdown))
    long = any(len(line) > _WRAPPED for line in lines)
    wrapped = not long and any(not line.strip() for line in lines)
    found: list[Paragraph] = []
    number, open_ = 0, False
    for raw, line in zip(lines, clean, strict=True):
        number += bool(raw)
        piece = _tidy(line)
        if not piece:
            open_ = False
        elif wrapped and open_:
            found[-1] = Paragraph(found[-1].number, f"{found[-1].text} {piece}")
        else:
            found.append(Paragraph(number, piece))
            open_ = True
    return found


def _without_marks(lines: Iterable[str], markdown: bool) -> Iterable[str]:
    """The lines without the signs of Markdown, which exported articles carry too; code becomes empty."""
    fenced = False
    for line in lines:
        if markdown and _FENCE.match(line):
            fenced = not fenced
            yield ""
            continue
        for pattern, instead in (*_INLINE, *(_MARKDOWN if markdown else ())):
            line = pattern.sub(instead, line)
        yield "" if fenced else unescape(line)


def _front_date(text: str) -> date | None:
    """The date in the front matter of a Markdown file."""
    parts = re.split(r"(?m)^---\s*$", text, maxsplit=2)
    found = _FRONT_DATE.search(parts[1]) if len(parts) == 3 and not parts[0].strip() else None
    return _day(found[1]) if found else None


def _day(told: str) -> date | None:
    try:
        return date.fromisoformat(told)
    except ValueError:
        return None


def _tidy(text: str) -> str:
    """One blank between words, and no words without end (encoded pictures, rulers of dashes)."""
    return " ".join(word for word in text.split() if len(word) <= _LONGEST_WORD)


def _numbered(texts: Iterable[str]) -> list[Paragraph]:
    """Paragraphs by their order."""
    joined = [piece for text in texts if (piece := _tidy(text))]
    return [Paragraph(number, piece) for number, piece in enumerate(joined, start=1)]


# ---------------------------------------------------------------------------------------- pdf


def _pdf(path: Path) -> tuple[list[str], date | None]:
    """Paragraphs of a PDF, running heads left out, and the day it was made."""
    try:
        reader = PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            raise UserError(f"{path}: is protected by a password; save it without")
        pages = [_page_lines(page) for page in reader.pages]
        made = reader.metadata.creation_date if reader.metadata else None
    except DependencyError:
        raise UserError(f"{path}: is encrypted; save it without protection") from None
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError) as error:
        raise UserError(f"{path}: is not a PDF that can be read ({type(error).__name__})") from None
    return _joined(_without_heads(pages)), made.date() if made else None


def _page_lines(page: PageObject) -> list[str]:
    return [line.strip() for line in page.extract_text().split("\n")]


def _without_heads(pages: Sequence[Sequence[str]]) -> list[str]:
    """All lines, without those that stand at the top or foot of most pages, and page numbers."""
    counts: Counter[str] = Counter()
    for page in pages:
        told = [line for line in page if line]
        counts.update({_head_key(line) for line in (*told[:_EDGE], *told[-_EDGE:])})
    heads = {key for key, count in counts.items() if len(pages) > 1 and count * 2 > len(pages)} | {"#"}
    return [line for page in pages for line in page if not line or _head_key(line) not in heads]


def _head_key(line: str) -> str:
    return re.sub(r"\d+", "#", line.casefold())


def _joined(lines: Sequence[str]) -> list[str]:
    """Lines put together to paragraphs: a blank line or a short line with a full stop ends one."""
    usual = median([len(line) for line in lines if line] or [0])
    found = [""]
    for line in lines:
        if not line:
            found.append("")
            continue
        found[-1] = _HYPHEN.sub("", found[-1]) + line if _HYPHEN.search(found[-1]) else f"{found[-1]} {line}"
        if _STOPPED.search(line) and len(line) < _LAST_LINE * usual:
            found.append("")
    return found
