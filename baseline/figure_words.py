"""The words of quantities in English, French and Russian: what `baseline.figures` looks for.

Numbers in words, round words, multipliers, the unit nouns, and the wordings around a number that
say what it counts (killed, wounded, arrested), whether it is approximate, and whether it is the
value before or after a change.
"""

from __future__ import annotations

import re

from baseline.fold import stem

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
ROUND: dict[str, dict[str, int]] = {
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
    | {"два десятка": 20, "три десятка": 30, "четыре десятка": 40, "пять десятков": 50}
    | {"десятка": 10, "сотни человек": 200, "полсотни": 50, "полтора": 1, "полторы тысячи": 1500}
    | {"несколько десятков": 30, "несколько сотен": 300, "несколько тысяч": 3000, "около сотни": 100},
}
# Dozens, scores and hundreds that are counted: "two dozen", «trois centaines», «шесть десятков».
_FEW = {
    "en": "two three four five six seven eight nine",
    "fr": "deux trois quatre cinq six sept huit neuf",
    "ru": "два/две/двух три/трёх четыре/четырёх пять/пяти шесть/шести семь/семи восемь/восьми девять/девяти",
}
_BY = {
    "en": {"dozen": 12, "score": 20, "score of": 20},
    "fr": {"dizaines": 10, "douzaines": 12, "centaines": 100, "milliers": 1000},
    "ru": {
        "десятка": 10,
        "десятков": 10,
        "десятками": 10,
        "сотни": 100,
        "сотен": 100,
        "дюжины": 12,
        "дюжин": 12,
    },
}
for _lang, _units in _BY.items():
    ROUND[_lang] |= {
        f"{count} {unit}": value * each
        for count, value in _numbered(_FEW[_lang], 2).items()
        for unit, each in _units.items()
    }
