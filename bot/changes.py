"""A change as people review it: what it does, why, what it would have done, and its history."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from bot import html
from bot.words import Voice
from djeli.core.model import Change, ChangeKind, ChangeState
from djeli.core.words import Three, three

_NAMED = 5

_SAID: Mapping[str, Three] = {
    "change": three("Change {n}", "Changement {n}", "Изменение {n}"),
    "draft": three("proposed", "proposé", "предложено"),
    "accepted": three("accepted", "accepté", "принято"),
    "dropped": three("dropped", "rejeté", "отклонено"),
    "undone": three("undone", "annulé", "отменено"),
    "fact": three("known from now on: {what}", "connu désormais : {what}", "отныне известно: {what}"),
    "correction": three("{fact} corrected: {what}", "{fact} corrigé : {what}", "{fact} исправлен: {what}"),
    "exclude": three(
        "watch {watch} leaves out articles with “{word}”",
        "la veille {watch} écarte les articles avec « {word} »",
        "наблюдение {watch} не смотрит на статьи со словом «{word}»",
    ),
    "split": three(
        "a report leaves story {story}",
        "un article quitte le dossier {story}",
        "статья уходит из сюжета {story}",
    ),
    "split_into": three(
        "a report left story {story} for {into}",
        "un article a quitté le dossier {story} pour {into}",
        "статья ушла из сюжета {story} в {into}",
    ),
    "until": three("horizon {day}", "horizon {day}", "горизонт {day}"),
    "for_good": three("for good", "sans limite", "бессрочно"),
    "because": three("Why", "Pourquoi", "Почему"),
    "effect": three(
        "Articles judged again since {since}: {articles}. Alerts and updates lost {lost}, gained {gained}, "
        "unchanged {same}.",
        "Articles rejugés depuis le {since} : {articles}. Alertes et suites : perdues {lost}, "
        "gagnées {gained}, inchangées {same}.",
        "Статей рассмотрено заново с {since}: {articles}. Сообщений и обновлений потеряно {lost}, "
        "добавилось {gained}, без изменений {same}.",
    ),
    "must": three(
        "It would lose must-catch stories: {list}.",
        "Il perdrait des dossiers à ne pas manquer : {list}.",
        "Были бы потеряны обязательные сюжеты: {list}.",
    ),
    "parts": three(
        "Story {story} has {n} reports; this one leaves:",
        "Le dossier {story} compte {n} articles ; celui-ci le quitte :",
        "В сюжете {story} статей: {n}; уходит эта:",
    ),
    "less": three("lost", "perdues", "потеряно"),
    "more": three("gained", "gagnées", "добавилось"),
    "untried": three(
        "Not judged again yet: djeli changes try {n}",
        "Pas encore rejoué : djeli changes try {n}",
        "Ещё не проверено на прошлом: djeli changes try {n}",
    ),
    "next": three(
        "Next: djeli changes try {n} (what it would have done), then accept {n} or drop {n}",
        "Ensuite : djeli changes try {n} (ce qu'il aurait fait), puis accept {n} ou drop {n}",
        "Дальше: djeli changes try {n} (что бы изменилось), затем accept {n} или drop {n}",
    ),
    "decide": three(
        "Next: djeli changes accept {n}, or drop {n}",
        "Ensuite : djeli changes accept {n}, ou drop {n}",
        "Дальше: djeli changes accept {n} или drop {n}",
    ),
    "take_back": three(
        "To take it back: djeli changes undo {n}",
        "Pour l'annuler : djeli changes undo {n}",
        "Чтобы отменить: djeli changes undo {n}",
    ),
    "file": three(
        "As it would stand in a file:", "Tel qu'il figurerait dans un fichier :", "Так это стояло бы в файле:"
    ),
    "none": three("There are no changes.", "Il n'y a aucun changement.", "Изменений нет."),
    "known_pressed": three(
        "A reader ({user}) pressed “Already knew”.",
        "Un lecteur ({user}) a choisi « Déjà su ».",
        "Читатель ({user}) нажал «Уже знали».",
    ),
    "no_event_pressed": three(
        "A reader ({user}) pressed “Not an event”.",
        "Un lecteur ({user}) a choisi « Non-événement ».",
        "Читатель ({user}) нажал «Не событие».",
    ),
}


def line(change: Change, voice: Voice) -> str:
    """A change in one line of plain text."""
    return f"{_say(voice, 'change', n=change.id)} · {_say(voice, change.state.value)} · {what(change, voice)}"


def what(change: Change, voice: Voice) -> str:
    """What a change does, in plain words."""
    content = change.content
    if change.kind is ChangeKind.EXCLUDE:
        return _say(voice, "exclude", watch=content["watch"], word=content["word"])
    if change.kind is ChangeKind.SPLIT:
        return _say(voice, "split_into" if content.get("into") else "split", **content)
    record = content["record"]
    until = _say(voice, "until", day=record["until"]) if record.get("until") else _say(voice, "for_good")
    said = f"{record.get('summary', '')} ({until})"
    return _say(voice, change.kind.value, what=said, fact=content.get("fact", ""))


def blocks(change: Change, voice: Voice, in_terminal: bool = False) -> list[str]:
    """A change for review, as blocks of Telegram HTML; the terminal says itself what comes next."""
    return list(_blocks(change, voice, in_terminal))


def _blocks(change: Change, voice: Voice, in_terminal: bool) -> Iterator[str]:
    yield f"<b>{_say(voice, 'change', n=change.id)}</b> · {_say(voice, change.state.value)}"
    yield html.others(html.shorten(what(change, voice), 500))
    if change.because:
        yield f"{_head(voice, 'because')} {html.others(html.shorten(change.because, 300))}"
    if change.effect:
        yield from _effect(change.effect, voice)
    elif change.state is ChangeState.DRAFT and not in_terminal:
        yield f"<i>{_say(voice, 'untried', n=change.id)}</i>"
    steps = [
        f"{_say(voice, step.state.value)} {voice.moment(step.at)} ({html.escape(html.shorten(step.who, 40))})"
        for step in change.steps
    ]
    yield f"<i>{' → '.join(steps)}</i>"


def _effect(effect: Mapping[str, Any], voice: Voice) -> Iterator[str]:
    if "reports" in effect:
        yield html.escape(_say(voice, "parts", story=effect["story"], n=effect["reports"]))
        yield from _titles(effect["leave"])
        return
    since = voice.moment(datetime.fromisoformat(effect["since"]))
    counts = {"lost": effect["lost"], "gained": effect["gained"], "same": effect["unchanged"]}
    yield _say(voice, "effect", since=since, articles=effect["articles"], **counts)
    if effect["must_catch_lost"]:
        yield html.escape(_say(voice, "must", list=", ".join(effect["must_catch_lost"])))
    for key, word in (("lost_titles", "less"), ("gained_titles", "more")):
        if effect[key]:
            yield f"<i>{_head(voice, word)}</i>"
            yield from _titles(effect[key])


def _titles(named: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for one in named[:_NAMED]:
        title = html.link(html.shorten(one["title"], 140) or html.host(one["url"]), one["url"])
        yield f"• {title} — {html.others(html.shorten(one['outlet'], 40))}"


def pressed(button: str, user: int, voice: Voice) -> str:
    """Why a change was drafted: which button somebody pressed."""
    return _say(voice, f"{button}_pressed", user=user)


def none(voice: Voice) -> str:
    """What is said where there are no changes."""
    return _say(voice, "none")


def next_step(change: Change, voice: Voice) -> str:
    """Which command of the terminal comes next."""
    if change.state is ChangeState.ACCEPTED:
        return _say(voice, "take_back", n=change.id)
    if change.state is not ChangeState.DRAFT:
        return ""
    return _say(voice, "decide" if change.effect else "next", n=change.id)


def in_file(voice: Voice) -> str:
    """What stands above a change as it would stand in a file."""
    return _say(voice, "file")


def _say(voice: Voice, key: str, **values: object) -> str:
    return voice.pick(_SAID[key]).format(**values)


def _head(voice: Voice, key: str) -> str:
    return _say(voice, key) + ("\u202f:" if voice.language == "fr" else ":")
