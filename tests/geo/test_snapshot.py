import csv
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import event, events, model_of

from geo import vocab
from geo.interval import day_number, holds_on
from geo.snapshot import events_in, snapshot_at
from geo.view import Filters

ACTORS = ("", "Armenian forces", "Azerbaijani forces", "Russian army; Azerbaijan", "villagers")
TYPES = ("battle", "shelling", "handover")
days = st.dates(date(1988, 1, 1), date(1990, 12, 31))
figures = st.none() | st.integers(0, 50)


@pytest.fixture(scope="module")
def karabakh(desk_template):
    return desk_template.model()


def day_of(model, day, **how):
    as_of = date.fromisoformat(day)
    return snapshot_at(model, as_of=as_of, **{"first": as_of, **how})


# The figures of Nagorno-Karabakh, as published with the data


@pytest.mark.parametrize(
    ("day", "party", "km2"),
    [
        ("2019-01-01", "armenian_forces", 11_633),
        ("2021-01-01", "armenian_forces", 3_033),
        ("2023-10-01", "armenian_forces", 0),
    ],
)
def test_a_party_holds_the_area_that_the_data_state(karabakh, day, party, km2):
    assert day_of(karabakh, day).areas_km2[party] == pytest.approx(km2, rel=0.01)


def test_on_1_october_2023_azerbaijan_holds_all_control_zones(karabakh):
    shown = day_of(karabakh, "2023-10-01")
    control = shown.zones[shown.zones["kind"] == "control"]
    assert set(control["party"]) == {"azerbaijan"}
    assert shown.areas_km2["azerbaijan"] == pytest.approx(shown.control_km2)


def test_on_19_september_2023_the_rest_is_contested(karabakh):
    shown = day_of(karabakh, "2023-09-19")
    assert shown.contested_km2 > 2_900
    assert shown.areas_km2["armenian_forces"] == 0


def test_kalbajar_changes_hands_on_25_november_2020(karabakh):
    holders = []
    for day in ("2020-11-24", "2020-11-25"):
        zones = day_of(karabakh, day).zones
        holders.append(zones.loc[zones["zone_id"] == "KAL", "party"].tolist())
    assert holders == [["armenian_forces"], ["azerbaijan"]]


