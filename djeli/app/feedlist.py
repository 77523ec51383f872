"""The `[[feed]]` tables of the configuration: added at its end, the rest of the file untouched."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from baseline.catalogue import Outlet
from djeli.app.config import read_text
from djeli.app.faults import Vocabulary
from djeli.app.setup import feed_text
from djeli.core.errors import UserError
from djeli.core.model import Feed


def add_feeds(path: Path, feeds: Iterable[Feed], vocabulary: Vocabulary) -> list[Feed]:
    """Add the feeds that are not yet in the file; returns those added. ConfigError leaves the file alone."""
    text = path.read_text(encoding="utf-8-sig")
    known = {feed.url for feed in read_text(path, text, vocabulary).feeds}
    added = [feed for feed in {feed.url: feed for feed in feeds}.values() if feed.url not in known]
    if added:
        whole = text.rstrip("\n") + "\n\n" + "\n".join(feed_text(feed) for feed in added)
        read_text(path, whole, vocabulary)
        _replace(path, whole)
    return added


def _replace(path: Path, text: str) -> None:
    """The new text in place of the old one, or the old one untouched."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        unfinished.write_text(text, encoding="utf-8")
        unfinished.chmod(path.stat().st_mode & 0o777)
        unfinished.replace(path)
    except OSError as error:
        raise UserError(f"{path}: cannot be written ({error.strerror})") from None
    finally:
        unfinished.unlink(missing_ok=True)


def outlet_of(url: str, outlets: Mapping[str, Outlet]) -> str:
    """The known outlet of an address, by its host; else the host itself as a new name."""
    host = _host(url)
    same = [outlet.id for outlet in outlets.values() if _host(outlet.url) == host]
    exact = [outlet.id for outlet in outlets.values() if outlet.url == url]
    return (exact or (same if len(same) == 1 else []) or [host])[0]


def chosen(feeds: Sequence[Feed], wanted: str | None) -> list[Feed]:
    """The configured feeds of an outlet or address; all without one; an unknown address as it is."""
    if wanted is None:
        return list(feeds)
    found = [feed for feed in feeds if wanted in (feed.url, feed.outlet)]
    if not found and "://" not in wanted:
        raise UserError(f"no configured feed has the outlet or address '{wanted}'; see `djeli feeds list`")
    return found or [Feed(wanted, _host(wanted))]


def _host(url: str) -> str:
    return (urlsplit(url).hostname or url).removeprefix("www.")
