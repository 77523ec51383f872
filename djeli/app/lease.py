"""The lease of the sender: of all instances at one database one sends, and the others end.

The row in the database says who. A holder on this machine that is dead is robbed at once, one that
lives is left alone; a holder elsewhere is watched until it renews its lease, or has not for as long
as a lease lasts. Whoever was robbed while it slept finds out before its next message leaves.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta

from djeli.app.machine import Process
from djeli.core.clock import Clock
from djeli.core.errors import JobFailed, LeaseLost
from djeli.core.ports import Chats, Lease

log = logging.getLogger("djeli.lease")

NAME = "sender"
LASTS = timedelta(seconds=30)
_RENEWED = 10.0  # seconds between two renewals
_WATCHED = 1.0  # seconds between two looks at somebody else's lease

Sleep = Callable[[float], Awaitable[None]]


class SenderLease:
    """The lease of one process; `me` is how it is known to the others."""

    def __init__(self, store: Chats, clock: Clock, me: Process, sleep: Sleep = asyncio.sleep) -> None:
        self._store, self._clock, self._sleep = store, clock, sleep
        self._me = me
        self.holder = str(me)

    async def take(self) -> None:
        """Take the lease; raises LeaseLost when another instance that lives has it."""
        first = lease = await self._try()
        if lease.holder == self.holder:
            return
        other = Process.read(lease.holder)
        if other.machine == self._me.machine:
            if other.lives():
                raise LeaseLost(
                    f"Djeli runs already with this database (process {other.pid}); stop it first."
                )
            await self._rob(lease)
            return
        log.warning("waiting for the lease of an instance on another machine (%s)", other.host)
        for _ in range(int(LASTS.total_seconds() / _WATCHED)):
            await self._sleep(_WATCHED)
            lease = await self._try()
            if lease.holder == self.holder:
                return
            if (lease.holder, lease.renewed) != (first.holder, first.renewed):
                raise LeaseLost(f"Djeli runs already with this database, on {other.host}; stop it first.")
        await self._rob(lease)

    async def keep(self) -> None:
        """Renew it for ever; raises LeaseLost when somebody else has it."""
        while True:
            await self._sleep(_RENEWED)
            try:
                lease = await self._try()
            except JobFailed as error:  # a full or locked disk: nobody else can take it either
                log.warning("the lease could not be renewed: %s", error)
                continue
            if lease.holder != self.holder:
                raise LeaseLost("Another instance of Djeli sends with this database now; this one stops.")

    async def give_back(self) -> None:
        """The next start need not wait."""
        await asyncio.to_thread(self._store.release_lease, NAME, self.holder)

    async def _try(self) -> Lease:
        now = self._clock()
        return await asyncio.to_thread(self._store.take_lease, NAME, self.holder, now, now + LASTS)

    async def _rob(self, lease: Lease) -> None:
        now = self._clock()
        held = await asyncio.to_thread(self._store.rob_lease, lease, self.holder, now, now + LASTS)
        if held.holder != self.holder:
            raise LeaseLost("Another instance of Djeli began to send with this database; this one stops.")
