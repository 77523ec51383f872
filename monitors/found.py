"""What was found in a document, not yet a Check or an Article; travels between processes as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from djeli.core.model import Entry, Failure


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """What a feed says."""

    entries: tuple[Entry, ...]
    title: str = ""
    language: str | None = None  # two letters
    ttl: timedelta | None = None
    hub: str | None = None  # WebSub hub
    whole: bool = True  # False: broken XML, of which what could be read was kept


@dataclass(frozen=True, slots=True)
class Page:
    """What the page of an article says."""

    text: str  # paragraphs separated by a blank line
    title: str = ""
    published: datetime | None = None
    exact: bool = False  # the page itself says so, once and for one moment
    lang: str | None = None  # two letters, as the page declares it
    canonical: str = ""  # its own address for itself, checked; "" when it names none


Found = ParsedFeed | Page | Failure | None


def to_json(found: Found) -> dict[str, Any] | None:
    """A document's find as plain JSON values."""
    if found is None:
        return None
    return {"is": type(found).__name__, **_plain(asdict(found))}


def from_json(values: Mapping[str, Any] | None) -> Found:
    """The find again; raises KeyError, TypeError or ValueError when `values` came from elsewhere."""
    if values is None:
        return None
    kind, rest = values["is"], {key: value for key, value in values.items() if key != "is"}
    if kind == "ParsedFeed":
        entries = tuple(
            Entry(**{**entry, "published": _moment(entry["published"])}) for entry in rest["entries"]
        )
        return ParsedFeed(**{**rest, "entries": entries, "ttl": _span(rest["ttl"])})
    if kind == "Page":
        return Page(**{**rest, "published": _moment(rest["published"])})
    return Failure(**{**rest, "retry_after": _span(rest["retry_after"])})


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, datetime):
        return value.isoformat()
    return value.total_seconds() if isinstance(value, timedelta) else value


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _span(seconds: float | None) -> timedelta | None:
    return None if seconds is None else timedelta(seconds=seconds)
