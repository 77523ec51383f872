"""The command line: what is printed, what is refused, and with which exit code."""

from __future__ import annotations

import json
import os
import re
import stat
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import click
import pytest

from djeli import cli
from djeli.app import pairing, wiring
from djeli.core.clock import utc_now
from djeli.core.model import Alert, Entry, Feed, FeedCursor, KnownChat, Mute, MuteKind
from djeli.core.ports import Kept
from monitors.opml import export_opml
from storage.store import open_store
from tests.command_line import Djeli, runner
from tests.house_fakes import NOW
from tests.telegram_server import TOKEN, TelegramServer
from tests.web_server import WebServer, article_page, rss


@pytest.fixture
def djeli(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Djeli:
    """Runs a command in an empty folder, without anything in the environment."""
    return runner(tmp_path, monkeypatch, capsys)


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "djeli.toml"
    path.write_text(
        '[[chat]]\nid = 42\nwatches = ["sahel"]\n\n[[watch]]\nname = "sahel"\nkeywords = ["Mali"]\n\n'
        '[[feed]]\nurl = "https://example.org/feed"\noutlet = "example"\n',
        encoding="utf-8",
    )
    return path


# ---------------------------------------------------------------------------------------- set-up


def test_init_writes_a_configuration_that_check_accepts(djeli: Djeli, tmp_path: Path) -> None:
    ran = djeli("init", "--chat", "-1001", "--admin", "42", "--token-file", "token", "--language", "fr")
    assert ran.code == 0
    text = (tmp_path / "djeli.toml").read_text(encoding="utf-8")
    assert "id = -1001" in text
    assert 'language = "fr"' in text
    assert stat.S_IMODE((tmp_path / "token").stat().st_mode) == 0o600
    checked = djeli("check")
    assert checked.code == 0
    assert "chats 1," in checked.out
    assert "wording: " in checked.out


def test_init_without_a_chat_says_what_comes_next(djeli: Djeli, tmp_path: Path) -> None:
    ran = djeli("init")
    assert ran.code == 0
    assert re.search(r"write there to your bot: /pair [A-Z2-7]{5}-[A-Z2-7]{5}\n", ran.out)
    text = (tmp_path / "djeli.toml").read_text(encoding="utf-8")
    assert "one is added by a code" in text
    assert "admins = []  # ids of users who may ask in any chat and change things" in text
    assert djeli("check").code == 0


def test_the_code_of_init_is_one_and_its_chat_is_listed_and_removed(djeli: Djeli, tmp_path: Path) -> None:
    said = djeli("init", "--admin", "42").out
    assert "may change things" not in said  # there is an admin
    assert "no chat is told anything" in djeli("chats", "list").out
    printed = re.search(r"/pair ([A-Z2-7-]{11})", djeli("chats", "pair").out)
    assert printed
    code = pairing.read(printed.group(1))
    with closing(open_store(f"sqlite:///{tmp_path}/djeli.db")) as store:
        [found] = store.pairings(utc_now())
        assert code
        assert pairing.fits(code, found)
        assert not found.makes_admin
        assert store.pair(found, KnownChat(-100, "Newsroom", digest=("07:00",)), [], utc_now())
    [listed] = json.loads(djeli("chats", "list", "--json").out)
    assert (listed["id"], listed["name"], listed["from"]) == (-100, "Newsroom", "paired")
    assert listed["watches"] == ["mali-russia", "neighbours"]
    assert "Newsroom\tpaired\ten" in djeli("chats", "list").out
    assert djeli("chats", "remove", "-100").out == "-100: removed\n"
    gone = djeli("chats", "remove", "-100")
    assert (gone.code, "was not paired" in gone.err) == (2, True)


def test_init_never_overwrites(djeli: Djeli, config: Path) -> None:
    before = config.read_text(encoding="utf-8")
    ran = djeli("init", "--chat", "7")
    assert ran.code == 2
    assert "exists already" in ran.err
    assert config.read_text(encoding="utf-8") == before


def test_init_refuses_what_check_would_refuse_and_writes_nothing(djeli: Djeli, tmp_path: Path) -> None:
    ran = djeli("init", "--timezone", "Africa/Bamakko")
    assert ran.code == 2
    assert "is not a time zone" in ran.err
    assert not (tmp_path / "djeli.toml").exists()


def test_check_names_every_fault_with_its_line(djeli: Djeli, config: Path) -> None:
    config.write_text(
        '[[watch]]\nname = "a"\ntypes = ["delivry"]\nactors = ["cty.rusia"]\n', encoding="utf-8"
    )
    ran = djeli("check")
    assert ran.code == 2
    assert "djeli.toml:3: unknown type 'delivry' in [[watch]]; did you mean 'delivery'?" in ran.err
    assert "djeli.toml:4: unknown actor 'cty.rusia' in [[watch]]; did you mean 'cty.russia'?" in ran.err
    assert "Traceback" not in ran.err


def test_check_names_faults_in_the_operators_own_facts(djeli: Djeli, config: Path, tmp_path: Path) -> None:
    with config.open("a", encoding="utf-8") as file:
        file.write('\n[baseline]\nfiles = ["more.yaml"]\n')
    assert "more.yaml: cannot be read" in djeli("check").err
    (tmp_path / "more.yaml").write_text("records:\n- {id: F900, type: nonsense}\n", encoding="utf-8")
    ran = djeli("check")
    assert ran.code == 2
    assert "more.yaml:2" in ran.err


def test_without_a_configuration_the_service_says_how_to_get_one(djeli: Djeli) -> None:
    for command in ("check", "doctor", "run"):
        ran = djeli(command)
        assert ran.code == 2
        assert "djeli init" in ran.err


def test_a_token_file_others_can_read_is_refused_with_78(djeli: Djeli, config: Path, tmp_path: Path) -> None:
    (tmp_path / "token").write_text(TOKEN, encoding="utf-8")
    (tmp_path / "token").chmod(0o644)
    config.write_text(
        '[telegram]\ntoken_file = "token"\n' + config.read_text(encoding="utf-8"), encoding="utf-8"
    )
    for command in (("check",), ("run", "--once")):
        ran = djeli(*command)
        assert ran.code == 78
        assert "chmod 600" in ran.err


def test_run_without_a_token_says_so(djeli: Djeli, config: Path) -> None:
    ran = djeli("run", "--once")
    assert ran.code == 2
    assert "DJELI_TELEGRAM_TOKEN" in ran.err


def test_an_unknown_command_or_option_is_the_users_fault(djeli: Djeli) -> None:
    assert djeli("recnt").code == 2
    assert djeli("recent", "--jsn").code == 2
    assert djeli("explain").code == 2


def test_help_says_of_each_command_what_the_command_says_of_itself(djeli: Djeli) -> None:
    told = " ".join(djeli("--help").out.split())
    context = click.Context(cli.main)
    for name in cli.main.list_commands(context):
        command = cli.main.get_command(context, name)
        assert command is not None
        assert f"{name} {command.get_short_help_str(200)}" in told


@pytest.mark.parametrize(
    ("arguments", "needless"),
    [
        (["--help"], ["telegram", "trafilatura", "sqlalchemy", "pydantic", "djeli.app"]),
        (["health"], ["telegram", "trafilatura", "feedparser", "djeli.app.demo"]),
    ],
)
def test_a_command_imports_only_what_it_needs(
    tmp_path: Path, arguments: list[str], needless: list[str]
) -> None:
    program = (
        "import sys\nfrom djeli import cli\ntry:\n    cli.run(sys.argv[2:])\nfinally:\n"
        "    print([name for name in sys.argv[1].split() if name in sys.modules], file=sys.stderr)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program, " ".join(needless), *arguments],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(cli.__file__).parents[2])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "[]" in ran.stderr.splitlines()


# ------------------------------------------------------------------------------- judging offline


def articles(folder: Path, *lines: dict[str, Any]) -> str:
    path = folder / "in.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return str(path)


def test_backtest_prints_one_json_line_per_article_in_input_order(djeli: Djeli, tmp_path: Path) -> None:
    file = articles(
        tmp_path,
        {"id": "late", "title": "Le football malien", "published": "2027-02-09"},
        {"title": "Football again", "published": "2027-02-08", "url": "https://example.org/1"},
    )
    ran = djeli("backtest", file, "--json")
    assert ran.code == 0
    lines = [json.loads(line) for line in ran.out.splitlines()]
    assert [line["id"] for line in lines] == ["late", "2"]
    assert {"id", "lang", "decision", "watches", "developments"} <= lines[0].keys()
    assert not list(tmp_path.glob("*.db"))


def test_backtest_counts_the_decisions_for_people(djeli: Djeli, tmp_path: Path) -> None:
    ran = djeli("backtest", articles(tmp_path, {"title": "Football", "published": "2027-02-09"}))
    assert ran.out.splitlines()[-1] == "articles 1 · ignore 1"


def test_backtest_names_the_bad_line(djeli: Djeli, tmp_path: Path) -> None:
    ran = djeli("backtest", articles(tmp_path, {"title": "a", "published": "2027-02-09"}, {"title": "b"}))
    assert ran.code == 2
    assert "in.jsonl:2: has no 'published'" in ran.err
    assert djeli("backtest", "nothing.jsonl").code == 2


def test_explain_judges_a_file_without_leaving_anything_behind(djeli: Djeli, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Football in Spain\nNothing else happened.\n", encoding="utf-8")
    ran = djeli("explain", "a.txt", "--published", "2027-02-09", "--outlet", "tass_ru")
    assert ran.code == 0
    assert "IGNORE" in ran.out
    assert djeli("explain", "a.txt", "--json").json["decision"] == "ignore"
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_explain_fetches_an_address_by_the_rules_of_the_service(
    djeli: Djeli, config: Path, tmp_path: Path
) -> None:
    with WebServer() as web:
        web.serve("/article", article_page("Football à Bamako", ["Le Stade malien a gagné. " * 20]))
        refused = djeli("explain", web.url("/article"))
        assert refused.code == 1
        config.write_text('[fetch]\nallow_private = ["127.0.0.0/8"]\n', encoding="utf-8")
        ran = djeli("explain", web.url("/article"), "--json")
        assert ran.json["lang"] == "fr"
        assert djeli("explain", web.url("/none")).code == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("nothing.txt",), "there is no such file"),
        (("empty.txt",), "holds no article"),
        (("binary.txt",), "is not UTF-8"),
        (("a.txt", "--published", "yesterday"), "--published is 'yesterday'"),
    ],
)
def test_explain_says_what_is_wrong_with_its_input(
    djeli: Djeli, tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "binary.txt").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "a.txt").write_text("Title", encoding="utf-8")
    ran = djeli("explain", *arguments)
    assert ran.code == 2
    assert words in ran.err


