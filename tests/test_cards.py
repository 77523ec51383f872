"""Cards and digests as a reader sees them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import health, html
from bot.cards import Card, Trust, alert_card, update_card
from bot.digests import digest
from bot.notices import feeds_news
from bot.words import CAUSES, EMOJI, FIXES, HEADLINES, LABELS, PHRASES, Voice
from djeli.core.model import Cue, Decision, DigestLine, FeedCursor, Figure, Label, Realis, Span
from djeli.core.ports import FeedStatus
from djeli.core.words import LANGUAGES, STAGES, UNITS
from tests.bot_samples import NOW, TRUST, URL, article, feed, mention, verdict, voice
from tests.telegram_html import accept


def first_line(card: Card) -> str:
    return accept(card.html)[0].splitlines()[0]


def test_an_alert_says_what_where_who_and_why_it_is_new() -> None:
    card = alert_card(verdict(), article(), TRUST, voice())
    shown, entities = accept(card.html)
    assert first_line(card) == "📦 Delivery · arrived · Bamako"
    assert "Eleven T-72 tanks reach Bamako — Studio Tamani" in shown
    assert "🗓 8 February 2027 · 👤 Russia → FAMa" in shown
    assert "11 tanks (T-72) (stated)" in shown
    assert "Why new: Arrival on 8 February 2027; the nearest known convoy" in shown
    assert "Trust: 2 outlets, 2 independent chains (Studio Tamani, TASS)" in shown
    assert "Story: S17 · /why S17" in shown
    assert [entity["url"] for entity in entities if entity["type"] == "text_link"] == [URL]
    kinds = [entity["type"] for entity in entities]
    assert kinds.count("blockquote") == 1
    assert kinds.count("expandable_blockquote") == 1
    assert URL in card.plain
    assert "<" not in card.plain


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", ["Livraison · arrivée", "Pourquoi c'est nouveau", "8 février 2027", "11 chars", "2 médias"]),
        ("ru", ["Поставка · прибыла", "Почему это новое:", "8 февраля 2027", "танки: 11", "изданий: 2"]),
    ],
)
def test_a_card_speaks_the_language_of_the_chat(language: str, words: list[str]) -> None:
    shown = alert_card(verdict(), article(), TRUST, voice(language)).plain
    assert [word for word in words if word not in shown] == []


@pytest.mark.parametrize("label", list(Label))
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_label_stands_in_the_first_line(label: Label, language: str) -> None:
    doubted = verdict(label=label)
    spoken = voice(language)
    assert f"[{spoken.label(label)}]" in first_line(alert_card(doubted, article(), TRUST, spoken))
    assert f"[{spoken.label(label)}]" in first_line(update_card(doubted, article(), TRUST, spoken))


def test_a_rumour_is_never_without_its_label() -> None:
    rumour = verdict(mention(realis=Realis.RUMOUR))
    assert "[UNCONFIRMED]" in first_line(alert_card(rumour, article(), TRUST, voice()))


@pytest.mark.parametrize(
    ("language", "said", "not_said"),
    [
        ("en", "Alleged plot · Ouagadougou", "coup"),
        ("fr", "Complot présumé · Ouagadougou", "coup"),
        ("ru", "Сообщение о предполагаемом заговоре · Ouagadougou", "переворот"),
    ],
)
def test_a_foiled_plot_is_not_called_a_coup(language: str, said: str, not_said: str) -> None:
    plot = mention(type="coup", stage="conspiracy_alleged", places=("plc.ouaga",), figures=())
    line = first_line(alert_card(verdict(plot), article(), TRUST, voice(language)))
    assert said in line
    assert not_said not in line.lower()
    rumoured = replace(plot, stage="rumoured")
    assert "Coup ·" not in first_line(alert_card(verdict(rumoured), article(), TRUST, voice()))


def test_a_realized_coup_is_called_one() -> None:
    coup = mention(type="coup", stage="realized", places=("plc.ouaga",))
    assert first_line(alert_card(verdict(coup), article(), TRUST, voice())).startswith(
        "🚨 Coup · power seized"
    )


def test_an_update_says_what_was_what_is_now_and_who_says_so() -> None:
    moved = verdict(
        mention(type="agreement", stage="ratified"), decision=Decision.UPDATE, was="signed", now="ratified"
    )
    shown = update_card(moved, article(), TRUST, voice()).plain
    assert shown.startswith("🔄 UPDATE · 🤝 Agreement · ratified")
    assert "was signed · now ratified · according to Studio Tamani" in shown
    other = verdict(was="9 officers", now="12 officers", decision=Decision.UPDATE)
    assert (
        "avant 9 officers · maintenant 12 officers" in update_card(other, article(), TRUST, voice("fr")).plain
    )


def test_figures_say_whether_they_were_seen_stated_or_claimed() -> None:
    def figures(**changes: object) -> str:
        card = alert_card(verdict(mention(**changes)), article(), TRUST, voice())
        return next(line for line in card.plain.splitlines() if line.startswith("🔢"))

    assert figures().endswith("(stated)")
    assert figures(cues=(Cue("figure", "counted", "seen"),)).endswith("(seen)")
    assert figures(claimed_by="org.fama").endswith("(claimed by FAMa)")
    assert figures(label=Label.CLAIMED).endswith("(claimed)")
    ranged = figures(figures=(Figure(1_200, "dead", approximate=True, high=1_500),))
    assert ranged == "🔢 about 1,200–1,500 dead (stated)"


def test_a_quote_is_never_longer_than_25_words() -> None:
    long = verdict(mention(quote=" ".join(f"w{number}" for number in range(40))))
    assert "w24…" in alert_card(long, article(), TRUST, voice()).plain
    assert "w25" not in alert_card(long, article(), TRUST, voice()).plain


def test_a_quote_cut_out_of_a_longer_sentence_says_so() -> None:
    words = [f"w{number}" for number in range(25)]
    cut = verdict(mention(quote=" ".join(words) + ","))
    assert "w24…" in alert_card(cut, article(), TRUST, voice()).plain
    whole = verdict(mention(quote=" ".join(words) + ".»"))
    assert "w24.»" in alert_card(whole, article(), TRUST, voice()).plain
    assert "…" not in alert_card(verdict(), article(), TRUST, voice()).plain


def test_french_labels_have_their_narrow_space_before_the_colon() -> None:
    shown = accept(alert_card(verdict(), article(), TRUST, voice("fr")).html)[0]
    for label in ("Pourquoi c'est nouveau", "Fiabilité", "Publié", "Dossier", "Comparé à"):
        assert f"{label}\u202f: " in shown
    assert voice("fr").say("known", n=2) == "Déjà connu, non signalé\u202f: 2"


TEXT = st.one_of(st.text(max_size=120), st.text(alphabet="<b>&😀\u202e é", max_size=2_000))


@settings(max_examples=150, deadline=None)
@given(
    title=TEXT,
    because=TEXT,
    quote=TEXT,
    name=TEXT,
    stage=st.sampled_from([None, "arrived", "conspiracy_alleged"]),
    language=st.sampled_from(LANGUAGES),
    update=st.booleans(),
    figures=st.integers(0, 6),
)
def test_every_card_is_accepted_and_under_900_visible_characters(
    title: str, because: str, quote: str, name: str, stage: str, language: str, update: bool, figures: int
) -> None:
    spoken = Voice(language, {}, lambda one: name or one)
    said = mention(stage=stage, quote=quote, figures=(Figure(1e9, name[:40], name[:80]),) * figures)
    judged = verdict(said, because=because, was=title[:200], now=name, label=Label.CLAIMED)
    make = update_card if update else alert_card
    card = make(judged, article(title=title, outlet=name), Trust((name, title), 1), spoken)
    shown, _ = accept(card.html)
    assert html.length(card.html) < 900
    assert spoken.label(Label.CLAIMED) in shown.splitlines()[0]


def test_what_matters_least_is_left_out_first() -> None:
    crowded = mention(
        places=("Ansongo " * 5, "Gao " * 5, "Mali " * 5),
        actors=("actor " * 9,) * 4,
        figures=(Figure(1_000_000, "vehicles", "armour " * 9),) * 4,
        quote="parole " * 40,
        claimed_by="party " * 9,
    )
    full = verdict(crowded, because="reason " * 60, label=Label.CLAIMED, story="S" * 20)
    card = alert_card(full, article(title="headline " * 40, outlet="outlet " * 9), TRUST, voice())
    assert html.length(card.html) < 900
    assert "Why new: reason" in card.plain
    assert "Trust: 2 outlets" in card.plain
    assert "/why" not in card.plain  # the folded detail went first
    assert "parole" not in card.plain  # then the quote


def test_one_notice_tells_all_that_changed_with_the_feeds_and_what_to_do() -> None:
    (card,) = feeds_news({"back": [feed()], "failing": [feed("tass", "dns")]}, voice("fr"))
    shown, _ = accept(card.html)
    assert shown.splitlines() == [
        "Flux\u202f: ce qui a changé",
        "🔇 Sans réponse depuis un jour\u202f: 1",
        "• TASS (nom de site inconnu, depuis le 9 février 2027): vérifiez le nom du site ; s'il n'existe "
        "plus, retirez le flux",
        "🔈 Rétablis\u202f: 1",
        "• Studio Tamani",
    ]
    (card,) = feeds_news({"failing": [feed("tass", "dns")] * 12}, voice("ru"))
    assert "и ещё 2" in accept(card.html)[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fix_can_be_said(language: str) -> None:
    cursor = FeedCursor("https://a.example/feed", looked_at=NOW, failures=1)
    for cause in ("dns", "connect", "timeout", "http", "too_big", "bad_encoding", "not_a_feed", "parse"):
        assert health.fix(replace(cursor, cause=cause), voice(language))
    for cause in ("blocked_address", "bad_address", "redirects", "unreadable"):
        assert "{" not in health.fix(replace(cursor, cause=cause), voice(language))
    gone = health.fix(replace(cursor, cause="http", status=410), voice(language))
    missing = health.fix(replace(cursor, cause="http", status=404), voice(language))
    assert gone != missing
    assert "djeli feeds add https://a.example/" in missing
    moved = replace(cursor, failures=0, proposed="https://b.example/feed")
    assert "https://b.example/feed" in health.fix(moved, voice(language))
    assert health.fix(FeedCursor("https://a.example/feed", looked_at=NOW), voice(language)) == ""


def line(number: int, **changes: object) -> DigestLine:
    sample = DigestLine(
        story=f"S{number}",
        type="agreement",
        decision=Decision.DIGEST,
        title=f"Headline {number}",
        url=f"https://example.org/{number}",
        outlet="tass",
        because="",
        published=NOW,
        span=Span(date(2027, 2, 8), date(2027, 2, 8)),
        stage="signed",
    )
    return replace(sample, **changes)


COUNTS = {"feeds": 2, "articles": 120, "alert": 1, "update": 2, "known": 14}


def test_a_digest_shows_fifteen_lines_by_type_then_known_then_feeds() -> None:
    lines = [line(number) for number in range(12)] + [
        line(number, type="delivery") for number in range(20, 28)
    ]
    lines += [line(40 + number, decision=Decision.KNOWN, facts=(f"F{number}",)) for number in range(5)]
    (card,) = digest(lines, COUNTS, [feed(), feed("tass", "timeout")], NOW, voice())
    shown, _ = accept(card.html)
    assert shown.startswith("Digest · 9 February 2027, 12:00")
    assert sum(row.startswith("• signed · ") or "Headline 2" in row for row in shown.splitlines()) == 15
    assert shown.index("🤝 Agreement") < shown.index("📦 Delivery") < shown.index("and 5 more")
    assert "Already known, held back: 5" in shown
    assert "• Headline 42 (F2)" in shown
    assert "F3" not in shown
    failing = "not answering 1: TASS (no answer in time, since 9 February 2027)"
    assert shown.endswith(f"Feeds 2 · answering 1 · {failing}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_quiet_day_says_so_with_its_counts(language: str) -> None:
    (card,) = digest([], COUNTS, [feed()], NOW, voice(language))
    assert voice(language).say("quiet") in card.plain
    assert "120" in card.plain
    assert "14" in card.plain
    assert voice(language).say("answering", n=1) in card.plain


@pytest.mark.parametrize(
    ("language", "counts", "feeds"),
    [
        (
            "en",
            "Articles read 1 · alerts 1 · updates 1 · known 1",
            "Feeds 3 · answering 1 · not looked at yet 2",
        ),
        ("fr", "Articles lus 1 · alertes 1 · suites 1 · déjà connus 1", "Flux 3 · répondent 1 · pas encore"),
        ("ru", "Прочитано статей 1 · новое 1 · обновления 1", "Ленты 3 · отвечают 1 · ещё не просмотрены 2"),
    ],
)
def test_counts_need_no_plural_and_tell_the_feeds_never_looked_at(
    language: str, counts: str, feeds: str
) -> None:
    once = dict.fromkeys(("articles", "alert", "update", "known"), 1)
    unseen = [FeedStatus(name, name, FeedCursor(name), 0, 0) for name in "ab"]
    (card,) = digest([], once, [feed(), *unseen], NOW, voice(language))
    assert counts in card.plain
    assert feeds in card.plain
    (before,) = digest([], once, unseen, NOW, voice(language))
    assert voice(language).say("answering", n="") not in before.plain


def test_an_article_already_known_is_one_line_with_all_its_facts() -> None:
    twice = [
        line(1, decision=Decision.KNOWN, facts=("F1", "F2")),
        line(2, decision=Decision.KNOWN, facts=("F9",)),
        line(1, decision=Decision.KNOWN, facts=("F2", "F3"), type="coup"),
    ]
    (card,) = digest(twice, COUNTS, [], NOW, voice())
    assert "Already known, held back: 2" in card.plain
    rows = [row for row in accept(card.html)[0].splitlines() if row.startswith("•")]
    assert rows == ["• Headline 1 (F1, F2, F3)", "• Headline 2 (F9)"]


@pytest.mark.parametrize(
    ("realis", "language", "said"),
    [
        (Realis.HYPOTHETICAL, "en", "• possible · Headline 1"),
        (Realis.HYPOTHETICAL, "fr", "• possible · Headline 1"),
        (Realis.HYPOTHETICAL, "ru", "• возможно · Headline 1"),
        (Realis.NEGATED, "en", "• denied · Headline 1"),
        (Realis.RUMOUR, "fr", "• non confirmé · Headline 1"),
        (Realis.ANNOUNCED, "en", "• announced · Headline 1"),
    ],
)
def test_what_is_only_possible_is_not_said_to_be_announced(realis: Realis, language: str, said: str) -> None:
    (card,) = digest([line(1, stage="announced", realis=realis)], COUNTS, [], NOW, voice(language))
    assert said in accept(card.html)[0]


def test_a_coup_that_is_only_possible_is_no_attempt_under_way() -> None:
    feared = line(1, type="coup", stage="attempt_under_way", realis=Realis.HYPOTHETICAL)
    (card,) = digest([feared], COUNTS, [], NOW, voice())
    assert "under way" not in card.plain
    assert "• possible · Headline 1" in card.plain


def test_an_alleged_plot_does_not_stand_under_the_heading_coup() -> None:
    (card,) = digest([line(1, type="coup", stage="conspiracy_alleged")], COUNTS, [], NOW, voice())
    assert "🚨 Alleged plot" in card.plain
    assert "Coup" not in card.plain


def test_a_long_digest_comes_in_numbered_parts_that_telegram_accepts() -> None:
    lines = [
        line(number, title="слово " * 40, url="https://example.org/" + "x" * 1_900, outlet="o" * 99)
        for number in range(40)
    ]
    lines += [line(99, decision=Decision.KNOWN, title="z" * 9_000, url="https://e.org/" + "y" * 2_000)]
    cards = digest(lines, COUNTS, [feed()] * 90, NOW, voice("ru"))
    assert len(cards) > 1
    for number, card in enumerate(cards, 1):
        assert accept(card.html)[0].endswith(f"{number}/{len(cards)}")


def test_every_word_exists_in_three_languages_with_the_same_blanks() -> None:
    for table in (PHRASES, STAGES, LABELS, UNITS, HEADLINES, CAUSES, FIXES):
        for key, three in table.items():
            assert all(three), key
            blanks = [{part.split("}")[0] for part in words.split("{")[1:]} for words in three]
            assert blanks[0] == blanks[1] == blanks[2], key


def test_every_type_and_stage_of_the_knowledge_has_its_words() -> None:
    import yaml

    with open("baseline/knowledge/types.yaml", encoding="utf-8") as file:
        types = yaml.safe_load(file)["types"]
    assert [one["id"] for one in types if one["id"] not in EMOJI] == []
    assert [stage for one in types for stage in one["stages"] if stage not in STAGES] == []


@pytest.mark.parametrize(
    ("kind", "stage", "french", "russian"),
    [
        ("sanctions", "lifted", "levées", "сняты"),
        ("withdrawal", "completed", "achevé", "завершён"),
        ("agreement", "signed", "signé", "подписано"),
        ("aid", "delivered", "livrée", "доставлена"),
        ("arrest", "released", "libéré", "освобождён"),
    ],
)
def test_a_stage_agrees_with_what_it_is_said_of(kind: str, stage: str, french: str, russian: str) -> None:
    assert [voice(one).stage(stage, kind) for one in ("fr", "ru")] == [french, russian]
    assert voice("en").stage(stage, kind) == STAGES[stage][0]


def test_numbers_days_and_sizes_follow_the_language() -> None:
    assert [voice(one).number(1_234.5) for one in LANGUAGES] == ["1,234.5", "1 234,5", "1 234,5"]
    assert voice("fr").day(date(2027, 1, 1)) == "1er janvier 2027"
    assert voice("en").span(Span(date(2027, 1, 1), date(2027, 1, 3))) == "1–3 January 2027"
    assert voice("ru").size(12_345_678) == "12 МБ"
    assert voice("de").stage("signed") == "signed"
