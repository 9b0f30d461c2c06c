import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from geo.ingest.repeats import Marks, likely_repeats

NONE = ()


def marks(*rows):
    ids, day, kind, place, lon, lat = zip(*rows, strict=True) if rows else ((),) * 6
    return Marks(
        np.array(ids, dtype=object), np.array(day, dtype=np.int32), np.array(kind, dtype=object),
        np.array(place, dtype=object), np.array(lon, dtype=float), np.array(lat, dtype=float),
    )  # fmt: skip


HERE = ("A", 100, "battle", "shusha", 46.75, 39.76)


def found(new, known=HERE):
    return likely_repeats(marks(new), marks(known))


def test_the_next_day_five_kilometres_away_is_likely_the_same_event():
    assert found(("B", 101, "battle", "", 46.78, 39.79)) == {"B": ["A"]}


def test_two_days_later_farther_away_of_another_type_or_at_another_place_is_another_event():
    assert found(("B", 102, "battle", "shusha", 46.75, 39.76)) == {}
    assert found(("B", 100, "battle", "", 47.75, 39.76)) == {}
    assert found(("B", 100, "shelling", "shusha", 46.75, 39.76)) == {}
    assert found(("B", 100, "battle", "stepanakert", 46.78, 39.79)) == {}


def test_the_same_id_is_the_same_event_and_no_repeat():
    assert found(HERE) == {}


def test_a_repeat_within_the_new_ones_is_named_once_at_the_later():
    assert likely_repeats(marks(("B", *HERE[1:]), ("C", *HERE[1:])), marks()) == {"C": ["B"]}


@given(
    st.lists(
        st.tuples(st.integers(0, 5), st.sampled_from(["battle", "mine"]), st.floats(46, 46.3)), max_size=12
    )
)
def test_every_pair_that_is_near_is_found(rows):
    new = [(f"N{n}", day, kind, "", lon, 39.0) for n, (day, kind, lon) in enumerate(rows)]
    wanted = {
        (b[0], a[0])
        for i, b in enumerate(new)
        for a in new[:i]
        if abs(a[1] - b[1]) <= 1 and a[2] == b[2] and abs(a[4] - b[4]) <= 0.09
    }
    repeats = likely_repeats(marks(*new), marks())
    assert {(mine, other) for mine, others in repeats.items() for other in others} == wanted
