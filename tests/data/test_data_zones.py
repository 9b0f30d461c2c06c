"""The control zones form a partition in space and time, and their areas are the assessed ones."""

from itertools import combinations, pairwise

import pytest

from geo.crs import area_km2
from geo.interval import OPEN_END, day_number, parse_day

LARGEST_OVERLAP_KM2 = 0.05


def _span(row):
    end = day_number(parse_day(row.valid_to)) if row.valid_to else OPEN_END
    return day_number(parse_day(row.valid_from)), end


def _on(zones, day):
    """Rows that hold on a day, valid_to excluded."""
    number = day_number(parse_day(day))
    holds = [start <= number < end for start, end in map(_span, zones.itertuples())]
    return zones[holds]


def _km2(zones, day, *, status, party=None):
    held = _on(zones[zones.kind.eq("control") & zones.status.eq(status)], day)
    chosen = held if party is None else held[held.party.eq(party)]
    return sum(area_km2(shape) for shape in chosen.geometry)


def test_every_zone_is_a_valid_polygon(zones):
    assert zones.geometry.is_valid.all()
    assert not zones.geometry.is_empty.any()
    assert set(zones.geom_type) <= {"Polygon", "MultiPolygon"}


def test_every_line_is_a_valid_line(lines):
    assert lines.geometry.is_valid.all()
    assert set(lines.geom_type) <= {"LineString", "MultiLineString"}


def test_no_two_control_zones_overlap_on_any_day(zones):
    control = list(zones[zones.kind.eq("control")].itertuples())
    overlaps = [
        (one.row_id, other.row_id)
        for one, other in combinations(control, 2)
        if _meet(_span(one), _span(other))
        and area_km2(one.geometry.intersection(other.geometry)) > LARGEST_OVERLAP_KM2
    ]
    assert overlaps == []


def _meet(one, other):
    return one[0] < other[1] and other[0] < one[1]


def test_the_timeline_of_a_zone_has_neither_gap_nor_overlap(zones):
    seams = [
        (earlier.row_id, later.row_id)
        for _, rows in zones.groupby("zone_id")
        for earlier, later in pairwise(rows.sort_values("valid_from").itertuples())
        if earlier.valid_to != later.valid_from
    ]
    assert seams == []


def test_the_rows_of_a_zone_are_numbered_in_order_of_time(zones):
    for zone_id, rows in zones.groupby("zone_id"):
        numbered = [f"{zone_id}-{number}" for number in range(1, len(rows) + 1)]
        assert rows.sort_values("valid_from").row_id.tolist() == numbered


def test_the_ground_of_a_zone_does_not_change_with_its_holder(zones):
    for _, rows in zones.groupby("zone_id"):
        assert rows.geometry.nunique() == 1


@pytest.mark.parametrize(("day", "km2"), [("2019-01-01", 11_633), ("2021-01-01", 3_033)])
def test_armenian_forces_hold_the_assessed_area(zones, day, km2):
    held = _km2(zones, day, status="assessed_control", party="armenian_forces")
    assert held == pytest.approx(km2, rel=0.01)


def test_armenian_forces_hold_nothing_after_the_offensive_of_2023(zones):
    assert _km2(zones, "2023-10-01", status="assessed_control", party="armenian_forces") == 0


def test_the_area_under_attack_is_contested_on_the_day_of_the_offensive(zones):
    assert _km2(zones, "2023-09-19", status="contested") > 2_900


def test_a_handed_over_district_has_one_holder_on_the_day_of_handover(zones):
    kalbajar = _on(zones[zones.zone_id.eq("KAL")], "2020-11-25")
    assert kalbajar.party.tolist() == ["azerbaijan"]


def test_the_corridor_is_guarded_by_peacekeepers_up_to_the_day_before_its_handover(zones):
    corridor = zones[zones.zone_id.eq("LAC-COR")]
    assert _on(corridor, "2022-08-25").party.tolist() == ["russia_peacekeepers"]
    assert _on(corridor, "2022-08-26").party.tolist() == ["azerbaijan"]


def test_no_corridor_is_drawn_between_the_old_and_the_new_one(zones):
    assert _on(zones[zones.status.eq("corridor")], "2022-08-28").empty
    assert _on(zones[zones.status.eq("corridor")], "2022-08-30").zone_id.tolist() == ["LAC-NEW"]
