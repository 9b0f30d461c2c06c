import json
import struct
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import event, model_of

from geo import vocab
from geo.layers.events import event_table

AREAS = ("loc", "nk", "south_caucasus")
days = st.dates(date(1800, 1, 1), date(2199, 12, 31))
figures = st.none() | st.integers(0, 500)


def decoded(table):
    """The columns of an event table, read as its documentation describes it."""
    assert table[:4] == b"CMEV"
    (length,) = struct.unpack("<I", table[4:8])
    header = json.loads(table[8 : 8 + length])
    columns, position = {}, 8 + length
    for name, kind in header["columns"]:
        size = int(kind[1:]) * header["n"]
        raw = np.frombuffer(table[position : position + size], np.uint8).reshape(header["n"], int(kind[1:]))
        columns[name] = sum(raw[:, n].astype(np.int64) << 8 * n for n in range(raw.shape[1]))
        position += size
    assert position == len(table)
    return header, columns


@st.composite
def rows(draw):
    made = []
    for number in range(draw(st.integers(0, 10))):
        start, end = sorted(draw(st.tuples(days, days)))
        placed = draw(st.booleans())
        made.append(
            event(
                f"E{number:02}",
                event_date=start.isoformat(),
                date_end=draw(st.sampled_from(["", end.isoformat()])),
                event_type=draw(st.sampled_from(vocab.codes(vocab.EVENT_TYPES))),
                time_precision=draw(st.sampled_from([None, 1, 2, 4])),
                confidence=draw(st.sampled_from(["", *vocab.codes(vocab.CONFIDENCES)])),
                geo_precision=draw(st.sampled_from([None, 1, 2, 3])),
                place_id=draw(st.sampled_from(["", "nowhere", *AREAS])),
                actor1=draw(st.sampled_from(["", "Russia", "Azerbaijan; Armenia"])),
                lat=draw(st.floats(-90, 90)) if placed else None,
                lon=draw(st.floats(-180, 180)) if placed else None,
                fatalities_low=draw(figures),
                fatalities_best=draw(figures),
                fatalities_high=draw(figures),
            )
        )
    return made


@settings(max_examples=60)
@given(rows())
def test_a_table_says_what_the_read_model_says(desk_template, made):
    model = model_of(*made, situation=desk_template.situation, areas=AREAS)
    header, found = decoded(event_table(model))
    events = model.events
    assert (header["n"], header["revision"], tuple(header["parties"])) == (len(made), 1, model.party_codes)
    assert np.array_equal(found["start"] + header["base"], events.start)
    assert np.array_equal(found["span"], events.end - events.start)
    assert np.array_equal(found["type"], events.type)
    assert np.array_equal(found["parties"], events.parties)
    mark, vague, confidence = found["flags"] & 3, found["flags"] >> 2 & 1, found["flags"] >> 3 & 3
    assert np.array_equal(vague.astype(bool), events.vague)
    assert np.array_equal(np.where(confidence == 3, 255, confidence), events.confidence)
    assert np.array_equal(mark <= 1, events.pinned)
    assert np.array_equal(mark == 1, events.pinned & (events.precision == 2))
    assert np.array_equal(mark == 2, events.area >= 0)
    assert np.array_equal(found["x"][mark == 2], events.area[mark == 2])
    pinned = mark <= 1
    lon, lat = found["x"] / (2**24 - 1) * 360 - 180, found["y"] / (2**24 - 1) * 180 - 90
    assert np.allclose(lon[pinned], events.lon[pinned], atol=360 / 2**24)
    assert np.allclose(lat[pinned], events.lat[pinned], atol=180 / 2**24)


@pytest.mark.parametrize(
    ("figures", "death_class"),
    [({}, 0), ({"fatalities_best": 0}, 1), ({"fatalities_low": 1}, 2), ({"fatalities_high": 4}, 2), ({"fatalities_best": 5}, 3),
     ({"fatalities_low": 3, "fatalities_high": 25}, 4), ({"fatalities_best": 99}, 4), ({"fatalities_best": 100}, 5)],
)  # fmt: skip
def test_the_class_of_deaths_follows_the_highest_figure_and_none_is_not_zero(
    desk_template, figures, death_class
):
    _, found = decoded(event_table(model_of(event(**figures), situation=desk_template.situation)))
    assert (found["flags"] >> 5).tolist() == [death_class]


def test_a_table_without_events_is_a_table(desk_template):
    header, found = decoded(event_table(model_of(situation=desk_template.situation)))
    assert header["n"] == 0
    assert all(len(column) == 0 for column in found.values())


def test_the_table_of_the_data_set_is_small(desk_template):
    header, _ = decoded(desk_template.events_bytes(1))
    assert header["n"] == len(desk_template.store.read("events"))
    assert len(desk_template.events_bytes(1)) < 1_000 + 24 * header["n"]
