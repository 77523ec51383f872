"""The words of `djeli explain` in English, French and Russian; docs/commands.md has the legend.

Words that messages use too are in bot/words.py and djeli/core/words.py.
"""

from __future__ import annotations

from collections.abc import Mapping

from djeli.core.words import Three, three

HEADS: Mapping[str, Three] = {
    "article": three("The article", "L'article", "Статья"),
    "against": three("Judged against", "Comparé à", "С чем сравнивалось"),
    "beat": three("Does it touch the beat?", "Touche-t-il le champ suivi ?", "Касается ли темы?"),
    "watches": three("Watches tried", "Veilles essayées", "Проверенные наблюдения"),
    "development": three("Development {n} of {of}", "Fait {n} sur {of}", "Событие {n} из {of}"),
    "title": three("title", "titre", "заголовок"),
    "published": three("published", "publié", "опубликовано"),
    "language": three("language", "langue", "язык"),
    "outlet": three("outlet", "média", "издание"),
    "text": three("text", "texte", "текст"),
    "configuration": three("configuration", "configuration", "настройки"),
    "known": three("known facts", "faits connus", "известные факты"),
    "store": three("store", "base", "база"),
    "wording": three("wording", "formulation", "формулировки"),
    "names": three("names found", "noms trouvés", "найденные имена"),
    "read": three("developments read", "faits lus", "события в тексте"),
    "reads_like": three("reads like", "se lit comme", "похоже на"),
    "signs": three("because of", "à cause de", "из-за"),
    "not_counted": three("not counted", "non compté", "не засчитано"),
    "answer": three("answer", "réponse", "ответ"),
    "kind": three("kind", "type", "тип"),
    "told_by": three("recognised by these words", "reconnu aux mots", "распознано по словам"),
    "told_as": three("told as", "présenté comme", "подано как"),
    "who": three("who", "qui", "кто"),
    "whom": three("to whom", "à qui", "кому"),
    "where": three("where", "où", "где"),
    "when": three("when", "quand", "когда"),
    "figures": three("figures", "chiffres", "цифры"),
    "label": three("label", "mention", "пометка"),
    "quote": three("quote", "citation", "цитата"),
    "facts": three("compared with facts", "comparé aux faits", "сравнение с фактами"),
    "stories": three("compared with stories", "comparé aux dossiers", "сравнение с сюжетами"),
    "continues": three("goes on from", "fait suite à", "продолжает"),
    "wants": three("watches want", "les veilles veulent", "наблюдения хотят"),
    "changed": three("changed", "changement", "изменилось"),
    "rule": three("rule", "règle", "правило"),
    "story": three("story", "dossier", "сюжет"),
    "because": three("because", "parce que", "потому что"),
    "otherwise": three("would be otherwise if", "serait autrement si", "было бы иначе, если бы"),
}

# What becomes of it, beside the name of the decision.
OUTCOMES: Mapping[str, Three] = {
    "alert": three("pushed at once", "envoyé aussitôt", "отправляется сразу"),
    "update": three("pushed at once", "envoyé aussitôt", "отправляется сразу"),
    "merge": three(
        "source added, not pushed", "source ajoutée, sans envoi", "добавлен источник, без отправки"
    ),
    "digest": three(
        "told at the next set hour", "signalé à la prochaine heure fixée", "в следующий назначенный час"
    ),
    "known": three("held back", "non signalé", "не отправлено"),
    "ignore": three("nothing sent", "rien n'est envoyé", "ничего не отправляется"),
}

LANGUAGE_NAMES: Mapping[str, Three] = {
    "en": three("English", "anglais", "английский"),
    "fr": three("French", "français", "французский"),
    "ru": three("Russian", "russe", "русский"),
}

