"""Cards and digests out of the worst that feeds can hold, and what must be true of every one.

Texts are drawn from all of Unicode: directions, tags, zero widths, halves of pairs, markup, calls of
persons, links of every scheme. One seed gives one message, always the same.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from bot import html
from bot.cards import LIMIT, Card, Report, Trust, alert_card, revised_card, update_card
from bot.chart import caption
from bot.digests import digest
from bot.words import Voice
from djeli.core.model import Cue, Decision, DigestLine, Figure, Label, Mention, Realis, Span, Verdict
from djeli.core.words import LANGUAGES, STAGES, UNITS
from tests.bot_samples import TYPES, article, fact, feed, mention, verdict
from tests.telegram_html import accept
from tests.telegram_html import found as auto_found

NOW = datetime(2027, 2, 9, 12, tzinfo=UTC)
_NASTY = (
    *("<b>", "</b>", "<a href='tg://user?id=1'>x</a>", "<script>", "</", "<", ">", "&", "&amp;"),
    *("&#60;", "&lt;b&gt;", "@durov", ".@durov", "(@admin)", "＠x", "x@y.example", "tg://user?id=7"),
    *("tg:user?id=7", "t.me/durov", "\u202e", "\u2066", "\u2069", "\u200b", "\u200f", "\ufeff", "\u00ad"),
    *("\u2028", "\x00", "\x1b", "\r\n", "\t", "\ud800", "\udfff", "👩‍👩‍👧‍👦", "é", "e\u0301" * 9, "ﷺ", "𝕬"),
    *("🏴\U000e0067\U000e0062\U000e007f", "\ufe0f", "{list}", "{0}", "%s", "\\", '"', "'", "«»"),
    *(
        "javascript:alert(1)",
        "/mute all",
        "#tag",
        "$USD",
        "1 000",
        "evil.com",
        "www.evil.org/x?y=1",
        "/digest",
    ),
    *(
        "https://evil.example/x",
        "tg://resolve?domain=x",
        "пример.рф",
        "a.b.c.de",
        "#1#x",
        "//evil.com",
        "24/7",
    ),
)
_LINKS = (
    "https://example.org/a?b=1&c=%3C",
    "http://пример.рф/путь",
    "https://example.org/" + "x" * 2_020,
    "https://example.org/" + "y" * 5_000,
    "javascript:alert(1)",
    "tg://user?id=1",
    "tg:user?id=1",
    "https://user:secret@example.org/",
    "https://example.org/\"><a href='tg://user?id=1'>",
    "https://example.org/'onclick='x",
    "https://exa\u202emple.org/",
    "https://example.org/&amp;lt;b",
    "ftp://example.org/",
    "//example.org/x",
    "https:///nohost",
    "http://[::1",
    "https://example.org:99999/",
    "",
)
_ODD = (0x300, 0x590, 0x2000, 0x2060, 0xD800, 0xE000, 0xFE00, 0xFFF0, 0x1F300, 0xE0000, 0x10FF00)


@dataclass(frozen=True)
class Written:
    """What was written, the links that may stand in it and those that must."""

    parts: Sequence[Card]
    may: frozenset[str]
    must: frozenset[str]
    limit: int


class Author:
    """Writes one message from one seed."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self.voice = Voice(self._random.choice(LANGUAGES), TYPES, self._name)

    def write(self) -> Written:
        return self._random.choice((self._card, self._card, self._card, self._digest, self._caption))()

    # ---------------------------------------------------------------------------- what is in it

    def text(self, most: int = 60) -> str:
        """Some pieces, each nasty, odd, or any character at all."""
        pieces: list[Callable[[], str]] = [
            lambda: self._random.choice(_NASTY),
            lambda: chr(min(self._random.choice(_ODD) + self._random.randrange(256), 0x10FFFF)),
            lambda: chr(self._random.randrange(0x110000)),
            lambda: self._random.choice(("слово ", "word ", "mot ", " ", "Bamako ")),
        ]
        count = self._random.choice((0, 1, 3, 10, most, most * 6 if self._random.random() < 0.05 else 5))
        return "".join(self._random.choice(pieces)() for _ in range(count))

    def link(self) -> str:
        fresh = f"https://example.org/{self._random.randrange(10**9)}"
        return self._random.choice((fresh, fresh, self._random.choice(_LINKS), self.text(6)))

    def _name(self, id_: str) -> str:
        return id_

    def _maybe(self, value: object) -> object:
        return value if self._random.random() < 0.6 else None

    def _mention(self) -> Mention:
        pick = self._random.choice
        figures = tuple(
            Figure(pick((0.0, 1.5, 1e15, 11.0)), pick((*UNITS, self.text(3))), self.text(4) or None)
            for _ in range(self._random.randrange(5))
        )
        return mention(
            type=pick((*TYPES, self.text(2))),
            stage=pick((None, *STAGES, self.text(2))),
            realis=pick(list(Realis)),
            actors=tuple(self.text(3) for _ in range(self._random.randrange(6))),
            counterparts=tuple(self.text(3) for _ in range(self._random.randrange(4))),
            places=tuple(self.text(3) for _ in range(self._random.randrange(4))),
            quote=self.text(40),
            figures=figures,
            claimed_by=self._maybe(self.text(3)),
            label=pick((None, *Label)),
            cues=(Cue("figure", "x", "seen"),) if self._random.random() < 0.5 else (),
        )

    def _verdict(self) -> Verdict:
        return verdict(
            self._mention(),
            because=self.text(),
            was=self._maybe(self.text(6)),
            now=self._maybe(self.text(6)),
            story=self._maybe(self.text(3)),
            label=self._random.choice((None, *Label)),
            rule=self._random.choice(("new", "denial", "other-figure")),
        )

    # ------------------------------------------------------------------------------- messages

    def _card(self) -> Written:
        told = article(title=self.text(), url=self.link(), outlet=self.text(6))
        later = article(title=self.text(), url=self.link(), outlet=self.text(6))
        listed = [
            Report(self.text(6), self.text(), self.link(), self._random.random() < 0.2, self.text(3) or None)
            for _ in range(self._random.randrange(9))
        ]
        outlets = tuple(one.outlet for one in listed) or (told.outlet,)
        side = self._random.choice(("state:" + self.text(3), "independent", "other"))
        trust = Trust(outlets, 2, None, ((side, outlets),) if self._random.random() < 0.7 else (), (side,))
        urls = [told.url, later.url, *(one.url for one in listed)]
        match self._random.randrange(3):
            case 0:
                card = alert_card(self._verdict(), told, trust, self.voice, listed)
            case 1:
                card = update_card(self._verdict(), told, trust, self.voice, listed)
            case _:
                card = revised_card(self._verdict(), told, self._verdict(), later, trust, self.voice, listed)
        first = html.safe_url(told.url)
        named = html.clean(told.title) or html.host(told.url)
        must = frozenset([first] if first and named else [])
        return Written([card], _safe(urls), must, LIMIT - 1)

    def _line(self, decision: Decision) -> DigestLine:
        day = date(2027, 2, 1) + timedelta(days=self._random.randrange(40))
        return DigestLine(
            story=self._maybe(self.text(3)),
            type=self._random.choice((*TYPES, self.text(2))),
            decision=decision,
            title=self.text() + "t" + " слово" * self._random.choice((0, 0, 40)),
            url=self.link(),
            outlet=self.text(6),
            because="",
            published=NOW,
            facts=tuple(self.text(2) for _ in range(self._random.randrange(4))),
            span=Span(day, day) if self._random.random() < 0.7 else None,
            stage=self._random.choice((None, *STAGES)),
            realis=self._random.choice((None, *Realis)),
        )

    def _digest(self) -> Written:
        new = [self._line(Decision.DIGEST) for _ in range(self._random.choice((0, 3, 15, 60)))]
        known = [self._line(Decision.KNOWN) for _ in range(self._random.randrange(6))]
        due = [self._line(Decision.DIGEST) for _ in range(self._random.randrange(12))]
        feeds = [feed(self.text(6) or "x", self._random.choice((None, "dns")))] * self._random.randrange(9)
        parts = digest([*new, *known], {}, feeds, NOW, self.voice, pending=due, facts={"": fact()})
        urls = [line.url for line in (*new, *known, *due)]
        must = [line.url for line in new] if len(new) <= 15 else []
        return Written(parts, _safe(urls), _safe(must), html.LIMIT_UNITS)

    def _caption(self) -> Written:
        told = [self._line(Decision.ALERT) for _ in range(self._random.randrange(30))]
        card = caption(told, date(2027, 2, 1), date(2027, 2, 9), self.voice)
        return Written([card], frozenset(), frozenset(), 1_024)


