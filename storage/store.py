"""The room that remembers, as the others see it: `Store`, `Outbox` and `Reactions` in one object."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select

from djeli.core.model import (
    Alert,
    Article,
    Asked,
    Change,
    ChangeState,
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
)
from djeli.core.ports import (
    Backlog,
    Chats,
    FeedStatus,
    Kept,
    Lease,
    Outbox,
    OutboxHealth,
    Pack,
    Past,
    Reactions,
    Search,
    Store,
)
from storage import articles, asked, backups, changes, chats, feeds, outbox, past, reactions, stories
from storage.engine import Database, OnStatement, connect, migrate_database, require_current, upsert
from storage.tables import settings


def open_store(url: str, *, migrate: bool = True, on_statement: OnStatement | None = None) -> SqlStore:
    """The store at a database address, its tables brought up to date unless told otherwise.

    Raises UserError when the address is wrong or the tables are of another version, and JobFailed
    when the database does not answer; passwords are never shown. `on_statement` is called with each
    statement of a writer before it runs, and with COMMIT; what it raises stops the transaction.
    """
    database = connect(url, on_statement)
    try:
        if migrate:
            migrate_database(database)
        else:
            require_current(database)
    except BaseException:
        database.close()
        raise
    return SqlStore(database)


class SqlStore(Store, Outbox, Reactions, Chats):
    """Everything remembered, on SQLite or PostgreSQL; safe to call from several threads.

    Each method is one transaction, and raises JobFailed when the database cannot do it.
    """

    def __init__(self, database: Database) -> None:
        self.database = database
        self._members = stories.Members()
        # Called after messages were owed, in the thread that owed them: the sender need not look for them.
        self.on_owed: Callable[[], object] = lambda: None

    def close(self) -> None:
        """Close every connection."""
        self.database.close()

    def backup(self, path: str) -> None:
        """Copy everything to a new file while the service runs; never overwrites (UserError)."""
        backups.backup(self.database, path)

    # -------------------------------------------------------------------------- keeping

    def keep(self, kept: Kept, now: datetime) -> None:
        """Remember all of it in one transaction, or nothing; keeping an article twice is harmless.

        For an article kept before only its entry and the cursor are remembered: what was owed for
        it, was owed then.
        """
        self.keep_all([kept], now)

    def keep_all(self, kepts: Sequence[Kept], now: datetime) -> None:
        """The same for several, all in one transaction: for what need not be kept one by one."""
        with self.database.write() as connection:
            feeds.see(connection, [kept.entry for kept in kepts if kept.entry], now)
            for kept in kepts:
                if kept.judgement is None or articles.keep(connection, kept.judgement, now):
                    outbox.owe(connection, kept.alerts, now)
            moved = [kept.cursor for kept in kepts if kept.cursor]
            if moved:
                feeds.move_cursors(connection, moved)
            for kept in kepts:
                for key, value in kept.settings:
                    _set(connection, key, value)
        if any(kept.alerts for kept in kepts):
            self.on_owed()

    # ---------------------------------------------------------------------------- feeds

    def cursor(self, url: str) -> FeedCursor:
        """What is remembered of a feed."""
        with self.database.read() as connection:
            return feeds.cursor(connection, url)

    def cursors(self, urls: Sequence[str]) -> dict[str, FeedCursor]:
        """What is remembered of several feeds, by address."""
        with self.database.read() as connection:
            return feeds.cursors(connection, urls)

    def configure_feeds(self, configured: Iterable[Feed]) -> None:
        """Make the configured feeds known; those no longer configured keep their history."""
        with self.database.write() as connection:
            feeds.configure(connection, configured)

    def move_feed(self, old: str, new: str) -> None:
        """Give what is remembered of a feed to another address, so that nothing of it is new there."""
        with self.database.write() as connection:
            feeds.rename(connection, old, new)

    def feed_statuses(self) -> list[FeedStatus]:
        """The configured feeds, in the order of the configuration."""
        with self.database.read() as connection:
            return feeds.statuses(connection)

    def unseen(self, entries: Sequence[Entry]) -> list[Entry]:
        """Those entries whose guid and canonical address were never seen, in order, each once."""
        return self.unseen_of_each([entries])[0]

    def unseen_of_each(self, offers: Sequence[Sequence[Entry]]) -> list[list[Entry]]:
        """The same for each of several feeds."""
        if not any(offers):
            return [[] for _ in offers]
        with self.database.read() as connection:
            return feeds.unseen_of_each(connection, offers)

    def again_of_each(
        self, offers: Sequence[tuple[str, Sequence[Entry]]], now: datetime
    ) -> list[list[Entry]]:
        """Of what each outlet offers that which it has published before under another address."""
        if not any(offer for _, offer in offers):
            return [[] for _ in offers]
        with self.database.read() as connection:
            return articles.again(connection, offers, now)

    def furniture(self, outlets: Iterable[str]) -> dict[str, Furniture]:
        """What is known to stand on the items of each outlet; empty where nothing is."""
        with self.database.read() as connection:
            return feeds.furniture_of(connection, outlets)

    def set_furniture(self, found: Mapping[str, Furniture]) -> None:
        """Remember it."""
        with self.database.write() as connection:
            feeds.keep_furniture(connection, found)

    # -------------------------------------------------------------------------- stories

    def reserve_story_ids(self, count: int) -> list[str]:
        """New story ids (`S1`, `S2` …), never given twice; gaps are allowed."""
        with self.database.write() as connection:
            return stories.reserve(connection, count)

    def candidates(self, searches: Sequence[Search]) -> list[Story]:
        """Stories with one of the entities of a search and a day in its window, best first."""
        with self.database.read() as connection:
            return stories.candidates(connection, searches, self._members)

    def story(self, story_id: str) -> Story | None:
        """One story with all its members, oldest first."""
        with self.database.read() as connection:
            return next(iter(stories.load(connection, [story_id], self._members)), None)

    def split(
        self, article_id: str, story: str, verdict: Verdict, alerts: Sequence[Alert], now: datetime
    ) -> bool:
        """Take an article out of a story into the verdict's own, and owe what follows, in one transaction."""
        with self.database.write() as connection:
            lines = stories.split(connection, article_id, story, verdict, now)
            if not lines:
                return False
            articles.rejudge(connection, lines, verdict)
            outbox.owe(connection, alerts, now)
            splits = connection.execute(select(settings.c.value).where(settings.c.key == f"split:{story}"))
            _set(connection, f"split:{story}", str(int(splits.scalar_one_or_none() or 0) + 1))
            return True

    def story_count(self) -> int:
        """How many stories there are."""
        with self.database.read() as connection:
            return stories.count(connection)

    def recent(
        self,
        limit: int,
        offset: int = 0,
        type: str | None = None,
        entities: Sequence[str] = (),
        since: datetime | None = None,
    ) -> list[Story]:
        """Stories that were pushed or would have been, latest first; `entities` must all be in them."""
        with self.database.read() as connection:
            return stories.recent(connection, limit, offset, type, entities, since, self._members)

    # ------------------------------------------------------------- articles and the ledger

    def article(self, article_id: str) -> Article | None:
        """An article by its id."""
        with self.database.read() as connection:
            return articles.find(connection, article_id)

    def ledger(self, key: str) -> list[LedgerLine]:
        """What was decided, by article id, address, story id or exact title; [] if never seen."""
        with self.database.read() as connection:
            return articles.look_up(connection, key)

    def why(self, *keys: str) -> Asked:
        """All that is known of the first of these keys (article, address, story, title) that is known."""
        with self.database.read() as connection:
            return asked.asked(connection, keys)

    def search(self, words: Sequence[str], limit: int, offset: int = 0) -> list[LedgerLine]:
        """Articles whose folded title or text holds all the folded words, latest first."""
        with self.database.read() as connection:
            return articles.search(connection, words, limit, offset)

    def last_line(self, before: datetime | None = None) -> int:
        """The number of the ledger's last line (judged before then); 0 without any."""
        with self.database.read() as connection:
            return articles.last_line(connection, before)

    def digest_lines(self, watches: Sequence[str], after: int, until: int) -> list[DigestLine]:
        """Developments decided as digest or known for these watches, after one line until another."""
        with self.database.read() as connection:
            return articles.digest_lines(connection, watches, after, until)

    def pending_lines(self, watches: Sequence[str], today: date) -> list[DigestLine]:
        """What is announced for a day and still to come, or is overdue, for these watches, by day."""
        with self.database.read() as connection:
            return articles.pending_lines(connection, watches, today)

    def told_lines(self, watches: Sequence[str], since: datetime, until: datetime) -> list[DigestLine]:
        """Developments pushed for one of these watches between two moments, oldest first."""
        with self.database.read() as connection:
            return articles.told_lines(connection, watches, since, until)

    def counts(self, since: datetime) -> dict[str, int]:
        """feeds, checks, articles, and the articles of each decision since then."""
        with self.database.read() as connection:
            return articles.counts(connection, since)

    def judgements(self, until: datetime) -> Iterator[Judgement]:
        """Every article first seen before then as it was judged, in that order; read in portions."""
        after: tuple[datetime, str] | None = None
        while True:
            with self.database.read() as connection:
                portion = articles.judgements_after(connection, after, until, limit=200)
            yield from portion
            if not portion:
                return
            last = portion[-1].article
            after = (last.first_seen, last.id)

    # --------------------------------------------------------------------- judged again

    def past(self, line: int) -> Iterator[Past]:
        """Every article judged after a line of the ledger, in the order it was judged; read in portions."""
        while True:
            with self.database.read() as connection:
                portion = past.judged_after(connection, line, limit=200)
            yield from portion
            if not portion:
                return
            line = portion[-1].line

    def past_count(self, line: int) -> tuple[int, datetime | None]:
        """How many articles were judged after a line, and when the oldest of them was published."""
        with self.database.read() as connection:
            return past.count_after(connection, line)

    def recalled(self, line: int, earliest: date) -> SqlStore:
        """A store in memory with the stories as they were after a line of the ledger.

        Those without any day from `earliest` on are left out; texts and reasons too.
        """
        memory = open_store("sqlite://")
        with self.database.read() as source, memory.database.write() as target:
            past.recall(source, target, line, earliest)
        return memory

    def mark_must_catch(self, story_id: str, marked: bool, now: datetime) -> None:
        """Mark a story as one that no change may lose, or take the mark away; UserError for no story."""
        with self.database.write() as connection:
            past.mark_must_catch(connection, story_id, marked, now)

    def must_catch(self) -> dict[str, datetime]:
        """The stories so marked, and since when."""
        with self.database.read() as connection:
            return past.marked(connection)

    # ------------------------------------------------------------------------- changes

    def draft(self, drafted: Change, who: str, now: datetime) -> int:
        """Keep a draft of a change; its number, that of the older draft if there is one of the same press."""
        with self.database.write() as connection:
            return changes.draft(connection, drafted, who, now)

    def bring_change(self, number: int, state: ChangeState, who: str, now: datetime) -> Change:
        """Accept, drop or undo a change; UserError when it cannot be. An undone split unites again."""
        with self.database.write() as connection:
            return changes.bring(connection, number, state, who, now)

    def note_content(self, number: int, content: Mapping[str, Any]) -> None:
        """Remember more of a change: where a split led, and what was before it."""
        with self.database.write() as connection:
            changes.note_content(connection, number, content)

    def lines_of(self, story: str, article: str) -> list[dict[str, Any]]:
        """The lines of the ledger by which an article is part of a story, as they are."""
        with self.database.read() as connection:
            return changes.lines_of(connection, story, article)

    def change(self, number: int) -> Change | None:
        """A change by its number, with its history."""
        with self.database.read() as connection:
            return changes.find(connection, number)

    def changes(self, *states: ChangeState) -> list[Change]:
        """Changes in these states, or all, in the order of their numbers."""
        with self.database.read() as connection:
            return changes.listed(connection, states)

    def last_change(self) -> int:
        """A number that grows with every step of any change."""
        with self.database.read() as connection:
            return changes.last_step(connection)

    def note_effect(self, number: int, effect: Mapping[str, Any]) -> None:
        """Remember what a replay with a change gave."""
        with self.database.write() as connection:
            changes.note_effect(connection, number, effect)

    # ------------------------------------------------------------------------- settings

    def setting(self, key: str) -> str | None:
        """A remembered word; None if there is none."""
        with self.database.read() as connection:
            query = select(settings.c.value).where(settings.c.key == key)
            return connection.execute(query).scalar_one_or_none()

    def set_setting(self, key: str, value: str) -> None:
        """Remember a word; keys that start with `chat:<number>:` move with their chat."""
        with self.database.write() as connection:
            _set(connection, key, value)

    def settings(self, prefix: str) -> dict[str, str]:
        """Every remembered word whose key begins so."""
        with self.database.read() as connection:
            begins = settings.c.key.startswith(prefix, autoescape=True)
            return {row.key: row.value for row in connection.execute(select(settings).where(begins))}

    # ---------------------------------------------------------------------------- chats

    def known_chats(self) -> list[KnownChat]:
        """What was learnt of chats, by id."""
        with self.database.read() as connection:
            return chats.known(connection)

    def paired_admins(self) -> frozenset[int]:
        """Users who may change things because they had the first code."""
        with self.database.read() as connection:
            return chats.admins(connection)

    def open_pairing(self, pairing: Pairing) -> None:
        """From now on this code adds a chat; earlier codes end."""
        with self.database.write() as connection:
            chats.open_pairing(connection, pairing)

    def pairings(self, now: datetime) -> list[Pairing]:
        """The codes that can still be used."""
        with self.database.read() as connection:
            return chats.open_pairings(connection, now)

    def wrong_code(self) -> None:
        """Somebody tried a code that is none: every open code can stand one try less."""
        with self.database.write() as connection:
            chats.wrong_code(connection)

    def pair(self, pairing: Pairing, chat: KnownChat, notices: Sequence[Alert], now: datetime) -> bool:
        """Use a code up, remember the chat and owe the notices; False when the code was used meanwhile."""
        with self.database.write() as connection:
            paired = chats.pair(connection, pairing, chat, now)
            if paired:
                outbox.owe(connection, notices, now)
            return paired

    def unpair(self, chat: int, now: datetime) -> bool:
        """Tell a paired chat nothing more; False when it is none."""
        with self.database.write() as connection:
            return chats.unpair(connection, chat)

    # --------------------------------------------------------------------------- leases

    def take_lease(self, name: str, holder: str, now: datetime, until: datetime) -> Lease:
        """Take or renew a lease that nobody else holds, or whose time has run out; returns who holds it."""
        with self.database.write() as connection:
            return chats.take(connection, name, holder, now, until)

    def rob_lease(self, lease: Lease, holder: str, now: datetime, until: datetime) -> Lease:
        """Take a lease from a holder that is known to be dead, unless it was renewed since it was read."""
        with self.database.write() as connection:
            return chats.rob(connection, lease, holder, now, until)

    def release_lease(self, name: str, holder: str) -> None:
        """Give a lease back, if it is ours."""
        with self.database.write() as connection:
            chats.release(connection, name, holder)

    # --------------------------------------------------------------------------- outbox

    def owe(self, alerts: Sequence[Alert], now: datetime) -> list[int]:
        """Put messages into the outbox; the row number of each, an older one if owed before."""
        with self.database.write() as connection:
            numbers = outbox.owe(connection, alerts, now)
        if numbers:
            self.on_owed()
        return numbers

    def next_rows(self, now: datetime) -> list[OutboxRow]:
        """For each chat the head of its queue, if it is due and nothing is on its way there."""
        with self.database.read() as connection:
            return outbox.next_rows(connection, now)

    def mark_sending(self, row_id: int, now: datetime, holder: str | None = None) -> OutboxRow:
        """The request leaves now; the row as it is to be sent.

        Raises JobFailed when the row is not waiting, LeaseLost unless the holder has the sender's lease.
        """
        with self.database.write() as connection:
            return outbox.mark_sending(connection, row_id, holder)

    def mark_sent(self, row_id: int, message_id: int | None, now: datetime) -> None:
        """It was accepted; the delivery is remembered with it."""
        with self.database.write() as connection:
            outbox.mark_sent(connection, row_id, message_id, now)

    def mark_uncertain(self, row_id: int, now: datetime, error: str) -> None:
        """It may have been accepted; resent first, and marked."""
        with self.database.write() as connection:
            outbox.mark_uncertain(connection, row_id, now, error)

    def mark_waiting(self, row_id: int, until: datetime, error: str, counts: bool) -> None:
        """Back to pending, not before `until`; `counts` tells whether it was an attempt."""
        with self.database.write() as connection:
            outbox.mark_waiting(connection, row_id, until, error, counts)

    def mark_dead(self, row_id: int, now: datetime, error: str) -> None:
        """Refused for good."""
        with self.database.write() as connection:
            outbox.mark_dead(connection, row_id, error)

    def mark_refused(self, row_id: int, now: datetime, until: datetime, error: str) -> None:
        """The chat cannot be reached: its message waits, and the chat is known to refuse us."""
        with self.database.write() as connection:
            outbox.mark_refused(connection, row_id, now, until, error)

    def chat_back(self, chat: int, now: datetime) -> None:
        """The chat can be reached again: what waits for it is due now."""
        with self.database.write() as connection:
            outbox.chat_back(connection, chat, now)

    def refusing(self) -> dict[int, str]:
        """The chats that refuse us, and what Telegram said of each."""
        with self.database.read() as connection:
            return chats.refusing(connection)

    def dead_letters(self, limit: int) -> list[OutboxRow]:
        """Messages that were given up, latest first."""
        with self.database.read() as connection:
            return outbox.dead_letters(connection, limit)

    def backlog(self, chat: int, since: datetime, now: datetime) -> Backlog:
        """The cards that wait for a chat and are due, and when cards were sent to it since a moment."""
        with self.database.read() as connection:
            return outbox.backlog(connection, chat, since, now)

    def hold(self, row_ids: Sequence[int], until: datetime, notices: Sequence[Alert], now: datetime) -> None:
        """These rows wait, and others overtake them; what is said of it is owed with it."""
        with self.database.write() as connection:
            outbox.hold(connection, row_ids, until)
            outbox.owe(connection, notices, now)

    def pack(self, packs: Sequence[Pack], now: datetime) -> None:
        """From now on the first row of each pack tells all of it."""
        with self.database.write() as connection:
            outbox.pack(connection, packs, now)

    def recover(self, now: datetime) -> int:
        """At start: rows found `sending` become `uncertain`; returns how many."""
        with self.database.write() as connection:
            return outbox.recover(connection, now)

    def told(self, chat: int, story: str) -> Delivery | None:
        """The first message of a story in a chat, to reply to and to edit."""
        with self.database.read() as connection:
            return outbox.told(connection, chat, story)

    def deliveries(self, story: str) -> list[Delivery]:
        """Every message of a story, in order."""
        with self.database.read() as connection:
            return outbox.deliveries_of(connection, [story]).get(story, [])

    def migrate_chat(self, old: int, new: int, row_id: int | None = None) -> None:
        """A group became a supergroup: its number is rewritten everywhere in one transaction."""
        with self.database.write() as connection:
            outbox.migrate_chat(connection, old, new, row_id)
            reactions.migrate_chat(connection, old, new)

    def outbox_health(self) -> list[OutboxHealth]:
        """The state of each chat's queue."""
        with self.database.read() as connection:
            return outbox.health(connection)

    def outbox_row(self, row_id: int) -> OutboxRow | None:
        """One row by its number."""
        with self.database.read() as connection:
            return outbox.find(connection, row_id)

    # ------------------------------------------------------------------------ reactions

    def press(self, press: Press) -> bool:
        """Remember a press; False when the same user had pressed that button of that message before."""
        with self.database.write() as connection:
            return reactions.press(connection, press)

    def story_told(self, chat: int, message_id: int) -> str | None:
        """The story that a message of a chat told; None when it told none."""
        with self.database.read() as connection:
            return reactions.story_told(connection, chat, message_id)

    def presses(self, after: int = 0, limit: int = 1000) -> list[Press]:
        """Presses in the order of their numbers, those after one number."""
        with self.database.read() as connection:
            return reactions.presses_after(connection, after, limit)

    def mute(self, mute: Mute) -> int:
        """Remember a mute; its number."""
        with self.database.write() as connection:
            return reactions.mute(connection, mute)

    def mutes(self, now: datetime | None, chat: int | None = None) -> list[Mute]:
        """Mutes in force at a moment, or all there ever were (None), of one chat or of all."""
        with self.database.read() as connection:
            return reactions.mutes_of(connection, now, chat)

    def lift(self, mute_id: int, user: int, now: datetime) -> bool:
        """End a mute; False when it is not in force."""
        with self.database.write() as connection:
            return reactions.lift(connection, mute_id, user, now)

    def muted(self, story: str, chat: int | None = None) -> list[MutedAlert]:
        """What was held back of a story, oldest first."""
        with self.database.read() as connection:
            return reactions.muted_of(connection, story, chat)

    def muted_since(self, chat: int, since: datetime) -> list[MutedAlert]:
        """What was held back in a chat since then, oldest first."""
        with self.database.read() as connection:
            return reactions.muted_since(connection, chat, since)

    def only_muted(self, story: str, chat: int) -> bool:
        """Whether a chat has no card of a story but those that were held back."""
        with self.database.read() as connection:
            return reactions.only_muted(connection, story, chat)

    def held_back(self, mute_id: int) -> int:
        """How many messages a mute held back."""
        with self.database.read() as connection:
            return reactions.held_back(connection, mute_id)

    def list_begun(self, listing: Listing) -> None:
        """Remember a question whose answer has several pages; old ones are forgotten."""
        with self.database.write() as connection:
            reactions.list_begun(connection, listing)

    def list_sent(self, token: str, message_id: int) -> None:
        """The message in which its pages are turned."""
        with self.database.write() as connection:
            reactions.list_sent(connection, token, message_id)

    def list_of(self, token: str) -> Listing | None:
        """The question behind a button."""
        with self.database.read() as connection:
            return reactions.list_of(connection, token)


def _set(connection: Connection, key: str, value: str) -> None:
    connection.execute(
        upsert(connection, settings)
        .values(key=key, value=value)
        .on_conflict_do_update(index_elements=["key"], set_={"value": value})
    )
