"""Russian case forms of names by a hand table of endings.

Measured on 35 names and 117 forms: the table finds 117, stemmers 86 to 112, and a stemmer joins
Нигер with Нигерия (docs/decisions/0003). The table writes forms out instead of cutting endings off,
so a look-alike never matches; the result is kept readable in knowledge/forms_ru.txt.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from baseline.entities import Entity
from baseline.fold import fold

# One paradigm: genitive, dative, accusative, instrumental, prepositional.
Paradigm = tuple[str, str, str, str, str]

_HUSHERS = "жшчщц"
_VELARS = "гкхжшчщ"
_FEMININE_SOFT = re.compile(
    "(?:астрахань|беларусь|казань|пермь|рязань|тверь|тюмень|керчь|площадь|область|.*ость|сеть|связь|помощь|.*нефть|часть)$"
)
# The vowel that runs away: nominative → stem of the other cases.
_FLEETING = {
    "египет": "египт",
    "павел": "павл",
    "петр": "петр",
    "пётр": "петр",
    "лев": "льв",
    "посол": "посл",
}
_GENITIVE_PLURAL = {
    "силы": "сил",
    "войска": "войск",
    "машины": "машин",
    "бронемашины": "бронемашин",
    "объединения": "объединений",
    "нации": "наций",
    "страны": "стран",
    "рамки": "рамок",
    "бронеавтомобили": "бронеавтомобилей",
    "автомобили": "автомобилей",
    "повстанцы": "повстанцев",
    "туареги": "туарегов",
    "патриоты": "патриотов",
    "боевики": "боевиков",
    "беспилотники": "беспилотников",
    "наемники": "наемников",
    "наёмники": "наёмников",
    "острова": "островов",
    "ополченцы": "ополченцев",
    "добровольцы": "добровольцев",
    "музыканты": "музыкантов",
    "мотоциклы": "мотоциклов",
    "учения": "учений",
    "соглашения": "соглашений",
    "катера": "катеров",
    "наблюдатели": "наблюдателей",
}
_NAMES_IN_IY = frozenset({"евгений", "арсений", "георгий"})
_ADJECTIVE = re.compile(r"(?:[сц]к|[гкхнжшщ])ий$|ый$|(?:ск|н|д|т|г|х|в)ой$")
_ADJECTIVE_FEMININE = re.compile(r"[а-яё]{3,}(?:ая|яя)$")
_ADJECTIVE_NEUTER = re.compile(r"[а-яё]{3,}(?:ое|ее)$")
_ADJECTIVE_PLURAL = re.compile(r"[а-яё]{3,}(?:ые|ие)$")
_NOUN_IN_IE = re.compile(r"(?:[еая]ни|[яыи]ти|стви)е$")
_CYRILLIC_WORD = re.compile(r"[А-Яа-яЁё]+(?:[-'][А-Яа-яЁё]+)*$")


def case_forms(name: str, *, person: bool = False) -> tuple[str, ...]:
    """The written-out case forms of a Russian name, without the name itself; () when it has none.

    A single adjective or demonym is taken through all genders and both numbers, a person word by
    word, and any other phrase in its head («Африканский корпус», «площадь Независимости»).
    """
    words = name.split()
    if len(words) == 1:
        made = _single(words[0], person)
    elif person:
        cases = _person(words)
        # «Абдулая Диопа», and as often in the press «Абдулай Диопа».
        made = _joined(words, cases) + _joined(words, [*(None for _ in words[1:]), cases[-1]])
    else:
        made = _phrase(words)
    return tuple(dict.fromkeys(form for form in made if form != name))


def paradigm(name: str, *, person: bool = False) -> Paradigm | None:
    """The five cases in which a name is to be shown; None for one that does not change."""
    words = name.split()
    if len(words) == 1:
        return _surname(name, woman=True) if person else _adjective_case(name, "m") or _noun(name)
    cases = _joined(words, _person(words)) if person else _phrase(words)
    return (cases[0], cases[1], cases[2], cases[3], cases[4]) if cases else None


def names_with_forms(entity: Entity) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Each Russian name of an entity with its case forms; a name that is itself a form gets none."""
    seen: set[str] = set()
    out = []
    for name in entity.names.get("ru", ()):
        fixed = fold(name) in seen or name in entity.indeclinable or name in entity.unmatched
        forms = () if fixed else case_forms(name, person=entity.kind == "person")
        seen.update(fold(form) for form in forms)
        out.append((name, forms))
    return tuple(out)


