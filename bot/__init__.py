"""The room that talks: cards, digests, answers, the sender and the Telegram edge."""

import sys

# Where rich is installed, httpx brings its command line along: 2 MB that nobody calls here.
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]  # None bars a module
