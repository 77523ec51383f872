"""What commands and buttons say, in English, French and Russian."""

from __future__ import annotations

from collections.abc import Mapping

from bot.words import Voice
from djeli.core.model import MuteKind
from djeli.core.words import Three, three

BUTTONS: Mapping[str, Three] = {
    "why": three("Why?", "Pourquoi ?", "Почему?"),
    "story": three("Story", "Dossier", "Сюжет"),
    "mute": three("Mute", "Silence", "Заглушить"),
    "useful": three("Useful", "Utile", "Полезно"),
    "known": three("Already knew", "Déjà su", "Уже знали"),
    "no_event": three("Not an event", "Non-événement", "Не событие"),
    "split": three("Split: not the same event", "Séparer : autre événement", "Разделить: это другое событие"),
    "back": three("‹ Back", "‹ Retour", "‹ Назад"),
    "lift": three("Lift", "Lever", "Снять"),
    "accept": three("Accept", "Accepter", "Принять"),
    "drop": three("Drop", "Rejeter", "Отклонить"),
    "undo": three("Undo", "Annuler", "Отменить"),
}

# Usual words for the types, beside their ids and labels; with the plurals and case forms people type.
TYPE_WORDS: Mapping[str, tuple[str, ...]] = {
    type_id: tuple(words.split("|"))
    for type_id, words in {
        "agreement": "agreements|deal|deals|treaty|treaties|accords|traité|traités|contrat|contrats"
        "|соглашения|договор"
        "|договоры|договора|соглашений",
        "delivery": "deliveries|shipment|shipments|convoy|livraisons|поставки|поставок|поставку|доставка",
        "coup": "coups|putsch|coup d’etat|coups d’état|перевороты|переворота|путч|путчи",
        "government_change": "government|governments|reshuffle|power change|change of power|gouvernement"
        "|remaniement|changement de gouvernement|правительство|отставка|отставки|перестановки",
        "visit_talks": "visit|visits|talks|meeting|meetings|visite|visites|entretien|entretiens|rencontre"
        "|négociations|визит|визиты|визита|переговоры|переговоров|встреча|встречи",
        "deployment": "deployments|troops|déploiements|развертывание|развертывания|размещение",
        "withdrawal": "withdrawals|retraits|retrait de troupes|выводы|вывод войск|отвод",
        "attack": "attacks|clash|clashes|fighting|attaque|attaques|combat|combats|attentat|attentats"
        "|нападение"
        "|нападения|атака|атаки|атак|бой|бои|боёв|теракт|теракты",
        "atrocity": "atrocities|abuse|abuses|massacre|massacres|exaction|exactions|бойня|убийства|зверства"
        "|массовые убийства|расправа|расправы",
        "sanctions": "sanction|санкция|санкций",
        "membership": "memberships|accession|adhésion|adhésions|вступление|выход|членства",
        "election": "elections|vote|referendum|élection|élections|référendum|scrutin|выборы|выборов"
        "|референдум",
        "project": "projects|mining|mine|mines|energy|projet|projets|projet minier|énergie|проект"
        "|проекты|добыча"
        "|энергетика",
        "aid": "humanitarian aid|aides|aide humanitaire|помощи|гуманитарная помощь",
        "protest": "protests|demonstration|demonstrations|manifestations|manif|протесты|протеста|митинг"
        "|митинги",
        "diplomacy": "diplomatic|recognition|diplomatie|rupture|reconnaissance|дипломатия|признание|разрыв",
        "arrest": "arrests|trial|trials|release|arrestation|arrestations|procès|libération|арест|аресты"
        "|ареста"
        "|суд|освобождение",
        "training": "trainings|education|formations|подготовка|обучение|учёба",
        "statement": "statements|plan|plans|déclaration|déclarations|заявление|заявления|заявлений|планы",
    }.items()
}

# Words between those that count.
_NOISE = (
    "a about and at by concerning for from in is it me no of on or over so the to with au aux avec dans "
    "de des "
    "du en et la le les ou par pour sur à а в во для и из на о об от по с со у"
)
NOISE = frozenset(_NOISE.split())
# What leads to the reason of a mute; folded, the longest first.
BECAUSE = ("parce que", "parce qu’il", "потому что", "так как", "because", "since", "car", "ибо")
KINDS: Mapping[str, MuteKind] = {
    word: kind
    for kind, words in {
        MuteKind.STORY: "story dossier сюжет",
        MuteKind.TYPE: "type тип",
        MuteKind.ACTOR: "actor acteur актор участник",
        MuteKind.COUNTRY: "country place pays lieu страна место",
        MuteKind.OUTLET: "outlet source media издание источник",
        MuteKind.WORD: "word words mot mots слово слова",
    }.items()
    for word in words.split()
}

