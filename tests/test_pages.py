"""Pages to plain text, in the alphabets they come in."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitors.charset import decode, encoding_of
from monitors.found import Page, from_json, to_json
from monitors.pages import extract
from monitors.text import plain, shortened
from tests.web_server import article_page

NOW = datetime(2027, 2, 10, 12, tzinfo=UTC)
RECORDED = Path(__file__).parent / "recorded"
URL = "https://journal-du-fleuve.example/2027/02/gao-convoi/?utm_source=rss"
PARAGRAPHS = [
    "Le ministre a signé mercredi à Bamako un accord de coopération avec son homologue, selon un communiqué.",
    "Le texte prévoit la livraison de matériel avant la fin du mois, et la formation de cent techniciens.",
    "Il s’agit du troisième accord de ce genre depuis le début de l’année, a rappelé le porte-parole.",
]


def page(html: bytes | str, content_type: str = "text/html") -> Page:
    found = extract(html.encode() if isinstance(html, str) else html, URL, content_type, NOW)
    assert found is not None
    return found


def test_an_article_is_read_without_what_surrounds_it() -> None:
    found = page((RECORDED / "gao_convoi.html").read_bytes())
    paragraphs = found.text.split("\n\n")
    assert paragraphs[-3].startswith("Une quarantaine d’engins")
    assert paragraphs[-1].endswith("pour leur patience.")
    assert not any(word in found.text for word in ("Accueil", "Bravo", "droits", "Lire aussi"))
    assert (found.title, found.lang) == ("Gao : un convoi arrive", "fr")
    assert found.published == datetime(2027, 2, 9, 18, 20, tzinfo=UTC)
    assert found.canonical == "https://journal-du-fleuve.example/2027/02/gao-convoi/"


@pytest.mark.parametrize("alphabet", ["windows_1251", "koi8_r"])
def test_a_russian_page_that_declares_no_alphabet_is_read(alphabet: str) -> None:
    found = page((RECORDED / f"kolonna_{alphabet}.html").read_bytes())
    assert found.title == "Колонна дошла до Кидаля"
    assert "вошла в Кидаль, сообщили двое жителей города" in found.text
    assert found.published is None


def test_what_stands_in_tables_is_read_row_by_row() -> None:
    rows = "".join(
        f"<tr><td>{place}</td><td></td><td>{count} engins</td></tr>"
        for place, count in (("Gao", 40), ("Kidal", 12))
    )
    table = f"<table><tr><th>Ville</th><th> </th><th>Convoi</th></tr>{rows}</table>"
    found = page(article_page("Les convois", PARAGRAPHS).replace("</article>", f"{table}</article>"))
    assert "Gao | 40 engins\n\nKidal | 12 engins" in found.text
    assert "---" not in found.text


@pytest.mark.parametrize(
    ("body", "content_type", "codec"),
    [
        ("Сообщили жители города Кидаль".encode("cp1251"), "text/html; charset=windows-1251", "cp1251"),
        ('<meta charset="koi8-r">Сообщили'.encode("koi8-r"), "text/html", "koi8-r"),
        ("Un été à Gao, près de la rivière, où l’été est là".encode("cp1252"), "text/html", "cp1252"),
        ("Un été à Gao".encode("cp1252"), "text/html; charset=iso-8859-1", "cp1252"),
        ("Un été à Gao".encode(), "text/html", "utf-8"),
        ("Un été à Gao".encode(), "text/html; charset=no-such-thing", "utf-8"),
        (b"\xef\xbb\xbfGao", "text/html; charset=windows-1251", "utf-8-sig"),
        ("Gao".encode("utf-16"), "", "utf-16-le"),
        ("\ufeffGao".encode("utf-16-be"), "text/html; charset=utf-16", "utf-16-be"),
        ("\ufeffGao".encode("utf-32-le"), "", "utf-32-le"),
        ("<p>Gao".encode("utf-16-be"), "text/html; charset=utf-8", "utf-16-be"),
        ("<p>Gao".encode("utf-32-be"), "", "utf-32-be"),
        (b"", "", "utf-8"),
    ],
)
def test_the_alphabet_is_believed_when_it_fits_and_guessed_otherwise(
    body: bytes, content_type: str, codec: str
) -> None:
    assert encoding_of(body, content_type) == codec


@pytest.mark.parametrize("codec", ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_a_byte_order_mark_is_no_part_of_the_text(codec: str) -> None:
    assert decode("\ufeffГао".encode(codec)) == "Гао"


def test_codecs_that_are_no_alphabets_are_not_used() -> None:
    assert decode(b"Gao", "text/html; charset=zlib") == "Gao"
    assert decode(b"Gao", "text/html; charset=undefined") == "Gao"


@pytest.mark.parametrize(
    "html",
    [
        "",
        "<html><head><title>Vide</title></head><body></body></html>",
        "<html><body><nav><a href='/'>Accueil</a></nav><script>var a = 1;</script></body></html>",
        "\x00\x01",
    ],
)
def test_a_page_without_an_article_gives_nothing(html: str) -> None:
    assert extract(html.encode(), URL, "text/html", NOW) is None


def test_a_date_from_the_future_is_not_believed() -> None:
    head = '<meta property="article:published_time" content="2099-01-01T00:00:00Z">'
    found = page(article_page("Accord signé", PARAGRAPHS, head))
    assert found.published is None or found.published <= NOW


def test_a_canonical_address_of_another_site_or_the_front_page_is_not_believed() -> None:
    for other in ("https://elsewhere.example/x", "https://journal-du-fleuve.example/"):
        head = f'<link rel="canonical" href="{other}">'
        assert page(article_page("Accord signé", PARAGRAPHS, head)).canonical != other


def test_invisible_signs_are_dropped_and_long_text_is_cut() -> None:
    found = page(
        article_page("Accord signé", [PARAGRAPHS[0].replace("Bamako", "Bam\u200bako\u202e"), *PARAGRAPHS[1:]])
    )
    assert "Bamako un accord" in found.text
    assert shortened("un deux trois quatre", 14) == "un deux trois…"


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>Un</p><p>Deux</p>", "Un\n\nDeux"),
        ("Un<br>Deux", "Un\n\nDeux"),
        ("Un\r\nmême  paragraphe\r\n\r\nDeux", "Un même paragraphe\n\nDeux"),
        ("<style>p{}</style>Un<!-- <b> -->", "Un"),
        ("<script>if (a<b) {}</script>Un", "Un"),
        ("&lt;b&gt; &#8217; &eacute;", "<b> ’ é"),
        ("x < y", "x < y"),
        ("<a href='x", ""),
        ("<p title=l'eau>Un", "Un"),
    ],
)
def test_markup_becomes_paragraphs(markup: str, text: str) -> None:
    assert plain(markup, 1000) == text


@settings(max_examples=60, deadline=None)
@given(
    st.binary(max_size=300) | st.text(max_size=200).map(lambda text: article_page(text, [text] * 3).encode())
)
def test_any_bytes_give_a_page_or_nothing(html: bytes) -> None:
    found = extract(html, URL, "text/html", NOW)
    assert from_json(to_json(found)) == found