SAID: Mapping[str, Three] = {
    # the article
    "title_given": three("as given with --title", "donné par --title", "задан через --title"),
    "title_first_line": three(
        "the first line of the text; --title gives another",
        "la première ligne du texte ; --title en donne un autre",
        "первая строка текста; другой задаёт --title",
    ),
    "title_page": three("of the page", "de la page", "со страницы"),
    "date_given": three("as given with --published", "donné par --published", "задано через --published"),
    "date_page": three("the date of the page", "date de la page", "дата страницы"),
    "date_passed": three(
        "the store already tells of {day}: --published sets another day",
        "la base parle déjà du {day} : --published fixe une autre date",
        "в базе уже есть {day}: другой день задаёт --published",
    ),
    "date_now": three(
        "not given, so now: “on Tuesday” is counted from it; --published sets it",
        "non donné, donc maintenant : « mardi » se compte à partir de là ; --published le fixe",
        "не задано, значит сейчас: от этого дня считается «во вторник»; задаёт --published",
    ),
    "read": three("detected from the text", "reconnue dans le texte", "определён по тексту"),
    "unread": three(
        "detected; only English, French and Russian are judged",
        "reconnue ; seuls l'anglais, le français et le russe sont jugés",
        "определён; судятся только английский, французский и русский",
    ),
    "outlet_none": three(
        "not given: a source of its own, and no state is understood unless named; --outlet sets it",
        "non donné : source indépendante, aucun État sous-entendu ; --outlet le fixe",
        "не задано: отдельный источник, страна не подразумевается; задаёт --outlet",
    ),
    "outlet_unknown": three(
        "not in knowledge/sources.yaml: a source of its own, and no state is understood unless named",
        "absent de knowledge/sources.yaml : source indépendante, aucun État sous-entendu",
        "нет в knowledge/sources.yaml: отдельный источник, страна не подразумевается",
    ),
    "outlet_chain": three(
        "one source together with: {others}",
        "une seule source avec : {others}",
        "один источник вместе с: {others}",
    ),
    "words": three("{n} words", "{n} mots", "слов: {n}"),
    "words_one": three("1 word", "1 mot", "слов: 1"),
    "no_text": three(
        "none: judged by its title alone",
        "aucun : jugé sur le seul titre",
        "нет: судится по одному заголовку",
    ),
    # what it was judged against
    "no_config": three(
        "no djeli.toml found: the beat as it comes",
        "pas de djeli.toml : veilles fournies",
        "djeli.toml не найден: тема как есть",
    ),
    "with_watches": three("watches: {names}", "veilles : {names}", "наблюдения: {names}"),
    "facts_held": three(
        "{n} from {documents} documents; {held} of them hold back what repeats them",
        "{n}, tirés de {documents} documents ; {held} retiennent ce qui les répète",
        "{n} из документов ({documents}); {held} задерживают повторы",
    ),
    "store_of": three(
        "{where}: {stories} out of {articles}",
        "{where} : {stories}, {articles}",
        "{where}: {stories}, {articles}",
    ),
    "stories": three("{n} stories", "{n} dossiers", "сюжетов {n}"),
    "stories_one": three("1 story", "1 dossier", "сюжетов 1"),
    "articles": three("{n} articles", "{n} articles", "статей {n}"),
    "articles_one": three("1 article", "1 article", "статей 1"),
    "store_none": three(
        "{where} is not there yet: no stories, only the facts",
        "{where} n'existe pas encore : aucun dossier, seulement les faits",
        "{where} ещё нет: сюжетов нет, только факты",
    ),
    "no_reports": three(
        "judged without earlier reports: new means only that none of the {n} known facts covers it",
        "jugé sans articles antérieurs : nouveau dit seulement qu'aucun des {n} faits connus ne le couvre",
        "без прежних сообщений: новое значит лишь, что ни один из известных фактов ({n}) этого не покрывает",
    ),
    "wording_on": three(
        "compared, too, where several stories of one day come near",
        "comparée aussi, quand plusieurs dossiers d'un même jour sont proches",
        "сравниваются тоже, когда близки несколько сюжетов одного дня",
    ),
    "wording_off": three(
        "not compared: [baseline] wording is false",
        "non comparée : [baseline] wording est false",
        "не сравниваются: [baseline] wording — false",
    ),
    "wording_none": three(
        "not compared: the extra djeli[semantic] is not installed",
        "non comparée : djeli[semantic] n'est pas installé",
        "не сравниваются: djeli[semantic] не установлен",
    ),
    "looked_at": three(
        "{n} of them share a name and lie near in time",
        "{n} partagent un nom et sont proches dans le temps",
        "из них {n} с общим именем и близких по времени",
    ),
    "looked_at_one": three(
        "1 of them shares a name and lies near in time",
        "1 partage un nom et est proche dans le temps",
        "из них 1 с общим именем и близкий по времени",
    ),
    # the beat
    "no_topic": three("no: another subject", "non : un autre sujet", "нет: другая тема"),
    "no_words": three("no: another subject", "non : un autre sujet", "нет: другая тема"),
    "no_no_anchor": three(
        "no: it happens elsewhere, to others",
        "non : cela se passe ailleurs, entre d'autres",
        "нет: это происходит в другом месте и с другими",
    ),
    "no_no_development": three(
        "it is named, but nothing is told to happen there",
        "il est nommé, mais rien n'est dit s'y passer",
        "названа, но ни о каком событии не сказано",
    ),
    "yes": three("yes", "oui", "да"),
    "yes_home": three(
        "yes: the press of {country}, which need not name it",
        "oui : presse de {country}, qui n'a pas à le nommer",
        "да: пресса страны {country}, ей не нужно её называть",
    ),
    "no_names": three("none that is known", "aucun qui soit connu", "известных нет"),
    "on_beat": three("on the beat", "du champ suivi", "из темы"),
    "happens": three("it happens in {country}", "lieu : {country}", "место: {country}"),
    "beside": three("beside it", "hors du champ", "вне темы"),
    "no_kind": three("of no known kind", "sans type reconnu", "без известного типа"),
    "signs_of": three("sign of {topic}", "signe de {topic}", "признак: {topic}"),
    "another_subject": three("another subject", "un autre sujet", "другая тема"),
    "no_development": three(
        "comment or memory, no development",
        "commentaire ou rappel, aucun fait",
        "комментарий или память, без события",
    ),
    "figure_of_speech": three(
        "figure of speech, no {type}", "figure de style, pas : {type}", "оборот речи, не {type}"
    ),
    # watches
    "not_asked": three(
        "(not asked, for there is nothing to judge; of what each goes by, the article has:)",
        "(non consultées, car rien n'est à juger ; de leurs critères, l'article contient :)",
        "(не спрашивались: судить нечего; из того, что им нужно, в статье:)",
    ),
    "not_asked_known": three(
        "(not asked: off the beat only the known facts are; of what each goes by, the article has:)",
        "(non consultées : hors du champ, seuls comptent les faits connus ; l'article contient :)",
        "(не спрашивались: вне темы сверяются лишь известные факты; из нужного им в статье:)",
    ),
    "looks": three("looks at it", "le regarde", "смотрит"),
    "passes": three("passes it by", "ne le regarde pas", "не смотрит"),
    "words_found": three("its words found: {words}", "mots trouvés : {words}", "найдены слова: {words}"),
    "every_article": three("it asks for no words", "elle ne demande aucun mot", "слов не требует"),
    "lack_exclude": three("excluded by: {values}", "exclu par : {values}", "исключено словом: {values}"),
    "lack_all": three(
        "missing, and asked for: {values}", "manque, et exigé : {values}", "нет обязательного: {values}"
    ),
    "lack_keywords": three(
        "none of its words: {values}", "aucun de ses mots : {values}", "нет ни одного из слов: {values}"
    ),
    "lack_countries": three(
        "none of its countries takes part: {values}",
        "aucun de ses pays : {values}",
        "нет ни одной из стран: {values}",
    ),
    "lack_actors": three(
        "none of its actors takes part: {values}",
        "aucun de ses acteurs : {values}",
        "нет ни одного из участников: {values}",
    ),
    # a development
    "headline": three("headline", "titre", "заголовок"),
    "sentence": three("sentence {n}", "phrase {n}", "предложение {n}"),
    "topic_word": three("topic word", "mot du thème", "слово темы"),
    "also": three("also: {types}", "aussi : {types}", "также: {types}"),
    "guess": three("a guess from the wording", "deviné d'après les mots", "догадка по словам"),
    "further": three(
        "the text calls it a further one", "le texte parle d'un nouvel épisode", "в тексте это новый случай"
    ),
    "date_none": three(
        "no date in the text: the day of publication",
        "pas de date dans le texte : jour de publication",
        "даты в тексте нет: день публикации",
    ),
    "date_counted": three(
        "counted from the day of publication, {day}",
        "compté depuis le jour de publication, {day}",
        "отсчёт от дня публикации, {day}",
    ),
    "date_year": three(
        "the year is that of the publication, {day}",
        "l'année vient de la publication, {day}",
        "год взят от публикации, {day}",
    ),
    "date_dateline": three("the dateline of the dispatch", "date de la dépêche", "дата в начале сообщения"),
    # comparisons
    "same_from": three(
        "the same from {floor} on", "identique à partir de {floor}", "то же начиная с {floor}"
    ),
    "score_is": three(
        "score = {names} × names + {date} × date + {kind} × kind",
        "score = {names} × noms + {date} × date + {kind} × type",
        "оценка = {names} × имена + {date} × дата + {kind} × тип",
    ),
    "periods_overlap": three("periods overlap", "les périodes se recoupent", "сроки пересекаются"),
    "under_month": three("less than a month apart", "moins d'un mois d'écart", "разница меньше месяца"),
    "one_month": three("about a month apart", "environ un mois d'écart", "разница около месяца"),
    "months_apart": three("about {n} months apart", "environ {n} mois d'écart", "разница около {n} мес."),
    "years_apart": three("about {n} years apart", "environ {n} ans d'écart", "разница около {n} лет"),
    "also_near": three("also near", "proche aussi", "тоже близко"),
    "near_not_same": three(
        "nearest, but not the same", "le plus proche, mais différent", "ближайшее, но не то же"
    ),
    "other_country": three("another country", "un autre pays", "другая страна"),
    "other_kind": three("another kind ({type})", "un autre type ({type})", "другой тип ({type})"),
    "other_names": three(
        "the actors or places are others", "d'autres acteurs ou lieux", "участники или места другие"
    ),
    "further_of_kind": three("further of its kind", "autres du même type", "другие того же типа"),
    "known-fact_unread": three(
        "a known fact is near enough, same stage; no new figure was found in it",
        "un fait connu est assez proche, même étape ; aucun nouveau chiffre trouvé",
        "известный факт достаточно близок, тот же этап; новых цифр не найдено",
    ),
    "known-story_unread": three(
        "an old event that a story already tells, same stage; no new figure was found in it",
        "événement ancien déjà dans un dossier, même étape ; aucun nouveau chiffre trouvé",
        "старое событие уже есть в сюжете, тот же этап; новых цифр не найдено",
    ),
    "merge_unread": three(
        "a told story, same stage; no new figure was found in it: one more source",
        "dossier déjà signalé, même étape ; aucun nouveau chiffre trouvé : une source de plus",
        "сюжет уже был, тот же этап; новых цифр не найдено: ещё один источник",
    ),
    "reached": three("the same", "identique", "то же"),
    "not_reached": three("not the same", "différent", "не то же"),
    "no_fact": three(
        "none is of its kind and time and shares a name",
        "aucun de ce type et de ce temps ne partage un nom",
        "нет ни одного того же типа и времени с общим именем",
    ),
    "no_story": three("none comes near", "aucun n'est proche", "близких нет"),
    "term_entities": three("names", "noms", "имена"),
    "term_date": three("date", "date", "дата"),
    "term_type": three("kind", "type", "тип"),
    "term_wording": three("wording", "formulation", "формулировки"),
    "term_together": three("all signs together", "tous les indices ensemble", "все признаки вместе"),
    "around": three("{n} around", "{n} pour les autres dossiers", "у других сюжетов {n}"),
    "nothing_shared": three("none in common", "aucun en commun", "общих нет"),
    "same_day": three("the same day", "le même jour", "тот же день"),
    "days_apart": three("days apart: {n}", "jours d'écart : {n}", "разница в днях: {n}"),
    "undated": three("neither for nor against", "ni pour ni contre", "ни за, ни против"),
    "same_kind": three("the same", "le même", "тот же"),
    "reports": three("{n} reports", "{n} articles", "сообщений: {n}"),
    "over_reports": three(
        "between the average of its reports and the nearest; the terms are of the nearest",
        "entre la moyenne de ses articles et le plus proche, dont voici les termes",
        "между средним по сообщениям и ближайшим; слагаемые ближайшего",
    ),
    "figure_added": three(
        "+ 0.10: a telling figure is the same",
        "+ 0,10 : un chiffre parlant est le même",
        "+ 0,10: совпала важная цифра",
    ),
    "raised": three(
        "raised to 0.62: the same {slot}", "relevé à 0,62 : même {slot}", "поднято до 0,62: то же ({slot})"
    ),
    "cut": three("cut to 40 %: {why}", "réduit à 40 % : {why}", "снижено до 40 %: {why}"),
    "in_quotes": three("“{text}”", "« {text} »", "«{text}»"),
    "new_story": three("opens a new story", "ouvre un nouveau dossier", "открывает новый сюжет"),
}

