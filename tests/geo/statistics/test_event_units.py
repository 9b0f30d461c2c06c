"""Admin units of events and their outlines."""

import numpy as np
import pytest
import shapely
from making import event, model_of

from geo.boundaries.assign import assign
from geo.statistics.units import NO_UNIT, event_units


@pytest.fixture(scope="module")
def units(desk_template):
    return desk_template.event_units(1)


def test_an_event_is_in_the_unit_that_its_point_is_assigned_to(desk_template, units):
    columns = desk_template.model().events
    pinned = np.flatnonzero(columns.pinned)
    expected = assign(columns.lon[pinned], columns.lat[pinned], layers=desk_template.admin_layers)
    for position, admin0, admin1 in zip(pinned, expected["admin0"], expected["admin1"], strict=True):
        number = units.numbers[position]
        assert (number == NO_UNIT) == (not admin1)
        assert not admin1 or tuple(units.names.iloc[number]) == (admin0, admin1)


def test_regions_events_without_a_place_and_points_at_sea_have_no_unit(desk_template):
    rows = [event("A"), event("B", lon=46.75, lat=39.75, geo_precision=3), event("C", lon=-30.0, lat=30.0)]
    model = model_of(*rows, situation=desk_template.situation)
    assert event_units(model.events, desk_template.admin_layers).numbers.tolist() == [NO_UNIT] * 3


def test_an_outline_holds_the_points_that_are_assigned_to_its_unit(desk_template, units):
    outlines = desk_template.unit_outlines.set_index(["admin0", "admin1"]).geometry
    assert outlines.index.is_unique
    columns = desk_template.model().events
    listed = desk_template.admin_layers.exceptions[["lon", "lat"]].round(4)
    exceptions = set(listed.itertuples(index=False, name=None))
    for position in np.flatnonzero(units.numbers != NO_UNIT):
        lon, lat = float(columns.lon[position]), float(columns.lat[position])
        if (round(lon, 4), round(lat, 4)) in exceptions:
            continue
        outline = outlines[tuple(units.names.iloc[units.numbers[position]])]
        assert outline.distance(shapely.Point(lon, lat)) < 1e-6


def test_units_that_a_finer_layer_draws_do_not_overlap_their_neighbours(desk_template):
    west, south, east, north = desk_template.situation.extent
    near = desk_template.unit_outlines.cx[west:east, south:north]
    shapes = near.geometry.to_numpy()
    assert shapely.area(shapes).sum() == pytest.approx(shapely.area(shapely.union_all(shapes)), rel=1e-3)
