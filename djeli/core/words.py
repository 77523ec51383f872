"""Words of developments in the three languages of the messages: stages, units, figures.

Two rooms say them, the one that gives reasons and the one that writes cards, so they live here.
"""

from __future__ import annotations

from collections.abc import Mapping

from djeli.core.model import Figure

LANGUAGES = ("en", "fr", "ru")
Three = tuple[str, str, str]


def three(en: str, fr: str, ru: str) -> Three:
    """One expression in the three languages."""
    return (en, fr, ru)


def said(words: Three, lang: str) -> str:
    """The expression in one language, in English for any other."""
    return words[LANGUAGES.index(lang)] if lang in LANGUAGES else words[0]


STAGES: Mapping[str, Three] = {
    "agreed": three("agreed", "convenu", "согласовано"),
    "alleged": three("alleged", "allégué", "по утверждениям"),
    "announced": three("announced", "annoncé", "объявлено"),
    "arrested": three("arrested", "arrêté", "задержан"),
    "arrived": three("arrived", "arrivé", "прибыло"),
    "attempt_failed": three("attempt failed", "tentative échouée", "попытка провалилась"),
    "attempt_under_way": three("attempt under way", "tentative en cours", "попытка продолжается"),
    "banned": three("banned", "interdit", "запрещено"),
    "called": three("called", "appel lancé", "призыв"),
    "cancelled": three("cancelled", "annulé", "отменено"),
    "charged": three("charged", "inculpé", "предъявлено обвинение"),
    "claimed": three("claimed", "revendiqué", "взята ответственность"),
    "completed": three("completed", "achevé", "завершено"),
    "confirmed": three("confirmed", "confirmé", "подтверждено"),
    "conspiracy_alleged": three("alleged plot", "complot présumé", "предполагаемый заговор"),
    "convicted": three("convicted", "condamné", "осуждён"),
    "delayed": three("delayed", "reporté", "перенесено"),
    "delivered": three("delivered", "livré", "доставлено"),
    "demanded": three("demanded", "exigé", "требование"),
    "denied": three("denied", "démenti", "опровергнуто"),
    "dispersed": three("dispersed", "dispersé", "разогнано"),
    "done": three("done", "fait", "состоялось"),
    "eased": three("eased", "allégé", "смягчено"),
    "effective": three("in effect", "effectif", "вступило в силу"),
    "established": three("established", "établi", "установлено"),
    "extended": three("extended", "prolongé", "продлено"),
    "finished": three("finished", "terminé", "завершено"),
    "groundbreaking": three("ground broken", "première pierre", "закладка"),
    "halted": three("halted", "à l'arrêt", "остановлено"),
    "handed_over": three("handed over", "remis", "передано"),
    "held": three("held", "tenu", "состоялось"),
    "imposed": three("imposed", "imposé", "введено"),
    "in_force": three("in force", "en vigueur", "действует"),
    "in_service": three("in service", "en service", "в строю"),
    "in_transit": three("in transit", "en transit", "в пути"),
    "initialled": three("initialled", "paraphé", "парафировано"),
    "investigated": three("under investigation", "enquête ouverte", "расследуется"),
    "licensed": three("licensed", "permis accordé", "лицензия выдана"),
    "lifted": three("lifted", "levé", "снято"),
    "lost": three("lost", "perdu", "потеряно"),
    "mooted": three("mooted", "évoqué", "обсуждается"),
    "negotiated": three("negotiated", "négocié", "переговоры"),
    "notified": three("notified", "notifié", "уведомление направлено"),
    "operating": three("operating", "en exploitation", "работает"),
    "ordered": three("ordered", "commandé", "заказано"),
    "over": three("over", "terminé", "закончено"),
    "pledged": three("pledged", "promis", "обещано"),
    "postponed": three("postponed", "reporté", "отложено"),
    "ratified": three("ratified", "ratifié", "ратифицировано"),
    "readmitted": three("readmitted", "réadmis", "восстановлено"),
    "realized": three("power seized", "pouvoir renversé", "власть захвачена"),
    "realized_provisional": three(
        "power seized, not settled", "pouvoir renversé, issue incertaine", "власть захвачена, исход неясен"
    ),
    "released": three("released", "libéré", "освобождён"),
    "repeated": three("repeated", "répété", "повторено"),
    "reported": three("reported", "signalé", "сообщается"),
    "requested": three("requested", "demandé", "запрошено"),
    "result": three("result", "résultat", "результат"),
    "retracted": three("retracted", "retiré", "отозвано"),
    "reversed": three("reversed", "revenu en arrière", "отменено"),
    "rumoured": three("rumoured", "rumeur", "по слухам"),
    "said": three("said", "déclaré", "заявлено"),
    "scheduled": three("scheduled", "programmé", "назначено"),
    "seized": three("seized", "saisi", "изъято"),
    "shipped": three("shipped", "expédié", "отправлено"),
    "signed": three("signed", "signé", "подписано"),
    "started": three("started", "commencé", "началось"),
    "submitted_for_ratification": three("before parliament", "soumis à ratification", "на ратификации"),
    "suspended": three("suspended", "suspendu", "приостановлено"),
    "terminated": three("terminated", "dénoncé", "расторгнуто"),
    "threatened": three("threatened", "menacé", "угроза"),
    "tried": three("on trial", "jugé", "под судом"),
    "under_construction": three("under construction", "en construction", "строится"),
    "under_way": three("under way", "en cours", "идёт"),
}

