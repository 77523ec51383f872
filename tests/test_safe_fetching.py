"""No spelling of an address, no redirect and no resolver leads into a network that is not public.

Names and connections are a stand-in's: whatever is dialled ends at one of two listeners, the one of
the public web or the one behind every other address, so that a connection that should not be is seen.
"""

from __future__ import annotations

import asyncio
import re
import socket
import ssl
import subprocess
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from djeli.core.model import Article, Check, Entry, Failure, Feed, FeedCursor
from monitors.fetch import Fetched, Fetcher, Streams
from monitors.web import HttpWeb
from tests.web_server import WebServer, article_page, rss

NOW = datetime(2027, 2, 10, 12, tzinfo=UTC)
PUBLIC = "8.8.8.8"  # not visited: it stands for the public web

# Hosts as an address may spell them.
FORMS = re.findall(
    r"\S+",
    """
    127.0.0.1 127.0.0.1. 127.1 127.0.1 127.255.255.254 2130706433 017700000001 0x7f000001 0x7f.1 0x7f.0.0.1
    0177.0.0.1 0177.1 127.0.0.0x1 00127.0.0.1 １２７.0.0.1 127。0。0。1 ①②⑦.0.0.1 0 0.0.0.0 0x0 localhost
    localhost. LOCALHOST loopback.example 10.0.0.1 10.1 167772161 012.0.0.1 100.64.0.1 169.254.169.254
    2852039166 0xa9fea9fe 0251.0376.0251.0376 172.16.0.1 172.31.255.255 192.168.0.1 192.168.257 3232235521
    192.0.0.1 192.0.0.192 192.0.2.1 192.88.99.1 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1 240.0.0.1
    255.255.255.255 127.0.0.1%00 127.0.0.1%2f 127.0.0.1%20 8.8.8.8@127.0.0.1 a:b@127.0.0.1 8.8.8.8\\@127.0.0.1
    127.0.0.1:22 8.8.8.8:22 8.8.8.8:6379 8.8.8.8:0 8.8.8.8:65536 intranet
    [::1] [::] [0:0:0:0:0:0:0:1] [::127.0.0.1] [::7f00:1] [::ffff:127.0.0.1] [::ffff:7f00:1]
    [::ffff:0:127.0.0.1] [0:0:0:0:0:ffff:127.0.0.1] [::FFFF:169.254.169.254] [::ffff:a9fe:a9fe]
    [64:ff9b::127.0.0.1] [64:ff9b::7f00:1] [64:ff9b::a9fe:a9fe] [64:ff9b:1::1] [2002:7f00:1::]
    [2002:a00:1::] [2002:a9fe:a9fe::1] [2001:0:4136:e378:8000:63bf:80ff:fffe] [2001::1] [2001:db8::1]
    [100::1] [fc00::1] [fd00:ec2::254] [fe80::1] [fe80::1%25lo] [fe80::1%lo] [::1%25lo] [fec0::1] [ff02::1]
    [3fff::1] [5f00::1] [4000::1] [::1 [::1]] [::ffff:127.0.0.1]:80 [v1.127.0.0.1] [::ffff:10.0.0.1]
    """,
)
HOSTS = [*dict.fromkeys(FORMS), "127.0.0.1\t", "127.0.0.1\x00", "127.0.0.1 ", "127.0.0.1\n"]
# Answers of a resolver: what is asked first, and what is asked after.
PRIVATE_ANSWERS = [
    ["127.0.0.1"],
    ["10.0.0.1"],
    ["169.254.169.254"],
    ["0.0.0.0"],
    ["::1"],
    ["::ffff:127.0.0.1"],
    ["64:ff9b::7f00:1"],
    ["2002:7f00:1::"],
    ["fe80::1%lo"],
    ["fd00::1"],
    ["rubbish"],
    [PUBLIC, "127.0.0.1"],
    ["127.0.0.1", PUBLIC],
    [PUBLIC, "::1"],
    ["2606:4700::1111", "10.0.0.1"],
    ["2606:4700::1111", PUBLIC, "fc00::1"],
]


class World:
    """The public web on one listener, everything else on another, and who was connected with whom."""

    def __init__(self, public: WebServer, inside: WebServer) -> None:
        self.public, self.inside = public, inside
        self.answers: list[Sequence[str]] = []  # of the resolver, in their order; then PUBLIC
        self.dialled: list[str] = []

    async def resolve(self, host: str, port: int) -> Sequence[str]:
        """As the C library does it: a number in any spelling is an address."""
        if self.answers:
            return self.answers.pop(0)
        if host.rstrip(".").lower() in ("localhost", "loopback.example", "intranet"):
            return ["127.0.0.1"]
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
        except OSError:
            return [PUBLIC]
        return [str(sockaddr[0]) for *_, sockaddr in found]

    async def dial(
        self, host: str, port: int, *, ssl: ssl.SSLContext | None, server_hostname: str | None
    ) -> Streams:
        self.dialled.append(host)
        server = self.public if host == PUBLIC and port in (80, 443) else self.inside
        return await asyncio.open_connection("127.0.0.1", server.port)

    def run(self, do: Callable[[HttpWeb], Awaitable[object]]) -> None:
        async def go() -> None:
            web = HttpWeb(lambda *_: "und", resolver=self.resolve, dial=self.dial, deadline=5)
            try:
                await do(web)
            finally:
                await web.aclose()

        asyncio.run(go())


