from datetime import date
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import vocab
from geo.errors import SettingError
from geo.view import (
    COLOURS,
    DISPLAYS,
    LAYERS,
    LONGEST_QUERY,
    MODES,
    PARAMETERS,
    Filters,
    ViewState,
    filters_from_words,
    query_from_view,
    view_from_query,
    window_of,
)

BAD_LINKS = sorted((Path(__file__).parents[1] / "data" / "permalink").glob("*.txt"))
KEYS = {parameter.key for parameter in PARAMETERS}
days = st.dates(date(1800, 1, 1), date(2199, 12, 31))
codes = st.from_regex(r"[a-z0-9_-]{1,20}", fullmatch=True)
degrees = st.integers(-1_800_000, 1_800_000).map(lambda n: n / 10_000)
corners = st.tuples(
    st.integers(-180_000, 180_000).map(lambda n: n / 1000),
    st.integers(-90_000, 90_000).map(lambda n: n / 1000),
)


def chosen(values):
    return st.frozensets(st.sampled_from(values))


@st.composite
def views(draw):
    as_of = draw(st.none() | days)
    start = draw(st.none() | days)
    return ViewState(
        as_of=as_of,
        mode=draw(st.sampled_from(MODES)),
        days=draw(st.integers(1, 36_525)),
        start=None if start and as_of and start > as_of else start,
        filters=Filters(
            draw(chosen(vocab.codes(vocab.EVENT_TYPES))),
            draw(st.frozensets(codes, max_size=3)),
            draw(chosen(vocab.codes(vocab.CONFIDENCES))),
            draw(st.just(()) | st.lists(corners, min_size=3, max_size=12).map(tuple)),
        ),
        hidden=draw(chosen(LAYERS)),
        centre=draw(
            st.none()
            | st.tuples(degrees, degrees.filter(lambda d: abs(d) <= 85), st.integers(2, 18).map(float))
        ),
        picked=draw(st.text(max_size=200).filter(str.isprintable)),
        known=draw(st.none() | st.integers(1, 999_999_999)),
        versus=draw(st.none() | days),
        display=draw(st.sampled_from(DISPLAYS)),
        colour=draw(st.sampled_from(COLOURS)),
        stats=draw(st.booleans()),
    )


def query_of(link):
    """What the page gets: the last value of a key that stands twice, as Streamlit does."""
    return dict(parse_qsl(link.strip().removeprefix("?"), keep_blank_values=True))


@given(views())
def test_a_link_brings_the_view_back_without_a_notice(view):
    assert view_from_query(query_from_view(view)) == (view, [])


def test_the_usual_view_needs_no_parameters():
    assert query_from_view(ViewState()) == {}


@given(st.dictionaries(st.sampled_from(sorted(KEYS)) | st.text(max_size=5), st.text(max_size=30)))
def test_a_parameter_is_read_or_named_in_a_notice(query):
    view, notices = view_from_query(query)
    read = query_from_view(view)
    for key in KEYS & query.keys():
        named = any(f"“{key}”" in notice for notice in notices)
        usual = query_from_view(view_from_query({key: query[key]})[0]) == {}
        assert key in read or named or usual


@pytest.mark.parametrize("path", BAD_LINKS, ids=lambda path: path.stem)
def test_a_bad_link_says_so_and_shows_no_other_period(path):
    view, notices = view_from_query(query_of(path.read_text("utf-8")))
    assert notices
    assert (view.as_of, view.mode, view.days) == (None, "window", 30)


@pytest.mark.parametrize(
    ("key", "text"),
    [("d", "2023-02-30"), ("d", "03/04/2023"), ("d", "999999999999999999-01-01"), ("d", "1066-10-14"), ("d", "NaN"),
     ("mode", "weekly"), ("days", "0"), ("days", "-1"), ("days", "1e3"), ("days", "9" * 3000), ("days", "٣"),
     ("from", "yesterday"), ("type", "shelling,war"), ("conf", "certain"), ("hide", "everything"),
     ("party", "<img src=x>"), ("at", "NaN,Infinity,8"), ("at", "46,39"), ("at", "200,39,8"), ("at", "46,39,99"),
     ("at", "1e309,9e99,8"), ("in", "46,39;47,39"), ("in", "46,39;47,39;x"), ("in", "46,39;47,39;200,39"), ("in", "46,39;" * 70 + "46,40"),
     ("vs", "2020-13-01"), ("show", "pins"), ("colour", "red"), ("stats", "yes"), ("pick", "a\nb"), ("pick", "x" * 201)],
)  # fmt: skip
def test_a_bad_value_leaves_the_usual_view_and_is_named(key, text):
    view, notices = view_from_query({key: text})
    assert view == ViewState()
    assert len(notices) == 1
    assert f"“{key}” was ignored" in notices[0]


def test_a_start_after_the_day_is_ignored_with_a_notice():
    view, notices = view_from_query({"d": "2023-09-19", "from": "2023-09-27", "mode": "since"})
    assert (view.as_of, view.start) == (date(2023, 9, 19), None)
    assert notices == ["The link's “from” was ignored: it is later than the day shown."]


@pytest.mark.parametrize("key", ["to", "dataset", "{{7*191}}"])
def test_a_key_that_the_map_does_not_know_is_named(key):
    view, notices = view_from_query({key: "2023-09-27", "from": "2023-09-19"})
    assert view == ViewState(start=date(2023, 9, 19))
    assert len(notices) == 1
    assert repr(key) in notices[0]


def test_a_link_that_is_too_long_is_not_read_at_all():
    view, notices = view_from_query({"d": "2023-09-19", "type": "x," * LONGEST_QUERY})
    assert view == ViewState()
    assert "longer than" in notices[0]


@given(days)
def test_a_day_view_lasts_one_day(day):
    assert window_of(ViewState(mode="day"), as_of=day) == (day, day)


@given(days, st.integers(1, 36_525))
def test_a_window_has_its_length_and_ends_on_the_day(day, length):
    first, last = window_of(ViewState(mode="window", days=length), as_of=day)
    assert last == day
    assert (last - first).days == length - 1


def test_a_window_stops_at_the_first_representable_day():
    assert window_of(ViewState(days=36_525), as_of=date(1, 1, 9))[0] == date.min


@given(days, st.none() | days)
def test_a_cumulative_view_never_begins_after_its_day(day, start):
    first, last = window_of(ViewState(mode="since", start=start), as_of=day)
    assert first <= last == day
    assert first == date.min if start is None else first == min(start, day)


def test_repeated_filter_words_add_up():
    found = filters_from_words(["type=shelling", "type=battle,mine", "party=azerbaijan", "confidence=low"])
    assert found == Filters(
        frozenset({"shelling", "battle", "mine"}), frozenset({"azerbaijan"}), frozenset({"low"})
    )


@pytest.mark.parametrize("word", ["shelling", "type=", "=shelling", "kind=shelling", "conf=low"])
def test_a_filter_that_is_no_known_pair_is_an_error_that_lists_the_pairs(word):
    with pytest.raises(SettingError, match="is not type=…, party=… or confidence=…"):
        filters_from_words([word])


@pytest.mark.parametrize("word", ["type=war", "confidence=certain", "party=<b>"])
def test_a_filter_with_an_unknown_value_is_an_error(word):
    with pytest.raises(SettingError, match="is not one of the known values"):
        filters_from_words([word])
