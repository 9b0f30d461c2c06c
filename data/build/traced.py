"""Read what was traced or written by hand: ``traced/`` holds data only, no code."""

from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pandas as pd
from geometry import buffered_km
from shapely.geometry.base import BaseGeometry

TRACED = Path(__file__).parent / "traced"


@dataclass(frozen=True, slots=True)
class TracedLine:
    """A line or site traced by hand.

    ``buffer_km`` is the half-width of the zone around it. ``replaces_from`` and ``replaces_to`` are
    the places on Natural Earth's line of contact between which this stretch is better; no
    ``replaces_to`` means up to its end.
    """

    name: str
    geometry: BaseGeometry
    buffer_km: float
    replaces_from: tuple[float, float] | None
    replaces_to: tuple[float, float] | None

    def widened(self) -> BaseGeometry:
        """The zone around the line."""
        return buffered_km(self.geometry, km=self.buffer_km)


def read_traced_lines() -> dict[str, TracedLine]:
    """Every traced line by its name, in the order of the file."""
    frame = gpd.read_file(TRACED / "lines.geojson")
    return {
        row.name: TracedLine(
            row.name, row.geometry, row.buffer_km, _lonlat(row.replaces_from), _lonlat(row.replaces_to)
        )
        for row in frame.itertuples(index=False)
    }


def read_traced_table(name: str) -> pd.DataFrame:
    """A hand-written table as text; nothing is turned into a number or a missing value."""
    return pd.read_csv(TRACED / name, dtype=str, keep_default_na=False)


def _lonlat(values: object) -> tuple[float, float] | None:
    """A pair of degrees out of a GeoJSON property, or nothing."""
    if values is None or not hasattr(values, "__len__"):
        return None
    lon, lat = values
    return float(lon), float(lat)
