"""How the terminal is written to: tables for people, plain text for pipes, JSON for programs."""

from __future__ import annotations

import json
import re
import shutil
import sys
import textwrap
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

T = TypeVar("T")


def on_terminal() -> bool:
    """Whether people look at standard output."""
    return sys.stdout.isatty()


def out(text: str) -> None:
    """A line, or several, on standard output; letters the terminal lacks become question marks."""
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(text.encode(encoding, "replace").decode(encoding) + "\n")
    sys.stdout.flush()


def folded(line: str) -> str:
    """A line folded to the terminal, under where its value begins; as it is in a pipe."""
    if not on_terminal():
        return line
    value = re.match(r" *(?:\S.{0,21}? {2,})?", line)
    hang = min(value.end() if value else 0, 40)
    width = max(shutil.get_terminal_size().columns, 60)
    return textwrap.fill(
        line, width, subsequent_indent=" " * hang, break_long_words=False, replace_whitespace=False
    )


def as_json(value: Any, indent: int | None = 2) -> None:
    """A value as JSON."""
    out(json.dumps(value, ensure_ascii=False, indent=indent))


def table(headers: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Rows under headers; tabs between the cells in a pipe."""
    cells = [[("" if cell is None else str(cell)) for cell in row] for row in rows]
    if not on_terminal():
        for row in cells:
            out("\t".join(cell.replace("\t", " ").replace("\n", " ") for cell in row))
        return
    from rich.console import Console  # here: the service shows no tables, and rich takes 4 MB
    from rich.table import Table
    from rich.text import Text

    grid = Table(box=None, pad_edge=False, header_style="bold")
    for header in headers:
        grid.add_column(header, overflow="fold")
    for row in cells:
        grid.add_row(*map(Text, row))  # Text: an article may hold [brackets]
    Console().print(grid)


def with_progress(steps: Iterable[T], what: str, total: int) -> Iterable[T]:
    """The steps, with a bar on standard error while people look at it."""
    if not sys.stderr.isatty():
        return steps
    from rich.console import Console
    from rich.progress import track

    return track(steps, description=what, total=total, console=Console(stderr=True), transient=True)
