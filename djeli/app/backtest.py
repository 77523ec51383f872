"""A stream of articles from a file, judged offline: each at its own time, in order of time."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from djeli.app.judging import Judging, judged
from djeli.core.errors import UserError
from djeli.core.model import Alert, Article, Judgement
from djeli.core.ports import Kept, Store

Detect = Callable[[str, str, str | None], str]  # title, text, declared language → language

UNNAMED = "unnamed"  # the outlet of an article that came without one


@dataclass(frozen=True, slots=True)
class Given:
    """One line of the input: its name and the article it describes."""

    name: str
    article: Article


@dataclass(frozen=True, slots=True)
class Judged:
    """One line of the output: what was decided and what the chats would have got."""

    given: Given
    judgement: Judgement
    alerts: tuple[Alert, ...]


def read_articles(name: str, text: str, detect: Detect) -> list[Given]:
    """The articles of a JSONL text; UserError names file and line of the first fault.

    Only `title` and `published` are required; unknown keys are ignored; `id` is any scalar and
    defaults to the line's number; a date or a time without zone is UTC.
    """
    given = []
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        if line.strip():
            try:
                given.append(_given(line, number, detect))
            except ValueError as error:
                raise UserError(f"{name}:{number}: {error}") from None
    if not given:
        raise UserError(f"{name}: holds no articles; each line is one article as a JSON object")
    return given


def run(
    given: Sequence[Given],
    judge: Judging,
    store: Store,
    owed: Callable[[Judgement, datetime], tuple[Alert, ...]],
) -> Iterator[tuple[int, Judged]]:
    """Judge in order of time (same time: order of input); yields (place in the input, result)."""
    for place in sorted(range(len(given)), key=lambda place: given[place].article.published):
        article = given[place].article
        judgement = judged(article, judge, store, article.published)
        alerts = owed(judgement, article.published)
        store.keep(Kept(judgement, alerts=alerts), article.published)
        spoken = tuple(alert for alert in alerts if alert.plain)  # not the edits without a word
        yield place, Judged(given[place], judgement, spoken)


def _given(line: str, number: int, detect: Detect) -> Given:
    try:
        fields = json.loads(line)
    except json.JSONDecodeError as error:
        raise ValueError(f"is not JSON: {error.msg} at column {error.colno}") from None
    except RecursionError:
        raise ValueError("is not JSON that can be read: it is nested too deep") from None
    if not isinstance(fields, dict):
        raise ValueError("must be a JSON object with at least 'title' and 'published'")
    title, text = _text(fields, "title", required=True), _text(fields, "text")
    published = moment(_text(fields, "published", required=True))
    declared = _text(fields, "lang").strip().lower()[:2] or None
    article = Article(
        id=f"line-{number}",
        url=_text(fields, "url"),
        title=title,
        text=text,
        lang=detect(title, text, declared) if declared is None else declared,
        outlet=_text(fields, "outlet") or UNNAMED,
        published=published,
        first_seen=published,
        text_from="page" if text else "title",
    )
    return Given(_name(fields.get("id"), number), article)


def _text(fields: dict[str, Any], key: str, required: bool = False) -> str:
    value = fields.get(key)
    if value is None and not required:
        return ""
    if value is None:
        raise ValueError(f"has no '{key}'")
    if not isinstance(value, str):
        raise ValueError(f"'{key}' must be text, not {json.dumps(value)[:40]}")
    if required and not value.strip():
        raise ValueError(f"'{key}' is empty")
    return value


def _name(value: object, number: int) -> str:
    if value is None:
        return str(number)
    if isinstance(value, str):
        return value
    if isinstance(value, (bool, int, float)):
        return json.dumps(value)
    raise ValueError("'id' must be text or a number")


def moment(text: str) -> datetime:
    """A date (its midnight) or a time, in UTC when it names no zone; ValueError otherwise."""
    try:
        if len(text.strip()) == 10:
            return datetime.combine(date.fromisoformat(text.strip()), time(), UTC)
        at = datetime.fromisoformat(text.strip())
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError(
            f"'published' is {text[:40]!r}; write a date or a time like 2027-02-08 or 2027-02-08T09:30:00Z"
        ) from None
