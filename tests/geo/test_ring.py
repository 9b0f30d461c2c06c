import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.ring import box_of, box_ring, inside_ring

ring = st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), min_size=3, max_size=8)


@given(ring, st.lists(st.tuples(st.floats(-1, 9), st.floats(-1, 9)), min_size=1, max_size=20))
def test_inside_a_ring_means_an_odd_number_of_edges_to_the_east(corners, points):
    lon, lat = (np.array(values) for values in zip(*points, strict=True))

    def edges_east(x, y):
        ends = zip(corners, [*corners[1:], corners[0]], strict=True)
        return sum(
            (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax for (ax, ay), (bx, by) in ends
        )

    found = inside_ring(corners, lon=lon, lat=lat)
    assert found.tolist() == [edges_east(x, y) % 2 == 1 for x, y in points]


def test_a_square_holds_its_middle_and_nothing_outside():
    square = [(46.0, 39.0), (47.0, 39.0), (47.0, 40.0), (46.0, 40.0)]
    found = inside_ring(square, lon=np.array([46.5, 45.9, 47.1]), lat=np.array([39.5, 39.5, 39.5]))
    assert found.tolist() == [True, False, False]


@given(st.tuples(st.integers(-170, 0), st.integers(-80, 0), st.integers(1, 170), st.integers(1, 80)))
def test_a_box_becomes_a_ring_and_the_ring_the_box(box):
    text = ",".join(map(str, box))
    assert box_of(box_ring(text)) == text


@pytest.mark.parametrize("text", ["", "46,39,47", "46,39,47,x", "47,39,46,40", "46,39,47,95", "nan,39,47,40"])
def test_a_text_that_is_no_box_is_refused(text):
    with pytest.raises(ValueError, match=r"W,S,E,N|empty|outside"):
        box_ring(text)


def test_without_a_ring_there_is_no_box():
    assert box_of(()) == ""
