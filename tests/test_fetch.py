"""One safe, bounded request, against a real server on loopback."""

from __future__ import annotations

import asyncio
import gc
import gzip
import resource
import threading
import zlib
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from djeli.core.model import Failure
from monitors.fetch import (
    FEED_LIMIT,
    HUGE,
    LARGE,
    MOST_HOPS,
    MOST_HUGE,
    MOST_LARGE,
    UNPACKED,
    Crowded,
    Fetched,
    Fetcher,
    Places,
    Resolver,
    Room,
    Unpacker,
)
from tests.web_server import WebServer

LOOPBACK = ("127.0.0.0/8",)


def get(
    url: str,
    allow: Sequence[str] = LOOPBACK,
    deadline: float = 20.0,
    resolver: Resolver | None = None,
    etag: str | None = None,
) -> Fetched | Failure:
    async def fetch() -> Fetched | Failure:
        return await Fetcher(allow, "Djeli/test", deadline, resolver).get(url, FEED_LIMIT, etag)

    return asyncio.run(fetch())


def fetched(found: Fetched | Failure) -> Fetched:
    assert isinstance(found, Fetched), found
    return found


def failure(found: Fetched | Failure) -> Failure:
    assert isinstance(found, Failure), found
    return found


def names(**known: Sequence[str]) -> Resolver:
    async def resolve(host: str, port: int) -> Sequence[str]:
        return known[host.split(".")[0]]

    return resolve


def test_an_answer_arrives_with_what_is_needed_next_time() -> None:
    with WebServer() as web:
        web.serve("/feed?x=1", b"<rss/>", {"Cache-Control": "public, max-age=600"}, etag='"7"')
        found = fetched(get(web.url("/feed?x=1")))
        assert (found.status, found.body, found.etag) == (200, b"<rss/>", '"7"')
        assert found.max_age == timedelta(minutes=10)
        assert found.url == web.url("/feed?x=1")
        assert web.requests[0].headers["user-agent"] == "Djeli/test"
        assert web.requests[0].headers["accept-encoding"] == "gzip"
        assert "cookie" not in web.requests[0].headers


def test_a_server_that_knows_the_etag_answers_unchanged() -> None:
    with WebServer() as web:
        web.serve("/feed", b"<rss/>", etag='"7"')
        assert fetched(get(web.url("/feed"), etag='"7"')).status == 304


def test_localhost_is_fetched_where_loopback_is_allowed() -> None:
    with WebServer() as web:
        web.serve("/feed", b"<rss/>")
        assert fetched(get(web.url("/feed", host="localhost"))).body == b"<rss/>"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_loopback_is_not_touched_unless_it_is_allowed(host: str) -> None:
    with WebServer() as web:
        assert failure(get(web.url("/", host=host), allow=())).code == "blocked_address"
        assert web.requests == []


@pytest.mark.parametrize(
    "target",
    [
        "http://10.0.0.1/secret",
        "http://[::1]/secret",
        "http://[::ffff:7f00:1]/secret",
        "http://2130706433/secret",
        "//192.168.0.1/secret",
        "file:///etc/passwd",
        "http://u:p@127.0.0.1/",
        "http://[",
    ],
)
def test_a_redirect_to_a_private_or_odd_address_is_refused(target: str) -> None:
    with WebServer() as web:
        web.redirect("/feed", target)
        found = failure(get(web.url("/feed"), allow=("127.0.0.1/32",)))
        assert found.code in ("blocked_address", "redirects", "bad_address")
        assert [request.path for request in web.requests] == ["/feed"]


def test_a_redirect_is_checked_by_the_addresses_its_name_resolves_to() -> None:
    with WebServer() as web:
        web.redirect("/feed", web.url("/secret", host="inside.example"))
        resolver = names(inside=["10.0.0.1"])
        assert failure(get(web.url("/feed"), resolver=resolver)).code == "blocked_address"
        assert web.asked("/secret") == []


