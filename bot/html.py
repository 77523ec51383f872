"""Text for Telegram: escaped, freed of tricks, measured and split as Telegram counts.

Telegram refuses a whole message for one bad tag, so every word from outside passes `escape`, and
messages are only cut between blocks or by `cut`, which closes what it opened. Limits are counted
in UTF-16 units of the visible text (4,096 allowed) and in bytes of markup (32,768 allowed).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from html import escape as _markup
from urllib.parse import urlsplit

LIMIT_UNITS = 3_900
LIMIT_BYTES = 30_000
_NUMBERING = 16  # units and bytes kept free for "2/3" and its tags
_LINK_LENGTH = 2_048

# Direction marks, zero-width and tag characters, soft hyphens, variation selectors and fillers:
# the server keeps most of them, readers do not see them.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff]"
)
_MENTION = re.compile(r"(?<!\w)@(?=\w)")  # would call a person by name; e-mail addresses stay
# What Telegram makes links, commands and searches of by itself, each with the character that it leaves alone.
_BY_ITSELF = (
    (re.compile(r"@"), "＠"),
    (re.compile(r"(?<!\w)/(?=\w)|(?<=:)/(?=/)"), "∕"),
    (re.compile(r"#(?=\w)"), "＃"),
    (re.compile(r"\$(?=[A-Z0-9])"), "＄"),
    (re.compile(r"(?<=\S)\.(?=[^\W\d_]{2})"), "․"),
)
_TAG = re.compile(r"<(/?)([a-z-]+)([^<>]*)>")
_PIECE = re.compile(r"<[^<>]*>|&(?:lt|gt|amp|quot|#\d+|#x[0-9a-f]+);|.", re.DOTALL | re.IGNORECASE)
_HREF = re.compile(r'href="([^"]*)"')
_ENTITY = re.compile(r"&(lt|gt|amp|quot|#\d+|#x[0-9a-f]+);", re.IGNORECASE)
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}


def clean(text: str) -> str:
    """One line of visible characters: no direction, zero-width or control characters, no calls by @."""
    text = _INVISIBLE.sub("", text)
    text = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in text)
    return _MENTION.sub("＠", " ".join(text.split()))


def escape(text: str) -> str:
    """Text from outside, cleaned and safe inside Telegram HTML."""
    return _markup(clean(text), quote=False)


def others(text: str) -> str:
    """Words of others, safe inside Telegram HTML: Telegram makes no link, no call and no command of them.

    Without it "t.me/x" in a headline would be a link, "/digest" a command and "#x" a search. It stays as
    long as it was.
    """
    text = clean(text)
    for sign, plain_sign in _BY_ITSELF:
        text = sign.sub(plain_sign, text)
    return _markup(text, quote=False)


def safe_url(url: str) -> str | None:
    """The address if a reader may be sent there, else None.

    Only http and https with a host, without name and password, at most 2,048 characters: Telegram
    turns `tg:` addresses into calls of persons and silently drops the other schemes.
    """
    if len(url) > _LINK_LENGTH or any(c in '\\<>"`' or c.isspace() or not c.isprintable() for c in url):
        return None
    try:
        parts = urlsplit(url)
        _ = parts.port  # raises for a bad port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
        return None
    return url


def link(text: str, url: str) -> str:
    """A link, or the text alone when the address is not one to send a reader to."""
    shown = others(text)
    href = safe_url(url)
    if href is None or not shown:
        return shown
    return f'<a href="{_markup(href, quote=True)}">{shown}</a>'


def host(url: str) -> str:
    """The host of an address as it goes over the wire (punycode), or "" when there is none."""
    href = safe_url(url)
    if href is None:
        return ""
    name = (urlsplit(href).hostname or "").removeprefix("www.")
    try:
        return name if name.isascii() else name.encode("idna").decode("ascii")
    except UnicodeError:
        return ""


def units(text: str) -> int:
    """Length as Telegram's clients count it: UTF-16 units."""
    return len(text) + sum(c > "\uffff" for c in text)


