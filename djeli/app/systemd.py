"""What systemd is told of a service of `Type=notify`: ready, alive, stopping. Elsewhere nothing happens."""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping
from contextlib import suppress


def notify(state: str, environment: Mapping[str, str] = os.environ) -> bool:
    """Say `READY=1`, `WATCHDOG=1`, `STOPPING=1` or `STATUS=…`; whether anybody was there to hear it."""
    address = environment.get("NOTIFY_SOCKET", "")
    if not address.startswith(("/", "@")):
        return False
    name = "\0" + address[1:] if address.startswith("@") else address  # Linux's abstract sockets
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as to:
        to.setblocking(False)  # nobody waits for somebody who does not listen
        to.connect(name)
        to.sendall(state.encode())
        return True
    return False


def watched_every(environment: Mapping[str, str] = os.environ) -> float | None:
    """Seconds after which systemd takes a silent service for dead; None when it does not watch this one."""
    with suppress(ValueError):
        micro = int(environment.get("WATCHDOG_USEC", "0"))
        mine = environment.get("WATCHDOG_PID") in (None, "", str(os.getpid()))
        return micro / 1_000_000 if micro > 0 and mine else None
    return None