@contextmanager
def the_world() -> Iterator[World]:
    with WebServer() as public, WebServer() as inside:
        public.serve("/feed", rss({"title": "Un", "link": "http://press.example/1"}))
        inside.serve("/feed", rss({"title": "Secret"}))
        yield World(public, inside)


def entry(url: str) -> Entry:
    return Entry("http://press.example/feed", "1", url, "Un convoi")


def test_there_are_enough_forms() -> None:
    assert len(HOSTS) >= 95


def test_the_world_is_seen_when_it_may_be() -> None:
    with the_world() as world:

        async def visit(web: HttpWeb) -> None:
            check = await web.look(Feed("http://press.example/feed", "x"), FeedCursor("x"), NOW)
            assert [found.title for found in check.entries] == ["Un"]
            opened = HttpWeb(lambda *_: "und", ["127.0.0.0/8"], resolver=world.resolve, dial=world.dial)
            check = await opened.look(Feed("http://localhost/feed", "x"), FeedCursor("x"), NOW)
            await opened.aclose()
            assert [found.title for found in check.entries] == ["Secret"]

        world.run(visit)
        assert (len(world.public.requests), len(world.inside.requests)) == (1, 1)


def test_no_form_of_a_forbidden_address_is_visited_as_feed_page_or_redirect() -> None:
    with the_world() as world:

        async def visit(web: HttpWeb) -> None:
            for number, host in enumerate(HOSTS):
                url = f"http://{host}/feed"
                check: Check = await web.look(Feed(url, "x"), FeedCursor(url), NOW)
                assert check.failure is not None, host
                assert check.failure.code in ("bad_address", "blocked_address"), (host, check.failure)
                article: Article = await web.read(entry(url), Feed("http://press.example/feed", "x"), NOW)
                assert article.text_from == "title", host
                if host.isascii() and host.isprintable():  # a header carries nothing else
                    for scheme in ("http:", "https:", ""):
                        world.public.redirect(f"/{number}", f"{scheme}//{host}/feed", 301 + number % 2)
                        moved = await web.fetcher.get(f"http://press.example/{number}")
                        assert isinstance(moved, Failure), (host, moved)
                        assert moved.code in ("redirects", "blocked_address"), (host, moved)

        world.run(visit)
        assert world.inside.requests == []
        assert set(world.dialled) == {PUBLIC}


@pytest.mark.parametrize("answer", PRIVATE_ANSWERS, ids=" ".join)
def test_no_answer_of_a_resolver_leads_inside(answer: Sequence[str]) -> None:
    """First at once, then as the second answer of a name that was public before, then behind a redirect."""
    with the_world() as world:
        world.public.redirect("/hop", "http://other.example/feed")
        refused: list[Failure] = []

        async def visit(web: HttpWeb) -> None:
            feed = Feed("http://press.example/feed", "x")
            world.answers = [answer]
            check = await web.look(feed, FeedCursor(feed.url), NOW)
            refused.extend([check.failure] if check.failure else [])
            world.answers = [[PUBLIC], answer]
            assert (await web.look(feed, FeedCursor(feed.url), NOW)).failure is None
            article = await web.read(entry("http://press.example/1"), feed, NOW)
            assert article.text_from == "title"
            world.answers = [[PUBLIC], answer]
            moved = await web.fetcher.get("http://press.example/hop")
            refused.extend([moved] if isinstance(moved, Failure) else [])

        world.run(visit)
        assert [failure.code for failure in refused] == ["blocked_address"] * 2
        assert world.inside.requests == []
        assert set(world.dialled) == {PUBLIC}


def test_the_public_web_sends_nobody_into_a_network_that_is_allowed() -> None:
    """What the operator opened is for the feeds he named, not for those they lead to."""
    with the_world() as world:
        world.public.redirect("/hop", "http://127.0.0.1/feed")
        world.inside.redirect("/hop", "http://127.0.0.1/feed")
        world.inside.serve(
            "/1", article_page("Secret", ["Rien ne doit en sortir, et pourtant on essaie."] * 3)
        )

        async def visit(web: HttpWeb) -> None:
            opened = HttpWeb(lambda *_: "und", ["127.0.0.0/8"], resolver=world.resolve, dial=world.dial)
            public, own = Feed("http://press.example/feed", "x"), Feed("http://127.0.0.1/feed", "y")
            moved = await opened.fetcher.get("http://press.example/hop")
            assert isinstance(moved, Failure)
            assert moved.code == "blocked_address"
            await opened.look(public, FeedCursor(public.url), NOW)
            assert (await opened.read(entry("http://127.0.0.1/1"), public, NOW)).text_from == "title"
            assert world.inside.requests == []
            await opened.look(own, FeedCursor(own.url), NOW)
            assert (await opened.read(entry("http://127.0.0.1/1"), own, NOW)).text_from == "page"
            assert isinstance(await opened.fetcher.get("http://127.0.0.1/hop"), Fetched)
            await opened.aclose()

        world.run(visit)


