"""Quantities in a cleaned text: how many, of what, and whether it is the figure from before.

A figure counts only with a unit: one of the table below, a currency, a percentage, or a plain noun
that directly follows the number. Dates are masked first (`taken`): «2 июня боевики» is not two
fighters. "13 fighters killed" is 13 dead, since the toll is what moves from article to article.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from baseline.fold import fold, stem
from djeli.core.model import Figure


@dataclass(frozen=True, slots=True)
class FigureHit:
    """A figure and where it stands; `earlier`: the value before a change, `change`: the one after."""

    figure: Figure
    start: int
    end: int
    earlier: bool = False
    change: bool = False


# ------------------------------------------------------------------------------------- numbers

_UNITS_EN = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
_UNITS_FR = "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"


def _numbered(words: str, start: int = 1, step: int = 1) -> dict[str, int]:
    """Words numbered in order; forms of one number are joined by a slash."""
    return {
        form: start + step * place for place, forms in enumerate(words.split()) for form in forms.split("/")
    }


# Folded number words of each language and their values; 100 and powers of 1,000 multiply.
NUMBER_WORDS: dict[str, dict[str, int]] = {
    "en": _numbered(_UNITS_EN)
    | _numbered("seventeen eighteen nineteen twenty", 17)
    | _numbered("twenty thirty forty fifty sixty seventy eighty ninety hundred", 20, 10)
    | {"thousand": 1000, "million": 10**6, "billion": 10**9, "a": 1, "an": 1},
    "fr": _numbered(_UNITS_FR)
    | _numbered("vingt/vingts trente quarante cinquante soixante", 20, 10)
    | {"une": 1, "septante": 70, "nonante": 90, "cent": 100, "cents": 100, "mille": 1000}
    | {"million": 10**6, "millions": 10**6, "milliard": 10**9, "milliards": 10**9},
    "ru": _numbered(
        "один/одна/одно/одного/одной/одну/одним два/две/двух/двум/двумя/двое/двоих"
        " три/трех/трем/тремя/трое/троих"
        " четыре/четырех/четырем/четырьмя/четверо/четверых пять/пяти/пятью/пятеро/пятерых"
        " шесть/шести/шестью/шестеро/шестерых семь/семи/семью/семеро/семерых восемь/восьми/восемью"
        " девять/девяти/девятью десять/десяти/десятью одиннадцать/одиннадцати двенадцать/двенадцати"
        " тринадцать/тринадцати четырнадцать/четырнадцати пятнадцать/пятнадцати шестнадцать/шестнадцати"
        " семнадцать/семнадцати восемнадцать/восемнадцати девятнадцать/девятнадцати двадцать/двадцати"
    )
    | _numbered(
        "тридцать/тридцати сорок/сорока пятьдесят/пятидесяти шестьдесят/шестидесяти семьдесят/семидесяти"
        " восемьдесят/восьмидесяти девяносто/девяноста сто/ста",
        30,
        10,
    )
    | _numbered("двести/двухсот триста/трехсот четыреста/четырехсот пятьсот/пятисот", 200, 100)
    | _numbered("шестьсот/шестисот семьсот/семисот восемьсот/восьмисот девятьсот/девятисот", 600, 100)
    | dict.fromkeys(["тысяча", "тысячи", "тысяч", "тысячу", "тысячами"], 1000)
    | dict.fromkeys(["миллион", "миллиона", "миллионов"], 10**6)
    | dict.fromkeys(["миллиард", "миллиарда", "миллиардов"], 10**9),
}
# Round words that are always approximate; the plural ones stand for at least two.
_ROUND: dict[str, dict[str, int]] = {
    "en": {"a dozen": 12, "dozen": 12, "half a dozen": 6, "scores of": 40, "dozens of": 20, "dozens": 20}
    | {"hundreds": 200, "hundreds of": 200, "thousands": 2000, "thousands of": 2000, "several dozen": 30}
    | {"several hundred": 300, "several thousand": 3000, "a couple of": 2, "half a million": 500_000},
    "fr": {f"une {word}": value for word, value in _numbered("dizaine vingtaine trentaine", 10, 10).items()}
    | {"une quarantaine": 40, "une cinquantaine": 50, "une soixantaine": 60, "une centaine": 100}
    | {"une douzaine": 12, "une quinzaine": 15, "un millier": 1000, "une huitaine": 8}
    | {"des dizaines": 20, "des centaines": 200, "des milliers": 2000, "dizaines": 20, "centaines": 200}
    | {"plusieurs dizaines": 30, "plusieurs centaines": 300, "plusieurs milliers": 3000, "milliers": 2000},
    "ru": {
        "десятки": 20,
        "десятков": 20,
        "сотни": 200,
        "сотен": 200,
        "десяток": 10,
        "дюжина": 12,
        "сотня": 100,
    }
    | {"десятка": 10, "сотни человек": 200, "полсотни": 50, "полтора": 1, "полторы тысячи": 1500}
    | {"несколько десятков": 30, "несколько сотен": 300, "несколько тысяч": 3000, "около сотни": 100},
}
_DIGITS = r"(?:\d{1,3}(?:([ .,'])\d{3})(?:\1\d{3})*(?![\d])(?:[.,]\d{1,2}(?!\d))?|\d+(?:[.,]\d+)?)"
_MULTIPLIERS = {
    "en": {
        "thousand": 1e3,
        "million": 1e6,
        "billion": 1e9,
        "trillion": 1e12,
        "mn": 1e6,
        "bn": 1e9,
        "m": 1e6,
        "k": 1e3,
    },
    "fr": {
        "mille": 1e3,
        "million": 1e6,
        "millions": 1e6,
        "milliard": 1e9,
        "milliards": 1e9,
        "md": 1e9,
        "mds": 1e9,
    },
    "ru": {"тыс": 1e3, "тысяч": 1e3, "тысячи": 1e3, "тысяча": 1e3, "тысячам": 1e3, "млн": 1e6, "миллион": 1e6}
    | {"миллиона": 1e6, "миллионов": 1e6, "млрд": 1e9, "миллиард": 1e9, "миллиарда": 1e9, "миллиардов": 1e9}
    | {"трлн": 1e12},
}
_MULTIPLIERS["en"] |= {"b": 1e9}


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
    spelt = rf"(?:{_any(sorted(words))})(?:{hyphen}(?:{_any(sorted(words))}))*"
    if lang == "en":
        spelt = rf"(?:an? (?=hundred|thousand|million|billion))?{spelt}"
    digits = _DIGITS.replace("([ .,'])", "(?P<sep>[ .,'])").replace(r"\1", "(?P=sep)")
    second = digits.replace("sep", "sep2")
    times = _any(_MULTIPLIERS[lang])
    between, join = (part.replace(" ", r"\x20") for part in _JOIN[lang])
    spelt, rounds = (part.replace(" ", r"\x20") for part in (spelt, _any(_ROUND[lang])))
    return re.compile(
        rf"""(?<![\w/°№#-])(?<!\d[.,])(?:
            (?P<between>{between})?
            (?P<sign>[$€£]\s?|US\$\s?)?
            (?P<low>{digits})(?:[ ]?(?P<times>{times})\b\.?)?
            (?:(?P<join>{join})(?P<high>[$€]?{second})(?:[ ]?(?P<times2>{times})\b\.?)?)?
            (?P<percent>[ ]?%)?(?P<sign2>[ ]?[$€£](?!\d))?(?![\w°])(?!-\w)(?![.,:/]\d)
          | (?P<round>{rounds})(?!\w)
          | (?P<words>{spelt})(?!\w)(?!-\w)
            (?:(?P<join3>{join})(?P<words2>{spelt}|\d+)(?!\w)(?!-\w))?
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
    return total + current if parts else None


# --------------------------------------------------------------------------------------- units

# unit: English words | French words | Russian words (any case form will do; compared by stem)
_TABLE = """
tonnes: tonne ton tonnes tons | tonne tonnes | тонна тонн тонны
tanks: tank tanks | char chars | танк танков танка
vehicles: vehicle vehicles armour apc apcs carriers pickup pickups motorcycle motorcycles jeep jeeps car
    cars | véhicule véhicules blindé blindés pick-up pickup moto motos motocyclettes voitures | машина машин
    машины бронемашина бронемашин бронемашины автомобиль автомобилей автомобиля бтр бмп бронетранспортер
    бронетранспортеров броневик броневиков мотоцикл мотоциклов пикап пикапов
trucks: truck trucks lorry lorries tanker tankers | camion camions camion-citerne camions-citernes citerne
    citernes | грузовик грузовиков грузовика бензовоз бензовозов бензовоза цистерна цистерн
helicopters: helicopter helicopters | hélicoptère hélicoptères | вертолет вертолетов вертолета
aircraft: aircraft plane planes jet jets airplane airplanes | avion avions aéronef aéronefs chasseurs |
    самолет самолетов самолета истребитель истребителей
drones: drone drones uav uavs | drone drones | беспилотник беспилотников беспилотника дрон дронов дрона бпла
ships: ship ships vessel vessels boat boats | navire navires bateau bateaux | корабль кораблей корабля судно
    судов судна
soldiers: soldier soldiers troops servicemen serviceman paratroopers gendarme gendarmes commandos | soldat
    soldats militaire militaires gendarme gendarmes bérets fama | солдат солдаты солдата военнослужащий
    военнослужащих военных военные военный жандарм жандармов десантников
fighters: fighter fighters militant militants jihadist jihadists mercenary mercenaries terrorist terrorists
    rebel rebels insurgent insurgents gunmen attackers assailant assailants contractors extremists |
    combattant combattants jihadiste jihadistes djihadiste djihadistes mercenaire mercenaires terroriste
    terroristes rebelle rebelles assaillant assaillants paramilitaires | боевик боевиков боевика боевики
    наемник наемников наемника террорист террористов террориста джихадист джихадистов мятежник мятежников
    повстанцев нападавших нападавшие
officers: officer officers generals colonels | officier officiers généraux colonels | офицер офицеров
    офицера
police: policeman policemen | policier policiers | полицейский полицейских
civilians: civilian civilians villagers | civil civils villageois | гражданских мирных жителей житель жителя
people: people persons person men women children residents passengers victims workers students refugees
    inhabitants spectators | personne personnes hommes femmes enfants habitants passagers victimes ouvriers
    étudiants réfugiés spectateurs ressortissants | человек человека людей люди женщин детей пассажиров
    жертв студентов рабочих беженцев граждан
dead: dead killed deaths fatalities bodies casualties | mort morts tué tués tuée tuées décès corps |
    погибших погибли погибло погибшего убитых убитыми убиты трупов
wounded: wounded injured injuries | blessé blessés blessée blessées | раненых раненых ранены ранено
    пострадавших пострадали
arrests: arrest arrests arrested detained detainees | arrestation arrestations interpellation
    interpellations interpellé interpellés | арест арестов ареста арестованных задержанных задержаний
    задержаны
hostages: hostage hostages | otage otages | заложник заложников заложника
prisoners: prisoner prisoners inmates pows | prisonnier prisonniers détenus | пленный пленных заключенных
votes: vote votes | voix votes suffrages | голос голосов голоса
scholarships: scholarship scholarships | bourse bourses | стипендия стипендий стипендии квот квоты
instructors: instructor instructors trainers advisers advisors | instructeur instructeurs formateurs
    conseillers | инструктор инструкторов инструктора советников
officials: official officials ministers minister diplomats ambassadors | responsables responsable ministres
    ministre diplomates ambassadeurs fonctionnaires | чиновник чиновников министр министров дипломатов
    послов
journalists: journalist journalists reporters | journaliste journalistes | журналист журналистов
agreements: agreement agreements deal deals accord accords memorandums contracts contract | accord accords
    contrats contrat mémorandums | соглашение соглашений соглашения договор договоров договора контракт
    контрактов меморандум меморандумов
documents: document documents texts | documents textes | документ документов документа
states: state states country countries nations | état états pays | государство государств государства страна
    стран страны
percent: percent pct | | процент процентов процента
usd: dollar dollars usd | dollar dollars usd | доллар долларов доллара долл
eur: euro euros eur | euro euros | евро
xof: cfa fcfa xof | cfa fcfa xof | кфа
rub: rouble roubles ruble rubles | rouble roubles | рубль рублей рубля руб
years: year years | an ans année années | год года лет
months: month months | mois | месяц месяца месяцев
weeks: week weeks | semaine semaines | неделя недели недель
days: day days | jour jours journées | день дня дней сутки суток
km: km kilometre kilometres kilometer kilometers | km kilomètre kilomètres | км километр километров
    километра
megawatts: mw megawatt megawatts | mw mégawatt mégawatts | мвт мегаватт
ounces: ounce ounces | once onces | унция унций
kilograms: kg kilogram kilograms kilos | kg kilogramme kilogrammes kilos | кг килограмм килограммов
litres: litre litres liter liters | litre litres | литр литров литра
barrels: barrel barrels | baril barils | баррель баррелей
hectares: hectare hectares | hectare hectares | гектар гектаров
flights: flight flights | vol vols | рейс рейсов рейса
villages: village villages | village villages | деревня деревень деревни село сел
houses: house houses homes | maison maisons cases | дом домов дома
bases: base bases camp camps | base bases camp camps | база баз базы лагерь лагерей
units: unit units | unité unités | единица единиц единицы
weapons: weapon weapons rifles guns | arme armes fusils | оружия винтовок автоматов
projects: project projects | projet projets | проект проектов проекта
companies: company companies firms | entreprise entreprises sociétés | компания компаний компании
attacks: attack attacks | attaque attaques | атака атак нападений
"""


def _read_table() -> dict[str, dict[str, str]]:
    """The table above, per language from stem to unit."""
    tables: dict[str, dict[str, str]] = {"en": {}, "fr": {}, "ru": {}}
    for line in re.sub(r"\n +", " ", _TABLE.strip()).splitlines():
        unit, _, words = line.partition(":")
        for lang, forms in zip(("en", "fr", "ru"), words.split("|"), strict=True):
            for form in forms.split():
                tables[lang].setdefault(stem(lang, form), unit)
    return tables


_UNIT_OF = _read_table()


def _words(text: str) -> frozenset[str]:
    """The words of a text, as a set."""
    return frozenset(text.split())


_PERSONS = _words(
    "soldiers fighters officers police civilians people hostages instructors officials journalists"
)
# Words between a number and its noun that are stepped over, besides capitalised ones and models.
_SKIPPED = _words(
    "of de d des du l la le les number nombre other others more new further another additional tons-of"
    " about some autres autre nouveaux nouvelles nouvelle nouveau supplementaires plus petits grands"
    " jeunes jeune hauts haut armed senior military metric russian malian high-ranking local foreign"
    " suspected light heavy armoured armored russes russe maliens malien maliennes presumes armes"
    " etrangers lourds других новых еще российских малийских русских иностранных мирных вооруженных"
    " тяжелых легких американских сша его их the these those their his its our ses leurs nos ces"
)
_STOPPED = _words(
    "in on by for at to from and or who that which with as were was is are have had has after before"
    " during when into near against over per than dans par pour et ou qui sur avec sont ont a au aux en"
    " ete etait etaient apres avant lors contre pres vers selon chez в на с и или по за для к у о об при"
    " из до после около были было был которые что как говорится hours hour minutes heures heure minutes h"
    " часов часа час минут минуты gmt o'clock am pm utc"
)
_FRANCS = re.compile(r"(?i)\s(?:de )?(?:francs? cfa|f ?cfa|франк\w* кфа)\b")
_WORD = re.compile(r"[^\W\d_][\w'-]*|\S")
_MODEL = re.compile(
    r"(?<!\w)(?P<kind>T|Т|BMP|БМП|BTR|БТР|BRDM|БРДМ|BM|БМ|Mi|Ми|Su|Су|Il|Ил|Ka|Ка|An|Ан|MiG|МиГ|L|Л|TB|Ту"
    r"|Tu)[- ]?(?P<n>\d{1,3}(?:(?!s\b)\w){0,2})s?(?!\w)"
)
_MODEL_LETTERS = str.maketrans("тбмпрдисукалнг", "tbmprdisukalng")
_MODEL_UNIT = {"t": "tanks", "mi": "helicopters", "ka": "helicopters", "tb": "drones"} | dict.fromkeys(
    ("su", "il", "an", "mig", "l", "tu"), "aircraft"
)
_APPROXIMATE = re.compile(
    r"(?i)(?:more than|less than|fewer than|over|at least|at most|about|around|some|nearly|almost"
    r"|approximately|up to|as many as"
    r"|roughly|an estimated|plus de|moins de|au moins|au plus|environ|pr[eè]s de|quelque|jusqu'[àa]"
    r"|autour de|une? bonne|presque"
    r"|au-del[àa] de|pas moins de|estim[ée]e?s? [àa]|более|более чем|больше|свыше|не менее|менее|около"
    r"|почти|порядка|примерно|до|приблизительно"
    r"|как минимум|по меньшей мере|не более)(?: de| d'| чем| из)? ?(?:les |the |des )?\Z"
)
_NAMED = re.compile(
    r"(?i)(?:\b(?:nationale|route|rn|article|art\.|n°|no\.|№|n\.|chapter|page|zone|phase|day|version|cha"
    r"[iî]ne|canal|france|level"
    r"|covid|appendix|channel|aged|[âa]g[ée]e?s? de|в возрасте|возрастом|décret|loi|decree|law|статья"
    r"|статьи|указ|пункт|chapitre|tv|radio"
    r"|room|flight|vol|groupe|group|flight|résolution|resolution|резолюци\w)|[+#]) ?\Z"
)

# ----------------------------------------------------------------------------------- what around

_KILLED_BEFORE = re.compile(
    r"(?i)\b(?:kill(?:ed|ing|s)?|neutrali[sz]\w+|eliminat\w+|(?:death|deaths) of|d[ée]ath toll\w*"
    r"(?: \w+){0,3}|tu[ée]e?s?|tuant|tuer|abattu\w*"
    r"|abattre|[ée]limin\w+|la mort de|bilan\w*(?: \w+){0,3}|погиб\w*|убит\w*|убил\w*|уничтож\w+"
    r"|ликвидир\w+|гибел\w+|смерт\w+|нейтрализ\w+)"
    r"(?: (?!by\b|par\b|attack|in\b|dans\b|в\b|and\b|et\b|и\b)[\w'-]+){0,3} ?\Z"
)
_KILLED_AFTER = re.compile(
    r"(?i)^[^.;:!?()]{0,45}?\b(?:(?:were|was|been|are|is|being) killed|killed(?= in\b| at\b| by\b| on\b"
    r"| when\b| during\b| after\b| and\b| as\b|[,.;)]|\Z)"
    r"|dead|died|lost their lives|(?:ont|a|avaient|avait) (?:[ée]t[ée] (?:tu[ée]e?s?|abattue?s?"
    r"|neutralis\w+)|p[ée]ri|perdu la vie|trouv[ée] la mort)"
    r"|(?<!ont )(?<!\ba )(?<!avoir )(?<!avait )(?<!ayant )tué(?:e?s?)\b|mort[es]*(?=[ ,.;)]|\Z)|погиб\w*"
    r"|убит\w*|уничтожен\w*"
    r"|ликвидирован\w*)"
)
_WOUNDED_BEFORE = re.compile(
    r"(?i)\b(?:wound(?:ed|ing)|injur(?:ed|ing)|bless(?:ant|é|és)|ранен\w*|ранения(?: получили)?"
    r"|пострада\w+)(?: (?!by\b|par\b)[\w'-]+){0,2} ?\Z"
)
_WOUNDED_AFTER = re.compile(
    r"(?i)^[^.;:!?(),]{0,35}?\b(?:wounded|injured|bless[ée]e?s?|ранен\w*|пострада\w+)\b"
)
_ARREST_BEFORE = re.compile(
    r"(?i)\b(?:arrest(?:ed|ing)|detain(?:ed|ing)|arr[êe]t(?:é|és|er|ant)|interpell(?:é|és|er)|задерж\w+"
    r"|арест\w+)(?: [\w'-]+){0,2} ?\Z"
)
_ARREST_AFTER = re.compile(
    r"(?i)^[^.;:!?(),]{0,35}?\b(?:arrested|detained|arr[êe]t[ée]e?s|interpell[ée]e?s|задержан\w*"
    r"|арестован\w*)\b"
)
_COUNTED_BEFORE = re.compile(
    r"(?i)(?:\b(?:number|nombre|число|количество|численность)|(?P<toll>\btoll\b|\bbilan\b))(?: of| de| d'"
    r"| des)? ?(?P<noun>[^\W\d_]+)?[^.;!?]{0,40}\Z"
)
_EARLIER_BEFORE = re.compile(
    r"(?i)(?:up from|down from|against|compared (?:with|to)|instead of|rather than|versus|earlier "
    r"(?:reported|put at|said)|previously|formerly|\bcontre"
    r"|au lieu d[e']s?|plutôt que|précédemment|auparavant|вместо|против|по сравнению с|раньше|ранее "
    r"(?:сообщалось|говорилось|называл\w+)(?: об?)?)"
    r" ?(?:\w+ )?\Z"
)
_PAST_YEAR = re.compile(
    r"(?i)\b(?:last year|the year before|(?:a|one) year earlier|the previous year|a year ago|l'an dernier"
    r"|l'ann[ée]e derni[èe]re|l'an pass[ée]"
    r"|un an plus tôt|l'ann[ée]e pr[ée]c[ée]dente|в прошлом году|годом ранее|год назад|в предыдущем году)"
)
_CHANGED_BEFORE = re.compile(
    r"(?i)(?:\b(?:ro?i?sen?|grew|went up|climb\w*|increas\w+|rais\w+|revis\w+|fell|dropp\w+|cut|reduc\w+"
    r"|jump\w+) (?:\w+ ){0,3}(?:to|at)|now stands at|reached"
    r"|port(?:é|ée|e|és|er|ant) à|pass(?:é|e|ée) à|pass\w+ de|augment\w+ à|s'alourdit à|s'élève désormais à"
    r"|désormais|atteint"
    r"|(?:вырос\w*|увелич\w+|возрос\w*|повы\w+|сократ\w+|сниз\w+)(?: \w+){0,2} до|достиг\w*) ?\Z"
)
_MOVES = re.compile(
    r"(?i)\b(?:ro?i?sen?|grew|went|climb\w*|increas\w+|rais\w+|revis\w+|fell|dropp\w+|cut|reduc\w+|pass\w+"
    r"|augment\w+|вырос\w*|увелич\w+|возрос\w*|сниз\w+|сократ\w+)"
    r"(?: [\w'-]+){0,5} ?(?:from|de|с|со)? ?\Z"
)
_APART = re.compile(
    r"(?i)^ ?(?:later|earlier|ago|since|after|before|old|plus tard|plus tôt|après|depuis|auparavant|спустя"
    r"|назад|позже|раньше|тому назад|подряд)\b"
)
_LISTED = re.compile(
    r"(?i)(?: (?!killed|wounded)[\w'-]+){0,4},? (?:and|et|и|as well as|ainsi que) (?:at least |au moins )?"
)
# «wounding 20 others», "killing 13." count people without naming them.
_OTHERS = re.compile(r"(?i) (?:others|more|autres|других|and|et|и)\b|[,.;)]|\Z")
# «les deux ministres» are persons already named, not a count.
_THE = re.compile(r"(?i)(?:\b(?:the|these|both|les|ces|des|aux|эти|этих|всех|обе) )\Z")
_CLOSE = 60  # characters within which two figures speak of one thing
_TOLLS = _words("dead wounded arrests hostages prisoners")
_SPAN_UNITS = _words("years months weeks days")


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


_PATTERNS = {lang: _number_pattern(lang) for lang in ("en", "fr", "ru")}


def find(text: str, lang: str, taken: Sequence[tuple[int, int]] = ()) -> list[FigureHit]:
    """The figures of a cleaned text, in order; places in `taken` (start, end) are not read.

    Languages other than en, fr, ru have none. Values are in units of the unit: "25 тыс. тонн" is
    25,000 tonnes; a change ("up from nine") gives two hits.
    """
    pattern = _PATTERNS.get(lang)
    if pattern is None:
        return []
    masked = _mask(text, taken)
    found: list[FigureHit] = []
    before = 0
    for match in pattern.finditer(masked):
        for hit in _figures(text, match, lang, before, found):
            if found and _corrects(hit, found[-1]):
                found[-1] = replace(found[-1], change=True)
            found.append(hit)
        before = match.end()
    return found


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
    if unit is None or (unit.name in _SPAN_UNITS and _APART.match(text[unit.end : unit.end + 20])):
        return []
    name = _role(unit.name, left, text[unit.end : unit.end + 60])
    known_ones = _is_article(match, lang) or (read.low <= 4 and _THE.search(left) and match["words"])
    if _is_year(read, unit) or (known_ones and name not in _TOLLS):
        return []
    if name == unit.name and name in _PERSONS and earlier_hits:
        name = _shared_role(text, match.start(), earlier_hits[-1]) or name
    about = unit.about
    before = bool(_EARLIER_BEFORE.search(left)) or _year_before(left, text[unit.end : unit.end + 45])
    approximate = read.approximate or bool(_APPROXIMATE.search(left))
    start, end = match.start(), max(match.end(), unit.end)
    if read.high is not None and read.joined and _MOVES.search(left):
        first = Figure(read.low, name, about, approximate)
        second = Figure(read.high, name, about, approximate)
        return [FigureHit(first, start, end, earlier=True), FigureHit(second, start, end, change=True)]
    changed = not before and bool(_CHANGED_BEFORE.search(left))
    figure = Figure(read.low, name, about, approximate or read.high is not None, read.high)
    return [FigureHit(figure, start, end, before, changed)]


def _is_year(read: _Read, unit: _Unit) -> bool:
    """«в 2021 году» counts no years."""
    return unit.name == "years" and 1900 <= read.low <= 2099


def _is_article(match: re.Match[str], lang: str) -> bool:
    """«un soldat» is any soldier; only the dead, wounded and captured are counted one by one."""
    return lang == "fr" and (match["words"] or "").lower() in ("un", "une")


def _left(text: str, start: int, since: int) -> str:
    """What stands before a number in its sentence, back to the number before it."""
    left = text[max(since, start - 70) : start]
    cut = max(left.rfind(". "), left.rfind("\n"), left.rfind("! "), left.rfind("? "))
    return left[cut + 1 :] if cut >= 0 else left


def _is_count(text: str, match: re.Match[str]) -> bool:
    """Not the number of a road, an article, a law, an age or a telephone."""
    return not _NAMED.search(text[max(0, match.start() - 16) : match.start()])


def _read(match: re.Match[str], lang: str) -> _Read | None:
    """The value or the two values of a number as matched."""
    if match["round"]:
        return _Read(float(_ROUND[lang][fold(match["round"])]), None, match["round"].lower() != "полторы тысячи", False
        )
    if match["words"]:
        return _read_words(match, lang)
    times = _MULTIPLIERS[lang].get(fold(match["times"] or ""), 1.0)
    if (match["times"] or "") in ("m", "b", "k", "bn", "mn") and not match["sign"]:
        return None
    low, high = _value(match["low"]), None
    if match["high"]:
        times2 = _MULTIPLIERS[lang].get(fold(match["times2"] or ""), 1.0)
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
    counted = _COUNTED_BEFORE.search(left)
    if counted:
        noun = "dead" if counted["toll"] else _UNIT_OF[lang].get(stem(lang, counted["noun"] or ""))
        if noun:
            return _Unit(noun, end, True)
    if _EARLIER_BEFORE.search(left) and earlier_hits and match.start() - earlier_hits[-1].end < _CLOSE:
        last = earlier_hits[-1].figure
        return _Unit(last.unit, end, True, last.about)
    if _OTHERS.match(text, end):
        for role, verb in (("wounded", _WOUNDED_BEFORE), ("dead", _KILLED_BEFORE)):
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
    if text[end : end + 1] not in (" ", "\u00a0", "-"):
        return None
    francs = _FRANCS.match(text, end)
    if francs:
        return _Unit("xof", francs.end(), True)
    stop = end + 70
    model = _MODEL.search(text, end, end + 24)
    seen = 0
    unknown: _Unit | None = None
    at = end
    while seen < 5 and (word := _WORD.search(text, at, stop)):
        raw, at = word.group(), word.end()
        if model and model.start() <= word.start() < model.end():
            at = model.end()
            continue
        if not raw[0].isalpha():
            break
        found = _table_unit(raw, lang)
        if (
            found == "arrests"
            and (following := _WORD.match(text, at + 1))
            and _table_unit(following.group(), lang)
        ):
            continue  # «detained officers» are officers
        if found:
            return _Unit(found, at, True, _model_after(text, at) or (_model_name(model) if model else None))
        plain = fold(raw.split("'")[-1] if "'" in raw else raw)
        if plain in _STOPPED or (lang == "en" and raw.endswith("ly")):
            break
        if unknown is None and raw[0].islower() and len(raw) >= 4 and plain not in _SKIPPED:
            unknown = _Unit(stem(lang, raw), at, False)
        seen += plain not in ("de", "of", "d", "des")
    if model and text[end : model.start()].strip(" ") in ("", "de", "of"):
        kind = _model_name(model)
        return _Unit(_MODEL_UNIT.get(kind.split("-")[0], "vehicles"), model.end(), True, kind)
    return unknown


def _table_unit(raw: str, lang: str) -> str | None:
    """The unit a word stands for, its elision («d'officiers») taken off."""
    if raw[:2].lower() == "l'":
        return None  # «l'an dernier» counts nothing
    word = raw.split("'")[-1] if "'" in raw else raw
    return _UNIT_OF[lang].get(stem(lang, word))


def _model_after(text: str, end: int) -> str | None:
    """The model named right after a noun: «танков Т-72»."""
    model = _MODEL.match(text, end + 1) if text[end : end + 1] == " " else None
    return _model_name(model) if model else None


def _model_name(model: re.Match[str]) -> str:
    """A model in one spelling for both scripts: `Т-72` and `T72` → `t-72`."""
    return f"{fold(model['kind']).translate(_MODEL_LETTERS)}-{fold(model['n']).translate(_MODEL_LETTERS)}"


def _role(unit: str, left: str, after: str) -> str:
    """People who were killed, wounded or arrested are counted as that."""
    if unit not in _PERSONS:
        return unit
    if _KILLED_BEFORE.search(left) or _KILLED_AFTER.match(after):
        return "dead"
    if _WOUNDED_BEFORE.search(left) or _WOUNDED_AFTER.match(after):
        return "wounded"
    if unit == "people" and (_ARREST_BEFORE.search(left) or _ARREST_AFTER.match(after)):
        return "arrests"
    return unit


def _shared_role(text: str, start: int, last: FigureHit) -> str | None:
    """«tué 84 combattants et 47 soldats»: the verb before the first number holds for the second."""
    role = last.figure.unit
    before = {"dead": _KILLED_BEFORE, "wounded": _WOUNDED_BEFORE}.get(role)
    if before is None or not _LISTED.fullmatch(text, last.end, start):
        return None
    return role if before.search(text, max(0, last.start - 70), last.start) else None


def _year_before(left: str, after: str) -> bool:
    """Whether the words around say that the figure is last year's."""
    nearest = re.split(r"[.;!?]|\d", after, maxsplit=1)[0]
    return bool(_PAST_YEAR.search(left) or _PAST_YEAR.search(nearest))
