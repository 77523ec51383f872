"""The peer's side of the polling benchmark, run in its own environment: it needs only `reader`.

`python tests/bench_reader.py DATABASE PORT COUNT`: one look at every feed; prints one line of JSON.
"""

from __future__ import annotations

import json
import sys

from reader import make_reader

WORKERS = 10


def main() -> None:
    database, port, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    reader = make_reader(database)
    for number in range(count):
        reader.add_feed(f"http://127.0.0.1:{port}/feed/{number}", exist_ok=True)
    reader.update_feeds(workers=WORKERS, scheduled=False)
    failed = reader.get_feed_counts(broken=True).total
    print(json.dumps({"entries": reader.get_entry_counts().total, "failed": failed}))


if __name__ == "__main__":
    main()
