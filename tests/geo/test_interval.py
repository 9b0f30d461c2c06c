from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.interval import OPEN_END, day_number, day_numbers, day_of, holds_on, overlaps_window, parse_day

days = st.dates()
numbers = st.integers(-100_000, 100_000)
lengths = st.integers(1, 400)


@given(days)
def test_a_day_of_any_century_comes_back_from_its_number(day):
    assert day_of(day_number(day)) == day


@given(days, days)
def test_day_numbers_count_days(one, other):
    assert day_number(one) - day_number(other) == (one - other).days


def test_days_before_1970_are_negative():
    assert day_number(date(1969, 12, 31)) == -1


@given(start=numbers, first=lengths, second=lengths, share=st.floats(0, 1))
def test_on_every_day_up_to_and_after_a_handover_exactly_one_side_holds(start, first, second, share):
    handover, end = start + first, start + first + second
    day = min(start + int(share * (end - start)), end - 1)
    before = holds_on(day, start=start, end=handover)
    after = holds_on(day, start=handover, end=end)
    assert before != after
    assert after == (day >= handover)


@given(start=numbers, day=numbers)
def test_a_span_without_an_end_never_ends(start, day):
    assert holds_on(day, start=start, end=OPEN_END) == (day >= start)


@given(start=numbers, length=lengths)
def test_on_the_handover_day_the_new_side_holds(start, length):
    handover = start + length
    assert not holds_on(handover, start=start, end=handover)
    assert holds_on(handover, start=handover, end=OPEN_END)


@given(start=numbers, length=st.integers(0, 400), first=numbers, reach=st.integers(0, 400))
def test_closed_spans_meet_when_they_share_a_day(start, length, first, reach):
    shared = set(range(start, start + length + 1)) & set(range(first, first + reach + 1))
    assert overlaps_window(first, first + reach, start=start, end=start + length) == bool(shared)


@given(days)
def test_an_iso_day_is_read(day):
    assert parse_day(day.isoformat()) == day


@pytest.mark.parametrize(
    "text",
    ["", "2023-9-19", "20230919", "2023-W38-2", "2023-09-19T00:00", "03/04/2023", "2023-02-30", "0000-00-00",
     " 2023-09-19", "２０２３-０９-19", "2023-09-1\n"],
)  # fmt: skip
def test_anything_but_one_iso_day_is_no_day(text):
    with pytest.raises(ValueError, match=r".+"):
        parse_day(text)


@given(st.text(max_size=12))
def test_a_text_read_as_a_day_is_that_days_iso_form(text):
    try:
        day = parse_day(text)
    except ValueError:
        return
    assert day.isoformat() == text


def test_a_missing_day_gets_the_stated_number():
    found = day_numbers(["1970-01-03", "", None], missing=OPEN_END)
    assert found.tolist() == [2, OPEN_END, OPEN_END]
    assert found.dtype == np.int32


@given(st.lists(days, max_size=5))
def test_day_numbers_sort_as_the_days_do(some):
    found = day_numbers([day.isoformat() for day in some], missing=0)
    assert [day_of(n) for n in np.sort(found)] == sorted(some)


def test_the_day_after_the_last_of_february_is_the_first_of_march_in_a_leap_year():
    assert day_of(day_number(date(2024, 2, 29)) + 1) == date(2024, 3, 1) == date(2024, 2, 29) + timedelta(1)
