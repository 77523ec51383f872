"""What moves a known thing on, what only tells it again, and what a text tells beside its headline."""

from __future__ import annotations

import pytest

from baseline.changes import changed_figure
from baseline.rules import load_rules
from djeli.app import wiring
from djeli.core.model import Decision, Figure, Realis
from storage.store import open_store
from tests import corpus
from tests.test_judge import article, tell


@pytest.fixture
def store():
    opened = open_store("sqlite://")
    yield opened
    opened.close()


# ----------------------------------------------------------------------------- facts that move on


def test_the_day_of_a_vote_that_was_put_off_is_an_update_of_the_fact(store) -> None:
    told = article(
        "Mali : le chef de l'État convoque les électeurs pour la présidentielle du 6 février 2028",
        "Un décret lu vendredi à la télévision fixe au 6 février 2028 le premier tour de l'élection "
        "présidentielle malienne. La campagne durera trois semaines.",
        "2027-09-11",
    )
    (judged,) = tell(store, told)
    assert (judged.decision, judged.verdicts[0].facts) == (Decision.UPDATE, ("F132",))


def test_the_day_of_another_vote_is_news_of_its_own(store) -> None:
    told = article(
        "Élections communales : les Maliens aux urnes le 24 octobre",
        "Le gouvernement a fixé mardi les élections communales au 24 octobre. La présidentielle n'a toujours "
        "pas de date.",
        "2027-04-07",
    )
    (judged,) = tell(store, told)
    assert judged.decision is Decision.ALERT


def test_a_text_named_by_the_day_it_was_signed_comes_into_force(store) -> None:
    told = article(
        "Вступил в силу договор с Мали",
        "4 мая в Москве стороны обменялись грамотами, и договор об основах отношений между Россией и Мали, "
        "подписанный 23 июня 2025 года, вступил в силу.",
        "2027-05-05",
    )
    (judged,) = tell(store, told)
    assert judged.decision is Decision.UPDATE
    assert judged.verdicts[0].facts[0] in ("F091", "F092", "F093")


@pytest.mark.parametrize(
    ("title", "text", "day"),
    [
        (
            "Mali: new inquiry puts the dead of Moura at 555",
            "Wagner fighters and soldiers of the Malian army killed at least 555 people in Moura in March "
            "2022, investigators of the UN said in a report released on Thursday. The known figure was 500.",
            "2027-06-11",
        ),
        (
            "Moura, cinq ans plus tard : un rapport donne des noms",
            "Un rapport publié jeudi par une ONG impute à l'armée malienne et à Wagner la mort de 540 civils "
            "à Moura en mars 2022. Il nomme deux officiers. Le bilan admis était de 500 morts.",
            "2027-04-02",
        ),
    ],
)
def test_what_a_new_report_finds_out_moves_the_old_killings_on(store, title: str, text: str, day: str):
    (judged,) = tell(store, article(title, text, day))
    told = next(v for v in judged.verdicts if v.decision is judged.decision)
    assert (told.decision, told.facts[0]) == (Decision.UPDATE, "F137")


def test_what_only_an_analysis_recalled_is_not_taken_for_a_rumour_of_it(store) -> None:
    recalled = next(item.line for item in corpus.scenarios() if item.id == "37")
    given = {key: recalled[key] for key in ("outlet", "lang")}
    _, judged = tell(
        store,
        article(recalled["title"], recalled["text"], recalled["published"], **given),
        article(
            "Russian wheat reaches Bamako",
            "Trucks with 25,000 tonnes of wheat given by Russia reached Bamako on Sunday, the trade ministry "
            "of Mali said.",
            "2027-05-10",
        ),
    )
    assert judged.decision is Decision.ALERT


# --------------------------------------------------------------------------- stories that move on


