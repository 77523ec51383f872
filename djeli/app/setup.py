"""`djeli init`: a ready configuration, written once and never over another one."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from djeli.app.config import DEFAULT_WATCH_NAMES, DEFAULT_WATCHES, DEFAULT_ZONE, read_text
from djeli.app.durations import written
from djeli.app.faults import Vocabulary
from djeli.core.errors import UserError
from djeli.core.model import Feed


@dataclass(frozen=True, slots=True)
class Answers:
    """What the user said; everything has a default."""

    language: str = "en"
    timezone: str = DEFAULT_ZONE
    admins: tuple[int, ...] = ()
    chats: tuple[int, ...] = ()
    token_file: str | None = None
    digest: tuple[str, ...] = ("07:00", "18:00")
    quiet: str | None = "22:00-06:00"


def write_config(path: Path, answers: Answers, feeds: Iterable[Feed], vocabulary: Vocabulary) -> None:
    """Write `djeli.toml`; UserError when there is one already or an answer is not legal."""
    text = config_text(answers, feeds, sorted(vocabulary.types))
    read_text(path, text, vocabulary, {})  # the answers are the user's: the same checks, the same words
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise UserError(
            f"{path}: exists already and is left as it is; remove it first, or name another"
        ) from None
    except OSError as error:
        raise UserError(f"{path}: cannot be written ({error.strerror})") from None


def write_token(path: Path, token: str) -> None:
    """Write a token file that only its owner can read; UserError when it exists already."""
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(token.strip() + "\n")
    except FileExistsError:
        raise UserError(f"{path}: exists already and is left as it is") from None
    except OSError as error:
        raise UserError(f"{path}: cannot be written ({error.strerror})") from None


def config_text(answers: Answers, feeds: Iterable[Feed], types: Sequence[str]) -> str:
    """The text of the configuration, with what is optional shown as comments."""
    parts = [_head(answers), _telegram(answers), _chats(answers), _watch(types)]
    parts.append(_MONITOR)
    parts.extend(feed_text(feed) for feed in feeds)
    return "\n".join(parts)


def feed_text(feed: Feed) -> str:
    """One `[[feed]]` table."""
    lines = ["[[feed]]", f"url = {quoted(feed.url)}", f"outlet = {quoted(feed.outlet)}"]
    if written(feed.every) != "15m":
        lines.append(f"every = {quoted(written(feed.every))}")
    if feed.read.value != "auto":
        lines.append(f"read = {quoted(feed.read.value)}")
    return "\n".join(lines) + "\n"


def _head(answers: Answers) -> str:
    return (
        "# Djeli's configuration. Every key: docs/configuration.md. `djeli check` names every mistake.\n"
        f"language = {quoted(answers.language)}  # of the messages: en, fr, ru\n"
        f"timezone = {quoted(answers.timezone)}\n"
        '# database = "postgresql+psycopg://…"  # default: djeli.db beside this file\n'
    )


def _telegram(answers: Answers) -> str:
    admins = f"admins = {list(answers.admins)}  # ids of users who may ask in any chat and change things\n"
    if answers.token_file:
        return f"[telegram]\n{admins}token_file = {quoted(answers.token_file)}\n"
    return f'[telegram]\n{admins}# token_file = "token"  # or set DJELI_TELEGRAM_TOKEN\n'


def _chats(answers: Answers) -> str:
    chats = answers.chats or (-1001000000001,)
    text = "\n".join(
        f"[[chat]]\nid = {chat}\nwatches = {_list(DEFAULT_WATCH_NAMES)}\ndigest = {_list(answers.digest)}\n"
        + (f"quiet = {quoted(answers.quiet)}  # what is not critical waits\n" if answers.quiet else "")
        + "# thread = 7  # forum topic\n"
        for chat in chats
    )
    if answers.chats:
        return text
    commented = "".join(f"# {line}\n" for line in text.splitlines())
    return (
        "# No chat is named here: one is added by a code (`djeli chats pair`), which is written to the bot\n"
        "# while `djeli run` is running. A table like this one gives it watches and hours of its own.\n"
        f"{commented}"
    )


def _watch(types: Sequence[str]) -> str:
    listed = "".join(f"#   {quoted(type_)},\n" for type_ in types)
    beat, neighbours = DEFAULT_WATCHES
    return (
        f"[[watch]]\nname = {quoted(beat.name)}\nkeywords = {_list(beat.keywords)}\n"
        "# More words: `djeli watch suggest WORD`; how they are written: docs/configuration.md.\n"
        "# Pushed at once; the other types go to the digest. Without `types`: by priority.\n"
        f"# types = [\n{listed}# ]\n\n"
        f"[[watch]]  # what happens next door\nname = {quoted(neighbours.name)}\n"
        f"types = {_list(neighbours.types or ())}\ncountries = {_list(neighbours.countries)}\n"
    )


_MONITOR = '[monitor]\nfirst_look = "quiet"  # what a feed shows when first seen: one summary; or "tell"\n'


def _list(words: Iterable[str]) -> str:
    return f"[{', '.join(map(quoted, words))}]"


def quoted(text: str) -> str:
    """A basic string of TOML."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")  # JSON lets DEL pass, TOML not