CUTS: Mapping[str, Three] = {
    "other_type": three("it is of another kind", "il est d'un autre type", "другой тип"),
    "few_names": three(
        "too few of the fact's names are named",
        "trop peu des noms du fait sont cités",
        "названо слишком мало имён факта",
    ),
    "loose": three(
        "of a kindred kind only, and not named nearly in full",
        "type seulement voisin, et noms incomplets",
        "тип лишь родственный, а имена не полны",
    ),
    "thin": three(
        "it names hardly more than two states, and the kind is another",
        "il ne nomme guère que deux États, et le type diffère",
        "названо лишь два государства, а тип другой",
    ),
    "elsewhere": three("another country or town", "autre pays ou autre ville", "другая страна или город"),
    "other_subject": three(
        "about other goods, texts or projects",
        "autres biens, textes ou projets",
        "о других товарах, текстах, проектах",
    ),
    "other_sender": three(
        "imposed by other states or bodies",
        "imposées par d'autres États ou organisations",
        "введены другими государствами или организациями",
    ),
    "other_extent": three(
        "one is of a whole force, the other of a part or base of it",
        "l'un concerne toute la force, l'autre une partie ou une base",
        "одно обо всех силах, другое об их части или базе",
    ),
    "other_form": three(
        "a call, and not the visit that is to come",
        "un appel, et non la visite à venir",
        "звонок, а не предстоящий визит",
    ),
    "vague": three(
        "of no known kind, and too little named in common",
        "sans type reconnu, et trop peu de noms communs",
        "тип неизвестен, общих имён слишком мало",
    ),
    "together": three(
        "all signs together speak against it",
        "tous les indices ensemble plaident contre",
        "все признаки вместе говорят против",
    ),
    "further": three(
        "the text calls it a further one, of another day",
        "le texte parle d'un nouvel épisode, un autre jour",
        "в тексте это новый случай, другого дня",
    ),
}