def test_charges_for_a_plot_are_of_its_story_weeks_later(store) -> None:
    plot, charged = tell(
        store,
        article(
            "Mali: la junte dit avoir déjoué un coup d'État",
            "Le gouvernement malien affirme avoir déjoué lundi une tentative de coup d'État à Bamako. Neuf "
            "militaires ont été arrêtés.",
            "2027-05-04",
        ),
        article(
            "Mali: six charged over alleged coup plot",
            "A military prosecutor in Bamako on Thursday charged six people with conspiring against the "
            "government. Lawyers repeated that there had been no plot.",
            "2027-05-21",
        ),
    )
    assert charged.decision is Decision.UPDATE
    assert charged.verdicts[0].story == plot.verdicts[0].story


def test_a_call_between_two_ministers_is_not_the_visit_that_is_to_come(store) -> None:
    _, judged = tell(
        store,
        article(
            "Лавров посетит Мали 25 мая",
            "Министр иностранных дел России Сергей Лавров 25 мая посетит Бамако, сообщили в МИД.",
            "2027-05-12",
        ),
        article(
            "О телефонном разговоре С.В.Лаврова с А.Диопом",
            "19 мая состоялся телефонный разговор С.В.Лаврова с министром иностранных дел Мали А.Диопом.",
            "2027-05-19",
        ),
    )
    assert judged.decision is Decision.DIGEST


def test_no_successor_yet_is_no_further_step(store) -> None:
    first, second = tell(
        store,
        article(
            "Burkina : le Premier ministre limogé",
            "Le président Ibrahim Traoré a limogé lundi soir le Premier ministre du Burkina Faso.",
            "2027-03-02",
        ),
        article(
            "Траоре отправил премьера в отставку",
            "Президент Буркина-Фасо Ибраим Траоре 1 марта отправил премьер-министра в отставку. Кто "
            "возглавит новое правительство, пока неизвестно.",
            "2027-03-02",
        ),
    )
    assert (second.decision, second.verdicts[0].story) == (Decision.MERGE, first.verdicts[0].story)


def test_a_claim_told_below_the_lead_is_not_news_again(store) -> None:
    first, second = tell(
        store,
        article(
            "Convoi de carburant attaqué près de Kolondiéba",
            "Des hommes armés ont incendié samedi douze camions-citernes près de Kolondiéba, au Mali. "
            "L'armée a envoyé des renforts. Le JNIM a revendiqué l'attaque.",
            "2027-02-14",
        ),
        article(
            "JNIM claims tanker ambush in southern Mali",
            "The al-Qaeda branch JNIM said it was behind the ambush on Saturday in which twelve tanker "
            "trucks were burnt near Kolondieba in Mali.",
            "2027-02-16",
        ),
    )
    assert (second.decision, second.verdicts[0].story) == (Decision.MERGE, first.verdicts[0].story)


def test_a_road_opened_again_ends_the_blockade_and_is_no_second_one(store) -> None:
    first, second = tell(
        store,
        article(
            "Le JNIM interdit la route Kita-Kayes",
            "Le JNIM a annoncé dimanche qu'aucun camion ne passerait plus sur l'axe Kita-Kayes, au Mali.",
            "2027-03-08",
        ),
        article(
            "В Мали вновь открыта дорога Кита — Каес",
            "Движение по дороге Кита — Каес в Мали возобновилось в понедельник после трёх недель блокады.",
            "2027-03-29",
        ),
    )
    assert (second.decision, second.verdicts[0].story) == (Decision.UPDATE, first.verdicts[0].story)


def test_a_count_that_the_text_called_superseded_is_no_correction() -> None:
    known = [Figure(11, "arrests"), Figure(9, "arrests", earlier=True)]
    data = wiring.rules()
    rules = load_rules(data["comparison"], data["phrases"], wiring.load_knowledge())
    assert changed_figure([Figure(9, "arrests")], known, rules) is None
    assert changed_figure([Figure(14, "arrests")], known, rules) is not None


def test_who_repeats_what_nobody_confirms_confirms_nothing(store) -> None:
    _, second = tell(
        store,
        article(
            "Mali : trois hélicoptères russes seraient arrivés",
            "Trois hélicoptères Mi-35 venus de Russie seraient arrivés dimanche à Bamako, selon un portail.",
            "2027-07-26",
        ),
        article(
            "СМИ: Мали получила три Ми-35",
            "Мали получила от России три вертолёта Ми-35, они прибыли в Бамако в воскресенье, пишет портал. "
            "Официального подтверждения нет.",
            "2027-07-28",
        ),
    )
    assert second.decision is Decision.MERGE


