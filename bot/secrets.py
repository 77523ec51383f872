"""The token stays secret: read from the environment or a private file, and never in a log."""

from __future__ import annotations

import logging
import re
import stat
import sys
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path

from djeli.core.errors import UnsafeSecrets, UserError

TOKEN = "DJELI_TELEGRAM_TOKEN"
TOKEN_FILE = "DJELI_TELEGRAM_TOKEN_FILE"
HIDDEN = "<token>"

_TOKEN = re.compile(r"\d{6,}(?::|%3A)[A-Za-z0-9_-]{30,}", re.IGNORECASE)
_LOUD = ("httpx", "httpcore", "telegram")  # httpx logs every address, and the token is in it


def token_from(environment: Mapping[str, str]) -> str | None:
    """The bot's token from the environment, else from the file it names, else None.

    Raises UnsafeSecrets for a file that others can read, UserError for one that is missing or for
    something that cannot be a token (which is not repeated in the message).
    """
    token = environment.get(TOKEN, "").strip()
    origin = TOKEN
    if not token and environment.get(TOKEN_FILE):
        path = Path(environment[TOKEN_FILE])
        token, origin = _read(path), str(path)
    if not token:
        return None
    if not re.fullmatch(r"[1-9]\d*:\S{1,70}", token):
        raise UserError(f"{origin} does not hold a bot token (it looks like 123456:ABC…, from @BotFather)")
    return token


def _read(path: Path) -> str:
    if not path.is_file():
        raise UserError(f"{TOKEN_FILE} names {path}, which is not a file")
    check_private(path)
    token = path.read_text(encoding="utf-8", errors="replace").strip()
    if not token:
        raise UserError(f"{path} is empty, but {TOKEN_FILE} says that it holds the bot's token")
    return token


def check_private(path: Path) -> None:
    """Raises UnsafeSecrets unless only the owner may read and write the file."""
    mode = stat.S_IMODE(path.stat().st_mode)
    if sys.platform != "win32" and mode & 0o077:
        raise UnsafeSecrets(f"{path} can be read by others (mode {mode:03o}); do: chmod 600 {path}")


def redact(text: str) -> str:
    """The text with every token in it replaced."""
    return _TOKEN.sub(HIDDEN, text)


class TokenFilter(logging.Filter):
    """Takes tokens out of a record: message, arguments, exception and stack."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Clean the record in place; it is always let through."""
        try:
            message = record.getMessage()
        except Exception:  # wrong arguments: logging reports it itself, with the raw message
            message = f"{record.msg} {record.args}"
        if _TOKEN.search(message):
            record.msg, record.args = redact(message), None
        if record.exc_info and record.exc_info[0] is not None and not record.exc_text:
            text = "".join(traceback.format_exception(*record.exc_info)).rstrip("\n")
            if _TOKEN.search(text):
                record.exc_text, record.exc_info = redact(text), None
        if record.exc_text:
            record.exc_text = redact(record.exc_text)
        if record.stack_info:
            record.stack_info = redact(record.stack_info)
        return True


def install(root: logging.Logger) -> Callable[[], None]:
    """Keep tokens out of everything that is logged from now on; returns a function that undoes it.

    A filter on a logger does not see the records of its children, so records are cleaned where they
    are born; the handlers of `root` clean once more what was added later (`extra`).
    """
    clean = TokenFilter()
    born = logging.getLogRecordFactory()

    def factory(*args: object, **kwargs: object) -> logging.LogRecord:
        record: logging.LogRecord = born(*args, **kwargs)
        clean.filter(record)
        return record

    logging.setLogRecordFactory(factory)
    for handler in root.handlers:
        handler.addFilter(clean)
    for name in _LOUD:
        logging.getLogger(name).setLevel(logging.WARNING)

    def undo() -> None:
        logging.setLogRecordFactory(born)
        for handler in root.handlers:
            handler.removeFilter(clean)

    return undo
