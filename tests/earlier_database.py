"""Writes what a database of this version holds, as SQL: `python -m tests.earlier_database FILE`.

Made before a migration is added, it is what tests/test_earlier_versions.py opens with the code of later
versions: a delivery told by two papers and counted again, an agreement, a football match, and a chat that
refused us, so that messages wait. Addresses are those of press.example.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from storage import fulltext
from tests.acceptance_desk import (
    SECOND_CHAT,
    Desk,
    convoy,
    convoy_counted_again,
    convoy_in_french,
    football,
    reactor_in_russian,
)
from tests.telegram_server import TelegramServer
from tests.web_server import WebServer

PRESS = "https://press.example"


def two_chats(desk: Desk) -> None:
    """The desk's configuration with a second chat that hears the same; without digests, whatever the hour."""
    other = f'[[chat]]\nid = {SECOND_CHAT}\nwatches = ["mali-russia"]\n\n[[watch]]'
    desk.configure(("[[watch]]", other), ('digest = ["07:00", "18:00"]', "digest = []"))


def _index(database: sqlite3.Connection) -> Iterator[str]:
    """The full-text index, made again of the articles."""
    [(create,)] = database.execute("SELECT sql FROM sqlite_master WHERE name = 'article_words'")
    yield f"{create};"
    kept = "ledger.id, published, folded FROM ledger JOIN articles ON articles.id = article_id WHERE main"
    for line, published, folded in database.execute(f"SELECT {kept}"):
        number = fulltext.number_of(datetime.fromisoformat(published).replace(tzinfo=UTC), line)
        words = " ".join(fulltext.words_of(folded))
        yield f"INSERT INTO article_words (rowid, words) VALUES ({number}, '{words}');"


def write(path: Path) -> None:
    """Run through the whole story, then write the database as SQL."""
    with tempfile.TemporaryDirectory() as folder, WebServer() as web, TelegramServer() as telegram:
        desk = Desk(Path(folder), web, telegram)
        two_chats(desk)
        telegram.set_state(SECOND_CHAT, "kicked")
        desk.publish("/paper")
        desk.publish("/wire", convoy(), football())
        desk.here("run", "--once")
        desk.publish("/paper", convoy_in_french(), language="fr")
        desk.here("run", "--once")
        desk.publish("/wire", convoy_counted_again(), convoy())
        desk.publish("/paper", reactor_in_russian(), convoy_in_french(), language="ru")
        desk.here("run", "--once")
        with closing(sqlite3.connect(Path(folder) / "djeli.db")) as database:
            index = "\n".join(_index(database))
            database.execute("DROP TABLE article_words")  # no dump of it can be made
            text = "\n".join([*database.iterdump(), index]) + "\n"
        address = web.url("").rstrip("/")
        for real, shown in ((address, PRESS), (address.removeprefix("http://"), "press.example")):
            text = text.replace(real, shown)
        path.write_text(text.replace("127.0.0.1", "press.example"), encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
