"""Presses of buttons: checked against chat, message, action and user, remembered, and acknowledged.

What a press carries proves nothing (any client can send any data): the outbox row or the list that it
names must belong to the very message and chat it comes from. Strangers change nothing and hear nothing.
The acknowledgement goes out before anything slow is done; a press that comes twice does nothing twice.
What is answered below a message is owed like every message; what replaces it is tried at once, and owed
where that fails.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Protocol

from telegram import CallbackQuery, Update
from telegram.ext import CallbackQueryHandler, ContextTypes

from bot import answering, buttons, changes, html, replies
from bot.answering import Answers
from bot.asking import Asking, Question
from bot.buttons import CardPress, LanguagePress, LiftPress, ListPress
from bot.command_words import say
from bot.outcomes import Became
from bot.rights import Rights
from bot.telegram import AnyApplication, BotMessenger
from bot.words import Voice
from djeli.core.clock import Clock
from djeli.core.model import (
    Change,
    ChangeState,
    Keyboard,
    Mute,
    MuteKind,
    OutboxRow,
    OutboxState,
    Press,
    Story,
)
from djeli.core.ports import Outbox, Reactions, Store

log = logging.getLogger(__name__)

Context = ContextTypes.DEFAULT_TYPE

_TOAST = 200  # characters that Telegram allows
_AGAIN = timedelta(minutes=10)  # the same question under the same card is answered once in this time
_REMEMBERED = 1_000  # such questions
_TITLE = 40  # letters of a headline on a button
_MOST_CHOICES = 8
_STATES = {"accept": ChangeState.ACCEPTED, "drop": ChangeState.DROPPED, "undo": ChangeState.UNDONE}
_NEXT: Mapping[ChangeState, tuple[str, ...]] = {
    ChangeState.DRAFT: ("accept", "drop"),
    ChangeState.ACCEPTED: ("undo",),
    ChangeState.DROPPED: ("accept",),
    ChangeState.UNDONE: ("accept",),
}
# How long a mute chosen under a card lasts: a story moves on by itself, a type is wanted again soon.
_LASTS = {
    MuteKind.STORY: timedelta(days=30),
    MuteKind.TYPE: timedelta(days=7),
    MuteKind.OUTLET: timedelta(days=7),
}


class Splitting(Protocol):
    """Takes a report out of a story that it was wrongly merged with (djeli.app)."""

    def split(self, story: str, article: str) -> str | None:
        """The new story of that article, or None when there is nothing to split."""
        ...


class Deciding(Protocol):
    """Accepts, drops and undoes changes (djeli.app)."""

    def decide(self, number: int, state: ChangeState, user: int) -> Change | None:
        """The change as it is then; None when there is none."""
        ...


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a button was pressed and by whom; what was done is told there."""

    query: CallbackQuery
    messenger: BotMessenger
    chat: int
    message: int
    where: answering.Place
    answers: Answers
    user: int
    voice: Voice
    may_change: bool

    async def toast(self, text: str, alert: bool = False) -> None:
        """Acknowledge the press; one that is too old for it is acknowledged by what it did."""
        await self.messenger.acknowledge(self.query.id, html.shorten(text, _TOAST), alert)

    async def below(
        self,
        blocks: Sequence[str],
        keyboard: Keyboard = (),
        *,
        listing: str | None = None,
        which: str = "",
    ) -> None:
        """Answer as a reply to the message with the button."""
        await self.answers.give(self.where, blocks, keyboard, listing=listing, which=which)

    async def instead(self, text: str, keyboard: Keyboard = (), *, listing: str | None = None) -> None:
        """Answer in the place of the message with the button; below it where that cannot be done now."""
        outcome = await self.messenger.edit(self.chat, self.message, text, keyboard)
        if outcome.became is not Became.SENT:
            log.warning("a message could not be replaced (%s): %s", outcome.became, outcome.detail)
            await self.below([text], keyboard, listing=listing, which=" instead")


