"""The messages as a phone shows them, as PNG files in docs/screenshots (needs Chromium).

    make screenshots

An invented press goes through the real judge, teller and store; what the chat would hold in the end
is written as HTML and photographed without a network.
"""

from __future__ import annotations

import html as markup
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from PIL import Image, ImageChops

from baseline.catalogue import Knowledge, Outlet
from baseline.language import detect
from bot import buttons
from bot.words import Voice
from djeli.app import config as configuration
from djeli.app.backtest import Given, read_articles
from djeli.app.charts import Charts
from djeli.app.judging import judged
from djeli.app.wiring import House, furnish, load_knowledge
from djeli.core.model import Decision, DigestLine, FeedCursor, Realis, Span
from djeli.core.ports import FeedStatus, Kept
from storage.store import SqlStore, open_store

FOLDER = Path(__file__).parents[1] / "docs/screenshots"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_WIDTH, _TALL, _SCALE = 412, 3_000, 1.6
_PALETTE = 96  # colours are enough for text and flat boxes, and keep the files small
_OUTLETS = (
    ("Bend River Post", "en", "GB", "independent"),
    ("Вести Сахеля", "ru", "RU", "state agency"),
    ("Le Courrier du Djoliba", "fr", "ML", "independent"),
    ("Bulletin du Fleuve", "fr", "ML", "state media"),
)
_POST, _VESTI, _COURRIER, _BULLETIN = (name for name, *_ in _OUTLETS)
_NEWS = (
    (
        "2027-02-08T10:20:00Z",
        _POST,
        "Convoy of Russian armour reaches Bamako",
        "Russia delivered a convoy of armour to the Malian armed forces in Bamako on Monday 8 February 2027. "
        "Our reporter counted eleven T-72 tanks and about forty trucks on the road from the south. The "
        "vehicles had been unloaded in the port of Conakry last week, a driver said.",
    ),
    (
        "2027-02-08T12:05:00Z",
        _VESTI,
        "В Бамако прибыла колонна российской бронетехники",
        "Колонна российской бронетехники прибыла в понедельник 8 февраля в столицу Мали. Танки Т-72 и "
        "грузовики переданы малийской армии.",
    ),
    (
        "2027-02-08T16:15:00Z",
        _COURRIER,
        "Convoi russe à Bamako : l'armée parle de quatorze chars T-72",
        "Le convoi de blindés russes arrivé lundi 8 février à Bamako compte quatorze chars T-72, a précisé "
        "l'état-major des Forces armées maliennes.",
    ),
)
_RUMOUR = (
    (
        "2027-02-11T06:10:00Z",
        _POST,
        "Gunfire heard near Mali's Kati military base, cause unclear",
        "Gunfire was heard early on Thursday 11 February around the Kati military base near Bamako, "
        "residents said. There were rumours of a coup attempt, which nobody could confirm.",
    ),
    (
        "2027-02-11T09:30:00Z",
        _BULLETIN,
        "Tirs à Kati : l'état-major malien dément toute tentative de putsch",
        "L'état-major des Forces armées maliennes a démenti jeudi 11 février toute tentative de putsch après "
        "des tirs entendus à Kati. Il s'agissait d'un exercice, selon le communiqué.",
    ),
)
_STYLE = """
* { box-sizing: border-box } body { margin: 0; background: #93b5cf; padding: 10px 10px 6px; width: %dpx;
  font: 15px/1.36 "Noto Sans", "DejaVu Sans", sans-serif; color: #10191f }
.message { background: #fff; border-radius: 12px 12px 12px 3px; padding: 8px 11px 6px; margin: 0 0 8px;
  width: 96%%; box-shadow: 0 1px 1px #0003; white-space: pre-wrap; overflow-wrap: anywhere }
.time { color: #7d8a93; font-size: 11px; text-align: right; margin-top: 2px }
.reply { border-left: 3px solid #3a84c4; padding: 1px 0 1px 8px; margin-bottom: 5px; font-size: 13px;
  color: #4b5a64; white-space: nowrap; overflow: hidden; text-overflow: ellipsis }
a { color: #1f70b8; text-decoration: none } s { color: #6b7780 }
blockquote { margin: 4px 0; padding: 3px 8px; background: #e9f1f8; border-left: 3px solid #3a84c4;
  border-radius: 4px; font-size: 14px }
blockquote[expandable] { font-size: 13px; max-height: 62px; overflow: hidden;
  -webkit-mask-image: linear-gradient(#000 60%%, #0004) }
.row { display: flex; gap: 5px; width: 96%%; margin: -3px 0 7px } .row span { flex: 1; background: #fff8;
  border-radius: 7px; padding: 6px 2px; text-align: center;
  font: 600 13.5px "Noto Sans", "DejaVu Sans", sans-serif }
"""


