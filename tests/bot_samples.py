"""Articles, mentions and verdicts of one delivery, for the tests of what the bot writes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from bot.cards import Trust
from bot.words import Voice
from djeli.core.model import (
    Alert,
    Article,
    Decision,
    Delivery,
    Fact,
    FactSource,
    FeedCursor,
    Figure,
    Label,
    LedgerLine,
    Member,
    Mention,
    Nearest,
    Realis,
    Span,
    Story,
    Verdict,
)
from djeli.core.ports import FeedStatus

NOW = datetime(2027, 2, 9, 12, 0, tzinfo=UTC)
URL = "https://www.studiotamani.org/118-convoi"
NAMES = {
    "cty.russia": "Russia",
    "org.fama": "FAMa",
    "plc.bamako": "Bamako",
    "plc.ouaga": "Ouagadougou",
    "studio_tamani": "Studio Tamani",
    "tass": "TASS",
}
TYPES = {
    "delivery": {"en": "Delivery", "fr": "Livraison", "ru": "Поставка"},
    "coup": {"en": "Coup", "fr": "Coup d'État", "ru": "Переворот"},
    "agreement": {"en": "Agreement", "fr": "Accord", "ru": "Соглашение"},
    "government_change": {
        "en": "Power or government change",
        "fr": "Changement de pouvoir",
        "ru": "Смена власти",
    },
}


def voice(language: str = "en") -> Voice:
    return Voice(language, TYPES, lambda name: NAMES.get(name, name))


def article(**changes: Any) -> Article:
    sample = Article(
        id="a1",
        url=URL,
        title="Eleven T-72 tanks reach Bamako",
        text="Eleven T-72 tanks reached Bamako on Monday.",
        lang="en",
        outlet="studio_tamani",
        published=NOW,
        first_seen=NOW,
    )
    return replace(sample, **changes)


def mention(**changes: Any) -> Mention:
    sample = Mention(
        type="delivery",
        types=("delivery",),
        stage="arrived",
        realis=Realis.DONE,
        actors=("cty.russia",),
        counterparts=("org.fama",),
        places=("plc.bamako",),
        entities=frozenset({"cty.russia", "plc.bamako"}),
        span=Span(date(2027, 2, 8), date(2027, 2, 8)),
        dated=True,
        figures=(Figure(11, "tanks", "t-72"),),
        quote="Eleven T-72 tanks reached Bamako on Monday.",
    )
    return replace(sample, **changes)


def verdict(mentioned: Mention | None = None, **changes: Any) -> Verdict:
    sample = Verdict(
        decision=Decision.ALERT,
        mention=mentioned or mention(),
        because="Arrival on 8 February 2027; the nearest known convoy arrived on 17 January 2025 (F142).",
        rule="no-match",
        story="S17",
        facts=("F142",),
        nearest=(Nearest("F142", 0.41, ()),),
        opens=True,
    )
    return replace(sample, **changes)


TRUST = Trust(("studio_tamani", "tass"), 2)


def story(**changes: Any) -> Story:
    member = Member("a1", "studio_tamani", "en", "Eleven T-72 tanks reach Bamako", URL, NOW, mention())
    return replace(Story("S17", (member,), NOW, pushed=True), **changes)


def ledger_line(**changes: Any) -> LedgerLine:
    told = Delivery(-100, 5, NOW, "S17", "alert", 1)
    sample = LedgerLine(
        article=article(),
        decision=Decision.ALERT,
        article_decision=Decision.ALERT,
        watches=("mali-russia",),
        because=verdict().because,
        verdict=verdict(),
        judged_at=NOW,
        deliveries=(told,),
    )
    return replace(sample, **changes)


def fact(**changes: Any) -> Fact:
    sample = Fact(
        id="F142",
        type="delivery",
        status="arrived",
        span=Span(date(2025, 1, 17), date(2025, 1, 17)),
        precision="day",
        actors=("cty.russia",),
        counterparts=("org.fama",),
        places=("plc.bamako",),
        object="armour",
        figures=(),
        summary="A convoy of Russian armour reached Bamako.",
        sources=(FactSource("doc1.html", 12),),
    )
    return replace(sample, **changes)


def feed(outlet: str = "studio_tamani", cause: str | None = None) -> FeedStatus:
    cursor = FeedCursor(f"https://{outlet}.example/feed", looked_at=NOW, last_ok=NOW)
    if cause:
        cursor = replace(cursor, failures=3, cause=cause, failing_since=NOW)
    return FeedStatus(cursor.url, outlet, cursor, 10, 5)


def owed(chat: int, text: str, **changes: Any) -> Alert:
    return replace(Alert(chat, "alert", f"<b>{text}</b>", text), **changes)


LABELS = list(Label)
