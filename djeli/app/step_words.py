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
    "told_by": three("told by the words", "dit par les mots", "сказано словами"),
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
    "nearest": three("nearest facts", "faits les plus proches", "ближайшие факты"),
    "continues": three("goes on from", "fait suite à", "продолжает"),
    "wants": three("watches want", "les veilles veulent", "наблюдения хотят"),
    "changed": three("changed", "changement", "изменилось"),
    "rule": three("rule", "règle", "правило"),
    "story": three("story", "dossier", "сюжет"),
    "because": three("because", "parce que", "потому что"),
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
        "{where}: {stories} stories out of {articles} articles",
        "{where} : {stories} dossiers, {articles} articles",
        "{where}: сюжетов {stories}, статей {articles}",
    ),
    "store_none": three(
        "{where} is not there yet: no stories, only the facts",
        "{where} n'existe pas encore : aucun dossier, seulement les faits",
        "{where} ещё нет: сюжетов нет, только факты",
    ),
    "looked_at": three(
        "{n} of them share a name and lie near in time",
        "{n} partagent un nom et sont proches dans le temps",
        "из них {n} с общим именем и близких по времени",
    ),
    # the beat
    "nothing": three(
        "nothing to judge, for the reason above",
        "rien à juger, raison ci-dessus",
        "судить нечего, причина выше",
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
        "(nothing to judge, so no watch was asked; they would have answered thus)",
        "(rien à juger : aucune veille consultée ; elles auraient répondu ainsi)",
        "(судить нечего: наблюдения не спрашивали; ответили бы так)",
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
    "reached": three("the same", "identique", "то же"),
    "not_reached": three("not the same", "différent", "не то же"),
    "no_fact": three(
        "none is of its kind and time and shares a name",
        "aucun de ce type et de ce temps ne partage un nom",
        "нет ни одного того же типа и времени с общим именем",
    ),
    "no_story": three("none comes near", "aucun n'est proche", "близких нет"),
    "nearest_means": three(
        "of the same kind, whatever their date; named for comparison, they hold nothing back",
        "du même type, sans égard à la date ; pour comparaison, ils ne retiennent rien",
        "того же типа, без учёта даты; для сравнения, ничего не задерживают",
    ),
    "term_entities": three("names", "noms", "имена"),
    "term_date": three("date", "date", "дата"),
    "term_type": three("kind", "type", "тип"),
    "term_wording": three("wording", "formulation", "формулировки"),
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
    "vague": three(
        "of no known kind, and too little named in common",
        "sans type reconnu, et trop peu de noms communs",
        "тип неизвестен, общих имён слишком мало",
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
