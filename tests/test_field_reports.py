"""What reports of the field showed: names that others bear, old prints, figures and steps told in passing."""

from __future__ import annotations

import pytest

from djeli.core.model import Decision, Label, Realis
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


# ------------------------------------------------------------------------------------ dates of nouns


@pytest.mark.parametrize(
    ("title", "text", "stage"),
    [
        (
            "Le Mali dénonce l'accord de défense de 2014 avec la France",
            "Le gouvernement malien a annoncé mardi la dénonciation de l'accord de défense signé en 2014.",
            "terminated",
        ),
        (
            "Parliament ratifies the June 2026 defence pact with Moscow",
            "Mali's transitional council voted on Monday for the text.",
            "ratified",
        ),
        (
            "Мали денонсировало договор 1977 года",
            "Власти Мали объявили во вторник о выходе из договора с Францией.",
            "terminated",
        ),
    ],
)
def test_an_agreement_is_denounced_now_though_it_was_made_long_ago(store, title, text, stage) -> None:
    (judged,) = tell(store, article(title, text, "2027-09-08"))
    assert judged.decision is Decision.ALERT
    assert (judged.verdicts[0].mention.type, judged.verdicts[0].mention.stage) == ("agreement", stage)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Burkina : un général condamné à perpétuité pour le putsch de 2015",
            "Le tribunal militaire de Ouagadougou a rendu mardi son verdict.",
        ),
        (
            "Massacre de Moura de 2022 : l'ONU sanctionne deux officiers maliens",
            "Le Conseil de sécurité a gelé mardi les avoirs de deux colonels des FAMa.",
        ),
    ],
)
def test_a_verdict_is_news_though_the_coup_it_is_about_is_old(store, title: str, text: str) -> None:
    (judged,) = tell(store, article(title, text, "2027-09-08"))
    assert judged.decision is Decision.ALERT
    assert str(judged.verdicts[0].mention.span) == "2027-09-07"


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Putsch de 2015 au Burkina : ce qu'il faut savoir",
            "Le 17 septembre 2015, le RSP prenait le pouvoir à Ouagadougou.",
        ),
        (
            "L'accord de 2019 entre la Russie et le Mali",
            "L'accord de coopération militaire de juin 2019 prévoyait la formation des FAMa.",
        ),
        (
            "Mali and ECOWAS: chronicle of a break-up",
            "The bloc suspended Mali's membership after the coup of 2020 and again after that of 2021.",
        ),
    ],
)
def test_who_knows_no_other_day_than_that_of_a_noun_tells_the_past(store, title: str, text: str) -> None:
    (judged,) = tell(store, article(title, text, "2027-09-08"))
    assert judged.decision is Decision.KNOWN


@pytest.mark.parametrize(
    ("title", "text", "span"),
    [
        (
            "Mali to hold local polls on Nov. 14",
            "Mali's election body said Friday that voters would choose local councils on Nov. 14.",
            "2027-11-14",
        ),
        (
            "Mali : le scrutin débute le 14 novembre",
            "L'élection présidentielle débute le 14 novembre au Mali, selon un décret lu vendredi.",
            "2027-11-14",
        ),
    ],
)
def test_what_is_to_be_held_on_a_day_without_its_year_is_to_come(store, title, text, span) -> None:
    (judged,) = tell(store, article(title, text, "2027-03-26"))
    assert str(judged.verdicts[0].mention.span) == span


# ------------------------------------------------------------------------------------ what moves on


def test_a_watch_on_the_neighbours_keeps_no_update_from_the_chat(store) -> None:
    put_off = article(
        "Sahel : Lavrov attendu à Bamako le 15 mars",
        "Le ministre russe des Affaires étrangères Sergueï Lavrov se rendra le 15 mars à Bamako, au Mali.",
        "2027-03-01",
    )
    held = article(
        "Lavrov in Bamako, promises a fuel corridor",
        "Russia's top diplomat Sergei Lavrov met Mali's leader Assimi Goita in Bamako on Monday. Moscow "
        "would help set up a fuel corridor from Conakry in Guinea, he said.",
        "2027-03-16",
    )
    first, second = tell(store, put_off, held)
    assert first.decision is Decision.ALERT
    assert (second.decision, second.verdicts[0].story) == (Decision.UPDATE, first.verdicts[0].story)