# ------------------------------------------------------------- what stands beside the headline


def test_the_contract_at_the_end_of_a_visit_is_the_news(store) -> None:
    told = article(
        "Russian deputy minister visits Bamako",
        "Russian Deputy Defence Minister Yunus-Bek Yevkurov held talks with Malian officers in Bamako on "
        "Monday. He toured a barracks. At the end of the visit the two sides signed a contract on repairing "
        "aircraft. Work begins next year.",
        "2027-10-05",
    )
    (judged,) = tell(store, told)
    assert (judged.decision, judged.verdicts[0].mention.type) == (Decision.ALERT, "agreement")


def test_papers_that_were_not_to_be_signed_are_none(store) -> None:
    told = article(
        "О переговорах С.В.Лаврова с министром иностранных дел Мали",
        "18 ноября С.В.Лавров провёл в Москве переговоры с министром иностранных дел Мали. Обсуждена "
        "обстановка в Сахеле. Подписание документов не предусматривалось.",
        "2027-11-19",
    )
    (judged,) = tell(store, told)
    assert judged.decision is Decision.DIGEST


def test_one_new_sentence_among_known_ones_is_news(store) -> None:
    told = article(
        "Mali and the blocs: where things stand",
        "Mali left ECOWAS in January 2025 and signed three agreements with Moscow that June. Wagner left and "
        "Africa Corps stayed. On Monday the ambassadors of Algeria and Mali returned to their posts. "
        "Elections have no date.",
        "2027-11-30",
    )
    (judged,) = tell(store, told)
    assert judged.decision is Decision.ALERT
    assert "diplomacy" in {v.mention.type for v in judged.verdicts if v.decision is Decision.ALERT}


def test_goods_of_a_relief_body_are_aid_though_nothing_calls_them_so(store) -> None:
    told = article(
        "UNICEF delivers vaccines in Mopti",
        "UNICEF delivered 40,000 vaccine doses to Mopti in Mali on Monday.",
        "2027-03-09",
    )
    (judged,) = tell(store, told)
    assert judged.decision is Decision.DIGEST
    assert (judged.verdicts[0].mention.type, judged.verdicts[0].mention.stage) == ("aid", "delivered")


def test_who_was_held_since_august_is_freed_today(store) -> None:
    first, second = tell(
        store,
        article(
            "L'ancien Premier ministre Moussa Mara sort de prison",
            "L'ancien Premier ministre malien Moussa Mara est sorti mercredi de prison.",
            "2027-02-03",
        ),
        article(
            "Экс-премьер Мали Мара вышел на свободу",
            "Бывший премьер-министр Мали Мусса Мара освобождён из тюрьмы. Политик находился под стражей с "
            "августа 2025 года.",
            "2027-02-03",
        ),
    )
    assert (second.decision, second.verdicts[0].story) == (Decision.MERGE, first.verdicts[0].story)


@pytest.mark.parametrize(
    ("title", "text", "lang"),
    [
        (
            "Niger: ousted president Bazoum reportedly freed overnight",
            "Mohamed Bazoum, held since the July 2023 coup, was reportedly driven out of the palace in "
            "Niamey late on Sunday and put on a plane to Lomé.",
            "en",
        ),
        (
            "Экс-президент Нигера освобождён и вывезен в Того",
            "Свергнутый в июле 2023 года президент Нигера Мохамед Базум вместе с женой вылетел в Ломе.",
            "ru",
        ),
    ],
)
def test_a_president_ousted_years_ago_is_freed_now(store, title: str, text: str, lang: str) -> None:
    (judged,) = tell(store, article(title, text, "2027-06-21", lang=lang))
    assert (judged.decision, judged.verdicts[0].mention.stage) == (Decision.ALERT, "released")


