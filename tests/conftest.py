"""With DJELI_TOKEN_HUNT (`make test` sets it) the suite logs at DEBUG and ends by looking for the token.

In the log of each of its processes, and in every file that a test left: databases, backups, dumps,
configurations, what commands printed. The suite fails where the token is found.
"""

from __future__ import annotations

import logging
import os
from pathlib import Path

import httpcore  # noqa: F401 - httpx loads it at its first client, perhaps while Python is cleaning up
import pytest
from hypothesis import HealthCheck, settings

from bot import secrets
from tests.token_hunt import found_under

# How long an example takes says how busy the machine is: `timeout` of pytest ends what hangs.
settings.register_profile("busy machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy machine")

_HUNTS = bool(os.environ.get("DJELI_TOKEN_HUNT"))
_TALKATIVE = ("httpx", "httpcore", "telegram", "bot", "djeli", "monitors", "storage", "baseline")
_LOG = "djeli-tests.log"  # one for each process of tests, in its temporary folder


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    if _HUNTS:
        secrets.install(logging.getLogger())
        handler = logging.FileHandler(_folder(config) / _LOG, encoding="utf-8")
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        logging.getLogger().addHandler(handler)


def pytest_runtest_setup(item: pytest.Item) -> None:
    if _HUNTS:  # each run of a command makes the libraries quiet again
        for name in _TALKATIVE:
            logging.getLogger(name).setLevel(logging.DEBUG)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    if not _HUNTS or hasattr(session.config, "workerinput"):
        return  # who gave out the tests looks, when all processes have ended: their folders are in its own
    folder = _folder(session.config)
    logs = list(folder.rglob(_LOG))
    lines = sum(sum(1 for _ in log.open("rb")) for log in logs)
    hits = found_under(folder)
    print(f"\nThe token, in {lines} lines of log and in every file that the tests left: {hits or 'nowhere'}.")
    if hits:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
    else:
        for log in logs:
            log.unlink()


def _folder(config: pytest.Config) -> Path:
    """Where a process of tests leaves its files."""
    folder: Path = config._tmp_path_factory.getbasetemp()
    return folder
