"""When a chat may be told something: its quiet hours and its digest hours. Pure."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from djeli.core.model import Chat


def wakes_at(chat: Chat, zone: ZoneInfo, now: datetime) -> datetime | None:
    """End of the quiet hours `now` falls into, in UTC; None when the chat is awake."""
    if chat.quiet is None:
        return None
    start, end = chat.quiet
    today = now.astimezone(zone).date()
    for day in (today - timedelta(days=1), today):
        begins = _moment(day, start, zone)
        ends = _moment(day if end > start else day + timedelta(days=1), end, zone)
        if begins <= now < ends:
            return ends
    return None


def last_digest_hour(chat: Chat, zone: ZoneInfo, now: datetime) -> datetime | None:
    """The latest of the chat's digest hours that is not after `now`, in UTC; None without any."""
    today = now.astimezone(zone).date()
    hours = [_moment(day, hour, zone) for day in (today - timedelta(days=1), today) for hour in chat.digest]
    return max((hour for hour in hours if hour <= now), default=None)


def last_chart_hour(chat: Chat, zone: ZoneInfo, now: datetime) -> datetime | None:
    """The latest moment of the chat's weekly picture that is not after `now`, in UTC; None without one."""
    if chat.chart is None:
        return None
    weekday, hour = chat.chart
    today = now.astimezone(zone).date()
    days = (today - timedelta(days=back) for back in range(8))
    moments = [_moment(day, hour, zone) for day in days if day.weekday() == weekday]
    return max((moment for moment in moments if moment <= now), default=None)


def _moment(day: date, hour: str, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.fromisoformat(hour), zone).astimezone(UTC)
