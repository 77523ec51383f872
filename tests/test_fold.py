import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from baseline.fold import clean, fold, tokens

LETTERS = st.text(st.one_of(st.characters(), st.sampled_from("йёИЙ́̆̈éïoœßﬁ")))


def letter_by_letter(word: str) -> str:
    """Folding as it is described: no case, no accents, ё→е, й kept."""
    folded = ""
    for char in unicodedata.normalize("NFKC", word).casefold():
        plain = char if char == "й" else unicodedata.normalize("NFKD", char)
        folded += "".join(c for c in plain if not unicodedata.combining(c))
    return folded


def test_case_and_accents_go_and_short_i_stays() -> None:
    words = {"Goïta": "goita", "Ещё": "еще", "КАЙ": "кай", "Ménaka": "menaka", "ﬁn": "fin"}
    assert {word: fold(word) for word in words} == words


@given(LETTERS)
def test_a_word_is_folded_as_letter_by_letter(word: str) -> None:
    assert fold(word) == letter_by_letter(word)


@given(LETTERS)
def test_what_is_clean_has_no_characters_that_cannot_be_seen(text: str) -> None:
    cleaned = clean(text)
    assert {unicodedata.category(char)[0] for char in cleaned if char != "\n"}.isdisjoint({"C"})


@given(LETTERS)
def test_a_token_says_where_it_stands(text: str) -> None:
    for token in tokens(text):
        assert text[token.start : token.end] == token.raw
        assert token.folded == fold(token.raw)
