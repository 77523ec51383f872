"""`djeli explain`: one article judged against the store, with every step shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from baseline.language import detect
from djeli.app.backtest import UNNAMED, moment
from djeli.app.judging import Judging, candidates
from djeli.core.errors import JobFailed, UserError
from djeli.core.model import Article, Failure, Figure, Judgement, Mention, Story, Verdict
from djeli.core.ports import Store
from monitors.addresses import canonical
from monitors.web import HttpWeb, article_id


async def fetched(url: str, web: HttpWeb, now: datetime) -> Article:
    """The article at an address, fetched by the rules of the service; JobFailed when it cannot be had."""
    page = await web.page(url, now)
    if isinstance(page, Failure):
        raise JobFailed(f"{url}: {page.detail}")
    own = page.canonical or canonical(url) or url
    return Article(
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


def from_text(text: str, name: str, now: datetime) -> Article:
    """The article in a text: its first line is the title; UserError when there is none."""
    lines = text.strip().splitlines()
    if not lines:
        raise UserError(f"{name}: holds no article; its first line is the title, the text follows")
    title, body = lines[0].strip(), "\n".join(lines[1:]).strip()
    return Article(
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


def amended(article: Article, title: str | None, published: str | None, outlet: str | None) -> Article:
    """The article with what the user says of it; UserError for a date that is none."""
    if published:
        try:
            article = replace(article, published=moment(published), dated=True)
        except ValueError as error:
            raise UserError(str(error).replace("'published'", "--published")) from None
    if title:
        article = replace(article, title=title, lang=detect(title, article.text, article.lang))
    return replace(article, outlet=outlet) if outlet else article


def explained(article: Article, judge: Judging, store: Store, now: datetime) -> Judgement:
    """The judgement as it would be if the article came now; what is stored of it is left aside."""
    reading = judge.read(article)
    stories = candidates(judge, reading, store)
    return judge.judge(reading, _without(stories, article.id), now)


def _without(stories: Sequence[Story], article: str) -> list[Story]:
    others = [
        replace(story, members=tuple(member for member in story.members if member.article != article))
        for story in stories
    ]
    return [story for story in others if story.members]


# ------------------------------------------------------------------------------------ in words


def steps(judgement: Judgement) -> Iterator[str]:
    """Every step of the judgement, as lines."""
    article, reading = judgement.article, judgement.reading
    yield article.title
    yield f"  {article.outlet}, {article.published:%Y-%m-%d %H:%M} UTC, {article.lang}"
    yield f"{judgement.decision.upper()}: {judgement.because}"
    if judgement.watches:
        yield f"  watches: {', '.join(judgement.watches)}"
    if reading.off_beat:
        yield f"  {reading.off_beat}"
    for cue in reading.cues:
        yield f"  cue {cue.kind}: “{cue.text}” → {cue.speaks_for}"
    for number, verdict in enumerate(judgement.verdicts, 1):
        yield ""
        yield from _development(number, verdict)


def _development(number: int, verdict: Verdict) -> Iterator[str]:
    mention = verdict.mention
    place = verdict.story or ("a new story" if verdict.opens else "")
    said = " · ".join(word for word in (mention.type, mention.stage, mention.realis.value) if word)
    yield f"{number}. {said} → {verdict.decision.upper()}{f' ({place})' if place else ''}"
    yield f"   because: {verdict.because}"
    yield f"   rule: {verdict.rule}"
    yield from _slots(mention)
    if verdict.was or verdict.now:
        yield f"   was: {verdict.was or '—'}, now: {verdict.now or '—'}"
    if verdict.facts:
        yield f"   facts: {', '.join(verdict.facts)}"
    for cue in mention.cues:
        where = "headline" if cue.sentence == 0 else f"sentence {cue.sentence}"
        yield f"   cue {cue.kind} in {where}: “{cue.text}” → {cue.speaks_for}"
    for near in verdict.nearest:
        terms = ", ".join(f"{term.name} {term.value:.2f} ({term.detail})" for term in near.terms)
        yield f"   compared with {near.ref}: {near.score:.2f}{f' = {terms}' if terms else ''}"


def _slots(mention: Mention) -> Iterator[str]:
    slots = {
        "types": ", ".join(mention.types),
        "who": ", ".join(mention.actors),
        "whom": ", ".join(mention.counterparts),
        "where": ", ".join(mention.places),
        "when": str(mention.span) if mention.span else "",
        "figures": ", ".join(_figure(figure) for figure in mention.figures),
        "label": mention.label.value if mention.label else "",
        "quote": mention.quote,
    }
    for name, value in slots.items():
        if value:
            yield f"   {name}: {value}"


def _figure(figure: Figure) -> str:
    high = f"–{figure.high:g}" if figure.high is not None else ""
    return f"{'about ' if figure.approximate else ''}{figure.value:g}{high} {figure.unit}"
