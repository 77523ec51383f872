"""How a clause presents its event: done, announced, rumoured, denied, possible or past.

Cues are data (knowledge/realis.yaml, after PLOVER's auxiliary modes in types.yaml). A cue counts by
its scope: before the trigger in the same clause, after it, or anywhere in the sentence. The French
press conditional («aurait livré») is hearsay, not a condition; Russian nouns hide tense, so the
verb near them decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from baseline.fold import Token
from baseline.patterns import Hit, PatternBook, Shelf
from djeli.core.model import Realis

# A cue `before` a trigger reaches at most this many words to the right, `after` this many to the left.
_REACH_BEFORE = 9
_REACH_AFTER = 6
_REACH_PAST = 6  # "since the coup": what follows at once is told as the past

# Of several cues the first of these wins: who denies a rumour denies; a rumoured plan is a rumour.
_ORDER = (Realis.HISTORICAL, Realis.NEGATED, Realis.RUMOUR, Realis.HYPOTHETICAL, Realis.ANNOUNCED)


@dataclass(frozen=True, slots=True)
class RealisCue:
    """A cue found in a sentence: what it speaks for, its scope, and its tokens."""

    realis: Realis | None  # None: a claim, which is not a realis but whose word it is
    scope: str
    first: int
    last: int


class RealisBook:
    """The cues of knowledge/realis.yaml, found once in each sentence."""

    def __init__(
        self, data: Mapping[str, Mapping[str, Mapping[str, Sequence[str]]]], shelf: Shelf | None = None
    ) -> None:
        entries = (
            (f"{kind}:{scope}", lang, _exact(pattern))
            for kind, scopes in data.items()
            for scope, langs in scopes.items()
            for lang, patterns in langs.items()
            for pattern in patterns
        )
        self._book = PatternBook(entries, shelf)

    def find(self, tokens: Sequence[Token], lang: str) -> list[RealisCue]:
        """All cues of one sentence."""
        hits = self._book.find(tokens, lang)
        guards = [hit for hit in hits if hit.label.startswith("guard:")]
        cues = [_cue(hit) for hit in hits if not any(_inside(hit, guard) for guard in guards)]
        if lang == "fr":
            return [*cues, *_conditionals(tokens, cues)]
        return [*cues, *_ousted_before(tokens)] if lang == "en" else cues


def _exact(pattern: str) -> str:
    """The pattern with plain words taken as written: a stem joins «отправил» and «отправит»."""
    return " ".join(
        element
        if element in ("..", "...") or element.startswith("<")
        else "|".join(
            w if w.startswith(("=", "!")) or w.endswith("*") else f"={w}" for w in element.split("|")
        )
        for element in pattern.split()
    )


# A French verb in the conditional. The plain «e» tells «claquerait» from the past of «libérer».
_CONDITIONAL = re.compile(
    r"(?!(?:pourr|devr|voudr|faudr)ai)\w*(?:erai|verrai|cevrai|ettrai|uivrai"
    r"|(?<!ffon)(?<!ca)(?<!gen)(?<!ou)drai"
    r"|(?<!\bt)(?<!\bret)(?<!att)(?<!sp)(?<!adm)(?<!dés)(?<!oup)(?<!\bv)(?<!chav)(?<!éch)irai)(?:t|ent)"
)
_ENDINGS = ("rait", "raient")
_SAID_THAT = re.compile(
    r"annonc\w+|declar\w+|decide|promis|indique|precise|confirme|assure|prevenu|averti|jure"
)
_THAT = frozenset(["que", "qu"])


def _conditionals(tokens: Sequence[Token], cues: Sequence[RealisCue]) -> Iterator[RealisCue]:
    """What the conditionals of a French sentence say: hearsay, where they depend on nothing.

    «Il a annoncé qu'il livrerait» looks ahead from then; «si … cessait de payer, il quitterait» depends.
    """
    ends = [at for at, token in enumerate(tokens) if token.raw.endswith(_ENDINGS)]
    verbs = [at for at in ends if _CONDITIONAL.fullmatch(tokens[at].raw)]
    verbs = [at for at in verbs if not any(cue.first <= at <= cue.last for cue in cues)]
    if not verbs:  # nearly always
        return
    words = [token.folded for token in tokens]
    depends = any(cue.realis is Realis.HYPOTHETICAL for cue in cues) or any(
        one == "si" or (one == "s" and after in ("il", "ils")) for one, after in pairwise(words)
    )
    for at in verbs:
        that = next((n for n in range(at - 1, 0, -1) if words[n] in _THAT), None)
        if depends:
            yield RealisCue(Realis.HYPOTHETICAL, "before", at, at)
        elif that is not None and any(map(_SAID_THAT.fullmatch, words[max(0, that - 4) : that])):
            yield RealisCue(Realis.ANNOUNCED, "before", at, at)
        else:
            yield RealisCue(Realis.RUMOUR, "sentence", at, at)


_OUSTED = frozenset(["ousted", "deposed", "overthrown", "toppled", "dethroned"])
_HEADS = frozenset(["president", "leader", "ruler", "premier", "minister", "head", "chief", "government"])
_TITLE = 5  # words of an English headline in which such a title ends


def _ousted_before(tokens: Sequence[Token]) -> Iterator[RealisCue]:
    """A participle that begins an English sentence names who was ousted before: "Ousted leader speaks"."""
    if tokens and tokens[0].folded in _OUSTED:
        last = next((at for at, token in enumerate(tokens[:_TITLE]) if token.folded in _HEADS), None)
        if last is not None:
            yield RealisCue(Realis.HISTORICAL, "over", 0, last)


def _inside(hit: Hit, guard: Hit) -> bool:
    return guard.first <= hit.first and hit.last <= guard.last


def _cue(hit: Hit) -> RealisCue:
    kind, scope = hit.label.split(":")
    return RealisCue(None if kind == "claimed" else Realis(kind), scope, hit.first, hit.last)


def past_article(cues: Sequence[RealisCue]) -> RealisCue | None:
    """The words of a headline or first sentence that say that the article looks back."""
    return next((c for c in cues if c.realis is Realis.HISTORICAL and c.scope == "article"), None)


def denies(cues: Sequence[RealisCue]) -> RealisCue | None:
    """The words of a line that say that somebody denies: in a headline they colour the whole article."""
    return next((c for c in cues if c.realis is Realis.NEGATED and c.scope == "article"), None)


def realis_of(
    first: int, last: int, cues: Sequence[RealisCue], clause: tuple[int, int]
) -> tuple[Realis, RealisCue | None]:
    """How the trigger at these tokens is presented, and by which cue; done when no cue reaches it.

    `clause` is the token range (both ends included) that cues `before` and `after` may not leave.
    """
    reaching = [cue for cue in cues if cue.realis is not None and _reaches(cue, first, last, clause)]
    for realis in _ORDER:
        for cue in reaching:
            if cue.realis is realis:
                return realis, cue
    return Realis.DONE, None


def _reaches(cue: RealisCue, first: int, last: int, clause: tuple[int, int]) -> bool:
    if cue.scope == "sentence":
        return True
    if cue.scope == "onward":
        return cue.first <= last
    if cue.scope == "over":  # "ousted president" colours the ousting, not that he was "freed overnight"
        return cue.first <= last <= cue.last
    if cue.scope == "article" or not clause[0] <= cue.first <= clause[1]:
        return False
    reach = _REACH_PAST if cue.realis is Realis.HISTORICAL else _REACH_BEFORE
    if cue.scope == "before":
        # a cue inside the trigger's own words ("will deliver": will … deliver) speaks for it too
        return cue.first <= last and first - cue.last <= reach
    return cue.last >= first and cue.first - last <= _REACH_AFTER
