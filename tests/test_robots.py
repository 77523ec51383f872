"""What a site asks programs not to read is not read, and costs little to know."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from djeli.core.model import Article, Entry, Feed, FeedCursor
from monitors.fetch import Fetched, Fetcher, Streams
from monitors.robots import AGAIN, KEPT, READ, ROOM, Robots
from monitors.web import HttpWeb
from tests.web_server import WebServer, article_page, rss

NOW = datetime(2027, 2, 10, 12, tzinfo=UTC)
PUBLIC = "93.184.216.34"
SITE = "http://press.example"
FEED = Feed(f"{SITE}/feed", "press")
LONG = [
    "Une quarantaine d’engins de chantier sont entrés mardi dans la ville de Gao, selon des habitants."
] * 3


@pytest.fixture
def web() -> Iterator[WebServer]:
    """A site of the public web, at whatever name it is asked for."""
    with WebServer() as server:
        server.serve("/feed", rss({"title": "Un", "link": f"{SITE}/1"}))
        for path in ("/1", "/2", "/private/3"):
            server.serve(path, article_page("Un convoi", LONG))
        yield server


async def resolve(host: str, port: int) -> Sequence[str]:
    return [PUBLIC]


def robots_txt(web: WebServer, *lines: str, status: int = 200) -> None:
    web.serve("/robots.txt", "\n".join(lines), {"Content-Type": "text/plain"}, status)


def run(web: WebServer, do: Callable[[HttpWeb], Awaitable[object]], heed: bool = True) -> None:
    async def dial(
        host: str, port: int, *, ssl: ssl.SSLContext | None, server_hostname: str | None
    ) -> Streams:
        assert host == PUBLIC
        return await asyncio.open_connection("127.0.0.1", web.port)

    async def go() -> None:
        made = HttpWeb(
            lambda *_: "fr", user_agent="Djeli/1", resolver=resolve, dial=dial, deadline=2, heed_robots=heed
        )
        try:
            await made.look(FEED, FeedCursor(FEED.url), NOW)
            await do(made)
        finally:
            await made.aclose()

    asyncio.run(go())


async def read(made: HttpWeb, path: str, now: datetime = NOW) -> Article:
    entry = Entry(FEED.url, path, f"{SITE}{path}", "Un", "Ce que dit le flux.")
    return await made.read(entry, FEED, now)


def sources(web: WebServer, *paths: str, heed: bool = True) -> list[str]:
    """Where the text of the articles at these paths comes from."""
    found: list[str] = []

    async def each(made: HttpWeb) -> None:
        found.extend([(await read(made, path)).text_from for path in paths])

    run(web, each, heed)
    return found


def test_a_page_that_is_forbidden_is_told_by_the_feed_and_never_asked_for(web: WebServer) -> None:
    robots_txt(web, "User-agent: *", "Disallow: /private/")
    assert sources(web, "/1", "/private/3") == ["page", "feed"]
    assert [asked.path for asked in web.requests] == ["/feed", "/robots.txt", "/1"]


def test_a_site_may_speak_to_djeli_alone_and_the_longest_rule_counts(web: WebServer) -> None:
    robots_txt(web, "User-agent: *", "Disallow: /", "", "User-agent: djeli", "Disallow: /*?", "Disallow: /2$")
    assert sources(web, "/1", "/2") == ["page", "feed"]
    robots_txt(web, "User-agent: *", "Disallow: /", "Allow: /private/")
    assert sources(web, "/1", "/private/3") == ["feed", "page"]


@pytest.mark.parametrize(
    ("status", "source"), [(404, "page"), (403, "page"), (429, "page"), (500, "feed"), (503, "feed")]
)
def test_a_site_without_rules_is_read_and_one_in_trouble_left_alone(
    web: WebServer, status: int, source: str
) -> None:
    robots_txt(web, "User-agent: *", "Disallow: /", status=status)
    assert sources(web, "/1") == [source]


def test_rules_that_never_come_cost_one_wait_and_no_page(web: WebServer) -> None:
    web.hold("/robots.txt", "User-agent: *")
    assert sources(web, "/1", "/2") == ["page", "page"]
    assert len(web.asked("/robots.txt")) == 1


def test_what_is_no_rules_forbids_nothing(web: WebServer) -> None:
    for body in (article_page("Introuvable", LONG), bytes(range(256)) * 40, b"Disallow: /", b"\xff\xfeD\x00"):
        web.serve("/robots.txt", body)
        assert sources(web, "/1") == ["page"]


def test_the_operator_may_have_pages_read_all_the_same(web: WebServer) -> None:
    robots_txt(web, "User-agent: *", "Disallow: /")
    assert sources(web, "/1", heed=False) == ["page"]
    assert not web.asked("/robots.txt")


def test_machines_of_ones_own_network_are_not_asked(web: WebServer) -> None:
    async def go() -> None:
        made, feed = HttpWeb(lambda *_: "fr", ["127.0.0.1/32"]), Feed(web.url("/feed"), "own")
        await made.look(feed, FeedCursor(feed.url), NOW)
        article = await made.read(Entry(feed.url, "1", web.url("/1"), "Un"), feed, NOW)
        assert article.text_from == "page"
        await made.aclose()

    asyncio.run(go())
    assert not web.asked("/robots.txt")


def test_many_pages_at_once_ask_once_and_a_day_later_again(web: WebServer) -> None:
    robots_txt(web, "User-agent: *", "Disallow: /private/")

    async def each(made: HttpWeb) -> None:
        await asyncio.gather(*(read(made, "/1") for _ in range(10)))
        await read(made, "/1", NOW + KEPT - timedelta(seconds=1))
        assert len(web.asked("/robots.txt")) == 1
        robots_txt(web, "User-agent: *", "Disallow: /")
        assert (await read(made, "/1", NOW + KEPT)).text_from == "feed"
        assert (await read(made, "/1", NOW)).text_from == "feed"  # the clock was set back
        assert len(web.asked("/robots.txt")) == 3
        robots_txt(web, status=503)
        await read(made, "/1", NOW + 2 * KEPT)
        robots_txt(web, status=404)
        assert (await read(made, "/1", NOW + 2 * KEPT + AGAIN)).text_from == "page"

    run(web, each)


class Sites(Fetcher):
    """Every site has so many bytes of rules."""

    def __init__(self, body: bytes) -> None:
        self.body = body
        self.asked: list[str] = []

    async def get(self, url: str, *_: object, **__: object) -> Fetched:
        self.asked.append(url)
        return Fetched(200, url, self.body, "text/plain")


def test_what_is_remembered_is_bounded_and_those_asked_for_lately_stay() -> None:
    line = b"Disallow: /x\n"
    sites = Sites(b"User-agent: *\n" + line * (2 * READ // len(line)))
    fit = ROOM // READ

    async def go() -> None:
        robots = Robots(sites)
        for number in range(fit):
            assert not await robots.allow(f"http://{number}.example/x", NOW)
        assert await robots.allow("http://0.example/y", NOW)  # asked for again, so it is not the oldest
        await robots.allow("http://new.example/", NOW)
        assert len(sites.asked) == fit + 1
        await robots.allow("http://0.example/", NOW)
        assert len(sites.asked) == fit + 1
        await robots.allow("http://1.example/", NOW)
        assert len(sites.asked) == fit + 2

    asyncio.run(go())


def test_only_whole_lines_of_a_long_file_count() -> None:
    long = b"User-agent: *\n" + b"# \n" * ((READ - 40) // 3) + b"Disallow: /"
    sites = Sites(long + b"private/\n" + b"Disallow: /1\n" * 100)

    async def go() -> None:
        assert await Robots(sites).allow(f"{SITE}/1", NOW)

    assert READ - 40 < len(long) < READ
    asyncio.run(go())


_pieces = st.sampled_from(
    ["User-agent: *", "User-agent: djeli", "Disallow: /", "Allow: /1", "Disallow: /*a*b*$", "Crawl-delay: x"]
)
_rules = st.lists(_pieces | st.text(max_size=30), max_size=12).map("\n".join)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300) | _rules.map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_whatever_a_site_says_there_is_an_answer(body: bytes) -> None:
    async def go() -> None:
        assert await Robots(Sites(body)).allow(f"{SITE}/{'a' * 500}?b=%zz", NOW) in (True, False)

    asyncio.run(go())


def test_rules_made_to_keep_us_busy_do_not() -> None:
    body = b"User-agent: *\n" + b"Disallow: /*a*a*a*a*a*a*a*a*b\n" * (READ // 31)

    async def go() -> None:
        robots = Robots(Sites(body))
        async with asyncio.timeout(20):
            for _ in range(20):
                assert await robots.allow(f"{SITE}/{'a' * 2000}", NOW)

    asyncio.run(go())
