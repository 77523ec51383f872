"""What looks like an event, or like the one told before, and is another one or none."""

from __future__ import annotations

import pytest

from djeli.core.model import Decision
from storage.store import open_store
from tests.test_judge import article, tell

PUSHED = (Decision.ALERT, Decision.UPDATE)


@pytest.fixture
def store():
    opened = open_store("sqlite://")
    yield opened
    opened.close()


# ------------------------------------------------------------------------------- forces and their bases

HANDED_OVER = article(
    "Africa Corps hands base near Mopti to Malian army",
    "Russia's Africa Corps handed its base near Mopti to the Malian army on Monday, residents said.",
    "2027-03-23",
)


def test_a_second_base_that_is_given_up_is_another_event(store) -> None:
    _, judged = tell(
        store,
        HANDED_OVER,
        article(
            "L'Africa Corps remet aussi son camp de Gao",
            "Deux semaines après Mopti, l'Africa Corps a remis lundi à l'armée malienne le camp qu'il "
            "occupait à Gao.",
            "2027-04-06",
        ),
    )
    assert judged.decision is Decision.ALERT


def test_who_left_one_base_and_moves_into_another_is_told_anew(store) -> None:
    _, judged = tell(
        store,
        HANDED_OVER,
        article(
            "Africa Corps moves into Menaka",
            "About 200 Africa Corps fighters reached Menaka in eastern Mali on Sunday, according to local "
            "officials. They took over part of an old UN base. The Russian force left a base near Mopti in "
            "March.",
            "2027-04-06",
        ),
    )
    assert judged.decision is Decision.ALERT


def test_a_whole_force_that_leaves_is_not_the_base_that_it_gave_up(store) -> None:
    _, judged = tell(
        store,
        HANDED_OVER,
        article(
            "Africa Corps bientôt parti ?",
            "Moscou aurait décidé de retirer tous ses soldats du Mali d'ici décembre, selon deux "
            "diplomates. La base de Mopti avait été rendue. L'état-major malien en aurait été informé fin "
            "mars.",
            "2027-04-08",
        ),
    )
    assert judged.decision is Decision.ALERT


def test_the_same_base_told_again_is_merged(store) -> None:
    _, judged = tell(
        store,
        HANDED_OVER,
        article(
            "Mopti : les Russes ont quitté leur base",
            "Les paramilitaires de l'Africa Corps ont quitté lundi leur base près de Mopti, remise à l'armée "
            "malienne.",
            "2027-03-24",
        ),
    )
    assert judged.decision is Decision.MERGE


# ----------------------------------------------------------------------------------- one raid and the next


def test_a_raid_days_after_another_at_the_same_place_is_a_new_one(store) -> None:
    first, _, second = tell(
        store,
        article(
            "Attaque d'un convoi près de Sikasso",
            "Des hommes armés ont attaqué jeudi un convoi de camions-citernes près de Sikasso. Vingt camions "
            "ont brûlé. Le GSIM a revendiqué l'embuscade.",
            "2027-02-12",
        ),
        article(
            "Douze morts dans l'attaque de Sikasso",
            "Neuf chauffeurs et trois soldats ont été tués dans l'embuscade de jeudi contre un convoi de "
            "carburant près de Sikasso, dit l'armée malienne.",
            "2027-02-13",
        ),
        article(
            "Sikasso : un convoi encore attaqué",
            "Un convoi de camions-citernes a été attaqué mardi près de Sikasso, cinq jours après l'embuscade "
            "revendiquée par le GSIM. Six camions ont été incendiés. L'attaque n'a pas été revendiquée.",
            "2027-02-17",
        ),
    )
    assert second.decision is Decision.ALERT
    assert str(second.verdicts[0].mention.span) == "2027-02-16"
    assert second.verdicts[0].story != first.verdicts[0].story