# ---------------------------------------------------------------------------- facts and answers


def test_known_facts_are_listed_shown_and_checked(djeli: Djeli) -> None:
    assert "F142" in djeli("baseline", "list", "--type", "delivery").out
    assert djeli("baseline", "show", "f142", "--json").json["id"] == "F142"
    assert "004_" in djeli("baseline", "show", "F142").out
    assert djeli("baseline", "check").out.startswith("fine:")
    assert djeli("baseline", "show", "F9999").code == 2
    assert djeli("baseline", "list", "--type", "nonsense").code == 2


def test_known_finds_facts_by_their_words(djeli: Djeli) -> None:
    assert djeli("known", "Wagner", "--limit", "3", "--json").json
    assert djeli("known", "xyzzy").code == 0


def test_before_the_first_run_every_answer_is_empty_and_no_database_appears(
    djeli: Djeli, config: Path, tmp_path: Path
) -> None:
    assert djeli("recent", "--json").json == []
    assert djeli("search", "Mali", "--json").json == []
    assert djeli("why", "https://example.org/1", "--json").json == []
    assert djeli("story", "S1").code == 2
    assert djeli("status", "--json").json["feeds"] == {"ok": 0, "failing": 0, "new": 1}
    assert djeli("health").code == 1
    assert djeli("backup", "copy.db").code == 2
    assert not list(tmp_path.glob("*.db"))


