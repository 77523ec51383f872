"""The `[[feed]]` tables of djeli.toml: changed and taken out, and nothing else touched."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from djeli.app import feedlist
from djeli.app.faults import Vocabulary
from djeli.core.errors import ConfigError, UserError
from djeli.core.model import Feed

A, B, C = (f"https://{name}.example/feed" for name in "abc")
NEW = "https://new.example/rss?a=1&b=%22"
FILE = f"""\
language = "fr"  # of the messages

# agencies
[[feed]]
url = "{A}"  # asked often
# they publish at night
outlet = "a"
every = "5m"

# the next ones are radios
[[feed]]
outlet = "b"
  url='{B}'
# [[feed]]
# url = "https://off.example/feed"

[monitor]
first_look = "tell"

[[feed]]
url = "{C}"
outlet = "c"
# the end
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "djeli.toml"
    file.write_text(FILE, encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("url", "before", "after"),
    [(A, f'url = "{A}"', f'url = "{NEW}"'), (B, f"url='{B}'", f'url="{NEW}"'), (C, f'"{C}"', f'"{NEW}"')],
)
def test_another_address_is_all_that_changes(path: Path, url: str, before: str, after: str) -> None:
    assert feedlist.moved(path, url, NEW, Vocabulary()) == FILE.replace(before, after)


def test_a_feed_is_taken_out_with_what_stands_in_its_table(path: Path) -> None:
    gone = feedlist.removed(path, A, Vocabulary())
    table = FILE[FILE.index("[[feed]]") : FILE.index("\n# the next ones")]
    assert gone == FILE.replace(table + "\n", "", 1)
    assert "they publish at night" not in gone
    gone = feedlist.removed(path, B, Vocabulary())
    assert "# the next ones are radios" in gone
    assert '# url = "https://off.example/feed"' in gone
    assert feedlist.removed(path, C, Vocabulary()).endswith('first_look = "tell"\n\n# the end\n')


@pytest.mark.parametrize(
    "text",
    [
        f'feed = [{{url = "{A}", outlet = "a"}}]\n',
        f'[[feed]]\nurl = """{A}"""\noutlet = "a"\n',
        f'[[feed]]\nurl = "{A}\\u002e"\noutlet = "a"\n',
    ],
)
def test_what_is_written_uncommonly_is_left_to_its_owner(tmp_path: Path, text: str) -> None:
    path = tmp_path / "djeli.toml"
    path.write_text(text, encoding="utf-8")
    (feed,) = tomllib.loads(text)["feed"]
    with pytest.raises(UserError, match="change it by hand"):
        feedlist.moved(path, feed["url"], NEW, Vocabulary())
    assert path.read_text(encoding="utf-8") == text


def test_an_address_that_is_none_or_that_nobody_has_is_refused(path: Path) -> None:
    with pytest.raises(ConfigError):
        feedlist.moved(path, A, "ftp://a.example/", Vocabulary())
    with pytest.raises(UserError, match="no feed has the address"):
        feedlist.removed(path, NEW, Vocabulary())


def test_one_feed_is_meant_by_address_or_by_an_outlet_with_only_one() -> None:
    feeds = [Feed(A, "a"), Feed(B, "b"), Feed(C, "b")]
    assert feedlist.only(feeds, "a").url == feedlist.only(feeds, A).url == A
    with pytest.raises(UserError, match="'b' has 2 feeds"):
        feedlist.only(feeds, "b")
    with pytest.raises(UserError, match="no configured feed"):
        feedlist.only(feeds, "c")


_lines = st.sampled_from(["", "# a remark", "  # [[feed]]", "\t"])
_tables = st.lists(
    st.tuples(st.lists(_lines, max_size=3), st.permutations(["url", "outlet", "every"])),
    min_size=1,
    max_size=5,
)


@settings(max_examples=60, deadline=None)
@given(_tables, st.data())
def test_whatever_stands_round_a_feed_the_others_stay_as_they_were(
    tmp_path_factory: pytest.TempPathFactory, tables: list[tuple[list[str], list[str]]], data: st.DataObject
) -> None:
    parts, urls = [], []
    for number, (remarks, keys) in enumerate(tables):
        urls.append(f"https://{number}.example/feed")
        values = {"url": urls[-1], "outlet": f"o{number}", "every": "1h"}
        parts += [*remarks, "[[feed]]", *(f'{key} = "{values[key]}"' for key in keys)]
    path = tmp_path_factory.mktemp("feeds") / "djeli.toml"
    path.write_text("\n".join(parts), encoding="utf-8")
    chosen = data.draw(st.integers(0, len(urls) - 1))
    gone = feedlist.removed(path, urls[chosen], Vocabulary())
    left = [url for url in urls if url != urls[chosen]]
    assert [feed["url"] for feed in tomllib.loads(gone).get("feed", [])] == left
    assert gone.count("a remark") == sum(part == "# a remark" for part in parts)
    moved = feedlist.moved(path, urls[chosen], NEW, Vocabulary())
    assert moved == "\n".join(parts).replace(f'"{urls[chosen]}"', f'"{NEW}"')
