"""Asks the gazetteer file: by name, by id, by position."""

import math
import sqlite3
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property, lru_cache
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from geo import crs
from geo.errors import GazetteerError
from geo.gazetteer import schema
from geo.gazetteer.beginnings import may_begin
from geo.gazetteer.normalise import name_key, script_language
from geo.gazetteer.rows import NAMED_PLACE, PLACE, candidate_of, likeliest_first, place_of
from geo.gazetteer.similar import best_similar, similar_keys
from geo.gazetteer.sounds import sound_key
from geo.model import Candidate, Place

REMEDY = "run scripts/run or `conflictmap gazetteer build`"

# ruff: noqa: S608  the columns that are put into the queries are ours
_BY_KEY = f"""SELECT {NAMED_PLACE} FROM name_keys n JOIN places p ON p.place = n.place
    WHERE n.name_key = ? ORDER BY n.rank"""
_BY_SOUND = f"""SELECT {NAMED_PLACE} FROM sound_keys k JOIN names n ON n.name_id = k.name_id
    JOIN places p ON p.place = n.place WHERE k.sound = ?"""
_BY_PREFIX = f"""SELECT {NAMED_PLACE} FROM name_keys n JOIN places p ON p.place = n.place
    WHERE n.name_key >= ? AND n.name_key < ? AND ? IN ('', p.admin0)
    ORDER BY p.source = 'own' DESC, p.population DESC, n.name_key, n.rank LIMIT ?"""
_BY_ID = f"SELECT {PLACE} FROM places p WHERE p.place_id = ?"
_NAMES = """SELECT n.name, n.lang, n.used_by, n.is_primary FROM places p
    JOIN names n ON n.name_id BETWEEN p.first_name AND p.last_name WHERE p.place_id = ? ORDER BY n.name_id"""
_NEAR = f"""SELECT {PLACE} FROM places p WHERE lat BETWEEN ? AND ? AND (lon BETWEEN ? AND ? OR lon BETWEEN ? AND ?)
    AND kind IN ('city', 'town', 'village', 'site')"""
_AREA_NAMES = """SELECT n.name FROM places p JOIN names n ON n.name_id BETWEEN p.first_name AND p.last_name
    WHERE p.kind IN ('country', 'line', 'corridor')"""
_WITHIN = f"""SELECT {PLACE} FROM places p WHERE lat BETWEEN ? AND ? AND lon BETWEEN ? AND ?
    AND kind IN ('country', 'city', 'town', 'village')
    ORDER BY source = 'own' DESC, population DESC, place_id LIMIT ?"""
_KM_PER_DEGREE = 111.0
_NAMES_PER_PLACE = 8
"""Rows read for each place that a list of beginnings wants: a town has several spellings that begin alike."""


@dataclass(frozen=True, slots=True)
class GazetteerInfo:
    """What the file holds, when it was written (UTC) and from what."""

    path: Path
    places: int
    names: int
    built_at: datetime
    sources: tuple[str, ...]
    input_digest: str


@dataclass(frozen=True, slots=True)
class PlaceName:
    """One spelling of a place: its language tag, who uses it, and whether it is a main name."""

    name: str
    lang: str
    used_by: str
    is_primary: bool


