"""The fast parser reads a feed exactly as feedparser does, or leaves it to feedparser."""

from __future__ import annotations

import gc
import html
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from xml.sax.saxutils import escape

import pytest
from feedparser.mixin import _FeedParserMixin
from hypothesis import example, given, settings
from hypothesis import strategies as st

from monitors.addresses import canonical
from monitors.feeds import parse_feed
from monitors.text import _BLOCKS, _SILENT, plain
from monitors.wellformed import HANDLED, LARGEST, MOST_ELEMENTS, NAMESPACES, read_plain
from tests.bench_server import feed
from tests.feed_makers import MAKERS
from tests.web_server import rss

NOW = datetime(2027, 2, 10, 12, tzinfo=UTC)
RECORDED = Path(__file__).parent / "recorded"
URL = "https://journal-du-fleuve.example/feed/"
DECLARED = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "atom": "http://www.w3.org/2005/Atom",
        "content": "http://purl.org/rss/1.0/modules/content/",
        "dc": "http://purl.org/dc/elements/1.1/",
        "dcterms": "http://purl.org/dc/terms/",
        "feedburner": "http://rssnamespace.org/feedburner/ext/1.0",
        "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
        "media": "http://search.yahoo.com/mrss/",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "slash": "http://purl.org/rss/1.0/modules/slash/",
        "y": "http://news.example/extra",
    }.items()
)
RSS = f'<rss version="2.0" {DECLARED}>', "</rss>"
ROOTS = [
    (RSS[0] + "<channel>", "</channel>" + RSS[1], "item"),
    (f'<rss version="0.91" xml:lang="fr-FR" {DECLARED}><channel>', "</channel></rss>", "item"),
    (f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ru" {DECLARED}>', "</feed>", "entry"),
    (f'<feed version="0.3" xmlns="http://purl.org/atom/ns#" {DECLARED}>', "</feed>", "entry"),
    (
        f'<rdf:RDF xmlns="http://purl.org/rss/1.0/" {DECLARED}><channel><title>T</title></channel>',
        "</rdf:RDF>",
        "item",
    ),
]
DATED = ["pubDate", "published", "updated", "issued", "modified", "created", "dc:date", "dcterms:issued"]
NAMES = re.findall(
    r"\S+",
    """
    title title link link guid id description summary author category comments y:full-text slash:comments
    pubDate published updated issued modified created dc:date dcterms:issued media:thumbnail dc:creator rights
    content content:encoded dc:title dc:description media:title media:description media:group enclosure
    media:content source itunes:summary itunes:subtitle itunes:author itunes:image feedburner:origLink
    atom:link language dc:language image url name ttl fullitem body Title links date y:title creator
    """,
)
USUAL = NAMES.index("content")
HOLDERS = {
    "media:group": ["media:title", "media:description", "media:content", "y:a", "media:credit"],
    "media:content": ["media:title", "media:description", "media:thumbnail"],
    "source": ["title", "id", "updated", "title"],
    "author": ["name", "email", "uri"],
}
TEXTS = [
    "",
    " ",
    "Un convoi arrive à Gao",
    "  En  Russie\n on\n\ndit  ",
    "Бамако: «вторая» поставка",
    "<p>Un &amp; deux</p><br/>trois",
    "5 < 6 & 7 > 2",
    "&eacute;t&eacute; &#233; &nbsp; &unknown;",
    "<script>x</script><b>gras</b>",
    "A\u0080B\u0099C \u00a0 \u202f \u200b \u00ad",
    "Ã©tÃ©",
    "https://a.example/1?a=1&b=2&utm_source=rss#x",
    "http://a.example/2?x=1&amp;y=2",
    "/relative",
    "urn:uuid:1",
    "tag:a.example,2027:1",
    "30",
    "fr-FR",
    "en",
]
DATES = [
    "",
    "Tue, 09 Feb 2027 18:20:00 +0000",
    "Wed, 10 Feb 2027 06:00:00 GMT",
    "9 Feb 2027 18:20 EST",
    "Tuesday, 9 February 2027 18:20:00 -0530",
    "Tue, 09 Feb 2027 18:20:00 +02:00",
    "2027-02-09T18:20:00Z",
    "2027-02-09T18:20:00.123+03:00",
    "2027-02-09 18:20:00",
    "2027-02-09",
    "1970-01-01T00:00:00Z",
    "2099-01-01T00:00:00Z",
]
ODD = [
    "http:///a.example/3",
    "Tue, 09 Feb 2027 18:20:61 GMT",
    "Tue, 09 Feb 27 18:20:00 GMT",
    "2027-02",
    "2027-02-30T00:00:00Z",
    "hier soir",
]
ATTRIBUTES = [
    "",
    "",
    "",
    ' type="html"',
    ' type="text"',
    ' type="TEXT/HTML" mode="escaped"',
    ' href="https://a.example/4?ref=rss"',
    ' rel="hub" href="https://hub.example/"',
    ' rel="Alternate" type="text/html" href="HTTPS://A.example/5"',
    ' rel="enclosure" href="https://a.example/6.mp3" type="audio/mpeg"',
    ' rel="self" href="https://a.example/feed"',
    ' isPermaLink="false"',
    ' isPermaLink="true"',
    ' xml:lang="en"',
    ' rdf:about="https://a.example/8"',
]
ODD_ATTRIBUTES = [
    ' type="xhtml"',
    ' type="image/png"',
    ' mode="base64"',
    ' url="https://a.example/7"',
    ' xml:base="https://b.example/"',
    ' y:href="x"',
]


@st.composite
def documents(draw: st.DrawFn) -> bytes:
    """A well-formed feed of known and unknown elements in any order."""
    chance = Random(draw(st.integers(0, 2**62)))
    head, tail, item = chance.choice(ROOTS)
    inside = "".join(_elements(chance, chance.choice(["", "", "image", "textinput"])))
    items = "".join(
        f"<{item}{chance.choice(ATTRIBUTES) if chance.random() < 0.1 else ''}>"
        f"{''.join(_elements(chance, item))}</{item}>"
        for _ in range(chance.randint(1, 4))
    )
    order = [inside, items] if chance.random() < 0.8 else [items, inside]
    return f'<?xml version="1.0" encoding="UTF-8"?>{head}{"".join(order)}{tail}'.encode()


def _elements(chance: Random, where: str) -> Iterator[str]:
    odd = 0.1 if chance.random() < 0.3 else 0.0
    names = NAMES[:USUAL] if chance.random() < 0.7 else NAMES
    if where in ("image", "textinput"):
        yield f"<{where}>"
        names = ["title", "link", "description", "url" if where == "image" else "name"]
    for _ in range(chance.randint(0, 7)):
        name = chance.choice(names)
        attributes = chance.choice(ATTRIBUTES) if chance.random() < 0.3 else ""
        text = chance.choice(DATES if name in DATED else TEXTS)
        if chance.random() < odd:
            text, attributes = chance.choice(ODD), chance.choice(ODD_ATTRIBUTES)
        if name in HOLDERS and chance.random() < 0.6:
            inner = chance.sample(HOLDERS[name], 2)
            written = "".join(f"<{part}>{escape(chance.choice(TEXTS))}</{part}>" for part in inner)
        elif chance.random() < odd / 3:
            written = f"<div>{escape(text)}</div>"
        else:
            written = f"<![CDATA[{text}]]>" if chance.random() < 0.3 else escape(text)
        yield f"<{name}{attributes}>{written}</{name}>\n"
    if where in ("image", "textinput"):
        yield f"</{where}>"


GOOD = rss({"title": "Un", "guid": "1"})


@settings(max_examples=400, deadline=None)
@given(documents())
def test_a_document_is_read_as_feedparser_reads_it_or_left_to_it(body: bytes) -> None:
    found = read_plain(body, "application/xml", URL, NOW)
    assert found is None or found == parse_feed(body, "application/xml", URL, NOW)


@pytest.mark.parametrize(
    "title",
    [
        "Ã©tÃ©",
        "Ã<![CDATA[©tÃ]]>©",
        "<![CDATA[Ã]]>©tÃ<!-- -->©",
        "Ã<?x y?>©t&#195;&#xA9;",
        "L\u0092accord « de paix »",
        "L&#146;accord",
        "« Ô\u00a0vous »",
        "«\u00a0L’armée » à l’École ©",
    ],
)
def test_signs_are_mended_as_feedparser_mends_them(title: str) -> None:
    body = GOOD.replace(b"Un", title.encode())
    found = read_plain(body, "", URL, NOW)
    assert found is not None
    assert found == parse_feed(body, "", URL, NOW)


def test_most_documents_without_oddities_are_read() -> None:
    bodies = [feed(number, mode) for number in range(6) for mode in ("plain", "news")]
    bodies += [(RECORDED / name).read_bytes() for name in ("bulletin_sahel.atom", "vestnik_vostoka.rss")]
    for body in bodies:
        found = read_plain(body, "", URL, NOW)
        assert found is not None
        assert found == parse_feed(body, "", URL, NOW)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1251", "koi8-r", "iso-8859-5"])
@pytest.mark.parametrize(
    "declared", ["", "UTF-8", "windows-1251", "koi8-r", "iso-8859-5", "nonsense", "utf-7"]
)
@pytest.mark.parametrize("header", ["", "text/xml; charset=utf-8", "text/xml; charset=windows-1251"])
def test_any_alphabet_declared_or_not_is_read_alike(encoding: str, declared: str, header: str) -> None:
    declaration = f'<?xml version="1.0" encoding="{declared}"?>' if declared else '<?xml version="1.0"?>'
    text = rss({"title": "В Бамако прибыла делегация", "guid": "1"}).decode().partition("?>")[2]
    body = (declaration + text).encode(encoding)
    found = read_plain(body, header, URL, NOW)
    assert found is None or found == parse_feed(body, header, URL, NOW)
    assert found is not None or (encoding, declared, header) != ("utf-8", "", "")


@pytest.mark.parametrize("maker", MAKERS)
def test_feeds_of_the_usual_makers_are_read(maker: str) -> None:
    body = MAKERS[maker].encode()
    found = read_plain(body, "", URL, NOW)
    assert found is not None
    assert found == parse_feed(body, "", URL, NOW)


@pytest.mark.parametrize("name", sorted(path.name for path in RECORDED.glob("*")))
@pytest.mark.parametrize(
    "content_type", ["", "text/xml; charset=utf-8", "application/rss+xml; charset=koi8-r"]
)
def test_recorded_documents_are_read_alike(name: str, content_type: str) -> None:
    body = (RECORDED / name).read_bytes()
    found = read_plain(body, content_type, URL, NOW)
    assert found is None or found == parse_feed(body, content_type, URL, NOW)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        GOOD.replace(b"?>", b"?><!DOCTYPE rss>", 1),
        GOOD.replace(b"?>", b'?><!DOCTYPE r [<!ENTITY a "b">]>', 1),
        GOOD.replace(b"Un", b"<![CDATA[<!ENTITY x]]>"),  # refused as it always was
        GOOD.replace(b"Un", b"&nbsp;"),
        GOOD.replace(b"Un", b"&"),
        GOOD[:-9],
        GOOD.decode().encode("utf-16"),
        b" " + GOOD,
        GOOD.replace(b"<item>", b'<item xml:base="https://b.example/">'),
        GOOD.replace(b"Un", b"<b>Un</b>"),
        rss({"title": "Un", "pubDate": "hier soir"}),
        rss({"title": "Un", "link": "http:///a.example"}),
        rss(),
        rss({"title": "x" * LARGEST}),
        rss({"title": "Un", "y": "<a/>" * 2 * MOST_ELEMENTS}),
        rss({"title": "Un", "y" * 500: "x"}),
        rss({"title": "Un", "y": "<a>" * 30 + "</a>" * 30}),
        GOOD.replace(b"<title>Un", b"<title " + b" ".join(b'a%d=""' % n for n in range(9_000)) + b">Un"),
        b"<html><body>rien</body></html>",
        b'<opml version="2.0"><body/></opml>',
    ],
)
def test_what_is_odd_large_or_broken_is_left_to_feedparser(body: bytes) -> None:
    assert read_plain(body, "", URL, NOW) is None


