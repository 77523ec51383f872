"""What the words of a watch mean, and what they would have caught of the stored past: `djeli watch`.

Nothing here is judged again (that is `djeli replay`): the words are looked for in what was read, and the
decisions are those of the time.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from baseline import names as sounds
from baseline.entities import LANGUAGES
from baseline.fold import clean, fold, tokens
from baseline.patterns import labelled_book
from baseline.watch_words import Word, WordList, Words, named, read_word
from baseline.watching import Watcher, named_for_watches
from djeli.app import wiring
from djeli.app.changes import unreadable
from djeli.app.wiring import House
from djeli.core.errors import UserError
from djeli.core.model import Article, Decision, Judgement, Watch
from djeli.core.ports import Past

_PUSHED = (Decision.ALERT, Decision.UPDATE)
_AROUND = 40  # characters of the text to either side of what was found
_MOST_SPELLINGS = 12  # of one name in one language, and words of one concept
_NOTHING: frozenset[str] = frozenset()
_FEWEST_LETTERS = 5  # of a beginning that is proposed with an open ending
_PLAIN = re.compile(r"[\w'-]+\*?")  # a pattern of knowledge/objects.yaml that is a word of a watch, too


@dataclass(frozen=True, slots=True)
class Meaning:
    """How a word is understood: name, concept, word, phrase, open, exact or pattern, and what it names."""

    said: str
    kind: str
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that has a word, with the place where it stands."""

    article: Article
    decision: Decision
    watches: tuple[str, ...]
    excerpt: str

    @property
    def pushed(self) -> bool:
        """Whether it led to a message at once."""
        return self.decision in _PUSHED


@dataclass(slots=True)
class Tally:
    """How many articles there were, and what became of them."""

    decisions: Counter[Decision] = field(default_factory=Counter)

    def add(self, decision: Decision) -> None:
        """One more article."""
        self.decisions[decision] += 1

    @property
    def hits(self) -> int:
        """All of them."""
        return sum(self.decisions.values())

    @property
    def pushed(self) -> int:
        """Those that led to a message at once."""
        return sum(self.decisions[decision] for decision in _PUSHED)

    @property
    def nothing(self) -> float | None:
        """The share that led to none; None without any."""
        return 1 - self.pushed / self.hits if self.hits else None


@dataclass(frozen=True, slots=True)
class Variant:
    """A word that could be added: where it comes from, its language if it has one, and what it has."""

    said: str
    origin: str  # said, id, spelling, related, concept, sound, ending
    lang: str | None
    tally: Tally


@dataclass(frozen=True, slots=True)
class Tried:
    """A watch over the past: what it looked at, by word, and why it left the others."""

    watch: Watch
    looked: Tally
    words: tuple[tuple[str, Tally], ...]
    left: Counter[str]  # by the setting that kept them away
    hits: tuple[Hit, ...]


def meaning(said: str, house: House) -> Meaning:
    """How a word is understood; UserError where it cannot be read."""
    if (fault := unreadable(said.strip(), house.knowledge)) is not None:
        raise UserError(fault)
    word = read_word(said)
    ids = tuple(sorted(named(said, house.knowledge, house.knowledge.gazetteer)))
    if ids:
        return Meaning(said, "concept" if ids[0].startswith("obj.") else "name", ids)
    if word.pattern:
        return Meaning(said, "pattern")
    if word.exact:
        return Meaning(said, "exact")
    if any(is_open for _, is_open in word.parts):
        return Meaning(said, "open")
    return Meaning(said, "word" if len(word.parts) == 1 else "phrase")


def spellings(id_: str, house: House) -> dict[str, tuple[str, ...]]:
    """The names of an id in each language, the one for show first."""
    entity = house.knowledge.entities.get(id_)
    return {lang: entity.names.get(lang, ()) for lang in LANGUAGES} if entity else {}