def _safe(urls: Sequence[str]) -> frozenset[str]:
    return frozenset(href for url in urls if (href := html.safe_url(url)))


# A call of a person as the server finds it by itself: after anything that is no letter or number.
_CALL = re.compile(r"(?<!\w)@[A-Za-z0-9_]{2,}")
_HIDDEN = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]")


def assert_plain(text: str, may: frozenset[str]) -> None:
    """Sent without markup, it has the links that were meant and their hosts, and nothing else."""
    hosts = {html.host(url) for url in may}
    for made in auto_found(text, []):
        said = made["text"]
        meant = made["type"] == "url" and (said in hosts or any(url in said for url in may))
        assert meant or said == "/why" or any(said in url for url in may), made


def check(written: Written) -> None:
    """Accepted by the server's rules, no call of a person, exactly the links that were meant."""
    found: set[str] = set()
    for card in written.parts:
        shown, entities = accept(card.html)
        assert html.length(card.html) <= written.limit
        assert not _CALL.search(shown), shown
        assert not _HIDDEN.search(shown), shown
        kinds = {entity["type"] for entity in entities}
        assert kinds <= {
            "bold",
            "italic",
            "strikethrough",
            "text_link",
            "blockquote",
            "expandable_blockquote",
            "code",
        }
        made = {one["text"] for one in auto_found(shown, entities)}
        assert made <= {"/why"}, made
        assert_plain(card.plain, written.may)
        found |= {entity["url"] for entity in entities if entity["type"] == "text_link"}
        assert card.plain.strip()
        assert not _CALL.search(card.plain)
    assert found <= written.may, found - written.may
    assert written.must <= found, written.must - found
