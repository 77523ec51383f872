"""The example of a configuration, broken in every way that hands break files: each refused in its line."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from djeli.app import wiring
from djeli.app.config import load
from djeli.app.faults import Vocabulary
from djeli.app.reloading import Current, News, Reloading
from djeli.app.toml_lines import Places
from djeli.app.wiring import House
from djeli.core.errors import ConfigError, UserError
from storage.store import open_store
from tests.acceptance_desk import Desk
from tests.telegram_server import TelegramServer
from tests.web_server import WebServer

EXAMPLE = (Path(__file__).parents[1] / "djeli.example.toml").read_text(encoding="utf-8")
LINES = EXAMPLE.splitlines()
# What a sentence offers beside saying what is wrong.
HELP = re.compile(
    r"did you mean|write |must be|known here|needs |one of|it belongs in|end it with|keep one|has at most"
    r"|the watches are|leave|it is a whole number like|put it into"
)


def place(line: str) -> int:
    """The line of the example that begins so."""
    (found,) = [number for number, one in enumerate(LINES, 1) if one.startswith(line)]
    return found


def changed(number: int, new: str) -> str:
    return "\n".join([*LINES[: number - 1], new, *LINES[number:]]) + "\n"


KEYS = [number for number, line in enumerate(LINES, 1) if re.match(r"\w+ = ", line)]


def misspelt() -> Iterator[tuple[str, str, int]]:
    """Every key with a letter too few, except where nothing is left of it."""
    for number in KEYS:
        key, rest = LINES[number - 1].split(" = ", 1)
        wrong = f"{key[:-2]}{key[-1]}" if len(key) > 3 else f"{key}x"
        yield f"key {wrong}, line {number}", changed(number, f"{wrong} = {rest}"), number


WRONG = {"text": "17", "number": '"many"', "list": '"one"', "truth": '"perhaps"'}


def of_wrong_type() -> Iterator[tuple[str, str, int]]:
    """Every value replaced by one of another type."""
    for number in KEYS:
        key, value = LINES[number - 1].split(" = ", 1)
        kind = {'"': "text", "[": "list", "t": "truth"}.get(value[0], "number")
        yield f"{key} of another type, line {number}", changed(number, f"{key} = {WRONG[kind]}"), number


# (the line, what is written instead, the line that is named: relative to it)
BY_HAND = [
    ('language = "en"', 'language = "de"', 0),
    ('language = "en"', "language = en", 0),
    ('language = "en"', 'language: "en"', 0),
    ('language = "en"', 'language = "en', 0),
    ('language = "en"', "language =", 0),
    ('language = "en"', "language = “en”", 0),
    ('timezone = "', 'timezone = "Africa/Bamakko"', 0),
    ('timezone = "', 'language = "fr"', 0),  # twice
    ('database = "', 'database = "mysql://here"', 0),
    ("admins = ", "admins = [0]", 0),
    ("admins = ", "admins = [42", 0),
    ("admins = ", "admins = [42.5]", 0),
    ("id = -1001000000001", "id = 123456789012345678901234567890", 0),
    ("id = -1001000000001", "id = 0", 0),
    ('watches = ["mali-russia"]', 'watches = ["mali-rusia"]', 0),
    ('watches = ["mali-russia"]', 'watches = [\n  "mali-russia",\n  "nobody",\n]', 2),
    ("digest = ", 'digest = ["07:00", "24:00"]', 0),
    ("digest = ", 'digest = "07:00", "18:00"', 0),
    ("quiet = ", 'quiet = "22-6"', 0),
    ("quiet = ", 'quiet = "06:00-06:00"', 0),
    ("thread = 7", "thread = -7", 0),
    ("[[chat]]", "[chat]", 0),
    ("[[watch]]", "[[watches]]", 0),
    ("[[feed]]", "[[feed]", 0),
    ("[monitor]", "[[monitor]]", 0),
    ('keywords = ["Mali"', 'keywords = ["Mali", "per.goitta"]', 0),
    ('keywords = ["Mali"', 'keywords = ["Mali", "/(a+/"]', 0),
    ('keywords = ["Mali"', 'keywords = ["Mali", "/\\d+/"]', 0),  # a backslash in straight quotes
    ('keywords = ["Mali"', "keywords = ['Mali', '/(?=a)b/']", 0),
    ('keywords = ["Mali"', 'keywords = ["Mali", "*"]', 0),
    ('keywords = ["Mali"', 'keywords = [\n  "Mali",\n  "",\n]', 2),
    ('keywords = ["Mali"', 'keywords = [\n  # words\n  "Mali",\n  7,\n]', 3),
    ('keywords = ["Mali"', f"keywords = {[f'w{n}' for n in range(1001)]}", 0),
    ('keywords = ["Mali"', 'keywords = ["Mali", Wagner]', 0),
    ('types = ["agreement"', 'types = ["agreement", "livraison"]', 0),
    ('types = ["agreement"', 'types = [\n"agreement",\n"arms", # not a type\n]', 2),
    ("actors = ", 'actors = ["Russia"]', 0),
    ("actors = ", 'actors = ["cty.rusia"]', 0),
    ("countries = ", 'countries = ["Mali"]', 0),
    ("countries = ", 'countries = ["MLI"]', 0),
    ("rumours = true", "rumours = True", 0),
    ("rumours = true", "rumours = yes", 0),
    ("priority = ", 'priority = "urgent"', 0),
    ("horizon = ", 'horizon = "soon"', 0),
    ("url = ", 'url = "www.studiotamani.org"', 0),
    ("url = ", 'url = "https://user:pw@studiotamani.org"', 0),
    ("url = ", 'url = "https://["', 0),
    ("url = ", 'url = "https://studiotamani.org:99999/feed"', 0),
    ("every = ", 'every = "15 minutes"', 0),
    ("every = ", 'every = "10s"', 0),
    ("read = ", 'read = "some"', 0),
    ("first_look = ", 'first_look = "loud"', 0),
    ("allow_private = ", 'allow_private = ["localhost"]', 0),
    ("contact = ", 'contact = "me (here)"', 0),
    ("files = ", 'files = [""]', 0),
    ("token_file = ", 'token = "1:x"', 0),
    ("token_file = ", 'rumours = true', 0),  # of another table
    ("wording = true", 'wording = true\nwording = false', 1),
    ("wording = true", 'wording = true\n\n[[watch]]\nkeywords = ["Mali"]', 2),  # without a name
]  # fmt: skip


def by_hand() -> Iterator[tuple[str, str, int]]:
    for start, new, further in BY_HAND:
        number = place(start)
        yield f"{new[:40]!r}", changed(number, new), number + further


CASES = [*misspelt(), *of_wrong_type(), *by_hand()]


@pytest.fixture(scope="module")
def words() -> Vocabulary:
    return wiring.vocabulary(wiring.load_knowledge())


def test_there_are_more_than_sixty() -> None:
    assert len(CASES) > 100
    assert len({text for _, text, _ in CASES}) == len(CASES)


@pytest.mark.parametrize(("text", "line"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_broken_configuration_is_refused_in_the_right_line_with_help(
    tmp_path: Path, words: Vocabulary, text: str, line: int
) -> None:
    path = tmp_path / "djeli.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load(path, words, {})
    lines = {int(fault.removeprefix(f"{path}:").split(":")[0]) for fault in caught.value.faults}
    assert line in lines, caught.value.faults
    assert len(lines) == 1, caught.value.faults
    for fault in caught.value.faults:
        assert HELP.search(fault), fault
        assert "\n" not in fault


def test_none_of_them_changes_what_is_in_force(tmp_path: Path) -> None:
    path = tmp_path / "djeli.toml"
    path.write_text(EXAMPLE, encoding="utf-8")
    house = wiring.open_house(path)
    store = open_store("sqlite://")
    current = Current(house, house.roster(store))
    before, news = current.house, list[News]()

    async def take(house: House) -> None:
        raise AssertionError("a broken configuration was taken over")

    async def tell(told: News) -> None:
        news.append(told)

    reloading = Reloading(current, take, tell)

    async def look(text: str) -> None:
        path.write_text(text, encoding="utf-8")
        await reloading.look()
        await reloading.look()

    async def main() -> None:
        await look(EXAMPLE)
        for _, text, _ in CASES:
            await look(text)
        await look(EXAMPLE)

    asyncio.run(main())
    store.close()
    assert current.house is before
    refused, mended = news  # once each, however many came in between
    assert refused.faults
    assert mended == News(mended=True)


def test_a_file_that_was_emptied_changes_nothing_though_an_empty_one_may_start(tmp_path: Path) -> None:
    path = tmp_path / "djeli.toml"
    path.write_text("# nothing yet\n", encoding="utf-8")
    empty = wiring.open_house(path)
    assert "no [[feed]] is named" in empty.config.notes[0]
    path.write_text(EXAMPLE, encoding="utf-8")
    house = wiring.reopened(empty)  # what is written into it counts
    for nothing in ("", " \n\n", "# all gone\n"):
        path.write_text(nothing, encoding="utf-8")
        with pytest.raises(ConfigError, match=r"djeli\.toml:1: holds nothing any more"):
            wiring.reopened(house)


@pytest.mark.parametrize("way", ["renamed over", "link to another file", "link to another folder"])
def test_a_file_is_seen_anew_however_editors_and_containers_replace_it(tmp_path: Path, way: str) -> None:
    path, folders = tmp_path / "djeli.toml", (tmp_path / "v1", tmp_path / "v2")
    texts = (EXAMPLE, EXAMPLE.replace('"Wagner"]', '"Wagner", "wheat"]'))
    for folder, text in zip(folders, texts, strict=True):
        folder.mkdir()
        (folder / "djeli.toml").write_text(text, encoding="utf-8")

    def put(folder: Path) -> None:
        new = tmp_path / "new"
        if way == "renamed over":
            new.write_bytes((folder / "djeli.toml").read_bytes())
            new.replace(path)
        elif way == "link to another file":
            new.symlink_to(folder / "djeli.toml")
            new.replace(path)
        else:  # as Kubernetes does with a ConfigMap
            new.symlink_to(folder)
            new.replace(tmp_path / "..data")
            if not path.is_symlink():
                path.symlink_to(tmp_path / "..data" / "djeli.toml")

    put(folders[0])
    house = wiring.open_house(path)
    store = open_store("sqlite://")
    current, taken = Current(house, house.roster(store)), list[House]()

    async def take(new: House) -> None:
        taken.append(new)
        current.house = new

    async def tell(news: News) -> None:
        raise AssertionError(news)

    async def main() -> None:
        reloading = Reloading(current, take, tell)
        for folder in (folders[0], folders[1], folders[0]):
            put(folder)
            await reloading.look()
            await reloading.look()

    asyncio.run(main())
    store.close()
    assert ["wheat" in new.config.watches[0].keywords for new in taken] == [True, False]


def test_a_byte_order_mark_and_the_line_ends_of_windows_change_nothing(
    tmp_path: Path, words: Vocabulary
) -> None:
    path = tmp_path / "djeli.toml"
    path.write_text(EXAMPLE, encoding="utf-8")
    plain = load(path, words, {})
    path.write_bytes(b"\xef\xbb\xbf" + EXAMPLE.replace("\n", "\r\n").encode())
    assert load(path, words, {}) == plain
    number = place("rumours = true")
    path.write_bytes(changed(number, "rumors = true").replace("\n", "\r\n").encode())
    with pytest.raises(ConfigError, match=rf"djeli.toml:{number}: unknown key 'rumors'.*'rumours'"):
        load(path, words, {})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (EXAMPLE.replace("\n", "\r"), "save the file with the line ends of Unix or Windows"),
        (EXAMPLE + "\0" * 40, "holds a NUL character"),
        ('[[watch]]\nname = "a\\nb"\n', r":2: 'name' in \[\[watch\]\]: it holds a character that nobody"),
        ('[[watch]]\nname = "\u202ea"\n', r"that nobody sees \(U\+202E\)"),
        ("language = 2026-01-01\n", "'language' is 2026-01-01; it must be 'en'"),
    ],
    ids=range(5),
)
def test_characters_that_nobody_sees_are_named(
    tmp_path: Path, words: Vocabulary, text: str, said: str
) -> None:
    path = tmp_path / "djeli.toml"
    path.write_bytes(text.encode())
    with pytest.raises(ConfigError, match=said):
        load(path, words, {})


def test_many_faults_are_told_at_once_in_the_order_of_the_file(tmp_path: Path, words: Vocabulary) -> None:
    path = tmp_path / "djeli.toml"
    text = EXAMPLE
    for right, wrong in (
        ("timezone", "time_zone"), ('"mali-russia"]', '"mali"]'), ('"Wagner"]', '"*"]'), ('"ML"', '"XX"'),
        ("rumours = true", 'rumours = "no"'), ('"15m"', '"15"'), ('"quiet"', '"loud"'),
    ):  # fmt: skip
        assert right in text
        text = text.replace(right, wrong, 1)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load(path, words, {})
    lines = [int(fault.removeprefix(f"{path}:").split(":")[0]) for fault in caught.value.faults]
    assert len(lines) == 7
    assert lines == sorted(lines)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a = " + "[" * 5000, "too deep|not closed"),
        ("a = 1" + "0" * 5000, "shorter number|unknown key"),
        ("x = 1\n" * 3, "stands twice"),
        ("#" * 1_100_000, "larger than 1 MB"),
        ("\0", "not valid TOML"),
        ("[[[", "not valid TOML"),
        ('a."b.c".d = 1', "unknown key 'a'"),
        ("[[watch]]\nname='a'\n" * 400, "two \\[\\[watch\\]\\] tables"),
        ("".join(f"k{n} = 1\n" for n in range(3000)), "and 2900 more faults"),
        ("[[watch]]\nname='a'\nactors=[" + "'cty.zzz'," * 900 + "]", "unknown actor"),
        ("[[watch]]\nname='a'\nkeywords=[" + "\n'cty.zzz'," * 900 + "]", "unknown id"),
    ],
    ids=range(11),
)
def test_what_is_monstrous_is_one_short_answer(
    tmp_path: Path, words: Vocabulary, text: str, said: str
) -> None:
    path = tmp_path / "djeli.toml"
    path.write_text(text, encoding="utf-8")
    began = time.process_time()
    with pytest.raises(ConfigError, match=said) as caught:
        load(path, words, {})
    assert len(caught.value.faults) <= 101
    assert time.process_time() - began < 3


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_no_cut_or_stray_letter_crashes_the_reader(words: Vocabulary, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(EXAMPLE)))
    end = data.draw(st.integers(at, min(len(EXAMPLE), at + 30)))
    new = data.draw(st.text(alphabet="[]{}\"'=#.,\\\n a1é\x00\u202e", max_size=4))
    text = EXAMPLE[:at] + new + EXAMPLE[end:]
    Places(text)
    from djeli.app.config import read_text

    try:
        read_text(Path("djeli.toml"), text, words, {})
    except ConfigError as refused:
        for fault in refused.faults:
            found = re.match(r"djeli\.toml:(\d+): ", fault)
            assert found
            assert 1 <= int(found.group(1)) <= text.count("\n") + 1


def test_places_are_found_in_whatever_way_a_file_is_written() -> None:
    text = """\
