"""Our three lists that mend GeoNames: places it lacks, spellings it lacks, and names that it gives to the wrong place."""

import math
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from geo import vocab
from geo.errors import GazetteerError
from geo.gazetteer.entries import Entry, Name, alternates, degrees_in, merged
from geo.gazetteer.normalise import name_key
from geo.gazetteer.sources import read_rows

MORE_PLACES = "gazetteer/more_places.csv"
MORE_NAMES = "gazetteer/more_names.csv"
WRONG_NAMES = "gazetteer/wrong_names.csv"
_KEY = re.compile(r"[a-z]{2}(?:-[a-z0-9]+)+")
Row = Mapping[str, str]


def more_places(data_dir: Path) -> Iterator[Entry]:
    """Settlements that GeoNames' list lacks, at positions good to some kilometres.

    Raises
    ------
    GazetteerError
        A row is not a place; the message says which and why.
    """
    seen: set[str] = set()
    for where, row in _numbered(data_dir / MORE_PLACES):
        key = row["place_key"] or ""
        if not _KEY.fullmatch(key) or key[:2].upper() != row["country"]:
            raise GazetteerError(f"{where}: place_key {key!r} is not the country and a name, like ss-renk.")
        if key in seen:
            raise GazetteerError(
                f"{where}: place_key {key!r} stands twice: number the second, like ua-pisky-2."
            )
        seen.add(key)
        yield _place(where, row)


def mended(entries: Iterable[Entry], data_dir: Path, *, left_out: Collection[str] = ()) -> list[Entry]:
    """The places with the spellings that we add and without the names that are another's.

    ``left_out`` are ids of places that this gazetteer does without; rows about them are no mistake.

    Raises
    ------
    GazetteerError
        A row names no place, no name, or a name that cannot be dropped; the message says which and why.
    """
    by_id = {entry.place_id: entry for entry in entries}
    for where, row in _of_known(data_dir / WRONG_NAMES, by_id, left_out):
        by_id[row["place_id"]] = _without(where, by_id[row["place_id"]], row)
    for _, row in _of_known(data_dir / MORE_NAMES, by_id, left_out):
        by_id[row["place_id"]] = merged(by_id[row["place_id"]], alternates([row["name"]]))
    return list(by_id.values())


def _numbered(path: Path) -> Iterator[tuple[str, Row]]:
    """The rows of a list, each with its file and line."""
    for line, row in enumerate(read_rows(path), start=2):
        where = f"{path.name}, line {line}"
        if None in row or None in row.values():
            raise GazetteerError(f"{where}: it has not as many columns as the head: quote a comma.")
        if not name_key(row["name"]):
            raise GazetteerError(f"{where}: name is empty.")
        yield where, row


def _place(where: str, row: Row) -> Entry:
    if row["kind"] not in vocab.POINT_KINDS:
        raise GazetteerError(
            f"{where}: kind {row['kind']!r} is none of {', '.join(sorted(vocab.POINT_KINDS))}."
        )
    lon, lat = _degrees(where, row)
    if not row["population"].isdecimal():
        raise GazetteerError(f"{where}: population {row['population']!r} is no number: write 0 if unknown.")
    return Entry(
        place_id=f"more:{row['place_key']}",
        name=row["name"],
        kind=row["kind"],
        lon=lon,
        lat=lat,
        source="more",
        admin0=row["country"],
        admin1=row["admin1"],
        population=int(row["population"]),
        names=(Name(row["name"], primary=True), *alternates(filter(None, row["aliases"].split(";")))),
    )


def _degrees(where: str, row: Row) -> tuple[float, float]:
    lon, lat = degrees_in(row["lon"], 180), degrees_in(row["lat"], 90)
    if math.isnan(lon) or math.isnan(lat) or lon == lat == 0:
        raise GazetteerError(f"{where}: lon {row['lon']!r}, lat {row['lat']!r} is no position in degrees.")
    return lon, lat


def _of_known(path: Path, known: Collection[str], left_out: Collection[str]) -> Iterator[tuple[str, Row]]:
    for where, row in _numbered(path):
        if row["place_id"] in known:
            yield where, row
        elif row["place_id"] not in left_out:
            raise GazetteerError(f"{where}: no place has the id {row['place_id']!r}: mend or remove the row.")


def _without(where: str, entry: Entry, row: Row) -> Entry:
    """The entry without every spelling of a name that compares equal."""
    wrong = name_key(row["name"])
    if not row["why"]:
        raise GazetteerError(f"{where}: it does not say why {row['name']!r} is wrong.")
    if wrong == name_key(entry.name):
        raise GazetteerError(
            f"{where}: {row['name']!r} is the main name of {entry.place_id}; only others can go."
        )
    kept = tuple(name for name in entry.names if name_key(name.text) != wrong)
    if kept == entry.names:
        raise GazetteerError(f"{where}: {entry.place_id} has no name {row['name']!r}: remove the row.")
    return replace(entry, names=kept)
