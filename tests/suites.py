"""Other people's documents against what reads them here: `make suites`.

    python -m tests.suites [--pages] FOLDER …

Feeds (every *.xml below the folders): nothing raises, the fast parser gives what the slow one gives or leaves
the document alone, and every document that feedparser calls well-formed has feedparser's own entries: title
as a line of plain text, canonical link, moment, id. Entries without any text are left out on both sides.

Pages (every *.html): the words of the text beside those of trafilatura's own `extract` without comments; with
an evaldata.json (of trafilatura's repository) in a folder, the F1 of both by its phrases.

`make suites` gets feedparser's and trafilatura's sources by pip; gofeed's documents are in Debian's
golang-github-mmcdole-gofeed-dev. None of it belongs into the repository. Exits 1 where something differs.
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
import warnings
from calendar import timegm
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import feedparser
import trafilatura

from monitors.addresses import canonical
from monitors.feeds import parse_feed
from monitors.found import Page, ParsedFeed
from monitors.items import FIRST_YEAR, FUTURE, SUMMARY_LIMIT, TITLE_LIMIT
from monitors.pages import extract
from monitors.text import line, plain
from monitors.wellformed import read_plain

NOW = datetime(2027, 2, 10, 12, tzinfo=UTC)
URL = "https://journal-du-fleuve.example/feed/"
FEWEST_WORDS = 0.99  # F1 of the words of a page with those of the peer

# Where the two differ on purpose.
MEANT = {
    "doctype_contains_entity_decl.xml": "documents that define entities are refused",
    "entity_in_doctype.xml": "documents that define entities are refused",
    "item_description_not_a_doctype.xml": "its only text is the beginning of a comment",
    "entry_title_crazy.xml": "the words of a script in a title are no title",
}
EBCDIC = "The answer is neither RSS nor Atom."  # alphabets of mainframes, which nobody publishes in

_WORD = re.compile(r"\w+")

Said = tuple[str, str, datetime | None, str]  # title, link, moment, id


@dataclass
class Feeds:
    """What was seen of the feeds."""

    documents: int = 0
    plain: int = 0  # read by the fast parser
    well_formed: int = 0
    entries: int = 0
    meant: Counter[str] = field(default_factory=Counter)
    differ: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        meant = "".join(f"\n  on purpose, {count}: {why}" for why, count in self.meant.items())
        differ = "".join(f"\n  DIFFERS {one}" for one in self.differ)
        return (
            f"feeds: {self.documents} documents, {self.plain} of them read by expat; "
            f"{self.well_formed} well-formed with {self.entries} entries, "
            f"different {len(self.differ)}{meant}{differ}"
        )


def read_feeds(paths: Sequence[Path]) -> Feeds:
    """Every document given to both parsers and to feedparser itself."""
    seen = Feeds()
    for path in paths:
        body = path.read_bytes()
        seen.documents += 1
        try:
            ours, fast = parse_feed(body, "", URL, NOW), read_plain(body, "", URL, NOW)
        except Exception as error:  # what the suites are there to find
            seen.differ.append(f"{path}: {error!r}")
            continue
        seen.plain += fast is not None
        if fast is not None and fast != ours:
            seen.differ.append(f"{path}: the fast parser reads it otherwise")
        theirs = feedparser.parse(BytesIO(body), response_headers={"content-type": "application/xml"})
        if theirs.bozo or not theirs.get("version"):
            continue
        seen.well_formed += 1
        _compare(path, [_said(entry) for entry in theirs.entries if _speaks(entry)], ours, seen)
    return seen


def _compare(path: Path, theirs: Sequence[Said], ours: object, seen: Feeds) -> None:
    wanted = list(dict.fromkeys(theirs))  # the same entry twice is one
    seen.entries += len(wanted)
    found = (
        [(one.title, one.url, one.published, one.guid) for one in ours.entries]
        if isinstance(ours, ParsedFeed)
        else []
    )
    alike = len(wanted) == len(found) and all(map(_alike, wanted, found))
    if isinstance(ours, ParsedFeed) and alike:
        return
    refused = getattr(ours, "detail", "")
    why = MEANT.get(path.name) or ("an alphabet of mainframes" if refused == EBCDIC and not wanted else "")
    if why:
        seen.meant[why] += 1
    else:
        seen.differ.append(f"{path}: {wanted[:2]} here {refused or found[:2]}")


def _alike(theirs: Said, ours: Said) -> bool:
    """What feedparser says of an entry is what stands in ours; where it says no title or id, we find one."""
    title, link, moment, guid = theirs
    return title in ("", ours[0]) and link == ours[1] and moment == ours[2] and guid in ("", ours[3])


def _said(entry: Any) -> Said:
    link = entry.get("feedburner_origlink") or entry.get("link") or ""
    return (
        line(entry.get("title") or "", TITLE_LIMIT),
        canonical(link, URL),
        next(_moments(entry), None),
        (entry.get("id") or "").strip(),
    )


def _moments(entry: Any) -> Iterator[datetime]:
    for key in ("published_parsed", "updated_parsed", "created_parsed"):
        parts = dict.get(entry, key)
        if parts:
            moment = datetime.fromtimestamp(timegm(parts), UTC)
            if moment.year >= FIRST_YEAR and moment <= NOW + FUTURE:
                yield moment


def _speaks(entry: Any) -> bool:
    texts = [
        entry.get("title"),
        entry.get("summary"),
        *(part.get("value") for part in entry.get("content") or []),
    ]
    return any(plain(text or "", SUMMARY_LIMIT) for text in texts)


# ---------------------------------------------------------------------------------------- pages


@dataclass
class Pages:
    """What was seen of the pages."""

    documents: int = 0
    words: list[float] = field(default_factory=list)  # F1 of the words, page by page
    differ: list[str] = field(default_factory=list)
    ours: Counter[str] = field(default_factory=Counter)  # tp, fp, fn by the phrases of an evaldata.json
    theirs: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        mean = sum(self.words) / max(1, len(self.words))
        phrases = f"; F1 by phrases {_f1(self.ours):.4f}, extract {_f1(self.theirs):.4f}" if self.ours else ""
        differ = "".join(f"\n  DIFFERS {one}" for one in self.differ)
        return f"pages: {self.documents}, F1 of their words with extract's {mean:.4f}{phrases}{differ}"


def read_pages(folders: Sequence[Path]) -> Pages:
    """Every page read by `extract` of both."""
    seen, phrases = Pages(), _phrases(folders)
    for path in (path for folder in folders for path in sorted(folder.rglob("*.html"))):
        body, url = path.read_bytes(), f"https://{path.stem}/a"
        found = extract(body, url, "text/html", NOW)
        ours = found.text if isinstance(found, Page) else ""
        theirs = trafilatura.extract(body, url=url, include_comments=False) or ""
        seen.documents += 1
        seen.words.append(_overlap(ours, theirs))
        if seen.words[-1] < FEWEST_WORDS:
            seen.differ.append(f"{path.name}: {seen.words[-1]:.3f}, {len(ours)} and {len(theirs)} characters")
        if path.name in phrases:
            seen.ours.update(_counted(phrases[path.name], ours))
            seen.theirs.update(_counted(phrases[path.name], theirs))
    return seen


def _phrases(folders: Sequence[Path]) -> dict[str, dict[str, list[str]]]:
    """By the name of a file, the phrases that its text has to have (`with`) and must not (`without`)."""
    files = (path for folder in folders for path in folder.rglob("evaldata.json"))
    return {one["file"]: one for path in files for one in json.loads(path.read_text("utf-8")).values()}


def _counted(item: dict[str, list[str]], text: str) -> Counter[str]:
    inside = {
        kind: sum(_joined(phrase) in _joined(text) for phrase in item[kind]) for kind in ("with", "without")
    }
    return Counter(tp=inside["with"], fp=inside["without"], fn=len(item["with"]) - inside["with"])


def _joined(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _f1(counts: Counter[str]) -> float:
    return 2 * counts["tp"] / max(1, 2 * counts["tp"] + counts["fp"] + counts["fn"])


def _overlap(ours: str, theirs: str) -> float:
    one, other = (Counter(_WORD.findall(_joined(text.lower()))) for text in (ours, theirs))
    common, all_of_them = sum((one & other).values()), sum(one.values()) + sum(other.values())
    return 2 * common / all_of_them if all_of_them else 1.0


def main() -> None:
    warnings.simplefilter("ignore")
    folders = [Path(word) for word in sys.argv[1:] if word != "--pages"]
    seen: Feeds | Pages = (
        read_pages(folders)
        if "--pages" in sys.argv
        else read_feeds([path for folder in folders for path in sorted(folder.rglob("*.xml"))])
    )
    print(seen)
    sys.exit(bool(seen.differ))


if __name__ == "__main__":
    main()