def test_fourteen_dead_and_then_eighteen_is_an_update_although_the_text_said_at_least(store) -> None:
    raid = article(
        "Gunmen kill 14 gendarmes in Burkina Faso's east",
        "At least 14 gendarmes were killed on Thursday when their convoy came under fire between Fada "
        "N'Gourma and Kantchari in Burkina Faso.",
        "2027-09-04",
    )
    more = article(
        "Axe Fada-Kantchari : le bilan monte à dix-huit",
        "Quatre blessés ont succombé, portant à dix-huit le nombre de gendarmes tués jeudi dans "
        "l'embuscade de Kantchari, au Burkina Faso.",
        "2027-09-05",
    )
    first, second = tell(store, raid, more)
    assert (second.decision, second.verdicts[0].story) == (Decision.UPDATE, first.verdicts[0].story)
    assert second.verdicts[0].now == "18 dead"


def test_the_successor_of_a_dismissed_army_chief_is_an_update(store) -> None:
    gone = article(
        "Mali's junta leader removes army chief after string of raids",
        "Mali's leader, Gen. Assimi Goita, on Friday dismissed the chief of the general staff, Gen. Oumar "
        "Diarra, according to a decree. No reason was given.",
        "2027-08-13",
    )
    named = article(
        "Назначение нового начальника генштаба состоялось в Мали",
        "БАМАКО, 18 августа. Генерал дивизии Эль-Хадж Ганду назначен начальником генерального штаба "
        "вооружённых сил Мали. Указ о назначении подписан в среду президентом переходного периода Ассими "
        "Гоитой.",
        "2027-08-18",
    )
    first, second = tell(store, gone, named)
    assert (second.decision, second.verdicts[0].story) == (Decision.UPDATE, first.verdicts[0].story)


def test_a_state_that_sends_envoys_home_in_return_moves_the_quarrel_on(store) -> None:
    first, _, third = tell(
        store,
        article(
            "Deux diplomates béninois priés de quitter Niamey",
            "Le ministère des Affaires étrangères a notifié lundi à l'ambassade du Bénin que deux de ses "
            "agents, dont l'attaché de défense, sont déclarés persona non grata. Niamey leur impute des "
            "activités incompatibles avec leur statut dans la zone de Gaya.",
            "2027-04-12",
            outlet="lesahel",
        ),
        article(
            "Нигер выслал двух дипломатов Бенина",
            "Власти Нигера объявили персонами нон грата двух сотрудников посольства Бенина, включая военного "
            "атташе. Ниамей обвиняет их в деятельности в районе Гайи.",
            "2027-04-13",
        ),
        article(
            "Benin retaliates, sends home three Nigerien envoys",
            "Cotonou ordered three members of Niger's mission to leave by Saturday, answering the "
            "expulsion of two Beninese. Trucks continued to pile up at Malanville.",
            "2027-04-15",
        ),
    )
    assert (third.decision, third.verdicts[0].story) == (Decision.UPDATE, first.verdicts[0].story)


def test_sanctions_lifted_by_one_state_are_not_those_that_another_imposed(store) -> None:
    imposed = article(
        "EU imposes sanctions on three Malian officers",
        "The European Union on Friday imposed sanctions on three officers of the Malian army.",
        "2027-08-20",
    )
    lifted = article(
        "США исключили из санкционного списка трёх малийских военных",
        "Минфин США во вторник исключил из санкционного списка трёх офицеров вооружённых сил Мали.",
        "2027-08-31",
    )
    first, second = tell(store, imposed, lifted)
    assert second.decision is Decision.ALERT
    assert second.verdicts[0].story != first.verdicts[0].story


def test_who_takes_the_oath_after_a_coup_nearby_is_an_update_of_it(store) -> None:
    coup = article(
        "Guinea-Bissau: officers on state TV say president removed",
        "A group of officers announced on state television in Guinea-Bissau on Monday that they had seized "
        "power and that the president had been deposed in a coup.",
        "2027-11-08",
    )
    oath = article(
        "Guinea-Bissau's coup leader sworn in as transitional president",
        "Captain Braima Sanha took an oath in Bissau on Monday, a week after the coup of 8 November.",
        "2027-11-16",
    )
    first, second = tell(store, coup, oath)
    assert first.decision is Decision.ALERT
    assert (second.decision, second.verdicts[0].story) == (Decision.UPDATE, first.verdicts[0].story)


# ------------------------------------------------------------------------------------ what it is


