"""Classes for a choropleth: few, without gaps, the same for the same counts."""

import warnings
from collections.abc import Sequence

MOST_CLASSES = 5
MOST_EXACT = 300
"""Values up to which natural breaks are found exactly; more would take longer than a page may."""


def class_bounds(counts: Sequence[int]) -> list[tuple[int, int]]:
    """Lowest and highest count of each class, rising; a count of 0 is in none.

    As many classes as there are different counts, at most five, by natural breaks (Fisher and Jenks), or by
    quantiles for very many units.
    """
    values = sorted(count for count in counts if count > 0)
    distinct = sorted(set(values))
    if len(distinct) <= MOST_CLASSES:
        return [(value, value) for value in distinct]
    uppers = _breaks(values)
    bounds = []
    lower = distinct[0]
    for upper in uppers:
        own = [value for value in distinct if lower <= value <= upper]
        if own:
            bounds.append((own[0], own[-1]))
            lower = own[-1] + 1
    return bounds


def class_of(count: int, bounds: Sequence[tuple[int, int]]) -> int:
    """Position of the class that a count falls in, -1 for none."""
    return next((number for number, (low, high) in enumerate(bounds) if low <= count <= high), -1)


def _breaks(values: list[int]) -> list[float]:
    """Upper ends of the classes."""
    import mapclassify  # noqa: PLC0415  (it brings scipy: a second that only a choropleth need wait for)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it recommends numba, and names ties in quantiles
        made = (
            mapclassify.FisherJenks(values, k=MOST_CLASSES)
            if len(values) <= MOST_EXACT
            else mapclassify.Quantiles(values, k=MOST_CLASSES)
        )
    return [float(upper) for upper in made.bins]
