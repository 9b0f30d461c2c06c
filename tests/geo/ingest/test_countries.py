import numpy as np
import pytest
import shapely

from geo.ingest.countries import CountryShapes, far_from_country, likely_move

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
