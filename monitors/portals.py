"""Links of portals that lead elsewhere: the article's own address, where the link carries it. Pure.

Google News wraps an address in base64 in older links and in a name of its own in newer ones. Behind
those stands a page of scripts, so nothing is fetched there and the feed's own words are the article.
"""

from __future__ import annotations

import binascii
import re
from base64 import urlsafe_b64decode
from urllib.parse import parse_qs, urlsplit

_GOOGLE_NEWS = "news.google.com"
_ARTICLE = re.compile(r"/(?:articles|read)/([\w-]{20,2000})")
_INSIDE = re.compile(rb"https?://[\x21-\x7e]+")
# Host, path and the parameters that may carry the address.
_CARRIERS = (
    (re.compile(r"(?:www\.)?google\.[a-z.]{2,6}"), "/url", ("url", "q")),
    (re.compile(r"(?:www\.)?bing\.com"), "/news/apiclick.aspx", ("url",)),
    (re.compile(r"l\.facebook\.com|lm\.facebook\.com"), "/l.php", ("u",)),
)
_SUSPECTS = ("google.", "bing.com", "facebook.com")


def unwrapped(link: str) -> str:
    """The address that a portal's link carries, or the link itself."""
    if not any(name in link for name in _SUSPECTS):  # nearly all, and this runs for every item
        return link
    try:
        parts = urlsplit(link)
    except ValueError:
        return link
    host = parts.hostname or ""
    if host == _GOOGLE_NEWS:
        return _decoded(parts.path) or link
    for name, path, parameters in _CARRIERS:
        if name.fullmatch(host) and parts.path.startswith(path):
            told = parse_qs(parts.query)
            found = [value for key in parameters for value in told.get(key, ())]
            return next((url for url in found if url.startswith(("http://", "https://"))), link)
    return link


def is_portal(url: str) -> bool:
    """The address leads to an article without carrying it: there is nothing to read at it."""
    return url.startswith((f"https://{_GOOGLE_NEWS}/", f"http://{_GOOGLE_NEWS}/"))


def _decoded(path: str) -> str:
    match = _ARTICLE.search(path)
    if not match:
        return ""
    try:
        raw = urlsafe_b64decode(match[1] + "=" * (-len(match[1]) % 4))
    except (binascii.Error, ValueError):
        return ""
    # A protocol buffer: 08 13 22, the length, the address; a length above 127 takes two bytes.
    inside = _INSIDE.search(raw)
    if not raw.startswith(b"\x08\x13\x22") or not inside:
        return ""
    length = raw[3] if raw[3] < 128 else (raw[3] & 127) | raw[4] << 7
    return raw[inside.start() : inside.start() + length][: len(inside[0])].decode("ascii")
