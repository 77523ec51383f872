"""What the store promises, on every database it runs on."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from djeli.core.errors import JobFailed, UserError
from djeli.core.model import Decision, Entry, Feed, FeedCursor, Label, Realis, Story
from djeli.core.ports import Kept, Search
from storage import stories
from storage.store import SqlStore, open_store
from storage.stories import search
from tests.store_parts import (
    CHAT,
    FEED,
    KINDS,
    LASTING,
    NOW,
    address,
    alert,
    article,
    at,
    cursor,
    days,
    entry,
    judgement,
    kept,
    mention,
    merged,
    opened,
    ready_address,
    verdict,
)

EIGHTH = date(2027, 2, 8)
RUSSIA = frozenset({"cty.russia"})


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SqlStore]:
    with opened(ready_address(request.param, tmp_path)) as opened_store:
        yield opened_store


def ids(stories: list[Story]) -> list[str]:
    return [story.id for story in stories]


# ------------------------------------------------------------------------------------ keeping


def test_what_is_kept_can_be_read_again(store: SqlStore) -> None:
    everything = kept("convoy", verdict())
    store.keep(everything, NOW)

    assert store.article(article().id) == article()
    line = store.ledger(article().id)[0]
    assert (line.article, line.verdict) == (article(), verdict())
    assert (line.decision, line.article_decision) == (Decision.ALERT, Decision.ALERT)
    assert (line.watches, line.because) == (("mali-russia",), "No known convoy arrived on that day.")
    assert line.judged_at == NOW
    story = store.story("S1")
    assert story is not None
    assert story.pushed
    assert story.opened == NOW
    assert [(member.article, member.mention) for member in story.members] == [(article().id, mention())]
    assert [row.alert for row in store.next_rows(NOW)] == [alert()]
    assert store.cursor(FEED) == cursor()
    assert store.unseen([entry()]) == []
    assert list(store.judgements(at(days=1))) == [everything.judgement]


def test_an_article_without_development_has_one_line(store: SqlStore) -> None:
    store.keep(kept("football"), NOW)
    [line] = store.ledger(article("football").id)
    assert line.verdict is None
    assert (line.decision, line.because) == (Decision.IGNORE, "off the beat")
    assert [j.because for j in store.judgements(at(days=1))] == ["off the beat"]


def test_keeping_an_article_twice_changes_nothing(store: SqlStore) -> None:
    once = kept("convoy", verdict(), alerts=(alert(), alert(None, kind="notice")))
    store.keep(once, NOW)
    store.keep(once, NOW)
    # another process judged the same article, and opened a story of its own
    other = kept("convoy", verdict("S2"), entry=entry(feed="https://other.example/rss"))
    store.keep(other, at(minutes=1))

    assert len(store.ledger(article().id)) == 1
    assert store.story("S2") is None
    story = store.story("S1")
    assert story is not None
    assert len(story.members) == 1
    assert [health.pending for health in store.outbox_health()] == [2]
    assert store.counts(NOW)["checks"] == 1
    assert store.unseen([entry(feed="https://other.example/rss")]) == []


def test_without_a_judgement_only_entry_cursor_and_alerts_are_kept(store: SqlStore) -> None:
    store.keep(Kept(None, entry(), (alert(None, kind="notice"),), cursor()), NOW)
    assert store.unseen([entry()]) == []
    assert store.cursor(FEED).etag == '"7"'
    assert [row.alert.kind for row in store.next_rows(NOW)] == ["notice"]
    assert store.counts(NOW)["articles"] == 0


def test_a_failure_in_the_middle_leaves_nothing(store: SqlStore) -> None:
    unsendable = alert(html=None)  # the column refuses it, after article and story were written
    with pytest.raises(JobFailed, match="refused"):
        store.keep(kept("convoy", verdict(), alerts=(alert(), unsendable)), NOW)

    assert store.article(article().id) is None
    assert store.ledger(article().id) == []
    assert store.story("S1") is None
    assert store.candidates([Search(RUSSIA, EIGHTH, EIGHTH)]) == []
    assert store.next_rows(NOW) == []
    assert store.cursor(FEED) == FeedCursor(FEED)
    assert store.unseen([entry()]) == [entry()]
    store.keep(kept("convoy", verdict()), NOW)  # and the store works on
    assert store.story("S1") is not None


def test_text_no_database_can_hold_is_kept_without_its_broken_characters(store: SqlStore) -> None:
    broken = article("broken", title="NUL \x00 and half \ud83d a face", text="ещё \x00 \udc00")
    store.keep(Kept(judgement(broken, verdict(mention=mention(quote="a\x00b")))), NOW)
    back = store.article(broken.id)
    assert back is not None
    assert back.title == "NUL  and half ? a face"
    assert store.ledger("S1")[0].verdict == verdict(mention=mention(quote="a\x00b"))


def test_keys_of_any_length_are_kept_and_found(store: SqlStore) -> None:
    endless = "".join(chr(0x400 + i % 97) for i in range(9_000))
    long = article("long", url=f"https://press.example/{endless}", title=endless)
    named = verdict(mention=mention(entities=frozenset({endless})))
    seen = entry(guid=endless, url=long.url)
    store.keep(Kept(judgement(long, named), seen), NOW)
    assert store.unseen([seen]) == []
    assert [line.article for line in store.ledger(long.url)] == [long]
    assert [line.article for line in store.ledger(endless.upper())] == [long]
    assert ids(store.candidates([Search(frozenset({endless}), EIGHTH, EIGHTH)])) == ["S1"]


def test_a_time_without_a_zone_is_refused(store: SqlStore) -> None:
    naive = article(published=datetime(2027, 2, 8))
    with pytest.raises(JobFailed, match="without a zone"):
        store.keep(Kept(judgement(naive)), NOW)


def test_a_number_too_large_for_the_database_is_a_failed_job(store: SqlStore) -> None:
    with pytest.raises(JobFailed, match="refused"):
        store.owe([alert(chat=2**70)], NOW)
    assert store.owe([alert()], NOW) != []


def test_threads_can_keep_and_read_at_the_same_time(store: SqlStore) -> None:
    failures: list[BaseException] = []

    def work(worker: int) -> None:
        try:
            for number in range(8):
                [story] = store.reserve_story_ids(1)
                store.keep(kept(f"{worker}-{number}", verdict(story)), NOW)
                assert store.story(story) is not None
                store.candidates([Search(RUSSIA, EIGHTH, EIGHTH)])
        except BaseException as failure:
            failures.append(failure)

    threads = [threading.Thread(target=work, args=(worker,)) for worker in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert store.counts(NOW)["articles"] == 40
    assert len(store.candidates([Search(RUSSIA, EIGHTH, EIGHTH)])) == 40


# ------------------------------------------------------------------------------------ stories


def test_story_ids_are_never_given_twice(store: SqlStore) -> None:
    assert store.reserve_story_ids(3) == ["S1", "S2", "S3"]
    assert store.reserve_story_ids(0) == []
    assert store.reserve_story_ids(2) == ["S4", "S5"]


def test_another_source_joins_its_story_oldest_first(store: SqlStore) -> None:
    store.keep(kept("late", verdict()), NOW)
    early = article("early", published=NOW - timedelta(hours=9), outlet="tass")
    store.keep(Kept(judgement(early, merged(label=Label.REPRINT))), at(minutes=5))
    story = store.story("S1")
    assert story is not None
    assert [(m.outlet, m.label) for m in story.members] == [("tass", Label.REPRINT), ("studio_tamani", None)]
    assert story.label is None  # what merely joins does not change what was told


def test_a_story_read_before_and_by_another_reader_is_the_same(store: SqlStore) -> None:
    store.keep(kept("first", verdict()), NOW)
    assert store.story("S1") is not None
    early = article("early", published=NOW - timedelta(hours=9), outlet="tass")
    store.keep(Kept(judgement(early, merged())), at(minutes=5))
    again, afresh = store.story("S1"), SqlStore(store.database).story("S1")
    assert again is not None
    assert [member.article for member in again.members] == [early.id, article("first").id]
    assert again == afresh


def test_more_members_than_are_remembered_are_read_again(
    store: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stories, "MOST_KEPT", 2)
    for number in range(1, 6):
        store.keep(kept(f"n{number}", verdict(f"S{number % 2 + 1}", opens=number < 3)), NOW)
        found = store.candidates([Search(RUSSIA, EIGHTH, EIGHTH)])
        assert found == SqlStore(store.database).candidates([Search(RUSSIA, EIGHTH, EIGHTH)])
        assert sum(len(story.members) for story in found) == number


def test_an_update_changes_label_and_stage_and_a_silent_story_becomes_pushed(store: SqlStore) -> None:
    first = verdict(decision=Decision.DIGEST, label=Label.UNCONFIRMED, mention=mention(stage="announced"))
    store.keep(kept("first", first), NOW)
    story = store.story("S1")
    assert story is not None
    assert (story.pushed, story.label) == (False, Label.UNCONFIRMED)
    assert store.recent(10) == []

    update = verdict(decision=Decision.UPDATE, opens=False, was="announced", now="arrived")
    store.keep(kept("second", update), at(hours=1))
    story = store.story("S1")
    assert story is not None
    assert (story.pushed, story.label) == (True, None)
    assert ids(store.recent(10)) == ["S1"]


def test_what_a_story_swallows_as_known_is_not_its_member(store: SqlStore) -> None:
    store.keep(kept("first", verdict()), NOW)
    known = verdict(decision=Decision.KNOWN, opens=False)
    store.keep(kept("second", known), NOW)
    story = store.story("S1")
    assert story is not None
    assert len(story.members) == 1
    assert [line.decision for line in store.ledger("S1")] == [Decision.ALERT, Decision.KNOWN]


def test_candidates_share_an_entity_and_a_day(store: SqlStore) -> None:
    store.keep(kept("convoy", verdict()), NOW)
    near, far = date(2027, 2, 5), date(2027, 2, 11)
    assert ids(store.candidates([Search(RUSSIA, near, far)])) == ["S1"]
    assert ids(store.candidates([Search(RUSSIA, EIGHTH, EIGHTH)])) == ["S1"]
    assert store.candidates([Search(RUSSIA, date(2027, 2, 9), far)]) == []
    assert store.candidates([Search(RUSSIA, near, date(2027, 2, 7))]) == []
    assert store.candidates([Search(frozenset({"cty.niger"}), near, far)]) == []
    assert store.candidates([Search(frozenset(), near, far)]) == []


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (date(2027, 1, 30), date(2027, 2, 3)),
        (date(2027, 1, 3), date(2027, 2, 3)),
        (date(2026, 2, 3), date(2027, 2, 3)),
        (date.min, date(2027, 2, 3)),
        (date(2027, 2, 3), date.max),
        (date.min, date.max),
    ],
)
def test_candidates_find_stretches_of_any_length(store: SqlStore, start: date, end: date) -> None:
    long = verdict(mention=mention(span=days(start, end)))
    store.keep(kept("long", long), NOW)
    assert ids(store.candidates([Search(RUSSIA, date(2027, 2, 3), date(2027, 2, 3))])) == ["S1"]
    if end < date.max:
        assert store.candidates([Search(RUSSIA, end + timedelta(days=1), date.max)]) == []
    if start > date.min:
        assert store.candidates([Search(RUSSIA, date.min, start - timedelta(days=1))]) == []


def test_an_undated_mention_is_found_on_the_day_of_publication(store: SqlStore) -> None:
    store.keep(kept("vague", verdict(mention=mention(span=None, dated=False))), NOW)
    assert ids(store.candidates([Search(RUSSIA, NOW.date(), NOW.date())])) == ["S1"]
    assert store.candidates([Search(RUSSIA, EIGHTH, EIGHTH)]) == []


def test_candidates_that_share_most_come_first_and_are_at_most_200(store: SqlStore) -> None:
    for number in range(1, 203):
        store.keep(kept(f"n{number}", verdict(f"S{number}")), NOW)
    both = verdict("S900", mention=mention(entities=frozenset({"cty.russia", "obj.t72"})))
    old = article("old", published=NOW - timedelta(days=3))
    store.keep(Kept(judgement(old, both)), NOW)
    found = ids(store.candidates([Search(frozenset({"cty.russia", "obj.t72"}), EIGHTH, EIGHTH)]))
    assert found[0] == "S900"
    assert len(found) == 200


def test_recent_stories_can_be_filtered_and_turned_over(store: SqlStore) -> None:
    coup = mention(type="coup", types=("coup",), entities=frozenset({"cty.niger"}))
    for hours, name, what in [(5, "S1", mention()), (3, "S2", coup), (1, "S3", mention())]:
        when = article(name, published=NOW - timedelta(hours=hours))
        store.keep(Kept(judgement(when, verdict(name, mention=what))), NOW)
    assert ids(store.recent(10)) == ["S3", "S2", "S1"]
    assert ids(store.recent(1, offset=1)) == ["S2"]
    assert ids(store.recent(10, type="delivery")) == ["S3", "S1"]
    assert ids(store.recent(10, entities=["cty.niger"])) == ["S2"]
    assert ids(store.recent(10, since=NOW - timedelta(hours=4))) == ["S3", "S2"]


def test_candidates_are_found_by_the_index_alone() -> None:
    with opened("sqlite://") as store, store.database.read() as connection:
        statement, parameters = search(Search(RUSSIA, EIGHTH, EIGHTH))
        query = statement.params(parameters).compile(
            connection.engine, compile_kwargs={"literal_binds": True}
        )
        plan = [row[3] for row in connection.execute(text(f"EXPLAIN QUERY PLAN {query}"))]
    searches = [step for step in plan if "mention_entities" in step]
    assert len(searches) == 6  # of four names, and of the longer stretches
    for step in searches:
        assert "PRIMARY KEY (entity=? AND reach=? AND start_day>? AND start_day<?)" in step


# ------------------------------------------------------------------------ ledger and searching


def test_the_ledger_is_asked_by_id_address_story_or_title(store: SqlStore) -> None:
    two = (verdict("S1"), verdict("S2", mention=mention(realis=Realis.ANNOUNCED)))
    store.keep(kept("convoy", *two), NOW)
    for key in (article().id, article().url, "BAMAKO : L'ARRIVEE d’un  convoi (convoy)"):
        assert [line.verdict for line in store.ledger(key)] == list(two)
    assert [line.verdict for line in store.ledger("S2")] == [two[1]]
    for key in ("", "  ", "S3", "https://press.example/"):
        assert store.ledger(key) == []


def test_the_ledger_tells_where_a_story_was_told(store: SqlStore) -> None:
    store.keep(kept("convoy", verdict()), NOW)
    [row] = store.next_rows(NOW)
    store.mark_sending(row.id, NOW)
    store.mark_sent(row.id, 77, at(seconds=1))
    store.keep(kept("second", merged()), at(minutes=1))
    assert [[d.message_id for d in line.deliveries] for line in store.ledger("S1")] == [[77], [77]]


def test_search_takes_words_without_case_and_accents_in_any_script(store: SqlStore) -> None:
    store.keep(kept("convoy", verdict()), NOW)
    for words in (["arrivee", "BAMAKO"], ["L'Arrivée"], ["еще", "йод"], ["Онзе"] and ["onze chars"]):
        assert [line.article.id for line in store.search(words, 10)] == [article().id]
    for words in (["иод"], ["bamako", "niamey"], [], ["", " "]):
        assert store.search(words, 10) == []


@pytest.mark.parametrize("wildcard", ["%", "_", "/", "\\", "'", '"', "%%", "a_c"])
def test_search_has_no_wildcards(store: SqlStore, wildcard: str) -> None:
    store.keep(Kept(judgement(article("abc", title="abc", text="abc"))), NOW)
    assert store.search([wildcard], 10) == []
    store.keep(Kept(judgement(article("odd", title=f"x{wildcard}y"))), NOW)
    assert len(store.search([f"x{wildcard}Y"], 10)) == 1


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Колонна Африканского корпуса вошла в Кидаль", "африканский корпус кидаля колонну"),
        ("В Кидале встретили колонны", "Кидаль колонна"),
        ("Accord-cadre sur l’énergie", "accords cadres"),
        ("Accord-cadre sur l’énergie", "accord-cadre énergies"),
        ("Un accord cadre", "accord-cadre"),
        ("Convoy of T-72 tanks", "t72"),
        ("Convoy of T-72 tanks", "convoys T-72"),
        ("Les T72 arrivent", ["т72", "t-72"][1]),
        ("Goïta à Moscou", "goita moscou"),
        ("5 janvier 2027", "2027 5"),
        ("Ещё один ёж", "еще еж"),
    ],
)
def test_search_finds_words_whatever_their_ending(store: SqlStore, title: str, words: str) -> None:
    store.keep(Kept(judgement(article("one", title=title, text=""))), NOW)
    store.keep(Kept(judgement(article("two", title="Nothing of it", text="Rien de tout cela."))), NOW)
    assert [line.article.title for line in store.search(words.split(), 10)] == [title]


@pytest.mark.parametrize(
    ("title", "words"),
    [("La Somalie et la normalisation", "mali"), ("On t’a dit 72 fois", "T-72"), ("в Мали", "Малинке")],
)
def test_search_finds_no_middle_of_a_word(store: SqlStore, title: str, words: str) -> None:
    store.keep(Kept(judgement(article("one", title=title, text=""))), NOW)
    assert store.search(words.split(), 10) == []


def test_search_takes_any_text_whatever_its_length(store: SqlStore) -> None:
    odd = "𞤀𞤣𞤤𞤢𞤥 \ud800 \x00 ' \" * ( ) AND OR NOT :* <-> " + "long" * 700
    many = " ".join(f"word{number}" for number in range(30_000))
    store.keep(Kept(judgement(article("odd", title=odd, text=many))), NOW)
    for words in (odd.split(), ["word1999"], ["long" * 700], ["AND"], ["𞤀𞤣𞤤𞤢𞤥"]):
        assert len(store.search(words, 10)) == 1
    for words in (["NEAR(a b)"], ["*"], ["a:*"], ["-word1"], ["^odd"]):
        store.search(words, 10)


def test_search_and_the_article_are_kept_together_or_not_at_all(store: SqlStore) -> None:
    broken = Kept(judgement(article("one")), alerts=(alert(chat=2**70),))
    with pytest.raises(JobFailed):
        store.keep(broken, NOW)
    assert store.search(["bamako"], 10) == []
    for _ in range(2):
        store.keep(Kept(judgement(article("one"))), NOW)
    assert len(store.search(["bamako"], 10)) == 1


def test_search_gives_the_latest_first_and_each_article_once(store: SqlStore) -> None:
    weak = verdict("S1", decision=Decision.DIGEST)
    for hours, name in [(3, "a"), (1, "c"), (2, "b")]:
        when = article(name, published=NOW - timedelta(hours=hours))
        store.keep(Kept(judgement(when, weak, verdict("S2"))), NOW)
    lines = store.search(["bamako"], 10)
    assert [line.article.url[-1] for line in lines] == ["c", "b", "a"]
    assert {line.decision for line in lines} == {Decision.ALERT}
    assert [line.article.url[-1] for line in store.search(["bamako"], 1, offset=1)] == ["b"]


def test_a_digest_has_what_was_not_pushed_for_its_watches(store: SqlStore) -> None:
    digest = verdict("S1", decision=Decision.DIGEST, facts=("F7",))
    known = verdict(None, decision=Decision.KNOWN, opens=False)
    store.keep(kept("one", digest, verdict("S2")), NOW)
    store.keep(kept("two", known), at(hours=1))
    other = judgement(article("three"), digest, watches=("niger",))
    store.keep(Kept(other), at(hours=1))
    third = store.last_line()
    store.keep(kept("next", known), at(hours=12))
    assert store.last_line(before=at(hours=12)) == third
    assert store.last_line(before=NOW) == 0

    lines = store.digest_lines(["mali-russia"], 0, third)
    assert [(line.url[-3:], line.decision) for line in lines] == [
        ("one", Decision.DIGEST),
        ("two", Decision.KNOWN),
    ]
    assert (lines[0].story, lines[0].facts, lines[0].span) == ("S1", ("F7",), days(EIGHTH))
    assert lines[0].realis is digest.mention.realis
    assert store.digest_lines(["nothing"], 0, third) == []
    assert len(store.digest_lines(["mali-russia"], third, store.last_line())) == 1


def test_counts_are_of_articles_by_their_decision(store: SqlStore) -> None:
    store.configure_feeds([Feed(FEED, "tamani")])
    store.keep(kept("old", verdict()), NOW - timedelta(days=2))
    store.keep(kept("two", verdict("S2"), verdict("S3", decision=Decision.DIGEST)), NOW)
    store.keep(kept("off"), NOW)
    counts = store.counts(NOW)
    assert {name: count for name, count in counts.items() if count} == {
        "feeds": 1,
        "checks": 1,
        "articles": 2,
        "alert": 1,
        "ignore": 1,
    }
    assert set(counts) == {"feeds", "checks", "articles", *Decision}


def test_every_judgement_comes_back_in_the_order_first_seen(store: SqlStore) -> None:
    for number in range(230):
        seen = article(f"n{number}", first_seen=at(minutes=number // 2))
        store.keep(Kept(judgement(seen)), NOW)
    back = list(store.judgements(at(minutes=100)))
    assert len(back) == 200
    times = [j.article.first_seen for j in back]
    assert times == sorted(times)
    assert len({j.article.id for j in back}) == 200


# -------------------------------------------------------------------------------------- feeds


def test_a_feed_never_looked_at_is_new(store: SqlStore) -> None:
    assert store.cursor(FEED) == FeedCursor(FEED)
    store.configure_feeds([Feed(FEED, "tamani")])
    [status] = store.feed_statuses()
    assert (status.cursor.state, status.entries, status.articles) == ("new", 0, 0)


def test_feeds_keep_their_history_when_the_configuration_changes(store: SqlStore) -> None:
    other = Feed("https://other.example/rss", "tass")
    store.configure_feeds([other, Feed(FEED, "tamani")])
    store.keep(kept("convoy", verdict()), NOW)
    assert [(s.outlet, s.entries, s.articles) for s in store.feed_statuses()] == [
        ("tass", 0, 0),
        ("tamani", 1, 1),
    ]
    store.configure_feeds([other])
    assert [s.feed for s in store.feed_statuses()] == [other.url]
    store.configure_feeds([Feed(FEED, "renamed"), other])
    first = store.feed_statuses()[0]
    assert (first.outlet, first.entries, first.cursor.etag) == ("renamed", 1, '"7"')


def test_a_cursor_is_remembered_whole(store: SqlStore) -> None:
    failing = FeedCursor(
        FEED, None, "Mon", "hash", NOW, at(days=-1), at(hours=1), 3, "dns", "No such host", at(hours=-2), True
    )
    store.keep(Kept(cursor=failing), NOW)
    assert store.cursor(FEED) == failing
    assert store.cursor(FEED).state == "failing"


def test_a_feed_that_moves_takes_along_what_it_has_told(store: SqlStore) -> None:
    new = "https://new.example/feed"
    store.configure_feeds([Feed(FEED, "x")])
    known = cursor(failures=2, cause="http", gaps=(60, 70), body_hash="h", first_look_done=True)
    store.keep(Kept(entry=entry("1"), cursor=known), NOW)
    store.keep(Kept(entry=entry("2", feed=new)), NOW)
    store.keep(Kept(entry=entry("2")), NOW)  # both have it
    store.move_feed(FEED, new)
    shown = [entry(name, feed=new, url="") for name in "123"]
    assert store.unseen(shown) == shown[2:]
    moved = store.cursor(new)
    assert (moved.gaps, moved.body_hash, moved.first_look_done) == (known.gaps, known.body_hash, True)
    assert (moved.etag, moved.failures, moved.cause, moved.state) == (None, 0, None, "new")
    store.configure_feeds([Feed(new, "x")])
    (status,) = store.feed_statuses()
    assert (status.feed, status.entries) == (new, 2)
    store.keep(Kept(cursor=replace(moved, looked_at=NOW, etag="of the new one")), NOW)
    store.move_feed(FEED, new)  # once more does no harm
    assert store.cursor(new).etag == "of the new one"


def test_cursors_of_several_feeds_move_together_or_not_at_all(store: SqlStore) -> None:
    moved = [cursor(url=f"https://a.example/{number}", etag=str(number)) for number in range(400)]
    store.configure_feeds([Feed(moved[0].url, "a")])  # one is known, the others are not
    store.keep_all([*(Kept(cursor=one) for one in moved), Kept(entry=entry())], NOW)
    urls = [one.url for one in moved]
    assert store.cursors([*urls, "https://new.example/"]) == {
        **dict(zip(urls, moved, strict=True)),
        "https://new.example/": FeedCursor("https://new.example/"),
    }
    assert store.counts(NOW)["checks"] == 400
    assert store.unseen([entry()]) == []

    later = [replace(one, looked_at=at(minutes=15), etag="later") for one in moved]
    broken = kept("convoy", verdict(), alerts=(alert(html=None),))
    with pytest.raises(JobFailed, match="refused"):
        store.keep_all([*(Kept(cursor=one) for one in later), broken], NOW)
    assert store.cursors(urls) == dict(zip(urls, moved, strict=True))

    store.keep_all([Kept(cursor=one) for one in later[:3]] + [Kept(cursor=moved[3])], NOW)
    assert [one.etag for one in store.cursors(urls[:4]).values()] == ["later", "later", "later", "3"]
    assert store.counts(NOW)["checks"] == 403  # a cursor with the same time of looking is no further look


def test_what_several_feeds_show_is_compared_feed_by_feed(store: SqlStore) -> None:
    other = "https://other.example/rss"
    store.keep(Kept(entry=entry("a")), NOW)
    offers = [[entry("a"), entry("b"), entry("b")], [], [entry("a", feed=other), entry("b", feed=other)]]
    assert store.unseen_of_each(offers) == [[entry("b")], [], [entry("b", feed=other)]]
    assert store.unseen_of_each([]) == []


@pytest.mark.parametrize("guid", ["\ud800 half", "nul\0", "я" * 2_000, '"[quoted]\\', "é\U0001f600"])
def test_an_odd_guid_is_known_again(store: SqlStore, guid: str) -> None:
    odd = replace(entry(), guid=guid, url="")
    assert store.unseen([odd]) == [odd]
    store.keep(Kept(entry=odd), NOW)
    assert store.unseen([odd]) == []


def test_only_entries_with_new_guid_and_new_address_are_unseen(store: SqlStore) -> None:
    store.keep(Kept(entry=entry("a")), NOW)
    renumbered = entry("a", guid="other")
    elsewhere = entry("a", feed="https://other.example/rss")
    moved = entry("a", url="https://press.example/moved")
    same_guid_elsewhere = entry("b", guid="guid-a", feed="https://other.example/rss")
    offered = [renumbered, elsewhere, moved, same_guid_elsewhere, entry("c"), entry("d"), entry("c")]
    assert store.unseen(offered) == [same_guid_elsewhere, entry("c"), entry("d")]
    assert store.unseen([]) == []


def test_a_feed_that_gives_old_numbers_to_new_items_loses_none_of_them(store: SqlStore) -> None:
    def shown(*names: str) -> list[Entry]:  # numbered by their place in the list, as some feeds do
        return [entry(name, guid=str(place)) for place, name in enumerate(names)]

    for one in shown("c", "b", "a"):
        store.keep(Kept(entry=one), NOW)
    assert store.unseen(shown("c", "b", "a")) == []
    (new,) = store.unseen(shown("d", "c", "b", "a"))[:1]
    assert new == entry("d", guid="https://press.example/d")
    store.keep(Kept(entry=new), NOW)
    assert store.unseen(shown("d", "c", "b")) == []
    assert [one.url for one in store.unseen(shown("e", "d", "c", "b"))] == ["https://press.example/e"]


def test_a_site_that_moves_to_https_and_drops_its_www_brings_nothing_new(store: SqlStore) -> None:
    for name in "abcd":
        store.keep(Kept(entry=entry(name, url=f"http://www.press.example/{name}/")), NOW)
    assert store.unseen([entry(name, url=f"https://press.example/{name}") for name in "abcd"]) == []


HEADLINE = "Bamako : l’arrivée d’un convoi de chars russes"
LEAD = "Onze chars T-72 sont arrivés à Bamako lundi soir, selon plusieurs habitants du quartier."


@pytest.mark.parametrize(
    ("changes", "again"),
    [
        ({"published": NOW - timedelta(hours=2)}, True),  # same headline, same moment
        ({"summary": LEAD + " […]", "published": NOW}, True),  # dated anew, same beginning
        ({"summary": LEAD.upper()}, True),
        ({}, True),  # nothing but the headline, three days later at most
        (
            {"summary": "Le convoi de cette semaine est reparti vers le nord du pays.", "published": NOW},
            False,
        ),
        ({"title": "Bamako : un autre convoi de chars russes"}, False),
        ({"title": "Le journal"}, False),
    ],
)
def test_an_article_under_another_address_is_known_by_headline_and_outlet(
    store: SqlStore, changes: dict[str, Any], again: bool
) -> None:
    text = f"{LEAD}\n\nEt encore un peu de texte."
    for title in (HEADLINE, "Le journal"):
        one = article(title, title=title, text=text, outlet="tamani")
        store.keep(Kept(judgement(one), entry(title)), NOW)
    offered = entry("moved", title=HEADLINE, published=None)
    offered = replace(offered, **changes)
    (found,), (elsewhere,) = (
        store.again_of_each([(outlet, [offered])], at(days=2)) for outlet in ("tamani", "another")
    )
    assert (found, elsewhere) == ([offered] if again else [], [])
    assert store.again_of_each([("tamani", [])], NOW) == [[]]
    if not changes:  # a column with the same name comes back
        assert store.again_of_each([("tamani", [offered])], at(days=4)) == [[]]


def test_entries_without_address_are_told_apart_by_guid(store: SqlStore) -> None:
    store.keep(Kept(entry=entry("a", url="")), NOW)
    offered = [entry(name, url="") for name in "abc"]
    assert [e.guid for e in store.unseen(offered)] == ["guid-b", "guid-c"]


def test_a_feed_of_a_thousand_entries_is_no_problem(store: SqlStore) -> None:
    offered = [entry(str(number)) for number in range(1_000)]
    store.keep(Kept(entry=offered[700]), NOW)
    assert store.unseen(offered) == offered[:700] + offered[701:]


def test_settings_are_remembered_and_replaced(store: SqlStore) -> None:
    assert store.setting("paused") is None
    store.set_setting("paused", "yes")
    store.set_setting("paused", "no")
    assert store.setting("paused") == "no"


# ---------------------------------------------------------------------------------- addresses


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("djeli.db", "cannot be read"),
        ("postgresql+psycopg://u:hunter2@host:port/db", "cannot be read"),
        ("mysql://u:hunter2@host/db", "kind 'mysql'"),
        ("postgresql+asyncpg://u:hunter2@host/db", "kind 'postgresql\\+asyncpg'"),
        ("sqlite:////no/such/folder/djeli.db", "/no/such/folder/djeli.db cannot be opened"),
    ],
)
def test_a_wrong_address_is_one_clear_sentence(url: str, words: str) -> None:
    with pytest.raises(UserError, match=words) as caught:
        open_store(url)
    assert "hunter2" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_no_database_is_not_touched(tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear reader, this is not a database at all.\n" * 100)
    before = letter.read_bytes()
    with pytest.raises(UserError, match="not a database"):
        open_store(f"sqlite:///{letter}")
    assert letter.read_bytes() == before


@pytest.mark.parametrize("secret", ["u:hunter2@127.0.0.1:1/djeli", "u@127.0.0.1:1/djeli?password=hunter2"])
def test_a_server_that_does_not_answer_is_named_without_the_password(secret: str) -> None:
    with pytest.raises(JobFailed, match=r"djeli at 127\.0\.0\.1:1 cannot be opened") as caught:
        open_store(f"postgresql://{secret}")
    assert "hunter2" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


@pytest.mark.parametrize("kind", LASTING)
def test_a_reader_cannot_write(kind: str, tmp_path: Path) -> None:
    with opened(address(kind, tmp_path)) as store:
        with pytest.raises(JobFailed, match=r"read-?only"), store.database.read() as connection:
            connection.execute(text("INSERT INTO settings VALUES ('a', 'b')"))
        assert store.setting("a") is None


def test_sqlite_is_set_up_to_lose_nothing(tmp_path: Path) -> None:
    with opened(address("sqlite file", tmp_path)) as store, store.database.write() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 10_000}


def test_two_processes_worth_of_stores_share_one_file(tmp_path: Path) -> None:
    url = address("sqlite file", tmp_path)
    with opened(url) as one, opened(url) as two:
        one.keep(kept("a", verdict("S1")), NOW)
        two.keep(kept("b", merged("S1")), NOW)
        story = one.story("S1")
        assert story is not None
        assert len(story.members) == 2
        assert [row.alert.chat for row in two.next_rows(NOW)] == [CHAT]
