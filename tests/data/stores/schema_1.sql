-- A store as the first version wrote it: a seed, two imports, an undo and a report.
PRAGMA application_id = 1668112752;
PRAGMA user_version = 1;
BEGIN TRANSACTION;
CREATE TABLE changes (
	seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	recorded_at TEXT NOT NULL, 
	recorded_by TEXT NOT NULL, 
	action TEXT NOT NULL, 
	import_id TEXT NOT NULL, 
	undoes TEXT DEFAULT '' NOT NULL, 
	file TEXT NOT NULL, 
	sha256 TEXT NOT NULL, 
	note TEXT NOT NULL, 
	counts TEXT NOT NULL, 
	UNIQUE (import_id)
)
 STRICT

;
INSERT INTO "changes" VALUES(1,'2026-11-24T06:39:31.836425+00:00','tester','seed','84079fb1d83b','','data/','0000000000000000000000000000000000000000000000000000000000000000','rows that come with conflictmap','{"added": 5, "changed": 0, "unchanged": 0}');
INSERT INTO "changes" VALUES(2,'2026-11-24T06:39:31.868012+00:00','tester','import','29ae70b0229b','','a.csv','','','{"added": 2, "changed": 0, "unchanged": 0}');
INSERT INTO "changes" VALUES(3,'2026-11-24T06:39:31.872979+00:00','Ana','import','922d7759f34f','','b.csv','','','{"added": 1, "changed": 1, "unchanged": 0}');
INSERT INTO "changes" VALUES(4,'2026-11-24T06:39:31.878441+00:00','Ben','undo','661cb16d8b24','922d7759f34f','','','undo of 922d7759f34f','{"undone": 2, "kept": 0}');
INSERT INTO "changes" VALUES(5,'2026-11-24T06:39:31.882839+00:00','tester','report','c7f1749f4b4c','','report.txt','','','{"added": 0, "changed": 1, "unchanged": 0}');
CREATE TABLE events_revisions (
	event_id TEXT NOT NULL, 
	event_date TEXT, 
	date_end TEXT, 
	time_precision INTEGER, 
	event_type TEXT, 
	sub_type TEXT, 
	actor1 TEXT, 
	actor2 TEXT, 
	fatalities_low INTEGER, 
	fatalities_best INTEGER, 
	fatalities_high INTEGER, 
	toponym TEXT, 
	place_id TEXT, 
	lat REAL, 
	lon REAL, 
	geo_precision INTEGER, 
	where_prec INTEGER, 
	admin0 TEXT, 
	admin1 TEXT, 
	description TEXT, 
	source_name TEXT, 
	source_url TEXT, 
	confidence TEXT, 
	tags TEXT, 
	raw TEXT DEFAULT '' NOT NULL, 
	revision INTEGER NOT NULL, 
	seq INTEGER NOT NULL, 
	retracted INTEGER DEFAULT '0' NOT NULL, 
	content_hash TEXT NOT NULL, 
	PRIMARY KEY (event_id, revision), 
	FOREIGN KEY(seq) REFERENCES changes (seq)
)
 STRICT

