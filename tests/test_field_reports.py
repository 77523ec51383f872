"""What reports of the field showed: names that others bear, old prints, figures and steps told in passing."""

from __future__ import annotations

import pytest

from djeli.core.model import Decision, Label
from storage.store import open_store
from tests.test_judge import article, tell


@pytest.fixture
def store():
    opened = open_store("sqlite://")
    yield opened
    opened.close()


# ------------------------------------------------------------------------------------ names


def test_a_council_of_another_state_is_not_the_council_of_mali(store) -> None:
    (judged,) = tell(
        store,
        article(
            "Présidentielle en Côte d'Ivoire : l'opposition crée un Conseil national de transition",
            "L'opposition ivoirienne a annoncé lundi la création d'un Conseil national de transition, qui "
            "doit organiser une élection. Le président Alassane Ouattara n'a pas réagi.",
            outlet="bbc_afrique",
        ),
    )
    assert judged.decision is Decision.IGNORE


def test_the_security_forces_of_another_state_are_not_the_army_of_mali(store) -> None:
    (judged,) = tell(
        store,
        article(
            "Deux assaillants tués à Bamenda",
            "Les forces de défense et de sécurité ont tué lundi deux assaillants armés à Bamenda.",
        ),
    )
    assert judged.decision is Decision.IGNORE


def test_a_short_name_is_the_town_in_the_press_of_its_state(store) -> None:
    raid = article(
        "Rebels claim drone attack on Gao airport in Mali",
        "The Azawad Liberation Front said on Friday that it had attacked the airport of Gao in northern "
        "Mali with drones.",
        "2027-10-29",
    )
    denied = article(
        "Gao : l'état-major dément toute perte d'aéronef",
        "« Quatre engins ont été neutralisés », assure l'état-major dans un communiqué. Aucun appareil n'a "
        "été touché sur la plateforme de Gao lors de l'attaque.",
        "2027-10-30",
        outlet="lessor",
    )
    first, second = tell(store, raid, denied)
    assert second.verdicts[0].story == first.verdicts[0].story
    assert second.verdicts[0].label in (Label.DISPUTED, Label.DENIED)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Tour du Faso: Russian attacks late, convoy shattered at Kaya",
            "A Russian rider's assault on the last climb blew the Tour du Faso apart on Sunday. His attack "
            "near Kaya left the peloton in pieces and the yellow jersey under siege.",
        ),
        (
            "« Le Putsch » crève l'écran à Ségou",
            "Avec « Le Putsch », le réalisateur malien signe un coup de maître. Les mutins s'emparent du "
            "palais, puis tout se dérègle. La salle a applaudi ; le film est en compétition.",
        ),
    ],
)
def test_cycling_and_films_are_off_the_beat(store, title: str, text: str) -> None:
    (judged,) = tell(store, article(title, text))
    assert judged.decision is Decision.IGNORE


# ------------------------------------------------------------------------------------ the past


@pytest.mark.parametrize(
    ("title", "text", "day"),
    [
        (
            "Mali : un impressionnant convoi militaire russe entre dans Bamako",
            "Les Bamakois n'en croyaient pas leurs yeux vendredi 17 janvier. Des chars T-72 et des BMP-3 "
            "ont défilé sur des porte-chars dans la capitale du Mali. (Publié initialement en janvier 2025)",
            "2028-01-20",
        ),
        (
            "Niger : d'importants moyens russes arrivent à Niamey",
            "Quarante et un camions russes ont rallié Niamey, au Niger, dans la nuit de mardi. (Source : "
            "revue de presse du 6 avril)",
            "2028-06-30",
        ),
    ],
)
def test_an_old_print_is_no_news_whatever_weekday_it_names(store, title: str, text: str, day: str) -> None:
    (judged,) = tell(store, article(title, text, day))
    assert judged.decision is Decision.KNOWN


def test_a_feature_weeks_later_that_dates_nothing_is_known(store) -> None:
    opened = article(
        "Mali : la centrale solaire de Sanankoroba inaugurée",
        "Le président de la transition a inauguré lundi la centrale solaire de Sanankoroba, au Mali, "
        "construite par Rosatom.",
        "2027-07-05",
    )
    feature = article(
        "The Sanankoroba solar plant is running, and the lights still go out",
        "Rosatom's solar plant at Sanankoroba in Mali is operating, but shopkeepers keep their generators "
        "fuelled.",
        "2027-07-19",
    )
    first, second = tell(store, opened, feature)
    assert second.decision is Decision.KNOWN
    assert second.verdicts[0].story == first.verdicts[0].story


