"""An analyst's desk: a configuration by hand, two publications and a Bot API server on loopback, `djeli`."""

from __future__ import annotations

import contextlib
import io
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

from djeli import cli
from tests.telegram_server import TOKEN, TelegramServer
from tests.web_server import WebServer, article_page, rss

ROOT = Path(__file__).parent.parent
COMMAND = str(Path(sys.executable).with_name("djeli"))
CHAT = -1001000000001
SECOND_CHAT = -1001000000002
ADMIN = 42
PATIENCE = 300  # seconds for one command on a busy machine

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


CONFIG = """
language = "en"                    # of the messages: en, fr, ru
timezone = "Africa/Bamako"
# database = "postgresql+psycopg://…"

[telegram]
admins = [42]                      # user ids that may change things

[[chat]]
id = -1001000000001
watches = ["mali-russia"]
digest = ["07:00", "18:00"]
# quiet
# thread

[[watch]]
name = "mali-russia"
keywords = ["Mali", "Africa Corps", "Wagner"]     # any of these
all = []                                          # and all of these
exclude = ["football"]                            # and none of these
types = ["agreement", "delivery", "coup"]
# actors = ["cty.russia"], countries = ["ML"], rumours = true

[[feed]]
url = "{wire}"
outlet = "studio_tamani"
every = "15m"
read = "auto"

[[feed]]
url = "{paper}"
outlet = "the_river_paper"
every = "2h"
read = "matching"

[monitor]
first_look = "tell"

[fetch]
allow_private = ["127.0.0.0/8"]
"""


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

    def configure(self, *changes: tuple[str, str]) -> None:
        """Write the contract's example for our feeds, with these replacements."""
        text = CONFIG.format(wire=self.web.url("/wire"), paper=self.web.url("/paper"))
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new, 1)
        (self.folder / "djeli.toml").write_text(text, encoding="utf-8")

    def run_once(self) -> str:
        """`djeli run --once` in this process, which must do its job; the counts it prints."""
        ran = self.here("run", "--once")
        assert ran.code == 0, ran.err
        return ran.err

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
            [COMMAND, *arguments],
            cwd=self.folder,
            env={**self.environment(), **(env or {})},
            input=given,
            capture_output=True,
            timeout=PATIENCE,
        )
        return self._noted(Ran(done.returncode, done.stdout.decode(), done.stderr.decode()))

    def here(self, *arguments: str, given: bytes = b"") -> Ran:
        """The same command in this process, which saves the seconds of its imports."""
        out, err, before = io.StringIO(), io.StringIO(), dict(os.environ)
        stdin, sys.stdin = sys.stdin, io.TextIOWrapper(io.BytesIO(given))
        os.environ.clear()
        os.environ.update(self.environment())
        code: object = 0
        try:
            with (
                contextlib.redirect_stdout(out),
                contextlib.redirect_stderr(err),
                contextlib.chdir(self.folder),
            ):
                cli.run(list(arguments))
        except SystemExit as ended:
            code = ended.code
        finally:
            sys.stdin = stdin
            os.environ.clear()
            os.environ.update(before)
        assert isinstance(code, int)
        return self._noted(Ran(code, out.getvalue(), err.getvalue()))

    def _noted(self, ran: Ran) -> Ran:
        """What was printed is left for the hunt after the token (tests/conftest.py)."""
        with (self.folder / "printed.txt").open("a", encoding="utf-8") as file:
            file.write(ran.out + ran.err)
        return ran

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
        """What the readers of a chat see, in order."""
        return self.telegram.texts(chat)


# ------------------------------------------------------------------------------------- the news


def convoy() -> News:
    """A delivery, told for the first time."""
    text = (
        f"A convoy of Russian military equipment arrived in the Malian capital Bamako on {day('en')}, the"
        " Malian army said.\n\nFourteen T-72 tanks and about twenty armoured vehicles were unloaded from"
        " trucks that had come by road from the port of Conakry.\n\nThe equipment is meant for the Malian"
        " Armed Forces, according to a statement of the general staff."
    )
    return News("/convoy", "Russian military convoy with 14 tanks arrives in Bamako", text)


def convoy_in_french() -> News:
    """The same delivery in another paper."""
    text = (
        f"Un convoi de matériel militaire russe est arrivé à Bamako le {day('fr')}, selon l'armée malienne."
        "\n\nQuatorze chars T-72 et une vingtaine de véhicules blindés ont été déchargés de camions venus"
        " par la route du port de Conakry.\n\nLe matériel est destiné aux Forces armées maliennes."
    )
    title = "Mali : un convoi militaire russe de 14 chars arrive à Bamako"
    return News("/convoi", title, text, "fr", timedelta(hours=2))


def convoy_counted_again() -> News:
    """The same delivery with another figure."""
    text = (
        f"The convoy of Russian military equipment that arrived in Bamako on {day('en')} carried 21 T-72"
        " tanks, not 14, the Malian army said in a new statement.\n\nThe tanks are meant for the Malian"
        " Armed Forces."
    )
    title = "Russian convoy in Bamako carried 21 tanks, army now says"
    return News("/recount", title, text, "en", timedelta(hours=1))


def reactor_in_russian() -> News:
    """An agreement, told in Russian."""
    text = (
        f"{day('ru')} в Москве Россия и Мали подписали соглашение о строительстве малой атомной"
        " электростанции.\n\nДокумент подписали глава «Росатома» Алексей Лихачёв и министр энергетики Мали."
    )
    title = "Россия и Мали подписали соглашение о сотрудничестве в атомной энергетике"
    return News("/reaktor", title, text, "ru", timedelta(minutes=40))


def football() -> News:
    """Nothing of the beat."""
    text = "Mali won the football match against Senegal in Bamako and goes to the quarter-finals."
    return News("/match", "Mali win and reach the quarter-finals", text)