ROUND["ru"] |= {"полтора десятка": 15, "полутора десятков": 15, "полторы сотни": 150, "полторы дюжины": 18}
MULTIPLIERS = {
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
MULTIPLIERS["en"] |= {"b": 1e9}


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
ships: ship ships vessel vessels boat boats | navire navires bateau bateaux vedette vedettes pirogue
    pirogues | корабль кораблей корабля судно судов судна катер катера катеров лодка лодки лодок
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
    inhabitants spectators personnel specialists | personne personnes hommes femmes enfants habitants
    passagers victimes ouvriers étudiants réfugiés spectateurs ressortissants spécialistes | человек человека
    людей люди женщин детей пассажиров
    жертв студентов рабочих беженцев граждан специалистов специалиста
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
states: state states country countries | état états pays | государство государств государства страна
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


UNIT_OF = _read_table()


def _words(text: str) -> frozenset[str]:
    """The words of a text, as a set."""
    return frozenset(text.split())


PERSONS = _words(
    "soldiers fighters officers police civilians people hostages instructors officials journalists"
)
# Persons of other callings: counted as what they are, unless they were killed, wounded or arrested.
_CALLINGS = {
    "en": "herder trader farmer fisherman fishermen miner merchant worshipper mourner guest pupil driver"
    " trucker haulier railwayman railwaymen hunter volunteer guard guardsmen sailor crew"
    " engineer technician geologist boys girls teenagers schoolchildren teacher nurse shepherd"
    " prospector mutineer monk imam",
    "fr": "éleveur berger commerçant chauffeur routier camionneur orpailleur mineur fidèle agent"
    " garde cheminot volontaire chasseur paysan cultivateur pêcheur marchand invité enseignant"
    " élève écolier jeune marin ingénieur"
    " technicien géologue conducteur vigile gardien mutin putschiste vdp dozo vieillard maçon transporteur"
    " employé humanitaire riverain insurgé légionnaire élément siens",
    "ru": "водитель водителя водителей скотовод скотовода скотоводов торговец торговца торговцев пастух"
    " пастуха пастухов крестьян рыбак рыбаков шахтер шахтеров старатель старателей охотник охотников"
    " доброволец добровольца добровольцев верующих прихожан сотрудник сотрудника сотрудников россиян"
    " россиянина малийцев сельчан ополченца ополченцев гвардейцев геолога геологов инженера инженеров"
    " учителя учителей школьников подростков",
}
CALLINGS = {lang: frozenset(stem(lang, form) for form in forms.split()) for lang, forms in _CALLINGS.items()}

# Words between a number and its noun that are stepped over, besides capitalised ones and models.
SKIPPED = _words(
    "of de d des du l la le les number nombre other others more new further another additional tons-of"
    " about some autres autre nouveaux nouvelles nouvelle nouveau supplementaires plus petits grands"
    " jeunes jeune hauts haut armed senior military metric russian malian high-ranking local foreign"
    " suspected light heavy armoured armored russes russe maliens malien maliennes presumes armes"
    " etrangers lourds других новых еще российских малийских русских иностранных мирных вооруженных"
    " тяжелых легких американских сша его их the these those them their his its our ses leurs nos ces"
)
STOPPED = _words(
    "in on by for at to from and or who that which with as were was is are have had has after before"
    " during when into near against over per than dans par pour et ou qui sur avec sont ont a au aux en"
    " ete etait etaient apres avant lors contre pres vers selon chez в на с и или по за для к у о об при"
    " из до после около были было был которые что как говорится hours hour minutes heures heure minutes h"
    " часов часа час минут минуты gmt o'clock am pm utc times fois раз раза"
)
FRANCS = re.compile(r"(?i)\s(?:de )?(?:francs? cfa|f ?cfa|франк\w* кфа)\b")
WORD = re.compile(r"[^\W\d_][\w'-]*|\S")
MODEL = re.compile(
    r"(?<!\w)(?P<kind>T|Т|BMP|БМП|BTR|БТР|BRDM|БРДМ|BM|БМ|Mi|Ми|Su|Су|Il|Ил|Ka|Ка|An|Ан|MiG|МиГ|L|Л|TB|Ту"
    r"|Tu)[- ]?(?P<n>\d{1,3}(?:(?!s\b)\w){0,2})s?(?!\w)"
)
MODEL_LETTERS = str.maketrans("тбмпрдисукалнг", "tbmprdisukalng")
MODEL_UNIT = {"t": "tanks", "mi": "helicopters", "ka": "helicopters", "tb": "drones"} | dict.fromkeys(
    ("su", "il", "an", "mig", "l", "tu"), "aircraft"
)
APPROXIMATE = re.compile(
    r"(?i)(?:more than|less than|fewer than|over|at least|at most|about|around|some|nearly|almost"
    r"|approximately|up to|as many as"
    r"|roughly|an estimated|plus de|moins de|au moins|au plus|environ|pr[eè]s de|quelque|jusqu'[àa]"
    r"|autour de|une? bonne|presque"
    r"|au-del[àa] de|pas moins de|estim[ée]e?s? [àa]|более|более чем|больше|свыше|не менее|менее|около"
    r"|почти|порядка|примерно|до|приблизительно"
    r"|как минимум|по меньшей мере|не более)(?: de| d'| чем| из)? ?(?:les |the |des )?\Z"
)
NAMED = re.compile(
    r"(?i)(?:\b(?:nationale|route|rn|article|art\.|n°|no\.|№|n\.|chapter|page|zone|phase|day|version|cha"
    r"[iî]ne|canal|france|level"
    r"|covid|appendix|channel|aged|[âa]g[ée]e?s? de|в возрасте|возрастом|décret|loi|decree|law|статья"
    r"|статьи|указ|пункт|chapitre|tv|radio"
    r"|room|flight|vol|groupe|group|flight|résolution|resolution|резолюци\w)|[+#]) ?\Z"
)

# ----------------------------------------------------------------------------------- what around

KILLED_BEFORE = re.compile(
    r"(?i)\b(?:kill(?:ed|ing|s)?|neutrali[sz]\w+|eliminat\w+|(?:death|deaths) of|d[ée]ath toll\w*"
    r"(?: \w+){0,3}|execut(?:ed|ing)|shot dead|gunn(?:ed|ing) down|massacr\w+|slaughter\w+"
    r"|lives of|bodies of|buried|la perte d[e']|(?:les )?corps d[e']|inhum(?:é|ée|és|ées|er)|emport[ée]\w*"
    r"|тела|похорон\w+|сконча\w+|лишил\w* жизни|жертвами(?: \w+){0,2} стал\w*"
    r"|tu[ée]e?s?|tuant|tuer|abattu\w*|ex[ée]cut(?:é|és|ée|ées|er|ant)|fauch\w+|égorg\w+"
    r"|abattre|[ée]limin\w+|pleur(?:e|ent|ait)|la mort d[e']|(?:fin à|coûté) la vie (?:de|à)"
    r"|bilan\w*(?: \w+){0,3}"
    r"|погиб\w*|убит(?!ь)\w*|убил\w*|уничтож\w+|расстрел\w+|казн(?:ил|ен|ён)\w*|стоил\w* жизни"
    r"|ликвидир\w+|гибел\w+|смерт\w+|нейтрализ\w+|ун[её]с\w* жизни|потерял\w*|lost|perdu)"
    r"(?: (?!by\b|par\b|attack|in\b|dans\b|в\b|and\b|et\b|и\b)[\w'-]+){0,3} ?\Z"
)
KILLED_AFTER = re.compile(
    r"(?i)^(?:(?! (?:and|et|и) (?:one|un|une|один|одна) (?:was|is|a|est|был))[^.;:!?()]){0,45}?"
    r"\b(?:(?:were|was|been|are|is|being) (?:\w+ly )?(?:killed|executed|shot dead"
    r"|gunned down|massacred|put to death)"
    r"|to death|killed(?= in\b| at\b| by\b| on\b"
    r"| when\b| during\b| after\b| and\b| as\b|[,.;)]|\Z)"
    r"|(?<!the )(?<!of )dead|died|lost their lives"
    r"|(?:ont|a|avaient|avait) (?:[ée]t[ée] (?:\w+ment )?(?:tu[ée]e?s?|abattue?s?"
    r"|neutralis\w+|ex[ée]cut[ée]e?s?|massacr[ée]e?s?|fauch[ée]e?s?)|p[ée]ri|laiss[ée] la vie"
    r"|perdu la vie|trouv[ée] la mort)"
    r"|(?<!ont )(?<!\ba )(?<!avoir )(?<!avait )(?<!ayant )(?:tué(?:e?s?)|neutralisés|abattus|éliminés"
    r"|fauchés|massacrés|exécutés)\b"
    r"|tomb[ée]e?s(?! aux mains| entre)(?= (?:à|au|dans|en|lors|sous|face)\b|[.,;)]|\Z)|inhum[ée]e?s\b"
    r"|(?:were|was) (?:slain|buried)|slain\b|fell (?:in|during)\b|похоронен\w*"
    r"|pass[ée]e?s? par les armes|port[ée]e?s? en terre|(?:y|en) (?:ont|avaient) p[ée]ri"
    r"|mort[es]*(?=[ ,.;)]|\Z)|погиб\w*"
    r"|убит(?!ь)\w*|уничтожен\w*|расстрелян\w*|казн[её]н\w*|стали жертвами|лишились жизни"
    r"|ликвидирован\w*)"
)
WOUNDED_BEFORE = re.compile(
    r"(?i)\b(?:wound(?:ed|ing)|injur(?:ed|ing)|bless(?:ant|é|és)|ранен\w*|ранения(?: получили)?"
    r"|пострада\w+)(?: (?!by\b|par\b)[\w'-]+){0,2} ?\Z"
)
WOUNDED_AFTER = re.compile(
    r"(?i)^[^.;:!?(),]{0,35}?\b(?:wounded|injured|bless[ée]e?s?|ранен\w*|пострада\w+)\b"
)
ARREST_BEFORE = re.compile(
    r"(?i)\b(?:arrest(?:ed|ing)|detain(?:ed|ing)|arr[êe]t(?:é|és|er|ant)|interpell(?:é|és|er)|appréhend(?:é|és|er)"
    r"|задерж\w+|арест\w+|(?:arrests?|detention) of|(?:arrestations?|interpellations?|incarcération) d[e'])"
    r"(?: (?!after\b|when\b|and\b|apr[eè]s\b|et\b|после\b|и\b)[\w'-]+){0,2} ?\Z"
)
ARREST_AFTER = re.compile(
    r"(?i)^[^.;:!?(),]{0,35}?\b(?:arrested|detained|in custody|behind bars|rounded up|picked up"
    r"|arr[êe]t[ée]e?s|aux arr[êe]ts|sous les verrous|en garde à vue|appréhend[ée]e?s|écrou[ée]e?s"
    r"|interpell[ée]e?s|взят\w* под|задержан\w*|арестован\w*|под стражей|под стражу)\b"
)
COUNTED_BEFORE = re.compile(
    r"(?i)(?:\b(?:number|nombre|число|количество|численность)"
    r"|(?P<toll>\btoll\b|\bbilan\b|\bthe dead\b(?= at)))"
    r"(?: of| de| d'"
    r"| des)? ?(?P<noun>[^\W\d_]+)?[^.;!?]{0,90}\Z"
)
EARLIER_BEFORE = re.compile(
    r"(?i)(?:up from|down from|against|compared (?:with|to)|instead of|rather than|versus"
    r"|(?:short of|fewer than|less than|below|above|more than|far from) the|loin des|en deçà des"
    r"|(?:moins|plus) que les|меньше чем те|earlier "
    r"(?:reported|put at|said)|previously|formerly|\bcontre"
    r"|au lieu d[e']s?|plutôt que|précédemment|auparavant|вместо|против|по сравнению с|раньше|ранее "
    r"(?:сообщалось|говорилось|называл\w+)(?: об?)?)"
    r" ?(?:\w+ )?\Z"
)
# "Not two but three tanks", "900 soldiers, not the 1,500 claimed": a figure that the text sets aside.
REFUSED_BEFORE = re.compile(r"(?i)(?:\bnot|\bpas|\bnon|\bне)(?: the| les| de| des| le)? \Z")
REFUSED_FOR = re.compile(r"(?i),? (?:but|mais|а) (?:rather |plutôt |about |some )?\Z")
REFUSED_AFTER = re.compile(
    r"(?i),? (?:(?:and )?not(?: the)?|(?:et )?non(?: pas)?(?: les| de| des)?|et pas(?: les)?|а не) \Z"
)
PAST_YEAR = re.compile(
    r"(?i)\b(?:last year|the year before|(?:a|one) year earlier|the previous year|a year ago|l'an dernier"
    r"|l'ann[ée]e derni[èe]re|l'an pass[ée]"
    r"|un an plus tôt|l'ann[ée]e pr[ée]c[ée]dente|в прошлом году|годом ранее|год назад|в предыдущем году)"
)
CHANGED_ENDS = ("to", "at", "reached", "à", "de", "désormais", "atteint", "до")  # the next one, or «достиг…»
CHANGED_BEFORE = re.compile(
    r"(?i)(?:\b(?:ro?i?sen?|grew|went up|climb\w*|increas\w+|rais\w+|revis\w+|fell|dropp\w+|cut|reduc\w+"
    r"|jump\w+) (?:\w+ ){0,3}(?:to|at)|now stands at|reached"
    r"|port(?:é|ée|e|és|er|ant) à|pass(?:é|e|ée) à|pass\w+ de|augment\w+ à|s'alourdit à|s'élève désormais à"
    r"|désormais|atteint"
    r"|(?:вырос\w*|увелич\w+|возрос\w*|повы\w+|сократ\w+|сниз\w+)(?: \w+){0,2} до|достиг\w*) ?\Z"
)
RISES = re.compile(r"(?i) ?(?:выросл|увеличил|возрос|снизил|сократил|подскочил)\w*")
MOVES = re.compile(
    r"(?i)\b(?:ro?i?sen?|grew|went|climb\w*|increas\w+|rais\w+|revis\w+|fell|dropp\w+|cut|reduc\w+|pass\w+"
    r"|augment\w+|вырос\w*|увелич\w+|возрос\w*|сниз\w+|сократ\w+)"
    r"(?: [\w'-]+){0,5} ?(?:from|de|с|со)? ?\Z"
)
APART = re.compile(
    r"(?i)^ ?(?:later|earlier|ago|since|after|before|old|plus tard|plus tôt|après|depuis|auparavant|спустя"
    r"|назад|позже|раньше|тому назад|подряд)\b"
)
LISTED = re.compile(
    r"(?i)(?: (?!killed|wounded)[\w'-]+){0,4},? (?:and|et|и|as well as|ainsi que) (?:at least |au moins )?"
)
# «wounding 20 others», "killing 13." count people without naming them.
OTHERS = re.compile(r"(?i) (?:others|more|autres|других|and|et|и)\b|[,.;)]|\Z")
# «les deux ministres» are persons already named, not a count.
THE = re.compile(r"(?i)(?:\b(?:the|these|both|les|ces|des|aux|эти|этих|всех|обе) )\Z")
# "Fourteen were killed", « quatorze d'entre eux ont été tués »: people counted without a noun.
KILLED_ALONE = re.compile(
    r"(?i) (?:of them |d'entre (?:eux|elles) |из них )?"
    r"(?:(?:were|was|have been|ont été) (?:killed|tu[ée]e?s?)|died|lost their lives"
    r"|ont péri|sont (?:mort|tombé)e?s|ont (?:perdu la vie|trouvé la mort)|погибли|убиты|полегли)\b"
)
AND = _words("and et и")
PEOPLES = re.compile(r"(?<=[^\W\d_] )(?:and|et|и) [A-ZÀ-ÖА-Я][^\W\d_]+ [a-zà-öа-я]")
VICTIMS = _words("victims victimes жертв")
AGAIN_IN_DIGITS = re.compile(r" \(\d{1,4}\)")  # «trente et un (31) fidèles»
OPENING_QUOTES = ("«", "“", "„", '"')
TOLLS = _words("dead wounded arrests hostages prisoners")
SPAN_UNITS = _words("years months weeks days")
