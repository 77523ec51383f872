"""In which line of a TOML file something stands, so that a fault can be named with its line."""

from __future__ import annotations

import re

_HEADER = re.compile(r"^\s*\[{1,2}\s*([\w.-]+)\s*\]{1,2}\s*(?:#.*)?$")
_KEY = re.compile(r"""^\s*["']?([\w-]+)["']?\s*=""")


def table_line(text: str, table: str, index: int = 0) -> int:
    """Line of the n-th `[table]` or `[[table]]`, counted from 1; else of `table = …`; else 1."""
    seen = -1
    for number, line in enumerate(text.splitlines(), 1):
        header = _HEADER.match(line)
        if header and header.group(1) == table:
            seen += 1
            if seen == index:
                return number
    return key_line(text, table) if table else 1


def key_line(text: str, key: str, table: str = "", index: int = 0) -> int:
    """Line of `key = …` in the n-th such table ("" is the top of the file); else of the table itself."""
    here, seen = "", {"": 0}
    for number, line in enumerate(text.splitlines(), 1):
        header = _HEADER.match(line)
        if header:
            here = header.group(1)
            seen[here] = seen.get(here, -1) + 1
            continue
        found = _KEY.match(line)
        if found and found.group(1) == key and here == table and seen[here] == index:
            return number
    return table_line(text, table, index) if table else 1


def value_line(text: str, value: str, start: int) -> int:
    """Line of a quoted value at or below `start` (a list may span lines); else `start`."""
    for number, line in enumerate(text.splitlines(), 1):
        if number >= start and (f'"{value}"' in line or f"'{value}'" in line):
            return number
    return start
