"""Invented articles for the benchmarks: about 400 words in English, French or Russian, always the same.

Each is a development (headline, lead, two details) followed by background and colour in the manner of
the press of the region. Every sentence is invented; only places and institutions are real.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

WORDS = 400
LANGUAGES = ("en", "fr", "ru")
START = datetime(2027, 3, 1, 6, tzinfo=UTC)


@dataclass(frozen=True)
class Invented:
    """One invented article."""

    number: int
    lang: str
    title: str
    text: str
    published: datetime


def article(number: int, lang: str, words: int = WORDS) -> Invented:
    """The article of that number; the same number always gives the same words.

    In each language one appears every two hours: 36 a day together, more than the beat brings on most days.
    """
    chance = Random(f"{number} {lang}")
    story = chance.choice(_STORIES[lang])
    place = chance.choice(_PLACES[lang])
    fill = {"place": place, "n": str(chance.randint(6, 95)), "day": chance.choice(_DAYS[lang])}
    title, *sentences = (line.format(**fill) for line in story)
    others = chance.sample(_BACKGROUND[lang], len(_BACKGROUND[lang]))
    for line in others:
        if sum(len(sentence.split()) for sentence in sentences) >= words:
            break
        fill = {"place": chance.choice(_PLACES[lang]), "n": str(chance.randint(3, 60)), "day": fill["day"]}
        sentences.append(line.format(**fill))
    paragraphs = (" ".join(sentences[i : i + 3]) for i in range(0, len(sentences), 3))
    published = START + timedelta(hours=2 * number)
    return Invented(number, lang, title, "\n\n".join(paragraphs), published)


_PLACES = {
    "en": ("Gao", "Timbuktu", "Mopti", "Kidal", "Ségou", "Kayes", "Sikasso", "Ménaka", "Nioro", "Douentza"),
    "fr": ("Gao", "Tombouctou", "Mopti", "Kidal", "Ségou", "Kayes", "Sikasso", "Ménaka", "Nioro", "Douentza"),
    "ru": ("Гао", "Тимбукту", "Мопти", "Кидале", "Сегу", "Каесе", "Сикассо", "Менаке", "Ниоро", "Дуэнце"),
}
_DAYS = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    "ru": ("в понедельник", "во вторник", "в среду", "в четверг", "в пятницу", "в субботу", "в воскресенье"),
}

# Per language: on the beat, off the beat, and in between; a title and three sentences each.
_STORIES = {
    "en": (
        (
            "Mali receives {n} armoured vehicles from Russia in {place}",
            "A convoy of {n} Russian armoured vehicles reached {place} on {day}, the Malian army said.",
            "The vehicles had been unloaded in Conakry and driven across the border by Africa Corps.",
            "An officer at the garrison said that the crews would be trained on site until the rains.",
        ),
        (
            "Bamako and Moscow sign agreement on a power plant near {place}",
            "Mali and Russia signed an agreement on {day} to build a {n}-megawatt solar plant near {place}.",
            "The energy minister initialled the text in Bamako beside a deputy minister sent by Moscow.",
            "Work is due to begin after the harvest, and the first panels are expected within the year.",
        ),
        (
            "Gunmen attack army post outside {place}",
            "At least {n} soldiers were killed on {day} when JNIM fighters overran a post near {place}.",
            "Residents heard gunfire from four in the morning until a helicopter arrived at sunrise.",
            "The general staff spoke of a difficult night and said that reinforcements were on their way.",
        ),
        (
            "Mayor of {place} opens repaired water tower",
            "The mayor of {place} opened a repaired water tower on {day} that will serve {n} streets.",
            "Women who had walked to the river for two seasons filled the first basins.",
            "The town paid for the pumps itself after a collection among traders and families abroad.",
        ),
        (
            "Farmers in Brittany count the damage after a night of hail",
            "Hail the size of walnuts fell on {n} villages in Brittany on {day} and flattened the orchards.",
            "Insurers have opened a desk in the town hall, where a queue formed before it was light.",
            "The chamber of agriculture expects that half of the apples of this year are lost.",
        ),
    ),
    "fr": (
        (
            "Le Mali reçoit {n} véhicules blindés russes à {place}",
            "Un convoi de {n} blindés russes est arrivé {day} à {place}, a annoncé l'armée malienne.",
            "Les engins débarqués à Conakry ont été escortés par Africa Corps jusqu'à la frontière.",
            "Un officier de la garnison assure que les équipages seront formés sur place avant les pluies.",
        ),
        (
            "Bamako et Moscou signent un accord pour une centrale près de {place}",
            "Le Mali et la Russie ont signé {day} un accord sur une centrale de {n} mégawatts à {place}.",
            "La ministre de l'Énergie a paraphé le texte à Bamako avec un vice-ministre venu de Moscou.",
            "Le chantier doit s'ouvrir après les récoltes et les premiers panneaux sont promis dans l'année.",
        ),
        (
            "Un poste de l'armée attaqué près de {place}",
            "Au moins {n} soldats ont été tués {day} dans l'attaque d'un poste par le JNIM près de {place}.",
            "Les habitants ont entendu des tirs dès quatre heures, jusqu'à l'arrivée d'un hélicoptère.",
            "L'état-major parle d'une nuit difficile et annonce que des renforts sont en route.",
        ),
        (
            "À {place}, le château d'eau coule de nouveau",
            "Le maire de {place} a remis en service {day} un château d'eau qui alimente {n} rues.",
            "Des femmes qui marchaient jusqu'au fleuve ont rempli les premières bassines.",
            "La commune a payé les pompes après une collecte auprès des commerçants et de la diaspora.",
        ),
        (
            "En Bretagne, les vergers comptent les pertes après la grêle",
            "La grêle a couché les vergers de {n} communes de Bretagne dans la nuit de {day}.",
            "Les assureurs ont ouvert un guichet à la mairie, où la file s'est formée avant le jour.",
            "La chambre d'agriculture estime que la moitié des pommes de l'année est perdue.",
        ),
    ),
    "ru": (
        (
            "Мали получила {n} российских бронемашин",
            "Колонна из {n} российских бронемашин прибыла {day} в {place}, сообщила малийская армия.",
            "Технику выгрузили в Конакри и доставили через границу в сопровождении Африканского корпуса.",
            "Офицер гарнизона рассказал, что экипажи обучат на месте до начала дождей.",
        ),
        (
            "Бамако и Москва подписали соглашение об электростанции",
            "Мали и Россия подписали {day} соглашение о солнечной станции на {n} мегаватт близ города.",
            "Документ в Бамако парафировала министр энергетики вместе с заместителем министра из Москвы.",
            "Строительство начнётся после уборки урожая, первые панели обещают поставить в течение года.",
        ),
        (
            "Боевики напали на армейский пост в Мали",
            "Не менее {n} солдат погибли {day} при нападении боевиков ДНИМ на армейский пост в {place}.",
            "Жители слышали стрельбу с четырёх часов утра, пока на рассвете не прилетел вертолёт.",
            "Генеральный штаб назвал ночь тяжёлой и сообщил, что подкрепление уже в пути.",
        ),
        (
            "В {place} снова работает водонапорная башня",
            "Мэр открыл {day} отремонтированную водонапорную башню, от которой зависят {n} улиц.",
            "Женщины, два сезона ходившие к реке, первыми наполнили тазы перед камерами.",
            "Город сам заплатил за насосы после сбора денег среди торговцев и земляков за рубежом.",
        ),
        (
            "Садоводы Бретани подсчитывают убытки после града",
            "Град размером с орех выпал {day} на {n} деревень Бретани и побил фруктовые сады.",
            "Страховщики открыли приём в ратуше, где очередь выстроилась ещё до рассвета.",
            "Сельскохозяйственная палата считает, что половина яблок этого года потеряна.",
        ),
    ),
}

_BACKGROUND = {
    "en": (
        "The road between {place} and the capital has been closed to lorries at night since January.",
        "Traders at the central market say that a bag of rice costs {n} percent more than a month ago.",
        "“We were told to stay at home and to wait for the patrol,” a teacher said by telephone.",
        "The governor received the heads of the districts and asked for lists of displaced families.",
        "Last year a similar announcement in {place} was followed by months of silence from the ministry.",
        "Fuel has been scarce since the tankers stopped, and generators run for only a few hours a day.",
        "Niger and Burkina Faso have sent messages of support within the Alliance of Sahel States.",
        "A spokesman for the United Nations in Dakar said that it had no people left in the area.",
        "According to two sources at the airport, a transport aircraft landed there twice during the week.",
        "The transitional authorities have promised a statement but have not said when it will be published.",
        "Herders have moved their animals to the south, where wells are deep and pasture is still green.",
        "In the tea houses of {place} the talk is of exams, of prices and of the coming harvest.",
        "The hospital counted {n} patients on the first morning and asked for blood donors on local radio.",
        "An association of lawyers asked the court why three men are still being held without charge.",
        "The national assembly is to debate the budget of the armed forces when it returns in the spring.",
        "Analysts disagree on what Moscow expects in return, and point to gold, to votes and to prestige.",
        "A bridge over the river was repaired with steel beams that a mining company no longer needed.",
        "The bishop and the imam called together for calm and visited families on both sides of the river.",
        "The company that operates the mine said that its {n} trucks had not been affected by the events.",
        "Schools in {place} are to open again on Monday if the soldiers leave the courtyard by then.",
        "For many people here the state is a voice on the radio and a stamp that has to be paid for.",
        "The cinema has been a warehouse for years, and its owner wants to show films again.",
        "Officials in Algiers recalled that talks between all sides remain the only way to a lasting peace.",
        "A video shared by telephone shows a column of smoke, but its date and place could not be verified.",
        "The regional bank has opened a credit line for {n} cooperatives that grow onions and potatoes.",
        "Drivers who take the northern route pay at several barriers, and not always to the same masters.",
        "The minister returned to Bamako in the evening and did not answer the questions of reporters.",
    ),
    "fr": (
        "La route entre {place} et la capitale est fermée la nuit aux camions depuis la fin de janvier.",
        "Au grand marché, les commerçants disent que le sac de riz a augmenté de {n} pour cent en un mois.",
        "« On nous a demandé de rester chez nous et d'attendre la patrouille », raconte une enseignante.",
        "Le gouverneur a reçu les préfets et leur a demandé de tenir des listes de familles déplacées.",
        "L'an dernier, une annonce semblable à {place} avait été suivie de plusieurs mois de silence.",
        "Le carburant manque depuis l'arrêt des citernes et les groupes ne tournent que quelques heures.",
        "Le Niger et le Burkina Faso ont apporté leur soutien au sein de l'Alliance des États du Sahel.",
        "Un porte-parole des Nations unies à Dakar a rappelé que l'organisation n'a plus personne sur place.",
        "Selon deux sources à l'aéroport, un avion de transport s'y est posé deux fois dans la semaine.",
        "Les autorités de transition promettent un communiqué sans préciser à quelle date il paraîtra.",
        "Les éleveurs ont conduit leurs bêtes vers le sud, où l'herbe est encore verte.",
        "Dans les grins de {place}, on parle d'examens, de prix et de la récolte à venir.",
        "L'hôpital a compté {n} patients le premier matin et demandé des donneurs de sang à la radio.",
        "Une association d'avocats demande pourquoi trois hommes sont toujours détenus sans être inculpés.",
        "L'organe législatif doit examiner le budget des forces armées à sa rentrée de printemps.",
        "Les analystes s'interrogent sur ce que Moscou attend en retour : de l'or, des voix, du prestige.",
        "Un pont sur le fleuve a été réparé avec des poutres dont une société minière n'avait plus l'usage.",
        "L'évêque et l'imam ont appelé ensemble au calme et visité des familles sur les deux rives.",
        "La société qui exploite la mine affirme que ses {n} camions n'ont pas été touchés.",
        "Les écoles de {place} doivent rouvrir lundi si les soldats ont quitté la cour d'ici là.",
        "Pour beaucoup d'habitants, l'État est une voix à la radio et un timbre qu'il faut payer.",
        "Le cinéma sert d'entrepôt depuis des années, mais son patron veut y montrer de nouveau des films.",
        "À Alger, on rappelle que le dialogue entre toutes les parties reste la seule voie vers la paix.",
        "Une vidéo montre une colonne de fumée, mais ni sa date ni son lieu n'ont pu être vérifiés.",
        "La banque régionale ouvre un crédit à {n} coopératives qui cultivent l'oignon et la pomme de terre.",
        "Les chauffeurs de la route du nord paient à plusieurs barrages, pas toujours aux mêmes maîtres.",
        "La ministre est rentrée à Bamako dans la soirée sans répondre aux questions de la presse.",
    ),
    "ru": (
        "Дорога между городом и столицей с конца января закрыта ночью для грузовых машин.",
        "Торговцы на центральном рынке говорят, что мешок риса за месяц подорожал на {n} процентов.",
        "«Нам велели оставаться дома и ждать патруль», — рассказала по телефону учительница.",
        "Губернатор принял глав округов и попросил их вести списки семей, покинувших свои дома.",
        "В прошлом году после похожего заявления в {place} министерство молчало несколько месяцев.",
        "Топлива не хватает с тех пор, как остановились цистерны, и генераторы работают несколько часов.",
        "Соседние Нигер и Буркина-Фасо выразили поддержку в рамках Альянса государств Сахеля.",
        "Представитель Организации Объединённых Наций в Дакаре сказал, что людей на месте больше нет.",
        "По словам двух источников в аэропорту, транспортный самолёт садился там дважды за неделю.",
        "Переходные власти обещали выступить с заявлением, но не сообщили, когда оно выйдет.",
        "Пастухи увели стада на юг, где колодцы глубоки, а трава ещё остаётся зелёной.",
        "В чайных говорят об экзаменах, о ценах и о том, каким будет урожай.",
        "Больница в первое утро приняла {n} пациентов и попросила по радио прийти доноров крови.",
        "Союз адвокатов просит суд объяснить, почему трёх человек всё ещё держат без обвинения.",
        "Законодательный орган обсудит расходы на вооружённые силы, когда соберётся весной.",
        "Аналитики спорят о том, чего ждёт взамен Москва, и называют золото, голоса и престиж.",
        "Мост через реку починили балками, которые больше не были нужны горной компании.",
        "Епископ и имам вместе призвали к спокойствию и навестили семьи на обоих берегах.",
        "Компания, которой принадлежит рудник, сообщила, что её {n} грузовиков не пострадали.",
        "Школы в {place} должны открыться в понедельник, если солдаты к тому времени уйдут со двора.",
        "Для многих жителей государство — это голос по радио и марка, за которую нужно платить.",
        "Кинотеатр много лет служит складом, но его хозяин снова хочет показывать фильмы.",
        "В Алжире напомнили, что переговоры всех сторон остаются единственным путём к миру.",
        "На видео, снятом телефоном, виден столб дыма, но дату и место съёмки проверить не удалось.",
        "Региональный банк открыл кредит для {n} кооперативов, которые выращивают лук и картофель.",
        "Водители на северной дороге платят на нескольких заставах, и не всегда одним и тем же людям.",
        "Министр вечером вернулась в Бамако и не ответила на вопросы журналистов.",
        "Старейшины двух общин договорились, что спор о колодце решит судья, а не вооружённые люди.",
        "На берегу реки рыбаки чинят лодки и рассказывают, что вода в этом году ушла раньше обычного.",
        "В редакции местного радио говорят, что слушатели чаще всего звонят из-за цен.",
        "Молодые инженеры, вернувшиеся из-за границы, открыли мастерскую, где чинят солнечные батареи.",
        "Городской архив закрыт с прошлой осени: бумаги сушат после дождя, пробившего старую крышу.",
        "Перевозчики просят разрешить им ездить днём без сопровождения хотя бы до ближайшего города.",
        "Хлопок этого урожая ещё лежит под навесами, потому что не хватает машин и горючего.",
        "В лагере на окраине раздали палатки и воду, но еды, по словам врачей, осталось на {n} дней.",
        "Историк из университета столицы напоминает, что такие обещания здесь слышали и раньше.",
    ),
}
