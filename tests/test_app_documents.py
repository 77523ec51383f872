"""Documents on disk as paragraphs, and what is said of files that are none."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfWriter

from djeli.app.documents import paragraphs
from djeli.core.errors import UserError

LONG = "A line that goes on and on, as an exported article has it. " * 5


def page_text(data: bytes) -> str:
    return data.decode().replace("<p>", "").replace("</p>", "\n\n")


def write(folder: Path, name: str, data: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def test_a_text_with_long_lines_has_a_paragraph_on_each_line(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", f"Title\n\n{LONG}\nShort line.\n")
    assert paragraphs(path, page_text) == ["Title", LONG.strip(), "Short line."]


def test_a_wrapped_text_has_blank_lines_between_its_paragraphs(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", "One line\r\nand its rest.\r\n\r\nAnother.\r\n")
    assert paragraphs(path, page_text) == ["One line and its rest.", "Another."]


def test_markdown_keeps_its_words_and_loses_its_signs(tmp_path: Path) -> None:
    text = (
        "# Mali\n\nThe **army** took [eleven tanks](https://example.org) &amp; trucks.\n\n"
        "```\ncode\n```\n\n- first\n- second\n\n![picture](a.png)\n\n---\n\n> quoted\n"
    )
    assert paragraphs(write(tmp_path, "a.md", text), page_text) == [
        "Mali",
        "The army took eleven tanks & trucks.",
        "first second",
        "quoted",
    ]


def test_a_page_is_read_by_the_reader_of_pages(tmp_path: Path) -> None:
    path = write(tmp_path, "a.html", "<p>One.</p><p>Two.</p>")
    assert paragraphs(path, page_text) == ["One.", "Two."]


def test_old_encodings_are_read(tmp_path: Path) -> None:
    assert paragraphs(write(tmp_path, "a.txt", "Goïta".encode("cp1252")), page_text) == ["Goïta"]
    assert paragraphs(write(tmp_path, "b.txt", "Гойта".encode("utf-16")), page_text) == ["Гойта"]


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
        empty: "scanned pages",
    }
    (tmp_path / "folder.txt").mkdir()
    cases[tmp_path / "folder.txt"] = "is a directory"
    for path, words in cases.items():
        with pytest.raises(UserError, match=words) as caught:
            paragraphs(path, page_text)
        assert str(caught.value).startswith(str(path))