class Gazetteer:
    """The list of places, read-only; one object may be shared by all threads.

    Raises
    ------
    GazetteerError
        The file is missing, is not a gazetteer, or has another layout; the message says what to run.
    """

    def __init__(self, path: Path) -> None:
        self.path = Path(path)
        self._lock = threading.Lock()
        self._connection = _open(self.path)
        # Texts repeat names; a few thousand remembered answers cost a few megabytes.
        self._remembered_candidates = lru_cache(maxsize=4096)(self._read_candidates)
        self._remembered_has_name = lru_cache(maxsize=32768)(self._read_has_name)
        self._remembered_sounds = lru_cache(maxsize=4096)(self._read_sounding)
        try:
            self._check()
        except BaseException:
            self._connection.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; the object answers nothing afterwards."""
        with self._lock:
            self._connection.close()

    def find(self, name: str, *, country: str | None = None, limit: int = 10) -> list[Candidate]:
        """The places that bear exactly this name in any language, best first; empty when there is none.

        Case, accents, apostrophes and hyphens do not matter. ``country`` is an ISO 3166-1 alpha-2 code.
        """
        found = self.candidates(name_key(name))
        if country:
            found = [c for c in found if c.place.admin0 == country.upper()]
        return found[: max(limit, 0)]

    def similar(
        self,
        name: str,
        *,
        country: str | None = None,
        near: tuple[float, float] | None = None,
        limit: int = 5,
    ) -> list[Candidate]:
        """Places whose name is one or two edits away from this, never those that bear it exactly.

        ``terms`` tell the ``similarity`` (0 to 1) and the cost of the edits. ``near`` is (lon, lat).
        """
        wanted = country.upper() if country else None
        keys = similar_keys(self._rows, name_key(name), country=wanted)
        # Not through the remembered answers: most of these keys are never asked for again.
        return best_similar(keys, self._read_candidates, country=wanted, near=near, limit=max(limit, 0))

    def starting(self, prefix: str, *, country: str | None = None, limit: int = 10) -> list[Candidate]:
        """Places with a name that begins like this, each once: our own first, then the larger ones."""
        key = name_key(prefix)
        if not key:
            return []
        wanted = country.upper() if country else ""
        rows = self._rows(_BY_PREFIX, (key, key + "\U0010ffff", wanted, limit * _NAMES_PER_PLACE))
        found = {c.place.place_id: c for c in reversed([candidate_of(row, self._credits) for row in rows])}
        return list(reversed(found.values()))[:limit]

    def candidates(self, key: str) -> list[Candidate]:
        """Every place under a :func:`name_key`, best prior first."""
        if not key:
            return []
        return list(self._remembered_candidates(key))

    def sounding(self, key: str) -> list[Candidate]:
        """Every place with a name that sounds like this :func:`name_key`, best prior first; few names sound alike."""
        sound = sound_key(key)
        return list(self._remembered_sounds(sound)) if sound else []

    def has_name(self, key: str) -> bool:
        """Whether any place is known under a :func:`name_key`."""
        return self._remembered_has_name(key)

    def place(self, place_id: str) -> Place:
        """The place with all its names by language.

        Raises
        ------
        KeyError
            No place has this id.
        """
        rows = self._rows(_BY_ID, (place_id,))
        if not rows:
            raise KeyError(place_id)
        names: dict[str, list[str]] = {}
        for spelling in self.names(place_id):
            names.setdefault(spelling.lang, []).append(spelling.name)
        by_language = {lang: tuple(spellings) for lang, spellings in names.items()}
        return replace(place_of(rows[0], self._credits), names=by_language)

    def names(self, place_id: str) -> list[PlaceName]:
        """Every spelling of a place, main names first; empty for an unknown id."""
        rows = self._rows(_NAMES, (place_id,))
        return [
            PlaceName(name, lang or script_language(name), by, bool(main)) for name, lang, by, main in rows
        ]

    def within(self, extent: tuple[float, float, float, float], *, limit: int) -> list[Place]:
        """Countries and settlements inside (west, south, east, north); our own with all their names.

        Our own places come before all others, then the larger ones: they are what the map is about.
        """
        west, south, east, north = extent
        places = [
            place_of(row, self._credits) for row in self._rows(_WITHIN, (south, north, west, east, limit))
        ]
        return [p if p.place_id.startswith("gn:") else self.place(p.place_id) for p in places]

    def nearest(self, lon: float, lat: float) -> tuple[Place, float]:
        """The settlement or site nearest to a position in EPSG:4326, and its distance in km."""
        half = 0.5
        while True:
            rows = self._rows(_NEAR, _box(lon, lat, half))
            places = [place_of(row, self._credits) for row in rows]
            if places:
                km = crs.distance_km([p.lon for p in places], [p.lat for p in places], to_lon=lon, to_lat=lat)
                best = int(km.argmin())
                # A place outside the box is at least its half side away.
                if km[best] <= half * _KM_PER_DEGREE * _narrowest(lat, half) or half >= 180:
                    return places[best], float(km[best])
            if half >= 180:
                raise GazetteerError(f"{self.path} holds no settlement: {REMEDY}.")
            half *= 2

    @cached_property
    def demonyms(self) -> Mapping[str, str]:
        """Name keys of peoples and their adjectives ("armenian"), with the country code; empty if of no one country."""
        return dict(self._rows("SELECT name_key, admin0 FROM demonyms", ()))

    @cached_property
    def _credits(self) -> Mapping[str, str]:
        sources = self._rows("SELECT source, name, licence FROM sources", ())
        return {source: f"{name} ({licence})" for source, name, licence in sources}

    @cached_property
    def former_states(self) -> frozenset[str]:
        """Name keys of states that no longer exist, such as the Soviet Union."""
        return frozenset(key for (key,) in self._rows("SELECT name_key FROM former_states", ()))

    @cached_property
    def area_keys(self) -> frozenset[str]:
        """Every name key of countries, lines and corridors."""
        return frozenset(name_key(name) for (name,) in self._rows(_AREA_NAMES, ())) - {""}

    def info(self) -> GazetteerInfo:
        """What the file holds and where it came from."""
        meta = dict(self._rows("SELECT key, value FROM meta", ()))
        sources = [
            f"{name} ({licence})" for name, licence in self._rows("SELECT name, licence FROM sources", ())
        ]
        built_at = datetime.fromtimestamp(self.path.stat().st_mtime, tz=UTC)
        return GazetteerInfo(
            self.path, int(meta["places"]), int(meta["names"]), built_at, tuple(sources), meta["input_digest"]
        )

    def may_begin(self, words: str) -> bool:
        """Whether a name may begin with these words of a :func:`name_key`; "no" is certain, "yes" is not."""
        return may_begin(self._beginnings, words)

    @cached_property
    def _beginnings(self) -> bytes:
        [(filled,)] = self._rows("SELECT filter FROM beginnings", ())
        return bytes(filled)

    def _read_candidates(self, key: str) -> tuple[Candidate, ...]:
        return tuple(self._read_named(_BY_KEY, key))

    def _read_sounding(self, sound: str) -> tuple[Candidate, ...]:
        return tuple(sorted(self._read_named(_BY_SOUND, sound), key=likeliest_first))

    def _read_named(self, sql: str, key: str) -> list[Candidate]:
        said_of = self._credits
        return [candidate_of(row, said_of) for row in self._rows(sql, (key,))]

    def _read_has_name(self, key: str) -> bool:
        return bool(self._rows("SELECT 1 FROM name_keys WHERE name_key = ? LIMIT 1", (key,)))

    def _check(self) -> None:
        try:
            [(application,)] = self._rows("PRAGMA application_id", ())
            [(version,)] = self._rows("PRAGMA user_version", ())
        except sqlite3.DatabaseError as foreign:
            raise GazetteerError(f"{self.path} is not a gazetteer: {REMEDY}.") from foreign
        if application != schema.APPLICATION_ID:
            raise GazetteerError(f"{self.path} is not a gazetteer: {REMEDY}.")
        if version != schema.VERSION:
            raise GazetteerError(f"{self.path} has an outdated layout: {REMEDY}.")

    def _rows(self, sql: str, parameters: Sequence[object]) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._connection.execute(sql, parameters).fetchall()


def _open(path: Path) -> sqlite3.Connection:
    if not path.is_file():
        raise GazetteerError(f"There is no gazetteer at {path}: {REMEDY}.")
    # immutable: the file is replaced, never changed, so SQLite needs no locks and works on read-only disks.
    uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
    # Mapped pages are shared by all processes and need no copy; a file on an odd disk falls back to reads.
    connection.execute("PRAGMA mmap_size = 268435456")
    return connection


def _box(lon: float, lat: float, half: float) -> tuple[float, ...]:
    """Latitude band and two longitude bands (the second on the other side of the 180th meridian)."""
    west, east = lon - half, lon + half
    second = (west + 360, 180.0) if west < -180 else (-180.0, east - 360)
    return lat - half, lat + half, west, east, *second


def _narrowest(lat: float, half: float) -> float:
    """How short a degree of longitude gets within the box, as a share of a degree of latitude."""
    return math.cos(math.radians(min(abs(lat) + half, 90.0)))
