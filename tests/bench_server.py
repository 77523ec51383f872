"""Any number of feeds on 127.0.0.1, served by a process of its own so that its work is not counted.

`python -m tests.bench_server` prints its port and serves until its standard input is closed.
`/feed/7` is a feed; `/mode/etag`, `/mode/plain` and `/mode/news` change how all feeds answer:
with an ETag and 304, always with 200 and the same bytes, or with one more item than before.
"""

from __future__ import annotations

import asyncio
import sys
from email.utils import format_datetime
from random import Random
from xml.sax.saxutils import escape

from tests.bench_articles import LANGUAGES, Invented, article

FEWEST, MOST = 20, 50  # items of a feed
FULL = 4  # every fourth feed carries the whole text of its articles
LEAD_WORDS = 40
ARTICLES = 300  # different ones in each language; feeds choose from them


def main() -> None:
    asyncio.run(serve())


async def serve() -> None:
    """Answer until the parent lets go of our standard input."""
    feeds = Feeds()
    server = await asyncio.start_server(feeds.answer, "127.0.0.1", 0, backlog=256)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    server.close()


class Feeds:
    """The documents, and how they are handed out now."""

    def __init__(self) -> None:
        self._mode = "etag"
        self._bodies: dict[tuple[int, str], bytes] = {}  # made when first asked for, and kept

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One request of one connection."""
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            writer.write(self._response(head))
            await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass  # the other side went away
        finally:
            writer.close()

    def _response(self, head: str) -> bytes:
        _, path, _ = head.split(" ", 2)
        _, kind, name = path.split("/")
        if kind == "mode":
            self._mode = name
            return _http("200 OK", b"", "")
        etag = f'ETag: "{name}"\r\n' if self._mode == "etag" else ""
        if etag and f'if-none-match: "{name}"' in head.lower():
            return _http("304 Not Modified", b"", etag)
        asked = int(name), "news" if self._mode == "news" else "plain"
        if asked not in self._bodies:
            self._bodies[asked] = feed(*asked)
        return _http("200 OK", self._bodies[asked], etag)


def feed(number: int, mode: str) -> bytes:
    """An RSS document, or an Atom one for every third feed; in mode `news` with one item more on top."""
    chance = Random(number)
    lang = LANGUAGES[number % 3]
    items = [(place, chance.randrange(ARTICLES)) for place in range(chance.randint(FEWEST, MOST))]
    if mode == "news":
        items.insert(0, (-1, number % ARTICLES))
    write = _atom_item if number % 3 == 2 else _rss_item
    full = number % FULL == 0
    inside = "".join(write(f"{number}/{place}", _article(lang, which), full) for place, which in items)
    if write is _atom_item:
        head = f"<title>Bulletin {number}</title><id>urn:{number}</id><updated>2027-03-09T06:00:00Z</updated>"
        return (
            f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom">{head}{inside}</feed>'.encode()
        )
    head = f"<title>Bulletin {number}</title><link>https://press.example/</link><language>{lang}</language>"
    content = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    body = f'<rss version="2.0" {content}><channel>{head}{inside}</channel></rss>'
    return f'<?xml version="1.0" encoding="UTF-8"?>{body}'.encode()


def _rss_item(name: str, invented: Invented, full: bool) -> str:
    whole = f"<content:encoded><![CDATA[{_markup(invented)}]]></content:encoded>" if full else ""
    return (
        f"<item><title>{escape(invented.title)}</title><link>https://press.example/{name}?utm_source=rss</link>"
        f'<guid isPermaLink="false">press-{name}</guid><description>{escape(_lead(invented))}</description>'
        f"<pubDate>{format_datetime(invented.published)}</pubDate><category>Sahel</category>{whole}</item>"
    )


def _atom_item(name: str, invented: Invented, full: bool) -> str:
    whole = f'<content type="html">{escape(_markup(invented))}</content>' if full else ""
    at = invented.published.isoformat()
    return (
        f'<entry><title>{escape(invented.title)}</title><link href="https://press.example/{name}"/>'
        f"<id>urn:press:{name}</id><updated>{at}</updated><published>{at}</published>"
        f'<summary type="html">{escape(_lead(invented))}</summary>{whole}</entry>'
    )


def _lead(invented: Invented) -> str:
    return f"<p>{' '.join(invented.text.split()[:LEAD_WORDS])} […]</p>"


def _markup(invented: Invented) -> str:
    return "".join(f"<p>{paragraph}</p>" for paragraph in invented.text.split("\n\n"))


_WRITTEN: dict[tuple[str, int], Invented] = {}


def _article(lang: str, which: int) -> Invented:
    if (lang, which) not in _WRITTEN:
        _WRITTEN[lang, which] = article(which, lang)
    return _WRITTEN[lang, which]


def _http(status: str, body: bytes, more: str) -> bytes:
    head = f"HTTP/1.1 {status}\r\n{more}Content-Type: application/xml\r\nContent-Length: {len(body)}\r\n"
    return f"{head}Connection: close\r\n\r\n".encode() + body


if __name__ == "__main__":
    main()