# Entries of Telegram's menu; `/help` shows them, `/help recent` also what stands in EXAMPLES.
COMMANDS: Mapping[str, Three] = {
    "recent": three("latest developments", "derniers développements", "последние события"),
    "search": three("articles with these words", "articles avec ces mots", "статьи с этими словами"),
    "story": three("one story, step by step", "un dossier, étape par étape", "сюжет шаг за шагом"),
    "why": three("why something was told or not", "pourquoi signalé ou non", "почему сообщено или нет"),
    "known": three("what is already known", "ce qui est déjà connu", "что уже известно"),
    "digest": three(
        "when the digest comes; /digest now sends it",
        "quand vient le résumé ; /digest maintenant l'envoie",
        "когда сводка; /digest сейчас её пришлёт",
    ),
    "chart": three("timeline as a picture", "chronologie en image", "хронология картинкой"),
    "mute": three("hold something back for a time", "taire un sujet un moment", "заглушить на время"),
    "mutes": three("what is muted", "ce qui est en silence", "что заглушено"),
    "unmute": three("end a mute", "lever un silence", "снять заглушку"),
    "sources": three("outlets and their state", "médias et leur état", "издания и их состояние"),
    "status": three("is everything running", "tout marche-t-il", "всё ли работает"),
    "language": three("language of this chat", "langue de ce chat", "язык этого чата"),
    "help": three(
        "help; /help recent: examples", "aide ; /help recent : exemples", "справка; /help recent — примеры"
    ),
}
# Other names of the commands, as people type them; folded. Telegram marks only Latin ones as commands, but
# shows the others to the bot, too.
ALIASES: Mapping[str, str] = {
    alias: name
    for name, aliases in {
        "recent": "recents derniers dernieres latest news nouveautes последние недавние новое события",
        "search": "find recherche rechercher chercher cherche поиск искать найти ищи",
        "story": "stories dossier dossiers сюжет сюжеты история",
        "why": "pourquoi почему зачем",
        "known": "connu connus facts faits известно факты",
        "digest": "resume сводка дайджест",
        "chart": "graphique chronologie график хронология",
        "mute": "silence taire заглушить заглуши",
        "mutes": "silences заглушки",
        "unmute": "lever снять",
        "sources": "source outlets medias источники издания",
        "status": "etat состояние статус",
        "language": "lang langue язык",
        "help": "aide помощь справка",
    }.items()
    for alias in aliases.split()
}
EXAMPLES: Mapping[str, Three] = {
    "recent": three(
        "In any order: how many, a type, an actor or a place, since when.\n"
        "/recent 5\n/recent coup\n/recent delivery Russia 7d\n/recent Niger since monday",
        "Dans n'importe quel ordre : combien, un type, un acteur ou un lieu, depuis quand.\n"
        "/recent 5\n/recent putsch\n/recent livraison Russie 7j\n/recent Niger depuis lundi",
        "В любом порядке: сколько, тип, участник или место, с какого времени.\n"
        "/recent 5\n/recent переворот\n/recent поставка Россия 7д\n/recent Нигер с понедельника",
    ),
    "search": three(
        "Every article that was read, told or not. It must hold all the words; beginnings of words will do.\n"
        "/search Kidal convoy\n/search Goita",
        "Tous les articles lus, signalés ou non. Ils doivent contenir tous les mots ; un début de mot "
        "suffit.\n"
        "/search Kidal convoi\n/search Goita",
        "Все прочитанные статьи, сообщённые или нет. В статье должны быть все слова; хватит и начала слова.\n"
        "/search Кидаль колонна\n/search Гойта",
    ),
    "story": three(
        "The number stands under each card and in every list.\n/story S17",
        "Le numéro figure sous chaque carte et dans chaque liste.\n/story S17",
        "Номер стоит под каждой карточкой и в каждом списке.\n/story S17",
    ),
    "why": three(
        "A story, or the address of an article, or as a reply to a card.\n/why S17\n/why "
        "https://example.org/article",
        "Un dossier, ou l'adresse d'un article, ou en réponse à une carte.\n"
        "/why S17\n/why https://example.org/article",
        "Сюжет, адрес статьи или ответом на карточку.\n/why S17\n/why https://example.org/article",
    ),
    "known": three(
        "Facts from your documents, with document and paragraph; they are not told again.\n/known "
        "T-72\n/known wheat",
        "Faits de vos documents, avec document et paragraphe ; ils ne sont pas signalés à nouveau.\n"
        "/known T-72\n/known blé",
        "Факты из ваших документов с указанием документа и абзаца; повторно о них не сообщается.\n"
        "/known Т-72\n/known пшеница",
    ),
    "digest": three(
        "/digest says when the next one comes. /digest now sends it at once; the next one goes on from "
        "there.",
        "/digest dit quand vient le prochain. /digest maintenant l'envoie aussitôt ; le suivant reprend "
        "de là.",
        "/digest — когда следующая сводка. /digest сейчас — прислать её сразу; следующая начнётся с "
        "этого места.",
    ),
    "chart": three(
        "A picture of the last four weeks, or of as many as you say.\n/chart\n/chart 12",
        "Une image des quatre dernières semaines, ou d'autant que vous dites.\n/chart\n/chart 12",
        "Картинка за последние четыре недели или за столько, сколько скажете.\n/chart\n/chart 12",
    ),
    "mute": three(
        "What, until when, and why: a story, a type, an actor, a place, an outlet or a word. Admins only. "
        "It stays in /recent, /why and the count of the digest.\n"
        "/mute S17 7d because settled\n/mute protest until friday too many\n/mute TASS 2 weeks repeats\n"
        "/mute actor Russia 3d\n/mute word gold 1 March",
        "Quoi, jusqu'à quand et pourquoi : un dossier, un type, un acteur, un lieu, un média ou un mot. "
        "Réservé aux administrateurs. Le tout reste dans /recent, /why et le compte du résumé.\n"
        "/mute S17 7j réglé\n/mute manifestation jusqu'à vendredi trop nombreux\n/mute TASS 2 semaines "
        "redites\n"
        "/mute acteur Russie 3j\n/mute mot orpaillage 1er mars",
        "Что, до какого времени и почему: сюжет, тип, участник, место, издание или слово. Только для "
        "администраторов. Всё остаётся в /recent, /why и в счёте сводки.\n"
        "/mute S17 7д решено\n/mute протест до пятницы слишком много\n/mute ТАСС 2 недели повторы\n"
        "/mute участник Россия 3д\n/mute слово золото до 1 марта",
    ),
    "mutes": three(
        "What is held back in this chat, until when and why, with a button that ends each.",
        "Ce qui est en silence dans ce chat, jusqu'à quand et pourquoi, avec un bouton pour lever chacun.",
        "Что заглушено в этом чате, до какого времени и почему; кнопка снимает каждую заглушку.",
    ),
    "unmute": three(
        "The number stands in /mutes. Admins only.\n/unmute 3",
        "Le numéro figure dans /mutes. Réservé aux administrateurs.\n/unmute 3",
        "Номер указан в /mutes. Только для администраторов.\n/unmute 3",
    ),
    "sources": three(
        "Every outlet with its feed: how it is, when it last brought something new. /sources TASS shows one.",
        "Chaque média avec son flux : son état, sa dernière nouveauté. /sources TASS en montre un.",
        "Каждое издание с лентой: состояние, когда было новое. /sources ТАСС — только одно.",
    ),
    "status": three(
        "Feeds, messages that wait, the machine.",
        "Flux, messages en attente, machine.",
        "Ленты, ожидающие сообщения, машина.",
    ),
    "language": three(
        "/language shows three buttons; or say it: /language français. Admins only.",
        "/language montre trois boutons ; ou dites-le : /language français. Réservé aux administrateurs.",
        "/language показывает три кнопки; или словом: /language русский. Только для администраторов.",
    ),
    "help": three(
        "/help search explains /search.", "/help search explique /search.", "/help search объясняет /search."
    ),
}

