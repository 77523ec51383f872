"""A replay as people read it, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.words import Voice
from djeli.app.answers import Json, article_json
from djeli.app.replay import PUSHED, Outcome, Replayed, Row
from djeli.core.model import Decision
from djeli.core.words import Three, three

_SHOWN = 20  # unchanged alerts that are listed without --all
_TITLE = 100

_SAID: Mapping[str, Three] = {
    "then": three("as decided then", "comme décidé alors", "как решено тогда"),
    "as_of": three("relative to {day}", "par rapport au {day}", "относительно {day}"),
    "nothing": three(
        "No article was judged since {since}: there is nothing to judge again. A past to practise on: "
        "djeli demo --keep FOLDER",
        "Aucun article n'a été jugé depuis le {since} : il n'y a rien à rejuger. Un passé pour s'exercer : "
        "djeli demo --keep DOSSIER",
        "С {since} не рассмотрено ни одной статьи: пересматривать нечего. Прошлое для упражнения: "
        "djeli demo --keep ПАПКА",
    ),
    "articles": three(
        "Articles judged again: {n}, first judged since {since}.",
        "Articles rejugés : {n}, jugés pour la première fois depuis le {since}.",
        "Статей рассмотрено заново: {n}, впервые рассмотренных с {since}.",
    ),
    "alerts": three(
        "Alerts and updates: {before} before, {after} after: lost {lost}, gained {gained}, unchanged {same}.",
        "Alertes et suites : {before} avant, {after} après : perdues {lost}, gagnées {gained}, "
        "inchangées {same}.",
        "Сообщений и обновлений: было {before}, стало {after}: потеряно {lost}, добавилось {gained}, "
        "без изменений {same}.",
    ),
    "otherwise": three(
        "Articles decided otherwise: {list}.",
        "Articles décidés autrement : {list}.",
        "Статей с другим решением: {list}.",
    ),
    "same": three(
        "Every article is decided as before.",
        "Chaque article est décidé comme avant.",
        "По каждой статье решение то же.",
    ),
    "lost": three("lost", "perdue", "потеряно"),
    "gained": three("gained", "gagnée", "добавилось"),
    "unchanged": three("unchanged", "inchangée", "без изменений"),
    "what": three("article", "article", "статья"),
    "chats": three("chats: {list}", "chats : {list}", "чаты: {list}"),
    "instead": three(
        "told instead by “{title}”, {later} later",
        "signalé à la place par « {title} », {later} plus tard",
        "вместо неё сообщит «{title}», на {later} позже",
    ),
    "more": three(
        "and {n} more unchanged: --all lists them",
        "et {n} autres inchangées : --all les énumère",
        "и ещё {n} без изменений: их покажет --all",
    ),
    "must_lost": three(
        "Must-catch stories that would be LOST: {list}.",
        "Dossiers à ne pas manquer qui seraient PERDUS : {list}.",
        "Обязательные сюжеты, которые были бы ПОТЕРЯНЫ: {list}.",
    ),
    "must_missed": three(
        "Must-catch stories told neither before nor after: {list}.",
        "Dossiers à ne pas manquer, signalés ni avant ni après : {list}.",
        "Обязательные сюжеты, о которых не сообщено ни до, ни после: {list}.",
    ),
    "must_caught": three(
        "Must-catch stories told: {list}.",
        "Dossiers à ne pas manquer, signalés : {list}.",
        "Обязательные сюжеты, о которых сообщено: {list}.",
    ),
}


@dataclass(frozen=True, slots=True)
class Report:
    """A replay with the names of its two sides."""

    replayed: Replayed
    before: str | None  # the configuration it is compared with; None: what was decided then
    after: str
    voice: Voice
    as_of: str | None = None

    def said(self) -> Iterator[str]:
        """The summary, line by line."""
        found = self.replayed
        since = self.voice.moment(found.since)
        if not found.articles:
            yield self._say("nothing", since=since)
            return
        yield self._say("articles", n=found.articles, since=since)
        yield self._say(
            "alerts",
            before=sum(bool(row.before.heard) for row in found.rows),
            after=sum(bool(row.after.heard) for row in found.rows),
            lost=len(found.lost),
            gained=len(found.gained),
            same=len(found.unchanged),
        )
        changed = sorted(found.otherwise.items(), key=lambda pair: (-pair[1], pair[0]))
        listed = ", ".join(f"{old} → {new} {count}" for (old, new), count in changed)
        yield self._say("otherwise", list=listed) if changed else self._say("same")
        must = found.must_catch
        for key, stories in (("lost", must.lost), ("missed", must.missed), ("caught", must.caught)):
            if stories:
                yield self._say(f"must_{key}", list=", ".join(stories))

    def headers(self) -> tuple[str, str, str, str]:
        """What stands above the columns of `rows`."""
        return "", self._say("what"), self._before, self._after

    def rows(self, everything: bool = False) -> Iterator[tuple[str, str, str, str]]:
        """What is lost, gained and unchanged, both sides beside each other with their reasons."""
        found = self.replayed
        for row in found.lost:
            yield self._row("− " + self._say("lost"), row)
        for row in found.gained:
            if not row.lost:
                yield self._row("+ " + self._say("gained"), row)
        for row in found.unchanged[: None if everything else _SHOWN]:
            yield self._row("= " + self._say("unchanged"), row)

    def rest(self, everything: bool = False) -> str:
        """How many unchanged alerts `rows` left out, if any."""
        left = 0 if everything else len(self.replayed.unchanged) - _SHOWN
        return self._say("more", n=left) if left > 0 else ""

    @property
    def _before(self) -> str:
        return self.before or self._say("then")

    @property
    def _after(self) -> str:
        return f"{self.after}, {self._say('as_of', day=self.as_of)}" if self.as_of else self.after

    def _row(self, mark: str, row: Row) -> tuple[str, str, str, str]:
        article = row.article
        kind = self.voice.headline(row.type, row.stage)
        told = (
            f"{self.voice.moment(article.published)} · {kind} · {article.title[:_TITLE]} — {article.outlet}"
        )
        return mark, told, self._outcome(row.before), self._outcome(row.after) + self._further(row)

    def _outcome(self, outcome: Outcome) -> str:
        heard = f" [{self._chats(outcome.heard)}]" if outcome.heard - {0} else ""
        return f"{outcome.decision.upper()}{heard}: {outcome.because}"

    def _chats(self, chats: frozenset[int]) -> str:
        return self._say("chats", list=", ".join(map(str, sorted(chats))))

    def _further(self, row: Row) -> str:
        other = self.replayed.instead(row) if row.lost else None
        if other is None:
            return ""
        later = self.voice.lasting(other.at - row.at)
        return f" ({self._say('instead', title=other.article.title[:_TITLE], later=later)})"

    def _say(self, key: str, **values: object) -> str:
        return self.voice.pick(_SAID[key]).format(**values)


def replayed_json(report: Report) -> Json:
    """The whole replay; `lost`, `gained` and `unchanged` by article and development."""
    found = report.replayed
    return {
        "since": found.since.isoformat(),
        "articles": found.articles,
        "before": {"configuration": report.before, "decisions": _counted(found.before)},
        "after": {"configuration": report.after, "as_of": report.as_of, "decisions": _counted(found.after)},
        "lost": [_row_json(row, row.lost, found.instead(row)) for row in found.lost],
        "gained": [_row_json(row, row.gained) for row in found.gained],
        "unchanged": [_row_json(row, row.unchanged) for row in found.unchanged],
        "otherwise": [
            {"before": old.value, "after": new.value, "articles": count}
            for (old, new), count in sorted(found.otherwise.items())
        ],
        "must_catch": {
            "lost": list(found.must_catch.lost),
            "missed": list(found.must_catch.missed),
            "caught": list(found.must_catch.caught),
        },
    }


def _counted(decisions: Mapping[Decision, int]) -> Json:
    return {decision.value: decisions.get(decision, 0) for decision in Decision}


def _row_json(row: Row, chats: frozenset[int], instead: Row | None = None) -> Json:
    return {
        "article": article_json(row.article),
        "judged_at": row.at.isoformat(),
        "type": row.type,
        "stage": row.stage,
        "quote": row.quote,
        "chats": sorted(chats - {0}),
        "before": _outcome_json(row.before),
        "after": _outcome_json(row.after),
        "instead": article_json(instead.article) if instead else None,
    }


def _outcome_json(outcome: Outcome) -> Json:
    return {
        "decision": outcome.decision.value,
        "pushed": outcome.decision in PUSHED and bool(outcome.heard),
        "rule": outcome.rule,
        "story": outcome.story,
        "because": outcome.because,
    }
