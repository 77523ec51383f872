"""Which paragraphs of a document are its text and which are page furniture.

Menus, lists of other titles, comments, share and subscribe lines, footers and notes about the author
are told by the shape of their lines and by a few words that every site uses, never by the site.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

_SHORT_WORDS = 12  # a line of fewer words without a full stop is no sentence
_RUN = 4  # so many such lines in a row are a list
_REPEATS = 3  # a short line that stands this often is a running head
_TAIL = 0.5  # marked lines before this share of the document cut nothing below them
_TAIL_FURNITURE = 0.6  # a tail is cut when this share of its lines is furniture by itself

_STOP = re.compile(r"[.!?…]+[\"”»’')\]*_]*$")
_INNER_STOP = re.compile(r"[a-zà-ÿа-яё\d)\"”»][.!?…] +[\"“«]?[A-ZÀ-ÞА-ЯЁ]")
_CAPTION = re.compile(r"[“”«»\"(]")
_LISTED = re.compile(r" \| |#\s*\d+|›|»\s*$|^\W*(?:\d{1,2}[./]\d{1,2}[./]\d{2,4})\b")
_ADDRESS = re.compile(r"[\w.+-]+(?:@| ?\(at\) ?)[\w-]+\.\w+|https?://\S+|www\.\S+")

# Words of share, subscribe, login and copyright lines.
_MARKED = re.compile(
    r"(?i)copyright|©|all rights reserved|tous droits réservés|все права защищены|\bdisclaimer\b|fair use"
    r"|\bshare (?:this|on|buttons?)|share buttons?|partager (?:sur|cet)|поделиться"
    r"|subscribe|newsletter|abonnez-vous|s'abonner|подпис(?:аться|ывайтесь)|рассылк"
    r"|follow us|suivez-nous|log ?in\b|log ?out|sign up|permalink|posted in|tagged|bookmark"
    r"|cookie|akismet|privacy policy|terms of use|mentions légales|политик\w+ конфиденциальности"
    r"|click (?:here|an icon|the)|cliquez|original source of this|earlier published"
    r"|originally (?:published|appeared)|all articles by|articles by:|contact the author|media inquiries"
    r"|become a member|photo (?:source|credit)"
    r"|перепечатк|crédits? photo|read (?:more|also)|lire aussi|à lire aussi|читайте также"
)
# A heading from which on nothing belongs to the text: comments, other articles.
_CUTS = re.compile(
    r"(?i)^\W*(?:\d+\s+)?(?:(?:previous |recent |latest |reader )?comments?|responses? (?:to|on)\b.*"
    r"|leave a (?:reply|comment)|thoughts on\b.*"
    r"|related(?: (?:posts?|articles?|stories|reading|news|content))?"
    r"|more (?:stories|articles|from)\b.*|you (?:may|might) also like|most (?:read|popular)"
    r"|recommended(?: for you)?|see also|read next|about the authors?"
    r"|commentaires?|réponses? à\b.*|laisser un commentaire|articles? (?:liés|similaires|connexes|récents)"
    r"|sur le même (?:sujet|thème)|les plus lus|à propos de l'auteur"
    r"|комментари\w*|оставить комментарий|похожие (?:статьи|материалы|новости)|по теме|читайте также"
    r"|об авторе|другие (?:статьи|материалы|новости))\W*(?:\(?\d*\)?)\W*$"
)
_ROLE = (
    r"journalist|researcher|research (?:fellow|associate|analyst)|writer|fellow|professor|lecturer|analyst"
    r"|contributor|correspondent|editor|student|columnist|author|commentator|candidate at|reporter|blogger"
)
_AUTHOR = re.compile(
    rf"(?i)^\W*(?:\S+ ){{1,9}}?(?:is|was) (?:an?|the|currently an?)\b.{{0,80}}?\b(?:{_ROLE})\b"
    r"|^\W*(?:\S+ ){1,6}est (?:une? |le |la )?.{0,60}?\b(?:journaliste|chercheu[rs]\w*|professeure?"
    r"|analyste|doctorante?|chroniqueu\w+|rédact\w+|auteure?|enseignant\w*)\b"
    r"|^\W*(?:\S+ ){1,4}[—–-] .{0,60}?(?:журналист|обозреватель|эксперт|исследователь|доцент|профессор"
    r"|политолог|корреспондент|научный сотрудник)\b"
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of a document; `number` counts its non-empty lines from 1."""

    number: int
    text: str