# -------------------------------------------------------------------------------------- encryption


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An authority of our own and what it signed: good, expired; and one that signed itself."""
    folder = tmp_path_factory.mktemp("tls")

    def openssl(*words: str) -> None:
        subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True, timeout=20)

    new = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
    openssl("req", "-x509", *new, "-keyout", "ca.key", "-out", "ca.pem", "-days", "2", "-subj", "/CN=Test CA")
    for name, days in (("good", "2"), ("expired", "-1")):
        openssl("req", *new, "-keyout", f"{name}.key", "-out", f"{name}.csr", "-subj", "/CN=press.example")
        (folder / "names").write_text("subjectAltName=DNS:press.example")
        signed = ("-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-extfile", "names")
        openssl("x509", "-req", "-in", f"{name}.csr", *signed, "-out", f"{name}.pem", "-days", days)
    alone = ("-subj", "/CN=press.example", "-addext", "subjectAltName=DNS:press.example")
    openssl("req", "-x509", *new, "-keyout", "own.key", "-out", "own.pem", "-days", "2", *alone)
    return folder


async def over_tls(papers: Path, name: str, host: str, authorities: str | None) -> Fetched | Failure:
    """What is got through from a server with these papers."""
    asked = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<rss/>")
        await writer.drain()
        writer.close()

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(papers / f"{name}.pem", papers / f"{name}.key")
    server = await asyncio.start_server(answer, "127.0.0.1", 0, ssl=context)

    async def resolve(host: str, port: int) -> Sequence[str]:
        return ["127.0.0.1"]

    async with server:
        port = server.sockets[0].getsockname()[1]
        fetcher = Fetcher(["127.0.0.1/32"], deadline=5, resolver=resolve, authorities=authorities)
        found = await fetcher.get(f"https://{host}:{port}/feed")
        fetcher.close()
    assert len(asked) == isinstance(found, Fetched)  # nothing is said before the papers are right
    return found


def test_a_server_with_the_right_papers_is_read(papers: Path) -> None:
    found = asyncio.run(over_tls(papers, "good", "press.example", str(papers / "ca.pem")))
    assert isinstance(found, Fetched), found
    assert found.body == b"<rss/>"


@pytest.mark.parametrize(
    ("name", "host", "trusted", "words"),
    [
        ("good", "other.example", True, "mismatch"),
        ("good", "127.0.0.1", True, "mismatch"),
        ("good", "press.example", False, "local issuer"),
        ("own", "press.example", True, "self.signed"),
        ("expired", "press.example", True, "expired"),
    ],
)
def test_wrong_papers_are_refused_with_the_reason(
    papers: Path, name: str, host: str, trusted: bool, words: str
) -> None:
    authorities = str(papers / "ca.pem") if trusted else None
    found = asyncio.run(over_tls(papers, name, host, authorities))
    assert isinstance(found, Failure)
    assert found.code == "connect"
    assert "certificate is not valid" in found.detail
    assert re.search(words, found.detail)


def test_a_server_that_does_not_encrypt_is_refused_over_https() -> None:
    with WebServer() as web:
        web.serve("/feed", b"<rss/>")
        found = asyncio.run(Fetcher(["127.0.0.1/32"]).get(f"https://127.0.0.1:{web.port}/feed"))
        assert isinstance(found, Failure)
        assert (found.code, "encrypted" in found.detail) == ("connect", True)


def test_encryption_is_not_given_up_on_the_way_to_another_host(papers: Path) -> None:
    async def fetch() -> Fetched | Failure:
        async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(
                b"HTTP/1.1 302 Found\r\nLocation: http://other.example/feed\r\nContent-Length: 0\r\n\r\n"
            )
            await writer.drain()
            writer.close()

        async def resolve(host: str, port: int) -> Sequence[str]:
            return ["127.0.0.1"]

        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(papers / "good.pem", papers / "good.key")
        async with await asyncio.start_server(answer, "127.0.0.1", 0, ssl=context) as server:
            port = server.sockets[0].getsockname()[1]
            fetcher = Fetcher(["127.0.0.1/32"], resolver=resolve, authorities=str(papers / "ca.pem"))
            return await fetcher.get(f"https://press.example:{port}/feed")

    found = asyncio.run(fetch())
    assert isinstance(found, Failure)
    assert (found.code, "without encryption" in found.detail) == ("redirects", True)
