"""Telegram's own rules for HTML messages, as a parser that refuses what the server refuses.

Written after the behaviour of tdlib/td's MessageEntity.cpp (Bot API 10.0): the same tags, the same
error texts with byte offsets, entities with UTF-16 offsets, the same silent dropping of bad links.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

ALLOWED = frozenset(
    {"a", "b", "strong", "i", "em", "s", "strike", "del", "u", "ins", "tg-spoiler", "tg-emoji"}
    | {"tg-time", "span", "pre", "code", "blockquote"}
)
LONGEST = 4_096
_KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "u": "underline",
    "ins": "underline",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
}
_ENTITY = re.compile(rb"&(#x[0-9a-fA-F]{1,6}|#[0-9]{1,7}|lt|gt|amp|quot);?")
_NAMED = {b"lt": "<", b"gt": ">", b"amp": "&", b"quot": '"'}
_SPACE = b" \t\r\n\0\x0b"
_DROPPED = re.compile("[\u2028-\u202e]")


class Refused(Exception):
    """The server says no: HTTP status, description, parameters."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


@dataclass
class _Tag:
    name: str
    begin: int  # UTF-16 offset of its text
    argument: str = ""
    text: list[str] = field(default_factory=list)


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def accept(html: str) -> tuple[str, list[dict[str, Any]]]:
    """What the server would show, with its entities; raises Refused as `sendMessage` would."""
    if len(html.encode()) > 1 << 15:
        raise Refused(400, "Bad Request: text is too long")
    text, entities = _Parser(html.encode()).parse()
    shown = fix(text)
    if not shown:
        raise Refused(400, "Bad Request: text must be non-empty")
    if len(shown) > LONGEST or units(shown) > LONGEST:
        raise Refused(400, "Bad Request: message is too long")
    return shown, entities


# What the server finds in a text by itself, and then some: it asks for known endings of domains, we do not.
_FOUND = {
    "url": re.compile(r"(?:https?|ftp|tg|ton|tonsite)://\S+|(?:[\w-]+\.)+[^\W\d_]{2}\S*", re.IGNORECASE),
    "email": re.compile(r"[\w.%+-]+@[\w-]+\.\w+"),
    "mention": re.compile(r"(?<!\w)@[A-Za-z0-9_]{2,}"),
    "bot_command": re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]+"),
    "hashtag": re.compile(r"(?<!\w)#\w+"),
    "cashtag": re.compile(r"(?<!\w)\$[A-Z0-9]+"),
}
_SETTLED = ("text_link", "text_mention", "code", "pre")  # in these it looks for nothing


