"""Documents on disk as paragraphs: txt, md, html and pdf, for `djeli baseline build`."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from djeli.core.errors import UserError

PageText = Callable[[bytes], str]  # the readable text of a page, paragraphs separated by a blank line

_LONGEST = 50_000_000  # bytes; a book is a tenth of it
_WRAPPED = 200  # a text whose lines are all shorter is wrapped: its paragraphs end at blank lines
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
_MARKDOWN = (
    (re.compile(r"(?ms)^(```|~~~).*?^\1\s*$"), ""),  # code
    (re.compile(r"(?s)<!--.*?-->"), ""),
    (re.compile(r"!\[[^\]]*\]\([^)]*\)"), ""),  # images
    (re.compile(r"\[([^\]]+)\]\([^)]*\)"), r"\1"),  # links keep their words
    (re.compile(r"(?m)^[ \t]*(?:[-*_][ \t]*){3,}$|^[ \t]*\|?[ \t:|-]+\|[ \t:|-]*$"), ""),  # rules
    (re.compile(r"(?m)^[ \t]{0,3}(?:#{1,6}[ \t]+|>[ \t]?|[-*+][ \t]+|\d+[.)][ \t]+)"), ""),
    (re.compile(r"(\*\*|__|\*|_|`)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
)


def paragraphs(path: Path, page_text: PageText) -> list[str]:
    """The paragraphs of one document, in order; paragraph 1 is the first.

    A text file with long lines has one paragraph on each line, a wrapped one has blank lines between.
    Raises UserError for a file that is missing, unreadable, too big, of another kind, or empty.
    """
    kind = _KINDS.get(path.suffix.lower())
    if kind is None:
        raise UserError(f"{path}: a document is a .txt, .md, .html or .pdf file")
    data = _bytes(path)
    if kind == "pdf":
        text = _pdf(path)
    elif kind == "html":
        text = page_text(data)
    else:
        text = _decoded(path, data)
        text = _without_markdown(text) if kind == "md" else text
    found = _cut(text)
    if not found:
        raise UserError(f"{path}: holds no text{' (scanned pages?)' if kind == 'pdf' else ''}")
    return found


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
    if b"\0" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UserError(f"{path}: is not a text file")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")  # what old Western word processors write


def _pdf(path: Path) -> str:
    try:
        reader = PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            raise UserError(f"{path}: is protected by a password; save it without")
        return "\n\n".join(page.extract_text() for page in reader.pages)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UserError(f"{path}: is not a PDF that can be read ({type(error).__name__})") from None


def _without_markdown(text: str) -> str:
    for pattern, instead in _MARKDOWN:
        text = pattern.sub(instead, text)
    return unescape(text)


def _cut(text: str) -> list[str]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if any(len(line) > _WRAPPED for line in lines) or not any(not line.strip() for line in lines):
        pieces = lines
    else:
        pieces = re.split(r"\n\s*\n", "\n".join(lines))
    joined = (" ".join(piece.split()) for piece in pieces)
    return [piece for piece in joined if piece]
