"""The answer of /why: when something was seen, by which feed, what was found in it and what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot import html
from bot.words import DECISIONS, Voice
from djeli.core.model import (
    Asked,
    Cue,
    Decision,
    Delivery,
    LedgerLine,
    Message,
    Nearest,
    NearTitle,
    OutboxState,
    Tried,
    Verdict,
)
from djeli.core.words import Three, three

_FEEDS, _MESSAGES, _CUES, _NEAREST, _VALUES = 4, 8, 5, 4, 6
_DELIVERIES = 5
_TOLD_BY = ("trigger", "realis", "date", "ordinal", "figure")  # cues that say what an article tells, and when

_SAID: Mapping[str, Three] = {
    "seen": three("Seen", "Vu", "Замечено"),
    "seen_at": three("{moment} in {feed}", "le {moment} dans {feed}", "{moment} в {feed}"),
    "judged": three("judged {moment}", "jugé le {moment}", "рассмотрено {moment}"),
    "only_seen": three(
        "A feed showed this address, but no article was made of it: it repeats what the outlet had told "
        "under another address.",
        "Un flux a montré cette adresse, sans qu'un article en soit tiré : elle répète ce que le média avait "
        "publié sous une autre.",
        "Лента показала этот адрес, но статьи из него не получилось: он повторяет то, что издание уже "
        "сообщало под другим адресом.",
    ),
    "none_asked": three(
        "none was asked: off the beat", "aucune consultée : hors sujet", "не опрашивались: не по теме"
    ),
    "no_words": three("the whole beat", "tout le domaine", "вся тематика"),
    "exclude": three("excluded by {values}", "exclu par {values}", "исключено словом: {values}"),
    "all": three("lacks {values}", "il manque {values}", "не хватает: {values}"),
    "keywords": three(
        "names none of {values}", "ne nomme rien de {values}", "не названо ничего из: {values}"
    ),
    "countries": three("is not about {values}", "ne concerne pas {values}", "не о странах: {values}"),
    "actors": three("names none of {values}", "ne nomme aucun de {values}", "не назван никто из: {values}"),
    "told_by": three("Recognised by these words", "Reconnu aux mots", "Распознано по словам"),
    "quote": three("Quote", "Citation", "Цитата"),
    "rule": three("rule", "règle", "правило"),
    "now_in": three("now in {story}", "maintenant dans {story}", "теперь в {story}"),
    "left_out": three("Left aside", "Laissé de côté", "Не учтено"),
    "entities": three("names", "noms", "имена"),
    "date": three("date", "date", "дата"),
    "type": three("kind", "genre", "вид"),
    "wording": three("wording", "formulation", "формулировка"),
    "sent": three("{chat}: sent {moment}", "{chat} : envoyé le {moment}", "{chat}: отправлено {moment}"),
    "done": three("{chat}: done", "{chat} : fait", "{chat}: сделано"),
    "pending": three("{chat}: waiting", "{chat} : en attente", "{chat}: ожидает"),
    "quiet": three(
        "{chat}: waiting for the end of the quiet hours, {moment}",
        "{chat} : attend la fin des heures calmes, le {moment}",
        "{chat}: ждёт конца тихих часов, {moment}",
    ),
    "dead": three("{chat}: refused ({error})", "{chat} : refusé ({error})", "{chat}: не принято ({error})"),
    "muted": three("{chat}: muted", "{chat} : en sourdine", "{chat}: приглушено"),
    "other": three("{chat}: {state}", "{chat} : {state}", "{chat}: {state}"),
    "alert": three("card", "fiche", "карточка"),
    "update": three("update", "suite", "обновление"),
    "digest": three("digest", "résumé", "сводка"),
    "edit": three("first card brought up to date", "première fiche mise à jour", "первая карточка обновлена"),
    "notice": three("notice", "avis", "уведомление"),
    "here": three("here", "ici", "здесь"),
    "not_here": three("Not sent here.", "Non envoyé ici.", "Сюда не отправлено."),
    "nearest": three("Nearest headlines:", "Titres les plus proches :", "Ближайшие заголовки:"),
}


def why(found: Asked, voice: Voice, here: int | None = None) -> list[str]:
    """All that is known, one block for each thing; where nothing is, the nearest headlines.

    `here` is the chat that asks: it hears of its own messages only. The terminal, None, hears of all.
    """
    if not found.lines:
        return list(_never(found, voice))
    if here is not None:
        found = _as_heard(found, here)
    return list(_Answer(found, voice, here).blocks())


def _as_heard(found: Asked, chat: int) -> Asked:
    lines = [
        replace(line, deliveries=tuple(one for one in line.deliveries if one.chat == chat))
        for line in found.lines
    ]
    messages = tuple(message for message in found.messages if message.chat == chat)
    return replace(found, lines=tuple(lines), messages=messages)


def _never(found: Asked, voice: Voice) -> Iterator[str]:
    if found.sightings:
        yield _say(voice, "only_seen")
        yield _seen(found, voice)
    else:
        yield html.escape(voice.say("never_seen", key=html.shorten(found.key, 200)))
    if found.near:
        yield f"<i>{_say(voice, 'nearest')}</i>"
        yield from (_near(one, voice) for one in found.near)


def _near(one: NearTitle, voice: Voice) -> str:
    article = one.article
    title = html.link(html.shorten(article.title, 140) or html.host(article.url), article.url)
    outlet = html.others(html.shorten(voice.names(article.outlet), 40))
    return f"• {title} — {outlet}, {voice.moment(article.published)}"


class _Answer:
    """The blocks about what was found."""

    def __init__(self, found: Asked, voice: Voice, here: int | None = None) -> None:
        self._found, self._voice, self._here = found, voice, here

    def blocks(self) -> Iterator[str]:
        lines = self._found.lines
        article = ""
        one = len({line.article.id for line in lines}) == 1
        for line in lines:
            if line.article.id != article:
                article = line.article.id
                yield article_line(line, self._voice)
                yield self._when(line, one)
                yield from self._watches(line)
            yield from self._decision(line)
        yield told(self._found.messages, lines, self._voice, self._here)

    def _when(self, line: LedgerLine, one: bool) -> str:
        judged = _say(self._voice, "judged", moment=self._voice.moment(line.judged_at))
        if one and self._found.sightings:
            return f"{_seen(self._found, self._voice)}{_mark(self._voice, '; ')}{judged}"
        seen = _seen_at(self._voice, line.article.first_seen, line.article.feed or line.article.outlet)
        return f"{_head(self._voice, 'seen')} {seen}{_mark(self._voice, '; ')}{judged}"

    def _watches(self, line: LedgerLine) -> Iterator[str]:
        voice = self._voice
        if line.tried:
            said = "; ".join(_tried(one, voice) for one in line.tried)
        else:
            said = ", ".join(line.watches) or _say(voice, "none_asked")
        yield f"{voice.head('watches')} {html.escape(html.shorten(said, 400))}"
        if line.left_out:
            listed = ", ".join(f"“{text}”" for text in line.left_out[:_VALUES])
            yield f"{_head(voice, 'left_out')} {html.others(html.shorten(listed, 200))}"

    def _decision(self, line: LedgerLine) -> Iterator[str]:
        verdict, voice = line.verdict, self._voice
        kind = ""
        if verdict:
            kind = html.escape(voice.headline(verdict.mention.type, verdict.mention.stage)) + _mark(
                voice, ": "
            )
        yield f"<b>{kind}{decided(line.decision, voice)}</b>"
        head = "why_new" if line.decision in (Decision.ALERT, Decision.UPDATE) else "decided"
        rule = f" ({_say(voice, 'rule')} {html.escape(verdict.rule)})" if verdict and verdict.rule else ""
        yield f"{voice.head(head)} {html.others(html.shorten(line.because, 400))}{rule}"
        if verdict:
            yield from self._development(verdict, line)

    def _development(self, verdict: Verdict, line: LedgerLine) -> Iterator[str]:
        voice = self._voice
        if cues := _cues(verdict.mention.cues):
            yield f"{_head(voice, 'told_by')} {html.others(html.shorten(cues, 300))}"
        if verdict.mention.quote:
            yield f"{_head(voice, 'quote')} {html.others(html.shorten(verdict.mention.quote, 300))}"
        if verdict.facts:
            yield f"{voice.head('facts')} {html.escape(', '.join(verdict.facts[:8]))}"
        if verdict.story:
            moved = line.story if line.story and line.story != verdict.story else None
            said = f" ({_say(voice, 'now_in', story=moved)})" if moved else ""
            yield f"{voice.head('story')} {html.escape(verdict.story + said)}"
        near = [one for one in verdict.nearest if one.score > 0]
        if near:
            refs = "; ".join(_compared(one, voice) for one in near[:_NEAREST])
            yield f"{voice.head('compared')} {html.escape(refs)}"


def _mark(voice: Voice, mark: str) -> str:
    """A mark between two parts of a sentence: in French a narrow space stands before it."""
    return f"\u202f{mark}" if voice.language == "fr" else mark


def article_line(line: LedgerLine, voice: Voice) -> str:
    """An article with its outlet, moment and decision."""
    article = line.article
    title = html.link(html.shorten(article.title, 140) or html.host(article.url), article.url)
    outlet = html.others(html.shorten(voice.names(article.outlet), 40))
    decision = decided(line.article_decision, voice)
    return f"• {title} — {outlet}, {voice.moment(article.published)} — <i>{decision}</i>"


def decided(decision: Decision, voice: Voice) -> str:
    """A decision in words."""
    return html.escape(voice.pick(DECISIONS[decision.value]))


def told(
    messages: Sequence[Message], lines: Sequence[LedgerLine], voice: Voice, here: int | None = None
) -> str:
    """What was sent where and when, and what waits, was refused or held back, for the chat `here`."""
    if not messages:
        if here is not None and not any(line.deliveries for line in lines):
            return f"<i>{_say(voice, 'not_here')}</i>"
        return sent([delivery for line in lines[:1] for delivery in line.deliveries], voice)
    said = [_message(message, voice, here) for message in messages[:_MESSAGES]]
    if len(messages) > _MESSAGES:
        said.append(voice.say("more", n=len(messages) - _MESSAGES))
    return f"<i>{voice.head('told')} {'; '.join(said)}</i>"


def sent(deliveries: Sequence[Delivery], voice: Voice) -> str:
    """The chats that were told, and when."""
    if not deliveries:
        return f"<i>{voice.say('not_told')}</i>"
    places = [f"{delivery.chat} ({voice.moment(delivery.at)})" for delivery in deliveries[:_DELIVERIES]]
    if len(deliveries) > _DELIVERIES:
        places.append(voice.say("more", n=len(deliveries) - _DELIVERIES))
    return f"<i>{voice.head('told')} {', '.join(places)}</i>"


def _message(message: Message, voice: Voice, here: int | None = None) -> str:
    chat = _say(voice, "here") if message.chat == here else str(message.chat)
    kind = _say(voice, message.kind) if message.kind in _SAID else message.kind
    if message.sent:
        state = _say(voice, "sent", chat=chat, moment=voice.moment(message.sent))
    elif message.state is OutboxState.SENT:
        state = _say(voice, "done", chat=chat)
    elif message.state is OutboxState.DEAD:
        state = _say(voice, "dead", chat=chat, error=html.shorten(message.error or "?", 100))
    elif message.state is OutboxState.MUTED:
        state = _say(voice, "muted", chat=chat)
    elif message.state is OutboxState.PENDING and message.not_before and message.not_before > message.owed:
        state = _say(voice, "quiet", chat=chat, moment=voice.moment(message.not_before))
    elif message.state is OutboxState.PENDING:
        state = _say(voice, "pending", chat=chat)
    else:
        state = _say(voice, "other", chat=chat, state=message.state.value)
    return html.escape(f"{kind} → {state}")


def _seen(found: Asked, voice: Voice) -> str:
    shown = [_seen_at(voice, one.at, one.feed) for one in found.sightings[:_FEEDS]]
    if len(found.sightings) > _FEEDS:
        shown.append(voice.say("more", n=len(found.sightings) - _FEEDS))
    return f"{_head(voice, 'seen')} {', '.join(shown)}"


def _seen_at(voice: Voice, at: datetime, feed: str) -> str:
    return html.escape(_say(voice, "seen_at", moment=voice.moment(at), feed=html.shorten(feed, 120)))


def _tried(one: Tried, voice: Voice) -> str:
    """`sahel (Mali, Wagner)`, or what keeps the watch from looking at the article."""
    if one.lacks is None:
        return f"{one.watch} ({', '.join(one.found) or _say(voice, 'no_words')})"
    values = ", ".join(one.values[:_VALUES]) + ("…" if len(one.values) > _VALUES else "")
    return f"{one.watch}: {_say(voice, one.lacks, values=values)}" if one.lacks in _SAID else one.watch


def _cues(cues: Sequence[Cue]) -> str:
    """The words that decided, each with what it speaks for."""
    shown = dict.fromkeys(f"“{cue.text}” ({cue.speaks_for})" for cue in cues if cue.kind in _TOLD_BY)
    return ", ".join(list(shown)[:_CUES])


def _compared(near: Nearest, voice: Voice) -> str:
    """`F142 0.41: names 0.50 (Russia, Bamako), date 0.00, kind 1.00`."""
    terms = ", ".join(_term(term.name, term.value, term.detail, voice) for term in near.terms)
    return f"{near.ref} ({_score(near.score, voice)}{': ' + terms if terms else ''})"


def _term(name: str, value: float, detail: str, voice: Voice) -> str:
    label = _say(voice, name) if name in _SAID else name
    ids = detail.split(", ") if name == "entities" else []
    shared = [voice.names(id_) for id_ in ids if id_ and voice.names(id_) != id_][:3]  # objects have no name
    return f"{label} {_score(value, voice)}" + (f" ({', '.join(shared)})" if shared else "")


def _score(value: float, voice: Voice) -> str:
    """From 0 to 1, with the decimal mark of the language."""
    text = f"{min(value, 1.0):.2f}"
    return text if voice.language == "en" else text.replace(".", ",")


def _say(voice: Voice, key: str, **values: object) -> str:
    return voice.pick(_SAID[key]).format(**values)


def _head(voice: Voice, key: str) -> str:
    return _say(voice, key) + ("\u202f:" if voice.language == "fr" else ":")
