from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.control.diff import NOBODY, ControlDiff
from geo.errors import SettingError
from geo.view import Filters
from geo.workflows.comparing import (
    banner,
    compared,
    comparison_json,
    comparison_panel,
    comparison_shapes,
    holder_label,
)

BEFORE, AFTER = date(2020, 9, 26), date(2020, 12, 20)


def test_the_later_day_must_come_second(desk_template):
    with pytest.raises(SettingError, match="name the earlier day first"):
        compared(desk_template, AFTER, BEFORE)


def test_map_panel_and_command_line_say_the_same(desk_template):
    found = compared(desk_template, BEFORE, AFTER)
    said = comparison_json(found, desk_template.situation)
    panel = comparison_panel(found, desk_template.situation)
    shapes = comparison_shapes(found, desk_template.situation)
    assert said["summary"] == panel["summary"] == shapes["words"]
    assert len(said["changes"]) == len(panel["rows"]) == len(shapes["shapes"])
    assert {shape["geometry"]["type"] for shape in shapes["shapes"]} <= {"Polygon", "MultiPolygon"}


@settings(max_examples=10)
@given(st.dates(date(1992, 1, 1), date(2024, 12, 30)))
def test_events_between_are_those_after_the_first_day_up_to_the_second(desk_template, day):
    later = date(2024, 12, 31)
    events = desk_template.model().events
    starts = [
        start
        for start, end in zip(events.start, events.end, strict=True)
        if end > (day - date(1970, 1, 1)).days
    ]
    assert len(compared(desk_template, day, later).between) == len(starts)


def test_filters_choose_the_events_and_never_the_ground(desk_template):
    every = compared(desk_template, BEFORE, AFTER)
    few = compared(desk_template, BEFORE, AFTER, filters=Filters(types=frozenset({"capture"})))
    assert len(few.between) < len(every.between)
    assert few.ground.net_km2 == every.ground.net_km2


def test_events_on_changed_ground_are_named(desk_template):
    found = comparison_json(compared(desk_template, BEFORE, AFTER), desk_template.situation)
    rows = desk_template.store.read_rows("events", found["changes"][0]["events"])
    assert {"Hadrut", "Jabrayil"} <= {row["toponym"] for row in rows.values()}


def test_two_days_without_a_change_say_so(desk_template):
    found = compared(desk_template, date(2018, 1, 1), date(2018, 6, 1))
    assert "no ground changed hands" in comparison_json(found, desk_template.situation)["summary"]


def test_a_difference_of_method_is_said_in_a_banner():
    assert banner(ControlDiff((), {}, ())) == ""
    assert "may be method, not war" in banner(ControlDiff((), {}, ("LAC",)))


@pytest.mark.parametrize(
    ("holder", "label"), [("azerbaijan", "Azerbaijan"), ("contested", "Contested"), (NOBODY, "Not mapped")]
)
def test_a_holder_has_words(desk_template, holder, label):
    assert holder_label(holder, desk_template.situation) == label
