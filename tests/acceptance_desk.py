"""An analyst's desk: a configuration by hand, two publications and a Bot API server on loopback, `djeli`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from tests.telegram_server import TOKEN, TelegramServer
from tests.web_server import WebServer, article_page, rss

ROOT = Path(__file__).parent.parent
COMMAND = Path(sys.executable).with_name("djeli")
CHAT = -1001000000001
SECOND_CHAT = -1001000000002
ADMIN = 42
PATIENCE = 60  # seconds for one command on a busy machine

MONTHS = {
    "en": "January February March April May June July August September October November December",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
}


def now() -> datetime:
    """The moment: the service under test lives by the real clock, so its news is of today."""
    return datetime.now(UTC)


def day(language: str, of: date | None = None) -> str:
    """A day as a newspaper writes it; yesterday unless told otherwise."""
    of = of or (now() - timedelta(days=1)).date()
    return f"{of.day} {MONTHS[language].split()[of.month - 1]} {of.year}"


@dataclass(frozen=True)
class Ran:
    """What one command did."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass(frozen=True)
class News:
    """One article as its publication prints it."""

    path: str
    title: str
    text: str  # paragraphs separated by a blank line
    lang: str = "en"
    ago: timedelta = timedelta(hours=3)


@dataclass
class Desk:
    """Everything one analyst has; the feeds are `/wire` and `/paper` of the web server."""

    folder: Path
    web: WebServer
    telegram: TelegramServer
    env: dict[str, str] = field(default_factory=dict)

    @property
    def database(self) -> str:
        return self.env.get("DJELI_DATABASE", f"sqlite:///{self.folder}/djeli.db")

    def configure(self, text: str) -> None:
        (self.folder / "djeli.toml").write_text(text, encoding="utf-8")

    def environment(self) -> dict[str, str]:
        """What the contract names, and nothing of the machine's own configuration."""
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("DJELI_")}
        paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
        return {
            **inherited,
            "PYTHONPATH": os.pathsep.join(paths),
            "PYTHONIOENCODING": "utf-8",
            "COLUMNS": "200",
            "DJELI_CONFIG": str(self.folder / "djeli.toml"),
            "DJELI_DATABASE": self.database,
            "DJELI_TELEGRAM_TOKEN": TOKEN,
            "DJELI_TELEGRAM_API": self.telegram.base_url,
            **self.env,
        }

    def djeli(self, *arguments: str, env: Mapping[str, str] | None = None, given: bytes = b"") -> Ran:
        """Run the installed command in a process of its own."""
        done = subprocess.run(
            [str(COMMAND), *arguments],
            cwd=self.folder,
            env={**self.environment(), **(env or {})},
            input=given,
            capture_output=True,
            timeout=PATIENCE,
        )
        return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())

    def publish(self, feed: str, *news: News, language: str = "en") -> None:
        """Put articles into a feed and their pages on the web."""
        for one in news:
            page = article_page(one.title, one.text.split("\n\n"), lang=one.lang)
            self.web.serve(one.path, page, headers={"Content-Type": "text/html; charset=utf-8"})
        self.web.serve(feed, rss(*(self._item(one) for one in news), language=language))

    def _item(self, news: News) -> dict[str, str]:
        return {
            "title": news.title,
            "link": self.web.url(news.path),
            "description": news.text.split("\n\n")[0],
            "pubDate": format_datetime(now() - news.ago),
        }

    def texts(self, chat: int = CHAT) -> list[str]:
        return self.telegram.texts(chat)
