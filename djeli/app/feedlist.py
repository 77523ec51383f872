"""The `[[feed]]` tables of the configuration: added, given another address, taken out; the rest stays."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from baseline.catalogue import Outlet
from djeli.app.config import read_text
from djeli.app.faults import Vocabulary
from djeli.app.setup import feed_text, quoted
from djeli.app.toml_lines import Places
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
        write(path, whole)
    return added


def moved(path: Path, old: str, new: str, vocabulary: Vocabulary) -> str:
    """The file with another address in the table of a feed; all else, comments too, stays as it is.

    ConfigError or UserError where that cannot be had.
    """
    text = path.read_text(encoding="utf-8-sig")
    place = _place(path, text, old, vocabulary)
    lines = text.split("\n")
    at = Places(text).line(("feed", place, "url")) - 1
    lines[at] = _URL.sub(lambda found: found[1] + quoted(new), lines[at], count=1)
    wanted = tomllib.loads(text)
    wanted["feed"][place]["url"] = new
    return _checked(path, "\n".join(lines), wanted, at, vocabulary)


def removed(path: Path, url: str, vocabulary: Vocabulary) -> str:
    """The file without the table of a feed; comments round it stay. Errors as above."""
    text = path.read_text(encoding="utf-8-sig")
    place = _place(path, text, url, vocabulary)
    lines = text.split("\n")
    first = Places(text).line(("feed", place)) - 1
    end = next((n for n in range(first + 1, len(lines)) if lines[n].lstrip().startswith("[")), len(lines))
    while end > first + 1 and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#")):
        end -= 1  # what stands last before the next table may speak of that
    while end < len(lines) and not lines[end].strip():
        end += 1  # one gap instead of two
    wanted = tomllib.loads(text)
    del wanted["feed"][place]
    if not wanted["feed"]:
        del wanted["feed"]
    return _checked(path, "\n".join(lines[:first] + lines[end:]), wanted, first, vocabulary)


# As they are commonly written; what is not is left to its owner.
_URL = re.compile(r"""^(\s*["']?url["']?\s*=\s*)("[^"\\]*"|'[^']*')""")


def _place(path: Path, text: str, url: str, vocabulary: Vocabulary) -> int:
    """Which of the feeds of the file it is, counted from 0."""
    urls = [feed.url for feed in read_text(path, text, vocabulary).feeds]
    if url not in urls:
        raise UserError(f"{path}: no feed has the address {url}; see `djeli feeds list`")
    return urls.index(url)


def _checked(path: Path, text: str, wanted: object, line: int, vocabulary: Vocabulary) -> str:
    """The text, if it says what it should and nothing else."""
    try:
        said: object = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        said = None
    if said != wanted:
        raise UserError(f"{path}:{line + 1}: this feed is written in an uncommon way; change it by hand")
    read_text(path, text, vocabulary)
    return text


def write(path: Path, text: str) -> None:
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


def only(feeds: Sequence[Feed], wanted: str) -> Feed:
    """The one configured feed of an address or outlet; UserError when there is none, or more than one."""
    found = [feed for feed in feeds if feed.url == wanted] or [
        feed for feed in feeds if feed.outlet == wanted
    ]
    if not found:
        raise UserError(f"no configured feed has the outlet or address '{wanted}'; see `djeli feeds list`")
    if len(found) > 1:
        named = ", ".join(feed.url for feed in found)
        raise UserError(f"'{wanted}' has {len(found)} feeds: name the address of one ({named})")
    return found[0]


def _host(url: str) -> str:
    return (urlsplit(url).hostname or url).removeprefix("www.")
