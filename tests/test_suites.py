"""What `make suites` does with other people's documents, done with our own."""

from __future__ import annotations

from pathlib import Path

from tests.suites import read_feeds, read_pages

RECORDED = Path(__file__).parent / "recorded"


def test_recorded_feeds_are_read_as_feedparser_itself_reads_them() -> None:
    seen = read_feeds(sorted([*RECORDED.glob("*.rss"), *RECORDED.glob("*.atom")]))
    assert seen.differ == []
    assert (seen.well_formed, seen.entries) == (2, 2)  # the third is cut off


def test_recorded_pages_have_the_words_that_trafilatura_finds() -> None:
    seen = read_pages([RECORDED])
    assert seen.differ == []
    assert seen.documents > 1


def test_a_difference_is_named_unless_it_is_meant(tmp_path: Path) -> None:
    trap = "<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a 'b'>]>"
    trap += "<rss><channel><item><title>Un</title></item></channel></rss>"
    (tmp_path / "trap.xml").write_text(trap)
    (tmp_path / "entity_in_doctype.xml").write_text(trap)
    seen = read_feeds(sorted(tmp_path.iterdir()))
    assert dict(seen.meant) == {"documents that define entities are refused": 1}
    (difference,) = seen.differ
    assert "trap.xml" in difference
    assert "refused because they can be a trap" in difference
