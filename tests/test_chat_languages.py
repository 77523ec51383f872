"""Chats of one Djeli may speak different languages: each gets its reasons in its own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest

from baseline.language import detect
from bot import replies
from bot.asking import Asking, Question, Sources
from bot.replies import StatusView
from djeli.app import config as configuration
from djeli.app.backtest import read_articles
from djeli.app.judging import judged
from djeli.app.wiring import House, furnish, load_knowledge
from djeli.core.model import Chat
from djeli.core.ports import Kept
from djeli.core.words import LANGUAGES
from storage.records import verdict_from_text, verdict_text
from storage.store import SqlStore, open_store

WATCHES = configuration.DEFAULT_WATCH_NAMES
CHATS = tuple(Chat(place + 1, WATCHES, language=lang) for place, lang in enumerate(LANGUAGES))
NEWS = (
    ("2027-02-08T10:20:00Z", "Eleven Russian T-72 tanks delivered to Malian army in Bamako",
     "Russia delivered eleven T-72 tanks to the Malian armed forces in Bamako on Monday 8 February 2027."),
    ("2027-02-08T16:15:00Z", "Mali army says fourteen T-72 tanks were delivered in Bamako",
     "The convoy of Russian armour delivered on Monday 8 February 2027 in Bamako counts fourteen T-72 tanks, "
     "the Malian army said."),
)  # fmt: skip


@pytest.fixture(scope="module")
def house() -> House:
    return furnish(replace(configuration.default_config(), chats=CHATS), load_knowledge())


@pytest.fixture
def store() -> Iterator[SqlStore]:
    opened = open_store("sqlite://")
    yield opened
    opened.close()


def hear(house: House, store: SqlStore) -> list[dict[str, str]]:
    """What each chat is owed for each article, by language."""
    lines = [json.dumps({"published": at, "title": title, "text": text}) for at, title, text in NEWS]
    told = []
    for given in read_articles("news", "\n".join(lines), detect):
        now = given.article.published
        judgement = judged(given.article, house.judge, store, now)
        alerts = house.teller(store).owed(judgement, now)
        store.keep(Kept(judgement, alerts=alerts), now)
        told.append({LANGUAGES[alert.chat - 1]: alert.plain for alert in alerts})
    return told


def test_each_chat_gets_the_reason_in_its_language(house: House, store: SqlStore) -> None:
    new, more = hear(house, store)
    assert "Why new: Delivery (handed over), Bamako on 8 February 2027" in new["en"]
    assert "Livraison (remise), Bamako le 8 février 2027" in new["fr"]
    assert "Поставка (передана), Бамако, 8 февраля 2027" in new["ru"]
    assert "was 11 tanks (T-72) · now 14 tanks (T-72)" in more["en"]
    assert "avant 11 chars (T-72) · maintenant 14 chars (T-72)" in more["fr"]
    assert "было танки: 11 (T-72) · стало танки: 14 (T-72)" in more["ru"]
    assert "Изменилась цифра" in more["ru"]


def test_the_words_are_kept_for_later_edits(house: House, store: SqlStore) -> None:
    hear(house, store)
    verdicts = [line.verdict for line in store.ledger("S1") if line.verdict]
    assert {said.language for verdict in verdicts for said in verdict.also} == {"fr", "ru"}
    for verdict in verdicts:
        assert verdict_from_text(verdict_text(verdict)) == verdict
        assert verdict.said_in("en") == verdict
        assert "танк" in verdict.said_in("ru").because or "Поставка" in verdict.said_in("ru").because
    edits = [store.outbox_row(number) for number in range(1, 7)]
    revised = [row.alert.edit_html for row in edits if row and row.alert.chat == 3 and row.alert.edit_html]
    assert revised
    assert "было" in revised[0]
    assert "Поставка (передана)" in revised[0]


def test_the_words_of_a_language_are_those_of_a_judge_who_speaks_it(house: House, store: SqlStore) -> None:
    hear(house, store)
    verdicts = {line.verdict for line in store.ledger("S1") if line.verdict}
    for language in ("fr", "ru"):
        native, past = (
            furnish(replace(house.config, language=language), house.knowledge),
            open_store("sqlite://"),
        )
        hear(native, past)
        theirs = [line.verdict for line in past.ledger("S1") if line.verdict]
        past.close()
        words = {(one.rule, one.because, one.was, one.now) for one in theirs}
        assert {(v.rule, v.said_in(language).because, v.said_in(language).was, v.said_in(language).now)
                for v in verdicts} == words  # fmt: skip


FOOTBALL = ("2027-02-08T10:20:00Z", "Mali wins a football match", "2-1.")
OPINION = (
    "2027-02-08T10:20:00Z",
    "Mali may one day buy Russian T-72 tanks, analysts say",
    "Mali could buy Russian T-72 tanks some day, analysts in Bamako said on Monday.",
)
ARABIC = (
    "2027-02-08T10:20:00Z",
    "وصول دبابات روسية إلى باماكو عاصمة مالي",
    "وصلت دبابات روسية إلى باماكو عاصمة مالي.",
)


@pytest.mark.parametrize("news", [FOOTBALL, OPINION, ARABIC])
def test_why_answers_in_the_language_of_the_chat_that_asks(
    house: House, store: SqlStore, news: tuple[str, str, str]
) -> None:
    at, title, text = news
    line = json.dumps({"published": at, "title": title, "text": text})
    (given,) = read_articles("news", line, detect)
    now = given.article.published
    store.keep(Kept(judged(given.article, house.judge, store, now)), now)
    sources = Sources(
        facts=lambda words: [],
        status=lambda: StatusView("1"),
        reason_in=lambda language, said, lang: house.judge.reason_in(language, said, lang),
    )
    asking = Asking(store, store, store, sources, lambda: now)
    for language in LANGUAGES:
        native = furnish(replace(house.config, language=language), house.knowledge)
        with closing(open_store("sqlite://")) as theirs:
            own = judged(given.article, native.judge, theirs, now)
        question = Question("why", given.article.id, 1, house.voices[language])
        answer = replies.as_text(asking.answer(question).blocks)
        assert (own.verdicts[0] if own.verdicts else own).because in answer


def test_commands_are_answered_in_the_language_of_a_configured_chat_until_it_chooses_another(
    house: House, store: SqlStore
) -> None:
    roster = house.roster(store)
    assert [roster.language(chat.id) for chat in CHATS] == list(LANGUAGES)
    assert roster.language(-77) == house.config.language
    roster.set_language(CHATS[1].id, "ru")
    assert [roster.language(chat.id) for chat in CHATS] == ["en", "ru", "ru"]
