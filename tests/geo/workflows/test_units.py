"""An event that is known by its region only is drawn as the first-level unit that holds its coordinates."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import numpy as np
import pytest
import shapely
from making import csv_of
from shapely.geometry import Point, shape

from geo.boundaries.layers import read_layer
from geo.layers.events import AREA, UNPLACED, event_table
from geo.snapshot import snapshot_at
from geo.store.readmodel import read_model
from geo.workflows import units
from geo.workflows.briefs import Wish, made_sheet
from geo.workflows.importing import commit_import, preview_import
from geo.workflows.units import UnitAreas

HEADER = "event_id,event_date,event_type,lat,lon,geo_precision,where_prec"
SYUNIK, SOUTH_SEA = (39.21, 46.41), (42.9, 34.0)
DAY = date(2023, 9, 19)


@pytest.fixture
def own_var(desk, tmp_path):
    """What is kept between starts lies in a folder of the test."""
    desk.__dict__["units"] = UnitAreas(replace(desk.settings, var_dir=tmp_path))
    return desk


def imported(desk, *rows):
    lines = [f"N{n},{DAY},shelling,{lat},{lon},{precision}" for n, ((lat, lon), precision) in enumerate(rows)]
    preview = preview_import(desk, csv_of(*lines, header=HEADER), name="new.csv")
    commit_import(desk, preview)
    return preview.report


def mark_of(desk, event_id):
    """Mark and area number of an event, out of the bytes that the browser gets."""
    model = desk.model()
    table = event_table(model)
    length = int.from_bytes(table[4:8], "little")
    header = json.loads(table[8 : 8 + length])
    position, at = model.events.ids.tolist().index(event_id), 8 + length
    found = {}
    for name, kind in header["columns"]:
        width = int(kind[1:])
        begin = at + position * width
        found[name] = int.from_bytes(table[begin : begin + width], "little")
        at += header["n"] * width
    return found["flags"] & 3, found["x"]


def test_an_imported_region_is_the_polygon_of_its_unit_on_the_map(own_var):
    report = imported(own_var, (SYUNIK, "3,4"))
    mark, area = mark_of(own_var, "N0")
    outlines = {row["area"]: shape(row["geometry"]) for row in own_var.area_shapes(own_var.store.revision())}
    assert (mark, report.unplaced) == (AREA, 0)
    assert outlines[area].contains(Point(SYUNIK[::-1]))
    layer = read_layer("admin1", data_dir=own_var.settings.data_dir)
    unit = layer[layer.contains(Point(SYUNIK[::-1]))].iloc[0]
    assert unit["name"] == "Syunik"
    assert outlines[area].symmetric_difference(unit.geometry).area < 0.02 * unit.geometry.area


@pytest.mark.parametrize("row", [(SYUNIK, "3,6"), (SYUNIK, "3,5"), (SOUTH_SEA, "3,")])
def test_what_is_vaguer_than_a_unit_or_in_none_stays_without_a_place(own_var, row):
    report = imported(own_var, row)
    assert (mark_of(own_var, "N0")[0], report.unplaced) == (UNPLACED, 1)


def test_a_model_brought_up_to_date_and_one_built_anew_draw_the_same_units(own_var):
    own_var.model()
    imported(own_var, (SYUNIK, "3,4"), (SYUNIK, "1,1"))
    updated = own_var.model()
    built = read_model(
        own_var.store, own_var.situation, areas=tuple(own_var.areas), units_at=own_var.units.at
    )
    assert updated.area_places == built.area_places
    np.testing.assert_array_equal(updated.events.area, built.events.area)


def test_a_sheet_shows_the_unit_as_an_area(own_var):
    imported(own_var, (SYUNIK, "3,4"))
    model = own_var.model()
    shown = snapshot_at(model, as_of=DAY, first=DAY)
    in_area = int((model.events.area[shown.events] >= 0).sum())
    made = made_sheet(own_var, shown, Wish(made_at=datetime(2024, 5, 6, tzinfo=UTC)))
    assert made.sidecar["counts"]["events_shown_as_areas"] == in_area > 0


# The layer of units


def test_the_unit_of_a_coordinate_is_the_one_that_holds_it(own_var):
    lon, lat = np.array([46.41, 34.0, 46.41, 44.51]), np.array([39.21, 42.9, 39.21, 40.18])
    layer = read_layer("admin1", data_dir=own_var.settings.data_dir)
    numbers = own_var.units.at(lon, lat).tolist()
    assert numbers[0] == numbers[2]
    assert numbers[1] == -1
    assert [layer["name"][n] for n in (numbers[0], numbers[3])] == ["Syunik", "Erevan"]


def test_what_was_asked_before_needs_no_layer(own_var, monkeypatch):
    lon, lat = np.array([46.41]), np.array([39.21])
    asked = own_var.units.at(lon, lat)
    monkeypatch.setattr(units, "read_layer", None)
    again = UnitAreas(own_var.units._settings)
    assert again.at(lon, lat).tolist() == asked.tolist()
    assert shapely.equals(again.shape(int(asked[0])), own_var.units.shape(int(asked[0])))


@pytest.mark.parametrize("content", ["", "{", '{"answers": []}', "[]"])
def test_a_damaged_list_of_answers_is_made_again(own_var, content):
    lon, lat = np.array([46.41]), np.array([39.21])
    asked = own_var.units.at(lon, lat)
    own_var.units._path.write_text(content)
    assert UnitAreas(own_var.units._settings).at(lon, lat).tolist() == asked.tolist()


def test_very_many_coordinates_are_asked_and_not_kept(own_var, monkeypatch):
    monkeypatch.setattr(units, "MOST_KEPT", 1)
    lon, lat = np.array([46.41, 44.51]), np.array([39.21, 40.18])
    assert (own_var.units.at(lon, lat) >= 0).all()
    assert not own_var.units._path.exists()
