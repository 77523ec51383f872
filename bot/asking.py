"""What the commands answer, page by page: the store is asked, `bot.replies` puts it into words.

Synchronous and without Telegram: the chat, the buttons and the terminal ask the same things.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

from bot import asked, html, replies
from bot.asked import Names, NotUnderstood, Unclear
from bot.buttons import languages, lifts
from bot.command_words import COMMANDS, say
from bot.replies import SourceView, StatusView
from bot.words import Voice, fold, story_key
from djeli.core.clock import Clock
from djeli.core.model import Asked, Delivery, Fact, Keyboard, LedgerLine, Listing, Mute, MutedAlert, Story
from djeli.core.ports import Outbox, Reactions, Store

PER_PAGE = 8  # stories or articles
_PAGE_UNITS = 2_600  # of other answers: what a phone shows in about three screens
LAST_PAGE = 200
_LONGEST = 300  # characters of the words that are looked at


@dataclass(frozen=True, slots=True)
class Answer:
    """One page of an answer, as blocks of Telegram HTML."""

    blocks: Sequence[str]
    more: bool = False  # there is a next page
    keyboard: Keyboard = ()  # buttons of its own


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked, where, by whom, and which page of the answer is wanted."""

    command: str
    words: str
    chat: int
    voice: Voice
    page: int = 0
    may_change: bool = False


class Digests(Protocol):
    """The digests of chats (djeli.app)."""

    def waiting(self, chat: int, now: datetime) -> tuple[Sequence[str], int] | None:
        """The hours of a chat's digests and how many lines wait; None where it follows no watch."""
        ...

    def at_once(self, chat: int, now: datetime) -> bool:
        """Owe the digest now; False where the chat follows no watch."""
        ...


@dataclass(frozen=True)
class Sources:
    """Where answers come from; all that is not stored is a function."""

    facts: Callable[[str], list[Fact]]
    status: Callable[[], StatusView]
    outlets: Callable[[], Sequence[SourceView]] = tuple
    names: Names = field(default_factory=Names)
    digests: Digests | None = None
    canonical: Callable[[str], str | None] = lambda url: None  # an address as it is kept
    # The reason of an article without a development, in a language; with the article's own language.
    reason_in: Callable[[str, str, str], str] = lambda language, said, lang: said