def try_word(said: str, house: House, past: Iterable[Past], most: int) -> tuple[Tally, list[Hit]]:
    """How many stored articles have a word, and the latest of them."""
    listed = _list([said], house)
    tally, hits = Tally(), list[Hit]()
    for one in past:
        words, entities = _of(one.judgement)
        if listed.any(entities, words):
            tally.add(one.judgement.decision)
            hits.append(_hit(one.judgement, listed.words[0], words))
            del hits[:-most]
    return tally, hits[::-1]


def try_watch(watch: Watch, house: House, past: Iterable[Past], most: int) -> Tried:
    """What a watch looks at of the stored past, and which of its words it has."""
    watcher = Watcher(watch, house.knowledge, house.knowledge.gazetteer)
    looked, by_word, left, hits = Tally(), dict[str, Tally](), Counter[str](), list[Hit]()
    for word in (*watch.keywords, *watch.all):
        by_word[word] = Tally()
    for one in past:
        judgement = one.judgement
        words, entities = _of(judgement)
        for said, _ in watcher.found(entities, words):
            by_word[said].add(judgement.decision)
        lack = watcher.lack(entities, words)
        if lack is None:
            looked.add(judgement.decision)
            hits.append(Hit(judgement.article, judgement.decision, judgement.watches, ""))
            del hits[:-most]
        else:
            left[f"{lack.setting} {lack.values[0]}" if lack.setting == "exclude" else lack.setting] += 1
    return Tried(watch, looked, tuple(by_word.items()), left, tuple(hits[::-1]))


def caught(past: Iterable[Past]) -> dict[str, Tally]:
    """What the ledger says of each watch: the articles that it caught."""
    found: dict[str, Tally] = {}
    for one in past:
        for name in one.judgement.watches:
            found.setdefault(name, Tally()).add(one.judgement.decision)
    return found


# ------------------------------------------------------------------------------- suggestions


def suggest(said: str, house: House, past: Iterable[Past]) -> list[Variant]:
    """What else to watch for, in three languages, each with what it has in the stored past.

    Known spellings, what is related, the words of its concept, unknown names that sound alike, and
    words that go on from the same beginning. UserError where the word cannot be read.
    """
    known = meaning(said, house)
    finds = [(variant, _finder(variant, house)) for variant in _known(known, house)]
    heard = _Heard(said) if known.kind in ("word", "phrase") else None
    for one in past:
        judgement = one.judgement
        words, entities = _of(judgement)
        has = [find(entities, words) for _, find in finds]
        for (variant, _), found in zip(finds, has, strict=True):
            if found:
                variant.tally.add(judgement.decision)
        if heard:
            heard.listen(judgement, words, asked=has[0])
    told = [variant for variant, _ in finds]
    return told + (heard.variants({fold(variant.said) for variant in told}) if heard else [])


def _finder(variant: Variant, house: House) -> Callable[[frozenset[str], Words], bool]:
    """Whether an article has it; a spelling is looked for as it is written, for the name has all of them."""
    if variant.origin == "spelling":
        return Word(variant.said, frozenset()).found
    return _list([variant.said], house).any


def _known(known: Meaning, house: House) -> Iterator[Variant]:
    """What the knowledge says of a word: the word first, then what else it could be."""
    yield Variant(known.said, "said", None, Tally())
    seen = {fold(known.said)}
    for id_ in known.ids:
        yield from _each_once(spellings(id_, house), "spelling", seen)
        entity = house.knowledge.entities.get(id_)
        for other in sorted(entity.related) if entity else ():
            yield Variant(other, "related", None, Tally())
    if not known.ids and known.kind in ("word", "phrase", "open"):
        yield from _concepts(known.said, seen)


