"""Signs of life for those who look from outside: systemd's watchdog, and an address of the user's own.

A dead service cannot say that it is dead, so somebody else has to miss its signs. They are given only
while the service is well; the address is asked only while Telegram can be reached, too, for otherwise
nobody is told anything.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from djeli.app import systemd
from djeli.core.clock import Clock
from djeli.core.model import Failure

log = logging.getLogger("djeli.pulse")

PING_EVERY = timedelta(minutes=5)
_LOOK = 10.0  # seconds between two looks at the state
_UNREACHED = timedelta(minutes=10)  # without Telegram for longer, nobody is told anything
_LATE = 5.0  # seconds by which the event loop may be late

Ping = Callable[[str], Awaitable[Failure | None]]


class Pulse:
    """Looks at the state every ten seconds; `unhealthy` says what is wrong, `ping` asks an address."""

    def __init__(
        self,
        unhealthy: Callable[[datetime], str | None],
        reached: Callable[[], datetime | None],
        address: Callable[[], str],
        ping: Ping,
        clock: Clock,
        *,
        notify: Callable[[str], bool] = systemd.notify,
        look: float | None = None,
    ) -> None:
        """`reached`: when Telegram last answered anything; `address`: what to ask, "" for nothing."""
        self._unhealthy, self._reached, self._address, self._ping = unhealthy, reached, address, ping
        self._clock, self._notify = clock, notify
        watched = systemd.watched_every() or 2 * _LOOK
        self._look = look or min(_LOOK, watched / 2)
        self._pinged: datetime | None = None
        self._refused = False
        self._said: str | None = ""

    async def run(self) -> None:
        """Beat until cancelled."""
        loop = asyncio.get_running_loop()
        self._notify("READY=1")
        try:
            await asyncio.sleep(min(1.0, self._look))  # the jobs give their first sign of life
            while True:
                begun = loop.time()
                try:
                    await self.beat()
                except Exception:  # a full disk, a bug: silence is what tells it
                    log.exception("the state could not be looked at")
                await asyncio.sleep(self._look)
                late = loop.time() - begun - self._look
                if late > _LATE:
                    log.warning("the event loop was busy for %.0f seconds", late)
        finally:
            self._notify("STOPPING=1")

    async def beat(self) -> None:
        """One look: systemd hears that we live, the address is asked when its time has come."""
        now = self._clock()
        wrong = await asyncio.to_thread(self._unhealthy, now)
        if wrong != self._said:
            self._notify(f"STATUS={wrong or 'well'}")
            if wrong:
                log.error("not well: %s", wrong)
            self._said = wrong
        if wrong:
            return
        self._notify("WATCHDOG=1")
        await self._tell_address(now)

    async def _tell_address(self, now: datetime) -> None:
        address, reached = self._address(), self._reached()
        due = self._pinged is None or not timedelta() <= now - self._pinged < PING_EVERY
        if not address or not due or reached is None or now - reached > _UNREACHED:
            return
        self._pinged = now
        failure = await self._ping(address)
        host = urlsplit(address).hostname  # the rest of it is a secret
        if failure and not self._refused:
            log.warning("the sign of life to %s did not arrive: %s", host, failure.code)
        elif self._refused and not failure:
            log.info("the sign of life to %s arrives again", host)
        self._refused = failure is not None
