"""OPML in and out: the list of feeds as other readers write and read it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta
from xml.etree import ElementTree

from djeli.core.errors import UserError
from djeli.core.model import Failure, Feed
from monitors.addresses import parse, web_address
from monitors.text import tidy

LARGEST = 2_000_000  # bytes


def import_opml(text: bytes, every: timedelta = timedelta(minutes=15)) -> tuple[list[Feed], list[Failure]]:
    """The feeds of an OPML file, each address once, in order, and what is wrong with the addresses left out.

    The outlet is the outline's name. Raises UserError for what is no OPML, is too large or defines entities.
    """
    if len(text) > LARGEST:
        raise UserError(f"The OPML file is larger than {LARGEST // 1_000_000} MB.")
    if re.search(rb"<!(?:entity|doctype)", text.replace(b"\0", b""), re.IGNORECASE):
        raise UserError(
            "The OPML file has a DOCTYPE or defines entities, which is refused; remove that line."
        )
    try:
        root = ElementTree.fromstring(text)
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise UserError(f"The file is not OPML: {error}.") from error
    if root.tag.lower() != "opml":
        raise UserError(f"The file is not OPML: it begins with <{root.tag[:40]}>.")
    found: dict[str, Feed] = {}
    left_out: list[Failure] = []
    for outline in root.iter("outline"):
        url = web_address((outline.get("xmlUrl") or outline.get("xmlurl") or "").strip())
        name = " ".join(tidy(outline.get("title") or outline.get("text") or url, 100).split())
        address = parse(url)
        if not isinstance(address, Failure):
            found.setdefault(url, Feed(url=url, outlet=name, every=every))
        elif url:
            left_out.append(address)
    return list(found.values()), left_out


def export_opml(feeds: Iterable[Feed], title: str = "Djeli") -> str:
    """An OPML 2.0 document that names the feeds."""
    root = ElementTree.Element("opml", version="2.0")
    ElementTree.SubElement(ElementTree.SubElement(root, "head"), "title").text = title
    body = ElementTree.SubElement(root, "body")
    for feed in feeds:
        ElementTree.SubElement(
            body, "outline", type="rss", text=feed.outlet, title=feed.outlet, xmlUrl=feed.url
        )
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"
