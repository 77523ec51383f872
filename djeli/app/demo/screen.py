"""The terminal as a chat: framed cards for people, plain text in a pipe."""

from __future__ import annotations

from html.parser import HTMLParser

from rich.console import Console
from rich.panel import Panel
from rich.text import Text

from bot import html
from bot.outcomes import Became, Outcome
from djeli.app import show
from djeli.core.clock import Clock
from djeli.core.model import Keyboard

_WIDTH = 100
_STYLES = {"b": "bold", "i": "italic", "s": "strike", "u": "underline", "code": "cyan", "blockquote": "dim"}


class Screen:
    """Where the demo writes: frames and colours on a console, plain lines on standard output without one."""

    def __init__(self, console: Console | None = None) -> None:
        self._console = console

    def heading(self, text: str) -> None:
        """A line that begins something."""
        if self._console:
            self._console.print()
            self._console.rule(Text(text, "bold"), align="left", style="dim")
        else:
            show.out(f"\n==== {text}")

    def line(self, text: str, style: str = "") -> None:
        """One line of our own words."""
        if self._console:
            self._console.print(Text(text, style))
        else:
            show.out(text)

    def card(self, title: str, markup: str) -> None:
        """One message of the chat, given as Telegram HTML."""
        if self._console:
            body = _rich(markup)
            self._console.print(Panel(body, title=Text(title), title_align="left", border_style="blue"))
        else:
            show.out(f"\n┌── {title}")
            show.out("\n".join(f"│ {line}".rstrip() for line in html.plain(markup).splitlines()))
            show.out("└──")


def screen() -> Screen:
    """Standard output: framed when people look at it."""
    if not show.on_terminal():
        return Screen()
    return Screen(Console(width=min(Console().width, _WIDTH), highlight=False))


class TerminalChat:
    """A Messenger (bot.outcomes) whose chat is the terminal; message ids count from 1."""

    def __init__(self, screen: Screen, clock: Clock) -> None:
        self._screen, self._clock = screen, clock
        self._messages: dict[int, str] = {}
        self.edits = 0

    @property
    def sent(self) -> int:
        """How many messages the chat holds."""
        return len(self._messages)

    async def send(
        self,
        chat: int,
        text: str,
        *,
        html: bool,
        thread: int | None = None,
        reply_to: int | None = None,
        keyboard: Keyboard = (),
    ) -> Outcome:
        """Show one message, and to which one it replies; buttons could not be pressed here."""
        number = len(self._messages) + 1
        self._messages[number] = text
        reply = f" · ↳ reply to message {reply_to}" if reply_to else ""
        self._screen.card(f"message {number} · {self._clock():%d %b %H:%M}{reply}", text)
        return Outcome(Became.SENT, message_id=number)

    async def send_photo(
        self, chat: int, photo: bytes, caption: str, *, html: bool, thread: int | None = None
    ) -> Outcome:
        """Show what stands under a picture."""
        return await self.send(chat, caption, html=html, thread=thread)

    async def edit(self, chat: int, message_id: int, text: str, keyboard: Keyboard = ()) -> Outcome:
        """Show which lines of a message read otherwise now."""
        before = set(self._messages[message_id].splitlines())
        changed = [line for line in text.splitlines() if line not in before]
        self._messages[message_id] = text
        if changed:
            self.edits += 1
            title = f"✎ edits the first card, message {message_id}; the lines that change"
            self._screen.card(title, "\n".join(changed))
        return Outcome(Became.SENT, message_id=message_id)

    async def check(self) -> Outcome:
        """The terminal is always there."""
        return Outcome(Became.SENT)


class _Painter(HTMLParser):
    """Telegram HTML as styled text."""

    def __init__(self) -> None:
        super().__init__()
        self.text = Text()
        self._styles: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a style; a link can be clicked where the terminal knows how."""
        target = dict(attrs).get("href") or ""
        self._styles.append(f"underline link {target}" if tag == "a" else _STYLES.get(tag, ""))

    def handle_endtag(self, tag: str) -> None:
        """End the innermost style."""
        self._styles.pop()

    def handle_data(self, data: str) -> None:
        """Text in every style that is open."""
        self.text.append(data, " ".join(style for style in self._styles if style))


def _rich(markup: str) -> Text:
    painter = _Painter()
    painter.feed(markup)
    painter.close()
    return painter.text