def test_an_embargo_that_an_armed_group_decrees_is_a_blockade(store) -> None:
    (judged,) = tell(
        store,
        article(
            "Mali : le GSIM décrète un embargo sur le carburant à destination de Sikasso",
            "Dans un message, le groupe interdit depuis vendredi à tout camion-citerne de rallier Sikasso.",
            "2027-08-21",
        ),
    )
    assert (judged.decision, judged.verdicts[0].mention.type) == (Decision.ALERT, "attack")


def test_what_prosecutors_ask_for_is_no_sentence(store) -> None:
    (judged,) = tell(
        store,
        article(
            "Mali : le parquet requiert la perpétuité contre le général Dembélé",
            "La cour d'assises de Bamako, au Mali, a entendu lundi le procureur.",
            "2027-09-07",
        ),
    )
    assert judged.verdicts[0].mention.stage == "tried"


def test_the_arrest_of_a_foreign_journalist_is_pushed_and_that_of_a_local_one_waits(store) -> None:
    foreign, local = tell(
        store,
        article(
            "Une journaliste française interpellée à Ouagadougou",
            "Claire Vasseur a été interpellée jeudi soir à Ouagadougou, au Burkina Faso.",
            "2027-02-19",
        ),
        article(
            "Un journaliste interpellé à Bamako",
            "Le journaliste Alou Badra Sacko a été interpellé mardi à Bamako, au Mali.",
            "2027-02-24",
        ),
    )
    assert (foreign.decision, local.decision) == (Decision.ALERT, Decision.DIGEST)


def test_a_recipient_named_further_down_makes_a_shipment_news(store) -> None:
    (judged,) = tell(
        store,
        article(
            "Улан-Удэнский авиазавод завершил отгрузку партии Ми-8АМТШ для одной из стран Сахеля",
            "Отправка партии из четырёх вертолётов состоялась с аэродрома Улан-Удэ. О завершении отгрузки в "
            "понедельник сообщили на заводе. Получатель — министерство обороны Республики Мали.",
            "2027-07-05",
        ),
    )
    assert (judged.decision, judged.verdicts[0].mention.country) == (Decision.ALERT, "cty.mali")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Le Niger et la Russie négocient un accord sur l'uranium",
            "Niamey et Moscou négocient un accord sur l'exploitation de l'uranium d'Arlit, a déclaré "
            "mardi le ministre nigérien des Mines.",
        ),
        (
            "Mali, Russia in talks on gold refinery deal",
            "Mali and Russia are negotiating an agreement on a second gold refinery, the mines ministry in "
            "Bamako said on Tuesday.",
        ),
        (
            "Нигер и Россия обсуждают соглашение по урану",
            "Ниамей и Москва обсуждают соглашение о добыче урана, сообщили в понедельник в министерстве "
            "горной промышленности Нигера.",
        ),
    ],
)
def test_a_deal_that_is_still_talked_about_is_not_signed_and_waits(store, title: str, text: str) -> None:
    (judged,) = tell(store, article(title, text, "2027-09-08"))
    assert (judged.decision, judged.verdicts[0].mention.stage) == (Decision.DIGEST, "negotiated")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Mali asks Russia for more helicopters",
            "Mali has asked Russia for more combat helicopters, the army said on Monday.",
        ),
        (
            "Burkina Faso wants Russian nuclear plant",
            "Burkina Faso wants to build a nuclear power plant with Russian help, President Ibrahim Traore "
            "said on Tuesday.",
        ),
        (
            "Le Mali souhaite acquérir des hélicoptères russes",
            "Le Mali souhaite acquérir de nouveaux hélicoptères russes, a déclaré mardi à Bamako le "
            "ministre.",
        ),
        (
            "Африканский корпус может уйти из Мали",
            "Африканский корпус может быть выведен с севера Мали, сообщил источник в понедельник.",
        ),
        (
            "Mali's opposition calls for elections by December",
            "Opposition parties in Mali called on Monday for elections by December.",
        ),
        (
            "La Cédéao envisage de lever les sanctions contre le Niger",
            "La Cédéao envisage de lever les sanctions contre le Niger, a indiqué lundi son président.",
        ),
    ],
)
def test_what_is_wished_asked_for_or_possible_is_not_done(store, title: str, text: str) -> None:
    (judged,) = tell(store, article(title, text, "2027-09-08"))
    assert judged.decision is Decision.DIGEST
    told = [verdict.mention for verdict in judged.verdicts if verdict.mention.type != "statement"]
    assert all(mention.realis is not Realis.DONE for mention in told)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Mali expects Russian fuel shipment next month",
            "Mali expects a first shipment of Russian fuel next month, the trade minister said on Monday.",
        ),
        (
            "Мали ждёт российские вертолёты",
            "Мали ждёт новую партию российских вертолётов, сообщил в понедельник министр обороны страны.",
        ),
    ],
)
def test_what_is_expected_has_not_arrived(store, title: str, text: str) -> None:
    (judged,) = tell(store, article(title, text, "2027-09-08"))
    mention = judged.verdicts[0].mention
    assert (mention.type, mention.stage, mention.realis) == ("delivery", "announced", Realis.ANNOUNCED)


