"""The base map: Natural Earth land, borders, rivers and lakes as vectors, so that no tile server is asked.

The surroundings of the situation are drawn in full; the rest of the world is coarse, for orientation.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import folium
import geopandas as gpd
import shapely
from shapely.geometry import box
from shapely.geometry.base import BaseGeometry

from geo.layers.element import DECIMALS, drawn

SURROUNDINGS = 5.0
"""Degrees around the situation's extent in which everything is drawn in full."""
WORLD_TOLERANCE = 0.2
NEAR_TOLERANCE = 0.004
SMALLEST_ISLAND = 0.15
"""Square degrees below which an island is left out of the coarse world."""
BASE_PANE = "base"


@dataclass(frozen=True, slots=True)
class BaseLayers:
    """What the base map is drawn from, each in EPSG:4326."""

    admin0: gpd.GeoDataFrame
    admin1: gpd.GeoDataFrame
    lakes: gpd.GeoDataFrame
    rivers: gpd.GeoDataFrame
    disputed: gpd.GeoDataFrame
    former: gpd.GeoDataFrame


@dataclass(frozen=True, slots=True)
class Shapes:
    """One kind of surface or line, ready for the map: GeoJSON geometries under a class of the style sheet."""

    name: str
    filled: bool
    geometries: list[dict[str, Any]]


def basemap_shapes(layers: BaseLayers, *, extent: tuple[float, float, float, float]) -> list[Shapes]:
    """What the base map shows, from bottom to top. Takes seconds and depends on nothing else: keep it."""
    near = box(*_widened(extent))
    return [
        _surface(_world(layers.admin0, near), "land", decimals=2),
        _line(_world_borders(layers.admin0, near), "admin0", decimals=2),
        _surface(_clipped(layers.admin0, near), "land"),
        _surface(_clipped(layers.lakes, near), "lake"),
        _line(_clipped(layers.rivers, near), "river"),
        _line(_edges(layers.admin1, near), "admin1"),
        _line(_edges(layers.admin0, near), "admin0"),
        _line(_clipped(layers.disputed, near), "disputed"),
        _line([g.boundary for g in layers.former.geometry], "former"),
    ]


def basemap_layers(shapes: Sequence[Shapes]) -> list[folium.GeoJson]:
    """The base map as elements; their colours come from the frame's style sheet by class, for light and dark."""
    return [_element(kind) for kind in shapes]


def _widened(extent: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    west, south, east, north = extent
    return west - SURROUNDINGS, south - SURROUNDINGS, east + SURROUNDINGS, north + SURROUNDINGS


def _world(admin0: gpd.GeoDataFrame, near: BaseGeometry) -> list[BaseGeometry]:
    """Coarse land outside the surroundings."""
    outside = shapely.difference(shapely.simplify(admin0.geometry.to_numpy(), WORLD_TOLERANCE), near)
    parts = shapely.get_parts(outside)
    return [shapely.union_all(parts[shapely.area(parts) > SMALLEST_ISLAND], grid_size=0.01)]


def _world_borders(admin0: gpd.GeoDataFrame, near: BaseGeometry) -> list[BaseGeometry]:
    """Coarse country outlines outside the surroundings, islands left out."""
    parts = shapely.get_parts(admin0.geometry.to_numpy())
    edges = shapely.boundary(parts[shapely.area(parts) > SMALLEST_ISLAND])
    merged = shapely.line_merge(shapely.union_all(edges))
    return [shapely.difference(shapely.simplify(merged, WORLD_TOLERANCE), near)]


def _clipped(frame: gpd.GeoDataFrame, near: BaseGeometry) -> list[BaseGeometry]:
    touching = frame.geometry[frame.intersects(near)].intersection(near)
    return list(shapely.simplify(touching.to_numpy(), NEAR_TOLERANCE))


def _edges(units: gpd.GeoDataFrame, near: BaseGeometry) -> list[BaseGeometry]:
    """Each border once, as one line: drawn twice, a shared border would look heavier.

    Shared borders are only equal before anything is clipped or simplified.
    """
    borders = shapely.union_all(units.geometry[units.intersects(near)].boundary.to_numpy())
    inside = shapely.intersection(shapely.line_merge(borders), near.buffer(-1e-6))
    return [shapely.simplify(inside, NEAR_TOLERANCE)]


def _surface(shapes: list[BaseGeometry], name: str, *, decimals: int = DECIMALS) -> Shapes:
    return Shapes(name, True, [drawn(shape, decimals=decimals) for shape in shapes if not shape.is_empty])


def _line(shapes: list[BaseGeometry], name: str, *, decimals: int = DECIMALS) -> Shapes:
    return Shapes(name, False, [drawn(shape, decimals=decimals) for shape in shapes if not shape.is_empty])


def _element(kind: Shapes) -> folium.GeoJson:
    looks = {
        "fill": kind.filled,
        "stroke": not kind.filled,
        "fillOpacity": 1,
        "className": f"base-{kind.name}",
        "interactive": False,
        "pane": BASE_PANE,
    }
    features = [{"type": "Feature", "properties": {}, "geometry": geometry} for geometry in kind.geometries]
    return folium.GeoJson(
        {"type": "FeatureCollection", "features": features},
        name=f"base-{kind.name}",
        style_function=lambda _: looks,
        control=False,
        pane=BASE_PANE,
        interactive=False,
    )