def forms_text(entities: Iterable[Entity]) -> str:
    """The readable list of all generated forms: one line for each name that has some."""
    lines = ["# Russian case forms generated from actors.yaml by baseline/russian.py: read, do not edit.", ""]
    for entity in entities:
        for name, forms in names_with_forms(entity):
            if forms:
                lines.append(f"{entity.id} | {name} | {', '.join(forms)}")
    return "\n".join(lines) + "\n"


# ------------------------------------------------------------------------------------- single words


def _single(word: str, person: bool) -> tuple[str, ...]:
    if person:
        return tuple(_surname(word, woman=True) or ())
    if word[0].islower():
        return _adjective_all(word) or _common(word)
    return tuple(_noun(word) or ())


def _person(words: list[str]) -> list[Paradigm | None]:
    """Given names like nouns, the surname last; Захарова only after a given name in -а or -я."""
    woman = len(words) == 1 or words[0][-1] in "ая"
    return [*(_person_word(word) for word in words[:-1]), _surname(words[-1], woman)]


def _person_word(word: str) -> Paradigm | None:
    return None if _fixed(word) else _noun(word)


def _surname(word: str, woman: bool) -> Paradigm | None:
    low = word.lower()
    if _fixed(word):
        return None
    if re.search(r"(?:[оеё]в|[иы]н)$", low):
        return (word + "а", word + "у", word + "а", word + "ым", word + "е")
    if woman and re.search(r"(?:[оеё]в|[иы]н)а$", low) and len(low) > 5:
        stem = word[:-1]
        return (stem + "ой", stem + "ой", stem + "у", stem + "ой", stem + "ой")
    return _adjective_case(word, "m", animate=True) or _noun(word)


def _fixed(word: str) -> bool:
    """Latin letters, abbreviations, two-letter words and names in -о -е -и -у -э -ю -уа do not change."""
    low = word.lower()
    last = re.split(r"[-']", word)[-1]
    if (
        not _CYRILLIC_WORD.match(word)
        or len(word) < 3
        or len(last) < 2
        or word.isupper()
        or low == "минобороны"
    ):
        return True
    return low.endswith(("о", "е", "и", "у", "э", "ю", "уа")) or _has_inner_capital(word)


def _has_inner_capital(word: str) -> bool:
    return any(part != part.capitalize() for part in re.split(r"[-']", word) if part[0].isupper())


def _noun(word: str) -> Paradigm | None:
    """The singular cases of a noun by its ending, or the cases of a plural in -ы."""
    low = word.lower()
    if low in _GENITIVE_PLURAL or (low.endswith("ы") and len(low) > 3 and not _fixed(word)):
        return _plural(word)
    if low.endswith(("ство", "ние", "тие", "лие")):
        return _neuter(word)
    if _fixed(word):
        return None
    stem, last = word[:-1], low[-1]
    if low.endswith("ия"):
        return (stem + "и", stem + "и", stem + "ю", stem + "ей", stem + "и")
    if last == "я":
        return (stem + "и", stem + "е", stem + "ю", stem + "ей", stem + "е")
    if last == "а":
        soft_i = "и" if low[-2] in _VELARS else "ы"
        by = "ей" if low[-2] in _HUSHERS else "ой"
        return (stem + soft_i, stem + "е", stem + "у", stem + by, stem + "е")
    if last == "ь":
        if _FEMININE_SOFT.match(low):
            return (stem + "и", stem + "и", word, stem + "ью", stem + "и")
        return (stem + "я", stem + "ю", stem + "я", stem + "ем", stem + "е")
    if last == "й":
        at = "и" if low.endswith("ий") else "е"
        return (stem + "я", stem + "ю", stem + "я", stem + "ем", stem + at)
    return _consonant(word)


def _consonant(word: str) -> Paradigm:
    low = word.lower()
    stem = word
    if low in _FLEETING:
        short = _FLEETING[low]
        stem = short.capitalize() if word[0].isupper() else short
    elif low.endswith("ец") and len(low) > 4:
        stem = word[:-2] + ("йц" if low[-3] in "аеиоуыэюя" else "ьц" if low[-3] == "л" else "ц")
    by = "ем" if stem[-1].lower() in _HUSHERS and low != "дворец" else "ом"
    return (stem + "а", stem + "у", stem + "а", stem + by, stem + "е")


def _neuter(word: str) -> Paradigm:
    stem = word[:-1]
    if word.lower().endswith("о"):
        return (stem + "а", stem + "у", word, stem + "ом", stem + "е")
    return (stem + "я", stem + "ю", word, stem + "ем", stem + "и")


def _plural(word: str) -> Paradigm:
    low, stem = word.lower(), word[:-1]
    genitive = _GENITIVE_PLURAL.get(low)
    if genitive is None:
        genitive = stem.lower() + ("ев" if low.endswith("цы") else "ов")
    genitive = word[0] + genitive[1:]
    vowel = "я" if low[-1] in "ия" and low[-2] not in _VELARS else "а"
    return (genitive, f"{stem}{vowel}м", genitive, f"{stem}{vowel}ми", f"{stem}{vowel}х")