# Facts that are no events, and the states of facts that are no stages.
FACT_KINDS: Mapping[str, Three] = {
    "assessment": three("Assessment", "Appréciation", "Оценка"),
    "background": three("Background", "Contexte", "Справка"),
    "founding": three("Founding", "Fondation", "Основание"),
    "indicator": three("Indicator", "Indicateur", "Показатель"),
    "recognition": three("Recognition", "Reconnaissance", "Признание"),
}
FACT_STATES: Mapping[str, Three] = {
    "claimed": three("claimed by a side", "selon une partie", "по заявлению стороны"),
    "left": three("left", "parti", "вышли"),
    "ongoing": three("ongoing", "en cours", "продолжается"),
    "planned": three("planned", "prévu", "запланировано"),
    "standing": three("standing", "en vigueur", "действует"),
}

SAID: Mapping[str, Three] = {
    "help_more": three(
        "/help and a command shows examples: /help recent",
        "/help et une commande donne des exemples : /help recent",
        "/help и команда — примеры: /help recent",
    ),
    "no_command": three(
        "I do not know /{name}; /help lists what I answer.",
        "Je ne connais pas /{name} ; /help dit à quoi je réponds.",
        "Команды /{name} нет; список: /help.",
    ),
    "page": three("page {n}", "page {n}", "стр. {n}"),
    "nothing_recent": three(
        "No development fits: {asked}.",
        "Aucun développement ne correspond : {asked}.",
        "Таких событий нет: {asked}.",
    ),
    "no_more": three("Nothing more.", "Rien de plus.", "Больше ничего нет."),
    "since": three("since {at}", "depuis le {at}", "с {at}"),
    "not_understood": three(
        "I do not know “{words}”: it is neither a type, nor an actor or place, nor a date.",
        "Je ne connais pas « {words} » : ni type, ni acteur ou lieu, ni date.",
        "Не знаю, что такое «{words}»: это не тип, не участник или место и не дата.",
    ),
    "did_you_mean": three(
        "Did you mean “{near}”?", "Vouliez-vous dire « {near} » ?", "Может быть, «{near}»?"
    ),
    "types_are": three("Types: {types}.", "Types : {types}.", "Типы: {types}."),
    "only_admins": three(
        "Only admins may change this.",
        "Réservé aux administrateurs.",
        "Это могут менять только администраторы.",
    ),
    # mutes
    "usage_mute": three(
        "Say what, until when and why: /mute S17 7d because it is settled",
        "Dites quoi, jusqu'à quand et pourquoi : /mute S17 7j car c'est réglé",
        "Укажите, что, до какого времени и почему: /mute S17 7д потому что решено",
    ),
    "mute_until_when": three(
        "Until when? For example: /mute {what} 7d because …",
        "Jusqu'à quand ? Par exemple : /mute {what} 7j car …",
        "До какого времени? Например: /mute {what} 7д потому что …",
    ),
    "mute_is_over": three(
        "{until} is over; name a moment that is still to come.",
        "Le {until} est passé ; donnez un moment à venir.",
        "{until} уже прошло; назовите момент в будущем.",
    ),
    "mute_too_long": three(
        "A mute lasts a year at most; afterwards it can be renewed.",
        "Un silence dure un an au plus ; il peut ensuite être renouvelé.",
        "Заглушка действует не больше года; потом её можно продлить.",
    ),
    "mute_word_too_short": three(
        "“{word}” is too short to be muted as a word.",
        "« {word} » est trop court pour être mis en silence.",
        "«{word}» — слишком короткое слово для заглушки.",
    ),
    "mute_names_nothing": three(
        "“{words}” names nothing of that kind.",
        "« {words} » ne désigne rien de ce genre.",
        "«{words}» не обозначает ничего такого.",
    ),
    "muted": three(
        "🔇 Muted in this chat until {until}: {what}.",
        "🔇 En silence dans ce chat jusqu'au {until} : {what}.",
        "🔇 В этом чате заглушено до {until}: {what}.",
    ),
    "because": three("Reason: {why}", "Raison : {why}", "Причина: {why}"),
    "no_reason": three("none given", "non précisée", "не указана"),
    "critical_pass": three(
        "Coups and atrocities still come; only a mute of their story or of their type holds them back.",
        "Coups d'État et massacres passent toujours ; seul le silence de leur dossier ou de leur type "
        "les retient.",
        "О переворотах и массовых убийствах сообщается и дальше: их держит только заглушка их сюжета или "
        "типа.",
    ),
    "how_to_lift": three(
        "It stays in /why and in the count of the digest. To end it: /unmute {n}",
        "Le tout reste dans /why et dans le compte du résumé. Pour le lever : /unmute {n}",
        "Всё остаётся в /why и в счёте сводки. Снять: /unmute {n}",
    ),
    "lifted": three(
        "🔔 No longer muted: {what}.", "🔔 Silence levé : {what}.", "🔔 Больше не заглушено: {what}."
    ),
    "not_muted": three(
        "There is no mute {n} in this chat; /mutes lists them.",
        "Il n'y a pas de silence {n} dans ce chat ; /mutes les liste.",
        "Заглушки {n} в этом чате нет; список: /mutes.",
    ),
    "usage_unmute": three(
        "Say which: /unmute 3; /mutes lists them.",
        "Dites lequel : /unmute 3 ; /mutes les liste.",
        "Укажите номер: /unmute 3; список: /mutes.",
    ),
    "nothing_muted": three(
        "Nothing is muted in this chat.",
        "Rien n'est en silence dans ce chat.",
        "В этом чате ничего не заглушено.",
    ),
    "nothing_muted_anywhere": three("Nothing is muted.", "Rien n'est en silence.", "Ничего не заглушено."),
    "mutes": three("Muted in this chat", "En silence dans ce chat", "Заглушено в этом чате"),
    "until": three("until {until}", "jusqu'au {until}", "до {until}"),
    "held_back": three("held back so far: {n}", "retenus jusqu'ici : {n}", "не отправлено: {n}"),
    "muted_count": three(
        "🔇 Muted, not sent ({n}): {list}",
        "🔇 En silence, non envoyés ({n}) : {list}",
        "🔇 Заглушено, не отправлено ({n}): {list}",
    ),
    "muted_line": three(
        "🔇 Not sent to chat {chat}: {what} muted until {until}. {why}",
        "🔇 Non envoyé au chat {chat} : {what} en silence jusqu'au {until}. {why}",
        "🔇 Не отправлено в чат {chat}: {what} — заглушка до {until}. {why}",
    ),
    "muted_here": three(
        "🔇 Not sent here: {what} muted until {until}. {why}",
        "🔇 Non envoyé ici : {what} en silence jusqu'au {until}. {why}",
        "🔇 Сюда не отправлено: {what} — заглушка до {until}. {why}",
    ),
    "told_here": three("Sent here on {at}", "Envoyé ici le {at}", "Отправлено сюда {at}"),
    "told_updates": three(
        "later messages here: {n}", "messages suivants ici : {n}", "потом ещё сообщений: {n}"
    ),
    "told_also": three("other chats: {n}", "autres chats : {n}", "других чатов: {n}"),
    "told_others": three(
        "Not sent here; other chats: {n}.",
        "Non envoyé ici ; autres chats : {n}.",
        "Сюда не отправлено; в другие чаты: {n}.",
    ),
    "mute_story": three("the story {name}", "le dossier {name}", "сюжет {name}"),
    "mute_type": three("the type “{name}”", "le type « {name} »", "тип «{name}»"),
    "mute_actor": three("what {name} does or undergoes", "ce que fait ou subit : {name}", "участник: {name}"),
    "mute_country": three(
        "what happens here: {name}", "ce qui se passe ici : {name}", "что происходит здесь: {name}"
    ),
    "mute_outlet": three("the outlet {name}", "le média {name}", "издание {name}"),
    "mute_word": three("the word “{name}”", "le mot « {name} »", "слово «{name}»"),
    "mute_by_button": three("button under the card", "bouton sous la carte", "кнопка под карточкой"),
    # language
    "language_is": three(
        "This chat is spoken to in English.", "Ce chat est en français.", "В этом чате говорят по-русски."
    ),
    "language_which": three(
        "I do not speak “{words}”; choose one of these.",
        "Je ne parle pas « {words} » ; choisissez.",
        "Языка «{words}» не знаю; выберите один из этих.",
    ),
    # digest and chart
    "digest_when": three(
        "Digests of this chat: {hours} ({zone}). Waiting for the next one: {n}. At once: /digest now",
        "Résumés de ce chat : {hours} ({zone}). En attente du prochain : {n}. Tout de suite : /digest "
        "maintenant",
        "Сводки этого чата: {hours} ({zone}). Ждут следующей: {n}. Прислать сразу: /digest сейчас",
    ),
    "digest_no_hours": three(
        "This chat has no hours for digests. Waiting: {n}. At once: /digest now",
        "Ce chat n'a pas d'heures de résumé. En attente : {n}. Tout de suite : /digest maintenant",
        "У этого чата нет часов для сводок. Ждут: {n}. Прислать сразу: /digest сейчас",
    ),
    "digest_not_here": three(
        "This chat follows no watch, so it has no digest.",
        "Ce chat ne suit aucune veille : il n'a pas de résumé.",
        "Этот чат не следит ни за одной темой, сводки у него нет.",
    ),
    "nothing_to_chart": three(
        "No development in this time to draw.",
        "Aucun développement à dessiner sur cette période.",
        "За это время рисовать нечего.",
    ),
    # sources
    "sources_head": three(
        "Outlets: {n}, feeds: {feeds}; not well: {bad}",
        "Médias : {n}, flux : {feeds} ; en difficulté : {bad}",
        "Изданий: {n}, лент: {feeds}; неполадки: {bad}",
    ),
    "no_source": three(
        "No configured outlet is called “{words}”.",
        "Aucun média configuré ne s'appelle « {words} ».",
        "Издания «{words}» в настройках нет.",
    ),
    "last_new": three("new {ago}", "nouveauté {ago}", "новое {ago}"),
    "nothing_yet": three("nothing new yet", "rien encore", "нового ещё не было"),
    "articles_of": three("articles: {n}", "articles : {n}", "статей: {n}"),
    "same_chain": three(
        "one source with {names}", "une seule source avec {names}", "один источник с {names}"
    ),
    "state_failing": three("does not answer", "ne répond pas", "не отвечает"),
    "state_quarantined": three("in quarantine", "en quarantaine", "в карантине"),
    "state_silent": three("unusually silent", "anormalement silencieux", "необычно молчит"),
    "state_slow": three("slow", "lent", "медленно отвечает"),
    # presses
    "thanks_useful": three("Noted: useful.", "Noté : utile.", "Отмечено: полезно."),
    "thanks_known": three(
        "Noted: you knew it already.", "Noté : vous le saviez déjà.", "Отмечено: вы это уже знали."
    ),
    "thanks_no_event": three(
        "Noted: this is not an event.", "Noté : ce n'est pas un événement.", "Отмечено: это не событие."
    ),
    "noted_before": three("You have said so already.", "Vous l'avez déjà dit.", "Вы это уже отметили."),
    "see_below": three("The answer is below.", "La réponse est ci-dessous.", "Ответ ниже."),
    "answered_before": three(
        "Answered a moment ago: see below.",
        "Réponse donnée il y a un instant : voir plus bas.",
        "Ответ уже дан, см. ниже.",
    ),
    "mute_what": three("Mute what?", "Mettre quoi en silence ?", "Что заглушить?"),
    "choose_split": three(
        "Which report is about another event?",
        "Quel article parle d'un autre événement ?",
        "Какая статья о другом событии?",
    ),
    "gone": three(
        "This button no longer works.", "Ce bouton ne marche plus.", "Эта кнопка больше не работает."
    ),
    "list_gone": three(
        "This list is too old; ask again.",
        "Cette liste est trop ancienne ; redemandez.",
        "Список устарел; спросите ещё раз.",
    ),
    "given_up_head": three(
        "Messages that nobody got: {n}",
        "Messages que personne n'a reçus : {n}",
        "Сообщений, которых никто не получил: {n}",
    ),
    "given_up_why": three(
        "Telegram refused them in every form, or it stayed unknown whether they arrived. What they told is "
        "in /recent and /why; /status lists the latest.",
        "Telegram les a refusés sous toutes les formes, ou leur sort est resté inconnu. Leur contenu est "
        "dans /recent et /why ; /status liste les derniers.",
        "Telegram не принял их ни в каком виде, или их судьба осталась неизвестной. Их содержание — в "
        "/recent и /why; последние — в /status.",
    ),
    "days": three("{n} days", "{n} jours", "{n} дн."),
    "split_done": three(
        "✂ Split: “{title}” is now story {story}.",
        "✂ Séparé : « {title} » est maintenant le dossier {story}.",
        "✂ Разделено: «{title}» — теперь сюжет {story}.",
    ),
    "split_nothing": three(
        "This story has only one report; there is nothing to split.",
        "Ce dossier n'a qu'un article ; rien à séparer.",
        "В этом сюжете одна статья, разделять нечего.",
    ),
}


def say(voice: Voice, key: str, /, **values: object) -> str:
    """A sentence of this module by its key, with its blanks filled in; plain text, not yet HTML."""
    return voice.pick(SAID[key]).format(**values)
