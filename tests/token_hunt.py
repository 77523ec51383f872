"""Looks for the bot's token in what is left behind: six ways of writing it, and its secret half alone."""

from __future__ import annotations

import base64
import urllib.parse
from collections.abc import Iterator
from pathlib import Path

from tests.telegram_server import TOKEN


def written(token: str = TOKEN) -> dict[str, list[bytes]]:
    """How a token may be written, by the name of the way."""
    secret = token.partition(":")[2]
    ways: dict[str, list[bytes]] = {
        name: [] for name in ("plain", "quoted", "base64", "hex", "utf-16", "reversed")
    }
    for text in (token, secret):
        raw = text.encode()
        ways["plain"].append(raw)
        ways["quoted"] += [urllib.parse.quote(text, safe="").encode(), text.replace(":", "\\u003a").encode()]
        ways["base64"] += list(_in_base64(raw))
        ways["hex"] += [raw.hex().encode(), raw.hex().upper().encode()]
        ways["utf-16"] += [text.encode("utf-16-le"), text.encode("utf-16-be")]
        ways["reversed"].append(raw[::-1])
    return ways


def _in_base64(raw: bytes) -> Iterator[bytes]:
    """As it stands inside of a longer text, whatever comes before it."""
    for before in range(3):
        for encode in (base64.b64encode, base64.urlsafe_b64encode):
            inside = encode(b"x" * before + raw)[4 if before else 0 :]
            yield inside[: len(inside) - 4]


def found_in(data: bytes, token: str = TOKEN) -> list[str]:
    """The ways in which the token stands in some bytes."""
    return [name for name, ways in written(token).items() if any(way in data for way in ways)]


def found_under(folder: Path, token: str = TOKEN) -> list[str]:
    """Every file below a folder that holds the token; but for the files whose only content it is."""
    hits = []
    for path in sorted(folder.rglob("*")):
        try:
            data = path.read_bytes() if path.is_file() and not path.is_symlink() else b""
        except OSError:
            continue
        if data.strip() != token.encode():
            hits += [f"{path}: {way}" for way in found_in(data, token)]
    return hits