def test_recent_refuses_a_type_or_name_nobody_knows(djeli: Djeli) -> None:
    assert "is not a type" in djeli("recent", "--type", "nonsense").err
    assert "is not an actor or place" in djeli("recent", "--about", "xyzzy").err


def test_recent_takes_the_words_of_the_chat_and_says_what_it_does_not_understand(djeli: Djeli) -> None:
    assert djeli("recent", "coup", "Нигер", "depuis", "lundi", "5").code == 0
    assert djeli("recent", "--since", "вчера").code == 0
    ran = djeli("recent", "coup", "Malli")
    assert ran.code == 2
    said = "'Malli' is neither a number, a type, an actor or place of the beat, nor a date"
    assert ran.err == f"{said}; did you mean 'Mali'?\n"
    assert "is not a moment" in djeli("recent", "--since", "never").err


def test_mutes_are_listed_with_what_they_held_back_and_ended(djeli: Djeli, tmp_path: Path) -> None:
    with closing(open_store(f"sqlite:///{tmp_path / 'djeli.db'}")) as store:
        until = utc_now() + timedelta(days=7)
        number = store.mute(Mute(-100, MuteKind.TYPE, "coup", until, "too many", 42, utc_now()))
        store.owe([Alert(-100, "alert", "x", "x", "S1", mute=number)], utc_now())
    (row,) = djeli("mutes").out.splitlines()
    assert row.split("\t")[:3] == ["1", "-100", "the type “Coup”"]
    assert row.split("\t")[4:] == ["too many", "1"]
    (found,) = djeli("mutes", "--json").json
    assert (found["kind"], found["value"], found["in_force"], found["held_back"]) == ("type", "coup", True, 1)
    assert djeli("mutes", "--chat", "5").out == "Nothing is muted.\n"
    assert djeli("mutes", "--lift", "1").out == "Nothing is muted.\n"
    assert not djeli("mutes", "--all", "--json").json[0]["in_force"]
    ran = djeli("mutes", "--lift", "1")
    assert (ran.code, ran.err) == (2, "there is no mute 1 in force; `djeli mutes` lists them\n")


