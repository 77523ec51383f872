"""The words of the house: frozen values that travel from the web to the chat.

Every datetime is aware and in UTC; every date is the calendar day of the event or of the
publication, without a zone. A step takes one of these and returns the next one; nothing is filled
in later (docs/architecture.md tells the path).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

# --------------------------------------------------------------------------- decisions and labels


class Decision(StrEnum):
    """What is done with a development or an article, strongest first."""

    ALERT = "alert"  # new: pushed now
    UPDATE = "update"  # a known thing moved on: pushed now
    MERGE = "merge"  # one more source of a told story: no push
    DIGEST = "digest"  # new, but not urgent: next digest
    KNOWN = "known"  # suppressed: a fact or a story covers it
    IGNORE = "ignore"  # off the beat, or a false trigger

    @property
    def strength(self) -> int:
        """Higher is stronger: the decision of an article is the strongest of its developments."""
        return len(Decision) - list(Decision).index(self)


class Realis(StrEnum):
    """How a clause presents its event (knowledge/types.yaml, meta.realis)."""

    DONE = "done"
    ANNOUNCED = "announced"
    RUMOUR = "rumour"
    NEGATED = "negated"
    HYPOTHETICAL = "hypothetical"
    HISTORICAL = "historical"


class Label(StrEnum):
    """How far a development can be trusted, as shown on its card."""

    UNCONFIRMED = "unconfirmed"
    CLAIMED = "claimed"
    DISPUTED = "disputed"
    DENIED = "denied"
    REPRINT = "reprint"


class Priority(StrEnum):
    """How urgent a type of development is (knowledge/types.yaml)."""

    CRITICAL = "critical"
    HIGH = "high"
    NORMAL = "normal"
    LOW = "low"

    @property
    def rank(self) -> int:
        """The more urgent, the higher; 0 for the lowest."""
        return ("low", "normal", "high", "critical").index(self.value)


# --------------------------------------------------------------------------------------- feeds


class ReadPages(StrEnum):
    """Whose pages are fetched for one feed (contract: `read`)."""

    AUTO = "auto"
    ALL = "all"
    MATCHING = "matching"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Feed:
    """One configured address to look at."""

    url: str
    outlet: str
    every: timedelta = timedelta(minutes=15)
    read: ReadPages = ReadPages.AUTO


QUARANTINE = timedelta(days=7)  # of failures, after which a feed counts as dead; it is still asked daily
FEWEST_GAPS = 4  # before these a feed has no rhythm of its own
LONG_WEEKEND = timedelta(days=3)  # a newsroom at home is not a dead feed, however often it writes otherwise


@dataclass(frozen=True, slots=True)
class FeedCursor:
    """What is remembered of one feed between two looks; moves in the transaction of its articles."""

    url: str
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    looked_at: datetime | None = None
    last_ok: datetime | None = None
    next_due: datetime | None = None
    failures: int = 0  # in a row
    cause: str | None = None  # reason code of the last failure: see Failure.code
    detail: str | None = None  # one clear sentence about it
    failing_since: datetime | None = None
    first_look_done: bool = False
    status: int | None = None  # HTTP status of the last failure
    proposed: str | None = None  # the address to use instead: it moved for good, or a page names it
    new_at: datetime | None = None  # when it last brought something new
    gaps: tuple[int, ...] = ()  # seconds between what it brought, the latest last
    seconds: float | None = None  # how long its answers take, smoothed
    slow_since: datetime | None = None

    @property
    def state(self) -> str:
        """new / ok / slow / silent / failing / quarantined, as `feeds list` and `status` show it.

        All of it as of the last look, so that no clock is needed.
        """
        if self.looked_at is None:
            return "new"
        if self.failures:
            return "quarantined" if self._given_up else "failing"
        if self.patience is not None and self.new_at and self.looked_at - self.new_at > self.patience:
            return "silent"
        return "slow" if self.slow_since else "ok"

    @property
    def since(self) -> datetime | None:
        """Since when it is failing, silent or slow."""
        state = self.state
        if state in ("failing", "quarantined"):
            return self.failing_since
        return {"silent": self.new_at, "slow": self.slow_since}.get(state)

    @property
    def usual_gap(self) -> timedelta | None:
        """The median of its gaps; None while its rhythm is not known."""
        known = len(self.gaps) >= FEWEST_GAPS
        return timedelta(seconds=sorted(self.gaps)[len(self.gaps) // 2]) if known else None

    @property
    def patience(self) -> timedelta | None:
        """How long it may bring nothing new before that is odd; None while its rhythm is not known."""
        usual = self.usual_gap
        if usual is None:
            return None
        return max(3 * usual, timedelta(seconds=1.5 * max(self.gaps)), LONG_WEEKEND)

    @property
    def _given_up(self) -> bool:
        """Looked at only once a day: gone for good, twice fatal to its parser, or failing for long."""
        if self.status == 410 or (self.cause == "unreadable" and self.failures > 1):
            return True
        since, looked = self.failing_since, self.looked_at
        return since is not None and looked is not None and looked - since >= QUARANTINE


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a look at a feed or a page gave nothing: a value, never an exception.

    `code` is one of: dns, connect, timeout, http, too_big, bad_encoding, not_a_feed, parse,
    blocked_address, bad_address, redirects, unreadable.
    """

    code: str
    detail: str
    status: int | None = None  # HTTP status where there was one
    retry_after: timedelta | None = None
    proposed: str | None = None  # an address to try instead: the feed that a page names