def _common(word: str) -> tuple[str, ...]:
    """A demonym or common noun: its singular and, where the pattern is plain, its plural."""
    one = _noun(word)
    if one is None:
        return ()
    low = word.lower()
    if low.endswith("ец"):
        many = one[0][:-1] + "ы"
        return (*one, many, *_plural(many))
    if low.endswith(("анин", "янин")):
        stem = word[:-2]
        return (*one, stem + "е", stem, stem + "ам", stem + "ами", stem + "ах")
    if low.endswith("ка") and len(low) > 4:
        stem = word[:-2]
        vowel = "е" if stem[-1] in "йь" else "о"
        root = stem[:-1] if stem[-1] in "йь" else stem
        return (*one, stem + "ки", f"{root}{vowel}к", stem + "кам", stem + "ками", stem + "ках")
    return tuple(one)


# --------------------------------------------------------------------------------------- adjectives

# Gender or plural → nominative, then the five cases; the second table is that of soft stems (-ний).
_HARD = {
    "m": ("ый", "ого", "ому", "ый", "ым", "ом"),
    "n": ("ое", "ого", "ому", "ое", "ым", "ом"),
    "f": ("ая", "ой", "ой", "ую", "ой", "ой"),
    "p": ("ые", "ых", "ым", "ые", "ыми", "ых"),
}
_SOFT = {
    "m": ("ий", "его", "ему", "ий", "им", "ем"),
    "n": ("ее", "его", "ему", "ее", "им", "ем"),
    "f": ("яя", "ей", "ей", "юю", "ей", "ей"),
    "p": ("ие", "их", "им", "ие", "ими", "их"),
}


def _is_adjective(word: str) -> bool:
    low = word.lower()
    if low in _NAMES_IN_IY or _NOUN_IN_IE.search(low):
        return False
    shapes = (_ADJECTIVE, _ADJECTIVE_FEMININE, _ADJECTIVE_NEUTER, _ADJECTIVE_PLURAL)
    return any(shape.search(low) for shape in shapes)


def _adjective_forms(word: str, gender: str) -> list[str]:
    """Nominative and the five cases of an adjective that agrees with a head of this gender."""
    stem, low = word[:-2], word.lower()
    soft = low.endswith(("ний", "няя", "нее", "ние"))
    made = []
    for ending in (_SOFT if soft else _HARD)[gender]:
        if not soft and stem[-1] in _VELARS and ending[0] == "ы":
            ending = "и" + ending[1:]
        made.append(stem + ending)
    return made


def _adjective_case(word: str, gender: str, *, animate: bool = False) -> Paradigm | None:
    if not _is_adjective(word):
        return None
    _, gen, dat, acc, ins, pre = _adjective_forms(word, gender)
    return (gen, dat, gen if animate else word if gender == "m" else acc, ins, pre)


def _adjective_all(word: str) -> tuple[str, ...]:
    """All forms of a lower-case adjective: three genders, plural, six cases."""
    if not _is_adjective(word):
        return ()
    return tuple(dict.fromkeys(form for gender in _HARD for form in _adjective_forms(word, gender)))


# ------------------------------------------------------------------------------------------ phrases


def _gender(noun: str) -> str:
    low = noun.lower()
    if low in _GENITIVE_PLURAL or low.endswith("ы"):
        return "p"
    if _FEMININE_SOFT.match(low) or low[-1] in "ая":
        return "f"
    return "n" if low[-1] in "ое" else "m"


def _phrase(words: list[str]) -> tuple[str, ...]:
    """Leading adjectives agree with the first noun, which is declined; the rest stands as it is."""
    head = 0
    while head < len(words) - 1 and _is_adjective(words[head]):
        head += 1
    noun = words[head]
    cases = _noun(noun)
    if cases is None:
        return ()
    gender = _gender(noun)
    accusative = cases[2] if gender == "f" else noun
    paradigms = [_adjective_case(word, gender) for word in words[:head]]
    paradigms.append((cases[0], cases[1], accusative, cases[3], cases[4]))
    return _joined(words, [*paradigms, *(None for _ in words[head + 1 :])])


def _joined(words: list[str], paradigms: list[Paradigm | None]) -> tuple[str, ...]:
    """The words of a phrase put together case by case; a word without a paradigm stays."""
    pairs = list(zip(words, paradigms, strict=True))
    return tuple(" ".join(p[case] if p else word for word, p in pairs) for case in range(5))