@pytest.mark.parametrize("body", [GOOD, GOOD[:-9], GOOD.replace(b"Un", b"<b>Un</b>")])
def test_nothing_of_a_document_is_left_for_the_collector_of_cycles(body: bytes) -> None:
    gc.collect()
    gc.disable()
    try:
        read_plain(body, "", URL, NOW)
        assert gc.collect() == 0
    finally:
        gc.enable()


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300), st.integers(0, 10_000), st.sampled_from(["", "text/xml; charset=utf-7"]))
def test_any_bytes_give_a_value(garbage: bytes, place: int, content_type: str) -> None:
    body = feed(1, "plain")[:4000]
    place %= len(body)
    for document in (garbage, body[:place] + garbage + body[place:]):
        found = read_plain(document, content_type, URL, NOW)
        assert found is None or found == parse_feed(document, content_type, URL, NOW)


def test_the_tables_are_those_of_this_feedparser() -> None:
    handlers = {
        name.split("_", 2)[2].lower()
        for name in dir(_FeedParserMixin)
        if name.startswith(("_start_", "_end_"))
    }
    assert {name.replace(":", "_") for name in HANDLED} == handlers
    namespaces = {uri.lower(): prefix.lower() for uri, prefix in _FeedParserMixin.namespaces.items() if uri}
    prefixes = {name.split(":")[0] for name in HANDLED if ":" in name} | {"", "rdf", "xml"}
    assert {uri: prefix for uri, prefix in namespaces.items() if prefix in prefixes} == {
        uri: prefix for uri, prefix in NAMESPACES.items() if prefix in prefixes
    }
    assert all(namespaces[uri] == prefix for uri, prefix in NAMESPACES.items())


