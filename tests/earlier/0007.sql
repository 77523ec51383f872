BEGIN TRANSACTION;
CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num));
INSERT INTO "alembic_version" VALUES('0007');
CREATE TABLE articles (
	id TEXT NOT NULL, 
	url TEXT NOT NULL, 
	url_key TEXT NOT NULL, 
	title TEXT NOT NULL, 
	title_key TEXT NOT NULL, 
	text TEXT NOT NULL, 
	folded TEXT NOT NULL, 
	lang TEXT NOT NULL, 
	outlet TEXT NOT NULL, 
	published DATETIME NOT NULL, 
	first_seen DATETIME NOT NULL, 
	feed TEXT NOT NULL, 
	dated BOOLEAN NOT NULL, 
	text_from TEXT NOT NULL, 
	because TEXT NOT NULL, 
	reading TEXT NOT NULL, 
	CONSTRAINT pk_articles PRIMARY KEY (id)
);
INSERT INTO "articles" VALUES('61d5edf941640ef3','https://press.example/convoy','https://press.example/convoy','Russian military convoy with 14 tanks arrives in Bamako','russian military convoy with 14 tanks arrives in bamako','A convoy of Russian military equipment arrived in the Malian capital Bamako on 21 November 2026, the Malian army said.

Fourteen T-72 tanks and about twenty armoured vehicles were unloaded from trucks that had come by road from the port of Conakry.

The equipment is meant for the Malian Armed Forces, according to a statement of the general staff.','russian military convoy with 14 tanks arrives in bamako a convoy of russian military equipment arrived in the malian capital bamako on 21 november 2026, the malian army said. fourteen t-72 tanks and about twenty armoured vehicles were unloaded from trucks that had come by road from the port of conakry. the equipment is meant for the malian armed forces, according to a statement of the general staff.','en','studio_tamani','2026-11-22 06:02:56.000000','2026-11-22 09:03:00.330195','https://press.example/wire',1,'page','Delivery (arrived), Bamako on 21 November 2026; the nearest known is F143 (Delivery: Russia – FAMa) (17 January 2025), and the dates are 673 days apart.','{"entities":["cty.guinea","cty.mali","cty.russia","eqp.bmp_gen","eqp.t72","obj.armour","obj.chief_of_staff","obj.convoy","obj.port","obj.truck","obj.vehicle","obj.weapons","org.army_russia","org.fama","plc.bamako","plc.conakry_port"],"tried":[["mali-russia",["Mali"],null,[]]]}');
INSERT INTO "articles" VALUES('99e4f3dd69dd5c91','https://press.example/match','https://press.example/match','Mali win and reach the quarter-finals','mali win and reach the quarter-finals','Mali won the football match against Senegal in Bamako and goes to the quarter-finals.','mali win and reach the quarter-finals mali won the football match against senegal in bamako and goes to the quarter-finals.','en','studio_tamani','2026-11-22 06:02:56.000000','2026-11-22 09:03:00.330804','https://press.example/wire',1,'page','Off the beat: sport.','{"entities":["cty.mali","cty.senegal","plc.bamako"],"off_beat":"Off the beat: sport."}');
INSERT INTO "articles" VALUES('fef966a375c53f0c','https://press.example/convoi','https://press.example/convoi','Mali : un convoi militaire russe de 14 chars arrive à Bamako','mali : un convoi militaire russe de 14 chars arrive a bamako','Un convoi de matériel militaire russe est arrivé à Bamako le 21 novembre 2026, selon l''armée malienne.

Quatorze chars T-72 et une vingtaine de véhicules blindés ont été déchargés de camions venus par la route du port de Conakry.

Le matériel est destiné aux Forces armées maliennes.','mali : un convoi militaire russe de 14 chars arrive a bamako un convoi de materiel militaire russe est arrive a bamako le 21 novembre 2026, selon l''armee malienne. quatorze chars t-72 et une vingtaine de vehicules blindes ont ete decharges de camions venus par la route du port de conakry. le materiel est destine aux forces armees maliennes.','fr','the_river_paper','2026-11-22 07:03:03.000000','2026-11-22 09:03:04.800786','https://press.example/paper',1,'page','Another report of S1 «Russian military convoy with 14 tanks arrives in Bamako» (21 November 2026); stage and figures are the same.','{"entities":["cty.guinea","cty.mali","cty.russia","eqp.bmp_gen","eqp.t72","obj.armour","obj.convoy","obj.port","obj.truck","obj.vehicle","obj.weapons","org.fama","plc.bamako","plc.conakry_port"],"tried":[["mali-russia",["Mali"],null,[]]]}');
INSERT INTO "articles" VALUES('2e95234e6b076a86','https://press.example/recount','https://press.example/recount','Russian convoy in Bamako carried 21 tanks, army now says','russian convoy in bamako carried 21 tanks, army now says','The convoy of Russian military equipment that arrived in Bamako on 21 November 2026 carried 21 T-72 tanks, not 14, the Malian army said in a new statement.

The tanks are meant for the Malian Armed Forces.','russian convoy in bamako carried 21 tanks, army now says the convoy of russian military equipment that arrived in bamako on 21 november 2026 carried 21 t-72 tanks, not 14, the malian army said in a new statement. the tanks are meant for the malian armed forces.','en','studio_tamani','2026-11-22 08:03:05.000000','2026-11-22 09:03:06.317496','https://press.example/wire',1,'page','Figure changed: 14 tanks (T-72) → 21 tanks (T-72), in S1 «Russian military convoy with 14 tanks arrives in Bamako» (21 November 2026).','{"entities":["cty.mali","cty.russia","eqp.t72","obj.armour","obj.convoy","obj.weapons","org.army_russia","org.fama","plc.bamako"],"tried":[["mali-russia",["Mali"],null,[]]]}');
INSERT INTO "articles" VALUES('6021f34b6e096041','https://press.example/reaktor','https://press.example/reaktor','Россия и Мали подписали соглашение о сотрудничестве в атомной энергетике','россия и мали подписали соглашение о сотрудничестве в атомной энергетике','21 ноября 2026 в Москве Россия и Мали подписали соглашение о строительстве малой атомной электростанции.

Документ подписали глава «Росатома» Алексей Лихачёв и министр энергетики Мали.','россия и мали подписали соглашение о сотрудничестве в атомной энергетике 21 ноября 2026 в москве россия и мали подписали соглашение о строительстве малой атомной электростанции. документ подписали глава «росатома» алексей лихачев и министр энергетики мали.','ru','the_river_paper','2026-11-22 08:23:05.000000','2026-11-22 09:03:06.317872','https://press.example/paper',1,'page','Agreement (signed), Moscow on 21 November 2026; the nearest known is F092 (Agreement: Mali – Russia) (23 June 2025), and the dates are 516 days apart.','{"entities":["cty.mali","cty.russia","obj.mines_minister","obj.minister","obj.nuclear_power","obj.power_plant","org.rosatom","per.likhachev","plc.moscow"],"tried":[["mali-russia",["Mali"],null,[]]]}');
CREATE TABLE change_steps (
	id INTEGER NOT NULL, 
	change_id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	state TEXT NOT NULL, 
	who TEXT NOT NULL, 
	CONSTRAINT pk_change_steps PRIMARY KEY (id), 
	CONSTRAINT fk_change_steps_change_id FOREIGN KEY(change_id) REFERENCES changes (id)
);
CREATE TABLE changes (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	kind TEXT NOT NULL, 
	state TEXT NOT NULL, 
	story_id TEXT, 
	article_id TEXT, 
	press INTEGER, 
	because TEXT NOT NULL, 
	content TEXT NOT NULL, 
	effect TEXT, 
	CONSTRAINT uq_changes_press UNIQUE (press)
);
CREATE TABLE chats (
	id BIGINT NOT NULL, 
	name TEXT NOT NULL, 
	paired_at DATETIME, 
	paired_by BIGINT, 
	thread BIGINT, 
	digest TEXT, 
	quiet TEXT, 
	moved_to BIGINT, 
	refused TEXT, 
	refused_at DATETIME, 
	CONSTRAINT pk_chats PRIMARY KEY (id)
);
INSERT INTO "chats" VALUES(-1001000000002,'',NULL,NULL,NULL,NULL,NULL,NULL,'Forbidden: bot was kicked from the supergroup chat','2026-11-22 09:03:07.155810');
CREATE TABLE counters (
	name TEXT NOT NULL, 
	value BIGINT NOT NULL, 
	CONSTRAINT pk_counters PRIMARY KEY (name)
);
INSERT INTO "counters" VALUES('story',2);
CREATE TABLE deliveries (
	outbox_id INTEGER NOT NULL, 
	chat BIGINT NOT NULL, 
	thread BIGINT, 
	message_id BIGINT, 
	at DATETIME NOT NULL, 
	story TEXT, 
	kind TEXT NOT NULL, 
	maybe_repeated BOOLEAN NOT NULL, 
	CONSTRAINT pk_deliveries PRIMARY KEY (outbox_id), 
	CONSTRAINT fk_deliveries_outbox_id FOREIGN KEY(outbox_id) REFERENCES outbox (id)
);
INSERT INTO "deliveries" VALUES(1,-1001000000001,NULL,1,'2026-11-22 09:03:03.863184','S1','alert',0);
INSERT INTO "deliveries" VALUES(4,-1001000000001,NULL,2,'2026-11-22 09:03:07.167083','S1','update',0);
INSERT INTO "deliveries" VALUES(6,-1001000000001,NULL,3,'2026-11-22 09:03:08.184729','S2','alert',0);
CREATE TABLE entries (
	feed TEXT NOT NULL, 
	guid_key TEXT NOT NULL, 
	url_key TEXT NOT NULL, 
	seen_at DATETIME NOT NULL, 
	CONSTRAINT pk_entries PRIMARY KEY (feed, guid_key)
);
INSERT INTO "entries" VALUES('https://press.example/wire','https://press.example/convoy','https://press.example/convoy','2026-11-22 09:03:01.084860');
INSERT INTO "entries" VALUES('https://press.example/wire','https://press.example/match','https://press.example/match','2026-11-22 09:03:03.773694');
INSERT INTO "entries" VALUES('https://press.example/paper','https://press.example/convoi','https://press.example/convoi','2026-11-22 09:03:04.989849');
INSERT INTO "entries" VALUES('https://press.example/wire','https://press.example/recount','https://press.example/recount','2026-11-22 09:03:06.742077');
INSERT INTO "entries" VALUES('https://press.example/paper','https://press.example/reaktor','https://press.example/reaktor','2026-11-22 09:03:06.901789');
CREATE TABLE feeds (
	url TEXT NOT NULL, 
	outlet TEXT NOT NULL, 
	every INTEGER NOT NULL, 
	read TEXT NOT NULL, 
	configured BOOLEAN NOT NULL, 
	position INTEGER NOT NULL, 
	etag TEXT, 
	last_modified TEXT, 
	body_hash TEXT, 
	looked_at DATETIME, 
	last_ok DATETIME, 
	next_due DATETIME, 
	failures INTEGER NOT NULL, 
	cause TEXT, 
	detail TEXT, 
	failing_since DATETIME, 
	first_look_done BOOLEAN NOT NULL, 
	status INTEGER, 
	proposed TEXT, 
	new_at DATETIME, 
	gaps TEXT, 
	seconds FLOAT, 
	slow_since DATETIME, 
	CONSTRAINT pk_feeds PRIMARY KEY (url)
);
INSERT INTO "feeds" VALUES('https://press.example/wire','studio_tamani',900,'auto',1,0,NULL,NULL,'11fca71c90da176b84000c7e33b61fe24a0dc3769108859a43c043bc7a722736','2026-11-22 09:03:06.276377','2026-11-22 09:03:06.276377','2026-11-22 09:19:58.707318',0,NULL,NULL,NULL,1,NULL,NULL,'2026-11-22 09:03:06.276377','6',0.01,NULL);
INSERT INTO "feeds" VALUES('https://press.example/paper','the_river_paper',7200,'matching',1,1,NULL,NULL,'4355d9093f6d911ccc723186bb9b8ee4e3251228a08bc439bbe607e067ce8475','2026-11-22 09:03:06.276765','2026-11-22 09:03:06.276765','2026-11-22 10:41:19.361445',0,NULL,NULL,NULL,1,NULL,NULL,'2026-11-22 09:03:06.276765','1',0.02,NULL);
CREATE TABLE furniture (
	outlet TEXT NOT NULL, 
	items FLOAT NOT NULL, 
	phrases TEXT NOT NULL, 
	CONSTRAINT pk_furniture PRIMARY KEY (outlet)
);
INSERT INTO "furniture" VALUES('studio_tamani',3.0,'{"end 2026, the Malian army said": 1.0, "end 21 November 2026, the Malian army said": 1.0, "end Malian army said": 1.0, "end November 2026, the Malian army said": 1.0, "end a statement of the general staff": 1.0, "end according to a statement of the general staff": 1.0, "end army said": 1.0, "end general staff": 1.0, "end of the general staff": 1.0, "end on 21 November 2026, the Malian army said": 1.0, "end said": 1.0, "end staff": 1.0, "end statement of the general staff": 1.0, "end the Malian army said": 1.0, "end the general staff": 1.0, "end to a statement of the general staff": 1.0, "line A convoy of Russian military equipment arrived in the Malian capital Bamako on 21 November 2026, the Malian army said": 1.0, "line The equipment is meant for the Malian Armed Forces, according to a statement of the general staff": 1.0, "end Bamako and goes to the quarter-finals": 1.0, "end Senegal in Bamako and goes to the quarter-finals": 1.0, "end and goes to the quarter-finals": 1.0, "end goes to the quarter-finals": 1.0, "end in Bamako and goes to the quarter-finals": 1.0, "end quarter-finals": 1.0, "end the quarter-finals": 1.0, "end to the quarter-finals": 1.0, "end Armed Forces": 1.0, "end Forces": 1.0, "end Malian Armed Forces": 1.0, "end Malian army said in a new statement": 1.0, "end a new statement": 1.0, "end are meant for the Malian Armed Forces": 1.0, "end army said in a new statement": 1.0, "end for the Malian Armed Forces": 1.0, "end in a new statement": 1.0, "end meant for the Malian Armed Forces": 1.0, "end new statement": 1.0, "end said in a new statement": 1.0, "end statement": 1.0, "end tanks are meant for the Malian Armed Forces": 1.0, "end the Malian Armed Forces": 1.0, "end the Malian army said in a new statement": 1.0, "line The tanks are meant for the Malian Armed Forces": 1.0}');
INSERT INTO "furniture" VALUES('the_river_paper',2.0,'{"end 2026, selon l''arm\u00e9e malienne": 1.0, "end 21 novembre 2026, selon l''arm\u00e9e malienne": 1.0, "end Bamako le 21 novembre 2026, selon l''arm\u00e9e malienne": 1.0, "end Forces arm\u00e9es maliennes": 1.0, "end Le mat\u00e9riel est destin\u00e9 aux Forces arm\u00e9es maliennes": 1.0, "end arm\u00e9es maliennes": 1.0, "end aux Forces arm\u00e9es maliennes": 1.0, "end destin\u00e9 aux Forces arm\u00e9es maliennes": 1.0, "end est destin\u00e9 aux Forces arm\u00e9es maliennes": 1.0, "end l''arm\u00e9e malienne": 1.0, "end le 21 novembre 2026, selon l''arm\u00e9e malienne": 1.0, "end malienne": 1.0, "end maliennes": 1.0, "end mat\u00e9riel est destin\u00e9 aux Forces arm\u00e9es maliennes": 1.0, "end novembre 2026, selon l''arm\u00e9e malienne": 1.0, "end selon l''arm\u00e9e malienne": 1.0, "line Le mat\u00e9riel est destin\u00e9 aux Forces arm\u00e9es maliennes": 1.0, "line Un convoi de mat\u00e9riel militaire russe est arriv\u00e9 \u00e0 Bamako le 21 novembre 2026, selon l''arm\u00e9e malienne": 1.0, "end \u00ab\u0420\u043e\u0441\u0430\u0442\u043e\u043c\u0430\u00bb \u0410\u043b\u0435\u043a\u0441\u0435\u0439 \u041b\u0438\u0445\u0430\u0447\u0451\u0432 \u0438 \u043c\u0438\u043d\u0438\u0441\u0442\u0440 \u044d\u043d\u0435\u0440\u0433\u0435\u0442\u0438\u043a\u0438 \u041c\u0430\u043b\u0438": 1.0, "end \u0410\u043b\u0435\u043a\u0441\u0435\u0439 \u041b\u0438\u0445\u0430\u0447\u0451\u0432 \u0438 \u043c\u0438\u043d\u0438\u0441\u0442\u0440 \u044d\u043d\u0435\u0440\u0433\u0435\u0442\u0438\u043a\u0438 \u041c\u0430\u043b\u0438": 1.0, "end \u041b\u0438\u0445\u0430\u0447\u0451\u0432 \u0438 \u043c\u0438\u043d\u0438\u0441\u0442\u0440 \u044d\u043d\u0435\u0440\u0433\u0435\u0442\u0438\u043a\u0438 \u041c\u0430\u043b\u0438": 1.0, "end \u041c\u0430\u043b\u0438": 1.0, "end \u041c\u0430\u043b\u0438 \u043f\u043e\u0434\u043f\u0438\u0441\u0430\u043b\u0438 \u0441\u043e\u0433\u043b\u0430\u0448\u0435\u043d\u0438\u0435 \u043e \u0441\u0442\u0440\u043e\u0438\u0442\u0435\u043b\u044c\u0441\u0442\u0432\u0435 \u043c\u0430\u043b\u043e\u0439 \u0430\u0442\u043e\u043c\u043d\u043e\u0439 \u044d\u043b\u0435\u043a\u0442\u0440\u043e\u0441\u0442\u0430\u043d\u0446\u0438\u0438": 1.0, "end \u0430\u0442\u043e\u043c\u043d\u043e\u0439 \u044d\u043b\u0435\u043a\u0442\u0440\u043e\u0441\u0442\u0430\u043d\u0446\u0438\u0438": 1.0, "end \u0433\u043b\u0430\u0432\u0430 \u00ab\u0420\u043e\u0441\u0430\u0442\u043e\u043c\u0430\u00bb \u0410\u043b\u0435\u043a\u0441\u0435\u0439 \u041b\u0438\u0445\u0430\u0447\u0451\u0432 \u0438 \u043c\u0438\u043d\u0438\u0441\u0442\u0440 \u044d\u043d\u0435\u0440\u0433\u0435\u0442\u0438\u043a\u0438 \u041c\u0430\u043b\u0438": 1.0, "end \u0438 \u043c\u0438\u043d\u0438\u0441\u0442\u0440 \u044d\u043d\u0435\u0440\u0433\u0435\u0442\u0438\u043a\u0438 \u041c\u0430\u043b\u0438": 1.0, "end \u043c\u0430\u043b\u043e\u0439 \u0430\u0442\u043e\u043c\u043d\u043e\u0439 \u044d\u043b\u0435\u043a\u0442\u0440\u043e\u0441\u0442\u0430\u043d\u0446\u0438\u0438": 1.0, "end \u043c\u0438\u043d\u0438\u0441\u0442\u0440 \u044d\u043d\u0435\u0440\u0433\u0435\u0442\u0438\u043a\u0438 \u041c\u0430\u043b\u0438": 1.0, "end \u043e \u0441\u0442\u0440\u043e\u0438\u0442\u0435\u043b\u044c\u0441\u0442\u0432\u0435 \u043c\u0430\u043b\u043e\u0439 \u0430\u0442\u043e\u043c\u043d\u043e\u0439 \u044d\u043b\u0435\u043a\u0442\u0440\u043e\u0441\u0442\u0430\u043d\u0446\u0438\u0438": 1.0, "end \u043f\u043e\u0434\u043f\u0438\u0441\u0430\u043b\u0438 \u0441\u043e\u0433\u043b\u0430\u0448\u0435\u043d\u0438\u0435 \u043e \u0441\u0442\u0440\u043e\u0438\u0442\u0435\u043b\u044c\u0441\u0442\u0432\u0435 \u043c\u0430\u043b\u043e\u0439 \u0430\u0442\u043e\u043c\u043d\u043e\u0439 \u044d\u043b\u0435\u043a\u0442\u0440\u043e\u0441\u0442\u0430\u043d\u0446\u0438\u0438": 1.0, "end \u0441\u043e\u0433\u043b\u0430\u0448\u0435\u043d\u0438\u0435 \u043e \u0441\u0442\u0440\u043e\u0438\u0442\u0435\u043b\u044c\u0441\u0442\u0432\u0435 \u043c\u0430\u043b\u043e\u0439 \u0430\u0442\u043e\u043c\u043d\u043e\u0439 \u044d\u043b\u0435\u043a\u0442\u0440\u043e\u0441\u0442\u0430\u043d\u0446\u0438\u0438": 1.0, "end \u0441\u0442\u0440\u043e\u0438\u0442\u0435\u043b\u044c\u0441\u0442\u0432\u0435 \u043c\u0430\u043b\u043e\u0439 \u0430\u0442\u043e\u043c\u043d\u043e\u0439 \u044d\u043b\u0435\u043a\u0442\u0440\u043e\u0441\u0442\u0430\u043d\u0446\u0438\u0438": 1.0, "end \u044d\u043b\u0435\u043a\u0442\u0440\u043e\u0441\u0442\u0430\u043d\u0446\u0438\u0438": 1.0, "end \u044d\u043d\u0435\u0440\u0433\u0435\u0442\u0438\u043a\u0438 \u041c\u0430\u043b\u0438": 1.0, "line 21 \u043d\u043e\u044f\u0431\u0440\u044f 2026 \u0432 \u041c\u043e\u0441\u043a\u0432\u0435 \u0420\u043e\u0441\u0441\u0438\u044f \u0438 \u041c\u0430\u043b\u0438 \u043f\u043e\u0434\u043f\u0438\u0441\u0430\u043b\u0438 \u0441\u043e\u0433\u043b\u0430\u0448\u0435\u043d\u0438\u0435 \u043e \u0441\u0442\u0440\u043e\u0438\u0442\u0435\u043b\u044c\u0441\u0442\u0432\u0435 \u043c\u0430\u043b\u043e\u0439 \u0430\u0442\u043e\u043c\u043d\u043e\u0439 \u044d\u043b\u0435\u043a\u0442\u0440\u043e\u0441\u0442\u0430\u043d\u0446\u0438\u0438": 1.0, "line \u0414\u043e\u043a\u0443\u043c\u0435\u043d\u0442 \u043f\u043e\u0434\u043f\u0438\u0441\u0430\u043b\u0438 \u0433\u043b\u0430\u0432\u0430 \u00ab\u0420\u043e\u0441\u0430\u0442\u043e\u043c\u0430\u00bb \u0410\u043b\u0435\u043a\u0441\u0435\u0439 \u041b\u0438\u0445\u0430\u0447\u0451\u0432 \u0438 \u043c\u0438\u043d\u0438\u0441\u0442\u0440 \u044d\u043d\u0435\u0440\u0433\u0435\u0442\u0438\u043a\u0438 \u041c\u0430\u043b\u0438": 1.0}');
CREATE TABLE leases (
	name TEXT NOT NULL, 
	holder TEXT NOT NULL, 
	renewed DATETIME NOT NULL, 
	expires DATETIME NOT NULL, 
	CONSTRAINT pk_leases PRIMARY KEY (name)
);
CREATE TABLE ledger (
	id INTEGER NOT NULL, 
	article_id TEXT NOT NULL, 
	place INTEGER NOT NULL, 
	main BOOLEAN NOT NULL, 
	judged_at DATETIME NOT NULL, 
	decision TEXT NOT NULL, 
	article_decision TEXT NOT NULL, 
	watches TEXT NOT NULL, 
	because TEXT NOT NULL, 
	rule TEXT, 
	label TEXT, 
	type TEXT, 
	stage TEXT, 
	story_id TEXT, 
	facts TEXT NOT NULL, 
	verdict TEXT, 
	CONSTRAINT pk_ledger PRIMARY KEY (id), 
	CONSTRAINT uq_ledger_article_id UNIQUE (article_id, place), 
	CONSTRAINT fk_ledger_article_id FOREIGN KEY(article_id) REFERENCES articles (id)
);
INSERT INTO "ledger" VALUES(1,'61d5edf941640ef3',0,1,'2026-11-22 09:03:01.084860','alert','alert','["mali-russia"]','Delivery (arrived), Bamako on 21 November 2026; the nearest known is F143 (Delivery: Russia – FAMa) (17 January 2025), and the dates are 673 days apart.','new','claimed','delivery','arrived','S1','["F143","F144","F142"]','{"decision":"alert","mention":{"type":"delivery","realis":"done","push":true,"lead":true,"sure_type":true,"sure_stage":true,"types":["delivery"],"stage":"arrived","actors":["cty.russia"],"counterparts":["cty.mali","org.fama"],"places":["plc.bamako","plc.conakry_port"],"entities":["cty.guinea","cty.mali","cty.russia","eqp.bmp_gen","eqp.t72","obj.armour","obj.convoy","obj.port","obj.truck","obj.vehicle","obj.weapons","org.army_russia","org.fama","plc.bamako","plc.conakry_port","print:192079167","print:29286748","print:78802561"],"span":["2026-11-21","2026-11-21"],"dated":true,"figures":[{"value":14.0,"unit":"tanks","about":"t-72"},{"value":20.0,"unit":"vehicles","approximate":true}],"quote":"A convoy of Russian military equipment arrived in the Malian capital Bamako on 21 November 2026, the Malian army said.","label":"claimed","claimed_by":"org.fama","cues":[["trigger","convoy with 14 tanks arrives","delivery:arrived",0],["trigger","convoy of Russian military equipment arrived","delivery:arrived",1],["trigger","vehicles were unloaded","delivery:arrived",2],["trigger","unloaded from trucks","delivery:arrived",2],["date","21 November 2026","2026-11-21",1]],"country":"cty.mali","prints":[29286748,78802561,192079167,234292795,275488530,492340633,506813511,663687717,684718102,711961674,800440902,1012568170,1017150692,1021271741,1160468847,1251173613,1284926981,1327578828,1659349721,1740217634,1777272440,1806157214,1828721815,1895792472]},"because":"Delivery (arrived), Bamako on 21 November 2026; the nearest known is F143 (Delivery: Russia – FAMa) (17 January 2025), and the dates are 673 days apart.","rule":"new","story":"S1","facts":["F143","F144","F142"],"label":"claimed","nearest":[{"ref":"F143","score":0.7678947368364069,"terms":[["entities",0.8631578947273447,"obj.armour, eqp.t72, eqp.bmp_gen, obj.convoy, plc.bamako, obj.vehicle, org.fama, cty.russia"],["date",0.4,"2026-11-21 / 2025-01-17"],["type",1.0,"delivery / delivery"]]},{"ref":"F144","score":0.7625161290280624,"terms":[["entities",0.8541935483801041,"obj.armour, obj.convoy, plc.bamako, obj.vehicle, org.fama, cty.russia"],["date",0.4,"2026-11-21 / 2025-01-17"],["type",1.0,"delivery / delivery"]]},{"ref":"F142","score":0.7608771929788447,"terms":[["entities",0.8514619882980746,"obj.convoy, obj.weapons, plc.bamako, org.fama, cty.russia"],["date",0.4,"2026-11-21 / 2025-01-17"],["type",1.0,"delivery / delivery"]]}],"opens":true,"also":[["fr","Livraison (arrivé), Bamako le 21 novembre 2026 ; le plus proche connu est F143 (Livraison: Russie – FAMa) (17 janvier 2025), et 673 jours les séparent.",null,null],["ru","Поставка (прибыло), Бамако, 21 ноября 2026; ближайшее известное — F143 (Поставка: Россия – ФАМа) (17 января 2025), но между ними 673 дн..",null,null]]}');
INSERT INTO "ledger" VALUES(2,'99e4f3dd69dd5c91',0,1,'2026-11-22 09:03:03.773694','ignore','ignore','[]','Off the beat: sport.',NULL,NULL,NULL,NULL,NULL,'[]',NULL);
INSERT INTO "ledger" VALUES(3,'fef966a375c53f0c',0,1,'2026-11-22 09:03:04.989849','merge','merge','["mali-russia"]','Another report of S1 «Russian military convoy with 14 tanks arrives in Bamako» (21 November 2026); stage and figures are the same.','merge','claimed','delivery','arrived','S1','[]','{"decision":"merge","mention":{"type":"delivery","realis":"done","push":true,"lead":true,"sure_type":true,"sure_stage":true,"types":["delivery","deployment"],"stage":"arrived","actors":["cty.russia"],"counterparts":["cty.mali","org.fama"],"places":["plc.bamako","plc.conakry_port"],"entities":["cty.guinea","cty.mali","cty.russia","eqp.bmp_gen","eqp.t72","obj.armour","obj.convoy","obj.port","obj.truck","obj.vehicle","obj.weapons","org.fama","plc.bamako","plc.conakry_port","print:134325547","print:239451364","print:35883276"],"span":["2026-11-21","2026-11-21"],"dated":true,"figures":[{"value":14.0,"unit":"tanks","about":"t-72"},{"value":20.0,"unit":"vehicles","approximate":true}],"quote":"Un convoi de matériel militaire russe est arrivé à Bamako le 21 novembre 2026, selon l''armée malienne.","label":"claimed","claimed_by":"org.fama","cues":[["trigger","convoi","delivery:topic",0],["trigger","militaire russe de 14 chars arrive","deployment:done",0],["trigger","chars arrive","delivery:arrived",0],["trigger","convoi","delivery:topic",1],["trigger","matériel militaire russe est arrivé","delivery:arrived",1],["trigger","militaire russe est arrivé","deployment:done",1],["trigger","blindés ont été déchargés","delivery:arrived",2],["trigger","déchargés de camions","delivery:arrived",2],["date","le 21 novembre 2026","2026-11-21",1]],"country":"cty.mali","prints":[35883276,134325547,239451364,287583078,325230222,369790172,429281938,641085163,752877231,838306101,882508202,1035539785,1078342178,1181537891,1241606750,1322627930,1356927571,1404738468,1469347918,1558200995,1659727142,1787586901,2038163112,2076886997]},"because":"Another report of S1 «Russian military convoy with 14 tanks arrives in Bamako» (21 November 2026); stage and figures are the same.","rule":"merge","story":"S1","label":"claimed","nearest":[{"ref":"S1","score":1.0824561403508772,"terms":[["entities",0.9707602339181287,"plc.conakry_port, obj.armour, obj.port, cty.guinea, eqp.t72, eqp.bmp_gen, obj.convoy, obj.truck"],["date",1.0,"0 days"],["type",1.0,"delivery / delivery"]]}]}');
INSERT INTO "ledger" VALUES(4,'2e95234e6b076a86',0,1,'2026-11-22 09:03:06.742077','update','update','["mali-russia"]','Figure changed: 14 tanks (T-72) → 21 tanks (T-72), in S1 «Russian military convoy with 14 tanks arrives in Bamako» (21 November 2026).','other-figure','claimed','delivery','arrived','S1','[]','{"decision":"update","mention":{"type":"delivery","realis":"done","push":true,"lead":true,"sure_type":true,"sure_stage":true,"types":["delivery","statement"],"stage":"arrived","actors":["cty.russia"],"counterparts":["org.fama"],"places":["plc.bamako"],"entities":["cty.mali","cty.russia","eqp.t72","obj.armour","obj.convoy","obj.weapons","org.army_russia","org.fama","plc.bamako","print:234292795","print:294193979","print:448331679"],"span":["2026-11-21","2026-11-21"],"dated":true,"figures":[{"value":21.0,"unit":"tanks","about":"t-72"}],"quote":"The convoy of Russian military equipment that arrived in Bamako on 21 November 2026 carried 21 T-72 tanks, not 14, the Malian army said in","label":"claimed","claimed_by":"cty.russia","cues":[["trigger","convoy","delivery:topic",0],["trigger","convoy","delivery:topic",1],["trigger","equipment that arrived","delivery:arrived",1],["trigger","arrived in Bamako on 21 November 2026 carried 21 T-72 tanks","delivery:arrived",1],["trigger","statement","statement:said",1],["realis","not","negated",1],["date","21 November 2026","2026-11-21",1]],"country":"cty.mali","prints":[234292795,294193979,448331679,452995514,601669075,683085974,748991199,750935985,895840750,961088027,1014986773,1212351626,1250530180,1410286911,1462031239,1615010569,1659349721,1686390926,1810082491,1872395608,1976459960,2059249296,2101829446,2139833389]},"because":"Figure changed: 14 tanks (T-72) → 21 tanks (T-72), in S1 «Russian military convoy with 14 tanks arrives in Bamako» (21 November 2026).","rule":"other-figure","story":"S1","label":"claimed","was":"14 tanks (T-72)","now":"21 tanks (T-72)","nearest":[{"ref":"S1","score":0.8396249243799152,"terms":[["entities",0.7110304496874369,"obj.armour, eqp.t72, obj.convoy, obj.weapons, plc.bamako, org.fama, cty.russia, cty.mali"],["date",1.0,"0 days"],["type",1.0,"delivery / delivery"]]}],"also":[["fr","Chiffre modifié : 14 chars (T-72) → 21 chars (T-72), dans S1 «Russian military convoy with 14 tanks arrives in Bamako» (21 novembre 2026).","14 chars (T-72)","21 chars (T-72)"],["ru","Изменилась цифра: танки: 14 (T-72) → танки: 21 (T-72), S1 «Russian military convoy with 14 tanks arrives in Bamako» (21 ноября 2026).","танки: 14 (T-72)","танки: 21 (T-72)"]]}');
INSERT INTO "ledger" VALUES(5,'6021f34b6e096041',0,1,'2026-11-22 09:03:06.901789','alert','alert','["mali-russia"]','Agreement (signed), Moscow on 21 November 2026; the nearest known is F092 (Agreement: Mali – Russia) (23 June 2025), and the dates are 516 days apart.','new',NULL,'agreement','signed','S2','["F092","F079","F105"]','{"decision":"alert","mention":{"type":"agreement","realis":"done","push":true,"lead":true,"sure_type":true,"sure_stage":true,"types":["agreement","project"],"stage":"signed","actors":["cty.russia","cty.mali"],"counterparts":["org.rosatom","per.likhachev"],"places":["plc.moscow"],"entities":["cty.mali","cty.russia","obj.mines_minister","obj.minister","obj.nuclear_power","obj.power_plant","org.rosatom","per.likhachev","plc.moscow","print:235403298","print:291855640","print:58649186"],"span":["2026-11-21","2026-11-21"],"dated":true,"quote":"21 ноября 2026 в Москве Россия и Мали подписали соглашение о строительстве малой атомной электростанции.","cues":[["trigger","подписали соглашение","agreement:signed",0],["trigger","подписали соглашение","agreement:signed",1],["trigger","подписали соглашение о строительстве малой атомной электростанции","project:agreed",1],["trigger","Документ подписали","agreement:signed",2],["trigger","Росатома","project:topic",2],["date","21 ноября 2026","2026-11-21",1]],"country":"cty.mali","prints":[58649186,235403298,291855640,299396007,583357284,622036633,1017999978,1092053360,1436475587,1600043237,1722474300,1766203435,1904577262,1939195958,1966002504,1992429933,2983000783,3017184280,3251818910,3253954834,3286166305,3286729589,3326844599,3494781677]},"because":"Agreement (signed), Moscow on 21 November 2026; the nearest known is F092 (Agreement: Mali – Russia) (23 June 2025), and the dates are 516 days apart.","rule":"new","story":"S2","facts":["F092","F079","F105"],"nearest":[{"ref":"F092","score":0.767948717942231,"terms":[["entities",0.8632478632370517,"obj.nuclear_power, plc.moscow, cty.russia, cty.mali"],["date",0.4,"2026-11-21 / 2025-06-23"],["type",1.0,"agreement / agreement"]]},{"ref":"F079","score":0.7065384615347797,"terms":[["entities",0.8358974358912996,"plc.moscow, cty.russia, cty.mali"],["date",0.4,"2026-11-21 / 2023-01-01/2023-12-31"],["type",0.7,"agreement / visit_talks"]]},{"ref":"F105","score":0.7048701666714338,"terms":[["entities",0.8331169444523897,"obj.nuclear_power, obj.power_plant, cty.russia, cty.mali"],["date",0.4,"2026-11-21 / 2025-06-01/2025-06-30"],["type",0.7,"agreement / project"]]}],"opens":true,"also":[["fr","Accord (signé), Moscou le 21 novembre 2026 ; le plus proche connu est F092 (Accord: Mali – Russie) (23 juin 2025), et 516 jours les séparent.",null,null],["ru","Соглашение (подписано), Москва, 21 ноября 2026; ближайшее известное — F092 (Соглашение: Мали – Россия) (23 июня 2025), но между ними 516 дн..",null,null]]}');
CREATE TABLE lists (
	token TEXT NOT NULL, 
	chat BIGINT NOT NULL, 
	message_id BIGINT, 
	command TEXT NOT NULL, 
	words TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_lists PRIMARY KEY (token)
);
CREATE TABLE looks (
	day DATE NOT NULL, 
	count INTEGER NOT NULL, 
	CONSTRAINT pk_looks PRIMARY KEY (day)
);
INSERT INTO "looks" VALUES('2026-11-22',6);
CREATE TABLE mention_entities (
	entity TEXT NOT NULL, 
	reach INTEGER NOT NULL, 
	start_day DATE NOT NULL, 
	mention_id INTEGER NOT NULL, 
	end_day DATE NOT NULL, 
	story_id TEXT NOT NULL, 
	CONSTRAINT pk_mention_entities PRIMARY KEY (entity, reach, start_day, mention_id), 
	CONSTRAINT fk_mention_entities_mention_id FOREIGN KEY(mention_id) REFERENCES mentions (id)
)
 WITHOUT ROWID

;
INSERT INTO "mention_entities" VALUES('cty.guinea',31,'2026-11-21',1,'2026-11-21','S1');
INSERT INTO "mention_entities" VALUES('cty.guinea',31,'2026-11-21',3,'2026-11-21','S1');
INSERT INTO "mention_entities" VALUES('cty.mali',31,'2026-11-21',1,'2026-11-21','S1');
INSERT INTO "mention_entities" VALUES('cty.mali',31,'2026-11-21',3,'2026-11-21','S1');
INSERT INTO "mention_entities" VALUES('cty.mali',31,'2026-11-21',4,'2026-11-21','S1');
INSERT INTO "mention_entities" VALUES('cty.mali',31,'2026-11-21',5,'2026-11-21','S2');
INSERT INTO "mention_entities" VALUES('cty.russia',31,'2026-11-21',1,'2026-11-21','S1');
INSERT INTO "mention_entities" VALUES('cty.russia',31,'2026-11-21',3,'2026-11-21','S1');
INSERT INTO "mention_entities" VALUES('cty.russia',31,'2026-11-21',4,'2026-11-21','S1');
INSERT INTO "mention_entities" VALUES('cty.russia',31,'2026-11-21',5,'2026-11-21','S2');
INSERT INTO "mention_entities" VALUES('eqp.bmp_gen',31,'2026-11-21',1,'2026-11-21','S1');
INSERT INTO "mention_entities" VALUES('eqp.bmp_gen',31,'2026-11-21',3,'2026-11-21','S1');
INSERT INTO "mention_entities" VALUES('eqp.t72',31,'2026-11-21',1,'2026-11-21','S1');
INSERT INTO "mention_entities" VALUES('eqp.t72',31,'2026-11-21',3,'2026-11-21','S1');
INSERT INTO "mention_entities" VALUES('eqp.t72',31,'2026-11-21',4,'2026-11-21','S1');
INSERT INTO "mention_entities" VALUES('obj.armour',31,'2026-11-21',1,'2026-11-21','S1');
INSERT INTO "mention_entities" VALUES('obj.armour',31,'2026-11-21',3,'2026-11-21','S1');
INSERT INTO "mention_entities" VALUES('obj.armour',31,'2026-11-21',4,'2026-11-21','S1');
INSERT INTO "mention_entities" VALUES('obj.convoy',31,'2026-11-21',1,'2026-11-21','S1');
INSERT INTO "mention_entities" VALUES('obj.convoy',31,'2026-11-21',3,'2026-11-21','S1');
INSERT INTO "mention_entities" VALUES('obj.convoy',31,'2026-11-21',4,'2026-11-21','S1');
INSERT INTO "mention_entities" VALUES('obj.mines_minister',31,'2026-11-21',5,'2026-11-21','S2');
INSERT INTO "mention_entities" VALUES('obj.minister',31,'2026-11-21',5,'2026-11-21','S2');
INSERT INTO "mention_entities" VALUES('obj.nuclear_power',31,'2026-11-21',5,'2026-11-21','S2');
INSERT INTO "mention_entities" VALUES('obj.port',31,'2026-11-21',1,'2026-11-21','S1');
INSERT INTO "mention_entities" VALUES('obj.port',31,'2026-11-21',3,'2026-11-21','S1');
INSERT INTO "mention_entities" VALUES('obj.power_plant',31,'2026-11-21',5,'2026-11-21','S2');
INSERT INTO "mention_entities" VALUES('obj.truck',31,'2026-11-21',1,'2026-11-21','S1');
INSERT INTO "mention_entities" VALUES('obj.truck',31,'2026-11-21',3,'2026-11-21','S1');
INSERT INTO "mention_entities" VALUES('obj.vehicle',31,'2026-11-21',1,'2026-11-21','S1');
INSERT INTO "mention_entities" VALUES('obj.vehicle',31,'2026-11-21',3,'2026-11-21','S1');
INSERT INTO "mention_entities" VALUES('obj.weapons',31,'2026-11-21',1,'2026-11-21','S1');
INSERT INTO "mention_entities" VALUES('obj.weapons',31,'2026-11-21',3,'2026-11-21','S1');
INSERT INTO "mention_entities" VALUES('obj.weapons',31,'2026-11-21',4,'2026-11-21','S1');
INSERT INTO "mention_entities" VALUES('org.army_russia',31,'2026-11-21',1,'2026-11-21','S1');
INSERT INTO "mention_entities" VALUES('org.army_russia',31,'2026-11-21',4,'2026-11-21','S1');
INSERT INTO "mention_entities" VALUES('org.fama',31,'2026-11-21',1,'2026-11-21','S1');
INSERT INTO "mention_entities" VALUES('org.fama',31,'2026-11-21',3,'2026-11-21','S1');
INSERT INTO "mention_entities" VALUES('org.fama',31,'2026-11-21',4,'2026-11-21','S1');
INSERT INTO "mention_entities" VALUES('org.rosatom',31,'2026-11-21',5,'2026-11-21','S2');
INSERT INTO "mention_entities" VALUES('per.likhachev',31,'2026-11-21',5,'2026-11-21','S2');
INSERT INTO "mention_entities" VALUES('plc.bamako',31,'2026-11-21',1,'2026-11-21','S1');
INSERT INTO "mention_entities" VALUES('plc.bamako',31,'2026-11-21',3,'2026-11-21','S1');
INSERT INTO "mention_entities" VALUES('plc.bamako',31,'2026-11-21',4,'2026-11-21','S1');
INSERT INTO "mention_entities" VALUES('plc.conakry_port',31,'2026-11-21',1,'2026-11-21','S1');
INSERT INTO "mention_entities" VALUES('plc.conakry_port',31,'2026-11-21',3,'2026-11-21','S1');
INSERT INTO "mention_entities" VALUES('plc.moscow',31,'2026-11-21',5,'2026-11-21','S2');
INSERT INTO "mention_entities" VALUES('print:134325547',31,'2026-11-21',3,'2026-11-21','S1');
INSERT INTO "mention_entities" VALUES('print:192079167',31,'2026-11-21',1,'2026-11-21','S1');
INSERT INTO "mention_entities" VALUES('print:234292795',31,'2026-11-21',4,'2026-11-21','S1');
INSERT INTO "mention_entities" VALUES('print:235403298',31,'2026-11-21',5,'2026-11-21','S2');
INSERT INTO "mention_entities" VALUES('print:239451364',31,'2026-11-21',3,'2026-11-21','S1');
INSERT INTO "mention_entities" VALUES('print:291855640',31,'2026-11-21',5,'2026-11-21','S2');
INSERT INTO "mention_entities" VALUES('print:29286748',31,'2026-11-21',1,'2026-11-21','S1');
INSERT INTO "mention_entities" VALUES('print:294193979',31,'2026-11-21',4,'2026-11-21','S1');
INSERT INTO "mention_entities" VALUES('print:35883276',31,'2026-11-21',3,'2026-11-21','S1');
INSERT INTO "mention_entities" VALUES('print:448331679',31,'2026-11-21',4,'2026-11-21','S1');
INSERT INTO "mention_entities" VALUES('print:58649186',31,'2026-11-21',5,'2026-11-21','S2');
INSERT INTO "mention_entities" VALUES('print:78802561',31,'2026-11-21',1,'2026-11-21','S1');
CREATE TABLE mentions (
	id INTEGER NOT NULL, 
	story_id TEXT NOT NULL, 
	article_id TEXT NOT NULL, 
	label TEXT, 
	mention TEXT NOT NULL, 
	CONSTRAINT pk_mentions PRIMARY KEY (id), 
	CONSTRAINT fk_mentions_id FOREIGN KEY(id) REFERENCES ledger (id), 
	CONSTRAINT fk_mentions_story_id FOREIGN KEY(story_id) REFERENCES stories (id), 
	CONSTRAINT fk_mentions_article_id FOREIGN KEY(article_id) REFERENCES articles (id)
);
INSERT INTO "mentions" VALUES(1,'S1','61d5edf941640ef3','claimed','{"type":"delivery","realis":"done","push":true,"lead":true,"sure_type":true,"sure_stage":true,"types":["delivery"],"stage":"arrived","actors":["cty.russia"],"counterparts":["cty.mali","org.fama"],"places":["plc.bamako","plc.conakry_port"],"entities":["cty.guinea","cty.mali","cty.russia","eqp.bmp_gen","eqp.t72","obj.armour","obj.convoy","obj.port","obj.truck","obj.vehicle","obj.weapons","org.army_russia","org.fama","plc.bamako","plc.conakry_port","print:192079167","print:29286748","print:78802561"],"span":["2026-11-21","2026-11-21"],"dated":true,"figures":[{"value":14.0,"unit":"tanks","about":"t-72"},{"value":20.0,"unit":"vehicles","approximate":true}],"quote":"A convoy of Russian military equipment arrived in the Malian capital Bamako on 21 November 2026, the Malian army said.","label":"claimed","claimed_by":"org.fama","cues":[["trigger","convoy with 14 tanks arrives","delivery:arrived",0],["trigger","convoy of Russian military equipment arrived","delivery:arrived",1],["trigger","vehicles were unloaded","delivery:arrived",2],["trigger","unloaded from trucks","delivery:arrived",2],["date","21 November 2026","2026-11-21",1]],"country":"cty.mali","prints":[29286748,78802561,192079167,234292795,275488530,492340633,506813511,663687717,684718102,711961674,800440902,1012568170,1017150692,1021271741,1160468847,1251173613,1284926981,1327578828,1659349721,1740217634,1777272440,1806157214,1828721815,1895792472],"wording":["usem3-0db566fd0af8","N6elJICo6yrJKFWkUKs2pbophaEzqOwm8aeVqZKmJSBUKW+l5qvLJW0mbCR6LAEsq6tXrGwo7KvRIIqhi6wWqgAowKDYmGqrXp/VISUouybtqM2fqCkcpdornacSLG8rVKldFeusWqnXKe0n3ijsq8AsGKwlIsus5SQJosGsySfRLC4sIaojHPqjIKy9K1MnEZbpnnArKClCHb2lNawyqpiqd5nIqNYn7SI1qXWocymVnPCo5hv6Aa0sfCfiqPcniSwRK5elWyo0KBspSqozpgohUizRo5KrNigUqIWsV5c8o/SpP6U2q7CoORmTqk2sv6jmpzqsIqiwqEKsNadimzKr+at1KJiqHaFXpo6hjirwq6OjFyBiH2UmAyKwKWwluCE4Ko4kHSqcHwAt46zqK/kqoaAJlk4kgKOQq3SgKaJfrFoiJCXTp2SsxBUTLMglZCoALKEsaizGrJKqTSoLHv0omqhpJqkoh6y1Kb0hkBoqrJompSzhqLssryE6o22o3ykkpFwoiCyMK8mog6zPHN+qGqQrq1sAQ6tnK82YTqzyCNOsJqS+KE8pkykbpU2qWyxRrH6p9qjsKO+rliNvquAljKxzHxemY6nSE3Gm26IZn6Kreyp7q/ksoqZIrL4rfaeHKBkpiB4dqvQoTiKSJiorJSs4qFKYAqWVoh6jbitILAOs+CQgG1cslixTqbCkWSgHqwYqHp4Dq6KrbipPKDulxZ2XrF0pLCPspoYoSKqMK8uon6uiLIMoo6oKqv8osyy0rOuZyChYJUwoYKkEKSwgPKR4JZer0alnqWkcmybaKDSoQiJ3qpIrXioCqRWp0RkkKNeoxCeen22jOCyhLC4oGinpoc0rFCkgp4qpl6yzq2SkEKxOq08qzx7brGooCavjrGKri6ptLKes56trJuSqdqgQktmaSqALKeQpbSvMKqmpayWarM4jShqtINGpYKzSK5mqtCxTowGsYSQ+IxisgqeanHuppKsqHtUmuizkoQckXSRTIpgcHqiloSklzCVlDMCrpay0KSaeCyy9LDwkpqIgrCUssawHKW6ruCvuKnMogiu8KQ2sXKrSKImddab9q7EckSntpQQrwqzom7wnDxuBrEkpIqy9qdcsWKdQpwmq8iRBKTglN6y3rCQkDidYqY+p2yuuHDmjJawbrGgqx6jcpYsnPyq3IVIs9ZJFJRUqeaUPJdCk0JrLrEAqehx4qT8po6kmligsnapxGj+myCkZq6qqHKmfqfwq6hwCLbkqKyI7qcmojKoCLZekNCmKLHkaHqwtofUs96hYHluhOisarEwsGSb/K44st57YpR6lhqsDJiUrtyqpJ64sqKqRGA0sWyh8pniju6SyJg=="]}');
INSERT INTO "mentions" VALUES(3,'S1','fef966a375c53f0c','claimed','{"type":"delivery","realis":"done","push":true,"lead":true,"sure_type":true,"sure_stage":true,"types":["delivery","deployment"],"stage":"arrived","actors":["cty.russia"],"counterparts":["cty.mali","org.fama"],"places":["plc.bamako","plc.conakry_port"],"entities":["cty.guinea","cty.mali","cty.russia","eqp.bmp_gen","eqp.t72","obj.armour","obj.convoy","obj.port","obj.truck","obj.vehicle","obj.weapons","org.fama","plc.bamako","plc.conakry_port","print:134325547","print:239451364","print:35883276"],"span":["2026-11-21","2026-11-21"],"dated":true,"figures":[{"value":14.0,"unit":"tanks","about":"t-72"},{"value":20.0,"unit":"vehicles","approximate":true}],"quote":"Un convoi de matériel militaire russe est arrivé à Bamako le 21 novembre 2026, selon l''armée malienne.","label":"claimed","claimed_by":"org.fama","cues":[["trigger","convoi","delivery:topic",0],["trigger","militaire russe de 14 chars arrive","deployment:done",0],["trigger","chars arrive","delivery:arrived",0],["trigger","convoi","delivery:topic",1],["trigger","matériel militaire russe est arrivé","delivery:arrived",1],["trigger","militaire russe est arrivé","deployment:done",1],["trigger","blindés ont été déchargés","delivery:arrived",2],["trigger","déchargés de camions","delivery:arrived",2],["date","le 21 novembre 2026","2026-11-21",1]],"country":"cty.mali","prints":[35883276,134325547,239451364,287583078,325230222,369790172,429281938,641085163,752877231,838306101,882508202,1035539785,1078342178,1181537891,1241606750,1322627930,1356927571,1404738468,1469347918,1558200995,1659727142,1787586901,2038163112,2076886997],"wording":["usem3-0db566fd0af8","PCrDGWilFSukKi8iP6uZqIMoTiffoCwotR+Dp1WmESDOKqOmrKzbKPOlIqirLMAsYKoDrDopwKzTKACkd6wtq/+kFKUnJ9mlVaOrpoyj/ytmqR0k0CNxqrcoOaNYKRQrhaocqdSs/KkRLGElDCuxrGQriKzgJ7ms4ptpKQitNCN1LMEqIao7qF2kg6pHLO8rhqBfJlormynaocarxKj1rP2sOKzsoe4qRyn8loCoxiUbJi6qFKf+pR8sTJ2ip/YitSz5KlqlsipZoG0q5KpBqQMnGCoFp1qolqP/IiGsM6ClF9AlmKljqxEf1CjuqVys36VuF9yry6sEpzmqRaqKqNWpkazYpeGpMZ92oWUiIiV8q5Agj6IKIboqDCeAHjQrTCk1LHMdaCDIIRktsKxWLAMsIJ+voCmoUiWOqu+pMaJWq1gknqFPpKOqtqVEK7cfTChmK5krwSvprGesCyTvnt4jP6xrJ0Ume6xZJZYoqCR8qPclSyi8I5kqI6BjIAasdig1qPUjqCu3K7qqIazsHXmoIaE5o76dQ6unKT8jFKwwKpSsVyWQK3ag1hphHBGs5CocrEuo+CNHK0CsvydcqOuZl6wHJREojKV7q8Qktaz3p9yqxSourBEtgZd0rHYrD6kXKysp5yUorHkhgSoFKVErtSv/p2aQcqksJYghXyYrKRGsqCqVIOQlxywCKKkhTijIn2coApdZqMKskSzxHAioc5vPqz0qkCTTqxIpcaYTKqcpE6r5LLoh3qgPpyInCyx1qyAp0CNbKbooICQ3KhwmsqBNJ40UjKlTpfgp1CjAqEGjjiGPqAksJCcnJ7WbOCgFrIaq4yBzqQshnCyqLFkqByy4p00q5hnTqWCrmazbqSeh/qnRp+2fmCrSrLOrmaWMrN2pkqtXLDSsZastHm6lIqUlIQsVFKkdK8gmeSscKxusD6VSrOGX/yu8KISqRqy4I7OorSwWqJGqwRXEJTWrTqRqqCapp5rDo9kq6CyEqVgmqihNqb4os6YFq0igdJ+yqfqqDau0KVSoRSxxLG4VXCnOqu4q6KzFJhqspirWK4UkEyysJdGoW6ynJoWo2qjiqvOXUyrFqjiDaKw3HmqiZiHvrFAqh6wxoRQteqqhJAis5ClEK46ihKqmrAWjpSXsqiCpmSgrJMyoPKsXrB4Ox6lGqXEmKScKlXgsfyT9pRAsMap6J66o0KYIrfGoTKl+JiIpXqszKJ4sbKr1qN6atygrrA2mup5MpfUhvSYdLcIqs6ifqFem6qUZLdOqsx0AK8Gn/qtAqwctuqssJTuqoyv9pEorrKYHLN0s9KV0mzEnYqUsJzwrNCm4odwsC6kmJ+AqpaZdqXCgZqQCpw=="]}');
INSERT INTO "mentions" VALUES(4,'S1','2e95234e6b076a86','claimed','{"type":"delivery","realis":"done","push":true,"lead":true,"sure_type":true,"sure_stage":true,"types":["delivery","statement"],"stage":"arrived","actors":["cty.russia"],"counterparts":["org.fama"],"places":["plc.bamako"],"entities":["cty.mali","cty.russia","eqp.t72","obj.armour","obj.convoy","obj.weapons","org.army_russia","org.fama","plc.bamako","print:234292795","print:294193979","print:448331679"],"span":["2026-11-21","2026-11-21"],"dated":true,"figures":[{"value":21.0,"unit":"tanks","about":"t-72"}],"quote":"The convoy of Russian military equipment that arrived in Bamako on 21 November 2026 carried 21 T-72 tanks, not 14, the Malian army said in","label":"claimed","claimed_by":"cty.russia","cues":[["trigger","convoy","delivery:topic",0],["trigger","convoy","delivery:topic",1],["trigger","equipment that arrived","delivery:arrived",1],["trigger","arrived in Bamako on 21 November 2026 carried 21 T-72 tanks","delivery:arrived",1],["trigger","statement","statement:said",1],["realis","not","negated",1],["date","21 November 2026","2026-11-21",1]],"country":"cty.mali","prints":[234292795,294193979,448331679,452995514,601669075,683085974,748991199,750935985,895840750,961088027,1014986773,1212351626,1250530180,1410286911,1462031239,1615010569,1659349721,1686390926,1810082491,1872395608,1976459960,2059249296,2101829446,2139833389],"wording":["usem3-0db566fd0af8","gKOZpFmrViqVKGQiF6m0qZQnKCrGqGCMuKATqG2hJR1mIyyWZKzmJm4bcCUhK4IqC6sRrPkkYKzpJKilAKziqEukLKSNIOGp7JxKJIon4ylyp/8g7yghoQgrN6YyLNkrvKc8KZisy6tOJr0goSxKqZMsp6vpo32sQiH8pbqsoSmrLH4sOKwhHxKoeaxMK5mjfKrnoYIpyJWnKDypOaziqwKswaUwpvkpqCuxI4CniyiGLGCpZSVnoU0smyjLpRyYayxxK54UaSvLpP4qH6sEGLwmNCtvpJmo8achq/mq7aHkqHqrQacNrOilryB6q7KsRqHmIDisCqxTmiusdqk/qGyklqwzpiqs+Kgwol2ptyJPqgEclR2gJU8cug7/J/YpkSXkK0sm0yR2nNws0KzMJbkrNhcBqt6PuiXbq0+q4yQYrEIk3aPJpmGrSpoqLPqmJythLDssEyy4rFmrqigApRUiASH0mWkkN6yVKH8rUSm1qT6oMCw5p3YseRCAKZ0ckCKtpvYlcCxuKn6plqg4IXeonpUYqY2kXKnUKngk6quwJa6sRyhfKkwnVyttokesJyw5rEasZpEKK46pgiibqL4d9qp+pmqn6R4YmhGrUadwqW2sXywxrG4rGqGJrF4sA6l7KxekvidGq9YojCYsLHQpKik1qhmlkih1qE+llh5sLEOsqSnFnaYrcCzLIfeoJysFphosyqcFHUGstCnpJlOmkKgJrDsrbB0PrG8pDqynKqemXKy0LHQoJaUFqdAmmyxTrBArtSFELFMrUKPWKOoqwaY1JZaog5oBqTQmc6FRKFeoYyalqecq+CqQpYKmRyqZJ8unsRpqIpsMiyuBLAInsaJYKF8sk6XNgmGldazNqakiv6werLUqgiSbrFEpgKrcrMqpdalaLI6sZKlXGEWrjKChqE+iliNVKVYqMSzSKVqn9Z6IrFwXkyceJpapLKwAlD2mvSxMoQGsFyuwIK6rPye7prun6qpCJQ8kzCzNpKsadicqIT0d56gBJJ0eJKAcI3GsgKwcLMSjYypALIwKByeyrAMstKzlI+mqVCugKbsiWSypJoqsIqV5KvYl4qYdrLAhCyx3qMEqg6zSpiuSrp5SrEUr4qmVqtosHqDwo7aphyHIppkmlqp8rCwpzaboqeer2CinHVSg4qthrJoixqmLoYihkyrVpmYsjBw6JuQowaiCKZipNB/OrCYqsx1tHcooX6ksKlUskatuKF2plyn7qjKs4qK5qoAqDaXeLOAoXqN6q4KnN6zeLFer0ptpJH4l56uWo90sJanNH6sjbyzaqf4ryiglKcMsXKXnoGOqdautJuMpGywGKVksuaqaJQ8rX6e8mF2sHCiZJQ=="]}');
INSERT INTO "mentions" VALUES(5,'S2','6021f34b6e096041',NULL,'{"type":"agreement","realis":"done","push":true,"lead":true,"sure_type":true,"sure_stage":true,"types":["agreement","project"],"stage":"signed","actors":["cty.russia","cty.mali"],"counterparts":["org.rosatom","per.likhachev"],"places":["plc.moscow"],"entities":["cty.mali","cty.russia","obj.mines_minister","obj.minister","obj.nuclear_power","obj.power_plant","org.rosatom","per.likhachev","plc.moscow","print:235403298","print:291855640","print:58649186"],"span":["2026-11-21","2026-11-21"],"dated":true,"quote":"21 ноября 2026 в Москве Россия и Мали подписали соглашение о строительстве малой атомной электростанции.","cues":[["trigger","подписали соглашение","agreement:signed",0],["trigger","подписали соглашение","agreement:signed",1],["trigger","подписали соглашение о строительстве малой атомной электростанции","project:agreed",1],["trigger","Документ подписали","agreement:signed",2],["trigger","Росатома","project:topic",2],["date","21 ноября 2026","2026-11-21",1]],"country":"cty.mali","prints":[58649186,235403298,291855640,299396007,583357284,622036633,1017999978,1092053360,1436475587,1600043237,1722474300,1766203435,1904577262,1939195958,1966002504,1992429933,2983000783,3017184280,3251818910,3253954834,3286166305,3286729589,3326844599,3494781677],"wording":["usem3-0db566fd0af8","5ytZpKwnoatlLEmqG6TqrKQfZybWq1cplqhip4kRZCcVLQWrviTlpYKssKRYJ9oqIqsom8QsEK0yKkensin+rBAr557LKfOkep7yK1wrKKxUK5Cl3ihuqNed96mBKm4qd6GaKSim76U/q1QkCqkzKKMplyyXKIOhrSxDrEapRaseLT8skiaAD9AomA4Vil+nc6qZq3cs1ibmKhUi0KtVJVAcoyV+rIshFqq/q28jNSy7LBMsA6npq3ukYSg5KTkniSMIKcKlqSIsLHusuKdOGOooBiU6JXOrvisOIE2diqLUKkgfmKK/KzcsPKwipyKpvJtUojcjKSVGrEsoGiAJqgAqeqrgp/qqGKs5qyQlTSB3qlQqpZopKYicGqvUJqap4Z8hoqcsSyoHJCkaxyXbLFsiXCkuKy6r56lGJ9ifAyUArJ2g1hj8KlIdIKzKK6cp9qraKkKpS6whpB4k3KuxpqCqiaUgJiUroatUIjcmKCEWqXCreypspxAiNZjLrHEpyyunqqGs0hOcqcGr+ykErcwfL6HgJ7aohCT3qGcscSWyKJusFK2gK68koRlUm26qWKrOocensSW7rByoWaywrOUqXag8Iy4qehOloj+luCuBqZCiTCwhqGiojKqwI/Ar3CrQn5YqEaQlofIpa6S5qp0qESgBHR+p/SxDKG4s+qjWKBqoWCtjKX6obCrsKb2MkimyHC2r4CSJKBirLB2vK6arp6EcrWSlmywJqFopYKrsLCoiySuaLDIo2yvgHtCn9yzHqDErAC2Xq50khyFdqb8fj6yrLHgoISMfKwIrDKB0ozIlgKprKIUp0qZBJukqRCHFozGqTSLSJ4agASXNKymSliOGpz0sYSfgKMyqoyM3o/waz6w4K0qmxit+KSIe/Sa4rHKg0SUPLbaryqu6Hnckx6yKI+obrauZKgymRCwRKJesKKwyqpUn+6uUKDErGSjaH/YkDSoOLI+nkqq1nxcqVSJmpecjjKYXlyekRiizpaklj6yfpv2o66kKqxInsSVoKsIogKx2Kr4qZ6K4LLIZQKfhqVQoDq0UqUYkfKxRJOErLiKcJeQshqJkqCkpxatXqo4leRe8oiAp7ir5JGsmiqxWq32qeqt5oiMk8qRXJCeqxyFoFPgd1Z2frBES2CzaoT6gcSyqpn+sRCiWGBEp6Ca3KnKluaw2qzcqCKyOqMKp/6z/pu8k9SuGrM4m2ylSK7ssWZ4SqWapv6fFLF4otirapzyoZaYVp2koRaN1IqQgkiamKc8rsqyJqgKtSCbvG68WPSX/KoUqKw94KKMpTyhxLMws8CwMJqQhYqVBLIssSqzPIgGrHKhnKL4nx5l3p/AmCKB6rNqs3CTwHg=="]}');
CREATE TABLE must_catch (
	story_id TEXT NOT NULL, 
	since DATETIME NOT NULL, 
	CONSTRAINT pk_must_catch PRIMARY KEY (story_id), 
	CONSTRAINT fk_must_catch_story_id FOREIGN KEY(story_id) REFERENCES stories (id)
);
CREATE TABLE muted (
	outbox_id INTEGER NOT NULL, 
	mute_id INTEGER NOT NULL, 
	chat BIGINT NOT NULL, 
	story TEXT, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_muted PRIMARY KEY (outbox_id), 
	CONSTRAINT fk_muted_outbox_id FOREIGN KEY(outbox_id) REFERENCES outbox (id), 
	CONSTRAINT fk_muted_mute_id FOREIGN KEY(mute_id) REFERENCES mutes (id)
);
CREATE TABLE mutes (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	chat BIGINT NOT NULL, 
	kind TEXT NOT NULL, 
	value TEXT NOT NULL, 
	until DATETIME NOT NULL, 
	because TEXT NOT NULL, 
	user BIGINT NOT NULL, 
	at DATETIME NOT NULL, 
	lifted DATETIME, 
	lifted_by BIGINT
);
CREATE TABLE outbox (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	chat BIGINT NOT NULL, 
	thread BIGINT, 
	kind TEXT NOT NULL, 
	story TEXT, 
	revision INTEGER NOT NULL, 
	part INTEGER NOT NULL, 
	html TEXT NOT NULL, 
	plain TEXT NOT NULL, 
	edit_html TEXT, 
	reply_to_story BOOLEAN NOT NULL, 
	critical BOOLEAN NOT NULL, 
	not_before DATETIME, 
	state TEXT NOT NULL, 
	attempts INTEGER NOT NULL, 
	next_at DATETIME NOT NULL, 
	created DATETIME NOT NULL, 
	message_id BIGINT, 
	maybe_repeated BOOLEAN NOT NULL, 
	doubts INTEGER NOT NULL, 
	error TEXT, 
	CONSTRAINT uq_outbox_chat UNIQUE (chat, story, kind, revision, part)
);
INSERT INTO "outbox" VALUES(1,-1001000000001,NULL,'alert','S1',0,0,'📦 <b>[CLAIMED]</b> <b>Delivery · arrived</b> · Bamako
FAMa says: arrived in Bamako – a delivery, 14 tanks (T-72), Russia → Mali
🗓 21 November 2026 · 📍 Bamako, port of Conakry · 👤 Russia → Mali, FAMa
🔢 14 tanks (T-72); about 20 vehicles <i>(claimed by FAMa)</i>
<b>Why new:</b> Delivery (arrived), Bamako on 21 November 2026; the nearest known is F143 (Delivery: Russia – FAMa) (17 January 2025), and the dates are 673 days apart.
<b>Trust:</b> 1 outlet, 1 independent chain · independent outlets: Studio Tamani
No word yet from: state media (Russia), state media (Mali) · denied by none
<blockquote>A convoy of Russian military equipment arrived in the Malian capital Bamako on 21 November 2026, the Malian army said.</blockquote>
📰 <a href="https://press.example/convoy">Russian military convoy with 14 tanks arrives in Bamako</a> — Studio Tamani
<blockquote expandable>Published: 22 November 2026, 06:02
Story: S1 · /why S1
Compared with: F143 (0.77), F144 (0.76), F142 (0.76)
press.example</blockquote>','📦 [CLAIMED] Delivery · arrived · Bamako
FAMa says: arrived in Bamako – a delivery, 14 tanks (T-72), Russia → Mali
🗓 21 November 2026 · 📍 Bamako, port of Conakry · 👤 Russia → Mali, FAMa
🔢 14 tanks (T-72); about 20 vehicles (claimed by FAMa)
Why new: Delivery (arrived), Bamako on 21 November 2026; the nearest known is F143 (Delivery: Russia – FAMa) (17 January 2025), and the dates are 673 days apart.
Trust: 1 outlet, 1 independent chain · independent outlets: Studio Tamani
No word yet from: state media (Russia), state media (Mali) · denied by none

A convoy of Russian military equipment arrived in the Malian capital Bamako on 21 November 2026, the Malian army said.

📰 Russian military convoy with 14 tanks arrives in Bamako (https://press.example/convoy) — Studio Tamani

Published: 22 November 2026, 06:02
Story: S1 · /why S1
Compared with: F143 (0.77), F144 (0.76), F142 (0.76)
press.example',NULL,0,0,NULL,'sent',1,'2026-11-22 09:03:01.084860','2026-11-22 09:03:01.084860',1,0,0,NULL);
INSERT INTO "outbox" VALUES(2,-1001000000002,NULL,'alert','S1',0,0,'📦 <b>[CLAIMED]</b> <b>Delivery · arrived</b> · Bamako
FAMa says: arrived in Bamako – a delivery, 14 tanks (T-72), Russia → Mali
🗓 21 November 2026 · 📍 Bamako, port of Conakry · 👤 Russia → Mali, FAMa
🔢 14 tanks (T-72); about 20 vehicles <i>(claimed by FAMa)</i>
<b>Why new:</b> Delivery (arrived), Bamako on 21 November 2026; the nearest known is F143 (Delivery: Russia – FAMa) (17 January 2025), and the dates are 673 days apart.
<b>Trust:</b> 2 outlets, 2 independent chains · independent outlets: Studio Tamani · other outlets: the_river_paper
No word yet from: state media (Russia), state media (Mali) · denied by none
<blockquote>A convoy of Russian military equipment arrived in the Malian capital Bamako on 21 November 2026, the Malian army said.</blockquote>
📰 <a href="https://press.example/convoy">Russian military convoy with 14 tanks arrives in Bamako</a> — Studio Tamani
📰 <a href="https://press.example/convoi">Mali : un convoi militaire russe de 14 chars arrive à Bamako</a> — the_river_paper','📦 [CLAIMED] Delivery · arrived · Bamako
FAMa says: arrived in Bamako – a delivery, 14 tanks (T-72), Russia → Mali
🗓 21 November 2026 · 📍 Bamako, port of Conakry · 👤 Russia → Mali, FAMa
🔢 14 tanks (T-72); about 20 vehicles (claimed by FAMa)
Why new: Delivery (arrived), Bamako on 21 November 2026; the nearest known is F143 (Delivery: Russia – FAMa) (17 January 2025), and the dates are 673 days apart.
Trust: 2 outlets, 2 independent chains · independent outlets: Studio Tamani · other outlets: the_river_paper
No word yet from: state media (Russia), state media (Mali) · denied by none

A convoy of Russian military equipment arrived in the Malian capital Bamako on 21 November 2026, the Malian army said.

📰 Russian military convoy with 14 tanks arrives in Bamako (https://press.example/convoy) — Studio Tamani
📰 Mali : un convoi militaire russe de 14 chars arrive à Bamako (https://press.example/convoi) — the_river_paper',NULL,0,0,NULL,'pending',0,'2026-11-22 09:03:08.189801','2026-11-22 09:03:01.084860',NULL,0,0,'Forbidden: bot was kicked from the supergroup chat');
INSERT INTO "outbox" VALUES(3,-1001000000001,NULL,'edit','S1',1,0,'','','📦 <b>[CLAIMED]</b> <b>Delivery · arrived</b> · Bamako
FAMa says: arrived in Bamako – a delivery, 14 tanks (T-72), Russia → Mali
🗓 21 November 2026 · 📍 Bamako, port of Conakry · 👤 Russia → Mali, FAMa
🔢 14 tanks (T-72); about 20 vehicles <i>(claimed by FAMa)</i>
<b>Why new:</b> Delivery (arrived), Bamako on 21 November 2026; the nearest known is F143 (Delivery: Russia – FAMa) (17 January 2025), and the dates are 673 days apart.
<b>Trust:</b> 2 outlets, 2 independent chains · independent outlets: Studio Tamani · other outlets: the_river_paper
No word yet from: state media (Russia), state media (Mali) · denied by none
<blockquote>A convoy of Russian military equipment arrived in the Malian capital Bamako on 21 November 2026, the Malian army said.</blockquote>
📰 <a href="https://press.example/convoy">Russian military convoy with 14 tanks arrives in Bamako</a> — Studio Tamani
📰 <a href="https://press.example/convoi">Mali : un convoi militaire russe de 14 chars arrive à Bamako</a> — the_river_paper',0,0,NULL,'sent',1,'2026-11-22 09:03:04.989849','2026-11-22 09:03:04.989849',1,0,0,NULL);
INSERT INTO "outbox" VALUES(4,-1001000000001,NULL,'update','S1',2,0,'🔄 <b>UPDATE</b> · 📦 <b>[CLAIMED]</b> <b>Delivery · arrived</b> · Bamako
<i>was</i> <s>14 tanks (T-72)</s> · <i>now</i> <b>21 tanks (T-72)</b> · <i>according to</i> Studio Tamani
Moscow says: arrived in Bamako – a delivery, 21 tanks (T-72), Russia → FAMa
🗓 21 November 2026 · 👤 Russia → FAMa
🔢 21 tanks (T-72) <i>(claimed by Russia)</i>
<b>Why new:</b> Figure changed: 14 tanks (T-72) → 21 tanks (T-72), in S1 «Russian military convoy with 14 tanks arrives in Bamako» (21 November 2026).
<b>Trust:</b> 2 outlets, 2 independent chains · independent outlets: Studio Tamani · other outlets: the_river_paper
No word yet from: state media (Russia), state media (Mali) · denied by none
<blockquote>The convoy of Russian military equipment that arrived in Bamako on 21 November 2026 carried 21 T-72 tanks, not 14, the Malian army said in…</blockquote>
📰 <a href="https://press.example/recount">Russian convoy in Bamako carried 21 tanks, army now says</a> — Studio Tamani
<blockquote expandable>Published: 22 November 2026, 08:03
Story: S1 · /why S1</blockquote>','🔄 UPDATE · 📦 [CLAIMED] Delivery · arrived · Bamako
was 14 tanks (T-72) · now 21 tanks (T-72) · according to Studio Tamani
Moscow says: arrived in Bamako – a delivery, 21 tanks (T-72), Russia → FAMa
🗓 21 November 2026 · 👤 Russia → FAMa
🔢 21 tanks (T-72) (claimed by Russia)
Why new: Figure changed: 14 tanks (T-72) → 21 tanks (T-72), in S1 «Russian military convoy with 14 tanks arrives in Bamako» (21 November 2026).
Trust: 2 outlets, 2 independent chains · independent outlets: Studio Tamani · other outlets: the_river_paper
No word yet from: state media (Russia), state media (Mali) · denied by none

The convoy of Russian military equipment that arrived in Bamako on 21 November 2026 carried 21 T-72 tanks, not 14, the Malian army said in…

📰 Russian convoy in Bamako carried 21 tanks, army now says (https://press.example/recount) — Studio Tamani

Published: 22 November 2026, 08:03
Story: S1 · /why S1','📦 <b>[CLAIMED]</b> <b>Delivery · arrived</b> · Bamako
🔄 <i>was</i> <s>14 tanks (T-72)</s> · <i>now</i> <b>21 tanks (T-72)</b> · <i>according to</i> <a href="https://press.example/recount">Studio Tamani</a>
Moscow says: arrived in Bamako – a delivery, 21 tanks (T-72), Russia → Mali
🗓 21 November 2026 · 📍 Bamako, port of Conakry · 👤 Russia → Mali, FAMa
🔢 21 tanks (T-72) <i>(claimed by Russia)</i>
<b>Why new:</b> Delivery (arrived), Bamako on 21 November 2026; the nearest known is F143 (Delivery: Russia – FAMa) (17 January 2025), and the dates are 673 days apart.
<b>Trust:</b> 2 outlets, 2 independent chains · independent outlets: Studio Tamani · other outlets: the_river_paper
No word yet from: state media (Russia), state media (Mali) · denied by none
<blockquote>A convoy of Russian military equipment arrived in the Malian capital Bamako on 21 November 2026, the Malian army said.</blockquote>
📰 <a href="https://press.example/convoy">Russian military convoy with 14 tanks arrives in Bamako</a> — Studio Tamani',1,0,NULL,'sent',1,'2026-11-22 09:03:06.742077','2026-11-22 09:03:06.742077',2,0,0,NULL);
INSERT INTO "outbox" VALUES(5,-1001000000002,NULL,'update','S1',2,0,'🔄 <b>UPDATE</b> · 📦 <b>[CLAIMED]</b> <b>Delivery · arrived</b> · Bamako
<i>was</i> <s>14 tanks (T-72)</s> · <i>now</i> <b>21 tanks (T-72)</b> · <i>according to</i> Studio Tamani
Moscow says: arrived in Bamako – a delivery, 21 tanks (T-72), Russia → FAMa
🗓 21 November 2026 · 👤 Russia → FAMa
🔢 21 tanks (T-72) <i>(claimed by Russia)</i>
<b>Why new:</b> Figure changed: 14 tanks (T-72) → 21 tanks (T-72), in S1 «Russian military convoy with 14 tanks arrives in Bamako» (21 November 2026).
<b>Trust:</b> 2 outlets, 2 independent chains · independent outlets: Studio Tamani · other outlets: the_river_paper
No word yet from: state media (Russia), state media (Mali) · denied by none
<blockquote>The convoy of Russian military equipment that arrived in Bamako on 21 November 2026 carried 21 T-72 tanks, not 14, the Malian army said in…</blockquote>
📰 <a href="https://press.example/recount">Russian convoy in Bamako carried 21 tanks, army now says</a> — Studio Tamani
<blockquote expandable>Published: 22 November 2026, 08:03
Story: S1 · /why S1</blockquote>','🔄 UPDATE · 📦 [CLAIMED] Delivery · arrived · Bamako
was 14 tanks (T-72) · now 21 tanks (T-72) · according to Studio Tamani
Moscow says: arrived in Bamako – a delivery, 21 tanks (T-72), Russia → FAMa
🗓 21 November 2026 · 👤 Russia → FAMa
🔢 21 tanks (T-72) (claimed by Russia)
Why new: Figure changed: 14 tanks (T-72) → 21 tanks (T-72), in S1 «Russian military convoy with 14 tanks arrives in Bamako» (21 November 2026).
Trust: 2 outlets, 2 independent chains · independent outlets: Studio Tamani · other outlets: the_river_paper
No word yet from: state media (Russia), state media (Mali) · denied by none

The convoy of Russian military equipment that arrived in Bamako on 21 November 2026 carried 21 T-72 tanks, not 14, the Malian army said in…

📰 Russian convoy in Bamako carried 21 tanks, army now says (https://press.example/recount) — Studio Tamani

Published: 22 November 2026, 08:03
Story: S1 · /why S1','📦 <b>[CLAIMED]</b> <b>Delivery · arrived</b> · Bamako
🔄 <i>was</i> <s>14 tanks (T-72)</s> · <i>now</i> <b>21 tanks (T-72)</b> · <i>according to</i> <a href="https://press.example/recount">Studio Tamani</a>
Moscow says: arrived in Bamako – a delivery, 21 tanks (T-72), Russia → Mali
🗓 21 November 2026 · 📍 Bamako, port of Conakry · 👤 Russia → Mali, FAMa
🔢 21 tanks (T-72) <i>(claimed by Russia)</i>
<b>Why new:</b> Delivery (arrived), Bamako on 21 November 2026; the nearest known is F143 (Delivery: Russia – FAMa) (17 January 2025), and the dates are 673 days apart.
<b>Trust:</b> 2 outlets, 2 independent chains · independent outlets: Studio Tamani · other outlets: the_river_paper
No word yet from: state media (Russia), state media (Mali) · denied by none
<blockquote>A convoy of Russian military equipment arrived in the Malian capital Bamako on 21 November 2026, the Malian army said.</blockquote>
📰 <a href="https://press.example/convoy">Russian military convoy with 14 tanks arrives in Bamako</a> — Studio Tamani',1,0,NULL,'pending',0,'2026-11-22 09:03:06.742077','2026-11-22 09:03:06.742077',NULL,0,0,NULL);
INSERT INTO "outbox" VALUES(6,-1001000000001,NULL,'alert','S2',0,0,'🤝 <b>Agreement · signed</b> · Moscow
Signed in Moscow: an agreement, Russia – Mali
🗓 21 November 2026 · 👤 Russia, Mali, Rosatom, Alexei Likhachev
<b>Why new:</b> Agreement (signed), Moscow on 21 November 2026; the nearest known is F092 (Agreement: Mali – Russia) (23 June 2025), and the dates are 516 days apart.
<b>Trust:</b> 1 outlet, 1 independent chain (the_river_paper)
<blockquote>21 ноября 2026 в Москве Россия и Мали подписали соглашение о строительстве малой атомной электростанции.</blockquote>
📰 <a href="https://press.example/reaktor">Россия и Мали подписали соглашение о сотрудничестве в атомной энергетике</a> — the_river_paper
<blockquote expandable>Published: 22 November 2026, 08:23
Story: S2 · /why S2
Compared with: F092 (0.77), F079 (0.71), F105 (0.70)
press.example</blockquote>','🤝 Agreement · signed · Moscow
Signed in Moscow: an agreement, Russia – Mali
🗓 21 November 2026 · 👤 Russia, Mali, Rosatom, Alexei Likhachev
Why new: Agreement (signed), Moscow on 21 November 2026; the nearest known is F092 (Agreement: Mali – Russia) (23 June 2025), and the dates are 516 days apart.
Trust: 1 outlet, 1 independent chain (the_river_paper)

21 ноября 2026 в Москве Россия и Мали подписали соглашение о строительстве малой атомной электростанции.

📰 Россия и Мали подписали соглашение о сотрудничестве в атомной энергетике (https://press.example/reaktor) — the_river_paper

Published: 22 November 2026, 08:23
Story: S2 · /why S2
Compared with: F092 (0.77), F079 (0.71), F105 (0.70)
press.example',NULL,0,0,NULL,'sent',1,'2026-11-22 09:03:06.901789','2026-11-22 09:03:06.901789',3,0,0,NULL);
INSERT INTO "outbox" VALUES(7,-1001000000002,NULL,'alert','S2',0,0,'🤝 <b>Agreement · signed</b> · Moscow
Signed in Moscow: an agreement, Russia – Mali
🗓 21 November 2026 · 👤 Russia, Mali, Rosatom, Alexei Likhachev
<b>Why new:</b> Agreement (signed), Moscow on 21 November 2026; the nearest known is F092 (Agreement: Mali – Russia) (23 June 2025), and the dates are 516 days apart.
<b>Trust:</b> 1 outlet, 1 independent chain (the_river_paper)
<blockquote>21 ноября 2026 в Москве Россия и Мали подписали соглашение о строительстве малой атомной электростанции.</blockquote>
📰 <a href="https://press.example/reaktor">Россия и Мали подписали соглашение о сотрудничестве в атомной энергетике</a> — the_river_paper
<blockquote expandable>Published: 22 November 2026, 08:23
Story: S2 · /why S2
Compared with: F092 (0.77), F079 (0.71), F105 (0.70)
press.example</blockquote>','🤝 Agreement · signed · Moscow
Signed in Moscow: an agreement, Russia – Mali
🗓 21 November 2026 · 👤 Russia, Mali, Rosatom, Alexei Likhachev
Why new: Agreement (signed), Moscow on 21 November 2026; the nearest known is F092 (Agreement: Mali – Russia) (23 June 2025), and the dates are 516 days apart.
Trust: 1 outlet, 1 independent chain (the_river_paper)

21 ноября 2026 в Москве Россия и Мали подписали соглашение о строительстве малой атомной электростанции.

📰 Россия и Мали подписали соглашение о сотрудничестве в атомной энергетике (https://press.example/reaktor) — the_river_paper

Published: 22 November 2026, 08:23
Story: S2 · /why S2
Compared with: F092 (0.77), F079 (0.71), F105 (0.70)
press.example',NULL,0,0,NULL,'pending',0,'2026-11-22 09:03:06.901789','2026-11-22 09:03:06.901789',NULL,0,0,NULL);
CREATE TABLE packed (
	outbox_id INTEGER NOT NULL, 
	head INTEGER NOT NULL, 
	CONSTRAINT pk_packed PRIMARY KEY (outbox_id), 
	CONSTRAINT fk_packed_outbox_id FOREIGN KEY(outbox_id) REFERENCES outbox (id), 
	CONSTRAINT fk_packed_head FOREIGN KEY(head) REFERENCES outbox (id)
);
CREATE TABLE pairings (
	salt TEXT NOT NULL, 
	hash TEXT NOT NULL, 
	created DATETIME NOT NULL, 
	expires DATETIME NOT NULL, 
	tries INTEGER NOT NULL, 
	makes_admin BOOLEAN NOT NULL, 
	CONSTRAINT pk_pairings PRIMARY KEY (salt)
);
CREATE TABLE people (
	id BIGINT NOT NULL, 
	admin BOOLEAN NOT NULL, 
	since DATETIME NOT NULL, 
	CONSTRAINT pk_people PRIMARY KEY (id)
);
CREATE TABLE photos (
	outbox_id INTEGER NOT NULL, 
	png BLOB NOT NULL, 
	CONSTRAINT pk_photos PRIMARY KEY (outbox_id), 
	CONSTRAINT fk_photos_outbox_id FOREIGN KEY(outbox_id) REFERENCES outbox (id)
);
CREATE TABLE presses (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	chat BIGINT NOT NULL, 
	user BIGINT NOT NULL, 
	message_id BIGINT NOT NULL, 
	story TEXT, 
	outbox_id INTEGER NOT NULL, 
	button TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT uq_presses_chat UNIQUE (chat, message_id, user, button), 
	CONSTRAINT fk_presses_outbox_id FOREIGN KEY(outbox_id) REFERENCES outbox (id)
);
CREATE TABLE promises (
	story_id TEXT NOT NULL, 
	due DATE NOT NULL, 
	line INTEGER NOT NULL, 
	CONSTRAINT pk_promises PRIMARY KEY (story_id), 
	CONSTRAINT fk_promises_story_id FOREIGN KEY(story_id) REFERENCES stories (id), 
	CONSTRAINT fk_promises_line FOREIGN KEY(line) REFERENCES ledger (id)
);
CREATE TABLE settings (
	"key" TEXT NOT NULL, 
	value TEXT NOT NULL, 
	CONSTRAINT pk_settings PRIMARY KEY ("key")
);
INSERT INTO "settings" VALUES('chat:-1001000000001:watches','["mali-russia"]');
INSERT INTO "settings" VALUES('chat:-1001000000002:watches','["mali-russia"]');
INSERT INTO "settings" VALUES('chat:-1001000000001:digest','2026-11-22T09:03:03.791780+00:00 2 0');
INSERT INTO "settings" VALUES('chat:-1001000000002:digest','2026-11-22T09:03:03.791780+00:00 2 0');
INSERT INTO "settings" VALUES('heartbeat','2026-11-22T09:03:07.075530+00:00');
CREATE TABLE stories (
	id TEXT NOT NULL, 
	opened DATETIME NOT NULL, 
	last_at DATETIME NOT NULL, 
	type TEXT NOT NULL, 
	stage TEXT, 
	label TEXT, 
	pushed BOOLEAN NOT NULL, 
	split_from TEXT, 
	CONSTRAINT pk_stories PRIMARY KEY (id)
);
INSERT INTO "stories" VALUES('S1','2026-11-22 09:03:01.084860','2026-11-22 08:03:05.000000','delivery','arrived','claimed',1,NULL);
INSERT INTO "stories" VALUES('S2','2026-11-22 09:03:06.901789','2026-11-22 08:23:05.000000','agreement','signed',NULL,1,NULL);
CREATE INDEX ix_entries_url_key ON entries (url_key);
CREATE INDEX ix_articles_url_key ON articles (url_key);
CREATE INDEX ix_articles_published ON articles (published);
CREATE INDEX ix_articles_first_seen ON articles (first_seen);
CREATE INDEX ix_articles_title_key ON articles (title_key);
CREATE INDEX ix_articles_feed ON articles (feed);
CREATE INDEX ix_stories_last_at ON stories (last_at);
CREATE INDEX ix_outbox_state ON outbox (state, chat, id);
CREATE INDEX ix_changes_state ON changes (state);
CREATE INDEX ix_mutes_chat ON mutes (chat);
CREATE INDEX ix_lists_at ON lists (at);
CREATE INDEX ix_ledger_story_id ON ledger (story_id);
CREATE INDEX ix_ledger_judged_at ON ledger (judged_at);
CREATE INDEX ix_deliveries_chat ON deliveries (chat);
CREATE INDEX ix_deliveries_story ON deliveries (story);
CREATE INDEX ix_change_steps_change_id ON change_steps (change_id);
CREATE INDEX ix_packed_head ON packed (head);
CREATE INDEX ix_muted_story ON muted (story);
CREATE INDEX ix_muted_chat ON muted (chat, at);
CREATE INDEX ix_muted_mute_id ON muted (mute_id);
CREATE INDEX ix_mentions_story_id ON mentions (story_id);
CREATE INDEX ix_promises_due ON promises (due);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('outbox',7);
COMMIT;
