"""What a site asks programs not to read: its robots.txt (RFC 9309), heeded for the pages of articles.

The only module that knows protego. A feed is there for programs and is asked for as configured; the
pages it names are another matter, for nobody asks for each of them.
"""

from __future__ import annotations

import asyncio
import logging
import weakref
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta

from protego import Protego

from djeli.core.model import Failure
from monitors.addresses import parse
from monitors.charset import decode
from monitors.fetch import Fetched, Fetcher

NAME = "Djeli"  # under which a site may speak to us alone
KEPT = timedelta(hours=24)  # as the RFC has it
AGAIN = timedelta(hours=1)  # when there was no answer
LARGEST = 500_000  # bytes; the RFC asks for that much
READ = 100_000  # bytes of rules: more would take a second to take apart, and 30 MB
ROOM = 500_000  # bytes of rules of all sites; parsed they are some times as much
MOST_SITES = 1_000
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Rules:
    """What one site asks for."""

    until: datetime
    size: int = 0
    parsed: Protego | None = None  # None: there are none
    closed: bool = False  # it has an error of its own, and wishes to be left alone until it is mended

    def allow(self, url: str) -> bool:
        if self.closed:
            return False
        try:
            return self.parsed is None or bool(self.parsed.can_fetch(url, NAME))
        except Exception:  # of a library, over a stranger's words
            _log.warning("robots.txt cannot be applied to %s", url)
            return True


class Robots:
    """Asks each site once a day; use it within one event loop."""

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher
        self._known: OrderedDict[str, _Rules] = OrderedDict()  # by site, the one asked for last stands last
        self._size = 0
        self._asking: weakref.WeakValueDictionary[str, asyncio.Lock] = weakref.WeakValueDictionary()

    async def allow(self, url: str, now: datetime) -> bool:
        """Whether the site lets programs read the page at this address of the public web.

        A site that does not answer is not asked for its wishes again for an hour; its pages are tried.
        """
        address = parse(url)
        if isinstance(address, Failure):
            return True  # nothing will be fetched
        site = f"{address.scheme}://{address.netloc}"
        async with self._asking.setdefault(site, asyncio.Lock()):
            rules = self._remembered(site, now)
            if rules is None:
                rules = await self._asked(site, now)
                self._remember(site, rules)
        return rules.allow(str(address))

    def _remembered(self, site: str, now: datetime) -> _Rules | None:
        rules = self._known.get(site)
        if rules is None or not now < rules.until <= now + KEPT:  # nor where the clock was set back
            return None
        self._known.move_to_end(site)
        return rules

    def _remember(self, site: str, rules: _Rules) -> None:
        before = self._known.pop(site, None)
        self._size -= before.size if before else 0
        self._known[site] = rules
        self._size += rules.size
        while len(self._known) > MOST_SITES or (self._size > ROOM and len(self._known) > 1):
            _, oldest = self._known.popitem(last=False)
            self._size -= oldest.size

    async def _asked(self, site: str, now: datetime) -> _Rules:
        answer = await self._fetcher.get(f"{site}/robots.txt", LARGEST, public_only=True)
        if isinstance(answer, Failure):
            broken = answer.status is not None and answer.status >= 500
            gone = answer.status is not None and not broken
            return _Rules(now + (KEPT if gone else AGAIN), closed=broken)
        text = _beginning(answer)
        try:
            parsed = await asyncio.to_thread(Protego.parse, text)
        except Exception:
            _log.warning("robots.txt of %s cannot be read", site)
            return _Rules(now + KEPT)
        return _Rules(now + KEPT, len(text), parsed)


def _beginning(answer: Fetched) -> str:
    """As many whole lines as are read."""
    body = answer.body
    if len(body) > READ:
        body = body[: body.rfind(b"\n", 0, READ) + 1]
    return decode(body, answer.content_type).removeprefix("\ufeff")
