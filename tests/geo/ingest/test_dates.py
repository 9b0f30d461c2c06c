from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.ingest.badcell import BadCell
from geo.ingest.dates import EXCEL_EPOCH, DateSurvey, Reading, needs_survey, read_span, shape_of

BAKU = Reading(zone="Asia/Baku")
days = st.dates(date(1800, 1, 1), date(2199, 12, 31))
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


@given(days)
def test_every_iso_day_is_read_as_itself(day):
    span = read_span(day.isoformat(), Reading())
    assert (span.first, span.last, span.precision, span.code) == (day.isoformat(), day.isoformat(), 1, "")


@given(days, st.sampled_from("./- "))
def test_a_day_written_in_the_columns_order_is_read_in_it(day, mark):
    for order, text in (
        ("dmy", f"{day.day:02}{mark}{day.month:02}{mark}{day.year}"),
        ("mdy", f"{day.month:02}{mark}{day.day:02}{mark}{day.year}"),
    ):
        assert read_span(text, Reading(order=order)).first == day.isoformat()


@given(days)
def test_without_a_decided_order_a_day_is_read_only_if_it_proves_itself(day):
    text = f"{day.day:02}/{day.month:02}/{day.year}"
    if day.day <= 12 and day.day != day.month:
        with pytest.raises(BadCell, match="DAT-01"):
            read_span(text, Reading(order="each"))
    else:
        assert read_span(text, Reading(order="each")).first == day.isoformat()


@given(days)
def test_a_month_in_words_leaves_no_doubt(day):
    for text in (
        f"{day.day} {MONTHS[day.month - 1]} {day.year}",
        f"{MONTHS[day.month - 1]} {day.day}, {day.year}",
    ):
        assert read_span(text, Reading()).first == day.isoformat()


@given(st.dates(date(1928, 1, 1), date(2100, 1, 1)))
def test_an_excel_day_is_read_only_when_it_was_said_to_be_one(day):
    serial = str((day - EXCEL_EPOCH).days)
    assert read_span(serial, Reading(excel=True)).first == day.isoformat()
    with pytest.raises(BadCell, match="DAT-03"):
        read_span(serial, Reading())


@given(st.text(max_size=80))
def test_no_text_is_read_as_a_day_outside_the_limits_or_breaks_the_reader(text):
    try:
        span = read_span(text, Reading(order="dmy", excel=True))
    except BadCell:
        return
    assert "1800-01-01" <= span.first <= span.last <= "2200-01-01"


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("2023", "2023-01-01", "2023-12-31", 4),
        ("2024-02", "2024-02-01", "2024-02-29", 3),
        ("Feb 2023", "2023-02-01", "2023-02-28", 3),
        ("02/2023", "2023-02-01", "2023-02-28", 3),
    ],
)
def test_a_year_or_month_is_the_span_it_stands_for(text, first, last, precision):
    span = read_span(text, Reading())
    assert (span.first, span.last, span.precision, span.code) == (first, last, precision, "DAT-10")


@pytest.mark.parametrize(
    "text",
    ["2023-09-19T23:30:00-05:00", "2023-09-20T00:30:00+04:00", "2023-09-19T20:30:00Z", "2023-09-19T24:00:00"],
)
def test_a_time_with_an_offset_is_the_day_at_the_place(text):
    assert read_span(text, BAKU).first == "2023-09-20"


def test_midnight_without_an_offset_says_nothing_beyond_the_day():
    assert read_span("2023-09-19 00:00:00.000", BAKU).code == ""


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2023-02-30", "DAT-04"), ("0000-00-00", "DAT-04"), ("2023-13-01", "DAT-04"), ("soon", "DAT-04"),
        ("1" * 65, "DAT-04"), ("9999-12-31", "DAT-05"), ("1023-09-19", "DAT-05"), ("1402/06/28", "DAT-07"),
        ("2566-09-19", "DAT-07"), ("令和5年9月19日", "DAT-07"), ("२०८०-०६-०२", "DAT-07"), ("2023-09-19T25:00", "DAT-04"),
    ],
)  # fmt: skip
def test_what_is_no_day_is_named_by_its_kind(text, code):
    with pytest.raises(BadCell) as bad:
        read_span(text, BAKU)
    assert bad.value.code == code


@given(st.lists(days, min_size=1))
def test_a_survey_proves_an_order_exactly_when_a_day_can_be_read_in_no_other(found):
    survey = DateSurvey()
    texts = [f"{day.day:02}/{day.month:02}/{day.year}" for day in found]
    survey.add(texts, {})
    assert bool(survey.day_first) == any(day.day > 12 for day in found)
    assert survey.month_first == 0


def test_a_column_is_surveyed_only_when_a_cell_cannot_speak_for_itself():
    assert [needs_survey(t) for t in ("2023-09-19", "19 Sep 2023", "2023", "03/04/2023", "45188", "7-Feb-25")] == [
        False, False, False, True, True, True,
    ]  # fmt: skip


def test_a_hostile_column_does_not_fill_the_memory_of_the_survey():
    survey = DateSurvey()
    survey.add((f"{n % 12 + 1:02}/{n % 11 + 1:02}/{1800 + n % 300}" for n in range(50_000)), {})
    assert len(survey.ambiguous) <= 1000


def test_a_long_cell_reaches_no_pattern():
    assert shape_of("1" * 100_000) == ("", {})


@given(st.dates(date(1950, 1, 1), date(2049, 12, 31)))
def test_two_digit_years_belong_to_the_hundred_years_from_1950(day):
    text = f"{day.day:02}/{day.month:02}/{day.year % 100:02}"
    assert read_span(text, Reading(order="dmy")).first == day.isoformat()


def test_the_epoch_of_excel_counts_as_excel_does():
    assert EXCEL_EPOCH + timedelta(days=45188) == date(2023, 9, 19)
