"""Sums over periods, types and units say the same as the snapshot."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import event, model_of

from geo import vocab
from geo.interval import day_number, day_of
from geo.snapshot import snapshot_at
from geo.statistics.counts import SUMS, Window, by_group, by_period_and_type
from geo.statistics.periods import UNITS, first_days, fitting_unit, ordinals, period_words
from geo.view import Filters

TYPES = ("battle", "shelling", "handover", "")
days = st.dates(date(1960, 1, 1), date(1990, 12, 31))
figures = st.none() | st.integers(0, 50)
units = st.sampled_from(UNITS)
RING = ((46.0, 39.0), (47.0, 39.0), (47.0, 40.0), (46.0, 40.0))


@st.composite
def event_rows(draw):
    rows = []
    for number in range(draw(st.integers(0, 12))):
        start = draw(days)
        end = draw(st.sampled_from(["", (start + timedelta(draw(st.integers(0, 200)))).isoformat()]))
        low, best, high = draw(st.tuples(figures, figures, figures))
        rows.append(
            event(
                f"E{number:02}",
                event_date=start.isoformat(),
                date_end=end,
                event_type=draw(st.sampled_from(TYPES)),
                actor1=draw(st.sampled_from(["", "Armenian forces", "Azerbaijani forces"])),
                confidence=draw(st.sampled_from(["", *vocab.codes(vocab.CONFIDENCES)])),
                time_precision=draw(st.sampled_from([None, 1, 2, 3, 4])),
                lon=draw(st.sampled_from([46.5, 48.0])),
                lat=39.5,
                fatalities_low=low,
                fatalities_best=best,
                fatalities_high=high,
            )
        )
    return rows


filters = st.builds(
    Filters,
    types=st.frozensets(st.sampled_from(TYPES[:3])),
    parties=st.frozensets(st.sampled_from(["armenian_forces", "azerbaijan", "other"])),
    confidences=st.frozensets(st.sampled_from(vocab.codes(vocab.CONFIDENCES))),
    area=st.sampled_from([(), RING]),
)


def counted(desk, rows, window, wanted, unit):
    first, last = window
    model = model_of(*rows, situation=desk.situation)
    shown = snapshot_at(model, as_of=last, first=first, filters=wanted)
    span = Window.of(model.events, shown.events, first=day_number(first), last=day_number(last))
    return model, shown, span, by_period_and_type(model.events, shown.events, window=span, unit=unit)


@settings(max_examples=60)
@given(rows=event_rows(), window=st.tuples(days, days).map(sorted), wanted=filters, unit=units)
def test_the_sums_over_all_periods_are_the_figures_of_the_snapshot(desk_template, rows, window, wanted, unit):
    _, shown, _, table = counted(desk_template, rows, window, wanted, unit)
    f = shown.fatalities
    totals = table[list(SUMS)].sum()
    assert totals["events"] == len(shown.events)
    assert totals["possible"] >= shown.possible.sum()
    assert [totals[name] for name in SUMS[2:]] == [f.low, f.best, f.high, f.without_best, f.without_figures]
    of_types = table.groupby("type")["events"].sum().to_dict()
    assert {code: n for code, n in of_types.items() if code in shown.by_type} == dict(shown.by_type)


@settings(max_examples=60)
@given(rows=event_rows(), window=st.tuples(days, days).map(sorted), unit=units)
def test_an_event_stands_in_the_first_period_of_the_window_that_it_meets(desk_template, rows, window, unit):
    model, shown, span, table = counted(desk_template, rows, window, Filters(), unit)
    frequency = {"day": "D", "week": "W-SUN", "month": "M", "year": "Y"}[unit]
    first = [max(int(start), span.first) for start in model.events.start[shown.events]]
    periods = [pd.Period(day_of(day).isoformat(), freq=frequency) for day in first]
    expected = (
        pd.Series([day_number(p.start_time.date()) for p in periods], dtype=int).value_counts().to_dict()
    )
    assert table.groupby("start")["events"].sum().to_dict() == expected
    ends = {day_number(p.start_time.date()): day_number((p + 1).start_time.date()) for p in periods}
    assert dict(zip(table["start"], table["end"], strict=True)) == ends


@pytest.mark.parametrize(
    ("day", "precision", "unit", "possible"),
    [
        ("2020-10-05", 1, "day", 0),
        ("2020-10-08", 2, "week", 0),  # Thursday: three days on either side are its week from Monday on
        ("2020-10-05", 2, "week", 1),
        ("2020-10-15", 3, "month", 0),
        ("2020-10-15", 3, "week", 1),
        ("2020-10-15", 4, "month", 1),
        ("2020-10-15", 4, "year", 0),
    ],
)
def test_a_vague_event_is_possible_where_it_may_lie_in_another_period(
    desk_template, day, precision, unit, possible
):
    row = event(event_date=day, time_precision=precision)
    window = date(2019, 1, 1), date(2021, 12, 31)
    _, _, _, table = counted(desk_template, [row], window, Filters(), unit)
    assert table["possible"].tolist() == [possible]


def test_a_figure_that_nobody_published_stays_missing(desk_template):
    rows = [
        event("A", fatalities_high=4),
        event("B", event_type="battle"),
        event("C", event_type="mine", fatalities_best=0),
    ]
    _, _, _, table = counted(desk_template, rows, (date(2023, 9, 1), date(2023, 9, 30)), Filters(), "month")
    by_type = table.set_index("type")[["fatalities_low", "fatalities_best", "fatalities_high"]]
    assert by_type.loc["shelling"].tolist() == [pd.NA, pd.NA, 4]
    assert by_type.loc["battle"].isna().all()
    assert by_type.loc["mine"].tolist() == [0, 0, 0]


@settings(max_examples=40)
@given(rows=event_rows(), wanted=filters)
def test_groups_add_up_to_all_events(desk_template, rows, wanted):
    model, shown, span, _ = counted(desk_template, rows, (date.min, date(2000, 1, 1)), wanted, "year")
    group = np.arange(len(shown.events)) % 3
    table = by_group(model.events, shown.events, group=group, size=3, window=span)
    assert table["events"].sum() == len(shown.events)
    assert table["possible"].sum() == shown.possible.sum()
    assert table["fatalities_high"].sum() == shown.fatalities.high


@given(day=st.dates(date(1, 1, 1), date(9998, 12, 31)), unit=units)
def test_a_day_lies_in_its_period_and_periods_follow_without_a_gap(day, unit):
    number = day_number(day)
    period = ordinals([number], unit)
    start, end = first_days(period, unit)[0], first_days(period + 1, unit)[0]
    assert start <= number < end
    assert ordinals([end - 1, end], unit).tolist() == [period[0], period[0] + 1]
    if unit == "week":
        assert day_of(start).weekday() == 0


@given(window=st.tuples(days, days).map(sorted), most=st.integers(2, 400), finest=units)
def test_the_fitting_unit_is_the_finest_that_fits(window, most, finest):
    first, last = map(day_number, window)
    unit = fitting_unit(first, last, most=most, finest=finest)
    assert UNITS.index(unit) >= UNITS.index(finest)
    for finer in UNITS[UNITS.index(finest) : UNITS.index(unit)]:
        begin, end = ordinals([first, last], finer)
        assert end - begin + 1 > most


def test_a_period_has_plain_words():
    day = day_number(date(2020, 11, 9))
    assert [period_words(day, unit) for unit in UNITS] == [
        "9 Nov 2020",
        "week of 9 Nov 2020",
        "Nov 2020",
        "2020",
    ]
