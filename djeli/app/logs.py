"""How the log is written: lines for people, or one JSON object a line for programs (`DJELI_LOG=json`)."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Mapping
from datetime import UTC, datetime

from djeli.core.errors import UserError

LOG = "DJELI_LOG"
_LINE = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_STYLES = ("text", "json")
_ALWAYS_THERE = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class JsonLines(logging.Formatter):
    """One object a line: at, level, logger, message, error; and whatever was given as `extra`."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as JSON; what cannot be written as JSON is written as text."""
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info and not record.exc_text:
            record.exc_text = self.formatException(record.exc_info)
        if record.exc_text:
            line["error"] = record.exc_text
        line |= {key: value for key, value in vars(record).items() if key not in _ALWAYS_THERE}
        return json.dumps(line, ensure_ascii=False, default=str)


def begin(environment: Mapping[str, str] = os.environ) -> None:
    """Log to standard error from now on, as the environment says; UserError for a word it cannot mean."""
    style = environment.get(LOG, "") or "text"
    if style not in _STYLES:
        raise UserError(f"{LOG} is '{style}'; write text or json")
    logging.basicConfig(level=logging.INFO, format=_LINE)
    if style == "json":
        for handler in logging.getLogger().handlers:
            handler.setFormatter(JsonLines())
    for name in ("alembic", "apscheduler"):  # they speak of every step they take
        logging.getLogger(name).setLevel(logging.WARNING)
