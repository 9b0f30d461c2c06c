import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.boundaries.assign import AdminLayers, units_of
from geo.ingest.countries import (
    CountryShapes,
    country_shapes,
    far_from_country,
    far_from_own_country,
    likely_move,
)

# One country from 10 to 12 degrees east at 60 degrees north, where a degree of longitude is 55.6 km.
NORTH = CountryShapes({"NO": shapely.STRtree([shapely.box(10, 59, 12, 61)])})


def km_to(lon, lat):
    return NORTH.km_to("NO", np.array([lon]), np.array([lat]))[0]


def test_a_distance_is_measured_on_the_sphere_and_not_in_degrees():
    assert km_to(13.0, 60.0) == pytest.approx(55.6, abs=0.5)
    assert km_to(11.0, 62.0) == pytest.approx(111.2, abs=0.5)
    assert km_to(11.0, 60.0) == 0


def test_a_point_inside_a_hundred_km_belongs_to_its_country_at_any_latitude():
    far = far_from_country("NO", np.array([13.5, 14.5]), np.array([60.0, 60.0]), shapes=NORTH)
    assert far.tolist() == [False, True]


def test_a_country_that_is_not_drawn_contradicts_nobody():
    assert not far_from_country("XX", np.array([0.0]), np.array([0.0]), shapes=NORTH).any()


@pytest.mark.parametrize(
    ("lon", "lat", "move"),
    [(11.0, -60.0, "lat"), (-11.0, 60.0, "lon"), (60.0, 11.0, "swap"), (100.0, 10.0, "")],
)
def test_a_move_is_likely_only_if_it_alone_leads_home(lon, lat, move):
    assert likely_move("NO", lon, lat, shapes=NORTH) == move


@given(
    lon=st.lists(st.floats(5, 20), min_size=1, max_size=30),
    lat=st.floats(55, 65),
    codes=st.lists(st.sampled_from(["NO", "SE", "XX"]), min_size=30),
)
def test_all_points_are_held_against_their_countries_as_each_alone_would_be(lon, lat, codes):
    frame = gpd.GeoDataFrame(
        {"name": ["east", "west"], "iso_a2": ["SE", "NO"]},
        geometry=[shapely.box(12, 59, 14, 61), shapely.box(10, 59, 12, 61)],
        crs=4326,
    )
    none = pd.DataFrame({"lon": [], "lat": [], "admin0": [], "admin1": []})
    layers = AdminLayers(units_of(frame), units_of(frame.iloc[:0]), none)
    shapes = country_shapes(layers)
    lons, lats, stated = np.array(lon), np.full(len(lon), lat), codes[: len(lon)]
    far = far_from_own_country(stated, lons, lats, shapes=shapes, layers=layers)
    alone = [far_from_country(code, lons[[n]], lats[[n]], shapes=shapes)[0] for n, code in enumerate(stated)]
    assert far.tolist() == alone
