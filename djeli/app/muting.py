"""What a chat does not want pushed for a time: whether one of its mutes holds a development back.

A mute of a story holds back its updates, too. What is critical (coups, atrocities) is held back only
by a mute that names its story or its very type: nobody silences a coup by silencing an outlet. What is
held back is kept with its text, stands in the count of the digest, in /why and in /recent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from baseline.fold import clean, raw_words, stem
from djeli.core.model import Article, Mention, Mute, MutedAlert, MuteKind, Priority, Verdict
from djeli.core.ports import Reactions

# About how a thing is told, not what it is: what one outlet tells is wanted when another one tells it.
OF_THE_TELLING = (MuteKind.OUTLET, MuteKind.WORD)
_NAMING = (MuteKind.STORY, MuteKind.TYPE)

Country = Callable[[str], str | None]  # the state of a place; of a state itself


class Muting:
    """Asks the mutes of a chat about each development that would be pushed there."""

    def __init__(self, reactions: Reactions, priority: Callable[[str], Priority], country: Country) -> None:
        self._reactions, self._priority, self._country = reactions, priority, country

    def holding(self, chat: int, article: Article, verdict: Verdict, now: datetime) -> Mute | None:
        """The mute that holds a development back, the one that lasts longest; None when it may pass."""
        mutes = self._reactions.mutes(now, chat)
        if not mutes:
            return None
        critical = self._priority(verdict.mention.type) is Priority.CRITICAL
        return holding(mutes, article, verdict, critical, self._country)

    def never_told(self, chat: int, story: str) -> bool:
        """Whether all that a chat would have heard of a story was held back for who told it, or how."""
        held = self._reactions.muted(story, chat)
        of_the_telling = all(one.mute.kind in OF_THE_TELLING for one in held)
        return bool(held) and of_the_telling and self._reactions.only_muted(story, chat)

    def since(self, chat: int, since: datetime) -> list[MutedAlert]:
        """What was held back in a chat since then."""
        return self._reactions.muted_since(chat, since)


def holding(
    mutes: Iterable[Mute], article: Article, verdict: Verdict, critical: bool, country: Country
) -> Mute | None:
    """The same of given mutes; pure."""
    found = [
        mute
        for mute in mutes
        if (not critical or mute.kind in _NAMING) and _concerns(mute, article, verdict, country)
    ]
    return max(found, key=lambda mute: mute.until, default=None)


def _concerns(mute: Mute, article: Article, verdict: Verdict, country: Country) -> bool:
    mention = verdict.mention
    match mute.kind:
        case MuteKind.STORY:
            return verdict.story == mute.value
        case MuteKind.TYPE:
            return mention.type == mute.value
        case MuteKind.ACTOR:
            return mute.value in (*mention.actors, *mention.counterparts)
        case MuteKind.COUNTRY:
            return mute.value in _where(mention, country)
        case MuteKind.OUTLET:
            return article.outlet == mute.value
        case MuteKind.WORD:
            return any(_holds(text, mute.value, article.lang) for text in (article.title, mention.quote))


def _holds(text: str, phrase: str, lang: str) -> bool:
    """Whether the words of a phrase stand in a text one after the other, in any of their forms."""
    said = [stem(lang, word) for word in raw_words(clean(text))]
    wanted = [stem(lang, word) for word in raw_words(clean(phrase))]
    places = range(len(said) - len(wanted) + 1)
    return bool(wanted) and any(said[at : at + len(wanted)] == wanted for at in places)


def _where(mention: Mention, country: Country) -> set[str | None]:
    """Where it happens: its places, and the state; that of the first place where none is told."""
    state = mention.country or (country(mention.places[0]) if mention.places else None)
    return {*mention.places, state}
