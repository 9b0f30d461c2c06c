"""Control over time is what the snapshot says of each day."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.interval import day_number
from geo.snapshot import control_on
from geo.statistics.control import control_steps, cut_out, first_control_day, zone_history
from geo.statistics.units import inside

days = st.dates(date(1988, 1, 1), date(2025, 12, 31))


@pytest.fixture(scope="module")
def model(desk_template):
    return desk_template.model()


@settings(max_examples=80)
@given(window=st.tuples(days, days).map(sorted), share=st.floats(0, 1))
def test_on_any_day_the_step_has_the_areas_of_the_snapshot(model, window, share):
    first, last = window
    day = first + timedelta(round((last - first).days * share))
    steps = control_steps(model.zones, first=day_number(first), last=day_number(last))
    number = day_number(day)
    on = steps[(steps["start"] <= number) & (number < steps["end"])].set_index("holder")["km2"]
    parties, contested = control_on(model, day)
    expected = {holder: km2 for holder, km2 in {**parties, "contested": contested}.items() if km2}
    assert {holder: km2 for holder, km2 in on.items() if km2} == pytest.approx(expected)


@settings(max_examples=40)
@given(window=st.tuples(days, days).map(sorted))
def test_steps_follow_without_a_gap_and_their_shares_add_up(model, window):
    first, last = map(day_number, window)
    steps = control_steps(model.zones, first=first, last=last)
    spans = steps[["start", "end"]].drop_duplicates()
    assert spans["start"].tolist()[1:] == spans["end"].tolist()[:-1]
    if len(spans):
        assert spans["end"].iloc[-1] == last + 1
        assert steps.groupby("start")["share"].sum().to_numpy() == pytest.approx(1)


def test_before_the_first_zone_there_is_no_step(model):
    first = first_control_day(model.zones, otherwise=0)
    assert control_steps(model.zones, first=first - 900, last=first - 1).empty
    assert not control_steps(model.zones, first=first - 900, last=first).empty


def test_a_zone_tells_who_held_it_when(model):
    rows = zone_history(model.zones, "KAL")
    assert list(zip(rows["party"], rows["valid_from"], strict=True)) == [
        ("armenian_forces", "1993-04-02"),
        ("azerbaijan", "2020-11-25"),
    ]


def test_ground_cut_out_of_the_zones_is_measured_anew(model):
    kalbajar = zone_history(model.zones, "KAL")
    cut = cut_out(model.zones, kalbajar.geometry.iloc[0])
    held = cut[cut["zone_id"] == "KAL"]
    assert held["km2"].tolist() == pytest.approx(kalbajar["km2"].tolist(), rel=1e-3)
    others = cut[(cut["kind"] == "control") & (cut["zone_id"] != "KAL")]
    assert others["km2"].max() < 5


def test_points_of_regions_lie_inside_no_outline(model):
    columns = model.events
    outline = model.zones.geometry.union_all().envelope.buffer(30)
    found = inside(columns, outline)
    assert found.sum() > 50
    assert not found[~columns.pinned].any()