@dataclass(frozen=True, slots=True)
class Furniture:
    """What the recent items of an outlet have in common, counted; old items count less and less."""

    items: float = 0.0
    phrases: Mapping[str, float] = field(default_factory=dict)  # phrase → items that had it


@dataclass(frozen=True, slots=True)
class Entry:
    """What a feed says of one item; its page is unread."""

    feed: str
    guid: str  # the feed's own id, else the canonical address, else a hash of the title
    url: str  # canonical address, or "" when the item has no usable link
    title: str
    summary: str = ""  # plain text
    content: str = ""  # plain text of the full content, when the feed carries it
    published: datetime | None = None
    lang: str | None = None  # as the feed declares it: en, fr, ru or another code
    source: str | None = None  # the outlet named inside the item (aggregators)


@dataclass(frozen=True, slots=True)
class Check:
    """One look at one feed, which may have failed (a reason, not an exception)."""

    feed: str
    at: datetime
    entries: tuple[Entry, ...] = ()
    unchanged: bool = False  # 304, or the same bytes as before
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    failure: Failure | None = None
    moved_to: str | None = None  # target of a permanent redirect: proposed, not followed silently
    wait: timedelta | None = None  # TTL or Cache-Control of the feed
    seconds: float | None = None  # how long the answer took


@dataclass(frozen=True, slots=True)
class Article:
    """An entry whose page was read, or the feed's own text when it could not be."""

    id: str  # stable: hash of the canonical address, or of feed and guid
    url: str
    title: str
    text: str  # plain text, paragraphs separated by a blank line; may be ""
    lang: str  # en, fr, ru, or another code that nothing is judged in
    outlet: str  # id in knowledge/sources.yaml, or the configured name
    published: datetime  # the article's own date; first_seen when it has none
    first_seen: datetime
    feed: str = ""
    dated: bool = True  # False: `published` is only when it was first seen
    text_from: str = "page"  # page / feed / title


# --------------------------------------------------------------------------------- what is said


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity with its unit and what it counts."""

    value: float
    unit: str  # normalised English noun: tanks, tonnes, soldiers, usd, percent, dead, votes …
    about: str | None = None  # entity or object id, when the text names one
    approximate: bool = False
    high: float | None = None  # upper end of a range, else None
    earlier: bool = False  # the figure before, as in "up from nine": told, but not compared


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of calendar days, both ends included; one day when they are equal."""

    start: date
    end: date

    @property
    def days(self) -> int:
        """Its length in days, from 1."""
        return (self.end - self.start).days + 1

    def distance(self, other: Span) -> int:
        """Days between two stretches; 0 when they touch or overlap."""
        if self.end < other.start:
            return (other.start - self.end).days
        if other.end < self.start:
            return (self.start - other.end).days
        return 0

    def __str__(self) -> str:
        """ISO day, or `start/end`: the form of `date` in contract JSON."""
        if self.start == self.end:
            return self.start.isoformat()
        return f"{self.start.isoformat()}/{self.end.isoformat()}"