def test_to_ask_to_join_is_done_when_it_is_asked(store) -> None:
    (judged,) = tell(
        store,
        article(
            "Burkina Faso asks to become BRICS partner",
            "Burkina Faso has filed a formal request for partner status with BRICS, its foreign minister "
            "said on Monday.",
            "2027-09-08",
        ),
    )
    mention = judged.verdicts[0].mention
    assert (judged.decision, mention.stage, mention.realis) == (Decision.ALERT, "requested", Realis.DONE)


def test_a_power_company_is_no_alliance(store) -> None:
    (judged,) = tell(
        store,
        article(
            "AES signs deal for solar plant",
            "AES Corp (NYSE: AES) signed an agreement on Monday to build a solar plant of 200 megawatts.",
        ),
    )
    assert judged.decision is Decision.IGNORE


def test_alleged_and_established_in_one_day_is_one_stage(store) -> None:
    first, second = tell(
        store,
        article(
            "Mali: Soldiers, Russian Fighters Executed Herders in Niono",
            "Malian soldiers and fighters of Africa Corps summarily executed at least 33 Fulani men in the "
            "hamlet of Toila, in the Niono area of Mali, on June 19, 2027, residents said.",
            "2027-07-28T08:00",
        ),
        article(
            "Human Rights Watch accuse l'armée malienne de l'exécution de trente-trois Peuls",
            "Trente-trois hommes peuls ont été abattus le 19 juin à Toila, dans la zone de Niono, au "
            "Mali, par des soldats maliens, établit Human Rights Watch dans une enquête rendue publique "
            "mercredi.",
            "2027-07-29T06:00",
        ),
    )
    assert (second.decision, second.verdicts[0].story) == (Decision.MERGE, first.verdicts[0].story)


def test_a_dismissed_minister_in_office_since_2021_is_news(store) -> None:
    (judged,) = tell(
        store,
        article(
            "Alousséni Sanou n'est plus ministre des Finances",
            "Par décret du président Assimi Goïta, il est mis fin aux fonctions du ministre malien des "
            "Finances, Alousséni Sanou, en poste depuis 2021. Aucun motif n'est avancé.",
            "2027-11-24",
        ),
    )
    assert (judged.decision, judged.verdicts[0].mention.type) == (Decision.ALERT, "government_change")


def test_the_head_of_a_foreign_firm_who_is_arrested_is_pushed(store) -> None:
    (judged,) = tell(
        store,
        article(
            "Un dirigeant français d'une société de forage interpellé à Bamako",
            "Des agents de la Sécurité d'État malienne ont arrêté dimanche soir Étienne Delmas-Roux, "
            "patron de Forasahel, à l'aéroport de Bamako.",
            "2027-09-20",
        ),
    )
    assert judged.decision is Decision.ALERT


def test_officials_who_put_the_dead_at_fourteen_are_not_dead(store) -> None:
    (judged,) = tell(
        store,
        article(
            "Gunmen hit patrol near Ansongo in Mali",
            "Gunmen attacked a patrol near Ansongo in Mali on Thursday. Two security officials put the "
            "dead at fourteen, all Malians.",
            "2027-09-03",
        ),
    )
    figures = judged.verdicts[0].mention.figures
    assert [figure.value for figure in figures if figure.unit == "dead"] == [14]


def test_a_new_ambassador_is_no_change_of_government(store) -> None:
    (judged,) = tell(
        store,
        article(
            "Koulouba : le nouvel ambassadeur du Qatar présente ses lettres de créance",
            "Le président de la Transition du Mali, Assimi Goïta, a reçu jeudi Son Excellence Khalid "
            "Al-Marri, venu lui remettre ses lettres de créance.",
            "2027-10-21",
        ),
    )
    assert judged.decision is Decision.DIGEST


