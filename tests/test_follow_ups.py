"""What becomes of a development: the next stage, what came of it, who followed; and what only looks so."""

from __future__ import annotations

from dataclasses import replace

import pytest

from djeli.core.model import Decision, Realis
from storage.store import open_store
from tests.test_judge import _house, article, tell


@pytest.fixture
def store():
    opened = open_store("sqlite://")
    yield opened
    opened.close()


def test_goods_that_were_pledged_as_aid_are_news_again_when_they_arrive(store) -> None:
    pledged = article(
        "Russia promises Burkina Faso 20,000 tonnes of wheat",
        "Moscow will send Burkina Faso 20,000 tonnes of wheat as humanitarian aid, the "
        "agriculture ministry said.",
        "2027-02-03",
    )
    arrived = article(
        "Blé russe : le Burkina Faso réceptionne 20 000 tonnes",
        "Les 20 000 tonnes de blé offertes par la Russie au Burkina Faso sont arrivées lundi à Ouagadougou.",
        "2027-03-16",
    )
    first, second = tell(store, pledged, arrived)
    assert second.decision is Decision.UPDATE
    assert second.verdicts[0].story == first.verdicts[0].story


def test_the_trial_of_the_plotters_belongs_to_the_plot(store) -> None:
    plot = article(
        "Burkina Faso : une tentative de coup d'État déjouée",
        "Le gouvernement du Burkina Faso a annoncé mercredi avoir déjoué un complot de "
        "militaires à Ouagadougou.",
        "2027-05-13",
    )
    trial = article(
        "Burkina Faso puts 14 officers on trial",
        "The trial of fourteen army officers arrested over a coup plot on 12 May opened on Monday before the "
        "military court in Ouagadougou, the prosecutor of Burkina Faso said.",
        "2027-09-21",
    )
    first, second = tell(store, plot, trial)
    assert second.decision is Decision.UPDATE
    assert second.verdicts[0].story == first.verdicts[0].story


def test_a_coup_that_lasts_a_week_has_succeeded(store) -> None:
    seized = article(
        "Soldiers seize power in Benin",
        "Officers announced on state television in Cotonou on Sunday that they had ousted "
        "the president of Benin.",
        "2027-04-11",
    )
    again = article(
        "Benin junta that ousted the president names its council",
        "The officers who seized power in Benin on 11 April ousted the president, suspended the constitution "
        "of Benin and on Tuesday named their council.",
        "2027-04-20",
    )
    first, second = tell(store, seized, again)
    assert first.verdicts[0].mention.stage == "realized_provisional"
    assert (second.decision, second.verdicts[0].mention.stage) == (Decision.UPDATE, "realized")


def test_a_successor_is_a_further_step_of_the_dismissal(store) -> None:
    dismissed = article(
        "Burkina Faso : le gouvernement dissous",
        "Le président du Burkina Faso a mis fin lundi aux fonctions du Premier ministre et "
        "dissous le gouvernement.",
        "2027-07-05",
    )
    named = article(
        "Burkina Faso gets new prime minister",
        "The economy minister was named prime minister of Burkina Faso on Monday evening, a decree said.",
        "2027-07-06",
    )
    first, second = tell(store, dismissed, named)
    assert second.decision is Decision.UPDATE
    assert second.verdicts[0].story == first.verdicts[0].story


def test_a_minister_who_resigns_in_paris_is_no_news_of_the_sahel(store) -> None:
    (one,) = tell(
        store,
        article(
            "Le ministre de l'Intérieur présente sa démission",
            "Mis en minorité, il a remis sa lettre au président lundi soir. Sa réforme avait "
            "divisé la majorité. "
            "L'opposition parle d'une crise. Ancien préfet, il avait servi au Sahel, de Bamako à Niamey.",
            "2027-10-04",
            outlet="lemonde_fr",
        ),
    )
    assert one.decision is Decision.IGNORE


@pytest.mark.parametrize(
    ("words", "concept"),
    [
        ("После встречи делегация вернулась за день.", "obj.ambassador"),
        ("Он приехал за товаром.", "obj.loan"),
        ("Le 3 mai, mais sans bruit, il parle.", "obj.grain"),
        ("Il parle de ses activités locales.", "obj.parliament"),
        ("Визит отложен.", "obj.visa"),
    ],
)
def test_a_word_that_shares_a_stem_is_not_the_concept(words: str, concept: str) -> None:
    lines = _house().judge.lines(article("Mali", words))
    assert concept not in {hit.label for line in lines for hit in line.objects}


