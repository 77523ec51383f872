"""From the web to Checks and Articles, with real processes and a real server."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
import tracemalloc
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest

from djeli.core.errors import UserError
from djeli.core.model import Check, Entry, Failure, Feed, FeedCursor
from djeli.core.ports import Web
from monitors.discover import discover
from monitors.due import advance
from monitors.found import Page, ParsedFeed
from monitors.opml import export_opml, import_opml
from monitors.web import HttpWeb, article_id
from monitors.workers import MOST_DOCUMENTS, Workers
from tests.web_server import WebServer, article_page, rss

NOW = datetime(2027, 2, 10, 12, tzinfo=UTC)
RECORDED = Path(__file__).parent / "recorded"
PARAGRAPHS = [
    "Une quarantaine d’engins de chantier sont entrés mardi dans la ville de Gao, selon des habitants.",
    "Le convoi était attendu depuis la fin du mois de janvier, et doit servir à réparer deux ponts.",
    "Aucun incident n’a été signalé pendant le trajet, a précisé un responsable local.",
]
Result = TypeVar("Result")


def declared(title: str, text: str, language: str | None) -> str:
    return language or "und"


def with_web(do: Callable[[HttpWeb], Awaitable[Result]], deadline: float = 20.0) -> Result:
    async def run() -> Result:
        web = HttpWeb(declared, ["127.0.0.0/8"], "Djeli/test", deadline, parse_seconds=1.5)
        try:
            return await do(web)
        finally:
            await web.aclose()

    return asyncio.run(run())


def killer() -> bytes:
    """A feed that feedparser is busy with for minutes, and that only feedparser reads."""
    return rss({"title": "x", "author": "a." * 100_000}).replace(b"?>", b"?><!DOCTYPE rss>", 1)


def look(url: str, cursor: FeedCursor | None = None) -> Check:
    feed = Feed(url, "journal")
    return with_web(lambda web: web.look(feed, cursor or FeedCursor(url), NOW))


def test_http_web_is_the_web_that_the_app_asks_for() -> None:
    web: Web = HttpWeb(declared)
    assert web is not None


def test_a_first_look_gives_entries_and_what_to_ask_next_time() -> None:
    with WebServer() as server:
        server.serve("/feed", (RECORDED / "journal_du_fleuve.rss").read_bytes(), etag='"1"')
        check = look(server.url("/feed"))
        assert check.failure is None
        assert len(check.entries) == 4
        assert (check.etag, check.unchanged, check.wait) == ('"1"', False, timedelta(minutes=30))


def test_a_second_look_is_unchanged_by_etag_or_by_the_bytes() -> None:
    with WebServer() as server:
        server.serve("/tagged", rss({"title": "Un"}), etag='"1"')
        server.serve("/plain", rss({"title": "Un"}))
        for path in ("/tagged", "/plain"):
            url = server.url(path)
            feed = Feed(url, "journal")
            first = look(url)
            cursor = advance(FeedCursor(url), first, feed, NOW, 0.5)
            second = look(url, cursor)
            assert (second.unchanged, second.entries, second.failure) == (True, (), None)
            after = advance(cursor, second, feed, NOW, 0.5)
            assert (after.etag, after.body_hash) == (first.etag, first.body_hash)


def test_a_feed_read_in_part_is_read_again_next_time() -> None:
    body = rss({"title": "Un", "guid": "1"}, {"title": "Deux", "guid": "2"})
    with WebServer() as server:
        server.serve("/feed", body[: body.index(b"Deux")], etag='"1"')
        check = look(server.url("/feed"))
        assert [entry.title for entry in check.entries] == ["Un"]
        assert (check.etag, check.body_hash, check.last_modified) == (None, None, None)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "parse"),
        (b"<html><body>Under repair</body></html>", "not_a_feed"),
        (b"<rss><channel><title>Half a", "parse"),
        (bytes(6_000_000), "too_big"),
    ],
)
def test_a_bad_feed_is_a_check_with_a_failure(body: bytes, code: str) -> None:
    with WebServer() as server:
        server.serve("/feed", body)
        check = look(server.url("/feed"))
        assert check.failure is not None
        assert (check.failure.code, check.entries) == (code, ())


def test_one_bad_feed_never_stops_another() -> None:
    with WebServer() as server:
        server.serve("/good", rss({"title": "Un"}))
        server.serve("/page", b"<html></html>")
        server.serve("/gone", b"", status=410)
        server.serve("/killer", killer())
        server.hold("/slow", b"<rss>")
        paths = ["/page", "/killer", "/good", "/gone", "/slow", "/missing"]

        async def all_of_them(web: HttpWeb) -> list[Check]:
            feeds = [Feed(server.url(path), "journal") for path in paths]
            return await asyncio.gather(*(web.look(feed, FeedCursor(feed.url), NOW) for feed in feeds))

        checks = with_web(all_of_them, deadline=1.0)
        codes = [check.failure.code if check.failure else None for check in checks]
        assert codes == ["not_a_feed", "unreadable", None, "http", "timeout", "http"]
        assert checks[2].entries[0].title == "Un"


def entry(
    server: WebServer, path: str, content: str = "", summary: str = "", when: datetime | None = NOW
) -> Entry:
    url = server.url(path) if path else ""
    return Entry("feed", "guid", url, "Gao : un convoi arrive", summary, content, when, "fr")


def test_an_article_is_the_page_when_it_says_more() -> None:
    with WebServer() as server:
        server.serve("/a", article_page("Gao : un convoi arrive", PARAGRAPHS))
        feed = Feed(server.url("/feed"), "journal")
        article = with_web(lambda web: web.read(entry(server, "/a", summary="Un convoi."), feed, NOW))
        assert article.text == "\n\n".join(PARAGRAPHS)
        assert (article.text_from, article.lang, article.outlet) == ("page", "fr", "journal")
        assert (article.published, article.dated, article.feed) == (NOW, True, feed.url)
        assert article.id == article_id(server.url("/a"))
        assert len(article.id) == 16


def test_an_article_is_the_feeds_text_when_the_page_says_less_or_nothing() -> None:
    with WebServer() as server:
        server.serve("/short", article_page("Gao", ["Abonnez-vous."]))
        server.serve("/empty", "<html><body></body></html>")
        feed = Feed("feed", "journal")
        long = "Le convoi est arrivé. " * 10
        for path in ("/short", "/empty", "/missing", ""):
            found = entry(server, path, content=long)
            article = with_web(lambda web, found=found: web.read(found, feed, NOW))
            assert (article.text, article.text_from) == (long, "feed")
        article = with_web(lambda web: web.read(entry(server, "/missing"), feed, NOW))
        assert (article.text, article.text_from) == ("", "title")


PORTAL_DAY = NOW - timedelta(hours=1)  # when the portal says that it appeared


@pytest.mark.parametrize(
    ("head", "own"),
    [
        ('<meta property="article:published_time" content="2027-01-05T08:00:00Z">', "2027-01-05T08:00"),
        (
            '<script type="application/ld+json">{"datePublished": "2027-01-05T08:00:00Z"}</script>',
            "2027-01-05T08:00",
        ),
        (  # the second one is that of an article beside it
            '<script type="application/ld+json">[{"datePublished": "2027-01-05T08:00:00Z"},'
            '{"datePublished": "2026-03-01T08:00:00Z"}]</script>',
            "2027-02-10T11:00",
        ),
        (
            '<script type="application/ld+json">{"datePublished": "2026-03-01T08:00:00Z"}</script>'
            '<meta property="article:published_time" content="2027-01-05T08:00:00Z">',
            "2027-01-05T08:00",
        ),
        (
            '<meta property="article:published_time" content="2027-02-10T08:00:00">',
            "2027-02-10T11:00",
        ),  # no zone
        ("", "2027-02-10T11:00"),
    ],
)
def test_the_articles_own_date_wins_over_the_portals(head: str, own: str) -> None:
    with WebServer() as server:
        server.serve("/a", article_page("Gao : un convoi arrive", PARAGRAPHS, head))
        found = entry(server, "/a", when=PORTAL_DAY)
        article = with_web(lambda web: web.read(found, Feed("feed", "portal"), NOW))
        assert f"{article.published:%Y-%m-%dT%H:%M}" == own
        assert article.dated


@pytest.mark.parametrize(
    "wall",
    [
        "Article réservé aux abonnés. Abonnez-vous pour lire la suite de cette enquête de notre rédaction.",
        "Subscribe to continue reading this article and get unlimited access to all of our reporting.",
        "Полный текст доступен по подписке. Оформите подписку, чтобы прочитать материал до конца.",
    ],
)
def test_behind_a_paywall_the_article_is_what_the_feed_says(wall: str) -> None:
    with WebServer() as server:
        server.serve("/a", article_page("Gao : un convoi arrive", [wall]))
        server.serve("/b", article_page("Gao : un convoi arrive", [*PARAGRAPHS, wall]))
        feed, summary = Feed("feed", "journal"), "Un convoi est arrivé à Gao."
        closed = with_web(lambda web: web.read(entry(server, "/a", summary=summary), feed, NOW))
        ajar = with_web(lambda web: web.read(entry(server, "/b", summary=summary), feed, NOW))
        assert (closed.text, closed.text_from) == (summary, "feed")
        assert ajar.text == "\n\n".join(PARAGRAPHS)


def test_nothing_is_fetched_from_a_portal_that_hides_the_article() -> None:
    found = Entry(
        "feed", "1", "https://news.google.com/rss/articles/CBMiX0FVX3lxTE", "Gao : un convoi arrive"
    )
    article = with_web(lambda web: web.read(found, Feed("feed", "portal"), NOW))
    assert (article.title, article.text, article.text_from) == ("Gao : un convoi arrive", "", "title")


def test_no_page_is_fetched_when_the_app_says_no() -> None:
    with WebServer() as server:
        server.serve("/a", article_page("Gao", PARAGRAPHS))
        found = entry(server, "/a", summary="Un convoi.")
        article = with_web(lambda web: web.read(found, Feed("feed", "journal"), NOW, fetch_page=False))
        assert (article.text, article.text_from, server.requests) == ("Un convoi.", "feed", [])


def test_an_undated_entry_takes_the_pages_date_or_the_moment_it_was_seen() -> None:
    with WebServer() as server:
        server.serve("/dated", (RECORDED / "gao_convoi.html").read_bytes())
        server.serve("/undated", article_page("Gao", PARAGRAPHS))
        feed = Feed("feed", "journal")
        dated = with_web(lambda web: web.read(entry(server, "/dated", when=None), feed, NOW))
        undated = with_web(lambda web: web.read(entry(server, "/undated", when=None), feed, NOW))
        assert (dated.published, dated.dated) == (datetime(2027, 2, 9, 18, 20, tzinfo=UTC), True)
        assert (undated.published, undated.dated) == (NOW, False)


def test_an_article_without_address_keeps_its_identity() -> None:
    assert article_id("", "feed", "1") == article_id("", "feed", "1") != article_id("", "feed", "2")


def test_a_page_asked_for_by_name_is_an_article_or_a_reason() -> None:
    with WebServer() as server:
        server.serve("/a", (RECORDED / "kolonna_windows_1251.html").read_bytes())
        server.serve("/empty", "<html></html>")
        found = with_web(lambda web: web.page(server.url("/a"), NOW))
        assert isinstance(found, Page)
        assert found.title == "Колонна дошла до Кидаля"
        nothing = with_web(lambda web: web.page(server.url("/empty"), NOW))
        assert isinstance(nothing, Failure)


def test_a_document_that_stops_its_worker_costs_only_itself() -> None:
    async def parse() -> list[object]:
        workers = Workers(seconds=1.5)
        bad = killer()
        good = rss({"title": "Un"})
        found = [
            await workers.parse("feed", body, "", "https://a.example/", NOW) for body in (good, bad, good)
        ]
        workers.close()
        return list(found)

    first, second, third = asyncio.run(parse())
    assert isinstance(first, ParsedFeed)
    assert isinstance(second, Failure)
    assert second.code == "unreadable"
    assert isinstance(third, ParsedFeed)


def test_a_feed_without_entries_comes_back_from_its_worker_as_one() -> None:
    async def main() -> object:
        workers = Workers()
        try:
            return await workers.parse("feed", rss(), "application/rss+xml", "https://a.example/", NOW)
        finally:
            workers.close()

    found = asyncio.run(main())
    assert isinstance(found, ParsedFeed)
    assert found.entries == ()


def test_a_worker_has_little_memory_and_nothing_to_write() -> None:
    async def limits() -> str:
        workers = Workers()
        await workers.parse("feed", rss({"title": "Un"}), "", "", NOW)
        (child,) = workers.children()
        found = await asyncio.to_thread(Path(f"/proc/{child}/limits").read_text)
        workers.close()
        return found

    words = [line.split() for line in asyncio.run(limits()).splitlines()]
    known = {" ".join(word[:-3]): word[-3] for word in words if len(word) > 3}
    assert int(known["Max address space"]) == 512 << 20
    assert (known["Max file size"], known["Max core file size"]) == ("0", "0")


def test_a_worker_that_was_killed_while_it_waited_is_replaced() -> None:
    workers = Workers()

    def parse(title: str) -> object:
        return asyncio.run(workers.parse("feed", rss({"title": title}), "", "", NOW))

    parse("Un")
    (child,) = workers.children()
    os.kill(child, signal.SIGKILL)
    while Path(f"/proc/{child}").exists():  # until the fork server has heard of it
        time.sleep(0.01)
    time.sleep(0.05)
    found = parse("Deux")
    replaced = workers.children() != [child]
    workers.close()
    assert isinstance(found, ParsedFeed)
    assert replaced


def test_workers_are_replaced_after_many_documents_and_end_at_the_close() -> None:
    async def parse(workers: Workers) -> int:
        good = 0
        for _ in range(MOST_DOCUMENTS + 1):
            good += isinstance(await workers.parse("feed", rss({"title": "Un"}), "", "", NOW), ParsedFeed)
        return good

    workers = Workers()
    assert asyncio.run(parse(workers)) == MOST_DOCUMENTS + 1
    children = workers.children()
    workers.close()
    assert len(children) == 1
    assert workers.children() == []


def test_a_flood_of_texts_takes_little_more_than_the_texts_themselves() -> None:
    texts = [f"<p>{'Конвой прибыл в Гао. ' * 90}</p>" for _ in range(400)]
    body = rss(
        *({"title": f"Текст {n}", "guid": str(n), "description": text} for n, text in enumerate(texts))
    )
    workers = Workers()

    async def parse() -> tuple[int, int]:
        """Bytes of the texts, and bytes that were taken at most until they were there."""
        await workers.parse("feed", rss({"title": "Un"}), "", "", NOW)  # starts the child
        tracemalloc.start()
        found = await workers.parse("feed", body, "", "https://a.example/", NOW)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert isinstance(found, ParsedFeed)
        return sum(sys.getsizeof(entry.summary) for entry in found.entries), most

    held, most = asyncio.run(parse())
    workers.close()
    assert held > 1_400_000
    assert most < 1.5 * held


def test_the_feed_behind_a_page_is_found() -> None:
    with WebServer() as server:
        links = "".join(
            f'<link rel="alternate" type="application/rss+xml; charset=UTF-8" title="{title}" href="{path}">'
            for title, path in (("Commentaires", "/comments/feed"), ("À la une", "/une.xml"))
        )
        server.serve("/", article_page("Accueil", PARAGRAPHS, links))
        server.serve("/une.xml", rss({"title": "Un"}))
        server.serve("/bare", "<html><body>rien</body></html>")
        server.serve("/rss", rss({"title": "Un"}))
        found = with_web(lambda web: discover(web.fetcher, server.url("/")))
        assert found == [(server.url("/une.xml"), "À la une"), (server.url("/comments/feed"), "Commentaires")]
        itself = with_web(lambda web: discover(web.fetcher, server.url("/une.xml")))
        assert itself == [(server.url("/une.xml"), "")]
        assert with_web(lambda web: discover(web.fetcher, server.url("/bare"))) == [(server.url("/rss"), "")]


def test_a_site_without_a_feed_says_so_after_five_tries() -> None:
    with WebServer() as server:
        server.serve("/", "<html><body>rien</body></html>")
        found = with_web(lambda web: discover(web.fetcher, server.url("/")))
        assert isinstance(found, Failure)
        assert found.code == "not_a_feed"
        assert len(server.requests) == 6


def test_feeds_travel_through_opml() -> None:
    feeds = [Feed("https://a.example/feed?x=1&y=2", "Journal <du> Fleuve"), Feed("https://b.example/", "b")]
    assert import_opml(export_opml(feeds).encode()) == (feeds, [])


def test_folders_are_read_and_useless_outlines_left_out_by_name() -> None:
    text = b"""<?xml version="1.0"?><opml version="1.0"><body><outline text="Mali">
      <outline text="A" xmlUrl="https://a.example/feed"/><outline text="A again" xmlUrl="https://a.example/feed"/>
      <outline text="Odd" xmlUrl="file:///etc/passwd"/><outline text="Folder"/></outline></body></opml>"""
    feeds, left_out = import_opml(text)
    assert [(feed.url, feed.outlet) for feed in feeds] == [("https://a.example/feed", "A")]
    (why,) = left_out
    assert "file:///etc/passwd" in why.detail


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("feed://a.example/rss", "http://a.example/rss"),
        ("feed:https://a.example/rss", "https://a.example/rss"),
        ("FEED:http://a.example/rss", "http://a.example/rss"),
        ("https://a.example/feed:rss", "https://a.example/feed:rss"),
    ],
)
def test_addresses_that_programs_mark_as_feeds_are_understood(written: str, url: str) -> None:
    text = f'<opml><body><outline xmlUrl="{written}"/></body></opml>'
    assert [feed.url for feed in import_opml(text.encode())[0]] == [url]


@pytest.mark.parametrize(
    "text",
    [b"", b"rubbish", b"<rss/>", b'<!DOCTYPE o [<!ENTITY a "b">]><opml/>', b"<opml>" + bytes(2_000_001)],
)
def test_what_is_no_opml_is_refused_with_a_sentence(text: bytes) -> None:
    with pytest.raises(UserError, match="OPML"):
        import_opml(text)
