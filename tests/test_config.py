"""The configuration: what is legal is read, what is wrong is named with its line."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
import yaml

from djeli.app import config
from djeli.app.config import load
from djeli.app.faults import Vocabulary
from djeli.core.errors import ConfigError
from djeli.core.model import ReadPages

WORDS = Vocabulary(
    types=frozenset({"agreement", "delivery", "coup"}),
    actors=frozenset({"cty.russia", "cty.mali"}),
    countries=frozenset({"ML", "NE", "BF"}),
)

WHOLE = """\
language = "fr"
timezone = "Africa/Bamako"

[telegram]
admins = [42]
token_file = "token"

[[chat]]
id = -1001000000001
watches = ["mali-russia"]
digest = ["18:00", "07:00"]
quiet = "22:00-06:00"
thread = 7

[[watch]]
name = "mali-russia"
keywords = ["Mali", "Africa Corps"]
all = ["Bamako"]
exclude = ["football"]
types = ["agreement", "delivery"]
actors = ["cty.russia"]
countries = ["ML"]
rumours = false

[[feed]]
url = "https://example.org/feed"
outlet = "studio_tamani"
every = "2h"
read = "matching"

[[feed]]
url = "https://example.net/feed"
outlet = "a new name"

[monitor]
first_look = "tell"

[fetch]
allow_private = ["127.0.0.0/8"]
contact = "https://example.org/bot"

[baseline]
files = ["more.yaml"]
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "djeli.toml"
    path.write_text(text, encoding="utf-8")
    return path


def faults(folder: Path, text: str, words: Vocabulary = WORDS) -> list[str]:
    path = write(folder, text)
    with pytest.raises(ConfigError) as caught:
        load(path, words, {})
    return [fault.removeprefix(f"{path}:") for fault in caught.value.faults]


def test_every_key_of_a_whole_file_is_read(tmp_path: Path) -> None:
    read = load(write(tmp_path, WHOLE), WORDS, {})
    assert read.language == "fr"
    assert read.zone.key == "Africa/Bamako"
    assert read.admins == (42,)
    assert read.token_file == tmp_path / "token"
    assert read.database == f"sqlite:///{tmp_path}/djeli.db"
    (chat,) = read.chats
    assert (chat.id, chat.watches, chat.thread, chat.language) == (-1001000000001, ("mali-russia",), 7, "fr")
    assert chat.digest == ("07:00", "18:00")
    assert chat.quiet == ("22:00", "06:00")
    (watch,) = read.watches
    assert watch.types == ("agreement", "delivery")
    assert (watch.all, watch.exclude, watch.actors, watch.countries) == (
        ("Bamako",),
        ("football",),
        ("cty.russia",),
        ("ML",),
    )
    assert not watch.rumours
    assert read.feeds[0].every == timedelta(hours=2)
    assert read.feeds[0].read is ReadPages.MATCHING
    assert read.feeds[1].every == timedelta(minutes=15)
    assert read.feeds[1].outlet == "a new name"
    assert read.tell_first_look
    assert read.allow_private == ("127.0.0.0/8",)
    assert read.contact == "https://example.org/bot"
    assert read.baseline_files == (tmp_path / "more.yaml",)


def test_an_empty_file_is_the_default_beat(tmp_path: Path) -> None:
    read = load(write(tmp_path, ""), WORDS, {})
    assert [watch.name for watch in read.watches] == ["mali-russia", "neighbours"]
    assert read.watches[0].types is None
    assert not read.tell_first_look


def test_a_chat_without_watches_hears_all_of_them(tmp_path: Path) -> None:
    text = '[[chat]]\nid = 5\n[[watch]]\nname = "a"\n[[watch]]\nname = "b"\n'
    assert load(write(tmp_path, text), WORDS, {}).chats[0].watches == ("a", "b")