def test_a_councillor_called_mali_is_no_state(store) -> None:
    (one,) = tell(
        store,
        article(
            "Mdantsane councillor Mali fights off motion",
            "Councillor Mali survived an attack by the opposition in the council on Tuesday. "
            "Mali said she would stay.",
            "2027-08-26",
        ),
    )
    assert one.decision is Decision.IGNORE


def test_a_known_visit_told_as_the_third_is_not_called_known(store) -> None:
    third = article(
        "It was his third trip, ministry says of Diop's Moscow visit",
        "The foreign ministry in Bamako said the talks which Abdoulaye Diop held with Lavrov this month "
        "were part of his third visit to Moscow.",
        "2022-05-24",
    )
    (one,) = tell(store, third)
    assert (one.decision, one.verdicts[0].rule) == (Decision.DIGEST, "told-otherwise")


def test_a_toll_that_rises_to_a_figure_is_that_figure(store) -> None:
    raid = article(
        "Douze soldats tués près de Ménaka",
        "Une position de l'armée malienne a été prise d'assaut mardi près de Ménaka. "
        "Douze soldats ont été tués.",
        "2028-03-08",
    )
    toll = article(
        "Число погибших под Менакой выросло до 17",
        "До семнадцати увеличилось число военных, погибших 7 марта при нападении на пост под Менакой в Мали.",
        "2028-03-11",
    )
    first, second = tell(store, raid, toll)
    assert (second.decision, second.verdicts[0].rule) == (Decision.UPDATE, "other-figure")
    assert second.verdicts[0].story == first.verdicts[0].story


_ABDUCTED = (
    "Four Chinese engineers abducted in western Mali",
    "Gunmen abducted four Chinese engineers on Saturday at the building site of a cement works near "
    "Diéma in the "
    "Kayes region of Mali, the prosecutor said.",
    "2027-04-04",
)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Chinese engineers freed in Mali",
            "The four Chinese engineers abducted in early April at a cement works near Diéma in the "
            "Kayes region were "
            "released on Sunday, the government of Mali said.",
        ),
        (
            "Mali : les quatre ingénieurs chinois libérés",
            "Douze semaines après leur enlèvement sur le chantier d'une cimenterie près de Diéma, "
            "dans la région de "
            "Kayes, les quatre ingénieurs chinois ont été libérés dimanche, annonce le gouvernement malien.",
        ),
        (
            "В Мали освобождены четверо китайских инженеров",
            "Четверо китайских инженеров, похищенных в начале апреля на строительстве цементного "
            "завода близ Диемы в "
            "области Каес, освобождены в воскресенье, сообщило правительство Мали.",
        ),
    ],
)
def test_what_names_the_time_of_what_it_follows_goes_on_with_its_story(store, title: str, text: str) -> None:
    first, second = tell(store, article(*_ABDUCTED), article(title, text, "2027-06-28"))
    assert second.decision is Decision.UPDATE
    assert second.verdicts[0].story == first.verdicts[0].story


def test_another_lot_is_no_follow_up_though_it_recalls_the_first(store) -> None:
    first = article(
        "Three Mi-171 helicopters reach Bamako",
        "Three Mi-171 helicopters from Russia arrived at the Senou air base in Bamako on Monday, "
        "Mali's army said.",
        "2027-04-13",
    )
    second = article(
        "Mali receives a second lot of Mi-171 helicopters",
        "A second lot of Mi-171 helicopters from Russia arrived at the Senou air base in Bamako on "
        "Friday, two months "
        "after the first three were delivered in April, Mali's army said.",
        "2027-06-19",
    )
    told, again = tell(store, first, second)
    assert again.decision is Decision.ALERT
    assert again.verdicts[0].story != told.verdicts[0].story


