"""What the house needs from the outside, named by need: Web, Encoder, Store, Outbox, Reactions, Chats.

Implemented in `monitors`, `djeli.app`, `storage`; tests write their own small fakes. All methods of
Store, Outbox, Reactions and Chats are synchronous and safe to call from several threads of one process.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple, Protocol

from djeli.core.model import (
    Alert,
    Article,
    Asked,
    Check,
    Delivery,
    DigestLine,
    Entry,
    Feed,
    FeedCursor,
    Furniture,
    Judgement,
    KnownChat,
    LedgerLine,
    Listing,
    Mute,
    MutedAlert,
    OutboxRow,
    Pairing,
    Press,
    Story,
    Verdict,
    Wording,
)


class Web(Protocol):
    """The press as seen from here (monitors)."""

    async def look(self, feed: Feed, cursor: FeedCursor, now: datetime) -> Check:
        """Look at one feed; never raises for what the feed or the network does."""
        ...

    async def read(self, entry: Entry, feed: Feed, now: datetime, fetch_page: bool = True) -> Article:
        """Read an entry's page; falls back to the feed's own text, then to the title.

        With `fetch_page` False the feed's own text is taken at once.
        """
        ...


class Encoder(Protocol):
    """Turns the wording of a text into a vector, in any of the languages (an optional extra)."""

    def encode(self, text: str) -> Wording | None:
        """The vector of a text with the name of its model; never raises, None when it cannot be had."""
        ...

    def cosines(self, one: Wording, others: Sequence[Wording]) -> list[float]:
        """The cosine of one vector with each of the others, at least one; all of its own model."""
        ...


@dataclass(frozen=True, slots=True)
class FeedStatus:
    """One line of `feeds list`: what is remembered of a feed, with its counts."""

    feed: str
    outlet: str
    cursor: FeedCursor
    entries: int
    articles: int


@dataclass(frozen=True, slots=True)
class OutboxHealth:
    """The state of what is owed to one chat."""

    chat: int
    pending: int
    uncertain: int
    dead: int
    oldest_pending: datetime | None
    last_sent: datetime | None


@dataclass(frozen=True, slots=True)
class Backlog:
    """What the sender must know of a chat's cards before it sends the next one."""

    waiting: tuple[OutboxRow, ...]  # due, in order
    sent: tuple[datetime, ...]  # when cards that were not critical were sent on their own, oldest first


@dataclass(frozen=True, slots=True)
class Pack:
    """Several cards told by one message, in the place of the first of them."""

    rows: tuple[int, ...]
    html: str
    plain: str


@dataclass(frozen=True, slots=True)
class Kept:
    """What one transaction keeps: the article, its judgement, what is owed, the feed's cursor, settings."""

    judgement: Judgement | None = None
    entry: Entry | None = None
    alerts: tuple[Alert, ...] = ()
    cursor: FeedCursor | None = None
    settings: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Past:
    """An article as it was judged, when, and the first line of the ledger about it."""

    line: int
    at: datetime
    judgement: Judgement


class Search(NamedTuple):
    """Stories with at least one of the entities and an event day in the window."""

    entities: frozenset[str]
    start: date
    end: date
    most: int = 200


