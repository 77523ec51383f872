"""What happened in one line of our own words: the verb first, then what it was done to.

Built from the slots of a mention alone, never from the wording of an article. A verb agrees with
its object; whoever only claims something is named before it: "Moscow says: arrived in Bamako – …".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.words import Voice
from djeli.core.model import Figure, Mention, Realis
from djeli.core.words import UNITS, Three, three

# What a verb agrees with, in French and in Russian: m, f, n (Russian only), p; French fp for -es.
_OBJECTS: Mapping[str, tuple[Three, str, str]] = {
    "agreement": (three("an agreement", "un accord", "соглашение"), "m", "n"),
    "delivery": (three("a delivery", "une livraison", "поставка"), "f", "f"),
    "government_change": (
        three("a change of power or government", "un changement de pouvoir", "смена власти"), "m", "f",
    ),
    "visit_talks": (
        three("a visit or talks", "une visite ou un entretien", "визит или переговоры"), "mp", "p",
    ),
    "deployment": (
        three("a deployment of forces", "un déploiement de forces", "развёртывание сил"), "m", "n",
    ),
    "withdrawal": (three("a withdrawal", "un retrait", "вывод сил"), "m", "m"),
    "attack": (
        three("an attack or fighting", "une attaque ou des combats", "нападение или бой"), "mp", "n",
    ),
    "atrocity": (
        three("violence against civilians", "des violences contre des civils", "насилие над гражданскими"),
        "fp", "n",
    ),
    "sanctions": (three("sanctions", "des sanctions", "санкции"), "fp", "p"),
    "membership": (three("membership", "une adhésion", "членство"), "f", "n"),
    "election": (three("an election or referendum", "un scrutin", "голосование"), "m", "n"),
    "project": (three("a project", "un projet", "проект"), "m", "m"),
    "aid": (three("aid", "une aide", "помощь"), "f", "f"),
    "protest": (three("a protest", "une manifestation", "акция протеста"), "f", "f"),
    "diplomacy": (three("a diplomatic step", "une mesure diplomatique", "дипломатический шаг"), "f", "m"),
    "arrest": (three("an arrest", "une arrestation", "арест"), "f", "m"),
    "training": (three("a training programme", "une formation", "программа подготовки"), "f", "f"),
    "statement": (three("a statement", "une déclaration", "заявление"), "f", "n"),
}  # fmt: skip

# English; French masculine (endings are added where it ends in a participle); Russian m/f/n/p, or one
# form for all.
_VERBS: Mapping[str, tuple[str, str, str]] = {
    "agreed": ("Agreed", "Convenu", "Согласован/Согласована/Согласовано/Согласованы"),
    "alleged": ("Alleged", "Allégué", "Сообщается"),
    "announced": ("Announced", "Annoncé", "Объявлен/Объявлена/Объявлено/Объявлены"),
    "arrived": ("Arrived", "Arrivé", "Прибыл/Прибыла/Прибыло/Прибыли"),
    "banned": ("Banned", "Interdit", "Запрещён/Запрещена/Запрещено/Запрещены"),
    "called": ("Called for", "Appel lancé", "Прозвучал призыв"),
    "cancelled": ("Cancelled", "Annulé", "Отменён/Отменена/Отменено/Отменены"),
    "claimed": ("Claimed", "Revendiqué", "Взята ответственность"),
    "completed": ("Completed", "Achevé", "Завершён/Завершена/Завершено/Завершены"),
    "confirmed": ("Confirmed", "Confirmé", "Подтверждён/Подтверждена/Подтверждено/Подтверждены"),
    "delayed": ("Put off", "Reporté", "Перенесён/Перенесена/Перенесено/Перенесены"),
    "delivered": ("Delivered", "Livré", "Доставлен/Доставлена/Доставлено/Доставлены"),
    "demanded": ("Demanded", "Exigé", "Прозвучало требование"),
    "denied": ("Denied", "Démenti", "Опровергается"),
    "dispersed": ("Dispersed", "Dispersé", "Разогнан/Разогнана/Разогнано/Разогнаны"),
    "done": ("Carried out", "Effectué", "Произошёл/Произошла/Произошло/Произошли"),
    "eased": ("Eased", "Allégé", "Смягчён/Смягчена/Смягчено/Смягчены"),
    "effective": (
        "In effect", "En vigueur",
        "Вступил в силу/Вступила в силу/Вступило в силу/Вступили в силу",
    ),
    "established": ("Established", "Établi", "Установлен/Установлена/Установлено/Установлены"),
    "extended": ("Extended", "Prolongé", "Продлён/Продлена/Продлено/Продлены"),
    "finished": ("Finished", "Terminé", "Завершён/Завершена/Завершено/Завершены"),
    "groundbreaking": ("Begun", "Lancé", "Начат/Начата/Начато/Начаты"),
    "halted": ("Halted", "Arrêté", "Остановлен/Остановлена/Остановлено/Остановлены"),
    "handed_over": ("Handed over", "Remis", "Передан/Передана/Передано/Переданы"),
    "held": ("Held", "Tenu", "Состоялся/Состоялась/Состоялось/Состоялись"),
    "imposed": ("Imposed", "Imposé", "Введён/Введена/Введено/Введены"),
    "in_force": (
        "In force", "En vigueur",
        "Вступил в силу/Вступила в силу/Вступило в силу/Вступили в силу",
    ),
    "in_service": ("In service", "En service", "В строю"),
    "in_transit": ("In transit", "En transit", "В пути"),
    "initialled": ("Initialled", "Paraphé", "Парафирован/Парафирована/Парафировано/Парафированы"),
    "investigated": ("Under investigation", "Enquête ouverte", "Расследуется"),
    "licensed": ("Licensed", "Autorisé", "Разрешён/Разрешена/Разрешено/Разрешены"),
    "lifted": ("Lifted", "Levé", "Снят/Снята/Снято/Сняты"),
    "lost": ("Lost", "Perdu", "Потерян/Потеряна/Потеряно/Потеряны"),
    "mooted": ("Under discussion", "À l'étude", "Обсуждается/Обсуждается/Обсуждается/Обсуждаются"),
    "negotiated": ("Under negotiation", "En négociation", "На стадии переговоров"),
    "notified": ("Notified", "Notifié", "Направлено уведомление"),
    "operating": (
        "Put into operation", "En exploitation",
        "Введён в строй/Введена в строй/Введено в строй/Введены в строй",
    ),
    "ordered": ("Ordered", "Commandé", "Заказан/Заказана/Заказано/Заказаны"),
    "over": ("Over", "Terminé", "Завершён/Завершена/Завершено/Завершены"),
    "pledged": ("Pledged", "Promis", "Обещан/Обещана/Обещано/Обещаны"),
    "postponed": ("Postponed", "Reporté", "Отложен/Отложена/Отложено/Отложены"),
    "ratified": ("Ratified", "Ratifié", "Ратифицирован/Ратифицирована/Ратифицировано/Ратифицированы"),
    "readmitted": ("Restored", "Rétabli", "Восстановлен/Восстановлена/Восстановлено/Восстановлены"),
    "repeated": ("Repeated", "Répété", "Повторён/Повторена/Повторено/Повторены"),
    "reported": ("Reported", "Signalé", "Сообщается"),
    "requested": ("Requested", "Demandé", "Запрошен/Запрошена/Запрошено/Запрошены"),
    "retracted": ("Withdrawn", "Retiré", "Отозван/Отозвана/Отозвано/Отозваны"),
    "reversed": ("Reversed", "Annulé", "Отменён/Отменена/Отменено/Отменены"),
    "rumoured": ("Rumoured", "Rumeur", "По слухам"),
    "said": ("Made", "Fait", "Сделан/Сделана/Сделано/Сделаны"),
    "scheduled": ("Scheduled", "Fixé", "Назначен/Назначена/Назначено/Назначены"),
    "seized": ("Seized", "Saisi", "Изъят/Изъята/Изъято/Изъяты"),
    "shipped": ("Shipped", "Expédié", "Отправлен/Отправлена/Отправлено/Отправлены"),
    "signed": ("Signed", "Signé", "Подписан/Подписана/Подписано/Подписаны"),
    "started": ("Started", "Commencé", "Начался/Началась/Началось/Начались"),
    "submitted_for_ratification": (
        "Submitted for ratification", "En attente de ratification",
        "Внесён на ратификацию/Внесена на ратификацию/Внесено на ратификацию/Внесены на ратификацию",
    ),
    "suspended": ("Suspended", "Suspendu", "Приостановлен/Приостановлена/Приостановлено/Приостановлены"),
    "terminated": ("Terminated", "Dénoncé", "Расторгнут/Расторгнута/Расторгнуто/Расторгнуты"),
    "threatened": ("Threatened", "Menace", "Прозвучала угроза"),
    "under_construction": ("Under construction", "En construction", "Строится"),
    "under_way": ("Under way", "En cours", "Идёт/Идёт/Идёт/Идут"),
}  # fmt: skip
_REPORTED = _VERBS["reported"]

# Where verb and object of one stage are their own.
_WHOLE: Mapping[tuple[str, str], tuple[Three, Three]] = {
    ("coup", "rumoured"): (
        three("Rumoured", "Rumeur", "По слухам"),
        three("a seizure of power", "une prise de pouvoir", "захват власти"),
    ),
    ("coup", "conspiracy_alleged"): (
        three("Alleged", "Allégué", "Сообщается"), three("a plot", "un complot", "заговор"),
    ),
    ("coup", "attempt_under_way"): (
        three("Under way", "En cours", "Идёт"),
        three("an attempt to seize power", "une tentative de prise de pouvoir", "попытка захвата власти"),
    ),
    ("coup", "attempt_failed"): (
        three("Failed", "Échouée", "Провалилась"),
        three("an attempt to seize power", "une tentative de prise de pouvoir", "попытка захвата власти"),
    ),
    ("coup", "realized_provisional"): (
        three("Seized, outcome open", "Pris, issue incertaine", "Захвачена, исход неясен"),
        three("power", "le pouvoir", "власть"),
    ),
    ("coup", "realized"): (three("Seized", "Pris", "Захвачена"), three("power", "le pouvoir", "власть")),
    ("election", "result"): (
        three("Announced", "Annoncé", "Объявлен"),
        three("the result of a vote", "le résultat d'un scrutin", "результат голосования"),
    ),
    ("diplomacy", "done"): (
        three("Taken", "Prise", "Сделан"),
        three("a diplomatic step", "une mesure diplomatique", "дипломатический шаг"),
    ),
    ("arrest", "arrested"): (
        three("Made", "Opérée", "Произведён"), three("an arrest", "une arrestation", "арест"),
    ),
    ("arrest", "charged"): (
        three("Brought", "Portées", "Предъявлены"), three("charges", "des accusations", "обвинения"),
    ),
    ("arrest", "tried"): (
        three("Under way", "En cours", "Идёт"), three("a trial", "un procès", "судебный процесс"),
    ),
    ("arrest", "convicted"): (
        three("Handed down", "Prononcée", "Вынесен"),
        three("a conviction", "une condamnation", "обвинительный приговор"),
    ),
    ("arrest", "released"): (
        three("Carried out", "Effectuée", "Состоялось"), three("a release", "une libération", "освобождение"),
    ),
    ("project", "licensed"): (
        three("Granted", "Accordé", "Выдана"),
        three("a licence for a project", "un permis pour un projet", "лицензия на проект"),
    ),
}  # fmt: skip
_COUP = three("a seizure of power", "une prise de pouvoir", "захват власти")

_OTHER = three("a development", "un fait", "событие")
_ENDINGS = {"m": "", "f": "e", "mp": "s", "fp": "es"}
_ENDS_PLURAL = {"m": "", "f": "e", "mp": "", "fp": "es"}  # of what ends in s already: promis, remis
_PARTICIPLE = ("é", "i", "u", "s", "t")
_FIXED = frozenset({"Rumeur", "Menace", "Appel lancé", "Enquête ouverte"})
_PLACES = ("m", "f", "n", "p")

# Of these the order of the words tells who does it and to whom; elsewhere an arrow would accuse.
_DIRECTED = frozenset({"delivery", "aid", "training", "sanctions", "visit_talks", "membership", "diplomacy"})
_BETWEEN = frozenset({"agreement", "visit_talks"})  # a dash, for both take part
# What happens at a place, and at which stages (none: at any). Elsewhere the place in a report may be
# that of its author: sanctions are not imposed "in Mopti", and a ratification happens on paper.
_HAPPENS: Mapping[str, frozenset[str]] = {
    "coup": frozenset(),
    "attack": frozenset(),
    "atrocity": frozenset(),
    "arrest": frozenset(),
    "protest": frozenset(),
    "delivery": frozenset({"arrived", "handed_over", "in_service", "lost"}),
    "aid": frozenset({"delivered"}),
    "deployment": frozenset({"under_way", "done"}),
    "withdrawal": frozenset({"under_way", "completed"}),
    "visit_talks": frozenset({"started", "held"}),
    "training": frozenset({"started", "finished"}),
    "agreement": frozenset({"signed", "initialled"}),
    "project": frozenset({"groundbreaking", "under_construction", "operating", "halted", "seized"}),
}
_NOT_ITS_WORD = frozenset({"atrocity"})  # who stands beside "accused" is no claimant


def statement(mention: Mention, voice: Voice, told_only_by: str = "") -> str:
    """One line: "Arrived in Bamako: a delivery, 11 tanks (T-72), Russia → FAMa".

    Whose word it is stands before it, and so does that it is denied, rumoured or only possible.
    `told_only_by` are the words to begin with where the mention itself is nobody's claim, but only
    one state's media tell it.
    """
    verb, thing = _verb_and_object(mention, voice)
    where = voice.place(mention.places[0]) if _happens_there(mention) else ""
    told = f"{verb} {where}" if where else verb
    said = ", ".join([thing, *_first_figure(mention.figures, voice), *_parties(mention, voice)])
    before = _before(mention, voice) or told_only_by
    if not before:
        return f"{told}{voice.colon} {said}"
    return f"{before}{voice.colon} {told[:1].lower()}{told[1:]} – {said}"


def _happens_there(mention: Mention) -> bool:
    stages = _HAPPENS.get(mention.type)
    if not mention.places or stages is None:
        return False
    on_the_map = mention.places[0].startswith("plc.") or mention.type != "agreement"
    return on_the_map and (not stages or mention.stage in stages)


def claimant(mention: Mention) -> str | None:
    """Id of the party whose word a mention is; None where it is nobody's, or cannot be told."""
    return None if mention.type in _NOT_ITS_WORD else mention.claimed_by