def test_the_environment_names_the_database_before_the_file(tmp_path: Path) -> None:
    path = write(tmp_path, 'database = "sqlite:///here.db"\n')
    assert load(path, WORDS, {}).database == "sqlite:///here.db"
    assert load(path, WORDS, {"DJELI_DATABASE": "sqlite://"}).database == "sqlite://"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (
            '[[watch]]\nname = "a"\nkeyword = ["Mali"]\n',
            "3: unknown key 'keyword' in [[watch]]; did you mean 'keywords'?",
        ),
        ('langage = "en"\n', "1: unknown key 'langage'; did you mean 'language'?"),
        ('[monitors]\nfirst_look = "quiet"\n', "1: unknown key 'monitors'; did you mean 'monitor'?"),
        ("[fetch]\nxyzzy = 1\n", "2: unknown key 'xyzzy' in [fetch]; known here: allow_private, contact"),
        ("[[watch]]\nrumours = true\n", "1: [[watch]] needs 'name'"),
        ('[[feed]]\nurl = "https://a.org"\n', "1: [[feed]] needs 'outlet'"),
        (
            '[[watch]]\nname = "a"\n\n[[watch]]\nname = 5\n',
            "5: 'name' in [[watch]] must be text in quotes, not 5",
        ),
        ("[telegram]\nadmins = 42\n", "2: 'admins' in [telegram] must be a list in square brackets, not 42"),
        ('[telegram]\nadmins = ["x"]\n', "2: 'admins' in [telegram] must be a whole number, not 'x'"),
        ('[[chat]]\nid = "5"\n', "2: 'id' in [[chat]] must be a whole number, not '5'"),
        ("[[chat]]\nid = true\n", "2: 'id' in [[chat]] must be a whole number, not true"),
        (
            '[[watch]]\nname = "a"\nrumours = "yes"\n',
            "3: 'rumours' in [[watch]] must be true or false, not 'yes'",
        ),
        ('language = "de"\n', "1: 'language' is 'de'; it must be 'en', 'fr' or 'ru'"),
        ('timezone = "Africa/Bamakko"\n', "1: 'timezone': 'Africa/Bamakko' is not a time zone"),
        ('timezone = "../etc"\n', "1: 'timezone': '../etc' is not a time zone"),
        (
            '[[feed]]\nurl = "ftp://a.org"\noutlet = "a"\n',
            "2: 'url' in [[feed]]: 'ftp://a.org' is not a web address",
        ),
        (
            '[[feed]]\nurl = "https://a.org"\noutlet = "a"\nevery = "15 min"\n',
            "4: 'every' in [[feed]]: '15 min' is not an interval",
        ),
        (
            '[[feed]]\nurl = "https://a.org"\noutlet = "a"\nevery = "0m"\n',
            "4: 'every' in [[feed]]: '0m' is out of range",
        ),
        (
            '[[feed]]\nurl = "https://a.org"\noutlet = "a"\nread = "some"\n',
            "4: 'read' in [[feed]] is 'some'; it must be",
        ),
        (
            '[[chat]]\nid = 5\ndigest = [\n  "07:00",\n  "25:00",\n]\n',
            "5: 'digest' in [[chat]]: '25:00' is not an hour",
        ),
        ('[[chat]]\nid = 5\nquiet = "22:00"\n', "3: 'quiet' in [[chat]]: '22:00' is not a stretch of hours"),
        (
            '[fetch]\nallow_private = ["127.0.0.1/8"]\n',
            "2: 'allow_private' in [fetch]: '127.0.0.1/8' is not a network",
        ),
        ('[fetch]\ncontact = "a\\r\\nb"\n', "2: 'contact' in [fetch]: write a web or mail address"),
        ('[telegram]\ntoken = "1:x"\n', "2: the token does not belong in this file"),
        ("[chat]\nid = 5\n", "1: 'chat' must be written with two brackets: [[chat]]"),
        ('monitor = "quiet"\n', "1: 'monitor' must be a table; begin it with a line [monitor]"),
        ("feed = [1]\n", "1: 'feed' must be a table; begin it with a line [[feed]]"),
        ('database = "mysql://x"\n', "1: 'database': write an address like"),
        ("[[chat]]\nid = 0\n", "2: 'id' in [[chat]]: no chat has the number 0"),
        ('[[watch]]\nname = " "\n', "2: 'name' in [[watch]]: it is empty"),
        ('a = 1\nb = "\n', "2: is not valid TOML"),
        ("a = [1,\n", "1: is not valid TOML: the list that begins here is not closed; end it with ]"),
    ],
)
def test_a_fault_is_one_sentence_with_its_line(tmp_path: Path, text: str, fault: str) -> None:
    (found,) = faults(tmp_path, text)
    assert found.startswith(fault)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (
            '[[watch]]\nname = "a"\ntypes = [\n  "coup",\n  "delivry",\n]\n',
            "5: unknown type 'delivry' in [[watch]]; did you mean 'delivery'?",
        ),
        (
            '[[watch]]\nname = "a"\ntypes = ["zzz"]\n',
            "3: unknown type 'zzz' in [[watch]]; each type is one of: agreement, coup, delivery",
        ),
        (
            '[[watch]]\nname = "a"\nactors = ["cty.rusia"]\n',
            "3: unknown actor 'cty.rusia' in [[watch]]; did you mean 'cty.russia'?",
        ),
        (
            '[[watch]]\nname = "a"\ncountries = ["ml"]\n',
            "3: unknown country code 'ml' in [[watch]]; did you mean 'ML'?",
        ),
        (
            '[[chat]]\nid = 1\nwatches = ["mali"]\n[[watch]]\nname = "mali-1"\n',
            "3: unknown watch 'mali' in [[chat]]; did you mean 'mali-1'?",
        ),
        (
            '[[watch]]\nname = "a"\n[[watch]]\nname = "a"\n',
            "4: 'a' is the name of two [[watch]] tables, here and in line 2",
        ),
        (
            "[[chat]]\nid = 1\n[[chat]]\nid = 1\n",
            "4: '1' is the id of two [[chat]] tables, here and in line 2",
        ),
        (
            '[[feed]]\nurl = "https://a.org"\noutlet = "a"\n[[feed]]\nurl = "https://a.org"\noutlet = "b"\n',
            "5: 'https://a.org' is the url of two",
        ),
    ],
)
def test_a_word_nobody_knows_is_named_with_the_nearest(tmp_path: Path, text: str, fault: str) -> None:
    (found,) = faults(tmp_path, text)
    assert found.startswith(fault)