SLOTS: Mapping[str, Three] = {
    "country": three("country", "pays", "страна"),
    "locality": three("town", "ville", "место"),
    "person": three("person", "personne", "лицо"),
    "persons": three("persons", "personnes", "лица"),
    "document": three("text", "texte", "документ"),
    "time": three(
        "event, by the time that the text names",
        "événement, d'après le moment que nomme le texte",
        "событие, по времени, названному в тексте",
    ),
    "together": three(
        "event, by all signs together",
        "événement, d'après tous les indices ensemble",
        "событие, по всем признакам вместе",
    ),
    "reprisal": three(
        "both states and a reprisal", "les deux États et la riposte", "оба государства и ответ"
    ),
    "recipient_goods": three(
        "goods and place of arrival", "biens et lieu d'arrivée", "груз и место прибытия"
    ),
    "locality_object": three("town and object", "ville et objet", "место и объект"),
}

REALIS: Mapping[str, Three] = {
    "done": three("done", "accompli", "свершившееся"),
    "announced": three("announced", "annoncé", "объявленное"),
    "rumour": three("a rumour", "une rumeur", "слух"),
    "negated": three("denied", "démenti", "опровергнутое"),
    "hypothetical": three("only possible", "seulement possible", "лишь возможное"),
    "historical": three("past", "passé", "прошлое"),
}

