from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import change, columns_of, event, ground, model_of
from shapely.geometry import box

from geo import vocab
from geo.crs import area_km2
from geo.interval import day_number
from geo.store.readmodel import NO_FIGURE, read_model

square = box(46, 39, 47, 40)


@pytest.fixture(scope="module")
def situation(desk_template):
    return desk_template.situation


TODAY = day_number(date(2026, 1, 1))


def test_events_are_sorted_by_their_first_day_and_then_by_id(situation):
    columns = columns_of(
        event("C", event_date="2023-01-01"), event("B", event_date="1988-02-20"), event("A", event_date="2023-01-01"),
        situation=situation,
    )  # fmt: skip
    assert columns.ids.tolist() == ["B", "A", "C"]


def test_an_event_without_an_end_lasts_its_day(situation):
    columns = columns_of(event(event_date="1923-07-07"), situation=situation)
    assert columns.start.tolist() == columns.end.tolist() == [day_number(date(1923, 7, 7))]


@given(
    st.lists(
        st.tuples(st.dates(date(1800, 1, 1), date(2199, 1, 1)), st.integers(0, 900)), min_size=1, max_size=8
    )
)
@settings(max_examples=20)
def test_the_longest_span_is_known(situation, spans):
    rows = [
        event(
            str(n),
            event_date=day.isoformat(),
            date_end=date.fromordinal(day.toordinal() + length).isoformat(),
        )
        for n, (day, length) in enumerate(spans)
    ]
    assert columns_of(*rows, situation=situation).longest == max(length for _, length in spans)


def test_an_unstated_number_of_dead_is_not_zero(situation):
    columns = columns_of(event("A"), event("B", fatalities_best=0), situation=situation)
    assert columns.best.tolist() == [NO_FIGURE, 0]


def test_zero_is_a_coordinate_and_a_missing_one_is_not(situation):
    columns = columns_of(event("A", lat=0.0, lon=0.0), event("B"), situation=situation)
    assert columns.pinned.tolist() == [True, False]
    assert np.isnan(columns.lon[1])


@pytest.mark.parametrize(
    ("cells", "pinned", "placed"),
    [
        ({"lat": 39.8, "lon": 46.7, "geo_precision": 1}, True, True),
        ({"lat": 39.8, "lon": 46.7, "geo_precision": 2}, True, True),
        ({"lat": 39.8, "lon": 46.7}, True, True),
        ({"lat": 39.8, "lon": 46.7, "geo_precision": 3, "place_id": "nk"}, False, True),
        ({"geo_precision": 3, "place_id": "nk"}, False, True),
        ({"lat": 39.8, "lon": 46.7, "geo_precision": 3, "place_id": "nowhere"}, False, False),
        ({"geo_precision": 1}, False, False),
    ],
)
def test_a_region_is_drawn_as_its_area_and_never_as_a_pin(situation, cells, pinned, placed):
    columns = columns_of(event(**cells), situation=situation, areas=("loc", "nk"))
    assert (columns.pinned.tolist(), columns.placed.tolist()) == ([pinned], [placed])


def unit_of_the_east(lon, lat):
    """Unit 7 is everything east of Greenwich, and the west is sea."""
    return np.where(lon > 0, 7, -1)


@pytest.mark.parametrize(
    ("cells", "area"),
    [
        ({"geo_precision": 3}, 9),
        ({"geo_precision": 3, "where_prec": 4}, 9),
        ({"geo_precision": 3, "place_id": "adm1:am-syunik"}, 9),
        ({"geo_precision": 3, "place_id": "nk"}, 1),
        ({"geo_precision": 3, "lon": -46.7}, -1),
        ({"geo_precision": 3, "lat": None, "lon": None}, -1),
        ({"geo_precision": 3, "where_prec": 5}, -1),
        ({"geo_precision": 3, "where_prec": 6}, -1),
        ({"geo_precision": 3, "place_id": "country_am"}, -1),
        ({"geo_precision": 3, "place_id": "region:caucasus"}, -1),
        ({"geo_precision": 2, "where_prec": 4}, -1),
        ({"geo_precision": None}, -1),
    ],
)
def test_an_area_without_an_outline_of_its_own_is_drawn_as_the_unit_that_holds_it(situation, cells, area):
    row = event(**{"lat": 39.8, "lon": 46.7, **cells})
    columns = columns_of(row, situation=situation, areas=("loc", "nk"), units_at=unit_of_the_east)
    assert columns.area.tolist() == [area]
    assert columns.pinned.tolist() == [cells["geo_precision"] != 3]