class Callbacks:
    """Reads presses and does what they say. `set_language` and `split` as in `Commands` and `Splitting`."""

    def __init__(
        self,
        asking: Asking,
        store: Store,
        outbox: Outbox,
        reactions: Reactions,
        rights: Rights,
        answers: Answers,
        *,
        voice: Callable[[int], Voice],
        clock: Clock,
        set_language: Callable[[int, str], None] | None = None,
        split: Splitting | None = None,
        changing: Deciding | None = None,
        on_owed: Callable[[], None] = lambda: None,
    ) -> None:
        self._asking, self._store, self._outbox = asking, store, outbox
        self._reactions, self._rights, self._voice, self._clock = reactions, rights, voice, clock
        self._set_language, self._split, self._on_owed = set_language, split, on_owed
        self._answers = answers
        self._changing = changing
        self._answered: dict[tuple[int, int, str], float] = {}
        self.strangers = 0  # presses of strangers since the start
        self._deeds: dict[str, Callable[[_Place, CardPress, OutboxRow], Awaitable[None]]] = {
            "why": self._ask,
            "story": self._ask,
            "mute": self._mute,
            "split": self._divide,
            "back": self._back,
            **dict.fromkeys(buttons.FEEDBACK, self._note),
            **dict.fromkeys(buttons.DECISIONS, self._decide),
        }

    def install(self, application: AnyApplication) -> None:
        """Add the handler to the application."""
        application.add_handler(CallbackQueryHandler(self._handle))

    async def _handle(self, update: Update, context: Context) -> None:
        query = update.callback_query
        if query is None:
            return
        message = query.message
        if message is None or not self._rights.may_ask(message.chat.id, query.from_user.id):
            self.strangers += 1
            return
        place = _Place(
            query,
            BotMessenger(context.bot),
            message.chat.id,
            message.message_id,
            _below(update, query),
            self._answers,
            query.from_user.id,
            self._voice(message.chat.id),
            self._rights.may_change(message.chat.id, query.from_user.id),
        )
        try:
            await self._carry_out(place, query.data or "")
        except Exception:
            log.exception("a press could not be carried out")
            await place.toast(place.voice.say("failed"))

    async def _carry_out(self, place: _Place, data: str) -> None:
        match buttons.pressed(data):
            case CardPress() as press:
                row = await asyncio.to_thread(self._outbox.outbox_row, press.row)
                if row is None or not _stands_under(row, place) or not _offered(row, press):
                    await place.toast(say(place.voice, "gone"))
                else:
                    await self._deeds[press.button](place, press, row)
            case ListPress() as press:
                await self._turn(place, press)
            case LiftPress() as press:
                await self._lift(place, press)
            case LanguagePress() as press:
                await self._speak(place, press)
            case _:
                await place.toast(say(place.voice, "gone"))

    async def _remember(self, place: _Place, row: OutboxRow, button: str) -> bool:
        """Store a press; False when this user had pressed that button before."""
        press = Press(place.chat, place.user, place.message, row.alert.story, row.id, button, self._clock())
        return await asyncio.to_thread(self._reactions.press, press)

    # -------------------------------------------------------------------------- under a card

    async def _note(self, place: _Place, press: CardPress, row: OutboxRow) -> None:
        """Useful, Already knew, Not an event: remembered, to become drafts of changes."""
        new = await self._remember(place, row, press.button)
        await place.toast(say(place.voice, f"thanks_{press.button}" if new else "noted_before"))

    async def _ask(self, place: _Place, press: CardPress, row: OutboxRow) -> None:
        """Why? and Story: answered below the card, once in a while however often it is pressed."""
        await self._remember(place, row, press.button)
        key, now = (place.chat, place.message, press.button), self._clock().timestamp()
        if now - self._answered.get(key, float("-inf")) < _AGAIN.total_seconds():
            await place.toast(say(place.voice, "answered_before"))
            return
        self._answered[key] = now
        if len(self._answered) > _REMEMBERED:
            self._answered.pop(next(iter(self._answered)))
        await place.toast(say(place.voice, "see_below"))
        words = row.alert.story or ""
        question = Question(press.button, words, place.chat, place.voice, may_change=place.may_change)
        answer = await asyncio.to_thread(self._asking.answer, question)
        if not answer.more:
            await place.below(answer.blocks)
            return
        token = await asyncio.to_thread(self._asking.begin_list, question)
        await place.below(answer.blocks, buttons.pages(token, 0, True), listing=token)

    async def _mute(self, place: _Place, press: CardPress, row: OutboxRow) -> None:
        """First the choices in the place of the buttons, then the mute that was chosen."""
        if not place.may_change:
            await place.toast(say(place.voice, "only_admins"))
            return
        story = await asyncio.to_thread(self._store.story, row.alert.story or "")
        things = _muteable(story)
        if not press.choice:
            await self._remember(place, row, "mute")
            offered = [(kind.value, self._choice(kind, value, place)) for kind, value in things]
            await place.toast(say(place.voice, "mute_what"))
            below = buttons.choices(row.id, "mute", offered, place.voice)
            await place.messenger.keyboard(place.chat, place.message, below)
            return
        chosen = next(((kind, value) for kind, value in things if kind.value == press.choice), None)
        if chosen is None:
            await place.toast(say(place.voice, "gone"))
            return
        await self._mute_chosen(place, row, *chosen)

    async def _mute_chosen(self, place: _Place, row: OutboxRow, kind: MuteKind, value: str) -> None:
        now = self._clock()
        in_force = await asyncio.to_thread(self._reactions.mutes, now, place.chat)
        same = next((one for one in in_force if (one.kind, one.value) == (kind, value)), None)
        receipt: Sequence[str] = ()
        if same is None:
            why = say(place.voice, "mute_by_button")
            mute = Mute(place.chat, kind, value, now + _LASTS[kind], why, place.user, now)
            number = await asyncio.to_thread(self._reactions.mute, mute)
            same = replace(mute, id=number)
            receipt = replies.muted(same, place.voice)
        until = place.voice.moment(same.until)
        thing = replies.muted_thing(same, place.voice)
        await place.toast(say(place.voice, "muted", until=until, what=thing))
        await self._restore(place, row)
        await place.below(receipt)

    def _choice(self, kind: MuteKind, value: str, place: _Place) -> str:
        mute = Mute(place.chat, kind, value, self._clock(), "", 0, self._clock())
        days = say(place.voice, "days", n=_LASTS[kind].days)
        return html.shorten(replies.muted_thing(mute, place.voice), _TITLE + 10) + f" · {days}"

    async def _back(self, place: _Place, press: CardPress, row: OutboxRow) -> None:
        await place.toast("")
        await self._restore(place, row)

    async def _restore(self, place: _Place, row: OutboxRow) -> None:
        """The buttons of the card in the place of the choices."""
        story = await asyncio.to_thread(self._store.story, row.alert.story or "")
        merged = story is not None and len(story.members) > 1
        below = buttons.card(row.id, row.alert.kind, place.voice, merged=merged)
        await place.messenger.keyboard(place.chat, place.message, below)

    async def _divide(self, place: _Place, press: CardPress, row: OutboxRow) -> None:
        """First the reports of the story, then the split of the one that was chosen."""
        if not place.may_change or self._split is None:
            await place.toast(say(place.voice, "only_admins"))
            return
        story = await asyncio.to_thread(self._store.story, row.alert.story or "")
        members = story.members[1:] if story else ()
        if not members:
            await place.toast(say(place.voice, "split_nothing"))
            return
        if not press.choice:
            await self._remember(place, row, "split")
            offered = [
                (f"a{number}", html.shorten(f"{place.voice.names(one.outlet)}: {one.title}", _TITLE))
                for number, one in list(enumerate(members, 1))[-_MOST_CHOICES:]
            ]
            below = buttons.choices(row.id, "split", offered, place.voice)
            await place.toast(say(place.voice, "choose_split"))
            await place.messenger.keyboard(place.chat, place.message, below)
            return
        number = int(press.choice[1:]) if press.choice[1:].isdecimal() else 0
        if not 1 <= number <= len(members):
            await place.toast(say(place.voice, "gone"))
            return
        member = members[number - 1]
        new = await asyncio.to_thread(self._split.split, row.alert.story or "", member.article)
        if new is None:
            await place.toast(say(place.voice, "split_nothing"))
            return
        said = say(place.voice, "split_done", title=html.shorten(member.title, 100), story=new)
        await place.toast(said)
        await place.below([html.escape(said)])
        await self._restore(place, row)
        self._on_owed()

    async def _decide(self, place: _Place, press: CardPress, row: OutboxRow) -> None:
        """Accept, Drop and Undo under a proposed change: done, and shown in the place of the proposal."""
        if not place.may_change or self._changing is None:
            await place.toast(say(place.voice, "only_admins"))
            return
        number = (row.alert.story or "").rpartition(":")[2]
        state = _STATES[press.button]
        changed = (
            await asyncio.to_thread(self._changing.decide, int(number), state, place.user)
            if number.isdecimal()
            else None
        )
        if changed is None:
            await place.toast(say(place.voice, "gone"))
            return
        await place.toast(changes.line(changed, place.voice))
        text = next(iter(html.split(changes.blocks(changed, place.voice))))
        await place.instead(text, buttons.decisions(row.id, _NEXT[changed.state], place.voice))
        self._on_owed()

    # ------------------------------------------------------------------------------ the others

    async def _turn(self, place: _Place, press: ListPress) -> None:
        """Another page, in the place of the one that is shown."""
        listing = await asyncio.to_thread(self._reactions.list_of, press.token)
        if (
            listing is None
            or listing.chat != place.chat
            or listing.message_id not in (None, place.message)
            or not self._asking.knows(listing.command)
        ):
            await place.toast(say(place.voice, "list_gone"))
            return
        if listing.message_id is None:  # its number was not learnt when it was sent
            await asyncio.to_thread(self._reactions.list_sent, press.token, place.message)
        question = Question(
            listing.command, listing.words, place.chat, place.voice, press.page, place.may_change
        )
        await place.toast("")
        answer = await asyncio.to_thread(self._asking.answer, question)
        below = (*answer.keyboard, *buttons.pages(press.token, press.page, answer.more))
        text = next(iter(html.split(answer.blocks)), html.escape(say(place.voice, "no_more")))
        await place.instead(text, below, listing=press.token)

    async def _lift(self, place: _Place, press: LiftPress) -> None:
        if not place.may_change:
            await place.toast(say(place.voice, "only_admins"))
            return
        blocks, done = await asyncio.to_thread(
            self._asking.lift, press.mute, place.chat, place.user, place.voice
        )
        await place.toast(html.plain(blocks[0]))
        question = Question("mutes", "", place.chat, place.voice, may_change=True)
        answer = await asyncio.to_thread(self._asking.answer, question)
        await place.instead("\n".join(answer.blocks), answer.keyboard)
        if done:
            await place.below(blocks)

    async def _speak(self, place: _Place, press: LanguagePress) -> None:
        if not place.may_change or self._set_language is None:
            await place.toast(say(place.voice, "only_admins"))
            return
        await asyncio.to_thread(self._set_language, place.chat, press.language)
        said = say(self._voice(place.chat), "language_is")
        await place.toast(said)
        await place.instead(html.escape(said), buttons.languages())