;
INSERT INTO "events_revisions" VALUES('SEED-1','1923-07-07','',NULL,'shelling','','','',NULL,NULL,NULL,'Şuşa / Շուշի','',NULL,NULL,NULL,NULL,'','','','','','','','',1,1,0,'dfc6471160262abb43eb4e7c08bd5c1d');
INSERT INTO "events_revisions" VALUES('SEED-2','2023-09-19','',NULL,'shelling','','','',NULL,0,NULL,'','',0.0,46.5,NULL,NULL,'','','','','','','','',1,1,0,'413519fdc7843d0cb1faadd276952be2');
INSERT INTO "events_revisions" VALUES('A','2023-09-19','',NULL,'shelling','','','',NULL,NULL,NULL,'first','',NULL,NULL,NULL,NULL,'','','','','','','','{"datum": "19.09.2023"}',1,2,0,'d4d944b7e45548fa815192f78d0bf81b');
INSERT INTO "events_revisions" VALUES('B','2023-09-19','',NULL,'shelling','','','',1,NULL,3,'','',NULL,NULL,NULL,NULL,'','','','','','','','',1,2,0,'953a941e30b4240503469c44fbf38980');
INSERT INTO "events_revisions" VALUES('A','2023-09-19','',NULL,'shelling','','','',NULL,NULL,NULL,'second','',NULL,NULL,NULL,NULL,'','','','','','','','',2,3,0,'413577bb7973dfb9f1ffe16bfbbec7bf');
INSERT INTO "events_revisions" VALUES('C','2023-09-19','',NULL,'shelling','','','',NULL,NULL,NULL,'','',NULL,NULL,NULL,NULL,'','','','','','','','',1,3,0,'bb0edeeea85a87edd0982c330cd9c8eb');
INSERT INTO "events_revisions" VALUES('A','2023-09-19','',NULL,'shelling','','','',NULL,NULL,NULL,'first','',NULL,NULL,NULL,NULL,'','','','','','','','{"datum": "19.09.2023"}',3,4,0,'d4d944b7e45548fa815192f78d0bf81b');
INSERT INTO "events_revisions" VALUES('C','2023-09-19','',NULL,'shelling','','','',NULL,NULL,NULL,'','',NULL,NULL,NULL,NULL,'','','','','','','','',2,4,1,'bb0edeeea85a87edd0982c330cd9c8eb');
INSERT INTO "events_revisions" VALUES('B','2023-09-19','',NULL,'shelling','','','',2,NULL,3,'','',NULL,NULL,NULL,NULL,'','','','','','','','',2,5,0,'04a10fda8ba55bcf7f7d2ae4712f010c');
CREATE TABLE lines_revisions (
	line_id TEXT NOT NULL, 
	name TEXT, 
	kind TEXT, 
	valid_from TEXT, 
	valid_to TEXT, 
	accuracy TEXT, 
	confidence TEXT, 
	source TEXT, 
	note TEXT, 
	geometry TEXT, 
	raw TEXT DEFAULT '' NOT NULL, 
	revision INTEGER NOT NULL, 
	seq INTEGER NOT NULL, 
	retracted INTEGER DEFAULT '0' NOT NULL, 
	content_hash TEXT NOT NULL, 
	PRIMARY KEY (line_id, revision), 
	FOREIGN KEY(seq) REFERENCES changes (seq)
)
 STRICT

;
INSERT INTO "lines_revisions" VALUES('L-1','Line','line_of_contact','1994-05-12','','','','','','{"type": "LineString", "coordinates": [[46, 39], [47, 40]]}','',1,1,0,'c52f9083558cc0a3da6207459d2fa2a8');
CREATE TABLE posts_revisions (
	post_id TEXT NOT NULL, 
	name TEXT, 
	contingent TEXT, 
	kind TEXT, 
	strength INTEGER, 
	valid_from TEXT, 
	valid_to TEXT, 
	place_id TEXT, 
	lat REAL, 
	lon REAL, 
	geo_precision INTEGER, 
	confidence TEXT, 
	source TEXT, 
	note TEXT, 
	raw TEXT DEFAULT '' NOT NULL, 
	revision INTEGER NOT NULL, 
	seq INTEGER NOT NULL, 
	retracted INTEGER DEFAULT '0' NOT NULL, 
	content_hash TEXT NOT NULL, 
	PRIMARY KEY (post_id, revision), 
	FOREIGN KEY(seq) REFERENCES changes (seq)
)
 STRICT

;
INSERT INTO "posts_revisions" VALUES('P-1','Post','russia','base',NULL,'2020-11-10','','',39.8,46.7,1,'','','','',1,1,0,'15377ec39288da993fd7948724a4ecca');
CREATE TABLE zones_revisions (
	row_id TEXT NOT NULL, 
	zone_id TEXT, 
	name TEXT, 
	kind TEXT, 
	status TEXT, 
	party TEXT, 
	party_as_stated TEXT, 
	valid_from TEXT, 
	valid_to TEXT, 
	accuracy TEXT, 
	confidence TEXT, 
	source TEXT, 
	note TEXT, 
	geometry TEXT, 
	raw TEXT DEFAULT '' NOT NULL, 
	revision INTEGER NOT NULL, 
	seq INTEGER NOT NULL, 
	retracted INTEGER DEFAULT '0' NOT NULL, 
	content_hash TEXT NOT NULL, 
	PRIMARY KEY (row_id, revision), 
	FOREIGN KEY(seq) REFERENCES changes (seq)
)
 STRICT

;
INSERT INTO "zones_revisions" VALUES('Z-1','Z','Square','control','assessed_control','azerbaijan','','2020-11-25','','','','','','{"type": "Polygon", "coordinates": [[[46, 39], [47, 39], [47, 40], [46, 40], [46, 39]]]}','',1,1,0,'4be5b68412c408fe4f207806c872b5a1');
CREATE INDEX ix_events_revisions_seq ON events_revisions (seq);
CREATE INDEX ix_zones_revisions_seq ON zones_revisions (seq);
CREATE INDEX ix_lines_revisions_seq ON lines_revisions (seq);
CREATE INDEX ix_posts_revisions_seq ON posts_revisions (seq);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('changes',5);
COMMIT;