# How the words of a cue make it what it is told as: by the kind of the cue.
CUES: Mapping[str, Three] = {
    "realis": three("by “{text}”", "par « {text} »", "словами «{text}»"),
    "question": three("the headline asks", "le titre interroge", "заголовок спрашивает"),
    "stage": three("by its stage: {text}", "par son étape : {text}", "по этапу: {text}"),
    "old_day": three(
        "by its date “{text}”, more than {days} days back",
        "par sa date « {text} », à plus de {days} jours",
        "по дате «{text}», более {days} дней назад",
    ),
    "words": three(
        "the headline looks back: “{text}”",
        "le titre regarde en arrière : « {text} »",
        "заголовок о прошлом: «{text}»",
    ),
    "headline_day": three(
        "the headline names a day long past: “{text}”",
        "le titre nomme un jour lointain : « {text} »",
        "в заголовке давний день: «{text}»",
    ),
    "dateline": three(
        "the dispatch is old: “{text}”", "la dépêche est ancienne : « {text} »", "сообщение старое: «{text}»"
    ),
    "gone_state": three(
        "it tells of a state that is no more: “{text}”",
        "il parle d'un État qui n'existe plus : « {text} »",
        "речь о государстве, которого больше нет: «{text}»",
    ),
    "scene": three(
        "the text opens on a scene of another year: “{text}”",
        "le texte s'ouvre sur une scène d'une autre année : « {text} »",
        "текст открывается сценой другого года: «{text}»",
    ),
    "footage": three(
        "the pictures are old: “{text}”", "les images sont anciennes : « {text} »", "съёмка старая: «{text}»"
    ),
    "old_weekday": three(
        "it is dated by a weekday long gone: “{text}”",
        "daté d'un jour de semaine révolu : « {text} »",
        "назван давно прошедший день недели: «{text}»",
    ),
    "first_print": three(
        "the page says that its text was printed before: “{text}”",
        "la page dit que son texte a déjà paru : « {text} »",
        "на странице сказано, что текст уже выходил: «{text}»",
    ),
    "old_days": three(
        "headline and lead know only days long past: “{text}”",
        "titre et attaque ne citent que des jours lointains : « {text} »",
        "в начале только давние дни: «{text}»",
    ),
    "claimed": three(
        "somebody's claim, by “{text}”",
        "une affirmation, par « {text} »",
        "чьё-то заявление, словами «{text}»",
    ),
    "comment": three(
        "comment or analysis, by “{text}”",
        "commentaire ou analyse, par « {text} »",
        "комментарий или анализ, словами «{text}»",
    ),
    "outlet": three(
        "comment or analysis: the outlet is a {text}",
        "commentaire : le média est « {text} »",
        "комментарий: издание — {text}",
    ),
}

PRIORITIES: Mapping[str, Three] = {
    "critical": three("critical", "critique", "высшая"),
    "high": three("high", "haute", "высокая"),
    "normal": three("normal", "normale", "обычная"),
    "low": three("low", "basse", "низкая"),
}

# What a watch wants of a new development, and by what: `want/by` of baseline.watching.
WANTS: Mapping[str, Three] = {
    "push/priority": three(
        "push at once: priority of the kind is {priority}",
        "envoi immédiat : priorité {priority}",
        "сразу: важность типа {priority}",
    ),
    "push/types": three(
        "push at once: the kind is in its list", "envoi immédiat : type de sa liste", "сразу: тип в её списке"
    ),
    "digest/types": three(
        "digest: the kind is not in its list ({types})",
        "résumé : type hors de sa liste ({types})",
        "в сводку: типа нет в списке ({types})",
    ),
    "digest/priority": three(
        "digest: priority of the kind is {priority}",
        "résumé : priorité {priority}",
        "в сводку: важность типа {priority}",
    ),
    "digest/horizon": three(
        "digest: the event lies beyond its horizon",
        "résumé : l'événement est au-delà de son horizon",
        "в сводку: событие за пределами его горизонта",
    ),
    "digest/edge": three(
        "digest: at the edge of the beat, no state or force of it takes part",
        "résumé : en marge du champ, aucun État ni force suivi n'y prend part",
        "в сводку: на краю темы, её стран и сил нет",
    ),
    "routine/routine": three(
        "digest: priority of the kind is {priority}, and this one is routine",
        "résumé : priorité {priority}, et affaire courante",
        "в сводку: важность {priority}, и событие рядовое",
    ),
    "rumour/rumour": three(
        "digest: rumours of this kind are not pushed",
        "résumé : les rumeurs de ce type ne sont pas envoyées",
        "в сводку: слухи такого рода сразу не шлются",
    ),
    "nothing/country": three(
        "nothing: it happens in {country}", "rien : cela se passe en {country}", "ничего: место — {country}"
    ),
}

