"""Assigning coordinates to units gives what the polygons say, except where a village is known to be drawn wrong."""

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import Point, Polygon, box

from geo.boundaries.assign import AdminLayers, assign, read_admin_layers, read_exceptions, units_of
from geo.boundaries.layers import read_layer
from geo.boundaries.split import MOST_VERTICES, pieces_of
from geo.errors import BoundaryError

DATA = Path(__file__).resolve().parents[3] / "data"
NO_EXCEPTIONS = pd.DataFrame({"lon": [], "lat": [], "admin0": [], "admin1": []})

east = st.floats(40, 52).map(lambda value: round(value, 5))
north = st.floats(36, 44).map(lambda value: round(value, 5))


@pytest.fixture(scope="module")
def layers():
    return read_admin_layers(DATA)


@pytest.fixture(scope="module")
def world():
    return read_layer("admin1", data_dir=DATA)


def _frame(names, shapes):
    return gpd.GeoDataFrame({"name": names, "iso_a2": "XX"}, geometry=shapes, crs=4326)


def _layers(world, districts=None, exceptions=NO_EXCEPTIONS):
    none = _frame([], [])
    return AdminLayers(units_of(world), units_of(none if districts is None else districts), exceptions)


@settings(max_examples=20, deadline=None)
@given(places=st.lists(st.tuples(east, north), min_size=1, max_size=200))
def test_the_answer_is_that_of_a_plain_spatial_join(places, layers, world):
    lons, lats = zip(*places, strict=True)
    nothing_finer = AdminLayers(layers.world, units_of(_frame([], [])), NO_EXCEPTIONS)
    points = gpd.GeoDataFrame(geometry=[Point(place) for place in places], crs=4326)
    joined = points.sjoin(world, predicate="intersects").sort_values("index_right")
    expected = joined[~joined.index.duplicated()].reindex(points.index)
    answer = assign(lons, lats, layers=nothing_finer)
    assert answer["admin0"].tolist() == expected["iso_a2"].fillna("").tolist()
    assert answer["admin1"].tolist() == expected["name"].fillna("").tolist()


def test_stepanakert_is_in_the_district_of_khankendi(layers):
    answer = assign([46.7528], [39.8177], layers=layers).iloc[0]
    assert (answer.admin0, answer.admin1, answer.decided_by) == ("AZ", "Xankəndi", "district")


def test_kornidzor_is_in_armenia_though_it_is_drawn_in_azerbaijan(layers):
    answer = assign([46.53046], [39.54763], layers=layers).iloc[0]
    assert (answer.admin0, answer.admin1, answer.decided_by) == ("AM", "Syunik", "exception")


def test_an_exception_holds_for_its_village_only(layers):
    answer = assign([46.53146], [39.54763], layers=layers).iloc[0]
    assert (answer.admin0, answer.decided_by) == ("AZ", "district")


def test_the_finer_layer_wins_over_the_coarser_one():
    coarse = _frame(["coarse"], [box(0, 0, 10, 10)])
    fine = _frame(["fine"], [box(2, 2, 4, 4)])
    answer = assign([3, 6], [3, 6], layers=_layers(coarse, fine))
    assert answer["admin1"].tolist() == ["fine", "coarse"]
    assert answer["admin0"].tolist() == ["XX", "XX"]


def test_outside_everything_the_answer_is_empty(layers):
    assert assign([0.0], [0.0], layers=layers).to_dict("records") == [
        {"admin0": "", "admin1": "", "decided_by": ""}
    ]


def test_a_missing_coordinate_has_an_empty_answer(layers):
    answer = assign([np.nan, 46.7528, 46.7528], [39.8177, np.nan, 39.8177], layers=layers)
    assert answer["admin0"].tolist() == ["", "", "AZ"]


def test_zero_is_a_coordinate():
    answer = assign(
        [0, 0], [0, 51], layers=_layers(_frame(["gulf", "meridian"], [box(-1, -1, 1, 1), box(-1, 50, 1, 52)]))
    )
    assert answer["admin1"].tolist() == ["gulf", "meridian"]


def test_no_coordinates_give_no_rows(layers):
    answer = assign([], [], layers=layers)
    assert answer.empty
    assert answer.columns.tolist() == ["admin0", "admin1", "decided_by"]


def test_the_order_and_the_repeats_of_the_question_are_kept(layers):
    answer = assign([49.89, 44.51, 49.89, 46.7528], [40.38, 40.18, 40.38, 39.8177], layers=layers)
    assert answer["admin0"].tolist() == ["AZ", "AM", "AZ", "AZ"]
    assert answer["admin1"].tolist() == ["Bakı", "Erevan", "Bakı", "Xankəndi"]


@given(share=st.floats(0, 10))
def test_on_a_shared_border_the_unit_that_stands_first_wins(share):
    halves = _frame(["west", "east"], [box(0, 0, 5, 10), box(5, 0, 10, 10)])
    assert assign([5], [share], layers=_layers(halves))["admin1"].tolist() == ["west"]


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 10_000), corners=st.integers(200, 1500))
def test_the_pieces_of_a_polygon_are_small_and_cover_it(seed, corners):
    angles = np.linspace(0, 2 * np.pi, corners, endpoint=False)
    radii = np.random.default_rng(seed).uniform(0.5, 1.5, corners)
    polygon = Polygon(np.column_stack([radii * np.cos(angles), radii * np.sin(angles)]))
    pieces = pieces_of(polygon)
    assert len(pieces) > 1
    assert max(len(piece.exterior.coords) for piece in pieces) <= MOST_VERTICES
    assert sum(piece.area for piece in pieces) == pytest.approx(polygon.area)


def test_an_empty_polygon_has_no_pieces():
    assert pieces_of(Polygon()) == []


def test_a_missing_table_of_exceptions_is_named_with_the_remedy(tmp_path):
    with pytest.raises(BoundaryError, match=r"district_exceptions\.csv.*restore it"):
        read_exceptions(tmp_path)


def test_a_table_of_exceptions_without_a_column_is_refused(tmp_path):
    (tmp_path / "district_exceptions.csv").write_text("place_id,lon,lat\na,1,2\n", encoding="utf-8")
    with pytest.raises(BoundaryError, match="admin0"):
        read_exceptions(tmp_path)
