"""`djeli explain`: one article judged against the store, with all that stands behind the judgement.

djeli.app.steps says it in words, `explained_json` as JSON.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from urllib.parse import urlsplit

from baseline.grounds import Compared, Development, Grounds, Tried
from baseline.language import detect
from bot.words import PHRASES
from djeli.app.answers import Json, judged_json
from djeli.app.backtest import UNNAMED, moment
from djeli.app.judging import candidates, misleading
from djeli.app.judging import explained as left_aside
from djeli.app.machine import database_file
from djeli.app.wiring import House
from djeli.core.errors import JobFailed, UserError
from djeli.core.model import Article, Failure, Judgement, Story, Verdict
from djeli.core.ports import Store
from monitors import furniture
from monitors.addresses import canonical
from monitors.web import HttpWeb, article_id

_EVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Handed:
    """An article as it was handed in; where its title and its date come from."""

    article: Article
    title_from: str  # given, first_line, page
    date_from: str  # given, page, now


@dataclass(frozen=True, slots=True)
class Against:
    """What an article was judged against."""

    config: str | None  # None: no file, the beat as it comes
    watches: tuple[str, ...]
    facts: int
    suppressing: int  # facts that hold back what repeats them
    documents: int
    store: str  # its file or address, without password
    store_exists: bool
    stories: int
    articles: int
    newest: datetime | None  # when the latest report of a told story was published
    compared: int  # stories that share a name and lie near in time
    wording: str


@dataclass(frozen=True, slots=True)
class Explained:
    """A judgement and all that stands behind it."""

    handed: Handed
    judgement: Judgement
    grounds: Grounds
    against: Against
    stories: tuple[Story, ...]


async def fetched(url: str, web: HttpWeb, now: datetime) -> Handed:
    """The article at an address, fetched by the rules of the service; JobFailed when it cannot be had."""
    page = await web.page(url, now)
    if isinstance(page, Failure):
        raise JobFailed(f"{url}: {page.detail}")
    own = page.canonical or canonical(url) or url
    article = Article(
        id=article_id(own),
        url=own,
        title=page.title or url,
        text=page.text,
        lang=detect(page.title, page.text, page.lang),
        outlet=UNNAMED,
        published=page.published or now,
        first_seen=now,
        dated=page.published is not None,
    )
    return Handed(article, "page", "page" if article.dated else "now")


def from_text(text: str, name: str, now: datetime) -> Handed:
    """The article in a text: its first line is the title; UserError when there is none."""
    lines = text.strip().splitlines()
    if not lines:
        raise UserError(f"{name}: holds no article; its first line is the title, the text follows")
    title, body = lines[0].strip(), "\n".join(lines[1:]).strip()
    article = Article(
        id=article_id("", "explain", title),
        url="",
        title=title,
        text=body,
        lang=detect(title, body),
        outlet=UNNAMED,
        published=now,
        first_seen=now,
        dated=False,
        text_from="page" if body else "title",
    )
    return Handed(article, "first_line", "now")


def amended(handed: Handed, title: str | None, published: str | None, outlet: str | None) -> Handed:
    """The article with what the user says of it; UserError for a date that is none."""
    article = handed.article
    if published:
        try:
            article = replace(article, published=moment(published), dated=True)
        except ValueError as error:
            raise UserError(str(error).replace("'published'", "--published")) from None
        handed = replace(handed, date_from="given")
    if title:
        article = replace(article, title=title, lang=detect(title, article.text, article.lang))
        handed = replace(handed, title_from="given")
    return replace(handed, article=replace(article, outlet=outlet) if outlet else article)


def explained(handed: Handed, house: House, store: Store, now: datetime) -> Explained:
    """The judgement as it would be if the article came now; what is stored of it is left aside."""
    handed, left_out = _bare(handed, house, store)
    reading = house.judge.read(handed.article)
    stories = _without(candidates(house.judge, reading, store), handed.article.id)
    judgement = house.judge.judge(reading, stories, max(now, handed.article.published))
    grounds = house.judge.grounds(judgement, stories)
    if left_out:
        judgement = left_aside(judgement, left_out, house.voice.pick(PHRASES["left_out"]))
    return Explained(handed, judgement, grounds, _against(house, store, len(stories)), tuple(stories))


def _bare(handed: Handed, house: House, store: Store) -> tuple[Handed, tuple[str, ...]]:
    """The article without what stands on every item of its outlet, and what that was."""
    article = handed.article
    usual = misleading(store.furniture([article.outlet])[article.outlet], house.judge)
    title, text, left_out = furniture.without(article.title, article.text, usual)
    return replace(handed, article=replace(article, title=title, text=text)), left_out


def _against(house: House, store: Store, compared: int) -> Against:
    config, facts = house.config, house.knowledge.facts
    file = database_file(config.database)
    return Against(
        config=str(config.path) if config.path else None,
        watches=tuple(watch.name for watch in config.watches),
        facts=len(facts),
        suppressing=sum(fact.suppresses for fact in facts),
        documents=len({source.document for fact in facts for source in fact.sources}),
        store=str(file) if file else _address(config.database),
        store_exists=file is None or file.exists(),
        stories=store.story_count(),
        articles=store.counts(_EVER)["articles"],
        newest=max((member.published for story in store.recent(1) for member in story.members), default=None),
        compared=compared,
        wording=house.wording.said,
    )


def _address(url: str) -> str:
    """The address of a database without user and password."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.hostname or ''}{parts.path}"