# --------------------------------------------- the short ways, beside the long ones they stand in for

SIGNS = "<p> </p> <br/> <b> </b\xa0> <P> <a\xa0href='x>y'> <script> </script> <!-- --> < > &amp; &nbsp; Gao é"
SIGNS += " <object> </object> <OBJECT\xa0data='a>b'>"
SPACES = "\n|\r\n|\r|\t|\xa0|\u202f|\u2009|\u2028|\x85|\x0b|\u200b|\xad|\x07|\ud800|\U000e0001"
MARKUP = st.lists(
    st.sampled_from([*SIGNS.split(" "), *SPACES.split("|"), "  ", "<br />", "<a href='x>y'>"])
    | st.text(max_size=5),
    max_size=25,
).map("".join)


@settings(max_examples=600, deadline=None)
@given(MARKUP, st.sampled_from([5, 40, 2000]))
@example("<p>un</p>\n\n<p>deux</p>", 2000)
def test_plain_text_is_what_one_tag_after_the_other_gives(markup: str, limit: int) -> None:
    source = re.sub(r"(?<!\n)\n(?!\n)", " ", markup[: 20 * limit].replace("\r\n", "\n"))
    text = html.unescape(_tag_by_tag(source))
    text = re.sub("[\r\v\f\x85\u2028\u2029]", "\n", text)
    text = re.sub(
        "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]", "", text
    )
    text = re.sub("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]", " ", text)
    text = re.sub(r"\s*\n\s*", "\n\n", re.sub(r"[^\S\n]+", " ", text).strip())
    if len(text) > limit:
        head = text[: limit - 1]
        cut = head.rfind(" ")
        text = (head[:cut] if cut > limit // 2 else head).rstrip() + "…"
    assert plain(markup, limit) == text


def _tag_by_tag(markup: str) -> str:
    first, *rest = markup.split("<")
    kept, until = [first], ""
    for place, part in enumerate(rest):
        tag = re.match(r"""[a-zA-Z/!?](?:[^>"']++|"[^"]*"|'[^']*')*+>""", part)
        named = re.match(r"/?\s*([a-zA-Z][a-zA-Z0-9]*)", part)
        name = named[1].lower() if named else ""
        after = part[tag.end() :] if tag else part.partition(">")[2]
        if until == "-->" or (not until and part.startswith("!--")):
            kept.append(part.partition("-->")[2])
            until = "" if "-->" in part else "-->"
        elif until:
            if part.startswith("/") and name == until:
                kept.append(after)
                until = ""
        elif not re.match("[a-zA-Z/!?]", part):
            kept.append("<" + part)
        elif (
            name in _SILENT
            and not part.startswith("/")
            and not (tag and tag[0].endswith("/>"))
            and (
                name in ("script", "style")
                or any(re.match(rf"/\s*{name}(?![a-z0-9])", later, re.I) for later in rest[place + 1 :])
            )
        ):
            until = name
        else:
            kept.append(("\n" if name in _BLOCKS else "") + after)
    return "".join(kept)


@settings(max_examples=600, deadline=None)
@given(
    st.sampled_from(["http://", "https://", "HTTP://", "http:///", "ftp://", "//", ""]),
    st.sampled_from(
        ["a.example", "A.example", "a..example", "127.0.0.1", "127.1", "a-.b", "x", "", "a.example:80"]
    ),
    st.text("/ab.;%2f?=&#~é +[]|@:utm_ref", max_size=30)
    | st.sampled_from(
        ["/a?utm_source=x&b=2#c", "/?ref=rss", "?a", "/a/../b;c", "/x;", "/?", "/#", "//x", "/a?b?c&&d"]
    ),
)
def test_a_usual_address_is_written_as_the_long_way_writes_it(scheme: str, host: str, rest: str) -> None:
    url = scheme + host + rest
    assert canonical(url, URL) == canonical(" " + url, URL)  # a space leads through the long way
    assert canonical(canonical(url, URL)) == canonical(url, URL)