# The rule that decided, in words.
RULES: Mapping[str, Three] = {
    "new": three(
        "no fact or story is near enough, and a watch pushes this kind at once",
        "aucun fait ni dossier assez proche, et une veille envoie ce type aussitôt",
        "ни факта, ни сюжета рядом нет, и наблюдение шлёт этот тип сразу",
    ),
    "known-fact": three(
        "a known fact is near enough, and no stage, figure or truth changed",
        "un fait connu est assez proche, et rien n'a changé",
        "известный факт достаточно близок, и ничего не изменилось",
    ),
    "known-story": three(
        "an old event that a story already tells, and nothing changed",
        "événement ancien déjà dans un dossier, rien n'a changé",
        "старое событие уже есть в сюжете, ничего не изменилось",
    ),
    "later-stage": three(
        "what was known has reached a later stage",
        "ce qui était connu passe à une étape suivante",
        "известное перешло на следующий этап",
    ),
    "other-figure": three(
        "what was known has another figure now",
        "ce qui était connu a un autre chiffre",
        "у известного изменилась цифра",
    ),
    "denial": three("what was known is denied", "ce qui était connu est démenti", "известное опровергается"),
    "told-otherwise": three(
        "a known fact is told as another one of its kind, or with a figure revised",
        "un fait connu est raconté comme un autre de son genre, ou avec un chiffre revu",
        "известное рассказано как другое событие того же рода или с уточнённой цифрой",
    ),
    "confirmed": three("a rumour is now told as a fact", "une rumeur devient un fait", "слух стал фактом"),
    "further-step": three(
        "the story goes on with a further step", "le dossier connaît un nouvel épisode", "у сюжета новый шаг"
    ),
    "merge": three(
        "a told story, and nothing changed: one more source",
        "dossier déjà signalé, rien de changé : une source de plus",
        "сюжет уже был, без изменений: ещё один источник",
    ),
    "reprint": three(
        "the wording is that of a report already in the story",
        "le texte est celui d'un article déjà dans le dossier",
        "текст совпадает с уже имеющимся сообщением",
    ),
    "historical": three(
        "it is told as the past, and no fact or story covers it",
        "raconté au passé, sans fait ni dossier correspondant",
        "рассказано как прошлое, факта или сюжета нет",
    ),
    "lone-denial": three(
        "a denial of what is on no record waits for the digest",
        "démenti de ce qui n'est pas enregistré : résumé",
        "опровержение неизвестного ждёт сводки",
    ),
    "hypothetical": three(
        "what is only possible waits for the digest",
        "le seulement possible attend le résumé",
        "лишь возможное ждёт сводки",
    ),
    "commentary": three(
        "comment and analysis wait for the digest",
        "commentaire et analyse attendent le résumé",
        "комментарий ждёт сводки",
    ),
    "other": three(
        "on the beat, of no known kind: waits for the digest",
        "dans le champ, sans type reconnu : attend le résumé",
        "по теме, без известного типа: ждёт сводки",
    ),
    "rumour-digest": three(
        "no watch pushes a rumour of this kind",
        "aucune veille n'envoie une rumeur de ce type",
        "слухи этого типа сразу не шлются",
    ),
    "routine": three(
        "new, but routine: waits for the digest",
        "nouveau, mais courant : attend le résumé",
        "новое, но рядовое: ждёт сводки",
    ),
    "low-priority": three(
        "new, but no watch pushes this kind",
        "nouveau, mais aucune veille n'envoie ce type",
        "новое, но этот тип сразу не шлётся",
    ),
    "no-watch": three(
        "no watch wants what happens there",
        "aucune veille ne veut ce qui s'y passe",
        "ни одно наблюдение этого не хочет",
    ),
}