def test_all_faults_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    found = faults(tmp_path, 'langage = "en"\n[[watch]]\nname = 1\n[monitor]\nfirst_look = "loud"\n')
    assert sorted(fault.split(":")[0] for fault in found) == ["1", "3", "5"]


def test_a_file_that_cannot_be_read_is_one_sentence(tmp_path: Path) -> None:
    latin = tmp_path / "latin.toml"
    latin.write_bytes(b'language = "fr"\n# caf\xe9\n')
    for path, words in (
        (tmp_path / "none.toml", "there is no such file"),
        (tmp_path, "is a directory"),
        (latin, "is not UTF-8"),
    ):
        with pytest.raises(ConfigError, match=words) as caught:
            load(path, WORDS, {})
        assert str(caught.value).startswith(str(path))
        assert "\n" not in str(caught.value)
    with pytest.raises(ConfigError, match=r"latin\.toml:2: "):
        load(latin, WORDS, {})


def test_a_byte_order_mark_and_windows_lines_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "djeli.toml"
    path.write_bytes('﻿language = "ru"\r\n[[watch]]\r\nname = "a"\r\n'.encode())
    assert load(path, WORDS, {}).language == "ru"


def test_intervals_are_written_as_they_are_read() -> None:
    from djeli.app.durations import interval, written

    for text in ("1m", "90m", "6h", "1d", "31d"):
        assert written(interval(text)) == text


def test_curated_feeds_leave_out_what_was_never_seen_working() -> None:
    from importlib import resources

    text = (resources.files("baseline") / "knowledge" / "sources.yaml").read_text(encoding="utf-8")
    feeds = {feed.outlet: feed for feed in config.curated_feeds(yaml.safe_load(text)["sources"])}
    assert feeds["tass_ru"].every == timedelta(minutes=15)
    assert feeds["bamada"].every == timedelta(minutes=30)
    assert feeds["crisisgroup"].every == timedelta(hours=6)
    assert not {"gdelt_doc", "gn_fr_mali", "rybar", "maliweb", "african_initiative"} & feeds.keys()
    assert len(feeds) > 60