# French and Russian where the stage agrees with the label of its type: « Livraison · arrivée ».
_AGREEING: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "delivery": {
        "announced": ("annoncée", "объявлена"),
        "arrived": ("arrivée", "прибыла"),
        "handed_over": ("remise", "передана"),
        "lost": ("perdue", "потеряна"),
        "ordered": ("commandée", "заказана"),
        "shipped": ("expédiée", "отправлена"),
    },
    "government_change": {
        "announced": ("annoncé", "объявлена"),
        "done": ("effectué", "состоялась"),
        "reversed": ("annulé", "отменена"),
    },
    "visit_talks": {
        "announced": ("annoncée", "объявлен"),
        "cancelled": ("annulée", "отменён"),
        "held": ("effectuée", "состоялся"),
        "postponed": ("reportée", "отложен"),
        "started": ("commencée", "начался"),
    },
    "deployment": {"done": ("effectué", "состоялось")},
    "withdrawal": {
        "announced": ("annoncé", "объявлен"),
        "completed": ("achevé", "завершён"),
        "reversed": ("annulé", "отменён"),
    },
    "attack": {
        "claimed": ("revendiquée", "взята ответственность"),
        "confirmed": ("confirmée", "подтверждено"),
        "over": ("terminée", "закончено"),
        "reported": ("signalée", "сообщается"),
    },
    "sanctions": {
        "eased": ("allégées", "смягчены"),
        "extended": ("prolongées", "продлены"),
        "imposed": ("imposées", "введены"),
        "lifted": ("levées", "сняты"),
        "threatened": ("brandies", "угроза"),
    },
    "membership": {
        "announced": ("annoncée", "объявлено"),
        "effective": ("effective", "вступило в силу"),
        "notified": ("notifiée", "уведомление направлено"),
        "readmitted": ("rétablie", "восстановлено"),
        "requested": ("demandée", "запрошено"),
        "reversed": ("annulée", "отменено"),
        "suspended": ("suspendue", "приостановлено"),
    },
    "election": {
        "announced": ("annoncée", "объявлены"),
        "cancelled": ("annulée", "отменены"),
        "delayed": ("reportée", "перенесены"),
        "held": ("tenue", "состоялись"),
        "scheduled": ("programmée", "назначены"),
    },
    "project": {
        "agreed": ("convenu", "согласован"),
        "cancelled": ("annulé", "отменён"),
        "halted": ("à l'arrêt", "остановлен"),
        "seized": ("saisi", "изъят"),
    },
    "aid": {
        "agreed": ("convenue", "согласована"),
        "delivered": ("livrée", "доставлена"),
        "pledged": ("promise", "обещана"),
        "shipped": ("expédiée", "отправлена"),
        "suspended": ("suspendue", "приостановлена"),
    },
    "protest": {
        "banned": ("interdite", "запрещён"),
        "dispersed": ("dispersée", "разогнан"),
        "held": ("tenue", "состоялся"),
    },
    "diplomacy": {
        "announced": ("annoncée", "объявлен"),
        "done": ("effective", "состоялся"),
        "reversed": ("annulée", "отменён"),
        "threatened": ("brandie", "угроза"),
    },
    "training": {
        "announced": ("annoncée", "объявлена"),
        "finished": ("terminée", "завершена"),
        "started": ("commencée", "началась"),
    },
    "statement": {
        "repeated": ("répétée", "повторено"),
        "retracted": ("retirée", "отозвано"),
        "said": ("faite", "сделано"),
    },
}


def stage_words(stage: str, kind: str | None = None) -> Three | None:
    """A stage in the three languages, agreeing with the label of a type; None for what is no stage."""
    words = STAGES.get(stage)
    agreeing = _AGREEING.get(kind or "", {}).get(stage)
    return three(words[0], *agreeing) if words and agreeing else words


