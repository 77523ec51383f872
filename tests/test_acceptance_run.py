"""`djeli run --once` as its users have it: the installed command, real feeds and pages, a strict Bot API."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from baseline.language import detect
from bot.telegram import Telegram
from djeli.app import service, wiring
from djeli.app.cycle import Round
from monitors.web import HttpWeb
from storage.store import SqlStore, open_store
from tests.acceptance_desk import (
    CHAT,
    COMMAND,
    SECOND_CHAT,
    Desk,
    convoy,
    convoy_counted_again,
    convoy_in_french,
    football,
    now,
    reactor_in_russian,
)
from tests.postgres import fresh_database
from tests.telegram_server import TOKEN, TelegramServer
from tests.web_server import WebServer, article_page, rss


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with WebServer() as web, TelegramServer() as telegram:
        desk = Desk(tmp_path, web, telegram)
        desk.configure()
        desk.publish("/wire")
        desk.publish("/paper")
        yield desk


def outlets(desk: Desk, story: str) -> list[str]:
    return [outlet["outlet"] for outlet in desk.here("story", story, "--json").json["outlets"]]


def tell_the_whole_story(desk: Desk, run: Callable[[], str]) -> None:
    """A delivery, again, in French, with another figure, and an agreement in Russian; `run` runs twice."""
    desk.publish("/wire", convoy(), football())
    assert "new articles 2 · alert 1 · ignore 1" in run()
    (card,) = desk.texts()
    assert "Delivery · arrived · Bamako" in card
    assert "14 tanks" in card
    assert "Why new:" in card
    assert "F14" in card  # the nearest known convoy
    assert "new articles 0" in run()
    assert len(desk.texts()) == 1

    desk.publish("/paper", convoy_in_french(), language="fr")
    assert "merge 1" in desk.run_once()
    assert len(desk.texts()) == 1
    assert outlets(desk, "S1") == ["studio_tamani", "the_river_paper"]

    desk.publish("/wire", convoy_counted_again(), convoy())
    desk.publish("/paper", reactor_in_russian(), convoy_in_french(), language="ru")
    assert "alert 1 · update 1" in desk.run_once()
    _, update, agreement = desk.telegram.messages
    assert "was 14 tanks" in update["text"]
    assert "now 21 tanks" in update["text"]
    assert update["reply_to"] == 1
    assert "Agreement · signed" in agreement["text"]
    assert "21 tanks" in desk.texts()[0]  # the first card now tells the newest state
    assert "new articles 0" in desk.run_once()
    assert len(desk.texts()) == 3


def test_a_delivery_is_told_once_joined_by_the_french_report_and_updated_once(desk: Desk) -> None:
    def installed() -> str:
        ran = desk.djeli("run", "--once")
        assert ran.code == 0, ran.err
        return ran.err

    tell_the_whole_story(desk, installed)
    story = desk.here("story", "S1", "--json").json
    assert [told["kind"] for told in story["messages"]] == ["alert", "update"]
    assert [line["lang"] for line in story["headlines"]] == ["en", "fr", "en"]
    assert {figure["value"] for figure in story["figures"]} >= {14, 21}
    assert [one["decision"] for one in story["developments"]] == ["alert", "merge", "update"]


@pytest.mark.postgres
def test_the_same_on_postgresql(desk: Desk) -> None:
    desk.env["DJELI_DATABASE"] = fresh_database()
    tell_the_whole_story(desk, desk.run_once)


def test_a_quiet_first_look_is_one_summary_and_what_comes_later_is_told(desk: Desk) -> None:
    desk.configure(('"tell"', '"quiet"'))
    desk.publish("/wire", convoy(), football())
    desk.here("run", "--once")
    (summary,) = desk.texts()
    assert summary.startswith("First look: feeds 1, articles read and kept 2.")
    assert "Russian military convoy" in summary
    desk.publish("/paper", reactor_in_russian(), language="ru")
    desk.here("run", "--once")
    assert ["Agreement" in text for text in desk.texts()] == [False, True]


def test_quiet_hours_threads_and_excluded_words_are_kept(desk: Desk) -> None:
    asleep = f"{now() - timedelta(hours=2):%H:00}-{now() + timedelta(hours=2):%H:00}"
    other = f'[[chat]]\nid = {SECOND_CHAT}\nwatches = ["mali-russia"]\nthread = 7\n\n[[watch]]'
    desk.configure(("# quiet", f'quiet = "{asleep}"'), ("[[watch]]", other), ("football", "reactor"))
    desk.publish("/wire", convoy())
    ran = desk.here("run", "--once")
    assert ran.code == 0, ran.err  # what sleeps is not late
    assert desk.texts() == []
    (told,) = desk.telegram.messages
    assert (told["chat_id"], told["thread"]) == (SECOND_CHAT, 7)
    (line,) = [one for one in desk.here("status", "--json").json["outbox"] if one["chat"] == CHAT]
    assert line["pending"] == 1


def test_a_chat_that_refuses_loses_nothing_and_gets_it_when_it_is_back(desk: Desk) -> None:
    other = f'[[chat]]\nid = {SECOND_CHAT}\nwatches = ["mali-russia"]\n\n[[watch]]'
    desk.configure(("[[watch]]", other))
    desk.telegram.set_state(CHAT, "kicked")
    desk.telegram.set_state(SECOND_CHAT, "missing")
    desk.publish("/wire", convoy())
    desk.publish("/paper", reactor_in_russian(), language="ru")
    ran = desk.here("run", "--once")
    assert ran.code == 1
    assert "did not take: 4, for chat" in ran.err
    assert "bot was kicked" in ran.err
    assert {one["refused"][:9]: one["pending"] for one in desk.here("status", "--json").json["outbox"]} == {
        "Forbidden": 2,
        "Chat not ": 2,
    }
    assert "not reachable (Forbidden: bot was kicked" in desk.here("status").out
    desk.telegram.unblock(CHAT)
    desk.telegram.unblock(SECOND_CHAT)
    assert desk.here("run", "--once").code == 0
    assert desk.texts(CHAT) == desk.texts(SECOND_CHAT)
    assert ["Delivery" in text for text in desk.texts(CHAT)] == [True, False]
    assert all(one["refused"] is None for one in desk.here("status", "--json").json["outbox"])


@pytest.mark.parametrize(
    ("name", "value", "code", "said"),
    [
        ("DJELI_TELEGRAM_TOKEN", "1:wrong", 1, "Telegram refuses the bot's token"),
        ("DJELI_TELEGRAM_TOKEN", "nonsense", 2, "does not hold a bot token"),
        ("DJELI_TELEGRAM_API", "localhost:8081", 2, "it must be an address that ends in /bot"),
        ("DJELI_DATABASE", "sqlite:////nowhere/at/all.db", 2, "cannot be opened"),
        ("DJELI_DATABASE", "oracle://x", 2, "cannot use a database of the kind"),
    ],
)
def test_a_wrong_environment_is_one_sentence(desk: Desk, name: str, value: str, code: int, said: str) -> None:
    desk.publish("/wire", convoy())
    desk.env[name] = value
    ran = desk.here("run", "--once")
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err
    assert len(ran.err.splitlines()) == 1
    assert "wrong" not in ran.err  # the token is not shown


def test_feeds_and_pages_that_fail_are_named_and_the_others_go_on(desk: Desk) -> None:
    dated = {"pubDate": format_datetime(now() - timedelta(hours=1))}
    web, agreement = desk.web, reactor_in_russian()
    page = article_page(agreement.title, agreement.text.split("\n\n"), lang="ru").replace("é", "e")
    web.serve("/reaktor", page.encode("windows-1251"), headers={"Content-Type": "text/html"})
    broken = {
        "gone": ("http", None),
        "html": ("not_a_feed", article_page("Front page", ["All the news of the day."] * 5).encode()),
        "empty": ("parse", b""),
        "cut": ("parse", rss({"title": "Mali and Russia", **dated})[:150]),
        "big": ("too_big", b"<rss>" + b" " * 50_000_000),
    }
    future = {"pubDate": format_datetime(now() + timedelta(days=90))}
    working = {
        "wire": rss({"title": agreement.title, "link": web.url("/reaktor"), **dated}, language="ru"),
        "undated": rss({"title": "Mali: new bridge", "link": web.url("/u"), "pubDate": "soon"}),
        "future": rss({"title": "Wagner: old roads", "link": web.url("/f"), **future}),
        "textless": rss({"title": "Mali : la route du Nord", "link": web.url("/empty"), **dated}),
    }
    tables = ""
    for name, (_, body) in broken.items():
        if body is not None:
            web.serve(f"/{name}", body)
    for name, body in working.items():
        web.serve(f"/{name}", body)
    for name in [*broken, *working]:
        if name not in ("wire", "textless"):
            tables += f'[[feed]]\nurl = "{web.url(f"/{name}")}"\noutlet = "{name}"\nread = "all"\n\n'
    desk.configure(("[monitor]", tables + "[monitor]"), ("/paper", "/textless"))

    ran = desk.here("run", "--once")
    assert ran.code == 0
    assert "feeds 9 (failed 5), new articles 4" in ran.err
    (card,) = desk.texts()
    assert agreement.title in card
    assert "атомной электростанции" in card  # read from a page in windows-1251
    feeds = {feed["url"].rpartition("/")[2]: feed for feed in desk.here("feeds", "list", "--json").json}
    assert {name: feeds[name]["cause"] for name in broken} == {
        name: cause for name, (cause, _) in broken.items()
    }
    for name, feed in feeds.items():
        assert feed["state"] == ("failing" if name in broken else "ok")
        assert feed["articles"] == feed["entries"] == (0 if name in broken else 1)
        assert (feed["last_ok"] is None) == (name in broken)
        assert feed["next_due"] > now().isoformat()
        keys = {"url", "outlet", "state", "cause", "entries", "articles", "last_ok", "next_due"}
        assert set(feed) >= keys
    assert "Feeds 9 · answering 4 · not answering 5: gone (HTTP" in desk.here("status").out
    for words in ("bridge", "roads", "Nord"):  # nothing was lost, and nothing lies in the future
        (line,) = desk.here("search", words, "--json").json
        assert line["article"]["published"] <= now().isoformat()


def test_a_feed_that_does_not_answer_in_time_costs_only_itself(desk: Desk) -> None:
    desk.publish("/wire", convoy())
    desk.web.hold("/paper", b"<rss>" * 100, sent=5)
    house = wiring.open_house(desk.folder / "djeli.toml")

    async def main(store: SqlStore) -> Round:
        bot = Telegram(TOKEN, desk.telegram.base_url, clock=now)
        web = HttpWeb(detect, house.config.allow_private, deadline=1)
        try:
            return await service.run_once(house, store, bot, now, web)
        finally:
            await web.aclose()

    with closing(open_store(desk.database)) as store:
        assert str(asyncio.run(main(store))) == "feeds 2 (failed 1), new articles 1 · alert 1"
    assert len(desk.texts()) == 1
    assert [feed["cause"] for feed in desk.here("feeds", "list", "--json").json] == [None, "timeout"]


def test_the_store_holds_everything_that_was_read(desk: Desk) -> None:
    desk.publish("/wire", convoy(), football())
    desk.here("run", "--once")
    with closing(sqlite3.connect(desk.folder / "djeli.db")) as database:
        assert database.execute("SELECT count(*) FROM articles").fetchone() == (2,)
        assert database.execute("SELECT count(*) FROM ledger").fetchone() == (2,)
    (why,) = desk.here("why", desk.web.url("/match"), "--json").json
    assert why["decision"] == "ignore"
    assert why["because"]
    assert json.dumps(desk.here("recent", "--json").json).count('"S1"') == 1
    assert desk.here("health").out == "fine\n"


def test_a_second_instance_ends_with_one_sentence_and_the_log_is_for_programs(desk: Desk) -> None:
    environment = desk.environment() | {"DJELI_LOG": "json"}
    log = desk.folder / "service.log"
    with log.open("w") as errors:
        running = subprocess.Popen([COMMAND, "run"], cwd=desk.folder, env=environment, stderr=errors)
    try:
        desk.telegram.wait_for(lambda: any(name == "getupdates" for name, _ in desk.telegram.requests), 60)
        second = desk.here("run", "--once")
        assert (second.code, second.out) == (1, "")
        assert (
            second.err == f"Djeli runs already with this database (process {running.pid}); stop it first.\n"
        )
    finally:
        running.terminate()
        assert running.wait(30) == 0
    told = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    assert all({"at", "level", "logger", "message"} <= set(line) for line in told)
    assert desk.here("run", "--once").code == 0
