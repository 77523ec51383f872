"""How the invented outlets write: RSS 2.0, Atom 1.0 and plain article pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from html import escape


@dataclass(frozen=True, slots=True)
class Piece:
    """One article of an outlet."""

    path: str
    published: datetime
    title: str
    summary: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outlet:
    """One invented outlet; `format` is that of its feed: rss or atom."""

    name: str
    host: str
    language: str
    format: str
    pieces: tuple[Piece, ...]

    @property
    def feed(self) -> str:
        """The path of its feed."""
        return f"/{self.format}.xml"


def feed(outlet: Outlet, pieces: Sequence[Piece], base: str) -> str:
    """The feed of an outlet, newest piece first; `base` begins every link."""
    newest_first = sorted(pieces, key=lambda piece: piece.published, reverse=True)
    write = _atom if outlet.format == "atom" else _rss
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{write(outlet, newest_first, base)}\n'


def _rss(outlet: Outlet, pieces: Sequence[Piece], base: str) -> str:
    items = "\n".join(
        f"<item><title>{escape(piece.title)}</title><link>{base}{piece.path}</link>"
        f"<guid>{base}{piece.path}</guid><pubDate>{format_datetime(piece.published)}</pubDate>"
        f"<description>{escape(piece.summary)}</description></item>"
        for piece in pieces
    )
    return (
        f'<rss version="2.0"><channel><title>{escape(outlet.name)}</title><link>{base}/</link>'
        f"<description>{escape(outlet.name)}</description><language>{outlet.language}</language>\n"
        f"{items}\n</channel></rss>"
    )


def _atom(outlet: Outlet, pieces: Sequence[Piece], base: str) -> str:
    entries = "\n".join(
        f'<entry><title>{escape(piece.title)}</title><link href="{base}{piece.path}"/>'
        f"<id>{base}{piece.path}</id><published>{piece.published.isoformat()}</published>"
        f"<updated>{piece.published.isoformat()}</updated><summary>{escape(piece.summary)}</summary></entry>"
        for piece in pieces
    )
    updated = f"<updated>{pieces[0].published.isoformat()}</updated>" if pieces else ""
    return (
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{outlet.language}">'
        f'<title>{escape(outlet.name)}</title><id>{base}/</id><link href="{base}/"/>{updated}\n'
        f"{entries}\n</feed>"
    )


def page(outlet: Outlet, piece: Piece) -> str:
    """The page of one article, between a menu and a footer as pages are."""
    title, name = escape(piece.title), escape(outlet.name)
    text = "\n".join(f"<p>{escape(paragraph)}</p>" for paragraph in piece.paragraphs)
    return (
        f'<!DOCTYPE html>\n<html lang="{outlet.language}"><head><meta charset="utf-8">'
        f"<title>{title} — {name}</title></head><body>\n"
        f'<header><nav><ul><li><a href="/">{name}</a></li><li><a href="/sport">Sport</a></li></ul></nav>'
        f"</header>\n<main><article><h1>{title}</h1>\n"
        f'<time datetime="{piece.published.isoformat()}">{piece.published:%d.%m.%Y}</time>\n'
        f"{text}\n</article></main>\n<footer><p>© {name}</p></footer></body></html>\n"
    )
