"""The read model that is brought up to date is the one that would be built anew."""

import tempfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from making import change, event, events

from geo.schema import as_frame
from geo.store import readmodel
from geo.store.base import Change
from geo.store.eventcolumns import ARRAYS
from geo.store.readmodel import read_model, updated_model
from geo.store.sqlite import create_sqlite

AREAS = ("nk", "loc")
CELLS = st.fixed_dictionaries(
    {
        "event_date": st.sampled_from(["1988-02-20", "2020-09-27", "2020-09-28", "2023-09-19"]),
        "date_end": st.sampled_from(["", "", "2024-01-01"]),
        "time_precision": st.sampled_from([None, 1, 2, 3, 4]),
        "event_type": st.sampled_from(["battle", "shelling"]),
        "actor1": st.sampled_from(["", "Armenian forces", "Azerbaijani forces; Russian army"]),
        "fatalities_best": st.sampled_from([None, 0, 7]),
        "lat": st.sampled_from([None, 0.0, 39.8]),
        "lon": st.sampled_from([None, 0.0, 46.7]),
        "geo_precision": st.sampled_from([None, 1, 3]),
        "place_id": st.sampled_from(["", "nk", "elsewhere", "country_am"]),
        "where_prec": st.sampled_from([None, 4, 6]),
        "confidence": st.sampled_from(["", "high"]),
    }
)
IDS = st.sampled_from([f"E{n}" for n in range(8)])
CHANGES = st.lists(st.dictionaries(IDS, CELLS, min_size=1, max_size=6), min_size=1, max_size=5)


@pytest.fixture(scope="module")
def situation(desk_template):
    return desk_template.situation


def units_at(lon, lat):
    """Two units: the number says in which half of the world the coordinates lie."""
    return np.where(lat > 10, 3, np.where(lon == 0, 1, -1))


def assert_same(one, other):
    assert one.area_places == other.area_places
    assert (one.revision, one.events.longest) == (other.revision, other.events.longest)
    for name in ARRAYS:
        left, right = getattr(one.events, name), getattr(other.events, name)
        assert left.dtype == right.dtype
        np.testing.assert_array_equal(left, right)
    for family in ("zones", "lines", "posts"):
        pd.testing.assert_frame_equal(getattr(one, family), getattr(other, family))


@given(made=CHANGES, take_back=st.booleans())
@settings(max_examples=40, suppress_health_check=list(HealthCheck))
def test_an_updated_model_is_the_rebuilt_one(situation, made, take_back):
    with tempfile.TemporaryDirectory() as folder:
        store = create_sqlite(Path(folder) / "store.sqlite", lambda _: None)
        model = read_model(store, situation, areas=AREAS, units_at=units_at)
        for rows in made:
            receipt = store.commit(change(*(event(i, **cells) for i, cells in rows.items())))
            model = updated_model(model, store, situation, units_at=units_at)
            assert_same(model, read_model(store, situation, areas=AREAS, units_at=units_at))
        if take_back and receipt.import_id:
            store.undo(receipt.import_id, recorded_by="tester")
            model = updated_model(model, store, situation, units_at=units_at)
            assert_same(model, read_model(store, situation, areas=AREAS, units_at=units_at))
        store.close()


@pytest.fixture
def store(tmp_path):
    made = create_sqlite(tmp_path / "store.sqlite", lambda _: None)
    made.commit(change(event("A"), event("B")))
    yield made
    made.close()


def test_a_model_of_the_newest_revision_is_given_back_as_it_is(store, situation):
    model = read_model(store, situation)
    assert updated_model(model, store, situation) is model


def test_a_model_can_be_brought_to_a_revision_between(store, situation):
    model = read_model(store, situation)
    store.commit(change(event("A", event_date="2020-01-01")))
    store.commit(change(event("C")))
    assert_same(updated_model(model, store, situation, known_at=2), read_model(store, situation, known_at=2))


def test_a_model_can_be_brought_back_in_time(store, situation):
    store.commit(change(event("C")))
    model = read_model(store, situation)
    assert_same(updated_model(model, store, situation, known_at=1), read_model(store, situation, known_at=1))


def test_after_a_large_import_the_model_is_built_anew(store, situation, monkeypatch):
    monkeypatch.setattr(readmodel, "MOST_MERGED", 1)
    monkeypatch.setattr(readmodel, "merged", None)
    model = read_model(store, situation)
    store.commit(change(event("C"), event("D")))
    assert_same(updated_model(model, store, situation), read_model(store, situation))


def test_ground_that_did_not_change_is_kept_and_what_changed_is_read_again(store, situation):
    post = as_frame("posts", [{"post_id": "P", "name": "x", "kind": "base", "lat": 39.0, "lon": 46.0}])
    model = read_model(store, situation)
    store.commit(Change("import", "tester", {"posts": post, "events": events(event("C"))}))
    updated = updated_model(model, store, situation)
    assert updated.zones is model.zones
    assert updated.posts["post_id"].tolist() == ["P"]
    assert_same(updated, read_model(store, situation))


def test_ground_without_a_start_holds_from_the_beginning(store, situation):
    post = as_frame("posts", [{"post_id": "P", "name": "x", "kind": "base", "lat": 39.0, "lon": 46.0}])
    store.commit(Change("import", "tester", {"posts": post}))
    assert read_model(store, situation).posts["start"].tolist() == [-(2**31 - 1)]
