"""Which addresses may be visited, and which of them are one article."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from djeli.core.model import Failure
from monitors.addresses import Address, canonical, connection_refusal, is_public, networks, parse, refusal

MALFORMED = [
    "",
    "feed",
    "//example.org/feed",
    "file:///etc/passwd",
    "ftp://example.org/feed",
    "gopher://example.org/",
    "javascript:alert(1)",
    "data:text/xml,<rss/>",
    "tg://user?id=1",
    "http://",
    "http:///feed",
    "http://user:secret@example.org/",
    "http://user@example.org/",
    "http://example.org\\@127.0.0.1/",
    "http://exa mple.org/",
    "http://example.org/\r\nHost: evil",
    "http://example.org/\x00",
    "http://example.org:port/",
    "http://example.org:99999/",
    "http://example.org:0/",
    "http://[::1/",
    "http://[fe80::1%25eth0]/",
    "http://%31%32%37.0.0.1/",
    "http://-example.org/",
    "http://exa..mple.org/",
    "http://example.org/" + "a" * 2048,
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0x7f.0.0.1/",
    "http://0177.0.0.1/",
    "http://127.1/",
    "http://127.0.1/",
    "http://1.2.3.4.5/",
    "http://１２７.１/",
    "http://" + "é" * 64 + ".example/",
]
PRIVATE = [
    "http://127.0.0.1/",
    "http://127.0.0.1./",
    "http://10.1.1.1/",
    "http://100.64.0.1/",
    "http://169.254.169.254/latest/meta-data",
    "http://172.31.0.1/",
    "http://192.168.1.1/",
    "http://192.0.0.192/",
    "http://198.18.0.1/",
    "http://0.0.0.0/",
    "http://255.255.255.255/",
    "http://224.0.0.1/",
    "http://１２７。０。０。１/",
    "http://[::1]/",
    "http://[::]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:a9fe:a9fe]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[64:ff9b::a9fe:a9fe]/",
    "http://[64:ff9b:1::1]/",
    "http://[2002:7f00:1::]/",
    "http://[2002:a9fe:a9fe::1]/",
    "http://[2001:0:1::1]/",
    "http://[fd00:ec2::254]/",
    "http://[fe80::1]/",
    "http://[fec0::1]/",
    "http://[ff02::1]/",
    "http://[::127.0.0.1]/",
    "http://[2001:db8::1]/",
    "http://[::ffff:0:7f00:1]/",
    "http://[1000::1]/",
    "http://[4000::1]/",
    "http://[9fff::1]/",
    "http://localhost/",
    "http://intranet/",
    "http://example.org:22/",
    "http://example.org:8080/",
    "http://8.8.8.8:6379/",
]
PUBLIC = [
    "http://example.org/",
    "https://example.org:443/feed?a=1",
    "https://journal.example/récit",
    "https://вестник.example/",
    "http://8.8.8.8/",
    "http://100.63.255.255/",
    "http://[2606:4700::1111]/",
    "http://[::ffff:8.8.8.8]/",
    "http://[64:ff9b::808:808]/",
]


def address(url: str) -> Address:
    found = parse(url)
    assert isinstance(found, Address), found
    return found


@pytest.mark.parametrize("url", MALFORMED)
def test_what_is_no_plain_web_address_is_refused_with_a_sentence(url: str) -> None:
    found = parse(url)
    assert isinstance(found, Failure)
    assert found.code == "bad_address"
    assert found.detail.endswith(".")
    assert "secret" not in found.detail


@pytest.mark.parametrize("url", PRIVATE)
def test_private_addresses_in_any_disguise_are_refused(url: str) -> None:
    found = parse(url)
    refused = found if isinstance(found, Failure) else refusal(found)
    assert refused is not None
    assert refused.code in ("blocked_address", "bad_address")


@pytest.mark.parametrize("url", PUBLIC)
def test_public_addresses_are_let_through(url: str) -> None:
    assert refusal(address(url)) is None


@pytest.mark.parametrize(
    ("host", "port", "resolved", "code"),
    [
        ("news.example", 80, ["8.8.8.8"], None),
        ("news.example", 80, ["8.8.8.8", "10.0.0.1"], "blocked_address"),
        ("news.example", 443, ["2606:4700::1111", "::1"], "blocked_address"),
        ("news.example", 8080, ["8.8.8.8"], "blocked_address"),
        ("intranet", 80, ["8.8.8.8"], "blocked_address"),
        ("news.example", 80, ["fe80::1%eth0"], "blocked_address"),
        ("news.example", 80, ["rubbish"], "blocked_address"),
        ("news.example", 80, [], "dns"),
    ],
)
def test_every_address_of_a_host_must_be_public(
    host: str, port: int, resolved: list[str], code: str | None
) -> None:
    refused = connection_refusal(host, port, resolved)
    assert (refused.code if refused else None) == code


def test_an_allowed_private_network_may_be_visited_on_any_port() -> None:
    allowed = networks(["127.0.0.0/8"])
    assert refusal(address("http://127.0.0.1:8123/feed"), allowed) is None
    assert refusal(address("http://localhost:8123/feed"), allowed) is None
    assert connection_refusal("localhost", 8123, ["127.0.0.1"], allowed) is None
    assert connection_refusal("news.example", 8123, ["8.8.8.8"], allowed) is not None
    assert connection_refusal("news.example", 80, ["10.0.0.1"], allowed) is not None
    assert refusal(address("http://10.0.0.1/"), allowed) is not None


def test_mapped_and_translated_addresses_are_judged_by_what_they_wrap() -> None:
    assert is_public(ipaddress.ip_address("::ffff:8.8.8.8"))
    assert not is_public(ipaddress.ip_address("::ffff:10.0.0.1"))
    assert not is_public(ipaddress.ip_address("64:ff9b::a00:1"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.example/x?utm_source=rss&utm_medium=feed", "https://a.example/x"),
        ("https://a.example/x?fbclid=1&id=5", "https://a.example/x?id=5"),
        ("HTTPS://A.Example:443/x#part", "https://a.example/x"),
        ("https://a.example", "https://a.example/"),
        ("https://a.example/x?xtor=RSS-1", "https://a.example/x"),
        ("https://a.example/x?at_medium=RSS&at_campaign=KARANGA", "https://a.example/x"),
        ("https://a.example/x?ref=rss", "https://a.example/x"),
        ("https://a.example/réc%c3%a9", "https://a.example/r%C3%A9c%C3%A9"),
        (" https://a.example/two words ", "https://a.example/two%20words"),
    ],
)
def test_two_spellings_of_one_article_become_one(one: str, other: str) -> None:
    assert canonical(one) == canonical(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.example/?p=1", "https://a.example/?p=2"),
        ("https://a.example/article?12345", "https://a.example/article?12346"),
        ("https://a.example/?gallery=1", "https://a.example/?gallery=2"),
        ("https://a.example/?source_id=1", "https://a.example/?source_id=2"),
        ("https://a.example/?ref=4711", "https://a.example/?ref=4712"),
    ],
)
def test_two_articles_never_become_one(one: str, other: str) -> None:
    assert canonical(one) != canonical(other)


def test_a_relative_link_is_read_against_its_feed() -> None:
    assert canonical("/news/1", "https://a.example/feed/") == "https://a.example/news/1"
    assert canonical("javascript:alert(1)", "https://a.example/") == ""


@given(st.text(max_size=80) | st.text(max_size=60).map(lambda tail: "http://a.example/" + tail))
def test_canonical_never_raises_and_is_stable(url: str) -> None:
    once = canonical(url)
    assert canonical(once) == once
    assert once == "" or once.isascii()
