import geopandas as gpd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod
from shapely.geometry import LineString, Point, Polygon, box

from geo.crs import area_km2, distance_km, latlon, to_metric, to_wgs84
from geo.errors import CRSError

lons = st.floats(-180, 180)
lats = st.floats(-90, 90)


def test_leaflet_gets_latitude_first():
    assert latlon(46.75, 39.82) == (39.82, 46.75)


@given(lons, lats, lons, lats)
def test_a_distance_is_the_same_both_ways(lon, lat, to_lon, to_lat):
    there = distance_km(lon, lat, to_lon=to_lon, to_lat=to_lat)
    back = distance_km(to_lon, to_lat, to_lon=lon, to_lat=lat)
    assert there == pytest.approx(back, abs=1e-6)


@given(lons, lats, lons, lats)
def test_a_distance_is_within_6_in_1000_of_the_ellipsoid(lon, lat, to_lon, to_lat):
    exact = Geod(ellps="WGS84").inv(lon, lat, to_lon, to_lat)[2] / 1000
    assert float(distance_km(lon, lat, to_lon=to_lon, to_lat=to_lat)) == pytest.approx(
        exact, rel=6e-3, abs=1e-3
    )


def test_a_degree_is_shorter_in_the_east_west_direction_the_further_from_the_equator():
    lengths = distance_km([0, 0, 0], [0, 40, 80], to_lon=1, to_lat=0)
    across = [float(distance_km(0, lat, to_lon=1, to_lat=lat)) for lat in (0, 40, 80)]
    assert across == sorted(across, reverse=True)
    assert lengths[0] == pytest.approx(111.2, abs=0.1)


@pytest.mark.parametrize(
    "vertices", [[(46, 39), (47, 39), (47, 40), (46, 40)], [(46, 39), (46, 40), (47, 40), (47, 39)]]
)
def test_an_area_does_not_depend_on_the_winding(vertices):
    # One degree by one degree at 39 to 40 N: 9,540 km2 by integrating the ellipsoid.
    assert area_km2(Polygon(vertices)) == pytest.approx(9540, rel=2e-3)


def test_a_hole_is_no_area():
    outer, hole = box(46, 39, 47, 40), box(46.4, 39.4, 46.6, 39.6)
    assert area_km2(outer.difference(hole)) == pytest.approx(area_km2(outer) - area_km2(hole), rel=1e-9)


@pytest.mark.parametrize("geometry", [Point(46, 39), LineString([(46, 39), (47, 40)]), Polygon()])
def test_a_shape_without_a_surface_has_no_area(geometry):
    assert area_km2(geometry) == 0


@pytest.mark.parametrize("convert", [to_metric, lambda frame: to_wgs84(frame, name="zones.shp")])
def test_a_frame_without_crs_is_refused_with_the_remedy(convert):
    with pytest.raises(CRSError, match=r"has no CRS: add its \.prj file"):
        convert(gpd.GeoDataFrame(geometry=[Point(46, 39)]))


def test_metric_lengths_are_metres():
    line = gpd.GeoDataFrame(geometry=[LineString([(46.7, 39.8), (46.8, 39.8)])], crs=4326)
    assert to_metric(line).length[0] == pytest.approx(8565, rel=2e-3)


def test_degrees_come_back_from_metres():
    frame = gpd.GeoDataFrame(geometry=[Point(46.75, 39.82)], crs=4326)
    back = to_wgs84(to_metric(frame), name="x")
    assert back.geometry[0].distance(frame.geometry[0]) < 1e-8
