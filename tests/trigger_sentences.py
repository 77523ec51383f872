"""Invented sentences: one per stage and language that the triggers must read, and ones they must not."""

# type/stage, then one sentence in English, French and Russian.
ASSERTED = """
agreement/negotiated
Bamako and Moscow are negotiating a draft treaty on customs.
Le Niger négocie un accord de transit avec l'Algérie.
Стороны обсуждают проект соглашения о транзите.
agreement/initialled
The delegations initialled a customs agreement in Ouagadougou.
Les experts ont paraphé le protocole sur les douanes.
Делегации парафировали соглашение о транзите.
agreement/announced
Niger will sign a memorandum with Rosatom in April.
Le Burkina Faso va signer un protocole sur les mines avec Minsk.
Мали и Белоруссия подпишут меморандум о торговле весной.
agreement/signed
Togo and Mali ink port access deal.
Signature d'un accord de pêche entre Nouakchott et Bamako.
Стороны подписали межправительственное соглашение об инвестициях.
agreement/submitted_for_ratification
The cabinet submitted the nuclear agreement to parliament for ratification.
Le projet de loi autorisant la ratification a été déposé mardi.
Правительство внесло соглашение на ратификацию в Госдуму.
agreement/ratified
Duma ratifies pact on visa-free travel with Niger.
L'Assemblée a ratifié la convention fiscale avec Rabat.
Госдума ратифицировала договор о военном сотрудничестве с Того.
agreement/in_force
The extradition treaty with Russia entered into force on Monday.
L'accord aérien est entré en vigueur le 3 mars.
Соглашение о безвизовых поездках вступило в силу.
agreement/extended
Mali and Senegal extend fishing agreement by two years.
La convention de siège a été prolongée de cinq ans.
Стороны продлили соглашение о рыболовстве.
agreement/suspended
Niger suspends military agreement with Brussels.
Bamako suspend l'accord de défense avec Paris.
Ниамей приостановил договор о военном сотрудничестве.
agreement/terminated
Burkina Faso scraps military accord with France.
Le Tchad dénonce l'accord de défense.
Чад расторг военное соглашение с Францией.
delivery/ordered
Mali orders six helicopters from Russia.
Le Burkina achète des drones turcs.
Нигер заказал партию беспилотников в Турции.
delivery/announced
Russia to deliver 30 trucks to the Nigerien army.
Moscou va livrer des hélicoptères au Mali en juin.
Москва планирует поставить Мали вертолёты.
delivery/shipped
A shipment of ammunition left Novorossiysk on Friday.
La cargaison de blé a quitté Novorossiïsk lundi.
Сухогруз с удобрениями вышел из порта Новороссийска.
delivery/in_transit
The fuel convoy is en route from Abidjan.
Un convoi de blindés en route vers Gao a été filmé.
Колонна с топливом движется к Бамако из Дакара.
delivery/arrived
Shipment of Turkish drones arrives in Niamey.
Arrivée d'un convoi de blindés à Ouagadougou.
В порт Ломе прибыла партия бронемашин.
delivery/handed_over
Malian army takes delivery of forty armoured vehicles.
L'armée réceptionne un lot de quarante véhicules blindés.
Армии Мали переданы сорок бронемашин.
delivery/in_service
New attack helicopters entered service with the air force.
Mise en service de trois hélicoptères de combat.
Вертолёты Ми-171 поступили на вооружение ВВС Мали.
delivery/lost
A consignment of rifles was intercepted off the coast of Guinea.
La cargaison d'armes a été interceptée au large de Conakry.
Партия оружия была перехвачена у берегов Гвинеи.
coup/rumoured
Rumours of a coup swept Ouagadougou on Sunday.
Rumeurs de coup d'État à Ouagadougou, le calme règne.
В соцсетях ходят слухи о перевороте в Ниамее.
coup/conspiracy_alleged
Junta says it foiled a coup plot.
Le gouvernement dit avoir déjoué un complot visant à renverser la transition.
Власти сообщили о предотвращённом заговоре с целью свержения хунты.
coup/attempt_under_way
Heavy gunfire heard near the presidential palace.
Tirs nourris près du palais présidentiel de Bissau.
Стрельба слышна у президентского дворца в Бисау.
coup/attempt_failed
Failed coup in Benin leaves two dead.
Échec du coup d'État à Cotonou, selon la présidence.
Попытка путча провалилась, мятеж подавлен.
coup/realized_provisional
Soldiers seize power in Guinea-Bissau and close the borders.
Des militaires annoncent la prise du pouvoir et la dissolution des institutions.
Военные захватили власть и задержали президента Гвинеи-Бисау.
coup/realized
Coup leader sworn in as interim president.
Le chef de la junte prête serment devant la Cour suprême.
Лидер переворота принёс присягу в качестве главы государства.
government_change/rumoured
Rumours of a cabinet reshuffle grow in Bamako.
Les rumeurs de remaniement enflent à Bamako.
В Бамако ходят слухи об отставке премьера.
government_change/announced
The president will appoint a new prime minister next week.
Le président va nommer un nouveau Premier ministre.
Президент намерен назначить нового премьер-министра.
government_change/done
Goita names general as prime minister.
Le ministre des Mines limogé par décret.
Глава МИД Нигера отправлен в отставку.
government_change/reversed
The court reinstated the ousted prime minister.
La nomination de l'ambassadeur a été annulée.
Указ о назначении губернатора: назначение отменено судом.
visit_talks/announced
Lavrov will visit Bamako in February.
Poutine attendu à Ouagadougou en mai.
Лавров посетит Мали в феврале.
visit_talks/started
The foreign minister arrived in Niamey on an official visit.
Arrivée du ministre russe de la Défense à Bamako.
Министр обороны прибыл в Бамако с рабочим визитом.
visit_talks/held
Traore meets Putin in Saint Petersburg.
Tiani reçu en audience par le roi du Maroc.
Состоялись переговоры министров обороны двух стран.
visit_talks/cancelled
Diop cancels visit to Algiers.
La visite du président tchadien à Paris est annulée.
Визит главы МИД Алжира в Бамако отменён.
visit_talks/postponed
Russia-Africa summit postponed to October.
Le sommet de l'AES est reporté à décembre.
Саммит Россия — Африка перенесён на октябрь.
deployment/announced
Moscow will deploy 200 instructors to Burkina Faso.
Moscou va envoyer des instructeurs à Lomé.
Россия намерена направить инструкторов в Того.
deployment/under_way
Reinforcements rushed to Menaka after the attack.
Des renforts dépêchés à Ménaka dans la nuit.
Подразделения Африканского корпуса перебрасывают в Менаку.
deployment/done
Hundreds of Russian troops deployed in Niger.
Arrivée d'instructeurs russes à Niamey.
Российские военные прибыли на базу в Агадесе.
withdrawal/demanded
Niger orders American troops to leave within a month.
N'Djamena exige le départ des soldats français.
Чад потребовал вывода французских войск.
withdrawal/announced
Africa Corps says it will leave Gao.
Wagner annonce la fin de sa mission au Mali.
ЧВК объявила об уходе из Ливии.
withdrawal/under_way
French forces begin withdrawal from Chad.
Le retrait des troupes italiennes a commencé.
Начался вывод французского контингента из Чада.
withdrawal/completed
Last French soldiers leave Abidjan base.
L'armée française rétrocède la base de Faya.
Последние французские военные покинули Дакар.
withdrawal/reversed
UN suspends withdrawal of peacekeepers from Congo.
Le retrait des Casques bleus est suspendu.
Вывод миротворцев приостановлен.
attack/reported
Gunmen ambush army patrol near Tera.
Une embuscade contre une patrouille fait neuf morts près de Téra.
Боевики напали на армейский патруль у Теры.
attack/claimed
JNIM claims responsibility for the Kayes raid.
Le GSIM revendique l'attaque de Kayes.
Группировка взяла на себя ответственность за взрыв в Каесе.
attack/confirmed
Army confirms losses in ambush near Kidal.
L'état-major confirme l'attaque de Ber.
Генштаб подтвердил нападение на базу в Бере.
attack/over
Malian army repels assault on Timbuktu airport.
L'armée a repoussé une attaque à Sévaré.
Армия отбила атаку на аэропорт Томбукту.
atrocity/alleged
Witnesses accuse soldiers of executing villagers in Moura.
Des villageois exécutés par des hommes en uniforme, selon des témoins.
Очевидцы сообщили о массовом захоронении под Кидалем.
atrocity/investigated
Mali opens investigation into killings of civilians.
La justice ouvre une enquête sur le massacre de Diafarabé.
Власти начали расследование убийства мирных жителей.
atrocity/established
UN report documents executions by Wagner in Moura.
Un rapport de HRW documente des exécutions sommaires.
Доклад ООН подтверждает казни мирных жителей.
atrocity/denied
Army denies massacre of Fulani herders.
L'état-major dément toute exaction et rejette les accusations de massacre.
Минобороны опровергло обвинения в убийствах мирных жителей.
sanctions/threatened
ECOWAS threatens new sanctions over the delay.
La Cédéao menace la Guinée-Bissau de sanctions.
ЭКОВАС пригрозила Гвинее санкциями.
sanctions/imposed
London slaps sanctions on gold traders linked to Wagner.
Bruxelles adopte de nouvelles sanctions contre quatre sociétés.
Канада ввела санкции против поставщиков наёмников.
sanctions/extended
EU extends sanctions on Malian officials by a year.
L'UE prolonge ses sanctions contre les responsables maliens.
Евросоюз продлил санкции на год.
sanctions/eased
Washington eases sanctions on Nigerien banks.
Washington allège les sanctions visant le Niger.
США смягчили санкции в отношении Нигера.
sanctions/lifted
West African bloc lifts embargo on Guinea.
Levée des sanctions contre la Guinée.
Евросоюз снял эмбарго с Гвинеи.
membership/requested
Burkina Faso applies to join BRICS.
Le Niger dépose sa candidature aux BRICS.
Нигер подал заявку на вступление в БРИКС.
membership/announced
Sahel states announce withdrawal from the International Criminal Court.
Les trois pays annoncent leur retrait de la CPI.
Три страны объявили о выходе из Международного уголовного суда.
membership/notified
Niger formally notified the UN of its withdrawal from the ICC.
Bamako a notifié son retrait de la Francophonie.
Мали официально уведомила организацию о выходе из Франкофонии.
membership/effective
Mali's exit from the Francophonie takes effect today.
Le retrait du Niger de l'OIF est désormais effectif.
Нигер вышел из Франкофонии.
membership/suspended
African Union suspends Madagascar after army takeover.
L'Union africaine suspend Madagascar de ses instances.
Африканский союз приостановил членство Мадагаскара.
membership/readmitted
Gabon readmitted to the African Union.
Le Gabon réintègre l'Union africaine.
Членство Габона восстановлено, он вернулся в Африканский союз.
membership/reversed
Niger reverses decision and remains a member of the ICC.
Le Niger revient sur son retrait de la CPI.
Нигер отменил решение о выходе и остаётся членом МУС.
election/announced
The junta promises elections within a year.
La dissolution des partis politiques est prononcée par décret.
Власти объявили о роспуске политических партий.
election/scheduled
Guinea sets date for presidential election.
La date de la présidentielle est fixée au 28 décembre.
Назначена дата президентских выборов в Гвинее.
election/delayed
Mali postpones presidential vote again.
Le référendum est reporté sine die.
Выборы в Мали отложены на неопределённый срок.
election/cancelled
Court annuls the parliamentary election.
La Cour annule l'élection présidentielle.
Суд отменил результаты, выборы признаны недействительными.
election/held
Guineans vote in constitutional referendum.
Les Guinéens appelés aux urnes dimanche.
В Гвинее открылись избирательные участки.
election/result
Doumbouya wins presidential election with 86 percent.
Résultats provisoires : le candidat du pouvoir élu au premier tour.
Объявлены предварительные результаты президентских выборов.
project/mooted
Niger plans a nuclear power plant near Dosso.
Le Niger envisage une centrale nucléaire.
Нигер планирует строительство атомной станции.
project/agreed
Russian group buys stake in Malian gold mine.
Un groupe russe acquiert des parts dans la mine d'or de Morila.
Создано совместное предприятие по добыче лития.
project/licensed
Burkina grants Nordgold a mining licence.
Le Burkina octroie un permis d'exploitation à Nordgold.
Компания получила лицензию на добычу золота.
project/groundbreaking
President lays foundation stone of cement works.
Pose de la première pierre d'une cimenterie à Kayes.
В Бамако заложили первый камень завода.
project/under_construction
The solar farm at Sanankoroba is under construction.
La construction de la centrale solaire avance.
Солнечная электростанция строится близ Бамако.
project/operating
New gold refinery opens in Ouagadougou.
Inauguration d'une raffinerie d'or à Ouagadougou.
Под Бамако открыт аффинажный завод.
project/halted
Barrick suspends operations at Loulo.
La mine de Loulo à l'arrêt depuis lundi.
Добыча на руднике приостановлена, рудник остановлен.
project/seized
Mali seizes three tonnes of gold from the mine.
Le Niger nationalise la société d'uranium.
Нигер национализировал урановую компанию.
project/cancelled
Railway project abandoned for lack of money.
Le projet de raffinerie est abandonné.
Проект железной дороги отменён.
aid/pledged
Moscow pledges food aid for displaced Malians.
Pékin promet un don de 10 millions de dollars au Mali.
Россия выделит Мали гуманитарную помощь.
aid/agreed
World Bank approves loan for Niger's schools.
Moscou annule la dette du Niger.
Россия списала долг Буркина-Фасо.
aid/shipped
Algeria sends humanitarian aid to Gao.
L'Algérie envoie de l'aide humanitaire à Gao.
МЧС отправило гуманитарную помощь в Нигер.
aid/delivered
Red Cross distributes relief to flood victims.
Distribution de vivres aux déplacés de Ménaka.
Жителям Менаки оказана гуманитарная помощь.
aid/suspended
Germany freezes development aid to Niger.
L'Allemagne gèle son aide au développement.
Берлин заморозил помощь Нигеру.
protest/called
Unions call a general strike in Guinea.
Les syndicats appellent à manifester vendredi.
Профсоюзы призвали к всеобщей забастовке.
protest/banned
Authorities ban opposition rally in Conakry.
Le gouverneur interdit la marche de l'opposition.
Власти запретили митинг оппозиции.
protest/held
Thousands march in Niamey against foreign bases.
Des milliers de manifestants contre la vie chère à Lomé.
Тысячи человек вышли на митинг в Ниамее.
protest/dispersed
Police disperse protesters with tear gas in Lome.
La police disperse la manifestation à Lomé.
Полиция разогнала демонстрацию слезоточивым газом.
diplomacy/threatened
Niger summons the French ambassador.
Alger convoque l'ambassadeur du Mali.
МИД Нигера вызвал посла Бенина.
diplomacy/announced
Russia announces visa waiver for Burkinabe diplomats.
La Russie annonce l'ouverture prochaine d'une ambassade à Lomé.
Россия откроет посольство в Нигере.
diplomacy/done
Mali expels the Swedish ambassador.
Le Togo rappelle son ambassadeur à Cotonou.
Мали разорвала дипломатические отношения с Киевом.
diplomacy/reversed
Benin and Niger restore diplomatic relations.
Le Niger et le Bénin renouent leurs relations diplomatiques.
Нигер и Бенин восстановили отношения.
arrest/arrested
Opposition leader detained in Niamey.
Un journaliste interpellé à Niamey.
В Ниамее задержан лидер оппозиции.
arrest/charged
Two executives charged with money laundering.
Deux cadres de la société inculpés pour blanchiment.
Против директора возбуждено уголовное дело.
arrest/tried
Trial of former minister opens in Bamako.
Le procès de l'ancien ministre s'ouvre à Bamako.
В Бамако начался судебный процесс над бывшим министром.
arrest/convicted
Former minister sentenced to ten years in prison.
L'opposant condamné à deux ans de prison ferme.
Оппозиционер приговорён к двум годам тюрьмы.
arrest/released
Junta frees eleven political prisoners.
Les deux journalistes ont été remis en liberté.
Французский дипломат вышел на свободу, сообщил адвокат: его отпустили под залог.
training/announced
Russia offers 300 scholarships to Nigerien students.
La Russie offre 300 bourses aux étudiants nigériens.
Россия увеличит квоту для студентов из Нигера.
training/started
Joint exercises begin near Agadez.
Début d'un exercice militaire conjoint à Agadez.
В Агадесе начались совместные учения.
training/finished
Fifty Malian cadets graduate from Ryazan academy.
Fin de formation pour cinquante officiers maliens.
Выпускники российских вузов получили дипломы.
statement/said
The spokesman condemned foreign interference.
Le ministre réaffirme son soutien à la confédération.
Посол подчеркнул, что Москва готова помогать странам Сахеля.
statement/repeated
Diop reiterated his demand for reform of the Council.
Bamako réitère sa position sur le Sahara.
МИД вновь призвал стороны к диалогу.
statement/retracted
The minister apologised for his remarks.
Le ministre a présenté ses excuses.
Министр принёс извинения за свои слова.
"""