def test_a_dateline_dates_no_raid(store) -> None:
    raid, judged = tell(
        store,
        article(
            "Attaque d'un convoi près de Sikasso",
            "Des hommes armés ont attaqué jeudi un convoi de carburant de l'armée près de Sikasso. Quatorze "
            "soldats ont été tués.",
            "2027-02-12",
        ),
        article(
            "Мали: погибли 14 военных",
            "ДАКАР, 16 февраля. Четырнадцать военных погибли при нападении на топливный конвой армии Мали у "
            "города Сикасо.",
            "2027-02-16",
        ),
    )
    assert judged.verdicts[0].story == raid.verdicts[0].story


# ---------------------------------------------------------------------------------- soldiers and their pay


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Soldiers end mutiny over pay in Mali",
            "Soldiers in Sevare blocked the gate of their camp on Tuesday and asked for bonuses owed since "
            "June. The mutineers made no political demands and went back to work after a promise.",
        ),
        (
            "Mali : des militaires réclament leurs primes",
            "Des soldats du camp de Ségou ont refusé mardi de sortir en patrouille. Les mutins réclament "
            "trois mois de primes et assurent ne pas viser le pouvoir.",
        ),
    ],
)
def test_a_mutiny_for_pay_is_no_coup(store, title: str, text: str) -> None:
    (judged,) = tell(store, article(title, text, "2027-10-28"))
    assert judged.decision not in PUSHED
    assert all(v.mention.type != "coup" for v in judged.verdicts)


def test_a_mutiny_for_pay_with_shots_is_a_grave_one(store) -> None:
    told = article(
        "Mali : mutinerie à Gao",
        "Des soldats se sont mutinés mardi au camp de Gao pour leurs primes et retiennent leur "
        "commandant. Des tirs ont été entendus.",
        "2027-10-28",
    )
    (judged,) = tell(store, told)
    assert (judged.decision, judged.verdicts[0].mention.type) == (Decision.ALERT, "attack")


def test_mutineers_who_ask_for_pay_and_take_power_are_a_coup(store) -> None:
    told = article(
        "Burkina : des mutins prennent le pouvoir",
        "Des soldats mutinés, qui réclamaient leurs primes, ont pris le pouvoir mardi à Ouagadougou et "
        "arrêté le capitaine Traoré.",
        "2027-10-28",
    )
    (judged,) = tell(store, told)
    assert (judged.decision, judged.verdicts[0].mention.type) == (Decision.ALERT, "coup")


# ------------------------------------------------------------------------------------------------ denials

RUMOUR = article(
    "Tirs à Kati, rumeurs de coup d'État",
    "Des tirs ont été entendus samedi à Kati, au Mali. Selon des messages non confirmés, un coup d'État "
    "serait en cours et le général Goïta retenu.",
    "2027-09-04",
)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Mali says shots were part of a drill",
            "The army of Mali said on Saturday that gunfire heard at Kati was part of a night exercise. The "
            "presidency called reports of a coup fake.",
        ),
        (
            "Le général Goïta à la télévision : « il n'y a rien eu »",
            "Le chef de l'État malien a présidé une réunion samedi soir, coupant court aux rumeurs de coup "
            "d'État. Les tirs de Kati étaient un exercice.",
        ),
    ],
)
def test_shots_that_were_a_drill_deny_the_rumour(store, title: str, text: str) -> None:
    rumour, judged = tell(store, RUMOUR, article(title, text, "2027-09-04T20:00:00Z"))
    assert (judged.decision, judged.verdicts[0].story) == (Decision.UPDATE, rumour.verdicts[0].story)


def test_who_could_not_verify_a_report_confirms_nothing(store) -> None:
    _, judged = tell(
        store,
        article(
            "Tchad : des instructeurs russes seraient arrivés",
            "Une cinquantaine d'instructeurs de l'Africa Corps seraient arrivés samedi à N'Djamena, selon "
            "une source de l'aéroport. Rien n'a été confirmé.",
            "2027-07-04",
            outlet="alwihda",
        ),
        article(
            "Africa Corps instructors reported in Chad",
            "About fifty instructors of Africa Corps landed in N'Djamena on Saturday, the site Alwihda "
            "reported. This newspaper could not verify the report.",
            "2027-07-06",
            outlet="moscowtimes",
        ),
    )
    assert judged.decision not in PUSHED


