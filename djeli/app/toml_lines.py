"""Where things stand in a TOML file, so that a fault can be named with its line and what to write instead.

tomllib reads the file; this only looks where each key and value begins, and what is open where it breaks.
"""

from __future__ import annotations

import contextlib
import re
from bisect import bisect_right
from collections.abc import Sequence

Path = tuple[str | int, ...]

_SPACE = re.compile(r"[ \t]*")
_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_SCALAR = re.compile(r"[^,\]}\n#]*")
_BASIC = re.compile(r'"(?:[^"\\\n]|\\.)*"')
_LITERAL = re.compile(r"'[^'\n]*'")
_LONG = (re.compile(r'"""(?:[^\\]|\\.)*?"{3,5}', re.DOTALL), re.compile(r"'''.*?'{3,5}", re.DOTALL))
_CLOSING = {"list": "]", "table": "}", "header": "]", "text": "the quotation mark it began with"}


class _Broken(Exception):
    """The document goes on otherwise than TOML does."""


class Places:
    """The line of each key, table and value of a document, by its path: ("watch", 0, "types", 2).

    Of a document that is no TOML it knows what stands before the break, and `open`: what was open there,
    innermost last, each with its line.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0, *(found.end() for found in re.finditer("\n", text))]
        self._lines: dict[Path, int] = {}
        self._counts: dict[Path, int] = {}  # tables of each array of tables so far
        self._at = 0
        self.open: list[tuple[str, int]] = []
        with contextlib.suppress(_Broken, RecursionError):
            self._document()

    def line(self, path: Sequence[str | int]) -> int:
        """The line of what stands at a path, or of the nearest thing around it; else 1."""
        for end in range(len(path), 0, -1):
            found = self._lines.get(tuple(path[:end]))
            if found is not None:
                return found
        return 1

    def _document(self) -> None:
        table: Path = ()
        while self._skip(_BLANK) < len(self._text):
            if self._text[self._at] == "[":
                table = self._header()
            else:
                self._pair(table)
            self._skip(_SPACE)
            if self._at < len(self._text) and self._text[self._at] not in "#\r\n":
                raise _Broken

    def _header(self) -> Path:
        line = self._line()
        double = self._text.startswith("[[", self._at)
        self.open.append(("header", line))
        self._at += 1 + double
        path: Path = ()
        for name in self._key():
            path += (name,)
            if path in self._counts:
                path += (self._counts[path],)
        if double:
            array = path[:-1] if path and isinstance(path[-1], int) else path
            self._counts[array] = self._counts.get(array, -1) + 1
            self._lines.setdefault(array, line)
            path = (*array, self._counts[array])
        self._expect("]]" if double else "]")
        self.open.pop()
        self._lines.setdefault(path, line)
        return path

    def _pair(self, table: Path) -> None:
        line = self._line()
        path = table
        for name in self._key():
            path += (name,)
            self._lines.setdefault(path, line)
        self._expect("=")
        self._skip(_SPACE)
        self._value(path)

    def _key(self) -> list[str]:
        """A key, which may have several parts joined by dots."""
        names = []
        while True:
            self._skip(_SPACE)
            found = self._match(_BARE_KEY)
            if found is None:
                quoted = self._match(_BASIC) or self._match(_LITERAL)
                if quoted is None:
                    raise _Broken
                found = quoted[1:-1]
            names.append(found)
            self._skip(_SPACE)
            if not self._text.startswith(".", self._at):
                return names
            self._at += 1

    def _value(self, path: Path) -> None:
        self._lines.setdefault(path, self._line())
        begins = self._text[self._at : self._at + 1]
        if begins == "[":
            self._list(path)
        elif begins == "{":
            self._inline(path)
        elif begins in ("'", '"') and begins:
            self._quoted(begins)
        elif not (self._match(_SCALAR) or "").strip():
            raise _Broken

    def _quoted(self, mark: str) -> None:
        self.open.append(("text", self._line()))
        long = self._text.startswith(mark * 3, self._at)
        shape = _LONG[mark == "'"] if long else (_LITERAL if mark == "'" else _BASIC)
        if self._match(shape) is None:
            raise _Broken
        self.open.pop()

    def _list(self, path: Path) -> None:
        self.open.append(("list", self._line()))
        self._at += 1
        number = 0
        while self._next() != "]":
            self._value((*path, number))
            number += 1
            if self._next() == ",":
                self._at += 1
            elif self._next() != "]":
                raise _Broken
        self._at += 1
        self.open.pop()

    def _inline(self, path: Path) -> None:
        self.open.append(("table", self._line()))
        self._at += 1
        while self._next() != "}":
            self._pair(path)
            if self._next() == ",":
                self._at += 1
            elif self._next() != "}":
                raise _Broken
        self._at += 1
        self.open.pop()

    def _next(self) -> str:
        self._skip(_BLANK)
        if self._at >= len(self._text):
            raise _Broken
        return self._text[self._at]

    def _line(self) -> int:
        return bisect_right(self._starts, self._at)

    def _skip(self, shape: re.Pattern[str]) -> int:
        found = shape.match(self._text, self._at)
        self._at = found.end() if found else self._at
        return self._at

    def _match(self, shape: re.Pattern[str]) -> str | None:
        found = shape.match(self._text, self._at)
        if found is None:
            return None
        self._at = found.end()
        return found.group()

    def _expect(self, mark: str) -> None:
        if not self._text.startswith(mark, self._at):
            raise _Broken
        self._at += len(mark)


def why_broken(text: str, error: str) -> tuple[int, str]:
    """(line, sentence) for text that tomllib refuses with this error: what is wrong and what to write."""
    found = re.search(r"\(at (?:line (\d+), column \d+|end of document)\)", error)
    line = int(found.group(1)) if found and found.group(1) else text.count("\n") + 1
    reason = re.sub(r"\s*\(at .*\)$", "", error)
    places = Places(text)
    if places.open and re.search("Unclosed|Illegal character|Expected|Unterminated|Invalid", reason):
        what, began = places.open[-1]
        if what != "text" or began == line or "\\" not in _at(text, began):
            return began, f"the {what} that begins here is not closed; end it with {_CLOSING[what]}"
    hint = _of_characters(text) or _hint(reason, _at(text, line), text, line)
    return line, f"{reason[:1].lower()}{reason[1:]}{hint}"


def _of_characters(text: str) -> str:
    """What to do about a character that no line of a text may hold."""
    if "\r" in text.replace("\r\n", "\n"):
        return "; save the file with the line ends of Unix or Windows"
    if "\0" in text:
        return "; the file holds a NUL character, as after a crash: write that line anew, or take your copy"
    return ""


def _at(text: str, line: int) -> str:
    lines = text.splitlines()
    return lines[line - 1] if 0 < line <= len(lines) else ""


def _hint(reason: str, written: str, text: str, line: int) -> str:
    """What to write instead."""
    key, equals, value = (part.strip() for part in written.partition("="))
    if "Unescaped" in reason or ("\\" in written and "escape" in reason.lower()):
        return "; write a backslash twice, or the text in single quotes: '/\\d+/'"
    if "Invalid value" in reason:
        return _value_hint(key, value if equals else "")
    if "after a key" in reason:
        if ":" in written:
            return "; write = instead of : between a key and its value"
        return "; a line is a key and its value: key = value"
    if "overwrite" in reason or "twice" in reason or "immutable" in reason:
        first = next((n for n, one in enumerate(text.splitlines(), 1) if n < line and _same(one, written)), 0)
        return "; it stands twice" + (f", first in line {first}" if first else "") + ": keep one of them"
    if "after a statement" in reason:
        if "," in value:
            return f"; write several values in square brackets: {key} = [{value[:60]}]"
        return "; write one key and its value in each line"
    return ""


def _value_hint(key: str, value: str) -> str:
    if not value or value.startswith("#"):
        return f"; behind '{key}' and = a value is missing; write one, or leave the line out"
    first = value.split("#")[0].strip().rstrip(",")
    if first.lower() in ("true", "false"):
        return f"; write {first.lower()}"
    if first[:1] in "“”„«‘’":
        return '; write straight quotation marks: "…"'
    if first.lower() in ("yes", "on", "no", "off"):
        return f"; write {'true' if first.lower() in ('yes', 'on') else 'false'}"
    if first.startswith("["):
        return '; write each text of a list in quotes: ["…", "…"]'
    return f'; write text in quotes: {key} = "{first[:60]}"'


def _same(one: str, other: str) -> bool:
    """Whether two lines begin with the same key or header."""
    return one.split("=")[0].split("#")[0].strip() == other.split("=")[0].split("#")[0].strip() != ""