class Phone:
    """What one chat holds: messages by number, edited where the outbox says so."""

    def __init__(self, house: House) -> None:
        self.house, self.store = house, open_store("sqlite://")
        self.teller = house.teller_for_anyone(self.store)
        self.messages: dict[int, tuple[str, int | None, str]] = {}

    def hear(self, given: Given) -> None:
        """One article: judged, kept, told."""
        article, now = given.article, given.article.published
        judgement = judged(article, self.house.judge, self.store, now)
        self.store.keep(Kept(judgement, alerts=self.teller.owed(judgement, now)), now)
        while rows := self.store.next_rows(now):
            for row in rows:
                alert = self.store.mark_sending(row.id, now).alert
                first = self.store.told(alert.chat, alert.story or "")
                number = first.message_id if first else None
                if alert.edit_html and number:
                    self.messages[number] = (alert.edit_html, *self.messages[number][1:])
                if alert.html:
                    answers = number if alert.reply_to_story else None
                    self.messages[row.id] = (alert.html, answers, f"{now:%H:%M}")
                self.store.mark_sent(row.id, row.id, now)


def press(knowledge: Knowledge) -> Knowledge:
    """The knowledge with an invented press, so that nothing is put into a real outlet's mouth."""
    outlets = {
        name: Outlet(name, name, "", lang, country, kind, "", name) for name, lang, country, kind in _OUTLETS
    }
    return replace(knowledge, outlets=outlets)


def house_of(language: str, knowledge: Knowledge) -> House:
    """The default beat in one language."""
    return furnish(replace(configuration.default_config(), language=language), knowledge)


def given(news: Sequence[tuple[str, str, str, str]]) -> list[Given]:
    """Articles, as `backtest` reads them."""
    lines = [
        {"published": at, "outlet": outlet, "title": title, "text": text, "url": _url(outlet, number)}
        for number, (at, outlet, title, text) in enumerate(news)
    ]
    return read_articles("press", "\n".join(map(json.dumps, lines)), detect)


def _url(outlet: str, number: int) -> str:
    hosts = {"Вести Сахеля": "vesti-sahelya", "Bend River Post": "bendriverpost"}
    return f"https://{hosts.get(outlet, 'courrier-djoliba')}.example/{number}"


# -------------------------------------------------------------------------------- the pictures


Shown = tuple[str, int | None, str]  # markup, the message it answers, hour


def page(messages: Sequence[Shown], quoted: dict[int, str], voice: Voice | None = None) -> str:
    """Messages as a chat shows them, with the buttons of cards where a voice is given.

    `quoted` are the first lines of those that are answered.
    """
    bodies = []
    for text, answers, at in messages:
        reply = f'<div class="reply">{markup.escape(quoted[answers])}</div>' if answers in quoted else ""
        text = text.replace("</blockquote>\n", "</blockquote>")  # a quotation ends its line by itself
        bodies.append(f'<div class="message">{reply}{text}<div class="time">{at}</div></div>')
        bodies += _buttons(voice) if voice else []
    return f'<meta charset="utf-8"><style>{_STYLE % _WIDTH}</style><body>{"".join(bodies)}'