def shorten(text: str, limit: int) -> str:
    """Cleaned text of at most `limit` UTF-16 units, cut between words where one is near, with "…"."""
    text = clean(text)
    if units(text) <= limit:
        return text
    kept, used = [], 1  # 1 for the ellipsis
    for c in text:
        used += units(c)
        if used > limit:
            break
        kept.append(c)
    whole = "".join(kept)
    at_word = whole.rsplit(" ", 1)[0]
    return (at_word if len(at_word) > len(whole) * 2 // 3 else whole).rstrip(" ,;:") + "…"


def visible(html: str) -> str:
    """What a reader sees of the markup, without the targets of its links."""
    return _ENTITY.sub(_character, _TAG.sub("", html))


def length(html: str) -> int:
    """UTF-16 units of the visible text."""
    return units(visible(html))


def plain(html: str) -> str:
    """The same message without markup: links as `text (address)`, quotes on lines of their own."""
    out: list[str] = []
    targets: list[str] = []
    position = 0
    for tag in _TAG.finditer(html):
        out.append(html[position : tag.start()])
        position = tag.end()
        closing, name, attributes = tag.groups()
        if name == "a" and not closing:
            found = _HREF.search(attributes)
            targets.append(found.group(1) if found else "")
        elif name == "a" and targets:
            target = targets.pop()
            out.append(f" ({target})" if target else "")
        elif name == "blockquote":
            out.append("\n")
    out.append(html[position:])
    return re.sub(r"\n{3,}", "\n\n", _ENTITY.sub(_character, "".join(out))).strip()


def _character(found: re.Match[str]) -> str:
    name = found.group(1).lower()
    if name in _NAMED:
        return _NAMED[name]
    return chr(int(name[2:], 16) if name[1] == "x" else int(name[1:]))


def cut(html: str, limit_units: int = LIMIT_UNITS, limit_bytes: int = LIMIT_BYTES) -> str:
    """The beginning of valid markup that keeps both limits, with every open tag closed and "…"."""
    out: list[str] = []
    open_tags: list[str] = []
    used, size = 1, 3  # the ellipsis
    for piece in _PIECE.findall(html):
        tag = _TAG.fullmatch(piece)
        closing = sum(len(name) + 3 for name in open_tags)
        cost = 0 if tag else length(piece)
        weight = len(piece.encode("utf-8", "replace")) + (len(tag.group(2)) + 3 if tag else 0)
        if used + cost > limit_units or size + weight + closing > limit_bytes:
            break
        if tag and tag.group(1):
            open_tags.pop()
        elif tag:
            open_tags.append(tag.group(2))
        out.append(piece)
        used += cost
        size += len(piece.encode("utf-8", "replace"))
    else:
        return html
    return "".join(out).rstrip() + "…" + "".join(f"</{name}>" for name in reversed(open_tags))


def split(blocks: Sequence[str], limit_units: int = LIMIT_UNITS, limit_bytes: int = LIMIT_BYTES) -> list[str]:
    """Messages made of whole blocks, one per line, each within both limits; several are numbered "2/3".

    A block that is too long by itself is cut. No blocks, no message.
    """
    room, space = limit_units - _NUMBERING, limit_bytes - 3 * _NUMBERING
    parts: list[str] = []
    used = size = 0
    for block in blocks:
        if length(block) > room or len(block.encode()) > space:
            block = cut(block, room, space)
        cost, weight = length(block), len(block.encode())
        if parts and used + 1 + cost <= room and size + 1 + weight <= space:
            parts[-1] += "\n" + block
            used, size = used + 1 + cost, size + 1 + weight
        elif visible(block).strip() or parts:
            parts.append(block)
            used, size = cost, weight
    parts = [part for part in parts if visible(part).strip()]
    if len(parts) < 2:
        return parts
    return [f"{part}\n<i>{number}/{len(parts)}</i>" for number, part in enumerate(parts, 1)]