@dataclass(frozen=True, slots=True)
class Cue:
    """One piece of evidence in the text: what was found, where, and what it speaks for."""

    kind: str  # trigger, veto, realis, date, ordinal, entity, figure, label
    text: str  # as it stands in the article
    speaks_for: str  # e.g. "delivery:arrived", "historical", "2027-02-08"
    sentence: int = 0  # 0 is the headline


@dataclass(frozen=True, slots=True)
class Wording:
    """How a text is worded: a vector of length one, comparable only with vectors of its model."""

    model: str
    vector: bytes  # numbers of 16 bits, little-endian


@dataclass(frozen=True, slots=True)
class Mention:
    """One development that one article asserts."""

    type: str  # first of `types`
    types: tuple[str, ...]  # ranked
    stage: str | None
    realis: Realis
    actors: tuple[str, ...]  # those who act first (canonical ids)
    counterparts: tuple[str, ...]  # to whom
    places: tuple[str, ...]  # most specific first
    entities: frozenset[str]  # everything named: actors, places, equipment, documents, objects, names
    span: Span | None  # when it happened or will happen
    dated: bool  # the text itself dates the event
    figures: tuple[Figure, ...]
    quote: str  # at most 25 words, verbatim
    ordinal: bool = False  # "second", «вторая», "nouveau": says that it is a further one
    label: Label | None = None
    claimed_by: str | None = None  # id of the party whose word it is
    push: bool = True  # False: routine by the rules of types.yaml `push`
    cues: tuple[Cue, ...] = ()
    lead: bool = True  # told by headline or lead, not by background
    country: str | None = None  # where it happens: cty.mali …
    prints: tuple[int, ...] = ()  # sketch of the wording: the smallest hashes of its 3-word runs
    comment: bool = False  # analysis, interview, opinion: told about, not told
    refers: tuple[Span, ...] = ()  # other days that its lines speak of: a follow-up dates what it follows
    sure_type: bool = True  # False: the type is a guess from the wording
    sure_stage: bool = True  # False: and so is the stage, too weak to call a story moved on
    wording: Wording | None = None  # of headline and lead, where djeli[semantic] is installed


@dataclass(frozen=True, slots=True)
class Reading:
    """What was understood of one article before anything was compared."""

    article: Article
    mentions: tuple[Mention, ...]
    entities: frozenset[str]  # of the whole article
    off_beat: str | None = None  # the sentence that says why nothing can come of it, or None
    cues: tuple[Cue, ...] = ()
    origin: str | None = None  # agency credited in the text, e.g. "afp"


# --------------------------------------------------------------------------------- what is known


@dataclass(frozen=True, slots=True)
class FactSource:
    """Where a fact stands: document and paragraph, or the report that told it."""

    document: str  # of a report: its outlet
    paragraph: int  # 0 of a report
    title: str = ""
    url: str = ""
    published: date | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """Something known: from the documents, or an accepted development."""

    id: str
    type: str
    status: str
    span: Span | None
    precision: str  # day, month, year, range
    actors: tuple[str, ...]
    counterparts: tuple[str, ...]
    places: tuple[str, ...]
    object: str
    figures: tuple[Figure, ...]
    summary: str
    sources: tuple[FactSource, ...]
    entities: frozenset[str] = frozenset()
    suppresses: bool = True  # False: indicator, assessment, background, or listed under errors
    note: str = ""
    since: date | None = None  # the day it is known from: that of its document or report; None: always
    until: date | None = None  # the horizon: what happens after this day is another development
    accepted: bool = False  # out of what was told, not out of a document
    version: int = 1  # grows with each correction


@dataclass(frozen=True, slots=True)
class Member:
    """One article's part in a story."""

    article: str
    outlet: str
    lang: str
    title: str
    url: str
    published: datetime
    mention: Mention
    label: Label | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """One development over time: its mentions, outlets, stages, figures."""

    id: str  # S1, S2 …
    members: tuple[Member, ...]  # oldest first; never empty
    opened: datetime
    pushed: bool = False  # told as an alert or update somewhere
    label: Label | None = None
    split_from: str | None = None


