"""Too many cards for one chat: which go alone, which wait, which are told together. Pure.

A chat gets so many cards in an hour. What is more waits until the hour is over and comes in one message;
what has waited long already (Telegram or we were away, quiet hours) and is too much comes in one message
at once. What is critical is never held back, and told together only where that alone is too much.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot import html
from bot.words import Voice
from djeli.core.model import Alert, OutboxRow
from djeli.core.ports import Backlog, Pack

HOUR = timedelta(hours=1)
LONG = timedelta(minutes=10)  # what has waited so long is no news of this minute
PACK = "pack"  # kind of the deliveries of a message that tells several cards
_UNITS, _BYTES = 3_600, 26_000  # of the lines of one part; the heading comes on top
_ANCHOR = re.compile(r'<a href="[^"]*">[^<]*</a>')
_TAG = re.compile(r"<(/?)([a-z-]+)[^<>]*>")


@dataclass(frozen=True, slots=True)
class Hold:
    """These rows wait until the hour of the last cards is over."""

    rows: tuple[OutboxRow, ...]
    until: datetime


@dataclass(frozen=True, slots=True)
class Together:
    """These rows are told together, now."""

    rows: tuple[OutboxRow, ...]


def plan(head: OutboxRow, backlog: Backlog, most: int, now: datetime) -> Hold | Together | None:
    """What to do before the next row of a chat is sent; None: send it."""
    critical = [row for row in backlog.waiting if row.alert.critical]
    rows = tuple(row for row in backlog.waiting if len(critical) > most or not row.alert.critical)
    if all(row.id != head.id for row in rows):
        return None
    sent = [at for at in backlog.sent if now - HOUR < at <= now]
    left = most - len(sent)
    if len(rows) <= left:
        return None
    if left <= 0:
        return Hold(rows, sent[-most] + HOUR)
    return Together(rows) if now - rows[0].created >= LONG else None


def notice(about: Alert, until: datetime, most: int, voice: Voice) -> Alert:
    """That the rest comes later, and when; owed once for each hour that is too full."""
    text = html.escape(voice.say("storm", most=most, at=voice.moment(until)))
    name = f"notice:storm {until.isoformat()}"
    return Alert(about.chat, "notice", text, html.plain(text), story=name, thread=about.thread)


def packs(rows: Sequence[OutboxRow], most: int, voice: Voice) -> list[Pack]:
    """The rows as messages, each within Telegram's limits and with a heading that says why."""
    parts = list(_parts(rows))
    made = []
    for number, part in enumerate(parts, 1):
        head = voice.say("packed", n=len(rows), most=most)
        head += f" ({number}/{len(parts)})" if len(parts) > 1 else ""
        blocks = [f"<b>{html.escape(head)}</b>", *(line(row.alert) for row in part)]
        text = "\n\n".join(blocks)
        made.append(Pack(tuple(row.id for row in part), text, html.plain(text)))
    return made


def _parts(rows: Sequence[OutboxRow]) -> Iterator[list[OutboxRow]]:
    part: list[OutboxRow] = []
    units = size = 0
    for row in rows:
        told = line(row.alert)
        more = html.length(told) + 2, len(told.encode()) + 2
        if part and (units + more[0] > _UNITS or size + more[1] > _BYTES):
            yield part
            part, units, size = [], 0, 0
        part.append(row)
        units, size = units + more[0], size + more[1]
    if part:
        yield part


def line(alert: Alert) -> str:
    """A card in two or three lines: its first two, its first link, its story; as HTML."""
    text = alert.html or html.others(alert.plain)
    lines = [one for one in text.split("\n") if one.strip()][:2]
    if not lines or not all(map(_whole, lines)):
        words = (alert.plain or html.plain(alert.html)).splitlines()
        lines = [html.others(html.shorten(one, 300)) for one in words if one.strip()][:2]
    anchor = _ANCHOR.search(text)
    about = [anchor.group()] if anchor and anchor.group() not in "\n".join(lines) else []
    if alert.story and re.fullmatch(r"S\d+", alert.story):
        about.append(alert.story)
    return "\n".join(["• " + " — ".join(lines), *([" · ".join(about)] if about else [])])


def _whole(text: str) -> bool:
    """Whether every tag that begins in a line ends in it."""
    begun: list[str] = []
    for closing, name in _TAG.findall(text):
        if not closing:
            begun.append(name)
        elif not begun or begun.pop() != name:
            return False
    return not begun
