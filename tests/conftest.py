"""With DJELI_TOKEN_HUNT (`make test` sets it) the suite logs at DEBUG and ends by looking for the token.

In the log, and in every file that a test left: databases, backups, dumps, configurations, what
commands printed. The suite fails where the token is found.
"""

from __future__ import annotations

import logging
import os
import tempfile
from pathlib import Path

import pytest

from bot import secrets
from tests.token_hunt import found_in, found_under

_HUNTS = bool(os.environ.get("DJELI_TOKEN_HUNT"))
_TALKATIVE = ("httpx", "httpcore", "telegram", "bot", "djeli", "monitors", "storage", "baseline")
_LOG = Path(tempfile.gettempdir()) / f"djeli-tests-{os.getpid()}.log"


def pytest_configure(config: pytest.Config) -> None:
    if _HUNTS:
        secrets.install(logging.getLogger())
        handler = logging.FileHandler(_LOG, encoding="utf-8")
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        logging.getLogger().addHandler(handler)


def pytest_runtest_setup(item: pytest.Item) -> None:
    if _HUNTS:  # each run of a command makes the libraries quiet again
        for name in _TALKATIVE:
            logging.getLogger(name).setLevel(logging.DEBUG)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    if not _HUNTS:
        return
    factory = getattr(session.config, "_tmp_path_factory", None)
    hits = found_under(factory.getbasetemp()) if factory else []
    hits += [f"{_LOG}: {way}" for way in found_in(_LOG.read_bytes())]
    lines = sum(1 for _ in _LOG.open(encoding="utf-8", errors="replace"))
    print(f"\nThe token, in {lines} lines of log and in every file that the tests left: {hits or 'nowhere'}.")
    if hits:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
    else:
        _LOG.unlink()
