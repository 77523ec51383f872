"""What the ledger has on anything ever seen: by address, title, article id or story id."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from difflib import SequenceMatcher
from html import escape
from urllib.parse import unquote, urlsplit

from sqlalchemy import Connection, and_, or_, select

from djeli.core.model import Asked, LedgerLine, Message, NearTitle, OutboxState, Sighting
from storage.articles import article_of, look_up
from storage.folding import searchable, short_key
from storage.tables import articles, deliveries, entries, outbox

_LISTS = ("digest", "notice")  # messages about no story, which name articles
_LOOKED_FOR = 20  # articles whose addresses are looked for in them
_BEGINNING = 5  # letters by which a word is looked for: its forms differ at the end
_MOST_WORDS, _MOST_TITLES, _COMPARED = 12, 3_000, 60
_NEAREST, _ALIKE = 3, 0.25


def asked(connection: Connection, keys: Sequence[str]) -> Asked:
    """Everything on the first of these keys that is known; else the nearest headlines."""
    for key in keys:
        if lines := look_up(connection, key):
            return Asked(
                keys[0],
                tuple(lines),
                _sightings(connection, [line.article.url for line in lines[:_LOOKED_FOR]]),
                _messages(connection, lines),
            )
    seen = _sightings(connection, keys)
    return Asked(keys[0], sightings=seen, near=_near(connection, keys[0]) if keys else ())


def _sightings(connection: Connection, urls: Sequence[str]) -> tuple[Sighting, ...]:
    """Which feeds showed these addresses, the first first."""
    wanted = {short_key(url) for url in urls if url}
    query = select(entries).where(entries.c.url_key.in_(wanted)).order_by(entries.c.seen_at, entries.c.feed)
    rows = connection.execute(query) if wanted else ()
    return tuple(Sighting(row.feed, row.seen_at) for row in rows)


def _messages(connection: Connection, lines: Sequence[LedgerLine]) -> tuple[Message, ...]:
    """The cards of their stories, and the digests and notices that name them."""
    stories = {name for line in lines for name in (line.story, line.verdict and line.verdict.story) if name}
    urls = dict.fromkeys(line.article.url for line in lines if line.article.url)
    named = [outbox.c.html.contains(escape(url), autoescape=True) for url in list(urls)[:_LOOKED_FOR]]
    first = min(line.judged_at for line in lines)
    listed = and_(outbox.c.kind.in_(_LISTS), outbox.c.created >= first, or_(*named)) if named else None
    which = outbox.c.story.in_(stories) if listed is None else or_(outbox.c.story.in_(stories), listed)
    rows = connection.execute(
        select(outbox, deliveries.c.at.label("sent"))
        .outerjoin(deliveries, deliveries.c.outbox_id == outbox.c.id)
        .where(which)
        .order_by(outbox.c.id)
    )
    found: dict[tuple[int, str, str | None, datetime], Message] = {}
    for row in rows:
        message = Message(
            chat=row.chat,
            kind=row.kind,
            state=OutboxState(row.state),
            owed=row.created,
            sent=row.sent,
            message_id=row.message_id,
            not_before=row.not_before,
            error=row.error,
            story=row.story,
        )
        found.setdefault((row.chat, row.kind, row.story, row.created), message)  # a message of several parts
    return tuple(found.values())


def _near(connection: Connection, key: str) -> tuple[NearTitle, ...]:
    """The headlines that resemble a title or the words of an address most."""
    words = _words(key)
    if not words:
        return ()
    by_word = [articles.c.title_key.contains(word[:_BEGINNING], autoescape=True) for word in words]
    rows = connection.execute(
        select(articles).where(or_(*by_word)).order_by(articles.c.published.desc()).limit(_MOST_TITLES)
    ).all()
    rows = sorted(rows, key=lambda row: -_shared(words, _words(row.title)))[:_COMPARED]
    alike = [(_alike(words, _words(row.title)), row) for row in rows]
    best = sorted((pair for pair in alike if pair[0] >= _ALIKE), key=lambda pair: -pair[0])
    return tuple(NearTitle(article_of(row), round(score, 2)) for score, row in best[:_NEAREST])


def _words(text: str) -> list[str]:
    """The telling words of a title, or of the path of an address."""
    if re.match(r"[a-z]+://", text.strip(), re.I):
        with suppress(ValueError):  # a bracket that is not closed: then its words are those of a text
            text = re.sub(r"\.\w{2,5}$", "", unquote(urlsplit(text.strip()).path))
    found = re.findall(r"[^\W\d_]{4,}", searchable(text[:1_000]))
    return sorted(dict.fromkeys(found), key=len, reverse=True)[:_MOST_WORDS]


def _shared(words: Sequence[str], others: Sequence[str]) -> float:
    """Share of the words of both that both have, by their beginnings."""
    mine, theirs = {word[:_BEGINNING] for word in words}, {word[:_BEGINNING] for word in others}
    return len(mine & theirs) / len(mine | theirs) if mine | theirs else 0.0


def _alike(words: Sequence[str], others: Sequence[str]) -> float:
    letters = SequenceMatcher(None, " ".join(sorted(words)), " ".join(sorted(others))).ratio()
    return (_shared(words, others) + letters) / 2
