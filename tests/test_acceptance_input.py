"""`backtest`, `explain` and `check` given what people really hand in: odd, broken, huge, foreign."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance_desk import CONFIG, ROOT, Desk, Ran
from tests.telegram_server import TelegramServer
from tests.web_server import WebServer, article_page

DECISIONS = ["alert", "update", "merge", "digest", "known", "ignore"]
TEXT = (
    "A convoy of Russian military equipment arrived in Bamako on 8 February 2027, the Malian army said."
    " Eleven T-72 tanks were unloaded."
)
TITLE = "Russian convoy with 11 tanks arrives in Bamako"
PUBLISHED = "2027-02-09"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with WebServer() as web, TelegramServer() as telegram:
        desk = Desk(tmp_path, web, telegram)
        desk.configure()
        yield desk


def line(**fields: object) -> str:
    return json.dumps({"title": TITLE, "published": PUBLISHED} | fields, ensure_ascii=False)


def backtest(desk: Desk, *lines: str, more: tuple[str, ...] = ("--json",)) -> Ran:
    (desk.folder / "in.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return desk.here("backtest", "in.jsonl", *more)


def judged(desk: Desk, *lines: str) -> list[dict[str, Any]]:
    ran = backtest(desk, *lines)
    assert ran.code == 0, ran.err
    return [json.loads(one) for one in ran.out.splitlines()]


def is_words(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(word, str) and word for word in value)


def assert_shape(article: dict[str, Any]) -> None:
    """Every key of the contract with a value of its kind."""
    assert isinstance(article["id"], str)
    assert re.fullmatch("[a-z]{2,3}", article["lang"])
    assert article["decision"] in DECISIONS
    assert is_words(article["watches"])
    found = [assert_development(one) for one in article["developments"]]
    assert article["decision"] == min(found, key=DECISIONS.index, default="ignore")


def assert_development(one: dict[str, Any]) -> str:
    assert one["story"] is None or re.fullmatch(r"S\d+", one["story"])
    assert one["type"] == one["types"][0]
    assert is_words(one["types"])
    assert one["stage"] is None or isinstance(one["stage"], str)
    assert one["realis"] in ("done", "announced", "rumour", "negated", "hypothetical", "historical")
    assert is_words(one["actors"])
    assert is_words(one["places"])
    assert one["date"] is None or re.fullmatch(r"\d{4}-\d\d-\d\d(/\d{4}-\d\d-\d\d)?", one["date"])
    for figure in one["figures"]:
        assert isinstance(figure["value"], int | float)
        assert isinstance(figure["unit"], str)
        assert figure["about"] is None or isinstance(figure["about"], str)
        assert isinstance(figure["approximate"], bool)
    assert one["label"] in (None, "unconfirmed", "claimed", "disputed", "denied", "reprint")
    assert len(one["quote"].split()) <= 25
    assert is_words(one["facts"])
    assert isinstance(one["because"], str)
    assert one["because"]
    assert one["decision"] in DECISIONS
    return str(one["decision"])


def test_a_mixed_stream_gives_one_line_per_article_in_the_order_of_the_input(desk: Desk) -> None:
    lines = [
        line(id="later", published="2027-02-10T08:00:00+01:00", text=TEXT, outlet="tass", mood="good"),
        line(),
        line(id=7, text=TEXT, lang="en", url="https://press.example/1", outlet="a new paper"),
        line(id="again", text=TEXT, url="https://press.example/1"),
        line(id="empty", title="Weather", text=""),
        line(id="es", title="Golpe de Estado en Malí", text="El ejército detuvo al presidente en Bamako."),
        line(id="ar", title="انقلاب في مالي", text="اعتقل الجيش الرئيس في باماكو."),
        line(
            id="fr", title="Mali : onze chars russes livrés à Bamako", text="Onze chars T-72 ont été livrés."
        ),
        line(id="ru", title="Мали получила 11 российских танков", text="Колонна прибыла в Бамако 8 февраля."),
        line(id="long", title="A long report from Mali", text=f"{TEXT}\n\n" * 800),
    ]
    articles = judged(desk, *lines)
    assert [one["id"] for one in articles] == [
        "later", "2", "7", "again", "empty", "es", "ar", "fr", "ru", "long"
    ]  # fmt: skip
    for one in articles:
        assert_shape(one)
    by_id = {one["id"]: one for one in articles}
    assert by_id["2"]["decision"] == "alert"
    assert by_id["later"]["decision"] == "merge"  # though it stands first
    assert [one["decision"] for one in articles].count("alert") == 1
    assert by_id["empty"]["decision"] == "ignore"
    assert (by_id["fr"]["lang"], by_id["ru"]["lang"]) == ("fr", "ru")
    told = by_id["7"]["developments"][0]
    assert told["quote"] in TEXT
    assert told["date"] == "2027-02-08"
    assert {"value": 11, "unit": "tanks"}.items() <= told["figures"][0].items()


def test_messages_and_a_kept_database_show_what_the_chat_would_have_got(desk: Desk) -> None:
    kept = f"sqlite:///{desk.folder}/kept.db"
    ran = backtest(desk, line(text=TEXT), line(text=TEXT), more=("--messages", "--database", kept))
    assert ran.code == 0
    assert ran.out.count("Why new:") == 1
    desk.env["DJELI_DATABASE"] = kept
    assert desk.here("story", "S1", "--json").json["developments"][0]["decision"] == "alert"


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ('{"title": "Mali"', "in.jsonl:2: is not JSON"),
        ('{"published": "2027-02-08"}', "in.jsonl:2: has no 'title'"),
        (line(published="soon"), "in.jsonl:2: 'published' is 'soon'"),
        ("[]", "in.jsonl:2: must be a JSON object"),
    ],
)
def test_a_broken_line_is_named_and_nothing_is_judged(desk: Desk, bad: str, said: str) -> None:
    assert_one_sentence(backtest(desk, line(), bad), said)


def assert_one_sentence(ran: Ran, said: str, code: int = 2) -> None:
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err
    assert len(ran.err.splitlines()) == 1
    assert "Traceback" not in ran.err


def test_explain_reads_a_file_a_pipe_and_an_address(desk: Desk) -> None:
    (desk.folder / "news.txt").write_text(f"{TITLE}\n\n{TEXT}\n", encoding="utf-8")
    desk.web.serve("/news", article_page(TITLE, [TEXT, TEXT.replace("Eleven", "All eleven")], lang="en"))
    for source in ("news.txt", "-", desk.web.url("/news")):
        ran = desk.here(
            "explain", source, "--json", "--published", PUBLISHED, given=f"{TITLE}\n\n{TEXT}\n".encode()
        )
        assert ran.code == 0, ran.err
        assert_shape(ran.json)
        assert ran.json["decision"] == "alert"
    assert desk.here("recent", "--json").json == []  # explaining keeps nothing


@pytest.mark.parametrize(
    ("command", "said", "code"),
    [
        (("backtest", "none.jsonl"), "none.jsonl: there is no such file", 2),
        (("backtest", "."), ".: is a directory", 2),
        (("backtest", "binary"), "binary:2: is not UTF-8 text", 2),
        (("backtest", "secret"), "secret: cannot be read (Permission denied)", 2),
        (("explain", "none.txt"), "none.txt: there is no such file", 2),
        (("explain", "-"), "-: holds no article", 2),
        (("explain", "http://127.0.0.1:1/x"), "No connection to 127.0.0.1", 1),
        (("story", "S99"), "there is no story 'S99'", 2),
        (("recent", "--type", "delivry"), "'delivry' is not a type", 2),
        (("baseline", "show", "F9999"), "there is no fact 'F9999'", 2),
    ],
)
def test_what_cannot_be_read_or_found_is_one_sentence(
    desk: Desk, command: tuple[str, ...], said: str, code: int
) -> None:
    (desk.folder / "binary").write_bytes(bytes(range(256)))
    (desk.folder / "secret").touch(mode=0o000)
    if "secret" in command and os.geteuid() == 0:
        pytest.skip("root may read every file")
    assert_one_sentence(desk.here(*command), said, code)


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("timezone", "time_zone", ":3: unknown key 'time_zone'; did you mean 'timezone'?"),
        ("exclude", "excludes", "unknown key 'excludes' in [[watch]]; did you mean 'exclude'?"),
        ('"delivery"', '"delivry"', "unknown type 'delivry' in [[watch]]; did you mean 'delivery'?"),
        ("all = []", 'actors = ["cty.rusia"]', "unknown actor 'cty.rusia' in [[watch]]; did you mean"),
        ('watches = ["mali-russia"]', 'watches = ["mali"]', "unknown watch 'mali' in [[chat]]"),
        ('"15m"', '"15 min"', "'15 min' is not an interval"),
        ('"tell"', '"shout"', "'first_look' in [monitor] is 'shout'; it must be 'quiet' or 'tell'"),
        ("127.0.0.0/8", "localhost", "'localhost' is not a network"),
        ("# quiet", 'quiet = "22-6"', "'22' is not an hour of the day"),
        ("Africa/Bamako", "Bamako", "'Bamako' is not a time zone"),
        ("[monitor]", "[monitor", "is not valid TOML"),
    ],
)
def test_a_mistake_in_the_configuration_is_named_with_its_line(
    desk: Desk, right: str, wrong: str, said: str
) -> None:
    desk.configure((right, wrong))
    ran = desk.here("check")
    assert_one_sentence(ran, said)
    place = re.match(r".*djeli\.toml:(\d+): ", ran.err)
    assert place
    assert int(place.group(1)) <= len(CONFIG.splitlines()) + 1


def test_the_example_of_the_contract_is_fine(desk: Desk) -> None:
    desk.configure(("# quiet", 'quiet = "22:00-06:00"'), ("# thread", "thread = 7"))
    assert ": fine: feeds 2, watches 1, chats 1, " in desk.here("check").out


def test_a_command_that_needs_no_telegram_and_no_parser_does_not_load_them() -> None:
    script = "import sys, djeli.cli; print(*sorted({'telegram', 'trafilatura', 'pypdf'} & set(sys.modules)))"
    loaded = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, timeout=60)
    assert (loaded.returncode, loaded.stdout) == (0, b"\n")
