"""The layout of the gazetteer file; a file of another layout is refused and built again."""

APPLICATION_ID = 0x434D4758
"""Marks an SQLite file as ours ("CMGX")."""

VERSION = 8
"""Rises with every change of tables, of the name key, of the prior or of what is read."""

# The names of a place stand side by side, so two numbers find them all. A key's rows stand side by side too, the
# likeliest place first, and each repeats its name: 12 MB more, and looking up a key needs no table but that of places.
TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE sources (source TEXT PRIMARY KEY, name TEXT NOT NULL, licence TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE places (
    place INTEGER PRIMARY KEY, place_id TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL,
    lon REAL NOT NULL, lat REAL NOT NULL, admin0 TEXT NOT NULL, admin1 TEXT NOT NULL,
    population INTEGER NOT NULL, area TEXT NOT NULL, source TEXT NOT NULL, is_capital INTEGER NOT NULL,
    first_name INTEGER NOT NULL, last_name INTEGER NOT NULL
);
CREATE TABLE names (
    name_id INTEGER PRIMARY KEY, place INTEGER NOT NULL, name TEXT NOT NULL, lang TEXT NOT NULL,
    used_by TEXT NOT NULL, is_primary INTEGER NOT NULL
);
CREATE TABLE name_keys (
    name_key TEXT NOT NULL, rank INTEGER NOT NULL, place INTEGER NOT NULL, name TEXT NOT NULL,
    is_primary INTEGER NOT NULL, PRIMARY KEY (name_key, rank)
) WITHOUT ROWID;
CREATE TABLE key_blocks (
    width INTEGER NOT NULL, length INTEGER NOT NULL, keys BLOB NOT NULL, signatures BLOB NOT NULL,
    countries BLOB NOT NULL, priors BLOB NOT NULL, PRIMARY KEY (length, width)
);
CREATE TABLE sound_keys (sound TEXT NOT NULL, name_id INTEGER NOT NULL, PRIMARY KEY (sound, name_id)) WITHOUT ROWID;
CREATE TABLE beginnings (filter BLOB NOT NULL);
CREATE TABLE demonyms (name_key TEXT PRIMARY KEY, admin0 TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE former_states (name_key TEXT PRIMARY KEY, name TEXT NOT NULL, until TEXT NOT NULL) WITHOUT ROWID;
"""

INDEXES = """
CREATE UNIQUE INDEX places_by_id ON places (place_id);
CREATE INDEX places_by_position ON places (lat, lon);
"""