class Asking:
    """Answers of every command that changes nothing, and of /mute, /unmute, which do."""

    def __init__(
        self, store: Store, outbox: Outbox, reactions: Reactions, sources: Sources, clock: Clock
    ) -> None:
        self._store, self._outbox, self._reactions = store, outbox, reactions
        self._from, self._clock = sources, clock
        self._answers: dict[str, Callable[[Question], Answer]] = {
            "help": self._help,
            "recent": self._recent,
            "search": self._search,
            "story": self._story,
            "why": self._why,
            "known": self._known,
            "mutes": self._mutes,
            "sources": self._sources,
            "status": self._status,
            "language": self._language,
            "digest": self._digest,
        }

    def knows(self, command: str) -> bool:
        """Whether a command is answered here."""
        return command in self._answers

    def answer(self, question: Question) -> Answer:
        """The page that is asked for; what is not understood is an answer, too."""
        question = replace(
            question, words=question.words[:_LONGEST], page=max(0, min(question.page, LAST_PAGE))
        )
        try:
            return self._answers[question.command](question)
        except NotUnderstood as error:
            return Answer(replies.not_understood(error, question.voice))
        except Unclear as error:
            return _plain(say(question.voice, error.key, **error.values))

    def begin_list(self, question: Question) -> str:
        """The name under which the pages of an answer are turned later."""
        token = secrets.token_urlsafe(9)
        listing = Listing(token, question.chat, question.command, question.words, self._clock())
        self._reactions.list_begun(listing)
        return token

    # ---------------------------------------------------------------------------- the lists

    def _recent(self, question: Question) -> Answer:
        voice, now = question.voice, self._clock()
        wanted = asked.recent(question.words, self._from.names, voice, now)
        most = wanted.limit or asked.MOST
        offset = question.page * PER_PAGE
        size = max(0, min(PER_PAGE, most - offset))
        found = self._store.recent(
            size + 1, offset, type=wanted.type, entities=wanted.entities, since=wanted.since
        )
        more = len(found) > size and offset + size < most
        return Answer(replies.recent(found[:size], wanted, voice, question.page), more)

    def _search(self, question: Question) -> Answer:
        words = [fold(word) for word in question.words.split()]
        if not words:
            return _plain(question.voice.say("usage_search"))
        lines = self._store.search(words, PER_PAGE + 1, question.page * PER_PAGE)
        blocks = replies.search(lines[:PER_PAGE], question.words, question.voice, question.page)
        return Answer(blocks, len(lines) > PER_PAGE)

    def _story(self, question: Question) -> Answer:
        if not question.words.strip():
            return _plain(question.voice.say("usage_story"))
        return self.story(story_key(question.words), question)

    def story(self, story_id: str, question: Question) -> Answer:
        """A story step by step."""
        found, told, held = self.history(story_id)
        blocks = replies.story(found, told, story_id, question.voice, question.chat, held)
        return _page(blocks, question.page)

    def history(self, story_id: str) -> tuple[Story | None, list[Delivery], list[MutedAlert]]:
        """A story with what was told of it and what mutes held back."""
        found = self._store.story(story_id)
        if found is None:
            return None, [], []
        return found, self._outbox.deliveries(story_id), self._reactions.muted(story_id)

    def _why(self, question: Question) -> Answer:
        key = story_key(question.words)
        if not key:
            return _plain(question.voice.say("usage_why"))
        return self.why(key, question)

    def why(self, key: str, question: Question) -> Answer:
        """Why an article or a story was told or not; of other chats nothing is said."""
        found = self._store.why(key, self._from.canonical(key) or key)
        lines = (self._said_in(line, question.voice.language) for line in found.lines)
        found = replace(found, lines=tuple(lines))
        held = [one for story in stories_of(found) for one in self._reactions.muted(story, question.chat)]
        return _page(replies.why(found, question.voice, question.chat, held), question.page)

    def _said_in(self, line: LedgerLine, language: str) -> LedgerLine:
        """A line of the ledger with its reason in a language, as far as it was said in it."""
        if line.verdict:
            verdict = line.verdict.said_in(language)
            return replace(line, verdict=verdict, because=verdict.because)
        return replace(line, because=self._from.reason_in(language, line.because, line.article.lang))

    def _known(self, question: Question) -> Answer:
        if not question.words.strip():
            return _plain(question.voice.say("usage_known"))
        facts = self._from.facts(question.words)
        return _page(replies.known(facts, question.words, question.voice), question.page)

    def _sources(self, question: Question) -> Answer:
        blocks = replies.sources(self._from.outlets(), question.words, question.voice, self._clock())
        return _page(blocks, question.page)

    # --------------------------------------------------------------------------- the others

    def _help(self, question: Question) -> Answer:
        name = fold(question.words).lstrip("/")
        return Answer(replies.help_(question.voice, name if name in COMMANDS else None))

    def _status(self, question: Question) -> Answer:
        return Answer(replies.status(self._from.status(), self._clock(), question.voice))

    def _language(self, question: Question) -> Answer:
        return Answer([html.escape(say(question.voice, "language_is"))], keyboard=languages())

    def _digest(self, question: Question) -> Answer:
        digests, now = self._from.digests, self._clock()
        waiting = digests.waiting(question.chat, now) if digests else None
        if digests is None or waiting is None:
            return _plain(say(question.voice, "digest_not_here"))
        if asked.is_now(question.words) and digests.at_once(question.chat, now):
            return Answer(())  # it comes by itself
        return Answer(replies.digest_when(*waiting, question.voice))

    def _mutes(self, question: Question) -> Answer:
        mutes = self._reactions.mutes(self._clock(), question.chat)
        counted = [(mute, self._reactions.held_back(mute.id)) for mute in mutes]
        blocks = replies.mutes(counted, question.voice)
        shown = _page(blocks, question.page)
        keyboard = lifts([mute.id for mute in mutes[:20]], question.voice) if question.may_change else ()
        return replace(shown, keyboard=keyboard)

    # ------------------------------------------------------------------------------ changes

    def mute(self, words: str, chat: int, user: int, voice: Voice) -> list[str]:
        """Mute what the words say in a chat; the receipt, or what is missing."""
        now = self._clock()
        try:
            wanted = asked.mute(words, self._from.names, voice, now)
        except Unclear as error:
            return [html.escape(say(voice, error.key, **error.values))]
        for one in self._reactions.mutes(now, chat):
            if (one.kind, one.value) == (wanted.kind, wanted.value):  # the new one takes its place
                self._reactions.lift(one.id, user, now)
        mute = Mute(chat, wanted.kind, wanted.value, wanted.until, wanted.because, user, now)
        return replies.muted(replace(mute, id=self._reactions.mute(mute)), voice)

    def unmute(self, words: str, chat: int, user: int, voice: Voice) -> list[str]:
        """End the mute of a number in a chat."""
        number = words.strip().lstrip("#№")
        if not number.isdecimal() or len(number) > 15:
            return [html.escape(say(voice, "usage_unmute"))]
        return self.lift(int(number), chat, user, voice)[0]

    def lift(self, number: int, chat: int, user: int, voice: Voice) -> tuple[list[str], bool]:
        """End a mute of this chat: the receipt, and whether anything changed."""
        now = self._clock()
        mute = next((one for one in self._reactions.mutes(now, chat) if one.id == number), None)
        if mute is None or not self._reactions.lift(number, user, now):
            return [html.escape(say(voice, "not_muted", n=number))], False
        return replies.lifted(mute, voice), True


def stories_of(found: Asked) -> list[str]:
    """The stories that what was asked for belongs to."""
    stories = [line.verdict.story for line in found.lines if line.verdict]
    return list(dict.fromkeys(story for story in stories if story))


def _plain(text: str) -> Answer:
    return Answer([html.escape(text)])


def _page(blocks: Sequence[str], page: int) -> Answer:
    """The blocks of one page: whole blocks, as many as a phone shows well."""
    pages: list[list[str]] = [[]]
    used = 0
    for block in blocks:
        cost = html.length(block) + 1
        if pages[-1] and used + cost > _PAGE_UNITS:
            pages.append([])
            used = 0
        pages[-1].append(block)
        used += cost
    shown = min(page, len(pages) - 1)
    return Answer(pages[shown], shown + 1 < len(pages))