# ----------------------------------------------------------------------------------------------- reviews


def test_a_review_in_one_paragraph_tells_what_is_new_in_it(store) -> None:
    _, judged = tell(
        store,
        article(
            "Russian convoy reaches Bamako",
            "A convoy of Russian armoured vehicles reached Bamako on Thursday, the general staff said.",
            "2027-03-12",
        ),
        article(
            "Sahel review: 8-14 March",
            "A convoy of Russian armoured vehicles reached Bamako on 11 March. Mali's chief of staff was "
            "dismissed by decree on Friday. JNIM remains the main threat in the centre.",
            "2027-03-15",
        ),
    )
    decided = {v.mention.type: v.decision for v in judged.verdicts}
    assert decided == {"delivery": Decision.MERGE, "government_change": Decision.ALERT}


def test_a_review_of_one_long_development_stays_whole(store) -> None:
    told = article(
        "Africa File: what JNIM wants in the west",
        "JNIM may try to cut the road to Kayes. The raid of 3 January fits the pattern. It could do so again "
        "before the rains.",
        "2027-03-15",
        outlet="critical_threats",
    )
    (judged,) = tell(store, told)
    assert judged.decision not in PUSHED


# ----------------------------------------------------------------------------------- names, ports, courses


def test_a_town_behind_the_name_of_the_state_is_no_family_name(store) -> None:
    told = article(
        "Thirty killed on Mali's Gao road",
        "Gunmen killed thirty civilians in a bus on Friday. Survivors reached Gao at night, doctors said.",
        "2027-07-24",
    )
    (judged,) = tell(store, told)
    assert judged.decision is Decision.ALERT


def test_the_airline_that_bears_the_name_of_a_state_is_not_the_state(store) -> None:
    told = article(
        "Kenyan carrier takes delivery of first freighter, courts Air Mali",
        "The Nairobi carrier on Sunday took delivery of the first of six freighters. It is bidding to "
        "maintain two aircraft of a revived Air Mali.",
        "2027-02-15",
    )
    (judged,) = tell(store, told)
    assert judged.decision is Decision.IGNORE


def test_a_minister_of_the_same_name_in_another_capital_is_not_of_the_beat(store) -> None:
    told = article(
        "Remaniement : le ministre Diop démis",
        "Le ministre Diop, chargé des Sports, a été démis jeudi par décret à Dakar. Il devait se rendre à "
        "Bamako.",
        "2027-09-16",
    )
    (judged,) = tell(store, told)
    assert judged.decision not in PUSHED


def test_the_minister_in_full_is_of_the_beat_wherever_he_is(store) -> None:
    told = article(
        "Abdoulaye Diop limogé",
        "Le ministre malien Abdoulaye Diop a été limogé jeudi alors qu'il se trouvait à Dakar.",
        "2027-09-16",
    )
    (judged,) = tell(store, told)
    assert judged.decision is Decision.ALERT


def test_what_is_unloaded_abroad_for_a_state_of_the_beat_is_its_delivery(store) -> None:
    first, second = tell(
        store,
        article(
            "Судно с пшеницей для Мали пришло в Конакри",
            "Балкер доставил в порт Конакри 18 тыс. тонн пшеницы, которые Россия передаёт Мали. Разгрузка "
            "началась в субботу.",
            "2027-09-06",
        ),
        article(
            "18 000 tonnes de blé russe débarquées à Conakry",
            "Un vraquier chargé de blé russe est à quai à Conakry depuis samedi. Les 18 000 tonnes iront "
            "par la route à Bamako.",
            "2027-09-07",
        ),
    )
    assert [j.verdicts[0].mention.country for j in (first, second)] == ["cty.mali", "cty.mali"]
    assert second.decision is Decision.MERGE


