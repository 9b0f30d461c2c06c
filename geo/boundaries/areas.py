"""The polygon or line of a place that is not a point: a region is drawn as the region, not as a pin."""

from collections.abc import Mapping
from pathlib import Path

import geopandas as gpd
import pandas as pd
from geopandas import GeoDataFrame
from pyogrio.errors import DataSourceError
from shapely.geometry.base import BaseGeometry

from geo.boundaries.layers import read_layer
from geo.errors import BoundaryError

ANY = "*"
"""Value that stands for every row of the layer."""
SEPARATOR = "|"
SEEDS = ("control_zones", "control_lines")
"""Layers that are GeoJSON in the data folder itself."""


def area_of(
    place_id: str, *, place_areas: pd.DataFrame, layers: Mapping[str, GeoDataFrame]
) -> BaseGeometry | None:
    """What draws the place, in EPSG:4326; None for a place that is a point.

    Raises
    ------
    BoundaryError
        The place names a layer or a row that does not exist.
    """
    named = place_areas[place_areas["place_id"].eq(place_id)]
    if named.empty:
        return None
    place = named.iloc[0]
    layer = layers.get(place["layer"])
    if layer is None or place["column"] not in layer.columns:
        raise BoundaryError(
            f"place_areas.csv draws {place_id} from {place['layer']}.{place['column']}, "
            "which does not exist: correct that row."
        )
    rows = layer if place["value"] == ANY else layer[_named(layer[place["column"]], place["value"])]
    if rows.empty:
        raise BoundaryError(
            f"place_areas.csv draws {place_id} from {place['layer']}, "
            f"but no row there has {place['column']}={place['value']}: correct that row."
        )
    drawn: BaseGeometry = rows.geometry.union_all()
    return drawn


def read_place_areas(data_dir: Path) -> pd.DataFrame:
    """Read which layer draws which place: place_id, layer, column, value.

    Raises
    ------
    BoundaryError
        The table is missing or lacks a column.
    """
    path = data_dir / "place_areas.csv"
    columns = ["place_id", "layer", "column", "value"]
    try:
        return pd.read_csv(path, dtype=str, keep_default_na=False, usecols=columns)[columns]
    except (OSError, ValueError) as error:
        raise BoundaryError(
            f"{path.name} cannot be read ({error}): restore it from the project, "
            f"or give it the columns {', '.join(columns)}."
        ) from error


def read_areas(data_dir: Path) -> dict[str, BaseGeometry]:
    """Read what draws every place that is not a point, by place_id.

    Raises
    ------
    BoundaryError
        A table or layer cannot be read, or does not have what the table names.
    """
    place_areas = read_place_areas(data_dir)
    layers = {name: _read_any(name, data_dir=data_dir) for name in place_areas["layer"].unique()}
    drawn = {
        place_id: area_of(place_id, place_areas=place_areas, layers=layers)
        for place_id in place_areas["place_id"]
    }
    return {place_id: area for place_id, area in drawn.items() if area is not None}


def _named(column: pd.Series, values: str) -> pd.Series:
    return column.isin(values.split(SEPARATOR))


def _read_any(name: str, *, data_dir: Path) -> GeoDataFrame:
    if name not in SEEDS:
        return read_layer(name, data_dir=data_dir)
    try:
        return gpd.read_file(data_dir / f"{name}.geojson")
    except (DataSourceError, OSError) as error:
        raise BoundaryError(f"{name}.geojson cannot be read: restore it from the project.") from error
