"""Many events on one large town: the panel says that this may show how they were coded."""

from collections import Counter
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import change, event, model_of

from geo.snapshot import snapshot_at
from geo.view import Filters
from geo.workflows import onetown
from geo.workflows.figures import snapshot_of_days
from geo.workflows.onetown import FEWEST, SHARE, one_town_warning
from geo.workflows.panel import panel_data

KABUL, GYUMRI = (69.1725, 34.5289), (43.8453, 40.7942)
BAGRAMI, ABOVYAN, SEA = (69.27427, 34.49376), (44.6256, 40.2739), (34.0, 43.0)
DAY = date(2023, 9, 19)


def shown(desk, *coordinates, **how):
    rows = [
        event(f"E{n:03}", lon=lon, lat=lat, geo_precision=1, **how)
        for n, (lon, lat) in enumerate(coordinates)
    ]
    return snapshot_at(model_of(*rows, situation=desk.situation), as_of=DAY, first=DAY)


def elsewhere(count):
    return [(10 + n / 10, 5.0) for n in range(count)]


def test_a_capital_with_a_third_of_all_events_is_named_with_its_share(desk_template):
    found = one_town_warning(desk_template, shown(desk_template, *[KABUL] * 17, *elsewhere(33)))
    assert found == (
        "34% of these events have the coordinates of Kabul, the capital of its country: "
        "coders often put events there when the place is not known."
    )


def test_the_largest_town_of_a_first_level_unit_is_named_too(desk_template):
    found = one_town_warning(desk_template, shown(desk_template, *[GYUMRI] * 20, *elsewhere(20)))
    assert found.startswith("50% of these events have the coordinates of Gyumri")
    assert "the largest town of its province" in found


@pytest.mark.parametrize("spot", [BAGRAMI, ABOVYAN, SEA], ids=["village", "smaller town", "sea"])
def test_many_events_on_a_place_that_no_coder_falls_back_on_are_what_they_are(desk_template, spot):
    assert one_town_warning(desk_template, shown(desk_template, *[spot] * 30)) == ""


@pytest.mark.parametrize(("km", "warned"), [(2, True), (4, False)])
def test_a_town_is_meant_within_three_kilometres(desk_template, km, warned):
    lon, lat = GYUMRI
    found = one_town_warning(desk_template, shown(desk_template, *[(lon, lat - km / 111)] * 30))
    assert bool(found) == warned


@pytest.mark.parametrize(
    ("there", "rest", "warned"), [(24, 0, False), (25, 0, True), (10, 40, False), (11, 40, True)]
)
def test_few_events_and_a_fifth_are_not_enough(desk_template, there, rest, warned):
    found = one_town_warning(desk_template, shown(desk_template, *[KABUL] * there, *elsewhere(rest)))
    assert bool(found) == warned


def test_regions_are_no_points_on_a_town(desk_template):
    rows = [event(f"E{n}", lon=KABUL[0], lat=KABUL[1], geo_precision=3) for n in range(40)]
    model = model_of(*rows, situation=desk_template.situation)
    assert one_town_warning(desk_template, snapshot_at(model, as_of=DAY, first=DAY)) == ""


def test_an_event_outside_the_window_or_filters_does_not_count(desk_template):
    old = [event(f"O{n}", event_date="2020-01-01", lon=KABUL[0], lat=KABUL[1]) for n in range(30)]
    new = [event(f"N{n}", lon=lon, lat=lat) for n, (lon, lat) in enumerate(elsewhere(30))]
    model = model_of(*old, *new, situation=desk_template.situation)
    for first, filters, warned in (
        (DAY, Filters(), False),
        (date.min, Filters(), True),
        (date.min, Filters(types=frozenset({"mine"})), False),
    ):
        snapshot = snapshot_at(model, as_of=DAY, first=first, filters=filters)
        assert bool(one_town_warning(desk_template, snapshot)) == warned


def test_without_a_common_spot_no_event_is_looked_at_and_the_gazetteer_is_not_asked(
    desk_template, monkeypatch
):
    monkeypatch.setattr(onetown, "_town_at", None)
    snapshot = shown(desk_template, *elsewhere(60))
    assert one_town_warning(desk_template, snapshot) == ""
    assert "events" not in vars(snapshot.window)


def test_the_panel_says_nothing_without_cause(desk_template):
    quiet = panel_data(desk_template, snapshot_of_days(desk_template, as_of=DAY))
    assert quiet["window"]["warning"] == ""


def test_the_panel_of_a_store_says_the_warning(desk):
    desk.store.commit(change(*(event(f"N{n}", lon=KABUL[0], lat=KABUL[1]) for n in range(40))))
    panel = panel_data(desk, snapshot_of_days(desk, as_of=DAY, first=DAY))
    assert "the coordinates of Kabul" in panel["window"]["warning"]


@settings(max_examples=60)
@given(
    spots=st.lists(st.integers(0, 6), min_size=20, max_size=60),
    unplaced=st.integers(0, 30),
)
def test_the_busiest_spot_is_that_of_a_plain_count(desk_template, spots, unplaced):
    rows = [event(f"P{n}", lon=float(spot), lat=1.0) for n, spot in enumerate(spots)]
    rows += [event(f"U{n}") for n in range(unplaced)]
    snapshot = snapshot_at(model_of(*rows, situation=desk_template.situation), as_of=DAY, first=DAY)
    [(_, most)] = Counter(spots).most_common(1)
    found = onetown._busiest(snapshot)
    if len(spots) < FEWEST or most <= SHARE * len(rows):
        assert found is None
    else:
        event_at, count = found
        assert count == most
        assert Counter(spots)[int(snapshot.window.columns.lon[event_at])] == most


def test_coordinates_that_differ_by_less_than_a_metre_are_one_spot(desk_template):
    lon, lat = KABUL
    snapshot = shown(desk_template, *[(lon + n * 1e-8, lat) for n in range(30)])
    assert np.unique(snapshot.window.columns.spots.of).tolist() == [0]
