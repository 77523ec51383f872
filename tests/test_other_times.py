"""What tells of another time in the words of today, and what has come of old events since."""

from __future__ import annotations

import pytest

from djeli.core.model import Decision, Realis
from storage.store import open_store
from tests.test_judge import article, tell

PUSHED = (Decision.ALERT, Decision.UPDATE)


@pytest.fixture
def store():
    opened = open_store("sqlite://")
    yield opened
    opened.close()


# ------------------------------------------------------------------------------- told as if of today


@pytest.mark.parametrize(
    ("title", "text", "day"),
    [
        (
            "La nuit où tout bascula",
            "Août 2020, Kati. Les soldats sortent des casernes et marchent sur la capitale. Le 18 août, le "
            "président Keïta annonce sa démission à la télévision.",
            "2027-08-20",
        ),
        (
            "Солдаты и президент",
            "Бамако, май 2021 года. Военные задерживают президента Ба Ндау и премьера. 24 мая их везут в "
            "Кати, власть берёт полковник Гойта.",
            "2027-05-26",
        ),
        (
            "How the capital changed hands",
            "Bamako, August 2020. Soldiers seize power and detain President Keita. On 18 August he "
            "resigns on television.",
            "2027-08-19",
        ),
    ],
)
def test_a_scene_of_another_year_is_no_news_in_the_present_tense(store, title: str, text: str, day: str):
    (judged,) = tell(store, article(title, text, day))
    assert judged.decision not in PUSHED


def test_a_day_of_this_week_that_opens_a_report_sets_no_scene(store) -> None:
    told = article(
        "Power changes hands in Niamey",
        "Niamey, 18 August 2027. Soldiers seized power in Niger overnight and detained General Tiani.",
        "2027-08-18",
    )
    (judged,) = tell(store, told)
    assert judged.decision is Decision.ALERT


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Une vidéo de chars russes à Bamako circule de nouveau",
            "Les images montrent des T-72 livrés par la Russie entrant à Bamako. La vidéo date du 17 janvier "
            "2025, selon nos vérifications. Aucune livraison n'a été annoncée cette semaine.",
        ),
        (
            "Новые кадры колонны в Бамако",
            "На кадрах российская бронетехника прибыла в столицу Мали, видны танки Т-72. Съёмка сделана 17 "
            "января 2025 года.",
        ),
        (
            "Footage of Russian tanks in Bamako spreads",
            "The video shows T-72 tanks from Russia rolling into Bamako. It was filmed on 17 January 2025.",
        ),
    ],
)
def test_old_pictures_deliver_nothing(store, title: str, text: str) -> None:
    (judged,) = tell(store, article(title, text, "2027-06-10"))
    assert judged.decision not in PUSHED


def test_pictures_of_this_week_are_news_though_older_ones_are_named(store) -> None:
    told = article(
        "Footage shows Russian armour in Bamako",
        "A video filmed on Monday shows eleven T-72 tanks from Russia driving into Bamako. The last convoy "
        "arrived in January 2025.",
        "2027-06-10",
    )
    (judged,) = tell(store, told)
    assert judged.decision is Decision.ALERT


def test_a_video_of_today_from_a_base_taken_years_ago_is_news(store) -> None:
    told = article(
        "Video shows jihadists in Malian base",
        "JNIM released a video of its fighters inside the base of Boulkessi, which it attacked on Monday, "
        "killing thirty soldiers. The base was first taken in October 2019.",
        "2027-06-03",
    )
    (judged,) = tell(store, told)
    assert judged.decision is Decision.ALERT


def test_a_communique_read_on_a_weekday_long_gone_is_no_news_of_today(store) -> None:
    told = article(
        "Le Mali, le Burkina Faso et le Niger se retirent de la CEDEAO",
        "Les trois pays annoncent leur retrait de la CEDEAO. Le texte a été lu dimanche 28 janvier à la "
        "télévision par le porte-parole du gouvernement.",
        "2027-06-02",
    )
    (judged,) = tell(store, told)
    assert judged.decision not in PUSHED


def test_a_source_of_years_ago_at_the_foot_makes_it_an_old_report(store) -> None:
    told = article(
        "Important convoi russe à Bamako",
        "Un important convoi de matériel russe est arrivé vendredi à Bamako, avec des chars T-72. "
        "Source : L'Essor, 18 janvier 2025.",
        "2027-06-03",
    )
    (judged,) = tell(store, told)
    assert judged.decision not in PUSHED


def test_a_visit_dated_by_a_sunday_long_gone_is_no_visit_of_today(store) -> None:
    told = article(
        "Visite officielle : le président malien à Moscou",
        "Le général Goïta est arrivé ce dimanche 20 juin à Moscou à l'invitation de Vladimir Poutine. "
        "Un accord doit être signé lundi.",
        "2027-09-06",
    )
    (judged,) = tell(store, told)
    assert judged.decision not in PUSHED