def test_the_posts_of_1_january_2021_are_the_rows_valid_that_day(karabakh, repo):
    with (repo / "data" / "posts.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    valid = {r["post_id"] for r in rows if r["valid_from"] <= "2021-01-01" < (r["valid_to"] or "9999")}
    assert set(day_of(karabakh, "2021-01-01").posts["post_id"]) == valid


def test_in_1923_the_oblast_begins(karabakh):
    assert day_of(karabakh, "1923-07-06").zones.empty
    assert day_of(karabakh, "1923-07-07").zones["zone_id"].tolist() == ["NKAO"]


def test_from_the_ceasefire_of_1994_on_each_ground_has_one_holder_on_every_day(karabakh):
    zones = karabakh.zones
    first, last = day_number(date(1994, 5, 12)), day_number(date(2024, 12, 31))
    start = day_of(karabakh, "1994-05-12").zones
    ground = set(start.loc[start["kind"] == "control", "zone_id"])
    # The corridor of 2020-22 was in the hands of peacekeepers, who hold no ground: it had no control row.
    rows = zones[
        zones["zone_id"].isin(ground) & ((zones["kind"] == "control") | (zones["zone_id"] == "LAC-COR"))
    ]
    every_day = np.arange(first, last + 1)
    for zone_id in ground:
        own = rows[rows["zone_id"] == zone_id]
        holders = sum(
            holds_on(every_day, start=s, end=e).astype(int)
            for s, e in zip(own["start"], own["end"], strict=True)
        )
        assert set(holders) == {1}, zone_id


@settings(max_examples=25)
@given(day=st.dates(date(1994, 5, 12), date(2024, 12, 31)))
def test_held_and_contested_areas_add_up_to_all_control(karabakh, day):
    shown = snapshot_at(karabakh, as_of=day, first=day)
    assert sum(shown.areas_km2.values()) + shown.contested_km2 == pytest.approx(shown.control_km2)


# Events in a window


@st.composite
def event_rows(draw):
    rows = []
    for number in range(draw(st.integers(0, 15))):
        start = draw(days)
        low, best, high = draw(st.tuples(figures, figures, figures))
        rows.append(
            event(
                f"E{number:02}",
                event_date=start.isoformat(),
                date_end=draw(
                    st.sampled_from(["", (start + timedelta(draw(st.integers(0, 400)))).isoformat()])
                ),
                event_type=draw(st.sampled_from(TYPES)),
                actor1=draw(st.sampled_from(ACTORS)),
                actor2=draw(st.sampled_from(ACTORS)),
                confidence=draw(st.sampled_from(["", *vocab.codes(vocab.CONFIDENCES)])),
                time_precision=draw(st.sampled_from([None, 1, 2, 3, 4])),
                fatalities_low=low,
                fatalities_best=best,
                fatalities_high=high,
            )
        )
    return rows


filters = st.builds(
    Filters,
    types=st.frozensets(st.sampled_from(TYPES)),
    parties=st.frozensets(st.sampled_from(["armenian_forces", "azerbaijan", "russia", "other"])),
    confidences=st.frozensets(st.sampled_from(vocab.codes(vocab.CONFIDENCES))),
)


def whole(day, end, precision):
    """First and last day that one coded day stands for, by the calendar of pandas."""
    if end or precision is pd.NA or precision < 2:
        return day, date.fromisoformat(end) if end else day
    if precision == 2:
        return day - timedelta(days=3), day + timedelta(days=3)
    period = pd.Period(day.isoformat(), freq="M" if precision == 3 else "Y")
    return period.start_time.date(), period.end_time.date()


def naive(rows, situation, *, first, last, wanted):
    """The ids that a plain filter over the table keeps."""
    frame = events(*rows)
    spans = [
        whole(date.fromisoformat(day), end, precision)
        for day, end, precision in zip(
            frame["event_date"], frame["date_end"], frame["time_precision"], strict=True
        )
    ]
    keep = pd.Series([begin <= last and first <= end for begin, end in spans], index=frame.index, dtype=bool)
    if wanted.types:
        keep &= frame["event_type"].isin(wanted.types)
    if wanted.confidences:
        keep &= frame["confidence"].isin(wanted.confidences)
    if wanted.parties:
        sides = [
            situation.parties_of(f"{a};{b}") for a, b in zip(frame["actor1"], frame["actor2"], strict=True)
        ]
        keep &= pd.Series([bool(side & wanted.parties) for side in sides], index=frame.index, dtype=bool)
    return set(frame.loc[keep, "event_id"])


@settings(max_examples=30)
@given(rows=event_rows(), window=st.tuples(days, days).map(sorted), wanted=filters)
def test_a_window_holds_exactly_the_events_that_a_plain_filter_keeps(desk_template, rows, window, wanted):
    first, last = window
    model = model_of(*rows, situation=desk_template.situation)
    found = events_in(model, first=day_number(first), last=day_number(last), filters=wanted)
    assert set(model.events.ids[found]) == naive(
        rows, desk_template.situation, first=first, last=last, wanted=wanted
    )
    assert found.tolist() == sorted(found.tolist())


@settings(max_examples=30)
@given(rows=event_rows())
def test_deaths_are_summed_with_missing_bounds_taken_from_the_other_figures(desk_template, rows):
    model = model_of(*rows, situation=desk_template.situation)
    sums = snapshot_at(model, as_of=date(2000, 1, 1), first=date.min).fatalities
    stated = [[row[f"fatalities_{bound}"] for bound in ("low", "best", "high")] for row in rows]
    assert sums.best == sum(best or 0 for _, best, _ in stated)
    assert sums.low == sum(next((n for n in (low, best) if n is not None), 0) for low, best, _ in stated)
    assert sums.high == sum(
        next((n for n in (high, best, low) if n is not None), 0) for low, best, high in stated
    )
    assert sums.without_figures == sum(figure == [None] * 3 for figure in stated)
    assert sums.without_best == sum(f[1] is None and f != [None] * 3 for f in stated)


@settings(max_examples=30)
@given(rows=event_rows(), window=st.tuples(days, days).map(sorted))
def test_types_count_every_event_once(desk_template, rows, window):
    first, last = window
    model = model_of(*rows, situation=desk_template.situation)
    shown = snapshot_at(model, as_of=last, first=first)
    types = {row["event_id"]: row["event_type"] for row in rows}
    assert shown.by_type == Counter(types[event_id] for event_id in model.events.ids[shown.events])
    assert shown.events_total == len(rows)


@pytest.mark.parametrize(
    ("start", "end", "precision", "possible"),
    [
        ("2023-09-01", "2023-09-30", 3, True),
        ("2023-09-01", "2023-09-30", 1, False),
        ("2023-09-12", "2023-09-18", 2, False),
        ("2023-09-05", "2023-09-11", 2, True),
        ("2023-09-20", "2023-09-21", 2, True),
    ],
)
def test_an_event_is_only_possible_when_its_day_is_vague_and_may_lie_outside(
    desk_template, start, end, precision, possible
):
    row = event(event_date=start, date_end=end, time_precision=precision)
    model = model_of(row, situation=desk_template.situation)
    shown = snapshot_at(model, as_of=date(2023, 9, 20), first=date(2023, 9, 10))
    assert shown.possible.tolist() == [possible]


def test_an_event_on_the_last_day_of_the_window_is_shown(desk_template):
    model = model_of(
        event("A", event_date="2023-09-20"),
        event("B", event_date="2023-09-21"),
        situation=desk_template.situation,
    )
    shown = snapshot_at(model, as_of=date(2023, 9, 20), first=date(2023, 9, 20))
    assert model.events.ids[shown.events].tolist() == ["A"]


def test_events_without_a_place_are_counted_and_kept(desk_template):
    rows = [event("A", lat=39.8, lon=46.7), event("B"), event("C", geo_precision=3, place_id="nk")]
    shown = snapshot_at(
        model_of(*rows, situation=desk_template.situation, areas=("nk",)),
        as_of=date(2023, 9, 19),
        first=date(2023, 9, 19),
    )
    assert (len(shown.events), shown.unplaced) == (3, 1)


def test_a_filter_on_events_leaves_the_ground_whole(karabakh):
    plain = day_of(karabakh, "2023-09-20")
    filtered = day_of(karabakh, "2023-09-20", filters=Filters(parties=frozenset({"eu"})))
    assert filtered.zones.equals(plain.zones)
    assert filtered.areas_km2 == plain.areas_km2
    assert len(filtered.events) < len(plain.events)


def test_a_longer_window_never_loses_an_event(karabakh):
    shown = [
        set(day_of(karabakh, "2023-09-20", first=date(2023, 9, 20) - timedelta(n)).events)
        for n in range(0, 400, 20)
    ]
    assert all(shorter <= longer for shorter, longer in pairwise(shown))
    assert len(shown[-1]) > len(shown[0])


def test_every_published_event_is_in_the_window_of_all_time(karabakh):
    shown = day_of(karabakh, "2030-01-01", first=date.min)
    assert np.array_equal(shown.events, np.arange(len(karabakh.events.ids)))
