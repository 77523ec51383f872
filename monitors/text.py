"""HTML to plain text, in one pass whose time grows with the length and nothing else.

Feeds put anything into a title. A tree builder would do the same to the tags, but can be stopped by
forty thousand attributes; here a tag is only skipped.
"""

from __future__ import annotations

import html
import re

_TAG = re.compile(r"""[a-zA-Z/!?](?:[^>"']++|"[^"]*"|'[^']*')*+>""")
_NAME = re.compile(r"/?\s*([a-zA-Z][a-zA-Z0-9]*)")
_SILENT = frozenset(["script", "style", "template", "noscript", "iframe", "svg", "object", "head"])
_CODE = frozenset(["script", "style"])  # silent to the end when they are never closed: it is no text
_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "p div br li ul ol tr table blockquote section article figure figcaption header footer hr "
        "h1 h2 h3 h4 h5 h6 pre dd dt dl",
    )
)
# Invisible signs: they would hide a word from the judge and turn a line round in the chat.
_INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_LONE_BREAK = re.compile(r"(?<!\n)\n(?!\n)")  # in markup only a space
_LINE_ENDS = re.compile("[\r\v\f\x85\u2028\u2029]")
_ENDLESS = re.compile(r"&#(?:[0-9]{10,}|[xX][0-9a-fA-F]{10,});?")
_SPACE = re.compile(r"[^\S\n]+")
# Most tags of a feed, as they follow the "<", and what stands for them.
_PLAIN_TAGS = {f"{slash}{name}": "\n" for name in _BLOCKS for slash in ("", "/")} | {
    f"{slash}{name}": "" for name in ("a", "b", "em", "i", "span", "strong", "u") for slash in ("", "/")
}
_PLAIN_TAGS |= {"br/": "\n", "br /": "\n", "hr/": "\n", "hr /": "\n"}


def plain(markup: str, limit: int) -> str:
    """The text of an HTML fragment, at most `limit` characters, paragraphs separated by a blank line."""
    # Twenty times the limit holds the text of any honest markup.
    if not markup:
        return ""
    source = markup[: 20 * limit]
    if "\n" in source:
        source = _LONE_BREAK.sub(" ", source.replace("\r\n", "\n"))
    return tidy(unescaped(_without_tags(source) if "<" in source else source), limit)


def unescaped(text: str) -> str:
    """The signs that character references stand for; html.unescape raises where one has 5,000 digits."""
    if "&" not in text:
        return text
    return html.unescape(_ENDLESS.sub("\ufffd", text) if "&#" in text else text)


def line(markup: str, limit: int) -> str:
    """The text of an HTML fragment on one line: for titles and names."""
    text = plain(markup, 4 * limit)
    return shortened(" ".join(text.split()) if "\n" in text else text, limit)


def tidy(text: str, limit: int) -> str:
    """Plain text without control and invisible signs, single spaces, blank lines between paragraphs."""
    if text.isprintable():  # as most titles are: one line of letters, signs and plain spaces
        text = text.strip()
        return shortened(_SPACE.sub(" ", text) if "  " in text else text, limit)
    lines = text.split("\n")
    if not "".join(lines).isprintable():
        lines = _printable(text).split("\n")
    lines = [_SPACE.sub(" ", line) if "  " in line else line for line in map(str.strip, lines) if line]
    return shortened("\n\n".join(lines), limit)


def shortened(text: str, limit: int) -> str:
    """At most `limit` characters; a cut is shown by an ellipsis and falls between words where it can."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    cut = head.rfind(" ")
    return (head[:cut] if cut > limit // 2 else head).rstrip() + "…"


def _printable(text: str) -> str:
    """The text with no sign that cannot be seen, but line breaks and spaces."""
    text = text.replace("\xa0", " ").replace("\u202f", " ").replace("\t", " ")  # often nothing else
    if text.replace("\n", "").isprintable():
        return text
    return _SPACE.sub(" ", _CONTROL.sub(" ", _INVISIBLE.sub("", _LINE_ENDS.sub("\n", text))))


def _without_tags(markup: str) -> str:
    """Tags out, block tags as line breaks, silent elements and comments dropped with what they hold."""
    first, *rest = markup.split("<")
    kept = [first]
    until: str | None = None  # what ends the silence: "-->" or the name of a silent element
    ends: dict[str, int] = {}  # of the silent elements that were met
    for place, part in enumerate(rest):
        if until == "-->":
            _, end, after = part.partition("-->")
            kept.append(after)
            until = None if end else until
            continue
        if until is None:
            inside, end, after = part.partition(">")
            sign = _PLAIN_TAGS.get(inside)
            if end and sign is not None:
                kept += (sign, after)
                continue
        tag = _TAG.match(part)
        name = _name(part)
        if until is not None:
            if part.startswith("/") and name == until:
                kept.append(_after(part, tag))
                until = None
        elif part.startswith("!--"):
            _, end, after = part.partition("-->")
            kept.append(after)
            until = None if end else "-->"
        elif not part[:1].isascii() or not (part[:1].isalpha() or part[:1] in ("/", "!", "?")):
            kept.append("<" + part)  # "5 < 6" is no tag
        elif (
            name in _SILENT
            and not part.startswith("/")
            and not (tag and tag[0].endswith("/>"))
            and place < _last_end(rest, name, ends)
        ):
            until = name
        else:
            kept += ["\n" if name in _BLOCKS else "", _after(part, tag)]
    return "".join(kept)


def _last_end(parts: list[str], name: str, known: dict[str, int]) -> int:
    """Where a silent element is closed for the last time; -1: never, so that what follows is not in it."""
    if name not in known:
        ends = (place for place in range(len(parts) - 1, -1, -1) if parts[place].startswith("/"))
        closed = (place for place in ends if _name(parts[place]) == name)
        known[name] = len(parts) if name in _CODE else next(closed, -1)
    return known[name]


def _name(part: str) -> str:
    match = _NAME.match(part)
    return match[1].lower() if match else ""


def _after(part: str, tag: re.Match[str] | None) -> str:
    return part[tag.end() :] if tag else part.partition(">")[2]