# ----------------------------------------------------------------------------------------- feeds


def test_feeds_are_listed_with_the_names_of_the_contract(djeli: Djeli, config: Path) -> None:
    (feed,) = djeli("feeds", "list", "--json").json
    wanted = {"url", "outlet", "state", "cause", "entries", "articles", "last_ok", "next_due"}
    assert wanted <= feed.keys()
    assert feed["url"] == "https://example.org/feed"
    assert feed["state"] == "new"
    assert "example" in djeli("feeds", "list").out


def test_feeds_go_out_and_come_in_as_opml(djeli: Djeli, config: Path, tmp_path: Path) -> None:
    assert djeli("feeds", "export", "out.opml").code == 0
    assert djeli("feeds", "export", "out.opml").code == 2
    assert "nothing to add" in djeli("feeds", "import", "out.opml").out
    text = (tmp_path / "out.opml").read_text(encoding="utf-8").replace("example.org", "example.net")
    (tmp_path / "in.opml").write_text(text, encoding="utf-8")
    assert "added https://example.net/feed" in djeli("feeds", "import", "in.opml", "--every", "2h").out
    assert len(djeli("feeds", "list", "--json").json) == 2
    (tmp_path / "odd.opml").write_text(
        '<opml><body><outline xmlUrl="file:///etc/passwd"/></body></opml>', "utf-8"
    )
    assert "left out: file:///etc/passwd is not an address" in djeli("feeds", "import", "odd.opml").err
    assert 'every = "2h"' in config.read_text(encoding="utf-8")


def test_a_feed_is_found_behind_a_page_and_added(djeli: Djeli, config: Path) -> None:
    with WebServer() as web:
        link = '<link rel="alternate" type="application/rss+xml" href="/the-feed">'
        web.serve("/", article_page("Home", ["text"], head=link))
        web.serve("/the-feed", rss({"title": "a", "link": web.url("/a")}))
        config.write_text('[fetch]\nallow_private = ["127.0.0.0/8"]\n', encoding="utf-8")
        ran = djeli("feeds", "add", web.url("/"), "--outlet", "here", "--every", "1h")
        assert ran.code == 0
        assert f"added {web.url('/the-feed')} (here, every 1h)" in ran.out
        tested = djeli("feeds", "test", "here")
        assert tested.code == 0
        assert "entries 1," in tested.out
        web.serve("/the-feed", "<html>no feed</html>")
        assert djeli("feeds", "test").code == 1
        assert djeli("feeds", "add", web.url("/nothing")).code == 1


def test_an_address_without_its_scheme_is_tried_encrypted_and_then_plain(djeli: Djeli, config: Path) -> None:
    with WebServer() as web:
        web.serve("/feed", rss({"title": "a", "link": web.url("/a")}))
        config.write_text('[fetch]\nallow_private = ["127.0.0.0/8"]\n', encoding="utf-8")
        ran = djeli("feeds", "add", web.url("/feed").removeprefix("http://"), "--outlet", "here")
        assert (ran.code, f"added {web.url('/feed')} (here" in ran.out) == (0, True)
        gone = djeli("feeds", "add", "127.0.0.1:1/feed")
        assert (gone.code, "https://127.0.0.1:1/feed" in gone.err or "127.0.0.1" in gone.err) == (1, True)