class Store(Protocol):
    """Everything remembered (storage)."""

    def cursor(self, url: str) -> FeedCursor:
        """What is remembered of a feed."""
        ...

    def cursors(self, urls: Sequence[str]) -> dict[str, FeedCursor]:
        """What is remembered of several feeds, by address."""
        ...

    def configure_feeds(self, feeds: Iterable[Feed]) -> None:
        """Make the configured feeds known; those no longer configured keep their history."""
        ...

    def feed_statuses(self) -> list[FeedStatus]:
        """The configured feeds, in the order of the configuration."""
        ...

    def unseen(self, entries: Sequence[Entry]) -> list[Entry]:
        """Those entries of one feed whose guid and canonical address were never seen, in order."""
        ...

    def unseen_of_each(self, offers: Sequence[Sequence[Entry]]) -> list[list[Entry]]:
        """The same for each of several feeds, in their order."""
        ...

    def again_of_each(
        self, offers: Sequence[tuple[str, Sequence[Entry]]], now: datetime
    ) -> list[list[Entry]]:
        """Of what each outlet offers that which it has published before under another address."""
        ...

    def furniture(self, outlets: Iterable[str]) -> dict[str, Furniture]:
        """What is known to stand on the items of each outlet; empty where nothing is."""
        ...

    def set_furniture(self, found: Mapping[str, Furniture]) -> None:
        """Remember it."""
        ...

    def reserve_story_ids(self, count: int) -> list[str]:
        """New story ids (`S1`, `S2` …), never given twice; gaps are allowed."""
        ...

    def candidates(self, searches: Sequence[Search]) -> list[Story]:
        """The stories of each search, those sharing most and the rarest entities first, then the latest;
        each once, where the first search that finds it has it."""
        ...

    def story(self, story_id: str) -> Story | None:
        """One story with all its members."""
        ...

    def split(
        self, article_id: str, story: str, verdict: Verdict, alerts: Sequence[Alert], now: datetime
    ) -> bool:
        """Take an article's part out of a story into a story of its own, that of the verdict, which takes
        the place of the one kept; owe what follows. False, and nothing happens, where the article has no
        part in the story or the story has no other. The setting `split:<story>` counts how often."""
        ...

    def story_count(self) -> int:
        """How many stories there are."""
        ...

    def keep(self, kept: Kept, now: datetime) -> None:
        """Remember all of it in one transaction, or nothing; keeping an article twice is harmless."""
        ...

    def keep_all(self, kepts: Sequence[Kept], now: datetime) -> None:
        """The same for several, all in one transaction: for what need not be kept one by one."""
        ...

    def article(self, article_id: str) -> Article | None:
        """An article by its id."""
        ...

    def ledger(self, key: str) -> list[LedgerLine]:
        """What was decided about an article, by id, address, or story id; [] if never seen."""
        ...

    def why(self, *keys: str) -> Asked:
        """All that is known of the first of these keys that is known, else the nearest headlines."""
        ...

    def recent(
        self,
        limit: int,
        offset: int = 0,
        type: str | None = None,
        entities: Sequence[str] = (),
        since: datetime | None = None,
    ) -> list[Story]:
        """Stories that were pushed or would have been, latest first; `entities` must all be in them."""
        ...

    def search(self, words: Sequence[str], limit: int, offset: int = 0) -> list[LedgerLine]:
        """Articles whose folded title or text holds all the folded words, latest first."""
        ...

    def last_line(self, before: datetime | None = None) -> int:
        """The number of the ledger's last line (judged before then); 0 without any. Numbers only grow."""
        ...

    def digest_lines(self, watches: Sequence[str], after: int, until: int) -> list[DigestLine]:
        """Developments decided as digest or known for these watches, after one line until another."""
        ...

    def pending_lines(self, watches: Sequence[str], today: date) -> list[DigestLine]:
        """What is announced for a day and still to come, or overdue for two weeks at most, by day."""
        ...

    def told_lines(self, watches: Sequence[str], since: datetime, until: datetime) -> list[DigestLine]:
        """Developments pushed for one of these watches between two moments, oldest first."""
        ...

    def counts(self, since: datetime) -> dict[str, int]:
        """feeds, checks, articles, and one count for each decision since then."""
        ...

    def setting(self, key: str) -> str | None:
        """A remembered word, or None."""
        ...

    def set_setting(self, key: str, value: str) -> None:
        """Remember a word."""
        ...

    def settings(self, prefix: str) -> dict[str, str]:
        """Every remembered word whose key begins so."""
        ...

    def backup(self, path: str) -> None:
        """Copy everything to a new file while the service runs."""
        ...

    def close(self) -> None:
        """Close every connection."""
        ...


class Outbox(Protocol):
    """What is owed to chats; the sender's half of the Store (same object)."""

    def owe(self, alerts: Sequence[Alert], now: datetime) -> list[int]:
        """Put messages into the outbox; a (chat, story, kind, revision, part) is owed only once."""
        ...

    def next_rows(self, now: datetime) -> list[OutboxRow]:
        """For each chat its first row that is due: uncertain ones before pending ones, in order.

        A chat whose first row waits (quiet hours of that row excepted) is not in the list."""
        ...

    def mark_sending(self, row_id: int, now: datetime, holder: str | None = None) -> OutboxRow:
        """Committed before the request leaves; the row as it stood, which is what is to be sent.

        Raises LeaseLost unless the holder has the sender's lease."""
        ...

    def mark_sent(self, row_id: int, message_id: int | None, now: datetime) -> None:
        """Telegram accepted it; None when its id could not be read."""
        ...

    def mark_uncertain(self, row_id: int, now: datetime, error: str) -> None:
        """Its outcome is unknown: one more doubt, `maybe_repeated` from now on, due at once."""
        ...

    def mark_waiting(self, row_id: int, until: datetime, error: str, counts: bool) -> None:
        """Back to pending, not before `until`; `counts` tells whether it was an attempt."""
        ...

    def mark_dead(self, row_id: int, now: datetime, error: str) -> None:
        """Refused for good."""
        ...

    def mark_refused(self, row_id: int, now: datetime, until: datetime, error: str) -> None:
        """The chat cannot be reached: its message waits, and the chat is known to refuse us."""
        ...

    def chat_back(self, chat: int, now: datetime) -> None:
        """The chat can be reached again: what waits for it is due now."""
        ...

    def refusing(self) -> dict[int, str]:
        """The chats that refuse us, and what Telegram said of each."""
        ...

    def dead_letters(self, limit: int) -> list[OutboxRow]:
        """Messages that were given up, latest first."""
        ...

    def recover(self, now: datetime) -> int:
        """At start: rows found `sending` become `uncertain` as above; returns how many."""
        ...

    def told(self, chat: int, story: str) -> Delivery | None:
        """The first message of a story in a chat, to reply to and to edit."""
        ...

    def deliveries(self, story: str) -> list[Delivery]:
        """Everything that was told of a story, oldest first."""
        ...

    def migrate_chat(self, old: int, new: int, row_id: int | None = None) -> None:
        """A group became a supergroup: its id is rewritten everywhere in one transaction, and the row whose
        request told us so waits again."""
        ...

    def backlog(self, chat: int, since: datetime, now: datetime) -> Backlog:
        """The cards that wait for a chat and are due, and when cards were sent to it since a moment."""
        ...

    def hold(self, row_ids: Sequence[int], until: datetime, notices: Sequence[Alert], now: datetime) -> None:
        """These rows wait, and others overtake them; what is said of it is owed in the same transaction."""
        ...

    def pack(self, packs: Sequence[Pack], now: datetime) -> None:
        """From now on the first row of each pack tells all of it, in its place."""
        ...

    def outbox_health(self) -> list[OutboxHealth]:
        """The state of what is owed, by chat."""
        ...

    def outbox_row(self, row_id: int) -> OutboxRow | None:
        """One message part."""
        ...


