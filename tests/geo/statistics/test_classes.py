"""Classes of a choropleth."""

from hypothesis import given
from hypothesis import strategies as st

from geo.statistics.classes import MOST_CLASSES, class_bounds, class_of

counts = st.lists(st.integers(0, 60) | st.integers(0, 30_000), max_size=40)


@given(counts)
def test_every_count_but_0_is_in_exactly_one_class(values):
    bounds = class_bounds(values)
    assert len(bounds) <= MOST_CLASSES
    for value in values:
        own = [number for number, (low, high) in enumerate(bounds) if low <= value <= high]
        assert own == ([class_of(value, bounds)] if value else [])
    assert class_of(0, bounds) == -1


@given(counts)
def test_classes_rise_and_end_on_counts_that_there_are(values):
    ends = [end for bound in class_bounds(values) for end in bound]
    assert ends == sorted(ends)
    assert set(ends) <= set(values)


def test_few_different_counts_have_a_class_each():
    assert class_bounds([0, 1, 1, 7, 3]) == [(1, 1), (3, 3), (7, 7)]
    assert class_bounds([0, 0]) == []


def test_very_many_units_are_cut_by_quantiles():
    bounds = class_bounds(list(range(1, 1001)))
    assert len(bounds) == MOST_CLASSES
    assert bounds[0] == (1, 200)
