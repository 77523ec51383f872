"""Where sentences, paragraphs and clauses begin and end in a cleaned text (English, French, Russian).

By hand: on press text a few rules find what the libraries find, in a twentieth of a millisecond.
A full stop is the end of a sentence unless what stands before it is an abbreviation or initials;
an abbreviation that may close a sentence («2027 г.», "the U.S.") does so only before a word that
usually opens one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, where it stands in the text, and the number of its paragraph (from 0)."""

    text: str
    start: int
    end: int
    paragraph: int


def _words(text: str) -> frozenset[str]:
    """The words of a text, as a set."""
    return frozenset(text.split())


# Never the end of a sentence: a name or a number follows.
_TITLES = _words(
    "mr mrs ms dr prof gen gén col lt sgt capt cpt cmdr adm maj brig gov sen rep rev hon st ste mm mme"
    " mmes mlle me vs no nos art fig vol jan feb mar apr jun jul aug sept sep oct nov dec approx cf av apr"
    " env janv févr juil tél им ул ст тов проф акад ген полк см рис гл стр св пр ок ред обл респ"
)
# May close a sentence: they do when the next word usually opens one.
_MAYBE_LAST = _words(
    "etc inc ltd co corp jr sr bros u.s u.k u.n u.a.e e.u a.m p.m j.-c j.c d.c i.e e.g p.-d.g ph.d г гг в"
    " вв тыс млн млрд трлн руб долл коп чел т.е т.д т.п т.к т.н др пр кв км н.э min max"
)
_OPENERS = _words(
    "the a an in on at he she it they we this that these those but and for from after before according"
    " its his her their there when while as by no some many all since earlier meanwhile however le la les"
    " l un une des il elle ils elles ce cette ces cet dans en à au aux selon pour mais et on son sa ses"
    " leur leurs depuis après avant d по об о в во на он она они оно это этот эта эти как при ранее с со"
    " также кроме а но и из у для после до между однако сейчас теперь тогда так его её их там где если уже"
    " не"
)
_END = re.compile(
    r"""(?P<mark>[.!?…]+)(?:["”')\]»]|[ ]»)*
        (?:\s+(?=["«“„'(\[—–-]*\s?(?:[^\W\d_a-zа-яёà-öø-ÿ]|\d))  # a capital or a digit opens the next
          |(?<=[a-zа-яёà-öø-ÿ]{4}[.])(?=[A-ZА-ЯЁÀ-Ö][a-zа-яёà-öø-ÿ]))  # the blank after the stop was lost
    """,
    re.VERBOSE,
)
_LAST_WORD = re.compile(r"[^\s«\"“„(\[]+\Z")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_BULLET = re.compile(r"[ \t]*(?:[•●▪■◦‣►➤✓]|[*·][ \t]|[-–—][ \t]|\d{1,2}[.)][ \t])[ \t]*")
_RULE = re.compile(r"[ \t]*(?:[*_=~#·.-][ \t]*){3,}\Z|[ \t]*[—–-]+[ \t]*\Z|[ \t]*\*+[ \t]*\Z")
_BRIEF = re.compile(
    r"(?i:en bref|brèves?|à lire aussi|lire aussi|in brief|briefly|also read|read also|коротко|кратко"
    r"|читайте также)\s*:"
)
_INLINE_BREAK = re.compile(r"[ ](?:•|●|▪|■|\*[ ]?\*[ ]?\*|\|)[ ]")
_LINE = re.compile(r"[^\n]+")


def split(text: str) -> list[Sentence]:
    """The sentences of a text, in order; blank lines, bullets and separators start a new paragraph."""
    found: list[Sentence] = []
    paragraph = -1
    for start, end, opens in _blocks(text):
        if opens or paragraph < 0:
            paragraph += 1
        found.extend(_sentences(text, start, end, paragraph))
    return found


