"""`djeli baseline build`: what it prints and writes, and what it refuses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from djeli import cli
from tests.pdf_pages import pdf

TOLD = "On 4 March 2026, Mali and Togo signed a grain agreement in Lomé, after two years of talks."
PAGE = (
    '<html lang="en"><head><title>Ports</title><meta property="article:published_time" '
    'content="2026-04-01T10:00:00Z"></head><body>'
    '<nav><a href="/">Home</a> <a href="/x">Mali coup 2020</a></nav>'
    f"<article><h1>Ports</h1><p>{TOLD} {'It was a quiet day by the sea. ' * 6}</p>"
    f"<p>On 9 March, Russia delivered 300 tonnes of rice to Mali. {'Nobody was surprised by that. ' * 6}</p>"
    "</article><footer>Copyright 2026</footer></body></html>"
)


@dataclass(frozen=True)
class Ran:
    """What one command did."""

    code: object
    out: str
    err: str


Build = Callable[..., Ran]


@pytest.fixture
def build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Build:
    """Runs `djeli baseline build` in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DJELI_CONFIG", raising=False)

    def ran(*arguments: str) -> Ran:
        with pytest.raises(SystemExit) as ended:
            cli.run(["baseline", "build", *arguments])
        said = capsys.readouterr()
        return Ran(ended.value.code, said.out, said.err)

    return ran


def candidates(text: str) -> list[tuple[str, str, str, int]]:
    return [
        (one["type"], one["date"], one["sources"][0]["document"], one["sources"][0]["paragraph"])
        for one in yaml.safe_load(text)["candidates"]
    ]


def test_documents_of_every_kind_are_printed_as_candidates(build: Build, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"A title\n\n{TOLD}\n", encoding="utf-8")
    (tmp_path / "b.md").write_text(f"# A title\n\n{TOLD}\n", encoding="utf-8")
    (tmp_path / "c.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "d.pdf").write_bytes(pdf([[TOLD.replace("é", "e")]]))
    ran = build("a.txt", "b.md", "c.html", "d.pdf")
    assert (ran.code, ran.err) == (0, "")
    found = candidates(ran.out)
    assert {one[2] for one in found if one[:2] == ("agreement", "2026-03-04")} == {
        "a.txt", "b.md", "c.html", "d.pdf",
    }  # fmt: skip
    assert ("agreement", "2026-03-04", "a.txt", 2) in found
    assert any(one[:3] == ("delivery", "2026-03-09", "c.html") for one in found)
    assert "2020" not in {one[1][:4] for one in found}


def test_a_file_is_written_and_never_overwritten_without_force(build: Build, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TOLD, encoding="utf-8")
    out = tmp_path / "found.yaml"
    ran = build("a.txt", "-o", "found.yaml")
    assert ran.code == 0
    assert "1 candidate facts, 0 of them covered" in ran.out
    assert [one[0] for one in candidates(out.read_text(encoding="utf-8"))] == ["agreement"]
    out.write_text("mine", encoding="utf-8")
    again = build("a.txt", "-o", "found.yaml")
    assert again.code == 2
    assert "found.yaml: exists already" in again.err
    assert out.read_text(encoding="utf-8") == "mine"
    assert build("a.txt", "-o", "found.yaml", "--force").code == 0
    assert out.read_text(encoding="utf-8") != "mine"


def test_the_day_of_the_documents_can_be_named(build: Build, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("On 4 March, Mali and Togo signed a grain agreement.", encoding="utf-8")
    unnamed = build("a.txt")
    assert "names no date, so it was read as of today" in unnamed.err
    named = build("a.txt", "--as-of", "2019-05-01")
    assert candidates(named.out)[0][1] == "2019-03-04"
    assert named.err == ""
    assert build("a.txt", "--as-of", "yesterday").code == 2


def test_a_document_that_tells_nothing_is_named(build: Build, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The cooks of Lyon met again to talk about butter.", encoding="utf-8")
    ran = build("a.txt")
    assert ran.code == 0
    assert ran.err.startswith("a.txt: no development of the beat was found")
    assert candidates(ran.out) == []


def test_one_unreadable_document_stops_the_build_with_one_sentence(build: Build, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TOLD, encoding="utf-8")
    (tmp_path / "b.txt").write_bytes("Танки прибыли".encode("cp1251"))
    for bad, words in (("none.txt", "there is no such file"), ("b.txt", "is not UTF-8 text")):
        ran = build("a.txt", bad, "-o", "found.yaml")
        assert ran.code == 2
        assert words in ran.err
        assert ran.err.count("\n") == 1
        assert not (tmp_path / "found.yaml").exists()
    ran = build("a.txt", "-o", "no/such/folder.yaml")
    assert ran.code == 2
    assert "cannot be written" in ran.err
