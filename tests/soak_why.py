"""`python -m tests.soak_why [COUNT]`: asks the ledger about every article of a long backtest (2,000)."""

from __future__ import annotations

import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from djeli.app import wiring
from storage.store import open_store
from tests.why_parts import composed, told_apart

_EVER = datetime(1970, 1, 1, tzinfo=UTC)


def main() -> None:
    """Print every article of which the ledger says otherwise than `explain` did; exit 1 if there is one."""
    count, began = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000, time.monotonic()
    house, given = wiring.open_house(None), composed(count)
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{Path(folder) / 'why.db'}")
        try:
            found = list(told_apart(given, house, store))
            decided = store.counts(_EVER)
        finally:
            store.close()
    for line in found:
        print(line)
    print(f"articles {len(given)}, {decided}; differences {len(found)}; {time.monotonic() - began:.0f} s")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
