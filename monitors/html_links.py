"""The feeds that an HTML page names in its head."""

from __future__ import annotations

import re

from monitors.addresses import canonical
from monitors.charset import decode
from monitors.text import line, unescaped

_LINK = re.compile(r"""<link\s((?:[^>"']++|"[^"]*"|'[^']*')*+)>""", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([a-zA-Z-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml")
_READ = 200_000  # bytes of the page that are searched
_LONGEST_TAG = 2_000


def feed_links(body: bytes, content_type: str, url: str) -> list[tuple[str, str]]:
    """Address and title of each feed a page names, in the page's order, comment feeds last."""
    found: dict[str, str] = {}
    for tag in re.split("(?=<)", decode(body[:_READ], content_type)):
        match = _LINK.match(tag[:_LONGEST_TAG])
        named = _attributes(match[1]) if match else {}
        if (
            named.get("rel", "").lower().split() == ["alternate"]
            and named.get("type", "").partition(";")[0].strip().lower() in _FEED_TYPES
        ):
            address = canonical(named.get("href", ""), url)
            if address:
                found.setdefault(address, line(named.get("title", ""), 200))
    return sorted(found.items(), key=lambda pair: "comment" in pair[0].lower())


def _attributes(inside: str) -> dict[str, str]:
    found = _ATTRIBUTE.findall(inside)
    return {name.lower(): unescaped(double or single or bare) for name, double, single, bare in found}