# --------------------------------------------------------------------------------- what is decided


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a score, for `explain`: name, value and what it stood on."""

    name: str
    value: float
    detail: str


@dataclass(frozen=True, slots=True)
class Nearest:
    """A candidate that was compared: a fact or a story, its score and the terms of it."""

    ref: str  # F142 or S17
    score: float
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """The reason of a verdict in another language than that of the messages."""

    language: str
    because: str
    was: str | None = None
    now: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """The decision on one mention, with its reason."""

    decision: Decision
    mention: Mention
    because: str  # one sentence in the language of the messages
    rule: str  # name of the rule that decided, e.g. "later-stage"
    story: str | None = None  # id of the story it belongs to or was swallowed by
    facts: tuple[str, ...] = ()
    label: Label | None = None
    was: str | None = None  # the slot before, for updates: "signed", "9 officers"
    now: str | None = None  # the slot after
    nearest: tuple[Nearest, ...] = ()
    opens: bool = False  # it opens a new story
    also: tuple[Said, ...] = ()  # its words in the other languages, where it is pushed

    def said_in(self, language: str) -> Verdict:
        """The verdict with its words in a language, as far as they were said in it."""
        for said in self.also:
            if said.language == language:
                return replace(self, because=said.because, was=said.was, now=said.now)
        return self


@dataclass(frozen=True, slots=True)
class Tried:
    """A watch that was asked: which of its words an article names, and what the article lacks."""

    watch: str
    found: tuple[str, ...]
    lacks: str | None = (
        None  # exclude (its word is there), all, keywords, countries, actors (none of them is)
    )
    values: tuple[str, ...] = ()  # the words or values of that setting


@dataclass(frozen=True, slots=True)
class Judgement:
    """Everything decided about one article; what the ledger keeps."""

    article: Article
    decision: Decision
    watches: tuple[str, ...]
    verdicts: tuple[Verdict, ...]
    because: str
    reading: Reading
    tried: tuple[Tried, ...] = ()  # every watch; none where the article is off the beat


# --------------------------------------------------------------------------------- watches and chats


@dataclass(frozen=True, slots=True)
class Watch:
    """What an analyst wants to hear of (contract: `[[watch]]`)."""

    name: str
    keywords: tuple[str, ...] = ()
    all: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    types: tuple[str, ...] | None = None  # None: pushed by priority
    actors: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()  # ISO codes
    rumours: bool = True
    priority: Priority | None = None  # the lowest that is pushed; None: normal, or any of `types`
    horizon: timedelta | None = None  # how far from its report an event may lie to be pushed


@dataclass(frozen=True, slots=True)
class Chat:
    """One Telegram chat that is told things (contract: `[[chat]]`)."""

    id: int
    watches: tuple[str, ...]
    digest: tuple[str, ...] = ()  # "HH:MM" in the configured zone
    quiet: tuple[str, str] | None = None  # ("22:00", "06:00")
    thread: int | None = None
    language: str = "en"
    hourly: int = 20  # cards in an hour; what is more comes in one message
    chart: tuple[int, str] | None = None  # weekday (Monday 0) and hour of the weekly picture


@dataclass(frozen=True, slots=True)
class KnownChat:
    """What was learnt of a chat beside the configuration: paired by a code, moved, refusing us."""

    id: int
    name: str = ""
    paired_at: datetime | None = None  # None: not paired, so only the configuration can name it
    paired_by: int | None = None  # id of the user who had the code
    thread: int | None = None
    digest: tuple[str, ...] = ()
    quiet: tuple[str, str] | None = None
    moved_to: int | None = None  # the supergroup that this group became
    refused: str = ""  # what Telegram said when the chat could last not be reached; "" when it can
    refused_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Pairing:
    """A code that adds one chat, once: only its salted hash is kept."""

    salt: str
    hash: str
    created: datetime
    expires: datetime
    tries: int  # wrong codes that may still be tried
    makes_admin: bool  # whoever uses it may change things from then on


# --------------------------------------------------------------------------------- what is told


class OutboxState(StrEnum):
    """Life of one message part: pending → sending → sent; the other ways out are marked."""

    PENDING = "pending"
    PACKED = "packed"  # told by another row, together with others: sent when that one is
    SENDING = "sending"  # committed before the request; found at start: uncertain
    UNCERTAIN = "uncertain"  # may have been accepted: resent once, marked
    SENT = "sent"
    DEAD = "dead"  # refused for good; listed in status
    MUTED = "muted"  # never sent: one of the chat's mutes holds it back


@dataclass(frozen=True, slots=True)
class Button:
    """What stands on a button under a message, and what its press carries."""

    text: str
    data: str


Keyboard = tuple[tuple[Button, ...], ...]  # rows of buttons; () is no keyboard


@dataclass(frozen=True, slots=True)
class Alert:
    """What one chat is owed: a message, rendered, not yet in the outbox."""

    chat: int
    kind: str  # alert, update, digest, notice, picture, answer, edit (of the first card, without a word)
    html: str
    plain: str
    story: str | None = None
    revision: int = 0
    part: int = 0
    thread: int | None = None
    reply_to_story: bool = False
    edit_html: str | None = None  # new text of the card told before, for updates and silent merges
    not_before: datetime | None = None  # quiet hours, and the wait for further outlets
    critical: bool = False
    mute: int | None = None  # the mute that holds it back: kept with its text, never sent
    photo: bytes | None = None  # a PNG; the text is its caption (kind "picture")
    edit_plain: str | None = None  # `edit_html` as plain text: becomes the text of a card not sent yet
    reply_to: int | None = None  # the message that is answered (kind "answer")
    keyboard: Keyboard = ()  # of an answer; cards get theirs when they are sent
    listing: str | None = None  # the list whose pages are turned under an answer


@dataclass(frozen=True, slots=True)
class Digest:
    """What one chat is owed at one of its hours; its lines become Alerts of kind `digest`."""

    chat: int
    since: datetime
    until: datetime
    judgements: tuple[DigestLine, ...] = ()


@dataclass(frozen=True, slots=True)
class DigestLine:
    """One line of a digest: a development that was not pushed."""

    story: str | None
    type: str
    decision: Decision
    title: str
    url: str
    outlet: str
    because: str
    published: datetime
    facts: tuple[str, ...] = ()
    span: Span | None = None
    stage: str | None = None
    realis: Realis | None = None

    @classmethod
    def of(cls, verdict: Verdict, title: str, url: str, outlet: str, published: datetime) -> DigestLine:
        """The line of one verdict on the article so named."""
        return cls(
            story=verdict.story,
            type=verdict.mention.type,
            decision=verdict.decision,
            title=title,
            url=url,
            outlet=outlet,
            because=verdict.because,
            published=published,
            facts=verdict.facts,
            span=verdict.mention.span,
            stage=verdict.mention.stage,
            realis=verdict.mention.realis,
        )


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """One message part in the outbox."""

    id: int
    alert: Alert
    state: OutboxState
    attempts: int
    next_at: datetime
    created: datetime
    message_id: int | None = None
    maybe_repeated: bool = False  # stays once set: every later copy is marked
    error: str | None = None
    doubts: int = 0  # how often its outcome stayed unknown
    pack: bool = False  # tells several cards, in the place of its own


@dataclass(frozen=True, slots=True)
class Delivery:
    """It was told: chat, message id, when."""

    chat: int
    message_id: int | None
    at: datetime
    story: str | None
    kind: str
    outbox_id: int
    maybe_repeated: bool = False
    thread: int | None = None


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """What the ledger says of one development of one article ever seen."""

    article: Article
    decision: Decision  # of the development
    article_decision: Decision
    watches: tuple[str, ...]
    because: str
    verdict: Verdict | None  # None when the article held no development
    judged_at: datetime
    deliveries: tuple[Delivery, ...] = field(default=())
    story: str | None = None  # that it belongs to now; the verdict has the one that it was told of
    tried: tuple[Tried, ...] = ()
    said: str = ""  # the reason of the article's decision
    left_out: tuple[str, ...] = ()  # what stands on every item of its outlet


@dataclass(frozen=True, slots=True)
class Sighting:
    """A feed showed an article."""

    feed: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Message:
    """What became of one message of the outbox."""

    chat: int
    kind: str
    state: OutboxState
    owed: datetime
    sent: datetime | None = None
    message_id: int | None = None
    not_before: datetime | None = None  # end of the quiet hours it waits for
    error: str | None = None
    story: str | None = None


@dataclass(frozen=True, slots=True)
class NearTitle:
    """An article whose headline resembles what was asked for."""

    article: Article
    alike: float  # from 0 to 1


@dataclass(frozen=True, slots=True)
class Asked:
    """All that the ledger has on what somebody asks for: an address, a title, an article or a story."""

    key: str
    lines: tuple[LedgerLine, ...] = ()
    sightings: tuple[Sighting, ...] = ()  # the first first
    messages: tuple[Message, ...] = ()  # cards of its story, digests and notices that list it; oldest first
    near: tuple[NearTitle, ...] = ()  # where nothing was found: the nearest headlines


# --------------------------------------------------------------------------------- what readers do


@dataclass(frozen=True, slots=True)
class Press:
    """A button that somebody pressed under a message; pressed again it is the same press, later."""

    chat: int
    user: int
    message_id: int
    story: str | None
    outbox_id: int  # the message as it was owed
    button: str  # why, story, mute, useful, known, no_event, split
    at: datetime
    id: int = 0


class MuteKind(StrEnum):
    """What a mute is about; a name that may be several of these is the first: TASS is an outlet."""

    STORY = "story"
    TYPE = "type"
    OUTLET = "outlet"
    COUNTRY = "country"  # where it happens
    ACTOR = "actor"  # who acts, or to whom
    WORD = "word"


@dataclass(frozen=True, slots=True)
class Mute:
    """What one chat does not want pushed until a moment, and why; it ends then, or when it is lifted."""

    chat: int
    kind: MuteKind
    value: str  # id of the story, type, actor, country or outlet; the word as it was written
    until: datetime
    because: str  # in the words of who muted; "" when nothing was said
    user: int
    at: datetime
    id: int = 0
    lifted: datetime | None = None
    lifted_by: int | None = None

    def holds(self, now: datetime) -> bool:
        """Whether it is in force."""
        return self.at <= now < (self.lifted or self.until)


@dataclass(frozen=True, slots=True)
class MutedAlert:
    """A message that one of the chat's mutes held back."""

    outbox_id: int
    story: str | None
    kind: str
    at: datetime
    mute: Mute