def test_what_is_told_after_the_years_is_news_and_what_the_years_date_is_not(store) -> None:
    freed, recalled = tell(
        store,
        article(
            "Four years on, Niger frees Mohamed Bazoum",
            "Niger's deposed president Mohamed Bazoum was released from detention on Tuesday and flew to "
            "Lomé.",
            "2027-07-20",
        ),
        article(
            "Il y a deux ans, Wagner quittait le Mali",
            "Le 6 juin 2025, Wagner annonçait son départ du Mali. Deux ans plus tard, les uniformes "
            "diffèrent.",
            "2027-07-21",
        ),
    )
    assert freed.decision in (Decision.ALERT, Decision.UPDATE)
    assert recalled.decision in (Decision.KNOWN, Decision.DIGEST)


# ------------------------------------------------------------------------------------ what changed


def test_who_answers_in_kind_moves_a_quarrel_on(store) -> None:
    recalled = article(
        "Mali recalls its ambassador from Algeria",
        "Mali has recalled its ambassador from Algeria, the foreign ministry in Bamako said on Monday.",
        "2027-06-21",
    )
    answered = article(
        "Algeria recalls its ambassador from Mali in tit-for-tat move",
        "Algeria said on Tuesday it was recalling its ambassador from Mali.",
        "2027-06-22",
    )
    first, second = tell(store, recalled, answered)
    assert second.decision is Decision.UPDATE
    assert second.verdicts[0].story == first.verdicts[0].story


def test_a_ceremony_two_days_after_the_arrival_is_a_step(store) -> None:
    arrived = article(
        "Three Mi-171 helicopters arrive in Mali",
        "Three Russian Mi-171 helicopters arrived at Bamako, Mali, on Sunday 21 February.",
        "2027-02-22",
    )
    handed = article(
        "ВВС Мали передали три вертолёта Ми-171",
        "Три российских вертолёта Ми-171 официально передали армии Мали в среду, 24 февраля, в Бамако.",
        "2027-02-25",
    )
    first, second = tell(store, arrived, handed)
    assert second.decision is Decision.UPDATE
    assert second.verdicts[0].story == first.verdicts[0].story


def test_the_toll_after_the_lead_is_known_when_the_next_report_leads_with_it(store) -> None:
    raid = article(
        "Mali: jihadists storm army post at Niono",
        "Jihadists stormed an army post at Niono in central Mali on Tuesday. Seized rifles were shown. "
        "Twelve soldiers died, an official said.",
        "2027-07-07",
    )
    again = article(
        "Mali : douze soldats tués à Niono",
        "Douze soldats maliens ont été tués mardi dans l'attaque d'un poste de l'armée à Niono.",
        "2027-07-07T18:00",
    )
    first, second = tell(store, raid, again)
    assert 12 in [figure.value for figure in first.verdicts[0].mention.figures]
    assert (second.decision, second.verdicts[0].story) == (Decision.MERGE, first.verdicts[0].story)


def test_the_first_arrests_of_a_plot_move_it_on_but_not_if_they_were_told_as_people(store) -> None:
    plot = "Burkina Faso : une tentative de coup d'État déjouée"
    bare = "Le gouvernement du Burkina Faso dit avoir déjoué mercredi un complot contre le président."
    people = f"{bare} Quatorze personnes ont été mises à l'écart."
    counted = article(
        "Burkina Faso: 14 people arrested over coup plot",
        "Fourteen people were arrested over Wednesday's coup plot in Burkina Faso, the prosecutor said.",
        "2027-05-14",
    )
    _, moved = tell(store, article(plot, bare, "2027-05-13"), counted)
    assert moved.decision is Decision.UPDATE
    other = open_store("sqlite://")
    _, same = tell(other, article(plot, people, "2027-05-13"), counted)
    other.close()
    assert same.decision is Decision.MERGE


def test_a_report_that_corrects_a_figure_joins_the_story_that_told_it(store) -> None:
    raid = article(
        "Niger : 38 morts dans l'attaque du marché de Téra",
        "Trente-huit personnes ont été tuées samedi dans l'attaque du marché de Téra, dans l'ouest du Niger.",
        "2028-01-30",
    )
    revised = article(
        "Niger : 52 morts à Téra",
        "Des jihadistes ont tué 52 personnes, contre 38 jusque-là, dans l'attaque d'un marché, selon un "
        "bilan établi mercredi 9 février à Téra, au Niger.",
        "2028-02-10",
    )
    first, second = tell(store, raid, revised)
    assert second.decision is Decision.UPDATE
    assert second.verdicts[0].story == first.verdicts[0].story


