"""Our own places take precedence: they give a known place our id, both sides' names and its area."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import shapely

from geo.gazetteer.entries import Entry, Name, alternates, merged
from geo.gazetteer.normalise import name_key
from geo.gazetteer.sources import read_rows

POINT_KINDS = ("city", "town", "village", "site")


def own_places(data_dir: Path, admin1: gpd.GeoDataFrame) -> dict[str, Entry]:
    """Our places by id, with every name in ``place_aliases.csv`` and the area in ``place_areas.csv``."""
    names = _own_names(data_dir)
    areas = _areas(data_dir)
    return {
        row["place_id"]: _with_unit(_own_place(row, names.get(row["place_id"], ()), areas), admin1)
        for row in read_rows(data_dir / "places.csv")
    }


def geoname_ids(data_dir: Path) -> dict[str, str]:
    """Which GeoNames entry is which of our places: ``gn:<id>`` to our id."""
    rows = read_rows(data_dir / "places.csv")
    return {f"gn:{row['geonameid']}": row["place_id"] for row in rows if row["geonameid"]}


def with_own(entries: Iterable[Entry], own: Mapping[str, Entry], same: Mapping[str, str]) -> Iterator[Entry]:
    """All places: ours first, enriched by the entries that are the same place, then the others."""
    pending = dict(own)
    claimed = _claimed_names(own.values())
    others = []
    for entry in entries:
        ours = _same_place(entry, pending, same, claimed)
        if ours is None:
            others.append(entry)
        else:
            pending[ours] = _enriched(pending[ours], entry, claimed)
    yield from pending.values()
    yield from others


def _own_names(data_dir: Path) -> dict[str, list[Name]]:
    names: dict[str, list[Name]] = {}
    for row in read_rows(data_dir / "place_aliases.csv"):
        name = Name(row["alias"], row["lang"], row["used_by"], row["primary"] == "1")
        names.setdefault(row["place_id"], []).append(name)
    return names


def _areas(data_dir: Path) -> dict[str, str]:
    path = data_dir / "place_areas.csv"
    rows = read_rows(path) if path.exists() else []
    return {row["place_id"]: f"{row['layer']}:{row['value']}" for row in rows}


def _own_place(row: Mapping[str, str], names: Sequence[Name], areas: Mapping[str, str]) -> Entry:
    place_id = row["place_id"]
    entry = Entry(
        place_id=place_id,
        name=row["name"],
        kind=row["kind"],
        lon=float(row["lon"]),
        lat=float(row["lat"]),
        source="own",
        admin0=place_id.removeprefix("country_").upper() if row["kind"] == "country" else "",
        admin1=row["district"],
        area=areas.get(place_id, ""),
        names=tuple(names),
    )
    # "Getashen / Chaykend" and "Martuni (Khojavend)" show two names; each also stands alone.
    return merged(
        entry, (Name(entry.name, "en", "", True), *alternates(row["name"].split(" / "), primary=True))
    )


def _with_unit(entry: Entry, admin1: gpd.GeoDataFrame) -> Entry:
    """The place with its country, and its district where places.csv leaves it open, read off the map."""
    if entry.admin0 or "|" in entry.area:
        return entry
    inside = admin1[admin1.geometry.contains(shapely.Point(entry.lon, entry.lat))]
    if inside.empty:
        return entry
    unit = inside.iloc[0]
    district = entry.admin1 or (str(unit["name"]) if entry.kind in POINT_KINDS else "")
    return replace(entry, admin0=str(unit["iso_a2"]), admin1=district)


def _claimed_names(own: Iterable[Entry]) -> dict[str, set[str]]:
    """Which of our areas bear which name; a listed region of that name is our place."""
    claimed: dict[str, set[str]] = {}
    for entry in own:
        if entry.kind not in POINT_KINDS:
            for name in entry.names:
                claimed.setdefault(name_key(name.text), set()).add(entry.place_id)
    return claimed


def _same_place(
    entry: Entry, own: Mapping[str, Entry], same: Mapping[str, str], claimed: Mapping[str, set[str]]
) -> str | None:
    if entry.place_id in own:
        return entry.place_id
    if entry.source == "regions":
        return min(claimed.get(name_key(entry.name), set()), default=None)
    return same.get(entry.place_id)


def _enriched(ours: Entry, theirs: Entry, claimed: Mapping[str, set[str]]) -> Entry:
    """Ours, with the names and the population that the other source adds."""
    names = [
        name for name in theirs.names if claimed.get(name_key(name.text), {ours.place_id}) == {ours.place_id}
    ]
    is_country = theirs.kind == "country"
    return replace(
        merged(ours, names),
        population=max(ours.population, theirs.population),
        # GeoNames says where a border village belongs; generalised polygons are wrong by up to 2 km there.
        admin0=theirs.admin0 if theirs.source == "geonames" else ours.admin0,
        admin1=ours.admin1 or theirs.admin1,
        area=ours.area or theirs.area,
        lon=theirs.lon if is_country else ours.lon,
        lat=theirs.lat if is_country else ours.lat,
    )
