"""Buttons under messages, and what a press of one says.

What a button carries is opaque and short (Telegram allows 64 bytes): the number of the outbox row it
stands under, or the random name of a list. It proves nothing: whoever reads a press checks chat,
message and user against what is stored (bot.callbacks).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.command_words import BUTTONS
from bot.words import Voice
from djeli.core.model import Button, Keyboard

CARDS = ("alert", "update")  # kinds of messages that have buttons
CHANGE = "change"  # kind of the message that puts a change before the admins
DECISIONS = ("accept", "drop", "undo")
FEEDBACK = ("useful", "known", "no_event")
_CODES = {
    "w": "why",
    "s": "story",
    "m": "mute",
    "u": "useful",
    "k": "known",
    "n": "no_event",
    "x": "split",
    "b": "back",
    "a": "accept",
    "d": "drop",
    "z": "undo",
}
_LETTERS = {button: letter for letter, button in _CODES.items()}
_CARD = re.compile(r"c([1-9]\d{0,17})\.([a-z])(?:\.([a-z0-9]{1,20}))?")
_LIST = re.compile(r"p([A-Za-z0-9_-]{8,32})\.(\d{1,3})")
_LIFT = re.compile(r"l([1-9]\d{0,17})")
_LANGUAGE = re.compile(r"g(en|fr|ru)")


@dataclass(frozen=True, slots=True)
class CardPress:
    """A press under a card: the outbox row, the button, and which of several (`""` for most)."""

    row: int
    button: str
    choice: str = ""


@dataclass(frozen=True, slots=True)
class ListPress:
    """A press that turns the pages of an answer."""

    token: str
    page: int


@dataclass(frozen=True, slots=True)
class LiftPress:
    """A press that ends a mute."""

    mute: int


@dataclass(frozen=True, slots=True)
class LanguagePress:
    """A press that chooses the language of the chat."""

    language: str


Pressed = CardPress | ListPress | LiftPress | LanguagePress


def pressed(data: str) -> Pressed | None:
    """What a press carries, or None when it is none of ours."""
    if found := _CARD.fullmatch(data):
        button = _CODES.get(found[2])
        return CardPress(int(found[1]), button, found[3] or "") if button else None
    if found := _LIST.fullmatch(data):
        return ListPress(found[1], int(found[2]))
    if found := _LIFT.fullmatch(data):
        return LiftPress(int(found[1]))
    if found := _LANGUAGE.fullmatch(data):
        return LanguagePress(found[1])
    return None


def card(row: int, kind: str, voice: Voice, *, merged: bool = False) -> Keyboard:
    """The buttons under the card of an outbox row; () for messages that are no cards.

    `merged`: its story has taken up more than the article it was told by, and may be split.
    """
    if kind == CHANGE:
        return decisions(row, ("accept", "drop"), voice)
    if kind not in CARDS:
        return ()
    ask = ("why", "story", "mute")
    rows = [_row(row, ask, voice), _row(row, FEEDBACK, voice)]
    if merged or kind == "update":
        rows.append(_row(row, ("split",), voice))
    return tuple(rows)


def decisions(row: int, names: tuple[str, ...], voice: Voice) -> Keyboard:
    """What may be done with a change that is put before the admins."""
    return (_row(row, names, voice),) if names else ()


def _row(row: int, names: tuple[str, ...], voice: Voice) -> tuple[Button, ...]:
    return tuple(Button(voice.pick(BUTTONS[name]), card_data(row, name)) for name in names)


def card_data(row: int, button: str, choice: str = "") -> str:
    """What a button under a card carries."""
    return f"c{row}.{_LETTERS[button]}" + (f".{choice}" if choice else "")


def choices(row: int, button: str, offered: list[tuple[str, str]], voice: Voice) -> Keyboard:
    """One row for each choice (its name, its words), and one that leads back."""
    rows = [(Button(words, card_data(row, button, name)),) for name, words in offered]
    return (*rows, (Button(voice.pick(BUTTONS["back"]), card_data(row, "back")),))


def pages(token: str, page: int, more: bool) -> Keyboard:
    """Back and on; () for an answer of one page. `page` counts from 0."""
    turns = []
    if page:
        turns.append(Button(f"‹ {page}", f"p{token}.{page - 1}"))
    if more:
        turns.append(Button(f"{page + 2} ›", f"p{token}.{page + 1}"))
    return (tuple(turns),) if turns else ()


def lifts(mutes: list[int], voice: Voice) -> Keyboard:
    """A button that ends each of these mutes, four in a row."""
    buttons = [Button(f"{voice.pick(BUTTONS['lift'])} {number}", f"l{number}") for number in mutes]
    return tuple(tuple(buttons[at : at + 4]) for at in range(0, len(buttons), 4))


def languages() -> Keyboard:
    """The three languages, each in its own."""
    names = (("English", "en"), ("Français", "fr"), ("Русский", "ru"))
    return (tuple(Button(name, f"g{language}") for name, language in names),)