def sides(mention: Mention) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who does it and to whom, as ids; all in the first where the text's order does not tell."""
    if mention.type in _DIRECTED and mention.actors and mention.counterparts:
        return mention.actors, mention.counterparts
    return (*mention.actors, *mention.counterparts), ()


def _before(mention: Mention, voice: Voice) -> str:
    by = claimant(mention)
    match mention.realis:
        case Realis.NEGATED:
            return voice.denies(by) if by else voice.say("denied_word")
        case Realis.RUMOUR:
            return voice.says(by) if by else voice.say("unconfirmed_word")
        case Realis.HYPOTHETICAL:
            return voice.say("possible_word")
    return voice.says(by) if by else ""


def _verb_and_object(mention: Mention, voice: Voice) -> tuple[str, str]:
    stage = mention.stage or ""
    whole = _WHOLE.get((mention.type, stage))
    if whole:
        return voice.pick(whole[0]), voice.pick(whole[1])
    if mention.type == "coup":
        return voice.pick(_inflected(_VERBS.get(stage, _REPORTED), "f", "m")), voice.pick(_COUP)
    thing, french, russian = _OBJECTS.get(mention.type, (_OTHER, "m", "n"))
    return voice.pick(_inflected(_VERBS.get(stage, _REPORTED), french, russian)), voice.pick(thing)