def test_the_course_that_instructors_gave_is_no_step_of_their_coming(store) -> None:
    _, judged = tell(
        store,
        article(
            "Russian instructors arrive in Burkina Faso",
            "Some 120 instructors of Africa Corps arrived in Ouagadougou on Sunday, the embassy said.",
            "2027-05-17",
        ),
        article(
            "Burkina : fin de formation pour 150 soldats",
            "Cent cinquante militaires burkinabè ont reçu vendredi leur diplôme au terme d'un cours donné "
            "par les instructeurs de l'Africa Corps arrivés en mai.",
            "2027-07-31",
        ),
    )
    assert judged.decision is Decision.DIGEST


def test_a_deal_in_preparation_that_has_its_day_of_signing_is_announced(store) -> None:
    told = article(
        "Россия и Мали готовят соглашение о воздушном сообщении",
        "Правительство России одобрило проект соглашения с Мали о воздушном сообщении. Подписать "
        "документ планируется 21 апреля в Москве.",
        "2027-04-14",
    )
    (judged,) = tell(store, told)
    assert (judged.decision, judged.verdicts[0].mention.stage) == (Decision.ALERT, "announced")


# ------------------------------------------------------------------------------- what moves a story on


def test_a_lead_may_deny_what_its_headline_mocks(store) -> None:
    rumour, judged = tell(
        store,
        article(
            "Bénin : rumeurs de putsch à Cotonou",
            "Des messages font état depuis lundi soir d'un coup d'État en cours à Cotonou. Le président "
            "aurait été arrêté.",
            "2027-09-20T22:50:00Z",
        ),
        article(
            "Benin's president appears in public, mocks talk",
            "Benin's head of state on Tuesday brushed aside overnight messages that the army had taken "
            "him away. A drill had been misread, a minister said.",
            "2027-09-21T07:30:00Z",
        ),
    )
    assert (judged.decision, judged.verdicts[0].story) == (Decision.UPDATE, rumour.verdicts[0].story)


def test_a_visit_to_come_has_no_outcome_yet(store) -> None:
    _, judged = tell(
        store,
        article(
            "Гойта посетит Россию 28-29 сентября",
            "По приглашению Владимира Путина 28–29 сентября Россию с рабочим визитом посетит Ассими Гойта.",
            "2027-09-14T08:15:00Z",
        ),
        article(
            "Goïta sera reçu par Poutine fin septembre",
            "La rencontre aura lieu à Saint-Pétersbourg les 28 et 29 septembre, annonce le Kremlin. Une "
            "déclaration commune devrait clore les discussions.",
            "2027-09-14T11:50:00Z",
        ),
    )
    assert judged.decision is Decision.MERGE


def test_an_exit_that_is_shelved_moves_on(store) -> None:
    _, judged = tell(
        store,
        article(
            "Le Burkina notifie sa sortie de l'Uemoa",
            "Le Burkina Faso a notifié mercredi son retrait de l'Union économique et monétaire "
            "ouest-africaine.",
            "2027-08-11",
        ),
        article(
            "Burkina Faso shelves currency union exit",
            "The government in Ouagadougou said on Thursday that it had recalled its letter to the West "
            "African monetary union.",
            "2027-08-19",
        ),
    )
    assert (judged.decision, judged.verdicts[0].mention.stage) == (Decision.UPDATE, "reversed")


def test_river_craft_are_boats_in_every_language(store) -> None:
    _, judged = tell(
        store,
        article(
            "Four Russian patrol craft join Malian flotilla",
            "At the base of Mopti on Tuesday, Malian sailors took possession of four armoured craft from "
            "Russia.",
            "2027-06-02T09:00:00Z",
        ),
        article(
            "ВМС Мали получили четыре российских катера",
            "Четыре речных бронекатера из России переданы малийской флотилии в Мопти. Церемония "
            "состоялась во вторник.",
            "2027-06-02T14:00:00Z",
        ),
    )
    assert judged.decision is Decision.MERGE


