"""Notices: the few messages about Djeli itself, not about the news."""

from __future__ import annotations

from bot import html
from bot.cards import Card
from bot.digests import failing
from bot.words import Voice
from djeli.core.ports import FeedStatus


def feed_failing(feed: FeedStatus, voice: Voice) -> Card:
    """A feed has been silent for long: which, why, since when, and what it said."""
    detail = html.escape(html.shorten(feed.cursor.detail or "", 200))
    return _card(f"🔇 <b>{voice.head('feed_failing')}</b> {failing(feed, voice)}\n{detail}".strip())


def feed_back(feed: FeedStatus, voice: Voice) -> Card:
    """A feed that was reported as failing answers again."""
    name = html.escape(html.shorten(voice.names(feed.outlet), 40))
    return _card(f"🔈 <b>{voice.head('feed_back')}</b> {name}")


def _card(text: str) -> Card:
    return Card(text, html.plain(text))