def _buttons(voice: Voice) -> list[str]:
    rows = buttons.card(1, "alert", voice)
    return [
        f'<div class="row">{"".join(f"<span>{markup.escape(one.text)}</span>" for one in row)}</div>'
        for row in rows
    ]


def photograph(browser: str, name: str, content: str) -> Path:
    """One page as a PNG, as high as it is."""
    with tempfile.TemporaryDirectory() as folder:
        source, shot = Path(folder, "page.html"), Path(folder, "shot.png")
        source.write_text(content, encoding="utf-8")
        subprocess.run(
            [browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
             f"--force-device-scale-factor={_SCALE}", f"--window-size={_WIDTH},{_TALL}",
             f"--user-data-dir={folder}/profile", f"--screenshot={shot}", source.as_uri()],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        image = Image.open(shot).convert("RGB")
    background = Image.new("RGB", image.size, image.getpixel((2, image.height - 2)))
    box = ImageChops.difference(image, background).getbbox() or (0, 0, *image.size)
    cut = image.crop((0, 0, image.width, min(image.height, box[3] + 12)))
    target = FOLDER / f"{name}.png"
    cut.quantize(_PALETTE).save(target, optimize=True)
    return target


def cards(browser: str, knowledge: Knowledge, language: str) -> Phone:
    """One card that three outlets made, in one language; the whole thread in English."""
    phone = Phone(house_of(language, knowledge))
    for article in given(_NEWS[:2]):
        phone.hear(article)
    photograph(browser, f"card-{language}", page([*phone.messages.values()][:1], {}, phone.house.voice))
    return phone


def thread(browser: str, knowledge: Knowledge) -> None:
    """A figure that changes, and a rumour that is denied: the first cards are edited and answered."""
    phone = Phone(house_of("en", knowledge))
    for article in given((*_NEWS, *_RUMOUR)):
        phone.hear(article)
    quoted = {number: _first_line(text) for number, (text, _, _) in phone.messages.items()}
    photograph(browser, "thread-en", page([*phone.messages.values()], quoted))


def _first_line(text: str) -> str:
    plain = markup.unescape(text.splitlines()[0])
    return "".join(piece.partition(">")[2] if ">" in piece else piece for piece in plain.split("<"))[:60]


def digest(browser: str, knowledge: Knowledge) -> None:
    """One evening's digest, in French."""
    house = house_of("fr", knowledge)
    with_store = open_store("sqlite://")
    at = datetime(2027, 2, 9, 18, tzinfo=UTC)
    chat = replace(next(iter(house.teller_for_anyone(with_store)._chats)), language="fr")
    feeds = [_feed("Bend River Post"), _feed("Le Courrier du Djoliba"), _feed("Вести Сахеля", "timeout", at)]
    counts = {"articles": 214, "alert": 3, "update": 2, "known": 9}
    (alert,) = house.teller(with_store).digest(
        chat, _digest_lines(at), counts, feeds, at, pending=_pending(at)
    )
    photograph(browser, "digest-fr", page([(alert.html, None, "18:00")], {}))


def _digest_lines(at: datetime) -> list[DigestLine]:
    day = Span(date(2027, 2, 9), date(2027, 2, 9))
    rows: tuple[tuple[str, str, str, str, Realis, tuple[str, ...]], ...] = (
        (
            "visit_talks",
            "held",
            "Mali's foreign minister meets his Turkish counterpart",
            _POST,
            Realis.DONE,
            (),
        ),
        ("project", "licensed", "Россия получила лицензию на разведку золота", _VESTI, Realis.DONE, ()),
        ("delivery", "announced", "La Russie pourrait livrer du blé", _COURRIER, Realis.HYPOTHETICAL, ()),
        ("aid", "pledged", "Aide alimentaire : un premier lot promis à Gao", _COURRIER, Realis.ANNOUNCED, ()),
        ("delivery", "arrived", "The tanks of January 2025: how they came", _POST, Realis.DONE, ("F142",)),
        ("delivery", "arrived", "Колонна с техникой: как это было", _VESTI, Realis.DONE, ("F143",)),
    )
    return [
        DigestLine(
            story=f"S{20 + number}",
            type=kind,
            decision=Decision.KNOWN if facts else Decision.DIGEST,
            title=title,
            url=_url(outlet, number),
            outlet=outlet,
            because="",
            published=at,
            facts=facts,
            span=day,
            stage=stage,
            realis=realis,
        )
        for number, (kind, stage, title, outlet, realis, facts) in enumerate(rows)
    ]


def _pending(at: datetime) -> list[DigestLine]:
    rows = (
        ("aid", "Two trucks of medicine promised for Sunday", date(2027, 2, 7)),
        ("visit_talks", "Russian deputy minister to visit Bamako", date(2027, 2, 15)),
        ("withdrawal", "Italian mission to leave Niamey by the end of August", date(2027, 8, 31)),
    )
    return [
        DigestLine(
            story=f"S{4 + number}",
            type=kind,
            decision=Decision.ALERT,
            title=title,
            url=_url(_POST, number),
            outlet=_POST,
            because="",
            published=at,
            span=Span(day, day),
            stage="announced",
            realis=Realis.ANNOUNCED,
        )
        for number, (kind, title, day) in enumerate(rows)
    ]


def _feed(outlet: str, cause: str | None = None, since: datetime | None = None) -> FeedStatus:
    moment = datetime(2027, 2, 9, tzinfo=UTC)
    cursor = FeedCursor(f"https://{outlet}.example/feed", looked_at=moment, last_ok=moment)
    if cause:
        cursor = replace(cursor, failures=3, cause=cause, failing_since=since)
    return FeedStatus(cursor.url, outlet, cursor, 10, 5)


def weekly(knowledge: Knowledge) -> None:
    """The weekly picture, as it is sent, in Russian."""
    house = house_of("ru", knowledge)
    counts = {
        "attack": 6,
        "delivery": 5,
        "visit_talks": 4,
        "project": 3,
        "agreement": 2,
        "sanctions": 1,
        "coup": 1,
    }
    start = datetime(2027, 2, 8, 9, tzinfo=UTC)
    lines = [
        DigestLine(
            None, kind, Decision.UPDATE if (number + place) % 3 == 2 else Decision.ALERT, "", "", "", "",
            start + timedelta(days=(number * 3 + place) % 7),
        )
        for place, (kind, count) in enumerate(counts.items())
        for number in range(count)
    ]  # fmt: skip

    class Week(SqlStore):
        """A store in which just this was told."""

        def told_lines(self, watches: Sequence[str], since: datetime, until: datetime) -> list[DigestLine]:
            return lines

    charts = Charts(Week(open_store("sqlite://").database), house.voices, house.config.zone)
    chart = charts.chart(1, (), "ru", start + timedelta(days=6))
    target = FOLDER / "chart-ru.png"
    target.write_bytes(chart.png or b"")
    Image.open(target).convert("RGB").quantize(_PALETTE).save(target, optimize=True)


def main() -> int:
    """Take every picture; says where they are."""
    browser = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if browser is None:
        print(f"No browser was found; install one of: {', '.join(BROWSERS)}", file=sys.stderr)
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    knowledge = press(load_knowledge())
    for language in ("en", "fr", "ru"):
        cards(browser, knowledge, language)
    thread(browser, knowledge)
    digest(browser, knowledge)
    weekly(knowledge)
    for path in sorted(FOLDER.glob("*.png")):
        print(f"{path.relative_to(FOLDER.parents[1])}  {path.stat().st_size // 1024} KB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
