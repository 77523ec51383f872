"""Whatever a feed says, Telegram accepts the message and a reader is sent only where we meant."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot import html
from tests.telegram_html import Refused, accept, units

HOSTILE = st.one_of(
    st.text(max_size=400),
    st.text(alphabet="<>&\"'=/ab tg:user?id=1;#x41", max_size=200),
    st.sampled_from(
        [
            "<script>alert(1)</script>",
            "</b></a></blockquote>",
            "<a href='tg://user?id=777'>free</a>",
            "\u202eevil\u2066\u200b\ufeff",
            "&lt;b&gt; &nbsp; &#x1F600; &amp;amp;",
            "😀👨‍👩‍👧‍👦" * 800,
            "x" * 10_000,
            "a\x00b\x1b[31m\u2028c",
            "@durov /start #tag",
            "\ud800 alone",
        ]
    ),
)
URLS = st.one_of(
    st.sampled_from(
        [
            "https://example.org/a?b=1&c=2",
            "http://пример.рф/новости",
            "javascript:alert(1)",
            "tg://user?id=777",
            "https://user:pw@example.org/",
            "https:///nohost",
            'https://example.org/"><b>',
            "https://example.org/" + "x" * 3_000,
            "http://[::1",
            "http://example.org:99999/",
            "ton://x",
            "",
        ]
    ),
    st.text(max_size=60).map("https://example.org/".__add__),
)


@settings(max_examples=300, deadline=None)
@given(titles=st.lists(HOSTILE, min_size=1, max_size=6), url=URLS)
@example(titles=["</a>" * 500], url="https://example.org/")
def test_any_feed_text_gives_a_message_telegram_accepts(titles: list[str], url: str) -> None:
    blocks = [f"<b>{html.link(title, url)}</b> {html.escape(title)}" for title in titles]
    for part in html.split(blocks):
        shown, entities = accept(part)
        assert units(shown) <= 4_096
        links = [entity["url"] for entity in entities if entity["type"] == "text_link"]
        assert set(links) <= {html.safe_url(url)}
        assert not any(entity["type"] == "text_mention" for entity in entities)


@settings(max_examples=200, deadline=None)
@given(
    texts=st.lists(st.text(alphabet="ab <&😀é\n", max_size=300), max_size=30),
    limit=st.integers(60, 400),
)
def test_parts_keep_both_limits_and_every_tag_is_closed(texts: list[str], limit: int) -> None:
    blocks = [f"<blockquote><i>{html.escape(text)}</i></blockquote>" for text in texts]
    for part in html.split(blocks, limit, 600):
        assert html.length(part) <= limit
        assert len(part.encode()) <= 600
        accept(part)


def test_a_single_part_is_not_numbered_and_several_are() -> None:
    assert html.split(["one", "two"]) == ["one\ntwo"]
    parts = html.split(["x" * 30] * 5, limit_units=80)
    assert [part.rsplit("\n", 1)[1] for part in parts] == [
        f"<i>{number}/{len(parts)}</i>" for number in range(1, len(parts) + 1)
    ]
    assert html.split([]) == []


def test_an_item_that_is_too_long_by_itself_is_cut_inside_its_text() -> None:
    (part,) = html.split(["<b>" + "слово " * 2_000 + "</b>"])
    assert part.startswith("<b>слово")
    assert part.endswith("…</b>")
    assert accept(part)[0].endswith("…")


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "tg://user?id=1",
        "ftp://example.org/",
        "https:///x",
        "https://a:b@example.org/",
        "https://example.org/\u202e",
        "https://example.org/a b",
        "https://example.org/" + "y" * 2_100,
        "http://[::1",
    ],
)
def test_a_reader_is_never_sent_to(url: str) -> None:
    assert html.safe_url(url) is None
    assert html.link("title", url) == "title"


def test_direction_marks_and_calls_of_persons_are_gone() -> None:
    assert html.clean("abc\u202etxt.exe\u2069 \u200bx\ufeff") == "abctxt.exe x"
    assert html.clean("thanks @durov, write to a.b@c.org") == "thanks ＠durov, write to a.b@c.org"
    assert html.clean("Ёлка\u0000\n\tй") == "Ёлка й"


def test_plain_text_keeps_the_address_of_a_link() -> None:
    text = "🚨 <b>Coup &amp; more</b>\n" + html.link("Title", "https://e.org/?a=1&b=2")
    assert html.plain(text) == "🚨 Coup & more\nTitle (https://e.org/?a=1&b=2)"


def test_length_is_counted_as_telegram_counts_it() -> None:
    assert html.length("<b>😀</b>&lt;é") == 4
    assert html.units("😀") == 2
    assert html.units(html.shorten("😀" * 50, 21)) <= 21


def test_a_host_is_shown_as_it_goes_over_the_wire() -> None:
    assert html.host("https://www.maliweb.net/a") == "maliweb.net"
    assert html.host("https://пример.рф/") == "xn--e1afmkfd.xn--p1ai"
    assert html.host("tg://x") == ""


@pytest.mark.parametrize(
    ("markup", "error"),
    [
        ("<p>x</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("é<i>x</b>", 'Unmatched end tag at byte offset 6, expected "</i>", found "</b>"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("a <3", "Unclosed start tag at byte offset 2"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<a =x>y</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=x_y>y</a>", "Unexpected end of name token at byte offset 8"),
        ('<a href="x>y</a>', 'Unclosed start tag "a" at byte offset 0'),
    ],
)
def test_the_parser_of_the_fake_refuses_in_the_servers_words(markup: str, error: str) -> None:
    with pytest.raises(Refused) as refused:
        accept(markup)
    assert refused.value.description == f"Bad Request: can't parse entities: {error}"


def test_the_parser_of_the_fake_sees_what_the_server_sees() -> None:
    shown, entities = accept('<blockquote expandable>a😀<a href="tg://user?id=7">b</a></blockquote>&nbsp;')
    assert shown == "a😀b&nbsp;"
    assert [(entity["type"], entity["offset"], entity["length"]) for entity in entities] == [
        ("expandable_blockquote", 0, 4),
        ("text_mention", 3, 1),
    ]
    assert accept("<a href='javascript:x'>y</a>") == ("y", [])
    with pytest.raises(Refused, match="message is too long"):
        accept("x" * 4_097)
    with pytest.raises(Refused, match="text must be non-empty"):
        accept("<b> </b>")