telegram.admins = [1,
  2]
"fetch" = { contact = "x", allow_private = [ "10.0.0.0/8" ] }
feed = [
  { url = "https://a.example", outlet = 'a' },
  { url = "https://b.example", outlet = '''
b''' },
]
[[ watch ]]  # [[watch]]
name = \"\"\"
[[watch]]
name = "x"
\"\"\"
["baseline"]
'files' = []
[[watch]]
keywords = [ # comment ]
  "a", "b",
  "c" ]
"""
    places = Places(text)
    assert places.open == []
    for path, line in (
        (("telegram", "admins", 1), 2), (("fetch", "allow_private", 0), 3), (("feed", 0, "outlet"), 5),
        (("feed", 1, "outlet"), 6), (("feed", 1), 6), (("watch", 0), 9), (("watch", 0, "name"), 10),
        (("baseline", "files"), 15), (("watch", 1), 16), (("watch", 1, "keywords", 1), 18),
        (("watch", 1, "keywords", 2), 19), (("watch", 1, "missing"), 16), (("nowhere",), 1),
    ):  # fmt: skip
        assert places.line(path) == line, path


@pytest.mark.parametrize("broken", ["keys", "words", "toml", "facts", "missing facts"])
def test_check_says_what_the_service_would_say_at_its_start_and_while_it_runs(
    tmp_path: Path, broken: str
) -> None:
    with WebServer() as web, TelegramServer() as telegram:
        desk = Desk(tmp_path, web, telegram)
        desk.configure()
        current = Current(wiring.open_house(tmp_path / "djeli.toml"), None)
        files = ("[monitor]", '[baseline]\nfiles = ["mine.yaml"]\n\n[monitor]')
        changes = {
            "keys": [("exclude", "excludes"), ("every", "evry")],
            "words": [('"football"', '"/(a/"'), ('"delivery"', '"delivry"')],
            "toml": [("all = []", "all = [")],
            "facts": [files],
            "missing facts": [files],
        }
        desk.configure(*changes[broken])
        if broken == "facts":
            (tmp_path / "mine.yaml").write_text("records: [{id: X1}, 7]\n", encoding="utf-8")
        checked, ran = desk.here("check"), desk.here("run", "--once")
        assert (checked.code, checked.out) == (2, "")
        assert (ran.code, ran.err) == (2, checked.err)
        with pytest.raises(UserError) as caught:
            wiring.reopened(current.house)
        assert str(caught.value) == checked.err.rstrip("\n")
        assert not (tmp_path / "djeli.db").exists()


def test_check_notes_what_is_legal_but_may_not_be_meant(tmp_path: Path) -> None:
    with WebServer() as web, TelegramServer() as telegram:
        desk = Desk(tmp_path, web, telegram)
        desk.configure(
            ('"studio_tamani"', '"studio_tamanni"'),
            ('"Wagner"]', '"Wаgner", "football"]'),  # with a Cyrillic а
            ("[monitor]", '[[watch]]\nname = "nobody"\n\n[monitor]'),
        )
        ran = desk.here("check")
        assert ran.code == 0, ran.err
        notes = [line for line in ran.out.splitlines() if line.startswith("note: ")]
        for said in (
            "'studio_tamanni' is a new outlet; did you mean 'studio_tamani'?",
            "'Wаgner' mixes Latin and Cyrillic letters",
            "'football' is also in 'exclude'",
            "no [[chat]] follows the watch 'nobody'",
        ):
            assert any(said in note for note in notes), said
        assert len(notes) == 4
