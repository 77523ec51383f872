"""What reports of the field showed: names that others bear, old prints, figures and steps told in passing."""

from __future__ import annotations

import pytest

from djeli.core.model import Decision, Label
from storage.store import open_store
from tests.test_judge import _house, article, tell


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


# ------------------------------------------------------------------------------------ where and when


def test_a_border_is_where_an_event_is_near_not_the_state_of_it(store) -> None:
    (judged,) = tell(
        store,
        article(
            "Rebels say drones killed six soldiers near Algerian border",
            "The Azawad Liberation Front said on Monday that its drones had struck a Malian army column "
            "east of Tinzaouaten the evening before, killing six soldiers.",
            "2027-03-22",
            outlet="france24_en_africa",
        ),
    )
    assert judged.decision is Decision.ALERT
    assert judged.verdicts[0].mention.country == "cty.mali"


def test_a_president_flown_abroad_is_ousted_at_home(store) -> None:
    taken = article(
        "Guinée-Bissau : des militaires annoncent avoir pris le pouvoir",
        "Des officiers ont annoncé lundi à la télévision avoir destitué le président de Guinée-Bissau et "
        "suspendu la Constitution.",
        "2027-11-08",
    )
    flown = article(
        "Смещённого президента Гвинеи-Бисау доставили в Дакар",
        "Президент Гвинеи-Бисау, свергнутый военными накануне, прибыл самолётом в Дакар. Действие "
        "конституции приостановлено.",
        "2027-11-09",
    )
    first, second = tell(store, taken, flown)
    assert second.verdicts[0].mention.country == "cty.guinea_bissau"
    assert second.verdicts[0].story == first.verdicts[0].story


def test_who_is_caught_a_week_after_a_failed_coup_belongs_to_it(store) -> None:
    failed = article(
        "Chad: coup attempt fails in N'Djamena",
        "An attempted coup in Chad failed on Tuesday, 4 May, the government said; shots were heard near the "
        "presidency.",
        "2027-05-04",
    )
    caught = article(
        "Tchad : le meneur présumé du putsch capturé à la frontière",
        "Le meneur du coup d'État manqué, un colonel, a été pris mardi à la frontière du Soudan. Il est "
        "accusé d'avoir dirigé l'assaut du 4 mai contre la présidence.",
        "2027-05-12",
    )
    first, second = tell(store, failed, caught)
    assert second.verdicts[0].story == first.verdicts[0].story


@pytest.mark.parametrize(
    ("text", "lang_outlet"),
    [
        ("Mali's electoral body has fixed 12 December for municipal elections.", "africanews_en"),
        ("L'AIGE a annoncé avoir retenu le 12 décembre prochain pour les élections au Mali.", "lessor"),
    ],
)
def test_a_day_that_is_fixed_without_its_year_is_to_come(store, text: str, lang_outlet: str) -> None:
    title = "Local elections in Mali" if text.startswith("Mali's") else "Élections locales au Mali"
    (judged,) = tell(store, article(title, text, "2027-03-12", outlet=lang_outlet))
    assert str(judged.verdicts[0].mention.span) == "2027-12-12"


def test_the_head_of_state_of_a_paper_is_that_of_its_own_state(store) -> None:
    (judged,) = tell(
        store,
        article(
            "Le déplacement du Chef de l'État à Moscou reporté",
            "Ouagadougou, 14 sept. 2027 (AIB) – La visite officielle du Chef de l'État en Russie, prévue "
            "mardi, est reportée, a annoncé la présidence.",
            "2027-09-14",
            outlet="aib",
        ),
    )
    assert judged.verdicts[0].mention.country == "cty.burkina"
    assert judged.decision in (Decision.ALERT, Decision.UPDATE)


def test_what_an_inquiry_finds_out_weeks_later_is_news(store) -> None:
    (judged,) = tell(
        store,
        article(
            "Mali : HRW accuse l'armée d'avoir exécuté trente-sept éleveurs",
            "Trente-sept éleveurs ont été exécutés les 19 et 20 juin près de Ber par des soldats maliens, "
            "selon une enquête de Human Rights Watch.",
            "2027-08-12",
        ),
    )
    assert judged.decision is Decision.ALERT