def _inflected(verb: tuple[str, str, str], french: str, russian: str) -> Three:
    en, fr, ru = verb
    if fr not in _FIXED and " " not in fr and fr.endswith(_PARTICIPLE):
        fr += (_ENDS_PLURAL if fr.endswith("s") else _ENDINGS)[french]
    forms = ru.split("/")
    return (en, fr, forms[_PLACES.index(russian)] if len(forms) > 1 else ru)


def _first_figure(figures: Iterable[Figure], voice: Voice) -> list[str]:
    return [voice.figure(figure) for figure in counted(figures) if not figure.earlier][:1]


def counted(figures: Iterable[Figure]) -> list[Figure]:
    """The figures that can be said in every language: others have a bare stem for a unit."""
    return [figure for figure in figures if figure.unit in UNITS]


def _parties(mention: Mention, voice: Voice) -> list[str]:
    first, second = sides(mention)
    if mention.type in _BETWEEN:
        everyone = (*first, *second)
        persons = [name for name in everyone if name.startswith("per.")]
        met = persons if mention.type == "visit_talks" and len(persons) > 1 else [*first[:2], *second[:1]]
        return [_named(met[:3], voice, " – ")] if met else []
    if second:
        return [f"{_named(first[:1], voice)} → {_named(second[:1], voice)}"]
    return [voice.say("named", list=_named(first[:3], voice))] if first else []


def _named(ids: Iterable[str], voice: Voice, between: str = ", ") -> str:
    return between.join(voice.names(name) for name in ids)