@dataclass(frozen=True, slots=True)
class Listing:
    """An answer of several pages: the question it turns the pages of."""

    token: str  # random, in the buttons
    chat: int
    command: str
    words: str  # the arguments, as they were written
    at: datetime
    message_id: int | None = None  # None until the answer was sent


# --------------------------------------------------------------------------------- what is changed


class ChangeKind(StrEnum):
    """What a change beside the files does."""

    FACT = "fact"  # an accepted development is known from now on
    CORRECTION = "correction"  # of an accepted fact: a new version of it
    EXCLUDE = "exclude"  # a word that articles of a watch must not have
    SPLIT = "split"  # a report leaves the story it was merged with


class ChangeState(StrEnum):
    """How far a change is; only what is accepted has an effect."""

    DRAFT = "draft"
    ACCEPTED = "accepted"
    DROPPED = "dropped"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class ChangeStep:
    """From when on a change was in a state, and who brought it there."""

    at: datetime
    state: ChangeState
    who: str  # a user's id, "terminal" or "feedback"


@dataclass(frozen=True, slots=True)
class Change:
    """A small reviewable change, with its history."""

    id: int
    kind: ChangeKind
    state: ChangeState
    because: str  # why it was drafted
    content: Mapping[str, Any]  # by kind (djeli.app.changes)
    story: str | None = None
    article: str | None = None
    press: int | None = None  # the press of a button that it was drafted from
    effect: Mapping[str, Any] | None = None  # what a replay with it gave
    steps: tuple[ChangeStep, ...] = ()

    def held(self, at: datetime) -> bool:
        """Whether it was accepted at a moment."""
        states = [step.state for step in self.steps if step.at <= at]
        return bool(states) and states[-1] is ChangeState.ACCEPTED