def _without(stories: Sequence[Story], article: str) -> list[Story]:
    others = [
        replace(story, members=tuple(member for member in story.members if member.article != article))
        for story in stories
    ]
    return [story for story in others if story.members]


# ------------------------------------------------------------------------------------ as JSON


def explained_json(explained: Explained) -> Json:
    """The judged article as the contract has it, and beside it all that stands behind it."""
    judgement, grounds = explained.judgement, explained.grounds
    shown = judged_json(judgement)
    for development, verdict, ground in zip(
        shown["developments"], judgement.verdicts, grounds.developments, strict=False
    ):
        development |= _development_json(verdict, ground)
    return shown | {
        "article": _article_json(explained.handed),
        "judged_against": asdict(explained.against)
        | {"newest": newest.isoformat() if (newest := explained.against.newest) else None},
        "off_beat": judgement.reading.off_beat,
        "left_out": [cue.text for cue in judgement.reading.cues if cue.kind == "furniture"],
        "names": [asdict(name) for name in grounds.names],
        "reads_like": [share._asdict() for share in grounds.shares],
        "signs": [asdict(sign) for sign in grounds.signs],
        "not_counted": [asdict(cue) for cue in grounds.masked],
        "watches_tried": [_tried_json(tried) for tried in grounds.tried],
    }


def _article_json(handed: Handed) -> Json:
    article = handed.article
    return {
        "title": article.title,
        "title_from": handed.title_from,
        "published": article.published.isoformat(),
        "published_from": handed.date_from,
        "outlet": None if article.outlet == UNNAMED else article.outlet,
    }


def _tried_json(tried: Tried) -> Json:
    return {**asdict(tried), "concerned": tried.lack is None}


def _development_json(verdict: Verdict, ground: Development) -> Json:
    return {
        "cues": [asdict(cue) for cue in verdict.mention.cues],
        "told_as": [asdict(cue) for cue in ground.told_as],
        "dated": asdict(ground.dated) if ground.dated else None,
        "was": verdict.was,
        "now": verdict.now,
        "opens": verdict.opens,
        "comparisons": [_compared_json(one) for one in (*ground.facts, *ground.stories)],
        "wants": [asdict(wanted) for wanted in ground.wanted],
    }


def _compared_json(compared: Compared) -> Json:
    return {
        "ref": compared.ref,
        "score": round(compared.score, 4),
        "needed": compared.floor,
        "same": compared.score >= compared.floor,
        "terms": {term.name: round(term.value, 4) for term in compared.terms},
        "shared": list(compared.shared),
        "days": compared.days,
        "cut": compared.cut,
        "raised": compared.raised,
        "reports": compared.reports,
    }
