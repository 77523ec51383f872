"""A web server on loopback that answers as badly as it can, in more than fifty ways.

Every path is a behaviour of BEHAVIOURS or PAGES, `/honest/7` is an honest feed. `python -m
tests.hostile_server ADDRESSES` listens on so many addresses of its own (127.66.0.0 and following),
prints its port and serves until its standard input is closed.
"""

from __future__ import annotations

import asyncio
import gzip
import socket
import struct
import sys
import threading
import zlib
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from types import TracebackType

from tests.web_server import article_page, rss

Act = Callable[[asyncio.StreamWriter], Awaitable[None]]
FEED = rss({"title": "Un convoi arrive à Gao", "link": "/article/1", "guid": "1"})
BEAT = 0.05  # seconds between two words of those who are slow


@dataclass(frozen=True, slots=True)
class Behaviour:
    """How a path answers, and what is to be made of it: a cause and words of its sentence; "" is none."""

    act: Act
    cause: str = ""
    words: str = ""


# ------------------------------------------------------------------------------------- ways to answer


def head(status: str = "200 OK", *headers: str) -> bytes:
    return "\r\n".join([f"HTTP/1.1 {status}", *headers, "Connection: close", "\r\n"]).encode("latin-1")


def says(*parts: bytes) -> Act:
    """These bytes, then the end."""

    async def act(writer: asyncio.StreamWriter) -> None:
        for part in parts:
            writer.write(part)
            await writer.drain()

    return act


def answers(body: bytes, *headers: str, status: str = "200 OK") -> Act:
    """A proper answer with this body."""
    return says(head(status, f"Content-Length: {len(body)}", *headers), body)


def makes(body: Callable[[], bytes], *headers: str) -> Act:
    """The same for a body that is made when first asked for."""

    async def act(writer: asyncio.StreamWriter) -> None:
        made = _made(body)
        await says(head("200 OK", f"Content-Length: {len(made)}", *headers), made)(writer)

    return act


@lru_cache(None)
def _made(body: Callable[[], bytes]) -> bytes:
    return body()


def endless(start: bytes, part: bytes, pause: float = 0.0) -> Act:
    """`start`, then `part` again and again until the other side has enough."""

    async def act(writer: asyncio.StreamWriter) -> None:
        writer.write(start)
        while True:
            writer.write(part)
            await writer.drain()
            await asyncio.sleep(pause)

    return act


def silent() -> Act:
    async def act(writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(3600)  # longer than any visitor waits: he ends it

    return act


def resets(*parts: bytes) -> Act:
    """These bytes, then a reset instead of an end."""

    async def act(writer: asyncio.StreamWriter) -> None:
        await says(*parts)(writer)
        await asyncio.sleep(BEAT)
        socket_: socket.socket = writer.get_extra_info("socket")
        socket_.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        writer.transport.abort()

    return act


def moves(to: str, status: str = "302 Found") -> Act:
    return answers(b"", f"Location: {to}", status=status)


# ---------------------------------------------------------------------------------------- documents


def bomb(megabytes: int = 60, wbits: int = 31) -> bytes:
    packer = zlib.compressobj(9, wbits=wbits)
    return b"".join(packer.compress(bytes(1 << 20)) for _ in range(megabytes)) + packer.flush()


def laughs(levels: int = 9) -> bytes:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, levels))
    doctype = f'<!DOCTYPE rss [<!ENTITY l0 "ha">{entities}]>'
    item = f"<rss><channel><item><title>&l{levels - 1};</title></item></channel></rss>"
    return f'<?xml version="1.0"?>{doctype}{item}'.encode()


def attributes() -> bytes:
    return b"<rss><channel><item %s/></channel></rss>" % b" ".join(b'a%d="1"' % n for n in range(60_000))


def nested() -> bytes:
    inside = b"<b>" * 650_000 + b"x" + b"</b>" * 650_000
    return b'<rss version="2.0"><channel><item><title>%s</title></item></channel></rss>' % inside


def long_author() -> bytes:
    """feedparser looks for an address in it for minutes; the DOCTYPE keeps the other parser away."""
    return rss({"title": "x", "author": "a." * 100_000}).replace(b"?>", b"?><!DOCTYPE rss>", 1)


def many_items() -> bytes:
    return rss(*({"title": f"T{n}", "guid": str(n)} for n in range(8_000)))