def test_a_count_of_the_dead_is_news_in_the_hours_in_which_a_stage_is_not(store) -> None:
    raid, judged = tell(
        store,
        article(
            "Un convoi attaqué près de Sikasso",
            "Des hommes armés ont attaqué jeudi un convoi de carburant près de Sikasso, au Mali. Le GSIM a "
            "revendiqué l'embuscade.",
            "2027-02-12",
        ),
        article(
            "Embuscade de Sikasso : l'armée donne un bilan",
            "L'état-major malien reconnaît la mort de huit militaires dans l'attaque du convoi de "
            "carburant jeudi près de Sikasso.",
            "2027-02-13",
        ),
    )
    assert (judged.decision, judged.verdicts[0].story) == (Decision.UPDATE, raid.verdicts[0].story)


def test_a_denial_days_after_answers_a_rumour_that_only_names_the_month(store) -> None:
    rumour, judged = tell(
        store,
        article(
            "Mali-Russie : un accord monétaire secret ?",
            "Bamako et Moscou auraient paraphé en février un accord monétaire sur l'impression de "
            "billets, selon deux sources. Rien n'est confirmé.",
            "2027-03-02",
        ),
        article(
            "Песков опроверг сообщения о валютном соглашении с Мали",
            "Никакого соглашения о печати денег для Мали не существует, заявил Дмитрий Песков.",
            "2027-03-04",
        ),
    )
    assert judged.verdicts[0].story == rumour.verdicts[0].story


# ---------------------------------------------------------------------------------- what is on the beat


def test_shots_near_a_garrison_that_others_bear_the_name_of_are_a_rumour_of_a_coup(store) -> None:
    told = article(
        "Shots heard near Kati garrison, coup rumours spread",
        "Residents of Kati reportedly heard gunfire near the garrison before dawn on Thursday. Messages "
        "speak of a coup under way in Bamako.",
        "2027-06-03",
    )
    (judged,) = tell(store, told)
    assert (judged.decision, judged.verdicts[0].mention.type) == (Decision.ALERT, "coup")


def test_a_town_cut_off_from_the_world_is_no_world_cup(store) -> None:
    told = article(
        "Kayes coupée du monde : le JNIM interdit les camions",
        "Depuis lundi, plus aucun poids lourd n'entre à Kayes. Dans une vidéo, le JNIM proclame le blocus "
        "de la ville, au Mali. Trois citernes ont été incendiées.",
        "2027-04-27",
    )
    (judged,) = tell(store, told)
    assert judged.decision is Decision.ALERT


def test_a_vote_in_another_state_is_off_the_beat_whoever_guards_it(store) -> None:
    told = article(
        "Wagner veterans guard ballot trucks in Bangui",
        "Central Africans voted in local elections on Sunday under the eye of Russian instructors once "
        "employed by Wagner.",
        "2027-05-10",
    )
    (judged,) = tell(store, told)
    assert judged.decision not in PUSHED


def test_talks_with_the_bloc_that_are_put_off_are_told(store) -> None:
    told = article(
        "ECOWAS and Mali put off talks",
        "The second round of talks between ECOWAS and Mali, due in Lome on 13 July, has been postponed to 7 "
        "September, the bloc's commission said on Friday.",
        "2027-07-09",
    )
    (judged,) = tell(store, told)
    assert (judged.decision, judged.verdicts[0].mention.stage) == (Decision.ALERT, "postponed")


def test_who_announces_a_deposition_has_done_it(store) -> None:
    seized, failed = tell(
        store,
        article(
            "Niger : des militaires annoncent la destitution du général Tiani",
            "Un groupe de militaires a annoncé jeudi soir à la télévision la destitution du général "
            "Tiani. Les frontières sont fermées. Le chef de la junte serait retenu chez lui.",
            "2027-09-03",
        ),
        article(
            "Niger's Tiani back on air after loyalists retake station",
            "Troops loyal to General Tiani retook the state broadcaster in Niamey on Saturday night. He "
            "said that order had been restored.",
            "2027-09-05",
        ),
    )
    assert seized.verdicts[0].mention.stage == "realized_provisional"
    assert (failed.decision, failed.verdicts[0].story) == (Decision.UPDATE, seized.verdicts[0].story)
