"""Backtest: what counts as an article line, in which order it is judged, what is said of bad input."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from djeli.app import backtest
from djeli.core.errors import UserError
from djeli.core.model import Decision
from storage.store import SqlStore, open_store
from tests import corpus
from tests.house_fakes import TitleJudge


def detect(title: str, text: str, declared: str | None) -> str:
    return declared or "en"


@pytest.fixture
def store() -> Iterator[SqlStore]:
    opened = open_store("sqlite://")
    yield opened
    opened.close()


def line(**fields: object) -> str:
    return json.dumps({"title": "new tanks", "published": "2027-02-08"} | fields)


def read(*lines: str) -> list[backtest.Given]:
    return backtest.read_articles("in.jsonl", "\n".join(lines), detect)


def test_only_title_and_published_are_needed() -> None:
    (given_,) = read(line())
    assert given_.name == "1"
    assert given_.article.published == datetime(2027, 2, 8, tzinfo=UTC)
    assert given_.article.lang == "en"


def test_blank_lines_and_unknown_keys_do_no_harm_and_ids_keep_their_form() -> None:
    found = read("", line(id=7), line(id="x", mood="good"), line(id=True), line())
    assert [one.name for one in found] == ["7", "x", "true", "5"]


@pytest.mark.parametrize(
    ("published", "moment"),
    [
        ("2027-02-08T09:30:00Z", datetime(2027, 2, 8, 9, 30, tzinfo=UTC)),
        ("2027-02-08T09:30:00+03:00", datetime(2027, 2, 8, 6, 30, tzinfo=UTC)),
        ("2027-02-08 09:30", datetime(2027, 2, 8, 9, 30, tzinfo=UTC)),
    ],
)
def test_a_time_without_zone_is_utc(published: str, moment: datetime) -> None:
    assert read(line(published=published))[0].article.published == moment


@pytest.mark.parametrize(
    ("bad", "sentence"),
    [
        ("{", "in.jsonl:2: is not JSON"),
        ("[1]", "in.jsonl:2: must be a JSON object"),
        ('{"published": "2027-02-08"}', "in.jsonl:2: has no 'title'"),
        ('{"title": "a"}', "in.jsonl:2: has no 'published'"),
        (line(title=" "), "in.jsonl:2: 'title' is empty"),
        (line(title=5), "in.jsonl:2: 'title' must be text, not 5"),
        (line(text=["a"]), "in.jsonl:2: 'text' must be text"),
        (line(published="8 February"), "in.jsonl:2: 'published' is '8 February'; write a date"),
        (line(published="2027-02-30"), "in.jsonl:2: 'published' is '2027-02-30'"),
        (line(published="0001-01-01T00:00:00+10:00"), "in.jsonl:2: 'published' is"),
        (line(id=[1]), "in.jsonl:2: 'id' must be text or a number"),
        ("[" * 100_000, "in.jsonl:2: is not JSON"),
    ],
)
def test_a_bad_line_is_named_with_its_number(bad: str, sentence: str) -> None:
    with pytest.raises(UserError) as caught:
        read(line(), bad)
    assert str(caught.value).startswith(sentence)


def test_a_file_without_articles_is_an_error() -> None:
    with pytest.raises(UserError, match="holds no articles"):
        read("", " ")


def test_articles_are_judged_by_time_and_of_the_same_time_by_their_order(store: SqlStore) -> None:
    judge = TitleJudge()
    found = read(
        line(title="more tanks", published="2027-02-09"),
        line(title="new tanks", published="2027-02-08"),
        line(title="quiet talks", published="2027-02-08"),
    )
    results = dict(backtest.run(found, judge, store, lambda judgement, now: ()))
    assert judge.order == ["new tanks", "quiet talks", "more tanks"]
    assert results[0].judgement.decision is Decision.UPDATE
    assert results[0].judgement.verdicts[0].story in ("S1", "S2")
    assert results[1].judgement.verdicts[0].story == "S1"


@given(st.text(max_size=200))
def test_no_text_ends_in_anything_but_articles_or_a_sentence(text: str) -> None:
    with suppress(UserError):
        backtest.read_articles("in.jsonl", text, detect)


def test_the_verdicts_do_not_hang_on_the_order_of_sets(tmp_path: Path) -> None:
    """Python orders sets of names by a seed of the process; sums and lists must not follow it."""
    lines = (corpus.HERE / "retellings.jsonl").read_text(encoding="utf-8").splitlines()
    told = [line for line in lines if json.loads(line)["fact"] in ("F101", "F107", "F108", "F111", "F143")]
    articles = tmp_path / "articles.jsonl"
    articles.write_text("\n".join(told), encoding="utf-8")
    command = [sys.executable, "-m", "djeli", "backtest", str(articles), "--json"]
    seeds = [
        subprocess.run(command, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True)
        for seed in ("1", "4")
    ]
    assert seeds[0].stdout == seeds[1].stdout
    assert seeds[0].stdout.count(b"\n") > len(told) / 2
