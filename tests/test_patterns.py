from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import baseline
from baseline.fold import tokens
from baseline.patterns import Hit, PatternBook, Shelf, expand, labelled_book, word_lists

KNOWLEDGE = Path(baseline.__file__).parent / "knowledge"


def found(pattern: str, sentence: str, lang: str = "en") -> list[str]:
    """The words of each match, as written."""
    words = tokens(sentence)
    hits = PatternBook([("label", lang, pattern)]).find(words, lang)
    return [" ".join(word.raw for word in words[hit.first : hit.last + 1]) for hit in hits]


def test_a_word_stands_for_all_its_forms():
    assert found("deliver", "It delivers what was delivered") == ["delivers", "delivered"]
    assert found("подписать", "Стороны подписали", "ru") == ["подписали"]


def test_a_word_is_found_without_its_accents():
    assert found("arrêté", "ARRETE hier", "fr") == ["ARRETE"]


def test_a_star_asks_for_the_beginning_only():
    assert found("livr*", "La livraison des livres", "fr") == ["livraison", "livres"]


def test_an_equals_sign_asks_for_exactly_this_word():
    assert found("=accord", "Un accord accordé", "fr") == ["accord"]


def test_an_exclamation_mark_keeps_the_accents():
    assert found("!marche", "Une marche vers le marché, Marche", "fr") == ["marche", "Marche"]


def test_alternatives_may_have_several_words():
    book = "prime_minister|president resign"
    assert found(book, "The prime minister resigned, the president resigns") == [
        "prime minister resigned",
        "president resigns",
    ]


def test_each_part_of_an_alternative_may_be_a_beginning():
    assert found("глав*_правительств*", "Главу правительства сменили", "ru") == ["Главу правительства"]


def test_elements_without_a_gap_follow_each_other():
    assert found("peace deal", "a peace of a deal, a peace deal") == ["peace deal"]


def test_a_gap_spans_up_to_four_words_and_a_long_one_eight():
    assert found("sign .. deal", "sign a b c d deal") == ["sign a b c d deal"]
    assert found("sign .. deal", "sign a b c d e deal") == []
    assert found("sign ... deal", "sign a b c d e f g h deal") == ["sign a b c d e f g h deal"]


def test_a_gap_takes_the_shortest_span():
    assert found("convoy .. arrive", "convoy after convoy arrives") == ["convoy arrives"]


def test_an_earlier_dead_end_does_not_hide_a_later_match():
    assert found("a .. b c", "a b x b c") == ["a b x b c"]


def test_both_orders_of_an_either_order_gap_are_found():
    assert found("parti* <..> прибы*", "Прибыла parti и parti прибыла", "ru") == [
        "Прибыла parti",
        "parti прибыла",
    ]


def test_numbers_and_capitals_have_their_own_signs():
    assert found("<n> soldier", "some 30 soldiers") == ["30 soldiers"]
    assert found("meet <A>", "he meets Putin and meets people") == ["meets Putin"]


def test_elision_comes_apart_in_patterns_as_in_articles():
    assert found("prise d'otage", "une prise d’otages", "fr") == ["prise d otages"]
    assert found("prise d otage", "une prise d'otage", "fr") == ["prise d otage"]


def test_matches_may_overlap_and_come_in_order():
    book = PatternBook([("deal", "en", "peace deal"), ("peace", "en", "peace"), ("off", "en", "deal is off")])
    assert book.find(tokens("The peace deal is off"), "en") == [
        Hit("peace", 1, 1),
        Hit("deal", 1, 2),
        Hit("off", 2, 4),
    ]


def test_books_on_one_shelf_find_their_own_patterns():
    shelf, words = Shelf(), tokens("The peace deal is off")
    one = PatternBook([("deal", "en", "peace|war deal")], shelf)
    assert one.find(words, "en") == [Hit("deal", 1, 2)]
    other = PatternBook([("off", "en", "deal .. off"), ("war", "en", "war")], shelf)
    assert other.find(words, "en") == [Hit("off", 2, 4)]
    assert one.find(words, "en") == [Hit("deal", 1, 2)]


def test_a_pattern_belongs_to_its_language():
    book = PatternBook([("coup", "fr", "coup d'état")])
    assert book.find(tokens("coup d'état"), "en") == []
    assert book.find(tokens("coup d'état"), "ru") == []
    assert book.find(tokens(""), "fr") == []


GAPS = {"..": 4, "...": 8}


def plainly(patterns: list[str], words: list[str]) -> set[tuple[str, int, int]]:
    """What a book should find, by trying everything everywhere; a label is the pattern itself."""
    found = set()
    for pattern in patterns:
        for elements in both_orders(pattern.split()):
            spans = [(first, nearest(elements, first, words)) for first in range(len(words))]
            for end in {end for _, end in spans if end is not None}:
                found.add((pattern, max(first for first, last in spans if last == end), end))
    return found


def both_orders(elements: list[str]) -> list[list[str]]:
    for sign, gap in (("<..>", ".."), ("<...>", "...")):
        if sign in elements:
            at = elements.index(sign)
            left, right = elements[:at], elements[at + 1 :]
            return [[*left, gap, *right], [*right, gap, *left]]
    return [elements]


