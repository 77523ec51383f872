"""Names that are spelled like a state or force of the beat and mean another thing in the whole text.

«Niger» is short for Niger State in the press of Nigeria, which names its towns and its governor; Mali and
Chad are also given names; Wagner composed, AES is a cipher and a power company, Mali a chip, and the Afrika
Korps had another army.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

_NEAR_NIGER_STATE = r"(?:Kaduna|Zamfara|Katsina|Kebbi|Kogi|Kwara|Plateau|Benue|Nasarawa)"
_NIGER_STATE = re.compile(
    r"\bNiger State\b(?! (?:TV|[Tt]ele|[Mm]edia|[Rr]adio|[Bb]roadcast))"
    r"|\b[ÉE]tat de Niger\b|\b[ÉE]tat du Niger\b(?=[^.]*Nig[ée]ria)|\bштат\w* Нигер\b"
    r"|\b(?:Minna|Kagara|Shiroro|Paikoro|Kontagora|Suleja|Bida|Mokwa|Mashegu|Mariga|Wushishi|Lapai|Agaie"
    r"|Munya|Rijau|Zungeru|Tegina|Papiri|Borgu)\b"
    r"|\bNiger(?:'s)? (?:[Gg]overnor|[Dd]eputy [Gg]overnor|CP|Police Command)\b"
    rf"|\b{_NEAR_NIGER_STATE}(?:,| and|,? et) Niger\b|\bNiger(?:,| and| et) {_NEAR_NIGER_STATE}\b"
    r"|\b[Ll]ocal [Gg]overnment [Aa]rea\b|\bLGA\b"
)
_REPUBLIC = re.compile(
    r"Niamey|\bTiani\b|Bazoum|Agadez|Diffa|Tillab[ée]ri|Tahoua|Dosso|Maradi|Zinder|Arlit"
    r"|Republic of (?:the )?Niger\b|Niger Republic|Nigerien|République du Niger|[Nn]igérien"
    r"|Ниаме|Тиани|нигерск"
)
_GIVEN_NAMES = {"Mali": "cty.mali", "Chad": "cty.chad"}
_TITLES = (
    r"(?:Mr|Mrs|Ms|Dr|Sir|Lady|MP|MEC|[Cc]ouncillor|[Cc]llr|[Aa]lderman|[Jj]udge|[Jj]ustice|[Cc]oach"
    r"|[Ss]ergeant|[Cc]onstable|[Rr]everend|[Pp]astor|M\.|Mme)\.?"
)
_STATES = {
    "cty.mali": re.compile(r"Malian|malien|Bamako|Goïta|Goita"),
    "cty.chad": re.compile(r"Chadian|tchadien|N'Djamena|Déby|Deby"),
}


_WAGNER, _NIGER = re.compile(r"\bWagner|\bВагнер"), re.compile(r"\bNiger\b|\bНигер")
# The river, where it rises and falls in the towns of Mali.
_RIVER = re.compile(r"(?i)\bdécrue|\bcrues?\b|inondé|inondation|\bflood|паводк|наводнен|затопл")
_ON_IT = re.compile(r"Mopti|S[ée]gou|Bamako|Gao\b|Tombouctou|Timbuktu|Мопти|Сегу|Бамако|Гао\b|Тимбукту")

# Of each name: words that speak for the other bearer, and words that speak for the beat all the same.
_OTHERS = {
    "org.wagner": (
        re.compile(
            r"(?i)\bop[ée]ras?\b|\bопер(?:а|ы|е|у|ой)\b|compos(?:er|iteur)|композитор|Bayreuth|Байр[её]йт|Parsifal"
            r"|Парсифал|Lohengrin|Лоэнгрин|\bt[ée]nor\b|orchest(?:ra|re)|оркестр|Nibelung|Walk(?:y|ü)r"
            r"|Staatsoper|Festspiel|libretto|либретто|soprano|сопрано|baritone?\b|баритон|Tannh|Тангейзер|дириж[её]р"
            r"|\bRing cycle\b|Wagner's Ring\b|symphon|симфони|string (?:quartet|ensemble)|chef d'orchestre"
        ),
        re.compile(
            r"(?i)mercenar|mercenaire|наемник|наёмник|Prigo[zj]|Пригожин|\bPMC\b|\bSMP\b|ЧВК|Africa Corps"
            r"|fighters|combattants|paramilit|troops|боевик|бойц|Африканск|junt|хунт|arm[ée]e\b|\barmy\b|\bарми"
            r"|groupe? Wagner|Wagner group|групп\w* Вагнер"
        ),
    ),
    "org.aes": (
        re.compile(
            r"(?i)encrypt|cipher|cryptograph|chiffrement|шифрован|\bNIST\b|AES-?(?:128|256)"
            r"|\bAES (?:Corp|Andes|Indiana|Ohio|Clean Energy|Energy Storage)|\bNYSE\b|Fluence Energy"
        ),
        re.compile(r"(?i)Sahel|Сахел|Bamako|Niamey|Ouagadougou|Mali\b"),
    ),
    "cty.mali": (  # a chip, and a town of Guinea with its prefecture
        re.compile(
            r"\bGPUs?\b|[Cc]hipset|graphics (?:core|processor)|[Ss]martphone|смартфон|видеоядр"
            r"|préf(?:et|ecture) de Mali\b|\bMali-ville\b|\bMali[- ]Yemb[eé]r|Fouta[- ]D[jh]all?on"
            r"|Yemb[eé]r[eé]ng"
            r"|[Pp]refect(?:ure)? of Mali\b|префект(?:ура|уры|уре|а|у)? Мали\b"
            r"|\bregion of Lab[eé]\b|région de Labé|\bLab[eé] region\b|prefecture in (?:the )?Lab[eé]\b"
        ),
        _STATES["cty.mali"],
    ),
    "org.cnsp": (  # the council of Niger bears the same letters
        re.compile(r"Niger\b|nigérien|Niamey|Tiani|Нигер\b|Нигера|Ниаме|Тиани"),
        re.compile(r"Mali\b|Malian|malien|Bamako|Go[iï]ta|\bMalo\b|Мали\b|Бамако|Гойт"),
    ),
    "org.africa_corps": (
        re.compile(r"(?i)Rommel|Роммел|Tobru[kq]|Тобрук|Alamein|Wehrmacht|вермахт|board game|jeu de société"),
        re.compile(r"(?i)Mali\b|Мали|Moscow|Moscou|Москв|Niger|Нигер"),
    ),
}


def namesakes(title: str, text: str, named: Collection[str]) -> frozenset[str]:
    """Of the entities named in an article, those whose bare name is not theirs there; almost always none.

    A given name is one that is always followed by the same capitalised word, which stands alone
    elsewhere ("Mali Harries … Harries said"), in a text that names nothing else of the country; a family
    name one that follows a title ("councillor Mali").
    """
    whole = f"{title}\n{text}"
    found = set(_persons(whole))
    for name, (other, own) in _OTHERS.items():
        if name in named and not own.search(whole) and other.search(whole):
            found.add(name)
    another = "cty.niger" in named and not _REPUBLIC.search(whole)  # first: nearly always it is the state
    if another and (_NIGER_STATE.search(whole) or _is_the_river(whole)):
        found.add("cty.niger")
    return frozenset(found)


def subject_of_namesake(title: str, text: str) -> str | None:
    """The topic off the beat that a namesake in the headline makes an article one of (vetoes.yaml, articles).

    Whoever arrives or withdraws with Wagner the composer sings, and a Niger that leaves Mopti is the river.
    """
    if _WAGNER.search(title):
        whole = f"{title}\n{text}"
        other, own = _OTHERS["org.wagner"]
        if other.search(whole) and not own.search(whole):
            return "culture"
    return "weather" if _NIGER.search(title) and _is_the_river(f"{title}\n{text}") else None


def _is_the_river(whole: str) -> bool:
    falls = _RIVER.search(whole) is not None and _ON_IT.search(whole) is not None
    return falls and _REPUBLIC.search(whole) is None


def _persons(text: str) -> Iterator[str]:
    for given, country in _GIVEN_NAMES.items():
        if given not in text or _STATES[country].search(text):
            continue
        if re.search(rf"\b{_TITLES} {given}\b", text):
            yield country
            continue
        after = re.findall(rf"\b{given}\b(?: ([A-Z][a-zà-ÿ]+))?", text)
        surname = after[0] if after else ""
        alone = rf"(?<!{given} )\b{surname}\b"
        if surname and after.count(surname) == len(after) and re.search(alone, text):
            yield country