def body(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """The paragraphs that are the document's own text, in order."""
    texts = [p.text for p in paragraphs]
    loose = [_loose(text) for text in texts]
    cut = set(_repeated(texts)) | set(_lists(texts, loose))
    cut |= {i for i, text in enumerate(texts) if _is_marked(text)}
    cut |= set(_islands(cut, len(texts)))
    end = min(_headed_tail(texts), _marked_tail(texts, loose, cut))
    kept = [i for i in range(end) if i not in cut and not _is_author_note(i, texts)]
    while kept and loose[kept[-1]] and len(kept) > 1 and kept[-1] > _TAIL * len(texts):
        kept.pop()  # names and dates that close the text
    return [paragraphs[i] for i in kept]


def _words(text: str) -> int:
    return len(text.split())


def _loose(text: str) -> bool:
    """Whether a line is no sentence: short, without a full stop, or divided like a list."""
    if _LISTED.search(text) and not _INNER_STOP.search(text):
        return True
    bare = text.strip("*_# ")
    return _words(bare) < _SHORT_WORDS and not _STOP.search(bare) and not _INNER_STOP.search(bare)


def _repeated(texts: Sequence[str]) -> list[int]:
    """Running heads and menus: short lines that stand several times, whatever their numbers."""
    keys = [re.sub(r"\d+", "#", text.casefold()).strip() for text in texts]
    counts = Counter(keys)
    return [i for i, key in enumerate(keys) if counts[key] >= _REPEATS and _words(key) <= _SHORT_WORDS]


def _lists(texts: Sequence[str], loose: Sequence[bool]) -> list[int]:
    """Runs of short lines that are no captions: menus, contents, bylines, titles with their dates."""
    found: list[int] = []
    start = 0
    while start < len(texts):
        end = start
        while end < len(texts) and loose[end]:
            end += 1
        run = range(start, end)
        captions = sum(bool(_CAPTION.search(texts[i])) for i in run)
        if len(run) >= _RUN and captions * 3 < len(run):
            found += run
        start = end + 1
    return found


def _is_marked(text: str) -> bool:
    """Whether the line asks to share, subscribe or log in, or states rights, or is mostly an address."""
    if not re.search(r"\w", text):
        return True
    bare = _ADDRESS.sub("", text)
    if len(bare) < 0.5 * len(text):
        return True
    return bool(_MARKED.search(text)) and (_words(text) <= 40 or len(_MARKED.findall(text)) >= 2)


def _islands(cut: set[int], count: int) -> list[int]:
    """Single lines inside a list: between furniture on both sides."""
    return [i for i in range(2, count - 2) if i not in cut and {i - 2, i - 1, i + 1, i + 2} <= cut]


def _headed_tail(texts: Sequence[str]) -> int:
    """Where comments or other articles begin under a heading of their own; the end when nowhere."""
    first = int(_TAIL * len(texts)) if len(texts) > 2 * _RUN else 1
    starts = (i for i, text in enumerate(texts) if i and _words(text) <= 12 and _CUTS.match(text))
    late = [i for i in starts if i >= first or _mostly_loose(texts[i + 1 :])]
    return min(late, default=len(texts))


def _mostly_loose(texts: Sequence[str]) -> bool:
    return sum(_loose(text) or _is_marked(text) for text in texts) >= _TAIL_FURNITURE * len(texts)


def _marked_tail(texts: Sequence[str], loose: Sequence[bool], cut: set[int]) -> int:
    """Where a tail begins that is furniture for the greater part; the end when there is none."""
    for i in range(int(_TAIL * len(texts)), len(texts)):
        rest = range(i, len(texts))
        furniture = sum(j in cut or loose[j] or _is_author_note(j, texts) for j in rest)
        if i in cut and len(rest) >= 2 and furniture >= _TAIL_FURNITURE * len(rest):
            return i
    return len(texts)


def _is_author_note(place: int, texts: Sequence[str]) -> bool:
    """Who wrote it, told at the end: «… is an independent researcher and writer»."""
    late = place >= max(1, len(texts) - 4) or place > _TAIL * len(texts)
    return late and bool(_AUTHOR.match(texts[place]))