def test_a_name_that_changes_its_meaning_never_reaches_the_second_one() -> None:
    """The address that was checked is the one that is connected to: every resolution is checked anew."""
    answers = [["127.0.0.1"], ["10.0.0.1"], ["127.0.0.1", "10.0.0.1"]]

    async def rebinding(host: str, port: int) -> Sequence[str]:
        return answers.pop(0)

    with WebServer() as web:
        web.serve("/feed", b"<rss/>")
        url = web.url("/feed", host="rebind.example")
        assert fetched(get(url, resolver=rebinding)).body == b"<rss/>"
        assert failure(get(url, resolver=rebinding)).code == "blocked_address"
        assert failure(get(url, resolver=rebinding)).code == "blocked_address"
        assert len(web.requests) == 1


def test_a_dead_first_address_gives_way_to_the_next() -> None:
    with WebServer() as web:
        web.serve("/feed", b"<rss/>")
        resolver = names(two=["127.0.0.3", "127.0.0.1"])
        assert fetched(get(web.url("/feed", host="two.example"), resolver=resolver)).body == b"<rss/>"


def test_an_unknown_name_is_a_failure_of_its_own_kind() -> None:
    async def nothing(host: str, port: int) -> Sequence[str]:
        raise OSError("no such name")

    found = failure(get("http://nowhere.example/", resolver=nothing))
    assert (found.code, found.detail) == ("dns", "The host name nowhere.example is not known.")


def test_redirects_are_followed_and_a_permanent_one_is_proposed() -> None:
    with WebServer() as web:
        web.redirect("/old", "/new", 301)
        web.redirect("/new", "/today", 302)
        web.serve("/today", b"<rss/>")
        found = fetched(get(web.url("/old")))
        assert (found.body, found.url, found.moved_to) == (b"<rss/>", web.url("/today"), web.url("/new"))


def test_a_temporary_redirect_proposes_nothing() -> None:
    with WebServer() as web:
        web.redirect("/a", "/b", 302)
        web.redirect("/b", "/c", 301)
        web.serve("/c", b"<rss/>")
        assert fetched(get(web.url("/a"))).moved_to is None


def test_a_redirect_in_letters_of_its_own_alphabet_is_followed() -> None:
    with WebServer() as web:
        web.redirect("/feed", "/новости/récit".encode().decode("latin-1"))
        web.serve("/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8/r%C3%A9cit", b"<rss/>")
        assert fetched(get(web.url("/feed"))).body == b"<rss/>"


def test_a_circle_of_redirects_ends() -> None:
    with WebServer() as web:
        web.redirect("/loop", "/loop")
        assert failure(get(web.url("/loop"))).code == "redirects"
        assert len(web.requests) == MOST_HOPS + 1


def test_the_environment_names_no_proxy_here(monkeypatch: pytest.MonkeyPatch) -> None:
    with WebServer() as proxy, WebServer() as web:
        monkeypatch.setenv("HTTP_PROXY", proxy.url())
        monkeypatch.setenv("http_proxy", proxy.url())
        web.serve("/feed", b"<rss/>")
        assert fetched(get(web.url("/feed"))).body == b"<rss/>"
        assert proxy.requests == []


@pytest.mark.parametrize(
    ("status", "wait", "words"),
    [
        (404, None, "has nothing at this address (HTTP 404)"),
        (410, None, "gone for good"),
        (429, "120", "asked too often"),
        (503, "120", "overloaded"),
        (418, None, "no usable answer (HTTP 418)"),
    ],
)
def test_an_http_error_says_what_it_means(status: int, wait: str | None, words: str) -> None:
    with WebServer() as web:
        web.serve("/feed", b"<html>", {"Retry-After": wait} if wait else {}, status=status)
        found = failure(get(web.url("/feed")))
        assert (found.code, found.status) == ("http", status)
        assert words in found.detail
        assert found.retry_after == (timedelta(minutes=2) if wait else None)


def test_retry_after_may_be_a_date_by_the_servers_clock() -> None:
    with WebServer() as web:
        dates = {"Date": "Wed, 10 Feb 2027 12:00:00 GMT", "Retry-After": "Wed, 10 Feb 2027 12:30:00 GMT"}
        web.serve("/feed", b"", dates, status=503)
        assert failure(get(web.url("/feed"))).retry_after == timedelta(minutes=30)


