"""In which first-level unit a place lies, by its position and by GeoNames' code."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import geopandas as gpd
import shapely

SAME_UNITS = 0.95
"""From this share of a code's places in one polygon on, code and polygon are the same unit."""
City = Mapping[str, Any]


class Units:
    """The polygons (EPSG:4326), and what the places of a list tell about GeoNames' codes.

    Where GeoNames' units are those of the polygons, its code decides: generalised borders put St. Louis across the river.
    Elsewhere the polygon does, and a place whose polygon is missing or belongs to another country takes the unit that
    most places with its code lie in.
    """

    def __init__(self, admin1: gpd.GeoDataFrame, cities: Sequence[City]) -> None:
        self._tree = shapely.STRtree(admin1.geometry.to_numpy())
        self._countries, self._names = admin1["iso_a2"].to_numpy(), admin1["name"].to_numpy()
        self._usual = _usual_units(cities, self._drawn(cities))

    def of(self, cities: Sequence[City]) -> list[str]:
        """The unit of each place; empty where there is none."""
        drawn = self._drawn(cities)
        return [
            _unit(name, *self._usual.get(_code(city), ("", 0.0)))
            for city, name in zip(cities, drawn, strict=True)
        ]

    def _drawn(self, cities: Sequence[City]) -> list[str]:
        """The unit of the same country in whose polygon each place lies."""
        points = shapely.points([c["longitude"] for c in cities], [c["latitude"] for c in cities])
        found = [""] * len(cities)
        for point, polygon in zip(*self._tree.query(points, predicate="within"), strict=True):
            if self._countries[polygon] == cities[point]["countrycode"]:
                found[point] = str(self._names[polygon])
        return found


def _unit(drawn: str, usual: str, share: float) -> str:
    return usual if share >= SAME_UNITS or not drawn else drawn


def _code(city: City) -> tuple[str, str]:
    return city["countrycode"], city["admin1code"]


def _usual_units(cities: Sequence[City], drawn: Sequence[str]) -> dict[tuple[str, str], tuple[str, float]]:
    """For each of GeoNames' codes the unit that most of its places lie in, and the share of them that do."""
    votes: dict[tuple[str, str], Counter[str]] = {}
    for city, unit in zip(cities, drawn, strict=True):
        if unit:
            votes.setdefault(_code(city), Counter())[unit] += 1
    best = {code: min(counts, key=lambda unit: (-counts[unit], unit)) for code, counts in votes.items()}
    return {code: (unit, votes[code][unit] / votes[code].total()) for code, unit in best.items()}