def test_a_spring_of_years_ago_is_the_past(store) -> None:
    (judged,) = tell(
        store,
        article(
            "Moura, a word nobody says aloud",
            "For five days in spring 2022 the town of Moura in Mali was sealed off by soldiers and their "
            "Wagner partners, and around 500 people were killed.",
            "2027-10-27",
        ),
    )
    assert judged.decision is Decision.KNOWN


def test_a_visit_that_will_take_place_later_is_put_off(store) -> None:
    announced, put_off = tell(
        store,
        article(
            "Lavrov to travel to Bamako in October",
            "Russian Foreign Minister Sergey Lavrov will visit Mali on October 18-20, the ministry said.",
            "2027-09-14",
        ),
        article(
            "Комментарий официального представителя МИД России",
            "В связи с изменением рабочего графика министра иностранных дел России С.В.Лаврова поездка в "
            "Мали, запланированная на 18–20 октября, состоится позднее.",
            "2027-10-14",
            outlet="mid",
        ),
    )
    assert (put_off.decision, put_off.verdicts[0].story) == (Decision.UPDATE, announced.verdicts[0].story)
    assert put_off.verdicts[0].mention.stage == "postponed"


def test_the_council_of_niger_is_not_that_of_mali_and_a_plot_happens_where_it_is_told_of(store) -> None:
    first, second = tell(
        store,
        article(
            "Niamey : le CNSP dit avoir étouffé un complot",
            "Seize militaires ont été mis aux arrêts mercredi à Niamey, a annoncé la télévision "
            "publique. Ils projetaient de s'en prendre au président Tiani.",
            "2028-02-03",
        ),
        article(
            "Niger's junta reports a plot; Moscow's allies there carry on",
            "State television in Niamey says sixteen soldiers are locked up for planning to kill "
            "Abdourahamane Tiani.",
            "2028-02-04",
        ),
    )
    assert second.verdicts[0].story == first.verdicts[0].story
    assert first.verdicts[0].mention.country == "cty.niger"
    assert second.verdicts[0].mention.places[0] == "plc.niamey"


def test_a_vote_put_off_on_tuesday_was_put_off_last_tuesday(store) -> None:
    (judged,) = tell(
        store,
        article(
            "Mali postpones presidential election",
            "Mali's transitional government postponed the presidential election on Tuesday.",
            "2027-09-08",
        ),
    )
    assert str(judged.verdicts[0].mention.span) == "2027-09-07"


def test_a_blockade_lifted_a_month_later_is_an_update(store) -> None:
    shut = article(
        "Nioro du Sahel coupée de Bamako",
        "Plus aucun camion ne franchit depuis vendredi la route de Nioro du Sahel, au Mali. Le JNIM déclare "
        "fermées toutes les routes et menace de brûler les véhicules.",
        "2027-03-06",
    )
    open_again = article(
        "Fin du blocus de Nioro : les premiers cars sont passés",
        "Mercredi, six autocars ont atteint Nioro du Sahel, au Mali, sans escorte. Le JNIM a levé le blocus "
        "après des négociations avec des notables.",
        "2027-04-08",
    )
    first, second = tell(store, shut, open_again)
    assert (second.decision, second.verdicts[0].story) == (Decision.UPDATE, first.verdicts[0].story)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Delivery of Russian grain to Mali delayed",
            "A shipment of Russian grain for Mali has been delayed by storms, the embassy said on Tuesday.",
        ),
        (
            "La livraison de blé russe au Mali reportée",
            "La livraison de 25.000 tonnes de blé russe au Mali a été reportée, a indiqué mardi l'ambassade.",
        ),
        (
            "Поставка российского зерна в Мали отложена",
            "Поставка 25 тысяч тонн зерна в Мали отложена, сообщили во вторник в посольстве.",
        ),
    ],
)
def test_a_delivery_that_is_delayed_has_not_arrived(store, title: str, text: str) -> None:
    (judged,) = tell(store, article(title, text, "2027-09-08"))
    mention = judged.verdicts[0].mention
    assert (mention.type, mention.stage, mention.realis) == ("delivery", "announced", Realis.ANNOUNCED)


