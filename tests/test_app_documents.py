"""Documents on disk as paragraphs, and what is said of files that are none."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfWriter

from djeli.app.documents import Document, document
from djeli.core.errors import UserError
from tests.pdf_pages import pdf

LONG = "A line that goes on and on, as an exported article has it. " * 5


def page_text(data: bytes) -> tuple[str, date | None]:
    return data.decode().replace("<p>", "").replace("</p>", "\n\n"), date(2026, 5, 1)


def write(folder: Path, name: str, data: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def numbered(read: Document) -> list[tuple[int, str]]:
    return [(paragraph.number, paragraph.text) for paragraph in read.paragraphs]


def texts(path: Path) -> list[str]:
    return [paragraph.text for paragraph in document(path, page_text).paragraphs]


def test_a_text_with_long_lines_has_a_paragraph_on_each_line(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", f"Title\n\n{LONG}\nShort line.\n")
    assert numbered(document(path, page_text)) == [(1, "Title"), (2, LONG.strip()), (3, "Short line.")]


def test_a_wrapped_text_has_blank_lines_between_its_paragraphs(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", "One line\r\nand its rest.\r\n\r\nAnother.\r\n")
    assert numbered(document(path, page_text)) == [(1, "One line and its rest."), (3, "Another.")]


def test_markdown_keeps_its_words_and_loses_its_signs(tmp_path: Path) -> None:
    text = (
        "---\ntitle: x\ndate: 2025-03-04\n---\n\n# Mali\n\n"
        "The **army** took [eleven tanks](https://example.org) &amp; trucks.\n\n"
        "```\ncode\n```\n\n- first\n- second\n\n![picture](a.png)\n\n---\n\n> quoted\n"
    )
    read = document(write(tmp_path, "a.md", text), page_text)
    assert read.dated == date(2025, 3, 4)
    assert [p.text for p in read.paragraphs][-4:] == [
        "Mali",
        "The army took eleven tanks & trucks.",
        "first second",
        "quoted",
    ]


def test_links_of_an_exported_article_keep_their_words(tmp_path: Path) -> None:
    path = write(
        tmp_path, "a.txt", "He [met](#) **them** in snake_case_town [twice](https://example.org/a_b)."
    )
    assert texts(path) == ["He met them in snake_case_town twice."]


def test_words_without_end_are_no_text(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", f"A picture: {'QUJD' * 50_000} and its caption.\n{'_a' * 50_000}")
    assert texts(path) == ["A picture: and its caption."]


def test_a_page_is_read_by_the_reader_of_pages(tmp_path: Path) -> None:
    read = document(write(tmp_path, "a.html", "<p>One.</p><p>Two.</p>"), page_text)
    assert numbered(read) == [(1, "One."), (2, "Two.")]
    assert read.dated == date(2026, 5, 1)


def test_text_in_utf_16_is_read(tmp_path: Path) -> None:
    assert texts(write(tmp_path, "b.txt", "Гойта".encode("utf-16"))) == ["Гойта"]


def test_a_pdf_has_no_running_heads_and_whole_paragraphs(tmp_path: Path) -> None:
    towns = ("Bamako", "Gao", "Kidal")
    pages = [
        [
            "The Institute Review",
            f"The army took delivery of the tanks near {town} in a",
            f"convoy from {town}.",
            f"Page {n}",
        ]
        for n, town in enumerate(towns)
    ]
    path = write(tmp_path, "a.pdf", pdf(pages))
    assert texts(path) == [
        f"The army took delivery of the tanks near {town} in a convoy from {town}." for town in towns
    ]


def test_a_pdf_with_a_password_is_refused(tmp_path: Path) -> None:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(tmp_path / "a.pdf")
    with pytest.raises(UserError, match="protected by a password"):
        document(tmp_path / "a.pdf", page_text)


def test_a_file_that_cannot_be_read_is_one_sentence(tmp_path: Path) -> None:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    empty = tmp_path / "scan.pdf"
    writer.write(empty)
    cases = {
        tmp_path / "none.txt": "there is no such file",
        write(tmp_path, "a.docx", "x"): "a document is a",
        write(tmp_path, "b.pdf", "not a pdf"): "is not a PDF",
        write(tmp_path, "c.txt", b"\x00\x01\x02"): "is not a text file",
        write(tmp_path, "d.txt", " \n "): "holds no text",
        write(tmp_path, "e.txt", ""): "holds no text",
        write(tmp_path, "f.txt", "\x01\x02\x03\x04\x05" * 9): "is not a text file",
        write(tmp_path, "g.txt", "Танки прибыли в Бамако".encode("cp1251")): "looks like windows-1251",
        write(tmp_path, "h.txt", "Goïta a été reçu".encode("cp1252")): "looks like windows-1252",
        empty: "scanned pages",
    }
    (tmp_path / "folder.txt").mkdir()
    cases[tmp_path / "folder.txt"] = "is a directory"
    for path, words in cases.items():
        with pytest.raises(UserError, match=words) as caught:
            document(path, page_text)
        assert str(caught.value).startswith(str(path))
        assert "\n" not in str(caught.value)
