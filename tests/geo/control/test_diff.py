from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import ground
from shapely.geometry import box

from geo.control.diff import NOBODY, control_diff, holders
from geo.crs import area_km2
from geo.interval import day_number, holds_on
from geo.snapshot import control_on

days = st.dates(date(1923, 1, 1), date(2024, 12, 31))
WEST, EAST = box(46, 39, 46.5, 39.5), box(46.5, 39, 47, 39.5)


@pytest.fixture(scope="module")
def karabakh(desk_template):
    return desk_template.model()


def between(model, first, second):
    return control_diff(
        model.zones,
        first=day_number(date.fromisoformat(first)),
        second=day_number(date.fromisoformat(second)),
    )


def zone(row_id, shape=WEST, *, zone_id="W", party="armenian_forces", status="assessed_control", **cells):
    base = {"kind": "control", "valid_from": "2020-01-01", "valid_to": "", "source": "a map"}
    return {
        **base,
        "row_id": row_id,
        "zone_id": zone_id,
        "party": party,
        "status": status,
        "shape": shape,
        **cells,
    }


def two_days(*rows):
    return control_diff(
        ground("zones", rows), first=day_number(date(2020, 6, 1)), second=day_number(date(2021, 6, 1))
    )


def test_in_the_war_of_2020_azerbaijan_gains_what_the_armenian_side_loses(karabakh):
    net = between(karabakh, "2020-09-26", "2020-12-20").net_km2
    assert net["azerbaijan"] == pytest.approx(11_633 - 3_033, rel=0.01)
    assert net["armenian_forces"] == pytest.approx(3_033 - 11_633, rel=0.01)


def test_kalbajar_is_handed_over_on_25_november_2020_and_held_until_the_day_before(karabakh):
    (change,) = between(karabakh, "2020-11-24", "2020-11-25").changes
    assert (change.before, change.after, set(change.by_zone)) == ("armenian_forces", "azerbaijan", {"KAL"})
    assert change.km2 == pytest.approx(1_800, rel=0.01)
    assert between(karabakh, "2020-11-25", "2020-11-26").changes == ()


@given(days, days)
def test_net_gains_are_the_differences_of_the_days_own_figures(karabakh, one, other):
    first, second = sorted((one, other))
    net = control_diff(karabakh.zones, first=day_number(first), second=day_number(second)).net_km2
    (before, _), (after, _) = (control_on(karabakh, day) for day in (first, second))
    for party, km2 in net.items():
        assert km2 == pytest.approx(after.get(party, 0) - before.get(party, 0), abs=2)


@given(days, days)
def test_what_one_direction_gains_the_other_direction_loses(karabakh, one, other):
    there = control_diff(karabakh.zones, first=day_number(one), second=day_number(other))
    back = control_diff(karabakh.zones, first=day_number(other), second=day_number(one))
    assert {(c.before, c.after): pytest.approx(c.km2, abs=0.1) for c in there.changes} == {
        (c.after, c.before): c.km2 for c in back.changes
    }


@given(days)
def test_on_every_day_each_zone_has_exactly_one_holder_from_its_first_day_to_its_last(karabakh, day):
    zones = karabakh.zones
    number = day_number(day)
    held = zones[holds_on(number, start=zones["start"], end=zones["end"])]
    spans = zones.groupby("zone_id").agg(start=("start", "min"), end=("end", "max"))
    existing = spans[holds_on(number, start=spans["start"], end=spans["end"])]
    counts = held.groupby("zone_id").size()
    assert counts.eq(1).all()
    assert set(counts.index) == set(existing.index)
    assert all(holders(held))


def test_a_day_before_1970_is_compared_like_any_other(karabakh):
    nkao = karabakh.zones[karabakh.zones["status"] == "former"]
    assert holds_on(day_number(date(1930, 1, 1)), start=nkao["start"], end=nkao["end"]).any()
    assert between(karabakh, "1922-01-01", "1930-01-01").changes == ()


def test_ground_that_becomes_contested_is_lost_by_one_side_and_gained_by_none():
    found = two_days(
        zone("1", valid_to="2021-01-01"), zone("2", status="contested", party="", valid_from="2021-01-01")
    )
    assert [(c.before, c.after) for c in found.changes] == [("armenian_forces", "contested")]
    assert found.net_km2 == {"armenian_forces": pytest.approx(-area_km2(WEST))}


def test_ground_that_is_no_longer_mapped_is_named_as_that():
    (change,) = two_days(zone("1", valid_to="2021-01-01")).changes
    assert (change.before, change.after) == ("armenian_forces", NOBODY)


def test_a_part_of_a_zone_changes_hands_with_its_own_area():
    whole = box(46, 39, 47, 39.5)
    (change,) = two_days(
        zone("1", whole, zone_id="OLD", valid_to="2021-01-01"),
        zone("2", WEST, zone_id="W", party="azerbaijan", valid_from="2021-01-01"),
        zone("3", EAST, zone_id="E", valid_from="2021-01-01"),
    ).changes
    assert change.by_zone == {"W": pytest.approx(area_km2(WEST), rel=1e-6)}


@pytest.mark.parametrize("other", [{"source": "another map"}, {"shape": box(46, 39, 46.5, 39.4)}])
def test_another_source_or_outline_under_the_same_holder_is_told_apart_from_a_change_of_hands(other):
    found = two_days(zone("1", valid_to="2021-01-01"), zone("2", valid_from="2021-01-01", **other))
    assert found.redrawn == ("W",)
    assert all(NOBODY in (c.before, c.after) for c in found.changes)


def test_presence_and_influence_are_no_control():
    assert two_days(zone("1", kind="presence", valid_to="2021-01-01")).changes == ()