def test_who_is_still_held_years_after_a_coup_is_no_coup(store) -> None:
    (judged,) = tell(
        store,
        article(
            "Niger still holding ousted president Bazoum",
            "Niger's ousted president Mohamed Bazoum remains in detention four years after the coup.",
            "2027-09-08",
        ),
    )
    assert judged.decision in (Decision.KNOWN, Decision.DIGEST)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Aucun accord signé entre le Mali et la Russie",
            "Les présidents malien et russe se sont rencontrés lundi à Moscou sans signer d'accord.",
        ),
        (
            "No deal signed as Putin and Goita meet",
            "Russian President Vladimir Putin and Mali's Assimi Goita met in Moscow on Monday without "
            "signing any agreement.",
        ),
    ],
)
def test_presidents_who_met_without_signing_have_signed_nothing(store, title: str, text: str) -> None:
    (judged,) = tell(store, article(title, text, "2027-09-08"))
    assert all(
        verdict.mention.stage != "signed" or verdict.mention.realis is Realis.NEGATED
        for verdict in judged.verdicts
    )
    assert judged.decision is Decision.DIGEST


def test_what_was_agreed_on_monday_was_agreed_last_monday(store) -> None:
    (judged,) = tell(
        store,
        article(
            "Mali and Niger agree to open joint army base",
            "Mali and Niger agreed on Monday to open a joint army base at Menaka.",
            "2027-09-08",
        ),
    )
    assert (judged.decision, str(judged.verdicts[0].mention.span)) == (Decision.ALERT, "2027-09-06")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Russia resumes grain shipments to Mali",
            "Russia resumed grain shipments to Mali on Monday after a two-month break, the embassy said.",
        ),
        (
            "La Russie reprend ses livraisons de blé au Mali",
            "La Russie a repris lundi ses livraisons de blé au Mali, a indiqué l'ambassade.",
        ),
        (
            "Россия возобновила поставки зерна в Мали",
            "Россия возобновила в понедельник поставки зерна в Мали, сообщили в посольстве.",
        ),
    ],
)
def test_deliveries_that_are_resumed_are_news(store, title: str, text: str) -> None:
    (judged,) = tell(store, article(title, text, "2027-09-08"))
    assert (judged.decision, judged.verdicts[0].mention.type) == (Decision.ALERT, "delivery")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Coup in Benin: army officers claim power",
            "Army officers in Cotonou claimed on Monday to have taken power in Benin.",
        ),
        (
            "Burkina Faso : des militaires annoncent la destitution de Traoré",
            "Des militaires ont annoncé lundi à la télévision nationale la destitution du capitaine Ibrahim "
            "Traoré.",
        ),
        (
            "Mutinous soldiers attempt coup in Burkina Faso",
            "Soldiers attempted a coup in Burkina Faso early on Thursday and surrounded the presidential "
            "palace in Ouagadougou, officials said.",
        ),
    ],
)
def test_a_coup_told_plainly_is_pushed_whatever_else_its_words_sound_like(store, title, text) -> None:
    (judged,) = tell(store, article(title, text, "2027-09-08"))
    assert (judged.decision, judged.verdicts[0].mention.type) == (Decision.ALERT, "coup")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Dakar : le gouvernement dépose sa loi de finances rectificative",
            "Le ministre sénégalais des Finances a présenté jeudi un collectif budgétaire. Le débat "
            "s'ouvrira lundi.",
        ),
        (
            "Bamako : le président dépose une gerbe au monument des martyrs",
            "Le président de la Transition a déposé jeudi une gerbe à Bamako.",
        ),
    ],
)
def test_a_government_that_tables_a_bill_is_not_deposed(store, title: str, text: str) -> None:
    (judged,) = tell(store, article(title, text, "2027-05-13"))
    assert judged.decision not in (Decision.ALERT, Decision.UPDATE)


# ------------------------------------------------------------------------------------ plain headlines


@pytest.mark.parametrize(
    "title",
    [
        "Russian convoy with 11 tanks arrives in Bamako",
        "Soldiers seize power in Burkina Faso",
        "Niger expels French ambassador",
        "Mali and Russia sign nuclear agreement",
        "Gunmen kill 20 soldiers in northern Burkina Faso",
        "EU imposes sanctions on Africa Corps commanders",
        "Mali's prime minister dismissed",
        "Coup attempt in Benin",
        "Two hostages freed in Niger",
        "Coup d'État au Niger",
        "Le Mali reçoit des blindés russes",
        "Attaque jihadiste à Djibo : 40 soldats tués",
        "Le Niger quitte la Cour pénale internationale",
        "L'UE lève ses sanctions contre le Mali",
        "Accord signé entre Bamako et Rosatom",
        "Les Russes quittent le Mali",
        "Военные захватили власть в Нигере",
        "Россия поставила Мали вертолёты",
        "В Мали отправлен в отставку премьер-министр",
        "Боевики убили 30 военных в Буркина-Фасо",
        "Африканский корпус покинул Кидаль",
        "В Бамако прибыла колонна российской бронетехники",
    ],
)
def test_a_headline_alone_is_enough(store, title: str) -> None:
    (judged,) = tell(store, article(title, "", "2027-09-08"))
    assert judged.decision is Decision.ALERT


