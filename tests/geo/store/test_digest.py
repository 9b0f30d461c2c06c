from functools import partial

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import event, events

from geo.columns import FAMILIES
from geo.store.base import plain_columns
from geo.store.digest import SEPARATOR, content_hash, content_hashes

WORDS = st.one_of(
    st.none(),
    st.sampled_from(["", "0", "None", "null", SEPARATOR, f"{SEPARATOR}{SEPARATOR}", "\x00", "a\\u001fb"]),
    st.text(max_size=4),
)
CELLS = {
    "text": WORDS,
    "day": WORDS,
    "geometry": WORDS,
    "int": st.one_of(st.none(), st.integers(-3, 3)),
    "real": st.one_of(st.none(), st.sampled_from([0.0, -0.0, 1.0, 0.1, 46.75, 1e300])),
}


@pytest.mark.parametrize("family", FAMILIES)
@given(data=st.data())
@settings(max_examples=40)
def test_digests_are_equal_exactly_when_every_column_is_equal(family, data):
    row = st.tuples(*(CELLS[field.type] for field in FAMILIES[family]))
    one = data.draw(row)
    # Rows that differ in one or two cells are the hard ones.
    other = list(one)
    for _ in range(data.draw(st.integers(0, 2))):
        place = data.draw(st.integers(0, len(one) - 1))
        other[place] = data.draw(CELLS[FAMILIES[family][place].type])
    digests = content_hashes(family, [list(cells) for cells in zip(one, other, strict=True)])
    assert (digests[0] == digests[1]) == (list(one) == other)


@given(shift=st.integers(0, 3), words=st.lists(st.text("ab" + SEPARATOR, max_size=3), min_size=4, max_size=4))
def test_a_separator_inside_a_text_does_not_move_the_border_between_cells(shift, words):
    text = SEPARATOR.join(words)
    left, right = text[: shift + 1], text[shift + 1 :]
    one = event(actor1=left, actor2=right)
    other = event(actor1=text, actor2="")
    hashed = [content_hash("events", row) for row in events(one, other).to_dict("records")]
    assert (hashed[0] == hashed[1]) == (right == "")


def test_one_row_and_many_are_hashed_alike():
    frame = events(event("A", lat=0.0, fatalities_best=0), event("B", toponym=f"x{SEPARATOR}"), event("C"))
    by_row = [content_hash("events", row) for row in frame.to_dict("records")]
    assert content_hashes("events", plain_columns("events", frame)) == by_row
    assert len(set(by_row)) == 3


def test_every_way_to_say_missing_is_one():
    full = events(event()).to_dict("records")[0]
    hashed = {
        content_hash("events", full | {"lat": missing}) for missing in (None, pd.NA, np.nan, float("nan"))
    }
    assert len(hashed) == 1


def test_the_order_in_which_a_row_names_its_columns_does_not_count():
    full = events(event()).to_dict("records")[0]
    digest = partial(content_hash, "events")
    assert digest(full) == digest(dict(reversed(full.items())))
