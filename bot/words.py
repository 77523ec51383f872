"""All words of the messages, in English, French and Russian, and how dates and figures are written.

`Voice` is what a message is written with: a language, the labels of the types (they come from
knowledge/types.yaml through the caller), the display names of ids, and a time zone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo

from bot import grammar
from djeli.core.model import Figure, Label, Span
from djeli.core.words import LANGUAGES, figure_words, number, stage_words
from djeli.core.words import Three as _Three
from djeli.core.words import three as _three

EMOJI: Mapping[str, str] = {
    "agreement": "🤝",
    "delivery": "📦",
    "coup": "🚨",
    "government_change": "🏛",
    "visit_talks": "💬",
    "deployment": "🪖",
    "withdrawal": "🚪",
    "attack": "💥",
    "atrocity": "🕯",
    "sanctions": "⛔",
    "membership": "🧩",
    "election": "🗳",
    "project": "🏗",
    "aid": "🌾",
    "protest": "📣",
    "diplomacy": "🌐",
    "arrest": "⚖",
    "training": "🎓",
    "statement": "🎙",
}
OTHER_EMOJI = "🗞"

# A plot that a government says it foiled is no coup: for these stages the word of the type itself
# would already say too much, so the stage speaks alone.
HEADLINES: Mapping[tuple[str, str], _Three] = {
    ("coup", "rumoured"): _three(
        "Rumours about a seizure of power", "Rumeurs de putsch", "Слухи о захвате власти"
    ),
    ("coup", "conspiracy_alleged"): _three(
        "Alleged plot", "Complot présumé", "Сообщение о предполагаемом заговоре"
    ),
    ("coup", "attempt_under_way"): _three(
        "Coup attempt under way", "Tentative de coup d'État en cours", "Попытка переворота продолжается"
    ),
    ("coup", "attempt_failed"): _three(
        "Failed coup attempt", "Tentative de coup d'État échouée", "Неудавшаяся попытка переворота"
    ),
}

LABELS: Mapping[Label, _Three] = {
    Label.UNCONFIRMED: _three("UNCONFIRMED", "NON CONFIRMÉ", "НЕ ПОДТВЕРЖДЕНО"),
    Label.CLAIMED: _three("STATED BY ONE SIDE", "SELON UNE PARTIE", "ПО ЗАЯВЛЕНИЮ СТОРОНЫ"),
    Label.DISPUTED: _three("DISPUTED", "CONTESTÉ", "ОСПАРИВАЕТСЯ"),
    Label.DENIED: _three("DENIED", "DÉMENTI", "ОПРОВЕРГНУТО"),
    Label.REPRINT: _three("REPRINT", "REPRISE", "ПЕРЕПЕЧАТКА"),
}

PHRASES: Mapping[str, _Three] = {
    # cards
    "why_new": _three("Why new", "Pourquoi c'est nouveau", "Почему это новое"),
    "trust": _three("Trust", "Fiabilité", "Надёжность"),
    "update": _three("UPDATE", "SUITE", "ОБНОВЛЕНИЕ"),
    "was": _three("was", "avant", "было"),
    "now": _three("now", "maintenant", "стало"),
    "according_to": _three("according to", "selon", "по данным"),
    "where": _three("Where", "Où", "Где"),
    "when": _three("When", "Quand", "Когда"),
    "who": _three("Who", "Qui", "Кто"),
    "figures": _three("Figures", "Chiffres", "Цифры"),
    "seen": _three("seen", "constaté", "видели"),
    "stated": _three("stated", "annoncé", "сообщается"),
    "claimed": _three("claimed", "revendiqué", "по заявлению"),
    "claimed_by": _three("claimed by {who}", "selon {who}", "по заявлению: {who}"),
    "about": _three("about", "environ", "около"),
    "says": _three("{who} says", "Selon {who}", "По заявлению {who}"),
    "says_many": _three("{who} say", "Selon {who}", "По заявлению {who}"),
    "denies": _three("{who} denies", "Démenti, selon {who}", "Опровержение {who}"),
    "denies_many": _three("{who} deny", "Démenti, selon {who}", "Опровержение {who}"),
    "denied_word": _three("Denied", "Démenti", "Опровергается"),
    "unconfirmed_word": _three("Unconfirmed", "Non confirmé", "Не подтверждено"),
    "possible_word": _three("Possible", "Possible", "Возможно"),
    "named": _three("named: {list}", "dans le texte : {list}", "в тексте: {list}"),
    "told_by": _three("told by", "rapporté par", "сообщают"),
    "no_word_from": _three("no word yet from", "pas encore confirmé par", "пока не подтвердили"),
    "denied_by": _three("denied by", "démenti par", "опровергают"),
    "denial_in": _three("denial told by", "démenti rapporté par", "об опровержении сообщают"),
    "denied_by_none": _three("denied by none", "aucun démenti", "опровержений нет"),
    "state_press": _three("state media ({name})", "médias d'État ({name})", "госСМИ ({name})"),
    "independent_press": _three("independent outlets", "médias indépendants", "независимые издания"),
    "other_press": _three("other outlets", "autres médias", "прочие издания"),
    "only_state_press": _three(
        "State media ({name}) say", "Selon les médias d'État ({name})", "По данным госСМИ ({name})"
    ),
    "closed": _three("Rumour closed", "Rumeur close", "Слух закрыт"),
    "split_off": _three(
        "Split off {story} by hand: a development of its own.",
        "Séparé de {story} à la main : un fait distinct.",
        "Отделено от {story} вручную: отдельное событие.",
    ),
    "reports": _three("Reports", "Articles", "Публикации"),
    "outlet": _three("1 outlet", "1 média", "1 издание"),
    "outlets": _three("{n} outlets", "{n} médias", "изданий: {n}"),
    "origin": _three("1 independent chain", "1 chaîne indépendante", "1 независимая цепочка"),
    "origins": _three("{n} independent chains", "{n} chaînes indépendantes", "независимых цепочек: {n}"),
    "published": _three("Published", "Publié", "Опубликовано"),
    "compared": _three("Compared with", "Comparé à", "Сравнено с"),
    "story": _three("Story", "Dossier", "Сюжет"),
    "must_catch": _three(
        "Must be caught: a replay that loses it fails.",
        "À ne pas manquer : un nouvel examen qui le perd échoue.",
        "Обязательный: пересмотр, который его теряет, считается неудачным.",
    ),
    "more": _three("and {n} more", "et {n} de plus", "и ещё {n}"),
    "repeat": _three("↻ may repeat", "↻ peut-être déjà reçu", "↻ возможно, повтор"),
    "unshown": _three(
        "A message could not be shown in full.",
        "Un message n'a pas pu être affiché en entier.",
        "Сообщение не удалось показать целиком.",
    ),
    # digests
    "digest": _three("Digest", "Résumé", "Сводка"),
    "known": _three(
        "Already known, held back: {n}", "Déjà connu, non signalé : {n}", "Уже известно, не показано: {n}"
    ),
    "quiet": _three(
        "Quiet: nothing new for the digest.",
        "Calme : rien de nouveau pour le résumé.",
        "Тихо: для сводки нового нет.",
    ),
    "counts": _three(
        "articles read {articles} · alerts {alert} · updates {update} · known {known}",
        "articles lus {articles} · alertes {alert} · suites {update} · déjà connus {known}",
        "прочитано статей {articles} · новое {alert} · обновления {update} · известное {known}",
    ),
    "feeds": _three("feeds {n}", "flux {n}", "ленты {n}"),
    "answering": _three("answering {n}", "répondent {n}", "отвечают {n}"),
    "not_looked_at": _three("not looked at yet {n}", "pas encore consultés {n}", "ещё не просмотрены {n}"),
    "not_answering": _three(
        "not answering {n}: {list}", "ne répondent pas {n} : {list}", "не отвечают {n}: {list}"
    ),
    "possible": _three("possible", "possible", "возможно"),
    "not_confirmed": _three("unconfirmed", "non confirmé", "не подтверждено"),
    "slow": _three("slow {n}: {list}", "lents {n} : {list}", "медленные {n}: {list}"),
    "silent": _three("nothing new {n}: {list}", "sans nouveauté {n} : {list}", "ничего нового {n}: {list}"),
    "quarantined": _three(
        "in quarantine {n}: {list}", "en quarantaine {n} : {list}", "в карантине {n}: {list}"
    ),
    "since": _three("since {day}", "depuis le {day}", "с {day}"),
    "causes": _three("Causes of failure", "Causes des échecs", "Причины сбоев"),
    "pending_until": _three(
        "Announced and pending: {n}", "Annoncé et attendu : {n}", "Объявлено и ожидается: {n}"
    ),
    "days_left": _three("in {n} d", "dans {n} j", "через {n} дн."),
    "today": _three("today", "aujourd'hui", "сегодня"),
    "overdue": _three("overdue {n} d", "en retard de {n} j", "просрочено на {n} дн."),
    # the weekly picture
    "picture": _three("Developments by type", "Événements par type", "События по типам"),
    "picture_new": _three("new", "nouveau", "новое"),
    "picture_updates": _three("updates", "suites", "обновления"),
    "picture_counts": _three(
        "new {new} · updates {updates}",
        "nouveaux {new} · suites {updates}",
        "новое {new} · обновления {updates}",
    ),
    "picture_empty": _three(
        "Nothing was told in this time.",
        "Rien n'a été signalé pendant cette période.",
        "За это время сообщений не было.",
    ),
    "other_types": _three("Other types", "Autres types", "Другие типы"),
    # notices
    "feeds_changed": _three("Feeds: what changed", "Flux : ce qui a changé", "Ленты: что изменилось"),
    "feeds_failing": _three("No answer for a day", "Sans réponse depuis un jour", "Сутки не отвечают"),
    "feeds_quarantined": _three(
        "In quarantine, asked once a day",
        "En quarantaine, consultés une fois par jour",
        "В карантине, опрос раз в сутки",
    ),
    "feeds_silent": _three(
        "Answering, but nothing new for unusually long",
        "Répondent, mais rien de nouveau depuis anormalement longtemps",
        "Отвечают, но необычно долго нет нового",
    ),
    "feeds_moved": _three("Moved for good", "Adresse changée définitivement", "Адрес изменился навсегда"),
    "feeds_back": _three("Well again", "Rétablis", "Снова в порядке"),
    # commands
    "start": _three(
        "Djeli is listening. New developments of your watches come here; /help lists the commands.",
        "Djeli écoute. Les nouveautés de vos veilles arrivent ici ; /help donne les commandes.",
        "Djeli слушает. Новое по вашим темам приходит сюда; список команд: /help.",
    ),
    "chat_id": _three("This chat: {id}", "Ce chat : {id}", "Этот чат: {id}"),
    "nothing_recent": _three("Nothing told yet.", "Rien à signaler encore.", "Пока ничего не было."),
    "nothing_found": _three(
        "Nothing found for “{words}”.", "Rien trouvé pour « {words} ».", "По запросу «{words}» ничего нет."
    ),
    "recent": _three("Latest developments", "Derniers développements", "Последние события"),
    "found": _three("Found for “{words}”", "Trouvé pour « {words} »", "Найдено: «{words}»"),
    "no_story": _three("There is no story {id}.", "Il n'y a pas de dossier {id}.", "Сюжета {id} нет."),
    "never_seen": _three(
        "Never seen: {key}. No configured feed has brought it so far.",
        "Jamais vu : {key}. Aucun flux configuré ne l'a apporté.",
        "Не встречалось: {key}. Ни одна из лент этого не приносила.",
    ),
    "left_out": _three(
        "left aside, because it stands on every item of this outlet: {list}",
        "laissé de côté, car présent sur chaque article de ce média : {list}",
        "не учтено, так как стоит под каждой публикацией этого издания: {list}",
    ),
    "decided": _three("Decided", "Décision", "Решение"),
    "watches": _three("Watches", "Veilles", "Наблюдения"),
    "none": _three("none", "aucune", "нет"),
    "facts": _three("Facts", "Faits", "Факты"),
    "told": _three("Told", "Signalé", "Отправлено"),
    "not_told": _three("Not sent to any chat", "Envoyé à aucun chat", "Ни в один чат не отправлено"),
    "sources": _three("Sources", "Sources", "Источники"),
    "accepted_fact": _three(
        "accepted out of what was told, known since {since}",
        "accepté d'après ce qui a été signalé, connu depuis le {since}",
        "принято из сообщённого, известно с {since}",
    ),
    "fact_version": _three("version {n}", "version {n}", "версия {n}"),
    "fact_until": _three("horizon {day}", "horizon {day}", "горизонт {day}"),
    "fact_for_good": _three("for good", "sans limite", "бессрочно"),
    "not_suppressing": _three("does not suppress", "ne supprime pas d'alerte", "не подавляет сообщений"),
    "usage_search": _three(
        "Say what to look for: /search Kidal convoy",
        "Dites quoi chercher : /search convoi Kidal",
        "Укажите слова: /search Кидаль колонна",
    ),
    "usage_story": _three(
        "Say which story: /story S17", "Dites quel dossier : /story S17", "Укажите сюжет: /story S17"
    ),
    "usage_why": _three(
        "Give an address, an article id or a story: /why https://… or /why S17",
        "Donnez une adresse, un article ou un dossier : /why https://… ou /why S17",
        "Укажите адрес, статью или сюжет: /why https://… или /why S17",
    ),
    "usage_known": _three(
        "Say what to look up: /known T-72 or /known F142",
        "Dites quoi chercher : /known T-72 ou /known F142",
        "Укажите, что искать: /known Т-72 или /known F142",
    ),
    "failed": _three(
        "This did not work; the log says why.",
        "Cela n'a pas marché ; le journal dit pourquoi.",
        "Не получилось; причина в журнале.",
    ),
    # status
    "status": _three("Status", "État", "Состояние"),
    "running_since": _three("running since", "en marche depuis le", "работает с"),
    "last_poll": _three("last heard from Telegram", "dernier contact Telegram", "последний ответ Telegram"),
    "last_sent": _three("last message", "dernier message", "последнее сообщение"),
    "never": _three("never", "jamais", "никогда"),
    "ago": _three("{time} ago", "il y a {time}", "{time} назад"),
    "owed": _three("Owed", "À envoyer", "В очереди"),
    "pending": _three("pending", "en attente", "ждут"),
    "uncertain": _three("uncertain", "incertains", "неясно"),
    "dead": _three("given up", "abandonnés", "отклонены"),
    "unreachable": _three("not reachable", "injoignable", "недоступен"),
    "next_run": _three("next look", "prochain passage", "следующий обход"),
    "database": _three("database", "base", "база"),
    "free": _three("free on disk", "libre sur disque", "свободно на диске"),
    "backup": _three("backup", "sauvegarde", "копия"),
    "strangers": _three("strangers ignored", "inconnus ignorés", "чужих без ответа"),
    "missed": _three("runs missed", "passages manqués", "пропущено обходов"),
    # delivery: pairing, storms, what was given up
    "paired": _three(
        "This chat is paired. It follows: {watches}. Digest: {digest}. Quiet, except for what is critical: "
        "{quiet} ({zone}). Other hours and watches: a [[chat]] with id = {id} in djeli.toml.",
        "Ce chat est associé. Il suit : {watches}. Résumé : {digest}. Silence, sauf pour le critique : "
        "{quiet} ({zone}). Autres heures et veilles : un [[chat]] avec id = {id} dans djeli.toml.",
        "Чат подключён. Наблюдения: {watches}. Сводка: {digest}. Тихие часы, кроме критического: "
        "{quiet} ({zone}). Другие часы и наблюдения: [[chat]] с id = {id} в djeli.toml.",
    ),
    "you_are_admin": _three(
        "You may change things: your user id is {id}.",
        "Vous pouvez modifier les réglages : votre identifiant est {id}.",
        "Вы можете менять настройки: ваш id — {id}.",
    ),
    "paired_elsewhere": _three(
        "Chat {id} ({name}) was paired by {who} and is told from now on. If that is wrong: "
        "djeli chats remove {id}",
        "Le chat {id} ({name}) a été associé par {who} et reçoit désormais les messages. Si c'est une "
        "erreur : djeli chats remove {id}",
        "Чат {id} ({name}) подключил(а) {who}; теперь он получает сообщения. Если это ошибка: "
        "djeli chats remove {id}",
    ),
    "packed": _three(
        "{n} developments in one message, so as not to send more than {most} in an hour",
        "{n} nouveautés en un seul message, pour ne pas en envoyer plus de {most} par heure",
        "Событий: {n} — в одном сообщении, чтобы не слать больше {most} в час",
    ),
    "storm": _three(
        "More than {most} cards in an hour. The rest comes in one message after {at}; what is critical comes "
        "at once.",
        "Plus de {most} alertes en une heure. Le reste viendra en un seul message après {at} ; le critique "
        "arrive aussitôt.",
        "Больше {most} сообщений за час. Остальное придёт одним сообщением после {at}; критическое — сразу.",
    ),
    "given_up": _three("Given up", "Abandonnés", "Не отправлено"),
    "nobody": _three("somebody without a name", "quelqu'un sans nom", "кто-то без имени"),
}

DECISIONS: Mapping[str, _Three] = {
    "alert": _three("alert: pushed at once", "alerte : envoyée aussitôt", "новое: отправляется сразу"),
    "update": _three("update: pushed at once", "suite : envoyée aussitôt", "обновление: отправляется сразу"),
    "merge": _three(
        "same story: source added", "même dossier : source ajoutée", "тот же сюжет: добавлен источник"
    ),
    "digest": _three("digest", "résumé", "в сводку"),
    "known": _three("known: held back", "connu : non signalé", "известно: не отправлено"),
    "ignore": _three("off the beat", "hors sujet", "не по теме"),
}

# Why feeds give nothing, by Failure.code.
CAUSES: Mapping[str, _Three] = {
    "dns": _three("unknown host", "nom de site inconnu", "имя сайта неизвестно"),
    "connect": _three("no connection", "pas de connexion", "нет соединения"),
    "timeout": _three("no answer in time", "pas de réponse à temps", "нет ответа вовремя"),
    "http": _three("HTTP error", "erreur HTTP", "ошибка HTTP"),
    "too_big": _three("too large", "trop volumineux", "слишком большой ответ"),
    "bad_encoding": _three("wrongly packed", "compression illisible", "сжатие не читается"),
    "not_a_feed": _three("no feed there", "pas de flux à l'adresse", "по адресу нет ленты"),
    "parse": _three("broken document", "document défectueux", "документ испорчен"),
    "blocked_address": _three("private address", "adresse privée", "частный адрес"),
    "bad_address": _three("malformed address", "adresse mal formée", "неверный адрес"),
    "redirects": _three("redirected astray", "redirection sans issue", "перенаправление в никуда"),
    "unreadable": _three("stops its reader", "bloque la lecture", "останавливает чтение"),
}

# What to do about a feed, by what is wrong with it.
FIXES: Mapping[str, _Three] = {
    "moved": _three(
        "it is at {url} now: `djeli feeds move {feed}`",
        "il est désormais à {url} : `djeli feeds move {feed}`",
        "теперь она по адресу {url}: `djeli feeds move {feed}`",
    ),
    "instead": _three(
        "its page names {url}: `djeli feeds move {feed}` tries it and takes it",
        "sa page indique {url} : `djeli feeds move {feed}` l'essaie et le prend",
        "его страница называет {url}: `djeli feeds move {feed}` проверит и возьмёт её",
    ),
    "gone": _three(
        "it says that it is gone for good: `djeli feeds remove {feed}`",
        "il se dit supprimé pour de bon : `djeli feeds remove {feed}`",
        "сообщает, что удалена навсегда: `djeli feeds remove {feed}`",
    ),
    "find": _three(
        "look for its new address: `djeli feeds add {site}`",
        "cherchez sa nouvelle adresse : `djeli feeds add {site}`",
        "найдите новый адрес: `djeli feeds add {site}`",
    ),
    "refused": _three(
        "the site turns programs away: ask it for access, or watch another outlet",
        "le site refuse les programmes : demandez-lui l'accès, ou suivez un autre média",
        "сайт не пускает программы: попросите доступ или следите за другим изданием",
    ),
    "often": _three(
        'ask it less often: every = "2h"',
        'consultez-le moins souvent : every = "2h"',
        'опрашивайте реже: every = "2h"',
    ),
    "theirs": _three(
        "trouble of the site itself: nothing to do but wait",
        "le site a ses propres ennuis : il n'y a qu'à attendre",
        "неполадки на самом сайте: остаётся ждать",
    ),
    "dns": _three(
        "check the spelling of its host; if the site is gone, remove it",
        "vérifiez le nom du site ; s'il n'existe plus, retirez le flux",
        "проверьте имя сайта; если сайта больше нет, уберите ленту",
    ),
    "away": _three(
        "open it in a browser; if that fails, too, wait or remove it",
        "ouvrez-le dans un navigateur ; en cas d'échec, attendez ou retirez-le",
        "откройте её в браузере; если не выходит, подождите или уберите",
    ),
    "private": _three(
        "if the network is yours, name it in [fetch] allow_private",
        "si le réseau est à vous, nommez-le dans [fetch] allow_private",
        "если сеть ваша, укажите её в [fetch] allow_private",
    ),
    "address": _three(
        "correct its address in djeli.toml",
        "corrigez son adresse dans djeli.toml",
        "исправьте её адрес в djeli.toml",
    ),
    "broken": _three(
        "the document is broken: tell the outlet, or look for another feed: `djeli feeds add {site}`",
        "le document est défectueux : prévenez le média, ou cherchez-en un autre : `djeli feeds add {site}`",
        "документ испорчен: сообщите изданию или найдите другую ленту: `djeli feeds add {site}`",
    ),
    "silent": _three(
        "if the site goes on publishing, its feed has another address: `djeli feeds add {site}`",
        "si le site publie encore, son flux a une autre adresse : `djeli feeds add {site}`",
        "если сайт публикует новое, у ленты другой адрес: `djeli feeds add {site}`",
    ),
}

# fmt: off
_MONTHS: Mapping[str, tuple[str, ...]] = {
    "en": ("January", "February", "March", "April", "May", "June",
           "July", "August", "September", "October", "November", "December"),
    "fr": ("janvier", "février", "mars", "avril", "mai", "juin",
           "juillet", "août", "septembre", "octobre", "novembre", "décembre"),
    "ru": ("января", "февраля", "марта", "апреля", "мая", "июня",
           "июля", "августа", "сентября", "октября", "ноября", "декабря"),
}
_MONTHS_ALONE = ("январь", "февраль", "март", "апрель", "май", "июнь",
                 "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь")  # fmt: skip
_SHORT_MONTHS: Mapping[str, tuple[str, ...]] = {
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    "fr": ("janv.", "févr.", "mars", "avr.", "mai", "juin",
           "juil.", "août", "sept.", "oct.", "nov.", "déc."),
    "ru": ("янв.", "фев.", "мар.", "апр.", "мая", "июн.",
           "июл.", "авг.", "сен.", "окт.", "ноя.", "дек."),
}
# fmt: on
_SIZES: Mapping[str, tuple[str, ...]] = {
    "en": ("B", "KB", "MB", "GB", "TB"),
    "fr": ("o", "Ko", "Mo", "Go", "To"),
    "ru": ("Б", "КБ", "МБ", "ГБ", "ТБ"),
}
_TIMES: Mapping[str, tuple[str, ...]] = {
    "en": ("s", "min", "h", "d"),
    "fr": ("s", "min", "h", "j"),
    "ru": ("с", "мин", "ч", "дн"),
}


# Named after a person: Mi-8, but T-72.
_DESIGNERS = frozenset({"mi", "ka", "su", "an", "il", "tu", "yak", "be"})
_FRENCH_SPACE = re.compile(" (?=[:;?!])")  # narrow, and no line is broken there


def fold(text: str) -> str:
    """Text as commands compare it: no case, no accents, ё as е; й stays a letter of its own."""
    kept = unicodedata.normalize("NFKC", text).casefold().replace("ё", "е").replace("й", "\ue000")
    bare = "".join(c for c in unicodedata.normalize("NFD", kept) if not unicodedata.combining(c))
    return " ".join(bare.replace("\ue000", "й").split())


def _same(name: str) -> str:
    return name


@dataclass(frozen=True, slots=True)
class Voice:
    """How one chat is spoken to.

    `type_label` maps type id → language → label (as `label` in knowledge/types.yaml); `names` maps
    an id of an actor, place or outlet to its display name, and an unknown id to itself. `places` and
    `speakers` give the same names as grammar asks for beside "in" and "says".
    """

    language: str = "en"
    type_label: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    names: Callable[[str], str] = _same
    zone: tzinfo = UTC
    places: Callable[[str], str] | None = None  # "in Bamako"; absent: "(Bamako)"
    speakers: Callable[[str], str] | None = None  # as the words for "says" ask for; absent: the name

    def pick(self, three: _Three) -> str:
        """The one of three wordings that is in this language (English for any other)."""
        words = three[LANGUAGES.index(self.language)] if self.language in LANGUAGES else three[0]
        return _FRENCH_SPACE.sub("\u202f", words) if self.language == "fr" else words

    def say(self, key: str, /, **values: object) -> str:
        """A phrase by its key, with its blanks filled in."""
        return self.pick(PHRASES[key]).format(**values)

    def head(self, key: str) -> str:
        """A phrase that something follows: "Trust:", in French "Fiabilité :" with its narrow space."""
        return self.say(key) + self.colon

    @property
    def colon(self) -> str:
        """A colon as the language sets it."""
        return "\u202f:" if self.language == "fr" else ":"

    def place(self, id_: str) -> str:
        """Where something is: "in Bamako"."""
        return self.places(id_) if self.places else f"({self.names(id_)})"

    def says(self, id_: str) -> str:
        """Whose word it is: "Moscow says", «Selon Moscou», «По заявлению Москвы»."""
        return self._spoken("says", id_)

    def denies(self, id_: str) -> str:
        """Who denies it: "Rosatom denies", «Démenti, selon Rosatom», «Опровержение Росатома»."""
        return self._spoken("denies", id_)

    def side(self, side: str) -> str:
        """Who a side is: "state media (Russia)", "independent outlets" (see bot.cards.Trust)."""
        kind, _, country = side.partition(":")
        return self.say(f"{kind}_press", name=self.names(country))

    def _spoken(self, key: str, id_: str) -> str:
        who = self.speakers(id_) if self.speakers else self.names(id_)
        key += "_many" if self.language == "en" and grammar.many(who) else ""
        return self.say(key, who=who)

    def type(self, type_id: str) -> str:
        """Label of a type of development; its id in plain letters when it has none."""
        labels = self.type_label.get(type_id, {})
        return labels.get(self.language) or labels.get("en") or type_id.replace("_", " ").capitalize()

    def stage(self, stage: str | None, type_id: str | None = None) -> str:
        """Word for a stage of a type, or the given text itself when it is no stage ("9 officers")."""
        if not stage:
            return ""
        words = stage_words(stage, type_id)
        return self.pick(words) if words else stage.replace("_", " ")

    def kind(self, type_id: str, stage: str | None) -> str:
        """What happened in general: the label of the type, or what may be said instead of it."""
        special = HEADLINES.get((type_id, stage or ""))
        return self.pick(special) if special else self.type(type_id)

    def headline(self, type_id: str, stage: str | None) -> str:
        """Type and stage in a few words: "Delivery · arrived", "Alleged plot"."""
        if (type_id, stage or "") in HEADLINES or not stage:
            return self.kind(type_id, stage)
        return f"{self.type(type_id)} · {self.stage(stage, type_id)}"

    def label(self, label: Label) -> str:
        """The label in capitals, as it stands in the first line of a card."""
        return self.pick(LABELS[label])

    def day(self, day: date) -> str:
        """8 February 2027, 8 février 2027, 8 февраля 2027."""
        language = self.language if self.language in LANGUAGES else "en"
        number = "1er" if language == "fr" and day.day == 1 else str(day.day)
        return f"{number} {_MONTHS[language][day.month - 1]} {day.year}"

    def short_day(self, day: date) -> str:
        """8 Feb, 8 févr., 8 фев."""
        language = self.language if self.language in LANGUAGES else "en"
        return f"{day.day} {_SHORT_MONTHS[language][day.month - 1]}"

    def span(self, span: Span) -> str:
        """One day, or two days with a dash between them: 9–10 February 2027."""
        if span.start == span.end:
            return self.day(span.start)
        if (span.start.year, span.start.month) == (span.end.year, span.end.month):
            number, _, rest = self.day(span.start).partition(" ")
            return f"{number}–{span.end.day} {rest}"
        return f"{self.day(span.start)} – {self.day(span.end)}"

    def month(self, day: date) -> str:
        """February 2027, février 2027, февраль 2027."""
        months = _MONTHS_ALONE if self.language == "ru" else _MONTHS.get(self.language, _MONTHS["en"])
        return f"{months[day.month - 1]} {day.year}"

    def moment(self, at: datetime) -> str:
        """Day and minute in the chat's zone."""
        local = at.astimezone(self.zone)
        return f"{self.day(local.date())}, {local:%H:%M}"

    def lasting(self, time: timedelta) -> str:
        """A length of time in its largest whole unit: 45 s, 12 min, 3 h, 9 d."""
        language = self.language if self.language in LANGUAGES else "en"
        seconds = max(0, int(time.total_seconds()))
        for place, size in ((3, 86_400), (2, 3_600), (1, 60)):
            if seconds >= size:
                return f"{seconds // size} {_TIMES[language][place]}"
        return f"{seconds} {_TIMES[language][0]}"

    def ago(self, at: datetime | None, now: datetime) -> str:
        """How long ago something was, or "never"."""
        return self.say("ago", time=self.lasting(now - at)) if at else self.say("never")

    def size(self, count: int) -> str:
        """Bytes in their largest unit, decimal: 12 MB."""
        names = _SIZES[self.language if self.language in LANGUAGES else "en"]
        value, place = float(count), 0
        while value >= 1_000 and place < len(names) - 1:
            value, place = value / 1_000, place + 1
        return f"{value:.0f} {names[place]}" if value >= 10 or not place else f"{value:.1f} {names[place]}"

    def number(self, value: float) -> str:
        """1,234.5 in English, 1 234,5 in French and Russian."""
        return number(value, self.language)

    def figure(self, figure: Figure) -> str:
        """Quantity, unit and what it counts: "about 11 tanks (T-72)", «танки: около 11 (Т-72)»."""
        about = _model(self.names(figure.about)) if figure.about else None
        return figure_words(figure, self.language, about)

    def outlets(self, count: int, origins: int) -> str:
        """ "3 outlets, 1 independent chain"."""
        first = self.say("outlet") if count == 1 else self.say("outlets", n=count)
        second = self.say("origin") if origins == 1 else self.say("origins", n=origins)
        return f"{first}, {second}"


def _model(name: str) -> str:
    """A model of a weapon as it is written: t-72 is T-72, mi-8 is Mi-8; any other name stays."""
    letters, dash, number = name.partition("-")
    if name != name.lower() or not dash or not number[:1].isdigit():
        return name
    return f"{letters.capitalize() if letters in _DESIGNERS else letters.upper()}-{number.upper()}"


def type_of(words: str, voice: Voice) -> str | None:
    """The type that somebody means, by its id or its label in any language, in any case or accent."""
    wanted = fold(words)
    for type_id, labels in voice.type_label.items():
        if wanted in (fold(name) for name in (type_id, type_id.replace("_", " "), *labels.values())):
            return type_id
    return None


def story_key(words: str) -> str:
    """ "s17" and "С17" (typed in Cyrillic) are S17; anything else stays as it is."""
    word = words.strip()
    numbered = re.fullmatch(r"[sSсС]\s*(\d+)", word)
    return f"S{numbered.group(1)}" if numbered else word