# What would have made it another decision: by the rule that decided, and by what decided within it.
OTHERWISE: Mapping[str, Three] = {
    "new": three(
        "a fact (KNOWN) or a story (MERGE) of this kind, place and day were there",
        "un fait (KNOWN) ou un dossier (MERGE) de ce type, lieu et jour existait",
        "был факт (KNOWN) или сюжет (MERGE) того же типа, места и дня",
    ),
    "new/rumour": three(
        "its kind did not allow rumours, or the watch had rumours = false (DIGEST)",
        "son type n'admettait pas les rumeurs, ou si la veille avait rumours = false (DIGEST)",
        "этот тип не допускал слухов или у наблюдения было rumours = false (DIGEST)",
    ),
    "low-priority/priority": three(
        "a watch named “{id}” in its `types` (ALERT{firm})",
        "une veille citait « {id} » dans ses `types` (ALERT{firm})",
        "наблюдение называло «{id}» в `types` (ALERT{firm})",
    ),
    "low-priority/types": three(
        "“{id}” stood in the `types` of {watch} (ALERT{firm})",
        "« {id} » figurait dans les `types` de {watch} (ALERT{firm})",
        "«{id}» стояло в `types` наблюдения {watch} (ALERT{firm})",
    ),
    "low-priority/horizon": three(
        "{watch} looked further (`horizon`) (ALERT{firm})",
        "{watch} regardait plus loin (`horizon`) (ALERT{firm})",
        "{watch} смотрело дальше (`horizon`) (ALERT{firm})",
    ),
    "low-priority/edge": three(
        "a state or force of the beat took part (ALERT)",
        "un État ou une force du champ y prenait part (ALERT)",
        "участвовала страна или сила темы (ALERT)",
    ),
    "firm": three(", and if no rumour", ", et hors rumeur", ", и если не слух"),
    "routine": three(
        "a watch named “{id}” in its `types` (ALERT{firm})",
        "une veille citait « {id} » dans ses `types` (ALERT{firm})",
        "наблюдение называло «{id}» в `types` (ALERT{firm})",
    ),
    "routine/visit_talks": three(
        "a head of state, minister or commander announced it, put it off or brought home a result (ALERT)",
        "un chef d'État, ministre ou commandant l'annonçait, la reportait ou obtenait un résultat (ALERT)",
        "глава государства, министр или командующий объявил, отложил её или добился результата (ALERT)",
    ),
    "routine/project": three(
        "it were agreed, licensed, begun, opened, halted, seized or cancelled (ALERT)",
        "le projet était convenu, autorisé, lancé, ouvert, arrêté, saisi ou annulé (ALERT)",
        "он был согласован, разрешён, начат, открыт, остановлен, изъят или отменён (ALERT)",
    ),
    "routine/arrest": three(
        "it concerned a principal, a foreign firm or hostages (ALERT)",
        "un responsable, une firme étrangère ou des otages étaient concernés (ALERT)",
        "речь шла о видном лице, иностранной фирме или заложниках (ALERT)",
    ),
    "routine/diplomacy": three(
        "it were a recognition, a break, a recall or an expulsion (ALERT)",
        "c'était une reconnaissance, une rupture, un rappel ou une expulsion (ALERT)",
        "это было признание, разрыв, отзыв или высылка (ALERT)",
    ),
    "routine/election": three(
        "a vote were dated, put off, cancelled, held or counted (ALERT)",
        "un scrutin était fixé, reporté, annulé, tenu ou dépouillé (ALERT)",
        "выборы были назначены, отложены, отменены, проведены или подсчитаны (ALERT)",
    ),
    "rumour-digest/kind": three(
        "it were told as a fact (ALERT): its kind does not allow rumours",
        "c'était rapporté comme un fait (ALERT) : son type n'admet pas les rumeurs",
        "это сообщалось как факт (ALERT): этот тип не допускает слухов",
    ),
    "rumour-digest/watch": three(
        "it were told as a fact, or the watch had rumours = true (ALERT)",
        "c'était rapporté comme un fait, ou si la veille avait rumours = true (ALERT)",
        "это сообщалось как факт или у наблюдения было rumours = true (ALERT)",
    ),
    "known-fact": three(
        "it told a later stage or another figure of {fact} ({moved})",
        "une étape suivante ou un autre chiffre de {fact} était donné ({moved})",
        "был назван следующий этап или другая цифра {fact} ({moved})",
    ),
    "known-fact/past": three(
        "it told another figure of {fact}, or as news a later stage ({moved})",
        "un autre chiffre de {fact} était donné, ou une étape suivante comme nouvelle ({moved})",
        "была названа другая цифра {fact} или как новость следующий этап ({moved})",
    ),
    "known-fact/retold": three(
        "it were on the beat of a watch and told a later stage or another figure of {fact} (UPDATE)",
        "une veille le suivait et qu'une étape suivante ou un autre chiffre de {fact} était donné (UPDATE)",
        "на это смотрело наблюдение и был назван следующий этап или другая цифра {fact} (UPDATE)",
    ),
    "known-fact/stage": three(
        "it told as news a later stage of {fact} ({moved})",
        "une étape suivante de {fact} était donnée comme nouvelle ({moved})",
        "как новость был назван следующий этап {fact} ({moved})",
    ),
    "told-otherwise": three(
        "it told {fact} as it is known (KNOWN), or a later stage of it ({moved})",
        "{fact} était raconté tel quel (KNOWN), ou à une étape suivante ({moved})",
        "{fact} рассказывался как известно (KNOWN) или на следующем этапе ({moved})",
    ),
    "known-story": three(
        "it told as news a later stage or another figure of {story} ({moved})",
        "une étape suivante ou un autre chiffre de {story} était donné comme nouvelle ({moved})",
        "как новость был назван следующий этап или другая цифра {story} ({moved})",
    ),
    "merge": three(
        "it told a later stage, another figure or a denial of {story} ({moved})",
        "une étape suivante, un autre chiffre ou un démenti de {story} était donné ({moved})",
        "был назван следующий этап, другая цифра или опровержение {story} ({moved})",
    ),
    "reprint": three(
        "the text were its own and told a later stage or another figure of {story} ({moved})",
        "le texte était original et donnait une étape suivante ou un autre chiffre de {story} ({moved})",
        "текст был своим и называл следующий этап или другую цифру {story} ({moved})",
    ),
    "later-stage": three(
        "the stage were the one known ({same})",
        "l'étape était celle déjà connue ({same})",
        "этап был тем же, что известен ({same})",
    ),
    "later-stage/thread": three(
        "{fact} were not known: then it is new ({new})",
        "{fact} n'était pas connu : ce serait nouveau ({new})",
        "{fact} не был известен: тогда это новое ({new})",
    ),
    "other-figure": three(
        "the figure were the one known ({same})",
        "le chiffre était celui déjà connu ({same})",
        "цифра была той же, что известна ({same})",
    ),
    "further-step": three(
        "it told of the same day as the story ({same})",
        "c'était le même jour que le dossier ({same})",
        "это был тот же день, что в сюжете ({same})",
    ),
    "denial": three(
        "it did not deny what is known ({same})",
        "ce qui est connu n'était pas démenti ({same})",
        "известное не опровергалось ({same})",
    ),
    "confirmed": three(
        "it were still told as a rumour ({same})",
        "c'était encore une rumeur ({same})",
        "это всё ещё был слух ({same})",
    ),
    "not_pushed": three(
        "a watch pushed this kind at once (UPDATE)",
        "une veille envoyait ce type aussitôt (UPDATE)",
        "наблюдение слало этот тип сразу (UPDATE)",
    ),
    "denial/untold": three(
        "what it denies had been told before (UPDATE)",
        "ce qu'il dément avait été signalé (UPDATE)",
        "об опровергаемом уже сообщалось (UPDATE)",
    ),
    "historical": three(
        "it were told as news, with a day at most {days} days back{pushed} (ALERT)",
        "c'était donné comme nouvelle, d'au plus {days} jours{pushed} (ALERT)",
        "это было новостью не старше {days} дней{pushed} (ALERT)",
    ),
    "hypothetical": three(
        "it were told as done or announced{pushed} (ALERT)",
        "c'était dit accompli ou annoncé{pushed} (ALERT)",
        "это было сказано как свершившееся или объявленное{pushed} (ALERT)",
    ),
    "commentary": three(
        "it were told as news, not as comment{pushed} (ALERT)",
        "c'était une nouvelle et non un commentaire{pushed} (ALERT)",
        "это была новость, а не комментарий{pushed} (ALERT)",
    ),
    "pushed": three(
        ", and a watch pushed its kind",
        ", et qu'une veille envoyait ce type",
        ", и наблюдение слало этот тип",
    ),
    "lone-denial": three(
        "what it denies had been told before (UPDATE)",
        "ce qu'il dément avait été signalé (UPDATE)",
        "об опровергаемом уже сообщалось (UPDATE)",
    ),
    "other": three(
        "it were told in words of a kind that a watch pushes (ALERT)",
        "les mots étaient ceux d'un type qu'une veille envoie (ALERT)",
        "слова были словами типа, который наблюдение шлёт сразу (ALERT)",
    ),
    "no-watch": three(
        "a watch named {country} in its `countries`",
        "une veille citait {country} dans ses `countries`",
        "наблюдение называло {country} в `countries`",
    ),
    # without any development
    "off/language": three(
        "it were in English, French or Russian",
        "l'article était en anglais, français ou russe",
        "она была на английском, французском или русском",
    ),
    "off/topic": three(
        "headline and text were not those of another subject, and told of an event on the beat",
        "titre et texte n'étaient pas d'un autre sujet et disaient un fait du champ suivi",
        "заголовок и текст были не о другом и говорили о событии темы",
    ),
    "off/words": three(
        "headline and lead spoke less of another subject, and told of an event on the beat",
        "titre et attaque parlaient moins d'autre chose et disaient un fait du champ suivi",
        "заголовок и начало меньше говорили о другом и называли событие темы",
    ),
    "off/no_anchor": three(
        "a state, force or place of the beat took part in it",
        "un État, une force ou un lieu du champ suivi y prenait part",
        "в ней участвовала страна, сила или место темы",
    ),
    "off/no_development": three(
        "it told that something happened: who did what, on the beat",
        "l'article disait un fait : qui a fait quoi, dans le champ suivi",
        "в ней было событие: кто и что сделал, по теме",
    ),
    "off/excluded": three(
        "{words} were not in `exclude`",
        "`exclude` ne contenait pas {words}",
        "в `exclude` не было {words}",
    ),
    "off/unwatched": three(
        "a watch had its words, country or actor in it: see what each lacks above",
        "une veille y trouvait ses mots, pays ou acteur : voir ce qui manque ci-dessus",
        "наблюдение нашло в ней своё слово, страну или участника: чего нет, сказано выше",
    ),
}