def test_a_memory_with_its_day_and_year_is_none(store) -> None:
    (judged,) = tell(
        store,
        article(
            "16 septembre : l'AES a quatre ans",
            "C'est le 16 septembre 2023 que le Mali, le Burkina Faso et le Niger ont signé la Charte du "
            "Liptako-Gourma. Une juriste relit le texte au micro.",
            "2027-09-16",
        ),
    )
    assert judged.decision in (Decision.KNOWN, Decision.DIGEST)


def test_what_a_state_that_is_no_more_built_is_no_news(store) -> None:
    recalled, reopened = tell(
        store,
        article(
            "Стадион и цемент: что построил в Мали СССР",
            "Цементный завод, стадион в Бамако и аэродром в Гао открыли с помощью советских инженеров. "
            "Корреспондент прошёлся по адресам.",
            "2027-06-10",
        ),
        article(
            "Mali reopens Soviet-built cement works at Diamou",
            "The cement works at Diamou in Mali, built by the Soviet Union, resumed production on Monday.",
            "2027-06-16",
        ),
    )
    assert recalled.decision in (Decision.KNOWN, Decision.DIGEST)
    assert reopened.decision in (Decision.ALERT, Decision.UPDATE)


# ------------------------------------------------------------------------------------ words and counts


def test_a_convoy_of_a_corps_has_no_dead(store) -> None:
    (judged,) = tell(
        store,
        article(
            "Nord du Mali : un convoi d'Africa Corps attaqué",
            "Des rebelles ont attaqué mardi un convoi d'Africa Corps près d'Aguelhok, dans le nord du Mali.",
            "2027-08-12",
        ),
    )
    assert "dead" not in [figure.unit for figure in judged.verdicts[0].mention.figures]


def test_attack_aircraft_are_no_attack(store) -> None:
    (judged,) = tell(
        store,
        article(
            "В Гао доставлены два штурмовика Су-25",
            "Два штурмовика Су-25, поставленные Россией армии Мали, доставлены на аэродром Гао 5 сентября.",
            "2027-09-07",
        ),
    )
    assert judged.verdicts[0].mention.type == "delivery"


def test_a_rumour_is_told_although_its_headline_asks_what_is_known(store) -> None:
    (judged,) = tell(
        store,
        article(
            "Вертолёты Ми-28 в Бамако: что известно",
            "По неподтверждённым данным, в аэропорту Бамако выгрузили два вертолёта Ми-28, поставленные "
            "Россией армии Мали.",
            "2027-03-04",
        ),
    )
    assert (judged.decision, judged.verdicts[0].label) == (Decision.ALERT, Label.UNCONFIRMED)


def test_no_coup_denies_the_one_that_was_rumoured(store) -> None:
    rumoured = article(
        "N'Djamena : une tentative de putsch serait en cours au Tchad",
        "Selon des rumeurs, une tentative de putsch serait en cours au Tchad dans la nuit de mercredi à "
        "jeudi.",
        "2027-02-18T05:00",
    )
    denied = article(
        "Tchad : le gouvernement parle d'un incendie",
        "Pas de putsch, assure le gouvernement tchadien : les explosions de la nuit viennent d'un dépôt de "
        "munitions.",
        "2027-02-18T12:00",
    )
    first, second = tell(store, rumoured, denied)
    assert (second.decision, second.verdicts[0].story) == (Decision.UPDATE, first.verdicts[0].story)
    assert second.verdicts[0].label in (Label.DENIED, Label.DISPUTED)


def test_a_gift_that_is_only_promised_waits_for_the_digest(store) -> None:
    promised, arrived = tell(
        store,
        article(
            "Россия пообещала Буркина-Фасо 20 тысяч тонн пшеницы",
            "Россия готова безвозмездно направить в Буркина-Фасо 20 тыс. тонн пшеницы, заявил замглавы "
            "Минсельхоза.",
            "2027-03-30",
        ),
        article(
            "Burkina Faso : 20 000 tonnes de blé russe sont arrivées",
            "Les 20 000 tonnes de blé offertes par la Russie sont arrivées jeudi à Ouagadougou, au Burkina "
            "Faso.",
            "2027-05-07",
        ),
    )
    assert promised.decision is Decision.DIGEST
    assert arrived.decision in (Decision.ALERT, Decision.UPDATE)