def test_of_many_feeds_those_that_answer_are_added_whatever_the_others_do(djeli: Djeli, config: Path) -> None:
    with WebServer() as web:
        for path in ("/a", "/b", "/new"):
            web.serve(path, rss({"title": path, "link": web.url(f"{path}/1")}))
        web.serve("/gone", b"", status=410)
        web.serve("/page", article_page("Home", ["text"], head='<link rel="stylesheet" href="/s.css">'))
        web.redirect("/old", web.url("/new"), status=301)
        config.write_text('[fetch]\nallow_private = ["127.0.0.0/8"]\n', encoding="utf-8")
        paths = ("/a", "/gone", "/page", "/old", "/b")
        ran = djeli("feeds", "add", *map(web.url, paths), "--outlet", "here")
        assert ran.code == 0
        assert f"{web.url('/gone')}: not added: 127.0.0.1 says that this address is gone for good" in ran.err
        listed = {feed["url"] for feed in djeli("feeds", "list", "--json").json}
        assert listed == {web.url(path) for path in ("/a", "/b", "/new")}
        none = djeli("feeds", "add", web.url("/gone"), web.url("/page"))
        assert (none.code, "None of 2 addresses" in none.err) == (1, True)
        assert djeli("feeds", "add").code == 2
        assert djeli("feeds", "add", web.url("/gone"), "--as-is").code == 0


def test_a_feed_that_became_a_page_or_moved_is_told_with_its_new_address(djeli: Djeli, config: Path) -> None:
    with WebServer() as web:
        link = '<link rel="alternate" type="application/rss+xml" href="/rss/new.xml">'
        web.serve("/feed", article_page("Home", ["text"], head=link))
        web.serve("/rss/new.xml", rss({"title": "a"}, {"title": "b", "description": "text"}))
        web.redirect("/old", web.url("/rss/new.xml"), status=308)
        config.write_text('[fetch]\nallow_private = ["127.0.0.0/8"]\n', encoding="utf-8")
        ran = djeli("feeds", "test", web.url("/feed"))
        assert ran.code == 1
        assert f"with an HTML page instead of a feed: try {web.url('/rss/new.xml')}" in ran.out
        assert f"its page names {web.url('/rss/new.xml')}" in ran.out
        (told,) = djeli("feeds", "test", web.url("/old"), "--json").json
        assert (told["cause"], told["moved_to"]) == (None, web.url("/rss/new.xml"))
        moved = f"it is at {web.url('/rss/new.xml')} now: `djeli feeds move {web.url('/old')}`"
        assert told["fix"] == moved
        assert (told["entries"], told["undated"], told["newest"]) == (2, 2, None)
        plain = djeli("feeds", "test", web.url("/rss/new.xml"))
        assert "only a headline in 1, no date in 2, no address in 2" in plain.out


PRIVATE = '[fetch]\nallow_private = ["127.0.0.0/8"]\n'


def test_a_feed_that_moved_is_taken_to_its_new_address_with_all_it_has_told(
    djeli: Djeli, config: Path, tmp_path: Path
) -> None:
    now = utc_now()
    with WebServer() as web:
        old, new = web.url("/old"), web.url("/new")
        web.serve("/new", rss({"title": "a", "guid": "1"}, {"title": "b", "guid": "2"}))
        web.redirect("/old", new, status=301)
        config.write_text(f'{PRIVATE}[[feed]]  # mine\nurl = "{old}" # as found\noutlet = "x"\n', "utf-8")
        store = open_store(f"sqlite:///{tmp_path}/djeli.db")
        cursor = FeedCursor(old, looked_at=now, last_ok=now, proposed=new, first_look_done=True, etag="e")
        store.configure_feeds([Feed(old, "x")])
        store.keep(Kept(entry=Entry(old, "1", "", "a"), cursor=cursor), now)
        store.close()
        (told,) = djeli("feeds", "list", "--json").json
        assert told["fix"] == f"it is at {new} now: `djeli feeds move {old}`"
        ran = djeli("feeds", "move", "x")
        assert (ran.code, f"{old} is now {new} (x)" in ran.out) == (0, True)
        written = f'{PRIVATE}[[feed]]  # mine\nurl = "{new}" # as found\noutlet = "x"\n'
        assert config.read_text(encoding="utf-8") == written
        store = open_store(f"sqlite:///{tmp_path}/djeli.db")
        assert [one.guid for one in store.unseen([Entry(new, "1", "", "a"), Entry(new, "2", "", "b")])] == [
            "2"
        ]
        assert (store.cursor(new).first_look_done, store.cursor(new).etag) == (True, None)
        store.close()
        again = djeli("feeds", "move", "x")
        assert (again.code, "names no other address" in again.err) == (2, True)
        assert djeli("feeds", "move", old).code == 2