def _below(update: Update, query: CallbackQuery) -> answering.Place:
    """As a reply to the message whose button was pressed, in its topic."""
    message = query.message
    if message is None:
        raise ValueError("a press without a message")
    in_topic = getattr(message, "is_topic_message", None)
    return answering.Place(
        message.chat.id,
        f"{update.update_id}.{query.id}",
        getattr(message, "message_thread_id", None) if in_topic else None,
        message.message_id,
    )


def _stands_under(row: OutboxRow, place: _Place) -> bool:
    """Whether the pressed message is the one of this row: a forged press names another one.

    While Telegram's answer is on its way the number is not known yet, and a copy that may be a repeat
    has another one: then the chat decides.
    """
    if row.alert.chat != place.chat or row.state is OutboxState.MUTED:
        return False
    return row.message_id in (None, place.message) or row.maybe_repeated


def _offered(row: OutboxRow, press: CardPress) -> bool:
    """Whether a message of this kind has that button at all."""
    if row.alert.kind == buttons.CHANGE or press.button in buttons.DECISIONS:
        return row.alert.kind == buttons.CHANGE and press.button in buttons.DECISIONS
    return row.alert.kind in buttons.CARDS and (press.button != "split" or row.alert.story is not None)


def _muteable(story: Story | None) -> list[tuple[MuteKind, str]]:
    """What may be muted under a card: its story, its type, and who told it first."""
    if story is None:
        return []
    first = story.members[0]
    return [
        (MuteKind.STORY, story.id),
        (MuteKind.TYPE, first.mention.type),
        (MuteKind.OUTLET, first.outlet),
    ]
