"""20,000 hostile cards and digests to the strict server: none refused, no link and no call forged.

make soak-cards
"""

from __future__ import annotations

import asyncio
import sys
import time
from datetime import UTC, datetime

from bot.outcomes import Became
from bot.telegram import Telegram
from tests.hostile_cards import Author, check
from tests.telegram_server import TOKEN, TelegramServer

_AT_ONCE = 8


async def send_all(server: TelegramServer, count: int) -> tuple[int, int]:
    """Write and send so many; how many messages it were and how many were refused."""
    telegram = Telegram(TOKEN, server.base_url, clock=lambda: datetime.now(UTC))
    seeds = iter(range(count))
    messages = refused = 0

    async def work() -> None:
        nonlocal messages, refused
        for seed in seeds:
            written = Author(seed).write()
            check(written)
            for card in written.parts:
                outcome = await telegram.messenger.send(42, card.html, html=True)
                messages += 1
                refused += outcome.became is not Became.SENT
                if outcome.became is not Became.SENT:
                    print(f"seed {seed}: {outcome.detail}", flush=True)
            server.messages.clear()

    try:
        await asyncio.gather(*(work() for _ in range(_AT_ONCE)))
    finally:
        await telegram.close()
    return messages, refused


def main(count: int) -> int:
    """Print the figures; 1 when anything was refused."""
    begun = time.monotonic()
    with TelegramServer() as server:
        messages, refused = asyncio.run(send_all(server, count))
    took = time.monotonic() - begun
    print(f"{count} cards and digests, {messages} messages, refused {refused}, in {took:.0f} s")
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000))
