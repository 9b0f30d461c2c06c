"""The figures of a window, which come from sums made beforehand, are those of a plain look at every event."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import event, model_of

from geo import eventwindow, vocab
from geo.eventwindow import event_window
from geo.interval import day_number, day_of
from geo.ring import inside_ring
from geo.snapshot import snapshot_at
from geo.store import eventsums
from geo.store.readmodel import NO_FIGURE
from geo.view import Filters

AREAS = ("nk", "loc")
SQUARE = ((46.0, 39.0), (47.0, 39.0), (47.0, 40.0), (46.0, 40.0))
TYPES = ("battle", "shelling", "handover")
FIRST_DAY = date(1988, 1, 1)
days = st.integers(0, 60).map(lambda n: FIRST_DAY + timedelta(days=n))
figures = st.none() | st.integers(0, 50)
cells = st.fixed_dictionaries(
    {
        "event_date": days.map(date.isoformat),
        "length": st.sampled_from([None, 0, 1, 5, 40, 900]),
        "event_type": st.sampled_from(TYPES),
        "actor1": st.sampled_from(["", "Armenian forces", "Russian army; Azerbaijan", "villagers"]),
        "confidence": st.sampled_from(["", *vocab.codes(vocab.CONFIDENCES)]),
        "time_precision": st.sampled_from([None, 1, 2, 3, 4]),
        "fatalities_low": figures,
        "fatalities_best": figures,
        "fatalities_high": figures,
        "geo_precision": st.sampled_from([None, 1, 2, 3]),
        "place_id": st.sampled_from(["", "nk", "shusha"]),
        "lat": st.sampled_from([None, 0.0, 39.8]),
    }
)
wanted_filters = st.builds(
    Filters,
    types=st.frozensets(st.sampled_from(TYPES)),
    parties=st.frozensets(st.sampled_from(["armenian_forces", "azerbaijan", "russia", "other"])),
    confidences=st.frozensets(st.sampled_from(vocab.codes(vocab.CONFIDENCES))),
    area=st.sampled_from([(), (), SQUARE]),
)
windows = st.tuples(days | st.just(date.min), days).map(sorted)


@pytest.fixture(autouse=True)
def _small_blocks(monkeypatch):
    """Few events already fill several blocks, steps and rounds."""
    monkeypatch.setattr(eventsums, "SMALLEST_BLOCK", 3)
    monkeypatch.setattr(eventsums, "EVENTS_PER_GROUP", 0)
    monkeypatch.setattr(eventsums, "_TOGETHER", 6)
    monkeypatch.setattr(eventwindow, "STEP", 2)


def row(number, length=None, **given):
    end = date.fromisoformat(given["event_date"]) + timedelta(days=length) if length is not None else None
    point = {"lon": 46.7 if given["lat"] else 0.0} if given["lat"] is not None else {"lon": None}
    return event(f"E{number:02}", date_end=end.isoformat() if end else "", **given, **point)


def made(desk, given_cells):
    rows = [row(number, **given) for number, given in enumerate(given_cells)]
    return model_of(*rows, situation=desk.situation, areas=AREAS)


def shown_by_masks(model, first, last, filters):
    """What passes, from masks over all events: the slow way that everybody can follow."""
    columns = model.events
    keep = (columns.start <= day_number(last)) & (columns.end >= day_number(first))
    if filters.types:
        codes = vocab.codes(vocab.EVENT_TYPES)
        keep &= np.isin(columns.type, [codes.index(code) for code in filters.types])
    if filters.confidences:
        codes = vocab.codes(vocab.CONFIDENCES)
        keep &= np.isin(columns.confidence, [codes.index(code) for code in filters.confidences])
    if filters.parties:
        bits = [n for n, code in enumerate(model.party_codes) if code in filters.parties]
        keep &= np.array([any(mask >> n & 1 for n in bits) for mask in columns.parties.tolist()], np.bool_)
    if filters.area:
        keep &= columns.pinned & inside_ring(filters.area, lon=columns.lon, lat=columns.lat)
    return np.flatnonzero(keep)


def sums_by_loop(columns, events):
    low = best = high = without_best = without_figures = 0
    for n in events.tolist():
        stated = {
            name: int(getattr(columns, name)[n])
            for name in ("low", "best", "high")
            if getattr(columns, name)[n] != NO_FIGURE
        }
        low += stated.get("low", stated.get("best", 0))
        best += stated.get("best", 0)
        high += stated.get("high", stated.get("best", stated.get("low", 0)))
        without_best += bool(stated) and "best" not in stated
        without_figures += not stated
    return low, best, high, without_best, without_figures


@settings(max_examples=150)
@given(given_cells=st.lists(cells, max_size=25), window=windows, filters=wanted_filters)
def test_every_figure_is_that_of_a_plain_look_at_every_event(desk_template, given_cells, window, filters):
    model = made(desk_template, given_cells)
    columns, (first, last) = model.events, window
    shown = snapshot_at(model, as_of=last, first=first, filters=filters)
    events = shown_by_masks(model, first, last, filters)
    beyond = (columns.start[events] < day_number(first)) | (columns.end[events] > day_number(last))
    assert shown.events_shown == len(events)
    assert shown.events_possible == int((columns.vague[events] & beyond).sum())
    assert shown.events_pinned == int(columns.pinned[events].sum())
    assert shown.unplaced == int((~columns.placed[events]).sum())
    sums = shown.fatalities
    assert (
        sums.low, sums.best, sums.high, sums.without_best, sums.without_figures,
    ) == sums_by_loop(columns, events)  # fmt: skip
    codes = [vocab.codes(vocab.EVENT_TYPES)[n] for n in columns.type[events]]
    assert shown.by_type == {code: codes.count(code) for code in codes}
    assert shown.events.tolist() == events.tolist()
    assert shown.possible.tolist() == (columns.vague[events] & beyond).tolist()


@settings(max_examples=60)
@given(
    given_cells=st.lists(cells, max_size=25), window=windows, filters=wanted_filters, most=st.integers(1, 9)
)
def test_the_newest_events_are_the_last_of_all(desk_template, given_cells, window, filters, most):
    model = made(desk_template, given_cells)
    first, last = (day_number(day) for day in window)
    events, possible = event_window(model, first=first, last=last, filters=filters).newest(most)
    whole = event_window(model, first=first, last=last, filters=filters)
    assert events.tolist() == whole.events[::-1][:most].tolist()
    assert possible.tolist() == whole.possible[::-1][:most].tolist()


def test_figures_and_the_newest_events_need_no_look_at_all_events(desk_template):
    model = made(desk_template, [{"event_date": "1988-01-01", "lat": 0.0}] * 9)
    shown = snapshot_at(model, as_of=date(2000, 1, 1), first=date.min)
    shown.window.newest(2)
    assert (shown.events_shown, "events" in vars(shown.window)) == (9, False)


def test_whoever_hides_events_sees_none_and_the_figures_stay(desk_template):
    model = made(desk_template, [{"event_date": "1988-01-01", "lat": 0.0}] * 3)
    shown = snapshot_at(model, as_of=day_of(day_number(FIRST_DAY)), first=FIRST_DAY)
    assert shown.window.without_events().events.tolist() == []
    assert shown.events_shown == len(shown.events) == 3
