"""Tables of statistics, as pages and files have them."""

import io
from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import vocab
from geo.snapshot import snapshot_at
from geo.statistics.periods import UNITS
from geo.view import Filters
from geo.workflows.statistics import (
    WITHOUT_UNIT,
    caption,
    control_over_time,
    csv_bytes,
    events_by_unit,
    events_over_time,
)

days = st.dates(date(1987, 1, 1), date(2025, 1, 1))
filters = st.builds(
    Filters,
    types=st.frozensets(st.sampled_from(vocab.codes(vocab.EVENT_TYPES)), max_size=4),
    parties=st.frozensets(st.sampled_from(["armenian_forces", "azerbaijan", "russia"])),
    confidences=st.frozensets(st.sampled_from(vocab.codes(vocab.CONFIDENCES))),
)


def shown_on(desk, as_of, **how):
    return snapshot_at(desk.model(), as_of=as_of, **{"first": date.min, **how})


@settings(max_examples=30, deadline=None)
@given(window=st.tuples(days, days).map(sorted), wanted=filters, unit=st.sampled_from(UNITS))
def test_periods_and_units_count_every_event_of_the_snapshot_once(desk_template, window, wanted, unit):
    shown = shown_on(desk_template, window[1], first=window[0], filters=wanted)
    by_period = events_over_time(desk_template, shown, unit)
    by_unit = events_by_unit(desk_template, shown)
    assert by_period["events"].sum() == by_unit["events"].sum() == len(shown.events)
    assert by_period["fatalities_high"].sum() == by_unit["fatalities_high"].sum() == shown.fatalities.high


def test_events_without_a_unit_stand_apart_and_last(desk_template):
    table = events_by_unit(desk_template, shown_on(desk_template, date(2024, 6, 12)))
    assert table["admin1"].tolist().count(WITHOUT_UNIT) == 1
    assert table["admin1"].iloc[-1] == WITHOUT_UNIT
    assert table["km2"].notna().tolist() == [True] * (len(table) - 1) + [False]


def test_control_begins_with_the_first_event_or_zone_and_ends_on_the_day(desk_template):
    table = control_over_time(desk_template, shown_on(desk_template, date(2021, 1, 1)))
    assert table["valid_to"].max() == "2021-01-02"
    assert set(table["label"]) >= {"Armenian forces", "Azerbaijan", "Contested"}


def test_a_table_without_rows_is_a_header(desk_template):
    shown = shown_on(desk_template, date(1900, 1, 1))
    for table in (
        events_over_time(desk_template, shown, "month"),
        control_over_time(desk_template, shown),
        events_by_unit(desk_template, shown),
    ):
        assert csv_bytes(table).decode().count("\n") == 1


def test_csv_leaves_missing_figures_empty_and_runs_no_formula():
    figures = pd.Series([None, 0], dtype="Int64")
    table = pd.DataFrame({"admin1": ["=cmd()", "Şuşa"], "fatalities_low": figures})
    text = csv_bytes(table).decode()
    assert text == "admin1,fatalities_low\n'=cmd(),\nŞuşa,0\n"
    assert pd.read_csv(io.StringIO(text))["fatalities_low"].isna().tolist() == [True, False]


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (Filters(), "no filter"),
        (Filters(types=frozenset({"mine"})), "types: Mine or IED"),
        (
            Filters(parties=frozenset({"eu"}), area=((45, 39), (47, 39), (47, 40))),
            "parties: European Union; inside",
        ),
    ],
)
def test_the_caption_names_day_window_filters_and_count(desk_template, wanted, words):
    shown = shown_on(desk_template, date(2020, 12, 20), first=date(2020, 12, 1), filters=wanted)
    said = caption(desk_template, shown)
    assert said.startswith("As of 20 Dec 2020; events 1 Dec 2020 to 20 Dec 2020; ")
    assert words in said
    assert f"{len(shown.events)} events" in said
