"""Outlines of admin units, as events are assigned to them, and simpler ones for a chart."""

from pathlib import Path

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from geo.boundaries.assign import WORLD, AdminLayers, assign
from geo.boundaries.layers import layer_names, read_description, read_layer
from geo.crs import WGS84, area_km2

FRAME_MARGIN = 0.4
"""Degrees around the situation's extent that the choropleth shows."""
GRID = 0.001
SIMPLER = 0.01
"""Degrees by which outlines may move on a chart: less than a pixel."""


def read_outlines(data_dir: Path, layers: AdminLayers) -> gpd.GeoDataFrame:
    """Outline of each unit as points are assigned: the world's units, districts drawn better where there are some.

    Columns admin0, admin1, geometry (EPSG:4326), km2. Units that share country and name are one, since nothing tells
    their events apart.
    """
    world = read_layer(WORLD, data_dir=data_dir)[["iso_a2", "name", "geometry"]]
    world = world.set_axis(["admin0", "admin1", "geometry"], axis=1)
    finer = [
        read_layer(name, data_dir=data_dir)[["name", "geometry"]]
        for name in layer_names(data_dir)
        if read_description(name, data_dir=data_dir).refines == WORLD
    ]
    districts = [_with_country(frame, layers) for frame in finer]
    rest = _without(world, [shape for frame in districts for shape in frame.geometry])
    return _joined(pd.concat([rest, *districts], ignore_index=True))


def shapes_around(
    outlines: gpd.GeoDataFrame, extent: tuple[float, float, float, float]
) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Simplified outlines (EPSG:4326) around an extent: of admin units (admin0, admin1) and of countries (admin0)."""
    west, south, east, north = extent
    frame = west - FRAME_MARGIN, south - FRAME_MARGIN, east + FRAME_MARGIN, north + FRAME_MARGIN
    near = outlines.cx[frame[0] : frame[2], frame[1] : frame[3]]
    cut = shapely.clip_by_rect(shapely.make_valid(near.geometry.to_numpy()), *frame)
    units = near.set_geometry(_surfaces(shapely.coverage_simplify(cut, SIMPLER)), crs=near.crs)
    # Layers that were drawn apart leave slits between units: closed before the country's outline is taken.
    wider = near.set_geometry(shapely.buffer(cut, SIMPLER), crs=near.crs).dissolve("admin0").reset_index()
    whole = shapely.simplify(shapely.buffer(wider.geometry.to_numpy(), -SIMPLER), SIMPLER)
    countries = wider[["admin0", "geometry"]].set_geometry(_surfaces(whole), crs=near.crs)
    return units[~units.is_empty], countries[~countries.is_empty]


def _with_country(districts: gpd.GeoDataFrame, layers: AdminLayers) -> gpd.GeoDataFrame:
    """A finer layer names no country: that of a point inside is taken, as for an event there."""
    points = shapely.point_on_surface(districts.geometry.to_numpy())
    countries = assign(shapely.get_x(points), shapely.get_y(points), layers=layers)["admin0"]
    return districts.rename(columns={"name": "admin1"}).assign(admin0=countries.to_numpy(object))


def _without(world: gpd.GeoDataFrame, districts: list[BaseGeometry]) -> gpd.GeoDataFrame:
    """The world's units less the ground that a finer layer draws."""
    if not districts:
        return world
    ground = shapely.union_all(districts)
    touched = world.intersects(ground).to_numpy()
    shapes = world.geometry.to_numpy().copy()
    shapes[touched] = shapely.difference(shapely.make_valid(shapes[touched]), ground)
    left = world.set_geometry(shapes, crs=WGS84)
    return left[~left.is_empty]


def _joined(units: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """One row for each country and name."""
    repeated = units.duplicated(["admin0", "admin1"], keep=False)
    joined = units[repeated].dissolve(["admin0", "admin1"]).reset_index()
    made = pd.concat([units[~repeated], joined], ignore_index=True)
    km2 = [round(area_km2(shape), 1) for shape in made.geometry]
    return gpd.GeoDataFrame(made[["admin0", "admin1", "geometry"]].assign(km2=km2), crs=WGS84)


def _surfaces(shapes: npt.NDArray[np.object_]) -> list[BaseGeometry]:
    """Only their polygons, with the outer ring clockwise: a chart on a globe takes what lies to the right of a ring."""
    return [
        shapely.orient_polygons(
            shapely.set_precision(
                shapely.multipolygons(
                    [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
                ),
                GRID,
            ),
            exterior_cw=True,
        )
        for shape in shapes
    ]