def many_texts() -> bytes:
    """500 long articles in an alphabet of one byte: twice as many bytes in ours."""
    text = "Колонна прибыла в Гао. " * 200
    body = rss(*({"title": f"Т{n}", "guid": str(n), "description": text} for n in range(500)))
    return body.decode().replace("UTF-8", "windows-1251").encode("cp1251")


def one_line() -> bytes:
    return rss({"title": "x", "description": "x" * 4_800_000})


def links() -> bytes:
    return b"<html><body>" + b"".join(b'<a href="/%d">l</a>' % n for n in range(120_000)) + b"</body></html>"


def page_attributes() -> bytes:
    return b"<html><body><p %s>x</p></body></html>" % b" ".join(b'a%d="1"' % n for n in range(80_000))


def paragraphs() -> bytes:
    return b"<html><body><article>" + b"<p>x" * 700_000 + b"</article></body></html>"


def table() -> bytes:
    return b"<html><body><table>" + b"<tr><td colspan=999999999>x" * 90_000 + b"</table></body></html>"


def page_nested() -> bytes:
    return b"<html><body>" + b"<div>" * 500_000 + b"x"


XML = "Content-Type: application/rss+xml"
HTML = "Content-Type: text/html"
CHUNKED = "Transfer-Encoding: chunked"
ODD = "X-Filler: "
PAGE = article_page(
    "Convoi", ["Une quarantaine d’engins sont entrés mardi dans la ville de Gao."] * 5
).encode()