def test_a_feed_is_only_moved_to_what_answers_unless_you_insist(djeli: Djeli, config: Path) -> None:
    with WebServer() as web:
        link = '<link rel="alternate" type="application/rss+xml" href="/the-feed">'
        web.serve("/", article_page("Home", ["text"], head=link))
        web.serve("/the-feed", rss({"title": "a"}))
        text = f'{PRIVATE}[[feed]]\nurl = "http://gone.example/feed"\noutlet = "x"\n'
        config.write_text(text, encoding="utf-8")
        ran = djeli("feeds", "move", "x", web.url("/nothing"))
        assert (ran.code, "not taken" in ran.err, config.read_text("utf-8")) == (1, True, text)
        assert djeli("feeds", "move", "x", web.url("/")).code == 0  # the feed behind a page
        assert web.url("/the-feed") in config.read_text("utf-8")
        assert djeli("feeds", "move", "x", web.url("/nothing"), "--as-is").code == 0
        assert web.url("/nothing") in config.read_text("utf-8")
        assert djeli("feeds", "move", "x", "ftp://a.example/", "--as-is").code == 2
        assert djeli("feeds", "add", web.url("/the-feed"), "--outlet", "y").code == 0
        twice = djeli("feeds", "move", "x", web.url("/the-feed"))
        assert (twice.code, "is a feed already" in twice.err) == (2, True)


def test_feeds_are_taken_out_of_the_configuration(djeli: Djeli, config: Path) -> None:
    tables = [f'[[feed]]\nurl = "https://{name}.example/feed"\noutlet = "{name}"\n' for name in "abc"]
    config.write_text("\n".join(tables), encoding="utf-8")
    ran = djeli("feeds", "remove", "a", "https://c.example/feed")
    assert (ran.code, ran.out.count("removed")) == (0, 2)
    assert config.read_text("utf-8") == tables[1]
    assert djeli("feeds", "remove", "a").code == 2
    assert djeli("feeds", "remove").code == 2
    assert djeli("feeds", "remove", "b").code == 0
    assert djeli("feeds", "list", "--json").json == []


def test_a_feed_that_fell_silent_is_named_by_doctor_and_test(
    djeli: Djeli, config: Path, tmp_path: Path
) -> None:
    now = utc_now()
    with WebServer() as web:
        url = web.url("/feed")
        web.serve("/feed", rss({"title": "a", "guid": "1"}))
        text = config.read_text(encoding="utf-8").replace("https://example.org/feed", url)
        config.write_text(text + '\n[fetch]\nallow_private = ["127.0.0.0/8"]\n', encoding="utf-8")
        store = open_store(f"sqlite:///{tmp_path}/djeli.db")
        quiet = FeedCursor(
            url,
            looked_at=now,
            last_ok=now,
            new_at=now - timedelta(days=40),
            gaps=(7200,) * 5,
            first_look_done=True,
        )
        store.configure_feeds([Feed(url, "example")])
        store.keep(Kept(entry=Entry(url, "1", "", "a"), cursor=quiet), now)
        store.close()
        said = (
            f"silent since {now - timedelta(days=40):%Y-%m-%d %H:%M} UTC, where something new comes every 2h"
        )
        tested = djeli("feeds", "test", "example")
        assert (tested.code, said in tested.out) == (0, True)
        assert f"`djeli feeds add {web.url('/')}`" in tested.out
        assert djeli("feeds", "test", "example", "--json").json[0]["state"] == "silent"
        assert f"✗ feed example: {url}: entries 1, none with a date; {said} → " in djeli("doctor").out
        assert djeli("feeds", "list", "--json").json[0]["state"] == "silent"
        assert djeli("status", "--json").json["feeds"]["silent"] == 1
        assert "nothing new 1: example (since " in djeli("status").out.replace("\n", " ").lower()


