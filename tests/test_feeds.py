"""Feeds as they are met: recorded ones, broken ones, hostile ones."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from djeli.core.model import Failure
from monitors.feeds import parse_feed
from monitors.found import ParsedFeed, from_json, to_json
from monitors.items import ALL_LIMIT, MOST_ENTRIES
from monitors.portals import unwrapped
from monitors.wellformed import read_plain
from tests.web_server import rss

NOW = datetime(2027, 2, 10, 12, tzinfo=UTC)
RECORDED = Path(__file__).parent / "recorded"
URL = "https://journal-du-fleuve.example/feed/"


def parsed(body: bytes, content_type: str = "application/rss+xml") -> ParsedFeed:
    found = parse_feed(body, content_type, URL, NOW)
    assert isinstance(found, ParsedFeed), found
    return found


def refused(body: bytes, content_type: str = "text/html") -> Failure:
    found = parse_feed(body, content_type, URL, NOW)
    assert isinstance(found, Failure), found
    return found


def test_a_newspapers_feed_is_read_as_a_reader_would_read_it() -> None:
    feed = parsed((RECORDED / "journal_du_fleuve.rss").read_bytes())
    convoy, market, tomorrow, odd = feed.entries
    assert (feed.title, feed.language, feed.ttl) == ("Journal du Fleuve", "fr", timedelta(minutes=30))
    assert feed.hub == "https://hub.example/push"
    assert feed.whole
    assert convoy.title == "Gao : un convoi d’engins arrive après trois semaines de route"
    assert convoy.url == "https://journal-du-fleuve.example/2027/02/gao-convoi/"
    assert convoy.guid == "https://journal-du-fleuve.example/?p=4711"
    assert convoy.published == datetime(2027, 2, 9, 18, 20, tzinfo=UTC)
    assert convoy.summary == "Une quarantaine d’engins sont entrés dans la ville mardi. […]"
    assert convoy.content == (
        "Une quarantaine d’engins sont entrés dans la ville mardi.\n\n"
        "Ils étaient partis du sud trois semaines plus tôt."
    )
    assert market.url == "https://journal-du-fleuve.example/2027/02/mopti-marche/"
    assert market.published is None  # "hier soir"
    assert tomorrow.published is None  # 2099
    assert (odd.url, odd.source) == ("", "Agence du Nord")


def test_a_russian_feed_in_windows_1251_is_read() -> None:
    feed = parsed((RECORDED / "vestnik_vostoka.rss").read_bytes())
    assert feed.language == "ru"
    assert feed.entries[0].title == "В Бамако прибыла делегация для переговоров о золоте"
    assert feed.entries[0].published == datetime(2027, 2, 10, 9, 5, tzinfo=UTC)


@pytest.mark.parametrize("alphabet", ["windows-1251", "koi8-r", "utf-8"])
@pytest.mark.parametrize("told", ["in the document", "in the header", "nowhere", "wrongly"])
def test_a_russian_feed_is_read_in_every_alphabet_wherever_it_is_named(alphabet: str, told: str) -> None:
    recorded = (RECORDED / "vestnik_vostoka.rss").read_bytes().decode("windows-1251")
    name = {"in the document": alphabet, "wrongly": "utf-8"}.get(told)
    declared = f' encoding="{name}"' if name else ""
    body = recorded.replace(' encoding="windows-1251"', declared).encode(alphabet)
    header = f"text/xml; charset={alphabet}" if told == "in the header" else "text/xml"
    for find in (parse_feed, read_plain):
        found = find(body, header, URL, NOW)
        if find is parse_feed or found is not None:
            assert isinstance(found, ParsedFeed)
            assert found.entries[0].title == "В Бамако прибыла делегация для переговоров о золоте"


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("declared", ["", "utf-16", "utf-8", "windows-1251"])
def test_a_feed_in_wide_letters_is_read_whatever_it_declares(codec: str, mark: str, declared: str) -> None:
    recorded = (RECORDED / "vestnik_vostoka.rss").read_bytes().decode("windows-1251")
    said = f' encoding="{declared}"' if declared else ""
    feed = parsed((mark + recorded.replace(' encoding="windows-1251"', said)).encode(codec))
    assert feed.whole
    assert feed.entries[0].title == "В Бамако прибыла делегация для переговоров о золоте"


def google_news(inside: bytes) -> str:
    """A link as Google News writes it: the name of the article in base64."""
    return f"https://news.google.com/rss/articles/{urlsafe_b64encode(inside).decode().rstrip('=')}?oc=5"


ARTICLE = b"https://journal.example/2027/02/gao-convoi-de-quarante-engins-arrive-apres-trois-semaines/?a=1"


@pytest.mark.parametrize(
    ("link", "address"),
    [
        (google_news(b"\x08\x13\x22" + bytes([len(ARTICLE)]) + ARTICLE + b"\xd2\x01\x00"), ARTICLE.decode()),
        (google_news(b"\x08\x13\x22\xac\x01" + ARTICLE + b"x" * 77 + b"\xd2"), ARTICLE.decode() + "x" * 77),
        ("https://www.google.com/url?rct=j&amp;url=https://j.example/1&amp;ct=ga", "https://j.example/1"),
        (
            "http://www.bing.com/news/apiclick.aspx?ref=x&amp;url=https%3a%2f%2fj.example%2f1",
            "https://j.example/1",
        ),
        ("https://l.facebook.com/l.php?u=https%3A%2F%2Fj.example%2F1%3Ffbclid%3D9", "https://j.example/1"),
    ],
)
def test_the_link_of_a_portal_is_the_address_that_it_carries(link: str, address: str) -> None:
    item = {"title": "Gao : un convoi arrive - Journal", "link": link, "source": "Journal"}
    entry = parsed(rss(item)).entries[0]
    assert (entry.url, entry.title, entry.source) == (address, "Gao : un convoi arrive", "Journal")


@pytest.mark.parametrize(
    "link",
    [
        google_news(b"\x08\x13\x22\x20AU_yqLNothingToReadHereButAName"),
        "https://news.google.com/rss/articles/!!!",
        "https://www.google.com/url?url=javascript:alert(1)",
        "https://bing.com/news/apiclick.aspx?url=ftp://x",
        "https://google.example/url?url=https://j.example/1",
        "https://[google.com/",
    ],
)
def test_a_portals_link_that_carries_nothing_stays_as_it_is(link: str) -> None:
    assert unwrapped(link) == link


def test_a_russian_feed_that_hides_its_alphabet_is_read() -> None:
    body = (RECORDED / "vestnik_vostoka.rss").read_bytes().replace(b' encoding="windows-1251"', b"")
    title = "В Бамако прибыла делегация для переговоров о золоте"
    assert parsed(body).entries[0].title == title
    assert parsed(body, "text/xml; charset=windows-1251").entries[0].title == title
    assert parsed(body, "text/xml; charset=utf-8").entries[0].title == title  # a lie


def test_an_atom_feed_is_read() -> None:
    feed = parsed((RECORDED / "bulletin_sahel.atom").read_bytes(), "application/atom+xml")
    entry = feed.entries[0]
    assert (entry.title, entry.source) == ("Niamey & Bamako sign transit deal", "Niger Wire")
    assert entry.published == datetime(2027, 2, 9, 20, 30, tzinfo=UTC)
    assert (entry.url, entry.lang) == ("https://bulletin.example/transit", "en")


def test_a_page_instead_of_a_feed_says_where_the_feed_is() -> None:
    page, better = (RECORDED / "gao_convoi.html").read_bytes(), "https://journal-du-fleuve.example/feed/"
    found = parse_feed(page, "text/html", "https://journal-du-fleuve.example/rss.xml", NOW)
    assert isinstance(found, Failure)
    assert (found.code, found.proposed) == ("not_a_feed", better)
    assert found.detail == f"The address answers with an HTML page instead of a feed: try {better}."


def test_a_page_that_names_the_very_address_it_is_served_at_is_no_advice() -> None:
    found = refused((RECORDED / "gao_convoi.html").read_bytes())
    assert (found.code, found.proposed, "try" in found.detail) == ("not_a_feed", None, False)


def test_a_page_without_a_feed_is_named_too() -> None:
    found = refused(b"<!DOCTYPE html><html><body>Under repair</body></html>")
    assert (found.code, "try" in found.detail) == ("not_a_feed", False)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "parse"),
        (b" \r\n\xef\xbb\xbf", "parse"),
        (b"<?xml version='1.0'?>", "parse"),
        (b"<rss><channel><title>Half a", "parse"),
        (b'{"version": "https://jsonfeed.org/version/1.1"}', "not_a_feed"),
        (b"Service unavailable", "not_a_feed"),
        (b"\x00\xff\xfe\x80", "not_a_feed"),
        (
            b'<!DOCTYPE r [<!ENTITY a "ha">]><rss><channel><item><title>&a;</title></item></channel></rss>',
            "parse",
        ),
        ('<!DOCTYPE r [<!ENTITY a "ha">]><rss/>'.encode("utf-16"), "parse"),
    ],
)
def test_what_gives_nothing_is_a_failure_with_a_sentence(body: bytes, code: str) -> None:
    found = refused(body)
    assert found.code == code
    assert found.detail.endswith(".")


def test_an_empty_but_whole_feed_is_no_failure() -> None:
    assert parsed(rss()).entries == ()


def test_a_truncated_feed_gives_its_whole_entries_and_says_so() -> None:
    body = rss({"title": "Un", "guid": "1"}, {"title": "Deux", "guid": "2"}, {"title": "Trois cents soldats"})
    feed = parsed(body[: body.index(b"cents")])
    assert [entry.title for entry in feed.entries] == ["Un", "Deux"]
    assert not feed.whole


def test_a_stray_ampersand_costs_nothing() -> None:
    feed = parsed(rss({"title": "Sécurité & paix", "guid": "1"}, {"title": "Deux", "guid": "2"}))
    assert [entry.title for entry in feed.entries] == ["Sécurité & paix", "Deux"]
    assert feed.whole


@pytest.mark.parametrize(
    ("written", "hour"),
    [
        ("Wed, 10 Feb 2027 12:00:00 MSK", 9),
        ("Wed, 10 Feb 2027 12:00:00 Europe/Moscow", 9),
        ("Wed, 10 Feb 2027 12:00 CET", 11),
        ("Wed, 10 Feb 2027 12:00:00 WAT", 11),
        ("Wed, 10 Feb 2027 12:00:00 GMT", 12),
        ("Wed, 10 Feb 2027 12:00:00 XYZ", 12),
        ("Wed, 10 Feb 2027 12:00:00 +0300", 9),
    ],
)
def test_zones_that_the_press_names_are_known(written: str, hour: int) -> None:
    body = rss({"title": "Un", "guid": "1", "pubDate": written})
    assert parsed(body).entries[0].published == datetime(2027, 2, 10, hour, tzinfo=UTC)


def test_scripts_and_markup_never_leave_a_title() -> None:
    titles = {
        "&lt;script&gt;alert(1)&lt;/script&gt;Bamako": "Bamako",
        "&lt;img src=x onerror=alert(1)&gt;Gao": "Gao",
        "5 &lt; 6 et 7 &gt; 2": "5 < 6 et 7 > 2",
        "&lt;!-- rien --&gt;Kidal &amp;amp; Mopti": "Kidal & Mopti",
        "Bam\u200bako \u202eoka\u202c": "Bamako oka",
        "&lt;a title='a &gt; b' href=x&gt;Ségou&lt;/a&gt;": "Ségou",
        "Deux\nlignes": "Deux lignes",
    }
    feed = parsed(rss(*({"title": title, "guid": str(at)} for at, title in enumerate(titles))))
    assert [entry.title for entry in feed.entries] == list(titles.values())


def test_entries_without_guid_are_known_by_address_then_by_title() -> None:
    feed = parsed(rss({"title": "Un", "link": "https://a.example/1?utm_source=rss"}, {"title": "Deux"}))
    assert feed.entries[0].guid == "https://a.example/1"
    assert len(feed.entries[1].guid) == 64


def test_one_guid_for_many_items_is_not_believed() -> None:
    items = [{"title": str(n), "guid": "x", "link": f"https://a.example/{n}"} for n in range(3)]
    assert len({entry.guid for entry in parsed(rss(*items)).entries}) == 3


def test_an_address_shared_by_many_items_is_not_theirs() -> None:
    items = [
        {"title": f"Journal de {n} h", "guid": str(n), "link": "https://radio.example/"} for n in range(3)
    ]
    feed = parsed(rss(*items))
    assert [entry.url for entry in feed.entries] == ["", "", ""]
    assert [entry.guid for entry in feed.entries] == ["0", "1", "2"]


def test_an_item_told_twice_is_one_entry() -> None:
    item = {"title": "Un", "guid": "1", "link": "https://a.example/1"}
    assert len(parsed(rss(item, item)).entries) == 1


def test_an_item_without_title_is_named_by_its_text_and_an_empty_one_dropped() -> None:
    feed = parsed(rss({"description": "Un convoi est arrivé."}, {"guid": "nothing"}))
    assert [entry.title for entry in feed.entries] == ["Un convoi est arrivé."]


def test_long_things_are_cut() -> None:
    long = "mot " * 50_000
    items = [{"title": long, "description": long, "guid": str(n)} for n in range(2)]
    entry = parsed(rss(*items)).entries[0]
    assert (len(entry.title) <= 300, len(entry.summary) <= 2000) == (True, True)
    assert entry.title.endswith("mot…")
    many = parsed(rss(*({"title": str(n), "guid": str(n)} for n in range(MOST_ENTRIES + 20))))
    assert len(many.entries) == MOST_ENTRIES


@pytest.mark.parametrize("date", ["", "0", "Thu, 01 Jan 1970 00:00:00 GMT", "31 Feb 2027", "99999999999999"])
def test_an_impossible_date_is_no_date(date: str) -> None:
    assert parsed(rss({"title": "Un", "pubDate": date})).entries[0].published is None


@pytest.mark.parametrize("alphabet", ["utf-8", "cp1251"])
def test_a_number_without_end_costs_one_sign_and_not_the_feed(alphabet: str) -> None:
    """Python refuses to read a number of 5,000 digits; html.unescape raises."""
    title = f"Гао &amp;#{'9' * 9000}; Томбукту"
    body = rss({"title": title}).decode().replace("UTF-8", alphabet).encode(alphabet)
    assert [entry.title for entry in parsed(body).entries] == ["Гао \ufffd Томбукту"]
    read = read_plain(body, "", URL, NOW)
    assert read is not None
    assert read.entries == parsed(body).entries


@pytest.mark.parametrize("title", ["Gao", "Mopti"])  # of even and odd length
def test_a_feed_of_letters_of_one_byte_is_not_read_as_utf_16(title: str) -> None:
    feed = parsed(rss({"title": title}), "application/rss+xml; charset=utf-16")
    assert [entry.title for entry in feed.entries] == [title]


def test_entities_are_refused_in_any_alphabet() -> None:
    trap = b'<!DOCTYPE rss [<!ENTITY a "ha">]><rss><channel><item><title>&a;</title></item></channel></rss>'
    assert "entities" in refused(trap, "text/xml").detail
    hidden = trap.replace(b"<!ENTITY", b"<!ENT\x1b(BITY")
    assert hidden.decode("iso-2022-jp") == trap.decode()
    assert "entities" in refused(hidden, "text/xml; charset=iso-2022-jp").detail


def test_the_contents_of_a_feed_together_have_a_limit() -> None:
    long = {"description": "Un convoi. " * 9000}
    feed = parsed(rss(*({**long, "title": f"T{n}", "guid": str(n)} for n in range(30))))
    assert len(feed.entries) == 30
    assert sum(len(entry.content) for entry in feed.entries) <= ALL_LIMIT
    assert all(entry.summary for entry in feed.entries)


def test_a_feed_survives_the_journey_between_processes() -> None:
    feed = parsed((RECORDED / "journal_du_fleuve.rss").read_bytes())
    assert from_json(to_json(feed)) == feed
    failure = refused(b"")
    assert from_json(to_json(failure)) == failure


@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=300)
    | st.text(max_size=200).map(
        lambda text: rss({"title": text, "link": text, "pubDate": text, "guid": text})
    )
    | st.binary(max_size=200).map(lambda middle: b"<rss><channel><item><title>" + middle),
    st.sampled_from(
        ["", "text/xml; charset=utf-7", "application/xml; charset=idna", "text/html; charset=\x00"]
    ),
)
def test_any_bytes_give_a_value(body: bytes, content_type: str) -> None:
    found = parse_feed(body, content_type, URL, NOW)
    assert isinstance(found, ParsedFeed | Failure)
    assert from_json(to_json(found)) == found
