"""The grid answers as testing each point does, and leaves to testing whatever lies close to an outline."""

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import Polygon, box

from geo.boundaries import assign as assigning
from geo.boundaries.assign import NOWHERE, unit_numbers, units_of
from geo.boundaries.grid import CROSSED, MOST_ACROSS, grid_over

corner = st.integers(-40, 40).map(lambda tenths: tenths / 10)
"""Corners on tenths of a degree, where the grid's own lines may run."""
triangles = st.lists(
    st.lists(st.tuples(corner, corner), min_size=3, max_size=3, unique=True), min_size=1, max_size=6
)


def _units(shapes):
    return units_of(
        gpd.GeoDataFrame({"name": [f"u{n}" for n in range(len(shapes))]}, geometry=shapes, crs=4326)
    )


def _awkward_points(shapes):
    """Points all over, on a lattice of tenths, on corners and along edges."""
    lattice = np.round(
        np.stack(np.meshgrid(np.arange(-42, 43, 3), np.arange(-42, 43, 3)), axis=-1).reshape(-1, 2) / 10, 1
    )
    corners = shapely.get_coordinates(shapes)
    edges = shapely.get_coordinates(
        shapely.segmentize(shapely.boundary(np.array(shapes, dtype=object)), 0.07)
    )
    scattered = np.random.default_rng(3).uniform(-4.2, 4.2, (300, 2))
    return np.concatenate([lattice, corners, edges, scattered]).T


@settings(max_examples=60, deadline=None)
@given(corners=triangles, cell=st.sampled_from([0.1, 0.13, 0.5, 3.0]))
def test_where_the_grid_answers_it_answers_as_testing_does(corners, cell):
    shapes = [shape for shape in map(Polygon, corners) if shape.is_valid and shape.area > 0.01]
    if not shapes:
        return
    units = _units(shapes)
    lon, lat = _awkward_points(shapes)
    west, south, east, north = units.extent
    inside = (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
    lon, lat = lon[inside], lat[inside]
    found = grid_over(units.tree.geometries, units.tested, cell=cell).look_up(lon, lat)
    answered = found != CROSSED
    assert found[answered].tolist() == units.tested(lon, lat)[answered].tolist()


def test_most_points_of_a_large_polygon_need_no_testing():
    units = _units([box(0, 0, 10, 10)])
    lon, lat = np.random.default_rng(1).uniform(0.2, 9.8, (2, 1000))
    assert set(units.grid.look_up(lon, lat).tolist()) == {0}


def test_a_hole_holds_nothing():
    units = _units([box(0, 0, 10, 10).difference(box(4, 4, 6, 6))])
    assert units.grid.look_up(np.array([5.0, 1.0]), np.array([5.0, 1.0])).tolist() == [NOWHERE, 0]


@pytest.mark.parametrize("many", [1, 1_000_000])
def test_few_and_many_points_have_the_same_answers(monkeypatch, many):
    monkeypatch.setattr(assigning, "MANY", many)
    units = _units([box(0, 0, 5, 10), box(5, 0, 10, 10)])
    lon = np.array([5.0, 0.0, 10.0, 10.1, np.nan, 7.0, 7.0, 2.0])
    lat = np.array([5.0, 0.0, 10.0, 5.0, 5.0, 3.0, 3.0, np.inf])
    assert unit_numbers(lon, lat, units=units).tolist() == [0, 0, 1, NOWHERE, NOWHERE, 1, 1, NOWHERE]


def test_cells_grow_with_the_ground_so_that_the_grid_is_bounded():
    units = _units([box(0, 0, 1_000_000, 1)])
    grid = units.grid
    assert grid.width <= MOST_ACROSS + 4
    assert grid.look_up(np.array([3.0]), np.array([0.5])).tolist() == [CROSSED]


def test_points_that_come_in_batches_are_worth_a_grid_too(monkeypatch):
    monkeypatch.setattr(assigning, "MANY", 3)
    units = _units([box(0, 0, 5, 10), box(5, 0, 10, 10)])
    for expected in (False, True):
        assert unit_numbers(np.array([1.0, 7.0]), np.array([1.0, 1.0]), units=units).tolist() == [0, 1]
        assert ("grid" in vars(units)) == expected