def test_a_second_pair_is_another_delivery(store) -> None:
    first, second = tell(
        store,
        article(
            "Deux hélicoptères Mi-171 russes livrés au Niger",
            "Deux hélicoptères Mi-171 livrés par la Russie sont arrivés mercredi à Niamey, au Niger.",
            "2027-01-14",
        ),
        article(
            "Нигер получил вторую пару вертолётов Ми-171",
            "Ещё два российских вертолёта Ми-171 доставлены во вторник в Ниамей, столицу Нигера. Первая пара "
            "поступила в январе.",
            "2027-06-10",
        ),
    )
    assert second.decision is Decision.ALERT
    assert second.verdicts[0].story != first.verdicts[0].story


def test_a_village_that_no_list_has_joins_its_reports_although_the_towns_beside_it_differ(store) -> None:
    first, second = tell(
        store,
        article(
            "Région de Ségou : des villageois exécutés à Diorokoro",
            "Des habitants de Diorokoro, près de Ségou, accusent l'armée malienne d'avoir exécuté 37 "
            "civils samedi.",
            "2027-03-07",
        ),
        article(
            "Le procureur de Mopti ouvre une enquête sur la tuerie de Diorokoro",
            "Le procureur militaire de Mopti a ouvert mercredi une enquête sur la mort de 37 civils à "
            "Diorokoro, au Mali.",
            "2027-03-10",
        ),
    )
    assert second.verdicts[0].story == first.verdicts[0].story


def test_a_visit_put_off_and_held_is_told_once_as_held(store) -> None:
    visit = "Burkina Faso's president Ibrahim Traore"
    reports = (
        article(
            "Putin to receive Burkina Faso's Traore on 14 September",
            f"{visit} will visit Russia on 14 September for talks with Vladimir Putin, the Kremlin said.",
            "2027-08-17",
        ),
        article(
            "Traore's visit to Moscow postponed",
            f"The visit of {visit} to Russia, planned for 14 September, has been postponed.",
            "2027-09-13",
        ),
        article(
            "Putin and Traore hold talks in Moscow",
            f"Vladimir Putin and {visit} held talks in Moscow on Tuesday.",
            "2027-10-19",
        ),
        article(
            "Traoré reçu par Poutine à Moscou",
            "Le président du Burkina Faso, Ibrahim Traoré, s'est entretenu mardi à Moscou avec Vladimir "
            "Poutine.",
            "2027-10-20",
        ),
    )
    judged = tell(store, *reports)
    assert len({one.verdicts[0].story for one in judged}) == 1
    assert [one.decision for one in judged[1:]] == [Decision.UPDATE, Decision.UPDATE, Decision.MERGE]


def test_the_sentence_of_a_colonel_is_pushed(store) -> None:
    (judged,) = tell(
        store,
        article(
            "Mali : dix ans de réclusion pour le colonel Kassoum Sanogo",
            "La Cour militaire de Bamako, au Mali, a condamné jeudi le colonel Kassoum Sanogo à dix ans de "
            "réclusion.",
            "2027-10-08",
        ),
    )
    assert judged.decision is Decision.ALERT


def test_dozens_in_a_headline_are_the_number_in_the_text(store) -> None:
    raid = article(
        "Djibo : trente-deux volontaires tués",
        "Trente-deux volontaires ont été tués dimanche dans l'attaque de leur camp à Djibo, au Burkina Faso.",
        "2027-05-17",
    )
    again = article(
        "Десятки ополченцев убиты в Буркина-Фасо",
        "В Джибо на севере Буркина-Фасо боевики в воскресенье напали на лагерь. Убиты 32 человека.",
        "2027-05-18",
    )
    first, second = tell(store, raid, again)
    assert (second.decision, second.verdicts[0].story) == (Decision.MERGE, first.verdicts[0].story)


def test_explain_quotes_the_no_that_denies(store) -> None:
    rumoured = article(
        "Tchad : une tentative de putsch serait en cours",
        "Selon des rumeurs, une tentative de putsch serait en cours au Tchad dans la nuit de mercredi.",
        "2027-02-18T05:00",
    )
    denied = article(
        "Tchad : le gouvernement parle d'un incendie",
        "Pas de putsch, assure le gouvernement tchadien : un dépôt de munitions a explosé au Tchad.",
        "2027-02-18T12:00",
    )
    _, second = tell(store, rumoured, denied)
    judge = _house().judge
    stories = [store.story(second.verdicts[0].story)]
    shown = [cue for one in judge.grounds(second, stories).developments for cue in one.told_as]
    assert [cue.text for cue in shown if cue.kind == "realis"] == ["Pas"]
