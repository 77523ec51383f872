"""Quantities in a cleaned text: how many, of what, and whether it is the figure from before.

A figure counts only with a unit: one of the table below, a currency, a percentage, or a plain noun
that directly follows the number. Dates are masked first (`taken`): «2 июня боевики» is not two
fighters. "13 fighters killed" is 13 dead, since the toll is what moves from article to article.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from baseline.figure_words import (
    AGAIN_IN_DIGITS,
    AND,
    APART,
    APPROXIMATE,
    ARREST_AFTER,
    ARREST_BEFORE,
    CALLINGS,
    CHANGED_BEFORE,
    CHANGED_ENDS,
    COUNTED_BEFORE,
    EARLIER_BEFORE,
    FRANCS,
    KILLED_AFTER,
    KILLED_ALONE,
    KILLED_BEFORE,
    LISTED,
    MODEL,
    MODEL_LETTERS,
    MODEL_UNIT,
    MOVES,
    MULTIPLIERS,
    NAMED,
    NUMBER_WORDS,
    OPENING_QUOTES,
    OTHERS,
    PAST_YEAR,
    PEOPLES,
    PERSONS,
    REFUSED_AFTER,
    REFUSED_BEFORE,
    REFUSED_FOR,
    RISES,
    ROUND,
    SKIPPED,
    SPAN_UNITS,
    STOPPED,
    THE,
    TOLLS,
    UNIT_OF,
    VICTIMS,
    WORD,
    WOUNDED_AFTER,
    WOUNDED_BEFORE,
)
from baseline.fold import Token, fold, stem, tokens
from djeli.core.model import Figure

# Who are counted as arrested; of officers and civilians it is told that they are.
_HELD = ("people", "soldiers", "fighters")


@dataclass(frozen=True, slots=True)
class FigureHit:
    """A figure and where it stands; `earlier`: the value before a change, `change`: the one after."""

    figure: Figure
    start: int
    end: int
    earlier: bool = False
    change: bool = False


_CLOSE = 60  # characters within which two figures speak of one thing
LONGEST_APPROXIMATE = 24  # characters of the longest words that APPROXIMATE finds; a test counts them

_MOST_WORDS = 12  # no number of an article is spelt with more; a million words are an attack
_DIGITS = r"(?:\d{1,3}(?:([ .,'])\d{3})(?:\1\d{3}){0,4}(?!\d)(?:[.,]\d{1,2}(?!\d))?|\d{1,15}(?:[.,]\d{1,6})?)"


def _spelt(word: str) -> str:
    """A folded word as a pattern that also meets its accents: only ё needs that here."""
    return re.escape(word).replace("е", "[её]").replace(r"\ ", " ")


def _any(words: Sequence[str] | dict[str, int] | dict[str, float]) -> str:
    """An alternation of words, longest first."""
    return "|".join(_spelt(word) for word in sorted(words, key=len, reverse=True))


_JOIN = {
    "en": (r"between ", r"\s?(?:-|–)\s?| to | and "),
    "fr": (r"entre ", r"\s?(?:-|–)\s?| à | et "),
    "ru": (r"(?:от|с) ", r"\s?(?:-|–|—)\s?| до "),
}


def _number_pattern(lang: str) -> re.Pattern[str]:
    """One quantity or a range of two, with currency sign and multiplier, without its unit."""
    words = {word for word in NUMBER_WORDS[lang] if word not in ("a", "an")}
    hyphen = r"[ -](?:and |et )?"
    spelt = rf"(?:{_any(sorted(words))})(?:{hyphen}(?:{_any(sorted(words))})){{0,8}}"
    if lang == "en":
        spelt = rf"(?:an? (?=hundred|thousand|million|billion))?{spelt}"
    digits = _DIGITS.replace("([ .,'])", "(?P<sep>[ .,'])").replace(r"\1", "(?P=sep)")
    second = digits.replace("sep", "sep2")
    times = _any(MULTIPLIERS[lang])
    between, join = (part.replace(" ", r"\x20") for part in _JOIN[lang])
    spelt, rounds = (part.replace(" ", r"\x20") for part in (spelt, _any(ROUND[lang])))
    return re.compile(
        rf"""(?<![\w/°№#-])(?<!\d[.,])(?:
            (?P<between>{between})?
            (?P<sign>[$€£]\s?|US\$\s?)?
            (?P<low>{digits})(?:[ ]?(?P<times>{times})\b\.?)?
            (?:(?P<join>{join})(?P<high>[$€]?{second})(?:[ ]?(?P<times2>{times})\b\.?)?)?
            (?P<percent>[ ]?%)?(?P<sign2>[ ]?[$€£](?!\d))?(?![\w°])(?!-\w)(?![.,:/]\d)
          | (?P<round>{rounds})(?!\w)
          | (?P<words>{spelt})(?!\w)(?!-\w)
            (?:(?P<join3>{join})(?P<words2>{spelt}|\d{{1,9}})(?!\w)(?!-\w))?
        )""",
        re.VERBOSE | re.IGNORECASE,
    )


def _value(digits: str) -> float:
    """The value of a number in digits: three digits after a separator are thousands, unless 0 leads."""
    digits = digits.lstrip("$€ ")
    whole = re.fullmatch(r"(\d{1,3})(?:([ .,'])\d{3})(?:\2\d{3})*([.,]\d{1,2})?", digits)
    if whole and not digits.startswith("0"):
        decimals = whole[3] or ""
        kept = digits[: len(digits) - len(decimals)]
        return float(re.sub(r"\D", "", kept) + decimals.replace(",", "."))
    return float(digits.replace(",", ".").replace(" ", "").replace("'", ""))


def spelt_number(words: str, lang: str) -> int | None:
    """The value of a number in words («quarante mille», "twenty-five"), or None when it is none."""
    table, total, current = NUMBER_WORDS.get(lang, {}), 0, 0
    parts = [part for part in re.split(r"[ -]+", fold(words)) if part not in ("et", "and")]
    for part in parts:
        value = table.get(part)
        if value is None:
            return None
        if value >= 1000:
            total, current = total + max(current, 1) * value, 0
        elif value == 100:
            current = max(current, 1) * 100 if lang != "ru" else current + 100
        elif lang == "fr" and value == 20 and current % 100 == 4:
            current += 76  # quatre-vingt
        else:
            current += value
    return total + current if 0 < len(parts) <= _MOST_WORDS else None


@dataclass(frozen=True, slots=True)
class _Read:
    """A number as found: its values and whether the words themselves are approximate."""

    low: float
    high: float | None
    approximate: bool
    exact_digits: bool
    money: str | None = None
    percent: bool = False
    joined: bool = False  # two numbers joined by a word ("to", «до») rather than by a hyphen


@dataclass(frozen=True, slots=True)
class _Unit:
    """The unit of a number, where it ends, and whether it came from the table."""

    name: str
    end: int
    known: bool
    about: str | None = None


PATTERNS = {lang: _number_pattern(lang) for lang in ("en", "fr", "ru")}


_BETWEEN = {"en": ("between", "us"), "fr": ("entre", "us"), "ru": ("от", "с", "us")}
# Folded words by which a number without a digit begins, or what is read with one: «от 5 до 7», "US$ 5".
_OPENINGS = {
    lang: frozenset(
        fold(phrase.split()[0]) for phrase in (*_BETWEEN[lang], *NUMBER_WORDS[lang], *ROUND[lang])
    )
    for lang in PATTERNS
}
_MONEY = ("$", "€", "£")
# Combining marks may part what the pattern reads from its letter; ı is an i to it.
_ODD = re.compile("[ı\u0300-\u036f]")


def numbers(text: str, lang: str, words: Iterable[Token]) -> Iterator[re.Match[str]]:
    """The numbers in a text with these words, left to right, none overlapping.

    Tried only where one may begin: half of all sentences have none.
    """
    pattern, openings = PATTERNS[lang], _OPENINGS[lang]
    if not text.isascii() and _ODD.search(text):
        yield from pattern.finditer(text)
        return
    places = [word.start for word in words if word.folded in openings or word.raw[0].isdigit()]
    if any(sign in text for sign in _MONEY):
        places = sorted([*places, *(at for at, letter in enumerate(text) if letter in _MONEY)])
    end = 0
    for place in places:
        if place >= end and (match := pattern.match(text, place)):
            end = match.end()
            yield match


def find(
    text: str, lang: str, taken: Sequence[tuple[int, int]] = (), words: Sequence[Token] | None = None
) -> list[FigureHit]:
    """The figures of a cleaned text, in order; places in `taken` (start, end) are not read.

    Languages other than en, fr, ru have none. Values are in units of the unit: "25 тыс. тонн" is
    25,000 tonnes; a change ("up from nine") gives two hits. `words` are the text's tokens if at hand.
    """
    if lang not in PATTERNS:
        return []
    masked = _mask(text, taken)
    found: list[FigureHit] = []
    before = 0
    refused: tuple[_Read, int] | None = None
    for match in numbers(masked, lang, tokens(text) if words is None else words):
        if refused is not None and REFUSED_FOR.fullmatch(masked, refused[1], match.start()) is None:
            refused = None
        aside = _set_aside(masked, match, lang, found)
        if aside is not None:
            found[-1:] = [replace(found[-1], change=True), aside]
            before = match.end()
            continue
        if REFUSED_BEFORE.search(masked, max(0, match.start() - 12), match.start()):
            read = _read(match, lang)
            follows = masked[match.end() : match.end() + 8].lstrip(", ").lower()
            if read is not None and follows.startswith(("but ", "mais ", "а ")):
                refused, before = (read, match.end()), match.end()
                continue
        for hit in _figures(text, match, lang, before, found):
            if found and _corrects(hit, found[-1]):
                found[-1] = replace(found[-1], change=True)
            if refused is not None:
                found.append(
                    replace(hit, figure=replace(hit.figure, value=refused[0].low, high=None), earlier=True)
                )
                hit, refused = replace(hit, change=True), None
            found.append(hit)
        before = match.end()
    return found


def _set_aside(text: str, match: re.Match[str], lang: str, found: Sequence[FigureHit]) -> FigureHit | None:
    """ "900 soldiers, not the 1,500 claimed": the earlier figure of what was counted last."""
    if not found or match.start() - found[-1].end > _CLOSE:
        return None
    if REFUSED_AFTER.search(text, max(found[-1].end, match.start() - 16), match.start()) is None:
        return None
    read = _read(match, lang)
    if read is None or read.percent or read.money:
        return None
    figure = replace(found[-1].figure, value=read.low, high=read.high, approximate=read.approximate)
    return FigureHit(figure, match.start(), match.end(), earlier=True)


def _corrects(hit: FigureHit, last: FigureHit) -> bool:
    """«onze arrestations contre neuf»: an earlier figure makes the one before it a change."""
    alike = hit.figure.unit == last.figure.unit and hit.start - last.end < _CLOSE
    return hit.earlier and not last.earlier and alike


def _mask(text: str, taken: Sequence[tuple[int, int]]) -> str:
    """The text with the taken places made of a character no pattern reads as a word or number."""
    pieces, at = [], 0
    for start, end in sorted(taken):
        if start < at or end > len(text):
            continue
        pieces += [text[at:start], "\x00" * (end - start)]
        at = end
    return "".join([*pieces, text[at:]]) if pieces else text


def _figures(
    text: str, match: re.Match[str], lang: str, since: int, earlier_hits: Sequence[FigureHit]
) -> list[FigureHit]:
    """The figures of one number in the text: none, one, or two when it tells a change."""
    read = _read(match, lang)
    if read is None or not _is_count(text, match):
        return []
    left = _left(text, match.start(), since)
    unit = _unit(match.string, match, read, lang, left, earlier_hits)
    if unit is None or (unit.name in SPAN_UNITS and APART.match(text[unit.end : unit.end + 20])):
        return []
    name = _role(unit.name, left, text[unit.end : unit.end + 60], lang)
    known_ones = _is_article(match, lang) or (read.low <= 4 and THE.search(left) and match["words"])
    if _is_year(read, unit) or (known_ones and name not in TOLLS):
        return []
    if name == unit.name and name in PERSONS and earlier_hits:
        name = _shared_role(text, match.start(), earlier_hits[-1]) or name
    about = unit.about
    before = _tells_earlier(left) or _year_before(left, text[unit.end : unit.end + 45])
    approximate = read.approximate or bool(APPROXIMATE.search(left[-LONGEST_APPROXIMATE:]))
    if approximate and _is_reached(
        left, text[unit.end : unit.end + 20], text[match.end() : match.end() + 20]
    ):
        approximate = read.approximate
    start, end = match.start(), max(match.end(), unit.end)
    if read.high is not None and read.joined and MOVES.search(left):
        first = Figure(read.low, name, about, approximate)
        second = Figure(read.high, name, about, approximate)
        return [FigureHit(first, start, end, earlier=True), FigureHit(second, start, end, change=True)]
    changed = not before and _may_be_changed(left) and bool(CHANGED_BEFORE.search(left))
    figure = Figure(read.low, name, about, approximate or read.high is not None, read.high)
    return [FigureHit(figure, start, end, before, changed)]


def _is_reached(left: str, *after: str) -> bool:
    """«выросло до 17», «до семнадцати увеличилось»: what a count has risen to is no upper bound."""
    if not left.rstrip(" ").lower().endswith("до"):
        return False
    return bool(CHANGED_BEFORE.search(left)) or any(RISES.match(words) for words in after)


def _may_be_changed(left: str) -> bool:
    """Whether the words before a number end as those of CHANGED_BEFORE do, which is dear and seldom finds."""
    words = left.rstrip(" ").lower()
    return words.endswith(CHANGED_ENDS) or "достиг" in words


@lru_cache(maxsize=8)  # asked twice for each number
def _tells_earlier(left: str) -> bool:
    """Whether the words before a number say that it is the figure from before."""
    return EARLIER_BEFORE.search(left) is not None


def _is_year(read: _Read, unit: _Unit) -> bool:
    """«в 2021 году» counts no years."""
    return unit.name == "years" and 1900 <= read.low <= 2099


def _is_article(match: re.Match[str], lang: str) -> bool:
    """«un soldat» is any soldier; only the dead, wounded and captured are counted one by one."""
    return lang == "fr" and (match["words"] or "").lower() in ("un", "une")


def _left(text: str, start: int, since: int) -> str:
    """What stands before a number in its sentence, back to the number before it."""
    left = text[max(since, start - 100) : start]
    cut = max(left.rfind(". "), left.rfind("\n"), left.rfind("! "), left.rfind("? "))
    return left[cut + 1 :] if cut >= 0 else left


def _is_count(text: str, match: re.Match[str]) -> bool:
    """Not the number of a road, an article, a law, an age or a telephone."""
    return not NAMED.search(text[max(0, match.start() - 16) : match.start()])


def _read(match: re.Match[str], lang: str) -> _Read | None:
    """The value or the two values of a number as matched."""
    if match["round"]:
        return _Read(
            float(ROUND[lang][fold(match["round"])]), None, match["round"].lower() != "полторы тысячи", False
        )
    if match["words"]:
        return _read_words(match, lang)
    times = MULTIPLIERS[lang].get(fold(match["times"] or ""), 1.0)
    if (match["times"] or "") in ("m", "b", "k", "bn", "mn") and not match["sign"]:
        return None
    low, high = _value(match["low"]), None
    if match["high"]:
        times2 = MULTIPLIERS[lang].get(fold(match["times2"] or ""), 1.0)
        high = _value(match["high"]) * times2
        low *= times if match["times"] or low >= 1000 else times2
        if high <= low and match["join"].strip() not in ("to", "à", "до"):
            high = None
    else:
        low *= times
    sign = (match["sign"] or match["sign2"] or "").strip()
    money = {"$": "usd", "US$": "usd", "€": "eur", "£": "gbp"}.get(sign)
    joined = bool(match["join"]) and match["join"].strip() in ("to", "à", "до")
    return _Read(
        round(low, 4),
        None if high is None else round(high, 4),
        False,
        True,
        money,
        bool(match["percent"]),
        joined,
    )


def _read_words(match: re.Match[str], lang: str) -> _Read | None:
    """The value of a number in words, or of two of them."""
    words = re.sub(r"(?i)^an? ", "", match["words"])
    low = spelt_number(words, lang)
    if low is None:
        return None
    high: float | None = None
    if match["words2"]:
        second = match["words2"]
        high = float(second) if second.isdigit() else spelt_number(second, lang)
    joined = bool(match["join3"]) and match["join3"].strip() in ("to", "à", "до")
    return _Read(float(low), high, False, False, None, False, joined)


def _unit(
    text: str, match: re.Match[str], read: _Read, lang: str, left: str, earlier_hits: Sequence[FigureHit]
) -> _Unit | None:
    """What is counted: sign, words after the number, or the noun whose number it is said to be."""
    end = match.end()
    if read.percent:
        return _Unit("percent", end, True)
    if read.money:
        return _Unit(read.money, end, True)
    after = _noun_after(text, end, lang, read)
    if after is not None and after.known:
        return after
    counted = COUNTED_BEFORE.search(left)
    if counted:
        said = fold(counted["noun"] or "")
        dead = counted["toll"] or said in VICTIMS  # "the number of victims rose to 58"
        noun = "dead" if dead else UNIT_OF[lang].get(stem(lang, said))
        if noun:
            return _Unit(noun, end, True)
    if earlier_hits and _tells_earlier(left) and match.start() - earlier_hits[-1].end < _CLOSE:
        last = earlier_hits[-1].figure
        return _Unit(last.unit, end, True, last.about)
    if KILLED_ALONE.match(text, end):
        return _Unit("dead", end, True)
    if OTHERS.match(text, end):
        for role, verb in (("wounded", WOUNDED_BEFORE), ("dead", KILLED_BEFORE)):
            if verb.search(left):
                return _Unit(role, end, True)
    return after if after is None or _may_be_unknown(read, match) else None


def _may_be_unknown(read: _Read, match: re.Match[str]) -> bool:
    """A noun outside the table is taken as a unit only after a real count: no year, no "one"."""
    if read.low < 2 or read.low != int(read.low):
        return False
    digits = match["low"] or ""
    return not (len(digits) == 4 and digits.isdigit() and 1900 <= read.low <= 2099)


def _noun_after(text: str, end: int, lang: str, read: _Read) -> _Unit | None:
    """The noun within four words after a number; adjectives, models and capitals are stepped over."""
    if again := AGAIN_IN_DIGITS.match(text, end):
        end = again.end()
    if text[end : end + 1] not in (" ", "\u00a0", "-"):
        return None
    francs = FRANCS.match(text, end)
    if francs:
        return _Unit("xof", francs.end(), True)
    stop = end + 70
    model = MODEL.search(text, end, end + 24)
    seen = 0
    unknown: _Unit | None = None
    at = end
    while seen < 5 and (word := WORD.search(text, at, stop)):
        raw, at = word.group(), word.end()
        if model and model.start() <= word.start() < model.end():
            at = model.end()
            continue
        if raw in OPENING_QUOTES:
            continue
        if not raw[0].isalpha():
            break
        found = _table_unit(raw, lang)
        if (
            found == "arrests"
            and (following := WORD.match(text, at + 1))
            and _table_unit(following.group(), lang)
        ):
            continue  # «detained officers» are officers
        if found:
            return _Unit(found, at, True, _model_after(text, at) or (_model_name(model) if model else None))
        plain = fold(raw.split("'")[-1] if "'" in raw else raw)
        if raw in AND and PEOPLES.match(text, word.start()):
            continue  # "43 Tuareg and Arab herders"
        if plain in STOPPED or plain in NUMBER_WORDS[lang] or (lang == "en" and raw.endswith("ly")):
            break  # « une source parle de onze morts » counts no source
        named = raw[0].islower() and len(raw) >= 4 and plain not in SKIPPED
        if named and (unknown is None or stem(lang, raw) in CALLINGS[lang]):  # "five dozo hunters"
            unknown = _Unit(stem(lang, raw), at, False)
        seen += plain not in ("de", "of", "d", "des")
    if model and text[end : model.start()].strip(" ") in ("", "de", "of"):
        kind = _model_name(model)
        return _Unit(MODEL_UNIT.get(kind.split("-")[0], "vehicles"), model.end(), True, kind)
    return unknown


def _table_unit(raw: str, lang: str) -> str | None:
    """The unit a word stands for, its elision («d'officiers») taken off."""
    if raw[:2].lower() == "l'":
        return None  # «l'an dernier» counts nothing
    word = raw.split("'")[-1] if "'" in raw else raw
    return UNIT_OF[lang].get(stem(lang, word))


def _model_after(text: str, end: int) -> str | None:
    """The model named right after a noun: «танков Т-72»."""
    model = MODEL.match(text, end + 1) if text[end : end + 1] == " " else None
    return _model_name(model) if model else None


def _model_name(model: re.Match[str]) -> str:
    """A model in one spelling for both scripts: `Т-72` and `T72` → `t-72`."""
    return f"{fold(model['kind']).translate(MODEL_LETTERS)}-{fold(model['n']).translate(MODEL_LETTERS)}"


def _role(unit: str, left: str, after: str, lang: str) -> str:
    """People who were killed, wounded or arrested are counted as that."""
    if unit not in PERSONS and unit not in CALLINGS[lang]:
        return unit
    killed, held = KILLED_AFTER.match(after), ARREST_AFTER.match(after)
    # "eighteen soldiers detained and two guards killed": who is arrested first is not the one who died
    arrested = bool(ARREST_BEFORE.search(left)) or (held and (killed is None or held.end() < killed.end()))
    if KILLED_BEFORE.search(left) or (killed and not arrested):
        return "dead"
    if WOUNDED_BEFORE.search(left) or WOUNDED_AFTER.match(after):
        return "wounded"
    return "arrests" if arrested and unit in _HELD else unit


def _shared_role(text: str, start: int, last: FigureHit) -> str | None:
    """«tué 84 combattants et 47 soldats»: the verb before the first number holds for the second."""
    role = last.figure.unit
    before = {"dead": KILLED_BEFORE, "wounded": WOUNDED_BEFORE}.get(role)
    if before is None or not LISTED.fullmatch(text, last.end, start):
        return None
    return role if before.search(text, max(0, last.start - 70), last.start) else None


def _year_before(left: str, after: str) -> bool:
    """Whether the words around say that the figure is last year's."""
    nearest = re.split(r"[.;!?]|\d", after, maxsplit=1)[0]
    return bool(PAST_YEAR.search(left) or PAST_YEAR.search(nearest))