def test_the_second_report_of_a_follow_up_is_no_further_step(store) -> None:
    freed = article(
        "Chinese engineers freed in Mali",
        "The four Chinese engineers abducted in early April at a cement works near Diéma in the "
        "Kayes region were "
        "released on Sunday, the government of Mali said.",
        "2027-06-28",
    )
    again = article(
        "Mali: kidnapped Chinese engineers are free",
        "Four engineers from China who were kidnapped in April near Diéma in Mali's Kayes region "
        "have been released, "
        "the embassy said on Monday. They were set free on Sunday.",
        "2027-06-28T18:00",
    )
    *_, last = tell(store, article(*_ABDUCTED), replace(freed, id="freed"), replace(again, id="again"))
    assert last.decision is Decision.MERGE


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Russia supplies Mali with free grain",
            "Mali has received 25,000 tonnes of Russian grain free of charge. First published in "
            "March 2024; page "
            "updated on 4 October 2027.",
        ),
        (
            "La Russie livre des céréales gratuites au Mali",
            "Le Mali a reçu 25 000 tonnes de céréales russes à titre gratuit. Article initialement "
            "publié le 5 mars "
            "2024.",
        ),
        (
            "Россия поставила в Мали бесплатное зерно",
            "Мали получила 25 тысяч тонн российского зерна безвозмездно. Впервые опубликовано в "
            "марте 2024 года.",
        ),
    ],
)
def test_a_page_that_says_it_was_printed_before_is_no_news(store, title: str, text: str) -> None:
    (judged,) = tell(store, article(title, text, "2027-10-04"))
    assert judged.decision in (Decision.KNOWN, Decision.IGNORE)


def test_a_project_that_was_halted_and_goes_on_is_an_update(store) -> None:
    halted = article(
        "Mali halts work at the Sirakourou lithium mine",
        "Mali's mines ministry ordered the lithium mine at Bougouni to halt work on Wednesday over a tax "
        "dispute, "
        "the government said.",
        "2027-08-12",
    )
    resumed = article(
        "Mali : la mine de lithium de Bougouni reprend la production",
        "La mine de lithium de Bougouni a repris la production jeudi, la suspension ayant été levée par le "
        "ministère des "
        "Mines du Mali.",
        "2027-09-03",
    )
    first, second = tell(store, halted, resumed)
    assert second.decision is Decision.UPDATE
    assert second.verdicts[0].story == first.verdicts[0].story


def test_the_second_raid_is_dated_by_its_own_lead_not_by_the_first_it_recalls(store) -> None:
    _, second = tell(
        store,
        article(
            "Mali : un convoi de carburant attaqué près de Kayes",
            "Des hommes armés ont attaqué lundi un convoi de camions-citernes près de Kayes, dans "
            "l'ouest du Mali. Le Jnim a revendiqué l'attaque.",
            "2027-02-16",
        ),
        article(
            "Mali : nouveau convoi pris pour cible près de Kayes",
            "Même route, même heure. Lundi, un autre cortège a été intercepté près de Kayes. Neuf camions "
            "sont perdus. "
            "La grève des chauffeurs, décidée après l'attaque du 15 février revendiquée par le Jnim, venait "
            "d'être levée.",
            "2027-02-23",
        ),
    )
    assert second.decision is Decision.ALERT
    assert str(second.verdicts[0].mention.span) == "2027-02-22"


def test_what_a_think_tank_asserts_in_its_headline_is_news(store) -> None:
    told = replace(
        article(
            "Africa Corps deploys 200 troops to Gao",
            "Russia's Africa Corps deployed 200 troops to Gao in northern Mali on Wednesday, imagery shows.",
            "2027-03-25",
        ),
        outlet="critical_threats",
    )
    (first,) = tell(store, told)
    assert first.decision is Decision.ALERT


def test_wrestling_on_television_takes_no_coup_off_the_beat(store) -> None:
    (first,) = tell(
        store,
        article(
            "Niamey on edge as talk of a barracks revolt spreads",
            "Unverified claims that officers have overthrown Niger's military ruler spread through the "
            "capital on "
            "Monday night. State television was showing a wrestling tournament as usual; the match went to "
            "the champion.",
            "2027-10-05",
        ),
    )
    assert first.decision is Decision.ALERT


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Niger says no plan to sell yellowcake to Tehran",
            "Niger's mines ministry dismissed as pure invention reports that a stock of uranium was being "
            "set aside "
            "for Iran. There is no such buyer, it said on Friday.",
        ),
        (
            "ФОА: никакого мира с Бамако мы не подписывали",
            "Под этой бумагой нет нашей подписи, заявил во вторник представитель Фронта освобождения "
            "Азавада, "
            "комментируя сообщения о соглашении с властями Мали.",
        ),
    ],
)
def test_what_is_denied_without_a_word_of_denying_is_denied(store, title: str, text: str) -> None:
    (first,) = tell(store, article(title, text, "2027-08-06"))
    assert first.verdicts[0].mention.realis is Realis.NEGATED
    assert first.decision is Decision.DIGEST