# language: the sentence must name none of coup, delivery, agreement, attack, withdrawal once masked.
FIGURATIVE = """
en: Hosting the forum was a diplomatic coup for Niamey.
en: Signing the striker is a transfer coup.
en: The minister delivered a speech on culture.
en: She delivered her third baby in the village clinic.
en: The government failed to deliver on its promises.
en: The midfielder signs contract with Zenit.
en: The club and the player reached a deal for two seasons.
en: There are signs of an economic recovery.
en: He suffered a heart attack on Sunday.
en: The coach praised his attacking midfielder.
en: A great deal of patience is needed.
en: Mali clash with Russia in semi-final.
en: Customers withdrew cash before the holiday.
en: The candidate withdrew his bid for mayor.
en: The champion was toppled in the second round.
en: The singer signs record deal.
en: They will deliver a petition and a message of hope.
en: The exit poll gave no clear picture.
en: A bus and a truck collided in a road accident.
en: The farmer left on sick leave.
en: There was an explosion of joy in the streets.
en: The company launched a hostile takeover bid.
en: The delivery room of the hospital was repainted.
en: It was a photo shoot in the old town.
fr: Un coup de pouce pour les cotonculteurs.
fr: Le coup d'envoi du festival a été donné.
fr: Sur un coup franc, les visiteurs égalisent.
fr: La police a réussi un coup de filet.
fr: Coup de théâtre au tribunal de commerce.
fr: La ministre a livré un discours remarqué.
fr: Les joueurs ont livré un beau match.
fr: Le livre blanc sera publié en juin.
fr: Il a livré ses impressions après la cérémonie.
fr: Remise de prix aux meilleurs élèves.
fr: La délivrance du passeport prendra dix jours.
fr: La Russie accorde une interview exclusive.
fr: Nous sommes d'accord sur ce point.
fr: L'attaquant signe un doublé.
fr: Il est mort d'une crise cardiaque.
fr: L'explosion des prix inquiète les ménages.
fr: La bataille contre le paludisme continue.
fr: Le retrait de permis sanctionne l'excès de vitesse.
fr: Il a retiré sa plainte.
fr: Le retrait d'argent est limité.
fr: Les retraités réclament leur pension.
fr: Le départ de la course est prévu à huit heures.
fr: Un camion a renversé un piéton.
fr: Les Aigles ont renversé la situation.
fr: Le pouvoir d'achat recule.
fr: Le défenseur quitte son club.
fr: La contre-attaque amène le deuxième but.
fr: Un coup dur pour les éleveurs.
fr: Il attaque la saison avec envie.
ru: В науке произошёл настоящий переворот.
ru: Министр поставил вопрос о бюджете.
ru: Спортсмен поставил рекорд страны.
ru: Правящая партия провела съезд.
ru: Шахматная партия завершилась вничью.
ru: Курьер занимается доставкой еды.
ru: Он передал привет родителям.
ru: Тренер передал слово капитану.
ru: Футболист подписал контракт с клубом.
ru: Это удар по репутации банка.
ru: Взрыв цен на рынке жилья.
ru: Бой быков запретили в двух городах.
ru: Комиссия сделала вывод о качестве воды.
ru: Уход за больными требует терпения.
ru: Выход фильма перенесли на осень.
ru: Он пережил сердечный приступ.
ru: Вывод спутника на орбиту прошёл успешно.
ru: Вступил в силу договор аренды квартиры.
ru: Певица подписала книги и автографы.
ru: Команда атаковала ворота соперника.
ru: Водитель погиб в ДТП.
ru: Актёр ушёл из жизни.
ru: Промышленный переворот начался в Англии.
"""


def asserted() -> list[tuple[str, str, str]]:
    """(type/stage, language, sentence) for every line of the table."""
    lines = [line for line in ASSERTED.splitlines() if line]
    return [
        (lines[i], lang, lines[i + offset])
        for i in range(0, len(lines), 4)
        for offset, lang in enumerate(("en", "fr", "ru"), start=1)
    ]


def figurative() -> list[tuple[str, str]]:
    """(language, sentence) for every figure of speech."""
    pairs = [line.split(": ", 1) for line in FIGURATIVE.splitlines() if line]
    return [(lang, sentence) for lang, sentence in pairs]