def test_a_body_that_never_ends_in_time_is_given_up_at_the_deadline() -> None:
    with WebServer() as web:
        web.hold("/feed", b"<rss>" + b" " * 1000, sent=10)
        assert failure(get(web.url("/feed"), deadline=0.3)).code == "timeout"


def test_a_chain_of_hops_has_one_deadline() -> None:
    with WebServer() as web:
        web.redirect("/feed", "/slow")
        web.hold("/slow", b"<rss/>")
        found = failure(get(web.url("/feed"), deadline=0.3))
        assert (found.code, found.detail) == ("timeout", "127.0.0.1 gave no whole answer in 0.3 s.")


def test_a_refused_connection_is_a_failure() -> None:
    with WebServer() as web:
        url = web.url("/feed")
    assert failure(get(url)).code == "connect"


@pytest.mark.parametrize("packing", ["gzip", "deflate", "bare deflate"])
def test_packed_answers_are_unpacked(packing: str) -> None:
    text = b"<rss>" + b"Bamako " * 10_000 + b"</rss>"
    bare = zlib.compressobj(wbits=-15)
    packed = {
        "gzip": gzip.compress(text),
        "deflate": zlib.compress(text),
        "bare deflate": bare.compress(text) + bare.flush(),
    }
    with WebServer() as web:
        web.serve("/feed", packed[packing], {"Content-Encoding": packing.split()[-1]})
        found = fetched(get(web.url("/feed")))
        assert (found.body, found.whole) == (text, True)


@pytest.mark.parametrize("encoding", ["gzip, gzip, gzip", "br", "zstd", "gzip, br"])
def test_other_packings_and_several_layers_are_refused(encoding: str) -> None:
    with WebServer() as web:
        body = gzip.compress(gzip.compress(gzip.compress(b"x" * 1_000_000)))
        web.serve("/feed", body, {"Content-Encoding": encoding})
        assert failure(get(web.url("/feed"))).code == "bad_encoding"