class Reactions(Protocol):
    """What readers did: buttons pressed, mutes, answers whose pages can be turned (same object)."""

    def press(self, press: Press) -> bool:
        """Remember a press; False when the same user had pressed that button of that message before.

        A press that is repeated gets the new moment: of several the latest holds."""
        ...

    def story_told(self, chat: int, message_id: int) -> str | None:
        """The story that a message of a chat told; None when it told none."""
        ...

    def presses(self, after: int = 0, limit: int = 1000) -> list[Press]:
        """Presses in the order of their numbers, those after one number."""
        ...

    def mute(self, mute: Mute) -> int:
        """Remember a mute; its number."""
        ...

    def mutes(self, now: datetime | None, chat: int | None = None) -> list[Mute]:
        """Mutes in force at a moment, or all there ever were (None), of one chat or of all; oldest first."""
        ...

    def lift(self, mute_id: int, user: int, now: datetime) -> bool:
        """End a mute; False when it is not in force."""
        ...

    def muted(self, story: str, chat: int | None = None) -> list[MutedAlert]:
        """What was held back of a story, oldest first."""
        ...

    def muted_since(self, chat: int, since: datetime) -> list[MutedAlert]:
        """What was held back in a chat since then, oldest first."""
        ...

    def only_muted(self, story: str, chat: int) -> bool:
        """Whether a chat has no card of a story but those that were held back."""
        ...

    def held_back(self, mute_id: int) -> int:
        """How many messages a mute held back."""
        ...

    def list_begun(self, listing: Listing) -> None:
        """Remember a question whose answer has several pages; those older than a month are forgotten."""
        ...

    def list_sent(self, token: str, message_id: int) -> None:
        """The message in which its pages are turned."""
        ...

    def list_of(self, token: str) -> Listing | None:
        """The question behind a button."""
        ...


class Chats(Protocol):
    """Who is told and who may change things, as far as it is not configured; a part of the Store."""

    def known_chats(self) -> list[KnownChat]:
        """What was learnt of chats, by id."""
        ...

    def paired_admins(self) -> frozenset[int]:
        """Users who may change things because they had the first code."""
        ...

    def open_pairing(self, pairing: Pairing) -> None:
        """From now on this code adds a chat; earlier codes end."""
        ...

    def pairings(self, now: datetime) -> list[Pairing]:
        """The codes that can still be used."""
        ...

    def wrong_code(self) -> None:
        """Somebody tried a code that is none: every open code can stand one try less."""
        ...

    def pair(self, pairing: Pairing, chat: KnownChat, notices: Sequence[Alert], now: datetime) -> bool:
        """Use a code up, remember the chat and owe the notices, in one transaction; False when the code
        was used meanwhile."""
        ...

    def unpair(self, chat: int, now: datetime) -> bool:
        """Tell a paired chat nothing more; what it was still owed is given up. False when it is none."""
        ...

    def take_lease(self, name: str, holder: str, now: datetime, until: datetime) -> Lease:
        """Take or renew a lease that nobody else holds, or whose time has run out; returns who holds it."""
        ...

    def rob_lease(self, lease: Lease, holder: str, now: datetime, until: datetime) -> Lease:
        """Take a lease from a holder that is known to be dead, unless it was renewed since it was read."""
        ...

    def release_lease(self, name: str, holder: str) -> None:
        """Give a lease back, if it is ours."""
        ...


@dataclass(frozen=True, slots=True)
class Lease:
    """Who alone may do something, and until when unless it is renewed."""

    name: str
    holder: str
    renewed: datetime
    expires: datetime