UNITS: Mapping[str, Three] = {
    "agreements": three("agreements", "accords", "соглашения"),
    "aircraft": three("aircraft", "aéronefs", "летательные аппараты"),
    "arrests": three("arrests", "arrestations", "задержания"),
    "barrels": three("barrels", "barils", "баррели"),
    "civilians": three("civilians", "civils", "гражданские"),
    "companies": three("companies", "entreprises", "компании"),
    "days": three("days", "jours", "дни"),
    "dead": three("dead", "morts", "погибшие"),
    "drones": three("drones", "drones", "беспилотники"),
    "eur": three("euros", "euros", "евро"),
    "fighters": three("fighters", "combattants", "боевики"),
    "flights": three("flights", "vols", "рейсы"),
    "helicopters": three("helicopters", "hélicoptères", "вертолёты"),
    "hostages": three("hostages", "otages", "заложники"),
    "instructors": three("instructors", "instructeurs", "инструкторы"),
    "kg": three("kg", "kg", "кг"),
    "km": three("km", "km", "км"),
    "litres": three("litres", "litres", "литры"),
    "megawatts": three("MW", "MW", "МВт"),
    "months": three("months", "mois", "месяцы"),
    "officers": three("officers", "officiers", "офицеры"),
    "ounces": three("ounces", "onces", "унции"),
    "people": three("people", "personnes", "люди"),
    "percent": three("%", "%", "%"),
    "prisoners": three("prisoners", "prisonniers", "пленные"),
    "rub": three("roubles", "roubles", "рубли"),
    "scholarships": three("scholarships", "bourses", "стипендии"),
    "ships": three("boats", "bateaux", "суда"),
    "soldiers": three("soldiers", "soldats", "военные"),
    "states": three("states", "États", "государства"),
    "students": three("students", "étudiants", "студенты"),
    "tanks": three("tanks", "chars", "танки"),
    "tonnes": three("tonnes", "tonnes", "тонны"),
    "trucks": three("trucks", "camions", "грузовики"),
    "units": three("units", "unités", "единицы"),
    "usd": three("USD", "USD", "долл. США"),
    "vehicles": three("vehicles", "véhicules", "машины"),
    "villages": three("villages", "villages", "деревни"),
    "votes": three("votes", "voix", "голоса"),
    "wounded": three("wounded", "blessés", "раненые"),
    "xof": three("CFA francs", "francs CFA", "франки КФА"),
    "years": three("years", "ans", "годы"),
}

# Units of one, in English and French, where they are not written as those of several.
_OF_ONE: Mapping[str, tuple[str, str]] = {
    "agreements": ("agreement", "accord"),
    "aircraft": ("aircraft", "aéronef"),
    "arrests": ("arrest", "arrestation"),
    "barrels": ("barrel", "baril"),
    "civilians": ("civilian", "civil"),
    "companies": ("company", "entreprise"),
    "days": ("day", "jour"),
    "dead": ("dead", "mort"),
    "drones": ("drone", "drone"),
    "eur": ("euro", "euro"),
    "fighters": ("fighter", "combattant"),
    "flights": ("flight", "vol"),
    "helicopters": ("helicopter", "hélicoptère"),
    "hostages": ("hostage", "otage"),
    "instructors": ("instructor", "instructeur"),
    "litres": ("litre", "litre"),
    "months": ("month", "mois"),
    "officers": ("officer", "officier"),
    "ounces": ("ounce", "once"),
    "people": ("person", "personne"),
    "prisoners": ("prisoner", "prisonnier"),
    "rub": ("rouble", "rouble"),
    "scholarships": ("scholarship", "bourse"),
    "ships": ("boat", "bateau"),
    "soldiers": ("soldier", "soldat"),
    "states": ("state", "État"),
    "students": ("student", "étudiant"),
    "tanks": ("tank", "char"),
    "tonnes": ("tonne", "tonne"),
    "trucks": ("truck", "camion"),
    "units": ("unit", "unité"),
    "vehicles": ("vehicle", "véhicule"),
    "villages": ("village", "village"),
    "votes": ("vote", "voix"),
    "wounded": ("wounded", "blessé"),
    "xof": ("CFA franc", "franc CFA"),
    "years": ("year", "an"),
}

_ABOUT = three("about", "environ", "около")


def number(value: float, lang: str) -> str:
    """1,234.5 in English, 1 234,5 in French and Russian."""
    text = f"{value:,.2f}".rstrip("0").rstrip(".")
    if lang in ("fr", "ru"):
        text = text.replace(",", " ").replace(".", ",")
    return text


def figure_words(figure: Figure, lang: str, about: str | None = None) -> str:
    """Quantity, unit and what it counts: "about 11 tanks (T-72)", «танки: около 11 (Т-72)».

    `about` is the display name of what is counted, when there is one. An unknown unit stands as it is.
    """
    amount = number(figure.value, lang)
    if figure.high is not None:
        amount = f"{amount}–{number(figure.high, lang)}"
    if figure.approximate:
        amount = f"{said(_ABOUT, lang)} {amount}"
    unit = _unit(figure, lang)
    of = f" ({about})" if about else ""
    if lang == "ru" and unit != "%":  # spares the plural forms of Russian
        return f"{unit}: {amount}{of}"
    return f"{amount} {unit}{of}".strip()


def moved_to(was: str, now: str) -> str:
    """What a figure came to, without the unit that what it was has named: «погибшие: 17 → 25»."""
    unit, mark, rest = now.partition(": ")
    return rest if mark and was.startswith(f"{unit}: ") else now


def _unit(figure: Figure, lang: str) -> str:
    """The unit of a figure, of one or of several; an unknown one as it is. In French 1.5 is still one."""
    most = figure.value if figure.high is None else figure.high
    if figure.unit in _OF_ONE and (most == 1 if lang == "en" else lang == "fr" and most < 2):
        return _OF_ONE[figure.unit][LANGUAGES.index(lang)]
    return said(UNITS[figure.unit], lang) if figure.unit in UNITS else figure.unit