BEHAVIOURS: dict[str, Behaviour] = {
    # what is packed
    "gzip_bomb": Behaviour(makes(bomb, "Content-Encoding: gzip"), "too_big", "5 MB"),
    "deflate_bomb": Behaviour(makes(lambda: bomb(60, 15), "Content-Encoding: deflate"), "too_big", "5 MB"),
    "gzip_thrice": Behaviour(
        makes(lambda: gzip.compress(gzip.compress(bomb())), "Content-Encoding: gzip, gzip, gzip"),
        "bad_encoding",
        "gzip, gzip, gzip",
    ),
    "gzip_in_gzip": Behaviour(
        makes(lambda: gzip.compress(bomb()), "Content-Encoding: gzip"), "not_a_feed", "neither RSS nor Atom"
    ),
    "brotli": Behaviour(answers(b"\x8b\x02\x80<rss/>\x03", "Content-Encoding: br"), "bad_encoding", "br"),
    "zstd": Behaviour(answers(b"\x28\xb5\x2f\xfd", "Content-Encoding: zstd"), "bad_encoding", "zstd"),
    "claims_gzip": Behaviour(answers(FEED, "Content-Encoding: gzip"), "bad_encoding", "cannot be unpacked"),
    "gzip_and_more": Behaviour(
        endless(head("200 OK", "Content-Encoding: gzip") + gzip.compress(FEED), b"x" * 9999),
        "too_big",
        "5 MB",
    ),
    "escape_in_packing": Behaviour(answers(b"x", "Content-Encoding: \x9b31m<b>"), "bad_encoding", "31mb"),
    # what is slow or does not end
    "silent": Behaviour(silent(), "timeout", "in time|no whole answer"),
    "slow_head": Behaviour(endless(head()[:-4], b"\r\nX: y", BEAT), "timeout", "no whole answer"),
    "slow_body": Behaviour(endless(head("200 OK", XML) + b"<rss>", b" ", BEAT), "timeout", "no whole answer"),
    "slow_hints": Behaviour(endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n", BEAT), "connect", "no answer"),
    "endless": Behaviour(endless(head("200 OK", XML) + b"<rss>", b" " * 65_536), "too_big", "5 MB"),
    "endless_chunks": Behaviour(endless(head("200 OK", CHUNKED), b"1\r\nx\r\n" * 5_000), "too_big", "5 MB"),
    "endless_head": Behaviour(endless(head()[:-4], b"\r\nX: " + b"y" * 9_999), "connect", "headers"),
    "endless_hints": Behaviour(endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n"), "connect", "no answer"),
    "endless_film": Behaviour(
        endless(head("200 OK", "Content-Type: video/mp4"), b"x" * 65_536), "not_a_feed", "video/mp4"
    ),
    # what is no answer
    "closed": Behaviour(says(), "connect", "no answer"),
    "reset": Behaviour(resets(), "connect", "reset|no answer"),
    "reset_in_body": Behaviour(
        resets(head("200 OK", XML, "Content-Length: 9000"), FEED[:60]), "parse", "broken"
    ),
    "http_0_9": Behaviour(says(FEED + b"\r\n\r\n"), "connect", "speak HTTP"),
    "ssh": Behaviour(says(b"SSH-2.0-OpenSSH_9.2\r\n\r\n"), "connect", "speak HTTP"),
    "noise": Behaviour(says(bytes(range(256)) * 40), "connect", "speak HTTP"),
    "upgrade": Behaviour(says(head("101 Switching Protocols", "Upgrade: x")), "connect", "speak HTTP"),
    "negative_length": Behaviour(
        says(head("200 OK", "Content-Length: -3"), FEED), "connect", "Content-Length"
    ),
    "two_lengths": Behaviour(
        says(head("200 OK", "Content-Length: 3", "Content-Length: 6"), FEED), "connect", "Content-Length"
    ),
    "odd_framing": Behaviour(
        says(head("200 OK", "Transfer-Encoding: gzip, chunked"), FEED), "connect", "speak HTTP"
    ),
    "huge_header": Behaviour(says(head("200 OK", ODD + "a" * 300_000), FEED), "connect", "headers"),
    "many_headers": Behaviour(says(head("200 OK", *["a: b"] * 60_000), FEED), "connect", "headers"),
    # what is cut or lies about itself
    "longer_than_said": Behaviour(says(head("200 OK", XML, "Content-Length: 40"), FEED), "parse", "broken"),
    "shorter_than_said": Behaviour(
        says(head("200 OK", XML, "Content-Length: 9999"), FEED[:70]), "parse", "broken"
    ),
    "cut_gzip": Behaviour(
        answers(gzip.compress(FEED)[:60], "Content-Encoding: gzip"), "parse", "broken|empty"
    ),
    "empty": Behaviour(answers(b""), "parse", "empty"),
    "no_content": Behaviour(says(head("204 No Content")), "parse", "empty"),
    "page": Behaviour(answers(PAGE, XML), "not_a_feed", "HTML page"),
    "json": Behaviour(answers(b'{"items": []}', XML), "not_a_feed", "JSON"),
    "picture": Behaviour(answers(FEED, "Content-Type: image/png"), "not_a_feed", "image/png"),
    "pdf": Behaviour(answers(b"%PDF-1.4 <</Type/Catalog>>", XML), "not_a_feed", "neither"),
    "nul": Behaviour(makes(lambda: bytes(4_000_000), XML), "parse", "empty"),
    "charset_lie": Behaviour(answers(FEED, XML + "; charset=utf-16")),
    "charset_nonsense": Behaviour(answers(FEED, XML + "; charset=../../etc/passwd")),
    "charset_codec": Behaviour(answers(FEED, XML + "; charset=zlib_codec")),
    "cookies": Behaviour(answers(FEED, XML, *(f"Set-Cookie: c{n}={'x' * 90}" for n in range(500)))),
    # what refuses
    "404": Behaviour(answers(b"", status="404 Not Found"), "http", "404"),
    "410": Behaviour(answers(b"", status="410 Gone"), "http", "gone for good"),
    "429_huge": Behaviour(answers(b"", "Retry-After: 999999999", status="429 Too Many"), "http", "too often"),
    "429_digits": Behaviour(answers(b"", f"Retry-After: {'9' * 9000}", status="429 Too Many"), "http", "429"),
    "503_negative": Behaviour(answers(b"", "Retry-After: -5", status="503 No"), "http", "503"),
    "503_date": Behaviour(
        answers(b"", "Retry-After: Fri, 31 Dec 9999 23:59:59 GMT", status="503 No"), "http", "503"
    ),
    "999": Behaviour(answers(b"", status="999 No"), "http", "999"),
    # what leads elsewhere
    "circle": Behaviour(moves("circle"), "redirects", "more than 5"),
    "to_loopback": Behaviour(moves("http://[::1]/feed"), "blocked_address", "private"),
    "to_cloud": Behaviour(moves("http://169.254.169.254/latest/"), "blocked_address", "private"),
    "to_network": Behaviour(moves("http://0x0a000001/"), "redirects", "host name"),
    "to_file": Behaviour(moves("file:///etc/passwd"), "redirects", "http://"),
    "to_password": Behaviour(moves("http://a:secret@example.org/"), "redirects", "password"),
    "to_nowhere": Behaviour(moves("http://["), "redirects", "no address"),
    "to_length": Behaviour(moves("/" + "a" * 5_000), "redirects", "longer"),
    # what parsers cannot bear
    "laughs": Behaviour(answers(laughs(), XML), "parse", "entities"),
    "laughs_utf_16": Behaviour(answers(laughs().decode().encode("utf-16"), XML), "parse", "entities"),
    "laughs_hidden": Behaviour(
        answers(laughs().replace(b"<!EN", b"<!E\x1b(BN"), XML + "; charset=iso-2022-jp"), "parse", "entities"
    ),
    "outer_entity": Behaviour(
        answers(b'<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss>&x;</rss>'),
        "parse",
        "entities",
    ),
    "attributes": Behaviour(makes(attributes, XML), "unreadable", "cannot be read within"),
    "nested": Behaviour(makes(nested, XML), "unreadable", "cannot be read within"),
    "long_author": Behaviour(makes(long_author, XML), "unreadable", "cannot be read within"),
    "many_items": Behaviour(makes(many_items, XML)),
    "many_texts": Behaviour(makes(many_texts, XML)),
    "one_line": Behaviour(makes(one_line, XML)),
    "endless_number": Behaviour(answers(rss({"title": f"Gao &amp;#{'9' * 9_000};"}), XML)),
}

PAGES: dict[str, Behaviour] = {
    "links": Behaviour(makes(links, HTML)),
    "page_attributes": Behaviour(makes(page_attributes, HTML)),
    "paragraphs": Behaviour(makes(paragraphs, HTML)),
    "table": Behaviour(makes(table, HTML)),
    "page_nested": Behaviour(makes(page_nested, HTML)),
    "page_entities": Behaviour(answers(b'<!DOCTYPE html [<!ENTITY a "b">]>' + PAGE, HTML)),
    "page_pdf": Behaviour(answers(b"%PDF-1.4 <</Type/Catalog>>" + PAGE, HTML)),
    "page_gzip": Behaviour(makes(lambda: gzip.compress(bomb()), "Content-Encoding: gzip")),
}


# -------------------------------------------------------------------------------------- the server


class HostileServer:
    """Serves on a thread until the `with` block ends; `cookies` counts requests that brought one."""

    def __init__(self, hosts: tuple[str, ...] = ("127.0.0.1",)) -> None:
        self.port = 0
        self.cookies = 0
        self._hosts = hosts
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> HostileServer:
        self._thread.start()
        assert self._ready.wait(20)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self.listen())
        self._ready.set()
        self._loop.run_forever()
        tasks = asyncio.all_tasks(self._loop)
        for task in tasks:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
        self._loop.close()

    async def listen(self) -> None:
        """Listen on the same port of all addresses."""
        first, *others = self._hosts
        server = await asyncio.start_server(self._answer, first, 0, backlog=256)
        self.port = server.sockets[0].getsockname()[1]
        for host in others:
            await asyncio.start_server(self._answer, host, self.port, backlog=64)

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            asked = await reader.readuntil(b"\r\n\r\n")
            self.cookies += b"\r\ncookie:" in asked.lower()
            path = asked.split(b" ", 2)[1].decode().lstrip("/")
            await self._act(path)(writer)
        writer.close()

    def _act(self, path: str) -> Act:
        name, _, number = path.partition("/")
        if name == "honest":
            return answers(honest(int(number)), XML, f'ETag: "{number}"')
        if name == "article":
            return answers(PAGE, HTML)
        found = BEHAVIOURS.get(name) or PAGES.get(name)
        return found.act if found else answers(b"", status="404 Not Found")


def honest(number: int) -> bytes:
    """An honest feed of five items, whose pages are here, too."""
    names = [f"{number}/{n}" for n in range(5)]
    return rss(
        *({"title": f"Mali : nouvelle {name}", "link": f"/article/{name}", "guid": name} for name in names)
    )


def addresses(count: int) -> tuple[str, ...]:
    """So many addresses of loopback."""
    return tuple(f"127.66.{n // 250}.{n % 250 + 1}" for n in range(count))


async def _serve(count: int) -> None:
    server = HostileServer(addresses(count))
    await server.listen()
    for behaviour in chain(BEHAVIOURS.values(), PAGES.values()):  # made before anybody waits for it
        assert behaviour.act
    print(server.port, flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1])))
