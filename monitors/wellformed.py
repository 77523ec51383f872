"""The plain feeds, nine in ten, read by expat alone: a twentieth of what feedparser takes.

What is read here is what feedparser would have read, to the letter; a test compares the two. Whatever
is not plainly well-formed and known makes a `_Doubt`, and the document goes the long way, through
feedparser in a worker process. So this may run in the process of the service: it is given no more
than half a megabyte, has no DOCTYPE and so no entities, no more than MOST_ELEMENTS elements, nothing
nested deeper than MOST_DEPTH and no more than MOST_ATTRIBUTES on an element, and expat is told the
whole at once (CVE-2023-52425 needs portions).

The tables follow feedparser's handlers of 6.0.14 (mixin.py, namespaces/); a test tells when a new
version has others.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import NoReturn
from xml.parsers import expat

from monitors.charset import encoding_of, says_utf8
from monitors.found import ParsedFeed
from monitors.items import MOST_ENTRIES, TITLE_LIMIT, Item, entries_of, hub_of, language_of, ttl_of
from monitors.text import line

LARGEST = 500_000  # bytes
MOST_ELEMENTS = 20_000
MOST_ATTRIBUTES = 30  # of one element
MOST_DEPTH = 12
LONGEST_NAME = 300  # characters, its namespace included; names are remembered from feed to feed

# Of feedparser's namespaces those whose elements it has handlers for, and "" for the feed's own.
NAMESPACES = {
    "http://backend.userland.com/rss": "",
    "http://blogs.law.harvard.edu/tech/rss": "",
    "http://purl.org/rss/1.0/": "",
    "http://my.netscape.com/rdf/simple/0.9/": "",
    "http://example.com/newformat#": "",
    "http://example.com/necho": "",
    "http://purl.org/echo/": "",
    "uri/of/echo/namespace#": "",
    "http://purl.org/pie/": "",
    "http://purl.org/atom/ns#": "",
    "http://www.w3.org/2005/atom": "",
    "http://purl.org/rss/1.0/modules/rss091#": "",
    "http://creativecommons.org/ns#license": "cc",
    "http://web.resource.org/cc/": "cc",
    "http://cyber.law.harvard.edu/rss/creativecommonsrssmodule.html": "creativecommons",
    "http://backend.userland.com/creativecommonsrssmodule": "creativecommons",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "http://www.georss.org/georss": "georss",
    "http://www.opengis.net/gml": "gml",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://example.com/dtds/podcast-1.0.dtd": "itunes",
    "http://search.yahoo.com/mrss": "media",
    "http://search.yahoo.com/mrss/": "media",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://www.w3.org/1999/xhtml": "xhtml",
    "http://www.w3.org/xml/1998/namespace": "xml",
    "http://podlove.org/simple-chapters": "psc",
}


def _set(names: str) -> frozenset[str]:
    return frozenset(names.split())


# The elements that feedparser does something of its own with; all others it only keeps by name.
HANDLED = _set(
    """
    abstract author body category channel cloud content contributor copyright created description email
    enclosure entry expirationdate feed fullitem generator geom georssgeom guid height homepage id image
    info issued item keywords language lastbuilddate link managingeditor modified name newlocation pubdate
    published rights rss source subtitle summary tagline tags textinput title updated uri url webmaster
    where width
    cc:license content:encoded creativecommons:license dc:author dc:contributor dc:creator dc:date
    dc:description dc:language dc:publisher dc:rights dc:subject dc:title dcterms:created dcterms:issued
    dcterms:modified dcterms:valid feedburner:browserfriendly georss:box georss:line georss:point
    georss:polygon georss:where gml:exterior gml:linearring gml:linestring gml:point gml:polygon gml:pos
    gml:poslist itunes:author itunes:block itunes:category itunes:email itunes:explicit itunes:image
    itunes:keywords itunes:link itunes:name itunes:owner itunes:subtitle itunes:summary media:category
    media:content media:credit media:description media:group media:keywords media:license media:player
    media:rating media:restriction media:thumbnail media:title psc:chapter psc:chapters xhtml:body
    """
)
# Handled by feedparser, but nothing that an Entry is made of; may hold others of these.
_HARMLESS = _set(
    """
    author category cloud contributor email enclosure expirationdate generator height homepage keywords
    managingeditor name uri url webmaster width dc:author dc:contributor dc:creator dc:publisher dc:subject
    itunes:author itunes:block itunes:category itunes:email itunes:explicit itunes:image itunes:keywords
    itunes:name itunes:owner media:category media:content media:credit media:group media:keywords
    media:license media:rating media:restriction media:thumbnail
    """
)
# The same, and nothing may stand in them: markup would turn their content into XHTML.
_LEAVES = _set("copyright dc:rights info itunes:subtitle rights subtitle tagline")
_LANGUAGES = frozenset(["language", "dc:language"])
_PUBLISHED = _set("published issued pubdate dcterms:issued")
_UPDATED = _set("updated modified lastbuilddate dc:date dcterms:modified")
_CREATED = frozenset(["created", "dcterms:created"])
_TITLES = frozenset(["title", "dc:title", "media:title"])
_DESCRIPTIONS = frozenset(["description", "dc:description", "media:description"])
_SUMMARIES = frozenset(["summary", "itunes:summary"])
_CONTENTS = frozenset(["content", "content:encoded", "fullitem"])
_GUIDS = frozenset(["id", "guid"])
_SIMPLE = _TITLES | _PUBLISHED | _UPDATED | _CREATED | {"link"}  # without attributes
_IN_SOURCE = _set("author category contributor generator icon logo")
_IN_PICTURE = {
    "image": _set("title link description url href width height"),
    "textinput": _set("title link description name"),
}
# Names without a handler that would write where feedparser keeps what it handles.
_RESERVED = _set("authors base contributors date enclosures entries links license publisher publishers value")
_RESERVED_PREFIXES = _set(
    """
    author content copyright created date description expired feedburner generator info issued modified
    property published publisher rights source subtitle summary tagline textinput title updated validity
    """
)
_PREFIXES = frozenset(NAMESPACES.values()) - {""}
_NAME = re.compile(r"[a-z][a-z0-9-]*")
_XML = "http://www.w3.org/XML/1998/namespace"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
# Attributes that mean something to feedparser, whatever namespace they come from.
_MEANINGFUL = _set("href rel type mode url uri ispermalink base lang src version lastmod")
# As they are, and all that most elements have.
_COMMON = _set("href rel type url length domain version term scheme medium width height")
_TYPES = frozenset(["text", "plain", "html", "text/plain", "text/html"])
_PAGES = frozenset(["html", "xhtml", "text/html", "application/xhtml+xml"])

_ROOT = re.compile(rb"<(?:[\w-]+:)?(?:rss|feed|rdf|channel)[\s>]", re.IGNORECASE)
_C1 = re.compile("[\x80-\x9f]")
# In UTF-8, all that can be mended: a control, or a sign that another makes into UTF-8 read as Latin-1.
# Between the two may be the edge of a CDATA section, of a comment or of an instruction.
_MENDED = re.compile(rb"\xc2(?:[\x80-\x9f]|(?<=\xc3[\x82-\xb4]\xc2)|(?<=\[\xc2)|(?<=[\]?-]>\xc2))")
_DEFINES = re.compile(rb"!(?<=<!)[Ee]")  # quick, because it begins with a sign that is rare
_AMPERSAND = re.compile("&([A-Za-z0-9_]+);")

_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_MONTH = {name: number for number, name in enumerate(_MONTHS.split("|"), 1)}
_RFC822 = re.compile(
    rf"""(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?[ ])?
    ([0-9]{{1,2}})[ ]({_MONTHS})[a-z]*[ ]([0-9]{{4}})[ ]
    ([0-9]{{2}}):([0-9]{{2}})(?::([0-9]{{2}}))?[ ]
    (?:([+-])([0-9]{{2}}):?([0-9]{{2}})|(gmt|utc?|z|e[sd]t|c[sd]t|m[sd]t|p[sd]t))""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_W3C = re.compile(
    r"""([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[Tt ]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.[0-9]{1,6})?)?
    (?:[Zz]|([+-])([0-9]{2}):([0-9]{2}))?)?""",
    re.VERBOSE | re.ASCII,
)
_ZONES = {"est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7}

Attributes = Mapping[str, str]


class _Doubt(Exception):
    """Not a document for this parser."""


def read_plain(body: bytes, content_type: str, url: str, now: datetime) -> ParsedFeed | None:
    """What a well-formed feed without oddities says; None for any other document. Never raises."""
    if len(body) > LARGEST or b"\0" in body or not _ROOT.search(body, 0, 4096):
        return None
    if _DEFINES.search(body):  # it may define entities
        return None
    # The shortest element is <a/>; beginnings are as many as ends.
    if len(body) > 4 * MOST_ELEMENTS and body.count(b"<") > 2 * MOST_ELEMENTS:
        return None
    try:
        body = _as_utf8(body, content_type)
    except UnicodeError:
        return None
    reader = _Reader(mends=bool(_MENDED.search(body)) or (b"#" in body and b"&#" in body))
    try:
        reader.parser.Parse(body, True)
    except (expat.ExpatError, _Doubt):
        return None
    else:
        return reader.found(url, now)
    finally:
        reader.let_go()


def _as_utf8(body: bytes, content_type: str) -> bytes:
    """The document in UTF-8, without a mark; raises UnicodeError."""
    if body.startswith(codecs.BOM_UTF8):
        return body[len(codecs.BOM_UTF8) :]
    if says_utf8(body, content_type):  # expat looks whether it is
        return body
    return body.decode(encoding_of(body, content_type)).encode()


class _Reader:
    """Follows one document; every method does what feedparser does, or doubts."""

    def __init__(self, mends: bool) -> None:
        self.mends = mends
        self.parser = parser = expat.ParserCreate("utf-8", " ")
        parser.namespace_prefixes = True
        parser.buffer_text = True
        parser.buffer_size = 65_536
        self.text: list[str] = []  # since the last leaf began
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self.text.append
        parser.StartNamespaceDeclHandler = self._namespace
        parser.StartDoctypeDeclHandler = _doubt
        self.bound: dict[str, str] = {}  # prefix → namespace
        self.depth = 0  # of what is open, leaves not counted
        self.where = ""  # "", top, feed, item, source, image, textinput
        self.above: list[str] = []
        self.skipped = 0  # open elements that say nothing to us, one in the other
        self.leaf = False  # in an element in which no other may stand
        self.keep: Callable[[str], None] | None = None  # what is done with the text of this leaf
        self.simple: dict[str, Callable[[str], None]] = {}  # by name, where it is always the same
        self.title_depth = -1  # of the last title, by which feedparser decides which one counts
        # the feed
        self.channels = 0
        self.title = self.language = self.ttl = ""
        self.summarised = False
        self.links: list[list[str]] = []  # rel, href
        self.items: list[Item] = []
        # the item
        self.item = Item()
        self.depths: dict[str, int] = {}
        self.values: dict[str, str] = {}  # id, link, title, summary, origlink
        self.contents: list[str] = []
        self.dates: list[datetime | None] = []
        self.has_content = False
        self.permanent = False
        self.source_title = ""

    def let_go(self) -> None:
        """Forget who knows us in turn, or document and parser would stay until the next look for cycles."""
        del self.parser
        self.keep = None
        self.simple.clear()

    def found(self, url: str, now: datetime) -> ParsedFeed | None:
        """The feed; None without entries, which may have many reasons."""
        language = language_of(self.language)
        entries = entries_of(self.items[:MOST_ENTRIES], url, language, now)
        if not entries:
            return None
        hubs = (href for rel, href in self.links if rel == "hub")
        title = line(self.title, TITLE_LIMIT)
        return ParsedFeed(entries, title, language, ttl_of(self.ttl), hub_of(hubs, url))

    # ------------------------------------------------------------------------ expat tells us

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if self.leaf:
            raise _Doubt
        in_item = self.where == "item" and not self.skipped
        if in_item and not attributes and (keep := self.simple.get(name)):
            self._read(keep)
            return
        key = _known(name)
        attrs = _attributes(attributes) if attributes else attributes
        if in_item:
            (_OPEN_IN_ITEM.get(key) or _Reader._skip)(self, key, attrs)
            if key in _SIMPLE and self.keep is not None and not attributes:
                self.simple[name] = self.keep
        elif self.skipped:
            self._open_skipped(key, attrs)
        else:
            _OPEN[self.where](self, key, attrs)

    def _end(self, name: str) -> None:
        if self.leaf:
            self.leaf = False
            if self.keep is not None:
                text = "".join(self.text).strip()
                self.keep(_mended(text) if self.mends else text)
            self.text.clear()
            return
        self.depth -= 1
        if self.skipped:
            self.skipped -= 1
        else:
            if self.where == "item":
                self._close_item()
            elif self.where == "source":
                self._close_source()
            self.where = self.above.pop()

    def _namespace(self, prefix: str | None, uri: str | None) -> None:
        if not uri or not prefix:
            return
        if self.bound.setdefault(prefix, uri) != uri:
            raise _Doubt
        standard, prefix = _standard(uri), prefix.lower()
        if prefix != standard and (prefix in _PREFIXES or prefix in _RESERVED_PREFIXES):
            raise _Doubt
        if standard is None and not _NAME.fullmatch(prefix):
            raise _Doubt

    # ------------------------------------------------------------------------- what begins

    def _read(self, keep: Callable[[str], None] | None) -> None:
        """Collect the text of this element for `keep`; with None it is left alone."""
        self.leaf = True
        self.keep = keep
        self.text.clear()

    def _enter(self, where: str) -> None:
        self.depth += 1
        self.above.append(self.where)
        self.where = where

    def _skip(self, key: str, attrs: Attributes) -> None:
        if key not in HANDLED or key in _HARMLESS:
            self.skipped += 1
            self.depth += 1
            if self.depth > MOST_DEPTH:
                raise _Doubt
        elif key in _LEAVES:
            self._read(None)
        else:
            raise _Doubt

    def _open_root(self, key: str, attrs: Attributes) -> None:
        if key not in ("rss", "feed", "rdf:rdf"):
            raise _Doubt
        if key != "rdf:rdf":
            self.language = attrs.get("xml:lang", attrs.get("lang", "")).replace("_", "-")
        self._enter("feed" if key == "feed" else "top")

    def _open_top(self, key: str, attrs: Attributes) -> None:
        if key == "channel" and not self.channels and "href" not in attrs and "lastmod" not in attrs:
            self.channels = 1
            self._enter("feed")
        elif key in ("item", "entry"):
            self._open_item(attrs)
        elif key in _IN_PICTURE:
            self.title_depth = -1
            self._enter(key)
        else:
            raise _Doubt

    def _open_in_feed(self, key: str, attrs: Attributes) -> None:
        if key in ("item", "entry"):
            self._open_item(attrs)
        elif key == "link":
            self._open_feed_link(attrs)
        elif key in _IN_PICTURE:
            self.title_depth = -1
            self._enter(key)
        elif key in _TITLES and key != "media:title":
            _allow(attrs)
            self._read(self._keep_feed_title)
        elif key in _LANGUAGES:
            self._read(self._keep_language)
        elif key == "ttl":
            if attrs:
                raise _Doubt
            self._read(self._keep_ttl)
        elif key in _DESCRIPTIONS or key in _SUMMARIES:
            if self.summarised:
                raise _Doubt
            self.summarised = key in _SUMMARIES
            self._read(None)
        elif key in _GUIDS or key in _PUBLISHED or key in _UPDATED or key in _CREATED:
            self._read(None)
        else:
            self._skip(key, attrs)

    def _open_guid(self, key: str, attrs: Attributes) -> None:
        self.permanent = attrs.get("ispermalink", "true") == "true"
        self._read(self._keep_guid)

    def _open_date(self, key: str, attrs: Attributes) -> None:
        published, updated = key in _PUBLISHED, key in _UPDATED
        self._read(
            self._keep_published if published else self._keep_updated if updated else self._keep_created
        )

    def _open_source(self, key: str, attrs: Attributes) -> None:
        self.title_depth = -1
        self.source_title = ""
        self.text.clear()
        self._enter("source")

    def _open_original(self, key: str, attrs: Attributes) -> None:
        if attrs:
            raise _Doubt
        self._read(self._keep_original)

    def _pass(self, key: str, attrs: Attributes) -> None:
        self._read(None)

    def _open_in_source(self, key: str, attrs: Attributes) -> None:
        if "".join(self.text).strip():  # its own text stands beside elements
            raise _Doubt
        if key == "title":
            _allow(attrs)
            self._read(self._keep_source_title)
        elif key == "link" and "href" in attrs:
            self._read(_nothing)
        elif key in _GUIDS or key in _PUBLISHED or key in _UPDATED or key in _LEAVES or key in _IN_SOURCE:
            self._read(_anything)
        else:
            raise _Doubt

    def _open_in_picture(self, key: str, attrs: Attributes) -> None:
        """In the image or the text input of the feed: only what feedparser expects there."""
        if key not in _IN_PICTURE[self.where]:
            raise _Doubt
        if key == "title":
            _allow(attrs)
            self._read(self._keep_picture_title)
        else:
            self._read(None)

    def _open_item(self, attrs: Attributes) -> None:
        if "href" in attrs or "lastmod" in attrs:
            raise _Doubt
        self._enter("item")
        self.title_depth = -1
        self.depths, self.values = {}, {}
        self.contents, self.dates = [], [None, None, None]
        self.source_title = ""
        self.has_content = False
        about = attrs.get("rdf:about")
        if about:
            self.values["id"] = about

    def _open_title(self, key: str, attrs: Attributes) -> None:
        _allow(attrs)
        self._read(self._keep_media_title if key == "media:title" else self._keep_title)

    def _open_text(self, key: str, attrs: Attributes) -> None:
        """Summary, description or content: what comes second is content, whatever its name."""
        _allow(attrs)
        if key in _CONTENTS or ("summary" in self.values and not self.has_content):
            self.has_content = True
            self._read(self._keep_content)
        else:
            self._read(self._keep_summary)

    def _open_skipped(self, key: str, attrs: Attributes) -> None:
        """In an element that says nothing; but titles and descriptions of pictures stand in groups."""
        if key == "media:title" and self.where == "item":
            self._open_title(key, attrs)
        elif key == "media:description" and self.where == "item":
            self._open_text(key, attrs)
        elif key in _LEAVES:
            raise _Doubt
        else:
            self._skip(key, attrs)

    def _open_link(self, key: str, attrs: Attributes) -> None:
        if "url" in attrs or "uri" in attrs:
            raise _Doubt
        if "href" not in attrs:
            self._read(self._keep_link)
            return
        rel = attrs.get("rel", "alternate").lower()
        kind = attrs.get("type", "application/atom+xml" if rel == "self" else "text/html").lower()
        if rel == "alternate" and kind in _PAGES:
            self.values["link"] = _address(attrs["href"])
        self._read(None)

    def _open_feed_link(self, attrs: Attributes) -> None:
        if "url" in attrs or "uri" in attrs:
            raise _Doubt
        self.links.append([attrs.get("rel", "alternate").lower(), _address(attrs.get("href", ""))])
        self._read(None if "href" in attrs else self._keep_feed_link)

    # --------------------------------------------------------------------------- what ends

    def _keep_feed_title(self, text: str) -> None:
        if not -1 < self.title_depth <= self.depth:
            self.title = text
        if text:
            self.title_depth = self.depth

    def _keep_picture_title(self, text: str) -> None:
        if text:
            self.title_depth = self.depth

    def _keep_source_title(self, text: str) -> None:
        if not -1 < self.title_depth <= self.depth:
            self.source_title = text
        if text:
            self.title_depth = self.depth

    def _keep_language(self, text: str) -> None:
        self.language = text

    def _keep_ttl(self, text: str) -> None:
        self.ttl = text

    def _keep_feed_link(self, text: str) -> None:
        self.links[-1][1] = _AMPERSAND.sub(r"&\1", _address(text))

    def _keep_title(self, text: str) -> None:
        if not -1 < self.title_depth <= self.depth:
            self._keep_value("title", text)
        if text:
            self.title_depth = self.depth

    def _keep_media_title(self, text: str) -> None:
        if not -1 < self.title_depth <= self.depth:
            self._keep_value("title", text)

    def _keep_summary(self, text: str) -> None:
        self._keep_value("summary", text)

    def _keep_content(self, text: str) -> None:
        self.contents.append(text)
        self.values.setdefault("summary", text)

    def _keep_link(self, text: str) -> None:
        text = _address(text)
        self.values["link"] = _AMPERSAND.sub(r"&\1", text.replace("&amp;", "&")) if "&" in text else text

    def _keep_guid(self, text: str) -> None:
        if self.permanent:
            self.values.setdefault("link", _address(text))
        self._keep_value("id", text)

    def _keep_original(self, text: str) -> None:
        self._keep_value("origlink", text)

    def _keep_published(self, text: str) -> None:
        self.dates[0] = _moment(text)

    def _keep_updated(self, text: str) -> None:
        self.dates[1] = _moment(text)

    def _keep_created(self, text: str) -> None:
        self.dates[2] = _moment(text)

    def _keep_value(self, name: str, text: str) -> None:
        """What stands deeper than what was kept does not replace it."""
        if self.depth <= self.depths.get(name, MOST_DEPTH):
            self.depths[name] = self.depth
            self.values[name] = text

    def _close_source(self) -> None:
        own = _mended("".join(self.text).strip())
        self.source_title = own or self.source_title

    def _close_item(self) -> None:
        said = self.values.get
        link = said("origlink") or said("link", "")
        guid = said("id", "").strip()
        self.items.append(
            Item(
                link,
                guid,
                said("title", ""),
                said("summary", ""),
                self.contents,
                self.dates,
                self.source_title,
            )
        )


_OPEN_IN_ITEM: dict[str, Callable[[_Reader, str, Attributes], None]] = {
    "link": _Reader._open_link,
    "source": _Reader._open_source,
    "feedburner:origlink": _Reader._open_original,
    **dict.fromkeys(_TITLES, _Reader._open_title),
    **dict.fromkeys(_DESCRIPTIONS | _SUMMARIES | _CONTENTS, _Reader._open_text),
    **dict.fromkeys(_GUIDS, _Reader._open_guid),
    **dict.fromkeys(_PUBLISHED | _UPDATED | _CREATED, _Reader._open_date),
    **dict.fromkeys(_LANGUAGES, _Reader._pass),
}
_OPEN: dict[str, Callable[[_Reader, str, Attributes], None]] = {
    "": _Reader._open_root,
    "top": _Reader._open_top,
    "feed": _Reader._open_in_feed,
    "source": _Reader._open_in_source,
    "image": _Reader._open_in_picture,
    "textinput": _Reader._open_in_picture,
}


def _doubt(*_: object) -> NoReturn:
    raise _Doubt


def _nothing(text: str) -> None:
    if text:
        raise _Doubt


def _anything(text: str) -> None:
    """Text that is only taken out of the way."""


# ------------------------------------------------------------------------------------- names


@lru_cache(4096)
def _known(name: str) -> str:
    """The name of an element as feedparser tells it: prefix by namespace, lower case."""
    if len(name) > LONGEST_NAME:
        raise _Doubt
    uri, local, given = ([*name.split(" "), ""] if " " in name else ["", name, ""])[:3]
    standard, local = _standard(uri) if uri else "", local.lower()
    prefix = given.lower() if standard is None else standard
    if prefix:
        return f"{prefix}:{local}"
    if local in HANDLED:
        if standard is None:
            raise _Doubt
    elif local in _RESERVED or not _NAME.fullmatch(local):
        raise _Doubt
    return local


@lru_cache(1024)
def _standard(uri: str) -> str | None:
    """feedparser's prefix of a namespace; None for one without handlers."""
    if len(uri) > LONGEST_NAME:
        raise _Doubt
    lower = uri.lower()
    return "" if "backend.userland.com/rss" in lower else NAMESPACES.get(lower)


def _attributes(given: dict[str, str]) -> Attributes:
    if given.keys() <= _COMMON:
        return given
    if len(given) > MOST_ATTRIBUTES:
        raise _Doubt
    named: dict[str, str] = {}
    for name, value in given.items():
        key = _attribute(name)
        if key in ("base", "xml:base") or (key and key in named):
            raise _Doubt
        named[key] = value
    return named


@lru_cache(1024)
def _attribute(name: str) -> str:
    """An attribute's name as feedparser tells it; "" for one that means nothing to it."""
    if len(name) > LONGEST_NAME:
        raise _Doubt
    if " " not in name:
        return name.lower()
    uri, local, *_ = name.split(" ")
    if uri in (_XML, _RDF):
        return f"{'xml' if uri == _XML else 'rdf'}:{local.lower()}"
    return "base" if local.lower() in _MEANINGFUL else ""


def _allow(attrs: Attributes) -> None:
    """Plain text or HTML in it, and not packed."""
    if attrs:
        kind = attrs.get("type", "html").lower()
        if kind not in _TYPES or attrs.get("mode") == "base64":
            raise _Doubt


# ------------------------------------------------------------------------------------ values


def _address(text: str) -> str:
    if ":///" in text:  # feedparser mends it
        raise _Doubt
    return text


def _mended(text: str) -> str:
    """Text as feedparser mends it: UTF-8 read as Latin-1, and Windows-1252 in the place of controls."""
    if text.isascii():
        return text
    with suppress(UnicodeError):
        text = text.encode("latin-1").decode()
    return text.translate(_WINDOWS) if _C1.search(text) else text


_WINDOWS = {
    code: bytes([code]).decode("cp1252") for code in range(128, 160) if code not in (129, 141, 143, 144, 157)
}


def _moment(text: str) -> datetime | None:
    """A date in one of its two usual forms; None for no date at all, doubt for any other."""
    if not text:
        return None
    try:
        if match := _RFC822.fullmatch(text):
            day, month, year, hour, minute, second, sign, hours, minutes, zone = match.groups()
            at = datetime(
                int(year), _MONTH[month.lower()], int(day), int(hour), int(minute), int(second or 0), 0, UTC
            )
            if not sign:
                off = _ZONES.get(zone.lower())
                return at - timedelta(hours=off) if off else at
        elif match := _W3C.fullmatch(text):
            year, month, day, hour, minute, second, sign, hours, minutes = match.groups()
            at = datetime(
                int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0), 0, UTC
            )
        else:
            raise _Doubt
        if not sign or hours == minutes == "00":
            return at
        away = timedelta(hours=int(hours), minutes=int(minutes))
        return at - away if sign == "+" else at + away
    except (ValueError, OverflowError):
        raise _Doubt from None
