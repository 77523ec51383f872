"""500 senders killed at random with faults in the network, and one at every fail point (make soak-delivery).

    python -m tests.soak_delivery [KILLS] [SEED]

4 % of what is sent meets a fault: the connection is closed before or after the message was accepted, a
gateway says 502, or nobody answers. Nothing may be lost, nothing repeated without saying so, the order
of a chat's cards has to be kept, and the database has to be sound.
"""

from __future__ import annotations

import json
import random
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.telegram_server import Params, TelegramServer

ROOT = Path(__file__).parents[1]
FAULTS = ("close_before", "close_after", "502", "hang_before", "hang_after")
SHARE = 0.04
MARK = "↻ may repeat"
Owed = Mapping[int, tuple[int, str]]  # number: chat and kind
_NUMBER = re.compile(r"⟦(\d+)⟧")


@dataclass(frozen=True)
class Report:
    """What became of what was owed."""

    owed: int
    lost: list[int]
    unmarked: list[int]  # told again without the mark
    marked: int
    disordered: list[int]  # chats
    dead: int
    sound: str
    faults: int
    packed: int  # cards told together with others

    @property
    def fine(self) -> bool:
        return not (self.lost or self.unmarked or self.disordered) and self.sound == "ok"

    def __str__(self) -> str:
        return (
            f"owed {self.owed}, lost {len(self.lost)}, repeated without mark {len(self.unmarked)}, "
            f"repeated with mark {self.marked}, chats out of order {len(self.disordered)}, "
            f"given up {self.dead}, told together {self.packed}, faults {self.faults}, database {self.sound}"
        )


def trial(folder: Path, *how: str, seed: int = 1, share: float = SHARE, timeout: float = 3_000) -> Report:
    """Have senders killed, then compare what was owed with what the readers saw."""
    database = folder / f"{how[0]}.db"
    chance, met = random.Random(seed), Counter[str]()

    def fault(method: str, params: Params) -> str | None:
        if method not in ("sendmessage", "editmessagetext") or chance.random() >= share:
            return None
        kind = chance.choice(FAULTS)
        met[kind] += 1
        return kind

    with TelegramServer() as server:
        server.faults = fault
        command = [
            sys.executable,
            "-m",
            "tests.delivery_kills",
            f"sqlite:///{database}",
            server.base_url,
            *how,
        ]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=timeout)
        assert done.returncode == 0, done.stderr[-4_000:]
        sys.stderr.write(done.stderr)
        owed = {int(number): (chat, kind) for number, (chat, kind) in json.loads(done.stdout).items()}
        return compare(owed, server, database, met.total())


def compare(
    owed: Mapping[int, tuple[int, str]], server: TelegramServer, database: Path, faults: int
) -> Report:
    """What was owed beside what each chat saw."""
    kept = _committed(database)
    seen: dict[int, list[str]] = defaultdict(list)  # number: the messages it stands in
    order: dict[tuple[int, bool], list[int]] = defaultdict(list)
    packed = 0
    for message in server.messages:
        found = [int(number) for number in _NUMBER.findall(message["first"])]
        packed += len(found) if len(found) > 1 else 0
        for number in found:
            chat, kind = owed[number]
            assert message["chat_id"] == chat
            overtakes = number in kept.critical or kind == "answer"
            if not seen[number] and number in kept and not overtakes:
                order[chat, kind == "digest"].append(number)
            seen[number].append(message["first"])
    again = {number: texts[1:] for number, texts in seen.items()}
    return Report(
        owed=len(kept.numbers),
        lost=sorted(kept.numbers - set(seen)),
        unmarked=[n for n, texts in again.items() if not all(text.startswith(MARK) for text in texts)],
        marked=sum(map(len, again.values())),
        disordered=sorted({chat for (chat, _), numbers in order.items() if numbers != sorted(numbers)}),
        dead=kept.dead,
        sound=kept.sound,
        faults=faults,
        packed=packed,
    )


@dataclass(frozen=True)
class _Kept:
    numbers: set[int]
    critical: set[int]
    dead: int
    sound: str

    def __contains__(self, number: int) -> bool:
        return number in self.numbers


def _committed(database: Path) -> _Kept:
    """What the database holds: a sender that was killed before it owed something owes nothing."""
    connection = sqlite3.connect(database)
    told = connection.execute("SELECT kind, story, revision, part, critical, state FROM outbox").fetchall()
    numbers, critical = set(), set()
    for kind, story, revision, part, is_critical, _ in told:
        if kind in ("notice", "edit"):
            continue
        number = revision or int(re.sub(r"\D", "", story)) + part
        numbers.add(number)
        critical.update({number} if is_critical else ())
    sound = connection.execute("PRAGMA integrity_check").fetchone()[0]
    odd = connection.execute("PRAGMA foreign_key_check").fetchall()
    states = Counter(row[-1] for row in told)
    left = {state: n for state, n in states.items() if state not in ("sent", "dead")}
    connection.close()
    return _Kept(
        numbers, critical, states["dead"], sound if not odd and not left else f"{sound} {odd} {left}"
    )


def main(kills: str = "500", seed: str = "1") -> None:
    """Both ways of dying; exit 1 when something was lost, repeated in silence or disordered."""
    fine = True
    for how, share in ((("random", kills, seed), SHARE), (("points", "1"), 0.0), (("points", "1"), SHARE)):
        begun = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="djeli-soak-") as folder:
            report = trial(Path(folder), *how, seed=int(seed), share=share)
        print(f"{how[0]} (faults {share:.0%}): {report}; {time.monotonic() - begun:.0f} s", flush=True)
        fine = fine and report.fine
    sys.exit(0 if fine else 1)


if __name__ == "__main__":
    main(*sys.argv[1:])
