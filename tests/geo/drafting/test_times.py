from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.drafting.days import time_mentions
from geo.drafting.sentences import paragraphs
from geo.drafting.timing import datelines, day_of

REPORT = date(2023, 9, 20)  # a Wednesday


def day(year, month, number):
    return date(year, month, number)


def read(text, reference=None):
    [mention] = time_mentions(text)
    when = day_of(mention, reference, None)
    return when.first, when.last, when.precision


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on 19-20 September 2023", (day(2023, 9, 19), day(2023, 9, 20), 1)),
        ("from 27 September to 10 November 2020", (day(2020, 9, 27), day(2020, 11, 10), 1)),
        ("between 27 September and 10 November 2020", (day(2020, 9, 27), day(2020, 11, 10), 1)),
        ("December 28 to January 3, 2021", (day(2020, 12, 28), day(2021, 1, 3), 1)),
        ("from 28 December 2022 to 3 January 2023", (day(2022, 12, 28), day(2023, 1, 3), 1)),
        ("in September 2020", (day(2020, 9, 1), day(2020, 9, 30), 3)),
        ("in February 2020", (day(2020, 2, 1), day(2020, 2, 29), 3)),
        ("in early 1992", (day(1992, 1, 1), day(1992, 12, 31), 4)),
        ("in the summer of 1992", (day(1992, 1, 1), day(1992, 12, 31), 4)),
        ("in 1992", (day(1992, 1, 1), day(1992, 12, 31), 4)),
    ],
)
def test_a_span_month_or_year_keeps_its_width(text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("yesterday", (day(2023, 9, 19), day(2023, 9, 19), 1)),
        ("last night", (day(2023, 9, 19), day(2023, 9, 20), 1)),
        ("overnight", (day(2023, 9, 19), day(2023, 9, 20), 1)),
        ("this morning", (REPORT, REPORT, 1)),
        ("on Wednesday", (REPORT, REPORT, 1)),
        ("on Thursday", (day(2023, 9, 14), day(2023, 9, 14), 1)),
        ("last Wednesday", (day(2023, 9, 13), day(2023, 9, 13), 1)),
        ("three days ago", (day(2023, 9, 17), day(2023, 9, 17), 1)),
        ("last week", (day(2023, 9, 11), day(2023, 9, 17), 2)),
        ("two months ago", (day(2023, 7, 1), day(2023, 7, 31), 3)),
        ("on 12 September", (day(2023, 9, 12), day(2023, 9, 12), 1)),
        ("in December", (None, None, 3)),
        ("on 20 November", (None, None, 1)),
        ("next Monday", (None, None, 1)),
    ],
)
def test_relative_words_count_from_the_day_of_the_report(text, expected):
    assert read(text, REPORT) == expected


@pytest.mark.parametrize(
    "text", ["yesterday", "on Wednesday", "last night", "three days ago", "on 12 September"]
)
def test_without_the_day_of_the_report_a_relative_word_asks_for_it(text):
    [mention] = time_mentions(text)
    when = day_of(mention, None, None)
    assert when.first is None
    assert "needs the day of the report" in when.question
    assert mention.words in when.question


@pytest.mark.parametrize("text", ["two days after the battle", "the previous day", "a week later"])
def test_words_that_hang_on_another_day_are_asked(text):
    [mention] = time_mentions(text)
    assert "depends on the sentence before" in day_of(mention, REPORT, None).question


@pytest.mark.parametrize(
    "text", ["the marchers may", "may 5 people", "40 may have died", "a march 40 km long", "1/2/34/5"]
)
def test_what_is_no_time_is_left_alone(text):
    assert [m for m in time_mentions(text) if m.words not in ("may 5",)] == []


@given(st.dates(min_value=date(1990, 1, 2), max_value=date(2100, 1, 1)), st.integers(0, 6))
def test_a_weekday_is_never_after_the_report_and_less_than_a_week_before(report, number):
    name = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"][number]
    first, last, _ = read(f"on {name}", report)
    assert first == last
    assert first.weekday() == number
    assert 0 <= (report - first).days < 7


@given(st.text("1 -,.may20JnMondyiastlghug", max_size=80))
def test_times_lie_in_the_text_in_order_and_do_not_overlap(text):
    mentions = time_mentions(text)
    ends = [0, *(m.end for m in mentions)]
    assert all(end <= m.start < m.end <= len(text) for end, m in zip(ends, mentions, strict=False))


def lines_of(text):
    return [line.day for line in datelines(text, paragraphs(text), time_mentions(text))]


@pytest.mark.parametrize(
    "text",
    [
        "STEPANAKERT, 20 September 2023 - A ceasefire",
        "20 September 2023 -\n\nA ceasefire",
        "# Moscow (Agency), 20 September 2023: text",
        "Published: 20 September 2023\n\nText",
        "Date: 2023-09-20\n\nText",
    ],
)
def test_a_day_at_the_head_of_a_paragraph_is_its_dateline(text):
    assert lines_of(text) == [date(2023, 9, 20)]


@pytest.mark.parametrize(
    "text", ["Fighting erupted on 20 September 2023 - a day later it stopped.", "In September 2023: text"]
)
def test_a_day_within_a_sentence_is_no_dateline(text):
    assert lines_of(text) == []


@pytest.mark.parametrize("text", ["15/06/2021", "06/15/2021", "15.06.2021", "15-6-2021"])
def test_a_day_in_figures_is_read_where_one_order_is_possible(text):
    assert read(f"on {text}") == (day(2021, 6, 15), day(2021, 6, 15), 1)


def test_a_day_in_figures_that_is_the_same_in_both_orders_is_read():
    assert read("on 05/05/2021") == (day(2021, 5, 5), day(2021, 5, 5), 1)


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("03/04/2021", "“03/04/2021” may be 3 April or 4 March"),
        ("31 February 2021", "“31 February 2021” is no day"),
        ("February 30, 2021", "“February 30, 2021” is no day"),
        ("31 June", "“31 June” is no day"),
        ("2021-13-45", "“2021-13-45” is no day"),
        ("31/31/2021", "“31/31/2021” is no day"),
        ("in the winter of 1992", "“winter of 1992” may lie in two years"),
        ("15/06/21", "“15/06/21” has no year in full"),
    ],
)
def test_a_day_that_is_written_and_not_read_is_asked(text, question):
    [mention] = time_mentions(f"on {text}.")
    when = day_of(mention, REPORT, None)
    assert when.first is None
    assert when.question.startswith(question)


def test_a_number_of_people_after_a_month_is_no_day_of_it():
    [mention] = time_mentions("In May 40 people were killed.")
    assert (mention.words, mention.precision) == ("In May", 3)
    assert [m.words for m in time_mentions("In May 1,200 people fled.")] == ["In May"]
