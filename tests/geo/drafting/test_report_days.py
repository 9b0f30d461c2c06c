from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.drafting.days import report_days, time_mentions


@pytest.mark.parametrize(
    "text",
    [
        "2023-09-20",
        "2023/09/20",
        "20 September 2023",
        "September 20, 2023",
        "20th of September 2023",
        "Sept. 20, 2023",
        "STEPANAKERT, 20 SEPTEMBER 2023 -",
        "on 2023-9-20,",
    ],
)
def test_a_day_stated_in_full_is_read(text):
    assert report_days(text) == [date(2023, 9, 20)]


@pytest.mark.parametrize(
    "text",
    [
        "03/04/2023",
        "31 June 2023",
        "2023-13-01",
        "Wednesday",
        "in May 2023",
        "12023-09-200",
        "room 2023-09-2015",
        "",
    ],
)
def test_what_is_no_whole_day_is_left_alone(text):
    assert report_days(text) == []


def test_each_day_comes_once_in_the_order_of_the_text():
    assert report_days("On 20 September 2023, after 2020-11-10 and before September 20, 2023") == [
        date(2023, 9, 20),
        date(2020, 11, 10),
    ]


@given(st.dates(min_value=date(1000, 1, 1)), st.text(alphabet="xyz é\n", max_size=10))
def test_the_position_quotes_the_text(day, before):
    text = f"{before} {day.isoformat()} and more"
    [mention] = time_mentions(text)
    assert (mention.first, text[mention.start : mention.end]) == (day, day.isoformat())