def nearest(elements: list[str], first: int, words: list[str]) -> int | None:
    """The nearest last word of a match that begins at `first`."""
    ends, gap = {first}, 0
    for element in elements:
        if element in GAPS:
            gap = GAPS[element]
            continue
        starts = {start for end in ends for start in range(end, end + gap + 1)}
        ends, gap = {end for start in starts for end in behind(element, start, words)}, 0
    return min(ends) - 1 if ends else None


def behind(element: str, start: int, words: list[str]) -> list[int]:
    """Where an alternative of the element that stands at `start` ends."""
    runs = [alternative.split("_") for alternative in element.split("|")]
    return [start + len(run) for run in runs if fits(run, words[start : start + len(run)])]


def fits(run: list[str], words: list[str]) -> bool:
    return len(run) == len(words) and all(
        word.startswith(wanted[:-1]) if wanted.endswith("*") else word == wanted.lstrip("=")
        for wanted, word in zip(run, words, strict=True)
    )


WORDS = st.sampled_from(["ba", "bab", "do", "dodo"])
ALTERNATIVES = st.one_of(
    WORDS,
    WORDS.map("={}".format),
    WORDS.map("{}*".format),
    st.lists(st.one_of(WORDS, WORDS.map("{}*".format)), min_size=2, max_size=3).map("_".join),
)
ELEMENTS = st.lists(ALTERNATIVES, min_size=1, max_size=3).map("|".join)


@st.composite
def written(draw: st.DrawFn) -> str:
    """A pattern of one to four elements, with gaps between some and perhaps one turn."""
    pattern = [draw(ELEMENTS)]
    turned = False
    for element in draw(st.lists(ELEMENTS, max_size=3)):
        gap = draw(st.sampled_from(["", "", "..", "...", *([] if turned else ["<..>", "<...>"])]))
        turned = turned or gap.startswith("<")
        pattern += [gap, element] if gap else [element]
    return " ".join(pattern)


@given(
    st.lists(written(), max_size=5, unique=True),
    st.lists(st.sampled_from(["ba", "bab", "do", "dodo", "x"]), max_size=14),
)
def test_a_book_finds_what_a_plain_search_finds(patterns: list[str], words: list[str]):
    book = PatternBook((pattern, "xx", pattern) for pattern in patterns)  # a language without stems
    hits = book.find(tokens(" ".join(words)), "xx")
    assert {(hit.label, hit.first, hit.last) for hit in hits} == plainly(patterns, words)
    assert hits == sorted(hits, key=lambda hit: (hit.first, hit.last, hit.label))


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        "..",
        ".. deal",
        "sign ..",
        "sign .. .. deal",
        "a <..> b <..> c",
        "de*al",
        "a||b",
        "<year>",
        "=x*",
        "(a)",
    ],
)
def test_a_pattern_that_cannot_compile_is_named(pattern: str):
    with pytest.raises(ValueError, match=r"^pattern ") as caught:
        PatternBook([("label", "en", pattern)])
    assert repr(pattern) in str(caught.value)


def test_a_list_stands_for_its_words():
    lists = word_lists({"arms": {"en": "tank gun"}, "goods": {"en": "$arms rice"}})
    assert expand("sell .. $goods", lists["en"]) == "sell .. tank|gun|rice"


def test_a_list_nobody_wrote_is_named():
    with pytest.raises(ValueError, match=r"\$goods"):
        expand("sell .. $goods", {})


OBJECTS = yaml.safe_load((KNOWLEDGE / "objects.yaml").read_text(encoding="utf-8"))


def test_every_object_has_patterns_in_three_languages():
    assert len(OBJECTS) >= 130
    for label, by_lang in OBJECTS.items():
        assert label.startswith("obj."), label
        assert set(by_lang) == {"en", "fr", "ru"}, label
        assert all(by_lang.values()), label


@pytest.mark.parametrize(
    ("lang", "sentence", "labels"),
    [
        ("en", "Eleven T-72 tanks reached Bamako", {"obj.armour"}),
        ("fr", "La Russie offre 20 000 tonnes d'engrais", {"obj.fertiliser"}),
        ("ru", "Подписано соглашение о строительстве АЭС", {"obj.nuclear_power"}),
        ("fr", "Pose de la première pierre d'une raffinerie d'or", {"obj.refinery", "obj.gold"}),
        ("ru", "Африканский корпус передал базу", {"obj.base"}),
        (
            "en",
            "Suspension of political parties before the referendum",
            {"obj.political_parties", "obj.referendum"},
        ),
        ("fr", "Dispense de visa pour les passeports diplomatiques", {"obj.visa", "obj.passport"}),
        ("ru", "Заседание межправительственной комиссии пройдёт весной", {"obj.commission"}),
        (
            "en",
            "A Malian drone was shot down near the border",
            {"obj.drone", "obj.drone_downing", "obj.border"},
        ),
        ("fr", "Le blocus du carburant paralyse Bamako", {"obj.fuel_blockade", "obj.fuel"}),
    ],
)
def test_objects_are_read_in_each_language(lang: str, sentence: str, labels: set[str]):
    hits = labelled_book(OBJECTS).find(tokens(sentence), lang)
    assert labels <= {hit.label for hit in hits}