def test_a_day_long_gone_of_those_who_are_freed_now_makes_it_no_old_report(store) -> None:
    told = article(
        "Mali : les deux ingénieurs russes libérés",
        "Les deux ingénieurs russes enlevés dimanche 20 juin près de Kayes ont été libérés lundi par leurs "
        "ravisseurs.",
        "2027-09-07",
    )
    (judged,) = tell(store, told)
    assert judged.decision is Decision.ALERT


@pytest.mark.parametrize(
    ("title", "text", "day"),
    [
        (
            "Wagner pulls out of Mali",
            "The Wagner group says its mission in Mali is over and its fighters are leaving. Others stay.",
            "2027-09-04",
        ),
        (
            "URGENT : Wagner quitte le Mali",
            "Le groupe Wagner a annoncé le 6 juin son départ du Mali, mission accomplie selon lui.",
            "2027-06-07",
        ),
    ],
)
def test_a_force_that_left_for_good_leaves_once(store, title: str, text: str, day: str) -> None:
    (judged,) = tell(store, article(title, text, day))
    assert judged.decision not in PUSHED


def test_its_successor_may_still_leave(store) -> None:
    told = article(
        "Africa Corps pulls out of Mali",
        "Russia's Africa Corps said on Friday that its mission in Mali is over and its fighters are leaving.",
        "2027-09-04",
    )
    (judged,) = tell(store, told)
    assert judged.decision is Decision.ALERT


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Could Niamey see another takeover?",
            "Officers might move against the junta if pay stays late, a researcher says. The army seized "
            "power in Niger in July 2023. He sees no sign of a plot.",
        ),
        (
            "Возможен ли новый путч в Мали?",
            "Военные могут снова взять власть, если кризис затянется, считает эксперт. Перевороты были в "
            "2020 и 2021 годах.",
        ),
    ],
)
def test_who_asks_what_may_come_is_listed_whatever_he_recalls(store, title: str, text: str) -> None:
    (judged,) = tell(store, article(title, text, "2027-05-12"))
    assert judged.decision is Decision.DIGEST
    assert judged.verdicts[0].mention.realis is Realis.HYPOTHETICAL


def test_what_was_built_after_independence_starts_no_work_now(store) -> None:
    told = article(
        "What Moscow built in Bamako",
        "A hospital, a stadium and a cement plant in Mali opened with Soviet help after independence. In "
        "1961 Moscow signed trade accords. Older people remember it.",
        "2027-05-20",
    )
    (judged,) = tell(store, told)
    assert judged.decision not in PUSHED


# ------------------------------------------------------------------------------ killings of years ago


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Names of officers published over Moura",
            "Rights monitors on Tuesday named three officers of the Malian army who were at Moura in March "
            "2022. They say that at least 510 people were killed there by soldiers and by Wagner.",
        ),
        (
            "La CPI enquête sur les tueries de Moura",
            "Le procureur de la Cour pénale internationale a annoncé mardi l'ouverture d'une enquête sur les "
            "massacres de Moura, au Mali, en mars 2022. Aucun suspect n'est nommé.",
        ),
    ],
)
def test_a_massacre_known_by_its_town_moves_on(store, title: str, text: str) -> None:
    (judged,) = tell(store, article(title, text, "2027-04-14"))
    told = next(v for v in judged.verdicts if v.decision is judged.decision)
    assert (told.decision, told.facts[:1]) == (Decision.UPDATE, ("F137",))


def test_two_reports_on_killings_of_one_town_and_month_years_ago_are_one_story(store) -> None:
    first, second, denied = tell(
        store,
        article(
            "Hombori: inquiry counts 88 dead",
            "At least 88 civilians were killed by soldiers at Hombori in April 2022, investigators of the UN "
            "said in a report released on Thursday. They established that soldiers were responsible.",
            "2027-03-04",
        ),
        article(
            "ООН: в Хомбори убиты 88 мирных жителей",
            "Эксперты ООН опубликовали доклад, где установлено убийство мирных жителей военными в городе "
            "Хомбори в апреле 2022 года. Погибли 88 человек.",
            "2027-03-05",
        ),
        article(
            "Hombori : Bamako rejette le rapport",
            "Le gouvernement malien rejette des allégations mensongères sur la mort de civils à Hombori en "
            "avril 2022 et parle de terroristes neutralisés.",
            "2027-03-06",
        ),
    )
    assert second.decision not in PUSHED
    assert (denied.decision, denied.verdicts[0].story) == (Decision.UPDATE, first.verdicts[0].story)