def test_units_are_asked_only_for_events_that_need_one(situation):
    def never(lon, lat):
        raise AssertionError

    rows = [
        event("A", lat=39.8, lon=46.7), event("B", geo_precision=3, place_id="nk", lat=39.8, lon=46.7), event("C"),
        event("D", geo_precision=3, place_id="country_am", lat=39.8, lon=46.7),
    ]  # fmt: skip
    assert len(columns_of(*rows, situation=situation, areas=("nk",), units_at=never).ids) == 4


def test_a_type_is_its_position_in_the_vocabulary(situation):
    codes = vocab.codes(vocab.EVENT_TYPES)
    columns = columns_of(
        *(event(f"{n:02}", event_type=code) for n, code in enumerate(codes)), situation=situation
    )
    assert columns.type.tolist() == list(range(len(codes)))


def test_the_day_of_a_vague_event_is_not_known(situation):
    columns = columns_of(*(event(str(n), time_precision=n or None) for n in range(5)), situation=situation)
    vague = dict(zip(columns.ids, columns.vague.tolist(), strict=True))
    assert vague == {"0": False, "1": False, "2": True, "3": True, "4": True}


@pytest.mark.parametrize(
    ("precision", "first", "last"),
    [
        (1, "2020-02-12", "2020-02-12"),
        (2, "2020-02-09", "2020-02-15"),
        (3, "2020-02-01", "2020-02-29"),
        (4, "2020-01-01", "2020-12-31"),
    ],
)
def test_one_day_given_for_a_week_month_or_year_stands_for_all_of_it(situation, precision, first, last):
    columns = columns_of(
        event(event_date="2020-02-12", date_end="", time_precision=precision), situation=situation
    )
    span = day_number(date.fromisoformat(first)), day_number(date.fromisoformat(last))
    assert (columns.start[0], columns.end[0]) == span


def test_a_stated_span_of_a_vague_event_is_kept(situation):
    columns = columns_of(
        event(event_date="2020-02-12", date_end="2020-03-03", time_precision=3), situation=situation
    )
    assert columns.end[0] - columns.start[0] == 20


def test_parties_of_both_actors_count(situation):
    columns = columns_of(
        event(actor1="Armenian forces", actor2="Azerbaijani forces; Russian army"), situation=situation
    )
    model = model_of(situation=situation)
    named = {code for n, code in enumerate(model.party_codes) if columns.parties[0] >> n & 1}
    assert named == {"armenian_forces", "azerbaijan", "russia"}


def test_a_zone_has_its_area_on_the_ellipsoid(desk_template):
    zones = desk_template.model().zones
    assert zones["km2"].tolist() == [area_km2(shape) for shape in zones.geometry]


def test_the_last_day_is_that_of_the_last_event(situation):
    model = model_of(
        event(event_date="2023-09-19", date_end="2023-09-24"),
        event("B", event_date="2023-09-20"),
        situation=situation,
    )
    assert model.last_day(today=TODAY) == day_number(date(2023, 9, 24))


def test_without_events_the_last_day_is_the_last_change_on_the_ground(situation):
    zone = {
        "row_id": "Z",
        "kind": "control",
        "valid_from": "1994-05-12",
        "valid_to": "2020-11-25",
        "shape": square,
    }
    assert model_of(situation=situation, zones=[zone]).last_day(today=TODAY) == day_number(date(2020, 11, 25))


def test_without_data_there_is_no_last_day(situation):
    assert model_of(situation=situation).last_day(today=TODAY) is None


def test_ground_without_an_end_holds_on(situation):
    zone = {"row_id": "Z", "kind": "control", "valid_from": "2020-11-25", "shape": square}
    assert model_of(situation=situation, zones=[zone]).last_day(today=TODAY) == day_number(date(2020, 11, 25))


def test_the_model_of_an_earlier_revision_is_what_was_known_then(desk):
    before = desk.model().events.ids.tolist()
    desk.store.commit(change(event("LATE")))
    now = read_model(desk.store, desk.situation)
    then = read_model(desk.store, desk.situation, known_at=1)
    assert set(now.events.ids) - set(then.events.ids) == {"LATE"}
    assert (then.revision, then.events.ids.tolist()) == (1, before)


def test_ground_in_tests_is_like_ground_from_the_store(desk_template):
    made = ground("zones", [{"row_id": "Z", "valid_from": "2020-11-25", "shape": square}])
    assert set(made.columns) == set(desk_template.model().zones.columns)


def test_a_day_in_the_future_is_no_last_day_as_long_as_there_are_earlier_ones(situation):
    slip, event_before = event("A", event_date="2150-01-01"), event("B", event_date="2023-09-24")
    assert model_of(slip, event_before, situation=situation).last_day(today=TODAY) == day_number(
        date(2023, 9, 24)
    )
    assert model_of(slip, situation=situation).last_day(today=TODAY) == day_number(date(2150, 1, 1))
