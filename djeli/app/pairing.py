"""One-time codes: who reads one on the operator's terminal may add the chat he writes it in.

Only a salted, slow hash of a code is kept; it ends after an hour, after its use, and after ten wrong
tries of anybody. Forty-nine bits and ten tries leave a guess one chance in 10^13.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import re
import secrets
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot import html
from bot.pairing import Applicant
from djeli.app.reloading import Current
from djeli.app.roster import PAIRED_DIGEST, PAIRED_QUIET
from djeli.core.clock import Clock
from djeli.core.model import Alert, KnownChat, Pairing
from djeli.core.ports import Chats

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ234567"  # none that is easily taken for another
_LENGTH = 10
LASTS = timedelta(hours=1)
_TRIES = 10


@dataclass(frozen=True, slots=True)
class Code:
    """A code as it is told, and what is kept of it."""

    text: str
    pairing: Pairing


def new_code(now: datetime, makes_admin: bool) -> Code:
    """A code by chance, valid for an hour from now."""
    code = "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
    salt = secrets.token_hex(16)
    pairing = Pairing(salt, _hash(code, salt), now, now + LASTS, _TRIES, makes_admin)
    return Code(f"{code[:5]}-{code[5:]}", pairing)


def read(said: str) -> str | None:
    """What somebody wrote, if it has the shape of a code: in any case, with or without the dash."""
    code = re.sub(r"[\s-]", "", said).upper()
    return code if len(code) == _LENGTH and set(code) <= set(_LETTERS) else None


def fits(code: str, pairing: Pairing) -> bool:
    """Whether a code as `read` gives it is the one of this pairing; takes the same time either way."""
    return hmac.compare_digest(_hash(code, pairing.salt), pairing.hash)


def _hash(code: str, salt: str) -> str:
    """Slow on purpose: some 30 ms and 16 MB."""
    return hashlib.scrypt(code.encode(), salt=bytes.fromhex(salt), n=1 << 14, r=8, p=1).hex()


class Door:
    """Lets in a chat whose code fits; `on_paired` is called afterwards, with its id."""

    def __init__(
        self,
        current: Current,
        known: Chats,
        clock: Clock,
        on_paired: Callable[[int], Awaitable[None]],
    ) -> None:
        self._current, self._known, self._clock, self._on_paired = current, known, clock, on_paired

    async def redeem(self, said: str, who: Applicant) -> Sequence[str] | None:
        """The answer to a code that fits, as blocks; None for anything else."""
        answer = await asyncio.to_thread(self._redeem, said, who, self._clock())
        if answer is not None:
            await self._on_paired(who.chat)
        return answer

    def _redeem(self, said: str, who: Applicant, now: datetime) -> Sequence[str] | None:
        code = read(said)
        open_ones = self._known.pairings(now) if code else []
        if code is None or not open_ones:
            return None
        found = next((pairing for pairing in open_ones if fits(code, pairing)), None)
        if found is None:
            self._known.wrong_code()
            return None
        chat = KnownChat(
            who.chat,
            who.chat_name,
            paired_by=who.user,
            thread=who.thread,
            digest=PAIRED_DIGEST,
            quiet=PAIRED_QUIET,
        )
        if not self._known.pair(found, chat, self._notices(who, now), now):
            return None
        self._current.roster.refresh()
        return self._welcome(who, found)

    def _welcome(self, who: Applicant, used: Pairing) -> list[str]:
        voice = self._current.voice(who.chat)
        chat = next(chat for chat in self._current.roster if chat.id == who.chat)
        said = voice.say(
            "paired",
            watches=", ".join(chat.watches) or voice.say("none"),
            digest=", ".join(chat.digest) or voice.say("none"),
            quiet="–".join(chat.quiet) if chat.quiet else voice.say("none"),
            zone=self._current.config.zone.key,
            id=who.chat,
        )
        admin = used.makes_admin and who.user is not None
        return [html.escape(said), *([voice.say("you_are_admin", id=who.user)] if admin else [])]

    def _notices(self, who: Applicant, now: datetime) -> list[Alert]:
        """One message for each admin but the one who did it."""
        notices = []
        for admin in self._current.roster.admins:
            if admin != who.user:
                voice = self._current.voice(admin)
                name = f"{who.user_name} ({who.user})" if who.user else voice.say("nobody")
                text = voice.say("paired_elsewhere", id=who.chat, name=who.chat_name, who=name)
                about = f"notice:paired {who.chat} {now.isoformat()}"
                block = html.escape(text)
                notices.append(Alert(admin, "notice", block, html.plain(block), story=about))
        return notices
