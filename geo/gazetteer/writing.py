"""Writes places into a gazetteer file, a few thousand at a time, so that millions need no more memory than these."""

import sqlite3
from collections.abc import Collection, Iterable, Iterator
from itertools import groupby
from operator import itemgetter

from geo.gazetteer.beginnings import beginnings_filter
from geo.gazetteer.blocks import block_rows
from geo.gazetteer.entries import Entry
from geo.gazetteer.normalise import name_key
from geo.gazetteer.rows import NAMED_PLACE, candidate_of, likeliest_first
from geo.gazetteer.sounds import MOST_PLACES, sound_key

_STAGED = """
CREATE TEMP TABLE raw_keys (name_key TEXT NOT NULL, name_id INTEGER NOT NULL);
CREATE TEMP TABLE raw_sounds (sound TEXT NOT NULL, place INTEGER NOT NULL, name_id INTEGER NOT NULL);
"""
_NAMED = f"""SELECT {NAMED_PLACE}, k.name_key, n.place FROM raw_keys k JOIN names n ON n.name_id = k.name_id
    JOIN places p ON p.place = n.place ORDER BY k.name_key"""  # noqa: S608  our own columns
_KEYS_OF_PLACES = """SELECT k.name_key, n.place, k.name_id FROM raw_keys k JOIN names n ON n.name_id = k.name_id
    JOIN places p ON p.place = n.place WHERE p.kind NOT IN ('country', 'continent')"""
_FEW_SOUNDS = """WITH sounds AS MATERIALIZED
    (SELECT sound, min(name_id) AS name_id FROM raw_sounds GROUP BY sound, place)
    INSERT INTO sound_keys SELECT sound, name_id FROM sounds WHERE sound IN
    (SELECT sound FROM sounds GROUP BY sound HAVING count(*) <= ?) ORDER BY sound, name_id"""


class RowWriter:
    """Adds places to an empty file; :meth:`finish` makes what is looked up from them."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.places = self.names = 0
        connection.executescript(_STAGED)

    def add(self, entries: Collection[Entry], *, capitals: Collection[str] = ()) -> None:
        """Places with their names, numbered on from those before; ``capitals`` are ids of national capitals."""
        insert = self._connection.executemany
        insert(insert_into("places", 14), self._place_rows(entries, capitals))
        insert(insert_into("names", 6), self._name_rows(entries))
        insert(insert_into("raw_keys", 2), self._key_rows(entries))
        self.places += len(entries)
        self.names += sum(len(entry.names) for entry in entries)

    def finish(self) -> None:
        """Rank the places of each key, and derive from them the sounds, the beginnings and the blocks of similar names."""
        connection = self._connection
        connection.executemany(insert_into("name_keys", 5), _ranked_rows(connection))
        connection.executemany(insert_into("raw_sounds", 3), _sound_rows(connection))
        connection.execute("DROP TABLE raw_keys")
        connection.executemany(insert_into("key_blocks", 6), block_rows(connection))
        connection.execute(_FEW_SOUNDS, (MOST_PLACES,))
        [(count,)] = connection.execute("SELECT count(*) FROM name_keys")
        keys = (key for (key,) in connection.execute("SELECT name_key FROM name_keys ORDER BY name_key"))
        connection.execute("INSERT INTO beginnings VALUES (?)", (beginnings_filter(keys, count=count),))

    def _place_rows(
        self, entries: Iterable[Entry], capitals: Collection[str]
    ) -> Iterator[tuple[object, ...]]:
        first = self.names
        for number, e in enumerate(entries, start=self.places):
            last = first + len(e.names) - 1
            yield (
                number, e.place_id, e.name, e.kind, e.lon, e.lat, e.admin0, e.admin1, e.population, e.area,
                e.source, e.place_id in capitals, first, last,
            )  # fmt: skip
            first = last + 1

    def _name_rows(self, entries: Iterable[Entry]) -> Iterator[tuple[object, ...]]:
        number = self.names
        for place, entry in enumerate(entries, start=self.places):
            for name in entry.names:
                yield number, place, *name
                number += 1

    def _key_rows(self, entries: Iterable[Entry]) -> Iterator[tuple[str, int]]:
        """One row for each key of each place; of spellings with the same key the first stands for all."""
        number = self.names
        for entry in entries:
            first: dict[str, int] = {}
            for name in entry.names:
                first.setdefault(name_key(name.text), number)
                number += 1
            first.pop("", None)
            yield from first.items()


def _ranked_rows(connection: sqlite3.Connection) -> Iterator[tuple[str, int, int, str, int]]:
    """The places of each key by the order in which a look-up gives them."""
    for key, rows in groupby(connection.execute(_NAMED), itemgetter(-2)):
        ranked = sorted(rows, key=lambda row: likeliest_first(candidate_of(row[:-2], {})))
        for rank, (name, is_primary, *_, place) in enumerate(ranked):
            yield key, rank, place, name, is_primary


def _sound_rows(connection: sqlite3.Connection) -> Iterator[tuple[str, int, int]]:
    for key, place, name_id in connection.execute(_KEYS_OF_PLACES):
        if sound := sound_key(key):
            yield sound, place, name_id


def insert_into(table: str, columns: int) -> str:
    """The statement that inserts a row of so many values."""
    return f"INSERT INTO {table} VALUES ({', '.join('?' * columns)})"  # noqa: S608  both are ours