def test_feeds_of_an_opml_file_are_added_first_and_tried_then(
    djeli: Djeli, config: Path, tmp_path: Path
) -> None:
    with WebServer() as web:
        web.serve("/good", rss({"title": "a"}))
        web.serve("/away", b"", status=503)
        config.write_text('[fetch]\nallow_private = ["127.0.0.0/8"]\n', encoding="utf-8")
        feeds = [Feed(web.url(path), path) for path in ("/away", "/good")]
        (tmp_path / "in.opml").write_text(export_opml(feeds), encoding="utf-8")
        ran = djeli("feeds", "import", "in.opml")
        assert ran.code == 0
        assert "tried 2: 1 can be read, 1 not" in ran.out
        assert f"{web.url('/away')}: 127.0.0.1 is overloaded" in ran.err
        assert len(djeli("feeds", "list", "--json").json) == 2


def test_a_feed_of_an_opml_file_is_known_as_the_outlet_whose_site_it_is(
    djeli: Djeli, config: Path, tmp_path: Path
) -> None:
    feeds = [Feed("https://www.studiotamani.org/feed/", "My radio"), Feed("https://else.example/rss", "Else")]
    (tmp_path / "in.opml").write_text(export_opml(feeds), encoding="utf-8")
    assert djeli("feeds", "import", "in.opml", "--no-try").code == 0
    outlets = {feed["outlet"] for feed in djeli("feeds", "list", "--json").json}
    assert outlets == {"example", "studio_tamani", "Else"}


def test_every_outlet_of_the_beat_is_on_the_list_that_is_tried() -> None:
    every, fit = wiring.curated_feeds(True), wiring.curated_feeds()
    assert set(fit) < set(every)
    assert {"maliweb", "malijet", "studio_tamani"} <= {feed.outlet for feed in every}


def test_a_feed_that_is_not_legal_leaves_the_file_alone(djeli: Djeli, config: Path) -> None:
    before = config.read_text(encoding="utf-8")
    for arguments in (("ftp://a.org", "--as-is"), ("https://a.org", "--as-is", "--every", "1s")):
        assert djeli("feeds", "add", *arguments).code == 2
    assert config.read_text(encoding="utf-8") == before


# ------------------------------------------------------------------------------------ operations


def test_backup_migrate_and_status_work_on_a_real_database(
    djeli: Djeli, config: Path, tmp_path: Path
) -> None:
    assert djeli("migrate").code == 0
    assert "already at" in djeli("migrate").out
    store = open_store(f"sqlite:///{tmp_path}/djeli.db")
    store.owe([Alert(42, "notice", "hello", "hello")], NOW)
    store.close()
    assert djeli("status", "--json").json["outbox"][0]["pending"] == 1
    assert djeli("backup", "copy.db").code == 0
    assert (tmp_path / "copy.db").stat().st_size > 0
    assert djeli("backup", "copy.db").code == 2


def test_doctor_tries_everything_and_names_what_fails(
    djeli: Djeli, config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with WebServer() as web, TelegramServer() as telegram:
        web.serve("/feed", rss({"title": "a", "link": web.url("/a")}))
        text = config.read_text(encoding="utf-8").replace("https://example.org/feed", web.url("/feed"))
        config.write_text(text + '\n[fetch]\nallow_private = ["127.0.0.0/8"]\n', encoding="utf-8")
        without = djeli("doctor")
        assert without.code == 1
        assert "✗ token: no token" in without.out
        monkeypatch.setenv("DJELI_TELEGRAM_TOKEN", TOKEN)
        monkeypatch.setenv("DJELI_TELEGRAM_API", telegram.base_url)
        ran = djeli("doctor")
        assert ran.code == 0, ran.out
        assert "✓ token: @djeli_bot" in ran.out
        assert "✓ wording: " in ran.out
        assert "✓ feed example" in ran.out
        telegram.set_state(42, "missing")
        broken = djeli("doctor")
        assert broken.code == 1
        assert "✗ chat 42" in broken.out
        assert TOKEN not in broken.out + broken.err


def test_a_closed_pipe_is_no_traceback(tmp_path: Path) -> None:
    command = f"{sys.executable} -m djeli baseline list | head -1"
    environment = {**os.environ, "PYTHONPATH": str(Path(cli.__file__).parents[2])}
    ran = subprocess.run(
        ["sh", "-c", command], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert ran.stdout.startswith("F001")
    assert ran.stderr == ""