def _blocks(text: str) -> list[tuple[int, int, bool]]:
    """Stretches of text no sentence crosses: start, end, and whether a paragraph opens here."""
    blocks: list[tuple[int, int, bool]] = []
    broken = True
    for line in _LINE.finditer(text):
        start, end = line.span()
        broken = broken or text[max(0, start - 2) : start] == "\n\n"
        if _RULE.match(line.group()):
            broken = True
            continue
        bullet = _BULLET.match(line.group())
        if bullet:
            start, broken = start + bullet.end(), True
        broken = broken or _BRIEF.match(text, start) is not None
        if blocks and not broken and text[start : start + 1].islower():
            blocks[-1] = (blocks[-1][0], end, blocks[-1][2])  # a line that was only wrapped
            continue
        for piece_start, piece_end in _pieces(text, start, end):
            blocks.append((piece_start, piece_end, broken))
            broken = True
        broken = False
    return blocks


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """One line cut at the separators that press reviews put inside a line."""
    pieces = []
    for cut in _INLINE_BREAK.finditer(text, start, end):
        pieces.append((start, cut.start()))
        start = cut.end()
    return [*pieces, (start, end)]


def _sentences(text: str, start: int, end: int, paragraph: int) -> list[Sentence]:
    """The sentences of one block."""
    found: list[Sentence] = []
    for mark in _END.finditer(text, start, end):
        if _closes(text, start, mark):
            _keep(found, text, start, mark.end(), paragraph)
            start = mark.end()
    _keep(found, text, start, end, paragraph)
    return found


def _keep(found: list[Sentence], text: str, start: int, end: int, paragraph: int) -> None:
    """Add one sentence without the blanks around it; blanks alone are none."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        found.append(Sentence(text[start:end], start, end, paragraph))


def _closes(text: str, start: int, mark: re.Match[str]) -> bool:
    """Whether this full stop ends a sentence, judged by the word before it and the word after."""
    if mark["mark"] != ".":
        return True
    before = _LAST_WORD.search(text, max(start, mark.start() - 24), mark.start())
    if before is None:
        return True
    word = before.group().lower()
    if word in _TITLES or (word.isdigit() and before.start() == start and len(word) < 3):
        return False
    if word in _MAYBE_LAST or _is_initials(before.group()):
        after = _FIRST_WORD.search(text, mark.end(), mark.end() + 24)
        return after is not None and after.group().lower() in _OPENERS
    return True


def _is_initials(word: str) -> bool:
    """A single capital («С.», "J.") or several of them with stops between («С.В», "U.S")."""
    return all(len(part) == 1 and part.isupper() for part in re.split(r"[.-]", word))


_DASH = re.compile(r"\s[—–-]\s")
_CLAUSE = re.compile(
    r"""[;](?=\s)
      | (?P<colon>:)(?=\s)
      | (?P<dash>\s[—–]\s|\s-\s)
      | ,(?=\s(?:but|whereas|while|although|though|yet|mais|cependant
                |tandis\ qu(?:e|')|alors\ qu(?:e|')
                |но|однако|хотя|в\ то\ время\ как|тогда\ как|при\ этом|а(?!\sтакже))\b)
    """,
    re.VERBOSE | re.IGNORECASE,
)


def clauses(sentence: Sentence) -> list[tuple[int, int]]:
    """Places of the clauses of a sentence, in the text the sentence was cut from.

    A short head before a colon («Mali : …») stays with what it announces, and dashes cut only
    when there is one of them with a clause on both sides: a pair of dashes is a parenthesis.
    """
    text, bounds, start = sentence.text, [], 0
    for cut in _CLAUSE.finditer(text):
        words = text.count(" ", start, cut.start()) + 1
        left = text.count(" ", cut.end()) + 1
        if (cut["colon"] and words < 5) or (
            cut["dash"] and not (words > 3 and left > 3 and _has_one_dash(text))
        ):
            continue
        bounds.append((start, cut.start()))
        start = cut.end()
    bounds.append((start, len(text)))
    return [
        (sentence.start + a + _blanks(text[a:b]), sentence.start + b) for a, b in bounds if text[a:b].strip()
    ]


def _has_one_dash(text: str) -> bool:
    return len(_DASH.findall(text)) == 1


def _blanks(piece: str) -> int:
    """How many blanks a piece begins with."""
    return len(piece) - len(piece.lstrip())