def test_the_vote_of_a_state_and_day_is_one_whatever_else_is_named(store) -> None:
    first, second = tell(
        store,
        article(
            "Présidentielle : rendez-vous le 14 novembre",
            "Le collège électoral est convoqué pour le dimanche 14 novembre, a annoncé lundi le ministre de "
            "l'Administration territoriale. L'AIGE dit disposer d'un fichier prêt à 90 %.",
            "2027-02-01",
            outlet="studio_tamani",
        ),
        article(
            "Mali sets November date for long-awaited ballot",
            "Malians will choose a president on November 14, more than six years after the army's last "
            "takeover, a minister said on Monday. Whether Assimi Goita will be on the ballot was left open.",
            "2027-02-02",
        ),
    )
    assert (second.decision, second.verdicts[0].story) == (Decision.MERGE, first.verdicts[0].story)


def test_a_plant_that_opens_fourteen_months_after_the_groundbreaking_is_an_update(store) -> None:
    begun = article(
        "Mali : début des travaux de l'usine d'engrais d'Uralchem à Koutiala",
        "Le premier coup de pioche de l'usine d'engrais d'Uralchem à Koutiala, au Mali, a été donné "
        "mercredi.",
        "2027-03-18",
    )
    opened = article(
        "Uralchem's fertiliser plant at Koutiala, Mali, starts production",
        "Uralchem's fertiliser plant at Koutiala in Mali went into operation on Wednesday, 17 May.",
        "2028-05-18",
    )
    first, second = tell(store, begun, opened)
    assert second.decision is Decision.UPDATE
    assert second.verdicts[0].story == first.verdicts[0].story


def test_the_announcement_of_a_visit_is_no_later_stage_of_an_application(store) -> None:
    asked = article(
        "Чад попросил место наблюдателя в Конфедерации государств Сахеля",
        "Власти Чада подали заявку на статус наблюдателя в Конфедерации государств Сахеля. Письмо Махамата "
        "Идриса Деби передано во вторник послам Мали, Буркина-Фасо и Нигера.",
        "2028-12-13",
    )
    again = article(
        "Deby writes to Sahel trio",
        "Chad would like to sit in on meetings of the Confederation of Sahel States. A letter from "
        "President Mahamat Idriss Deby was handed to the Malian, Burkinabe and Nigerien ambassadors in "
        "N'Djamena on Tuesday.",
        "2028-12-14",
    )
    _, second = tell(store, asked, again)
    assert second.decision is not Decision.UPDATE


# ------------------------------------------------------------------------------------ what is told


def test_heavy_fire_near_the_presidency_and_a_strike_on_tents_are_pushed(store) -> None:
    shots, strike = tell(
        store,
        article(
            "Heavy fire reported near presidency in Niamey",
            "Residents of Niamey, Niger, spoke of sustained shooting close to the presidential palace on "
            "Saturday.",
            "2028-02-05",
        ),
        article(
            "Drone fired on wedding tents in northern Mali",
            "At least 26 people died when a drone struck tents put up for a wedding near Gossi, Mali, on "
            "Saturday.",
            "2028-10-01",
        ),
    )
    assert (shots.decision, strike.decision) == (Decision.ALERT, Decision.ALERT)


def test_a_think_tank_that_dates_an_event_tells_news(store) -> None:
    (judged,) = tell(
        store,
        article(
            "Africa Corps in Gao",
            "About 200 Africa Corps soldiers were deployed to the Gao airfield in Mali on March 9. The move "
            "is the largest this year.",
            "2027-03-10",
            outlet="critical_threats",
        ),
    )
    assert judged.decision is Decision.ALERT


def test_a_search_that_goes_on_is_not_the_day_of_the_abduction(store) -> None:
    (judged,) = tell(
        store,
        article(
            "Kayes : toujours aucune trace des employés de la cimenterie",
            "Les recherches se poursuivaient vendredi pour retrouver les quatre hommes emmenés mardi à "
            "l'aube par des individus armés qui ont fait irruption dans la cité des cadres de la "
            "cimenterie.",
            "2028-05-05",
        ),
    )
    assert str(judged.verdicts[0].mention.span) == "2028-05-02"
