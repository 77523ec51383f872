"""Notices: the few messages about Djeli itself, not about the news."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot import health, html
from bot.cards import Card
from bot.words import Voice
from djeli.core.ports import FeedStatus

# What can be told of feeds, in the order in which it is told, with its sign.
SIGNS = {"failing": "🔇", "quarantined": "⛔", "silent": "💤", "moved": "➡", "back": "🔈"}
_LISTED = 10  # feeds of one kind; the rest is a number


def feeds_news(news: Mapping[str, Sequence[FeedStatus]], voice: Voice) -> list[Card]:
    """What changed with the feeds since the last such message, by kind: which, why, what to do."""
    blocks = [f"<b>{voice.say('feeds_changed')}</b>"]
    for kind, sign in SIGNS.items():
        feeds = news.get(kind, ())
        if feeds:
            blocks.append(f"{sign} <b>{voice.head(f'feeds_{kind}')} {len(feeds)}</b>")
            blocks += [_line(feed, kind, voice) for feed in feeds[:_LISTED]]
        if len(feeds) > _LISTED:
            blocks.append(voice.say("more", n=len(feeds) - _LISTED))
    return [Card(part, html.plain(part)) for part in html.split(blocks)]


def _line(feed: FeedStatus, kind: str, voice: Voice) -> str:
    advice = "" if kind == "back" else health.fix(feed.cursor, voice)
    said = f": {html.escape(advice)}" if advice else ""
    return f"• {health.named(feed, voice)}{said}"