def test_a_headline_alone_moves_a_vote_on_that_was_put_off_before(store) -> None:
    (judged,) = tell(store, article("Mali delays presidential election", "", "2027-09-08"))
    assert (judged.decision, judged.verdicts[0].facts) == (Decision.UPDATE, ("F132",))


# ------------------------------------------------------------------------------------ what is not so


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Researchers fear another putsch in Niger",
            "With salaries late and garrisons restless, Niger could face a new coup, a think tank in "
            "Dakar warns.",
        ),
        (
            "Exiled Chadian general urges troops to topple Déby",
            "From Cairo, General Brahim Djiddo called on the army to rise up and overthrow the president.",
        ),
        (
            "Sierra Leone : la Cédéao avertit les militaires",
            "« Toute prise du pouvoir par la force sera combattue », a prévenu mardi à Abuja le "
            "président de la "
            "Commission ouest-africaine.",
        ),
        (
            "« Chassez-les du pouvoir » : un opposant exilé appelle les soldats nigériens à se soulever",
            "Depuis Bruxelles, il exhorte l'armée à renverser le général Tiani. Son message est sans écho.",
        ),
        (
            "Mayors around Bandiagara beg for soldiers",
            "Six mayors from the Dogon country have written to the governor asking for army posts.",
        ),
        (
            "Догонские старейшины боятся новой резни",
            "Без армейских постов деревни вокруг Банкасса могут повторить судьбу Огоссагу, "
            "предостерегли вожди.",
        ),
        (
            "« Nous ne quittons pas le Mali », assure le Kremlin",
            "Dmitri Peskov a balayé mercredi les informations sur un départ de l'Africa Corps.",
        ),
        (
            "'Russia is not leaving Mali', insists Moscow",
            "The deputy defence minister called stories of an Africa Corps departure nonsense.",
        ),
        (
            "Burkina's promised drones still nowhere to be seen",
            "Eight months after the announcement, the Turkish drones meant for Dori have not arrived.",
        ),
        (
            "Суд отказался выпустить бывшего министра Дауду Сиссуму",
            "Ходатайство защиты отклонено, чиновник по-прежнему сидит в центральной тюрьме Бамако.",
        ),
        (
            "Решение о выходе Мали из ЮЭМОА так и не принято",
            "Правительство снова сняло вопрос с повестки, и страна остается в валютном союзе.",
        ),
        (
            "Campagne agricole : Moscou promet 15 000 tonnes d'engrais",
            "L'ambassadeur de Russie à Ouagadougou a annoncé lundi le don de quinze mille tonnes "
            "d'engrais au "
            "Burkina Faso.",
        ),
    ],
)
def test_what_is_feared_asked_denied_or_only_promised_is_not_pushed(store, title: str, text: str) -> None:
    (judged,) = tell(store, article(title, text, "2027-09-08"))
    assert judged.decision not in (Decision.ALERT, Decision.UPDATE)


@pytest.mark.parametrize(
    ("title", "text", "kind"),
    [
        (
            "Algiers recalls envoy",
            "Algeria called home its ambassador in Bamako on Tuesday for consultations.",
            "diplomacy",
        ),
        (
            "Mali takes control of B2Gold's Fekola mine",
            "Gendarmes entered the Fekola gold mine on Sunday and placed it under provisional state "
            "management. "
            "Shares fell 21% in early trading, and the stock market was down as gold prices per ounce rose.",
            "project",
        ),
        (
            "Algeria and Mali sign border security memorandum, two years after rupture",
            "Algiers and Bamako have put their names to a memorandum of understanding on border "
            "security. Foreign "
            "Minister Abdoulaye Diop signed it on Wednesday.",
            "agreement",
        ),
        (
            "Duma votes through Mali nuclear liability treaty",
            "By 391 votes to none, Russian deputies ratified on Tuesday the convention on nuclear "
            "liability with "
            "Bamako.",
            "agreement",
        ),
        (
            "No. 2 US diplomat heading to Mali next week",
            "The State Department said Monday that its deputy secretary will fly to Bamako on "
            "September 14 for talks "
            "with Mali's military rulers.",
            "visit_talks",
        ),
        (
            "Ouagadougou donne 48 heures à trois diplomates français",
            "Une note accuse ces trois personnes de menées subversives au Burkina Faso.",
            "diplomacy",
        ),
        (
            "Une douzaine de drones turcs rejoignent l'armée burkinabè",
            "Le capitaine Traoré a remis des TB2 et des Akinci à ses troupes lors d'une cérémonie filmée.",
            "delivery",
        ),
        (
            "Niger's former spy chief charged with treason",
            "Investigating judges in Niamey on Friday indicted General Karimou Bello, once head of "
            "intelligence.",
            "arrest",
        ),
        (
            "Tanker trucks torched on the road from Ivory Coast",
            "Armed men stopped a line of fuel lorries south of Kolondieba on Tuesday and set 35 of "
            "them alight.",
            "attack",
        ),
    ],
)
def test_what_is_so_is_pushed_whatever_stands_beside_it(store, title: str, text: str, kind: str) -> None:
    (judged,) = tell(store, article(title, text, "2027-09-08"))
    assert (judged.decision, judged.verdicts[0].mention.type) == (Decision.ALERT, kind)


