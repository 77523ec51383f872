"""How `djeli watch` speaks: what words mean, what they caught, what could be added."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.words import Voice
from djeli.app.watches import Hit, Meaning, Tally, Tried, Variant, spellings
from djeli.app.wiring import House
from djeli.core.model import Decision, Watch
from djeli.core.words import Three, three

_ENOUGH = 5  # articles without a single message, after which a variant is not proposed
_NAMES = 4  # spellings shown of one language

_KINDS: Mapping[str, Three] = {
    "name": three(
        "“{said}” is a known name: every spelling, case form and language, and what belongs to it.",
        "« {said} » est un nom connu : toute graphie, tout cas, toute langue, et ce qui en dépend.",
        "«{said}» — известное имя: во всех написаниях, падежах и языках, вместе с тем, что к нему относится.",
    ),
    "concept": three(
        "“{said}” is a concept: its words in three languages.",
        "« {said} » est une notion : ses mots dans trois langues.",
        "«{said}» — понятие: его слова на трёх языках.",
    ),
    "word": three(
        "“{said}” is no known name: whole words, whatever case and accents, in any form with the same stem.",
        "« {said} » n'est pas un nom connu : mots entiers, sans égard à la casse ni aux accents, "
        "sous toute forme de même radical.",
        "«{said}» — не известное имя: целые слова в любом регистре, во всех формах с той же основой.",
    ),
    "phrase": three(
        "“{said}” is a phrase: these words one after the other, each in any form.",
        "« {said} » est une locution : ces mots à la suite, chacun sous toute forme.",
        "«{said}» — выражение: эти слова подряд, каждое в любой форме.",
    ),
    "open": three(
        "“{said}” has an open ending: every word that begins so.",
        "« {said} » a une fin ouverte : tout mot qui commence ainsi.",
        "«{said}» — открытое окончание: все слова, которые так начинаются.",
    ),
    "exact": three(
        "{said} is meant exactly: with its case and accents, in no other form.",
        "{said} s'entend exactement : casse et accents compris, sous aucune autre forme.",
        "{said} понимается буквально: с этим регистром и в этой форме.",
    ),
    "pattern": three(
        "“{said}” is a regular expression (RE2), in any case.",
        "« {said} » est une expression régulière (RE2), sans égard à la casse.",
        "«{said}» — регулярное выражение (RE2), в любом регистре.",
    ),
}
_WORDS: Mapping[str, Three] = {
    "past": three(
        "Looked through: {n} stored articles since {day}.",
        "Articles enregistrés parcourus : {n}, depuis le {day}.",
        "Просмотрено сохранённых статей: {n}, с {day}.",
    ),
    "no_past": three(
        "There are no stored articles since {day}: nothing can be counted yet.",
        "Aucun article enregistré depuis le {day} : rien à compter pour l'instant.",
        "С {day} нет сохранённых статей: считать пока нечего.",
    ),
    "found": three(
        "Articles that have it: {hits}. Led to a message at once: {pushed}. Led to nothing: {share}.",
        "Articles qui le contiennent : {hits}. Avec message immédiat : {pushed}. Sans suite : {share}.",
        "Статей с ним: {hits}. Из них с немедленным сообщением: {pushed}. Ни к чему не привели: {share}.",
    ),
    "looked": three(
        "The watch “{name}” looks at {hits} of them. Led to a message: {pushed}. Led to nothing: {share}.",
        "La veille « {name} » en regarde {hits}. Avec message immédiat : {pushed}. Sans suite : {share}.",
        "Наблюдение «{name}» смотрит на {hits} из них. С немедленным сообщением: {pushed}. Впустую: {share}.",
    ),
    "left": three(
        "It leaves out: {list}.", "Elle laisse de côté : {list}.", "Не рассматривает: {list}."
    ),
    "latest": three("The latest:", "Les derniers :", "Последние:"),
    "as_of_then": three(
        "Decisions are those of the time. What another configuration would tell: djeli replay --config FILE",
        "Les décisions sont celles de l'époque. Autre configuration : djeli replay --config FICHIER",
        "Решения — того времени. Что дала бы другая конфигурация: djeli replay --config ФАЙЛ",
    ),
    "add": three(
        "To add, in a [[watch]] of {path}:", "À ajouter, dans une [[watch]] de {path} :",
        "Чтобы добавить, в [[watch]] файла {path}:",
    ),
    "covered": three(
        "That one word has all the spellings above.",
        "Ce seul mot couvre toutes les graphies ci-dessus.",
        "Одно это слово охватывает все написания выше.",
    ),
    "also": three("See as well:", "Voir aussi :", "См. также:"),
}  # fmt: skip
_ORIGINS: Mapping[str, Three] = {
    "said": three("as asked", "demandé", "запрос"),
    "spelling": three("spelling", "graphie", "написание"),
    "related": three("related", "apparenté", "связано"),
    "concept": three("same concept", "même notion", "то же понятие"),
    "sound": three("sounds alike", "même son", "созвучно"),
    "ending": three("same beginning", "même début", "то же начало"),
}
_HEADERS: Mapping[str, Sequence[Three]] = {
    "suggest": (
        three("word", "mot", "слово"), three("from", "origine", "откуда"),
        three("language", "langue", "язык"),
        three("articles", "articles", "статей"), three("led to nothing", "sans suite", "впустую"),
    ),
    "words": (
        three("word", "mot", "слово"), three("understood as", "compris comme", "понято как"),
        three("articles", "articles", "статей"), three("led to nothing", "sans suite", "впустую"),
    ),
    "list": (
        three("watch", "veille", "наблюдение"), three("words", "mots", "слов"),
        three("pushes", "envoie", "сразу"), three("chats", "chats", "чатов"),
        three("articles", "articles", "статей"), three("led to nothing", "sans suite", "впустую"),
    ),
}  # fmt: skip


class Report:
    """Says it in the language of the house."""

    def __init__(self, house: House) -> None:
        self.house, self.voice = house, house.voice

    def say(self, key: str, **values: object) -> str:
        """One sentence."""
        return self.voice.pick(_WORDS[key]).format(**values)

    def headers(self, table: str) -> list[str]:
        """The heads of a table."""
        return [self.voice.pick(one) for one in _HEADERS[table]]

    def meaning(self, known: Meaning) -> Iterator[str]:
        """How a word is understood; of a name its ids and spellings."""
        yield self.voice.pick(_KINDS[known.kind]).format(said=known.said)
        for id_ in known.ids:
            names = [
                f"{lang}: {', '.join(ones[:_NAMES])}" + (" …" if len(ones) > _NAMES else "")
                for lang, ones in spellings(id_, self.house).items()
                if ones
            ]
            yield f"   {id_}" + (f"   {' · '.join(names)}" if names else "")

    def kind(self, known: Meaning) -> str:
        """The same in a cell: the ids, or the kind."""
        return ", ".join(known.ids) or known.kind

    def past(self, count: int, day: str) -> str:
        """How much was looked through."""
        return self.say("past" if count else "no_past", n=self.voice.number(count), day=day)

    def hits(self, hits: Sequence[Hit]) -> Iterator[str]:
        """The latest articles, each with its decision and where it has the word."""
        if hits:
            yield self.say("latest")
        for hit in hits:
            yield f"   {hit.decision.upper():7} {hit.article.published:%Y-%m-%d}  {hit.article.title}"
            if hit.excerpt and hit.excerpt not in hit.article.title:
                yield f"           … {hit.excerpt} …"

    def tally(self, key: str, tally: Tally, **values: object) -> str:
        """One sentence with the counts of a tally."""
        return self.say(key, hits=tally.hits, pushed=tally.pushed, share=share(tally), **values)

    def tried_rows(self, tried: Tried, meanings: Mapping[str, Meaning]) -> Iterator[Sequence[object]]:
        """The words of a watch with what they have."""
        for said, tally in tried.words:
            yield said, self.kind(meanings[said]), tally.hits, share(tally)

    def left(self, tried: Tried) -> str | None:
        """What kept the other articles from the watch."""
        if not tried.left:
            return None
        return self.say("left", list=", ".join(f"{what}: {n}" for what, n in tried.left.most_common(8)))

    def list_rows(
        self, watches: Sequence[Watch], chats: Mapping[str, int], found: Mapping[str, Tally]
    ) -> Iterator[Sequence[object]]:
        """The watches, each with what it caught."""
        for watch in watches:
            tally = found.get(watch.name, Tally())
            words = len(watch.keywords) + len(watch.all) + len(watch.exclude)
            yield watch.name, words, pushes(watch), chats.get(watch.name, 0), tally.hits, share(tally)

    def variant_rows(self, variants: Sequence[Variant]) -> Iterator[Sequence[object]]:
        """The words that could be added."""
        for one in variants:
            origin = self.voice.pick(_ORIGINS[one.origin])
            yield one.said, origin, one.lang or "", one.tally.hits, share(one.tally)

    def proposal(self, known: Meaning, variants: Sequence[Variant]) -> Iterator[str]:
        """The line to add: the word, and what stands in the past beside it."""
        added = [one.said for one in variants if proposed(one)]
        if known.kind in ("name", "concept"):
            added = [known.said]
        words = list(dict.fromkeys((known.said, *added)))
        yield self.say("add", path=self.house.config.path or "djeli.toml")
        yield f"   keywords = [{', '.join(json.dumps(word, ensure_ascii=False) for word in words)}]"
        if any(one.origin == "spelling" for one in variants):
            yield self.say("covered")
        related = [one.said for one in variants if one.origin in ("related", "ending") or _is_id(one)]
        if related:
            yield f"{self.say('also')} {', '.join(related)}"


def _is_id(variant: Variant) -> bool:
    return variant.origin == "concept" and variant.lang is None


def proposed(variant: Variant) -> bool:
    """Whether a variant belongs into the proposed line: it stands in the past, and not always in vain."""
    in_vain = variant.tally.hits >= _ENOUGH and not variant.tally.pushed
    word = variant.origin == "sound" or (variant.origin == "concept" and variant.lang is not None)
    return word and variant.tally.hits > 0 and not in_vain


def pushes(watch: Watch) -> str:
    """What a watch pushes, in the words of the configuration."""
    parts = [", ".join(watch.types)] if watch.types is not None else []
    if watch.priority or watch.types is None:
        parts.append(f"priority ≥ {watch.priority or 'normal'}")
    if watch.horizon:
        parts.append(f"horizon {watch.horizon.days}d")
    if not watch.rumours:
        parts.append("rumours = false")
    return "; ".join(parts)


def share(tally: Tally) -> str:
    """How many led to nothing, and what share that is: “34 (83 %)”."""
    if tally.nothing is None:
        return "–"
    return f"{tally.hits - tally.pushed} ({round(100 * tally.nothing)} %)"


# ---------------------------------------------------------------------------------------- JSON


def tally_json(tally: Tally) -> dict[str, Any]:
    """The counts of a tally; `nothing` is the share that led to no message, from 0 to 1."""
    decisions = {
        decision.value: tally.decisions[decision] for decision in Decision if tally.decisions[decision]
    }
    nothing = None if tally.nothing is None else round(tally.nothing, 3)
    return {"articles": tally.hits, "pushed": tally.pushed, "nothing": nothing, "decisions": decisions}


def meaning_json(known: Meaning, voice: Voice) -> dict[str, Any]:
    """How a word is understood."""
    return {"word": known.said, "kind": known.kind, "names": {id_: voice.names(id_) for id_ in known.ids}}


def hit_json(hit: Hit) -> dict[str, Any]:
    """One article that has a word."""
    article = hit.article
    return {
        "title": article.title,
        "url": article.url,
        "outlet": article.outlet,
        "lang": article.lang,
        "published": article.published.isoformat(),
        "decision": hit.decision.value,
        "watches": list(hit.watches),
        "excerpt": hit.excerpt or None,
    }


def variant_json(variant: Variant) -> dict[str, Any]:
    """A word that could be added."""
    return {
        "word": variant.said,
        "from": variant.origin,
        "lang": variant.lang,
        "proposed": proposed(variant),
        **tally_json(variant.tally),
    }
