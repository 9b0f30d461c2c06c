"""A place that is not a point is drawn as its polygon or line."""

from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry import Point, box

from geo.boundaries.areas import area_of, read_areas, read_place_areas
from geo.crs import area_km2
from geo.errors import BoundaryError

DATA = Path(__file__).resolve().parents[3] / "data"
LAYERS = {
    "units": gpd.GeoDataFrame(
        {"code": ["A", "B", "C"]}, geometry=[box(0, 0, 1, 1), box(1, 0, 2, 1), box(5, 5, 6, 6)], crs=4326
    )
}


def _table(layer="units", column="code", value="A"):
    return pd.DataFrame([{"place_id": "here", "layer": layer, "column": column, "value": value}])


@pytest.fixture(scope="module")
def areas():
    return read_areas(DATA)


def test_a_place_that_is_a_point_has_no_area():
    assert area_of("elsewhere", place_areas=_table(), layers=LAYERS) is None


@pytest.mark.parametrize(("value", "size"), [("A", 1), ("A|B", 2), ("*", 3)])
def test_an_area_joins_the_rows_that_are_named(value, size):
    assert area_of("here", place_areas=_table(value=value), layers=LAYERS).area == size


@pytest.mark.parametrize("wrong", [{"layer": "none"}, {"column": "none"}, {"value": "Z"}])
def test_a_place_that_names_nothing_is_refused(wrong):
    with pytest.raises(BoundaryError, match=r"place_areas\.csv draws here .* correct that row"):
        area_of("here", place_areas=_table(**wrong), layers=LAYERS)


def test_nagorno_karabakh_is_drawn_as_the_former_oblast(areas):
    assert area_km2(areas["nk"]) == pytest.approx(4_282, rel=0.01)


def test_karabakh_is_wider_than_nagorno_karabakh(areas):
    assert area_km2(areas["karabakh"]) > 2 * area_km2(areas["nk"])


def test_the_south_caucasus_holds_its_three_capitals(areas):
    capitals = [Point(44.5126, 40.17765), Point(49.87, 40.40), Point(44.80, 41.70)]
    assert all(areas["south_caucasus"].contains(capital) for capital in capitals)


def test_the_line_of_contact_is_a_line(areas):
    assert areas["loc"].geom_type == "LineString"


def test_a_missing_table_is_named_with_the_remedy(tmp_path):
    with pytest.raises(BoundaryError, match=r"place_areas\.csv cannot be read.*restore it"):
        read_place_areas(tmp_path)


def test_a_missing_layer_of_zones_is_named(tmp_path):
    (tmp_path / "place_areas.csv").write_text(
        "place_id,layer,column,value\nhere,control_zones,zone_id,A\n", encoding="utf-8"
    )
    with pytest.raises(BoundaryError, match=r"control_zones\.geojson cannot be read"):
        read_areas(tmp_path)