def _concepts(said: str, seen: set[str]) -> Iterator[Variant]:
    """The concepts whose words a word is among, and their words in the three languages."""
    data = wiring.rules()["objects"]
    book = labelled_book(data)
    found = tokens(clean(said))
    labels = dict.fromkeys(hit.label for lang in LANGUAGES for hit in book.find(found, lang))
    for label in labels:
        yield Variant(label, "concept", None, Tally())
        words = {
            lang: tuple(word for pattern in data[label].get(lang, ()) for word in _plain(pattern))
            for lang in LANGUAGES
        }
        yield from _each_once(words, "concept", seen)


def _each_once(words: Mapping[str, Sequence[str]], origin: str, seen: set[str]) -> Iterator[Variant]:
    """Words by language; what is written alike but for case and accents comes once."""
    for lang, ones in words.items():
        for word in ones[:_MOST_SPELLINGS]:
            if fold(word) not in seen:
                seen.add(fold(word))
                yield Variant(word, origin, lang, Tally())


def _plain(pattern: str) -> Iterator[str]:
    """The words of a pattern of one element, as words of a watch; nothing of any other."""
    if " " in pattern:
        return
    for one in pattern.replace("_", " ").split("|"):
        word = one.lstrip("=!")
        if all(_PLAIN.fullmatch(part) for part in word.split()) and len(word.rstrip("*")) > 2:
            yield f'"{word}"' if one.startswith("!") else word  # its accents tell it from another word


class _Heard:
    """Words of the past that sound like the one asked for, or begin like it."""

    def __init__(self, said: str) -> None:
        raws = [token.raw for token in tokens(clean(said))]
        self._single = raws[0] if len(raws) == 1 else ""
        self._keys = sounds.keys(self._single, "ru") if self._single[:1].isupper() else frozenset()
        letters = fold(self._single)
        size = max(_FEWEST_LETTERS, round(len(letters) * 0.7))
        self._beginning = letters[:size] if len(letters) > _FEWEST_LETTERS else ""
        self._alike: dict[str, tuple[str, str, Tally]] = {}  # folded → as written, its language
        self._open = Tally()
        self._further = False

    def listen(self, judgement: Judgement, words: Words, asked: bool) -> None:
        """Take note of one article; `asked`: it has the word itself."""
        if self._beginning:
            begun = list(words.beginning(self._beginning))
            if begun:
                self._open.add(judgement.decision)
                self._further |= not asked
        if not self._keys or asked:
            return
        alike: set[str] = set()
        for raw in words.raw:
            if raw[0].isupper() and len(raw) > 3 and not self._keys.isdisjoint(sounds.keys(raw, words.lang)):
                alike.add(raw)
        for raw in alike:
            self._alike.setdefault(fold(raw), (raw, words.lang, Tally()))[2].add(judgement.decision)

    def variants(self, known: set[str]) -> list[Variant]:
        """What was heard beside what is known, the most frequent first; forms of one name come once."""
        heard = sorted(self._alike.items(), key=lambda pair: -pair[1][2].hits)
        found: list[Variant] = []
        for folded, (raw, lang, tally) in heard:
            words = Words([raw], lang)
            if folded not in known and not any(
                Word(one.said, _NOTHING).found(_NOTHING, words) for one in found
            ):
                found.append(Variant(raw, "sound", lang, tally))
        if self._further:
            found.append(Variant(f"{self._beginning}*", "ending", None, self._open))
        return found


# ------------------------------------------------------------------------------------ helpers


def _list(said: Sequence[str], house: House) -> WordList:
    return WordList(said, house.knowledge, house.knowledge.gazetteer)


def _of(judgement: Judgement) -> tuple[Words, frozenset[str]]:
    """The words of an article, and what it names."""
    article = judgement.article
    return Words([article.title, article.text], article.lang), named_for_watches(judgement.reading)


def _hit(judgement: Judgement, word: Word, words: Words) -> Hit:
    place = word.place(words)
    excerpt = ""
    if place:
        start, end = place
        around = words.text[max(0, start - _AROUND) : end + _AROUND]
        excerpt = " ".join(around.split())
    return Hit(judgement.article, judgement.decision, judgement.watches, excerpt)
