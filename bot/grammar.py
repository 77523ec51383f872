"""Small words around a name: "in Mali", «au Mali», «в Мали»; and who says it: "Moscow", «le JNIM».

Rules of thumb with the exceptions of the beat. A name that no rule is sure of stands in brackets in
its plain form, which is never wrong.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

TOWNS = ("city", "town", "village", "place")
# ------------------------------------------------------------------------------------- English

_THE = re.compile(
    r"United|Netherlands|Gambia|Central African Rep|Democratic Rep|Republic|Czech Rep|Soviet"
    r"|Sahel$|Sahara$|Maghreb$|Inner Niger"
)
_MANY = re.compile(r"(?:rebels|demonstrators|forces|armed groups|patriots|militants)\b", re.IGNORECASE)


def _in_english(name: str, kind: str) -> str:
    name = name.removesuffix(" (territory)")
    if name[:1].islower() and kind != "region":
        return f"at the {name}"
    if name.startswith("Lake ") or (kind == "site" and " " in name):
        return f"at {name}"
    return f"in the {name}" if _THE.match(name) else f"in {name}"


_WITH_THE = re.compile(
    r"(?:ministry|army|gendarmerie|police|government|embassy|Kremlin|Nations|Union)\b", re.IGNORECASE
)


def speaker(name: str, kind: str) -> str:
    """An English name that begins a sentence: "The Russian foreign ministry", "Moscow"."""
    return f"The {name}" if _WITH_THE.search(name) and kind != "person" else name


def many(name: str) -> bool:
    """Whether an English name takes "say" and not "says"."""
    return bool(_MANY.search(name))


# -------------------------------------------------------------------------------------- French

_PLURAL = re.compile(r"États-Unis|Émirats|Pays-Bas")
_BARE = re.compile(r"Cuba|Madagascar|Djibouti|Sao Tomé")  # «à Cuba»
_MASCULINE = re.compile(r"Mexique|Mozambique|Zimbabwe|Cambodge")
_VOWEL = re.compile(r"[AEÉÈÊIÎOUYHaeéèêiîouyh]")
_SIDES = re.compile(r"(?:nord|sud|est|ouest|centre) d")
_REGIONS: Mapping[str, str] = {"Afrique": "en", "Crimée": "en", "territoire": "en", "delta": "dans le"}
_MASCULINE_REGIONS = ("Sahel", "Sahara", "Maghreb", "Liptako-Gourma", "Tatarstan")
_FIRST_WORDS = (
    (
        "le ",
        "ministère gouvernement groupe conseil parti front mouvement bataillon parlement programme haut"
        " collectif sommet",
    ),
    (
        "la ",
        "banque brigade police gendarmerie garde société coalition mission junte douma cour ligue"
        " plateforme katiba force synergie",
    ),
    ("l'", "armée union agence organisation alliance ambassade état opération institut"),
    ("les ", "forces nations rebelles manifestants"),
)
_NAMES = (
    ("le ", "JNIM FLA CSP MNLA GATIA CNSP CNT CNRD MPSR FSB GRU SVR Kremlin HCR CICR FMI"),
    ("la ", "CMA CEDEAO UEMOA BCEAO MINUSMA CPI CMAS"),
    ("l'", "AES AQMI EIGS ONU UE OTAN EUTM AIGE EDM ORTM UEEA ANSE"),
    ("les ", "FAMa BRICS"),
)
_ARTICLES = {word: article for article, words in _FIRST_WORDS for word in words.split()}
_OF_NAMES = {name: article for article, names in _NAMES for name in names.split()} | {"Africa Corps": "l'"}


def _in_french(name: str, kind: str) -> str:
    if kind == "country":
        return f"{_to_country(name)} {name}"
    first = name.split()[0]
    if kind == "region":
        if _SIDES.match(name):
            return f"dans l'{name}" if name[0] in "eo" else f"dans le {name}"
        if name in _MASCULINE_REGIONS:
            return f"au {name}"
        return f"{_REGIONS[first]} {name}" if first in _REGIONS else f"({name})"
    if name[:1].islower():
        return f"({name})"
    if name.startswith("Le "):
        return f"au {name.removeprefix('Le ')}"
    return f"à {name}"


def _to_country(name: str) -> str:
    if _PLURAL.match(name):
        return "aux"
    if _BARE.match(name):
        return "à"
    feminine = name.split()[0].endswith("e") and not _MASCULINE.match(name)
    return "en" if feminine or _VOWEL.match(name) else "au"


def with_article(name: str, kind: str) -> str:
    """A French name as it stands after «selon»: «le JNIM», «l'armée malienne», «Moscou»."""
    if kind == "country":
        if _PLURAL.match(name):
            return f"les {name}"
        if _BARE.match(name) or name == "Israël":
            return name
        if _VOWEL.match(name):
            return f"l'{name}"
        return f"la {name}" if _to_country(name) == "en" else f"le {name}"
    if name in _OF_NAMES:
        return _OF_NAMES[name] + name
    first = name.split()[0].casefold()
    return _ARTICLES.get(first, "") + name


# ------------------------------------------------------------------------------------- Russian

# The first word of a phrase in the place it takes: «порт Конакри», «в порту Конакри».
_THERE: Mapping[str, str] = {
    "север": "на севере",
    "юг": "на юге",
    "запад": "на западе",
    "восток": "на востоке",
    "центр": "в центре",
    "порт": "в порту",
    "авиабаза": "на авиабазе",
    "территория": "на территории",
    "аэропорт": "в аэропорту",
    "площадь": "на площади",
    "дворец": "во дворце",
    "больница": "в больнице",
    "озеро": "на озере",
    "город": "в городе",
}
_ON = ("Куба", "Мадагаскар")
_UNSURE = ("Украина", "Крым", "Сахара")  # в or на is a matter of sides, or of use
_WITH_O = re.compile(r"[ВФвф][бвгджзклмнпрстфхцчшщ]")


def _in_russian(name: str, kind: str, locative: str) -> str:
    first, _, rest = name.partition(" ")
    if name[:1].islower():
        return f"{_THERE[first]} {rest}" if first in _THERE else f"({name})"
    if name in _UNSURE:
        return f"({name})"
    if name in _ON:
        return f"на {locative}"
    return f"во {locative}" if _WITH_O.match(locative) else f"в {locative}"


def in_place(language: str, name: str, kind: str, locative: str | None = None) -> str:
    """Where: "in Bamako", "at the port of Conakry", «au Mali», «в Кидале».

    `kind` is that of knowledge/actors.yaml; `locative` the Russian prepositional, where it differs.
    """
    if not name.strip():
        return ""
    if kind not in (*TOWNS, "country", "region", "site"):
        return f"({name})"
    match language:
        case "fr":
            return _in_french(name, kind)
        case "ru":
            return _in_russian(name, kind, locative or name)
    return _in_english(name, kind)