def found(shown: str, entities: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The links, calls, commands and searches that the server makes of plain text, beside its entities."""
    settled = [(one["offset"], one["offset"] + one["length"]) for one in entities if one["type"] in _SETTLED]
    made = []
    for kind, pattern in _FOUND.items():
        for match in pattern.finditer(shown):
            begin, size = units(shown[: match.start()]), units(match.group())
            if all(begin + size <= start or end <= begin for start, end in settled):
                made.append({"type": kind, "offset": begin, "length": size, "text": match.group()})
    return made


def fix(text: str) -> str:
    """Text as the server keeps it: without direction characters and control characters, trimmed."""
    text = _DROPPED.sub("", text)
    return "".join(" " if c < " " and c != "\n" else c for c in text).strip()


class _Parser:
    def __init__(self, source: bytes) -> None:
        self.source = source
        self.at = 0
        self.offset = 0
        self.shown: list[str] = []
        self.open: list[_Tag] = []
        self.entities: list[dict[str, Any]] = []

    def parse(self) -> tuple[str, list[dict[str, Any]]]:
        while self.at < len(self.source):
            if self._here() == b"<":
                self._tag()
            elif self._here() != b"&" or not self._entity():
                self._characters()
        if self.open:
            raise self._bad(f'Can\'t find end tag corresponding to start tag "{self.open[-1].name}"')
        return "".join(self.shown), sorted(self.entities, key=lambda entity: entity["offset"])

    def _here(self) -> bytes:
        """The byte at hand; a NUL at the end, like in the server."""
        return self.source[self.at : self.at + 1] or b"\0"

    def _bad(self, what: str, at: int | None = None) -> Refused:
        place = "" if at is None else f" at byte offset {at}"
        return Refused(400, f"Bad Request: can't parse entities: {what}{place}")

    def _show(self, text: str) -> None:
        self.shown.append(text)
        self.offset += units(text)
        for tag in self.open:
            tag.text.append(text)

    def _characters(self) -> None:
        end = self.at + 1
        while end < len(self.source) and self.source[end : end + 1] not in (b"<", b"&"):
            end += 1
        self._show(self.source[self.at : end].decode())
        self.at = end

    def _entity(self) -> bool:
        found = _ENTITY.match(self.source, self.at)
        if not found:
            return False
        name = found.group(1)
        if name in _NAMED:
            character = _NAMED[name]
        else:
            code = int(name[2:], 16) if name[1:2] == b"x" else int(name[1:])
            if not 0 < code < 0x10FFFF or 0xD800 <= code <= 0xDFFF:
                return False
            character = chr(code)
        self._show(character)
        self.at = found.end()
        return True

    def _tag(self) -> None:
        begin = self.at
        self.at += 1
        if self._here() == b"/":
            self._end_tag(begin)
        else:
            self._start_tag(begin)

    def _name(self) -> str:
        start = self.at
        while self._here() not in (b">", b"\0") and self._here() not in _SPACE:
            self.at += 1
        return self.source[start : self.at].decode("utf-8", "replace").lower()

    def _spaces(self) -> None:
        while self.at < len(self.source) and self._here() in _SPACE:
            self.at += 1

    def _start_tag(self, begin: int) -> None:
        name = self._name()
        if self.at >= len(self.source):
            raise self._bad("Unclosed start tag", begin)
        if name not in ALLOWED:
            raise self._bad(f'Unsupported start tag "{name}"', begin)
        tag = _Tag(name, self.offset)
        self._spaces()
        while self._here() != b">":
            self._attribute(tag, begin)
            self._spaces()
        self.at += 1
        if name == "span" and tag.argument != "tg-spoiler":
            raise self._bad('Tag "span" must have class "tg-spoiler"', begin)
        self.open.append(tag)

    def _attribute(self, tag: _Tag, begin: int) -> None:
        start = self.at
        while self._here() not in (b"=", b">", b"/", b'"', b"'", b"\0") and self._here() not in _SPACE:
            self.at += 1
        name = self.source[start : self.at].decode("utf-8", "replace").lower()
        if not name:
            if self.at >= len(self.source):
                raise self._bad(f'Unclosed start tag "{tag.name}"', begin)
            raise self._bad(f'Empty attribute name in the tag "{tag.name}"', begin)
        self._spaces()
        value = ""
        if self._here() == b"=":
            self.at += 1
            self._spaces()
            value = self._value(tag, begin)
        if self.at >= len(self.source):
            raise self._bad(f'Unclosed start tag "{tag.name}"', begin)
        wanted = {"a": "href", "span": "class", "blockquote": "expandable", "tg-emoji": "emoji-id"}
        if name == wanted.get(tag.name):
            tag.argument = value or name

    def _value(self, tag: _Tag, begin: int) -> str:
        mark = self._here()
        start = self.at
        if mark not in (b'"', b"'"):
            while re.fullmatch(rb"[A-Za-z0-9.-]", self._here()):
                self.at += 1
            if self._here() != b">" and self._here() not in _SPACE:
                raise self._bad("Unexpected end of name token", start)
            return self.source[start : self.at].decode().lower()
        end = self.source.find(mark, start + 1)
        if end < 0:
            raise self._bad(f'Unclosed start tag "{tag.name}"', begin)
        self.at = end + 1
        inner = _Parser(self.source[start + 1 : end].replace(b"<", b"&lt;"))
        return inner.parse()[0]

    def _end_tag(self, begin: int) -> None:
        if not self.open:
            raise self._bad("Unexpected end tag", begin)
        self.at += 1
        name = self._name()
        self._spaces()
        if self._here() != b">":
            raise self._bad("Unclosed end tag", begin)
        self.at += 1
        tag = self.open.pop()
        if name and name != tag.name:
            raise self._bad(
                f'Unmatched end tag at byte offset {begin}, expected "</{tag.name}>", found "</{name}>"'
            )
        if self.offset > tag.begin:
            self._close(tag)

    def _close(self, tag: _Tag) -> None:
        entity: dict[str, Any] = {"offset": tag.begin, "length": self.offset - tag.begin}
        if tag.name == "a":
            entity |= _target(tag.argument or "".join(tag.text))
        elif tag.name == "blockquote":
            entity["type"] = "expandable_blockquote" if tag.argument else "blockquote"
        else:
            entity["type"] = _KINDS.get(tag.name, tag.name)
        if "type" in entity:
            self.entities.append(entity)


def _target(href: str) -> dict[str, Any]:
    """What a link becomes: a call of a person, a link, or nothing at all."""
    person = re.fullmatch(r"tg:(?://)?user\?id=(\d+)", href, re.IGNORECASE)
    if person:
        user = {"id": int(person.group(1)), "is_bot": False, "first_name": "?"}
        return {"type": "text_mention", "user": user}
    if re.match(r"(https?|tg|ton|tonsite)://?[^\s]", href, re.IGNORECASE):
        return {"type": "text_link", "url": href}
    if ":" not in href and "." in href.split("/")[0].strip("."):
        return {"type": "text_link", "url": f"http://{href}/"}
    return {}
