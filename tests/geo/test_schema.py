import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import event, events

from geo.columns import FAMILIES
from geo.schema import as_frame, check_frame, empty_frame


def issues_of(**cells):
    frame = events(event(**cells))
    return check_frame("events", frame, lines=pd.Series([7]))


@pytest.mark.parametrize("family", FAMILIES)
def test_an_empty_frame_has_all_columns_and_no_fault(family):
    frame = empty_frame(family)
    assert tuple(frame.columns) == tuple(column.name for column in FAMILIES[family])
    assert check_frame(family, frame, lines=pd.Series([], dtype=int)) == []


@pytest.mark.parametrize("family", FAMILIES)
def test_a_frame_of_rows_has_the_types_of_an_empty_one(family):
    assert as_frame(family, [{}]).dtypes.to_dict() == empty_frame(family).dtypes.to_dict()


def test_a_missing_text_is_empty_and_a_missing_number_is_not_zero():
    row = events(event()).iloc[0]
    assert row["toponym"] == ""
    assert row["fatalities_best"] is pd.NA
    assert pd.isna(row["lat"])


def test_zero_is_a_coordinate():
    frame = events(event(lat=0.0, lon=0.0))
    assert frame["lat"].tolist() == [0.0]
    assert check_frame("events", frame, lines=pd.Series([2])) == []


@pytest.mark.parametrize(
    ("cells", "column", "code", "reason"),
    [
        ({"geo_precision": 9}, "geo_precision", "not_allowed", "geo_precision must be one of 1, 2, 3"),
        ({"event_type": "war"}, "event_type", "not_allowed", "event_type must be one of battle"),
        ({"lat": 91.0}, "lat", "too_high", "lat must be at most 90"),
        ({"lon": -181.0}, "lon", "too_low", "lon must be at least -180"),
        ({"fatalities_low": -1}, "fatalities_low", "too_low", "fatalities_low must be at least 0"),
        ({"event_id": "x" * 201}, "event_id", "too_long", "event_id may have at most 200 characters"),
        ({"event_date": ""}, "event_date", "missing", "event_date must be filled"),
        (
            {"confidence": "certain"},
            "confidence",
            "not_allowed",
            "confidence must be one of high, medium, low",
        ),
    ],
)
def test_a_wrong_cell_is_named_with_line_column_and_reason(cells, column, code, reason):
    (issue,) = issues_of(**cells)
    assert (issue.line, issue.column, issue.code) == (7, column, code)
    assert issue.reason.startswith(reason)


def test_an_empty_id_is_a_fault():
    assert {(issue.column, issue.code) for issue in issues_of(event_id="")} == {("event_id", "missing")}


def test_every_wrong_cell_is_named_and_not_only_the_first():
    frame = events(event("A", lat=91.0, geo_precision=9), event("B"), event("C", lon=999.0))
    found = check_frame("events", frame, lines=pd.Series([2, 3, 5]))
    assert {(issue.line, issue.column) for issue in found} == {(2, "lat"), (2, "geo_precision"), (5, "lon")}


def issues_of_each(rows):
    frame = events(*rows)
    return check_frame("events", frame, lines=frame.index.to_series())


@settings(max_examples=15)
@given(st.lists(st.tuples(st.floats(-90, 90), st.floats(-180, 180)), min_size=20))
def test_every_coordinate_on_earth_is_allowed(coordinates):
    assert issues_of_each([event(lat=lat, lon=lon) for lat, lon in coordinates]) == []


@settings(max_examples=15)
@given(st.lists(st.text(max_size=200), min_size=20))
def test_any_words_may_stand_in_a_text(texts):
    assert issues_of_each([event(toponym=words, description=words) for words in texts]) == []