def test_an_ousted_leader_who_speaks_is_no_coup(store) -> None:
    told = article(
        "Ousted Malian leader Ndaw breaks his silence",
        "Bah Ndaw, who led Mali's transition until May 2021, has given an interview. He has no plans.",
        "2027-08-06",
    )
    (judged,) = tell(store, told)
    assert judged.decision not in (Decision.ALERT, Decision.UPDATE)


def test_a_coup_told_by_the_active_verb_is_one(store) -> None:
    told = article(
        "Guinea-Bissau army ousts president",
        "Soldiers ousted the president of Guinea-Bissau on Sunday and closed the borders.",
        "2027-08-09",
    )
    (judged,) = tell(store, told)
    assert (judged.decision, judged.verdicts[0].mention.type) == (Decision.ALERT, "coup")


# --------------------------------------------------------------------------------- not what it seems


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Wagner arrives in Bamako",
            "Excerpts from Wagner's Ring were performed in Bamako for the first time. The conductor "
            "was cheered.",
        ),
        (
            "Bamako-born tenor withdraws from Wagner",
            "A tenor born in Bamako has withdrawn from a production in Moscow. The conductor seeks another.",
        ),
        (
            "Le Niger se retire de Mopti",
            "Le Niger a quitté jeudi les derniers quartiers inondés de Mopti. La décrue se confirme.",
        ),
        (
            "Le préfet de Mali reçoit un convoi",
            "Un convoi de dix camions parti de Conakry est arrivé mardi à Mali, dans la région de Labé. Le "
            "préfet de Mali a remercié le gouvernement.",
        ),
        (
            "В Мали 12 человек погибли при перевороте автобуса",
            "Автобус перевернулся в субботу на дороге Бамако — Сегу в Мали. Погибли 12 человек. Причиной ДТП "
            "стало превышение скорости.",
        ),
    ],
)
def test_a_composer_a_river_a_town_and_a_bus_are_not_the_beat(store, title: str, text: str) -> None:
    (judged,) = tell(store, article(title, text, "2027-04-08"))
    assert judged.decision is Decision.IGNORE


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Des associations dénoncent l'accord militaire avec Moscou",
            "Une dizaine d'associations maliennes dénoncent l'accord militaire signé avec la Russie en 2019.",
        ),
        (
            "Le Mali quitterait bientôt l'UEMOA",
            "Selon des bruits de couloir, le Mali quitterait bientôt l'Union monétaire. Rien n'est confirmé.",
        ),
        (
            "Делегация партии прибыла в Бамако",
            "Делегация партии «Единая Россия» прибыла в понедельник в Бамако и передала приветствие "
            "депутатам.",
        ),
        (
            "Посол России вручил учебники школе в Бамако",
            "Посол России Игорь Громыко в четверг передал школе в Бамако двести учебников русского языка.",
        ),
        (
            "Wagner quitte le Mali",
            "Le groupe Wagner annonce qu'il quitte le Mali. Dans un message daté du 6 juin, il dit "
            "sa mission "
            "accomplie.",
        ),
    ],
)
def test_what_others_say_or_bring_is_no_alarm(store, title: str, text: str) -> None:
    (judged,) = tell(store, article(title, text, "2027-03-29"))
    assert judged.decision not in (Decision.ALERT, Decision.UPDATE)


def test_a_vote_that_a_body_says_would_take_place_is_announced(store) -> None:
    told = article(
        "Mali : la présidentielle fixée au 27 février 2028",
        "L'organe électoral malien a annoncé lundi que le premier tour de la présidentielle aurait "
        "lieu le 27 "
        "février 2028.",
        "2027-11-09",
    )
    (judged,) = tell(store, told)
    assert judged.verdicts[0].mention.realis is Realis.ANNOUNCED


# ------------------------------------------------------------------------- the labelled scenarios


@pytest.mark.parametrize("name", ["between", "between_unlearnt"])
def test_scenarios_between_the_sample_ones_follow_articles_that_exist(name: str) -> None:
    for before, own in corpus.between(name):
        days = [item.line["published"][:10] for item in (*before, *own)]
        assert own
        assert days == sorted(days), [item.id for item in own]