def test_a_coup_is_one_though_the_coup_of_a_watched_neighbour_is_named_beside_it(store) -> None:
    (judged,) = tell(
        store,
        article(
            "Army ousts president of Guinea-Bissau",
            "Soldiers seized power in Bissau on Wednesday, a month after a coup in Niger.",
            "2027-09-08",
        ),
    )
    assert judged.decision is Decision.ALERT
    assert judged.verdicts[0].mention.country == "cty.guinea_bissau"


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Niger govt announces release of bus hostages",
            "Eighteen travellers taken by armed men from a coach on its way to Minna are free, the "
            "government said.",
        ),
        (
            "Three women return from bandit camp in Niger",
            "They were among more than fifty people marched off from villages in Paikoro last month.",
        ),
        (
            "Cinquante-trois otages relâchés dans l'État de Niger",
            "Les passagers d'un car ont été rendus dimanche soir. Les pensionnaires de Kagara "
            "restent captifs.",
        ),
        (
            "В Сербии остановили ГЭС в городе Мали-Зворник",
            "Гидроэлектростанция в Мали-Зворнике на западе Сербии временно прекратила работу.",
        ),
    ],
)
def test_a_state_of_nigeria_and_a_town_of_serbia_are_not_the_beat(store, title: str, text: str) -> None:
    (judged,) = tell(store, article(title, text, "2027-09-08"))
    assert judged.decision is Decision.IGNORE


def test_a_road_accident_is_no_attack(store) -> None:
    (judged,) = tell(
        store,
        article(
            "Drame sur la route de Kayes : 17 morts",
            "Dix-sept personnes ont péri samedi soir dans la collision entre un autocar et un "
            "camion, à l'entrée de "
            "Diéma. L'excès de vitesse serait en cause. La protection civile a évacué les blessés. "
            "Des contrôles "
            "techniques renforcés sont promis.",
            "2027-06-27",
            outlet="bamada",
        ),
    )
    assert judged.decision is Decision.IGNORE


def test_who_follows_in_the_same_office_is_news_of_the_dismissal(store) -> None:
    first, second = tell(
        store,
        article(
            "Armée : le chef d'état-major général remercié",
            "Par décret du président Assimi Goïta lu jeudi soir, le général Oumar Diarra cesse d'être chef "
            "d'état-major général des armées du Mali.",
            "2027-05-28",
        ),
        article(
            "В Мали назначен новый начальник генштаба",
            "Вооружённые силы Мали возглавил генерал Элизе Дао. Назначение оформлено указом в субботу. Его "
            "предшественник смещён в четверг.",
            "2027-05-30",
        ),
    )
    assert second.decision is Decision.UPDATE
    assert second.verdicts[0].story == first.verdicts[0].story


def test_dozens_take_nothing_back_of_sixty(store) -> None:
    _, second = tell(
        store,
        article(
            "At least 60 killed in Bilanga, Burkina Faso",
            "At least 60 civilians were killed on Friday when fighters entered Bilanga in Burkina Faso.",
            "2027-05-01",
        ),
        article(
            "Десятки погибших в Буркина-Фасо",
            "Десятки человек погибли в пятницу в городке Биланга в Буркина-Фасо, когда туда "
            "ворвались боевики.",
            "2027-05-01",
        ),
    )
    assert second.decision is Decision.MERGE