@given(
    st.lists(st.sampled_from([b"<item/>", bytes(300_000), bytes(range(256)) * 400, b"x"]), max_size=5),
    st.integers(1, 9_000),
    st.sampled_from([b"", bytes(9), b"more"]),
)
def test_however_a_packed_body_arrives_it_is_unpacked_a_little_at_a_time(
    words: list[bytes], length: int, more: bytes
) -> None:
    text, unpacker = b"".join(words), Unpacker("gzip")
    packed = gzip.compress(text) + more
    parts = [
        part for at in range(0, len(packed), length) for part in unpacker.parts(packed[at : at + length])
    ]
    assert b"".join(parts) == text
    assert max(map(len, parts), default=0) <= UNPACKED
    assert unpacker.finished == (more != b"more")
    cut = Unpacker("gzip")
    assert text.startswith(b"".join(cut.parts(packed[: len(packed) // 2])))
    assert not cut.finished


def test_what_follows_a_packed_answer_is_dropped_and_noticed() -> None:
    with WebServer() as web:
        web.serve("/feed", gzip.compress(b"<rss/>") + b"more" * 30_000, {"Content-Encoding": "gzip"})
        web.serve("/padded", gzip.compress(b"<rss/>") + bytes(100_000), {"Content-Encoding": "gzip"})
        assert (fetched(get(web.url("/feed"))).body, fetched(get(web.url("/feed"))).whole) == (
            b"<rss/>",
            False,
        )
        assert fetched(get(web.url("/padded"))).whole


@pytest.mark.parametrize("kind", ["image/png", "video/mp4", "application/pdf", "application/zip"])
def test_what_calls_itself_no_text_is_not_downloaded(kind: str) -> None:
    with WebServer() as web:
        web.endless("/feed", headers={"Content-Type": kind})
        found = failure(get(web.url("/feed")))
        assert (found.code, kind in found.detail) == ("not_a_feed", True)


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/octet-stream", "application/x-rss+xml", "application/unknown", "XML"]
)
def test_whatever_a_feed_may_call_itself_is_read(kind: str) -> None:
    with WebServer() as web:
        web.serve("/feed", b"<rss/>", {"Content-Type": kind})
        assert fetched(get(web.url("/feed"))).body == b"<rss/>"


def test_an_answer_that_only_claims_to_be_packed_is_refused() -> None:
    with WebServer() as web:
        web.serve("/feed", b"<rss/>", {"Content-Encoding": "gzip"})
        assert failure(get(web.url("/feed"))).code == "bad_encoding"


def test_a_gzip_bomb_is_stopped_while_it_is_small() -> None:
    bomb = zlib.compressobj(9, wbits=31)
    packed = b"".join(bomb.compress(bytes(1 << 20)) for _ in range(200)) + bomb.flush()
    assert len(packed) < 600_000
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with WebServer() as web:
        web.serve("/feed", packed, {"Content-Encoding": "gzip"})
        assert failure(get(web.url("/feed"))).code == "too_big"
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 64 * 1024  # KiB; unpacked it would be 200 MB


def test_a_body_of_fifty_megabytes_is_refused() -> None:
    with WebServer() as web:
        web.serve("/feed", bytes(50_000_000))
        found = failure(get(web.url("/feed")))
        assert (found.code, found.detail) == ("too_big", "The answer of 127.0.0.1 is larger than 5 MB.")


def test_an_endless_body_is_refused() -> None:
    with WebServer() as web:
        web.endless("/feed")
        assert failure(get(web.url("/feed"))).code == "too_big"


def test_a_body_shorter_than_announced_is_kept_and_marked() -> None:
    with WebServer() as web:
        web.serve("/feed", b"<rss><channel>", length=5000)
        found = fetched(get(web.url("/feed")))
        assert (found.body, found.whole) == (b"<rss><channel>", False)


def test_one_host_is_asked_two_things_at_a_time_and_no_more() -> None:
    async def crowd(web: WebServer, events: list[threading.Event]) -> list[Fetched | Failure]:
        fetcher = Fetcher(LOOPBACK)
        answers = asyncio.gather(*(fetcher.get(web.url(f"/{number}")) for number in range(6)))
        await asyncio.to_thread(web.wait_for, 2)
        for event in events:
            event.set()
        found = await answers
        return list(found)

    with WebServer() as web:
        events = [web.hold(f"/{number}", b"<rss/>") for number in range(6)]
        found = asyncio.run(crowd(web, events))
        assert all(isinstance(one, Fetched) for one in found)
        assert web.most_at_once == 2


@pytest.mark.parametrize(("size", "most"), [(LARGE, MOST_LARGE), (HUGE, MOST_HUGE)])
def test_of_large_bodies_few_are_in_memory_and_all_arrive(size: int, most: int) -> None:
    """Those that find no place are asked for again when there is one; small ones do not wait for them."""

    async def crowd(web: WebServer, held: list[threading.Event]) -> tuple[list[Fetched | Failure], int]:
        async def resolve(host: str, port: int) -> Sequence[str]:
            return ["127.0.0.1"]

        fetcher = Fetcher(LOOPBACK, resolver=resolve)
        names = [web.url(f"/{n}", host=f"large{n}.example") for n in range(most + 2)]
        crowd = [asyncio.create_task(fetcher.get(name)) for name in names]
        await asyncio.to_thread(web.wait_for, len(names))
        small = fetched(await fetcher.get(web.url("/small", host="small.example")))
        assert small.body == b"<rss/>"
        asked = len(web.requests)
        for event in held:
            event.set()
        found = await asyncio.gather(*crowd)
        return list(found), len(web.requests) - asked

    with WebServer() as web:
        web.serve("/small", b"<rss/>")
        held = [web.hold(f"/{n}", bytes(size + 100_000), sent=size + 1) for n in range(most + 2)]
        found, again = asyncio.run(crowd(web, held))
    assert [len(fetched(one).body) for one in found] == [size + 100_000] * (most + 2)
    assert again <= 2


def test_who_waits_for_a_place_holds_nothing_of_the_body() -> None:
    waiting = asyncio.Event()

    class Watched(Room):
        async def wait(self) -> None:
            waiting.set()
            await super().wait()

    async def run(web: WebServer) -> tuple[int, Fetched | Failure]:
        """Bytes of bodies that are held while a large one waits for others, and what comes of it."""
        fetcher, places = Fetcher(LOOPBACK, "Djeli/test"), Places()
        others = [Room(places) for _ in range(MOST_LARGE)]
        for room in others:
            await room.grow(LARGE + 1)
        async with Watched(places) as mine:
            asking = asyncio.create_task(fetcher.get(web.url("/large"), room=mine))
            await waiting.wait()
            bodies = [thing for thing in gc.get_objects() if isinstance(thing, BytesIO) and not thing.closed]
            held = sum(body.getbuffer().nbytes for body in bodies)
            await others[0].__aexit__()
            return held, await asking

    with WebServer() as web:
        web.serve("/large", "x" * 2 * LARGE)
        held, found = asyncio.run(run(web))
    assert held < LARGE / 2
    assert len(fetched(found).body) == 2 * LARGE


def test_a_large_body_that_becomes_huge_gives_its_place_to_another() -> None:
    async def grow() -> None:
        places = Places()
        rooms = [Room(places) for _ in range(MOST_LARGE + 2)]
        await rooms[0].grow(LARGE + 1)
        await rooms[0].grow(HUGE + 1)
        for room in rooms[1:-1]:
            await room.grow(LARGE + 1)
        for room, size in ((rooms[1], HUGE + 1), (rooms[-1], LARGE + 1)):
            with pytest.raises(Crowded):
                await room.grow(size)
        waiting = asyncio.create_task(rooms[1].wait())
        await asyncio.sleep(0)
        await rooms[-1].grow(LARGE + 1)  # there is a place again
        async with rooms[0]:
            await rooms[0].grow(LARGE + 1)  # once huge it is asked no more
        await waiting
        await rooms[1].grow(2 * HUGE)

    asyncio.run(grow())


def answered(parts: Sequence[bytes]) -> Fetched | Failure:
    """What a server gets through that says this, word for word, and hangs up."""

    async def fetch() -> Fetched | Failure:
        async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"\r\n\r\n")
            with suppress(ConnectionError):
                for part in parts:
                    writer.write(part)
                    await writer.drain()
            writer.close()

        server = await asyncio.start_server(answer, "127.0.0.1", 0)
        async with server:
            port = server.sockets[0].getsockname()[1]
            return await Fetcher(LOOPBACK).get(f"http://127.0.0.1:{port}/feed")

    return asyncio.run(fetch())


@pytest.mark.parametrize(
    "said",
    [
        [b"HTTP/1.0 200 OK\r\n\r\n<rss/>"],
        [b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"4\r\n<rss\r\n2\r\n/>\r\n", b"0\r\n\r\n"],
        [
            b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n",
            b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<rss/>",
        ],
        [b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<rss/>and more"],
        [b"HTTP/1.1 200 O", b"K\r\nX", b": y\r\n\r\n<rs", b"s/>"],
    ],
)
def test_an_answer_is_read_however_it_is_framed(said: Sequence[bytes]) -> None:
    found = fetched(answered(said))
    assert (found.body, found.whole) == (b"<rss/>", True)


@pytest.mark.parametrize(
    "said",
    [
        [],
        [b"HTTP/1.1 200 OK\r\nContent-"],
        [b"SSH-2.0-OpenSSH_9.2\r\n"],
        [b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 6\r\n\r\n<rss/>"],
        [b"HTTP/1.1 200 OK\r\nX: ", b"a" * 300_000],
        [b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n"],
        [b"HTTP/1.1 100 Continue\r\n\r\n"] * 1000,
    ],
)
def test_what_is_no_answer_is_a_broken_connection(said: Sequence[bytes]) -> None:
    found = failure(answered(said))
    assert (found.code, found.detail.endswith(".")) == ("connect", True)


def test_a_chunked_body_that_breaks_off_is_kept_and_marked() -> None:
    found = fetched(answered([b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<rss>\r\n"]))
    assert (found.body, found.whole) == (b"<rss>", False)