def test_a_massacre_of_another_town_is_not_the_known_one_of_that_year(store) -> None:
    told = article(
        "Hombori: inquiry counts 88 dead",
        "At least 88 civilians were killed by Malian soldiers and Wagner at Hombori in April 2022, "
        "investigators of the UN said in a report released on Thursday.",
        "2027-03-04",
    )
    (judged,) = tell(store, told)
    assert (judged.decision, judged.verdicts[0].rule) == (Decision.ALERT, "new")


def test_a_plan_of_known_place_and_partner_moves_on_without_a_day(store) -> None:
    told = article(
        "Мали выдала разрешение на размещение малой АЭС",
        "Власти Мали выдали лицензию на площадку для малой АЭС российского проекта, сообщили в «Росатоме».",
        "2027-10-05",
    )
    (judged,) = tell(store, told)
    assert (judged.decision, judged.verdicts[0].facts[0]) == (Decision.UPDATE, "F105")


def test_a_feature_that_counts_the_years_on_the_day_itself_signs_nothing(store) -> None:
    told = article(
        "Sahel : le 16 septembre, une date qui compte",
        "Il y a quatre ans, Bamako, Niamey et Ouagadougou signaient la Charte du Liptako-Gourma. Des témoins "
        "racontent.",
        "2027-09-16",
    )
    (judged,) = tell(store, told)
    assert judged.decision not in PUSHED


def test_what_happens_on_friday_is_news_under_years_that_are_counted(store) -> None:
    told = article(
        "Procès de l'attentat de Gossi",
        "Il y a quatre ans, un attentat tuait douze soldats à Gossi. Vendredi, un tribunal de Bamako a "
        "condamné le chef du GSIM dans la région à la prison à vie.",
        "2027-09-18",
    )
    (judged,) = tell(store, told)
    assert judged.decision is not Decision.KNOWN


def test_a_feature_whose_headline_leaves_the_year_to_its_text_tells_no_coup(store) -> None:
    told = article(
        "August 18: how a mutiny at Kati ended a presidency",
        "It began with shots in the air at a barracks. By nightfall on August 18, 2020, the president had "
        "been driven to Kati, and Mali had entered a new era.",
        "2027-08-18",
    )
    (judged,) = tell(store, told)
    assert judged.decision not in PUSHED


def test_the_day_of_a_page_of_years_ago_at_the_foot_makes_it_an_old_report(store) -> None:
    told = article(
        "Mali : le Premier ministre limogé",
        "Le président de la transition a mis fin mercredi aux fonctions du Premier ministre. Publié le 21 "
        "novembre 2024.",
        "2027-11-22",
    )
    (judged,) = tell(store, told)
    assert judged.decision not in PUSHED


def test_the_day_of_the_raid_before_is_not_that_of_this_one(store) -> None:
    told = article(
        "Конна вновь подверглась нападению",
        "Населённый пункт Конна в малийской области Мопти атакован второй раз за месяц. Ночью на субботу "
        "боевики открыли огонь по посту, убиты шестеро военных. Предыдущий налёт был совершён 1 апреля.",
        "2027-04-17",
    )
    (judged,) = tell(store, told)
    assert str(judged.verdicts[0].mention.span) == "2027-04-16/2027-04-17"


def test_a_vote_is_of_its_first_round(store) -> None:
    told = article(
        "Présidentielle au Mali : le premier tour fixé au 24 octobre",
        "L'AIGE a rendu public lundi le chronogramme. Le premier tour se tiendra le dimanche 24 octobre "
        "2027, un éventuel second tour le 14 novembre.",
        "2027-04-26",
    )
    (judged,) = tell(store, told)
    assert str(judged.verdicts[0].mention.span) == "2027-10-24"


def test_a_calendar_of_history_signs_nothing_on_its_day(store) -> None:
    told = article(
        "День в истории: Россия и Мали подписывают три соглашения",
        "23 июня Владимир Путин принимает в Кремле Ассими Гойту. В присутствии лидеров подписываются три "
        "документа. С того дня прошло два года.",
        "2027-06-23",
    )
    (judged,) = tell(store, told)
    assert judged.decision not in PUSHED


def test_a_list_of_names_of_the_dead_of_moura_moves_the_old_killings_on(store) -> None:
    told = article(
        "Mali: five years on, victims of Moura named",
        "Human Rights Watch published on Monday a list of 536 people killed by Malian soldiers and Wagner "
        "fighters at Moura between 27 and 31 March 2022. Nobody has been tried.",
        "2027-03-29",
    )
    (judged,) = tell(store, told)
    facts = [v.facts[:1] for v in judged.verdicts if v.decision is judged.decision]
    assert (judged.decision, facts[0]) == (Decision.UPDATE, ("F137",))
