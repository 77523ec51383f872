"""The feeds behind a page's address."""

from __future__ import annotations

from urllib.parse import urljoin

from djeli.core.model import Failure
from monitors.fetch import FEED_LIMIT, Fetched, Fetcher
from monitors.html_links import feed_links

USUAL_PATHS = ("/feed", "/rss", "/rss.xml", "/feed.xml", "/atom.xml")  # tried when the page names none


async def discover(fetcher: Fetcher, address: str) -> list[tuple[str, str]] | Failure:
    """Address and title of the feeds of a site, best first; the address itself when it is one.

    `address` may lack its scheme. A Failure when the page cannot be had or no feed is found.
    """
    url = address if "://" in address else f"https://{address}"
    page = await fetcher.get(url, FEED_LIMIT)
    if isinstance(page, Failure):
        return page
    if looks_like_feed(page):
        return [(page.url, "")]
    named = feed_links(page.body, page.content_type, page.url)
    if named:
        return named
    for path in USUAL_PATHS:
        answer = await fetcher.get(urljoin(page.url, path), FEED_LIMIT)
        if isinstance(answer, Fetched) and looks_like_feed(answer):
            return [(answer.url, "")]
    return Failure(
        "not_a_feed", f"No feed is found at {url}: the page names none, and the usual addresses have none."
    )


def looks_like_feed(answer: Fetched) -> bool:
    """The beginning of an RSS or Atom document, whatever its Content-Type says."""
    head = answer.body[:4096].replace(b"\0", b"").lower()
    return any(root in head for root in (b"<rss", b"<feed", b"<rdf:rdf"))
